#include "report/attest-svg.h"

/* Units of the drawing, not pixels. */
#define BAR_WIDTH 120
#define BAR_HEIGHT 10
#define SQUARE 10
#define SQUARE_STEP 12
#define MAX_SQUARES 20

static void
begin (AttestHtml *html, const char *class, double width, const char *label)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *box = NULL;

  g_ascii_formatd (digits, sizeof digits, "%.6g", width);
  box = g_strdup_printf ("0 0 %s %d", digits, BAR_HEIGHT);
  attest_html_open (html, "svg", "class", class, "width", digits, "height",
                    G_STRINGIFY (BAR_HEIGHT), "viewBox", box, "role", "img", NULL);
  attest_html_element (html, "title", label, NULL);
}

static void
append_rect (AttestHtml *html, const char *class, double x, double width)
{
  char x_digits[G_ASCII_DTOSTR_BUF_SIZE], width_digits[G_ASCII_DTOSTR_BUF_SIZE];

  attest_html_element (html, "rect", "", "class", class, "x",
                       g_ascii_formatd (x_digits, sizeof x_digits, "%.4g", x), "width",
                       g_ascii_formatd (width_digits, sizeof width_digits, "%.4g", width), "height",
                       G_STRINGIFY (BAR_HEIGHT), NULL);
}

void
attest_svg_bar (AttestHtml *html, double value, double maximum, const char *label)
{
  begin (html, "bar", BAR_WIDTH, label);
  append_rect (html, "rest", 0, BAR_WIDTH);
  if (value > 0 && maximum > 0)
    append_rect (html, "part", 0, MAX (BAR_WIDTH * MIN (value / maximum, 1), 1));
  attest_html_close (html, "svg");
}

void
attest_svg_share (AttestHtml *html, gint64 part, gint64 whole, const char *label)
{
  if (whole > MAX_SQUARES || part > whole)
    {
      attest_svg_bar (html, (double)part, (double)whole, label);
      return;
    }
  if (whole <= 0)
    return;
  begin (html, "share", (double)whole * SQUARE_STEP - (SQUARE_STEP - SQUARE), label);
  for (gint64 i = 0; i < whole; i++)
    append_rect (html, i < part ? "part" : "rest", (double)i * SQUARE_STEP, SQUARE);
  attest_html_close (html, "svg");
}
