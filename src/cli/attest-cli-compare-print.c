#include "cli/attest-cli-compare-print.h"

#include <string.h>

#include "cli/attest-cli-workbook.h"
#include "report/attest-chart.h"
#include "report/attest-figures-page.h"

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
  g_autoptr (GPtrArray) tables = attest_figures_tables_new ();

  attest_comparison_append_all_tables (comparison, tables);
  for (guint side = 1; side < comparison->sides->len; side++)
    {
      g_autoptr (AttestTable) table = attest_comparison_codes_new (comparison, side, TRUE);

      if (side > 1)
        g_string_append_c (buffer, '\n');
      attest_cli_append_table (print->inv, table, print->output, output);
      append_part (print, attest_comparison_paired_new (comparison, side, TRUE), output);
      if (comparison->attribute == NULL)
        continue;
      append_part (print, attest_comparison_shifts_new (comparison, side, TRUE), output);
      append_part (print, attest_comparison_group_paired_new (comparison, side), output);
      append_part (print, attest_comparison_between_new (comparison, side, TRUE), output);
    }
  for (guint i = 0; i < tables->len; i++)
    {
      g_string_append_c (buffer, '\n');
      attest_cli_append_table (print->inv, g_ptr_array_index (tables, i), print->output, output);
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

typedef AttestTable *(*NewTable) (const AttestComparison *comparison, guint side,
                                  gboolean for_people);

/* All sides have the same differences. */
static AttestTable *
new_differences (const AttestComparison *comparison, guint side, gboolean for_people)
{
  return side == 1 ? attest_comparison_differences_new (comparison, for_people) : NULL;
}

static AttestTable *
new_all (const AttestComparison *comparison, guint side, gboolean for_people)
{
  return side == 1 && attest_comparison_has_many (comparison)
             ? attest_comparison_all_new (comparison, for_people)
             : NULL;
}

static AttestTable *
new_pairs (const AttestComparison *comparison, guint side, gboolean for_people)
{
  if (side > (for_people ? 2 : 1) || !attest_comparison_has_many (comparison))
    return NULL;
  return for_people ? attest_comparison_matrix_new (comparison, side == 1)
                    : attest_comparison_pairs_new (comparison);
}

const char *const attest_compare_parts[]
    = { "codes", "paired", "shifts", "between", "all", "pairs", "differences", NULL };

static const NewTable part_tables[] = { attest_comparison_codes_new,
                                        attest_comparison_paired_new,
                                        attest_comparison_shifts_new,
                                        attest_comparison_between_new,
                                        new_all,
                                        new_pairs,
                                        new_differences };

static NewTable
find_part (const char *part)
{
  guint i = 0;

  while (strcmp (attest_compare_parts[i], part) != 0)
    i++;
  return part_tables[i];
}

/* The rows of all sides below each other. */
static void
append_csv (const AttestComparison *comparison, NewTable new_table, GString *out)
{
  for (guint side = 1; side < comparison->sides->len; side++)
    {
      g_autoptr (AttestTable) table = new_table (comparison, side, FALSE);

      if (table == NULL)
        continue;
      if (side == 1)
        attest_table_write_csv (table, out);
      else
        attest_table_write_csv_rows (table, out);
    }
}

static void
append_one_part (const AttestComparePrint *print, const AttestComparison *comparison,
                 AttestOutput *output)
{
  NewTable new_table = find_part (print->part);
  GString *buffer = attest_output_get_buffer (output);

  if (g_strcmp0 (print->format, "csv") == 0)
    {
      append_csv (comparison, new_table, buffer);
      return;
    }
  for (guint side = 1; side < comparison->sides->len; side++)
    {
      g_autoptr (AttestTable) table
          = new_table (comparison, side, g_strcmp0 (print->format, "json") != 0);

      if (table == NULL)
        continue;
      if (side > 1)
        g_string_append_c (buffer, '\n');
      append_table (print, table, print->format, output);
    }
}

/* A sheet a part, with the rows of all sides. */
static void
add_sheets (const AttestComparison *comparison, GArray *sheets)
{
  AttestSheet sheet;

  for (guint part = 0; attest_compare_parts[part] != NULL; part++)
    for (guint side = 1; side < comparison->sides->len; side++)
      {
        gboolean is_by_group = part_tables[part] == attest_comparison_shifts_new
                               || part_tables[part] == attest_comparison_between_new;

        if (is_by_group && comparison->attribute == NULL)
          continue;
        sheet = (AttestSheet){ attest_compare_parts[part],
                               part_tables[part](comparison, side, FALSE) };
        if (sheet.table != NULL)
          g_array_append_val (sheets, sheet);
      }
}

static gboolean
print_workbook (const AttestComparePrint *print, const AttestComparison *comparison,
                AttestOutput *output, GError **error)
{
  g_autoptr (GArray) sheets = g_array_new (FALSE, FALSE, sizeof (AttestSheet));

  add_sheets (comparison, sheets);
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
  if (print->part != NULL && !attest_compare_print_is_picture (print))
    append_one_part (print, comparison, output);
  else if (g_strcmp0 (print->format, "html") == 0)
    attest_comparison_write_html (comparison, attest_output_get_buffer (output));
  else if (g_strcmp0 (print->format, "svg") == 0)
    append_chart (attest_comparison_list_charts (comparison), output);
  else if (g_strcmp0 (print->format, "json") == 0)
    attest_comparison_write_json (comparison, attest_output_get_buffer (output));
  else if (g_strcmp0 (print->format, "csv") == 0)
    append_csv (comparison, attest_comparison_codes_new, attest_output_get_buffer (output));
  else
    append_for_people (print, comparison, output);
  return attest_output_close (output, error);
}

/* ---- groups and projects ---- */

/* Whether there is anybody who counts in each: where all texts are shared, nobody does. */
static gboolean
has_people (const AttestPopulations *populations)
{
  for (guint i = 0; i < populations->populations->len; i++)
    if (attest_populations_get (populations, i)->units == 0)
      return FALSE;
  return TRUE;
}

static void
append_populations (const AttestComparePrint *print, const AttestPopulations *populations,
                    AttestOutput *output)
{
  g_autoptr (GPtrArray) remarks = attest_populations_remarks (populations);
  g_autoptr (AttestTable) table = attest_populations_table_new (populations);

  if (populations->shared != NULL)
    append_for_people (print, populations->shared, output);
  if (populations->shared != NULL && !has_people (populations))
    {
      attest_cli_append_remarks (print->inv, populations->warnings, print->output, output);
      return;
    }
  if (populations->shared != NULL)
    g_string_append_c (attest_output_get_buffer (output), '\n');
  attest_cli_append_table (print->inv, table, print->output, output);
  attest_cli_append_remarks (print->inv, remarks, print->output, output);
}

static gboolean
print_populations_workbook (const AttestComparePrint *print, const AttestPopulations *populations,
                            AttestOutput *output, GError **error)
{
  g_autoptr (GArray) sheets = g_array_new (FALSE, FALSE, sizeof (AttestSheet));
  AttestSheet sheet = { "projects", attest_populations_table_new (populations) };

  g_array_append_val (sheets, sheet);
  sheet = (AttestSheet){ "cells", attest_populations_cells_new (populations) };
  g_array_append_val (sheets, sheet);
  if (populations->shared != NULL)
    add_sheets (populations->shared, sheets);
  else
    g_array_index (sheets, AttestSheet, 0).name = "codes";
  return attest_cli_append_workbook (print->inv, (const AttestSheet *)(gpointer)sheets->data,
                                     sheets->len, print->output, output, error);
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
  if (print->part != NULL && populations->shared != NULL
      && !attest_compare_print_is_picture (print))
    append_one_part (print, populations->shared, output);
  else if (g_strcmp0 (print->format, "html") == 0)
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
