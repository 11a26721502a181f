#include "util/attest-csv.h"
#include "util/attest-error.h"
#include "util/attest-limits.h"

#include <json-glib/json-glib.h>

#include <string.h>

#define MAX_CELLS 64

/* Rows are joined by "\n", cells by "|". */
static char *
describe (GPtrArray *rows)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const AttestCsvRow *row = g_ptr_array_index (rows, i);

      g_string_append_printf (text, i == 0 ? "%u:" : "\n%u:", row->line);
      for (guint k = 0; k < row->cells->len; k++)
        g_string_append_printf (text, k == 0 ? "%s" : "|%s",
                                (const char *)g_ptr_array_index (row->cells, k));
    }
  return g_string_free (text, FALSE);
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    const char *expected;
  } cases[] = {
    { "id,sex\n1,f\n2,m\n", "1:id|sex\n2:1|f\n3:2|m" },
    { "id,sex\r\n1,f", "1:id|sex\n2:1|f" },
    { "id\r1\r2\r", "1:id\n2:1\n3:2" },
    { "id;a,b;c\n1;2;3", "1:id|a,b|c\n2:1|2|3" },
    { "id\tname\n1\tCafé, жизнь", "1:id|name\n2:1|Café, жизнь" },
    { "\"a;b;c\",d\n1,2", "1:a;b;c|d\n2:1|2" },
    { "\xef\xbb\xbf\"id\",b\n", "1:id|b" },
    { "a,b\n\"say \"\"yes\"\"\",\"\"\n", "1:a|b\n2:say \"yes\"|" },
    { "a,b\n\"1\r\n2\",x\n3,y", "1:a|b\n2:1\n2|x\n4:3|y" },
    { "\n\r\na,b\n\n\n1,2\n\n", "3:a|b\n6:1|2" },
    { "a,b,c\n1\n,\n", "1:a|b|c\n2:1||\n3:||" },
    { "a,b\n5\" pipe,6\"\n", "1:a|b\n2:5\" pipe|6\"" },
    { "a\n\"\"\n", "1:a\n2:" },
    { "مرحبا,cafe\xcc\x81\n👍,", "1:مرحبا|cafe\xcc\x81\n2:👍|" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) rows = attest_csv_parse (cases[i].text, strlen (cases[i].text), &error);
      g_assert_no_error (error);
      g_autofree char *found = describe (rows);
      g_assert_cmpstr (found, ==, cases[i].expected);
    }
}

static void
test_parse_errors (void)
{
  static const struct
  {
    const char *text;
    gsize length_bytes;
    const char *place;
  } cases[] = {
    { "", 0, "1: " },
    { "\xef\xbb\xbf\r\n", 5, "1: " },
    { "a,b\n1,2,3\n", 10, "2: " },
    { "a\n\"x\" y\n", 8, "2:4: " },
    { "é,\"b\n1,2\n", 10, "1:3: " },
    { "a\r\né,\xff\n", 8, "2:3: " },
    { "a\nb\0c\n", 6, "2:2: " },
    { "a\n\n\xc3", 4, "3:1: " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (attest_csv_parse (cases[i].text, cases[i].length_bytes, &error));
      g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_INPUT);
      g_test_message ("%s", error->message);
      g_assert_true (g_str_has_prefix (error->message, cases[i].place));
    }
}

static void
test_find_column (void)
{
  const char *text = "Id, Sex ,Pr\xc3\x89nom\n";
  g_autoptr (GPtrArray) rows = attest_csv_parse (text, strlen (text), NULL);
  const AttestCsvRow *header = g_ptr_array_index (rows, 0);

  g_assert_cmpint (attest_csv_find_column (header, "id"), ==, 0);
  g_assert_cmpint (attest_csv_find_column (header, "sex "), ==, 1);
  g_assert_cmpint (attest_csv_find_column (header, "pre\xcc\x81nom"), ==, 2);
  g_assert_cmpint (attest_csv_find_column (header, "age"), ==, -1);
}

static void
assert_cell (const char *value, const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);

  attest_csv_append_cell (out, value);
  g_assert_cmpstr (out->str, ==, expected);
}

static void
test_append_cell (void)
{
  assert_cell (NULL, "");
  assert_cell ("", "");
  assert_cell ("It was good.", "It was good.");
  assert_cell ("one, two", "\"one, two\"");
  assert_cell ("say \"yes\"", "\"say \"\"yes\"\"\"");
  assert_cell ("two\nlines", "\"two\nlines\"");
  assert_cell (" spaces ", "\" spaces \"");
  assert_cell ("a\033[2Jb\177", "a\\x1b[2Jb\\x7f");
  assert_cell ("\302\233"
               "31m \303\251",
               "\\x9b31m \303\251");
  assert_cell ("caf\351", "caf\351");
}

