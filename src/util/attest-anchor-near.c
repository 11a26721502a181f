/* Words that were corrected: what stands between the same context in the text after, and is nearly
 * the same. Nothing says that it means the same: a person decides. */
#include "util/attest-anchor-private.h"

#include <string.h>

/* Code points on each side that must be the same, or up to the end of the text. */
#define CONTEXT_CHARS 8
/* Code points of a passage that is compared; the time grows with their square. */
#define MAX_CHARS 1000
/* Code points that may be other, whatever the length; and one in so many of a longer passage. */
#define MIN_OTHER_CHARS 3
#define CHARS_PER_OTHER 4
/* Pairs of contexts that are looked at. */
#define MAX_PAIRS 64

/* A context, and where it stands in the text after: the bytes behind it, or before it. */
static GArray *
list_contexts (const char *context, gsize context_bytes, const char *after, gsize after_bytes,
               gboolean is_before)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (gsize));
  gsize at = 0;

  /* The end of the text is the end of the other. */
  if (context_bytes == 0)
    {
      at = is_before ? 0 : after_bytes;
      g_array_append_val (found, at);
      return found;
    }
  for (; at + context_bytes <= after_bytes; at++)
    if (after[at] == *context && memcmp (after + at, context, context_bytes) == 0)
      {
        gsize end = is_before ? at + context_bytes : at;

        g_array_append_val (found, end);
      }
  return found;
}

static gsize
back (const char *text, gsize at)
{
  const char *p = text + at;

  for (guint n = 0; n < CONTEXT_CHARS && p > text; n++)
    p = g_utf8_prev_char (p);
  return (gsize)(p - text);
}

static gsize
forth (const char *text, gsize at, gsize length_bytes)
{
  const char *p = text + at;

  for (guint n = 0; n < CONTEXT_CHARS && p < text + length_bytes; n++)
    p = g_utf8_next_char (p);
  return (gsize)(p - text);
}

/* Levenshtein's distance of code points; @bound + 1 when it is larger than @bound. */
static guint
count_other (const gunichar *a, glong n_a, const gunichar *b, glong n_b, guint bound)
{
  g_autofree guint *row = g_new (guint, (gsize)n_b + 1);

  for (glong k = 0; k <= n_b; k++)
    row[k] = (guint)k;
  for (glong i = 1; i <= n_a; i++)
    {
      guint diagonal = row[0], least;

      row[0] = (guint)i;
      least = row[0];
      for (glong k = 1; k <= n_b; k++)
        {
          guint above = row[k];

          row[k] = MIN (MIN (above, row[k - 1]) + 1, diagonal + (a[i - 1] != b[k - 1]));
          diagonal = above;
          least = MIN (least, row[k]);
        }
      if (least > bound)
        return bound + 1;
    }
  return MIN (row[n_b], bound + 1);
}

/* The passage that is looked for, and the best place so far. */
typedef struct
{
  const gunichar *chars;
  glong n_chars;
  guint bound;
  const char *after;
  guint best, n_best;
  gsize start_byte, end_byte;
} Search;

static void
try_pair (Search *search, gsize start, gsize end)
{
  g_autofree gunichar *chars = NULL;
  glong n_chars;
  guint other;

  if (end <= start || end - start > (gsize)MAX_CHARS * 4)
    return;
  chars = g_utf8_to_ucs4_fast (search->after + start, (glong)(end - start), &n_chars);
  if (ABS (n_chars - search->n_chars) > (glong)search->bound)
    return;
  other = count_other (search->chars, search->n_chars, chars, n_chars, search->bound);
  if (other > search->best)
    return;
  search->n_best = other == search->best ? search->n_best + 1 : 1;
  search->best = other;
  search->start_byte = start;
  search->end_byte = end;
}

gboolean
attest_anchor_find_near (const char *before, gsize before_bytes, gsize start_byte, gsize end_byte,
                         const char *after, gsize after_bytes, gsize *out_start_byte,
                         gsize *out_end_byte)
{
  gsize from = back (before, start_byte), to = forth (before, end_byte, before_bytes);
  g_autoptr (GArray) starts
      = list_contexts (before + from, start_byte - from, after, after_bytes, TRUE);
  g_autoptr (GArray) ends
      = list_contexts (before + end_byte, to - end_byte, after, after_bytes, FALSE);
  g_autofree gunichar *chars = NULL;
  Search search = { .after = after };
  guint n_pairs = 0;

  chars
      = g_utf8_to_ucs4_fast (before + start_byte, (glong)(end_byte - start_byte), &search.n_chars);
  if (search.n_chars > MAX_CHARS)
    return FALSE;
  search.chars = chars;
  search.bound = MAX (MIN_OTHER_CHARS, (guint)search.n_chars / CHARS_PER_OTHER);
  /* Of a passage that is short, hardly anything would be left. */
  search.bound = MIN (search.bound, (guint)search.n_chars / 2);
  search.best = search.bound;
  for (guint i = 0; i < starts->len; i++)
    for (guint k = 0; k < ends->len && n_pairs < MAX_PAIRS; k++)
      {
        gsize start = g_array_index (starts, gsize, i), end = g_array_index (ends, gsize, k);

        /* A byte of a code point is one at least, and four at most. */
        if (end <= start || end - start > (end_byte - start_byte + search.bound) * 4)
          continue;
        n_pairs++;
        try_pair (&search, start, end);
      }
  if (search.n_best != 1 || n_pairs == MAX_PAIRS)
    return FALSE;
  *out_start_byte = search.start_byte;
  *out_end_byte = search.end_byte;
  return TRUE;
}
