/* attest-codebook-describe: conditions in words, for those who read a codebook or ask why. */
#include "codebook/attest-codebook.h"

const char *
attest_pattern_use_to_string (AttestPatternUse use)
{
  switch (use)
    {
    case ATTEST_PATTERN_UNLESS:
      return "unless";
    case ATTEST_PATTERN_ALL:
      return "all";
    case ATTEST_PATTERN_NEAR:
      return "near";
    case ATTEST_PATTERN_BEFORE:
      return "before";
    case ATTEST_PATTERN_AFTER:
      return "after";
    case ATTEST_PATTERN_STOP:
      return "stop";
    case ATTEST_PATTERN_ASKED:
    case ATTEST_PATTERN_RULE_ASKED:
      return "asked";
    default:
      return NULL;
    }
}

char *
attest_unit_dup_text (const AttestUnit *unit)
{
  switch (unit->kind)
    {
    case ATTEST_UNIT_HIT:
      return g_strdup ("hit");
    case ATTEST_UNIT_TURN:
      return g_strdup ("turn");
    case ATTEST_UNIT_WINDOW:
      return g_strdup_printf ("window of %u", unit->sentences);
    default:
      return g_strdup ("sentence");
    }
}

char *
attest_condition_dup_where (const AttestCondition *condition)
{
  g_autofree char *unit = attest_unit_dup_text (&condition->unit);

  if (condition->max_words == ATTEST_ANY_DISTANCE)
    return g_strdup (unit);
  return g_strdup_printf ("%s, %u word%s apart", unit, condition->max_words,
                          condition->max_words == 1 ? "" : "s");
}

/* Adds languages to @all; FALSE: they are any. */
static gboolean
add_langs (GPtrArray *all, const char *const *langs)
{
  for (; langs != NULL && *langs != NULL; langs++)
    if (!g_ptr_array_find_with_equal_func (all, *langs, g_str_equal, NULL))
      g_ptr_array_add (all, (gpointer)*langs);
  return langs != NULL;
}

static int
compare_langs (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static char *
join_langs (GPtrArray *all)
{
  g_ptr_array_sort (all, compare_langs);
  g_ptr_array_add (all, NULL);
  return g_strjoinv (" ", (char **)all->pdata);
}

char *
attest_codebook_dup_rule_langs (const AttestCodebook *codebook, const AttestCode *code)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  for (guint i = 0; i < code->n_rules; i++)
    if (!add_langs (all, attest_codebook_rule (codebook, code->first_rule + i)->langs))
      return g_strdup ("*");
  return join_langs (all);
}

char *
attest_codebook_dup_asked_langs (const AttestCodebook *codebook, const AttestCode *code)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  for (guint i = 0; i < code->n_asked; i++)
    if (!add_langs (all, attest_codebook_pattern (codebook, code->first_asked + i)->langs))
      return g_strdup ("*");
  return join_langs (all);
}
