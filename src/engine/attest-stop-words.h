/* attest-stop-words: words that say nothing by themselves, by language.
 *
 * data/stopwords/LANG.txt: words with white space between them; a line that begins with # is a
 * comment. A file of the user's own goes before the shipped one.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Returns: a set of words in the spelling of attest-tokens.h; empty when there is no file for
 * @lang (nullable).
 */
GHashTable *attest_stop_words_load (const char *lang, GError **error);

G_END_DECLS
