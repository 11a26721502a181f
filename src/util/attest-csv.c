#include "util/attest-csv.h"

#include <string.h>

#include "util/attest-error.h"
#include "util/attest-limits.h"

static void
row_free (gpointer data)
{
  AttestCsvRow *row = data;

  g_ptr_array_unref (row->cells);
  g_free (row);
}

/* Reading. */

typedef struct
{
  const char *p;
  const char *end;
  const char *line_start;
  guint line;
  char delimiter;
  gboolean loose;
  guint64 n_cells;
  GString *cell; /* scratch */
} Parser;

/* Columns are code points, from 1. */
static gboolean
throw_here (const Parser *parser, GError **error, const char *message)
{
  glong column = g_utf8_strlen (parser->line_start, parser->p - parser->line_start) + 1;

  return attest_throw (error, ATTEST_ERROR_INPUT, "%u:%ld: %s", parser->line, column, message);
}

static gboolean
is_line_end (char c)
{
  return c == '\n' || c == '\r';
}

/* Passes over LF, CR or CRLF, if there is one. */
static void
skip_line_end (Parser *parser)
{
  if (parser->p == parser->end || !is_line_end (*parser->p))
    return;
  parser->p += parser->p[0] == '\r' && parser->p + 1 < parser->end && parser->p[1] == '\n' ? 2 : 1;
  parser->line_start = parser->p;
  parser->line++;
}

char
attest_csv_detect_delimiter (const char *text, gsize length_bytes)
{
  const char *end = text + length_bytes;
  static const char delimiters[] = { ',', ';', '\t' };
  guint counts[256] = { 0 };
  gboolean is_quoted = FALSE;

  for (const char *p = text; p < end && (is_quoted || !is_line_end (*p)); p++)
    {
      if (*p == '"')
        is_quoted = !is_quoted;
      else if (!is_quoted)
        counts[(guchar)*p]++;
    }

  char best = delimiters[0];
  for (gsize i = 1; i < G_N_ELEMENTS (delimiters); i++)
    if (counts[(guchar)delimiters[i]] > counts[(guchar)best])
      best = delimiters[i];
  return best;
}

static void
append_plain (Parser *parser, GString *cell)
{
  const char *start = parser->p;

  while (parser->p < parser->end && *parser->p != parser->delimiter && !is_line_end (*parser->p))
    parser->p++;
  g_string_append_len (cell, start, parser->p - start);
}

/* The rest of a quoted cell, after the quote that opens it. */
static gboolean
parse_quoted (Parser *parser, GString *cell, gboolean *out_odd, GError **error)
{
  Parser open = *parser;

  open.p--;
  for (;;)
    {
      if (parser->p == parser->end)
        return throw_here (&open, error, "the quote that opens here is not closed");
      if (is_line_end (*parser->p))
        {
          g_string_append_c (cell, '\n');
          skip_line_end (parser);
          continue;
        }
      char c = *parser->p++;
      if (c == '"' && (parser->p == parser->end || *parser->p != '"'))
        break;
      if (c == '"')
        parser->p++;
      g_string_append_c (cell, c);
    }
  if (parser->p == parser->end || *parser->p == parser->delimiter || is_line_end (*parser->p))
    return TRUE;
  if (!parser->loose)
    return throw_here (parser, error,
                       "text after a closing quote (a quote inside a cell is doubled)");
  *out_odd = TRUE;
  append_plain (parser, cell);
  return TRUE;
}

static gboolean
parse_cell (Parser *parser, AttestCsvRow *row, GError **error)
{
  GString *cell = parser->cell;

  if (++parser->n_cells > ATTEST_MAX_TABLE_CELLS)
    return attest_throw (error, ATTEST_ERROR_LIMIT, "%u: more than %u cells", parser->line,
                         ATTEST_MAX_TABLE_CELLS);
  g_string_truncate (cell, 0);
  if (parser->p < parser->end && *parser->p == '"')
    {
      parser->p++;
      if (!parse_quoted (parser, cell, &row->odd, error))
        return FALSE;
    }
  else
    append_plain (parser, cell);
  g_ptr_array_add (row->cells, g_strndup (cell->str, cell->len));
  return TRUE;
}

/* Leaves the parser at the line end. */
static AttestCsvRow *
parse_row (Parser *parser, GError **error)
{
  AttestCsvRow *row = g_new0 (AttestCsvRow, 1);

  row->line = parser->line;
  row->cells = g_ptr_array_new_with_free_func (g_free);
  for (;;)
    {
      if (!parse_cell (parser, row, error))
        {
          row_free (row);
          return NULL;
        }
      if (parser->p == parser->end || *parser->p != parser->delimiter)
        return row;
      parser->p++;
    }
}

/* Makes the row as long as the header. */
static gboolean
fit_row (AttestCsvRow *row, const AttestCsvRow *header, GError **error)
{
  if (row->cells->len > header->cells->len)
    return attest_throw (error, ATTEST_ERROR_INPUT,
                         "%u: %u cells, but the header has %u (quote cells that hold the "
                         "delimiter)",
                         row->line, row->cells->len, header->cells->len);
  while (row->cells->len < header->cells->len)
    g_ptr_array_add (row->cells, g_strdup (""));
  return TRUE;
}

/* What g_utf8_validate_len() calls invalid is either NUL or no UTF-8. */
static gboolean
validate (Parser parser, GError **error)
{
  const char *bad;

  if (g_utf8_validate_len (parser.p, (gsize)(parser.end - parser.p), &bad))
    return TRUE;
  while (parser.p < bad)
    {
      skip_line_end (&parser);
      while (parser.p < bad && !is_line_end (*parser.p))
        parser.p++;
    }
  return throw_here (&parser, error,
                     *bad == '\0' ? "a NUL byte: this is no CSV text"
                                  : "invalid UTF-8 (save the table as CSV UTF-8)");
}

