/* attest-unitizing: agreement on which stretches of a text have which code.
 *
 * Krippendorff's unitizing alphas (Krippendorff, Mathet, Bouvry and Widlöcher 2016, On the
 * reliability of unitizing textual continua: further developments, Quality & Quantity
 * 50:2347-2364). Each of m coders cuts a continuum of length L into units S_ig of a value c, and
 * gaps, value φ. L(·) is a length.
 *
 *   observed   l_ck = Σ_i Σ_{j≠i} Σ_g Σ_h L(S_ig(c) ∩ S_jh(k)) / (m − 1);  l.. = m L
 *   expected   e_ck = l.. (l_c. l_k. − [c = k] Q_c) / (l..² − Σ Q_c)
 *              Q_c = Σ L² over the units of value c, Q_φ = Σ L over the gaps
 *
 *   uα    = 1 − (l.. − Σ l_cc) / (l.. − Σ e_cc)         all of it, gaps included
 *   |uα   = 1 − (l_φ. − l_φφ) / (e_φ. − e_φφ)           whether a stretch has a code at all
 *   cuα   = 1 − (l − Σ l_cc) / (l − Σ e_cc)             which code, where units meet:
 *           l_c = l_c. − l_cφ, l = Σ l_c, e_ck = (l_c l_k − [c = k] R_c) / (l − Σ R_c / l),
 *           R_c = Σ over the units of value c, and the other coders, of (length of the unit in
 * their units)² / (m − 1) (k)uα = 1 − (e_k / l_k) (l_k − l_kk) / (e_k − e_kk)  one code, of the
 * same
 *
 * Everything on the right adds up over continua (transcripts), each with the coders who saw it, so
 * that alphas of several are alphas of the sums. The metric is nominal. NAN: not defined.
 */
#pragma once

#include "stats/attest-resample.h"

G_BEGIN_DECLS

/* Half-open. */
typedef struct
{
  gint64 start, end;
  guint value;
} AttestStretch;

/* One continuum as its coders cut it. Borrowed. */
typedef struct
{
  gint64 length;
  guint n_coders;                    /* who saw it: two or more */
  const AttestStretch *const *units; /* by coder: by start, none empty, no two that overlap */
  const guint *n_units;              /* by coder */
} AttestContinuum;

/** Numbers in the sums of @n_values values. */
gsize attest_unitizing_length (guint n_values);
void attest_unitizing_add (const AttestContinuum *continuum, guint n_values, AttestAdder *adder);

typedef struct
{
  double u_alpha, bar_u_alpha, cu_alpha;
  double coverage; /* l / l..: share of all length that two coders coded */
  double coded;    /* share of all length that a coder coded */
} AttestUnitizing;

/** @ku_alpha, @coverages: (optional) by value: (k)uα, and the share of its length that is in units
 * of others. */
AttestUnitizing attest_unitizing (const double *sums, guint n_values, double *ku_alpha,
                                  double *coverages);

G_END_DECLS
