/* attest-format-liwc: .dic, a legend of numbered categories between two lines "%", then words with
 * the numbers of theirs.
 *
 * Tabs before a number of the legend are the depth (2015). A `*` ends a word. Numbers in brackets
 * and before a slash ("(02 134)125/464", "<of>131/125") depend on the words beside; nobody reads
 * them, and they are dropped one by one.
 *
 * LIWC-22 has a table instead (.dicx): "DicTerm,NAME,NAME", then a word and an X for each category
 * that it is in.
 */
#include <string.h>

#include "exchange/attest-exchange-private.h"
#include "util/attest-csv.h"

#define TERM_HEADING "DicTerm"

#define MAX_DEPTH 64

typedef struct
{
  const AttestExchangeInput *input;
  AttestOutline *outline;
  AttestExchangeLines lines;
  GHashTable *nodes;     /* number → node + 1 */
  guint open[MAX_DEPTH]; /* the category at each depth of the legend */
  guint depth;
} Reader;

static guint
probe (const char *head)
{
  while (g_ascii_isspace (*head))
    head++;
  if (g_str_has_prefix (head, TERM_HEADING) || g_str_has_prefix (head, "\"" TERM_HEADING))
    return 95;
  if (*head != '%')
    return 0;
  head++;
  while (*head == ' ' || *head == '\t')
    head++;
  return *head == '\n' || *head == '\r' ? 95 : 0;
}

static gboolean
is_border (const char *line)
{
  g_autofree char *text = g_strstrip (g_strdup (line));

  return strcmp (text, "%") == 0;
}

static gboolean
is_blank (const char *text)
{
  return text[strspn (text, " \t")] == '\0';
}

/* "005" is 5. FALSE: it is no number. */
static gboolean
parse_number (const char *text, guint *out_number)
{
  gsize n = strspn (text, "0123456789");

  if (n == 0 || text[n] != '\0')
    return FALSE;
  text += strspn (text, "0");
  if (strlen (text) > 9)
    return FALSE;
  *out_number = (guint)g_ascii_strtoull (text, NULL, 10);
  return TRUE;
}

/* Leading tabs are the depth; a deeper one than the last is its child. */
static guint
find_parent (Reader *reader, guint depth)
{
  guint parent_depth = MIN (depth, reader->depth);

  return parent_depth > 0 ? reader->open[parent_depth - 1] : ATTEST_NO_NODE;
}

/* "function (Function Words)": an id and a name. */
static void
split_name (AttestNode *node)
{
  const char *open = strstr (node->name, " (");
  gsize length_bytes = strlen (node->name);

  if (open == NULL || node->name[length_bytes - 1] != ')')
    return;
  g_autofree char *id = g_strstrip (g_strndup (node->name, (gsize)(open - node->name)));
  char *name = g_strndup (open + 2, length_bytes - (gsize)(open + 2 - node->name) - 1);
  if (*id == '\0' || *g_strstrip (name) == '\0')
    {
      g_free (name);
      return;
    }
  node->id = attest_outline_dup_id (id);
  g_free (node->name);
  node->name = name;
}

static gboolean
read_category (Reader *reader, GError **error)
{
  const char *line = reader->lines.line;
  guint number_line = reader->lines.number;
  guint depth = MIN ((guint)strspn (line, "\t"), MAX_DEPTH - 1);
  const char *start = line + strspn (line, " \t");
  gsize digits = strcspn (start, " \t");
  g_autofree char *digits_text = g_strndup (start, digits);
  g_autofree char *name = g_strstrip (g_strdup (start + digits));
  guint column = attest_exchange_column (&reader->lines, start);
  guint number;

  if (!parse_number (digits_text, &number))
    return attest_exchange_throw (
        reader->input, number_line, column, error,
        "'%s' is no category number: the list of categories has a number, a "
        "tab and a name on each line, and ends with a line '%%'",
        digits_text);
  if (*name == '\0')
    return attest_exchange_throw (reader->input, number_line, column, error,
                                  "category %u has no name: write it behind the number", number);
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (reader->nodes, GUINT_TO_POINTER (number)));
  if (known > 0)
    {
      const AttestNode *first = attest_outline_node (reader->outline, known - 1);
      return attest_exchange_throw (reader->input, number_line, column, error,
                                    "category number %u is there twice: the first is '%s' in line "
                                    "%u",
                                    number, first->name, first->line);
    }
  guint node = attest_outline_add_node (reader->outline, find_parent (reader, depth), name,
                                        number_line, column);
  split_name (attest_outline_node (reader->outline, node));
  reader->open[MIN (depth, reader->depth)] = node;
  reader->depth = MIN (depth, reader->depth) + 1;
  g_hash_table_insert (reader->nodes, GUINT_TO_POINTER (number), GUINT_TO_POINTER (node + 1));
  return TRUE;
}

