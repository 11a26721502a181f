#include "cli/attest-cli-gold.h"

#include <stdlib.h>
#include <string.h>

#include "util/attest-csv.h"
#include "util/attest-error.h"
#include "util/attest-language.h"

enum
{
  SOURCE,
  START,
  END,
  TURN,
  TEXT,
  CODES,
  CODE,
  LANG,
  CLUSTER,
  WEIGHT,
  N_COLUMNS
};

static const char *const column_names[N_COLUMNS]
    = { "source", "start", "end", "turn", "text", "codes", "code", "lang", "cluster", "weight" };

#define NOT_JUDGED "?"

static void
clear_item (gpointer data)
{
  AttestGoldItem *item = data;

  g_free (item->source);
  g_free (item->text);
  g_free (item->cluster);
  g_array_unref (item->codes);
}

void
attest_gold_free (AttestGold *gold)
{
  if (gold == NULL)
    return;
  g_free (gold->path);
  g_clear_pointer (&gold->rows, g_ptr_array_unref);
  g_array_unref (gold->items);
  g_free (gold);
}

/* The cell without outer spaces; "" when there is no such column. */
static char *
dup_cell (const AttestCsvRow *row, int column)
{
  const char *cell = column >= 0 && (guint)column < row->cells->len
                         ? g_ptr_array_index (row->cells, (guint)column)
                         : "";

  return g_strstrip (g_strdup (cell));
}

static gboolean
parse_number (const AttestCsvRow *row, int column, const char *name, gint64 *out, GError **error)
{
  g_autofree char *cell = dup_cell (row, column);

  if (*cell == '\0')
    return TRUE;
  return g_ascii_string_to_signed (cell, 10, 0, G_MAXINT32, out, NULL)
         || attest_throw (error, ATTEST_ERROR_INPUT, "%u: '%s' is no %s", row->line, cell, name);
}

static gboolean
parse_weight (const AttestCsvRow *row, int column, double *out, GError **error)
{
  g_autofree char *cell = dup_cell (row, column);
  char *end = NULL;

  if (*cell == '\0')
    return TRUE;
  *out = g_ascii_strtod (cell, &end);
  return (*end == '\0' && *out > 0 && *out < 1e12)
         || attest_throw (error, ATTEST_ERROR_INPUT, "%u: '%s' is no weight", row->line, cell);
}

static int
compare_codes (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *)a, y = *(const guint *)b;

  return x < y ? -1 : x > y;
}

static gboolean
parse_codes (const AttestCsvRow *row, const char *cell, const AttestCodebook *codebook,
             GArray *codes, GError **error)
{
  g_auto (GStrv) names = g_strsplit (cell, ";", -1);

  for (char **name = names; *name != NULL; name++)
    {
      int found;
      guint code;
      gboolean again = FALSE;

      if (*g_strstrip (*name) == '\0')
        continue;
      found = attest_codebook_find_code (codebook, *name);
      if (found < 0)
        {
          g_autofree char *message = attest_codebook_dup_no_code (codebook, *name);

          return attest_throw (error, ATTEST_ERROR_INPUT, "%u: the codebook %s", row->line,
                               message);
        }
      code = (guint)found;
      for (guint i = 0; i < codes->len; i++)
        again = again || g_array_index (codes, guint, i) == code;
      if (!again)
        g_array_append_val (codes, code);
    }
  g_array_sort (codes, compare_codes);
  return TRUE;
}

static gboolean
check_place (const AttestGoldItem *item, GError **error)
{
  if (item->start >= 0 && item->end > item->start)
    return TRUE;
  if (item->start < 0 && item->end < 0 && item->turn >= 0)
    return TRUE;
  return attest_throw (error, ATTEST_ERROR_INPUT,
                       "%u: give start and end (start < end), or the turn, of the passage",
                       item->line);
}

