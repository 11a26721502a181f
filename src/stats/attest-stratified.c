#include "stats/attest-stratified.h"

#include <math.h>

#define Z95 1.959963984540054

/* ---- one code ---- */

AttestPairChances
attest_pair_chances (double kappa, double p, gboolean found)
{
  /* Moments of the chance of an item: E x, E x², E x³. */
  double q = 1 - p, second = p * (p + kappa * q);
  double third = second * (p * (1 - kappa) + 2 * kappa) / (1 + kappa);

  if (found)
    return (AttestPairChances){ third / p, 2 * (second - third) / p, (p - 2 * second + third) / p };
  return (AttestPairChances){ (second - third) / q, 2 * (p - 2 * second + third) / q,
                              (1 - 3 * p + 3 * second - third) / q };
}

double
attest_stratum_variance (double kappa, double p, double found)
{
  double slope = (1 - kappa) * 2 * (1 - 2 * p), mean, square;

  if (!(p > 0 && p < 1))
    return NAN;
  AttestPairChances yes = attest_pair_chances (kappa, p, TRUE);
  AttestPairChances no = attest_pair_chances (kappa, p, FALSE);
  double both = found * yes.both + (1 - found) * no.both;
  double one = found * yes.one + (1 - found) * no.one;
  double u_both = slope, u_one = slope / 2 - 1;
  mean = both * u_both + one * u_one;
  square = both * u_both * u_both + one * u_one * u_one;
  return MAX (square - mean * mean, 0) / (4 * p * p * (1 - p) * (1 - p));
}

/* ---- all strata ---- */

gint64
attest_strata_total (const AttestStrata *strata)
{
  gint64 total = 0;

  for (guint h = 0; h < strata->n_strata; h++)
    total += strata->sizes[h];
  return total;
}

double
attest_strata_prevalence (const AttestStrata *strata, guint code)
{
  gint64 n = 0;

  for (guint h = 0; h < strata->n_strata; h++)
    n += strata->counts[(gsize)h * strata->n_codes + code];
  return (double)n / (double)attest_strata_total (strata);
}

/* W_h S_h of @code, whose prevalence is @p, among @total items. */
static double
spread_of (const AttestStrata *strata, guint code, double p, double total, guint h)
{
  double size = (double)strata->sizes[h];
  double found = size > 0 ? (double)strata->counts[(gsize)h * strata->n_codes + code] / size : 0;

  return size / total * sqrt (attest_stratum_variance (strata->kappa, p, found));
}

double
attest_strata_variance (const AttestStrata *strata, guint code, const guint *n_drawn)
{
  double variance = 0, total = (double)attest_strata_total (strata);
  double p = attest_strata_prevalence (strata, code);

  for (guint h = 0; h < strata->n_strata; h++)
    {
      double spread;

      if (strata->sizes[h] == 0)
        continue;
      if (n_drawn[h] == 0)
        return NAN;
      spread = spread_of (strata, code, p, total, h);
      variance += spread * spread / n_drawn[h];
    }
  return variance;
}

double
attest_strata_width (const AttestStrata *strata, guint code, const guint *n_drawn, double effect)
{
  return 2 * Z95 * sqrt (attest_strata_variance (strata, code, n_drawn) * effect);
}

/* ---- sharing out ---- */

/* The mean over the codes of what is best for each; sums to 1. */
static double *
mean_optimum (const AttestStrata *strata)
{
  double *shares = g_new0 (double, MAX (strata->n_strata, 1));
  g_autofree double *spreads = g_new0 (double, MAX (strata->n_strata, 1));
  double total = (double)attest_strata_total (strata), all = 0;

  for (guint code = 0; code < strata->n_codes; code++)
    {
      double p = attest_strata_prevalence (strata, code), sum = 0;

      for (guint h = 0; h < strata->n_strata; h++)
        {
          spreads[h] = spread_of (strata, code, p, total, h);
          sum += spreads[h];
        }
      /* A code that nothing has, or everything, asks for nothing. */
      for (guint h = 0; h < strata->n_strata && sum > 0; h++)
        shares[h] += spreads[h] / sum;
    }
  for (guint h = 0; h < strata->n_strata; h++)
    all += shares[h];
  for (guint h = 0; h < strata->n_strata; h++)
    shares[h] = all > 0 ? shares[h] / all : (double)strata->sizes[h] / total;
  return shares;
}

/* What each stratum gets in any case; returns the sum. */
static guint
give_least (const AttestStrata *strata, guint n, guint least, guint n_least, guint *out_drawn)
{
  guint given = 0, n_held = 0;

  for (guint h = 0; h < strata->n_strata; h++)
    {
      out_drawn[h] = 0;
      n_held += h < n_least && strata->sizes[h] > 0;
    }
  if (n_held > 0)
    least = MAX (MIN (least, n / 2 / n_held), 1);
  for (guint h = 0; h < strata->n_strata && given < n; h++)
    {
      guint wanted = h < n_least ? least : 1;

      out_drawn[h] = (guint)MIN ((gint64)MIN (wanted, n - given), strata->sizes[h]);
      given += out_drawn[h];
    }
  return given;
}

/* The stratum that lacks most of its share of @n; G_MAXUINT: all are full. */
static guint
find_poorest (const AttestStrata *strata, const double *shares, guint n, const guint *drawn)
{
  guint best = G_MAXUINT;
  double best_lack = -INFINITY;

  for (guint h = 0; h < strata->n_strata; h++)
    {
      double lack = shares[h] * n - drawn[h];

      if ((gint64)drawn[h] < strata->sizes[h] && lack > best_lack)
        {
          best = h;
          best_lack = lack;
        }
    }
  return best;
}

void
attest_strata_allocate (const AttestStrata *strata, guint n, guint least, guint n_least,
                        guint *out_drawn)
{
  g_autofree double *shares = mean_optimum (strata);
  guint given;

  n = (guint)MIN ((gint64)n, attest_strata_total (strata));
  given = give_least (strata, n, least, n_least, out_drawn);
  for (; given < n; given++)
    {
      guint h = find_poorest (strata, shares, n, out_drawn);

      if (h == G_MAXUINT)
        return;
      out_drawn[h]++;
    }
}
