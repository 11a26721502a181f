/* agree: whether coders would have said the same. */
#include "cli/attest-cli-agree-print.h"
#include "cli/attest-cli-agree-project.h"
#include "cli/attest-cli-agree-spans.h"
#include "cli/attest-cli-agree-table.h"
#include "cli/attest-cli-report.h"
#include "util/attest-pipeline.h"

#include <string.h>

typedef struct
{
  char *table, *gold, *mapping, *metric, *weights, *values, *unit, *dimension, *codes_of, *format,
      *output;
  char **codebooks, **coders;
  int bootstrap, seed, jobs;
  gboolean no_intervals, disagreements, consensus, judged;
} Options;

#define DEFAULT_ROUNDS 2000
#define MAX_ROUNDS 10000

static const char *const formats[] = { "table", "csv", "json", "html", "svg", "xlsx", NULL };
static const char *const metrics[] = { "nominal", "ordinal", "interval", "ratio", NULL };
static const char *const units[] = { "sentence", "paragraph", "turn", "source", "character", NULL };
static const char *const weight_names[] = { "linear", "quadratic", "ordinal", "ratio", NULL };

static const AttestOption options[] = {
  { "table", 't', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, table), "FILE",
    "CSV of who judged what how",
    "Columns: item, coder, and value (one value of an item) or code (any number of codes of an "
    "item, each in a row; a coder who saw the item and gave none has a row with an empty code). A "
    "coder without a row for an item did not judge it. Perhaps cluster, the transcript that the "
    "item is from.",
    NULL },
  { "codebook", 'b', ATTEST_OPT_STRINGS, G_STRUCT_OFFSET (Options, codebooks), "ID",
    "Codebook of the project that is taken for a coder; two or more",
    "They are compared on the codes that all of them have: those of the same id, or else of the "
    "same name, or as --mapping says. Each must have coded all sources.",
    NULL },
  { "mapping", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, mapping), "FILE",
    "CSV of codes that are the same",
    "Columns a (a code of the first codebook) and b (one of the others), as 'attest compare "
    "--suggest-mapping' prints it.",
    NULL },
  { "coder", 0, ATTEST_OPT_STRINGS, G_STRUCT_OFFSET (Options, coders), "NAME",
    "Somebody who judged segments of the project; two or more, or one and a --codebook",
    "Each counts by their own last decisions, also where another decided later: a unit has the "
    "codes that they accepted or marked. A coder saw the sources in which they judged anything; a "
    "segment that they left open there is not judged. A --codebook beside them counts as its rules "
    "found, also what people rejected.",
    NULL },
  { "codes-of", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, codes_of), "ID",
    "Codebook whose codes the coders judged", "Needed where they judged codes of several.", NULL },
  { "consensus", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, consensus), NULL,
    "Count what coders settled by 'attest reconcile'",
    "Without it, each counts as before they spoke with each other, which is what agreement is "
    "about.",
    NULL },
  { "judged", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, judged), NULL,
    "Leave out units in which nobody judged anything",
    "With --coder. Otherwise they count as agreement that no code is there.", NULL },
  { "gold", 'g', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, gold), "FILE",
    "CSV of passages that people judged, who are then a coder",
    "As 'attest score' takes it: source with start and end, or with turn, and codes. One "
    "--codebook "
    "is enough then; the items are the passages, the codes those of the dimensions that people "
    "gave "
    "codes of.",
    NULL },
  { "unit", 'u', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, unit), "UNIT",
    "What is compared in a project; of a table only character",
    "sentence unless given: it has the codes of the segments that overlap it. What interviewers "
    "say "
    "is left out, but for source. With character the segments themselves are compared, or the "
    "stretches of a table that coders chose themselves: columns item (the text), coder, start, "
    "end, "
    "code and perhaps length (of the text); who marked nothing has a row without start, end and "
    "code.",
    units },
  { "dimension", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, dimension), "DIMENSION",
    "Only codes of this dimension", "Of the codebooks in a project.", NULL },
  { "metric", 'm', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, metric), "METRIC",
    "What the values are: names, ranks or numbers",
    "nominal unless given: values are the same or not. ordinal: they have an order. interval: "
    "their differences count. ratio: their ratios count.",
    metrics },
  { "weights", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, weights), "WEIGHTS",
    "Credit for a near miss, in weighted kappa and AC2",
    "quadratic unless given; only with another metric than nominal.", weight_names },
  { "values", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, values), "LIST",
    "All values of the scheme, with commas between",
    "From lowest to highest where they have an order. Without it, those that occur: AC1 and "
    "Brennan-Prediger depend on how many values there are to choose from. Of codes, all that there "
    "are.",
    NULL },
  { "disagreements", 'd', ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, disagreements), NULL,
    "List the items on which coders differ",
    "What each of them gave, in place of the coefficients.", NULL },
  { "bootstrap", 0, ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, bootstrap), "N",
    "Resamples for the intervals", "2000 unless given, 10000 at most.", NULL },
  { "no-intervals", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, no_intervals), NULL,
    "Leave out the intervals", "Nothing is drawn then.", NULL },
  { "seed", 0, ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, seed), "N",
    "Number that chance starts from", "The same seed gives the same intervals.", NULL },
  { "jobs", 'j', ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, jobs), "N", "Threads",
    "0 takes all processors. The output is the same.", NULL },
  { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
    "How to print it",
    "table, html (a page with a forest plot, what coders differ about, and the items), svg (the "
    "plot) and xlsx (a workbook) for people; csv and json for programs.",
    formats },
  ATTEST_OPTION_OUTPUT (Options),
  { NULL }
};

