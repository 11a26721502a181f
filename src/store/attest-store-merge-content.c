/* What copies hold besides sources and respondents: codebooks, guides, scales, runs, quotes, and
 * the data of the project. */
#include "config.h"

#include "store/attest-store-merge-private.h"

#include <string.h>

#include "util/attest-error.h"

/* A row of any table, as a copy has it. */
typedef struct
{
  AttestMergeCopy *copy; /* borrowed */
  gint64 id;
  char *name;  /* by which rows are the same */
  char *order; /* by which they are added */
} Item;

static void
clear_item (gpointer data)
{
  Item *item = data;

  g_free (item->name);
  g_free (item->order);
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const Item *x = a, *y = b;
  int order = strcmp (x->order, y->order);

  return order != 0 ? order : strcmp (x->name, y->name);
}

/* @sql: id, name, order. */
static gboolean
load_items (AttestMergeCopy *copy, const char *sql, GArray *items, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (copy->store, sql, error, "");
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (copy->store, stmt, error)) > 0)
    {
      Item item = { copy, sqlite3_column_int64 (stmt, 0), attest_stmt_dup (stmt, 1),
                    attest_stmt_dup (stmt, 2) };

      g_array_append_val (items, item);
    }
  return rc == 0;
}

/* Rows of @table that several copies may have, each once. @out_new: (optional) */
static gboolean
bring_items (AttestMerge *merge, const char *table, const char *sql, gint64 *out_new,
             GError **error)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  g_array_set_clear_func (items, clear_item);
  for (guint i = 0; i < merge->copies->len; i++)
    if (!load_items (merge->copies->pdata[i], sql, items, error))
      return FALSE;
  g_array_sort (items, compare_items);
  for (guint i = 0; i < items->len; i++)
    {
      const Item *item = &g_array_index (items, Item, i);
      const gint64 *id = g_hash_table_lookup (ids, item->name);
      gint64 new_id;

      if (item->copy->is_target)
        g_hash_table_add (known, item->name);
      if (id != NULL)
        {
          attest_merge_map_id (item->copy, table, item->id, *id);
          continue;
        }
      if (!attest_merge_copy_rows (merge, item->copy, table, "id", item->id, NULL, NULL, error))
        return FALSE;
      new_id = attest_merge_find_id (item->copy, table, item->id);
      g_hash_table_insert (ids, item->name, g_memdup2 (&new_id, sizeof new_id));
    }
  if (out_new != NULL)
    *out_new = (gint64)g_hash_table_size (ids) - (gint64)g_hash_table_size (known);
  return TRUE;
}

