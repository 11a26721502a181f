/* attest-guide-lint: what can be told of a guide without looking at a transcript. */
#include "codebook/attest-guide.h"

#include <string.h>

#include "codebook/attest-codebook-private.h"

/* --- codes -------------------------------------------------------------------------------- */

static char *
unknown_code_message (const char *code, const AttestCodebook *codebook)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  const char *nearest;

  for (guint i = 0; i < codebook->codes->len; i++)
    g_ptr_array_add (ids, attest_codebook_code (codebook, i)->id);
  g_ptr_array_add (ids, NULL);
  nearest = attest_codebook_nearest (code, (const char *const *)ids->pdata);
  return nearest != NULL ? g_strdup_printf ("codebook '%s' has no code '%s': did you mean '%s'?",
                                            codebook->id, code, nearest)
                         : g_strdup_printf ("codebook '%s' has no code '%s'", codebook->id, code);
}

gboolean
attest_guide_check_codes (const AttestGuide *guide, const AttestCodebook *codebook,
                          GArray *problems, GError **error)
{
  g_autoptr (GArray) found = attest_problems_new ();
  AttestCodebookParser parser = { .codebook = guide->codebook, .problems = found };

  for (guint i = 0; i < guide->questions->len; i++)
    for (guint k = 0; k < attest_guide_question (guide, i)->codes->len; k++)
      {
        const AttestGuideCode *code
            = &g_array_index (attest_guide_question (guide, i)->codes, AttestGuideCode, k);
        AttestProblem problem = { .severity = ATTEST_SEVERITY_ERROR,
                                  .line = code->line,
                                  .column = code->column,
                                  .check = "unknown-code" };

        if (attest_codebook_find_code (codebook, code->code) >= 0)
          continue;
        parser.n_errors++;
        problem.code = g_strdup (attest_codebook_code (guide->codebook, i)->id);
        problem.message = unknown_code_message (code->code, codebook);
        g_array_append_val (found, problem);
      }
  attest_codebook_hand_over_problems (&parser, problems, error);
  return parser.n_errors == 0;
}

/* --- warnings ----------------------------------------------------------------------------- */

static void G_GNUC_PRINTF (6, 7) warn (GArray *problems, const char *question, guint line,
                                       guint column, const char *check, const char *format, ...)
{
  AttestProblem problem = { .severity = ATTEST_SEVERITY_WARNING,
                            .line = line,
                            .column = column,
                            .code = g_strdup (question),
                            .check = check };
  va_list args;

  va_start (args, format);
  problem.message = g_strdup_vprintf (format, args);
  va_end (args);
  g_array_append_val (problems, problem);
}

static gboolean
is_for (const AttestCodebookPattern *pattern, const char *lang)
{
  return pattern->langs == NULL || g_strv_contains (pattern->langs, lang);
}

static gboolean
share_a_language (const AttestCodebookPattern *a, const AttestCodebookPattern *b)
{
  if (a->langs == NULL || b->langs == NULL)
    return TRUE;
  for (const char *const *lang = a->langs; *lang != NULL; lang++)
    if (g_strv_contains (b->langs, *lang))
      return TRUE;
  return FALSE;
}

/* Languages of the guide in which the question cannot be known. */
static void
check_missing_languages (const AttestGuide *guide, const AttestCode *code, GArray *problems)
{
  const AttestCodebook *codebook = guide->codebook;

  for (const char *const *lang = codebook->langs; *lang != NULL; lang++)
    {
      gboolean is_there = FALSE;

      for (guint i = 0; i < code->n_asked && !is_there; i++)
        is_there = is_for (attest_codebook_pattern (codebook, code->first_asked + i), *lang);
      if (!is_there)
        warn (problems, code->id, code->line, code->column, "missing-language",
              "question '%s' cannot be known in '%s': it has no pattern in that language", code->id,
              *lang);
    }
}

static void
check_undeclared_languages (const AttestGuide *guide, const AttestCode *code, GArray *problems)
{
  const AttestCodebook *codebook = guide->codebook;

  for (guint i = 0; codebook->langs[0] != NULL && i < code->n_asked; i++)
    {
      const AttestCodebookPattern *pattern
          = attest_codebook_pattern (codebook, code->first_asked + i);

      for (const char *const *lang = pattern->langs; lang != NULL && *lang != NULL; lang++)
        if (!g_strv_contains (codebook->langs, *lang))
          warn (problems, code->id, pattern->line, pattern->column, "undeclared-language",
                "'%s' is not among the languages of the guide", *lang);
    }
}

/* A pattern of another question before it: whatever it finds, both questions claim. */
static void
check_equal_patterns (const AttestGuide *guide, guint number, GHashTable *seen, GArray *problems)
{
  const AttestCodebook *codebook = guide->codebook;
  const AttestCodebookPattern *pattern = attest_codebook_pattern (codebook, number);
  g_autofree char *key = g_strdup_printf ("%c%s", pattern->is_word ? 'w' : 'p', pattern->source);
  gpointer first = g_hash_table_lookup (seen, key);

  if (first == NULL)
    {
      g_hash_table_insert (seen, g_steal_pointer (&key), GUINT_TO_POINTER (number + 1));
      return;
    }
  const AttestCodebookPattern *other
      = attest_codebook_pattern (codebook, GPOINTER_TO_UINT (first) - 1);
  if (other->code != pattern->code && share_a_language (pattern, other))
    warn (problems, attest_codebook_code (codebook, pattern->code)->id, pattern->line,
          pattern->column, "equal-pattern",
          "question '%s' has the same pattern (line %u): both claim every turn that it finds",
          attest_codebook_code (codebook, other->code)->id, other->line);
}

static void
check_fragments (const AttestGuide *guide, GArray *problems)
{
  for (guint i = 0; i < guide->codebook->fragments->len; i++)
    {
      const AttestFragment *fragment
          = &g_array_index (guide->codebook->fragments, AttestFragment, i);

      if (!fragment->is_used)
        warn (problems, NULL, fragment->line, fragment->column, "unused-fragment",
              "no pattern uses the fragment '%s'", fragment->name);
    }
}

void
attest_guide_lint (const AttestGuide *guide, GArray *problems)
{
  const AttestCodebook *codebook = guide->codebook;
  g_autoptr (GArray) found = attest_problems_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < codebook->codes->len; i++)
    {
      check_missing_languages (guide, attest_codebook_code (codebook, i), found);
      check_undeclared_languages (guide, attest_codebook_code (codebook, i), found);
    }
  for (guint i = 0; i < codebook->patterns->len; i++)
    check_equal_patterns (guide, i, seen, found);
  check_fragments (guide, found);
  attest_problems_sort (found);
  attest_problems_move (found, problems);
}
