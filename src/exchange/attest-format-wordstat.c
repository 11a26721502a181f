/* attest-format-wordstat: .cat, categories and words as a tree indented by tabs.
 *
 * A line that ends in a weight, "word (1)", is a word; others are categories. "_" joins the words
 * of a phrase. Lines that begin with "@" or have "#CATEGORY" in them are rules (NEAR, BEFORE,
 * AFTER), which are not translated.
 */
#include <string.h>

#include "exchange/attest-exchange-private.h"

#define MAX_DEPTH 64

static gboolean
is_tail (const char *p)
{
  return *p == '\0' || *p == '\n' || *p == '\r';
}

/* The bracket of the weight that ends the line: " (1)", " (0.5)"; NULL: it is a category. */
static const char *
find_weight (const char *line, gsize length_bytes, double *out_weight)
{
  const char *end = line + length_bytes;
  const char *open = g_strrstr_len (line, (gssize)length_bytes, "(");

  if (open == NULL || open == line || !g_ascii_isspace (open[-1]) || end[-1] != ')')
    return NULL;
  char *behind;
  double weight = g_ascii_strtod (open + 1, &behind);
  if (behind == open + 1 || behind != end - 1 || !g_ascii_isdigit (behind[-1]))
    return NULL;
  *out_weight = weight;
  return open - 1;
}

static guint
probe (const char *head)
{
  guint n_words = 0;
  gboolean is_nested = FALSE;

  for (const char *p = head; *p != '\0';)
    {
      const char *end = p + strcspn (p, "\n\r");
      const char *trimmed = end;
      double weight;
      while (trimmed > p && g_ascii_isspace (trimmed[-1]))
        trimmed--;
      if (trimmed > p && find_weight (p, (gsize)(trimmed - p), &weight) != NULL)
        {
          n_words++;
          is_nested = is_nested || memchr (p, '\t', strspn (p, " \t")) != NULL;
        }
      p = end;
      while (*p != '\0' && is_tail (p))
        p++;
    }
  return n_words == 0 ? 0 : is_nested ? 80 : 40;
}

typedef struct
{
  const AttestExchangeInput *input;
  AttestOutline *outline;
  AttestExchangeLines lines;
  guint open[MAX_DEPTH]; /* the category at each depth */
  guint depth;           /* categories that are open */
} Reader;

static gboolean
is_rule (const char *text)
{
  return *text == '@' || strstr (text, " NEAR ") != NULL || strstr (text, " BEFORE ") != NULL
         || strstr (text, " AFTER ") != NULL || *text == '#';
}

static gboolean
add_word (Reader *reader, const char *text, guint column, guint depth, double weight,
          GError **error)
{
  guint line = reader->lines.number;

  if (depth == 0 || reader->depth == 0)
    return attest_exchange_throw (reader->input, line, column, error,
                                  "a word outside of any category: put a line with the name of a "
                                  "category above it, and a tab before the word");
  guint node = reader->open[MIN (depth, reader->depth) - 1];
  const char *category = attest_outline_node (reader->outline, node)->name;
  if (is_rule (text))
    {
      attest_outline_lose (reader->outline, ATTEST_LOSS_DROPPED, "rule", line, column, category,
                           "the rule '%s' is not translated: write it with near, before or after",
                           text);
      attest_outline_node (reader->outline, node)->is_code = TRUE;
      return TRUE;
    }
  if (weight <= 0)
    return attest_exchange_throw (
        reader->input, line, column, error,
        "the weight of '%s' is not above 0: give it one, or remove the word", text);
  g_autofree char *spaced = g_strdelimit (g_strdup (text), "_", ' ');
  AttestEntry *entry = attest_exchange_add_word (reader->input, reader->outline, node, spaced, "*?",
                                                 line, column, error);
  if (entry != NULL)
    entry->weight = weight;
  return entry != NULL;
}

