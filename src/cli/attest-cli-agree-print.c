#include "cli/attest-cli-workbook.h"
#include "cli/attest-cli-agree-print.h"

#include <string.h>

#include "cli/attest-cli-report.h"
#include "util/attest-limits.h"
#include "util/attest-text.h"

static char *
printable (const char *text)
{
  return attest_text_printable (text, strlen (text), 0);
}

static void
append_part (const AttestAgreePrint *print, AttestTable *table, AttestOutput *output)
{
  if (attest_table_n_rows (table) > 0)
    {
      g_string_append_c (attest_output_get_buffer (output), '\n');
      attest_cli_append_table (print->inv, table, print->output, output);
    }
  attest_table_free (table);
}

static void
append_remarks (const AttestAgreePrint *print, const GPtrArray *remarks, GString *buffer)
{
  for (guint i = 0; i < remarks->len; i++)
    {
      g_autofree char *text = printable (g_ptr_array_index (remarks, i));

      g_string_append_c (buffer, '\n');
      attest_text_append_wrapped (buffer, text, print->output == NULL ? print->inv->columns : 0);
    }
}

static void
append_for_people (const AttestAgreePrint *print, const AttestAgreeReport *report,
                   AttestOutput *output)
{
  g_autoptr (AttestTable) table = attest_agree_report_table_new (report, TRUE);
  g_autoptr (GPtrArray) remarks = attest_agree_report_remarks (report);
  GString *buffer = attest_output_get_buffer (output);

  attest_cli_append_table (print->inv, table, print->output, output);
  append_part (print, attest_agree_report_overall_new (report), output);
  append_part (print, attest_agree_report_pairs_new (report, ATTEST_MAX_AGREE_PAIRS), output);
  append_part (print, attest_agree_report_confusion_new (report), output);
  append_remarks (print, remarks, buffer);
}

static void
append_disagreements (const AttestAgreePrint *print, const AttestAgreeReport *report,
                      AttestOutput *output)
{
  gboolean is_json = g_strcmp0 (print->format, "json") == 0;
  g_autoptr (AttestTable) table = attest_agree_report_disagreements_new (report, NULL, is_json);
  GString *buffer = attest_output_get_buffer (output);

  if (is_json)
    {
      g_autoptr (AttestJson) json = attest_json_new (buffer, TRUE);

      attest_table_write_json (table, json);
      g_string_append_c (buffer, '\n');
    }
  else if (g_strcmp0 (print->format, "csv") == 0)
    attest_table_write_csv (table, buffer);
  else if (attest_table_n_rows (table) == 0)
    g_string_append_printf (buffer, "All coders agree on every %s.\n", report->unit);
  else
    attest_cli_append_table (print->inv, table, print->output, output);
}

/* A sheet of its own, if there are any. */
static AttestTable *
dup_runs (const GPtrArray *runs)
{
  return runs != NULL && runs->len > 0 ? attest_agree_report_runs_new (runs) : NULL;
}

static gboolean
append_workbook (const AttestAgreePrint *print, const AttestAgreeReport *report,
                 AttestOutput *output, GError **error)
{
  const AttestSheet sheets[]
      = { { "codes", attest_agree_report_table_new (report, FALSE) },
          { "overall", attest_agree_report_overall_new (report) },
          { "runs", dup_runs (report->runs) },
          { "pairs", attest_agree_report_pairs_new (report, G_MAXUINT) },
          { "confusion", attest_agree_report_confusion_new (report) },
          { "differences", attest_agree_report_disagreements_new (report, NULL, FALSE) } };

  return attest_cli_append_workbook (print->inv, sheets, G_N_ELEMENTS (sheets), print->output,
                                     output, error);
}

/* What the form that was asked for has no place for is told beside it. */
static void
complain (const AttestAgreePrint *print, GPtrArray *warnings)
{
  gboolean has_place
      = !print->disagreements
        && (print->format == NULL || strcmp (print->format, "table") == 0
            || strcmp (print->format, "json") == 0 || strcmp (print->format, "html") == 0);

  for (guint i = 0; !has_place && i < warnings->len; i++)
    attest_cli_complain (print->inv, "warning: %s", (char *)g_ptr_array_index (warnings, i));
  g_ptr_array_unref (warnings);
}

gboolean
attest_agree_print_report (const AttestAgreePrint *print, const AttestAgreeReport *report,
                           GError **error)
{
  g_autoptr (AttestOutput) output = attest_cli_open_output (print->inv, print->output, error);

  if (output == NULL)
    return FALSE;
  complain (print, attest_agree_report_warnings (report));
  if (g_strcmp0 (print->format, "xlsx") == 0)
    return append_workbook (print, report, output, error) && attest_output_close (output, error);
  if (print->disagreements)
    append_disagreements (print, report, output);
  else if (g_strcmp0 (print->format, "json") == 0)
    attest_agree_report_write_json (report, attest_output_get_buffer (output));
  else if (g_strcmp0 (print->format, "html") == 0)
    attest_agree_report_write_html (report, attest_output_get_buffer (output));
  else if (g_strcmp0 (print->format, "svg") == 0)
    attest_agree_report_write_svg (report, attest_output_get_buffer (output));
  else if (g_strcmp0 (print->format, "csv") == 0)
    {
      g_autoptr (AttestTable) table = attest_agree_report_table_new (report, FALSE);

      attest_table_write_csv (table, attest_output_get_buffer (output));
    }
  else
    append_for_people (print, report, output);
  return attest_output_close (output, error);
}

gboolean
attest_agree_print_spans (const AttestAgreePrint *print, const AttestSpansReport *report,
                          GError **error)
{
  gboolean for_people = print->format == NULL || strcmp (print->format, "table") == 0;
  g_autoptr (AttestOutput) output = attest_cli_open_output (print->inv, print->output, error);
  g_autoptr (AttestTable) table = attest_spans_report_table_new (report, for_people);
  g_autoptr (GPtrArray) remarks = attest_spans_report_remarks (report);

  if (output == NULL)
    return FALSE;
  complain (print, attest_spans_report_warnings (report));
  if (g_strcmp0 (print->format, "xlsx") == 0)
    {
      const AttestSheet sheets[] = { { "spans", attest_spans_report_table_new (report, FALSE) },
                                     { "runs", dup_runs (report->runs) } };

      return attest_cli_append_workbook (print->inv, sheets, G_N_ELEMENTS (sheets), print->output,
                                         output, error)
             && attest_output_close (output, error);
    }
  if (g_strcmp0 (print->format, "json") == 0)
    attest_spans_report_write_json (report, attest_output_get_buffer (output));
  else if (!for_people)
    attest_table_write_csv (table, attest_output_get_buffer (output));
  else
    {
      attest_cli_append_table (print->inv, table, print->output, output);
      append_remarks (print, remarks, attest_output_get_buffer (output));
    }
  return attest_output_close (output, error);
}
