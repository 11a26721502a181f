/* Audit logs: which entries copies have in common, their order, and bringing them with their rows.
 */
#include "store/attest-store-merge-withdrawals-private.h"

#include <string.h>

#include "util/attest-error.h"

enum
{
  LIST_LOG,
  ADD_COPIED,
  MAX_NUMBER,
  HAS_DECIDED,
  N_STATEMENTS
};

static const char *const statements[N_STATEMENTS] = {
  [LIST_LOG] = "SELECT a.seq, a.at, a.actor, a.command, a.detail, a.previous_hash, a.hash,"
               " c.first_hash, c.first_seq, c.first_detail, c.previous_hash, c.known_at,"
               " ifnull (c.first_hash, a.hash) || ifnull ('.' || a.nonce, ''), a.nonce"
               " FROM audit a LEFT JOIN copied c ON c.seq = a.seq ORDER BY a.seq",
  [ADD_COPIED]
  = ("INSERT INTO copied (seq, first_hash, first_seq, first_detail, previous_hash, known_at)"
     " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"),
  [MAX_NUMBER] = "SELECT max (number) FROM entry WHERE kind = ?1",
  [HAS_DECIDED] = "SELECT EXISTS (SELECT 1 FROM decision WHERE seq = ?1)"
                  " OR EXISTS (SELECT 1 FROM undo WHERE seq = ?1)"
                  " OR EXISTS (SELECT 1 FROM consensus WHERE seq = ?1)"
                  " OR EXISTS (SELECT 1 FROM judged WHERE seq = ?1)",
};

/* ---- the log of a copy ---- */

static void
free_entry (gpointer item)
{
  AttestMergeEntry *entry = item;

  g_free (entry->at);
  g_free (entry->actor);
  g_free (entry->command);
  g_free (entry->detail);
  g_free (entry->name);
  g_free (entry->nonce);
  g_free (entry->hash);
  g_free (entry->first_detail);
  g_free (entry->previous_hash);
  g_free (entry->known_at);
  g_free (entry);
}

void
attest_merge_copy_free (AttestMergeCopy *copy)
{
  if (copy == NULL)
    return;
  g_free (copy->name);
  g_hash_table_unref (copy->maps);
  g_hash_table_unref (copy->by_name);
  g_ptr_array_unref (copy->entries);
  g_free (copy);
}

/* @known_at: of the entry before, or "". */
static AttestMergeEntry *
read_entry (AttestMergeCopy *copy, AttestStmt stmt, const char *known_at)
{
  AttestMergeEntry *entry = g_new0 (AttestMergeEntry, 1);
  gboolean is_copied = sqlite3_column_type (stmt, 7) != SQLITE_NULL;

  entry->copy = copy;
  entry->seq = sqlite3_column_int64 (stmt, 0);
  entry->at = attest_stmt_dup (stmt, 1);
  entry->actor = attest_stmt_dup (stmt, 2);
  entry->command = attest_stmt_dup (stmt, 3);
  entry->detail = attest_stmt_dup (stmt, 4);
  entry->name = attest_stmt_dup (stmt, 12);
  entry->nonce = attest_stmt_dup (stmt, 13);
  entry->hash = attest_stmt_dup (stmt, is_copied ? 7 : 6);
  entry->first_seq = is_copied ? sqlite3_column_int64 (stmt, 8) : entry->seq;
  entry->first_detail = attest_stmt_dup (stmt, is_copied ? 9 : 4);
  entry->previous_hash = attest_stmt_dup (stmt, is_copied ? 10 : 5);
  if (is_copied)
    entry->known_at = attest_stmt_dup (stmt, 11);
  else
    entry->known_at = g_strdup (strcmp (entry->at, known_at) > 0 ? entry->at : known_at);
  return entry;
}

AttestMergeCopy *
attest_merge_copy_new (AttestStore *store, GError **error)
{
  g_autoptr (AttestMergeCopy) copy = g_new0 (AttestMergeCopy, 1);
  g_autofree char *known_at = g_strdup ("");
  int rc;

  copy->store = store;
  copy->name = g_strdup (store->path);
  copy->maps = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL,
                                      (GDestroyNotify)g_hash_table_unref);
  copy->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  copy->entries = g_ptr_array_new_with_free_func (free_entry);
  if (!attest_store_check_history (store, error))
    return NULL;
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_LOG], error, "");
  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      AttestMergeEntry *entry = read_entry (copy, stmt, known_at);

      g_ptr_array_add (copy->entries, entry);
      g_hash_table_insert (copy->by_name, entry->name, entry);
      if (strcmp (entry->known_at, known_at) > 0)
        {
          g_free (known_at);
          known_at = g_strdup (entry->known_at);
        }
    }
  return rc < 0 ? NULL : g_steal_pointer (&copy);
}

