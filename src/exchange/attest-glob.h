/* attest-glob: words and phrases with wildcards, as dictionaries of other programs have them.
 *
 * All formats are brought to one notation: words with one space between, in which `*` is any number
 * of letters, `?` is one, and `\` before a character makes it stand for itself. A word that is only
 * wildcards stands for any word. Case is of no matter.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Glob that is made of more words and alternatives than these is not looked at. */
#define ATTEST_GLOB_MAX_ALTERNATIVES 64

/** A text of another program: characters in @wildcards ("*", "*?") keep their meaning, all others
 * stand for themselves. NULL when there is nothing but space. */
char *attest_glob_new (const char *text, const char *wildcards);

/** TRUE when `words` of a codebook means the same: `*` only after a letter that ends a word. */
gboolean attest_glob_is_words (const char *glob);
/** A text of `words` as a glob. */
char *attest_glob_from_words (const char *words);

/**
 * Any glob as a regular expression. *@out_word_edges: whether it is to match whole words only;
 * otherwise it looks for itself at what stands beside it.
 */
char *attest_glob_to_pattern (const char *glob, gboolean *out_word_edges);

/**
 * Regular expressions that are searched for in one word each, with spaces between, as one that is
 * searched for in a text: "^" and "$" are the ends of a word. It looks for itself at word edges.
 */
char *attest_glob_dup_token_pattern (const char *expressions);

/** What a program must know to use a glob. */
typedef enum
{
  ATTEST_GLOB_ENDINGS = 1 << 0,  /* a `*` that ends the glob */
  ATTEST_GLOB_ANYWHERE = 1 << 1, /* a `*` elsewhere */
  ATTEST_GLOB_ONE = 1 << 2,      /* `?` */
  ATTEST_GLOB_ANY_WORD = 1 << 3, /* a word of wildcards only */
  ATTEST_GLOB_LITERAL = 1 << 4,  /* `*` or `?` that stands for itself */
} AttestGlobNeeds;

AttestGlobNeeds attest_glob_needs (const char *glob);

/** The glob without `\`: what `words` has, and programs in which no wildcard stands for itself. */
char *attest_glob_to_text (const char *glob);

/**
 * A regular expression of a codebook as globs of which each is one alternative.
 *
 * Returns: (element-type utf8) NULL when it says what globs cannot, or in too many words, and
 * *@out_reason (static) then names it: "a lookaround".
 */
GPtrArray *attest_globs_from_pattern (const char *body, gboolean word_edges,
                                      const char **out_reason);

G_END_DECLS
