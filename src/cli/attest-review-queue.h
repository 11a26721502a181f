/* attest-review-queue: the segments of a review in order, and what is decided of them.
 *
 * What the screen of 'attest review' shows and does, without a screen. Each decision is a command
 * of its own, committed before the function returns: whatever happens to the terminal later, it is
 * kept.
 */
#pragma once

#include "cli/attest-cli-judging.h"
#include "cli/attest-cli.h"
#include "cli/attest-review-filter.h"
#include "model/attest-document.h"
#include "store/attest-store-decision.h"

G_BEGIN_DECLS

/* A copy of what is shown of a segment; (nullable) as in AttestStoreSegment. */
typedef struct
{
  char *id, *source, *codebook, *code, *code_name;
  char *codes; /* of a sentence of a sample: those that it was given, "impact; relevance"; its
                  status is "open" or "judged", and its code "" */
  char *status, *coder, *reason;
  char *speaker, *respondent;
  char *rules; /* "impact/3.2, impact/1.1" */
  guint turn, strength;
  gint64 start_byte, end_byte; /* of the quote, in the text of the source */
  gint64 start_ms;
  AttestQualifiers qualifiers;
  gboolean is_key;
} AttestQueueItem;

typedef struct _AttestQueue AttestQueue;

/**
 * Borrows @store, which is open for writing, and copies @filter. Begins at the first segment that
 * nobody has decided.
 */
AttestQueue *attest_queue_new (AttestStore *store, const AttestReviewFilter *filter,
                               const char *coder, GError **error);
/** The sentences of a sample, in place of segments. Borrows @judging, whose store is open for
 * writing. */
AttestQueue *attest_queue_new_of_sample (AttestJudging *judging, GError **error);
/** Borrowed; NULL: the queue is of segments. */
const AttestJudging *attest_queue_get_judging (const AttestQueue *queue);
/** Borrowed. */
const AttestReviewFilter *attest_queue_get_filter (const AttestQueue *queue);
/**
 * Chooses other segments, as attest_review_filter_parse() reads them. The current one stays, where
 * it is among them. FALSE, and nothing changes: @text fits nothing, or no segment.
 */
gboolean attest_queue_set_filter (AttestQueue *queue, const char *text, GError **error);
void attest_queue_free (AttestQueue *queue);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestQueue, attest_queue_free)

guint attest_queue_length (const AttestQueue *queue);
/** From 0. */
guint attest_queue_position (const AttestQueue *queue);
/** Borrowed until the queue moves on or decides; NULL: the queue is empty. */
const AttestQueueItem *attest_queue_current (const AttestQueue *queue);
/** How many are decided. */
guint attest_queue_count_decided (const AttestQueue *queue);
/** The transcript of the current segment; borrowed until the queue moves. */
const AttestDocument *attest_queue_load_document (AttestQueue *queue, GError **error);

/** By @step segments; stops at the ends. */
void attest_queue_move (AttestQueue *queue, int step);
/** To the next segment that nobody has decided, from the start again behind the last one. FALSE:
 * there is none. */
gboolean attest_queue_move_to_open (AttestQueue *queue);

/* The passage that is meant: begins as the segment's quote. */
void attest_queue_get_bounds (const AttestQueue *queue, gint64 *out_start_byte,
                              gint64 *out_end_byte);
/** Moves the start, or the end, by a word to the left (-1) or to the right (1), within the turn.
 * FALSE: it cannot go there. */
gboolean attest_queue_move_bound (AttestQueue *queue, gboolean is_end, int direction);

/**
 * Decides of the current segment. @new_code: of RECODE; @text: (nullable) reason or memo. Where the
 * bounds were moved, ACCEPT marks that passage and rejects the one that was proposed.
 * *@out_changed: FALSE: nothing new.
 */
gboolean attest_queue_decide (AttestQueue *queue, AttestDecisionAction action, const char *new_code,
                              const char *text, gboolean *out_changed, GError **error);
/** Of a sample: the current sentence has these codes, as attest_judging_parse_codes() reads them,
 * and no others. *@out_changed: FALSE: nothing new. */
gboolean attest_queue_give_codes (AttestQueue *queue, const char *text, gboolean *out_changed,
                                  GError **error);
/** Takes back the last command of this queue, and goes to its segment. *@out_seq: 0: there is
 * none. */
gboolean attest_queue_undo (AttestQueue *queue, gint64 *out_seq, GError **error);

/** The codes of the current segment's codebook that begin with @prefix, NULL-terminated. */
char **attest_queue_list_codes (AttestQueue *queue, const char *prefix, GError **error);

G_END_DECLS
