/* attest-xlsx: the sheets of a spreadsheet as grids.
 *
 * A cell is its text as a spreadsheet would show it: shared and rich strings, numbers with 15
 * digits, dates as 2021-09-14, times as 1:02:03, TRUE and FALSE, the last result of a formula.
 */
#pragma once

#include "reader/attest-grid.h"
#include "reader/attest-xml.h"

G_BEGIN_DECLS

/* How numbers of a style are shown. */
typedef enum
{
  ATTEST_XLSX_NUMBER,
  ATTEST_XLSX_DATE,
  ATTEST_XLSX_TIME, /* of day, or elapsed */
  ATTEST_XLSX_DATE_TIME,
} AttestXlsxShow;

typedef struct
{
  GPtrArray *strings; /* of char *, borrowed from chunk */
  GStringChunk *chunk;
  GArray *styles;     /* of AttestXlsxShow */
  gboolean from_1904; /* days are counted from 1904-01-01 */
  gsize text_bytes;   /* of all cells so far */
  guint n_cells;
} AttestXlsxBook;

void attest_xlsx_book_init (AttestXlsxBook *book);
void attest_xlsx_book_clear (AttestXlsxBook *book);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AttestXlsxBook, attest_xlsx_book_clear)

gboolean attest_xlsx_read_strings (AttestXlsxBook *book, AttestXml *xml, GError **error);
gboolean attest_xlsx_read_styles (AttestXlsxBook *book, AttestXml *xml, GError **error);

/** Appends the text of the element that began last (si, is): t, or runs of t, without phonetic
 * text. */
gboolean attest_xlsx_read_rich (AttestXml *xml, GString *out, GError **error);

/** Adds the rows of a sheet to @grid. */
gboolean attest_xlsx_read_sheet (AttestXlsxBook *book, AttestXml *xml, AttestGrid *grid,
                                 GError **error);

/** @serial days as text; NULL when it is no date. */
char *attest_xlsx_dup_date (double serial, AttestXlsxShow show, gboolean from_1904);

/** What a number format such as "dd/mm/yyyy" or "[h]:mm" shows. */
AttestXlsxShow attest_xlsx_classify_format (const char *code);

G_END_DECLS
