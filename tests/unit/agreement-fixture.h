/* Ratings for tests, written as text. */
#pragma once

#include "stats/attest-agreement.h"

#include <math.h>
#include <string.h>

typedef struct
{
  guint16 *values;
  guint *clusters;
  AttestRatings ratings;
} Fixture;

static inline void
fixture_init (Fixture *fixture, guint n_items, guint n_coders, guint n_values)
{
  gsize n = (gsize)n_items * n_coders;

  fixture->values = g_new (guint16, MAX (n, 1));
  fixture->clusters = g_new (guint, MAX (n_items, 1));
  for (gsize i = 0; i < n; i++)
    fixture->values[i] = ATTEST_NO_RATING;
  for (guint i = 0; i < n_items; i++)
    fixture->clusters[i] = i;
  fixture->ratings
      = (AttestRatings){ n_items, n_coders, n_values, n_items, fixture->values, fixture->clusters };
}

static inline void
fixture_clear (Fixture *fixture)
{
  g_free (fixture->values);
  g_free (fixture->clusters);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

/* @text: a digit an item and coder, "." for none, items with spaces between: "01 11 1." */
static inline void
fixture_parse (Fixture *fixture, const char *text, guint n_values)
{
  g_auto (GStrv) items = g_strsplit (text, " ", -1);
  guint n_coders = (guint)strlen (items[0]);

  fixture_init (fixture, g_strv_length (items), n_coders, n_values);
  for (guint i = 0; items[i] != NULL; i++)
    for (guint k = 0; k < n_coders; k++)
      if (items[i][k] != '.')
        fixture->values[(gsize)i * n_coders + k] = (guint16)(items[i][k] - '0');
}

static inline AttestAgreement *
compute (const Fixture *fixture, AttestMetric metric, const double *numbers)
{
  AttestAgreementInput input = { .ratings = fixture->ratings,
                                 .metric = metric,
                                 .numbers = numbers,
                                 .weights = ATTEST_WEIGHTS_QUADRATIC };

  return attest_agreement_compute (&input);
}

#define VALUE(row, coefficient) ((row).estimates[coefficient].value)
