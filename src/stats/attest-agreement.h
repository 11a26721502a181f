/* attest-agreement: whether coders would have said the same, by every usual coefficient.
 *
 * A table of ratings is of one of two kinds:
 *
 *   values   each coder gave an item one value. Each value is a code for itself (that value, or
 *            another), and `overall` is of all values.
 *   sets     each coder gave an item any number of codes; a rating is the number of a set. Each
 * code is there or not, and `overall` is the mean over the codes for which a coefficient is
 *            defined; two alphas take the sets as they are.
 *
 * The formulas and their sources are in attest-kappa.h, attest-gwet.h and attest-alpha.h, intervals
 * in attest-resample.h.
 */
#pragma once

#include "stats/attest-alpha.h"
#include "stats/attest-interval.h"
#include "stats/attest-ratings.h"
#include "stats/attest-weights.h"

G_BEGIN_DECLS

typedef enum
{
  ATTEST_PERCENT, /* a share, 0 … 1 */
  ATTEST_COHEN_KAPPA,
  ATTEST_SCOTT_PI,
  ATTEST_FLEISS_KAPPA,
  ATTEST_KRIPPENDORFF_ALPHA,
  ATTEST_GWET_AC1,
  ATTEST_BRENNAN_PREDIGER,
  ATTEST_WEIGHTED_KAPPA, /* Cohen's; of values that are not nominal */
  ATTEST_GWET_AC2,       /* the same */
  ATTEST_JACCARD_ALPHA,  /* of sets */
  ATTEST_MASI_ALPHA,     /* of sets */
  ATTEST_N_COEFFICIENTS,
} AttestCoefficient;

/** As JSON has it: "cohen_kappa" */
const char *attest_coefficient_to_string (AttestCoefficient coefficient);

/* Different sets of codes, for the alphas of sets, whose cost is the square of it. */
#define ATTEST_MAX_COMBINATIONS 1500

/* Borrowed. */
typedef struct
{
  AttestRatings ratings;
  guint n_codes;      /* 0: values */
  const guint8 *sets; /* [value × n_codes + code]: whether the code is in the set */
  /* (nullable) by item: for how many it stands, where items were drawn with unequal chances; with a
   * mean of 1 over those that are compared, by which equal weights change nothing (Hájek 1971).
   * Counts of items are without; there are no standard errors then. */
  const double *item_weights;
  AttestMetric metric;
  const double *numbers; /* of the values, ascending; NULL for nominal and ordinal */
  AttestWeights weights; /* for what is not nominal */
  guint rounds, jobs;    /* resamples, 0: no intervals; threads */
  guint64 seed;
} AttestAgreementInput;

typedef struct
{
  guint items;                             /* that two coders or more rated */
  double prevalence;                       /* share of the ratings of these that are of the code */
  guint all_present, none_present, split;  /* of these: every coder gave it, none, some */
  gboolean applies[ATTEST_N_COEFFICIENTS]; /* whether the coefficient is one for this row */
  AttestEstimate estimates[ATTEST_N_COEFFICIENTS];
  const char *reasons[ATTEST_N_COEFFICIENTS]; /* why a value is NAN, or NULL */
  guint undefined[ATTEST_N_COEFFICIENTS];     /* resamples in which it was NAN */
  double cohen_kappa_se, gwet_ac1_se; /* items taken as independent; NAN where there is none */
} AttestAgreementRow;

/* Two coders of several. */
typedef struct
{
  guint a, b;
  guint items;
  double percent, cohen_kappa, krippendorff_alpha;
} AttestAgreementPair;

typedef struct
{
  guint n_codes;
  AttestAgreementRow *codes;
  /* prevalence: of values that of the most frequent; of sets the mean. all_present, none_present
   * and split: of values, items on which all agree, 0, and the others; of sets those of all codes.
   */
  AttestAgreementRow overall;
  guint most_frequent;     /* of values */
  guint n_clusters;        /* in which anybody rated anything: these are drawn for intervals */
  guint n_paired_clusters; /* in which two coders rated an item: no interval says more than these */
  guint n_pairs;           /* 0 for two coders */
  AttestAgreementPair *pairs;
} AttestAgreement;

/** Two coders or more, and an item that two of them rated. */
AttestAgreement *attest_agreement_compute (const AttestAgreementInput *input);
void attest_agreement_free (AttestAgreement *agreement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestAgreement, attest_agreement_free)

/** High agreement and low kappa or alpha, because one value is common and chance alone agrees often
 * (Feinstein and Cicchetti 1990): at least 80 % agreement, alpha below .667, AC1 higher by .2. */
gboolean attest_agreement_is_paradox (const AttestAgreementRow *row);

G_END_DECLS
