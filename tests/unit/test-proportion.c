/* Wilson's interval against published numbers. */
#include "stats/attest-proportion.h"

#include <math.h>

/* Newcombe (1998), Two-sided confidence intervals for the single proportion, table I, method 3;
 * computed again to 40 digits. */
static void
test_published (void)
{
  static const struct
  {
    gint64 n, total;
    double low, high;
  } rows[] = {
    { 81, 263, 0.2553, 0.3662 },
    { 15, 148, 0.0624, 0.1605 },
    { 0, 20, 0.0000, 0.1611 },
    { 1, 29, 0.0061, 0.1718 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      AttestEstimate found = attest_proportion_estimate (rows[i].n, rows[i].total);

      g_assert_cmpfloat_with_epsilon (found.value, (double)rows[i].n / (double)rows[i].total,
                                      1e-12);
      g_assert_cmpfloat_with_epsilon (found.low, rows[i].low, 0.00005);
      g_assert_cmpfloat_with_epsilon (found.high, rows[i].high, 0.00005);
    }
}

static void
test_bounds (void)
{
  for (gint64 total = 1; total < 200; total++)
    for (gint64 n = 0; n <= total; n++)
      {
        AttestEstimate one = attest_proportion_estimate (n, total);
        AttestEstimate other = attest_proportion_estimate (total - n, total);

        g_assert_true (one.low >= 0 && one.low <= one.value && one.value <= one.high
                       && one.high <= 1);
        g_assert_cmpfloat_with_epsilon (one.low, 1 - other.high, 1e-12);
      }
  g_assert_true (isnan (attest_proportion_estimate (0, 0).value));
  g_assert_true (isnan (attest_proportion_estimate (0, 0).low));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/proportion/published", test_published);
  g_test_add_func ("/proportion/bounds", test_bounds);
  return g_test_run ();
}
