/* attest-codebook-lint: warnings about what an author is not likely to have meant.
 *
 * Only what is certain from the text of the codebook is said; what needs the matching of sentences
 * is the business of the tests. A warning that is often wrong teaches people not to read any.
 */
#include <string.h>

#include "codebook/attest-codebook-lint-private.h"

void
attest_lint_warn (AttestLinter *linter, guint code, guint rule, guint line, guint column,
                  const char *check, const char *format, ...)
{
  AttestProblem problem
      = { .severity = ATTEST_SEVERITY_WARNING, .line = line, .column = column, .check = check };
  va_list args;

  if (code != G_MAXUINT)
    problem.code = g_strdup (attest_codebook_code (linter->codebook, code)->id);
  if (rule != ATTEST_NO_RULE)
    problem.rule = attest_codebook_dup_rule_name (linter->codebook, rule);
  va_start (args, format);
  problem.message = g_strdup_vprintf (format, args);
  va_end (args);
  g_array_append_val (linter->problems, problem);
}

gboolean
attest_lint_has_lang (const char *const *langs, const char *lang)
{
  for (guint i = 0; langs[i] != NULL; i++)
    if (langs[i] == lang)
      return TRUE;
  return FALSE;
}

gboolean
attest_lint_langs_meet (const char *const *a, const char *const *b)
{
  if (a == NULL || b == NULL)
    return TRUE;
  for (guint i = 0; a[i] != NULL; i++)
    if (attest_lint_has_lang (b, a[i]))
      return TRUE;
  return FALSE;
}

gboolean
attest_lint_langs_contain (const char *const *outer, const char *const *inner)
{
  if (outer == NULL || inner == NULL)
    return outer == NULL;
  for (guint i = 0; inner[i] != NULL; i++)
    if (!attest_lint_has_lang (outer, inner[i]))
      return FALSE;
  return TRUE;
}

gboolean
attest_lint_is_same_pattern (const AttestCodebookPattern *a, const AttestCodebookPattern *b)
{
  return a->word_edges == b->word_edges
         && strcmp (attest_pattern_get_body (a->pattern), attest_pattern_get_body (b->pattern))
                == 0;
}

void
attest_lint_warn_at_pattern (AttestLinter *linter, const AttestCodebookPattern *pattern,
                             const char *check, const char *message, const char *detail)
{
  attest_lint_warn (linter, pattern->code, pattern->rule, pattern->line, pattern->column, check,
                    "%s: %s%s", pattern->name, message, detail);
}

static void
check_langs (AttestLinter *linter, guint code, guint rule, const char *const *langs, guint line,
             guint column)
{
  const char *const *declared = linter->codebook->langs;

  for (guint i = 0; langs != NULL && langs[i] != NULL && declared[0] != NULL; i++)
    if (!attest_lint_has_lang (declared, langs[i]))
      attest_lint_warn (linter, code, rule, line, column, "undeclared-language",
                        "language '%s' is not among the languages of the codebook", langs[i]);
}

static gboolean
has_example (const AttestCode *code, gboolean counter, const char *lang)
{
  for (guint i = 0; i < code->examples->len; i++)
    {
      const AttestExample *example = &g_array_index (code->examples, AttestExample, i);
      if (example->counter == counter
          && (lang == NULL || example->lang == NULL || strcmp (example->lang, lang) == 0))
        return TRUE;
    }
  return FALSE;
}

/* Languages for which the code has rules that no example tests. */
static char *
dup_untested_langs (const AttestLinter *linter, const AttestCode *code)
{
  g_autoptr (GPtrArray) untested = g_ptr_array_new ();

  for (guint i = 0; i < code->n_rules; i++)
    {
      const char *const *langs
          = attest_codebook_rule (linter->codebook, code->first_rule + i)->langs;
      for (guint k = 0; langs != NULL && langs[k] != NULL; k++)
        if (!has_example (code, FALSE, langs[k]) && !g_ptr_array_find (untested, langs[k], NULL))
          g_ptr_array_add (untested, (gpointer)langs[k]);
    }
  if (untested->len == 0)
    return NULL;
  g_ptr_array_add (untested, NULL);
  return g_strjoinv (", ", (char **)untested->pdata);
}

static void
check_code (AttestLinter *linter, guint index)
{
  const AttestCode *code = attest_codebook_code (linter->codebook, index);
  gboolean has_examples = has_example (code, FALSE, NULL);
  gboolean has_counterexamples = has_example (code, TRUE, NULL);

  if (code->definition == NULL)
    attest_lint_warn (linter, index, ATTEST_NO_RULE, code->line, code->column, "missing-definition",
                      "code '%s' has no definition: people will read it differently", code->id);
  if (code->n_rules > 0 && !(has_examples && has_counterexamples))
    attest_lint_warn (linter, index, ATTEST_NO_RULE, code->line, code->column, "untested",
                      "code '%s' has no %s", code->id,
                      has_examples          ? "counterexamples"
                      : has_counterexamples ? "examples"
                                            : "examples and no counterexamples");
  g_autofree char *langs = has_examples ? dup_untested_langs (linter, code) : NULL;
  if (langs != NULL)
    attest_lint_warn (linter, index, ATTEST_NO_RULE, code->line, code->column, "untested",
                      "code '%s' has rules but no examples in: %s", code->id, langs);
  for (guint i = 0; i < code->n_asked; i++)
    {
      const AttestCodebookPattern *asked
          = attest_codebook_pattern (linter->codebook, code->first_asked + i);
      check_langs (linter, index, ATTEST_NO_RULE, asked->langs, asked->line, asked->column);
    }
}

static void
check_fragments (AttestLinter *linter)
{
  for (guint i = 0; i < linter->codebook->fragments->len; i++)
    {
      const AttestFragment *fragment
          = &g_array_index (linter->codebook->fragments, AttestFragment, i);
      if (!fragment->is_used)
        attest_lint_warn (linter, G_MAXUINT, ATTEST_NO_RULE, fragment->line, fragment->column,
                          "unused-fragment", "fragment '%s' is used by no pattern", fragment->name);
    }
}

void
attest_codebook_lint (const AttestCodebook *codebook, GArray *problems)
{
  g_autoptr (GArray) found = attest_problems_new ();
  AttestLinter linter = { codebook, found };

  check_fragments (&linter);
  for (guint i = 0; i < codebook->codes->len; i++)
    check_code (&linter, i);
  for (guint i = 0; i < codebook->rules->len; i++)
    {
      const AttestRule *rule = attest_codebook_rule (codebook, i);

      check_langs (&linter, rule->code, i, rule->langs, rule->line, rule->column);
      attest_lint_check_unless (&linter, rule);
    }
  attest_lint_check_equal (&linter);
  for (guint i = 0; i < codebook->patterns->len; i++)
    attest_lint_check_pattern (&linter, attest_codebook_pattern (codebook, i));
  attest_lint_check_texts (&linter);
  attest_problems_sort (found);
  attest_problems_move (found, problems);
}
