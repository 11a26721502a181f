/* attest-prefilter-cache: compiled databases in the user's cache folder, $XDG_CACHE_HOME/attest.
 *
 * A convenience: whatever goes wrong with a file, it is as if it were not there. A file is written
 * whole or not at all, readable by its owner only, begins with the hash of what follows, and the
 * oldest go when there are too many.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The name under which something that depends on @text alone is kept. */
char *attest_prefilter_cache_key (const char *text, gsize length_bytes);
/** What was stored, or NULL when it is not there or damaged. */
GBytes *attest_prefilter_cache_load (const char *key);
void attest_prefilter_cache_store (const char *key, GBytes *bytes);

G_END_DECLS
