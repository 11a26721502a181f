/* attest-relax: see the header.
 *
 * A recursive descent over the syntax of PCRE2 10.42. The pattern compiles, so errors in it need
 * not be found; what is not known here is refused. Output goes into one string; an item that comes
 * out empty takes its quantifier with it.
 */
#include "pattern/attest-relax.h"

#include <string.h>

#include "pattern/attest-relax-private.h"

/* PCRE2's own limit of nested groups. */
#define MAX_DEPTH 250
/* Counted repeats are the dear part of the prefilter's automata; more than so many are any number.
 */
#define MAX_REPEAT 2

#define ANYTHING ".*"

typedef struct
{
  const char *p, *end;
  GString *out;
  GString *many;      /* the item that was just read, when it is a set: for any number of it */
  const char *reason; /* (nullable) set: refused */
  guint depth;
  gboolean extended, extended_more; /* (?x), (?xx) */
  gboolean case_matters;            /* (?-i) */
  gboolean literal;                 /* inside \Q…\E */
} Parser;

static void parse_alternatives (Parser *parser);

static void
refuse (Parser *parser, const char *reason)
{
  if (parser->reason == NULL)
    parser->reason = reason;
  parser->p = parser->end;
}

static gboolean
starts_with (const Parser *parser, const char *prefix)
{
  gsize length_bytes = strlen (prefix);

  return (gsize)(parser->end - parser->p) >= length_bytes
         && memcmp (parser->p, prefix, length_bytes) == 0;
}

static gboolean
take (Parser *parser, const char *prefix)
{
  if (!starts_with (parser, prefix))
    return FALSE;
  parser->p += strlen (prefix);
  return TRUE;
}

static guint32
take_char (Parser *parser)
{
  guint32 c = g_utf8_get_char (parser->p);

  parser->p = g_utf8_next_char (parser->p);
  return c;
}

/* Passes over everything up to and with @stop. */
static void
skip_past (Parser *parser, char stop)
{
  const char *at = memchr (parser->p, stop, (gsize)(parser->end - parser->p));

  if (at == NULL)
    refuse (parser, "something in it has no end");
  else
    parser->p = at + 1;
}

/* --- characters and sets ------------------------------------------------------------------------
 */

static void
append_char (Parser *parser, guint32 c)
{
  /* Text with one of these never comes here, but text with the letters that they equal does. */
  if (c == ATTEST_LONG_S || c == ATTEST_KELVIN)
    c = c == ATTEST_LONG_S ? 's' : 'k';
  if (c < 0x80 && g_ascii_isalnum ((char)c))
    g_string_append_c (parser->out, (char)c);
  else
    attest_char_append_bytes (c, parser->out);
}

static void
append_set (Parser *parser, const AttestCharSet *set)
{
  g_string_truncate (parser->many, 0);
  if (!attest_char_set_append (set, FALSE, parser->out)
      || !attest_char_set_append (set, TRUE, parser->many))
    refuse (parser, "it has an empty class");
}

/* What an escape stands for. */
typedef enum
{
  ESCAPE_CHAR,
  ESCAPE_SET,
  ESCAPE_NOTHING,  /* an assertion */
  ESCAPE_ANYTHING, /* the text of a group */
  ESCAPE_REFUSED,
} EscapeKind;

static guint32
take_number (Parser *parser, guint base, guint most)
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
take_code (Parser *parser, guint base, guint most)
{
  guint32 value;

  if (!take (parser, "{"))
    return take_number (parser, base, most);
  value = take_number (parser, base, 12);
  if (!take (parser, "}"))
    refuse (parser, "it has an escape that is not known");
  return value;
}

/* \p and \P: the few general categories that are common, exactly in ASCII; others may be anything.
 */
