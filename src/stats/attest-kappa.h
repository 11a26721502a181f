/* attest-kappa: agreement of two coders, from the table of the items that both rated.
 *
 * n_ij items that the first coder gave value i and the second j; p_ij = n_ij / N; p_i+, p_+j their
 * sums; w_ij weights (attest-weights.h), 1 for i = j and otherwise 0 when there are none.
 *
 *   p_o = Σ w_ij p_ij       κ = (p_o − p_e) / (1 − p_e)       π the same with another p_e
 *   Cohen κ    p_e = Σ w_ij p_i+ p_+j                   Cohen (1960), weighted Cohen (1968)
 *   Scott π    p_e = Σ w_ij π_i π_j, π_i = (p_i+ + p_+i)/2      Scott (1955)
 *
 * Standard error of κ, items independent of each other: Fleiss, Cohen and Everitt (1969). Sentences
 * of one interview are not independent: prefer attest-resample.h.
 *
 * NAN: not defined, for want of items or of variation (p_e = 1).
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** @table: [first × q + second]. @weights: (nullable) q × q. */
double attest_cohen_kappa (const double *table, guint q, const double *weights);
double attest_scott_pi (const double *table, guint q, const double *weights);

typedef struct
{
  double ase;    /* of κ */
  double ase_h0; /* if it were 0 */
} AttestKappaErrors;

AttestKappaErrors attest_cohen_kappa_errors (const double *table, guint q);

/** (observed − expected)/(1 − expected), NAN when chance alone agrees. */
double attest_beyond_chance (double observed, double expected);

G_END_DECLS
