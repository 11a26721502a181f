/* Labels of rows, legends, round numbers: what several charts have. */
#include <math.h>
#include <string.h>

#include "report/attest-chart-private.h"

#define MAX_LABEL_LINES 3
#define SECTION_HEIGHT 26
#define LEGEND_BOX 11
#define ROW_PADDING 7
/* Of the width, for labels. */
#define LABEL_SHARE 0.42

/* ---- labels of rows ---- */

AttestChartRows *
attest_chart_rows_new (const AttestCanvas *canvas, double max_width, double least)
{
  const AttestChart *chart = canvas->chart;
  guint n = chart->rows->len;
  AttestChartRows *rows = g_new0 (AttestChartRows, 1);
  double y = canvas->y;

  max_width = MIN (max_width, canvas->width * LABEL_SHARE);
  rows->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  rows->tops = g_new0 (double, n + 1);
  rows->heights = g_new0 (double, n + 1);
  for (guint i = 0; i < n; i++)
    {
      const AttestChartRow *row = attest_chart_row (chart, i);
      GPtrArray *lines
          = attest_chart_wrap (row->label, ATTEST_CHART_FONT, max_width, MAX_LABEL_LINES);

      g_ptr_array_add (rows->lines, lines);
      for (guint k = 0; k < lines->len; k++)
        rows->label_width
            = MAX (rows->label_width,
                   attest_chart_text_width (g_ptr_array_index (lines, k), -1, ATTEST_CHART_FONT));
      y += row->section != NULL ? SECTION_HEIGHT : 0;
      rows->tops[i] = y;
      rows->heights[i] = MAX (least, lines->len * ATTEST_CHART_LINE + ROW_PADDING);
      y += rows->heights[i];
    }
  rows->bottom = y;
  return rows;
}

void
attest_chart_rows_free (AttestChartRows *rows)
{
  if (rows == NULL)
    return;
  g_ptr_array_unref (rows->lines);
  g_free (rows->tops);
  g_free (rows->heights);
  g_free (rows);
}

/* Whether what is drawn is less than the label. */
static gboolean
is_cut (const GPtrArray *lines)
{
  return g_str_has_suffix (g_ptr_array_index (lines, lines->len - 1), "…");
}

void
attest_chart_rows_draw (AttestCanvas *canvas, const AttestChartRows *rows)
{
  for (guint i = 0; i < canvas->chart->rows->len; i++)
    {
      const AttestChartRow *row = attest_chart_row (canvas->chart, i);
      GPtrArray *lines = g_ptr_array_index (rows->lines, i);
      const char *link = canvas->is_file ? NULL : row->link;

      if (row->section != NULL)
        {
          g_autoptr (GPtrArray) heading
              = attest_chart_wrap (row->section, ATTEST_CHART_FONT, canvas->chart->width, 1);

          attest_canvas_text (canvas, "section", ATTEST_ANCHOR_START, 0,
                              rows->tops[i] - SECTION_HEIGHT / 2.0 + 3,
                              g_ptr_array_index (heading, 0));
        }
      if (link != NULL)
        attest_html_open (canvas->html, "a", "href", link, NULL);
      if (is_cut (lines))
        attest_canvas_begin (canvas, row->label);
      attest_canvas_lines (canvas, NULL, ATTEST_ANCHOR_END, rows->label_width, rows->tops[i],
                           rows->heights[i], lines);
      if (is_cut (lines))
        attest_canvas_end (canvas);
      if (link != NULL)
        attest_html_close (canvas->html, "a");
    }
}

/* ---- legend ---- */

void
attest_chart_class (char *out, gsize out_bytes, const char *prefix, guint i)
{
  g_snprintf (out, (gulong)out_bytes, "%s%u", prefix, i % ATTEST_CHART_COLOURS);
}

