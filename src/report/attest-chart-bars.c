/* Bars: one a row with its number, or cut by series. */
#include <math.h>
#include <string.h>

#include "report/attest-chart-private.h"

#define LABEL_WIDTH 240
#define ROW_HEIGHT 22
#define BAR_HEIGHT 14

/* The longest bar and what may be drawn; @texts: beside the bars. */
static double
widest_text (char *const *texts)
{
  double widest = 0;

  for (; *texts != NULL; texts++)
    widest = MAX (widest, attest_chart_text_width (*texts, -1, ATTEST_CHART_FONT));
  return widest;
}

/* Negative numbers have no bar; a number above 0 is seen. */
static double
bar_width (double value, double maximum, double width)
{
  return value > 0 && maximum > 0 ? MAX (width * MIN (value / maximum, 1), 1) : 0;
}

void
attest_chart_draw_bars (AttestCanvas *canvas)
{
  const AttestChart *chart = canvas->chart;
  g_autoptr (AttestChartRows) rows = attest_chart_rows_new (canvas, LABEL_WIDTH, ROW_HEIGHT);
  g_auto (GStrv) texts = g_new0 (char *, chart->rows->len + 1);
  double low, high, left = rows->label_width + ATTEST_CHART_GAP, width;

  for (guint i = 0; i < chart->rows->len; i++)
    texts[i] = attest_chart_cell_to_text (chart, attest_chart_cell (chart, i, 0));
  attest_chart_range (chart, &low, &high);
  if (isfinite (chart->scale_high))
    high = chart->scale_high;
  width = MAX (canvas->width - left - widest_text (texts) - ATTEST_CHART_GAP, 120);
  attest_chart_rows_draw (canvas, rows);
  for (guint i = 0; i < chart->rows->len; i++)
    {
      const AttestChartCell *cell = attest_chart_cell (chart, i, 0);
      double bar = attest_chart_cell_is_known (cell) ? bar_width (cell->value, high, width) : 0;
      double top = rows->tops[i] + (rows->heights[i] - BAR_HEIGHT) / 2;

      if (bar > 0)
        attest_canvas_rect (canvas, "bar", left, top, bar, BAR_HEIGHT);
      attest_canvas_text (canvas, "value", ATTEST_ANCHOR_START, left + bar + 6,
                          top + BAR_HEIGHT / 2.0, texts[i]);
    }
  attest_canvas_line (canvas, "axis", left, rows->tops[0], left, rows->bottom);
  canvas->y = rows->bottom;
}

/* ---- cut by series ---- */

/* Which series are drawn: all, or the largest and the rest together. */
typedef struct
{
  guint n;                            /* drawn */
  guint series[ATTEST_CHART_COLOURS]; /* of each */
  const char *names[ATTEST_CHART_COLOURS];
  char *others; /* (nullable) name of the last, which is the rest */
} Parts;

static double
series_total (const AttestChart *chart, guint series)
{
  double total = 0;

  for (guint row = 0; row < chart->rows->len; row++)
    if (attest_chart_cell_is_known (attest_chart_cell (chart, row, series)))
      total += MAX (attest_chart_cell (chart, row, series)->value, 0);
  return total;
}

/* Whether @series is among the @n largest; of equal ones the first. */
static gboolean
is_among (const AttestChart *chart, guint series, guint n)
{
  double total = series_total (chart, series);
  guint larger = 0;

  for (guint i = 0; i < chart->series->len; i++)
    {
      double other = series_total (chart, i);

      larger += other > total || (other == total && i < series);
    }
  return larger < n;
}

static void
choose_parts (const AttestChart *chart, Parts *parts)
{
  gboolean all = chart->series->len <= ATTEST_CHART_COLOURS;

  for (guint i = 0; i < chart->series->len; i++)
    if (all || is_among (chart, i, ATTEST_CHART_COLOURS - 1))
      {
        parts->series[parts->n] = i;
        parts->names[parts->n++] = g_ptr_array_index (chart->series, i);
      }
  if (all)
    return;
  parts->others = g_strdup_printf ("%u others", chart->series->len - (ATTEST_CHART_COLOURS - 1));
  parts->series[parts->n] = G_MAXUINT;
  parts->names[parts->n++] = parts->others;
}

