/* attest-rtf-body: the text of rich text, as Word would show it.
 *
 * What is hidden, deleted or no part of the text (headers, pictures, field codes, comments) is left
 * out; footnotes and text boxes are put where attest_flow has them.
 */
#pragma once

#include "reader/attest-flow.h"

G_BEGIN_DECLS

typedef struct
{
  guint n_hidden;            /* places with hidden text */
  guint n_comments;          /* comments, left out */
  guint n_symbols;           /* characters of symbol fonts that have no code point */
  guint n_formulas;          /* formulas, left out */
  guint n_notes;             /* paragraphs of notes */
  guint n_undecodable;       /* U+FFFD for what is no character */
  gsize undecodable_at;      /* the first of them, a byte of the file */
  guint codepage;            /* of what stands in no font with one of its own */
  gboolean raw_utf8;         /* text beyond ASCII is there, in UTF-8 */
  gboolean ansi_is_codepage; /* fonts for Western text hold the document's code page */
  guint unclosed;            /* groups that are not closed at the end */
  gsize end_at;              /* behind the last group */
} AttestRtfReport;

/**
 * Reads the original of @doc into @flow; title and author become metadata.
 * @encoding: (nullable) what bytes are that stand in no font with a code page of its own.
 *
 * Returns: FALSE with ATTEST_ERROR_INPUT when it is no rich text, ATTEST_ERROR_LIMIT when groups
 * are nested too deep or there are too many cells.
 */
gboolean attest_rtf_body_read (AttestDocument *doc, const char *encoding, AttestFlow **out_flow,
                               AttestRtfReport *out_report, GError **error);

G_END_DECLS
