/* The passages of a gold file: as a document of their own, or as places in a project. */
#include "cli/attest-cli-gold.h"

#include <string.h>

#include "cli/attest-cli-coding.h"
#include "util/attest-text.h"

#define DEFAULT_CODEBOOK "oecd-dac"

AttestCodebook *
attest_gold_load_codebook (const AttestGold *gold, AttestInvocation *inv, const char *given,
                           AttestStore **out_store, GError **error)
{
  if (gold != NULL && !gold->in_project)
    return attest_cli_load_codebook (given != NULL ? given : DEFAULT_CODEBOOK, error);

  g_autofree char *project = attest_cli_find_project (inv->project, error);
  if (project == NULL)
    return NULL;
  g_autoptr (AttestStore) store = attest_store_open (project, ATTEST_STORE_READ, error);
  if (store == NULL)
    return NULL;
  g_autoptr (AttestCodebookInfo) info = attest_store_find_codebook (store, given, error);
  AttestCodebook *codebook
      = info != NULL ? attest_cli_load_kept_codebook (store, info, error) : NULL;
  if (codebook != NULL)
    *out_store = g_steal_pointer (&store);
  return codebook;
}

AttestDocument *
attest_gold_make_document (const AttestGold *gold, AttestInvocation *inv, const char *lang)
{
  AttestDocument *doc = attest_document_new (gold->path);
  GString *text = g_string_new (NULL);
  AttestCliGuessers guessers;

  attest_document_speaker (doc, attest_document_intern_speaker (doc, "text"))->role
      = ATTEST_ROLE_RESPONDENT;
  for (guint i = 0; i < gold->items->len; i++)
    {
      const AttestGoldItem *item = &g_array_index (gold->items, AttestGoldItem, i);
      gsize n_bytes = 0;
      g_autofree char *clean = attest_text_to_nfc (item->text, strlen (item->text), &n_bytes);
      AttestTurn turn
          = { .start_byte = text->len, .start_ms = ATTEST_NO_TIME, .end_ms = ATTEST_NO_TIME };

      g_string_append_len (text, clean != NULL ? clean : item->text,
                           (gssize)(clean != NULL ? n_bytes : strlen (item->text)));
      turn.end_byte = text->len;
      g_string_append (text, "\n\n");
      g_array_append_val (doc->turns, turn);
    }
  gsize length_bytes = text->len;
  attest_document_take_text (doc, g_string_free (text, FALSE), length_bytes);
  attest_cli_guessers_init (&guessers, inv, 1);
  attest_languages_assign (doc, guessers.guessers[0], lang);
  attest_cli_guessers_clear (&guessers);
  for (guint i = 0; i < doc->turns->len; i++)
    {
      const AttestGoldItem *item = &g_array_index (gold->items, AttestGoldItem, i);

      if (item->lang != NULL)
        attest_document_turn (doc, i)->lang = item->lang;
    }
  return doc;
}

GHashTable *
attest_gold_by_source (const AttestGold *gold)
{
  GHashTable *by_source
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_array_unref);

  for (guint i = 0; i < gold->items->len; i++)
    {
      char *source = g_array_index (gold->items, AttestGoldItem, i).source;
      GArray *items = g_hash_table_lookup (by_source, source);

      if (items == NULL)
        g_hash_table_insert (by_source, source, items = g_array_new (FALSE, FALSE, sizeof (guint)));
      g_array_append_val (items, i);
    }
  return by_source;
}

/* A passage that is quoted must stand where the file says: the codes were given to these words. */
static gboolean
check_text (const AttestGold *gold, const AttestGoldItem *item, const AttestDocument *doc,
            const AttestCharMap *map, GError **error)
{
  const char *expected = item->text;
  gsize start_byte, end_byte;
  g_autofree char *text = NULL;

  if (item->start < 0)
    return item->turn < (gint64)doc->turns->len
           || attest_throw (error, ATTEST_ERROR_INPUT, "%s:%u: '%s' has only %u turns", gold->path,
                            item->line, item->source, doc->turns->len);
  if (item->end > doc->characters)
    return attest_throw (error, ATTEST_ERROR_INPUT,
                         "%s:%u: '%s' has only %" G_GINT64_FORMAT " characters", gold->path,
                         item->line, item->source, doc->characters);
  start_byte = attest_char_map_to_byte (map, (gsize)item->start);
  end_byte = attest_char_map_to_byte (map, (gsize)item->end);
  text = g_strstrip (g_strndup (doc->text + start_byte, end_byte - start_byte));
  /* A spreadsheet's apostrophe. */
  if (expected[0] == '\'' && text[0] != '\'')
    expected++;
  if (*expected == '\0' || strcmp (expected, text) == 0)
    return TRUE;
  return attest_throw (error, ATTEST_ERROR_INPUT,
                       "%s:%u: '%s' says something else at %" G_GINT64_FORMAT
                       "; was the file made from another project?",
                       gold->path, item->line, item->source, item->start);
}

static gboolean
look_at_source (const AttestGold *gold, AttestStore *store, const char *label, const GArray *items,
                AttestGoldFunc func, gpointer data, GError **error)
{
  g_autoptr (AttestDocument) doc = attest_store_get_document (store, label, error);
  g_autoptr (AttestCharMap) map = NULL;

  if (doc == NULL)
    return FALSE;
  map = attest_char_map_new (doc->text, doc->length_bytes);
  for (guint i = 0; i < items->len; i++)
    {
      guint index = g_array_index (items, guint, i);

      if (!check_text (gold, &g_array_index (gold->items, AttestGoldItem, index), doc, map, error))
        return FALSE;
      if (func != NULL)
        func (index, doc, map, data);
    }
  return TRUE;
}

gboolean
attest_gold_foreach_source (const AttestGold *gold, AttestStore *store, AttestGoldFunc func,
                            gpointer data, GError **error)
{
  g_autoptr (GHashTable) by_source = attest_gold_by_source (gold);

  for (guint i = 0; i < gold->items->len; i++)
    {
      const char *label = g_array_index (gold->items, AttestGoldItem, i).source;
      const GArray *items = g_hash_table_lookup (by_source, label);

      /* Each source at its first passage. */
      if (g_array_index (items, guint, 0) == i
          && !look_at_source (gold, store, label, items, func, data, error))
        return FALSE;
    }
  return TRUE;
}
