/* Keyness and dispersion, against published figures. */
#include "stats/attest-keyness.h"

#include <math.h>

#define assert_near(value, expected, tolerance)                                                    \
  g_assert_cmpfloat_with_epsilon (value, expected, tolerance)

/* Counts of the reference vectors of the project, the fourth row those of the tests of
 * quanteda.textstats; figures computed again in Python from the formulas of the UCREL
 * log-likelihood wizard, and not read from its page. */
static void
test_keyness (void)
{
  static const struct
  {
    double a, b, c, d, g2, log_ratio;
  } cases[] = { { 10, 5, 1000, 1000, 1.698990368, 1.0 },
                { 50, 20, 12000, 15000, 20.8467458158, 1.6438561898 },
                { 6, 0, 1500, 3000, 13.183347464, 4.5849625007 },
                { 7, 2, 10, 9, 2.4401004307, 1.6553518286 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      assert_near (attest_keyness_g2 (cases[i].a, cases[i].b, cases[i].c, cases[i].d), cases[i].g2,
                   1e-8);
      assert_near (attest_keyness_log_ratio (cases[i].a, cases[i].b, cases[i].c, cases[i].d),
                   cases[i].log_ratio, 1e-8);
      /* The other way round it is as likely, and as much rarer. */
      assert_near (attest_keyness_g2 (cases[i].b, cases[i].a, cases[i].d, cases[i].c), cases[i].g2,
                   1e-8);
      assert_near (attest_keyness_log_ratio (cases[i].b, cases[i].a, cases[i].d, cases[i].c),
                   -cases[i].log_ratio, 1e-8);
    }
  assert_near (attest_keyness_g2 (5, 10, 100, 200), 0, 1e-12);
  g_assert_true (isnan (attest_keyness_g2 (1, 0, 10, 0)));
  g_assert_true (isnan (attest_keyness_log_ratio (0, 0, 10, 10)));
}

/* The same counts: what the wizard has beside G², computed again in the same way. */
static void
test_effect_sizes (void)
{
  static const struct
  {
    double a, b, c, d, four_cell, percent, bic, ell;
  } cases[] = { { 10, 5, 1000, 1000, 1.7115848397, 100, -5.9019120916, .000421606 },
                { 50, 20, 12000, 15000, 20.9004091108, 212.5, 10.6431536708, .0002246072 },
                { 6, 0, 1500, 3000, 13.1993759702, NAN, 4.7715147883, .0042265667 },
                { 7, 2, 10, 9, 4.5349393323, 215, -.5043385485, .088569267 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double a = cases[i].a, b = cases[i].b, c = cases[i].c, d = cases[i].d;

      assert_near (attest_keyness_g2_four_cell (a, b, c, d), cases[i].four_cell, 1e-8);
      assert_near (attest_keyness_bic (a, b, c, d), cases[i].bic, 1e-8);
      assert_near (attest_keyness_ell (a, b, c, d), cases[i].ell, 1e-8);
      if (isnan (cases[i].percent))
        g_assert_true (isnan (attest_keyness_percent_difference (a, b, c, d)));
      else
        assert_near (attest_keyness_percent_difference (a, b, c, d), cases[i].percent, 1e-8);
    }
  assert_near (attest_keyness_min_expected (10, 5, 1000, 1000), 7.5, 1e-9);
  g_assert_true (isnan (attest_keyness_ell (1, 0, 10, 10)));
}

static void
test_dispersion (void)
{
  /* Gries 2008: the word "a" in five parts of 50 words, DP .18; Lijffijt and Gries 2012: .22. */
  static const guint64 gries_counts[] = { 1, 2, 3, 4, 5 };
  static const guint64 gries_sizes[] = { 9, 10, 10, 10, 11 };
  /* Lyne 1985, "allemand" in business letters; DP as the R package tlda gives it. */
  static const guint64 lyne_counts[] = { 2, 0, 1, 1, 3, 0, 3, 0, 0, 0 };
  static const guint64 lyne_sizes[]
      = { 8143, 8058, 8271, 8125, 7959, 7941, 8146, 8001, 8003, 7930 };
  static const guint64 one[] = { 0, 4, 0 }, even[] = { 2, 4, 6 }, sizes[] = { 20, 40, 60 };
  static const guint64 smallest[] = { 7, 0, 0 }, none[] = { 0, 0, 0 };

  assert_near (attest_dispersion_dp (gries_counts, gries_sizes, 5), .18, 1e-12);
  assert_near (attest_dispersion_dp_norm (gries_counts, gries_sizes, 5), .22, .001);
  assert_near (attest_dispersion_dp (lyne_counts, lyne_sizes, 10), .4990705, 1e-7);
  assert_near (attest_dispersion_dp (even, sizes, 3), 0, 1e-12);
  assert_near (attest_dispersion_dp_norm (smallest, sizes, 3), 1, 1e-12);
  assert_near (attest_dispersion_dp (one, sizes, 3), 2. / 3, 1e-12);
  g_assert_true (isnan (attest_dispersion_dp (none, sizes, 3)));
  g_assert_true (isnan (attest_dispersion_dp_norm (gries_counts, gries_sizes, 1)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/keyness/g2", test_keyness);
  g_test_add_func ("/keyness/effect-sizes", test_effect_sizes);
  g_test_add_func ("/keyness/dispersion", test_dispersion);
  return g_test_run ();
}
