/* A picture of words; see attest-report-keyness.h. */
#include "report/attest-figures-page.h"
#include "report/attest-report-keyness.h"

GPtrArray *
attest_keyness_list_charts (const AttestKeyness *keyness)
{
  GPtrArray *charts = attest_figures_charts_new ();
  AttestChart *chart
      = attest_chart_new (ATTEST_CHART_BARS, "Words that are typical of a group", "log ratio");
  guint before = G_MAXUINT;

  attest_chart_set_note (chart, "1: twice as often as the others, 2: four times; by G².");
  attest_chart_set_axes (chart, "words", "log ratio");
  attest_chart_set_decimals (chart, 1);
  for (guint i = 0; i < keyness->terms->len; i++)
    {
      const AttestKeyTerm *term = &g_array_index (keyness->terms, AttestKeyTerm, i);
      const AttestKeyGround *ground
          = &g_array_index (keyness->grounds, AttestKeyGround, term->ground);

      if (term->ground != before)
        {
          g_autofree char *heading = ground->lang != NULL
                                         ? g_strdup_printf ("%s (%s)", ground->group, ground->lang)
                                         : g_strdup (ground->group);

          attest_chart_begin_section (chart, heading);
        }
      before = term->ground;
      attest_chart_set (chart, attest_chart_add_row (chart, term->text), 0, term->log_ratio);
    }
  g_ptr_array_add (charts, chart);
  return charts;
}

void
attest_keyness_write_html (const AttestKeyness *keyness, GString *out)
{
  g_autoptr (GPtrArray) charts = attest_keyness_list_charts (keyness);
  g_autoptr (GPtrArray) tables = attest_figures_tables_new ();
  g_autoptr (GPtrArray) remarks = attest_keyness_remarks (keyness);
  g_autofree char *title = keyness->by != NULL ? g_strdup_printf ("Groups by %s", keyness->by)
                                               : g_strdup ("Evaluations");

  g_ptr_array_add (tables, attest_keyness_table_new (keyness, TRUE));
  AttestFiguresPage page = { title, "Words", "", charts, tables, remarks };
  attest_figures_page_write (&page, out);
}
