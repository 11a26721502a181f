/* Pictures of a synthesis; see attest-report-synthesis.h. */
#include "report/attest-figures-page.h"
#include "report/attest-report-synthesis.h"

#include <math.h>
#include <string.h>

/* Levels of one scale, a bar a criterion. */
static AttestChart *
make_ratings (const GPtrArray *totals, const AttestSynthesisScale *like)
{
  g_autofree char *title = g_strdup_printf ("Ratings on the scale %s", like->scale);
  AttestChart *chart = attest_chart_new (ATTEST_CHART_STACKED, title, "evaluations");
  g_autoptr (GPtrArray) levels = g_ptr_array_new ();

  attest_chart_set_note (chart, "Levels from the best to the worst.");
  attest_chart_set_axes (chart, "criterion", "evaluations");
  for (guint i = 0; i < like->levels->len; i++)
    {
      g_ptr_array_add (levels, g_ptr_array_index (like->levels, i));
      attest_chart_add_series (chart, g_ptr_array_index (like->levels, i));
    }
  for (guint i = 0; i < totals->len; i++)
    {
      const AttestSynthesisTotal *total = g_ptr_array_index (totals, i);

      for (guint k = 0; k < total->scales->len; k++)
        {
          const AttestSynthesisScale *scale = g_ptr_array_index (total->scales, k);

          if (strcmp (scale->scale, like->scale) != 0)
            continue;
          guint row = attest_chart_add_row (chart, total->criterion);
          for (guint n = 0; n < levels->len; n++)
            {
              guint at;
              gboolean found = g_ptr_array_find_with_equal_func (
                  scale->levels, g_ptr_array_index (levels, n), g_str_equal, &at);

              attest_chart_set (chart, row, n,
                                found ? (double)g_array_index (scale->counts, gint64, at) : 0);
            }
        }
    }
  return chart;
}

/* Adds to @scale what levels there are in another criterion's. */
static void
merge_levels (AttestSynthesisScale *scale, const AttestSynthesisScale *other)
{
  for (guint i = 0; i < other->levels->len; i++)
    {
      const char *level = g_ptr_array_index (other->levels, i);
      double position = g_array_index (other->positions, double, i);
      guint at = 0;

      if (g_ptr_array_find_with_equal_func (scale->levels, level, g_str_equal, NULL))
        continue;
      while (at < scale->levels->len && g_array_index (scale->positions, double, at) >= position)
        at++;
      g_ptr_array_insert (scale->levels, (int)at, g_strdup (level));
      g_array_insert_val (scale->positions, at, position);
      gint64 none = 0;
      g_array_insert_val (scale->counts, at, none);
    }
}

static AttestChart *
make_spoken (const AttestSynthesis *synthesis)
{
  AttestChart *chart
      = attest_chart_new (ATTEST_CHART_HEAT, "Who spoke of each criterion", "% of the respondents");

  attest_chart_set_axes (chart, "evaluation", "criterion");
  attest_chart_set_scale (chart, 0, 100);
  for (guint i = 0; i < synthesis->criteria->len; i++)
    attest_chart_add_series (chart, g_ptr_array_index (synthesis->criteria, i));
  for (guint i = 0; i < synthesis->evaluations->len; i++)
    {
      const AttestEvaluation *evaluation = g_ptr_array_index (synthesis->evaluations, i);
      guint row = attest_chart_add_row (chart, evaluation->title);

      for (guint k = 0; k < synthesis->criteria->len; k++)
        {
          const AttestSynthesisCell *cell
              = attest_evaluation_find (evaluation, g_ptr_array_index (synthesis->criteria, k));

          attest_chart_set (chart, row, k,
                            cell != NULL && cell->is_coded && !cell->is_small
                                    && evaluation->respondents > 0
                                ? 100 * (double)cell->respondents / (double)evaluation->respondents
                                : NAN);
          if (cell != NULL && cell->is_small)
            attest_chart_set_text (chart, row, k, "*");
        }
    }
  return chart;
}

/* More rows are for a table. */
#define MAX_ROWS 60

GPtrArray *
attest_synthesis_list_charts (const AttestSynthesis *synthesis)
{
  GPtrArray *charts = attest_figures_charts_new ();
  AttestSynthesis all = *synthesis;
  g_autoptr (GHashTable) scales = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();

  all.by = NULL;
  g_autoptr (GPtrArray) totals = attest_synthesis_total (&all);
  for (guint i = 0; i < totals->len; i++)
    {
      const AttestSynthesisTotal *total = g_ptr_array_index (totals, i);

      for (guint k = 0; k < total->scales->len; k++)
        {
          AttestSynthesisScale *scale = g_ptr_array_index (total->scales, k);
          AttestSynthesisScale *first = g_hash_table_lookup (scales, scale->scale);

          if (first != NULL)
            {
              merge_levels (first, scale);
              continue;
            }
          g_hash_table_insert (scales, scale->scale, scale);
          g_ptr_array_add (order, scale);
        }
    }
  for (guint i = 0; i < order->len; i++)
    g_ptr_array_add (charts, make_ratings (totals, g_ptr_array_index (order, i)));
  if (synthesis->evaluations->len <= MAX_ROWS)
    g_ptr_array_add (charts, make_spoken (synthesis));
  return charts;
}

void
attest_synthesis_write_html (const AttestSynthesis *synthesis, GString *out)
{
  g_autoptr (GPtrArray) charts = attest_synthesis_list_charts (synthesis);
  g_autoptr (GPtrArray) tables = attest_figures_tables_new ();
  g_autoptr (GPtrArray) remarks = attest_synthesis_remarks (synthesis);
  g_autofree char *title = g_strdup_printf ("%u evaluations", synthesis->evaluations->len);

  g_ptr_array_add (tables, attest_synthesis_table_new (synthesis));
  g_ptr_array_add (tables, attest_synthesis_totals_new (synthesis, TRUE));
  AttestFiguresPage page = { title, "Synthesis", "", charts, tables, remarks };
  attest_figures_page_write (&page, out);
}