gboolean
attest_merge_unsealed (AttestMerge *merge, GError **error)
{
  for (guint i = 0; i < merge->logs->len; i++)
    {
      const char *sql = attest_merge_get_unsealed_sql (merge, merge->logs->pdata[i]);

      if (sql != NULL && !bring_items (merge, merge->logs->pdata[i], sql, NULL, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- quotes ---- */

static int
compare_chars (gconstpointer a, gconstpointer b)
{
  const AttestQuote *x = a, *y = b;

  if (x->chars != y->chars)
    return x->chars < y->chars ? -1 : 1;
  return x->key < y->key ? -1 : x->key > y->key;
}

static gboolean
load_quotes (AttestMergeCopy *copy, GHashTable *seen, GArray *quotes, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (
      copy->store, "SELECT key, chars, version_id, start_byte, end_byte, text_hash FROM quote",
      error, "");
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (copy->store, stmt, error)) > 0)
    {
      AttestQuote quote = { .key = sqlite3_column_int64 (stmt, 0),
                            .chars = (guint)sqlite3_column_int64 (stmt, 1),
                            .start_byte = sqlite3_column_int64 (stmt, 3),
                            .end_byte = sqlite3_column_int64 (stmt, 4),
                            .text_hash = sqlite3_column_int64 (stmt, 5) };

      quote.version_id = attest_merge_find_id (copy, "version", sqlite3_column_int64 (stmt, 2));
      /* Of a source that is left out. */
      if (quote.version_id == 0
          || !g_hash_table_add (seen, g_memdup2 (&quote.key, sizeof (gint64))))
        continue;
      g_array_append_val (quotes, quote);
    }
  return rc == 0;
}

/* Those with the shortest ids first, which keep them; of what the project had, all do. */
static gboolean
bring_quotes (AttestMerge *merge, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GArray) rest = g_array_new (FALSE, FALSE, sizeof (AttestQuote));

  for (guint i = 0; i < merge->copies->len; i++)
    {
      AttestMergeCopy *copy = merge->copies->pdata[i];
      gboolean is_last = i + 1 == merge->copies->len;

      if (!load_quotes (copy, seen, rest, error))
        return FALSE;
      if (!copy->is_target && !is_last)
        continue;
      g_array_sort (rest, compare_chars);
      for (guint k = 0; k < rest->len; k++)
        g_array_index (rest, AttestQuote, k).number = k;
      if (!attest_store_register_quotes (merge->store, rest, error))
        return FALSE;
    }
  return TRUE;
}

/* Ids that mean another passage, or that are longer now. */
static gboolean
list_changed_ids (AttestMerge *merge, AttestMergeCopy *copy, GError **error)
{
  g_autoptr (GHashTable) was = attest_store_list_long_ids (copy->store, error);
  g_autoptr (GHashTable) is = was != NULL ? attest_store_list_long_ids (merge->store, error) : NULL;
  GHashTableIter iter;
  gpointer key, chars;

  if (is == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, is);
  while (g_hash_table_iter_next (&iter, &key, &chars))
    {
      gpointer before = g_hash_table_lookup (was, key);
      guint n_before = before != NULL ? GPOINTER_TO_UINT (before) : copy->store->quote_id_chars;
      char old_id[ATTEST_QUOTE_ID_BYTES], new_id[ATTEST_QUOTE_ID_BYTES];
      gint64 has = 0;

      if (!attest_stmt_get_int (copy->store, "SELECT count (*) FROM quote WHERE key = ?1", &has,
                                error, "i", *(gint64 *)key))
        return FALSE;
      if (has == 0 || n_before == GPOINTER_TO_UINT (chars))
        continue;
      attest_quote_format_id (*(gint64 *)key, n_before, old_id);
      attest_quote_format_id (*(gint64 *)key, GPOINTER_TO_UINT (chars), new_id);
      attest_merge_conflict (merge, "quote", old_id, copy, new_id, old_id,
                             "the quote %s of %s is %s now: another quote begins alike", old_id,
                             copy->name, new_id);
    }
  return TRUE;
}

/* ---- the data of the project ---- */

/* "created_at" and "tool_version" say something of a file, and are the oldest and our own. */
static gboolean
bring_meta_of (AttestMerge *merge, AttestMergeCopy *copy, GHashTable *owners, GError **error)
{
  g_autoptr (GHashTable) found = attest_store_list_meta (copy->store, "", error);
  GHashTableIter iter;
  gpointer key, value;

  if (found == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      g_autofree char *kept = attest_store_dup_meta (merge->store, key, NULL);
      AttestMergeCopy *owner = g_hash_table_lookup (owners, key);

      if (kept != NULL && strcmp (kept, value) == 0)
        continue;
      if (strcmp (key, "tool_version") == 0
          || (strcmp (key, "created_at") == 0 && kept != NULL && strcmp (kept, value) < 0))
        continue;
      if (kept != NULL && strcmp (key, "created_at") != 0)
        attest_merge_conflict (merge, "project", key, owner, value, kept,
                               "the project's %s is '%s' in %s; kept '%s' of %s, which was worked "
                               "on last",
                               (char *)key, kept, owner->name, (char *)value, copy->name);
      if (!attest_store_set_meta (merge->store, key, value, error))
        return FALSE;
      g_hash_table_insert (owners, g_strdup (key), copy);
    }
  return TRUE;
}

static int
compare_heads (gconstpointer a, gconstpointer b)
{
  const AttestMergeCopy *x = *(AttestMergeCopy *const *)a, *y = *(AttestMergeCopy *const *)b;

  if (x->entries->len == 0 || y->entries->len == 0)
    return (int)(x->entries->len > 0) - (int)(y->entries->len > 0);
  return attest_merge_compare_entries (x->entries->pdata[x->entries->len - 1],
                                       y->entries->pdata[y->entries->len - 1]);
}

static gboolean
bring_meta (AttestMerge *merge, GError **error)
{
  g_autoptr (GPtrArray) copies = g_ptr_array_new ();
  g_autoptr (GHashTable) owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < merge->copies->len; i++)
    g_ptr_array_add (copies, merge->copies->pdata[i]);
  g_ptr_array_sort (copies, compare_heads);
  for (guint i = 0; i < copies->len; i++)
    if (!bring_meta_of (merge, copies->pdata[i], owners, error))
      return FALSE;
  return attest_store_set_meta (merge->store, "tool_version", PACKAGE_VERSION, error);
}

/* What runs searched, but for sources that are left out. What one copy noted and another did not is
 * kept. */
