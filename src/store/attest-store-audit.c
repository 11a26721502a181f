/* The audit log: who did what, each entry sealed by the hash of the one before.
 *
 * hash = SHA-256 of "attest-audit/1\n" and then of each of seq, at, actor, command, detail and
 * previous hash as "LENGTH:VALUE\n" (LENGTH in bytes), a detail that is not known as "-\n". The
 * lengths keep two different entries from having the same bytes.
 */
#include "store/attest-store-decision.h"
#include "store/attest-store-private.h"

#include <string.h>

#include "util/attest-error.h"

enum
{
  LAST_ENTRY,
  ADD_ENTRY,
  LIST_ENTRIES,
  COUNT_GIVEN,
  NEXT_SEQ,
  N_STATEMENTS
};

static const char *const statements[N_STATEMENTS] = {
  [LAST_ENTRY] = "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1",
  [ADD_ENTRY] = ("INSERT INTO audit (seq, at, actor, command, detail, previous_hash, hash, nonce)"
                 " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, CASE WHEN ?8 THEN lower (hex (randomblob "
                 "(8))) ELSE ?9 END)"),
  [LIST_ENTRIES] = "SELECT seq, at, actor, command, detail, previous_hash, hash"
                   " FROM audit ORDER BY seq",
  /* AUTOINCREMENT remembers numbers of entries that are gone. */
  [COUNT_GIVEN] = "SELECT seq FROM sqlite_sequence WHERE name = 'audit'",
  [NEXT_SEQ] = "SELECT ifnull (max (seq), 0) + 1 FROM audit",
};

static void
update_field (GChecksum *checksum, const char *value)
{
  g_autofree char *length = NULL;

  if (value == NULL)
    {
      g_checksum_update (checksum, (const guchar *)"-\n", 2);
      return;
    }
  length = g_strdup_printf ("%" G_GSIZE_FORMAT ":", strlen (value));
  g_checksum_update (checksum, (const guchar *)length, -1);
  g_checksum_update (checksum, (const guchar *)value, -1);
  g_checksum_update (checksum, (const guchar *)"\n", 1);
}

char *
attest_store_hash_audit (gint64 seq, const char *at, const char *actor, const char *command,
                         const char *detail, const char *previous_hash)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, seq);

  g_checksum_update (checksum, (const guchar *)"attest-audit/1\n", -1);
  update_field (checksum, number);
  update_field (checksum, at);
  update_field (checksum, actor);
  update_field (checksum, command);
  update_field (checksum, detail);
  update_field (checksum, previous_hash);
  return g_strdup (g_checksum_get_string (checksum));
}

/* @is_new: gives it a nonce of its own. */
static gboolean
append (AttestStore *store, const char *at, const char *actor, const char *command,
        const char *detail, gboolean is_new, const char *nonce, GError **error)
{
  g_autofree char *previous = g_strdup ("");
  g_autofree char *hash = NULL;
  gint64 seq = 1;
  int rc;

  {
    g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LAST_ENTRY], error, "");

    if (stmt == NULL)
      return FALSE;
    rc = attest_stmt_step (store, stmt, error);
    if (rc < 0)
      return FALSE;
    if (rc > 0)
      {
        seq = sqlite3_column_int64 (stmt, 0) + 1;
        g_free (previous);
        previous = attest_stmt_dup (stmt, 1);
      }
  }
  hash = attest_store_hash_audit (seq, at, actor, command, detail, previous);
  return attest_stmt_exec (store, statements[ADD_ENTRY], error, "issssssis", seq, at, actor,
                           command, detail, previous, hash, (gint64)is_new, nonce);
}

gboolean
attest_store_append_audit_at (AttestStore *store, const char *at, const char *actor,
                              const char *command, const char *detail, const char *nonce,
                              GError **error)
{
  return append (store, at, actor, command, detail, FALSE, nonce, error);
}

gboolean
attest_store_append_audit (AttestStore *store, const char *actor, const char *command,
                           const char *detail, GError **error)
{
  g_autofree char *now = attest_store_dup_now ();

  return append (store, now, actor != NULL ? actor : g_get_user_name (), command, detail, TRUE,
                 NULL, error);
}

char *
attest_store_dup_audit_head (AttestStore *store, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LAST_ENTRY], error, "");
  int rc = stmt != NULL ? attest_stmt_step (store, stmt, error) : -1;

  return rc < 0 ? NULL : rc > 0 ? attest_stmt_dup (stmt, 1) : g_strdup ("");
}

gboolean
attest_store_peek_audit (AttestStore *store, gint64 *out_seq, GError **error)
{
  return attest_stmt_get_int (store, statements[NEXT_SEQ], out_seq, error, "");
}

/* NULL when the entry stands; otherwise what is wrong with it. */
static const char *
check_entry (AttestStmt stmt, gint64 expected_seq, const char *previous)
{
  g_autofree char *hash = NULL;

  if (sqlite3_column_int64 (stmt, 0) != expected_seq)
    return "entries before it are missing";
  if (g_strcmp0 (attest_stmt_text (stmt, 5), previous) != 0)
    return "does not follow the entry before it";
  hash = attest_store_hash_audit (sqlite3_column_int64 (stmt, 0), attest_stmt_text (stmt, 1),
                                  attest_stmt_text (stmt, 2), attest_stmt_text (stmt, 3),
                                  attest_stmt_text (stmt, 4), attest_stmt_text (stmt, 5));
  return g_strcmp0 (attest_stmt_text (stmt, 6), hash) == 0 ? NULL : "was changed";
}

gboolean
attest_store_verify_audit (AttestStore *store, AttestVerification *verification, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_ENTRIES], error, "");
  g_autofree char *previous = g_strdup ("");
  gint64 expected_seq = 1, given = 0;
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      const char *problem = check_entry (stmt, expected_seq, previous);

      if (problem != NULL)
        attest_verification_add (verification, "audit", attest_stmt_text (stmt, 0),
                                 "audit entry %s: %s", attest_stmt_text (stmt, 0), problem);
      expected_seq = sqlite3_column_int64 (stmt, 0) + 1;
      g_free (previous);
      previous = attest_stmt_dup (stmt, 6);
      verification->audit_entries++;
    }
  if (rc < 0 || !attest_stmt_get_int (store, statements[COUNT_GIVEN], &given, error, ""))
    return FALSE;
  if (given >= expected_seq)
    attest_verification_add (verification, "audit", NULL,
                             "the last %" G_GINT64_FORMAT " audit entries are missing",
                             given - expected_seq + 1);
  if (verification->audit_entries == 0)
    attest_verification_add (verification, "audit", NULL, "the audit log is empty");
  return TRUE;
}

void
attest_audit_entry_free (AttestAuditEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->at);
  g_free (entry->actor);
  g_free (entry->command);
  g_free (entry->detail);
  g_free (entry->hash);
  g_free (entry);
}

GPtrArray *
attest_store_list_audit (AttestStore *store, GError **error)
{
  g_autoptr (GPtrArray) entries
      = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_audit_entry_free);
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_ENTRIES], error, "");
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      AttestAuditEntry *entry = g_new0 (AttestAuditEntry, 1);

      entry->seq = sqlite3_column_int64 (stmt, 0);
      entry->at = attest_stmt_dup (stmt, 1);
      entry->actor = attest_stmt_dup (stmt, 2);
      entry->command = attest_stmt_dup (stmt, 3);
      entry->detail = attest_stmt_dup (stmt, 4);
      entry->hash = attest_stmt_dup (stmt, 6);
      g_ptr_array_add (entries, entry);
    }
  return rc < 0 ? NULL : g_steal_pointer (&entries);
}
