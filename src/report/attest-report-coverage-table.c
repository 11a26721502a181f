/* Coverage as tables, JSON and a page. */
#include "report/attest-report-coverage-private.h"

#include <string.h>

#include "report/attest-report-html.h"

#define UNIT                                                                                       \
  "Unit: respondent. asked: a turn of theirs answers a question about it; spoke: they said "       \
  "something that is coded with it, anywhere.\n"                                                   \
  "cannot tell: 'attest report silence' says why."
#define SIGNS                                                                                      \
  "● asked and spoke, ○ asked and said nothing, + spoke unasked, · neither, ? cannot tell"

/* ---- counts ---- */

static void
add_count_columns (AttestTable *table, AttestColumnFlags flags)
{
  static const struct
  {
    const char *key, *heading;
  } columns[] = { { "respondents", "respondents" },
                  { "asked", "asked" },
                  { "spoke", "spoke" },
                  { "both", "asked and spoke" },
                  { "silent", "asked, said nothing" },
                  { "unasked", "spoke unasked" },
                  { "never", "never asked" },
                  { "unknown", "cannot tell" } };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    attest_table_add_column (table, columns[i].key, columns[i].heading, ATTEST_COLUMN_INT,
                             i == 0 ? flags : ATTEST_COLUMN_PLAIN);
}

/* A question about nothing in particular is only asked or not. */
static void
add_counts (AttestTable *table, const AttestCoverageCounts *counts, gboolean has_codes)
{
  attest_table_add_count (table, counts->respondents);
  attest_table_add_count (table, counts->asked);
  if (has_codes)
    attest_table_add_count (table, counts->spoke);
  for (guint state = 0; has_codes && state < ATTEST_N_COVERAGE_STATES; state++)
    attest_table_add_count (table, counts->states[state]);
  for (guint i = 0; !has_codes && i < 1 + ATTEST_N_COVERAGE_STATES; i++)
    attest_table_add_null (table);
}

static void
begin_section (AttestTable *table, const AttestCoverage *coverage, guint row)
{
  const AttestCoverageRow *about = attest_coverage_row (coverage, row);
  const AttestCoverageRow *before = row > 0 ? about - 1 : NULL;
  const char *heading = about->question != NULL ? about->section : about->dimension;
  const char *last = before == NULL            ? NULL
                     : about->question != NULL ? before->section
                                               : before->dimension;

  if (heading != NULL && g_strcmp0 (heading, last) != 0)
    attest_table_begin_section (table, heading);
}

static void
fill_by_code (const AttestCoverageReport *report, AttestTable *table)
{
  const AttestCoverage *coverage = report->coverage;

  /* The same for all codes. */
  attest_coverage_add_row_columns (coverage, table, ATTEST_COLUMN_PLAIN);
  add_count_columns (table, ATTEST_COLUMN_MACHINE);
  for (guint row = 0; row < coverage->rows->len; row++)
    {
      AttestCoverageCounts counts = attest_coverage_count_told (report, row);

      begin_section (table, coverage, row);
      attest_coverage_add_row_cells (coverage, table, row);
      add_counts (table, &counts,
                  attest_coverage_row_has_codes (attest_coverage_row (coverage, row)));
    }
}

