/* Paired tests and shifts by group, against published figures and by two ways that must agree. */
#include "stats/attest-association.h"
#include "stats/attest-random.h"
#include "stats/attest-shifts.h"

#include <math.h>

#define assert_near(value, expected, tolerance)                                                    \
  g_assert_cmpfloat_with_epsilon (value, expected, tolerance)

/* Airway hyper-responsiveness before and after a transplantation (Bentur and others 2009) and
 * complete response before and after consolidation (Cavo and others 2012), as Fagerland, Lydersen
 * and Laake print them: p in BMC Medical Research Methodology 13:91 (2013), Tango's intervals in
 * Statistics in Medicine 33:2850 (2014); their package contingencytables gives the same. */
static void
test_published (void)
{
  AttestPaired bentur = attest_paired_test (1, 7, 21), cavo = attest_paired_test (6, 16, 161);

  assert_near (bentur.p_chi2, .034, 5e-4);
  assert_near (bentur.p_exact, .070, 5e-4);
  assert_near (bentur.p_mid, .039, 5e-4);
  assert_near (bentur.difference.value, .286, 5e-4);
  assert_near (bentur.difference.low, .0260, 5e-5);
  assert_near (bentur.difference.high, .5172, 5e-5);
  assert_near (cavo.p_chi2, .033, 5e-4);
  assert_near (cavo.p_exact, .052, 5e-4);
  assert_near (cavo.p_mid, .035, 5e-4);
  assert_near (cavo.difference.value, .0621, 5e-5);
  assert_near (cavo.difference.low, .0054, 5e-5);
  assert_near (cavo.difference.high, .1240, 5e-5);
}

/* Tango (1998): what the interval leaves out begins where McNemar's χ² is 1.96². */
static void
test_interval_and_test (void)
{
  for (gint64 lost = 0; lost < 12; lost++)
    for (gint64 gained = 0; gained < 12; gained++)
      for (gint64 n = lost + gained; n < 60; n += 7)
        {
          AttestPaired test = attest_paired_test (lost, gained, n);

          if (n == 0)
            continue;
          g_assert_cmpfloat (test.difference.low, <=, test.difference.value);
          g_assert_cmpfloat (test.difference.high, >=, test.difference.value);
          g_assert_cmpfloat (test.difference.low, >=, -1);
          g_assert_cmpfloat (test.difference.high, <=, 1);
          if (lost + gained == 0)
            continue;
          gboolean is_outside = test.difference.low > 1e-9 || test.difference.high < -1e-9;
          g_assert_cmpint (is_outside, ==, test.chi2 > 3.8414588206941);
        }
}

static void
test_which_p (void)
{
  AttestPaired few = attest_paired_test (4, 20, 500), many = attest_paired_test (5, 20, 500);
  AttestPaired none = attest_paired_test (0, 0, 30), empty = attest_paired_test (0, 0, 0);
  AttestPaired even = attest_paired_test (3, 3, 30);

  g_assert_cmpstr (few.name, ==, "exact");
  assert_near (few.p, few.p_exact, 1e-15);
  g_assert_cmpstr (many.name, ==, "mid-p");
  assert_near (many.p, many.p_mid, 1e-15);
  /* By hand: 1 − C(6, 3)/2^7. */
  assert_near (even.p_mid, .84375, 1e-12);
  assert_near (even.p_exact, 1, 1e-12);
  g_assert_true (isnan (none.p));
  g_assert_nonnull (none.reason);
  assert_near (none.difference.value, 0, 1e-12);
  /* 1.96²/(n + 1.96²): the interval of no change in 30. */
  assert_near (none.difference.high, 3.8414588 / 33.8414588, 1e-6);
  g_assert_true (isnan (empty.difference.value));
  g_assert_nonnull (empty.reason);
  assert_near (attest_paired_test (30, 0, 30).difference.low, -1, 1e-12);
}

/* Of all signs, those whose sum is as far from 0. */
static double
enumerate (const gint64 *changes, guint n)
{
  gint64 seen = 0;
  guint as_far = 0;

  for (guint i = 0; i < n; i++)
    seen += changes[i];
  for (guint signs = 0; signs < 1u << n; signs++)
    {
      gint64 sum = 0;

      for (guint i = 0; i < n; i++)
        sum += (signs >> i) & 1 ? changes[i] : -changes[i];
      as_far += ABS (sum) >= ABS (seen);
    }
  return (double)as_far / (double)(1u << n);
}

static void
test_clusters (void)
{
  AttestRandom random;

  attest_random_init (&random, 7, 1);
  for (guint round = 0; round < 200; round++)
    {
      gint64 changes[10], sum = 0;

      for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
        {
          changes[i] = (gint64)attest_random_below (&random, 9) - 3;
          sum += ABS (changes[i]);
        }
      if (sum > 0)
        assert_near (attest_paired_cluster_p (changes, G_N_ELEMENTS (changes)),
                     enumerate (changes, G_N_ELEMENTS (changes)), 1e-12);
    }
  /* Clusters of one unit: McNemar's exact test. */
  const gint64 single[] = { 1, 1, 1, 1, 1, 1, 1, -1, 0, 0, 0 };
  assert_near (attest_paired_cluster_p (single, G_N_ELEMENTS (single)), 18. / 256, 1e-12);
  /* However much one transcript changes, it is one. */
  const gint64 one[] = { -400, 0, 0 };
  assert_near (attest_paired_cluster_p (one, 3), 1, 1e-12);
  g_assert_true (isnan (attest_paired_cluster_p (one + 1, 2)));
  /* Too many to list: as the normal distribution has it. */
  gint64 many[300];
  double squares = 0, seen = 0;
  for (guint i = 0; i < G_N_ELEMENTS (many); i++)
    {
      many[i] = i % 3 == 0 ? -5000 : (gint64)(4000 + i);
      squares += (double)many[i] * (double)many[i];
      seen += (double)many[i];
    }
  assert_near (attest_paired_cluster_p (many, G_N_ELEMENTS (many)),
               attest_chi2_p (seen * seen / squares, 1), 1e-12);
}

