#include "reader/attest-html-body.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <string.h>

#include "util/attest-error.h"
#include "util/attest-limits.h"

/* libxml2's parser mends the markup and calls back; no tree is built. Each open element keeps what
 * follows from it for what is inside. */

typedef enum
{
  FLAG_BLOCK = 1 << 0, /* begins and ends a line */
  FLAG_BOLD = 1 << 1,
  FLAG_HEADING = 1 << 2,
  FLAG_PRE = 1 << 3,  /* white space counts */
  FLAG_SKIP = 1 << 4, /* is no text */
  FLAG_TITLE = 1 << 5,
  FLAG_ITALIC = 1 << 6,
} Flags;

typedef struct
{
  char name[16]; /* cut */
  guint flags;   /* with those of the elements around it */
  guint own;     /* its own */
} Element;

/* A table that is open. */
typedef struct
{
  AttestFlowRow row;
  gboolean in_row, in_cell;
  guint columns, rows; /* that the open cell covers */
  guint n_rows;        /* that have ended in the open group of rows */
  GArray *covered;     /* of guint, by column: the row of the group where no cell from above is */
} Table;

typedef struct
{
  AttestHtmlContent *content;
  htmlParserCtxt *parser;
  GArray *elements; /* of Element */
  GArray *tables;   /* of Table */
  gboolean in_line;
  gsize line_byte; /* where the line began */
  gboolean line_is_heading;
  gboolean after_space;
  gboolean too_deep;
} Body;

static const struct
{
  const char *name;
  guint flags;
} known[] = {
  { "address", FLAG_BLOCK },
  { "article", FLAG_BLOCK },
  { "aside", FLAG_BLOCK },
  { "audio", FLAG_SKIP },
  { "b", FLAG_BOLD },
  { "blockquote", FLAG_BLOCK },
  { "body", FLAG_BLOCK },
  { "button", FLAG_SKIP },
  { "canvas", FLAG_SKIP },
  { "caption", FLAG_BLOCK },
  { "dd", FLAG_BLOCK },
  { "div", FLAG_BLOCK },
  { "dl", FLAG_BLOCK },
  { "dt", FLAG_BLOCK },
  { "em", FLAG_ITALIC },
  { "figcaption", FLAG_BLOCK },
  { "figure", FLAG_BLOCK },
  { "footer", FLAG_BLOCK },
  { "form", FLAG_BLOCK },
  { "h1", FLAG_BLOCK | FLAG_HEADING },
  { "h2", FLAG_BLOCK | FLAG_HEADING },
  { "h3", FLAG_BLOCK | FLAG_HEADING },
  { "h4", FLAG_BLOCK | FLAG_HEADING },
  { "h5", FLAG_BLOCK | FLAG_HEADING },
  { "h6", FLAG_BLOCK | FLAG_HEADING },
  { "head", FLAG_SKIP },
  { "header", FLAG_BLOCK },
  { "hr", FLAG_BLOCK },
  { "i", FLAG_ITALIC },
  { "iframe", FLAG_SKIP },
  { "li", FLAG_BLOCK },
  { "main", FLAG_BLOCK },
  { "math", FLAG_SKIP },
  { "nav", FLAG_BLOCK },
  { "noscript", FLAG_SKIP },
  { "object", FLAG_SKIP },
  { "ol", FLAG_BLOCK },
  { "p", FLAG_BLOCK },
  { "pre", FLAG_BLOCK | FLAG_PRE },
  { "rp", FLAG_SKIP },
  { "rt", FLAG_SKIP },
  { "script", FLAG_SKIP },
  { "section", FLAG_BLOCK },
  { "select", FLAG_SKIP },
  { "strong", FLAG_BOLD },
  { "style", FLAG_SKIP },
  { "svg", FLAG_SKIP },
  { "table", FLAG_BLOCK },
  { "template", FLAG_SKIP },
  { "textarea", FLAG_SKIP },
  { "title", FLAG_TITLE | FLAG_SKIP },
  { "ul", FLAG_BLOCK },
  { "video", FLAG_SKIP },
};

