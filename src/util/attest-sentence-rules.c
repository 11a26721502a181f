#include "util/attest-sentence-private.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "util/attest-abbreviations-private.h"
#include "util/attest-text.h"

/* An ellipsis after fewer words is a hesitation. */
#define MIN_ELLIPSIS_WORDS 4
#define MAX_TOKEN_BYTES 32
/* Longer brackets hold speech. */
#define MAX_MARK_BYTES 60
#define MAX_MARKS_IN_A_ROW 8

/* Characters around a place; 0 at the ends of the view. */

static UChar32
char_before (const AttestSentenceView *view, gsize *byte)
{
  UChar32 c = 0;

  if (*byte > 0)
    U8_PREV_UNSAFE (view->text, *byte, c);
  return c;
}

static UChar32
char_at (const AttestSentenceView *view, gsize byte)
{
  UChar32 c = 0;

  if (byte < view->length_bytes)
    U8_GET_UNSAFE ((const guint8 *)view->text, byte, c);
  return c;
}

static gboolean
is_space (UChar32 c)
{
  return c != 0 && u_isUWhiteSpace (c);
}

static gboolean
is_closer (UChar32 c)
{
  return c == '"' || c == '\'' || c == 0x2019 || c == 0x201d || c == 0xbb;
}

static gboolean
is_opener (UChar32 c)
{
  return c == '"' || c == '\'' || c == '(' || c == '[' || c == 0x2018 || c == 0x2019 || c == 0x201c
         || c == 0x201e || c == 0xab || c == 0xbf || c == 0xa1;
}

static gboolean
is_terminator (UChar32 c)
{
  return c == '.' || c == '!' || c == '?' || c == 0x2026;
}

static gsize
skip_back (const AttestSentenceView *view, gsize byte, gboolean (*is_skipped) (UChar32 c))
{
  for (;;)
    {
      gsize before = byte;
      UChar32 c = char_before (view, &before);
      if (c == 0 || !is_skipped (c))
        return byte;
      byte = before;
    }
}

/* The end of the word before @place, without quotes and white space. */
static gsize
find_left_end (const AttestSentenceView *view, gsize place)
{
  gsize end = skip_back (view, place, is_space);
  gsize inner = skip_back (view, end, is_closer);

  /* "« Bien. »" */
  return inner < end ? skip_back (view, inner, is_space) : end;
}

/* Abbreviations. */

/* The start of the token whose last full stop stands at @dot. */
static gsize
find_token (const AttestSentenceView *view, gsize dot)
{
  gsize start = dot;

  while (dot - start < MAX_TOKEN_BYTES)
    {
      gsize before = start;
      UChar32 c = char_before (view, &before);
      if (c == 0 || is_space (c) || is_opener (c))
        break;
      start = before;
    }
  return start;
}

/* How many initials the token is ("U.S" 2, "A" 1), 0 when it is something else. */
static guint
count_initials (const AttestSentenceView *view, gsize start, gsize dot)
{
  guint count = 0;

  while (start < dot)
    {
      UChar32 c;

      U8_NEXT_UNSAFE ((const guint8 *)view->text, start, c);
      if (!u_isupper (c) || (start < dot && view->text[start] != '.'))
        return 0;
      start += start < dot;
      count++;
    }
  return count;
}

static gsize
word_length (const AttestSentenceView *view, gsize start)
{
  gsize end = start;
  UChar32 c;

  while ((c = char_at (view, end)) != 0 && (u_isalnum (c) || c == '\'' || c == 0x2019)
         && end - start < MAX_TOKEN_BYTES)
    end += (gsize)U8_LENGTH (c);
  return end - start;
}

static gboolean
is_starter_at (const AttestSentenceView *view, gsize place)
{
  return attest_abbreviation_is_starter (view->text + place, word_length (view, place));
}

/* Whether the full stop at @dot belongs to an abbreviation that leaves the sentence open, given
 * that @place comes next. */
