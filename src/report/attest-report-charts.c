#include "report/attest-report-charts.h"

#include <string.h>

#include "report/attest-report-coverage-private.h"

/* What is counted, and where from. */
static void
set_note (AttestChart *chart, const char *unit, const AttestFrequency *frequency)
{
  g_autofree char *origin = attest_report_dup_origin (frequency);
  g_autofree char *note = g_strconcat (unit, "\n", origin, NULL);

  attest_chart_set_note (chart, note);
}

/* A count that is not printed is not drawn either. */
static void
set_count (AttestChart *chart, guint row, guint series, gint64 count)
{
  g_autofree char *text = attest_count_to_string (count);

  if (count >= 0)
    attest_chart_set (chart, row, series, (double)count);
  else
    attest_chart_set_text (chart, row, series, text);
}

AttestChart *
attest_frequency_to_chart (const AttestFrequency *frequency)
{
  AttestChart *chart = attest_chart_new (ATTEST_CHART_BARS, "Frequency of codes", "segments");

  set_note (chart, "Unit: segment, a passage (a sentence or more) coded with one code.", frequency);
  attest_chart_set_axes (chart, "code", NULL);
  for (guint i = 0; i < frequency->rows->len; i++)
    {
      const AttestFrequencyRow *row = &g_array_index (frequency->rows, AttestFrequencyRow, i);
      g_autofree char *title = attest_report_dup_title (row->name, row->code);

      if (i == 0 || strcmp (row->dimension, row[-1].dimension) != 0)
        attest_chart_begin_section (chart, row->dimension);
      attest_chart_add_row (chart, title);
      set_count (chart, i, 0, row->segments);
    }
  return chart;
}

/* The name of a code, or a value. */
static char *
dup_heading (const AttestFrequency *frequency, const char *code)
{
  const AttestFrequencyRow *row = code != NULL ? attest_frequency_find (frequency, code) : NULL;

  if (code == NULL)
    return g_strdup ("not known");
  return attest_report_dup_title (row != NULL ? row->name : NULL, code);
}

AttestChart *
attest_matrix_to_chart (const AttestMatrix *matrix, const AttestFrequency *frequency,
                        const char *rows, const char *cols)
{
  g_autofree char *title = g_strdup_printf ("%s × %s", rows, cols);
  AttestChart *chart = attest_chart_new (ATTEST_CHART_HEAT, title, "segments");

  set_note (chart, "Unit: segment, a passage coded with the code of the row.", frequency);
  attest_chart_set_axes (chart, rows, NULL);
  for (guint col = 0; col < matrix->cols->len; col++)
    {
      g_autofree char *heading = dup_heading (frequency, g_ptr_array_index (matrix->cols, col));

      attest_chart_add_series (chart, heading);
    }
  for (guint row = 0; row < matrix->rows->len; row++)
    {
      g_autofree char *heading = dup_heading (frequency, g_ptr_array_index (matrix->rows, row));

      attest_chart_add_row (chart, heading);
      for (guint col = 0; col < matrix->cols->len; col++)
        set_count (chart, row, col, attest_matrix_cell (matrix, row, col)->segments);
    }
  return chart;
}

/* ---- coverage ---- */

static const char *
state_words (AttestCoverageState state)
{
  static const char *const words[ATTEST_N_COVERAGE_STATES] = {
    [ATTEST_COVERAGE_BOTH] = "asked and spoke",   [ATTEST_COVERAGE_SILENT] = "asked, said nothing",
    [ATTEST_COVERAGE_UNASKED] = "spoke unasked",  [ATTEST_COVERAGE_NEVER] = "never asked",
    [ATTEST_COVERAGE_UNKNOWN] = "cannot be told",
  };

  return words[state];
}

static void
add_counts (AttestChart *chart, const char *label, const AttestCoverageCounts *counts,
            const AttestCoverageState *states, guint n_states)
{
  guint row = attest_chart_add_row (chart, label);

  for (guint i = 0; i < n_states; i++)
    set_count (chart, row, i, counts->states[states[i]]);
}

static AttestChart *
states_to_chart (const AttestCoverageReport *report, const char *title, gboolean by_group,
                 const AttestCoverageState *states, guint n_states)
{
  const AttestCoverage *coverage = report->coverage;
  AttestChart *chart = attest_chart_new (ATTEST_CHART_STACKED, title, "respondents");
  g_autoptr (GPtrArray) groups = attest_coverage_list_groups (coverage);

  set_note (chart, "Unit: respondent. That nothing was found says nothing about why.",
            report->frequency);
  for (guint i = 0; i < n_states; i++)
    attest_chart_add_series (chart, state_words (states[i]));
  for (guint row = 0; row < coverage->rows->len; row++)
    {
      const AttestCoverageRow *about = attest_coverage_row (coverage, row);
      g_autofree char *label = attest_coverage_dup_row_title (about);

      if (!by_group)
        {
          AttestCoverageCounts counts = attest_coverage_count (coverage, row, TRUE, NULL);

          if (about->dimension != NULL
              && (row == 0 || g_strcmp0 (about->dimension, about[-1].dimension) != 0))
            attest_chart_begin_section (chart, about->dimension);
          add_counts (chart, label, &counts, states, n_states);
          continue;
        }
      attest_chart_begin_section (chart, label);
      for (guint g = 0; g < groups->len; g++)
        {
          const char *group = g_ptr_array_index (groups, g);
          AttestCoverageCounts counts = attest_coverage_count (coverage, row, FALSE, group);

          add_counts (chart, group != NULL ? group : "not known", &counts, states, n_states);
        }
    }
  return chart;
}

