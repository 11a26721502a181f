/* attest-xml-text: a file that is one XML document, of any encoding.
 */
#pragma once

#include "reader/attest-reader.h"
#include "reader/attest-xml.h"

G_BEGIN_DECLS

/**
 * Opens doc->original as XML; sets doc->encoding, by --encoding, the byte order mark, the XML
 * declaration or a guess. A DOCTYPE that only names its DTD is passed over (nothing is loaded); one
 * with declarations inside is refused by the first event.
 *
 * Returns: NULL with ATTEST_ERROR_INPUT when it is no text.
 */
AttestXml *attest_xml_open_text (AttestDocument *doc, const AttestReadOptions *options,
                                 GError **error);

/** Adds the text of the element that began last, with that of all elements inside, to @out
 * (appended to), its end included. */
gboolean attest_xml_collect_text (AttestXml *xml, GString *out, GError **error);

/** Finds the first element of the document; FALSE with @error when it is not called @name
 * ("NAME expected, not <root>"). */
gboolean attest_xml_expect_root (AttestXml *xml, const char *name, GError **error);

G_END_DECLS