static gboolean
is_open_abbreviation (const AttestSentenceView *view, gsize dot, gsize place)
{
  gsize start = find_token (view, dot);
  gsize length_bytes = dot - start;
  guint initials = count_initials (view, start, dot);
  UChar32 next = char_at (view, place);

  switch (attest_abbreviation_find (view->lang, view->text + start, length_bytes))
    {
    case ATTEST_ABBREVIATION_OPEN:
      return TRUE;
    case ATTEST_ABBREVIATION_NUMBER:
      return u_isdigit (next);
    case ATTEST_ABBREVIATION_CAPITAL_ENDS:
      return !u_isupper (next) && !is_opener (next);
    case ATTEST_ABBREVIATION_STARTER_ENDS:
      return !is_starter_at (view, place);
    case ATTEST_ABBREVIATION_YEAR:
      {
        gsize before = skip_back (view, start, is_space);
        return !u_isdigit (char_before (view, &before)) && !is_starter_at (view, place);
      }
    case ATTEST_ABBREVIATION_NONE:
      break;
    }
  if (initials == 1)
    return view->text[start] != 'I'; /* "my sister and I. Then" */
  return initials > 1 && !is_starter_at (view, place);
}

/* Whether the text before @place ends a sentence. */
static gboolean
is_terminated (const AttestSentenceView *view, gsize place)
{
  gsize end = find_left_end (view, place);
  UChar32 c = char_before (view, &end);

  return is_terminator (c) && (c != '.' || !is_open_abbreviation (view, end, place));
}

/* Breaks of UAX #29. */

static gboolean
ends_in_ellipsis (const AttestSentenceView *view, gsize end)
{
  return (end >= 3 && memcmp (view->text + end - 3, "...", 3) == 0)
         || (end >= 3 && memcmp (view->text + end - 3, "\xe2\x80\xa6", 3) == 0);
}

static gboolean
is_hesitation (const AttestSentenceView *view, gsize piece_start, gsize end, gsize place)
{
  if (!ends_in_ellipsis (view, end))
    return FALSE;
  /* What stands before the place may all be white space, back into the piece before. */
  return end <= piece_start
         || attest_text_count_words (view->text + piece_start, end - piece_start)
                < MIN_ELLIPSIS_WORDS
         || attest_abbreviation_is_filler (view->text + place, word_length (view, place));
}

gboolean
attest_sentence_keeps_break (const AttestSentenceView *view, gsize piece_start, gsize place)
{
  gsize spaces = skip_back (view, place, is_space);

  if (place == 0 || place >= view->length_bytes
      || memchr (view->text + spaces, '\n', place - spaces) != NULL)
    return TRUE;

  gsize end = find_left_end (view, place);
  UChar32 next = char_at (view, place);
  /* "« Bien. » Alors": the sentence ends after the quote. */
  if (next == 0xbb || next == 0x201d)
    return FALSE;
  /* "Really?" he asked */
  if (end < spaces && u_islower (next))
    return FALSE;
  if (is_hesitation (view, piece_start, end, place))
    return FALSE;
  gsize last = end;
  return char_before (view, &last) != '.' || !is_open_abbreviation (view, last, place);
}

/* Breaks of our own. */

/* Recognisers leave out the space: "we did more.And then". */
static gboolean
is_glued (const AttestSentenceView *view, gsize place)
{
  gsize dot = place;
  UChar32 terminator = char_before (view, &dot);
  gsize before = dot;

  if (!is_terminator (terminator) || !u_isupper (char_at (view, place))
      || !u_islower (char_before (view, &before)))
    return FALSE;
  if (terminator != '.')
    return TRUE;
  gsize start = find_token (view, dot);
  gsize second = start;
  U8_FWD_1_UNSAFE (view->text, second);
  return second < dot
         && attest_abbreviation_find (view->lang, view->text + start, dot - start)
                == ATTEST_ABBREVIATION_NONE;
}

