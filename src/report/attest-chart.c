#include "report/attest-chart.h"

#include <math.h>
#include <string.h>

#include "report/attest-chart-private.h"
#include "report/attest-report-resource.h"
#include "util/attest-number.h"

static void
clear_row (gpointer item)
{
  AttestChartRow *row = item;

  g_free (row->section);
  g_free (row->label);
  g_free (row->link);
}

static void
clear_cell (gpointer item)
{
  AttestChartCell *cell = item;

  g_free (cell->text);
  g_free (cell->label);
}

static void
clear_mark (gpointer item)
{
  g_free (((AttestChartMark *)item)->label);
}

static void
clear_reference (gpointer item)
{
  g_free (((AttestChartReference *)item)->label);
}

static GArray *
new_array (gsize element_bytes, GDestroyNotify clear)
{
  GArray *array = g_array_new (FALSE, TRUE, (guint)element_bytes);

  g_array_set_clear_func (array, clear);
  return array;
}

AttestChart *
attest_chart_new (AttestChartKind kind, const char *title, const char *unit)
{
  AttestChart *chart = g_new0 (AttestChart, 1);

  chart->kind = kind;
  chart->title = g_strdup (title);
  chart->unit = g_strdup (unit);
  chart->width = ATTEST_CHART_WIDTH;
  chart->scale_low = chart->scale_high = NAN;
  chart->series = g_ptr_array_new_with_free_func (g_free);
  chart->rows = new_array (sizeof (AttestChartRow), clear_row);
  chart->cells = new_array (sizeof (AttestChartCell), clear_cell);
  chart->marks = new_array (sizeof (AttestChartMark), clear_mark);
  chart->references = new_array (sizeof (AttestChartReference), clear_reference);
  return chart;
}

void
attest_chart_free (AttestChart *chart)
{
  if (chart == NULL)
    return;
  g_free (chart->title);
  g_free (chart->unit);
  g_free (chart->note);
  g_free (chart->description);
  g_free (chart->rows_name);
  g_free (chart->values_name);
  g_free (chart->section);
  g_ptr_array_unref (chart->series);
  g_array_unref (chart->rows);
  g_array_unref (chart->cells);
  g_array_unref (chart->marks);
  g_array_unref (chart->references);
  g_free (chart);
}

static void
replace (char **string, const char *with)
{
  char *copy = g_strdup (with);

  g_free (*string);
  *string = copy;
}

void
attest_chart_set_note (AttestChart *chart, const char *note)
{
  replace (&chart->note, note);
}

void
attest_chart_set_description (AttestChart *chart, const char *description)
{
  replace (&chart->description, description);
}

void
attest_chart_set_axes (AttestChart *chart, const char *rows, const char *values)
{
  replace (&chart->rows_name, rows);
  replace (&chart->values_name, values);
}

void
attest_chart_set_decimals (AttestChart *chart, guint decimals)
{
  chart->decimals = decimals;
}

void
attest_chart_set_scale (AttestChart *chart, double low, double high)
{
  chart->scale_low = low;
  chart->scale_high = high;
}

void
attest_chart_add_reference (AttestChart *chart, double value, const char *label)
{
  AttestChartReference reference = { value, NULL };

  if (!isfinite (value))
    return;
  reference.label = g_strdup (label);
  g_array_append_val (chart->references, reference);
}

void
attest_chart_set_diverging (AttestChart *chart, gboolean is_diverging)
{
  chart->is_diverging = is_diverging;
}

void
attest_chart_set_time (AttestChart *chart, gboolean is_time)
{
  chart->is_time = is_time;
}

/* ---- data ---- */

guint
attest_chart_add_series (AttestChart *chart, const char *name)
{
  g_return_val_if_fail (chart->rows->len == 0, 0);
  g_ptr_array_add (chart->series, g_strdup (name));
  return chart->series->len - 1;
}

void
attest_chart_begin_section (AttestChart *chart, const char *heading)
{
  replace (&chart->section, heading);
}

guint
attest_chart_add_row (AttestChart *chart, const char *label)
{
  AttestChartRow row = { .section = g_steal_pointer (&chart->section), .label = g_strdup (label) };
  AttestChartCell cell = { .value = NAN, .low = NAN, .high = NAN, .n = -1 };

  if (chart->series->len == 0)
    g_ptr_array_add (chart->series, g_strdup (""));
  g_array_append_val (chart->rows, row);
  for (guint i = 0; i < chart->series->len; i++)
    g_array_append_val (chart->cells, cell);
  return chart->rows->len - 1;
}

