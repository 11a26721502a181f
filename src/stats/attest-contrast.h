/* attest-contrast: how far several codings of the same units agree, code by code.
 *
 * The first coding is held against each of the others. Of a code that n_a units have by the first
 * and n_b by the other, n_ab by both, of N:
 *
 *   Jaccard   n_ab / (n_a + n_b − n_ab)           Jaccard (1912); 1: the same units
 *   alpha     Krippendorff's, nominal, of two codings (attest-alpha.h)
 *
 * Intervals draw whole clusters (attest-resample.h), since units of one transcript are not
 * independent.
 */
#pragma once

#include "stats/attest-interval.h"

G_BEGIN_DECLS

/* Codings that can be compared at once: each code has a count for each set of them. */
#define ATTEST_MAX_CONTRAST_SIDES 6

/* Borrowed. */
typedef struct
{
  guint n_sides, n_codes, n_clusters;
  const gint64 *units; /* by cluster */
  /* [((cluster × n_codes + code) << n_sides) + set of sides]: units whose code exactly these sides
   * gave; of the empty set not read */
  const guint *counts;
  const guint *sides; /* by code: set of sides that have the code at all */
  guint rounds, jobs; /* resamples, 0: no intervals; threads */
  guint64 seed;
} AttestContrastInput;

typedef struct
{
  gboolean is_common; /* both sides have the code; else only the counts of one are set */
  gint64 a, b, both;  /* units */
  AttestEstimate jaccard, alpha;
  guint undefined;    /* resamples in which alpha was not defined */
  const char *reason; /* (nullable) static: why alpha is NAN */
} AttestContrastRow;

typedef struct
{
  AttestContrastRow *rows;       /* by code */
  AttestEstimate jaccard, alpha; /* mean over the codes for which it is defined */
  guint n_defined;               /* codes with an alpha */
} AttestContrastPair;

typedef struct
{
  guint n_pairs;             /* n_sides − 1 */
  AttestContrastPair *pairs; /* of side 0 with side 1, 2 … */
  gint64 units;
} AttestContrast;

AttestContrast *attest_contrast_compute (const AttestContrastInput *input);
void attest_contrast_free (AttestContrast *contrast);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestContrast, attest_contrast_free)

G_END_DECLS
