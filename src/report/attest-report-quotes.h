/* attest-report-quotes: a bank of quotes by code, the ones to be read first before the others.
 */
#pragma once

#include "report/attest-report-driver.h"

G_BEGIN_DECLS

/* What is shown; all hold. */
typedef struct
{
  guint code;             /* ATTEST_NO_INDEX: all */
  guint8 polarity;        /* ATTEST_UNQUALIFIED: any */
  guint min_strength;     /* rules that found it; 0: any */
  gboolean only_key;      /* marked as key quotes */
  gboolean only_accepted; /* by a person */
  guint limit;            /* of each code; 0: all */
} AttestQuoteFilter;

typedef struct
{
  const AttestReportData *data; /* borrowed; with quotes */
  AttestQuoteFilter filter;
  GPtrArray *codes; /* of GArray of guint: segments to be shown, by code */
  gint64 *found;    /* by code: before the limit */
} AttestQuoteBank;

extern const AttestReportDriver attest_quotes_driver;

AttestQuoteBank *attest_quote_bank_new (const AttestReportData *data,
                                        const AttestQuoteFilter *filter);
void attest_quote_bank_free (AttestQuoteBank *bank);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestQuoteBank, attest_quote_bank_free)

G_END_DECLS
