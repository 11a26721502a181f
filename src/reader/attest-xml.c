#include "reader/attest-xml.h"

#include <libxml/xmlreader.h>
#include <string.h>

#include "util/attest-error.h"
#include "util/attest-limits.h"
#include "util/attest-text.h"

struct _AttestXml
{
  GBytes *bytes; /* the reader borrows its data */
  char *part;
  xmlTextReader *reader;
  guint depth;          /* open elements */
  gboolean end_follows; /* the element is empty: its END is still to be given */
  char *failure;        /* first message of libxml2 */
  int failure_code, failure_line;
};

/* libxml2 prints to stderr unless each reader has a handler of its own; the global one would be
 * shared by all threads. */
static void
note_failure (void *data, xmlErrorPtr failure)
{
  AttestXml *xml = data;
  g_autofree char *message = NULL;
  char *advice;

  /* Old ELAN files use "xsi:" without saying what it is; names count here, not namespaces. */
  if (xml->failure != NULL || failure->level < XML_ERR_ERROR
      || failure->domain == XML_FROM_NAMESPACE)
    return;
  message = g_utf8_make_valid (failure->message != NULL ? failure->message : "not XML", -1);
  g_strchomp (message);
  advice = strstr (message, " use XML_PARSE_HUGE"); /* meant for programmers */
  if (advice != NULL)
    *advice = '\0';
  xml->failure = attest_text_printable (message, strlen (message), 200);
  xml->failure_line = failure->line;
  xml->failure_code = failure->code;
}

/* In libxml2 before 2.12 the first parser of a process must not begin in two threads at once. */
static void
init_library (void)
{
  static gsize once;

  if (g_once_init_enter (&once))
    {
      xmlInitParser ();
      g_once_init_leave (&once, 1);
    }
}

static AttestXml *
open_bytes (GBytes *bytes, const char *part, const char *encoding, int options)
{
  AttestXml *xml = g_new0 (AttestXml, 1);
  gsize n_bytes;
  const char *data = g_bytes_get_data (bytes, &n_bytes);

  g_return_val_if_fail (n_bytes <= G_MAXINT, xml);
  init_library ();
  xml->bytes = g_bytes_ref (bytes);
  xml->part = g_strdup (part);
  xml->reader = xmlReaderForMemory (data != NULL ? data : "", (int)n_bytes, NULL, encoding,
                                    XML_PARSE_NONET | XML_PARSE_COMPACT | options);
  if (xml->reader != NULL)
    xmlTextReaderSetStructuredErrorHandler (xml->reader, note_failure, xml);
  return xml;
}

AttestXml *
attest_xml_new (GBytes *bytes, const char *part)
{
  return open_bytes (bytes, part, NULL, 0);
}

AttestXml *
attest_xml_new_utf8 (GBytes *bytes, const char *part)
{
  return open_bytes (bytes, part, "UTF-8", XML_PARSE_IGNORE_ENC);
}

void
attest_xml_free (AttestXml *xml)
{
  if (xml == NULL)
    return;
  if (xml->reader != NULL)
    xmlFreeTextReader (xml->reader);
  g_clear_pointer (&xml->bytes, g_bytes_unref);
  g_free (xml->part);
  g_free (xml->failure);
  g_free (xml);
}

guint
attest_xml_line (const AttestXml *xml)
{
  int line = xml->reader != NULL ? xmlTextReaderGetParserLineNumber (xml->reader) : 0;

  return line > 0 ? (guint)line : 1;
}

static AttestXmlEvent
throw_at (const AttestXml *xml, guint line, const char *message, GError **error)
{
  if (xml->part != NULL)
    attest_throw (error, ATTEST_ERROR_INPUT, "%s:%u: %s", xml->part, line, message);
  else
    attest_throw (error, ATTEST_ERROR_INPUT, "%u: %s", line, message);
  return ATTEST_XML_ERROR;
}

static AttestXmlEvent
throw_failure (const AttestXml *xml, GError **error)
{
  guint line = xml->failure_line > 0 ? (guint)xml->failure_line : attest_xml_line (xml);
  /* libxml2 calls the end of the input inside an element "extra content". */
  gboolean cut
      = xml->failure == NULL || (xml->failure_code == XML_ERR_DOCUMENT_END && xml->depth > 0);
  g_autofree char *message
      = g_strdup_printf ("not well-formed XML: %s", cut ? "it ends too early" : xml->failure);

  return throw_at (xml, line, message, error);
}

