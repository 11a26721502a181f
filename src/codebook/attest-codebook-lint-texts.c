/* attest-codebook-lint-texts: what is certain of all texts that patterns can match: that one finds
 * whatever another does, that one can match nothing, that PCRE2 gives up on one.
 */
#include <string.h>

#include "codebook/attest-codebook-lint-private.h"
#include "pattern/attest-automaton.h"
#include "pattern/attest-backtracking.h"
#include "pattern/attest-scanner.h"
#include "util/attest-text.h"

/* A codebook made to be slow must not be. A pattern that backtracks takes some ten texts; the
 * shipped codebook takes 30 million steps. */
#define MAX_TRIALS 200
#define MAX_STEPS G_GUINT64_CONSTANT (400000000)
/* A look at two patterns. */
#define PAIR_STEPS 100

typedef struct
{
  AttestLinter *linter;
  const AttestCodebook *codebook;
  AttestRegex **regexes;    /* of each pattern, and `kinds` */
  const AttestRegex *kinds; /* what edges look at: \w, and a line end */
  AttestAlphabet *alphabet;
  guint *conditions; /* of each pattern: index + 1 of the condition that it belongs to, or 0 */
  AttestEffort effort;
} Texts;

static void
texts_init (Texts *texts, AttestLinter *linter)
{
  guint n = linter->codebook->patterns->len;

  texts->linter = linter;
  texts->codebook = linter->codebook;
  texts->effort = (AttestEffort){ MAX_STEPS, MAX_TRIALS };
  texts->regexes = g_new0 (AttestRegex *, n + 1);
  for (guint i = 0; i < n; i++)
    texts->regexes[i] = attest_regex_parse (
        attest_pattern_get_body (attest_codebook_pattern (linter->codebook, i)->pattern));
  texts->regexes[n] = attest_regex_parse ("\\w\\n");
  texts->kinds = texts->regexes[n];
  texts->conditions = g_new0 (guint, n + 1);
  for (guint i = 0; i < linter->codebook->conditions->len; i++)
    {
      const AttestCondition *condition = attest_codebook_condition (linter->codebook, i);

      for (guint k = 0; k < condition->n_patterns; k++)
        texts->conditions[condition->first_pattern + k] = i + 1;
    }
  texts->alphabet = attest_alphabet_new ((const AttestRegex *const *)texts->regexes, n + 1);
}

static void
texts_clear (Texts *texts)
{
  for (guint i = 0; i <= texts->codebook->patterns->len; i++)
    attest_regex_free (texts->regexes[i]);
  g_free (texts->regexes);
  g_free (texts->conditions);
  attest_alphabet_free (texts->alphabet);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Texts, texts_clear)

/* --- patterns without a match ------------------------------------------------------------ */

static void
check_can_match (Texts *texts, const AttestSymbols kinds[2], guint index)
{
  const AttestCodebookPattern *pattern = attest_codebook_pattern (texts->codebook, index);
  const AttestRegex *regex = texts->regexes[index];
  guint dead;

  if (regex->reason != NULL || regex->has_options)
    return;
  g_autoptr (AttestAutomaton) automaton
      = attest_automaton_new (regex, texts->alphabet, ATTEST_AUTOMATON_EDGES, &texts->effort);
  if (automaton == NULL || automaton->positions->len == 0)
    return;
  if (!attest_automaton_can_match (automaton, &kinds[0], &kinds[1], &texts->effort, &dead))
    attest_lint_warn_at_pattern (texts->linter, pattern, "never-match",
                                 "no text has a match of it: see what stands around its edges "
                                 "(\\b, ^, $)",
                                 "");
  else if (dead != G_MAXUINT)
    {
      const AttestPosition *position = attest_automaton_position (automaton, dead);
      g_autofree char *part = attest_text_printable (regex->body + position->start_byte,
                                                     position->end_byte - position->start_byte, 0);
      g_autofree char *detail = g_strdup_printf (
          "no match ever comes to the '%s' at character %ld of it: see what stands around its "
          "edges (\\b, ^, $)",
          part, g_utf8_pointer_to_offset (regex->body, regex->body + position->start_byte) + 1);

      attest_lint_warn_at_pattern (texts->linter, pattern, "never-match", detail, "");
    }
}

static void
check_edges (Texts *texts)
{
  const AttestRegex *regex = texts->kinds;
  guint word = attest_regex_node (regex, regex->root)->first;
  guint line_end = attest_regex_node (regex, word)->next;
  AttestSymbols kinds[2];

  if (!attest_alphabet_get_symbols (texts->alphabet, regex, attest_regex_node (regex, word),
                                    &kinds[0])
      || !attest_alphabet_get_symbols (texts->alphabet, regex, attest_regex_node (regex, line_end),
                                       &kinds[1]))
    return;
  for (guint i = 0; i < texts->codebook->patterns->len; i++)
    check_can_match (texts, kinds, i);
}

/* --- backtracking ----------------------------------------------------------------------- */

