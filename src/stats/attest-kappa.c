#include "stats/attest-kappa.h"

#include <math.h>

/* What stands between an expected agreement and 1 when it is 1 but for rounding. */
#define NO_ROOM 1e-12

typedef struct
{
  double n;
  double *rows, *columns; /* shares */
} Margins;

static void
margins_init (Margins *margins, const double *table, guint q)
{
  margins->n = 0;
  margins->rows = g_new0 (double, 2 * (gsize)q + 1);
  margins->columns = margins->rows + q;
  for (guint i = 0; i < q; i++)
    for (guint j = 0; j < q; j++)
      {
        double n = table[(gsize)i * q + j];

        margins->rows[i] += n;
        margins->columns[j] += n;
        margins->n += n;
      }
  for (guint i = 0; i < 2 * q && margins->n > 0; i++)
    margins->rows[i] /= margins->n;
}

static void
margins_clear (Margins *margins)
{
  g_free (margins->rows);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Margins, margins_clear)

double
attest_beyond_chance (double observed, double expected)
{
  return 1 - expected > NO_ROOM ? (observed - expected) / (1 - expected) : NAN;
}

static double
weight (const double *weights, guint q, guint i, guint j)
{
  return weights != NULL ? weights[(gsize)i * q + j] : i == j;
}

static double
observed_agreement (const double *table, guint q, double n, const double *weights)
{
  double sum = 0;

  for (guint i = 0; i < q; i++)
    for (guint j = 0; j < q; j++)
      sum += weight (weights, q, i, j) * table[(gsize)i * q + j];
  return sum / n;
}

static double
expected_agreement (const double *first, const double *second, guint q, const double *weights)
{
  double sum = 0;

  for (guint i = 0; i < q; i++)
    for (guint j = 0; j < q; j++)
      sum += weight (weights, q, i, j) * first[i] * second[j];
  return sum;
}

double
attest_cohen_kappa (const double *table, guint q, const double *weights)
{
  g_auto (Margins) margins;

  margins_init (&margins, table, q);
  if (!(margins.n > 0))
    return NAN;
  return attest_beyond_chance (observed_agreement (table, q, margins.n, weights),
                               expected_agreement (margins.rows, margins.columns, q, weights));
}

double
attest_scott_pi (const double *table, guint q, const double *weights)
{
  g_auto (Margins) margins;

  margins_init (&margins, table, q);
  if (!(margins.n > 0))
    return NAN;
  for (guint i = 0; i < q; i++)
    margins.rows[i] = (margins.rows[i] + margins.columns[i]) / 2;
  return attest_beyond_chance (observed_agreement (table, q, margins.n, weights),
                               expected_agreement (margins.rows, margins.rows, q, weights));
}

static double
square (double x)
{
  return x * x;
}

AttestKappaErrors
attest_cohen_kappa_errors (const double *table, guint q)
{
  AttestKappaErrors errors = { NAN, NAN };
  g_auto (Margins) margins;

  margins_init (&margins, table, q);
  double kappa = attest_cohen_kappa (table, q, NULL);
  if (isnan (kappa))
    return errors;
  const double *rows = margins.rows, *columns = margins.columns;
  double expected = expected_agreement (rows, columns, q, NULL), variance = 0, third = 0;
  for (guint i = 0; i < q; i++)
    {
      third += rows[i] * columns[i] * (rows[i] + columns[i]);
      for (guint j = 0; j < q; j++)
        {
          double p = table[(gsize)i * q + j] / margins.n;

          variance += i == j ? p * square (1 - (rows[i] + columns[i]) * (1 - kappa))
                             : p * square ((1 - kappa) * (columns[i] + rows[j]));
        }
    }
  variance -= square (kappa - expected * (1 - kappa));
  double scale = margins.n * square (1 - expected);
  /* Rounding may leave a hair below 0 where there is no variance. */
  errors.ase = sqrt (fmax (variance, 0) / scale);
  errors.ase_h0 = sqrt (fmax (expected + square (expected) - third, 0) / scale);
  return errors;
}
