/* attest-rtf-fonts: the fonts and the paragraph styles of rich text, by their numbers.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ATTEST_RTF_NO_OUTLINE (-1)

typedef struct
{
  int charset;    /* or -1 */
  guint codepage; /* that it names itself, or 0 */
  GString *name;
} AttestRtfFont;

typedef struct
{
  GHashTable *fonts;    /* number → AttestRtfFont */
  AttestRtfFont *font;  /* that is being read, or NULL */
  GHashTable *headings; /* numbers of the styles that are headings */
  int style, outline;   /* that is being read; style -1: none */
  GString *style_name;
} AttestRtfFonts;

AttestRtfFonts *attest_rtf_fonts_new (void);
void attest_rtf_fonts_free (AttestRtfFonts *fonts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestRtfFonts, attest_rtf_fonts_free)

/** A word of the font table, and its text. */
void attest_rtf_fonts_font_word (AttestRtfFonts *fonts, const char *name, int value);
void attest_rtf_fonts_font_text (AttestRtfFonts *fonts, const guint8 *text, gsize length_bytes);
/** A word of the style sheet, and its text. */
void attest_rtf_fonts_style_word (AttestRtfFonts *fonts, const char *name, int value);
void attest_rtf_fonts_style_text (AttestRtfFonts *fonts, const guint8 *text, gsize length_bytes);

/** Its name when its codes are glyphs and no letters, else NULL. */
const char *attest_rtf_fonts_symbols (const AttestRtfFonts *fonts, int font);
/** The code page of @font: @fallback when it says none; of fonts for Western text it is @ansi. */
guint attest_rtf_fonts_codepage (const AttestRtfFonts *fonts, int font, guint fallback, guint ansi);
gboolean attest_rtf_fonts_is_heading (const AttestRtfFonts *fonts, int style);

G_END_DECLS