static gboolean
read_legend (Reader *reader, GError **error)
{
  guint border_line = 0;

  while (attest_exchange_next_line (&reader->lines))
    {
      if (is_blank (reader->lines.line))
        continue;
      if (is_border (reader->lines.line))
        {
          if (border_line > 0)
            return TRUE;
          border_line = reader->lines.number;
        }
      else if (border_line == 0)
        return attest_exchange_throw (
            reader->input, reader->lines.number, 1, error,
            "a LIWC dictionary begins with a line '%%' and the list of its "
            "categories");
      else if (!read_category (reader, error))
        return FALSE;
    }
  return attest_exchange_throw (reader->input, MAX (border_line, 1), 1, error,
                                "the list of categories that begins here does not end: put a line "
                                "'%%' behind it");
}

/* Where the word ends and its numbers begin: at the first tab, else before the last fields that are
 * numbers. */
static char *
find_numbers (char *line)
{
  char *tab = strchr (line, '\t');

  if (tab != NULL)
    return tab;
  char *numbers = line + strlen (line);
  for (char *p = numbers; p > line;)
    {
      while (p > line && p[-1] == ' ')
        p--;
      char *end = p;
      while (p > line && p[-1] != ' ')
        p--;
      if (p == line || strspn (p, "0123456789") != (gsize)(end - p))
        break;
      numbers = p;
    }
  return numbers;
}

/* A field with a condition. */
static gboolean
is_conditional (const char *field)
{
  return strpbrk (field, "()<>/") != NULL;
}

static gboolean
add_to_category (Reader *reader, const char *field, const char *text, const char *place,
                 guint word_column, GError **error)
{
  guint column = attest_exchange_column (&reader->lines, place);
  guint number = 0;
  gboolean is_number = parse_number (field, &number);
  guint node
      = is_number
            ? GPOINTER_TO_UINT (g_hash_table_lookup (reader->nodes, GUINT_TO_POINTER (number)))
            : 0;

  if (!is_number)
    return attest_exchange_throw (reader->input, reader->lines.number, column, error,
                                  "'%s' is no category number", field);
  if (node == 0)
    return attest_exchange_throw (reader->input, reader->lines.number, column, error,
                                  "there is no category %u: the list at the top has %u categories",
                                  number, g_hash_table_size (reader->nodes));
  return attest_exchange_add_word (reader->input, reader->outline, node - 1, text, "*",
                                   reader->lines.number, word_column, error)
         != NULL;
}

static gboolean
add_to_categories (Reader *reader, const char *word, const char *numbers, guint word_column,
                   GError **error)
{
  guint n = 0, n_conditional = 0, open_brackets = 0;

  for (const char *p = numbers; *p != '\0';)
    {
      gsize space = strspn (p, " \t");
      gsize length_bytes = strcspn (p + space, " \t");
      g_autofree char *field = g_strndup (p + space, length_bytes);

      if (length_bytes > 0 && (open_brackets > 0 || is_conditional (field)))
        {
          n_conditional++;
          open_brackets
              = strchr (field, ')') != NULL ? 0 : strchr (field, '(') != NULL || open_brackets;
        }
      else if (length_bytes > 0)
        {
          if (!add_to_category (reader, field, word, p + space, word_column, error))
            return FALSE;
          n++;
        }
      p += space + length_bytes;
    }
  if (n_conditional > 0)
    attest_outline_lose (reader->outline, ATTEST_LOSS_DROPPED, "condition", reader->lines.number,
                         word_column, NULL,
                         "'%s': categories that depend on the words beside it are left out", word);
  else if (n == 0)
    return attest_exchange_throw (reader->input, reader->lines.number, word_column, error,
                                  "'%s' has no category number behind it", word);
  return TRUE;
}

static gboolean
read_word (Reader *reader, GError **error)
{
  char *line = g_strchomp (reader->lines.line);
  char *start = line + strspn (line, " \t");
  guint column = attest_exchange_column (&reader->lines, start);

  if (*start == '\0')
    return TRUE;
  if (strcmp (start, "%") == 0)
    return attest_exchange_throw (reader->input, reader->lines.number, column, error,
                                  "a third line '%%': the words begin behind the second");
  char *numbers = find_numbers (start);
  g_autofree char *word = g_strchomp (g_strndup (start, (gsize)(numbers - start)));
  return add_to_categories (reader, word, numbers, column, error);
}

/* --- the table of LIWC-22 ----------------------------------------------------------------- */

