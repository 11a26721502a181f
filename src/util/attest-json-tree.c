#include "util/attest-json-tree-private.h"

#include <math.h>
#include <string.h>

void
attest_json_tree_free (AttestJsonTree *tree)
{
  if (tree == NULL)
    return;
  g_array_unref (tree->nodes);
  g_array_unref (tree->line_starts);
  g_free (tree);
}

/* --- looking around ----------------------------------------------------------------------- */

static const AttestJsonNode *
node_at (const AttestJsonTree *tree, guint value)
{
  return value < tree->nodes->len ? &g_array_index (tree->nodes, AttestJsonNode, value) : NULL;
}

gboolean
attest_json_tree_is (const AttestJsonTree *tree, guint value, AttestJsonType type)
{
  const AttestJsonNode *node = node_at (tree, value);

  return node != NULL && node->type == type;
}

guint
attest_json_tree_count (const AttestJsonTree *tree, guint parent)
{
  const AttestJsonNode *node = node_at (tree, parent);

  return node != NULL && (node->type == ATTEST_JSON_ARRAY || node->type == ATTEST_JSON_OBJECT)
             ? node->length
             : 0;
}

guint
attest_json_tree_first (const AttestJsonTree *tree, guint parent)
{
  if (attest_json_tree_count (tree, parent) == 0)
    return ATTEST_JSON_NONE;
  return parent + 1 + (node_at (tree, parent)->type == ATTEST_JSON_OBJECT);
}

guint
attest_json_tree_next (const AttestJsonTree *tree, guint parent, guint child)
{
  const AttestJsonNode *outer = node_at (tree, parent), *inner = node_at (tree, child);

  if (outer == NULL || inner == NULL || inner->next >= outer->next)
    return ATTEST_JSON_NONE;
  return inner->next + (outer->type == ATTEST_JSON_OBJECT);
}

const char *
attest_json_tree_key (const AttestJsonTree *tree, guint child, gsize *out_bytes)
{
  const AttestJsonNode *key = child > 0 ? node_at (tree, child - 1) : NULL;

  if (key == NULL || key->type != ATTEST_JSON_KEY)
    return NULL;
  *out_bytes = key->length;
  return tree->text + key->start;
}

static guint
find_member (const AttestJsonTree *tree, guint object, const char *name, gsize name_bytes)
{
  guint found = ATTEST_JSON_NONE;

  for (guint child = attest_json_tree_first (tree, object); child != ATTEST_JSON_NONE;
       child = attest_json_tree_next (tree, object, child))
    {
      gsize n = 0;
      const char *key = attest_json_tree_key (tree, child, &n);

      if (n == name_bytes && memcmp (key, name, n) == 0)
        found = child;
    }
  return found;
}

static guint
find_element (const AttestJsonTree *tree, guint array, const char *digits)
{
  guint64 index = g_ascii_strtoull (digits, NULL, 10);
  guint child = attest_json_tree_first (tree, array);

  while (index-- > 0 && child != ATTEST_JSON_NONE)
    child = attest_json_tree_next (tree, array, child);
  return child;
}

static guint
get_path (const AttestJsonTree *tree, guint value, const char *path, gsize path_bytes)
{
  const char *end = path + path_bytes;

  while (path < end && value != ATTEST_JSON_NONE)
    {
      const char *dot = memchr (path, '.', (gsize)(end - path));
      gsize n = (gsize)((dot != NULL ? dot : end) - path);

      if (attest_json_tree_is (tree, value, ATTEST_JSON_OBJECT))
        value = find_member (tree, value, path, n);
      else if (attest_json_tree_is (tree, value, ATTEST_JSON_ARRAY) && g_ascii_isdigit (*path))
        value = find_element (tree, value, path);
      else
        return ATTEST_JSON_NONE;
      path += n + (dot != NULL);
    }
  return value;
}

guint
attest_json_tree_get (const AttestJsonTree *tree, guint value, const char *path)
{
  return get_path (tree, value, path, strlen (path));
}

static guint
find_key (const AttestJsonTree *tree, guint object, const char *keys, gboolean only_strings)
{
  while (*keys != '\0')
    {
      gsize n = strcspn (keys, " ");
      const AttestJsonNode *found = node_at (tree, get_path (tree, object, keys, n));

      if (found != NULL
          && (only_strings ? found->type == ATTEST_JSON_STRING : found->type != ATTEST_JSON_NULL))
        return (guint)(found - (const AttestJsonNode *)(void *)tree->nodes->data);
      keys += n + (keys[n] == ' ');
    }
  return ATTEST_JSON_NONE;
}

