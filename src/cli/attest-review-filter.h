/* attest-review-filter: which segments a review is of.
 *
 * What the options of 'attest review' say, and what can be typed on its screen: words like
 * "code=impact", in any order; a word alone is a code, a source, a status, a polarity or a stance,
 * and its beginning is enough where nothing else begins so.
 */
#pragma once

#include <glib.h>

#include "model/attest-qualifiers.h"
#include "store/attest-store-ledger.h"

G_BEGIN_DECLS

/* (nullable) NULL: any. */
typedef struct
{
  char *codebook, *dimension, *attribute, *value;
  char *code, *source, *status, *rule, *polarity;
  char *stance; /* of a link of the ledger to the quote; "none": nothing rests on it */
  int min_rules;
} AttestReviewFilter;

AttestReviewFilter *attest_review_filter_copy (const AttestReviewFilter *filter);
void attest_review_filter_free (AttestReviewFilter *filter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestReviewFilter, attest_review_filter_free)

/** A copy of @filter with what @text says of code, source, status, rule, polarity, stance and rules
 * in place of what it said; what @text does not name is any. ATTEST_ERROR_USAGE: a word that fits
 * nothing, or several things. */
AttestReviewFilter *attest_review_filter_parse (const AttestReviewFilter *filter,
                                                AttestStore *store, const char *text,
                                                GError **error);
/** As it is typed: "code=impact status=proposed"; "" when it lets all through. */
char *attest_review_filter_to_text (const AttestReviewFilter *filter);
/** For the head of the screen: also what cannot be typed. */
char *attest_review_filter_dup_title (const AttestReviewFilter *filter);

/** The stances of each quote that the ledger links: id → bits 1 << AttestStance, as a pointer. */
GHashTable *attest_review_list_stances (AttestStore *store, GError **error);
/** Whether a quote with these bits is meant. */
gboolean attest_review_filter_has_stance (const AttestReviewFilter *filter, guint bits);

/** (element-type utf8) the rules behind the segment, each once, borrowed, and NULL at the end. */
GPtrArray *attest_review_list_rules (const AttestStoreSegment *segment);

G_END_DECLS
