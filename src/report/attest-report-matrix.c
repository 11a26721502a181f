/* Matrix: codes × codes or values. A cell for people is "12 (7)", segments and respondents. */
#include "report/attest-report.h"

#include <string.h>

#define NOTHING "·"

static void
add_counts (AttestTable *table, gint64 segments, gint64 respondents)
{
  g_autofree char *said = attest_count_to_string (segments);
  g_autofree char *by = attest_count_to_string (respondents);
  /* Of a small number of respondents it is not said how much they said. */
  g_autofree char *text = segments == 0  ? g_strdup (NOTHING)
                          : segments < 0 ? g_strdup (by)
                                         : g_strdup_printf ("%s (%s)", said, by);

  attest_table_add_text (table, text);
}

static void
add_all_of_code (AttestTable *table, const AttestFrequency *frequency, const char *code)
{
  const AttestFrequencyRow *row = attest_frequency_find (frequency, code);

  add_counts (table, row != NULL ? row->segments : 0, row != NULL ? row->respondents : 0);
}

static char *
dup_note (gboolean by_attribute)
{
  return g_strdup_printf (
      "Unit: segment, a passage coded with the code of the row%s; in brackets the respondents who "
      "said it. %s none. Under all: every segment of the code.",
      by_attribute ? ", by respondents with the value of the column"
                   : " that overlaps one with the code of the column",
      NOTHING);
}

static gint64
largest_cell (const AttestMatrix *matrix)
{
  gint64 largest = 0;

  for (guint row = 0; row < matrix->rows->len; row++)
    for (guint col = 0; col < matrix->cols->len; col++)
      largest = MAX (largest, attest_matrix_cell (matrix, row, col)->segments);
  return largest;
}

AttestTable *
attest_matrix_to_table (const AttestMatrix *matrix, const AttestFrequency *frequency,
                        const char *rows, const char *cols, gboolean by_attribute,
                        GHashTable *linked)
{
  g_autofree char *title = g_strdup_printf ("%s × %s", rows, cols);
  g_autofree char *note = dup_note (by_attribute);
  gint64 maximum = largest_cell (matrix);
  g_autofree char *origin = attest_report_dup_origin (frequency);
  AttestTable *table = attest_table_new (title, note);

  attest_table_set_origin (table, origin);
  attest_table_add_column (table, "row", rows, ATTEST_COLUMN_TEXT, ATTEST_COLUMN_CATEGORY);
  for (guint col = 0; col < matrix->cols->len; col++)
    {
      const char *name = g_ptr_array_index (matrix->cols, col);

      attest_table_add_column (table, "", name != NULL ? name : "not known", ATTEST_COLUMN_TEXT,
                               ATTEST_COLUMN_RIGHT);
    }
  attest_table_add_column (table, "all", "all", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_RIGHT);
  for (guint row = 0; row < matrix->rows->len; row++)
    {
      const char *code = g_ptr_array_index (matrix->rows, row);

      attest_report_add_code (table, code, linked);
      for (guint col = 0; col < matrix->cols->len; col++)
        {
          const AttestMatrixCell *cell = attest_matrix_cell (matrix, row, col);

          add_counts (table, cell->segments, cell->respondents);
          attest_table_heat (table, maximum > 0 ? (double)cell->segments / (double)maximum : 0);
        }
      add_all_of_code (table, frequency, code);
    }
  if (by_attribute)
    return table;
  attest_table_begin_totals (table);
  attest_table_add_text (table, "all");
  for (guint col = 0; col < matrix->cols->len; col++)
    add_all_of_code (table, frequency, g_ptr_array_index (matrix->cols, col));
  attest_table_add_text (table, "");
  return table;
}

AttestTable *
attest_matrix_to_cells (const AttestMatrix *matrix)
{
  AttestTable *table = attest_table_new (NULL, NULL);

  attest_table_add_column (table, "row", "row", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "col", "col", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "segments", "segments", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "sources", "sources", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "respondents", "respondents", ATTEST_COLUMN_INT,
                           ATTEST_COLUMN_PLAIN);
  for (guint row = 0; row < matrix->rows->len; row++)
    for (guint col = 0; col < matrix->cols->len; col++)
      {
        const AttestMatrixCell *cell = attest_matrix_cell (matrix, row, col);

        attest_table_add_text (table, g_ptr_array_index (matrix->rows, row));
        attest_table_add_text (table, g_ptr_array_index (matrix->cols, col));
        attest_table_add_count (table, cell->segments);
        attest_table_add_count (table, cell->sources);
        attest_table_add_count (table, cell->respondents);
      }
  return table;
}

static void
write_names (const GPtrArray *names, const char *key, AttestJson *json)
{
  attest_json_key (json, key);
  attest_json_begin_array (json);
  for (guint i = 0; i < names->len; i++)
    attest_json_string (json, g_ptr_array_index (names, i));
  attest_json_end_array (json);
}

void
attest_matrix_write_json (const AttestMatrix *matrix, AttestJson *json)
{
  attest_json_begin_object (json);
  attest_json_member_int (json, "format", 1);
  attest_json_member_string (json, "report", "matrix");
  attest_json_member_string (json, "unit", "segment");
  write_names (matrix->rows, "rows", json);
  write_names (matrix->cols, "cols", json);
  attest_json_key (json, "cells");
  attest_json_begin_array (json);
  for (guint row = 0; row < matrix->rows->len; row++)
    {
      attest_json_begin_array (json);
      for (guint col = 0; col < matrix->cols->len; col++)
        {
          const AttestMatrixCell *cell = attest_matrix_cell (matrix, row, col);

          attest_json_begin_object (json);
          attest_count_write_member (json, "segments", cell->segments);
          attest_count_write_member (json, "sources", cell->sources);
          attest_count_write_member (json, "respondents", cell->respondents);
          attest_json_end_object (json);
        }
      attest_json_end_array (json);
    }
  attest_json_end_array (json);
  attest_json_end_object (json);
}
