/* attest-exchange-xml: what the formats that are XML share. */
#include "exchange/attest-exchange-xml.h"

#include <string.h>

#include "reader/attest-xml-text.h"

gboolean
attest_exchange_xml_fail (const AttestExchangeInput *input, const AttestXml *xml,
                          const GError *cause, GError **error)
{
  return attest_exchange_rethrow (input, cause, xml != NULL ? attest_xml_failure_column (xml) : 1,
                                  error);
}

gboolean
attest_exchange_xml_throw (const AttestExchangeInput *input, const AttestXml *xml, GError **error,
                           const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *message = g_strdup_vprintf (format, args);
  va_end (args);
  return attest_exchange_throw (input, attest_xml_line (xml), attest_xml_column (xml), error, "%s",
                                message);
}

AttestXml *
attest_exchange_xml_open (const AttestExchangeInput *input, GBytes *bytes, GError **error)
{
  g_autoptr (AttestDocument) doc = attest_document_new (input->path);
  AttestReadOptions options = { .encoding = input->options->encoding };
  g_autoptr (GError) cause = NULL;

  doc->original = g_bytes_ref (bytes);
  AttestXml *xml = attest_xml_open_text (doc, &options, &cause);
  if (xml == NULL)
    attest_exchange_xml_fail (input, xml, cause, error);
  return xml;
}

AttestXmlEvent
attest_exchange_xml_next (const AttestExchangeInput *input, AttestXml *xml, GError **error)
{
  g_autoptr (GError) cause = NULL;
  AttestXmlEvent event = attest_xml_next_child (xml, &cause);

  if (event == ATTEST_XML_ERROR)
    attest_exchange_xml_fail (input, xml, cause, error);
  return event;
}

gboolean
attest_exchange_xml_skip (const AttestExchangeInput *input, AttestXml *xml, GError **error)
{
  g_autoptr (GError) cause = NULL;

  return attest_xml_skip (xml, &cause) || attest_exchange_xml_fail (input, xml, cause, error);
}

gboolean
attest_exchange_xml_root (const AttestExchangeInput *input, AttestXml *xml, GError **error)
{
  AttestXmlEvent event;

  do
    event = attest_exchange_xml_next (input, xml, error);
  while (event == ATTEST_XML_TEXT);
  return event == ATTEST_XML_START;
}

gboolean
attest_exchange_xml_end (const AttestExchangeInput *input, AttestXml *xml, GError **error)
{
  for (;;)
    {
      g_autoptr (GError) cause = NULL;
      AttestXmlEvent event = attest_xml_next (xml, &cause);

      if (event == ATTEST_XML_EOF)
        return TRUE;
      if (event == ATTEST_XML_ERROR)
        return attest_exchange_xml_fail (input, xml, cause, error);
    }
}

/* The local name of the first element, and its bytes; NULL: there is none. */
static const char *
find_root (const char *head, gsize *out_bytes)
{
  const char *p = head;

  while ((p = strchr (p, '<')) != NULL)
    {
      p++;
      if (*p == '?')
        p = strstr (p, "?>");
      else if (strncmp (p, "!--", 3) == 0)
        p = strstr (p, "-->");
      else if (*p != '!')
        {
          const char *colon = p + strcspn (p, ": \t\r\n/>");
          if (*colon == ':')
            p = colon + 1;
          *out_bytes = strcspn (p, " \t\r\n/>");
          return p;
        }
      if (p == NULL)
        break;
    }
  return NULL;
}

gboolean
attest_exchange_xml_probe (const char *head, const char *name)
{
  gsize length_bytes = 0;
  const char *root = find_root (head, &length_bytes);

  return root != NULL && length_bytes == strlen (name) && strncmp (root, name, length_bytes) == 0;
}

void
attest_exchange_xml_append (GString *out, const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '&' || c == '<' || c == '>' || c == '"')
        g_string_append (out, c == '&'   ? "&amp;"
                              : c == '<' ? "&lt;"
                              : c == '>' ? "&gt;"
                                         : "&quot;");
      else if (c == '\n' || c == '\t')
        g_string_append_printf (out, "&#%u;", c);
      else if (c < 0x20 || c == 0xfffe || c == 0xffff)
        g_string_append_unichar (out, 0xfffd); /* XML has no such characters */
      else
        g_string_append_unichar (out, c);
    }
}
