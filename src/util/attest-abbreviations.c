/* Abbreviations of attest-sentence.
 *
 * ICU's own lists (CLDR's suppressions) are not used: the English one holds OK, All, In, To and
 * other ends of sentences in talk, the others lack Mme, EE. UU. and г. What may follow is what
 * decides, so each abbreviation says which next word leaves the sentence open.
 */
#include "util/attest-abbreviations-private.h"

#include <string.h>

typedef struct
{
  const char *token; /* without its last full stop */
  AttestAbbreviation kind;
} Entry;

/* clang-format off */
static const Entry english[] = {
  { "Mr", ATTEST_ABBREVIATION_OPEN }, { "Mrs", ATTEST_ABBREVIATION_OPEN },
  { "Ms", ATTEST_ABBREVIATION_OPEN }, { "Dr", ATTEST_ABBREVIATION_OPEN },
  { "Prof", ATTEST_ABBREVIATION_OPEN }, { "St", ATTEST_ABBREVIATION_OPEN },
  { "Mt", ATTEST_ABBREVIATION_OPEN }, { "Rev", ATTEST_ABBREVIATION_OPEN },
  { "Hon", ATTEST_ABBREVIATION_OPEN }, { "Gen", ATTEST_ABBREVIATION_OPEN },
  { "Col", ATTEST_ABBREVIATION_OPEN }, { "Capt", ATTEST_ABBREVIATION_OPEN },
  { "Lt", ATTEST_ABBREVIATION_OPEN }, { "Sgt", ATTEST_ABBREVIATION_OPEN },
  { "Gov", ATTEST_ABBREVIATION_OPEN }, { "Ph", ATTEST_ABBREVIATION_OPEN },
  { "e.g", ATTEST_ABBREVIATION_OPEN }, { "i.e", ATTEST_ABBREVIATION_OPEN },
  { "vs", ATTEST_ABBREVIATION_OPEN }, { "approx", ATTEST_ABBREVIATION_OPEN },
  { "No", ATTEST_ABBREVIATION_NUMBER }, { "Nos", ATTEST_ABBREVIATION_NUMBER },
  { "no", ATTEST_ABBREVIATION_NUMBER }, { "nos", ATTEST_ABBREVIATION_NUMBER },
  { "Fig", ATTEST_ABBREVIATION_NUMBER }, { "fig", ATTEST_ABBREVIATION_NUMBER },
  { "pp", ATTEST_ABBREVIATION_NUMBER }, { "p", ATTEST_ABBREVIATION_NUMBER },
  { "etc", ATTEST_ABBREVIATION_CAPITAL_ENDS }, { "Jr", ATTEST_ABBREVIATION_CAPITAL_ENDS },
  { "Ltd", ATTEST_ABBREVIATION_CAPITAL_ENDS }, { "Inc", ATTEST_ABBREVIATION_CAPITAL_ENDS },
  { "a.m", ATTEST_ABBREVIATION_CAPITAL_ENDS }, { "p.m", ATTEST_ABBREVIATION_CAPITAL_ENDS },
};

static const Entry french[] = {
  { "M", ATTEST_ABBREVIATION_OPEN }, { "MM", ATTEST_ABBREVIATION_OPEN },
  { "Mme", ATTEST_ABBREVIATION_OPEN }, { "Mmes", ATTEST_ABBREVIATION_OPEN },
  { "Mlle", ATTEST_ABBREVIATION_OPEN }, { "Mlles", ATTEST_ABBREVIATION_OPEN },
  { "Dr", ATTEST_ABBREVIATION_OPEN }, { "Pr", ATTEST_ABBREVIATION_OPEN },
  { "Mgr", ATTEST_ABBREVIATION_OPEN }, { "St", ATTEST_ABBREVIATION_OPEN },
  { "Ste", ATTEST_ABBREVIATION_OPEN }, { "av", ATTEST_ABBREVIATION_OPEN },
  { "bd", ATTEST_ABBREVIATION_OPEN }, { "ex", ATTEST_ABBREVIATION_OPEN },
  { "p.ex", ATTEST_ABBREVIATION_OPEN }, { "c.-à-d", ATTEST_ABBREVIATION_OPEN },
  { "art", ATTEST_ABBREVIATION_NUMBER }, { "p", ATTEST_ABBREVIATION_NUMBER },
  { "pp", ATTEST_ABBREVIATION_NUMBER }, { "env", ATTEST_ABBREVIATION_NUMBER },
  { "chap", ATTEST_ABBREVIATION_NUMBER }, { "fig", ATTEST_ABBREVIATION_NUMBER },
  { "etc", ATTEST_ABBREVIATION_CAPITAL_ENDS },
};

