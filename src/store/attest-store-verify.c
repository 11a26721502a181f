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
  COUNT_SOURCES,
  N_STATEMENTS
};

static const char *const statements[N_STATEMENTS] = {
  [INTEGRITY] = "SELECT integrity_check FROM pragma_integrity_check (20)",
  [FOREIGN_KEYS] = "SELECT \"table\", parent, count (*) FROM pragma_foreign_key_check"
                   " GROUP BY 1, 2",
  [LIST_VERSIONS] = "SELECT v.id, s.label, v.original_sha256, v.text_sha256, v.characters"
                    " FROM version v JOIN source s ON s.id = v.source_id"
                    " ORDER BY s.label, v.number",
  /* In the order of registration: the quotes of a version lie mostly together. */
  [LIST_QUOTES] = "SELECT q.id, q.version_id, q.start_byte, q.end_byte, q.start_char, q.end_char,"
                  " q.sha256, v.original_sha256"
                  " FROM quote q CROSS JOIN version v ON v.id = q.version_id ORDER BY q.key",
  [COUNT_SOURCES] = "SELECT count (*) FROM source",
};

static void
clear_problem (gpointer item)
{
  AttestVerifyProblem *problem = item;

  g_free (problem->id);
  g_free (problem->message);
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
      g_autoptr (GBytes) original = attest_store_get_original (store, version_id, error);
      g_autoptr (GBytes) text = NULL;

      if (original == NULL)
        return FALSE;
      if (!has_hash (original, attest_stmt_text (stmt, 2)))
        attest_verification_add (verification, "source", label, "the original of '%s' was changed",
                                 label);
      text = attest_store_get_text (store, version_id, error);
      if (text == NULL)
        return FALSE;
      verify_text (verification, label, text, attest_stmt_text (stmt, 3),
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
      g_autoptr (GBytes) original = attest_store_get_original (store, info->version_id, error);
      g_autoptr (AttestDocument) doc = NULL;
      g_autoptr (GError) local = NULL;

      if (original == NULL)
        return FALSE;
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

/* The version that the last quote was of. */
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
current_load (Current *current, AttestStore *store, gint64 version_id, GError **error)
{
  gsize length_bytes;
  const char *text;

  if (current->text != NULL && current->version_id == version_id)
    return TRUE;
  current_clear (current);
  current->version_id = version_id;
  current->text = attest_store_get_text (store, version_id, error);
  if (current->text == NULL)
    return FALSE;
  text = g_bytes_get_data (current->text, &length_bytes);
  /* Bytes and characters of a text that is no UTF-8 cannot be compared. */
  if (g_utf8_validate_len (text, length_bytes, NULL))
    current->map = attest_char_map_new (text, length_bytes);
  return TRUE;
}

static gboolean
id_fits (const AttestQuoteSpan *span, const char *id)
{
  char expected[64];
  gsize length = strlen (id);

  if (length < 2 || length > 52)
    return FALSE;
  attest_quote_make_id (span, (guint)length - 1, expected);
  return strcmp (expected, id) == 0;
}

/* NULL when the quote stands; otherwise what is wrong with it. */
static const char *
check_quote (const Current *current, AttestQuoteSpan *span, AttestStmt stmt)
{
  guint8 hash[ATTEST_SHA256_BYTES];
  gsize length_bytes;

  span->text = g_bytes_get_data (current->text, &length_bytes);
  if (span->start_byte < 0 || span->start_byte > span->end_byte
      || (gsize)span->end_byte > length_bytes)
    return "lies outside the text";
  attest_quote_hash (span, hash);
  if (sqlite3_column_bytes (stmt, 6) != sizeof hash
      || memcmp (sqlite3_column_blob (stmt, 6), hash, sizeof hash) != 0)
    return "is not what stands in the text";
  if (current->map != NULL
      && ((gint64)attest_char_map_to_char (current->map, (gsize)span->start_byte)
              != span->start_char
          || (gint64)attest_char_map_to_char (current->map, (gsize)span->end_byte)
                 != span->end_char))
    return "has positions that do not agree";
  return id_fits (span, attest_stmt_text (stmt, 0)) ? NULL : "has another quote's id";
}

static gboolean
verify_quotes (AttestStore *store, AttestVerification *verification, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_QUOTES], error, "");
  g_auto (Current) current = { 0 };
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      AttestQuoteSpan span = { .version_id = sqlite3_column_int64 (stmt, 1),
                               .start_byte = sqlite3_column_int64 (stmt, 2),
                               .end_byte = sqlite3_column_int64 (stmt, 3),
                               .start_char = sqlite3_column_int64 (stmt, 4),
                               .end_char = sqlite3_column_int64 (stmt, 5),
                               .original_sha256 = attest_stmt_text (stmt, 7) };
      const char *problem;

      if (!current_load (&current, store, span.version_id, error))
        return FALSE;
      problem = check_quote (&current, &span, stmt);
      if (problem != NULL)
        attest_verification_add (verification, "quote", attest_stmt_text (stmt, 0), "quote %s %s",
                                 attest_stmt_text (stmt, 0), problem);
      verification->quotes++;
    }
  return rc == 0;
}

AttestVerification *
attest_store_verify (AttestStore *store, AttestRereadFunc reread, gpointer data, GError **error)
{
  g_autoptr (AttestVerification) verification = g_new0 (AttestVerification, 1);

  verification->problems = g_array_new (FALSE, TRUE, sizeof (AttestVerifyProblem));
  g_array_set_clear_func (verification->problems, clear_problem);
  if (!verify_database (store, verification, error) || !verify_contents (store, verification, error)
      || !verify_quotes (store, verification, error)
      || !attest_store_verify_audit (store, verification, error)
      || (reread != NULL && !reread_sources (store, verification, reread, data, error)))
    return NULL;
  return g_steal_pointer (&verification);
}
