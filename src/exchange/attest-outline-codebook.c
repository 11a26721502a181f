/* attest-outline-codebook: what of a codebook another program can hold.
 *
 * Rules become words where they are lists of words. A rule that hits only where something else
 * stands near it has no counterpart anywhere, and its words alone would hit far more: it is left
 * out. One that only has exceptions stays without them, and the report says so.
 */
#include <string.h>

#include "exchange/attest-exchange-private.h"
#include "util/attest-text.h"

#define DEFAULT_DIMENSION "code"
#define MAX_SHOWN_COLUMNS 60 /* of a pattern in a message */

typedef struct
{
  const AttestCodebook *codebook;
  const AttestExchangeFormat *format;
  const char *lang;
  AttestOutline *outline;
  guint node; /* of the code that is being written */
} Export;

static gboolean
can (const Export *export, AttestExchangeFeatures feature)
{
  return (export->format->features & feature) != 0;
}

static gboolean
is_of_lang (const Export *export, const char *const *langs)
{
  return export->lang == NULL || langs == NULL || g_strv_contains (langs, export->lang);
}

static const AttestCode *
code_of (const Export *export, guint code)
{
  return attest_codebook_code (export->codebook, code);
}

static char *
dup_lang (const AttestCodebookPattern *pattern)
{
  return pattern->langs != NULL ? g_strjoinv (", ", (char **)pattern->langs) : NULL;
}

/* A pattern as it is, fragments filled in. */
static AttestEntry *
add_regex (Export *export, const AttestCodebookPattern *pattern, AttestEntryUse use)
{
  AttestEntry *entry;

  if (pattern->is_word)
    entry = attest_outline_add_entry (export->outline, export->node, ATTEST_ENTRY_GLOB,
                                      attest_glob_from_words (pattern->source), pattern->line,
                                      pattern->column);
  else
    entry = attest_outline_add_entry (export->outline, export->node, ATTEST_ENTRY_REGEX,
                                      g_strdup (attest_pattern_get_body (pattern->pattern)),
                                      pattern->line, pattern->column);
  entry->use = use;
  entry->any_edges = !pattern->is_word && !pattern->word_edges;
  entry->lang = dup_lang (pattern);
  return entry;
}

static char *
dup_shown (const AttestCodebookPattern *pattern)
{
  return attest_text_printable (pattern->source, strlen (pattern->source), MAX_SHOWN_COLUMNS);
}

static void
lose_pattern (Export *export, const AttestCodebookPattern *pattern, const char *reason)
{
  g_autofree char *shown = dup_shown (pattern);

  attest_outline_lose (export->outline, ATTEST_LOSS_DROPPED, "pattern", pattern->line,
                       pattern->column, code_of (export, pattern->code)->id,
                       "%s is no list of words, because of %s: %s", pattern->name, reason, shown);
}

/* The glob as the format can hold it; NULL: it cannot. */
static char *
fit_glob (const Export *export, const char *glob, gboolean *out_is_wider)
{
  AttestGlobNeeds missing = attest_glob_needs (glob) & ~export->format->globs;
  g_autofree char *text = attest_glob_to_text (glob);

  if (export->format->is_word != NULL && !export->format->is_word (text))
    return NULL;

  if ((missing & ~ATTEST_GLOB_LITERAL) == 0)
    return missing == 0 ? g_strdup (glob) : NULL;
  /* "chang?*", one letter or more, where there is no `?`. */
  if (!g_str_has_suffix (glob, "?*") || g_str_has_suffix (glob, " ?*"))
    return NULL;
  g_autofree char *wider = g_strndup (glob, strlen (glob) - 2);
  char *fitted = g_strconcat (wider, "*", NULL);
  if ((attest_glob_needs (fitted) & ~export->format->globs) == 0)
    {
      *out_is_wider = TRUE;
      return fitted;
    }
  g_free (fitted);
  return NULL;
}

