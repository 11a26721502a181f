/* The head of a brief, where its body ends, and small questions about it. */
#include "report/attest-brief.h"

#include <string.h>

#include "report/attest-brief-private.h"
#include "util/attest-error.h"
#include "util/attest-limits.h"

#define FORMAT "brief/1"

static void
clear_mark (gpointer item)
{
  g_free (((AttestMark *)item)->id);
}

static void
clear_sentence (gpointer item)
{
  g_free (((AttestBriefSentence *)item)->text);
}

void
attest_brief_free (AttestBrief *brief)
{
  if (brief == NULL)
    return;
  g_free (brief->path);
  g_free (brief->text);
  g_free (brief->lang);
  g_clear_pointer (&brief->characters, attest_char_map_free);
  g_array_unref (brief->lines);
  g_array_unref (brief->groups);
  g_array_unref (brief->group_marks);
  g_array_unref (brief->marks);
  g_array_unref (brief->sentences);
  g_array_unref (brief->untraced);
  g_array_unref (brief->html);
  g_free (brief);
}

/* ---- the head: "key: value" between two lines of three dashes ---- */

static gboolean
complain (const AttestBrief *brief, gsize byte, GError **error, const char *message)
{
  guint line, column;

  attest_brief_get_place (brief, byte, &line, &column);
  return attest_throw (error, ATTEST_ERROR_INPUT, "%s:%u:%u: %s", brief->path, line, column,
                       message);
}

/* "3 5" */
static gboolean
read_numbers (const char *value, GArray *numbers)
{
  g_auto (GStrv) words = g_strsplit (value, " ", -1);

  for (char **word = words; *word != NULL; word++)
    {
      guint64 number;
      guint n;

      if (**word == '\0')
        continue;
      if (!g_ascii_string_to_unsigned (*word, 10, 1, G_MAXUINT - 1, &number, NULL))
        return FALSE;
      n = (guint)number;
      g_array_append_val (numbers, n);
    }
  return TRUE;
}

static gboolean
read_head_line (AttestBrief *brief, const char *line, gsize byte, GError **error)
{
  const char *colon = strchr (line, ':');
  g_autofree char *key
      = colon != NULL ? g_strstrip (g_strndup (line, (gsize)(colon - line))) : NULL;
  g_autofree char *value = colon != NULL ? g_strstrip (g_strdup (colon + 1)) : NULL;

  if (*line == '\0' || *line == '#')
    return TRUE;
  if (key == NULL)
    return complain (brief, byte, error, "a line of the head is 'key: value'");
  if (strcmp (key, "attest") == 0)
    return strcmp (value, FORMAT) == 0
           || complain (brief, byte, error,
                        "the format of this brief is not known: 'attest: " FORMAT "'");
  if (strcmp (key, "lang") == 0)
    {
      if (strlen (value) != 2 || !g_ascii_islower (value[0]) || !g_ascii_islower (value[1]))
        return complain (brief, byte, error, "'lang' is a code of two letters, like 'lang: fr'");
      g_free (brief->lang);
      brief->lang = g_strdup (value);
      return TRUE;
    }
  if (strcmp (key, "untraced") == 0)
    return read_numbers (value, brief->untraced)
           || complain (brief, byte, error, "'untraced' lists numbers of headings: '2 3'");
  return complain (brief, byte, error,
                   "the head of a brief knows only 'attest', 'lang' and 'untraced'");
}

static gboolean
read_head (AttestBrief *brief, GError **error)
{
  const char *text = brief->text;
  const char *at;

  if (!g_str_has_prefix (text, "---\n"))
    return TRUE;
  for (at = text + 4; *at != '\0';)
    {
      const char *end = at + strcspn (at, "\n");
      g_autofree char *line = g_strndup (at, (gsize)(end - at));

      if (strcmp (g_strchomp (line), "---") == 0)
        {
          brief->body_byte = (gsize)(end - text) + (*end == '\n');
          return TRUE;
        }
      if (!read_head_line (brief, line, (gsize)(at - text), error))
        return FALSE;
      at = *end == '\n' ? end + 1 : end;
    }
  return complain (brief, 0, error, "the head does not end: a line '---' is missing below it");
}

/* Where a footnote is first defined at the beginning of a line: nothing but those follows. */
static gsize
find_end (const AttestBrief *brief)
{
  const char *at = brief->text + brief->body_byte;

  while (at != NULL && *at != '\0')
    {
      const char *close = g_str_has_prefix (at, "[^") ? strpbrk (at + 2, "]\n") : NULL;

      if (close != NULL && close[0] == ']' && close[1] == ':')
        return (gsize)(at - brief->text);
      at = strchr (at, '\n');
      if (at != NULL)
        at++;
    }
  return brief->length_bytes;
}

/* Head and footnotes blank, marks letters in braces: no markup is found in them, and every byte
 * stays in its place. */
static char *
dup_masked (const AttestBrief *brief)
{
  char *masked = g_memdup2 (brief->text, brief->length_bytes + 1);

  for (gsize i = 0; i < brief->length_bytes; i++)
    if (((i < brief->body_byte || i >= brief->end_byte) && masked[i] != '\n') || masked[i] == '\r')
      masked[i] = ' '; /* to cmark, CR ends a line */
  for (guint i = 0; i < brief->groups->len; i++)
    {
      const AttestSpan *span = &g_array_index (brief->groups, AttestSpan, i);

      masked[span->start_byte] = '{';
      for (gsize k = span->start_byte + 1; k + 1 < span->end_byte; k++)
        masked[k] = masked[k] == '\n' ? '\n' : 'x';
      masked[span->end_byte - 1] = '}';
    }
  return masked;
}

