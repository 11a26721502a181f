#include "reader/attest-xml.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <string.h>

#include "util/attest-error.h"
#include "util/attest-limits.h"
#include "util/attest-text.h"

/* libxml2's push parser is fed a block at a time and calls back; what it calls with waits in a
 * queue until somebody asks. That is three times as fast as its own pull parser, which builds a
 * tree, and keeps no more than a block of the part in memory. */

#define BLOCK_BYTES (64 * 1024)

typedef struct
{
  AttestXmlEvent kind;
  guint line, column;
  const char *name;          /* START, END: kept by the parser until it is freed */
  const char *uri;           /* (nullable) START: likewise */
  gsize text_byte;           /* TEXT: in data */
  guint first, n_attributes; /* START: in attributes */
} Event;

typedef struct
{
  const char *name;
  gsize value_byte; /* in data */
} Attribute;

/* Names that the parser never gives, by their address in its dictionary. */
#define MAX_IGNORED 32

typedef struct
{
  const char *names[MAX_IGNORED];
  guint n_names;
} Ignored;

/* A queue is filled and emptied block by block: its memory is kept, and written to without calls.
 */
struct _AttestXml
{
  GBytes *bytes; /* the parser borrows its data */
  char *part;
  xmlParserCtxt *parser;
  gsize n_fed; /* bytes that the parser has had */
  gboolean finished;
  Event *events;
  guint n_events, events_room;
  Attribute *attributes;
  guint n_attributes, attributes_room;
  char *data; /* texts and values, each ends in NUL */
  gsize n_data, data_room;
  Ignored elements_ignored, attributes_ignored;
  guint ignored_depth; /* open elements, from the one that is ignored on */
  guint next_event;
  const Event *event; /* given last */
  guint depth;        /* open elements, for who reads */
  guint parsed_depth; /* open elements, for the parser */
  char *failure;      /* first message */
  int failure_line, failure_column;
};

static guint
parser_line (const AttestXml *xml)
{
  int line = xml->parser != NULL && xml->parser->input != NULL ? xml->parser->input->line : 0;

  return line > 0 ? (guint)line : 1;
}

static guint
parser_column (const AttestXml *xml)
{
  int column = xml->parser != NULL && xml->parser->input != NULL ? xml->parser->input->col : 0;

  return column > 0 ? (guint)column : 1;
}

/* Where the tag begins of which the parser is at the end, if that is in the same line. */
static guint
tag_column (const AttestXml *xml)
{
  guint column = parser_column (xml);

  if (xml->parser == NULL || xml->parser->input == NULL)
    return column;
  for (const xmlChar *p = xml->parser->input->cur; p > xml->parser->input->base && column > 1;
       column--)
    if (*--p == '<' || *p == '\n')
      return *p == '<' ? column - 1 : column;
  return column;
}

static void
stop (AttestXml *xml, const char *message)
{
  if (xml->failure == NULL)
    {
      xml->failure = g_strdup (message);
      xml->failure_line = (int)parser_line (xml);
      xml->failure_column = (int)parser_column (xml);
    }
  xmlStopParser (xml->parser);
}

/* libxml2 prints to stderr unless each parser has a handler of its own; the global one would be
 * shared by all threads. Prefixes without a namespace do no harm: names are local ones. */
static void
note_failure (void *data, xmlErrorPtr failure)
{
  AttestXml *xml = data;
  g_autofree char *message = NULL, *clean = NULL;
  char *advice;

  if (xml->failure != NULL || failure->level < XML_ERR_ERROR
      || failure->domain == XML_FROM_NAMESPACE)
    return;
  message = g_utf8_make_valid (failure->message != NULL ? failure->message : "not XML", -1);
  g_strchomp (message);
  advice = strstr (message, " use XML_PARSE_HUGE"); /* meant for programmers */
  if (advice != NULL)
    *advice = '\0';
  /* libxml2 calls the end of the input inside an element "extra content". */
  clean = failure->code == XML_ERR_DOCUMENT_END && xml->parsed_depth > 0
              ? g_strdup ("it ends too early")
              : attest_text_printable (message, strlen (message), 200);
  xml->failure = g_strconcat ("not well-formed XML: ", clean, NULL);
  xml->failure_line = failure->line;
  xml->failure_column = failure->int2;
}

/* Where @text is in data. */
static gsize
keep (AttestXml *xml, const xmlChar *text, gsize n_bytes)
{
  gsize byte = xml->n_data;

  if (xml->data_room - byte <= n_bytes)
    {
      xml->data_room = (byte + n_bytes + 1) * 2;
      xml->data = g_realloc (xml->data, xml->data_room);
    }
  memcpy (xml->data + byte, text, n_bytes);
  xml->data[byte + n_bytes] = '\0';
  xml->n_data += n_bytes + 1;
  return byte;
}

