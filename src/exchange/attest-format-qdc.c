/* attest-format-qdc: REFI-QDA codebooks (.qdc), and the codebook of a REFI-QDA project (.qde, or
 * .qdpx, which is a ZIP archive with it).
 *
 * The standard has codes in codes with a description each, and no rules. What attest writes for
 * people into descriptions are lines with a label ("Include: …"), which are read again. Programs
 * spell the namespace differently ("codebook:1:0", "project:1.0, 0:4"), so only its begin counts.
 */
#include <string.h>

#include "exchange/attest-exchange-xml.h"
#include "exchange/attest-exchange-uuid.h"
#include "reader/attest-zip.h"

#define NAMESPACE "urn:QDA-XML:codebook:1.0"

typedef struct
{
  const AttestExchangeInput *input;
  AttestOutline *outline;
  AttestXml *xml;
  guint n_colours;
  guint n_notes;
} Reader;

static guint
probe (const char *head)
{
  if (strncmp (head, "PK\x03\x04", 4) == 0)
    return 60;
  if (attest_exchange_xml_probe (head, "CodeBook"))
    return 95;
  return attest_exchange_xml_probe (head, "Project") && strstr (head, "QDA-XML") != NULL ? 95 : 0;
}

/* --- descriptions ------------------------------------------------------------------------- */

/* The text that a labelled line belongs to; NULL: it has no label. */
static char **
find_field (AttestNode *node, const char *line, const char **out_value)
{
  const struct
  {
    const char *label;
    char **field;
  } fields[] = { { "Question: ", &node->question },
                 { "Include: ", &node->include },
                 { "Exclude: ", &node->exclude },
                 { "Id: ", &node->id } };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_has_prefix (line, fields[i].label) && *fields[i].field == NULL)
      {
        *out_value = line + strlen (fields[i].label);
        return fields[i].field;
      }
  return NULL;
}

/* An example has lines of its own; TRUE: it was one. */
static gboolean
take_example (AttestNode *node, const char *line)
{
  if (g_str_has_prefix (line, "Example: "))
    g_ptr_array_add (node->examples, g_strdup (line + strlen ("Example: ")));
  else if (g_str_has_prefix (line, "Counterexample: "))
    g_ptr_array_add (node->counterexamples, g_strdup (line + strlen ("Counterexample: ")));
  else
    return FALSE;
  return TRUE;
}

static void
append_line (char **field, const char *line)
{
  char *longer = *field != NULL ? g_strconcat (*field, "\n", line, NULL) : g_strdup (line);

  g_free (*field);
  *field = longer;
}

/* Lines go on until the next label. */
static void
split_description (AttestNode *node, const char *description)
{
  g_auto (GStrv) lines = g_strsplit (description, "\n", -1);
  char **field = &node->definition;

  for (char **line = lines; *line != NULL; line++)
    {
      const char *value = g_strchomp (*line);
      char **labelled = find_field (node, value, &value);

      if (labelled != NULL)
        field = labelled;
      else if (take_example (node, value))
        continue;
      append_line (field, value);
    }
  char **const texts[] = { &node->definition, &node->question, &node->include, &node->exclude };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (*texts[i] != NULL && *g_strstrip (*texts[i]) == '\0')
      g_clear_pointer (texts[i], g_free);
  if (node->id != NULL)
    {
      char *id = attest_outline_dup_id (g_strstrip (node->id));
      g_free (node->id);
      node->id = id;
    }
}

static gboolean
read_description (const Reader *reader, guint node, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (;;)
    {
      AttestXmlEvent event = attest_exchange_xml_next (reader->input, reader->xml, error);

      if (event == ATTEST_XML_ERROR)
        return FALSE;
      if (event == ATTEST_XML_TEXT)
        g_string_append (text, attest_xml_text (reader->xml));
      else if (event == ATTEST_XML_START)
        {
          if (!attest_exchange_xml_skip (reader->input, reader->xml, error))
            return FALSE;
        }
      else
        {
          split_description (attest_outline_node (reader->outline, node), text->str);
          return TRUE;
        }
    }
}

