/* Interview guides: what there is, and what they found. */
#include "store/attest-store-guide.h"
#include "store/attest-store-private.h"

#include <string.h>

#include "util/attest-error.h"

enum
{
  LIST_SOURCES,
  LIST_GUIDES,
  LIST_QUESTIONS,
  LIST_CODES,
  GET_TEXT,
  LIST_TURNS,
  N_STATEMENTS
};

static const char *const statements[N_STATEMENTS] = {
  [LIST_SOURCES]
  = "SELECT s.label, g.name, ifnull (g.id, 0), EXISTS (SELECT 1 FROM aligned a"
    "   WHERE a.guide_id = h.guide_id AND a.version_id = (SELECT id FROM version"
    "     WHERE source_id = s.id ORDER BY number DESC LIMIT 1))"
    " FROM source s LEFT JOIN guide_source h ON h.source_id = s.id"
    " LEFT JOIN guide g ON g.id = h.guide_id WHERE (?1 = 0 OR g.id = ?1) ORDER BY s.label",
  [LIST_GUIDES] = "SELECT g.id, g.name, g.version, g.title, g.sha256, max (h.applied_at)"
                  " FROM guide_source h JOIN guide g ON g.id = h.guide_id GROUP BY g.id"
                  " ORDER BY g.name, g.id",
  [LIST_QUESTIONS]
  = "SELECT q.id, q.question, q.section, q.text, q.langs,"
    " (SELECT count (*) FROM question_turn t WHERE t.question_id = q.id),"
    " (SELECT count (DISTINCT v.source_id) FROM question_turn t"
    "   JOIN version v ON v.id = t.version_id WHERE t.question_id = q.id),"
    " (SELECT count (DISTINCT p.respondent_id) FROM question_answer a"
    "   JOIN turn t ON t.version_id = a.version_id AND t.number = a.turn"
    "   JOIN speaker p ON p.version_id = t.version_id AND p.number = t.speaker"
    "   WHERE a.question_id = q.id),"
    " (SELECT count (*) FROM (SELECT DISTINCT version_id, turn FROM question_incomplete"
    "   WHERE question_id = q.id))"
    " FROM question q WHERE q.guide_id = ?1 ORDER BY q.number",
  [LIST_CODES] = "SELECT code FROM question_code WHERE question_id = ?1 ORDER BY code",
  [GET_TEXT] = "SELECT text FROM guide WHERE id = ?1",
  [LIST_TURNS] = "SELECT s.label, t.turn, q.question, t.start_byte, t.end_byte"
                 " FROM question_turn t JOIN version v ON v.id = t.version_id"
                 " JOIN source s ON s.id = v.source_id LEFT JOIN question q ON q.id = t.question_id"
                 " WHERE (?1 IS NULL OR s.label = ?1)"
                 " AND v.number = (SELECT max (number) FROM version WHERE source_id = s.id)"
                 " ORDER BY s.label, t.turn, q.number",
};

/* ---- sources ---- */

static void
free_guide_source (gpointer item)
{
  AttestGuideSource *source = item;

  g_free (source->source);
  g_free (source->guide);
  g_free (source);
}

/* @guide_id: 0: all sources. */
static GPtrArray *
load_sources (AttestStore *store, gint64 guide_id, GError **error)
{
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func (free_guide_source);
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[LIST_SOURCES], error, "i", guide_id);
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      AttestGuideSource *source = g_new0 (AttestGuideSource, 1);

      source->source = attest_stmt_dup (stmt, 0);
      source->guide = attest_stmt_dup (stmt, 1);
      source->guide_id = sqlite3_column_int64 (stmt, 2);
      source->is_aligned = sqlite3_column_int (stmt, 3) != 0;
      g_ptr_array_add (sources, source);
    }
  return rc < 0 ? NULL : g_steal_pointer (&sources);
}

GPtrArray *
attest_store_list_guide_sources (AttestStore *store, GError **error)
{
  return load_sources (store, 0, error);
}

/* ---- guides ---- */

static void
clear_question (gpointer item)
{
  AttestGuideQuestionInfo *question = item;

  g_free (question->question);
  g_free (question->section);
  g_free (question->text);
  g_free (question->langs);
  g_strfreev (question->codes);
}

void
attest_guide_info_free (AttestGuideInfo *info)
{
  if (info == NULL)
    return;
  g_free (info->name);
  g_free (info->version);
  g_free (info->title);
  g_free (info->sha256);
  g_free (info->applied_at);
  g_strfreev (info->sources);
  g_array_unref (info->questions);
  g_free (info);
}

