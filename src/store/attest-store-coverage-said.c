/* What was asked about, what was said of it, and what was not searched to the end. */
#include "store/attest-store-coverage-private.h"

enum
{
  LIST_CODES,
  LIST_QUESTIONS,
  LIST_QUESTION_CODES,
  LIST_CODE_ANSWERS,
  LIST_QUESTION_ANSWERS,
  LIST_SEGMENTS,
  LIST_INCOMPLETE,
  LIST_INCOMPLETE_QUESTIONS,
  N_STATEMENTS
};

static const char *const statements[N_STATEMENTS] = {
  [LIST_CODES] = "SELECT id, code, langs, asked_langs FROM code WHERE codebook_id = ?1"
                 " ORDER BY number",
  [LIST_QUESTIONS] = "SELECT q.id, q.guide_id, q.langs FROM question q"
                     " JOIN guide g ON g.id = q.guide_id WHERE EXISTS"
                     " (SELECT 1 FROM guide_source h WHERE h.guide_id = q.guide_id)"
                     " ORDER BY g.name, g.id, q.number",
  [LIST_QUESTION_CODES] = "SELECT code FROM question_code WHERE question_id = ?1",
  [LIST_CODE_ANSWERS] = "SELECT k.code_id, k.version_id, t.speaker, k.turn FROM " ATTEST_STORE_ASKED
                        " k JOIN code c ON c.id = k.code_id"
                        " JOIN turn t ON t.version_id = k.version_id AND t.number = k.turn"
                        " JOIN version v ON v.id = k.version_id JOIN source s ON s.id = v.source_id"
                        " WHERE c.codebook_id = ?1 ORDER BY s.label, k.turn",
  [LIST_QUESTION_ANSWERS]
  = "SELECT w.question_id, w.version_id, t.speaker, w.turn FROM question_answer w"
    " JOIN turn t ON t.version_id = w.version_id AND t.number = w.turn"
    " JOIN version v ON v.id = w.version_id JOIN source s ON s.id = v.source_id"
    " ORDER BY s.label, w.turn",
  [LIST_SEGMENTS] = "SELECT c.id, g.version_id, g.speaker, count (*) FROM code c"
                    " CROSS JOIN segment g ON g.code_id = c.id"
                    " WHERE c.codebook_id = ?1 AND g.status <> 'rejected'"
                    " GROUP BY c.number, g.version_id, g.speaker",
  /* A rule is named CODE/…, a question CODE/asked.… */
  [LIST_INCOMPLETE] = "SELECT c.id, i.version_id, t.speaker, count (*),"
                      " n.name GLOB c.code || '/asked.*' FROM incomplete i"
                      " JOIN run r ON r.id = i.run_id JOIN rule_name n ON n.id = i.rule"
                      " JOIN code c ON c.codebook_id = r.codebook_id"
                      "   AND c.code = substr (n.name, 1, instr (n.name, '/') - 1)"
                      " JOIN turn t ON t.version_id = i.version_id AND t.number = i.turn"
                      " WHERE r.codebook_id = ?1 GROUP BY 1, 2, 3, 5",
  [LIST_INCOMPLETE_QUESTIONS]
  = "SELECT i.question_id, i.version_id, t.speaker, count (*), 0 FROM question_incomplete i"
    " JOIN turn t ON t.version_id = i.version_id AND t.number = i.turn GROUP BY 1, 2, 3",
};

/* ---- codes and questions ---- */

static gboolean
load_codes (AttestCoverageFacts *facts, GError **error)
{
  g_auto (AttestStmt) stmt
      = attest_stmt_query (facts->store, statements[LIST_CODES], error, "i", facts->codebook_id);
  int rc = -1;

  facts->coverage->knows_languages = TRUE;
  while (stmt != NULL && (rc = attest_stmt_step (facts->store, stmt, error)) > 0)
    {
      AttestCoverageCode code = { .id = sqlite3_column_int64 (stmt, 0),
                                  .code = attest_stmt_dup (stmt, 1),
                                  .langs = attest_stmt_dup (stmt, 2),
                                  .asked_langs = attest_stmt_dup (stmt, 3) };

      g_array_append_val (facts->codes, code);
      attest_coverage_remember (facts->code_ids, code.id, facts->codes);
      if (code.langs == NULL)
        facts->coverage->knows_languages = FALSE;
    }
  return rc == 0;
}

static char **
load_question_codes (AttestCoverageFacts *facts, gint64 question_id, GError **error)
{
  GPtrArray *codes = g_ptr_array_new ();
  g_auto (AttestStmt) stmt
      = attest_stmt_query (facts->store, statements[LIST_QUESTION_CODES], error, "i", question_id);
  int rc = -1;

  while (stmt != NULL && (rc = attest_stmt_step (facts->store, stmt, error)) > 0)
    g_ptr_array_add (codes, attest_stmt_dup (stmt, 0));
  char **strings = attest_coverage_take_strings (codes);
  if (rc < 0)
    g_clear_pointer (&strings, g_strfreev);
  return strings;
}

