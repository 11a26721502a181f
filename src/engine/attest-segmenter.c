/* attest-segmenter: see the header. */
#include "engine/attest-segmenter.h"

#include <stdlib.h>
#include <string.h>

#include "engine/attest-conditions.h"
#include "engine/attest-links.h"

/* A hit on its way into a segment; positions are those of the turn's text. */
typedef struct
{
  guint pattern, rule, code;
  gsize start_byte, end_byte;
  gsize quote_start, quote_end;
} Candidate;

struct _AttestSegmenter
{
  const AttestCodebook *codebook;
  AttestConditions *conditions;
  AttestLinks *links;
  AttestTrace *trace; /* (nullable) */
  gboolean hits_only;
  GArray *candidates; /* of Candidate */
  GArray *segments;   /* of AttestSegment; first_hit into candidates, positions of the turn */
  guint *rule_seen;   /* per rule: the mark of the segment that saw it last */
  guint mark;
};

AttestSegmenter *
attest_segmenter_new (const AttestCodebook *codebook, gboolean hits_only)
{
  AttestSegmenter *segmenter = g_new0 (AttestSegmenter, 1);

  segmenter->codebook = codebook;
  segmenter->conditions = attest_conditions_new (codebook);
  segmenter->links = attest_links_new (codebook);
  segmenter->hits_only = hits_only && !attest_segmenter_needs_segments (codebook);
  segmenter->candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  segmenter->segments = g_array_new (FALSE, FALSE, sizeof (AttestSegment));
  segmenter->rule_seen = g_new0 (guint, codebook->rules->len + 1);
  return segmenter;
}

gboolean
attest_segmenter_needs_segments (const AttestCodebook *codebook)
{
  for (guint i = 0; i < codebook->conditions->len; i++)
    {
      AttestUnitKind kind = attest_codebook_condition (codebook, i)->unit.kind;

      if (kind == ATTEST_UNIT_SENTENCE || kind == ATTEST_UNIT_WINDOW)
        return TRUE;
    }
  return attest_links_are_needed (codebook);
}

void
attest_segmenter_free (AttestSegmenter *segmenter)
{
  if (segmenter == NULL)
    return;
  attest_conditions_free (segmenter->conditions);
  attest_links_free (segmenter->links);
  g_array_unref (segmenter->candidates);
  g_array_unref (segmenter->segments);
  g_free (segmenter->rule_seen);
  g_free (segmenter);
}

AttestTrace *
attest_trace_new (void)
{
  AttestTrace *trace = g_new0 (AttestTrace, 1);

  trace->verdicts = g_array_new (FALSE, TRUE, sizeof (AttestVerdict));
  trace->held = g_array_new (FALSE, TRUE, sizeof (AttestHeld));
  trace->dropped = g_array_new (FALSE, TRUE, sizeof (AttestDropped));
  return trace;
}

void
attest_trace_free (AttestTrace *trace)
{
  if (trace == NULL)
    return;
  g_array_unref (trace->verdicts);
  g_array_unref (trace->held);
  g_array_unref (trace->dropped);
  g_free (trace);
}

void
attest_segmenter_set_trace (AttestSegmenter *segmenter, AttestTrace *trace)
{
  segmenter->trace = trace;
}

/* --- hits ------------------------------------------------------------------------------- */

/* Notes what was decided about a match, and for a hit, what its conditions found. */
static void
note_verdict (AttestSegmenter *segmenter, const AttestVerdict *verdict)
{
  AttestTrace *trace = segmenter->trace;
  const AttestRule *rule = attest_codebook_rule (
      segmenter->codebook,
      attest_codebook_pattern (segmenter->codebook, verdict->match.pattern)->rule);

  for (guint i = 0; i < rule->n_conditions && verdict->kind == ATTEST_VERDICT_HIT; i++)
    {
      AttestHeld held = { .verdict = trace->verdicts->len, .condition = rule->first_condition + i };

      if (attest_conditions_find (segmenter->conditions,
                                  attest_codebook_condition (segmenter->codebook, held.condition),
                                  &verdict->match, &held.partner))
        g_array_append_val (trace->held, held);
    }
  g_array_append_vals (trace->verdicts, verdict, 1);
}

static void
take_candidates (AttestSegmenter *segmenter, guint turn, const GArray *matches)
{
  for (guint i = 0; i < matches->len; i++)
    {
      const AttestMatch *match = &g_array_index (matches, AttestMatch, i);
      const AttestCodebookPattern *pattern
          = attest_codebook_pattern (segmenter->codebook, match->pattern);
      AttestVerdict verdict;

      if (!attest_codebook_is_hit (segmenter->codebook, pattern))
        continue;
      gboolean is_hit = attest_conditions_check (segmenter->conditions, match, &verdict);
      verdict.turn = turn;
      if (segmenter->trace != NULL)
        note_verdict (segmenter, &verdict);
      if (!is_hit)
        continue;
      Candidate candidate = { .pattern = match->pattern,
                              .rule = pattern->rule,
                              .code = pattern->code,
                              .start_byte = match->start_byte,
                              .end_byte = match->end_byte };
      g_array_append_val (segmenter->candidates, candidate);
    }
}

