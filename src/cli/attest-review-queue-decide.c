/* What is decided of the current segment, and taken back. */
#include "cli/attest-review-queue-private.h"

#include <string.h>

#include "util/attest-error.h"
#include "util/attest-text.h"

static gboolean
has_moved_bounds (const AttestQueue *queue)
{
  const AttestQueueItem *item = attest_queue_item (queue, queue->at);

  return queue->start_byte != item->start_byte || queue->end_byte != item->end_byte;
}

static gboolean
refresh_item (const AttestStoreSegment *segment, gpointer data, GError **error)
{
  AttestQueue *queue = data;
  g_autofree char *key = attest_queue_dup_key (segment->id, segment->codebook, segment->code);
  guint at = GPOINTER_TO_UINT (g_hash_table_lookup (queue->index, key));

  if (at > 0)
    attest_queue_set_status (attest_queue_item (queue, at - 1), segment);
  return TRUE;
}

/* A decision changes segments of one transcript. */
static gboolean
refresh (AttestQueue *queue, guint at, GError **error)
{
  AttestSegmentFilter filter = { .source = attest_queue_item (queue, at)->source };

  if (queue->judging != NULL)
    return attest_queue_refresh_sample (queue, error);
  return attest_store_foreach_segment (queue->store, &filter, refresh_item, queue, error);
}

/* The passage within the moved bounds. */
static gboolean
mark (AttestQueue *queue, const AttestQueueItem *item, gboolean *out_changed, GError **error)
{
  const AttestDocument *doc = attest_queue_load_document (queue, error);
  g_autoptr (AttestCharMap) map = NULL;
  AttestDecisionSpec spec = { .action = ATTEST_DECISION_MARK,
                              .source = item->source,
                              .codebook = item->codebook,
                              .code = item->code,
                              .coder = queue->coder };

  if (doc == NULL)
    return FALSE;
  map = attest_char_map_new (doc->text, doc->length_bytes);
  spec.start = (gint64)attest_char_map_to_char (map, (gsize)queue->start_byte);
  spec.end = (gint64)attest_char_map_to_char (map, (gsize)queue->end_byte);
  return attest_store_decide (queue->store, &spec, out_changed, error);
}

static gboolean
decide (AttestQueue *queue, AttestDecisionAction action, const char *new_code, const char *text,
        gboolean *out_changed, GError **error)
{
  const AttestQueueItem *item = attest_queue_item (queue, queue->at);
  AttestDecisionSpec spec = { .action = action,
                              .id = item->id,
                              .codebook = item->codebook,
                              .code = item->code,
                              .new_code = new_code,
                              .text = text,
                              .coder = queue->coder };
  gboolean marked = FALSE;

  if (action == ATTEST_DECISION_ACCEPT && has_moved_bounds (queue))
    {
      if (!mark (queue, item, &marked, error))
        return FALSE;
      spec.action = ATTEST_DECISION_REJECT;
      spec.text = "other bounds";
    }
  if (!attest_store_decide (queue->store, &spec, out_changed, error))
    return FALSE;
  *out_changed |= marked;
  return TRUE;
}

gboolean
attest_queue_decide (AttestQueue *queue, AttestDecisionAction action, const char *new_code,
                     const char *text, gboolean *out_changed, GError **error)
{
  gint64 seq = 0;
  guint at = queue->at;
  g_autofree char *detail = g_strdup_printf ("%s %s:%s", attest_decision_action_to_string (action),
                                             attest_queue_item (queue, queue->at)->id,
                                             attest_queue_item (queue, queue->at)->code);

  *out_changed = FALSE;
  if (!attest_store_begin (queue->store, error))
    return FALSE;
  if (!decide (queue, action, new_code, text, out_changed, error)
      || !attest_store_peek_audit (queue->store, &seq, error)
      || !attest_store_commit (queue->store, queue->coder, "review", detail, error))
    {
      attest_store_rollback (queue->store);
      return FALSE;
    }
  if (*out_changed)
    attest_queue_note_done (queue, seq, at);
  return refresh (queue, at, error);
}

void
attest_queue_note_done (AttestQueue *queue, gint64 seq, guint at)
{
  AttestQueueDone done = { seq, attest_queue_dup_item_key (attest_queue_item (queue, at)) };

  g_array_append_val (queue->done, done);
}

gboolean
attest_queue_undo (AttestQueue *queue, gint64 *out_seq, GError **error)
{
  AttestQueueDone last;
  g_autofree char *detail = NULL;
  guint at;

  *out_seq = 0;
  if (queue->done->len == 0)
    return TRUE;
  last = g_array_index (queue->done, AttestQueueDone, queue->done->len - 1);
  detail = g_strdup_printf ("entry %" G_GINT64_FORMAT, last.seq);
  if (!attest_store_begin (queue->store, error))
    return FALSE;
  if (!attest_store_undo (queue->store, last.seq, NULL, error)
      || !attest_store_commit (queue->store, queue->coder, "undo", detail, error))
    {
      attest_store_rollback (queue->store);
      return FALSE;
    }
  /* Another filter may not let it through. */
  at = GPOINTER_TO_UINT (g_hash_table_lookup (queue->index, last.key));
  *out_seq = last.seq;
  g_array_set_size (queue->done, queue->done->len - 1);
  if (at == 0)
    return TRUE;
  attest_queue_go_to (queue, at - 1);
  return refresh (queue, at - 1, error);
}