static gboolean
bring_run_sources (AttestMerge *merge, AttestMergeCopy *copy, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (
      copy->store, "SELECT run_id, version_id, words, segments, digest FROM run_source", error, "");
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (copy->store, stmt, error)) > 0)
    {
      gint64 run_id = attest_merge_find_id (copy, "run", sqlite3_column_int64 (stmt, 0));
      gint64 version_id = attest_merge_find_id (copy, "version", sqlite3_column_int64 (stmt, 1));

      if (run_id != 0 && version_id != 0
          && !attest_stmt_exec (
              merge->store,
              "INSERT INTO run_source (run_id, version_id, words, segments, digest)"
              " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (run_id, version_id)"
              " DO UPDATE SET digest = excluded.digest, segments = excluded.segments"
              " WHERE digest IS NULL",
              error, "iiiis", run_id, version_id, sqlite3_column_int64 (stmt, 2),
              sqlite3_column_int64 (stmt, 3), attest_stmt_text (stmt, 4)))
        return FALSE;
    }
  return rc == 0;
}

/* Runs that only registered codes, in a copy for a coder, searched nothing. */
static gboolean
bring_found (AttestMerge *merge, GError **error)
{
  if (!bring_items (merge, "run",
                    "SELECT r.id, r.started_at || ' ' || b.sha256 || ' ' || r.tool_version || ' '"
                    " || ifnull (r.options, '') || ' ' || r.turns_coded || ' ' || r.incomplete,"
                    " r.started_at FROM run r JOIN codebook b ON b.id = r.codebook_id"
                    " WHERE r.options IS NOT '" ATTEST_RUN_CODES_ONLY "'",
                    NULL, error)
      || !bring_quotes (merge, error))
    return FALSE;
  for (guint i = 0; i < merge->copies->len; i++)
    if (!bring_run_sources (merge, merge->copies->pdata[i], error)
        || !list_changed_ids (merge, merge->copies->pdata[i], error))
      return FALSE;
  return TRUE;
}

gboolean
attest_merge_content (AttestMerge *merge, GError **error)
{
  return bring_items (merge, "codebook", "SELECT id, sha256, added_at FROM codebook",
                      &merge->result->codebooks, error)
         && bring_items (merge, "guide", "SELECT id, sha256, added_at FROM guide", NULL, error)
         && bring_items (merge, "scale", "SELECT id, sha256, added_at FROM scale", NULL, error)
         && (merge->is_bare || bring_found (merge, error)) && bring_meta (merge, error);
}

/* ---- what to code again ---- */

static gboolean
list_coded (AttestMergeCopy *copy, GHashTable *coded, GError **error)
{
  g_autoptr (GPtrArray) infos = attest_store_list_codebooks (copy->store, error);

  for (guint i = 0; infos != NULL && i < infos->len; i++)
    {
      const AttestCodebookInfo *info = infos->pdata[i];

      if (info->coded)
        g_hash_table_add (coded, g_strdup (info->sha256));
    }
  return infos != NULL;
}

/* Of codebooks of one name, the one of the last run. */
gboolean
attest_merge_choose_coded (AttestMerge *merge, GError **error)
{
  g_autoptr (GHashTable) coded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) infos = NULL;
  g_autoptr (GHashTable) last = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, NULL);

  for (guint i = 0; i < merge->copies->len; i++)
    if (!list_coded (merge->copies->pdata[i], coded, error))
      return FALSE;
  infos = attest_store_list_codebooks (merge->store, error);
  if (infos == NULL)
    return FALSE;
  g_autoptr (GArray) runs = g_array_new (FALSE, TRUE, sizeof (gint64));
  g_array_set_size (runs, infos->len);
  for (guint i = 0; i < infos->len; i++)
    {
      AttestCodebookInfo *info = infos->pdata[i];
      gint64 *run = &g_array_index (runs, gint64, i);
      gpointer other;

      if (!attest_stmt_get_int (merge->store, "SELECT max (id) FROM run WHERE codebook_id = ?1",
                                run, error, "i", info->id))
        return FALSE;
      info->coded = g_hash_table_contains (coded, info->sha256);
      if (!info->coded)
        continue;
      other = g_hash_table_lookup (last, info->name);
      if (other != NULL && g_array_index (runs, gint64, GPOINTER_TO_UINT (other) - 1) > *run)
        continue;
      g_hash_table_insert (last, info->name, GUINT_TO_POINTER (i + 1));
    }
  for (guint i = infos->len; i-- > 0;)
    {
      AttestCodebookInfo *info = infos->pdata[i];

      if (!info->coded || GPOINTER_TO_UINT (g_hash_table_lookup (last, info->name)) != i + 1)
        continue;
      g_ptr_array_insert (merge->result->to_code, 0, g_ptr_array_steal_index (infos, i));
    }
  return TRUE;
}
