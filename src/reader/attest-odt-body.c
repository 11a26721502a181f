#include "reader/attest-odt-body.h"

#include <stdlib.h>
#include <string.h>

#include "util/attest-error.h"

/* Recursive descent over the events, as in attest-docx-body.c: elements that are not in the table
 * are entered. Text counts inside of paragraphs only.
 */

typedef struct
{
  AttestXml *xml;
  AttestOdtContent *content;
  AttestFlow *flow;
  AttestFlowRow *row;
  GPtrArray *boxes;    /* flows that follow the open paragraph */
  gboolean in_text;    /* a paragraph is open */
  gboolean is_heading; /* it is one */
  gboolean bold, italic, hidden;
  gboolean after_space; /* white space is dropped now */
  guint list_depth;
} Body;

typedef gboolean Handler (Body *body, GError **error);

static gboolean read_element (Body *body, GError **error);

static gboolean
skip (Body *body, GError **error)
{
  return attest_xml_skip (body->xml, error);
}

/* White space collapses to one blank, and is nothing where a paragraph begins. */
static void
append_text (Body *body, const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      gboolean space = *p == ' ' || *p == '\t' || *p == '\n' || *p == '\r';

      if (!space || !body->after_space)
        g_string_append_c (out, space ? ' ' : *p);
      body->after_space = space;
    }
  if (out->len == 0)
    return;
  if (body->hidden)
    body->content->n_hidden++;
  else
    attest_flow_append (body->flow, out->str,
                        body->is_heading ? ATTEST_FLOW_PLAIN
                                         : (body->bold ? ATTEST_FLOW_BOLD : 0)
                                               | (body->italic ? ATTEST_FLOW_ITALIC : 0));
}

static gboolean
read_children (Body *body, GError **error)
{
  AttestXmlEvent event;

  while ((event = attest_xml_next_child (body->xml, error)) != ATTEST_XML_END)
    {
      if (event == ATTEST_XML_ERROR)
        return FALSE;
      if (event == ATTEST_XML_TEXT && body->in_text)
        append_text (body, attest_xml_text (body->xml));
      if (event == ATTEST_XML_START && !read_element (body, error))
        return FALSE;
    }
  return TRUE;
}

static guint
count_attribute (const Body *body, const char *name, guint max)
{
  const char *value = attest_xml_attribute (body->xml, name);

  return value != NULL ? (guint)CLAMP (g_ascii_strtoull (value, NULL, 10), 1, max) : 1;
}

static gboolean
append_space (Body *body, char space, guint n, GError **error)
{
  for (; body->in_text && !body->hidden && n > 0; n--)
    g_string_append_c (body->flow->text, space);
  body->after_space = FALSE;
  return skip (body, error);
}

static gboolean
read_spaces (Body *body, GError **error)
{
  return append_space (body, ' ', count_attribute (body, "c", 10000), error);
}

static gboolean
read_tab (Body *body, GError **error)
{
  return append_space (body, '\t', 1, error);
}

static gboolean
read_break (Body *body, GError **error)
{
  return append_space (body, '\n', 1, error);
}

/* Takes over what the style says, as far as it says something. */
static void
apply_style (Body *body, const char *family)
{
  const char *style = attest_xml_attribute (body->xml, "style-name");
  int bold = attest_odt_styles_get (body->content->styles, family, style, ATTEST_ODT_BOLD);
  int italic = attest_odt_styles_get (body->content->styles, family, style, ATTEST_ODT_ITALIC);
  int hidden = attest_odt_styles_get (body->content->styles, family, style, ATTEST_ODT_HIDDEN);

  body->bold = bold >= 0 ? bold : body->bold;
  body->italic = italic >= 0 ? italic : body->italic;
  body->hidden = hidden >= 0 ? hidden : body->hidden;
}

static gboolean
read_span (Body *body, GError **error)
{
  gboolean bold = body->bold, italic = body->italic, hidden = body->hidden, good;

  apply_style (body, "text");
  good = read_children (body, error);
  body->bold = bold;
  body->italic = italic;
  body->hidden = hidden;
  return good;
}

/* What is a text of its own goes to @flow, or (NULL) waits until the open paragraph is complete. */
static gboolean
read_apart (Body *body, AttestFlow *flow, Handler *content, GError **error)
{
  g_autoptr (AttestFlow) box = attest_flow_new ();
  Body outer = *body;
  gboolean good;

  body->flow = flow != NULL ? flow : box;
  body->row = NULL;
  body->boxes = NULL;
  body->in_text = body->is_heading = body->bold = body->italic = body->hidden = FALSE;
  good = content (body, error);
  *body = outer;
  if (good && box->text->len > 0 && body->boxes != NULL)
    g_ptr_array_add (body->boxes, g_steal_pointer (&box));
  return good;
}

static gboolean
read_paragraph (Body *body, GError **error)
{
  g_autoptr (GPtrArray) boxes = NULL;
  gboolean heading = attest_xml_is (body->xml, "h"), good;
  AttestFlow *flow = body->flow;
  gsize start_byte;

  if (body->in_text)
    return read_apart (body, NULL, read_paragraph, error);
  boxes = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_flow_free);
  attest_flow_begin (flow);
  start_byte = flow->text->len;
  body->boxes = boxes;
  body->in_text = body->after_space = TRUE;
  body->is_heading = heading;
  body->bold = body->italic = body->hidden = FALSE;
  apply_style (body, "paragraph");
  good = read_children (body, error);
  body->in_text = body->is_heading = body->bold = body->italic = body->hidden = FALSE;
  body->boxes = NULL;
  if (!good)
    return FALSE;
  if (heading)
    attest_flow_mark (flow, ATTEST_MARK_HEADING, start_byte);
  body->content->n_numbered += body->list_depth > 0 && flow->text->len > start_byte;
  flow->needs_break = TRUE;
  for (guint i = 0; i < boxes->len; i++)
    attest_flow_append_flow (flow, g_ptr_array_index (boxes, i));
  return TRUE;
}

