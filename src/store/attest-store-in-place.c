/* Somebody else's project: read without a byte written to it, and without a file beside it.
 *
 * SQLite makes a -shm file to read a database in WAL mode, writes what a WAL holds into the
 * database when it closes, and rolls a journal back when it opens. So the file is opened as one
 * that nobody changes, and whether that was true is asked when all is read
 * (attest_store_check_unchanged()). One of an older schema, or with a WAL or journal that waits, is
 * read from a copy in memory.
 */
#include "store/attest-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/attest-error.h"

/* Bytes of a header of SQLite: 2: WAL, 1: not. */
#define HEADER_WRITE_VERSION_BYTE 18
#define HEADER_READ_VERSION_BYTE 19
/* What a schema step may add to a copy in memory, and more. */
#define ROOM_BYTES (64 * 1024 * 1024)

static const char *const suffixes[] = { "", "-wal", "-journal" };

void
attest_store_stamp (const char *path, AttestStoreStamp *out_stamp)
{
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (path, suffixes[i], NULL);
      struct stat st = { 0 };

      /* A file that is not there, and an empty one, are the same. */
      if (stat (file, &st) != 0 || st.st_size == 0)
        memset (&st, 0, sizeof st);
      out_stamp->size[i] = st.st_size;
      out_stamp->inode[i] = st.st_size > 0 ? st.st_ino : 0;
      out_stamp->changed_ns[i]
          = st.st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) + st.st_mtim.tv_nsec;
    }
}

gboolean
attest_store_stamp_is_settled (const AttestStoreStamp *stamp)
{
  return stamp->size[1] == 0 && stamp->size[2] == 0;
}

static gboolean
is_same (const AttestStoreStamp *a, const AttestStoreStamp *b)
{
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (a->size[i] != b->size[i] || a->inode[i] != b->inode[i]
        || a->changed_ns[i] != b->changed_ns[i])
      return FALSE;
  return TRUE;
}

gboolean
attest_store_check_unchanged (AttestStore *store, GError **error)
{
  AttestStoreStamp now;

  if (store->mode != ATTEST_STORE_IN_PLACE || store->is_copy)
    return TRUE;
  attest_store_stamp (store->path, &now);
  return is_same (&store->stamp, &now)
         || attest_throw (error, ATTEST_ERROR_STORE,
                          "%s: was changed by another program while it was read; try again",
                          store->path);
}

/* ---- copies in memory ---- */

static sqlite3 *
open_memory (const char *path, GError **error)
{
  sqlite3 *db = NULL;

  if (sqlite3_open_v2 (":memory:", &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL)
      == SQLITE_OK)
    return db;
  attest_throw (error, ATTEST_ERROR_STORE, "%s: cannot be copied into memory: %s", path,
                sqlite3_errmsg (db));
  sqlite3_close (db);
  return NULL;
}

/* Of SQLite's memory, to which it goes. */
static guint8 *
read_whole (const char *path, gsize size, GError **error)
{
  guint8 *bytes = sqlite3_malloc64 (MAX (size, 1));
  gsize length = 0;
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);

  while (fd >= 0 && bytes != NULL && length < size)
    {
      gssize n = read (fd, bytes + length, size - length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        break;
      length += (gsize)n;
    }
  if (fd >= 0)
    close (fd);
  if (bytes != NULL && length == size)
    return bytes;
  sqlite3_free (bytes);
  return attest_throw_null (error, ATTEST_ERROR_STORE, "%s: cannot be read into memory", path);
}

