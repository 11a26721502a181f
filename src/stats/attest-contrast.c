#include "stats/attest-contrast-private.h"

#include <math.h>

#include "stats/attest-alpha.h"
#include "stats/attest-resample.h"

static gboolean
is_common (const AttestContrastInput *input, guint code, guint side)
{
  guint wanted = attest_contrast_pair_set (0, side);

  return (input->sides[code] & wanted) == wanted;
}

/* The table of sides @a and @b from the counts by set of sides; that of the empty set is there. */
AttestContrastTable
attest_contrast_make_table (const double *counts, guint n_sides, guint a, guint b)
{
  AttestContrastTable table = { 0 };

  for (guint set = 0; set < 1u << n_sides; set++)
    {
      gboolean in_a = (set >> a) & 1, in_b = (set >> b) & 1;

      table.units += counts[set];
      table.a += in_a ? counts[set] : 0;
      table.b += in_b ? counts[set] : 0;
      table.both += in_a && in_b ? counts[set] : 0;
    }
  return table;
}

double
attest_contrast_jaccard (const AttestContrastTable *table)
{
  double either = table->a + table->b - table->both;

  return either > 0 ? table->both / either : NAN;
}

double
attest_contrast_alpha (const AttestContrastTable *table)
{
  static const double distances[] = { 0, 1, 1, 0 };
  double n_c[] = { 2 * table->units - table->a - table->b, table->a + table->b };
  double differ = table->a + table->b - 2 * table->both;

  return attest_alpha_from_distances (2 * differ, n_c, 2, distances).alpha;
}

/* Krippendorff's alpha of the sides in @who, two or more, as if each were a coder. */
static double
alpha_of_all (const double *counts, guint n_sides, guint who)
{
  static const double distances[] = { 0, 1, 1, 0 };
  guint n_coders = (guint)__builtin_popcount (who);
  double n_c[] = { 0, 0 }, differ = 0;

  if (n_coders < 2)
    return NAN;
  for (guint set = 0; set < 1u << n_sides; set++)
    {
      guint gave = (guint)__builtin_popcount (set & who);

      n_c[0] += counts[set] * (n_coders - gave);
      n_c[1] += counts[set] * gave;
      differ += counts[set] * 2 * gave * (n_coders - gave) / (n_coders - 1);
    }
  return attest_alpha_from_distances (differ, n_c, 2, distances).alpha;
}

/* ---- figures: of each pair, of each code and then the mean, Jaccard, alpha and the shift;
 * then alpha of all sides, of each code and the mean ---- */

#define PER_CODE 3
/* Those that have a mean over codes. */
#define N_MEANS 2

static guint
figure_of (const AttestContrastInput *input, guint pair, guint code)
{
  return (pair * (input->n_codes + 1) + code) * PER_CODE;
}

static guint
figure_of_all (const AttestContrastInput *input, guint code)
{
  return figure_of (input, input->n_sides - 1, 0) + code;
}

int
attest_contrast_compare_entries (gconstpointer a, gconstpointer b)
{
  const AttestContrastEntry *x = a, *y = b;

  if (x->code != y->code)
    return x->code < y->code ? -1 : 1;
  return x->cluster < y->cluster ? -1 : x->cluster > y->cluster;
}

