#define _GNU_SOURCE /* AT_EACCESS */
#include "config.h"

#include "store/attest-store-merge.h"
#include "store/attest-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "util/attest-error.h"

/* Where the header of an SQLite file says what it is; both numbers are big-endian. */
#define HEADER_BYTES 100
#define HEADER_USER_VERSION_BYTE 60
#define HEADER_APPLICATION_ID_BYTE 68

enum
{
  GET_META,
  SET_META,
  REMOVE_META,
  LIST_META,
  N_STATEMENTS
};

static const char *const statements[N_STATEMENTS] = {
  [GET_META] = "SELECT value FROM meta WHERE key = ?1",
  [SET_META] = "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)",
  [REMOVE_META] = "DELETE FROM meta WHERE key = ?1",
  [LIST_META] = "SELECT key, value FROM meta WHERE substr (key, 1, length (?1)) = ?1",
};

gboolean
attest_store_throw (AttestStore *store, GError **error)
{
  const char *path = store->path;
  const char *reason = sqlite3_errmsg (store->db);

  switch (sqlite3_errcode (store->db))
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return attest_throw (error, ATTEST_ERROR_STORE,
                           "%s: is in use by another program; try again when it is done", path);
    case SQLITE_FULL:
      return attest_throw (error, ATTEST_ERROR_STORE,
                           "%s: the disk is full; make room and try again", path);
    case SQLITE_READONLY:
      return attest_throw (error, ATTEST_ERROR_STORE,
                           "%s: is read-only; change its permissions or work on a copy", path);
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return attest_throw (error, ATTEST_ERROR_STORE,
                           "%s: is damaged (%s); go back to a copy of it", path, reason);
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
      return attest_throw (error, ATTEST_ERROR_STORE, "%s: cannot be read or written: %s", path,
                           reason);
    default:
      return attest_throw (error, ATTEST_ERROR_STORE, "%s: %s", path, reason);
    }
}

char *
attest_store_dup_now (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
}

static gboolean
throw_errno (GError **error, const char *path, int code)
{
  g_set_error (error, G_FILE_ERROR, (int)g_file_error_from_errno (code), "%s: %s", path,
               g_strerror (code));
  return FALSE;
}

static guint32
read_be32 (const guint8 *bytes)
{
  guint32 value;

  memcpy (&value, bytes, sizeof value);
  return GUINT32_FROM_BE (value);
}

/* Looks at the file before SQLite does, because opening somebody's database may already change it
 * (recovery of its journal). The header of a project file is written by
 * attest_store_create() and does not wait in a WAL. */
static gboolean
check_header (const char *path, GError **error)
{
  guint8 header[HEADER_BYTES];
  gsize length_bytes = 0;
  struct stat st = { 0 };
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);

  if (fd < 0)
    return throw_errno (error, path, errno);
  if (fstat (fd, &st) == 0 && S_ISREG (st.st_mode))
    while (length_bytes < sizeof header)
      {
        gssize n = read (fd, header + length_bytes, sizeof header - length_bytes);

        if (n <= 0)
          break;
        length_bytes += (gsize)n;
      }
  close (fd);
  if (S_ISREG (st.st_mode) && st.st_size == 0)
    return attest_throw (
        error, ATTEST_ERROR_STORE,
        "%s: is empty; if an 'attest init' was broken off here, remove the file and "
        "run it again",
        path);
  if (length_bytes < sizeof header || memcmp (header, "SQLite format 3", 16) != 0
      || read_be32 (header + HEADER_APPLICATION_ID_BYTE) != ATTEST_STORE_APPLICATION_ID)
    return attest_throw (error, ATTEST_ERROR_STORE, "%s: is not an attest project", path);
  if (read_be32 (header + HEADER_USER_VERSION_BYTE) > ATTEST_STORE_SCHEMA)
    return attest_throw (
        error, ATTEST_ERROR_SCHEMA,
        "%s: was made by a newer attest (schema %u, this program knows %d): update "
        "attest to open it",
        path, read_be32 (header + HEADER_USER_VERSION_BYTE), ATTEST_STORE_SCHEMA);
  return TRUE;
}

static void
finalize (gpointer stmt)
{
  sqlite3_finalize (stmt);
}

static AttestStore *
store_new (const char *path, AttestStoreMode mode)
{
  AttestStore *store = g_new0 (AttestStore, 1);

  store->path = g_strdup (path);
  store->mode = mode;
  store->quote_id_chars = ATTEST_QUOTE_ID_CHARS;
  store->statements = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, finalize);
  return store;
}

