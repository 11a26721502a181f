/* attest-regex-class: characters, escapes and classes of a pattern. */
#include <string.h>

#include "pattern/attest-regex-private.h"

void
attest_regex_refuse (AttestRegexParser *parser, const char *reason)
{
  if (parser->reason == NULL)
    parser->reason = reason;
  parser->p = parser->end;
}

gboolean
attest_regex_starts_with (const AttestRegexParser *parser, const char *prefix)
{
  gsize length_bytes = strlen (prefix);

  return (gsize)(parser->end - parser->p) >= length_bytes
         && memcmp (parser->p, prefix, length_bytes) == 0;
}

gboolean
attest_regex_take (AttestRegexParser *parser, const char *prefix)
{
  if (!attest_regex_starts_with (parser, prefix))
    return FALSE;
  parser->p += strlen (prefix);
  return TRUE;
}

guint32
attest_regex_take_char (AttestRegexParser *parser)
{
  guint32 c = g_utf8_get_char (parser->p);

  parser->p = g_utf8_next_char (parser->p);
  return c;
}

/* Passes over everything up to and with @stop. */
void
attest_regex_skip_past (AttestRegexParser *parser, char stop)
{
  const char *at = memchr (parser->p, stop, (gsize)(parser->end - parser->p));

  if (at == NULL)
    attest_regex_refuse (parser, "something in it has no end");
  else
    parser->p = at + 1;
}

/* --- characters and sets */

guint
attest_regex_add_char (AttestRegexParser *parser, const char *start, gunichar c)
{
  guint node = attest_regex_add_node (parser, ATTEST_NODE_CHAR, start);

  attest_regex_get_node (parser, node)->c = c;
  attest_regex_get_node (parser, node)->case_matters = parser->case_matters;
  return attest_regex_end_node (parser, node);
}

guint
attest_regex_add_set (AttestRegexParser *parser, const char *start, AttestCharSet *set)
{
  guint node = attest_regex_add_node (parser, ATTEST_NODE_SET, start);

  attest_regex_get_node (parser, node)->set = parser->regex->sets->len;
  attest_regex_get_node (parser, node)->case_matters = parser->case_matters;
  attest_regex_get_node (parser, node)->is_odd = parser->extended_more;
  g_array_append_val (parser->regex->sets, *set);
  return attest_regex_end_node (parser, node);
}

/* What an escape stands for. */
typedef enum
{
  ESCAPE_CHAR,
  ESCAPE_SET,
  ESCAPE_EDGE,
  ESCAPE_KEEP,     /* \K */
  ESCAPE_ANYTHING, /* the text of a group, a character with its accents */
  ESCAPE_LINE_END,
  ESCAPE_REFUSED,
} EscapeKind;

guint32
attest_regex_take_number (AttestRegexParser *parser, guint base, guint most)
{
  guint32 value = 0;

  for (guint i = 0; i < most && parser->p < parser->end; i++)
    {
      int digit = g_ascii_xdigit_value (*parser->p);

      if (digit < 0 || (guint)digit >= base)
        break;
      value = MIN (value * base + (guint)digit, 0x110000u);
      parser->p++;
    }
  return value;
}

/* {…} in @base, or at most @most digits without braces. */
static guint32
take_code (AttestRegexParser *parser, guint base, guint most)
{
  guint32 value;

  if (!attest_regex_take (parser, "{"))
    return attest_regex_take_number (parser, base, most);
  value = attest_regex_take_number (parser, base, 12);
  if (!attest_regex_take (parser, "}"))
    attest_regex_refuse (parser, "it has an escape that is not known");
  return value;
}

/* \p and \P: the few general categories that are common, exactly in ASCII; others may be anything.
 */
static void
take_property (AttestRegexParser *parser, gboolean negated, AttestCharSet *set)
{
  guint64 ascii[2];
  char name[3] = "";
  gsize length_bytes = 0;

  if (attest_regex_take (parser, "{"))
    {
      const char *start = parser->p;

      attest_regex_skip_past (parser, '}');
      length_bytes = (gsize)(parser->p - start) - 1;
      if (parser->reason != NULL || length_bytes == 0 || *start == '^' || length_bytes > 2)
        length_bytes = 0;
      memcpy (name, start, length_bytes);
    }
  else if (parser->p < parser->end)
    name[0] = *parser->p++;
  if (strcmp (name, "L") == 0 && attest_char_set_posix ("alpha", 5, ascii))
    attest_char_set_add_property (set, ascii);
  else if ((strcmp (name, "N") == 0 || strcmp (name, "Nd") == 0)
           && attest_char_set_escape ('d', ascii))
    attest_char_set_add_property (set, ascii);
  else if (strcmp (name, "Lu") == 0 || strcmp (name, "Ll") == 0)
    attest_char_set_add_letters (set);
  else
    attest_char_set_add_unknown (set);
  if (negated)
    attest_char_set_negate (set);
}

