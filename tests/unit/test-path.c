#include "util/attest-path.h"

#include <glib/gstdio.h>

typedef struct
{
  char *home;   /* $XDG_DATA_HOME */
  char *source; /* $ATTEST_DATA_DIR */
} Folders;

static void
write_file (const char *root, const char *subdir, const char *name)
{
  g_autofree char *folder = g_build_filename (root, subdir, NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
}

static void
assert_found (const char *subdir, const char *name, const char *root, const char *inside)
{
  g_autofree char *path = attest_path_find_data (subdir, name);
  g_autofree char *expected = g_build_filename (root, inside, name, NULL);

  g_assert_cmpstr (path, ==, expected);
}

static void
test_user_before_source (gconstpointer data)
{
  const Folders *folders = data;

  write_file (folders->source, "books", "both.yaml");
  write_file (folders->source, "books", "shipped.yaml");
  write_file (folders->home, "attest/books", "both.yaml");
  assert_found ("books", "both.yaml", folders->home, "attest/books");
  assert_found ("books", "shipped.yaml", folders->source, "books");
}

static void
test_not_found (gconstpointer data)
{
  const Folders *folders = data;

  write_file (folders->source, "other", "secret");
  write_file (folders->source, "books/folder", "x");
  g_assert_null (attest_path_find_data ("books", "none.yaml"));
  g_assert_null (attest_path_find_data ("books", ""));
  g_assert_null (attest_path_find_data ("books", "folder"));
  g_assert_null (attest_path_find_data ("books", "../other/secret"));
  g_assert_null (attest_path_find_data ("books", ".."));
}

static void
test_list (gconstpointer data)
{
  const Folders *folders = data;

  write_file (folders->source, "list", "b.yaml");
  write_file (folders->source, "list", "notes.txt");
  write_file (folders->source, "list", ".hidden.yaml");
  write_file (folders->home, "attest/list", "b.yaml");
  write_file (folders->home, "attest/list", "a.yaml");

  g_autoptr (GPtrArray) names = attest_path_list_data ("list", ".yaml");
  g_assert_cmpuint (names->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (names, 0), ==, "a.yaml");
  g_assert_cmpstr (g_ptr_array_index (names, 1), ==, "b.yaml");

  g_autoptr (GPtrArray) none = attest_path_list_data ("nowhere", ".yaml");
  g_assert_cmpuint (none->len, ==, 0);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);
      remove_tree (inside);
    }
  g_remove (path);
}

int
main (int argc, char **argv)
{
  g_autofree char *scratch = g_dir_make_tmp ("attest-path-XXXXXX", NULL);
  Folders folders
      = { g_build_filename (scratch, "home", NULL), g_build_filename (scratch, "source", NULL) };

  /* GLib reads XDG_DATA_HOME once. */
  g_setenv ("XDG_DATA_HOME", folders.home, TRUE);
  g_setenv ("ATTEST_DATA_DIR", folders.source, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/path/user-before-source", &folders, test_user_before_source);
  g_test_add_data_func ("/path/not-found", &folders, test_not_found);
  g_test_add_data_func ("/path/list", &folders, test_list);

  int status = g_test_run ();
  remove_tree (scratch);
  g_free (folders.home);
  g_free (folders.source);
  return status;
}
