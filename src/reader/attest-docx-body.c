#include "reader/attest-docx-body.h"

#include <stdlib.h>
#include <string.h>

#include "reader/attest-docx-private.h"
#include "util/attest-error.h"

/* Recursive descent over the events: one function for each element that matters, found in a sorted
 * table. An element that is not in the table is entered, because Word wraps runs and paragraphs in
 * many ways (hyperlinks, content controls, insertions, drawings, formulas) and speech must not be
 * lost in a new one. Text itself only ever comes from "t" elements. The depth limit of the XML
 * reader bounds the recursion.
 */

static gboolean read_element (AttestDocxBody *body, GError **error);

gboolean
attest_docx_skip (AttestDocxBody *body, GError **error)
{
  return attest_xml_skip (body->xml, error);
}

gboolean
attest_docx_read_children (AttestDocxBody *body, GError **error)
{
  gboolean good = TRUE;

  while (good && attest_xml_next_element (body->xml, &good, error))
    {
      good = read_element (body, error);
    }
  return good;
}

static gboolean
read_run_props (AttestDocxBody *body, GError **error)
{
  return body->run != NULL ? attest_docx_run_props_read (body->xml, body->run, error)
                           : attest_docx_skip (body, error);
}

/* The words of a list's label ("Question 3:") are text that somebody wrote; a plain number or a
 * bullet only says that it is a list. */
static void
show_number (AttestDocxBody *body)
{
  const AttestDocxContext *context = body->context;
  g_autofree char *text = NULL, *label = NULL;
  const char *list, *style;
  int level;

  list = attest_docx_styles_list (context->styles, body->paragraph, &level, &style);
  if (list == NULL)
    return;
  if (level < 0)
    level = (int)attest_docx_numbering_style_level (context->numbering, list, style);
  body->number = attest_docx_numbering_next (context->numbering, list, (guint)level, &text);
  if (text == NULL)
    return;
  label = g_strconcat (text, " ", NULL);
  attest_flow_append (body->flow, label, ATTEST_FLOW_PLAIN);
  body->label_byte = body->flow->text->len;
}

static gboolean
read_paragraph_props (AttestDocxBody *body, GError **error)
{
  if (body->paragraph == NULL)
    return attest_docx_skip (body, error);
  if (!attest_docx_paragraph_props_read (body->xml, body->paragraph, error))
    return FALSE;
  if (body->flow->text->len == body->paragraph_byte)
    show_number (body);
  if (body->paragraph->ends_section)
    {
      body->context->findings->n_sections++;
      body->context->findings->renumbers |= body->paragraph->numbers != ATTEST_DOCX_PAGES_GO_ON;
    }
  return TRUE;
}

/* Of the whole document, or of its last section. */
static gboolean
read_last_section (AttestDocxBody *body, GError **error)
{
  AttestDocxFindings *findings = body->context->findings;
  AttestDocxNumbers numbers;

  if (!attest_docx_section_read (body->xml, &numbers, error))
    return FALSE;
  findings->renumbers |= numbers == ATTEST_DOCX_PAGES_RENUMBERED
                         || (numbers == ATTEST_DOCX_PAGES_FROM_1 && findings->n_sections > 0);
  return TRUE;
}

static gboolean
read_chunk (AttestDocxBody *body, GError **error)
{
  body->context->findings->n_chunks++;
  return attest_docx_skip (body, error);
}

/* Text inside a paragraph that is a text of its own: it waits until the paragraph is complete. */
static gboolean
read_box (AttestDocxBody *body, AttestDocxHandler *content, GError **error)
{
  g_autoptr (AttestFlow) box = attest_flow_new ();
  AttestDocxBody outer = *body;
  gboolean good;

  body->flow = box;
  body->paragraph = NULL;
  body->run = NULL;
  body->row = NULL;
  body->boxes = NULL;
  body->n_fields = 0;
  good = content (body, error);
  attest_docx_close_fields (body);
  outer.n_texts = body->n_texts;
  outer.lines_byte = body->lines_byte;
  outer.n_lines = body->n_lines;
  *body = outer;
  if (good && box->text->len > 0 && body->boxes != NULL)
    g_ptr_array_add (body->boxes, g_steal_pointer (&box));
  return good;
}

static gboolean
read_text_box (AttestDocxBody *body, GError **error)
{
  if (body->paragraph == NULL)
    return attest_docx_read_children (body, error);
  return read_box (body, attest_docx_read_children, error);
}

/* What follows from a paragraph's properties once its text is there. */
static void
finish_paragraph (AttestDocxBody *body, const AttestDocxParagraphProps *props)
{
  AttestFlow *flow = body->flow;
  gsize start_byte = body->paragraph_byte;

  attest_docx_end_codes (body);
  if (body->label_byte > start_byte && flow->text->len == body->label_byte)
    attest_flow_truncate (flow, start_byte); /* the number of an empty paragraph */
  if (attest_docx_styles_is_heading (body->context->styles, props))
    attest_flow_mark (flow, ATTEST_MARK_HEADING, start_byte);
  else if (body->number == ATTEST_DOCX_NUMBER_COUNT || body->number == ATTEST_DOCX_NUMBER_WORDS)
    attest_flow_mark (flow, ATTEST_MARK_NUMBERED, start_byte);
  if (flow->text->len > start_byte
      && (body->number == ATTEST_DOCX_NUMBER_COUNT || body->number == ATTEST_DOCX_NUMBER_BULLET))
    body->context->findings->n_numbered++;
  flow->needs_break = !props->mark_joins;
}

