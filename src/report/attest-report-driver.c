#include "report/attest-report-driver.h"

#include "report/attest-page.h"

GPtrArray *
attest_report_driver_list_tables (const AttestReportDriver *driver, gconstpointer result)
{
  GPtrArray *tables = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_table_free);

  driver->add_tables (result, tables);
  return tables;
}

GPtrArray *
attest_report_driver_list_charts (const AttestReportDriver *driver, gconstpointer result)
{
  GPtrArray *charts = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_chart_free);

  if (driver->add_charts != NULL)
    driver->add_charts (result, charts);
  return charts;
}

void
attest_report_driver_write_page (const AttestReportDriver *driver, gconstpointer result,
                                 const AttestReportData *data, const char *title, GString *out)
{
  AttestPage page = { title, driver->kind, data->printed };
  g_autoptr (GPtrArray) charts = attest_report_driver_list_charts (driver, result);
  g_autoptr (GPtrArray) tables = attest_report_driver_list_tables (driver, result);
  g_autoptr (AttestHtml) html = attest_html_new (out);
  g_autofree char *note = attest_disclosure_dup_note (data->disclosure);

  attest_page_begin (html, &page, NULL);
  attest_html_open (html, "section", NULL);
  for (guint i = 0; i < charts->len; i++)
    {
      AttestChart *chart = g_ptr_array_index (charts, i);

      /* The page says in its head where the numbers come from. */
      attest_chart_set_note (chart, NULL);
      attest_chart_write_figure (chart, html);
    }
  for (guint i = 0; i < tables->len; i++)
    attest_table_write_html (g_ptr_array_index (tables, i), html);
  if (note != NULL)
    attest_html_element (html, "p", note, "class", "note", NULL);
  attest_html_close (html, "section");
  if (driver->write_html != NULL)
    driver->write_html (result, html);
  attest_page_end (html);
}

void
attest_report_begin_json (AttestJson *json, const char *name, const char *unit,
                          const AttestCodebookInfo *codebook)
{
  attest_json_begin_object (json);
  attest_json_member_int (json, "format", 1);
  attest_json_member_string (json, "report", name);
  attest_json_member_string (json, "unit", unit);
  attest_json_key (json, "codebook");
  attest_json_begin_object (json);
  attest_json_member_string (json, "id", codebook->name);
  attest_json_member_string (json, "version", codebook->version);
  attest_json_member_string (json, "sha256", codebook->sha256);
  attest_json_end_object (json);
}

void
attest_report_member_strings (AttestJson *json, const char *key, const GPtrArray *strings)
{
  attest_json_key (json, key);
  attest_json_begin_array (json);
  for (guint i = 0; i < strings->len; i++)
    attest_json_string (json, g_ptr_array_index (strings, i));
  attest_json_end_array (json);
}

char *
attest_report_dup_note (const char *unit, const AttestReportData *data)
{
  g_autofree char *origin = attest_report_dup_origin (data->printed);
  g_autofree char *left_out = attest_disclosure_dup_note (data->disclosure);

  return g_strconcat (unit, "\n", origin, left_out != NULL ? "\n" : NULL, left_out, NULL);
}
