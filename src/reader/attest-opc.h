/* attest-opc: the parts of an Office document (docx, xlsx), found by their relationships.
 *
 * Relationships tell which part is what; their usual names alone do not.
 */
#pragma once

#include "reader/attest-xml.h"
#include "reader/attest-zip.h"

G_BEGIN_DECLS

/** Opens a part as XML; NULL with @error when it is not there, or damaged. */
AttestXml *attest_opc_open (AttestZip *zip, const char *part, GError **error);

/**
 * Sets *@out_part to the part that @source has as @kind ("/styles"), or leaves it NULL. @source ""
 * is the archive. @usual: (nullable) name beside @source that is taken when there is no such
 * relationship and the part is there, because programs other than Office leave some out.
 */
gboolean attest_opc_find_part (AttestZip *zip, const char *source, const char *kind,
                               const char *usual, char **out_part, GError **error);

/** Ids of the relationships of @source → names of parts; those outside of the archive left out. */
GHashTable *attest_opc_read_relations (AttestZip *zip, const char *source, GError **error);

G_END_DECLS
