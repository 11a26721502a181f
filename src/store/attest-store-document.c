/* Texts, speakers and turns of a version: the derived rows, and the document made of them again. */
#include "store/attest-store-private.h"
#include "store/attest-store-run.h"

#include <string.h>

#include "util/attest-error.h"
#include "util/attest-text.h"

enum
{
  ADD_SPEAKER,
  ADD_TURN,
  HAS_NO_TEXT,
  GET_VERSION,
  LIST_SPEAKERS,
  LIST_TURNS,
  LIST_METADATA,
  LIST_WARNINGS,
  COUNT_TURNS,
  N_STATEMENTS
};

static const char *const statements[N_STATEMENTS] = {
  [ADD_SPEAKER]
  = "INSERT INTO speaker (version_id, number, label, role, role_reason, attributes, turns, words)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
  [ADD_TURN]
  = "INSERT INTO turn (version_id, number, speaker, start_byte, end_byte, start_ms, end_ms, lang,"
    " words) VALUES (?1, ?2, ?3, ?4, ?5, nullif (?6, -1), nullif (?7, -1), ?8, ?9)",
  [HAS_NO_TEXT] = "SELECT text IS NULL FROM version_content WHERE version_id = ?1",
  [GET_VERSION] = "SELECT path, reader, encoding, encoding_guessed, original_sha256, text_sha256,"
                  " characters, words, warnings_dropped FROM version WHERE id = ?1",
  [LIST_SPEAKERS] = "SELECT label, role, role_reason, attributes FROM speaker"
                    " WHERE version_id = ?1 AND number >= 0 ORDER BY number",
  [LIST_TURNS] = "SELECT speaker, start_byte, end_byte, ifnull (start_ms, -1), ifnull (end_ms, -1),"
                 " lang, words FROM turn WHERE version_id = ?1 ORDER BY number",
  [LIST_METADATA] = "SELECT key, value FROM version_metadata WHERE version_id = ?1 ORDER BY number",
  [LIST_WARNINGS] = "SELECT ifnull (line, 0), message FROM version_warning"
                    " WHERE version_id = ?1 ORDER BY number",
  [COUNT_TURNS] = "SELECT count (*) FROM speaker WHERE version_id = ?1",
};

/* ---- in ---- */

/* Turns and words of one speaker. */
typedef struct
{
  gint64 turns, words;
} Tally;

static gboolean
add_speakers (AttestStore *store, gint64 version_id, const AttestDocument *doc,
              const Tally *tallies, const Tally *unlabelled, GError **error)
{
  for (guint i = 0; i < doc->speakers->len; i++)
    {
      const AttestSpeaker *speaker = attest_document_speaker (doc, i);

      if (!attest_stmt_exec (store, statements[ADD_SPEAKER], error, "iissssii", version_id,
                             (gint64)i, speaker->label, attest_role_to_string (speaker->role),
                             speaker->role_reason, speaker->attributes, tallies[i].turns,
                             tallies[i].words))
        return FALSE;
    }
  if (unlabelled->turns == 0)
    return TRUE;
  return attest_stmt_exec (store, statements[ADD_SPEAKER], error, "iissssii", version_id,
                           (gint64)-1, NULL, attest_role_to_string (ATTEST_ROLE_RESPONDENT), NULL,
                           NULL, unlabelled->turns, unlabelled->words);
}

gboolean
attest_store_add_turns (AttestStore *store, gint64 version_id, const AttestDocument *doc,
                        GError **error)
{
  g_autofree Tally *tallies = g_new0 (Tally, doc->speakers->len);
  Tally unlabelled = { 0, 0 };

  for (guint i = 0; i < doc->turns->len; i++)
    {
      const AttestTurn *turn = attest_document_turn (doc, i);
      Tally *tally = turn->speaker == ATTEST_NO_SPEAKER ? &unlabelled : &tallies[turn->speaker];

      tally->turns++;
      tally->words += (gint64)turn->words;
    }
  if (!add_speakers (store, version_id, doc, tallies, &unlabelled, error))
    return FALSE;
  for (guint i = 0; i < doc->turns->len; i++)
    {
      const AttestTurn *turn = attest_document_turn (doc, i);
      gint64 speaker = turn->speaker == ATTEST_NO_SPEAKER ? -1 : (gint64)turn->speaker;

      if (!attest_stmt_exec (store, statements[ADD_TURN], error, "iiiiiiisi", version_id, (gint64)i,
                             speaker, (gint64)turn->start_byte, (gint64)turn->end_byte,
                             turn->start_ms, turn->end_ms, turn->lang, (gint64)turn->words))
        return FALSE;
    }
  return attest_store_add_pages (store, version_id, doc, error);
}

