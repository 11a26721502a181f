/* Interview guides: in. What is asked of them is attest-store-guide-list.c. */
#include "config.h"

#include "store/attest-store-guide.h"
#include "store/attest-store-private.h"

#include "util/attest-error.h"

enum
{
  FIND_BY_HASH,
  ADD_GUIDE,
  REMOVE_TURNS,
  REMOVE_ANSWERS,
  REMOVE_INCOMPLETE,
  REMOVE_ALIGNED,
  REMOVE_CODES,
  REMOVE_QUESTIONS,
  ADD_QUESTION,
  ADD_CODE,
  LIST_QUESTIONS,
  CLEAR_TURNS,
  CLEAR_ANSWERS,
  CLEAR_INCOMPLETE,
  HOLD_SOURCE,
  RELEASE_SOURCE,
  CLEAR_ALIGNED,
  ADD_ALIGNED,
  ADD_TURN,
  ADD_ANSWER,
  ADD_INCOMPLETE,
  COUNT_STALE,
  N_STATEMENTS
};

/* Of all guides that have the name of guide ?1. */
#define SAME_NAME                                                                                  \
  "guide_id IN (SELECT g.id FROM guide g"                                                          \
  " WHERE g.name = (SELECT name FROM guide WHERE id = ?1))"
#define SAME_QUESTIONS "question_id IN (SELECT id FROM question WHERE " SAME_NAME ")"

static const char *const statements[N_STATEMENTS] = {
  [FIND_BY_HASH] = "SELECT id FROM guide WHERE sha256 = ?1",
  [ADD_GUIDE] = "INSERT INTO guide (name, version, title, sha256, text, added_at)"
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
  [REMOVE_TURNS] = "DELETE FROM question_turn WHERE version_id IN"
                   " (SELECT version_id FROM aligned WHERE " SAME_NAME ")",
  [REMOVE_ANSWERS] = "DELETE FROM question_answer WHERE " SAME_QUESTIONS,
  [REMOVE_INCOMPLETE] = "DELETE FROM question_incomplete WHERE " SAME_QUESTIONS,
  [REMOVE_ALIGNED] = "DELETE FROM aligned WHERE " SAME_NAME,
  [REMOVE_CODES] = "DELETE FROM question_code WHERE " SAME_QUESTIONS,
  [REMOVE_QUESTIONS] = "DELETE FROM question WHERE " SAME_NAME,
  [ADD_QUESTION] = "INSERT INTO question (guide_id, number, question, section, text, langs)"
                   " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
  [ADD_CODE] = "INSERT INTO question_code (question_id, code) VALUES (?1, ?2)",
  [LIST_QUESTIONS] = "SELECT id FROM question WHERE guide_id = ?1 ORDER BY number",
  [CLEAR_TURNS] = "DELETE FROM question_turn WHERE version_id = ?1",
  [CLEAR_ANSWERS] = "DELETE FROM question_answer WHERE version_id = ?1",
  [CLEAR_INCOMPLETE] = "DELETE FROM question_incomplete WHERE version_id = ?1",
  [HOLD_SOURCE] = "INSERT INTO guide_source (source_id, guide_id, applied_at, tool_version)"
                  " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (source_id) DO UPDATE SET"
                  " guide_id = ?2, applied_at = ?3, tool_version = ?4 WHERE guide_id <> ?2",
  [RELEASE_SOURCE] = "DELETE FROM guide_source WHERE source_id = ?1",
  [CLEAR_ALIGNED] = "DELETE FROM aligned WHERE version_id = ?1",
  [ADD_ALIGNED] = "INSERT INTO aligned (version_id, guide_id) VALUES (?1, ?2)"
                  " ON CONFLICT (version_id) DO UPDATE SET guide_id = ?2",
  [ADD_TURN] = "INSERT INTO question_turn (version_id, turn, question_id, start_byte, end_byte)"
               " VALUES (?1, ?2, nullif (?3, 0), ?4, ?5)",
  [ADD_ANSWER] = "INSERT INTO question_answer (question_id, version_id, turn) VALUES (?1, ?2, ?3)",
  [ADD_INCOMPLETE] = "INSERT INTO question_incomplete (question_id, version_id, turn, reason)"
                     " VALUES (?1, ?2, ?3, ?4)",
  [COUNT_STALE] = "SELECT count (*) FROM guide_source g JOIN version v ON v.source_id = g.source_id"
                  " WHERE v.number = (SELECT max (w.number) FROM version w"
                  "   WHERE w.source_id = v.source_id)"
                  " AND v.id NOT IN (SELECT version_id FROM aligned WHERE guide_id = g.guide_id)",
};

/* ---- a guide ---- */

static gboolean
add_guide (AttestStore *store, const AttestGuideSpec *spec, gint64 *out_id, GError **error)
{
  g_autofree char *now = attest_store_dup_now ();

  if (!attest_stmt_get_int (store, statements[FIND_BY_HASH], out_id, error, "s", spec->sha256))
    return FALSE;
  if (*out_id > 0)
    return TRUE;
  if (!attest_stmt_exec (store, statements[ADD_GUIDE], error, "ssssts", spec->name, spec->version,
                         spec->title, spec->sha256, spec->text, spec->length_bytes, now))
    return FALSE;
  *out_id = sqlite3_last_insert_rowid (store->db);
  return TRUE;
}

static gboolean
remove_found (AttestStore *store, gint64 guide_id, GError **error)
{
  /* In this order: what refers before what it refers to. */
  static const guint steps[] = { REMOVE_TURNS,   REMOVE_ANSWERS, REMOVE_INCOMPLETE,
                                 REMOVE_ALIGNED, REMOVE_CODES,   REMOVE_QUESTIONS };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (!attest_stmt_exec (store, statements[steps[i]], error, "i", guide_id))
      return FALSE;
  return TRUE;
}

