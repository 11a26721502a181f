/* attest-codepage: bytes in the code pages of Windows and of the Macintosh, by their numbers.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ATTEST_CODEPAGE_UTF8 65001
/* The one that the user names: see attest_codepages_new(). */
#define ATTEST_CODEPAGE_NAMED 65535

/* Converters that are open; of one thread. */
typedef struct _AttestCodepages AttestCodepages;

/** @named: (nullable) the name of ATTEST_CODEPAGE_NAMED, for iconv. */
AttestCodepages *attest_codepages_new (const char *named);
void attest_codepages_free (AttestCodepages *codepages);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestCodepages, attest_codepages_free)

/** Whether @codepage can be decoded here. */
gboolean attest_codepages_has (AttestCodepages *codepages, guint codepage);

/**
 * Appends the bytes, decoded, to @out; what has no meaning in @codepage becomes U+FFFD.
 *
 * Returns: how many U+FFFD.
 */
guint attest_codepages_decode (AttestCodepages *codepages, guint codepage, const guint8 *bytes,
                               gsize length_bytes, GString *out);

/** Whether characters of @codepage take two bytes. */
gboolean attest_codepage_is_double (guint codepage);
/** Its name, "windows-1252", or NULL. */
const char *attest_codepage_name (guint codepage);
/** The code page of a charset of a Windows font; 0: the system's; @fallback when it is not known.
 */
guint attest_codepage_of_charset (int charset, guint fallback);

G_END_DECLS
