#include "cli/attest-cli-driver.h"
#include "report/attest-report-cooccurrence.h"
#include "util/attest-limits.h"

typedef struct
{
  AttestReportOptions common;
  char *unit;
  int least;
  gboolean is_network;
} Options;

static const char *const units[] = { "segment", "turn", "source", "respondent", NULL };

static const AttestOption options[]
    = { { "unit", 'u', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, unit), "UNIT",
          "In which two codes occur together: segment",
          "segment: a passage, what overlapping segments cover together; turn, source, respondent.",
          units },
        { "min", 'm', ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, least), "N",
          "Only pairs that occur together at least so often: 1",
          "In the network, too. 0 has an effect as 1 has.", NULL },
        { "network", 'n', ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, is_network), NULL,
          "With --format svg, a network rather than a matrix",
          "A line between two codes is as wide as their Jaccard coefficient.", NULL },
        ATTEST_OPTION_DIMENSION (AttestReportOptions),
        ATTEST_OPTION_CODEBOOK (AttestReportOptions),
        ATTEST_OPTION_WHERE (AttestReportOptions),
        ATTEST_OPTION_FORMAT (attest_report_formats),
        ATTEST_OPTION_OUTPUT (AttestReportOptions),
        { NULL } };

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  AttestCooccurrenceUnit unit = ATTEST_UNIT_SEGMENT;
  g_autoptr (AttestReportData) data = attest_cli_load_report (inv, ATTEST_DATA_PLAIN, error);
  g_autoptr (AttestCooccurrence) cooccurrence = NULL;

  if (data == NULL)
    return FALSE;
  if (data->frequency->rows->len > ATTEST_MAX_PAIRED_CODES)
    return attest_throw (error, ATTEST_ERROR_LIMIT,
                         "%u codes make too many pairs, at most %u; take a --dimension",
                         data->frequency->rows->len, ATTEST_MAX_PAIRED_CODES);
  if (opts->unit != NULL)
    attest_cooccurrence_unit_from_string (opts->unit, &unit);
  cooccurrence = attest_cooccurrence_new (data, unit, MAX (opts->least, 1));
  cooccurrence->is_network = opts->is_network;
  return attest_cli_write_report (inv, &attest_cooccurrence_driver, cooccurrence, data, error);
}

static const AttestExampleLine examples[]
    = { { "report cooccurrence", "pairs of codes in the same passage" },
        { "report cooccurrence --unit respondent --dimension theme", NULL },
        { "report cooccurrence --network --format svg --output network.svg", NULL },
        { NULL } };

const AttestCommand attest_cmd_report_cooccurrence = {
  .name = "report cooccurrence",
  .group = "report",
  .synopsis = "",
  .summary = "Tell which codes occur together more often than by chance",
  .doc
  = "A line for each pair of codes: how many units have both, how many would by chance, the "
    "Jaccard coefficient, PMI (0: as often as by chance, 1: twice as often), and the "
    "respondents behind it. A pair is marked \"few\" when less than 5 were expected, where PMI "
    "says little, and \"unequal\" when one code is more than 5 times as frequent as the "
    "other.\n\n"
    "Codes that occur together need not have to do with each other: read the passages. Units "
    "of one interview are not independent of each other, so no test is made.",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
