/* attest-pdf-direction: words from right to left, and among those that go the other way. */
#include "config.h"

#include "reader/attest-pdf-segment.h"

#include <stdlib.h>

/* Segments that share so much of their height stand on one line. */
#define SAME_LINE 0.5

typedef enum
{
  NEUTRAL, /* numbers and signs */
  TO_RIGHT,
  TO_LEFT,
} Direction;

typedef struct
{
  AttestPdfSegment segment;
  Direction direction;
} Word;

int
attest_pdf_segment_compare_tops (gconstpointer a, gconstpointer b)
{
  const AttestPdfSegment *left = a, *right = b;
  double x = left->top + left->bottom, y = right->top + right->bottom;

  return (x > y) - (x < y);
}

int
attest_pdf_segment_compare_lefts (gconstpointer a, gconstpointer b)
{
  const AttestPdfSegment *left = a, *right = b;

  return (left->left > right->left) - (left->left < right->left);
}

guint
attest_pdf_segment_line_end (const AttestPdfSegment *segments, guint first, guint n)
{
  double top = segments[first].top, bottom = segments[first].bottom;
  guint end = first + 1;

  while (end < n)
    {
      const AttestPdfSegment *s = &segments[end];
      double shared = MIN (bottom, s->bottom) - MAX (top, s->top);

      if (shared < SAME_LINE * MIN (bottom - top, s->bottom - s->top))
        break;
      end++;
    }
  return end;
}

gboolean
attest_pdf_is_rtl (gunichar c)
{
  return (c >= 0x590 && c < 0x900) || (c >= 0xFB1D && c < 0xFE00) || (c >= 0xFE70 && c < 0xFF00);
}

static Direction
direction_of (const char *text, gsize length_bytes)
{
  for (const char *p = text; p < text + length_bytes; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalpha (c))
        return attest_pdf_is_rtl (c) ? TO_LEFT : TO_RIGHT;
    }
  return NEUTRAL;
}

static void
reverse (Word *words, guint n)
{
  for (guint i = 0; i < n / 2; i++)
    {
      Word swap = words[i];

      words[i] = words[n - 1 - i];
      words[n - 1 - i] = swap;
    }
}

/* The direction of most letters. */
static Direction
main_direction (const Word *words, guint n)
{
  gsize letters[3] = { 0 };

  for (guint i = 0; i < n; i++)
    letters[words[i].direction] += words[i].segment.n_chars;
  return letters[TO_LEFT] > letters[TO_RIGHT] ? TO_LEFT : TO_RIGHT;
}

/* Words as they stand from left to right, into the order of reading: what goes the other way than
 * most turns round as a whole. A number between two words of one direction goes with them. */
static void
order (Word *words, guint n)
{
  Direction most = main_direction (words, n), other = most == TO_LEFT ? TO_RIGHT : TO_LEFT;

  for (guint i = 0; i < n; i++)
    if (words[i].direction == NEUTRAL)
      words[i].direction
          = i > 0 && i + 1 < n && words[i - 1].direction == other && words[i + 1].direction == other
                ? other
                : most;
  if (most == TO_LEFT)
    reverse (words, n);
  for (guint i = 0, end; i < n; i = end)
    {
      for (end = i + 1; end < n && words[end].direction == words[i].direction; end++)
        ;
      if (words[i].direction == other)
        reverse (words + i, end - i);
    }
}

static void
append_stretch (const Word *words, guint n, const char *text, GString *out, GArray *stretches)
{
  AttestPdfSegment all = words[0].segment;
  gboolean bold = TRUE;

  all.start_byte = out->len;
  all.first_word = words[0].segment.right - words[0].segment.left;
  all.n_chars = 0;
  all.heights = 0;
  all.bold_bytes = 0;
  for (guint i = 0; i < n; i++)
    {
      const AttestPdfSegment *s = &words[i].segment;
      gsize length_bytes = s->end_byte - s->start_byte;

      if (i > 0)
        g_string_append_c (out, ' ');
      g_string_append_len (out, text + s->start_byte, (gssize)length_bytes);
      bold &= s->bold_bytes == length_bytes;
      if (bold)
        all.bold_bytes = out->len - all.start_byte;
      all.n_chars += s->n_chars;
      all.heights += s->heights;
      all.left = MIN (all.left, s->left);
      all.right = MAX (all.right, s->right);
      all.top = MIN (all.top, s->top);
      all.bottom = MAX (all.bottom, s->bottom);
    }
  all.end_byte = out->len;
  g_array_append_val (stretches, all);
}

/* @line: of @n words, from left to right. */
static void
append_line (const AttestPdfSegment *line, guint n, const char *text, GString *out,
             GArray *stretches)
{
  g_autofree Word *words = g_new (Word, n);

  for (guint i = 0; i < n; i++)
    {
      words[i].segment = line[i];
      words[i].direction
          = direction_of (text + line[i].start_byte, line[i].end_byte - line[i].start_byte);
    }
  for (guint i = 0, end; i < n; i = end)
    {
      double height = line[i].bottom - line[i].top;

      for (end = i + 1;
           end < n && line[end].left - line[end - 1].right <= ATTEST_PDF_SPACED_GAP * height; end++)
        ;
      order (words + i, end - i);
      append_stretch (words + i, end - i, text, out, stretches);
    }
}

void
attest_pdf_order_words (GArray *words, const char *text, GString *out)
{
  g_autoptr (GArray) stretches = g_array_new (FALSE, FALSE, sizeof (AttestPdfSegment));
  AttestPdfSegment *all = (AttestPdfSegment *)(void *)words->data;

  g_array_sort (words, attest_pdf_segment_compare_tops);
  for (guint i = 0, end; i < words->len; i = end)
    {
      end = attest_pdf_segment_line_end (all, i, words->len);
      qsort (all + i, end - i, sizeof *all, attest_pdf_segment_compare_lefts);
      append_line (all + i, end - i, text, out, stretches);
    }
  g_array_set_size (words, 0);
  if (stretches->len > 0)
    g_array_append_vals (words, stretches->data, stretches->len);
}
