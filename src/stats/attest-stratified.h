/* attest-stratified: how well agreement is known from items that were drawn with unequal chances.
 *
 * Items are drawn from strata h, of which the share W_h of all items is, n_h from each, and stand
 * for the others of their stratum by the weight W_h / n_h. Of a code, let d be 1 where two coders
 * differ about an item, and m the share of the two that gave it the code. Agreement beyond chance κ
 * (Scott's π, which alpha equals in large samples) follows from the weighted means of d and m, and
 * to first order (Särndal, Swensson and Wretman 1992, Model Assisted Survey Sampling, section 5.5)
 * its variance is that of the weighted mean of
 *
 *   u = (−d + (1 − κ) · 2(1 − 2p) · m) / (2p(1 − p)),    Var κ = Σ W_h² S_h²(u) / n_h
 *
 * where p is the share of the items that have the code. The finite number of items is not made use
 * of: agreement is asked for of the codes, not of these items.
 *
 * What is to be expected of d and m rests on a model: an item has the code with a chance of its own
 * that is beta-distributed over the items, with mean p and such that two judges agree by κ beyond
 * chance; that is the model behind the formula of attest-precision.h (Bloch and Kraemer 1989),
 * which comes out where nothing is stratified. The codebook is taken for a third judge like the
 * two: so it is known what they will say where it found the code, and where it did not.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Of an item: that both give the code, one of them (either), neither. */
typedef struct
{
  double both, one, neither;
} AttestPairChances;

/** Where the codebook found the code, or, with @found FALSE, where it did not. @kappa: 0 … 1; @p:
 * between 0 and 1. */
AttestPairChances attest_pair_chances (double kappa, double p, gboolean found);

/** S²(u) in a stratum of which the share @found has the code, as the codebook finds it. NAN: @p is
 * 0 or 1. */
double attest_stratum_variance (double kappa, double p, double found);

/* Strata, and what is found in them; borrowed. */
typedef struct
{
  guint n_strata, n_codes;
  const gint64 *sizes;  /* by stratum: items */
  const gint64 *counts; /* [stratum × n_codes + code]: items with the code */
  double kappa;
} AttestStrata;

/** Items of all strata. */
gint64 attest_strata_total (const AttestStrata *strata);
/** p: the share of all items that have @code. */
double attest_strata_prevalence (const AttestStrata *strata, guint code);

/** Var κ of @code with @n_drawn (by stratum). NAN: not defined, or a stratum that holds something
 * of which nothing is drawn. */
double attest_strata_variance (const AttestStrata *strata, guint code, const guint *n_drawn);
/** Width of its 95 % interval, with the design effect @effect. */
double attest_strata_width (const AttestStrata *strata, guint code, const guint *n_drawn,
                            double effect);

/**
 * Shares out @n items, no more than there are. Each of the first @n_least strata gets @least, or
 * all it has, as long as that is no more than half of @n; else equal parts of that half. The rest
 * goes where it tells most: the optimum of each code (Neyman 1934: in proportion to W_h S_h), and
 * of these the mean (Cochran 1977, Sampling Techniques, section 5A.3), less what the strata have. A
 * stratum that holds anything gets one item at least, as far as @n reaches. @out_drawn: by stratum.
 */
void attest_strata_allocate (const AttestStrata *strata, guint n, guint least, guint n_least,
                             guint *out_drawn);

G_END_DECLS
