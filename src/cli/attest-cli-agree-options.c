/* Options of agree, and which of them go together. */
#include "cli/attest-cli-agree-options.h"
#include "cli/attest-cli-coding.h"
#include "cli/attest-cli-report.h"

#include <string.h>

typedef AttestAgreeOptions Options;

#define DEFAULT_ROUNDS 2000
#define MAX_ROUNDS 10000

static const char *const formats[] = { "table", "csv", "json", "html", "svg", "xlsx", NULL };
static const char *const metrics[] = { "nominal", "ordinal", "interval", "ratio", NULL };
static const char *const units[] = { "sentence", "paragraph", "turn", "source", "character", NULL };
static const char *const weight_names[] = { "linear", "quadratic", "ordinal", "ratio", NULL };

const AttestOption attest_agree_options[] = {
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
    "Somebody who judged segments of the project; two or more, or one and a --codebook or --run",
    "Each counts by their own last decisions, also where another decided later: a unit has the "
    "codes that they accepted or marked. A coder saw the sources in which they judged anything; a "
    "segment that they left open there is not judged. A --codebook beside them counts as its rules "
    "found, also what people rejected.",
    NULL },
  { "run", 0, ATTEST_OPT_STRINGS, G_STRUCT_OFFSET (Options, runs), "N",
    "Run of the project that is taken for a coder, by its number; two or more, or one and a "
    "--codebook or --coder",
    "'attest runs' lists them. What a run found is found again, by the codebook, the options and "
    "the texts that it had, whatever people said of it since; where that is not shown to be the "
    "same, because another version of attest or PCRE2 was at work, say, that is told, and the exit "
    "status is 10 when it differs. A source is compared in the version that most of them searched, "
    "and left out where fewer than two did. Codes are paired like those of codebooks.",
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
  { "sample", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (AttestAgreeOptions, sample), "SAMPLE",
    "Only sentences of this sample, weighed by what they stand for",
    "With --coder. What is rare was drawn with other chances ('attest sample --of segments'), so "
    "that figures hold for the project only with weights. Without it, the sample is taken that "
    "holds what the coders judged, where they judged nothing else.",
    NULL },
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
guint
attest_agree_find_name (const char *const *names, const char *name, guint otherwise)
{
  for (guint i = 0; name != NULL && names[i] != NULL; i++)
    if (strcmp (names[i], name) == 0)
      return i;
  return otherwise;
}

gboolean
attest_agree_is_spans (const Options *opts)
{
  return g_strcmp0 (opts->unit, "character") == 0;
}

static gboolean
is_picture (const Options *opts)
{
  return g_strcmp0 (opts->format, "html") == 0 || g_strcmp0 (opts->format, "svg") == 0;
}

/* Coders of a project: there must be two. */
static gboolean
check_coders (const Options *opts, GError **error)
{
  guint n_rules = 0;

  for (guint i = 0; opts->codebooks != NULL && opts->codebooks[i] != NULL; i++)
    n_rules++;
  for (guint i = 0; opts->runs != NULL && opts->runs[i] != NULL; i++)
    n_rules++;
  if (opts->coders == NULL
      && (opts->codes_of != NULL || opts->consensus || opts->judged || opts->sample != NULL))
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--codes-of, --consensus, --judged and --sample are for --coder");
  if (opts->coders != NULL && opts->gold != NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "either --coder or --gold: people are named by one of them");
  if (opts->coders != NULL && n_rules > 0 && opts->codes_of != NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE, "either --codebook or --run, or --codes-of");
  if (opts->coders == NULL && n_rules == 1 && opts->gold == NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "one %s has nobody to agree with: give --codebook or --run once more, "
                         "somebody by --coder, or what people judged by --gold",
                         opts->runs != NULL ? "run" : "codebook");
  return TRUE;
}

static gboolean
check_options (const Options *opts, const AttestAgreementInput *input, GError **error)
{
  gboolean in_project = opts->codebooks != NULL || opts->coders != NULL || opts->runs != NULL;

  if (in_project == (opts->table != NULL))
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         in_project
                             ? "either --table, or --coder, --codebook and --run: a table has its "
                               "own coders"
                             : "agree needs --table FILE, a CSV with the columns item, "
                               "coder, and value or code; or, in a project, two of --coder, "
                               "--codebook and --run");
  if (!check_coders (opts, error))
    return FALSE;
  if (opts->gold != NULL && (!in_project || opts->unit != NULL))
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         in_project ? "--unit does not go with --gold, whose passages are the items"
                                    : "--gold needs --codebook or --run");
  if (in_project && (opts->metric != NULL || opts->values != NULL))
    return attest_throw (error, ATTEST_ERROR_USAGE, "--metric and --values are for --table");
  if (!in_project && (opts->dimension != NULL || opts->mapping != NULL))
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--dimension and --mapping are for --codebook and --run");
  if (opts->unit != NULL && !in_project && !attest_agree_is_spans (opts))
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--unit %s is for --coder, --codebook and --run; the items of a table are "
                         "what they are, or "
                         "--unit character",
                         opts->unit);
  if (attest_agree_is_spans (opts)
      && (opts->metric != NULL || opts->values != NULL || opts->disagreements))
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--metric, --values and --disagreements do not go with --unit character");
  if (is_picture (opts) && (attest_agree_is_spans (opts) || opts->disagreements))
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

gboolean
attest_agree_take_options (const Options *opts, AttestAgreementInput *input, GError **error)
{
  guint rounds = opts->bootstrap > 0 ? (guint)opts->bootstrap : DEFAULT_ROUNDS;

  *input = (AttestAgreementInput){
    .metric = attest_agree_find_name (metrics, opts->metric, ATTEST_METRIC_NOMINAL),
    .weights = attest_agree_find_name (weight_names, opts->weights, ATTEST_WEIGHTS_QUADRATIC),
    .rounds = opts->no_intervals || opts->disagreements ? 0 : rounds,
    .seed = (guint64)opts->seed,
    .jobs = attest_cli_jobs (opts->jobs)
  };
  return check_options (opts, input, error);
}