/* --- codes -------------------------------------------------------------------------------- */

static gboolean read_code (Reader *reader, guint parent, GError **error);

static gboolean
lose_element (const Reader *reader, const char *code, GError **error)
{
  attest_outline_lose (reader->outline, ATTEST_LOSS_DROPPED, "element",
                       attest_xml_line (reader->xml), attest_xml_column (reader->xml), code,
                       "<%s> is left out", attest_xml_name (reader->xml));
  return attest_exchange_xml_skip (reader->input, reader->xml, error);
}

static gboolean
read_code_content (Reader *reader, guint node, GError **error)
{
  for (;;)
    {
      AttestXmlEvent event = attest_exchange_xml_next (reader->input, reader->xml, error);
      gboolean ok = TRUE;

      if (event == ATTEST_XML_ERROR || event == ATTEST_XML_END)
        return event == ATTEST_XML_END;
      if (event == ATTEST_XML_TEXT)
        continue;
      if (attest_xml_is (reader->xml, "Code"))
        ok = read_code (reader, node, error);
      else if (attest_xml_is (reader->xml, "Description"))
        ok = read_description (reader, node, error);
      else if (attest_xml_is (reader->xml, "NoteRef"))
        {
          reader->n_notes++;
          ok = attest_exchange_xml_skip (reader->input, reader->xml, error);
        }
      else
        ok = lose_element (reader, attest_outline_node (reader->outline, node)->name, error);
      if (!ok)
        return FALSE;
    }
}

static gboolean
read_code (Reader *reader, guint parent, GError **error)
{
  const char *name = attest_xml_attribute (reader->xml, "name");
  const char *is_codable = attest_xml_attribute (reader->xml, "isCodable");

  if (name == NULL || attest_exchange_is_blank (name))
    return attest_exchange_xml_throw (reader->input, reader->xml, error, "a Code without a name");
  gboolean is_folder
      = is_codable != NULL && (strcmp (is_codable, "false") == 0 || strcmp (is_codable, "0") == 0);
  if (is_codable != NULL && !is_folder && strcmp (is_codable, "true") != 0
      && strcmp (is_codable, "1") != 0)
    return attest_exchange_xml_throw (reader->input, reader->xml, error,
                                      "isCodable is true or false, not '%s'", is_codable);
  guint node
      = attest_outline_add_node (reader->outline, parent, name, attest_xml_line (reader->xml),
                                 attest_xml_column (reader->xml));
  attest_outline_node (reader->outline, node)->is_code = !is_folder;
  reader->n_colours += attest_xml_attribute (reader->xml, "color") != NULL;
  return read_code_content (reader, node, error);
}

static gboolean
read_codes (Reader *reader, GError **error)
{
  for (;;)
    {
      AttestXmlEvent event = attest_exchange_xml_next (reader->input, reader->xml, error);

      if (event == ATTEST_XML_ERROR || event == ATTEST_XML_END)
        return event == ATTEST_XML_END;
      if (event == ATTEST_XML_TEXT)
        continue;
      if (!attest_xml_is (reader->xml, "Code"))
        return attest_exchange_xml_throw (reader->input, reader->xml, error,
                                          "<%s> is no Code: Codes holds nothing else",
                                          attest_xml_name (reader->xml));
      if (!read_code (reader, ATTEST_NO_NODE, error))
        return FALSE;
    }
}

static gboolean
read_set (const Reader *reader, GError **error)
{
  const char *name = attest_xml_attribute (reader->xml, "name");

  attest_outline_lose (reader->outline, ATTEST_LOSS_DROPPED, "set", attest_xml_line (reader->xml),
                       attest_xml_column (reader->xml), NULL, "the set '%s' is left out",
                       name != NULL ? name : "");
  return attest_exchange_xml_skip (reader->input, reader->xml, error);
}

