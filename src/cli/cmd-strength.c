/* strength: how well evidence supports findings and criteria. */
#include "cli/attest-cli-commands.h"
#include "codebook/attest-strength-file.h"
#include "report/attest-report-strength.h"

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

/* Of facts, in 80 columns. */
static const char *const headings[ATTEST_FACT_SHARE]
    = { "for", "against", "groups", "orgs", "methods", "independent", "unanswered" };

static AttestTable *
make_table (void)
{
  AttestTable *table
      = attest_table_new (NULL, "Unit: respondent. The first level of the rules whose "
                                "conditions hold is the verdict.");

  attest_table_add_column (table, "id", "of", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "level", "strength", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  for (guint i = 0; i < ATTEST_FACT_SHARE; i++)
    attest_table_add_column (table, attest_fact_to_string ((AttestFact)i), headings[i],
                             ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "raise", "to raise it", ATTEST_COLUMN_LIST,
                           ATTEST_COLUMN_MACHINE);
  return table;
}

/* "impact, to be moderate: supporting >= 3, groups >= 2" */
static void
append_raise (GString *notes, const char *id, const AttestStrength *strength)
{
  g_autofree char *raise = NULL;

  if (strength->raise->len == 0)
    return;
  g_ptr_array_add (strength->raise, NULL);
  raise = g_strjoinv (", ", (char **)strength->raise->pdata);
  g_ptr_array_set_size (strength->raise, (int)strength->raise->len - 1);
  g_string_append_printf (notes, "%s, to be %s: %s\n", id, strength->level->next, raise);
}

static void
add_row (AttestTable *table, GString *notes, const char *id, const AttestStrength *strength)
{
  g_autoptr (GPtrArray) raise = g_ptr_array_new ();

  append_raise (notes, id, strength);
  attest_table_add_text (table, id);
  attest_table_add_text (table, strength->level->level);
  for (guint i = 0; i < ATTEST_FACT_SHARE; i++)
    attest_table_add_int (table, strength->facts.counts[i]);
  for (guint i = 0; i < strength->raise->len; i++)
    g_ptr_array_add (raise, g_ptr_array_index (strength->raise, i));
  g_ptr_array_add (raise, NULL);
  attest_table_add_list (table, (const char *const *)raise->pdata);
}

static gboolean
is_meant (const AttestInvocation *inv, const char *id)
{
  for (guint i = 0; i < inv->n_args; i++)
    if (g_ascii_strcasecmp (inv->args[i], id) == 0)
      return TRUE;
  return inv->n_args == 0;
}

/* Every criterion of findings, once, in the order of the findings. */
static void
add_criteria (AttestInvocation *inv, AttestStrengthCounter *counter, const AttestLedger *ledger,
              AttestTable *table, GString *notes)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (ledger->entries, i);
      char *criterion = entry->fields[ATTEST_FIELD_CRITERION];
      g_auto (AttestStrength) strength = { .raise = NULL };

      if (criterion == NULL || !attest_ledger_entry_bears (entry, criterion)
          || !is_meant (inv, criterion) || !g_hash_table_add (seen, criterion))
        continue;
      attest_strength_of_criterion (counter, criterion, &strength);
      add_row (table, notes, criterion, &strength);
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
  g_autoptr (AttestTable) table = make_table ();
  g_autoptr (GString) notes = g_string_new (NULL);

  if (counter == NULL)
    return FALSE;
  add_criteria (inv, counter, ledger, table, notes);
  for (guint i = 0; i < ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (ledger->entries, i);
      g_auto (AttestStrength) strength = { .raise = NULL };

      if (entry->kind != ATTEST_ENTRY_FINDING || attest_ledger_entry_is_withdrawn (entry)
          || !is_meant (inv, entry->id))
        continue;
      attest_strength_of_finding (counter, entry, &strength);
      add_row (table, notes, entry->id, &strength);
    }
  if (attest_table_n_rows (table) == 0 && inv->n_args > 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "'%s' is neither a finding nor a criterion with findings", inv->args[0]);
  attest_cli_write_table (inv, table, opts->format);
  if ((opts->format == NULL || strcmp (opts->format, "table") == 0) && notes->len > 0)
    fprintf (inv->out, "\n%s", notes->str);
  return TRUE;
}

static const AttestExampleLine examples[] = { { "strength", "every criterion and finding" },
                                              { "strength impact", "all findings on it together" },
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
         "makes; and what the next level would ask for. Without ID, all of them. A quote that no "
         "longer stands, or was rejected in review, does not count. doc/ledger.md says how the "
         "rules are written.",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .max_args = G_MAXUINT,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