static void
draw_key (AttestCanvas *canvas, const char *prefix, guint i, double x, gboolean with_shapes)
{
  double middle = canvas->y + ATTEST_CHART_LINE / 2.0;
  char class[16];

  attest_chart_class (class, sizeof class, prefix, i);
  if (with_shapes)
    attest_canvas_dot (canvas, class, i, x + LEGEND_BOX / 2.0, middle, 4.5);
  else if (*prefix == 'l')
    {
      char dashed[32];

      g_snprintf (dashed, sizeof dashed, "line %s dash%u", class, i / ATTEST_CHART_COLOURS % 4);
      attest_canvas_line (canvas, dashed, x - 6, middle, x + LEGEND_BOX + 1, middle);
    }
  else
    attest_canvas_rect (canvas, class, x, middle - LEGEND_BOX / 2.0, LEGEND_BOX, LEGEND_BOX);
}

void
attest_chart_draw_legend (AttestCanvas *canvas, const char *class, guint n_series,
                          const char *const *names, gboolean with_shapes)
{
  double key = *class == 'l' && !with_shapes ? LEGEND_BOX + 14 : LEGEND_BOX + 6;
  double x = 0;

  if (n_series == 1 && *names[0] == '\0')
    return;
  for (guint i = 0; i < n_series; i++)
    {
      g_autoptr (GPtrArray) lines
          = attest_chart_wrap (names[i], ATTEST_CHART_FONT, canvas->chart->width - key, 1);
      const char *name = g_ptr_array_index (lines, 0);
      double width = key + attest_chart_text_width (name, -1, ATTEST_CHART_FONT);

      if (x > 0 && x + width > canvas->chart->width)
        {
          x = 0;
          canvas->y += ATTEST_CHART_LINE + 4;
        }
      draw_key (canvas, class, i, x + key - LEGEND_BOX - 6, with_shapes);
      attest_canvas_text (canvas, NULL, ATTEST_ANCHOR_START, x + key,
                          canvas->y + ATTEST_CHART_LINE / 2.0, name);
      x += width + 2 * ATTEST_CHART_GAP;
    }
  canvas->y += ATTEST_CHART_LINE + ATTEST_CHART_GAP;
}

/* ---- round numbers ---- */

static double
round_step (double raw)
{
  double power = pow (10, floor (log10 (raw)));
  double share = raw / power;

  if (share <= 1.0000001)
    return power;
  if (share <= 2.0000001)
    return 2 * power;
  return share <= 5.0000001 ? 5 * power : 10 * power;
}

void
attest_ticks_init (AttestTicks *ticks, double low, double high, guint max_ticks, gboolean widen)
{
  double first, last;

  if (!(high > low))
    high = low + 1;
  ticks->step = round_step ((high - low) / MAX (max_ticks - 1, 1));
  first = widen ? floor (low / ticks->step + 1e-9) : ceil (low / ticks->step - 1e-9);
  last = widen ? ceil (high / ticks->step - 1e-9) : floor (high / ticks->step + 1e-9);
  ticks->low = widen ? first * ticks->step : low;
  ticks->high = widen ? last * ticks->step : high;
  ticks->n = (guint)MAX (last - first + 1, 0);
  ticks->decimals = ticks->step >= 1 ? 0 : (guint)ceil (-log10 (ticks->step) - 1e-9);
}

double
attest_ticks_at (const AttestTicks *ticks, guint i)
{
  return (ceil (ticks->low / ticks->step - 1e-9) + i) * ticks->step;
}

char *
attest_ticks_to_text (const AttestTicks *ticks, guint i)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE], format[8];
  double value = attest_ticks_at (ticks, i);

  g_snprintf (format, sizeof format, "%%.%uf", MIN (ticks->decimals, 6));
  g_ascii_formatd (digits, sizeof digits, format, fabs (value) < ticks->step / 1000 ? 0 : value);
  return *digits == '-' ? g_strconcat ("−", digits + 1, NULL) : g_strdup (digits);
}

double
attest_ticks_place (const AttestTicks *ticks, double value, double left, double right)
{
  double share = (CLAMP (value, ticks->low, ticks->high) - ticks->low) / (ticks->high - ticks->low);

  return left + share * (right - left);
}
