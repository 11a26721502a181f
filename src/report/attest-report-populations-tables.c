/* Tables of populations; see attest-report-populations.h. */
#include "report/attest-report-populations.h"

#include <math.h>

#include "stats/attest-proportion.h"

/* More populations than these stand one below the other. */
#define MAX_COLUMNS 4

static const char *
name_of (const AttestPopulation *population)
{
  return population->name != NULL ? population->name : "(not known)";
}

/* ---- for people ---- */

static char *
dup_note (const AttestPopulations *populations)
{
  GString *note = g_string_new (NULL);

  g_string_append_printf (note, "Unit: %s. A cell: how many have the code, of how many, percent.",
                          populations->unit);
  for (guint i = 0; i < populations->populations->len; i++)
    {
      const AttestPopulation *population = attest_populations_get (populations, i);

      if (population->path != NULL && populations->min_group > 0)
        g_string_append_printf (note, "\n%s: codebook %s", name_of (population),
                                population->codebook);
      else if (population->path != NULL)
        g_string_append_printf (note, "\n%s: %s, codebook %s", name_of (population),
                                population->path, population->codebook);
    }
  return g_string_free (note, FALSE);
}

static void
add_share (AttestTable *table, const AttestPopulations *populations, guint population, guint code)
{
  const AttestPopulationCell *cell = attest_populations_cell (populations, population, code);
  gint64 of = attest_populations_get (populations, population)->units;
  gboolean is_hidden = attest_populations_is_hidden (populations, population, code);
  g_autofree char *text
      = is_hidden ? g_strdup ("*")
        : of > 0  ? g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "  %3.0f %%",
                                     cell->with, of, 100 * (double)cell->with / (double)of)
                  : NULL;

  attest_table_add_text (table, text);
}

static void
add_effect (AttestTable *table, const AttestAssociation *test, gboolean is_two)
{
  g_autofree char *text = NULL;

  if (!is_two)
    {
      attest_table_add_double (table, test->v);
      return;
    }
  if (!isnan (test->risk_difference.low))
    text = g_strdup_printf ("%+.0f (%+.0f to %+.0f)", 100 * test->risk_difference.value,
                            100 * test->risk_difference.low, 100 * test->risk_difference.high);
  attest_table_add_text (table, text);
}

static void
add_test (AttestTable *table, const AttestPopulationTest *test, gboolean is_two)
{
  g_autofree char *p = attest_p_to_string (test->test.p);
  g_autofree char *adjusted = attest_p_to_string (test->p_adjusted);

  add_effect (table, &test->test, is_two);
  attest_table_add_text (table, p);
  attest_table_add_text (table, adjusted);
  attest_table_add_text (table, attest_association_get_name (&test->test));
}

static void
add_test_columns (AttestTable *table, gboolean is_two)
{
  attest_table_add_column (table, "effect", is_two ? "points apart" : "Cramér's V",
                           is_two ? ATTEST_COLUMN_TEXT : ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_RIGHT);
  attest_table_add_column (table, "p", "p", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_RIGHT);
  attest_table_add_column (table, "p_adjusted", "adjusted", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_RIGHT);
  attest_table_add_column (table, "test", "test", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_OPTIONAL);
}

