/* attest-resample: what a figure would be if other transcripts had been drawn.
 *
 * The cluster bootstrap (Davison and Hinkley 1997, section 3.8): whole clusters (transcripts) are
 * drawn with replacement, as many as there are, and all figures are computed anew; an interval is
 * from the 2.5th to the 97.5th percentile.
 *
 * Figures must follow from sums over clusters: each cluster has a vector for each part (a code),
 * and figures() sees the sums. So a round costs what is drawn, not what was judged. Equal vectors
 * are kept once. What comes out is the same for any number of threads.
 */
#pragma once

#include <glib.h>

#include "stats/attest-interval.h"

G_BEGIN_DECLS

/* Sums of a vector, of which most places stay 0. */
typedef struct _AttestAdder AttestAdder;
AttestAdder *attest_adder_new (gsize length);
void attest_adder_free (AttestAdder *adder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestAdder, attest_adder_free)
/** Borrowed: all places. */
const double *attest_adder_get_sums (const AttestAdder *adder);
void attest_adder_add (AttestAdder *adder, gsize index, double amount);

typedef struct
{
  guint n_clusters, n_parts;
  const gsize *lengths; /* of the vectors, by part */
  guint n_figures;
  /* Adds up what @cluster has of @part. */
  void (*fill) (gconstpointer data, guint part, guint cluster, AttestAdder *adder);
  /* @sums: by part. NAN: not defined. Runs in several threads. */
  void (*figures) (gconstpointer data, const double *const *sums, double *figures);
  gconstpointer data;
} AttestResampleModel;

typedef struct _AttestResample AttestResample;

/** The figures of all clusters, each once. */
void attest_resample_point (const AttestResampleModel *model, double *figures);

/** Borrows @model. */
AttestResample *attest_resample_new (const AttestResampleModel *model);
void attest_resample_free (AttestResample *resample);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestResample, attest_resample_free)

/**
 * Sets low and high of @estimates, by figure, whose values are set. @out_undefined: (optional) by
 * figure, in how many rounds it was not defined; those are left out. With one cluster, or without
 * rounds, there are no intervals.
 */
void attest_resample_intervals (const AttestResample *resample, guint rounds, guint64 seed,
                                guint jobs, AttestEstimate *estimates, guint *out_undefined);

G_END_DECLS
