#include "cli/attest-cli-agree-spans-private.h"

#include <string.h>

#include "util/attest-error.h"
#include "util/attest-limits.h"

enum
{
  ITEM,
  CODER,
  START,
  END,
  CODE,
  LENGTH,
  N_COLUMNS
};

static const char *const column_names[N_COLUMNS]
    = { "item", "coder", "start", "end", "code", "length" };

/* ---- rows ---- */

static gboolean
find_columns (int columns[N_COLUMNS], const AttestCsvRow *header, GError **error)
{
  if (!attest_agree_find_columns (header, column_names, N_COLUMNS, columns, error))
    return FALSE;
  for (guint i = ITEM; i <= CODE; i++)
    if (columns[i] < 0)
      return attest_throw (error, ATTEST_ERROR_INPUT,
                           "1: no column '%s': of characters, there must be item, coder, start, "
                           "end and code",
                           column_names[i]);
  return TRUE;
}

static gboolean
parse_place (const int columns[N_COLUMNS], const AttestCsvRow *row, guint column, gint64 *out,
             GError **error)
{
  const char *cell = attest_agree_cell (row, columns[column]);

  return g_ascii_string_to_signed (cell, 10, 0, G_MAXINT32, out, NULL)
         || attest_throw (error, ATTEST_ERROR_INPUT,
                          "%u: '%s' is no %s: a whole number of characters, from 0", row->line,
                          cell, column_names[column]);
}

static gboolean
take_length (AttestAgreeSpansLoading *loading, const int columns[N_COLUMNS],
             const AttestCsvRow *row, guint text, GError **error)
{
  gint64 length = 0, *known;

  if (text == loading->lengths->len)
    g_array_append_val (loading->lengths, length);
  known = &g_array_index (loading->lengths, gint64, text);
  if (*attest_agree_cell (row, columns[LENGTH]) == '\0')
    return TRUE;
  if (!parse_place (columns, row, LENGTH, &length, error))
    return FALSE;
  if (*known > 0 && *known != length)
    return attest_throw (
        error, ATTEST_ERROR_INPUT,
        "%u: item '%s' has %" G_GINT64_FORMAT " characters here, and %" G_GINT64_FORMAT " before",
        row->line, (char *)g_ptr_array_index (loading->texts.names, text), length, *known);
  *known = length;
  return TRUE;
}

static gboolean
add_row (AttestAgreeSpansLoading *loading, const int columns[N_COLUMNS], const AttestCsvRow *row,
         GError **error)
{
  const char *item = attest_agree_cell (row, columns[ITEM]);
  const char *coder = attest_agree_cell (row, columns[CODER]);
  const char *code = attest_agree_cell (row, columns[CODE]);
  const char *start = attest_agree_cell (row, columns[START]);

  if (*item == '\0' || *coder == '\0')
    return attest_throw (error, ATTEST_ERROR_INPUT, "%u: %s", row->line,
                         *item == '\0' ? "no item: name the text" : "no coder: say who judged");
  AttestAgreeStretch stretch = { .text = attest_agree_names_add (&loading->texts, item),
                                 .coder = attest_agree_names_add (&loading->coders, coder),
                                 .code = ATTEST_AGREE_NO_CODE,
                                 .line = row->line };
  if (!take_length (loading, columns, row, stretch.text, error))
    return FALSE;
  if (*code == '\0' && *start != '\0')
    return attest_throw (error, ATTEST_ERROR_INPUT, "%u: a stretch without a code", row->line);
  if (*code != '\0')
    {
      if (!parse_place (columns, row, START, &stretch.start, error)
          || !parse_place (columns, row, END, &stretch.end, error))
        return FALSE;
      if (stretch.end <= stretch.start)
        return attest_throw (error, ATTEST_ERROR_INPUT, "%u: the stretch ends before it begins",
                             row->line);
      stretch.code = attest_agree_names_add (&loading->codes, code);
    }
  g_array_append_val (loading->stretches, stretch);
  return attest_agree_check_numbers (&loading->coders, &loading->codes, "codes", row->line, error);
}

/* ---- texts ---- */

static int
compare_stretches (gconstpointer a, gconstpointer b)
{
  const AttestAgreeStretch *x = a, *y = b;

  if (x->text != y->text)
    return x->text < y->text ? -1 : 1;
  if (x->coder != y->coder)
    return x->coder < y->coder ? -1 : 1;
  if (x->start != y->start)
    return x->start < y->start ? -1 : 1;
  if (x->code != y->code)
    return x->code < y->code ? -1 : 1;
  return x->line < y->line ? -1 : x->line > y->line;
}

