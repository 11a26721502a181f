/* attest-phrases: many phrases, found in a passage in time that grows with its length only.
 *
 * A phrase is words, one behind the other. In place of a word may stand "word*" (any word that
 * starts so), "*word" (any that ends so), "a|b|c" (any of these), "_" (any word), "..." (up to
 * three words, or none), a mark (",", ";", ".", "?", "-") or, at its start, "^" (the start of a
 * sentence). There are no regular expressions in it: no phrase can be slow.
 */
#pragma once

#include "codebook/attest-qualifier-file.h"
#include "engine/attest-tokens.h"

G_BEGIN_DECLS

/* Immutable, shared by all threads. */
typedef struct _AttestPhrases AttestPhrases;

/** @file: must outlive the phrases. NULL with ATTEST_ERROR_CODEBOOK for what is no phrase. */
AttestPhrases *attest_phrases_new (const AttestQualifierFile *file, GError **error);
void attest_phrases_free (AttestPhrases *phrases);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestPhrases, attest_phrases_free)

typedef struct
{
  AttestTrigger trigger;
  guint first_token, end_token; /* half-open; up to the first gap of the phrase */
} AttestFoundPhrase;

/**
 * Replaces @found (element-type AttestFoundPhrase) by the phrases in @tokens, ordered by their
 * first token. Those of one qualifier do not overlap: of several the longest counts, and of as
 * long ones one that only looks like a trigger, or else the one that stands first in the file.
 */
void attest_phrases_find (const AttestPhrases *phrases, const AttestTokens *tokens, GArray *found);

G_END_DECLS