/* A quote must never run as a formula in the reader's spreadsheet. */
static void
test_formulas (void)
{
  assert_cell ("=1+1", "'=1+1");
  assert_cell ("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
  assert_cell ("@SUM(A1)", "'@SUM(A1)");
  assert_cell ("- Да. - Почему?", "'- Да. - Почему?");
  assert_cell ("-2+3", "'-2+3");
  assert_cell ("+", "'+");
  assert_cell ("\t=1", "\"'\t=1\"");
  assert_cell ("\r=1", "\"'\r=1\"");
  assert_cell ("\n=1", "\"'\n=1\"");
  assert_cell ("-3.5", "-3.5");
  assert_cell ("+7", "+7");
  assert_cell ("-12%", "-12%");
  assert_cell ("-3,5", "\"-3,5\"");
  assert_cell ("3-4", "3-4");
}

static void
test_append_row (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  attest_csv_append_row (out, "a", "b,c", "", NULL);
  attest_csv_append_row (out, "", NULL);
  g_assert_cmpstr (out->str, ==, "a,\"b,c\",\r\n\"\"\r\n");
}

static char *
random_cell (void)
{
  static const char *const parts[]
      = { "a", ",", ";", "\t", "\"", "\n", " ", "é", "e\xcc\x81", "ж", "👍", "م", "'", "-", "=" };
  /* The guard against formulas is not taken away on reading. */
  GString *cell = g_string_new ("x");
  gint length = g_test_rand_int_range (0, 8);

  for (gint i = 0; i < length; i++)
    g_string_append (cell, parts[g_test_rand_int_range (0, G_N_ELEMENTS (parts))]);
  return g_string_free (cell, FALSE);
}

static void
test_there_and_back (void)
{
  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GString) out = g_string_new ("one,two\r\n");

      for (guint i = 0; i < MAX_CELLS; i++)
        {
          g_ptr_array_add (cells, random_cell ());
          attest_csv_append_cell (out, g_ptr_array_index (cells, i));
          g_string_append (out, i % 2 == 0 ? "," : "\r\n");
        }
      g_autoptr (GPtrArray) rows = attest_csv_parse (out->str, out->len, NULL);
      g_assert_cmpuint (rows->len, ==, 1 + MAX_CELLS / 2);
      for (guint i = 0; i < MAX_CELLS; i++)
        {
          const AttestCsvRow *row = g_ptr_array_index (rows, 1 + i / 2);
          g_assert_cmpstr (g_ptr_array_index (row->cells, i % 2), ==, g_ptr_array_index (cells, i));
        }
    }
}

static void
test_loosely (void)
{
  static const char text[] = "a,b\n1,2,3\n\"x\" y,\"z\"\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = attest_csv_parse_loosely (text, strlen (text), &error);
  g_autofree char *found = NULL;

  g_assert_no_error (error);
  found = describe (rows);
  g_assert_cmpstr (found, ==, "1:a|b\n2:1|2|3\n3:x y|z");
  g_assert_false (((AttestCsvRow *)g_ptr_array_index (rows, 1))->odd);
  g_assert_true (((AttestCsvRow *)g_ptr_array_index (rows, 2))->odd);
}

/* A table of commas alone is small as a file and huge as cells. */
static void
test_limit (void)
{
  gsize n = ATTEST_MAX_TABLE_CELLS;
  g_autofree char *text = g_malloc (n + 1);
  g_autoptr (GError) error = NULL;

  memset (text, ',', n);
  text[n] = '\0';
  g_assert_null (attest_csv_parse_loosely (text, n, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_LIMIT);
}

/* --- csv-spectrum: NAME.csv and what is in it as NAME.json -------------------------------- */

static void
assert_rows_are (GPtrArray *rows, JsonArray *expected)
{
  const AttestCsvRow *header = g_ptr_array_index (rows, 0);

  g_assert_cmpuint (rows->len, ==, json_array_get_length (expected) + 1);
  for (guint i = 1; i < rows->len; i++)
    {
      const AttestCsvRow *row = g_ptr_array_index (rows, i);
      JsonObject *object = json_array_get_object_element (expected, i - 1);

      for (guint k = 0; k < header->cells->len; k++)
        {
          const char *key = g_ptr_array_index (header->cells, k);
          g_auto (GStrv) lines
              = g_strsplit (json_object_get_string_member (object, key), "\r\n", -1);
          g_autofree char *cell = g_strjoinv ("\n", lines);

          g_assert_cmpstr (g_ptr_array_index (row->cells, k), ==, cell);
        }
    }
}

static void
test_spectrum (void)
{
  static const char *const names[] = { "comma_in_quotes",
                                       "empty",
                                       "empty_crlf",
                                       "escaped_quotes",
                                       "json",
                                       "newlines",
                                       "newlines_crlf",
                                       "quotes_and_newlines",
                                       "simple",
                                       "simple_crlf",
                                       "utf8" };
  const char *samples = g_getenv ("ATTEST_SAMPLES");
  g_autofree char *folder
      = g_build_filename (samples != NULL ? samples : "", "f_suites", "csv_spectrum", NULL);

  if (samples == NULL || !g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("no samples");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *csv_path = g_strdup_printf ("%s/%s.csv", folder, names[i]);
      g_autofree char *json_path = g_strdup_printf ("%s/%s.json", folder, names[i]);
      g_autofree char *text = NULL;
      g_autoptr (JsonParser) json = json_parser_new ();
      g_autoptr (GPtrArray) rows = NULL;
      g_autoptr (GError) error = NULL;
      gsize n = 0;

      g_test_message ("%s", names[i]);
      g_assert_true (g_file_get_contents (csv_path, &text, &n, NULL));
      rows = attest_csv_parse (text, n, &error);
      g_assert_no_error (error);
      json_parser_load_from_file (json, json_path, &error);
      g_assert_no_error (error);
      assert_rows_are (rows, json_node_get_array (json_parser_get_root (json)));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/parse", test_parse);
  g_test_add_func ("/csv/parse-errors", test_parse_errors);
  g_test_add_func ("/csv/find-column", test_find_column);
  g_test_add_func ("/csv/append-cell", test_append_cell);
  g_test_add_func ("/csv/formulas", test_formulas);
  g_test_add_func ("/csv/append-row", test_append_row);
  g_test_add_func ("/csv/there-and-back", test_there_and_back);
  g_test_add_func ("/csv/loosely", test_loosely);
  g_test_add_func ("/csv/limit", test_limit);
  g_test_add_func ("/csv/spectrum", test_spectrum);
  return g_test_run ();
}
