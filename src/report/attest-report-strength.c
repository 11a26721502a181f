#include "report/attest-report-strength.h"

#include <string.h>

#define ATTRIBUTE_ORGANISATION "organisation"
#define ATTRIBUTE_METHOD "method"

struct _AttestStrengthCounter
{
  const AttestStrengthRules *rules;
  const AttestLedger *ledger;
  GPtrArray *passages, *respondents; /* own what stands in the tables */
  GHashTable *passages_by_id, *respondents_by_label;
};

AttestStrengthCounter *
attest_strength_counter_new (AttestStore *store, const AttestStrengthRules *rules,
                             const AttestLedger *ledger, GError **error)
{
  g_autoptr (AttestStrengthCounter) counter = g_new0 (AttestStrengthCounter, 1);

  counter->rules = rules;
  counter->ledger = ledger;
  counter->passages_by_id
      = attest_store_load_linked_quotes (store, ledger, &counter->passages, error);
  if (counter->passages_by_id == NULL)
    return NULL;
  counter->respondents = attest_store_list_respondents (store, error);
  if (counter->respondents == NULL)
    return NULL;
  counter->respondents_by_label = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < counter->respondents->len; i++)
    {
      AttestRespondentInfo *info = g_ptr_array_index (counter->respondents, i);

      g_hash_table_insert (counter->respondents_by_label, info->label, info);
    }
  return g_steal_pointer (&counter);
}

void
attest_strength_counter_free (AttestStrengthCounter *counter)
{
  if (counter == NULL)
    return;
  g_clear_pointer (&counter->passages_by_id, g_hash_table_unref);
  g_clear_pointer (&counter->respondents_by_label, g_hash_table_unref);
  g_clear_pointer (&counter->passages, g_ptr_array_unref);
  g_clear_pointer (&counter->respondents, g_ptr_array_unref);
  g_free (counter);
}

void
attest_strength_clear (AttestStrength *strength)
{
  g_clear_pointer (&strength->raise, g_ptr_array_unref);
}

const char *
attest_strength_counter_get_attribute (const AttestStrengthCounter *counter, const char *respondent,
                                       const char *name)
{
  const AttestRespondentInfo *info
      = respondent != NULL ? g_hash_table_lookup (counter->respondents_by_label, respondent) : NULL;

  return info != NULL ? attest_respondent_info_get (info, name) : NULL;
}

/* ---- counting ---- */

/* Sets of what was met so far; strings are borrowed from passages and respondents. */
typedef struct
{
  AttestStrengthCounter *counter;
  GHashTable *seen; /* entries */
  GHashTable *sets[ATTEST_N_FACTS];
  gint64 unanswered;
} Count;

static gboolean
is_independent (const AttestStrengthCounter *counter, const AttestRespondentInfo *info)
{
  for (guint i = 0; info != NULL && i < info->attributes->len; i++)
    {
      const AttestAttribute *attribute = &g_array_index (info->attributes, AttestAttribute, i);
      g_autofree char *pair = g_strdup_printf ("%s=%s", attribute->name, attribute->value);
      g_autofree char *lower = g_utf8_strdown (pair, -1);

      if (g_hash_table_contains (counter->rules->dependents, lower))
        return FALSE;
    }
  return TRUE;
}

static void
add_known (GHashTable *set, const char *value)
{
  if (value != NULL)
    g_hash_table_add (set, (gpointer)value);
}

static void
count_quote (Count *count, const char *id, gboolean supports)
{
  const AttestQuotePassage *passage = g_hash_table_lookup (count->counter->passages_by_id, id);
  const AttestRespondentInfo *info = NULL;
  const char *who, *method;

  if (passage->problem != NULL || (passage->segments > 0 && passage->segments == passage->rejected))
    return;
  who = passage->respondent != NULL ? passage->respondent : passage->source;
  if (passage->respondent != NULL)
    info = g_hash_table_lookup (count->counter->respondents_by_label, who);
  if (!supports)
    {
      g_hash_table_add (count->sets[ATTEST_FACT_CONTRADICTING], (gpointer)who);
      return;
    }
  g_hash_table_add (count->sets[ATTEST_FACT_SUPPORTING], (gpointer)who);
  add_known (count->sets[ATTEST_FACT_GROUPS], passage->group);
  method = info != NULL ? attest_respondent_info_get (info, ATTRIBUTE_METHOD) : NULL;
  add_known (count->sets[ATTEST_FACT_METHODS], method != NULL ? method : passage->kind);
  if (info != NULL)
    add_known (count->sets[ATTEST_FACT_ORGANISATIONS],
               attest_respondent_info_get (info, ATTRIBUTE_ORGANISATION));
  if (is_independent (count->counter, info))
    g_hash_table_add (count->sets[ATTEST_FACT_INDEPENDENT], (gpointer)who);
}

/* What supports that which contradicts, contradicts. The chain is not deep: kinds of entries and
 * the ban on circles bound it, and nothing is counted twice. */