static guint
flags_of (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (strcmp (known[i].name, name) == 0)
      return known[i].flags;
  return 0;
}

static guint
inherited (const Body *body)
{
  return body->elements->len > 0
             ? g_array_index (body->elements, Element, body->elements->len - 1).flags
             : 0;
}

static Table *
top_table (const Body *body)
{
  return body->tables->len > 0 ? &g_array_index (body->tables, Table, body->tables->len - 1) : NULL;
}

static void
end_line (Body *body)
{
  AttestFlow *flow = body->content->flow;

  if (!body->in_line)
    return;
  if (body->line_is_heading)
    attest_flow_mark (flow, ATTEST_MARK_HEADING, body->line_byte);
  body->in_line = FALSE;
  flow->needs_break = TRUE;
}

static void
begin_line (Body *body, gboolean heading)
{
  if (body->in_line)
    return;
  attest_flow_begin (body->content->flow);
  body->line_byte = body->content->flow->text->len;
  body->line_is_heading = heading;
  body->in_line = TRUE;
  body->after_space = TRUE;
}

/* --- tables --------------------------------------------------------------------------------- */

static void
end_cell (Body *body)
{
  Table *table = top_table (body);

  end_line (body);
  if (table == NULL || !table->in_cell)
    return;
  for (guint i = table->row.column; i < table->row.column + table->columns; i++)
    if (table->rows > 1 && i < ATTEST_MAX_HTML_COLUMNS)
      {
        if (table->covered->len <= i)
          g_array_set_size (table->covered, i + 1);
        g_array_index (table->covered, guint, i) = table->n_rows + table->rows;
      }
  attest_flow_end_cell (body->content->flow, &table->row, table->columns);
  table->in_cell = FALSE;
}

static void
end_row (Body *body)
{
  Table *table = top_table (body);

  end_cell (body);
  if (table == NULL || !table->in_row)
    return;
  attest_flow_end_row (body->content->flow, &table->row, TRUE);
  table->in_row = FALSE;
  table->n_rows++;
}

/* Cells reach to the end of their thead, tbody or tfoot at most. */
static void
end_row_group (Body *body)
{
  Table *table = top_table (body);

  end_row (body);
  if (table == NULL)
    return;
  table->n_rows = 0;
  g_array_set_size (table->covered, 0);
}

static void
begin_table (Body *body)
{
  Table table = { .covered = g_array_new (FALSE, TRUE, sizeof (guint)) };

  attest_flow_begin_table (body->content->flow);
  g_array_append_val (body->tables, table);
}

static void
end_table (Body *body)
{
  if (body->tables->len == 0)
    return;
  end_row (body);
  g_array_unref (top_table (body)->covered);
  g_array_set_size (body->tables, body->tables->len - 1);
  attest_flow_end_table (body->content->flow);
}

static void
begin_row (Body *body)
{
  Table *table = top_table (body);

  end_row (body);
  if (table == NULL)
    return;
  attest_flow_begin_row (body->content->flow, &table->row);
  table->in_row = TRUE;
}

/* The value of a span attribute (nullable); @zero is what "0" stands for. */
static guint
span_of (const char *value, guint zero, guint max)
{
  guint64 span = value != NULL ? g_ascii_strtoull (value, NULL, 10) : 1;

  if (value != NULL && !g_ascii_isdigit (*value))
    return 1;
  return span == 0 ? zero : (guint)MIN (span, max);
}

static void
begin_cell (Body *body, const char *columns, const char *rows)
{
  Table *table = top_table (body);

  end_cell (body);
  if (table == NULL)
    return;
  if (!table->in_row)
    begin_row (body);
  while (table->row.column < table->covered->len
         && g_array_index (table->covered, guint, table->row.column) > table->n_rows)
    table->row.column++;
  table->columns = span_of (columns, 1, ATTEST_MAX_HTML_COLUMNS);
  /* None says: to the end of the group. */
  table->rows = span_of (rows, ATTEST_MAX_HTML_ROWS, ATTEST_MAX_HTML_ROWS);
  attest_flow_begin_cell (body->content->flow, &table->row);
  table->in_cell = TRUE;
}

