/* Coverage as the public may read it: counts by code. Who of which group, or which respondent, said
 * nothing is not told. */
#include "report/attest-report-coverage-private.h"
#include "report/attest-report-driver.h"

#include "report/attest-disclosure-counts.h"
#include "report/attest-report-html.h"

void
attest_coverage_report_disclose (AttestCoverageReport *report, AttestDisclosure *disclosure)
{
  report->disclosure = disclosure;
  attest_disclosure_hide_frequency (disclosure, report->frequency);
}

AttestCoverageCounts
attest_coverage_count_told (const AttestCoverageReport *report, guint row)
{
  AttestCoverageCounts counts = attest_coverage_count (report->coverage, row, TRUE, NULL);
  gboolean hides = FALSE;

  if (!attest_disclosure_is_public (report->disclosure))
    return counts;
  /* What was asked and what was said add up to each other: where one is few, none of them is told.
   */
  for (guint i = 0; i < ATTEST_N_COVERAGE_STATES; i++)
    hides |= attest_disclosure_is_small (report->disclosure, counts.states[i]);
  for (guint i = 0; hides && i < ATTEST_N_COVERAGE_STATES; i++)
    counts.states[i] = ATTEST_COUNT_HIDDEN;
  counts.asked = hides ? ATTEST_COUNT_HIDDEN : counts.asked;
  counts.spoke = attest_disclosure_hide_count (report->disclosure, counts.spoke);
  counts.respondents = attest_disclosure_hide_count (report->disclosure, counts.respondents);
  return counts;
}

void
attest_coverage_write_public_json (const AttestCoverageReport *report, const char *name,
                                   AttestJson *json)
{
  const AttestCoverage *coverage = report->coverage;

  attest_report_begin_json (json, name, "respondent", coverage->codebook);
  attest_json_key (json, "rows");
  attest_json_begin_array (json);
  for (guint row = 0; row < coverage->rows->len; row++)
    {
      AttestCoverageCounts counts = attest_coverage_count_told (report, row);

      attest_json_begin_object (json);
      attest_coverage_write_json_row (attest_coverage_row (coverage, row), json);
      attest_coverage_write_counts (&counts, json);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
  attest_json_end_object (json);
}

void
attest_coverage_write_public_html (const AttestCoverageReport *report, const char *title,
                                   GString *out)
{
  AttestPage page = { title, "Who was asked and who spoke", report->frequency };
  g_autoptr (AttestHtml) html = attest_html_new (out);
  g_autoptr (AttestTable) table = attest_coverage_to_table (report, ATTEST_COVERAGE_BY_CODE);

  attest_page_begin (html, &page, NULL);
  attest_html_open (html, "section", NULL);
  attest_table_write_html (table, html);
  attest_html_close (html, "section");
  attest_page_end (html);
}
