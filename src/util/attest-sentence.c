/* attest-sentence: see the header.
 *
 * A turn may have 50 MB without a full stop, and a sentence is cut at ATTEST_MAX_SENTENCE_BYTES
 * anyway. So only a window is looked at: the span and at most that many bytes on both sides, less
 * where a paragraph ends. Breaks are looked for outwards from the span; between two of UAX #29 the
 * places are looked at where it sees none and talk has one (see attest-sentence-rules.c).
 */
#include "config.h"

#include "util/attest-sentence.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "util/attest-limits.h"
#include "util/attest-sentence-private.h"
#include "util/attest-text.h"

/* Shorter sentences ("Yes!") are quoted with a neighbour. */
#define MIN_WORDS 3
/* Beyond what may be quoted, so that cutting finds a space. */
#define WINDOW_BYTES (ATTEST_MAX_SENTENCE_BYTES + 100)

/* What is found nearer to an end of the window may depend on what lies beyond. */
#define MARGIN_BYTES 200

/* Bytes of the text, or of the window where that is said. */
typedef struct
{
  gsize start;
  gsize end;
} Span;

struct _AttestSentenceFinder
{
  const char *text;
  gsize length_bytes;
  const char *lang;
  /* No sentence begins inside: spans of a text without full stops come one after another, and
   * nothing is searched twice. */
  Span clear;
};

/* A part of the text, and where no sentence begins, both in bytes of the part. */
typedef struct
{
  AttestSentenceView view;
  Span clear;
} Window;

AttestSentenceFinder *
attest_sentence_finder_new (void)
{
  AttestSentenceFinder *finder = g_new0 (AttestSentenceFinder, 1);

  finder->text = "";
  return finder;
}

void
attest_sentence_finder_free (AttestSentenceFinder *finder)
{
  g_free (finder);
}

void
attest_sentence_finder_set_text (AttestSentenceFinder *finder, const char *text, gsize length_bytes,
                                 const char *lang)
{
  finder->text = text;
  finder->length_bytes = length_bytes;
  finder->lang = g_intern_string (lang);
  finder->clear = (Span){ 0, 0 };
}

/* Windows. */

static gboolean
is_space_at (const char *text, gsize byte, gsize length_bytes)
{
  UChar32 c;

  U8_NEXT ((const guint8 *)text, byte, length_bytes, c);
  return c > 0 && u_isUWhiteSpace (c);
}

static gsize
find_line_start (const char *text, gsize start, gsize place)
{
  const char *line_end = memrchr (text + start, '\n', place - start);

  return line_end != NULL ? (gsize)(line_end + 1 - text) : start;
}

/* The span and up to WINDOW_BYTES on both sides, in one paragraph. */
static Span
find_window (const AttestSentenceFinder *finder, Span span)
{
  const char *text = finder->text;
  gsize before = MIN (span.start, WINDOW_BYTES);
  gsize after = MIN (finder->length_bytes - span.end, WINDOW_BYTES);
  const char *line_end = memchr (text + span.end, '\n', after);
  Span window = { find_line_start (text, span.start - before, span.start), span.end + after };

  if (line_end != NULL)
    window.end = (gsize)(line_end - text);
  while (window.start < span.start && U8_IS_TRAIL (text[window.start]))
    window.start++;
  while (window.end > span.end && window.end < finder->length_bytes
         && U8_IS_TRAIL (text[window.end]))
    window.end--;
  return window;
}

/* Breaks, in bytes of the window. */

static gboolean
is_kept (const AttestSentenceView *view, gsize place)
{
  return attest_sentence_keeps_break (view, attest_sentence_break_before (view, place), place);
}

static gboolean
is_clear (const Window *window, gsize byte)
{
  return byte > window->clear.start && byte < window->clear.end;
}

/* The last place at or before @byte where a sentence begins. */
static gsize
find_start (const Window *window, gsize byte)
{
  const AttestSentenceView *view = &window->view;
  gsize place = is_clear (window, byte) ? window->clear.start : byte;

  while (place > 0)
    {
      gsize previous = attest_sentence_break_before (view, place);

      if (attest_sentence_is_break (view, place)
          && attest_sentence_keeps_break (view, previous, place))
        return place;
      for (gsize i = place; i > previous; i--)
        if (attest_sentence_adds_break (view, i))
          return i;
      place = previous;
    }
  return 0;
}

