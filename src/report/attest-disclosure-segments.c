/* Segments as the public may read them. */
#include "report/attest-disclosure-private.h"

#include <string.h>

typedef struct
{
  AttestDisclosure *disclosure;
  gboolean with_withheld;
  AttestSegmentFunc func;
  gpointer data;
} Telling;

static gboolean
tell_segment (const AttestStoreSegment *segment, gpointer data, GError **error)
{
  Telling *telling = data;
  AttestDisclosure *d = telling->disclosure;
  AttestStoreSegment told = *segment;
  AttestQuoteForm form;
  g_autofree char *quote
      = attest_disclosure_dup_quote (d, segment->id, segment->source, segment->respondent,
                                     segment->quote, segment->quote_bytes, &form);

  if (form == ATTEST_QUOTE_WITHHELD && !telling->with_withheld)
    return TRUE;
  told.source = attest_disclosure_get_source (d, segment->source);
  told.path = NULL;
  told.speaker = attest_disclosure_get_speaker (d, segment->respondent, segment->speaker);
  told.respondent = attest_disclosure_get_respondent (d, segment->respondent);
  told.turn = ATTEST_NO_TURN;
  told.start = told.end = told.start_byte = told.end_byte = -1;
  told.start_ms = ATTEST_NO_TIME;
  told.quote = quote;
  told.quote_bytes = strlen (quote);
  told.coder = told.reason = NULL;
  told.n_hits = 0;
  told.hits = NULL;
  return telling->func (&told, telling->data, error);
}

static int
by_pseudonym (gconstpointer a, gconstpointer b, gpointer sources)
{
  const AttestPlace *x = g_hash_table_lookup (sources, *(char *const *)a);
  const AttestPlace *y = g_hash_table_lookup (sources, *(char *const *)b);

  return strcmp (x->pseudonym, y->pseudonym);
}

gboolean
attest_disclosure_foreach_segment (AttestDisclosure *disclosure, AttestStore *store,
                                   const AttestSegmentFilter *filter, gboolean with_withheld,
                                   AttestSegmentFunc func, gpointer data, GError **error)
{
  Telling telling = { disclosure, with_withheld, func, data };
  AttestSegmentFilter one = { .source = NULL };
  g_autofree gpointer *labels = NULL;
  guint n = 0;

  if (!attest_disclosure_is_public (disclosure))
    return attest_store_foreach_segment (store, filter, func, data, error);
  if (filter != NULL)
    one = *filter;
  one.with_hits = FALSE;
  if (one.source != NULL)
    return attest_store_foreach_segment (store, &one, tell_segment, &telling, error);
  labels = g_hash_table_get_keys_as_array (disclosure->sources, &n);
  g_qsort_with_data (labels, (int)n, sizeof *labels, by_pseudonym, disclosure->sources);
  for (guint i = 0; i < n; i++)
    {
      one.source = labels[i];
      if (!attest_store_foreach_segment (store, &one, tell_segment, &telling, error))
        return FALSE;
    }
  return TRUE;
}
