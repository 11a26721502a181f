#include "report/attest-report-populations.h"

#include <math.h>
#include <string.h>

#include "stats/attest-proportion.h"
#include "util/attest-error.h"

/* Tables drawn where there are too many to list. */
#define DRAWS 9999
#define ALPHA .05

static void
clear_population (gpointer data)
{
  AttestPopulation *population = data;

  g_free (population->name);
  g_free (population->path);
  g_free (population->codebook);
}

static void
clear_code (gpointer data)
{
  AttestPopulationCode *code = data;

  g_free (code->code);
  g_free (code->dimension);
}

AttestPopulations *
attest_populations_new (AttestPopulationKind kind, const char *unit)
{
  AttestPopulations *populations = g_new0 (AttestPopulations, 1);

  populations->kind = kind;
  populations->unit = unit;
  populations->codes = g_array_new (FALSE, FALSE, sizeof (AttestPopulationCode));
  g_array_set_clear_func (populations->codes, clear_code);
  populations->populations = g_array_new (FALSE, TRUE, sizeof (AttestPopulation));
  g_array_set_clear_func (populations->populations, clear_population);
  populations->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  populations->cells = g_array_new (FALSE, TRUE, sizeof (AttestPopulationCell));
  populations->warnings = g_ptr_array_new_with_free_func (g_free);
  return populations;
}

void
attest_populations_free (AttestPopulations *populations)
{
  if (populations == NULL)
    return;
  g_free (populations->attribute);
  g_array_unref (populations->codes);
  g_array_unref (populations->populations);
  g_hash_table_unref (populations->numbers);
  g_array_unref (populations->cells);
  g_free (populations->tests);
  g_ptr_array_unref (populations->warnings);
  attest_comparison_free (populations->shared);
  g_free (populations);
}

gboolean
attest_populations_find_code (const AttestPopulations *populations, const char *code,
                              guint *out_code)
{
  for (guint i = 0; i < populations->codes->len; i++)
    if (strcmp (g_array_index (populations->codes, AttestPopulationCode, i).code, code) == 0)
      {
        *out_code = i;
        return TRUE;
      }
  return FALSE;
}

guint
attest_populations_add_code (AttestPopulations *populations, const char *code,
                             const char *dimension)
{
  AttestPopulationCode new = { g_strdup (code), g_strdup (dimension) };
  guint number;

  if (!attest_populations_find_code (populations, code, &number))
    {
      number = populations->codes->len;
      g_array_append_val (populations->codes, new);
    }
  else
    clear_code (&new);
  return number;
}

guint
attest_populations_add (AttestPopulations *populations, const char *name)
{
  /* Names are not empty. */
  const char *key = name != NULL ? name : "";
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (populations->numbers, key));
  AttestPopulation new = { .name = NULL };

  if (number > 0)
    return number - 1;
  new.name = g_strdup (name);
  g_array_append_val (populations->populations, new);
  g_array_set_size (populations->cells, populations->populations->len * populations->codes->len);
  g_hash_table_insert (populations->numbers, g_strdup (key),
                       GUINT_TO_POINTER (populations->populations->len));
  return populations->populations->len - 1;
}

void
attest_populations_add_unit (AttestPopulations *populations, guint population,
                             const guint *segments)
{
  attest_populations_get (populations, population)->units++;
  for (guint code = 0; code < populations->codes->len; code++)
    {
      AttestPopulationCell *cell = attest_populations_cell (populations, population, code);

      cell->with += segments[code] > 0;
      cell->segments += segments[code];
    }
}

/* ---- testing ---- */

static int
compare_names (gconstpointer a, gconstpointer b, gpointer data)
{
  const AttestPopulations *populations = data;
  const char *x = attest_populations_get (populations, *(const guint *)a)->name;
  const char *y = attest_populations_get (populations, *(const guint *)b)->name;

  if (x == NULL || y == NULL)
    return (x == NULL) - (y == NULL);
  return strcmp (x, y);
}

