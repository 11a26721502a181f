/* attest-codebook-rules: the rules, patterns and examples of a code. */
#include <string.h>

#include "codebook/attest-codebook-private.h"
#include "util/attest-limits.h"

#define ALL_ROLES ((1u << ATTEST_N_ROLES) - 1)

/* A rule or an `asked` that is being read. */
typedef struct
{
  AttestCode *code;
  AttestRule rule;  /* of `asked`: langs only */
  guint rule_index; /* or ATTEST_NO_RULE */
  gboolean word_edges;
  AttestPatternUse use; /* of the patterns that are being read */
  guint n_patterns;     /* of this use, so far */
} Draft;

static char *
pattern_name (const AttestCodebookParser *parser, const Draft *draft)
{
  if (draft->use == ATTEST_PATTERN_ASKED)
    return g_strdup_printf ("%s/asked.%u", parser->code_id, draft->n_patterns);
  return g_strdup_printf ("%s/%s.%s%u", parser->code_id, parser->rule_name,
                          draft->use == ATTEST_PATTERN_UNLESS ? "unless." : "", draft->n_patterns);
}

static void
read_pattern (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  Draft *draft = target;
  GArray *patterns = parser->codebook->patterns;
  g_auto (AttestExpansion) expansion = { 0 };

  draft->n_patterns++;
  g_autofree char *source = attest_codebook_read_text (parser, value, "a pattern");
  if (source == NULL || !attest_codebook_expand (parser, value, source, &expansion))
    return;
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
          .word_edges = draft->word_edges,
          .pattern = attest_codebook_compile (parser, value, source, &expansion,
                                              draft->word_edges ? ATTEST_PATTERN_WORD_EDGES
                                                                : ATTEST_PATTERN_PLAIN) };
  if (pattern.pattern == NULL)
    return;
  pattern.name = pattern_name (parser, draft);
  pattern.source = g_steal_pointer (&source);
  attest_yaml_place (parser->yaml, value->start_byte, &pattern.line, &pattern.column);
  g_array_append_val (patterns, pattern);
}

static void
read_patterns (AttestCodebookParser *parser, const AttestYaml *value, Draft *draft,
               AttestPatternUse use, guint *out_first, guint *out_n)
{
  GArray *patterns = parser->codebook->patterns;

  draft->use = use;
  draft->n_patterns = 0;
  *out_first = patterns->len;
  attest_codebook_read_each (parser, value, read_pattern, draft);
  *out_n = patterns->len - *out_first;
}

/* The keys of a rule. */

static void
read_rule_match (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  Draft *draft = target;

  read_patterns (parser, value, draft, ATTEST_PATTERN_MATCH, &draft->rule.first_match,
                 &draft->rule.n_match);
  if (draft->n_patterns == 0)
    attest_codebook_complain (parser, value, "missing-key", "this rule has no pattern");
}

static void
read_rule_unless (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  Draft *draft = target;

  read_patterns (parser, value, draft, ATTEST_PATTERN_UNLESS, &draft->rule.first_unless,
                 &draft->rule.n_unless);
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
  if (strspn (id, "0123456789") == strlen (id) || strcmp (id, "asked") == 0)
    attest_codebook_complain (parser, value, "id",
                              "'%s' cannot be the id of a rule: a number and 'asked' have a "
                              "meaning of their own",
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
read_example (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  const ExampleContext *context = target;
  AttestExample example = { .rule = context->rule, .counter = context->counter };

  example.text = attest_codebook_read_text (parser, value, "an example");
  if (example.text == NULL)
    return;
  example.lang = g_strdup (context->lang);
  attest_yaml_place (parser->yaml, value->start_byte, &example.line, &example.column);
  g_array_append_val (context->code->examples, example);
}

/* A list of sentences, or a map of languages with such lists. */
static void
read_examples (AttestCodebookParser *parser, const AttestYaml *value, AttestCode *code, guint rule,
               gboolean counter)
{
  ExampleContext context = { code, rule, counter, NULL };

  if (value->kind != ATTEST_YAML_MAP)
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

/* What patterns need (id, lang, word_edges) stands above them. */
static const AttestCodebookKey rule_keys[] = {
  { "id", FALSE, read_rule_id },
  { "lang", FALSE, read_rule_lang },
  { "role", FALSE, read_rule_role },
  { "weight", FALSE, read_rule_weight },
  { "word_edges", FALSE, read_rule_word_edges },
  { "match", TRUE, read_rule_match },
  { "unless", FALSE, read_rule_unless },
  { "examples", FALSE, read_rule_examples },
  { "counterexamples", FALSE, read_rule_counterexamples },
  { NULL },
};

static void
read_rule (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  AttestCode *code = target;
  Draft draft = { .code = code,
                  .rule_index = parser->codebook->rules->len,
                  .word_edges = parser->word_edges };
  AttestRule *rule = &draft.rule;
  g_autofree char *number = NULL;

  rule->code = parser->codebook->codes->len - 1;
  rule->number = ++code->n_rules;
  rule->weight = 1.0;
  rule->roles = ALL_ROLES & ~(1u << ATTEST_ROLE_INTERVIEWER);
  attest_yaml_place (parser->yaml, value->start_byte, &rule->line, &rule->column);
  parser->rule_name = number = g_strdup_printf ("%u", rule->number);
  if (value->kind == ATTEST_YAML_MAP)
    attest_codebook_read_map (parser, value, rule_keys, "a rule", &draft);
  else
    read_rule_match (parser, value, &draft);
  parser->rule_name = NULL;
  g_array_append_vals (parser->codebook->rules, rule, 1);
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
  attest_codebook_read_each (parser, value, read_pattern, target);
}

static const AttestCodebookKey asked_keys[] = {
  { "lang", FALSE, read_rule_lang },
  { "word_edges", FALSE, read_rule_word_edges },
  { "match", TRUE, read_asked_match },
  { NULL },
};

static void
read_one_asked (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  Draft *draft = target;

  draft->rule.langs = NULL;
  draft->word_edges = parser->word_edges;
  if (value->kind == ATTEST_YAML_MAP)
    attest_codebook_read_map (parser, value, asked_keys, "an 'asked'", draft);
  else
    read_pattern (parser, value, draft);
}

void
attest_codebook_read_asked (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  AttestCode *code = target;
  Draft draft = { .code = code, .rule_index = ATTEST_NO_RULE, .use = ATTEST_PATTERN_ASKED };

  code->first_asked = parser->codebook->patterns->len;
  attest_codebook_read_each (parser, value, read_one_asked, &draft);
  code->n_asked = parser->codebook->patterns->len - code->first_asked;
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
