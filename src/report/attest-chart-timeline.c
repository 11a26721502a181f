/* Where something occurs from the beginning of a transcript to its end: a line a row. */
#include <math.h>
#include <string.h>

#include "report/attest-chart-private.h"

#define LABEL_WIDTH 200
#define ROW_HEIGHT 22
#define MARK_HEIGHT 14
#define MARK_LEAST 2.5
#define TICKS 7

/* Steps of time that people count in, milliseconds. */
static const double time_steps[]
    = { 1e3, 5e3, 10e3, 30e3, 60e3, 120e3, 300e3, 600e3, 900e3, 1800e3, 3600e3, 7200e3 };

static void
init_ticks (const AttestChart *chart, AttestTicks *ticks)
{
  double low = 0, high = 0;

  for (guint i = 0; i < chart->marks->len; i++)
    high = MAX (high, g_array_index (chart->marks, AttestChartMark, i).end);
  if (isfinite (chart->scale_low))
    {
      low = chart->scale_low;
      high = chart->scale_high;
    }
  attest_ticks_init (ticks, low, high, TICKS, FALSE);
  if (!chart->is_time)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (time_steps); i++)
    if ((high - low) / time_steps[i] <= TICKS || i + 1 == G_N_ELEMENTS (time_steps))
      {
        ticks->step = time_steps[i] * MAX (ceil ((high - low) / time_steps[i] / TICKS), 1);
        break;
      }
  ticks->n = (guint)(floor (high / ticks->step + 1e-9) - ceil (low / ticks->step - 1e-9)) + 1;
}

static void
draw_ticks (AttestCanvas *canvas, const AttestTicks *ticks, double left, double right, double top,
            double bottom)
{
  const AttestChart *chart = canvas->chart;

  for (guint i = 0; i < ticks->n; i++)
    {
      double x = attest_ticks_place (ticks, attest_ticks_at (ticks, i), left, right);
      g_autofree char *text = attest_chart_place_to_text (chart, attest_ticks_at (ticks, i));

      attest_canvas_line (canvas, "grid", x, top, x, bottom);
      attest_canvas_text (canvas, "soft", ATTEST_ANCHOR_MIDDLE, x, bottom + 10, text);
    }
  canvas->y = bottom + 20;
  attest_canvas_text (canvas, "soft", ATTEST_ANCHOR_MIDDLE, (left + right) / 2,
                      canvas->y + ATTEST_CHART_LINE / 2.0, chart->unit);
  canvas->y += ATTEST_CHART_LINE;
}

/* Rows of a section have one colour. */
static guint *
section_numbers (const AttestChart *chart)
{
  guint *numbers = g_new0 (guint, chart->rows->len);

  for (guint i = 1; i < chart->rows->len; i++)
    numbers[i] = numbers[i - 1] + (attest_chart_row (chart, i)->section != NULL);
  return numbers;
}

static void
draw_mark (AttestCanvas *canvas, const AttestTicks *ticks, const AttestChartMark *mark, double left,
           double right, double top, guint colour)
{
  double x = attest_ticks_place (ticks, mark->start, left, right);
  double end = attest_ticks_place (ticks, mark->end, left, right);
  char class[16];

  attest_chart_class (class, sizeof class, "f", colour);
  attest_canvas_begin (canvas, mark->label);
  attest_canvas_rect (canvas, class, MIN (x, right - MARK_LEAST), top, MAX (end - x, MARK_LEAST),
                      MARK_HEIGHT);
  attest_canvas_end (canvas);
}

/* Marks of a row that say nothing are one element: a book has ten thousand. */
static void
draw_row (AttestCanvas *canvas, const AttestTicks *ticks, guint row, double left, double right,
          double top, guint colour)
{
  const AttestChart *chart = canvas->chart;
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (double));
  char class[16];

  for (guint i = 0; i < chart->marks->len; i++)
    {
      const AttestChartMark *mark = &g_array_index (chart->marks, AttestChartMark, i);
      double x = attest_ticks_place (ticks, mark->start, left, right);
      double end = attest_ticks_place (ticks, mark->end, left, right);

      if (mark->row != row || mark->label != NULL)
        continue;
      x = MIN (x, right - MARK_LEAST);
      end = MAX (end, x + MARK_LEAST);
      g_array_append_val (spans, x);
      g_array_append_val (spans, end);
    }
  attest_chart_class (class, sizeof class, "f", colour);
  attest_canvas_row_of_rects (canvas, class, (const double *)(gconstpointer)spans->data,
                              spans->len / 2, top, MARK_HEIGHT);
}

void
attest_chart_draw_timeline (AttestCanvas *canvas)
{
  const AttestChart *chart = canvas->chart;
  g_autoptr (AttestChartRows) rows = attest_chart_rows_new (canvas, LABEL_WIDTH, ROW_HEIGHT);
  g_autofree guint *sections = section_numbers (chart);
  AttestTicks ticks;
  /* The last tick is in the middle of its text. */
  double left = rows->label_width + ATTEST_CHART_GAP * 2, right = canvas->width - 34;
  double top = canvas->y;

  init_ticks (chart, &ticks);
  draw_ticks (canvas, &ticks, left, right, top, rows->bottom);
  for (guint i = 0; i < chart->rows->len; i++)
    {
      double middle = rows->tops[i] + rows->heights[i] / 2;

      attest_canvas_line (canvas, "track", left, middle, right, middle);
    }
  attest_chart_rows_draw (canvas, rows);
  for (guint i = 0; i < chart->rows->len; i++)
    draw_row (canvas, &ticks, i, left, right, rows->tops[i] + (rows->heights[i] - MARK_HEIGHT) / 2,
              sections[i]);
  for (guint i = 0; i < chart->marks->len; i++)
    {
      const AttestChartMark *mark = &g_array_index (chart->marks, AttestChartMark, i);

      if (mark->label != NULL)
        draw_mark (canvas, &ticks, mark, left, right,
                   rows->tops[mark->row] + (rows->heights[mark->row] - MARK_HEIGHT) / 2,
                   sections[mark->row]);
    }
}
