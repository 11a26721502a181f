/* attest-cli-driver: what the commands share that print a report by its driver: their options, the
 * data, and the forms.
 */
#pragma once

#include "cli/attest-cli-disclosure.h"
#include "cli/attest-cli-report.h"
#include "report/attest-report-driver.h"

G_BEGIN_DECLS

/* The first member of the options of such a command. */
typedef struct
{
  char *dimension, *codebook, *where, *format, *output;
  AttestDisclosureFlags disclosure;
} AttestReportOptions;

#define ATTEST_OPTION_DIMENSION(TYPE)                                                              \
  {                                                                                                \
    "dimension", 'd', ATTEST_OPT_STRING, G_STRUCT_OFFSET (TYPE, dimension), "DIMENSION",           \
        "Only codes of this dimension", "For example criterion or theme.", NULL                    \
  }
#define ATTEST_OPTION_FORMAT(FORMATS)                                                              \
  {                                                                                                \
    "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (AttestReportOptions, format), "FORMAT",     \
        "How to print it",                                                                         \
        "table, html (a page of its own) and, where there is one, svg (a picture) for people; "    \
        "csv "                                                                                     \
        "and json for programs.",                                                                  \
        FORMATS                                                                                    \
  }

extern const char *const attest_report_formats[]; /* with svg */
extern const char *const attest_report_formats_no_svg[];

/** Reads the data that the options mean. */
AttestReportData *attest_cli_load_report (AttestInvocation *inv, AttestDataFlags flags,
                                          GError **error);
/** Prints the result as the options say. */
gboolean attest_cli_write_report (AttestInvocation *inv, const AttestReportDriver *driver,
                                  gconstpointer result, const AttestReportData *data,
                                  GError **error);

G_END_DECLS
