/* attest-workbook: tables as the sheets of a spreadsheet file (Office Open XML, .xlsx).
 *
 * Each sheet has its headings in a first row that stays in sight, with filters; numbers are
 * numbers, times are times, and text is text, so that nothing in it runs as a formula. The same
 * tables make the same bytes.
 */
#pragma once

#include "report/attest-table.h"
#include "util/attest-output.h"

G_BEGIN_DECLS

typedef struct _AttestWorkbook AttestWorkbook;

/* What a spreadsheet cannot hold, counted. */
typedef struct
{
  guint64 cells_cut;  /* texts of more than 32,767 characters, which end in "…" */
  guint64 links_left; /* cells without their link: a sheet takes 65,530 */
} AttestWorkbookLosses;

/**
 * @title: (nullable) of the document. @created_at: (nullable) ISO 8601, what the file says of its
 * age; not the time of now, or the bytes would differ.
 * @book: (nullable) path of an evidence book as seen from the workbook: quote ids link into it.
 * Works in a private folder for temporary files until attest_workbook_finish().
 * Errors: G_FILE_ERROR.
 */
AttestWorkbook *attest_workbook_new (const char *title, const char *created_at, const char *book,
                                     GError **error);

/**
 * Appends rows, see AttestDatasetFunc: @is_first begins the sheet @name.
 * ATTEST_ERROR_LIMIT when a sheet has no room for more rows.
 */
gboolean attest_workbook_add (AttestWorkbook *workbook, const char *name, const AttestTable *table,
                              gboolean is_first, GError **error);

/** Appends the file to @output. @out_losses: (optional) */
gboolean attest_workbook_finish (AttestWorkbook *workbook, AttestOutput *output,
                                 AttestWorkbookLosses *out_losses, GError **error);

/** Removes the temporary files. */
void attest_workbook_free (AttestWorkbook *workbook);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestWorkbook, attest_workbook_free)

G_END_DECLS
