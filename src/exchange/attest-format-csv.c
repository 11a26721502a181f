/* attest-format-csv: tables with a row for each word or pattern.
 *
 * What attest writes holds nearly all of a codebook; what others write has a column for the code
 * and one for a word, a regular expression, or nothing but the code's description (Taguette).
 */
#include <string.h>

#include "exchange/attest-format-csv-private.h"
#include "util/attest-csv.h"
#include "util/attest-language.h"

/* The headings by which a column is known; the first is what is written. */
const char *const attest_csv_headings[N_COLUMNS][ATTEST_CSV_MAX_HEADINGS] = {
  [COLUMN_DIMENSION_TITLE] = { "dimension_title" },
  [COLUMN_DIMENSION] = { "dimension", "parent", "group", "parent code" },
  [COLUMN_CODE]
  = { "code", "category", "tag", "path", "goal", "theme", "topic", "class", "codename", "label" },
  [COLUMN_NAME] = { "name", "title", "short_desc", "code name" },
  [COLUMN_DEFINITION] = { "definition", "description", "memo", "long_desc", "desc" },
  [COLUMN_QUESTION] = { "question" },
  [COLUMN_INCLUDE] = { "include", "inclusion" },
  [COLUMN_EXCLUDE] = { "exclude", "exclusion" },
  [COLUMN_RULE] = { "rule" },
  [COLUMN_USE] = { "use" },
  [COLUMN_KIND] = { "kind" },
  [COLUMN_TEXT]
  = { "text", "word", "words", "keyword", "keywords", "term", "phrase", "entry", "value" },
  [COLUMN_WEIGHT] = { "weight" },
  [COLUMN_LANG] = { "lang", "language" },
  [COLUMN_WITHIN] = { "within" },
  [COLUMN_UNIT] = { "unit" },
  [COLUMN_PATTERN] = { "pattern", "regex", "regexp" },
  [COLUMN_CASE] = { "case", "match_case", "case_sensitive" },
};

typedef struct
{
  const AttestExchangeInput *input;
  AttestOutline *outline;
  int columns[N_COLUMNS]; /* or -1 */
  GHashTable *dimensions; /* name → node + 1 */
  GHashTable *codes;      /* dimension and code → node + 1 */
  GHashTable *rules;      /* node and rule → its first entry + 1 */
} Reader;

static int
find_column (const AttestCsvRow *header, Column column)
{
  for (gsize i = 0;
       i < G_N_ELEMENTS (attest_csv_headings[column]) && attest_csv_headings[column][i] != NULL;
       i++)
    {
      int found = attest_csv_find_column (header, attest_csv_headings[column][i]);
      if (found >= 0)
        return found;
    }
  return -1;
}

static gboolean
has_heading (Column column, const char *name)
{
  for (gsize i = 0;
       i < G_N_ELEMENTS (attest_csv_headings[column]) && attest_csv_headings[column][i] != NULL;
       i++)
    if (attest_csv_same_name (attest_csv_headings[column][i], name))
      return TRUE;
  return FALSE;
}

/* A heading that is one of a code's. */
static guint
probe (const char *head)
{
  g_autofree char *line = g_strndup (head, strcspn (head, "\r\n"));
  const char *valid_end;
  g_autoptr (GError) error = NULL;

  if (!g_utf8_validate (line, -1, &valid_end))
    return 0;
  g_autoptr (GPtrArray) rows = attest_csv_parse_loosely (line, strlen (line), &error);
  const AttestCsvRow *header = rows != NULL ? g_ptr_array_index (rows, 0) : NULL;
  if (header == NULL)
    return 0;
  if (find_column (header, COLUMN_CODE) < 0)
    return header->cells->len > 1 && find_column (header, COLUMN_NAME) >= 0 ? 40 : 0;
  return header->cells->len > 1 ? 70 : 20;
}

