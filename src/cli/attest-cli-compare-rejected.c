/* What humans rejected in a project. */
#include "cli/attest-cli-compare-private.h"

#include <string.h>

#include "store/attest-store-decision.h"

static void
clear_rejected (gpointer data)
{
  AttestCompareRejected *rejected = data;

  g_free (rejected->codebook);
  g_free (rejected->code);
}

static void
free_list (gpointer data)
{
  g_array_unref (data);
}

/* Of several decisions about the same, the last counts. */
static gboolean
take_decision (const AttestDecision *decision, gpointer data, GError **error)
{
  GHashTable *lists = data;
  gboolean rejects
      = decision->action == ATTEST_DECISION_REJECT || decision->action == ATTEST_DECISION_RECODE;
  gboolean accepts = decision->action == ATTEST_DECISION_ACCEPT
                     || decision->action == ATTEST_DECISION_MARK
                     || decision->action == ATTEST_DECISION_RECODED;

  if ((!rejects && !accepts) || decision->source == NULL || decision->codebook == NULL
      || decision->code == NULL)
    return TRUE;
  GArray *list = g_hash_table_lookup (lists, decision->source);
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const AttestCompareRejected *old = &g_array_index (list, AttestCompareRejected, i);

      if (old->start == decision->start && old->end == decision->end
          && strcmp (old->codebook, decision->codebook) == 0
          && strcmp (old->code, decision->code) == 0)
        {
          if (accepts)
            g_array_remove_index (list, i);
          return TRUE;
        }
    }
  if (accepts)
    return TRUE;
  AttestCompareRejected rejected = { decision->start, decision->end, g_strdup (decision->codebook),
                                     g_strdup (decision->code) };
  if (list == NULL)
    {
      list = g_array_new (FALSE, FALSE, sizeof (AttestCompareRejected));
      g_array_set_clear_func (list, clear_rejected);
      g_hash_table_insert (lists, g_strdup (decision->source), list);
    }
  g_array_append_val (list, rejected);
  return TRUE;
}

GHashTable *
attest_compare_list_rejected (AttestStore *store, GError **error)
{
  g_autoptr (GHashTable) lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_list);

  if (!attest_store_foreach_decision (store, NULL, take_decision, lists, error))
    return NULL;
  return g_steal_pointer (&lists);
}
