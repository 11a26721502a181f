/* attest-codebook-problem: what is wrong with a codebook, and how it is said. */
#include <string.h>

#include "codebook/attest-codebook-private.h"
#include "util/attest-error.h"
#include "util/attest-limits.h"
#include "util/attest-text.h"

#define TAB_COLUMNS 8
/* Messages quote the file, which may have names of any length. */
#define MAX_MESSAGE_COLUMNS 400
/* Of the source line below a message, as much as fits most terminals. */
#define SHOWN_COLUMNS 96
#define SHOWN_BEFORE_CARET_COLUMNS 64

static void
clear_problem (gpointer data)
{
  AttestProblem *problem = data;

  g_free (problem->code);
  g_free (problem->rule);
  g_free (problem->message);
  g_free (problem->excerpt);
}

GArray *
attest_problems_new (void)
{
  GArray *problems = g_array_new (FALSE, TRUE, sizeof (AttestProblem));

  g_array_set_clear_func (problems, clear_problem);
  return problems;
}

const char *
attest_severity_to_string (AttestSeverity severity)
{
  return severity == ATTEST_SEVERITY_ERROR ? "error" : "warning";
}

static void G_GNUC_PRINTF (4, 0) add_error (AttestCodebookParser *parser, gsize byte,
                                            const char *check, const char *format, va_list args)
{
  AttestProblem problem = { .severity = ATTEST_SEVERITY_ERROR, .check = check };

  parser->n_errors++;
  if (parser->problems->len >= ATTEST_MAX_PROBLEMS)
    return;
  attest_yaml_place (parser->yaml, byte, &problem.line, &problem.column);
  problem.code = g_strdup (parser->code_id);
  problem.rule = g_strdup (parser->rule_name);
  g_autofree char *message = g_strdup_vprintf (format, args);
  problem.message = attest_text_printable (message, strlen (message), MAX_MESSAGE_COLUMNS);
  g_array_append_val (parser->problems, problem);
}

void
attest_codebook_complain (AttestCodebookParser *parser, const AttestYaml *node, const char *check,
                          const char *format, ...)
{
  va_list args;

  va_start (args, format);
  add_error (parser, node->start_byte, check, format, args);
  va_end (args);
}

void
attest_codebook_complain_at (AttestCodebookParser *parser, gsize byte, const char *check,
                             const char *format, ...)
{
  va_list args;

  va_start (args, format);
  add_error (parser, byte, check, format, args);
  va_end (args);
}

/* Letters to change, add, leave out or swap to make @a into @b (optimal string alignment). */
static guint
edit_distance (const char *a, const char *b)
{
  g_autofree gunichar *x = g_utf8_to_ucs4_fast (a, -1, NULL);
  g_autofree gunichar *y = g_utf8_to_ucs4_fast (b, -1, NULL);
  gsize n = (gsize)g_utf8_strlen (a, -1);
  gsize m = (gsize)g_utf8_strlen (b, -1);
  g_autofree guint *rows = g_new0 (guint, 3 * (m + 1));
  guint *before = rows;
  guint *above = rows + (m + 1);
  guint *row = rows + 2 * (m + 1);

  for (gsize j = 0; j <= m; j++)
    above[j] = (guint)j;
  for (gsize i = 1; i <= n; i++)
    {
      row[0] = (guint)i;
      for (gsize j = 1; j <= m; j++)
        {
          row[j] = above[j - 1] + (x[i - 1] != y[j - 1]);
          row[j] = MIN (row[j], MIN (above[j], row[j - 1]) + 1);
          if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
            row[j] = MIN (row[j], before[j - 2] + 1);
        }
      guint *oldest = before;
      before = above;
      above = row;
      row = oldest;
    }
  return above[m];
}

