/* attest-utterances: turns from what a machine or a table wrote down piece by piece.
 *
 * Captions, recognisers and tables say who said which few words when. Here they become the
 * document's text and its turns: what one speaker says until another one speaks is one turn.
 * Where no speaker is known, a turn ends at a pause, or at the end of a sentence once it is long,
 * so that a quote still has a time that is near.
 */
#pragma once

#include "model/attest-document.h"

G_BEGIN_DECLS

typedef struct
{
  const char *label;       /* (nullable) who speaks */
  gint64 start_ms, end_ms; /* or ATTEST_NO_TIME */
  guint line;              /* of the original, for warnings; 0: unknown */
  const char *text;        /* valid UTF-8; need not be clean, NFC or NUL-terminated */
  gsize length_bytes;
  gboolean continues; /* said by whoever spoke last, in the same turn; label and times are void */
  gboolean fresh;     /* a new turn, whoever spoke last */
  /* Of a speaker who speaks for the first time: */
  const char *attributes;  /* (nullable) */
  const char *role_reason; /* (nullable) why the role is @role; NULL: found out later */
  AttestRole role;
} AttestUtterance;

typedef struct _AttestUtterances AttestUtterances;

/** @doc outlives the collection. */
AttestUtterances *attest_utterances_new (AttestDocument *doc);
void attest_utterances_free (AttestUtterances *utterances);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestUtterances, attest_utterances_free)

/** More speakers than the usual limit are told apart. */
void attest_utterances_allow_speakers (AttestUtterances *utterances, guint max_speakers);

/** Copies @said; without words it is passed over. White space at both ends is dropped. */
void attest_utterances_add (AttestUtterances *utterances, const AttestUtterance *said);

/** Whether the text ends with the end of a sentence, quotes and brackets behind it passed over. */
gboolean attest_utterances_end_sentence (const char *text, gsize length_bytes);

/** Sets text, turns and speakers of the document, with warnings. Call it once. */
void attest_utterances_finish (AttestUtterances *utterances);

G_END_DECLS
