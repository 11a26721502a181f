/* attest-paired: whether two codings of the same units differ in how much they find.
 *
 * Of n units, b have a code by the first coding alone (lost), c by the second alone (gained).
 *
 *   difference   (c − b)/n, interval of Tango (1998): the values δ that the score test does not
 *                reject, (c − b − nδ)² / (n (2q + δ(1 − δ))) = 1.96², q the likeliest chance of b
 * at δ; at δ = 0 this is McNemar's χ² exact p      of b + c changes as many or more one way, each
 * with chance ½ (McNemar 1947) mid-p        exact p less the chance of just this: Fagerland,
 * Lydersen and Laake (2013) advise it for any size, since the exact one is too careful and χ² now
 * and then too bold χ²           (b − c)²/(b + c), without a correction, which does badly (the
 * same)
 *
 * These take units as independent. Sentences of one transcript are not, so
 *
 *   p by cluster  the sum of c − b over clusters, among all sums that there would be if each
 *                 cluster had changed as much, one way or the other (randomization, Fisher 1935;
 *                 with many clusters that of Durkalski and others 2003). With as many clusters as
 *                 units it is the exact p. K clusters that change make no p below 2^(1 − K).
 *
 * NAN: not defined.
 */
#pragma once

#include "stats/attest-interval.h"

G_BEGIN_DECLS

/* From so many changes on, mid-p is the p to be read; below it, the exact one. */
#define ATTEST_PAIRED_MID_P 25
/* Fewer changes say next to nothing: below 6, no exact p is under .05. */
#define ATTEST_PAIRED_FEW 6

typedef struct
{
  gint64 n, lost, gained;
  AttestEstimate difference; /* −1 … 1; below 0: the second finds less */
  double p_exact, p_mid, chi2, p_chi2;
  double p;           /* the one to be read */
  const char *name;   /* (nullable) static: of that p, "exact" or "mid-p" */
  const char *reason; /* (nullable) static: why there is no test */
} AttestPaired;

AttestPaired attest_paired_test (gint64 lost, gint64 gained, gint64 n);
/** @changes: gained less lost, by cluster. NAN when all are 0. */
double attest_paired_cluster_p (const gint64 *changes, guint n_clusters);

G_END_DECLS
