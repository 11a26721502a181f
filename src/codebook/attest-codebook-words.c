/* attest-codebook-words: a word or a phrase, written down as it is said, into a pattern.
 *
 * Whole words only, by what stands beside them rather than by \b, so that "C++" is a word, too, and
 * a letter with a combining mark is not torn apart. Nothing is inflected unless the author asks for
 * it by a star at the end of a word ("fund*").
 */
#include <string.h>

#include "codebook/attest-codebook-private.h"
#include "codebook/attest-words.h"

#define LETTERS ATTEST_WORD_LETTER
/* Typed and typeset apostrophes and hyphens are the same to a reader. */
#define APOSTROPHES "['\u2018\u2019\u02bc]"
#define HYPHENS "[-\u2010\u2011]"

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2018 || c == 0x2019 || c == 0x2bc;
}

static gboolean
is_hyphen (gunichar c)
{
  return c == '-' || c == 0x2010 || c == 0x2011;
}

/* A star that ends a word, and does not begin one. */
static gboolean
is_ending (const char *word, const char *p)
{
  gunichar next = g_utf8_get_char (p + 1);

  if (*p != '*' || p == word || (next != 0 && !g_unichar_isspace (next)))
    return FALSE;
  gunichar before = g_utf8_get_char (g_utf8_prev_char (p));
  return g_unichar_isalnum (before) || g_unichar_ismark (before);
}

void
attest_word_append_char (GString *out, gunichar c)
{
  if (is_apostrophe (c))
    g_string_append (out, APOSTROPHES);
  else if (is_hyphen (c))
    g_string_append (out, HYPHENS);
  else if (c < 0x80 && !g_ascii_isalnum ((char)c) && c != '_')
    g_string_append_printf (out, "\\%c", (char)c);
  else
    g_string_append_unichar (out, c);
}

char *
attest_codebook_word_to_pattern (const char *word, const char **out_reason)
{
  g_autoptr (GString) out = g_string_new ("(?<!" LETTERS ")");
  g_autofree char *stripped = g_strstrip (g_strdup (word));
  gboolean has_letter = FALSE;

  for (const char *p = stripped; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      has_letter = has_letter || g_unichar_isalnum (c);
      if (is_ending (stripped, p))
        g_string_append (out, LETTERS "*");
      else if (!g_unichar_isspace (c))
        attest_word_append_char (out, c);
      else if (!g_unichar_isspace (g_utf8_get_char (g_utf8_next_char (p))))
        g_string_append (out, ATTEST_WORD_SPACE);
    }
  if (!has_letter)
    {
      *out_reason = "is no word: it has neither letter nor digit";
      return NULL;
    }
  g_string_append (out, "(?!" LETTERS ")");
  return g_string_free (g_steal_pointer (&out), FALSE);
}
