#include "stats/attest-paired.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#include "stats/attest-association.h"

#define Z95 1.959963984540054
/* Halvings of an interval of width 2: more than a double holds. */
#define HALVINGS 60
/* Sums that are listed exactly, times clusters; beyond, the normal distribution. */
#define MAX_SUMS 2000000

/* ---- the difference ---- */

/* The score of @delta, which falls as it grows. */
static double
score (double lost, double gained, double n, double delta)
{
  double a = 2 * n, b = -lost - gained + (2 * n - gained + lost) * delta;
  double c = -lost * delta * (1 - delta);
  double q = (sqrt (fmax (b * b - 4 * a * c, 0)) - b) / (2 * a);
  double variance = n * (2 * q + delta * (1 - delta)), difference = gained - lost - n * delta;

  if (variance <= 0)
    return difference > 0 ? INFINITY : difference < 0 ? -INFINITY : 0;
  return difference / sqrt (variance);
}

/* Where the score is @target, between @low and @high. */
static double
find_delta (double lost, double gained, double n, double target, double low, double high)
{
  for (guint i = 0; i < HALVINGS; i++)
    {
      double middle = (low + high) / 2;

      if (score (lost, gained, n, middle) > target)
        low = middle;
      else
        high = middle;
    }
  return (low + high) / 2;
}

static AttestEstimate
estimate_difference (double lost, double gained, double n)
{
  double difference = (gained - lost) / n;

  return (AttestEstimate){
    difference, gained - lost <= -n ? -1 : find_delta (lost, gained, n, Z95, -1, difference),
    gained - lost >= n ? 1 : find_delta (lost, gained, n, -Z95, difference, 1)
  };
}

/* ---- tests ---- */

AttestPaired
attest_paired_test (gint64 lost, gint64 gained, gint64 n)
{
  AttestPaired test = { .n = n, .lost = lost, .gained = gained };
  gint64 changes = lost + gained, less = MIN (lost, gained);

  test.difference = (AttestEstimate){ NAN, NAN, NAN };
  test.p_exact = test.p_mid = test.chi2 = test.p_chi2 = test.p = NAN;
  if (n == 0)
    {
      test.reason = "there are no units to compare";
      return test;
    }
  test.difference = estimate_difference ((double)lost, (double)gained, (double)n);
  if (changes == 0)
    {
      test.reason = "no change: there is nothing to test";
      return test;
    }
  double chance = gsl_ran_binomial_pdf ((guint)less, .5, (guint)changes);
  test.p_exact = MIN (2 * gsl_cdf_binomial_P ((guint)less, .5, (guint)changes), 1);
  test.p_mid = lost == gained ? 1 - chance / 2 : test.p_exact - chance;
  test.chi2 = (double)((lost - gained) * (lost - gained)) / (double)changes;
  test.p_chi2 = attest_chi2_p (test.chi2, 1);
  test.name = changes < ATTEST_PAIRED_MID_P ? "exact" : "mid-p";
  test.p = changes < ATTEST_PAIRED_MID_P ? test.p_exact : test.p_mid;
  return test;
}

/* ---- by cluster ---- */

/* Chance that the sum of all @changes, each with a sign by chance, is as far from 0 as @seen. The
 * sums are counted from −total on. */
static double
list_sums (const gint64 *changes, guint n, gsize total, gint64 seen)
{
  gsize n_sums = 2 * total + 1, reach = 0;
  g_autofree double *chances = g_new0 (double, n_sums);
  g_autofree double *next = g_new (double, n_sums);
  double p = 0;

  chances[total] = 1;
  for (guint i = 0; i < n; i++)
    {
      gsize step = (gsize)ABS (changes[i]);

      if (step == 0)
        continue;
      memset (next, 0, n_sums * sizeof (double));
      for (gsize k = total - reach; k <= total + reach; k++)
        {
          next[k - step] += chances[k] / 2;
          next[k + step] += chances[k] / 2;
        }
      reach += step;
      memcpy (chances, next, n_sums * sizeof (double));
    }
  for (gsize k = 0; k < n_sums; k++)
    if (ABS ((gint64)k - (gint64)total) >= ABS (seen))
      p += chances[k];
  return MIN (p, 1);
}

double
attest_paired_cluster_p (const gint64 *changes, guint n_clusters)
{
  gint64 seen = 0, total = 0;
  double squares = 0;

  for (guint i = 0; i < n_clusters; i++)
    {
      seen += changes[i];
      total += ABS (changes[i]);
      squares += (double)changes[i] * (double)changes[i];
    }
  if (total == 0)
    return NAN;
  if (total <= MAX_SUMS / (gint64)n_clusters)
    return list_sums (changes, n_clusters, (gsize)total, seen);
  return attest_chi2_p ((double)seen * (double)seen / squares, 1);
}
