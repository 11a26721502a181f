#include "stats/attest-agreement.h"

#include <math.h>

#include "stats/attest-agreement-private.h"
#include "stats/attest-gwet.h"
#include "stats/attest-kappa.h"

#define NOT_TWO "compares two coders, and there are more: see fleiss_kappa and the pairs"
#define NO_VARIATION "no variation: the coders used one value only, so that chance alone agrees"
#define NO_CODE "not defined for any code"
#define ONE_VALUE "the scheme has one value only: name all of them by --values"
#define NO_PAIR "no item was rated by both coders"
#define MANY_SETS "more than 1500 different combinations of codes"

G_STATIC_ASSERT (ATTEST_MAX_COMBINATIONS == 1500);

const char *
attest_coefficient_to_string (AttestCoefficient coefficient)
{
  static const char *const names[]
      = { "percent",   "cohen_kappa",      "scott_pi",       "fleiss_kappa", "krippendorff_alpha",
          "gwet_ac1",  "brennan_prediger", "weighted_kappa", "gwet_ac2",     "jaccard_alpha",
          "masi_alpha" };

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == ATTEST_N_COEFFICIENTS);
  return names[coefficient];
}

static AttestAgreementRow *
row_at (AttestAgreement *agreement, guint i)
{
  return i < agreement->n_codes ? &agreement->codes[i] : &agreement->overall;
}

/* ---- counts ---- */

/* @held: by item and coder, 1 or 0. @weights: (nullable) by item */
static void
count_code (const AttestRatings *held, const double *weights, AttestAgreementRow *row)
{
  double given = 0, ratings = 0;

  for (guint item = 0; item < held->n_items; item++)
    {
      const guint16 *values = held->values + (gsize)item * held->n_coders;
      guint present = 0, n = 0;

      for (guint i = 0; i < held->n_coders; i++)
        if (values[i] != ATTEST_NO_RATING)
          {
            present += values[i];
            n++;
          }
      if (n < 2)
        continue;
      row->items++;
      row->all_present += present == n;
      row->none_present += present == 0;
      row->split += present > 0 && present < n;
      given += present * (weights != NULL ? weights[item] : 1);
      ratings += n * (weights != NULL ? weights[item] : 1);
    }
  row->prevalence = ratings > 0 ? given / ratings : NAN;
}

/* They take every item as one. */
static void
set_errors (const AttestRatings *ratings, const double *weights, AttestAgreementRow *row)
{
  g_autofree double *table = NULL;

  row->cohen_kappa_se = row->gwet_ac1_se = NAN;
  if (weights != NULL)
    return;
  row->gwet_ac1_se = attest_gwet_ac1_se (ratings);
  if (ratings->n_coders != 2)
    return;
  table = g_new0 (double, (gsize)ratings->n_values * ratings->n_values);
  for (guint item = 0; item < ratings->n_items; item++)
    {
      const guint16 *values = ratings->values + (gsize)item * 2;

      if (values[0] != ATTEST_NO_RATING && values[1] != ATTEST_NO_RATING)
        table[(gsize)values[0] * ratings->n_values + values[1]]++;
    }
  row->cohen_kappa_se = attest_cohen_kappa_errors (table, ratings->n_values).ase;
}

static void
count_overall (const AttestAgreementInput *input, AttestAgreement *agreement)
{
  AttestAgreementRow *overall = &agreement->overall;
  double sum = 0;

  overall->cohen_kappa_se = overall->gwet_ac1_se = NAN;
  if (input->n_codes == 0)
    set_errors (&input->ratings, input->item_weights, overall);
  for (guint i = 0; i < agreement->n_codes; i++)
    {
      const AttestAgreementRow *row = &agreement->codes[i];

      sum += row->prevalence;
      if (row->prevalence > agreement->codes[agreement->most_frequent].prevalence)
        agreement->most_frequent = i;
      overall->items = row->items;
      overall->all_present += row->all_present;
      if (input->n_codes > 0)
        {
          overall->none_present += row->none_present;
          overall->split += row->split;
        }
    }
  if (input->n_codes == 0)
    {
      overall->split = overall->items - overall->all_present;
      overall->prevalence = agreement->codes[agreement->most_frequent].prevalence;
    }
  else
    overall->prevalence = sum / agreement->n_codes;
}

