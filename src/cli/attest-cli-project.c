#include "cli/attest-cli.h"

static GPtrArray *
projects_in (const char *folder)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".attest"))
      g_ptr_array_add (found, g_strcmp0 (folder, ".") == 0 ? g_strdup (name)
                                                           : g_build_filename (folder, name, NULL));
  return found;
}

char *
attest_cli_find_project (const char *given, GError **error)
{
  static const char *const folders[] = { ".", ".." };

  if (given != NULL)
    return g_strdup (given);
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autoptr (GPtrArray) found = projects_in (folders[i]);

      if (found->len == 1)
        return g_strdup (g_ptr_array_index (found, 0));
      if (found->len > 1)
        return attest_throw_null (error, ATTEST_ERROR_USAGE,
                                  "%u project files in '%s': choose one with --project FILE",
                                  found->len, folders[i]);
    }
  return attest_throw_null (error, ATTEST_ERROR_USAGE,
                            "no project file here: make one with 'attest init NAME', or name it "
                            "with --project FILE");
}