/* ---- by group ---- */

/* 20 people, one in each of 20 clusters, of two groups; of each ten, @lost lose the one unit that
 * they had, and all have nine others without the code. */
static AttestShifts *
lose (guint lost_of_first, guint lost_of_second, guint rounds, guint jobs)
{
  AttestShiftEntry entries[20];
  AttestShiftUnits units[20];
  guint groups[20], sides[] = { 3 };

  for (guint i = 0; i < 20; i++)
    {
      guint lost = i < 10 ? lost_of_first : lost_of_second;

      entries[i] = (AttestShiftEntry){ i, i, 0, i % 10 < lost ? 1 : 3, 1 };
      units[i] = (AttestShiftUnits){ i, i, 10 };
      groups[i] = i / 10;
    }
  AttestShiftsInput input = { .n_sides = 2,
                              .n_codes = 1,
                              .n_clusters = 20,
                              .n_persons = 20,
                              .n_groups = 2,
                              .n_known = 2,
                              .entries = entries,
                              .n_entries = 20,
                              .units = units,
                              .n_units = 20,
                              .groups = groups,
                              .sides = sides,
                              .rounds = rounds,
                              .jobs = jobs,
                              .seed = 3 };
  return attest_shifts_compute (&input);
}

static void
test_groups (void)
{
  g_autoptr (AttestShifts) shifts = lose (9, 2, 20000, 2);
  const AttestShiftPair *pair = &shifts->pairs[0];

  g_assert_cmpint (pair->shifts[0].n, ==, 100);
  g_assert_cmpint (pair->shifts[0].a, ==, 10);
  g_assert_cmpint (pair->shifts[0].b, ==, 1);
  g_assert_cmpint (pair->shifts[0].test.lost, ==, 9);
  g_assert_cmpint (pair->shifts[0].lost_people, ==, 9);
  g_assert_cmpint (pair->shifts[0].clusters, ==, 10);
  assert_near (pair->shifts[0].difference.value, -.09, 1e-12);
  assert_near (pair->shifts[0].lost.value, .9, 1e-12);
  assert_near (pair->shifts[1].lost.value, .2, 1e-12);
  assert_near (pair->lost[0].apart.value, .7, 1e-12);
  g_assert_cmpfloat (pair->lost[0].apart.low, >, .3);
  /* Units of as many people: the exact p of 9 of 10 against 2 of 10, which Fisher's test gives. */
  assert_near (pair->lost[0].p, attest_fisher_2x2 (9, 1, 2, 8), .0015);
  assert_near (pair->lost[0].chi2, attest_chi2_2x2 (9, 1, 2, 8, FALSE), 1e-9);
  assert_near (pair->lost[0].v, sqrt (attest_chi2_2x2 (9, 1, 2, 8, FALSE) / 20), 1e-9);
  assert_near (pair->shifts[0].p_cluster, 2. / 512, 1e-12);
  g_assert_cmpstr (pair->gained[0].reason, ==, "nothing is gained");
  g_assert_true (isnan (pair->gained[0].p));
}

static void
test_threads (void)
{
  g_autoptr (AttestShifts) one = lose (5, 2, 500, 1), four = lose (5, 2, 500, 4);

  g_assert_true (one->pairs[0].lost[0].p == four->pairs[0].lost[0].p);
  g_assert_true (one->pairs[0].shifts[0].difference.low == four->pairs[0].shifts[0].difference.low);
  g_assert_true (one->pairs[0].shifts[1].lost.high == four->pairs[0].shifts[1].lost.high);
}

static void
test_nothing_drawn (void)
{
  g_autoptr (AttestShifts) shifts = lose (5, 2, 0, 1);

  g_assert_true (isnan (shifts->pairs[0].lost[0].p));
  g_assert_cmpstr (shifts->pairs[0].lost[0].reason, ==, "nothing was drawn");
  g_assert_true (isnan (shifts->pairs[0].shifts[0].difference.low));
  assert_near (shifts->pairs[0].lost[0].apart.value, .3, 1e-12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paired/published", test_published);
  g_test_add_func ("/paired/interval-and-test", test_interval_and_test);
  g_test_add_func ("/paired/which-p", test_which_p);
  g_test_add_func ("/paired/clusters", test_clusters);
  g_test_add_func ("/paired/groups", test_groups);
  g_test_add_func ("/paired/threads", test_threads);
  g_test_add_func ("/paired/nothing-drawn", test_nothing_drawn);
  return g_test_run ();
}
