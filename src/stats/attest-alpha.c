#include "stats/attest-alpha.h"

#include <math.h>

const char *
attest_metric_to_string (AttestMetric metric)
{
  static const char *const names[] = { "nominal", "ordinal", "interval", "ratio" };

  return names[metric];
}

double
attest_metric_delta (AttestMetric metric, const double *numbers, const double *n_c, guint a,
                     guint b)
{
  double delta = 0;

  switch (metric)
    {
    case ATTEST_METRIC_ORDINAL:
      for (guint g = MIN (a, b); g <= MAX (a, b); g++)
        delta += n_c[g];
      return a == b ? 0 : delta - (n_c[a] + n_c[b]) / 2;
    case ATTEST_METRIC_INTERVAL:
      return fabs (numbers[a] - numbers[b]);
    case ATTEST_METRIC_RATIO:
      return a == b ? 0 : fabs (numbers[a] - numbers[b]) / (numbers[a] + numbers[b]);
    case ATTEST_METRIC_NOMINAL:
    default:
      return a != b;
    }
}

static AttestAlpha
alpha_of (double n, double observed, double expected)
{
  AttestAlpha alpha = { n, NAN, NAN, NAN };

  if (n < 2)
    return alpha;
  alpha.observed = observed / n;
  alpha.expected = expected / (n * (n - 1));
  if (alpha.expected > 0)
    alpha.alpha = 1 - alpha.observed / alpha.expected;
  return alpha;
}

AttestAlpha
attest_alpha (const AttestTallyShape *shape, const double *tally, AttestMetric metric,
              const double *numbers)
{
  guint q = shape->n_values;
  g_autofree double *n_c = g_new0 (double, MAX (q, 1));
  double n = 0, observed = 0, expected = 0;

  for (guint k = 0; k < q; k++)
    {
      for (guint r = 2; r <= shape->n_coders; r++)
        n_c[k] += attest_tally_ratings (shape, tally, r, k);
      n += n_c[k];
    }
  for (guint a = 0; a < q; a++)
    for (guint b = 0; b < a; b++)
      {
        double delta = attest_metric_delta (metric, numbers, n_c, a, b), pairs = 0;

        for (guint r = 2; r <= shape->n_coders; r++)
          pairs += attest_tally_pairs (shape, tally, r, a, b) / (r - 1);
        observed += 2 * pairs * delta * delta;
        expected += 2 * n_c[a] * n_c[b] * delta * delta;
      }
  return alpha_of (n, observed, expected);
}

AttestAlpha
attest_alpha_from_distances (double observed, const double *n_c, guint n_values,
                             const double *distances)
{
  double n = 0, expected = 0;

  for (guint a = 0; a < n_values; a++)
    {
      const double *row = distances + (gsize)a * n_values;
      double sum = 0;

      if (n_c[a] == 0)
        continue;
      for (guint b = 0; b < a; b++)
        sum += n_c[b] * row[b];
      expected += 2 * n_c[a] * sum;
      n += n_c[a];
    }
  return alpha_of (n, observed, expected);
}

/* ---- sets ---- */

typedef struct
{
  guint a, b, both;
} Overlap;

static Overlap
overlap_of (const guint8 *a, const guint8 *b, guint n_codes)
{
  Overlap overlap = { 0, 0, 0 };

  for (guint i = 0; i < n_codes; i++)
    {
      overlap.a += a[i] != 0;
      overlap.b += b[i] != 0;
      overlap.both += a[i] != 0 && b[i] != 0;
    }
  return overlap;
}

static double
jaccard (const Overlap *overlap)
{
  guint any = overlap->a + overlap->b - overlap->both;

  return any > 0 ? (double)overlap->both / any : 1;
}

double
attest_jaccard_distance (const guint8 *a, const guint8 *b, guint n_codes)
{
  Overlap overlap = overlap_of (a, b, n_codes);

  return 1 - jaccard (&overlap);
}

double
attest_masi_distance (const guint8 *a, const guint8 *b, guint n_codes)
{
  Overlap overlap = overlap_of (a, b, n_codes);
  double monotonicity = 1.0 / 3;

  if (overlap.both == overlap.a && overlap.both == overlap.b)
    return 0;
  if (overlap.both == 0)
    return 1;
  if (overlap.both == overlap.a || overlap.both == overlap.b)
    monotonicity = 2.0 / 3;
  return 1 - monotonicity * jaccard (&overlap);
}
