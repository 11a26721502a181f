/* attest-links: see the header. */
#include "engine/attest-links.h"

/* Sums of 0.1 and the like are not exact. */
#define WEIGHT_TOLERANCE 1e-9

struct _AttestLinks
{
  const AttestCodebook *codebook;
  gboolean is_needed;
  guint *first_segment; /* of each code, + 1; 0: it has none in this turn */
  gboolean *is_dropped; /* of each segment */
  guint n_room;         /* of is_dropped */
};

gboolean
attest_links_are_needed (const AttestCodebook *codebook)
{
  gboolean is_needed = codebook->linked_codes->len > 0;

  for (guint i = 0; i < codebook->codes->len && !is_needed; i++)
    is_needed = attest_codebook_code (codebook, i)->min_weight > 0.0;
  return is_needed;
}

AttestLinks *
attest_links_new (const AttestCodebook *codebook)
{
  AttestLinks *links = g_new0 (AttestLinks, 1);

  links->codebook = codebook;
  links->is_needed = attest_links_are_needed (codebook);
  links->first_segment = g_new0 (guint, codebook->codes->len + 1);
  return links;
}

void
attest_links_free (AttestLinks *links)
{
  if (links == NULL)
    return;
  g_free (links->first_segment);
  g_free (links->is_dropped);
  g_free (links);
}

static const AttestSegment *
segment_at (const GArray *segments, guint i)
{
  return &g_array_index (segments, AttestSegment, i);
}

static void
drop (AttestLinks *links, const GArray *segments, guint i, AttestDroppedReason reason, guint other,
      AttestTrace *trace)
{
  const AttestSegment *segment = segment_at (segments, i);
  AttestDropped dropped = { segment->code,
                            segment->start_byte,
                            segment->end_byte,
                            segment->strength,
                            segment->weight,
                            reason,
                            other };

  links->is_dropped[i] = TRUE;
  if (trace != NULL)
    g_array_append_val (trace->dropped, dropped);
}

static void
drop_light_ones (AttestLinks *links, const GArray *segments, AttestTrace *trace)
{
  for (guint i = 0; i < segments->len; i++)
    {
      const AttestSegment *segment = segment_at (segments, i);
      const AttestCode *code = attest_codebook_code (links->codebook, segment->code);

      if (segment->weight + WEIGHT_TOLERANCE < code->min_weight)
        drop (links, segments, i, ATTEST_DROPPED_WEIGHT, segment->code, trace);
    }
}

/* Whether a segment of @code that stands overlaps the span. */
static gboolean
has_code (const AttestLinks *links, const GArray *segments, guint code, gsize start_byte,
          gsize end_byte)
{
  guint first = links->first_segment[code];

  for (guint i = first; first > 0 && i - 1 < segments->len; i++)
    {
      const AttestSegment *segment = segment_at (segments, i - 1);

      if (segment->code != code || segment->start_byte >= end_byte)
        return FALSE;
      if (!links->is_dropped[i - 1] && segment->end_byte > start_byte)
        return TRUE;
    }
  return FALSE;
}

/* FALSE, and the code that decided, when the segment does not stand. */
static gboolean
check_codes (AttestLinks *links, AttestConditions *conditions, const GArray *segments,
             const AttestSegment *segment, const GArray *codes, const AttestUnit *unit,
             gboolean wanted, guint *out_other)
{
  gsize start_byte = segment->start_byte, end_byte = segment->end_byte;

  if (codes == NULL)
    return TRUE;
  attest_conditions_widen (conditions, unit, &start_byte, &end_byte);
  for (guint i = 0; i < codes->len; i++)
    {
      *out_other = g_array_index (codes, guint, i);
      if (has_code (links, segments, *out_other, start_byte, end_byte) != wanted)
        return FALSE;
    }
  return TRUE;
}

static void
decide_on_code (AttestLinks *links, AttestConditions *conditions, const GArray *segments,
                guint index, AttestTrace *trace)
{
  const AttestCode *code = attest_codebook_code (links->codebook, index);
  guint other;

  for (guint i = links->first_segment[index] - 1;
       i < segments->len && segment_at (segments, i)->code == index; i++)
    {
      const AttestSegment *segment = segment_at (segments, i);

      if (links->is_dropped[i])
        continue;
      if (!check_codes (links, conditions, segments, segment, code->requires, &code->requires_unit,
                        TRUE, &other))
        drop (links, segments, i, ATTEST_DROPPED_REQUIRES, other, trace);
      else if (!check_codes (links, conditions, segments, segment, code->excludes,
                             &code->excludes_unit, FALSE, &other))
        drop (links, segments, i, ATTEST_DROPPED_EXCLUDES, other, trace);
    }
}

static void
index_segments (AttestLinks *links, const GArray *segments)
{
  if (links->n_room < segments->len)
    {
      links->n_room = MAX (segments->len, 2 * links->n_room);
      links->is_dropped = g_renew (gboolean, links->is_dropped, links->n_room);
    }
  for (guint i = segments->len; i > 0; i--)
    {
      links->first_segment[segment_at (segments, i - 1)->code] = i;
      links->is_dropped[i - 1] = FALSE;
    }
}

static void
remove_dropped (AttestLinks *links, GArray *segments)
{
  guint n_kept = 0;

  for (guint i = 0; i < segments->len; i++)
    {
      links->first_segment[segment_at (segments, i)->code] = 0;
      if (!links->is_dropped[i])
        g_array_index (segments, AttestSegment, n_kept++) = *segment_at (segments, i);
    }
  g_array_set_size (segments, n_kept);
}

void
attest_links_decide (AttestLinks *links, AttestConditions *conditions, GArray *segments,
                     AttestTrace *trace)
{
  const GArray *codes = links->codebook->linked_codes;

  if (!links->is_needed)
    return;
  index_segments (links, segments);
  drop_light_ones (links, segments, trace);
  for (guint i = 0; i < codes->len; i++)
    if (links->first_segment[g_array_index (codes, guint, i)] > 0)
      decide_on_code (links, conditions, segments, g_array_index (codes, guint, i), trace);
  remove_dropped (links, segments);
}
