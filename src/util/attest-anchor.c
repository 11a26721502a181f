#include "util/attest-anchor-private.h"

#include <string.h>

#include "util/attest-text.h"

/* Code points on each side that tell places with the same words from each other. */
#define CONTEXT_CHARS 32
/* Places that are looked at; words that stand in more are not worth telling apart. */
#define MAX_PLACES 10000

#define NO_LINE G_MAXUINT

const char *
attest_anchor_to_string (AttestAnchor anchor)
{
  static const char *const names[ATTEST_N_ANCHORS]
      = { "diff", "words", "changed", "ambiguous", "lost" };

  return names[anchor];
}

/* A text, its lines, and a copy in which a line break is a space, of equal length. */
typedef struct
{
  const char *text;
  gsize length_bytes;
  char *flat;
  GArray *lines; /* of AttestSpan, without their LF */
} Side;

struct _AttestAnchors
{
  Side before, after;
  GArray *matches; /* of guint: for each line before the one after, or NO_LINE */
};

/* ---- lines ---- */

static void
split (Side *side, const char *text, gsize length_bytes)
{
  const char *end = text + length_bytes;

  side->text = text;
  side->length_bytes = length_bytes;
  side->flat = attest_text_dup_unwrapped (text, length_bytes);
  side->lines = g_array_new (FALSE, FALSE, sizeof (AttestSpan));
  for (const char *at = text;;)
    {
      const char *lf = at < end ? memchr (at, '\n', (gsize)(end - at)) : NULL;
      AttestSpan line = { (gsize)(at - text), (gsize)((lf != NULL ? lf : end) - text) };

      g_array_append_val (side->lines, line);
      if (lf == NULL)
        return;
      at = lf + 1;
    }
}

static char *
dup_line (const Side *side, guint i)
{
  AttestSpan line = g_array_index (side->lines, AttestSpan, i);

  return g_strndup (side->text + line.start_byte, line.end_byte - line.start_byte);
}

static gboolean
lines_equal (const AttestAnchors *anchors, guint before, guint after)
{
  AttestSpan a = g_array_index (anchors->before.lines, AttestSpan, before);
  AttestSpan b = g_array_index (anchors->after.lines, AttestSpan, after);
  gsize length_bytes = a.end_byte - a.start_byte;

  return length_bytes == b.end_byte - b.start_byte
         && memcmp (anchors->before.text + a.start_byte, anchors->after.text + b.start_byte,
                    length_bytes)
                == 0;
}

/* ---- patience ---- */

/* How often a line stands in each text, and where last. */
typedef struct
{
  guint n_before, n_after, before, after;
} Seen;

static Seen *
look_up (GHashTable *seen, char *line)
{
  Seen *found = g_hash_table_lookup (seen, line);

  if (found != NULL)
    {
      g_free (line);
      return found;
    }
  found = g_new0 (Seen, 1);
  g_hash_table_insert (seen, line, found);
  return found;
}

static guint *
match_of (const AttestAnchors *anchors, guint before)
{
  return &g_array_index (anchors->matches, guint, before);
}

/* Of the pairs, in the order of the lines before, the longest run whose lines after rise, too. */
static void
keep_rising (AttestAnchors *anchors, const GArray *pairs)
{
  g_autofree guint *tails = g_new (guint, pairs->len + 1);
  g_autofree guint *previous = g_new (guint, pairs->len + 1);
  guint n_tails = 0;

  for (guint i = 0; i < pairs->len; i++)
    {
      guint after = g_array_index (pairs, Seen, i).after;
      guint low = 0, high = n_tails;

      while (low < high)
        {
          guint middle = (low + high) / 2;

          if (g_array_index (pairs, Seen, tails[middle]).after < after)
            low = middle + 1;
          else
            high = middle;
        }
      previous[i] = low > 0 ? tails[low - 1] : NO_LINE;
      tails[low] = i;
      n_tails = MAX (n_tails, low + 1);
    }
  for (guint i = n_tails > 0 ? tails[n_tails - 1] : NO_LINE; i != NO_LINE; i = previous[i])
    *match_of (anchors, g_array_index (pairs, Seen, i).before)
        = g_array_index (pairs, Seen, i).after;
}

static void
match_unique_lines (AttestAnchors *anchors)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (Seen));

  for (guint i = 0; i < anchors->after.lines->len; i++)
    {
      Seen *line = look_up (seen, dup_line (&anchors->after, i));

      line->n_after++;
      line->after = i;
    }
  for (guint i = 0; i < anchors->before.lines->len; i++)
    {
      Seen *line = look_up (seen, dup_line (&anchors->before, i));

      line->n_before++;
      line->before = i;
    }
  for (guint i = 0; i < anchors->before.lines->len; i++)
    {
      const Seen *line = look_up (seen, dup_line (&anchors->before, i));

      if (line->n_before == 1 && line->n_after == 1)
        g_array_append_val (pairs, *line);
    }
  keep_rising (anchors, pairs);
}

