/* Tests of groups, effect sizes and adjustments, against published figures. */
#include "stats/attest-alignment.h"
#include "stats/attest-association.h"
#include "stats/attest-contrast.h"

#include <math.h>

#define assert_near(value, expected, tolerance)                                                    \
  g_assert_cmpfloat_with_epsilon (value, expected, tolerance)

/* Fisher (1935), the lady tasting tea; Fisher (1962), convictions of twins: the examples of R's
 * fisher.test, two-sided (.4857 and .0005367 there). By fractions: 17/35, 1/35 and .000536724…. */
static void
test_fisher (void)
{
  assert_near (attest_fisher_2x2 (3, 1, 1, 3), .4857, 5e-5);
  assert_near (attest_fisher_2x2 (4, 0, 0, 4), .02857, 5e-6);
  assert_near (attest_fisher_2x2 (2, 15, 10, 3), .0005367, 5e-8);
  assert_near (attest_fisher_2x2 (15, 2, 3, 10), .0005367, 5e-8);
  assert_near (attest_fisher_2x2 (0, 5, 0, 5), 1, 1e-12);
  g_assert_true (isnan (attest_fisher_2x2 (0, 0, 3, 5)));
}

/* The reference vectors of the project: a table of co-occurrence, and one of keyness, which are
 * those of quanteda.textstats; what R makes of 3 2 / 14 10. */
static void
test_chi2 (void)
{
  assert_near (attest_chi2_2x2 (10, 30, 10, 150, FALSE), 12.5, 1e-9);
  assert_near (attest_chi2_2x2 (10, 30, 10, 150, TRUE), 10.5034722222, 1e-9);
  assert_near (attest_chi2_2x2 (7, 3, 2, 7, TRUE), 2.63244, 5e-6);
  assert_near (attest_chi2_2x2 (3, 2, 14, 10, TRUE), 0, 1e-12);
  /* quanteda.textstats prints 4.017626; the others, of counts as the UCREL wizard takes them, were
   * computed again from the formula of attest-association.h in Python. */
  assert_near (attest_chi2_williams_2x2 (7, 3, 2, 7), 4.017626, 1e-6);
  assert_near (attest_chi2_williams_2x2 (10, 990, 5, 995), 1.6250884404, 1e-9);
  assert_near (attest_chi2_williams_2x2 (50, 11950, 20, 14980), 20.5473012236, 1e-8);
  assert_near (attest_chi2_2x2 (6, 1494, 0, 3000, FALSE), 12.0160213618, 1e-8);
  assert_near (attest_chi2_2x2 (6, 1494, 0, 3000, TRUE), 9.1997663551, 1e-8);
  /* Critical values of any table of χ². */
  assert_near (attest_chi2_p (3.841459, 1), .05, 1e-7);
  assert_near (attest_chi2_p (6.634897, 1), .01, 1e-7);
  assert_near (attest_chi2_p (18.307038, 10), .05, 1e-7);
  g_assert_true (isnan (attest_chi2_2x2 (0, 0, 3, 4, FALSE)));
}

static AttestAssociation
associate (guint n, const gint64 *with, const gint64 *of)
{
  AttestAssociationInput input = { n, with, of, 9999, 1 };

  return attest_association (&input);
}

/* Newcombe (1998), Interval estimation for the difference between independent proportions, table
 * II, method 10. The first is also what the tests of R's DescTools hold against that table
 * (BinomDiffCI, method "score"); all were computed again from Wilson's limits to 40 digits. */
