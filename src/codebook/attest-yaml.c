/* attest-yaml: libyaml's events into a tree.
 *
 * libyaml and not libfyaml: on 16 MB of "[" or of "%a" lines libfyaml 0.7.12 takes gigabytes and a
 * minute, because it looks ahead without a bound; libyaml takes the file and half a second. Its
 * marks count characters, and those of a value begin at its anchor.
 */
#include "codebook/attest-yaml.h"

#include <string.h>
#include <yaml.h>

#include "util/attest-error.h"
#include "util/attest-limits.h"
#include "util/attest-text.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"
#define YAML_TAG_PREFIX "tag:yaml.org,2002:"

struct _AttestYamlFile
{
  const char *text; /* behind the byte order mark */
  gsize length_bytes;
  AttestCharMap *map;
  GArray *line_starts; /* of gsize: first bytes of the lines */
  GPtrArray *nodes;    /* of AttestYaml: every node, each once */
  AttestYaml *root;
};

/* A tree that grows. */
typedef struct
{
  AttestYamlFile *file;
  GPtrArray *open;     /* of AttestYaml: lists and maps that are not closed, outermost first */
  GHashTable *anchors; /* name → AttestYaml */
  gsize error_byte;
} Builder;

static void
free_node (gpointer data)
{
  AttestYaml *node = data;

  g_free (node->text);
  if (node->items != NULL)
    g_ptr_array_unref (node->items);
  g_free (node);
}

void
attest_yaml_file_free (AttestYamlFile *file)
{
  attest_char_map_free (file->map);
  g_array_unref (file->line_starts);
  g_ptr_array_unref (file->nodes);
  g_free (file);
}

const AttestYaml *
attest_yaml_file_root (const AttestYamlFile *file)
{
  return file->root;
}

static GArray *
find_line_starts (const char *text, gsize length_bytes)
{
  GArray *starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  gsize start = 0;

  g_array_append_val (starts, start);
  for (gsize i = 0; i < length_bytes; i++)
    if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == length_bytes || text[i + 1] != '\n')))
      {
        start = i + 1;
        g_array_append_val (starts, start);
      }
  return starts;
}

void
attest_yaml_place (const AttestYamlFile *file, gsize byte, guint *out_line, guint *out_column)
{
  guint low = 0;
  guint high = file->line_starts->len;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;
      if (g_array_index (file->line_starts, gsize, middle) <= byte)
        low = middle;
      else
        high = middle;
    }
  gsize start_byte = g_array_index (file->line_starts, gsize, low);
  *out_line = low + 1;
  *out_column = (guint)(attest_char_map_to_char (file->map, byte)
                        - attest_char_map_to_char (file->map, start_byte) + 1);
}

/* Bytes in the file of what begins at @raw, and in *@out_text_bytes those that it stands for. */
static gsize
escape_length (const char *raw, gsize raw_bytes, char style, gsize *out_text_bytes)
{
  *out_text_bytes = 1;
  if (raw_bytes < 2)
    return 1;
  if (style == '\'' && raw[0] == '\'' && raw[1] == '\'')
    return 2;
  if (style != '"' || raw[0] != '\\')
    return 1;

  gsize digits = MIN (raw[1] == 'x'   ? 2u
                      : raw[1] == 'u' ? 4u
                      : raw[1] == 'U' ? 8u
                                      : 0u,
                      raw_bytes - 2);
  char buffer[9] = "";
  if (digits > 0)
    {
      memcpy (buffer, raw + 2, digits);
      *out_text_bytes
          = (gsize)g_unichar_to_utf8 ((gunichar)g_ascii_strtoull (buffer, NULL, 16), NULL);
    }
  else if (raw[1] == 'N' || raw[1] == '_')
    *out_text_bytes = 2; /* U+0085, U+00A0 */
  else if (raw[1] == 'L' || raw[1] == 'P')
    *out_text_bytes = 3; /* U+2028, U+2029 */
  return 2 + digits;
}