static AttestXmlEvent
begin_element (AttestXml *xml, GError **error)
{
  if (xml->depth >= ATTEST_MAX_XML_DEPTH)
    {
      g_autofree char *message
          = g_strdup_printf ("elements are nested more than %d deep", ATTEST_MAX_XML_DEPTH);

      return throw_at (xml, attest_xml_line (xml), message, error);
    }
  xml->depth++;
  xml->end_follows = xmlTextReaderIsEmptyElement (xml->reader) == 1;
  return ATTEST_XML_START;
}

/* The event of the node that the reader stands on; ATTEST_XML_EOF for one that is none. */
static AttestXmlEvent
classify_node (AttestXml *xml, GError **error)
{
  switch (xmlTextReaderNodeType (xml->reader))
    {
    case XML_READER_TYPE_ELEMENT:
      return begin_element (xml, error);
    case XML_READER_TYPE_END_ELEMENT:
      xml->depth--;
      return ATTEST_XML_END;
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
    case XML_READER_TYPE_WHITESPACE:
    case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
      return ATTEST_XML_TEXT;
    case XML_READER_TYPE_DOCUMENT_TYPE:
      return throw_at (xml, attest_xml_line (xml), "a DOCTYPE is not allowed here", error);
    default: /* comments, processing instructions */
      return ATTEST_XML_EOF;
    }
}

AttestXmlEvent
attest_xml_next (AttestXml *xml, GError **error)
{
  if (xml->reader == NULL)
    return throw_at (xml, 1, "not XML", error);
  if (xml->end_follows)
    {
      xml->end_follows = FALSE;
      xml->depth--;
      return ATTEST_XML_END;
    }
  for (;;)
    {
      int status = xmlTextReaderRead (xml->reader);
      AttestXmlEvent event;

      if (status < 0 || xml->failure != NULL)
        return throw_failure (xml, error);
      if (status == 0)
        return xml->depth == 0 ? ATTEST_XML_EOF : throw_failure (xml, error);
      event = classify_node (xml, error);
      if (event != ATTEST_XML_EOF)
        return event;
    }
}

AttestXmlEvent
attest_xml_next_child (AttestXml *xml, GError **error)
{
  AttestXmlEvent event = attest_xml_next (xml, error);

  return event == ATTEST_XML_EOF ? throw_failure (xml, error) : event;
}

gboolean
attest_xml_skip (AttestXml *xml, GError **error)
{
  guint outer = xml->depth - 1;

  while (xml->depth > outer)
    {
      AttestXmlEvent event = attest_xml_next (xml, error);

      if (event == ATTEST_XML_ERROR)
        return FALSE;
    }
  return TRUE;
}

const char *
attest_xml_name (const AttestXml *xml)
{
  const xmlChar *name = xmlTextReaderConstLocalName (xml->reader);

  return name != NULL ? (const char *)name : "";
}

gboolean
attest_xml_is (const AttestXml *xml, const char *name)
{
  return strcmp (attest_xml_name (xml), name) == 0;
}

const char *
attest_xml_text (const AttestXml *xml)
{
  const xmlChar *value = xmlTextReaderConstValue (xml->reader);

  return value != NULL ? (const char *)value : "";
}

char *
attest_xml_dup_attribute (AttestXml *xml, const char *name)
{
  char *found = NULL;

  while (found == NULL && xmlTextReaderMoveToNextAttribute (xml->reader) == 1)
    if (xmlTextReaderIsNamespaceDecl (xml->reader) != 1 && attest_xml_is (xml, name))
      found = g_strdup (attest_xml_text (xml));
  xmlTextReaderMoveToElement (xml->reader);
  return found;
}

gboolean
attest_xml_get_toggle (AttestXml *xml)
{
  g_autofree char *value = attest_xml_dup_attribute (xml, "val");

  return value == NULL || strcmp (value, "1") == 0 || strcmp (value, "true") == 0
         || strcmp (value, "on") == 0;
}
