/* attest-regex: see the header.
 *
 * A descent through the pattern, which compiles in PCRE2: what would be an error there needs no
 * care here, and what is not understood here is refused.
 */
#include <string.h>

#include "pattern/attest-regex-private.h"

/* PCRE2's own limit of nested groups. */
#define MAX_DEPTH 250

static guint parse_alternatives (AttestRegexParser *parser);

/* --- nodes */

guint
attest_regex_add_node (AttestRegexParser *parser, AttestNodeKind kind, const char *start)
{
  AttestNode node = { .kind = kind };

  node.start_byte = node.end_byte = (guint32)(start - parser->regex->body);
  g_array_append_val (parser->regex->nodes, node);
  return parser->regex->nodes->len - 1;
}

AttestNode *
attest_regex_get_node (AttestRegexParser *parser, guint node)
{
  return &g_array_index (parser->regex->nodes, AttestNode, node);
}

guint
attest_regex_end_node (AttestRegexParser *parser, guint node)
{
  attest_regex_get_node (parser, node)->end_byte = (guint32)(parser->p - parser->regex->body);
  return node;
}

/* Adds @child behind the last, *@last (0: there is none). */
static void
add_child (AttestRegexParser *parser, guint node, guint child, guint *last)
{
  if (*last == 0)
    attest_regex_get_node (parser, node)->first = child;
  else
    attest_regex_get_node (parser, *last)->next = child;
  *last = child;
}

/* --- groups */

/* The inside of a group up to its ")"; what options are set in it end with it. */
static guint
parse_inside (AttestRegexParser *parser)
{
  gboolean extended = parser->extended, extended_more = parser->extended_more;
  gboolean case_matters = parser->case_matters;
  guint inside = parse_alternatives (parser);

  parser->extended = extended;
  parser->extended_more = extended_more;
  parser->case_matters = case_matters;
  if (!attest_regex_take (parser, ")"))
    attest_regex_refuse (parser, "a group has no end");
  return inside;
}

static guint
parse_group (AttestRegexParser *parser, AttestNodeKind kind, const char *start)
{
  guint group = attest_regex_add_node (parser, kind, start);
  guint inside = parse_inside (parser);

  attest_regex_get_node (parser, group)->first = inside;
  return attest_regex_end_node (parser, group);
}

static guint
parse_capturing (AttestRegexParser *parser, const char *start)
{
  guint group = parse_group (parser, ATTEST_NODE_GROUP, start);

  attest_regex_get_node (parser, group)->captures = TRUE;
  return group;
}

static guint
add_leaf (AttestRegexParser *parser, AttestNodeKind kind, const char *start)
{
  return attest_regex_end_node (parser, attest_regex_add_node (parser, kind, start));
}

/* The letters of (?imsx-imsx) and (?imsx:…). FALSE: one is not known. */
static gboolean
take_options (AttestRegexParser *parser)
{
  gboolean on = TRUE;

  if (attest_regex_take (parser, "^"))
    {
      /* Back to how PCRE2 begins without options, which is with case. */
      parser->extended = parser->extended_more = FALSE;
      parser->case_matters = TRUE;
    }
  for (; parser->p < parser->end && *parser->p != ')' && *parser->p != ':'; parser->p++)
    switch (*parser->p)
      {
      case '-':
        on = FALSE;
        break;
      case 'x':
        parser->extended_more = on && parser->p + 1 < parser->end && parser->p[1] == 'x';
        parser->extended = on;
        parser->p += parser->p + 1 < parser->end && parser->p[1] == 'x';
        break;
      case 'i':
        parser->case_matters = !on;
        break;
      case 'm':
      case 's':
      case 'n':
      case 'J':
      case 'U':
        /* They change what a dot, an edge or a quantifier is. */
        parser->regex->has_options = TRUE;
        break;
      default:
        return FALSE;
      }
  return TRUE;
}

/* Behind the question mark. */
static guint
parse_options (AttestRegexParser *parser, const char *start)
{
  const AttestRegexParser outer = *parser;

  parser->regex->has_switches = TRUE;
  if (!take_options (parser))
    {
      attest_regex_refuse (parser, "it has an option that is not known");
      return add_leaf (parser, ATTEST_NODE_SEQUENCE, start);
    }
  if (attest_regex_take (parser, ")"))
    return add_leaf (parser, ATTEST_NODE_SEQUENCE, start);
  attest_regex_take (parser, ":");
  guint group = parse_group (parser, ATTEST_NODE_GROUP, start);
  parser->extended = outer.extended;
  parser->extended_more = outer.extended_more;
  parser->case_matters = outer.case_matters;
  return group;
}

