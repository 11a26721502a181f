/* attest-cli-compare-print: what `attest compare` found, in the form that was asked for.
 */
#pragma once

#include "cli/attest-cli-compare.h"
#include "report/attest-report-populations.h"

G_BEGIN_DECLS

/* Borrowed. */
typedef struct
{
  AttestInvocation *inv;
  const char *format; /* (nullable) "table", "csv", "json", "html", "svg", "xlsx" */
  const char *output; /* (nullable) path */
  const char *part;   /* (nullable) one of attest_compare_parts; NULL: all, in CSV the codes */
} AttestComparePrint;

/** "codes", "paired", "shifts", "between", "all", "pairs", "differences", NULL: the parts of a
 * comparison of codebooks, each of which is one table. */
extern const char *const attest_compare_parts[];

/** Whether what is printed has charts. */
gboolean attest_compare_print_is_picture (const AttestComparePrint *print);

gboolean attest_compare_print_comparison (const AttestComparePrint *print,
                                          const AttestComparison *comparison, GError **error);
gboolean attest_compare_print_populations (const AttestComparePrint *print,
                                           const AttestPopulations *populations, GError **error);
/** As CSV unless another form is asked for. */
gboolean attest_compare_print_mapping (const AttestComparePrint *print, const AttestTable *table,
                                       GError **error);

G_END_DECLS