gsize
attest_yaml_file_byte (const AttestYamlFile *file, const AttestYaml *scalar, gsize text_byte)
{
  const char *raw = file->text + scalar->raw_start_byte;
  gsize raw_bytes = scalar->raw_end_byte - scalar->raw_start_byte;
  gsize at = 0;

  if (scalar->style == '|' || memchr (raw, '\n', raw_bytes) != NULL
      || memchr (raw, '\r', raw_bytes) != NULL)
    return scalar->start_byte;
  for (gsize text_at = 0; text_at < text_byte && at < raw_bytes;)
    {
      gsize text_bytes;
      at += escape_length (raw + at, raw_bytes - at, scalar->style, &text_bytes);
      text_at += text_bytes;
    }
  return scalar->raw_start_byte + MIN (at, raw_bytes);
}

static gboolean throw_at (Builder *builder, gsize byte, GError **error, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

static gboolean
throw_at (Builder *builder, gsize byte, GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  builder->error_byte = byte;
  return attest_throw (error, ATTEST_ERROR_CODEBOOK, "%s", message);
}

/* So that the place and the reason are told in our words. */
static gboolean
check_characters (Builder *builder, GError **error)
{
  const char *text = builder->file->text;
  const char *end = text + builder->file->length_bytes;

  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f
          || (c >= 0x80 && c < 0xa0 && c != 0x85) || c == 0xfffe || c == 0xffff)
        return throw_at (builder, (gsize)(p - text), error,
                         "a control character (U+%04X): remove it", c);
    }
  return TRUE;
}

/* Puts a finished node into the list or map that is open. */
static gboolean
attach (Builder *builder, AttestYaml *node, gsize at_byte, GError **error)
{
  if (builder->open->len == 0)
    {
      if (builder->file->root == NULL)
        builder->file->root = node;
      return TRUE;
    }
  AttestYaml *parent = g_ptr_array_index (builder->open, builder->open->len - 1);
  g_ptr_array_add (parent->items, node);
  parent->n_nodes += node->n_nodes;
  parent->height = MAX (parent->height, node->height + 1);
  if (parent->n_nodes > ATTEST_MAX_YAML_NODES)
    return throw_at (
        builder, at_byte, error,
        "more than %u values, those that aliases (*name) stand for included: split the "
        "file",
        ATTEST_MAX_YAML_NODES);
  if (builder->open->len + node->height > ATTEST_MAX_YAML_DEPTH)
    return throw_at (builder, at_byte, error, "lists and maps inside each other more than %d deep",
                     ATTEST_MAX_YAML_DEPTH);
  return TRUE;
}

static gsize
mark_byte (const Builder *builder, const yaml_mark_t *mark)
{
  return attest_char_map_to_byte (builder->file->map, mark->index);
}

/* The place of a value behind its anchor and tag ("&name !!str value"). */
static gsize
skip_properties (const Builder *builder, gsize start_byte, gsize end_byte)
{
  const char *text = builder->file->text;
  gsize byte = start_byte;

  while (byte < end_byte && (text[byte] == '&' || text[byte] == '!'))
    {
      while (byte < end_byte && !g_ascii_isspace (text[byte]))
        byte++;
      while (byte < end_byte && g_ascii_isspace (text[byte]))
        byte++;
    }
  return byte;
}

static AttestYaml *
add_node (Builder *builder, AttestYamlKind kind, gsize start_byte)
{
  AttestYaml *node = g_new0 (AttestYaml, 1);

  node->kind = kind;
  node->start_byte = start_byte;
  node->n_nodes = 1;
  node->height = 1;
  g_ptr_array_add (builder->file->nodes, node);
  return node;
}

static gboolean
note_anchor_and_tag (Builder *builder, const yaml_char_t *anchor, const yaml_char_t *tag,
                     gsize at_byte, AttestYaml *node, GError **error)
{
  const char *name = (const char *)tag;

  if (anchor != NULL)
    g_hash_table_replace (builder->anchors, g_strdup ((const char *)anchor), node);
  if (name != NULL && strcmp (name, "!") != 0 && !g_str_has_prefix (name, YAML_TAG_PREFIX))
    return throw_at (builder, at_byte, error, "tags such as '%s' are not supported: remove it",
                     name);
  return TRUE;
}

static char
style_char (yaml_scalar_style_t style)
{
  switch (style)
    {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
      return '\'';
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
      return '"';
    case YAML_LITERAL_SCALAR_STYLE:
    case YAML_FOLDED_SCALAR_STYLE:
      return '|';
    default:
      return 0;
    }
}

