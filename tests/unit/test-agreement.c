/* Coefficients with weights, sets of codes, intervals, and what holds for any ratings. */
#include "agreement-fixture.h"
#include "stats/attest-gwet.h"
#include "stats/attest-kappa.h"
#include "stats/attest-random.h"

#define ASSERT_NEAR(a, b, by) g_assert_cmpfloat_with_epsilon ((a), (b), (by))

/* ---- weights: figures of irrCAC 1.4 and, the last, of SAS ---- */

static const double numbers[] = { 1, 2, 3, 4, 5 };

static void
test_weighted_kappa (void)
{
  /* Gwet (2014): 100 pregnancies, 223 diagnoses. */
  static const double abstractors[] = { 13, 0, 0, 0, 20, 7, 0, 4, 56 };
  static const double diagnoses[] = { 40, 6, 4, 15, 4, 25, 1, 5, 4, 2, 21, 9, 17, 13, 12, 45 };
  static const double sas[] = { 0, 4, 1, 0, 8, 0, 0, 1, 5 };
  static const struct
  {
    const double *table;
    guint q;
    AttestWeights weights;
    double kappa;
  } cases[] = {
    { abstractors, 3, ATTEST_WEIGHTS_LINEAR, .843 },
    { abstractors, 3, ATTEST_WEIGHTS_QUADRATIC, .892 },
    { abstractors, 3, ATTEST_WEIGHTS_ORDINAL, .872 },
    { abstractors, 3, ATTEST_WEIGHTS_RATIO, .927 },
    { diagnoses, 4, ATTEST_WEIGHTS_LINEAR, .407 },
    { diagnoses, 4, ATTEST_WEIGHTS_QUADRATIC, .383 },
    { diagnoses, 4, ATTEST_WEIGHTS_ORDINAL, .390 },
    { diagnoses, 4, ATTEST_WEIGHTS_RATIO, .413 },
    { sas, 3, ATTEST_WEIGHTS_LINEAR, .4701 },
  };

  ASSERT_NEAR (attest_cohen_kappa (abstractors, 3, NULL), .796, 6e-4);
  ASSERT_NEAR (attest_cohen_kappa (diagnoses, 4, NULL), .432, 6e-4);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree double *weights = attest_weights_new (cases[i].weights, numbers, cases[i].q);

      ASSERT_NEAR (attest_cohen_kappa (cases[i].table, cases[i].q, weights), cases[i].kappa, 6e-4);
    }
}

/* Gwet (2014), p. 120: 4 raters, 12 units. */
#define GWET "00.0 1121 2222 2222 1111 0123 3333 0010 1111 .444 ..00 ..2."

static void
test_ac2 (void)
{
  static const struct
  {
    AttestWeights weights;
    double percent, ac2;
  } cases[] = { { ATTEST_WEIGHTS_LINEAR, .939, .859 },
                { ATTEST_WEIGHTS_ORDINAL, .968, .899 },
                { ATTEST_WEIGHTS_QUADRATIC, .975, .914 },
                { ATTEST_WEIGHTS_RATIO, .954, .857 } };
  g_auto (Fixture) fixture;

  fixture_parse (&fixture, GWET, 5);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      AttestAgreementInput input = { .ratings = fixture.ratings,
                                     .metric = ATTEST_METRIC_INTERVAL,
                                     .numbers = numbers,
                                     .weights = cases[i].weights };
      g_autoptr (AttestAgreement) agreement = attest_agreement_compute (&input);
      g_autofree double *weights = attest_weights_new (cases[i].weights, numbers, 5);
      g_autofree double *tally = attest_tally_new (&fixture.ratings);
      AttestTallyShape shape = { 4, 5 };

      ASSERT_NEAR (VALUE (agreement->overall, ATTEST_GWET_AC2), cases[i].ac2, 6e-4);
      ASSERT_NEAR (attest_gwet (&shape, tally, weights).percent, cases[i].percent, 6e-4);
      g_assert_true (isnan (VALUE (agreement->overall, ATTEST_WEIGHTED_KAPPA)));
      g_assert_nonnull (agreement->overall.reasons[ATTEST_WEIGHTED_KAPPA]);
    }
}

/* ---- sets of codes ---- */

