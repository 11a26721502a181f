#include "cli/attest-review-queue-private.h"

#include <string.h>

#include "util/attest-error.h"
#include "util/attest-text.h"

void
attest_queue_item_free (gpointer data)
{
  AttestQueueItem *item = data;

  g_free (item->id);
  g_free (item->source);
  g_free (item->codebook);
  g_free (item->code);
  g_free (item->code_name);
  g_free (item->status);
  g_free (item->coder);
  g_free (item->reason);
  g_free (item->speaker);
  g_free (item->respondent);
  g_free (item->rules);
  g_free (item->codes);
  g_free (item);
}

void
attest_queue_free (AttestQueue *queue)
{
  if (queue == NULL)
    return;
  g_free (queue->coder);
  attest_review_filter_free (queue->filter);
  g_clear_pointer (&queue->stances, g_hash_table_unref);
  g_clear_pointer (&queue->items, g_ptr_array_unref);
  g_clear_pointer (&queue->index, g_hash_table_unref);
  g_clear_pointer (&queue->doc, attest_document_free);
  g_free (queue->doc_source);
  g_array_unref (queue->done);
  g_free (queue);
}

/* ---- the segments ---- */

static char *
dup_rules (const AttestStoreSegment *segment, const char *wanted, gboolean *out_is_wanted)
{
  g_autoptr (GPtrArray) rules = attest_review_list_rules (segment);

  *out_is_wanted = wanted == NULL || g_strv_contains ((const char *const *)rules->pdata, wanted);
  return g_strjoinv (", ", (char **)rules->pdata);
}

char *
attest_queue_dup_key (const char *id, const char *codebook, const char *code)
{
  return g_strdup_printf ("%s %s %s", id, codebook, code);
}

void
attest_queue_set_status (AttestQueueItem *item, const AttestStoreSegment *segment)
{
  g_free (item->status);
  g_free (item->coder);
  g_free (item->reason);
  item->status = g_strdup (segment->status);
  item->coder = g_strdup (segment->coder);
  item->reason = g_strdup (segment->reason);
  item->is_key = segment->is_key;
}

static gboolean
add_item (const AttestStoreSegment *segment, gpointer data, GError **error)
{
  AttestQueue *queue = data;
  gboolean is_wanted;
  g_autofree char *rules = dup_rules (segment, queue->filter->rule, &is_wanted);
  AttestQueueItem *item;

  if (!is_wanted || (gint64)segment->strength < queue->filter->min_rules
      || !attest_review_filter_has_stance (
          queue->filter, GPOINTER_TO_UINT (g_hash_table_lookup (queue->stances, segment->id))))
    return TRUE;
  item = g_new0 (AttestQueueItem, 1);
  item->id = g_strdup (segment->id);
  item->source = g_strdup (segment->source);
  item->codebook = g_strdup (segment->codebook);
  item->code = g_strdup (segment->code);
  item->code_name = g_strdup (segment->code_name);
  item->speaker = g_strdup (segment->speaker);
  item->respondent = g_strdup (segment->respondent);
  item->rules = g_steal_pointer (&rules);
  item->turn = segment->turn;
  item->strength = segment->strength;
  item->start_byte = segment->start_byte;
  item->end_byte = segment->end_byte;
  item->start_ms = segment->start_ms;
  item->qualifiers = segment->qualifiers;
  attest_queue_set_status (item, segment);
  g_ptr_array_add (queue->items, item);
  g_hash_table_insert (queue->index,
                       attest_queue_dup_key (segment->id, segment->codebook, segment->code),
                       GUINT_TO_POINTER (queue->items->len));
  return TRUE;
}

static gboolean
is_open (const AttestQueueItem *item)
{
  return item->codes != NULL ? strcmp (item->status, "open") == 0
                             : strcmp (item->status, "proposed") == 0;
}

void
attest_queue_go_to (AttestQueue *queue, guint at)
{
  queue->at = at;
  if (queue->items->len == 0)
    return;
  queue->start_byte = attest_queue_item (queue, at)->start_byte;
  queue->end_byte = attest_queue_item (queue, at)->end_byte;
}

