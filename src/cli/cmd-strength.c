/* strength: how well evidence supports findings and criteria. */
#include "cli/attest-cli-commands.h"
#include "codebook/attest-strength-file.h"
#include "report/attest-report-counter.h"
#include "report/attest-report-strength-detail.h"

#include <math.h>
#include <string.h>

typedef struct
{
  char *rules;
  char *format;
} Options;

static const AttestOption options[]
    = { { "rules", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, rules), "FILE",
          "Rules by which strength is told", "Without it, the shipped ones.", NULL },
        { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
          "How to print it", "table for people, csv and json for programs.", attest_list_formats },
        { NULL } };

/* Of the first facts, in 80 columns; the others are for programs. */
static const char *const headings[]
    = { "for", "against", "groups", "orgs", "methods", "independent", "unanswered" };

/* What one command needs. */
typedef struct
{
  AttestStrengthCounter *counter;
  const AttestLedger *ledger;
  AttestReach *reach;
  AttestCriterionSaturations *saturations; /* (nullable) not asked for */
  GHashTable *opposite;                    /* id of a finding → passages that say the opposite */
  AttestTable *table;
  GString *notes; /* what would raise it, for people */
  GString *details;
} Strengths;

static AttestTable *
make_table (void)
{
  static const char *const reach[] = { "asked", "spoke", "eligible" };
  static const char *const share[] = { "share", "share_low", "share_high" };
  AttestTable *table
      = attest_table_new (NULL, "Unit: respondent. The first level of the rules whose "
                                "conditions hold is the verdict.");

  attest_table_add_column (table, "id", "of", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "level", "strength", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  for (guint i = 0; i < ATTEST_N_FACTS; i++)
    {
      g_autofree char *key = attest_strength_dup_key ((AttestFact)i);

      attest_table_add_column (table, key, i < G_N_ELEMENTS (headings) ? headings[i] : key,
                               i < ATTEST_N_COUNTS ? ATTEST_COLUMN_INT : ATTEST_COLUMN_DOUBLE,
                               i < G_N_ELEMENTS (headings) ? ATTEST_COLUMN_PLAIN
                                                           : ATTEST_COLUMN_MACHINE);
    }
  for (guint i = 0; i < G_N_ELEMENTS (reach); i++)
    attest_table_add_column (table, reach[i], reach[i], ATTEST_COLUMN_INT, ATTEST_COLUMN_MACHINE);
  for (guint i = 0; i < G_N_ELEMENTS (share); i++)
    attest_table_add_column (table, share[i], share[i], ATTEST_COLUMN_DOUBLE,
                             ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "opposite", "opposite", ATTEST_COLUMN_INT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "before", "before concerns", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "concerns", "concerns", ATTEST_COLUMN_LIST,
                           ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "triangulation", "heard", ATTEST_COLUMN_LIST,
                           ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "raise", "to raise it", ATTEST_COLUMN_LIST,
                           ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "sources", "sources", ATTEST_COLUMN_INT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "saturation", "saturation", ATTEST_COLUMN_INT,
                           ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "saturation_last", "new at the end", ATTEST_COLUMN_DOUBLE,
                           ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "saturation_orders", "orders that reach it", ATTEST_COLUMN_INT,
                           ATTEST_COLUMN_MACHINE);
  return table;
}

static void
add_list (AttestTable *table, GPtrArray *items)
{
  g_ptr_array_add (items, NULL);
  attest_table_add_list (table, (const char *const *)items->pdata);
  g_ptr_array_set_size (items, (int)items->len - 1);
}

static void
add_fact (AttestTable *table, const AttestStrength *strength, AttestFact fact)
{
  gint64 numerator, denominator;

  attest_facts_get (&strength->facts, fact, &numerator, &denominator);
  if (denominator == 0)
    attest_table_add_null (table);
  else if (fact < ATTEST_N_COUNTS)
    attest_table_add_int (table, numerator);
  else
    attest_table_add_double (table, (double)numerator / (double)denominator);
}

/* @reach: (nullable) not known. */
static void
add_reach (AttestTable *table, const AttestStrengthReach *reach)
{
  if (reach == NULL)
    {
      for (guint i = 0; i < 6; i++)
        attest_table_add_null (table);
      return;
    }
  attest_table_add_int (table, reach->asked);
  attest_table_add_int (table, reach->spoke);
  attest_table_add_int (table, reach->eligible);
  for (guint i = 0; i < 3; i++)
    if (reach->eligible == 0)
      attest_table_add_null (table);
    else
      attest_table_add_double (table, i == 0   ? reach->share.value
                                      : i == 1 ? reach->share.low
                                               : reach->share.high);
}

static GPtrArray *
list_concerns (const AttestStrength *strength)
{
  GPtrArray *concerns = g_ptr_array_new ();

  for (guint i = 0; i < strength->concerns->len; i++)
    g_ptr_array_add (concerns,
                     ((AttestStrengthConcern *)g_ptr_array_index (strength->concerns, i))->concern);
  return concerns;
}

/* How many passages say the opposite of findings on @criterion, or of the one with @id. */
static gint64
count_opposite (const Strengths *strengths, const char *id)
{
  gint64 n = 0;

  for (guint i = 0; i < strengths->ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (strengths->ledger->entries, i);

      if (strcmp (entry->id, id) == 0 || attest_ledger_entry_bears (entry, id))
        n += (gint64)GPOINTER_TO_SIZE (g_hash_table_lookup (strengths->opposite, entry->id));
    }
  return n;
}

/* @report: (nullable) not known. */
static void
add_saturation (AttestTable *table, const AttestSaturationReport *report)
{
  double last = report != NULL ? attest_saturation_report_get_last_share (report) : (double)NAN;

  attest_table_add_int_if (table, report != NULL, report != NULL ? report->sources->len : 0);
  attest_table_add_int_if (table, !isnan (last) && report->saturation->reached >= 0,
                           !isnan (last) ? report->saturation->reached : 0);
  attest_table_add_double (table, last);
  attest_table_add_int_if (table, !isnan (last),
                           !isnan (last) ? report->saturation->orders_reached : 0);
}

static void
add_row (Strengths *strengths, const char *id, const char *criterion,
         const AttestStrength *strength)
{
  AttestTable *table = strengths->table;
  g_autoptr (GPtrArray) cells = attest_strength_list_cells (strength);
  g_autoptr (GPtrArray) concerns = list_concerns (strength);
  AttestStrengthReach reach;
  gboolean is_known = attest_reach_get (strengths->reach, criterion, strength, &reach);
  AttestStrengthDetail detail
      = { .id = id,
          .criterion = criterion,
          .strength = strength,
          .reach = is_known ? &reach : NULL,
          .saturation = attest_criterion_saturations_get (strengths->saturations, criterion),
          .opposite = count_opposite (strengths, id) };

  attest_strength_append_raise (strength, id, strengths->notes);
  attest_strength_append_detail (&detail, strengths->details);
  attest_table_add_text (table, id);
  attest_table_add_text (table, strength->level->level);
  for (guint i = 0; i < ATTEST_N_FACTS; i++)
    add_fact (table, strength, (AttestFact)i);
  add_reach (table, is_known ? &reach : NULL);
  attest_table_add_int (table, detail.opposite);
  attest_table_add_text (table, strength->before->level);
  add_list (table, concerns);
  add_list (table, cells);
  add_list (table, strength->raise);
  add_saturation (table, detail.saturation);
}

static gboolean
is_meant (const AttestInvocation *inv, const char *id)
{
  for (guint i = 0; i < inv->n_args; i++)
    if (g_ascii_strcasecmp (inv->args[i], id) == 0)
      return TRUE;
  return inv->n_args == 0;
}

static void
add_criterion (AttestInvocation *inv, Strengths *strengths, GHashTable *seen, char *criterion)
{
  g_auto (AttestStrength) strength = { 0 };

  if (!is_meant (inv, criterion) || !g_hash_table_add (seen, criterion))
    return;
  attest_strength_of_criterion (strengths->counter, criterion, &strength);
  add_row (strengths, criterion, criterion, &strength);
}

/* Every criterion of findings and ratings, once, in the order of the findings. */
static void
add_criteria (AttestInvocation *inv, Strengths *strengths)
{
  const AttestLedger *ledger = strengths->ledger;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (ledger->entries, i);
      char *criterion = entry->fields[ATTEST_FIELD_CRITERION];

      if (criterion != NULL && attest_ledger_entry_bears (entry, criterion))
        add_criterion (inv, strengths, seen, criterion);
    }
  for (guint i = 0; i < ledger->ratings->len; i++)
    {
      AttestRating *rating = g_ptr_array_index (ledger->ratings, i);

      if (rating->position >= 0)
        add_criterion (inv, strengths, seen, rating->criterion);
    }
}

