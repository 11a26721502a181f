/* attest-decode: bytes of unknown encoding into clean UTF-8.
 *
 * Order: --encoding; BOM (UTF-8, UTF-16, UTF-32); valid UTF-8; UTF-16 without BOM by its zero
 * bytes; uchardet. ISO-8859-1 is decoded as Windows-1252, as browsers do. Then: NFC, CRLF and CR to
 * LF, NUL and control characters other than LF and TAB replaced (VT, FF, NEL, U+2028 and U+2029
 * become LF; others are dropped), U+FEFF dropped inside. Everything that is not a plain decoding
 * becomes a warning with its line.
 */
#pragma once

#include "model/attest-document.h"

G_BEGIN_DECLS

/**
 * Decodes @bytes; sets doc->encoding and doc->encoding_guessed and adds warnings.
 *
 * Returns: a NUL-terminated text, or NULL with ATTEST_ERROR_INPUT for data that is not text
 * ("binary"), bytes that are not of the encoding that --encoding or a BOM says (with the line), or
 * an unknown encoding name.
 */
char *attest_decode (AttestDocument *doc, const guint8 *bytes, gsize length_bytes,
                     const char *encoding, gsize *out_length_bytes, GError **error);

/**
 * The same without cleaning: UTF-8 with line ends, control characters and NULs as they are, for
 * formats whose syntax uses them.
 */
char *attest_decode_raw (AttestDocument *doc, const guint8 *bytes, gsize length_bytes,
                         const char *encoding, gsize *out_length_bytes, GError **error);

/**
 * The same for text that is known to be UTF-8 (from XML): NFC, line ends, control characters.
 * Takes @text over.
 */
char *attest_decode_clean (AttestDocument *doc, char *text, gsize length_bytes,
                           gsize *out_length_bytes);

/** Whether the bytes are UTF-8; NULs may be among them. */
gboolean attest_decode_is_utf8 (const guint8 *bytes, gsize length_bytes);

G_END_DECLS