const char *
attest_codebook_nearest (const char *name, const char *const *names)
{
  g_autofree char *folded = g_utf8_strdown (name, -1);
  glong n_chars = g_utf8_strlen (name, -1);
  const char *best = NULL;
  guint best_distance = MAX (2, (guint)n_chars / 3 + 1);

  if (n_chars > ATTEST_MAX_ID_CHARS)
    return NULL;
  for (; *names != NULL; names++)
    {
      guint distance = edit_distance (folded, *names);
      if (distance < best_distance && distance < (guint)g_utf8_strlen (*names, -1))
        {
          best = *names;
          best_distance = distance;
        }
    }
  return best;
}

const char *
attest_codebook_nearest_code (const AttestCodebook *codebook, const char *id)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < codebook->codes->len; i++)
    if (attest_codebook_code (codebook, i)->id != NULL)
      g_ptr_array_add (ids, attest_codebook_code (codebook, i)->id);
  g_ptr_array_add (ids, NULL);
  return attest_codebook_nearest (id, (const char *const *)ids->pdata);
}

char *
attest_codebook_dup_no_code (const AttestCodebook *codebook, const char *id)
{
  const char *nearest = attest_codebook_nearest_code (codebook, id);

  return nearest != NULL ? g_strdup_printf ("%s has no code '%s': did you mean '%s'?", codebook->id,
                                            id, nearest)
                         : g_strdup_printf ("%s has no code '%s'", codebook->id, id);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const AttestProblem *p = a;
  const AttestProblem *q = b;

  if (p->line != q->line)
    return p->line < q->line ? -1 : 1;
  return p->column < q->column ? -1 : p->column > q->column;
}

void
attest_problems_sort (GArray *problems)
{
  /* g_array_sort() keeps the order of equals. */
  g_array_sort (problems, compare_places);
}

void
attest_problems_move (GArray *from, GArray *to)
{
  if (from->len > 0)
    g_array_append_vals (to, from->data, from->len);
  /* Their strings moved. */
  g_array_set_clear_func (from, NULL);
  g_array_set_size (from, 0);
}

/* The bytes of a line, without its end. NULL: there is no such line. */
static const char *
find_line (const char *text, gsize length_bytes, guint line, gsize *out_length_bytes)
{
  const char *end = text + length_bytes;
  const char *start = text;

  if (length_bytes >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    start += 3;
  for (const char *p = start; p < end && line > 1; p++)
    if (*p == '\n' || (*p == '\r' && (p + 1 == end || p[1] != '\n')))
      {
        line--;
        start = p + 1;
      }
  if (line != 1)
    return NULL;

  const char *line_end = start;
  while (line_end < end && *line_end != '\n' && *line_end != '\r')
    line_end++;
  *out_length_bytes = (gsize)(line_end - start);
  return start;
}

static gboolean
is_unprintable (gunichar c)
{
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x2028 && c <= 0x202e)
         || (c >= 0x2066 && c <= 0x2069);
}

/* The text as it stands on a terminal, all of it with the width that it has here. */
static void
append_displayed (GString *out, const char *text, gsize length_bytes, guint from_column)
{
  guint column = from_column;

  for (const char *p = text; p < text + length_bytes; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gsize before_bytes = out->len;

      if (c == '\t')
        g_string_append_printf (out, "%*s", (int)(TAB_COLUMNS - column % TAB_COLUMNS), "");
      else
        g_string_append_unichar (out, is_unprintable (c) ? 0xfffd : c);
      column += (guint)attest_text_columns (out->str + before_bytes, out->len - before_bytes);
    }
}

/* Cuts whole characters off the left until at most @columns are left. Returns what was cut. */
static gsize
bytes_beyond (const char *text, gsize length_bytes, gsize columns)
{
  const char *p = text;
  gsize left = attest_text_columns (text, length_bytes);

  while (left > columns)
    {
      const char *next = g_utf8_next_char (p);
      left -= attest_text_columns (p, (gsize)(next - p));
      p = next;
    }
  return (gsize)(p - text);
}

