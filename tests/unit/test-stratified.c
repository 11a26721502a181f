/* How well agreement is known from a stratified sample, and how alike items of a cluster are. */
#include <glib.h>
#include <math.h>

#include "stats/attest-intraclass.h"
#include "stats/attest-precision.h"
#include "stats/attest-random.h"
#include "stats/attest-stratified.h"

static void
assert_near (double a, double b, double within)
{
  g_assert_cmpfloat (fabs (a - b), <=, within);
}

/* ---- how alike ---- */

/* Shrout and Fleiss (1979), table 2: six targets, four judges; ICC(1,1) is .17 there, and
 * .165741768… as R's psych::ICC computes it from the same data. */
static void
test_shrout_fleiss (void)
{
  static const double values[]
      = { 9, 2, 5, 8, 6, 1, 3, 2, 8, 4, 6, 8, 7, 1, 2, 6, 10, 5, 6, 9, 6, 2, 4, 7 };
  guint clusters[G_N_ELEMENTS (values)];

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    clusters[i] = i / 4;
  assert_near (attest_intraclass (values, clusters, G_N_ELEMENTS (values), 6), .16574176840547544,
               1e-12);
}

/* By hand: clusters {1, 1, 0}, {0, 0}. Means 2/3 and 0, of all 2/5. MSB = 3(4/15)² + 2(2/5)² =
 * 8/15, MSW = (2/3)/3 = 2/9, n₀ = 5 − 13/5 = 12/5, ρ = (8/15 − 2/9) / (8/15 + 7/5 · 2/9) = 14/38.
 */
static void
test_unequal_clusters (void)
{
  static const double values[] = { 1, 1, 0, 0, 0 };
  static const guint clusters[] = { 0, 0, 0, 2, 2 };

  assert_near (attest_intraclass (values, clusters, 5, 3), 14.0 / 38, 1e-12);
  assert_near (attest_cluster_chance (clusters, 5, 3), 13.0 / 25, 1e-12);
  assert_near (attest_design_effect (11, .2, .1), 1.2, 1e-12);
  assert_near (attest_design_effect (11, .2, -.1), 1, 0);
}

static void
test_nothing_to_tell (void)
{
  static const double same[] = { 1, 1, 1, 1 }, values[] = { 1, 0, 1, 0 };
  static const guint clusters[] = { 0, 0, 1, 1 }, one[] = { 0, 0, 0, 0 }, each[] = { 0, 1, 2, 3 };

  g_assert_true (isnan (attest_intraclass (same, clusters, 4, 2)));
  g_assert_true (isnan (attest_intraclass (values, one, 4, 1)));
  g_assert_true (isnan (attest_intraclass (values, each, 4, 4)));
  g_assert_true (isnan (attest_intraclass (NULL, NULL, 0, 0)));
  g_assert_true (isnan (attest_cluster_chance (NULL, 0, 0)));
}

/* ---- what two people would say ---- */

/* By hand for κ .5, p .5: E x² = .5(.5 + .25) = .375, E x³ = .375(.25 + 1)/1.5 = .3125. */
static void
test_chances (void)
{
  AttestPairChances yes = attest_pair_chances (.5, .5, TRUE);
  AttestPairChances no = attest_pair_chances (.5, .5, FALSE);

  assert_near (yes.both, .625, 1e-12);
  assert_near (yes.one, .25, 1e-12);
  assert_near (yes.neither, .125, 1e-12);
  assert_near (no.both, .125, 1e-12);
  assert_near (no.neither, .625, 1e-12);
}

/* Who always agrees agrees with the codebook; who guesses does so everywhere. */
static void
test_extremes (void)
{
  AttestPairChances sure = attest_pair_chances (1, .1, TRUE);
  AttestPairChances guess = attest_pair_chances (0, .1, FALSE);

  assert_near (sure.both, 1, 1e-12);
  assert_near (guess.both, .01, 1e-12);
  assert_near (guess.one, .18, 1e-12);
  g_assert_true (isnan (attest_stratum_variance (.8, 0, 0)));
  g_assert_true (isnan (attest_stratum_variance (.8, 1, 1)));
}

/* One stratum, in which the share p has the code, is no stratification: then it is the formula of
 * Bloch and Kraemer (1989). */
static void
test_one_stratum (void)
{
  static const double kappas[] = { 0, .2, .5, .8, .95 }, shares[] = { .02, .1, .3, .5, .9 };

  for (guint i = 0; i < G_N_ELEMENTS (kappas); i++)
    for (guint k = 0; k < G_N_ELEMENTS (shares); k++)
      assert_near (attest_stratum_variance (kappas[i], shares[k], shares[k])
                       / attest_precision_variance (kappas[i], shares[k]),
                   1, 1e-9);
}

/* ---- strata ---- */

static const gint64 sizes[] = { 10, 40, 950 };
/* The second code is also in 4 of the items of the first. */
static const gint64 counts[] = { 10, 4, 0, 40, 0, 0 };
static const AttestStrata strata = { 3, 2, sizes, counts, .8 };

