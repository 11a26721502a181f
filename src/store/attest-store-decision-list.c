/* The decisions in force, one at a time. */
#include "store/attest-store-decision.h"
#include "store/attest-store-private.h"

#include "util/attest-error.h"
#include "util/attest-text.h"

enum
{
  LIST,
  N_STATEMENTS
};

static const char *const statements[N_STATEMENTS] = {
  [LIST] = "SELECT d.seq, d.action, q.key, q.chars, q.version_id, q.start_byte, q.end_byte,"
           " ifnull (s.label, o.label), v.text_sha256, d.codebook, d.code, d.other_code, d.text,"
           " d.coder, d.at FROM decision_in_force d LEFT JOIN quote q ON q.key = d.quote_key"
           " LEFT JOIN version v ON v.id = q.version_id LEFT JOIN source s ON s.id = v.source_id"
           " LEFT JOIN source o ON o.id = d.source_id"
           " WHERE d.action <> 'recoded' AND (?1 = 0 OR d.quote_key = ?1) ORDER BY d.id",
};

enum
{
  COL_SEQ,
  COL_ACTION,
  COL_KEY,
  COL_CHARS,
  COL_VERSION,
  COL_START_BYTE,
  COL_END_BYTE,
  COL_SOURCE,
  COL_TEXT_SHA256,
  COL_CODEBOOK,
  COL_CODE,
  COL_OTHER_CODE,
  COL_TEXT,
  COL_CODER,
  COL_AT,
};

/* The text that the last decision was of: decisions on one source often follow each other. */
typedef struct
{
  gint64 version_id;
  GBytes *text;
  AttestCharMap *map;
} Current;

static void
current_clear (Current *current)
{
  g_clear_pointer (&current->map, attest_char_map_free);
  g_clear_pointer (&current->text, g_bytes_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Current, current_clear)

static gboolean
fill_quote (AttestStore *store, AttestStmt stmt, Current *current, AttestDecision *decision,
            GError **error)
{
  gint64 version_id = sqlite3_column_int64 (stmt, COL_VERSION);
  gint64 start_byte = sqlite3_column_int64 (stmt, COL_START_BYTE);
  gint64 end_byte = sqlite3_column_int64 (stmt, COL_END_BYTE);
  gsize length_bytes;

  if (current->text == NULL || current->version_id != version_id)
    {
      current_clear (current);
      current->version_id = version_id;
      current->text = attest_store_load_text (store, version_id, error);
      if (current->text == NULL)
        return FALSE;
      current->map = attest_char_map_new (g_bytes_get_data (current->text, NULL),
                                          g_bytes_get_size (current->text));
    }
  decision->quote = g_bytes_get_data (current->text, &length_bytes);
  /* Also in a file that somebody has altered. */
  if (start_byte < 0 || start_byte > end_byte || (gsize)end_byte > length_bytes)
    return attest_throw (error, ATTEST_ERROR_STORE,
                         "%s: is damaged: quote %s lies outside its text; run 'attest verify'",
                         store->path, decision->id);
  decision->quote += start_byte;
  decision->quote_bytes = (gsize)(end_byte - start_byte);
  decision->start = (gint64)attest_char_map_to_char (current->map, (gsize)start_byte);
  decision->end = (gint64)attest_char_map_to_char (current->map, (gsize)end_byte);
  return TRUE;
}

gboolean
attest_store_foreach_decision (AttestStore *store, const char *id, AttestDecisionFunc func,
                               gpointer data, GError **error)
{
  g_auto (AttestStmt) stmt = NULL;
  g_auto (Current) current = { 0 };
  AttestQuote quote = { 0 };
  int rc;

  if (id != NULL && !attest_store_find_quote (store, id, &quote, error))
    return FALSE;
  stmt = attest_stmt_query (store, statements[LIST], error, "i", quote.key);
  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      char quote_id[ATTEST_QUOTE_ID_BYTES];
      AttestDecision decision = { .seq = sqlite3_column_int64 (stmt, COL_SEQ),
                                  .source = attest_stmt_text (stmt, COL_SOURCE),
                                  .text_sha256 = attest_stmt_text (stmt, COL_TEXT_SHA256),
                                  .codebook = attest_stmt_text (stmt, COL_CODEBOOK),
                                  .code = attest_stmt_text (stmt, COL_CODE),
                                  .other_code = attest_stmt_text (stmt, COL_OTHER_CODE),
                                  .text = attest_stmt_text (stmt, COL_TEXT),
                                  .coder = attest_stmt_text (stmt, COL_CODER),
                                  .at = attest_stmt_text (stmt, COL_AT) };

      attest_decision_action_from_string (attest_stmt_text (stmt, COL_ACTION), &decision.action);
      if (sqlite3_column_type (stmt, COL_KEY) != SQLITE_NULL)
        {
          attest_quote_format_id (sqlite3_column_int64 (stmt, COL_KEY),
                                  (guint)sqlite3_column_int64 (stmt, COL_CHARS), quote_id);
          decision.id = quote_id;
          if (!fill_quote (store, stmt, &current, &decision, error))
            return FALSE;
        }
      if (!func (&decision, data, error))
        return FALSE;
    }
  return rc == 0;
}
