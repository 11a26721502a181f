/* attest-sentence: the sentence around a span.
 *
 * The sentence breaks of UAX #29 plus corrections for talk: abbreviations, initials, ellipses,
 * bracketed notes of the transcriber, recogniser text without a space after the full stop, very
 * short sentences. The rules and their table of cases are in tests/unit/test-sentence.c.
 */
#pragma once

#include "util/attest-text.h"

G_BEGIN_DECLS

/* Belongs to one thread. */
typedef struct _AttestSentenceFinder AttestSentenceFinder;

AttestSentenceFinder *attest_sentence_finder_new (void);
void attest_sentence_finder_free (AttestSentenceFinder *finder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestSentenceFinder, attest_sentence_finder_free)

/**
 * Sets the text to work on: one turn, unwrapped (attest_text_dup_unwrapped()), which must
 * stay unchanged until the next call. @lang: ISO 639-1 code or NULL; it chooses the abbreviations.
 * Costs nothing that grows with the text.
 */
void attest_sentence_finder_set_text (AttestSentenceFinder *finder, const char *text,
                                      gsize length_bytes, const char *lang);

/**
 * Widens the span to the sentence that contains it, or to all sentences it touches.
 * White space at both ends is left out; the result contains the given span, lies inside the
 * text and begins and ends at code points. A sentence longer than ATTEST_MAX_SENTENCE_BYTES
 * is cut to whole words around the span.
 *
 * Returns: TRUE when the result is one whole sentence, so that whatever else lies in it widens to
 * the same.
 */
gboolean attest_sentence_finder_widen (AttestSentenceFinder *finder, gsize start_byte,
                                       gsize end_byte, gsize *out_start_byte, gsize *out_end_byte);
/** All sentences of the text. Returns: (element-type AttestSpan) in order, none overlaps another.
 */
GArray *attest_sentence_finder_list (AttestSentenceFinder *finder);

G_END_DECLS
