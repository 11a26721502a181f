/* Frequency: how often, and by how many, each code was spoken of. */
#include "report/attest-report.h"
#include "report/attest-report-driver.h"

#include <string.h>

static const AttestFrequencyRow *
frequency_row (const AttestFrequency *frequency, guint i)
{
  return &g_array_index (frequency->rows, AttestFrequencyRow, i);
}

const AttestFrequencyRow *
attest_frequency_find (const AttestFrequency *frequency, const char *code)
{
  for (guint i = 0; i < frequency->rows->len; i++)
    if (strcmp (frequency_row (frequency, i)->code, code) == 0)
      return frequency_row (frequency, i);
  return NULL;
}

gboolean
attest_frequency_has_dimension (const AttestFrequency *frequency, const char *dimension)
{
  for (guint i = 0; i < frequency->rows->len; i++)
    if (strcmp (frequency_row (frequency, i)->dimension, dimension) == 0)
      return TRUE;
  return FALSE;
}

/* Whether the names tell a reader more than the codes do. */
static gboolean
names_matter (const AttestFrequency *frequency)
{
  for (guint i = 0; i < frequency->rows->len; i++)
    {
      const AttestFrequencyRow *row = frequency_row (frequency, i);

      if (row->name != NULL && !attest_report_is_name_of (row->name, row->code))
        return TRUE;
    }
  return FALSE;
}

static void
add_columns (AttestTable *table, gboolean with_names)
{
  attest_table_add_column (table, "dimension", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "code", "code", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_CATEGORY);
  attest_table_add_column (table, "name", "name", ATTEST_COLUMN_TEXT,
                           with_names ? ATTEST_COLUMN_WRAP | ATTEST_COLUMN_OPTIONAL
                                      : ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "segments", "segments", ATTEST_COLUMN_INT, ATTEST_COLUMN_BAR);
  attest_table_add_column (table, "hits", "hits", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "sources", "sources", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "respondents", "respondents", ATTEST_COLUMN_INT,
                           ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "groups", "groups", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "per_1000_words", "per 1,000 words", ATTEST_COLUMN_DOUBLE,
                           ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "codebook", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "codebook_version", "", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "codebook_sha256", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
}

static void
add_row (AttestTable *table, const AttestFrequency *frequency, const AttestFrequencyRow *row,
         GHashTable *linked)
{
  attest_table_add_text (table, row->dimension);
  attest_report_add_code (table, row->code, linked);
  attest_table_add_text (table, row->name);
  attest_table_add_count (table, row->segments);
  attest_table_add_count (table, row->hits);
  attest_table_add_count (table, row->sources);
  attest_table_add_count (table, row->respondents);
  attest_table_add_count (table, row->groups);
  attest_table_add_double (table, attest_report_per_1000_words (row->segments, &frequency->totals));
  attest_table_add_text (table, frequency->codebook->name);
  attest_table_add_text (table, frequency->codebook->version);
  attest_table_add_text (table, frequency->codebook->sha256);
}

/* Segments and hits add up; sources, respondents and groups are those that were searched. */
static AttestFrequencyRow
total_row (const AttestFrequency *frequency)
{
  AttestFrequencyRow total = { .dimension = (char *)"",
                               .code = (char *)"all",
                               .name = (char *)"",
                               .segments = frequency->totals.segments,
                               .sources = frequency->totals.sources,
                               .respondents = frequency->totals.respondents,
                               .groups = frequency->totals.groups };

  for (guint i = 0; i < frequency->rows->len; i++)
    {
      gint64 hits = frequency_row (frequency, i)->hits;

      total.hits = hits < 0 || total.hits < 0 ? ATTEST_COUNT_HIDDEN : total.hits + hits;
    }
  return total;
}

AttestTable *
attest_frequency_to_table (const AttestFrequency *frequency, GHashTable *linked)
{
  g_autofree char *origin = attest_report_dup_origin (frequency);
  AttestTable *table = attest_table_new (
      "Frequency of codes",
      "Unit: segment, a passage (a sentence or more) coded with one code.\n"
      "Last line: segments and hits added up; sources, respondents, groups searched.");
  AttestFrequencyRow total = total_row (frequency);

  attest_table_set_origin (table, origin);
  add_columns (table, names_matter (frequency));
  for (guint i = 0; i < frequency->rows->len; i++)
    {
      const AttestFrequencyRow *row = frequency_row (frequency, i);

      if (i == 0 || strcmp (row->dimension, row[-1].dimension) != 0)
        attest_table_begin_section (table, row->dimension);
      add_row (table, frequency, row, linked);
    }
  attest_table_begin_totals (table);
  add_row (table, frequency, &total, NULL);
  return table;
}

static void
write_json_row (const AttestFrequency *frequency, const AttestFrequencyRow *row, AttestJson *json)
{
  attest_json_begin_object (json);
  attest_json_member_string (json, "dimension", row->dimension);
  attest_json_member_string (json, "code", row->code);
  attest_json_member_string (json, "name", row->name);
  attest_count_write_member (json, "segments", row->segments);
  attest_count_write_member (json, "hits", row->hits);
  attest_count_write_member (json, "sources", row->sources);
  attest_count_write_member (json, "respondents", row->respondents);
  attest_count_write_member (json, "groups", row->groups);
  attest_json_member_double (json, "per_1000_words",
                             attest_report_per_1000_words (row->segments, &frequency->totals));
  attest_json_end_object (json);
}

void
attest_frequency_write_json (const AttestFrequency *frequency, AttestJson *json)
{
  attest_report_begin_json (json, "frequency", "segment", frequency->codebook);
  attest_json_key (json, "rows");
  attest_json_begin_array (json);
  for (guint i = 0; i < frequency->rows->len; i++)
    write_json_row (frequency, frequency_row (frequency, i), json);
  attest_json_end_array (json);
  attest_json_key (json, "totals");
  attest_json_begin_object (json);
  attest_count_write_member (json, "sources", frequency->totals.sources);
  attest_count_write_member (json, "respondents", frequency->totals.respondents);
  attest_count_write_member (json, "groups", frequency->totals.groups);
  attest_json_member_int (json, "turns", frequency->totals.turns);
  attest_json_member_int (json, "words", frequency->totals.words);
  attest_count_write_member (json, "segments", frequency->totals.segments);
  attest_json_end_object (json);
  attest_json_end_object (json);
}
