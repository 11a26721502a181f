/* attest-exchange-xml: what the formats that are XML share. */
#pragma once

#include "exchange/attest-exchange-private.h"
#include "reader/attest-xml.h"

G_BEGIN_DECLS

/** Opens @bytes in whatever encoding, within the limits of the readers. */
AttestXml *attest_exchange_xml_open (const AttestExchangeInput *input, GBytes *bytes,
                                     GError **error);
/** As the functions of attest-xml.h, with the path in the error. */
AttestXmlEvent attest_exchange_xml_next (const AttestExchangeInput *input, AttestXml *xml,
                                         GError **error);
gboolean attest_exchange_xml_skip (const AttestExchangeInput *input, AttestXml *xml,
                                   GError **error);
/** Goes to the element around all others. */
gboolean attest_exchange_xml_root (const AttestExchangeInput *input, AttestXml *xml,
                                   GError **error);
/** Goes to the end of the file, which must be well-formed to there. */
gboolean attest_exchange_xml_end (const AttestExchangeInput *input, AttestXml *xml, GError **error);
/** An error of attest-xml.h, with the path. @xml: (nullable). Always FALSE. */
gboolean attest_exchange_xml_fail (const AttestExchangeInput *input, const AttestXml *xml,
                                   const GError *cause, GError **error);
/** An error where the last event is. Always FALSE. */
gboolean attest_exchange_xml_throw (const AttestExchangeInput *input, const AttestXml *xml,
                                    GError **error, const char *format, ...) G_GNUC_PRINTF (4, 5);

/** Whether the first element is called @name. */
gboolean attest_exchange_xml_probe (const char *head, const char *name);

/** Appends a text, or the value of an attribute. */
void attest_exchange_xml_append (GString *out, const char *text);

G_END_DECLS
