/* What a passage has by each side; see attest-report-compare.h. */
#include "report/attest-report-compare.h"

#include <string.h>

void
attest_difference_clear (gpointer data)
{
  AttestDifference *difference = data;

  g_free (difference->quote);
  g_array_unref (difference->codes);
  g_array_unref (difference->hits);
  g_clear_pointer (&difference->decisions, g_array_unref);
}

gboolean
attest_difference_has_row (const AttestComparison *comparison, const AttestDifference *difference,
                           guint side, guint row)
{
  for (guint i = 0; i < difference->codes->len; i++)
    {
      const AttestCompareCode *code = &g_array_index (difference->codes, AttestCompareCode, i);

      if (code->side == side && comparison->alignment->row_of[side][code->code] == row)
        return TRUE;
    }
  return FALSE;
}

GPtrArray *
attest_difference_list_codes (const AttestComparison *comparison,
                              const AttestDifference *difference, guint side, guint other)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; i < difference->codes->len; i++)
    {
      const AttestCompareCode *code = &g_array_index (difference->codes, AttestCompareCode, i);

      if (code->side != side
          || (other != side
              && attest_difference_has_row (comparison, difference, other,
                                            comparison->alignment->row_of[side][code->code])))
        continue;
      g_ptr_array_add (list, attest_comparison_side (comparison, side)->codes[code->code]);
    }
  return list;
}

GPtrArray *
attest_difference_list_rules (const AttestComparison *comparison,
                              const AttestDifference *difference)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; i < difference->hits->len; i++)
    {
      const AttestCompareHit *hit = &g_array_index (difference->hits, AttestCompareHit, i);
      char *name = attest_comparison_side (comparison, hit->side)->patterns[hit->pattern];

      if (!g_ptr_array_find_with_equal_func (list, name, g_str_equal, NULL))
        g_ptr_array_add (list, name);
    }
  return list;
}

GPtrArray *
attest_difference_list_decisions (const AttestComparison *comparison,
                                  const AttestDifference *difference)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; difference->decisions != NULL && i < difference->decisions->len; i++)
    {
      const AttestCompareDecision *decision
          = &g_array_index (difference->decisions, AttestCompareDecision, i);
      const AttestCompareSide *side = attest_comparison_side (comparison, decision->side);

      g_ptr_array_add (list, g_strdup_printf ("%c %s %s", 'A' + (int)decision->side,
                                              decision->action, side->codes[decision->code]));
    }
  return list;
}