/* The end of the transcriber's mark that opens at @open, or @open when it is none. */
static gsize
find_mark_end (const AttestSentenceView *view, gsize open)
{
  if (open >= view->length_bytes || (view->text[open] != '[' && view->text[open] != '('))
    return open;
  char closing = view->text[open] == '[' ? ']' : ')';
  gsize bound = MIN (view->length_bytes - open, MAX_MARK_BYTES);

  for (gsize i = 1; i < bound; i++)
    {
      char c = view->text[open + i];
      if (c == closing)
        return open + i + 1;
      if (c == '\n' || (closing == ')' && (c == '.' || c == '!' || c == '?')))
        break;
    }
  return open;
}

/* Whether the mark at @open stands between sentences and not in one. */
static gboolean
is_between_sentences (const AttestSentenceView *view, gsize open)
{
  gsize spaces = skip_back (view, open, is_space);

  return spaces == 0 || memchr (view->text + spaces, '\n', open - spaces) != NULL
         || is_terminated (view, open);
}

/* The start of the transcriber's mark that ends at @end, or @end when none does. */
static gsize
find_mark_start (const AttestSentenceView *view, gsize end)
{
  if (end == 0 || (view->text[end - 1] != ']' && view->text[end - 1] != ')'))
    return end;
  for (gsize open = end - 1; open > 0 && end - open < MAX_MARK_BYTES;)
    {
      open--;
      if (view->text[open] == '[' || view->text[open] == '(')
        return find_mark_end (view, open) == end ? open : end;
    }
  return end;
}

/* Whether @place comes right after marks between sentences. */
static gboolean
follows_mark (const AttestSentenceView *view, gsize place)
{
  for (guint i = 0; i < MAX_MARKS_IN_A_ROW; i++)
    {
      gsize end = skip_back (view, place, is_space);
      gsize open = find_mark_start (view, end);

      if (open == end)
        return FALSE;
      if (is_between_sentences (view, open))
        return TRUE;
      place = open;
    }
  return FALSE;
}

/* Another speaker in the same turn: "- Да. - Почему?" */
static gboolean
is_dialogue_dash (const AttestSentenceView *view, gsize place)
{
  UChar32 c = char_at (view, place);

  if (c != '-' && c != 0x2013 && c != 0x2014)
    return FALSE;
  gsize next = place + (gsize)U8_LENGTH (c);
  UChar32 space = char_at (view, next);
  return is_space (space) && u_isupper (char_at (view, next + (gsize)U8_LENGTH (space)))
         && is_terminated (view, place);
}

/* "« Bien. » Alors" */
static gboolean
follows_loose_quote (const AttestSentenceView *view, gsize place)
{
  gsize end = skip_back (view, place, is_space);
  gsize inner = end;

  if (end == place || char_before (view, &inner) != 0xbb || !u_isupper (char_at (view, place)))
    return FALSE;
  return skip_back (view, inner, is_space) < inner && is_terminated (view, inner);
}

/* Whether the character before @place, or before the spaces there, is one that no sentence ends
 * with: what most places have in front. */
static gboolean
follows_word (const AttestSentenceView *view, gsize place)
{
  guchar c;

  do
    c = (guchar)view->text[--place];
  while (c == ' ' && place > 0);
  return g_ascii_isalnum (c) || c == ',';
}

gboolean
attest_sentence_adds_break (const AttestSentenceView *view, gsize place)
{
  if (place == 0 || place >= view->length_bytes || U8_IS_TRAIL (view->text[place])
      || follows_word (view, place) || is_space (char_at (view, place)))
    return FALSE;
  if (is_glued (view, place) || is_dialogue_dash (view, place))
    return TRUE;
  if (find_mark_end (view, place) > place)
    return is_between_sentences (view, place) || follows_mark (view, place);
  return follows_mark (view, place) || follows_loose_quote (view, place);
}
