/* attest-report-chain: from a judgement down to the quotes that it rests on, and from a quote up.
 *
 * A trace is a list of nodes, each once: ratings, entries of the ledger, quotes; and a sentence of
 * a brief, as the root. It begins with the root. From a quote it holds what rests on it, directly
 * or not; from anything else what that rests on. The JSON is that of the contract.
 */
#pragma once

#include <glib.h>

#include "report/attest-disclosure.h"
#include "store/attest-store-ledger.h"
#include "util/attest-json.h"

G_BEGIN_DECLS

typedef enum
{
  ATTEST_NODE_RATING,
  ATTEST_NODE_ENTRY,
  ATTEST_NODE_QUOTE,
  ATTEST_NODE_SENTENCE,
} AttestNodeType;

/* A sentence of a brief. */
typedef struct
{
  const char *id; /* "S12" */
  const char *text;
  guint line;                    /* in its file, from 1 */
  const char *const *references; /* NULL-terminated: "F3", "rating:impact", "judgement" … */
} AttestChainSentence;

typedef struct
{
  AttestNodeType type;
  char *id;                            /* "rating:relevance", "F1", "Q7F3K2A" */
  const AttestRating *rating;          /* borrowed; NULL for other types */
  const AttestLedgerEntry *entry;      /* borrowed; NULL for other types */
  const AttestQuotePassage *passage;   /* borrowed; NULL for other types */
  const AttestChainSentence *sentence; /* borrowed; NULL for other types */
} AttestChainNode;

typedef struct
{
  AttestLedger *ledger;
  GPtrArray *passages; /* of AttestQuotePassage */
  GPtrArray *nodes;    /* of AttestChainNode, the root first */
  GHashTable *ids;     /* of the nodes */
  gboolean is_up;      /* from a quote */
} AttestChain;

/** What the ids of ratings begin with. */
#define ATTEST_RATING_PREFIX "rating:"

/**
 * @id: of a quote or an entry, or a criterion that was rated, with or without "rating:".
 * ATTEST_ERROR_USAGE when there is none.
 */
AttestChain *attest_chain_new (AttestStore *store, const char *id, GError **error);
/** @sentence must outlive the chain. ATTEST_ERROR_USAGE when it refers to what there is not. */
AttestChain *attest_chain_new_from_sentence (AttestStore *store,
                                             const AttestChainSentence *sentence, GError **error);
/** Has it be written for the audience of @disclosure; (nullable). */
void attest_chain_disclose (AttestChain *chain, AttestDisclosure *disclosure);
void attest_chain_free (AttestChain *chain);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestChain, attest_chain_free)

void attest_chain_write_json (const AttestChain *chain, AttestJson *json);
/** For people: a tree, what was shown before is only named again. @columns: to fit, 0: any. */
void attest_chain_write_text (const AttestChain *chain, guint columns, gboolean color,
                              GString *out);

/** "01-ministry ¶12 [00:12:31], Speaker (Government)"; what is not known is left out. */
void attest_chain_append_place (const AttestQuotePassage *passage, GString *out);
/** "5 excellent" */
char *attest_rating_dup_level (const AttestRating *rating);
/** The member "links" of an entry: id, stance, note, by, at of each. */
void attest_chain_write_links (const AttestLedgerEntry *entry, AttestJson *json);
/** level, label, scale, because, by, at: the `rating` of the contract; @rating: (nullable) null. */
void attest_rating_write_json (const AttestRating *rating, AttestJson *json);

G_END_DECLS