static void
warn_backtracking (const Texts *texts, const AttestCodebookPattern *pattern,
                   const AttestBacktracking *found)
{
  g_autofree char *text = attest_text_printable (found->text, strlen (found->text), 0);
  g_autofree char *pump = attest_text_printable (found->pump, strlen (found->pump), 0);
  g_autofree char *part
      = attest_text_printable (attest_pattern_get_body (pattern->pattern) + found->start_byte,
                               found->end_byte - found->start_byte, 0);
  g_autofree char *detail = g_strdup_printf (
      "the search gives up on '%s': %u times '%s' take %u steps, %u times %u; '%s' is repeated and "
      "can share out the same characters in many ways: let it begin or end with something that "
      "the rest of it cannot match, or write ++ for +",
      text, found->counted, pump, found->steps, found->counted + 1, found->steps_with_one_more,
      part);

  attest_lint_warn_at_pattern (texts->linter, pattern, "backtracking", detail, "");
}

static void
check_backtracking (Texts *texts)
{
  for (guint i = 0; i < texts->codebook->patterns->len && texts->effort.trials > 0; i++)
    {
      const AttestCodebookPattern *pattern = attest_codebook_pattern (texts->codebook, i);
      g_autoptr (AttestBacktracking) found = attest_backtracking_find (
          pattern->pattern, texts->regexes[i], texts->alphabet, &texts->effort);

      if (found != NULL)
        warn_backtracking (texts, pattern, found);
      if (texts->effort.trials == 0)
        attest_lint_warn_at_pattern (texts->linter, pattern, "backtracking",
                                     "so many patterns may backtrack too much that those from "
                                     "here on were not tried: mend the others first",
                                     "");
    }
}

/* --- patterns that others make superfluous ----------------------------------------------- */

/* The look-around at the outer end of the pattern, as it is written; "" when there is none. */
static char *
dup_outer_look (const AttestRegex *regex, gboolean at_end)
{
  const AttestNode *root = attest_regex_node (regex, regex->root);
  guint index = root->first;

  if (root->kind != ATTEST_NODE_SEQUENCE || index == 0)
    return g_strdup ("");
  while (at_end && attest_regex_node (regex, index)->next != 0)
    index = attest_regex_node (regex, index)->next;
  const AttestNode *node = attest_regex_node (regex, index);
  return node->kind != ATTEST_NODE_LOOK
             ? g_strdup ("")
             : g_strndup (regex->body + node->start_byte, node->end_byte - node->start_byte);
}

/* Whether what the inner pattern wants of the text around it is what the outer one wants. */
static gboolean
have_same_ends (const Texts *texts, guint outer, guint inner)
{
  if (attest_codebook_pattern (texts->codebook, outer)->word_edges
      && !attest_codebook_pattern (texts->codebook, inner)->word_edges)
    return FALSE;
  for (guint at_end = 0; at_end < 2; at_end++)
    {
      g_autofree char *x = dup_outer_look (texts->regexes[outer], at_end == 1);
      g_autofree char *y = dup_outer_look (texts->regexes[inner], at_end == 1);

      if (*x != '\0' && strcmp (x, y) != 0)
        return FALSE;
    }
  return TRUE;
}

/* Whether hits of the rule depend on nothing but its patterns. */
static gboolean
is_unconditional (const Texts *texts, const AttestRule *rule)
{
  return rule->n_conditions == 0 && rule->n_asked == 0 && !rule->asked_code
         && attest_codebook_code (texts->codebook, rule->code)->n_stop == 0;
}

/* Whether the patterns are of one condition, or of two that each take hits away in the same unit.
 */
static gboolean
do_the_same (const Texts *texts, guint outer, guint inner)
{
  guint x = texts->conditions[outer], y = texts->conditions[inner];

  if (x == y)
    return TRUE;
  if (x == 0 || y == 0)
    return FALSE;
  const AttestCondition *a = attest_codebook_condition (texts->codebook, x - 1);
  const AttestCondition *b = attest_codebook_condition (texts->codebook, y - 1);
  return (a->use == ATTEST_PATTERN_UNLESS || a->use == ATTEST_PATTERN_STOP) && a->use == b->use
         && a->unit.kind == b->unit.kind && a->unit.sentences == b->unit.sentences
         && a->max_words == b->max_words
         && attest_codebook_pattern (texts->codebook, outer)->rule
                == attest_codebook_pattern (texts->codebook, inner)->rule;
}

/* Whether a match of one pattern can be left to the other, if it is found by both. */
static gboolean
is_for_as_much (const Texts *texts, guint outer, guint inner)
{
  const AttestCodebookPattern *x = attest_codebook_pattern (texts->codebook, outer);
  const AttestCodebookPattern *y = attest_codebook_pattern (texts->codebook, inner);

  if (x->code != y->code || outer == inner || x->use != y->use || !do_the_same (texts, outer, inner)
      || attest_pattern_can_match_empty (x->pattern)
      || !attest_lint_langs_contain (x->langs, y->langs))
    return FALSE;
  if (x->rule == y->rule)
    return TRUE;
  const AttestRule *outer_rule = attest_codebook_rule (texts->codebook, x->rule);
  const AttestRule *inner_rule = attest_codebook_rule (texts->codebook, y->rule);
  return is_unconditional (texts, outer_rule) && is_unconditional (texts, inner_rule)
         && (inner_rule->roles & ~outer_rule->roles) == 0
         && attest_lint_langs_contain (outer_rule->langs, inner_rule->langs);
}