/* A cell without the apostrophe that keeps spreadsheets from running it. */
static const char *
cell_of (const Reader *reader, const AttestCsvRow *row, Column column)
{
  int index = reader->columns[column];
  const char *cell = index >= 0 && (guint)index < row->cells->len
                         ? g_ptr_array_index (row->cells, (guint)index)
                         : "";

  if (cell[0] == '\'' && cell[1] != '\0' && strchr ("=+-@\t\r\n", cell[1]) != NULL)
    cell++;
  return !attest_exchange_is_blank (cell) ? cell : "";
}

static gboolean
find_columns (Reader *reader, const AttestCsvRow *header, GError **error)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    reader->columns[i] = find_column (header, (Column)i);
  if (reader->columns[COLUMN_CODE] < 0)
    {
      /* Taguette calls codes names. */
      reader->columns[COLUMN_CODE] = reader->columns[COLUMN_NAME];
      reader->columns[COLUMN_NAME] = -1;
    }
  if (reader->columns[COLUMN_CODE] < 0)
    return attest_exchange_throw (reader->input, header->line, 1, error,
                                  "no column for the code: call one 'code', 'category' or 'tag'");
  for (guint i = 0; i < header->cells->len; i++)
    {
      const char *name = g_ptr_array_index (header->cells, i);
      gboolean is_known = FALSE;

      for (guint k = 0; k < N_COLUMNS; k++)
        is_known = is_known || reader->columns[k] == (int)i;
      if (reader->columns[COLUMN_PATTERN] >= 0 && has_heading (COLUMN_TEXT, name))
        attest_outline_lose (reader->outline, ATTEST_LOSS_DROPPED, "column", header->line, 1, NULL,
                             "the column '%s' is left out where there is a pattern", name);
      else if (!is_known)
        attest_outline_lose (reader->outline, ATTEST_LOSS_DROPPED, "column", header->line, 1, NULL,
                             "the column '%s' is left out", name);
    }
  return TRUE;
}

static guint
find_dimension (Reader *reader, const AttestCsvRow *row)
{
  const char *name = cell_of (reader, row, COLUMN_DIMENSION);

  if (*name == '\0')
    return ATTEST_NO_NODE;
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (reader->dimensions, name));
  if (known == 0)
    {
      const char *title = cell_of (reader, row, COLUMN_DIMENSION_TITLE);
      known = attest_outline_add_node (reader->outline, ATTEST_NO_NODE,
                                       *title != '\0' ? title : name, row->line, 1)
              + 1;
      if (*title != '\0')
        attest_outline_node (reader->outline, known - 1)->id = attest_outline_dup_id (name);
      g_hash_table_insert (reader->dimensions, g_strdup (name), GUINT_TO_POINTER (known));
    }
  return known - 1;
}

/* The first that there is; another one is lost. */
static void
take_text (Reader *reader, const AttestCsvRow *row, Column column, guint node, char **field)
{
  g_autofree char *text = g_strstrip (g_strdup (cell_of (reader, row, column)));

  if (*text == '\0' || g_strcmp0 (*field, text) == 0)
    return;
  if (*field == NULL)
    *field = g_steal_pointer (&text);
  else
    attest_outline_lose (reader->outline, ATTEST_LOSS_DROPPED, attest_csv_headings[column][0],
                         row->line, 1, attest_outline_node (reader->outline, node)->name,
                         "the code has another %s in a row above: '%s' is left out",
                         attest_csv_headings[column][0], text);
}

static guint
find_code (Reader *reader, const AttestCsvRow *row, const char *code)
{
  guint dimension = find_dimension (reader, row);
  g_autofree char *key = g_strdup_printf ("%u %s", dimension, code);
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (reader->codes, key));
  const char *name = cell_of (reader, row, COLUMN_NAME);

  if (known == 0)
    {
      known = attest_outline_add_node (reader->outline, dimension, *name != '\0' ? name : code,
                                       row->line, 1)
              + 1;
      g_hash_table_insert (reader->codes, g_steal_pointer (&key), GUINT_TO_POINTER (known));
      if (*name != '\0')
        attest_outline_node (reader->outline, known - 1)->id = attest_outline_dup_id (code);
    }
  AttestNode *node = attest_outline_node (reader->outline, known - 1);
  node->is_code = TRUE;
  take_text (reader, row, COLUMN_DEFINITION, known - 1, &node->definition);
  take_text (reader, row, COLUMN_QUESTION, known - 1, &node->question);
  take_text (reader, row, COLUMN_INCLUDE, known - 1, &node->include);
  take_text (reader, row, COLUMN_EXCLUDE, known - 1, &node->exclude);
  return known - 1;
}

