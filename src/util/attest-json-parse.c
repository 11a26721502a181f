/* attest-json-parse: one pass over the text, without recursion. */
#include "util/attest-json-tree-private.h"

#include <string.h>

#include "util/attest-error.h"
#include "util/attest-limits.h"

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

static AttestJsonNode *
add_node (Parser *p, guint8 type)
{
  GArray *nodes = p->tree->nodes;
  AttestJsonNode *node;

  if (nodes->len >= ATTEST_MAX_JSON_VALUES)
    {
      complain (p, "more values than a transcript has");
      return NULL;
    }
  g_array_set_size (nodes, nodes->len + 1);
  node = &g_array_index (nodes, AttestJsonNode, nodes->len - 1);
  *node
      = (AttestJsonNode){ .start = (guint32)(p->at - p->start), .next = nodes->len, .type = type };
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
  AttestJsonNode *node;

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
  AttestJsonNode *node = add_node (p, ATTEST_JSON_NUMBER);
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

static AttestJsonNode *
innermost (Parser *p)
{
  return &g_array_index (p->tree->nodes, AttestJsonNode, p->stack[p->depth - 1]);
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
  if (!parse_string (p, ATTEST_JSON_KEY))
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
  tree->nodes = g_array_new (FALSE, FALSE, sizeof (AttestJsonNode));
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
