/* attest-turns: who speaks when, in a text of paragraphs.
 *
 * Finds speaker labels in all shapes of doc/formats.md, timestamps, `key: value` headers and
 * continuation paragraphs. A label needs evidence: it occurs at least twice, or is of a known kind
 * ("I", "Interviewer", "P3"), or is in the metadata's list of speakers, or is set in bold, or is a
 * full name where most lines have a label; otherwise "Note:" or a URL would speak. A text without
 * labels is one respondent's, split at timecodes or paragraphs, with a warning.
 */
#pragma once

#include "model/attest-document.h"

G_BEGIN_DECLS

/* What a container knows about a stretch of its text and plain text cannot say. */
typedef enum
{
  ATTEST_MARK_BOLD,     /* bold: may be a label */
  ATTEST_MARK_ITALIC,   /* italic: may be a question */
  ATTEST_MARK_HEADING,  /* a heading: ends a turn, is nobody's speech */
  ATTEST_MARK_NUMBERED, /* a paragraph of a numbered list */
} AttestMarkKind;

typedef struct
{
  AttestMarkKind kind;
  gsize start_byte, end_byte;
} AttestMark;

/**
 * Fills doc->turns, doc->speakers and doc->metadata from doc->text, and adds warnings.
 * @marks: (nullable) (element-type AttestMark) in text order.
 */
void attest_turns_find (AttestDocument *doc, const GArray *marks);
/** The same; @expect (nullable) names labels that the user says are there. */
void attest_turns_find_expecting (AttestDocument *doc, const GArray *marks,
                                  const char *const *expect);

/** Parses a timestamp ("1:02", "00:12:31.5", "00:01,200", "#00:15-3#", "[3.08]") that is the whole
 * string; FALSE if it is none. */
gboolean attest_turns_parse_time (const char *text, gsize length_bytes, gint64 *out_ms);

G_END_DECLS
