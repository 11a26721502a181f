/* Word documents (docx): parts of a ZIP archive, found by relationships, never by their usual names
 * alone. The text is the body; footnotes and endnotes are appended after it as text of nobody, so
 * that a note of the transcriber is never coded as what a respondent said. Comments are metadata;
 * headers and footers are not text of the interview.
 */
#include "reader/attest-reader-private.h"

#include <string.h>

#include "reader/attest-docx-body.h"
#include "reader/attest-opc.h"
#include "util/attest-error.h"

static const char *const docx_suffixes[] = { "docx", "docm", "dotx", "dotm", NULL };

typedef struct
{
  AttestZip *zip;
  char *main_part;
  AttestDocxContext context;
  AttestDocxFindings findings;
  AttestFlow *flow;
  guint n_notes; /* paragraphs of notes that had text */
} Package;

static void
package_clear (Package *package)
{
  attest_zip_free (package->zip);
  g_free (package->main_part);
  attest_docx_styles_free (package->context.styles);
  attest_docx_numbering_free (package->context.numbering);
  attest_docx_findings_clear (&package->findings);
  attest_flow_free (package->flow);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Package, package_clear)

/* What an archive is that holds no Word document. */
static gboolean
throw_other_archive (const Package *package, GError **error)
{
  static const struct
  {
    const char *entry, *what;
  } others[] = {
    { "xl/workbook.xml", "it is an Excel workbook: give it the suffix .xlsx" },
    { "ppt/presentation.xml", "it is a PowerPoint presentation: save its text as .docx or .txt" },
    { "mimetype", "it is an OpenDocument file or an e-book: give it its own suffix, such as .odt" },
    { "index/document.iwa", "it is a Pages document: export it as .docx" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (attest_zip_contains (package->zip, others[i].entry))
      return attest_throw (error, ATTEST_ERROR_INPUT, "%s", others[i].what);
  return attest_throw (error, ATTEST_ERROR_INPUT, "the archive holds no Word document");
}

static gboolean
find_main_part (Package *package, GError **error)
{
  if (!attest_opc_find_part (package->zip, "", "/officeDocument", "word/document.xml",
                             &package->main_part, error))
    return FALSE;
  if (package->main_part == NULL || g_str_has_prefix (package->main_part, "xl/")
      || g_str_has_prefix (package->main_part, "ppt/"))
    return throw_other_archive (package, error);
  return TRUE;
}

/* A part that the text can do without: a damaged one is a warning. */
static AttestXml *
open_helper (Package *package, const char *kind, const char *usual, GError **error)
{
  g_autofree char *part = NULL;

  if (!attest_opc_find_part (package->zip, package->main_part, kind, usual, &part, error)
      || part == NULL)
    return NULL;
  return attest_opc_open (package->zip, part, error);
}

/* Without styles only bold and headings are lost, without lists only that questions are numbered.
 */
static void
read_helpers (Package *package, AttestDocument *doc)
{
  g_autoptr (GError) style_error = NULL, list_error = NULL;
  g_autoptr (AttestXml) styles = open_helper (package, "/styles", "styles.xml", &style_error);
  g_autoptr (AttestXml) lists = open_helper (package, "/numbering", "numbering.xml", &list_error);

  if (styles != NULL)
    package->context.styles = attest_docx_styles_new (styles, &style_error);
  if (lists != NULL)
    package->context.numbering = attest_docx_numbering_new (lists, &list_error);
  if (style_error != NULL)
    attest_document_warn (doc, 0, "the styles are not read: %s", style_error->message);
  if (list_error != NULL)
    attest_document_warn (doc, 0, "the list numbers are not read: %s", list_error->message);
  if (package->context.styles == NULL)
    package->context.styles = attest_docx_styles_new (NULL, NULL);
  if (package->context.numbering == NULL)
    package->context.numbering = attest_docx_numbering_new (NULL, NULL);
}

static gboolean
read_body (Package *package, GError **error)
{
  g_autoptr (AttestXml) xml = attest_opc_open (package->zip, package->main_part, error);

  package->flow = attest_flow_new ();
  attest_flow_begin_page (package->flow, "1");
  return xml != NULL && attest_docx_body_read (xml, &package->context, package->flow, error);
}

/* The notes of a part; *@out_notes stays NULL when there is no such part. */
static gboolean
read_notes (Package *package, const char *item, GPtrArray **out_notes, GError **error)
{
  g_autofree char *kind = g_strdup_printf ("/%ss", item);
  g_autofree char *usual = g_strdup_printf ("%ss.xml", item);
  g_autofree char *part = NULL;
  g_autoptr (AttestXml) xml = NULL;

  if (!attest_opc_find_part (package->zip, package->main_part, kind, usual, &part, error))
    return FALSE;
  if (part == NULL)
    return TRUE;
  xml = attest_opc_open (package->zip, part, error);
  if (xml != NULL)
    *out_notes = attest_docx_notes_read (xml, item, &package->context, error);
  return *out_notes != NULL;
}

/* Notes whose reference was deleted are no longer part of the document. */
static gboolean
append_notes (Package *package, const char *item, GError **error)
{
  g_autoptr (GPtrArray) notes = NULL;

  if (!read_notes (package, item, &notes, error))
    return FALSE;
  for (guint i = 0; notes != NULL && i < notes->len; i++)
    {
      const AttestDocxNote *note = g_ptr_array_index (notes, i);
      g_autofree char *key = g_strdup_printf ("%s %s", item, note->id != NULL ? note->id : "");

      if (g_hash_table_contains (package->findings.notes, key))
        package->n_notes += attest_flow_append_notes (package->flow, note->flow);
    }
  return TRUE;
}

/* The text of the element that began last. */
static char *
dup_content (AttestXml *xml)
{
  GString *text = g_string_new (NULL);

  while (attest_xml_next (xml, NULL) == ATTEST_XML_TEXT)
    g_string_append (text, attest_xml_text (xml));
  return g_strstrip (g_string_free (text, FALSE));
}

/* How many pages the program that saved the file says it has; 0: it does not. */
static guint64
read_page_count (Package *package)
{
  g_autofree char *part = NULL;
  g_autoptr (AttestXml) xml = NULL;
  AttestXmlEvent event = ATTEST_XML_START;
  guint64 n = 0;

  if (!attest_opc_find_part (package->zip, "", "/extended-properties", "docProps/app.xml", &part,
                             NULL)
      || part == NULL)
    return 0;
  xml = attest_opc_open (package->zip, part, NULL);
  while (xml != NULL && event != ATTEST_XML_EOF && event != ATTEST_XML_ERROR)
    {
      event = attest_xml_next (xml, NULL);
      if (event == ATTEST_XML_START && attest_xml_is (xml, "Pages"))
        {
          g_autofree char *text = dup_content (xml);

          return g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT, &n, NULL) ? n : 0;
        }
    }
  return 0;
}

/* The places where pages began are hints: rows of tables that are broken leave one in each cell,
 * and other programs leave none. They are believed when they are as many as the file has pages, and
 * pages are called by their count. */
static void
settle_pages (Package *package)
{
  const AttestDocxFindings *findings = &package->findings;

  if (findings->renumbers || read_page_count (package) != (guint64)findings->n_page_breaks + 1)
    g_array_set_size (package->flow->pages, 0);
  else
    attest_flow_begin_page (package->flow, NULL); /* notes stand at the foot of any */
}

/* Comments are what an analyst wrote: metadata, each with the line that it stands at. */
static gboolean
keep_comments (Package *package, AttestDocument *doc, GError **error)
{
  g_autoptr (GPtrArray) comments = NULL;
  g_autoptr (GString) kept = g_string_new (NULL);

  if (!read_notes (package, "comment", &comments, error))
    return FALSE;
  for (guint i = 0; comments != NULL && i < comments->len; i++)
    {
      const AttestDocxNote *comment = g_ptr_array_index (comments, i);
      char *text = comment->flow->text->str;
      guint line
          = comment->id != NULL
                ? GPOINTER_TO_UINT (g_hash_table_lookup (package->findings.comments, comment->id))
                : 0;

      g_strdelimit (text, "\n\t", ' ');
      if (kept->len > 0)
        g_string_append_c (kept, '\n');
      if (line > 0)
        g_string_append_printf (kept, "line %u, ", line);
      g_string_append_printf (kept, "%s: %s", comment->author != NULL ? comment->author : "?",
                              g_strstrip (text));
    }
  attest_document_add_metadata (doc, "comments", kept->str);
  if (comments != NULL && comments->len > 0)
    attest_document_warn (doc, 0, "%u comments are metadata, not text", comments->len);
  return TRUE;
}

static void
warn_of_losses (const Package *package, AttestDocument *doc)
{
  const AttestDocxFindings *findings = &package->findings;

  if (findings->n_numbered > 0)
    attest_document_warn (doc, 0,
                          "list numbers and bullets are not part of the text (%u paragraphs)",
                          findings->n_numbered);
  if (package->n_notes > 0)
    attest_document_warn (doc, 0,
                          "footnotes and endnotes are at the end of the text, outside all turns "
                          "(%u paragraphs)",
                          package->n_notes);
  if (findings->n_hidden > 0)
    attest_document_warn (doc, 0, "hidden text is left out (%u places)", findings->n_hidden);
  if (findings->n_symbols > 0)
    attest_document_warn (doc, 0, "%u characters of symbol fonts are unknown and became U+FFFD",
                          findings->n_symbols);
  if (findings->n_prompts > 0)
    attest_document_warn (doc, 0,
                          "%u content controls are marked as not filled in; what they show is kept",
                          findings->n_prompts);
  if (findings->n_chunks > 0)
    attest_document_warn (doc, 0, "%u embedded documents are left out", findings->n_chunks);
}

/* A file with Word's suffix and another content is refused rather than read as what it is not. */
static gboolean
check_is_zip (const AttestDocument *doc, GError **error)
{
  gsize n_bytes;
  const guint8 *bytes = g_bytes_get_data (doc->original, &n_bytes);

  if (n_bytes >= 2 && memcmp (bytes, "PK", 2) == 0)
    return TRUE;
  if (attest_zip_is_ole (bytes, n_bytes))
    return TRUE; /* the archive says what is wrong with it */
  if (n_bytes >= 5 && memcmp (bytes, "{\\rtf", 5) == 0)
    return attest_throw (error, ATTEST_ERROR_INPUT,
                         "it is RTF, not a Word document: give it the suffix .rtf");
  if (n_bytes >= 5 && memcmp (bytes, "%PDF-", 5) == 0)
    return attest_throw (error, ATTEST_ERROR_INPUT,
                         "it is PDF, not a Word document: give it the suffix .pdf");
  return attest_throw (error, ATTEST_ERROR_INPUT,
                       "it is not a ZIP archive, as a Word document is: give it the suffix of what "
                       "it is, such as .txt or .html");
}

static gboolean
docx_read (AttestDocument *doc, const AttestReadOptions *options, GError **error)
{
  g_auto (Package) package = { .n_notes = 0 };

  attest_docx_findings_init (&package.findings);
  package.context.findings = &package.findings;
  if (!check_is_zip (doc, error))
    return FALSE;
  package.zip = attest_zip_new (doc->original, error);
  if (package.zip == NULL || !find_main_part (&package, error))
    return FALSE;
  read_helpers (&package, doc);
  if (!read_body (&package, error))
    return FALSE;
  settle_pages (&package);
  if (!append_notes (&package, "footnote", error) || !append_notes (&package, "endnote", error)
      || !keep_comments (&package, doc, error))
    return FALSE;
  warn_of_losses (&package, doc);
  attest_flow_finish (package.flow, doc, options);
  return TRUE;
}

static int
docx_probe (const AttestProbe *probe)
{
  gboolean named = g_strv_contains (docx_suffixes, probe->suffix);

  /* Read only to say what to do about it. */
  if (named || attest_zip_is_ole (probe->head, probe->head_bytes))
    return ATTEST_PROBE_MAGIC;
  if (probe->head_bytes < 4 || memcmp (probe->head, "PK\3\4", 4) != 0)
    return 0;
  if (attest_probe_contains (probe, "word/"))
    return ATTEST_PROBE_MAGIC;
  return attest_probe_contains (probe, "[Content_Types].xml")
                 || attest_probe_contains (probe, "_rels/.rels")
             ? ATTEST_PROBE_SUFFIX - 1
             : 0;
}

const AttestReader attest_reader_docx = {
  .id = "docx",
  .name = "Word document",
  .suffixes = docx_suffixes,
  .probe = docx_probe,
  .read = docx_read,
};
