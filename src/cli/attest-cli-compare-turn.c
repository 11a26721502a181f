/* One turn by several codebooks: which sentence has which code, and what differs. */
#include "cli/attest-cli-compare-private.h"

#include <string.h>

AttestCharMap *
attest_compare_turn_get_map (AttestCompareTurn *turn)
{
  const AttestDocument *doc = turn->item->doc;

  if (turn->map == NULL)
    turn->map = attest_char_map_new (doc->text, doc->length_bytes);
  return turn->map;
}

static guint
row_of (const AttestCompareTurn *turn, guint side, const AttestSegment *segment)
{
  return turn->setup->alignment->row_of[side][segment->code];
}

/* Index of the first sentence that ends behind @byte. */
static guint
find_sentence (const GArray *sentences, gsize byte)
{
  guint low = 0, high = sentences->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (sentences, AttestSpan, middle).end_byte <= byte)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static gboolean
overlaps (const AttestSpan *span, gsize start_byte, gsize end_byte)
{
  return span->start_byte < end_byte && span->end_byte > start_byte;
}

static void
hold_segments (AttestCompareTurn *turn)
{
  guint n_rows = turn->setup->n_rows;
  GByteArray *held = turn->worker->held;

  g_byte_array_set_size (held, turn->sentences->len * n_rows);
  memset (held->data, 0, held->len);
  for (guint side = 0; side < turn->setup->n_sides; side++)
    for (guint i = turn->first[side]; i < turn->end[side]; i++)
      {
        const AttestSegment *segment = attest_coding_segment (turn->item->coding[side], i);
        guint row = row_of (turn, side, segment);

        for (guint k = find_sentence (turn->sentences, segment->start_byte);
             k < turn->sentences->len; k++)
          {
            const AttestSpan *span = &g_array_index (turn->sentences, AttestSpan, k);

            if (!overlaps (span, segment->start_byte, segment->end_byte))
              break;
            held->data[(gsize)k * n_rows + row] |= (guint8)(1u << side);
          }
      }
}

/* ---- what differs ---- */

static gboolean
is_difference (const AttestCompareSetup *setup, guint row, guint8 set)
{
  guint all = (1u << setup->n_sides) - 1;
  guint sides = attest_alignment_row (setup->alignment, row)->sides;

  if (set == 0)
    return FALSE;
  if (!setup->wish->only_common)
    return set != all;
  return (sides & (sides - 1)) != 0 && set != sides;
}

static void
add_hits (AttestCompareTurn *turn, guint side, const AttestSegment *segment, const AttestSpan *span,
          GArray *hits)
{
  const AttestCoding *coding = turn->item->coding[side];
  AttestCharMap *map = attest_compare_turn_get_map (turn);
  guint before = hits->len;

  /* A segment of several sentences may have all its hits in another one. */
  for (guint pass = 0; pass < 2 && hits->len == before; pass++)
    for (guint i = 0; i < segment->n_hits; i++)
      {
        const AttestHit *hit = attest_coding_hit (coding, segment->first_hit + i);
        AttestCompareHit out = { .side = side,
                                 .pattern = hit->pattern,
                                 .start_byte = (gint64)hit->start_byte,
                                 .end_byte = (gint64)hit->end_byte };

        if (pass == 0 && !overlaps (span, hit->start_byte, hit->end_byte))
          continue;
        out.start = (gint64)attest_char_map_to_char (map, hit->start_byte);
        out.end = (gint64)attest_char_map_to_char (map, hit->end_byte);
        g_array_append_val (hits, out);
      }
}

static void
add_code (GArray *codes, guint side, guint code)
{
  AttestCompareCode new = { side, code };

  for (guint i = 0; i < codes->len; i++)
    {
      const AttestCompareCode *old = &g_array_index (codes, AttestCompareCode, i);

      if (old->side == side && old->code == code)
        return;
    }
  g_array_append_val (codes, new);
}

