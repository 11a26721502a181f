#include "cli/attest-cli-driver.h"
#include "report/attest-report-quotes.h"

typedef struct
{
  AttestReportOptions common;
  char *polarity;
  int min_strength, limit;
  gboolean only_key, only_accepted;
} Options;

static const char *const polarities[] = { "positive", "negative", "mixed", NULL };

static const AttestOption options[]
    = { { "polarity", 'p', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, polarity), "WAY",
          "Only those that speak so", "positive, negative or mixed; rules tell it.", polarities },
        { "min-strength", 's', ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, min_strength), "N",
          "Only those that so many rules found", "More rules, more often right.", NULL },
        { "key", 'k', ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, only_key), NULL, "Only key quotes",
          "Those marked in review.", NULL },
        { "reviewed", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, only_accepted), NULL,
          "Only those that a person accepted", "Rejected ones are never shown.", NULL },
        { "limit", 'n', ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, limit), "N",
          "At most so many of each code", "0, as without it: all.", NULL },
        ATTEST_OPTION_DIMENSION (AttestReportOptions),
        ATTEST_OPTION_CODEBOOK (AttestReportOptions),
        ATTEST_OPTION_WHERE (AttestReportOptions),
        ATTEST_OPTION_FORMAT (attest_report_formats_no_svg),
        ATTEST_OPTION_OUTPUT (AttestReportOptions),
        ATTEST_OPTIONS_DISCLOSURE (AttestReportOptions),
        { NULL } };

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  AttestQuoteFilter filter = { .code = ATTEST_NO_INDEX,
                               .min_strength = (guint)opts->min_strength,
                               .only_key = opts->only_key,
                               .only_accepted = opts->only_accepted,
                               .limit = (guint)opts->limit };
  g_autoptr (AttestReportData) data = attest_cli_load_report (inv, ATTEST_DATA_QUOTES, error);
  g_autoptr (AttestQuoteBank) bank = NULL;

  if (data == NULL)
    return FALSE;
  if (inv->n_args > 0 && !attest_report_data_check_code (data, inv->args[0], &filter.code, error))
    return FALSE;
  if (opts->polarity != NULL)
    filter.polarity
        = (guint8)attest_qualifier_value_from_string (ATTEST_QUALIFIER_POLARITY, opts->polarity);
  bank = attest_quote_bank_new (data, &filter);
  return attest_cli_write_report (inv, &attest_quotes_driver, bank, data, error);
}

static const AttestExampleLine examples[]
    = { { "report quotes impact --limit 5", "the quotes on impact to read first" },
        { "report quotes --key --where group=Government", NULL },
        { "report quotes --polarity negative --format csv --output critical.csv", NULL },
        { NULL } };

const AttestCommand attest_cmd_report_quotes = {
  .name = "report quotes",
  .group = "report",
  .synopsis = "[CODE]",
  .summary = "List the quotes of each code, the best first",
  .doc
  = "A bank of quotes: for each code, or for CODE, key quotes first, then those that a person "
    "accepted, then those that more rules found, each with its id, the group of who said it, and "
    "where. Names of respondents are not printed in table and html.",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .max_args = 1,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
