/* Silence: who was asked and said nothing, who was never asked, and of whom it cannot be told. */
#include "report/attest-report-coverage-private.h"

#include "report/attest-report-html.h"

#define UNIT                                                                                       \
  "Unit: respondent. That no rule found anything in what somebody said is no proof that they "     \
  "said nothing: read the turn."

/* In this order. */
static const struct
{
  AttestCoverageState state;
  const char *words;
} kinds[] = { { ATTEST_COVERAGE_SILENT, "asked, said nothing" },
              { ATTEST_COVERAGE_NEVER, "never asked" },
              { ATTEST_COVERAGE_UNKNOWN, "cannot tell" } };

/* A criterion that is not judged: that nobody speaks of it is no silence. NULL: it is none. */
static const AttestCriterion *
find_dropped (const AttestCoverageReport *report, const AttestCoverageRow *row)
{
  const AttestCriterion *criterion
      = row->code != NULL ? attest_project_find_criterion (report->project, row->code) : NULL;

  return criterion != NULL && !attest_criterion_is_judged (criterion) ? criterion : NULL;
}

static gboolean
is_left_out (const AttestCoverageReport *report, guint row)
{
  const AttestCoverageRow *about = attest_coverage_row (report->coverage, row);

  return !attest_coverage_row_has_codes (about) || find_dropped (report, about) != NULL;
}

/* " Not assessed, and left out: gender (why)." */
static char *
dup_dropped (const AttestCoverageReport *report)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint row = 0; row < report->coverage->rows->len; row++)
    {
      const AttestCriterion *dropped
          = find_dropped (report, attest_coverage_row (report->coverage, row));

      if (dropped != NULL)
        g_string_append_printf (out, "%s %s (%s)",
                                out->len == 0 ? " Not assessed, and left out:" : ",",
                                dropped->criterion, dropped->because);
    }
  return g_string_append (out, out->len > 0 ? "." : "")->len > 0
             ? g_string_free (g_steal_pointer (&out), FALSE)
             : g_strdup ("");
}

static char *
dup_heading (const AttestCoverage *coverage, guint row)
{
  const AttestCoverageRow *about = attest_coverage_row (coverage, row);
  AttestCoverageCounts counts = attest_coverage_count (coverage, row, TRUE, NULL);
  g_autofree char *title = attest_coverage_dup_row_title (about);
  g_autofree char *respondents = attest_report_dup_count (counts.respondents, "respondent", NULL);

  return g_strdup_printf ("%s: %" G_GINT64_FORMAT " of %s spoke of it; %" G_GINT64_FORMAT
                          " asked, of whom %" G_GINT64_FORMAT " spoke of it",
                          title, counts.spoke, respondents, counts.asked,
                          counts.states[ATTEST_COVERAGE_BOTH]);
}

/* Of whom it is not known whether they were asked is not silent when they spoke. */
static gboolean
is_listed (const AttestCoverageCell *cell, AttestCoverageState state)
{
  return cell->state == state && cell->segments == 0;
}

/* The one doubt there is about everybody, who are several; else ATTEST_DOUBT_NONE. */
static AttestDoubt
find_common_doubt (const AttestCoverage *coverage, guint row)
{
  AttestDoubt doubt = coverage->respondents->len > 1
                          ? attest_coverage_cell (coverage, row, 0)->doubt
                          : ATTEST_DOUBT_NONE;

  for (guint r = 0; r < coverage->respondents->len; r++)
    {
      const AttestCoverageCell *cell = attest_coverage_cell (coverage, row, r);

      if (cell->doubt != doubt || cell->asked)
        return ATTEST_DOUBT_NONE;
    }
  return doubt;
}

