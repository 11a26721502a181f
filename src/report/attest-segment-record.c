/* The fields of a segment, listed once and visited by the writers of JSON, CSV and tables. */
#include "report/attest-segment-record.h"

#include <string.h>

#include "report/attest-disclosure.h"
#include "util/attest-csv.h"

/* A writer; exactly one of json, csv and table is set. With @header only the names are written. */
typedef struct
{
  AttestJson *json;
  GString *csv;
  AttestTable *table;
  gboolean header;
  guint n_cells;
} Writer;

/* TRUE when the value is to be written as a CSV cell. */
static gboolean
begin_cell (Writer *writer, const char *key)
{
  g_string_append (writer->csv, writer->n_cells++ > 0 ? "," : "");
  if (writer->header)
    attest_csv_append_cell (writer->csv, key);
  return !writer->header;
}

/* TRUE when the value is to be added to the table. */
static gboolean
begin_table_cell (Writer *writer, const char *key, AttestColumnType type)
{
  if (writer->header)
    attest_table_add_column (writer->table, key, "", type, ATTEST_COLUMN_PLAIN);
  return !writer->header;
}

static void
write_string_len (Writer *writer, const char *key, const char *value, gsize length_bytes)
{
  g_autofree char *copy = NULL;

  if (writer->table != NULL)
    {
      if (begin_table_cell (writer, key, ATTEST_COLUMN_TEXT))
        attest_table_add_text (writer->table, copy = g_strndup (value, length_bytes));
      return;
    }
  if (writer->json != NULL)
    {
      attest_json_key (writer->json, key);
      if (value == NULL)
        attest_json_null (writer->json);
      else
        attest_json_string_len (writer->json, value, length_bytes);
      return;
    }
  if (!begin_cell (writer, key))
    return;
  copy = g_strndup (value, length_bytes);
  attest_csv_append_cell (writer->csv, copy);
}

static void
write_string (Writer *writer, const char *key, const char *value)
{
  write_string_len (writer, key, value, value != NULL ? strlen (value) : 0);
}

static void
write_qualifier (Writer *writer, const AttestSegmentRecord *record, AttestQualifier qualifier)
{
  write_string (writer, attest_qualifier_get_name (qualifier),
                attest_qualifier_value_to_string (qualifier, record->qualifiers.values[qualifier]));
}

static void
write_int (Writer *writer, const char *key, gint64 value)
{
  if (writer->table != NULL)
    {
      if (begin_table_cell (writer, key, ATTEST_COLUMN_INT))
        attest_table_add_int (writer->table, value);
    }
  else if (writer->json != NULL)
    attest_json_member_int (writer->json, key, value);
  else if (begin_cell (writer, key))
    g_string_append_printf (writer->csv, "%" G_GINT64_FORMAT, value);
}

/* Of a place that is not told. */
static void
write_position (Writer *writer, const char *key, gint64 value)
{
  if (value >= 0)
    write_int (writer, key, value);
  else
    write_string (writer, key, NULL);
}

static void
write_double (Writer *writer, const char *key, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (writer->table != NULL)
    {
      if (begin_table_cell (writer, key, ATTEST_COLUMN_DOUBLE))
        attest_table_add_double (writer->table, value);
    }
  else if (writer->json != NULL)
    attest_json_member_double (writer->json, key, value);
  else if (begin_cell (writer, key))
    g_string_append (writer->csv, g_ascii_formatd (digits, sizeof digits, "%.6g", value));
}

static void
write_time (Writer *writer, const char *key, gint64 value_ms)
{
  if (writer->table != NULL)
    {
      if (!begin_table_cell (writer, key, ATTEST_COLUMN_TIME))
        return;
      if (value_ms >= 0)
        attest_table_add_int (writer->table, value_ms);
      else
        attest_table_add_null (writer->table);
    }
  else if (writer->json != NULL)
    attest_json_member_time (writer->json, key, value_ms);
  else if (begin_cell (writer, key) && value_ms >= 0)
    g_string_append_printf (writer->csv, "%" G_GINT64_FORMAT, value_ms);
}

