/* Pictures of a comparison of codebooks; see attest-report-compare.h. */
#include "report/attest-figures-page.h"
#include "report/attest-report-compare.h"

#include <math.h>
#include <string.h>

/* A forest plot: alpha of each code with its interval. */
static AttestChart *
make_forest (const AttestComparison *comparison)
{
  AttestChart *chart = attest_chart_new (ATTEST_CHART_DOTS, "Agreement of the codebooks by code",
                                         "Krippendorff's alpha");
  const AttestContrast *contrast = comparison->contrast;

  attest_chart_set_note (chart, "n: units with the code by either. Lines: tentative from .667, "
                                "reliable from .800 (Krippendorff 2004).");
  attest_chart_set_axes (chart, "code", "alpha");
  attest_chart_set_decimals (chart, 2);
  attest_chart_add_reference (chart, .667, ".667");
  attest_chart_add_reference (chart, .8, ".800");
  for (guint pair = 0; pair < contrast->n_pairs; pair++)
    {
      g_autofree char *name = g_strdup_printf ("A and %c", 'B' + (int)pair);

      attest_chart_add_series (chart, contrast->n_pairs > 1 ? name : "alpha");
    }
  for (guint row = 0; row < comparison->alignment->rows->len; row++)
    {
      gboolean is_common = FALSE;

      for (guint pair = 0; pair < contrast->n_pairs; pair++)
        is_common = is_common || contrast->pairs[pair].rows[row].is_common;
      if (!is_common)
        continue;
      guint at
          = attest_chart_add_row (chart, attest_alignment_row (comparison->alignment, row)->label);
      for (guint pair = 0; pair < contrast->n_pairs; pair++)
        {
          const AttestContrastRow *found = &contrast->pairs[pair].rows[row];

          attest_chart_set (chart, at, pair, found->is_common ? found->alpha.value : NAN);
          attest_chart_set_n (chart, at, pair, found->a + found->b - found->both);
          if (!isnan (found->alpha.low) && comparison->sources >= ATTEST_COMPARE_MIN_CLUSTERS)
            attest_chart_set_interval (chart, at, pair, found->alpha.low, found->alpha.high);
        }
    }
  return chart;
}

/* What both find and what only one finds. */
static AttestChart *
make_overlap (const AttestComparison *comparison, guint side)
{
  g_autofree char *title = g_strdup_printf ("What A and %c find", 'A' + (int)side);
  g_autofree char *unit = g_strdup_printf ("%ss", comparison->unit);
  g_autofree char *only = g_strdup_printf ("only %c", 'A' + (int)side);
  AttestChart *chart = attest_chart_new (ATTEST_CHART_STACKED, title, unit);
  const AttestContrastPair *pair = &comparison->contrast->pairs[side - 1];

  attest_chart_set_axes (chart, "code", unit);
  attest_chart_add_series (chart, "both");
  attest_chart_add_series (chart, "only A");
  attest_chart_add_series (chart, only);
  for (guint row = 0; row < comparison->alignment->rows->len; row++)
    {
      const AttestAlignedRow *aligned = attest_alignment_row (comparison->alignment, row);
      const AttestContrastRow *found = &pair->rows[row];

      if ((aligned->sides & (1u | 1u << side)) == 0)
        continue;
      guint at = attest_chart_add_row (chart, aligned->label);
      attest_chart_set (chart, at, 0, (double)found->both);
      attest_chart_set (chart, at, 1, (double)(found->a - found->both));
      attest_chart_set (chart, at, 2, (double)(found->b - found->both));
    }
  return chart;
}

/* Which groups gain and lose a code. */
static AttestChart *
make_shifts (const AttestComparison *comparison, guint side)
{
  g_autofree char *title
      = g_strdup_printf ("Shifts from A to %c by %s", 'A' + (int)side, comparison->attribute);
  AttestChart *chart
      = attest_chart_new (ATTEST_CHART_HEAT, title, "respondents more or less with the code");
  guint n_sides = comparison->sides->len, wanted = 1u | 1u << side;

  attest_chart_set_diverging (chart, TRUE);
  attest_chart_set_axes (chart, "code", comparison->attribute);
  for (guint group = 0; group < comparison->groups->len; group++)
    {
      const char *name = g_array_index (comparison->groups, AttestCompareGroup, group).name;

      attest_chart_add_series (chart, name != NULL ? name : "(not known)");
    }
  for (guint row = 0; row < comparison->alignment->rows->len; row++)
    {
      const AttestAlignedRow *aligned = attest_alignment_row (comparison->alignment, row);

      if ((aligned->sides & wanted) != wanted)
        continue;
      guint at = attest_chart_add_row (chart, aligned->label);
      for (guint group = 0; group < comparison->groups->len; group++)
        {
          const AttestCompareShift *shifts
              = comparison->shifts + ((gsize)row * comparison->groups->len + group) * n_sides;

          if (attest_comparison_is_hidden (comparison, side, row))
            {
              attest_chart_set_text (chart, at, group, "*");
              continue;
            }
          attest_chart_set (chart, at, group,
                            (double)(shifts[side].respondents - shifts[0].respondents));
        }
    }
  return chart;
}

