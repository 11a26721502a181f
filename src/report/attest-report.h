/* attest-report: what the store counted, as tables for people and CSV and as JSON.
 *
 * The JSON objects are those of the contract. Every table names the unit that it counts, the
 * codebook with its version and the first digits of its SHA-256, and what was searched.
 */
#pragma once

#include <glib.h>

#include "report/attest-table.h"
#include "store/attest-store.h"
#include "util/attest-json.h"

G_BEGIN_DECLS

/** "oecd-dac 1.0.0 (sha256 3f2a9c41)" */
char *attest_report_dup_codebook (const AttestCodebookInfo *codebook);
/** "12 sources, 12 respondents in 8 groups, 412 turns, 18204 words" */
char *attest_report_dup_searched (const AttestReportTotals *totals);
/** "1 source", "2 sources"; @plural: (nullable) NULL: @singular and s. */
char *attest_report_dup_count (gint64 n, const char *singular, const char *plural);
/** Segments per 1,000 words, or NAN when nothing was said. */
double attest_report_per_1000_words (gint64 segments, const AttestReportTotals *totals);

/* Frequency: rows are codes. */
AttestTable *attest_frequency_to_table (const AttestFrequency *frequency);
void attest_frequency_write_json (const AttestFrequency *frequency, AttestJson *json);

G_END_DECLS
