#include "reader/attest-rtf-fonts.h"

#include <string.h>

#include "reader/attest-codepage.h"
#include "reader/attest-symbols.h"

/* Longest name of a font or style that is looked at, bytes. */
#define NAME_BYTES 100

static void
font_free (gpointer item)
{
  AttestRtfFont *font = item;

  g_string_free (font->name, TRUE);
  g_free (font);
}

AttestRtfFonts *
attest_rtf_fonts_new (void)
{
  AttestRtfFonts *fonts = g_new0 (AttestRtfFonts, 1);

  fonts->fonts = g_hash_table_new_full (NULL, NULL, NULL, font_free);
  fonts->headings = g_hash_table_new (NULL, NULL);
  fonts->style = -1;
  fonts->outline = ATTEST_RTF_NO_OUTLINE;
  fonts->style_name = g_string_new (NULL);
  return fonts;
}

void
attest_rtf_fonts_free (AttestRtfFonts *fonts)
{
  if (fonts == NULL)
    return;
  g_hash_table_unref (fonts->fonts);
  g_hash_table_unref (fonts->headings);
  g_string_free (fonts->style_name, TRUE);
  g_free (fonts);
}

void
attest_rtf_fonts_font_word (AttestRtfFonts *fonts, const char *name, int value)
{
  if (strcmp (name, "f") == 0)
    {
      fonts->font = g_new0 (AttestRtfFont, 1);
      fonts->font->charset = -1;
      fonts->font->name = g_string_new (NULL);
      g_hash_table_replace (fonts->fonts, GINT_TO_POINTER (value), fonts->font);
    }
  else if (fonts->font != NULL && strcmp (name, "fcharset") == 0)
    fonts->font->charset = value;
  else if (fonts->font != NULL && strcmp (name, "cpg") == 0 && value > 0)
    fonts->font->codepage = (guint)value;
}

/* Names end at a semicolon; what comes after belongs to nothing. Returns TRUE at the end. */
static gboolean
append_name (GString *name, const guint8 *text, gsize length_bytes)
{
  const guint8 *end = memchr (text, ';', length_bytes);
  gsize n = end != NULL ? (gsize)(end - text) : length_bytes;

  g_string_append_len (name, (const char *)text,
                       (gssize)MIN (n, NAME_BYTES - MIN (name->len, NAME_BYTES)));
  return end != NULL;
}

void
attest_rtf_fonts_font_text (AttestRtfFonts *fonts, const guint8 *text, gsize length_bytes)
{
  if (fonts->font != NULL && append_name (fonts->font->name, text, length_bytes))
    fonts->font = NULL;
}

void
attest_rtf_fonts_style_word (AttestRtfFonts *fonts, const char *name, int value)
{
  if (strcmp (name, "s") == 0)
    {
      fonts->style = value;
      fonts->outline = ATTEST_RTF_NO_OUTLINE;
      g_string_truncate (fonts->style_name, 0);
    }
  else if (strcmp (name, "outlinelevel") == 0)
    fonts->outline = value;
}

void
attest_rtf_fonts_style_text (AttestRtfFonts *fonts, const guint8 *text, gsize length_bytes)
{
  const char *name = fonts->style_name->str;
  gboolean heading;

  if (!append_name (fonts->style_name, text, length_bytes))
    return;
  while (*name == ' ')
    name++;
  heading = (fonts->outline >= 0 && fonts->outline < 9) || g_ascii_strcasecmp (name, "title") == 0
            || g_ascii_strncasecmp (name, "heading ", 8) == 0;
  if (heading && fonts->style >= 0)
    g_hash_table_add (fonts->headings, GINT_TO_POINTER (fonts->style));
  fonts->style = -1;
  fonts->outline = ATTEST_RTF_NO_OUTLINE;
  g_string_truncate (fonts->style_name, 0);
}

static const AttestRtfFont *
find_font (const AttestRtfFonts *fonts, int font)
{
  return g_hash_table_lookup (fonts->fonts, GINT_TO_POINTER (font));
}

const char *
attest_rtf_fonts_symbols (const AttestRtfFonts *fonts, int font)
{
  const AttestRtfFont *found = find_font (fonts, font);
  const char *name = found != NULL ? found->name->str : NULL;

  return attest_symbols_is_font (name) ? name : NULL;
}

guint
attest_rtf_fonts_codepage (const AttestRtfFonts *fonts, int font, guint fallback, guint ansi)
{
  const AttestRtfFont *found = find_font (fonts, font);

  if (found == NULL)
    return fallback;
  if (found->codepage != 0)
    return found->codepage;
  /* LibreOffice writes the bullets of its own symbol font as Western text, and says Japanese. */
  if (strcmp (found->name->str, "OpenSymbol") == 0 || strcmp (found->name->str, "StarSymbol") == 0)
    return 1252;
  if (found->charset < 0)
    return fallback;
  return found->charset == 0 ? ansi : attest_codepage_of_charset (found->charset, fallback);
}

gboolean
attest_rtf_fonts_is_heading (const AttestRtfFonts *fonts, int style)
{
  return g_hash_table_contains (fonts->headings, GINT_TO_POINTER (style));
}
