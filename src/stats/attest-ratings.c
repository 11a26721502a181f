#include "stats/attest-ratings.h"

#include <string.h>

/* Numbers for items of one count of raters: items, ratings, pairs. */
static gsize
block_length (const AttestTallyShape *shape)
{
  gsize q = shape->n_values;

  return 1 + q + q * (q + 1) / 2;
}

static gsize
block_start (const AttestTallyShape *shape, guint r)
{
  return block_length (shape) * (r - 1);
}

static gsize
pair_index (const AttestTallyShape *shape, guint r, guint a, guint b)
{
  gsize low = MIN (a, b), high = MAX (a, b);

  return block_start (shape, r) + 1 + shape->n_values + high * (high + 1) / 2 + low;
}

static gsize
table_start (const AttestTallyShape *shape)
{
  return block_length (shape) * shape->n_coders;
}

gsize
attest_tally_length (const AttestTallyShape *shape)
{
  gsize table = shape->n_coders == 2 ? (gsize)shape->n_values * shape->n_values : 0;

  return table_start (shape) + table;
}

void
attest_tally_add (const AttestTallyShape *shape, const guint16 *values, AttestAdder *adder)
{
  attest_tally_add_weighted (shape, values, 1, adder);
}

void
attest_tally_add_weighted (const AttestTallyShape *shape, const guint16 *values, double weight,
                           AttestAdder *adder)
{
  guint r = 0;

  for (guint i = 0; i < shape->n_coders; i++)
    r += values[i] != ATTEST_NO_RATING;
  if (r == 0)
    return;
  attest_adder_add (adder, block_start (shape, r), weight);
  for (guint i = 0; i < shape->n_coders; i++)
    {
      if (values[i] == ATTEST_NO_RATING)
        continue;
      attest_adder_add (adder, block_start (shape, r) + 1 + values[i], weight);
      for (guint k = 0; k < i; k++)
        if (values[k] != ATTEST_NO_RATING)
          attest_adder_add (adder, pair_index (shape, r, values[i], values[k]), weight);
    }
  if (shape->n_coders == 2 && r == 2)
    attest_adder_add (adder, table_start (shape) + (gsize)values[0] * shape->n_values + values[1],
                      weight);
}

double *
attest_tally_new (const AttestRatings *ratings)
{
  AttestTallyShape shape = { ratings->n_coders, ratings->n_values };
  gsize length = attest_tally_length (&shape);
  g_autoptr (AttestAdder) adder = attest_adder_new (length);

  for (guint i = 0; i < ratings->n_items; i++)
    attest_tally_add (&shape, ratings->values + (gsize)i * ratings->n_coders, adder);
  return g_memdup2 (attest_adder_get_sums (adder), length * sizeof (double));
}

double
attest_tally_items (const AttestTallyShape *shape, const double *tally, guint r)
{
  return tally[block_start (shape, r)];
}

double
attest_tally_ratings (const AttestTallyShape *shape, const double *tally, guint r, guint a)
{
  return tally[block_start (shape, r) + 1 + a];
}

double
attest_tally_pairs (const AttestTallyShape *shape, const double *tally, guint r, guint a, guint b)
{
  return tally[pair_index (shape, r, a, b)];
}

const double *
attest_tally_table (const AttestTallyShape *shape, const double *tally)
{
  return shape->n_coders == 2 ? tally + table_start (shape) : NULL;
}

static void
collapse_table (const AttestTallyShape *shape, const double *table, guint value, double *out)
{
  for (guint a = 0; a < shape->n_values; a++)
    for (guint b = 0; b < shape->n_values; b++)
      out[2 * (a == value) + (b == value)] += table[(gsize)a * shape->n_values + b];
}

void
attest_tally_collapse (const AttestTallyShape *shape, const double *tally, guint value, double *out)
{
  AttestTallyShape two = { shape->n_coders, 2 };

  memset (out, 0, attest_tally_length (&two) * sizeof (double));
  for (guint r = 1; r <= shape->n_coders; r++)
    {
      double items = attest_tally_items (shape, tally, r);
      double ratings = attest_tally_ratings (shape, tally, r, value);
      double both = attest_tally_pairs (shape, tally, r, value, value);
      double one = ratings * (r - 1) - 2 * both;

      out[block_start (&two, r)] = items;
      out[block_start (&two, r) + 1] = items * r - ratings;
      out[block_start (&two, r) + 2] = ratings;
      out[pair_index (&two, r, 1, 1)] = both;
      out[pair_index (&two, r, 0, 1)] = one;
      out[pair_index (&two, r, 0, 0)] = items * r * (r - 1) / 2 - both - one;
    }
  if (shape->n_coders == 2)
    collapse_table (shape, attest_tally_table (shape, tally), value, out + table_start (&two));
}
