/* attest-report-saturation: after how many sources nothing new is said. See
 * stats/attest-saturation.h.
 *
 * With a fixed codebook the codes themselves are soon all met; rules and the words that were found
 * say more. Sources that the codebook did not search, or in which nobody of the filter speaks, are
 * no interviews here.
 */
#pragma once

#include "report/attest-report-driver.h"
#include "stats/attest-saturation.h"

G_BEGIN_DECLS

typedef enum
{
  ATTEST_SATURATION_OF_CODES,
  ATTEST_SATURATION_OF_RULES,   /* data with ATTEST_DATA_RULES */
  ATTEST_SATURATION_OF_PHRASES, /* data with ATTEST_DATA_PHRASES */
} AttestSaturationOf;

typedef struct
{
  const AttestReportData *data; /* borrowed */
  AttestSaturationOf of;
  gboolean by_ingest; /* order in which sources were taken in; FALSE: by label */
  AttestSaturationOptions options;
  GArray *sources; /* of guint, into the sources of the data, in order */
  AttestSaturation *saturation;
} AttestSaturationReport;

extern const AttestReportDriver attest_saturation_driver;

/** A base of 4, a run of 2 and 5 %, of what Guest, Namey and Chen 2020 propose (4 to 6, 2 or 3, 0
 * or 5 %); 1000 random orders. */
extern const AttestSaturationOptions attest_saturation_usual;

/** @code: the only one whose segments count, or ATTEST_NO_INDEX: all. */
AttestSaturationReport *attest_saturation_report_new (const AttestReportData *data,
                                                      AttestSaturationOf of, guint code,
                                                      gboolean by_ingest,
                                                      const AttestSaturationOptions *options);
void attest_saturation_report_free (AttestSaturationReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestSaturationReport, attest_saturation_report_free)

/** "Saturation at 6+2: …" */
char *attest_saturation_report_dup_verdict (const AttestSaturationReport *report);
/** What the last run brought, of what the base had; NAN: there is no run, or nothing in the base.
 */
double attest_saturation_report_get_last_share (const AttestSaturationReport *report);

G_END_DECLS
