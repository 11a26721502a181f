/* Blocks by cmark, their sentences by the finder that codes interviews.
 *
 * cmark is given a text of equal length in which marks are letters, and says in which lines blocks
 * stand. What a block says is then read from these lines, so that each byte of a sentence has its
 * place in the file.
 */
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <string.h>

#include "report/attest-brief-private.h"
#include "util/attest-sentence.h"

typedef struct
{
  AttestBrief *brief;
  AttestSentenceFinder *finder;
  GString *plain;   /* what the block says */
  GArray *sources;  /* of gsize: for each byte of it, its place in the text */
  GArray *at_marks; /* of AttestSpan: byte of plain, index of a group */
  gsize marks_end;  /* where the last of them ends in the text, maybe on a later line */
  int untraced;     /* level of the heading whose section needs no references; 0: none */
  guint n_headings, n_sentences;
} Walk;

/* ---- what a block says ---- */

static void
add_byte (Walk *walk, char c, gsize source)
{
  g_string_append_c (walk->plain, c);
  g_array_append_val (walk->sources, source);
}

static void
drop_space (Walk *walk)
{
  while (walk->plain->len > 0 && walk->plain->str[walk->plain->len - 1] == ' ')
    g_string_truncate (walk->plain, walk->plain->len - 1);
  g_array_set_size (walk->sources, (guint)walk->plain->len);
}