/* What people said in projects of what differs. */
static void
add_decisions (const AttestCompareTurn *turn, const AttestSpan *span, const guint8 *held,
               AttestDifference *difference)
{
  const GArray *decisions = turn->item->decisions;

  for (guint i = 0; decisions != NULL && i < decisions->len; i++)
    {
      const AttestCompareDecision *decision = &g_array_index (decisions, AttestCompareDecision, i);
      guint row = turn->setup->alignment->row_of[decision->side][decision->code];

      if (!overlaps (span, (gsize)decision->start_byte, (gsize)decision->end_byte)
          || !is_difference (turn->setup, row, held[row]))
        continue;
      if (difference->decisions == NULL)
        difference->decisions = g_array_new (FALSE, FALSE, sizeof (AttestCompareDecision));
      g_array_append_val (difference->decisions, *decision);
    }
}

static void
add_difference (AttestCompareTurn *turn, guint sentence)
{
  const AttestSpan *span = &g_array_index (turn->sentences, AttestSpan, sentence);
  const guint8 *held = turn->worker->held->data + (gsize)sentence * turn->setup->n_rows;
  AttestDifference difference = { .turn = turn->number,
                                  .start_byte = (gint64)span->start_byte,
                                  .end_byte = (gint64)span->end_byte };

  turn->item->n_differences++;
  if (turn->item->differences->len >= turn->setup->max_differences)
    return;
  difference.start
      = (gint64)attest_char_map_to_char (attest_compare_turn_get_map (turn), span->start_byte);
  difference.end
      = (gint64)attest_char_map_to_char (attest_compare_turn_get_map (turn), span->end_byte);
  difference.quote
      = g_strndup (turn->item->doc->text + span->start_byte, span->end_byte - span->start_byte);
  difference.codes = g_array_new (FALSE, FALSE, sizeof (AttestCompareCode));
  difference.hits = g_array_new (FALSE, FALSE, sizeof (AttestCompareHit));
  for (guint side = 0; side < turn->setup->n_sides; side++)
    for (guint i = turn->first[side]; i < turn->end[side]; i++)
      {
        const AttestSegment *segment = attest_coding_segment (turn->item->coding[side], i);
        guint row = row_of (turn, side, segment);

        if (!overlaps (span, segment->start_byte, segment->end_byte))
          continue;
        add_code (difference.codes, side, segment->code);
        if (is_difference (turn->setup, row, held[row]))
          add_hits (turn, side, segment, span, difference.hits);
      }
  add_decisions (turn, span, held, &difference);
  g_array_append_val (turn->item->differences, difference);
}

/* ---- counting ---- */

static guint *
count_at (const AttestCompareSetup *setup, guint *counts, gsize first, guint8 set)
{
  return counts + (first << setup->n_sides) + set;
}

/* Pairs of codes of the first two sides that share a sentence; a code counts once a sentence. */
static void
count_cross (AttestCompareTurn *turn, const AttestSpan *span)
{
  AttestCompareItem *item = turn->item;
  guint n_b
      = turn->setup->alignment->n_sides > 1
            ? ((AttestCodebook *)g_ptr_array_index (turn->setup->wish->codebooks, 1))->codes->len
            : 0;
  g_autoptr (GArray) codes = g_array_new (FALSE, FALSE, sizeof (AttestCompareCode));

  for (guint side = 0; side < 2; side++)
    for (guint i = turn->first[side]; i < turn->end[side]; i++)
      {
        const AttestSegment *segment = attest_coding_segment (item->coding[side], i);

        if (overlaps (span, segment->start_byte, segment->end_byte))
          add_code (codes, side, segment->code);
      }
  for (guint i = 0; i < codes->len; i++)
    {
      const AttestCompareCode *a = &g_array_index (codes, AttestCompareCode, i);

      item->singles[a->side][a->code]++;
      for (guint k = i + 1; a->side == 0 && k < codes->len; k++)
        {
          const AttestCompareCode *b = &g_array_index (codes, AttestCompareCode, k);

          if (b->side == 1)
            item->cross[(gsize)a->code * n_b + b->code]++;
        }
    }
}