static double
part_value (const AttestChart *chart, const Parts *parts, guint row, guint part)
{
  double value = 0, drawn = 0;

  if (parts->series[part] != G_MAXUINT)
    {
      const AttestChartCell *cell = attest_chart_cell (chart, row, parts->series[part]);

      return attest_chart_cell_is_known (cell) ? MAX (cell->value, 0) : 0;
    }
  for (guint i = 0; i < chart->series->len; i++)
    if (attest_chart_cell_is_known (attest_chart_cell (chart, row, i)))
      value += MAX (attest_chart_cell (chart, row, i)->value, 0);
  for (guint i = 0; i < part; i++)
    drawn += part_value (chart, parts, row, i);
  return value - drawn;
}

/* What is hidden cannot be told from the total. */
static char *
total_text (const AttestChart *chart, const Parts *parts, guint row, double *out_total)
{
  gboolean is_hidden = FALSE;
  double total = 0;
  char *text;

  for (guint i = 0; i < parts->n; i++)
    total += part_value (chart, parts, row, i);
  for (guint i = 0; i < chart->series->len; i++)
    is_hidden |= attest_chart_cell (chart, row, i)->text != NULL;
  *out_total = total;
  text = attest_chart_number_to_text (chart, total);
  if (is_hidden)
    {
      g_autofree char *number = text;

      text = g_strconcat ("≥", number, NULL);
    }
  return text;
}

static void
draw_stack (AttestCanvas *canvas, const Parts *parts, guint row, double left, double top,
            double scale)
{
  double x = left;

  for (guint i = 0; i < parts->n; i++)
    {
      double value = part_value (canvas->chart, parts, row, i);
      double width = value * scale;
      g_autofree char *number = attest_chart_number_to_text (canvas->chart, value);
      g_autofree char *title = g_strdup_printf ("%s: %s", parts->names[i], number);
      char class[16];

      if (value <= 0)
        continue;
      attest_chart_class (class, sizeof class, "c", i);
      attest_canvas_begin (canvas, title);
      attest_canvas_rect (canvas, class, x, top, width, BAR_HEIGHT + 2);
      if (attest_chart_text_width (number, -1, ATTEST_CHART_FONT) + 6 <= width)
        {
          attest_chart_class (class, sizeof class, "t", i);
          attest_canvas_text (canvas, class, ATTEST_ANCHOR_MIDDLE, x + width / 2,
                              top + BAR_HEIGHT / 2.0 + 1, number);
        }
      attest_canvas_end (canvas);
      x += width;
    }
}

void
attest_chart_draw_stacked (AttestCanvas *canvas)
{
  const AttestChart *chart = canvas->chart;
  Parts parts = { 0 };
  g_autoptr (AttestChartRows) rows = NULL;
  g_auto (GStrv) texts = g_new0 (char *, chart->rows->len + 1);
  g_autofree double *totals = g_new0 (double, chart->rows->len + 1);
  double left, width, high = isfinite (chart->scale_high) ? chart->scale_high : 0;

  choose_parts (chart, &parts);
  attest_chart_draw_legend (canvas, "c", parts.n, parts.names, FALSE);
  rows = attest_chart_rows_new (canvas, LABEL_WIDTH, ROW_HEIGHT + 2);
  left = rows->label_width + ATTEST_CHART_GAP;
  for (guint i = 0; i < chart->rows->len; i++)
    {
      texts[i] = total_text (chart, &parts, i, &totals[i]);
      high = MAX (high, totals[i]);
    }
  width = MAX (canvas->width - left - widest_text (texts) - ATTEST_CHART_GAP, 120);
  attest_chart_rows_draw (canvas, rows);
  for (guint i = 0; i < chart->rows->len; i++)
    {
      double top = rows->tops[i] + (rows->heights[i] - BAR_HEIGHT - 2) / 2;
      double scale = high > 0 ? width / high : 0;

      draw_stack (canvas, &parts, i, left, top, scale);
      attest_canvas_text (canvas, "value", ATTEST_ANCHOR_START, left + totals[i] * scale + 6,
                          top + BAR_HEIGHT / 2.0 + 1, texts[i]);
    }
  attest_canvas_line (canvas, "axis", left, rows->tops[0], left, rows->bottom);
  canvas->y = rows->bottom;
  g_free (parts.others);
}
