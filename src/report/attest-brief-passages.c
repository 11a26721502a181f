#include "report/attest-brief-passages.h"

#include "util/attest-error.h"

/* Whoever owns the passages, the table does now. */
static void
take (GHashTable *passages, GPtrArray *found)
{
  g_ptr_array_set_free_func (found, NULL);
  for (guint i = 0; i < found->len; i++)
    {
      AttestQuotePassage *passage = g_ptr_array_index (found, i);

      g_hash_table_replace (passages, passage->id, passage);
    }
}

/* An id that does not exist fails the whole query, so each is asked for by itself. */
static gboolean
load_one (AttestStore *store, const char *id, GHashTable *passages, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) inner = NULL;

  g_ptr_array_add (ids, (gpointer)id);
  found = attest_store_load_quotes (store, ids, &inner);
  if (found != NULL)
    take (passages, found);
  else if (!g_error_matches (inner, ATTEST_ERROR, ATTEST_ERROR_USAGE))
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return FALSE;
    }
  return TRUE;
}

GHashTable *
attest_brief_load_passages (AttestStore *store, const AttestLedger *ledger,
                            const AttestBrief *brief, GError **error)
{
  g_autoptr (GHashTable) passages = g_hash_table_new_full (
      g_str_hash, g_str_equal, NULL, (GDestroyNotify)attest_quote_passage_free);
  g_autoptr (GPtrArray) owner = NULL;
  g_autoptr (GHashTable) linked = attest_store_load_linked_quotes (store, ledger, &owner, error);

  if (linked == NULL)
    return NULL;
  take (passages, owner);
  for (guint i = 0; i < brief->marks->len; i++)
    {
      const AttestMark *mark = attest_brief_mark (brief, i);

      if (mark->type == ATTEST_MARK_QUOTE && !g_hash_table_contains (passages, mark->id)
          && !load_one (store, mark->id, passages, error))
        return NULL;
    }
  return g_steal_pointer (&passages);
}
