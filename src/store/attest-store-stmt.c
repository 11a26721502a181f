#include "store/attest-store-private.h"

#include <stdarg.h>
#include <string.h>

#include "util/attest-error.h"

static AttestStmt
prepare (AttestStore *store, const char *sql, GError **error)
{
  AttestStmt stmt = g_hash_table_lookup (store->statements, sql);

  if (stmt != NULL)
    {
      /* Only a callback that uses the store it is called from can get here. */
      if (sqlite3_stmt_busy (stmt))
        return attest_throw_null (error, ATTEST_ERROR_STORE, "%s: statement is in use: %s",
                                  store->path, sql);
      return stmt;
    }
  if (sqlite3_prepare_v3 (store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) != SQLITE_OK)
    {
      attest_store_throw (store, error);
      return NULL;
    }
  store->n_prepared++;
  g_hash_table_insert (store->statements, (gpointer)sql, stmt);
  return stmt;
}

static int
bind_one (AttestStmt stmt, int column, char type, va_list *args)
{
  const char *text;
  gsize length_bytes;

  switch (type)
    {
    case 'i':
      return sqlite3_bind_int64 (stmt, column, va_arg (*args, gint64));
    case 'd':
      return sqlite3_bind_double (stmt, column, va_arg (*args, double));
    case 's':
      text = va_arg (*args, const char *);
      return sqlite3_bind_text (stmt, column, text, -1, SQLITE_STATIC);
    case 't':
      text = va_arg (*args, const char *);
      length_bytes = va_arg (*args, gsize);
      return sqlite3_bind_text64 (stmt, column, text, length_bytes, SQLITE_STATIC, SQLITE_UTF8);
    case 'b':
      text = va_arg (*args, const char *);
      length_bytes = va_arg (*args, gsize);
      /* A blob of no bytes is not NULL. */
      return length_bytes == 0
                 ? sqlite3_bind_zeroblob (stmt, column, 0)
                 : sqlite3_bind_blob64 (stmt, column, text, length_bytes, SQLITE_STATIC);
    default:
      g_return_val_if_reached (SQLITE_MISUSE);
    }
}

static AttestStmt
prepare_bound (AttestStore *store, const char *sql, GError **error, const char *types,
               va_list *args)
{
  g_auto (AttestStmt) stmt = prepare (store, sql, error);

  if (stmt == NULL)
    return NULL;
  g_assert (sqlite3_bind_parameter_count (stmt) == (int)strlen (types));
  for (int i = 0; types[i] != '\0'; i++)
    if (bind_one (stmt, i + 1, types[i], args) != SQLITE_OK)
      {
        attest_store_throw (store, error);
        return NULL;
      }
  return g_steal_pointer (&stmt);
}

AttestStmt
attest_stmt_prepare (AttestStore *store, const char *sql, GError **error)
{
  return prepare (store, sql, error);
}

void
attest_stmt_release (AttestStmt stmt)
{
  sqlite3_reset (stmt);
  sqlite3_clear_bindings (stmt);
}

AttestStmt
attest_stmt_query (AttestStore *store, const char *sql, GError **error, const char *types, ...)
{
  AttestStmt stmt;
  va_list args;

  va_start (args, types);
  stmt = prepare_bound (store, sql, error, types, &args);
  va_end (args);
  return stmt;
}

int
attest_stmt_step (AttestStore *store, AttestStmt stmt, GError **error)
{
  switch (sqlite3_step (stmt))
    {
    case SQLITE_ROW:
      return 1;
    case SQLITE_DONE:
      return 0;
    default:
      attest_store_throw (store, error);
      return -1;
    }
}

gboolean
attest_stmt_exec (AttestStore *store, const char *sql, GError **error, const char *types, ...)
{
  g_auto (AttestStmt) stmt = NULL;
  va_list args;

  va_start (args, types);
  stmt = prepare_bound (store, sql, error, types, &args);
  va_end (args);
  return stmt != NULL && attest_stmt_step (store, stmt, error) == 0;
}

gboolean
attest_stmt_get_int (AttestStore *store, const char *sql, gint64 *out, GError **error,
                     const char *types, ...)
{
  g_auto (AttestStmt) stmt = NULL;
  va_list args;
  int rc;

  va_start (args, types);
  stmt = prepare_bound (store, sql, error, types, &args);
  va_end (args);
  if (stmt == NULL)
    return FALSE;
  rc = attest_stmt_step (store, stmt, error);
  if (rc > 0 && sqlite3_column_type (stmt, 0) != SQLITE_NULL)
    *out = sqlite3_column_int64 (stmt, 0);
  return rc >= 0;
}

char *
attest_stmt_dup (AttestStmt stmt, int column)
{
  return g_strdup (attest_stmt_text (stmt, column));
}

const char *
attest_stmt_text (AttestStmt stmt, int column)
{
  return (const char *)sqlite3_column_text (stmt, column);
}

GBytes *
attest_stmt_dup_bytes (AttestStmt stmt, int column)
{
  const void *data = sqlite3_column_blob (stmt, column);

  return g_bytes_new (data, (gsize)sqlite3_column_bytes (stmt, column));
}
