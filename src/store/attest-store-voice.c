#include "store/attest-store-voice.h"

#include "store/attest-store-private.h"

enum
{
  LIST,
  LIST_POLARITIES,
  N_STATEMENTS
};

/* What only has a code is of no use here; a speaker of no respondent is. */
static const char *const statements[N_STATEMENTS] = {
  [LIST] = "SELECT c.code, c.dimension, g.quote_key, q.chars, s.label, s.kind, p.role, r.label,"
           " a.value, g.polarity, g.status = 'accepted', g.is_key, g.turn"
           " FROM segment g JOIN code c ON c.id = g.code_id"
           " JOIN quote q ON q.key = g.quote_key"
           " JOIN version v ON v.id = g.version_id JOIN source s ON s.id = v.source_id"
           " JOIN speaker p ON p.version_id = g.version_id AND p.number = g.speaker"
           " LEFT JOIN respondent r ON r.id = p.respondent_id"
           " LEFT JOIN respondent_attribute a ON a.respondent_id = p.respondent_id"
           "   AND a.name = '" ATTEST_ATTRIBUTE_GROUP "'"
           " WHERE g.status <> 'rejected' AND (g.polarity IS NOT NULL OR g.is_key = 1)"
           " ORDER BY c.code, g.polarity, s.label, g.start_byte, g.id",
  /* Also of what was rejected for another code: it is said all the same. */
  [LIST_POLARITIES]
  = "SELECT DISTINCT g.quote_key, q.chars, g.polarity FROM segment g"
    " JOIN quote q ON q.key = g.quote_key WHERE g.polarity IS NOT NULL"
    " AND g.quote_key IN (SELECT quote_key FROM entry_link WHERE quote_key IS NOT NULL)"
    " ORDER BY g.id",
};

static void
read_voice (AttestStmt stmt, char *id, AttestVoice *voice)
{
  AttestSourceKind kind;

  attest_quote_format_id (sqlite3_column_int64 (stmt, 2), (guint)sqlite3_column_int64 (stmt, 3),
                          id);
  *voice = (AttestVoice){
    .code = attest_stmt_text (stmt, 0),
    .dimension = attest_stmt_text (stmt, 1),
    .passage = { .id = id,
                 .source = (char *)attest_stmt_text (stmt, 4),
                 .role = (char *)attest_stmt_text (stmt, 6),
                 .respondent = (char *)attest_stmt_text (stmt, 7),
                 .group = (char *)attest_stmt_text (stmt, 8),
                 .turn = sqlite3_column_int64 (stmt, 12),
                 .text = (char *)"" },
    .polarity
    = attest_qualifier_value_from_string (ATTEST_QUALIFIER_POLARITY, attest_stmt_text (stmt, 9)),
    .is_accepted = sqlite3_column_int (stmt, 10) != 0,
    .is_key = sqlite3_column_int (stmt, 11) != 0,
  };
  if (attest_source_kind_from_string (attest_stmt_text (stmt, 5), &kind))
    voice->passage.kind = attest_source_kind_to_string (kind);
}

gboolean
attest_store_foreach_voice (AttestStore *store, AttestVoiceFunc func, gpointer data, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST], error, "");
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      char id[ATTEST_QUOTE_ID_BYTES];
      AttestVoice voice;

      read_voice (stmt, id, &voice);
      if (!func (&voice, data, error))
        return FALSE;
    }
  return rc == 0;
}

GHashTable *
attest_store_list_linked_polarities (AttestStore *store, GError **error)
{
  g_autoptr (GHashTable) polarities = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_POLARITIES], error, "");
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      char id[ATTEST_QUOTE_ID_BYTES];
      guint polarity = attest_qualifier_value_from_string (ATTEST_QUALIFIER_POLARITY,
                                                           attest_stmt_text (stmt, 2));

      attest_quote_format_id (sqlite3_column_int64 (stmt, 0), (guint)sqlite3_column_int64 (stmt, 1),
                              id);
      g_hash_table_insert (polarities, g_strdup (id), GUINT_TO_POINTER (polarity));
    }
  return rc < 0 ? NULL : g_steal_pointer (&polarities);
}
