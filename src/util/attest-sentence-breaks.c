/* attest-sentence-breaks: sentence breaks by the rules SB3 to SB11 of UAX #29.
 *
 * Every break but that of a paragraph hangs on a terminator: whether there is one depends on the
 * character before it, on what closes the sentence behind it, and on what comes up to the next
 * letter. So the text is only searched for terminators. ICU's iterator gives the same breaks, but
 * reads all of the text through a state machine, in UTF-16, which took longer than the search for
 * 500 patterns.
 */
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "util/attest-sentence-private.h"

/* Classes are ICU's USentenceBreak. */
/* clang-format off */
static const guint8 ascii_classes[128] = {
  ['\t'] = U_SB_SP, [0x0b] = U_SB_SP, [0x0c] = U_SB_SP, [' '] = U_SB_SP,
  ['\n'] = U_SB_LF, ['\r'] = U_SB_CR,
  ['.'] = U_SB_ATERM, ['!'] = U_SB_STERM, ['?'] = U_SB_STERM,
  ['"'] = U_SB_CLOSE, ['\''] = U_SB_CLOSE, ['('] = U_SB_CLOSE, [')'] = U_SB_CLOSE,
  ['['] = U_SB_CLOSE, [']'] = U_SB_CLOSE, ['{'] = U_SB_CLOSE, ['}'] = U_SB_CLOSE,
  [','] = U_SB_SCONTINUE, ['-'] = U_SB_SCONTINUE, [':'] = U_SB_SCONTINUE,
  ['0' ... '9'] = U_SB_NUMERIC, ['A' ... 'Z'] = U_SB_UPPER, ['a' ... 'z'] = U_SB_LOWER,
};

/* Bytes that a terminator or a paragraph separator may begin with: '.', '!', '?', CR, LF, and the
 * lead bytes of others. No such character begins with C3 to D5, D0 and D1 (Cyrillic) among them. */
static const guint8 may_terminate[256] = {
  ['.'] = 1, ['!'] = 1, ['?'] = 1, ['\n'] = 1, ['\r'] = 1, [0xc2] = 1, [0xd6 ... 0xf4] = 1,
};
/* clang-format on */

static inline int
class_of (UChar32 c)
{
  return c < 0x80 ? ascii_classes[c] : u_getIntPropertyValue (c, UCHAR_SENTENCE_BREAK);
}

/* The class of the character at *@byte, which is moved behind it; -1 at the end. */
static int
read_class (const AttestSentenceView *view, gsize *byte)
{
  UChar32 c;

  if (*byte >= view->length_bytes)
    return -1;
  U8_NEXT_UNSAFE ((const guint8 *)view->text, *byte, c);
  return class_of (c);
}

static int
read_class_back (const AttestSentenceView *view, gsize *byte)
{
  UChar32 c;

  if (*byte == 0)
    return -1;
  U8_PREV_UNSAFE ((const guint8 *)view->text, *byte, c);
  return class_of (c);
}

static gboolean
is_ignored (int class)
{
  return class == U_SB_EXTEND || class == U_SB_FORMAT;
}

static gboolean
is_paragraph_end (int class)
{
  return class == U_SB_SEP || class == U_SB_CR || class == U_SB_LF;
}

static gboolean
is_terminator (int class)
{
  return class == U_SB_ATERM || class == U_SB_STERM;
}

/* The class at *@byte, and the place behind it and what belongs to it (SB5). */
static int
read_whole (const AttestSentenceView *view, gsize *byte)
{
  int class = read_class (view, byte);
  gsize next = *byte;

  if (is_paragraph_end (class))
    return class;
  while (is_ignored (read_class (view, &next)))
    *byte = next;
  return class;
}

static gsize
skip (const AttestSentenceView *view, gsize byte, int skipped)
{
  gsize next = byte;

  while (read_whole (view, &next) == skipped)
    byte = next;
  return byte;
}

