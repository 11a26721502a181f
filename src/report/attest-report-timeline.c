#include "report/attest-report-timeline.h"

#include <string.h>

/* Parts of a transcript in a table for people. */
#define STRIP_COLUMNS 40

void
attest_timeline_report_free (AttestCodeTimeline *timeline)
{
  if (timeline == NULL)
    return;
  g_array_unref (timeline->questions);
  g_ptr_array_unref (timeline->codes);
  g_free (timeline);
}

/* ---- places ---- */

/* Where each turn begins and ends on the scale. */
typedef struct
{
  double start, end;
} Extent;

static gboolean
has_times (const AttestDocument *doc)
{
  gint64 last = 0;

  for (guint i = 0; i < doc->turns->len; i++)
    {
      gint64 start = attest_document_turn (doc, i)->start_ms;

      if (start == ATTEST_NO_TIME || start < last)
        return FALSE;
      last = start;
    }
  return last > 0;
}

static Extent *
measure_times (const AttestDocument *doc)
{
  Extent *extents = g_new0 (Extent, doc->turns->len + 1);

  for (guint i = 0; i < doc->turns->len; i++)
    {
      const AttestTurn *turn = attest_document_turn (doc, i);
      gint64 end = turn->end_ms;

      if (i + 1 < doc->turns->len && (end == ATTEST_NO_TIME || end > turn[1].start_ms))
        end = turn[1].start_ms;
      extents[i].start = (double)turn->start_ms;
      extents[i].end = (double)MAX (end, turn->start_ms);
    }
  return extents;
}

static Extent *
measure_words (const AttestDocument *doc)
{
  Extent *extents = g_new0 (Extent, doc->turns->len + 1);
  gsize words = 0;

  for (guint i = 0; i < doc->turns->len; i++)
    {
      extents[i].start = (double)words;
      words += attest_document_turn (doc, i)->words;
      extents[i].end = (double)words;
    }
  return extents;
}

static double
place_of (const AttestTurn *turn, const Extent *extent, gint64 byte)
{
  double length = (double)(turn->end_byte - turn->start_byte);
  double share = length > 0 ? (double)(byte - (gint64)turn->start_byte) / length : 0;

  return extent->start + (extent->end - extent->start) * CLAMP (share, 0, 1);
}

static void
add_questions (AttestCodeTimeline *timeline, const AttestDocument *doc, const Extent *extents)
{
  for (guint i = 0; i < doc->turns->len; i++)
    {
      const AttestTurn *turn = attest_document_turn (doc, i);
      AttestTimelineMark mark = { ATTEST_NO_INDEX, i, extents[i].start, extents[i].end };

      if (turn->speaker != ATTEST_NO_SPEAKER
          && g_array_index (doc->speakers, AttestSpeaker, turn->speaker).role
                 == ATTEST_ROLE_INTERVIEWER)
        g_array_append_val (timeline->questions, mark);
    }
}

static void
add_segments (AttestCodeTimeline *timeline, const AttestDocument *doc, const Extent *extents)
{
  const AttestReportData *data = timeline->data;

  for (guint i = 0; i < data->segments->len; i++)
    {
      const AttestDatum *datum = attest_report_datum (data, i);
      AttestTimelineMark mark = { i, datum->turn, 0, 0 };
      const AttestTurn *turn;

      if (datum->source != timeline->source || datum->turn >= doc->turns->len)
        continue;
      turn = attest_document_turn (doc, datum->turn);
      mark.start = place_of (turn, &extents[datum->turn], datum->start_byte);
      mark.end = place_of (turn, &extents[datum->turn], datum->end_byte);
      g_array_append_val ((GArray *)g_ptr_array_index (timeline->codes, datum->code), mark);
    }
}

AttestCodeTimeline *
attest_timeline_report_new (const AttestReportData *data, const char *label, GError **error)
{
  g_autoptr (AttestDocument) doc = attest_store_get_document (data->store, label, error);
  g_autofree Extent *extents = NULL;
  AttestCodeTimeline *timeline;

  if (doc == NULL)
    return NULL;
  timeline = g_new0 (AttestCodeTimeline, 1);
  timeline->data = data;
  timeline->source = attest_report_data_find_source (data, label);
  timeline->is_time = has_times (doc);
  timeline->questions = g_array_new (FALSE, FALSE, sizeof (AttestTimelineMark));
  timeline->codes = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  for (guint i = 0; i < data->frequency->rows->len; i++)
    g_ptr_array_add (timeline->codes, g_array_new (FALSE, FALSE, sizeof (AttestTimelineMark)));
  extents = timeline->is_time ? measure_times (doc) : measure_words (doc);
  timeline->length = doc->turns->len > 0 ? extents[doc->turns->len - 1].end : 0;
  add_questions (timeline, doc, extents);
  add_segments (timeline, doc, extents);
  return timeline;
}

