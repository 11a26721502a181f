/* Quote ids: short, derived from what is quoted, the same on every machine.
 *
 * The key of a quote is the first 63 bits of
 * SHA-256 ("attest-quote/1\n" ORIGINAL_SHA256 "\n" START_CHAR "\n" END_CHAR "\n"); its id is Q and
 * the first characters of the key in Crockford's base32: six, and as many more as another quote of
 * the project needs to be told apart. The registry keeps every id ever given, so that one that
 * stands in a report never comes to mean something else.
 *
 * Keys are random: registered as they come, a million of them would each read and write a page of
 * their own. So those of a run are collected, sorted, and merged with the registry in its own
 * order.
 */
#include "store/attest-store-private.h"

#include <string.h>

#include "util/attest-error.h"

#define BITS_PER_CHAR 5
#define KEY_BITS 63
G_STATIC_ASSERT (ATTEST_QUOTE_MAX_CHARS == KEY_BITS / BITS_PER_CHAR);
/* Quotes that wait to be registered, at 40 bytes each. */
#define MAX_WAITING (256 * 1024)

enum
{
  ADD_QUOTE,
  LIST_REGISTERED,
  IS_EMPTY,
  LIST_LONG,
  FIND_BY_ID,
  N_STATEMENTS
};

static const char *const statements[N_STATEMENTS] = {
  [ADD_QUOTE] = "INSERT INTO quote (key, chars, version_id, start_byte, end_byte, text_hash)"
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
  [LIST_REGISTERED] = "SELECT key, chars, version_id, start_byte, end_byte FROM quote"
                      " WHERE key BETWEEN ?1 AND ?2 ORDER BY key",
  [IS_EMPTY] = "SELECT NOT EXISTS (SELECT 1 FROM quote)",
  [LIST_LONG] = "SELECT key, chars FROM quote WHERE chars <> 6",
  [FIND_BY_ID] = "SELECT key, chars, version_id, start_byte, end_byte FROM quote"
                 " WHERE key BETWEEN ?1 AND ?2 AND chars = ?3",
};
G_STATIC_ASSERT (ATTEST_QUOTE_ID_CHARS == 6);

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* ---- keys and ids ---- */

/* The first 63 bits of a hash. */
static gint64
hash_to_key (const guint8 hash[ATTEST_SHA256_BYTES])
{
  guint64 bits;

  memcpy (&bits, hash, sizeof bits);
  return (gint64)(GUINT64_FROM_BE (bits) >> 1);
}

gint64
attest_quote_make_key (const char *original_sha256, gint64 start_char, gint64 end_char)
{
  guint8 hash[ATTEST_SHA256_BYTES];
  char seed[160];
  int length_bytes = g_snprintf (
      seed, sizeof seed, "attest-quote/1\n%.64s\n%" G_GINT64_FORMAT "\n%" G_GINT64_FORMAT "\n",
      original_sha256, start_char, end_char);

  attest_sha256 (seed, (gsize)length_bytes, hash);
  return hash_to_key (hash);
}

gint64
attest_quote_hash_text (const char *text, gsize length_bytes)
{
  guint8 hash[ATTEST_SHA256_BYTES];

  attest_sha256 (text, length_bytes, hash);
  return hash_to_key (hash);
}

/* The bits of @key that the first @n_chars characters show. */
static gint64
prefix_of (gint64 key, guint n_chars)
{
  return key >> (KEY_BITS - BITS_PER_CHAR * n_chars);
}

gboolean
attest_quote_ids_equal (gint64 key, gint64 other, guint n_chars)
{
  return prefix_of (key, n_chars) == prefix_of (other, n_chars);
}

void
attest_quote_format_id (gint64 key, guint n_chars, char out[ATTEST_QUOTE_ID_BYTES])
{
  n_chars = MIN (n_chars, ATTEST_QUOTE_MAX_CHARS);
  *out++ = 'Q';
  for (guint i = 1; i <= n_chars; i++)
    *out++ = alphabet[prefix_of (key, i) & 31];
  *out = '\0';
}

/* People read I and L for 1 and O for 0, and may type lower case (Crockford). -1: no digit. */
static int
digit_value (char c)
{
  c = g_ascii_toupper (c);
  c = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
  const char *found = c != '\0' ? strchr (alphabet, c) : NULL;

  return found != NULL ? (int)(found - alphabet) : -1;
}

