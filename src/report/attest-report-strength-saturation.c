#include "report/attest-report-strength-saturation.h"

struct _AttestCriterionSaturations
{
  AttestReportData *data; /* (nullable) no codebook was used */
  GHashTable *reports;    /* index of a code + 1 → AttestSaturationReport */
};

AttestCriterionSaturations *
attest_criterion_saturations_new (AttestStore *store, GError **error)
{
  g_autoptr (AttestCriterionSaturations) saturations = g_new0 (AttestCriterionSaturations, 1);
  g_autoptr (GPtrArray) codebooks = attest_store_list_codebooks (store, error);

  if (codebooks == NULL)
    return NULL;
  saturations->reports
      = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)attest_saturation_report_free);
  if (!attest_codebooks_are_used (codebooks))
    return g_steal_pointer (&saturations);
  saturations->data = attest_report_data_new (store, NULL, ATTEST_DATA_PHRASES, NULL, error);
  return saturations->data != NULL ? g_steal_pointer (&saturations) : NULL;
}

void
attest_criterion_saturations_free (AttestCriterionSaturations *saturations)
{
  if (saturations == NULL)
    return;
  g_clear_pointer (&saturations->reports, g_hash_table_unref);
  g_clear_pointer (&saturations->data, attest_report_data_free);
  g_free (saturations);
}

const AttestSaturationReport *
attest_criterion_saturations_get (AttestCriterionSaturations *saturations, const char *criterion)
{
  guint code = saturations != NULL && saturations->data != NULL && criterion != NULL
                   ? attest_report_data_find_code (saturations->data, criterion)
                   : ATTEST_NO_INDEX;
  AttestSaturationReport *report;

  if (code == ATTEST_NO_INDEX)
    return NULL;
  report = g_hash_table_lookup (saturations->reports, GUINT_TO_POINTER (code + 1));
  if (report == NULL)
    {
      report = attest_saturation_report_new (saturations->data, ATTEST_SATURATION_OF_PHRASES, code,
                                             FALSE, &attest_saturation_usual);
      g_hash_table_insert (saturations->reports, GUINT_TO_POINTER (code + 1), report);
    }
  return report;
}
