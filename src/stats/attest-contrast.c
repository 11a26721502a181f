#include "stats/attest-contrast.h"

#include <math.h>

#include "stats/attest-alpha.h"
#include "stats/attest-resample.h"

typedef struct
{
  double a, b, both, units;
} Table;

static gboolean
is_common (const AttestContrastInput *input, guint code, guint side)
{
  guint wanted = 1u | 1u << side;

  return (input->sides[code] & wanted) == wanted;
}

/* The table of side 0 and @side from the counts by set of sides; that of the empty set is there. */
static Table
make_table (const double *counts, guint n_sides, guint side)
{
  Table table = { 0 };

  for (guint set = 0; set < 1u << n_sides; set++)
    {
      gboolean in_a = set & 1, in_b = (set >> side) & 1;

      table.units += counts[set];
      table.a += in_a ? counts[set] : 0;
      table.b += in_b ? counts[set] : 0;
      table.both += in_a && in_b ? counts[set] : 0;
    }
  return table;
}

static double
jaccard (const Table *table)
{
  double either = table->a + table->b - table->both;

  return either > 0 ? table->both / either : NAN;
}

static double
alpha (const Table *table)
{
  static const double distances[] = { 0, 1, 1, 0 };
  double n_c[] = { 2 * table->units - table->a - table->b, table->a + table->b };
  double differ = table->a + table->b - 2 * table->both;

  return attest_alpha_from_distances (2 * differ, n_c, 2, distances).alpha;
}

/* ---- figures: of each pair, of each code and then the mean, Jaccard and alpha ---- */

static guint
figure_of (const AttestContrastInput *input, guint pair, guint code)
{
  return (pair * (input->n_codes + 1) + code) * 2;
}

static void
fill (gconstpointer data, guint part, guint cluster, AttestAdder *adder)
{
  const AttestContrastInput *input = data;
  gsize first = ((gsize)cluster * input->n_codes + part) << input->n_sides;
  gint64 rest = input->units[cluster];

  for (guint set = 1; set < 1u << input->n_sides; set++)
    if (input->counts[first + set] > 0)
      {
        attest_adder_add (adder, set, input->counts[first + set]);
        rest -= input->counts[first + set];
      }
  attest_adder_add (adder, 0, (double)rest);
}

static double
mean (double sum, guint n)
{
  return n > 0 ? sum / n : NAN;
}

static void
compute_figures (gconstpointer data, const double *const *sums, double *figures)
{
  const AttestContrastInput *input = data;

  for (guint pair = 0; pair + 1 < input->n_sides; pair++)
    {
      double total[2] = { 0, 0 };
      guint n[2] = { 0, 0 };

      for (guint code = 0; code < input->n_codes; code++)
        {
          double *out = figures + figure_of (input, pair, code);
          Table table = make_table (sums[code], input->n_sides, pair + 1);

          out[0] = out[1] = NAN;
          if (!is_common (input, code, pair + 1))
            continue;
          out[0] = jaccard (&table);
          out[1] = alpha (&table);
          for (guint i = 0; i < 2; i++)
            if (!isnan (out[i]))
              {
                total[i] += out[i];
                n[i]++;
              }
        }
      for (guint i = 0; i < 2; i++)
        figures[figure_of (input, pair, input->n_codes) + i] = mean (total[i], n[i]);
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

static void
set_row (const AttestContrastInput *input, guint pair, guint code, AttestContrastRow *row)
{
  for (guint cluster = 0; cluster < input->n_clusters; cluster++)
    {
      gsize first = ((gsize)cluster * input->n_codes + code) << input->n_sides;

      for (guint set = 1; set < 1u << input->n_sides; set++)
        {
          gint64 n = input->counts[first + set];
          gboolean in_a = set & 1, in_b = (set >> (pair + 1)) & 1;

          row->a += in_a ? n : 0;
          row->b += in_b ? n : 0;
          row->both += in_a && in_b ? n : 0;
        }
    }
  row->is_common = is_common (input, code, pair + 1);
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

          set_row (input, pair, code, row);
          row->jaccard = estimates[figure];
          row->alpha = estimates[figure + 1];
          row->undefined = undefined[figure + 1];
          row->reason = find_reason (row, contrast->units);
          out->n_defined += !isnan (row->alpha.value);
        }
      out->jaccard = estimates[overall];
      out->alpha = estimates[overall + 1];
    }
}

AttestContrast *
attest_contrast_compute (const AttestContrastInput *input)
{
  AttestContrast *contrast = g_new0 (AttestContrast, 1);
  guint n_figures = figure_of (input, input->n_sides - 1, 0);
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
  g_free (contrast);
}
