/* attest-format-quanteda: dictionaries of quanteda as YAML: maps of categories, at last lists of
 * words. "__" (or "") has the words of a category that also has categories in it.
 */
#include <string.h>

#include "codebook/attest-yaml.h"
#include "exchange/attest-exchange-private.h"

#define OWN_WORDS "__"

typedef struct
{
  const AttestExchangeInput *input;
  AttestOutline *outline;
  const AttestYamlFile *yaml;
} Reader;

/* "name:" at the beginning of a line, with nothing behind it or a list. */
static guint
probe (const char *head)
{
  for (const char *line = head; line != NULL && *line != '\0';)
    {
      gsize length_bytes = strcspn (line, "\r\n");
      const char *colon = g_strstr_len (line, (gssize)length_bytes, ":");
      const char *end = line + length_bytes;

      if (length_bytes > 0 && *line != '#' && strncmp (line, "---", 3) != 0)
        {
          const char *behind = colon != NULL ? colon + 1 + strspn (colon + 1, " \t") : NULL;
          gboolean is_name = behind != NULL && !g_ascii_isspace (*line) && *line != '%'
                             && *line != '+' && *line != '<' && *line != ',';
          return is_name && (behind >= end || *behind == '[' || *behind == '#') ? 60
                 : is_name && behind > colon + 1                                ? 30
                                                                                : 0;
        }
      line = end + strspn (end, "\r\n");
    }
  return 0;
}

static gboolean throw_at (const Reader *reader, const AttestYaml *node, GError **error,
                          const char *format, ...) G_GNUC_PRINTF (4, 5);

static gboolean
throw_at (const Reader *reader, const AttestYaml *node, GError **error, const char *format, ...)
{
  guint line, column;
  va_list args;

  va_start (args, format);
  g_autofree char *message = g_strdup_vprintf (format, args);
  va_end (args);
  attest_yaml_place (reader->yaml, node->start_byte, &line, &column);
  return attest_exchange_throw (reader->input, line, column, error, "%s", message);
}

static gboolean read_value (const Reader *reader, const AttestYaml *value, guint node,
                            GError **error);

