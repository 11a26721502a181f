/* CSV and TSV: transcripts and surveys as tables. */
#include "reader/attest-reader-private.h"

#include <string.h>

#include "reader/attest-decode.h"
#include "reader/attest-grid.h"
#include "reader/attest-headings.h"
#include "reader/attest-times.h"
#include "util/attest-csv.h"

static const char *const suffixes[] = { "csv", "tsv", "tab", NULL };

/* Whether the first line names the columns of a transcript. The head is cut, but a line of headings
 * is short. */
static gboolean
has_headings (const char *text)
{
  gboolean kinds[ATTEST_N_HEADINGS] = { FALSE };
  gsize n = strcspn (text, "\r\n");
  char delimiter[2] = { attest_csv_detect_delimiter (text, n), '\0' };
  g_autofree char *line = g_strndup (text, n);
  g_auto (GStrv) cells = g_strsplit (line, delimiter, 64);

  for (char **cell = cells; *cell != NULL; cell++)
    {
      g_strdelimit (*cell, "\"", ' ');
      kinds[attest_heading_classify (g_strstrip (*cell), NULL)] = TRUE;
    }
  return (kinds[ATTEST_HEADING_TEXT]
          && (kinds[ATTEST_HEADING_SPEAKER] || kinds[ATTEST_HEADING_TIME]))
         || (kinds[ATTEST_HEADING_ANSWER] && kinds[ATTEST_HEADING_QUESTION]);
}

/* Rows without headings: a TAB between at least four cells, as many in each line of the head, and
 * one column has nothing but times. With fewer cells, "0:05<TAB>Ana<TAB>text" is text with labels.
 */
static gboolean
has_rows (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", 64);
  guint n_lines = g_strv_length (lines), n_cells = 0, n_rows = 0;
  guint timed[8] = { 0 };

  /* The last line may be cut. */
  for (guint i = 0; i + 1 < n_lines; i++)
    {
      g_auto (GStrv) cells = g_strsplit (g_strchomp (lines[i]), "\t", 0);
      guint n = g_strv_length (cells);

      if (n < 4 || (n_cells > 0 && n != n_cells))
        return FALSE;
      n_cells = n;
      n_rows++;
      for (guint k = 0; k < MIN (n, G_N_ELEMENTS (timed)); k++)
        {
          gint64 start_ms, end_ms;

          timed[k] += attest_times_parse (g_strstrip (cells[k]), &start_ms, &end_ms);
        }
    }
  for (guint k = 0; n_rows >= 3 && k < G_N_ELEMENTS (timed); k++)
    if (timed[k] == n_rows)
      return TRUE;
  return FALSE;
}

static int
csv_probe (const AttestProbe *probe)
{
  const char *text = probe->head_text;

  if (text == NULL)
    return 0;
  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    text += 3;
  if (has_headings (text) || has_rows (text))
    return ATTEST_PROBE_STRUCTURE;
  return g_strv_contains (suffixes, probe->suffix) ? ATTEST_PROBE_SUFFIX : 0;
}

static AttestGrid *
read_grid (AttestDocument *doc, const char *text, gsize length_bytes, GError **error)
{
  g_autoptr (GPtrArray) rows = attest_csv_parse_loosely (text, length_bytes, error);
  AttestGrid *grid;
  guint odd = 0, odd_line = 0;

  if (rows == NULL)
    return NULL;
  grid = attest_grid_new (NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      const AttestCsvRow *row = g_ptr_array_index (rows, i);

      attest_grid_add_row (grid, row->line);
      for (guint k = 0; k < row->cells->len; k++)
        attest_grid_add_cell (grid, k, g_ptr_array_index (row->cells, k));
      if (row->odd && odd++ == 0)
        odd_line = row->line;
    }
  if (odd > 0)
    attest_document_warn (doc, odd_line,
                          "%u rows have text after a closing quote, the first here; it is kept (a "
                          "quote inside a cell is doubled)",
                          odd);
  return grid;
}

static gboolean
csv_read (AttestDocument *doc, const AttestReadOptions *options, GError **error)
{
  gsize size = 0, length_bytes = 0;
  const guint8 *bytes = g_bytes_get_data (doc->original, &size);
  g_autofree char *text = attest_decode (doc, bytes, size, options->encoding, &length_bytes, error);
  g_autoptr (GPtrArray) grids = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_grid_free);
  AttestGrid *grid;

  if (text == NULL)
    return FALSE;
  grid = read_grid (doc, text, length_bytes, error);
  if (grid == NULL)
    return FALSE;
  g_ptr_array_add (grids, grid);
  return attest_grids_read (doc, grids, options, error);
}

const AttestReader attest_reader_csv = { "csv", "CSV or TSV table", suffixes, csv_probe, csv_read };
