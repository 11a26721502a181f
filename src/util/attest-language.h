/* attest-language: which language a text is in, by libexttextcat.
 *
 * Only languages listed in data/languages.conf are told apart; they must include those of
 * the shipped codebooks.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Belongs to one thread. */
typedef struct _AttestLanguageGuesser AttestLanguageGuesser;

/** Never fails: without its data files the guesser knows no language. */
AttestLanguageGuesser *attest_language_guesser_new (void);
/** FALSE: the data files were not found. */
gboolean attest_language_guesser_is_ready (const AttestLanguageGuesser *guesser);
void attest_language_guesser_free (AttestLanguageGuesser *guesser);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestLanguageGuesser, attest_language_guesser_free)

/**
 * Guesses the language of UTF-8 text from at most its first few hundred bytes of letters.
 *
 * Returns: an interned ISO 639-1 code ("en"), or NULL when the text is too short or the
 * guess is not clear. Text whose script excludes a language is never given that language.
 */
const char *attest_language_guess (AttestLanguageGuesser *guesser, const char *text,
                                   gsize length_bytes);

/**
 * The language of a passage that is clearly in another language than @expected, in which the rest
 * of its text is; NULL when it is not, or not clearly. Much quicker than attest_language_guess()
 * where the expectation holds.
 */
const char *attest_language_guess_other (AttestLanguageGuesser *guesser, const char *text,
                                         gsize length_bytes, const char *expected);

/**
 * Which of @candidates (NULL-terminated, interned) a passage is in that may be as short as a word:
 * the only one that its script and letters allow, or the only one that its words speak for.
 *
 * Returns: one of @candidates, or NULL when that cannot be told or none can be.
 */
const char *attest_language_choose (AttestLanguageGuesser *guesser, const char *text,
                                    gsize length_bytes, const char *const *candidates);

/**
 * The language that at least two words of a passage of any length speak for, and none for another.
 *
 * Returns: an interned code, or NULL; only languages of which such words are known.
 */
const char *attest_language_vote (AttestLanguageGuesser *guesser, const char *text,
                                  gsize length_bytes);

/** FALSE when the script or the letters of a text exclude a language. */
gboolean attest_language_is_possible (const char *text, gsize length_bytes, const char *code);

/** The name of a language in English: "Kyrgyz". @code stands for one without. */
char *attest_language_dup_name (const char *code);

/** TRUE for a two- or three-letter lower-case code. */
gboolean attest_language_is_code (const char *code);

G_END_DECLS
