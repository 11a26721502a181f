/* Whether what came with merges is what was written in the copies. */
#include "store/attest-store-private.h"

#include <string.h>

#include "util/attest-error.h"

gboolean
attest_store_verify_copied (AttestStore *store, AttestVerification *verification, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (
      store,
      "SELECT c.seq, c.first_hash, c.first_seq, a.at, a.actor, a.command, c.first_detail,"
      " c.previous_hash FROM copied c LEFT JOIN audit a ON a.seq = c.seq ORDER BY c.seq",
      error, "");
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      g_autofree char *hash = NULL;

      /* That it is missing from the log is said where the log is checked. */
      if (sqlite3_column_type (stmt, 3) == SQLITE_NULL)
        continue;
      hash = attest_store_hash_audit (sqlite3_column_int64 (stmt, 2), attest_stmt_text (stmt, 3),
                                      attest_stmt_text (stmt, 4), attest_stmt_text (stmt, 5),
                                      attest_stmt_text (stmt, 6), attest_stmt_text (stmt, 7));
      if (strcmp (hash, attest_stmt_text (stmt, 1)) != 0)
        attest_verification_add (verification, "audit", attest_stmt_text (stmt, 0),
                                 "audit entry %s: is not what was written in the copy of the "
                                 "project from which it came",
                                 attest_stmt_text (stmt, 0));
    }
  return rc == 0;
}

gboolean
attest_store_check_history (AttestStore *store, GError **error)
{
  g_autoptr (AttestVerification) verification = attest_verification_new ();

  if (!attest_store_verify_audit (store, verification, error)
      || !attest_store_verify_copied (store, verification, error)
      || !attest_store_verify_decisions (store, verification, error)
      || !attest_store_verify_ledger (store, verification, error))
    return FALSE;
  for (guint i = 0; i < verification->problems->len; i++)
    {
      const AttestVerifyProblem *problem
          = &g_array_index (verification->problems, AttestVerifyProblem, i);

      /* What an entry rests on may not stand any more; it is what people wrote all the same. */
      if (strcmp (problem->type, "link") != 0)
        return attest_throw (error, ATTEST_ERROR_STORE,
                             "%s: %s; 'attest verify' lists what is wrong, and nothing was merged",
                             store->path, problem->message);
    }
  return TRUE;
}
