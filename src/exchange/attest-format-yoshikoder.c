/* attest-format-yoshikoder: .ykd, cnode elements (categories) in each other, with pnode elements
 * (patterns). The outermost cnode is the dictionary.
 */
#include <string.h>

#include "exchange/attest-exchange-xml.h"

#define STYLE "050805" /* the only one that there is */

typedef struct
{
  const AttestExchangeInput *input;
  AttestOutline *outline;
  AttestXml *xml;
  AttestEntryKind kind;
} Reader;

static guint
probe (const char *head)
{
  return attest_exchange_xml_probe (head, "dictionary")
                 && (strstr (head, "<cnode") != NULL || strstr (head, "patternengine") != NULL)
             ? 95
             : 0;
}

/* The score of a pattern is a weight, if it can be one. */
static double
read_score (const Reader *reader, guint node, const char *name)
{
  const char *text = attest_xml_attribute (reader->xml, "score");
  char *end;

  if (text == NULL || *text == '\0')
    return 1.0;
  double score = g_ascii_strtod (text, &end);
  if (*end == '\0' && score > 0.0)
    return score;
  attest_outline_lose (reader->outline, ATTEST_LOSS_CHANGED, "weight",
                       attest_xml_line (reader->xml), attest_xml_column (reader->xml),
                       attest_outline_node (reader->outline, node)->name,
                       "the score %s of '%s' is left out: weights are above 0", text, name);
  return 1.0;
}

static gboolean
read_pattern (const Reader *reader, guint node, GError **error)
{
  const char *name = attest_xml_attribute (reader->xml, "name");
  guint line = attest_xml_line (reader->xml);
  guint column = attest_xml_column (reader->xml);

  if (name == NULL || attest_exchange_is_blank (name))
    return attest_exchange_xml_throw (reader->input, reader->xml, error,
                                      "a pnode without a name: write the pattern there");
  if (node == ATTEST_NO_NODE)
    return attest_exchange_xml_throw (reader->input, reader->xml, error,
                                      "a pnode outside of any cnode");
  char *text = reader->kind == ATTEST_ENTRY_REGEX ? g_strdup (name) : attest_glob_new (name, "*");
  AttestEntry *entry
      = attest_outline_add_entry (reader->outline, node, reader->kind, text, line, column);
  entry->weight = read_score (reader, node, name);
  entry->any_edges = reader->kind == ATTEST_ENTRY_REGEX;
  if (attest_xml_attribute (reader->xml, "desc") != NULL)
    attest_outline_lose (reader->outline, ATTEST_LOSS_DROPPED, "definition", line, column,
                         attest_outline_node (reader->outline, node)->name,
                         "the description of the pattern '%s' is left out", name);
  return attest_exchange_xml_skip (reader->input, reader->xml, error);
}

/* What is inside the dictionary or a category, up to its end. XML bounds the depth. */
static gboolean
read_content (const Reader *reader, guint parent, GError **error)
{
  for (;;)
    {
      AttestXmlEvent event = attest_exchange_xml_next (reader->input, reader->xml, error);
      const char *name;

      if (event == ATTEST_XML_ERROR || event == ATTEST_XML_END)
        return event == ATTEST_XML_END;
      if (event == ATTEST_XML_TEXT)
        continue;
      if (attest_xml_is (reader->xml, "pnode"))
        {
          if (!read_pattern (reader, parent, error))
            return FALSE;
          continue;
        }
      if (!attest_xml_is (reader->xml, "cnode"))
        return attest_exchange_xml_throw (reader->input, reader->xml, error,
                                          "<%s> is no part of a dictionary of Yoshikoder",
                                          attest_xml_name (reader->xml));
      name = attest_xml_attribute (reader->xml, "name");
      if (name == NULL || attest_exchange_is_blank (name))
        return attest_exchange_xml_throw (reader->input, reader->xml, error,
                                          "a cnode without a name");
      guint node
          = attest_outline_add_node (reader->outline, parent, name, attest_xml_line (reader->xml),
                                     attest_xml_column (reader->xml));
      if (attest_xml_attribute (reader->xml, "score") != NULL)
        attest_outline_lose (reader->outline, ATTEST_LOSS_CHANGED, "weight",
                             attest_xml_line (reader->xml), attest_xml_column (reader->xml), name,
                             "the score of the category '%s' is left out: weights are of rules",
                             name);
      attest_outline_node (reader->outline, node)->definition
          = attest_xml_dup_attribute (reader->xml, "desc");
      if (!read_content (reader, node, error))
        return FALSE;
    }
}

