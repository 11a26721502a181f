/* attest-codebook-rules: the rules, patterns and examples of a code. */
#include <string.h>

#include "codebook/attest-codebook-private.h"
#include "util/attest-limits.h"

#define ALL_ROLES ((1u << ATTEST_N_ROLES) - 1)

typedef AttestRuleDraft Draft;

static char *
pattern_name (const AttestCodebookParser *parser, const Draft *draft)
{
  const char *use = attest_pattern_use_to_string (draft->use);

  if (draft->rule_index == ATTEST_NO_RULE)
    return g_strdup_printf ("%s/%s.%u", parser->code_id, use, draft->n_patterns);
  return g_strdup_printf ("%s/%s%s%s.%u", parser->code_id, parser->rule_name,
                          use != NULL ? "." : "", use != NULL ? use : "", draft->n_patterns);
}

/* Adds the pattern that @source, once expanded, is. */
static void
add_pattern (AttestCodebookParser *parser, const AttestYaml *value, Draft *draft, char **source,
             const AttestExpansion *expansion, gboolean is_word)
{
  GArray *patterns = parser->codebook->patterns;
  gboolean word_edges = draft->word_edges && !is_word;

  if (patterns->len >= ATTEST_MAX_PATTERNS && !parser->limit_reported)
    {
      parser->limit_reported = TRUE;
      attest_codebook_complain (parser, value, "limit", "more than %d patterns: split the codebook",
                                ATTEST_MAX_PATTERNS);
    }
  if (parser->limit_reported)
    return;
  AttestCodebookPattern pattern
      = { .use = draft->use,
          .code = parser->codebook->codes->len - 1,
          .rule = draft->rule_index,
          .langs = draft->rule.langs,
          .word_edges = word_edges,
          .is_word = is_word,
          .pattern = attest_codebook_compile (parser, value, *source, expansion,
                                              word_edges ? ATTEST_PATTERN_WORD_EDGES
                                                         : ATTEST_PATTERN_PLAIN) };
  if (pattern.pattern == NULL)
    return;
  pattern.name = pattern_name (parser, draft);
  pattern.source = g_steal_pointer (source);
  attest_yaml_place (parser->yaml, value->start_byte, &pattern.line, &pattern.column);
  g_array_append_val (patterns, pattern);
}

void
attest_codebook_read_pattern (AttestCodebookParser *parser, const AttestYaml *value,
                              gpointer target)
{
  Draft *draft = target;
  g_auto (AttestExpansion) expansion = { 0 };

  draft->n_patterns++;
  g_autofree char *source = attest_codebook_read_text (parser, value, "a pattern");
  if (source == NULL || !attest_codebook_expand (parser, value, source, &expansion))
    return;
  add_pattern (parser, value, draft, &source, &expansion, FALSE);
}

void
attest_codebook_read_word (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  Draft *draft = target;
  g_auto (AttestExpansion) expansion = { 0 };
  const char *reason = NULL;

  draft->n_patterns++;
  g_autofree char *source = attest_codebook_read_text (parser, value, "a word");
  if (source == NULL)
    return;
  g_autofree char *body = attest_codebook_word_to_pattern (source, &reason);
  if (body == NULL)
    {
      attest_codebook_complain (parser, value, "word", "'%s' %s", source, reason);
      return;
    }
  attest_expansion_set (&expansion, body);
  add_pattern (parser, value, draft, &source, &expansion, TRUE);
}

/* The keys of a rule. */

static void
read_rule_match (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  Draft *draft = target;
  AttestRule *rule = &draft->rule;

  draft->has_hits = TRUE;
  draft->use = ATTEST_PATTERN_MATCH;
  draft->n_patterns = 0;
  attest_codebook_read_each (parser, value, attest_codebook_read_pattern, draft);
  rule->n_match = parser->codebook->patterns->len - rule->first_match;
  if (draft->n_patterns == 0)
    attest_codebook_complain (parser, value, "missing-key", "this rule has no pattern");
}

/* They count on behind those of `match`. */
static void
read_rule_words (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  Draft *draft = target;
  AttestRule *rule = &draft->rule;

  draft->has_hits = TRUE;
  draft->use = ATTEST_PATTERN_MATCH;
  attest_codebook_read_each (parser, value, attest_codebook_read_word, draft);
  rule->n_match = parser->codebook->patterns->len - rule->first_match;
}

static void
read_rule_unit (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  Draft *draft = target;

  draft->has_unit = attest_codebook_read_unit (parser, value, &draft->unit);
}

static void
read_rule_weight (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  ((Draft *)target)->rule.weight = attest_codebook_read_weight (parser, value);
}

static void
read_rule_role (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  ((Draft *)target)->rule.roles = attest_codebook_read_roles (parser, value);
}

static void
read_rule_lang (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  ((Draft *)target)->rule.langs = attest_codebook_read_langs (parser, value);
}

