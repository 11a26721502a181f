#include "book/attest-book-temporary.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "book/attest-book-site.h"

#define LOCK ".lock"
/* What the six random characters stand for, and how often others are tried. */
#define RANDOM "XXXXXX"
#define MAX_TRIES 100

struct _AttestBookTemporary
{
  char *path;
  char *lock_path;
  int lock; /* -1: none */
};

/* ---- the files of a book ---- */

GHashTable *
attest_book_list_files (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, ATTEST_BOOK_MANIFEST, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  GHashTable *names;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  lines = g_strsplit (text, "\n", -1);
  names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add (names, g_strdup (ATTEST_BOOK_MANIFEST));
  for (char **line = lines; *line != NULL; line++)
    {
      const char *name = strstr (*line, "  ");

      /* Never a path: what is listed is removed. */
      if (name != NULL && strchr (name, '/') == NULL && g_str_has_suffix (name, ".html"))
        g_hash_table_add (names, g_strdup (name + 2));
    }
  return names;
}

void
attest_book_remove_folder (const char *folder)
{
  g_autoptr (GHashTable) listed = attest_book_list_files (folder);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (listed != NULL ? g_hash_table_contains (listed, name) : g_str_has_suffix (name, ".html"))
      g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
  for (guint i = 0; i < paths->len; i++)
    g_unlink (g_ptr_array_index (paths, i));
  g_rmdir (folder);
}

/* ---- what is left over ---- */

/* Whether @name is that of a lock for @base: "book.Ab12Cd.lock". */
static gboolean
is_lock (const char *name, const char *base)
{
  gsize base_bytes = strlen (base);

  return strncmp (name, base, base_bytes) == 0 && name[base_bytes] == '.'
         && strlen (name) == base_bytes + 1 + strlen (RANDOM LOCK) && g_str_has_suffix (name, LOCK);
}

/* Nothing, when its program lives, or locks do not work here. */
static void
remove_left_over (const char *lock_path)
{
  g_autofree char *folder = g_strndup (lock_path, strlen (lock_path) - strlen (LOCK));
  int lock = open (lock_path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);

  if (lock < 0)
    return;
  if (flock (lock, LOCK_EX | LOCK_NB) == 0)
    {
      if (!g_file_test (folder, G_FILE_TEST_IS_SYMLINK))
        attest_book_remove_folder (folder);
      g_unlink (lock_path);
    }
  close (lock);
}

static void
remove_all_left_over (const char *target)
{
  g_autofree char *parent = g_path_get_dirname (target);
  g_autofree char *base = g_path_get_basename (target);
  g_autoptr (GDir) dir = g_dir_open (parent, 0, NULL);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (is_lock (name, base))
      g_ptr_array_add (paths, g_build_filename (parent, name, NULL));
  for (guint i = 0; i < paths->len; i++)
    remove_left_over (g_ptr_array_index (paths, i));
}

/* ---- a new one ---- */

static gboolean
throw_errno (GError **error)
{
  int saved = errno;

  g_set_error_literal (error, G_FILE_ERROR, (int)g_file_error_from_errno (saved),
                       g_strerror (saved));
  return FALSE;
}

static void
remove_lock (AttestBookTemporary *temporary)
{
  if (temporary->lock < 0)
    return;
  g_unlink (temporary->lock_path);
  close (temporary->lock);
  temporary->lock = -1;
}

/* The lock comes first, so that there is never a folder that a lock is missing for. */
static gboolean
make (AttestBookTemporary *temporary, const char *target, int mode, GError **error)
{
  g_free (temporary->lock_path);
  g_free (temporary->path);
  temporary->lock_path = g_strconcat (target, "." RANDOM LOCK, NULL);
  temporary->path = NULL;
  temporary->lock = g_mkstemp_full (temporary->lock_path, O_RDWR | O_CLOEXEC, 0600);
  if (temporary->lock < 0)
    return throw_errno (error);
  /* Somebody may take it for left over just now; then it is gone, and the folder is ours anyway. */
  while (flock (temporary->lock, LOCK_EX) != 0 && errno == EINTR)
    ;
  temporary->path = g_strndup (temporary->lock_path, strlen (temporary->lock_path) - strlen (LOCK));
  if (g_mkdir (temporary->path, mode) == 0)
    return TRUE;
  throw_errno (error);
  remove_lock (temporary);
  return FALSE;
}

AttestBookTemporary *
attest_book_temporary_new (const char *target, GError **error)
{
  g_autoptr (AttestBookTemporary) temporary = g_new0 (AttestBookTemporary, 1);
  mode_t mask = umask (0);

  umask (mask);
  temporary->lock = -1;
  remove_all_left_over (target);
  for (guint i = 0; i < MAX_TRIES; i++)
    {
      g_autoptr (GError) inner = NULL;

      if (make (temporary, target, 0777 & ~(int)mask, &inner))
        return g_steal_pointer (&temporary);
      if (i + 1 == MAX_TRIES || !g_error_matches (inner, G_FILE_ERROR, G_FILE_ERROR_EXIST))
        {
          g_propagate_error (error, g_steal_pointer (&inner));
          break;
        }
    }
  return NULL;
}

const char *
attest_book_temporary_get_path (const AttestBookTemporary *temporary)
{
  return temporary->path;
}

void
attest_book_temporary_free (AttestBookTemporary *temporary)
{
  if (temporary == NULL)
    return;
  remove_lock (temporary);
  g_free (temporary->lock_path);
  g_free (temporary->path);
  g_free (temporary);
}