/* What the characters of an id say of the key: its first bits. FALSE: it is no id. */
static gboolean
parse_id (const char *id, gint64 *out_prefix, guint *out_n_chars)
{
  gint64 prefix = 0;
  guint n = 0;

  if (*id != 'Q' && *id != 'q')
    return FALSE;
  for (const char *p = id + 1; *p != '\0'; p++, n++)
    {
      int value = digit_value (*p);

      if (value < 0 || n >= ATTEST_QUOTE_MAX_CHARS)
        return FALSE;
      prefix = prefix << BITS_PER_CHAR | value;
    }
  *out_prefix = prefix;
  *out_n_chars = n;
  return n > 0;
}

gboolean
attest_store_find_quote (AttestStore *store, const char *id, AttestQuote *out_quote, GError **error)
{
  g_auto (AttestStmt) stmt = NULL;
  gint64 first;
  guint n_chars, hidden_bits;
  int rc;

  if (!parse_id (id, &first, &n_chars))
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "'%s' is not the id of a quote, which is like Q7F3K2A", id);
  hidden_bits = KEY_BITS - BITS_PER_CHAR * n_chars;
  first <<= hidden_bits;
  stmt = attest_stmt_query (store, statements[FIND_BY_ID], error, "iii", first,
                            first | (((gint64)1 << hidden_bits) - 1), (gint64)n_chars);
  if (stmt == NULL)
    return FALSE;
  rc = attest_stmt_step (store, stmt, error);
  if (rc == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "no quote '%s' in %s; 'attest segments' lists them", id, store->path);
  if (rc > 0)
    *out_quote = (AttestQuote){ .key = sqlite3_column_int64 (stmt, 0),
                                .chars = (guint)sqlite3_column_int64 (stmt, 1),
                                .version_id = sqlite3_column_int64 (stmt, 2),
                                .start_byte = sqlite3_column_int64 (stmt, 3),
                                .end_byte = sqlite3_column_int64 (stmt, 4) };
  return rc > 0;
}

GHashTable *
attest_store_list_long_ids (AttestStore *store, GError **error)
{
  g_autoptr (GHashTable) long_ids
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_LONG], error, "");
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      gint64 key = sqlite3_column_int64 (stmt, 0);

      g_hash_table_insert (long_ids, g_memdup2 (&key, sizeof key),
                           GUINT_TO_POINTER ((guint)sqlite3_column_int64 (stmt, 1)));
    }
  return rc < 0 ? NULL : g_steal_pointer (&long_ids);
}

/* ---- the registry ---- */

/* Where the merge is: what is registered from here on, in the order of keys. */
typedef struct
{
  AttestStore *store;
  AttestStmt stmt; /* NULL: nothing is registered behind */
  gint64 key;      /* of the row of stmt */
} Registered;

static void
registered_clear (Registered *registered)
{
  if (registered->stmt != NULL)
    attest_stmt_release (registered->stmt);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Registered, registered_clear)

static gboolean
registered_step (Registered *registered, GError **error)
{
  AttestStmt stmt = registered->stmt;
  int rc = attest_stmt_step (registered->store, stmt, error);

  if (rc > 0)
    {
      registered->key = sqlite3_column_int64 (stmt, 0);
      return TRUE;
    }
  registered->stmt = NULL;
  attest_stmt_release (stmt);
  return rc == 0;
}

static AttestQuote
registered_get (const Registered *registered)
{
  AttestStmt stmt = registered->stmt;

  return (AttestQuote){ .key = registered->key,
                        .chars = (guint)sqlite3_column_int64 (stmt, 1),
                        .version_id = sqlite3_column_int64 (stmt, 2),
                        .start_byte = sqlite3_column_int64 (stmt, 3),
                        .end_byte = sqlite3_column_int64 (stmt, 4) };
}

static gboolean
registered_begin (Registered *registered, gint64 first_key, gint64 last_key, GError **error)
{
  gint64 is_empty = 0;

  if (!attest_stmt_get_int (registered->store, statements[IS_EMPTY], &is_empty, error, ""))
    return FALSE;
  if (is_empty)
    return TRUE;
  registered->stmt = attest_stmt_query (registered->store, statements[LIST_REGISTERED], error, "ii",
                                        first_key, last_key);
  return registered->stmt != NULL && registered_step (registered, error);
}

static int
compare_quotes (gconstpointer a, gconstpointer b)
{
  const AttestQuote *x = a, *y = b;

  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  return x->number < y->number ? -1 : x->number > y->number;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  const AttestQuote *x = a, *y = b;

  return x->number < y->number ? -1 : x->number > y->number;
}

