/* How wide a text is, without its font: the widths of DejaVu Sans, the widest of the usual fonts,
 * by class of character; what is not listed counts as wide. */
#include <math.h>
#include <string.h>

#include "report/attest-chart-private.h"
#include "util/attest-text.h"

/* Thousandths of the size of the font, of U+0020 to U+007E. */
static const guint16 ascii_widths[]
    = { 318,  401, 460, 838, 637, 951, 780, 275, 391, 391, 500, 838, 318, 361, 318, 337,
        637,  637, 637, 637, 637, 637, 637, 637, 637, 637, 337, 337, 838, 838, 838, 531,
        1000, 685, 687, 699, 771, 632, 576, 775, 752, 295, 400, 656, 558, 863, 749, 788,
        604,  788, 695, 635, 611, 732, 685, 989, 686, 611, 686, 391, 337, 391, 838, 500,
        500,  613, 635, 550, 635, 616, 400, 635, 634, 278, 300, 580, 278, 975, 634, 612,
        635,  635, 411, 521, 393, 634, 592, 818, 592, 592, 526, 637, 337, 637, 838 };

static double
char_width (gunichar c)
{
  if (c >= 0x20 && c < 0x20 + G_N_ELEMENTS (ascii_widths))
    return ascii_widths[c - 0x20] / 1000.0;
  if (g_unichar_iszerowidth (c))
    return 0;
  if (c >= 0x1f000)
    return 1.4; /* pictures */
  if (g_unichar_iswide (c))
    return 1.05;
  if (c < 0x250) /* Latin with marks */
    return g_unichar_isupper (c) ? 0.8 : 0.65;
  if (c >= 0x370 && c < 0x530) /* Greek, Cyrillic */
    return g_unichar_isupper (c) ? 0.85 : 0.7;
  return c == 0x2026 ? 1 : 0.8;
}

double
attest_chart_text_width (const char *text, gssize length_bytes, double font)
{
  const char *end = text + (length_bytes < 0 ? strlen (text) : (gsize)length_bytes);
  double width = 0;

  for (; text < end; text = g_utf8_next_char (text))
    width += char_width (g_utf8_get_char (text));
  return width * font;
}

/* Whether @text begins what is seen as a character of its own. */
static gboolean
begins_character (const char *text, const char *start)
{
  gunichar c = g_utf8_get_char (text);
  const char *previous = g_utf8_find_prev_char (start, text);

  return !g_unichar_iszerowidth (c) && !(c >= 0x1f3fb && c <= 0x1f3ff) && c != 0xfe0f
         && (previous == NULL || g_utf8_get_char (previous) != 0x200d);
}

/* The end of as much of @text as fits; at least one character. */
static const char *
fitting_end (const char *text, double font, double width)
{
  const char *end = text;
  double used = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (begins_character (p, text))
        {
          if (used > width)
            break;
          end = p;
        }
      used += char_width (g_utf8_get_char (p)) * font;
    }
  if (used <= width)
    return text + strlen (text);
  if (end > text)
    return end;
  for (end = g_utf8_next_char (text); *end != '\0' && !begins_character (end, text);)
    end = g_utf8_next_char (end);
  return end;
}

/* The same, at a space or behind a hyphen where there is one. */
static const char *
line_end (const char *text, double font, double width)
{
  const char *end = fitting_end (text, font, width);

  if (*end == '\0' || *end == ' ')
    return end;
  for (const char *p = end; p > text; p--)
    if (*p == ' ' || ((p[-1] == '-' || p[-1] == '/') && p < end && p - 1 > text))
      return p;
  return end;
}

GPtrArray *
attest_chart_wrap (const char *text, double font, double width, guint max_lines)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *printable = attest_text_printable (text, strlen (text), 0);
  const char *p = printable;

  while (*p == ' ')
    p++;
  while (*p != '\0')
    {
      const char *end = line_end (p, font, width);
      const char *next = end;

      while (*next == ' ')
        next++;
      if (*next != '\0' && lines->len + 1 == max_lines)
        {
          g_autofree char *part = NULL;

          end = fitting_end (p, font, MAX (width - attest_chart_text_width ("…", -1, font), 0));
          part = g_strndup (p, (gsize)(end - p));
          g_ptr_array_add (lines, g_strconcat (g_strchomp (part), "…", NULL));
          return lines;
        }
      g_ptr_array_add (lines, g_strndup (p, (gsize)(end - p)));
      p = next;
    }
  if (lines->len == 0)
    g_ptr_array_add (lines, g_strdup (""));
  return lines;
}