/* The first place at or after @byte where a sentence begins, or the end of the window. */
static gsize
find_end (const Window *window, gsize byte)
{
  const AttestSentenceView *view = &window->view;
  gsize place = is_clear (window, byte) ? window->clear.end : byte;

  while (place < view->length_bytes)
    {
      gsize next = attest_sentence_break_after (view, place - 1);

      for (gsize i = place; i < next; i++)
        if (attest_sentence_adds_break (view, i))
          return i;
      if (next == view->length_bytes || is_kept (view, next))
        return next;
      place = next + 1;
    }
  return view->length_bytes;
}

/* Pieces. */

/* Leaves out white space at both ends, but none of the span. */
static Span
trim (const AttestSentenceView *view, Span piece, Span span)
{
  while (piece.start < span.start && is_space_at (view->text, piece.start, piece.end))
    U8_FWD_1_UNSAFE (view->text, piece.start);
  while (piece.end > span.end)
    {
      gsize last = piece.end;
      U8_BACK_1_UNSAFE (view->text, last);
      if (!is_space_at (view->text, last, piece.end))
        break;
      piece.end = last;
    }
  return (Span){ MIN (piece.start, span.start), MAX (piece.end, span.end) };
}

/* TRUE when the span itself has white space at an end of the piece. */
static gboolean
has_outer_space (const AttestSentenceView *view, Span piece)
{
  gsize last = piece.end;

  if (piece.start == piece.end)
    return TRUE;
  U8_BACK_1_UNSAFE (view->text, last);
  return is_space_at (view->text, piece.start, piece.end)
         || is_space_at (view->text, last, piece.end);
}

static gboolean
is_short (const AttestSentenceView *view, Span piece)
{
  gsize length_bytes = piece.end - piece.start;

  /* So many bytes cannot hold two words only. */
  if (length_bytes > ATTEST_MAX_SENTENCE_BYTES)
    return FALSE;
  return attest_text_count_words (view->text + piece.start, length_bytes) < MIN_WORDS;
}

/* An answer is quoted with what follows it, or else with what precedes it. */
static Span
merge_short (const Window *window, Span piece)
{
  const AttestSentenceView *view = &window->view;

  while (piece.end < view->length_bytes && is_short (view, piece))
    piece.end = find_end (window, piece.end + 1);
  while (piece.start > 0 && is_short (view, piece))
    piece.start = find_start (window, piece.start - 1);
  return piece;
}

/* Moves a cut to the nearest white space towards the span, or where there is none (writing without
 * spaces) to a code point. */
static gsize
move_to_space (const AttestSentenceView *view, gsize place, gsize span_edge)
{
  gsize step = place < span_edge ? 1 : (gsize)-1;
  gsize word = place;

  while (word != span_edge && !is_space_at (view->text, word, view->length_bytes))
    word += step;
  if (word != span_edge)
    return word;
  while (place != span_edge && U8_IS_TRAIL (view->text[place]))
    place += step;
  return place;
}

/* Cuts the piece to ATTEST_MAX_SENTENCE_BYTES, or to the span when that is longer. */
static Span
cut (const AttestSentenceView *view, Span piece, Span span)
{
  gsize span_bytes = span.end - span.start;

  if (piece.end - piece.start <= ATTEST_MAX_SENTENCE_BYTES)
    return piece;
  if (span_bytes >= ATTEST_MAX_SENTENCE_BYTES)
    return span;

  gsize room = ATTEST_MAX_SENTENCE_BYTES - span_bytes;
  gsize left = span.start - piece.start;
  gsize right = piece.end - span.end;
  /* Half on each side, and more where the other side needs less. */
  gsize keep_left = MIN (left, MAX (room / 2, room - MIN (room, right)));
  gsize keep_right = MIN (right, room - keep_left);

  if (keep_left < left)
    piece.start = move_to_space (view, span.start - keep_left, span.start);
  if (keep_right < right)
    piece.end = move_to_space (view, span.end + keep_right, span.end);
  return piece;
}

/* Sets window->clear. *out_is_one: the piece is one sentence. */
static Span
find_piece (Window *window, Span span, gboolean *out_is_one)
{
  const AttestSentenceView *view = &window->view;
  /* An empty span stands for the character after it, or the last one of the window. */
  gsize inside_start = MIN (span.start, view->length_bytes - 1);
  gsize inside_end = MAX (span.end, inside_start + 1);

  while (inside_start > 0 && U8_IS_TRAIL (view->text[inside_start]))
    inside_start--;
  Span piece = { find_start (window, inside_start), find_end (window, inside_start + 1) };
  window->clear = piece;
  *out_is_one = piece.end >= inside_end;
  if (!*out_is_one)
    piece.end = find_end (window, inside_end);
  Span merged = merge_short (window, piece);
  *out_is_one = *out_is_one && merged.start == piece.start && merged.end == piece.end;
  return merged;
}

