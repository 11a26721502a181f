/* Does the file still say what was put into it? Every hash is computed again. */
#include "store/attest-store-private.h"

#include <stdarg.h>
#include <string.h>

#include "util/attest-error.h"
#include "util/attest-text.h"

enum
{
  INTEGRITY,
  FOREIGN_KEYS,
  LIST_VERSIONS,
  LIST_QUOTES,
  LIST_IDS,
  COUNT_UNREGISTERED,
  COUNT_SOURCES,
  LIST_FILES,
  N_STATEMENTS
};

static const char *const statements[N_STATEMENTS] = {
  [INTEGRITY] = "SELECT integrity_check FROM pragma_integrity_check (20)",
  [FOREIGN_KEYS] = "SELECT \"table\", parent, count (*) FROM pragma_foreign_key_check"
                   " GROUP BY 1, 2",
  [LIST_VERSIONS] = "SELECT v.id, s.label, v.original_sha256, v.text_sha256, v.characters,"
                    " (SELECT w.text_sha256 FROM withdrawal_version w"
                    "   WHERE w.version_id = v.id ORDER BY w.id DESC LIMIT 1)"
                    " FROM version v JOIN source s ON s.id = v.source_id"
                    " ORDER BY s.label, v.number",
  /* The quotes of a version together. */
  [LIST_QUOTES] = "SELECT q.key, q.chars, q.version_id, q.start_byte, q.end_byte, q.text_hash,"
                  " v.original_sha256, EXISTS (SELECT 1 FROM withdrawal_span w"
                  "   WHERE w.version_id = q.version_id AND w.start_byte < q.end_byte"
                  "   AND w.end_byte > q.start_byte)"
                  " FROM quote q CROSS JOIN version v ON v.id = q.version_id ORDER BY q.version_id",
  [LIST_IDS] = "SELECT key, chars FROM quote ORDER BY key",
  [COUNT_UNREGISTERED] = "SELECT count (*) FROM (SELECT quote_key FROM segment"
                         " EXCEPT SELECT key FROM quote)",
  [COUNT_SOURCES] = "SELECT count (*) FROM source",
  [LIST_FILES] = "SELECT 0, name, sha256, text FROM codebook"
                 " UNION ALL SELECT 1, name, sha256, text FROM guide"
                 " UNION ALL SELECT 2, name, sha256, text FROM scale ORDER BY 1, 2, 3",
};

static void
clear_problem (gpointer item)
{
  AttestVerifyProblem *problem = item;

  g_free (problem->id);
  g_free (problem->message);
}

AttestVerification *
attest_verification_new (void)
{
  AttestVerification *verification = g_new0 (AttestVerification, 1);

  verification->problems = g_array_new (FALSE, TRUE, sizeof (AttestVerifyProblem));
  g_array_set_clear_func (verification->problems, clear_problem);
  return verification;
}

void
attest_verification_free (AttestVerification *verification)
{
  if (verification == NULL)
    return;
  g_array_unref (verification->problems);
  g_free (verification);
}

void
attest_verification_add (AttestVerification *verification, const char *type, const char *id,
                         const char *format, ...)
{
  AttestVerifyProblem problem = { .type = type, .id = g_strdup (id) };
  va_list args;

  va_start (args, format);
  problem.message = g_strdup_vprintf (format, args);
  va_end (args);
  g_array_append_val (verification->problems, problem);
}

/* ---- the database as such ---- */

static gboolean
verify_database (AttestStore *store, AttestVerification *verification, GError **error)
{
  g_auto (AttestStmt) integrity = attest_stmt_query (store, statements[INTEGRITY], error, "");
  g_auto (AttestStmt) keys = NULL;
  int rc;

  if (integrity == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, integrity, error)) > 0)
    if (g_strcmp0 (attest_stmt_text (integrity, 0), "ok") != 0)
      attest_verification_add (verification, "database", NULL, "%s",
                               attest_stmt_text (integrity, 0));
  if (rc < 0)
    return FALSE;
  keys = attest_stmt_query (store, statements[FOREIGN_KEYS], error, "");
  if (keys == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, keys, error)) > 0)
    attest_verification_add (verification, "database", attest_stmt_text (keys, 0),
                             "%" G_GINT64_FORMAT " rows of %s refer to rows of %s that are missing",
                             (gint64)sqlite3_column_int64 (keys, 2), attest_stmt_text (keys, 0),
                             attest_stmt_text (keys, 1));
  return rc == 0;
}

