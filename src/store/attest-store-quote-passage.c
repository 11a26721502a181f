/* Quotes with where they are from, who said them, and whether they stand. */
#include "store/attest-store-ledger.h"
#include "store/attest-store-private.h"

#include <string.h>

enum
{
  GET_PLACE,
  FIND_SUCCESSOR,
  GET_TURN,
  COUNT_SEGMENTS,
  N_STATEMENTS
};

static const char *const statements[N_STATEMENTS] = {
  [GET_PLACE] = "SELECT s.label, v.original_sha256, q.text_hash, s.kind,"
                " EXISTS (SELECT 1 FROM withdrawal_span w WHERE w.version_id = q.version_id"
                "   AND w.start_byte < q.end_byte AND w.end_byte > q.start_byte),"
                " v.number < (SELECT max (w.number) FROM version w WHERE w.source_id = v.source_id)"
                " FROM quote q"
                " JOIN version v ON v.id = q.version_id JOIN source s ON s.id = v.source_id"
                " WHERE q.key = ?1",
  /* Carried again by each update since. */
  [FIND_SUCCESSOR]
  = "WITH RECURSIVE now (key, step) AS (SELECT ?1, 0 UNION"
    "   SELECT k.new_key, n.step + 1 FROM now n JOIN carried k ON k.old_key = n.key"
    "   WHERE k.new_key IS NOT NULL AND n.step < 1000)"
    " SELECT q.key, q.chars FROM now n JOIN quote q ON q.key = n.key WHERE n.step > 0"
    " ORDER BY n.step DESC LIMIT 1",
  [GET_TURN] = ("SELECT t.number, t.start_ms, p.label, p.role, r.label, a.value FROM turn t"
                " JOIN speaker p ON p.version_id = t.version_id AND p.number = t.speaker"
                " LEFT JOIN respondent r ON r.id = p.respondent_id"
                " LEFT JOIN respondent_attribute a ON a.respondent_id = p.respondent_id"
                "   AND a.name = '" ATTEST_ATTRIBUTE_GROUP "'"
                " WHERE t.version_id = ?1 AND t.start_byte <= ?2 AND t.end_byte >= ?3"
                " ORDER BY t.number LIMIT 1"),
  [COUNT_SEGMENTS] = "SELECT count (*), ifnull (sum (status = 'rejected'), 0) FROM segment"
                     " WHERE version_id = ?1 AND start_byte = ?2 AND end_byte = ?3",
};

void
attest_quote_passage_free (AttestQuotePassage *passage)
{
  if (passage == NULL)
    return;
  g_free (passage->id);
  g_free (passage->source);
  g_free (passage->speaker);
  g_free (passage->role);
  g_free (passage->respondent);
  g_free (passage->group);
  g_free (passage->page);
  g_free (passage->text);
  g_free (passage);
}

/* What stands in an earlier version of its source, and where an update carried it to. */
static gboolean
name_successor (AttestStore *store, gint64 key, AttestQuotePassage *passage, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[FIND_SUCCESSOR], error, "i", key);
  int rc = stmt != NULL ? attest_stmt_step (store, stmt, error) : -1;
  char id[ATTEST_QUOTE_ID_BYTES];
  g_autofree char *problem = NULL;

  if (rc < 0)
    return FALSE;
  passage->problem = "stands in an earlier version of the transcript only";
  if (rc == 0)
    return TRUE;
  attest_quote_format_id (sqlite3_column_int64 (stmt, 0), (guint)sqlite3_column_int64 (stmt, 1),
                          id);
  problem = g_strdup_printf ("stands in an earlier version of the transcript; now it is %s", id);
  passage->problem = g_intern_string (problem);
  return TRUE;
}

static gboolean
load_place (AttestStore *store, AttestQuote *quote, AttestQuotePassage *passage,
            AttestVersionText *text, GError **error)
{
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[GET_PLACE], error, "i", quote->key);
  AttestSourceKind kind;
  gsize length_bytes;
  const char *data;

  if (stmt == NULL || attest_stmt_step (store, stmt, error) < 0
      || !attest_version_text_load (text, store, quote->version_id, error))
    return FALSE;
  passage->source = attest_stmt_dup (stmt, 0);
  if (attest_source_kind_from_string (attest_stmt_text (stmt, 3), &kind))
    passage->kind = attest_source_kind_to_string (kind);
  quote->text_hash = sqlite3_column_int64 (stmt, 2);
  passage->start = passage->end = -1;
  if (sqlite3_column_int (stmt, 4))
    {
      passage->is_withdrawn = TRUE;
      passage->problem = "was withdrawn by whoever said it";
      return TRUE;
    }
  passage->problem = attest_version_text_check_quote (text, quote, attest_stmt_text (stmt, 1));
  if (passage->problem == NULL && sqlite3_column_int (stmt, 5) != 0
      && !name_successor (store, quote->key, passage, error))
    return FALSE;
  data = g_bytes_get_data (text->text, &length_bytes);
  if (quote->start_byte < 0 || quote->start_byte > quote->end_byte
      || (gsize)quote->end_byte > length_bytes)
    return TRUE;
  if (text->map != NULL)
    {
      passage->start = (gint64)attest_char_map_to_char (text->map, (gsize)quote->start_byte);
      passage->end = (gint64)attest_char_map_to_char (text->map, (gsize)quote->end_byte);
    }
  g_free (passage->text);
  passage->text
      = g_utf8_make_valid (data + quote->start_byte, (gssize)(quote->end_byte - quote->start_byte));
  return TRUE;
}

