#include "cli/attest-cli-driver.h"

#include <string.h>

#include "report/attest-report-html.h"

const char *const attest_report_formats[] = { "table", "csv", "json", "html", "svg", NULL };
const char *const attest_report_formats_no_svg[] = { "table", "csv", "json", "html", NULL };

AttestReportData *
attest_cli_load_report (AttestInvocation *inv, AttestDataFlags flags, GError **error)
{
  const AttestReportOptions *opts = inv->opts;
  AttestReportFilter filter = { .codebook = opts->codebook, .dimension = opts->dimension };
  g_auto (AttestWhere) where = { NULL };
  AttestDisclosure *disclosure = NULL;

  if (!attest_cli_parse_where (inv, opts->where, &where, error)
      || !attest_cli_open_disclosure (inv, &opts->disclosure, where.attribute, where.value,
                                      &disclosure, error))
    return NULL;
  filter.attribute = where.attribute;
  filter.value = where.value;
  return attest_report_data_new (inv->store, &filter, flags, disclosure, error);
}

static void
write_tables (AttestInvocation *inv, const AttestReportDriver *driver, gconstpointer result,
              const AttestReportData *data, AttestOutput *output)
{
  const AttestReportOptions *opts = inv->opts;
  g_autoptr (GPtrArray) tables = attest_report_driver_list_tables (driver, result);

  for (guint i = 0; i < tables->len; i++)
    {
      if (i > 0)
        g_string_append_c (attest_output_get_buffer (output), '\n');
      attest_cli_append_table (inv, g_ptr_array_index (tables, i), opts->output, output);
    }
  attest_cli_append_withheld (data->disclosure, opts->output == NULL ? inv->columns : 0,
                              attest_output_get_buffer (output));
}

static gboolean
write_form (AttestInvocation *inv, const AttestReportDriver *driver, gconstpointer result,
            const AttestReportData *data, AttestOutput *output, GError **error)
{
  const AttestReportOptions *opts = inv->opts;
  GString *out = attest_output_get_buffer (output);

  if (g_strcmp0 (opts->format, "html") == 0)
    {
      g_autofree char *title = attest_report_dup_project_title (inv->store, error);

      if (title == NULL)
        return FALSE;
      attest_report_driver_write_page (driver, result, data, title, out);
    }
  else if (g_strcmp0 (opts->format, "svg") == 0)
    {
      g_autoptr (GPtrArray) charts = attest_report_driver_list_charts (driver, result);

      attest_chart_write_file (g_ptr_array_index (charts, 0), out);
    }
  else if (g_strcmp0 (opts->format, "json") == 0)
    {
      g_autoptr (AttestJson) json = attest_json_new (out, TRUE);

      driver->write_json (result, json);
      g_string_append_c (out, '\n');
    }
  else if (g_strcmp0 (opts->format, "csv") == 0)
    {
      g_autoptr (AttestTable) records = driver->to_records (result);

      attest_table_write_csv (records, out);
    }
  else
    write_tables (inv, driver, result, data, output);
  return TRUE;
}

gboolean
attest_cli_write_report (AttestInvocation *inv, const AttestReportDriver *driver,
                         gconstpointer result, const AttestReportData *data, GError **error)
{
  const AttestReportOptions *opts = inv->opts;
  g_autoptr (AttestOutput) output = attest_cli_open_output (inv, opts->output, error);

  return output != NULL && write_form (inv, driver, result, data, output, error)
         && attest_output_close (output, error);
}
