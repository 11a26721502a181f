/* attest-brief-passages: the quotes that a brief and the ledger name.
 */
#pragma once

#include "report/attest-brief.h"
#include "store/attest-store-ledger.h"

G_BEGIN_DECLS

/** id → AttestQuotePassage, owned by the table; without those that are not in the project. */
GHashTable *attest_brief_load_passages (AttestStore *store, const AttestLedger *ledger,
                                        const AttestBrief *brief, GError **error);

G_END_DECLS
