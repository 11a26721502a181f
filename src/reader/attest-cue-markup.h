/* attest-cue-markup: the text of one cue without its tags, in pieces of one speaker each. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A stretch of one cue said by one person. */
typedef struct
{
  gsize start_byte, end_byte; /* into the text that was written */
  char *voice;                /* owned by whoever takes the piece; NULL: not named */
  guint cue;                  /* for the caller */
} AttestCuePiece;

/**
 * Appends the plain text of @text to @out: voice, class, language, ruby and time tags, HTML's
 * inline tags and ASS overrides ("{\an8}") are dropped, references decoded. What only looks like a
 * tag ("<3", "<laughs>", an unclosed '<') stays: it may have been said. Lines stay lines.
 *
 * @pieces: (element-type AttestCuePiece) gets one piece for each voice.
 */
void attest_cue_markup_strip (const char *text, gsize length_bytes, GString *out, GArray *pieces);

G_END_DECLS