static void
test_distances (void)
{
  static const guint8 none[] = { 0, 0, 0 }, a[] = { 1, 0, 0 }, ab[] = { 1, 1, 0 },
                      bc[] = { 0, 1, 1 }, c[] = { 0, 0, 1 };

  /* Passonneau (2006): {a} in {a, b}: J = 1/2, M = 2/3; overlap: J = 1/3, M = 1/3. */
  ASSERT_NEAR (attest_jaccard_distance (a, ab, 3), .5, 1e-12);
  ASSERT_NEAR (attest_masi_distance (a, ab, 3), 1 - 1.0 / 3, 1e-12);
  ASSERT_NEAR (attest_jaccard_distance (ab, bc, 3), 1 - 1.0 / 3, 1e-12);
  ASSERT_NEAR (attest_masi_distance (ab, bc, 3), 1 - 1.0 / 9, 1e-12);
  ASSERT_NEAR (attest_masi_distance (a, c, 3), 1, 1e-12);
  ASSERT_NEAR (attest_masi_distance (ab, ab, 3), 0, 1e-12);
  ASSERT_NEAR (attest_masi_distance (none, none, 3), 0, 1e-12);
  ASSERT_NEAR (attest_jaccard_distance (none, a, 3), 1, 1e-12);
  ASSERT_NEAR (attest_masi_distance (none, a, 3), 1, 1e-12);
}

/* Sets of two codes: 0 none, 1 the first, 2 the second, 3 both. */
static const guint8 sets[] = { 0, 0, 1, 0, 0, 1, 1, 1 };

static AttestAgreement *
compute_sets (const Fixture *fixture, guint rounds, guint jobs)
{
  AttestAgreementInput input = { .ratings = fixture->ratings,
                                 .n_codes = 2,
                                 .sets = sets,
                                 .rounds = rounds,
                                 .jobs = jobs,
                                 .seed = 5 };

  return attest_agreement_compute (&input);
}

static void
test_sets (void)
{
  g_auto (Fixture) fixture;

  fixture_parse (&fixture, "11 13 00 02", 4);
  g_autoptr (AttestAgreement) agreement = compute_sets (&fixture, 0, 1);
  /* The first code: both, both, none, none. The second: none, only one, none, only one. */
  ASSERT_NEAR (VALUE (agreement->codes[0], ATTEST_COHEN_KAPPA), 1, 1e-12);
  ASSERT_NEAR (VALUE (agreement->codes[1], ATTEST_PERCENT), .5, 1e-12);
  ASSERT_NEAR (VALUE (agreement->codes[1], ATTEST_COHEN_KAPPA), 0, 1e-12);
  g_assert_cmpuint (agreement->codes[0].all_present, ==, 2);
  g_assert_cmpuint (agreement->codes[0].none_present, ==, 2);
  g_assert_cmpuint (agreement->codes[1].split, ==, 2);
  ASSERT_NEAR (agreement->codes[1].prevalence, .25, 1e-12);
  ASSERT_NEAR (VALUE (agreement->overall, ATTEST_PERCENT), .75, 1e-12);
  ASSERT_NEAR (VALUE (agreement->overall, ATTEST_COHEN_KAPPA), .5, 1e-12);
  /* By hand: n = 3 none, 3 first, 1 second, 1 both of 8. D_o = 2 (1/2 + 1)/8. Σ n n δ over pairs of
   * values: 9·1 + 3·1 + 3·1 + 3·1 + 3·½ + 1·½ = 20, D_e = 40/56. */
  ASSERT_NEAR (VALUE (agreement->overall, ATTEST_JACCARD_ALPHA), 1 - .375 / (40.0 / 56), 1e-12);
  /* MASI: ⅔ in place of ½. */
  ASSERT_NEAR (VALUE (agreement->overall, ATTEST_MASI_ALPHA),
               1 - (2 * (2.0 / 3 + 1) / 8) / (2 * (18 + 4 * 2.0 / 3) / 56), 1e-12);
}

/* ---- not defined ---- */

static void
test_constant (void)
{
  g_auto (Fixture) fixture;

  fixture_parse (&fixture, "00 00 00", 1);
  g_autoptr (AttestAgreement) agreement = compute (&fixture, ATTEST_METRIC_NOMINAL, NULL);
  ASSERT_NEAR (VALUE (agreement->overall, ATTEST_PERCENT), 1, 1e-12);
  for (guint i = ATTEST_COHEN_KAPPA; i <= ATTEST_BRENNAN_PREDIGER; i++)
    {
      g_assert_true (isnan (VALUE (agreement->overall, i)));
      g_assert_nonnull (agreement->overall.reasons[i]);
    }
}

