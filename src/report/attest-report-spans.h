/* attest-report-spans: how far coders agree on stretches of text, for people and programs.
 */
#pragma once

#include "report/attest-table.h"
#include "stats/attest-spans.h"
#include "util/attest-json.h"

G_BEGIN_DECLS

/* All borrowed. */
typedef struct
{
  const AttestSpans *spans;
  const AttestSpansInput *input;
  guint n_texts; /* also those that one coder saw; input->n_texts are compared */
  const char *const *coders, *const *codes;
  guint n_coders;
  const GPtrArray *runs;       /* (nullable) of AttestAgreeRunNote */
  const char *const *warnings; /* of the input; NULL-terminated */
} AttestSpansReport;

/** A row a code, then overall. */
AttestTable *attest_spans_report_table_new (const AttestSpansReport *report, gboolean for_people);
/** What to beware of: (element-type char *). */
GPtrArray *attest_spans_report_warnings (const AttestSpansReport *report);
/** For people: what to beware of, and why a figure is missing: (element-type char *). */
GPtrArray *attest_spans_report_remarks (const AttestSpansReport *report);
/** "unit": "character"; otherwise as agree in the contract. */
void attest_spans_report_write_json (const AttestSpansReport *report, GString *out);

G_END_DECLS
