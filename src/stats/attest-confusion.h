/* attest-confusion: which value or code coders give where others give another.
 */
#pragma once

#include "stats/attest-agreement.h"

G_BEGIN_DECLS

/* Pairs of judgements of one item. */
typedef struct
{
  guint a, b; /* values or codes, a < b; b is the number of codes for "no code" */
  guint64 pairs;
} AttestConfusion;

/**
 * Of values, each pair of coders who gave an item a and b counts once. Of sets, a code that only
 * one of two coders gave is crossed with each that only the other gave, or with "no code" where the
 * other gave none beyond what both did.
 *
 * Returns: (element-type AttestConfusion) the most frequent first, then by a and b.
 */
GArray *attest_confusion_list (const AttestAgreementInput *input);

/** Whether the coders who judged @item differ. */
gboolean attest_item_is_split (const AttestRatings *ratings, guint item);

G_END_DECLS
