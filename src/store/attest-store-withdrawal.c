#include "store/attest-store-withdrawal.h"
#include "store/attest-store-decision.h"
#include "store/attest-store-private.h"

#include <string.h>

#include <glib/gstdio.h>

#include "util/attest-error.h"

enum
{
  FIND_RESPONDENT,
  MEASURE,
  COUNT_SEGMENTS,
  COUNT_DECISIONS,
  COUNT_LINKS,
  IN_LOG,
  LIST_VERSIONS,
  NEXT_NUMBER,
  HAS_LABEL,
  ADD_WITHDRAWAL,
  LIST_COMMANDS,
  ADD_SEAL,
  LIST_ALL,
  N_STATEMENTS
};

#define HIS_TURNS                                                                                  \
  " FROM turn t JOIN speaker p ON p.version_id = t.version_id AND p.number = t.speaker"            \
  " WHERE p.respondent_id = ?1"
/* A quote of his; of each version few. */
#define HIS_QUOTES                                                                                 \
  " IN (SELECT q.key FROM quote q JOIN turn t ON t.version_id = q.version_id"                      \
  "   AND t.start_byte < q.end_byte AND t.end_byte > q.start_byte"                                 \
  "   JOIN speaker p ON p.version_id = t.version_id AND p.number = t.speaker"                      \
  "   WHERE p.respondent_id = ?1" /* Nobody knows any more who said what in an earlier version:    \
                                     all of it goes. */                                            \
  "   UNION SELECT q.key FROM quote q JOIN version v ON v.id = q.version_id"                       \
  "   WHERE v.id NOT IN (SELECT version_id FROM speaker) AND v.source_id IN"                       \
  "     (SELECT w.source_id FROM speaker p JOIN version w ON w.id = p.version_id"                  \
  "     WHERE p.respondent_id = ?1))"

static const char *const statements[N_STATEMENTS] = {
  [FIND_RESPONDENT] = "SELECT id FROM respondent WHERE label = ?1",
  [MEASURE] = "SELECT count (DISTINCT v.source_id), ifnull (sum (p.turns), 0),"
              " ifnull (sum (p.words), 0) FROM speaker p JOIN version v ON v.id = p.version_id"
              " WHERE p.respondent_id = ?1",
  [COUNT_SEGMENTS] = "SELECT count (*) FROM segment g JOIN speaker p"
                     " ON p.version_id = g.version_id AND p.number = g.speaker"
                     " WHERE p.respondent_id = ?1",
  [COUNT_DECISIONS] = "SELECT count (*) FROM decision WHERE quote_key" HIS_QUOTES,
  [COUNT_LINKS] = "SELECT count (*) FROM (SELECT DISTINCT entry_id, quote_key FROM entry_link"
                  " WHERE quote_key" HIS_QUOTES ")",
  [IN_LOG] = "SELECT count (*) FROM audit WHERE instr (detail, ?1)",
  [LIST_VERSIONS] = "SELECT DISTINCT version_id FROM speaker WHERE respondent_id = ?1 ORDER BY 1",
  [NEXT_NUMBER] = "SELECT count (*) + 1 FROM withdrawal",
  [HAS_LABEL] = "SELECT (SELECT count (*) FROM withdrawal WHERE label = ?1)"
                " + (SELECT count (*) FROM respondent WHERE label = ?1 AND id <> ?2)",
  [ADD_WITHDRAWAL] = "INSERT INTO withdrawal (seq, label, at, because) VALUES (?1, ?2, ?3, ?4)",
  /* Whose rows will be other than they were: 0 decisions, 1 the ledger. */
  [LIST_COMMANDS] = "SELECT DISTINCT seq, 0 FROM decision WHERE quote_key" HIS_QUOTES
                    " UNION SELECT DISTINCT seq, 1 FROM entry_link"
                    " WHERE note IS NOT NULL AND quote_key" HIS_QUOTES
                    " UNION SELECT seq, 1 FROM change ORDER BY 1",
  [ADD_SEAL] = "INSERT INTO withdrawal_seal (seq, command, seal) VALUES (?1, ?2, ?3)",
  [LIST_ALL] = "SELECT w.label, w.at, w.because, (SELECT count (DISTINCT q.key) FROM quote q"
               "   JOIN withdrawal_span s ON s.version_id = q.version_id"
               "   AND s.start_byte < q.end_byte AND s.end_byte > q.start_byte"
               "   WHERE s.seq = w.seq) FROM withdrawal w ORDER BY w.id",
};

static gboolean
find_respondent (AttestStore *store, const char *label, gint64 *out_id, GError **error)
{
  *out_id = 0;
  if (!attest_stmt_get_int (store, statements[FIND_RESPONDENT], out_id, error, "s", label))
    return FALSE;
  return *out_id != 0
         || attest_throw (error, ATTEST_ERROR_USAGE,
                          "no respondent '%s' in %s; see 'attest respondents'", label, store->path);
}