void
attest_store_free (AttestStore *store)
{
  if (store == NULL)
    return;
  attest_store_rollback (store);
  g_hash_table_unref (store->statements);
  sqlite3_close (store->db);
  g_free (store->path);
  g_free (store);
}

static gboolean
is_writable (const char *path)
{
  return faccessat (AT_FDCWD, path, W_OK, AT_EACCESS) == 0;
}

static gboolean
has_leftover (const char *path, const char *suffix)
{
  g_autofree char *leftover = g_strconcat (path, suffix, NULL);
  struct stat st;

  return stat (leftover, &st) == 0 && st.st_size > 0;
}

/* Before SQLite opens it, because that leaves a -wal and a -shm file which it then cannot remove.
 */
static gboolean
check_writable (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (!is_writable (path))
    return attest_throw (error, ATTEST_ERROR_STORE,
                         "%s: is read-only; change its permissions or work on a copy", path);
  if (!is_writable (folder))
    return attest_throw (error, ATTEST_ERROR_STORE,
                         "%s: is in a read-only folder; change its permissions or work on a copy",
                         path);
  return TRUE;
}

/* A database in WAL mode needs a -shm file beside it even to be read. Where none can be made,
 * SQLite can be told that nobody changes the file; that is only true when no WAL waits to be read,
 * and no journal to be rolled back.
 */
static gboolean
must_be_immutable (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (is_writable (path) && is_writable (folder))
    return FALSE;
  return !has_leftover (path, "-wal") && !has_leftover (path, "-journal");
}

static gboolean
connect_database (AttestStore *store, GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (store->path, NULL);
  g_autofree char *uri = NULL;
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;

  uri = g_filename_to_uri (absolute, NULL, error);
  if (uri == NULL)
    return FALSE;
  /* SQLite counts its memory for those who ask, under a lock at each allocation: nobody does.
   * It refuses, and goes on as it is, when it is in use already. */
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  attest_store_stamp (store->path, &store->stamp);
  if (store->mode == ATTEST_STORE_IN_PLACE && !attest_store_stamp_is_settled (&store->stamp))
    return attest_store_load_copy (store, error);
  if (store->mode == ATTEST_STORE_IN_PLACE
      || (store->mode != ATTEST_STORE_WRITE && must_be_immutable (absolute)))
    {
      g_autofree char *plain = g_steal_pointer (&uri);

      uri = g_strconcat (plain, "?immutable=1", NULL);
      flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
    }
  if (sqlite3_open_v2 (uri, &store->db, flags, NULL) != SQLITE_OK)
    return attest_store_throw (store, error);
  sqlite3_extended_result_codes (store->db, 0);
  sqlite3_busy_timeout (store->db, ATTEST_STORE_BUSY_MS);
  return TRUE;
}

/* Outside a transaction: inside, foreign_keys is ignored and journal_mode fails. */
static gboolean
configure (AttestStore *store, GError **error)
{
  /* The size of pages matters to a new file only: twice SQLite's own, since most of a project are
   * texts, which are then read and written in half as many calls. */
  static const char settings[] = "PRAGMA page_size = 8192;"
                                 "PRAGMA foreign_keys = ON;"
                                 "PRAGMA trusted_schema = OFF;"
                                 "PRAGMA cell_size_check = ON;"
                                 "PRAGMA temp_store = MEMORY;"
                                 "PRAGMA cache_size = -16384;"; /* KiB */

  sqlite3_db_config (store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  if (sqlite3_exec (store->db, settings, NULL, NULL, NULL) != SQLITE_OK)
    return attest_store_throw (store, error);
  return TRUE;
}

static gboolean
fill_new (AttestStore *store, const char *title, GError **error)
{
  g_autofree char *now = attest_store_dup_now ();

  return attest_store_begin (store, error) && attest_store_set_meta (store, "title", title, error)
         && attest_store_set_meta (store, "created_at", now, error)
         && attest_store_set_meta (store, "tool_version", PACKAGE_VERSION, error)
         && attest_store_commit (store, NULL, "init", title, error);
}

/* The file is ours and holds nothing; nor does what SQLite could not clear away on a full disk. */
static void
remove_new (const char *path)
{
  static const char *const suffixes[] = { "", "-journal", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (path, suffixes[i], NULL);
      g_unlink (file);
    }
}

/* @fill: FALSE: without an entry in its log. */
static AttestStore *
create (const char *path, const char *title, gboolean fill, GError **error)
{
  g_autoptr (AttestStore) store = NULL;
  guint n_steps;
  const AttestStoreStep *steps = attest_store_get_steps (&n_steps);
  int fd = g_open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      throw_errno (error, path, errno);
      return NULL;
    }
  close (fd);
  store = store_new (path, ATTEST_STORE_WRITE);
  /* The schema before WAL, so that the header of the file itself says what it is. */
  if (connect_database (store, error) && configure (store, error)
      && attest_store_migrate (store->db, path, steps, n_steps, error)
      && (attest_store_set_wal (store) || attest_store_throw (store, error))
      && (!fill || fill_new (store, title, error)))
    return g_steal_pointer (&store);
  g_clear_pointer (&store, attest_store_free);
  remove_new (path);
  return NULL;
}

