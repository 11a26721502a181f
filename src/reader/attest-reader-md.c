/* Markdown: the words without the markup. Front matter becomes metadata; headings and bold text
 * become marks for attest-turns. */
#include "config.h"

#include <string.h>

#include "reader/attest-decode.h"
#include "reader/attest-flow.h"
#include "reader/attest-reader-private.h"
#include "reader/attest-turns.h"

static const char *const suffixes[] = { "md", "markdown", NULL };

/* Less than a format that can be nothing else, more than a name. */
#define PROBE_LOOKS_LIKE 70

static gboolean
matches_twice (const char *text, const char *pattern)
{
  g_autoptr (GRegex) regex
      = g_regex_new (pattern, G_REGEX_MULTILINE | G_REGEX_NEWLINE_ANYCRLF, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  return g_regex_match (regex, text, 0, &match) && g_match_info_next (match, NULL);
}

/* Front matter, or two lines that open with a bold name and its colon or time: a plain text would
 * keep the asterisks as said. */
static gboolean
looks_like_markdown (const char *head)
{
  return g_regex_match_simple ("\\A---\\R[\\w -]{1,40}:(?: .*)?\\R(?s:.*)^---\\s*$", head,
                               G_REGEX_MULTILINE | G_REGEX_NEWLINE_ANYCRLF, 0)
         || matches_twice (head,
                           "^(\\*\\*|__)[^*_\\n]{1,60}(?::\\1|\\1 *(?::|[(\\[]?\\d{1,2}:\\d\\d))");
}

static int
probe (const AttestProbe *p)
{
  if (p->head_text == NULL)
    return 0;
  if (g_strcmp0 (p->suffix, "md") == 0 || g_strcmp0 (p->suffix, "markdown") == 0)
    return ATTEST_PROBE_SUFFIX;
  return looks_like_markdown (p->head_text) ? PROBE_LOOKS_LIKE : 0;
}

typedef struct
{
  GString *out;
  GArray *marks;
} Writer;

static void
add_mark (Writer *w, AttestMarkKind kind, gsize start)
{
  AttestMark mark = { kind, start, w->out->len };

  if (mark.end_byte > mark.start_byte)
    g_array_append_val (w->marks, mark);
}

/* "key: value" lines between two "---"; "- item" lines belong to the key above. */
static const char *
read_front_matter (AttestDocument *doc, const char *text)
{
  const char *line = text + 4;
  g_autofree char *key = NULL;
  g_autoptr (GString) value = g_string_new (NULL);

  if (!g_str_has_prefix (text, "---\n") || strstr (line, "\n---") == NULL)
    return text;
  while (*line != '\0')
    {
      const char *end = strchrnul (line, '\n');
      g_autofree char *copy = g_strndup (line, (gsize)(end - line));
      char *colon = strchr (copy, ':');
      gboolean last = g_str_has_prefix (copy, "---");

      line = *end == '\n' ? end + 1 : end;
      if (!last && (copy[0] == ' ' || copy[0] == '-' || copy[0] == '\t' || colon == NULL))
        {
          const char *item = copy + strspn (copy, " -\t");

          g_string_append_printf (value, "%s%s", value->len > 0 ? ", " : "", item);
          continue;
        }
      if (key != NULL)
        attest_document_add_metadata (doc, key, g_strstrip (value->str));
      g_string_truncate (value, 0);
      g_clear_pointer (&key, g_free);
      if (last)
        return line;
      *colon = '\0';
      key = g_strdup (g_strstrip (copy));
      g_string_append (value, g_strstrip (colon + 1));
    }
  return line;
}

/* Where the next closing brackets are, so that none is looked for twice in a line of brackets. */
typedef struct
{
  const char *square, *angle, *round; /* at or behind the byte last asked for; the end: none */
} Closers;

/* The first @closer from @p on, or NULL. */
static const char *
find_closer (const char **known, char closer, const char *p, const char *end)
{
  if (*known == NULL || *known < p)
    *known = memchr (p, closer, (gsize)(end - p));
  if (*known == NULL)
    *known = end;
  return *known < end ? *known : NULL;
}

/* The first byte from @p on that may be markup. */
static const char *
skip_words (const char *p, const char *end)
{
  static const guchar is_markup[256]
      = { ['\\'] = 1, ['*'] = 1, ['_'] = 1, ['`'] = 1, ['<'] = 1, ['['] = 1 };

  while (p < end && !is_markup[(guchar)*p])
    p++;
  return p;
}

/* A single '*' or '_' that is markup: it touches a word on one side only ("2 * 3", "snake_case").
 */
static gboolean
is_emphasis (const char *start, const char *p, const char *end)
{
  gboolean left = p > start && !g_ascii_isspace (p[-1]);
  gboolean right = p + 1 < end && !g_ascii_isspace (p[1]);

  if (*p == '*')
    return left || right;
  left = p > start && (g_ascii_isalnum (p[-1]) || (guchar)p[-1] >= 0x80);
  right = p + 1 < end && (g_ascii_isalnum (p[1]) || (guchar)p[1] >= 0x80);
  return left != right;
}

/* One line, from @p to @end, without its inline markup. */
static void
write_inline (Writer *w, const char *p, const char *end)
{
  const char *start = p;
  gsize bold_start = 0;
  gboolean bold = FALSE;
  Closers closers = { NULL };

  while (p < end)
    {
      const char *close = NULL, *after = NULL;
      const char *stop = skip_words (p, end);

      g_string_append_len (w->out, p, stop - p);
      p = stop;
      if (p == end)
        break;
      if (*p == '\\' && p + 1 < end && g_ascii_ispunct (p[1]))
        {
          g_string_append_c (w->out, p[1]);
          p += 2;
        }
      else if ((*p == '*' || *p == '_') && p + 1 < end && p[1] == *p)
        {
          if (bold)
            add_mark (w, ATTEST_MARK_BOLD, bold_start);
          bold = !bold;
          bold_start = w->out->len;
          p += 2;
        }
      else if (*p == '`' || ((*p == '*' || *p == '_') && is_emphasis (start, p, end)))
        p++;
      else if (*p == '<' && (close = find_closer (&closers.angle, '>', p, end)) != NULL
               && (g_ascii_isalpha (p[1]) || p[1] == '/' || p[1] == '!'))
        p = close + 1;
      else if (*p == '[' && (close = find_closer (&closers.square, ']', p, end)) != NULL
               && close + 1 < end && close[1] == '('
               && (after = find_closer (&closers.round, ')', close, end)) != NULL)
        {
          write_inline (w, p + 1, close);
          p = after + 1;
        }
      else
        g_string_append_c (w->out, *p++);
    }
}

static void
write_line (Writer *w, const char *p, const char *end)
{
  gsize start = w->out->len;
  gsize level = 0;

  while (p + level < end && p[level] == '#')
    level++;
  if (level > 0 && level <= 6 && p + level < end && p[level] == ' ')
    {
      write_inline (w, p + level + 1, end);
      add_mark (w, ATTEST_MARK_HEADING, start);
    }
  else
    {
      while (p < end && (*p == '>' || (*p == ' ' && p > end - 1)))
        p++;
      write_inline (w, p, end);
    }
}

static int
by_start (gconstpointer a, gconstpointer b)
{
  const AttestMark *x = a, *y = b;

  return x->start_byte < y->start_byte ? -1 : x->start_byte > y->start_byte;
}

static gboolean
read_md (AttestDocument *doc, const AttestReadOptions *options, GError **error)
{
  gsize size = 0, length_bytes = 0;
  const guint8 *bytes = g_bytes_get_data (doc->original, &size);
  g_autofree char *text = attest_decode (doc, bytes, size, options->encoding, &length_bytes, error);
  g_autoptr (AttestFlow) flow = attest_flow_new ();
  Writer w = { .out = flow->text, .marks = flow->marks };
  const char *p;

  if (text == NULL)
    return FALSE;
  p = read_front_matter (doc, text);
  while (*p != '\0')
    {
      const char *end = strchrnul (p, '\n');

      write_line (&w, p, end);
      if (*end == '\n')
        g_string_append_c (w.out, '\n');
      p = *end == '\n' ? end + 1 : end;
    }
  /* Without markup between them, letters and accents may go together. */
  attest_flow_normalise (flow);
  g_array_sort (flow->marks, by_start);
  length_bytes = flow->text->len;
  attest_document_take_text (doc, g_string_free (flow->text, FALSE), length_bytes);
  flow->text = g_string_new (NULL);
  attest_turns_find_expecting (doc, flow->marks, options->interviewers);
  return TRUE;
}

const AttestReader attest_reader_md = { "md", "Markdown", suffixes, probe, read_md };