char *
attest_queue_dup_item_key (const AttestQueueItem *item)
{
  return attest_queue_dup_key (item->id, item->codebook, item->code);
}

static void
clear_done (gpointer item)
{
  g_free (((AttestQueueDone *)item)->key);
}

/* The segments of the filter, in place of those that there were. */
static gboolean
load (AttestQueue *queue, GError **error)
{
  const AttestReviewFilter *filter = queue->filter;
  AttestSegmentFilter segments = { .codebook = filter->codebook,
                                   .code = filter->code,
                                   .dimension = filter->dimension,
                                   .source = filter->source,
                                   .status = filter->status,
                                   .attribute = filter->attribute,
                                   .value = filter->value,
                                   .with_hits = TRUE };

  segments.qualifiers.values[ATTEST_QUALIFIER_POLARITY]
      = (guint8)attest_qualifier_value_from_string (ATTEST_QUALIFIER_POLARITY, filter->polarity);
  g_clear_pointer (&queue->items, g_ptr_array_unref);
  g_clear_pointer (&queue->index, g_hash_table_unref);
  g_clear_pointer (&queue->stances, g_hash_table_unref);
  queue->items = g_ptr_array_new_with_free_func (attest_queue_item_free);
  queue->index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  queue->stances = attest_review_list_stances (queue->store, error);
  return queue->stances != NULL
         && attest_store_foreach_segment (queue->store, &segments, add_item, queue, error);
}

void
attest_queue_begin (AttestQueue *queue)
{
  attest_queue_go_to (queue, 0);
  if (queue->items->len > 0 && !is_open (attest_queue_item (queue, 0)))
    attest_queue_move_to_open (queue);
}

AttestQueue *
attest_queue_alloc (AttestStore *store, const AttestReviewFilter *filter, const char *coder)
{
  AttestQueue *queue = g_new0 (AttestQueue, 1);

  queue->store = store;
  queue->coder = g_strdup (coder);
  queue->filter = attest_review_filter_copy (filter);
  queue->done = g_array_new (FALSE, FALSE, sizeof (AttestQueueDone));
  g_array_set_clear_func (queue->done, clear_done);
  return queue;
}

AttestQueue *
attest_queue_new (AttestStore *store, const AttestReviewFilter *filter, const char *coder,
                  GError **error)
{
  g_autoptr (AttestQueue) queue = attest_queue_alloc (store, filter, coder);

  if (!load (queue, error))
    return NULL;
  attest_queue_begin (queue);
  return g_steal_pointer (&queue);
}

const AttestReviewFilter *
attest_queue_get_filter (const AttestQueue *queue)
{
  return queue->filter;
}

gboolean
attest_queue_set_filter (AttestQueue *queue, const char *text, GError **error)
{
  AttestReviewFilter *before = queue->filter;
  AttestReviewFilter *next = attest_review_filter_parse (before, queue->store, text, error);
  g_autofree char *key = queue->items->len > 0
                             ? attest_queue_dup_item_key (attest_queue_item (queue, queue->at))
                             : g_strdup ("");
  gboolean ok;
  guint at;

  if (next == NULL)
    return FALSE;
  queue->filter = next;
  ok = load (queue, error);
  if (ok && queue->items->len == 0)
    ok = attest_throw (error, ATTEST_ERROR_USAGE, "no segment of that kind: the filter stays");
  queue->filter = ok ? next : before;
  attest_review_filter_free (ok ? before : next);
  /* They were there a moment ago. */
  if (!ok)
    load (queue, NULL);
  at = GPOINTER_TO_UINT (g_hash_table_lookup (queue->index, key));
  if (at > 0)
    attest_queue_go_to (queue, at - 1);
  else
    attest_queue_begin (queue);
  return ok;
}

guint
attest_queue_length (const AttestQueue *queue)
{
  return queue->items->len;
}

guint
attest_queue_position (const AttestQueue *queue)
{
  return queue->at;
}

