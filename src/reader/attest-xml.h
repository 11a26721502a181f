/* attest-xml: an XML part, event by event, within limits.
 *
 * No document type (so no entities but the five of XML), no network, at most
 * ATTEST_MAX_XML_DEPTH elements deep. Names are local names: the strict and the transitional
 * dialect of one format differ in their namespaces only. Nothing is printed.
 * A reader belongs to one thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _AttestXml AttestXml;

typedef enum
{
  ATTEST_XML_START, /* an element begins */
  ATTEST_XML_END,   /* it ends; empty elements have an end too */
  ATTEST_XML_TEXT,  /* text, also white space and CDATA; may come in pieces */
  ATTEST_XML_EOF,
  ATTEST_XML_ERROR,
} AttestXmlEvent;

/** @part: (nullable) name for messages, which read "PART:LINE: message", else "LINE: message". */
AttestXml *attest_xml_new (GBytes *bytes, const char *part);
/** The same for text that was decoded to UTF-8: what its declaration says of the encoding is void.
 */
AttestXml *attest_xml_new_utf8 (GBytes *bytes, const char *part);
void attest_xml_free (AttestXml *xml);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestXml, attest_xml_free)

/**
 * Elements with these local names, with all that is in them, and these attributes of others give no
 * events from now on: for what comes often and says nothing. Lists end in NULL, 32 names at most.
 */
void attest_xml_ignore (AttestXml *xml, const char *const *elements, const char *const *attributes);

/** The next event; ATTEST_XML_ERROR sets @error to an ATTEST_ERROR_INPUT. Comments and the like are
 * passed over. */
AttestXmlEvent attest_xml_next (AttestXml *xml, GError **error);

/**
 * The next child of the element that began last, or of the one whose child ended last: START
 * or TEXT; END when the element itself ends. Same as attest_xml_next() but for EOF, which is an
 * error here.
 */
AttestXmlEvent attest_xml_next_child (AttestXml *xml, GError **error);

/**
 * For loops over the elements inside of the one that began last; each must be read or skipped to
 * its end. Texts between them are passed over.
 *
 * Returns: TRUE when one begins; FALSE at the end, or, with *@good FALSE, when @error is set.
 */
gboolean attest_xml_next_element (AttestXml *xml, gboolean *good, GError **error);

/** Passes over the rest of the element that began last, its end included. */
gboolean attest_xml_skip (AttestXml *xml, GError **error);

/** At START and END: the local name, valid until the next event. */
const char *attest_xml_name (const AttestXml *xml);
gboolean attest_xml_is (const AttestXml *xml, const char *name);
/** At TEXT: valid until the next event. */
const char *attest_xml_text (const AttestXml *xml);
/** At START: the attribute with the local name @name, or NULL; valid until the next event. */
const char *attest_xml_attribute (const AttestXml *xml, const char *name);
/** A copy of it. */
char *attest_xml_dup_attribute (const AttestXml *xml, const char *name);
/** At START: an on/off attribute "val": absent, "1", "true" and "on" are TRUE. */
gboolean attest_xml_get_toggle (const AttestXml *xml);

/** At START: the namespace of the element, or NULL; valid until the next event. */
const char *attest_xml_namespace (const AttestXml *xml);

/** Where the event that was given last ends, from 1. */
guint attest_xml_line (const AttestXml *xml);
/** At START: where the element begins in that line, or 1 when it began before it; bytes, from 1. */
guint attest_xml_column (const AttestXml *xml);
/** After ATTEST_XML_ERROR: the place in its line, likewise. */
guint attest_xml_failure_column (const AttestXml *xml);

G_END_DECLS