/* --- elements ------------------------------------------------------------------------------- */

static const char *
find_attribute (const xmlChar **attributes, const char *name)
{
  for (; attributes != NULL && attributes[0] != NULL; attributes += 2)
    if (g_ascii_strcasecmp ((const char *)attributes[0], name) == 0)
      return attributes[1] != NULL ? (const char *)attributes[1] : "";
  return NULL;
}

/* What the style attribute says, without blanks. */
static guint
flags_of_style (const xmlChar **attributes)
{
  const char *style = find_attribute (attributes, "style");
  g_autofree char *folded = NULL;
  guint n = 0, flags = 0;

  if (style == NULL)
    return 0;
  folded = g_ascii_strdown (style, -1);
  for (const char *p = folded; *p != '\0'; p++)
    if (!g_ascii_isspace (*p))
      folded[n++] = *p;
  folded[n] = '\0';
  if (strstr (folded, "display:none") != NULL || strstr (folded, "visibility:hidden") != NULL)
    return FLAG_SKIP;
  if (strstr (folded, "font-weight:bold") != NULL || strstr (folded, "font-weight:7") != NULL)
    flags |= FLAG_BOLD;
  return strstr (folded, "font-style:italic") != NULL ? flags | FLAG_ITALIC : flags;
}

static gboolean
is_row_group (const char *name)
{
  return strcmp (name, "thead") == 0 || strcmp (name, "tbody") == 0 || strcmp (name, "tfoot") == 0;
}

static void
apply_start (Body *body, const char *name, guint own, const xmlChar **attributes)
{
  if (own & FLAG_BLOCK)
    end_line (body);
  if (strcmp (name, "br") == 0)
    {
      begin_line (body, (inherited (body) & FLAG_HEADING) != 0);
      g_string_append_c (body->content->flow->text, '\n');
      body->after_space = TRUE;
    }
  else if (strcmp (name, "table") == 0)
    begin_table (body);
  else if (strcmp (name, "tr") == 0)
    begin_row (body);
  else if (strcmp (name, "td") == 0 || strcmp (name, "th") == 0)
    begin_cell (body, find_attribute (attributes, "colspan"),
                find_attribute (attributes, "rowspan"));
  else if (is_row_group (name))
    end_row_group (body);
}

static void
start_element (void *data, const xmlChar *xml_name, const xmlChar **attributes)
{
  Body *body = data;
  const char *name = (const char *)xml_name;
  guint outer = inherited (body), style = flags_of_style (attributes);
  Element element = { .own = flags_of (name) | style };

  if (body->elements->len >= ATTEST_MAX_HTML_DEPTH)
    {
      body->too_deep = TRUE;
      xmlStopParser (body->parser);
      return;
    }
  if (find_attribute (attributes, "hidden") != NULL)
    style |= FLAG_SKIP;
  element.own |= style;
  if ((style & FLAG_SKIP) && !(outer & FLAG_SKIP))
    body->content->n_hidden++;
  body->content->is_frames |= strcmp (name, "frameset") == 0;
  g_strlcpy (element.name, name, sizeof element.name);
  element.flags = outer | (element.own & ~(guint)FLAG_BLOCK);
  if (!(element.flags & FLAG_SKIP))
    apply_start (body, name, element.own, attributes);
  g_array_append_val (body->elements, element);
}

static void
end_element (void *data, const xmlChar *xml_name)
{
  Body *body = data;
  Element element;
  char name[sizeof element.name];

  g_strlcpy (name, (const char *)xml_name, sizeof name);
  if (body->elements->len == 0)
    return;
  element = g_array_index (body->elements, Element, body->elements->len - 1);
  if (strcmp (element.name, name) != 0)
    return;
  g_array_set_size (body->elements, body->elements->len - 1);
  if (element.flags & FLAG_SKIP)
    return;
  if (element.own & FLAG_BLOCK)
    end_line (body);
  if (strcmp (name, "table") == 0)
    end_table (body);
  else if (strcmp (name, "tr") == 0)
    end_row (body);
  else if (strcmp (name, "td") == 0 || strcmp (name, "th") == 0)
    end_cell (body);
}