/* ---- originals and texts ---- */

static gboolean
has_hash (GBytes *bytes, const char *sha256)
{
  gsize length_bytes;
  const char *data = g_bytes_get_data (bytes, &length_bytes);
  g_autofree char *hash = attest_sha256_hex (data, length_bytes);

  return g_strcmp0 (hash, sha256) == 0;
}

static void
verify_text (AttestVerification *verification, const char *label, GBytes *text, const char *sha256,
             gint64 characters)
{
  gsize length_bytes;
  const char *data = g_bytes_get_data (text, &length_bytes);

  if (!has_hash (text, sha256))
    attest_verification_add (verification, "text", label, "the text of '%s' was changed", label);
  else if (!g_utf8_validate_len (data, length_bytes, NULL)
           || (gint64)attest_text_count_chars (data, length_bytes) != characters)
    attest_verification_add (verification, "text", label,
                             "the text of '%s' does not have the length that is noted", label);
}

static gboolean
verify_contents (AttestStore *store, AttestVerification *verification, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_VERSIONS], error, "");
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      gint64 version_id = sqlite3_column_int64 (stmt, 0);
      const char *label = attest_stmt_text (stmt, 1);
      const char *struck = attest_stmt_text (stmt, 5);
      g_autoptr (GBytes) original = attest_store_load_original (store, version_id, error);
      g_autoptr (GBytes) text = NULL;

      if (original == NULL)
        return FALSE;
      /* Of whom withdrew there is no original, and the text is the one without him. */
      if (struck != NULL ? g_bytes_get_size (original) > 0
                         : !has_hash (original, attest_stmt_text (stmt, 2)))
        attest_verification_add (verification, "source", label, "the original of '%s' was changed",
                                 label);
      text = attest_store_load_text (store, version_id, error);
      if (text == NULL)
        return FALSE;
      verify_text (verification, label, text, struck != NULL ? struck : attest_stmt_text (stmt, 3),
                   sqlite3_column_int64 (stmt, 4));
    }
  return rc == 0
         && attest_stmt_get_int (store, statements[COUNT_SOURCES], &verification->sources, error,
                                 "");
}

static gboolean
reread_sources (AttestStore *store, AttestVerification *verification, AttestRereadFunc reread,
                gpointer data, GError **error)
{
  g_autoptr (GPtrArray) sources = attest_store_list_sources (store, error);

  if (sources == NULL)
    return FALSE;
  for (guint i = 0; i < sources->len; i++)
    {
      const AttestSourceInfo *info = g_ptr_array_index (sources, i);
      g_autoptr (GBytes) original = attest_store_load_original (store, info->version_id, error);
      g_autoptr (AttestDocument) doc = NULL;
      g_autoptr (GError) local = NULL;

      if (original == NULL)
        return FALSE;
      if (info->is_struck)
        continue;
      doc = reread (info, original, data, &local);
      if (doc == NULL)
        attest_verification_add (verification, "text", info->label,
                                 "the original of '%s' cannot be read any more: %s", info->label,
                                 local != NULL ? local->message : "no reason is given");
      else if (g_strcmp0 (doc->text_sha256, info->text_sha256) != 0)
        attest_verification_add (verification, "text", info->label,
                                 "the original of '%s' now gives another text", info->label);
    }
  return TRUE;
}

/* ---- quotes ---- */

static void
add_quote_problem (AttestVerification *verification, const AttestQuote *quote, const char *problem)
{
  char id[ATTEST_QUOTE_ID_BYTES];

  attest_quote_format_id (quote->key, quote->chars, id);
  attest_verification_add (verification, "quote", id, "quote %s %s", id, problem);
}