/* Number of @name in @names, or @otherwise for NULL. */
static guint
find_name (const char *const *names, const char *name, guint otherwise)
{
  for (guint i = 0; name != NULL && names[i] != NULL; i++)
    if (strcmp (names[i], name) == 0)
      return i;
  return otherwise;
}

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
                               .warnings = (const char *const *)table->warnings->pdata };
  return attest_agree_print_spans (&print, &report, error);
}

/* ---- a project ---- */

static gboolean
is_spans (const Options *opts)
{
  return g_strcmp0 (opts->unit, "character") == 0;
}

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
          .codes_of = opts->codes_of,
          .with_consensus = opts->consensus,
          .only_judged = opts->judged,
          .dimension = opts->dimension,
          .mapping = opts->mapping,
          .unit = find_name (attest_agree_units, opts->unit, ATTEST_AGREE_SENTENCE),
          .gold = gold,
          .with_quotes = opts->disagreements || g_strcmp0 (opts->format, "html") == 0 };
  if (is_spans (opts))
    return agree_on_spans (inv, input, attest_agree_spans_load_project (store, &wish, error),
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
                               .warnings = (const char *const *)project->warnings->pdata };
  return attest_agree_print_report (&print, &report, error);
}

static gboolean
is_picture (const Options *opts)
{
  return g_strcmp0 (opts->format, "html") == 0 || g_strcmp0 (opts->format, "svg") == 0;
}

/* ---- the command ---- */

static gboolean
check_options (const Options *opts, const AttestAgreementInput *input, GError **error)
{
  gboolean in_project = opts->codebooks != NULL || opts->coders != NULL;

  if (in_project == (opts->table != NULL))
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         in_project
                             ? "either --table, or --coder and --codebook: a table has its own "
                               "coders"
                             : "agree needs --table FILE, a CSV with the columns item, "
                               "coder, and value or code; or, in a project, --coder or "
                               "--codebook twice");
  if (opts->coders == NULL && (opts->codes_of != NULL || opts->consensus || opts->judged))
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--codes-of, --consensus and --judged are for --coder");
  if (opts->coders != NULL && opts->gold != NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "either --coder or --gold: people are named by one of them");
  if (opts->coders != NULL && opts->codebooks != NULL && opts->codes_of != NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE, "either --codebook or --codes-of");
  if (opts->coders == NULL && in_project && opts->codebooks[1] == NULL && opts->gold == NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "one codebook has nobody to agree with: give --codebook twice, or what "
                         "people judged by --gold");
  if (opts->gold != NULL && (!in_project || opts->unit != NULL))
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         in_project ? "--unit does not go with --gold, whose passages are the items"
                                    : "--gold needs --codebook");
  if (in_project && (opts->metric != NULL || opts->values != NULL))
    return attest_throw (error, ATTEST_ERROR_USAGE, "--metric and --values are for --table");
  if (!in_project && (opts->dimension != NULL || opts->mapping != NULL))
    return attest_throw (error, ATTEST_ERROR_USAGE, "--dimension and --mapping are for --codebook");
  if (opts->unit != NULL && !in_project && !is_spans (opts))
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--unit %s is for --codebook; the items of a table are what they are, or "
                         "--unit character",
                         opts->unit);
  if (is_spans (opts) && (opts->metric != NULL || opts->values != NULL || opts->disagreements))
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--metric, --values and --disagreements do not go with --unit character");
  if (is_picture (opts) && (is_spans (opts) || opts->disagreements))
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--format %s does not go with --unit character and --disagreements",
                         opts->format);
  if (opts->bootstrap > MAX_ROUNDS)
    return attest_throw (error, ATTEST_ERROR_USAGE, "--bootstrap: at most %d", MAX_ROUNDS);
  if (opts->weights != NULL && input->metric == ATTEST_METRIC_NOMINAL)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--weights needs --metric ordinal, interval or ratio");
  if (input->weights == ATTEST_WEIGHTS_RATIO && input->metric == ATTEST_METRIC_INTERVAL)
    return attest_throw (error, ATTEST_ERROR_USAGE, "--weights ratio needs --metric ratio");
  return TRUE;
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  guint jobs = opts->jobs > 0 ? (guint)opts->jobs : attest_pipeline_default_jobs ();
  guint rounds = opts->bootstrap > 0 ? (guint)opts->bootstrap : DEFAULT_ROUNDS;
  AttestAgreementInput input
      = { .metric = find_name (metrics, opts->metric, ATTEST_METRIC_NOMINAL),
          .weights = find_name (weight_names, opts->weights, ATTEST_WEIGHTS_QUADRATIC),
          .rounds = opts->no_intervals || opts->disagreements ? 0 : rounds,
          .seed = (guint64)opts->seed,
          .jobs = jobs };

  if (!check_options (opts, &input, error))
    return FALSE;
  if (opts->table == NULL)
    return agree_in_project (inv, &input, error);
  return is_spans (opts)
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
        { "agree --codebook oecd-dac --gold passages.csv", "a codebook and people" },
        { NULL } };

const AttestCommand attest_cmd_agree = {
  .name = "agree",
  .group = "compare",
  .synopsis = "",
  .summary = "Tell how far coders agree, beyond chance",
  .doc
  = "Coefficients of agreement of two or more coders, or of codebooks of a project: percent "
    "agreement, Cohen's and Fleiss' kappa, Scott's pi, Krippendorff's alpha, Gwet's AC1 and AC2, "
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
  .options = options,
  .run = run,
};
