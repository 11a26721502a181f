#include "util/attest-json-tree.h"

#include <math.h>
#include <string.h>

#include "util/attest-error.h"
#include "util/attest-limits.h"

#define TYPE_KEY 7

/* In the order of the text, so that what is inside of a value follows it directly; a member is its
 * key and then its value. */
typedef struct
{
  guint32 start;  /* of its text in bytes; a string's is between the quotes */
  guint32 length; /* bytes; of arrays and objects: how many elements or members */
  guint32 next;   /* the node after this value and all that is inside */
  guint8 type;
  guint8 escaped; /* a string with a backslash */
} Node;

struct _AttestJsonTree
{
  const char *text;
  GArray *nodes;       /* of Node */
  GArray *line_starts; /* of guint32: bytes after each LF, ascending */
};

typedef struct
{
  AttestJsonTree *tree;
  const guchar *start, *end, *at;
  guint32 stack[ATTEST_MAX_JSON_DEPTH]; /* nodes that are open */
  guint depth;
  const char *complaint;
} Parser;

static gboolean
complain (Parser *p, const char *message)
{
  p->complaint = message;
  return FALSE;
}

static void
skip_space (Parser *p)
{
  for (;; p->at++)
    {
      guint32 after;

      if (p->at >= p->end || *p->at > ' ')
        return;
      if (*p->at == '\n')
        {
          after = (guint32)(p->at + 1 - p->start);
          g_array_append_val (p->tree->line_starts, after);
        }
      else if (*p->at != ' ' && *p->at != '\t' && *p->at != '\r')
        return;
    }
}

static Node *
add_node (Parser *p, guint8 type)
{
  GArray *nodes = p->tree->nodes;
  Node *node;

  if (nodes->len >= ATTEST_MAX_JSON_VALUES)
    {
      complain (p, "more values than a transcript has");
      return NULL;
    }
  g_array_set_size (nodes, nodes->len + 1);
  node = &g_array_index (nodes, Node, nodes->len - 1);
  *node = (Node){ .start = (guint32)(p->at - p->start), .next = nodes->len, .type = type };
  return node;
}

/* Bytes of a string that need a look: its end, an escape, a control character. */
/* clang-format off */
static const guchar is_special[256] = { [0x00 ... 0x1f] = 1, ['"'] = 1, ['\\'] = 1 };
/* clang-format on */

static gboolean
check_escape (Parser *p)
{
  guint digits = 0;

  if (p->at >= p->end || strchr ("\"\\/bfnrtu", *p->at) == NULL || *p->at == '\0')
    return complain (p, "unknown escape in a string");
  if (*p->at++ != 'u')
    return TRUE;
  for (; digits < 4 && p->at < p->end && g_ascii_isxdigit (*p->at); digits++)
    p->at++;
  return digits == 4 || complain (p, "\\u needs four hexadecimal digits");
}

static gboolean
parse_string (Parser *p, guint8 type)
{
  Node *node;

  p->at++;
  node = add_node (p, type);
  if (node == NULL)
    return FALSE;
  for (;;)
    {
      while (p->at < p->end && !is_special[*p->at])
        p->at++;
      if (p->at >= p->end)
        return complain (p, "the text ends inside a string");
      if (*p->at == '"')
        break;
      if (*p->at != '\\')
        return complain (p, "control character in a string");
      node->escaped = 1;
      p->at++;
      if (!check_escape (p))
        return FALSE;
    }
  node->length = (guint32)(p->at - p->start) - node->start;
  p->at++;
  return TRUE;
}

static guint
skip_digits (Parser *p)
{
  const guchar *from = p->at;

  while (p->at < p->end && g_ascii_isdigit (*p->at))
    p->at++;
  return (guint)(p->at - from);
}

static gboolean
parse_number (Parser *p)
{
  Node *node = add_node (p, ATTEST_JSON_NUMBER);
  const guchar *first;

  if (node == NULL)
    return FALSE;
  p->at += *p->at == '-';
  first = p->at;
  if (skip_digits (p) == 0 || (*first == '0' && p->at - first > 1))
    return complain (p, "not a number");
  if (p->at < p->end && *p->at == '.')
    {
      p->at++;
      if (skip_digits (p) == 0)
        return complain (p, "a digit is missing after the decimal point");
    }
  if (p->at < p->end && (*p->at == 'e' || *p->at == 'E'))
    {
      p->at++;
      p->at += p->at < p->end && (*p->at == '+' || *p->at == '-');
      if (skip_digits (p) == 0)
        return complain (p, "a digit is missing in the exponent");
    }
  node->length = (guint32)(p->at - p->start) - node->start;
  return TRUE;
}

static gboolean
parse_word (Parser *p, const char *word, AttestJsonType type)
{
  gsize n = strlen (word);

  if ((gsize)(p->end - p->at) < n || memcmp (p->at, word, n) != 0)
    return complain (p, "a value is missing");
  if (add_node (p, type) == NULL)
    return FALSE;
  p->at += n;
  return TRUE;
}

static Node *
innermost (Parser *p)
{
  return &g_array_index (p->tree->nodes, Node, p->stack[p->depth - 1]);
}

static gboolean
open_container (Parser *p, AttestJsonType type)
{
  if (p->depth >= ATTEST_MAX_JSON_DEPTH)
    return complain (p, "nested too deep");
  if (add_node (p, type) == NULL)
    return FALSE;
  p->stack[p->depth++] = p->tree->nodes->len - 1;
  p->at++;
  return TRUE;
}

static void
close_container (Parser *p)
{
  innermost (p)->next = p->tree->nodes->len;
  p->depth--;
  p->at++;
}

