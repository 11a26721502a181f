/* The queue of a review that goes through the sentences of a sample. */
#include "cli/attest-review-queue-private.h"

#include <string.h>

#include "util/attest-text.h"

static void
set_judged (const AttestQueue *queue, AttestQueueItem *item)
{
  gboolean is_done = attest_judging_is_done (queue->judging, item->id);

  g_free (item->codes);
  g_free (item->status);
  item->codes = attest_judging_dup_codes (queue->judging, item->id);
  item->status = g_strdup (is_done ? "judged" : "open");
}

gboolean
attest_queue_refresh_sample (AttestQueue *queue, GError **error)
{
  if (!attest_judging_reload (queue->judging, queue->store, error))
    return FALSE;
  for (guint i = 0; i < queue->items->len; i++)
    set_judged (queue, attest_queue_item (queue, i));
  return TRUE;
}

/* Where the units stand in bytes; they come by source. */
static gboolean
add_unit (AttestQueue *queue, const AttestSampleUnit *unit, AttestDocument **doc,
          AttestCharMap **map, GError **error)
{
  AttestQueueItem *item;
  guint n = queue->items->len;

  if (n == 0 || strcmp (attest_queue_item (queue, n - 1)->source, unit->source) != 0)
    {
      g_clear_pointer (map, attest_char_map_free);
      g_clear_pointer (doc, attest_document_free);
      *doc = attest_store_get_document (queue->store, unit->source, error);
      if (*doc == NULL)
        return FALSE;
      *map = attest_char_map_new ((*doc)->text, (*doc)->length_bytes);
    }
  item = g_new0 (AttestQueueItem, 1);
  item->id = g_strdup (unit->id);
  item->source = g_strdup (unit->source);
  item->codebook = g_strdup (queue->judging->sample->codebook);
  item->code = g_strdup ("");
  item->rules = g_strdup ("");
  item->turn = unit->turn;
  item->start_byte = (gint64)attest_char_map_to_byte (*map, (gsize)unit->start);
  item->end_byte = (gint64)attest_char_map_to_byte (*map, (gsize)unit->end);
  item->start_ms = unit->turn < (*doc)->turns->len
                       ? attest_document_turn (*doc, unit->turn)->start_ms
                       : ATTEST_NO_TIME;
  item->speaker = g_strdup (attest_document_turn_label (*doc, unit->turn));
  set_judged (queue, item);
  g_ptr_array_add (queue->items, item);
  g_hash_table_insert (queue->index, attest_queue_dup_item_key (item),
                       GUINT_TO_POINTER (queue->items->len));
  return TRUE;
}

AttestQueue *
attest_queue_new_of_sample (AttestJudging *judging, GError **error)
{
  AttestReviewFilter filter = { .codebook = judging->sample->codebook };
  g_autoptr (AttestQueue) queue = attest_queue_alloc (judging->store, &filter, judging->coder);
  AttestDocument *doc = NULL;
  AttestCharMap *map = NULL;
  gboolean ok = TRUE;

  queue->judging = judging;
  queue->items = g_ptr_array_new_with_free_func (attest_queue_item_free);
  queue->index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; ok && i < judging->sample->units->len; i++)
    {
      const AttestSampleUnit *unit = &g_array_index (judging->sample->units, AttestSampleUnit, i);

      ok = unit->state != ATTEST_UNIT_STANDS || add_unit (queue, unit, &doc, &map, error);
    }
  g_clear_pointer (&map, attest_char_map_free);
  g_clear_pointer (&doc, attest_document_free);
  if (!ok)
    return NULL;
  attest_queue_begin (queue);
  return g_steal_pointer (&queue);
}

const AttestJudging *
attest_queue_get_judging (const AttestQueue *queue)
{
  return queue->judging;
}

gboolean
attest_queue_give_codes (AttestQueue *queue, const char *text, gboolean *out_changed,
                         GError **error)
{
  AttestJudging *judging = queue->judging;
  const AttestSampleUnit *unit
      = attest_judging_find (judging, attest_queue_item (queue, queue->at)->id);
  g_auto (GStrv) codes = attest_judging_parse_codes (judging, text, error);
  g_autofree char *joined = codes != NULL ? g_strjoinv ("; ", codes) : NULL;
  g_autofree char *detail = NULL;
  gint64 seq = 0;

  *out_changed = FALSE;
  if (codes == NULL || !attest_store_begin (queue->store, error))
    return FALSE;
  detail = g_strdup_printf ("judged %s: %s", unit->id, *joined != '\0' ? joined : "no code");
  if (!attest_judging_judge (judging, unit, (const char *const *)codes, out_changed, error)
      || !attest_store_peek_audit (queue->store, &seq, error)
      || !attest_store_commit (queue->store, queue->coder, "review", detail, error))
    {
      attest_store_rollback (queue->store);
      return FALSE;
    }
  if (*out_changed)
    attest_queue_note_done (queue, seq, queue->at);
  return attest_queue_refresh_sample (queue, error);
}