/* Appends the line and the caret line. */
static void
append_excerpt (GString *out, const char *line, gsize line_bytes, guint column)
{
  gsize caret_byte = 0;
  for (guint i = 1; i < column && caret_byte < line_bytes; i++)
    caret_byte += (gsize)(g_utf8_next_char (line + caret_byte) - (line + caret_byte));

  /* Of a line of megabytes (JSON), only the neighbourhood of the caret is looked at. */
  gsize first_byte = caret_byte;
  for (guint i = 0; i < 4 * SHOWN_COLUMNS && first_byte > 0; i++)
    first_byte = (gsize)(g_utf8_prev_char (line + first_byte) - line);
  gsize last_byte = caret_byte;
  for (guint i = 0; i < SHOWN_COLUMNS && last_byte < line_bytes; i++)
    last_byte += (gsize)(g_utf8_next_char (line + last_byte) - (line + last_byte));

  g_autoptr (GString) before = g_string_new (NULL);
  g_autoptr (GString) after = g_string_new (NULL);
  append_displayed (before, line + first_byte, caret_byte - first_byte, 0);
  gsize cut = bytes_beyond (before->str, before->len, SHOWN_BEFORE_CARET_COLUMNS);
  gboolean is_cut = cut > 0 || first_byte > 0;
  gsize caret_columns
      = attest_text_columns (before->str + cut, before->len - cut) + (is_cut ? 1 : 0);
  append_displayed (after, line + caret_byte, last_byte - caret_byte, (guint)caret_columns);
  while (after->len > 0
         && caret_columns + attest_text_columns (after->str, after->len) > SHOWN_COLUMNS)
    g_string_truncate (after, (gsize)(g_utf8_prev_char (after->str + after->len) - after->str));
  g_string_append_printf (out, "  %s%s%s%s\n  %*s^", is_cut ? "…" : "", before->str + cut,
                          after->str, last_byte < line_bytes ? "…" : "", (int)caret_columns, "");
}

static void
add_excerpt (const AttestCodebook *codebook, AttestProblem *problem)
{
  gsize line_bytes = 0;
  const char *line = problem->line > 0 ? find_line (codebook->text, codebook->length_bytes,
                                                    problem->line, &line_bytes)
                                       : NULL;

  if (line == NULL || !g_utf8_validate (line, (gssize)line_bytes, NULL))
    return;
  GString *excerpt = g_string_new (NULL);
  append_excerpt (excerpt, line, line_bytes, problem->column);
  problem->excerpt = g_string_free (excerpt, FALSE);
}

void
attest_codebook_hand_over_problems (AttestCodebookParser *parser, GArray *problems, GError **error)
{
  const AttestCodebook *codebook = parser->codebook;
  const AttestProblem *first_error = NULL;

  attest_problems_sort (parser->problems);
  for (guint i = 0; i < parser->problems->len; i++)
    add_excerpt (codebook, &g_array_index (parser->problems, AttestProblem, i));
  for (guint i = 0; i < parser->problems->len && first_error == NULL; i++)
    {
      const AttestProblem *problem = &g_array_index (parser->problems, AttestProblem, i);
      if (problem->severity == ATTEST_SEVERITY_ERROR)
        first_error = problem;
    }
  if (first_error != NULL)
    {
      g_autofree char *place = first_error->line > 0 ? g_strdup_printf (":%u:%u", first_error->line,
                                                                        first_error->column)
                                                     : g_strdup ("");
      attest_throw (error, ATTEST_ERROR_CODEBOOK, "%s%s: %s%s%s", codebook->path, place,
                    first_error->message, first_error->excerpt != NULL ? "\n" : "",
                    first_error->excerpt != NULL ? first_error->excerpt : "");
    }
  if (parser->n_errors > parser->problems->len)
    {
      AttestProblem more
          = { .severity = ATTEST_SEVERITY_ERROR,
              .check = "limit",
              .message = g_strdup_printf ("%u more problems are not listed: mend these first",
                                          parser->n_errors - parser->problems->len) };
      g_array_append_val (parser->problems, more);
    }
  if (problems != NULL)
    attest_problems_move (parser->problems, problems);
}
