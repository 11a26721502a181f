/* Programs that are run: what comes back, and what becomes of those that do not end. */
#include "util/attest-program.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "util/attest-error.h"

static GBytes *
run (const char *script, guint max_seconds, gsize max_bytes, GError **error)
{
  const char *const names[] = { "sh", NULL };
  g_autofree char *sh = attest_program_find (names);
  const char *const argv[] = { sh, "-c", script, "$(echo no) \"quoted\" é", NULL };
  g_autoptr (GBytes) input = g_bytes_new_static ("in\n", 3);
  AttestProgram program = { argv, "in.txt", input, "out.txt", max_seconds, max_bytes };

  return attest_program_run (&program, error);
}

static void
assert_output (const char *script, const char *expected)
{
  GError *error = NULL;
  g_autoptr (GBytes) output = run (script, 30, 1000, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = g_strndup (g_bytes_get_data (output, NULL), g_bytes_get_size (output));
  g_assert_cmpstr (text, ==, expected);
}

static void
test_output (void)
{
  assert_output ("cat in.txt > out.txt", "in\n");
  /* Arguments are no commands. */
  assert_output ("printf %s \"$0\" > out.txt", "$(echo no) \"quoted\" é");
  assert_output ("[ \"$HOME\" = \"$PWD\" ] && stat -c %a . > out.txt", "700\n");
}

static void
assert_fails (const char *script, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (run (script, 30, 10, &error));
  g_assert_nonnull (error);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_failures (void)
{
  assert_fails ("echo one >&2; printf 'two \\033[1m\\n\\n' >&2; exit 3", "sh failed: two \\x1b[1m");
  assert_fails ("exit 3", "sh failed: it says nothing");
  assert_fails ("kill -9 $$", "sh failed: it says nothing");
  assert_fails ("true", "sh made no file");
  assert_fails ("ln -s /etc/passwd out.txt", "sh made no file");
  assert_fails ("echo 12345678901234567890 > out.txt", "sh made a file of more than 10 bytes");
}

/* Also what it started is ended, and its folder is gone. */
static void
test_endless (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (run ("sleep 1000 & sleep 1000; wait", 1, 10, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_LIMIT);
}

static void
test_folder_is_gone (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "attest-test-program-folder", NULL);
  g_autofree char *script
      = g_strdup_printf ("mkdir -p a/b; ln -s / a/root; pwd > '%s'; echo x > out.txt", path);
  g_autofree char *folder = NULL;

  assert_output (script, "x\n");
  g_assert_true (g_file_get_contents (path, &folder, NULL, NULL));
  g_assert_false (g_file_test (g_strchomp (folder), G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test ("/etc", G_FILE_TEST_IS_DIR));
  g_unlink (path);
}

static void
test_not_there (void)
{
  const char *const names[] = { "attest-no-such-program", NULL };

  g_assert_null (attest_program_find (names));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/program/output", test_output);
  g_test_add_func ("/program/failures", test_failures);
  g_test_add_func ("/program/endless", test_endless);
  g_test_add_func ("/program/folder-is-gone", test_folder_is_gone);
  g_test_add_func ("/program/not-there", test_not_there);
  return g_test_run ();
}
