/* Criteria by themes, all together and group by group: how many segments of a criterion overlap
 * one of a theme. The first two dimensions of the codebook, whatever they are called. */
#include "book/attest-book-private.h"

#include <string.h>

#include "report/attest-chart.h"
#include "report/attest-disclosure-counts.h"

typedef struct
{
  GArray *rows, *cols; /* of guint: codes */
  guint *counts;       /* groups × rows × cols */
  guint *at;           /* place of a code among rows or cols */
} Heat;

static void
heat_clear (Heat *heat)
{
  g_clear_pointer (&heat->rows, g_array_unref);
  g_clear_pointer (&heat->cols, g_array_unref);
  g_free (heat->counts);
  g_free (heat->at);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Heat, heat_clear)

static guint *
heat_cell (const Heat *heat, guint group, guint row, guint col)
{
  return &heat->counts[((gsize)group * heat->rows->len + row) * heat->cols->len + col];
}

/* Codes by dimension: those of the first are rows, those of the second columns. */
static gboolean
choose_codes (const AttestBook *book, Heat *heat)
{
  const char *dimensions[2] = { NULL, NULL };
  guint n_codes = book->report->frequency->rows->len;

  heat->rows = g_array_new (FALSE, FALSE, sizeof (guint));
  heat->cols = g_array_new (FALSE, FALSE, sizeof (guint));
  heat->at = g_new0 (guint, n_codes);
  for (guint i = 0; i < n_codes; i++)
    {
      const char *dimension = attest_book_code (book, i)->dimension;
      guint k = 0;

      while (k < 2 && dimensions[k] != NULL && strcmp (dimensions[k], dimension) != 0)
        k++;
      if (k == 2)
        continue;
      dimensions[k] = dimension;
      heat->at[i] = (k == 0 ? heat->rows : heat->cols)->len;
      g_array_append_val (k == 0 ? heat->rows : heat->cols, i);
    }
  return heat->rows->len > 0 && heat->cols->len > 0;
}

static gboolean
is_row (const Heat *heat, guint code)
{
  return heat->at[code] < heat->rows->len
         && g_array_index (heat->rows, guint, heat->at[code]) == code;
}

static gboolean
is_col (const Heat *heat, guint code)
{
  return heat->at[code] < heat->cols->len
         && g_array_index (heat->cols, guint, heat->at[code]) == code;
}

/* A segment counts once for each code of the other dimension that overlaps it; the next sources
 * and segments that begin behind it cannot. */
static void
count_segment (const AttestBook *book, Heat *heat, guint i, gboolean *seen)
{
  const AttestBookSegment *segment = attest_book_segment (book, i);
  guint first = book->first_of_source[segment->source];
  guint end = book->first_of_source[segment->source + 1];

  memset (seen, 0, sizeof *seen * heat->cols->len);
  for (guint k = first; k < end; k++)
    {
      const AttestBookSegment *other = attest_book_segment (book, k);

      if (other->start_byte >= segment->end_byte)
        break;
      if (other->end_byte <= segment->start_byte || !is_col (heat, other->code)
          || seen[heat->at[other->code]])
        continue;
      seen[heat->at[other->code]] = TRUE;
      ++*heat_cell (heat, segment->group, heat->at[segment->code], heat->at[other->code]);
    }
}

static gboolean
count_heat (const AttestBook *book, Heat *heat)
{
  g_autofree gboolean *seen = NULL;

  if (!choose_codes (book, heat))
    return FALSE;
  heat->counts = g_new0 (guint, (gsize)book->groups->len * heat->rows->len * heat->cols->len);
  seen = g_new0 (gboolean, heat->cols->len);
  for (guint i = 0; i < book->segments->len; i++)
    if (is_row (heat, attest_book_segment (book, i)->code))
      count_segment (book, heat, i, seen);
  return TRUE;
}

/* @group: its row, or the number of groups: all. */
static guint
get_count (const AttestBook *book, const Heat *heat, guint group, guint row, guint col)
{
  guint n = 0;

  if (group < book->groups->len)
    return *heat_cell (heat, group, row, col);
  for (guint i = 0; i < book->groups->len; i++)
    n += *heat_cell (heat, i, row, col);
  return n;
}

/* ---- drawing ---- */

/* So many columns have room on a telephone. */
#define MAX_NARROW_COLUMNS 5

/* The codes of the columns are added by the caller. */
static AttestChart *
new_chart (const AttestBook *book, const char *title, const char *rows)
{
  AttestChart *chart = attest_chart_new (ATTEST_CHART_HEAT, title, L ("word.segments"));

  attest_chart_set_labels (chart, book->labels);
  attest_chart_set_axes (chart, rows, NULL);
  return chart;
}

static void
add_columns (const AttestBook *book, AttestChart *chart, const Heat *heat)
{
  for (guint i = 0; i < heat->cols->len; i++)
    attest_chart_add_series (chart,
                             attest_book_code_name (book, g_array_index (heat->cols, guint, i)));
  attest_chart_set_narrow (chart, heat->cols->len <= MAX_NARROW_COLUMNS);
}

/* The row of a code leads to its page. */
static guint
add_code_row (const AttestBook *book, AttestChart *chart, guint code)
{
  g_autofree char *link
      = attest_book_dup_link (book, g_ptr_array_index (book->code_pages, code), NULL);
  guint row = attest_chart_add_row (chart, attest_book_code_name (book, code));

  attest_chart_link_row (chart, row, link);
  return row;
}