/* "near", or "near 2" for the second of its kind in the rule. */
static gboolean
read_use (const Reader *reader, const AttestCsvRow *row, AttestEntry *entry, GError **error)
{
  const char *use = cell_of (reader, row, COLUMN_USE);
  gsize length_bytes = strcspn (use, " ");
  const char *number = use + length_bytes + strspn (use + length_bytes, " ");

  for (guint i = 0; i < N_USES; i++)
    {
      const char *name = attest_entry_use_to_string ((AttestEntryUse)i);
      if (strlen (name) != length_bytes || strncmp (name, use, length_bytes) != 0
          || strspn (number, "0123456789") != strlen (number))
        continue;
      entry->use = (AttestEntryUse)i;
      entry->condition
          = *number != '\0' ? (guint)MIN (g_ascii_strtoull (number, NULL, 10), 1000) : 1;
      return TRUE;
    }
  return *use == '\0'
         || attest_exchange_throw (reader->input, row->line, 1, error,
                                   "unknown use '%s': match, all, near, before, after, unless, "
                                   "stop, asked, example and counterexample are known",
                                   use);
}

static gboolean
read_within (const Reader *reader, const AttestCsvRow *row, AttestEntry *entry, GError **error)
{
  const char *text = cell_of (reader, row, COLUMN_WITHIN);

  if (*text == '\0')
    return TRUE;
  if (strspn (text, "0123456789") != strlen (text) || strlen (text) > 4)
    return attest_exchange_throw (reader->input, row->line, 1, error, "'%s' is no number of words",
                                  text);
  entry->max_words = (guint)g_ascii_strtoull (text, NULL, 10);
  return TRUE;
}

static gboolean
read_unit (const Reader *reader, const AttestCsvRow *row, AttestEntry *entry, GError **error)
{
  static const char *const names[] = { "hit", "sentence", "window", "turn" };
  const char *text = cell_of (reader, row, COLUMN_UNIT);
  gsize length_bytes = strcspn (text, " ");
  const char *number = text + length_bytes + strspn (text + length_bytes, " ");

  entry->has_unit = *text != '\0';
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strlen (names[i]) == length_bytes && strncmp (names[i], text, length_bytes) == 0
        && (i == ATTEST_UNIT_WINDOW) == (*number != '\0') && strlen (number) < 5
        && strspn (number, "0123456789") == strlen (number))
      {
        entry->unit = (AttestUnit){ (AttestUnitKind)i, (guint)g_ascii_strtoull (number, NULL, 10) };
        return TRUE;
      }
  return *text == '\0'
         || attest_exchange_throw (reader->input, row->line, 1, error,
                                   "unknown unit '%s': hit, sentence, turn and, for two sentences "
                                   "on each side, 'window 2' are known",
                                   text);
}

static gboolean
read_weight (const Reader *reader, const AttestCsvRow *row, double *out_weight, GError **error)
{
  const char *text = cell_of (reader, row, COLUMN_WEIGHT);
  char *end;

  if (*text == '\0')
    return TRUE;
  *out_weight = g_ascii_strtod (text, &end);
  if (end != text && end[strspn (end, " \t")] == '\0' && *out_weight > 0.0)
    return TRUE;
  return attest_exchange_throw (reader->input, row->line, 1, error,
                                "the weight '%s' is no number above 0", text);
}