/* \k and \g: a name or number in some brackets, or a bare number. */
static void
skip_reference (AttestRegexParser *parser)
{
  if (attest_regex_take (parser, "{"))
    attest_regex_skip_past (parser, '}');
  else if (attest_regex_take (parser, "<"))
    attest_regex_skip_past (parser, '>');
  else if (attest_regex_take (parser, "'"))
    attest_regex_skip_past (parser, '\'');
  else
    {
      if (!attest_regex_take (parser, "-"))
        attest_regex_take (parser, "+");
      attest_regex_take_number (parser, 10, 9);
    }
}

static EscapeKind
take_simple_escape (char letter, guint32 *out_char)
{
  static const char letters[] = "aefnrt";
  static const char values[] = "\a\033\f\n\r\t";
  const char *at = strchr (letters, letter);

  if (at == NULL)
    return ESCAPE_REFUSED;
  *out_char = (guint32)values[at - letters];
  return ESCAPE_CHAR;
}

static EscapeKind
take_letter_escape (AttestRegexParser *parser, char letter, gboolean in_class, guint32 *out_char,
                    AttestCharSet *set)
{
  guint64 ascii[2];

  if (attest_char_set_escape (letter, ascii))
    {
      attest_char_set_add_property (set, ascii);
      return ESCAPE_SET;
    }
  switch (letter)
    {
    case 'x':
      *out_char = take_code (parser, 16, 2);
      return ESCAPE_CHAR;
    case 'o':
      *out_char = take_code (parser, 8, 0);
      return ESCAPE_CHAR;
    case 'c':
      *out_char = (guint32)g_ascii_toupper (*parser->p++) ^ 0x40;
      return ESCAPE_CHAR;
    case 'p':
    case 'P':
      take_property (parser, letter == 'P', set);
      return ESCAPE_SET;
    case 'N':
      if (attest_regex_take (parser, "{U+"))
        {
          *out_char = attest_regex_take_number (parser, 16, 8);
          attest_regex_skip_past (parser, '}');
          return ESCAPE_CHAR;
        }
      attest_char_set_add_unknown (set);
      return ESCAPE_SET;
    case 'b':
      *out_char = '\b';
      return in_class ? ESCAPE_CHAR : ESCAPE_EDGE;
    case 'B':
    case 'A':
    case 'Z':
    case 'z':
      return ESCAPE_EDGE;
    case 'K':
      /* What is found begins where no attempt began. */
      parser->regex->needs_whole_text = TRUE;
      return ESCAPE_KEEP;
    case 'k':
    case 'g':
      skip_reference (parser);
      return ESCAPE_ANYTHING;
    case 'R':
      return ESCAPE_LINE_END;
    case 'X':
      return ESCAPE_ANYTHING;
    default:
      return take_simple_escape (letter, out_char);
    }
}

/* Behind the backslash. */
static EscapeKind
take_escape (AttestRegexParser *parser, gboolean in_class, guint32 *out_char, AttestCharSet *set)
{
  char first = parser->p < parser->end ? *parser->p : '\0';

  if (first == '0' || (in_class && first >= '1' && first <= '7'))
    {
      *out_char = attest_regex_take_number (parser, 8, 3);
      return ESCAPE_CHAR;
    }
  if (g_ascii_isdigit (first))
    {
      /* A group, or a character in octal: anything covers both. */
      attest_regex_take_number (parser, 10, 9);
      return in_class ? ESCAPE_REFUSED : ESCAPE_ANYTHING;
    }
  if (g_ascii_isalpha (first))
    {
      parser->p++;
      return take_letter_escape (parser, first, in_class, out_char, set);
    }
  if (parser->p >= parser->end)
    return ESCAPE_REFUSED;
  *out_char = attest_regex_take_char (parser);
  return ESCAPE_CHAR;
}

static guint
add_escaped (AttestRegexParser *parser, const char *start, EscapeKind kind, gunichar c,
             AttestCharSet *set)
{
  AttestNodeKind node_kind = ATTEST_NODE_REFERENCE;

  switch (kind)
    {
    case ESCAPE_CHAR:
      return attest_regex_add_char (parser, start, c);
    case ESCAPE_SET:
      return attest_regex_add_set (parser, start, set);
    case ESCAPE_LINE_END:
      node_kind = ATTEST_NODE_LINE_END;
      break;
    case ESCAPE_EDGE:
      node_kind = ATTEST_NODE_EDGE;
      break;
    case ESCAPE_KEEP:
      node_kind = ATTEST_NODE_VERB;
      break;
    case ESCAPE_ANYTHING:
      break;
    case ESCAPE_REFUSED:
    default:
      attest_regex_refuse (parser, "it has an escape that is not known");
    }
  guint node = attest_regex_add_node (parser, node_kind, start);
  attest_regex_get_node (parser, node)->letter = start[1];
  return attest_regex_end_node (parser, node);
}

