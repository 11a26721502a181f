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

/** How quotes that entries rest on are said: id → AttestPolarity, as a pointer; those of which it
 * could not be told are not in it. */
GHashTable *attest_store_list_linked_polarities (AttestStore *store, GError **error);

G_END_DECLS
