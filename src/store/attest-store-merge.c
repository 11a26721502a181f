/* Merging: the merged project is made anew, from what all copies hold, in an order that does not
 * depend on which is named first. What it was before is one of the copies.
 */
#include "config.h"

#include "store/attest-store-merge-withdrawals-private.h"

#include <string.h>

#include "store/attest-store-decision.h"
#include "util/attest-error.h"

/* ---- the result ---- */

static void
clear_conflict (gpointer item)
{
  AttestMergeConflict *conflict = item;

  g_free (conflict->id);
  g_free (conflict->copy);
  g_free (conflict->kept);
  g_free (conflict->other);
  g_free (conflict->message);
}

void
attest_merge_result_free (AttestMergeResult *result)
{
  if (result == NULL)
    return;
  g_array_unref (result->conflicts);
  g_ptr_array_unref (result->to_code);
  g_ptr_array_unref (result->unaware);
  g_free (result->heads);
  g_free (result);
}

static AttestMergeResult *
result_new (void)
{
  AttestMergeResult *result = g_new0 (AttestMergeResult, 1);

  result->conflicts = g_array_new (FALSE, TRUE, sizeof (AttestMergeConflict));
  g_array_set_clear_func (result->conflicts, clear_conflict);
  result->to_code = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_codebook_info_free);
  result->unaware = g_ptr_array_new_with_free_func (g_free);
  return result;
}

void
attest_merge_conflict (AttestMerge *merge, const char *type, const char *id,
                       const AttestMergeCopy *copy, const char *kept, const char *other,
                       const char *format, ...)
{
  AttestMergeConflict conflict = { .type = type,
                                   .id = g_strdup (id),
                                   .copy = g_strdup (copy->name),
                                   .kept = g_strdup (kept),
                                   .other = g_strdup (other) };
  va_list args;

  va_start (args, format);
  conflict.message = g_strdup_vprintf (format, args);
  va_end (args);
  g_array_append_val (merge->result->conflicts, conflict);
}

/* ---- the copies ---- */

static void
merge_clear (AttestMerge *merge)
{
  g_ptr_array_unref (merge->copies);
  g_hash_table_unref (merge->plans);
  g_ptr_array_unref (merge->logs);
  g_ptr_array_unref (merge->entries);
  g_hash_table_unref (merge->merged);
  g_hash_table_unref (merge->numbers);
  g_hash_table_unref (merge->last_numbers);
  attest_merge_places_free (merge->places);
  attest_merge_withdrawals_free (merge->withdrawals);
  attest_merge_result_free (merge->result);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AttestMerge, merge_clear)

static void
merge_init (AttestMerge *merge, AttestStore *store)
{
  merge->store = store;
  merge->copies = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_merge_copy_free);
  merge->plans
      = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, attest_merge_plan_free);
  merge->logs = g_ptr_array_new ();
  merge->entries = g_ptr_array_new ();
  merge->merged = g_hash_table_new (g_str_hash, g_str_equal);
  merge->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  merge->last_numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  merge->result = result_new ();
}

static const char *
head_of (const AttestMergeCopy *copy)
{
  const AttestMergeEntry *last
      = copy->entries->len > 0 ? copy->entries->pdata[copy->entries->len - 1] : NULL;

  return last != NULL ? last->name : "";
}

static int
compare_copies (gconstpointer a, gconstpointer b)
{
  const AttestMergeCopy *x = *(AttestMergeCopy *const *)a, *y = *(AttestMergeCopy *const *)b;

  if (x->is_target != y->is_target)
    return y->is_target - x->is_target;
  return strcmp (head_of (x), head_of (y));
}

static gboolean
add_copy (AttestMerge *merge, AttestStore *store, gboolean is_target, GError **error)
{
  AttestMergeCopy *copy = attest_merge_copy_new (store, error);

  if (copy == NULL)
    return FALSE;
  copy->is_target = is_target;
  g_ptr_array_add (merge->copies, copy);
  return TRUE;
}

