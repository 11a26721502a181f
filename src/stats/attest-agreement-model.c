#include "stats/attest-agreement-private.h"

#include <math.h>
#include <string.h>

#include "stats/attest-gwet.h"
#include "stats/attest-kappa.h"

/* The part of the sets comes after those of the codes: what is observed, then how often each set
 * occurs. */
enum
{
  OBSERVED_JACCARD,
  OBSERVED_MASI,
  FIRST_SET,
};

guint16
attest_agreement_holds (const AttestAgreementInput *input, guint16 rating, guint code)
{
  if (rating == ATTEST_NO_RATING)
    return ATTEST_NO_RATING;
  return input->n_codes == 0 ? rating == code
                             : input->sets[(gsize)rating * input->n_codes + code] != 0;
}

/* ---- what a cluster adds ---- */

static void
fill_sets (const AttestAgreementModel *model, const guint16 *values, double weight,
           AttestAdder *adder)
{
  const AttestRatings *ratings = &model->input->ratings;
  guint r = 0;

  for (guint i = 0; i < ratings->n_coders; i++)
    r += values[i] != ATTEST_NO_RATING;
  for (guint i = 0; i < ratings->n_coders && r >= 2; i++)
    {
      if (values[i] == ATTEST_NO_RATING)
        continue;
      attest_adder_add (adder, FIRST_SET + values[i], weight);
      for (guint k = 0; k < i; k++)
        if (values[k] != ATTEST_NO_RATING)
          {
            gsize at = (gsize)values[i] * ratings->n_values + values[k];

            attest_adder_add (adder, OBSERVED_JACCARD, 2 * weight * model->jaccard[at] / (r - 1));
            attest_adder_add (adder, OBSERVED_MASI, 2 * weight * model->masi[at] / (r - 1));
          }
    }
}

static void
fill (gconstpointer data, guint part, guint cluster, AttestAdder *adder)
{
  const AttestAgreementModel *model = data;
  const AttestAgreementInput *input = model->input;
  guint n_coders = input->ratings.n_coders;
  g_autofree guint16 *held = g_new (guint16, n_coders);

  for (guint i = model->starts[cluster]; i < model->starts[cluster + 1]; i++)
    {
      guint item = model->items[i];
      const guint16 *values = input->ratings.values + (gsize)item * n_coders;
      double weight = input->item_weights != NULL ? input->item_weights[item] : 1;

      if (input->n_codes == 0)
        attest_tally_add_weighted (&model->shape, values, weight, adder);
      else if (part == input->n_codes)
        fill_sets (model, values, weight, adder);
      else
        {
          for (guint k = 0; k < n_coders; k++)
            held[k] = attest_agreement_holds (input, values[k], part);
          attest_tally_add_weighted (&model->shape, held, weight, adder);
        }
    }
}

/* ---- what follows from the sums ---- */

static void
nominal_figures (const AttestTallyShape *shape, const double *tally, double *figures)
{
  const double *table = attest_tally_table (shape, tally);
  AttestGwet gwet = attest_gwet (shape, tally, NULL);

  figures[ATTEST_PERCENT] = gwet.percent;
  figures[ATTEST_COHEN_KAPPA]
      = table != NULL ? attest_cohen_kappa (table, shape->n_values, NULL) : NAN;
  figures[ATTEST_SCOTT_PI] = table != NULL ? attest_scott_pi (table, shape->n_values, NULL) : NAN;
  figures[ATTEST_FLEISS_KAPPA] = gwet.fleiss_kappa;
  figures[ATTEST_KRIPPENDORFF_ALPHA]
      = attest_alpha (shape, tally, ATTEST_METRIC_NOMINAL, NULL).alpha;
  figures[ATTEST_GWET_AC1] = gwet.gwet_ac1;
  figures[ATTEST_BRENNAN_PREDIGER] = gwet.brennan_prediger;
}

static void
value_figures (const AttestAgreementModel *model, const double *tally, double *figures)
{
  const AttestAgreementInput *input = model->input;
  AttestTallyShape two = { model->shape.n_coders, 2 };
  g_autofree double *collapsed = g_new (double, attest_tally_length (&two));
  double *overall = figures + (gsize)model->n_rows * ATTEST_N_COEFFICIENTS;

  nominal_figures (&model->shape, tally, overall);
  for (guint i = 0; i < model->n_rows; i++)
    {
      attest_tally_collapse (&model->shape, tally, i, collapsed);
      nominal_figures (&two, collapsed, figures + (gsize)i * ATTEST_N_COEFFICIENTS);
    }
  if (input->metric == ATTEST_METRIC_NOMINAL)
    return;
  overall[ATTEST_KRIPPENDORFF_ALPHA]
      = attest_alpha (&model->shape, tally, input->metric, input->numbers).alpha;
  if (model->weights == NULL)
    return;
  const double *table = attest_tally_table (&model->shape, tally);
  if (table != NULL)
    overall[ATTEST_WEIGHTED_KAPPA]
        = attest_cohen_kappa (table, model->shape.n_values, model->weights);
  overall[ATTEST_GWET_AC2] = attest_gwet (&model->shape, tally, model->weights).gwet_ac1;
}