/* Equal patterns of rules have a warning of their own. */
static gboolean
is_told_as_equal (const Texts *texts, guint outer, guint inner)
{
  const AttestCodebookPattern *x = attest_codebook_pattern (texts->codebook, outer);

  return x->use == ATTEST_PATTERN_MATCH
         && attest_lint_is_same_pattern (x, attest_codebook_pattern (texts->codebook, inner));
}

static gboolean
is_subsumed_by (Texts *texts, guint outer, guint inner)
{
  if (!attest_effort_spend (&texts->effort, PAIR_STEPS) || is_told_as_equal (texts, outer, inner)
      || !is_for_as_much (texts, outer, inner) || !have_same_ends (texts, outer, inner))
    return FALSE;
  g_autoptr (AttestAutomaton) exact = attest_automaton_new (texts->regexes[outer], texts->alphabet,
                                                            ATTEST_AUTOMATON_EXACT, &texts->effort);
  g_autoptr (AttestAutomaton) larger = attest_automaton_new (
      texts->regexes[inner], texts->alphabet, ATTEST_AUTOMATON_LARGER, &texts->effort);
  return exact != NULL && larger != NULL
         && attest_automaton_contains (exact, larger, &texts->effort);
}

/* What to do about it; "" where it is not so simple. */
static const char *
subsumed_advice (const Texts *texts, const AttestCodebookPattern *outer,
                 const AttestCodebookPattern *inner)
{
  switch (outer->use)
    {
    case ATTEST_PATTERN_MATCH:
      if (outer->rule != inner->rule)
        return "; one sign counts as two: put both into one rule";
      return is_unconditional (texts, attest_codebook_rule (texts->codebook, outer->rule))
                 ? ": remove it"
                 : "";
    case ATTEST_PATTERN_UNLESS:
    case ATTEST_PATTERN_STOP:
    case ATTEST_PATTERN_ASKED:
    case ATTEST_PATTERN_RULE_ASKED:
      return ": remove it";
    default:
      /* How far it is from a hit may hang on how long the match is. */
      return "";
    }
}

static void
warn_subsumed (const Texts *texts, guint outer, guint inner)
{
  const AttestCodebookPattern *x = attest_codebook_pattern (texts->codebook, outer);
  const AttestCodebookPattern *y = attest_codebook_pattern (texts->codebook, inner);
  g_autofree char *detail
      = g_strdup_printf ("%s (line %u), too%s", x->name, x->line, subsumed_advice (texts, x, y));

  attest_lint_warn_at_pattern (texts->linter, y, "subsumed", "whatever it matches is matched by ",
                               detail);
}

/* The patterns of which one text of @inner is a match are the only ones that may have all. */
static void
compare (Texts *texts, guint inner, const GArray *matches)
{
  for (guint i = 0; i < matches->len && texts->effort.steps > 0; i++)
    {
      const AttestMatch *match = &g_array_index (matches, AttestMatch, i);

      if (match->start_byte != 0 || !is_subsumed_by (texts, match->pattern, inner))
        continue;
      /* Of two that match the same, the second is superfluous. */
      if (match->pattern > inner && is_subsumed_by (texts, inner, match->pattern))
        continue;
      warn_subsumed (texts, match->pattern, inner);
      return;
    }
}

static void
check_subsumed (Texts *texts)
{
  g_autoptr (GPtrArray) patterns = g_ptr_array_new ();

  for (guint i = 0; i < texts->codebook->patterns->len; i++)
    g_ptr_array_add (patterns, attest_codebook_pattern (texts->codebook, i)->pattern);
  g_autoptr (AttestScanner) scanner = attest_scanner_new (patterns);
  g_autoptr (AttestScan) scan = attest_scan_new (scanner);

  for (guint i = 0; i < texts->codebook->patterns->len && texts->effort.steps > 0; i++)
    {
      const GArray *matches, *stopped;

      g_autoptr (AttestAutomaton) larger = attest_automaton_new (
          texts->regexes[i], texts->alphabet, ATTEST_AUTOMATON_LARGER, &texts->effort);
      g_autofree char *text
          = larger != NULL ? attest_automaton_dup_text (larger, texts->alphabet) : NULL;
      if (text == NULL || *text == '\0')
        continue;
      attest_scan_text (scan, text, strlen (text), ATTEST_SCAN_ALL, &matches, &stopped);
      compare (texts, i, matches);
    }
}

void
attest_lint_check_texts (AttestLinter *linter)
{
  g_auto (Texts) texts = { 0 };

  texts_init (&texts, linter);
  check_edges (&texts);
  check_backtracking (&texts);
  check_subsumed (&texts);
  if (texts.effort.steps == 0)
    attest_lint_warn (linter, G_MAXUINT, ATTEST_NO_RULE, 1, 1, "too-much",
                      "the patterns are too many or too involved for all of them to be looked at "
                      "for what they can match: split the codebook");
}
