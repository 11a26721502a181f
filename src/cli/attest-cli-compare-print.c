#include "cli/attest-cli-compare-print.h"

#include <string.h>

#include "cli/attest-cli-workbook.h"
#include "report/attest-chart.h"

gboolean
attest_compare_print_is_picture (const AttestComparePrint *print)
{
  return g_strcmp0 (print->format, "html") == 0 || g_strcmp0 (print->format, "svg") == 0;
}

/* ---- codebooks ---- */

static void
append_part (const AttestComparePrint *print, AttestTable *part, AttestOutput *output)
{
  g_autoptr (AttestTable) table = part;

  if (attest_table_n_rows (table) == 0)
    return;
  g_string_append_c (attest_output_get_buffer (output), '\n');
  attest_cli_append_table (print->inv, table, print->output, output);
}

static void
append_for_people (const AttestComparePrint *print, const AttestComparison *comparison,
                   AttestOutput *output)
{
  GString *buffer = attest_output_get_buffer (output);
  g_autoptr (GPtrArray) remarks = attest_comparison_remarks (comparison);

  for (guint side = 1; side < comparison->sides->len; side++)
    {
      g_autoptr (AttestTable) table = attest_comparison_codes_new (comparison, side, TRUE);

      if (side > 1)
        g_string_append_c (buffer, '\n');
      attest_cli_append_table (print->inv, table, print->output, output);
      if (comparison->attribute != NULL)
        append_part (print, attest_comparison_shifts_new (comparison, side, TRUE), output);
    }
  append_part (print, attest_comparison_differences_new (comparison, TRUE), output);
  attest_cli_append_remarks (print->inv, remarks, print->output, output);
}

static void
append_table (const AttestComparePrint *print, const AttestTable *table, const char *format,
              AttestOutput *output)
{
  GString *buffer = attest_output_get_buffer (output);

  if (g_strcmp0 (format, "json") == 0)
    {
      g_autoptr (AttestJson) json = attest_json_new (buffer, TRUE);

      attest_table_write_json (table, json);
      g_string_append_c (buffer, '\n');
    }
  else if (g_strcmp0 (format, "csv") == 0)
    attest_table_write_csv (table, buffer);
  else
    attest_cli_append_table (print->inv, table, print->output, output);
}

/* Takes @list over. */
static void
append_chart (GPtrArray *list, AttestOutput *output)
{
  g_autoptr (GPtrArray) charts = list;

  attest_chart_write_file (g_ptr_array_index (charts, 0), attest_output_get_buffer (output));
}

static void
append_csv (const AttestComparison *comparison, GString *out)
{
  for (guint side = 1; side < comparison->sides->len; side++)
    {
      g_autoptr (AttestTable) table = attest_comparison_codes_new (comparison, side, FALSE);
      g_autoptr (GString) text = g_string_new (NULL);
      const char *rows;

      attest_table_write_csv (table, text);
      rows = side == 1 ? text->str : strstr (text->str, "\r\n") + 2;
      g_string_append (out, rows);
    }
}

/* The codes of all sides in one sheet. */
static gboolean
print_workbook (const AttestComparePrint *print, const AttestComparison *comparison,
                AttestOutput *output, GError **error)
{
  g_autoptr (GArray) sheets = g_array_new (FALSE, FALSE, sizeof (AttestSheet));
  AttestSheet sheet;

  for (guint side = 1; side < comparison->sides->len; side++)
    {
      sheet = (AttestSheet){ "codes", attest_comparison_codes_new (comparison, side, FALSE) };
      g_array_append_val (sheets, sheet);
    }
  sheet = (AttestSheet){ "differences", attest_comparison_differences_new (comparison, FALSE) };
  g_array_append_val (sheets, sheet);
  return attest_cli_append_workbook (print->inv, (const AttestSheet *)(gpointer)sheets->data,
                                     sheets->len, print->output, output, error);
}

gboolean
attest_compare_print_comparison (const AttestComparePrint *print,
                                 const AttestComparison *comparison, GError **error)
{
  g_autoptr (AttestOutput) output = attest_cli_open_output (print->inv, print->output, error);

  if (output == NULL)
    return FALSE;
  if (g_strcmp0 (print->format, "xlsx") == 0)
    return print_workbook (print, comparison, output, error) && attest_output_close (output, error);
  if (print->only_differences && !attest_compare_print_is_picture (print))
    {
      gboolean for_people = print->format == NULL || strcmp (print->format, "table") == 0;
      g_autoptr (AttestTable) table = attest_comparison_differences_new (comparison, for_people);

      append_table (print, table, print->format, output);
    }
  else if (g_strcmp0 (print->format, "html") == 0)
    attest_comparison_write_html (comparison, attest_output_get_buffer (output));
  else if (g_strcmp0 (print->format, "svg") == 0)
    append_chart (attest_comparison_list_charts (comparison), output);
  else if (g_strcmp0 (print->format, "json") == 0)
    attest_comparison_write_json (comparison, attest_output_get_buffer (output));
  else if (g_strcmp0 (print->format, "csv") == 0)
    append_csv (comparison, attest_output_get_buffer (output));
  else
    append_for_people (print, comparison, output);
  return attest_output_close (output, error);
}

/* ---- groups and projects ---- */

static void
append_populations (const AttestComparePrint *print, const AttestPopulations *populations,
                    AttestOutput *output)
{
  g_autoptr (GPtrArray) remarks = attest_populations_remarks (populations);
  g_autoptr (AttestTable) table = attest_populations_table_new (populations);

  attest_cli_append_table (print->inv, table, print->output, output);
  attest_cli_append_remarks (print->inv, remarks, print->output, output);
}

static gboolean
print_populations_workbook (const AttestComparePrint *print, const AttestPopulations *populations,
                            AttestOutput *output, GError **error)
{
  const AttestSheet sheets[] = { { "codes", attest_populations_table_new (populations) },
                                 { "cells", attest_populations_cells_new (populations) } };

  return attest_cli_append_workbook (print->inv, sheets, G_N_ELEMENTS (sheets), print->output,
                                     output, error);
}

gboolean
attest_compare_print_populations (const AttestComparePrint *print,
                                  const AttestPopulations *populations, GError **error)
{
  g_autoptr (AttestOutput) output = attest_cli_open_output (print->inv, print->output, error);

  if (output == NULL)
    return FALSE;
  if (g_strcmp0 (print->format, "xlsx") == 0)
    return print_populations_workbook (print, populations, output, error)
           && attest_output_close (output, error);
  if (g_strcmp0 (print->format, "html") == 0)
    attest_populations_write_html (populations, attest_output_get_buffer (output));
  else if (g_strcmp0 (print->format, "svg") == 0)
    append_chart (attest_populations_list_charts (populations), output);
  else if (g_strcmp0 (print->format, "json") == 0)
    attest_populations_write_json (populations, attest_output_get_buffer (output));
  else if (g_strcmp0 (print->format, "csv") == 0)
    {
      g_autoptr (AttestTable) table = attest_populations_cells_new (populations);

      attest_table_write_csv (table, attest_output_get_buffer (output));
    }
  else
    append_populations (print, populations, output);
  return attest_output_close (output, error);
}

/* ---- a mapping ---- */

gboolean
attest_compare_print_mapping (const AttestComparePrint *print, const AttestTable *table,
                              GError **error)
{
  g_autoptr (AttestOutput) output = attest_cli_open_output (print->inv, print->output, error);

  if (output == NULL)
    return FALSE;
  append_table (print, table, print->format != NULL ? print->format : "csv", output);
  return attest_output_close (output, error);
}
