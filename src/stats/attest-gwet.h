/* attest-gwet: agreement of any number of coders, with ratings missing.
 *
 * Over items i with r_i ratings, of which r_ik gave value k; w_kl weights (attest-weights.h), 1 for
 * k = l and otherwise 0 when there are none; q values of the scheme:
 *
 *   p_a = mean over items with r_i ≥ 2 of  Σ_kl w_kl (pairs of ratings k, l) / (r_i (r_i − 1))
 *   π_k = mean over all rated items of  r_ik / r_i
 *   coefficient = (p_a − p_e) / (1 − p_e)
 *
 *   Fleiss κ            p_e = Σ_kl w_kl π_k π_l                       Fleiss (1971)
 *   Gwet AC1, AC2       p_e = Σ w_kl · Σ π_k (1 − π_k) / (q (q − 1))    Gwet (2008)
 *   Brennan-Prediger    p_e = Σ w_kl / q²                            Brennan and Prediger (1981)
 *
 * with missing ratings as in Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed., chapters 2
 * to 5. AC2 is AC1 with weights. NAN: not defined; of AC1 and Brennan-Prediger also where the
 * scheme has one value only.
 */
#pragma once

#include "stats/attest-ratings.h"

G_BEGIN_DECLS

typedef struct
{
  double percent; /* p_a, percent agreement as a share; with weights, weighted */
  double fleiss_kappa, gwet_ac1, brennan_prediger;
} AttestGwet;

/** @weights: (nullable) */
AttestGwet attest_gwet (const AttestTallyShape *shape, const double *tally, const double *weights);

/** Standard error of AC1 over items (Gwet 2014, section 5.3), which takes them as independent. NAN
 * for fewer than two rated items. */
double attest_gwet_ac1_se (const AttestRatings *ratings);

G_END_DECLS
