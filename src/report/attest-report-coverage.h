/* attest-report-coverage: who was asked about each code, or each question of a guide, and who spoke
 * of it; and the same seen from the other side, who is silent.
 *
 * For people, respondents are named by their source, their number in it and their group, as in
 * other reports; labels of respondents are for programs (CSV, JSON).
 */
#pragma once

#include "report/attest-disclosure.h"
#include "report/attest-report.h"
#include "store/attest-store-coverage.h"
#include "store/attest-store-project.h"

G_BEGIN_DECLS

typedef struct
{
  AttestCoverage *coverage;
  AttestFrequency *frequency;   /* for codebook and what was searched */
  AttestDisclosure *disclosure; /* (nullable) owned; NULL: for the team */
  AttestProject *project;       /* which criteria are judged */
} AttestCoverageReport;

/** See attest_store_report_coverage(). */
AttestCoverageReport *attest_coverage_report_new (AttestStore *store,
                                                  const AttestReportFilter *filter,
                                                  const char *code, gboolean by_question,
                                                  GError **error);
/**
 * Has the report be printed for the audience of @disclosure, which it takes; (nullable). To the
 * public both reports are counts by code and nothing else.
 */
void attest_coverage_report_disclose (AttestCoverageReport *report, AttestDisclosure *disclosure);
void attest_coverage_report_free (AttestCoverageReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestCoverageReport, attest_coverage_report_free)

typedef enum
{
  ATTEST_COVERAGE_BY_CODE,       /* a line a code, or question */
  ATTEST_COVERAGE_BY_GROUP,      /* a line a code and stakeholder group */
  ATTEST_COVERAGE_BY_RESPONDENT, /* a line a code and respondent */
} AttestCoverageBy;

/** For CSV, and but for BY_RESPONDENT, for people. */
AttestTable *attest_coverage_to_table (const AttestCoverageReport *report, AttestCoverageBy by);
/** For people: respondents × codes, a sign each. @with_numbers: codes stand in the note, and have
 * numbers in the headings. */
AttestTable *attest_coverage_to_matrix (const AttestCoverageReport *report, gboolean with_numbers);
void attest_coverage_write_json (const AttestCoverageReport *report, AttestJson *json);

/** A line for each respondent who was asked and said nothing, who was neither asked nor spoke, or
 * of whom it cannot be told, under a heading a code. @for_people: otherwise for CSV. */
AttestTable *attest_silence_to_table (const AttestCoverageReport *report, gboolean for_people);
void attest_silence_write_json (const AttestCoverageReport *report, AttestJson *json);

/** Pages of their own. @title: of the project. */
void attest_coverage_write_html (const AttestCoverageReport *report, const char *title,
                                 GString *out);
void attest_silence_write_html (const AttestCoverageReport *report, const char *title,
                                GString *out);

G_END_DECLS
