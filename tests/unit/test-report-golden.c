/* Reports against what is expected of them: tests/golden/report-NAME.d has a file `args`, a command
 * line after "attest", and a file `expected`. With ATTEST_UPDATE_GOLDEN set, the expected files are
 * written anew, for the author to look at the difference. */
#include "report-fixture.h"

#include "cli/attest-cli.h"
#include "config.h"

/* Standard output of a command; the version of the program is written @VERSION@. */
static char *
run_attest (Fixture *fixture, const char *args)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  char *out_text = NULL, *err_text = NULL;
  gsize out_bytes, err_bytes;
  FILE *out = open_memstream (&out_text, &out_bytes), *err = open_memstream (&err_text, &err_bytes);
  GError *error = NULL;
  guint first = 0;

  g_shell_parse_argv (args, NULL, &words, &error);
  g_assert_no_error (error);
  g_unsetenv ("COLUMNS");
  if (g_str_has_prefix (words[0], "COLUMNS="))
    g_setenv ("COLUMNS", words[first++] + strlen ("COLUMNS="), TRUE);
  g_ptr_array_add (argv, (gpointer) "attest");
  g_ptr_array_add (argv, (gpointer) "--project");
  g_ptr_array_add (argv, fixture->path);
  for (char **word = words + first; *word != NULL; word++)
    g_ptr_array_add (argv, *word);
  g_assert_cmpint (attest_cli_main ((int)argv->len, (char **)argv->pdata, out, err), ==, 0);
  fclose (out);
  fclose (err);
  g_assert_cmpstr (err_text, ==, "");
  free (err_text);
  return out_text;
}

/* The style sheet and its hash change often and say nothing about a report. */
static void
hide_style (GString *text)
{
  char *style = strstr (text->str, "<style>");
  char *end = strstr (text->str, "</style>");
  char *hash;

  if (style == NULL)
    return;
  g_assert_nonnull (end);
  style += strlen ("<style>");
  g_string_erase (text, style - text->str, end - style);
  /* A picture has no policy. */
  if (g_str_has_prefix (text->str, "<?xml"))
    return;
  hash = strstr (text->str, "sha256-");
  g_assert_nonnull (hash);
  end = strchr (hash, '&');
  g_string_erase (text, hash - text->str, end - hash);
}

static void
test_golden (Fixture *fixture, gconstpointer data)
{
  g_autofree char *args_path = g_test_build_filename (G_TEST_DIST, "golden", data, "args", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", data, "expected", NULL);
  g_autofree char *args = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *actual = NULL;
  g_autoptr (GString) text = NULL;
  GError *error = NULL;

  g_file_get_contents (args_path, &args, NULL, &error);
  g_assert_no_error (error);
  report_fill (fixture);
  actual = run_attest (fixture, args);
  text = g_string_new (actual);
  g_string_replace (text, "attest " PACKAGE_VERSION, "attest @VERSION@", 0);
  hide_style (text);
  if (g_getenv ("ATTEST_UPDATE_GOLDEN") != NULL)
    g_assert_true (g_file_set_contents (path, text->str, (gssize)text->len, NULL));
  g_file_get_contents (path, &expected, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text->str, ==, expected);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_test_init (&argc, &argv, NULL);
  folder = g_test_build_filename (G_TEST_DIST, "golden", NULL);
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "report-") && g_str_has_suffix (name, ".d"))
      {
        g_autofree char *path = g_strconcat ("/report-golden/", name, NULL);

        g_ptr_array_add (names, g_strdup (name));
        g_test_add (path, Fixture, g_ptr_array_index (names, names->len - 1), fixture_set_up,
                    test_golden, fixture_tear_down);
      }
  g_assert_cmpuint (names->len, >, 0);
  return g_test_run ();
}