static gboolean
read_paragraph (AttestDocxBody *body, GError **error)
{
  g_auto (AttestDocxParagraphProps) props = ATTEST_DOCX_PARAGRAPH_PROPS_INIT;
  g_autoptr (GPtrArray) boxes = NULL;
  GPtrArray *outer_boxes = body->boxes;
  gboolean good;

  if (body->paragraph != NULL)
    return read_box (body, read_paragraph, error);
  attest_flow_begin (body->flow);
  body->paragraph_byte = body->flow->text->len;
  body->label_byte = 0;
  body->number = ATTEST_DOCX_NUMBER_NONE;
  boxes = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_flow_free);
  body->boxes = boxes;
  body->paragraph = &props;
  good = attest_docx_read_children (body, error);
  body->paragraph = NULL;
  body->boxes = outer_boxes;
  if (!good)
    return FALSE;
  finish_paragraph (body, &props);
  for (guint i = 0; i < boxes->len; i++)
    attest_flow_append_flow (body->flow, g_ptr_array_index (boxes, i));
  return TRUE;
}

/* The same content for newer and older programs: the first branch that has text. */
static gboolean
read_alternate (AttestDocxBody *body, GError **error)
{
  gsize before = body->n_texts;
  gboolean good = TRUE;

  while (good && attest_xml_next_element (body->xml, &good, error))
    {
      good = body->n_texts == before ? attest_docx_read_children (body, error)
                                     : attest_docx_skip (body, error);
    }
  return good;
}

/* A content control. One that is marked as not filled in shows a prompt, or what a program filled
 * in without taking the mark away: nobody can tell, so it stays. */
static gboolean
read_control (AttestDocxBody *body, GError **error)
{
  gboolean is_prompt = FALSE, good = TRUE;
  gsize before = body->n_texts;

  while (good && attest_xml_next_element (body->xml, &good, error))
    {
      if (attest_xml_is (body->xml, "sdtPr"))
        good = attest_docx_find_child (body, "showingPlcHdr", &is_prompt, error);
      else if (!attest_xml_is (body->xml, "sdtContent"))
        good = attest_docx_skip (body, error);
      else
        good = attest_docx_read_children (body, error);
    }
  body->context->findings->n_prompts += is_prompt && body->n_texts > before;
  return good;
}

/* Sorted by name. */
static const struct AttestDocxElement
{
  const char *name;
  AttestDocxHandler *handler;
} elements[] = {
  { "AlternateContent", read_alternate },
  { "altChunk", read_chunk },
  { "br", attest_docx_read_break },
  { "commentRangeEnd", attest_docx_read_comment_end },
  { "commentReference", attest_docx_read_comment_end },
  { "cr", attest_docx_read_break },
  { "del", attest_docx_skip },
  { "delInstrText", attest_docx_skip },
  { "delText", attest_docx_skip },
  { "endnoteReference", attest_docx_read_note_reference },
  { "fldChar", attest_docx_read_field_char },
  { "footnoteReference", attest_docx_read_note_reference },
  { "instrText", attest_docx_skip },
  { "lastRenderedPageBreak", attest_docx_read_page_break },
  { "moveFrom", attest_docx_skip },
  { "noBreakHyphen", attest_docx_read_hyphen },
  { "p", read_paragraph },
  { "pPr", read_paragraph_props },
  { "ptab", attest_docx_read_tab },
  { "r", attest_docx_read_run },
  { "rPr", read_run_props },
  { "rt", attest_docx_skip },
  { "sdt", read_control },
  { "sectPr", read_last_section },
  { "sym", attest_docx_read_symbol },
  { "t", attest_docx_read_text },
  { "tab", attest_docx_read_tab },
  { "tbl", attest_docx_read_table },
  { "tblGrid", attest_docx_skip },
  { "tblPr", attest_docx_skip },
  { "tc", attest_docx_read_cell },
  { "tcPr", attest_docx_read_cell_props },
  { "tr", attest_docx_read_row },
  { "trPr", attest_docx_read_row_props },
  { "txbxContent", read_text_box },
};

static int
compare_element (const void *key, const void *element)
{
  return strcmp (key, ((const struct AttestDocxElement *)element)->name);
}

static const struct AttestDocxElement *
find_element (AttestDocxBody *body)
{
  const char *name = attest_xml_name (body->xml);
  AttestDocxCached *cached = &body->cache[(GPOINTER_TO_SIZE (name) >> 2) % ATTEST_DOCX_CACHE];

  if (cached->name != name)
    {
      cached->name = name;
      cached->element
          = bsearch (name, elements, G_N_ELEMENTS (elements), sizeof elements[0], compare_element);
    }
  return cached->element;
}

