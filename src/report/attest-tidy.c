#include "report/attest-tidy.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "report/attest-report-resource.h"
#include "util/attest-error.h"
#include "util/attest-output.h"

/* Tables name respondents: nobody else on the machine reads them. */
#define FOLDER_MODE 0700

struct _AttestTidy
{
  char *path, *folder;  /* folder: where it grows; NULL when it is in its place */
  GPtrArray *files;     /* of char *: paths in the folder, to be removed on failure */
  AttestOutput *output; /* of the table that grows */
};

static gboolean
throw_errno (GError **error, const char *path)
{
  int code = errno;

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s: %s", path,
               g_strerror (code));
  return FALSE;
}

/* An empty folder may be replaced; rmdir() of one that is not fails, which is what says so. */
static gboolean
check_free (const char *path, GError **error)
{
  g_autoptr (GDir) dir = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  dir = g_dir_open (path, 0, NULL);
  if (dir != NULL && g_dir_read_name (dir) == NULL)
    return TRUE;
  return attest_throw (error, ATTEST_ERROR_USAGE,
                       "%s: it exists: name a new folder for the tables, or remove that one", path);
}

AttestTidy *
attest_tidy_new (const char *path, GError **error)
{
  g_autoptr (AttestTidy) tidy = NULL;
  g_autofree char *parent = g_path_get_dirname (path);
  g_autofree char *folder = g_build_filename (parent, ".attest-tables-XXXXXX", NULL);

  if (!check_free (path, error))
    return NULL;
  if (g_mkdtemp_full (folder, FOLDER_MODE) == NULL)
    {
      throw_errno (error, parent);
      return NULL;
    }
  tidy = g_new0 (AttestTidy, 1);
  tidy->path = g_strdup (path);
  tidy->folder = g_steal_pointer (&folder);
  tidy->files = g_ptr_array_new_with_free_func (g_free);
  return g_steal_pointer (&tidy);
}

void
attest_tidy_free (AttestTidy *tidy)
{
  if (tidy == NULL)
    return;
  g_clear_pointer (&tidy->output, attest_output_free);
  if (tidy->folder != NULL)
    {
      for (guint i = 0; i < tidy->files->len; i++)
        g_unlink (g_ptr_array_index (tidy->files, i));
      g_rmdir (tidy->folder);
    }
  g_ptr_array_unref (tidy->files);
  g_free (tidy->path);
  g_free (tidy->folder);
  g_free (tidy);
}

static gboolean
close_table (AttestTidy *tidy, GError **error)
{
  gboolean ok = tidy->output == NULL || attest_output_close (tidy->output, error);

  g_clear_pointer (&tidy->output, attest_output_free);
  return ok;
}

static gboolean
begin_file (AttestTidy *tidy, const char *name, GError **error)
{
  char *path = g_build_filename (tidy->folder, name, NULL);

  g_ptr_array_add (tidy->files, path);
  tidy->output = attest_output_new_file (path, error);
  return tidy->output != NULL;
}

gboolean
attest_tidy_add (AttestTidy *tidy, const char *name, const AttestTable *table, gboolean is_first,
                 GError **error)
{
  g_autofree char *file = g_strconcat (name, ".csv", NULL);

  if (is_first && (!close_table (tidy, error) || !begin_file (tidy, file, error)))
    return FALSE;
  if (is_first)
    attest_table_write_csv (table, attest_output_get_buffer (tidy->output));
  else
    attest_table_write_csv_rows (table, attest_output_get_buffer (tidy->output));
  return attest_output_step (tidy->output, error);
}

static gboolean
write_script (AttestTidy *tidy, const char *name, GError **error)
{
  g_autofree char *resource = g_strconcat ("/attest/report/", name, NULL);
  GBytes *bytes = g_resource_lookup_data (attest_report_get_resource (), resource,
                                          G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  gboolean ok = bytes != NULL && begin_file (tidy, name, error);

  if (ok)
    {
      gsize length_bytes;
      const char *text = g_bytes_get_data (bytes, &length_bytes);

      g_string_append_len (attest_output_get_buffer (tidy->output), text, (gssize)length_bytes);
      ok = close_table (tidy, error);
    }
  g_clear_pointer (&bytes, g_bytes_unref);
  return ok;
}

gboolean
attest_tidy_finish (AttestTidy *tidy, GError **error)
{
  if (!close_table (tidy, error) || !write_script (tidy, "read.R", error)
      || !write_script (tidy, "read.py", error))
    return FALSE;
  /* Takes the place of an empty folder, too, but of nothing else. */
  if (g_rename (tidy->folder, tidy->path) != 0)
    return throw_errno (error, tidy->path);
  g_clear_pointer (&tidy->folder, g_free);
  return TRUE;
}
