/* attest-label-words: what is known of labels in English, French, Spanish and Russian.
 *
 * All take folded labels (g_utf8_strdown()).
 */
#pragma once

#include "model/attest-document.h"

G_BEGIN_DECLS

/**
 * The role that @folded names ("moderator", "p3", "переводчик"); FALSE when it names none.
 * @out_soft: (nullable): an interviewer only where nobody else is one: "researcher".
 */
gboolean attest_label_role (const char *folded, AttestRole *out_role, gboolean *out_soft);
/** @folded is a label of a known kind: once is enough. Single letters that are words as well need
 * to come twice. */
gboolean attest_label_is_known (const char *folded);
/** @folded stands before a colon and is nobody: "note", "https", "q1", "he said". */
gboolean attest_label_is_never (const char *folded);
/** Each word of @label (as written) begins with a capital or has no case; particles may be small.
 */
gboolean attest_label_is_name (const char *label);
/** The same of at least two words, without digits. */
gboolean attest_label_is_full_name (const char *label);
/** Letters and blanks only: "Guest", not "BIP 8". */
gboolean attest_label_is_letters (const char *label, gsize length_bytes);

/** Bytes of "Question 3" at the start of @text, in any case and in four languages; 0: there is
 * none.
 */
gsize attest_label_question_length (const char *text, gsize length_bytes);

G_END_DECLS