static void
add_findings (AttestInvocation *inv, Strengths *strengths)
{
  for (guint i = 0; i < strengths->ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (strengths->ledger->entries, i);
      g_auto (AttestStrength) strength = { 0 };

      if (entry->kind != ATTEST_ENTRY_FINDING || attest_ledger_entry_is_withdrawn (entry)
          || !is_meant (inv, entry->id))
        continue;
      attest_strength_of_finding (strengths->counter, entry, &strength);
      add_row (strengths, entry->id, entry->fields[ATTEST_FIELD_CRITERION], &strength);
    }
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  g_autoptr (GArray) problems = attest_problems_new ();
  g_autoptr (AttestStrengthRules) rules = attest_strength_rules_load (
      opts->rules != NULL ? opts->rules : "strength", problems, error);
  g_autoptr (AttestLedger) ledger
      = rules != NULL ? attest_store_load_ledger (inv->store, error) : NULL;
  g_autoptr (AttestStrengthCounter) counter
      = ledger != NULL ? attest_strength_counter_new (inv->store, rules, ledger, error) : NULL;
  g_autoptr (AttestReach) reach
      = counter != NULL ? attest_reach_new (inv->store, counter, error) : NULL;
  g_autoptr (GHashTable) opposite
      = reach != NULL ? attest_report_count_counter (inv->store, error) : NULL;
  g_autoptr (AttestTable) table = make_table ();
  g_autoptr (GString) notes = g_string_new (NULL);
  g_autoptr (GString) details = g_string_new (NULL);
  g_autoptr (AttestCriterionSaturations) saturations = NULL;
  gboolean is_for_programs = opts->format != NULL && strcmp (opts->format, "table") != 0;
  Strengths strengths = { counter, ledger, reach, NULL, opposite, table, notes, details };

  if (opposite == NULL)
    return FALSE;
  if (is_for_programs || inv->n_args > 0)
    {
      strengths.saturations = saturations = attest_criterion_saturations_new (inv->store, error);
      if (saturations == NULL)
        return FALSE;
    }
  add_criteria (inv, &strengths);
  add_findings (inv, &strengths);
  if (attest_table_n_rows (table) == 0 && inv->n_args > 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "'%s' is neither a finding nor a criterion with findings or a rating",
                         inv->args[0]);
  attest_cli_write_table (inv, table, opts->format);
  if (is_for_programs)
    return TRUE;
  if (inv->n_args > 0)
    fputs (details->str, inv->out);
  if (notes->len > 0)
    fprintf (inv->out, "\n%s", notes->str);
  return TRUE;
}

static const AttestExampleLine examples[]
    = { { "strength", "every criterion and finding" },
        { "strength impact", "all findings on it together, with every number" },
        { "strength F1", NULL },
        { NULL } };

const AttestCommand attest_cmd_strength = {
  .name = "strength",
  .group = "judge",
  .synopsis = "[ID…]",
  .summary = "Tell how well the evidence supports findings",
  .doc = "For each finding, and for all findings on a criterion together: how many respondents "
         "support and contradict it, from how many groups and organisations, by how many methods, "
         "how many of them are independent of the implementer, and which level of the rules that "
         "makes; and what the next level would ask for. Without ID, all of them; with it, also "
         "every other number that the verdict rests on: how much one respondent, group, source or "
         "organisation weighs, who was heard by which method, how many of those who were asked "
         "support it, whether the last interviews still brought anything new, what says the "
         "opposite, and concerns, which may lower the level. A quote "
         "that no longer stands, was rejected in review, or whose respondent does not want to be "
         "used does not count. doc/ledger.md says how the rules are written.",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .max_args = G_MAXUINT,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
