/* attest-report-counter: what speaks against findings and was not answered yet, as a worklist.
 *
 * For a finding on a criterion: the segments of that code that say the opposite of what supports
 * the finding, and are neither linked to it nor rejected in review. What supports it tells by its
 * polarity which way the finding goes; when it does not tell, the finding is taken to be good news.
 */
#pragma once

#include <glib.h>

#include "report/attest-table.h"
#include "store/attest-store-ledger.h"

G_BEGIN_DECLS

/**
 * A row a finding and segment. @ids: (nullable) NULL-terminated: only these findings, or those on
 * these criteria; one that is neither is ATTEST_ERROR_USAGE. @out_findings: how many were looked
 * at.
 */
AttestTable *attest_report_counter (AttestStore *store, const char *const *ids, guint *out_findings,
                                    GError **error);

/** How many rows there are for each finding, by its id: as a pointer. */
GHashTable *attest_report_count_counter (AttestStore *store, GError **error);

G_END_DECLS