static void
count_sentence (AttestCompareTurn *turn, guint sentence, guint speaker, guint8 *in_unit)
{
  const AttestCompareSetup *setup = turn->setup;
  const guint8 *held = turn->worker->held->data + (gsize)sentence * setup->n_rows;
  gboolean differs = FALSE, any = FALSE;

  for (guint row = 0; row < setup->n_rows; row++)
    {
      if (held[row] == 0)
        continue;
      any = TRUE;
      in_unit[row] |= held[row];
      ++*count_at (setup, turn->item->spoken, (gsize)speaker * setup->n_rows + row, held[row]);
      differs = differs || is_difference (setup, row, held[row]);
    }
  if (differs)
    add_difference (turn, sentence);
  if (any && setup->with_cross)
    count_cross (turn, &g_array_index (turn->sentences, AttestSpan, sentence));
}

void
attest_compare_close_unit (const AttestCompareSetup *setup, AttestCompareItem *item,
                           guint8 *in_unit)
{
  item->units++;
  for (guint row = 0; row < setup->n_rows; row++)
    if (in_unit[row] != 0)
      ++*count_at (setup, item->counts, row, in_unit[row]);
  memset (in_unit, 0, setup->n_rows);
}

static void
find_segments (AttestCompareTurn *turn)
{
  for (guint side = 0; side < turn->setup->n_sides; side++)
    {
      const AttestCoding *coding = turn->item->coding[side];
      guint i = turn->end[side];

      while (i < coding->segments->len && attest_coding_segment (coding, i)->turn < turn->number)
        i++;
      turn->first[side] = i;
      while (i < coding->segments->len && attest_coding_segment (coding, i)->turn == turn->number)
        i++;
      turn->end[side] = i;
    }
}

static void
list_sentences (AttestCompareTurn *turn, const AttestTurn *spoken)
{
  const char *text = turn->item->doc->text + spoken->start_byte;
  gsize length_bytes = spoken->end_byte - spoken->start_byte;
  g_autofree char *unwrapped = NULL;

  if (memchr (text, '\n', length_bytes) != NULL)
    text = unwrapped = attest_text_dup_unwrapped (text, length_bytes);
  attest_sentence_finder_set_text (turn->worker->finder, text, length_bytes, spoken->lang);
  g_clear_pointer (&turn->sentences, g_array_unref);
  turn->sentences = attest_sentence_finder_list (turn->worker->finder);
  for (guint i = 0; i < turn->sentences->len; i++)
    {
      AttestSpan *span = &g_array_index (turn->sentences, AttestSpan, i);

      span->start_byte += spoken->start_byte;
      span->end_byte += spoken->start_byte;
    }
}

void
attest_compare_turn_count (AttestCompareTurn *turn, guint8 *in_unit)
{
  const AttestCompareSetup *setup = turn->setup;
  const AttestTurn *spoken = attest_document_turn (turn->item->doc, turn->number);
  guint speaker = spoken->speaker == ATTEST_NO_SPEAKER ? 0 : spoken->speaker + 1;

  find_segments (turn);
  list_sentences (turn, spoken);
  hold_segments (turn);
  turn->item->sentences[speaker] += turn->sentences->len;
  for (guint i = 0; i < turn->sentences->len; i++)
    {
      count_sentence (turn, i, speaker, in_unit);
      if (setup->wish->unit == ATTEST_COMPARE_SENTENCE)
        attest_compare_close_unit (setup, turn->item, in_unit);
    }
  if (setup->wish->unit == ATTEST_COMPARE_TURN)
    attest_compare_close_unit (setup, turn->item, in_unit);
}