static gboolean
add_scalar (Builder *builder, const yaml_event_t *event, GError **error)
{
  const char *value = (const char *)event->data.scalar.value;
  gsize length_bytes = event->data.scalar.length;
  gsize at_byte = mark_byte (builder, &event->start_mark);
  gsize end_byte = mark_byte (builder, &event->end_mark);
  AttestYaml *node
      = add_node (builder, ATTEST_YAML_SCALAR, skip_properties (builder, at_byte, end_byte));

  node->style = style_char (event->data.scalar.style);
  node->raw_start_byte = node->start_byte;
  node->raw_end_byte = MAX (end_byte, node->start_byte);
  if ((node->style == '\'' || node->style == '"') && node->raw_end_byte >= node->start_byte + 2)
    {
      node->raw_start_byte++;
      node->raw_end_byte--;
    }
  if (memchr (value, '\0', length_bytes) != NULL)
    return throw_at (builder, node->start_byte, error, "a text with a NUL (\\0): remove it");
  node->text = g_strndup (value, length_bytes);
  return note_anchor_and_tag (builder, event->data.scalar.anchor, event->data.scalar.tag, at_byte,
                              node, error)
         && attach (builder, node, node->start_byte, error);
}

static gboolean
open_collection (Builder *builder, const yaml_event_t *event, AttestYamlKind kind,
                 const yaml_char_t *anchor, const yaml_char_t *tag, GError **error)
{
  gsize at_byte = mark_byte (builder, &event->start_mark);
  gsize end_byte = mark_byte (builder, &event->end_mark);
  AttestYaml *node = add_node (builder, kind, skip_properties (builder, at_byte, end_byte));

  node->items = g_ptr_array_new ();
  node->is_open = TRUE;
  g_ptr_array_add (builder->open, node);
  if (builder->open->len > ATTEST_MAX_YAML_DEPTH)
    return throw_at (builder, at_byte, error, "lists and maps inside each other more than %d deep",
                     ATTEST_MAX_YAML_DEPTH);
  return note_anchor_and_tag (builder, anchor, tag, at_byte, node, error);
}

static gboolean
close_collection (Builder *builder, GError **error)
{
  AttestYaml *node = g_ptr_array_steal_index (builder->open, builder->open->len - 1);

  node->is_open = FALSE;
  return attach (builder, node, node->start_byte, error);
}

static gboolean
add_alias (Builder *builder, const yaml_event_t *event, GError **error)
{
  const char *name = (const char *)event->data.alias.anchor;
  gsize at_byte = mark_byte (builder, &event->start_mark);
  AttestYaml *node = g_hash_table_lookup (builder->anchors, name);

  if (node == NULL)
    return throw_at (builder, at_byte, error,
                     "*%s: nothing before it is called &%s; put quotes around a text that begins "
                     "with *",
                     name, name);
  if (node->is_open)
    return throw_at (builder, at_byte, error, "*%s stands inside the value that it names", name);
  return attach (builder, node, at_byte, error);
}

static gboolean
take_event (Builder *builder, const yaml_event_t *event, GError **error)
{
  switch (event->type)
    {
    case YAML_DOCUMENT_START_EVENT:
      if (builder->file->root != NULL)
        return throw_at (builder, mark_byte (builder, &event->start_mark), error,
                         "a second document ('---'): a file is one document");
      return TRUE;
    case YAML_SCALAR_EVENT:
      return add_scalar (builder, event, error);
    case YAML_SEQUENCE_START_EVENT:
      return open_collection (builder, event, ATTEST_YAML_LIST, event->data.sequence_start.anchor,
                              event->data.sequence_start.tag, error);
    case YAML_MAPPING_START_EVENT:
      return open_collection (builder, event, ATTEST_YAML_MAP, event->data.mapping_start.anchor,
                              event->data.mapping_start.tag, error);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
      return close_collection (builder, error);
    case YAML_ALIAS_EVENT:
      return add_alias (builder, event, error);
    default:
      return TRUE;
    }
}

