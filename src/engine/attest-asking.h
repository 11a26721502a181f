/* attest-asking: what the turns of a conversation are asked about, heard turn by turn.
 *
 * An answer is asked about the codes of the interviewer's turns right before it. An interviewer who
 * only nods ("Mm-hm. Go on.": few words, no question mark) lets the question stand.
 */
#pragma once

#include "codebook/attest-codebook.h"
#include "engine/attest-segmenter.h"
#include "model/attest-coding.h"

G_BEGIN_DECLS

/* Of one document. */
typedef struct _AttestAsking AttestAsking;

/** @codebook must outlive it. */
AttestAsking *attest_asking_new (const AttestCodebook *codebook);
void attest_asking_free (AttestAsking *asking);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestAsking, attest_asking_free)

/**
 * An interviewer's turn. @matches: (element-type AttestMatch) of patterns for questions, by
 * pattern; @is_certain: it asks, however it looks. Adds to the questions of @coding.
 */
void attest_asking_hear (AttestAsking *asking, const AttestSearchedTurn *turn,
                         const GArray *matches, gboolean is_certain, AttestCoding *coding);
/** A turn that gives the one before in another language: it adds to what that asks about. */
void attest_asking_hear_again (AttestAsking *asking, const GArray *matches);
/** Anybody else's turn. Adds to the `asked` of @coding; the codes and rules asked about are set in
 * @turn, borrowed until the next turn. */
void attest_asking_answer (AttestAsking *asking, AttestSearchedTurn *turn, AttestCoding *coding);

G_END_DECLS
