/* On which pages quotes of documents stand: what somebody said, else what the file says. */
#include "store/attest-store-private.h"

#include <string.h>

enum
{
  ADD_PAGE,
  LIST_PAGES,
  LIST_GIVEN,
  N_STATEMENTS
};

static const char *const statements[N_STATEMENTS] = {
  [ADD_PAGE] = "INSERT INTO page (version_id, start_byte, number, label) VALUES (?1, ?2, ?3, ?4)",
  [LIST_PAGES] = "SELECT p.start_byte, p.label FROM page p JOIN version v ON v.id = p.version_id"
                 " JOIN source s ON s.id = v.source_id"
                 " WHERE p.version_id = ?1 AND s.kind = 'document'"
                 " ORDER BY p.start_byte, p.number",
  [LIST_GIVEN] = "SELECT g.quote_key, g.page FROM quote_page g JOIN quote q ON q.key = g.quote_key"
                 " WHERE q.version_id = ?1 AND g.seq NOT IN (SELECT seq FROM taken_back)"
                 " ORDER BY g.id",
};

struct _AttestPages
{
  gint64 version_id;
  GArray *starts;    /* of AttestPageStart, in text order */
  GHashTable *given; /* key of a quote → what somebody said */
};

static void
clear_start (gpointer item)
{
  g_free (((AttestPageStart *)item)->label);
}

gboolean
attest_store_add_pages (AttestStore *store, gint64 version_id, const AttestDocument *doc,
                        GError **error)
{
  for (guint i = 0; i < doc->pages->len; i++)
    {
      const AttestPageStart *page = &g_array_index (doc->pages, AttestPageStart, i);

      if (!attest_stmt_exec (store, statements[ADD_PAGE], error, "iiis", version_id,
                             (gint64)page->start_byte, (gint64)i, page->label))
        return FALSE;
    }
  return TRUE;
}

static gboolean
load_starts (AttestPages *pages, AttestStore *store, GError **error)
{
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[LIST_PAGES], error, "i", pages->version_id);
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      AttestPageStart start = { .start_byte = (gsize)sqlite3_column_int64 (stmt, 0),
                                .label = attest_stmt_dup (stmt, 1) };

      g_array_append_val (pages->starts, start);
    }
  return rc == 0;
}

static gboolean
load_given (AttestPages *pages, AttestStore *store, GError **error)
{
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[LIST_GIVEN], error, "i", pages->version_id);
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      gint64 key = sqlite3_column_int64 (stmt, 0);

      g_hash_table_replace (pages->given, g_memdup2 (&key, sizeof key), attest_stmt_dup (stmt, 1));
    }
  return rc == 0;
}

AttestPages *
attest_store_load_pages (AttestStore *store, gint64 version_id, GError **error)
{
  g_autoptr (AttestPages) pages = g_new0 (AttestPages, 1);

  pages->version_id = version_id;
  pages->starts = g_array_new (FALSE, FALSE, sizeof (AttestPageStart));
  g_array_set_clear_func (pages->starts, clear_start);
  pages->given = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  return load_starts (pages, store, error) && load_given (pages, store, error)
             ? g_steal_pointer (&pages)
             : NULL;
}

void
attest_pages_free (AttestPages *pages)
{
  if (pages == NULL)
    return;
  g_array_unref (pages->starts);
  g_hash_table_unref (pages->given);
  g_free (pages);
}

gint64
attest_pages_get_version (const AttestPages *pages)
{
  return pages->version_id;
}

/* The label of the last page that begins at @byte or before, or NULL. */
static const char *
find_label (const AttestPages *pages, gsize byte)
{
  guint low = 0, high = pages->starts->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (pages->starts, AttestPageStart, middle).start_byte <= byte)
        low = middle + 1;
      else
        high = middle;
    }
  return low > 0 ? g_array_index (pages->starts, AttestPageStart, low - 1).label : NULL;
}

char *
attest_pages_dup (const AttestPages *pages, gint64 key, gint64 start_byte, gint64 end_byte)
{
  const char *given = g_hash_table_lookup (pages->given, &key);
  const char *first, *last;

  if (given != NULL)
    return g_strdup (given);
  first = find_label (pages, (gsize)start_byte);
  last = end_byte > start_byte ? find_label (pages, (gsize)end_byte - 1) : first;
  if (first == NULL || last == NULL || strcmp (first, last) == 0)
    return g_strdup (first);
  return g_strdup_printf ("%s-%s", first, last);
}
