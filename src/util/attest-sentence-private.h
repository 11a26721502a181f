/* attest-sentence-private: the corrections to ICU's sentence breaks.
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

/** Whether ICU's break at @place holds; @piece_start is ICU's break before it. */
gboolean attest_sentence_keeps_break (const AttestSentenceView *view, gsize piece_start,
                                      gsize place);

/** Whether a sentence begins at @place although ICU sees no break there. */
gboolean attest_sentence_adds_break (const AttestSentenceView *view, gsize place);

G_END_DECLS