/* The log has no gaps: that was checked. */
AttestMergeEntry *
attest_merge_copy_entry (const AttestMergeCopy *copy, gint64 seq)
{
  return seq >= 1 && seq <= copy->entries->len ? copy->entries->pdata[seq - 1] : NULL;
}

/* ---- their order ---- */

int
attest_merge_compare_entries (const AttestMergeEntry *a, const AttestMergeEntry *b)
{
  int order = strcmp (a->known_at, b->known_at);

  if (order != 0)
    return order;
  if (a->first_seq != b->first_seq)
    return a->first_seq < b->first_seq ? -1 : 1;
  return strcmp (a->name, b->name);
}

static int
compare_pointers (gconstpointer a, gconstpointer b)
{
  return attest_merge_compare_entries (*(const AttestMergeEntry *const *)a,
                                       *(const AttestMergeEntry *const *)b);
}

void
attest_merge_order_entries (AttestMerge *merge)
{
  for (guint i = 0; i < merge->copies->len; i++)
    {
      AttestMergeCopy *copy = merge->copies->pdata[i];

      for (guint k = 0; k < copy->entries->len; k++)
        {
          AttestMergeEntry *entry = copy->entries->pdata[k];

          if (g_hash_table_insert (merge->merged, entry->name, entry))
            g_ptr_array_add (merge->entries, entry);
        }
    }
  /* A later copy replaced the value of a name that an earlier one has, too. */
  for (guint i = 0; i < merge->entries->len; i++)
    {
      AttestMergeEntry *entry = merge->entries->pdata[i];

      g_hash_table_insert (merge->merged, entry->name, entry);
    }
  g_ptr_array_sort (merge->entries, compare_pointers);
  for (guint i = 0; i < merge->entries->len; i++)
    ((AttestMergeEntry *)merge->entries->pdata[i])->merged_seq = (gint64)i + 1;
}

/* ---- numbers of the ledger ---- */

static gboolean
find_last_number (AttestMerge *merge, const char *kind, gint64 *out_last, GError **error)
{
  *out_last = 0;
  for (guint i = 0; i < merge->copies->len; i++)
    {
      gint64 last = 0;

      if (!attest_stmt_get_int (((AttestMergeCopy *)merge->copies->pdata[i])->store,
                                statements[MAX_NUMBER], &last, error, "s", kind))
        return FALSE;
      *out_last = MAX (*out_last, last);
    }
  return TRUE;
}

static char *
dup_entry_id (const char *kind, gint64 number)
{
  AttestEntryKind which;

  return attest_entry_kind_from_string (kind, &which)
             ? attest_entry_kind_dup_id (which, number)
             : g_strdup_printf ("%s %" G_GINT64_FORMAT, kind, number);
}

static char *
dup_key (const char *kind, gint64 number)
{
  return g_strdup_printf ("%s %" G_GINT64_FORMAT, kind, number);
}

/* The first who had a number keeps it; others get one that no copy has used. */
gint64
attest_merge_choose_number (AttestMerge *merge, AttestMergeCopy *copy, const char *kind,
                            gint64 number, const char *name)
{
  g_autofree char *key = dup_key (kind, number);
  const char *owner = g_hash_table_lookup (merge->numbers, key);
  gint64 *last = g_hash_table_lookup (merge->last_numbers, kind);

  if (owner == NULL || strcmp (owner, name) == 0)
    {
      g_hash_table_insert (merge->numbers, g_steal_pointer (&key), g_strdup (name));
      return number;
    }
  if (last == NULL)
    {
      last = g_new0 (gint64, 1);
      g_hash_table_insert (merge->last_numbers, g_strdup (kind), last);
      /* What fails here fails when the rows are read. */
      find_last_number (merge, kind, last, NULL);
    }
  (*last)++;
  g_autofree char *was = dup_entry_id (kind, number);
  g_autofree char *is = dup_entry_id (kind, *last);
  attest_merge_conflict (merge, "entry", was, copy, is, was,
                         "%s of %s is %s now: another %s has the number %s", was, copy->name, is,
                         kind, was);
  return *last;
}