const AttestQueueItem *
attest_queue_current (const AttestQueue *queue)
{
  return queue->items->len > 0 ? attest_queue_item (queue, queue->at) : NULL;
}

guint
attest_queue_count_decided (const AttestQueue *queue)
{
  guint n = 0;

  for (guint i = 0; i < queue->items->len; i++)
    n += !is_open (attest_queue_item (queue, i));
  return n;
}

const AttestDocument *
attest_queue_load_document (AttestQueue *queue, GError **error)
{
  const char *source = attest_queue_item (queue, queue->at)->source;

  if (queue->doc == NULL || strcmp (queue->doc_source, source) != 0)
    {
      g_clear_pointer (&queue->doc, attest_document_free);
      g_free (queue->doc_source);
      queue->doc_source = g_strdup (source);
      queue->doc = attest_store_get_document (queue->store, source, error);
    }
  return queue->doc;
}

/* ---- moving ---- */

void
attest_queue_move (AttestQueue *queue, int step)
{
  gint64 at = (gint64)queue->at + step;

  if (queue->items->len > 0)
    attest_queue_go_to (queue, (guint)CLAMP (at, 0, (gint64)queue->items->len - 1));
}

gboolean
attest_queue_move_to_open (AttestQueue *queue)
{
  for (guint i = 1; i <= queue->items->len; i++)
    {
      guint at = (queue->at + i) % queue->items->len;

      if (is_open (attest_queue_item (queue, at)))
        {
          attest_queue_go_to (queue, at);
          return TRUE;
        }
    }
  return FALSE;
}

/* ---- the bounds ---- */

void
attest_queue_get_bounds (const AttestQueue *queue, gint64 *out_start_byte, gint64 *out_end_byte)
{
  *out_start_byte = queue->start_byte;
  *out_end_byte = queue->end_byte;
}

static gboolean
is_space_before (const char *text, gint64 byte)
{
  return strchr (" \n\t", text[byte - 1]) != NULL;
}

/* The next place in @direction at which a word begins, or, with @is_end, behind which one ends. */
static gint64
find_border (const char *text, const AttestTurn *turn, gint64 byte, gboolean is_end, int direction)
{
  gint64 first = (gint64)turn->start_byte, last = (gint64)turn->end_byte;

  for (byte += direction; byte > first && byte < last; byte += direction)
    {
      gboolean before = is_space_before (text, byte), after = is_space_before (text, byte + 1);

      if (is_end ? (!before && after) : (before && !after))
        return byte;
    }
  return CLAMP (byte, first, last);
}

gboolean
attest_queue_move_bound (AttestQueue *queue, gboolean is_end, int direction)
{
  const AttestDocument *doc = attest_queue_load_document (queue, NULL);
  gint64 *bound = is_end ? &queue->end_byte : &queue->start_byte;
  gint64 moved;

  if (doc == NULL)
    return FALSE;
  moved = find_border (doc->text,
                       attest_document_turn (doc, attest_queue_item (queue, queue->at)->turn),
                       *bound, is_end, direction);
  if (moved == *bound || (is_end ? moved <= queue->start_byte : moved >= queue->end_byte))
    return FALSE;
  *bound = moved;
  return TRUE;
}

/* ---- codes ---- */

char **
attest_queue_list_codes (AttestQueue *queue, const char *prefix, GError **error)
{
  AttestReportFilter filter = { .codebook = attest_queue_item (queue, queue->at)->codebook };
  g_autoptr (AttestFrequency) frequency
      = attest_store_report_frequency (queue->store, &filter, error);
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();

  if (frequency == NULL)
    return NULL;
  for (guint i = 0; i < frequency->rows->len; i++)
    {
      const char *code = g_array_index (frequency->rows, AttestFrequencyRow, i).code;

      if (g_str_has_prefix (code, prefix))
        g_ptr_array_add (codes, g_strdup (code));
    }
  g_ptr_array_add (codes, NULL);
  return (char **)g_ptr_array_steal (codes, NULL);
}
