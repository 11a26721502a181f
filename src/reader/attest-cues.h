/* attest-cues: what WebVTT, SubRip and their kin have in common, from cues to turns.
 *
 * A cue is a stretch of time and a few lines of text with markup. A reader finds the cues; here
 * they lose their markup, speakers are found (voice tags, "Name:", ">>"), rolling captions are
 * merged, and turns are made. Line breaks inside a cue are wraps and become spaces.
 */
#pragma once

#include "reader/attest-reader.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 start_ms, end_ms; /* or ATTEST_NO_TIME */
  guint line;              /* of the first line of its text, from 1 */
  const char *text;        /* borrowed; lines with markup */
  gsize length_bytes;
  const char *id; /* borrowed; the line above the times, may be empty */
  gsize id_bytes;
  gboolean strict;    /* the format's own rules keep this cue, too */
  gboolean continues; /* text that belongs to no cue: part of what was said before */
} AttestCue;

/**
 * Decodes the original: UTF-8, LF line ends, NUL as U+FFFD; other characters are as in the file.
 *
 * Returns: a NUL-terminated text, or NULL with ATTEST_ERROR_INPUT.
 */
char *attest_cues_load (AttestDocument *doc, const AttestReadOptions *options,
                        gsize *out_length_bytes, GError **error);

/**
 * A time as captions have it, leniently: one to four fields, any digits, '.' or ',' before the
 * fraction. The fourth field of "hh:mm:ss:ff" counts frames and is left out.
 *
 * Returns: bytes read, 0 when there is no time.
 */
gsize attest_cues_parse_time (const char *text, gsize length_bytes, gint64 *out_ms);

/** The text of a cue without markup, lines kept; @out_voice: the first voice tag's name, or NULL.
 */
char *attest_cues_plain_text (const AttestCue *cue, char **out_voice);

/** Adds a cue; beyond ATTEST_MAX_CUES only one more, which tells that there are too many. */
void attest_cues_add (GArray *cues, const AttestCue *cue);

/** Sets text, turns and speakers from @cues (element-type AttestCue). */
void attest_cues_to_document (AttestDocument *doc, const GArray *cues);

/**
 * The cues of a WebVTT text with LF line ends, by the rules of the standard and, beyond them, those
 * that it drops: such a cue has strict FALSE and a warning. Header and notes become metadata.
 *
 * Returns: (element-type AttestCue) (transfer full): cues that borrow from @text.
 */
GArray *attest_vtt_parse (AttestDocument *doc, const char *text, gsize length_bytes);

/** The cues of a SubRip text; the same. */
GArray *attest_srt_parse (AttestDocument *doc, const char *text, gsize length_bytes);
typedef GArray *AttestCuesParser (AttestDocument *doc, const char *text, gsize length_bytes);
/** Reads a file of captions: decodes, parses, makes turns. */
gboolean attest_cues_read (AttestDocument *doc, const AttestReadOptions *options,
                           AttestCuesParser *parse, GError **error);
/** Whether the line has the times of a SubRip cue. */
gboolean attest_srt_is_timing (const char *line, gsize length_bytes);

G_END_DECLS
