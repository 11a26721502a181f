#include "cli/attest-cli-disclosure.h"
#include "cli/attest-cli-report.h"
#include "report/attest-report-charts.h"
#include "report/attest-disclosure-counts.h"
#include "report/attest-report-html.h"

typedef struct
{
  char *dimension, *codebook;
  char *where;
  char *format;
  char *output;
  AttestDisclosureFlags disclosure;
} Options;

static const char *const formats[] = { "table", "csv", "json", "html", "svg", NULL };

static const AttestOption options[]
    = { { "dimension", 'd', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, dimension), "DIMENSION",
          "Only codes of this dimension", "For example criterion or theme.", NULL },
        ATTEST_OPTION_CODEBOOK (Options),
        ATTEST_OPTION_WHERE (Options),
        { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
          "How to print it",
          "table, html (a page of its own) and svg (bars) for people, csv and json for programs.",
          formats },
        ATTEST_OPTION_OUTPUT (Options),
        ATTEST_OPTIONS_DISCLOSURE (Options),
        { NULL } };

static gboolean
write_report (AttestInvocation *inv, const AttestFrequency *frequency, AttestOutput *output,
              GError **error)
{
  const Options *opts = inv->opts;
  GString *out = attest_output_get_buffer (output);
  g_autoptr (AttestTable) table = attest_frequency_to_table (frequency, NULL);

  if (g_strcmp0 (opts->format, "html") == 0)
    {
      g_autofree char *title = attest_report_dup_project_title (inv->store, error);

      if (title == NULL)
        return FALSE;
      attest_frequency_write_html (frequency, title, out);
    }
  else if (g_strcmp0 (opts->format, "json") == 0)
    {
      g_autoptr (AttestJson) json = attest_json_new (out, TRUE);

      attest_frequency_write_json (frequency, json);
      g_string_append_c (out, '\n');
    }
  else if (g_strcmp0 (opts->format, "svg") == 0)
    {
      g_autoptr (AttestChart) chart = attest_frequency_to_chart (frequency);

      attest_chart_write_file (chart, out);
    }
  else if (g_strcmp0 (opts->format, "csv") == 0)
    attest_table_write_csv (table, out);
  else
    attest_cli_append_table (inv, table, opts->output, output);
  return TRUE;
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  g_auto (AttestWhere) where = { NULL };
  g_autoptr (AttestDisclosure) disclosure = NULL;
  g_autoptr (AttestFrequency) frequency = NULL;
  g_autoptr (AttestOutput) output = NULL;
  AttestReportFilter filter = { .codebook = opts->codebook, .dimension = opts->dimension };

  if (!attest_cli_parse_where (inv, opts->where, &where, error)
      || !attest_cli_open_disclosure (inv, &opts->disclosure, where.attribute, where.value,
                                      &disclosure, error))
    return FALSE;
  filter.attribute = where.attribute;
  filter.value = where.value;
  frequency = attest_store_report_frequency (inv->store, &filter, error);
  if (frequency == NULL)
    return FALSE;
  attest_disclosure_hide_frequency (disclosure, frequency);
  output = attest_cli_open_output (inv, opts->output, error);
  return output != NULL && write_report (inv, frequency, output, error)
         && attest_output_close (output, error);
}

static const AttestExampleLine examples[]
    = { { "report frequency", "segments, sources, respondents and groups per code" },
        { "report frequency --format svg --output frequency.svg", "a picture for a report" },
        { "report frequency --dimension theme --where gender=female", NULL },
        { "report frequency --public", "without counts of fewer than 3 respondents" },
        { NULL } };

const AttestCommand attest_cmd_report_frequency = {
  .name = "report frequency",
  .group = "report",
  .synopsis = "",
  .summary = "Count who speaks how often of what",
  .doc = "One line a code, also for codes that nobody spoke of: segments, hits of rules, and how "
         "many sources, respondents and stakeholder groups they come from; and segments per 1,000 "
         "words of respondents, so that long interviews do not decide. Rejected segments are left "
         "out.\n\n"
         "A count of segments says how much was said, not whether it is good or bad.",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