/* The mean over the codes for which it is defined. */
static double
mean_of (const double *figures, guint n_rows, guint coefficient)
{
  double sum = 0;
  guint n = 0;

  for (guint i = 0; i < n_rows; i++)
    {
      double value = figures[(gsize)i * ATTEST_N_COEFFICIENTS + coefficient];

      if (!isnan (value))
        {
          sum += value;
          n++;
        }
    }
  return n > 0 ? sum / n : NAN;
}

static void
set_figures (const AttestAgreementModel *model, const double *const *sums, double *figures)
{
  double *overall = figures + (gsize)model->n_rows * ATTEST_N_COEFFICIENTS;
  guint n_values = model->input->ratings.n_values;

  for (guint i = 0; i < model->n_rows; i++)
    nominal_figures (&model->shape, sums[i], figures + (gsize)i * ATTEST_N_COEFFICIENTS);
  for (guint k = 0; k <= ATTEST_BRENNAN_PREDIGER; k++)
    overall[k] = mean_of (figures, model->n_rows, k);
  if (model->jaccard == NULL)
    return;
  const double *sets = sums[model->n_rows];
  overall[ATTEST_JACCARD_ALPHA]
      = attest_alpha_from_distances (sets[OBSERVED_JACCARD], sets + FIRST_SET, n_values,
                                     model->jaccard)
            .alpha;
  overall[ATTEST_MASI_ALPHA]
      = attest_alpha_from_distances (sets[OBSERVED_MASI], sets + FIRST_SET, n_values, model->masi)
            .alpha;
}

static void
compute_figures (gconstpointer data, const double *const *sums, double *figures)
{
  const AttestAgreementModel *model = data;

  for (guint i = 0; i < (model->n_rows + 1) * ATTEST_N_COEFFICIENTS; i++)
    figures[i] = NAN;
  if (model->input->n_codes == 0)
    value_figures (model, sums[0], figures);
  else
    set_figures (model, sums, figures);
}

/* ---- making it ---- */

static void
index_clusters (AttestAgreementModel *model)
{
  const AttestRatings *ratings = &model->input->ratings;

  model->starts = g_new0 (guint, (gsize)ratings->n_clusters + 2);
  model->items = g_new (guint, MAX (ratings->n_items, 1));
  /* One further on, so that filling moves each to its place. */
  for (guint i = 0; i < ratings->n_items; i++)
    model->starts[ratings->clusters[i] + 2]++;
  for (guint c = 2; c < ratings->n_clusters + 2; c++)
    model->starts[c] += model->starts[c - 1];
  for (guint i = 0; i < ratings->n_items; i++)
    model->items[model->starts[ratings->clusters[i] + 1]++] = i;
}

static void
measure_sets (AttestAgreementModel *model)
{
  const AttestAgreementInput *input = model->input;
  gsize n = input->ratings.n_values;

  model->jaccard = g_new (double, MAX (n * n, 1));
  model->masi = g_new (double, MAX (n * n, 1));
  for (gsize a = 0; a < n; a++)
    for (gsize b = 0; b < n; b++)
      {
        const guint8 *one = input->sets + a * input->n_codes;
        const guint8 *other = input->sets + b * input->n_codes;

        model->jaccard[a * n + b] = attest_jaccard_distance (one, other, input->n_codes);
        model->masi[a * n + b] = attest_masi_distance (one, other, input->n_codes);
      }
}

/* Of an ordinal scale the ranks count. */
static void
make_weights (AttestAgreementModel *model)
{
  const AttestAgreementInput *input = model->input;
  guint n = input->ratings.n_values;
  g_autofree double *ranks = g_new (double, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    ranks[i] = i + 1;
  model->weights = attest_weights_new (
      input->weights, input->metric == ATTEST_METRIC_ORDINAL ? ranks : input->numbers, n);
}

void
attest_agreement_model_init (AttestAgreementModel *model, const AttestAgreementInput *input,
                             gboolean with_sets)
{
  const AttestRatings *ratings = &input->ratings;
  gboolean is_sets = input->n_codes > 0;
  guint n_parts = is_sets ? input->n_codes : 1;

  memset (model, 0, sizeof *model);
  model->input = input;
  model->shape = (AttestTallyShape){ ratings->n_coders, is_sets ? 2 : ratings->n_values };
  model->n_rows = is_sets ? input->n_codes : ratings->n_values;
  index_clusters (model);
  if (is_sets && with_sets && ratings->n_values <= ATTEST_MAX_COMBINATIONS)
    measure_sets (model);
  if (!is_sets && input->metric != ATTEST_METRIC_NOMINAL && ratings->n_values > 1)
    make_weights (model);
  model->lengths = g_new (gsize, (gsize)n_parts + 1);
  for (guint i = 0; i < n_parts; i++)
    model->lengths[i] = attest_tally_length (&model->shape);
  model->lengths[n_parts] = FIRST_SET + (gsize)ratings->n_values;
  model->resample = (AttestResampleModel){ .n_clusters = ratings->n_clusters,
                                           .n_parts = n_parts + (model->jaccard != NULL),
                                           .lengths = model->lengths,
                                           .n_figures = (model->n_rows + 1) * ATTEST_N_COEFFICIENTS,
                                           .fill = fill,
                                           .figures = compute_figures,
                                           .data = model };
}

void
attest_agreement_model_clear (AttestAgreementModel *model)
{
  g_free (model->starts);
  g_free (model->items);
  g_free (model->weights);
  g_free (model->jaccard);
  g_free (model->masi);
  g_free (model->lengths);
}
