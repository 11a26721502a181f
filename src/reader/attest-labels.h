/* attest-labels: the grammar of one line of a transcript: [time] label [(attributes)] [time] :
 * text.
 *
 * Only says what a line could be; whether a label is a speaker is for attest-turns to decide.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What stands between a label and what is said, from the plainest sign to the faintest. */
typedef enum
{
  ATTEST_LABEL_NONE,
  ATTEST_LABEL_COLON,    /* "Name: text", "[Name] (0:01)", "Name  0:15": a colon or a time */
  ATTEST_LABEL_TAB,      /* "Name<TAB>text" */
  ATTEST_LABEL_BRACKETS, /* "[Name] text", "(Name) text", "<Name> text" */
  ATTEST_LABEL_DASH,     /* "Name - text", "Name – text" */
  ATTEST_LABEL_ALONE,    /* "Name" and nothing else on the line */
  ATTEST_LABEL_TIME,     /* "Name [0:15] text" */
} AttestLabelKind;

#define ATTEST_N_LABEL_KINDS 7

typedef struct
{
  AttestLabelKind kind;
  gsize label_start, label_end; /* into the line; equal: no label */
  gsize attr_start, attr_end;   /* what stood in round brackets and is no time; equal: none */
  gsize text_start;             /* what is said on this line */
  gint64 start_ms, end_ms;      /* or ATTEST_NO_TIME */
  gboolean alone;               /* nothing is said on this line */
  gboolean time_before;         /* the time stands at the start of the line, in brackets or bare */
  gboolean time_bracketed;      /* … in brackets */
  gboolean time_after;          /* the time stands after the label: "Name  0:15" */
  gboolean by_time;             /* no colon: only a time before it makes it a label, "[0:15] Ana" */
  gboolean dated;         /* a date and a time of the day stand before it, or after it alone */
  gboolean addressed;     /* "From Ana Bell to Everyone:", as in chats */
  gboolean numbered;      /* "Q1." or "A1:": the label is only the letter */
  gsize unlabelled_start; /* what is said when the label is none: after the leading time */
} AttestLabelLine;

/**
 * Reads one line (without its LF). FALSE: it has neither a label nor a leading time.
 *
 * Runs in time linear in ATTEST_MAX_LABEL_CHARS, not in the line.
 */
gboolean attest_label_parse (const char *line, gsize length_bytes, AttestLabelLine *out);

/** A copy of a label in which every space is a blank, also those that do not break. */
char *attest_label_dup (const char *label, gsize length_bytes);

/** Reads a time of any shape that ends the text ("#00:03:40-5#", "[03:40]"), brackets included;
 * returns where it begins, or @length_bytes when there is none. */
gsize attest_label_trailing_time (const char *text, gsize length_bytes, gint64 *out_ms);

/** The same for a length of time that ends the text as Trint has it: "[73.4s]". */
gsize attest_label_trailing_seconds (const char *text, gsize length_bytes, gint64 *out_ms);

G_END_DECLS