static AttestChart *
respondents_to_chart (const AttestCoverageReport *report)
{
  const AttestCoverage *coverage = report->coverage;
  AttestChart *chart = attest_chart_new (ATTEST_CHART_HEAT, "Who spoke of what", "segments");

  set_note (chart, "Unit: segment. ?: it cannot be told whether there is any.", report->frequency);
  attest_chart_set_axes (chart, "respondent", NULL);
  for (guint row = 0; row < coverage->rows->len; row++)
    {
      g_autofree char *title = attest_coverage_dup_row_title (attest_coverage_row (coverage, row));

      attest_chart_add_series (chart, title);
    }
  for (guint r = 0; r < coverage->respondents->len; r++)
    {
      g_autofree char *place = attest_coverage_dup_place (attest_coverage_respondent (coverage, r));

      attest_chart_add_row (chart, place);
      for (guint row = 0; row < coverage->rows->len; row++)
        {
          const AttestCoverageCell *cell = attest_coverage_cell (coverage, row, r);

          attest_chart_set (chart, r, row, (double)cell->segments);
          if (cell->state == ATTEST_COVERAGE_UNKNOWN && cell->segments == 0)
            attest_chart_set_text (chart, r, row, "?");
        }
    }
  return chart;
}

AttestChart *
attest_coverage_to_chart (const AttestCoverageReport *report, AttestCoverageBy by)
{
  static const AttestCoverageState states[]
      = { ATTEST_COVERAGE_BOTH, ATTEST_COVERAGE_SILENT, ATTEST_COVERAGE_UNASKED,
          ATTEST_COVERAGE_NEVER, ATTEST_COVERAGE_UNKNOWN };

  if (by == ATTEST_COVERAGE_BY_RESPONDENT)
    return respondents_to_chart (report);
  return states_to_chart (report, "Who was asked, and who spoke", by == ATTEST_COVERAGE_BY_GROUP,
                          states, G_N_ELEMENTS (states));
}

AttestChart *
attest_silence_to_chart (const AttestCoverageReport *report)
{
  static const AttestCoverageState states[]
      = { ATTEST_COVERAGE_SILENT, ATTEST_COVERAGE_NEVER, ATTEST_COVERAGE_UNKNOWN };

  return states_to_chart (report, "Who was silent", FALSE, states, G_N_ELEMENTS (states));
}

/* ---- evidence ---- */

static const AttestEvidenceGroup *
find_group (const AttestEvidence *evidence, const char *name)
{
  for (guint i = 0; i < evidence->groups->len; i++)
    {
      const AttestEvidenceGroup *group = &g_array_index (evidence->groups, AttestEvidenceGroup, i);

      if (g_strcmp0 (group->group, name) == 0)
        return group;
    }
  return NULL;
}

/* The groups of all codes, as they are met; not known last. */
static GPtrArray *
list_groups (const AttestEvidenceReport *report)
{
  GPtrArray *names = g_ptr_array_new ();
  gboolean is_any_unknown = FALSE;

  for (guint i = 0; i < report->codes->len; i++)
    {
      const AttestEvidence *evidence = g_ptr_array_index (report->codes, i);

      for (guint g = 0; g < evidence->groups->len; g++)
        {
          char *name = g_array_index (evidence->groups, AttestEvidenceGroup, g).group;

          is_any_unknown |= name == NULL;
          if (name != NULL && !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
            g_ptr_array_add (names, name);
        }
    }
  if (is_any_unknown)
    g_ptr_array_add (names, NULL);
  return names;
}

AttestChart *
attest_evidence_to_chart (const AttestEvidenceReport *report)
{
  AttestChart *chart
      = attest_chart_new (ATTEST_CHART_HEAT, "Who spoke of what, by group", "respondents");
  g_autoptr (GPtrArray) groups = list_groups (report);

  set_note (chart, "Unit: respondent; 3/5: three of the five of the group spoke of it.",
            report->frequency);
  attest_chart_set_axes (chart, "code", NULL);
  for (guint g = 0; g < groups->len; g++)
    {
      const char *name = g_ptr_array_index (groups, g);

      attest_chart_add_series (chart, name != NULL ? name : "not known");
    }
  for (guint i = 0; i < report->codes->len; i++)
    {
      const AttestEvidence *evidence = g_ptr_array_index (report->codes, i);
      g_autofree char *title = attest_report_dup_title (evidence->name, evidence->code);
      guint row = attest_chart_add_row (chart, title);

      for (guint g = 0; g < groups->len; g++)
        {
          const AttestEvidenceGroup *group = find_group (evidence, g_ptr_array_index (groups, g));
          g_autofree char *label = NULL;

          if (group == NULL)
            continue;
          label = g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, group->spoke,
                                   group->present);
          attest_chart_set (chart, row, g, (double)group->spoke);
          attest_chart_set_label (chart, row, g, label);
        }
    }
  return chart;
}
