/* attest_text_to_nfc() of attest-text.h.
 *
 * ICU normalises UTF-16 only (in C), and converting a hundred megabytes there and back costs more
 * than all the rest of ingesting. So characters that are known to be inert (they neither combine
 * with what precedes them nor are replaced) are passed over, and ICU sees only the stretches of
 * others, each with the one inert character before it, to which a mark may belong.
 */
#include "util/attest-text.h"

#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

/* UTF-16 units that need no heap: nearly every stretch is one letter with its marks. */
#define STACK_UNITS 64
/* UTF-16 units of NFC for one byte of UTF-8, more than there can be; ICU counts them in int32_t. */
#define MAX_GROWTH 3

/* Whether NFC leaves @c alone and nothing in it joins what precedes it (NFC_Quick_Check=Yes,
 * ccc=0). Not complete: what is rare in transcripts is left to ICU. */
static inline gboolean
is_inert (UChar32 c)
{
  if (c < 0x300)
    return TRUE;
  if (c < 0x600) /* Greek, Cyrillic, Armenian */
    return c >= 0x388 && c < 0x590 && (c < 0x483 || c > 0x487);
  if (c < 0x700) /* Arabic */
    return (c >= 0x621 && c < 0x64b) || (c >= 0x660 && c < 0x670) || (c >= 0x671 && c < 0x6d6);
  if (c < 0x2000)
    return (c >= 0x904 && c < 0x93a)       /* Devanagari */
           || (c >= 0x10d0 && c < 0x1100)  /* Georgian */
           || (c >= 0x1e00 && c < 0x1f00); /* Vietnamese */
  if (c < 0x2100) /* punctuation, currency; U+2000 and U+2001 are replaced */
    return c >= 0x2002 && c < 0x20d0;
  return (c >= 0x2500 && c < 0x2800)       /* symbols */
         || (c >= 0x3041 && c < 0x3097)    /* Hiragana */
         || (c >= 0x30a1 && c < 0x30fb)    /* Katakana */
         || (c >= 0x4e00 && c < 0xa000)    /* ideographs */
         || (c >= 0xac00 && c < 0xd7a4)    /* Hangul */
         || c == 0xfe0f || c == 0xfeff     /* emoji style, BOM */
         || (c >= 0x1f000 && c < 0x20000); /* emoji */
}

/* The first byte from @from on that is not ASCII. */
static inline gsize
skip_ascii (const char *text, gsize from, gsize length_bytes)
{
  for (; from + sizeof (guint64) <= length_bytes; from += sizeof (guint64))
    {
      guint64 word;

      memcpy (&word, text + from, sizeof word);
      if (word & G_GUINT64_CONSTANT (0x8080808080808080))
        break;
    }
  while (from < length_bytes && (guchar)text[from] < 0x80)
    from++;
  return from;
}

/* The next stretch for ICU at or after @from, with its inert neighbour on the left; FALSE if none.
 */
static gboolean
find_stretch (const char *text, gsize length_bytes, gsize from, gsize *out_start, gsize *out_end)
{
  const guint8 *bytes = (const guint8 *)text;
  gsize i = from;
  UChar32 c;

  for (;;)
    {
      i = skip_ascii (text, i, length_bytes);
      if (i == length_bytes)
        return FALSE;
      gsize next = i;
      U8_NEXT_UNSAFE (bytes, next, c);
      if (!is_inert (c))
        break;
      i = next;
    }

  gsize start = i;
  if (start > from)
    U8_BACK_1_UNSAFE (bytes, start);
  while (i < length_bytes)
    {
      gsize next = i;
      U8_NEXT_UNSAFE (bytes, next, c);
      if (is_inert (c))
        break;
      i = next;
    }
  *out_start = start;
  *out_end = i;
  return TRUE;
}

static void
append_utf16 (GString *out, const UChar *units, int32_t length_units)
{
  UErrorCode status = U_ZERO_ERROR;
  int32_t length_bytes = 0;
  gsize before = out->len;
  gsize room = (gsize)length_units * 3;

  g_string_set_size (out, before + room);
  u_strToUTF8 (out->str + before, (int32_t)room, &length_bytes, units, length_units, &status);
  g_assert (U_SUCCESS (status));
  g_string_truncate (out, before + (gsize)length_bytes);
}

/* Composes @text by way of @units into @composed.
 *
 * Returns: its units, or -1 when it is NFC already. */
static int32_t
compose (const UNormalizer2 *nfc, const char *text, int32_t length_bytes, UChar *units,
         UChar *composed)
{
  UErrorCode status = U_ZERO_ERROR;
  int32_t length_units = 0;

  u_strFromUTF8 (units, length_bytes, &length_units, text, length_bytes, &status);
  if (unorm2_isNormalized (nfc, units, length_units, &status))
    return -1;
  int32_t composed_units
      = unorm2_normalize (nfc, units, length_units, composed, length_bytes * MAX_GROWTH, &status);
  g_assert (U_SUCCESS (status));
  return composed_units;
}

/* Appends the NFC of @text, with the @before_bytes that precede it and go as they are, unless it is
 * NFC already. */
static gboolean
append_if_changed (GString **out, const UNormalizer2 *nfc, const char *text, gsize length_bytes,
                   gsize before_bytes)
{
  UChar stack[STACK_UNITS * (1 + MAX_GROWTH)];
  g_autofree UChar *heap = NULL;
  UChar *units = stack;

  if (length_bytes > STACK_UNITS)
    units = heap = g_new (UChar, length_bytes * (1 + MAX_GROWTH));
  UChar *composed = units + length_bytes;
  int32_t composed_units = compose (nfc, text, (int32_t)length_bytes, units, composed);
  if (composed_units < 0)
    return FALSE;
  if (*out == NULL)
    *out = g_string_sized_new (before_bytes + length_bytes);
  g_string_append_len (*out, text - before_bytes, (gssize)before_bytes);
  append_utf16 (*out, composed, composed_units);
  return TRUE;
}

char *
attest_text_to_nfc (const char *text, gsize length_bytes, gsize *out_length_bytes)
{
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *nfc = unorm2_getNFCInstance (&status);
  g_autoptr (GString) out = NULL;
  gsize copied = 0; /* of @text, into @out */
  gsize start;
  gsize end = 0;

  g_assert (U_SUCCESS (status));
  g_return_val_if_fail (length_bytes <= G_MAXINT32 / MAX_GROWTH, NULL);

  while (find_stretch (text, length_bytes, end, &start, &end))
    if (append_if_changed (&out, nfc, text + start, end - start, start - copied))
      copied = end;
  if (out == NULL)
    return NULL;
  g_string_append_len (out, text + copied, (gssize)(length_bytes - copied));
  *out_length_bytes = out->len;
  return g_string_free (g_steal_pointer (&out), FALSE);
}