/* The first entry of @code in @cluster or behind. */
static gsize
find_entry (const AttestContrastInput *input, guint code, guint cluster)
{
  AttestContrastEntry wanted = { code, cluster, 0, 0 };
  gsize low = 0, high = input->n_entries;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (attest_contrast_compare_entries (&input->entries[middle], &wanted) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
fill (gconstpointer data, guint part, guint cluster, AttestAdder *adder)
{
  const AttestContrastInput *input = data;
  gint64 rest = input->units[cluster];

  for (gsize i = find_entry (input, part, cluster); i < input->n_entries; i++)
    {
      const AttestContrastEntry *entry = &input->entries[i];

      if (entry->code != part || entry->cluster != cluster)
        break;
      attest_adder_add (adder, entry->set, entry->n);
      rest -= entry->n;
    }
  attest_adder_add (adder, 0, (double)rest);
}

static void
compute_all (const AttestContrastInput *input, const double *const *sums, double *figures)
{
  double total = 0;
  guint n = 0;

  for (guint code = 0; code < input->n_codes; code++)
    {
      double *out = &figures[figure_of_all (input, code)];

      *out = alpha_of_all (sums[code], input->n_sides, input->sides[code]);
      total += isnan (*out) ? 0 : *out;
      n += !isnan (*out);
    }
  figures[figure_of_all (input, input->n_codes)] = attest_contrast_mean (total, n);
}

static void
compute_figures (gconstpointer data, const double *const *sums, double *figures)
{
  const AttestContrastInput *input = data;

  compute_all (input, sums, figures);
  for (guint pair = 0; pair + 1 < input->n_sides; pair++)
    {
      double total[N_MEANS] = { 0, 0 };
      guint n[N_MEANS] = { 0, 0 };

      for (guint code = 0; code < input->n_codes; code++)
        {
          double *out = figures + figure_of (input, pair, code);
          AttestContrastTable table
              = attest_contrast_make_table (sums[code], input->n_sides, 0, pair + 1);

          out[0] = out[1] = out[2] = NAN;
          if (!is_common (input, code, pair + 1))
            continue;
          out[0] = attest_contrast_jaccard (&table);
          out[1] = attest_contrast_alpha (&table);
          out[2] = table.units > 0 ? (table.b - table.a) / table.units : NAN;
          for (guint i = 0; i < N_MEANS; i++)
            if (!isnan (out[i]))
              {
                total[i] += out[i];
                n[i]++;
              }
        }
      for (guint i = 0; i < N_MEANS; i++)
        figures[figure_of (input, pair, input->n_codes) + i]
            = attest_contrast_mean (total[i], n[i]);
      figures[figure_of (input, pair, input->n_codes) + N_MEANS] = NAN;
    }
}

/* ---- the result ---- */

static const char *
find_reason (const AttestContrastRow *row, gint64 units)
{
  if (!isnan (row->alpha.value) || !row->is_common)
    return NULL;
  if (units == 0)
    return "there are no units to compare";
  return row->a == 0 ? "no variation: neither found the code anywhere"
                     : "no variation: both found the code in every unit";
}

/* @changes: by cluster. */
static void
test_row (const AttestContrastInput *input, AttestContrastRow *row, const gint64 *changes,
          gint64 units)
{
  row->p_cluster = row->p_adjusted = row->p_cluster_adjusted = NAN;
  if (!row->is_common)
    return;
  row->paired = attest_paired_test (row->a - row->both, row->b - row->both, units);
  row->p_cluster = attest_paired_cluster_p (changes, input->n_clusters);
}

static void
set_row (const AttestContrastInput *input, guint pair, guint code, gint64 units,
         AttestContrastRow *row)
{
  g_autofree gint64 *changes = g_new0 (gint64, input->n_clusters + 1);

  for (gsize i = find_entry (input, code, 0);
       i < input->n_entries && input->entries[i].code == code; i++)
    {
      const AttestContrastEntry *entry = &input->entries[i];
      gboolean in_a = entry->set & 1, in_b = (entry->set >> (pair + 1)) & 1;
      gint64 n = entry->n;

      row->a += in_a ? n : 0;
      row->b += in_b ? n : 0;
      row->both += in_a && in_b ? n : 0;
      changes[entry->cluster] += in_b ? (in_a ? 0 : n) : (in_a ? -n : 0);
    }
  row->is_common = is_common (input, code, pair + 1);
  test_row (input, row, changes, units);
}

static void
take_estimates (const AttestContrastInput *input, AttestContrast *contrast,
                const AttestEstimate *estimates, const guint *undefined)
{
  for (guint pair = 0; pair < contrast->n_pairs; pair++)
    {
      AttestContrastPair *out = &contrast->pairs[pair];
      guint overall = figure_of (input, pair, input->n_codes);

      out->rows = g_new0 (AttestContrastRow, MAX (input->n_codes, 1));
      for (guint code = 0; code < input->n_codes; code++)
        {
          AttestContrastRow *row = &out->rows[code];
          guint figure = figure_of (input, pair, code);

          set_row (input, pair, code, contrast->units, row);
          row->jaccard = estimates[figure];
          row->alpha = estimates[figure + 1];
          row->difference = estimates[figure + 2];
          row->undefined = undefined[figure + 1];
          row->reason = find_reason (row, contrast->units);
          out->n_defined += !isnan (row->alpha.value);
        }
      out->jaccard = estimates[overall];
      out->alpha = estimates[overall + 1];
    }
}

static void
take_all (const AttestContrastInput *input, AttestContrast *contrast,
          const AttestEstimate *estimates)
{
  contrast->all = g_new0 (AttestContrastAll, input->n_codes + 1);
  for (guint code = 0; code <= input->n_codes; code++)
    {
      AttestContrastAll *all = &contrast->all[code];

      all->alpha = estimates[figure_of_all (input, code)];
      all->n_sides
          = code < input->n_codes ? (guint)__builtin_popcount (input->sides[code]) : input->n_sides;
      if (code < input->n_codes)
        contrast->n_all += !isnan (all->alpha.value);
      if (isnan (all->alpha.value))
        all->reason = all->n_sides < 2 ? "only one codebook has the code"
                                       : "no variation: all found the same everywhere";
    }
}

AttestContrast *
attest_contrast_compute (const AttestContrastInput *input)
{
  AttestContrast *contrast = g_new0 (AttestContrast, 1);
  guint n_figures = figure_of_all (input, input->n_codes + 1);
  g_autofree gsize *lengths = g_new (gsize, MAX (input->n_codes, 1));
  g_autofree double *point = g_new (double, n_figures);
  g_autofree AttestEstimate *estimates = g_new (AttestEstimate, n_figures);
  g_autofree guint *undefined = g_new0 (guint, n_figures);
  AttestResampleModel model = { .n_clusters = input->n_clusters,
                                .n_parts = input->n_codes,
                                .lengths = lengths,
                                .n_figures = n_figures,
                                .fill = fill,
                                .figures = compute_figures,
                                .data = input };

  for (guint i = 0; i < input->n_codes; i++)
    lengths[i] = (gsize)1 << input->n_sides;
  for (guint i = 0; i < input->n_clusters; i++)
    contrast->units += input->units[i];
  contrast->n_pairs = input->n_sides - 1;
  contrast->pairs = g_new0 (AttestContrastPair, contrast->n_pairs);
  attest_resample_point (&model, point);
  for (guint i = 0; i < n_figures; i++)
    estimates[i] = (AttestEstimate){ point[i], NAN, NAN };
  if (input->rounds > 0 && input->n_clusters > 1)
    {
      g_autoptr (AttestResample) resample = attest_resample_new (&model);

      attest_resample_intervals (resample, input->rounds, input->seed, input->jobs, estimates,
                                 undefined);
    }
  take_estimates (input, contrast, estimates, undefined);
  take_all (input, contrast, estimates);
  attest_contrast_fill_cells (input, contrast);
  return contrast;
}

void
attest_contrast_free (AttestContrast *contrast)
{
  if (contrast == NULL)
    return;
  for (guint i = 0; i < contrast->n_pairs; i++)
    g_free (contrast->pairs[i].rows);
  g_free (contrast->pairs);
  g_free (contrast->all);
  g_free (contrast->cells);
  g_free (contrast);
}
