#include "cli/attest-cli-disclosure.h"
#include "cli/attest-cli-report.h"
#include "codebook/attest-strength-file.h"
#include "report/attest-report-charts.h"
#include "report/attest-report-html.h"

#include <string.h>

/* Ratings are given to codes of this dimension. */
#define RATED_DIMENSION "criterion"

typedef struct
{
  char *dimension, *codebook;
  char *where;
  char *format;
  char *output;
  AttestDisclosureFlags disclosure;
} Options;

static const char *const formats[] = { "table", "csv", "json", "html", "svg", NULL };

static const AttestOption options[] = {
  { "dimension", 'd', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, dimension), "DIMENSION",
    "Only codes of this dimension, or all",
    "Without it: criterion, or all where the codebook has no such dimension.", NULL },
  ATTEST_OPTION_CODEBOOK (Options),
  ATTEST_OPTION_WHERE (Options),
  { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
    "How to print it",
    "table for people; html, one page with the transcripts; svg, who spoke by group; csv (a line "
    "a segment) and json for programs.",
    formats },
  ATTEST_OPTION_OUTPUT (Options),
  ATTEST_OPTIONS_DISCLOSURE (Options),
  { NULL }
};

/* Sets the dimension that is meant, NULL: all. */
static gboolean
choose_dimension (AttestInvocation *inv, const char *code, AttestReportFilter *filter,
                  GError **error)
{
  const Options *opts = inv->opts;
  g_autoptr (AttestFrequency) frequency = NULL;

  filter->dimension = g_strcmp0 (opts->dimension, "all") == 0 ? NULL : opts->dimension;
  if (opts->dimension != NULL || code != NULL)
    return TRUE;
  frequency = attest_store_report_frequency (inv->store, filter, error);
  if (frequency == NULL)
    return FALSE;
  if (attest_frequency_has_dimension (frequency, RATED_DIMENSION))
    filter->dimension = RATED_DIMENSION;
  return TRUE;
}

static gboolean
write_report (AttestInvocation *inv, AttestEvidenceReport *report, AttestOutput *output,
              GError **error)
{
  const Options *opts = inv->opts;
  gboolean is_file = opts->output != NULL;

  if (g_strcmp0 (opts->format, "json") == 0)
    return attest_evidence_report_write_json (report, output, error);
  if (g_strcmp0 (opts->format, "csv") == 0)
    return attest_evidence_report_write_csv (report, output, error);
  if (g_strcmp0 (opts->format, "svg") == 0)
    {
      g_autoptr (AttestChart) chart = attest_evidence_to_chart (report);

      attest_chart_write_file (chart, attest_output_get_buffer (output));
      return TRUE;
    }
  if (g_strcmp0 (opts->format, "html") == 0)
    return attest_evidence_report_write_html (report, output, error);
  return attest_evidence_report_write_text (report, output, is_file ? 0 : inv->columns,
                                            !is_file && inv->color, error);
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  const char *code = inv->n_args > 0 ? inv->args[0] : NULL;
  g_auto (AttestWhere) where = { NULL };
  AttestReportFilter filter = { .codebook = opts->codebook };
  g_autoptr (GArray) problems = attest_problems_new ();
  g_autoptr (AttestStrengthRules) rules = attest_strength_rules_load ("strength", problems, error);
  g_autoptr (AttestDisclosure) disclosure = NULL;
  g_autoptr (AttestEvidenceReport) report = NULL;
  g_autoptr (AttestOutput) output = NULL;

  if (rules == NULL || !attest_cli_parse_where (inv, opts->where, &where, error)
      || !attest_cli_open_disclosure (inv, &opts->disclosure, where.attribute, where.value,
                                      &disclosure, error))
    return FALSE;
  filter.attribute = where.attribute;
  filter.value = where.value;
  if (!choose_dimension (inv, code, &filter, error))
    return FALSE;
  report = attest_evidence_report_new (inv->store, &filter, code, error);
  if (report == NULL || !attest_evidence_report_add_strength (report, rules, error))
    return FALSE;
  attest_evidence_report_disclose (report, g_steal_pointer (&disclosure));
  output = attest_cli_open_output (inv, opts->output, error);
  return output != NULL && write_report (inv, report, output, error)
         && attest_output_close (output, error);
}

static const AttestExampleLine examples[]
    = { { "report evidence impact", "who spoke of impact, and how they put it" },
        { "report evidence --format json --output evidence.json", NULL },
        { "report evidence --public --format html --output evidence.html", "to be published" },
        { NULL } };

const AttestCommand attest_cmd_report_evidence = {
  .name = "report evidence",
  .group = "report",
  .synopsis = "[CODE]",
  .summary = "Show the quotes behind a criterion, and who said them",
  .doc
  = "For each criterion, or for CODE: how many respondents and groups spoke of it, who was "
    "asked about it, and the quotes by stakeholder group. Who was asked and who spoke are "
    "counted apart: silence after a question is a result, too.\n\n"
    "A quote is cited by its id, source, turn, time and group; names and labels of "
    "respondents are not printed. With --public, sources are not either, quotes of which nothing "
    "may be printed are left out, and there are no transcripts. Rejected segments are left out. "
    "What people judged stands above "
    "the quotes: the rating, the findings, and how strong the evidence for them is.",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .max_args = 1,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
