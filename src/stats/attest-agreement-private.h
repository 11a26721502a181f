/* attest-agreement-private: the figures of one round, see attest-agreement.h.
 */
#pragma once

#include "stats/attest-agreement.h"
#include "stats/attest-resample.h"

G_BEGIN_DECLS

/* What figures are computed from. */
typedef struct
{
  const AttestAgreementInput *input;
  AttestTallyShape shape; /* of a part: all values, or a code that is there or not */
  guint n_rows;           /* codes; one more for overall */
  guint *items;           /* by cluster, one after another */
  guint *starts;          /* of each cluster in items, and the end */
  double *weights;        /* or NULL */
  double *jaccard, *masi; /* distances of sets, or NULL: too many */
  gsize *lengths;
  AttestResampleModel resample;
} AttestAgreementModel;

/** @with_sets: whether the alphas of sets are wanted. */
void attest_agreement_model_init (AttestAgreementModel *model, const AttestAgreementInput *input,
                                  gboolean with_sets);
void attest_agreement_model_clear (AttestAgreementModel *model);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AttestAgreementModel, attest_agreement_model_clear)

/** 1: @code is in the rating, 0: not; ATTEST_NO_RATING. */
guint16 attest_agreement_holds (const AttestAgreementInput *input, guint16 rating, guint code);

G_END_DECLS
