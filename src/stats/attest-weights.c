#include "stats/attest-weights.h"

#include <math.h>

const char *
attest_weights_to_string (AttestWeights weights)
{
  static const char *const names[] = { "linear", "quadratic", "ordinal", "ratio" };

  return names[weights];
}

static double
square (double x)
{
  return x * x;
}

static double
weight_of (AttestWeights weights, const double *numbers, guint n, guint a, guint b)
{
  double first = numbers[0], last = numbers[n - 1], ranks = fabs ((double)a - (double)b);

  switch (weights)
    {
    case ATTEST_WEIGHTS_LINEAR:
      return 1 - fabs (numbers[a] - numbers[b]) / (last - first);
    case ATTEST_WEIGHTS_ORDINAL:
      return 1 - (ranks + 1) * ranks / ((double)n * (n - 1));
    case ATTEST_WEIGHTS_RATIO:
      return 1
             - square ((numbers[a] - numbers[b]) / (numbers[a] + numbers[b]))
                   / square ((last - first) / (last + first));
    case ATTEST_WEIGHTS_QUADRATIC:
    default:
      return 1 - square ((numbers[a] - numbers[b]) / (last - first));
    }
}

double *
attest_weights_new (AttestWeights weights, const double *numbers, guint n_values)
{
  double *matrix = g_new (double, MAX ((gsize)n_values * n_values, 1));

  for (guint a = 0; a < n_values; a++)
    for (guint b = 0; b < n_values; b++)
      matrix[(gsize)a * n_values + b] = a == b ? 1 : weight_of (weights, numbers, n_values, a, b);
  return matrix;
}
