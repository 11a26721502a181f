/* attest-pdf-page: the lines of text on a page, and where they stand.
 *
 * A PDF has letters at places and little else. What stands on one height is a line, read from left
 * to right; a page whose text has a clear gap down its middle is read by columns.
 */
#pragma once

#include <glib.h>
#include <poppler.h>

G_BEGIN_DECLS

/* Points (1/72 inch) from the top left corner of the page. */
typedef struct
{
  guint page;   /* from 0 */
  guint column; /* counted through the document: lines of one column flow into each other */
  double left, right, top, bottom;
  double body_left;           /* where the text begins after what stands in the margin */
  double last_left;           /* where its last stretch begins; the same where it has one */
  double first_word;          /* width of the first word of the text */
  double size;                /* of the letters, on average */
  gsize start_byte, end_byte; /* into the pages' text */
  gsize margin_bytes;         /* of a number or a time in the margin, with the TAB after it if text
                                 follows; 0: none */
  gsize bold_bytes;           /* of the text, after the margin, that is bold from its beginning */
  gboolean dropped;           /* is no part of what was said */
  guint unused;               /* no byte is left unset: lines go through a pipe */
} AttestPdfLine;

/* Labels of pages that the file gives; longer ones are left out. */
#define ATTEST_PDF_LABEL_BYTES 20

typedef struct
{
  double width, height;               /* points */
  guint number;                       /* from 1; pages that cannot be read are missing */
  char label[ATTEST_PDF_LABEL_BYTES]; /* as the file calls it, "" where it does not; not checked */
} AttestPdfSize;

typedef struct
{
  GString *text;
  GArray *lines; /* of AttestPdfLine, in reading order */
  GArray *sizes; /* of AttestPdfSize, of each page */
  guint n_columns;
  guint n_pages;
  guint n_by_columns; /* pages read by columns */
  guint n_letters;    /* characters that are no space */
  guint
      n_nameless; /* of them, those that the file gives no meaning: U+FFFD, private use, controls */
} AttestPdfPages;

AttestPdfPages *attest_pdf_pages_new (void);
void attest_pdf_pages_free (AttestPdfPages *pages);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestPdfPages, attest_pdf_pages_free)

/** Appends the lines of @page; FALSE: it has no text. */
gboolean attest_pdf_pages_add (AttestPdfPages *pages, PopplerPage *page);

G_END_DECLS
