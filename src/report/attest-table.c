#include "report/attest-table.h"

#include <math.h>
#include <string.h>

#include "report/attest-table-private.h"
#include "util/attest-csv.h"
#include "util/attest-number.h"

static void
clear_column (gpointer item)
{
  AttestColumn *column = item;

  g_free (column->key);
  g_free (column->heading);
}

static void
clear_cell (gpointer item)
{
  AttestCell *cell = item;

  g_free (cell->text);
  g_free (cell->link);
}

static void
clear_section (gpointer item)
{
  g_free (((AttestSection *)item)->heading);
}

AttestTable *
attest_table_new (const char *title, const char *note)
{
  AttestTable *table = g_new0 (AttestTable, 1);

  table->title = g_strdup (title);
  table->note = g_strdup (note);
  table->sections = g_array_new (FALSE, TRUE, sizeof (AttestSection));
  table->first_total = G_MAXUINT;
  table->columns = g_array_new (FALSE, TRUE, sizeof (AttestColumn));
  table->cells = g_array_new (FALSE, TRUE, sizeof (AttestCell));
  g_array_set_clear_func (table->columns, clear_column);
  g_array_set_clear_func (table->cells, clear_cell);
  g_array_set_clear_func (table->sections, clear_section);
  return table;
}

void
attest_table_free (AttestTable *table)
{
  if (table == NULL)
    return;
  g_free (table->title);
  g_free (table->note);
  g_free (table->origin);
  g_free (table->widths);
  g_array_unref (table->columns);
  g_array_unref (table->cells);
  g_array_unref (table->sections);
  g_free (table);
}

void
attest_table_set_origin (AttestTable *table, const char *origin)
{
  g_free (table->origin);
  table->origin = g_strdup (origin);
}

void
attest_table_add_column (AttestTable *table, const char *key, const char *heading,
                         AttestColumnType type, AttestColumnFlags flags)
{
  AttestColumn column = { g_strdup (key), g_strdup (heading), type, flags };

  g_return_if_fail (table->cells->len == 0);
  g_array_append_val (table->columns, column);
}

static void
add_cell (AttestTable *table, AttestCell cell)
{
  g_array_append_val (table->cells, cell);
}

void
attest_table_add_text (AttestTable *table, const char *value)
{
  add_cell (table, (AttestCell){ .text = g_strdup (value), .known = value != NULL });
}

void
attest_table_add_int (AttestTable *table, gint64 value)
{
  add_cell (table, (AttestCell){ .number = (double)value, .integer = value, .known = TRUE });
}

char *
attest_count_to_string (gint64 count)
{
  if (count >= 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT, count);
  return count == ATTEST_COUNT_HIDDEN ? g_strdup ("*")
                                      : g_strdup_printf ("<%" G_GINT64_FORMAT, -count);
}

char *
attest_p_to_string (double p)
{
  if (isnan (p))
    return NULL;
  return p < .001 ? g_strdup ("< .001") : g_strdup_printf ("%.3f", p);
}

char *
attest_count_to_words (gint64 count)
{
  if (count >= 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT, count);
  return count == ATTEST_COUNT_HIDDEN ? g_strdup ("some")
                                      : g_strdup_printf ("fewer than %" G_GINT64_FORMAT, -count);
}

void
attest_count_write_member (AttestJson *json, const char *key, gint64 count)
{
  if (count >= 0)
    attest_json_member_int (json, key, count);
  else
    attest_json_member_null (json, key);
}

void
attest_table_add_count (AttestTable *table, gint64 count)
{
  if (count >= 0)
    attest_table_add_int (table, count);
  else
    add_cell (table, (AttestCell){ .text = attest_count_to_string (count), .known = FALSE });
}

void
attest_table_add_int_if (AttestTable *table, gboolean is_known, gint64 value)
{
  if (is_known)
    attest_table_add_int (table, value);
  else
    attest_table_add_null (table);
}

void
attest_table_add_double (AttestTable *table, double value)
{
  add_cell (table, (AttestCell){ .number = value, .known = isfinite (value) });
}

void
attest_table_add_bool (AttestTable *table, gboolean value)
{
  add_cell (table, (AttestCell){ .integer = value, .known = TRUE });
}

/* Items are kept apart by U+001F, which no clean text contains. */
void
attest_table_add_list (AttestTable *table, const char *const *items)
{
  char *joined = g_strjoinv (ATTEST_LIST_SEPARATOR, (char **)items);

  add_cell (table, (AttestCell){ .text = joined, .known = TRUE });
}

void
attest_table_add_null (AttestTable *table)
{
  add_cell (table, (AttestCell){ .known = FALSE });
}

static AttestCell *
last_cell (AttestTable *table)
{
  g_assert (table->cells->len > 0);
  return &g_array_index (table->cells, AttestCell, table->cells->len - 1);
}

void
attest_table_link (AttestTable *table, const char *link)
{
  g_free (last_cell (table)->link);
  last_cell (table)->link = g_strdup (link);
}

void
attest_table_heat (AttestTable *table, double heat)
{
  last_cell (table)->heat = heat;
}