static void
test_risk_difference (void)
{
  static const struct
  {
    gint64 with[2], of[2];
    double low, high;
  } cases[] = { { { 56, 48 }, { 70, 80 }, .0524, .3339 },
                { { 9, 3 }, { 10, 10 }, .1705, .8090 },
                { { 10, 0 }, { 10, 20 }, .6791, 1.0000 },
                { { 10, 0 }, { 10, 10 }, .6075, 1.0000 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      AttestAssociation found = associate (2, cases[i].with, cases[i].of);

      assert_near (found.risk_difference.low, cases[i].low, 5e-5);
      assert_near (found.risk_difference.high, cases[i].high, 5e-5);
    }
}

static void
test_two_groups (void)
{
  static const gint64 with[] = { 10, 10 }, of[] = { 40, 160 };
  static const gint64 none[] = { 4, 0 }, small[] = { 4, 4 };
  AttestAssociation found = associate (2, with, of);

  assert_near (found.chi2, 12.5, 1e-9);
  assert_near (found.v, .25, 1e-9);
  assert_near (found.odds_ratio.value, 5, 1e-9);
  assert_near (found.min_expected, 4, 1e-9);
  g_assert_cmpint (found.n, ==, 200);
  g_assert_true (found.is_exact && !found.is_halved);
  /* exp (ln 5 ± 1.96 √(1/10 + 1/30 + 1/10 + 1/150)) */
  assert_near (found.odds_ratio.low, 5 * exp (-1.959964 * sqrt (.24)), 1e-5);
  found = associate (2, none, small);
  g_assert_true (found.is_halved);
  assert_near (found.odds_ratio.value, 81, 1e-9);
  assert_near (found.p, .02857, 5e-6);
}

/* Two groups listed as if there were three give Fisher's p; and drawing comes near listing. */
static void
test_several_groups (void)
{
  static const gint64 with[] = { 2, 0, 10 }, of[] = { 17, 0, 13 };
  static const gint64 three[] = { 3, 1, 6 }, of_three[] = { 8, 9, 7 };
  static const gint64 many[] = { 9, 12, 20, 8, 15, 11, 7 },
                      of_many[] = { 30, 30, 30, 30, 30, 30, 30 };
  AttestAssociation found = associate (3, with, of);

  g_assert_cmpuint (found.df, ==, 1);
  assert_near (found.p_exact, .0005367, 5e-8);
  /* By hand over all tables with these margins: Σ of the chances up to that of this one. */
  found = associate (3, three, of_three);
  g_assert_false (found.is_drawn);
  double sum = 0, seen = 56. * 9 * 7, all = 0;
  static const double c8[] = { 1, 8, 28, 56, 70, 56, 28, 8, 1 },
                      c9[] = { 1, 9, 36, 84, 126, 126, 84, 36, 9, 1 },
                      c7[] = { 1, 7, 21, 35, 35, 21, 7, 1 };
  for (int a = 0; a <= 8; a++)
    for (int b = 0; b <= 9; b++)
      if (10 - a - b >= 0 && 10 - a - b <= 7)
        {
          double ways = c8[a] * c9[b] * c7[10 - a - b];

          all += ways;
          sum += ways <= seen * (1 + 1e-9) ? ways : 0;
        }
  assert_near (found.p_exact, sum / all, 1e-9);
  found = associate (7, many, of_many);
  g_assert_true (found.is_drawn && !found.is_exact);
  g_assert_cmpfloat (fabs (found.p_exact - found.p_chi2), <, .03);
  g_assert_cmpfloat (found.p, ==, found.p_chi2);
}

static void
test_nothing_to_test (void)
{
  static const gint64 none[] = { 0, 0 }, of[] = { 5, 6 }, one[] = { 3 };
  AttestAssociation found = associate (2, none, of);

  g_assert_cmpstr (found.reason, ==, "no variation: nobody has it");
  g_assert_true (isnan (found.p) && isnan (found.v) && isnan (found.odds_ratio.value));
  assert_near (found.risk_difference.value, 0, 1e-12);
  found = associate (2, of, of);
  g_assert_cmpstr (found.reason, ==, "no variation: everybody has it");
  found = associate (1, one, of);
  g_assert_cmpstr (found.reason, ==, "there is one group only");
}

/* Benjamini and Hochberg (1995), section 3.1: of 15 tests of a trial of thrombolysis, their
 * procedure finds 4 at .05; Holm's finds the 3 that Bonferroni's does. The p values are those of
 * SciPy's documentation of false_discovery_control, which finds the same 4. */
static void
test_adjust (void)
{
  static const double given[] = { .0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344,
                                  .0459, .3240, .4262, .5719, .6528, .7590, 1 };
  double holm[16], bh[16];
  guint n_holm = 0, n_bh = 0;

  for (guint i = 0; i < 15; i++)
    holm[i] = bh[i] = given[14 - i];
  holm[15] = bh[15] = NAN;
  attest_adjust_p (holm, 16, ATTEST_ADJUST_HOLM);
  attest_adjust_p (bh, 16, ATTEST_ADJUST_BH);
  for (guint i = 0; i < 15; i++)
    {
      n_holm += holm[i] <= .05;
      n_bh += bh[i] <= .05;
    }
  g_assert_cmpuint (n_holm, ==, 3);
  g_assert_cmpuint (n_bh, ==, 4);
  assert_near (holm[14], .0015, 1e-12);
  assert_near (bh[11], .035625, 1e-12);
  assert_near (bh[0], 1, 1e-12);
  g_assert_true (isnan (holm[15]) && isnan (bh[15]));
}

/* ---- codings of the same units ---- */

/* The table of Hayes and Krippendorff's simplest example, k2011-a: 10 units, alpha .095. */
static void
test_contrast (void)
{
  static const gint64 units[] = { 4, 6 };
  /* Both 1, only the first 1, only the second 3. */
  static const AttestContrastEntry entries[]
      = { { 0, 0, 1, 1 }, { 0, 0, 2, 2 }, { 0, 1, 2, 1 }, { 0, 1, 3, 1 } };
  static const guint sides[] = { 3 };
  AttestContrastInput input = { .n_sides = 2,
                                .n_codes = 1,
                                .n_clusters = 2,
                                .units = units,
                                .entries = entries,
                                .n_entries = G_N_ELEMENTS (entries),
                                .sides = sides,
                                .rounds = 200,
                                .jobs = 1 };
  g_autoptr (AttestContrast) contrast = attest_contrast_compute (&input);
  const AttestContrastRow *row = &contrast->pairs[0].rows[0];

  g_assert_cmpint (row->a, ==, 2);
  g_assert_cmpint (row->b, ==, 4);
  g_assert_cmpint (row->both, ==, 1);
  assert_near (row->alpha.value, .0952380952, 1e-9);
  assert_near (row->jaccard.value, .2, 1e-12);
  g_assert_true (row->alpha.low <= row->alpha.value && row->alpha.value <= row->alpha.high);
}

static void
test_suggest (void)
{
  static const gint64 n_a[] = { 10, 4 }, n_b[] = { 8, 5 }, both[] = { 8, 5, 0, 4 };
  g_autoptr (GArray) list = attest_alignment_suggest (n_a, 2, n_b, 2, both, .1);
  const AttestAlignSuggestion *first = &g_array_index (list, AttestAlignSuggestion, 0);

  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpuint (first->a, ==, 0);
  g_assert_cmpuint (first->b, ==, 0);
  assert_near (first->jaccard, .8, 1e-12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/association/fisher", test_fisher);
  g_test_add_func ("/association/chi2", test_chi2);
  g_test_add_func ("/association/risk-difference", test_risk_difference);
  g_test_add_func ("/association/two-groups", test_two_groups);
  g_test_add_func ("/association/several-groups", test_several_groups);
  g_test_add_func ("/association/nothing-to-test", test_nothing_to_test);
  g_test_add_func ("/association/adjust", test_adjust);
  g_test_add_func ("/contrast/krippendorff", test_contrast);
  g_test_add_func ("/alignment/suggest", test_suggest);
  return g_test_run ();
}
