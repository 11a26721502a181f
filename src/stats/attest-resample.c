#include "stats/attest-resample.h"

#include <math.h>
#include <string.h>

#include "stats/attest-random.h"
#include "util/attest-pipeline.h"

/* Rounds that a thread does at a time. */
#define ROUNDS_AT_ONCE 16

struct _AttestAdder
{
  double *dense;
  GArray *touched; /* of gsize */
};

/* A place of a vector that is not 0. */
typedef struct
{
  gsize index;
  double amount;
} Entry;

/* The vectors of a part, each that differs once. */
typedef struct
{
  gsize length;
  GArray *entries; /* of Entry */
  GArray *ends;    /* of gsize: where the entries of each vector end */
  guint *vectors;  /* by group: number of the vector */
} Part;

struct _AttestResample
{
  const AttestResampleModel *model;
  Part *parts;
  guint *groups; /* by cluster: clusters that are equal in all parts are one group */
  guint n_groups;
};

AttestAdder *
attest_adder_new (gsize length)
{
  AttestAdder *adder = g_new (AttestAdder, 1);

  adder->dense = g_new0 (double, MAX (length, 1));
  adder->touched = g_array_new (FALSE, FALSE, sizeof (gsize));
  return adder;
}

void
attest_adder_free (AttestAdder *adder)
{
  if (adder == NULL)
    return;
  g_array_unref (adder->touched);
  g_free (adder->dense);
  g_free (adder);
}

const double *
attest_adder_get_sums (const AttestAdder *adder)
{
  return adder->dense;
}

void
attest_adder_add (AttestAdder *adder, gsize index, double amount)
{
  if (amount == 0)
    return;
  if (adder->dense[index] == 0)
    g_array_append_val (adder->touched, index);
  adder->dense[index] += amount;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  gsize x = *(const gsize *)a, y = *(const gsize *)b;

  return x < y ? -1 : x > y;
}

/* Empties the adder. */
static GBytes *
take_vector (AttestAdder *adder)
{
  GArray *touched = adder->touched;
  Entry *entries = g_new (Entry, MAX (touched->len, 1));

  g_array_sort (touched, compare_places);
  for (guint i = 0; i < touched->len; i++)
    {
      gsize index = g_array_index (touched, gsize, i);

      entries[i] = (Entry){ index, adder->dense[index] };
      adder->dense[index] = 0;
    }
  gsize size = touched->len * sizeof (Entry);
  g_array_set_size (touched, 0);
  return g_bytes_new_take (entries, size);
}

static guint
number_of (GHashTable *numbers, GBytes *key, gboolean *out_is_new)
{
  gpointer found;

  *out_is_new = !g_hash_table_lookup_extended (numbers, key, NULL, &found);
  if (!*out_is_new)
    {
      g_bytes_unref (key);
      return GPOINTER_TO_UINT (found);
    }
  guint number = g_hash_table_size (numbers);
  g_hash_table_insert (numbers, key, GUINT_TO_POINTER (number));
  return number;
}

static GHashTable *
new_numbers (void)
{
  return g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
}

/* @numbers: by cluster and part. */
static void
make_part (AttestResample *resample, guint part_number, guint *numbers)
{
  const AttestResampleModel *model = resample->model;
  Part *part = &resample->parts[part_number];
  g_autoptr (GHashTable) known = new_numbers ();
  g_autoptr (AttestAdder) adder = attest_adder_new (model->lengths[part_number]);

  part->length = model->lengths[part_number];
  part->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  part->ends = g_array_new (FALSE, FALSE, sizeof (gsize));
  for (guint cluster = 0; cluster < model->n_clusters; cluster++)
    {
      gboolean is_new;

      model->fill (model->data, part_number, cluster, adder);
      GBytes *vector = take_vector (adder);
      guint number = number_of (known, vector, &is_new);
      if (is_new)
        {
          gsize size;
          const Entry *entries = g_bytes_get_data (vector, &size);

          if (size > 0)
            g_array_append_vals (part->entries, entries, (guint)(size / sizeof (Entry)));
          gsize end = part->entries->len;
          g_array_append_val (part->ends, end);
        }
      numbers[(gsize)cluster * model->n_parts + part_number] = number;
    }
}