static const Entry spanish[] = {
  { "Sr", ATTEST_ABBREVIATION_OPEN }, { "Sra", ATTEST_ABBREVIATION_OPEN },
  { "Srta", ATTEST_ABBREVIATION_OPEN }, { "Sres", ATTEST_ABBREVIATION_OPEN },
  { "Dr", ATTEST_ABBREVIATION_OPEN }, { "Dra", ATTEST_ABBREVIATION_OPEN },
  { "Dña", ATTEST_ABBREVIATION_OPEN }, { "Lic", ATTEST_ABBREVIATION_OPEN },
  { "Ing", ATTEST_ABBREVIATION_OPEN }, { "Prof", ATTEST_ABBREVIATION_OPEN },
  { "Gral", ATTEST_ABBREVIATION_OPEN }, { "Av", ATTEST_ABBREVIATION_OPEN },
  { "Avda", ATTEST_ABBREVIATION_OPEN }, { "EE", ATTEST_ABBREVIATION_OPEN },
  { "ej", ATTEST_ABBREVIATION_OPEN }, { "p.ej", ATTEST_ABBREVIATION_OPEN },
  { "núm", ATTEST_ABBREVIATION_NUMBER }, { "art", ATTEST_ABBREVIATION_NUMBER },
  { "pág", ATTEST_ABBREVIATION_NUMBER }, { "aprox", ATTEST_ABBREVIATION_NUMBER },
  { "cap", ATTEST_ABBREVIATION_NUMBER }, { "fig", ATTEST_ABBREVIATION_NUMBER },
  { "Ud", ATTEST_ABBREVIATION_STARTER_ENDS }, { "Uds", ATTEST_ABBREVIATION_STARTER_ENDS },
  { "UU", ATTEST_ABBREVIATION_CAPITAL_ENDS }, { "EE.UU", ATTEST_ABBREVIATION_CAPITAL_ENDS },
  { "etc", ATTEST_ABBREVIATION_CAPITAL_ENDS },
};

