/* attest-report-charts: what the reports count, as charts. A note under each says what is counted,
 * with which codebook, and what was searched.
 */
#pragma once

#include "report/attest-chart.h"
#include "report/attest-report-coverage.h"
#include "report/attest-report-evidence.h"
#include "report/attest-report.h"

G_BEGIN_DECLS

/** Bars: segments by code. */
AttestChart *attest_frequency_to_chart (const AttestFrequency *frequency);
/** Heat: segments; see attest_matrix_to_table(). */
AttestChart *attest_matrix_to_chart (const AttestMatrix *matrix, const AttestFrequency *frequency,
                                     const char *rows, const char *cols);
/** Stacked: respondents by what is known of them, a bar a code, or a code and group; by respondent,
 * heat: segments. */
AttestChart *attest_coverage_to_chart (const AttestCoverageReport *report, AttestCoverageBy by);
/** Stacked: respondents who are silent, a bar a code. */
AttestChart *attest_silence_to_chart (const AttestCoverageReport *report);
/** Heat: respondents who spoke of each code, of those of each group. */
AttestChart *attest_evidence_to_chart (const AttestEvidenceReport *report);

G_END_DECLS
