/* Populations as the contract has them; see attest-report-populations.h. */
#include "report/attest-report-populations.h"

static void
write_estimate (AttestJson *json, const char *key, const AttestEstimate *estimate)
{
  attest_json_key (json, key);
  attest_json_begin_object (json);
  attest_json_member_double (json, "value", estimate->value);
  attest_json_member_double (json, "low", estimate->low);
  attest_json_member_double (json, "high", estimate->high);
  attest_json_end_object (json);
}

static void
write_test (AttestJson *json, const AttestPopulations *populations, guint code)
{
  const AttestPopulationTest found = attest_populations_get_test (populations, code);
  const AttestPopulationTest *test = &found;

  attest_json_key (json, "test");
  attest_json_begin_object (json);
  attest_json_member_string (json, "name", attest_association_get_name (&test->test));
  attest_json_member_double (json, "p", test->test.p);
  attest_json_member_double (json, "p_adjusted", test->p_adjusted);
  attest_json_member_string (json, "adjustment", attest_adjust_names[populations->adjust]);
  attest_json_member_int (json, "tests", populations->n_tests);
  attest_json_member_double (json, "p_exact", test->test.p_exact);
  attest_json_member_double (json, "p_chi2", test->test.p_chi2);
  attest_json_member_double (json, "chi2", test->test.chi2);
  attest_json_member_double (json, "chi2_yates", test->test.chi2_yates);
  attest_json_member_int (json, "df", test->test.df);
  attest_json_member_double (json, "min_expected", test->test.min_expected);
  attest_json_member_double (json, "cramers_v", test->test.v);
  write_estimate (json, "risk_difference", &test->test.risk_difference);
  write_estimate (json, "odds_ratio", &test->test.odds_ratio);
  attest_json_member_bool (json, "half_added", test->test.is_halved);
  attest_json_end_object (json);
  attest_json_key (json, "notes");
  attest_json_begin_object (json);
  if (test->test.reason != NULL)
    attest_json_member_string (json, "test", test->test.reason);
  attest_json_end_object (json);
}

static void
write_code (AttestJson *json, const AttestPopulations *populations, guint code)
{
  const AttestPopulationCode *info
      = &g_array_index (populations->codes, AttestPopulationCode, code);

  attest_json_begin_object (json);
  attest_json_member_string (json, "code", info->code);
  attest_json_member_int_if (json, "a", !attest_populations_is_hidden (populations, 0, code),
                             attest_populations_cell (populations, 0, code)->with);
  attest_json_member_int_if (json, "b", !attest_populations_is_hidden (populations, 1, code),
                             attest_populations_cell (populations, 1, code)->with);
  attest_json_member_null (json, "both");
  attest_json_member_null (json, "jaccard");
  attest_json_member_null (json, "krippendorff_alpha");
  attest_json_member_string (json, "dimension", info->dimension);
  attest_json_key (json, "populations");
  attest_json_begin_array (json);
  for (guint i = 0; i < populations->populations->len; i++)
    {
      const AttestPopulation *population = attest_populations_get (populations, i);
      const AttestPopulationCell *cell = attest_populations_cell (populations, i, code);
      AttestEstimate share = attest_populations_get_share (populations, i, code);
      gboolean is_shown = !attest_populations_is_hidden (populations, i, code);

      attest_json_begin_object (json);
      attest_json_member_string (json, "name", population->name);
      attest_json_member_int_if (json, "with", is_shown, cell->with);
      attest_json_member_int_if (json, "of", !attest_populations_is_small (populations, i),
                                 population->units);
      write_estimate (json, "share", &share);
      attest_json_member_int_if (json, "segments", is_shown, cell->segments);
      attest_json_member_bool (json, "suppressed", !is_shown);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
  write_test (json, populations, code);
  attest_json_end_object (json);
}

static void
write_population (AttestJson *json, const AttestPopulations *populations, guint i)
{
  const AttestPopulation *population = attest_populations_get (populations, i);

  attest_json_begin_object (json);
  attest_json_member_string (json, "kind",
                             populations->kind == ATTEST_POPULATION_GROUPS ? "group" : "project");
  attest_json_member_string (json, "name", population->name);
  attest_json_member_string (json, "path", populations->min_group == 0 ? population->path : NULL);
  attest_json_member_string (json, "codebook", population->codebook);
  attest_json_member_int_if (json, "units", !attest_populations_is_small (populations, i),
                             population->units);
  if (populations->kind == ATTEST_POPULATION_PROJECTS)
    attest_json_member_int (json, "sources", population->sources);
  attest_json_end_object (json);
}

void
attest_populations_write_json (const AttestPopulations *populations, GString *out)
{
  g_autoptr (AttestJson) json = attest_json_new (out, TRUE);
  g_autoptr (GPtrArray) remarks = attest_populations_remarks (populations);

  attest_json_begin_object (json);
  attest_json_member_int (json, "format", 1);
  attest_json_key (json, "a");
  write_population (json, populations, 0);
  attest_json_key (json, "b");
  write_population (json, populations, 1);
  attest_json_member_string (json, "compared",
                             populations->kind == ATTEST_POPULATION_GROUPS ? "groups" : "projects");
  attest_json_member_string (json, "by", populations->attribute);
  attest_json_member_string (json, "unit", populations->unit);
  attest_json_key (json, "populations");
  attest_json_begin_array (json);
  for (guint i = 0; i < populations->populations->len; i++)
    write_population (json, populations, i);
  attest_json_end_array (json);
  attest_json_key (json, "per_code");
  attest_json_begin_array (json);
  for (guint code = 0; code < populations->codes->len; code++)
    write_code (json, populations, code);
  attest_json_end_array (json);
  attest_json_key (json, "differences");
  attest_json_begin_array (json);
  attest_json_end_array (json);
  attest_json_key (json, "warnings");
  attest_json_begin_array (json);
  for (guint i = 0; i < remarks->len; i++)
    attest_json_string (json, g_ptr_array_index (remarks, i));
  attest_json_end_array (json);
  attest_json_key (json, "shared");
  if (populations->shared != NULL)
    attest_comparison_write_object (populations->shared, json);
  else
    attest_json_null (json);
  attest_json_end_object (json);
  g_string_append_c (out, '\n');
}
