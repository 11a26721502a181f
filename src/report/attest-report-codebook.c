#include "report/attest-report-codebook.h"

#include <math.h>
#include <string.h>

static void
clear_rule (gpointer item)
{
  AttestCodebookRule *rule = item;

  g_free (rule->name);
  g_free (rule->text);
  g_free (rule->langs);
}

AttestCodebookEntry *
attest_codebook_entry_new (const char *code, const char *dimension, const char *name)
{
  AttestCodebookEntry *entry = g_new0 (AttestCodebookEntry, 1);

  entry->code = g_strdup (code);
  entry->dimension = g_strdup (dimension);
  entry->name = g_strdup (name);
  entry->rules = g_array_new (FALSE, FALSE, sizeof (AttestCodebookRule));
  g_array_set_clear_func (entry->rules, clear_rule);
  entry->asked = g_ptr_array_new_with_free_func (g_free);
  entry->examples = g_ptr_array_new_with_free_func (g_free);
  entry->counterexamples = g_ptr_array_new_with_free_func (g_free);
  entry->confusions = g_ptr_array_new_with_free_func (g_free);
  return entry;
}

void
attest_codebook_entry_free (AttestCodebookEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->code);
  g_free (entry->dimension);
  g_free (entry->name);
  g_free (entry->question);
  g_free (entry->definition);
  g_free (entry->include);
  g_free (entry->exclude);
  g_array_unref (entry->rules);
  g_ptr_array_unref (entry->asked);
  g_ptr_array_unref (entry->examples);
  g_ptr_array_unref (entry->counterexamples);
  g_ptr_array_unref (entry->confusions);
  g_free (entry);
}

void
attest_codebook_entry_add_rule (AttestCodebookEntry *entry, const char *name, const char *text,
                                const char *langs)
{
  AttestCodebookRule rule = { g_strdup (name), g_strdup (text), g_strdup (langs) };

  g_array_append_val (entry->rules, rule);
}

void
attest_codebook_report_free (AttestCodebookReport *report)
{
  if (report == NULL)
    return;
  g_ptr_array_unref (report->entries);
  attest_review_free (report->review);
  g_free (report);
}

AttestCodebookReport *
attest_codebook_report_new (const AttestReportData *data, GPtrArray *entries, GError **error)
{
  g_autoptr (AttestCodebookReport) report = g_new0 (AttestCodebookReport, 1);
  AttestSegmentFilter filter = { .codebook = data->frequency->codebook->name };

  report->data = data;
  report->entries = entries;
  report->review = attest_review_new (data->store, &filter, error);
  return report->review != NULL ? g_steal_pointer (&report) : NULL;
}

/* ---- precision ---- */

static const AttestReviewRow *
find_review (const GArray *rows, const char *code, const char *rule)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const AttestReviewRow *row = &g_array_index (rows, AttestReviewRow, i);

      if (rule != NULL ? g_strcmp0 (row->rule, rule) == 0 : g_strcmp0 (row->code, code) == 0)
        return row;
    }
  return NULL;
}

/* Of all decided segments; NAN when none is. */
static AttestEstimate
precision_of (const AttestReviewRow *row)
{
  if (row == NULL)
    return attest_proportion_estimate (0, 0);
  return attest_proportion_estimate (row->accepted, row->accepted + row->rejected);
}

static gint64
decided_of (const AttestReviewRow *row)
{
  return row != NULL ? row->accepted + row->rejected : 0;
}

/* "83 % (55 to 95 %), 10 of 12"; NULL: nothing was decided. */
static char *
dup_precision (const AttestReviewRow *row)
{
  AttestEstimate e = precision_of (row);

  if (isnan (e.value))
    return NULL;
  return g_strdup_printf ("%d %% (%d to %d %%), %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT,
                          (int)(e.value * 100 + 0.5), (int)(e.low * 100 + 0.5),
                          (int)(e.high * 100 + 0.5), row->accepted, decided_of (row));
}

static const AttestCodebookEntry *
entry_of (const AttestCodebookReport *report, guint i)
{
  return g_ptr_array_index (report->entries, i);
}

static gint64
segments_of (const AttestCodebookReport *report, const AttestCodebookEntry *entry)
{
  const AttestFrequencyRow *row = attest_frequency_find (report->data->printed, entry->code);

  return row != NULL ? row->segments : 0;
}

/* Unknown where the public is not told. */
static void
add_segments (const AttestCodebookReport *report, AttestTable *table,
              const AttestCodebookEntry *entry)
{
  gint64 segments = segments_of (report, entry);

  if (segments >= 0)
    attest_table_add_int (table, segments);
  else
    attest_table_add_null (table);
}

/* ---- for people ---- */

#define PRECISION_NOTE                                                                             \
  "Precision: accepted of decided segments, with Wilson's 95 % interval; what was decided need "   \
  "not "                                                                                           \
  "be a sample."

