/* A view: one telling of what was said. See attest-asr.h. */
#pragma once

#include "reader/attest-asr.h"

G_BEGIN_DECLS

/* Channels told apart; a recording has two, a meeting one for each person. */
#define ATTEST_ASR_MAX_STREAMS 64

typedef struct
{
  AttestAsrPiece piece;
  gsize start_byte, end_byte; /* into the view's text */
} AttestAsrItem;

typedef struct
{
  GString *text;
  GArray *items;          /* of AttestAsrItem */
  gboolean words;         /* the items are single words */
  gsize letters;          /* letters and digits, once settled */
  guint first_difference; /* the item that is not as in the file's own text, once settled */
} AttestAsrView;

AttestAsrView *attest_asr_view_new (void);
void attest_asr_view_free (AttestAsrView *view);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestAsrView, attest_asr_view_free)

/**
 * Finds the words @first … @end of @words in @text, by their letters and digits, and appends to
 * @out the stretches of @text in which one speaker's words are. Nothing of @text is left out.
 *
 * Returns: FALSE, and adds nothing, when the letters of the words are not those of @text.
 */
gboolean attest_asr_view_cut (const AttestAsrView *words, guint first, guint end, const char *text,
                              gsize length_bytes, AttestAsrView *out);

/**
 * Makes stretches of speech from words, and puts the items of several streams in order of time.
 * @expected: of GString, the file's own text of each stream; "" when it has none.
 *
 * Returns: whether the items are the file's own text but for white space.
 */
gboolean attest_asr_view_settle (AttestAsrView *view, const GPtrArray *expected);

guint attest_asr_view_count_streams (const AttestAsrView *view);
gsize attest_asr_count_letters_of_texts (const GPtrArray *texts);

void attest_asr_add_text (AttestAsr *asr, const AttestAsrPiece *piece, const char *text);

G_END_DECLS
