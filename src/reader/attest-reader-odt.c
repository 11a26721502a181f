/* OpenDocument texts (odt, and the flat fodt): as Word's, the text is the body; notes stand after
 * it as text of nobody, comments are metadata, headers and footers are left out. */
#include <string.h>

#include "reader/attest-odt-body.h"
#include "reader/attest-opc.h"
#include "reader/attest-reader-private.h"
#include "util/attest-error.h"

static const char *const suffixes[] = { "odt", "ott", "fodt", NULL };

#define MEDIA_TYPE "application/vnd.oasis.opendocument.text"

static void
content_clear (AttestOdtContent *content)
{
  attest_odt_styles_free (content->styles);
  attest_flow_free (content->flow);
  attest_flow_free (content->notes);
  g_string_free (content->comments, TRUE);
}
typedef AttestOdtContent Content;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Content, content_clear)

/* The manifest tells which parts are encrypted. */
static gboolean
check_encryption (AttestZip *zip, GError **error)
{
  g_autoptr (AttestXml) xml = NULL;
  AttestXmlEvent event;

  if (!attest_zip_contains (zip, "META-INF/manifest.xml"))
    return TRUE;
  xml = attest_opc_open (zip, "META-INF/manifest.xml", error);
  if (xml == NULL)
    return FALSE;
  while ((event = attest_xml_next (xml, error)) != ATTEST_XML_EOF)
    {
      if (event == ATTEST_XML_ERROR)
        return FALSE;
      if (event == ATTEST_XML_START && attest_xml_is (xml, "encryption-data"))
        return attest_throw (error, ATTEST_ERROR_INPUT,
                             "it is encrypted: save it without a password");
    }
  return TRUE;
}

static gboolean
read_part (AttestZip *zip, const char *part, AttestOdtContent *content, GError **error)
{
  g_autoptr (AttestXml) xml = attest_opc_open (zip, part, error);

  return xml != NULL && attest_odt_body_read (xml, content, error);
}

static gboolean
read_archive (AttestDocument *doc, AttestOdtContent *content, GError **error)
{
  g_autoptr (AttestZip) zip = attest_zip_new (doc->original, error);
  g_autoptr (GError) style_error = NULL;

  if (zip == NULL || !check_encryption (zip, error))
    return FALSE;
  if (!attest_zip_contains (zip, "content.xml"))
    return attest_throw (error, ATTEST_ERROR_INPUT, "the archive holds no OpenDocument text");
  if (attest_zip_contains (zip, "styles.xml")
      && !read_part (zip, "styles.xml", content, &style_error))
    attest_document_warn (doc, 0, "the styles are not read: %s", style_error->message);
  return read_part (zip, "content.xml", content, error);
}

static gboolean
odt_read (AttestDocument *doc, const AttestReadOptions *options, GError **error)
{
  g_auto (Content) content = { .styles = attest_odt_styles_new (),
                               .flow = attest_flow_new (),
                               .notes = attest_flow_new (),
                               .comments = g_string_new (NULL) };
  gsize n_bytes;
  const guint8 *bytes = g_bytes_get_data (doc->original, &n_bytes);
  gboolean flat = n_bytes > 0 && memchr (bytes, '<', MIN (n_bytes, 8)) != NULL;
  guint n_notes;

  if (flat)
    {
      g_autoptr (AttestXml) xml = attest_xml_new (doc->original, NULL);

      if (!attest_odt_body_read (xml, &content, error))
        return FALSE;
    }
  else if (!read_archive (doc, &content, error))
    return FALSE;
  n_notes = attest_flow_append_notes (content.flow, content.notes);
  attest_document_add_metadata (doc, "comments", content.comments->str);
  if (content.n_comments > 0)
    attest_document_warn (doc, 0, "%u comments are metadata, not text", content.n_comments);
  if (n_notes > 0)
    attest_document_warn (doc, 0,
                          "footnotes and endnotes are at the end of the text, outside all turns "
                          "(%u paragraphs)",
                          n_notes);
  if (content.n_numbered > 0)
    attest_document_warn (doc, 0,
                          "list numbers and bullets are not part of the text (%u paragraphs)",
                          content.n_numbered);
  if (content.n_hidden > 0)
    attest_document_warn (doc, 0, "hidden text is left out (%u places)", content.n_hidden);
  attest_flow_finish (content.flow, doc, options);
  return TRUE;
}

static int
odt_probe (const AttestProbe *probe)
{
  if (g_strv_contains (suffixes, probe->suffix))
    return ATTEST_PROBE_MAGIC;
  return attest_probe_contains (probe, MEDIA_TYPE)
                 && (attest_probe_contains (probe, "PK\3\4")
                     || attest_probe_contains (probe, "office:document"))
             ? ATTEST_PROBE_MAGIC
             : 0;
}

const AttestReader attest_reader_odt
    = { "odt", "OpenDocument text", suffixes, odt_probe, odt_read };
