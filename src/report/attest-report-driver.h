/* attest-report-driver: how a report is printed, in whatever form is asked for.
 *
 * A report computes a result from the data, and has one const AttestReportDriver that tells how the
 * result becomes tables for people, charts, records for CSV, and JSON. Pages put charts and tables
 * together.
 */
#pragma once

#include "report/attest-chart.h"
#include "report/attest-report-data.h"

G_BEGIN_DECLS

typedef struct
{
  const char *kind; /* heading of its page: "Codes that occur together" */
  /* Adds AttestTable for people, each with its note. */
  void (*add_tables) (gconstpointer result, GPtrArray *tables);
  /* (nullable) Adds AttestChart; the first is the picture. */
  void (*add_charts) (gconstpointer result, GPtrArray *charts);
  AttestTable *(*to_records) (gconstpointer result);
  void (*write_json) (gconstpointer result, AttestJson *json);
  /* (nullable) What a page has behind charts and tables. */
  void (*write_html) (gconstpointer result, AttestHtml *html);
} AttestReportDriver;

/** (element-type AttestTable) for people. */
GPtrArray *attest_report_driver_list_tables (const AttestReportDriver *driver,
                                             gconstpointer result);
/** (element-type AttestChart) */
GPtrArray *attest_report_driver_list_charts (const AttestReportDriver *driver,
                                             gconstpointer result);
/** A page of its own. @title: of the project. */
void attest_report_driver_write_page (const AttestReportDriver *driver, gconstpointer result,
                                      const AttestReportData *data, const char *title,
                                      GString *out);

/** Opens the object of a report: format, report, unit, codebook. */
void attest_report_begin_json (AttestJson *json, const char *name, const char *unit,
                               const AttestCodebookInfo *codebook);
/** Key and an array of strings; NULL in it is null. */
void attest_report_member_strings (AttestJson *json, const char *key, const GPtrArray *strings);
/** A note: what is counted; then the origin, and what the disclosure leaves out. */
char *attest_report_dup_note (const char *unit, const AttestReportData *data);

G_END_DECLS