/* What is inside the CodeBook, its Codes and Sets. */
static gboolean
read_codebook (Reader *reader, GError **error)
{
  for (guint depth = 1; depth > 0;)
    {
      AttestXmlEvent event = attest_exchange_xml_next (reader->input, reader->xml, error);
      gboolean ok = TRUE;

      if (event == ATTEST_XML_ERROR)
        return FALSE;
      if (event == ATTEST_XML_END)
        depth--;
      if (event != ATTEST_XML_START)
        continue;
      if (attest_xml_is (reader->xml, "Codes"))
        ok = read_codes (reader, error);
      else if (attest_xml_is (reader->xml, "Sets"))
        depth++;
      else if (attest_xml_is (reader->xml, "Set"))
        ok = read_set (reader, error);
      else
        ok = lose_element (reader, NULL, error);
      if (!ok)
        return FALSE;
    }
  return TRUE;
}

/* Of a project, only the codebook. */
static gboolean
read_project (Reader *reader, GError **error)
{
  for (;;)
    {
      AttestXmlEvent event = attest_exchange_xml_next (reader->input, reader->xml, error);

      if (event == ATTEST_XML_ERROR || event == ATTEST_XML_END)
        return event == ATTEST_XML_END;
      if (event != ATTEST_XML_START)
        continue;
      gboolean ok = attest_xml_is (reader->xml, "CodeBook") ? read_codebook (reader, error)
                                                            : lose_element (reader, NULL, error);
      if (!ok)
        return FALSE;
    }
}

static gboolean
check_namespace (const Reader *reader, const char *part, GError **error)
{
  const char *uri = attest_xml_namespace (reader->xml);
  g_autofree char *begin = g_strdup_printf ("urn:QDA-XML:%s:", part);

  if (uri != NULL && g_str_has_prefix (uri, begin))
    return TRUE;
  return attest_exchange_xml_throw (reader->input, reader->xml, error,
                                    "<%s> is in %s%s%s, so this is no REFI-QDA %s, which has "
                                    "xmlns=\"%s1.0\"",
                                    attest_xml_name (reader->xml),
                                    uri != NULL ? "the namespace '" : "no namespace",
                                    uri != NULL ? uri : "", uri != NULL ? "'" : "", part, begin);
}

static gboolean
read_root (Reader *reader, GError **error)
{
  if (!attest_exchange_xml_root (reader->input, reader->xml, error))
    return FALSE;
  if (attest_xml_is (reader->xml, "CodeBook"))
    return check_namespace (reader, "codebook", error) && read_codebook (reader, error);
  if (attest_xml_is (reader->xml, "Project"))
    {
      reader->outline->title = attest_xml_dup_attribute (reader->xml, "name");
      return check_namespace (reader, "project", error) && read_project (reader, error);
    }
  return attest_exchange_xml_throw (reader->input, reader->xml, error,
                                    "a REFI-QDA codebook begins with <CodeBook>, not <%s>",
                                    attest_xml_name (reader->xml));
}

/* The XML of a project is in the archive under this name, whatever the case. */
#define PROJECT_NAME "project.qde"

static GBytes *
open_archive (const AttestExchangeInput *input, GError **error)
{
  gsize n_bytes;
  const char *data = g_bytes_get_data (input->bytes, &n_bytes);
  g_autoptr (GError) cause = NULL;

  if (n_bytes < 4 || memcmp (data, "PK\x03\x04", 4) != 0)
    return g_bytes_ref (input->bytes);
  g_autoptr (AttestZip) zip = attest_zip_new (input->bytes, &cause);
  GBytes *bytes = zip != NULL ? attest_zip_read (zip, PROJECT_NAME, &cause) : NULL;
  if (bytes == NULL)
    attest_exchange_xml_fail (input, NULL, cause, error);
  return bytes;
}

