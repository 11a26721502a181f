/* attest-relax: see the header.
 *
 * A descent through the pattern, which compiles in PCRE2: what would be an error there needs no
 * care here, and what is not understood here is refused.
 */
#include "pattern/attest-relax.h"

#include <string.h>

#include "pattern/attest-relax-private.h"

/* PCRE2's own limit of nested groups. */
#define MAX_DEPTH 250

static void parse_alternatives (AttestRelaxParser *parser, AttestFacts *out);

/* --- groups */

/* The inside of a group up to its ")"; what options are set in it end with it. */
static void
parse_inside (AttestRelaxParser *parser, AttestFacts *out)
{
  gboolean extended = parser->extended, extended_more = parser->extended_more;
  gboolean case_matters = parser->case_matters;

  parse_alternatives (parser, out);
  parser->extended = extended;
  parser->extended_more = extended_more;
  parser->case_matters = case_matters;
  if (!attest_relax_take (parser, ")"))
    attest_relax_refuse (parser, "a group has no end");
}

/* An assertion only narrows: what stands in it is read and forgotten. */
static void
skip_group (AttestRelaxParser *parser, AttestFacts *out)
{
  parse_inside (parser, out);
  attest_facts_clear (out);
  attest_facts_init_empty (out);
}

/* (?imsx-imsx) and (?imsx:…), behind the question mark. */
static void
parse_options (AttestRelaxParser *parser, AttestFacts *out)
{
  gboolean extended = parser->extended, extended_more = parser->extended_more;
  gboolean case_matters = parser->case_matters;
  gboolean on = TRUE;

  attest_facts_init_empty (out);
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
  parse_inside (parser, out);
  parser->extended = outer[0];
  parser->extended_more = outer[1];
  parser->case_matters = outer[2];
}

/* (?(condition)yes|no), behind the second bracket: either branch, or nothing where there is no
 * other. */
static void
parse_conditional (AttestRelaxParser *parser, AttestFacts *out)
{
  gboolean is_define = attest_relax_starts_with (parser, "DEFINE)");
  AttestFacts nothing;

  attest_facts_init_empty (out);
  attest_facts_init_empty (&nothing);
  if (attest_relax_take (parser, "?=") || attest_relax_take (parser, "?!")
      || attest_relax_take (parser, "?<=") || attest_relax_take (parser, "?<!"))
    skip_group (parser, out);
  else if (*parser->p == '?' || *parser->p == '*')
    {
      attest_relax_refuse (parser, "it has a condition that is not known");
      return;
    }
  else
    attest_relax_skip_past (parser, ')');
  if (is_define)
    {
      skip_group (parser, out);
      return;
    }
  parse_inside (parser, out);
  attest_facts_take_alternative (out, &nothing);
}

/* (?R), (?1), (?&name) and (?P=name) stand for what cannot be known. */
static gboolean
takes_reference (AttestRelaxParser *parser)
{
  return attest_relax_take (parser, "P=") || attest_relax_take (parser, "P>")
         || attest_relax_take (parser, "R") || attest_relax_take (parser, "&")
         || g_ascii_isdigit (*parser->p)
         || ((*parser->p == '+' || *parser->p == '-') && g_ascii_isdigit (parser->p[1]));
}

/* Passes over the name of a group. */
static gboolean
takes_name (AttestRelaxParser *parser)
{
  if (attest_relax_take (parser, "P<") || attest_relax_take (parser, "<"))
    attest_relax_skip_past (parser, '>');
  else if (attest_relax_take (parser, "'"))
    attest_relax_skip_past (parser, '\'');
  else
    return FALSE;
  return TRUE;
}

/* Behind "(?". */
static void
parse_special_group (AttestRelaxParser *parser, AttestFacts *out)
{
  static const char *const assertions[] = { "=", "!", "<=", "<!", "*", "<*" };
  static const char *const plain[] = { ":", "|", ">" };

  for (guint i = 0; i < G_N_ELEMENTS (assertions); i++)
    if (attest_relax_take (parser, assertions[i]))
      {
        skip_group (parser, out);
        return;
      }
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    if (attest_relax_take (parser, plain[i]))
      {
        parse_inside (parser, out);
        return;
      }
  if (attest_relax_take (parser, "("))
    parse_conditional (parser, out);
  else if (takes_name (parser))
    parse_inside (parser, out);
  else if (takes_reference (parser))
    {
      attest_relax_skip_past (parser, ')');
      attest_facts_init_any (out);
    }
  else if (*parser->p == 'C')
    {
      attest_facts_init_any (out);
      attest_relax_refuse (parser, "it has a callout");
    }
  else
    parse_options (parser, out);
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
        /* Where one attempt ended may decide where the next begins. */
        parser->needs_whole_text = TRUE;
        attest_relax_skip_past (parser, ')');
        return;
      }
  attest_relax_refuse (parser, "it has a verb that is not known");
}

