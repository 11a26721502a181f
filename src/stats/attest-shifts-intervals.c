/* Intervals of shifts, by drawing clusters; see attest-shifts.h. */
#include "stats/attest-shifts-private.h"

#include <math.h>

#include "stats/attest-resample.h"

/* What the figures of all rounds may take at a time: codes are drawn for in batches. */
#define MAX_BATCH_BYTES (64 * 1024 * 1024)

/* Figures of a group: difference, lost share, gained share; behind those of all groups, how far
 * two are apart in both. */
#define PER_GROUP 3
#define PER_CODE 2

typedef struct
{
  const AttestShiftsInput *input;
  guint first, n; /* codes */
} Batch;

/* A vector has of each group: units, those by side 0, then of each pair those by the other side and
 * by both. */
static guint
stride (const AttestShiftsInput *input)
{
  return 2 + 2 * (input->n_sides - 1);
}

static guint
figures_per_pair (const AttestShiftsInput *input)
{
  return input->n_groups * PER_GROUP + PER_CODE;
}

static guint
figure_of (const AttestShiftsInput *input, guint part, guint pair)
{
  return (part * (input->n_sides - 1) + pair) * figures_per_pair (input);
}

static gsize
find_units (const AttestShiftsInput *input, guint cluster)
{
  gsize low = 0, high = input->n_units;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (input->units[middle].cluster < cluster)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
fill (gconstpointer data, guint part, guint cluster, AttestAdder *adder)
{
  const Batch *batch = data;
  const AttestShiftsInput *input = batch->input;
  guint code = batch->first + part, step = stride (input);

  for (gsize i = find_units (input, cluster);
       i < input->n_units && input->units[i].cluster == cluster; i++)
    {
      guint group = input->groups[input->units[i].person];

      attest_adder_add (adder, (gsize)group * step, (double)input->units[i].n);
    }
  for (gsize i = attest_shifts_find_entry (input, code, cluster); i < input->n_entries; i++)
    {
      const AttestShiftEntry *entry = &input->entries[i];
      guint group = input->groups[entry->person];

      if (entry->code != code || entry->cluster != cluster)
        break;
      if (entry->set & 1)
        attest_adder_add (adder, (gsize)group * step + 1, entry->n);
      for (guint pair = 0; pair + 1 < input->n_sides; pair++)
        if ((entry->set >> (pair + 1)) & 1)
          {
            attest_adder_add (adder, (gsize)group * step + 2 + 2 * pair, entry->n);
            if (entry->set & 1)
              attest_adder_add (adder, (gsize)group * step + 3 + 2 * pair, entry->n);
          }
    }
}

static double
divide (double part, double whole)
{
  return whole > 0 ? part / whole : NAN;
}

static void
compute_figures (gconstpointer data, const double *const *sums, double *figures)
{
  const Batch *batch = data;
  const AttestShiftsInput *input = batch->input;

  for (guint part = 0; part < batch->n; part++)
    for (guint pair = 0; pair + 1 < input->n_sides; pair++)
      {
        double *out = figures + figure_of (input, part, pair);

        for (guint group = 0; group < input->n_groups; group++)
          {
            const double *sum = sums[part] + (gsize)group * stride (input);
            double a = sum[1], b = sum[2 + 2 * pair], both = sum[3 + 2 * pair];

            out[group * PER_GROUP] = divide (b - a, sum[0]);
            out[group * PER_GROUP + 1] = divide (a - both, a);
            out[group * PER_GROUP + 2] = divide (b - both, b);
          }
        for (guint i = 0; i < PER_CODE; i++)
          out[input->n_groups * PER_GROUP + i]
              = input->n_known == 2 ? out[1 + i] - out[PER_GROUP + 1 + i] : NAN;
      }
}

static void
take_batch (const Batch *batch, const AttestEstimate *estimates, AttestShifts *shifts)
{
  const AttestShiftsInput *input = batch->input;

  for (guint part = 0; part < batch->n; part++)
    for (guint number = 0; number < shifts->n_pairs; number++)
      {
        AttestShiftPair *pair = &shifts->pairs[number];
        guint code = batch->first + part;
        const AttestEstimate *in = estimates + figure_of (input, part, number);

        for (guint group = 0; group < input->n_groups; group++)
          {
            AttestShift *shift = &pair->shifts[(gsize)code * input->n_groups + group];

            shift->difference = in[group * PER_GROUP];
            shift->lost = in[group * PER_GROUP + 1];
            shift->gained = in[group * PER_GROUP + 2];
          }
        pair->lost[code].apart = in[input->n_groups * PER_GROUP];
        pair->gained[code].apart = in[input->n_groups * PER_GROUP + 1];
      }
}

static void
do_batch (const Batch *batch, AttestShifts *shifts)
{
  const AttestShiftsInput *input = batch->input;
  guint n_figures = figure_of (input, batch->n, 0);
  g_autofree gsize *lengths = g_new (gsize, batch->n);
  g_autofree double *point = g_new (double, n_figures);
  g_autofree AttestEstimate *estimates = g_new (AttestEstimate, n_figures);
  AttestResampleModel model = { .n_clusters = input->n_clusters,
                                .n_parts = batch->n,
                                .lengths = lengths,
                                .n_figures = n_figures,
                                .fill = fill,
                                .figures = compute_figures,
                                .data = batch };

  for (guint i = 0; i < batch->n; i++)
    lengths[i] = (gsize)input->n_groups * stride (input);
  attest_resample_point (&model, point);
  for (guint i = 0; i < n_figures; i++)
    estimates[i] = (AttestEstimate){ point[i], NAN, NAN };
  if (input->rounds > 0 && input->n_clusters > 1)
    {
      g_autoptr (AttestResample) resample = attest_resample_new (&model);

      attest_resample_intervals (resample, input->rounds, input->seed, input->jobs, estimates,
                                 NULL);
    }
  take_batch (batch, estimates, shifts);
}

void
attest_shifts_set_intervals (const AttestShiftsInput *input, AttestShifts *shifts)
{
  gsize bytes_per_code = (gsize)MAX (input->rounds, 1) * figure_of (input, 1, 0) * sizeof (double);
  guint at_once = (guint)MAX (MAX_BATCH_BYTES / MAX (bytes_per_code, 1), 1);

  for (guint first = 0; first < input->n_codes && input->n_groups > 0; first += at_once)
    {
      Batch batch = { input, first, MIN (at_once, input->n_codes - first) };

      do_batch (&batch, shifts);
    }
}
