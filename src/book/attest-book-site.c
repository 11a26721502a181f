#include "book/attest-book-site.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "book/attest-book-temporary.h"
#include "util/attest-error.h"
#include "util/attest-hash.h"

struct _AttestBookSite
{
  char *path;                     /* as given; for messages */
  char *target;                   /* with links followed and no slash at its end */
  AttestBookTemporary *temporary; /* the folder that is being filled; NULL: none */
  gboolean is_folder;
  AttestOutput *output; /* of the page, or of the file */
  FILE *stream;         /* of the page in a folder */
  char *page_path;      /* of the page in a folder */
  GPtrArray *names;     /* of char *: the files of the folder */
};

static gboolean
throw_errno (const char *path, const char *what, GError **error)
{
  int saved = errno;

  g_set_error (error, G_FILE_ERROR, (int)g_file_error_from_errno (saved), "%s: cannot %s: %s", path,
               what, g_strerror (saved));
  return FALSE;
}

/* ---- the folder that is there ---- */

/* Whether the folder may be replaced: nothing is lost but an older book. */
static gboolean
check_replaceable (const char *shown, const char *folder, GError **error)
{
  g_autoptr (GHashTable) names = attest_book_list_files (folder);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const char *name;

  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    if (names == NULL || !g_hash_table_contains (names, name))
      return attest_throw (error, ATTEST_ERROR_USAGE,
                           "%s: holds '%s', which is no part of a book; give a folder of its own "
                           "for the book, or remove the file",
                           shown, name);
  return TRUE;
}

/* ---- life ---- */

static const char *
temporary_path (const AttestBookSite *site)
{
  return attest_book_temporary_get_path (site->temporary);
}

static gboolean
make_folder (AttestBookSite *site, GError **error)
{
  site->temporary = attest_book_temporary_new (site->target, error);
  if (site->temporary == NULL)
    g_prefix_error (error, "%s: cannot make the folder: ", site->path);
  return site->temporary != NULL;
}

static char *
dup_target (const char *path)
{
  char *resolved = realpath (path, NULL);
  g_autofree char *copy = g_strdup (resolved != NULL ? resolved : path);
  gsize length = strlen (copy);

  free (resolved);
  while (length > 1 && copy[length - 1] == '/')
    copy[--length] = '\0';
  return g_steal_pointer (&copy);
}

AttestBookSite *
attest_book_site_new (const char *path, GError **error)
{
  g_autoptr (AttestBookSite) site = g_new0 (AttestBookSite, 1);
  g_autofree char *lower = g_ascii_strdown (path, -1);

  site->path = g_strdup (path);
  site->target = dup_target (path);
  site->names = g_ptr_array_new_with_free_func (g_free);
  site->is_folder = g_file_test (site->target, G_FILE_TEST_IS_DIR)
                    || !(g_str_has_suffix (lower, ".html") || g_str_has_suffix (lower, ".htm"));
  if (!site->is_folder)
    {
      site->output = attest_output_new_file (path, error);
      return site->output != NULL ? g_steal_pointer (&site) : NULL;
    }
  if (g_file_test (site->target, G_FILE_TEST_EXISTS))
    {
      if (!g_file_test (site->target, G_FILE_TEST_IS_DIR))
        return attest_throw_null (error, ATTEST_ERROR_USAGE,
                                  "%s: is a file; give a folder, or a name that ends in .html",
                                  path);
      if (!check_replaceable (path, site->target, error))
        return NULL;
    }
  return make_folder (site, error) ? g_steal_pointer (&site) : NULL;
}

void
attest_book_site_free (AttestBookSite *site)
{
  if (site == NULL)
    return;
  attest_output_free (site->output);
  if (site->stream != NULL)
    fclose (site->stream);
  if (site->temporary != NULL)
    attest_book_remove_folder (temporary_path (site));
  attest_book_temporary_free (site->temporary);
  g_ptr_array_unref (site->names);
  g_free (site->page_path);
  g_free (site->target);
  g_free (site->path);
  g_free (site);
}

gboolean
attest_book_site_is_folder (const AttestBookSite *site)
{
  return site->is_folder;
}

/* ---- pages ---- */

static gboolean
open_file (AttestBookSite *site, const char *name, GError **error)
{
  g_free (site->page_path);
  site->page_path = g_build_filename (temporary_path (site), name, NULL);
  site->stream = g_fopen (site->page_path, "wbe");
  if (site->stream == NULL)
    return throw_errno (site->path, "write", error);
  g_ptr_array_add (site->names, g_strdup (name));
  site->output = attest_output_new_stream (site->stream);
  return TRUE;
}