/* What the project had keeps its numbers, also where another copy had them earlier. */
static gboolean
reserve_numbers (AttestMerge *merge, GError **error)
{
  for (guint i = 0; i < merge->copies->len; i++)
    {
      const AttestMergeCopy *copy = merge->copies->pdata[i];
      int rc;

      if (!copy->is_target)
        continue;
      g_auto (AttestStmt) stmt = attest_stmt_query (
          copy->store, "SELECT kind, number, seq FROM entry ORDER BY id", error, "");
      if (stmt == NULL)
        return FALSE;
      while ((rc = attest_stmt_step (copy->store, stmt, error)) > 0)
        {
          const AttestMergeEntry *entry
              = attest_merge_copy_entry (copy, sqlite3_column_int64 (stmt, 2));

          g_hash_table_insert (merge->numbers,
                               dup_key (attest_stmt_text (stmt, 0), sqlite3_column_int64 (stmt, 1)),
                               g_strdup (entry != NULL ? entry->name : ""));
        }
      if (rc < 0)
        return FALSE;
    }
  return TRUE;
}

/* ---- bringing entries ---- */

/* Of which copies that know of a withdrawal have fewer rows; nothing refers to them. */
static gboolean
is_parted (const AttestMerge *merge, const char *table)
{
  return merge->withdrawals != NULL
         && (strcmp (table, "respondent_said") == 0 || strcmp (table, "speaker_said") == 0);
}

/* What other copies call the rows @new_ids of @table that came with @entry. */
static gboolean
map_in_others (AttestMerge *merge, const AttestMergeEntry *entry, const char *table,
               const GArray *new_ids, GError **error)
{
  for (guint i = 0; i < merge->copies->len; i++)
    {
      AttestMergeCopy *copy = merge->copies->pdata[i];
      const AttestMergeEntry *same = g_hash_table_lookup (copy->by_name, entry->name);
      g_autoptr (GArray) ids = NULL;

      if (same == NULL || copy == entry->copy || is_parted (merge, table))
        continue;
      ids = attest_merge_list_ids (merge, copy, table, same->seq, error);
      if (ids == NULL)
        return FALSE;
      if (ids->len != new_ids->len)
        return attest_throw (error, ATTEST_ERROR_STORE,
                             "%s and %s tell differently what entry %.12s… of the audit log did;"
                             " 'attest verify' says which is damaged, and nothing was merged",
                             entry->copy->name, copy->name, entry->hash);
      for (guint k = 0; k < ids->len; k++)
        attest_merge_map_id (copy, table, g_array_index (ids, gint64, k),
                             g_array_index (new_ids, gint64, k));
    }
  return TRUE;
}

static gboolean
bring_rows (AttestMerge *merge, AttestMergeEntry *entry, const char *table, GArray *n_by_entry,
            GError **error)
{
  g_autoptr (GArray) new_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 before = sqlite3_total_changes64 (merge->store->db);

  if (!attest_merge_copy_rows (merge, entry->copy, table, "seq", entry->seq, NULL, new_ids, error)
      || !map_in_others (merge, entry, table, new_ids, error))
    return FALSE;
  g_array_index (n_by_entry, gint64, entry->merged_seq - 1)
      += sqlite3_total_changes64 (merge->store->db) - before;
  return TRUE;
}

/* Numbers of entries are others here. */
static gboolean
dup_detail (AttestMerge *merge, const AttestMergeEntry *entry, gboolean has_decided,
            char **out_detail, GError **error)
{
  const char *seal = entry->detail != NULL ? g_strrstr (entry->detail, ATTEST_STORE_SEAL) : NULL;
  g_autofree char *plain = seal != NULL ? g_strndup (entry->detail, (gsize)(seal - entry->detail))
                                        : g_strdup (entry->detail);

  if (strcmp (entry->command, "undo") == 0 && plain != NULL)
    {
      gint64 seq = 0;

      if (g_str_has_prefix (plain, "entry ")
          && g_ascii_string_to_signed (plain + strlen ("entry "), 10, 1, G_MAXINT64, &seq, NULL))
        {
          const AttestMergeEntry *of = attest_merge_copy_entry (entry->copy, seq);

          of = of != NULL ? g_hash_table_lookup (merge->merged, of->name) : NULL;
          g_free (plain);
          plain = g_strdup_printf ("entry %" G_GINT64_FORMAT, of != NULL ? of->merged_seq : seq);
        }
    }
  if (attest_merge_get_tombstone (merge, entry) != NULL)
    {
      g_free (plain);
      plain = g_strdup (attest_merge_get_tombstone (merge, entry));
    }
  if (seal == NULL)
    *out_detail = g_steal_pointer (&plain);
  else
    *out_detail = attest_store_dup_sealed_detail (merge->store, entry->merged_seq, has_decided,
                                                  plain, error);
  return seal == NULL || *out_detail != NULL;
}