static gboolean
add_question (AttestStore *store, gint64 guide_id, guint number,
              const AttestStoreQuestion *question, GError **error)
{
  gint64 id;

  if (!attest_stmt_exec (store, statements[ADD_QUESTION], error, "iissss", guide_id, (gint64)number,
                         question->question, question->section, question->text, question->langs))
    return FALSE;
  id = sqlite3_last_insert_rowid (store->db);
  for (const char *const *code = question->codes; *code != NULL; code++)
    if (!attest_stmt_exec (store, statements[ADD_CODE], error, "is", id, *code))
      return FALSE;
  return TRUE;
}

gboolean
attest_store_begin_guide (AttestStore *store, const AttestGuideSpec *spec, gint64 *out_guide_id,
                          GError **error)
{
  gint64 id = 0;

  g_return_val_if_fail (attest_store_is_writing (store), FALSE);
  if (!add_guide (store, spec, &id, error) || !remove_found (store, id, error))
    return FALSE;
  for (guint i = 0; i < spec->n_questions; i++)
    if (!add_question (store, id, i, &spec->questions[i], error))
      return FALSE;
  *out_guide_id = id;
  return TRUE;
}

/* ---- a source ---- */

/* (element-type gint64) the ids of the questions of a guide, by number. */
static GArray *
load_questions (AttestStore *store, gint64 guide_id, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[LIST_QUESTIONS], error, "i", guide_id);
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

static gint64
question_id (const GArray *ids, guint number)
{
  g_assert (number < ids->len);
  return g_array_index (ids, gint64, number);
}

static gboolean
clear_version (AttestStore *store, gint64 version_id, GError **error)
{
  return attest_stmt_exec (store, statements[CLEAR_TURNS], error, "i", version_id)
         && attest_stmt_exec (store, statements[CLEAR_ANSWERS], error, "i", version_id)
         && attest_stmt_exec (store, statements[CLEAR_INCOMPLETE], error, "i", version_id);
}

static gboolean
add_turns (AttestStore *store, gint64 version_id, const AttestCoding *coding, const GArray *ids,
           GError **error)
{
  for (guint i = 0; i < coding->questions->len; i++)
    {
      const AttestQuestion *question = &g_array_index (coding->questions, AttestQuestion, i);
      gint64 id = question->code == ATTEST_NO_CODE ? 0 : question_id (ids, question->code);

      if (!attest_stmt_exec (store, statements[ADD_TURN], error, "iiiii", version_id,
                             (gint64)question->turn, id, (gint64)question->start_byte,
                             (gint64)question->end_byte))
        return FALSE;
    }
  for (guint i = 0; i < coding->asked->len; i++)
    {
      const AttestAsked *asked = &g_array_index (coding->asked, AttestAsked, i);

      if (!attest_stmt_exec (store, statements[ADD_ANSWER], error, "iii",
                             question_id (ids, asked->code), version_id, (gint64)asked->turn))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_incomplete (AttestStore *store, gint64 version_id, const AttestCoding *coding,
                const guint *pattern_questions, const GArray *ids, GError **error)
{
  for (guint i = 0; i < coding->incomplete->len; i++)
    {
      const AttestIncomplete *incomplete = &g_array_index (coding->incomplete, AttestIncomplete, i);

      if (!attest_stmt_exec (store, statements[ADD_INCOMPLETE], error, "iiis",
                             question_id (ids, pattern_questions[incomplete->pattern]), version_id,
                             (gint64)incomplete->turn, incomplete->reason))
        return FALSE;
    }
  return TRUE;
}

gboolean
attest_store_align_source (AttestStore *store, gint64 guide_id, const char *source,
                           const AttestDocument *doc, const AttestCoding *coding,
                           const guint *pattern_questions, GError **error)
{
  g_autofree char *now = attest_store_dup_now ();
  g_autoptr (GArray) ids = NULL;
  gint64 source_id, version_id;

  g_return_val_if_fail (attest_store_is_writing (store), FALSE);
  ids = load_questions (store, guide_id, error);
  return ids != NULL && attest_store_find_version (store, source, &source_id, &version_id, error)
         && attest_store_check_text (store, version_id, source, doc, error)
         && clear_version (store, version_id, error)
         && attest_stmt_exec (store, statements[HOLD_SOURCE], error, "iiss", source_id, guide_id,
                              now, PACKAGE_VERSION)
         && attest_stmt_exec (store, statements[ADD_ALIGNED], error, "ii", version_id, guide_id)
         && add_turns (store, version_id, coding, ids, error)
         && add_incomplete (store, version_id, coding, pattern_questions, ids, error);
}

gboolean
attest_store_release_source (AttestStore *store, const char *source, GError **error)
{
  gint64 source_id, version_id;

  g_return_val_if_fail (attest_store_is_writing (store), FALSE);
  return attest_store_find_version (store, source, &source_id, &version_id, error)
         && clear_version (store, version_id, error)
         && attest_stmt_exec (store, statements[CLEAR_ALIGNED], error, "i", version_id)
         && attest_stmt_exec (store, statements[RELEASE_SOURCE], error, "i", source_id);
}

gboolean
attest_store_needs_alignment (AttestStore *store, gboolean *out_needs, GError **error)
{
  gint64 n = 0;

  if (!attest_stmt_get_int (store, statements[COUNT_STALE], &n, error, ""))
    return FALSE;
  *out_needs = n > 0;
  return TRUE;
}
