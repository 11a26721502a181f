/* attest-alternatives: which of the alternatives of a pattern ("a|b") a match went through.
 *
 * A copy of the pattern has a capturing group around each alternative. It matches where the pattern
 * does, and of the groups those are set that the match went through.
 */
#pragma once

#include "pattern/attest-pattern.h"

G_BEGIN_DECLS

/* Immutable. */
typedef struct _AttestAlternatives AttestAlternatives;

/** NULL: the pattern has no alternatives, or it is one in which groups cannot be added without
 * changing what it means. Those of assertions and of conditions are not looked at. */
AttestAlternatives *attest_alternatives_new (const char *body, AttestPatternFlags flags);
void attest_alternatives_free (AttestAlternatives *alternatives);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestAlternatives, attest_alternatives_free)

guint attest_alternatives_get_count (const AttestAlternatives *alternatives);
/** As written in the body; "" for an empty one. Not NUL-terminated. */
const char *attest_alternatives_get_text (const AttestAlternatives *alternatives, guint i,
                                          gsize *out_length_bytes);

/** Sets reached[i] of those that the match of the pattern at @start_byte of @text went through;
 * the others stay. */
void attest_alternatives_note (const AttestAlternatives *alternatives, const char *text,
                               gsize length_bytes, gsize start_byte, gboolean *reached);

G_END_DECLS
