/* Lines over rows that have an order: a curve of saturation. */
#include <math.h>
#include <string.h>

#include "report/attest-chart-private.h"

#define PLOT_HEIGHT 260
#define TICKS 6
#define DOTS_MOST 40
#define LABEL_STEP 44

typedef struct
{
  AttestTicks ticks;
  double left, right, top, bottom;
} Plot;

static double
place_x (const AttestChart *chart, const Plot *plot, guint row)
{
  guint n = chart->rows->len;

  return n < 2 ? (plot->left + plot->right) / 2
               : plot->left + (plot->right - plot->left) * row / (n - 1);
}

static double
place_y (const Plot *plot, double value)
{
  return attest_ticks_place (&plot->ticks, value, plot->bottom, plot->top);
}

static void
init_ticks (const AttestChart *chart, AttestTicks *ticks)
{
  double low, high;

  attest_chart_range (chart, &low, &high);
  for (guint i = 0; i < chart->references->len; i++)
    high = MAX (high, g_array_index (chart->references, AttestChartReference, i).value);
  low = MIN (low, 0);
  if (isfinite (chart->scale_low))
    {
      low = chart->scale_low;
      high = chart->scale_high;
    }
  attest_ticks_init (ticks, low, high, TICKS, TRUE);
}

static double
tick_width (const AttestTicks *ticks)
{
  double widest = 0;

  for (guint i = 0; i < ticks->n; i++)
    {
      g_autofree char *text = attest_ticks_to_text (ticks, i);

      widest = MAX (widest, attest_chart_text_width (text, -1, ATTEST_CHART_FONT));
    }
  return widest;
}

static void
draw_grid (AttestCanvas *canvas, const Plot *plot)
{
  for (guint i = 0; i < plot->ticks.n; i++)
    {
      g_autofree char *text = attest_ticks_to_text (&plot->ticks, i);
      double y = place_y (plot, attest_ticks_at (&plot->ticks, i));

      attest_canvas_line (canvas, "grid", plot->left, y, plot->right, y);
      attest_canvas_text (canvas, "soft", ATTEST_ANCHOR_END, plot->left - 6, y, text);
    }
}

/* Names of rows where each has room; else the number of each so many. */
static void
draw_row_names (AttestCanvas *canvas, const Plot *plot)
{
  const AttestChart *chart = canvas->chart;
  guint n = chart->rows->len;
  double step = n < 2 ? plot->right - plot->left : (plot->right - plot->left) / (n - 1);
  gboolean have_room = TRUE;
  guint every = 1;

  for (guint i = 0; i < n; i++)
    have_room &= attest_chart_text_width (attest_chart_row (chart, i)->label, -1, ATTEST_CHART_FONT)
                 <= step - 6;
  while (!have_room && step * every < LABEL_STEP)
    every += every < 5 ? (every == 1 ? 1 : 3) : 5;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i + 1);

      if (have_room || i == 0 || (i + 1) % every == 0)
        attest_canvas_text (canvas, "soft", ATTEST_ANCHOR_MIDDLE, place_x (chart, plot, i),
                            plot->bottom + 11,
                            have_room ? attest_chart_row (chart, i)->label : number);
    }
  canvas->y = plot->bottom + 20;
  if (chart->rows_name != NULL)
    {
      attest_canvas_text (canvas, "soft", ATTEST_ANCHOR_MIDDLE, (plot->left + plot->right) / 2,
                          canvas->y + ATTEST_CHART_LINE / 2.0, chart->rows_name);
      canvas->y += ATTEST_CHART_LINE;
    }
}

static void
draw_references (AttestCanvas *canvas, const Plot *plot)
{
  for (guint i = 0; i < canvas->chart->references->len; i++)
    {
      const AttestChartReference *reference
          = &g_array_index (canvas->chart->references, AttestChartReference, i);
      double y = place_y (plot, reference->value);

      attest_canvas_line (canvas, "reference", plot->left, y, plot->right, y);
      attest_canvas_text (canvas, "soft", ATTEST_ANCHOR_END, plot->right, y - 9, reference->label);
    }
}

