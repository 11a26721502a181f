#include "reader/attest-docx-body.h"

#include <stdlib.h>
#include <string.h>

#include "reader/attest-symbols.h"
#include "util/attest-error.h"

/* Recursive descent over the events: one function for each element that matters, found in a sorted
 * table. An element that is not in the table is entered, because Word wraps runs and paragraphs in
 * many ways (hyperlinks, content controls, insertions, drawings, formulas) and speech must not be
 * lost in a new one. Text itself only ever comes from "t" elements. The depth limit of the XML
 * reader bounds the recursion.
 */

/* A table row that is open. */
typedef struct
{
  guint n_cells;
  guint column; /* of the grid, where the next cell begins */
  guint span;   /* grid columns of the cell that is open */
  gboolean deleted;
} Row;

typedef struct
{
  AttestXml *xml;
  const AttestDocxStyles *styles;
  AttestFlow *flow;
  AttestFlow *main_flow;
  AttestDocxCounts *counts;
  AttestDocxParagraphProps *paragraph; /* that is open, or NULL */
  AttestDocxRunProps *run;             /* that is open, or NULL */
  GPtrArray *boxes;                    /* flows that follow the open paragraph */
  Row *row;
  guint table, table_row; /* of tables that are not inside others */
  guint table_depth;
  gsize n_texts; /* "t" elements that gave text */
} Body;

typedef gboolean Handler (Body *body, GError **error);

static gboolean read_element (Body *body, GError **error);

static gboolean
skip (Body *body, GError **error)
{
  return attest_xml_skip (body->xml, error);
}