static void
test_three_coders (void)
{
  g_auto (Fixture) fixture;

  fixture_parse (&fixture, "000 110 111 100", 2);
  g_autoptr (AttestAgreement) agreement = compute (&fixture, ATTEST_METRIC_NOMINAL, NULL);
  g_assert_true (isnan (VALUE (agreement->overall, ATTEST_COHEN_KAPPA)));
  g_assert_nonnull (strstr (agreement->overall.reasons[ATTEST_COHEN_KAPPA], "two coders"));
  g_assert_cmpuint (agreement->n_pairs, ==, 3);
  /* Coders 0 and 2: 00 10 11 10: p_o ½, p_e ¾ ¼ + ¼ ¾. */
  g_assert_cmpuint (agreement->pairs[1].b, ==, 2);
  ASSERT_NEAR (agreement->pairs[1].percent, .5, 1e-12);
  ASSERT_NEAR (agreement->pairs[1].cohen_kappa, (.5 - .375) / .625, 1e-12);
}

static void
test_paradox (void)
{
  g_auto (Fixture) fixture;
  g_autoptr (GString) text = g_string_new (NULL);

  /* 80 7 / 8 5, of which kappa .31 and AC1 .81 */
  for (guint i = 0; i < 100; i++)
    g_string_append (text, i < 80 ? "00 " : i < 87 ? "01 " : i < 95 ? "10 " : "11 ");
  g_string_truncate (text, text->len - 1);
  fixture_parse (&fixture, text->str, 2);
  g_autoptr (AttestAgreement) agreement = compute (&fixture, ATTEST_METRIC_NOMINAL, NULL);
  g_assert_true (attest_agreement_is_paradox (&agreement->overall));
  g_assert_cmpuint (agreement->most_frequent, ==, 0);
  fixture_clear (&fixture);
  fixture_parse (&fixture, "00 00 11 11 01", 2);
  g_autoptr (AttestAgreement) even = compute (&fixture, ATTEST_METRIC_NOMINAL, NULL);
  g_assert_false (attest_agreement_is_paradox (&even->overall));
}

/* ---- by chance ---- */

static void
test_random (void)
{
  /* The first numbers of the authors' program for the state 1, 2, 3, 4. */
  static const guint64 published[]
      = { 11520, 0, 1509978240, G_GUINT64_CONSTANT (1215971899390074240) };
  AttestRandom one = { { 1, 2, 3, 4 } }, again, other;
  guint counts[10] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (published); i++)
    g_assert_cmpuint (attest_random_next (&one), ==, published[i]);
  attest_random_init (&one, 1, 2);
  attest_random_init (&again, 1, 2);
  attest_random_init (&other, 2, 1);
  g_assert_true (attest_random_next (&one) == attest_random_next (&again));
  g_assert_false (attest_random_next (&one) == attest_random_next (&other));
  for (guint i = 0; i < 100000; i++)
    counts[attest_random_below (&one, 10)]++;
  /* 10,000 each; seven standard deviations */
  for (guint i = 0; i < 10; i++)
    g_assert_cmpfloat (fabs (counts[i] - 1e4), <, 670);
  g_assert_cmpuint (attest_random_below (&one, 1), ==, 0);
}

/* Ratings by chance: 4 coders, @n_values values, some missing, 12 clusters. */
static void
fixture_draw (Fixture *fixture, guint n_items, guint n_coders, guint n_values, guint64 seed)
{
  AttestRandom random;

  fixture_init (fixture, n_items, n_coders, n_values);
  attest_random_init (&random, seed, 0);
  fixture->ratings.n_clusters = 12;
  for (guint i = 0; i < n_items; i++)
    {
      guint16 usual = (guint16)attest_random_below (&random, n_values);

      fixture->clusters[i] = i % 12;
      for (guint k = 0; k < n_coders; k++)
        {
          guint chance = attest_random_below (&random, 10);

          if (chance < 6)
            fixture->values[i * n_coders + k] = usual;
          else if (chance < 9 || k < 2)
            fixture->values[i * n_coders + k] = (guint16)attest_random_below (&random, n_values);
        }
    }
}

static void
assert_same (const AttestAgreement *a, const AttestAgreement *b)
{
  for (guint i = 0; i < ATTEST_N_COEFFICIENTS; i++)
    {
      const AttestEstimate *x = &a->overall.estimates[i], *y = &b->overall.estimates[i];

      g_assert_true (isnan (x->value) == isnan (y->value));
      if (!isnan (x->value))
        ASSERT_NEAR (x->value, y->value, 1e-12);
    }
}

