/* attest-hits: where in a quote the rules matched.
 */
#pragma once

#include <glib.h>

#include "store/attest-store.h"
#include "util/attest-text.h"

G_BEGIN_DECLS

/**
 * Overwrites @spans with the hits of a segment that was read with its hits: bytes into its quote,
 * ascending, those that overlap or touch in one.
 * @spans: (element-type AttestSpan)
 */
void attest_hits_merge (const AttestStoreSegment *segment, GArray *spans);

G_END_DECLS
