/* attest-csv: RFC 4180 tables, in and out.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *cells; /* of char *, UTF-8 */
  guint line;       /* where the record begins, from 1 */
  gboolean odd;     /* parsed loosely: text follows a closing quote and was kept */
} AttestCsvRow;

/**
 * Parses a whole table: the delimiter is the one of , ; TAB that occurs most often in the first
 * record outside quotes; a BOM is skipped; CRLF, LF and CR end records; quotes are doubled
 * inside quotes; quoted cells may hold line ends, which become LF; empty lines are skipped; no
 * newline is needed at the end. A quote that does not begin its cell is text.
 *
 * Returns: (element-type AttestCsvRow) at least one row, the first is the header; NULL with
 * ATTEST_ERROR_INPUT and "LINE: " or "LINE:COLUMN: " for invalid UTF-8, a NUL, an open quote,
 * text after a closing quote, more cells than the header has (fewer are filled up with ""), or
 * no row at all; ATTEST_ERROR_LIMIT for more than ATTEST_MAX_TABLE_CELLS.
 */
GPtrArray *attest_csv_parse (const char *text, gsize length_bytes, GError **error);

/**
 * The same for tables that nobody can mend: a record may have any number of cells, and text after a
 * closing quote belongs to the cell.
 */
GPtrArray *attest_csv_parse_loosely (const char *text, gsize length_bytes, GError **error);

/** attest_csv_parse() of a file of at most ATTEST_MAX_CSV_BYTES; errors begin with @path. */
GPtrArray *attest_csv_read_file (const char *path, GError **error);

/** The delimiter of the first record of @text: , ; or TAB. */
char attest_csv_detect_delimiter (const char *text, gsize length_bytes);

/** Whether two column names are the same but for case, outer spaces and how é is written. */
gboolean attest_csv_same_name (const char *a, const char *b);
/** Index of the column @name in the header row, compared without case and outer spaces, or -1. */
int attest_csv_find_column (const AttestCsvRow *header, const char *name);

/**
 * Appends one cell; NULL is "". A cell that a spreadsheet would run as a formula (first character
 * = + - @ TAB CR LF, numbers such as -3.5 or +7 excepted) gets a leading apostrophe. Control
 * characters other than those three become visible as "\x1b".
 */
void attest_csv_append_cell (GString *out, const char *value);
/** Appends cells up to NULL, separated by commas, and CRLF. */
void attest_csv_append_row (GString *out, ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
