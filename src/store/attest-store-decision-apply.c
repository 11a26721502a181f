/* From decisions to the segments of now: which derived rows follow from what people said.
 *
 * Text by text: what rules found is proposed again, what only a decision had made goes, and then
 * the last decision about each quote and code counts, in three steps.
 *
 * 1. It sets the status of the segment that is this quote with this code.
 * 2. Where rules find the passage with other bounds now, nobody is asked again: a segment that has
 *    an accepted one in it, or lies in it, is accepted; one that lies in a rejected one is
 * rejected. One that is more than what was rejected is new. Of several such decisions, the last
 * counts; one about the segment itself goes before all.
 * 3. What was accepted and no segment stands for is made a segment, of origin 'manual'. What was
 *    marked or recoded always is, with the bounds that it was given.
 */
#include "store/attest-store-private.h"

enum
{
  LIST_VERSIONS,
  REMOVE_MANUAL,
  REMOVE_ALL_MANUAL,
  RESET,
  RESET_ALL,
  LIST_JUDGED,
  SET_STATUS,
  SET_OTHER_BOUNDS,
  IS_STOOD_FOR,
  ADD_MANUAL,
  LIST_KEYS,
  SET_KEY,
  N_STATEMENTS
};

/* More texts than this are done all at once. */
#define MAX_VERSIONS 8

#define JUDGEMENTS "'accept', 'reject', 'recode', 'recoded', 'mark'"
/* The last decision of one kind about each quote of version ?1 (0: of all) and code, with the code
 * as it was coded with last. */
#define LAST_OF_KIND(kind)                                                                         \
  "SELECT d.id, d.action, q.key, q.version_id, q.start_byte, q.end_byte, c.id,"                    \
  " (SELECT max (id) FROM run WHERE codebook_id = b.id), d.codebook, d.code"                       \
  " FROM (SELECT max (f.id) AS id, f.quote_key, f.codebook, f.code, f.action"                      \
  "   FROM decision_in_force f JOIN quote q ON q.key = f.quote_key"                                \
  "   WHERE (q.version_id = ?1 OR ?1 = 0) AND f.action IN (" kind ")"                              \
  "   GROUP BY f.quote_key, f.codebook, f.code) d JOIN quote q ON q.key = d.quote_key"             \
  " JOIN codebook b ON b.name = d.codebook"                                                        \
  " JOIN code c ON c.codebook_id = b.id AND c.code = d.code ORDER BY d.id"
/* The segment of quote ?1 with code ?4, found by its place. */
#define OF_QUOTE "version_id = ?2 AND start_byte = ?3 AND quote_key = ?1 AND code_id = ?4"
/* What rules found with code ?3 that overlaps ?4 to ?5 of version ?2, one within the other. */
#define INSIDE "(start_byte >= ?4 AND end_byte <= ?5)"
#define AROUND "(start_byte <= ?4 AND end_byte >= ?5)"
#define FOUND_THERE                                                                                \
  "version_id = ?2 AND start_byte < ?5 AND end_byte > ?4 AND code_id = ?3 AND origin = 'rule'"
#define PROPOSED "status = 'proposed', decision = NULL, is_key = 0"
#define NOT_PROPOSED "(decision IS NOT NULL OR is_key OR status <> 'proposed')"

