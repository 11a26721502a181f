/* The words of passages, numbered once for all terms. */
#include "engine/attest-terms-private.h"

#include <string.h>

#include "codebook/attest-qualifier-file.h"
#include "engine/attest-stop-words.h"
#include "engine/attest-tokens.h"

/* Passages in one language. */
typedef struct
{
  const char *lang;       /* (nullable) */
  GHashTable *stop_words; /* set */
  const GPtrArray *elisions;
} Language;

static void
free_language (gpointer data)
{
  Language *language = data;

  g_hash_table_unref (language->stop_words);
  g_free (language);
}

static const GPtrArray *
find_elisions (const AttestTermIndex *index, const char *lang)
{
  for (guint i = 0; i < index->files->len; i++)
    {
      const AttestQualifierFile *file = g_ptr_array_index (index->files, i);

      if (g_strcmp0 (file->lang, lang) == 0)
        return file->elisions;
    }
  return NULL;
}

static int
compare_langs (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

static gboolean
collect_languages (AttestTermIndex *index, GError **error)
{
  for (guint i = 0; i < index->passages->len; i++)
    {
      const AttestPassage *passage = g_ptr_array_index (index->passages, i);

      index->n_clusters = MAX (index->n_clusters, passage->cluster + 1);
      if (!g_ptr_array_find (index->langs, passage->lang, NULL))
        g_ptr_array_add (index->langs, (gpointer)passage->lang);
    }
  g_ptr_array_sort (index->langs, compare_langs);
  for (guint i = 0; i < index->langs->len; i++)
    {
      const char *lang = g_ptr_array_index (index->langs, i);
      GHashTable *stop_words = attest_stop_words_load (lang, error);

      if (stop_words == NULL)
        return FALSE;
      Language *language = g_new0 (Language, 1);
      language->lang = lang;
      language->stop_words = stop_words;
      language->elisions = find_elisions (index, lang);
      g_ptr_array_add (index->languages, language);
    }
  return TRUE;
}

/* Numbers and single letters say nothing, either. */
static gboolean
says_nothing (const Language *language, const char *word)
{
  gboolean has_letter = FALSE;

  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    has_letter = has_letter || g_unichar_isalpha (g_utf8_get_char (p));
  return !has_letter || *g_utf8_next_char (word) == '\0'
         || g_hash_table_contains (language->stop_words, word);
}

/* Languages have words of their own. */
static guint32
number_word (AttestTermIndex *index, const Language *language, const char *word)
{
  g_autofree char *key
      = g_strconcat (language->lang != NULL ? language->lang : "", ":", word, NULL);
  guint32 number = GPOINTER_TO_UINT (g_hash_table_lookup (index->numbers, key));

  if (number == 0)
    {
      gboolean is_stop = says_nothing (language, word);

      number = index->is_stop->len;
      g_array_append_val (index->is_stop, is_stop);
      g_hash_table_insert (index->numbers, g_steal_pointer (&key), GUINT_TO_POINTER (number));
    }
  return number;
}

static GArray *
read_places (AttestTermIndex *index, const AttestPassage *passage, AttestTokens *tokens)
{
  GArray *places = g_array_sized_new (FALSE, FALSE, sizeof (AttestTermPlace), 16);
  const Language *language = NULL;

  for (guint i = 0; i < index->langs->len && language == NULL; i++)
    if (g_ptr_array_index (index->langs, i) == (gconstpointer)passage->lang)
      language = g_ptr_array_index (index->languages, i);
  g_assert (language != NULL);
  attest_tokens_read (tokens, passage->text, passage->length_bytes, language->elisions);
  for (guint i = 0; i < tokens->tokens->len; i++)
    {
      const AttestToken *token = attest_tokens_get (tokens, i);
      AttestTermPlace place
          = { ATTEST_TERM_BREAK, (guint32)token->start_byte, (guint32)token->end_byte };

      if (token->is_word)
        {
          g_autofree char *word = g_strndup (tokens->keys->str + token->key_byte, token->key_bytes);

          place.word = number_word (index, language, word);
        }
      g_array_append_val (places, place);
    }
  return places;
}

AttestTermIndex *
attest_term_index_new (const GPtrArray *passages, GError **error)
{
  g_autoptr (AttestTermIndex) index = g_new0 (AttestTermIndex, 1);
  g_autoptr (AttestTokens) tokens = attest_tokens_new ();
  const gboolean break_is_stop = TRUE;

  index->passages = passages;
  index->langs = g_ptr_array_new ();
  index->languages = g_ptr_array_new_with_free_func (free_language);
  index->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  index->is_stop = g_array_new (FALSE, FALSE, sizeof (gboolean));
  g_array_append_val (index->is_stop, break_is_stop);
  index->places = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  index->files = attest_qualifier_files_load (error);
  if (index->files == NULL || !collect_languages (index, error))
    return NULL;
  for (guint i = 0; i < passages->len; i++)
    g_ptr_array_add (index->places, read_places (index, g_ptr_array_index (passages, i), tokens));
  return g_steal_pointer (&index);
}

void
attest_term_index_free (AttestTermIndex *index)
{
  if (index == NULL)
    return;
  g_clear_pointer (&index->files, g_ptr_array_unref);
  g_ptr_array_unref (index->langs);
  g_ptr_array_unref (index->languages);
  g_hash_table_unref (index->numbers);
  g_array_unref (index->is_stop);
  g_ptr_array_unref (index->places);
  g_free (index);
}

const GPtrArray *
attest_term_index_get_langs (const AttestTermIndex *index)
{
  return index->langs;
}