/* The group that begins at @byte, or NULL. Groups are in order. */
static const AttestSpan *
find_group (const AttestBrief *brief, gsize byte, guint *out_index)
{
  guint low = 0, high = brief->groups->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      const AttestSpan *span = &g_array_index (brief->groups, AttestSpan, middle);

      if (span->start_byte == byte)
        {
          *out_index = middle;
          return span;
        }
      if (span->start_byte < byte)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

static gboolean
is_word_byte (char c)
{
  return g_ascii_isalnum (c) || (guchar)c >= 0x80;
}

/* Whether _ at @at is emphasis, and no part of a word. */
static gboolean
is_emphasis (const char *text, gsize at)
{
  return text[at] == '*' || text[at] == '`'
         || (text[at] == '_'
             && !(at > 0 && is_word_byte (text[at - 1]) && is_word_byte (text[at + 1])));
}

/* The text of a link, and a quotation, are not longer; so that no text takes time in its square. */
#define LOOK_AHEAD_BYTES 4096

/* Whether a bracket begins the text of a link. */
static gboolean
begins_link (const char *text, gsize at, gsize end)
{
  gsize close = at;

  while (close < MIN (end, at + LOOK_AHEAD_BYTES) && text[close] != ']')
    close++;

  return close + 1 < end && text[close] == ']' && text[close + 1] == '(';
}

/* A span of one line. */
static void
read_line (Walk *walk, gsize start, gsize end, gboolean is_row)
{
  const char *text = walk->brief->text;

  for (gsize at = MAX (start, walk->marks_end); at < end; at++)
    {
      guint group;
      const AttestSpan *span = find_group (walk->brief, at, &group);

      if (span != NULL)
        {
          AttestSpan mark = { walk->plain->len, group };

          if (text[span->end_byte] != '\0' && strchr (" .,;:!?", text[span->end_byte]) != NULL)
            drop_space (walk);
          g_array_append_val (walk->at_marks, mark);
          walk->marks_end = span->end_byte;
          at = span->end_byte - 1;
        }
      else if (text[at] == '\\' && at + 1 < end && g_ascii_ispunct (text[at + 1]))
        add_byte (walk, text[at + 1], at + 1), at++;
      else if (text[at] == ']' && at + 1 < end && text[at + 1] == '(')
        at += strcspn (text + at, ")\n"); /* where a link leads */
      else if (text[at] == '\t' || (is_row && text[at] == '|'))
        add_byte (walk, ' ', at);
      else if (!is_emphasis (text, at) && !(text[at] == '[' && begins_link (text, at, end)))
        add_byte (walk, text[at], at);
    }
}

/* @first, @last: lines, from 1. @column: of the first, from 1. */
static void
read_block (Walk *walk, int first, int last, int column, gboolean is_row)
{
  g_string_truncate (walk->plain, 0);
  g_array_set_size (walk->sources, 0);
  g_array_set_size (walk->at_marks, 0);
  for (int line = first; line <= last && line <= (int)walk->brief->lines->len; line++)
    {
      gsize start = g_array_index (walk->brief->lines, gsize, line - 1);
      const char *text = walk->brief->text;
      gsize end = start + strcspn (text + start, "\n");

      start = line == first ? MIN (start + (gsize)MAX (column - 1, 0), end)
                            : start + strspn (text + start, " \t>");
      if (walk->plain->len > 0)
        add_byte (walk, ' ', start);
      read_line (walk, MIN (start, end), end, is_row);
    }
}

/* ---- its sentences ---- */

/* How many quotation marks are open at the end of a span, if @depth were open at its begin. */
static int
count_open (const char *text, gsize start, gsize end, int depth)
{
  for (const char *at = text + start; at < text + end; at = g_utf8_next_char (at))
    switch (g_utf8_get_char (at))
      {
      case 0x201c: /* “ closes what „ opened */
        depth
            += depth > 0 && g_strstr_len (text + start, at - (text + start), "„") != NULL ? -1 : 1;
        break;
      case 0x00ab: /* « */
      case 0x201e: /* „ */
        depth++;
        break;
      case 0x201d: /* ” */
      case 0x00bb: /* » */
        depth = MAX (depth - 1, 0);
        break;
      case '"':
        depth += depth > 0 ? -1 : 1;
        break;
      default:
        break;
      }
  return depth;
}

/* A quotation of several sentences is part of the one that it begins in. */
static void
join_quotations (const char *text, gsize length, GArray *spans)
{
  for (guint i = 0; i + 1 < spans->len;)
    {
      AttestSpan *span = &g_array_index (spans, AttestSpan, i);
      AttestSpan *next = span + 1;
      int open = count_open (text, span->start_byte, next->start_byte, 0);

      if (open > 0
          && count_open (text, span->start_byte, MIN (length, next->start_byte + LOOK_AHEAD_BYTES),
                         0)
                 < open)
        {
          span->end_byte = next->end_byte;
          g_array_remove_index (spans, i + 1);
        }
      else
        i++;
    }
}

/* Whether the text before @end ends a sentence, but for quotation marks and brackets. */
static gboolean
ends_sentence (const char *text, gsize start, gsize end)
{
  while (end > start)
    {
      const char *at = g_utf8_prev_char (text + end);
      gunichar c = g_utf8_get_char (at);

      if (c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x61f || c == 0x3002)
        return TRUE;
      if (c != '"' && c != ')' && c != ' ' && c != 0x201d && c != 0xbb && c != 0x201c
          && c != 0x2019)
        return FALSE;
      end = (gsize)(at - text);
    }
  return FALSE;
}

/* The end of the full stop, and of what belongs to it, right at @at; @end: there is none. */
static gsize
find_stop (const char *text, gsize at, gsize end)
{
  gsize stops = strspn (text + at, ".!?");

  at += stops;
  return stops > 0 && at < end && text[at] == ' ' ? at : end;
}

/* What stands in braces before or after the end of a sentence ends it, also a very short one, which
 * the finder takes for a part of the next. */
static void
split_at_marks (const char *text, const GArray *at_marks, GArray *spans)
{
  for (guint i = 0, k = 0; i < at_marks->len; i++)
    {
      gsize at = g_array_index (at_marks, AttestSpan, i).start_byte;
      AttestSpan *span;
      AttestSpan rest;

      while (k < spans->len && g_array_index (spans, AttestSpan, k).end_byte <= at)
        k++;
      if (k == spans->len)
        return;
      span = &g_array_index (spans, AttestSpan, k);
      if (at > span->start_byte && !ends_sentence (text, span->start_byte, at))
        at = find_stop (text, at, span->end_byte);
      if (at <= span->start_byte || at >= span->end_byte)
        continue;
      rest = (AttestSpan){ at + strspn (text + at, " "), span->end_byte };
      span->end_byte = at;
      while (span->end_byte > span->start_byte && text[span->end_byte - 1] == ' ')
        span->end_byte--;
      if (rest.start_byte < rest.end_byte)
        g_array_insert_val (spans, k + 1, rest);
    }
}

static gboolean
has_letters (const char *text, gsize length)
{
  for (const char *at = text; at < text + length; at = g_utf8_next_char (at))
    if (g_unichar_isalnum (g_utf8_get_char (at)))
      return TRUE;
  return FALSE;
}

static void
add_sentence (Walk *walk, AttestSentenceType type, AttestSpan span)
{
  AttestBriefSentence sentence = { .type = type, .is_traced = walk->untraced == 0 };
  gsize last = span.end_byte - 1;

  sentence.start_byte = g_array_index (walk->sources, gsize, span.start_byte);
  sentence.end_byte = g_array_index (walk->sources, gsize, last) + 1;
  sentence.text = g_strndup (walk->plain->str + span.start_byte, span.end_byte - span.start_byte);
  if (type == ATTEST_SENTENCE_HEADING)
    sentence.heading = walk->n_headings;
  else
    sentence.number = ++walk->n_sentences;
  g_array_append_val (walk->brief->sentences, sentence);
}

static void
give_mark (AttestBrief *brief, guint mark, guint index)
{
  AttestBriefSentence *sentence;

  if (index == G_MAXUINT)
    return;
  g_array_index (brief->marks, AttestMark, mark).sentence = index;
  sentence = &g_array_index (brief->sentences, AttestBriefSentence, index);
  if (sentence->end_mark == 0)
    sentence->first_mark = mark;
  sentence->end_mark = mark + 1;
}

/* Marks belong to the sentence that has begun where they stand. */
static void
attach_marks (Walk *walk, const GArray *spans, guint first_sentence)
{
  AttestBrief *brief = walk->brief;
  guint k = 0;

  for (guint i = 0; i < walk->at_marks->len; i++)
    {
      const AttestSpan *at = &g_array_index (walk->at_marks, AttestSpan, i);
      guint next = g_array_index (brief->group_marks, guint, at->end_byte);

      while (k + 1 < spans->len
             && g_array_index (spans, AttestSpan, k + 1).start_byte < at->start_byte)
        k++;
      while (attest_brief_next_of_group (brief, (guint)at->end_byte, &next) != NULL)
        give_mark (brief, next - 1, spans->len > 0 ? first_sentence + k : G_MAXUINT);
    }
}

static void
take_block (Walk *walk, AttestSentenceType type)
{
  g_autoptr (GArray) spans = NULL;
  guint first = walk->brief->sentences->len;
  const char *text = walk->plain->str;

  if (type == ATTEST_SENTENCE_PLAIN)
    {
      attest_sentence_finder_set_text (walk->finder, text, walk->plain->len, walk->brief->lang);
      spans = attest_sentence_finder_list (walk->finder);
      split_at_marks (text, walk->at_marks, spans);
      join_quotations (text, walk->plain->len, spans);
    }
  else
    {
      AttestSpan all = { strspn (text, " "), walk->plain->len };

      while (all.end_byte > all.start_byte && text[all.end_byte - 1] == ' ')
        all.end_byte--;
      spans = g_array_new (FALSE, FALSE, sizeof (AttestSpan));
      g_array_append_val (spans, all);
    }
  for (guint i = spans->len; i-- > 0;)
    {
      const AttestSpan *span = &g_array_index (spans, AttestSpan, i);

      if (!has_letters (text + span->start_byte, span->end_byte - span->start_byte))
        g_array_remove_index (spans, i);
    }
  for (guint i = 0; i < spans->len; i++)
    add_sentence (walk, type, g_array_index (spans, AttestSpan, i));
  attach_marks (walk, spans, first);
}

/* ---- blocks ---- */

/* Whether the head of the brief names the heading. */
static gboolean
is_listed (const Walk *walk)
{
  const GArray *untraced = walk->brief->untraced;

  for (guint i = 0; i < untraced->len; i++)
    if (g_array_index (untraced, guint, i) == walk->n_headings)
      return TRUE;
  return FALSE;
}

/* Whether the heading says so itself, or the head of the brief does. */
static gboolean
is_untraced (const Walk *walk)
{
  const AttestBrief *brief = walk->brief;

  if (is_listed (walk))
    return TRUE;
  for (guint i = 0; i < walk->at_marks->len; i++)
    {
      guint group = (guint)g_array_index (walk->at_marks, AttestSpan, i).end_byte;
      guint next = g_array_index (brief->group_marks, guint, group);
      const AttestMark *mark;

      while ((mark = attest_brief_next_of_group (brief, group, &next)) != NULL)
        if (mark->type == ATTEST_MARK_UNTRACED)
          return TRUE;
    }
  return FALSE;
}

/* The line below a heading that is made one by underlining it. */
static int
find_underline (const Walk *walk, int first)
{
  int line = first;

  while (line < (int)walk->brief->lines->len)
    {
      const char *text = walk->brief->text + g_array_index (walk->brief->lines, gsize, line);
      gsize indent = strspn (text, " \t>"), length = strspn (text + indent, "=-");

      line++;
      if (length > 0 && strspn (text + indent + length, " \t\n") > 0)
        break;
    }
  return line;
}

static void
take_heading (Walk *walk, cmark_node *node)
{
  int first = cmark_node_get_start_line (node);
  int level = cmark_node_get_heading_level (node);
  gsize start = g_array_index (walk->brief->lines, gsize, first - 1);
  const char *text = walk->brief->text + start + MAX (cmark_node_get_start_column (node) - 1, 0);
  int hashes = (int)strspn (text, "#");

  walk->n_headings++;
  if (hashes > 0)
    read_block (walk, first, first, cmark_node_get_start_column (node) + hashes, FALSE);
  else /* underlined */
    read_block (walk, first, MAX (find_underline (walk, first) - 1, first),
                cmark_node_get_start_column (node), FALSE);
  if (walk->untraced >= level)
    walk->untraced = 0;
  if (walk->untraced == 0 && is_untraced (walk))
    {
      walk->untraced = level;
      if (!is_listed (walk))
        g_array_append_val (walk->brief->untraced, walk->n_headings);
    }
  take_block (walk, ATTEST_SENTENCE_HEADING);
}

static gboolean
is_in_quotation (cmark_node *node)
{
  for (node = cmark_node_parent (node); node != NULL; node = cmark_node_parent (node))
    if (cmark_node_get_type (node) == CMARK_NODE_BLOCK_QUOTE)
      return TRUE;
  return FALSE;
}

static void
take_html (Walk *walk, cmark_node *node)
{
  int first = cmark_node_get_start_line (node), last = cmark_node_get_end_line (node);
  AttestSpan span;

  span.start_byte = g_array_index (walk->brief->lines, gsize, first - 1);
  span.end_byte = last < (int)walk->brief->lines->len
                      ? g_array_index (walk->brief->lines, gsize, last)
                      : walk->brief->length_bytes;
  g_array_append_val (walk->brief->html, span);
}

static void
take_node (Walk *walk, cmark_node *node)
{
  int first = cmark_node_get_start_line (node);
  const char *type = cmark_node_get_type_string (node);

  if (cmark_node_get_type (node) == CMARK_NODE_HEADING)
    take_heading (walk, node);
  else if (cmark_node_get_type (node) == CMARK_NODE_PARAGRAPH)
    {
      read_block (walk, first, cmark_node_get_end_line (node), cmark_node_get_start_column (node),
                  FALSE);
      take_block (walk, is_in_quotation (node) ? ATTEST_SENTENCE_QUOTATION : ATTEST_SENTENCE_PLAIN);
    }
  else if (strcmp (type, "table_row") == 0)
    {
      read_block (walk, first, first, cmark_node_get_start_column (node), TRUE);
      take_block (walk, ATTEST_SENTENCE_ROW);
    }
  else if (strcmp (type, "table_header") == 0)
    {
      read_block (walk, first, first, cmark_node_get_start_column (node), TRUE);
      take_block (walk, ATTEST_SENTENCE_HEADING);
    }
  else if (cmark_node_get_type (node) == CMARK_NODE_HTML_BLOCK)
    take_html (walk, node);
}

cmark_node *
attest_brief_parse_markdown (const char *text, gsize length_bytes)
{
  cmark_parser *parser;
  cmark_syntax_extension *table;
  cmark_node *root;

  cmark_gfm_core_extensions_ensure_registered ();
  parser = cmark_parser_new (CMARK_OPT_DEFAULT);
  table = cmark_find_syntax_extension ("table");
  if (table != NULL)
    cmark_parser_attach_syntax_extension (parser, table);
  cmark_parser_feed (parser, text, length_bytes);
  root = cmark_parser_finish (parser);
  cmark_parser_free (parser);
  return root;
}

/* Whether it is known where a node begins. */
static gboolean
is_placed (const Walk *walk, cmark_node *node)
{
  int line = cmark_node_get_start_line (node);

  return line > 0 && line <= (int)walk->brief->lines->len;
}

void
attest_brief_find_sentences (AttestBrief *brief, const char *masked)
{
  Walk walk = { .brief = brief,
                .finder = attest_sentence_finder_new (),
                .plain = g_string_new (NULL),
                .sources = g_array_new (FALSE, FALSE, sizeof (gsize)),
                .at_marks = g_array_new (FALSE, FALSE, sizeof (AttestSpan)) };
  cmark_node *root = attest_brief_parse_markdown (masked, brief->length_bytes);
  cmark_iter *iter = cmark_iter_new (root);

  for (cmark_event_type event = cmark_iter_next (iter); event != CMARK_EVENT_DONE;
       event = cmark_iter_next (iter))
    if (event == CMARK_EVENT_ENTER && is_placed (&walk, cmark_iter_get_node (iter)))
      take_node (&walk, cmark_iter_get_node (iter));
  cmark_iter_free (iter);
  cmark_node_free (root);
  g_array_unref (walk.sources);
  g_array_unref (walk.at_marks);
  g_string_free (walk.plain, TRUE);
  attest_sentence_finder_free (walk.finder);
}