/* ---- for people ---- */

static const AttestTimelineMark *
mark_at (const GArray *marks, guint i)
{
  return &g_array_index (marks, AttestTimelineMark, i);
}

/* How much of each part of the transcript is about it: nothing, and eighths. */
static char *
dup_strip (const AttestCodeTimeline *timeline, const GArray *marks)
{
  static const char *const eighths[] = { "·", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
  double parts[STRIP_COLUMNS] = { 0 }, part = timeline->length / STRIP_COLUMNS;
  g_autoptr (GString) strip = g_string_new (NULL);

  for (guint i = 0; i < marks->len && part > 0; i++)
    for (guint k = 0; k < STRIP_COLUMNS; k++)
      {
        double from = MAX (mark_at (marks, i)->start, k * part);
        double to = MIN (mark_at (marks, i)->end, (k + 1) * part);

        if (to > from)
          parts[k] += (to - from) / part;
      }
  for (guint k = 0; k < STRIP_COLUMNS; k++)
    g_string_append (strip, eighths[parts[k] <= 0 ? 0 : CLAMP ((int)(parts[k] * 8 + 0.5), 1, 8)]);
  return g_string_free (g_steal_pointer (&strip), FALSE);
}

static char *
dup_title (const AttestCodeTimeline *timeline)
{
  return g_strdup_printf ("Where codes occur in %s",
                          attest_report_data_source (timeline->data, timeline->source));
}

static char *
dup_note (const AttestCodeTimeline *timeline)
{
  g_autofree char *length = timeline->is_time
                                ? attest_table_dup_time ((gint64)timeline->length)
                                : attest_report_dup_count ((gint64)timeline->length, "word", NULL);

  return g_strdup_printf ("Unit: segment. From the beginning to the end: %s.", length);
}

static void
add_line (const AttestCodeTimeline *timeline, AttestTable *table, const char *name,
          const GArray *marks)
{
  g_autofree char *strip = dup_strip (timeline, marks);

  attest_table_add_text (table, name);
  attest_table_add_text (table, strip);
  attest_table_add_int (table, marks->len);
}

static void
add_tables (gconstpointer result, GPtrArray *tables)
{
  const AttestCodeTimeline *timeline = result;
  g_autofree char *title = dup_title (timeline);
  g_autofree char *note = dup_note (timeline);
  g_autofree char *origin = attest_report_dup_note (note, timeline->data);
  AttestTable *table = attest_table_new (title, note);

  attest_table_set_origin (table, origin + strlen (note) + 1);
  attest_table_add_column (table, "code", "code", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_WRAP | ATTEST_COLUMN_CATEGORY);
  attest_table_add_column (table, "where", "beginning … end", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "n", "segments", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  add_line (timeline, table, "interviewer speaks", timeline->questions);
  for (guint i = 0; i < timeline->codes->len; i++)
    {
      const AttestFrequencyRow *row = attest_report_data_code (timeline->data, i);
      g_autofree char *name = attest_report_data_dup_code_title (timeline->data, i);

      if (i == 0 || strcmp (row->dimension, row[-1].dimension) != 0)
        attest_table_begin_section (table, row->dimension);
      add_line (timeline, table, name, g_ptr_array_index (timeline->codes, i));
    }
  g_ptr_array_add (tables, table);
}

static char *
dup_mark_text (const AttestCodeTimeline *timeline, const AttestTimelineMark *mark)
{
  return mark->segment == ATTEST_NO_INDEX
             ? g_strdup_printf ("¶%u", mark->turn + 1)
             : g_strdup_printf ("%s ¶%u", attest_report_datum (timeline->data, mark->segment)->id,
                                mark->turn + 1);
}

static void
add_row (const AttestCodeTimeline *timeline, AttestChart *chart, const char *name,
         const GArray *marks)
{
  guint row = attest_chart_add_row (chart, name);

  for (guint i = 0; i < marks->len; i++)
    {
      g_autofree char *text = dup_mark_text (timeline, mark_at (marks, i));

      attest_chart_add_mark (chart, row, mark_at (marks, i)->start, mark_at (marks, i)->end, text);
    }
}

static void
add_charts (gconstpointer result, GPtrArray *charts)
{
  const AttestCodeTimeline *timeline = result;
  g_autofree char *title = dup_title (timeline);
  g_autofree char *unit = dup_note (timeline);
  g_autofree char *note = attest_report_dup_note (unit, timeline->data);
  AttestChart *chart
      = attest_chart_new (ATTEST_CHART_TIMELINE, title, timeline->is_time ? "time" : "words");

  attest_chart_set_note (chart, note);
  attest_chart_set_time (chart, timeline->is_time);
  attest_chart_set_axes (chart, "code", NULL);
  if (timeline->length > 0)
    attest_chart_set_scale (chart, 0, timeline->length);
  add_row (timeline, chart, "interviewer speaks", timeline->questions);
  for (guint i = 0; i < timeline->codes->len; i++)
    {
      const AttestFrequencyRow *row = attest_report_data_code (timeline->data, i);
      g_autofree char *name = attest_report_data_dup_code_title (timeline->data, i);

      if (i == 0 || strcmp (row->dimension, row[-1].dimension) != 0)
        attest_chart_begin_section (chart, row->dimension);
      add_row (timeline, chart, name, g_ptr_array_index (timeline->codes, i));
    }
  g_ptr_array_add (charts, chart);
}

/* ---- for programs ---- */

static AttestTable *
to_records (gconstpointer result)
{
  static const char *const numbers[] = { "turn", "start", "end", "from", "to" };
  const AttestCodeTimeline *timeline = result;
  AttestTable *table = attest_table_new (NULL, NULL);

  attest_table_add_column (table, "code", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "id", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    attest_table_add_column (table, numbers[i], "", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "scale", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  for (guint code = 0; code < timeline->codes->len; code++)
    {
      const GArray *marks = g_ptr_array_index (timeline->codes, code);

      for (guint i = 0; i < marks->len; i++)
        {
          const AttestTimelineMark *mark = mark_at (marks, i);
          const AttestDatum *datum = attest_report_datum (timeline->data, mark->segment);

          attest_table_add_text (table, attest_report_data_code (timeline->data, code)->code);
          attest_table_add_text (table, datum->id);
          attest_table_add_int (table, datum->turn);
          attest_table_add_int (table, datum->start);
          attest_table_add_int (table, datum->end);
          attest_table_add_int (table, (gint64)mark->start);
          attest_table_add_int (table, (gint64)mark->end);
          attest_table_add_text (table, timeline->is_time ? "ms" : "words");
        }
    }
  return table;
}

static void
write_marks (const AttestCodeTimeline *timeline, const GArray *marks, AttestJson *json)
{
  attest_json_begin_array (json);
  for (guint i = 0; i < marks->len; i++)
    {
      const AttestTimelineMark *mark = mark_at (marks, i);

      attest_json_begin_object (json);
      if (mark->segment != ATTEST_NO_INDEX)
        {
          const AttestDatum *datum = attest_report_datum (timeline->data, mark->segment);

          attest_json_member_string (json, "id", datum->id);
          attest_json_member_int (json, "start", datum->start);
          attest_json_member_int (json, "end", datum->end);
        }
      attest_json_member_int (json, "turn", mark->turn);
      attest_json_member_int (json, "from", (gint64)mark->start);
      attest_json_member_int (json, "to", (gint64)mark->end);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
}

static void
write_json (gconstpointer result, AttestJson *json)
{
  const AttestCodeTimeline *timeline = result;

  attest_report_begin_json (json, "timeline", "segment", timeline->data->frequency->codebook);
  attest_json_member_string (json, "source",
                             attest_report_data_source (timeline->data, timeline->source));
  attest_json_member_string (json, "scale", timeline->is_time ? "ms" : "words");
  attest_json_member_int (json, "length", (gint64)timeline->length);
  attest_json_key (json, "interviewer");
  write_marks (timeline, timeline->questions, json);
  attest_json_key (json, "rows");
  attest_json_begin_array (json);
  for (guint i = 0; i < timeline->codes->len; i++)
    {
      const AttestFrequencyRow *row = attest_report_data_code (timeline->data, i);

      attest_json_begin_object (json);
      attest_json_member_string (json, "dimension", row->dimension);
      attest_json_member_string (json, "code", row->code);
      attest_json_key (json, "marks");
      write_marks (timeline, g_ptr_array_index (timeline->codes, i), json);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
  attest_json_end_object (json);
}

const AttestReportDriver attest_timeline_driver = {
  .kind = "Timeline",
  .add_tables = add_tables,
  .add_charts = add_charts,
  .to_records = to_records,
  .write_json = write_json,
};
