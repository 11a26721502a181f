#include "reader/attest-grid.h"

#include <string.h>

#include "reader/attest-grid-private.h"
#include "util/attest-error.h"
#include "util/attest-text.h"

/* Of a heading that a message shows. */
#define MAX_HEADING_COLUMNS 60

AttestGrid *
attest_grid_new (const char *name)
{
  AttestGrid *grid = g_new0 (AttestGrid, 1);

  grid->name = g_strdup (name);
  grid->strings = g_string_chunk_new (65536);
  grid->cells = g_array_new (FALSE, FALSE, sizeof (AttestGridCell));
  grid->rows = g_array_new (FALSE, FALSE, sizeof (AttestGridRow));
  return grid;
}

void
attest_grid_free (AttestGrid *grid)
{
  if (grid == NULL)
    return;
  g_free (grid->name);
  g_string_chunk_free (grid->strings);
  g_array_unref (grid->cells);
  g_array_unref (grid->rows);
  g_free (grid);
}

void
attest_grid_add_row (AttestGrid *grid, guint line)
{
  AttestGridRow row = { .line = line, .first_cell = grid->cells->len };
  guint last = grid->rows->len;

  if (last > 0 && attest_grid_row (grid, last - 1)->n_cells == 0)
    g_array_set_size (grid->rows, last - 1);
  g_array_append_val (grid->rows, row);
}

void
attest_grid_add_cell (AttestGrid *grid, guint column, const char *text)
{
  AttestGridCell cell = { .column = column };
  gsize n;

  while (g_ascii_isspace (*text))
    text++;
  for (n = strlen (text); n > 0 && g_ascii_isspace (text[n - 1]); n--)
    ;
  if (n == 0)
    return;
  cell.text = g_string_chunk_insert_len (grid->strings, text, (gssize)n);
  g_array_append_val (grid->cells, cell);
  g_array_index (grid->rows, AttestGridRow, grid->rows->len - 1).n_cells++;
  grid->n_columns = MAX (grid->n_columns, column + 1);
}

const char *
attest_grid_get (const AttestGrid *grid, guint row, guint column)
{
  const AttestGridRow *found = attest_grid_row (grid, row);
  const AttestGridCell *cells = &g_array_index (grid->cells, AttestGridCell, found->first_cell);
  guint low = 0, high = found->n_cells;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (cells[middle].column == column)
        return cells[middle].text;
      if (cells[middle].column < column)
        low = middle + 1;
      else
        high = middle;
    }
  return "";
}

guint
attest_grid_count_headings (const AttestGrid *grid, const AttestGridColumns *columns)
{
  const AttestGridRow *row;

  if (columns->heading_row == G_MAXUINT)
    return 0;
  row = attest_grid_row (grid, columns->heading_row);
  return g_array_index (grid->cells, AttestGridCell, row->first_cell + row->n_cells - 1).column + 1;
}

char *
attest_grid_dup_heading (const AttestGrid *grid, const AttestGridColumns *columns, guint column)
{
  const char *heading = columns->heading_row == G_MAXUINT
                            ? ""
                            : attest_grid_get (grid, columns->heading_row, column);
  char letters[8];
  guint at = sizeof letters;

  if (*heading != '\0')
    {
      g_autofree char *shown
          = attest_text_printable (heading, strlen (heading), MAX_HEADING_COLUMNS);

      return g_strdup_printf ("'%s'", shown);
    }
  letters[--at] = '\0';
  for (guint n = column + 1; n > 0; n = (n - 1) / 26)
    letters[--at] = (char)('A' + (n - 1) % 26);
  return g_strdup_printf ("column %s", letters + at);
}

void
attest_grid_columns_clear (AttestGridColumns *columns)
{
  g_clear_pointer (&columns->answers, g_array_unref);
}

