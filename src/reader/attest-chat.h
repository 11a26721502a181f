/* attest-chat: the main lines of CHAT, from codes to words.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What was left out, or became something else. */
typedef struct
{
  guint n_codes;   /* codes in square brackets and the like */
  guint n_pauses;  /* "(.)", "(1.5)", "#" */
  guint n_omitted; /* words that were not said: "0is" */
} AttestChatCounts;

/**
 * Appends the words of a main line to @out: retraced and shortened words, fragments and fillers are
 * kept, for they were said; codes about them are not. Events become marks in brackets
 * ("&=laughs" is "[laughs]"). White space becomes single spaces.
 *
 * *@start_ms and *@end_ms: changed to the times of the first and last bullet, when there is one.
 */
void attest_chat_append_words (GString *out, const char *line, gsize length_bytes, gint64 *start_ms,
                               gint64 *end_ms, AttestChatCounts *counts);

/** Reads "start_end" in ms, as bullets and %snd lines have it behind a file's name. */
gboolean attest_chat_parse_bullet (const char *text, gsize length_bytes, gint64 *out_start_ms,
                                   gint64 *out_end_ms);

G_END_DECLS
