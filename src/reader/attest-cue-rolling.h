/* attest-cue-rolling: captions that scroll, where each cue shows the last lines again. */
#pragma once

#include "reader/attest-cues.h"

G_BEGIN_DECLS

/**
 * Moves the start of each of @pieces (AttestCuePiece, into @text) past the lines that the piece
 * before already showed, if the whole file scrolls; otherwise changes nothing, for people do say
 * the same thing twice. Warns with the number of lines.
 */
void attest_cue_rolling_merge (AttestDocument *doc, const GArray *cues, const char *text,
                               GArray *pieces);

G_END_DECLS
