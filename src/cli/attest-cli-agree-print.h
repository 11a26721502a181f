/* attest-cli-agree-print: what `attest agree` found, in the form that was asked for.
 */
#pragma once

#include "cli/attest-cli.h"
#include "report/attest-report-agree.h"
#include "report/attest-report-spans.h"

G_BEGIN_DECLS

/* Borrowed. */
typedef struct
{
  AttestInvocation *inv;
  const char *format;     /* (nullable) "table", "csv", "json" */
  const char *output;     /* (nullable) path */
  gboolean disagreements; /* the items on which coders differ, not the coefficients */
} AttestAgreePrint;

gboolean attest_agree_print_report (const AttestAgreePrint *print, const AttestAgreeReport *report,
                                    GError **error);
gboolean attest_agree_print_spans (const AttestAgreePrint *print, const AttestSpansReport *report,
                                   GError **error);

G_END_DECLS
