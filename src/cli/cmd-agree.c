/* agree: whether coders would have said the same. */
#include "cli/attest-cli-agree-options.h"
#include "cli/attest-cli-agree-print.h"
#include "cli/attest-cli-agree-project.h"
#include "cli/attest-cli-agree-spans.h"
#include "cli/attest-cli-agree-table.h"
#include "cli/attest-cli-report.h"

#include <string.h>

typedef AttestAgreeOptions Options;

static AttestAgreePrint
print_of (AttestInvocation *inv)
{
  const Options *opts = inv->opts;

  return (AttestAgreePrint){ inv, opts->format, opts->output, opts->disagreements };
}

/* ---- a table ---- */

static void
list_warnings (const AttestAgreeTable *table, GPtrArray *warnings)
{
  if (table->empty_values > 0)
    g_ptr_array_add (warnings,
                     g_strdup_printf ("Rows with an empty value, which count as not judged: %u.",
                                      table->empty_values));
  if (table->doubtful != NULL)
    g_ptr_array_add (warnings,
                     g_strdup_printf ("'%s' is counted as a value; leave the cell empty where a "
                                      "coder did not judge.",
                                      table->doubtful));
  for (guint i = 0; i < table->warnings->len; i++)
    g_ptr_array_add (warnings, g_strdup (g_ptr_array_index (table->warnings, i)));
  g_ptr_array_add (warnings, NULL);
}

static gboolean
agree_on_table (AttestInvocation *inv, AttestAgreementInput *input, GError **error)
{
  const Options *opts = inv->opts;
  g_autoptr (AttestAgreeTable) table
      = attest_agree_table_load (opts->table, input->metric, opts->values, error);
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);

  if (table == NULL)
    return FALSE;
  if (table->is_sets && input->metric != ATTEST_METRIC_NOMINAL)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--metric %s needs a column 'value'; codes are there or not",
                         opts->metric);
  attest_agree_table_set_input (table, input);
  list_warnings (table, warnings);
  g_autoptr (AttestAgreement) agreement = attest_agreement_compute (input);
  AttestAgreePrint print = print_of (inv);
  AttestAgreeReport report
      = { .agreement = agreement,
          .input = input,
          .unit = "item",
          .cluster_unit = table->clusters != NULL ? "cluster" : "item",
          .items = (const char *const *)table->items->pdata,
          .coders = (const char *const *)table->coders->pdata,
          .codes = (const char *const *)table->codes->pdata,
          .clusters = table->clusters != NULL ? (const char *const *)table->clusters->pdata : NULL,
          .warnings = (const char *const *)warnings->pdata };
  return attest_agree_print_report (&print, &report, error);
}

/* ---- stretches ---- */

/* Takes @loaded over, which may be NULL: then @error is set. */
static gboolean
agree_on_spans (AttestInvocation *inv, const AttestAgreementInput *common, AttestAgreeSpans *loaded,
                GError **error)
{
  g_autoptr (AttestAgreeSpans) table = loaded;

  if (table == NULL)
    return FALSE;
  AttestSpansInput input = { .n_codes = table->codes->len,
                             .n_texts = table->continua->len,
                             .texts = (const AttestContinuum *)(gpointer)table->continua->data,
                             .rounds = common->rounds,
                             .jobs = common->jobs,
                             .seed = common->seed };
  g_autoptr (AttestSpans) spans = attest_spans_compute (&input);
  g_ptr_array_add (table->warnings, NULL);
  AttestAgreePrint print = print_of (inv);
  AttestSpansReport report = { .spans = spans,
                               .input = &input,
                               .n_texts = table->texts->len,
                               .coders = (const char *const *)table->coders->pdata,
                               .codes = (const char *const *)table->codes->pdata,
                               .n_coders = table->coders->len,
                               .runs = table->run_notes,
                               .warnings = (const char *const *)table->warnings->pdata };
  return attest_agree_print_spans (&print, &report, error);
}

/* ---- a project ---- */