static void
count_entry (Count *count, const AttestLedgerEntry *entry, gboolean supports)
{
  g_autoptr (GPtrArray) queue = g_ptr_array_new ();
  g_autoptr (GArray) stances = g_array_new (FALSE, FALSE, sizeof (gboolean));

  g_ptr_array_add (queue, (gpointer)entry);
  g_array_append_val (stances, supports);
  for (guint at = 0; at < queue->len; at++)
    {
      const AttestLedgerEntry *now = g_ptr_array_index (queue, at);
      gboolean is_for = g_array_index (stances, gboolean, at);

      if (!g_hash_table_add (count->seen, (gpointer)now) || attest_ledger_entry_is_withdrawn (now))
        continue;
      for (guint i = 0; i < now->links->len; i++)
        {
          const AttestLedgerLink *link = &g_array_index (now->links, AttestLedgerLink, i);
          gboolean stance = (link->stance == ATTEST_STANCE_SUPPORTS) == is_for;

          if (link->stance == ATTEST_STANCE_CONTEXT)
            continue;
          count->unanswered += link->stance == ATTEST_STANCE_CONTRADICTS && link->note == NULL;
          if (link->entry == NULL)
            {
              count_quote (count, link->id, stance);
              continue;
            }
          g_ptr_array_add (queue, link->entry);
          g_array_append_val (stances, stance);
        }
    }
}

static void
begin (Count *count, AttestStrengthCounter *counter)
{
  *count = (Count){ .counter = counter, .seen = g_hash_table_new (NULL, NULL) };
  for (guint i = 0; i < ATTEST_N_FACTS; i++)
    count->sets[i] = g_hash_table_new (g_str_hash, g_str_equal);
}

static void
end (Count *count, AttestStrength *out)
{
  const AttestStrengthRules *rules = count->counter->rules;

  for (guint i = 0; i < ATTEST_N_FACTS; i++)
    {
      out->facts.counts[i] = g_hash_table_size (count->sets[i]);
      g_hash_table_unref (count->sets[i]);
    }
  out->findings = g_hash_table_size (count->seen);
  g_hash_table_unref (count->seen);
  out->facts.counts[ATTEST_FACT_UNANSWERED] = count->unanswered;
  out->level = attest_strength_judge (rules, &out->facts);
  out->raise = out->level->next == NULL
                   ? g_ptr_array_new ()
                   : attest_strength_list_unmet (
                       attest_strength_rules_find (rules, out->level->next), &out->facts);
}

void
attest_strength_of_finding (AttestStrengthCounter *counter, const AttestLedgerEntry *finding,
                            AttestStrength *out_strength)
{
  Count count;

  begin (&count, counter);
  count_entry (&count, finding, TRUE);
  end (&count, out_strength);
}

void
attest_strength_of_criterion (AttestStrengthCounter *counter, const char *criterion,
                              AttestStrength *out_strength)
{
  Count count;

  begin (&count, counter);
  for (guint i = 0; i < counter->ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (counter->ledger->entries, i);

      if (attest_ledger_entry_bears (entry, criterion))
        count_entry (&count, entry, TRUE);
    }
  end (&count, out_strength);
}

/* ---- in words ---- */

char *
attest_strength_dup_sentence (const AttestStrength *strength)
{
  const gint64 *n = strength->facts.counts;

  return g_strdup_printf (
      "%s: respondents who support it %" G_GINT64_FORMAT ", who contradict it %" G_GINT64_FORMAT
      "; groups %" G_GINT64_FORMAT ", organisations %" G_GINT64_FORMAT ", methods %" G_GINT64_FORMAT
      ", independent %" G_GINT64_FORMAT,
      strength->level->level, n[ATTEST_FACT_SUPPORTING], n[ATTEST_FACT_CONTRADICTING],
      n[ATTEST_FACT_GROUPS], n[ATTEST_FACT_ORGANISATIONS], n[ATTEST_FACT_METHODS],
      n[ATTEST_FACT_INDEPENDENT]);
}

void
attest_strength_write_json (const AttestStrength *strength, AttestJson *json)
{
  attest_json_begin_object (json);
  attest_json_member_string (json, "level", strength->level->level);
  attest_json_key (json, "because");
  attest_json_begin_array (json);
  for (guint i = 0; i < ATTEST_FACT_SHARE; i++)
    {
      g_autofree char *fact
          = g_strdup_printf ("%s = %" G_GINT64_FORMAT, attest_fact_to_string ((AttestFact)i),
                             strength->facts.counts[i]);

      attest_json_string (json, fact);
    }
  attest_json_end_array (json);
  attest_json_key (json, "raise");
  attest_json_begin_array (json);
  for (guint i = 0; i < strength->raise->len; i++)
    attest_json_string (json, g_ptr_array_index (strength->raise, i));
  attest_json_end_array (json);
  attest_json_end_object (json);
}
