/* Commands about decisions: taking them back, and whether their rows are what was sealed.
 *
 * The seal of a command is the SHA-256 of "attest-decisions/1\n", of each of its decisions by id as
 * its columns in SQL with commas between, and of its undo, consensus and judged passages likewise,
 * a line each. It stands at the end of the detail of its audit entry, so the chain of the log holds
 * it.
 */
#include "store/attest-store-decision.h"
#include "store/attest-store-private.h"

#include <string.h>

#include "util/attest-error.h"

enum
{
  LIST_SEALED,
  LIST_COMMANDS,
  LAST_IN_FORCE,
  FIND_UNDO,
  LAST_UNDO,
  COUNT_DECISIONS,
  HAS_ENTRY,
  ADD_UNDO,
  HAS_DECIDED,
  LIST_ENTRIES,
  COUNT_WRONG,
  N_STATEMENTS
};

#define IN_FORCE(seq)                                                                              \
  "ifnull ((SELECT u.in_force FROM undo u WHERE u.command = " seq " ORDER BY u.seq DESC LIMIT 1)," \
  " 1)"

static const char *const statements[N_STATEMENTS] = {
  [LIST_SEALED]
  = "SELECT quote (id) || ',' || quote (quote_key) || ',' || quote (source_id) || ','"
    " || quote (codebook) || ',' || quote (code) || ',' || quote (action) || ','"
    " || quote (other_code) || ',' || quote (text) || ',' || quote (coder) || ',' || quote (at)"
    " FROM (SELECT * FROM decision WHERE seq = ?1 ORDER BY id)"
    " UNION ALL SELECT quote (of) || ',' || quote (command) || ',' || quote (in_force)"
    " FROM undo WHERE seq = ?1"
    " UNION ALL SELECT quote (decision_id) || ',' || quote (coder)"
    " FROM (SELECT * FROM consensus WHERE seq = ?1 ORDER BY decision_id, coder)"
    " UNION ALL SELECT 'judged,' || quote (id) || ',' || quote (quote_key) || ','"
    " || quote (codebook) || ',' || quote (coder) || ',' || quote (at)"
    " FROM (SELECT * FROM judged WHERE seq = ?1 ORDER BY id)",
  [LIST_COMMANDS] = "SELECT a.seq, a.at, a.actor, a.command, a.detail, d.n, " IN_FORCE (
      "a.seq") " FROM undoable d JOIN audit a ON a.seq = d.seq ORDER BY a.seq",
  [LAST_IN_FORCE]
  = "SELECT d.seq FROM undoable d WHERE " IN_FORCE ("d.seq") " ORDER BY d.seq DESC LIMIT 1",
  [FIND_UNDO] = "SELECT command FROM undo WHERE seq = ?1",
  [LAST_UNDO] = "SELECT seq, in_force FROM undo WHERE command = ?1 ORDER BY seq DESC LIMIT 1",
  [COUNT_DECISIONS] = "SELECT n FROM undoable WHERE seq = ?1",
  [HAS_ENTRY] = "SELECT command FROM audit WHERE seq = ?1",
  [HAS_DECIDED] = "SELECT EXISTS (SELECT 1 FROM decision WHERE quote_key IS NOT NULL AND seq ="
                  " ifnull ((SELECT command FROM undo WHERE seq = ?1), ?1))",
  [ADD_UNDO] = "INSERT INTO undo (seq, of, command, in_force) VALUES (?1, ?2, ?3, ?4)",
  [LIST_ENTRIES] = "SELECT a.seq, a.detail FROM audit a WHERE a.seq IN (SELECT seq FROM decision"
                   "   UNION SELECT seq FROM undo UNION SELECT seq FROM judged)"
                   " OR (a.command IN ('review', 'mark', 'memo', 'undo', 'update decisions')"
                   "   AND a.detail LIKE '%; sha256:%') ORDER BY a.seq",
  /* What attest_store_apply_decisions() would not have left: a status that is not that of its
   * decision, a decision that is not the last about the segment, or, where none is about it, one
   * that is not in force or about another code. */
  [COUNT_WRONG]
  = "SELECT count (*) FROM (SELECT g.status, g.decision, d.action,"
    "   (SELECT max (f.id) FROM decision_in_force f WHERE f.quote_key = g.quote_key"
    "     AND f.codebook = b.name AND f.code = c.code"
    "     AND f.action IN ('accept', 'reject', 'recode', 'recoded', 'mark')) AS own,"
    "   d.codebook = b.name AND d.code = c.code"
    "     AND EXISTS (SELECT 1 FROM decision_in_force f WHERE f.id = d.id) AS fits"
    "   FROM segment g LEFT JOIN decision d ON d.id = g.decision"
    "   JOIN code c ON c.id = g.code_id JOIN codebook b ON b.id = c.codebook_id)"
    " WHERE status <> CASE WHEN action IS NULL THEN 'proposed'"
    "   WHEN action IN ('reject', 'recode') THEN 'rejected' ELSE 'accepted' END"
    " OR (own IS NOT NULL AND decision IS NOT own) OR (decision IS NOT NULL AND NOT fits)",
};

