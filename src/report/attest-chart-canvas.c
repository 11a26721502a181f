/* Shapes and texts of a chart, and the SVG around them. */
#include <math.h>
#include <string.h>

#include "report/attest-chart-private.h"

#define TITLE_FONT 15
#define TITLE_LINE 20
#define MARGIN 16
/* From the middle of a text to its base line. */
#define MIDDLE 4.2

/* Two decimals; the libraries of machines differ in the last digits of a sine. */
static const char *
number (char *out, double value)
{
  value = round (value * 100) / 100;
  return g_ascii_formatd (out, G_ASCII_DTOSTR_BUF_SIZE, "%.8g", value == 0 ? 0 : value);
}

#define NUMBER(value) number ((char[G_ASCII_DTOSTR_BUF_SIZE]){ 0 }, value)

void
attest_canvas_rect (AttestCanvas *canvas, const char *class, double x, double y, double width,
                    double height)
{
  attest_html_element (canvas->html, "rect", "", "class", class, "x", NUMBER (x), "y", NUMBER (y),
                       "width", NUMBER (MAX (width, 0)), "height", NUMBER (MAX (height, 0)), NULL);
}

void
attest_canvas_row_of_rects (AttestCanvas *canvas, const char *class, const double *spans,
                            guint n_spans, double y, double height)
{
  g_autoptr (GString) d = g_string_new (NULL);

  for (guint i = 0; i < n_spans; i++)
    g_string_append_printf (d, "M%s %sH%sV%sH%sZ", NUMBER (spans[2 * i]), NUMBER (y),
                            NUMBER (spans[2 * i + 1]), NUMBER (y + height), NUMBER (spans[2 * i]));
  if (n_spans > 0)
    attest_html_element (canvas->html, "path", "", "class", class, "d", d->str, NULL);
}

void
attest_canvas_line (AttestCanvas *canvas, const char *class, double x1, double y1, double x2,
                    double y2)
{
  attest_html_element (canvas->html, "line", "", "class", class, "x1", NUMBER (x1), "y1",
                       NUMBER (y1), "x2", NUMBER (x2), "y2", NUMBER (y2), NULL);
}

void
attest_canvas_path (AttestCanvas *canvas, const char *class, const double *points, guint n_points,
                    gboolean is_closed)
{
  g_autoptr (GString) d = g_string_new (NULL);

  for (guint i = 0; i < n_points; i++)
    {
      g_string_append (d, i == 0 ? "M" : "L");
      g_string_append (d, NUMBER (points[2 * i]));
      g_string_append_c (d, ' ');
      g_string_append (d, NUMBER (points[2 * i + 1]));
    }
  if (is_closed)
    g_string_append_c (d, 'Z');
  attest_html_element (canvas->html, "path", "", "class", class, "d", d->str, NULL);
}

void
attest_canvas_dot (AttestCanvas *canvas, const char *class, guint shape, double x, double y,
                   double radius)
{
  double square[] = { x - radius, y - radius, x + radius, y - radius,
                      x + radius, y + radius, x - radius, y + radius };
  double r = radius * 1.3;
  double diamond[] = { x, y - r, x + r, y, x, y + r, x - r, y };
  double triangle[] = { x, y - r, x + r, y + radius, x - r, y + radius };

  switch (shape % 4)
    {
    case 1:
      attest_canvas_path (canvas, class, square, 4, TRUE);
      break;
    case 2:
      attest_canvas_path (canvas, class, diamond, 4, TRUE);
      break;
    case 3:
      attest_canvas_path (canvas, class, triangle, 3, TRUE);
      break;
    default:
      attest_html_element (canvas->html, "circle", "", "class", class, "cx", NUMBER (x), "cy",
                           NUMBER (y), "r", NUMBER (radius), NULL);
    }
}

static const char *
anchor_name (AttestAnchor anchor)
{
  static const char *const names[] = { NULL, "middle", "end" };

  return names[anchor];
}

