#include "reader/attest-xml.h"

#include <string.h>

#include "util/attest-error.h"
#include "util/attest-limits.h"

static AttestXml *
open_text (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return attest_xml_new (bytes, "part.xml");
}

/* Events as text: <name, >name, "text". */
static char *
trace (const char *text, GError **error)
{
  g_autoptr (AttestXml) xml = open_text (text);
  GString *out = g_string_new (NULL);

  for (;;)
    switch (attest_xml_next (xml, error))
      {
      case ATTEST_XML_START:
        g_string_append_printf (out, "<%s ", attest_xml_name (xml));
        break;
      case ATTEST_XML_END:
        g_string_append_printf (out, ">%s ", attest_xml_name (xml));
        break;
      case ATTEST_XML_TEXT:
        g_string_append_printf (out, "'%s' ", attest_xml_text (xml));
        break;
      case ATTEST_XML_EOF:
        return g_string_free (out, FALSE);
      case ATTEST_XML_ERROR:
        g_string_append (out, "!");
        return g_string_free (out, FALSE);
      }
}

static void
test_events (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *events = trace ("<?xml version='1.0'?><w:a xmlns:w='u'><!-- c --><w:b/>"
                                   "<c> x&amp;y<![CDATA[<z>]]></c></w:a>",
                                   &error);

  g_assert_no_error (error);
  g_assert_cmpstr (events, ==, "<a <b >b <c ' x&y<z>' >c >a ");
}

static void
test_attributes (void)
{
  g_autoptr (AttestXml) xml
      = open_text ("<w:b xmlns:w='val' w:id='7' w:val='off'><w:i xmlns:w='val'/></w:b>");
  g_autofree char *id = NULL, *none = NULL;

  g_assert_cmpint (attest_xml_next (xml, NULL), ==, ATTEST_XML_START);
  id = attest_xml_dup_attribute (xml, "id");
  g_assert_cmpstr (id, ==, "7");
  none = attest_xml_dup_attribute (xml, "w");
  g_assert_null (none);
  g_assert_false (attest_xml_get_toggle (xml));
  g_assert_cmpint (attest_xml_next (xml, NULL), ==, ATTEST_XML_START);
  g_assert_true (attest_xml_get_toggle (xml));
  g_assert_cmpint (attest_xml_next (xml, NULL), ==, ATTEST_XML_END);
  g_assert_cmpint (attest_xml_next (xml, NULL), ==, ATTEST_XML_END);
  g_assert_cmpint (attest_xml_next (xml, NULL), ==, ATTEST_XML_EOF);
}

/* Ignored elements give nothing, whatever is in them; ignored attributes are not there. */
static void
test_ignore (void)
{
  static const char *const elements[] = { "x", "y", NULL }, *const attributes[] = { "i", NULL };
  g_autoptr (AttestXml) xml
      = open_text ("<a>1<w:x xmlns:w='u' i='1'>2<x>3</x><b>4</b></w:x>5<y/><x2 i='1' j='2'/></a>");

  attest_xml_ignore (xml, elements, attributes);
  g_assert_cmpint (attest_xml_next (xml, NULL), ==, ATTEST_XML_START);
  g_assert_cmpint (attest_xml_next (xml, NULL), ==, ATTEST_XML_TEXT);
  g_assert_cmpstr (attest_xml_text (xml), ==, "15");
  g_assert_cmpint (attest_xml_next (xml, NULL), ==, ATTEST_XML_START);
  g_assert_cmpstr (attest_xml_name (xml), ==, "x2");
  g_assert_null (attest_xml_attribute (xml, "i"));
  g_assert_cmpstr (attest_xml_attribute (xml, "j"), ==, "2");
  g_assert_cmpint (attest_xml_next (xml, NULL), ==, ATTEST_XML_END);
  g_assert_cmpint (attest_xml_next (xml, NULL), ==, ATTEST_XML_END);
  g_assert_cmpint (attest_xml_next (xml, NULL), ==, ATTEST_XML_EOF);
}

static void
test_escapes_in_attributes (void)
{
  g_autoptr (AttestXml) xml = open_text ("<a b='x &amp; &#233; &lt;&quot;' c=''/>");

  g_assert_cmpint (attest_xml_next (xml, NULL), ==, ATTEST_XML_START);
  g_assert_cmpstr (attest_xml_attribute (xml, "b"), ==, "x & \xc3\xa9 <\"");
  g_assert_cmpstr (attest_xml_attribute (xml, "c"), ==, "");
  g_assert_null (attest_xml_attribute (xml, "d"));
}

/* Some programs forget to declare a prefix; names are local ones, so it does no harm. */
static void
test_prefix_without_namespace (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *events = trace ("<w:a><w:b x:c='d'/></w:a>", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (events, ==, "<a <b >b >a ");
}

static void
test_utf_16 (void)
{
  static const char *const encodings[] = { "UTF-16LE", "UTF-16BE" };

  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      gsize n_bytes = 0;
      g_autofree char *wide = g_convert (
          "\xef\xbb\xbf<?xml version='1.0' encoding='UTF-16'?><a>\xc3\xa9t\xc3\xa9</a>", -1,
          encodings[i], "UTF-8", NULL, &n_bytes, NULL);
      g_autoptr (GBytes) bytes = g_bytes_new (wide, n_bytes);
      g_autoptr (AttestXml) xml = attest_xml_new (bytes, NULL);

      g_assert_cmpint (attest_xml_next (xml, NULL), ==, ATTEST_XML_START);
      g_assert_cmpint (attest_xml_next (xml, NULL), ==, ATTEST_XML_TEXT);
      g_assert_cmpstr (attest_xml_text (xml), ==, "\xc3\xa9t\xc3\xa9");
      g_assert_cmpint (attest_xml_next (xml, NULL), ==, ATTEST_XML_END);
      g_assert_cmpint (attest_xml_next (xml, NULL), ==, ATTEST_XML_EOF);
    }
}

