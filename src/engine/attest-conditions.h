/* attest-conditions: whether what must be beside a hit is there, and what must not be is not.
 *
 * Works on the matches of one turn, which the scanner found all at once, so that nothing depends on
 * how they were found.
 */
#pragma once

#include "codebook/attest-codebook.h"
#include "engine/attest-segmenter.h"
#include "pattern/attest-scanner.h"
#include "util/attest-sentence.h"

G_BEGIN_DECLS

/* Belongs to one thread. */
typedef struct _AttestConditions AttestConditions;

/** @codebook: must outlive it. */
AttestConditions *attest_conditions_new (const AttestCodebook *codebook);
void attest_conditions_free (AttestConditions *conditions);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestConditions, attest_conditions_free)

/** Sets the turn to work on and its matches (element-type AttestMatch; by pattern, then by start);
 * both must stay until the next call. */
void attest_conditions_set_turn (AttestConditions *conditions, const AttestSearchedTurn *turn,
                                 const GArray *matches);

/** TRUE when the match, of a pattern whose matches are hits, is one. Else *@out_verdict (optional)
 * says what decided. */
gboolean attest_conditions_check (AttestConditions *conditions, const AttestMatch *match,
                                  AttestVerdict *out_verdict);

/**
 * Looks for what a condition is about, near the hit.
 *
 * Returns: TRUE, and a match of one of its patterns in *@out_partner: the condition holds, or for
 * `unless` and `stop`, takes the hit away.
 */
gboolean attest_conditions_find (AttestConditions *conditions, const AttestCondition *condition,
                                 const AttestMatch *hit, AttestMatch *out_partner);

/** Widens a span of the turn that is made of whole sentences to the unit around it. */
void attest_conditions_widen (AttestConditions *conditions, const AttestUnit *unit,
                              gsize *start_byte, gsize *end_byte);

/** The sentences that a span touches. */
void attest_conditions_widen_to_sentence (AttestConditions *conditions, gsize start_byte,
                                          gsize end_byte, gsize *out_start_byte,
                                          gsize *out_end_byte);

G_END_DECLS