/* SB8: what follows a full stop goes on in lower case. */
static gboolean
goes_on (const AttestSentenceView *view, gsize byte)
{
  for (;;)
    {
      int class = read_class (view, &byte);

      if (class < 0 || class == U_SB_OLETTER || class == U_SB_UPPER || is_paragraph_end (class)
          || is_terminator (class))
        return FALSE;
      if (class == U_SB_LOWER)
        return TRUE;
    }
}

/* SB6 and SB7: a full stop inside "3.5" and "U.S". */
static gboolean
is_inside (const AttestSentenceView *view, gsize stop, int next)
{
  int before;

  if (next != U_SB_NUMERIC && next != U_SB_UPPER)
    return FALSE;
  do
    before = read_class_back (view, &stop);
  while (is_ignored (before));
  return next == U_SB_NUMERIC || before == U_SB_UPPER || before == U_SB_LOWER;
}

/* Behind a paragraph separator at @byte, which is of @class and ends at @end. */
static gsize
paragraph_break (const AttestSentenceView *view, int class, gsize end)
{
  return class == U_SB_CR && end < view->length_bytes && view->text[end] == '\n' ? end + 1 : end;
}

/* The break that a terminator at @byte makes, or 0. */
static gsize
terminator_break (const AttestSentenceView *view, gsize byte)
{
  gsize end = byte, peek;
  int class = read_whole (view, &end);
  int next;

  peek = end;
  if (class == U_SB_ATERM && is_inside (view, byte, read_class (view, &peek)))
    return 0;
  end = skip (view, skip (view, end, U_SB_CLOSE), U_SB_SP);
  peek = end;
  next = read_class (view, &peek);
  if (is_paragraph_end (next))
    return paragraph_break (view, next, peek);
  if (next == U_SB_SCONTINUE || is_terminator (next))
    return 0;
  return class == U_SB_ATERM && goes_on (view, end) ? 0 : end;
}

/* The break that the character at @byte makes, or 0. */
static gsize
break_of (const AttestSentenceView *view, gsize byte)
{
  gsize end = byte;
  int class = read_class (view, &end);

  if (is_terminator (class))
    return terminator_break (view, byte);
  return is_paragraph_end (class) ? paragraph_break (view, class, end) : 0;
}

/* The terminator that a break at @place would hang on, or else @place. */
static gsize
find_terminator (const AttestSentenceView *view, gsize place)
{
  gsize byte = place;
  int class = read_class_back (view, &byte);

  if (is_paragraph_end (class))
    class = read_class_back (view, &byte);
  while (class == U_SB_SP || class == U_SB_CLOSE || class == U_SB_LF || is_ignored (class))
    class = read_class_back (view, &byte);
  return is_terminator (class) ? byte : place;
}

gsize
attest_sentence_break_before (const AttestSentenceView *view, gsize place)
{
  for (gsize i = MIN (place, view->length_bytes); i > 0; i--)
    if (may_terminate[(guchar)view->text[i - 1]])
      {
        gsize found = break_of (view, i - 1);

        if (found > 0 && found < place)
          return found;
      }
  return 0;
}

gsize
attest_sentence_break_after (const AttestSentenceView *view, gsize place)
{
  for (gsize i = find_terminator (view, place); i < view->length_bytes; i++)
    if (may_terminate[(guchar)view->text[i]])
      {
        gsize found = break_of (view, i);

        if (found > place)
          return found;
      }
  return view->length_bytes;
}

gboolean
attest_sentence_is_break (const AttestSentenceView *view, gsize place)
{
  gsize byte = place;
  int class;

  if (place == 0 || place == view->length_bytes)
    return TRUE;
  class = read_class_back (view, &byte);
  if (is_paragraph_end (class))
    return paragraph_break (view, class, place) == place;
  byte = find_terminator (view, place);
  return byte < place && break_of (view, byte) == place;
}
