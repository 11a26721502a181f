#include "codebook/attest-yaml-private.h"

#include <libfyaml.h>
#include <string.h>

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

/* The byte at a place that libfyaml gave: lines and columns from 1. */
static gsize
byte_at (const AttestYamlFile *file, int line, int column)
{
  guint line_index = (guint)MAX (line - 1, 0);
  if (line_index >= file->line_starts->len)
    return file->length_bytes;
  gsize start_byte = g_array_index (file->line_starts, gsize, line_index);
  gsize character = attest_char_map_to_char (file->map, start_byte) + (gsize)MAX (column - 1, 0);
  gsize end_byte = line_index + 1 < file->line_starts->len
                       ? g_array_index (file->line_starts, gsize, line_index + 1) - 1
                       : file->length_bytes;

  return MIN (attest_char_map_to_byte (file->map, character), end_byte);
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

/* libfyaml passes over what it cannot read, so it is never given that. */
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

static char *
dup_token (struct fy_token *token)
{
  gsize length_bytes = 0;
  const char *text = token != NULL ? fy_token_get_text (token, &length_bytes) : NULL;

  return g_strndup (text != NULL ? text : "", length_bytes);
}

static gsize
mark_byte (const Builder *builder, const struct fy_mark *mark, gsize otherwise)
{
  return mark != NULL ? MIN (mark->input_pos, builder->file->length_bytes) : otherwise;
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
note_anchor_and_tag (Builder *builder, struct fy_event *event, AttestYaml *node, GError **error)
{
  struct fy_token *anchor = fy_event_get_anchor_token (event);
  struct fy_token *tag = fy_event_get_tag_token (event);

  if (anchor != NULL)
    g_hash_table_replace (builder->anchors, dup_token (anchor), node);
  if (tag != NULL)
    {
      g_autofree char *name = dup_token (tag);
      if (*name != '\0' && strcmp (name, "!") != 0 && !g_str_has_prefix (name, YAML_TAG_PREFIX))
        return throw_at (builder, mark_byte (builder, fy_token_start_mark (tag), node->start_byte),
                         error, "tags such as '%s' are not supported: remove it", name);
    }
  return TRUE;
}

static gboolean
add_scalar (Builder *builder, struct fy_event *event, gsize at_byte, GError **error)
{
  static const char styles[] = { 0, '\'', '"', '|', '|' };
  struct fy_token *token = event->scalar.value;
  AttestYaml *node = add_node (builder, ATTEST_YAML_SCALAR, at_byte);
  gsize length_bytes = 0;

  node->raw_start_byte = node->raw_end_byte = at_byte;
  if (token == NULL)
    {
      node->text = g_strdup ("");
    }
  else
    {
      enum fy_scalar_style style = fy_token_scalar_style (token);
      const char *text = fy_token_get_text (token, &length_bytes);

      if (style > FYSS_ANY && style < FYSS_MAX)
        node->style = styles[style];
      node->raw_end_byte = MAX (at_byte, mark_byte (builder, fy_event_end_mark (event), at_byte));
      if ((node->style == '\'' || node->style == '"') && node->start_byte > 0)
        node->start_byte--; /* libfyaml's mark is behind the quote */
      if (text != NULL && memchr (text, '\0', length_bytes) != NULL)
        return throw_at (builder, node->start_byte, error, "a text with a NUL (\\0): remove it");
      node->text = g_strndup (text != NULL ? text : "", length_bytes);
      if (!g_utf8_validate (node->text, (gssize)length_bytes, NULL))
        return throw_at (builder, node->start_byte, error,
                         "an escape in this text is no Unicode character");
    }
  return note_anchor_and_tag (builder, event, node, error)
         && attach (builder, node, node->start_byte, error);
}

static gboolean
open_collection (Builder *builder, struct fy_event *event, gsize at_byte, AttestYamlKind kind,
                 GError **error)
{
  AttestYaml *node = add_node (builder, kind, at_byte);

  node->items = g_ptr_array_new ();
  node->is_open = TRUE;
  g_ptr_array_add (builder->open, node);
  if (builder->open->len > ATTEST_MAX_YAML_DEPTH)
    return throw_at (builder, at_byte, error, "lists and maps inside each other more than %d deep",
                     ATTEST_MAX_YAML_DEPTH);
  return note_anchor_and_tag (builder, event, node, error);
}

static gboolean
close_collection (Builder *builder, GError **error)
{
  AttestYaml *node = g_ptr_array_steal_index (builder->open, builder->open->len - 1);

  node->is_open = FALSE;
  return attach (builder, node, node->start_byte, error);
}

static gboolean
add_alias (Builder *builder, struct fy_event *event, gsize at_byte, GError **error)
{
  g_autofree char *name = dup_token (event->alias.anchor);
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
take_event (Builder *builder, struct fy_event *event, GError **error)
{
  gsize at_byte = mark_byte (builder, fy_event_start_mark (event), 0);

  switch (event->type)
    {
    case FYET_DOCUMENT_START:
      if (builder->file->root != NULL)
        return throw_at (builder, at_byte, error,
                         "a second document ('---'): a codebook is one document");
      return TRUE;
    case FYET_SCALAR:
      return add_scalar (builder, event, at_byte, error);
    case FYET_SEQUENCE_START:
      return open_collection (builder, event, at_byte, ATTEST_YAML_LIST, error);
    case FYET_MAPPING_START:
      return open_collection (builder, event, at_byte, ATTEST_YAML_MAP, error);
    case FYET_SEQUENCE_END:
    case FYET_MAPPING_END:
      return close_collection (builder, error);
    case FYET_ALIAS:
      return add_alias (builder, event, at_byte > 0 ? at_byte - 1 : 0, error);
    default:
      return TRUE;
    }
}

/* What libfyaml found wrong. */
static gboolean
throw_diag (Builder *builder, struct fy_diag *diag, GError **error)
{
  void *iter = NULL;
  struct fy_diag_error *found = fy_diag_errors_iterate (diag, &iter);

  if (found == NULL)
    return throw_at (builder, builder->file->length_bytes, error, "not a YAML file");
  return throw_at (builder, byte_at (builder->file, found->line, found->column), error, "%s",
                   found->msg);
}

static gboolean
run_parser (Builder *builder, GError **error)
{
  struct fy_diag_cfg diag_cfg;
  fy_diag_cfg_default (&diag_cfg);
  diag_cfg.fp = NULL;
  struct fy_diag *diag = fy_diag_create (&diag_cfg);
  struct fy_parse_cfg cfg
      = { .flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG | FYPCF_JSON_NONE | FYPCF_DEFAULT_VERSION_1_2,
          .diag = diag };
  fy_diag_set_collect_errors (diag, true);
  struct fy_parser *parser = fy_parser_create (&cfg);
  struct fy_event *event;
  gboolean ok
      = fy_parser_set_string (parser, builder->file->text, builder->file->length_bytes) == 0;

  while (ok && (event = fy_parser_parse (parser)) != NULL)
    {
      ok = take_event (builder, event, error);
      fy_parser_event_free (parser, event);
      if (!ok)
        goto out;
    }
  ok = ok && !fy_parser_get_stream_error (parser);
  if (!ok)
    throw_diag (builder, diag, error);
out:
  fy_parser_destroy (parser);
  fy_diag_destroy (diag);
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
                                     "not valid UTF-8: save the codebook as UTF-8");
  if (ok)
    return g_steal_pointer (&file);
  attest_yaml_place (file, builder.error_byte, out_line, out_column);
  return NULL;
}
