#include "report/attest-brief-facts.h"

#include <string.h>

#include "store/attest-store-ledger.h"

static void
set (GHashTable *facts, const char *name, gint64 value)
{
  g_hash_table_insert (facts, g_strdup (name), g_memdup2 (&value, sizeof value));
}

static void
add (GHashTable *facts, const char *name, gint64 more)
{
  gint64 value = more;

  attest_brief_find_fact (facts, name, &value);
  if (g_hash_table_contains (facts, name))
    value += more;
  set (facts, name, value);
}

/* The plural of a kind of sources: "focus-groups". */
static void
count_sources (GHashTable *facts, GPtrArray *sources, GHashTable *documents)
{
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
      if (source->kind == ATTEST_SOURCE_DOCUMENT)
        g_hash_table_add (documents, source->label);
    }
}

gboolean
attest_brief_is_heard (const AttestRespondentInfo *respondent)
{
  return respondent->words > 0;
}

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

static void
count_respondents (GHashTable *facts, GPtrArray *respondents, GHashTable *documents)
{
  g_autoptr (GHashTable) groups = g_hash_table_new (g_str_hash, g_str_equal);
  gint64 n = 0;

  for (guint i = 0; i < respondents->len; i++)
    {
      const AttestRespondentInfo *respondent = g_ptr_array_index (respondents, i);
      const char *group = attest_respondent_info_get (respondent, ATTEST_ATTRIBUTE_GROUP);

      if (!attest_brief_is_heard (respondent) || is_author (respondent, documents))
        continue;
      n++;
      if (group != NULL)
        g_hash_table_add (groups, (gpointer)group);
    }
  set (facts, "respondents", n);
  set (facts, "groups", g_hash_table_size (groups));
}

static void
count_ledger (GHashTable *facts, const AttestLedger *ledger)
{
  g_autoptr (GHashTable) quotes = g_hash_table_new (g_str_hash, g_str_equal);
  gint64 n_findings = 0;

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
}

GHashTable *
attest_brief_load_facts (AttestStore *store, GError **error)
{
  g_autoptr (GHashTable) facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) documents = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) sources = attest_store_list_sources (store, error);
  g_autoptr (GPtrArray) respondents
      = sources != NULL ? attest_store_list_respondents (store, error) : NULL;
  g_autoptr (AttestLedger) ledger
      = respondents != NULL ? attest_store_load_ledger (store, error) : NULL;

  if (ledger == NULL)
    return NULL;
  count_sources (facts, sources, documents);
  count_respondents (facts, respondents, documents);
  count_ledger (facts, ledger);
  return g_steal_pointer (&facts);
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
    g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "", (const char *)at->data);
  return g_string_free (out, FALSE);
}
