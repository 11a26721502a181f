#include "stats/attest-precision.h"

#include <math.h>

#define Z95 1.959963984540054

double
attest_precision_variance (double kappa, double p)
{
  if (!(p > 0 && p < 1))
    return NAN;
  return (1 - kappa) * ((1 - kappa) * (1 - 2 * kappa) + kappa * (2 - kappa) / (2 * p * (1 - p)));
}

double
attest_precision_width (double kappa, double p, double n, double per_cluster, double rho)
{
  double effect = 1 + (MAX (per_cluster, 1) - 1) * rho;

  return n > 0 ? 2 * Z95 * sqrt (attest_precision_variance (kappa, p) * effect / n) : NAN;
}

double
attest_precision_items (double kappa, double p, double width)
{
  return ceil (attest_precision_variance (kappa, p) * (2 * Z95 / width) * (2 * Z95 / width));
}
