/* attest-codebook-lint-equal: patterns that are there already, and rules that find nothing of their
 * own. */
#include <string.h>

#include "codebook/attest-codebook-lint-private.h"

typedef struct
{
  AttestLinter *linter;
  const AttestCodebook *codebook;
  GHashTable *first_by_body; /* body → index + 1 of the first match pattern that has it */
  guint *next_equal;         /* of each pattern: index + 1 of the next with its body, or 0 */
} Equals;

static gboolean
has_pattern (const Equals *equals, guint first, guint n, const AttestCodebookPattern *pattern)
{
  for (guint i = first; i < first + n; i++)
    if (attest_lint_is_same_pattern (attest_codebook_pattern (equals->codebook, i), pattern))
      return TRUE;
  return FALSE;
}

/* Equal match patterns, from the first on. */
static void
index_patterns (Equals *equals)
{
  GArray *patterns = equals->codebook->patterns;
  g_autoptr (GHashTable) last = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < patterns->len; i++)
    {
      const AttestCodebookPattern *pattern = attest_codebook_pattern (equals->codebook, i);
      gpointer body = (gpointer)attest_pattern_get_body (pattern->pattern);
      guint before;

      if (pattern->use != ATTEST_PATTERN_MATCH)
        continue;
      before = GPOINTER_TO_UINT (g_hash_table_lookup (last, body));
      if (before > 0)
        equals->next_equal[before - 1] = i + 1;
      else
        g_hash_table_insert (equals->first_by_body, body, GUINT_TO_POINTER (i + 1));
      g_hash_table_insert (last, body, GUINT_TO_POINTER (i + 1));
    }
}

/* Whether the rule wants more of a hit than its pattern. */
static gboolean
is_narrowed (const Equals *equals, const AttestRule *rule)
{
  for (guint i = rule->first_condition; i < rule->first_condition + rule->n_conditions; i++)
    if (attest_codebook_condition (equals->codebook, i)->use != ATTEST_PATTERN_UNLESS)
      return TRUE;
  return rule->n_asked > 0 || rule->asked_code;
}

/* Whether `unless` of the rule takes away only what it overlaps. */
static gboolean
looks_at_hits_only (const Equals *equals, const AttestRule *rule)
{
  for (guint i = rule->first_condition; i < rule->first_condition + rule->n_conditions; i++)
    if (attest_codebook_condition (equals->codebook, i)->unit.kind != ATTEST_UNIT_HIT)
      return FALSE;
  return TRUE;
}

static const AttestCodebookPattern *
find_earlier_equal (const Equals *equals, guint index)
{
  const AttestCodebookPattern *pattern = attest_codebook_pattern (equals->codebook, index);
  guint i = GPOINTER_TO_UINT (
      g_hash_table_lookup (equals->first_by_body, attest_pattern_get_body (pattern->pattern)));

  for (guint n = 0; i > 0 && i - 1 < index && n < ATTEST_LINT_MAX_EARLIER; n++)
    {
      const AttestCodebookPattern *other = attest_codebook_pattern (equals->codebook, i - 1);
      i = equals->next_equal[i - 1];
      if (other->word_edges == pattern->word_edges
          && attest_lint_langs_meet (other->langs, pattern->langs)
          && !is_narrowed (equals, attest_codebook_rule (equals->codebook, other->rule)))
        return other;
    }
  return NULL;
}

/* Whether whatever @rule hits is hit by @earlier, too. */
static gboolean
is_shadowed_by (const Equals *equals, const AttestRule *rule, const AttestRule *earlier)
{
  if ((guint64)rule->n_match * earlier->n_match > ATTEST_LINT_MAX_PAIRS
      || (guint64)rule->n_unless * earlier->n_unless > ATTEST_LINT_MAX_PAIRS)
    return FALSE;
  if (is_narrowed (equals, earlier) || !looks_at_hits_only (equals, earlier))
    return FALSE;
  if ((rule->roles & ~earlier->roles) != 0
      || !attest_lint_langs_contain (earlier->langs, rule->langs))
    return FALSE;
  for (guint i = 0; i < rule->n_match; i++)
    if (!has_pattern (equals, earlier->first_match, earlier->n_match,
                      attest_codebook_pattern (equals->codebook, rule->first_match + i)))
      return FALSE;
  for (guint i = 0; i < earlier->n_unless; i++)
    if (!has_pattern (equals, rule->first_unless, rule->n_unless,
                      attest_codebook_pattern (equals->codebook, earlier->first_unless + i)))
      return FALSE;
  return TRUE;
}

/* TRUE, with the warning given, when an earlier rule of the code makes the rule superfluous. */
static gboolean
check_shadowed (const Equals *equals, guint index)
{
  const AttestCodebook *codebook = equals->codebook;
  const AttestRule *rule = attest_codebook_rule (codebook, index);
  if (rule->n_match == 0)
    return FALSE;
  const AttestCodebookPattern *first = attest_codebook_pattern (codebook, rule->first_match);
  guint i = GPOINTER_TO_UINT (
      g_hash_table_lookup (equals->first_by_body, attest_pattern_get_body (first->pattern)));

  for (guint n = 0; i > 0 && i - 1 < rule->first_match && n < ATTEST_LINT_MAX_EARLIER; n++)
    {
      guint other = attest_codebook_pattern (codebook, i - 1)->rule;
      const AttestRule *earlier = attest_codebook_rule (codebook, other);
      i = equals->next_equal[i - 1];
      if (earlier->code != rule->code || !is_shadowed_by (equals, rule, earlier))
        continue;
      g_autofree char *name = attest_codebook_dup_rule_name (codebook, index);
      g_autofree char *other_name = attest_codebook_dup_rule_name (codebook, other);
      const char *code_id = attest_codebook_code (codebook, rule->code)->id;
      attest_lint_warn (equals->linter, rule->code, index, rule->line, rule->column, "shadowed",
                        "rule %s/%s finds nothing that rule %s/%s (line %u) does not: remove it",
                        code_id, name, code_id, other_name, earlier->line);
      return TRUE;
    }
  return FALSE;
}

static void
check_equal (const Equals *equals, guint index)
{
  const AttestCodebookPattern *pattern = attest_codebook_pattern (equals->codebook, index);
  const AttestCodebookPattern *other = find_earlier_equal (equals, index);
  g_autofree char *detail = NULL;

  if (other == NULL || is_narrowed (equals, attest_codebook_rule (equals->codebook, pattern->rule)))
    return;
  detail = g_strdup_printf ("%s (line %u)", other->name, other->line);
  attest_lint_warn_at_pattern (equals->linter, pattern, "equal-pattern",
                               other->code == pattern->code
                                   ? "it is the same as "
                                   : "the same passages get another code by the same pattern, ",
                               detail);
}

void
attest_lint_check_equal (AttestLinter *linter)
{
  const AttestCodebook *codebook = linter->codebook;
  g_autoptr (GHashTable) first_by_body = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree guint *next_equal = g_new0 (guint, codebook->patterns->len + 1);
  Equals equals = { linter, codebook, first_by_body, next_equal };

  index_patterns (&equals);
  for (guint i = 0; i < codebook->rules->len; i++)
    {
      const AttestRule *rule = attest_codebook_rule (codebook, i);

      if (check_shadowed (&equals, i))
        continue;
      for (guint k = 0; k < rule->n_match; k++)
        check_equal (&equals, rule->first_match + k);
    }
}