static gboolean
verify_quotes (AttestStore *store, AttestVerification *verification, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_QUOTES], error, "");
  g_auto (AttestVersionText) text = { 0 };
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      AttestQuote quote = { .key = sqlite3_column_int64 (stmt, 0),
                            .chars = (guint)sqlite3_column_int64 (stmt, 1),
                            .version_id = sqlite3_column_int64 (stmt, 2),
                            .start_byte = sqlite3_column_int64 (stmt, 3),
                            .end_byte = sqlite3_column_int64 (stmt, 4),
                            .text_hash = sqlite3_column_int64 (stmt, 5) };
      const char *problem;

      if (!attest_version_text_load (&text, store, quote.version_id, error))
        return FALSE;
      problem = sqlite3_column_int (stmt, 7)
                    ? NULL
                    : attest_version_text_check_quote (&text, &quote, attest_stmt_text (stmt, 6));
      if (problem != NULL)
        add_quote_problem (verification, &quote, problem);
      verification->quotes++;
    }
  return rc == 0;
}

/* Of quotes whose ids begin alike: no two have the same id, and none has a longer one than it
 * needs, which somebody could have made shorter, or another's. */
static void
check_ids (AttestStore *store, const GArray *alike, AttestVerification *verification)
{
  for (guint i = 0; i < alike->len; i++)
    {
      const AttestQuote *quote = &g_array_index (alike, AttestQuote, i);
      gboolean fits
          = quote->chars >= store->quote_id_chars && quote->chars <= ATTEST_QUOTE_MAX_CHARS;

      for (guint chars = store->quote_id_chars; fits && chars <= quote->chars; chars++)
        {
          gboolean is_taken = FALSE;

          for (guint k = 0; k < alike->len && !is_taken; k++)
            {
              const AttestQuote *other = &g_array_index (alike, AttestQuote, k);

              is_taken = k != i && other->chars == chars
                         && attest_quote_ids_equal (quote->key, other->key, chars);
            }
          fits = is_taken == (chars < quote->chars);
        }
      if (!fits)
        add_quote_problem (verification, quote, "has an id that is not its own");
    }
}

static gboolean
verify_ids (AttestStore *store, AttestVerification *verification, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_IDS], error, "");
  g_autoptr (GArray) alike = g_array_new (FALSE, FALSE, sizeof (AttestQuote));
  gint64 n_unregistered = 0;
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      AttestQuote quote = { .key = sqlite3_column_int64 (stmt, 0),
                            .chars = (guint)sqlite3_column_int64 (stmt, 1) };

      if (alike->len > 0
          && !attest_quote_ids_equal (g_array_index (alike, AttestQuote, 0).key, quote.key,
                                      store->quote_id_chars))
        {
          check_ids (store, alike, verification);
          g_array_set_size (alike, 0);
        }
      g_array_append_val (alike, quote);
    }
  check_ids (store, alike, verification);
  if (rc < 0
      || !attest_stmt_get_int (store, statements[COUNT_UNREGISTERED], &n_unregistered, error, ""))
    return FALSE;
  if (n_unregistered > 0)
    attest_verification_add (verification, "quote", NULL,
                             "%" G_GINT64_FORMAT " quotes of segments are not registered",
                             n_unregistered);
  return TRUE;
}

/* ---- codebooks, guides and scales ---- */

static gboolean
verify_files (AttestStore *store, AttestVerification *verification, GError **error)
{
  static const char *const types[] = { "codebook", "guide", "scale" };
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_FILES], error, "");
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      g_autoptr (GBytes) text = attest_stmt_dup_bytes (stmt, 3);

      if (!has_hash (text, attest_stmt_text (stmt, 2)))
        attest_verification_add (verification, types[sqlite3_column_int (stmt, 0)],
                                 attest_stmt_text (stmt, 1), "its text is not what was taken in");
    }
  return rc == 0;
}

AttestVerification *
attest_store_verify (AttestStore *store, AttestRereadFunc reread, gpointer data, GError **error)
{
  g_autoptr (AttestVerification) verification = attest_verification_new ();

  if (!verify_database (store, verification, error) || !verify_contents (store, verification, error)
      || !verify_quotes (store, verification, error) || !verify_ids (store, verification, error)
      || !verify_files (store, verification, error)
      || !attest_store_verify_decisions (store, verification, error)
      || !attest_store_verify_ledger (store, verification, error)
      || !attest_store_verify_withdrawals (store, verification, error)
      || !attest_store_verify_audit (store, verification, error)
      || !attest_store_verify_copied (store, verification, error)
      || (reread != NULL && !reread_sources (store, verification, reread, data, error)))
    return NULL;
  return g_steal_pointer (&verification);
}
