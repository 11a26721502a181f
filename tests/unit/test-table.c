#include "report/attest-table.h"

#include <string.h>

#include "util/attest-text.h"

static AttestTable *
sample (void)
{
  AttestTable *table = attest_table_new ("Title", "Unit: one thing, then a long note.");

  attest_table_add_column (table, "name", "name", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "n", "number of them", ATTEST_COLUMN_INT, ATTEST_COLUMN_BAR);
  attest_table_add_column (table, "hidden", "", ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "words", "words", ATTEST_COLUMN_LIST, ATTEST_COLUMN_WRAP);
  return table;
}

static void
add_row (AttestTable *table, const char *name, gint64 n, const char *first, const char *second)
{
  const char *const words[] = { first, second, NULL };

  attest_table_add_text (table, name);
  attest_table_add_int (table, n);
  attest_table_add_double (table, 0.125);
  attest_table_add_list (table, words);
}

static void
test_text (void)
{
  g_autoptr (AttestTable) table = sample ();
  g_autoptr (GString) out = g_string_new (NULL);

  attest_table_begin_section (table, "First\nsection");
  add_row (table, "Ж\033[2J", 40, "a", "b");
  add_row (table, NULL, 10, "c", NULL);
  attest_table_begin_totals (table);
  add_row (table, "all", 50, NULL, NULL);
  attest_table_write_text (table, out, 0, FALSE);
  g_assert_cmpstr (out->str, ==,
                   "Title\n"
                   "Unit: one thing, then a long note.\n"
                   "\n"
                   "name      number of them               words\n"
                   "────────  ───────────────────────────  ─────\n"
                   "First section\n"
                   "Ж\\x1b[2J              40 ████████████  a, b\n"
                   "–                     10 ███           c\n"
                   "────────  ───────────────────────────  ─────\n"
                   "all                   50\n");
}

/* Programs get neither sections nor totals, and everything else unrounded. */
static void
test_machine (void)
{
  g_autoptr (AttestTable) table = sample ();
  g_autoptr (GString) csv = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (AttestJson) json = attest_json_new (text, FALSE);

  attest_table_begin_section (table, "First");
  add_row (table, "=1+1", 40, "a", "b, \"c\"");
  attest_table_begin_totals (table);
  add_row (table, "all", 40, NULL, NULL);
  attest_table_write_csv (table, csv);
  attest_table_write_json (table, json);
  g_assert_cmpstr (csv->str, ==, "name,n,hidden,words\r\n'=1+1,40,0.125,\"a; b, \"\"c\"\"\"\r\n");
  g_assert_cmpstr (text->str, ==,
                   "[{\"name\": \"=1+1\", \"n\": 40, \"hidden\": 0.125, "
                   "\"words\": [\"a\", \"b, \\\"c\\\"\"]}]");
}

/* Words that each begin with @mark. */
static char *
random_words (const char *mark)
{
  static const char *const words[]
      = { "a",    "bread",  "и\u0301",         "漢字漢字", "extraordinarily",
          "🙂", "للنساء", "результативность" };
  GString *text = g_string_new (NULL);

  for (int i = g_test_rand_int_range (0, 12); i >= 0; i--)
    g_string_append_printf (text, "%s%s ", mark,
                            words[g_test_rand_int_range (0, (int)G_N_ELEMENTS (words))]);
  return g_string_free (text, FALSE);
}

static guint
count (const char *text, char mark)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == mark;
  return n;
}

/* Nothing reaches beyond the terminal, no number is cut, and no word that may wrap is lost. */
static void
test_fits (void)
{
  for (guint round = 0; round < 300; round++)
    {
      guint columns = (guint)g_test_rand_int_range (45, 130);
      g_autoptr (AttestTable) table = sample ();
      g_autoptr (GString) out = g_string_new (NULL);
      g_autofree char *name = random_words ("");
      g_autofree char *wrapped = random_words ("@");
      g_auto (GStrv) lines = NULL;

      add_row (table, name, 1234567890123, wrapped, NULL);
      attest_table_write_text (table, out, columns, FALSE);
      lines = g_strsplit (out->str, "\n", -1);
      for (char **line = lines; *line != NULL; line++)
        g_assert_cmpuint (attest_text_columns (*line, strlen (*line)), <=, columns);
      g_assert_nonnull (strstr (out->str, "1234567890123"));
      g_assert_cmpuint (count (out->str, '@'), ==, count (wrapped, '@'));
    }
}

/* An optional column gives way before anything is cut, and is named; programs keep it. */
static void
test_optional (void)
{
  g_autoptr (AttestTable) table = attest_table_new (NULL, NULL);
  g_autoptr (GString) narrow = g_string_new (NULL);
  g_autoptr (GString) wide = g_string_new (NULL);
  g_autoptr (GString) csv = g_string_new (NULL);

  attest_table_add_column (table, "code", "code", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "name", "name", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_OPTIONAL);
  attest_table_add_column (table, "n", "n", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_text (table, "human-rights");
  attest_table_add_text (table, "Human rights");
  attest_table_add_int (table, 7);
  attest_table_write_text (table, wide, 29, FALSE);
  g_assert_cmpstr (wide->str, ==,
                   "code          name          n\n"
                   "────────────  ────────────  ─\n"
                   "human-rights  Human rights  7\n");
  attest_table_write_text (table, narrow, 28, FALSE);
  g_assert_cmpstr (narrow->str, ==,
                   "code          n\n"
                   "────────────  ─\n"
                   "human-rights  7\n"
                   "No room for: name\n");
  attest_table_write_csv (table, csv);
  g_assert_cmpstr (csv->str, ==, "code,name,n\r\nhuman-rights,Human rights,7\r\n");
}

/* Parts line up with each other and have one head. */
static void
test_parts (void)
{
  g_autoptr (AttestTable) table = sample ();
  g_autoptr (GString) out = g_string_new (NULL);

  add_row (table, "one", 1, "a", "b");
  attest_table_flush_text (table, out, 40, FALSE);
  g_assert_cmpuint (attest_table_n_rows (table), ==, 0);
  g_string_truncate (out, 0);
  attest_table_begin_section (table, "Second");
  add_row (table, "two", 2, "c", NULL);
  attest_table_flush_text (table, out, 40, FALSE);
  g_assert_cmpstr (out->str, ==, "\nSecond\ntwo                2 ████████████  c\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/table/text", test_text);
  g_test_add_func ("/table/machine", test_machine);
  g_test_add_func ("/table/fits", test_fits);
  g_test_add_func ("/table/optional", test_optional);
  g_test_add_func ("/table/parts", test_parts);
  return g_test_run ();
}