void
attest_chart_link_row (AttestChart *chart, guint row, const char *link)
{
  replace (&g_array_index (chart->rows, AttestChartRow, row).link, link);
}

static AttestChartCell *
cell_at (AttestChart *chart, guint row, guint series)
{
  g_assert (row < chart->rows->len && series < chart->series->len);
  return &g_array_index (chart->cells, AttestChartCell, row * chart->series->len + series);
}

void
attest_chart_set (AttestChart *chart, guint row, guint series, double value)
{
  cell_at (chart, row, series)->value = isfinite (value) ? value : NAN;
}

void
attest_chart_set_interval (AttestChart *chart, guint row, guint series, double low, double high)
{
  AttestChartCell *cell = cell_at (chart, row, series);
  gboolean known = isfinite (low) && isfinite (high);

  cell->low = known ? low : NAN;
  cell->high = known ? high : NAN;
}

void
attest_chart_set_n (AttestChart *chart, guint row, guint series, gint64 n)
{
  cell_at (chart, row, series)->n = n;
}

void
attest_chart_set_text (AttestChart *chart, guint row, guint series, const char *text)
{
  replace (&cell_at (chart, row, series)->text, text);
}

void
attest_chart_set_label (AttestChart *chart, guint row, guint series, const char *label)
{
  replace (&cell_at (chart, row, series)->label, label);
}

void
attest_chart_add_mark (AttestChart *chart, guint row, double start, double end, const char *label)
{
  AttestChartMark mark = { row, start, MAX (start, end), NULL };

  g_assert (row < chart->rows->len);
  if (!isfinite (start) || !isfinite (end))
    return;
  mark.label = g_strdup (label);
  g_array_append_val (chart->marks, mark);
}

void
attest_chart_set_narrow (AttestChart *chart, gboolean has_narrow)
{
  chart->has_narrow = has_narrow;
}

void
attest_chart_set_labels (AttestChart *chart, const AttestCatalogue *labels)
{
  chart->labels = labels;
}

const char *
attest_chart_word (const AttestChart *chart, const char *key, const char *english)
{
  g_autofree char *name = NULL;

  if (chart->labels == NULL)
    return english;
  name = g_strconcat ("chart.", key, NULL);
  return attest_catalogue_get (chart->labels, name);
}

guint
attest_chart_n_rows (const AttestChart *chart)
{
  return chart->rows->len;
}

gboolean
attest_chart_cell_is_known (const AttestChartCell *cell)
{
  return cell->text == NULL && isfinite (cell->value);
}

/* ---- numbers as text ---- */

char *
attest_chart_number_to_text (const AttestChart *chart, double value)
{
  g_autofree char *digits = attest_number_dup (value, MIN (chart->decimals, 6));

  if (chart->is_diverging && value > 0)
    return g_strconcat ("+", digits, NULL);
  /* A sign as wide as "+". */
  return *digits == '-' ? g_strconcat ("−", digits + 1, NULL) : g_strdup (digits);
}

char *
attest_chart_cell_to_text (const AttestChart *chart, const AttestChartCell *cell)
{
  if (cell->text != NULL || cell->label != NULL)
    return g_strdup (cell->text != NULL ? cell->text : cell->label);
  if (!isfinite (cell->value))
    return g_strdup ("–");
  return attest_chart_number_to_text (chart, cell->value);
}

char *
attest_chart_place_to_text (const AttestChart *chart, double place)
{
  return chart->is_time ? attest_table_dup_time ((gint64)place)
                        : g_strdup_printf ("%" G_GINT64_FORMAT, (gint64)place);
}

void
attest_chart_range (const AttestChart *chart, double *out_low, double *out_high)
{
  double low = INFINITY, high = -INFINITY;

  for (guint i = 0; i < chart->cells->len; i++)
    {
      const AttestChartCell *cell = &g_array_index (chart->cells, AttestChartCell, i);

      if (!attest_chart_cell_is_known (cell))
        continue;
      low = MIN (low, isfinite (cell->low) ? MIN (cell->low, cell->value) : cell->value);
      high = MAX (high, isfinite (cell->high) ? MAX (cell->high, cell->value) : cell->value);
    }
  *out_low = isfinite (low) ? low : 0;
  *out_high = isfinite (high) ? high : 0;
}

const char *
attest_chart_style (void)
{
  g_autoptr (GBytes) style
      = g_resource_lookup_data (attest_report_get_resource (), "/attest/report/chart.css",
                                G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  /* What is not compressed lies in the program itself, with a NUL behind it. */
  g_assert (style != NULL);
  return g_bytes_get_data (style, NULL);
}
