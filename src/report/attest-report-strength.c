#include "report/attest-report-strength-private.h"

#include <string.h>

#include "util/attest-text.h"

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
  attest_strength_join_respondents (counter);
  return g_steal_pointer (&counter);
}

void
attest_strength_counter_free (AttestStrengthCounter *counter)
{
  if (counter == NULL)
    return;
  g_clear_pointer (&counter->passages_by_id, g_hash_table_unref);
  g_clear_pointer (&counter->respondents_by_label, g_hash_table_unref);
  g_clear_pointer (&counter->same, g_hash_table_unref);
  g_clear_pointer (&counter->passages, g_ptr_array_unref);
  g_clear_pointer (&counter->respondents, g_ptr_array_unref);
  g_free (counter);
}

void
attest_strength_clear (AttestStrength *strength)
{
  g_clear_pointer (&strength->raise, g_ptr_array_unref);
  g_clear_pointer (&strength->concerns, g_ptr_array_unref);
  g_clear_pointer (&strength->cells, g_array_unref);
  g_clear_pointer (&strength->supporters, g_hash_table_unref);
}

GHashTable *
attest_strength_counter_get_passages (const AttestStrengthCounter *counter)
{
  return counter->passages_by_id;
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

/* What is counted as different ones. */
enum
{
  SET_FOR,
  SET_AGAINST,
  SET_GROUPS,
  SET_ORGANISATIONS,
  SET_METHODS,
  SET_INDEPENDENT,
  SET_FOCUS_GROUPS,
  SET_HINDERED,
  SET_QUOTES,   /* ids, for and against apart */
  SET_HEARD,    /* method, group and who, of those who support it */
  SET_EXCLUDED, /* ids */
  N_SETS
};

static const AttestFact set_facts[] = {
  [SET_FOR] = ATTEST_FACT_SUPPORTING,
  [SET_AGAINST] = ATTEST_FACT_CONTRADICTING,
  [SET_GROUPS] = ATTEST_FACT_GROUPS,
  [SET_ORGANISATIONS] = ATTEST_FACT_ORGANISATIONS,
  [SET_METHODS] = ATTEST_FACT_METHODS,
  [SET_INDEPENDENT] = ATTEST_FACT_INDEPENDENT,
  [SET_FOCUS_GROUPS] = ATTEST_FACT_FOCUS_GROUPS,
  [SET_HINDERED] = ATTEST_FACT_HINDERED,
};

/* Of whom quotes are counted, to find who has the most. */
#define N_TOPS (ATTEST_FACT_TOP_ORGANISATION - ATTEST_FACT_TOP_RESPONDENT + 1)

/* Strings are borrowed from passages and respondents, but for the keys of quotes and cells. */
typedef struct
{
  AttestStrengthCounter *counter;
  GHashTable *seen; /* entries */
  GHashTable *sets[N_SETS];
  GHashTable *tops[N_TOPS]; /* name → quotes, as a pointer */
  GArray *cells;            /* of AttestStrengthCell */
  AttestFacts facts;
} Count;

static void
add_known (GHashTable *set, const char *value)
{
  if (value != NULL)
    g_hash_table_add (set, (gpointer)value);
}

/* FALSE: it was there. */
static gboolean
add_key (GHashTable *set, const char *a, const char *b, const char *c)
{
  return g_hash_table_add (set, g_strdup_printf ("%s\n%s\n%s", a, b, c));
}

static void
count_top (Count *count, AttestFact fact, const char *name)
{
  GHashTable *top = count->tops[fact - ATTEST_FACT_TOP_RESPONDENT];
  gint64 n;

  if (name == NULL)
    return;
  n = GPOINTER_TO_SIZE (g_hash_table_lookup (top, name)) + 1;
  g_hash_table_insert (top, (gpointer)name, GSIZE_TO_POINTER ((gsize)n));
  count->facts.counts[fact] = MAX (count->facts.counts[fact], n);
}

static int
compare_cells (gconstpointer a, gconstpointer b)
{
  const AttestStrengthCell *x = a, *y = b;
  int by_method = g_strcmp0 (x->method, y->method);

  return by_method != 0 ? by_method : g_strcmp0 (x->group, y->group);
}

static void
count_cell (Count *count, const char *method, const char *group, const char *who)
{
  AttestStrengthCell new_cell = { method, group, 1 };

  if (!add_key (count->sets[SET_HEARD], method != NULL ? method : "", group != NULL ? group : "",
                who))
    return;
  for (guint i = 0; i < count->cells->len; i++)
    {
      AttestStrengthCell *cell = &g_array_index (count->cells, AttestStrengthCell, i);

      if (compare_cells (cell, &new_cell) == 0)
        {
          cell->respondents++;
          return;
        }
    }
  g_array_append_val (count->cells, new_cell);
}

static void
count_support (Count *count, const AttestQuotePassage *passage, const AttestRespondentInfo *info,
               const char *who, const char *method)
{
  const AttestStrengthRules *rules = count->counter->rules;
  const char *organisation
      = info != NULL ? attest_respondent_info_get (info, ATTRIBUTE_ORGANISATION) : NULL;

  g_hash_table_add (count->sets[SET_FOR], (gpointer)who);
  add_known (count->sets[SET_GROUPS], passage->group);
  add_known (count->sets[SET_METHODS], method);
  add_known (count->sets[SET_ORGANISATIONS], organisation);
  if (!attest_strength_has_any (rules->dependents, info))
    g_hash_table_add (count->sets[SET_INDEPENDENT], (gpointer)who);
  if (attest_strength_is_focus_group (method))
    g_hash_table_add (count->sets[SET_FOCUS_GROUPS], (gpointer)who);
  if (attest_strength_has_any (rules->hindered, info)
      || (passage->role != NULL
          && attest_strength_has_pair (rules->hindered, "role", passage->role)))
    g_hash_table_add (count->sets[SET_HINDERED], (gpointer)who);
  count_cell (count, method, passage->group, who);
  count_top (count, ATTEST_FACT_TOP_RESPONDENT, who);
  count_top (count, ATTEST_FACT_TOP_SOURCE, passage->source);
  count_top (count, ATTEST_FACT_TOP_GROUP, passage->group);
  count_top (count, ATTEST_FACT_TOP_ORGANISATION, organisation);
  count->facts.counts[ATTEST_FACT_QUOTES]++;
  count->facts.counts[ATTEST_FACT_WORDS]
      += (gint64)attest_text_count_words (passage->text, strlen (passage->text));
}

/* A document is a method, and nobody's voice: what it says is heard besides, and stands for no
 * respondent. */
static void
count_document (Count *count, const AttestQuotePassage *passage)
{
  add_known (count->sets[SET_METHODS], passage->kind);
  count->facts.counts[ATTEST_FACT_QUOTES]++;
  count->facts.counts[ATTEST_FACT_WORDS]
      += (gint64)attest_text_count_words (passage->text, strlen (passage->text));
}

static void
count_passage (Count *count, const AttestQuotePassage *passage, gboolean supports)
{
  const AttestStrengthCounter *counter = count->counter;
  const AttestRespondentInfo *info = NULL;
  const char *who, *method;

  if (passage->problem != NULL || (passage->segments > 0 && passage->segments == passage->rejected))
    return;
  if (passage->respondent != NULL)
    info = g_hash_table_lookup (counter->respondents_by_label, passage->respondent);
  if (attest_strength_has_any (counter->rules->excluded, info))
    {
      count->facts.counts[ATTEST_FACT_EXCLUDED]
          += add_key (count->sets[SET_EXCLUDED], passage->id, "", "");
      return;
    }
  if (passage->respondent == NULL
      && g_strcmp0 (passage->kind, attest_source_kind_to_string (ATTEST_SOURCE_DOCUMENT)) == 0)
    {
      if (supports && add_key (count->sets[SET_QUOTES], passage->id, "", ""))
        count_document (count, passage);
      return;
    }
  method = attest_strength_get_method (counter, info, passage->kind);
  who = attest_strength_get_unit (counter, passage->respondent, passage->source,
                                  attest_strength_is_focus_group (method));
  if (!supports)
    g_hash_table_add (count->sets[SET_AGAINST], (gpointer)who);
  else if (add_key (count->sets[SET_QUOTES], passage->id, "", ""))
    count_support (count, passage, info, who, method);
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
          count->facts.counts[ATTEST_FACT_UNANSWERED]
              += link->stance == ATTEST_STANCE_CONTRADICTS && link->note == NULL;
          if (link->entry == NULL)
            {
              count_passage (count, g_hash_table_lookup (count->counter->passages_by_id, link->id),
                             stance);
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
  for (guint i = 0; i < N_SETS; i++)
    count->sets[i]
        = g_hash_table_new_full (g_str_hash, g_str_equal, i >= SET_QUOTES ? g_free : NULL, NULL);
  for (guint i = 0; i < N_TOPS; i++)
    count->tops[i] = g_hash_table_new (g_str_hash, g_str_equal);
  count->cells = g_array_new (FALSE, FALSE, sizeof (AttestStrengthCell));
}

static void
end (Count *count, AttestStrength *out)
{
  for (guint i = 0; i < G_N_ELEMENTS (set_facts); i++)
    count->facts.counts[set_facts[i]] = g_hash_table_size (count->sets[i]);
  count->facts.counts[ATTEST_FACT_CELLS] = count->cells->len;
  out->supporters = g_hash_table_ref (count->sets[SET_FOR]);
  for (guint i = 0; i < N_SETS; i++)
    g_hash_table_unref (count->sets[i]);
  for (guint i = 0; i < N_TOPS; i++)
    g_hash_table_unref (count->tops[i]);
  g_array_sort (count->cells, compare_cells);
  out->cells = count->cells;
  out->findings = g_hash_table_size (count->seen);
  g_hash_table_unref (count->seen);
  out->facts = count->facts;
  attest_strength_judge_all (count->counter->rules, out);
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

void
attest_strength_of_passages (AttestStrengthCounter *counter, GPtrArray *passages,
                             AttestStrength *out_strength)
{
  Count count;

  begin (&count, counter);
  for (guint i = 0; i < passages->len; i++)
    count_passage (&count, g_ptr_array_index (passages, i), TRUE);
  end (&count, out_strength);
}
