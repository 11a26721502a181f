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

static void parse_alternatives (AttestRelaxParser *parser);

/* --- groups */

/* The inside of a group up to its ")"; what options are set in it end with it. */
static void
parse_inside (AttestRelaxParser *parser)
{
  gboolean extended = parser->extended, extended_more = parser->extended_more;
  gboolean case_matters = parser->case_matters;

  parse_alternatives (parser);
  parser->extended = extended;
  parser->extended_more = extended_more;
  parser->case_matters = case_matters;
  if (!attest_relax_take (parser, ")"))
    attest_relax_refuse (parser, "a group has no end");
}

static void
parse_group (AttestRelaxParser *parser)
{
  g_string_append (parser->out, "(?:");
  parse_inside (parser);
  g_string_append_c (parser->out, ')');
}

/* An assertion only narrows: what stands in it is read and forgotten. */
static void
skip_group (AttestRelaxParser *parser)
{
  gsize before = parser->out->len;

  parse_inside (parser);
  g_string_truncate (parser->out, before);
}

/* (?imsx-imsx) and (?imsx:…), behind the question mark. */
static void
parse_options (AttestRelaxParser *parser)
{
  gboolean extended = parser->extended, extended_more = parser->extended_more;
  gboolean case_matters = parser->case_matters;
  gboolean on = TRUE;

  if (attest_relax_take (parser, "^"))
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
        attest_relax_refuse (parser, "it has an option that is not known");
        return;
      }
  if (attest_relax_take (parser, ")"))
    {
      parser->extended = extended;
      parser->extended_more = extended_more;
      parser->case_matters = case_matters;
      return;
    }
  gboolean outer[] = { parser->extended, parser->extended_more, parser->case_matters };
  attest_relax_take (parser, ":");
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
parse_conditional (AttestRelaxParser *parser)
{
  gsize before = parser->out->len;
  gboolean is_define = attest_relax_starts_with (parser, "DEFINE)");

  if (attest_relax_take (parser, "?=") || attest_relax_take (parser, "?!")
      || attest_relax_take (parser, "?<=") || attest_relax_take (parser, "?<!"))
    skip_group (parser);
  else if (*parser->p == '?' || *parser->p == '*')
    {
      attest_relax_refuse (parser, "it has a condition that is not known");
      return;
    }
  else
    attest_relax_skip_past (parser, ')');
  g_string_append (parser->out, "(?:");
  parse_inside (parser);
  g_string_append (parser->out, "|)");
  if (is_define)
    g_string_truncate (parser->out, before);
}

/* Behind "(?". */
static void
parse_special_group (AttestRelaxParser *parser)
{
  static const char *const assertions[] = { "=", "!", "<=", "<!", "*", "<*" };
  static const char *const plain[] = { ":", "|", ">" };

  for (guint i = 0; i < G_N_ELEMENTS (assertions); i++)
    if (attest_relax_take (parser, assertions[i]))
      {
        skip_group (parser);
        return;
      }
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    if (attest_relax_take (parser, plain[i]))
      {
        parse_group (parser);
        return;
      }
  if (attest_relax_take (parser, "("))
    parse_conditional (parser);
  else if (attest_relax_take (parser, "P<") || attest_relax_take (parser, "<"))
    {
      attest_relax_skip_past (parser, '>');
      parse_group (parser);
    }
  else if (attest_relax_take (parser, "'"))
    {
      attest_relax_skip_past (parser, '\'');
      parse_group (parser);
    }
  else if (attest_relax_take (parser, "P=") || attest_relax_take (parser, "P>")
           || attest_relax_take (parser, "R") || attest_relax_take (parser, "&")
           || g_ascii_isdigit (*parser->p)
           || ((*parser->p == '+' || *parser->p == '-') && g_ascii_isdigit (parser->p[1])))
    {
      attest_relax_skip_past (parser, ')');
      g_string_append (parser->out, "(?:" ATTEST_RELAXED_ANYTHING ")");
    }
  else if (*parser->p == 'C')
    attest_relax_refuse (parser, "it has a callout");
  else
    parse_options (parser);
}