static void
read_rule_word_edges (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  Draft *draft = target;

  draft->word_edges = attest_codebook_read_bool (parser, value, draft->word_edges);
}

static void
read_rule_id (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  Draft *draft = target;
  g_autofree char *id = attest_codebook_read_id (parser, value, "the id of a rule", FALSE);

  if (id == NULL)
    return;
  /* Patterns are named CODE/RULE.PATTERN, with the number of a rule that has no id. */
  if (strspn (id, "0123456789") == strlen (id) || strcmp (id, "asked") == 0
      || strcmp (id, "stop") == 0)
    attest_codebook_complain (parser, value, "id",
                              "'%s' cannot be the id of a rule: a number, 'asked' and 'stop' have "
                              "a meaning of their own",
                              id);
  else if (!g_hash_table_add (parser->rule_ids, g_strdup (id)))
    attest_codebook_complain (parser, value, "duplicate-id", "rule '%s' is there twice in '%s'", id,
                              parser->code_id);
  else
    parser->rule_name = draft->rule.id = g_steal_pointer (&id);
}

typedef struct
{
  AttestCode *code;
  guint rule;
  gboolean counter;
  const char *lang;
} ExampleContext;

static void
read_example_text (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  ((AttestExample *)target)->text = attest_codebook_read_text (parser, value, "an example");
}

static void
read_example_asked (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  ((AttestExample *)target)->asked = attest_codebook_read_text (parser, value, "a question");
}

static const AttestCodebookKey example_keys[] = {
  { "asked", FALSE, read_example_asked },
  { "text", TRUE, read_example_text },
  { NULL },
};

static void
read_example (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  const ExampleContext *context = target;
  AttestExample example = { .rule = context->rule, .counter = context->counter };

  if (value->kind == ATTEST_YAML_MAP)
    attest_codebook_read_map (parser, value, example_keys, "an example", &example);
  else
    read_example_text (parser, value, &example);
  if (example.text == NULL)
    {
      g_free (example.asked);
      return;
    }
  example.lang = g_strdup (context->lang);
  attest_yaml_place (parser->yaml, value->start_byte, &example.line, &example.column);
  g_array_append_val (context->code->examples, example);
}

/* {asked: …, text: …}: an example, and no map of languages. */
static gboolean
is_example_map (const AttestYaml *value)
{
  for (guint i = 0; i + 1 < value->items->len; i += 2)
    {
      const AttestYaml *key = g_ptr_array_index (value->items, i);
      if (key->kind == ATTEST_YAML_SCALAR && strcmp (key->text, "text") == 0)
        return TRUE;
    }
  return FALSE;
}

/* A list of sentences, or a map of languages with such lists. */
static void
read_examples (AttestCodebookParser *parser, const AttestYaml *value, AttestCode *code, guint rule,
               gboolean counter)
{
  ExampleContext context = { code, rule, counter, NULL };

  if (value->kind != ATTEST_YAML_MAP || is_example_map (value))
    {
      attest_codebook_read_each (parser, value, read_example, &context);
      return;
    }
  for (guint i = 0; i + 1 < value->items->len; i += 2)
    {
      const AttestYaml *key = g_ptr_array_index (value->items, i);
      const AttestYaml *texts = g_ptr_array_index (value->items, i + 1);

      context.lang = attest_codebook_read_lang (parser, key);
      if (context.lang != NULL && !attest_yaml_is_blank (texts))
        attest_codebook_read_each (parser, texts, read_example, &context);
    }
}

static void
read_rule_examples (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  const Draft *draft = target;

  read_examples (parser, value, draft->code, draft->rule_index, FALSE);
}

static void
read_rule_counterexamples (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  const Draft *draft = target;

  read_examples (parser, value, draft->code, draft->rule_index, TRUE);
}

static void read_rule_asked (AttestCodebookParser *parser, const AttestYaml *value,
                             gpointer target);

/* What patterns need (id, lang, word_edges, unit) stands above them. */
static const AttestCodebookKey rule_keys[] = {
  { "id", FALSE, read_rule_id },
  { "lang", FALSE, read_rule_lang },
  { "role", FALSE, read_rule_role },
  { "weight", FALSE, read_rule_weight },
  { "word_edges", FALSE, read_rule_word_edges },
  { "unit", FALSE, read_rule_unit },
  { "asked", FALSE, read_rule_asked },
  { "match", FALSE, read_rule_match },
  { "words", FALSE, read_rule_words },
  { "all", FALSE, attest_codebook_read_all },
  { "near", FALSE, attest_codebook_read_near },
  { "before", FALSE, attest_codebook_read_before },
  { "after", FALSE, attest_codebook_read_after },
  { "unless", FALSE, attest_codebook_read_unless },
  { "examples", FALSE, read_rule_examples },
  { "counterexamples", FALSE, read_rule_counterexamples },
  { NULL },
};