/* Equal lines behind, or before, matched ones, up to the next match. */
static void
extend (AttestAnchors *anchors, gboolean forward)
{
  gint64 n = anchors->before.lines->len, n_after = anchors->after.lines->len;
  gint64 step = forward ? 1 : -1;
  /* The ends of the texts match, too. */
  gint64 after = forward ? -1 : n_after;
  g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);

  for (gint64 i = 0; i < n; i++)
    if (*match_of (anchors, (guint)i) != NO_LINE)
      g_hash_table_add (taken, GUINT_TO_POINTER (*match_of (anchors, (guint)i) + 1));
  for (gint64 i = forward ? 0 : n - 1; i >= 0 && i < n; i += step)
    {
      guint *match = match_of (anchors, (guint)i);

      if (*match != NO_LINE)
        {
          after = *match;
          continue;
        }
      if (after == G_MININT64)
        continue;
      after += step;
      if (after < 0 || after >= n_after
          || g_hash_table_contains (taken, GUINT_TO_POINTER ((guint)after + 1))
          || !lines_equal (anchors, (guint)i, (guint)after))
        after = G_MININT64; /* nothing is known until the next match */
      else
        {
          *match = (guint)after;
          g_hash_table_add (taken, GUINT_TO_POINTER ((guint)after + 1));
        }
    }
}

AttestAnchors *
attest_anchors_new (const char *before, gsize before_bytes, const char *after, gsize after_bytes)
{
  AttestAnchors *anchors = g_new0 (AttestAnchors, 1);
  guint none = NO_LINE;

  split (&anchors->before, before, before_bytes);
  split (&anchors->after, after, after_bytes);
  anchors->matches = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < anchors->before.lines->len; i++)
    g_array_append_val (anchors->matches, none);
  match_unique_lines (anchors);
  extend (anchors, TRUE);
  extend (anchors, FALSE);
  return anchors;
}

void
attest_anchors_free (AttestAnchors *anchors)
{
  if (anchors == NULL)
    return;
  g_free (anchors->before.flat);
  g_free (anchors->after.flat);
  g_array_unref (anchors->before.lines);
  g_array_unref (anchors->after.lines);
  g_array_unref (anchors->matches);
  g_free (anchors);
}

/* ---- by diff ---- */

static guint
line_at (const Side *side, gsize byte)
{
  guint low = 0, high = side->lines->len - 1;

  while (low < high)
    {
      guint middle = (low + high + 1) / 2;

      if (g_array_index (side->lines, AttestSpan, middle).start_byte <= byte)
        low = middle;
      else
        high = middle - 1;
    }
  return low;
}

static gboolean
find_by_diff (const AttestAnchors *anchors, gsize start_byte, gsize end_byte, gsize *out_start_byte,
              gsize *out_end_byte)
{
  guint first = line_at (&anchors->before, start_byte);
  guint last = line_at (&anchors->before, end_byte > start_byte ? end_byte - 1 : end_byte);
  guint match = *match_of (anchors, first);
  gsize start_before, start_after;

  if (match == NO_LINE)
    return FALSE;
  for (guint i = first; i <= last; i++)
    if (*match_of (anchors, i) != match + (i - first))
      return FALSE;
  start_before = g_array_index (anchors->before.lines, AttestSpan, first).start_byte;
  start_after = g_array_index (anchors->after.lines, AttestSpan, match).start_byte;
  *out_start_byte = start_after + (start_byte - start_before);
  *out_end_byte = *out_start_byte + (end_byte - start_byte);
  return TRUE;
}

/* ---- by words ---- */

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\n' || c == '\t';
}

/* Where the words of @quote end when they begin at @at, runs of white space being one; NULL: they
 * do not stand there. */
static const char *
match_words (const char *quote, const char *quote_end, const char *at, const char *end)
{
  while (quote < quote_end)
    {
      if (at >= end)
        return NULL;
      if (is_space (*quote) && is_space (*at))
        {
          while (quote < quote_end && is_space (*quote))
            quote++;
          while (at < end && is_space (*at))
            at++;
          continue;
        }
      if (*quote++ != *at++)
        return NULL;
    }
  return at;
}

