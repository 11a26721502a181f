/* What the files of the queue share. */
#pragma once

#include "cli/attest-review-queue.h"

G_BEGIN_DECLS

/* A command of this queue, to be taken back. */
typedef struct
{
  gint64 seq;
  char *key; /* of the segment */
} AttestQueueDone;

struct _AttestQueue
{
  AttestStore *store;
  char *coder;
  AttestReviewFilter *filter;
  GHashTable *stances; /* of quotes, see attest_review_list_stances() */
  GPtrArray *items;    /* of AttestQueueItem */
  GHashTable *index;   /* "ID CODEBOOK CODE" → index + 1 */
  guint at;
  gint64 start_byte, end_byte; /* the bounds of the current one, as they were moved */
  AttestDocument *doc;         /* of doc_source */
  char *doc_source;
  GArray *done;           /* of AttestQueueDone */
  AttestJudging *judging; /* (nullable) borrowed: sentences of a sample in place of segments */
};

static inline AttestQueueItem *
attest_queue_item (const AttestQueue *queue, guint i)
{
  return g_ptr_array_index (queue->items, i);
}

/** What finds a segment in the index. */
char *attest_queue_dup_key (const char *id, const char *codebook, const char *code);
char *attest_queue_dup_item_key (const AttestQueueItem *item);
/** Takes what is decided of the segment. */
void attest_queue_set_status (AttestQueueItem *item, const AttestStoreSegment *segment);
/** One without anything in it. */
AttestQueue *attest_queue_alloc (AttestStore *store, const AttestReviewFilter *filter,
                                 const char *coder);
void attest_queue_item_free (gpointer item);
/** Goes to the first that is open. */
void attest_queue_begin (AttestQueue *queue);
/** Remembers that command @seq decided of item @at. */
void attest_queue_note_done (AttestQueue *queue, gint64 seq, guint at);
/** Sets the items to what is judged now, of a sample. */
gboolean attest_queue_refresh_sample (AttestQueue *queue, GError **error);
/** Makes the item at @at the current one, with its own bounds. */
void attest_queue_go_to (AttestQueue *queue, guint at);

G_END_DECLS