AttestStore *
attest_store_create (const char *path, const char *title, GError **error)
{
  return create (path, title, TRUE, error);
}

AttestStore *
attest_store_create_empty (const char *path, GError **error)
{
  return create (path, NULL, FALSE, error);
}

void
attest_store_free_and_remove (AttestStore *store)
{
  g_autofree char *path = g_strdup (store->path);

  attest_store_free (store);
  remove_new (path);
}

/* Nothing is left when a step fails, so nothing need be taken back. */
static gboolean
bring_copy_up_to_date (AttestStore *store, const AttestStoreStep *steps, guint n_steps,
                       GError **error)
{
  static const char settings[] = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;";

  if ((!store->is_copy && !attest_store_load_copy (store, error)) || !configure (store, error))
    return FALSE;
  if (sqlite3_exec (store->db, settings, NULL, NULL, NULL) != SQLITE_OK)
    return attest_store_throw (store, error);
  return attest_store_migrate_copy (store->db, store->path, steps, n_steps, error);
}

static gboolean
bring_up_to_date (AttestStore *store, GError **error)
{
  gint64 have = 0;
  guint n_steps;
  const AttestStoreStep *steps = attest_store_get_steps (&n_steps);

  if (!attest_stmt_get_int (store, "PRAGMA user_version", &have, error, ""))
    return FALSE;
  if (have == n_steps)
    return TRUE;
  if (store->mode == ATTEST_STORE_IN_PLACE)
    return bring_copy_up_to_date (store, steps, n_steps, error);
  if (have < n_steps && sqlite3_db_readonly (store->db, "main") != 0)
    return attest_throw (error, ATTEST_ERROR_SCHEMA,
                         "%s: was made by an older attest (schema %" G_GINT64_FORMAT
                         ", this program uses %u) and is read-only; work on a copy",
                         store->path, have, n_steps);
  return attest_store_migrate (store->db, store->path, steps, n_steps, error);
}

AttestStore *
attest_store_open (const char *path, AttestStoreMode mode, GError **error)
{
  g_autoptr (AttestStore) store = NULL;

  if (!check_header (path, error))
    return NULL;
  if (mode == ATTEST_STORE_WRITE && !check_writable (path, error))
    return NULL;
  store = store_new (path, mode);
  if (!connect_database (store, error) || !configure (store, error))
    return NULL;
  if (!bring_up_to_date (store, error))
    return NULL;
  /* A copy made with the sqlite3 shell, for instance, has lost the setting. Not while somebody
   * reads it: then it works without, too. */
  if (mode == ATTEST_STORE_WRITE)
    attest_store_set_wal (store);
  if (mode != ATTEST_STORE_WRITE)
    sqlite3_exec (store->db, "PRAGMA query_only = ON", NULL, NULL, NULL);
  return g_steal_pointer (&store);
}

const char *
attest_store_get_path (AttestStore *store)
{
  return store->path;
}

char *
attest_store_dup_meta (AttestStore *store, const char *key, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[GET_META], error, "s", key);

  if (stmt == NULL || attest_stmt_step (store, stmt, error) <= 0)
    return NULL;
  return attest_stmt_dup (stmt, 0);
}

GHashTable *
attest_store_list_meta (AttestStore *store, const char *prefix, GError **error)
{
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_META], error, "s", prefix);
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    g_hash_table_insert (found, attest_stmt_dup (stmt, 0), attest_stmt_dup (stmt, 1));
  return rc < 0 ? NULL : g_steal_pointer (&found);
}

gboolean
attest_store_set_meta (AttestStore *store, const char *key, const char *value, GError **error)
{
  g_return_val_if_fail (attest_store_is_writing (store), FALSE);
  if (value == NULL)
    return attest_stmt_exec (store, statements[REMOVE_META], error, "s", key);
  return attest_stmt_exec (store, statements[SET_META], error, "ss", key, value);
}
