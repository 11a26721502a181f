/* attest-contrast: how far several codings of the same units agree, code by code.
 *
 * The first coding is held against each of the others, and all against all. Of a code that n_a
 * units have by the first and n_b by the other, n_ab by both, of N:
 *
 *   Jaccard   n_ab / (n_a + n_b − n_ab)           Jaccard (1912); 1: the same units
 *   alpha     Krippendorff's, nominal, of two codings (attest-alpha.h)
 *
 *   shift     (n_b − n_a) / N, tested as units (attest-paired.h) and by cluster
 *
 * Intervals draw whole clusters (attest-resample.h), since units of one transcript are not
 * independent.
 */
#pragma once

#include "stats/attest-paired.h"

G_BEGIN_DECLS

/* Codings that can be compared at once: each code has a count for each set of them. */
#define ATTEST_MAX_CONTRAST_SIDES 6

/* Units of a cluster whose code exactly the sides of @set gave; no more than one of each. */
typedef struct
{
  guint code, cluster, set, n;
} AttestContrastEntry;

/** For sorting: by code, then by cluster. */
int attest_contrast_compare_entries (gconstpointer a, gconstpointer b);

/* Borrowed. */
typedef struct
{
  guint n_sides, n_codes, n_clusters;
  const gint64 *units;                /* by cluster */
  const AttestContrastEntry *entries; /* sorted; without those of the empty set */
  gsize n_entries;
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
  /* Only of codes that both sides have. */
  AttestPaired paired;
  double p_cluster;
  double p_adjusted,
      p_cluster_adjusted;    /* of paired.p and p_cluster; set by who counts the tests */
  AttestEstimate difference; /* as in paired, with the interval by clusters */
} AttestContrastRow;

typedef struct
{
  AttestContrastRow *rows;       /* by code */
  AttestEstimate jaccard, alpha; /* mean over the codes for which it is defined */
  guint n_defined;               /* codes with an alpha */
} AttestContrastPair;

/* Of a code by all the sides that have it, as so many coders. */
typedef struct
{
  guint n_sides; /* that have the code; below two there is no alpha */
  AttestEstimate alpha;
  const char *reason; /* (nullable) static: why alpha is NAN */
} AttestContrastAll;

/* Two of the sides, by code; without intervals. */
typedef struct
{
  double jaccard, alpha; /* NAN: not defined, or a side does not have the code */
} AttestContrastCell;

typedef struct
{
  guint n_pairs;             /* n_sides − 1 */
  AttestContrastPair *pairs; /* of side 0 with side 1, 2 … */
  gint64 units;
  AttestContrastAll *all;    /* by code, then the mean of those for which it is defined */
  guint n_all;               /* codes of that mean */
  AttestContrastCell *cells; /* [((code × sides) + a) × sides + b], then the mean of the codes */
} AttestContrast;

/** Of sides @a and @b; @code: n_codes is the mean over the codes for which it is defined. */
static inline const AttestContrastCell *
attest_contrast_cell (const AttestContrast *contrast, guint code, guint a, guint b)
{
  guint n_sides = contrast->n_pairs + 1;

  return &contrast->cells[((gsize)code * n_sides + a) * n_sides + b];
}

AttestContrast *attest_contrast_compute (const AttestContrastInput *input);
void attest_contrast_free (AttestContrast *contrast);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestContrast, attest_contrast_free)

G_END_DECLS
