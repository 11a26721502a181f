/* Co-occurrence of codes, and saturation, against published figures. */
#include "stats/attest-pairing.h"
#include "stats/attest-saturation.h"

#include <math.h>

#define assert_near(value, expected, tolerance)                                                    \
  g_assert_cmpfloat_with_epsilon (value, expected, tolerance)

static void
test_pairing (void)
{
  AttestPairing a = attest_pairing_compute (40, 20, 10, 200);

  assert_near (a.jaccard, 0.2, 1e-12);
  assert_near (a.dice, 0.3333333333, 1e-9);
  assert_near (a.pmi, 1.3219280949, 1e-9);
  assert_near (a.npmi, 0.3058653605, 1e-9);
  assert_near (a.phi, 0.25, 1e-12);
  assert_near (a.expected, 4, 1e-12);
  g_assert_true (a.is_few);
  g_assert_false (a.is_unequal);
  /* The manual of ATLAS.ti prints .048. */
  a = attest_pairing_compute (100, 10, 5, 200);
  assert_near (a.jaccard, 0.048, 0.0005);
  g_assert_true (a.is_unequal);
}

/* By chance, always, never, and nothing at all. */
static void
test_pairing_ends (void)
{
  AttestPairing a = attest_pairing_compute (50, 20, 10, 100);

  assert_near (a.pmi, 0, 1e-12);
  assert_near (a.npmi, 0, 1e-12);
  assert_near (a.phi, 0, 1e-12);
  a = attest_pairing_compute (7, 7, 7, 7);
  assert_near (a.npmi, 1, 1e-12);
  g_assert_true (isnan (a.phi));
  a = attest_pairing_compute (3, 3, 3, 100);
  assert_near (a.npmi, 1, 1e-12);
  assert_near (a.phi, 1, 1e-12);
  a = attest_pairing_compute (7, 5, 0, 20);
  g_assert_true (isnan (a.pmi) && isnan (a.npmi));
  assert_near (a.jaccard, 0, 1e-12);
  a = attest_pairing_compute (0, 0, 0, 0);
  g_assert_true (isnan (a.jaccard) && isnan (a.expected));
  g_assert_true (a.is_few);
}

/* Sources that bring so many new themes each. */
static GPtrArray *
sources_of (const guint *n_new, guint n)
{
  GPtrArray *sources = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  guint next = 0;

  for (guint i = 0; i < n; i++)
    {
      GArray *themes = g_array_new (FALSE, FALSE, sizeof (guint));
      guint first = 0;

      for (guint k = 0; k < n_new[i]; k++, next++)
        g_array_append_val (themes, next);
      if (i > 0 && next > 0) /* and one that is known */
        g_array_append_val (themes, first);
      g_ptr_array_add (sources, themes);
    }
  return sources;
}

static double
share_at (const AttestSaturation *saturation, guint i)
{
  return g_array_index (saturation->steps, AttestSaturationStep, i).share;
}

/* The example of Guest, Namey and Chen 2020: 37 themes in the base of 4. */
static void
test_saturation (void)
{
  static const guint n_new[] = { 20, 9, 5, 3, 4, 3, 1, 0, 1, 0 };
  g_autoptr (GPtrArray) sources = sources_of (n_new, G_N_ELEMENTS (n_new));
  AttestSaturationOptions options = { .base = 4, .run = 2, .threshold = 0.05 };
  g_autoptr (AttestSaturation) of_two = attest_saturation_compute (sources, 100, &options);
  g_autoptr (AttestSaturation) of_three = NULL;

  g_assert_cmpuint (of_two->base_themes, ==, 37);
  g_assert_true (isnan (share_at (of_two, 4)));
  assert_near (share_at (of_two, 5), 0.1891891892, 1e-9);
  assert_near (share_at (of_two, 6), 0.1081081081, 1e-9);
  assert_near (share_at (of_two, 7), 0.027027027, 1e-9);
  g_assert_cmpint (of_two->reached, ==, 6);
  options.run = 3;
  of_three = attest_saturation_compute (sources, 100, &options);
  assert_near (share_at (of_three, 6), 0.2162162162, 1e-9);
  /* 2 of 37 are above 5 %. */
  assert_near (share_at (of_three, 8), 0.0540540541, 1e-9);
  g_assert_cmpint (of_three->reached, ==, 7);
  g_assert_cmpuint (of_three->themes, ==, 46);
}

static void
test_saturation_orders (void)
{
  static const guint n_new[] = { 5, 0, 0, 0, 0, 0, 0, 0 };
  static const guint same[] = { 0, 0, 0, 0, 0, 0 };
  g_autoptr (GPtrArray) sources = sources_of (n_new, G_N_ELEMENTS (n_new));
  g_autoptr (GPtrArray) none = sources_of (same, G_N_ELEMENTS (same));
  AttestSaturationOptions options
      = { .base = 4, .run = 2, .threshold = 0, .orders = 500, .seed = 7 };
  g_autoptr (AttestSaturation) first = attest_saturation_compute (sources, 5, &options);
  g_autoptr (AttestSaturation) again = attest_saturation_compute (sources, 5, &options);
  g_autoptr (AttestSaturation) empty = attest_saturation_compute (none, 0, &options);
  const AttestSaturationStep *last = &g_array_index (first->steps, AttestSaturationStep, 7);

  /* In the end all orders know all. */
  assert_near (last->mean, 5, 1e-12);
  g_assert_cmpuint (last->low, ==, 5);
  for (guint i = 0; i < 8; i++)
    {
      const AttestSaturationStep *a = &g_array_index (first->steps, AttestSaturationStep, i);
      const AttestSaturationStep *b = &g_array_index (again->steps, AttestSaturationStep, i);

      g_assert_cmpfloat (a->mean, ==, b->mean);
      /* The five come with one source of eight: at place i + 1 they are known in (i + 1) / 8,
       * before only the one that all others have. */
      assert_near (a->mean, 1 + 4 * (i + 1) / 8.0, 0.3);
      g_assert_cmpuint (a->low, <=, a->high);
    }
  g_assert_cmpint (first->reached, ==, 4);
  g_assert_cmpint (empty->reached, ==, -1);
  g_assert_cmpint (empty->median, ==, -1);
  g_assert_cmpuint (empty->themes, ==, 0);
}

/* Fewer interviews than base and run. */
static void
test_saturation_few (void)
{
  static const guint n_new[] = { 5, 1, 0 };
  g_autoptr (GPtrArray) sources = sources_of (n_new, G_N_ELEMENTS (n_new));
  AttestSaturationOptions options = { .base = 4, .run = 2, .threshold = 0.05, .orders = 10 };
  g_autoptr (AttestSaturation) saturation = attest_saturation_compute (sources, 6, &options);

  g_assert_cmpint (saturation->reached, ==, -1);
  g_assert_true (isnan (share_at (saturation, 2)));
  g_assert_cmpuint (saturation->themes, ==, 6);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pairing/figures", test_pairing);
  g_test_add_func ("/pairing/ends", test_pairing_ends);
  g_test_add_func ("/saturation/figures", test_saturation);
  g_test_add_func ("/saturation/orders", test_saturation_orders);
  g_test_add_func ("/saturation/few", test_saturation_few);
  return g_test_run ();
}