/* --- text ----------------------------------------------------------------------------------- */

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static void
append_line (Body *body, const char *text, guint flags)
{
  guint type = ATTEST_FLOW_PLAIN;

  begin_line (body, (flags & FLAG_HEADING) != 0);
  /* A heading is bold by nature: that says nothing about a label. */
  if (!(flags & FLAG_HEADING))
    type = (flags & FLAG_BOLD ? ATTEST_FLOW_BOLD : 0)
           | (flags & FLAG_ITALIC ? ATTEST_FLOW_ITALIC : 0);
  attest_flow_append (body->content->flow, text, type);
}

static void
append_collapsed (Body *body, const char *text, gsize n_bytes, guint flags)
{
  g_autoptr (GString) out = g_string_sized_new (n_bytes + 1);
  gboolean after_space = !body->in_line || body->after_space;

  for (gsize i = 0; i < n_bytes; i++)
    {
      gboolean space = is_space (text[i]);

      if (!space || !after_space)
        g_string_append_c (out, space ? ' ' : text[i]);
      after_space = space;
    }
  if (out->len == 0)
    return;
  append_line (body, out->str, flags);
  body->after_space = after_space;
}

static void
append_pre (Body *body, const char *text, gsize n_bytes, guint flags)
{
  g_autofree char *copy = g_strndup (text, n_bytes);
  g_auto (GStrv) lines = g_strsplit (copy, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (i > 0)
        {
          begin_line (body, FALSE);
          g_string_append_c (body->content->flow->text, '\n');
        }
      if (*lines[i] != '\0')
        append_line (body, lines[i], flags);
    }
}

static void
characters (void *data, const xmlChar *text, int n_bytes)
{
  Body *body = data;
  guint flags = inherited (body);

  if (flags & FLAG_TITLE)
    g_string_append_len (body->content->title, (const char *)text, n_bytes);
  else if (flags & FLAG_SKIP)
    return;
  else if (flags & FLAG_PRE)
    append_pre (body, (const char *)text, (gsize)n_bytes, flags);
  else
    append_collapsed (body, (const char *)text, (gsize)n_bytes, flags);
}

/* Bad markup is the rule in HTML. */
static void
ignore_failure (void *data, xmlErrorPtr failure)
{
}

gboolean
attest_html_body_read (const char *text, gsize length_bytes, AttestHtmlContent *content,
                       GError **error)
{
  g_autoptr (GArray) elements = g_array_new (FALSE, FALSE, sizeof (Element));
  g_autoptr (GArray) tables = g_array_new (FALSE, FALSE, sizeof (Table));
  Body body = { .content = content, .elements = elements, .tables = tables };

  if (length_bytes == 0)
    return TRUE;
  xmlInitParser ();
  body.parser = htmlCreateMemoryParserCtxt (text, (int)length_bytes);
  if (body.parser == NULL)
    return attest_throw (error, ATTEST_ERROR_INPUT, "it is not HTML");
  memset (body.parser->sax, 0, sizeof *body.parser->sax);
  body.parser->sax->initialized = XML_SAX2_MAGIC;
  body.parser->sax->startElement = start_element;
  body.parser->sax->endElement = end_element;
  body.parser->sax->characters = characters;
  body.parser->sax->ignorableWhitespace = characters;
  body.parser->sax->serror = ignore_failure;
  body.parser->userData = &body;
  htmlCtxtUseOptions (body.parser, HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
  xmlSwitchEncoding (body.parser, XML_CHAR_ENCODING_UTF8);
  htmlParseDocument (body.parser);
  htmlFreeParserCtxt (body.parser);
  while (tables->len > 0)
    end_table (&body);
  end_line (&body);
  if (body.too_deep)
    return attest_throw (error, ATTEST_ERROR_INPUT, "elements are nested more than %d deep",
                         ATTEST_MAX_HTML_DEPTH);
  return TRUE;
}
