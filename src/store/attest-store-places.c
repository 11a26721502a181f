/* segment.places: where the rules behind a segment matched.
 *
 * A row each would be most of a project. They are only read with their segment, so they are a
 * blob in its row, about five bytes each: for each place the rule (rule_name), the distance of its
 * start in bytes from the place before (the first: from the segment), and its length in bytes; each
 * number in the base-128 digits of LEB128, low digit first, bit 7 set in all but the last.
 */
#include "store/attest-store-private.h"

static void
append_number (GByteArray *out, guint64 number)
{
  guint8 digits[10];
  guint n = 0;

  for (; number >= 0x80; number >>= 7)
    digits[n++] = (guint8)(number | 0x80);
  digits[n++] = (guint8)number;
  g_byte_array_append (out, digits, n);
}

void
attest_places_append (GByteArray *places, gint64 rule, gint64 from_byte, gint64 start_byte,
                      gint64 end_byte)
{
  g_assert (from_byte <= start_byte && start_byte <= end_byte);
  append_number (places, (guint64)rule);
  append_number (places, (guint64)(start_byte - from_byte));
  append_number (places, (guint64)(end_byte - start_byte));
}

/* Positions are far below 2^56: eight digits are enough, and their sum cannot overflow. */
static gboolean
read_number (AttestPlaces *places, gint64 *out)
{
  gint64 number = 0;

  for (guint shift = 0; shift < 56 && places->at < places->end; shift += 7)
    {
      guint8 digit = *places->at++;

      number |= (gint64)(digit & 0x7f) << shift;
      if (digit < 0x80)
        {
          *out = number;
          return TRUE;
        }
    }
  return FALSE;
}

void
attest_places_begin (AttestPlaces *places, const guint8 *bytes, gsize n_bytes, gint64 from_byte)
{
  *places = (AttestPlaces){ .at = bytes, .end = bytes + n_bytes, .start_byte = from_byte };
}

int
attest_places_next (AttestPlaces *places)
{
  gint64 distance, length_bytes;

  if (places->at == places->end)
    return 0;
  if (!read_number (places, &places->rule) || !read_number (places, &distance)
      || !read_number (places, &length_bytes) || distance > G_MAXINT32
      || places->start_byte > G_MAXINT32 || length_bytes > G_MAXINT32)
    return -1;
  places->start_byte += distance;
  places->end_byte = places->start_byte + length_bytes;
  return 1;
}
