#include "report/attest-workbook.h"

#include <glib/gstdio.h>
#include <string.h>

#include "util/attest-limits.h"

/* The bytes of a workbook with this table as its sheet. */
static GBytes *
make_workbook (const AttestTable *table, const char *book, AttestWorkbookLosses *losses)
{
  GError *error = NULL;
  g_autofree char *path = NULL;
  char *bytes;
  gsize length_bytes;
  int fd = g_file_open_tmp ("attest-workbook-XXXXXX", &path, &error);
  g_autoptr (AttestWorkbook) workbook = attest_workbook_new ("é", NULL, book, &error);
  AttestOutput *output = attest_output_new_file (path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  attest_workbook_add (workbook, "sheet", table, TRUE, &error);
  g_assert_no_error (error);
  attest_workbook_finish (workbook, output, losses, &error);
  g_assert_no_error (error);
  attest_output_close (output, &error);
  g_assert_no_error (error);
  attest_output_free (output);
  g_file_get_contents (path, &bytes, &length_bytes, &error);
  g_assert_no_error (error);
  g_unlink (path);
  return g_bytes_new_take (bytes, length_bytes);
}

/* A text of so many emoji, which take two units of a cell each. */
static AttestTable *
table_of_emoji (guint n)
{
  AttestTable *table = attest_table_new (NULL, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, "🙂");
  attest_table_add_column (table, "text", "text", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_text (table, text->str);
  return table;
}

static void
test_cut (void)
{
  g_autoptr (AttestTable) fits = table_of_emoji (ATTEST_MAX_WORKBOOK_CELL_UNITS / 2);
  g_autoptr (AttestTable) too_long = table_of_emoji (ATTEST_MAX_WORKBOOK_CELL_UNITS / 2 + 1);
  AttestWorkbookLosses losses;
  g_autoptr (GBytes) first = make_workbook (fits, NULL, &losses);
  g_autoptr (GBytes) second = NULL;

  g_assert_true (memcmp (g_bytes_get_data (first, NULL), "PK", 2) == 0);
  g_assert_cmpuint (losses.cells_cut, ==, 0);
  second = make_workbook (too_long, NULL, &losses);
  g_assert_cmpuint (losses.cells_cut, ==, 1);
  g_assert_true (memcmp (g_bytes_get_data (second, NULL), "PK", 2) == 0);
}

static void
test_links (void)
{
  g_autoptr (AttestTable) table = attest_table_new (NULL, NULL);
  AttestWorkbookLosses losses;

  attest_table_add_column (table, "id", "id", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  for (guint i = 0; i < ATTEST_MAX_WORKBOOK_LINKS + 3; i++)
    attest_table_add_text (table, "QABCDEF");
  g_bytes_unref (make_workbook (table, "book.html", &losses));
  g_assert_cmpuint (losses.links_left, ==, 3);
  g_bytes_unref (make_workbook (table, NULL, &losses));
  g_assert_cmpuint (losses.links_left, ==, 0);
}

static void
test_same_bytes (void)
{
  g_autoptr (AttestTable) table = table_of_emoji (3);
  AttestWorkbookLosses losses;
  g_autoptr (GBytes) first = make_workbook (table, NULL, &losses);
  g_autoptr (GBytes) second = make_workbook (table, NULL, &losses);

  g_assert_true (g_bytes_equal (first, second));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workbook/cut", test_cut);
  g_test_add_func ("/workbook/links", test_links);
  g_test_add_func ("/workbook/same-bytes", test_same_bytes);
  return g_test_run ();
}
