/* One source by several codebooks. */
#include "cli/attest-cli-compare-private.h"

#include <string.h>

AttestCompareWorker *
attest_compare_worker_new (const AttestCompareSetup *setup)
{
  AttestCompareWorker *worker = g_new0 (AttestCompareWorker, 1);

  worker->coders = g_new (AttestCoderWorker *, setup->n_sides);
  for (guint i = 0; i < setup->n_sides; i++)
    worker->coders[i] = attest_coder_worker_new (setup->coders[i]);
  worker->finder = attest_sentence_finder_new ();
  worker->held = g_byte_array_new ();
  return worker;
}

void
attest_compare_worker_free (AttestCompareWorker *worker, guint n_sides)
{
  for (guint i = 0; i < n_sides; i++)
    attest_coder_worker_free (worker->coders[i]);
  g_free (worker->coders);
  attest_sentence_finder_free (worker->finder);
  g_byte_array_unref (worker->held);
  g_free (worker);
}

void
attest_compare_item_free (gpointer data)
{
  AttestCompareItem *item = data;

  g_free (item->label);
  for (guint i = 0; item->coding != NULL && item->coding[i] != NULL; i++)
    attest_coding_free (item->coding[i]);
  g_free (item->coding);
  g_clear_pointer (&item->decisions, g_array_unref);
  attest_document_free (item->doc);
  g_free (item->counts);
  g_free (item->spoken);
  g_free (item->sentences);
  g_free (item->cross);
  g_free (item->singles[0]);
  g_free (item->singles[1]);
  g_clear_pointer (&item->differences, g_array_unref);
  g_free (item);
}

/* ---- coding ---- */

static void
drop_rejected (const AttestCompareSetup *setup, AttestCompareItem *item, const AttestCharMap *map,
               guint side)
{
  const AttestCodebook *codebook = attest_coder_get_codebook (setup->coders[side]);
  GArray *segments = item->coding[side]->segments;

  for (guint i = 0; i < segments->len;)
    {
      const AttestSegment *segment = &g_array_index (segments, AttestSegment, i);
      gint64 start = (gint64)attest_char_map_to_char (map, segment->start_byte);
      gint64 end = (gint64)attest_char_map_to_char (map, segment->end_byte);
      gboolean found = FALSE;

      for (guint k = 0; k < item->rejected->len && !found; k++)
        {
          const AttestCompareRejected *rejected
              = &g_array_index (item->rejected, AttestCompareRejected, k);

          found
              = rejected->start == start && rejected->end == end
                && strcmp (rejected->codebook, codebook->id) == 0
                && strcmp (rejected->code, attest_codebook_code (codebook, segment->code)->id) == 0;
        }
      if (found)
        {
          g_array_remove_index (segments, i);
          item->n_rejected++;
        }
      else
        i++;
    }
}

static void
prepare (const AttestCompareSetup *setup, AttestCompareWorker *worker, AttestCompareItem *item)
{
  gsize n_speakers = item->doc->speakers->len + 1;

  if (item->coding == NULL)
    {
      item->coding = g_new0 (AttestCoding *, setup->n_sides + 1);
      for (guint side = 0; side < setup->n_sides; side++)
        item->coding[side] = attest_coder_code (worker->coders[side], item->doc);
    }
  item->counts = g_new0 (guint, ((gsize)setup->n_rows << setup->n_sides) + 1);
  item->spoken = g_new0 (guint, ((n_speakers * setup->n_rows) << setup->n_sides) + 1);
  item->sentences = g_new0 (gint64, n_speakers);
  item->differences = g_array_new (FALSE, FALSE, sizeof (AttestDifference));
  g_array_set_clear_func (item->differences, attest_difference_clear);
  if (setup->with_cross)
    {
      gsize n_a = attest_coder_get_codebook (setup->coders[0])->codes->len;
      gsize n_b = attest_coder_get_codebook (setup->coders[1])->codes->len;

      item->cross = g_new0 (gint64, n_a * n_b + 1);
      item->singles[0] = g_new0 (gint64, n_a + 1);
      item->singles[1] = g_new0 (gint64, n_b + 1);
    }
}

void
attest_compare_code (const AttestCompareSetup *setup, AttestCompareWorker *worker,
                     AttestCompareItem *item)
{
  g_autofree guint *first = g_new0 (guint, setup->n_sides);
  g_autofree guint *end = g_new0 (guint, setup->n_sides);
  g_autofree guint8 *in_unit = g_new0 (guint8, setup->n_rows + 1);
  AttestCompareTurn turn
      = { .setup = setup, .item = item, .worker = worker, .first = first, .end = end };

  prepare (setup, worker, item);
  if (item->rejected != NULL)
    for (guint side = 0; side < setup->n_sides; side++)
      drop_rejected (setup, item, attest_compare_turn_get_map (&turn), side);
  for (guint i = 0; i < item->doc->turns->len; i++)
    {
      turn.number = i;
      if (attest_document_turn_role (item->doc, i) != ATTEST_ROLE_INTERVIEWER)
        attest_compare_turn_count (&turn, in_unit);
    }
  if (setup->wish->unit == ATTEST_COMPARE_SOURCE)
    attest_compare_close_unit (setup, item, in_unit);
  g_clear_pointer (&turn.sentences, g_array_unref);
  g_clear_pointer (&turn.map, attest_char_map_free);
}