static void
make_groups (AttestResample *resample, const guint *numbers)
{
  const AttestResampleModel *model = resample->model;
  g_autoptr (GHashTable) known = new_numbers ();
  g_autoptr (GArray) firsts = g_array_new (FALSE, FALSE, sizeof (guint));

  resample->groups = g_new (guint, MAX (model->n_clusters, 1));
  for (guint cluster = 0; cluster < model->n_clusters; cluster++)
    {
      gboolean is_new;
      GBytes *key = g_bytes_new_static (numbers + (gsize)cluster * model->n_parts,
                                        model->n_parts * sizeof (guint));

      resample->groups[cluster] = number_of (known, key, &is_new);
      if (is_new)
        g_array_append_val (firsts, cluster);
    }
  resample->n_groups = firsts->len;
  for (guint p = 0; p < model->n_parts; p++)
    {
      resample->parts[p].vectors = g_new (guint, MAX (firsts->len, 1));
      for (guint g = 0; g < firsts->len; g++)
        resample->parts[p].vectors[g]
            = numbers[(gsize)g_array_index (firsts, guint, g) * model->n_parts + p];
    }
}

AttestResample *
attest_resample_new (const AttestResampleModel *model)
{
  AttestResample *resample = g_new0 (AttestResample, 1);
  g_autofree guint *numbers = g_new (guint, MAX ((gsize)model->n_clusters * model->n_parts, 1));

  resample->model = model;
  resample->parts = g_new0 (Part, MAX (model->n_parts, 1));
  for (guint p = 0; p < model->n_parts; p++)
    make_part (resample, p, numbers);
  make_groups (resample, numbers);
  return resample;
}

void
attest_resample_free (AttestResample *resample)
{
  if (resample == NULL)
    return;
  for (guint p = 0; p < resample->model->n_parts; p++)
    {
      g_array_unref (resample->parts[p].entries);
      g_array_unref (resample->parts[p].ends);
      g_free (resample->parts[p].vectors);
    }
  g_free (resample->parts);
  g_free (resample->groups);
  g_free (resample);
}

void
attest_resample_point (const AttestResampleModel *model, double *figures)
{
  g_autoptr (GPtrArray) adders = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_adder_free);
  g_autofree const double **sums = g_new (const double *, MAX (model->n_parts, 1));

  for (guint p = 0; p < model->n_parts; p++)
    {
      AttestAdder *adder = attest_adder_new (model->lengths[p]);

      g_ptr_array_add (adders, adder);
      for (guint cluster = 0; cluster < model->n_clusters; cluster++)
        model->fill (model->data, p, cluster, adder);
      sums[p] = attest_adder_get_sums (adder);
    }
  model->figures (model->data, sums, figures);
}

/* ---- one round ---- */

/* What a thread needs. */
typedef struct
{
  guint *drawn;   /* by group */
  guint *weights; /* by vector of a part */
  double **sums;  /* by part */
} Scratch;

static void
scratch_init (Scratch *scratch, const AttestResample *resample)
{
  const AttestResampleModel *model = resample->model;
  guint n_vectors = 1;

  scratch->drawn = g_new (guint, MAX (resample->n_groups, 1));
  scratch->sums = g_new (double *, MAX (model->n_parts, 1));
  for (guint p = 0; p < model->n_parts; p++)
    {
      scratch->sums[p] = g_new (double, MAX (model->lengths[p], 1));
      n_vectors = MAX (n_vectors, resample->parts[p].ends->len);
    }
  scratch->weights = g_new (guint, n_vectors);
}

static void
scratch_clear (Scratch *scratch, const AttestResample *resample)
{
  for (guint p = 0; p < resample->model->n_parts; p++)
    g_free (scratch->sums[p]);
  g_free (scratch->sums);
  g_free (scratch->drawn);
  g_free (scratch->weights);
}