/* "en", "en, fr", "en fr": as "en, fr"; NULL for none. */
static gboolean
read_langs (const Reader *reader, const AttestCsvRow *row, char **out_langs, GError **error)
{
  g_auto (GStrv) parts = g_strsplit_set (cell_of (reader, row, COLUMN_LANG), " ,;", -1);
  g_autoptr (GString) langs = g_string_new (NULL);

  for (char **part = parts; *part != NULL; part++)
    {
      if (**part == '\0')
        continue;
      if (!attest_language_is_code (*part))
        return attest_exchange_throw (reader->input, row->line, 1, error,
                                      "unknown language '%s': write a code such as en", *part);
      g_string_append_printf (langs, "%s%s", langs->len > 0 ? ", " : "", *part);
    }
  *out_langs = langs->len > 0 ? g_string_free (g_steal_pointer (&langs), FALSE) : NULL;
  return TRUE;
}

static gboolean
is_yes (const char *cell)
{
  return g_ascii_strcasecmp (cell, "yes") == 0 || g_ascii_strcasecmp (cell, "true") == 0
         || strcmp (cell, "1") == 0;
}

/* All rows of a rule have one weight and the same languages, since these are of the rule; what is
 * left out is as in its first row. */
static gboolean
check_rule (Reader *reader, const AttestCsvRow *row, guint node, guint entry, GError **error)
{
  const AttestNode *owner = attest_outline_node (reader->outline, node);
  AttestEntry *mine = &g_array_index (owner->entries, AttestEntry, entry);
  g_autofree char *key = g_strdup_printf ("%u %s", node, mine->rule);
  guint first = GPOINTER_TO_UINT (g_hash_table_lookup (reader->rules, key));

  if (first == 0)
    {
      g_hash_table_insert (reader->rules, g_steal_pointer (&key), GUINT_TO_POINTER (entry + 1));
      return TRUE;
    }
  const AttestEntry *other = &g_array_index (owner->entries, AttestEntry, first - 1);
  if (*cell_of (reader, row, COLUMN_WEIGHT) == '\0')
    mine->weight = other->weight;
  if (mine->lang == NULL)
    mine->lang = g_strdup (other->lang);
  if (other->weight == mine->weight && g_strcmp0 (other->lang, mine->lang) == 0)
    return TRUE;
  return attest_exchange_throw (reader->input, row->line, 1, error,
                                "rule '%s' has another weight or language here than in line %u: "
                                "call it otherwise",
                                mine->rule, other->line);
}

/* The word or pattern, which knows nothing else yet; NULL: reported. */
static AttestEntry *
add_text (Reader *reader, const AttestCsvRow *row, guint node, GError **error)
{
  const char *pattern = cell_of (reader, row, COLUMN_PATTERN);
  const char *text = cell_of (reader, row, COLUMN_TEXT);
  const char *kind = cell_of (reader, row, COLUMN_KIND);
  gboolean is_inside = strcmp (kind, INSIDE) == 0;
  gboolean is_regex = *pattern != '\0' || strcmp (kind, REGEX) == 0 || is_inside;
  gboolean is_own = reader->columns[COLUMN_KIND] >= 0;

  if (*kind != '\0' && !is_regex && strcmp (kind, WORDS) != 0)
    {
      attest_exchange_throw (reader->input, row->line, 1, error,
                             "unknown kind '%s': " WORDS ", " REGEX " and " INSIDE " are known",
                             kind);
      return NULL;
    }
  if (is_regex)
    {
      AttestEntry *entry
          = attest_outline_add_entry (reader->outline, node, ATTEST_ENTRY_REGEX,
                                      g_strdup (*pattern != '\0' ? pattern : text), row->line, 1);
      /* As other programs search; attest says what it means. */
      entry->any_edges = is_inside || !is_own;
      return entry;
    }
  if (!is_own)
    return attest_exchange_add_word (reader->input, reader->outline, node, text, "*?", row->line, 1,
                                     error);
  /* attest writes words as `words` has them. */
  return attest_outline_add_entry (reader->outline, node, ATTEST_ENTRY_GLOB,
                                   attest_glob_from_words (text), row->line, 1);
}

