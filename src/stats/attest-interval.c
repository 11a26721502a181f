#include "stats/attest-interval.h"

#include <math.h>
#include <stdlib.h>

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return x < y ? -1 : x > y;
}

double
attest_quantile (const double *values, guint n, double p)
{
  double at = p * (n - 1);
  guint below = (guint)at;

  return below + 1 < n ? values[below] + (at - below) * (values[below + 1] - values[below])
                       : values[n - 1];
}

guint
attest_estimate_set_interval (AttestEstimate *estimate, double *values, guint n)
{
  guint defined = 0;

  for (guint i = 0; i < n; i++)
    if (!isnan (values[i]))
      values[defined++] = values[i];
  estimate->low = estimate->high = NAN;
  if (defined > 0 && !isnan (estimate->value))
    {
      qsort (values, defined, sizeof (double), compare_doubles);
      estimate->low = attest_quantile (values, defined, 0.025);
      estimate->high = attest_quantile (values, defined, 0.975);
    }
  return n - defined;
}