guint
attest_table_n_rows (const AttestTable *table)
{
  return table->columns->len == 0 ? 0 : table->cells->len / table->columns->len;
}

guint
attest_table_n_columns (const AttestTable *table)
{
  return table->columns->len;
}

const char *
attest_table_get_key (const AttestTable *table, guint column)
{
  return attest_table_column (table, column)->key;
}

AttestColumnType
attest_table_get_type (const AttestTable *table, guint column)
{
  return attest_table_column (table, column)->type;
}

void
attest_table_clear_rows (AttestTable *table)
{
  g_array_set_size (table->cells, 0);
  g_array_set_size (table->sections, 0);
  table->first_total = G_MAXUINT;
}

void
attest_table_begin_section (AttestTable *table, const char *heading)
{
  AttestSection section = { attest_table_n_rows (table), g_strdup (heading) };

  g_array_append_val (table->sections, section);
}

void
attest_table_begin_totals (AttestTable *table)
{
  table->first_total = attest_table_n_rows (table);
}

guint
attest_table_n_body_rows (const AttestTable *table)
{
  return MIN (attest_table_n_rows (table), table->first_total);
}

char *
attest_table_dup_time (gint64 time_ms)
{
  gint64 seconds = time_ms / 1000;

  return g_strdup_printf ("%02d:%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60),
                          (int)(seconds % 60));
}

char *
attest_table_cell_to_text (const AttestTable *table, guint row, guint i, gboolean for_people)
{
  const AttestCell *cell = attest_table_cell (table, row, i);
  g_auto (GStrv) items = NULL;

  if (!cell->known)
    return g_strdup (cell->text != NULL ? cell->text : for_people ? "–" : "");
  switch (attest_table_column (table, i)->type)
    {
    case ATTEST_COLUMN_TIME:
      if (for_people)
        return attest_table_dup_time (cell->integer);
      G_GNUC_FALLTHROUGH;
    case ATTEST_COLUMN_INT:
      return g_strdup_printf ("%" G_GINT64_FORMAT, cell->integer);
    case ATTEST_COLUMN_DOUBLE:
      {
        char digits[G_ASCII_DTOSTR_BUF_SIZE];
        if (for_people)
          return attest_number_dup (cell->number, 2);
        return g_strdup (g_ascii_formatd (digits, sizeof digits, "%.6g", cell->number + 0.0));
      }
    case ATTEST_COLUMN_BOOL:
      return g_strdup (cell->integer ? "yes" : "no");
    case ATTEST_COLUMN_LIST:
      items = g_strsplit (cell->text, ATTEST_LIST_SEPARATOR, -1);
      return g_strjoinv (for_people ? ", " : "; ", items);
    case ATTEST_COLUMN_TEXT:
    default:
      return g_strdup (cell->text);
    }
}

void
attest_table_write_csv (const AttestTable *table, GString *out)
{
  for (guint i = 0; i < table->columns->len; i++)
    {
      g_string_append (out, i > 0 ? "," : "");
      attest_csv_append_cell (out, attest_table_column (table, i)->key);
    }
  g_string_append (out, "\r\n");
  attest_table_write_csv_rows (table, out);
}

void
attest_table_write_csv_rows (const AttestTable *table, GString *out)
{
  for (guint row = 0; row < attest_table_n_body_rows (table); row++)
    {
      for (guint i = 0; i < table->columns->len; i++)
        {
          g_autofree char *text = attest_table_cell_to_text (table, row, i, FALSE);

          g_string_append (out, i > 0 ? "," : "");
          attest_csv_append_cell (out, text);
        }
      g_string_append (out, "\r\n");
    }
}

static void
write_json_cell (const AttestTable *table, guint row, guint i, AttestJson *json)
{
  const AttestCell *cell = attest_table_cell (table, row, i);
  g_auto (GStrv) items = NULL;

  if (!cell->known)
    {
      attest_json_null (json);
      return;
    }
  switch (attest_table_column (table, i)->type)
    {
    case ATTEST_COLUMN_INT:
    case ATTEST_COLUMN_TIME:
      attest_json_int (json, cell->integer);
      break;
    case ATTEST_COLUMN_DOUBLE:
      attest_json_double (json, cell->number);
      break;
    case ATTEST_COLUMN_BOOL:
      attest_json_bool (json, cell->integer != 0);
      break;
    case ATTEST_COLUMN_LIST:
      items = g_strsplit (cell->text, ATTEST_LIST_SEPARATOR, -1);
      attest_json_begin_array (json);
      for (char **item = items; *item != NULL; item++)
        attest_json_string (json, *item);
      attest_json_end_array (json);
      break;
    case ATTEST_COLUMN_TEXT:
    default:
      attest_json_string (json, cell->text);
      break;
    }
}

void
attest_table_write_json (const AttestTable *table, AttestJson *json)
{
  attest_json_begin_array (json);
  for (guint row = 0; row < attest_table_n_body_rows (table); row++)
    {
      attest_json_begin_object (json);
      for (guint i = 0; i < table->columns->len; i++)
        {
          attest_json_key (json, attest_table_column (table, i)->key);
          write_json_cell (table, row, i, json);
        }
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
}