void
attest_canvas_text (AttestCanvas *canvas, const char *class, AttestAnchor anchor, double x,
                    double y, const char *text)
{
  attest_html_element (canvas->html, "text", text, "class", class, "text-anchor",
                       anchor_name (anchor), "x", NUMBER (x), "y", NUMBER (y + MIDDLE), NULL);
}

void
attest_canvas_text_upwards (AttestCanvas *canvas, double x, double y, const char *text)
{
  g_autofree char *transform
      = g_strdup_printf ("rotate(-90 %s %s)", NUMBER (x + MIDDLE), NUMBER (y));

  attest_html_element (canvas->html, "text", text, "x", NUMBER (x + MIDDLE), "y", NUMBER (y),
                       "transform", transform, NULL);
}

void
attest_canvas_lines (AttestCanvas *canvas, const char *class, AttestAnchor anchor, double x,
                     double y, double height, GPtrArray *lines)
{
  double first = y + height / 2 - (lines->len - 1) * ATTEST_CHART_LINE / 2.0;

  for (guint i = 0; i < lines->len; i++)
    attest_canvas_text (canvas, class, anchor, x, first + i * ATTEST_CHART_LINE,
                        g_ptr_array_index (lines, i));
}

void
attest_canvas_begin (AttestCanvas *canvas, const char *title)
{
  attest_html_open (canvas->html, "g", NULL);
  attest_html_element (canvas->html, "title", title, NULL);
}

void
attest_canvas_end (AttestCanvas *canvas)
{
  attest_html_close (canvas->html, "g");
}

/* ---- the whole ---- */

static const struct
{
  void (*draw) (AttestCanvas *canvas);
} drawings[] = {
  [ATTEST_CHART_BARS] = { attest_chart_draw_bars },
  [ATTEST_CHART_STACKED] = { attest_chart_draw_stacked },
  [ATTEST_CHART_HEAT] = { attest_chart_draw_heat },
  [ATTEST_CHART_DOTS] = { attest_chart_draw_dots },
  [ATTEST_CHART_LINES] = { attest_chart_draw_lines },
  [ATTEST_CHART_NETWORK] = { attest_chart_draw_network },
  [ATTEST_CHART_TIMELINE] = { attest_chart_draw_timeline },
};

static void
draw_wrapped (AttestCanvas *canvas, const char *class, const char *text, double font, double line)
{
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n", -1);

  for (char **paragraph = paragraphs; *paragraph != NULL; paragraph++)
    {
      g_autoptr (GPtrArray) lines
          = attest_chart_wrap (*paragraph, font, canvas->chart->width, G_MAXUINT);

      for (guint i = 0; i < lines->len; i++, canvas->y += line)
        attest_canvas_text (canvas, class, ATTEST_ANCHOR_START, 0, canvas->y + line / 2,
                            g_ptr_array_index (lines, i));
    }
}

static void
draw_body (AttestCanvas *canvas)
{
  const AttestChart *chart = canvas->chart;

  if (canvas->is_file)
    {
      draw_wrapped (canvas, "title", chart->title, TITLE_FONT, TITLE_LINE);
      canvas->y += ATTEST_CHART_GAP;
    }
  if (chart->rows->len > 0)
    drawings[chart->kind].draw (canvas);
  else
    {
      attest_canvas_text (canvas, NULL, ATTEST_ANCHOR_START, 0, canvas->y + ATTEST_CHART_LINE / 2.0,
                          "–");
      canvas->y += ATTEST_CHART_LINE;
    }
  if (canvas->is_file && chart->note != NULL)
    {
      canvas->y += ATTEST_CHART_GAP;
      draw_wrapped (canvas, "soft", chart->note, ATTEST_CHART_FONT, ATTEST_CHART_LINE);
    }
}

static gboolean
has_links (const AttestChart *chart)
{
  for (guint i = 0; i < chart->rows->len; i++)
    if (attest_chart_row (chart, i)->link != NULL)
      return TRUE;
  return FALSE;
}