static void
add_globs (Export *export, const AttestCodebookPattern *pattern, const GPtrArray *globs,
           double weight)
{
  guint n_unfit = 0;
  gboolean is_wider = FALSE;
  g_autofree char *shown = dup_shown (pattern);

  for (guint i = 0; i < globs->len; i++)
    {
      char *glob = fit_glob (export, g_ptr_array_index (globs, i), &is_wider);

      if (glob == NULL)
        n_unfit++;
      else
        attest_outline_add_entry (export->outline, export->node, ATTEST_ENTRY_GLOB, glob,
                                  pattern->line, pattern->column)
            ->weight
            = weight;
    }
  if (n_unfit == globs->len)
    attest_outline_lose (export->outline, ATTEST_LOSS_DROPPED, "pattern", pattern->line,
                         pattern->column, code_of (export, pattern->code)->id,
                         "%s has wildcards or signs that a %s cannot hold: %s", pattern->name,
                         export->format->name, shown);
  else if (n_unfit > 0)
    attest_outline_lose (
        export->outline, ATTEST_LOSS_DROPPED, "pattern", pattern->line, pattern->column,
        code_of (export, pattern->code)->id,
        "%s: %u of its %u alternatives have wildcards or signs that a %s cannot hold: %s",
        pattern->name, n_unfit, globs->len, export->format->name, shown);
  if (is_wider)
    attest_outline_lose (export->outline, ATTEST_LOSS_CHANGED, "pattern", pattern->line,
                         pattern->column, code_of (export, pattern->code)->id,
                         "%s asks for one letter more where it ends; a '*' also takes none: %s",
                         pattern->name, shown);
}

static void
add_words (Export *export, const AttestCodebookPattern *pattern, double weight)
{
  const char *reason = NULL;
  g_autoptr (GPtrArray) globs = NULL;

  if (pattern->is_word)
    {
      globs = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (globs, attest_glob_from_words (pattern->source));
    }
  else
    globs = attest_globs_from_pattern (attest_pattern_get_body (pattern->pattern),
                                       pattern->word_edges, &reason);
  if (globs == NULL)
    lose_pattern (export, pattern, reason);
  else
    add_globs (export, pattern, globs, can (export, ATTEST_CAN_WEIGH) ? weight : 1.0);
}

/* --- rules -------------------------------------------------------------------------------- */

/* The first condition that hits cannot do without, or NULL. */
static const char *
find_requirement (const Export *export, const AttestRule *rule)
{
  for (guint i = 0; i < rule->n_conditions; i++)
    {
      const AttestCondition *condition
          = attest_codebook_condition (export->codebook, rule->first_condition + i);
      if (condition->use != ATTEST_PATTERN_UNLESS && !can (export, ATTEST_CAN_REGEX))
        return attest_pattern_use_to_string (condition->use);
    }
  return rule->asked_code || rule->n_asked > 0 ? "asked" : NULL;
}

static void
lose_exceptions (Export *export, const char *what, const char *code, guint line, guint column,
                 const char *name)
{
  attest_outline_lose (export->outline, ATTEST_LOSS_CHANGED, what, line, column, code,
                       "%s has exceptions, which are left out: it will match more", name);
}

static AttestEntryUse
entry_use (AttestPatternUse use)
{
  return use == ATTEST_PATTERN_ALL      ? ATTEST_ENTRY_ALL
         : use == ATTEST_PATTERN_NEAR   ? ATTEST_ENTRY_NEAR
         : use == ATTEST_PATTERN_BEFORE ? ATTEST_ENTRY_BEFORE
         : use == ATTEST_PATTERN_AFTER  ? ATTEST_ENTRY_AFTER
         : use == ATTEST_PATTERN_STOP   ? ATTEST_ENTRY_STOP
                                        : ATTEST_ENTRY_UNLESS;
}

/* Where a condition looks when nothing is said of it. */
static gboolean
is_usual_unit (const AttestCondition *condition)
{
  gboolean takes_away
      = condition->use == ATTEST_PATTERN_UNLESS || condition->use == ATTEST_PATTERN_STOP;
  gboolean is_hit = takes_away && condition->max_words == ATTEST_ANY_DISTANCE;

  return condition->unit.kind == (is_hit ? ATTEST_UNIT_HIT : ATTEST_UNIT_SENTENCE);
}

