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

AttestSaturationReport *attest_saturation_report_new (const AttestReportData *data,
                                                      AttestSaturationOf of, gboolean by_ingest,
                                                      const AttestSaturationOptions *options);
void attest_saturation_report_free (AttestSaturationReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestSaturationReport, attest_saturation_report_free)

/** "Saturation at 6+2: …" */
char *attest_saturation_report_dup_verdict (const AttestSaturationReport *report);

G_END_DECLS