static void
count (const AttestAgreementInput *input, AttestAgreement *agreement)
{
  AttestRatings held = input->ratings;
  gsize n = (gsize)held.n_items * held.n_coders;
  g_autofree guint16 *values = g_new (guint16, MAX (n, 1));

  held.values = values;
  held.n_values = 2;
  for (guint code = 0; code < agreement->n_codes; code++)
    {
      AttestAgreementRow *row = &agreement->codes[code];

      for (gsize i = 0; i < n; i++)
        values[i] = attest_agreement_holds (input, input->ratings.values[i], code);
      count_code (&held, input->item_weights, row);
      set_errors (&held, input->item_weights, row);
    }
  count_overall (input, agreement);
}

/* ---- what applies, and why not ---- */

static void
set_applies (const AttestAgreementInput *input, AttestAgreementRow *row, gboolean is_overall)
{
  gboolean is_sets = input->n_codes > 0;
  gboolean is_weighted = is_overall && !is_sets && input->metric != ATTEST_METRIC_NOMINAL;

  for (guint k = 0; k <= ATTEST_BRENNAN_PREDIGER; k++)
    row->applies[k] = TRUE;
  row->applies[ATTEST_WEIGHTED_KAPPA] = row->applies[ATTEST_GWET_AC2] = is_weighted;
  row->applies[ATTEST_JACCARD_ALPHA] = row->applies[ATTEST_MASI_ALPHA] = is_overall && is_sets;
}

static const char *
reason_for (const AttestAgreementInput *input, guint coefficient, gboolean is_overall)
{
  const AttestRatings *ratings = &input->ratings;
  gboolean is_sets = input->n_codes > 0;

  if (ratings->n_coders > 2
      && (coefficient == ATTEST_COHEN_KAPPA || coefficient == ATTEST_SCOTT_PI
          || coefficient == ATTEST_WEIGHTED_KAPPA))
    return NOT_TWO;
  if (coefficient == ATTEST_PERCENT)
    return NO_PAIR;
  if (coefficient >= ATTEST_JACCARD_ALPHA)
    return ratings->n_values > ATTEST_MAX_COMBINATIONS ? MANY_SETS : NO_VARIATION;
  if (is_overall && is_sets)
    return NO_CODE;
  if (is_overall && ratings->n_values < 2
      && (coefficient == ATTEST_GWET_AC1 || coefficient == ATTEST_BRENNAN_PREDIGER
          || coefficient == ATTEST_GWET_AC2))
    return ONE_VALUE;
  return NO_VARIATION;
}

/* ---- pairs of coders ---- */

static void
compare_pair (const AttestAgreementInput *input, AttestAgreementPair *pair)
{
  AttestAgreementInput two = *input;
  g_auto (AttestAgreementModel) model;
  g_autofree guint16 *values = g_new (guint16, MAX (2 * (gsize)input->ratings.n_items, 1));

  for (guint i = 0; i < input->ratings.n_items; i++)
    {
      const guint16 *all = input->ratings.values + (gsize)i * input->ratings.n_coders;

      values[2 * (gsize)i] = all[pair->a];
      values[2 * (gsize)i + 1] = all[pair->b];
      pair->items += all[pair->a] != ATTEST_NO_RATING && all[pair->b] != ATTEST_NO_RATING;
    }
  two.ratings.values = values;
  two.ratings.n_coders = 2;
  attest_agreement_model_init (&model, &two, FALSE);
  g_autofree double *figures = g_new (double, model.resample.n_figures);
  attest_resample_point (&model.resample, figures);
  const double *overall = figures + (gsize)model.n_rows * ATTEST_N_COEFFICIENTS;
  pair->percent = overall[ATTEST_PERCENT];
  pair->cohen_kappa = overall[ATTEST_COHEN_KAPPA];
  pair->krippendorff_alpha = overall[ATTEST_KRIPPENDORFF_ALPHA];
}

static void
compare_pairs (const AttestAgreementInput *input, AttestAgreement *agreement)
{
  guint n = input->ratings.n_coders, at = 0;

  if (n < 3)
    return;
  agreement->n_pairs = n * (n - 1) / 2;
  agreement->pairs = g_new0 (AttestAgreementPair, agreement->n_pairs);
  for (guint a = 0; a < n; a++)
    for (guint b = a + 1; b < n; b++)
      {
        AttestAgreementPair *pair = &agreement->pairs[at++];

        pair->a = a;
        pair->b = b;
        compare_pair (input, pair);
      }
}