static void
fill_by_group (const AttestCoverage *coverage, AttestTable *table)
{
  g_autoptr (GPtrArray) groups = attest_coverage_list_groups (coverage);

  attest_coverage_add_row_columns (coverage, table, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "group", "group", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  add_count_columns (table, ATTEST_COLUMN_PLAIN);
  for (guint row = 0; row < coverage->rows->len; row++)
    {
      const AttestCoverageRow *about = attest_coverage_row (coverage, row);
      g_autofree char *title = attest_coverage_dup_row_title (about);

      attest_table_begin_section (table, title);
      for (guint i = 0; i < groups->len; i++)
        {
          const char *group = g_ptr_array_index (groups, i);
          AttestCoverageCounts counts = attest_coverage_count (coverage, row, FALSE, group);

          attest_coverage_add_row_cells (coverage, table, row);
          attest_table_add_text (table, group);
          add_counts (table, &counts, attest_coverage_row_has_codes (about));
        }
    }
}

static void
fill_by_respondent (const AttestCoverage *coverage, AttestTable *table)
{
  attest_coverage_add_row_columns (coverage, table, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "respondent", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "group", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "sources", "", ATTEST_COLUMN_LIST, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "state", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "reason", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "asked", "", ATTEST_COLUMN_BOOL, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "segments", "", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  for (guint row = 0; row < coverage->rows->len; row++)
    for (guint r = 0; r < coverage->respondents->len; r++)
      {
        const AttestCoverageRespondent *respondent = attest_coverage_respondent (coverage, r);
        const AttestCoverageCell *cell = attest_coverage_cell (coverage, row, r);

        attest_coverage_add_row_cells (coverage, table, row);
        attest_table_add_text (table, respondent->label);
        attest_table_add_text (table, respondent->group);
        attest_table_add_list (table, (const char *const *)respondent->sources);
        attest_table_add_text (table, attest_coverage_state_to_string (cell->state));
        attest_table_add_text (table, attest_doubt_to_string (cell->doubt));
        attest_table_add_bool (table, cell->asked);
        attest_table_add_int (table, cell->segments);
      }
}

static AttestTable *
new_table (const AttestCoverageReport *report, const char *title, const char *unit)
{
  /* They name sources. */
  g_autofree char *remarks = attest_disclosure_is_public (report->disclosure)
                                 ? NULL
                                 : attest_coverage_dup_remarks (report->coverage);
  g_autofree char *note = g_strconcat (unit, remarks, NULL);
  g_autofree char *origin = attest_report_dup_origin (report->frequency);
  AttestTable *table = attest_table_new (title, note);

  attest_table_set_origin (table, origin);
  return table;
}

AttestTable *
attest_coverage_to_table (const AttestCoverageReport *report, AttestCoverageBy by)
{
  AttestTable *table
      = new_table (report,
                   by == ATTEST_COVERAGE_BY_GROUP ? "Who was asked and who spoke, by group"
                                                  : "Who was asked and who spoke",
                   UNIT);

  if (by == ATTEST_COVERAGE_BY_CODE || attest_disclosure_is_public (report->disclosure))
    fill_by_code (report, table);
  else if (by == ATTEST_COVERAGE_BY_GROUP)
    fill_by_group (report->coverage, table);
  else
    fill_by_respondent (report->coverage, table);
  return table;
}

/* "1 relevance, 2 coherence" */
static char *
dup_numbered_codes (const AttestCoverage *coverage)
{
  GString *out = g_string_new (NULL);

  for (guint row = 0; row < coverage->rows->len; row++)
    g_string_append_printf (out, "%s%u %s", row > 0 ? ", " : "", row + 1,
                            attest_coverage_row (coverage, row)->code);
  return g_string_free (out, FALSE);
}

/* Questions have short ids; codes have numbers where their names have no room. */
static void
add_sign_columns (const AttestCoverage *coverage, AttestTable *table, gboolean with_numbers)
{
  for (guint row = 0; row < coverage->rows->len; row++)
    {
      const AttestCoverageRow *about = attest_coverage_row (coverage, row);
      g_autofree char *number = g_strdup_printf ("%u", row + 1);

      if (!attest_coverage_row_has_codes (about))
        continue;
      attest_table_add_column (table, "",
                               about->question != NULL ? about->question
                               : with_numbers          ? number
                                                       : about->code,
                               ATTEST_COLUMN_TEXT, ATTEST_COLUMN_RIGHT);
    }
}

AttestTable *
attest_coverage_to_matrix (const AttestCoverageReport *report, gboolean with_numbers)
{
  static const char *const signs[ATTEST_N_COVERAGE_STATES] = { "●", "○", "+", "·", "?" };
  const AttestCoverage *coverage = report->coverage;
  gboolean numbers = with_numbers && !attest_coverage_is_by_question (coverage);
  g_autofree char *codes = numbers ? dup_numbered_codes (coverage) : NULL;
  g_autofree char *unit = g_strconcat (SIGNS, numbers ? "\n" : NULL, codes, NULL);
  AttestTable *table = new_table (report, "Who was asked and who spoke, by respondent", unit);

  attest_table_add_column (table, "", "respondent", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "", "group", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_OPTIONAL);
  add_sign_columns (coverage, table, numbers);
  for (guint r = 0; r < coverage->respondents->len; r++)
    {
      const AttestCoverageRespondent *respondent = attest_coverage_respondent (coverage, r);
      g_autofree char *place = attest_coverage_dup_place (respondent);

      attest_table_add_text (table, place);
      attest_table_add_text (table, respondent->group);
      for (guint row = 0; row < coverage->rows->len; row++)
        if (attest_coverage_row_has_codes (attest_coverage_row (coverage, row)))
          attest_table_add_text (table, signs[attest_coverage_cell (coverage, row, r)->state]);
    }
  return table;
}

/* ---- JSON ---- */

void
attest_coverage_write_counts (const AttestCoverageCounts *counts, AttestJson *json)
{
  attest_count_write_member (json, "respondents", counts->respondents);
  attest_count_write_member (json, "asked", counts->asked);
  attest_count_write_member (json, "spoke", counts->spoke);
  for (guint state = 0; state < ATTEST_N_COVERAGE_STATES; state++)
    attest_count_write_member (json, attest_coverage_state_to_string (state),
                               counts->states[state]);
}

static void
write_cell (const AttestCoverage *coverage, guint row, guint r, AttestJson *json)
{
  const AttestCoverageCell *cell = attest_coverage_cell (coverage, row, r);

  attest_json_begin_object (json);
  attest_json_member_string (json, "respondent", attest_coverage_respondent (coverage, r)->label);
  attest_json_member_string (json, "state", attest_coverage_state_to_string (cell->state));
  attest_json_member_string (json, "reason", attest_doubt_to_string (cell->doubt));
  attest_json_member_bool (json, "asked", cell->asked);
  attest_json_member_int (json, "segments", cell->segments);
  attest_json_end_object (json);
}

void
attest_coverage_write_json (const AttestCoverageReport *report, AttestJson *json)
{
  const AttestCoverage *coverage = report->coverage;
  g_autoptr (GPtrArray) groups = attest_coverage_list_groups (coverage);

  if (attest_disclosure_is_public (report->disclosure))
    {
      attest_coverage_write_public_json (report, "coverage", json);
      return;
    }
  attest_coverage_begin_json (report, "coverage", json);
  attest_json_key (json, "rows");
  attest_json_begin_array (json);
  for (guint row = 0; row < coverage->rows->len; row++)
    {
      AttestCoverageCounts counts = attest_coverage_count (coverage, row, TRUE, NULL);

      attest_json_begin_object (json);
      attest_coverage_write_json_row (attest_coverage_row (coverage, row), json);
      attest_coverage_write_counts (&counts, json);
      attest_json_key (json, "groups");
      attest_json_begin_array (json);
      for (guint i = 0; i < groups->len; i++)
        {
          const char *group = g_ptr_array_index (groups, i);
          AttestCoverageCounts of_group = attest_coverage_count (coverage, row, FALSE, group);

          attest_json_begin_object (json);
          attest_json_member_string (json, "group", group);
          attest_coverage_write_counts (&of_group, json);
          attest_json_end_object (json);
        }
      attest_json_end_array (json);
      attest_json_key (json, "cells");
      attest_json_begin_array (json);
      for (guint r = 0; r < coverage->respondents->len; r++)
        write_cell (coverage, row, r, json);
      attest_json_end_array (json);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
  attest_json_end_object (json);
}

/* ---- a page ---- */

void
attest_coverage_write_html (const AttestCoverageReport *report, const char *title, GString *out)
{
  AttestPage page = { title, "Who was asked and who spoke", report->frequency };
  g_autoptr (AttestHtml) html = attest_html_new (out);
  g_autoptr (AttestTable) by_code = attest_coverage_to_table (report, ATTEST_COVERAGE_BY_CODE);
  g_autoptr (AttestTable) by_group = attest_coverage_to_table (report, ATTEST_COVERAGE_BY_GROUP);
  g_autoptr (AttestTable) matrix = attest_coverage_to_matrix (report, FALSE);
  const AttestTable *const tables[] = { by_code, matrix, by_group };

  if (attest_disclosure_is_public (report->disclosure))
    {
      attest_coverage_write_public_html (report, title, out);
      return;
    }
  attest_page_begin (html, &page, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      attest_html_open (html, "section", NULL);
      attest_table_write_html (tables[i], html);
      attest_html_close (html, "section");
    }
  attest_page_end (html);
}
