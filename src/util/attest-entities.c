#include "util/attest-entities.h"

#include <string.h>

#include "util/attest-entities-private.h"

/* Longest name with its semicolon: "CounterClockwiseContourIntegral;". */
#define MAX_NAME_BYTES 32

/* What pages mean by &#128; to &#159;: Windows-1252. */
static const gunichar c1_meaning[32]
    = { 0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
        0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
        0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178 };

static const char *
find_name (const char *name, gsize length_bytes)
{
  gsize low = 0, high = G_N_ELEMENTS (attest_entities);

  while (low < high)
    {
      gsize middle = (low + high) / 2;
      const char *other = attest_entities[middle].name;
      int order = strncmp (name, other, length_bytes);

      if (order == 0 && other[length_bytes] == '\0')
        return attest_entities[middle].text;
      if (order > 0)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

static gsize
decode_number (const char *text, gsize length_bytes, char *out_text)
{
  gboolean hex = length_bytes > 2 && (text[2] == 'x' || text[2] == 'X');
  gsize first = hex ? 3 : 2, i = first;
  gunichar c = 0;

  for (; i < length_bytes; i++)
    {
      int digit = hex ? g_ascii_xdigit_value (text[i]) : g_ascii_digit_value (text[i]);

      if (digit < 0)
        break;
      c = c > 0x10ffff ? c : c * (hex ? 16 : 10) + (gunichar)digit;
    }
  if (i == first)
    return 0;
  if (c >= 0x80 && c < 0xa0)
    c = c1_meaning[c - 0x80];
  else if (c == 0 || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
    c = 0xfffd;
  out_text[g_unichar_to_utf8 (c, out_text)] = '\0';
  return i + (i < length_bytes && text[i] == ';');
}

gsize
attest_entity_decode (const char *text, gsize length_bytes, char out_text[ATTEST_ENTITY_TEXT_BYTES])
{
  gsize n = 0;

  if (length_bytes >= 3 && text[1] == '#')
    return decode_number (text, length_bytes, out_text);
  while (n < MAX_NAME_BYTES && n + 1 < length_bytes && g_ascii_isalnum (text[1 + n]))
    n++;
  if (n > 0 && n + 1 < length_bytes && text[1 + n] == ';')
    n++;
  for (; n >= 2; n--)
    {
      const char *found = find_name (text + 1, n);

      if (found != NULL)
        {
          g_strlcpy (out_text, found, ATTEST_ENTITY_TEXT_BYTES);
          return 1 + n;
        }
    }
  return 0;
}
