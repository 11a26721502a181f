/* What a command changed of rows that are not only added to: respondents, and the guides of
 * sources.
 *
 * SQLite's session extension records the rows before and after; the changeset stands with the audit
 * entry. Taking a command back applies it the other way round, and only where the rows are still
 * what the command left: what a later command said is never lost. Respondents that stand for
 * speakers by default are derived, and made again.
 */
#define SQLITE_ENABLE_SESSION 1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include "store/attest-store-decision.h"
#include "store/attest-store-private.h"

#include <string.h>

#include "util/attest-error.h"

enum
{
  ADD_CHANGE,
  GET_CHANGE,
  LIST_SOURCES,
  FREE_SPEAKERS,
  REMOVE_DEFAULTS,
  CLEAR_TURNS,
  CLEAR_ANSWERS,
  CLEAR_INCOMPLETE,
  CLEAR_ALIGNED,
  COUNT_BROKEN,
  COUNT_MERGED,
  N_STATEMENTS
};

static const char *const statements[N_STATEMENTS] = {
  [ADD_CHANGE] = "INSERT INTO change (seq, changeset) VALUES (?1, ?2)",
  [GET_CHANGE] = "SELECT changeset FROM change WHERE seq = ?1",
  [LIST_SOURCES] = "SELECT id FROM source ORDER BY id",
  [FREE_SPEAKERS] = "UPDATE speaker SET respondent_id = NULL",
  [REMOVE_DEFAULTS] = "DELETE FROM respondent WHERE origin = 'default'"
                      " AND id NOT IN (SELECT respondent_id FROM speaker"
                      "   WHERE respondent_id IS NOT NULL)",
  [CLEAR_TURNS] = "DELETE FROM question_turn",
  [CLEAR_ANSWERS] = "DELETE FROM question_answer",
  [CLEAR_INCOMPLETE] = "DELETE FROM question_incomplete",
  [CLEAR_ALIGNED] = "DELETE FROM aligned",
  [COUNT_BROKEN]
  = "SELECT (SELECT count (*) FROM pragma_foreign_key_check ('respondent_attribute'))"
    " + (SELECT count (*) FROM pragma_foreign_key_check ('respondent_speaker'))"
    " + (SELECT count (*) FROM pragma_foreign_key_check ('guide_source'))",
  /* A merge numbers respondents anew. */
  [COUNT_MERGED] = "SELECT count (*) FROM copied WHERE seq >= ?1",
};

static const char *const tracked[]
    = { "respondent", "respondent_attribute", "respondent_speaker", "guide_source" };

gboolean
attest_store_track_changes (AttestStore *store, GError **error)
{
  sqlite3_session *session = NULL;
  int rc = SQLITE_OK;

  g_return_val_if_fail (attest_store_is_writing (store), FALSE);
  g_return_val_if_fail (store->session == NULL, FALSE);
  if (sqlite3session_create (store->db, "main", &session) != SQLITE_OK)
    return attest_store_throw (store, error);
  store->session = session;
  for (gsize i = 0; i < G_N_ELEMENTS (tracked) && rc == SQLITE_OK; i++)
    rc = sqlite3session_attach (session, tracked[i]);
  return rc == SQLITE_OK || attest_store_throw (store, error);
}

gboolean
attest_store_end_tracking (AttestStore *store, gboolean keep, gint64 seq, gboolean *out_changed,
                           GError **error)
{
  sqlite3_session *session = g_steal_pointer (&store->session);
  void *bytes = NULL;
  int n_bytes = 0;
  gboolean ok;

  if (out_changed != NULL)
    *out_changed = FALSE;
  if (session == NULL)
    return TRUE;
  ok = !keep || sqlite3session_changeset (session, &n_bytes, &bytes) == SQLITE_OK;
  sqlite3session_delete (session);
  if (!ok)
    return attest_store_throw (store, error);
  if (n_bytes > 0)
    {
      ok = attest_stmt_exec (store, statements[ADD_CHANGE], error, "ib", seq, bytes,
                             (gsize)n_bytes);
      if (out_changed != NULL)
        *out_changed = TRUE;
    }
  sqlite3_free (bytes);
  return ok;
}

/* ---- taking back ---- */

