/* attest-report-respondents: who was interviewed: by each attribute how many, how much they said,
 * and of how much; or one by one.
 */
#pragma once

#include "report/attest-report-driver.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 sources, turns, words, segments, codes; /* codes: different ones */
  gboolean is_present;
} AttestRespondentCounts;

typedef struct
{
  char *attribute;
  char *value; /* (nullable) not known */
  gint64 respondents, turns, words, segments, codes;
  gboolean is_hidden; /* the public is not told */
} AttestRespondentGroup;

typedef struct
{
  const AttestReportData *data; /* borrowed */
  gboolean one_by_one;
  GPtrArray *attributes; /* of char *: names of columns, sorted, the group first */
  GArray *counts;        /* of AttestRespondentCounts, by respondent */
  GArray *groups;        /* of AttestRespondentGroup, by attribute and value */
  gint64 n_present;
} AttestRespondentReport;

extern const AttestReportDriver attest_respondents_driver;

/** @attribute: (nullable) normalised; only by this one. */
AttestRespondentReport *attest_respondent_report_new (const AttestReportData *data,
                                                      const char *attribute, gboolean one_by_one);
void attest_respondent_report_free (AttestRespondentReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestRespondentReport, attest_respondent_report_free)

G_END_DECLS
