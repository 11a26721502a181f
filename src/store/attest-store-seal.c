/* Seals: the hash of the rows that a command added stands at the end of the detail of its audit
 * entry, so that the chain of the log holds the rows, too. */
#include "store/attest-store-private.h"

#include <string.h>

char *
attest_store_hash_rows (AttestStore *store, const char *sql, const char *header, gint64 seq,
                        GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (store, sql, error, "i", seq);
  g_autoptr (GString) rows = g_string_new (header);
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    g_string_append_printf (rows, "%s\n", attest_stmt_text (stmt, 0));
  return rc < 0 ? NULL : attest_sha256_hex (rows->str, rows->len);
}

/* The seal that a command has since rows of it went with a respondent who withdrew, or NULL. */
static gboolean
find_other_seal (AttestStore *store, gint64 seq, char **out_seal, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (
      store, "SELECT seal FROM withdrawal_seal WHERE command = ?1 ORDER BY id DESC LIMIT 1", error,
      "i", seq);
  int rc = stmt != NULL ? attest_stmt_step (store, stmt, error) : -1;

  *out_seal = rc > 0 ? attest_stmt_dup (stmt, 0) : NULL;
  return rc >= 0;
}

gboolean
attest_store_verify_seals (AttestStore *store, const char *sql, AttestSealFunc seal,
                           const AttestSealWords *words, AttestVerification *verification,
                           GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (store, sql, error, "");
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      const char *detail = attest_stmt_text (stmt, 1);
      const char *sealed = detail != NULL ? g_strrstr (detail, ATTEST_STORE_SEAL) : NULL;
      g_autofree char *other = NULL;
      g_autofree char *hash = seal (store, sqlite3_column_int64 (stmt, 0), error);

      if (hash == NULL)
        return FALSE;
      if (!find_other_seal (store, sqlite3_column_int64 (stmt, 0), &other, error))
        return FALSE;
      if (sealed == NULL
          || strcmp (other != NULL ? other : sealed + strlen (ATTEST_STORE_SEAL), hash) != 0)
        attest_verification_add (verification, words->type, attest_stmt_text (stmt, 0),
                                 "%s audit entry %s %s", words->before, attest_stmt_text (stmt, 0),
                                 words->after);
    }
  return rc == 0;
}
