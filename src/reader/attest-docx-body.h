/* attest-docx-body: the XML of a Word document's part into text.
 *
 * Kept: what a reader of the document sees as its text. Tracked insertions count as text and
 * tracked deletions do not; a text box follows the paragraph that it is anchored in.
 */
#pragma once

#include "reader/attest-docx-numbering.h"
#include "reader/attest-docx-styles.h"
#include "reader/attest-flow.h"

G_BEGIN_DECLS

/* What was met and is not in the text as Word shows it. */
typedef struct
{
  guint n_hidden;       /* hidden stretches left out */
  guint n_numbered;     /* paragraphs whose list number or bullet is left out */
  guint n_symbols;      /* characters of symbol fonts that have no code point */
  guint n_chunks;       /* other documents embedded as text */
  guint n_page_breaks;  /* places where the program that saved the file began a page */
  guint n_sections;     /* before the last */
  gboolean renumbers;   /* pages are called by other numbers than their count */
  guint n_prompts;      /* content controls that are marked as not filled in */
  GHashTable *comments; /* id → line of the text, from 1, where the comment ends */
  GHashTable *notes;    /* set of "footnote 3", "endnote 1" that the text refers to */
} AttestDocxFindings;

void attest_docx_findings_init (AttestDocxFindings *findings);
void attest_docx_findings_clear (AttestDocxFindings *findings);

/* What the parts with text share. */
typedef struct
{
  AttestDocxStyles *styles;
  AttestDocxNumbering *numbering;
  AttestDocxFindings *findings;
} AttestDocxContext;

/** Appends the text of a part whose root element is "document". */
gboolean attest_docx_body_read (AttestXml *xml, const AttestDocxContext *context, AttestFlow *flow,
                                GError **error);

/* A footnote, an endnote or a comment. */
typedef struct
{
  char *id, *author; /* (nullable) */
  AttestFlow *flow;
} AttestDocxNote;

/**
 * Reads a part of notes: elements @item ("footnote", "endnote", "comment") under a root.
 *
 * Returns: (element-type AttestDocxNote) (transfer full): without those that only separate notes
 * from the text.
 */
GPtrArray *attest_docx_notes_read (AttestXml *xml, const char *item,
                                   const AttestDocxContext *context, GError **error);

G_END_DECLS