char *
attest_store_seal_decisions (AttestStore *store, gint64 seq, GError **error)
{
  return attest_store_hash_rows (store, statements[LIST_SEALED], "attest-decisions/1\n", seq,
                                 error);
}

/* ---- commands ---- */

void
attest_decision_command_free (AttestDecisionCommand *command)
{
  if (command == NULL)
    return;
  g_free (command->at);
  g_free (command->actor);
  g_free (command->command);
  g_free (command->detail);
  g_free (command);
}

/* What the command said of itself, without its seal. */
static char *
dup_plain_detail (const char *detail)
{
  const char *seal = detail != NULL ? g_strrstr (detail, ATTEST_STORE_SEAL) : NULL;

  if (seal == detail)
    return NULL;
  return seal != NULL ? g_strndup (detail, (gsize)(seal - detail)) : g_strdup (detail);
}

GPtrArray *
attest_store_list_decision_commands (AttestStore *store, GError **error)
{
  g_autoptr (GPtrArray) commands
      = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_decision_command_free);
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_COMMANDS], error, "");
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      AttestDecisionCommand *command = g_new0 (AttestDecisionCommand, 1);

      command->seq = sqlite3_column_int64 (stmt, 0);
      command->at = attest_stmt_dup (stmt, 1);
      command->actor = attest_stmt_dup (stmt, 2);
      command->command = attest_stmt_dup (stmt, 3);
      command->detail = dup_plain_detail (attest_stmt_text (stmt, 4));
      command->decisions = sqlite3_column_int64 (stmt, 5);
      command->in_force = sqlite3_column_int (stmt, 6) != 0;
      g_ptr_array_add (commands, command);
    }
  return rc < 0 ? NULL : g_steal_pointer (&commands);
}

/* ---- taking back ---- */

/* Why a command cannot be taken back, and what to do instead. */
static const char *
get_reason (const char *command)
{
  static const struct
  {
    const char *command, *reason;
  } reasons[] = {
    { "init", "it made the project" },
    { "ingest", "what was taken in is never lost; a corrected transcript is taken in beside it" },
    { "code", "it decided nothing; 'attest code' with the codebook that is meant replaces it" },
    { "rebuild", "it decided nothing, and changed nothing that a person said" },
    { "respondents set",
      "an older attest wrote it, or somebody withdrew since; set the attributes again" },
    { "respondents import",
      "an older attest wrote it, or somebody withdrew since; import them again" },
    { "guide apply", "an older attest wrote it; 'attest guide remove' does" },
    { "guide remove", "an older attest wrote it; 'attest guide apply' does" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_strcmp0 (reasons[i].command, command) == 0)
      return reasons[i].reason;
  return "it decided nothing";
}

static gboolean
throw_other (AttestStore *store, gint64 seq, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[HAS_ENTRY], error, "i", seq);
  int rc = stmt != NULL ? attest_stmt_step (store, stmt, error) : -1;

  if (rc < 0)
    return FALSE;
  if (rc == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "the audit log of %s has no entry %" G_GINT64_FORMAT
                         "; 'attest undo --list' shows what can be taken back",
                         store->path, seq);
  return attest_throw (error, ATTEST_ERROR_USAGE,
                       "entry %" G_GINT64_FORMAT " ('%s') cannot be taken back: %s. 'attest undo "
                       "--list' shows what can",
                       seq, attest_stmt_text (stmt, 0), get_reason (attest_stmt_text (stmt, 0)));
}

