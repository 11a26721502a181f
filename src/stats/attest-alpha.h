/* attest-alpha: Krippendorff's alpha, for any number of coders, missing ratings and any metric.
 *
 * Over items u with m_u ≥ 2 values: o_ck = Σ_u (ordered pairs c, k in u)/(m_u − 1), n_c = Σ_k o_ck,
 * n = Σ n_c.
 *
 *   D_o = Σ o_ck δ²(c,k) / n     D_e = Σ n_c n_k δ²(c,k) / (n (n − 1))     α = 1 − D_o / D_e
 *
 *   nominal    δ² = 1 for c ≠ k
 *   ordinal    δ = Σ_{g = c … k} n_g − (n_c + n_k)/2
 *   interval   δ = c − k
 *   ratio      δ = (c − k)/(c + k), 0 where both are 0
 *
 * Krippendorff (2011), Computing Krippendorff's alpha-reliability; Hayes and Krippendorff (2007).
 *
 * Where a value is a set of codes, δ² is replaced by the distance of the sets A and B:
 *
 *   Jaccard    1 − |A ∩ B| / |A ∪ B|
 *   MASI       1 − M |A ∩ B| / |A ∪ B|,  M = 1 equal, ⅔ one within the other, ⅓ they overlap, 0
 *
 * both 0 between two empty sets. Passonneau (2006), Measuring agreement on set-valued items (MASI).
 */
#pragma once

#include "stats/attest-ratings.h"

G_BEGIN_DECLS

typedef enum
{
  ATTEST_METRIC_NOMINAL,
  ATTEST_METRIC_ORDINAL,
  ATTEST_METRIC_INTERVAL,
  ATTEST_METRIC_RATIO,
} AttestMetric;

/** "nominal", "ordinal", "interval", "ratio" */
const char *attest_metric_to_string (AttestMetric metric);

typedef struct
{
  double n; /* values that can be paired */
  double observed, expected;
  double alpha; /* NAN: no variation, or nothing to pair */
} AttestAlpha;

/** @numbers: of the values, ascending; NULL for nominal and ordinal, where their order counts. */
AttestAlpha attest_alpha (const AttestTallyShape *shape, const double *tally, AttestMetric metric,
                          const double *numbers);

/** δ of two values; @n_c: how often each occurs (only for ordinal). */
double attest_metric_delta (AttestMetric metric, const double *numbers, const double *n_c, guint a,
                            guint b);

/** Distances of sets of codes. @a, @b: by code, whether it is in. */
double attest_jaccard_distance (const guint8 *a, const guint8 *b, guint n_codes);
double attest_masi_distance (const guint8 *a, const guint8 *b, guint n_codes);

/**
 * Alpha from distances that stand firm. @observed: Σ o_ck δ²(c,k), ordered pairs; @n_c: by value;
 * @distances: n_values × n_values.
 */
AttestAlpha attest_alpha_from_distances (double observed, const double *n_c, guint n_values,
                                         const double *distances);

G_END_DECLS
