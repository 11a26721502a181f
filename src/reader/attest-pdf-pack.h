/* attest-pdf-pack: the pages of a PDF as bytes, to go from one process to another of the same
 * program.
 */
#pragma once

#include "reader/attest-pdf-page.h"

G_BEGIN_DECLS

/** Appends @pages to @out. */
void attest_pdf_pages_pack (const AttestPdfPages *pages, GString *out);
/** (nullable) (transfer full): the pages that were packed; NULL when something is missing. */
AttestPdfPages *attest_pdf_pages_unpack (const char *data, gsize n_bytes);

G_END_DECLS
