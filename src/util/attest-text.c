/* attest-text: see the header.
 *
 * A hundred megabytes are ingested at a time, nearly all of it ASCII, so everything that runs over
 * whole transcripts reads eight bytes at once or looks bytes up in a table, and asks ICU only about
 * the few characters that need it.
 */
#include "util/attest-text.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#define WORD_BYTES sizeof (guint64)
#define EVERY_BYTE(b) (G_GUINT64_CONSTANT (0x0101010101010101) * (b))

static inline guint64
load_word (const char *text)
{
  guint64 word;

  memcpy (&word, text, WORD_BYTES);
  return word;
}

static inline gboolean
is_continuation (char byte)
{
  return ((guchar)byte & 0xc0) == 0x80;
}

/* Continuation bytes have bit 7 and not bit 6. Their flags are added up bytewise, for at most 255
 * words: then a byte of the sum would overflow. */
static gsize
count_continuations (const char *text, gsize words)
{
  gsize count = 0;

  while (words > 0)
    {
      gsize batch = MIN (words, 255);
      guint64 sums = 0;

      for (gsize i = 0; i < batch; i++, text += WORD_BYTES)
        {
          guint64 word = load_word (text);
          sums += (word >> 7) & ~(word >> 6) & EVERY_BYTE (1);
        }
      sums = (sums & EVERY_BYTE (1) * 0xff & G_GUINT64_CONSTANT (0x00ff00ff00ff00ff))
             + ((sums >> 8) & G_GUINT64_CONSTANT (0x00ff00ff00ff00ff));
      count += (sums * G_GUINT64_CONSTANT (0x0001000100010001)) >> 48;
      words -= batch;
    }
  return count;
}

gsize
attest_text_count_chars (const char *text, gsize length_bytes)
{
  gsize words = length_bytes / WORD_BYTES;
  gsize chars = length_bytes - count_continuations (text, words);

  for (gsize i = words * WORD_BYTES; i < length_bytes; i++)
    chars -= is_continuation (text[i]);
  return chars;
}

guint
attest_text_line_at (const char *text, gsize byte)
{
  const char *end = text + byte;
  guint line = 1;

  for (const char *p = text; p < end && (p = memchr (p, '\n', (gsize)(end - p))) != NULL; p++)
    line++;
  return line;
}

char *
attest_text_dup_unwrapped (const char *text, gsize length_bytes)
{
  char *copy = g_malloc (length_bytes + 1);
  const char *end = text + length_bytes;

  if (length_bytes > 0)
    memcpy (copy, text, length_bytes);
  copy[length_bytes] = '\0';
  for (const char *p = text; p < end && (p = memchr (p, '\n', (gsize)(end - p))) != NULL; p++)
    {
      char before = p > text ? p[-1] : ' ';
      char after = p + 1 < end ? p[1] : ' ';

      if (before != '\n' && before != '\t' && after != '\n' && after != '\t')
        copy[p - text] = ' ';
    }
  return copy;
}

/* Words. */

typedef enum
{
  CLASS_BREAK,
  CLASS_LETTER,
  CLASS_DIGIT,
  CLASS_MARK,     /* goes on as what it stands after */
  CLASS_JOINER,   /* apostrophe, hyphen */
  CLASS_NOTE,     /* [ */
  CLASS_NOT_ASCII /* ask ICU */
} CharClass;

#define MAX_NOTE_BYTES 60

/* clang-format off */
static const guchar byte_classes[256] = {
  ['0' ... '9'] = CLASS_DIGIT,
  ['A' ... 'Z'] = CLASS_LETTER,
  ['a' ... 'z'] = CLASS_LETTER,
  ['\''] = CLASS_JOINER,
  ['-'] = CLASS_JOINER,
  ['['] = CLASS_NOTE,
  [0x80 ... 0xff] = CLASS_NOT_ASCII,
};
/* clang-format on */

static CharClass
class_of_char (gunichar c)
{
  if (c < 0x80)
    return (CharClass)byte_classes[c];
  /* Hyphens; U+2018 stands inside words where Uzbek is typed without U+02BB. */
  if (c == 0x2010 || c == 0x2011 || c == 0x2018 || c == 0x2019)
    return CLASS_JOINER;
  guint32 mask = U_GET_GC_MASK ((UChar32)c);
  if (mask & U_GC_L_MASK)
    return CLASS_LETTER;
  if (mask & U_GC_N_MASK)
    return CLASS_DIGIT;
  /* Soft hyphens and zero-width joiners are no more visible than marks. */
  return mask & (U_GC_M_MASK | U_GC_CF_MASK) ? CLASS_MARK : CLASS_BREAK;
}

static inline gunichar
char_at (const char *text, gsize byte)
{
  UChar32 c;

  U8_GET_UNSAFE ((const guint8 *)text, byte, c);
  return (gunichar)c;
}

static inline gsize
next_char (const char *text, gsize byte)
{
  return byte + U8_COUNT_TRAIL_BYTES_UNSAFE ((guchar)text[byte]) + 1;
}

/* The end of the note that begins with the bracket at @byte; @byte + 1 when it is none. */
static gsize
skip_note (const char *text, gsize length_bytes, gsize byte)
{
  gsize bound = MIN (length_bytes - byte, MAX_NOTE_BYTES);
  const char *close = memchr (text + byte, ']', bound);

  if (close == NULL || memchr (text + byte, '\n', (gsize)(close - (text + byte))) != NULL)
    return byte + 1;
  return (gsize)(close + 1 - text);
}

