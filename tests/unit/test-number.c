#include "util/attest-number.h"

static void
test_decimals (void)
{
  static const struct
  {
    double value;
    guint decimals;
    const char *expected;
  } cases[] = {
    { 0.385, 1, "0.4" },
    { -0.0049, 2, "0.00" },
    { -0.0, 2, "0.00" },
    { -0.006, 2, "-0.01" },
    { -0.4, 0, "0" },
    { 2, 0, "2" },
    { 1e15, 1, "1000000000000000.0" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = attest_number_dup (cases[i].value, cases[i].decimals);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
test_interval (void)
{
  g_autofree char *text = attest_number_dup_interval (-0.004, 0.567, 2);

  g_assert_cmpstr (text, ==, "0.00 to 0.57");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/number/decimals", test_decimals);
  g_test_add_func ("/number/interval", test_interval);
  return g_test_run ();
}
