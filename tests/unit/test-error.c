#include "util/attest-error.h"

#include <gio/gio.h>

static void
test_throw (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (attest_throw (&error, ATTEST_ERROR_INPUT, "%s:%d: no turns", "a.txt", 3));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_INPUT);
  g_assert_cmpstr (error->message, ==, "a.txt:3: no turns");
}

static void
test_throw_null (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (attest_throw_null (&error, ATTEST_ERROR_LIMIT, "100 %%"));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_LIMIT);
  g_assert_cmpstr (error->message, ==, "100 %");
}

static void
test_nobody_listens (void)
{
  g_assert_false (attest_throw (NULL, ATTEST_ERROR_STORE, "busy"));
  g_assert_null (attest_throw_null (NULL, ATTEST_ERROR_STORE, "busy"));
}

static void
assert_exit (GQuark domain, int code, AttestExit expected)
{
  g_autoptr (GError) error = g_error_new_literal (domain, code, "");

  g_assert_cmpint (attest_error_exit (error), ==, expected);
}

/* The numbers are a promise to scripts, so they are written out. */
static void
test_exit_statuses (void)
{
  g_assert_cmpint (attest_error_exit (NULL), ==, 0);
  assert_exit (G_FILE_ERROR, G_FILE_ERROR_NOENT, 1);
  assert_exit (G_IO_ERROR, G_IO_ERROR_NO_SPACE, 1);
  assert_exit (ATTEST_ERROR, ATTEST_ERROR_USAGE, 2);
  assert_exit (G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION, 2);
  assert_exit (ATTEST_ERROR, ATTEST_ERROR_INPUT, 3);
  assert_exit (ATTEST_ERROR, ATTEST_ERROR_CODEBOOK, 4);
  assert_exit (ATTEST_ERROR, ATTEST_ERROR_STORE, 5);
  assert_exit (ATTEST_ERROR, ATTEST_ERROR_SCHEMA, 5);
  assert_exit (ATTEST_ERROR, ATTEST_ERROR_LIMIT, 6);
  g_assert_cmpint (ATTEST_EXIT_FOUND, ==, 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/error/throw", test_throw);
  g_test_add_func ("/error/throw-null", test_throw_null);
  g_test_add_func ("/error/nobody-listens", test_nobody_listens);
  g_test_add_func ("/error/exit-statuses", test_exit_statuses);
  return g_test_run ();
}