static void
parse_bracket (AttestRelaxParser *parser, AttestFacts *out)
{
  attest_facts_init_empty (out);
  if (++parser->depth > MAX_DEPTH)
    attest_relax_refuse (parser, "its groups nest too deeply");
  else if (attest_relax_take (parser, "?"))
    parse_special_group (parser, out);
  else if (attest_relax_take (parser, "*"))
    parse_verb (parser);
  else
    parse_inside (parser, out);
  parser->depth--;
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
parse_item (AttestRelaxParser *parser, AttestFacts *out)
{
  static const AttestCharSet any = { { G_MAXUINT64, G_MAXUINT64 }, { 0, 0 }, TRUE, FALSE, NULL };

  if (parser->literal)
    attest_relax_char (parser, attest_relax_take_char (parser), out);
  else if (attest_relax_take (parser, "\\"))
    attest_relax_parse_escape (parser, out);
  else if (attest_relax_take (parser, "["))
    attest_relax_parse_class (parser, out);
  else if (attest_relax_take (parser, "("))
    parse_bracket (parser, out);
  else if (attest_relax_take (parser, "."))
    attest_relax_set (parser, &any, out);
  else if (attest_relax_take (parser, "^") || attest_relax_take (parser, "$"))
    attest_facts_init_empty (out);
  else
    attest_relax_char (parser, attest_relax_take_char (parser), out);
}

static void
take_repeated (AttestSequence *sequence, AttestFacts *item, guint min, guint max)
{
  if (item->is_finite && min > 0 && max > min)
    {
      /* What must be there is one text with what stands before it. */
      AttestFacts must = *item;

      attest_facts_repeat (&must, min, min);
      attest_sequence_take (sequence, &must);
      max = max == ATTEST_UNBOUNDED ? max : max - min;
      min = 0;
    }
  attest_facts_repeat (item, min, max);
  attest_sequence_take (sequence, item);
}

static void
parse_quantified (AttestRelaxParser *parser, AttestSequence *sequence)
{
  AttestFacts item;
  guint min = 1, max = 1, next_min, next_max;

  parse_item (parser, &item);
  for (skip_ignored (parser); !parser->literal && take_quantifier (parser, &next_min, &next_max);
       skip_ignored (parser))
    {
      attest_facts_repeat (&item, min, max);
      min = next_min;
      max = next_max;
    }
  take_repeated (sequence, &item, min, max);
}

/* One alternative, up to its "|", its ")" or the end. */
static void
parse_sequence (AttestRelaxParser *parser, AttestFacts *out)
{
  AttestSequence sequence;

  attest_sequence_init (&sequence);
  for (skip_ignored (parser); parser->p < parser->end && parser->reason == NULL;
       skip_ignored (parser))
    {
      if (!parser->literal && (*parser->p == ')' || *parser->p == '|'))
        break;
      parse_quantified (parser, &sequence);
    }
  attest_sequence_finish (&sequence, out);
}

static void
parse_alternatives (AttestRelaxParser *parser, AttestFacts *out)
{
  parse_sequence (parser, out);
  while (parser->reason == NULL && !parser->literal && attest_relax_take (parser, "|"))
    {
      AttestFacts other;

      parse_sequence (parser, &other);
      attest_facts_take_alternative (out, &other);
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

AttestRelaxed *
attest_relax_pattern (const char *body)
{
  AttestRelaxParser parser = { .p = body, .end = body + strlen (body) };
  AttestRelaxed *relaxed = g_new0 (AttestRelaxed, 1);
  AttestFacts facts;

  skip_settings (&parser);
  parse_alternatives (&parser, &facts);
  if (parser.reason == NULL && parser.p < parser.end)
    attest_relax_refuse (&parser, "it has a bracket too many");
  relaxed->reason = parser.reason;
  relaxed->needs_whole_text = parser.needs_whole_text;
  if (relaxed->reason == NULL)
    relaxed->needles = attest_facts_steal_needles (&facts, &relaxed->reason);
  attest_facts_clear (&facts);
  return relaxed;
}

void
attest_relaxed_free (AttestRelaxed *relaxed)
{
  if (relaxed == NULL)
    return;
  g_clear_pointer (&relaxed->needles, g_array_unref);
  g_free (relaxed);
}