gboolean
attest_store_measure_withdrawal (AttestStore *store, const char *respondent,
                                 AttestWithdrawalExtent *out_extent, GError **error)
{
  g_auto (AttestStmt) stmt = NULL;
  gint64 id, in_log = 0;

  *out_extent = (AttestWithdrawalExtent){ 0 };
  if (!find_respondent (store, respondent, &id, error))
    return FALSE;
  stmt = attest_stmt_query (store, statements[MEASURE], error, "i", id);
  if (stmt == NULL || attest_stmt_step (store, stmt, error) < 0)
    return FALSE;
  out_extent->sources = sqlite3_column_int64 (stmt, 0);
  out_extent->turns = sqlite3_column_int64 (stmt, 1);
  out_extent->words = sqlite3_column_int64 (stmt, 2);
  if (!attest_stmt_get_int (store, statements[COUNT_SEGMENTS], &out_extent->segments, error, "i",
                            id)
      || !attest_stmt_get_int (store, statements[COUNT_DECISIONS], &out_extent->decisions, error,
                               "i", id)
      || !attest_stmt_get_int (store, statements[COUNT_LINKS], &out_extent->links, error, "i", id)
      || !attest_stmt_get_int (store, statements[IN_LOG], &in_log, error, "s", respondent))
    return FALSE;
  out_extent->in_log = in_log > 0;
  return TRUE;
}

static GArray *
list_numbers (AttestStore *store, const char *sql, gint64 id, guint columns, GError **error)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_auto (AttestStmt) stmt = attest_stmt_query (store, sql, error, "i", id);
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    for (guint i = 0; i < columns; i++)
      {
        gint64 number = sqlite3_column_int64 (stmt, (int)i);

        g_array_append_val (numbers, number);
      }
  return rc < 0 ? NULL : g_steal_pointer (&numbers);
}

static gboolean
strike_all (AttestStore *store, gint64 respondent_id, gint64 seq, GError **error)
{
  g_autoptr (GArray) versions
      = list_numbers (store, statements[LIST_VERSIONS], respondent_id, 1, error);

  for (guint i = 0; versions != NULL && i < versions->len; i++)
    if (!attest_store_strike_version (store, g_array_index (versions, gint64, i), respondent_id,
                                      seq, error))
      return FALSE;
  return versions != NULL;
}

/* ---- rows ---- */

#define OF_SPAN(table)                                                                             \
  " EXISTS (SELECT 1 FROM withdrawal_span w WHERE w.seq = ?1 AND w.version_id = " table            \
  ".version_id AND w.start_byte < " table ".end_byte AND w.end_byte > " table ".start_byte)"
#define OF_TURN(table)                                                                             \
  " EXISTS (SELECT 1 FROM withdrawal_span w JOIN turn t ON t.version_id = w.version_id"            \
  "   AND t.start_byte = w.start_byte AND t.end_byte = w.end_byte"                                 \
  "   WHERE w.seq = ?1 AND w.version_id = " table ".version_id AND t.number = " table ".turn)"
#define OF_VERSION " version_id IN (SELECT version_id FROM withdrawal_version WHERE seq = ?1)"
#define OF_QUOTE                                                                                   \
  " quote_key IN (SELECT q.key FROM quote q JOIN withdrawal_span w"                                \
  "   ON w.version_id = q.version_id AND w.start_byte < q.end_byte AND w.end_byte > q.start_byte"  \
  "   WHERE w.seq = ?1)"

