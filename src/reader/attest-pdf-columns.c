#include "config.h"

#include "reader/attest-pdf-columns.h"

/* Where a gap may be, in hundredths of the width from the left. */
#define FROM 25
#define STEPS 51
/* Gaps inside of parts inside of parts: up to eight columns. */
#define MAX_DEPTH 3

/* What stands to the left of a place, to its right, and across. */
typedef struct
{
  gint64 left, right;     /* characters */
  gint64 n_left, n_right; /* segments */
} Balance;

gboolean
attest_pdf_segment_crosses (const AttestPdfSegment *segment, double x)
{
  return segment->left < x && segment->right > x;
}

void
attest_pdf_gutter_free (AttestPdfGutter *gutter)
{
  if (gutter == NULL)
    return;
  attest_pdf_gutter_free (gutter->left);
  attest_pdf_gutter_free (gutter->right);
  g_free (gutter);
}

/* The first step whose place is at or right of @x. */
static guint
step_at (double x, double left, double width)
{
  double step = (x - left) * 100 / width - FROM;
  guint whole;

  if (!(step > 0))
    return 0;
  if (step >= STEPS)
    return STEPS;
  whole = (guint)step;
  return whole < step ? whole + 1 : whole;
}

/* Balances at all steps, in one pass: each segment is right of the places before it and left of
 * those behind it. */
static void
weigh (const AttestPdfSegment *segments, guint n, double left, double width, Balance *balances)
{
  Balance sum = { 0 };

  for (guint i = 0; i < n; i++)
    {
      const AttestPdfSegment *s = &segments[i];
      guint from = step_at (s->left, left, width), to = step_at (s->right, left, width);

      /* A place on its left edge is before it. */
      if (from < STEPS && left + (from + FROM) * width / 100 <= s->left)
        from++;
      sum.right += (gint64)s->n_chars;
      sum.n_right++;
      balances[from].right -= (gint64)s->n_chars;
      balances[from].n_right--;
      balances[to].left += (gint64)s->n_chars;
      balances[to].n_left++;
    }
  for (guint step = 0; step < STEPS; step++)
    {
      sum.left += balances[step].left;
      sum.right += balances[step].right;
      sum.n_left += balances[step].n_left;
      sum.n_right += balances[step].n_right;
      balances[step] = sum;
    }
}

/* How well the text parts: characters that do not go across, or 0 when it does not part. Both sides
 * are prose, and nearly all of the text is on one of them. */
static gint64
rate (const Balance *balance, gint64 all_chars)
{
  gint64 crossing = all_chars - balance->left - balance->right;

  if (crossing * 5 > all_chars || balance->left * 4 < all_chars || balance->right * 4 < all_chars
      || balance->left < balance->n_left * 15 || balance->right < balance->n_right * 15
      || balance->n_left < 5 || balance->n_right < 5)
    return 0;
  return all_chars - crossing;
}

/* The middle of the best gap. FALSE: there is none. */
static gboolean
find_place (const AttestPdfSegment *segments, guint n, double left, double right, double *out_x)
{
  Balance balances[STEPS + 1] = { { 0 } };
  double width = right - left;
  gint64 all_chars = 0, best = 0;
  guint first = 0, last = 0;

  if (!(width > 0))
    return FALSE;
  for (guint i = 0; i < n; i++)
    all_chars += (gint64)segments[i].n_chars;
  weigh (segments, n, left, width, balances);
  for (guint step = 0; step < STEPS; step++)
    {
      gint64 rating = rate (&balances[step], all_chars);

      if (rating > best)
        {
          best = rating;
          first = last = step;
        }
      else if (best > 0 && rating == best && step == last + 1)
        last = step;
    }
  *out_x = left + ((first + last) / 2.0 + FROM) * width / 100;
  return best > 0;
}

static AttestPdfGutter *find_below (const AttestPdfSegment *segments, guint n, double left,
                                    double right, guint depth);

/* The gaps of one side. */
static AttestPdfGutter *
find_side (const AttestPdfSegment *segments, guint n, double left, double right, guint depth)
{
  g_autoptr (GArray) side = g_array_new (FALSE, FALSE, sizeof (AttestPdfSegment));

  for (guint i = 0; i < n; i++)
    if (segments[i].left >= left && segments[i].right <= right)
      g_array_append_val (side, segments[i]);
  return find_below ((const AttestPdfSegment *)(const void *)side->data, side->len, left, right,
                     depth);
}

static AttestPdfGutter *
find_below (const AttestPdfSegment *segments, guint n, double left, double right, guint depth)
{
  AttestPdfGutter *gutter;
  double x;

  if (depth == 0 || n == 0 || !find_place (segments, n, left, right, &x))
    return NULL;
  gutter = g_new0 (AttestPdfGutter, 1);
  gutter->x = x;
  gutter->left = find_side (segments, n, left, x, depth - 1);
  gutter->right = find_side (segments, n, x, right, depth - 1);
  return gutter;
}

AttestPdfGutter *
attest_pdf_gutter_find (const AttestPdfSegment *segments, guint n, double left, double right)
{
  return find_below (segments, n, left, right, MAX_DEPTH);
}