guint
attest_regex_parse_escape (AttestRegexParser *parser)
{
  const char *start = parser->p - 1;
  AttestCharSet set = { .case_matters = parser->case_matters };
  guint32 c = 0;
  EscapeKind kind = take_escape (parser, FALSE, &c, &set);
  guint node = add_escaped (parser, start, kind, c, &set);

  if (kind != ESCAPE_SET)
    attest_char_set_clear (&set);
  return node;
}

/* --- classes */

/* [:name:] and [:^name:]; FALSE: the bracket is a character. */
static gboolean
parse_posix (AttestRegexParser *parser, AttestCharSet *set)
{
  const char *name = parser->p + 2;
  guint64 ascii[2];
  gsize length_bytes;
  gboolean negated;

  if (!attest_regex_starts_with (parser, "[:"))
    return FALSE;
  negated = name < parser->end && *name == '^';
  name += negated;
  length_bytes = strspn (name, "abcdefghijklmnopqrstuvwxyz");
  if (name + length_bytes + 2 > parser->end || memcmp (name + length_bytes, ":]", 2) != 0)
    return FALSE;
  parser->p = name + length_bytes + 2;
  AttestCharSet one = { .case_matters = parser->case_matters };
  if (!attest_char_set_posix (name, length_bytes, ascii))
    attest_regex_refuse (parser, "it has a class that is not known");
  else if (*name == 'l' || *name == 'u')
    attest_char_set_add_letters (&one); /* with and without case: which ones, PCRE2 has changed */
  else
    attest_char_set_add_property (&one, ascii);
  if (negated)
    attest_char_set_negate (&one);
  attest_char_set_add_set (set, &one);
  return TRUE;
}

/* One character of a class, or, with FALSE, something else that is already in @set. */
static gboolean
take_class_char (AttestRegexParser *parser, AttestCharSet *set, guint32 *out_char)
{
  AttestCharSet escaped = { .case_matters = parser->case_matters };
  gboolean is_char;

  if (*parser->p != '\\')
    {
      *out_char = attest_regex_take_char (parser);
      return TRUE;
    }
  parser->p++;
  EscapeKind kind = take_escape (parser, TRUE, out_char, &escaped);
  is_char = kind == ESCAPE_CHAR;
  if (kind == ESCAPE_SET)
    attest_char_set_add_set (set, &escaped);
  else if (!is_char)
    attest_regex_refuse (parser, "it has a class that is not known");
  attest_char_set_clear (&escaped);
  return is_char;
}

static void
parse_class_item (AttestRegexParser *parser, AttestCharSet *set)
{
  guint32 first, last;

  if (attest_regex_starts_with (parser, "\\Q") || attest_regex_starts_with (parser, "\\E"))
    {
      attest_regex_refuse (parser, "it has \\Q or \\E in a class");
      return;
    }
  if (parse_posix (parser, set) || !take_class_char (parser, set, &first))
    return;
  last = first;
  if (parser->p + 1 < parser->end && parser->p[0] == '-' && parser->p[1] != ']')
    {
      parser->p++;
      if (parser->extended_more || *parser->p == '[' || attest_regex_starts_with (parser, "\\Q")
          || attest_regex_starts_with (parser, "\\E") || !take_class_char (parser, set, &last))
        {
          attest_regex_refuse (parser, "it has a range that is not known");
          return;
        }
    }
  attest_char_set_add_range (set, first, MAX (first, last));
}

guint
attest_regex_parse_class (AttestRegexParser *parser)
{
  const char *start = parser->p - 1;
  AttestCharSet set = { .case_matters = parser->case_matters };
  gboolean negated;
  gboolean first = TRUE;

  /* The edges of words, in an old spelling. */
  if (attest_regex_take (parser, "[:<:]]") || attest_regex_take (parser, "[:>:]]"))
    {
      guint edge = attest_regex_add_node (parser, ATTEST_NODE_EDGE, start);

      attest_regex_get_node (parser, edge)->letter = 'b';
      return attest_regex_end_node (parser, edge);
    }
  negated = attest_regex_take (parser, "^");
  while (parser->p < parser->end && (first || *parser->p != ']'))
    {
      first = FALSE;
      if (parser->extended_more && (*parser->p == ' ' || *parser->p == '\t'))
        parser->p++;
      else
        parse_class_item (parser, &set);
    }
  attest_regex_take (parser, "]");
  if (negated)
    attest_char_set_negate (&set);
  return attest_regex_add_set (parser, start, &set);
}
