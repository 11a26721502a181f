/* attest-interval: an estimate with its interval, and percentiles of resamples.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* NAN where there is none. */
typedef struct
{
  double value, low, high;
} AttestEstimate;

/** The value at share @p of the @n sorted @values, between neighbours as R's type 7. @n: at
 * least 1.
 */
double attest_quantile (const double *values, guint n, double p);

/** Sets low and high to the 2.5th and 97.5th percentile of @values (Efron and Tibshirani 1993,
 * chapter 13), which are sorted and lose what is NAN. No interval for an estimate that is not
 * defined, or without values. Returns: how many were NAN. */
guint attest_estimate_set_interval (AttestEstimate *estimate, double *values, guint n);

G_END_DECLS