/* What is about what was struck out goes. ?1: the entry of the audit log. */
static gboolean
delete_rows (AttestStore *store, gint64 seq, GError **error)
{
  static const char *const steps[] = {
    "DELETE FROM segment WHERE" OF_SPAN ("segment"),
    "DELETE FROM asked WHERE" OF_TURN ("asked"),
    "DELETE FROM incomplete WHERE" OF_TURN ("incomplete"),
    "DELETE FROM question_answer WHERE" OF_TURN ("question_answer"),
    "DELETE FROM question_incomplete WHERE" OF_TURN ("question_incomplete"),
    "DELETE FROM version_metadata WHERE" OF_VERSION,
    "DELETE FROM version_warning WHERE" OF_VERSION,
    "UPDATE turn SET words = 0, lang = NULL WHERE EXISTS (SELECT 1 FROM withdrawal_span w"
    " WHERE w.seq = ?1 AND w.version_id = turn.version_id AND w.start_byte = turn.start_byte"
    " AND w.end_byte = turn.end_byte)",
    "DELETE FROM consensus WHERE decision_id IN (SELECT id FROM decision WHERE" OF_QUOTE ")",
    "DELETE FROM decision WHERE" OF_QUOTE,
    /* What commands changed of respondents may name him, in a form that cannot be parted. */
    "DELETE FROM change WHERE seq <> ?1",
    "UPDATE entry_link SET note = NULL WHERE note IS NOT NULL AND" OF_QUOTE,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (!attest_stmt_exec (store, steps[i], error, "i", seq))
      return FALSE;
  return TRUE;
}

/* He is nobody's voice any more. ?1: he; ?2: the tombstone. */
static gboolean
delete_person (AttestStore *store, gint64 respondent_id, const char *former, const char *label,
               gint64 seq, GError **error)
{
  return attest_stmt_exec (
             store,
             "UPDATE speaker SET label = CASE WHEN label IS NULL THEN NULL ELSE ?2 END,"
             " role = 'other', role_reason = 'withdrew', attributes = NULL,"
             " respondent_id = NULL, turns = 0, words = 0 WHERE respondent_id = ?1",
             error, "is", respondent_id, label)
         && attest_stmt_exec (store, "DELETE FROM respondent_speaker WHERE respondent_id = ?1",
                              error, "i", respondent_id)
         && attest_stmt_exec (store, "DELETE FROM respondent_attribute WHERE respondent_id = ?1",
                              error, "i", respondent_id)
         && attest_stmt_exec (store, "DELETE FROM respondent WHERE id = ?1", error, "i",
                              respondent_id)
         /* What was said of him, and that it was taken back just now. */
         && attest_stmt_exec (store,
                              "DELETE FROM respondent_said WHERE respondent = ?1 OR seq = ?2",
                              error, "si", former, seq)
         && attest_stmt_exec (store,
                              "DELETE FROM speaker_said WHERE respondent = ?1 OR seq = ?2"
                              " OR (source_id, speaker) IN (SELECT source_id, speaker"
                              "   FROM speaker_said WHERE respondent = ?1)",
                              error, "si", former, seq);
}

/* Commands whose rows are other than they were get other seals. @commands: pairs of LIST_COMMANDS.
 */
static gboolean
seal_again (AttestStore *store, const GArray *commands, gint64 seq, GError **error)
{
  for (guint i = 0; i + 1 < commands->len; i += 2)
    {
      gint64 command = g_array_index (commands, gint64, i);
      g_autofree char *seal = g_array_index (commands, gint64, i + 1) == 0
                                  ? attest_store_seal_decisions (store, command, error)
                                  : attest_store_seal_ledger (store, command, error);

      if (seal == NULL
          || !attest_stmt_exec (store, statements[ADD_SEAL], error, "iis", seq, command, seal))
        return FALSE;
    }
  return TRUE;
}

/* @as, or the next number that nobody has. */
static char *
dup_tombstone (AttestStore *store, const char *as, gint64 respondent_id, GError **error)
{
  gint64 number = 1, taken = 0;

  if (!attest_stmt_get_int (store, statements[NEXT_NUMBER], &number, error, ""))
    return NULL;
  for (;; number++)
    {
      g_autofree char *label
          = as != NULL ? g_strdup (as) : g_strdup_printf ("withdrawn-%" G_GINT64_FORMAT, number);

      if (!attest_stmt_get_int (store, statements[HAS_LABEL], &taken, error, "si", label,
                                respondent_id))
        return NULL;
      if (taken == 0)
        return g_steal_pointer (&label);
      if (as != NULL)
        return attest_throw_null (error, ATTEST_ERROR_USAGE, "'%s' is taken", as);
    }
}

gboolean
attest_store_withdraw (AttestStore *store, const char *respondent, const char *as,
                       const char *because, char **out_id, GError **error)
{
  g_autofree char *label = NULL;
  g_autofree char *at = attest_store_dup_now ();
  g_autoptr (GArray) commands = NULL;
  gint64 respondent_id, seq = 0;

  g_return_val_if_fail (attest_store_is_writing (store), FALSE);
  if (!find_respondent (store, respondent, &respondent_id, error)
      || !attest_store_peek_audit (store, &seq, error))
    return FALSE;
  label = dup_tombstone (store, as, respondent_id, error);
  commands = label != NULL
                 ? list_numbers (store, statements[LIST_COMMANDS], respondent_id, 2, error)
                 : NULL;
  if (commands == NULL || !strike_all (store, respondent_id, seq, error)
      || !delete_rows (store, seq, error) || !seal_again (store, commands, seq, error)
      || !delete_person (store, respondent_id, respondent, label, seq, error)
      || !attest_stmt_exec (store, statements[ADD_WITHDRAWAL], error, "isss", seq, label, at,
                            because))
    return FALSE;
  store->has_withdrawn = TRUE;
  *out_id = g_steal_pointer (&label);
  return TRUE;
}

/* ---- the file ---- */

gboolean
attest_store_begin_withdrawal (AttestStore *store, GError **error)
{
  g_return_val_if_fail (store->mode == ATTEST_STORE_WRITE, FALSE);
  if (sqlite3_exec (store->db, "PRAGMA journal_mode = DELETE; PRAGMA secure_delete = ON", NULL,
                    NULL, NULL)
      != SQLITE_OK)
    return attest_throw (error, ATTEST_ERROR_STORE,
                         "%s: another program has the project open, and could keep what is to go: "
                         "close it and try again",
                         store->path);
  store->forgets = attest_store_begin (store, error);
  return store->forgets;
}

gboolean
attest_store_end_withdrawal (AttestStore *store, GError **error)
{
  gboolean ok;

  store->forgets = FALSE;
  ok = sqlite3_exec (store->db, "VACUUM", NULL, NULL, NULL) == SQLITE_OK
       || attest_store_throw (store, error);

  attest_store_set_wal (store);
  return ok;
}

char **
attest_store_list_backups (AttestStore *store)
{
  g_autofree char *folder = g_path_get_dirname (store->path);
  g_autofree char *prefix = g_path_get_basename (store->path);
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  GDir *dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, prefix) && strncmp (name + strlen (prefix), ".v", 2) == 0
        && g_str_has_suffix (name, ".bak"))
      g_ptr_array_add (paths, g_strcmp0 (folder, ".") == 0 ? g_strdup (name)
                                                           : g_build_filename (folder, name, NULL));
  if (dir != NULL)
    g_dir_close (dir);
  g_ptr_array_add (paths, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&paths), FALSE);
}

