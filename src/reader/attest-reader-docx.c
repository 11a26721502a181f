/* Word documents (docx): parts of a ZIP archive, found by relationships, never by their usual names
 * alone. The text is the body; footnotes and endnotes are appended after it as text of nobody, so
 * that a note of the transcriber is never coded as what a respondent said. Headers, footers and
 * comments are not text of the interview.
 */
#include "reader/attest-reader-private.h"

#include <string.h>

#include "reader/attest-docx-body.h"
#include "reader/attest-opc.h"
#include "util/attest-error.h"

typedef struct
{
  AttestZip *zip;
  char *main_part;
  AttestDocxStyles *styles;
  AttestFlow *flow;
  AttestDocxCounts counts;
  guint n_notes; /* parts of notes that had text */
} Package;

static void
package_clear (Package *package)
{
  attest_zip_free (package->zip);
  g_free (package->main_part);
  attest_docx_styles_free (package->styles);
  attest_flow_free (package->flow);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Package, package_clear)

static gboolean
find_main_part (Package *package, GError **error)
{
  if (!attest_opc_find_part (package->zip, "", "/officeDocument", "word/document.xml",
                             &package->main_part, error))
    return FALSE;
  if (package->main_part == NULL)
    return attest_throw (error, ATTEST_ERROR_INPUT, "the archive holds no Word document");
  return TRUE;
}

/* A document reads well without its styles: only bold and headings are lost. */
static void
read_styles (Package *package, AttestDocument *doc)
{
  g_autofree char *part = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AttestXml) xml = NULL;

  if (attest_opc_find_part (package->zip, package->main_part, "/styles", "styles.xml", &part,
                            &error)
      && part != NULL)
    {
      xml = attest_opc_open (package->zip, part, &error);
      if (xml != NULL)
        package->styles = attest_docx_styles_new (xml, &error);
    }
  if (error != NULL)
    attest_document_warn (doc, 0, "the styles are not read: %s", error->message);
  if (package->styles == NULL)
    package->styles = attest_docx_styles_new (NULL, NULL);
}

static gboolean
read_body (Package *package, GError **error)
{
  g_autoptr (AttestXml) xml = attest_opc_open (package->zip, package->main_part, error);

  return xml != NULL
         && attest_docx_body_read (xml, "document", package->styles, package->flow,
                                   &package->counts, error);
}

static gboolean
read_notes (Package *package, const char *root, GError **error)
{
  g_autofree char *kind = g_strconcat ("/", root, NULL);
  g_autofree char *usual = g_strconcat (root, ".xml", NULL);
  g_autofree char *part = NULL;
  g_autoptr (AttestXml) xml = NULL;
  g_autoptr (AttestFlow) notes = attest_flow_new ();

  if (!attest_opc_find_part (package->zip, package->main_part, kind, usual, &part, error))
    return FALSE;
  if (part == NULL)
    return TRUE;
  xml = attest_opc_open (package->zip, part, error);
  if (xml == NULL
      || !attest_docx_body_read (xml, root, package->styles, notes, &package->counts, error))
    return FALSE;
  package->n_notes += attest_flow_append_notes (package->flow, notes);
  return TRUE;
}

static void
warn_of_losses (const Package *package, AttestDocument *doc)
{
  const AttestDocxCounts *counts = &package->counts;

  if (counts->n_numbered > 0)
    attest_document_warn (doc, 0,
                          "list numbers and bullets are not part of the text (%u paragraphs)",
                          counts->n_numbered);
  if (counts->n_comments > 0)
    attest_document_warn (doc, 0, "%u comments are left out", counts->n_comments);
  if (package->n_notes > 0)
    attest_document_warn (doc, 0,
                          "footnotes and endnotes are at the end of the text, outside all turns "
                          "(%u paragraphs)",
                          package->n_notes);
  if (counts->n_hidden > 0)
    attest_document_warn (doc, 0, "hidden text is left out (%u places)", counts->n_hidden);
  if (counts->n_symbols > 0)
    attest_document_warn (doc, 0, "%u characters of symbol fonts are unknown and became U+FFFD",
                          counts->n_symbols);
  if (counts->n_chunks > 0)
    attest_document_warn (doc, 0, "%u embedded documents are left out", counts->n_chunks);
}

static gboolean
docx_read (AttestDocument *doc, const AttestReadOptions *options, GError **error)
{
  g_auto (Package) package = { .zip = attest_zip_new (doc->original, error) };

  if (package.zip == NULL || !find_main_part (&package, error))
    return FALSE;
  read_styles (&package, doc);
  package.flow = attest_flow_new ();
  if (!read_body (&package, error) || !read_notes (&package, "footnotes", error)
      || !read_notes (&package, "endnotes", error))
    return FALSE;
  warn_of_losses (&package, doc);
  attest_flow_finish (package.flow, doc, options);
  return TRUE;
}

static int
docx_probe (const AttestProbe *probe)
{
  gboolean named = g_str_has_prefix (probe->suffix, "docx")
                   || g_str_has_prefix (probe->suffix, "docm")
                   || g_str_has_prefix (probe->suffix, "dotx");

  /* Read only to say what to do about it. */
  if (attest_zip_is_ole (probe->head, probe->head_bytes))
    return ATTEST_PROBE_MAGIC;
  if (probe->head_bytes >= 4 && memcmp (probe->head, "PK\3\4", 4) == 0)
    {
      if (attest_probe_contains (probe, "word/"))
        return ATTEST_PROBE_MAGIC;
      if (attest_probe_contains (probe, "[Content_Types].xml")
          || attest_probe_contains (probe, "_rels/.rels"))
        return named ? ATTEST_PROBE_MAGIC : ATTEST_PROBE_SUFFIX - 1;
    }
  return named ? ATTEST_PROBE_SUFFIX : 0;
}

static const char *const docx_suffixes[] = { "docx", "docm", "dotx", NULL };

const AttestReader attest_reader_docx = {
  .id = "docx",
  .name = "Word document",
  .suffixes = docx_suffixes,
  .probe = docx_probe,
  .read = docx_read,
};