static void
write_list (Writer *writer, const char *key, const char *const *items)
{
  static const char *const none[] = { NULL };
  g_autofree char *joined = NULL;

  items = items != NULL ? items : none;
  if (writer->table != NULL)
    {
      if (begin_table_cell (writer, key, ATTEST_COLUMN_LIST))
        attest_table_add_list (writer->table, items);
      return;
    }
  if (writer->json == NULL)
    {
      if (!begin_cell (writer, key))
        return;
      joined = g_strjoinv ("; ", (char **)items);
      attest_csv_append_cell (writer->csv, joined);
      return;
    }
  attest_json_key (writer->json, key);
  attest_json_begin_array (writer->json);
  for (; *items != NULL; items++)
    attest_json_string (writer->json, *items);
  attest_json_end_array (writer->json);
}

static char *
dup_hits (const AttestSegmentRecord *record)
{
  GString *cell = g_string_new (NULL);

  for (guint i = 0; i < record->n_hits; i++)
    g_string_append_printf (cell, "%s%s@%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, i > 0 ? "; " : "",
                            record->hits[i].rule, record->hits[i].start, record->hits[i].end);
  return g_string_free (cell, FALSE);
}

static void
write_hits (Writer *writer, const char *key, const AttestSegmentRecord *record)
{
  if (writer->json == NULL)
    {
      g_autofree char *hits = dup_hits (record);

      write_string (writer, key, hits);
      return;
    }
  attest_json_key (writer->json, key);
  attest_json_begin_array (writer->json);
  for (guint i = 0; i < record->n_hits; i++)
    {
      attest_json_begin_object (writer->json);
      attest_json_member_string (writer->json, "rule", record->hits[i].rule);
      attest_json_member_int (writer->json, "start", record->hits[i].start);
      attest_json_member_int (writer->json, "end", record->hits[i].end);
      attest_json_end_object (writer->json);
    }
  attest_json_end_array (writer->json);
}

static void
write_project_fields (Writer *writer, const AttestSegmentRecord *record)
{
  if (writer->table == NULL)
    {
      write_string (writer, "id", record->id);
      write_string (writer, "source", record->source);
    }
  write_string (writer, "respondent", record->respondent);
  write_string (writer, "origin", record->origin);
  write_string (writer, "codebook", record->codebook);
  write_int (writer, "run", record->run);
  write_string (writer, "status", record->status);
  write_string (writer, "coder", record->coder);
}

/* An object in JSON, a column each in CSV. */
static void
write_attributes (Writer *writer, const AttestSegmentRecord *record)
{
  if (writer->json != NULL)
    {
      attest_json_key (writer->json, "attributes");
      attest_json_begin_object (writer->json);
    }
  for (guint i = 0; record->attributes != NULL && record->attributes[i] != NULL; i++)
    {
      g_autofree char *column = g_strconcat ("attribute:", record->attributes[i], NULL);

      write_string (writer, writer->json != NULL ? record->attributes[i] : column,
                    record->values != NULL ? record->values[i] : NULL);
    }
  if (writer->json != NULL)
    attest_json_end_object (writer->json);
}

static void
write_export_fields (Writer *writer, const AttestSegmentRecord *record)
{
  write_string (writer, "code_name", record->code_name);
  write_double (writer, "weight", record->weight);
  write_qualifier (writer, record, ATTEST_QUALIFIER_ACT);
  write_string (writer, "codebook_version", record->codebook_version);
  write_string (writer, "codebook_sha256", record->codebook_sha256);
  write_string (writer, "lang", record->lang);
  write_attributes (writer, record);
}

static void
write_speaker (Writer *writer, const AttestSegmentRecord *record)
{
  write_position (writer, "turn", record->turn == ATTEST_NO_TURN ? -1 : (gint64)record->turn);
  write_string (writer, "speaker", record->speaker);
  write_string (writer, "role", attest_role_to_string (record->role));
  write_string (writer, "code", record->code);
  write_string (writer, "dimension", record->dimension);
}

static void
write_positions (Writer *writer, const AttestSegmentRecord *record)
{
  write_position (writer, "start", record->start);
  write_position (writer, "end", record->end);
  write_position (writer, "start_byte", record->start_byte);
  write_position (writer, "end_byte", record->end_byte);
  write_time (writer, "start_ms", record->start_ms);
}

static void
write_passage (Writer *writer, const AttestSegmentRecord *record)
{
  write_string_len (writer, "quote", record->quote, record->quote_bytes);
  write_qualifier (writer, record, ATTEST_QUALIFIER_POLARITY);
  write_qualifier (writer, record, ATTEST_QUALIFIER_CERTAINTY);
  write_qualifier (writer, record, ATTEST_QUALIFIER_TIME);
  write_qualifier (writer, record, ATTEST_QUALIFIER_HOLDER);
  write_list (writer, "asked", record->asked);
  write_int (writer, "strength", record->strength);
  write_hits (writer, "hits", record);
}