/* An assertion, behind what tells its kind. */
static guint
parse_look (AttestRegexParser *parser, const char *start, gboolean is_behind, gboolean is_negated)
{
  guint look = parse_group (parser, ATTEST_NODE_LOOK, start);

  attest_regex_get_node (parser, look)->is_behind = is_behind;
  attest_regex_get_node (parser, look)->is_negated = is_negated;
  return look;
}

/* (?(condition)yes|no), behind the second bracket. */
static guint
parse_conditional (AttestRegexParser *parser, const char *start)
{
  gboolean is_define = attest_regex_starts_with (parser, "DEFINE)");

  if (attest_regex_take (parser, "?=") || attest_regex_take (parser, "?!")
      || attest_regex_take (parser, "?<=") || attest_regex_take (parser, "?<!"))
    parse_inside (parser);
  else if (*parser->p == '?' || *parser->p == '*')
    {
      attest_regex_refuse (parser, "it has a condition that is not known");
      return add_leaf (parser, ATTEST_NODE_SEQUENCE, start);
    }
  else
    attest_regex_skip_past (parser, ')');
  return parse_group (parser, is_define ? ATTEST_NODE_DEFINE : ATTEST_NODE_CONDITIONAL, start);
}

/* (?R), (?1), (?&name) and (?P=name) stand for what cannot be known. */
static gboolean
takes_reference (AttestRegexParser *parser)
{
  return attest_regex_take (parser, "P=") || attest_regex_take (parser, "P>")
         || attest_regex_take (parser, "R") || attest_regex_take (parser, "&")
         || g_ascii_isdigit (*parser->p)
         || ((*parser->p == '+' || *parser->p == '-') && g_ascii_isdigit (parser->p[1]));
}

/* Passes over the name of a group. */
static gboolean
takes_name (AttestRegexParser *parser)
{
  if (attest_regex_take (parser, "P<") || attest_regex_take (parser, "<"))
    attest_regex_skip_past (parser, '>');
  else if (attest_regex_take (parser, "'"))
    attest_regex_skip_past (parser, '\'');
  else
    return FALSE;
  return TRUE;
}

/* Behind "(?". */
static guint
parse_special_group (AttestRegexParser *parser, const char *start)
{
  static const struct
  {
    const char *start;
    gboolean is_behind, is_negated;
  } looks[] = { { "=", FALSE, FALSE }, { "!", FALSE, TRUE },  { "<=", TRUE, FALSE },
                { "<!", TRUE, TRUE },  { "*", FALSE, FALSE }, { "<*", TRUE, FALSE } };
  static const struct
  {
    const char *start;
    AttestNodeKind kind;
  } plain[]
      = { { ":", ATTEST_NODE_GROUP }, { "|", ATTEST_NODE_RESET }, { ">", ATTEST_NODE_ATOMIC } };

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    if (attest_regex_take (parser, looks[i].start))
      return parse_look (parser, start, looks[i].is_behind, looks[i].is_negated);
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    if (attest_regex_take (parser, plain[i].start))
      return parse_group (parser, plain[i].kind, start);
  if (attest_regex_take (parser, "("))
    return parse_conditional (parser, start);
  if (takes_name (parser))
    return parse_capturing (parser, start);
  if (takes_reference (parser))
    {
      attest_regex_skip_past (parser, ')');
      return add_leaf (parser, ATTEST_NODE_REFERENCE, start);
    }
  if (*parser->p != 'C')
    return parse_options (parser, start);
  attest_regex_refuse (parser, "it has a callout");
  return add_leaf (parser, ATTEST_NODE_REFERENCE, start);
}