/* --- sentences -------------------------------------------------------------------------- */

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Candidate *x = a, *y = b;

  if (x->start_byte != y->start_byte)
    return x->start_byte < y->start_byte ? -1 : 1;
  if (x->end_byte != y->end_byte)
    return x->end_byte < y->end_byte ? -1 : 1;
  return x->pattern < y->pattern ? -1 : x->pattern > y->pattern;
}

static void
widen_candidates (AttestSegmenter *segmenter)
{
  g_array_sort (segmenter->candidates, compare_places);
  for (guint i = 0; i < segmenter->candidates->len; i++)
    {
      Candidate *candidate = &g_array_index (segmenter->candidates, Candidate, i);

      candidate->quote_start = candidate->start_byte;
      candidate->quote_end = candidate->end_byte;
      if (segmenter->hits_only)
        continue;
      attest_conditions_widen_to_sentence (segmenter->conditions, candidate->start_byte,
                                           candidate->end_byte, &candidate->quote_start,
                                           &candidate->quote_end);
    }
}

/* --- segments --------------------------------------------------------------------------- */

static int
compare_quotes (gconstpointer a, gconstpointer b)
{
  const Candidate *x = a, *y = b;

  if (x->code != y->code)
    return x->code < y->code ? -1 : 1;
  if (x->quote_start != y->quote_start)
    return x->quote_start < y->quote_start ? -1 : 1;
  return compare_places (a, b);
}

static int
compare_segments (gconstpointer a, gconstpointer b)
{
  const AttestSegment *x = a, *y = b;

  if (x->start_byte != y->start_byte)
    return x->start_byte < y->start_byte ? -1 : 1;
  return x->code < y->code ? -1 : x->code > y->code;
}

/* Sums up the rules behind a segment and puts its hits in order. */
static void
weigh (AttestSegmenter *segmenter, AttestSegment *segment)
{
  Candidate *hits = &g_array_index (segmenter->candidates, Candidate, segment->first_hit);

  if (++segmenter->mark == 0)
    {
      memset (segmenter->rule_seen, 0, segmenter->codebook->rules->len * sizeof (guint));
      segmenter->mark = 1;
    }
  qsort (hits, segment->n_hits, sizeof *hits, compare_places);
  for (guint i = 0; i < segment->n_hits; i++)
    {
      if (segmenter->rule_seen[hits[i].rule] == segmenter->mark)
        continue;
      segmenter->rule_seen[hits[i].rule] = segmenter->mark;
      segment->strength++;
      segment->weight += attest_codebook_rule (segmenter->codebook, hits[i].rule)->weight;
    }
}

static void
merge_quotes (AttestSegmenter *segmenter, guint turn)
{
  guint n = segmenter->candidates->len;

  g_array_sort (segmenter->candidates, compare_quotes);
  for (guint i = 0; i < n;)
    {
      const Candidate *first = &g_array_index (segmenter->candidates, Candidate, i);
      AttestSegment segment = { .turn = turn,
                                .code = first->code,
                                .start_byte = first->quote_start,
                                .end_byte = first->quote_end,
                                .first_hit = i };

      for (; i < n; i++)
        {
          const Candidate *next = &g_array_index (segmenter->candidates, Candidate, i);

          if (next->code != segment.code || next->quote_start >= segment.end_byte)
            break;
          segment.end_byte = MAX (segment.end_byte, next->quote_end);
        }
      segment.n_hits = i - segment.first_hit;
      weigh (segmenter, &segment);
      g_array_append_val (segmenter->segments, segment);
    }
}

static void
write_segments (AttestSegmenter *segmenter, const AttestSearchedTurn *turn, AttestCoding *coding)
{
  for (guint i = 0; i < segmenter->segments->len; i++)
    {
      AttestSegment segment = g_array_index (segmenter->segments, AttestSegment, i);
      guint first = segment.first_hit;

      segment.start_byte += turn->start_byte;
      segment.end_byte += turn->start_byte;
      segment.first_hit = coding->hits->len;
      for (guint k = 0; k < segment.n_hits; k++)
        {
          const Candidate *c = &g_array_index (segmenter->candidates, Candidate, first + k);
          AttestHit hit
              = { c->pattern, c->start_byte + turn->start_byte, c->end_byte + turn->start_byte };

          g_array_append_val (coding->hits, hit);
        }
      g_array_append_val (coding->segments, segment);
    }
}

void
attest_segmenter_add_turn (AttestSegmenter *segmenter, const AttestSearchedTurn *turn,
                           const GArray *matches, AttestCoding *coding)
{
  g_array_set_size (segmenter->candidates, 0);
  g_array_set_size (segmenter->segments, 0);
  if (matches->len == 0)
    return;
  attest_conditions_set_turn (segmenter->conditions, turn, matches);
  take_candidates (segmenter, turn->number, matches);
  if (segmenter->candidates->len == 0)
    return;
  widen_candidates (segmenter);
  merge_quotes (segmenter, turn->number);
  attest_links_decide (segmenter->links, segmenter->conditions, segmenter->segments,
                       segmenter->trace);
  g_array_sort (segmenter->segments, compare_segments);
  write_segments (segmenter, turn, coding);
}