/* ---- what stays ---- */

static void
free_withdrawal (gpointer item)
{
  AttestWithdrawal *withdrawal = item;

  g_free (withdrawal->id);
  g_free (withdrawal->at);
  g_free (withdrawal->because);
  g_free (withdrawal);
}

GPtrArray *
attest_store_list_withdrawals (AttestStore *store, GError **error)
{
  g_autoptr (GPtrArray) withdrawals = g_ptr_array_new_with_free_func (free_withdrawal);
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_ALL], error, "");
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      AttestWithdrawal *withdrawal = g_new0 (AttestWithdrawal, 1);

      withdrawal->id = attest_stmt_dup (stmt, 0);
      withdrawal->at = attest_stmt_dup (stmt, 1);
      withdrawal->because = attest_stmt_dup (stmt, 2);
      withdrawal->quotes = sqlite3_column_int64 (stmt, 3);
      g_ptr_array_add (withdrawals, withdrawal);
    }
  return rc < 0 ? NULL : g_steal_pointer (&withdrawals);
}

/* ---- seals ---- */

char *
attest_store_seal_withdrawal (AttestStore *store, gint64 seq, GError **error)
{
  return attest_store_hash_rows (
      store,
      "SELECT row FROM (SELECT 0 AS part, id, 'withdrawal,' || quote (id) || ',' || quote (label)"
      "   || ',' || quote (at) || ',' || quote (because) AS row FROM withdrawal WHERE seq = ?1"
      " UNION ALL SELECT 1, id, 'span,' || quote (version_id) || ',' || quote (start_byte) || ','"
      "   || quote (end_byte) FROM withdrawal_span WHERE seq = ?1"
      " UNION ALL SELECT 2, id, 'version,' || quote (version_id) || ',' || quote (text_sha256)"
      "   FROM withdrawal_version WHERE seq = ?1"
      " UNION ALL SELECT 3, id, 'seal,' || quote (command) || ',' || quote (seal)"
      "   FROM withdrawal_seal WHERE seq = ?1) ORDER BY part, id",
      "attest-withdrawal/1\n", seq, error);
}

gboolean
attest_store_verify_withdrawals (AttestStore *store, AttestVerification *verification,
                                 GError **error)
{
  static const AttestSealWords words
      = { "withdrawal", "what", "withdrew is not what stands there" };

  return attest_store_verify_seals (
             store,
             "SELECT seq, detail FROM audit WHERE seq IN (SELECT seq FROM withdrawal"
             " UNION SELECT seq FROM withdrawal_span UNION SELECT seq FROM withdrawal_version"
             " UNION SELECT seq FROM withdrawal_seal)"
             " OR (detail LIKE '%; sha256:%' AND command = 'respondents withdraw') ORDER BY seq",
             attest_store_seal_withdrawal, &words, verification, error)
         && attest_stmt_get_int (store, "SELECT count (*) FROM withdrawal",
                                 &verification->withdrawals, error, "");
}