/* A file that waits for nothing: its bytes, as a database that is not in WAL mode. */
static sqlite3 *
load_settled (AttestStore *store, GError **error)
{
  gsize size = (gsize)store->stamp.size[0];
  guint8 *bytes = read_whole (store->path, size, error);
  sqlite3 *db = bytes != NULL ? open_memory (store->path, error) : NULL;
  sqlite3_int64 limit = (sqlite3_int64)(size * 2 + ROOM_BYTES);

  if (db == NULL)
    {
      sqlite3_free (bytes);
      return NULL;
    }
  bytes[HEADER_WRITE_VERSION_BYTE] = bytes[HEADER_READ_VERSION_BYTE] = 1;
  /* Frees the bytes also when it fails. */
  if (sqlite3_deserialize (db, "main", bytes, (sqlite3_int64)size, (sqlite3_int64)size,
                           SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE)
          != SQLITE_OK
      || sqlite3_file_control (db, "main", SQLITE_FCNTL_SIZE_LIMIT, &limit) != SQLITE_OK)
    {
      attest_throw (error, ATTEST_ERROR_STORE, "%s: cannot be copied into memory: %s", store->path,
                    sqlite3_errmsg (db));
      sqlite3_close (db);
      return NULL;
    }
  return db;
}

static gboolean
copy_file (const char *from, const char *to, gint64 size, GError **error)
{
  g_autofree guint8 *bytes = NULL;
  guint8 *read = read_whole (from, (gsize)size, error);

  if (read == NULL)
    return FALSE;
  bytes = g_memdup2 (read, (gsize)size);
  sqlite3_free (read);
  return g_file_set_contents_full (to, (const char *)bytes, size, G_FILE_SET_CONTENTS_NONE, 0600,
                                   error);
}

static sqlite3 *
back_up_to_memory (const char *path, const char *name, GError **error)
{
  sqlite3 *from = NULL, *to = open_memory (name, error);
  sqlite3_backup *backup = NULL;
  gboolean ok = to != NULL
                && sqlite3_open_v2 (path, &from, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL)
                       == SQLITE_OK
                && (backup = sqlite3_backup_init (to, "main", from, "main")) != NULL;

  if (backup != NULL)
    {
      sqlite3_backup_step (backup, -1);
      ok = sqlite3_backup_finish (backup) == SQLITE_OK;
    }
  if (!ok && to != NULL)
    attest_throw (error, ATTEST_ERROR_STORE, "%s: cannot be copied into memory: %s", name,
                  sqlite3_errmsg (to));
  sqlite3_close (from);
  if (ok)
    return to;
  sqlite3_close (to);
  return NULL;
}

/* A file with a WAL or a journal: both are copied beside each other, where SQLite may do with them
 * what it likes, and the copies are gone before this returns. */
static sqlite3 *
load_unsettled (AttestStore *store, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("attest-XXXXXX", error);
  g_autofree char *copy = folder != NULL ? g_build_filename (folder, "copy.attest", NULL) : NULL;
  gboolean ok = copy != NULL;
  sqlite3 *db = NULL;

  for (guint i = 0; ok && i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (store->path, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (copy, suffixes[i], NULL);

      if (store->stamp.size[i] > 0)
        ok = copy_file (from, to, store->stamp.size[i], error);
    }
  if (ok && attest_store_check_unchanged (store, error))
    db = back_up_to_memory (copy, store->path, error);
  static const char *const all[] = { "", "-wal", "-journal", "-shm" };
  for (guint i = 0; copy != NULL && i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *file = g_strconcat (copy, all[i], NULL);

      g_unlink (file);
    }
  if (folder != NULL)
    g_rmdir (folder);
  return db;
}

gboolean
attest_store_load_copy (AttestStore *store, GError **error)
{
  sqlite3 *copy = attest_store_stamp_is_settled (&store->stamp) ? load_settled (store, error)
                                                                : load_unsettled (store, error);

  if (copy == NULL || !attest_store_check_unchanged (store, error))
    {
      sqlite3_close (copy);
      return FALSE;
    }
  /* Statements prepared on the file are gone with it. */
  g_hash_table_remove_all (store->statements);
  sqlite3_close (store->db);
  store->db = copy;
  store->is_copy = TRUE;
  return TRUE;
}
