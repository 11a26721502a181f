/* Transactions: one a command.
 *
 * A command that adds much, as ingesting and coding do, has the file to itself. In WAL mode every
 * page is written twice, into the log and from there into the file; with a rollback journal a page
 * that is new to the file is written once, and only those that were there before are kept aside. So
 * a large transaction leaves WAL mode for its time, when nobody else has the file open; otherwise
 * it stays in it and takes longer. Both are as durable: the transaction is whole on the disk, or
 * not at all.
 */
#include "store/attest-store-decision.h"
#include "store/attest-store-private.h"

/* Below, changing the mode takes longer than it saves: four times a sync. */
#define BULK_BYTES (8u << 20)

gboolean
attest_store_set_wal (AttestStore *store)
{
  return sqlite3_exec (store->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL) == SQLITE_OK;
}

gboolean
attest_store_is_writing (AttestStore *store)
{
  return sqlite3_get_autocommit (store->db) == 0;
}

static gboolean
begin (AttestStore *store, const char *sql, GError **error)
{
  g_return_val_if_fail (store->mode == ATTEST_STORE_WRITE, FALSE);
  g_return_val_if_fail (!attest_store_is_writing (store), FALSE);
  if (sqlite3_exec (store->db, sql, NULL, NULL, NULL) != SQLITE_OK)
    return attest_store_throw (store, error);
  store->changes_at_begin = sqlite3_total_changes64 (store->db);
  return TRUE;
}

gboolean
attest_store_begin (AttestStore *store, GError **error)
{
  return begin (store, "BEGIN IMMEDIATE", error);
}

/* FALSE: somebody else has the file open. */
static gboolean
leave_wal (AttestStore *store)
{
  return sqlite3_exec (store->db, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL) == SQLITE_OK;
}

/* Looking up what each row refers to would take a third of the time. What refers to what is decided
 * here and not by the user, small transactions hold it to the rules, and 'verify' looks. */
static void
enforce_keys (AttestStore *store, gboolean enforce)
{
  sqlite3_db_config (store->db, SQLITE_DBCONFIG_ENABLE_FKEY, (int)enforce, NULL);
}

static void
end_bulk (AttestStore *store)
{
  if (!store->is_bulk)
    return;
  store->is_bulk = FALSE;
  enforce_keys (store, TRUE);
  /* When it fails, because somebody has the file open already, the next who writes does it. */
  attest_store_set_wal (store);
}

gboolean
attest_store_begin_bulk (AttestStore *store, guint64 expected_bytes, GError **error)
{
  if (expected_bytes < BULK_BYTES)
    return attest_store_begin (store, error);
  store->is_bulk = TRUE;
  enforce_keys (store, FALSE);
  /* Readers that came later would keep a full cache from being written out. */
  if (begin (store, leave_wal (store) ? "BEGIN EXCLUSIVE" : "BEGIN IMMEDIATE", error))
    return TRUE;
  end_bulk (store);
  return FALSE;
}

char *
attest_store_dup_sealed_detail (AttestStore *store, gint64 seq, gboolean has_decided,
                                const char *detail, GError **error)
{
  g_autofree char *seal = has_decided            ? attest_store_seal_decisions (store, seq, error)
                          : store->has_withdrawn ? attest_store_seal_withdrawal (store, seq, error)
                                                 : attest_store_seal_ledger (store, seq, error);

  return seal != NULL ? g_strconcat (detail != NULL ? detail : "", ATTEST_STORE_SEAL, seal, NULL)
                      : NULL;
}

/* An entry about decisions or the ledger ends in their hash, so that the chain holds them, too. */
gboolean
attest_store_append_sealed (AttestStore *store, const char *actor, const char *command,
                            const char *detail, GError **error)
{
  g_autofree char *sealed = NULL;
  gboolean is_tracked = FALSE;
  gint64 seq = 0;

  if (store->session != NULL
      && (!attest_store_peek_audit (store, &seq, error)
          || !attest_store_end_tracking (store, TRUE, seq, &is_tracked, error)))
    return FALSE;
  store->has_judged = store->has_judged || is_tracked;
  if (!store->has_decided && !store->has_judged && !store->has_withdrawn)
    return attest_store_append_audit (store, actor, command, detail, error);
  if (!attest_store_peek_audit (store, &seq, error)
      || (store->has_decided && !attest_store_apply_decisions (store, seq, error)))
    return FALSE;
  sealed = attest_store_dup_sealed_detail (store, seq, store->has_decided, detail, error);
  store->has_decided = store->has_judged = FALSE;
  return sealed != NULL && attest_store_append_audit (store, actor, command, sealed, error);
}

gboolean
attest_store_commit (AttestStore *store, const char *actor, const char *command, const char *detail,
                     GError **error)
{
  gboolean changed;

  g_return_val_if_fail (attest_store_is_writing (store), FALSE);
  g_return_val_if_fail (store->run == NULL, FALSE);
  changed = sqlite3_total_changes64 (store->db) != store->changes_at_begin;
  if (!changed)
    attest_store_end_tracking (store, FALSE, 0, NULL, NULL);
  /* Some commands have written their entries themselves. */
  if (changed && command != NULL
      && !attest_store_append_sealed (store, actor, command, detail, error))
    {
      attest_store_rollback (store);
      return FALSE;
    }
  if (sqlite3_exec (store->db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK)
    {
      store->has_decided = store->has_judged = store->has_withdrawn = FALSE;
      attest_store_release_ledger (store);
      end_bulk (store);
      return TRUE;
    }
  attest_store_throw (store, error);
  attest_store_rollback (store);
  return FALSE;
}

void
attest_store_rollback (AttestStore *store)
{
  attest_store_drop_run (store);
  attest_store_end_tracking (store, FALSE, 0, NULL, NULL);
  store->has_decided = store->has_judged = store->has_withdrawn = FALSE;
  attest_store_release_ledger (store);
  if (store->db != NULL && attest_store_is_writing (store))
    sqlite3_exec (store->db, "ROLLBACK", NULL, NULL, NULL);
  end_bulk (store);
}
