#include "cli/attest-cli-report.h"
#include "report/attest-report.h"

typedef struct
{
  char *dimension, *codebook;
  char *where;
  char *format;
  char *output;
} Options;

static const char *const formats[] = { "table", "csv", "json", NULL };

static const AttestOption options[]
    = { { "dimension", 'd', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, dimension), "DIMENSION",
          "Only codes of this dimension", "For example criterion or theme.", NULL },
        ATTEST_OPTION_CODEBOOK (Options),
        ATTEST_OPTION_WHERE (Options),
        { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
          "How to print it", "table for people, csv and json for programs.", formats },
        ATTEST_OPTION_OUTPUT (Options),
        { NULL } };

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  g_auto (AttestWhere) where = { NULL };
  g_autoptr (AttestFrequency) frequency = NULL;
  g_autoptr (AttestOutput) output = NULL;
  g_autoptr (AttestTable) table = NULL;
  AttestReportFilter filter = { .codebook = opts->codebook, .dimension = opts->dimension };

  if (!attest_cli_parse_where (inv, opts->where, &where, error))
    return FALSE;
  filter.attribute = where.attribute;
  filter.value = where.value;
  frequency = attest_store_report_frequency (inv->store, &filter, error);
  if (frequency == NULL)
    return FALSE;
  output = attest_cli_open_output (inv, opts->output, error);
  if (output == NULL)
    return FALSE;
  table = attest_frequency_to_table (frequency);
  if (g_strcmp0 (opts->format, "json") == 0)
    {
      g_autoptr (AttestJson) json = attest_json_new (attest_output_get_buffer (output), TRUE);

      attest_frequency_write_json (frequency, json);
      g_string_append_c (attest_output_get_buffer (output), '\n');
    }
  else if (g_strcmp0 (opts->format, "csv") == 0)
    attest_table_write_csv (table, attest_output_get_buffer (output));
  else
    attest_cli_append_table (inv, table, opts->output, output);
  return attest_output_close (output, error);
}

static const AttestExampleLine examples[]
    = { { "report frequency", "segments, sources, respondents and groups per code" },
        { "report frequency --dimension theme --where gender=female", NULL },
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
