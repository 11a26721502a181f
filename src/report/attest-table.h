/* attest-table: rows and typed columns, written as a terminal table, CSV, JSON or HTML.
 *
 * What lists and counts fills one of these; how it looks is decided here, once.
 */
#pragma once

#include <glib.h>

#include "report/attest-html.h"
#include "util/attest-json.h"

G_BEGIN_DECLS

typedef enum
{
  ATTEST_COLUMN_TEXT,
  ATTEST_COLUMN_INT,
  ATTEST_COLUMN_DOUBLE, /* two decimals for people, full in CSV and JSON */
  ATTEST_COLUMN_TIME,   /* milliseconds, added as int: hours, minutes and seconds for people */
  ATTEST_COLUMN_BOOL,
  ATTEST_COLUMN_LIST, /* "; " between items for people and CSV, an array in JSON */
} AttestColumnType;

typedef enum
{
  ATTEST_COLUMN_PLAIN = 0,
  ATTEST_COLUMN_WRAP = 1 << 0,     /* takes several lines on a narrow terminal; others are cut */
  ATTEST_COLUMN_BAR = 1 << 1,      /* a bar beside the number for people */
  ATTEST_COLUMN_MACHINE = 1 << 2,  /* only in CSV and JSON */
  ATTEST_COLUMN_RIGHT = 1 << 3,    /* text that lines up to the right, as numbers do */
  ATTEST_COLUMN_OPTIONAL = 1 << 4, /* left out where there is no room, and named below */
  /* Of a code or the like: on a terminal that shows colours each different text has its own, in the
   * order in which they come, and the bars of its row have it, too. */
  ATTEST_COLUMN_CATEGORY = 1 << 5,
} AttestColumnFlags;

/* Counts that must not be printed are negative: the number that they are smaller than, or this. */
#define ATTEST_COUNT_HIDDEN (-1)

typedef struct _AttestTable AttestTable;

/** @title and @note (the unit that is counted, the codebook) may be NULL. */
AttestTable *attest_table_new (const char *title, const char *note);
void attest_table_free (AttestTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestTable, attest_table_free)

/** Where the numbers come from: codebook, what was searched. In text below the note; a page of HTML
 * says it once, in its head. */
void attest_table_set_origin (AttestTable *table, const char *origin);

/** @key names the column in CSV and JSON, @heading for people. */
void attest_table_add_column (AttestTable *table, const char *key, const char *heading,
                              AttestColumnType type, AttestColumnFlags flags);

/* Cells are added row by row, from the left; a row is complete with its last column. */
void attest_table_add_text (AttestTable *table, const char *value);
void attest_table_add_int (AttestTable *table, gint64 value);
/** A number, or what stands for one that is not printed (see attest_count_to_string()): null in
 * JSON. */
void attest_table_add_count (AttestTable *table, gint64 count);
/** @value, or unknown. */
void attest_table_add_int_if (AttestTable *table, gboolean is_known, gint64 value);
/** NAN is unknown. */
void attest_table_add_double (AttestTable *table, double value);
void attest_table_add_bool (AttestTable *table, gboolean value);
void attest_table_add_list (AttestTable *table, const char *const *items);
/** Unknown: "–" for people, empty in CSV, null in JSON. */
void attest_table_add_null (AttestTable *table);

/** In HTML, the cell added last is a link to this place of the page: "#…". */
void attest_table_link (AttestTable *table, const char *link);
/** In HTML, the cell added last, a number or to the right, has a colour behind it: 0 none … 1. */
void attest_table_heat (AttestTable *table, double heat);

/** "12", "<5", "*" */
char *attest_count_to_string (gint64 count);
/** "12", "fewer than 5", "some" */
char *attest_count_to_words (gint64 count);
/** "< .001", "0.034"; NULL for NAN */
char *attest_p_to_string (double p);
/** A member that is null when the count is not printed. */
void attest_count_write_member (AttestJson *json, const char *key, gint64 count);

guint attest_table_n_rows (const AttestTable *table);
guint attest_table_n_columns (const AttestTable *table);
/** Borrowed. */
const char *attest_table_get_key (const AttestTable *table, guint column);
AttestColumnType attest_table_get_type (const AttestTable *table, guint column);
/** Forgets the rows, but not the columns. */
void attest_table_clear_rows (AttestTable *table);
/** "00:12:31" */
char *attest_table_dup_time (gint64 time_ms);

/** For people, rows that follow stand under this heading; CSV and JSON know nothing of it. */
void attest_table_begin_section (AttestTable *table, const char *heading);
/** Rows that follow are totals: set apart for people, and left out of CSV and JSON. */
void attest_table_begin_totals (AttestTable *table);

/** For people. @columns: width to fit, 0: as wide as it is; @color: bold headings, dim rules and
 * bars. */
void attest_table_write_text (const AttestTable *table, GString *out, guint columns,
                              gboolean color);
/**
 * The same, for a list too long to be held: writes the rows that there are and forgets them. Title
 * and headings come with the first part; columns may get wider from part to part.
 */
void attest_table_flush_text (AttestTable *table, GString *out, guint columns, gboolean color);
/** A header line and a record a row. */
void attest_table_write_csv (const AttestTable *table, GString *out);
/** The records alone. */
void attest_table_write_csv_rows (const AttestTable *table, GString *out);
/** An array of objects, one a row. */
void attest_table_write_json (const AttestTable *table, AttestJson *json);
/** The table and its note. */
void attest_table_write_html (const AttestTable *table, AttestHtml *html);

G_END_DECLS