static gboolean
add_entry (Reader *reader, const AttestCsvRow *row, guint node, GError **error)
{
  const char *rule = cell_of (reader, row, COLUMN_RULE);
  g_autofree char *langs = NULL;

  if (!read_langs (reader, row, &langs, error))
    return FALSE;
  AttestEntry *entry = add_text (reader, row, node, error);
  if (entry == NULL || !read_use (reader, row, entry, error)
      || !read_weight (reader, row, &entry->weight, error)
      || !read_within (reader, row, entry, error) || !read_unit (reader, row, entry, error))
    return FALSE;
  entry->lang = g_steal_pointer (&langs);
  entry->match_case = is_yes (cell_of (reader, row, COLUMN_CASE));
  if (*rule != '\0')
    entry->rule = g_strdup (rule);
  else if (*cell_of (reader, row, COLUMN_PATTERN) != '\0')
    entry->rule = g_strdup_printf ("%u", row->line);
  return entry->rule == NULL
         || check_rule (reader, row, node,
                        attest_outline_node (reader->outline, node)->entries->len - 1, error);
}

/* TRUE in *@out_taken: the row is an example. */
static void
take_example (Reader *reader, const AttestCsvRow *row, guint node, gboolean *out_taken)
{
  const char *use = cell_of (reader, row, COLUMN_USE);
  gboolean is_counter = strcmp (use, COUNTEREXAMPLE) == 0;
  AttestNode *owner = attest_outline_node (reader->outline, node);

  *out_taken = is_counter || strcmp (use, EXAMPLE) == 0;
  if (*out_taken)
    g_ptr_array_add (is_counter ? owner->counterexamples : owner->examples,
                     g_strdup (cell_of (reader, row, COLUMN_TEXT)));
}

static gboolean
read_row (Reader *reader, const AttestCsvRow *row, GError **error)
{
  g_autofree char *code = g_strstrip (g_strdup (cell_of (reader, row, COLUMN_CODE)));
  const char *pattern = cell_of (reader, row, COLUMN_PATTERN);
  const char *text = cell_of (reader, row, COLUMN_TEXT);
  gboolean is_example;

  if (*code == '\0')
    return attest_exchange_throw (reader->input, row->line, 1, error, "a row without a code");
  guint node = find_code (reader, row, code);
  if (*pattern == '\0' && *text == '\0')
    return TRUE;
  take_example (reader, row, node, &is_example);
  return is_example || add_entry (reader, row, node, error);
}

static gboolean
read_csv (const AttestExchangeInput *input, AttestOutline *outline, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GPtrArray) rows = attest_csv_parse (input->text, input->length_bytes, &cause);
  g_autoptr (GHashTable) dimensions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) rules = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Reader reader = {
    .input = input, .outline = outline, .dimensions = dimensions, .codes = codes, .rules = rules
  };

  if (rows == NULL)
    return attest_exchange_rethrow (input, cause, 1, error);
  if (!find_columns (&reader, g_ptr_array_index (rows, 0), error))
    return FALSE;
  for (guint i = 1; i < rows->len; i++)
    if (!read_row (&reader, g_ptr_array_index (rows, i), error))
      return FALSE;
  return TRUE;
}

static const char *const suffixes[] = { ".csv", ".tsv", NULL };

const AttestExchangeFormat attest_format_csv = {
  .id = "csv",
  .name = "CSV table",
  .suffixes = suffixes,
  .features = ATTEST_CAN_NEST | ATTEST_CAN_NAME | ATTEST_CAN_DEFINE | ATTEST_CAN_WEIGH
              | ATTEST_CAN_RULES | ATTEST_CAN_REGEX | ATTEST_CAN_TEXTS,
  .probe = probe,
  .read = read_csv,
  .write = attest_format_csv_write,
};
