#include "cli/attest-cli-projects.h"

#include <glob.h>
#include <string.h>

#include "cli/attest-cli-inputs.h"

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/* All project files of a folder, by name. */
static gboolean
add_folder (const char *folder, GPtrArray *paths, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  const char *name;

  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".attest"))
      g_ptr_array_add (found, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (found, compare_names);
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (paths, g_ptr_array_index (found, i));
  if (found->len == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE, "%s: no project files (*.attest) in it",
                         folder);
  return TRUE;
}

/* As a shell would have done, had the pattern not been quoted. */
static gboolean
add_pattern (const char *pattern, GPtrArray *paths, GError **error)
{
  glob_t found;
  int result = glob (pattern, GLOB_ERR, NULL, &found);

  for (gsize i = 0; result == 0 && i < found.gl_pathc; i++)
    g_ptr_array_add (paths, g_strdup (found.gl_pathv[i]));
  if (result == 0)
    globfree (&found);
  return result == 0
         || attest_throw (error, ATTEST_ERROR_USAGE, "%s: no file is named like that", pattern);
}

static gboolean
add_path (const char *path, GPtrArray *paths, GError **error)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return add_folder (path, paths, error);
  if (strpbrk (path, "*?[") != NULL && !g_file_test (path, G_FILE_TEST_EXISTS))
    return add_pattern (path, paths, error);
  g_ptr_array_add (paths, g_strdup (path));
  return TRUE;
}

/* A path a line. */
static gboolean
add_list (GPtrArray *paths, GError **error)
{
  g_autoptr (AttestInput) input = attest_cli_input_load ("-", error);

  if (input == NULL)
    return FALSE;
  gsize length_bytes;
  const char *text = g_bytes_get_data (input->bytes, &length_bytes);
  g_autofree char *copy = g_strndup (text, length_bytes);
  g_auto (GStrv) lines = g_strsplit (copy, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strchomp (lines[i]) != '\0' && !add_path (lines[i], paths, error))
      return FALSE;
  return TRUE;
}

/* A file that is named twice counts once, which is told. */
static void
drop_doubles (AttestInvocation *inv, GPtrArray *paths)
{
  g_autoptr (GHashTable) met = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < paths->len;)
    {
      const char *path = g_ptr_array_index (paths, i);

      if (g_hash_table_add (met, g_canonicalize_filename (path, NULL)))
        {
          i++;
          continue;
        }
      attest_cli_complain (inv, "warning: %s: is named twice and counts once", path);
      g_ptr_array_remove_index (paths, i);
    }
}

GPtrArray *
attest_cli_list_projects (AttestInvocation *inv, const char *const *names, guint n_names,
                          GError **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n_names; i++)
    if (strcmp (names[i], "-") == 0 ? !add_list (paths, error) : !add_path (names[i], paths, error))
      return NULL;
  drop_doubles (inv, paths);
  if (paths->len == 0)
    return attest_throw_null (error, ATTEST_ERROR_USAGE, "no projects are named");
  return g_steal_pointer (&paths);
}

GPtrArray *
attest_cli_choose_projects (AttestInvocation *inv, const GPtrArray *named, char *const *given,
                            GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *own = NULL;

  for (guint i = 0; i < named->len; i++)
    g_ptr_array_add (names, g_ptr_array_index (named, i));
  for (guint i = 0; given != NULL && given[i] != NULL; i++)
    g_ptr_array_add (names, given[i]);
  if (names->len == 0)
    {
      own = attest_cli_find_project (inv->project, error);
      if (own == NULL)
        return NULL;
      g_ptr_array_add (names, own);
    }
  return attest_cli_list_projects (inv, (const char *const *)names->pdata, names->len, error);
}
