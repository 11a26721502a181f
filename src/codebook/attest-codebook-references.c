/* attest-codebook-references: where {{name}} and {{name(argument, argument)}} stand in a pattern.
 */
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

/* The end of the argument that begins at @p: at the comma or the bracket behind it; NULL: there is
 * none. Commas in brackets of any kind belong to the argument. */
static const char *
find_argument_end (const char *p)
{
  guint brackets = 0, braces = 0;

  while (*p != '\0')
    {
      if (brackets == 0 && braces == 0 && (*p == ',' || *p == ')'))
        return p;
      brackets += *p == '(';
      braces += *p == '{';
      if (*p == ')' && brackets > 0)
        brackets--;
      if (*p == '}' && braces > 0)
        braces--;
      p += attest_reference_skip (p);
    }
  return NULL;
}

static void
add_argument (AttestReference *reference, const char *start, const char *end)
{
  AttestArgument argument = { 0 };

  while (start < end && g_ascii_isspace (*start))
    start++;
  while (end > start && g_ascii_isspace (end[-1]))
    end--;
  argument.text = g_strndup (start, (gsize)(end - start));
  argument.byte = (gsize)(start - reference->start);
  g_array_append_val (reference->arguments, argument);
}

/* Behind the "(". FALSE: it is not closed. */
static gboolean
read_arguments (AttestReference *reference, const char *p)
{
  for (;;)
    {
      const char *end = find_argument_end (p);

      if (end == NULL)
        return FALSE;
      add_argument (reference, p, end);
      p = end + 1;
      if (*end == ',')
        continue;
      while (g_ascii_isspace (*p))
        p++;
      reference->length_bytes = (gsize)(p + 2 - reference->start);
      return p[0] == '}' && p[1] == '}';
    }
}

static void
clear_argument (gpointer data)
{
  g_free (((AttestArgument *)data)->text);
}

void
attest_reference_clear (AttestReference *reference)
{
  g_clear_pointer (&reference->name, g_free);
  g_clear_pointer (&reference->arguments, g_array_unref);
}

/* The name of the reference at @p ("{{ name }}") and its bytes; NULL: there is none. */
static char *
dup_plain_name (const char *p, gsize *out_bytes)
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

/* The bytes of a name at @p, of which "(" follows; 0: there is none. */
static gsize
called_name_length (const char *p)
{
  const char *end = p;

  while (end - p < MAX_REFERENCE_BYTES && *end != '\0' && *end != '('
         && (*end == '_' || *end == '-' || g_unichar_isalnum (g_utf8_get_char (end))
             || g_unichar_ismark (g_utf8_get_char (end))))
    end = g_utf8_next_char (end);
  return *end == '(' && (g_unichar_isalpha (g_utf8_get_char (p)) || *p == '_') ? (gsize)(end - p)
                                                                               : 0;
}

gboolean
attest_reference_read (const char *p, AttestReference *out_reference)
{
  const char *name = p + 2;
  gsize length_bytes = 0;

  if (p[0] != '{' || p[1] != '{')
    return FALSE;
  while (g_ascii_isspace (*name))
    name++;
  gsize called_bytes = called_name_length (name);
  if (called_bytes == 0)
    {
      char *plain = dup_plain_name (p, &length_bytes);
      *out_reference = (AttestReference){ .start = p, .name = plain, .length_bytes = length_bytes };
      return plain != NULL;
    }
  *out_reference = (AttestReference){ .start = p, .name = g_strndup (name, called_bytes) };
  out_reference->arguments = g_array_new (FALSE, TRUE, sizeof (AttestArgument));
  g_array_set_clear_func (out_reference->arguments, clear_argument);
  out_reference->first_argument_byte = (gsize)(name + called_bytes + 1 - p);
  out_reference->is_open = !read_arguments (out_reference, name + called_bytes + 1);
  return TRUE;
}