/* @rule: (nullable) and its name; a stop has none. @number: among those of its kind, from 1. */
static void
add_condition (Export *export, const AttestCondition *condition, guint number,
               const AttestRule *rule, const char *rule_name)
{
  for (guint k = 0; k < condition->n_patterns; k++)
    {
      AttestEntry *entry = add_regex (
          export, attest_codebook_pattern (export->codebook, condition->first_pattern + k),
          entry_use (condition->use));

      entry->rule = g_strdup (rule_name);
      entry->weight = rule != NULL ? rule->weight : 1.0;
      entry->condition = number;
      entry->max_words = condition->max_words;
      entry->unit = condition->unit;
      entry->has_unit = !is_usual_unit (condition);
    }
}

static void
add_conditions (Export *export, const AttestRule *rule, const char *rule_name, const char *name)
{
  guint numbers[ATTEST_PATTERN_RULE_ASKED + 1] = { 0 };

  if (rule->n_conditions > 0 && !can (export, ATTEST_CAN_REGEX))
    {
      lose_exceptions (export, "condition", code_of (export, rule->code)->id, rule->line,
                       rule->column, name);
      return;
    }
  for (guint i = 0; i < rule->n_conditions; i++)
    {
      const AttestCondition *condition
          = attest_codebook_condition (export->codebook, rule->first_condition + i);
      add_condition (export, condition, ++numbers[condition->use], rule, rule_name);
    }
}

static void
lose_limits (Export *export, const AttestRule *rule, const char *name)
{
  const char *code = code_of (export, rule->code)->id;
  guint usual = ((1u << ATTEST_N_ROLES) - 1) & ~(1u << ATTEST_ROLE_INTERVIEWER);

  if (rule->roles != usual)
    attest_outline_lose (export->outline, ATTEST_LOSS_CHANGED, "role", rule->line, rule->column,
                         code, "%s is for some speakers only, which is left out", name);
  if (rule->weight != 1.0 && !can (export, ATTEST_CAN_WEIGH))
    attest_outline_lose (export->outline, ATTEST_LOSS_CHANGED, "weight", rule->line, rule->column,
                         code, "%s has the weight %g, which is left out", name, rule->weight);
  if (rule->langs != NULL && export->lang == NULL && !can (export, ATTEST_CAN_REGEX))
    {
      g_autofree char *langs = g_strjoinv (", ", (char **)rule->langs);
      attest_outline_lose (export->outline, ATTEST_LOSS_CHANGED, "language", rule->line,
                           rule->column, code, "%s is for %s only, which is left out: see --lang",
                           name, langs);
    }
}

static void
add_rule (Export *export, guint index)
{
  const AttestRule *rule = attest_codebook_rule (export->codebook, index);
  const char *code = code_of (export, rule->code)->id;
  g_autofree char *rule_name = attest_codebook_dup_rule_name (export->codebook, index);
  g_autofree char *name = g_strdup_printf ("%s/%s", code, rule_name);
  const char *requirement = find_requirement (export, rule);

  if (!is_of_lang (export, rule->langs))
    return;
  if (requirement != NULL)
    {
      attest_outline_lose (export->outline, ATTEST_LOSS_DROPPED, "rule", rule->line, rule->column,
                           code, "%s hits only by its '%s', which a %s has not", name, requirement,
                           export->format->name);
      return;
    }
  lose_limits (export, rule, name);
  for (guint i = 0; i < rule->n_match; i++)
    {
      const AttestCodebookPattern *pattern
          = attest_codebook_pattern (export->codebook, rule->first_match + i);

      if (!can (export, ATTEST_CAN_REGEX))
        {
          add_words (export, pattern, rule->weight);
          continue;
        }
      AttestEntry *entry = add_regex (export, pattern, ATTEST_ENTRY_HIT);
      entry->rule = g_strdup (rule_name);
      entry->weight = rule->weight;
    }
  add_conditions (export, rule, rule_name, name);
}

/* --- codes -------------------------------------------------------------------------------- */

static void
lose_count (Export *export, const AttestCode *code, const char *what, guint n, const char *many)
{
  if (n > 0)
    attest_outline_lose (export->outline, ATTEST_LOSS_DROPPED, what, code->line, code->column,
                         code->id, "%s: %s %s left out", code->id, many, n == 1 ? "is" : "are");
}

