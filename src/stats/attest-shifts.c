#include "stats/attest-shifts-private.h"

#include <math.h>
#include <string.h>

gboolean
attest_shifts_is_common (const AttestShiftsInput *input, guint pair, guint code)
{
  guint wanted = 1u | 1u << (pair + 1);

  return (input->sides[code] & wanted) == wanted;
}

gsize
attest_shifts_find_entry (const AttestShiftsInput *input, guint code, guint cluster)
{
  gsize low = 0, high = input->n_entries;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;
      const AttestShiftEntry *entry = &input->entries[middle];

      if (entry->code < code || (entry->code == code && entry->cluster < cluster))
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* ---- counts ---- */

static void
count_units (const AttestShiftsInput *input, gint64 *n, guint *clusters)
{
  g_autofree guint *last = g_new0 (guint, input->n_groups + 1);

  for (gsize i = 0; i < input->n_units; i++)
    {
      guint group = input->groups[input->units[i].person];

      if (input->units[i].n == 0)
        continue;
      n[group] += input->units[i].n;
      clusters[group] += last[group] != input->units[i].cluster + 1;
      last[group] = input->units[i].cluster + 1;
    }
}

typedef struct
{
  gint64 *changes;       /* [group × clusters + cluster] */
  guint8 *lost, *gained; /* by person: whether it was counted */
} Scratch;

static void
count_entry (const AttestShiftsInput *input, guint pair, const AttestShiftEntry *entry,
             AttestShift *shifts, Scratch *scratch)
{
  gboolean in_a = entry->set & 1, in_b = (entry->set >> (pair + 1)) & 1;
  guint group = input->groups[entry->person];

  if (!in_a && !in_b)
    return;
  AttestShift *shift = &shifts[group];
  shift->a += in_a ? entry->n : 0;
  shift->b += in_b ? entry->n : 0;
  shift->both += in_a && in_b ? entry->n : 0;
  if (in_a == in_b)
    return;
  scratch->changes[(gsize)group * input->n_clusters + entry->cluster]
      += in_b ? (gint64)entry->n : -(gint64)entry->n;
  guint8 *seen = in_a ? scratch->lost : scratch->gained;
  if (!seen[entry->person])
    {
      shift->lost_people += in_a;
      shift->gained_people += in_b;
    }
  seen[entry->person] = TRUE;
}

static void
count_code (const AttestShiftsInput *input, guint pair, guint code, AttestShift *shifts,
            Scratch *scratch)
{
  memset (scratch->changes, 0, (gsize)input->n_groups * input->n_clusters * sizeof (gint64));
  memset (scratch->lost, 0, input->n_persons);
  memset (scratch->gained, 0, input->n_persons);
  for (gsize i = attest_shifts_find_entry (input, code, 0);
       i < input->n_entries && input->entries[i].code == code; i++)
    count_entry (input, pair, &input->entries[i], shifts, scratch);
  for (guint group = 0; group < input->n_groups; group++)
    {
      AttestShift *shift = &shifts[group];

      shift->test = attest_paired_test (shift->a - shift->both, shift->b - shift->both, shift->n);
      shift->p_cluster = attest_paired_cluster_p (
          scratch->changes + (gsize)group * input->n_clusters, input->n_clusters);
      shift->p_adjusted = shift->p_cluster_adjusted = NAN;
    }
}

static void
count_pair (const AttestShiftsInput *input, guint number, AttestShiftPair *pair)
{
  g_autofree gint64 *n = g_new0 (gint64, input->n_groups + 1);
  g_autofree guint *clusters = g_new0 (guint, input->n_groups + 1);
  g_autofree gint64 *changes = g_new (gint64, (gsize)input->n_groups * input->n_clusters + 1);
  g_autofree guint8 *lost = g_new (guint8, input->n_persons + 1);
  g_autofree guint8 *gained = g_new (guint8, input->n_persons + 1);
  Scratch scratch = { changes, lost, gained };

  pair->shifts = g_new0 (AttestShift, (gsize)input->n_codes * input->n_groups + 1);
  pair->lost = g_new0 (AttestShiftContrast, input->n_codes + 1);
  pair->gained = g_new0 (AttestShiftContrast, input->n_codes + 1);
  count_units (input, n, clusters);
  for (guint code = 0; code < input->n_codes; code++)
    {
      AttestShift *shifts = pair->shifts + (gsize)code * input->n_groups;

      for (guint group = 0; group < input->n_groups; group++)
        {
          shifts[group].n = n[group];
          shifts[group].clusters = clusters[group];
        }
      if (attest_shifts_is_common (input, number, code))
        count_code (input, number, code, shifts, &scratch);
    }
}

AttestShifts *
attest_shifts_compute (const AttestShiftsInput *input)
{
  AttestShifts *shifts = g_new0 (AttestShifts, 1);

  shifts->n_pairs = input->n_sides - 1;
  shifts->n_codes = input->n_codes;
  shifts->n_groups = input->n_groups;
  shifts->pairs = g_new0 (AttestShiftPair, shifts->n_pairs + 1);
  for (guint i = 0; i < shifts->n_pairs; i++)
    count_pair (input, i, &shifts->pairs[i]);
  attest_shifts_set_intervals (input, shifts);
  attest_shifts_test_between (input, shifts);
  return shifts;
}

void
attest_shifts_free (AttestShifts *shifts)
{
  if (shifts == NULL)
    return;
  for (guint i = 0; i < shifts->n_pairs; i++)
    {
      g_free (shifts->pairs[i].shifts);
      g_free (shifts->pairs[i].lost);
      g_free (shifts->pairs[i].gained);
    }
  g_free (shifts->pairs);
  g_free (shifts);
}
