/* The map of attest-text.h between bytes and code points.
 *
 * Sparse: for every block of STEP_BYTES bytes, how many code points begin before it. The rest of
 * the way is counted in the text, which takes about a tenth of a microsecond.
 */
#include "util/attest-text.h"

#include <string.h>

#define STEP_BYTES 1024

struct _AttestCharMap
{
  const char *text;
  gsize length_bytes;
  gsize length_chars;
  gsize *chars_before; /* of each block; NULL when the text is ASCII */
};

AttestCharMap *
attest_char_map_new (const char *text, gsize length_bytes)
{
  AttestCharMap *map = g_new0 (AttestCharMap, 1);

  map->text = text;
  map->length_bytes = length_bytes;
  map->length_chars = attest_text_count_chars (text, length_bytes);
  if (map->length_chars == length_bytes)
    return map;

  gsize blocks = length_bytes / STEP_BYTES + 1;
  map->chars_before = g_new (gsize, blocks);
  map->chars_before[0] = 0;
  for (gsize i = 1; i < blocks; i++)
    map->chars_before[i] = map->chars_before[i - 1]
                           + attest_text_count_chars (text + (i - 1) * STEP_BYTES, STEP_BYTES);
  return map;
}

void
attest_char_map_free (AttestCharMap *map)
{
  if (map == NULL)
    return;
  g_free (map->chars_before);
  g_free (map);
}

gsize
attest_char_map_to_char (const AttestCharMap *map, gsize byte)
{
  g_return_val_if_fail (byte <= map->length_bytes, map->length_chars);

  if (map->chars_before == NULL)
    return byte;
  gsize block = byte / STEP_BYTES;
  gsize start = block * STEP_BYTES;
  return map->chars_before[block] + attest_text_count_chars (map->text + start, byte - start);
}

/* The last block that @character does not begin before. */
static gsize
find_block (const AttestCharMap *map, gsize character)
{
  gsize low = 0;
  gsize high = map->length_bytes / STEP_BYTES + 1;

  while (high - low > 1)
    {
      gsize middle = low + (high - low) / 2;
      if (map->chars_before[middle] <= character)
        low = middle;
      else
        high = middle;
    }
  return low;
}

gsize
attest_char_map_to_byte (const AttestCharMap *map, gsize character)
{
  if (character >= map->length_chars)
    return map->length_bytes;
  if (map->chars_before == NULL)
    return character;

  gsize block = find_block (map, character);
  gsize byte = block * STEP_BYTES;
  gsize left = character - map->chars_before[block];
  for (;; byte++)
    {
      if (((guchar)map->text[byte] & 0xc0) == 0x80)
        continue;
      if (left == 0)
        return byte;
      left--;
    }
}