/* Of AttestSpan: every place where the words of the span of @from stand in @side. */
static GArray *
list_places (const Side *from, AttestSpan span, const Side *side)
{
  const char *quote = from->flat + span.start_byte, *quote_end = from->flat + span.end_byte;
  const char *end = side->flat + side->length_bytes;
  GArray *places = g_array_new (FALSE, FALSE, sizeof (AttestSpan));

  for (const char *at = side->flat; at < end && places->len < MAX_PLACES; at++)
    {
      const char *found;
      AttestSpan place;

      at = memchr (at, *quote, (gsize)(end - at));
      if (at == NULL)
        break;
      found = match_words (quote, quote_end, at, end);
      if (found == NULL)
        continue;
      place = (AttestSpan){ (gsize)(at - side->flat), (gsize)(found - side->flat) };
      g_array_append_val (places, place);
    }
  return places;
}

/* Code points that are equal before (-1) or behind (1) two places, at most CONTEXT_CHARS. */
static guint
count_equal (const Side *a, gsize at_a, const Side *b, gsize at_b, int direction)
{
  const char *p = a->flat + at_a, *q = b->flat + at_b;
  guint n = 0;

  for (; n < CONTEXT_CHARS; n++)
    {
      if (direction > 0)
        {
          if (*p == '\0' || *q == '\0' || g_utf8_get_char (p) != g_utf8_get_char (q))
            break;
          p = g_utf8_next_char (p);
          q = g_utf8_next_char (q);
        }
      else
        {
          if (p == a->flat || q == b->flat)
            break;
          p = g_utf8_prev_char (p);
          q = g_utf8_prev_char (q);
          if (g_utf8_get_char (p) != g_utf8_get_char (q))
            break;
        }
    }
  return n;
}

static guint
count_context (const AttestAnchors *anchors, AttestSpan before, AttestSpan after)
{
  return count_equal (&anchors->before, before.start_byte, &anchors->after, after.start_byte, -1)
         + count_equal (&anchors->before, before.end_byte, &anchors->after, after.end_byte, 1);
}

/* The number of the span among the places of the same words before; NO_LINE: it is none. */
static guint
number_among (const GArray *places, AttestSpan span)
{
  for (guint i = 0; i < places->len; i++)
    if (g_array_index (places, AttestSpan, i).start_byte == span.start_byte)
      return i;
  return NO_LINE;
}

static AttestAnchor
choose (const AttestAnchors *anchors, AttestSpan span, const GArray *places, AttestSpan *out)
{
  guint best = 0, n_best = 0, at = 0, number;
  g_autoptr (GArray) same = NULL;

  for (guint i = 0; i < places->len; i++)
    {
      guint context = count_context (anchors, span, g_array_index (places, AttestSpan, i));

      if (n_best == 0 || context > best)
        {
          best = context;
          n_best = 1;
          at = i;
        }
      else
        n_best += context == best;
    }
  *out = g_array_index (places, AttestSpan, at);
  if (places->len == 1)
    return ATTEST_ANCHOR_WORDS;
  same = list_places (&anchors->before, span, &anchors->before);
  number = number_among (same, span);
  /* As many before as after: the same number is most likely the same place. Where the context says
   * another, one of them may have gone and another come. */
  if (same->len == places->len && number != NO_LINE)
    {
      *out = g_array_index (places, AttestSpan, number);
      return count_context (anchors, span, *out) == best ? ATTEST_ANCHOR_WORDS
                                                         : ATTEST_ANCHOR_AMBIGUOUS;
    }
  /* One context that is whole on a side, and no other like it. */
  return n_best == 1 && best >= CONTEXT_CHARS ? ATTEST_ANCHOR_WORDS : ATTEST_ANCHOR_AMBIGUOUS;
}

AttestAnchor
attest_anchors_find (const AttestAnchors *anchors, gsize start_byte, gsize end_byte,
                     gsize *out_start_byte, gsize *out_end_byte)
{
  g_autoptr (GArray) places = NULL;
  AttestSpan place;
  AttestAnchor found;

  g_return_val_if_fail (start_byte < end_byte && end_byte <= anchors->before.length_bytes,
                        ATTEST_ANCHOR_LOST);
  if (find_by_diff (anchors, start_byte, end_byte, out_start_byte, out_end_byte))
    return ATTEST_ANCHOR_DIFF;
  places = list_places (&anchors->before, (AttestSpan){ start_byte, end_byte }, &anchors->after);
  if (places->len == 0)
    return attest_anchor_find_near (anchors->before.flat, anchors->before.length_bytes, start_byte,
                                    end_byte, anchors->after.flat, anchors->after.length_bytes,
                                    out_start_byte, out_end_byte)
               ? ATTEST_ANCHOR_CHANGED
               : ATTEST_ANCHOR_LOST;
  found = choose (anchors, (AttestSpan){ start_byte, end_byte }, places, &place);
  if (found == ATTEST_ANCHOR_WORDS)
    {
      *out_start_byte = place.start_byte;
      *out_end_byte = place.end_byte;
    }
  return found;
}
