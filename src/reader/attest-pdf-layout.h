/* attest-pdf-layout: from the lines of pages to the paragraphs of a text.
 *
 * What repeats at the edges of pages (running headers and footers, page numbers) and numbers of
 * lines and paragraphs in the margin are no speech and are left out, with a warning. Lines that
 * were wrapped are joined; a line that ends although the next word had room is the end of a
 * paragraph.
 */
#pragma once

#include "model/attest-document.h"
#include "reader/attest-flow.h"
#include "reader/attest-pdf-page.h"

G_BEGIN_DECLS

/** Drops headers, footers and numbers of @pages and warns of it. */
void attest_pdf_drop_repeated (AttestDocument *doc, AttestPdfPages *pages,
                               gboolean *out_numbered_paragraphs);

/**
 * How each page is called, (element-type utf8), NULL for those of which nobody can say: by the
 * numbers that are printed on the pages and were dropped, else by the labels of the file, else by
 * their count.
 */
GPtrArray *attest_pdf_label_pages (const AttestPdfPages *pages);

/**
 * Appends the paragraphs to @flow, with an empty line between them.
 * @numbered: paragraphs begin where a number in the margin was, and nowhere else. @labels: see
 * attest_pdf_label_pages().
 */
void attest_pdf_join_lines (const AttestPdfPages *pages, gboolean numbered, const GPtrArray *labels,
                            AttestFlow *flow);

G_END_DECLS