static gboolean
is_about_judgements (const char *table)
{
  return strcmp (table, "rating") == 0 || g_str_has_prefix (table, "entry");
}

/* Whether the project had the entry before. */
static gboolean
is_new (const AttestMerge *merge, const AttestMergeEntry *entry)
{
  const AttestMergeCopy *first = merge->copies->pdata[0];

  return !first->is_target || !g_hash_table_contains (first->by_name, entry->name);
}

/* One table after the other: what rows refer to is there before them. */
static gboolean
bring_table (AttestMerge *merge, const char *table, GError **error)
{
  g_autoptr (GArray) n_by_entry = g_array_new (FALSE, TRUE, sizeof (gint64));
  gboolean is_quoting = attest_merge_is_about_quotes (merge, table);

  g_array_set_size (n_by_entry, merge->entries->len);
  if (is_quoting && !attest_merge_quoting (merge, table, n_by_entry, error))
    return FALSE;
  for (guint i = 0; i < merge->entries->len; i++)
    {
      AttestMergeEntry *entry = merge->entries->pdata[i];
      gint64 *n = &g_array_index (n_by_entry, gint64, i);

      if (!is_quoting && !bring_rows (merge, entry, table, n_by_entry, error))
        return FALSE;
      if (is_new (merge, entry) && strcmp (table, "decision") == 0)
        merge->result->decisions += *n;
      if (is_new (merge, entry) && is_about_judgements (table))
        merge->result->ledger += *n;
    }
  return TRUE;
}

/* What an entry seals: its decisions, also where none is left, or else what it added to the ledger.
 */
static gboolean
find_has_decided (AttestMerge *merge, const AttestMergeEntry *entry, gboolean *out, GError **error)
{
  static const char *const commands[]
      = { "review", "mark", "memo", "undo", "reconcile", "update decisions", NULL };
  gint64 has = 0;

  if (!attest_stmt_get_int (merge->store, statements[HAS_DECIDED], &has, error, "i",
                            entry->merged_seq))
    return FALSE;
  *out = has || g_strv_contains (commands, entry->command);
  return TRUE;
}

static gboolean
bring_entry (AttestMerge *merge, AttestMergeEntry *entry, GError **error)
{
  g_autofree char *detail = NULL;
  gboolean has_decided;

  merge->store->has_withdrawn = strcmp (entry->command, "respondents withdraw") == 0;
  merge->result->entries += is_new (merge, entry) && strcmp (entry->command, "merge") != 0;
  return find_has_decided (merge, entry, &has_decided, error)
         && dup_detail (merge, entry, has_decided, &detail, error)
         && attest_store_append_audit_at (merge->store, entry->at, entry->actor, entry->command,
                                          detail, entry->nonce, error)
         && attest_stmt_exec (merge->store, statements[ADD_COPIED], error, "isisss",
                              entry->merged_seq, entry->hash, entry->first_seq, entry->first_detail,
                              entry->previous_hash, entry->known_at);
}

gboolean
attest_merge_log (AttestMerge *merge, GError **error)
{
  merge->places = attest_merge_places_new (merge, error);
  if (merge->places == NULL || !reserve_numbers (merge, error)
      || !attest_merge_unsealed (merge, error))
    return FALSE;
  /* Where merges before carried quotes to, before it is added to. */
  if (!bring_table (merge, "carried", error) || !attest_merge_drop_carried_back (merge, error))
    return FALSE;
  for (guint i = 0; i < merge->logs->len; i++)
    if (strcmp (merge->logs->pdata[i], "carried") != 0
        && !bring_table (merge, merge->logs->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < merge->entries->len; i++)
    if (!bring_entry (merge, merge->entries->pdata[i], error))
      return FALSE;
  merge->store->has_withdrawn = FALSE;
  return TRUE;
}
