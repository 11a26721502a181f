/* attest-anchor: where a passage of a text stands in a corrected text.
 *
 * In this order:
 *
 * 1. By diff: lines that both texts have once are matched in their order (patience diff), and so
 * are equal lines next to them. A passage on matched lines stands where its lines stand.
 * 2. By its words: white space apart, and with the 32 code points before and behind it to tell the
 *    places where the same words stand. The one place whose context fits best is it; where several
 *    fit alike, it is the one with the same number from the start, if the texts have as many.
 * 3. Where its own words were corrected: what stands between the same eight code points before and
 *    behind, is in one place, and differs in few code points. That is a proposal: whether it still
 *    means the same, a person decides.
 * 4. Otherwise it is ambiguous, or lost.
 *
 * A passage is never taken to be where its words are not.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ATTEST_ANCHOR_DIFF,
  ATTEST_ANCHOR_WORDS,
  ATTEST_ANCHOR_CHANGED,
  ATTEST_ANCHOR_AMBIGUOUS,
  ATTEST_ANCHOR_LOST,
} AttestAnchor;

#define ATTEST_N_ANCHORS 5

/** "diff", "words", "changed", "ambiguous", "lost" */
const char *attest_anchor_to_string (AttestAnchor anchor);

typedef struct _AttestAnchors AttestAnchors;

/** Both texts are valid UTF-8, borrowed, and must outlive it. */
AttestAnchors *attest_anchors_new (const char *before, gsize before_bytes, const char *after,
                                   gsize after_bytes);
void attest_anchors_free (AttestAnchors *anchors);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestAnchors, attest_anchors_free)

/** Where the passage @start_byte to @end_byte of the text before stands in the one after; the out
 * parameters are set for DIFF, WORDS and CHANGED. */
AttestAnchor attest_anchors_find (const AttestAnchors *anchors, gsize start_byte, gsize end_byte,
                                  gsize *out_start_byte, gsize *out_end_byte);

G_END_DECLS
