/* What stands in braces. */
#include <string.h>

#include "report/attest-brief-private.h"

/* Words that are marks by themselves. */
static const struct
{
  const char *word;
  AttestMarkType type;
} words[] = {
  { "judgement", ATTEST_MARK_JUDGEMENT },
  { "judgment", ATTEST_MARK_JUDGEMENT },
  { "J", ATTEST_MARK_JUDGEMENT },
  { "boilerplate", ATTEST_MARK_BOILERPLATE },
  { "B", ATTEST_MARK_BOILERPLATE },
  { "untraced", ATTEST_MARK_UNTRACED },
  { "todo", ATTEST_MARK_GAP },
  { "silence", ATTEST_MARK_SILENCE },
};

static const struct
{
  const char *prefix;
  AttestMarkType type;
} prefixes[] = {
  { "rating:", ATTEST_MARK_RATING },
  { "count:", ATTEST_MARK_COUNT },
};

static gboolean
is_entry (const char *word)
{
  return *word != '\0' && strchr ("FCRLG", *word) != NULL && word[1] != '\0'
         && word[1 + strspn (word + 1, "0123456789")] == '\0';
}

/* The alphabet of quote ids, see the store; whether there is such a quote is another question. */
static gboolean
is_quote (const char *word)
{
  return *word == 'Q' && strlen (word) >= 5
         && word[strspn (word, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")] == '\0';
}

/* What one word in braces is. */
static AttestMark
read_word (const char *word)
{
  g_autofree char *capitals = g_ascii_strup (word, -1);
  AttestMark mark = { .type = ATTEST_MARK_UNKNOWN, .sentence = G_MAXUINT };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (word, words[i].word) == 0)
      {
        mark.type = words[i].type;
        mark.id = g_strdup ("");
        return mark;
      }
  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_ascii_strncasecmp (word, prefixes[i].prefix, strlen (prefixes[i].prefix)) == 0
        && word[strlen (prefixes[i].prefix)] != '\0')
      {
        mark.type = prefixes[i].type;
        mark.id = g_strdup (word + strlen (prefixes[i].prefix));
        return mark;
      }
  if (is_entry (capitals))
    mark.type = ATTEST_MARK_ENTRY;
  else if (is_quote (capitals))
    mark.type = ATTEST_MARK_QUOTE;
  mark.id = mark.type == ATTEST_MARK_UNKNOWN ? g_strdup (word) : g_steal_pointer (&capitals);
  return mark;
}

/* @start, @end: of what stands in the braces. */
static void
add_words (AttestBrief *brief, gsize start, gsize end)
{
  const char *text = brief->text;

  while (start < end)
    {
      gsize stop;

      while (start < end && strchr (" ,;\n\t", text[start]) != NULL)
        start++;
      for (stop = start; stop < end && strchr (" ,;\n\t", text[stop]) == NULL;)
        stop++;
      if (stop > start)
        {
          g_autofree char *word = g_strndup (text + start, stop - start);
          AttestMark mark = read_word (word);

          mark.start_byte = start;
          mark.end_byte = stop;
          mark.group = brief->groups->len - 1;
          g_array_append_val (brief->marks, mark);
        }
      start = stop;
    }
}

/* Marks that have their braces for themselves, and say something in words. */
static const struct
{
  const char *word;
  AttestMarkType type;
} long_marks[] = { { "todo", ATTEST_MARK_GAP }, { "silence", ATTEST_MARK_SILENCE } };

/* Whether what stands in the braces is one of @long_marks. */
static gboolean
add_long (AttestBrief *brief, gsize start, gsize end)
{
  const char *text = brief->text;

  for (gsize i = 0; i < G_N_ELEMENTS (long_marks); i++)
    {
      gsize from = start + strlen (long_marks[i].word);
      AttestMark mark = { .type = long_marks[i].type,
                          .start_byte = start,
                          .end_byte = end,
                          .group = brief->groups->len - 1,
                          .sentence = G_MAXUINT };

      if (from > end
          || g_ascii_strncasecmp (text + start, long_marks[i].word, strlen (long_marks[i].word))
                 != 0
          || (from < end && strchr (":. \n\t,;", text[from]) == NULL))
        continue;
      if (from < end && text[from] == ':')
        from++;
      mark.id = g_strstrip (g_strndup (text + from, end - from));
      g_array_append_val (brief->marks, mark);
      return TRUE;
    }
  return FALSE;
}

/* @open_bytes: of what opens, "{" or "[^". @end: of what closes. */
static void
add_group (AttestBrief *brief, gsize start, gsize open_bytes, gsize end)
{
  AttestSpan span = { start, end };
  guint n_before = brief->marks->len;
  gsize inside = start + open_bytes, inside_end = end - 1;

  g_array_append_val (brief->groups, span);
  if (!add_long (brief, inside, inside_end))
    add_words (brief, inside, inside_end);
  if (brief->marks->len == n_before)
    g_array_set_size (brief->groups, brief->groups->len - 1);
}

/* An opening brace that nothing closes before the paragraph ends. */
static void
add_unclosed (AttestBrief *brief, gsize start)
{
  AttestMark mark = { .type = ATTEST_MARK_UNKNOWN,
                      .id = g_strdup ("{"),
                      .start_byte = start,
                      .end_byte = start + 1,
                      .group = G_MAXUINT,
                      .sentence = G_MAXUINT };

  g_array_append_val (brief->marks, mark);
}

/* The closing character in the same paragraph, or NULL. */
static const char *
find_close (const char *at, const char *end, char close)
{
  for (; at < end && *at != close; at++)
    if (*at == '{' || (*at == '[' && close == ']')
        || (*at == '\n' && at + 1 < end && at[1 + strspn (at + 1, " \t")] == '\n'))
      return NULL;
  return at < end ? at : NULL;
}

static void
index_groups (AttestBrief *brief)
{
  g_array_set_size (brief->group_marks, brief->groups->len);
  for (guint i = brief->marks->len; i-- > 0;)
    if (attest_brief_mark (brief, i)->group != G_MAXUINT)
      g_array_index (brief->group_marks, guint, attest_brief_mark (brief, i)->group) = i;
}

void
attest_brief_find_marks (AttestBrief *brief)
{
  const char *text = brief->text, *end = text + brief->end_byte;

  for (const char *at = text + brief->body_byte; at < end; at++)
    {
      gboolean is_footnote = *at == '[' && at + 1 < end && at[1] == '^';
      const char *close;

      if (*at == '\\')
        {
          at++;
          continue;
        }
      if (*at != '{' && !is_footnote)
        continue;
      close = find_close (at + 1, end, is_footnote ? ']' : '}');
      if (close != NULL)
        {
          add_group (brief, (gsize)(at - text), is_footnote ? 2 : 1, (gsize)(close + 1 - text));
          at = close;
        }
      else if (!is_footnote)
        add_unclosed (brief, (gsize)(at - text));
    }
  index_groups (brief);
}

char *
attest_mark_dup_id (const AttestMark *mark)
{
  switch (mark->type)
    {
    case ATTEST_MARK_ENTRY:
    case ATTEST_MARK_QUOTE:
      return g_strdup (mark->id);
    case ATTEST_MARK_RATING:
      return g_strconcat ("rating:", mark->id, NULL);
    case ATTEST_MARK_COUNT:
      return g_strconcat ("count:", mark->id, NULL);
    case ATTEST_MARK_JUDGEMENT:
      return g_strdup ("judgement");
    case ATTEST_MARK_BOILERPLATE:
      return g_strdup ("boilerplate");
    default:
      return NULL;
    }
}