/* Coders and items in another order: the coefficients stay. */
static void
test_permutations (void)
{
  for (guint64 seed = 1; seed <= 20; seed++)
    {
      guint n_coders = 2 + (guint)(seed % 3), n_items = 40;
      g_auto (Fixture) fixture, turned;

      fixture_draw (&fixture, n_items, n_coders, 4, seed);
      fixture_init (&turned, n_items, n_coders, 4);
      turned.ratings.n_clusters = 12;
      for (guint i = 0; i < n_items; i++)
        {
          guint to = (i * 7 + 3) % n_items;

          turned.clusters[to] = 11 - fixture.clusters[i];
          for (guint k = 0; k < n_coders; k++)
            turned.values[to * n_coders + n_coders - 1 - k] = fixture.values[i * n_coders + k];
        }
      for (guint metric = ATTEST_METRIC_NOMINAL; metric <= ATTEST_METRIC_RATIO; metric++)
        {
          g_autoptr (AttestAgreement) a = compute (&fixture, metric, numbers);
          g_autoptr (AttestAgreement) b = compute (&turned, metric, numbers);

          assert_same (a, b);
        }
      g_autoptr (AttestAgreement) a = compute_sets (&fixture, 0, 1);
      g_autoptr (AttestAgreement) b = compute_sets (&turned, 0, 1);
      assert_same (a, b);
    }
}

/* One code against the rest, from the tally of all: as if it had been counted by itself. */
static void
test_collapse (void)
{
  for (guint n_coders = 2; n_coders <= 5; n_coders++)
    {
      g_auto (Fixture) fixture, held;

      fixture_draw (&fixture, 60, n_coders, 3, n_coders);
      fixture_init (&held, 60, n_coders, 2);
      for (guint i = 0; i < 60 * n_coders; i++)
        if (fixture.values[i] != ATTEST_NO_RATING)
          held.values[i] = fixture.values[i] == 2;
      AttestTallyShape shape = { n_coders, 3 }, two = { n_coders, 2 };
      g_autofree double *tally = attest_tally_new (&fixture.ratings);
      g_autofree double *expected = attest_tally_new (&held.ratings);
      g_autofree double *collapsed = g_new (double, attest_tally_length (&two));
      attest_tally_collapse (&shape, tally, 2, collapsed);
      for (gsize i = 0; i < attest_tally_length (&two); i++)
        g_assert_true (collapsed[i] == expected[i]);
    }
}

static void
assert_same_intervals (const AttestAgreement *a, const AttestAgreement *b)
{
  for (guint i = 0; i <= a->n_codes; i++)
    {
      const AttestAgreementRow *x = i < a->n_codes ? &a->codes[i] : &a->overall;
      const AttestAgreementRow *y = i < a->n_codes ? &b->codes[i] : &b->overall;

      g_assert_cmpmem (x->estimates, sizeof x->estimates, y->estimates, sizeof y->estimates);
      g_assert_cmpmem (x->undefined, sizeof x->undefined, y->undefined, sizeof y->undefined);
    }
}

static void
test_threads (void)
{
  for (guint64 seed = 1; seed <= 3; seed++)
    {
      g_auto (Fixture) fixture;

      fixture_draw (&fixture, 50, 3, 4, seed);
      g_autoptr (AttestAgreement) one = compute_sets (&fixture, 100, 1);
      g_autoptr (AttestAgreement) three = compute_sets (&fixture, 100, 3);
      assert_same_intervals (one, three);
      AttestAgreementInput input = { .ratings = fixture.ratings,
                                     .metric = ATTEST_METRIC_ORDINAL,
                                     .rounds = 100,
                                     .jobs = 1,
                                     .seed = seed };
      g_autoptr (AttestAgreement) values = attest_agreement_compute (&input);
      input.jobs = 4;
      g_autoptr (AttestAgreement) values_again = attest_agreement_compute (&input);
      assert_same_intervals (values, values_again);
    }
}

static double
width_for (guint n_items, guint n_clusters)
{
  g_auto (Fixture) fixture;

  fixture_init (&fixture, n_items, 2, 2);
  fixture.ratings.n_clusters = n_clusters;
  for (guint i = 0; i < n_items; i++)
    {
      fixture.clusters[i] = i % n_clusters;
      fixture.values[2 * i] = i / 2 % 2;
      fixture.values[2 * i + 1] = i % 5 == 0 ? !(i / 2 % 2) : i / 2 % 2;
    }
  AttestAgreementInput input
      = { .ratings = fixture.ratings, .rounds = 1000, .jobs = 2, .seed = 11 };
  g_autoptr (AttestAgreement) agreement = attest_agreement_compute (&input);
  const AttestEstimate *percent = &agreement->overall.estimates[ATTEST_PERCENT];
  g_assert_cmpfloat (percent->low, <=, percent->value);
  g_assert_cmpfloat (percent->value, <=, percent->high);
  return percent->high - percent->low;
}

