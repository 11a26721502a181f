#include "report/attest-report-contrast.h"

#include <string.h>

#include "util/attest-text.h"

/* Columns of what is shown of a sentence. */
#define SNIPPET_COLUMNS 60
/* So many are shown of one text; whoever reads the text finds the rest. */
#define MAX_SNIPPETS 3

static gunichar
fold (gunichar c)
{
  return c == 0x2019 || c == 0x2018 ? '\'' : g_unichar_tolower (c);
}

/* Bytes of @text that @phrase takes; 0: it does not stand there. */
static gsize
match (const char *phrase, const char *text)
{
  const char *p = phrase, *t = text;

  for (; *p != '\0' && *p != '*'; p = g_utf8_next_char (p), t = g_utf8_next_char (t))
    if (*t == '\0' || fold (g_utf8_get_char (t)) != fold (g_utf8_get_char (p)))
      return 0;
  if (*p != '*' && *t != '\0' && g_unichar_isalnum (g_utf8_get_char (t)))
    return 0;
  return (gsize)(t - text);
}

/* The longest of the phrases at @text. */
static gsize
match_any (GHashTable *phrases, const char *text)
{
  GHashTableIter iter;
  gpointer phrase;
  gsize longest = 0;

  g_hash_table_iter_init (&iter, phrases);
  while (g_hash_table_iter_next (&iter, &phrase, NULL))
    longest = MAX (longest, match (phrase, text));
  return longest;
}

static const char *
find_sentence_end (const char *text)
{
  while (*text != '\0' && strchr (".!?;\n", *text) == NULL)
    text = g_utf8_next_char (text);
  return text;
}

char *
attest_contrast_dup_found (GHashTable *phrases, const char *text)
{
  g_autoptr (GString) found = g_string_new (NULL);
  gsize nfc_bytes;
  g_autofree char *nfc = attest_text_to_nfc (text, strlen (text), &nfc_bytes);
  gboolean is_start = TRUE;
  guint n = 0;

  for (const char *at = nfc != NULL ? nfc : text; *at != '\0' && n < MAX_SNIPPETS;)
    {
      gsize length_bytes = is_start ? match_any (phrases, at) : 0;

      if (length_bytes > 0)
        {
          const char *end = find_sentence_end (at + length_bytes);
          g_autofree char *snippet = attest_text_printable (at, (gsize)(end - at), SNIPPET_COLUMNS);

          g_string_append_printf (found, "%s“%s”", n > 0 ? ", " : "", snippet);
          n++;
          at = end;
          is_start = TRUE;
          continue;
        }
      is_start = !g_unichar_isalnum (g_utf8_get_char (at));
      at = g_utf8_next_char (at);
    }
  return n > 0 ? g_string_free (g_steal_pointer (&found), FALSE) : NULL;
}
