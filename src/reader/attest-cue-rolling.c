#include "reader/attest-cue-rolling.h"

#include <string.h>

#include "reader/attest-cue-markup.h"

/* Captions show two or three lines; beyond, nothing scrolls. */
#define MAX_LINES 4
/* Between a cue and the one that shows its last line again, ms. */
#define MAX_GAP_MS 150

typedef struct
{
  const char *start;
  gsize length_bytes;
} Line;

/* What a piece repeats of the one before. */
typedef struct
{
  gsize end_byte;  /* of the repeated text, into the text; 0: nothing */
  guint lines;     /* repeated */
  gboolean strong; /* there is something new after it, and it is more than a word */
} Overlap;

/* The lines of a piece that are not blank; 0 when there are more than MAX_LINES. */
static guint
split_lines (const char *text, const AttestCuePiece *piece, Line lines[MAX_LINES])
{
  const char *p = text + piece->start_byte, *end = text + piece->end_byte;
  guint n = 0;

  while (p < end)
    {
      const char *lf = memchr (p, '\n', (gsize)(end - p));
      const char *stop = lf == NULL ? end : lf;
      const char *last = stop;

      while (p < last && g_ascii_isspace (*p))
        p++;
      while (last > p && g_ascii_isspace (last[-1]))
        last--;
      if (last > p)
        {
          if (n == MAX_LINES)
            return 0;
          lines[n++] = (Line){ p, (gsize)(last - p) };
        }
      p = lf == NULL ? end : lf + 1;
    }
  return n;
}

static gboolean
equal_lines (const Line *a, const Line *b)
{
  return a->length_bytes == b->length_bytes && memcmp (a->start, b->start, a->length_bytes) == 0;
}

/* @b goes on where @a stopped: "I think" and "I think that". */
static gboolean
grows (const Line *a, const Line *b)
{
  return b->length_bytes > a->length_bytes && memcmp (a->start, b->start, a->length_bytes) == 0
         && b->start[a->length_bytes] == ' ';
}

static gboolean
contiguous (const AttestCue *before, const AttestCue *cue)
{
  return before->end_ms != ATTEST_NO_TIME && cue->start_ms != ATTEST_NO_TIME
         && cue->start_ms >= before->start_ms && cue->start_ms - before->end_ms <= MAX_GAP_MS;
}

static Overlap
find_overlap (const char *text, const AttestCuePiece *before, const AttestCuePiece *piece)
{
  Line a[MAX_LINES], b[MAX_LINES];
  guint n_a = split_lines (text, before, a), n_b = split_lines (text, piece, b);

  for (guint k = MIN (n_a, n_b); k > 0; k--)
    {
      const Line *last_a = &a[n_a - 1], *last_b = &b[k - 1];
      gboolean same = equal_lines (last_a, last_b);
      guint i = 0;

      while (i + 1 < k && equal_lines (&a[n_a - k + i], &b[i]))
        i++;
      if (i + 1 < k || (!same && !grows (last_a, last_b)))
        continue;
      return (Overlap){
        .end_byte = (gsize)(last_b->start - text) + last_a->length_bytes,
        .lines = k,
        .strong = (!same || k < n_b) && memchr (last_a->start, ' ', last_a->length_bytes) != NULL,
      };
    }
  return (Overlap){ 0 };
}

void
attest_cue_rolling_merge (AttestDocument *doc, const GArray *cues, const char *text, GArray *pieces)
{
  g_autofree Overlap *overlaps = g_new0 (Overlap, pieces->len + 1);
  guint pairs = 0, strong = 0, any = 0, merged = 0;

  for (guint i = 1; i < pieces->len; i++)
    {
      const AttestCuePiece *before = &g_array_index (pieces, AttestCuePiece, i - 1);
      const AttestCuePiece *piece = &g_array_index (pieces, AttestCuePiece, i);

      if (g_strcmp0 (before->voice, piece->voice) != 0
          || !contiguous (&g_array_index (cues, AttestCue, before->cue),
                          &g_array_index (cues, AttestCue, piece->cue)))
        continue;
      pairs++;
      overlaps[i] = find_overlap (text, before, piece);
      strong += overlaps[i].strong;
      any += overlaps[i].end_byte > 0;
    }
  if (strong * 6 < pairs || any * 3 < pairs || strong < MIN (2, pairs) || strong == 0)
    return;
  for (guint i = 1; i < pieces->len; i++)
    if (overlaps[i].end_byte > 0)
      {
        g_array_index (pieces, AttestCuePiece, i).start_byte = overlaps[i].end_byte;
        merged += overlaps[i].lines;
      }
  attest_document_warn (doc, 0, "captions that scroll: %u lines that are shown again are read once",
                        merged);
}