static gboolean
add_row (AttestGold *gold, const AttestCsvRow *row, const int columns[N_COLUMNS],
         const AttestCodebook *codebook, GError **error)
{
  g_autofree char *codes = dup_cell (row, columns[CODES] >= 0 ? columns[CODES] : columns[CODE]);
  g_autofree char *lang = dup_cell (row, columns[LANG]);
  AttestGoldItem item = { .line = row->line, .start = -1, .end = -1, .turn = -1, .weight = 1 };
  gboolean ok;

  if (strcmp (codes, NOT_JUDGED) == 0)
    {
      gold->not_judged++;
      return TRUE;
    }
  if (*lang != '\0' && !attest_language_is_code (lang))
    return attest_throw (error, ATTEST_ERROR_INPUT, "%u: '%s' is no code of a language", row->line,
                         lang);
  item.lang = *lang != '\0' ? g_intern_string (lang) : NULL;
  item.source = dup_cell (row, columns[SOURCE]);
  item.text = dup_cell (row, columns[TEXT]);
  item.cluster = dup_cell (row, columns[CLUSTER] >= 0 ? columns[CLUSTER] : columns[SOURCE]);
  item.codes = g_array_new (FALSE, FALSE, sizeof (guint));
  ok = parse_number (row, columns[START], "position", &item.start, error)
       && parse_number (row, columns[END], "position", &item.end, error)
       && parse_number (row, columns[TURN], "number of a turn", &item.turn, error)
       && parse_weight (row, columns[WEIGHT], &item.weight, error)
       && parse_codes (row, codes, codebook, item.codes, error)
       && (!gold->in_project || check_place (&item, error));
  if (ok && !gold->in_project && *item.text == '\0')
    ok = attest_throw (error, ATTEST_ERROR_INPUT, "%u: there is no text", row->line);
  if (!ok)
    {
      clear_item (&item);
      return FALSE;
    }
  g_array_append_val (gold->items, item);
  return TRUE;
}

static gboolean
find_columns (AttestGold *gold, const AttestCsvRow *header, int columns[N_COLUMNS], GError **error)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    columns[i] = attest_csv_find_column (header, column_names[i]);
  gold->in_project
      = columns[SOURCE] >= 0 && ((columns[START] >= 0 && columns[END] >= 0) || columns[TURN] >= 0);
  gold->has_turns = columns[TURN] >= 0;
  gold->weighted = columns[WEIGHT] >= 0;
  if (columns[CODES] < 0 && columns[CODE] < 0)
    return attest_throw (error, ATTEST_ERROR_INPUT,
                         "1: no column 'codes' with the right codes (several with ; between)");
  if (!gold->in_project && columns[TEXT] < 0)
    return attest_throw (
        error, ATTEST_ERROR_INPUT,
        "1: no column 'text', and none of 'source' with 'start' and 'end', or with "
        "'turn'");
  return TRUE;
}

gboolean
attest_gold_resolve (AttestGold *gold, const AttestCodebook *codebook, GError **error)
{
  int columns[N_COLUMNS];
  gboolean ok = find_columns (gold, g_ptr_array_index (gold->rows, 0), columns, error);

  for (guint i = 1; ok && i < gold->rows->len; i++)
    ok = add_row (gold, g_ptr_array_index (gold->rows, i), columns, codebook, error);
  if (ok && gold->items->len == 0)
    ok = attest_throw (error, ATTEST_ERROR_INPUT,
                       gold->not_judged > 0 ? "1: no passage has been judged yet"
                                            : "1: it has no rows");
  if (!ok)
    g_prefix_error (error, "%s:", gold->path);
  return ok;
}

AttestGold *
attest_gold_load (const char *path, GError **error)
{
  g_autoptr (AttestGold) gold = g_new0 (AttestGold, 1);
  int columns[N_COLUMNS];

  gold->path = g_strdup (path);
  gold->items = g_array_new (FALSE, FALSE, sizeof (AttestGoldItem));
  g_array_set_clear_func (gold->items, clear_item);
  gold->rows = attest_csv_read_file (path, error);
  if (gold->rows == NULL)
    return NULL;
  if (!find_columns (gold, g_ptr_array_index (gold->rows, 0), columns, error))
    {
      g_prefix_error (error, "%s:", path);
      return NULL;
    }
  return g_steal_pointer (&gold);
}