guint
attest_json_tree_find (const AttestJsonTree *tree, guint object, const char *keys)
{
  return find_key (tree, object, keys, FALSE);
}

guint
attest_json_tree_find_string (const AttestJsonTree *tree, guint object, const char *keys)
{
  return find_key (tree, object, keys, TRUE);
}

/* --- values ------------------------------------------------------------------------------- */

static gunichar
hex_unit (const char *digits)
{
  gunichar unit = 0;

  for (guint i = 0; i < 4; i++)
    unit = unit * 16 + (gunichar)g_ascii_xdigit_value (digits[i]);
  return unit;
}

/* The escape at @p, after its backslash; returns what follows it. */
static const char *
append_escape (GString *out, const char *p, const char *end)
{
  static const char names[] = "bfnrt", values[] = "\b\f\n\r\t";
  const char *found = strchr (names, *p);
  gunichar c;

  if (*p != 'u')
    {
      g_string_append_c (out, found != NULL ? values[found - names] : *p);
      return p + 1;
    }
  c = hex_unit (p + 1);
  p += 5;
  if (c >= 0xd800 && c < 0xdc00 && end - p >= 6 && p[0] == '\\' && p[1] == 'u')
    {
      gunichar low = hex_unit (p + 2);

      if (low >= 0xdc00 && low < 0xe000)
        {
          c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
          p += 6;
        }
    }
  if (c == 0)
    g_string_append_c (out, '\0');
  else
    g_string_append_unichar (out, c >= 0xd800 && c < 0xe000 ? 0xfffd : c);
  return p;
}

gboolean
attest_json_tree_append (const AttestJsonTree *tree, guint value, GString *out)
{
  const AttestJsonNode *node = node_at (tree, value);
  const char *p, *end;

  if (node == NULL || node->type != ATTEST_JSON_STRING)
    return FALSE;
  p = tree->text + node->start;
  end = p + node->length;
  while (p < end)
    {
      const char *stop = node->escaped ? memchr (p, '\\', (gsize)(end - p)) : NULL;

      g_string_append_len (out, p, (stop != NULL ? stop : end) - p);
      p = stop != NULL ? append_escape (out, stop + 1, end) : end;
    }
  return TRUE;
}

char *
attest_json_tree_dup (const AttestJsonTree *tree, guint value)
{
  const AttestJsonNode *node = node_at (tree, value);
  g_autoptr (GString) out = NULL;

  if (node == NULL || (node->type != ATTEST_JSON_STRING && node->type != ATTEST_JSON_NUMBER))
    return NULL;
  if (node->type == ATTEST_JSON_NUMBER || !node->escaped)
    return g_strndup (tree->text + node->start, node->length);
  out = g_string_new (NULL);
  attest_json_tree_append (tree, value, out);
  return g_strdup (out->str);
}

gboolean
attest_json_tree_equals (const AttestJsonTree *tree, guint value, const char *path,
                         const char *expected)
{
  const AttestJsonNode *node = node_at (tree, attest_json_tree_get (tree, value, path));

  return node != NULL && node->type == ATTEST_JSON_STRING && node->length == strlen (expected)
         && memcmp (tree->text + node->start, expected, node->length) == 0;
}

gboolean
attest_json_tree_get_double (const AttestJsonTree *tree, guint value, double *out)
{
  const AttestJsonNode *node = node_at (tree, value);
  char copy[64];
  double number;

  if (node == NULL || node->type != ATTEST_JSON_NUMBER)
    return FALSE;
  if (node->length >= sizeof copy)
    return FALSE;
  memcpy (copy, tree->text + node->start, node->length);
  copy[node->length] = '\0';
  number = g_ascii_strtod (copy, NULL);
  if (!isfinite (number))
    return FALSE;
  *out = number;
  return TRUE;
}

guint
attest_json_tree_line (const AttestJsonTree *tree, guint value)
{
  const AttestJsonNode *node = node_at (tree, value);
  guint low = 0, high = tree->line_starts->len;

  while (node != NULL && low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (tree->line_starts, guint32, middle) <= node->start)
        low = middle + 1;
      else
        high = middle;
    }
  return low + 1;
}