/* Gives @quote the shortest id that none of @taken has, unless it is among them. @taken: the
 * quotes whose ids begin alike. */
static gboolean
choose_id (AttestStore *store, AttestQuote *quote, const GArray *taken, GError **error)
{
  quote->chars = store->quote_id_chars;
  for (guint i = 0; i < taken->len; i++)
    {
      const AttestQuote *other = &g_array_index (taken, AttestQuote, i);

      if (other->key != quote->key)
        continue;
      quote->chars = 0;
      return (other->version_id == quote->version_id && other->start_byte == quote->start_byte
              && other->end_byte == quote->end_byte)
             || attest_throw (error, ATTEST_ERROR_STORE, "%s: two quotes have the same key",
                              store->path);
    }
  for (guint i = 0; i < taken->len;)
    {
      const AttestQuote *other = &g_array_index (taken, AttestQuote, i++);

      if (other->chars != quote->chars
          || prefix_of (other->key, quote->chars) != prefix_of (quote->key, quote->chars))
        continue;
      if (++quote->chars > ATTEST_QUOTE_MAX_CHARS)
        return attest_throw (error, ATTEST_ERROR_STORE, "%s: no id is left for a quote",
                             store->path);
      i = 0;
    }
  return TRUE;
}

/* Gives ids to @n_quotes quotes that begin alike, in the order in which they were found. */
static gboolean
choose_ids (AttestStore *store, AttestQuote *quotes, guint n_quotes, Registered *registered,
            GArray *taken, GError **error)
{
  gint64 prefix = prefix_of (quotes[0].key, store->quote_id_chars);

  g_array_set_size (taken, 0);
  while (registered->stmt != NULL && prefix_of (registered->key, store->quote_id_chars) <= prefix)
    {
      if (prefix_of (registered->key, store->quote_id_chars) == prefix)
        {
          AttestQuote quote = registered_get (registered);

          g_array_append_val (taken, quote);
        }
      if (!registered_step (registered, error))
        return FALSE;
    }
  if (n_quotes > 1)
    qsort (quotes, n_quotes, sizeof quotes[0], compare_numbers);
  for (guint i = 0; i < n_quotes; i++)
    {
      if (!choose_id (store, &quotes[i], taken, error))
        return FALSE;
      if (quotes[i].chars != 0)
        g_array_append_val (taken, quotes[i]);
    }
  return TRUE;
}

static gboolean
choose_all_ids (AttestStore *store, GArray *quotes, GError **error)
{
  AttestQuote *all = (AttestQuote *)(gpointer)quotes->data;
  guint n = store->quote_id_chars;
  g_auto (Registered) registered = { .store = store };
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (AttestQuote));
  /* The bits that the shortest id does not show. */
  gint64 rest = ((gint64)1 << (KEY_BITS - BITS_PER_CHAR * n)) - 1;

  if (!registered_begin (&registered, all[0].key & ~rest, all[quotes->len - 1].key | rest, error))
    return FALSE;
  for (guint i = 0, end; i < quotes->len; i = end)
    {
      for (end = i + 1;
           end < quotes->len && prefix_of (all[end].key, n) == prefix_of (all[i].key, n);)
        end++;
      if (!choose_ids (store, &all[i], end - i, &registered, taken, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
attest_store_register_quotes (AttestStore *store, GArray *quotes, GError **error)
{
  if (quotes->len == 0)
    return TRUE;
  g_array_sort (quotes, compare_quotes);
  if (!choose_all_ids (store, quotes, error))
    return FALSE;
  for (guint i = 0; i < quotes->len; i++)
    {
      const AttestQuote *quote = &g_array_index (quotes, AttestQuote, i);

      if (quote->chars != 0
          && !attest_stmt_exec (store, statements[ADD_QUOTE], error, "iiiiii", quote->key,
                                (gint64)quote->chars, quote->version_id, quote->start_byte,
                                quote->end_byte, quote->text_hash))
        return FALSE;
    }
  g_array_set_size (quotes, 0);
  return TRUE;
}

gboolean
attest_store_flush_quotes (AttestStore *store, GError **error)
{
  return attest_store_register_quotes (store, store->run->quotes, error);
}

gboolean
attest_store_add_quote (AttestStore *store, AttestQuote *quote, GError **error)
{
  quote->number = store->run->n_quotes++;
  g_array_append_val (store->run->quotes, *quote);
  return store->run->quotes->len < MAX_WAITING || attest_store_flush_quotes (store, error);
}
