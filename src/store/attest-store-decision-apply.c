/* From decisions to the segments of now: which derived rows follow from what people said.
 *
 * Quote by quote: its segments are proposals again, those that only a decision had made go, and
 * then the last decision of each code sets the status of its segment, or makes one where it was
 * accepted and no rule finds it.
 */
#include "store/attest-store-private.h"

enum
{
  LIST_QUOTES,
  REMOVE_MANUAL,
  RESET,
  LIST_JUDGED,
  SET_STATUS,
  ADD_MANUAL,
  LIST_KEYS,
  SET_KEY,
  N_STATEMENTS
};

/* The segments of quote ?1, found by their place. */
#define OF_QUOTE "version_id = ?2 AND start_byte = ?3 AND quote_key = ?1"
/* Of the decisions of one kind about quote ?1, the last of each code, with the code as it was coded
 * with last. */
#define LAST_OF_KIND(kind)                                                                         \
  "SELECT d.id, d.action, c.id, (SELECT max (id) FROM run WHERE codebook_id = b.id)"               \
  " FROM (SELECT max (id) AS id, codebook, code, action FROM decision_in_force"                    \
  "   WHERE quote_key = ?1 AND action IN (" kind ") GROUP BY codebook, code) d"                    \
  " JOIN codebook b ON b.name = d.codebook"                                                        \
  " JOIN code c ON c.codebook_id = b.id AND c.code = d.code ORDER BY d.id"

static const char *const statements[N_STATEMENTS] = {
  [LIST_QUOTES] = "SELECT DISTINCT q.key, q.version_id, q.start_byte, q.end_byte FROM decision d"
                  " JOIN quote q ON q.key = d.quote_key WHERE d.seq = ?1 OR ?1 = 0",
  [REMOVE_MANUAL] = "DELETE FROM segment WHERE " OF_QUOTE " AND origin <> 'rule'",
  [RESET] = "UPDATE segment SET status = 'proposed', decision = NULL, is_key = 0 WHERE " OF_QUOTE,
  [LIST_JUDGED] = LAST_OF_KIND ("'accept', 'reject', 'recode', 'recoded', 'mark'"),
  [SET_STATUS] = "UPDATE segment SET decision = ?5, status = CASE WHEN ?6 IN ('reject', 'recode')"
                 " THEN 'rejected' ELSE 'accepted' END WHERE " OF_QUOTE " AND code_id = ?4",
  [ADD_MANUAL]
  = "INSERT INTO segment (run_id, version_id, start_byte, end_byte, code_id, quote_key, turn,"
    " speaker, strength, weight, hits, places, status, origin, decision)"
    " SELECT ?6, ?2, ?3, ?4, ?5, ?1, t.number, t.speaker, 0, 0, 0, x'', 'accepted', 'manual', ?7"
    " FROM turn t WHERE t.version_id = ?2 AND t.start_byte <= ?3 AND t.end_byte >= ?4 LIMIT 1",
  [LIST_KEYS] = LAST_OF_KIND ("'key', 'no-key'"),
  [SET_KEY] = "UPDATE segment SET is_key = ?5 = 'key' WHERE " OF_QUOTE " AND code_id = ?4",
};

static gboolean
is_accepted (const char *action)
{
  return g_strcmp0 (action, "reject") != 0 && g_strcmp0 (action, "recode") != 0;
}

static gboolean
apply_judged (AttestStore *store, const AttestQuote *quote, GError **error)
{
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[LIST_JUDGED], error, "i", quote->key);
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      gint64 id = sqlite3_column_int64 (stmt, 0), code = sqlite3_column_int64 (stmt, 2);
      const char *action = attest_stmt_text (stmt, 1);

      if (!attest_stmt_exec (store, statements[SET_STATUS], error, "iiiiis", quote->key,
                             quote->version_id, quote->start_byte, code, id, action))
        return FALSE;
      if (sqlite3_changes64 (store->db) == 0 && is_accepted (action)
          && !attest_stmt_exec (store, statements[ADD_MANUAL], error, "iiiiiii", quote->key,
                                quote->version_id, quote->start_byte, quote->end_byte, code,
                                (gint64)sqlite3_column_int64 (stmt, 3), id))
        return FALSE;
    }
  return rc == 0;
}

static gboolean
apply_keys (AttestStore *store, const AttestQuote *quote, GError **error)
{
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[LIST_KEYS], error, "i", quote->key);
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    if (!attest_stmt_exec (store, statements[SET_KEY], error, "iiiis", quote->key,
                           quote->version_id, quote->start_byte,
                           (gint64)sqlite3_column_int64 (stmt, 2), attest_stmt_text (stmt, 1)))
      return FALSE;
  return rc == 0;
}

gboolean
attest_store_apply_decisions (AttestStore *store, gint64 seq, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_QUOTES], error, "i", seq);
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      AttestQuote quote = { .key = sqlite3_column_int64 (stmt, 0),
                            .version_id = sqlite3_column_int64 (stmt, 1),
                            .start_byte = sqlite3_column_int64 (stmt, 2),
                            .end_byte = sqlite3_column_int64 (stmt, 3) };

      if (!attest_stmt_exec (store, statements[REMOVE_MANUAL], error, "iii", quote.key,
                             quote.version_id, quote.start_byte)
          || !attest_stmt_exec (store, statements[RESET], error, "iii", quote.key, quote.version_id,
                                quote.start_byte)
          || !apply_judged (store, &quote, error) || !apply_keys (store, &quote, error))
        return FALSE;
    }
  return rc == 0;
}
