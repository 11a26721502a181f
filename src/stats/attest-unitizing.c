#include "stats/attest-unitizing.h"

#include <math.h>
#include <string.h>

/* Sums: l_ck, φ being the last; then Q_c, φ being the last; then R_c. */
static gsize
q_start (guint n_values)
{
  return ((gsize)n_values + 1) * (n_values + 1);
}

static gsize
r_start (guint n_values)
{
  return q_start (n_values) + n_values + 1;
}

gsize
attest_unitizing_length (guint n_values)
{
  return r_start (n_values) + n_values;
}

/* ---- adding ---- */

/* The units of a coder and the gaps between, one after another. */
typedef struct
{
  const AttestStretch *units;
  guint n_units, next;
  gint64 length;
  guint gap; /* the value of gaps */
} Walk;

/* FALSE: at the end. */
static gboolean
walk_next (Walk *walk, gint64 at, AttestStretch *out)
{
  if (at >= walk->length)
    return FALSE;
  gint64 start = walk->next < walk->n_units ? walk->units[walk->next].start : walk->length;
  *out = start > at ? (AttestStretch){ at, start, walk->gap } : walk->units[walk->next++];
  return TRUE;
}

static Walk
walk_of (const AttestContinuum *continuum, guint coder, guint n_values)
{
  return (Walk){ continuum->units[coder], continuum->n_units[coder], 0, continuum->length,
                 n_values };
}

/* What coder @i and coder @j say of each stretch. */
static void
cross (const AttestContinuum *continuum, guint i, guint j, guint n_values, AttestAdder *adder)
{
  Walk one = walk_of (continuum, i, n_values), other = walk_of (continuum, j, n_values);
  AttestStretch a = { 0, 0, 0 }, b = { 0, 0, 0 };
  gint64 at = 0, covered = 0;
  double others = continuum->n_coders - 1;

  while (at < continuum->length)
    {
      if (a.end <= at)
        {
          covered = 0;
          walk_next (&one, at, &a);
        }
      if (b.end <= at)
        walk_next (&other, at, &b);
      gint64 end = MIN (a.end, b.end);
      attest_adder_add (adder, (gsize)a.value * (n_values + 1) + b.value,
                        (double)(end - at) / others);
      covered += b.value != n_values ? end - at : 0;
      if (end == a.end && a.value != n_values)
        attest_adder_add (adder, r_start (n_values) + a.value,
                          (double)covered * (double)covered / others);
      at = end;
    }
}

static void
add_squares (const AttestContinuum *continuum, guint coder, guint n_values, AttestAdder *adder)
{
  gint64 gaps = continuum->length;

  for (guint i = 0; i < continuum->n_units[coder]; i++)
    {
      const AttestStretch *unit = &continuum->units[coder][i];
      double length = (double)(unit->end - unit->start);

      gaps -= unit->end - unit->start;
      attest_adder_add (adder, q_start (n_values) + unit->value, length * length);
    }
  attest_adder_add (adder, q_start (n_values) + n_values, (double)gaps);
}

void
attest_unitizing_add (const AttestContinuum *continuum, guint n_values, AttestAdder *adder)
{
  for (guint i = 0; i < continuum->n_coders; i++)
    {
      add_squares (continuum, i, n_values, adder);
      for (guint j = 0; j < continuum->n_coders; j++)
        if (i != j)
          cross (continuum, i, j, n_values, adder);
    }
}

/* ---- alphas ---- */

static double
one_minus (double observed, double expected)
{
  /* Lengths are counted in characters: what is smaller comes from rounding. */
  return expected > 1e-9 ? 1 - observed / expected : NAN;
}

static double
row_sum (const double *sums, guint n, guint row)
{
  double sum = 0;

  for (guint k = 0; k < n; k++)
    sum += sums[(gsize)row * n + k];
  return sum;
}

/* uα and |uα. */
static void
compare_all (const double *sums, guint n_values, AttestUnitizing *out)
{
  guint n = n_values + 1, gap = n_values;
  g_autofree double *margins = g_new (double, n);
  double total = 0, agreed = 0, squares = 0, expected = 0, expected_gap = 0;
  const double *q = sums + q_start (n_values);

  for (guint c = 0; c < n; c++)
    {
      margins[c] = row_sum (sums, n, c);
      total += margins[c];
      agreed += sums[(gsize)c * n + c];
      squares += q[c];
    }
  double scale = total / (total * total - squares);
  for (guint c = 0; c < n; c++)
    expected += scale * (margins[c] * margins[c] - q[c]);
  for (guint k = 0; k < gap; k++)
    expected_gap += scale * margins[gap] * margins[k];
  out->u_alpha = one_minus (total - agreed, total - expected);
  out->bar_u_alpha = one_minus (margins[gap] - sums[(gsize)gap * n + gap], expected_gap);
}

AttestUnitizing
attest_unitizing (const double *sums, guint n_values, double *ku_alpha, double *coverages)
{
  AttestUnitizing out = { NAN, NAN, NAN, NAN, NAN };
  guint n = n_values + 1, gap = n_values, used = 0;
  g_autofree double *lengths = g_new (double, n); /* l_c: in units of others */
  const double *r = sums + r_start (n_values);
  double total = 0, whole = 0, covered = 0, agreed = 0, expected = 0;

  compare_all (sums, n_values, &out);
  for (guint c = 0; c < n_values; c++)
    {
      double all = row_sum (sums, n, c);

      lengths[c] = all - sums[(gsize)c * n + gap];
      used += all > 0;
      total += lengths[c];
      covered += r[c];
      whole += all;
      agreed += sums[(gsize)c * n + c];
      if (coverages != NULL)
        coverages[c] = all > 0 ? lengths[c] / all : NAN;
      if (ku_alpha != NULL)
        ku_alpha[c] = NAN;
    }
  double coded = whole;
  whole += row_sum (sums, n, gap);
  out.coverage = whole > 0 ? total / whole : NAN;
  out.coded = whole > 0 ? coded / whole : NAN;
  if (used < 2 || !(total > 0))
    return out;
  double scale = 1 / (total - covered / total);
  for (guint c = 0; c < n_values; c++)
    {
      double own = scale * (lengths[c] * lengths[c] - r[c]);
      double all = scale * (lengths[c] * total - r[c]);

      expected += own;
      if (ku_alpha != NULL && lengths[c] > 0)
        ku_alpha[c]
            = one_minus (all / lengths[c] * (lengths[c] - sums[(gsize)c * n + c]), all - own);
    }
  out.cu_alpha = one_minus (total - agreed, total - expected);
  return out;
}
