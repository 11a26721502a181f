/* attest-words: how words stand in patterns, for whoever makes patterns out of words.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A character that belongs to a word. */
#define ATTEST_WORD_LETTER "[\\w\\p{M}]"
/* What stands between two words of a phrase. */
#define ATTEST_WORD_SPACE "\\h+"

/** Appends the pattern of one character of a word, which is no space: nothing is special in it;
 * typed and typeset apostrophes are the same, and so are hyphens. */
void attest_word_append_char (GString *out, gunichar c);

G_END_DECLS