/* What is inside of an image is not read, so that one with links is a group. */
static void
open_svg (AttestCanvas *canvas, AttestHtml *html)
{
  double margin = canvas->is_file ? MARGIN : 0;
  double width = canvas->width + 2 * margin, height = ceil (canvas->y) + 2 * margin;
  const AttestChart *chart = canvas->chart;
  g_autofree char *box = g_strdup_printf ("%s %s %s %s", NUMBER (-margin), NUMBER (-margin),
                                          NUMBER (width), NUMBER (height));
  g_autofree char *description = attest_chart_dup_description (chart);

  attest_html_open (html, "svg", "xmlns", canvas->is_file ? "http://www.w3.org/2000/svg" : NULL,
                    "class", canvas->is_file ? "chart file" : "chart", "width", NUMBER (width),
                    "height", NUMBER (height), "viewBox", box, "role",
                    !canvas->is_file && has_links (chart) ? "group" : "img", "aria-label",
                    chart->title, NULL);
  attest_html_element (html, "title", chart->title, NULL);
  attest_html_element (html, "desc", description, NULL);
  if (canvas->is_file)
    {
      attest_html_open (html, "style", NULL);
      attest_html_literal (html, attest_chart_style ());
      attest_html_close (html, "style");
      attest_html_element (html, "rect", "", "class", "bg", "x", NUMBER (-margin), "y",
                           NUMBER (-margin), "width", NUMBER (width), "height", NUMBER (height),
                           NULL);
    }
}

static void
write_chart (const AttestChart *chart, AttestHtml *html, gboolean is_file)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (AttestHtml) inner = attest_html_new (body);
  AttestCanvas canvas = { chart, is_file, body, inner, chart->width, 0 };

  draw_body (&canvas);
  open_svg (&canvas, html);
  /* Escaped as it was drawn. */
  attest_html_literal (html, body->str);
  attest_html_close (html, "svg");
}

void
attest_chart_write_svg (const AttestChart *chart, AttestHtml *html)
{
  write_chart (chart, html, FALSE);
}

void
attest_chart_write_file (const AttestChart *chart, GString *out)
{
  g_autoptr (AttestHtml) html = attest_html_new (out);

  attest_html_literal (html, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  write_chart (chart, html, TRUE);
  attest_html_literal (html, "\n");
}

void
attest_chart_write_figure (const AttestChart *chart, AttestHtml *html)
{
  g_autoptr (AttestTable) table = attest_chart_to_table (chart);

  attest_chart_write_figure_with_table (chart, table, html);
}

static void
write_scrolled (const AttestChart *chart, const char *class, double width, AttestHtml *html)
{
  AttestChart drawn = *chart;

  drawn.width = width;
  attest_html_open (html, "div", "class", class, "tabindex", "0", "role", "region", "aria-label",
                    chart->title, NULL);
  attest_chart_write_svg (&drawn, html);
  attest_html_close (html, "div");
}

void
attest_chart_write_figure_with_table (const AttestChart *chart, const AttestTable *table,
                                      AttestHtml *html)
{
  g_auto (GStrv) notes = g_strsplit (chart->note != NULL ? chart->note : "", "\n", -1);

  attest_html_open (html, "figure", "class", "chart", NULL);
  attest_html_element (html, "figcaption", chart->title, "dir", "auto", NULL);
  write_scrolled (chart, chart->has_narrow ? "wide broad" : "wide", chart->width, html);
  if (chart->has_narrow)
    write_scrolled (chart, "wide narrow", ATTEST_CHART_NARROW, html);
  for (char **note = notes; chart->note != NULL && *note != NULL; note++)
    attest_html_element (html, "p", *note, "class", "note", NULL);
  attest_html_open (html, "details", NULL);
  attest_html_element (html, "summary", attest_chart_word (chart, "table", "Table"), NULL);
  attest_table_write_html (table, html);
  attest_html_close (html, "details");
  attest_html_close (html, "figure");
}