/* An entry that the project has not; merges of what it has are nothing new. */
static gboolean
has_news (const AttestMerge *merge)
{
  const AttestMergeCopy *first = merge->copies->pdata[0];

  if (!first->is_target)
    return TRUE;
  for (guint i = 0; i < merge->entries->len; i++)
    {
      const AttestMergeEntry *entry = merge->entries->pdata[i];

      if (strcmp (entry->command, "merge") != 0
          && !g_hash_table_contains (first->by_name, entry->name))
        return TRUE;
    }
  return FALSE;
}

static char *
dup_heads (const AttestMerge *merge)
{
  g_autoptr (GString) heads = g_string_new (NULL);

  for (guint i = 0; i < merge->copies->len; i++)
    {
      const AttestMergeCopy *copy = merge->copies->pdata[i];
      g_autofree char *name = g_path_get_basename (copy->name);

      if (copy->entries->len > 0)
        g_string_append_printf (heads, "%s%s %u %s", heads->len > 0 ? ", " : "", name,
                                copy->entries->len, head_of (copy));
    }
  return g_strdup (heads->str);
}

/* ---- an empty project ---- */

static gboolean
run_each (AttestStore *store, GPtrArray *sqls, GError **error)
{
  for (guint i = 0; i < sqls->len; i++)
    if (sqlite3_exec (store->db, sqls->pdata[i], NULL, NULL, NULL) != SQLITE_OK)
      return attest_store_throw (store, error);
  return TRUE;
}

static GPtrArray *
list_texts (AttestStore *store, const char *sql, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_auto (AttestStmt) stmt = attest_stmt_query (store, sql, error, "");
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    g_ptr_array_add (texts, attest_stmt_dup (stmt, 0));
  return rc < 0 ? NULL : g_steal_pointer (&texts);
}

/* Takes away the triggers that keep all others from removing anything, and that keep a history of
 * respondents, which comes with the log. Returns: what makes them again. */
static GPtrArray *
drop_triggers (AttestStore *store, GError **error)
{
  g_autoptr (GPtrArray) triggers
      = list_texts (store, "SELECT sql FROM sqlite_schema WHERE type = 'trigger'", error);
  g_autoptr (GPtrArray) drops = triggers != NULL
                                    ? list_texts (store,
                                                  "SELECT 'DROP TRIGGER \"' || name || '\"' FROM"
                                                  " sqlite_schema WHERE type = 'trigger'",
                                                  error)
                                    : NULL;

  return drops != NULL && run_each (store, drops, error) ? g_steal_pointer (&triggers) : NULL;
}

/* What was there is read from a connection of its own meanwhile, and put in again. */
static gboolean
empty (AttestStore *store, GError **error)
{
  g_autoptr (GPtrArray) tables
      = list_texts (store,
                    "SELECT 'DELETE FROM \"' || name || '\"' FROM sqlite_schema"
                    " WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY rowid DESC",
                    error);

  return tables != NULL && run_each (store, tables, error)
         && attest_stmt_exec (store, "DELETE FROM sqlite_sequence", error, "");
}

gboolean
attest_store_is_empty (AttestStore *store, gboolean *out_is_empty, GError **error)
{
  gint64 n = 0;

  if (!attest_stmt_get_int (store, "SELECT count (*) FROM audit", &n, error, ""))
    return FALSE;
  *out_is_empty = n == 0;
  return TRUE;
}

gboolean
attest_store_is_merged (AttestStore *store, gboolean *out_is_merged, GError **error)
{
  gint64 n = 0;

  if (!attest_stmt_get_int (store, "SELECT count (*) FROM audit WHERE command = 'merge'", &n, error,
                            ""))
    return FALSE;
  *out_is_merged = n > 0;
  return TRUE;
}

/* ---- merging ---- */