static const AttestAgreeStretch *
stretch_at (const AttestAgreeSpansLoading *loading, guint i)
{
  return i < loading->stretches->len ? &g_array_index (loading->stretches, AttestAgreeStretch, i)
                                     : NULL;
}

/* Adds a unit. One that overlaps another of its code is part of it: nobody can tell them apart. */
static gboolean
add_unit (AttestAgreeSpansLoading *loading, GArray *units, const AttestAgreeStretch *stretch,
          gint64 length, GError **error)
{
  if (stretch->end > length)
    return attest_throw (error, ATTEST_ERROR_INPUT,
                         "%u: the stretch ends at %" G_GINT64_FORMAT
                         ", and item '%s' has %" G_GINT64_FORMAT " characters",
                         stretch->line, stretch->end,
                         (char *)g_ptr_array_index (loading->texts.names, stretch->text), length);
  for (guint i = units->len; i-- > 0;)
    {
      AttestStretch *unit = &g_array_index (units, AttestStretch, i);

      if (unit->value == stretch->code && unit->end > stretch->start)
        {
          unit->end = MAX (unit->end, stretch->end);
          loading->n_joined++;
          return TRUE;
        }
    }
  AttestStretch unit = { stretch->start, stretch->end, stretch->code };
  g_array_append_val (units, unit);
  return TRUE;
}

/* Length of the text whose stretches begin at @i. */
static gint64
length_of (const AttestAgreeSpansLoading *loading, guint i)
{
  guint text = stretch_at (loading, i)->text;
  gint64 length = g_array_index (loading->lengths, gint64, text);

  if (length > 0)
    return length;
  for (const AttestAgreeStretch *s = stretch_at (loading, i); s != NULL && s->text == text;
       s = stretch_at (loading, ++i))
    length = MAX (length, s->end);
  return length;
}

/* Takes the stretches of one text, from *@i on. */
static gboolean
add_text (AttestAgreeSpansLoading *loading, guint *i, GError **error)
{
  AttestAgreeSpans *spans = loading->spans;
  guint text = stretch_at (loading, *i)->text;
  AttestContinuum continuum = { .length = length_of (loading, *i) };
  GPtrArray *units = g_ptr_array_new ();
  GArray *n_units = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean ok = TRUE;
  const AttestAgreeStretch *s;

  while (ok && (s = stretch_at (loading, *i)) != NULL && s->text == text)
    {
      GArray *own = g_array_new (FALSE, FALSE, sizeof (AttestStretch));
      guint coder = s->coder;

      for (; ok && s != NULL && s->text == text && s->coder == coder;
           s = stretch_at (loading, ++*i))
        ok = s->code == ATTEST_AGREE_NO_CODE || add_unit (loading, own, s, continuum.length, error);
      g_array_append_val (n_units, own->len);
      g_ptr_array_add (spans->owned, g_array_free (own, FALSE));
      g_ptr_array_add (units, g_ptr_array_index (spans->owned, spans->owned->len - 1));
    }
  continuum.n_coders = units->len;
  continuum.units = (const AttestStretch *const *)g_ptr_array_free (units, FALSE);
  continuum.n_units = (const guint *)(gpointer)g_array_free (n_units, FALSE);
  g_ptr_array_add (spans->owned, (gpointer)continuum.units);
  g_ptr_array_add (spans->owned, (gpointer)continuum.n_units);
  if (ok && continuum.n_coders >= 2 && continuum.length > 0)
    g_array_append_val (spans->continua, continuum);
  return ok;
}

static void
sort_all (AttestAgreeSpansLoading *loading)
{
  g_autofree guint *texts = attest_agree_names_sort (&loading->texts);
  g_autofree guint *coders = attest_agree_names_sort (&loading->coders);
  g_autofree guint *codes = attest_agree_names_sort (&loading->codes);
  g_autoptr (GArray) lengths = g_array_copy (loading->lengths);

  for (guint i = 0; i < lengths->len; i++)
    g_array_index (loading->lengths, gint64, texts[i]) = g_array_index (lengths, gint64, i);
  for (guint i = 0; i < loading->stretches->len; i++)
    {
      AttestAgreeStretch *stretch = &g_array_index (loading->stretches, AttestAgreeStretch, i);

      stretch->text = texts[stretch->text];
      stretch->coder = coders[stretch->coder];
      if (stretch->code != ATTEST_AGREE_NO_CODE)
        stretch->code = codes[stretch->code];
    }
  g_array_sort (loading->stretches, compare_stretches);
  loading->spans->texts = g_ptr_array_ref (loading->texts.names);
  loading->spans->coders = g_ptr_array_ref (loading->coders.names);
  loading->spans->codes = g_ptr_array_ref (loading->codes.names);
}

