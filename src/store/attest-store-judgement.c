#include "store/attest-store-judgement.h"
#include "store/attest-store-private.h"

#include <string.h>

#include "util/attest-text.h"

enum
{
  LIST_JUDGEMENTS,
  LIST_CODERS,
  N_STATEMENTS
};

#define JUDGEMENTS "'accept', 'reject', 'recode', 'recoded', 'mark'"
#define AGREED                                                                                     \
  "(SELECT group_concat (coder, char (10)) FROM (SELECT coder FROM consensus"                      \
  "   WHERE decision_id = d.id ORDER BY coder))"

static const char *const statements[N_STATEMENTS] = {
  /* The last one of each coder, and the last one on which coders agreed. */
  [LIST_JUDGEMENTS]
  = "SELECT d.id, d.coder, " AGREED ", s.label, q.key, q.chars, q.version_id, q.start_byte,"
    " q.end_byte, t.number, d.codebook, d.code, d.action, d.text, d.at"
    " FROM (SELECT max (f.id) AS id FROM decision_in_force f WHERE f.action IN (" JUDGEMENTS ")"
    "   AND (?1 IS NULL OR f.codebook = ?1) GROUP BY f.quote_key, f.codebook, f.code,"
    "   CASE WHEN EXISTS (SELECT 1 FROM consensus c WHERE c.decision_id = f.id) THEN '' ELSE "
    "f.coder"
    "   END) last"
    " JOIN decision d ON d.id = last.id JOIN quote q ON q.key = d.quote_key"
    " JOIN version v ON v.id = q.version_id JOIN source s ON s.id = v.source_id"
    " LEFT JOIN turn t ON t.version_id = v.id AND t.start_byte <= q.start_byte"
    "   AND t.end_byte >= q.end_byte"
    " WHERE v.number = (SELECT max (number) FROM version WHERE source_id = s.id)"
    " GROUP BY d.id ORDER BY s.label, d.codebook, d.code, q.start_byte, q.end_byte, d.id",
  [LIST_CODERS] = "SELECT DISTINCT coder FROM decision_in_force f WHERE action IN (" JUDGEMENTS ")"
                  " AND NOT EXISTS (SELECT 1 FROM consensus c WHERE c.decision_id = f.id)"
                  " UNION SELECT coder FROM judged_in_force ORDER BY coder",
};

void
attest_judgement_free (AttestJudgement *judgement)
{
  if (judgement == NULL)
    return;
  g_free (judgement->coder);
  g_strfreev (judgement->agreed);
  g_free (judgement->source);
  g_free (judgement->id);
  g_free (judgement->codebook);
  g_free (judgement->code);
  g_free (judgement->reason);
  g_free (judgement->at);
  g_free (judgement->quote);
  g_free (judgement);
}

static AttestJudgement *
read_judgement (AttestStmt stmt)
{
  AttestJudgement *judgement = g_new0 (AttestJudgement, 1);
  const char *agreed = attest_stmt_text (stmt, 2);
  const char *action = attest_stmt_text (stmt, 12);
  char id[ATTEST_QUOTE_ID_BYTES];

  attest_quote_format_id (sqlite3_column_int64 (stmt, 4), (guint)sqlite3_column_int64 (stmt, 5),
                          id);
  judgement->decision = sqlite3_column_int64 (stmt, 0);
  judgement->coder = attest_stmt_dup (stmt, 1);
  judgement->agreed = agreed != NULL ? g_strsplit (agreed, "\n", -1) : NULL;
  judgement->source = attest_stmt_dup (stmt, 3);
  judgement->id = g_strdup (id);
  judgement->turn = (guint)sqlite3_column_int64 (stmt, 9);
  judgement->codebook = attest_stmt_dup (stmt, 10);
  judgement->code = attest_stmt_dup (stmt, 11);
  judgement->holds = strcmp (action, "reject") != 0 && strcmp (action, "recode") != 0;
  judgement->is_marked = strcmp (action, "mark") == 0 || strcmp (action, "recoded") == 0;
  judgement->reason = attest_stmt_dup (stmt, 13);
  judgement->at = attest_stmt_dup (stmt, 14);
  return judgement;
}

/* Where the quote stands in its text, and what. */
static gboolean
set_place (AttestStore *store, AttestVersionText *text, AttestStmt stmt, AttestJudgement *judgement,
           GError **error)
{
  gint64 start_byte = sqlite3_column_int64 (stmt, 7), end_byte = sqlite3_column_int64 (stmt, 8);
  const char *bytes;
  gsize length_bytes;

  if (!attest_version_text_load (text, store, sqlite3_column_int64 (stmt, 6), error))
    return FALSE;
  bytes = g_bytes_get_data (text->text, &length_bytes);
  /* Of a damaged text; 'verify' tells of it. */
  if (text->map == NULL || end_byte > (gint64)length_bytes || start_byte >= end_byte)
    {
      judgement->quote = g_strdup ("");
      return TRUE;
    }
  judgement->start = (gint64)attest_char_map_to_char (text->map, (gsize)start_byte);
  judgement->end = (gint64)attest_char_map_to_char (text->map, (gsize)end_byte);
  judgement->quote = attest_text_dup_unwrapped (bytes + start_byte, (gsize)(end_byte - start_byte));
  return TRUE;
}

GPtrArray *
attest_store_list_judgements (AttestStore *store, const char *codebook, GError **error)
{
  g_autoptr (GPtrArray) judgements
      = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_judgement_free);
  g_auto (AttestVersionText) text = { 0 };
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[LIST_JUDGEMENTS], error, "s", codebook);
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      AttestJudgement *judgement = read_judgement (stmt);

      g_ptr_array_add (judgements, judgement);
      if (!set_place (store, &text, stmt, judgement, error))
        return NULL;
    }
  return rc < 0 ? NULL : g_steal_pointer (&judgements);
}

GPtrArray *
attest_store_list_coders (AttestStore *store, GError **error)
{
  g_autoptr (GPtrArray) coders = g_ptr_array_new_with_free_func (g_free);
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_CODERS], error, "");
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    g_ptr_array_add (coders, attest_stmt_dup (stmt, 0));
  return rc < 0 ? NULL : g_steal_pointer (&coders);
}
