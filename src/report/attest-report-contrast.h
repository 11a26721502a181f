/* attest-report-contrast: words by which a text takes back some of what it says.
 *
 * "but", "however", "sous réserve de"; which, the rules for the strength of evidence say. Letters
 * are compared without case, and only whole words, but for those that end in "*".
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * What is found of @phrases (lower case, as keys), each with what follows it in its sentence:
 * "“however, while stretching staff …”". NULL: nothing.
 */
char *attest_contrast_dup_found (GHashTable *phrases, const char *text);

G_END_DECLS