/* Logs may name respondents, and what is said of them comes with the log. */
static gboolean
fill_all (AttestMerge *merge, GPtrArray *labels, GError **error)
{
  return (!((AttestMergeCopy *)merge->copies->pdata[0])->is_target || empty (merge->store, error))
         && attest_merge_find_withdrawals (merge, error)
         && attest_merge_sources (merge, labels, error)
         && attest_merge_bring_withdrawals (merge, error) && attest_merge_respondents (merge, error)
         && attest_merge_content (merge, error) && attest_merge_guides (merge, error)
         && (merge->is_blind || attest_merge_log (merge, error))
         && attest_merge_describe_respondents (merge, error)
         && (merge->is_blind || attest_merge_list_differences (merge, error))
         && attest_merge_choose_coded (merge, error);
}

static gboolean
fill (AttestMerge *merge, GPtrArray *labels, GError **error)
{
  g_autoptr (GPtrArray) triggers = NULL;

  attest_merge_order_entries (merge);
  if (!has_news (merge))
    return TRUE;
  merge->result->changed = TRUE;
  merge->result->heads = dup_heads (merge);
  triggers = attest_stmt_exec (merge->store, "PRAGMA defer_foreign_keys = ON", error, "")
                 ? drop_triggers (merge->store, error)
                 : NULL;
  return triggers != NULL && fill_all (merge, labels, error)
         && run_each (merge->store, triggers, error);
}

/* Nothing keeps others from writing to a copy that is read in place. */
static gboolean
check_unchanged (GPtrArray *copies, GError **error)
{
  for (guint i = 0; i < copies->len; i++)
    if (!attest_store_check_unchanged (copies->pdata[i], error))
      return FALSE;
  return TRUE;
}

AttestMergeResult *
attest_store_merge (AttestStore *store, GPtrArray *copies, GError **error)
{
  g_autoptr (AttestStore) before = NULL;
  g_auto (AttestMerge) merge = { NULL };
  gboolean is_empty;

  g_return_val_if_fail (attest_store_is_writing (store), NULL);
  merge_init (&merge, store);
  if (!attest_store_is_empty (store, &is_empty, error))
    return NULL;
  if (!is_empty)
    {
      before = attest_store_open (store->path, ATTEST_STORE_READ, error);
      /* A file that forgets what it held is not read and written at once. */
      if (before == NULL || (store->forgets && !attest_store_load_copy (before, error))
          || !add_copy (&merge, before, TRUE, error))
        return NULL;
    }
  for (guint i = 0; i < copies->len; i++)
    if (!add_copy (&merge, copies->pdata[i], FALSE, error))
      return NULL;
  g_ptr_array_sort (merge.copies, compare_copies);
  if (!attest_merge_make_plans (&merge, error) || !fill (&merge, NULL, error)
      || !check_unchanged (copies, error))
    return NULL;
  return g_steal_pointer (&merge.result);
}

/* Without its log a tombstone has nothing to stand on. */
static gboolean
check_none_withdrew (AttestStore *store, GError **error)
{
  gboolean has;

  return attest_store_has_withdrawals (store, &has, error)
         && (!has
             || attest_throw (
                 error, ATTEST_ERROR_USAGE,
                 "%s: a respondent withdrew from it, which a project for a blind coder "
                 "cannot tell: give the coder a copy of the file",
                 store->path));
}

gboolean
attest_store_has_withdrawals (AttestStore *store, gboolean *out_has, GError **error)
{
  gint64 n = 0;

  if (!attest_stmt_get_int (store, "SELECT count (*) FROM withdrawal", &n, error, ""))
    return FALSE;
  *out_has = n > 0;
  return TRUE;
}

AttestMergeResult *
attest_store_copy_blind (AttestStore *store, AttestStore *from, GPtrArray *labels, gboolean is_bare,
                         GError **error)
{
  g_auto (AttestMerge) merge = { NULL };

  g_return_val_if_fail (attest_store_is_writing (store), NULL);
  merge_init (&merge, store);
  merge.is_blind = TRUE;
  merge.is_bare = is_bare;
  if (!check_none_withdrew (from, error))
    return NULL;
  if (!add_copy (&merge, from, FALSE, error) || !attest_merge_make_plans (&merge, error)
      || !fill (&merge, labels, error))
    return NULL;
  return g_steal_pointer (&merge.result);
}