static void
add_stops (Export *export, const AttestCode *code)
{
  if (code->n_stop > 0 && !can (export, ATTEST_CAN_REGEX))
    {
      lose_exceptions (export, "stop", code->id, code->line, code->column, code->id);
      return;
    }
  for (guint i = 0; i < code->n_stop; i++)
    add_condition (export, attest_codebook_condition (export->codebook, code->first_stop + i),
                   i + 1, NULL, NULL);
}

static void
add_examples (Export *export, const AttestCode *code)
{
  guint n_of_rules = 0;

  for (guint i = 0; i < code->examples->len; i++)
    {
      const AttestExample *example = &g_array_index (code->examples, AttestExample, i);
      AttestNode *node = attest_outline_node (export->outline, export->node);

      if (export->lang != NULL && example->lang != NULL
          && strcmp (example->lang, export->lang) != 0)
        continue;
      if (example->rule != ATTEST_NO_RULE || example->asked != NULL)
        {
          n_of_rules++;
          continue;
        }
      g_ptr_array_add (example->counter ? node->counterexamples : node->examples,
                       g_strdup (example->text));
    }
  if (n_of_rules > 0)
    attest_outline_lose (export->outline, ATTEST_LOSS_DROPPED, "example", code->line, code->column,
                         code->id, "%s: %u example%s of rules or of answers left out", code->id,
                         n_of_rules, n_of_rules == 1 ? "" : "s");
}

/* What is only for people. */
static void
add_texts (Export *export, const AttestCode *code)
{
  AttestNode *node = attest_outline_node (export->outline, export->node);
  guint n_texts = (code->question != NULL) + (code->include != NULL) + (code->exclude != NULL);

  if (can (export, ATTEST_CAN_DEFINE))
    node->definition = g_strdup (code->definition);
  else
    lose_count (export, code, "definition", code->definition != NULL, "its definition");
  if (can (export, ATTEST_CAN_TEXTS))
    {
      node->question = g_strdup (code->question);
      node->include = g_strdup (code->include);
      node->exclude = g_strdup (code->exclude);
      add_examples (export, code);
    }
  else
    {
      lose_count (export, code, "text", n_texts > 0 ? 2 : 0,
                  "its question and what is included and excluded");
      lose_count (export, code, "example", code->examples->len > 0 ? 2 : 0, "its examples");
    }
  lose_count (export, code, "confusion", code->confusions->len > 0 ? 2 : 0,
              "the codes that it is confused with");
}

static void
lose_links (Export *export, const AttestCode *code)
{
  if (code->requires != NULL || code->excludes != NULL)
    attest_outline_lose (export->outline, ATTEST_LOSS_CHANGED, "link", code->line, code->column,
                         code->id, "%s: the codes that it requires or excludes are left out",
                         code->id);
  if (code->min_weight > 0.0)
    attest_outline_lose (export->outline, ATTEST_LOSS_CHANGED, "weight", code->line, code->column,
                         code->id, "%s: its min_weight is left out: it will match more", code->id);
}

static void
add_questions (Export *export, const AttestCode *code)
{
  if (!can (export, ATTEST_CAN_REGEX))
    {
      lose_count (export, code, "asked", code->n_asked > 0 ? 2 : 0, "its questions (asked)");
      return;
    }
  for (guint i = 0; i < code->n_asked; i++)
    {
      const AttestCodebookPattern *pattern
          = attest_codebook_pattern (export->codebook, code->first_asked + i);
      if (is_of_lang (export, pattern->langs))
        add_regex (export, pattern, ATTEST_ENTRY_ASKED);
    }
}

/* Names are one line everywhere. */
static char *
dup_line (const char *text)
{
  return g_strdelimit (g_strdup (text), "\t\r\n", ' ');
}

