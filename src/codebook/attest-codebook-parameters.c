/* attest-codebook-parameters: what may stand for a parameter of a fragment, a count or a pattern.
 */
#include <string.h>

#include "codebook/attest-codebook-private.h"

#define MAX_COUNT_DIGITS 5 /* as PCRE2 has them */

gboolean
attest_parameter_is_in_count (const char *body, gsize length_bytes)
{
  gsize i = length_bytes;
  guint backslashes = 0;

  while (i > 0
         && (g_ascii_isdigit (body[i - 1]) || body[i - 1] == ','
             || (guchar)body[i - 1] >= ATTEST_FIRST_PARAMETER_BYTE))
    i--;
  if (i == 0 || body[i - 1] != '{')
    return FALSE;
  for (gsize k = i - 1; k > 0 && body[k - 1] == '\\'; k--)
    backslashes++;
  return backslashes % 2 == 0;
}

void
attest_parameter_put_dummies (GString *body)
{
  for (gsize i = 0; i < body->len; i++)
    {
      if ((guchar)body->str[i] < ATTEST_FIRST_PARAMETER_BYTE)
        continue;
      if (!attest_parameter_is_in_count (body->str, i))
        {
          body->str[i] = 'x';
          continue;
        }
      /* "{12,N}" becomes "{00,9}": in order, whatever the other number is. */
      gsize start = i;
      while (body->str[start - 1] != '{')
        start--;
      gboolean is_least = TRUE;
      for (gsize k = start; k < body->len && body->str[k] != '}'; k++)
        {
          is_least = is_least && body->str[k] != ',';
          if (g_ascii_isdigit (body->str[k]) || (guchar)body->str[k] >= ATTEST_FIRST_PARAMETER_BYTE)
            body->str[k] = is_least ? '0' : '9';
        }
    }
}

gboolean
attest_parameter_is_count (const char *text)
{
  return *text != '\0' && strlen (text) <= MAX_COUNT_DIGITS
         && text[strspn (text, "0123456789")] == '\0';
}