static const Entry russian[] = {
  { "т.е", ATTEST_ABBREVIATION_OPEN }, { "т.к", ATTEST_ABBREVIATION_OPEN },
  { "т.ч", ATTEST_ABBREVIATION_OPEN }, { "т.н", ATTEST_ABBREVIATION_OPEN },
  { "ул", ATTEST_ABBREVIATION_OPEN }, { "ген", ATTEST_ABBREVIATION_OPEN },
  { "проф", ATTEST_ABBREVIATION_OPEN }, { "акад", ATTEST_ABBREVIATION_OPEN },
  { "просп", ATTEST_ABBREVIATION_OPEN }, { "пос", ATTEST_ABBREVIATION_OPEN },
  { "см", ATTEST_ABBREVIATION_OPEN }, { "с", ATTEST_ABBREVIATION_OPEN },
  { "т", ATTEST_ABBREVIATION_OPEN },
  { "стр", ATTEST_ABBREVIATION_NUMBER }, { "ст", ATTEST_ABBREVIATION_NUMBER },
  { "рис", ATTEST_ABBREVIATION_NUMBER }, { "д", ATTEST_ABBREVIATION_NUMBER },
  { "кв", ATTEST_ABBREVIATION_NUMBER },
  { "им", ATTEST_ABBREVIATION_STARTER_ENDS }, /* "named after", but also "to them" */
  { "г", ATTEST_ABBREVIATION_YEAR },
  { "гг", ATTEST_ABBREVIATION_CAPITAL_ENDS }, { "т.д", ATTEST_ABBREVIATION_CAPITAL_ENDS },
  { "т.п", ATTEST_ABBREVIATION_CAPITAL_ENDS }, { "п", ATTEST_ABBREVIATION_NUMBER },
  { "др", ATTEST_ABBREVIATION_CAPITAL_ENDS }, { "пр", ATTEST_ABBREVIATION_CAPITAL_ENDS },
  { "руб", ATTEST_ABBREVIATION_CAPITAL_ENDS }, { "тыс", ATTEST_ABBREVIATION_CAPITAL_ENDS },
  { "млн", ATTEST_ABBREVIATION_CAPITAL_ENDS }, { "млрд", ATTEST_ABBREVIATION_CAPITAL_ENDS },
};

static const struct
{
  const char *lang;
  const Entry *entries;
  gsize length;
} lists[] = {
  { "en", english, G_N_ELEMENTS (english) },
  { "fr", french, G_N_ELEMENTS (french) },
  { "es", spanish, G_N_ELEMENTS (spanish) },
  { "ru", russian, G_N_ELEMENTS (russian) },
};

static const char *const starters[] = {
  "And", "But", "He", "I", "It", "She", "So", "That", "The", "Then", "There", "They", "This", "We",
  "You", "Alors", "Elle", "Et", "Ils", "Mais", "Nous", "On", "Vous", "El", "Ella", "Ellos", "Y",
  "La", "Los", "Nosotros", "Pero", "А", "Вы", "И", "Но", "Мы", "Они", "Он", "Она", "Потом",
  "Поэтому", "Так", "Там", "Это", "Я",
};

static const char *const fillers[] = {
  "I", "I'm", "I've", "I'd", "I'll", "I’m", "I’ve", "I’d", "I’ll",
  "Um", "Uh", "Er", "Erm", "Hmm", "Well", "Euh", "Ben", "Bah", "Eh", "Este", "Pues", "Ну", "Э",
  "Эм", "Вот",
};
/* clang-format on */

static gboolean
is_same (const char *expected, const char *token, gsize length_bytes)
{
  return strlen (expected) == length_bytes && memcmp (expected, token, length_bytes) == 0;
}

static gboolean
is_listed (const char *const *words, gsize n, const char *token, gsize length_bytes)
{
  for (gsize i = 0; i < n; i++)
    if (is_same (words[i], token, length_bytes))
      return TRUE;
  return FALSE;
}

static gboolean
has_list (const char *lang)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    if (g_strcmp0 (lists[i].lang, lang) == 0)
      return TRUE;
  return FALSE;
}

AttestAbbreviation
attest_abbreviation_find (const char *lang, const char *token, gsize length_bytes)
{
  gboolean is_any = !has_list (lang);

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      if (!is_any && strcmp (lists[i].lang, lang) != 0)
        continue;
      for (gsize k = 0; k < lists[i].length; k++)
        if (is_same (lists[i].entries[k].token, token, length_bytes))
          return lists[i].entries[k].kind;
    }
  return ATTEST_ABBREVIATION_NONE;
}

gboolean
attest_abbreviation_is_starter (const char *token, gsize length_bytes)
{
  return is_listed (starters, G_N_ELEMENTS (starters), token, length_bytes);
}

gboolean
attest_abbreviation_is_filler (const char *token, gsize length_bytes)
{
  return is_listed (fillers, G_N_ELEMENTS (fillers), token, length_bytes);
}
