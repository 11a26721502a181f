/* attest-ratings: which value each coder gave each item, and what follows from it by adding up.
 *
 * A tally is a vector of counts that is a sum over items, so that tallies of transcripts add up to
 * the tally of all, and every coefficient follows from one:
 *
 *   for each r = 1 … coders, over the items that r coders rated:
 *     items, ratings of each value, pairs of ratings of one item by their two values
 *   for two coders besides: items by the value of the first and of the second
 *
 * Without weights all are whole numbers, which doubles add without error: no order of adding
 * changes the result.
 */
#pragma once

#include <glib.h>

#include "stats/attest-resample.h"

G_BEGIN_DECLS

#define ATTEST_NO_RATING G_MAXUINT16

/* Borrowed. */
typedef struct
{
  guint n_items, n_coders, n_values, n_clusters;
  const guint16 *values; /* [item × n_coders + coder]: a value, or ATTEST_NO_RATING */
  const guint *clusters; /* by item */
} AttestRatings;

typedef struct
{
  guint n_coders, n_values;
} AttestTallyShape;

/** Numbers in a tally. */
gsize attest_tally_length (const AttestTallyShape *shape);
/** Adds an item. @values: by coder. */
void attest_tally_add (const AttestTallyShape *shape, const guint16 *values, AttestAdder *adder);
/** Adds an item that stands for @weight. */
void attest_tally_add_weighted (const AttestTallyShape *shape, const guint16 *values, double weight,
                                AttestAdder *adder);

/** The tally of all items. Returns: (transfer full) */
double *attest_tally_new (const AttestRatings *ratings);

/* Parts of a tally. @r: raters of an item, from 1; @a, @b: values, in any order. */
double attest_tally_items (const AttestTallyShape *shape, const double *tally, guint r);
double attest_tally_ratings (const AttestTallyShape *shape, const double *tally, guint r, guint a);
/** Unordered pairs of ratings. */
double attest_tally_pairs (const AttestTallyShape *shape, const double *tally, guint r, guint a,
                           guint b);
/** Of two coders: [value of the first × n_values + value of the second]. NULL: not two. */
const double *attest_tally_table (const AttestTallyShape *shape, const double *tally);

/** The tally of "@value or another": value 1 or 0. @out: of the shape {coders, 2}. */
void attest_tally_collapse (const AttestTallyShape *shape, const double *tally, guint value,
                            double *out);

G_END_DECLS
