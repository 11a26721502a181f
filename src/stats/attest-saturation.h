/* attest-saturation: when interviews stop bringing anything new.
 *
 * Guest, Namey and Chen 2020 (doi 10.1371/journal.pone.0232076): the themes of the first
 * interviews, the base, are counted once; then the new themes in each run of interviews, which
 * slides by one, are divided by those of the base. Saturation is reached by the first run whose
 * share is at or below a threshold: "6+2", after six interviews, confirmed by a run of two. It
 * depends on the order, so the same is told of random orders, too.
 *
 * A source is one interview; themes are numbers from 0.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint base, run;  /* interviews; at least 1 */
  double threshold; /* a share: 0.05 */
  guint orders;     /* random orders; 0: none */
  guint64 seed;
} AttestSaturationOptions;

typedef struct
{
  guint n_new, known; /* of this source; of it and those before it */
  guint run_new;      /* in the run that ends here */
  double share;       /* run_new / base themes; NAN before the first run, or of an empty base */
  double mean;        /* of known, over the random orders; NAN without */
  guint low, high;    /* 2.5 % and 97.5 % of the orders are below, above */
} AttestSaturationStep;

typedef struct
{
  GArray *steps; /* of AttestSaturationStep, a source each */
  guint base_themes, themes;
  gint reached;         /* interviews before the run that reaches it; -1: no run does */
  guint orders_reached; /* random orders in which it is reached */
  gint median; /* of `reached` over all orders, those that do not reach it last; -1: most do
                * not */
} AttestSaturation;

/**
 * @themes: (element-type GArray of guint) of each source, each theme once, in the order meant;
 * @n_themes: all numbers are below.
 */
AttestSaturation *attest_saturation_compute (const GPtrArray *themes, guint n_themes,
                                             const AttestSaturationOptions *options);
void attest_saturation_free (AttestSaturation *saturation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestSaturation, attest_saturation_free)

G_END_DECLS