static void
sum_part (const AttestResample *resample, const Part *part, const guint *drawn, guint *weights,
          double *sums)
{
  const Entry *entries = (const Entry *)(gpointer)part->entries->data;
  gsize at = 0;

  memset (weights, 0, part->ends->len * sizeof (guint));
  for (guint g = 0; g < resample->n_groups; g++)
    weights[part->vectors[g]] += drawn[g];
  memset (sums, 0, part->length * sizeof (double));
  for (guint v = 0; v < part->ends->len; v++)
    {
      gsize end = g_array_index (part->ends, gsize, v);

      if (weights[v] > 0)
        for (gsize i = at; i < end; i++)
          sums[entries[i].index] += weights[v] * entries[i].amount;
      at = end;
    }
}

static void
compute (const AttestResample *resample, Scratch *scratch, double *figures)
{
  const AttestResampleModel *model = resample->model;

  for (guint p = 0; p < model->n_parts; p++)
    sum_part (resample, &resample->parts[p], scratch->drawn, scratch->weights, scratch->sums[p]);
  model->figures (model->data, (const double *const *)scratch->sums, figures);
}

/* ---- all rounds ---- */

typedef struct
{
  const AttestResample *resample;
  guint rounds, next;
  guint64 seed;
  Scratch *scratches; /* by worker */
  double *figures;    /* by round */
} Rounds;

/* Rounds are numbered from 1, since NULL ends the pipeline. */
static gpointer
next_rounds (gpointer data, guint64 *out_cost, GError **error)
{
  Rounds *rounds = data;
  guint first = rounds->next;

  if (first > rounds->rounds)
    return NULL;
  rounds->next += ROUNDS_AT_ONCE;
  return GUINT_TO_POINTER (first);
}

static gpointer
do_rounds (gpointer item, guint worker, gpointer data)
{
  Rounds *rounds = data;
  const AttestResample *resample = rounds->resample;
  Scratch *scratch = &rounds->scratches[worker];
  guint first = GPOINTER_TO_UINT (item), n_clusters = resample->model->n_clusters;
  guint end = MIN (first + ROUNDS_AT_ONCE, rounds->rounds + 1);

  for (guint round = first; round < end; round++)
    {
      AttestRandom random;

      attest_random_init (&random, rounds->seed, round);
      memset (scratch->drawn, 0, resample->n_groups * sizeof (guint));
      for (guint i = 0; i < n_clusters; i++)
        scratch->drawn[resample->groups[attest_random_below (&random, n_clusters)]]++;
      compute (resample, scratch,
               rounds->figures + (gsize)(round - 1) * resample->model->n_figures);
    }
  return item;
}

static gboolean
end_rounds (gpointer result, gpointer data, GError **error)
{
  return TRUE;
}

void
attest_resample_intervals (const AttestResample *resample, guint rounds, guint64 seed, guint jobs,
                           AttestEstimate *estimates, guint *out_undefined)
{
  static const AttestPipelineFuncs funcs = { next_rounds, do_rounds, end_rounds, NULL };
  guint n_figures = resample->model->n_figures;
  Rounds all = { resample, rounds, 1, seed, NULL, NULL };

  for (guint f = 0; f < n_figures; f++)
    estimates[f].low = estimates[f].high = NAN;
  if (out_undefined != NULL)
    memset (out_undefined, 0, n_figures * sizeof (guint));
  if (rounds == 0 || resample->model->n_clusters < 2)
    return;
  all.figures = g_new (double, (gsize)rounds *n_figures);
  all.scratches = g_new (Scratch, jobs);
  for (guint i = 0; i < jobs; i++)
    scratch_init (&all.scratches[i], resample);
  /* Nothing in it fails. */
  attest_pipeline_run (&funcs, &all, jobs, G_MAXUINT64, NULL);
  for (guint i = 0; i < jobs; i++)
    scratch_clear (&all.scratches[i], resample);

  g_autofree double *column = g_new (double, rounds);
  for (guint f = 0; f < n_figures; f++)
    {
      for (guint round = 0; round < rounds; round++)
        column[round] = all.figures[(gsize)round * n_figures + f];
      guint undefined = attest_estimate_set_interval (&estimates[f], column, rounds);
      if (out_undefined != NULL)
        out_undefined[f] = undefined;
    }
  g_free (all.scratches);
  g_free (all.figures);
}