/* Success means that it is on the disk. */
static gboolean
close_file (AttestBookSite *site, GError **error)
{
  FILE *stream = g_steal_pointer (&site->stream);
  g_autoptr (AttestOutput) output = g_steal_pointer (&site->output);
  gboolean is_written = attest_output_close (output, error);

  if (!is_written)
    g_prefix_error (error, "%s: ", site->path);
  if (is_written && fsync (fileno (stream)) != 0)
    is_written = throw_errno (site->path, "write", error);
  if (fclose (stream) != 0 && is_written)
    return throw_errno (site->path, "write", error);
  return is_written;
}

AttestOutput *
attest_book_site_begin (AttestBookSite *site, const char *page, GError **error)
{
  g_autofree char *name = g_strconcat (page, ".html", NULL);

  return !site->is_folder || open_file (site, name, error) ? site->output : NULL;
}

gboolean
attest_book_site_step (AttestBookSite *site, GError **error)
{
  if (attest_output_step (site->output, error))
    return TRUE;
  /* The output of a file names it. */
  if (site->is_folder)
    g_prefix_error (error, "%s: ", site->path);
  return FALSE;
}

gboolean
attest_book_site_end (AttestBookSite *site, GError **error)
{
  return !site->is_folder || close_file (site, error);
}

/* ---- the end ---- */

static gboolean
write_manifest (AttestBookSite *site, guint64 *out_bytes, GError **error)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < site->names->len; i++)
    {
      const char *name = g_ptr_array_index (site->names, i);
      g_autofree char *path = g_build_filename (temporary_path (site), name, NULL);
      g_autofree char *text = NULL;
      g_autofree char *digest = NULL;
      gsize length;

      if (!g_file_get_contents (path, &text, &length, error))
        return FALSE;
      digest = attest_sha256_hex (text, length);
      g_string_append_printf (lines, "%s  %s\n", digest, name);
      *out_bytes += length;
    }
  if (!open_file (site, ATTEST_BOOK_MANIFEST, error))
    return FALSE;
  g_string_append (attest_output_get_buffer (site->output), lines->str);
  *out_bytes += lines->len;
  return close_file (site, error);
}

/* Afterwards the new folder is in its place, and what was there under the temporary name. */
static gboolean
swap_folders (AttestBookSite *site, GError **error)
{
  g_autofree char *aside = NULL;

#ifdef RENAME_EXCHANGE
  if (renameat2 (AT_FDCWD, temporary_path (site), AT_FDCWD, site->target, RENAME_EXCHANGE) == 0)
    return TRUE;
#endif
  aside = g_strconcat (temporary_path (site), ".old", NULL);
  if (g_rename (site->target, aside) != 0)
    return throw_errno (site->path, "replace the folder", error);
  if (g_rename (temporary_path (site), site->target) != 0)
    {
      throw_errno (site->path, "replace the folder", error);
      g_rename (aside, site->target);
      return FALSE;
    }
  g_rename (aside, temporary_path (site));
  return TRUE;
}

static gboolean
place_folder (AttestBookSite *site, GError **error)
{
  if (!g_file_test (site->target, G_FILE_TEST_EXISTS))
    {
      if (g_rename (temporary_path (site), site->target) != 0)
        return throw_errno (site->path, "make the folder", error);
      g_clear_pointer (&site->temporary, attest_book_temporary_free);
      return TRUE;
    }
  /* Again: writing took a while. */
  if (!check_replaceable (site->path, site->target, error) || !swap_folders (site, error))
    return FALSE;
  attest_book_remove_folder (temporary_path (site));
  g_clear_pointer (&site->temporary, attest_book_temporary_free);
  return TRUE;
}

gboolean
attest_book_site_finish (AttestBookSite *site, guint64 *out_bytes, GError **error)
{
  guint64 bytes = 0;
  GStatBuf info;

  if (site->is_folder)
    {
      if (!write_manifest (site, &bytes, error) || !place_folder (site, error))
        return FALSE;
    }
  else
    {
      if (!attest_output_close (site->output, error))
        return FALSE;
      bytes = g_stat (site->target, &info) == 0 ? (guint64)info.st_size : 0;
    }
  if (out_bytes != NULL)
    *out_bytes = bytes;
  return TRUE;
}
