#include "report/attest-report-quotes.h"

#include <string.h>

void
attest_quote_bank_free (AttestQuoteBank *bank)
{
  if (bank == NULL)
    return;
  g_ptr_array_unref (bank->codes);
  g_free (bank->found);
  g_free (bank);
}

static gboolean
is_shown (const AttestQuoteFilter *filter, const AttestDatum *datum)
{
  return (filter->code == ATTEST_NO_INDEX || filter->code == datum->code)
         && (filter->polarity == ATTEST_UNQUALIFIED
             || datum->qualifiers.values[ATTEST_QUALIFIER_POLARITY] == filter->polarity)
         && datum->strength >= filter->min_strength && (!filter->only_key || datum->is_key)
         && (!filter->only_accepted || datum->is_accepted);
}

AttestQuoteBank *
attest_quote_bank_new (const AttestReportData *data, const AttestQuoteFilter *filter)
{
  AttestQuoteBank *bank = g_new0 (AttestQuoteBank, 1);
  guint n = data->frequency->rows->len;

  bank->data = data;
  bank->filter = *filter;
  bank->codes = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  bank->found = g_new0 (gint64, n + 1);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (bank->codes, g_array_new (FALSE, FALSE, sizeof (guint)));
  for (guint i = 0; i < data->segments->len; i++)
    {
      const AttestDatum *datum = attest_report_datum (data, i);

      if (is_shown (filter, datum))
        g_array_append_val ((GArray *)g_ptr_array_index (bank->codes, datum->code), i);
    }
  for (guint i = 0; i < n; i++)
    {
      GArray *segments = g_ptr_array_index (bank->codes, i);

      bank->found[i] = segments->len;
      attest_report_data_sort_quotes (data, segments);
      if (filter->limit > 0 && segments->len > filter->limit)
        g_array_set_size (segments, filter->limit);
    }
  return bank;
}

/* ---- for people ---- */

static const char *
mark_of (const AttestDatum *datum)
{
  if (datum->is_key)
    return "key";
  return datum->is_accepted ? "accepted" : "";
}

static const char *
polarity_of (const AttestDatum *datum)
{
  return attest_qualifier_value_to_string (ATTEST_QUALIFIER_POLARITY,
                                           datum->qualifiers.values[ATTEST_QUALIFIER_POLARITY]);
}

static const char *
sign_of (const AttestDatum *datum)
{
  static const char *const signs[] = { "", "+", "−", "±" };

  return signs[MIN (datum->qualifiers.values[ATTEST_QUALIFIER_POLARITY], 3)];
}

static char *
dup_note (const AttestQuoteBank *bank)
{
  return g_strdup_printf ("Unit: segment. First key quotes, then those that a person accepted, "
                          "then those that more rules "
                          "found.%s\n+ − ±: speaks well, ill, both; rules tell it.",
                          bank->filter.limit > 0 ? " Not all are shown." : "");
}

static void
add_quote (const AttestQuoteBank *bank, AttestTable *table, guint segment)
{
  const AttestDatum *datum = attest_report_datum (bank->data, segment);
  g_autofree char *text = attest_report_data_dup_quote (bank->data, datum);
  g_autofree char *place = attest_report_data_dup_place (bank->data, datum);

  attest_table_add_text (table, sign_of (datum));
  attest_table_add_text (table, text);
  attest_table_add_text (table, datum->id);
  attest_table_add_text (table, attest_report_data_who (bank->data, datum->respondent));
  attest_table_add_text (table, place);
  attest_table_add_text (table, mark_of (datum));
}

static void
add_section (const AttestQuoteBank *bank, AttestTable *table, guint code)
{
  const GArray *segments = g_ptr_array_index (bank->codes, code);
  g_autofree char *title = attest_report_data_dup_code_title (bank->data, code);
  g_autofree char *found = attest_report_dup_count (bank->found[code], "quote", NULL);
  g_autofree char *heading = segments->len < bank->found[code]
                                 ? g_strdup_printf ("%s: %u of %s", title, segments->len, found)
                                 : g_strdup_printf ("%s: %s", title, found);

  attest_table_begin_section (table, heading);
  for (guint i = 0; i < segments->len; i++)
    add_quote (bank, table, g_array_index (segments, guint, i));
}

