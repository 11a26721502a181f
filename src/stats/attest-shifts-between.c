/* Whether groups differ in what they lose and gain; see attest-shifts.h. */
#include "stats/attest-shifts-private.h"

#include <math.h>

#include "stats/attest-random.h"
#include "util/attest-pipeline.h"

/* Statistics that are equal on paper differ in their last digits. */
#define TIE (1 - 1e-9)

/* People who have the code by the coding that the share is of. */
typedef struct
{
  GArray *base, *changed; /* of gint64, by person */
  GArray *groups;         /* of guint */
  gint64 n_base, n_changed;
} People;

typedef struct
{
  const AttestShiftsInput *input;
  AttestShifts *shifts;
  guint next; /* of codes, from 1 */
} Testing;

static void
people_clear (People *people)
{
  g_array_unref (people->base);
  g_array_unref (people->changed);
  g_array_unref (people->groups);
}

/* @of: 0: of the first side, what is lost; 1: of the other, what is gained. */
static void
list_people (const AttestShiftsInput *input, guint pair, guint code, guint of, People *people)
{
  g_autofree gint64 *base = g_new0 (gint64, input->n_persons + 1);
  g_autofree gint64 *changed = g_new0 (gint64, input->n_persons + 1);

  for (gsize i = attest_shifts_find_entry (input, code, 0);
       i < input->n_entries && input->entries[i].code == code; i++)
    {
      const AttestShiftEntry *entry = &input->entries[i];
      gboolean in_a = entry->set & 1, in_b = (entry->set >> (pair + 1)) & 1;

      if (input->groups[entry->person] >= input->n_known || !(of == 0 ? in_a : in_b))
        continue;
      base[entry->person] += entry->n;
      changed[entry->person] += in_a != in_b ? entry->n : 0;
    }
  *people = (People){ g_array_new (FALSE, FALSE, sizeof (gint64)),
                      g_array_new (FALSE, FALSE, sizeof (gint64)),
                      g_array_new (FALSE, FALSE, sizeof (guint)), 0, 0 };
  for (guint i = 0; i < input->n_persons; i++)
    {
      if (base[i] == 0)
        continue;
      g_array_append_val (people->base, base[i]);
      g_array_append_val (people->changed, changed[i]);
      g_array_append_val (people->groups, input->groups[i]);
      people->n_base += base[i];
      people->n_changed += changed[i];
    }
}

/* What χ² grows with while the sums of all people stay: the sum of changed² / base over groups. */
static double
statistic (const People *people, const guint *groups, guint n_groups, double *base, double *changed)
{
  double sum = 0;

  for (guint g = 0; g < n_groups; g++)
    base[g] = changed[g] = 0;
  for (guint i = 0; i < people->groups->len; i++)
    {
      base[groups[i]] += (double)g_array_index (people->base, gint64, i);
      changed[groups[i]] += (double)g_array_index (people->changed, gint64, i);
    }
  for (guint g = 0; g < n_groups; g++)
    if (base[g] > 0)
      sum += changed[g] * changed[g] / base[g];
  return sum;
}

static double
chi2_of (const People *people, double sum)
{
  double n = (double)people->n_base, share = (double)people->n_changed / n;

  return MAX ((sum - n * share * share) / (share * (1 - share)), 0);
}

/* Deals the groups out anew, and counts how often the groups are as far apart. */
static double
permute (const AttestShiftsInput *input, const People *people, double seen, guint64 replicate)
{
  guint n = people->groups->len, as_large = 0;
  g_autofree guint *groups = g_new (guint, n + 1);
  g_autofree double *base = g_new (double, input->n_known);
  g_autofree double *changed = g_new (double, input->n_known);
  AttestRandom random;

  attest_random_init (&random, input->seed, replicate);
  for (guint i = 0; i < n; i++)
    groups[i] = g_array_index (people->groups, guint, i);
  for (guint round = 0; round < input->rounds; round++)
    {
      for (guint i = n - 1; i > 0; i--)
        {
          guint other = attest_random_below (&random, i + 1), kept = groups[i];

          groups[i] = groups[other];
          groups[other] = kept;
        }
      as_large += chi2_of (people, statistic (people, groups, input->n_known, base, changed))
                  >= seen * TIE;
    }
  return (double)(as_large + 1) / (double)(input->rounds + 1);
}

static const char *
find_reason (const People *people, const AttestShiftContrast *contrast, guint rounds, guint of)
{
  if (people->n_base == 0)
    return of == 0 ? "a does not find the code in any group"
                   : "b does not find the code in any group";
  if (contrast->groups < 2)
    return "only one group has the code: there is nothing to compare";
  if (people->n_changed == 0)
    return of == 0 ? "nothing is lost" : "nothing is gained";
  if (people->n_changed == people->n_base)
    return of == 0 ? "everything is lost" : "everything is gained";
  return rounds == 0 ? "nothing was drawn" : NULL;
}

static void
test_share (const AttestShiftsInput *input, guint pair, guint code, guint of,
            AttestShiftContrast *contrast)
{
  g_autofree double *base = g_new0 (double, input->n_known + 1);
  g_autofree double *changed = g_new0 (double, input->n_known + 1);
  People people;

  list_people (input, pair, code, of, &people);
  double sum = statistic (&people, (const guint *)(gpointer)people.groups->data, input->n_known,
                          base, changed);
  for (guint g = 0; g < input->n_known; g++)
    contrast->groups += base[g] > 0;
  contrast->people = people.groups->len;
  contrast->units = people.n_base;
  contrast->chi2 = contrast->v = contrast->p = contrast->p_adjusted = NAN;
  contrast->reason = find_reason (&people, contrast, input->rounds, of);
  if (contrast->groups > 1 && people.n_changed > 0 && people.n_changed < people.n_base)
    {
      contrast->chi2 = chi2_of (&people, sum);
      contrast->v = sqrt (contrast->chi2 / (double)people.n_base);
    }
  if (contrast->reason == NULL)
    contrast->p = permute (input, &people, contrast->chi2,
                           ((guint64)pair * input->n_codes + code) * 2 + of);
  people_clear (&people);
}

/* ---- code by code, in threads ---- */

/* Codes are numbered from 1, since NULL ends the pipeline. */
static gpointer
next_code (gpointer data, guint64 *out_cost, GError **error)
{
  Testing *testing = data;

  if (testing->next > testing->input->n_codes)
    return NULL;
  return GUINT_TO_POINTER (testing->next++);
}

static gpointer
test_code (gpointer item, guint worker, gpointer data)
{
  const Testing *testing = data;
  guint code = GPOINTER_TO_UINT (item) - 1;

  for (guint pair = 0; pair < testing->shifts->n_pairs; pair++)
    if (attest_shifts_is_common (testing->input, pair, code))
      {
        test_share (testing->input, pair, code, 0, &testing->shifts->pairs[pair].lost[code]);
        test_share (testing->input, pair, code, 1, &testing->shifts->pairs[pair].gained[code]);
      }
  return item;
}

static gboolean
end_code (gpointer result, gpointer data, GError **error)
{
  return TRUE;
}

void
attest_shifts_test_between (const AttestShiftsInput *input, AttestShifts *shifts)
{
  static const AttestPipelineFuncs funcs = { next_code, test_code, end_code, NULL };
  Testing testing = { input, shifts, 1 };

  if (input->n_known == 0)
    return;
  /* Nothing in it fails. */
  attest_pipeline_run (&funcs, &testing, MAX (input->jobs, 1), G_MAXUINT64, NULL);
}