static gboolean
is_default_respondent (sqlite3_changeset_iter *iter)
{
  const char *table = NULL;
  sqlite3_value *origin = NULL;
  int n_columns, operation;

  if (sqlite3changeset_op (iter, &table, &n_columns, &operation, NULL) != SQLITE_OK
      || g_strcmp0 (table, "respondent") != 0 || n_columns != 3)
    return FALSE;
  if (operation == SQLITE_INSERT)
    sqlite3changeset_new (iter, 2, &origin);
  else
    sqlite3changeset_old (iter, 2, &origin);
  return origin != NULL && g_strcmp0 ((const char *)sqlite3_value_text (origin), "default") == 0;
}

/* Rows that are not what the command left are somebody else's. */
static int
on_conflict (void *data, int kind, sqlite3_changeset_iter *iter)
{
  /* Rows that wait for the audit entry to come break keys, too: those of the tables are looked at
   * afterwards. */
  if (kind == SQLITE_CHANGESET_FOREIGN_KEY || is_default_respondent (iter))
    return SQLITE_CHANGESET_OMIT;
  return SQLITE_CHANGESET_ABORT;
}

static gboolean
throw_later (GError **error)
{
  return attest_throw (error, ATTEST_ERROR_USAGE,
                       "a later command changed the same respondents or guides: take that one back "
                       "first; 'attest undo --list' has them");
}

static gboolean
apply (AttestStore *store, GBytes *changeset, gboolean again, GError **error)
{
  gsize n_bytes;
  gconstpointer bytes = g_bytes_get_data (changeset, &n_bytes);
  void *inverse = NULL;
  int n_inverse = 0, rc = SQLITE_OK;
  gint64 n_broken = 0;

  if (!again)
    rc = sqlite3changeset_invert ((int)n_bytes, bytes, &n_inverse, &inverse);
  if (rc == SQLITE_OK)
    rc = sqlite3changeset_apply (store->db, again ? (int)n_bytes : n_inverse,
                                 again ? (void *)bytes : inverse, NULL, on_conflict, NULL);
  sqlite3_free (inverse);
  if (rc == SQLITE_ABORT || (rc & 0xff) == SQLITE_CONSTRAINT)
    return throw_later (error);
  if (rc != SQLITE_OK)
    return attest_store_throw (store, error);
  return attest_stmt_get_int (store, statements[COUNT_BROKEN], &n_broken, error, "")
         && (n_broken == 0 || throw_later (error));
}

static gboolean
run_steps (AttestStore *store, const guint *steps, gsize n_steps, GError **error)
{
  for (gsize i = 0; i < n_steps; i++)
    if (!attest_stmt_exec (store, statements[steps[i]], error, ""))
      return FALSE;
  return TRUE;
}

static GArray *
list_sources (AttestStore *store, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_SOURCES], error, "");
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      gint64 id = sqlite3_column_int64 (stmt, 0);

      g_array_append_val (ids, id);
    }
  return rc < 0 ? NULL : g_steal_pointer (&ids);
}

gboolean
attest_store_revert_change (AttestStore *store, gint64 seq, gboolean again, GError **error)
{
  static const guint before[] = { FREE_SPEAKERS, REMOVE_DEFAULTS,  CLEAR_TURNS,
                                  CLEAR_ANSWERS, CLEAR_INCOMPLETE, CLEAR_ALIGNED };
  static const guint after[] = { REMOVE_DEFAULTS };
  g_autoptr (GBytes) changeset = NULL;
  g_autoptr (GArray) sources = NULL;
  gint64 n_merged = 0;

  {
    g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[GET_CHANGE], error, "i", seq);
    int rc = stmt != NULL ? attest_stmt_step (store, stmt, error) : -1;

    if (rc <= 0)
      return rc == 0;
    changeset = attest_stmt_dup_bytes (stmt, 0);
  }
  if (!attest_stmt_get_int (store, statements[COUNT_MERGED], &n_merged, error, "i", seq))
    return FALSE;
  if (n_merged > 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "the project was merged since: set the respondents, or the guides, again");
  if (!run_steps (store, before, G_N_ELEMENTS (before), error)
      || !apply (store, changeset, again, error))
    return FALSE;
  sources = list_sources (store, error);
  for (guint i = 0; sources != NULL && i < sources->len; i++)
    if (!attest_store_assign_respondents (store, g_array_index (sources, gint64, i), error))
      return FALSE;
  return sources != NULL && run_steps (store, after, G_N_ELEMENTS (after), error);
}
