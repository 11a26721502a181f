/* How well agreement would be known: the formula against coders that are made up. */
#include <glib.h>
#include <math.h>

#include "stats/attest-kappa.h"
#include "stats/attest-precision.h"
#include "stats/attest-random.h"

#define N_ITEMS 400
#define N_ROUNDS 3000

static double
draw (AttestRandom *random)
{
  return (double)attest_random_below (random, 1u << 30) / (double)(1u << 30);
}

/* Two coders who share one look at an item in a share @kappa of them, and guess alone otherwise:
 * then Scott's pi is kappa in the long run. */
static double
simulate (AttestRandom *random, double kappa, double p)
{
  double table[4] = { 0 };

  for (guint i = 0; i < N_ITEMS; i++)
    {
      gboolean is_shared = draw (random) < kappa;
      gboolean a = draw (random) < p, b = draw (random) < p;

      table[(a ? 2 : 0) + ((is_shared ? a : b) ? 1 : 0)]++;
    }
  return attest_scott_pi (table, 2, NULL);
}

static void
test_simulated (void)
{
  static const struct
  {
    double kappa, p;
  } cases[] = { { 0.2, 0.5 }, { 0.5, 0.3 }, { 0.8, 0.2 }, { 0.7, 0.5 } };

  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      double sum = 0, squares = 0, expected;
      AttestRandom random;

      attest_random_init (&random, 11, c);
      for (guint round = 0; round < N_ROUNDS; round++)
        {
          double kappa = simulate (&random, cases[c].kappa, cases[c].p);

          sum += kappa;
          squares += kappa * kappa;
        }
      squares = squares / N_ROUNDS - (sum / N_ROUNDS) * (sum / N_ROUNDS);
      expected = attest_precision_variance (cases[c].kappa, cases[c].p) / N_ITEMS;
      g_assert_cmpfloat (fabs (squares / expected - 1), <, 0.12);
    }
}

static void
test_width (void)
{
  double n = attest_precision_items (0.8, 0.1, 0.2);

  /* As many as are asked for give the width, one less does not. */
  g_assert_cmpfloat (attest_precision_width (0.8, 0.1, n, 1, 0), <=, 0.2);
  g_assert_cmpfloat (attest_precision_width (0.8, 0.1, n - 1, 1, 0), >, 0.2);
  /* Kappa 0 has a variance of 1/n whatever the prevalence. */
  g_assert_cmpfloat_with_epsilon (attest_precision_variance (0, 0.03), 1, 1e-12);
  g_assert_cmpfloat_with_epsilon (attest_precision_variance (0.6, 0.2),
                                  attest_precision_variance (0.6, 0.8), 1e-12);
  /* Sentences that are all alike tell as much as one. */
  g_assert_cmpfloat_with_epsilon (attest_precision_width (0.6, 0.2, 500, 50, 1),
                                  attest_precision_width (0.6, 0.2, 10, 1, 0), 1e-12);
  g_assert_true (isnan (attest_precision_variance (0.6, 0)));
  g_assert_true (isnan (attest_precision_width (0.6, 0.2, 0, 1, 0)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/precision/simulated", test_simulated);
  g_test_add_func ("/precision/width", test_width);
  return g_test_run ();
}
