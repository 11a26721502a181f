/* attest-codebook-references: where {{name}} stands in a pattern. */
#include <string.h>

#include "codebook/attest-codebook-private.h"
#include "util/attest-limits.h"

#define MAX_REFERENCE_BYTES (4 * ATTEST_MAX_ID_CHARS)

/* Bytes of "[:alpha:]" at @p, or 0. */
static gsize
posix_class_length (const char *p)
{
  gsize length_bytes = p[0] == '[' && p[1] == ':' ? 2 : 0;

  if (length_bytes == 0)
    return 0;
  length_bytes += p[length_bytes] == '^';
  while (g_ascii_islower (p[length_bytes]))
    length_bytes++;
  return p[length_bytes] == ':' && p[length_bytes + 1] == ']' ? length_bytes + 2 : 0;
}

/* Bytes of the character class at @p ("[…]"), to the end of the pattern when it is not closed. */
static gsize
class_length (const char *p)
{
  const char *start = p++;

  if (*p == '^')
    p++;
  if (*p == ']')
    p++;
  while (*p != '\0' && *p != ']')
    p += *p == '\\' && p[1] != '\0' ? 2 : MAX (posix_class_length (p), 1);
  return (gsize)(p - start) + (*p == ']');
}

gsize
attest_reference_skip (const char *p)
{
  if (p[0] == '\\' && p[1] == 'Q')
    {
      const char *end = strstr (p + 2, "\\E");
      return end != NULL ? (gsize)(end + 2 - p) : strlen (p);
    }
  if (p[0] == '\\' && p[1] != '\0')
    return 2;
  if (p[0] == '[')
    return class_length (p);
  return 1;
}

char *
attest_reference_dup_name (const char *p, gsize *out_bytes)
{
  if (p[0] != '{' || p[1] != '{')
    return NULL;
  const char *end = g_strstr_len (p + 2, MAX_REFERENCE_BYTES, "}}");
  if (end == NULL)
    return NULL;
  char *name = g_strstrip (g_strndup (p + 2, (gsize)(end - p - 2)));
  if (g_unichar_isalpha (g_utf8_get_char (name)) || *name == '_')
    {
      *out_bytes = (gsize)(end + 2 - p);
      return name;
    }
  g_free (name);
  return NULL;
}
