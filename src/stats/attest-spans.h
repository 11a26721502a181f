/* attest-spans: agreement of coders who chose their stretches of text themselves.
 *
 * The unitizing alphas of attest-unitizing.h, of all codes together and of each code by itself,
 * with intervals by drawing texts. All codes together have a figure only where no coder gave two
 * codes to one place, since a place has one value there; each code by itself (or not) always has.
 */
#pragma once

#include "stats/attest-interval.h"
#include "stats/attest-unitizing.h"

G_BEGIN_DECLS

typedef enum
{
  ATTEST_U_ALPHA,
  ATTEST_BAR_U_ALPHA, /* overall */
  ATTEST_CU_ALPHA,    /* overall */
  ATTEST_KU_ALPHA,    /* of a code, among all */
  /* Share of what one coder gave the code that others gave it, too; overall: that others gave any
   * code. */
  ATTEST_OVERLAP,
  ATTEST_N_SPAN_FIGURES,
} AttestSpanFigure;

/** As JSON has it: "u_alpha" */
const char *attest_span_figure_to_string (AttestSpanFigure figure);

/* Borrowed. Units of one coder and code do not overlap; of two codes they may. */
typedef struct
{
  guint n_codes, n_texts;
  const AttestContinuum *texts; /* values are codes; units by start */
  guint rounds, jobs;
  guint64 seed;
} AttestSpansInput;

typedef struct
{
  guint units; /* of all coders */
  /* The alpha of 1995 (attest-unitizing-1995.h), which is of one text; NAN of several. */
  double u_alpha_1995;
  double prevalence; /* share of the length that a coder gave the code (overall: any), the mean */
  gboolean applies[ATTEST_N_SPAN_FIGURES];
  AttestEstimate estimates[ATTEST_N_SPAN_FIGURES];
  const char *reasons[ATTEST_N_SPAN_FIGURES]; /* why a value is NAN, or NULL */
  guint undefined[ATTEST_N_SPAN_FIGURES];     /* resamples in which it was NAN */
} AttestSpansRow;

typedef struct
{
  guint n_codes;
  AttestSpansRow *codes;
  AttestSpansRow overall;
  gboolean overlapping; /* somebody gave two codes to one place */
  gint64 length;        /* of all texts */
} AttestSpans;

AttestSpans *attest_spans_compute (const AttestSpansInput *input);
void attest_spans_free (AttestSpans *spans);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestSpans, attest_spans_free)

G_END_DECLS