/* The command that @seq is, or that it took back or put into force again; 0: neither. */
static gboolean
find_command (AttestStore *store, gint64 seq, gint64 *out_command, GError **error)
{
  gint64 n = 0;

  *out_command = 0;
  if (!attest_stmt_get_int (store, statements[FIND_UNDO], out_command, error, "i", seq)
      || !attest_stmt_get_int (store, statements[COUNT_DECISIONS], &n, error, "i", seq))
    return FALSE;
  if (n > 0)
    *out_command = seq;
  return *out_command != 0 || throw_other (store, seq, error);
}

/* The entry that decides now whether @command is in force, and how. */
static gboolean
find_last_undo (AttestStore *store, gint64 command, gint64 *out_seq, gboolean *out_in_force,
                GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LAST_UNDO], error, "i", command);
  int rc = stmt != NULL ? attest_stmt_step (store, stmt, error) : -1;

  *out_seq = rc > 0 ? sqlite3_column_int64 (stmt, 0) : command;
  *out_in_force = rc > 0 ? sqlite3_column_int (stmt, 1) != 0 : TRUE;
  return rc >= 0;
}

gboolean
attest_store_undo (AttestStore *store, gint64 seq, gint64 *out_seq, GError **error)
{
  gint64 command = 0, last = 0, next = 0;
  gboolean in_force;

  g_return_val_if_fail (attest_store_is_writing (store), FALSE);
  if (seq == 0 && !attest_stmt_get_int (store, statements[LAST_IN_FORCE], &seq, error, ""))
    return FALSE;
  if (seq == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE, "%s: there is nothing to take back",
                         store->path);
  if (!find_command (store, seq, &command, error)
      || !find_last_undo (store, command, &last, &in_force, error))
    return FALSE;
  /* A command is taken back while it is in force; an undo, when nothing was done since. */
  if (seq == command ? !in_force : seq != last)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "entry %" G_GINT64_FORMAT
                         " is taken back already, by entry %" G_GINT64_FORMAT
                         "; 'attest undo %" G_GINT64_FORMAT "' puts it into force again",
                         seq, last, last);
  store->has_decided = TRUE;
  if (out_seq != NULL)
    *out_seq = seq;
  /* First: it looks at foreign keys, of which one of the undo leads to an entry to come. */
  return attest_store_revert_change (store, command, !in_force, error)
         && attest_store_peek_audit (store, &next, error)
         && attest_stmt_exec (store, statements[ADD_UNDO], error, "iiii", next, seq, command,
                              (gint64)!in_force)
         && attest_store_apply_decisions (store, command, error);
}

gboolean
attest_store_has_decided (AttestStore *store, gint64 seq, gboolean *out_has, GError **error)
{
  gint64 has = 0;

  if (!attest_stmt_get_int (store, statements[HAS_DECIDED], &has, error, "i", seq))
    return FALSE;
  *out_has = has != 0;
  return TRUE;
}

/* ---- checks ---- */

gboolean
attest_store_verify_decisions (AttestStore *store, AttestVerification *verification, GError **error)
{
  static const AttestSealWords words
      = { "decision", "the decisions of", "are not those that were taken" };
  gint64 n_wrong = 0;

  if (!attest_store_verify_seals (store, statements[LIST_ENTRIES], attest_store_seal_decisions,
                                  &words, verification, error)
      || !attest_stmt_get_int (store, statements[COUNT_WRONG], &n_wrong, error, ""))
    return FALSE;
  if (n_wrong > 0)
    attest_verification_add (verification, "decision", NULL,
                             "the status of %" G_GINT64_FORMAT " segments is not what was decided;"
                             " 'attest rebuild' sets it",
                             n_wrong);
  return TRUE;
}
