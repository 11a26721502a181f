#include "util/attest-output.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *folder, *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("attest-output-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "report.html", NULL);
}

/* The folder must hold no more than the tests know of. */
static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *link = g_build_filename (fixture->folder, "link", NULL);

  g_unlink (link);
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
assert_contents (const char *path, const char *expected)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
}

static AttestOutput *
open_file (const char *path)
{
  GError *error = NULL;
  AttestOutput *output = attest_output_new_file (path, &error);

  g_assert_no_error (error);
  return output;
}

static void
test_appears_whole (Fixture *fixture, gconstpointer data)
{
  mode_t mask = umask (027);
  AttestOutput *output = open_file (fixture->path);
  GString *buffer = attest_output_get_buffer (output);
  GError *error = NULL;
  GStatBuf info;

  umask (mask);
  for (guint i = 0; i < 100000; i++)
    {
      g_string_append (buffer, "0123456789");
      g_assert_true (attest_output_step (output, &error));
      g_assert_cmpuint (buffer->len, <, 1 << 17);
    }
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  g_assert_true (attest_output_close (output, &error));
  attest_output_free (output);
  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_size, ==, 1000000);
  g_assert_cmpint (info.st_mode & 0777, ==, 0640);
}

static void
test_old_stays_until_closed (Fixture *fixture, gconstpointer data)
{
  AttestOutput *output;

  g_assert_true (g_file_set_contents (fixture->path, "old", -1, NULL));
  g_assert_cmpint (g_chmod (fixture->path, 0604), ==, 0);
  output = open_file (fixture->path);
  g_string_append (attest_output_get_buffer (output), "half");
  attest_output_free (output);
  assert_contents (fixture->path, "old");

  output = open_file (fixture->path);
  g_string_append (attest_output_get_buffer (output), "new");
  assert_contents (fixture->path, "old");
  g_assert_true (attest_output_close (output, NULL));
  attest_output_free (output);
  assert_contents (fixture->path, "new");

  GStatBuf info;
  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0604);
}

static void
test_link_stays_a_link (Fixture *fixture, gconstpointer data)
{
  g_autofree char *link = g_build_filename (fixture->folder, "link", NULL);
  AttestOutput *output;

  g_assert_true (g_file_set_contents (fixture->path, "old", -1, NULL));
  g_assert_cmpint (symlink ("report.html", link), ==, 0);
  output = open_file (link);
  g_string_append (attest_output_get_buffer (output), "new");
  g_assert_true (attest_output_close (output, NULL));
  attest_output_free (output);
  assert_contents (fixture->path, "new");
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (fixture->folder, "no", "such", "file", NULL);
  const char *const paths[] = { fixture->folder, nowhere };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (attest_output_new_file (paths[i], &error));
      g_assert_true (error != NULL && error->domain == G_FILE_ERROR);
      g_assert_true (g_str_has_prefix (error->message, paths[i]));
    }
}

/* What is no regular file is not replaced by one. */
static void
test_full_disk (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestOutput) output = open_file ("/dev/full");
  g_autoptr (GError) error = NULL;

  g_string_append (attest_output_get_buffer (output), "text");
  g_assert_false (attest_output_close (output, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
}

static void
test_stream_is_borrowed (Fixture *fixture, gconstpointer data)
{
  char *text = NULL;
  gsize length_bytes;
  FILE *stream = open_memstream (&text, &length_bytes);
  AttestOutput *output = attest_output_new_stream (stream);

  g_string_append (attest_output_get_buffer (output), "é");
  g_assert_true (attest_output_close (output, NULL));
  attest_output_free (output);
  g_assert_cmpint (fputs ("!", stream), >=, 0);
  fclose (stream);
  g_assert_cmpstr (text, ==, "é!");
  free (text);
}

#define TEST(name, func) g_test_add ("/output/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("appears-whole", test_appears_whole);
  TEST ("old-stays-until-closed", test_old_stays_until_closed);
  TEST ("link-stays-a-link", test_link_stays_a_link);
  TEST ("refused", test_refused);
  TEST ("full-disk", test_full_disk);
  TEST ("stream-is-borrowed", test_stream_is_borrowed);
  return g_test_run ();
}