static void
test_intervals (void)
{
  g_auto (Fixture) fixture;

  /* A share of .8 of 100: ± 1.96 · .04; of 400 half of that. */
  ASSERT_NEAR (width_for (100, 100), .157, .02);
  ASSERT_NEAR (width_for (400, 400), .078, .01);
  /* Clusters hold several items each, all alike in this: ten clusters, two of them all wrong. */
  g_assert_cmpfloat (width_for (400, 10), >, .3);
  /* Who agrees always has no doubt. */
  fixture_parse (&fixture, "00 11 00 11 00 11", 2);
  AttestAgreementInput input = { .ratings = fixture.ratings, .rounds = 200, .jobs = 1, .seed = 1 };
  g_autoptr (AttestAgreement) agreement = attest_agreement_compute (&input);
  const AttestAgreementRow *row = &agreement->overall;
  ASSERT_NEAR (row->estimates[ATTEST_KRIPPENDORFF_ALPHA].low, 1, 1e-12);
  ASSERT_NEAR (row->estimates[ATTEST_KRIPPENDORFF_ALPHA].high, 1, 1e-12);
  /* Now and then all six are of one kind: two in 64. */
  g_assert_cmpuint (row->undefined[ATTEST_KRIPPENDORFF_ALPHA], >, 0);
  g_assert_cmpuint (row->undefined[ATTEST_KRIPPENDORFF_ALPHA], <, 30);
  g_assert_cmpuint (row->undefined[ATTEST_PERCENT], ==, 0);
}

/* Transcripts that nobody judged change nothing, and none that one coder saw makes an interval. */
static void
test_unseen (void)
{
  g_auto (Fixture) few;
  g_auto (Fixture) many;

  fixture_parse (&few, "00 01 11 10 11 00 0.", 2);
  fixture_parse (&many, ".. 00 .. 01 11 10 .. 11 00 0. ..", 2);
  AttestAgreementInput input = { .ratings = few.ratings, .rounds = 300, .jobs = 1, .seed = 5 };
  g_autoptr (AttestAgreement) a = attest_agreement_compute (&input);
  input.ratings = many.ratings;
  g_autoptr (AttestAgreement) b = attest_agreement_compute (&input);
  g_assert_cmpuint (a->n_clusters, ==, 7);
  g_assert_cmpuint (a->n_paired_clusters, ==, 6);
  g_assert_cmpuint (b->n_clusters, ==, 7);
  g_assert_cmpuint (b->n_paired_clusters, ==, 6);
  assert_same_intervals (a, b);
}

/* ---- items that stand for others ---- */

static AttestAgreement *
compute_weighted (const Fixture *fixture, const double *weights)
{
  AttestAgreementInput input = { .ratings = fixture->ratings, .item_weights = weights };

  return attest_agreement_compute (&input);
}

static void
assert_alike (const AttestAgreement *a, const AttestAgreement *b, guint first, guint last)
{
  for (guint k = first; k <= last; k++)
    if (!isnan (a->overall.estimates[k].value))
      ASSERT_NEAR (a->overall.estimates[k].value, b->overall.estimates[k].value, 1e-9);
}

/* Equal weights change nothing. */
static void
test_equal_weights (void)
{
  static const double weights[] = { 1, 1, 1, 1, 1, 1 };
  g_auto (Fixture) fixture;

  fixture_parse (&fixture, "00 01 11 12 22 10", 3);
  g_autoptr (AttestAgreement) plain = compute_weighted (&fixture, NULL);
  g_autoptr (AttestAgreement) weighted = compute_weighted (&fixture, weights);
  assert_alike (plain, weighted, 0, ATTEST_BRENNAN_PREDIGER);
  g_assert_true (isnan (weighted->overall.cohen_kappa_se));
  g_assert_false (isnan (plain->overall.cohen_kappa_se));
}

