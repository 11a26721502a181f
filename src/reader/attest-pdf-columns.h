/* attest-pdf-columns: the gaps between the columns of a page. */
#pragma once

#include "reader/attest-pdf-segment.h"

G_BEGIN_DECLS

/* A gap, and those in the parts to its left and right. */
typedef struct _AttestPdfGutter AttestPdfGutter;
struct _AttestPdfGutter
{
  double x;                      /* points from the left of the page */
  AttestPdfGutter *left, *right; /* (nullable) */
};

/** (nullable) (transfer full): the gaps in what stands between @left and @right; NULL: it is one
 * column. Takes time in proportion to @n. */
AttestPdfGutter *attest_pdf_gutter_find (const AttestPdfSegment *segments, guint n, double left,
                                         double right);
void attest_pdf_gutter_free (AttestPdfGutter *gutter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestPdfGutter, attest_pdf_gutter_free)

/** Whether the segment stands across the gap at @x, as a title does. */
gboolean attest_pdf_segment_crosses (const AttestPdfSegment *segment, double x);

G_END_DECLS