static void
add_tables (gconstpointer result, GPtrArray *tables)
{
  const AttestQuoteBank *bank = result;
  g_autofree char *note = dup_note (bank);
  g_autofree char *origin = attest_report_dup_note (note, bank->data);
  AttestTable *table = attest_table_new ("Quotes", note);

  attest_table_set_origin (table, origin + strlen (note) + 1);
  attest_table_add_column (table, "polarity", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "text", "text", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  attest_table_add_column (table, "id", "quote", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "who", "who", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  attest_table_add_column (table, "place", "place", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_OPTIONAL);
  attest_table_add_column (table, "mark", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_OPTIONAL);
  for (guint i = 0; i < bank->codes->len; i++)
    if (bank->found[i] > 0 || bank->filter.code == i)
      add_section (bank, table, i);
  g_ptr_array_add (tables, table);
}

/* ---- for programs ---- */

/* What a record tells of a segment; in public no place within its source. */
typedef struct
{
  const AttestDatum *datum;
  char *text;
  const char *source, *respondent, *group;
  gboolean has_place;
} Record;

static void
record_clear (Record *record)
{
  g_free (record->text);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Record, record_clear)

static Record
record_of (const AttestQuoteBank *bank, guint segment)
{
  const AttestReportData *data = bank->data;
  const AttestDatum *datum = attest_report_datum (data, segment);

  return (Record){ datum,
                   attest_report_data_dup_quote (data, datum),
                   attest_report_data_source (data, datum->source),
                   attest_report_data_respondent (data, datum->respondent),
                   attest_report_data_attribute (data, datum->respondent, ATTEST_ATTRIBUTE_GROUP),
                   !attest_disclosure_is_public (data->disclosure) };
}

static AttestTable *
to_records (gconstpointer result)
{
  static const char *const texts[] = { "code", "dimension", "id", "source", "respondent", "group" };
  static const char *const numbers[] = { "turn", "start", "end", "start_ms" };
  const AttestQuoteBank *bank = result;
  AttestTable *table = attest_table_new (NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    attest_table_add_column (table, texts[i], "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    attest_table_add_column (table, numbers[i], "", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "polarity", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "strength", "", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "key", "", ATTEST_COLUMN_BOOL, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "accepted", "", ATTEST_COLUMN_BOOL, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "quote", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  for (guint code = 0; code < bank->codes->len; code++)
    {
      const GArray *segments = g_ptr_array_index (bank->codes, code);

      for (guint i = 0; i < segments->len; i++)
        {
          g_auto (Record) record = record_of (bank, g_array_index (segments, guint, i));
          const AttestDatum *datum = record.datum;
          const gint64 places[] = { datum->turn, datum->start, datum->end, datum->start_ms };

          attest_table_add_text (table, attest_report_data_code (bank->data, code)->code);
          attest_table_add_text (table, attest_report_data_code (bank->data, code)->dimension);
          attest_table_add_text (table, datum->id);
          attest_table_add_text (table, record.source);
          attest_table_add_text (table, record.respondent);
          attest_table_add_text (table, record.group);
          for (guint k = 0; k < G_N_ELEMENTS (places); k++)
            if (record.has_place && places[k] >= 0)
              attest_table_add_int (table, places[k]);
            else
              attest_table_add_null (table);
          attest_table_add_text (table, polarity_of (datum));
          attest_table_add_int (table, datum->strength);
          attest_table_add_bool (table, datum->is_key);
          attest_table_add_bool (table, datum->is_accepted);
          attest_table_add_text (table, record.text);
        }
    }
  return table;
}

static void
write_quote (const AttestQuoteBank *bank, guint segment, AttestJson *json)
{
  g_auto (Record) record = record_of (bank, segment);
  const AttestDatum *datum = record.datum;
  const struct
  {
    const char *key;
    gint64 value;
  } places[] = { { "turn", datum->turn },         { "start", datum->start },
                 { "end", datum->end },           { "start_byte", datum->start_byte },
                 { "end_byte", datum->end_byte }, { "start_ms", datum->start_ms } };

  attest_json_begin_object (json);
  attest_json_member_string (json, "id", datum->id);
  attest_json_member_string (json, "source", record.source);
  attest_json_member_string (json, "respondent", record.respondent);
  attest_json_member_string (json, "group", record.group);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    attest_json_member_time (json, places[i].key, record.has_place ? places[i].value : -1);
  attest_json_member_string (json, "polarity", polarity_of (datum));
  attest_json_member_int (json, "strength", datum->strength);
  attest_json_member_bool (json, "key", datum->is_key);
  attest_json_member_bool (json, "accepted", datum->is_accepted);
  attest_json_member_string (json, "quote", record.text);
  attest_json_end_object (json);
}

static void
write_json (gconstpointer result, AttestJson *json)
{
  const AttestQuoteBank *bank = result;

  attest_report_begin_json (json, "quotes", "segment", bank->data->frequency->codebook);
  attest_json_key (json, "codes");
  attest_json_begin_array (json);
  for (guint code = 0; code < bank->codes->len; code++)
    {
      const GArray *segments = g_ptr_array_index (bank->codes, code);
      const AttestFrequencyRow *row = attest_report_data_code (bank->data, code);

      if (bank->filter.code != ATTEST_NO_INDEX && bank->filter.code != code)
        continue;
      attest_json_begin_object (json);
      attest_json_member_string (json, "dimension", row->dimension);
      attest_json_member_string (json, "code", row->code);
      attest_json_member_string (json, "name", row->name);
      attest_json_member_int (json, "found", bank->found[code]);
      attest_json_key (json, "quotes");
      attest_json_begin_array (json);
      for (guint i = 0; i < segments->len; i++)
        write_quote (bank, g_array_index (segments, guint, i), json);
      attest_json_end_array (json);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
  attest_json_end_object (json);
}

const AttestReportDriver attest_quotes_driver = {
  .kind = "Quotes",
  .add_tables = add_tables,
  .to_records = to_records,
  .write_json = write_json,
};