static gboolean
read_yoshikoder (const AttestExchangeInput *input, AttestOutline *outline, GError **error)
{
  g_autoptr (AttestXml) xml = attest_exchange_xml_open (input, input->bytes, error);
  Reader reader = { .input = input, .outline = outline, .xml = xml };

  if (xml == NULL || !attest_exchange_xml_root (input, xml, error))
    return FALSE;
  if (!attest_xml_is (xml, "dictionary"))
    return attest_exchange_xml_throw (input, xml, error,
                                      "a dictionary of Yoshikoder begins with <dictionary>, not "
                                      "<%s>",
                                      attest_xml_name (xml));
  const char *engine = attest_xml_attribute (xml, "patternengine");
  if (engine != NULL && strcmp (engine, "regexp") == 0)
    reader.kind = ATTEST_ENTRY_REGEX;
  else if (engine != NULL && strcmp (engine, "substring") != 0)
    return attest_exchange_xml_throw (
        input, xml, error, "unknown patternengine '%s': substring and regexp are known", engine);
  outline->has_cover = TRUE;
  return read_content (&reader, ATTEST_NO_NODE, error)
         && attest_exchange_xml_end (input, xml, error);
}

/* --- out ---------------------------------------------------------------------------------- */

static void
append_open (GString *out, guint indent, const char *element, const char *name, const char *desc)
{
  g_string_append_printf (out, "%*s<%s name=\"", (int)indent, "", element);
  attest_exchange_xml_append (out, name);
  if (desc != NULL)
    {
      g_string_append (out, "\" desc=\"");
      attest_exchange_xml_append (out, desc);
    }
  g_string_append_c (out, '"');
}

static void
write_pattern (const AttestEntry *entry, guint indent, GString *out)
{
  char score[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *text = attest_glob_to_text (entry->text);

  append_open (out, indent, "pnode", text, NULL);
  if (entry->weight != 1.0)
    g_string_append_printf (out, " score=\"%s\"",
                            g_ascii_formatd (score, sizeof score, "%.10g", entry->weight));
  g_string_append (out, "/>\n");
}

static void
write_node (const AttestOutline *outline, guint i, guint indent, GString *out)
{
  const AttestNode *node = attest_outline_node (outline, i);

  append_open (out, indent, "cnode", node->name, node->definition);
  g_string_append (out, ">\n");
  for (guint k = 0; k < node->entries->len; k++)
    write_pattern (&g_array_index (node->entries, AttestEntry, k), indent + 2, out);
  for (guint k = i + 1; k < outline->nodes->len && node->n_children > 0; k++)
    if (attest_outline_node (outline, k)->parent == i)
      write_node (outline, k, indent + 2, out);
  g_string_append_printf (out, "%*s</cnode>\n", (int)indent, "");
}

static void
write_yoshikoder (const AttestOutline *outline, GString *out)
{
  g_string_append (out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        "<dictionary style=\"" STYLE "\" patternengine=\"substring\">\n");
  append_open (out, 2, "cnode", outline->title != NULL ? outline->title : outline->id, NULL);
  g_string_append (out, ">\n");
  for (guint i = 0; i < outline->nodes->len; i++)
    if (attest_outline_node (outline, i)->parent == ATTEST_NO_NODE)
      write_node (outline, i, 4, out);
  g_string_append (out, "  </cnode>\n</dictionary>\n");
}

static const char *const suffixes[] = { ".ykd", NULL };

const AttestExchangeFormat attest_format_yoshikoder = {
  .id = "yoshikoder",
  .name = "Yoshikoder dictionary",
  .suffixes = suffixes,
  .features
  = ATTEST_CAN_RULES | ATTEST_CAN_NEST | ATTEST_CAN_DEFINE | ATTEST_CAN_WEIGH | ATTEST_CAN_TITLE,
  .globs = ATTEST_GLOB_ENDINGS | ATTEST_GLOB_ANYWHERE,
  .probe = probe,
  .is_binary = TRUE,
  .read = read_yoshikoder,
  .write = write_yoshikoder,
};
