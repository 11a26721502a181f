/* attest-labels: the grammar of one line of a transcript: [time] label [(attributes)] [time] :
 * text.
 *
 * Only says what a line could be; whether a label is a speaker is for attest-turns to decide.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gsize label_start, label_end; /* into the line; equal: no label */
  gsize attr_start, attr_end;   /* what stood in round brackets and is no time; equal: none */
  gsize text_start;             /* what is said on this line */
  gint64 start_ms, end_ms;      /* or ATTEST_NO_TIME */
  gboolean colon;               /* the label ended with a colon */
  gboolean bracketed;           /* [Name] */
  gboolean alone;               /* nothing is said on this line */
  gboolean time_after;          /* the time stands after the label: "Name  0:15" */
  gsize unlabelled_start;       /* what is said when the label is none: after the leading time */
} AttestLabelLine;

/**
 * Reads one line (without its LF). FALSE: it has neither a label nor a leading time.
 * Runs in time linear in ATTEST_MAX_LABEL_CHARS, not in the line.
 */
gboolean attest_label_parse (const char *line, gsize length_bytes, AttestLabelLine *out);

/** @folded (lower case) is a label of a known kind ("i", "moderator", "p3"): once is enough. */
gboolean attest_label_is_known (const char *folded);
/** @folded stands before a colon and is nobody: "note", "https", "q1". */
gboolean attest_label_is_never (const char *folded);

G_END_DECLS