static void
test_skip (void)
{
  g_autoptr (AttestXml) xml = open_text ("<a><b><c>x</c><c/></b><d/><e>y</e></a>");

  attest_xml_next (xml, NULL);
  attest_xml_next (xml, NULL);
  g_assert_true (attest_xml_is (xml, "b"));
  g_assert_true (attest_xml_skip (xml, NULL));
  g_assert_cmpint (attest_xml_next_child (xml, NULL), ==, ATTEST_XML_START);
  g_assert_true (attest_xml_is (xml, "d"));
  g_assert_true (attest_xml_skip (xml, NULL));
  g_assert_cmpint (attest_xml_next_child (xml, NULL), ==, ATTEST_XML_START);
  g_assert_true (attest_xml_is (xml, "e"));
}

static void
assert_refused (const char *text, const char *pattern)
{
  g_autoptr (GError) error = NULL;

  g_free (trace (text, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_INPUT);
  if (!g_pattern_match_simple (pattern, error->message))
    g_error ("\"%s\" is not like \"%s\"", error->message, pattern);
}

static void
test_refused (void)
{
  assert_refused ("", "part.xml:1: *");
  assert_refused ("words", "part.xml:1: not well-formed XML: *");
  assert_refused ("<a>\n<b>\n</a>", "part.xml:3: not well-formed XML: *");
  assert_refused ("<a>&undeclared;</a>", "part.xml:1: not well-formed XML: *");
  assert_refused ("<a>\xff</a>", "part.xml:1: not well-formed XML: *");
  assert_refused ("<!DOCTYPE a><a/>", "part.xml:*: a DOCTYPE is not allowed here");
  assert_refused ("<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>",
                  "part.xml:*DOCTYPE*");
}

static void
test_billion_laughs (void)
{
  g_autoptr (GString) text = g_string_new ("<!DOCTYPE a [<!ENTITY e0 'lol'>");

  for (guint i = 1; i < 20; i++)
    g_string_append_printf (text, "<!ENTITY e%u '&e%u;&e%u;&e%u;&e%u;'>", i, i - 1, i - 1, i - 1,
                            i - 1);
  g_string_append (text, "]><a>&e19;</a>");
  assert_refused (text->str, "part.xml:*");
}

static void
test_depth (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "<a>");
  assert_refused (text->str, "part.xml:1: elements are nested more than 256 deep");
}

static void
test_cut (void)
{
  static const char text[] = "<?xml version='1.0'?><a b='c'><d>t\xc3\xa9xt &lt;</d><!-- e --></a>";

  for (gsize n = 0; n < sizeof text - 1; n++)
    {
      g_autofree char *cut = g_strndup (text, n);

      assert_refused (cut, "part.xml:1: *");
    }
}

/* Larger than the 10 MB that libxml2 looks ahead: many small texts must be no problem. */
static void
test_large (void)
{
  g_autoptr (GString) text = g_string_new ("<a>");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (AttestXml) xml = NULL;
  guint n_starts = 0;
  AttestXmlEvent event;

  for (guint i = 0; i < 600000; i++)
    g_string_append (text, "<p><t>twenty bytes of text</t></p>");
  g_string_append (text, "</a>");
  bytes = g_bytes_new (text->str, text->len);
  xml = attest_xml_new (bytes, NULL);
  while ((event = attest_xml_next (xml, NULL)) != ATTEST_XML_EOF)
    {
      g_assert_cmpint (event, !=, ATTEST_XML_ERROR);
      n_starts += event == ATTEST_XML_START;
    }
  g_assert_cmpuint (n_starts, ==, 1 + 2 * 600000);
}

static void
test_places (void)
{
  static const char text[] = "<a xmlns='urn:a'>\n <p:b xmlns:p='urn:b'/>\n <c/></b>";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (AttestXml) xml = attest_xml_new (bytes, NULL);
  g_autoptr (GError) error = NULL;
  AttestXmlEvent event;

  g_assert_cmpint (attest_xml_next (xml, &error), ==, ATTEST_XML_START);
  g_assert_cmpstr (attest_xml_namespace (xml), ==, "urn:a");
  do
    event = attest_xml_next (xml, &error);
  while (event == ATTEST_XML_TEXT);
  g_assert_cmpstr (attest_xml_namespace (xml), ==, "urn:b");
  g_assert_cmpuint (attest_xml_line (xml), ==, 2);
  g_assert_cmpuint (attest_xml_column (xml), ==, 2);
  while (event != ATTEST_XML_ERROR)
    event = attest_xml_next (xml, &error);
  g_assert_cmpuint (attest_xml_failure_column (xml), >, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xml/events", test_events);
  g_test_add_func ("/xml/attributes", test_attributes);
  g_test_add_func ("/xml/ignore", test_ignore);
  g_test_add_func ("/xml/escapes-in-attributes", test_escapes_in_attributes);
  g_test_add_func ("/xml/prefix-without-namespace", test_prefix_without_namespace);
  g_test_add_func ("/xml/utf-16", test_utf_16);
  g_test_add_func ("/xml/skip", test_skip);
  g_test_add_func ("/xml/refused", test_refused);
  g_test_add_func ("/xml/billion-laughs", test_billion_laughs);
  g_test_add_func ("/xml/depth", test_depth);
  g_test_add_func ("/xml/cut", test_cut);
  g_test_add_func ("/xml/large", test_large);
  g_test_add_func ("/xml/places", test_places);
  return g_test_run ();
}