/* An item of weight 3 is three items alike; alpha alone asks how many there are in all. */
static void
test_replicated (void)
{
  /* 3, 1, 2 over a mean of 2. */
  static const double weights[] = { 1.5, .5, 1 };
  g_auto (Fixture) few;
  g_auto (Fixture) many;

  fixture_parse (&few, "00 01 11", 2);
  fixture_parse (&many, "00 00 00 01 11 11", 2);
  g_autoptr (AttestAgreement) weighted = compute_weighted (&few, weights);
  g_autoptr (AttestAgreement) plain = compute_weighted (&many, NULL);
  assert_alike (plain, weighted, 0, ATTEST_FLEISS_KAPPA);
  assert_alike (plain, weighted, ATTEST_GWET_AC1, ATTEST_BRENNAN_PREDIGER);
  ASSERT_NEAR (weighted->codes[1].prevalence, plain->codes[1].prevalence, 1e-12);
  g_assert_cmpuint (weighted->codes[1].items, ==, 3);
  /* By hand: D_o = 1/6 of 6 values, n_0 = 3.5, n_1 = 2.5: 1 − (1/6) / (2 · 3.5 · 2.5 / 30). */
  ASSERT_NEAR (weighted->overall.estimates[ATTEST_KRIPPENDORFF_ALPHA].value,
               1 - (1. / 6) / (2 * 3.5 * 2.5 / 30), 1e-12);
}

/* Of a population in which half of the disagreement lies among what is common, what is rare is
 * drawn whole and of the rest a tenth: the mean of weighted figures is that of the population, and
 * unweighted ones are not. */
static void
test_unbiased (void)
{
  const guint n_rare = 60, n_rest = 900, rounds = 400;
  g_auto (Fixture) all;
  g_auto (Fixture) drawn;
  double sum = 0, unweighted = 0;
  AttestRandom random;

  fixture_init (&all, n_rare + n_rest, 2, 2);
  for (guint i = 0; i < n_rare + n_rest; i++)
    {
      gboolean is_rare = i < n_rare;

      all.values[2 * i] = is_rare ? i % 6 != 0 : i % 45 == 0;
      all.values[2 * i + 1] = is_rare ? i % 5 != 0 : i % 90 == 0;
    }
  g_autoptr (AttestAgreement) whole = compute_weighted (&all, NULL);
  double truth = whole->codes[1].estimates[ATTEST_SCOTT_PI].value;
  fixture_init (&drawn, n_rare + n_rest / 10, 2, 2);
  g_autofree double *weights = g_new (double, n_rare + n_rest / 10);
  attest_random_init (&random, 8, 0);
  for (guint round = 0; round < rounds; round++)
    {
      for (guint i = 0; i < n_rare + n_rest / 10; i++)
        {
          guint from = i < n_rare ? i : n_rare + attest_random_below (&random, n_rest);

          memcpy (drawn.values + 2 * i, all.values + 2 * (gsize)from, 2 * sizeof (guint16));
          weights[i] = (i < n_rare ? 1 : 10) * 150. / 960;
        }
      g_autoptr (AttestAgreement) one = compute_weighted (&drawn, weights);
      g_autoptr (AttestAgreement) other = compute_weighted (&drawn, NULL);
      sum += one->codes[1].estimates[ATTEST_SCOTT_PI].value / rounds;
      unweighted += other->codes[1].estimates[ATTEST_SCOTT_PI].value / rounds;
    }
  ASSERT_NEAR (sum, truth, .03);
  g_assert_cmpfloat (fabs (unweighted - truth), >, .04);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/agreement/weighted-kappa", test_weighted_kappa);
  g_test_add_func ("/agreement/ac2", test_ac2);
  g_test_add_func ("/agreement/distances", test_distances);
  g_test_add_func ("/agreement/sets", test_sets);
  g_test_add_func ("/agreement/constant", test_constant);
  g_test_add_func ("/agreement/three-coders", test_three_coders);
  g_test_add_func ("/agreement/paradox", test_paradox);
  g_test_add_func ("/agreement/random", test_random);
  g_test_add_func ("/agreement/permutations", test_permutations);
  g_test_add_func ("/agreement/collapse", test_collapse);
  g_test_add_func ("/agreement/threads", test_threads);
  g_test_add_func ("/agreement/intervals", test_intervals);
  g_test_add_func ("/agreement/unseen", test_unseen);
  g_test_add_func ("/agreement/weights/equal", test_equal_weights);
  g_test_add_func ("/agreement/weights/replicated", test_replicated);
  g_test_add_func ("/agreement/weights/unbiased", test_unbiased);
  return g_test_run ();
}