static gboolean
read_element (AttestDocxBody *body, GError **error)
{
  const struct AttestDocxElement *element = find_element (body);

  return element != NULL ? element->handler (body, error) : attest_docx_read_children (body, error);
}

/* --- parts ---------------------------------------------------------------------------------- */

void
attest_docx_findings_init (AttestDocxFindings *findings)
{
  *findings = (AttestDocxFindings){
    .comments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .notes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
  };
}

void
attest_docx_findings_clear (AttestDocxFindings *findings)
{
  g_clear_pointer (&findings->comments, g_hash_table_unref);
  g_clear_pointer (&findings->notes, g_hash_table_unref);
}

/* What Word writes with every run and paragraph, and says nothing of the text. One-letter names
 * are left to the readers: other vocabularies have them for content. */
static gboolean
begin_part (AttestXml *xml, const char *root, GError **error)
{
  static const char *const unread_elements[]
      = { "bCs",       "bookmarkEnd", "bookmarkStart", "color",        "contextualSpacing",
          "highlight", "iCs",         "ind",           "jc",           "keepLines",
          "keepNext",  "kern",        "lang",          "noProof",      "pBdr",
          "pPrChange", "proofErr",    "rPrChange",     "shd",          "spacing",
          "sz",        "szCs",        "tabs",          "widowControl", NULL };
  static const char *const unread_attributes[]
      = { "asciiTheme", "cs",     "cstheme", "eastAsia", "eastAsiaTheme", "hAnsi",
          "hAnsiTheme", "paraId", "rsidR",   "rsidP",    "rsidRDefault",  "rsidRPr",
          "rsidTr",     "space",  "textId",  NULL };
  AttestXmlEvent event;

  attest_xml_ignore (xml, unread_elements, unread_attributes);
  do
    event = attest_xml_next (xml, error);
  while (event == ATTEST_XML_TEXT);
  if (event == ATTEST_XML_ERROR)
    return FALSE;
  return (event == ATTEST_XML_START && (root == NULL || attest_xml_is (xml, root)))
         || attest_throw (error, ATTEST_ERROR_INPUT, "the main part is not a Word document");
}

gboolean
attest_docx_body_read (AttestXml *xml, const AttestDocxContext *context, AttestFlow *flow,
                       GError **error)
{
  g_autoptr (GString) scratch = g_string_new (NULL);
  AttestDocxCached cache[ATTEST_DOCX_CACHE] = { { NULL, NULL } };
  AttestDocxBody body = { .xml = xml,
                          .context = context,
                          .cache = cache,
                          .flow = flow,
                          .main_flow = flow,
                          .scratch = scratch };
  gboolean good = begin_part (xml, "document", error) && attest_docx_read_children (&body, error)
                  && attest_xml_next (xml, error) != ATTEST_XML_ERROR;

  attest_docx_close_fields (&body);
  return good;
}

static void
note_free (AttestDocxNote *note)
{
  g_free (note->id);
  g_free (note->author);
  attest_flow_free (note->flow);
  g_free (note);
}

/* One note; separators between text and notes are notes with a type. */
static gboolean
read_note (AttestXml *xml, const AttestDocxContext *context, AttestDocxCached *cache,
           GPtrArray *notes, GError **error)
{
  const char *type = attest_xml_attribute (xml, "type");
  g_autoptr (GString) scratch = g_string_new (NULL);
  AttestDocxBody body = { .xml = xml, .context = context, .cache = cache, .scratch = scratch };
  AttestDocxNote *note;
  gboolean good;

  if (type != NULL && strcmp (type, "normal") != 0)
    return attest_xml_skip (xml, error);
  note = g_new0 (AttestDocxNote, 1);
  note->id = attest_xml_dup_attribute (xml, "id");
  note->author = attest_xml_dup_attribute (xml, "author");
  note->flow = body.flow = body.main_flow = attest_flow_new ();
  g_ptr_array_add (notes, note);
  good = attest_docx_read_children (&body, error);
  attest_docx_close_fields (&body);
  return good;
}

GPtrArray *
attest_docx_notes_read (AttestXml *xml, const char *item, const AttestDocxContext *context,
                        GError **error)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func ((GDestroyNotify)note_free);
  AttestDocxCached cache[ATTEST_DOCX_CACHE] = { { NULL, NULL } };
  AttestXmlEvent event;

  if (!begin_part (xml, NULL, error))
    return NULL;
  while ((event = attest_xml_next_child (xml, error)) != ATTEST_XML_END)
    {
      if (event == ATTEST_XML_ERROR)
        return NULL;
      if (event == ATTEST_XML_START
          && !(attest_xml_is (xml, item) ? read_note (xml, context, cache, notes, error)
                                         : attest_xml_skip (xml, error)))
        return NULL;
    }
  return g_steal_pointer (&notes);
}
