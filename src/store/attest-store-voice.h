/* attest-store-voice: segments as little more than who speaks how of what, for counting many of
 * them at once.
 */
#pragma once

#include "store/attest-store-ledger.h"

G_BEGIN_DECLS

/* Borrowed as a whole, valid during the call. Of @passage are set: id, source, kind, role,
 * respondent, group, turn; text is "". */
typedef struct
{
  const char *code, *dimension;
  AttestQuotePassage passage;
  guint polarity;       /* AttestPolarity; 0: could not be told */
  gboolean is_accepted; /* in review */
  gboolean is_key;
} AttestVoice;

typedef gboolean (*AttestVoiceFunc) (const AttestVoice *voice, gpointer data, GError **error);

/** Segments that were not rejected, of all codebooks, by code, polarity and place. */
gboolean attest_store_foreach_voice (AttestStore *store, AttestVoiceFunc func, gpointer data,
                                     GError **error);

G_END_DECLS