static void
find_lines (AttestBrief *brief)
{
  for (gsize at = 0; at < brief->length_bytes; at += strcspn (brief->text + at, "\n") + 1)
    g_array_append_val (brief->lines, at);
  brief->characters = attest_char_map_new (brief->text, brief->length_bytes);
}

AttestBrief *
attest_brief_parse (const char *path, const char *text, gsize length_bytes, GError **error)
{
  g_autoptr (AttestBrief) brief = g_new0 (AttestBrief, 1);
  g_autofree char *masked = NULL;

  brief->path = g_strdup (path);
  brief->text = g_strndup (text, length_bytes);
  brief->length_bytes = length_bytes;
  brief->lang = g_strdup ("en");
  brief->lines = g_array_new (FALSE, FALSE, sizeof (gsize));
  brief->groups = g_array_new (FALSE, FALSE, sizeof (AttestSpan));
  brief->group_marks = g_array_new (FALSE, FALSE, sizeof (guint));
  brief->marks = g_array_new (FALSE, FALSE, sizeof (AttestMark));
  brief->sentences = g_array_new (FALSE, FALSE, sizeof (AttestBriefSentence));
  brief->untraced = g_array_new (FALSE, FALSE, sizeof (guint));
  brief->html = g_array_new (FALSE, FALSE, sizeof (AttestSpan));
  g_array_set_clear_func (brief->marks, clear_mark);
  g_array_set_clear_func (brief->sentences, clear_sentence);
  if (length_bytes > ATTEST_MAX_BRIEF_BYTES)
    return attest_throw_null (error, ATTEST_ERROR_LIMIT,
                              "%s: longer than %u bytes: a brief has two pages", path,
                              ATTEST_MAX_BRIEF_BYTES);
  find_lines (brief);
  if (!read_head (brief, error))
    return NULL;
  brief->end_byte = find_end (brief);
  attest_brief_find_marks (brief);
  masked = dup_masked (brief);
  attest_brief_find_sentences (brief, masked);
  return g_steal_pointer (&brief);
}

/* ---- questions ---- */

/* Whether the sentence stands at a line, and there ends behind a column, from 1; 0: any. */
static gboolean
stands_at (const AttestBrief *brief, const AttestBriefSentence *sentence, guint line, guint column)
{
  guint first, first_column, last, last_column;

  attest_brief_get_place (brief, sentence->start_byte, &first, &first_column);
  attest_brief_get_place (brief, sentence->end_byte, &last, &last_column);
  return first <= line && line <= last && (column == 0 || last > line || last_column > column);
}

const AttestBriefSentence *
attest_brief_find_sentence (const AttestBrief *brief, const char *where)
{
  gboolean is_number = g_ascii_toupper (*where) == 'S';
  g_auto (GStrv) parts = g_strsplit (is_number ? where + 1 : where, ":", 2);
  guint64 wanted, column = 0;

  if (parts[0] == NULL || !g_ascii_string_to_unsigned (parts[0], 10, 1, G_MAXUINT, &wanted, NULL)
      || (parts[1] != NULL
          && (is_number
              || !g_ascii_string_to_unsigned (parts[1], 10, 1, G_MAXUINT, &column, NULL))))
    return NULL;
  for (guint i = 0; i < brief->sentences->len; i++)
    {
      const AttestBriefSentence *sentence = attest_brief_sentence (brief, i);

      if (is_number ? sentence->number == wanted
                    : stands_at (brief, sentence, (guint)wanted, (guint)column))
        return sentence;
    }
  return NULL;
}

void
attest_brief_get_place (const AttestBrief *brief, gsize byte, guint *out_line, guint *out_column)
{
  guint low = 0, high = brief->lines->len;
  gsize start;

  /* The last line that does not begin behind it. */
  while (low + 1 < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (brief->lines, gsize, middle) <= byte)
        low = middle;
      else
        high = middle;
    }
  start = brief->lines->len > 0 ? g_array_index (brief->lines, gsize, low) : 0;
  *out_line = low + 1;
  *out_column = (guint)(attest_char_map_to_char (brief->characters, byte)
                        - attest_char_map_to_char (brief->characters, start))
                + 1;
}

char *
attest_brief_dup_escaped (const char *text)
{
  g_autofree char *line = attest_text_printable (text, strlen (text), 0);
  GString *out = g_string_new (NULL);

  for (const char *at = line; *at != '\0'; at++)
    {
      gboolean may_begin_list = at == line && strchr ("-+#=>", *at) != NULL;
      gboolean may_end_number = (*at == '.' || *at == ')') && at > line
                                && strspn (line, "0123456789") == (gsize)(at - line);

      if (may_begin_list || may_end_number || strchr ("\\`*_{}[]<>|~&", *at) != NULL)
        g_string_append_c (out, '\\');
      g_string_append_c (out, *at);
    }
  return g_string_free (out, FALSE);
}
