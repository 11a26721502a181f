/* attest-weights: how nearly two values agree, for coefficients that give credit for a near miss.
 *
 *   linear      1 − |x_k − x_l| / (x_max − x_min)
 *   quadratic   1 − (x_k − x_l)² / (x_max − x_min)²
 *   ordinal     1 − C(|k − l| + 1, 2) / C(q, 2)        k, l ranks
 *   ratio       1 − ((x_k − x_l)/(x_k + x_l))² / ((x_max − x_min)/(x_max + x_min))²
 *
 * Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed., chapter 3; Cohen (1968).
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ATTEST_WEIGHTS_LINEAR,
  ATTEST_WEIGHTS_QUADRATIC,
  ATTEST_WEIGHTS_ORDINAL,
  ATTEST_WEIGHTS_RATIO,
} AttestWeights;

/** "linear", "quadratic", "ordinal", "ratio" */
const char *attest_weights_to_string (AttestWeights weights);

/** @numbers: of the @n_values values, ascending, no two alike; for ratio not negative, and one of
 * them above 0. Returns: (transfer full) [n_values × n_values], 1 on the diagonal. */
double *attest_weights_new (AttestWeights weights, const double *numbers, guint n_values);

G_END_DECLS