/* The rows from @first on that are known without a gap. */
static guint
run_length (const AttestChart *chart, guint series, guint first, gboolean with_interval)
{
  guint row = first;

  for (; row < chart->rows->len; row++)
    {
      const AttestChartCell *cell = attest_chart_cell (chart, row, series);

      if (!attest_chart_cell_is_known (cell) || (with_interval && !isfinite (cell->low)))
        break;
    }
  return row - first;
}

static void
draw_band (AttestCanvas *canvas, const Plot *plot, guint series, guint first, guint n)
{
  const AttestChart *chart = canvas->chart;
  g_autofree double *points = g_new (double, 4 * n);
  char class[32];

  for (guint i = 0; i < n; i++)
    {
      const AttestChartCell *cell = attest_chart_cell (chart, first + i, series);
      guint back = 2 * n - 1 - i;

      points[2 * i] = points[2 * back] = place_x (chart, plot, first + i);
      points[2 * i + 1] = place_y (plot, cell->high);
      points[2 * back + 1] = place_y (plot, cell->low);
    }
  g_snprintf (class, sizeof class, "band f%u", series % ATTEST_CHART_COLOURS);
  attest_canvas_path (canvas, class, points, 2 * n, TRUE);
}

static void
draw_run (AttestCanvas *canvas, const Plot *plot, guint series, guint first, guint n)
{
  const AttestChart *chart = canvas->chart;
  g_autofree double *points = g_new (double, 2 * n);
  char class[48];

  for (guint i = 0; i < n; i++)
    {
      points[2 * i] = place_x (chart, plot, first + i);
      points[2 * i + 1] = place_y (plot, attest_chart_cell (chart, first + i, series)->value);
    }
  g_snprintf (class, sizeof class, "line l%u dash%u", series % ATTEST_CHART_COLOURS,
              series / ATTEST_CHART_COLOURS % 4);
  if (n > 1)
    attest_canvas_path (canvas, class, points, n, FALSE);
  g_snprintf (class, sizeof class, "f%u", series % ATTEST_CHART_COLOURS);
  for (guint i = 0; i < n && (chart->rows->len <= DOTS_MOST || n == 1); i++)
    {
      g_autofree char *text
          = attest_chart_cell_to_text (chart, attest_chart_cell (chart, first + i, series));
      g_autofree char *title
          = g_strdup_printf ("%s: %s", attest_chart_row (chart, first + i)->label, text);

      attest_canvas_begin (canvas, title);
      attest_canvas_dot (canvas, class, 0, points[2 * i], points[2 * i + 1], 3);
      attest_canvas_end (canvas);
    }
}

void
attest_chart_draw_lines (AttestCanvas *canvas)
{
  const AttestChart *chart = canvas->chart;
  Plot plot = { .right = canvas->width - 12 };

  attest_chart_draw_legend (canvas, "l", chart->series->len,
                            (const char *const *)chart->series->pdata, FALSE);
  attest_canvas_text (canvas, "soft", ATTEST_ANCHOR_START, 0, canvas->y + ATTEST_CHART_LINE / 2.0,
                      chart->values_name != NULL ? chart->values_name : chart->unit);
  canvas->y += ATTEST_CHART_LINE + ATTEST_CHART_GAP;
  init_ticks (chart, &plot.ticks);
  plot.left = tick_width (&plot.ticks) + 10;
  plot.top = canvas->y;
  plot.bottom = plot.top + PLOT_HEIGHT;
  draw_grid (canvas, &plot);
  draw_references (canvas, &plot);
  for (guint i = 0; i < chart->series->len; i++)
    for (guint row = 0, n; row < chart->rows->len; row += n + 1)
      if ((n = run_length (chart, i, row, TRUE)) > 1)
        draw_band (canvas, &plot, i, row, n);
  for (guint i = 0; i < chart->series->len; i++)
    for (guint row = 0, n; row < chart->rows->len; row += n + 1)
      if ((n = run_length (chart, i, row, FALSE)) > 0)
        draw_run (canvas, &plot, i, row, n);
  draw_row_names (canvas, &plot);
}