/* Eight bytes at a time. Each function sets bit 7 of the bytes that it is about, which all are
 * ASCII. */
#define BYTES(value) (G_GUINT64_CONSTANT (0x0101010101010101) * (value))
#define BLOCK_BYTES sizeof (guint64)

static inline guint64
bytes_between (guint64 block, guchar first, guchar last)
{
  return (block + BYTES (0x80 - first)) & ~(block + BYTES (0x7f - last)) & BYTES (0x80);
}

static inline guint64
bytes_equal (guint64 block, guchar byte)
{
  guint64 difference = block ^ BYTES (byte);

  return ~(difference + BYTES (0x7f)) & BYTES (0x80);
}

/* Counts the words that begin in a block of letters, digits and breaks. FALSE: it has others. */
static inline gboolean
count_in_block (const char *text, CharClass *before, gsize *count)
{
  guint64 block, word;

  memcpy (&block, text, BLOCK_BYTES);
  block = GUINT64_FROM_LE (block);
  if ((block & BYTES (0x80)) != 0)
    return FALSE;
  if ((bytes_equal (block, '\'') | bytes_equal (block, '-') | bytes_equal (block, '[')) != 0)
    return FALSE;
  word = bytes_between (block, '0', '9') | bytes_between (block | BYTES (0x20), 'a', 'z');
  word &= ~(word << 8 | (*before != CLASS_BREAK ? 0x80 : 0));
  /* Adds the bits up in the highest byte. */
  *count += (gsize)(((word >> 7) * BYTES (1)) >> 56);
  *before = (CharClass)byte_classes[(guchar)text[BLOCK_BYTES - 1]];
  return TRUE;
}

gsize
attest_text_count_words (const char *text, gsize length_bytes)
{
  gsize count = 0;
  CharClass before = CLASS_BREAK; /* only CLASS_BREAK, CLASS_LETTER or CLASS_DIGIT */
  gsize i = 0;

  while (i < length_bytes)
    {
      if (length_bytes - i >= BLOCK_BYTES && count_in_block (text + i, &before, &count))
        {
          i += BLOCK_BYTES;
          continue;
        }

      CharClass here = (CharClass)byte_classes[(guchar)text[i]];

      /* No branch on word boundaries: they cannot be predicted. */
      if (G_LIKELY (here <= CLASS_DIGIT))
        {
          count += (before == CLASS_BREAK) & (here != CLASS_BREAK);
          before = here;
          i++;
          continue;
        }

      gsize next = next_char (text, i);
      if (here == CLASS_NOT_ASCII)
        here = class_of_char (char_at (text, i));
      if (here == CLASS_NOTE)
        next = skip_note (text, length_bytes, i);
      if (here == CLASS_LETTER || here == CLASS_DIGIT)
        {
          count += before == CLASS_BREAK;
          before = here;
        }
      else if (here == CLASS_JOINER && before == CLASS_LETTER && next < length_bytes
               && class_of_char (char_at (text, next)) == CLASS_LETTER)
        before = CLASS_LETTER;
      else if (here != CLASS_MARK)
        before = CLASS_BREAK;
      i = next;
    }
  return count;
}

/* Terminals. */

static guint
columns_of_char (gunichar c)
{
  if (c < 0x7f)
    return c >= 0x20;
  if (g_unichar_iszerowidth (c))
    return 0;
  return g_unichar_iswide (c) ? 2 : 1;
}

gsize
attest_text_columns (const char *text, gsize length_bytes)
{
  gsize columns = 0;

  for (gsize i = 0; i < length_bytes; i = next_char (text, i))
    columns += columns_of_char (char_at (text, i));
  return columns;
}

static gboolean
is_treacherous (UChar32 c)
{
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029
         || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* Appends the printable form of the character at *byte and moves on; returns its columns. */
static guint
append_printable (GString *out, const char *text, gsize length_bytes, gsize *byte)
{
  gsize start = *byte;
  gsize end = start;
  UChar32 c;
  gsize length_before = out->len;

  U8_NEXT ((const guint8 *)text, end, length_bytes, c);
  *byte = end;
  if (c < 0)
    {
      for (gsize i = start; i < end; i++)
        g_string_append_printf (out, "\\x%02x", (guchar)text[i]);
      return (guint)(out->len - length_before);
    }
  if (!is_treacherous (c))
    {
      g_string_append_len (out, text + start, (gssize)(end - start));
      return columns_of_char ((gunichar)c);
    }
  g_string_append_printf (out, c < 0x100 ? "\\x%02x" : "\\u%04x", (guint)c);
  return (guint)(out->len - length_before);
}

char *
attest_text_printable (const char *text, gsize length_bytes, guint max_columns)
{
  GString *out = g_string_new (NULL);
  gsize columns = 0;
  gsize cut_length = 0; /* where "…" still fits */
  gsize i = 0;

  while (i < length_bytes)
    {
      if (text[i] == ' ' || text[i] == '\n' || text[i] == '\t')
        {
          while (i < length_bytes && (text[i] == ' ' || text[i] == '\n' || text[i] == '\t'))
            i++;
          g_string_append_c (out, ' ');
          columns++;
        }
      else
        columns += append_printable (out, text, length_bytes, &i);
      if (max_columns == 0)
        continue;
      if (columns > max_columns)
        {
          g_string_truncate (out, cut_length);
          g_string_append (out, "…");
          break;
        }
      if (columns < max_columns)
        cut_length = out->len;
    }
  return g_string_free (out, FALSE);
}
