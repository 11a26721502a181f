/* attest-number: numbers as text for people, the same in every locale. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** @value, finite, with @decimals digits (at most 9) behind a point; what rounds to 0 has no sign.
 */
char *attest_number_dup (double value, guint decimals);
/** "-0.08 to 0.27" */
char *attest_number_dup_interval (double low, double high, guint decimals);

G_END_DECLS