/* ---- all of it ---- */

static void
estimate (const AttestAgreementInput *input, AttestAgreement *agreement)
{
  g_auto (AttestAgreementModel) model;

  attest_agreement_model_init (&model, input, TRUE);
  guint n = model.resample.n_figures;
  g_autofree double *figures = g_new (double, n);
  g_autofree AttestEstimate *estimates = g_new (AttestEstimate, n);
  g_autofree guint *undefined = g_new0 (guint, n);
  attest_resample_point (&model.resample, figures);
  for (guint i = 0; i < n; i++)
    estimates[i] = (AttestEstimate){ figures[i], NAN, NAN };
  if (input->rounds > 0 && input->ratings.n_clusters > 1)
    {
      g_autoptr (AttestResample) resample = attest_resample_new (&model.resample);

      attest_resample_intervals (resample, input->rounds, input->seed, MAX (input->jobs, 1),
                                 estimates, undefined);
    }
  for (guint i = 0; i <= agreement->n_codes; i++)
    {
      AttestAgreementRow *row = row_at (agreement, i);

      set_applies (input, row, i == agreement->n_codes);
      for (guint k = 0; k < ATTEST_N_COEFFICIENTS; k++)
        {
          row->estimates[k] = estimates[i * ATTEST_N_COEFFICIENTS + k];
          row->undefined[k] = undefined[i * ATTEST_N_COEFFICIENTS + k];
          if (isnan (row->estimates[k].value))
            row->reasons[k] = reason_for (input, k, i == agreement->n_codes);
        }
    }
}

/* Numbers the clusters anew in which anybody rated anything: another tells nothing, and an interval
 * must not come from many of which few were seen. Returns: by item. */
static guint *
number_clusters (const AttestRatings *ratings, guint *out_n, guint *out_n_paired)
{
  g_autofree guint *most = g_new0 (guint, MAX (ratings->n_clusters, 1)); /* raters of an item */
  guint *clusters = g_new0 (guint, MAX (ratings->n_items, 1));

  for (guint i = 0; i < ratings->n_items; i++)
    {
      const guint16 *values = ratings->values + (gsize)i * ratings->n_coders;
      guint n = 0;

      for (guint k = 0; k < ratings->n_coders; k++)
        n += values[k] != ATTEST_NO_RATING;
      most[ratings->clusters[i]] = MAX (most[ratings->clusters[i]], n);
    }
  *out_n = *out_n_paired = 0;
  for (guint c = 0; c < ratings->n_clusters; c++)
    {
      *out_n_paired += most[c] >= 2;
      /* Items of the others have no ratings, and add nothing wherever they are. */
      most[c] = most[c] > 0 ? (*out_n)++ : 0;
    }
  for (guint i = 0; i < ratings->n_items; i++)
    clusters[i] = most[ratings->clusters[i]];
  return clusters;
}

AttestAgreement *
attest_agreement_compute (const AttestAgreementInput *given)
{
  AttestAgreement *agreement = g_new0 (AttestAgreement, 1);
  AttestAgreementInput seen = *given, *input = &seen;
  g_autofree guint *clusters
      = number_clusters (&given->ratings, &agreement->n_clusters, &agreement->n_paired_clusters);

  seen.ratings.n_clusters = MAX (agreement->n_clusters, 1);
  seen.ratings.clusters = clusters;
  agreement->n_codes = input->n_codes > 0 ? input->n_codes : input->ratings.n_values;
  agreement->codes = g_new0 (AttestAgreementRow, MAX (agreement->n_codes, 1));
  count (input, agreement);
  estimate (input, agreement);
  compare_pairs (input, agreement);
  return agreement;
}

void
attest_agreement_free (AttestAgreement *agreement)
{
  if (agreement == NULL)
    return;
  g_free (agreement->codes);
  g_free (agreement->pairs);
  g_free (agreement);
}

gboolean
attest_agreement_is_paradox (const AttestAgreementRow *row)
{
  double alpha = row->estimates[ATTEST_KRIPPENDORFF_ALPHA].value;

  /* A comparison with NAN is false. */
  return row->estimates[ATTEST_PERCENT].value >= .8 && alpha < .667
         && row->estimates[ATTEST_GWET_AC1].value - alpha >= .2;
}
