/* attest-case: characters that are equal without regard to case, by Unicode's simple foldings.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* No character has more equivalents, itself included. */
#define ATTEST_MAX_CASE_EQUIVALENTS 8

/** The character that stands for all that are equal to @c. */
gunichar attest_case_fold (gunichar c);
/** @c and all characters that are equal to it; returns how many. */
guint attest_case_equivalents (gunichar c, gunichar out[ATTEST_MAX_CASE_EQUIVALENTS]);

G_END_DECLS