/* The span within the text and between code points. */
static Span
align (const AttestSentenceFinder *finder, gsize start_byte, gsize end_byte)
{
  Span span = { MIN (start_byte, finder->length_bytes), MIN (end_byte, finder->length_bytes) };

  span.end = MAX (span.start, span.end);
  while (span.start > 0 && span.start < finder->length_bytes
         && U8_IS_TRAIL (finder->text[span.start]))
    span.start--;
  while (span.end < finder->length_bytes && U8_IS_TRAIL (finder->text[span.end]))
    span.end++;
  return span;
}

/* What of finder->clear is in @part of the text. */
static Window
open_window (const AttestSentenceFinder *finder, Span part)
{
  Window window = { { finder->text + part.start, part.end - part.start, finder->lang }, { 0, 0 } };
  Span clear = { MAX (finder->clear.start, part.start), MIN (finder->clear.end, part.end) };

  if (clear.start < clear.end)
    window.clear = (Span){ clear.start - part.start, clear.end - part.start };
  return window;
}

/* Adds what was found in @part, less where the paragraph goes on beyond it. */
static void
keep_clear (AttestSentenceFinder *finder, const Window *window, Span part)
{
  const char *text = finder->text;
  Span clear = { window->clear.start + part.start, window->clear.end + part.start };

  if (clear.start < part.start + MARGIN_BYTES && part.start > 0 && text[part.start - 1] != '\n')
    clear.start = part.start + MARGIN_BYTES;
  if (clear.end + MARGIN_BYTES > part.end && part.end < finder->length_bytes
      && text[part.end] != '\n')
    clear.end = part.end - MIN (part.end, MARGIN_BYTES);
  if (clear.start >= clear.end)
    return;
  while (U8_IS_TRAIL (text[clear.start]))
    clear.start++;
  while (clear.end < finder->length_bytes && U8_IS_TRAIL (text[clear.end]))
    clear.end--;
  if (clear.start < finder->clear.end && finder->clear.start < clear.end)
    {
      clear.start = MIN (clear.start, finder->clear.start);
      clear.end = MAX (clear.end, finder->clear.end);
    }
  finder->clear = clear;
}

gboolean
attest_sentence_finder_widen (AttestSentenceFinder *finder, gsize start_byte, gsize end_byte,
                              gsize *out_start_byte, gsize *out_end_byte)
{
  Span span = align (finder, start_byte, end_byte);
  Span part = find_window (finder, span);
  Window window = open_window (finder, part);
  Span inside = { span.start - part.start, span.end - part.start };
  gboolean is_one = FALSE;

  if (part.end > part.start)
    {
      Span piece = find_piece (&window, inside, &is_one);

      is_one = is_one && piece.end - piece.start <= ATTEST_MAX_SENTENCE_BYTES;
      piece = trim (&window.view, cut (&window.view, piece, inside), inside);
      is_one = is_one && !has_outer_space (&window.view, piece);
      span = (Span){ piece.start + part.start, piece.end + part.start };
      keep_clear (finder, &window, part);
    }
  *out_start_byte = span.start;
  *out_end_byte = span.end;
  return is_one;
}

GArray *
attest_sentence_finder_list (AttestSentenceFinder *finder)
{
  GArray *sentences = g_array_new (FALSE, FALSE, sizeof (AttestSpan));
  gsize at = 0;

  while (at < finder->length_bytes)
    {
      const char *p = finder->text + at;
      gsize behind = at + (gsize)(g_utf8_next_char (p) - p);
      AttestSpan sentence = { at, behind };

      if (g_unichar_isspace (g_utf8_get_char (p)))
        {
          at = behind;
          continue;
        }
      attest_sentence_finder_widen (finder, at, MIN (behind, finder->length_bytes),
                                    &sentence.start_byte, &sentence.end_byte);
      sentence.start_byte = MAX (sentence.start_byte, at);
      at = MAX (sentence.end_byte, behind);
      g_array_append_val (sentences, sentence);
    }
  return sentences;
}
