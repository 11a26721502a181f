/* attest-line-difference: which lines of a text are gone in another, and which are new.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Appends each line that only one of the texts has, in their order: "- " and what is gone, "+ "
 * and what is new, with @indent before it. The least number of lines, unless the texts have very
 * many that differ. */
void attest_line_difference_append (GString *out, const char *before, const char *after,
                                    const char *indent);

G_END_DECLS
