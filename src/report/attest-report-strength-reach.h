/* attest-report-strength-reach: of those who could have spoken of a criterion, how many support
 * what was found.
 *
 * Eligible is whoever was asked about the criterion, or is of a group of which somebody was asked,
 * and whoever supports it anyway; nobody, when nobody was asked. The share has Wilson's interval.
 * It is a share of those who were heard, which says nothing of those who were not.
 */
#pragma once

#include "report/attest-report-strength.h"
#include "stats/attest-proportion.h"
#include "store/attest-store-coverage.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 asked, spoke, eligible, supporting; /* respondents, counted as strength counts them */
  AttestEstimate share; /* supporting of eligible; NAN when nobody was asked, and none is */
} AttestStrengthReach;

typedef struct _AttestReach AttestReach;

/** @counter: borrowed. Without a codebook that was used everybody is unknown, and nobody eligible.
 */
AttestReach *attest_reach_new (AttestStore *store, AttestStrengthCounter *counter, GError **error);
void attest_reach_free (AttestReach *reach);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestReach, attest_reach_free)

/** FALSE: the codebook has no such code, so that nothing is known. */
gboolean attest_reach_get (const AttestReach *reach, const char *criterion,
                           const AttestStrength *strength, AttestStrengthReach *out_reach);

G_END_DECLS
