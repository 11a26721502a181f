/* Lines for a terminal. */
#include "util/attest-text.h"

#include <string.h>

static gsize
char_bytes (const char *text, gsize byte, gsize length_bytes)
{
  gsize bytes = (gsize)(g_utf8_next_char (text + byte) - (text + byte));

  return MIN (bytes, length_bytes - byte);
}

/* Where the line that begins at @start ends: at its last space that fits, or in a long word. */
static gsize
find_break (const char *text, gsize length_bytes, gsize start, guint max_columns)
{
  gsize last_space = start;
  gsize columns = 0;
  gsize i = start;

  while (i < length_bytes)
    {
      gsize bytes = char_bytes (text, i, length_bytes);

      if (text[i] == ' ')
        last_space = i;
      columns += attest_text_columns (text + i, bytes);
      if (columns > max_columns)
        break;
      i += bytes;
    }
  if (i == length_bytes)
    return length_bytes;
  if (last_space > start)
    return last_space;
  /* A character that is wider than the line is a line. */
  return i > start ? i : start + char_bytes (text, start, length_bytes);
}

GArray *
attest_text_wrap (const char *text, gsize length_bytes, guint max_columns)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (AttestSpan));
  gsize start = 0;

  do
    {
      gsize end
          = max_columns == 0 ? length_bytes : find_break (text, length_bytes, start, max_columns);
      AttestSpan line = { start, end };

      g_array_append_val (lines, line);
      start = end;
      while (start < length_bytes && text[start] == ' ')
        start++;
    }
  while (start < length_bytes);
  return lines;
}

void
attest_text_append_wrapped (GString *out, const char *text, guint max_columns)
{
  g_autoptr (GArray) lines = attest_text_wrap (text, strlen (text), max_columns);

  for (guint i = 0; i < lines->len; i++)
    {
      const AttestSpan *line = &g_array_index (lines, AttestSpan, i);

      g_string_append_len (out, text + line->start_byte,
                           (gssize)(line->end_byte - line->start_byte));
      g_string_append_c (out, '\n');
    }
}
