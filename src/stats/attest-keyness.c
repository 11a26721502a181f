#include "stats/attest-keyness.h"

#include <math.h>

static double
cell (double observed, double expected)
{
  return observed > 0 ? observed * log (observed / expected) : 0;
}

double
attest_keyness_g2 (double a, double b, double c, double d)
{
  if (!(c > 0 && d > 0))
    return NAN;
  return 2 * (cell (a, c * (a + b) / (c + d)) + cell (b, d * (a + b) / (c + d)));
}

double
attest_keyness_log_ratio (double a, double b, double c, double d)
{
  if (!(c > 0 && d > 0) || (a <= 0 && b <= 0))
    return NAN;
  return log2 (((a > 0 ? a : .5) / c) / ((b > 0 ? b : .5) / d));
}

double
attest_keyness_min_expected (double a, double b, double c, double d)
{
  return c > 0 && d > 0 ? fmin (c, d) * (a + b) / (c + d) : NAN;
}

double
attest_keyness_g2_four_cell (double a, double b, double c, double d)
{
  return attest_keyness_g2 (a, b, c, d) + attest_keyness_g2 (c - a, d - b, c, d);
}

double
attest_keyness_percent_difference (double a, double b, double c, double d)
{
  return c > 0 && d > 0 && b > 0 ? (a / c - b / d) * 100 / (b / d) : NAN;
}

double
attest_keyness_bic (double a, double b, double c, double d)
{
  return attest_keyness_g2 (a, b, c, d) - log (c + d);
}

double
attest_keyness_ell (double a, double b, double c, double d)
{
  double expected = attest_keyness_min_expected (a, b, c, d);

  return expected > 1 ? attest_keyness_g2 (a, b, c, d) / ((c + d) * log (expected)) : NAN;
}

static double
sum (const guint64 *values, guint n)
{
  double total = 0;

  for (guint i = 0; i < n; i++)
    total += (double)values[i];
  return total;
}

double
attest_dispersion_dp (const guint64 *counts, const guint64 *sizes, guint n)
{
  double occurrences = sum (counts, n), words = sum (sizes, n), differences = 0;

  if (!(occurrences > 0 && words > 0))
    return NAN;
  for (guint i = 0; i < n; i++)
    differences += fabs ((double)counts[i] / occurrences - (double)sizes[i] / words);
  return differences / 2;
}

double
attest_dispersion_dp_norm (const guint64 *counts, const guint64 *sizes, guint n)
{
  double words = sum (sizes, n), smallest = INFINITY;
  guint parts = 0;

  for (guint i = 0; i < n; i++)
    if (sizes[i] > 0)
      {
        smallest = fmin (smallest, (double)sizes[i] / words);
        parts++;
      }
  return parts < 2 ? NAN : attest_dispersion_dp (counts, sizes, n) / (1 - smallest);
}
