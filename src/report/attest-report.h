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

/* Where the section of a code begins, see attest_html_dup_anchor(). */
#define ATTEST_CODE_ANCHOR "code-"

/** "oecd-dac 1.0.0 (sha256 3f2a9c41)" */
char *attest_report_dup_codebook (const AttestCodebookInfo *codebook);
/** "12 sources, 12 respondents in 8 groups, 412 turns, 18204 words" */
char *attest_report_dup_searched (const AttestReportTotals *totals);
/** Codebook, what was searched and whom the report is limited to, a line each. */
char *attest_report_dup_origin (const AttestFrequency *frequency);
/** "1 source", "2 sources", "fewer than 3 sources"; @plural: (nullable) NULL: @singular and s. */
char *attest_report_dup_count (gint64 n, const char *singular, const char *plural);
/** Segments per 1,000 words, or NAN when nothing was said. */
double attest_report_per_1000_words (gint64 segments, const AttestReportTotals *totals);
/** Whether a name says no more than its code: "Human rights" and human-rights. */
gboolean attest_report_is_name_of (const char *name, const char *code);
/** "Human rights", or "Égalité (gender)"; @name: (nullable). */
char *attest_report_dup_title (const char *name, const char *code);

/*
 * In the tables, a code that is in @linked (nullable; a set of const char *) links to its section
 * of the page.
 */

/* Frequency: rows are codes. */
AttestTable *attest_frequency_to_table (const AttestFrequency *frequency, GHashTable *linked);
void attest_frequency_write_json (const AttestFrequency *frequency, AttestJson *json);
/** The row of a code, or NULL. */
const AttestFrequencyRow *attest_frequency_find (const AttestFrequency *frequency,
                                                 const char *code);
/** Whether the codebook has a code in this dimension. */
gboolean attest_frequency_has_dimension (const AttestFrequency *frequency, const char *dimension);

/* Matrix. */
/** For people. @frequency: of all dimensions, with the same filter; @rows, @cols: what they are. */
AttestTable *attest_matrix_to_table (const AttestMatrix *matrix, const AttestFrequency *frequency,
                                     const char *rows, const char *cols, gboolean by_attribute,
                                     GHashTable *linked);
/** For CSV: a row a cell. */
AttestTable *attest_matrix_to_cells (const AttestMatrix *matrix);
void attest_matrix_write_json (const AttestMatrix *matrix, AttestJson *json);

/** Adds a cell with a code. */
void attest_report_add_code (AttestTable *table, const char *code, GHashTable *linked);

G_END_DECLS