static gboolean
read_line (Reader *reader, GError **error)
{
  char *line = g_strchomp (reader->lines.line);
  const char *start = line + strspn (line, " \t");
  guint depth = 0;
  double weight;

  /* Spaces between the tabs say nothing. */
  for (const char *p = line; p < start; p++)
    depth += *p == '\t';
  guint column = attest_exchange_column (&reader->lines, start);
  if (*start == '\0')
    return TRUE;
  const char *end = find_weight (start, strlen (start), &weight);
  if (end != NULL)
    {
      g_autofree char *text = g_strndup (start, (gsize)(end - start));
      return add_word (reader, g_strstrip (text), column, depth, weight, error);
    }
  if (is_rule (start) && depth > 0)
    return add_word (reader, start, column, depth, 1.0, error);
  if (depth > reader->depth)
    return attest_exchange_throw (reader->input, reader->lines.number, column, error,
                                  "'%s' stands %u tabs deep, in a category that is %u deep: remove "
                                  "tabs, or add a weight, ' (1)', if it is a word",
                                  start, depth, reader->depth);
  if (depth >= MAX_DEPTH)
    return attest_exchange_throw (reader->input, reader->lines.number, column, error,
                                  "categories inside each other more than %d deep", MAX_DEPTH);
  /* One that comes again goes on. */
  guint parent = depth > 0 ? reader->open[depth - 1] : ATTEST_NO_NODE;
  guint node = attest_outline_find_child (reader->outline, parent, start);
  if (node == ATTEST_NO_NODE)
    node = attest_outline_add_node (reader->outline, parent, start, reader->lines.number, column);
  reader->open[depth] = node;
  reader->depth = depth + 1;
  return TRUE;
}

static gboolean
read_wordstat (const AttestExchangeInput *input, AttestOutline *outline, GError **error)
{
  Reader reader = { .input = input, .outline = outline, .lines = { .rest = input->text } };
  gboolean ok = TRUE;

  while (ok && attest_exchange_next_line (&reader.lines))
    ok = read_line (&reader, error);
  attest_exchange_lines_clear (&reader.lines);
  return ok;
}

/* "_" is a space there, and other things are rules or weights. */
static gboolean
is_word (const char *text)
{
  double weight;

  return strchr (text, '_') == NULL && !is_rule (text)
         && find_weight (text, strlen (text), &weight) == NULL;
}

static guint
depth_of (const AttestOutline *outline, guint i)
{
  guint depth = 0;

  while ((i = attest_outline_node (outline, i)->parent) != ATTEST_NO_NODE)
    depth++;
  return depth;
}

static void
append_tabs (GString *out, guint n)
{
  while (n-- > 0)
    g_string_append_c (out, '\t');
}

static void
write_wordstat (const AttestOutline *outline, GString *out)
{
  for (guint i = 0; i < outline->nodes->len; i++)
    {
      const AttestNode *node = attest_outline_node (outline, i);
      guint depth = depth_of (outline, i);

      append_tabs (out, depth);
      g_string_append_printf (out, "%s\r\n", node->name);
      for (guint k = 0; k < node->entries->len; k++)
        {
          const AttestEntry *entry = &g_array_index (node->entries, AttestEntry, k);
          char weight[G_ASCII_DTOSTR_BUF_SIZE];
          g_autofree char *text = attest_glob_to_text (entry->text);

          append_tabs (out, depth + 1);
          g_strdelimit (text, " ", '_');
          g_string_append_printf (out, "%s (%s)\r\n", text,
                                  g_ascii_formatd (weight, sizeof weight, "%.10g", entry->weight));
        }
    }
}

static const char *const suffixes[] = { ".cat", NULL };

const AttestExchangeFormat attest_format_wordstat = {
  .id = "wordstat",
  .name = "WordStat dictionary",
  .suffixes = suffixes,
  .features = ATTEST_CAN_RULES | ATTEST_CAN_NEST | ATTEST_CAN_WEIGH,
  .globs = ATTEST_GLOB_ENDINGS | ATTEST_GLOB_ANYWHERE | ATTEST_GLOB_ONE,
  .is_word = is_word,
  .probe = probe,
  .read = read_wordstat,
  .write = write_wordstat,
};