static gboolean
read_map (const Reader *reader, const AttestYaml *map, guint parent, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i + 1 < map->items->len; i += 2)
    {
      const AttestYaml *key = g_ptr_array_index (map->items, i);
      const AttestYaml *value = g_ptr_array_index (map->items, i + 1);
      guint line, column;

      gboolean is_own = parent != ATTEST_NO_NODE && key->kind == ATTEST_YAML_SCALAR
                        && (strcmp (key->text, OWN_WORDS) == 0 || *key->text == '\0');

      if (key->kind != ATTEST_YAML_SCALAR || (attest_exchange_is_blank (key->text) && !is_own))
        return throw_at (reader, key, error, "the name of a category is a text");
      if (!g_hash_table_add (seen, key->text))
        return throw_at (reader, key, error,
                         "category '%s' is there twice: put both lists into one, or remove one",
                         key->text);
      attest_yaml_place (reader->yaml, key->start_byte, &line, &column);
      guint node = is_own
                       ? parent
                       : attest_outline_add_node (reader->outline, parent, key->text, line, column);
      if (!read_value (reader, value, node, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_word (const Reader *reader, const AttestYaml *value, guint node, GError **error)
{
  guint line, column;

  if (attest_yaml_is_blank (value))
    return TRUE;
  attest_yaml_place (reader->yaml, value->start_byte, &line, &column);
  return attest_exchange_add_word (reader->input, reader->outline, node, value->text, "*?", line,
                                   column, error)
         != NULL;
}

static gboolean
read_value (const Reader *reader, const AttestYaml *value, guint node, GError **error)
{
  if (value->kind == ATTEST_YAML_MAP)
    return read_map (reader, value, node, error);
  if (value->kind == ATTEST_YAML_SCALAR)
    return read_word (reader, value, node, error);
  for (guint i = 0; i < value->items->len; i++)
    if (!read_value (reader, g_ptr_array_index (value->items, i), node, error))
      return FALSE;
  if (value->items->len == 0)
    attest_outline_node (reader->outline, node)->is_code = TRUE;
  return TRUE;
}

static gboolean
has_key (const AttestYaml *map, const char *name)
{
  for (guint i = 0; i < map->items->len; i += 2)
    {
      const AttestYaml *key = g_ptr_array_index (map->items, i);
      if (key->kind == ATTEST_YAML_SCALAR && strcmp (key->text, name) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
read_quanteda (const AttestExchangeInput *input, AttestOutline *outline, GError **error)
{
  guint line = 0, column = 0;
  g_autoptr (GError) cause = NULL;
  g_autoptr (AttestYamlFile) yaml
      = attest_yaml_parse (input->text, input->length_bytes, &line, &column, &cause);
  Reader reader = { input, outline, yaml };

  if (yaml == NULL)
    return attest_exchange_throw (input, line, column, error, "%s", cause->message);
  const AttestYaml *root = attest_yaml_file_root (yaml);
  if (root == NULL)
    return attest_exchange_throw (input, 0, 0, error, "the file is empty");
  if (root->kind != ATTEST_YAML_MAP)
    return throw_at (&reader, root, error,
                     "a dictionary of quanteda is a map of categories: 'name: [word, word]'");
  if (has_key (root, "codes") && has_key (root, "id"))
    return throw_at (&reader, root, error,
                     "is a codebook of attest already: use it as it is, or 'codebook export' it");
  return read_map (&reader, root, ATTEST_NO_NODE, error);
}

/* --- out ---------------------------------------------------------------------------------- */

static void
append_scalar (GString *out, const char *text)
{
  g_autoptr (GString) quoted = g_string_new (text);

  g_string_replace (quoted, "\\", "\\\\", 0);
  g_string_replace (quoted, "\"", "\\\"", 0);
  g_string_append_printf (out, "\"%s\"", quoted->str);
}

static void
append_words (GString *out, guint indent, const char *key, const AttestNode *node)
{
  g_string_append_printf (out, "%*s", (int)indent, "");
  append_scalar (out, key);
  g_string_append (out, node->entries->len > 0 ? ":\n" : ": []\n");
  for (guint k = 0; k < node->entries->len; k++)
    {
      g_autofree char *text
          = attest_glob_to_text (g_array_index (node->entries, AttestEntry, k).text);
      g_string_append_printf (out, "%*s- ", (int)indent + 2, "");
      append_scalar (out, text);
      g_string_append_c (out, '\n');
    }
}

static void
write_node (const AttestOutline *outline, guint i, guint indent, GString *out)
{
  const AttestNode *node = attest_outline_node (outline, i);

  if (node->n_children == 0)
    {
      append_words (out, indent, node->name, node);
      return;
    }
  g_string_append_printf (out, "%*s", (int)indent, "");
  append_scalar (out, node->name);
  g_string_append (out, ":\n");
  if (node->is_code)
    append_words (out, indent + 2, OWN_WORDS, node);
  for (guint k = i + 1; k < outline->nodes->len; k++)
    if (attest_outline_node (outline, k)->parent == i)
      write_node (outline, k, indent + 2, out);
}

static void
write_quanteda (const AttestOutline *outline, GString *out)
{
  for (guint i = 0; i < outline->nodes->len; i++)
    if (attest_outline_node (outline, i)->parent == ATTEST_NO_NODE)
      write_node (outline, i, 0, out);
}

static const char *const suffixes[] = { ".yml", ".yaml", NULL };

const AttestExchangeFormat attest_format_quanteda = {
  .id = "quanteda",
  .name = "quanteda dictionary",
  .suffixes = suffixes,
  .features = ATTEST_CAN_RULES | ATTEST_CAN_NEST,
  .globs = ATTEST_GLOB_ENDINGS | ATTEST_GLOB_ANYWHERE | ATTEST_GLOB_ONE | ATTEST_GLOB_ANY_WORD,
  .probe = probe,
  .read = read_quanteda,
  .write = write_quanteda,
};