static AttestTable *
overview (const AttestCodebookReport *report)
{
  g_autofree char *note = attest_report_dup_note ("Unit: segment. " PRECISION_NOTE, report->data);
  AttestTable *table = attest_table_new ("Codes", "Unit: segment. " PRECISION_NOTE);

  attest_table_set_origin (table, note + strlen ("Unit: segment. " PRECISION_NOTE) + 1);
  attest_table_add_column (table, "code", "code", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_WRAP | ATTEST_COLUMN_CATEGORY);
  attest_table_add_column (table, "rules", "rules", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "segments", "segments", ATTEST_COLUMN_INT, ATTEST_COLUMN_BAR);
  attest_table_add_column (table, "precision", "precision", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_RIGHT);
  for (guint i = 0; i < report->entries->len; i++)
    {
      const AttestCodebookEntry *entry = entry_of (report, i);
      g_autofree char *title = attest_report_dup_title (entry->name, entry->code);
      g_autofree char *precision
          = dup_precision (find_review (report->review->codes, entry->code, NULL));

      if (i == 0 || strcmp (entry->dimension, entry_of (report, i - 1)->dimension) != 0)
        attest_table_begin_section (table, entry->dimension);
      attest_table_add_text (table, title);
      attest_table_add_int (table, entry->rules->len);
      add_segments (report, table, entry);
      attest_table_add_text (table, precision);
    }
  return table;
}

static void
add_detail (AttestTable *table, const char *what, const char *text)
{
  if (text == NULL)
    return;
  attest_table_add_text (table, what);
  attest_table_add_text (table, text);
  attest_table_add_text (table, "");
}

static void
add_details (AttestTable *table, const char *what, const GPtrArray *texts)
{
  for (guint i = 0; i < texts->len; i++)
    add_detail (table, i == 0 ? what : "", g_ptr_array_index (texts, i));
}

static void
add_rules (const AttestCodebookReport *report, AttestTable *table, const AttestCodebookEntry *entry)
{
  for (guint i = 0; i < entry->rules->len; i++)
    {
      const AttestCodebookRule *rule = &g_array_index (entry->rules, AttestCodebookRule, i);
      g_autofree char *precision
          = dup_precision (find_review (report->review->rules, NULL, rule->name));

      attest_table_add_text (table, rule->name);
      attest_table_add_text (table, rule->text);
      attest_table_add_text (table, precision != NULL ? precision : "");
    }
}