static Event *
add_event (AttestXml *xml, AttestXmlEvent kind, const xmlChar *name)
{
  Event *event;

  if (xml->n_events == xml->events_room)
    {
      xml->events_room = MAX (xml->events_room * 2, 1024);
      xml->events = g_renew (Event, xml->events, xml->events_room);
    }
  event = &xml->events[xml->n_events++];
  *event = (Event){ .kind = kind, .line = parser_line (xml), .name = (const char *)name };
  return event;
}

static void
add_attribute (AttestXml *xml, const xmlChar *name, gsize value_byte)
{
  if (xml->n_attributes == xml->attributes_room)
    {
      xml->attributes_room = MAX (xml->attributes_room * 2, 1024);
      xml->attributes = g_renew (Attribute, xml->attributes, xml->attributes_room);
    }
  xml->attributes[xml->n_attributes++] = (Attribute){ (const char *)name, value_byte };
}

static gboolean
is_ignored (const Ignored *ignored, const xmlChar *name)
{
  for (guint i = 0; i < ignored->n_names; i++)
    if (ignored->names[i] == (const char *)name)
      return TRUE;
  return FALSE;
}

/* SAX gives five strings for an attribute: name, prefix, namespace, and both ends of the value. */
static void
start_element (void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
               int n_namespaces, const xmlChar **namespaces, int n_attributes, int n_defaulted,
               const xmlChar **attributes)
{
  AttestXml *xml = data;
  Event *event;

  if (xml->parsed_depth >= ATTEST_MAX_XML_DEPTH)
    {
      g_autofree char *message
          = g_strdup_printf ("elements are nested more than %d deep", ATTEST_MAX_XML_DEPTH);

      stop (xml, message);
      return;
    }
  xml->parsed_depth++;
  if (xml->ignored_depth > 0 || is_ignored (&xml->elements_ignored, name))
    {
      xml->ignored_depth++;
      return;
    }
  event = add_event (xml, ATTEST_XML_START, name);
  event->column = tag_column (xml);
  event->uri = (const char *)uri;
  event->first = xml->n_attributes;
  for (int i = 0; i < n_attributes; i++, attributes += 5)
    if (!is_ignored (&xml->attributes_ignored, attributes[0]))
      add_attribute (xml, attributes[0],
                     keep (xml, attributes[3], (gsize)(attributes[4] - attributes[3])));
  event->n_attributes = xml->n_attributes - event->first;
}

static void
end_element (void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
  AttestXml *xml = data;

  xml->parsed_depth--;
  if (xml->ignored_depth > 0)
    xml->ignored_depth--;
  else
    add_event (xml, ATTEST_XML_END, name);
}

static void
characters (void *data, const xmlChar *text, int n_bytes)
{
  AttestXml *xml = data;

  if (xml->ignored_depth > 0)
    return;
  if (xml->n_events > 0 && xml->events[xml->n_events - 1].kind == ATTEST_XML_TEXT)
    {
      xml->n_data--;
      keep (xml, text, (gsize)n_bytes);
    }
  else
    {
      gsize byte = keep (xml, text, (gsize)n_bytes);

      add_event (xml, ATTEST_XML_TEXT, NULL)->text_byte = byte;
    }
}