gboolean
attest_store_restore_document (AttestStore *store, const char *source, const AttestDocument *doc,
                               GError **error)
{
  g_autoptr (GBytes) text = NULL;
  gint64 source_id, version_id, n_speakers = 0;

  g_return_val_if_fail (attest_store_is_writing (store), FALSE);
  if (!attest_store_find_version (store, source, &source_id, &version_id, error))
    return FALSE;
  text = attest_store_load_text (store, version_id, error);
  if (text == NULL
      || !attest_stmt_get_int (store, statements[COUNT_TURNS], &n_speakers, error, "i", version_id))
    return FALSE;
  g_return_val_if_fail (n_speakers == 0, FALSE);
  if (g_bytes_get_size (text) != doc->length_bytes
      || memcmp (g_bytes_get_data (text, NULL), doc->text, doc->length_bytes) != 0)
    return attest_throw (error, ATTEST_ERROR_STORE,
                         "%s: the file of source '%s' now reads differently than when it was taken"
                         " in; its text stays as it was, and cannot be rebuilt",
                         store->path, source);
  return attest_store_add_turns (store, version_id, doc, error)
         && attest_store_assign_respondents (store, source_id, error);
}

gboolean
attest_store_keep_document (AttestStore *store, const char *source, GError **error)
{
  gint64 source_id, version_id;

  g_return_val_if_fail (attest_store_is_writing (store), FALSE);
  return attest_store_find_version (store, source, &source_id, &version_id, error)
         && attest_store_assign_respondents (store, source_id, error);
}

/* Of a text out of which something was struck, nothing can be made again. */
#define NOT_STRUCK " version_id NOT IN (SELECT version_id FROM withdrawal_version)"

gboolean
attest_store_drop_derived (AttestStore *store, GError **error)
{
  /* In this order: what refers before what it refers to. */
  static const char *const steps[] = { "DELETE FROM question_turn",
                                       "DELETE FROM question_answer",
                                       "DELETE FROM question_incomplete",
                                       "DELETE FROM aligned",
                                       "DELETE FROM question_code",
                                       "DELETE FROM question",
                                       "DELETE FROM segment",
                                       "DELETE FROM asked",
                                       "DELETE FROM incomplete",
                                       "DELETE FROM coded",
                                       "DELETE FROM code",
                                       "DELETE FROM rule_name",
                                       "DELETE FROM page WHERE" NOT_STRUCK,
                                       "DELETE FROM turn WHERE" NOT_STRUCK,
                                       "DELETE FROM speaker WHERE" NOT_STRUCK,
                                       "UPDATE speaker SET respondent_id = NULL",
                                       "DELETE FROM respondent WHERE origin = 'default'" };

  g_return_val_if_fail (attest_store_is_writing (store), FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (!attest_stmt_exec (store, steps[i], error, ""))
      return FALSE;
  return TRUE;
}

/* ---- out ---- */

/* By the interface for blobs, which copies from the pages to us and keeps nothing between. */
static GBytes *
load_content (AttestStore *store, const char *column, gint64 version_id, GError **error)
{
  sqlite3_blob *blob = NULL;
  g_autofree char *bytes = NULL;
  int n_bytes;

  if (sqlite3_blob_open (store->db, "main", "version_content", column, version_id, 0, &blob)
      != SQLITE_OK)
    {
      attest_store_throw (store, error);
      sqlite3_blob_close (blob);
      return NULL;
    }
  n_bytes = sqlite3_blob_bytes (blob);
  bytes = g_malloc ((gsize)n_bytes + 1);
  bytes[n_bytes] = '\0';
  if (sqlite3_blob_read (blob, bytes, n_bytes, 0) != SQLITE_OK)
    {
      attest_store_throw (store, error);
      sqlite3_blob_close (blob);
      return NULL;
    }
  sqlite3_blob_close (blob);
  return g_bytes_new_take (g_steal_pointer (&bytes), (gsize)n_bytes);
}

GBytes *
attest_store_load_text (AttestStore *store, gint64 version_id, GError **error)
{
  gint64 is_original = -1;

  if (!attest_stmt_get_int (store, statements[HAS_NO_TEXT], &is_original, error, "i", version_id))
    return NULL;
  if (is_original < 0)
    return attest_throw_null (error, ATTEST_ERROR_STORE, "%s: is damaged: a version has no text",
                              store->path);
  return load_content (store, is_original ? "original" : "text", version_id, error);
}

GBytes *
attest_store_load_original (AttestStore *store, gint64 version_id, GError **error)
{
  return load_content (store, "original", version_id, error);
}

static gboolean
load_version (AttestStore *store, gint64 version_id, AttestDocument *doc, GError **error)
{
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[GET_VERSION], error, "i", version_id);

  if (stmt == NULL || attest_stmt_step (store, stmt, error) < 0)
    return FALSE;
  doc->path = attest_stmt_dup (stmt, 0);
  doc->reader = g_intern_string (attest_stmt_text (stmt, 1));
  doc->encoding = attest_stmt_dup (stmt, 2);
  doc->encoding_guessed = sqlite3_column_int (stmt, 3) != 0;
  doc->sha256 = attest_stmt_dup (stmt, 4);
  doc->text_sha256 = attest_stmt_dup (stmt, 5);
  doc->characters = sqlite3_column_int64 (stmt, 6);
  doc->words = sqlite3_column_int64 (stmt, 7);
  doc->warnings_dropped = (guint)sqlite3_column_int64 (stmt, 8);
  return TRUE;
}