/* @group: its row, or the number of groups: all. */
static void
set_counts (const AttestBook *book, AttestChart *chart, guint row, const Heat *heat, guint code_row,
            guint group)
{
  for (guint k = 0; k < heat->cols->len; k++)
    attest_chart_set (chart, row, k, get_count (book, heat, group, code_row, k));
}

/* The first two dimensions of the codebook; FALSE: there are not two. */
static gboolean
find_dimensions (const AttestBook *book, const char **out_rows, const char **out_cols)
{
  *out_rows = *out_cols = NULL;
  for (guint i = 0; i < book->report->frequency->rows->len; i++)
    {
      const char *dimension = attest_book_code (book, i)->dimension;

      if (*out_rows == NULL)
        *out_rows = dimension;
      else if (*out_cols == NULL && strcmp (dimension, *out_rows) != 0)
        *out_cols = dimension;
    }
  return *out_cols != NULL;
}

/* By the store, which knows how many respondents are behind each cell. */
static gboolean
write_public_heat (AttestBook *book, GError **error)
{
  g_autoptr (AttestChart) chart = NULL;
  g_autoptr (AttestMatrix) matrix = NULL;
  const char *rows, *cols;

  if (!find_dimensions (book, &rows, &cols))
    return TRUE;
  matrix = attest_store_report_cooccurrence (book->store, &book->report->filter, rows, cols, error);
  if (matrix == NULL)
    return FALSE;
  attest_disclosure_hide_matrix (book->disclosure, matrix, FALSE, book->report->frequency);
  chart = new_chart (book, L ("text.heat-caption"), attest_book_dimension_name (book, rows));
  attest_chart_set_note (chart, L ("text.heat-note"));
  attest_chart_set_narrow (chart, matrix->cols->len <= MAX_NARROW_COLUMNS);
  for (guint k = 0; k < matrix->cols->len; k++)
    attest_chart_add_series (
        chart, attest_book_code_name (
                   book, (guint)attest_book_find_code (book, g_ptr_array_index (matrix->cols, k))));
  for (guint i = 0; i < matrix->rows->len; i++)
    {
      guint row = add_code_row (
          book, chart, (guint)attest_book_find_code (book, g_ptr_array_index (matrix->rows, i)));

      for (guint k = 0; k < matrix->cols->len; k++)
        attest_book_set_count (chart, row, k, attest_matrix_cell (matrix, i, k)->segments);
    }
  attest_chart_write_figure (chart, book->html);
  return TRUE;
}

gboolean
attest_book_part_heat (AttestBook *book, GError **error)
{
  g_auto (Heat) heat = { NULL };
  g_autoptr (AttestChart) chart = NULL;
  guint first;

  if (attest_book_is_public (book))
    return write_public_heat (book, error);
  if (!count_heat (book, &heat))
    return TRUE;
  first = g_array_index (heat.rows, guint, 0);
  chart = new_chart (book, L ("text.heat-caption"),
                     attest_book_dimension_name (book, attest_book_code (book, first)->dimension));
  attest_chart_set_note (chart, L ("text.heat-note"));
  add_columns (book, chart, &heat);
  for (guint i = 0; i < heat.rows->len; i++)
    set_counts (book, chart, add_code_row (book, chart, g_array_index (heat.rows, guint, i)), &heat,
                i, book->groups->len);
  attest_chart_write_figure (chart, book->html);
  return TRUE;
}

/* Whether anybody of the group said anything. */
static gboolean
has_segments (const AttestBook *book, guint group)
{
  for (guint i = 0; i < book->segments->len; i++)
    if (attest_book_segment (book, i)->group == group)
      return TRUE;
  return FALSE;
}

/* Whether any quote of the code of this row overlaps any of a column. */
static gboolean
has_overlaps (const AttestBook *book, const Heat *heat, guint row)
{
  for (guint k = 0; k < heat->cols->len; k++)
    if (get_count (book, heat, book->groups->len, row, k) > 0)
      return TRUE;
  return FALSE;
}

/* Under each code of the first dimension a row a group, so that groups stand below each other. */
gboolean
attest_book_part_heat_groups (AttestBook *book, GError **error)
{
  g_auto (Heat) heat = { NULL };
  g_autoptr (AttestChart) chart = NULL;

  /* Three ways at once single out people. */
  if (attest_book_is_public (book) || book->groups->len < 2 || !count_heat (book, &heat))
    return TRUE;
  chart = new_chart (book, L ("text.heat-groups-caption"), L ("word.group"));
  attest_chart_set_note (chart, L ("text.heat-groups-note"));
  add_columns (book, chart, &heat);
  for (guint i = 0; i < heat.rows->len; i++)
    {
      if (!has_overlaps (book, &heat, i))
        continue;
      attest_chart_begin_section (
          chart, attest_book_code_name (book, g_array_index (heat.rows, guint, i)));
      for (guint k = 0; k < book->groups->len; k++)
        if (has_segments (book, k))
          set_counts (book, chart, attest_chart_add_row (chart, attest_book_group_name (book, k)),
                      &heat, i, k);
    }
  if (attest_chart_n_rows (chart) > 0)
    attest_chart_write_figure (chart, book->html);
  return attest_book_step (book, error);
}
