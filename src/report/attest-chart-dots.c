/* Dots with intervals: rates, shares, coefficients (a forest plot). */
#include <math.h>
#include <string.h>

#include "report/attest-chart-private.h"

#define LABEL_WIDTH 220
#define PLOT_LEAST 160
#define SERIES_STEP 17
#define ROW_LEAST 24
#define RADIUS 4
#define CAP 3.5
#define TICKS 7

typedef struct
{
  AttestTicks ticks;
  double left, right;
} Plot;

/* "0.71 [0.62, 0.79]  n = 40" */
static char *
cell_text (const AttestChart *chart, const AttestChartCell *cell)
{
  g_autofree char *value = attest_chart_cell_to_text (chart, cell);
  GString *text = g_string_new (value);

  if (attest_chart_cell_is_known (cell) && isfinite (cell->low))
    {
      g_autofree char *low = attest_chart_number_to_text (chart, cell->low);
      g_autofree char *high = attest_chart_number_to_text (chart, cell->high);

      g_string_append_printf (text, " [%s, %s]", low, high);
    }
  if (cell->n >= 0)
    g_string_append_printf (text, " n = %" G_GINT64_FORMAT, cell->n);
  return g_string_free (text, FALSE);
}

static double
widest_text (const AttestChart *chart)
{
  double widest = 0;

  for (guint i = 0; i < chart->cells->len; i++)
    {
      g_autofree char *text = cell_text (chart, &g_array_index (chart->cells, AttestChartCell, i));

      widest = MAX (widest, attest_chart_text_width (text, -1, ATTEST_CHART_FONT));
    }
  return widest;
}

static void
init_ticks (const AttestChart *chart, AttestTicks *ticks)
{
  double low, high;

  attest_chart_range (chart, &low, &high);
  if (isfinite (chart->scale_low))
    {
      low = chart->scale_low;
      high = chart->scale_high;
    }
  for (guint i = 0; i < chart->references->len && !isfinite (chart->scale_low); i++)
    {
      double value = g_array_index (chart->references, AttestChartReference, i).value;

      low = MIN (low, value);
      high = MAX (high, value);
    }
  attest_ticks_init (ticks, low, high, TICKS, !isfinite (chart->scale_low));
}

static void
draw_ticks (AttestCanvas *canvas, const Plot *plot, double top, double bottom)
{
  for (guint i = 0; i < plot->ticks.n; i++)
    {
      double x = attest_ticks_place (&plot->ticks, attest_ticks_at (&plot->ticks, i), plot->left,
                                     plot->right);
      g_autofree char *text = attest_ticks_to_text (&plot->ticks, i);

      attest_canvas_line (canvas, "grid", x, top, x, bottom);
      attest_canvas_text (canvas, "soft", ATTEST_ANCHOR_MIDDLE, x, bottom + 10, text);
    }
}

/* What the axis is; then the names of references, a line each, so that they never meet. */
static void
draw_names (AttestCanvas *canvas, const Plot *plot, double top, double bottom)
{
  const AttestChart *chart = canvas->chart;

  canvas->y = bottom + ATTEST_CHART_LINE + 4;
  if (chart->values_name != NULL)
    {
      attest_canvas_text (canvas, "soft", ATTEST_ANCHOR_MIDDLE, (plot->left + plot->right) / 2,
                          canvas->y + ATTEST_CHART_LINE / 2.0, chart->values_name);
      canvas->y += ATTEST_CHART_LINE + 2;
    }
  for (guint i = 0; i < chart->references->len; i++)
    {
      const AttestChartReference *reference
          = &g_array_index (chart->references, AttestChartReference, i);
      double x = attest_ticks_place (&plot->ticks, reference->value, plot->left, plot->right);
      double middle = canvas->y + ATTEST_CHART_LINE / 2.0;

      attest_canvas_line (canvas, "reference", x, top, x, bottom);
      attest_canvas_line (canvas, "reference", plot->left, middle, plot->left + 18, middle);
      attest_canvas_text (canvas, "soft", ATTEST_ANCHOR_START, plot->left + 24, middle,
                          reference->label);
      canvas->width = MAX (canvas->width,
                           plot->left + 24
                               + attest_chart_text_width (reference->label, -1, ATTEST_CHART_FONT));
      canvas->y += ATTEST_CHART_LINE + 2;
    }
}

static void
draw_dot (AttestCanvas *canvas, const Plot *plot, guint row, guint series, double y)
{
  const AttestChart *chart = canvas->chart;
  const AttestChartCell *cell = attest_chart_cell (chart, row, series);
  g_autofree char *text = cell_text (chart, cell);
  char class[16], line[32];

  attest_chart_class (class, sizeof class, "l", series);
  g_snprintf (line, sizeof line, "line %s", class);
  attest_canvas_begin (canvas, text);
  if (attest_chart_cell_is_known (cell) && isfinite (cell->low))
    {
      double from = attest_ticks_place (&plot->ticks, cell->low, plot->left, plot->right);
      double to = attest_ticks_place (&plot->ticks, cell->high, plot->left, plot->right);

      attest_canvas_line (canvas, line, from, y, to, y);
      attest_canvas_line (canvas, line, from, y - CAP, from, y + CAP);
      attest_canvas_line (canvas, line, to, y - CAP, to, y + CAP);
    }
  attest_chart_class (class, sizeof class, "f", series);
  if (attest_chart_cell_is_known (cell))
    attest_canvas_dot (canvas, class, series,
                       attest_ticks_place (&plot->ticks, cell->value, plot->left, plot->right), y,
                       RADIUS);
  attest_canvas_text (canvas, "value", ATTEST_ANCHOR_START, plot->right + 12, y, text);
  attest_canvas_end (canvas);
}

void
attest_chart_draw_dots (AttestCanvas *canvas)
{
  const AttestChart *chart = canvas->chart;
  guint n = chart->series->len;
  g_autoptr (AttestChartRows) rows = NULL;
  double text = widest_text (chart), top;
  Plot plot = { .left = 0 };

  attest_chart_draw_legend (canvas, "f", n, (const char *const *)chart->series->pdata, TRUE);
  top = canvas->y;
  rows = attest_chart_rows_new (canvas, LABEL_WIDTH, MAX (ROW_LEAST, n * SERIES_STEP + 8));
  init_ticks (chart, &plot.ticks);
  plot.left = rows->label_width + ATTEST_CHART_GAP * 2;
  plot.right = MAX (canvas->width - text - 12, plot.left + PLOT_LEAST);
  canvas->width = MAX (canvas->width, plot.right + 12 + text);
  draw_ticks (canvas, &plot, top, rows->bottom);
  draw_names (canvas, &plot, top, rows->bottom);
  attest_chart_rows_draw (canvas, rows);
  for (guint row = 0; row < chart->rows->len; row++)
    for (guint i = 0; i < n; i++)
      draw_dot (canvas, &plot, row, i,
                rows->tops[row] + rows->heights[row] / 2 + (i - (n - 1) / 2.0) * SERIES_STEP);
}
