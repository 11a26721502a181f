/* attest-intraclass: how alike the items of a cluster are.
 *
 * The intraclass correlation of a one-way analysis of variance (Fisher 1925; ICC(1,1) of Shrout and
 * Fleiss 1979, Intraclass correlations: uses in assessing rater reliability, Psychological Bulletin
 * 86:420-428), of k clusters with n_j items, N in all:
 *
 *   ρ = (MSB − MSW) / (MSB + (n₀ − 1) MSW),   n₀ = (N − Σ n_j² / N) / (k − 1)
 *
 * also for values 0 and 1 (Ridout, Demétrio and Firth 1999, Estimating intraclass correlation for
 * binary data, Biometrics 55:137-148). What a sample of n items tells is less by the design effect
 * 1 + (n − 1) λ ρ (Kish 1965, Survey Sampling, p. 162), λ the chance that two of them are of one
 * cluster.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * @values, @clusters: by item; @clusters below @n_clusters. Below 0 where items of a cluster are
 * less alike than by chance. NAN: fewer than two clusters, no cluster with two items, or all values
 * the same.
 */
double attest_intraclass (const double *values, const guint *clusters, gsize n_items,
                          guint n_clusters);

/** The chance that two items drawn with replacement are of one cluster: Σ (n_j / N)². NAN: no
 * items. */
double attest_cluster_chance (const guint *clusters, gsize n_items, guint n_clusters);

/** 1 + (n − 1) λ ρ, at least 1. */
double attest_design_effect (double n, double cluster_chance, double rho);

G_END_DECLS