static const char *const statements[N_STATEMENTS] = {
  [LIST_VERSIONS] = "SELECT DISTINCT q.version_id FROM decision d"
                    " JOIN quote q ON q.key = d.quote_key WHERE d.seq = ?1",
  [REMOVE_MANUAL] = "DELETE FROM segment WHERE version_id = ?1 AND origin <> 'rule'",
  [REMOVE_ALL_MANUAL] = "DELETE FROM segment WHERE origin <> 'rule' AND ?1 = 0",
  [RESET] = "UPDATE segment SET " PROPOSED " WHERE version_id = ?1 AND " NOT_PROPOSED,
  [RESET_ALL] = "UPDATE segment SET " PROPOSED " WHERE " NOT_PROPOSED " AND ?1 = 0",
  [LIST_JUDGED] = LAST_OF_KIND (JUDGEMENTS),
  [SET_STATUS] = "UPDATE segment SET decision = ?5, status = ?6 WHERE " OF_QUOTE,
  [SET_OTHER_BOUNDS]
  = "UPDATE segment SET decision = ?1, status = ?6 WHERE " FOUND_THERE " AND (" INSIDE
    " OR (?6 = 'accepted' AND " AROUND "))"
    " AND NOT EXISTS (SELECT 1 FROM decision_in_force f WHERE f.quote_key = segment.quote_key"
    "   AND f.codebook = ?7 AND f.code = ?8 AND f.action IN (" JUDGEMENTS "))",
  [IS_STOOD_FOR] = "SELECT count (*) FROM segment WHERE " FOUND_THERE " AND (" INSIDE " OR " AROUND
                   ") AND decision >= ?1",
  [ADD_MANUAL]
  = "INSERT INTO segment (run_id, version_id, start_byte, end_byte, code_id, quote_key, turn,"
    " speaker, strength, weight, hits, places, status, origin, decision)"
    " SELECT ?6, ?2, ?3, ?4, ?5, ?1, t.number, t.speaker, 0, 0, 0, x'', 'accepted', 'manual', ?7"
    " FROM turn t WHERE t.version_id = ?2 AND t.start_byte <= ?3 AND t.end_byte >= ?4 LIMIT 1",
  [LIST_KEYS] = LAST_OF_KIND ("'key', 'no-key'"),
  [SET_KEY] = "UPDATE segment SET is_key = ?5 WHERE " OF_QUOTE,
};

/* The last decision about a quote and a code. */
typedef struct
{
  gint64 id;
  char *action, *codebook, *code;
  AttestQuote quote;
  gint64 code_id, run_id;
  gboolean is_found; /* rules find just this quote with this code */
} Judgement;

static void
clear_judgement (gpointer item)
{
  Judgement *judgement = item;

  g_free (judgement->action);
  g_free (judgement->codebook);
  g_free (judgement->code);
}

static GArray *
load (AttestStore *store, const char *sql, gint64 version_id, GError **error)
{
  g_autoptr (GArray) judgements = g_array_new (FALSE, FALSE, sizeof (Judgement));
  g_auto (AttestStmt) stmt = attest_stmt_query (store, sql, error, "i", version_id);
  int rc;

  g_array_set_clear_func (judgements, clear_judgement);
  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      Judgement judgement = { .id = sqlite3_column_int64 (stmt, 0),
                              .action = attest_stmt_dup (stmt, 1),
                              .quote = { .key = sqlite3_column_int64 (stmt, 2),
                                         .version_id = sqlite3_column_int64 (stmt, 3),
                                         .start_byte = sqlite3_column_int64 (stmt, 4),
                                         .end_byte = sqlite3_column_int64 (stmt, 5) },
                              .code_id = sqlite3_column_int64 (stmt, 6),
                              .run_id = sqlite3_column_int64 (stmt, 7),
                              .codebook = attest_stmt_dup (stmt, 8),
                              .code = attest_stmt_dup (stmt, 9) };

      g_array_append_val (judgements, judgement);
    }
  return rc < 0 ? NULL : g_steal_pointer (&judgements);
}

static const char *
status_of (const Judgement *judgement)
{
  gboolean is_rejected = g_strcmp0 (judgement->action, "reject") == 0
                         || g_strcmp0 (judgement->action, "recode") == 0;

  return is_rejected ? "rejected" : "accepted";
}

/* Whether its bounds are those that a rule gave it, which may give others now. */
static gboolean
has_bounds_of_rules (const Judgement *judgement)
{
  return g_strcmp0 (judgement->action, "mark") != 0
         && g_strcmp0 (judgement->action, "recoded") != 0;
}

static gboolean
set_status (AttestStore *store, Judgement *judgement, GError **error)
{
  const AttestQuote *quote = &judgement->quote;

  if (!attest_stmt_exec (store, statements[SET_STATUS], error, "iiiiis", quote->key,
                         quote->version_id, quote->start_byte, judgement->code_id, judgement->id,
                         status_of (judgement)))
    return FALSE;
  judgement->is_found = sqlite3_changes64 (store->db) > 0;
  return TRUE;
}