/* Groups by name, not known last; projects stay as they were given. */
static void
sort_groups (AttestPopulations *populations)
{
  guint n = populations->populations->len, n_codes = populations->codes->len;
  g_autofree guint *order = g_new (guint, n + 1);
  GArray *sorted = g_array_new (FALSE, TRUE, sizeof (AttestPopulation));
  GArray *cells = g_array_new (FALSE, TRUE, sizeof (AttestPopulationCell));

  for (guint i = 0; i < n; i++)
    order[i] = i;
  g_qsort_with_data (order, (int)n, sizeof (guint), compare_names, populations);
  for (guint i = 0; i < n; i++)
    {
      g_array_append_val (sorted, *attest_populations_get (populations, order[i]));
      if (n_codes > 0)
        g_array_append_vals (cells, attest_populations_cell (populations, order[i], 0), n_codes);
    }
  g_array_set_clear_func (populations->populations, NULL);
  g_array_unref (populations->populations);
  g_array_unref (populations->cells);
  populations->populations = sorted;
  populations->cells = cells;
  g_array_set_clear_func (sorted, clear_population);
}

guint
attest_populations_count_known (const AttestPopulations *populations)
{
  guint n = populations->populations->len;

  return n > 0 && attest_populations_get (populations, n - 1)->name == NULL ? n - 1 : n;
}

static void
test_code (AttestPopulations *populations, guint code, guint n)
{
  g_autofree gint64 *with = g_new (gint64, n + 1);
  g_autofree gint64 *of = g_new (gint64, n + 1);
  AttestAssociationInput input = { n, with, of, DRAWS, populations->seed };

  for (guint i = 0; i < n; i++)
    {
      with[i] = attest_populations_cell (populations, i, code)->with;
      of[i] = attest_populations_get (populations, i)->units;
    }
  populations->tests[code].test = attest_association (&input);
}

gboolean
attest_populations_test (AttestPopulations *populations, AttestAdjust adjust, guint64 seed,
                         GError **error)
{
  guint n_codes = populations->codes->len;
  g_autofree double *p = g_new (double, n_codes + 1);

  if (populations->kind == ATTEST_POPULATION_GROUPS)
    sort_groups (populations);
  guint n = attest_populations_count_known (populations);
  if (n < 2)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         populations->kind == ATTEST_POPULATION_GROUPS
                             ? "all respondents who speak have the same '%s': there is nothing to "
                               "compare"
                             : "one project has nothing to be compared with: name two, or give "
                               "--by ATTR%s",
                         populations->attribute != NULL ? populations->attribute : "");
  populations->adjust = adjust;
  populations->seed = seed;
  populations->tests = g_new0 (AttestPopulationTest, n_codes + 1);
  for (guint code = 0; code < n_codes; code++)
    {
      test_code (populations, code, n);
      p[code] = populations->tests[code].test.p;
      populations->n_tests += !isnan (p[code]);
    }
  attest_adjust_p (p, n_codes, adjust);
  for (guint code = 0; code < n_codes; code++)
    populations->tests[code].p_adjusted = p[code];
  return TRUE;
}

/* Those that nobody is in. */
static void
add_empty (const AttestPopulations *populations, GPtrArray *remarks)
{
  for (guint i = 0; i < attest_populations_count_known (populations); i++)
    {
      const AttestPopulation *population = attest_populations_get (populations, i);

      if (population->units == 0)
        g_ptr_array_add (remarks,
                         g_strdup_printf ("No %s counts in %s, so that it is not compared.",
                                          populations->unit, population->name));
    }
}

static gboolean
is_few (const AttestPopulations *populations, gint64 n)
{
  return n > 0 && n < populations->min_group;
}

gboolean
attest_populations_is_small (const AttestPopulations *populations, guint population)
{
  return is_few (populations, attest_populations_get (populations, population)->units);
}