/* The first column of all rows. */
static char **
load_strings (AttestStore *store, const char *sql, gint64 id, GError **error)
{
  g_autoptr (GPtrArray) strings = g_ptr_array_new_with_free_func (g_free);
  g_auto (AttestStmt) stmt = attest_stmt_query (store, sql, error, "i", id);
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    g_ptr_array_add (strings, attest_stmt_dup (stmt, 0));
  if (rc < 0)
    return NULL;
  g_ptr_array_add (strings, NULL);
  g_ptr_array_set_free_func (strings, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&strings), FALSE);
}

static gboolean
load_questions (AttestStore *store, AttestGuideInfo *info, GError **error)
{
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[LIST_QUESTIONS], error, "i", info->id);
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      AttestGuideQuestionInfo question = { .question = attest_stmt_dup (stmt, 1),
                                           .section = attest_stmt_dup (stmt, 2),
                                           .text = attest_stmt_dup (stmt, 3),
                                           .langs = attest_stmt_dup (stmt, 4),
                                           .turns = sqlite3_column_int64 (stmt, 5),
                                           .sources = sqlite3_column_int64 (stmt, 6),
                                           .respondents = sqlite3_column_int64 (stmt, 7),
                                           .incomplete = sqlite3_column_int64 (stmt, 8) };

      g_array_append_val (info->questions, question);
      question.codes
          = load_strings (store, statements[LIST_CODES], sqlite3_column_int64 (stmt, 0), error);
      if (question.codes == NULL)
        return FALSE;
      g_array_index (info->questions, AttestGuideQuestionInfo, info->questions->len - 1).codes
          = question.codes;
    }
  return rc == 0;
}

static gboolean
load_labels (AttestStore *store, AttestGuideInfo *info, GError **error)
{
  info->sources = load_strings (store, statements[LIST_SOURCES], info->id, error);
  return info->sources != NULL;
}

GPtrArray *
attest_store_list_guides (AttestStore *store, GError **error)
{
  g_autoptr (GPtrArray) guides
      = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_guide_info_free);
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_GUIDES], error, "");
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      AttestGuideInfo *info = g_new0 (AttestGuideInfo, 1);

      g_ptr_array_add (guides, info);
      info->id = sqlite3_column_int64 (stmt, 0);
      info->name = attest_stmt_dup (stmt, 1);
      info->version = attest_stmt_dup (stmt, 2);
      info->title = attest_stmt_dup (stmt, 3);
      info->sha256 = attest_stmt_dup (stmt, 4);
      info->applied_at = attest_stmt_dup (stmt, 5);
      info->questions = g_array_new (FALSE, TRUE, sizeof (AttestGuideQuestionInfo));
      g_array_set_clear_func (info->questions, clear_question);
      if (!load_questions (store, info, error) || !load_labels (store, info, error))
        return NULL;
    }
  return rc < 0 ? NULL : g_steal_pointer (&guides);
}

GBytes *
attest_store_get_guide_text (AttestStore *store, gint64 guide_id, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[GET_TEXT], error, "i", guide_id);
  int rc;

  if (stmt == NULL || (rc = attest_stmt_step (store, stmt, error)) < 0)
    return NULL;
  if (rc == 0)
    return attest_throw_null (error, ATTEST_ERROR_USAGE, "%s: no such guide", store->path);
  return attest_stmt_dup_bytes (stmt, 0);
}

/* ---- turns ---- */

static void
free_turn (gpointer item)
{
  AttestQuestionTurn *turn = item;

  g_free (turn->source);
  g_strfreev (turn->questions);
  g_free (turn);
}

static void
add_question (AttestQuestionTurn *turn, const char *question)
{
  guint n = g_strv_length (turn->questions);

  turn->questions = g_renew (char *, turn->questions, n + 2);
  turn->questions[n] = g_strdup (question);
  turn->questions[n + 1] = NULL;
}

GPtrArray *
attest_store_list_question_turns (AttestStore *store, const char *source, GError **error)
{
  g_autoptr (GPtrArray) turns = g_ptr_array_new_with_free_func (free_turn);
  AttestQuestionTurn *last = NULL;
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_TURNS], error, "s", source);
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      guint number = (guint)sqlite3_column_int64 (stmt, 1);
      const char *question = attest_stmt_text (stmt, 2);

      if (last == NULL || last->turn != number
          || strcmp (last->source, attest_stmt_text (stmt, 0)) != 0)
        {
          last = g_new0 (AttestQuestionTurn, 1);
          last->source = attest_stmt_dup (stmt, 0);
          last->turn = number;
          last->questions = g_new0 (char *, 1);
          last->start_byte = (gsize)sqlite3_column_int64 (stmt, 3);
          last->end_byte = (gsize)sqlite3_column_int64 (stmt, 4);
          g_ptr_array_add (turns, last);
        }
      if (question != NULL)
        add_question (last, question);
    }
  return rc < 0 ? NULL : g_steal_pointer (&turns);
}
