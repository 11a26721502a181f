/* The numbers of a chart as a table, and in a sentence. */
#include <math.h>
#include <string.h>

#include "report/attest-chart-private.h"

/* How many are named on each side of a description. */
#define N_NAMED 3

static gboolean
is_named (const AttestChart *chart)
{
  return chart->series->len > 1 || *(const char *)g_ptr_array_index (chart->series, 0) != '\0';
}

static gboolean
has_intervals (const AttestChart *chart)
{
  for (guint i = 0; i < chart->cells->len; i++)
    if (isfinite (g_array_index (chart->cells, AttestChartCell, i).low))
      return TRUE;
  return FALSE;
}

static gboolean
has_n (const AttestChart *chart)
{
  for (guint i = 0; i < chart->cells->len; i++)
    if (g_array_index (chart->cells, AttestChartCell, i).n >= 0)
      return TRUE;
  return FALSE;
}

static const char *
row_heading (const AttestChart *chart)
{
  return chart->rows_name != NULL ? chart->rows_name : "";
}

/* ---- table ---- */

static AttestTable *
marks_to_table (const AttestChart *chart)
{
  AttestTable *table = attest_table_new (chart->title, chart->note);
  AttestColumnType type = chart->is_time ? ATTEST_COLUMN_TIME : ATTEST_COLUMN_INT;

  attest_table_add_column (table, "row", row_heading (chart), ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_WRAP);
  attest_table_add_column (table, "start", attest_chart_word (chart, "from", "from"), type,
                           ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "end", attest_chart_word (chart, "to", "to"), type,
                           ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "label", attest_chart_word (chart, "what", "what"),
                           ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  for (guint i = 0; i < chart->marks->len; i++)
    {
      const AttestChartMark *mark = &g_array_index (chart->marks, AttestChartMark, i);

      attest_table_add_text (table, attest_chart_row (chart, mark->row)->label);
      attest_table_add_int (table, (gint64)mark->start);
      attest_table_add_int (table, (gint64)mark->end);
      attest_table_add_text (table, mark->label);
    }
  return table;
}

/* Which columns each series has. */
typedef struct
{
  gboolean intervals, n;
} Columns;

static void
add_series_columns (const AttestChart *chart, AttestTable *table, guint series,
                    const Columns *columns)
{
  const char *name = g_ptr_array_index (chart->series, series);
  const char *heading = is_named (chart) ? name : chart->unit;

  attest_table_add_column (table, heading, heading, ATTEST_COLUMN_TEXT, ATTEST_COLUMN_RIGHT);
  if (columns->intervals)
    {
      attest_table_add_column (table, "low", attest_chart_word (chart, "from", "from"),
                               ATTEST_COLUMN_TEXT, ATTEST_COLUMN_RIGHT);
      attest_table_add_column (table, "high", attest_chart_word (chart, "to", "to"),
                               ATTEST_COLUMN_TEXT, ATTEST_COLUMN_RIGHT);
    }
  if (columns->n)
    attest_table_add_column (table, "n", "n", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
}

static void
add_number (const AttestChart *chart, AttestTable *table, double value)
{
  g_autofree char *text = isfinite (value) ? attest_chart_number_to_text (chart, value) : NULL;

  attest_table_add_text (table, text);
}

static void
add_cells (const AttestChart *chart, AttestTable *table, guint row, guint series,
           const Columns *columns)
{
  const AttestChartCell *cell = attest_chart_cell (chart, row, series);
  g_autofree char *text = attest_chart_cell_to_text (chart, cell);

  attest_table_add_text (table, text);
  if (columns->intervals)
    {
      add_number (chart, table, cell->text != NULL ? NAN : cell->low);
      add_number (chart, table, cell->text != NULL ? NAN : cell->high);
    }
  if (!columns->n)
    return;
  if (cell->n >= 0)
    attest_table_add_int (table, cell->n);
  else
    attest_table_add_null (table);
}

AttestTable *
attest_chart_to_table (const AttestChart *chart)
{
  const Columns columns = { has_intervals (chart), has_n (chart) };
  AttestTable *table;

  if (chart->kind == ATTEST_CHART_TIMELINE)
    return marks_to_table (chart);
  table = attest_table_new (chart->title, NULL);
  attest_table_add_column (table, "row", row_heading (chart), ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_WRAP);
  for (guint i = 0; i < chart->series->len; i++)
    add_series_columns (chart, table, i, &columns);
  for (guint row = 0; row < chart->rows->len; row++)
    {
      if (attest_chart_row (chart, row)->section != NULL)
        attest_table_begin_section (table, attest_chart_row (chart, row)->section);
      attest_table_add_text (table, attest_chart_row (chart, row)->label);
      if (attest_chart_row (chart, row)->link != NULL)
        attest_table_link (table, attest_chart_row (chart, row)->link);
      for (guint i = 0; i < chart->series->len; i++)
        add_cells (chart, table, row, i, &columns);
    }
  return table;
}

/* ---- description ---- */

typedef struct
{
  double value;
  guint row, series;
} Ranked;

/* Highest first, then as they stand. */
static int
by_value (gconstpointer a, gconstpointer b)
{
  const Ranked *first = a, *second = b;

  if (first->value != second->value)
    return first->value > second->value ? -1 : 1;
  if (first->row != second->row)
    return first->row < second->row ? -1 : 1;
  return first->series < second->series ? -1 : first->series > second->series;
}

/* A stacked bar is ranked by its total. */
static double
total_of (const AttestChart *chart, guint row)
{
  double total = 0;

  for (guint i = 0; i < chart->series->len; i++)
    if (attest_chart_cell_is_known (attest_chart_cell (chart, row, i)))
      total += attest_chart_cell (chart, row, i)->value;
  return total;
}

static GArray *
rank (const AttestChart *chart)
{
  GArray *ranked = g_array_new (FALSE, FALSE, sizeof (Ranked));

  for (guint row = 0; row < chart->rows->len; row++)
    for (guint i = 0; i < chart->series->len; i++)
      {
        Ranked entry = { attest_chart_cell (chart, row, i)->value, row, i };

        if (chart->kind == ATTEST_CHART_STACKED)
          entry.value = total_of (chart, row);
        else if (!attest_chart_cell_is_known (attest_chart_cell (chart, row, i))
                 || (chart->kind == ATTEST_CHART_NETWORK && i <= row))
          continue;
        g_array_append_val (ranked, entry);
        if (chart->kind == ATTEST_CHART_STACKED)
          break;
      }
  g_array_sort (ranked, by_value);
  return ranked;
}

static void
append_ranked (const AttestChart *chart, const Ranked *entry, GString *text)
{
  g_autofree char *number = attest_chart_number_to_text (chart, entry->value);
  const char *series = g_ptr_array_index (chart->series, entry->series);

  g_string_append (text, attest_chart_row (chart, entry->row)->label);
  if (chart->kind != ATTEST_CHART_STACKED && is_named (chart))
    g_string_append_printf (text, " / %s", series);
  g_string_append_printf (text, " %s", number);
}

static void
append_list (const AttestChart *chart, const GArray *ranked, guint first, guint n, GString *text)
{
  for (guint i = 0; i < n; i++)
    {
      g_string_append (text, i > 0 ? ", " : " ");
      append_ranked (chart, &g_array_index (ranked, Ranked, first + i), text);
    }
  g_string_append_c (text, '.');
}

/* "12 rows by 3 series; segments." */
static void
append_size (const AttestChart *chart, GString *text)
{
  gboolean is_timeline = chart->kind == ATTEST_CHART_TIMELINE;
  gboolean by_series = chart->series->len > 1 && chart->kind != ATTEST_CHART_NETWORK;
  g_autofree char *rows = g_strdup_printf ("%u", chart->rows->len);
  g_autofree char *series = g_strdup_printf ("%u", chart->series->len);
  g_autofree char *marks = g_strdup_printf ("%u", chart->marks->len);
  g_autofree char *local = NULL;

  if (chart->labels != NULL)
    {
      local = attest_catalogue_dup (chart->labels,
                                    is_timeline ? "chart.size-marks"
                                    : by_series ? "chart.size-series"
                                                : "chart.size",
                                    "rows", rows, "series", series, "marks", marks, "unit",
                                    chart->unit, NULL);
      g_string_append (text, local);
    }
  else if (is_timeline)
    g_string_append_printf (text, "%s rows, %s marks.", rows, marks);
  else if (by_series)
    g_string_append_printf (text, "%s rows by %s series; %s.", rows, series, chart->unit);
  else
    g_string_append_printf (text, "%s rows; %s.", rows, chart->unit);
}

char *
attest_chart_dup_description (const AttestChart *chart)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) ranked = NULL;
  guint n;

  if (chart->description != NULL)
    return g_strdup (chart->description);
  append_size (chart, text);
  ranked = rank (chart);
  n = MIN (N_NAMED, ranked->len);
  if (n > 0)
    {
      g_string_append_printf (text, " %s", attest_chart_word (chart, "highest", "Highest:"));
      append_list (chart, ranked, 0, n, text);
    }
  if (ranked->len > 2 * N_NAMED)
    {
      g_string_append_printf (text, " %s", attest_chart_word (chart, "lowest", "Lowest:"));
      append_list (chart, ranked, ranked->len - n, n, text);
    }
  if (chart->note != NULL)
    g_string_append_printf (text, " %s", chart->note);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