static gboolean
read_children (Body *body, GError **error)
{
  AttestXmlEvent event;

  while ((event = attest_xml_next_child (body->xml, error)) != ATTEST_XML_END)
    {
      if (event == ATTEST_XML_ERROR)
        return FALSE;
      if (event == ATTEST_XML_START && !read_element (body, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
run_is_on (const Body *body, AttestDocxToggle toggle)
{
  static const AttestDocxRunProps no_run = ATTEST_DOCX_RUN_PROPS_INIT;
  static const AttestDocxParagraphProps no_paragraph = ATTEST_DOCX_PARAGRAPH_PROPS_INIT;

  return attest_docx_styles_is_on (body->styles, toggle,
                                   body->paragraph != NULL ? body->paragraph : &no_paragraph,
                                   body->run != NULL ? body->run : &no_run);
}

static void
append_text (Body *body, const char *text)
{
  gboolean heading;

  if (*text == '\0')
    return;
  if (run_is_on (body, ATTEST_DOCX_VANISH))
    {
      body->counts->n_hidden++;
      return;
    }
  /* A heading is bold by nature: that says nothing about a label. */
  heading
      = body->paragraph != NULL && attest_docx_styles_is_heading (body->styles, body->paragraph);
  attest_flow_append (body->flow, text, !heading && run_is_on (body, ATTEST_DOCX_BOLD));
  body->n_texts++;
}

static gboolean
read_text (Body *body, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  AttestXmlEvent event;

  while ((event = attest_xml_next_child (body->xml, error)) != ATTEST_XML_END)
    {
      if (event == ATTEST_XML_ERROR)
        return FALSE;
      if (event == ATTEST_XML_TEXT)
        g_string_append (text, attest_xml_text (body->xml));
      else if (!attest_xml_skip (body->xml, error))
        return FALSE;
    }
  append_text (body, text->str);
  return TRUE;
}

/* White space elements count inside a run only: w:tab is also a tab stop of a paragraph. */
static gboolean
read_tab (Body *body, GError **error)
{
  if (body->run != NULL && !run_is_on (body, ATTEST_DOCX_VANISH))
    g_string_append_c (body->flow->text, '\t');
  return skip (body, error);
}

static gboolean
read_break (Body *body, GError **error)
{
  if (body->run != NULL && !run_is_on (body, ATTEST_DOCX_VANISH))
    g_string_append_c (body->flow->text, '\n');
  return skip (body, error);
}

static gboolean
read_hyphen (Body *body, GError **error)
{
  append_text (body, "\u2011");
  return skip (body, error);
}

static gboolean
read_symbol (Body *body, GError **error)
{
  g_autofree char *font = attest_xml_dup_attribute (body->xml, "font");
  g_autofree char *code = attest_xml_dup_attribute (body->xml, "char");
  guint64 value = code != NULL ? g_ascii_strtoull (code, NULL, 16) : 0;
  const char *found = attest_symbols_find (font, (guint)MIN (value, G_MAXUINT));

  if (found == NULL)
    body->counts->n_symbols++;
  append_text (body, found != NULL ? found : "\uFFFD");
  return skip (body, error);
}

static gboolean
read_run_props (Body *body, GError **error)
{
  return body->run != NULL ? attest_docx_run_props_read (body->xml, body->run, error)
                           : skip (body, error);
}

static gboolean
read_run (Body *body, GError **error)
{
  g_auto (AttestDocxRunProps) props = ATTEST_DOCX_RUN_PROPS_INIT;
  AttestDocxRunProps *outer = body->run;
  gboolean good;

  body->run = &props;
  good = read_children (body, error);
  body->run = outer;
  return good;
}

static gboolean
read_paragraph_props (Body *body, GError **error)
{
  return body->paragraph != NULL
             ? attest_docx_paragraph_props_read (body->xml, body->paragraph, error)
             : skip (body, error);
}

static gboolean
read_comment_reference (Body *body, GError **error)
{
  body->counts->n_comments++;
  return skip (body, error);
}

static gboolean
read_chunk (Body *body, GError **error)
{
  body->counts->n_chunks++;
  return skip (body, error);
}

/* Text inside a paragraph that is a text of its own: it waits until the paragraph is complete. */
static gboolean
read_box (Body *body, Handler *content, GError **error)
{
  g_autoptr (AttestFlow) box = attest_flow_new ();
  Body outer = *body;
  gboolean good;

  body->flow = box;
  body->paragraph = NULL;
  body->run = NULL;
  body->row = NULL;
  body->boxes = NULL;
  good = content (body, error);
  outer.n_texts = body->n_texts;
  *body = outer;
  if (good && box->text->len > 0 && body->boxes != NULL)
    g_ptr_array_add (body->boxes, g_steal_pointer (&box));
  return good;
}

static gboolean
read_text_box (Body *body, GError **error)
{
  if (body->paragraph == NULL)
    return read_children (body, error);
  return read_box (body, read_children, error);
}

static gboolean
read_paragraph (Body *body, GError **error)
{
  g_auto (AttestDocxParagraphProps) props = ATTEST_DOCX_PARAGRAPH_PROPS_INIT;
  g_autoptr (GPtrArray) boxes = NULL;
  GPtrArray *outer_boxes = body->boxes;
  gsize start_byte;
  gboolean good;

  if (body->paragraph != NULL)
    return read_box (body, read_paragraph, error);
  attest_flow_begin (body->flow);
  start_byte = body->flow->text->len;
  boxes = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_flow_free);
  body->boxes = boxes;
  body->paragraph = &props;
  good = read_children (body, error);
  body->paragraph = NULL;
  body->boxes = outer_boxes;
  if (!good)
    return FALSE;

  if (attest_docx_styles_is_heading (body->styles, &props))
    attest_flow_mark (body->flow, ATTEST_MARK_HEADING, start_byte);
  if (body->flow->text->len > start_byte && attest_docx_styles_is_numbered (body->styles, &props))
    body->counts->n_numbered++;
  body->flow->needs_break = !props.mark_deleted;
  for (guint i = 0; i < boxes->len; i++)
    attest_flow_append_flow (body->flow, g_ptr_array_index (boxes, i));
  return TRUE;
}

/* The same content for newer and older programs: the first branch that has text. */
static gboolean
read_alternate (Body *body, GError **error)
{
  gsize before = body->n_texts;
  AttestXmlEvent event;

  while ((event = attest_xml_next_child (body->xml, error)) != ATTEST_XML_END)
    {
      if (event == ATTEST_XML_ERROR)
        return FALSE;
      if (event == ATTEST_XML_START
          && !(body->n_texts == before ? read_children (body, error) : skip (body, error)))
        return FALSE;
    }
  return TRUE;
}

/* TRUE when the element that began last has a child @name; sets *@out_found. */
static gboolean
find_child (Body *body, const char *name, gboolean *out_found, GError **error)
{
  AttestXmlEvent event;

  while ((event = attest_xml_next_child (body->xml, error)) != ATTEST_XML_END)
    {
      if (event == ATTEST_XML_ERROR)
        return FALSE;
      if (event != ATTEST_XML_START)
        continue;
      if (attest_xml_is (body->xml, name))
        *out_found = TRUE;
      if (!skip (body, error))
        return FALSE;
    }
  return TRUE;
}

/* A content control; one that nobody filled in shows a prompt, which nobody said. */
static gboolean
read_control (Body *body, GError **error)
{
  gboolean is_prompt = FALSE, good = TRUE;
  AttestXmlEvent event;

  while (good && (event = attest_xml_next_child (body->xml, error)) != ATTEST_XML_END)
    {
      if (event == ATTEST_XML_ERROR)
        return FALSE;
      if (event == ATTEST_XML_TEXT)
        continue;
      if (attest_xml_is (body->xml, "sdtPr"))
        good = find_child (body, "showingPlcHdr", &is_prompt, error);
      else if (is_prompt || !attest_xml_is (body->xml, "sdtContent"))
        good = skip (body, error);
      else
        good = read_children (body, error);
    }
  return good;
}

static gboolean
read_table (Body *body, GError **error)
{
  Row *outer = body->row;
  gboolean good;

  body->table_depth++;
  body->row = NULL;
  good = read_children (body, error);
  body->row = outer;
  if (--body->table_depth == 0 && body->flow == body->main_flow)
    {
      body->table++;
      body->table_row = 0;
    }
  return good;
}

static gboolean
read_row (Body *body, GError **error)
{
  AttestFlow *flow = body->flow;
  Row row = { .n_cells = 0 };
  Row *outer = body->row;
  gboolean needed_break = flow->needs_break, good;
  gsize start_byte = flow->text->len;
  guint n_cells = flow->cells->len;

  attest_flow_begin (flow);
  body->row = &row;
  good = read_children (body, error);
  body->row = outer;
  flow->needs_break = TRUE;
  if (row.deleted)
    {
      attest_flow_truncate (flow, start_byte);
      g_array_set_size (flow->cells, n_cells);
      flow->needs_break = needed_break;
    }
  else if (body->table_depth == 1 && flow == body->main_flow)
    body->table_row++;
  return good;
}

static gboolean
read_row_props (Body *body, GError **error)
{
  gboolean deleted = FALSE;

  if (!find_child (body, "del", &deleted, error))
    return FALSE;
  if (body->row != NULL)
    body->row->deleted = deleted;
  return TRUE;
}

static gboolean
read_grid_span (Body *body, GError **error)
{
  g_autofree char *value = attest_xml_dup_attribute (body->xml, "val");
  guint64 span = value != NULL ? g_ascii_strtoull (value, NULL, 10) : 1;

  if (body->row != NULL)
    body->row->span = (guint)CLAMP (span, 1, 1000);
  return skip (body, error);
}

static gboolean
read_cell (Body *body, GError **error)
{
  AttestFlow *flow = body->flow;
  AttestFlowCell cell = { .table = body->table, .row = body->table_row };
  Row *row = body->row;

  if (row == NULL)
    return read_children (body, error);
  if (row->n_cells++ > 0)
    g_string_append_c (flow->text, '\t');
  flow->needs_break = FALSE;
  row->span = 1;
  cell.column = row->column;
  cell.start_byte = flow->text->len;
  if (!read_children (body, error))
    return FALSE;
  while (flow->text->len > cell.start_byte && flow->text->str[flow->text->len - 1] == '\n')
    g_string_truncate (flow->text, flow->text->len - 1);
  cell.end_byte = flow->text->len;
  flow->needs_break = FALSE;
  row->column += row->span;
  if (body->table_depth == 1 && flow == body->main_flow)
    g_array_append_val (flow->cells, cell);
  return TRUE;
}

/* Separators between text and notes are notes with a type. */
static gboolean
read_note (Body *body, GError **error)
{
  g_autofree char *type = attest_xml_dup_attribute (body->xml, "type");

  if (type != NULL && strcmp (type, "normal") != 0)
    return skip (body, error);
  return read_children (body, error);
}

/* Sorted by name. */
static const struct Element
{
  const char *name;
  Handler *handler;
} elements[] = {
  { "AlternateContent", read_alternate },
  { "altChunk", read_chunk },
  { "br", read_break },
  { "commentReference", read_comment_reference },
  { "cr", read_break },
  { "del", skip },
  { "delInstrText", skip },
  { "delText", skip },
  { "endnote", read_note },
  { "footnote", read_note },
  { "gridSpan", read_grid_span },
  { "instrText", skip },
  { "moveFrom", skip },
  { "noBreakHyphen", read_hyphen },
  { "p", read_paragraph },
  { "pPr", read_paragraph_props },
  { "ptab", read_tab },
  { "r", read_run },
  { "rPr", read_run_props },
  { "rt", skip },
  { "sdt", read_control },
  { "sectPr", skip },
  { "sym", read_symbol },
  { "t", read_text },
  { "tab", read_tab },
  { "tbl", read_table },
  { "tblGrid", skip },
  { "tblPr", skip },
  { "tc", read_cell },
  { "tr", read_row },
  { "trPr", read_row_props },
  { "txbxContent", read_text_box },
};

static int
compare_element (const void *key, const void *element)
{
  return strcmp (key, ((const struct Element *)element)->name);
}

static gboolean
read_element (Body *body, GError **error)
{
  const struct Element *element
      = bsearch (attest_xml_name (body->xml), elements, G_N_ELEMENTS (elements), sizeof elements[0],
                 compare_element);

  return element != NULL ? element->handler (body, error) : read_children (body, error);
}

gboolean
attest_docx_body_read (AttestXml *xml, const char *root, const AttestDocxStyles *styles,
                       AttestFlow *flow, AttestDocxCounts *counts, GError **error)
{
  Body body = { .xml = xml, .styles = styles, .flow = flow, .main_flow = flow, .counts = counts };
  AttestXmlEvent event;

  do
    event = attest_xml_next (xml, error);
  while (event == ATTEST_XML_TEXT);
  if (event == ATTEST_XML_ERROR)
    return FALSE;
  if (event != ATTEST_XML_START || !attest_xml_is (xml, root))
    return attest_throw (error, ATTEST_ERROR_INPUT, "the main part is not a Word document");
  return read_children (&body, error) && attest_xml_next (xml, error) != ATTEST_XML_ERROR;
}
