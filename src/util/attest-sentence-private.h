/* attest-sentence-private: the sentence breaks of Unicode, and the corrections to them.
 *
 * A place is the byte where a sentence would begin, after the white space that ends the one before.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The part of a text that is looked at; UTF-8, not NUL-terminated. */
typedef struct
{
  const char *text;
  gsize length_bytes;
  const char *lang; /* NULL: the abbreviations of all languages */
} AttestSentenceView;

/** The last break of UAX #29 before @place, or 0. */
gsize attest_sentence_break_before (const AttestSentenceView *view, gsize place);
/** The first one after @place, or the end. */
gsize attest_sentence_break_after (const AttestSentenceView *view, gsize place);
/** Whether one is at @place, which is between two characters. */
gboolean attest_sentence_is_break (const AttestSentenceView *view, gsize place);

/** Whether the break at @place holds; @piece_start is the break before it. */
gboolean attest_sentence_keeps_break (const AttestSentenceView *view, gsize piece_start,
                                      gsize place);

/** Whether a sentence begins at @place although UAX #29 sees no break there. */
gboolean attest_sentence_adds_break (const AttestSentenceView *view, gsize place);

G_END_DECLS
