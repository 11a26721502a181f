#include "reader/attest-xml-text.h"

#include <string.h>

#include "reader/attest-decode.h"
#include "util/attest-error.h"

/* An XML declaration is at the very beginning and short. */
#define MAX_DECLARATION_BYTES 200

/* The encoding that the declaration names, or NULL: none, or one that the bytes show to be wrong
 * (a declaration that can be read byte by byte is not in UTF-16), or UTF-8, which is looked for
 * anyway and mended where it is damaged. */
static char *
declared_encoding (const guint8 *bytes, gsize size)
{
  g_autofree char *head = g_strndup ((const char *)bytes, MIN (size, MAX_DECLARATION_BYTES));
  const char *start = head, *name;
  gsize length;

  if (!g_str_has_prefix (start, "<?xml"))
    return NULL;
  head[strcspn (head, ">")] = '\0';
  name = strstr (start, "encoding");
  if (name == NULL)
    return NULL;
  name += strcspn (name, "'\"");
  if (*name == '\0')
    return NULL;
  length = strcspn (name + 1, "'\"");
  if (length == 0 || length > 40 || g_ascii_strncasecmp (name + 1, "utf", 3) == 0)
    return NULL;
  return g_strndup (name + 1, length);
}

/* Blanks "<!DOCTYPE name SYSTEM 'x.dtd'>" before the first element, line ends kept. */
static void
blank_doctype (char *text, gsize length_bytes)
{
  char *end = text + length_bytes, *p = text;

  while (p < end && (*p != '<' || p[1] == '?' || p[1] == '!'))
    {
      if (g_str_has_prefix (p, "<!--"))
        {
          char *close = strstr (p, "-->");

          if (close == NULL)
            return;
          p = close;
        }
      else if (g_str_has_prefix (p, "<!DOCTYPE"))
        {
          gsize n = strcspn (p, "[>");

          if (p[n] != '>')
            return;
          for (gsize i = 0; i <= n; i++)
            if (p[i] != '\n')
              p[i] = ' ';
          return;
        }
      p++;
    }
}

AttestXml *
attest_xml_open_text (AttestDocument *doc, const AttestReadOptions *options, GError **error)
{
  gsize size = 0, length_bytes = 0;
  const guint8 *bytes = g_bytes_get_data (doc->original, &size);
  g_autofree char *declared = options->encoding == NULL ? declared_encoding (bytes, size) : NULL;
  g_autoptr (GBytes) decoded = NULL;
  char *text = attest_decode_raw (doc, bytes, size,
                                  options->encoding != NULL ? options->encoding : declared,
                                  &length_bytes, error);

  if (text == NULL)
    return NULL;
  if (declared != NULL)
    doc->encoding_how = "its XML declaration says so";
  if (length_bytes > G_MAXINT)
    {
      g_free (text);
      return attest_throw_null (error, ATTEST_ERROR_LIMIT, "more than 2 GB of XML");
    }
  blank_doctype (text, length_bytes);
  decoded = g_bytes_new_take (text, length_bytes);
  return attest_xml_new_utf8 (decoded, NULL);
}

gboolean
attest_xml_collect_text (AttestXml *xml, GString *out, GError **error)
{
  for (guint depth = 1; depth > 0;)
    switch (attest_xml_next_child (xml, error))
      {
      case ATTEST_XML_START:
        depth++;
        break;
      case ATTEST_XML_END:
        depth--;
        break;
      case ATTEST_XML_TEXT:
        g_string_append (out, attest_xml_text (xml));
        break;
      default:
        return FALSE;
      }
  return TRUE;
}

gboolean
attest_xml_expect_root (AttestXml *xml, const char *name, GError **error)
{
  for (;;)
    switch (attest_xml_next (xml, error))
      {
      case ATTEST_XML_START:
        if (attest_xml_is (xml, name))
          return TRUE;
        return attest_throw (error, ATTEST_ERROR_INPUT, "%u: <%s> expected, not <%s>",
                             attest_xml_line (xml), name, attest_xml_name (xml));
      case ATTEST_XML_TEXT:
        break;
      case ATTEST_XML_ERROR:
        return FALSE;
      default:
        return attest_throw (error, ATTEST_ERROR_INPUT, "an empty XML document");
      }
}