/* Small multiples: a section a code, a dot a group. */
static AttestChart *
make_multiples (const AttestComparison *comparison, guint side)
{
  g_autofree char *title = g_strdup_printf ("What %c finds more or less than A, by %s",
                                            'A' + (int)side, comparison->attribute);
  AttestChart *chart = attest_chart_new (ATTEST_CHART_DOTS, title,
                                         "sentences gained less lost, of 100 of the group");
  const AttestShiftPair *pair = &comparison->tests->pairs[side - 1];

  attest_chart_set_note (chart,
                         "95 % intervals by drawing sources, where a group has six or more; "
                         "n: sentences of the group. Codes that do not change are left out.");
  attest_chart_set_axes (chart, comparison->attribute, "points");
  attest_chart_set_decimals (chart, 1);
  attest_chart_add_reference (chart, 0, "no shift");
  attest_chart_add_series (chart, "shift");
  for (guint row = 0; row < comparison->alignment->rows->len; row++)
    {
      const AttestContrastRow *found = &comparison->contrast->pairs[side - 1].rows[row];

      if (!found->is_common || found->paired.lost + found->paired.gained == 0)
        continue;
      attest_chart_begin_section (chart, attest_alignment_row (comparison->alignment, row)->label);
      for (guint group = 0; group < comparison->groups->len; group++)
        {
          const AttestShift *shift = &pair->shifts[(gsize)row * comparison->groups->len + group];
          AttestEstimate points = attest_comparison_trust (shift->difference, shift->clusters);
          const char *name = g_array_index (comparison->groups, AttestCompareGroup, group).name;
          guint at = attest_chart_add_row (chart, name != NULL ? name : "(not known)");

          if (attest_comparison_is_hidden (comparison, side, row))
            {
              attest_chart_set_text (chart, at, 0, "*");
              continue;
            }
          attest_chart_set (chart, at, 0, 100 * points.value);
          attest_chart_set_n (chart, at, 0, shift->n);
          if (!isnan (points.low))
            attest_chart_set_interval (chart, at, 0, 100 * points.low, 100 * points.high);
        }
    }
  return chart;
}

GPtrArray *
attest_comparison_list_charts (const AttestComparison *comparison)
{
  GPtrArray *charts = attest_figures_charts_new ();

  g_ptr_array_add (charts, make_forest (comparison));
  attest_comparison_append_all_charts (comparison, charts);
  for (guint side = 1; side < comparison->sides->len; side++)
    {
      g_ptr_array_add (charts, make_overlap (comparison, side));
      if (comparison->attribute == NULL)
        continue;
      g_ptr_array_add (charts, make_multiples (comparison, side));
      g_ptr_array_add (charts, make_shifts (comparison, side));
    }
  return charts;
}

void
attest_comparison_append_tables (const AttestComparison *comparison, GPtrArray *tables)
{
  attest_comparison_append_all_tables (comparison, tables);
  for (guint side = 1; side < comparison->sides->len; side++)
    {
      g_ptr_array_add (tables, attest_comparison_codes_new (comparison, side, TRUE));
      g_ptr_array_add (tables, attest_comparison_paired_new (comparison, side, TRUE));
      if (comparison->attribute == NULL)
        continue;
      g_ptr_array_add (tables, attest_comparison_shifts_new (comparison, side, TRUE));
      g_ptr_array_add (tables, attest_comparison_group_paired_new (comparison, side));
      g_ptr_array_add (tables, attest_comparison_between_new (comparison, side, TRUE));
    }
  g_ptr_array_add (tables, attest_comparison_differences_new (comparison, TRUE));
}

void
attest_comparison_write_html (const AttestComparison *comparison, GString *out)
{
  g_autoptr (GPtrArray) charts = attest_comparison_list_charts (comparison);
  g_autoptr (GPtrArray) tables = attest_figures_tables_new ();
  g_autoptr (GPtrArray) remarks = attest_comparison_remarks (comparison);
  g_autoptr (GString) title = g_string_new (NULL);
  g_autofree char *origin = attest_comparison_dup_note (comparison);

  for (guint side = 0; side < comparison->sides->len; side++)
    {
      g_autofree char *name = attest_comparison_dup_name (comparison, side);

      g_string_append_printf (title, "%s%s",
                              side == 0                            ? ""
                              : side + 1 == comparison->sides->len ? " and "
                                                                   : ", ",
                              name);
    }
  attest_comparison_append_tables (comparison, tables);
  AttestFiguresPage page
      = { title->str, "Comparison of codebooks", origin, charts, tables, remarks };
  attest_figures_page_write (&page, out);
}