/* The key of a member and its colon. */
static gboolean
parse_key (Parser *p)
{
  if (p->at >= p->end || *p->at != '"')
    return complain (p, "a key in double quotes is missing");
  if (!parse_string (p, TYPE_KEY))
    return FALSE;
  skip_space (p);
  if (p->at >= p->end || *p->at != ':')
    return complain (p, "a colon is missing after a key");
  p->at++;
  skip_space (p);
  return TRUE;
}

/* One value, or the beginning of an array or object. */
static gboolean
parse_value (Parser *p)
{
  if (p->depth > 0)
    innermost (p)->length++;
  switch (p->at < p->end ? *p->at : 0)
    {
    case '{':
      return open_container (p, ATTEST_JSON_OBJECT);
    case '[':
      return open_container (p, ATTEST_JSON_ARRAY);
    case '"':
      return parse_string (p, ATTEST_JSON_STRING);
    case 't':
      return parse_word (p, "true", ATTEST_JSON_TRUE);
    case 'f':
      return parse_word (p, "false", ATTEST_JSON_FALSE);
    case 'n':
      return parse_word (p, "null", ATTEST_JSON_NULL);
    case '-':
    case '0' ... '9':
      return parse_number (p);
    default:
      return complain (p, "a value is missing");
    }
}

/* What may follow the beginning of a container or one of its values; FALSE with no complaint: the
 * outermost value is complete. */
static gboolean
parse_separator (Parser *p, gboolean at_start)
{
  while (p->depth > 0)
    {
      gboolean in_object = innermost (p)->type == ATTEST_JSON_OBJECT;

      skip_space (p);
      if (p->at < p->end && *p->at == (in_object ? '}' : ']'))
        {
          close_container (p);
          at_start = FALSE;
          continue;
        }
      if (!at_start)
        {
          if (p->at >= p->end || *p->at != ',')
            return complain (p, p->at >= p->end ? "the text ends too early" : "a comma is missing");
          p->at++;
          skip_space (p);
        }
      return !in_object || parse_key (p);
    }
  return FALSE;
}

static gboolean
parse (Parser *p)
{
  const char *bad;

  if (!g_utf8_validate_len ((const char *)p->start, (gsize)(p->end - p->start), &bad))
    {
      p->at = (const guchar *)bad;
      return complain (p, *bad == '\0' ? "a NUL byte" : "invalid UTF-8");
    }
  skip_space (p);
  do
    {
      guint depth = p->depth;

      if (!parse_value (p))
        return FALSE;
      if (!parse_separator (p, p->depth > depth))
        break;
    }
  while (TRUE);
  if (p->complaint != NULL)
    return FALSE;
  skip_space (p);
  return p->at >= p->end || complain (p, "text after the end");
}

AttestJsonTree *
attest_json_tree_new (const char *text, gsize length_bytes, GError **error)
{
  g_autoptr (AttestJsonTree) tree = g_new0 (AttestJsonTree, 1);
  Parser p = { .tree = tree,
               .start = (const guchar *)text,
               .end = (const guchar *)text + length_bytes,
               .at = (const guchar *)text };
  const guchar *line_start = p.start;
  guint line = 1;

  tree->text = text;
  tree->nodes = g_array_new (FALSE, FALSE, sizeof (Node));
  tree->line_starts = g_array_new (FALSE, FALSE, sizeof (guint32));
  if (length_bytes >= G_MAXUINT32)
    return attest_throw_null (error, ATTEST_ERROR_LIMIT, "larger than 4 GB");
  if (parse (&p))
    return g_steal_pointer (&tree);
  for (const guchar *c = p.start; c < p.at; c++)
    if (*c == '\n')
      {
        line++;
        line_start = c + 1;
      }
  return attest_throw_null (error, ATTEST_ERROR_INPUT, "%u:%ld: %s", line,
                            g_utf8_strlen ((const char *)line_start, p.at - line_start) + 1,
                            p.complaint);
}

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

static const Node *
node_at (const AttestJsonTree *tree, guint value)
{
  return value < tree->nodes->len ? &g_array_index (tree->nodes, Node, value) : NULL;
}

gboolean
attest_json_tree_is (const AttestJsonTree *tree, guint value, AttestJsonType type)
{
  const Node *node = node_at (tree, value);

  return node != NULL && node->type == type;
}

guint
attest_json_tree_count (const AttestJsonTree *tree, guint parent)
{
  const Node *node = node_at (tree, parent);

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
  const Node *outer = node_at (tree, parent), *inner = node_at (tree, child);

  if (outer == NULL || inner == NULL || inner->next >= outer->next)
    return ATTEST_JSON_NONE;
  return inner->next + (outer->type == ATTEST_JSON_OBJECT);
}

const char *
attest_json_tree_key (const AttestJsonTree *tree, guint child, gsize *out_bytes)
{
  const Node *key = child > 0 ? node_at (tree, child - 1) : NULL;

  if (key == NULL || key->type != TYPE_KEY)
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
      const Node *found = node_at (tree, get_path (tree, object, keys, n));

      if (found != NULL
          && (only_strings ? found->type == ATTEST_JSON_STRING : found->type != ATTEST_JSON_NULL))
        return (guint)(found - (const Node *)(void *)tree->nodes->data);
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
  const Node *node = node_at (tree, value);
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
  const Node *node = node_at (tree, value);
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
  const Node *node = node_at (tree, attest_json_tree_get (tree, value, path));

  return node != NULL && node->type == ATTEST_JSON_STRING && node->length == strlen (expected)
         && memcmp (tree->text + node->start, expected, node->length) == 0;
}

gboolean
attest_json_tree_get_double (const AttestJsonTree *tree, guint value, double *out)
{
  const Node *node = node_at (tree, value);
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
  const Node *node = node_at (tree, value);
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