static gboolean
read_term (const AttestExchangeInput *input, AttestOutline *outline, const AttestCsvRow *row,
           GError **error)
{
  const char *term = g_ptr_array_index (row->cells, 0);

  for (guint i = 1; i < row->cells->len; i++)
    {
      g_autofree char *mark = g_strstrip (g_strdup (g_ptr_array_index (row->cells, i)));

      if (*mark == '\0')
        continue;
      if (g_ascii_strcasecmp (mark, "X") != 0)
        return attest_exchange_throw (input, row->line, 1, error,
                                      "'%s' in the column '%s': an X or nothing says whether '%s' "
                                      "is in the category",
                                      mark, attest_outline_node (outline, i - 1)->name, term);
      if (attest_exchange_add_word (input, outline, i - 1, term, "*", row->line, 1, error) == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_table (const AttestExchangeInput *input, AttestOutline *outline, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GPtrArray) rows = attest_csv_parse (input->text, input->length_bytes, &cause);

  if (rows == NULL)
    return attest_exchange_rethrow (input, cause, 1, error);
  const AttestCsvRow *header = g_ptr_array_index (rows, 0);
  for (guint i = 1; i < header->cells->len; i++)
    {
      const char *name = g_ptr_array_index (header->cells, i);

      if (attest_exchange_is_blank (name))
        return attest_exchange_throw (input, header->line, 1, error, "column %u has no name",
                                      i + 1);
      attest_outline_add_node (outline, ATTEST_NO_NODE, name, header->line, 1);
    }
  for (guint i = 1; i < rows->len; i++)
    if (!read_term (input, outline, g_ptr_array_index (rows, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
read_liwc (const AttestExchangeInput *input, AttestOutline *outline, GError **error)
{
  g_autoptr (GHashTable) nodes = g_hash_table_new (NULL, NULL);
  Reader reader
      = { .input = input, .outline = outline, .lines = { .rest = input->text }, .nodes = nodes };

  if (g_str_has_prefix (input->text, TERM_HEADING)
      || g_str_has_prefix (input->text, "\"" TERM_HEADING))
    return read_table (input, outline, error);
  gboolean ok = read_legend (&reader, error);
  while (ok && attest_exchange_next_line (&reader.lines))
    ok = read_word (&reader, error);
  attest_exchange_lines_clear (&reader.lines);
  return ok;
}

/* --- out ---------------------------------------------------------------------------------- */

/* Words in the order in which they are met, each with the numbers of its categories. */
static GPtrArray *
collect_words (const AttestOutline *outline, GHashTable *numbers_of)
{
  GPtrArray *words = g_ptr_array_new ();

  for (guint i = 0; i < outline->nodes->len; i++)
    {
      const AttestNode *node = attest_outline_node (outline, i);

      for (guint k = 0; k < node->entries->len; k++)
        {
          const char *glob = g_array_index (node->entries, AttestEntry, k).text;
          GString *numbers = g_hash_table_lookup (numbers_of, glob);

          if (numbers == NULL)
            {
              numbers = g_string_new (NULL);
              g_hash_table_insert (numbers_of, (gpointer)glob, numbers);
              g_ptr_array_add (words, (gpointer)glob);
            }
          g_string_append_printf (numbers, "\t%u", i + 1);
        }
    }
  return words;
}

static void
free_string (gpointer data)
{
  g_string_free (data, TRUE);
}

static void
write_liwc (const AttestOutline *outline, GString *out)
{
  g_autoptr (GHashTable) numbers_of
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_string);
  g_autoptr (GPtrArray) words = collect_words (outline, numbers_of);

  g_string_append (out, "%\n");
  for (guint i = 0; i < outline->nodes->len; i++)
    {
      const AttestNode *node = attest_outline_node (outline, i);

      g_string_append_printf (out, "%s%u\t%s", node->parent != ATTEST_NO_NODE ? "\t" : "", i + 1,
                              node->id != NULL ? node->id : node->name);
      if (node->id != NULL && strcmp (node->id, node->name) != 0)
        g_string_append_printf (out, " (%s)", node->name);
      g_string_append_c (out, '\n');
    }
  g_string_append (out, "%\n");
  for (guint i = 0; i < words->len; i++)
    {
      const char *glob = g_ptr_array_index (words, i);
      g_autofree char *text = attest_glob_to_text (glob);
      const GString *numbers = g_hash_table_lookup (numbers_of, glob);

      g_string_append_printf (out, "%s%s\n", text, numbers->str);
    }
}

static const char *const suffixes[] = { ".dic", ".dicx", NULL };

const AttestExchangeFormat attest_format_liwc = {
  .id = "liwc",
  .name = "LIWC dictionary",
  .suffixes = suffixes,
  .features = ATTEST_CAN_RULES | ATTEST_CAN_NEST | ATTEST_CAN_NAME,
  .globs = ATTEST_GLOB_ENDINGS,
  .probe = probe,
  .read = read_liwc,
  .write = write_liwc,
};