static void
refuse_doctype (void *data, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id)
{
  stop (data, "a DOCTYPE is not allowed here");
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
open_bytes (GBytes *bytes, const char *part, int options)
{
  AttestXml *xml = g_new0 (AttestXml, 1);
  xmlSAXHandler handler = {
    .initialized = XML_SAX2_MAGIC,
    .internalSubset = refuse_doctype,
    .startElementNs = start_element,
    .endElementNs = end_element,
    .characters = characters,
    .cdataBlock = characters,
    .ignorableWhitespace = characters,
    .serror = note_failure,
  };

  init_library ();
  xml->bytes = g_bytes_ref (bytes);
  xml->part = g_strdup (part);
  xml->parser = xmlCreatePushParserCtxt (&handler, xml, NULL, 0, NULL);
  /* Without NOENT an & in an attribute would be given as &#38;; there are no entities to expand. */
  if (xml->parser != NULL)
    xmlCtxtUseOptions (xml->parser, XML_PARSE_NONET | XML_PARSE_NOENT | options);
  return xml;
}

AttestXml *
attest_xml_new (GBytes *bytes, const char *part)
{
  return open_bytes (bytes, part, 0);
}

AttestXml *
attest_xml_new_utf8 (GBytes *bytes, const char *part)
{
  return open_bytes (bytes, part, XML_PARSE_IGNORE_ENC);
}

static void
ignore (AttestXml *xml, Ignored *ignored, const char *const *names)
{
  for (; *names != NULL && xml->parser != NULL && ignored->n_names < MAX_IGNORED; names++)
    ignored->names[ignored->n_names++]
        = (const char *)xmlDictLookup (xml->parser->dict, (const xmlChar *)*names, -1);
}

void
attest_xml_ignore (AttestXml *xml, const char *const *elements, const char *const *attributes)
{
  ignore (xml, &xml->elements_ignored, elements);
  ignore (xml, &xml->attributes_ignored, attributes);
}

void
attest_xml_free (AttestXml *xml)
{
  if (xml == NULL)
    return;
  if (xml->parser != NULL)
    xmlFreeParserCtxt (xml->parser);
  g_free (xml->events);
  g_free (xml->attributes);
  g_free (xml->data);
  g_bytes_unref (xml->bytes);
  g_free (xml->part);
  g_free (xml->failure);
  g_free (xml);
}

guint
attest_xml_line (const AttestXml *xml)
{
  return xml->event != NULL ? xml->event->line : 1;
}

guint
attest_xml_column (const AttestXml *xml)
{
  return xml->event != NULL && xml->event->column > 0 ? xml->event->column : 1;
}

guint
attest_xml_failure_column (const AttestXml *xml)
{
  return xml->failure_column > 0 ? (guint)xml->failure_column : 1;
}

const char *
attest_xml_namespace (const AttestXml *xml)
{
  return xml->event != NULL ? xml->event->uri : NULL;
}

static AttestXmlEvent
throw_failure (const AttestXml *xml, GError **error)
{
  guint line = xml->failure_line > 0 ? (guint)xml->failure_line : parser_line (xml);
  const char *message
      = xml->failure != NULL ? xml->failure : "not well-formed XML: it ends too early";

  if (xml->part != NULL)
    attest_throw (error, ATTEST_ERROR_INPUT, "%s:%u: %s", xml->part, line, message);
  else
    attest_throw (error, ATTEST_ERROR_INPUT, "%u: %s", line, message);
  return ATTEST_XML_ERROR;
}

/* Parses until there is an event, or the end. */
static void
fill (AttestXml *xml)
{
  gsize n_bytes;
  const char *data = g_bytes_get_data (xml->bytes, &n_bytes);

  xml->n_events = xml->n_attributes = xml->next_event = 0;
  xml->n_data = 0;
  xml->event = NULL;
  while (xml->n_events == 0 && !xml->finished)
    {
      gsize block = MIN (n_bytes - xml->n_fed, BLOCK_BYTES);

      xml->finished = xml->n_fed + block == n_bytes;
      xmlParseChunk (xml->parser, data != NULL ? data + xml->n_fed : "", (int)block, xml->finished);
      xml->n_fed += block;
      xml->finished |= xml->failure != NULL;
    }
}

AttestXmlEvent
attest_xml_next (AttestXml *xml, GError **error)
{
  if (xml->parser == NULL)
    return throw_failure (xml, error);
  if (xml->next_event == xml->n_events)
    fill (xml);
  if (xml->next_event == xml->n_events)
    return xml->failure == NULL && xml->depth == 0 ? ATTEST_XML_EOF : throw_failure (xml, error);
  xml->event = &xml->events[xml->next_event++];
  xml->depth += xml->event->kind == ATTEST_XML_START;
  xml->depth -= xml->event->kind == ATTEST_XML_END;
  return xml->event->kind;
}

AttestXmlEvent
attest_xml_next_child (AttestXml *xml, GError **error)
{
  AttestXmlEvent event = attest_xml_next (xml, error);

  return event == ATTEST_XML_EOF ? throw_failure (xml, error) : event;
}

gboolean
attest_xml_next_element (AttestXml *xml, gboolean *good, GError **error)
{
  AttestXmlEvent event;

  do
    event = attest_xml_next_child (xml, error);
  while (event == ATTEST_XML_TEXT);
  if (event == ATTEST_XML_ERROR)
    *good = FALSE;
  return event == ATTEST_XML_START;
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
  return xml->event != NULL && xml->event->name != NULL ? xml->event->name : "";
}

gboolean
attest_xml_is (const AttestXml *xml, const char *name)
{
  return strcmp (attest_xml_name (xml), name) == 0;
}

const char *
attest_xml_text (const AttestXml *xml)
{
  return xml->event != NULL && xml->event->kind == ATTEST_XML_TEXT
             ? xml->data + xml->event->text_byte
             : "";
}

const char *
attest_xml_attribute (const AttestXml *xml, const char *name)
{
  for (guint i = 0; xml->event != NULL && i < xml->event->n_attributes; i++)
    {
      const Attribute *attribute = &xml->attributes[xml->event->first + i];

      if (strcmp (attribute->name, name) == 0)
        return xml->data + attribute->value_byte;
    }
  return NULL;
}

char *
attest_xml_dup_attribute (const AttestXml *xml, const char *name)
{
  return g_strdup (attest_xml_attribute (xml, name));
}

gboolean
attest_xml_get_toggle (const AttestXml *xml)
{
  const char *value = attest_xml_attribute (xml, "val");

  return value == NULL || strcmp (value, "1") == 0 || strcmp (value, "true") == 0
         || strcmp (value, "on") == 0;
}
