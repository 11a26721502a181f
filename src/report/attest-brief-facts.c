#include "report/attest-brief-facts.h"

#include <string.h>

#include "store/attest-store-ledger.h"
#include "util/attest-error.h"

static void
set (GHashTable *facts, const char *name, gint64 value)
{
  g_hash_table_insert (facts, g_strdup (name), g_memdup2 (&value, sizeof value));
}

static void
add (GHashTable *facts, const char *name, gint64 more)
{
  gint64 value = 0;

  attest_brief_find_fact (facts, name, &value);
  set (facts, name, value + more);
}

static void
set_of (GHashTable *facts, const char *name, const char *code, gint64 value)
{
  g_autofree char *full = g_strconcat (name, ":", code, NULL);

  set (facts, full, value);
}

static gboolean
count_sources (GHashTable *facts, AttestStore *store, GError **error)
{
  g_autoptr (GPtrArray) sources = attest_store_list_sources (store, error);

  if (sources == NULL)
    return FALSE;
  for (guint i = 0; i < ATTEST_N_SOURCE_KINDS; i++)
    {
      g_autofree char *name
          = g_strconcat (attest_source_kind_to_string ((AttestSourceKind)i), "s", NULL);

      set (facts, name, 0);
    }
  set (facts, "sources", sources->len);
  set (facts, "words", 0);
  for (guint i = 0; i < sources->len; i++)
    {
      const AttestSourceInfo *source = g_ptr_array_index (sources, i);
      g_autofree char *name = g_strconcat (attest_source_kind_to_string (source->kind), "s", NULL);

      add (facts, name, 1);
      add (facts, "words", source->words);
    }
  return TRUE;
}

/* ---- people ---- */

/* Whoever speaks in a document only is its author, and nobody who was heard. */
static gboolean
is_author (const AttestRespondentInfo *respondent, GHashTable *documents)
{
  for (guint i = 0; i < respondent->speakers->len; i++)
    if (!g_hash_table_contains (
            documents, g_array_index (respondent->speakers, AttestRespondentSpeaker, i).source))
      return FALSE;
  return respondent->speakers->len > 0;
}

GPtrArray *
attest_brief_list_heard (AttestStore *store, GError **error)
{
  g_autoptr (GPtrArray) sources = attest_store_list_sources (store, error);
  g_autoptr (GPtrArray) respondents
      = sources != NULL ? attest_store_list_respondents (store, error) : NULL;
  g_autoptr (GHashTable) documents = g_hash_table_new (g_str_hash, g_str_equal);

  if (respondents == NULL)
    return NULL;
  for (guint i = 0; i < sources->len; i++)
    {
      const AttestSourceInfo *source = g_ptr_array_index (sources, i);

      if (source->kind == ATTEST_SOURCE_DOCUMENT)
        g_hash_table_add (documents, source->label);
    }
  for (guint i = respondents->len; i-- > 0;)
    {
      const AttestRespondentInfo *respondent = g_ptr_array_index (respondents, i);

      if (respondent->words == 0 || is_author (respondent, documents))
        g_ptr_array_remove_index (respondents, i);
    }
  return g_steal_pointer (&respondents);
}

static gboolean
count_respondents (GHashTable *facts, AttestStore *store, GError **error)
{
  g_autoptr (GPtrArray) heard = attest_brief_list_heard (store, error);
  g_autoptr (GHashTable) groups = g_hash_table_new (g_str_hash, g_str_equal);

  if (heard == NULL)
    return FALSE;
  for (guint i = 0; i < heard->len; i++)
    {
      const char *group
          = attest_respondent_info_get (g_ptr_array_index (heard, i), ATTEST_ATTRIBUTE_GROUP);

      if (group != NULL)
        g_hash_table_add (groups, (gpointer)group);
    }
  set (facts, "respondents", heard->len);
  set (facts, "groups", g_hash_table_size (groups));
  return TRUE;
}

/* ---- codes ---- */

GPtrArray *
attest_brief_load_codes (AttestStore *store, GError **error)
{
  AttestReportFilter filter = { NULL };
  g_autoptr (GError) inner = NULL;
  GPtrArray *codes = attest_store_report_evidence (store, &filter, NULL, &inner);

  if (codes != NULL)
    return codes;
  if (g_error_matches (inner, ATTEST_ERROR, ATTEST_ERROR_USAGE)) /* no codebook */
    return g_ptr_array_new ();
  g_propagate_error (error, g_steal_pointer (&inner));
  return NULL;
}

gboolean
attest_brief_is_silent (const AttestEvidenceGroup *group)
{
  return group->group != NULL && group->present > 0 && group->spoke == 0;
}

static gboolean
count_codes (GHashTable *facts, AttestStore *store, GError **error)
{
  g_autoptr (GPtrArray) codes = attest_brief_load_codes (store, error);

  if (codes == NULL)
    return FALSE;
  for (guint i = 0; i < codes->len; i++)
    {
      const AttestEvidence *code = g_ptr_array_index (codes, i);
      gint64 silent = 0;

      for (guint k = 0; k < code->groups->len; k++)
        silent += attest_brief_is_silent (&g_array_index (code->groups, AttestEvidenceGroup, k));
      set_of (facts, "respondents", code->code, code->spoke);
      set_of (facts, "groups", code->code, code->n_groups);
      set_of (facts, "silent-groups", code->code, silent);
    }
  return TRUE;
}

/* ---- the ledger ---- */

static gboolean
count_ledger (GHashTable *facts, AttestStore *store, GError **error)
{
  g_autoptr (AttestLedger) ledger = attest_store_load_ledger (store, error);
  g_autoptr (GHashTable) quotes = g_hash_table_new (g_str_hash, g_str_equal);
  gint64 n_findings = 0;

  if (ledger == NULL)
    return FALSE;
  for (guint i = 0; i < ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (ledger->entries, i);

      if (attest_ledger_entry_is_withdrawn (entry))
        continue;
      n_findings += entry->kind == ATTEST_ENTRY_FINDING;
      for (guint k = 0; k < entry->links->len; k++)
        {
          const AttestLedgerLink *link = &g_array_index (entry->links, AttestLedgerLink, k);

          if (link->entry == NULL)
            g_hash_table_add (quotes, link->id);
        }
    }
  set (facts, "findings", n_findings);
  set (facts, "quotes", g_hash_table_size (quotes));
  return TRUE;
}

GHashTable *
attest_brief_load_facts (AttestStore *store, GError **error)
{
  g_autoptr (GHashTable) facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return count_sources (facts, store, error) && count_respondents (facts, store, error)
                 && count_codes (facts, store, error) && count_ledger (facts, store, error)
             ? g_steal_pointer (&facts)
             : NULL;
}

gboolean
attest_brief_find_fact (GHashTable *facts, const char *name, gint64 *out_value)
{
  const gint64 *value = g_hash_table_lookup (facts, name);

  if (value == NULL)
    return FALSE;
  *out_value = *value;
  return TRUE;
}

char *
attest_brief_list_facts (GHashTable *facts)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (facts), (GCompareFunc)strcmp);
  GString *out = g_string_new (NULL);

  for (GList *at = names; at != NULL; at = at->next)
    if (strchr (at->data, ':') == NULL)
      g_string_append_printf (out, "%s, ", (const char *)at->data);
  g_string_append (out, "and of a code respondents:CODE, groups:CODE, silent-groups:CODE");
  return g_string_free (out, FALSE);
}
