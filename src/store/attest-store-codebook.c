/* Codebooks, kept as text. */
#include "store/attest-store-private.h"

#include "util/attest-error.h"

enum
{
  FIND_BY_HASH,
  ADD_CODEBOOK,
  LIST_CODEBOOKS,
  FIND_CODEBOOK,
  GET_TEXT,
  N_STATEMENTS
};

#define CODEBOOK_COLUMNS                                                                           \
  "SELECT b.id, b.name, b.version, b.title, b.sha256, b.added_at,"                                 \
  " EXISTS (SELECT 1 FROM code c WHERE c.codebook_id = b.id) AS has_codes,"                        \
  " (SELECT options FROM run WHERE codebook_id = b.id ORDER BY id DESC LIMIT 1) FROM codebook b"

static const char *const statements[N_STATEMENTS] = {
  [FIND_BY_HASH] = "SELECT id FROM codebook WHERE sha256 = ?1",
  [ADD_CODEBOOK] = "INSERT INTO codebook (name, version, title, sha256, text, added_at)"
                   " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
  [LIST_CODEBOOKS] = CODEBOOK_COLUMNS " ORDER BY b.id",
  [FIND_CODEBOOK] = CODEBOOK_COLUMNS
  " LEFT JOIN (SELECT codebook_id, max (id) AS last_run FROM run GROUP BY codebook_id) r"
  " ON r.codebook_id = b.id WHERE ?1 IS NULL OR b.name = ?1"
  " ORDER BY has_codes DESC, r.last_run DESC, b.id DESC LIMIT 1",
  [GET_TEXT] = "SELECT text FROM codebook WHERE id = ?1",
};

gboolean
attest_store_add_codebook (AttestStore *store, const char *name, const char *version,
                           const char *title, const char *sha256, const char *text,
                           gsize length_bytes, gint64 *out_id, GError **error)
{
  g_autofree char *now = attest_store_dup_now ();
  gint64 id = 0;

  g_return_val_if_fail (attest_store_is_writing (store), FALSE);
  if (!attest_stmt_get_int (store, statements[FIND_BY_HASH], &id, error, "s", sha256))
    return FALSE;
  if (id == 0)
    {
      if (!attest_stmt_exec (store, statements[ADD_CODEBOOK], error, "ssssts", name, version, title,
                             sha256, text, length_bytes, now))
        return FALSE;
      id = sqlite3_last_insert_rowid (store->db);
    }
  if (out_id != NULL)
    *out_id = id;
  return TRUE;
}

void
attest_codebook_info_free (AttestCodebookInfo *info)
{
  if (info == NULL)
    return;
  g_free (info->name);
  g_free (info->version);
  g_free (info->title);
  g_free (info->sha256);
  g_free (info->added_at);
  g_free (info->options);
  g_free (info);
}

static AttestCodebookInfo *
codebook_info_from_row (AttestStmt stmt)
{
  AttestCodebookInfo *info = g_new0 (AttestCodebookInfo, 1);

  info->id = sqlite3_column_int64 (stmt, 0);
  info->name = attest_stmt_dup (stmt, 1);
  info->version = attest_stmt_dup (stmt, 2);
  info->title = attest_stmt_dup (stmt, 3);
  info->sha256 = attest_stmt_dup (stmt, 4);
  info->added_at = attest_stmt_dup (stmt, 5);
  info->coded = sqlite3_column_int (stmt, 6) != 0;
  info->options = attest_stmt_dup (stmt, 7);
  return info;
}

gboolean
attest_codebooks_are_used (const GPtrArray *codebooks)
{
  for (guint i = 0; i < codebooks->len; i++)
    if (((const AttestCodebookInfo *)g_ptr_array_index (codebooks, i))->coded)
      return TRUE;
  return FALSE;
}

GPtrArray *
attest_store_list_codebooks (AttestStore *store, GError **error)
{
  g_autoptr (GPtrArray) codebooks
      = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_codebook_info_free);
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_CODEBOOKS], error, "");
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    g_ptr_array_add (codebooks, codebook_info_from_row (stmt));
  return rc < 0 ? NULL : g_steal_pointer (&codebooks);
}

AttestCodebookInfo *
attest_store_find_codebook (AttestStore *store, const char *name, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[FIND_CODEBOOK], error, "s", name);
  int rc;

  if (stmt == NULL || (rc = attest_stmt_step (store, stmt, error)) < 0)
    return NULL;
  if (rc > 0)
    return codebook_info_from_row (stmt);
  if (name != NULL)
    return attest_throw_null (error, ATTEST_ERROR_USAGE,
                              "no codebook '%s' in %s; code with it first: 'attest code %s'", name,
                              store->path, name);
  return attest_throw_null (error, ATTEST_ERROR_USAGE,
                            "no codebook in %s; code with one first: 'attest code CODEBOOK'",
                            store->path);
}

GBytes *
attest_store_get_codebook_text (AttestStore *store, gint64 codebook_id, GError **error)
{
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[GET_TEXT], error, "i", codebook_id);
  int rc;

  if (stmt == NULL || (rc = attest_stmt_step (store, stmt, error)) < 0)
    return NULL;
  if (rc == 0)
    return attest_throw_null (error, ATTEST_ERROR_USAGE, "%s: no such codebook", store->path);
  return attest_stmt_dup_bytes (stmt, 0);
}
