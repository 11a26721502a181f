/* Pictures of groups and evaluations; see attest-report-populations.h. */
#include "report/attest-figures-page.h"
#include "report/attest-report-populations.h"

#include <math.h>

#include "stats/attest-proportion.h"

static const char *
name_of (const AttestPopulations *populations, guint i)
{
  const char *name = attest_populations_get (populations, i)->name;

  return name != NULL ? name : "(not known)";
}

static const char *
code_at (const AttestPopulations *populations, guint code)
{
  return g_array_index (populations->codes, AttestPopulationCode, code).code;
}

/* A forest plot of two: how many points they are apart. */
static AttestChart *
make_forest (const AttestPopulations *populations)
{
  g_autofree char *title
      = g_strdup_printf ("%s against %s", name_of (populations, 0), name_of (populations, 1));
  AttestChart *chart = attest_chart_new (ATTEST_CHART_DOTS, title, "percentage points apart");
  g_autofree char *note = g_strdup_printf (
      "Right of 0: more of %s have the code. 95 %% intervals of Newcombe. n: %ss "
      "of both.",
      name_of (populations, 0), populations->unit);

  attest_chart_set_note (chart, note);
  attest_chart_set_axes (chart, "code", "points");
  attest_chart_set_scale (chart, -100, 100);
  attest_chart_add_reference (chart, 0, "no difference");
  attest_chart_add_series (chart, "difference");
  for (guint code = 0; code < populations->codes->len; code++)
    {
      const AttestPopulationTest found = attest_populations_get_test (populations, code);
      const AttestAssociation *test = &found.test;
      guint row = attest_chart_add_row (chart, code_at (populations, code));

      attest_chart_set (chart, row, 0, 100 * test->risk_difference.value);
      if (test->n > 0)
        attest_chart_set_n (chart, row, 0, test->n);
      if (!isnan (test->risk_difference.low))
        attest_chart_set_interval (chart, row, 0, 100 * test->risk_difference.low,
                                   100 * test->risk_difference.high);
    }
  return chart;
}

/* Small multiples: a section a code, a dot a population. */
static AttestChart *
make_multiples (const AttestPopulations *populations)
{
  g_autofree char *unit = g_strdup_printf ("%% of the %ss", populations->unit);
  AttestChart *chart = attest_chart_new (ATTEST_CHART_DOTS, "Who has each code", unit);

  attest_chart_set_note (chart, "95 % intervals of Wilson; n: how many there are.");
  attest_chart_set_axes (chart, populations->attribute != NULL ? populations->attribute : "project",
                         "percent");
  attest_chart_set_scale (chart, 0, 100);
  attest_chart_add_series (chart, "share");
  for (guint code = 0; code < populations->codes->len; code++)
    {
      attest_chart_begin_section (chart, code_at (populations, code));
      for (guint i = 0; i < populations->populations->len; i++)
        {
          gint64 of = attest_populations_get (populations, i)->units;
          AttestEstimate share = attest_proportion_estimate (
              attest_populations_cell (populations, i, code)->with, of);
          guint row = attest_chart_add_row (chart, name_of (populations, i));

          if (attest_populations_is_hidden (populations, i, code))
            {
              attest_chart_set_text (chart, row, 0, "*");
              continue;
            }
          attest_chart_set (chart, row, 0, 100 * share.value);
          attest_chart_set_n (chart, row, 0, of);
          if (!isnan (share.low))
            attest_chart_set_interval (chart, row, 0, 100 * share.low, 100 * share.high);
        }
    }
  return chart;
}

static AttestChart *
make_heat (const AttestPopulations *populations)
{
  g_autofree char *unit = g_strdup_printf ("%% of the %ss with the code", populations->unit);
  AttestChart *chart = attest_chart_new (ATTEST_CHART_HEAT, "Who has which code", unit);

  attest_chart_set_axes (chart, "code",
                         populations->attribute != NULL ? populations->attribute : "project");
  attest_chart_set_scale (chart, 0, 100);
  for (guint i = 0; i < populations->populations->len; i++)
    attest_chart_add_series (chart, name_of (populations, i));
  for (guint code = 0; code < populations->codes->len; code++)
    {
      guint row = attest_chart_add_row (chart, code_at (populations, code));

      for (guint i = 0; i < populations->populations->len; i++)
        {
          gint64 of = attest_populations_get (populations, i)->units;
          gint64 with = attest_populations_cell (populations, i, code)->with;

          if (attest_populations_is_hidden (populations, i, code))
            {
              attest_chart_set_text (chart, row, i, "*");
              continue;
            }
          attest_chart_set (chart, row, i, of > 0 ? 100 * (double)with / (double)of : NAN);
        }
    }
  return chart;
}

GPtrArray *
attest_populations_list_charts (const AttestPopulations *populations)
{
  GPtrArray *charts = attest_figures_charts_new ();

  if (attest_populations_count_known (populations) == 2)
    g_ptr_array_add (charts, make_forest (populations));
  g_ptr_array_add (charts, make_heat (populations));
  g_ptr_array_add (charts, make_multiples (populations));
  return charts;
}

void
attest_populations_write_html (const AttestPopulations *populations, GString *out)
{
  g_autoptr (GPtrArray) charts = attest_populations_list_charts (populations);
  g_autoptr (GPtrArray) tables = attest_figures_tables_new ();
  g_autoptr (GPtrArray) remarks = attest_populations_remarks (populations);
  g_autofree char *title = populations->kind == ATTEST_POPULATION_GROUPS
                               ? g_strdup_printf ("Groups by %s", populations->attribute)
                               : g_strdup ("Evaluations");

  g_ptr_array_add (tables, attest_populations_table_new (populations));
  if (populations->shared != NULL)
    {
      g_autoptr (GPtrArray) more = attest_comparison_list_charts (populations->shared);
      g_autoptr (GPtrArray) also = attest_comparison_remarks (populations->shared);

      g_ptr_array_extend_and_steal (charts, g_steal_pointer (&more));
      g_ptr_array_extend_and_steal (remarks, g_steal_pointer (&also));
      attest_comparison_append_tables (populations->shared, tables);
    }
  AttestFiguresPage page = { title, "Comparison", "", charts, tables, remarks };
  attest_figures_page_write (&page, out);
}