/* Of the first code p = .01, by hand Σ W_h² S_h² / n_h with S_h of attest_stratum_variance(). */
static void
test_strata (void)
{
  static const guint drawn[] = { 10, 20, 100 }, none[] = { 10, 0, 100 };
  double variance = 0;

  g_assert_cmpint (attest_strata_total (&strata), ==, 1000);
  assert_near (attest_strata_prevalence (&strata, 0), .01, 1e-12);
  assert_near (attest_strata_prevalence (&strata, 1), .044, 1e-12);
  variance += .01 * .01 * attest_stratum_variance (.8, .01, 1) / 10;
  variance += .04 * .04 * attest_stratum_variance (.8, .01, 0) / 20;
  variance += .95 * .95 * attest_stratum_variance (.8, .01, 0) / 100;
  assert_near (attest_strata_variance (&strata, 0, drawn), variance, 1e-12);
  assert_near (attest_strata_width (&strata, 0, drawn, 4),
               2 * 1.959963984540054 * sqrt (4 * variance), 1e-9);
  g_assert_true (isnan (attest_strata_variance (&strata, 0, none)));
}

static guint
sum_of (const guint *drawn)
{
  return drawn[0] + drawn[1] + drawn[2];
}

static void
test_allocation (void)
{
  guint drawn[3];

  /* Half of a small sample is for the codes, in equal parts. */
  attest_strata_allocate (&strata, 8, 5, 2, drawn);
  g_assert_cmpuint (drawn[0], ==, 2);
  g_assert_cmpuint (drawn[1], ==, 2);
  g_assert_cmpuint (drawn[2], ==, 4);
  /* One of each, as far as it goes. */
  attest_strata_allocate (&strata, 2, 5, 2, drawn);
  g_assert_cmpuint (sum_of (drawn), ==, 2);
  attest_strata_allocate (&strata, 100, 5, 2, drawn);
  g_assert_cmpuint (sum_of (drawn), ==, 100);
  g_assert_cmpuint (drawn[0], >=, 5);
  g_assert_cmpuint (drawn[2], >, 60);
  /* All there are of what is rare; and no more than there are. */
  attest_strata_allocate (&strata, 800, 5, 2, drawn);
  g_assert_cmpuint (sum_of (drawn), ==, 800);
  g_assert_cmpuint (drawn[0], ==, 10);
  attest_strata_allocate (&strata, 5000, 5, 2, drawn);
  g_assert_cmpuint (sum_of (drawn), ==, 1000);
}

/* No other way to share out the same number is better for one code alone (Neyman 1934). */
static void
test_optimum (void)
{
  static const gint64 two_sizes[] = { 100, 900 }, two_counts[] = { 100, 0 };
  static const AttestStrata two = { 2, 1, two_sizes, two_counts, .8 };
  guint drawn[2], other[2];
  double best;

  attest_strata_allocate (&two, 90, 1, 1, drawn);
  best = attest_strata_variance (&two, 0, drawn);
  for (other[0] = 1; other[0] < 90; other[0]++)
    {
      other[1] = 90 - other[0];
      g_assert_cmpfloat (attest_strata_variance (&two, 0, other), >=, best * (1 - 1e-3));
    }
}

/* Coders by the model, drawn anew and weighted each time: their π spreads as the variance says. */
static double
weighted_pi (AttestRandom *random, const guint *drawn)
{
  static const gint64 two_sizes[] = { 100, 900 };
  double observed = 0, given = 0;

  for (guint h = 0; h < 2; h++)
    {
      AttestPairChances chances = attest_pair_chances (.6, .1, h == 0);

      for (guint i = 0; i < drawn[h]; i++)
        {
          double at = (double)attest_random_below (random, 1u << 30) / (double)(1u << 30);
          double weight = (double)two_sizes[h] / 1000 / drawn[h];

          given += weight * (at < chances.both ? 1 : at < chances.both + chances.one ? .5 : 0);
          observed += weight * (at >= chances.both && at < chances.both + chances.one);
        }
    }
  return 1 - observed / (2 * given * (1 - given));
}

static void
test_simulated (void)
{
  static const gint64 two_sizes[] = { 100, 900 }, two_counts[] = { 100, 0 };
  static const AttestStrata two = { 2, 1, two_sizes, two_counts, .6 };
  static const guint drawn[] = { 400, 1600 };
  double sum = 0, squares = 0;
  const guint rounds = 2000;
  AttestRandom random;

  attest_random_init (&random, 5, 0);
  for (guint i = 0; i < rounds; i++)
    {
      double pi = weighted_pi (&random, drawn);

      sum += pi;
      squares += pi * pi;
    }
  sum /= rounds;
  assert_near (sum, .6, .01);
  assert_near ((squares / rounds - sum * sum) / attest_strata_variance (&two, 0, drawn), 1, .12);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/intraclass/shrout-fleiss", test_shrout_fleiss);
  g_test_add_func ("/intraclass/unequal-clusters", test_unequal_clusters);
  g_test_add_func ("/intraclass/nothing-to-tell", test_nothing_to_tell);
  g_test_add_func ("/stratified/chances", test_chances);
  g_test_add_func ("/stratified/extremes", test_extremes);
  g_test_add_func ("/stratified/one-stratum", test_one_stratum);
  g_test_add_func ("/stratified/strata", test_strata);
  g_test_add_func ("/stratified/allocation", test_allocation);
  g_test_add_func ("/stratified/optimum", test_optimum);
  g_test_add_func ("/stratified/simulated", test_simulated);
  return g_test_run ();
}
