/* What the files of the reports on coverage and silence share. */
#pragma once

#include "report/attest-report-coverage.h"

G_BEGIN_DECLS

/* attest-report-coverage-public.c */
void attest_coverage_write_public_html (const AttestCoverageReport *report, const char *title,
                                        GString *out);

/* Respondents. Those of unknown state are in `asked` and `spoke`, too, where these are known. */
typedef struct
{
  gint64 respondents;
  gint64 asked, spoke;
  gint64 states[ATTEST_N_COVERAGE_STATES]; /* by AttestCoverageState; together all respondents */
} AttestCoverageCounts;

/** @group: NULL: those without; @all: whatever their group. */
AttestCoverageCounts attest_coverage_count (const AttestCoverage *coverage, guint row, gboolean all,
                                            const char *group);
/** Of all respondents, as far as it may be told. */
AttestCoverageCounts attest_coverage_count_told (const AttestCoverageReport *report, guint row);
/** The members of the counts. */
void attest_coverage_write_counts (const AttestCoverageCounts *counts, AttestJson *json);
/** @name: of the report. */
void attest_coverage_write_public_json (const AttestCoverageReport *report, const char *name,
                                        AttestJson *json);
/** (element-type char *) the groups of the respondents, sorted, NULL last. Borrowed strings. */
GPtrArray *attest_coverage_list_groups (const AttestCoverage *coverage);
/** Whether the rows are questions. */
gboolean attest_coverage_is_by_question (const AttestCoverage *coverage);
/** Whether something may be said of the row: a question that asks about no code has no answers. */
gboolean attest_coverage_row_has_codes (const AttestCoverageRow *row);
/** "Impact", "1.1 What has changed? (impact)" */
char *attest_coverage_dup_row_title (const AttestCoverageRow *row);
/** "12-focus-group, respondent 2" */
char *attest_coverage_dup_place (const AttestCoverageRespondent *respondent);
/** Why it cannot be told, in words; "" for none. */
const char *attest_doubt_to_words (AttestDoubt doubt);
/** What the reader must know besides: lines, each after a line end; "" for nothing. */
char *attest_coverage_dup_remarks (const AttestCoverage *coverage);
/** Adds the columns that name a row, and its cells. */
void attest_coverage_add_row_columns (const AttestCoverage *coverage, AttestTable *table,
                                      AttestColumnFlags flags);
void attest_coverage_add_row_cells (const AttestCoverage *coverage, AttestTable *table, guint row);
/** Opens the object and writes everything but the rows. @name: "coverage". */
void attest_coverage_begin_json (const AttestCoverageReport *report, const char *name,
                                 AttestJson *json);
/** The members that name a row. */
void attest_coverage_write_json_row (const AttestCoverageRow *row, AttestJson *json);

G_END_DECLS
