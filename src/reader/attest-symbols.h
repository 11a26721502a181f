/* attest-symbols: what the glyphs of symbol fonts mean.
 *
 * Word keeps bullets, arrows and Greek letters as codes of Symbol or Wingdings, which say nothing
 * without the font.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Whether the codes of @font (nullable) are glyphs and no letters. */
gboolean attest_symbols_is_font (const char *font);

/**
 * The text of the glyph @code of @font; codes from U+F000 on, where Windows keeps them, are those
 * from 0 on.
 *
 * Returns: static UTF-8, or NULL when it is not known.
 */
const char *attest_symbols_find (const char *font, guint code);

G_END_DECLS
