/* All codings against all; see attest-contrast.h. */
#include "stats/attest-contrast-private.h"

#include <math.h>

static void
add_cell (AttestContrastCell *sum, guint *n, const AttestContrastCell *cell)
{
  if (!isnan (cell->jaccard))
    {
      sum->jaccard += cell->jaccard;
      n[0]++;
    }
  if (!isnan (cell->alpha))
    {
      sum->alpha += cell->alpha;
      n[1]++;
    }
}

static void
fill_cell (const AttestContrastInput *input, AttestContrast *contrast, const double *sums, guint a,
           guint b)
{
  gsize at = (gsize)a * input->n_sides + b, step = (gsize)input->n_sides * input->n_sides;
  AttestContrastCell total = { 0, 0 };
  guint n[2] = { 0, 0 };

  for (guint code = 0; code < input->n_codes; code++)
    {
      AttestContrastCell *cell = &contrast->cells[code * step + at];
      AttestContrastTable table = attest_contrast_make_table (
          sums + ((gsize)code << input->n_sides), input->n_sides, a, b);
      gboolean both = (input->sides[code] & attest_contrast_pair_set (a, b))
                      == attest_contrast_pair_set (a, b);

      cell->jaccard = both ? attest_contrast_jaccard (&table) : NAN;
      cell->alpha = both ? attest_contrast_alpha (&table) : NAN;
      add_cell (&total, n, cell);
    }
  contrast->cells[input->n_codes * step + at]
      = (AttestContrastCell){ attest_contrast_mean (total.jaccard, n[0]),
                              attest_contrast_mean (total.alpha, n[1]) };
}

void
attest_contrast_fill_cells (const AttestContrastInput *input, AttestContrast *contrast)
{
  g_autofree double *sums = g_new0 (double, ((gsize)input->n_codes << input->n_sides) + 1);

  for (gsize i = 0; i < input->n_entries; i++)
    sums[((gsize)input->entries[i].code << input->n_sides) + input->entries[i].set]
        += input->entries[i].n;
  for (guint code = 0; code < input->n_codes; code++)
    {
      double *of_code = sums + ((gsize)code << input->n_sides);

      of_code[0] = (double)contrast->units;
      for (guint set = 1; set < 1u << input->n_sides; set++)
        of_code[0] -= of_code[set];
    }
  contrast->cells
      = g_new0 (AttestContrastCell, (gsize)(input->n_codes + 1) * input->n_sides * input->n_sides);
  for (guint a = 0; a < input->n_sides; a++)
    for (guint b = 0; b < input->n_sides; b++)
      fill_cell (input, contrast, sums, a, b);
}
