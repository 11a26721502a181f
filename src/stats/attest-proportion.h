/* attest-proportion: a share of a count, and how far it can be trusted.
 *
 * Wilson's score interval (Wilson 1927), 95 %. It stays within 0 and 1 and means something for
 * small counts and for shares of 0 and 1, where p ± 1.96 √(p(1−p)/n) does not (Newcombe 1998).
 */
#pragma once

#include "stats/attest-interval.h"

G_BEGIN_DECLS

/** @n of @total, 0 ≤ n ≤ total. All NAN when @total is 0. */
AttestEstimate attest_proportion_estimate (gint64 n, gint64 total);

G_END_DECLS