static gboolean
read_box (Body *body, GError **error)
{
  return body->in_text ? read_apart (body, NULL, read_children, error)
                       : read_children (body, error);
}

/* A frame has a text box, or a picture with a title that is nobody's text. */
static gboolean
read_frame (Body *body, GError **error)
{
  gboolean good = TRUE;

  while (good && attest_xml_next_element (body->xml, &good, error))
    {
      good = attest_xml_is (body->xml, "text-box") ? read_box (body, error) : skip (body, error);
    }
  return good;
}

static gboolean
read_note (Body *body, GError **error)
{
  return read_apart (body, body->content->notes, read_children, error);
}

/* office:annotation: dc:creator, dc:date, then paragraphs. */
static gboolean
read_annotation (Body *body, GError **error)
{
  g_autoptr (AttestFlow) flow = attest_flow_new ();
  g_autofree char *author = NULL;
  GString *out = body->content->comments;
  AttestXmlEvent event;

  while ((event = attest_xml_next_child (body->xml, error)) != ATTEST_XML_END)
    {
      gboolean good = TRUE;

      if (event == ATTEST_XML_ERROR)
        return FALSE;
      if (event == ATTEST_XML_TEXT)
        continue;
      if (attest_xml_is (body->xml, "creator") && author == NULL)
        {
          event = attest_xml_next_child (body->xml, error);
          if (event == ATTEST_XML_TEXT)
            author = g_strdup (attest_xml_text (body->xml));
          if (event == ATTEST_XML_ERROR
              || (event != ATTEST_XML_END && !attest_xml_skip (body->xml, error)))
            return FALSE;
        }
      else if (attest_xml_is (body->xml, "p") || attest_xml_is (body->xml, "list"))
        good = read_apart (body, flow, read_element, error);
      else
        good = skip (body, error);
      if (!good)
        return FALSE;
    }
  g_strdelimit (flow->text->str, "\n\t", ' ');
  g_string_append_printf (out, "%s%s: %s", out->len > 0 ? "\n" : "", author != NULL ? author : "?",
                          flow->text->str);
  body->content->n_comments++;
  return TRUE;
}

static gboolean
read_list (Body *body, GError **error)
{
  gboolean good;

  body->list_depth++;
  good = read_children (body, error);
  body->list_depth--;
  return good;
}

static gboolean
read_table (Body *body, GError **error)
{
  AttestFlowRow *outer = body->row;
  gboolean good;

  attest_flow_begin_table (body->flow);
  body->row = NULL;
  good = read_children (body, error);
  body->row = outer;
  attest_flow_end_table (body->flow);
  return good;
}

static gboolean
read_row (Body *body, GError **error)
{
  AttestFlowRow row;
  AttestFlowRow *outer = body->row;
  gboolean good;

  attest_flow_begin_row (body->flow, &row);
  body->row = &row;
  good = read_children (body, error);
  body->row = outer;
  attest_flow_end_row (body->flow, &row, TRUE);
  return good;
}

static gboolean
read_cell (Body *body, GError **error)
{
  guint columns = count_attribute (body, "number-columns-repeated", 1000);
  AttestFlowRow *row = body->row;

  if (row == NULL)
    return read_children (body, error);
  attest_flow_begin_cell (body->flow, row);
  if (!read_children (body, error))
    return FALSE;
  attest_flow_end_cell (body->flow, row, columns);
  return TRUE;
}

/* The place of a cell that another one covers. */
static gboolean
read_covered (Body *body, GError **error)
{
  if (body->row != NULL)
    body->row->column += count_attribute (body, "number-columns-repeated", 1000);
  return skip (body, error);
}

static gboolean
read_style (Body *body, GError **error)
{
  return attest_odt_styles_read (body->content->styles, body->xml, error);
}

/* Sorted by name. */
static const struct Element
{
  const char *name;
  Handler *handler;
} elements[] = {
  { "annotation", read_annotation },
  { "binary-data", skip },
  { "covered-table-cell", read_covered },
  { "desc", skip },
  { "font-face-decls", skip },
  { "forms", skip },
  { "frame", read_frame },
  { "h", read_paragraph },
  { "hidden-text", skip },
  { "line-break", read_break },
  { "list", read_list },
  { "master-styles", skip },
  { "math", skip },
  { "meta", skip },
  { "note", read_note },
  { "note-citation", skip },
  { "object", skip },
  { "p", read_paragraph },
  { "ruby-text", skip },
  { "s", read_spaces },
  { "script", skip },
  { "scripts", skip },
  { "settings", skip },
  { "span", read_span },
  { "style", read_style },
  { "tab", read_tab },
  { "table", read_table },
  { "table-cell", read_cell },
  { "table-of-content-source", skip },
  { "table-row", read_row },
  { "text-box", read_box },
  { "tracked-changes", skip },
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
attest_odt_body_read (AttestXml *xml, AttestOdtContent *content, GError **error)
{
  Body body = { .xml = xml, .content = content, .flow = content->flow };
  AttestXmlEvent event;

  do
    event = attest_xml_next (xml, error);
  while (event == ATTEST_XML_TEXT);
  if (event == ATTEST_XML_ERROR)
    return FALSE;
  if (event != ATTEST_XML_START || !g_str_has_prefix (attest_xml_name (xml), "document"))
    return attest_throw (error, ATTEST_ERROR_INPUT, "it is not an OpenDocument text");
  return read_children (&body, error) && attest_xml_next (xml, error) != ATTEST_XML_ERROR;
}
