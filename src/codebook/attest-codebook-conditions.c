/* attest-codebook-conditions: what must be, or must not be, beside a hit. */
#include <string.h>

#include "codebook/attest-codebook-private.h"
#include "util/attest-limits.h"

typedef AttestRuleDraft Draft;

/* The keys of a condition. */

static void
read_condition_lang (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  ((Draft *)target)->rule.langs = attest_codebook_read_langs (parser, value);
}

static void
read_condition_word_edges (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  Draft *draft = target;

  draft->word_edges = attest_codebook_read_bool (parser, value, draft->word_edges);
}

static void
read_condition_unit (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  Draft *draft = target;

  draft->has_unit = attest_codebook_read_unit (parser, value, &draft->unit);
}

static void
read_condition_words (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  Draft *draft = target;

  if (value->kind == ATTEST_YAML_LIST)
    attest_codebook_complain (parser, value, "type",
                              "'words' is here how many may stand between: for a list of words "
                              "write 'of'");
  else
    draft->condition.max_words
        = attest_codebook_read_count (parser, value, "words", ATTEST_MAX_NEAR_WORDS);
  draft->has_words = TRUE;
}

static void
read_condition_match (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  attest_codebook_read_each (parser, value, attest_codebook_read_pattern, target);
}

static void
read_condition_of (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  attest_codebook_read_each (parser, value, attest_codebook_read_word, target);
}

static const AttestCodebookKey condition_keys[] = {
  { "word_edges", FALSE, read_condition_word_edges },
  { "unit", FALSE, read_condition_unit },
  { "words", FALSE, read_condition_words },
  { "match", FALSE, read_condition_match },
  { "of", FALSE, read_condition_of },
  { NULL },
};

/* A rule has its language for all of its patterns; a stop stands by itself. */
static const AttestCodebookKey stop_keys[] = {
  { "lang", FALSE, read_condition_lang },
  { "word_edges", FALSE, read_condition_word_edges },
  { "unit", FALSE, read_condition_unit },
  { "words", FALSE, read_condition_words },
  { "match", FALSE, read_condition_match },
  { "of", FALSE, read_condition_of },
  { NULL },
};

/* What takes hits away looks at the hit itself unless told otherwise: "an effective and
 * cost-effective programme" is both. What must be there is looked for around it. */
static AttestUnit
default_unit (const AttestCondition *condition)
{
  gboolean takes_away
      = condition->use == ATTEST_PATTERN_UNLESS || condition->use == ATTEST_PATTERN_STOP;
  gboolean is_hit = takes_away && condition->max_words == ATTEST_ANY_DISTANCE;

  return (AttestUnit){ is_hit ? ATTEST_UNIT_HIT : ATTEST_UNIT_SENTENCE, 0 };
}

/* A pattern, a list of them of which any will do, or a map. */
static void
read_condition (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  Draft *rule = target;
  Draft draft = *rule;
  gboolean is_stop = draft.use == ATTEST_PATTERN_STOP;
  AttestCondition *condition = &draft.condition;

  draft.has_words = FALSE;
  *condition = (AttestCondition){ .use = draft.use,
                                  .max_words = ATTEST_ANY_DISTANCE,
                                  .first_pattern = parser->codebook->patterns->len };
  if (value->kind == ATTEST_YAML_MAP)
    attest_codebook_read_map (parser, value, is_stop ? stop_keys : condition_keys, "a condition",
                              &draft);
  else
    attest_codebook_read_each (parser, value, attest_codebook_read_pattern, &draft);
  gboolean is_empty = draft.n_patterns == rule->n_patterns;
  rule->n_patterns = draft.n_patterns;
  condition->n_patterns = parser->codebook->patterns->len - condition->first_pattern;
  condition->unit = draft.has_unit ? draft.unit : default_unit (condition);
  if (condition->n_patterns > 0)
    g_array_append_val (parser->codebook->conditions, *condition);
  if (is_empty)
    attest_codebook_complain (parser, value, "missing-key",
                              "a condition needs 'match' or 'of': what it is about");
  else if (condition->use == ATTEST_PATTERN_NEAR && !draft.has_words)
    attest_codebook_complain (parser, value, "missing-key",
                              "'near' needs 'words': how many may stand between, such as "
                              "{match: 'late', words: 5}");
}

/* One condition for each item. */
static void
read_conditions (AttestCodebookParser *parser, const AttestYaml *value, Draft *draft,
                 AttestPatternUse use)
{
  draft->use = use;
  draft->n_patterns = 0;
  attest_codebook_read_each (parser, value, read_condition, draft);
}

void
attest_codebook_read_unless (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  Draft *draft = target;

  draft->rule.first_unless = parser->codebook->patterns->len;
  read_conditions (parser, value, draft, ATTEST_PATTERN_UNLESS);
  draft->rule.n_unless = parser->codebook->patterns->len - draft->rule.first_unless;
}

void
attest_codebook_read_all (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  ((Draft *)target)->has_hits = TRUE;
  read_conditions (parser, value, target, ATTEST_PATTERN_ALL);
}

void
attest_codebook_read_near (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  read_conditions (parser, value, target, ATTEST_PATTERN_NEAR);
}

static gboolean
has_map (const AttestYaml *value)
{
  for (guint i = 0; value->kind == ATTEST_YAML_LIST && i < value->items->len; i++)
    if (((const AttestYaml *)g_ptr_array_index (value->items, i))->kind == ATTEST_YAML_MAP)
      return TRUE;
  return FALSE;
}

/* Patterns of which any will do, or maps that must all hold. */
static void
read_order (AttestCodebookParser *parser, const AttestYaml *value, Draft *draft,
            AttestPatternUse use)
{
  if (has_map (value))
    {
      read_conditions (parser, value, draft, use);
      return;
    }
  draft->use = use;
  draft->n_patterns = 0;
  read_condition (parser, value, draft);
}

void
attest_codebook_read_before (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  read_order (parser, value, target, ATTEST_PATTERN_BEFORE);
}

void
attest_codebook_read_after (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  read_order (parser, value, target, ATTEST_PATTERN_AFTER);
}

void
attest_codebook_read_stop (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  AttestCode *code = target;
  Draft draft = { .code = code, .rule_index = ATTEST_NO_RULE, .word_edges = parser->word_edges };

  code->first_stop = parser->codebook->conditions->len;
  read_conditions (parser, value, &draft, ATTEST_PATTERN_STOP);
  code->n_stop = parser->codebook->conditions->len - code->first_stop;
}