static void
add_columns (const AttestCoverage *coverage, AttestTable *table, gboolean for_people)
{
  attest_coverage_add_row_columns (coverage, table, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "state", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  if (for_people)
    attest_table_add_column (table, "", "what", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "respondent", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  if (for_people)
    attest_table_add_column (table, "", "respondent", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  attest_table_add_column (table, "group", "group", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  attest_table_add_column (table, "source", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "turn", "answer in turn", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "reason", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  if (for_people)
    attest_table_add_column (table, "", "why", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
}

/* For people. */
static void
add_line_of_all (const AttestCoverage *coverage, AttestTable *table, guint row, AttestDoubt doubt)
{
  attest_coverage_add_row_cells (coverage, table, row);
  attest_table_add_text (table, attest_coverage_state_to_string (ATTEST_COVERAGE_UNKNOWN));
  attest_table_add_text (table, "cannot tell");
  attest_table_add_null (table);
  attest_table_add_text (table, "all who did not speak");
  attest_table_add_null (table);
  attest_table_add_null (table);
  attest_table_add_null (table);
  attest_table_add_text (table, attest_doubt_to_string (doubt));
  attest_table_add_text (table, attest_doubt_to_words (doubt));
}

static void
add_line (const AttestCoverage *coverage, AttestTable *table, guint row, guint r, const char *words,
          gboolean for_people)
{
  const AttestCoverageRespondent *respondent = attest_coverage_respondent (coverage, r);
  const AttestCoverageCell *cell = attest_coverage_cell (coverage, row, r);
  g_autofree char *place = attest_coverage_dup_place (respondent);

  attest_coverage_add_row_cells (coverage, table, row);
  attest_table_add_text (table, attest_coverage_state_to_string (cell->state));
  if (for_people)
    attest_table_add_text (table, words);
  attest_table_add_text (table, respondent->label);
  if (for_people)
    attest_table_add_text (table, place);
  attest_table_add_text (table, respondent->group);
  attest_table_add_text (table, cell->asked_source);
  if (cell->asked)
    attest_table_add_int (table, cell->asked_turn);
  else
    attest_table_add_null (table);
  attest_table_add_text (table, attest_doubt_to_string (cell->doubt));
  if (for_people)
    attest_table_add_text (table, attest_doubt_to_words (cell->doubt));
}

AttestTable *
attest_silence_to_table (const AttestCoverageReport *report, gboolean for_people)
{
  const AttestCoverage *coverage = report->coverage;
  g_autofree char *remarks = attest_coverage_dup_remarks (coverage);
  g_autofree char *dropped = dup_dropped (report);
  g_autofree char *note = g_strconcat (UNIT, remarks, dropped, NULL);
  g_autofree char *origin = attest_report_dup_origin (report->frequency);
  AttestTable *table = attest_table_new ("Who says nothing", note);

  attest_table_set_origin (table, origin);
  add_columns (coverage, table, for_people);
  for (guint row = 0; row < coverage->rows->len; row++)
    {
      g_autofree char *heading = dup_heading (coverage, row);

      if (is_left_out (report, row))
        continue;
      attest_table_begin_section (table, heading);
      if (for_people && find_common_doubt (coverage, row) != ATTEST_DOUBT_NONE)
        {
          add_line_of_all (coverage, table, row, find_common_doubt (coverage, row));
          continue;
        }
      for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
        for (guint r = 0; r < coverage->respondents->len; r++)
          if (is_listed (attest_coverage_cell (coverage, row, r), kinds[k].state))
            add_line (coverage, table, row, r, kinds[k].words, for_people);
    }
  return table;
}

static void
write_json_line (const AttestCoverage *coverage, guint row, guint r, AttestJson *json)
{
  const AttestCoverageRespondent *respondent = attest_coverage_respondent (coverage, r);
  const AttestCoverageCell *cell = attest_coverage_cell (coverage, row, r);

  attest_json_begin_object (json);
  attest_json_member_string (json, "respondent", respondent->label);
  attest_json_member_string (json, "group", respondent->group);
  attest_json_member_string (json, "source", cell->asked_source);
  if (cell->asked)
    attest_json_member_int (json, "turn", cell->asked_turn);
  else
    attest_json_member_null (json, "turn");
  attest_json_member_string (json, "reason", attest_doubt_to_string (cell->doubt));
  attest_json_end_object (json);
}

void
attest_silence_write_json (const AttestCoverageReport *report, AttestJson *json)
{
  const AttestCoverage *coverage = report->coverage;

  if (attest_disclosure_is_public (report->disclosure))
    {
      attest_coverage_write_public_json (report, "silence", json);
      return;
    }
  attest_coverage_begin_json (report, "silence", json);
  attest_json_key (json, "rows");
  attest_json_begin_array (json);
  for (guint row = 0; row < coverage->rows->len; row++)
    {
      if (is_left_out (report, row))
        continue;
      attest_json_begin_object (json);
      attest_coverage_write_json_row (attest_coverage_row (coverage, row), json);
      for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
        {
          attest_json_key (json, attest_coverage_state_to_string (kinds[k].state));
          attest_json_begin_array (json);
          for (guint r = 0; r < coverage->respondents->len; r++)
            if (is_listed (attest_coverage_cell (coverage, row, r), kinds[k].state))
              write_json_line (coverage, row, r, json);
          attest_json_end_array (json);
        }
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
  attest_json_key (json, "not_assessed");
  attest_json_begin_array (json);
  for (guint row = 0; row < coverage->rows->len; row++)
    {
      const AttestCriterion *dropped = find_dropped (report, attest_coverage_row (coverage, row));

      if (dropped == NULL)
        continue;
      attest_json_begin_object (json);
      attest_json_member_string (json, "code", dropped->criterion);
      attest_json_member_string (json, "because", dropped->because);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
  attest_json_end_object (json);
}

void
attest_silence_write_html (const AttestCoverageReport *report, const char *title, GString *out)
{
  AttestPage page = { title, "Who says nothing", report->frequency };
  g_autoptr (AttestHtml) html = attest_html_new (out);
  g_autoptr (AttestTable) table = attest_silence_to_table (report, TRUE);

  if (attest_disclosure_is_public (report->disclosure))
    {
      attest_coverage_write_public_html (report, title, out);
      return;
    }
  attest_page_begin (html, &page, NULL);
  attest_html_open (html, "section", NULL);
  attest_table_write_html (table, html);
  attest_html_close (html, "section");
  attest_page_end (html);
}
