#include "cli/attest-cli-driver.h"
#include "report/attest-report-timeline.h"

static const AttestOption options[]
    = { ATTEST_OPTION_DIMENSION (AttestReportOptions), ATTEST_OPTION_CODEBOOK (AttestReportOptions),
        ATTEST_OPTION_WHERE (AttestReportOptions),     ATTEST_OPTION_FORMAT (attest_report_formats),
        ATTEST_OPTION_OUTPUT (AttestReportOptions),    { NULL } };

static gboolean
run (AttestInvocation *inv, GError **error)
{
  g_autoptr (AttestReportData) data = attest_cli_load_report (inv, ATTEST_DATA_PLAIN, error);
  g_autoptr (AttestCodeTimeline) timeline
      = data != NULL ? attest_timeline_report_new (data, inv->args[0], error) : NULL;

  return timeline != NULL
         && attest_cli_write_report (inv, &attest_timeline_driver, timeline, data, error);
}

static const AttestExampleLine examples[]
    = { { "report timeline 03-un-agency", "where in it each code occurs" },
        { "report timeline 03-un-agency --format svg --output line.svg", NULL },
        { NULL } };

const AttestCommand attest_cmd_report_timeline = {
  .name = "report timeline",
  .group = "report",
  .synopsis = "SOURCE",
  .summary = "Show where in a transcript each code occurs",
  .doc = "A line a code, from the beginning of the transcript to its end, with the turns of the "
         "interviewer above: what was spoken of first, what only when asked, what again and again. "
         "By time where every turn has one, else by words.",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .min_args = 1,
  .max_args = 1,
  .opts_size = sizeof (AttestReportOptions),
  .options = options,
  .run = run,
};
