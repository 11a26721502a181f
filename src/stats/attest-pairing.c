#include "stats/attest-pairing.h"

#include <math.h>

static double
divide (double a, double b)
{
  return b != 0 ? a / b : NAN;
}

AttestPairing
attest_pairing_compute (gint64 n1, gint64 n2, gint64 n12, gint64 n)
{
  AttestPairing result = { .n1 = n1, .n2 = n2, .n12 = n12, .n = n };
  double a = (double)n1, b = (double)n2, both = (double)n12, all = (double)n;

  g_return_val_if_fail (n12 >= 0 && n12 <= n1 && n12 <= n2 && n1 + n2 - n12 <= n, result);
  result.expected = divide (a * b, all);
  result.jaccard = divide (both, a + b - both);
  result.dice = divide (2 * both, a + b);
  result.pmi = n12 > 0 ? log2 (both * all / (a * b)) : NAN;
  /* In the limit, when both are everywhere: together whenever they occur. */
  result.npmi = n12 == 0 ? NAN : n12 == n ? 1 : result.pmi / -log2 (both / all);
  result.phi = divide (both * all - a * b, sqrt (a * b * (all - a) * (all - b)));
  result.is_few = !(result.expected >= ATTEST_PAIRING_FEW);
  result.is_unequal = MAX (n1, n2) > ATTEST_PAIRING_UNEQUAL * MIN (n1, n2);
  return result;
}