static void
add_code (Export *export, guint index, guint parent)
{
  const AttestCode *code = code_of (export, index);
  g_autofree char *name = dup_line (attest_local_text_get (code->name, export->lang));
  AttestNode *node;

  export->node = attest_outline_add_node (export->outline, parent,
                                          can (export, ATTEST_CAN_NAME) ? name : code->id,
                                          code->line, code->column);
  node = attest_outline_node (export->outline, export->node);
  node->id = g_strdup (code->id);
  node->is_code = TRUE;
  if (!can (export, ATTEST_CAN_NAME))
    lose_count (export, code, "name", strcmp (name, code->id) != 0, "its name");
  else
    lose_count (export, code, "name",
                g_hash_table_size (code->name) > 1 && export->lang == NULL ? 2 : 0,
                "its names in other languages");
  add_texts (export, code);
  if (!can (export, ATTEST_CAN_RULES))
    {
      lose_count (export, code, "rule", code->n_rules,
                  code->n_rules == 1 ? "its rule" : "its rules");
      return;
    }
  lose_links (export, code);
  add_questions (export, code);
  add_stops (export, code);
  for (guint i = 0; i < code->n_rules; i++)
    add_rule (export, code->first_rule + i);
}

/* Codes of the one dimension that nobody named stand alone. */
static gboolean
is_flat (const Export *export)
{
  return !can (export, ATTEST_CAN_NEST)
         || (export->codebook->dimensions->len == 1
             && strcmp (attest_codebook_dimension (export->codebook, 0)->id, DEFAULT_DIMENSION)
                    == 0);
}

static void
lose_heading (Export *export)
{
  if (export->codebook->title != NULL && !can (export, ATTEST_CAN_TITLE))
    attest_outline_lose (export->outline, ATTEST_LOSS_DROPPED, "title", 0, 0, NULL,
                         "the title of the codebook is left out: %s", export->codebook->title);
  if (export->codebook->version != NULL)
    attest_outline_lose (export->outline, ATTEST_LOSS_DROPPED, "version", 0, 0, NULL,
                         "the version of the codebook is left out: %s", export->codebook->version);
}

static void
lose_dimensions (Export *export)
{
  if (!can (export, ATTEST_CAN_NEST) && export->codebook->dimensions->len > 1)
    attest_outline_lose (export->outline, ATTEST_LOSS_DROPPED, "dimension", 0, 0, NULL,
                         "the %u dimensions are left out: a %s has no categories in categories",
                         export->codebook->dimensions->len, export->format->name);
}

/* Returns its category, or ATTEST_NO_NODE when it has no codes. */
static guint
add_dimension (Export *export, guint d)
{
  const AttestDimension *dimension = attest_codebook_dimension (export->codebook, d);
  g_autofree char *title = dup_line (attest_local_text_get (dimension->title, export->lang));
  gboolean has_codes = FALSE;

  for (guint i = 0; i < export->codebook->codes->len; i++)
    has_codes = has_codes || code_of (export, i)->dimension == d;
  if (!has_codes)
    {
      attest_outline_lose (export->outline, ATTEST_LOSS_DROPPED, "dimension", 0, 0, NULL,
                           "the dimension %s, which has no codes, is left out", dimension->id);
      return ATTEST_NO_NODE;
    }
  if (!can (export, ATTEST_CAN_NAME) && strcmp (title, dimension->id) != 0)
    attest_outline_lose (export->outline, ATTEST_LOSS_DROPPED, "name", 0, 0, NULL,
                         "the title of the dimension %s is left out", dimension->id);
  guint node = attest_outline_add_node (
      export->outline, ATTEST_NO_NODE, can (export, ATTEST_CAN_NAME) ? title : dimension->id, 0, 0);
  attest_outline_node (export->outline, node)->id = g_strdup (dimension->id);
  return node;
}

AttestOutline *
attest_outline_from_codebook (const AttestCodebook *codebook, const AttestExchangeFormat *format,
                              const char *lang)
{
  Export export
      = { .codebook = codebook, .format = format, .lang = lang, .outline = attest_outline_new () };
  gboolean flat = is_flat (&export);

  export.outline->id = g_strdup (codebook->id);
  export.outline->title = g_strdup (codebook->title);
  lose_heading (&export);
  lose_dimensions (&export);
  for (guint d = 0; d < codebook->dimensions->len; d++)
    {
      guint parent = flat ? ATTEST_NO_NODE : add_dimension (&export, d);

      for (guint i = 0; i < codebook->codes->len; i++)
        if (attest_codebook_code (codebook, i)->dimension == d)
          add_code (&export, i, parent);
    }
  return export.outline;
}
