/* attest-report-review: how far review has come, and how often rules and codes were right.
 *
 * Precision is the share of accepted among the decided segments that a rule found: what was coded
 * by hand says nothing about rules. A segment that several rules found counts for each of them.
 */
#pragma once

#include "report/attest-report.h"

G_BEGIN_DECLS

typedef struct
{
  char *code;
  char *rule;                          /* (nullable) "impact/3.2"; NULL: all of the code */
  gint64 proposed, accepted, rejected; /* segments */
} AttestReviewRow;

typedef struct
{
  GArray *codes; /* of AttestReviewRow, in the order in which they are met */
  GArray *rules; /* of AttestReviewRow, by name */
  AttestReviewRow total;
  gint64 manual; /* segments that no rule finds and somebody accepted */
} AttestReview;

/** @filter: (nullable) its status and with_hits are not used. */
AttestReview *attest_review_new (AttestStore *store, const AttestSegmentFilter *filter,
                                 GError **error);
void attest_review_free (AttestReview *review);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestReview, attest_review_free)

/** "7 of 12 segments decided (58 %): 5 accepted, 2 rejected; 1 coded by hand" */
char *attest_review_dup_progress (const AttestReview *review);
/** Codes, then rules that anything is decided about; for programs a row each with `kind`. */
AttestTable *attest_review_to_table (const AttestReview *review);

G_END_DECLS