static GPtrArray *
parse_table (const char *text, gsize length_bytes, gboolean loose, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  g_autoptr (GString) cell = g_string_new (NULL);
  Parser parser = { text, text + length_bytes, text, 1, ',', loose, 0, cell };

  if (length_bytes >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    parser.line_start = parser.p += 3;
  if (!validate (parser, error))
    return NULL;

  while (parser.p < parser.end)
    {
      if (is_line_end (*parser.p))
        {
          skip_line_end (&parser);
          continue;
        }
      if (rows->len == 0)
        parser.delimiter = attest_csv_detect_delimiter (parser.p, (gsize)(parser.end - parser.p));
      AttestCsvRow *row = parse_row (&parser, error);
      if (row == NULL)
        return NULL;
      g_ptr_array_add (rows, row);
      if (!loose && !fit_row (row, g_ptr_array_index (rows, 0), error))
        return NULL;
      skip_line_end (&parser);
    }
  if (rows->len == 0)
    return attest_throw_null (error, ATTEST_ERROR_INPUT, "1: the table is empty");
  return g_steal_pointer (&rows);
}

GPtrArray *
attest_csv_parse (const char *text, gsize length_bytes, GError **error)
{
  return parse_table (text, length_bytes, FALSE, error);
}

GPtrArray *
attest_csv_parse_loosely (const char *text, gsize length_bytes, GError **error)
{
  return parse_table (text, length_bytes, TRUE, error);
}

GPtrArray *
attest_csv_read_file (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize length_bytes = 0;
  GPtrArray *rows;

  if (!g_file_get_contents (path, &text, &length_bytes, error))
    return NULL;
  if (length_bytes > ATTEST_MAX_CSV_BYTES)
    return attest_throw_null (error, ATTEST_ERROR_LIMIT, "%s: larger than %u MB", path,
                              ATTEST_MAX_CSV_BYTES >> 20);
  rows = attest_csv_parse (text, length_bytes, error);
  if (rows == NULL)
    g_prefix_error (error, "%s:", path);
  return rows;
}

/* Names of columns may come from files that write é in another way or in another case. */
static char *
fold_name (const char *name)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (name));
  g_autofree char *composed = g_utf8_normalize (trimmed, -1, G_NORMALIZE_DEFAULT_COMPOSE);

  return composed != NULL ? g_utf8_casefold (composed, -1) : g_steal_pointer (&trimmed);
}

gboolean
attest_csv_same_name (const char *a, const char *b)
{
  g_autofree char *left = fold_name (a), *right = fold_name (b);

  return strcmp (left, right) == 0;
}

int
attest_csv_find_column (const AttestCsvRow *header, const char *name)
{
  g_autofree char *wanted = fold_name (name);

  for (guint i = 0; i < header->cells->len; i++)
    {
      g_autofree char *folded = fold_name (g_ptr_array_index (header->cells, i));
      if (strcmp (folded, wanted) == 0)
        return (int)i;
    }
  return -1;
}

/* Writing. */

static gboolean
is_number (const char *value)
{
  const char *p = value + (*value == '+' || *value == '-');
  gsize digits = strspn (p, "0123456789");

  if (digits == 0)
    return FALSE;
  p += digits;
  if (*p == '.' || *p == ',')
    p += 1 + strspn (p + 1, "0123456789");
  p += *p == '%';
  return *p == '\0';
}

static gboolean
is_formula (const char *value)
{
  return *value != '\0' && strchr ("=+-@\t\r\n", *value) != NULL && !is_number (value);
}

/* CSV is looked at in terminals, too. The text may be a path that is not UTF-8: bytes decide.
 * Returns how many bytes more than one were taken. */
static guint
append_visible (GString *out, const char *text)
{
  guchar byte = (guchar)text[0], next = (guchar)text[1];
  gboolean is_c1 = byte == 0xc2 && next >= 0x80 && next <= 0x9f;

  if (is_c1)
    g_string_append_printf (out, "\\x%02x", next);
  else if ((byte < 0x20 && strchr ("\t\n\r", byte) == NULL) || byte == 0x7f)
    g_string_append_printf (out, "\\x%02x", byte);
  else
    g_string_append_c (out, text[0]);
  return is_c1 ? 1 : 0;
}

void
attest_csv_append_cell (GString *out, const char *value)
{
  if (value == NULL || *value == '\0')
    return;

  gboolean is_guarded = is_formula (value);
  gsize length_bytes = strlen (value);
  gboolean is_quoted
      = strpbrk (value, ",;\t\"\r\n") != NULL || value[0] == ' ' || value[length_bytes - 1] == ' ';

  if (is_quoted)
    g_string_append_c (out, '"');
  if (is_guarded)
    g_string_append_c (out, '\'');
  for (const char *p = value; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (out, '"');
      p += append_visible (out, p);
    }
  if (is_quoted)
    g_string_append_c (out, '"');
}

void
attest_csv_append_row (GString *out, ...)
{
  gsize start = out->len;
  gboolean is_first = TRUE;
  const char *value;
  va_list args;

  va_start (args, out);
  while ((value = va_arg (args, const char *)) != NULL)
    {
      if (!is_first)
        g_string_append_c (out, ',');
      attest_csv_append_cell (out, value);
      is_first = FALSE;
    }
  va_end (args);
  /* One empty cell alone would be an empty line, which readers skip. */
  if (out->len == start && !is_first)
    g_string_append (out, "\"\"");
  g_string_append (out, "\r\n");
}
