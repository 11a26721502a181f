#include "cli/attest-cli-driver.h"
#include "report/attest-report-respondents.h"

typedef struct
{
  AttestReportOptions common;
  char *attribute;
  gboolean one_by_one;
} Options;

static const AttestOption options[]
    = { { "attribute", 'a', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, attribute), "NAME",
          "Only by this attribute", "Without it, by each that several respondents share.", NULL },
        { "each", 'e', ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, one_by_one), NULL,
          "A line a respondent", "With their labels and attributes.", NULL },
        ATTEST_OPTION_DIMENSION (AttestReportOptions),
        ATTEST_OPTION_CODEBOOK (AttestReportOptions),
        ATTEST_OPTION_WHERE (AttestReportOptions),
        ATTEST_OPTION_FORMAT (attest_report_formats),
        ATTEST_OPTION_OUTPUT (AttestReportOptions),
        ATTEST_OPTIONS_DISCLOSURE (AttestReportOptions),
        { NULL } };

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  g_autofree char *attribute = attest_store_normalise_attribute (opts->attribute);
  g_autoptr (AttestReportData) data = NULL;
  g_autoptr (AttestRespondentReport) report = NULL;

  if (attribute != NULL && !attest_cli_check_attribute (inv, attribute, NULL, error))
    return FALSE;
  data = attest_cli_load_report (inv, ATTEST_DATA_PLAIN, error);
  if (data == NULL)
    return FALSE;
  report = attest_respondent_report_new (data, attribute, opts->one_by_one);
  return attest_cli_write_report (inv, &attest_respondents_driver, report, data, error);
}

static const AttestExampleLine examples[]
    = { { "report respondents", "who was interviewed, by each attribute" },
        { "report respondents --each", "one by one" },
        { "report respondents --attribute group --format svg --output who.svg", NULL },
        { NULL } };

const AttestCommand attest_cmd_report_respondents = {
  .name = "report respondents",
  .group = "report",
  .synopsis = "",
  .summary = "Count who was interviewed, and how much they said",
  .doc
  = "For each attribute of respondents and each of its values: how many respondents there are in "
    "the searched sources, how many turns and words they said, how many segments are coded in "
    "them, and with how many different codes. Attributes that are different for everybody are "
    "left out, unless one is named by --attribute.",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