static gboolean
load_text (AttestStore *store, gint64 version_id, AttestDocument *doc, GError **error)
{
  g_autoptr (GBytes) text = attest_store_load_text (store, version_id, error);

  if (text == NULL)
    return FALSE;
  doc->text = g_bytes_unref_to_data (g_steal_pointer (&text), &doc->length_bytes);
  return TRUE;
}

static gboolean
load_speakers (AttestStore *store, gint64 version_id, AttestDocument *doc, GError **error)
{
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[LIST_SPEAKERS], error, "i", version_id);
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      AttestSpeaker speaker = { .label = attest_stmt_dup (stmt, 0), .role = ATTEST_ROLE_OTHER };

      attest_role_from_string (attest_stmt_text (stmt, 1), &speaker.role);
      speaker.role_reason = attest_stmt_dup (stmt, 2);
      speaker.attributes = attest_stmt_dup (stmt, 3);
      g_array_append_val (doc->speakers, speaker);
    }
  return rc == 0;
}

/* What others rely on without looking, also in a file that somebody has altered. */
static gboolean
turn_fits (const AttestTurn *turn, const AttestDocument *doc)
{
  return turn->start_byte <= turn->end_byte && turn->end_byte <= doc->length_bytes
         && (turn->speaker == ATTEST_NO_SPEAKER || turn->speaker < doc->speakers->len);
}

static gboolean
load_turns (AttestStore *store, gint64 version_id, AttestDocument *doc, GError **error)
{
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[LIST_TURNS], error, "i", version_id);
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      gint64 speaker = sqlite3_column_int64 (stmt, 0);
      AttestTurn turn = {
        .speaker = speaker < 0 ? ATTEST_NO_SPEAKER : (guint)speaker,
        .start_byte = (gsize)sqlite3_column_int64 (stmt, 1),
        .end_byte = (gsize)sqlite3_column_int64 (stmt, 2),
        .start_ms = sqlite3_column_int64 (stmt, 3),
        .end_ms = sqlite3_column_int64 (stmt, 4),
        .lang = g_intern_string (attest_stmt_text (stmt, 5)),
        .words = (gsize)sqlite3_column_int64 (stmt, 6),
      };

      if (!turn_fits (&turn, doc))
        return attest_throw (error, ATTEST_ERROR_STORE,
                             "%s: is damaged: turn %u of %s lies outside its text; run"
                             " 'attest rebuild'",
                             store->path, doc->turns->len + 1, doc->path);
      g_array_append_val (doc->turns, turn);
    }
  return rc == 0;
}

static gboolean
load_notes (AttestStore *store, gint64 version_id, AttestDocument *doc, GError **error)
{
  g_auto (AttestStmt) metadata
      = attest_stmt_query (store, statements[LIST_METADATA], error, "i", version_id);
  g_auto (AttestStmt) warnings = NULL;
  int rc;

  if (metadata == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, metadata, error)) > 0)
    attest_document_add_metadata (doc, attest_stmt_text (metadata, 0),
                                  attest_stmt_text (metadata, 1));
  if (rc < 0)
    return FALSE;
  warnings = attest_stmt_query (store, statements[LIST_WARNINGS], error, "i", version_id);
  if (warnings == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, warnings, error)) > 0)
    attest_document_warn (doc, (guint)sqlite3_column_int64 (warnings, 0), "%s",
                          attest_stmt_text (warnings, 1));
  return rc == 0;
}

AttestDocument *
attest_store_get_version (AttestStore *store, gint64 version_id, GError **error)
{
  g_autoptr (AttestDocument) doc = attest_document_new (NULL);

  if (!load_version (store, version_id, doc, error) || !load_text (store, version_id, doc, error)
      || !load_speakers (store, version_id, doc, error)
      || !load_turns (store, version_id, doc, error) || !load_notes (store, version_id, doc, error))
    return NULL;
  return g_steal_pointer (&doc);
}

AttestDocument *
attest_store_get_document (AttestStore *store, const char *label, GError **error)
{
  gint64 version_id;

  return attest_store_find_version (store, label, NULL, &version_id, error)
             ? attest_store_get_version (store, version_id, error)
             : NULL;
}

GBytes *
attest_store_get_version_original (AttestStore *store, gint64 version_id, GError **error)
{
  return attest_store_load_original (store, version_id, error);
}

GBytes *
attest_store_get_original (AttestStore *store, const char *label, GError **error)
{
  gint64 version_id;

  return attest_store_find_version (store, label, NULL, &version_id, error)
             ? attest_store_load_original (store, version_id, error)
             : NULL;
}