/* Behind "(*". */
static void
parse_verb (AttestRelaxParser *parser)
{
  static const char *const pruning[]
      = { "COMMIT", "PRUNE", "SKIP", "THEN", "FAIL", "F", "MARK", "" };
  gsize length_bytes = strspn (parser->p, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

  for (guint i = 0; i < G_N_ELEMENTS (pruning); i++)
    if (strlen (pruning[i]) == length_bytes && memcmp (pruning[i], parser->p, length_bytes) == 0
        && (parser->p[length_bytes] == ')' || parser->p[length_bytes] == ':'))
      {
        attest_relax_skip_past (parser, ')');
        return;
      }
  attest_relax_refuse (parser, "it has a verb that is not known");
}

static void
parse_bracket (AttestRelaxParser *parser)
{
  if (++parser->depth > MAX_DEPTH)
    attest_relax_refuse (parser, "its groups nest too deeply");
  else if (attest_relax_take (parser, "?"))
    parse_special_group (parser);
  else if (attest_relax_take (parser, "*"))
    parse_verb (parser);
  else
    parse_group (parser);
  parser->depth--;
  g_string_truncate (parser->many, 0);
}

/* --- sequences */

static gboolean
skip_extended (AttestRelaxParser *parser)
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
skip_ignored (AttestRelaxParser *parser)
{
  for (;;)
    {
      if (parser->literal && attest_relax_take (parser, "\\E"))
        parser->literal = FALSE;
      else if (parser->literal)
        return;
      else if (attest_relax_take (parser, "(?#"))
        attest_relax_skip_past (parser, ')');
      else if (attest_relax_take (parser, "\\Q"))
        parser->literal = TRUE;
      else if (!attest_relax_take (parser, "\\E") && !skip_extended (parser))
        return;
    }
}

/* "{n}", "{n,}" or "{n,m}" at the parser; FALSE: the brace is a character. */
static gboolean
take_counts (AttestRelaxParser *parser, guint *out_min, guint *out_max)
{
  const char *start = parser->p;

  if (!attest_relax_take (parser, "{") || parser->p >= parser->end || !g_ascii_isdigit (*parser->p))
    {
      parser->p = start;
      return FALSE;
    }
  *out_min = *out_max = attest_relax_take_number (parser, 10, 9);
  if (attest_relax_take (parser, ","))
    *out_max = parser->p < parser->end && g_ascii_isdigit (*parser->p)
                   ? attest_relax_take_number (parser, 10, 9)
                   : G_MAXUINT;
  if (attest_relax_take (parser, "}"))
    return TRUE;
  parser->p = start;
  return FALSE;
}

static gboolean
take_quantifier (AttestRelaxParser *parser, guint *out_min, guint *out_max)
{
  *out_min = 0;
  *out_max = G_MAXUINT;
  if (attest_relax_take (parser, "*"))
    ;
  else if (attest_relax_take (parser, "+"))
    *out_min = 1;
  else if (attest_relax_take (parser, "?"))
    *out_max = 1;
  else if (!take_counts (parser, out_min, out_max))
    return FALSE;
  /* Lazy or possessive. */
  skip_ignored (parser);
  if (!parser->literal && !attest_relax_take (parser, "?"))
    attest_relax_take (parser, "+");
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
parse_item (AttestRelaxParser *parser)
{
  static const AttestCharSet any = { { G_MAXUINT64, G_MAXUINT64 }, { 0, 0 }, TRUE, FALSE, NULL };

  g_string_truncate (parser->many, 0);
  if (parser->literal)
    attest_relax_append_char (parser, attest_relax_take_char (parser));
  else if (attest_relax_take (parser, "\\"))
    attest_relax_parse_escape (parser);
  else if (attest_relax_take (parser, "["))
    attest_relax_parse_class (parser);
  else if (attest_relax_take (parser, "("))
    parse_bracket (parser);
  else if (attest_relax_take (parser, "."))
    attest_relax_append_set (parser, &any);
  else if (!attest_relax_take (parser, "^") && !attest_relax_take (parser, "$"))
    attest_relax_append_char (parser, attest_relax_take_char (parser));
}

static void
parse_quantified (AttestRelaxParser *parser)
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
      else if (max > 1 && parser->out->str[start] == '(')
        {
          /* A gap: to follow what may stand in it costs more than it keeps out. */
          g_string_truncate (parser->out, start);
          g_string_append (parser->out, "(?:" ATTEST_RELAXED_ANYTHING ")");
          g_string_truncate (parser->many, 0);
          continue;
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
parse_alternatives (AttestRelaxParser *parser)
{
  for (skip_ignored (parser); parser->p < parser->end && parser->reason == NULL;
       skip_ignored (parser))
    {
      if (!parser->literal && *parser->p == ')')
        return;
      if (!parser->literal && attest_relax_take (parser, "|"))
        g_string_append_c (parser->out, '|');
      else
        parse_quantified (parser);
    }
}

/* (*UTF)(*LIMIT_MATCH=…)… count only at the start. Those that change what a line end is are
 * refused, since comments end with lines. */
static void
skip_settings (AttestRelaxParser *parser)
{
  static const char *const lines[] = { "(*CR", "(*LF)", "(*ANY", "(*NUL)" };
  static const char *const known[]
      = { "(*BSR_", "(*LIMIT_", "(*NO_", "(*NOTEMPTY", "(*UCP)", "(*UTF)" };

  for (gboolean found = TRUE; found;)
    {
      found = FALSE;
      for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
        if (attest_relax_starts_with (parser, lines[i]))
          attest_relax_refuse (parser, "it changes what a line end is");
      for (guint i = 0; i < G_N_ELEMENTS (known); i++)
        if (attest_relax_take (parser, known[i]))
          {
            if (known[i][strlen (known[i]) - 1] != ')')
              attest_relax_skip_past (parser, ')');
            found = TRUE;
          }
    }
}

char *
attest_relax_pattern (const char *body, const char **out_reason)
{
  g_autoptr (GString) many = g_string_new (NULL);
  AttestRelaxParser parser
      = { .p = body, .end = body + strlen (body), .out = g_string_new (NULL), .many = many };

  skip_settings (&parser);
  parse_alternatives (&parser);
  if (parser.reason == NULL && parser.p < parser.end)
    attest_relax_refuse (&parser, "it has a bracket too many");
  if (parser.reason == NULL)
    return g_string_free (parser.out, FALSE);
  *out_reason = parser.reason;
  g_string_free (parser.out, TRUE);
  return NULL;
}
