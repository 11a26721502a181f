/* attest-relax-class: characters, escapes and classes of a pattern that is relaxed. */
#include <string.h>

#include "pattern/attest-relax-private.h"

void
attest_relax_refuse (AttestRelaxParser *parser, const char *reason)
{
  if (parser->reason == NULL)
    parser->reason = reason;
  parser->p = parser->end;
}

gboolean
attest_relax_starts_with (const AttestRelaxParser *parser, const char *prefix)
{
  gsize length_bytes = strlen (prefix);

  return (gsize)(parser->end - parser->p) >= length_bytes
         && memcmp (parser->p, prefix, length_bytes) == 0;
}

gboolean
attest_relax_take (AttestRelaxParser *parser, const char *prefix)
{
  if (!attest_relax_starts_with (parser, prefix))
    return FALSE;
  parser->p += strlen (prefix);
  return TRUE;
}

guint32
attest_relax_take_char (AttestRelaxParser *parser)
{
  guint32 c = g_utf8_get_char (parser->p);

  parser->p = g_utf8_next_char (parser->p);
  return c;
}

/* Passes over everything up to and with @stop. */
void
attest_relax_skip_past (AttestRelaxParser *parser, char stop)
{
  const char *at = memchr (parser->p, stop, (gsize)(parser->end - parser->p));

  if (at == NULL)
    attest_relax_refuse (parser, "something in it has no end");
  else
    parser->p = at + 1;
}

/* --- characters and sets */

void
attest_relax_char (const AttestRelaxParser *parser, guint32 c, AttestFacts *out)
{
  /* Text with one of these never comes here, but text with the letters that they equal does. */
  if (c == ATTEST_LONG_S || c == ATTEST_KELVIN)
    c = c == ATTEST_LONG_S ? 's' : 'k';
  attest_facts_init_char (out, attest_char_fold (c));
}

void
attest_relax_set (AttestRelaxParser *parser, const AttestCharSet *set, AttestFacts *out)
{
  AttestAsciiSet ascii = { { set->may[0], set->may[1] } };
  guint n_wide = set->wide != NULL ? set->wide->len : 0;

  if ((set->may[0] | set->may[1]) == 0 && n_wide == 0 && !set->all_wide)
    attest_relax_refuse (parser, "it has an empty class");
  attest_facts_init_set (out, &ascii,
                         n_wide > 0 ? (const guint32 *)(gpointer)set->wide->data : NULL, n_wide,
                         set->all_wide);
}

/* What an escape stands for. */
typedef enum
{
  ESCAPE_CHAR,
  ESCAPE_SET,
  ESCAPE_NOTHING,  /* an assertion */
  ESCAPE_ANYTHING, /* the text of a group, a character with its accents */
  ESCAPE_LINE_END,
  ESCAPE_REFUSED,
} EscapeKind;

guint32
attest_relax_take_number (AttestRelaxParser *parser, guint base, guint most)
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
take_code (AttestRelaxParser *parser, guint base, guint most)
{
  guint32 value;

  if (!attest_relax_take (parser, "{"))
    return attest_relax_take_number (parser, base, most);
  value = attest_relax_take_number (parser, base, 12);
  if (!attest_relax_take (parser, "}"))
    attest_relax_refuse (parser, "it has an escape that is not known");
  return value;
}

/* \p and \P: the few general categories that are common, exactly in ASCII; others may be anything.
 */
