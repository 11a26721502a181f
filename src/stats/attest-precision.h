/* attest-precision: how many items two coders must both judge for an interval of a wanted width.
 *
 * Of a code that is there in a share p of the items, with κ the agreement beyond chance that is
 * expected (Scott's π, which alpha equals in large samples), items independent:
 *
 *   Var κ = (1 − κ)/n · ((1 − κ)(1 − 2κ) + κ(2 − κ) / (2p(1 − p)))
 *
 * Bloch and Kraemer (1989), 2 × 2 kappa coefficients: measures of agreement or association,
 * Biometrics 45:269-287; Donner and Eliasziw (1992), A goodness-of-fit approach to inference
 * procedures for the kappa statistic, Statistics in Medicine 11:1511-1519. A 95 % interval is 2 ·
 * 1.96 · √Var wide. Sentences of one transcript are not independent: of transcripts of m sentences
 * the variance is 1 + (m − 1)ρ times that, ρ how alike they are (Kish 1965, Survey Sampling, p.
 * 162).
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Var κ · n. NAN for p of 0 or 1. */
double attest_precision_variance (double kappa, double p);
/** Width of the 95 % interval from @n items in clusters of @per_cluster. NAN: not defined. */
double attest_precision_width (double kappa, double p, double n, double per_cluster, double rho);
/** The least number of items, not in clusters. NAN: not defined. */
double attest_precision_items (double kappa, double p, double width);

G_END_DECLS