/* A row a code, a column a population. */
static AttestTable *
make_wide (const AttestPopulations *populations, const char *title, const char *note)
{
  AttestTable *table = attest_table_new (title, note);
  gboolean is_two = attest_populations_count_known (populations) == 2;

  attest_table_add_column (table, "code", "code", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  for (guint i = 0; i < populations->populations->len; i++)
    attest_table_add_column (table, "share", name_of (attest_populations_get (populations, i)),
                             ATTEST_COLUMN_TEXT, ATTEST_COLUMN_RIGHT);
  add_test_columns (table, is_two);
  for (guint code = 0; code < populations->codes->len; code++)
    {
      attest_table_add_text (table,
                             g_array_index (populations->codes, AttestPopulationCode, code).code);
      for (guint i = 0; i < populations->populations->len; i++)
        add_share (table, populations, i, code);
      AttestPopulationTest test = attest_populations_get_test (populations, code);
      add_test (table, &test, is_two);
    }
  return table;
}

/* A row a code and population, under the code's test. */
static AttestTable *
make_long (const AttestPopulations *populations, const char *title, const char *note)
{
  AttestTable *table = attest_table_new (title, note);

  attest_table_add_column (table, "population",
                           populations->attribute != NULL ? populations->attribute : "project",
                           ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  attest_table_add_column (table, "share", "have it", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_RIGHT);
  attest_table_add_column (table, "interval", "95 %", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_RIGHT);
  attest_table_add_column (table, "segments", "segments", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  for (guint code = 0; code < populations->codes->len; code++)
    {
      const AttestPopulationTest found = attest_populations_get_test (populations, code);
      const AttestPopulationTest *test = &found;
      g_autofree char *p = attest_p_to_string (test->p_adjusted);
      g_autofree char *heading
          = p != NULL
                ? g_strdup_printf (
                    "%s: V %.2f, adjusted p %s (%s)",
                    g_array_index (populations->codes, AttestPopulationCode, code).code,
                    test->test.v, p, attest_association_get_name (&test->test))
                : g_strdup_printf (
                    "%s: %s", g_array_index (populations->codes, AttestPopulationCode, code).code,
                    test->test.reason);

      attest_table_begin_section (table, heading);
      for (guint i = 0; i < populations->populations->len; i++)
        {
          const AttestPopulationCell *cell = attest_populations_cell (populations, i, code);
          const AttestPopulation *population = attest_populations_get (populations, i);
          AttestEstimate share = attest_proportion_estimate (cell->with, population->units);
          gboolean is_hidden = attest_populations_is_hidden (populations, i, code);
          g_autofree char *interval
              = isnan (share.low) || is_hidden
                    ? NULL
                    : g_strdup_printf ("%.0f to %.0f %%", 100 * share.low, 100 * share.high);

          attest_table_add_text (table, name_of (population));
          add_share (table, populations, i, code);
          attest_table_add_text (table, interval);
          attest_table_add_int_if (table, !is_hidden, cell->segments);
        }
    }
  return table;
}

AttestTable *
attest_populations_table_new (const AttestPopulations *populations)
{
  g_autofree char *note = dup_note (populations);
  g_autofree char *title
      = populations->kind == ATTEST_POPULATION_GROUPS
            ? g_strdup_printf ("Who has which code, by %s", populations->attribute)
            : g_strdup ("Who has which code, by project");

  return populations->populations->len <= MAX_COLUMNS ? make_wide (populations, title, note)
                                                      : make_long (populations, title, note);
}

/* ---- for programs ---- */

static void
add_cell_columns (AttestTable *table)
{
  static const char *const counts[] = { "with", "of", "segments" };
  static const char *const figures[] = { "share",
                                         "share_low",
                                         "share_high",
                                         "p",
                                         "p_adjusted",
                                         "chi2",
                                         "cramers_v",
                                         "min_expected",
                                         "risk_difference",
                                         "risk_difference_low",
                                         "risk_difference_high",
                                         "odds_ratio",
                                         "odds_ratio_low",
                                         "odds_ratio_high" };

  attest_table_add_column (table, "dimension", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "code", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "population", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "unit", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    attest_table_add_column (table, counts[i], "", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    attest_table_add_column (table, figures[i], "", ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "test", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "adjustment", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
}

static void
add_estimate (AttestTable *table, const AttestEstimate *estimate)
{
  attest_table_add_double (table, estimate->value);
  attest_table_add_double (table, estimate->low);
  attest_table_add_double (table, estimate->high);
}

AttestTable *
attest_populations_cells_new (const AttestPopulations *populations)
{
  AttestTable *table = attest_table_new (NULL, NULL);

  add_cell_columns (table);
  for (guint code = 0; code < populations->codes->len; code++)
    for (guint i = 0; i < populations->populations->len; i++)
      {
        const AttestPopulationCode *info
            = &g_array_index (populations->codes, AttestPopulationCode, code);
        const AttestPopulation *population = attest_populations_get (populations, i);
        const AttestPopulationCell *cell = attest_populations_cell (populations, i, code);
        const AttestPopulationTest found = attest_populations_get_test (populations, code);
        const AttestPopulationTest *test = &found;
        AttestEstimate share = attest_populations_get_share (populations, i, code);
        gboolean is_shown = !attest_populations_is_hidden (populations, i, code);

        attest_table_add_text (table, info->dimension);
        attest_table_add_text (table, info->code);
        attest_table_add_text (table, population->name);
        attest_table_add_text (table, populations->unit);
        attest_table_add_int_if (table, is_shown, cell->with);
        attest_table_add_int_if (table, !attest_populations_is_small (populations, i),
                                 population->units);
        attest_table_add_int_if (table, is_shown, cell->segments);
        add_estimate (table, &share);
        attest_table_add_double (table, test->test.p);
        attest_table_add_double (table, test->p_adjusted);
        attest_table_add_double (table, test->test.chi2);
        attest_table_add_double (table, test->test.v);
        attest_table_add_double (table, test->test.min_expected);
        add_estimate (table, &test->test.risk_difference);
        add_estimate (table, &test->test.odds_ratio);
        attest_table_add_text (table, attest_association_get_name (&test->test));
        attest_table_add_text (table, attest_adjust_names[populations->adjust]);
      }
  return table;
}