/* What to do about a message of libyaml: NULL when the message says it. */
static const char *
find_remedy (const char *problem)
{
  static const char *const remedies[][2] = {
    { "cannot start any token", "indent with spaces, not tabs, and put quotes around a text that "
                                "begins with a special character" },
    { "mapping values are not allowed",
      "put quotes around a text that has ': ' in it, or mend the indentation" },
    { "expected key", "mend the indentation, or a quote or bracket before it" },
    { "expected ':'", "mend the indentation, or a quote or bracket before it" },
    { "expected '-' indicator", "mend the indentation" },
    { "document start", "the file is one map: 'key: value' on each line" },
    { "alphabetic or numeric", "put quotes around a text that begins with * or &" },
    { "did not find expected ','", "put quotes around patterns, or mend a bracket" },
    { "unknown escape", "put patterns into single quotes" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (remedies); i++)
    if (strstr (problem, remedies[i][0]) != NULL)
      return remedies[i][1];
  return NULL;
}

/* What libyaml found wrong. A quote or a bracket that is never closed is told where it opens. */
static gboolean
throw_parser (Builder *builder, const yaml_parser_t *parser, GError **error)
{
  const char *problem = parser->problem != NULL ? parser->problem : "this is not YAML";
  const char *context = parser->context != NULL ? parser->context : "";
  const char *remedy = find_remedy (problem);
  gsize at_byte = mark_byte (builder, &parser->problem_mark);
  gsize context_byte = mark_byte (builder, &parser->context_mark);
  gboolean is_at_end = *context != '\0' && at_byte >= builder->file->length_bytes;
  gboolean is_open = is_at_end && (strstr (context, "quoted") || strstr (context, "flow"));

  return throw_at (builder, is_at_end ? context_byte : at_byte, error, "%s%s%s%s%s%s",
                   is_open ? "what begins here is not closed: " : "", problem,
                   *context != '\0' ? " " : "", context, remedy != NULL ? ": " : "",
                   remedy != NULL ? remedy : "");
}

static gboolean
run_parser (Builder *builder, GError **error)
{
  yaml_parser_t parser;
  gboolean is_at_end = FALSE;
  gboolean ok = TRUE;

  if (!yaml_parser_initialize (&parser))
    return throw_at (builder, 0, error, "there is not enough memory to read it");
  yaml_parser_set_encoding (&parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string (&parser, (const unsigned char *)builder->file->text,
                                builder->file->length_bytes);
  while (ok && !is_at_end)
    {
      yaml_event_t event;
      ok = yaml_parser_parse (&parser, &event) != 0;
      if (!ok)
        {
          throw_parser (builder, &parser, error);
          break;
        }
      is_at_end = event.type == YAML_STREAM_END_EVENT;
      ok = take_event (builder, &event, error);
      yaml_event_delete (&event);
    }
  yaml_parser_delete (&parser);
  return ok;
}

AttestYamlFile *
attest_yaml_parse (const char *text, gsize length_bytes, guint *out_line, guint *out_column,
                   GError **error)
{
  g_autoptr (AttestYamlFile) file = g_new0 (AttestYamlFile, 1);
  g_autoptr (GPtrArray) open = g_ptr_array_new ();
  g_autoptr (GHashTable) anchors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gsize mark_bytes = length_bytes >= 3 && memcmp (text, BYTE_ORDER_MARK, 3) == 0 ? 3 : 0;
  const char *valid_end;

  file->text = text + mark_bytes;
  file->length_bytes = length_bytes - mark_bytes;
  gboolean is_valid = g_utf8_validate (file->text, (gssize)file->length_bytes, &valid_end);
  gsize valid_bytes = (gsize)(valid_end - file->text);
  file->map = attest_char_map_new (file->text, valid_bytes);
  file->line_starts = find_line_starts (file->text, valid_bytes);
  file->nodes = g_ptr_array_new_with_free_func (free_node);

  Builder builder = { .file = file, .open = open, .anchors = anchors };
  gboolean ok = is_valid ? check_characters (&builder, error) && run_parser (&builder, error)
                         : throw_at (&builder, valid_bytes, error,
                                     "not valid UTF-8: save the file as UTF-8");
  if (ok)
    return g_steal_pointer (&file);
  attest_yaml_place (file, builder.error_byte, out_line, out_column);
  return NULL;
}
