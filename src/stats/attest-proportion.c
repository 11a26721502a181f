#include "stats/attest-proportion.h"

#include <math.h>

/* The 97.5th percentile of the normal distribution. */
#define Z 1.959963984540054

AttestEstimate
attest_proportion_estimate (gint64 n, gint64 total)
{
  AttestEstimate estimate = { NAN, NAN, NAN };
  double count = (double)total, share, middle, half, scale;

  g_return_val_if_fail (n >= 0 && n <= total, estimate);
  if (total == 0)
    return estimate;
  share = (double)n / count;
  scale = 1 + Z * Z / count;
  middle = (share + Z * Z / (2 * count)) / scale;
  half = Z / scale * sqrt (share * (1 - share) / count + Z * Z / (4 * count * count));
  estimate.value = share;
  /* Exactly, where rounding would leave a trace. */
  estimate.low = n == 0 ? 0 : middle - half;
  estimate.high = n == total ? 1 : middle + half;
  return estimate;
}