gboolean
attest_agree_spans_build (AttestAgreeSpansLoading *loading, GError **error)
{
  AttestAgreeSpans *spans = loading->spans;
  gboolean is_guessed = FALSE;

  sort_all (loading);
  if (loading->stretches->len == 0)
    return attest_throw (error, ATTEST_ERROR_INPUT, "1: it has no rows");
  for (guint i = 0; i < loading->stretches->len;)
    if (!add_text (loading, &i, error))
      return FALSE;
  spans->compared = spans->continua->len;
  if (spans->compared == 0)
    return attest_throw (error, ATTEST_ERROR_INPUT,
                         " no item was seen by two coders; who saw a text and marked nothing has "
                         "a row without start, end and code");
  if (loading->n_joined > 0)
    g_ptr_array_add (
        spans->warnings,
        g_strdup_printf ("Stretches that overlap another of the same coder and code, or "
                         "are there twice, which count as one: %u.",
                         loading->n_joined));
  for (guint i = 0; i < loading->lengths->len; i++)
    is_guessed = is_guessed || g_array_index (loading->lengths, gint64, i) == 0;
  if (is_guessed)
    g_ptr_array_add (spans->warnings,
                     g_strdup ("Texts without a length are taken to end with their last stretch, "
                               "which makes gaps too short: add a column length."));
  return TRUE;
}

static gboolean
load (AttestAgreeSpansLoading *loading, const GPtrArray *rows, GError **error)
{
  int columns[N_COLUMNS];

  if (!find_columns (columns, g_ptr_array_index (rows, 0), error))
    return FALSE;
  for (guint i = 1; i < rows->len; i++)
    if (!add_row (loading, columns, g_ptr_array_index (rows, i), error))
      return FALSE;
  attest_agree_names_warn_alike (&loading->coders, "coders", loading->spans->warnings);
  attest_agree_names_warn_alike (&loading->codes, "codes", loading->spans->warnings);
  return attest_agree_spans_build (loading, error);
}

void
attest_agree_spans_begin (AttestAgreeSpansLoading *loading)
{
  AttestAgreeSpans *spans = g_new0 (AttestAgreeSpans, 1);

  spans->warnings = g_ptr_array_new_with_free_func (g_free);
  spans->continua = g_array_new (FALSE, FALSE, sizeof (AttestContinuum));
  spans->owned = g_ptr_array_new_with_free_func (g_free);
  loading->spans = spans;
  loading->n_joined = 0;
  attest_agree_names_init (&loading->texts);
  attest_agree_names_init (&loading->coders);
  attest_agree_names_init (&loading->codes);
  loading->stretches = g_array_new (FALSE, FALSE, sizeof (AttestAgreeStretch));
  loading->lengths = g_array_new (FALSE, FALSE, sizeof (gint64));
}

AttestAgreeSpans *
attest_agree_spans_end (AttestAgreeSpansLoading *loading, gboolean ok)
{
  g_array_unref (loading->stretches);
  g_array_unref (loading->lengths);
  attest_agree_names_clear (&loading->texts);
  attest_agree_names_clear (&loading->coders);
  attest_agree_names_clear (&loading->codes);
  if (!ok)
    g_clear_pointer (&loading->spans, attest_agree_spans_free);
  return g_steal_pointer (&loading->spans);
}

AttestAgreeSpans *
attest_agree_spans_load (const char *path, GError **error)
{
  AttestAgreeSpansLoading loading;
  g_autoptr (GPtrArray) rows = attest_agree_load_rows (path, error);

  if (rows == NULL)
    return NULL;
  attest_agree_spans_begin (&loading);
  gboolean ok = load (&loading, rows, error);
  if (!ok)
    g_prefix_error (error, "%s:", path);
  return attest_agree_spans_end (&loading, ok);
}

void
attest_agree_spans_free (AttestAgreeSpans *spans)
{
  if (spans == NULL)
    return;
  g_clear_pointer (&spans->texts, g_ptr_array_unref);
  g_clear_pointer (&spans->coders, g_ptr_array_unref);
  g_clear_pointer (&spans->codes, g_ptr_array_unref);
  g_ptr_array_unref (spans->warnings);
  g_clear_pointer (&spans->run_notes, g_ptr_array_unref);
  g_clear_pointer (&spans->runs, g_ptr_array_unref);
  g_array_unref (spans->continua);
  g_ptr_array_unref (spans->owned);
  g_free (spans);
}
