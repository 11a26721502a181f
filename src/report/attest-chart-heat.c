/* A heat map: a colour and its number in each cell. */
#include <math.h>
#include <string.h>

#include "report/attest-chart-private.h"

#define LABEL_WIDTH 220
#define ROW_HEIGHT 26
#define CELL_LEAST 34
#define CELL_MOST 110
/* Headings wider than this are read from the left; narrower ones from below. */
#define CELL_LEVEL 84
#define HEADING_LINES 3
#define HEADING_LENGTH 150
#define KEY_STEP 20

typedef struct
{
  double left, cell_width;
  double low, high; /* of the colours */
} Grid;

static double
widest_number (const AttestChart *chart)
{
  double widest = 0;

  for (guint i = 0; i < chart->cells->len; i++)
    {
      g_autofree char *text
          = attest_chart_cell_to_text (chart, &g_array_index (chart->cells, AttestChartCell, i));

      widest = MAX (widest, attest_chart_text_width (text, -1, ATTEST_CHART_FONT));
    }
  return widest;
}

/* Whether each word of each heading has room in its column. */
static gboolean
have_room (const AttestChart *chart, double width)
{
  for (guint i = 0; i < chart->series->len; i++)
    {
      g_auto (GStrv) words = g_strsplit (g_ptr_array_index (chart->series, i), " ", -1);

      for (char **word = words; *word != NULL; word++)
        if (attest_chart_text_width (*word, -1, ATTEST_CHART_FONT) > width)
          return FALSE;
    }
  return TRUE;
}

/* Headings of columns, level where there is room for it. */
static void
draw_headings (AttestCanvas *canvas, const Grid *grid)
{
  const AttestChart *chart = canvas->chart;
  gboolean is_level = grid->cell_width >= CELL_LEVEL && have_room (chart, grid->cell_width - 6);
  double room = is_level ? grid->cell_width - 6 : HEADING_LENGTH;
  guint max_lines
      = is_level ? HEADING_LINES : (guint)MAX (grid->cell_width / (ATTEST_CHART_LINE + 2), 1);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  double height = 0;

  for (guint i = 0; i < chart->series->len; i++)
    {
      GPtrArray *lines = attest_chart_wrap (g_ptr_array_index (chart->series, i), ATTEST_CHART_FONT,
                                            room, max_lines);

      g_ptr_array_add (all, lines);
      for (guint k = 0; k < lines->len; k++)
        height = MAX (height, is_level ? lines->len * (double)ATTEST_CHART_LINE
                                       : attest_chart_text_width (g_ptr_array_index (lines, k), -1,
                                                                  ATTEST_CHART_FONT));
    }
  for (guint i = 0; i < chart->series->len; i++)
    {
      GPtrArray *lines = g_ptr_array_index (all, i);
      double middle = grid->left + (i + 0.5) * grid->cell_width;

      attest_canvas_begin (canvas, g_ptr_array_index (chart->series, i));
      if (is_level)
        attest_canvas_lines (canvas, NULL, ATTEST_ANCHOR_MIDDLE, middle,
                             canvas->y + height - lines->len * (double)ATTEST_CHART_LINE,
                             lines->len * (double)ATTEST_CHART_LINE, lines);
      for (guint k = 0; !is_level && k < lines->len; k++)
        attest_canvas_text_upwards (canvas,
                                    middle + (k - (lines->len - 1) / 2.0) * ATTEST_CHART_LINE,
                                    canvas->y + height, g_ptr_array_index (lines, k));
      attest_canvas_end (canvas);
    }
  canvas->y += height + 6;
}

/* "q4" and "on-q4"; of a difference "p2" and "m2"; nothing for 0. */
static gboolean
step_class (const AttestChart *chart, const Grid *grid, double value, char *out, gsize out_bytes)
{
  double span = grid->high - MIN (grid->low, 0);

  if (chart->is_diverging)
    {
      double most = MAX (grid->high, -grid->low);
      guint step = (guint)ceil (fabs (value) / most * ATTEST_CHART_DIFFERENCES - 1e-9);

      if (value == 0 || !(most > 0))
        return FALSE;
      g_snprintf (out, (gulong)out_bytes, "%c%u", value > 0 ? 'p' : 'm',
                  CLAMP (step, 1, ATTEST_CHART_DIFFERENCES));
      return TRUE;
    }
  if (value == 0 || !(span > 0))
    return FALSE;
  g_snprintf (out, (gulong)out_bytes, "q%u",
              (guint)CLAMP (ceil ((value - MIN (grid->low, 0)) / span * ATTEST_CHART_STEPS - 1e-9),
                            1, ATTEST_CHART_STEPS));
  return TRUE;
}

