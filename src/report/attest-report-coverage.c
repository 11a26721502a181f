#include "report/attest-report-coverage-private.h"
#include "report/attest-report-driver.h"

#include <string.h>

void
attest_coverage_report_free (AttestCoverageReport *report)
{
  if (report == NULL)
    return;
  attest_coverage_free (report->coverage);
  attest_frequency_free (report->frequency);
  attest_disclosure_free (report->disclosure);
  attest_project_free (report->project);
  g_free (report);
}

AttestCoverageReport *
attest_coverage_report_new (AttestStore *store, const AttestReportFilter *filter, const char *code,
                            gboolean by_question, GError **error)
{
  g_autoptr (AttestCoverageReport) report = g_new0 (AttestCoverageReport, 1);
  AttestReportFilter all = *filter;

  all.dimension = NULL;
  report->frequency = attest_store_report_frequency (store, &all, error);
  if (report->frequency == NULL)
    return NULL;
  report->project = attest_store_load_project (store, error);
  if (report->project == NULL)
    return NULL;
  report->coverage = attest_store_report_coverage (store, filter, code, by_question, error);
  return report->coverage != NULL ? g_steal_pointer (&report) : NULL;
}

/* ---- counting ---- */

AttestCoverageCounts
attest_coverage_count (const AttestCoverage *coverage, guint row, gboolean all, const char *group)
{
  AttestCoverageCounts counts = { 0 };

  for (guint r = 0; r < coverage->respondents->len; r++)
    {
      const AttestCoverageCell *cell = attest_coverage_cell (coverage, row, r);

      if (!all && g_strcmp0 (attest_coverage_respondent (coverage, r)->group, group) != 0)
        continue;
      counts.respondents++;
      counts.asked += cell->asked;
      counts.spoke += cell->segments > 0;
      counts.states[cell->state]++;
    }
  return counts;
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const char *x = *(const char *const *)a, *y = *(const char *const *)b;

  if (x == NULL || y == NULL)
    return (x == NULL) - (y == NULL);
  return strcmp (x, y);
}

GPtrArray *
attest_coverage_list_groups (const AttestCoverage *coverage)
{
  GPtrArray *groups = g_ptr_array_new ();

  for (guint r = 0; r < coverage->respondents->len; r++)
    {
      char *group = attest_coverage_respondent (coverage, r)->group;
      guint i = 0;

      while (i < groups->len && g_strcmp0 (g_ptr_array_index (groups, i), group) != 0)
        i++;
      if (i == groups->len)
        g_ptr_array_add (groups, group);
    }
  g_ptr_array_sort (groups, compare_groups);
  return groups;
}

/* ---- words ---- */

gboolean
attest_coverage_is_by_question (const AttestCoverage *coverage)
{
  return coverage->rows->len > 0 && attest_coverage_row (coverage, 0)->question != NULL;
}

gboolean
attest_coverage_row_has_codes (const AttestCoverageRow *row)
{
  return row->codes[0] != NULL;
}

char *
attest_coverage_dup_row_title (const AttestCoverageRow *row)
{
  g_autofree char *codes = NULL;

  if (row->question == NULL)
    return attest_report_dup_title (row->name, row->code);
  codes = g_strjoinv (", ", row->codes);
  return *codes == '\0' ? g_strdup_printf ("%s %s", row->question, row->text)
                        : g_strdup_printf ("%s %s (%s)", row->question, row->text, codes);
}

char *
attest_coverage_dup_place (const AttestCoverageRespondent *respondent)
{
  g_autofree char *sources = g_strjoinv (", ", respondent->sources);

  return respondent->number == 0
             ? g_steal_pointer (&sources)
             : g_strdup_printf ("%s, respondent %u", sources, respondent->number);
}

const char *
attest_doubt_to_words (AttestDoubt doubt)
{
  static const char *const words[ATTEST_N_DOUBTS] = {
    [ATTEST_DOUBT_NONE] = "",
    [ATTEST_DOUBT_NOT_CODED] = "not coded with this codebook",
    [ATTEST_DOUBT_NO_RULES] = "no rule looks for it",
    [ATTEST_DOUBT_LANGUAGE] = "said in a language that has no rule for it",
    [ATTEST_DOUBT_INCOMPLETE] = "a limit stopped the search",
    [ATTEST_DOUBT_NO_SPEAKER] = "turns without a speaker may be theirs",
    [ATTEST_DOUBT_OTHER_GUIDE] = "not interviewed by this guide",
    [ATTEST_DOUBT_NO_INTERVIEWER] = "no interviewer in the transcript",
    [ATTEST_DOUBT_NO_QUESTION] = "neither codebook nor guide asks about it",
    [ATTEST_DOUBT_QUESTION_LANGUAGE] = "asked in a language that has no question about it",
    [ATTEST_DOUBT_GROUP] = "asked in a group, where others answered",
  };

  return words[doubt];
}

static void
append_list (GString *out, const char *before, char **labels)
{
  g_autofree char *list = NULL;

  if (labels[0] == NULL)
    return;
  list = g_strjoinv (", ", labels);
  g_string_append_printf (out, "\n%s: %s", before, list);
}

