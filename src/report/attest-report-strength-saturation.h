/* attest-report-strength-saturation: whether more interviews would still bring anything new on a
 * criterion.
 *
 * What is counted are phrases, the different words that the rules of the criterion's code found:
 * a code is soon met in a fixed codebook, whatever is still unsaid. Bases, runs and thresholds are
 * the usual ones of 'report saturation', the order is that of the labels, and random orders stand
 * beside it.
 */
#pragma once

#include "report/attest-report-saturation.h"

G_BEGIN_DECLS

typedef struct _AttestCriterionSaturations AttestCriterionSaturations;

/** Reads the segments of the codebook that was used last. Where none was, nothing is known of any
 * criterion. */
AttestCriterionSaturations *attest_criterion_saturations_new (AttestStore *store, GError **error);
void attest_criterion_saturations_free (AttestCriterionSaturations *saturations);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestCriterionSaturations, attest_criterion_saturations_free)

/** NULL: the codebook has no such code, so that nothing is known. @saturations, @criterion:
 * (nullable). Borrowed; each is computed once. */
const AttestSaturationReport *
attest_criterion_saturations_get (AttestCriterionSaturations *saturations, const char *criterion);

G_END_DECLS
