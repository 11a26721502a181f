#include "report/attest-report-strength-reach.h"

#include "report/attest-report-strength-private.h"

struct _AttestReach
{
  AttestStrengthCounter *counter; /* borrowed */
  AttestCoverage *coverage;       /* (nullable) */
  GHashTable *kinds;              /* label of a source → its kind */
};

static gboolean
load_kinds (AttestStore *store, AttestReach *reach, GError **error)
{
  g_autoptr (GPtrArray) sources = attest_store_list_sources (store, error);

  if (sources == NULL)
    return FALSE;
  reach->kinds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < sources->len; i++)
    {
      const AttestSourceInfo *info = g_ptr_array_index (sources, i);

      g_hash_table_insert (reach->kinds, g_strdup (info->label),
                           (gpointer)attest_source_kind_to_string (info->kind));
    }
  return TRUE;
}

AttestReach *
attest_reach_new (AttestStore *store, AttestStrengthCounter *counter, GError **error)
{
  g_autoptr (AttestReach) reach = g_new0 (AttestReach, 1);
  g_autoptr (GPtrArray) codebooks = attest_store_list_codebooks (store, error);

  reach->counter = counter;
  if (codebooks == NULL || !load_kinds (store, reach, error))
    return NULL;
  if (attest_codebooks_are_used (codebooks))
    {
      reach->coverage = attest_store_report_coverage (store, NULL, NULL, FALSE, error);
      if (reach->coverage == NULL)
        return NULL;
    }
  return g_steal_pointer (&reach);
}

void
attest_reach_free (AttestReach *reach)
{
  if (reach == NULL)
    return;
  g_clear_pointer (&reach->coverage, attest_coverage_free);
  g_clear_pointer (&reach->kinds, g_hash_table_unref);
  g_free (reach);
}

static gboolean
find_row (const AttestCoverage *coverage, const char *criterion, guint *out_row)
{
  for (guint i = 0; i < coverage->rows->len; i++)
    if (g_strcmp0 (attest_coverage_row (coverage, i)->code, criterion) == 0)
      {
        *out_row = i;
        return TRUE;
      }
  return FALSE;
}

static const char *
get_unit (const AttestReach *reach, const AttestCoverageRespondent *respondent)
{
  const char *source = respondent->sources != NULL ? respondent->sources[0] : NULL;
  const AttestRespondentInfo *info
      = g_hash_table_lookup (reach->counter->respondents_by_label, respondent->label);
  const char *kind = source != NULL ? g_hash_table_lookup (reach->kinds, source) : NULL;
  const char *method = attest_strength_get_method (reach->counter, info, kind);

  return attest_strength_get_unit (reach->counter, respondent->label,
                                   source != NULL ? source : respondent->label,
                                   attest_strength_is_focus_group (method));
}

/* Units that meet @is_meant: of the row, or of the groups of which somebody was asked. */
static void
collect (const AttestReach *reach, guint row, GHashTable *asked, GHashTable *spoke,
         GHashTable *eligible)
{
  const AttestCoverage *coverage = reach->coverage;
  g_autoptr (GHashTable) groups = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < coverage->respondents->len; i++)
    {
      const AttestCoverageRespondent *respondent = attest_coverage_respondent (coverage, i);

      if (attest_coverage_cell (coverage, row, i)->asked && respondent->group != NULL)
        g_hash_table_add (groups, respondent->group);
    }
  for (guint i = 0; i < coverage->respondents->len; i++)
    {
      const AttestCoverageRespondent *respondent = attest_coverage_respondent (coverage, i);
      const AttestCoverageCell *cell = attest_coverage_cell (coverage, row, i);
      gpointer unit = (gpointer)get_unit (reach, respondent);

      if (cell->asked)
        g_hash_table_add (asked, unit);
      if (cell->segments > 0)
        g_hash_table_add (spoke, unit);
      if (cell->asked
          || (respondent->group != NULL && g_hash_table_contains (groups, respondent->group)))
        g_hash_table_add (eligible, unit);
    }
}

gboolean
attest_reach_get (const AttestReach *reach, const char *criterion, const AttestStrength *strength,
                  AttestStrengthReach *out_reach)
{
  g_autoptr (GHashTable) asked = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) spoke = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) eligible = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer unit;
  guint row;

  if (reach->coverage == NULL || criterion == NULL || !find_row (reach->coverage, criterion, &row))
    return FALSE;
  collect (reach, row, asked, spoke, eligible);
  g_hash_table_iter_init (&iter, strength->supporters);
  /* Where nobody was asked, nobody can be said to have kept silent. */
  while (g_hash_table_size (asked) > 0 && g_hash_table_iter_next (&iter, &unit, NULL))
    g_hash_table_add (eligible, unit);
  out_reach->asked = g_hash_table_size (asked);
  out_reach->spoke = g_hash_table_size (spoke);
  out_reach->eligible = g_hash_table_size (eligible);
  out_reach->supporting
      = g_hash_table_size (asked) > 0 ? g_hash_table_size (strength->supporters) : 0;
  out_reach->share = attest_proportion_estimate (out_reach->supporting, out_reach->eligible);
  return TRUE;
}
