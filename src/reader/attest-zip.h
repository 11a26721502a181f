/* attest-zip: the entries of a ZIP archive in memory, within limits.
 *
 * For documents that are archives of parts (docx, odt, xlsx). Nothing is ever written to disk, so a
 * name can do no harm; absolute names and names with ".." are still left out, because no
 * part of a document has one. Names are compared without ASCII case, as OPC says.
 * An archive belongs to one thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _AttestZip AttestZip;

/**
 * Reads the directory of an archive.
 *
 * Returns: the archive, or NULL with ATTEST_ERROR_INPUT for data that is no ZIP archive, is cut
 * off, is an OLE compound file (a legacy or encrypted Office document) or has too many entries.
 */
AttestZip *attest_zip_new (GBytes *bytes, GError **error);
void attest_zip_free (AttestZip *zip);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestZip, attest_zip_free)

/** TRUE when the first bytes are those of an OLE compound file. */
gboolean attest_zip_is_ole (const guint8 *head, gsize head_bytes);

gboolean attest_zip_contains (const AttestZip *zip, const char *name);

/**
 * Unpacks the entry @name; what was unpacked so far counts towards the archive's total.
 *
 * Returns: its bytes, or NULL with ATTEST_ERROR_INPUT when there is no such entry or more than
 * one, it is encrypted or damaged, or a limit of attest-limits.h is exceeded.
 */
GBytes *attest_zip_read (AttestZip *zip, const char *name, GError **error);

/* An archive of files that are documents themselves is gone through once, in its own order. */

/** Lets attest_zip_unpack() take up to @max_total_bytes from the archive altogether. */
void attest_zip_set_max_total (AttestZip *zip, guint64 max_total_bytes);
/** Goes to the next file; folders are passed over. *@out_name (owned, UTF-8) is its name as in the
 * archive, NULL at the end. FALSE with ATTEST_ERROR_INPUT when the archive is damaged from here. */
gboolean attest_zip_next (AttestZip *zip, char **out_name, GError **error);
/** Unpacks the file that attest_zip_next() went to; fails as attest_zip_read() does. Once a file.
 */
GBytes *attest_zip_unpack (AttestZip *zip, GError **error);

G_END_DECLS