char *
attest_coverage_dup_remarks (const AttestCoverage *coverage)
{
  g_autoptr (GString) out = g_string_new (NULL);
  guint n_groups = 0;

  for (guint i = 0; i < coverage->guides->len; i++)
    {
      const AttestGuideInfo *guide = g_ptr_array_index (coverage->guides, i);
      g_autofree char *sources
          = attest_report_dup_count (g_strv_length (guide->sources), "source", NULL);

      g_string_append_printf (out, "\nGuide: %s%s%s (sha256 %.8s), %s", guide->name,
                              guide->version != NULL ? " " : "",
                              guide->version != NULL ? guide->version : "", guide->sha256, sources);
    }
  if (coverage->guides->len > 0)
    append_list (out, "Without a guide", coverage->without_guide);
  append_list (out, "Not coded with this codebook, so that nothing is known of what was said",
               coverage->not_coded);
  for (guint r = 0; r < coverage->respondents->len; r++)
    n_groups += attest_coverage_respondent (coverage, r)->n_speakers > 1;
  if (n_groups > 0)
    g_string_append_printf (
        out, "\nRespondents who stand for several speakers and count as one: %u", n_groups);
  if (g_strv_length (coverage->without_turns) > 0)
    g_string_append_printf (out, "\nRespondents without a turn, not counted: %u",
                            g_strv_length (coverage->without_turns));
  if (!coverage->knows_languages)
    g_string_append (out, "\nCoded by an older attest, which kept no languages of rules: 'attest "
                          "code' does it");
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* ---- what rows have in common ---- */

void
attest_coverage_add_row_columns (const AttestCoverage *coverage, AttestTable *table,
                                 AttestColumnFlags flags)
{
  if (attest_coverage_is_by_question (coverage))
    {
      attest_table_add_column (table, "guide", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
      attest_table_add_column (table, "section", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
      attest_table_add_column (table, "question", "question", ATTEST_COLUMN_TEXT, flags);
      attest_table_add_column (table, "text", "text", ATTEST_COLUMN_TEXT,
                               flags == ATTEST_COLUMN_PLAIN ? ATTEST_COLUMN_WRAP : flags);
      attest_table_add_column (table, "codes", "", ATTEST_COLUMN_LIST, ATTEST_COLUMN_MACHINE);
      return;
    }
  attest_table_add_column (table, "dimension", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "code", "code", ATTEST_COLUMN_TEXT,
                           flags | ATTEST_COLUMN_CATEGORY);
  attest_table_add_column (table, "name", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
}

void
attest_coverage_add_row_cells (const AttestCoverage *coverage, AttestTable *table, guint row)
{
  const AttestCoverageRow *about = attest_coverage_row (coverage, row);

  if (about->question != NULL)
    {
      attest_table_add_text (table, about->guide);
      attest_table_add_text (table, about->section);
      attest_table_add_text (table, about->question);
      attest_table_add_text (table, about->text);
      attest_table_add_list (table, (const char *const *)about->codes);
      return;
    }
  attest_table_add_text (table, about->dimension);
  attest_table_add_text (table, about->code);
  attest_table_add_text (table, about->name);
}

static void
write_strings (AttestJson *json, const char *key, char **strings)
{
  attest_json_key (json, key);
  attest_json_begin_array (json);
  for (; *strings != NULL; strings++)
    attest_json_string (json, *strings);
  attest_json_end_array (json);
}

static void
write_guides (const AttestCoverage *coverage, AttestJson *json)
{
  attest_json_key (json, "guides");
  attest_json_begin_array (json);
  for (guint i = 0; i < coverage->guides->len; i++)
    {
      const AttestGuideInfo *guide = g_ptr_array_index (coverage->guides, i);

      attest_json_begin_object (json);
      attest_json_member_string (json, "id", guide->name);
      attest_json_member_string (json, "version", guide->version);
      attest_json_member_string (json, "sha256", guide->sha256);
      write_strings (json, "sources", guide->sources);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
}

static void
write_respondents (const AttestCoverage *coverage, AttestJson *json)
{
  attest_json_key (json, "respondents");
  attest_json_begin_array (json);
  for (guint r = 0; r < coverage->respondents->len; r++)
    {
      const AttestCoverageRespondent *respondent = attest_coverage_respondent (coverage, r);

      attest_json_begin_object (json);
      attest_json_member_string (json, "respondent", respondent->label);
      attest_json_member_string (json, "group", respondent->group);
      write_strings (json, "sources", respondent->sources);
      attest_json_member_int (json, "speakers", respondent->n_speakers);
      attest_json_member_int (json, "turns", respondent->turns);
      attest_json_member_int (json, "words", respondent->words);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
}

void
attest_coverage_begin_json (const AttestCoverageReport *report, const char *name, AttestJson *json)
{
  const AttestCoverage *coverage = report->coverage;

  attest_report_begin_json (json, name, "respondent", coverage->codebook);
  write_guides (coverage, json);
  write_respondents (coverage, json);
  write_strings (json, "without_turns", coverage->without_turns);
  write_strings (json, "not_coded", coverage->not_coded);
  write_strings (json, "without_guide", coverage->without_guide);
}

void
attest_coverage_write_json_row (const AttestCoverageRow *row, AttestJson *json)
{
  if (row->question != NULL)
    {
      attest_json_member_string (json, "guide", row->guide);
      attest_json_member_string (json, "section", row->section);
      attest_json_member_string (json, "question", row->question);
      attest_json_member_string (json, "text", row->text);
      write_strings (json, "codes", row->codes);
      return;
    }
  attest_json_member_string (json, "dimension", row->dimension);
  attest_json_member_string (json, "code", row->code);
  attest_json_member_string (json, "name", row->name);
}
