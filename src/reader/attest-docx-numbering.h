/* attest-docx-numbering: the list numbers of a Word document, which are not in its text.
 *
 * numbering.xml says how the paragraphs of a list are numbered; what a paragraph shows follows from
 * all numbered paragraphs before it, so they must be asked for in order.
 */
#pragma once

#include "reader/attest-xml.h"

G_BEGIN_DECLS

#define ATTEST_DOCX_LIST_LEVELS 9

typedef struct _AttestDocxNumbering AttestDocxNumbering;

/** Reads numbering.xml; @xml NULL gives no lists. NULL with @error when it is not XML. */
AttestDocxNumbering *attest_docx_numbering_new (AttestXml *xml, GError **error);
void attest_docx_numbering_free (AttestDocxNumbering *numbering);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestDocxNumbering, attest_docx_numbering_free)

typedef enum
{
  ATTEST_DOCX_NUMBER_NONE,   /* shows nothing */
  ATTEST_DOCX_NUMBER_BULLET, /* a sign */
  ATTEST_DOCX_NUMBER_COUNT,  /* "3.", "(b)", "IV" */
  ATTEST_DOCX_NUMBER_WORDS,  /* words around the count or instead of it: "Question 3:" */
} AttestDocxNumberKind;

/**
 * What the next paragraph of the list @id shows at @level (from 0).
 *
 * @out_text: (nullable) set to the whole of it when there are words in it, else to NULL.
 */
AttestDocxNumberKind attest_docx_numbering_next (AttestDocxNumbering *numbering, const char *id,
                                                 guint level, char **out_text);

/** The level of the list @id whose paragraphs have the style @style, or 0. */
guint attest_docx_numbering_style_level (const AttestDocxNumbering *numbering, const char *id,
                                         const char *style);

G_END_DECLS
