#include "engine/attest-stop-words.h"

#include <string.h>

#include "engine/attest-tokens.h"
#include "util/attest-error.h"
#include "util/attest-path.h"

/* As written, and as words of a text are compared: "ещё" is "еще". */
static void
add_word (GHashTable *words, const char *word, AttestTokens *tokens)
{
  attest_tokens_read (tokens, word, strlen (word), NULL);
  if (tokens->tokens->len == 1)
    {
      const AttestToken *token = attest_tokens_get (tokens, 0);

      g_hash_table_add (words, g_strndup (tokens->keys->str + token->key_byte, token->key_bytes));
    }
  g_hash_table_add (words, g_strdup (word));
}

GHashTable *
attest_stop_words_load (const char *lang, GError **error)
{
  g_autoptr (GHashTable) words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *name = lang != NULL ? g_strconcat (lang, ".txt", NULL) : NULL;
  g_autofree char *path = name != NULL ? attest_path_find_data ("data/stopwords", name) : NULL;
  g_autofree char *text = NULL;
  g_autoptr (AttestTokens) tokens = attest_tokens_new ();

  if (path == NULL)
    return g_steal_pointer (&words);
  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  if (!g_utf8_validate (text, -1, NULL))
    return attest_throw_null (error, ATTEST_ERROR_INPUT, "%s: it is not UTF-8", path);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      g_auto (GStrv) items = g_strsplit_set (**line == '#' ? "" : *line, " \t\r", -1);

      for (char **item = items; *item != NULL; item++)
        if (**item != '\0')
          add_word (words, *item, tokens);
    }
  return g_steal_pointer (&words);
}
