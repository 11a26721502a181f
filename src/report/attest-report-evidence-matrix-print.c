/* The evidence matrix as tables, records, JSON and heat. */
#include "report/attest-report-evidence-matrix.h"

#include <string.h>

#define SIGNS "+4 −1 ○2 of 8: four speak well of it, one ill, two in neither direction, of eight."

static const char *
group_name (const AttestEvidenceMatrix *matrix, guint group)
{
  const char *name = g_ptr_array_index (matrix->groups, group);

  return name != NULL ? name : "not known";
}

static const AttestEvidenceRow *
row_of (const AttestEvidenceMatrix *matrix, guint row)
{
  return &g_array_index (matrix->rows, AttestEvidenceRow, row);
}

/* "+4 −1 of 8", "silent (8)", "–" */
static char *
dup_cell (const AttestEvidenceMatrix *matrix, guint row, guint group)
{
  const AttestEvidenceCell *cell = attest_evidence_matrix_cell (matrix, row, group);
  gint64 present = matrix->present[group];
  g_autoptr (GString) text = g_string_new (NULL);

  if (present == 0 && cell->spoke == 0)
    return g_strdup ("–");
  if (attest_evidence_matrix_is_hidden (matrix, row, group))
    return g_strdup ("*");
  if (cell->spoke == 0)
    return g_strdup_printf ("silent (%" G_GINT64_FORMAT ")", present);
  if (cell->positive > 0)
    g_string_append_printf (text, "+%" G_GINT64_FORMAT " ", cell->positive);
  if (cell->negative > 0)
    g_string_append_printf (text, "−%" G_GINT64_FORMAT " ", cell->negative);
  if (cell->neutral > 0)
    g_string_append_printf (text, "○%" G_GINT64_FORMAT " ", cell->neutral);
  g_string_append_printf (text, "of %" G_GINT64_FORMAT, present);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const char *
rows_name (const AttestEvidenceMatrix *matrix)
{
  static const char *const names[] = { "code", "question", "finding" };

  return names[matrix->of];
}

static char *
dup_note (const AttestEvidenceMatrix *matrix)
{
  const char *direction = matrix->of == ATTEST_EVIDENCE_OF_FINDINGS
                              ? "Unit: respondent. +4 −1 ○2 of 8: four support it, one contradicts "
                                "it, two are context, of "
                                "eight of the group."
                              : "Unit: respondent. " SIGNS
                                " Who speaks both ways is on both sides. Rules find the "
                                "direction: read the quotes.";

  return g_strdup_printf (
      "%s\nsilent: the group was there and nobody spoke of it; –: nobody of the "
      "group was there.%s",
      direction,
      attest_disclosure_is_public (matrix->data->disclosure) ? " *: too few people to tell." : "");
}

/* ---- for people ---- */

static AttestTable *
cells_to_table (const AttestEvidenceMatrix *matrix)
{
  g_autofree char *title
      = g_strdup_printf ("Evidence: %s × %s", rows_name (matrix), matrix->attribute);
  g_autofree char *note = dup_note (matrix);
  g_autofree char *origin = attest_report_dup_note (note, matrix->data);
  AttestTable *table = attest_table_new (title, note);

  attest_table_set_origin (table, origin + strlen (note) + 1);
  attest_table_add_column (table, "row", rows_name (matrix), ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_WRAP | ATTEST_COLUMN_CATEGORY);
  for (guint g = 0; g < matrix->groups->len; g++)
    attest_table_add_column (table, "", group_name (matrix, g), ATTEST_COLUMN_TEXT,
                             ATTEST_COLUMN_WRAP);
  for (guint row = 0; row < matrix->rows->len; row++)
    {
      attest_table_add_text (table, row_of (matrix, row)->title);
      for (guint g = 0; g < matrix->groups->len; g++)
        {
          g_autofree char *text = dup_cell (matrix, row, g);

          attest_table_add_text (table, text);
        }
    }
  return table;
}

/* The words and the place of a quote. */
static char *
dup_quote (const AttestEvidenceMatrix *matrix, const AttestEvidenceQuote *quote,
           const char **out_id, char **out_place)
{
  const AttestQuotePassage *passage = quote->passage;
  AttestDisclosure *disclosure = matrix->data->disclosure;

  if (passage == NULL)
    {
      const AttestDatum *datum = attest_report_datum (matrix->data, quote->segment);

      *out_id = datum->id;
      *out_place = attest_report_data_dup_place (matrix->data, datum);
      return attest_report_data_dup_quote (matrix->data, datum);
    }
  *out_id = passage->id;
  *out_place = attest_disclosure_is_public (disclosure)
                   ? g_strdup (attest_disclosure_get_source (disclosure, passage->source))
                   : g_strdup_printf ("%s ¶%" G_GINT64_FORMAT, passage->source, passage->turn + 1);
  return attest_disclosure_dup_quote (disclosure, passage->id, passage->source, passage->respondent,
                                      passage->text, strlen (passage->text), NULL);
}

static void
add_quotes (const AttestEvidenceMatrix *matrix, AttestTable *table, guint row, guint group)
{
  const AttestEvidenceCell *cell = attest_evidence_matrix_cell (matrix, row, group);

  for (guint i = 0; i < MIN (cell->quotes->len, matrix->n_quotes); i++)
    {
      const char *id;
      g_autofree char *place = NULL;
      g_autofree char *text
          = dup_quote (matrix, &g_array_index (cell->quotes, AttestEvidenceQuote, i), &id, &place);

      attest_table_add_text (table, i == 0 ? group_name (matrix, group) : "");
      attest_table_add_text (table, text);
      attest_table_add_text (table, id);
      attest_table_add_text (table, place);
    }
}

static AttestTable *
quotes_to_table (const AttestEvidenceMatrix *matrix)
{
  AttestTable *table = attest_table_new (
      "Quotes", "First those that were marked as key quotes, then accepted ones, then those that "
                "more rules found. 'attest report quotes' has all.");

  attest_table_add_column (table, "group", matrix->attribute, ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_WRAP);
  attest_table_add_column (table, "text", "text", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  attest_table_add_column (table, "id", "quote", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "place", "place", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_OPTIONAL);
  for (guint row = 0; row < matrix->rows->len; row++)
    {
      attest_table_begin_section (table, row_of (matrix, row)->title);
      for (guint g = 0; g < matrix->groups->len; g++)
        if (!attest_evidence_matrix_is_hidden (matrix, row, g))
          add_quotes (matrix, table, row, g);
    }
  return table;
}

static void
add_tables (gconstpointer result, GPtrArray *tables)
{
  const AttestEvidenceMatrix *matrix = result;

  g_ptr_array_add (tables, cells_to_table (matrix));
  if (matrix->n_quotes > 0)
    g_ptr_array_add (tables, quotes_to_table (matrix));
}

/* From all ill to all well: what the colour of a cell tells. */
static void
add_charts (gconstpointer result, GPtrArray *charts)
{
  const AttestEvidenceMatrix *matrix = result;
  g_autofree char *title
      = g_strdup_printf ("Evidence: %s × %s", rows_name (matrix), matrix->attribute);
  g_autofree char *unit = dup_note (matrix);
  g_autofree char *note = attest_report_dup_note (unit, matrix->data);
  AttestChart *chart
      = attest_chart_new (ATTEST_CHART_HEAT, title, "more respondents for it than against it");

  attest_chart_set_note (chart, note);
  attest_chart_set_diverging (chart, TRUE);
  attest_chart_set_axes (chart, rows_name (matrix), NULL);
  for (guint g = 0; g < matrix->groups->len; g++)
    attest_chart_add_series (chart, group_name (matrix, g));
  for (guint row = 0; row < matrix->rows->len; row++)
    {
      attest_chart_add_row (chart, row_of (matrix, row)->title);
      for (guint g = 0; g < matrix->groups->len; g++)
        {
          const AttestEvidenceCell *cell = attest_evidence_matrix_cell (matrix, row, g);
          g_autofree char *text = dup_cell (matrix, row, g);

          if (matrix->present[g] == 0 || attest_evidence_matrix_is_hidden (matrix, row, g))
            {
              attest_chart_set_text (chart, row, g, text);
              continue;
            }
          attest_chart_set (chart, row, g, (double)(cell->positive - cell->negative));
          attest_chart_set_label (chart, row, g, text);
          attest_chart_set_n (chart, row, g, cell->spoke);
        }
    }
  g_ptr_array_add (charts, chart);
}

/* ---- for programs ---- */

static void
add_count (AttestTable *table, gint64 count, gboolean hidden)
{
  if (hidden)
    attest_table_add_null (table);
  else
    attest_table_add_int (table, count);
}

static void
add_record (const AttestEvidenceMatrix *matrix, AttestTable *table, guint row, guint group)
{
  const AttestEvidenceCell *cell = attest_evidence_matrix_cell (matrix, row, group);
  gboolean hidden = attest_evidence_matrix_is_hidden (matrix, row, group);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < cell->quotes->len && !hidden; i++)
    {
      const AttestEvidenceQuote *quote = &g_array_index (cell->quotes, AttestEvidenceQuote, i);

      g_ptr_array_add (ids, quote->passage != NULL
                                ? quote->passage->id
                                : (char *)attest_report_datum (matrix->data, quote->segment)->id);
    }
  g_ptr_array_add (ids, NULL);
  attest_table_add_text (table, row_of (matrix, row)->id);
  attest_table_add_text (table, row_of (matrix, row)->title);
  attest_table_add_text (table, g_ptr_array_index (matrix->groups, group));
  attest_table_add_text (table,
                         hidden ? NULL : attest_evidence_matrix_direction (matrix, row, group));
  add_count (table, cell->positive, hidden);
  add_count (table, cell->negative, hidden);
  add_count (table, cell->neutral, hidden);
  add_count (table, cell->spoke, hidden);
  add_count (table, matrix->present[group], hidden);
  add_count (table, cell->segments, hidden);
  attest_table_add_list (table, (const char *const *)ids->pdata);
}

static AttestTable *
to_records (gconstpointer result)
{
  static const char *const counts[]
      = { "positive", "negative", "neutral", "spoke", "present", "segments" };
  const AttestEvidenceMatrix *matrix = result;
  AttestTable *table = attest_table_new (NULL, NULL);

  attest_table_add_column (table, rows_name (matrix), "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "title", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "group", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "direction", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    attest_table_add_column (table, counts[i], "", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "quotes", "", ATTEST_COLUMN_LIST, ATTEST_COLUMN_PLAIN);
  for (guint row = 0; row < matrix->rows->len; row++)
    for (guint g = 0; g < matrix->groups->len; g++)
      add_record (matrix, table, row, g);
  return table;
}

static void
write_quotes (const AttestEvidenceMatrix *matrix, const AttestEvidenceCell *cell, gboolean hidden,
              AttestJson *json)
{
  attest_json_key (json, "quotes");
  attest_json_begin_array (json);
  for (guint i = 0; i < cell->quotes->len && !hidden; i++)
    {
      const char *id;
      g_autofree char *place = NULL;
      g_autofree char *text
          = dup_quote (matrix, &g_array_index (cell->quotes, AttestEvidenceQuote, i), &id, &place);

      attest_json_begin_object (json);
      attest_json_member_string (json, "id", id);
      attest_json_member_string (json, "text", text);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
}

static void
write_cell (const AttestEvidenceMatrix *matrix, guint row, guint group, AttestJson *json)
{
  static const char *const keys[]
      = { "positive", "negative", "neutral", "spoke", "present", "segments" };
  const AttestEvidenceCell *cell = attest_evidence_matrix_cell (matrix, row, group);
  const gint64 counts[] = { cell->positive, cell->negative,         cell->neutral,
                            cell->spoke,    matrix->present[group], cell->segments };
  gboolean hidden = attest_evidence_matrix_is_hidden (matrix, row, group);

  attest_json_begin_object (json);
  attest_json_member_string (json, "group", g_ptr_array_index (matrix->groups, group));
  attest_json_member_string (json, "direction",
                             hidden ? NULL : attest_evidence_matrix_direction (matrix, row, group));
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (hidden)
      attest_json_member_null (json, keys[i]);
    else
      attest_json_member_int (json, keys[i], counts[i]);
  write_quotes (matrix, cell, hidden, json);
  attest_json_end_object (json);
}

static void
write_json (gconstpointer result, AttestJson *json)
{
  static const char *const about[] = { "dimension", "section", "criterion" };
  const AttestEvidenceMatrix *matrix = result;

  attest_report_begin_json (json, "evidence-matrix", "respondent",
                            matrix->data->frequency->codebook);
  attest_json_member_string (json, "attribute", matrix->attribute);
  attest_report_member_strings (json, "groups", matrix->groups);
  attest_json_key (json, "rows");
  attest_json_begin_array (json);
  for (guint row = 0; row < matrix->rows->len; row++)
    {
      attest_json_begin_object (json);
      attest_json_member_string (json, rows_name (matrix), row_of (matrix, row)->id);
      attest_json_member_string (json, "title", row_of (matrix, row)->title);
      attest_json_member_string (json, about[matrix->of], row_of (matrix, row)->dimension);
      attest_json_key (json, "cells");
      attest_json_begin_array (json);
      for (guint g = 0; g < matrix->groups->len; g++)
        write_cell (matrix, row, g, json);
      attest_json_end_array (json);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
  attest_json_end_object (json);
}

const AttestReportDriver attest_evidence_matrix_driver = {
  .kind = "Evidence matrix",
  .add_tables = add_tables,
  .add_charts = add_charts,
  .to_records = to_records,
  .write_json = write_json,
};
