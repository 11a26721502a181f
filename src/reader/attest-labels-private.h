/* What the files that read one line of a transcript share. */
#pragma once

#include "reader/attest-labels.h"

G_BEGIN_DECLS

/* A cursor over one line. */
typedef struct
{
  const char *text;
  gsize length_bytes;
  gsize at;
} AttestLabelCursor;

static inline guchar
attest_label_peek (const AttestLabelCursor *c, gsize ahead)
{
  return c->at + ahead < c->length_bytes ? (guchar)c->text[c->at + ahead] : 0;
}

static inline gboolean
attest_label_at_end (const AttestLabelCursor *c)
{
  return c->at >= c->length_bytes;
}

/* Bytes of a space at the cursor: a blank, or one of those that do not break (U+00A0, U+2007,
 * U+202F); 0: there is none. */
static inline gsize
attest_label_space_width (const AttestLabelCursor *c)
{
  if (attest_label_peek (c, 0) == ' ')
    return 1;
  if (attest_label_peek (c, 0) == 0xc2 && attest_label_peek (c, 1) == 0xa0)
    return 2;
  return attest_label_peek (c, 0) == 0xe2 && attest_label_peek (c, 1) == 0x80
                 && (attest_label_peek (c, 2) == 0x87 || attest_label_peek (c, 2) == 0xaf)
             ? 3
             : 0;
}

/* Spaces of any kind, and TABs. */
static inline gsize
attest_label_skip_space (AttestLabelCursor *c)
{
  gsize from = c->at, width;

  while ((width = attest_label_peek (c, 0) == '\t' ? 1 : attest_label_space_width (c)) > 0)
    c->at += width;
  return c->at - from;
}

/** Takes a time at the cursor, bare or in [] () {} ##, with its end if it has one; FALSE: there is
 * none. */
gboolean attest_label_take_time (AttestLabelCursor *c, gint64 *start_ms, gint64 *end_ms);
/**
 * Takes "[12/03/21, 10:15:33]" or "12/03/2021, 10:15 - ", as messengers write. The time is of the
 * day, not of a recording.
 */
gboolean attest_label_take_stamp (AttestLabelCursor *c);

G_END_DECLS