static gboolean
throw_no_column (const GPtrArray *grids, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < grids->len && names->len == 0; i++)
    {
      const AttestGrid *grid = g_ptr_array_index (grids, i);
      guint n = grid->rows->len > 0 ? attest_grid_row (grid, 0)->n_cells : 0;

      for (guint k = 0; k < MIN (n, ATTEST_GRID_MAX_NAMED); k++)
        g_string_append_printf (names, "%s'%s'", k > 0 ? ", " : "",
                                g_array_index (grid->cells, AttestGridCell, k).text);
    }
  return attest_throw (
      error, ATTEST_ERROR_INPUT,
      "no column holds what was said; name it with --map text=COLUMN (columns: %s)", names->str);
}

typedef struct
{
  AttestDocument *doc;
  const GPtrArray *grids;
  AttestGridColumns *columns; /* of each grid */
  gboolean *usable;           /* of each grid: it has rows, and the columns that --map names */
  AttestUtterances *utterances;
} Job;

static const AttestGrid *
grid_at (const Job *job, guint i)
{
  return g_ptr_array_index (job->grids, i);
}

/* Of several sheets one with the columns is enough. */
static gboolean
find_all_columns (Job *job, const char *const *map, GError **error)
{
  g_autoptr (GError) first = NULL;
  gboolean any = FALSE;

  for (guint i = 0; i < job->grids->len; i++)
    {
      g_autoptr (GError) local = NULL;

      if (grid_at (job, i)->rows->len == 0)
        continue;
      job->usable[i] = attest_grid_find_columns (grid_at (job, i), map, &job->columns[i], &local);
      any |= job->usable[i];
      if (local != NULL && first == NULL)
        first = g_steal_pointer (&local);
    }
  if (any)
    return TRUE;
  if (first == NULL)
    return attest_throw (error, ATTEST_ERROR_INPUT, "the table is empty");
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

static gboolean
add_grid (Job *job, guint i, gboolean as_survey)
{
  const AttestGridColumns *columns = &job->columns[i];
  gboolean has_text = columns->text != G_MAXUINT || columns->answer != G_MAXUINT;

  if (!job->usable[i] || has_text == as_survey)
    return FALSE;
  if (as_survey)
    return attest_grid_add_survey (job->doc, grid_at (job, i), columns, job->utterances);
  attest_grid_add_utterances (job->doc, grid_at (job, i), columns, job->utterances);
  return TRUE;
}

/* Transcripts, or else surveys; sheets that are neither, such as a list of codes, are named. */
static gboolean
add_grids (Job *job)
{
  guint n_read = 0;

  for (guint pass = 0; pass < 2 && n_read == 0; pass++)
    {
      g_autoptr (GString) left_out = g_string_new (NULL);

      for (guint i = 0; i < job->grids->len; i++)
        {
          const AttestGrid *grid = grid_at (job, i);

          if (add_grid (job, i, pass == 1))
            n_read++;
          else if (grid->rows->len > 0)
            g_string_append_printf (left_out, "%s'%s'", left_out->len > 0 ? ", " : "", grid->name);
        }
      if (n_read > 0 && left_out->len > 0)
        attest_document_warn (job->doc, 0, "sheets without speech are left out: %s", left_out->str);
    }
  return n_read > 0;
}

gboolean
attest_grids_read (AttestDocument *doc, const GPtrArray *grids, const AttestReadOptions *options,
                   GError **error)
{
  g_autoptr (AttestUtterances) utterances = attest_utterances_new (doc);
  static const AttestGridColumns no_columns = ATTEST_GRID_COLUMNS_INIT;
  g_autofree AttestGridColumns *columns = g_new0 (AttestGridColumns, grids->len);
  g_autofree gboolean *usable = g_new0 (gboolean, grids->len);
  Job job = { doc, grids, columns, usable, utterances };
  gboolean good;

  for (guint i = 0; i < grids->len; i++)
    columns[i] = no_columns;
  good = find_all_columns (&job, options->map, error);
  if (good && !add_grids (&job))
    good = throw_no_column (grids, error);
  for (guint i = 0; i < grids->len; i++)
    attest_grid_columns_clear (&columns[i]);
  if (good)
    attest_utterances_finish (utterances);
  return good;
}
