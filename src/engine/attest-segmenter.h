/* attest-segmenter: the matches of one turn into segments.
 *
 * Matches that an `unless` pattern of their rule overlaps are dropped, the others are hits. Each
 * hit is widened to its sentence; per code, sentences that overlap become one segment.
 */
#pragma once

#include "codebook/attest-codebook.h"
#include "model/attest-coding.h"

G_BEGIN_DECLS

/* Belongs to one thread. */
typedef struct _AttestSegmenter AttestSegmenter;

/** @codebook: must outlive the segmenter. */
AttestSegmenter *attest_segmenter_new (const AttestCodebook *codebook);
void attest_segmenter_free (AttestSegmenter *segmenter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestSegmenter, attest_segmenter_free)

/* One turn, as it was searched. */
typedef struct
{
  guint number;
  gsize start_byte; /* of the turn in the document */
  const char *text; /* unwrapped, see attest_text_dup_unwrapped() */
  gsize length_bytes;
  const char *lang; /* (nullable) */
  gsize words;
} AttestSearchedTurn;

/**
 * Appends the segments and hits of a turn to @coding, ordered by start, then by code.
 * @matches: (element-type AttestMatch) by pattern, then by start, into the turn's text.
 */
void attest_segmenter_add_turn (AttestSegmenter *segmenter, const AttestSearchedTurn *turn,
                                const GArray *matches, AttestCoding *coding);

G_END_DECLS
