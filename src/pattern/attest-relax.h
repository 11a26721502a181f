/* attest-relax: a pattern for the prefilter that matches wherever a PCRE2 pattern does.
 *
 * The prefilter (libhs) knows less than PCRE2 and may only over-report. So the pattern is
 * rewritten: what only narrows a match (assertions, \b, possessive quantifiers, verbs that prune)
 * is left out; what the prefilter does not have (backreferences, recursion) becomes "anything";
 * every class becomes its ASCII part, and every byte beyond when that depends on Unicode
 * properties.
 *
 * The result is an expression over bytes, to be matched without the case of ASCII and with dots
 * that match line ends, on text that attest_folder_fold() has folded: then a word in any script
 * is a plain string, which is what the prefilter is fastest at.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * @body: compiles in PCRE2 with UTF, UCP and CASELESS and without \C.
 *
 * Returns: the relaxed pattern, or NULL and *@out_reason (static): what it does not understand.
 * It may match the empty string.
 */
char *attest_relax_pattern (const char *body, const char **out_reason);

/* Makes text ready for relaxed patterns; belongs to one thread. */
typedef struct _AttestFolder AttestFolder;

AttestFolder *attest_folder_new (void);
void attest_folder_free (AttestFolder *folder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestFolder, attest_folder_free)

/**
 * Folds the case of everything but ASCII.
 *
 * @out_text: the folded text, valid until the next call; @text itself when there is nothing to
 * fold.
 *
 * Returns: FALSE when the text has a character beyond ASCII that is an equivalent of an ASCII
 * letter (U+017F to s, U+212A to k): such a text is for PCRE2 alone.
 */
gboolean attest_folder_fold (AttestFolder *folder, const char *text, gsize length_bytes,
                             const char **out_text, gsize *out_length_bytes);

G_END_DECLS
