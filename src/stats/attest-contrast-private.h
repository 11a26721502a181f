/* attest-contrast-private: what the parts of attest-contrast share.
 */
#pragma once

#include <math.h>

#include "stats/attest-contrast.h"

G_BEGIN_DECLS

/* Of a code by two sides. */
typedef struct
{
  double a, b, both, units;
} AttestContrastTable;

/** From the counts by set of sides; that of the empty set is there. */
AttestContrastTable attest_contrast_make_table (const double *counts, guint n_sides, guint a,
                                                guint b);
double attest_contrast_jaccard (const AttestContrastTable *table);
double attest_contrast_alpha (const AttestContrastTable *table);

static inline double
attest_contrast_mean (double sum, guint n)
{
  return n > 0 ? sum / n : NAN;
}

/* The sides as a set. */
static inline guint
attest_contrast_pair_set (guint a, guint b)
{
  return 1u << a | 1u << b;
}

/* attest-contrast-cells.c */
void attest_contrast_fill_cells (const AttestContrastInput *input, AttestContrast *contrast);

G_END_DECLS