/* Segments of one code do not overlap: where the quote itself is found, no other is. */
static gboolean
set_other_bounds (AttestStore *store, const Judgement *judgement, GError **error)
{
  const AttestQuote *quote = &judgement->quote;

  return judgement->is_found || !has_bounds_of_rules (judgement)
         || attest_stmt_exec (store, statements[SET_OTHER_BOUNDS], error, "iiiiisss", judgement->id,
                              quote->version_id, judgement->code_id, quote->start_byte,
                              quote->end_byte, status_of (judgement), judgement->codebook,
                              judgement->code);
}

static gboolean
add_manual (AttestStore *store, const Judgement *judgement, GError **error)
{
  const AttestQuote *quote = &judgement->quote;
  gint64 n = 0;

  if (judgement->is_found || g_strcmp0 (status_of (judgement), "accepted") != 0)
    return TRUE;
  if (has_bounds_of_rules (judgement)
      && !attest_stmt_get_int (store, statements[IS_STOOD_FOR], &n, error, "iiiii", judgement->id,
                               quote->version_id, judgement->code_id, quote->start_byte,
                               quote->end_byte))
    return FALSE;
  return n > 0
         || attest_stmt_exec (store, statements[ADD_MANUAL], error, "iiiiiii", quote->key,
                              quote->version_id, quote->start_byte, quote->end_byte,
                              judgement->code_id, judgement->run_id, judgement->id);
}

static gboolean
apply_judged (AttestStore *store, gint64 version_id, GError **error)
{
  g_autoptr (GArray) judged = load (store, statements[LIST_JUDGED], version_id, error);

  if (judged == NULL)
    return FALSE;
  for (guint i = 0; i < judged->len; i++)
    if (!set_status (store, &g_array_index (judged, Judgement, i), error))
      return FALSE;
  for (guint i = 0; i < judged->len; i++)
    if (!set_other_bounds (store, &g_array_index (judged, Judgement, i), error))
      return FALSE;
  for (guint i = 0; i < judged->len; i++)
    if (!add_manual (store, &g_array_index (judged, Judgement, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
apply_keys (AttestStore *store, gint64 version_id, GError **error)
{
  g_autoptr (GArray) keys = load (store, statements[LIST_KEYS], version_id, error);

  for (guint i = 0; keys != NULL && i < keys->len; i++)
    {
      const Judgement *key = &g_array_index (keys, Judgement, i);

      if (!attest_stmt_exec (store, statements[SET_KEY], error, "iiiii", key->quote.key,
                             key->quote.version_id, key->quote.start_byte, key->code_id,
                             (gint64)(g_strcmp0 (key->action, "key") == 0)))
        return FALSE;
    }
  return keys != NULL;
}

/* @version_id: 0: all. */
static gboolean
apply (AttestStore *store, gint64 version_id, GError **error)
{
  gboolean all = version_id == 0;

  return attest_stmt_exec (store, statements[all ? REMOVE_ALL_MANUAL : REMOVE_MANUAL], error, "i",
                           version_id)
         && attest_stmt_exec (store, statements[all ? RESET_ALL : RESET], error, "i", version_id)
         && apply_judged (store, version_id, error) && apply_keys (store, version_id, error);
}

gboolean
attest_store_apply_decisions (AttestStore *store, gint64 seq, GError **error)
{
  g_autoptr (GArray) versions = g_array_new (FALSE, FALSE, sizeof (gint64));
  int rc = 0;

  if (seq == 0)
    return apply (store, 0, error);
  {
    g_auto (AttestStmt) stmt
        = attest_stmt_query (store, statements[LIST_VERSIONS], error, "i", seq);

    if (stmt == NULL)
      return FALSE;
    while ((rc = attest_stmt_step (store, stmt, error)) > 0)
      {
        gint64 version_id = sqlite3_column_int64 (stmt, 0);

        g_array_append_val (versions, version_id);
      }
  }
  if (rc < 0)
    return FALSE;
  if (versions->len > MAX_VERSIONS)
    return apply (store, 0, error);
  for (guint i = 0; i < versions->len; i++)
    if (!apply (store, g_array_index (versions, gint64, i), error))
      return FALSE;
  return TRUE;
}
