#include "model/attest-coding-digest.h"

#include <string.h>

#include "util/attest-hash.h"

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  const AttestCodedSpan *x = a, *y = b;

  if (x->start_byte != y->start_byte)
    return x->start_byte < y->start_byte ? -1 : 1;
  if (x->end_byte != y->end_byte)
    return x->end_byte < y->end_byte ? -1 : 1;
  return strcmp (x->code, y->code);
}

char *
attest_coded_spans_dup_digest (GArray *spans)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_array_sort (spans, compare_spans);
  for (guint i = 0; i < spans->len; i++)
    {
      const AttestCodedSpan *span = &g_array_index (spans, AttestCodedSpan, i);

      g_string_append_printf (text, "%s\t%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\n", span->code,
                              span->start_byte, span->end_byte);
    }
  return attest_sha256_hex (text->str, text->len);
}

char *
attest_coding_dup_digest (const AttestCoding *coding, const char *const *codes)
{
  g_autoptr (GArray) spans
      = g_array_sized_new (FALSE, FALSE, sizeof (AttestCodedSpan), coding->segments->len);

  for (guint i = 0; i < coding->segments->len; i++)
    {
      const AttestSegment *segment = attest_coding_segment (coding, i);
      AttestCodedSpan span
          = { (gint64)segment->start_byte, (gint64)segment->end_byte, codes[segment->code] };

      g_array_append_val (spans, span);
    }
  return attest_coded_spans_dup_digest (spans);
}