static void
read_rule (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  AttestCodebook *codebook = parser->codebook;
  AttestCode *code = target;
  Draft draft
      = { .code = code, .rule_index = codebook->rules->len, .word_edges = parser->word_edges };
  AttestRule *rule = &draft.rule;
  g_autofree char *number = NULL;

  rule->code = codebook->codes->len - 1;
  rule->number = ++code->n_rules;
  rule->weight = 1.0;
  rule->roles = ALL_ROLES & ~(1u << ATTEST_ROLE_INTERVIEWER);
  rule->first_match = codebook->patterns->len;
  rule->first_condition = codebook->conditions->len;
  attest_yaml_place (parser->yaml, value->start_byte, &rule->line, &rule->column);
  parser->rule_name = number = g_strdup_printf ("%u", rule->number);
  if (value->kind == ATTEST_YAML_MAP)
    attest_codebook_read_map (parser, value, rule_keys, "a rule", &draft);
  else
    read_rule_match (parser, value, &draft);
  rule->n_conditions = codebook->conditions->len - rule->first_condition;
  if (!draft.has_hits)
    attest_codebook_complain (parser, value, "missing-key",
                              "a rule needs 'match', 'words' or 'all': what to find");
  parser->rule_name = NULL;
  g_array_append_vals (codebook->rules, rule, 1);
}

void
attest_codebook_read_rules (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  AttestCode *code = target;

  g_hash_table_remove_all (parser->rule_ids);
  code->first_rule = parser->codebook->rules->len;
  attest_codebook_read_each (parser, value, read_rule, code);
}

/* The keys of an `asked`. */

static void
read_asked_match (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  attest_codebook_read_each (parser, value, attest_codebook_read_pattern, target);
}

static void
read_asked_words (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  attest_codebook_read_each (parser, value, attest_codebook_read_word, target);
}

static const AttestCodebookKey asked_keys[] = {
  { "lang", FALSE, read_rule_lang },
  { "word_edges", FALSE, read_rule_word_edges },
  { "match", FALSE, read_asked_match },
  { "words", FALSE, read_asked_words },
  { NULL },
};

static void
read_one_asked (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  Draft *draft = target;
  const char *const *langs = draft->rule.langs;
  guint n_before = draft->n_patterns;

  draft->word_edges = parser->word_edges;
  if (value->kind != ATTEST_YAML_MAP)
    {
      attest_codebook_read_pattern (parser, value, draft);
      return;
    }
  attest_codebook_read_map (parser, value, asked_keys, "an 'asked'", draft);
  if (draft->n_patterns == n_before)
    attest_codebook_complain (parser, value, "missing-key",
                              "an 'asked' needs 'match' or 'words': what to find");
  draft->rule.langs = langs;
}

void
attest_codebook_add_asked (AttestCodebookParser *parser, const AttestYaml *value,
                           const char *const *langs, gboolean are_words)
{
  AttestCodebook *codebook = parser->codebook;
  AttestCode *code = attest_codebook_code (codebook, codebook->codes->len - 1);
  Draft draft = { .code = code,
                  .rule = { .langs = langs },
                  .rule_index = ATTEST_NO_RULE,
                  .use = ATTEST_PATTERN_ASKED,
                  .n_patterns = codebook->patterns->len - code->first_asked };

  attest_codebook_read_each (parser, value, are_words ? attest_codebook_read_word : read_one_asked,
                             &draft);
}

void
attest_codebook_read_asked (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  AttestCode *code = target;

  code->first_asked = parser->codebook->patterns->len;
  attest_codebook_add_asked (parser, value, NULL, FALSE);
  code->n_asked = parser->codebook->patterns->len - code->first_asked;
}

/* "true": what the code's own `asked` says; or patterns of the rule's own. */
static void
read_rule_asked (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  Draft *draft = target;
  AttestRule *rule = &draft->rule;
  Draft asked = *draft;

  if (value->kind == ATTEST_YAML_SCALAR && value->style == 0 && strcmp (value->text, "true") == 0)
    {
      rule->asked_code = TRUE;
      if (draft->code->n_asked == 0)
        attest_codebook_complain (parser, value, "missing-key",
                                  "'asked: true' needs the 'asked' of its code");
      return;
    }
  asked.use = ATTEST_PATTERN_RULE_ASKED;
  asked.n_patterns = 0;
  asked.rule.langs = NULL;
  rule->first_asked = parser->codebook->patterns->len;
  attest_codebook_read_each (parser, value, read_one_asked, &asked);
  rule->n_asked = parser->codebook->patterns->len - rule->first_asked;
  rule->first_match = parser->codebook->patterns->len;
}

void
attest_codebook_read_examples (AttestCodebookParser *parser, const AttestYaml *value,
                               gpointer target)
{
  read_examples (parser, value, target, ATTEST_NO_RULE, FALSE);
}

void
attest_codebook_read_counterexamples (AttestCodebookParser *parser, const AttestYaml *value,
                                      gpointer target)
{
  read_examples (parser, value, target, ATTEST_NO_RULE, TRUE);
}