static void
draw_cell (AttestCanvas *canvas, const Grid *grid, guint row, guint series, double top,
           double height)
{
  const AttestChart *chart = canvas->chart;
  const AttestChartCell *cell = attest_chart_cell (chart, row, series);
  g_autofree char *text = attest_chart_cell_to_text (chart, cell);
  g_autofree char *title
      = g_strdup_printf ("%s / %s: %s", attest_chart_row (chart, row)->label,
                         (const char *)g_ptr_array_index (chart->series, series), text);
  double x = grid->left + series * grid->cell_width;
  char class[16] = "empty", text_class[24] = "none";

  if (!attest_chart_cell_is_known (cell))
    g_strlcpy (class, "unknown", sizeof class);
  else if (cell->value == 0 && cell->n > 0) /* not nothing: as much on one side as on the other */
    g_strlcpy (class, "even", sizeof class);
  else if (step_class (chart, grid, cell->value, class, sizeof class))
    g_snprintf (text_class, sizeof text_class, "on-%s", class);
  attest_canvas_begin (canvas, title);
  attest_canvas_rect (canvas, class, x + 1, top + 1, grid->cell_width - 2, height - 2);
  attest_canvas_text (canvas, text_class, ATTEST_ANCHOR_MIDDLE, x + grid->cell_width / 2,
                      top + height / 2, text);
  attest_canvas_end (canvas);
}

/* From the lowest to the highest colour, with their numbers. */
static void
draw_key (AttestCanvas *canvas, const Grid *grid)
{
  const AttestChart *chart = canvas->chart;
  g_autofree char *low = attest_chart_number_to_text (
      chart, chart->is_diverging ? -MAX (grid->high, -grid->low) : MIN (grid->low, 0));
  g_autofree char *high = attest_chart_number_to_text (
      chart, chart->is_diverging ? MAX (grid->high, -grid->low) : grid->high);
  int from = chart->is_diverging ? -ATTEST_CHART_DIFFERENCES : 0;
  int to = chart->is_diverging ? ATTEST_CHART_DIFFERENCES : ATTEST_CHART_STEPS;
  g_autofree char *label = g_strconcat (high, " ", chart->unit, NULL);
  double y = canvas->y + 10;
  double low_width = attest_chart_text_width (low, -1, ATTEST_CHART_FONT) + 6;
  double width = low_width + (to - from + 1) * KEY_STEP + 6
                 + attest_chart_text_width (label, -1, ATTEST_CHART_FONT);
  /* Below the cells, if there is room. */
  double x = MAX (MIN (grid->left, canvas->width - width), 0) + low_width;

  canvas->width = MAX (canvas->width, width);
  attest_canvas_text (canvas, "soft", ATTEST_ANCHOR_END, x - 6, y + 6, low);
  for (int i = from; i <= to; i++, x += KEY_STEP)
    {
      char class[16] = "empty";

      if (i != 0)
        g_snprintf (class, sizeof class, "%c%d",
                    !chart->is_diverging ? 'q'
                    : i > 0              ? 'p'
                                         : 'm',
                    ABS (i));
      attest_canvas_rect (canvas, class, x, y, KEY_STEP, 12);
    }
  attest_canvas_text (canvas, "soft", ATTEST_ANCHOR_START, x + 6, y + 6, label);
  canvas->y = y + 16;
}

void
attest_chart_draw_heat (AttestCanvas *canvas)
{
  const AttestChart *chart = canvas->chart;
  guint n = chart->series->len;
  g_autoptr (AttestChartRows) rows = attest_chart_rows_new (canvas, LABEL_WIDTH, ROW_HEIGHT);
  Grid grid = { .left = rows->label_width + ATTEST_CHART_GAP };

  attest_chart_range (chart, &grid.low, &grid.high);
  if (isfinite (chart->scale_low))
    {
      grid.low = chart->scale_low;
      grid.high = chart->scale_high;
    }
  grid.cell_width = CLAMP ((canvas->width - grid.left) / n, CELL_LEAST, CELL_MOST);
  grid.cell_width = MAX (grid.cell_width, widest_number (chart) + 8);
  canvas->width = MAX (canvas->width, grid.left + n * grid.cell_width);
  draw_headings (canvas, &grid);
  g_clear_pointer (&rows, attest_chart_rows_free);
  rows = attest_chart_rows_new (canvas, LABEL_WIDTH, ROW_HEIGHT);
  attest_chart_rows_draw (canvas, rows);
  for (guint row = 0; row < chart->rows->len; row++)
    for (guint i = 0; i < n; i++)
      draw_cell (canvas, &grid, row, i, rows->tops[row], rows->heights[row]);
  canvas->y = rows->bottom;
  draw_key (canvas, &grid);
}