static gboolean
load_questions (AttestCoverageFacts *facts, GError **error)
{
  g_auto (AttestStmt) stmt
      = attest_stmt_query (facts->store, statements[LIST_QUESTIONS], error, "");
  int rc = -1;

  while (stmt != NULL && (rc = attest_stmt_step (facts->store, stmt, error)) > 0)
    {
      AttestCoverageQuestion question = { .id = sqlite3_column_int64 (stmt, 0),
                                          .guide_id = sqlite3_column_int64 (stmt, 1),
                                          .langs = attest_stmt_dup (stmt, 2) };

      question.codes = load_question_codes (facts, question.id, error);
      g_array_append_val (facts->questions, question);
      attest_coverage_remember (facts->question_ids, question.id, facts->questions);
      if (question.codes == NULL)
        return FALSE;
    }
  return rc == 0;
}

/* ---- what was asked and said ---- */

/* Rows of what, version, speaker, turn. */
static gboolean
load_answers (AttestCoverageFacts *facts, AttestStmt stmt, GHashTable *ids, GArray *answers,
              GError **error)
{
  int rc = -1;

  while (stmt != NULL && (rc = attest_stmt_step (facts->store, stmt, error)) > 0)
    {
      gint64 id = sqlite3_column_int64 (stmt, 0);
      int what = attest_coverage_find (ids, id);
      int speaker = attest_coverage_find_speaker (facts, sqlite3_column_int64 (stmt, 1),
                                                  sqlite3_column_int64 (stmt, 2));
      AttestCoverageAnswer answer
          = { (guint)what, (guint)speaker, (guint)sqlite3_column_int64 (stmt, 3) };

      if (what >= 0 && speaker >= 0)
        g_array_append_val (answers, answer);
    }
  return rc == 0;
}

/* Rows of what, version, speaker, count, and whether it belongs to @others. */
static gboolean
load_counts (AttestCoverageFacts *facts, AttestStmt stmt, GHashTable *ids, GArray *counts,
             GArray *others, GError **error)
{
  int rc = -1;

  while (stmt != NULL && (rc = attest_stmt_step (facts->store, stmt, error)) > 0)
    {
      gint64 id = sqlite3_column_int64 (stmt, 0);
      int what = attest_coverage_find (ids, id);
      int speaker = attest_coverage_find_speaker (facts, sqlite3_column_int64 (stmt, 1),
                                                  sqlite3_column_int64 (stmt, 2));
      AttestCoverageCount count = { (guint)what, (guint)speaker, sqlite3_column_int64 (stmt, 3) };
      gboolean is_other = others != NULL && sqlite3_column_int (stmt, 4) != 0;

      if (what >= 0 && speaker >= 0)
        g_array_append_vals (is_other ? others : counts, &count, 1);
    }
  return rc == 0;
}

gboolean
attest_coverage_load_said (AttestCoverageFacts *facts, GError **error)
{
  AttestStore *store = facts->store;
  gint64 id = facts->codebook_id;
  g_auto (AttestStmt) codes = NULL;
  g_auto (AttestStmt) questions = NULL;
  g_auto (AttestStmt) segments = NULL;
  g_auto (AttestStmt) incomplete = NULL;
  g_auto (AttestStmt) of_questions = NULL;

  if (!load_codes (facts, error) || !load_questions (facts, error))
    return FALSE;
  codes = attest_stmt_query (store, statements[LIST_CODE_ANSWERS], error, "i", id);
  if (!load_answers (facts, codes, facts->code_ids, facts->code_answers, error))
    return FALSE;
  questions = attest_stmt_query (store, statements[LIST_QUESTION_ANSWERS], error, "");
  if (!load_answers (facts, questions, facts->question_ids, facts->question_answers, error))
    return FALSE;
  segments = attest_stmt_query (store, statements[LIST_SEGMENTS], error, "i", id);
  if (!load_counts (facts, segments, facts->code_ids, facts->segments, NULL, error))
    return FALSE;
  incomplete = attest_stmt_query (store, statements[LIST_INCOMPLETE], error, "i", id);
  if (!load_counts (facts, incomplete, facts->code_ids, facts->incomplete, facts->incomplete_asked,
                    error))
    return FALSE;
  of_questions = attest_stmt_query (store, statements[LIST_INCOMPLETE_QUESTIONS], error, "");
  return load_counts (facts, of_questions, facts->question_ids, facts->incomplete_questions, NULL,
                      error);
}
