#include "report/attest-disclosure-risks.h"

#include <string.h>

static const char *const names[ATTEST_N_RISKS]
    = { "name", "number", "unique", "position", "address" };

const char *
attest_risk_to_string (AttestRisk risk)
{
  return names[risk];
}

/* In lower case and with one space between words, as find_phrase() compares. */
static const char *const unique_phrases[]
    = { "the only",     "the first",    "the last", "the sole",   "nobody else",
        "no one else",  "le seul",      "la seule", "l'unique",   "le premier",
        "la première",  "el único",     "la única", "el primero", "la primera",
        "единственный", "единственная", "первый",   "первая" };
static const char *const position_phrases[]
    = { "as the",      "as a head",   "as head",          "as director",
        "as minister", "as mayor",    "i am the",         "i was the",
        "i'm the",     "my position", "my ministry",      "my office",
        "je suis le",  "je suis la",  "en tant que",      "en qualité de",
        "soy el",      "soy la",      "como director",    "como jefe",
        "como jefa",   "я как",       "как министр",      "как директор",
        "я директор",  "я начальник", "мое министерство", "моё министерство" };

/* The text in lower case, with one space for all that stands between words. */
static char *
fold (const char *text, gsize length_bytes)
{
  g_autofree char *lower = g_utf8_strdown (text, (gssize)length_bytes);
  GString *out = g_string_new (" ");

  for (const char *p = lower; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == 0x2019)
        c = '\'';
      if (g_unichar_isalnum (c) || g_unichar_ismark (c) || c == '\'')
        g_string_append_unichar (out, c);
      else if (out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
    }
  g_string_append_c (out, ' ');
  return g_string_free (out, FALSE);
}

static gboolean
has_phrase (const char *folded, const char *const *phrases, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *padded = g_strdup_printf (" %s ", phrases[i]);

      if (strstr (folded, padded) != NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
ends_sentence (gunichar c)
{
  return c == '.' || c == '!' || c == '?' || c == ':' || c == '\n' || c == 0x2026 || c == 0xbf
         || c == 0xa1;
}

/* A word that is not the first of its sentence and begins with a capital letter and a small one:
 * not "I" and not "NGOs", which stand for many. */
static gboolean
has_name (const char *text, gsize length_bytes)
{
  const char *end = text + length_bytes;
  gboolean is_first = TRUE;

  for (const char *p = text; p < end;)
    {
      gunichar first = g_utf8_get_char (p), second = 0;

      if (!g_unichar_isalpha (first))
        {
          is_first |= ends_sentence (first);
          p = g_utf8_next_char (p);
          continue;
        }
      p = g_utf8_next_char (p);
      if (p < end)
        second = g_utf8_get_char (p);
      if (!is_first && g_unichar_isupper (first) && g_unichar_islower (second))
        return TRUE;
      while (p < end
             && (g_unichar_isalpha (g_utf8_get_char (p)) || g_unichar_ismark (g_utf8_get_char (p))))
        p = g_utf8_next_char (p);
      is_first = FALSE;
    }
  return FALSE;
}

static gboolean
has_number (const char *text, gsize length_bytes)
{
  for (const char *p = text; p < text + length_bytes; p = g_utf8_next_char (p))
    if (g_unichar_isdigit (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

/* "a@b", "www.", "://", or seven digits with what stands in telephone numbers between. */
static gboolean
has_address (const char *text, gsize length_bytes)
{
  guint digits = 0;

  if (g_strstr_len (text, (gssize)length_bytes, "@") != NULL
      || g_strstr_len (text, (gssize)length_bytes, "://") != NULL
      || g_strstr_len (text, (gssize)length_bytes, "www.") != NULL)
    return TRUE;
  for (const char *p = text; p < text + length_bytes; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isdigit (c))
        digits++;
      else if (c != ' ' && c != '-' && c != '/' && c != '(' && c != ')' && c != '.')
        digits = 0;
      if (digits >= 7)
        return TRUE;
    }
  return FALSE;
}

guint
attest_disclosure_find_risks (const char *text, gsize length_bytes, gboolean with_names)
{
  g_autofree char *folded = fold (text, length_bytes);
  const gboolean found[ATTEST_N_RISKS] = {
    [ATTEST_RISK_NAME] = with_names && has_name (text, length_bytes),
    [ATTEST_RISK_NUMBER] = has_number (text, length_bytes),
    [ATTEST_RISK_UNIQUE] = has_phrase (folded, unique_phrases, G_N_ELEMENTS (unique_phrases)),
    [ATTEST_RISK_POSITION] = has_phrase (folded, position_phrases, G_N_ELEMENTS (position_phrases)),
    [ATTEST_RISK_ADDRESS] = has_address (text, length_bytes),
  };
  guint risks = 0;

  for (guint i = 0; i < ATTEST_N_RISKS; i++)
    risks |= found[i] ? 1u << i : 0;
  return risks;
}