static void
take_property (AttestRelaxParser *parser, gboolean negated, AttestCharSet *set)
{
  guint64 ascii[2];
  char name[3] = "";
  gsize length_bytes = 0;

  if (attest_relax_take (parser, "{"))
    {
      const char *start = parser->p;

      attest_relax_skip_past (parser, '}');
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
skip_reference (AttestRelaxParser *parser)
{
  if (attest_relax_take (parser, "{"))
    attest_relax_skip_past (parser, '}');
  else if (attest_relax_take (parser, "<"))
    attest_relax_skip_past (parser, '>');
  else if (attest_relax_take (parser, "'"))
    attest_relax_skip_past (parser, '\'');
  else
    {
      if (!attest_relax_take (parser, "-"))
        attest_relax_take (parser, "+");
      attest_relax_take_number (parser, 10, 9);
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
take_letter_escape (AttestRelaxParser *parser, char letter, gboolean in_class, guint32 *out_char,
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
      if (attest_relax_take (parser, "{U+"))
        {
          *out_char = attest_relax_take_number (parser, 16, 8);
          attest_relax_skip_past (parser, '}');
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
      return ESCAPE_NOTHING;
    case 'K':
      /* What is found begins where no attempt began. */
      parser->needs_whole_text = TRUE;
      return ESCAPE_NOTHING;
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
take_escape (AttestRelaxParser *parser, gboolean in_class, guint32 *out_char, AttestCharSet *set)
{
  char first = parser->p < parser->end ? *parser->p : '\0';

  if (first == '0' || (in_class && first >= '1' && first <= '7'))
    {
      *out_char = attest_relax_take_number (parser, 8, 3);
      return ESCAPE_CHAR;
    }
  if (g_ascii_isdigit (first))
    {
      /* A group, or a character in octal: anything covers both. */
      attest_relax_take_number (parser, 10, 9);
      return in_class ? ESCAPE_REFUSED : ESCAPE_ANYTHING;
    }
  if (g_ascii_isalpha (first))
    {
      parser->p++;
      return take_letter_escape (parser, first, in_class, out_char, set);
    }
  if (parser->p >= parser->end)
    return ESCAPE_REFUSED;
  *out_char = attest_relax_take_char (parser);
  return ESCAPE_CHAR;
}

/* \R: one of \v, or two for CR and LF. */
static void
parse_line_end (AttestRelaxParser *parser, AttestFacts *out)
{
  AttestCharSet set = { .all_wide = FALSE };
  guint64 ascii[2];

  attest_char_set_escape ('v', ascii);
  attest_char_set_add_property (&set, ascii);
  attest_relax_set (parser, &set, out);
  attest_facts_repeat (out, 1, 2);
}

void
attest_relax_parse_escape (AttestRelaxParser *parser, AttestFacts *out)
{
  AttestCharSet set = { .case_matters = parser->case_matters };
  guint32 c = 0;

  switch (take_escape (parser, FALSE, &c, &set))
    {
    case ESCAPE_CHAR:
      attest_relax_char (parser, c, out);
      break;
    case ESCAPE_SET:
      attest_relax_set (parser, &set, out);
      break;
    case ESCAPE_ANYTHING:
      attest_facts_init_any (out);
      break;
    case ESCAPE_LINE_END:
      parse_line_end (parser, out);
      break;
    case ESCAPE_NOTHING:
      attest_facts_init_empty (out);
      break;
    case ESCAPE_REFUSED:
    default:
      attest_facts_init_any (out);
      attest_relax_refuse (parser, "it has an escape that is not known");
    }
  attest_char_set_clear (&set);
}

/* --- classes */

/* [:name:] and [:^name:]; FALSE: the bracket is a character. */
static gboolean
parse_posix (AttestRelaxParser *parser, AttestCharSet *set)
{
  const char *name = parser->p + 2;
  guint64 ascii[2];
  gsize length_bytes;
  gboolean negated;

  if (!attest_relax_starts_with (parser, "[:"))
    return FALSE;
  negated = name < parser->end && *name == '^';
  name += negated;
  length_bytes = strspn (name, "abcdefghijklmnopqrstuvwxyz");
  if (name + length_bytes + 2 > parser->end || memcmp (name + length_bytes, ":]", 2) != 0)
    return FALSE;
  parser->p = name + length_bytes + 2;
  AttestCharSet one = { .case_matters = parser->case_matters };
  if (!attest_char_set_posix (name, length_bytes, ascii))
    attest_relax_refuse (parser, "it has a class that is not known");
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
take_class_char (AttestRelaxParser *parser, AttestCharSet *set, guint32 *out_char)
{
  AttestCharSet escaped = { .case_matters = parser->case_matters };
  gboolean is_char;

  if (*parser->p != '\\')
    {
      *out_char = attest_relax_take_char (parser);
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
    attest_relax_refuse (parser, "it has a class that is not known");
  attest_char_set_clear (&escaped);
  return is_char;
}

static void
parse_class_item (AttestRelaxParser *parser, AttestCharSet *set)
{
  guint32 first, last;

  if (attest_relax_starts_with (parser, "\\Q") || attest_relax_starts_with (parser, "\\E"))
    {
      attest_relax_refuse (parser, "it has \\Q or \\E in a class");
      return;
    }
  if (parse_posix (parser, set) || !take_class_char (parser, set, &first))
    return;
  last = first;
  if (parser->p + 1 < parser->end && parser->p[0] == '-' && parser->p[1] != ']')
    {
      parser->p++;
      if (parser->extended_more || *parser->p == '[' || attest_relax_starts_with (parser, "\\Q")
          || attest_relax_starts_with (parser, "\\E") || !take_class_char (parser, set, &last))
        {
          attest_relax_refuse (parser, "it has a range that is not known");
          return;
        }
    }
  attest_char_set_add_range (set, first, MAX (first, last));
}

void
attest_relax_parse_class (AttestRelaxParser *parser, AttestFacts *out)
{
  AttestCharSet set = { .case_matters = parser->case_matters };
  gboolean negated;
  gboolean first = TRUE;

  attest_facts_init_empty (out);
  /* The edges of words, in an old spelling. */
  if (attest_relax_take (parser, "[:<:]]") || attest_relax_take (parser, "[:>:]]"))
    return;
  negated = attest_relax_take (parser, "^");
  while (parser->p < parser->end && (first || *parser->p != ']'))
    {
      first = FALSE;
      if (parser->extended_more && (*parser->p == ' ' || *parser->p == '\t'))
        parser->p++;
      else
        parse_class_item (parser, &set);
    }
  attest_relax_take (parser, "]");
  if (negated)
    attest_char_set_negate (&set);
  if (parser->reason == NULL)
    attest_relax_set (parser, &set, out);
  attest_char_set_clear (&set);
}
