#include "stats/attest-gwet.h"

#include <math.h>

#include "stats/attest-kappa.h"

static double
weight (const double *weights, guint q, guint a, guint b)
{
  return weights != NULL ? weights[(gsize)a * q + b] : a == b;
}

static double
observed (const AttestTallyShape *shape, const double *tally, const double *weights)
{
  double sum = 0, items = 0;

  for (guint r = 2; r <= shape->n_coders; r++)
    {
      double agreed = 0;

      items += attest_tally_items (shape, tally, r);
      for (guint a = 0; a < shape->n_values; a++)
        for (guint b = weights != NULL ? 0 : a; b <= a; b++)
          agreed += weight (weights, shape->n_values, a, b)
                    * attest_tally_pairs (shape, tally, r, a, b);
      sum += 2 * agreed / ((double)r * (r - 1));
    }
  return items > 0 ? sum / items : NAN;
}

/* π_k, or NAN without items. */
static double
share_of (const AttestTallyShape *shape, const double *tally, guint value)
{
  double sum = 0, items = 0;

  for (guint r = 1; r <= shape->n_coders; r++)
    {
      items += attest_tally_items (shape, tally, r);
      sum += attest_tally_ratings (shape, tally, r, value) / r;
    }
  return sum / items;
}

AttestGwet
attest_gwet (const AttestTallyShape *shape, const double *tally, const double *weights)
{
  guint q = shape->n_values;
  g_autofree double *shares = g_new (double, MAX (q, 1));
  double observed_share = observed (shape, tally, weights), fleiss = 0, spread = 0, total = 0;
  AttestGwet gwet = { observed_share, NAN, NAN, NAN };

  if (isnan (observed_share))
    return gwet;
  for (guint k = 0; k < q; k++)
    shares[k] = share_of (shape, tally, k);
  for (guint k = 0; k < q; k++)
    {
      spread += shares[k] * (1 - shares[k]);
      for (guint l = 0; l < q; l++)
        {
          double w = weight (weights, q, k, l);

          fleiss += w * shares[k] * shares[l];
          total += w;
        }
    }
  gwet.fleiss_kappa = attest_beyond_chance (observed_share, fleiss);
  if (q < 2)
    return gwet;
  gwet.gwet_ac1 = attest_beyond_chance (observed_share, total * spread / ((double)q * (q - 1)));
  gwet.brennan_prediger = attest_beyond_chance (observed_share, total / ((double)q * q));
  return gwet;
}

/* ---- the standard error ---- */

typedef struct
{
  double *shares, *counts; /* by value: π_k, r_ik of the item at hand */
  guint n_raters;          /* of the item at hand */
  double agreed;           /* of it: Σ_k r_ik (r_ik − 1) / (r_i (r_i − 1)) */
  guint n_rated, n_compared;
} Pass;

static void
look_at_item (const AttestRatings *ratings, guint item, Pass *pass)
{
  const guint16 *values = ratings->values + (gsize)item * ratings->n_coders;

  pass->n_raters = 0;
  pass->agreed = 0;
  for (guint k = 0; k < ratings->n_values; k++)
    pass->counts[k] = 0;
  for (guint i = 0; i < ratings->n_coders; i++)
    if (values[i] != ATTEST_NO_RATING)
      {
        pass->counts[values[i]]++;
        pass->n_raters++;
      }
  for (guint k = 0; k < ratings->n_values && pass->n_raters >= 2; k++)
    pass->agreed += pass->counts[k] * (pass->counts[k] - 1)
                    / ((double)pass->n_raters * (pass->n_raters - 1));
}

static double
sum_of_squares (const AttestRatings *ratings, Pass *pass, double ac1, double expected)
{
  double sum = 0, scale = (double)pass->n_rated / pass->n_compared;

  for (guint item = 0; item < ratings->n_items; item++)
    {
      double agreed = 0, chance = 0;

      look_at_item (ratings, item, pass);
      if (pass->n_raters == 0)
        continue;
      if (pass->n_raters >= 2)
        agreed = scale * (pass->agreed - expected) / (1 - expected);
      for (guint k = 0; k < ratings->n_values; k++)
        chance += (1 - pass->shares[k]) * pass->counts[k]
                  / ((double)pass->n_raters * (ratings->n_values - 1));
      double x = agreed - 2 * (1 - ac1) * (chance - expected) / (1 - expected);
      sum += (x - ac1) * (x - ac1);
    }
  return sum;
}

double
attest_gwet_ac1_se (const AttestRatings *ratings)
{
  guint q = ratings->n_values;
  g_autofree double *shares = g_new0 (double, MAX (q, 1));
  g_autofree double *counts = g_new0 (double, MAX (q, 1));
  Pass pass = { shares, counts, 0, 0, 0, 0 };
  double agreed = 0, expected = 0;

  for (guint item = 0; item < ratings->n_items; item++)
    {
      look_at_item (ratings, item, &pass);
      pass.n_rated += pass.n_raters > 0;
      pass.n_compared += pass.n_raters >= 2;
      agreed += pass.agreed;
      for (guint k = 0; k < q && pass.n_raters > 0; k++)
        shares[k] += counts[k] / pass.n_raters;
    }
  if (q < 2 || pass.n_rated < 2 || pass.n_compared == 0)
    return NAN;
  for (guint k = 0; k < q; k++)
    {
      shares[k] /= pass.n_rated;
      expected += shares[k] * (1 - shares[k]) / (q - 1);
    }
  double ac1 = attest_beyond_chance (agreed / pass.n_compared, expected);
  return sqrt (sum_of_squares (ratings, &pass, ac1, expected)
               / ((double)pass.n_rated * (pass.n_rated - 1)));
}