/* The list of the fields; its order is part of the contract. */
static void
write_fields (Writer *writer, const AttestSegmentRecord *record, AttestRecordFields fields)
{
  write_string (writer, "path", record->path);
  write_speaker (writer, record);
  write_positions (writer, record);
  write_passage (writer, record);
  if (fields != ATTEST_RECORD_SCAN)
    write_project_fields (writer, record);
  if (fields == ATTEST_RECORD_EVIDENCE)
    {
      write_string (writer, "group", record->group);
      write_string (writer, "lang", record->lang);
      write_string (writer, "page", record->page);
    }
  if (fields == ATTEST_RECORD_EXPORT)
    write_export_fields (writer, record);
}

/* For a table that people look at, what they look for comes first. */
static void
write_table_fields (Writer *writer, const AttestSegmentRecord *record)
{
  write_string (writer, "id", record->id);
  write_string (writer, "source", record->source);
  write_speaker (writer, record);
  write_passage (writer, record);
  write_project_fields (writer, record);
  write_positions (writer, record);
  write_string (writer, "path", record->path);
  write_export_fields (writer, record);
}

void
attest_segment_record_write_json (const AttestSegmentRecord *record, AttestRecordFields fields,
                                  AttestJson *json)
{
  Writer writer = { .json = json };

  attest_json_begin_object (json);
  write_fields (&writer, record, fields);
  attest_json_end_object (json);
}

void
attest_segment_record_write_line (const AttestSegmentRecord *record, AttestRecordFields fields,
                                  GString *out)
{
  g_autoptr (AttestJson) json = attest_json_new (out, FALSE);

  attest_segment_record_write_json (record, fields, json);
  g_string_append_c (out, '\n');
}

void
attest_segment_record_write_csv_header (AttestRecordFields fields, const char *const *attributes,
                                        GString *out)
{
  const AttestSegmentRecord none = { .attributes = attributes };
  Writer writer = { .csv = out, .header = TRUE };

  write_fields (&writer, &none, fields);
  g_string_append (out, "\r\n");
}

void
attest_segment_record_write_csv (const AttestSegmentRecord *record, AttestRecordFields fields,
                                 GString *out)
{
  Writer writer = { .csv = out };

  write_fields (&writer, record, fields);
  g_string_append (out, "\r\n");
}

void
attest_segment_record_add_columns (const char *const *attributes, AttestTable *table)
{
  const AttestSegmentRecord none = { .attributes = attributes };
  Writer writer = { .table = table, .header = TRUE };

  write_table_fields (&writer, &none);
}

void
attest_segment_record_add_row (const AttestSegmentRecord *record, AttestTable *table)
{
  Writer writer = { .table = table };

  write_table_fields (&writer, record);
}

void
attest_segment_record_from_store (AttestSegmentRecord *record, const AttestStoreSegment *segment,
                                  GArray *hits)
{
  g_array_set_size (hits, 0);
  for (guint i = 0; segment->hits != NULL && i < segment->n_hits; i++)
    {
      AttestRecordHit hit = { segment->hits[i].rule, segment->hits[i].start, segment->hits[i].end };

      g_array_append_val (hits, hit);
    }
  *record = (AttestSegmentRecord){ .path = segment->path,
                                   .turn = segment->turn,
                                   .speaker = segment->speaker,
                                   .role = segment->role,
                                   .code = segment->code,
                                   .dimension = segment->dimension,
                                   .start = segment->start,
                                   .end = segment->end,
                                   .start_byte = segment->start_byte,
                                   .end_byte = segment->end_byte,
                                   .start_ms = segment->start_ms,
                                   .quote = segment->quote,
                                   .quote_bytes = segment->quote_bytes,
                                   .qualifiers = segment->qualifiers,
                                   .asked = segment->asked,
                                   .strength = segment->strength,
                                   .hits = (const AttestRecordHit *)(gpointer)hits->data,
                                   .n_hits = hits->len,
                                   .id = segment->id,
                                   .source = segment->source,
                                   .respondent = segment->respondent,
                                   .origin = segment->origin,
                                   .codebook = segment->codebook,
                                   .run = segment->run_id,
                                   .status = segment->status,
                                   .coder = segment->coder,
                                   .lang = segment->lang,
                                   .page = segment->page,
                                   .code_name = segment->code_name,
                                   .weight = segment->weight };
}