static gboolean
load_turn (AttestStore *store, const AttestQuote *quote, AttestQuotePassage *passage,
           GError **error)
{
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[GET_TURN], error, "iii", quote->version_id,
                           quote->start_byte, quote->end_byte);
  int rc = stmt != NULL ? attest_stmt_step (store, stmt, error) : -1;

  passage->turn = -1;
  passage->start_ms = ATTEST_NO_TIME;
  if (rc <= 0)
    return rc == 0;
  passage->turn = sqlite3_column_int64 (stmt, 0);
  if (sqlite3_column_type (stmt, 1) != SQLITE_NULL)
    passage->start_ms = sqlite3_column_int64 (stmt, 1);
  passage->speaker = attest_stmt_dup (stmt, 2);
  passage->role = attest_stmt_dup (stmt, 3);
  passage->respondent = attest_stmt_dup (stmt, 4);
  passage->group = attest_stmt_dup (stmt, 5);
  return TRUE;
}

/* *@pages: (nullable) of the version of the quote before; of this one then. */
static gboolean
load_page (AttestStore *store, const AttestQuote *quote, AttestPages **pages,
           AttestQuotePassage *passage, GError **error)
{
  if (*pages == NULL || attest_pages_get_version (*pages) != quote->version_id)
    {
      g_clear_pointer (pages, attest_pages_free);
      *pages = attest_store_load_pages (store, quote->version_id, error);
      if (*pages == NULL)
        return FALSE;
    }
  passage->page = attest_pages_dup (*pages, quote->key, quote->start_byte, quote->end_byte);
  return TRUE;
}

static gboolean
count_segments (AttestStore *store, const AttestQuote *quote, AttestQuotePassage *passage,
                GError **error)
{
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[COUNT_SEGMENTS], error, "iii", quote->version_id,
                           quote->start_byte, quote->end_byte);

  if (stmt == NULL || attest_stmt_step (store, stmt, error) < 0)
    return FALSE;
  passage->segments = sqlite3_column_int64 (stmt, 0);
  passage->rejected = sqlite3_column_int64 (stmt, 1);
  return TRUE;
}

static int
compare_versions (gconstpointer a, gconstpointer b)
{
  const AttestQuote *x = a, *y = b;

  if (x->version_id != y->version_id)
    return x->version_id < y->version_id ? -1 : 1;
  return x->number < y->number ? -1 : x->number > y->number;
}

/* Each once, the quotes of a version together; `number` is the place among those given. */
static gboolean
find_quotes (AttestStore *store, GPtrArray *ids, GArray *quotes, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < ids->len; i++)
    {
      AttestQuote quote = { 0 };

      if (!attest_store_find_quote (store, g_ptr_array_index (ids, i), &quote, error))
        return FALSE;
      quote.number = quotes->len;
      if (g_hash_table_add (seen, g_memdup2 (&quote.key, sizeof quote.key)))
        g_array_append_val (quotes, quote);
    }
  g_array_sort (quotes, compare_versions);
  return TRUE;
}

GPtrArray *
attest_store_load_quotes (AttestStore *store, GPtrArray *ids, GError **error)
{
  g_autoptr (GPtrArray) passages
      = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_quote_passage_free);
  g_autoptr (GArray) quotes = g_array_new (FALSE, FALSE, sizeof (AttestQuote));
  g_auto (AttestVersionText) text = { 0 };
  g_autoptr (AttestPages) pages = NULL;

  if (!find_quotes (store, ids, quotes, error))
    return NULL;
  g_ptr_array_set_size (passages, (int)quotes->len);
  for (guint i = 0; i < quotes->len; i++)
    {
      AttestQuote *quote = &g_array_index (quotes, AttestQuote, i);
      AttestQuotePassage *passage = g_new0 (AttestQuotePassage, 1);
      char id[ATTEST_QUOTE_ID_BYTES];

      passages->pdata[quote->number] = passage;
      attest_quote_format_id (quote->key, quote->chars, id);
      passage->id = g_strdup (id);
      passage->start_byte = quote->start_byte;
      passage->end_byte = quote->end_byte;
      passage->text = g_strdup ("");
      if (!load_place (store, quote, passage, &text, error)
          || !load_turn (store, quote, passage, error)
          || !load_page (store, quote, &pages, passage, error)
          || !count_segments (store, quote, passage, error))
        return NULL;
    }
  return g_steal_pointer (&passages);
}

GHashTable *
attest_store_load_linked_quotes (AttestStore *store, const AttestLedger *ledger,
                                 GPtrArray **out_owner, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  GHashTable *quotes;

  for (guint i = 0; i < ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (ledger->entries, i);

      for (guint k = 0; k < entry->links->len; k++)
        if (g_array_index (entry->links, AttestLedgerLink, k).entry == NULL)
          g_ptr_array_add (ids, g_array_index (entry->links, AttestLedgerLink, k).id);
    }
  *out_owner = attest_store_load_quotes (store, ids, error);
  if (*out_owner == NULL)
    return NULL;
  quotes = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < (*out_owner)->len; i++)
    {
      AttestQuotePassage *passage = g_ptr_array_index (*out_owner, i);

      g_hash_table_insert (quotes, passage->id, passage);
    }
  return quotes;
}
