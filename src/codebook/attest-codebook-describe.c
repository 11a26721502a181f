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
