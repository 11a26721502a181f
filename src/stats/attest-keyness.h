/* attest-keyness: how much more often a word is used in some texts than in others, and how evenly.
 *
 *   G² = 2 (a ln (a/E1) + b ln (b/E2))   E1 = c (a + b)/(c + d)   E2 = d (a + b)/(c + d)
 *
 * a and b occurrences in two bodies of text of c and d words; 0 ln 0 = 0. The form with two cells,
 * as the UCREL log-likelihood wizard has it (Rayson and Garside 2000): values from 3.84, 6.63,
 * 10.83 and 15.13 on are met by chance at p .05, .01, .001 and .0001. Sentences of one interview
 * are not independent, so these p are too small; that is what dispersion is for.
 *
 *   log ratio = log2 ((a/c) / (b/d))     with .5 for a count of 0 (Hardie 2014)
 *
 * 1: twice as often, 2: four times.
 *
 *   DP = ½ Σ |v_i − s_i|                 DPnorm = DP / (1 − min s_i)
 *
 * s_i the share of part i in all words, v_i its share in the occurrences (Gries 2008; Lijffijt and
 * Gries 2012). 0: spread as evenly as the words are; 1: all in the smallest part.
 *
 *   G² of four cells    adds those of the words that are not this one (Dunning 1993)
 *   % difference        (a/c − b/d) · 100 / (b/d) (Gabrielatos 2018)
 *   BIC                 G² − ln (c + d): from 2 on, positive evidence of a difference, from 6
 *                       strong, from 10 very strong (Wilson 2013)
 *   ELL                 G² / ((c + d) ln min (E1, E2)), an effect size 0 … 1 (Johnston, Berry and
 *                       Mielke 2006); only where min (E1, E2) > 1
 *
 * What is not defined is NAN.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** NAN without words. */
double attest_keyness_g2 (double a, double b, double c, double d);
double attest_keyness_log_ratio (double a, double b, double c, double d);

double attest_keyness_g2_four_cell (double a, double b, double c, double d);
double attest_keyness_percent_difference (double a, double b, double c, double d);
double attest_keyness_bic (double a, double b, double c, double d);
double attest_keyness_ell (double a, double b, double c, double d);
/** The smaller of E1 and E2. */
double attest_keyness_min_expected (double a, double b, double c, double d);

/* Lowest G² for p < .01. */
#define ATTEST_KEYNESS_P01 6.63

/** @counts, @sizes: of @n parts. NAN without occurrences or words. */
double attest_dispersion_dp (const guint64 *counts, const guint64 *sizes, guint n);
/** NAN also for a single part. Parts without words are no parts. */
double attest_dispersion_dp_norm (const guint64 *counts, const guint64 *sizes, guint n);

G_END_DECLS
