/* attest-rarity: how rarely a text is met in interviews.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** About -log2 of the share of bytes in front of which @bytes (folded, in small letters) stand. An
 * estimate; what is made of it must be right whatever it is. */
double attest_rarity_bits (const char *bytes, guint length_bytes);

/** The same by its letters alone, whatever words there are. */
double attest_rarity_letter_bits (const char *bytes, guint length_bytes);

G_END_DECLS
