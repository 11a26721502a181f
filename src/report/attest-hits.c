#include "report/attest-hits.h"

static int
by_start (gconstpointer a, gconstpointer b)
{
  const AttestSpan *x = a, *y = b;

  return (x->start_byte > y->start_byte) - (x->start_byte < y->start_byte);
}

void
attest_hits_merge (const AttestStoreSegment *segment, GArray *spans)
{
  guint n_merged = 0;

  g_array_set_size (spans, 0);
  for (guint i = 0; segment->hits != NULL && i < segment->n_hits; i++)
    {
      gint64 start = MAX (segment->hits[i].start_byte, segment->start_byte);
      gint64 end = MIN (segment->hits[i].end_byte, segment->end_byte);
      AttestSpan span
          = { (gsize)(start - segment->start_byte), (gsize)(end - segment->start_byte) };

      if (start < end)
        g_array_append_val (spans, span);
    }
  g_array_sort (spans, by_start);
  for (guint i = 0; i < spans->len; i++)
    {
      AttestSpan span = g_array_index (spans, AttestSpan, i);
      AttestSpan *last = n_merged > 0 ? &g_array_index (spans, AttestSpan, n_merged - 1) : NULL;

      if (last != NULL && span.start_byte <= last->end_byte)
        last->end_byte = MAX (last->end_byte, span.end_byte);
      else
        g_array_index (spans, AttestSpan, n_merged++) = span;
    }
  g_array_set_size (spans, n_merged);
}
