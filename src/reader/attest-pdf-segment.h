/* attest-pdf-segment: letters of a page that stand together.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* In heights of a line: letters farther apart than this are of two segments, even with a space
 * between them. */
#define ATTEST_PDF_SPACED_GAP 1.5

/* A run of letters without a gap. */
typedef struct
{
  double left, right, top, bottom;
  double first_word;          /* width */
  gsize start_byte, end_byte; /* into the page's own text */
  gsize bold_bytes;           /* from its beginning */
  gsize n_chars;
  double heights; /* of the letters, added up */
} AttestPdfSegment;

/** By height, from the top. */
int attest_pdf_segment_compare_tops (gconstpointer a, gconstpointer b);
/** From left to right. */
int attest_pdf_segment_compare_lefts (gconstpointer a, gconstpointer b);
/** The end of the line that begins with @first, of @n segments in order of height. */
guint attest_pdf_segment_line_end (const AttestPdfSegment *segments, guint first, guint n);

/** Whether scripts that go from right to left have the character. */
gboolean attest_pdf_is_rtl (gunichar c);

/**
 * For pages with text from right to left: @words are segments of one word each, whose letters are
 * in order, while poppler's order of words is that of the page's main direction. Replaces them by
 * the stretches that they make, whose text in @out is in the order of reading.
 */
void attest_pdf_order_words (GArray *words, const char *text, GString *out);

G_END_DECLS