static void
take_property (Parser *parser, gboolean negated, AttestCharSet *set)
{
  guint64 ascii[2];
  char name[3] = "";
  gsize length_bytes = 0;

  if (take (parser, "{"))
    {
      const char *start = parser->p;

      skip_past (parser, '}');
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
skip_reference (Parser *parser)
{
  if (take (parser, "{"))
    skip_past (parser, '}');
  else if (take (parser, "<"))
    skip_past (parser, '>');
  else if (take (parser, "'"))
    skip_past (parser, '\'');
  else
    {
      if (!take (parser, "-"))
        take (parser, "+");
      take_number (parser, 10, 9);
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
take_letter_escape (Parser *parser, char letter, gboolean in_class, guint32 *out_char,
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
      if (take (parser, "{U+"))
        {
          *out_char = take_number (parser, 16, 8);
          skip_past (parser, '}');
          return ESCAPE_CHAR;
        }
      attest_char_set_add_unknown (set);
      return ESCAPE_SET;
    case 'b':
      *out_char = '\b';
      return in_class ? ESCAPE_CHAR : ESCAPE_NOTHING;
    case 'B':
    case 'A':
    case 'Z':
    case 'z':
    case 'K':
      return ESCAPE_NOTHING;
    case 'k':
    case 'g':
      skip_reference (parser);
      return ESCAPE_ANYTHING;
    case 'R':
    case 'X':
      g_string_append (parser->out, letter == 'R' ? "[\\x0a-\\x0d\\x80-\\xff]+" : ".+");
      return ESCAPE_NOTHING;
    default:
      return take_simple_escape (letter, out_char);
    }
}

/* Behind the backslash. */
static EscapeKind
take_escape (Parser *parser, gboolean in_class, guint32 *out_char, AttestCharSet *set)
{
  char first = parser->p < parser->end ? *parser->p : '\0';

  if (first == '0' || (in_class && first >= '1' && first <= '7'))
    {
      *out_char = take_number (parser, 8, 3);
      return ESCAPE_CHAR;
    }
  if (g_ascii_isdigit (first))
    {
      /* A group, or a character in octal: anything covers both. */
      take_number (parser, 10, 9);
      return in_class ? ESCAPE_REFUSED : ESCAPE_ANYTHING;
    }
  if (g_ascii_isalpha (first))
    {
      parser->p++;
      return take_letter_escape (parser, first, in_class, out_char, set);
    }
  if (parser->p >= parser->end)
    return ESCAPE_REFUSED;
  *out_char = take_char (parser);
  return ESCAPE_CHAR;
}

static void
parse_escape (Parser *parser)
{
  AttestCharSet set = { .case_matters = parser->case_matters };
  guint32 c = 0;

  switch (take_escape (parser, FALSE, &c, &set))
    {
    case ESCAPE_CHAR:
      append_char (parser, c);
      break;
    case ESCAPE_SET:
      append_set (parser, &set);
      break;
    case ESCAPE_ANYTHING:
      g_string_append (parser->out, "(?:" ANYTHING ")");
      break;
    case ESCAPE_NOTHING:
      break;
    case ESCAPE_REFUSED:
    default:
      refuse (parser, "it has an escape that is not known");
    }
  attest_char_set_clear (&set);
}

/* --- classes
 * -------------------------------------------------------------------------------------- */

/* [:name:] and [:^name:]; FALSE: the bracket is a character. */
static gboolean
parse_posix (Parser *parser, AttestCharSet *set)
{
  const char *name = parser->p + 2;
  guint64 ascii[2];
  gsize length_bytes;
  gboolean negated;

  if (!starts_with (parser, "[:"))
    return FALSE;
  negated = name < parser->end && *name == '^';
  name += negated;
  length_bytes = strspn (name, "abcdefghijklmnopqrstuvwxyz");
  if (name + length_bytes + 2 > parser->end || memcmp (name + length_bytes, ":]", 2) != 0)
    return FALSE;
  parser->p = name + length_bytes + 2;
  AttestCharSet one = { .case_matters = parser->case_matters };
  if (!attest_char_set_posix (name, length_bytes, ascii))
    refuse (parser, "it has a class that is not known");
  else if (*name == 'l' || *name == 'u')
    attest_char_set_add_letters (&one); /* with and without case: which ones, PCRE2 has changed */
  else
    attest_char_set_add_property (&one, ascii);
  if (negated)
    attest_char_set_negate (&one);
  for (guint i = 0; i < 2; i++)
    {
      set->may[i] |= one.may[i];
      set->must[i] |= one.must[i];
    }
  set->all_wide = TRUE;
  return TRUE;
}

/* One character of a class, or, with FALSE, something else that is already in @set. */
static gboolean
take_class_char (Parser *parser, AttestCharSet *set, guint32 *out_char)
{
  AttestCharSet escaped = { .case_matters = parser->case_matters };
  gboolean is_char;

  if (*parser->p != '\\')
    {
      *out_char = take_char (parser);
      return TRUE;
    }
  parser->p++;
  EscapeKind kind = take_escape (parser, TRUE, out_char, &escaped);
  is_char = kind == ESCAPE_CHAR;
  if (kind == ESCAPE_SET)
    {
      for (guint i = 0; i < 2; i++)
        {
          set->may[i] |= escaped.may[i];
          set->must[i] |= escaped.must[i];
        }
      set->all_wide = TRUE;
    }
  else if (!is_char)
    refuse (parser, "it has a class that is not known");
  attest_char_set_clear (&escaped);
  return is_char;
}

static void
parse_class_item (Parser *parser, AttestCharSet *set)
{
  guint32 first, last;

  if (starts_with (parser, "\\Q") || starts_with (parser, "\\E"))
    {
      refuse (parser, "it has \\Q or \\E in a class");
      return;
    }
  if (parse_posix (parser, set) || !take_class_char (parser, set, &first))
    return;
  last = first;
  if (parser->p + 1 < parser->end && parser->p[0] == '-' && parser->p[1] != ']')
    {
      parser->p++;
      if (parser->extended_more || *parser->p == '[' || starts_with (parser, "\\Q")
          || starts_with (parser, "\\E") || !take_class_char (parser, set, &last))
        {
          refuse (parser, "it has a range that is not known");
          return;
        }
    }
  attest_char_set_add_range (set, first, MAX (first, last));
}

static void
parse_class (Parser *parser)
{
  AttestCharSet set = { .case_matters = parser->case_matters };
  gboolean negated;
  gboolean first = TRUE;

  /* The edges of words, in an old spelling. */
  if (take (parser, "[:<:]]") || take (parser, "[:>:]]"))
    return;
  negated = take (parser, "^");
  while (parser->p < parser->end && (first || *parser->p != ']'))
    {
      first = FALSE;
      if (parser->extended_more && (*parser->p == ' ' || *parser->p == '\t'))
        parser->p++;
      else
        parse_class_item (parser, &set);
    }
  take (parser, "]");
  if (negated)
    attest_char_set_negate (&set);
  if (parser->reason == NULL)
    append_set (parser, &set);
  attest_char_set_clear (&set);
}

/* --- groups
 * ----------------------------------------------------------------------------------------- */

/* The inside of a group up to its ")"; what options are set in it end with it. */
static void
parse_inside (Parser *parser)
{
  gboolean extended = parser->extended, extended_more = parser->extended_more;
  gboolean case_matters = parser->case_matters;

  parse_alternatives (parser);
  parser->extended = extended;
  parser->extended_more = extended_more;
  parser->case_matters = case_matters;
  if (!take (parser, ")"))
    refuse (parser, "a group has no end");
}

static void
parse_group (Parser *parser)
{
  g_string_append (parser->out, "(?:");
  parse_inside (parser);
  g_string_append_c (parser->out, ')');
}

/* An assertion only narrows: what stands in it is read and forgotten. */
static void
skip_group (Parser *parser)
{
  gsize before = parser->out->len;

  parse_inside (parser);
  g_string_truncate (parser->out, before);
}

/* (?imsx-imsx) and (?imsx:…), behind the question mark. */
static void
parse_options (Parser *parser)
{
  gboolean extended = parser->extended, extended_more = parser->extended_more;
  gboolean case_matters = parser->case_matters;
  gboolean on = TRUE;

  if (take (parser, "^"))
    {
      /* Back to how PCRE2 begins without options, which is with case. */
      extended = extended_more = FALSE;
      case_matters = TRUE;
    }
  for (; parser->p < parser->end && *parser->p != ')' && *parser->p != ':'; parser->p++)
    switch (*parser->p)
      {
      case '-':
        on = FALSE;
        break;
      case 'x':
        extended_more = on && parser->p + 1 < parser->end && parser->p[1] == 'x';
        extended = on;
        parser->p += parser->p + 1 < parser->end && parser->p[1] == 'x';
        break;
      case 'i':
        case_matters = !on;
        break;
      case 'm':
      case 's':
      case 'n':
      case 'J':
      case 'U':
        break;
      default:
        refuse (parser, "it has an option that is not known");
        return;
      }
  if (take (parser, ")"))
    {
      parser->extended = extended;
      parser->extended_more = extended_more;
      parser->case_matters = case_matters;
      return;
    }
  gboolean outer[] = { parser->extended, parser->extended_more, parser->case_matters };
  take (parser, ":");
  parser->extended = extended;
  parser->extended_more = extended_more;
  parser->case_matters = case_matters;
  parse_group (parser);
  parser->extended = outer[0];
  parser->extended_more = outer[1];
  parser->case_matters = outer[2];
}

/* (?(condition)yes|no), behind the second bracket: either branch, or nothing where there is no
 * other. */
static void
parse_conditional (Parser *parser)
{
  gsize before = parser->out->len;
  gboolean is_define = starts_with (parser, "DEFINE)");

  if (take (parser, "?=") || take (parser, "?!") || take (parser, "?<=") || take (parser, "?<!"))
    skip_group (parser);
  else if (*parser->p == '?' || *parser->p == '*')
    {
      refuse (parser, "it has a condition that is not known");
      return;
    }
  else
    skip_past (parser, ')');
  g_string_append (parser->out, "(?:");
  parse_inside (parser);
  g_string_append (parser->out, "|)");
  if (is_define)
    g_string_truncate (parser->out, before);
}

/* Behind "(?". */
static void
parse_special_group (Parser *parser)
{
  static const char *const assertions[] = { "=", "!", "<=", "<!", "*", "<*" };
  static const char *const plain[] = { ":", "|", ">" };

  for (guint i = 0; i < G_N_ELEMENTS (assertions); i++)
    if (take (parser, assertions[i]))
      {
        skip_group (parser);
        return;
      }
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    if (take (parser, plain[i]))
      {
        parse_group (parser);
        return;
      }
  if (take (parser, "("))
    parse_conditional (parser);
  else if (take (parser, "P<") || take (parser, "<"))
    {
      skip_past (parser, '>');
      parse_group (parser);
    }
  else if (take (parser, "'"))
    {
      skip_past (parser, '\'');
      parse_group (parser);
    }
  else if (take (parser, "P=") || take (parser, "P>") || take (parser, "R") || take (parser, "&")
           || g_ascii_isdigit (*parser->p)
           || ((*parser->p == '+' || *parser->p == '-') && g_ascii_isdigit (parser->p[1])))
    {
      skip_past (parser, ')');
      g_string_append (parser->out, "(?:" ANYTHING ")");
    }
  else if (*parser->p == 'C')
    refuse (parser, "it has a callout");
  else
    parse_options (parser);
}

/* Behind "(*". */
static void
parse_verb (Parser *parser)
{
  static const char *const pruning[]
      = { "COMMIT", "PRUNE", "SKIP", "THEN", "FAIL", "F", "MARK", "" };
  gsize length_bytes = strspn (parser->p, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

  for (guint i = 0; i < G_N_ELEMENTS (pruning); i++)
    if (strlen (pruning[i]) == length_bytes && memcmp (pruning[i], parser->p, length_bytes) == 0
        && (parser->p[length_bytes] == ')' || parser->p[length_bytes] == ':'))
      {
        skip_past (parser, ')');
        return;
      }
  refuse (parser, "it has a verb that is not known");
}

static void
parse_bracket (Parser *parser)
{
  if (++parser->depth > MAX_DEPTH)
    refuse (parser, "its groups nest too deeply");
  else if (take (parser, "?"))
    parse_special_group (parser);
  else if (take (parser, "*"))
    parse_verb (parser);
  else
    parse_group (parser);
  parser->depth--;
  g_string_truncate (parser->many, 0);
}

/* --- sequences
 * ------------------------------------------------------------------------------------- */

static gboolean
skip_extended (Parser *parser)
{
  guint32 c;

  if (!parser->extended || parser->literal || parser->p >= parser->end)
    return FALSE;
  c = g_utf8_get_char (parser->p);
  if (c == '#')
    {
      const char *line_end = memchr (parser->p, '\n', (gsize)(parser->end - parser->p));

      parser->p = line_end != NULL ? line_end + 1 : parser->end;
      return TRUE;
    }
  if (c != ' ' && !(c >= '\t' && c <= '\r') && c != 0x85 && c != 0x200e && c != 0x200f
      && c != 0x2028 && c != 0x2029)
    return FALSE;
  parser->p = g_utf8_next_char (parser->p);
  return TRUE;
}

/* What stands between an item and its quantifier without a meaning of its own. */
static void
skip_ignored (Parser *parser)
{
  for (;;)
    {
      if (parser->literal && take (parser, "\\E"))
        parser->literal = FALSE;
      else if (parser->literal)
        return;
      else if (take (parser, "(?#"))
        skip_past (parser, ')');
      else if (take (parser, "\\Q"))
        parser->literal = TRUE;
      else if (!take (parser, "\\E") && !skip_extended (parser))
        return;
    }
}

/* "{n}", "{n,}" or "{n,m}" at the parser; FALSE: the brace is a character. */
static gboolean
take_counts (Parser *parser, guint *out_min, guint *out_max)
{
  const char *start = parser->p;

  if (!take (parser, "{") || parser->p >= parser->end || !g_ascii_isdigit (*parser->p))
    {
      parser->p = start;
      return FALSE;
    }
  *out_min = *out_max = take_number (parser, 10, 9);
  if (take (parser, ","))
    *out_max = parser->p < parser->end && g_ascii_isdigit (*parser->p) ? take_number (parser, 10, 9)
                                                                       : G_MAXUINT;
  if (take (parser, "}"))
    return TRUE;
  parser->p = start;
  return FALSE;
}

static gboolean
take_quantifier (Parser *parser, guint *out_min, guint *out_max)
{
  *out_min = 0;
  *out_max = G_MAXUINT;
  if (take (parser, "*"))
    ;
  else if (take (parser, "+"))
    *out_min = 1;
  else if (take (parser, "?"))
    *out_max = 1;
  else if (!take_counts (parser, out_min, out_max))
    return FALSE;
  /* Lazy or possessive. */
  skip_ignored (parser);
  if (!parser->literal && !take (parser, "?"))
    take (parser, "+");
  return TRUE;
}

static void
append_quantifier (GString *out, guint min, guint max)
{
  if (max == 1 && min == 1)
    return;
  if (max > MAX_REPEAT)
    {
      max = G_MAXUINT;
      min = MIN (min, 1);
    }
  if (max == G_MAXUINT)
    g_string_append (out, min == 0 ? "*" : "+");
  else if (min == 0 && max == 1)
    g_string_append_c (out, '?');
  else
    g_string_append_printf (out, "{%u,%u}", min, max);
}

static void
parse_item (Parser *parser)
{
  static const AttestCharSet any = { { G_MAXUINT64, G_MAXUINT64 }, { 0, 0 }, TRUE, FALSE, NULL };

  g_string_truncate (parser->many, 0);
  if (parser->literal)
    append_char (parser, take_char (parser));
  else if (take (parser, "\\"))
    parse_escape (parser);
  else if (take (parser, "["))
    parse_class (parser);
  else if (take (parser, "("))
    parse_bracket (parser);
  else if (take (parser, "."))
    append_set (parser, &any);
  else if (!take (parser, "^") && !take (parser, "$"))
    append_char (parser, take_char (parser));
}

static void
parse_quantified (Parser *parser)
{
  gsize start = parser->out->len;
  guint min, max;

  parse_item (parser);
  for (skip_ignored (parser); !parser->literal && take_quantifier (parser, &min, &max);
       skip_ignored (parser))
    {
      if (parser->out->len == start)
        continue;
      if (max == 0)
        {
          g_string_truncate (parser->out, start);
          continue;
        }
      if (parser->many->len > 0 && max > MAX_REPEAT)
        {
          g_string_truncate (parser->out, start);
          g_string_append_len (parser->out, parser->many->str, (gssize)parser->many->len);
        }
      else
        {
          g_string_insert (parser->out, (gssize)start, "(?:");
          g_string_append_c (parser->out, ')');
        }
      g_string_truncate (parser->many, 0);
      append_quantifier (parser->out, min, max);
    }
}

static void
parse_alternatives (Parser *parser)
{
  for (skip_ignored (parser); parser->p < parser->end && parser->reason == NULL;
       skip_ignored (parser))
    {
      if (!parser->literal && *parser->p == ')')
        return;
      if (!parser->literal && take (parser, "|"))
        g_string_append_c (parser->out, '|');
      else
        parse_quantified (parser);
    }
}

/* (*UTF)(*LIMIT_MATCH=…)… count only at the start. Those that change what a line end is are
 * refused, since comments end with lines. */
static void
skip_settings (Parser *parser)
{
  static const char *const lines[] = { "(*CR", "(*LF)", "(*ANY", "(*NUL)" };
  static const char *const known[]
      = { "(*BSR_", "(*LIMIT_", "(*NO_", "(*NOTEMPTY", "(*UCP)", "(*UTF)" };

  for (gboolean found = TRUE; found;)
    {
      found = FALSE;
      for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
        if (starts_with (parser, lines[i]))
          refuse (parser, "it changes what a line end is");
      for (guint i = 0; i < G_N_ELEMENTS (known); i++)
        if (take (parser, known[i]))
          {
            if (known[i][strlen (known[i]) - 1] != ')')
              skip_past (parser, ')');
            found = TRUE;
          }
    }
}

char *
attest_relax_pattern (const char *body, const char **out_reason)
{
  g_autoptr (GString) many = g_string_new (NULL);
  Parser parser
      = { .p = body, .end = body + strlen (body), .out = g_string_new (NULL), .many = many };

  skip_settings (&parser);
  parse_alternatives (&parser);
  if (parser.reason == NULL && parser.p < parser.end)
    refuse (&parser, "it has a bracket too many");
  if (parser.reason == NULL)
    return g_string_free (parser.out, FALSE);
  *out_reason = parser.reason;
  g_string_free (parser.out, TRUE);
  return NULL;
}
