/* attest-links: segments that are too light, or that lack or have other codes around them, fall
 * away. */
#pragma once

#include "engine/attest-conditions.h"

G_BEGIN_DECLS

/* Belongs to one thread. */
typedef struct _AttestLinks AttestLinks;

/** @codebook: must outlive it. */
AttestLinks *attest_links_new (const AttestCodebook *codebook);
/** Whether some code of the codebook drops segments. */
gboolean attest_links_are_needed (const AttestCodebook *codebook);
void attest_links_free (AttestLinks *links);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestLinks, attest_links_free)

/**
 * Removes the segments of one turn that do not stand. Weight is looked at first; then codes are
 * decided on after those that they name (see AttestCodebook.linked_codes).
 *
 * @conditions: set to the turn.
 * @segments: (element-type AttestSegment) by code, then by start; positions of the turn's text.
 * @trace: (nullable) what fell away, and why, is appended.
 */
void attest_links_decide (AttestLinks *links, AttestConditions *conditions, GArray *segments,
                          AttestTrace *trace);

G_END_DECLS