static AttestTable *
details (const AttestCodebookReport *report)
{
  AttestTable *table = attest_table_new ("Definitions and rules", NULL);

  attest_table_add_column (table, "what", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  attest_table_add_column (table, "text", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  attest_table_add_column (table, "precision", "precision", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_WRAP | ATTEST_COLUMN_OPTIONAL);
  for (guint i = 0; i < report->entries->len; i++)
    {
      const AttestCodebookEntry *entry = entry_of (report, i);
      g_autofree char *title = attest_report_dup_title (entry->name, entry->code);

      attest_table_begin_section (table, title);
      add_detail (table, "question", entry->question);
      add_detail (table, "definition", entry->definition);
      add_detail (table, "include", entry->include);
      add_detail (table, "exclude", entry->exclude);
      add_details (table, "not to be confused", entry->confusions);
      add_details (table, "example", entry->examples);
      add_details (table, "counterexample", entry->counterexamples);
      add_details (table, "asked about by", entry->asked);
      add_rules (report, table, entry);
    }
  return table;
}

static void
add_tables (gconstpointer result, GPtrArray *tables)
{
  g_ptr_array_add (tables, overview (result));
  g_ptr_array_add (tables, details (result));
}

static void
add_charts (gconstpointer result, GPtrArray *charts)
{
  const AttestCodebookReport *report = result;
  AttestChart *chart
      = attest_chart_new (ATTEST_CHART_DOTS, "How often what was found was right", "precision, %");
  g_autofree char *note = attest_report_dup_note ("Unit: segment. " PRECISION_NOTE, report->data);

  attest_chart_set_note (chart, note);
  attest_chart_set_axes (chart, "code", "precision, %");
  attest_chart_set_scale (chart, 0, 100);
  for (guint i = 0; i < report->entries->len; i++)
    {
      const AttestCodebookEntry *entry = entry_of (report, i);
      const AttestReviewRow *review = find_review (report->review->codes, entry->code, NULL);
      AttestEstimate e = precision_of (review);
      g_autofree char *title = attest_report_dup_title (entry->name, entry->code);

      if (i == 0 || strcmp (entry->dimension, entry_of (report, i - 1)->dimension) != 0)
        attest_chart_begin_section (chart, entry->dimension);
      attest_chart_add_row (chart, title);
      attest_chart_set (chart, i, 0, e.value * 100);
      attest_chart_set_interval (chart, i, 0, e.low * 100, e.high * 100);
      attest_chart_set_n (chart, i, 0, decided_of (review));
    }
  g_ptr_array_add (charts, chart);
}

/* ---- for programs ---- */

static void
add_record (const AttestCodebookReport *report, AttestTable *table,
            const AttestCodebookEntry *entry, const AttestCodebookRule *rule)
{
  const AttestReviewRow *review
      = find_review (rule != NULL ? report->review->rules : report->review->codes, entry->code,
                     rule != NULL ? rule->name : NULL);
  AttestEstimate e = precision_of (review);

  attest_table_add_text (table, entry->dimension);
  attest_table_add_text (table, entry->code);
  attest_table_add_text (table, rule != NULL ? rule->name : NULL);
  attest_table_add_text (table, rule != NULL ? rule->text : entry->definition);
  if (rule == NULL)
    add_segments (report, table, entry);
  else
    attest_table_add_null (table);
  attest_table_add_int (table, review != NULL ? review->accepted : 0);
  attest_table_add_int (table, review != NULL ? review->rejected : 0);
  attest_table_add_double (table, e.value);
  attest_table_add_double (table, e.low);
  attest_table_add_double (table, e.high);
}

static AttestTable *
to_records (gconstpointer result)
{
  const AttestCodebookReport *report = result;
  AttestTable *table = attest_table_new (NULL, NULL);

  attest_table_add_column (table, "dimension", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "code", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "rule", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "text", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "segments", "", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "accepted", "", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "rejected", "", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "precision", "", ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "low", "", ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "high", "", ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_PLAIN);
  for (guint i = 0; i < report->entries->len; i++)
    {
      const AttestCodebookEntry *entry = entry_of (report, i);

      add_record (report, table, entry, NULL);
      for (guint k = 0; k < entry->rules->len; k++)
        add_record (report, table, entry, &g_array_index (entry->rules, AttestCodebookRule, k));
    }
  return table;
}

static void
write_precision (AttestJson *json, const AttestReviewRow *review)
{
  AttestEstimate e = precision_of (review);

  attest_json_member_int (json, "accepted", review != NULL ? review->accepted : 0);
  attest_json_member_int (json, "rejected", review != NULL ? review->rejected : 0);
  attest_json_member_double (json, "precision", e.value);
  attest_json_key (json, "interval");
  attest_json_begin_array (json);
  attest_json_double (json, e.low);
  attest_json_double (json, e.high);
  attest_json_end_array (json);
}

static void
write_entry (const AttestCodebookReport *report, const AttestCodebookEntry *entry, AttestJson *json)
{
  attest_json_begin_object (json);
  attest_json_member_string (json, "dimension", entry->dimension);
  attest_json_member_string (json, "code", entry->code);
  attest_json_member_string (json, "name", entry->name);
  attest_json_member_string (json, "question", entry->question);
  attest_json_member_string (json, "definition", entry->definition);
  attest_json_member_string (json, "include", entry->include);
  attest_json_member_string (json, "exclude", entry->exclude);
  attest_report_member_strings (json, "confusions", entry->confusions);
  attest_report_member_strings (json, "examples", entry->examples);
  attest_report_member_strings (json, "counterexamples", entry->counterexamples);
  attest_report_member_strings (json, "asked", entry->asked);
  if (segments_of (report, entry) >= 0)
    attest_json_member_int (json, "segments", segments_of (report, entry));
  else
    attest_json_member_null (json, "segments");
  write_precision (json, find_review (report->review->codes, entry->code, NULL));
  attest_json_key (json, "rules");
  attest_json_begin_array (json);
  for (guint i = 0; i < entry->rules->len; i++)
    {
      const AttestCodebookRule *rule = &g_array_index (entry->rules, AttestCodebookRule, i);

      attest_json_begin_object (json);
      attest_json_member_string (json, "rule", rule->name);
      attest_json_member_string (json, "pattern", rule->text);
      attest_json_member_string (json, "langs", rule->langs);
      write_precision (json, find_review (report->review->rules, NULL, rule->name));
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
  attest_json_end_object (json);
}

static void
write_json (gconstpointer result, AttestJson *json)
{
  const AttestCodebookReport *report = result;

  attest_report_begin_json (json, "codebook", "segment", report->data->frequency->codebook);
  attest_json_key (json, "codes");
  attest_json_begin_array (json);
  for (guint i = 0; i < report->entries->len; i++)
    write_entry (report, entry_of (report, i), json);
  attest_json_end_array (json);
  attest_json_end_object (json);
}

const AttestReportDriver attest_codebook_report_driver = {
  .kind = "Codebook",
  .add_tables = add_tables,
  .add_charts = add_charts,
  .to_records = to_records,
  .write_json = write_json,
};