static gboolean
agree_in_project (AttestInvocation *inv, AttestAgreementInput *input, GError **error)
{
  const Options *opts = inv->opts;
  g_autofree char *path = attest_cli_find_project (inv->project, error);
  g_autoptr (AttestStore) store
      = path != NULL ? attest_store_open (path, ATTEST_STORE_READ, error) : NULL;

  if (store == NULL)
    return FALSE;
  g_autoptr (AttestGold) gold = opts->gold != NULL ? attest_gold_load (opts->gold, error) : NULL;
  if (opts->gold != NULL && gold == NULL)
    return FALSE;
  if (gold != NULL && !gold->in_project)
    return attest_throw (error, ATTEST_ERROR_INPUT,
                         "%s:1: no columns source with start and end, or with turn: 'attest score' "
                         "takes texts",
                         opts->gold);
  AttestAgreeWish wish
      = { .codebooks = (const char *const *)opts->codebooks,
          .coders = (const char *const *)opts->coders,
          .runs = (const char *const *)opts->runs,
          .inv = inv,
          .jobs = opts->jobs,
          .codes_of = opts->codes_of,
          .with_consensus = opts->consensus,
          .only_judged = opts->judged,
          .sample = opts->sample,
          .only_listed = opts->disagreements,
          .dimension = opts->dimension,
          .mapping = opts->mapping,
          .unit = attest_agree_find_name (attest_agree_units, opts->unit, ATTEST_AGREE_SENTENCE),
          .gold = gold,
          .with_quotes = opts->disagreements || g_strcmp0 (opts->format, "html") == 0 };
  if (attest_agree_is_spans (opts))
    return attest_agree_check_whole (store, &wish, error)
           && agree_on_spans (inv, input, attest_agree_spans_load_project (store, &wish, error),
                              error);
  g_autoptr (AttestAgreeProject) project = attest_agree_project_load (store, &wish, error);
  if (project == NULL)
    return FALSE;
  attest_agree_project_set_input (project, input);
  g_ptr_array_add (project->warnings, NULL);
  g_autoptr (AttestAgreement) agreement = attest_agreement_compute (input);
  AttestAgreePrint print = print_of (inv);
  AttestAgreeReport report = { .agreement = agreement,
                               .input = input,
                               .unit = attest_agree_units[project->unit],
                               .cluster_unit = "source",
                               .items = (const char *const *)project->items->pdata,
                               .coders = (const char *const *)project->coders->pdata,
                               .codes = (const char *const *)project->codes->pdata,
                               .clusters = (const char *const *)project->sources->pdata,
                               .places = (const AttestAgreePlace *)(gpointer)project->places->data,
                               .runs = project->run_notes,
                               .sample = project->sample,
                               .sample_design = project->sample_design,
                               .effective_items = project->effective_items,
                               .warnings = (const char *const *)project->warnings->pdata };
  return attest_agree_print_report (&print, &report, error);
}

/* ---- the command ---- */

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  AttestAgreementInput input;

  if (!attest_agree_take_options (opts, &input, error))
    return FALSE;
  if (opts->table == NULL)
    return agree_in_project (inv, &input, error);
  return attest_agree_is_spans (opts)
             ? agree_on_spans (inv, &input, attest_agree_spans_load (opts->table, error), error)
             : agree_on_table (inv, &input, error);
}

static const AttestExampleLine examples[]
    = { { "agree --table coders.csv", "by code and overall, with intervals" },
        { "agree --table coders.csv --disagreements", "what to talk about" },
        { "agree --table coders.csv --format html --output agreement.html", "a page to look at" },
        { "agree --table ratings.csv --metric ordinal --format json",
          "ratings on a scale, for programs" },
        { "agree --codebook mine --codebook oecd-dac", "two codebooks of the project" },
        { "agree --coder ana --coder ben", "two people who judged segments of the project" },
        { "agree --coder ana --codebook mine --unit turn", "a person and the rules" },
        { "agree --run 1 --run 2", "before and after a change of the codebook" },
        { "agree --codebook oecd-dac --gold passages.csv", "a codebook and people" },
        { NULL } };

const AttestCommand attest_cmd_agree = {
  .name = "agree",
  .group = "compare",
  .synopsis = "",
  .summary = "Tell how far coders agree, beyond chance",
  .doc
  = "Coefficients of agreement of two or more coders, or of codebooks or runs of a project: "
    "percent agreement, Cohen's and Fleiss' kappa, Scott's pi, Krippendorff's alpha, Gwet's AC1 "
    "and AC2, "
    "Brennan-Prediger; of each code or value, and overall. Judgements may be missing. With several "
    "codes an item, overall is the mean of the codes, and two alphas (Jaccard, MASI) take the sets "
    "of codes as they are.\n\n"
    "Intervals come from drawing the transcripts (the column cluster) again and again: items of "
    "one transcript are not independent. A coefficient that is not defined is left out, with the "
    "reason; it is never 0 or 1.\n\n"
    "Each is right for something else: see doc/agreement.md.",
  .examples = examples,
  .needs = ATTEST_NEEDS_NOTHING,
  .opts_size = sizeof (Options),
  .options = attest_agree_options,
  .run = run,
};
