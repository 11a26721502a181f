#include "util/attest-path.h"

#include <string.h>

/* Where the program runs uninstalled: the source tree, when it was built there or in a folder
 * right inside it. */
static void
add_program_folders (GPtrArray *roots)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;
  g_autofree char *status = NULL;

  if (folder == NULL)
    return;
  g_ptr_array_add (roots, g_strdup (folder));
  status = g_build_filename (folder, "config.status", NULL);
  if (g_file_test (status, G_FILE_TEST_IS_REGULAR))
    g_ptr_array_add (roots, g_path_get_dirname (folder));
}

/* The folders to look in, best first. */
static GPtrArray *
list_roots (void)
{
  GPtrArray *roots = g_ptr_array_new_with_free_func (g_free);
  const char *override = g_getenv ("ATTEST_DATA_DIR");

  g_ptr_array_add (roots, g_build_filename (g_get_user_data_dir (), "attest", NULL));
  if (override != NULL && *override != '\0')
    g_ptr_array_add (roots, g_strdup (override));
  add_program_folders (roots);
  g_ptr_array_add (roots, g_strdup (ATTEST_PKGDATADIR));
  return roots;
}

char *
attest_path_find_data (const char *subdir, const char *name)
{
  /* Names may come from a command line: what is not a plain name is no shipped file. */
  if (*name == '\0' || *name == '.' || strchr (name, G_DIR_SEPARATOR) != NULL)
    return NULL;

  g_autoptr (GPtrArray) roots = list_roots ();
  for (guint i = 0; i < roots->len; i++)
    {
      g_autofree char *path = g_build_filename (g_ptr_array_index (roots, i), subdir, name, NULL);
      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&path);
    }
  return NULL;
}

static void
add_names (GHashTable *names, const char *folder, const char *suffix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  if (dir == NULL)
    return;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      if (*name != '.' && g_str_has_suffix (name, suffix)
          && g_file_test (path, G_FILE_TEST_IS_REGULAR))
        g_hash_table_add (names, g_strdup (name));
    }
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
attest_path_list_data (const char *subdir, const char *suffix)
{
  g_autoptr (GPtrArray) roots = list_roots ();
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *sorted = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer name;

  for (guint i = 0; i < roots->len; i++)
    {
      g_autofree char *folder = g_build_filename (g_ptr_array_index (roots, i), subdir, NULL);
      add_names (names, folder, suffix);
    }
  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      g_ptr_array_add (sorted, name);
      g_hash_table_iter_steal (&iter);
    }
  g_ptr_array_sort (sorted, compare_names);
  return sorted;
}
