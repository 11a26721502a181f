/* A table for people: headings, a rule, rows; numbers to the right; bars beside numbers; the widest
 * text column wraps or is cut when the terminal is too narrow. */
#include <string.h>

#include "report/attest-table-private.h"
#include "util/attest-text.h"

#define BAR_COLUMNS 12
#define GAP "  "

static gboolean
is_number (const AttestColumn *column)
{
  return column->type == ATTEST_COLUMN_INT || column->type == ATTEST_COLUMN_DOUBLE;
}

static void
append_padded (GString *out, const char *text, gsize width, gboolean right, gboolean last)
{
  gsize columns = attest_text_columns (text, strlen (text));
  gsize pad = columns < width ? width - columns : 0;

  if (right)
    g_string_append_printf (out, "%*s", (int)pad, "");
  g_string_append (out, text);
  if (!right && !last)
    g_string_append_printf (out, "%*s", (int)pad, "");
}

static void
append_bar (GString *out, double share)
{
  static const char *const eighths[] = { "", "▏", "▎", "▍", "▌", "▋", "▊", "▉" };
  guint n = (guint)(share * BAR_COLUMNS * 8 + 0.5);

  g_string_append_c (out, ' ');
  for (guint i = 0; i < n / 8; i++)
    g_string_append (out, "█");
  g_string_append (out, eighths[n % 8]);
  for (guint i = (n + 7) / 8; i < BAR_COLUMNS; i++)
    g_string_append_c (out, ' ');
}

/* Printable text of every shown cell, and the width of its column. */
static char **
render (const AttestTable *table, gsize *widths)
{
  guint n = table->columns->len, rows = attest_table_n_rows (table);
  char **cells = g_new0 (char *, (gsize)rows *n + 1);

  for (guint i = 0; i < n; i++)
    {
      const char *heading = attest_table_column (table, i)->heading;

      widths[i] = attest_text_columns (heading, strlen (heading));
      for (guint row = 0; row < rows; row++)
        {
          g_autofree char *text = attest_table_cell_to_text (table, row, i, TRUE);
          char *printable = attest_text_printable (text, strlen (text), 0);

          cells[(gsize)row * n + i] = printable;
          widths[i] = MAX (widths[i], attest_text_columns (printable, strlen (printable)));
        }
    }
  return cells;
}

/* Takes what is too wide from the widest text columns. */
static void
fit (const AttestTable *table, gsize *widths, guint columns)
{
  for (;;)
    {
      gsize total = 0;
      int widest = -1;

      for (guint i = 0; i < table->columns->len; i++)
        {
          const AttestColumn *column = attest_table_column (table, i);

          if (column->flags & ATTEST_COLUMN_MACHINE)
            continue;
          total += widths[i] + strlen (GAP)
                   + (column->flags & ATTEST_COLUMN_BAR ? BAR_COLUMNS + 1 : 0);
          if (!is_number (column) && widths[i] > 8 && (widest < 0 || widths[i] > widths[widest]))
            widest = (int)i;
        }
      if (columns == 0 || total <= columns + strlen (GAP) || widest < 0)
        return;
      widths[widest]--;
    }
}

static double
column_maximum (const AttestTable *table, guint i)
{
  double maximum = 0;

  for (guint row = 0; row < attest_table_n_rows (table); row++)
    maximum = MAX (maximum, attest_table_cell (table, row, i)->number);
  return maximum;
}

static void
write_row (const AttestTable *table, GString *out, char **texts, const gsize *widths, int row)
{
  for (guint i = 0; i < table->columns->len; i++)
    {
      const AttestColumn *column = attest_table_column (table, i);
      const char *text = row < 0 ? column->heading : texts[(gsize)row * table->columns->len + i];
      g_autofree char *cut = attest_text_printable (text, strlen (text), (guint)widths[i]);

      if (column->flags & ATTEST_COLUMN_MACHINE)
        continue;
      append_padded (out, cut, widths[i], is_number (column), i + 1 == table->columns->len);
      if (column->flags & ATTEST_COLUMN_BAR)
        {
          double maximum = column_maximum (table, i);

          append_bar (out, row < 0 || maximum <= 0
                               ? 0
                               : attest_table_cell (table, (guint)row, i)->number / maximum);
        }
      g_string_append (out, i + 1 < table->columns->len ? GAP : "");
    }
  while (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  g_string_append_c (out, '\n');
}

void
attest_table_write_text (const AttestTable *table, GString *out, guint columns, gboolean color)
{
  g_autofree gsize *widths = g_new0 (gsize, table->columns->len + 1);
  g_auto (GStrv) texts = render (table, widths);

  fit (table, widths, columns);
  if (table->title != NULL)
    g_string_append_printf (out, "%s%s%s\n", color ? "\033[1m" : "", table->title,
                            color ? "\033[0m" : "");
  if (table->note != NULL)
    g_string_append_printf (out, "%s\n", table->note);
  if (color)
    g_string_append (out, "\033[4m");
  write_row (table, out, texts, widths, -1);
  if (color)
    g_string_append (out, "\033[0m");
  for (guint row = 0; row < attest_table_n_rows (table); row++)
    write_row (table, out, texts, widths, (int)row);
}