/* Behind "(*". */
static guint
parse_verb (AttestRegexParser *parser, const char *start)
{
  static const char *const pruning[]
      = { "COMMIT", "PRUNE", "SKIP", "THEN", "FAIL", "F", "MARK", "" };
  gsize length_bytes = strspn (parser->p, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

  for (guint i = 0; i < G_N_ELEMENTS (pruning); i++)
    if (strlen (pruning[i]) == length_bytes && memcmp (pruning[i], parser->p, length_bytes) == 0
        && (parser->p[length_bytes] == ')' || parser->p[length_bytes] == ':'))
      {
        /* Where one attempt ended may decide where the next begins. */
        parser->regex->needs_whole_text = TRUE;
        attest_regex_skip_past (parser, ')');
        return add_leaf (parser, ATTEST_NODE_VERB, start);
      }
  attest_regex_refuse (parser, "it has a verb that is not known");
  return add_leaf (parser, ATTEST_NODE_VERB, start);
}

static guint
parse_bracket (AttestRegexParser *parser)
{
  const char *start = parser->p - 1;
  guint node;

  if (++parser->depth > MAX_DEPTH)
    {
      attest_regex_refuse (parser, "its groups nest too deeply");
      node = add_leaf (parser, ATTEST_NODE_SEQUENCE, start);
    }
  else if (attest_regex_take (parser, "?"))
    node = parse_special_group (parser, start);
  else if (attest_regex_take (parser, "*"))
    node = parse_verb (parser, start);
  else
    node = parse_capturing (parser, start);
  parser->depth--;
  return node;
}

/* --- sequences */

static gboolean
skip_extended (AttestRegexParser *parser)
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
skip_ignored (AttestRegexParser *parser)
{
  for (;;)
    {
      if (parser->literal && attest_regex_take (parser, "\\E"))
        parser->literal = FALSE;
      else if (parser->literal)
        return;
      else if (attest_regex_take (parser, "(?#"))
        attest_regex_skip_past (parser, ')');
      else if (attest_regex_take (parser, "\\Q"))
        parser->literal = TRUE;
      else if (!attest_regex_take (parser, "\\E") && !skip_extended (parser))
        return;
    }
}

/* "{n}", "{n,}" or "{n,m}" at the parser; FALSE: the brace is a character. */
static gboolean
take_counts (AttestRegexParser *parser, guint *out_min, guint *out_max)
{
  const char *start = parser->p;

  if (!attest_regex_take (parser, "{") || parser->p >= parser->end || !g_ascii_isdigit (*parser->p))
    {
      parser->p = start;
      return FALSE;
    }
  *out_min = *out_max = attest_regex_take_number (parser, 10, 9);
  if (attest_regex_take (parser, ","))
    *out_max = parser->p < parser->end && g_ascii_isdigit (*parser->p)
                   ? attest_regex_take_number (parser, 10, 9)
                   : G_MAXUINT;
  if (attest_regex_take (parser, "}"))
    return TRUE;
  parser->p = start;
  return FALSE;
}

static gboolean
take_quantifier (AttestRegexParser *parser, AttestNode *repeat)
{
  repeat->min = 0;
  repeat->max = ATTEST_UNBOUNDED;
  if (attest_regex_take (parser, "*"))
    ;
  else if (attest_regex_take (parser, "+"))
    repeat->min = 1;
  else if (attest_regex_take (parser, "?"))
    repeat->max = 1;
  else if (!take_counts (parser, &repeat->min, &repeat->max))
    return FALSE;
  /* Lazy or possessive. */
  skip_ignored (parser);
  if (!parser->literal && !attest_regex_take (parser, "?"))
    repeat->possessive = attest_regex_take (parser, "+");
  return TRUE;
}

static guint
parse_item (AttestRegexParser *parser)
{
  const char *start = parser->p;
  AttestCharSet any = { { G_MAXUINT64, G_MAXUINT64 }, { 0, 0 }, TRUE, FALSE, NULL };

  if (parser->literal)
    return attest_regex_add_char (parser, start, attest_regex_take_char (parser));
  if (attest_regex_take (parser, "\\"))
    return attest_regex_parse_escape (parser);
  if (attest_regex_take (parser, "["))
    return attest_regex_parse_class (parser);
  if (attest_regex_take (parser, "("))
    return parse_bracket (parser);
  if (attest_regex_take (parser, "."))
    return attest_regex_add_set (parser, start, &any);
  if (attest_regex_take (parser, "^") || attest_regex_take (parser, "$"))
    {
      guint edge = attest_regex_add_node (parser, ATTEST_NODE_EDGE, start);

      attest_regex_get_node (parser, edge)->letter = *start;
      return attest_regex_end_node (parser, edge);
    }
  return attest_regex_add_char (parser, start, attest_regex_take_char (parser));
}

/* An item with its quantifiers, of which each counts what those before it make. */
static guint
parse_quantified (AttestRegexParser *parser)
{
  const char *start = parser->p;
  guint item = parse_item (parser);
  AttestNode counts = { 0 };

  for (skip_ignored (parser); !parser->literal && take_quantifier (parser, &counts);
       skip_ignored (parser))
    {
      guint repeat = attest_regex_add_node (parser, ATTEST_NODE_REPEAT, start);
      AttestNode *node = attest_regex_get_node (parser, repeat);

      node->min = counts.min;
      node->max = counts.max;
      node->possessive = counts.possessive;
      node->first = item;
      node->end_byte = attest_regex_get_node (parser, item)->end_byte;
      item = repeat;
      counts = (AttestNode){ 0 };
    }
  return item;
}

/* One alternative, up to its "|", its ")" or the end. */
static guint
parse_sequence (AttestRegexParser *parser)
{
  guint sequence = attest_regex_add_node (parser, ATTEST_NODE_SEQUENCE, parser->p);
  guint last = 0;

  for (skip_ignored (parser); parser->p < parser->end && parser->reason == NULL;
       skip_ignored (parser))
    {
      if (!parser->literal && (*parser->p == ')' || *parser->p == '|'))
        break;
      add_child (parser, sequence, parse_quantified (parser), &last);
    }
  return attest_regex_end_node (parser, sequence);
}

static guint
parse_alternatives (AttestRegexParser *parser)
{
  const char *start = parser->p;
  guint first = parse_sequence (parser);
  guint choice = 0, last = first;

  while (parser->reason == NULL && !parser->literal && attest_regex_take (parser, "|"))
    {
      if (choice == 0)
        {
          choice = attest_regex_add_node (parser, ATTEST_NODE_CHOICE, start);
          attest_regex_get_node (parser, choice)->first = first;
        }
      add_child (parser, choice, parse_sequence (parser), &last);
    }
  return choice == 0 ? first : attest_regex_end_node (parser, choice);
}

/* (*UTF)(*LIMIT_MATCH=…)… count only at the start. Those that change what a line end is are
 * refused, since comments end with lines. */
static void
skip_settings (AttestRegexParser *parser)
{
  static const char *const lines[] = { "(*CR", "(*LF)", "(*ANY", "(*NUL)" };
  static const char *const known[]
      = { "(*BSR_", "(*LIMIT_", "(*NO_", "(*NOTEMPTY", "(*UCP)", "(*UTF)" };

  for (gboolean found = TRUE; found;)
    {
      found = FALSE;
      for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
        if (attest_regex_starts_with (parser, lines[i]))
          attest_regex_refuse (parser, "it changes what a line end is");
      for (guint i = 0; i < G_N_ELEMENTS (known); i++)
        if (attest_regex_take (parser, known[i]))
          {
            if (known[i][strlen (known[i]) - 1] != ')')
              attest_regex_skip_past (parser, ')');
            found = TRUE;
          }
    }
}

static void
clear_set (gpointer data)
{
  attest_char_set_clear (data);
}

AttestRegex *
attest_regex_parse (const char *body)
{
  AttestRegex *regex = g_new0 (AttestRegex, 1);
  const AttestNode none = { .kind = ATTEST_NODE_SEQUENCE };

  regex->body = g_strdup (body);
  regex->nodes = g_array_new (FALSE, FALSE, sizeof (AttestNode));
  g_array_append_val (regex->nodes, none);
  regex->sets = g_array_new (FALSE, FALSE, sizeof (AttestCharSet));
  g_array_set_clear_func (regex->sets, clear_set);

  AttestRegexParser parser
      = { .p = regex->body, .end = regex->body + strlen (body), .regex = regex };
  skip_settings (&parser);
  regex->root = parse_alternatives (&parser);
  if (parser.reason == NULL && parser.p < parser.end)
    attest_regex_refuse (&parser, "it has a bracket too many");
  regex->reason = parser.reason;
  return regex;
}

void
attest_regex_free (AttestRegex *regex)
{
  if (regex == NULL)
    return;
  g_free (regex->body);
  g_array_unref (regex->nodes);
  g_array_unref (regex->sets);
  g_free (regex);
}