gboolean
attest_populations_is_hidden (const AttestPopulations *populations, guint population, guint code)
{
  gint64 with = attest_populations_cell (populations, population, code)->with;

  return attest_populations_is_small (populations, population) || is_few (populations, with)
         || is_few (populations, attest_populations_get (populations, population)->units - with);
}

AttestPopulationTest
attest_populations_get_test (const AttestPopulations *populations, guint code)
{
  AttestEstimate none = { NAN, NAN, NAN };
  AttestPopulationTest hidden = { .test = { .chi2 = NAN,
                                            .chi2_yates = NAN,
                                            .p_chi2 = NAN,
                                            .v = NAN,
                                            .min_expected = NAN,
                                            .p_exact = NAN,
                                            .p = NAN,
                                            .risk_difference = none,
                                            .odds_ratio = none,
                                            .reason = "a count behind it is too small to print" },
                                  .p_adjusted = NAN };

  for (guint i = 0; i < attest_populations_count_known (populations); i++)
    if (attest_populations_is_hidden (populations, i, code))
      return hidden;
  return populations->tests[code];
}

AttestEstimate
attest_populations_get_share (const AttestPopulations *populations, guint population, guint code)
{
  if (attest_populations_is_hidden (populations, population, code))
    return (AttestEstimate){ NAN, NAN, NAN };
  return attest_proportion_estimate (attest_populations_cell (populations, population, code)->with,
                                     attest_populations_get (populations, population)->units);
}

guint
attest_populations_count_found (const AttestPopulations *populations)
{
  guint n = 0;

  for (guint code = 0; code < populations->codes->len; code++)
    n += populations->tests[code].p_adjusted < ALPHA;
  return n;
}

GPtrArray *
attest_populations_remarks (const AttestPopulations *populations)
{
  GPtrArray *remarks = g_ptr_array_new_with_free_func (g_free);
  guint n = attest_populations_count_known (populations);
  guint small = 0;
  gboolean is_drawn = FALSE;

  for (guint i = 0; i < n; i++)
    {
      gint64 units = attest_populations_get (populations, i)->units;

      small += units > 0 && units < ATTEST_SMALL_GROUP;
    }
  for (guint code = 0; code < populations->codes->len; code++)
    is_drawn = is_drawn || populations->tests[code].test.is_drawn;
  if (populations->adjust != ATTEST_ADJUST_NONE)
    g_ptr_array_add (remarks,
                     g_strdup_printf ("p is adjusted for %u tests (%s).", populations->n_tests,
                                      populations->adjust == ATTEST_ADJUST_HOLM
                                          ? "Holm 1979"
                                          : "Benjamini and Hochberg 1995"));
  else
    g_ptr_array_add (remarks,
                     g_strdup_printf ("p is not adjusted: of %u tests one in 20 is below .05 by "
                                      "chance alone.",
                                      populations->n_tests));
  add_empty (populations, remarks);
  if (small > 0)
    g_ptr_array_add (
        remarks, g_strdup_printf ("Small: %u of %u have fewer than %d %ss. A difference that is "
                                  "not found there says nothing.",
                                  small, n, ATTEST_SMALL_GROUP, populations->unit));
  if (is_drawn)
    g_ptr_array_add (remarks, g_strdup_printf ("Exact p of many groups are drawn %d times, seed "
                                               "%" G_GUINT64_FORMAT ".",
                                               DRAWS, populations->seed));
  g_ptr_array_add (remarks,
                   g_strdup ("Respondents of an evaluation are chosen, not drawn by chance: p says "
                             "how surprising the counts would be if they had been."));
  if (populations->min_group > 0)
    g_ptr_array_add (remarks,
                     g_strdup_printf ("* Counts of fewer than %u, and of all but fewer, are "
                                      "not printed, nor tests of them.",
                                      populations->min_group));
  for (guint i = 0; i < populations->warnings->len; i++)
    g_ptr_array_add (remarks, g_strdup (g_ptr_array_index (populations->warnings, i)));
  return remarks;
}
