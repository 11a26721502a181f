/* Quotes of documents: a passage that somebody copied out of one is found there again. */
#include "store/attest-store-ledger.h"
#include "store/attest-store-private.h"

#include <string.h>

#include "util/attest-error.h"
#include "util/attest-text.h"

enum
{
  GET_VERSION,
  ADD_PAGE,
  N_STATEMENTS
};

static const char *const statements[N_STATEMENTS] = {
  [GET_VERSION] = "SELECT original_sha256 FROM version WHERE id = ?1",
  [ADD_PAGE] = "INSERT INTO quote_page (seq, quote_key, page) VALUES (?1, ?2, ?3)",
};

/* ---- finding the passage ---- */

/* Where @quote ends when it stands at @p, or NULL: a line end or several spaces are one space, for
 * lines are broken otherwise on paper. */
static const char *
match_at (const char *p, const char *quote)
{
  while (*quote != '\0')
    {
      gsize space = strspn (quote, " \t\n");

      if (space > 0)
        {
          gsize there = strspn (p, " \t\n");

          if (there == 0)
            return NULL;
          p += there;
          quote += space;
          continue;
        }
      if (*p != *quote)
        return NULL;
      p++;
      quote++;
    }
  return p;
}

/* The only place; 0 places or several are told. */
static gboolean
find_place (const char *source, const char *text, const char *quote, gsize *out_start,
            gsize *out_end, GError **error)
{
  guint n = 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      const char *end = *p == *quote ? match_at (p, quote) : NULL;

      if (end == NULL || (*end & 0xc0) == 0x80)
        continue;
      if (n++ > 0)
        continue;
      *out_start = (gsize)(p - text);
      *out_end = (gsize)(end - text);
    }
  if (n == 1)
    return TRUE;
  if (n > 1)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "'%s' says so in %u places: quote more, until it is one", source, n);
  return attest_throw (error, ATTEST_ERROR_USAGE,
                       "'%s' does not say so, word for word: 'attest text %s' shows what it says",
                       source, source);
}

/* ---- writing ---- */

static gboolean
check_document (AttestStore *store, const char *source, GError **error)
{
  g_autoptr (AttestSourceInfo) info = attest_store_get_source (store, source, error);

  if (info == NULL)
    return FALSE;
  if (info->kind == ATTEST_SOURCE_DOCUMENT)
    return TRUE;
  return attest_throw (
      error, ATTEST_ERROR_USAGE,
      "'%s' is no document but of the kind %s: link a quote of it by its id, which "
      "'attest segments' and 'attest mark' give",
      source, attest_source_kind_to_string (info->kind));
}

static gboolean
register_quote (AttestStore *store, gint64 version_id, GBytes *text, gsize start_byte,
                gsize end_byte, AttestQuote *out_quote, GError **error)
{
  gsize length_bytes;
  const char *data = g_bytes_get_data (text, &length_bytes);
  g_autoptr (AttestCharMap) map = attest_char_map_new (data, length_bytes);
  g_autoptr (GArray) quotes = g_array_new (FALSE, FALSE, sizeof (AttestQuote));
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[GET_VERSION], error, "i", version_id);
  AttestQuote quote = { .version_id = version_id,
                        .start_byte = (gint64)start_byte,
                        .end_byte = (gint64)end_byte };

  if (stmt == NULL || attest_stmt_step (store, stmt, error) <= 0)
    return FALSE;
  quote.key = attest_quote_make_key (attest_stmt_text (stmt, 0),
                                     (gint64)attest_char_map_to_char (map, start_byte),
                                     (gint64)attest_char_map_to_char (map, end_byte));
  quote.text_hash = attest_quote_hash_text (data + start_byte, end_byte - start_byte);
  *out_quote = quote;
  g_array_append_val (quotes, quote);
  return attest_store_register_quotes (store, quotes, error);
}

/* Only what is not known already. */
static gboolean
set_page (AttestStore *store, const AttestQuote *quote, const char *page, GError **error)
{
  g_autoptr (AttestPages) pages = NULL;
  g_autofree char *now = NULL;
  gint64 seq;

  if (page == NULL)
    return TRUE;
  pages = attest_store_load_pages (store, quote->version_id, error);
  if (pages == NULL)
    return FALSE;
  now = attest_pages_dup (pages, quote->key, quote->start_byte, quote->end_byte);
  return g_strcmp0 (now, page) == 0
         || (attest_store_begin_judging (store, &seq, error)
             && attest_stmt_exec (store, statements[ADD_PAGE], error, "iis", seq, quote->key,
                                  page));
}

gboolean
attest_store_quote_document (AttestStore *store, const char *source, const char *text,
                             const char *page, char **out_id, GError **error)
{
  g_autoptr (GBytes) whole = NULL;
  gint64 source_id, version_id;
  AttestQuote quote = { 0 };
  gsize start_byte = 0, end_byte = 0;
  g_autoptr (GHashTable) long_ids = NULL;
  char id[ATTEST_QUOTE_ID_BYTES];
  gpointer n_chars;

  if (!check_document (store, source, error)
      || !attest_store_find_version (store, source, &source_id, &version_id, error))
    return FALSE;
  whole = attest_store_load_text (store, version_id, error);
  if (whole == NULL
      || !find_place (source, g_bytes_get_data (whole, NULL), text, &start_byte, &end_byte, error)
      || !register_quote (store, version_id, whole, start_byte, end_byte, &quote, error)
      || !set_page (store, &quote, page, error))
    return FALSE;
  long_ids = attest_store_list_long_ids (store, error);
  if (long_ids == NULL)
    return FALSE;
  n_chars = g_hash_table_lookup (long_ids, &quote.key);
  attest_quote_format_id (quote.key,
                          n_chars != NULL ? GPOINTER_TO_UINT (n_chars) : ATTEST_QUOTE_ID_CHARS, id);
  *out_id = g_strdup (id);
  return TRUE;
}
