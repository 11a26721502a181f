/* attest-exchange-input: what the drivers read, and how they say where something is wrong. */
#include <string.h>

#include "exchange/attest-exchange-private.h"
#include "util/attest-error.h"
#include "util/attest-text.h"

#define MAX_MESSAGE_COLUMNS 300

gboolean
attest_exchange_throw (const AttestExchangeInput *input, guint line, guint column, GError **error,
                       const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  g_autofree char *message = attest_text_printable (text, strlen (text), MAX_MESSAGE_COLUMNS);
  if (line == 0)
    return attest_throw (error, ATTEST_ERROR_INPUT, "%s: %s", input->path, message);
  return attest_throw (error, ATTEST_ERROR_INPUT, "%s:%u:%u: %s", input->path, line, column,
                       message);
}

/* "12: " at *@p: 12, and goes behind the colon; 0: there is no number. */
static guint
skip_number (const char **p)
{
  char *end;
  guint number = (guint)g_ascii_strtoull (*p, &end, 10);

  if (!g_ascii_isdigit (**p) || *end != ':')
    return 0;
  *p = end + 1;
  return number;
}

gboolean
attest_exchange_rethrow (const AttestExchangeInput *input, const GError *cause, guint column,
                         GError **error)
{
  const char *message = cause->message;
  guint line = skip_number (&message);
  guint known = line > 0 ? skip_number (&message) : 0;

  return attest_exchange_throw (input, line, known > 0 ? known : column, error, "%s",
                                message + strspn (message, " "));
}

gboolean
attest_exchange_next_line (AttestExchangeLines *lines)
{
  if (*lines->rest == '\0')
    return FALSE;
  const char *end = lines->rest + strcspn (lines->rest, "\n");
  g_free (lines->line);
  lines->line = g_strndup (lines->rest, (gsize)(end - lines->rest));
  lines->rest = *end == '\n' ? end + 1 : end;
  lines->number++;
  return TRUE;
}

void
attest_exchange_lines_clear (AttestExchangeLines *lines)
{
  g_free (lines->line);
}

guint
attest_exchange_column (const AttestExchangeLines *lines, const char *p)
{
  return (guint)g_utf8_strlen (lines->line, p - lines->line) + 1;
}

gboolean
attest_exchange_is_blank (const char *text)
{
  while (g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  return *text == '\0';
}

AttestEntry *
attest_exchange_add_word (const AttestExchangeInput *input, AttestOutline *outline, guint node,
                          const char *text, const char *wildcards, guint line, guint column,
                          GError **error)
{
  const char *valuetype = input->options->valuetype;

  if (attest_exchange_is_blank (text))
    {
      attest_exchange_throw (input, line, column, error, "a word is empty");
      return NULL;
    }
  if (g_strcmp0 (valuetype, "regex") == 0)
    {
      AttestEntry *entry = attest_outline_add_entry (
          outline, node, ATTEST_ENTRY_REGEX, attest_glob_dup_token_pattern (text), line, column);
      entry->any_edges = TRUE;
      return entry;
    }
  gboolean is_fixed = g_strcmp0 (valuetype, "fixed") == 0;
  char *glob = attest_glob_new (text, is_fixed ? "" : wildcards);
  return attest_outline_add_entry (outline, node, ATTEST_ENTRY_GLOB, glob, line, column);
}
