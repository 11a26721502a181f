/* The schema, step by step.
 *
 * A fresh file runs the same steps as an old one. user_version is transactional in SQLite: a step
 * and its number are there together or not at all.
 */
#include "store/attest-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>

#include "store/attest-store-resource.h"
#include "util/attest-error.h"

static const char *const step_names[ATTEST_STORE_SCHEMA]
    = { "001-first",    "002-qualifiers", "003-guides", "004-decisions",   "005-ledger",
        "006-project",  "007-silences",   "008-merge",  "009-withdrawals", "010-documents",
        "011-versions", "012-runs",       "013-pages",  "014-samples" };

const AttestStoreStep *
attest_store_get_steps (guint *out_n_steps)
{
  static AttestStoreStep steps[ATTEST_STORE_SCHEMA];
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      for (guint i = 0; i < ATTEST_STORE_SCHEMA; i++)
        {
          g_autofree char *path = g_strdup_printf ("/attest/sql/%s.sql", step_names[i]);
          g_autoptr (GBytes) bytes = g_resource_lookup_data (attest_store_get_resource (), path,
                                                             G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

          /* The data is part of the program and ends with a NUL. */
          g_assert (bytes != NULL);
          steps[i].name = step_names[i];
          steps[i].sql = g_bytes_get_data (bytes, NULL);
        }
      g_once_init_leave (&ready, 1);
    }
  *out_n_steps = ATTEST_STORE_SCHEMA;
  return steps;
}

static gboolean
throw_step (sqlite3 *db, const char *path, const AttestStoreStep *step, GError **error)
{
  int code = sqlite3_errcode (db);
  const char *reason = sqlite3_errmsg (db);

  attest_throw (error, ATTEST_ERROR_STORE, "%s: schema step %s failed, nothing was changed: %s",
                path, step->name, code == SQLITE_FULL ? "the disk is full" : reason);
  sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

static gboolean
read_user_version (sqlite3 *db, const char *path, int *out_version, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  gboolean ok = sqlite3_prepare_v2 (db, "PRAGMA user_version", -1, &stmt, NULL) == SQLITE_OK
                && sqlite3_step (stmt) == SQLITE_ROW;

  if (ok)
    *out_version = sqlite3_column_int (stmt, 0);
  else
    attest_throw (error, ATTEST_ERROR_STORE, "%s: %s", path, sqlite3_errmsg (db));
  sqlite3_finalize (stmt);
  return ok;
}

/* Makes an empty file that nobody else can read, which SQLite then fills. */
static gboolean
reserve_backup (const char *backup, GError **error)
{
  int fd = g_open (backup, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);

  if (fd >= 0)
    return g_close (fd, error);
  /* An older copy of the same version may be the only good one: it stays, the new step stops. */
  if (errno == EEXIST)
    return attest_throw (error, ATTEST_ERROR_STORE,
                         "%s: the copy from an earlier upgrade is in the way; move it elsewhere",
                         backup);
  return attest_throw (error, ATTEST_ERROR_STORE, "%s: cannot be written before the upgrade: %s",
                       backup, g_strerror (errno));
}

/* A copy that holds what a reader of @db sees now, WAL included. */
static gboolean
back_up (sqlite3 *db, const char *path, int version, GError **error)
{
  g_autofree char *backup = g_strdup_printf ("%s.v%d.bak", path, version);
  sqlite3_stmt *stmt = NULL;
  gboolean ok;

  if (!reserve_backup (backup, error))
    return FALSE;
  ok = sqlite3_prepare_v2 (db, "VACUUM INTO ?1", -1, &stmt, NULL) == SQLITE_OK
       && sqlite3_bind_text (stmt, 1, backup, -1, SQLITE_STATIC) == SQLITE_OK
       && sqlite3_step (stmt) == SQLITE_DONE;
  if (!ok)
    attest_throw (error, ATTEST_ERROR_STORE, "%s: cannot be written before the upgrade: %s", backup,
                  sqlite3_errmsg (db));
  sqlite3_finalize (stmt);
  if (!ok)
    g_unlink (backup);
  return ok;
}

static gboolean
run_step (sqlite3 *db, const char *path, const AttestStoreStep *step, int number, GError **error)
{
  /* PRAGMA takes no parameters; both are numbers of ours. */
  g_autofree char *marks = g_strdup_printf ("PRAGMA user_version = %d; PRAGMA application_id = %d",
                                            number, ATTEST_STORE_APPLICATION_ID);

  if (sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK
      || sqlite3_exec (db, step->sql, NULL, NULL, NULL) != SQLITE_OK)
    return throw_step (db, path, step, error);
  /* A COMMIT inside the script would have ended our transaction. */
  if (sqlite3_get_autocommit (db) != 0)
    return attest_throw (error, ATTEST_ERROR_STORE, "%s: schema step %s ended its transaction",
                         path, step->name);
  if (sqlite3_exec (db, marks, NULL, NULL, NULL) != SQLITE_OK
      || sqlite3_exec (db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
    return throw_step (db, path, step, error);
  return TRUE;
}

static gboolean
migrate (sqlite3 *db, const char *path, const AttestStoreStep *steps, guint n_steps,
         gboolean with_backup, GError **error)
{
  int have;

  if (!read_user_version (db, path, &have, error))
    return FALSE;
  if (have > (int)n_steps)
    return attest_throw (error, ATTEST_ERROR_SCHEMA,
                         "%s: was made by a newer attest (schema %d, this program knows %u)", path,
                         have, n_steps);
  if (with_backup && have > 0 && have < (int)n_steps && !back_up (db, path, have, error))
    return FALSE;
  for (int i = have; i < (int)n_steps; i++)
    if (!run_step (db, path, &steps[i], i + 1, error))
      return FALSE;
  return TRUE;
}

gboolean
attest_store_migrate (sqlite3 *db, const char *path, const AttestStoreStep *steps, guint n_steps,
                      GError **error)
{
  return migrate (db, path, steps, n_steps, TRUE, error);
}

gboolean
attest_store_migrate_copy (sqlite3 *db, const char *path, const AttestStoreStep *steps,
                           guint n_steps, GError **error)
{
  return migrate (db, path, steps, n_steps, FALSE, error);
}
