/* Figures checked by hand, and against scikit-learn's definitions. */
#include "stats/attest-score.h"

#include <math.h>

static GArray *
codes (const char *digits)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (guint));

  for (; *digits != '\0'; digits++)
    {
      guint code = (guint)(*digits - '0');

      g_array_append_val (list, code);
    }
  return list;
}

static void
add (AttestScore *score, guint cluster, double weight, const char *gold, const char *found)
{
  g_autoptr (GArray) g = codes (gold);
  g_autoptr (GArray) f = codes (found);

  attest_score_add (score, cluster, weight, g, f);
}

#define ASSERT_NEAR(a, b) g_assert_cmpfloat_with_epsilon ((a), (b), 1e-9)

static AttestScore *
example (void)
{
  AttestScore *score = attest_score_new (3);

  add (score, 0, 1, "0", "0");
  add (score, 0, 1, "0", "1");
  add (score, 1, 1, "01", "01");
  add (score, 1, 1, "1", "");
  add (score, 2, 1, "", "0");
  add (score, 2, 1, "", "");
  return score;
}

static void
test_figures (void)
{
  g_autoptr (AttestScore) score = example ();
  g_autoptr (AttestScoreResult) result = attest_score_compute (score, 0, 1);

  g_assert_cmpuint (result->items, ==, 6);
  g_assert_cmpuint (result->clusters, ==, 3);
  /* 0: right in items 1, 2, 3, found in 1, 3, 5 */
  g_assert_cmpint (result->codes[0].tp, ==, 2);
  g_assert_cmpint (result->codes[0].fp, ==, 1);
  g_assert_cmpint (result->codes[0].fn, ==, 1);
  ASSERT_NEAR (result->codes[0].precision.value, 2.0 / 3);
  ASSERT_NEAR (result->codes[0].f1.value, 2.0 / 3);
  /* 1: right in 3, 4, found in 2, 3 */
  ASSERT_NEAR (result->codes[1].precision.value, 0.5);
  ASSERT_NEAR (result->codes[1].recall.value, 0.5);
  g_assert_true (isnan (result->codes[2].f1.value));
  ASSERT_NEAR (result->micro.precision.value, 3.0 / 5);
  ASSERT_NEAR (result->micro.recall.value, 3.0 / 5);
  ASSERT_NEAR (result->macro.f1.value, (2.0 / 3 + 0.5) / 2);
  g_assert_true (isnan (result->micro.precision.low));
}

static void
test_confusion (void)
{
  g_autoptr (AttestScore) score = example ();
  g_autoptr (AttestScoreResult) result = attest_score_compute (score, 0, 1);
  static const gint64 expected[] = { 2, 1, 0, 0, /* missed once, 1 in its place */
                                     0, 1, 0, 1, /* missed once, nothing in its place */
                                     0, 0, 0, 0, 1, 0, 0, 1 };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpint (result->confusion[i], ==, expected[i]);
}

static void
test_weights (void)
{
  g_autoptr (AttestScore) score = attest_score_new (1);
  g_autoptr (AttestScoreResult) result = NULL;

  /* Ten of a hundred found were looked at, and one of a thousand that were not. */
  add (score, 0, 10, "0", "0");
  add (score, 0, 10, "", "0");
  add (score, 0, 1000, "0", "");
  result = attest_score_compute (score, 0, 1);
  ASSERT_NEAR (result->codes[0].precision.value, 0.5);
  ASSERT_NEAR (result->codes[0].recall.value, 10.0 / 1010);
  g_assert_cmpint (result->codes[0].fn, ==, 1);
}

static void
test_intervals (void)
{
  g_autoptr (AttestScore) score = attest_score_new (1);
  g_autoptr (AttestScoreResult) one = NULL;
  g_autoptr (AttestScoreResult) again = NULL;
  g_autoptr (AttestScoreResult) other = NULL;

  /* 100 clusters, half of them right: the interval of a proportion is about .5 ± .098. */
  for (guint i = 0; i < 100; i++)
    add (score, i, 1, i % 2 ? "0" : "", "0");
  one = attest_score_compute (score, 2000, 7);
  again = attest_score_compute (score, 2000, 7);
  other = attest_score_compute (score, 2000, 8);
  g_assert_cmpfloat_with_epsilon (one->codes[0].precision.low, 0.402, 0.02);
  g_assert_cmpfloat_with_epsilon (one->codes[0].precision.high, 0.598, 0.02);
  ASSERT_NEAR (one->codes[0].precision.low, again->codes[0].precision.low);
  g_assert_cmpfloat_with_epsilon (one->micro.precision.low, other->micro.precision.low, 0.03);
  /* Every cluster is found right or not at all: recall never varies. */
  ASSERT_NEAR (one->codes[0].recall.low, 1);
  ASSERT_NEAR (one->codes[0].recall.high, 1);
}

static void
test_nothing (void)
{
  g_autoptr (AttestScore) score = attest_score_new (0);
  g_autoptr (AttestScoreResult) result = attest_score_compute (score, 100, 1);

  g_assert_cmpuint (result->items, ==, 0);
  g_assert_true (isnan (result->micro.f1.value));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/score/figures", test_figures);
  g_test_add_func ("/score/confusion", test_confusion);
  g_test_add_func ("/score/weights", test_weights);
  g_test_add_func ("/score/intervals", test_intervals);
  g_test_add_func ("/score/nothing", test_nothing);
  return g_test_run ();
}
