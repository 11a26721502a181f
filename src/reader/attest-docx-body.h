/* attest-docx-body: the XML of a Word document's part into text.
 *
 * Kept: what a reader of the document sees as its text. Tracked insertions count as text and
 * tracked deletions do not; a text box follows the paragraph that it is anchored in.
 */
#pragma once

#include "reader/attest-flow.h"
#include "reader/attest-docx-styles.h"

G_BEGIN_DECLS

/* What was met and is not in the text as Word shows it. */
typedef struct
{
  guint n_comments; /* references to comments */
  guint n_hidden;   /* hidden stretches left out */
  guint n_numbered; /* paragraphs with a list number or bullet */
  guint n_symbols;  /* characters of symbol fonts that have no code point */
  guint n_chunks;   /* other documents embedded as text */
} AttestDocxCounts;

/**
 * Appends the text of a part whose root element is @root ("document", "footnotes", "endnotes").
 * Tables are recorded as cells of @flow.
 */
gboolean attest_docx_body_read (AttestXml *xml, const char *root, const AttestDocxStyles *styles,
                                AttestFlow *flow, AttestDocxCounts *counts, GError **error);

G_END_DECLS
