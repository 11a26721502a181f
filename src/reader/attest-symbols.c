#include "reader/attest-symbols.h"

#include <string.h>

/* What people type by habit; Symbol's letters and digits are in the table below. */
static const struct
{
  const char *font;
  guint8 code;
  const char *text;
} symbols[] = {
  { "Symbol", 0x22, "∀" },    { "Symbol", 0x24, "∃" },    { "Symbol", 0x27, "∋" },
  { "Symbol", 0x2A, "∗" },    { "Symbol", 0x2D, "−" },    { "Symbol", 0x40, "≅" },
  { "Symbol", 0x5C, "∴" },    { "Symbol", 0x5E, "⊥" },    { "Symbol", 0x7E, "∼" },
  { "Symbol", 0xA2, "′" },    { "Symbol", 0xA3, "≤" },    { "Symbol", 0xA4, "⁄" },
  { "Symbol", 0xA5, "∞" },    { "Symbol", 0xAB, "↔" },    { "Symbol", 0xAC, "←" },
  { "Symbol", 0xAD, "↑" },    { "Symbol", 0xAE, "→" },    { "Symbol", 0xAF, "↓" },
  { "Symbol", 0xB0, "°" },    { "Symbol", 0xB1, "±" },    { "Symbol", 0xB2, "″" },
  { "Symbol", 0xB3, "≥" },    { "Symbol", 0xB4, "×" },    { "Symbol", 0xB7, "•" },
  { "Symbol", 0xB8, "÷" },    { "Symbol", 0xB9, "≠" },    { "Symbol", 0xBA, "≡" },
  { "Symbol", 0xBB, "≈" },    { "Symbol", 0xBC, "…" },    { "Symbol", 0xD6, "√" },
  { "Symbol", 0xDB, "⇔" },    { "Symbol", 0xDE, "⇒" },    { "Symbol", 0xE5, "∑" },
  { "Wingdings", 0x4A, "☺" }, { "Wingdings", 0x4C, "☹" }, { "Wingdings", 0x6C, "●" },
  { "Wingdings", 0x6E, "■" }, { "Wingdings", 0x6F, "□" }, { "Wingdings", 0x71, "❑" },
  { "Wingdings", 0x76, "❖" }, { "Wingdings", 0x9F, "•" }, { "Wingdings", 0xA7, "▪" },
  { "Wingdings", 0xA8, "◻" }, { "Wingdings", 0xD8, "➢" }, { "Wingdings", 0xDF, "←" },
  { "Wingdings", 0xE0, "→" }, { "Wingdings", 0xE8, "➔" }, { "Wingdings", 0xF0, "⇨" },
  { "Wingdings", 0xFB, "✗" }, { "Wingdings", 0xFC, "✓" }, { "Wingdings", 0xFD, "☒" },
  { "Wingdings", 0xFE, "☑" },
};

/* Symbol's letters, from 'A' and from 'a' on. */
static const char *const greek_capitals[26]
    = { "Α", "Β", "Χ", "Δ", "Ε", "Φ", "Γ", "Η", "Ι", "ϑ", "Κ", "Λ", "Μ",
        "Ν", "Ο", "Π", "Θ", "Ρ", "Σ", "Τ", "Υ", "ς", "Ω", "Ξ", "Ψ", "Ζ" };
static const char *const greek_letters[26]
    = { "α", "β", "χ", "δ", "ε", "φ", "γ", "η", "ι", "ϕ", "κ", "λ", "μ",
        "ν", "ο", "π", "θ", "ρ", "σ", "τ", "υ", "ϖ", "ω", "ξ", "ψ", "ζ" };

/* What Symbol shares with ASCII. */
static const char plain[][2]
    = { " ", "!", "#", "%", "&", "(", ")", "+", ",", ".", "/", "0", "1", "2", "3", "4", "5",
        "6", "7", "8", "9", ":", ";", "<", "=", ">", "?", "[", "]", "_", "{", "|", "}" };

gboolean
attest_symbols_is_font (const char *font)
{
  static const char *const names[]
      = { "Symbol",   "Wingdings",      "Wingdings 2",   "Wingdings 3",
          "Webdings", "ZapfDingbats",   "Zapf Dingbats", "ITC Zapf Dingbats",
          "Marlett",  "Monotype Sorts", "MT Extra",      NULL };

  return font != NULL && g_strv_contains (names, font);
}

const char *
attest_symbols_find (const char *font, guint code)
{
  gboolean is_symbol = g_strcmp0 (font, "Symbol") == 0;

  if (code >= 0xF000 && code <= 0xF0FF)
    code -= 0xF000;
  if (font == NULL || code > 0xFF)
    return NULL;
  if (code == ' ')
    return " ";
  for (guint i = 0; i < G_N_ELEMENTS (symbols); i++)
    if (symbols[i].code == code && strcmp (font, symbols[i].font) == 0)
      return symbols[i].text;
  if (is_symbol && g_ascii_isupper ((char)code))
    return greek_capitals[code - 'A'];
  if (is_symbol && g_ascii_islower ((char)code))
    return greek_letters[code - 'a'];
  for (guint i = 0; is_symbol && i < G_N_ELEMENTS (plain); i++)
    if ((guchar)plain[i][0] == code)
      return plain[i];
  return NULL;
}
