/* Quote ids: short, derived from what is quoted, the same on every machine.
 *
 * Q and the first characters of Crockford's base32 of
 * SHA-256 ("attest-quote/1\n" ORIGINAL_SHA256 "\n" START_CHAR "\n" END_CHAR "\n"); as many more
 * characters as another quote of the project needs to be told apart. The registry keeps every id
 * ever given, so that one that stands in a report never comes to mean something else.
 */
#include "store/attest-store-private.h"

#include <string.h>

#include "util/attest-error.h"

/* 5 bits a character. */
#define MAX_ID_CHARS (ATTEST_SHA256_BYTES * 8 / 5)

enum
{
  ADD_QUOTE,
  FIND_QUOTE,
  N_STATEMENTS
};

static const char *const statements[N_STATEMENTS] = {
  [ADD_QUOTE] = "INSERT INTO quote (id, version_id, start_byte, end_byte, start_char, end_char,"
                " sha256) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO NOTHING",
  [FIND_QUOTE] = "SELECT key, version_id, start_char, end_char FROM quote WHERE id = ?1",
};

void
attest_quote_make_id (const AttestQuoteSpan *span, guint n_chars, char *out)
{
  static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  guint8 hash[ATTEST_SHA256_BYTES + 1] = { 0 }; /* a character may reach one byte further */
  char seed[160];

  g_assert (n_chars <= MAX_ID_CHARS);
  g_snprintf (seed, sizeof seed,
              "attest-quote/1\n%.64s\n%" G_GINT64_FORMAT "\n%" G_GINT64_FORMAT "\n",
              span->original_sha256, span->start_char, span->end_char);
  attest_sha256 (seed, strlen (seed), hash);
  *out++ = 'Q';
  for (guint i = 0; i < n_chars; i++)
    {
      guint bit = i * 5;
      guint two_bytes = (guint)hash[bit / 8] << 8 | hash[bit / 8 + 1];

      *out++ = alphabet[two_bytes >> (11 - bit % 8) & 31];
    }
  *out = '\0';
}

void
attest_quote_hash (const AttestQuoteSpan *span, guint8 out[ATTEST_SHA256_BYTES])
{
  attest_sha256 (span->text + span->start_byte, (gsize)(span->end_byte - span->start_byte), out);
}

/* 1: @id is this span, with *out_key; 0: it is another; -1: @error. */
static int
compare_registered (AttestStore *store, const char *id, const AttestQuoteSpan *span,
                    gint64 *out_key, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[FIND_QUOTE], error, "s", id);

  if (stmt == NULL || attest_stmt_step (store, stmt, error) < 0)
    return -1;
  if (sqlite3_column_int64 (stmt, 1) != span->version_id
      || sqlite3_column_int64 (stmt, 2) != span->start_char
      || sqlite3_column_int64 (stmt, 3) != span->end_char)
    return 0;
  *out_key = sqlite3_column_int64 (stmt, 0);
  return 1;
}

gboolean
attest_store_intern_quote (AttestStore *store, const AttestQuoteSpan *span, gint64 *out_key,
                           GError **error)
{
  char id[MAX_ID_CHARS + 2];
  guint8 hash[ATTEST_SHA256_BYTES];

  attest_quote_hash (span, hash);
  for (guint n_chars = store->quote_id_chars; n_chars <= MAX_ID_CHARS; n_chars++)
    {
      int known;

      attest_quote_make_id (span, n_chars, id);
      /* Most quotes of a first run are new: try that first. */
      if (!attest_stmt_exec (store, statements[ADD_QUOTE], error, "siiiiib", id, span->version_id,
                             span->start_byte, span->end_byte, span->start_char, span->end_char,
                             (const char *)hash, (gsize)ATTEST_SHA256_BYTES))
        return FALSE;
      if (sqlite3_changes64 (store->db) > 0)
        {
          *out_key = sqlite3_last_insert_rowid (store->db);
          return TRUE;
        }
      known = compare_registered (store, id, span, out_key, error);
      if (known != 0)
        return known > 0;
    }
  return attest_throw (error, ATTEST_ERROR_STORE, "%s: no id is left for a quote", store->path);
}