static gboolean
read_qdc (const AttestExchangeInput *input, AttestOutline *outline, GError **error)
{
  g_autoptr (GBytes) bytes = open_archive (input, error);
  g_autoptr (AttestXml) xml = bytes != NULL ? attest_exchange_xml_open (input, bytes, error) : NULL;
  Reader reader = { .input = input, .outline = outline, .xml = xml };

  if (xml == NULL || !read_root (&reader, error) || !attest_exchange_xml_end (input, xml, error))
    return FALSE;
  if (reader.n_colours > 0)
    attest_outline_lose (outline, ATTEST_LOSS_DROPPED, "colour", 0, 0, NULL,
                         "the colours of %u code%s are left out", reader.n_colours,
                         reader.n_colours == 1 ? "" : "s");
  if (reader.n_notes > 0)
    attest_outline_lose (outline, ATTEST_LOSS_DROPPED, "note", 0, 0, NULL,
                         "%u note%s of codes left out", reader.n_notes,
                         reader.n_notes == 1 ? "" : "s");
  return TRUE;
}

/* --- out ---------------------------------------------------------------------------------- */

static void
append_labelled (GString *out, const char *label, const char *text)
{
  if (text != NULL)
    g_string_append_printf (out, "%s%s%s", out->len > 0 ? "\n" : "", label, text);
}

static char *
dup_description (const AttestNode *node)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *usual_id = attest_outline_dup_id (node->name);

  append_labelled (out, "", node->definition);
  append_labelled (out, "Question: ", node->question);
  append_labelled (out, "Include: ", node->include);
  append_labelled (out, "Exclude: ", node->exclude);
  for (guint i = 0; i < node->examples->len; i++)
    append_labelled (out, "Example: ", g_ptr_array_index (node->examples, i));
  for (guint i = 0; i < node->counterexamples->len; i++)
    append_labelled (out, "Counterexample: ", g_ptr_array_index (node->counterexamples, i));
  if (node->id != NULL && strcmp (node->id, usual_id) != 0)
    append_labelled (out, "Id: ", node->id);
  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

static void
write_node (const AttestOutline *outline, guint i, guint indent, GString *out)
{
  const AttestNode *node = attest_outline_node (outline, i);
  g_autofree char *description = dup_description (node);
  g_autofree char *guid = attest_exchange_dup_guid (
      outline->id, node->is_code ? "code" : "dimension", node->id != NULL ? node->id : node->name);

  g_string_append_printf (out, "%*s<Code guid=\"%s\" name=\"", (int)indent, "", guid);
  attest_exchange_xml_append (out, node->name);
  g_string_append_printf (out, "\" isCodable=\"%s\"", node->is_code ? "true" : "false");
  if (description == NULL && node->n_children == 0)
    {
      g_string_append (out, "/>\n");
      return;
    }
  g_string_append (out, ">\n");
  if (description != NULL)
    {
      g_string_append_printf (out, "%*s<Description>", (int)indent + 2, "");
      attest_exchange_xml_append (out, description);
      g_string_append (out, "</Description>\n");
    }
  for (guint k = i + 1; k < outline->nodes->len && node->n_children > 0; k++)
    if (attest_outline_node (outline, k)->parent == i)
      write_node (outline, k, indent + 2, out);
  g_string_append_printf (out, "%*s</Code>\n", (int)indent, "");
}

static void
write_qdc (const AttestOutline *outline, GString *out)
{
  g_string_append (out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        "<CodeBook xmlns=\"" NAMESPACE "\" origin=\"attest\">\n  <Codes>\n");
  for (guint i = 0; i < outline->nodes->len; i++)
    if (attest_outline_node (outline, i)->parent == ATTEST_NO_NODE)
      write_node (outline, i, 4, out);
  g_string_append (out, "  </Codes>\n</CodeBook>\n");
}

static const char *const suffixes[] = { ".qdc", ".qde", ".qdpx", NULL };

const AttestExchangeFormat attest_format_qdc = {
  .id = "qdc",
  .name = "REFI-QDA codebook",
  .suffixes = suffixes,
  .features = ATTEST_CAN_NEST | ATTEST_CAN_NAME | ATTEST_CAN_DEFINE | ATTEST_CAN_TEXTS,
  .probe = probe,
  .is_binary = TRUE,
  .read = read_qdc,
  .write = write_qdc,
};
