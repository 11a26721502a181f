/* Rows about quotes: decisions, links of the ledger, pages. Where a copy took in a corrected
 * transcript, it copied those that were about quotes of the earlier one to where the words stand
 * now. Another copy did not know of that: its rows are brought as if they had been about the
 * corrected text. An update's copies of rows stand where the rows stand that they are copies of, so
 * that of several decisions the last that somebody took counts, and not the last that was carried.
 */
#include "store/attest-store-merge-withdrawals-private.h"

#include <string.h>

#include "util/attest-error.h"

/* A row on its way. */
typedef struct
{
  AttestMergeRow row;            /* borrowed fields */
  const AttestMergeEntry *entry; /* of the copy from which it is taken */
  gint64 place;                  /* where its quote stands now, or stood last */
  gint64 quote_key;              /* what it is about in the merged project */
  AttestAnchor how;
  gint64 rank;           /* merged_seq of the entry where it stands in the order */
  gboolean is_update;    /* a copy that an update made */
  gboolean is_withdrawn; /* what it is about was taken back */
  gint64 new_id;
} Item;

typedef struct
{
  AttestMerge *merge;
  const char *table;
  GPtrArray *lists;   /* of GArray of AttestMergeRow: of each copy */
  GArray *items;      /* of Item */
  GHashTable *groups; /* "PLACE FIELDS" → GArray of guint: items that say the same of the same */
} Quoting;

static void
quoting_clear (Quoting *quoting)
{
  g_ptr_array_unref (quoting->lists);
  g_array_unref (quoting->items);
  g_hash_table_unref (quoting->groups);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Quoting, quoting_clear)

static Item *
item_at (const Quoting *quoting, guint i)
{
  return &g_array_index (quoting->items, Item, i);
}

/* ---- what copies hold ---- */

static gboolean
is_update (const AttestMergeEntry *entry)
{
  return g_str_has_prefix (entry->command, "update ");
}

/* Removals by an update are of what it carried away from there. */
static gboolean
find_place (Quoting *quoting, const AttestMergeRow *row, const AttestMergeEntry *entry,
            gint64 *out_place, AttestAnchor *out_how, GError **error)
{
  *out_place = row->quote_key;
  *out_how = ATTEST_ANCHOR_DIFF;
  return row->quote_key == 0 || (row->removes && is_update (entry))
         || attest_merge_find_place (quoting->merge, row->quote_key, out_place, out_how, error);
}

static char *
dup_group (gint64 place, const char *fields)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %s", place, fields);
}

static void
add_to_group (Quoting *quoting, guint i)
{
  const Item *item = item_at (quoting, i);
  g_autofree char *name = dup_group (item->place, item->row.fields);
  GArray *group = g_hash_table_lookup (quoting->groups, name);

  if (group == NULL)
    {
      group = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (quoting->groups, g_steal_pointer (&name), group);
    }
  g_array_append_val (group, i);
}

/* Of each entry, as one copy has it. */
static gboolean
gather_copy (Quoting *quoting, AttestMergeCopy *copy, GError **error)
{
  GArray *rows = attest_merge_list_rows (quoting->merge, copy, quoting->table, error);

  if (rows == NULL)
    return FALSE;
  g_ptr_array_add (quoting->lists, rows);
  for (guint i = 0; i < rows->len; i++)
    {
      const AttestMergeRow *row = &g_array_index (rows, AttestMergeRow, i);
      const AttestMergeEntry *entry = attest_merge_copy_entry (copy, row->seq);
      Item item = { .row = *row };

      item.entry = entry != NULL ? g_hash_table_lookup (quoting->merge->merged, entry->name) : NULL;
      if (item.entry == NULL)
        return attest_throw (error, ATTEST_ERROR_STORE,
                             "%s: is damaged: a row of '%s' is of no entry of the audit log",
                             copy->name, quoting->table);
      if (item.entry->copy != copy)
        continue;
      if (!find_place (quoting, row, item.entry, &item.place, &item.how, error))
        return FALSE;
      item.quote_key = row->quote_key;
      item.rank = item.entry->merged_seq;
      item.is_update = is_update (item.entry) && !row->removes;
      g_array_append_val (quoting->items, item);
    }
  return TRUE;
}

static int
compare_by_entry (gconstpointer a, gconstpointer b)
{
  const Item *x = a, *y = b;

  if (x->entry->merged_seq != y->entry->merged_seq)
    return x->entry->merged_seq < y->entry->merged_seq ? -1 : 1;
  return x->row.id < y->row.id ? -1 : x->row.id > y->row.id;
}

static int
compare_by_rank (gconstpointer a, gconstpointer b)
{
  const Item *x = a, *y = b;

  if (x->rank != y->rank)
    return x->rank < y->rank ? -1 : 1;
  return x->is_update != y->is_update ? x->is_update - y->is_update : compare_by_entry (a, b);
}

/* ---- what counts ---- */

/* The last before the update that says the same of the same: what it copied. */
static void
rank_copies (Quoting *quoting, const GArray *group)
{
  gint64 rank = 0;

  for (guint i = 0; i < group->len; i++)
    {
      Item *item = item_at (quoting, g_array_index (group, guint, i));

      if (!item->is_update)
        rank = item->rank;
      else if (rank != 0)
        item->rank = rank;
    }
}

/* Each is about one quote in the end: what an update carried is not carried again, and when two did
 * it, only one of them. The other is about the quote before, where it does not count. */
static void
place_group (Quoting *quoting, const GArray *group)
{
  gboolean is_decision = strcmp (quoting->table, "decision") == 0;
  gboolean is_there = FALSE, has_copy = FALSE;

  for (guint i = 0; i < group->len; i++)
    {
      const Item *item = item_at (quoting, g_array_index (group, guint, i));

      has_copy = has_copy || item->is_update;
      is_there = is_there || (!item->is_update && item->quote_key == item->place);
    }
  for (guint i = 0; i < group->len; i++)
    {
      Item *item = item_at (quoting, g_array_index (group, guint, i));

      if (!item->is_update && !has_copy)
        item->quote_key = item->place;
      if (!item->is_update)
        continue;
      if (is_there && is_decision)
        {
          gint64 before = attest_merge_find_place_before (quoting->merge, item->row.quote_key,
                                                          item->entry->merged_seq);

          item->quote_key = before != 0 ? before : item->quote_key;
        }
      else
        item->quote_key = item->place;
      is_there = TRUE;
    }
}

static void
arrange (Quoting *quoting)
{
  GHashTableIter iter;
  gpointer group;

  g_array_sort (quoting->items, compare_by_entry);
  for (guint i = 0; i < quoting->items->len; i++)
    if (item_at (quoting, i)->row.quote_key != 0)
      add_to_group (quoting, i);
  g_hash_table_iter_init (&iter, quoting->groups);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    {
      rank_copies (quoting, group);
      place_group (quoting, group);
    }
  g_array_sort (quoting->items, compare_by_rank);
}

/* ---- bringing them ---- */

/* In the last version there is no such quote. */
static gboolean
is_lost (const Item *item)
{
  return item->how >= ATTEST_ANCHOR_AMBIGUOUS;
}

static gboolean
note_carried (Quoting *quoting, const Item *item, gint64 from, gint64 to, AttestAnchor how,
              GError **error)
{
  return attest_merge_was_carried (quoting->merge, from, to)
         || attest_stmt_exec (quoting->merge->store,
                              "INSERT OR IGNORE INTO carried (old_key, new_key, how, seq)"
                              " VALUES (?1, nullif (?2, 0), ?3, ?4)",
                              error, "iisi", from, to, attest_anchor_to_string (how),
                              item->entry->merged_seq);
}

/* What is lost was perhaps moved before, to a version that is not the last. */
static gboolean
note_moved (Quoting *quoting, const Item *item, GError **error)
{
  gboolean is_moved = item->quote_key == item->place && item->quote_key != item->row.quote_key;

  return (!is_moved
          || note_carried (quoting, item, item->row.quote_key, item->place,
                           is_lost (item) ? ATTEST_ANCHOR_DIFF : item->how, error))
         && (!is_lost (item) || note_carried (quoting, item, item->quote_key, 0, item->how, error));
}

/* Once for each quote. */
static gboolean
tell_lost (Quoting *quoting, const Item *item, GHashTable *told, GError **error)
{
  AttestMerge *merge = quoting->merge;
  gint64 key = item->row.quote_key;
  char id[ATTEST_QUOTE_ID_BYTES];
  gint64 chars = ATTEST_QUOTE_ID_CHARS;
  g_auto (AttestStmt) stmt = NULL;

  if (attest_merge_was_carried (merge, key, 0)
      || !g_hash_table_add (told, g_memdup2 (&key, sizeof key)))
    return TRUE;
  stmt = attest_stmt_query (merge->store,
                            "SELECT q.chars, s.label FROM quote q"
                            " JOIN version v ON v.id = q.version_id"
                            " JOIN source s ON s.id = v.source_id WHERE q.key = ?1",
                            error, "i", key);
  if (stmt == NULL || attest_stmt_step (merge->store, stmt, error) < 0)
    return FALSE;
  chars = sqlite3_column_int64 (stmt, 0);
  attest_quote_format_id (key, (guint)chars, id);
  attest_merge_conflict (
      merge, "lost", id, item->entry->copy, NULL, id,
      "%s judged quote %s of '%s', which another copy has corrected: its words are not there any "
      "more, or in several places; 'attest trace %s' shows them, judge what stands there now",
      item->entry->copy->name, id, attest_stmt_text (stmt, 1), id);
  return TRUE;
}

static gboolean
bring (Quoting *quoting, Item *item, GError **error)
{
  const AttestMergeValue values[] = { { "quote_key", item->quote_key, NULL },
                                      { item->is_withdrawn ? "note" : NULL, 0, NULL, TRUE },
                                      { NULL, 0, NULL } };
  g_autoptr (GArray) new_ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!attest_merge_copy_rows (quoting->merge, item->entry->copy, quoting->table, "id",
                               item->row.id, item->quote_key != 0 ? values : NULL, new_ids, error))
    return FALSE;
  item->new_id = g_array_index (new_ids, gint64, 0);
  return TRUE;
}

static gboolean
bring_all (Quoting *quoting, GArray *n_by_entry, GError **error)
{
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < quoting->items->len; i++)
    {
      Item *item = item_at (quoting, i);
      gboolean is_left_out;

      if (!attest_merge_is_withdrawn_quote (quoting->merge, item->quote_key, &item->is_withdrawn,
                                            error))
        return FALSE;
      is_left_out = item->is_withdrawn && strcmp (quoting->table, "decision") == 0;
      quoting->merge->result->withdrawn_decisions += is_left_out;
      if (is_left_out)
        continue;
      if (!bring (quoting, item, error))
        return FALSE;
      g_array_index (n_by_entry, gint64, item->entry->merged_seq - 1)++;
      if (item->row.quote_key != 0
          && ((is_lost (item) && !tell_lost (quoting, item, told, error))
              || !note_moved (quoting, item, error)))
        return FALSE;
    }
  return TRUE;
}

/* ---- what other copies call them ---- */

/* Of one entry, those that say the same of the same are alike; their order in each copy holds. */
static GHashTable *
index_by_meaning (const Quoting *quoting)
{
  GHashTable *index
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_queue_free);

  for (guint i = 0; i < quoting->items->len; i++)
    {
      Item *item = item_at (quoting, i);
      g_autofree char *group = NULL;
      char *name;
      GQueue *same;

      if (item->new_id == 0)
        continue;
      group = dup_group (item->place, item->row.fields);
      name = g_strdup_printf ("%" G_GINT64_FORMAT " %s", item->entry->merged_seq, group);
      same = g_hash_table_lookup (index, name);
      if (same == NULL)
        {
          same = g_queue_new ();
          g_hash_table_insert (index, name, same);
        }
      else
        g_free (name);
      g_queue_push_tail (same, &item->new_id);
    }
  return index;
}

static gboolean
throw_differently (const Quoting *quoting, const AttestMergeCopy *copy,
                   const AttestMergeEntry *entry, GError **error)
{
  return attest_throw (error, ATTEST_ERROR_STORE,
                       "%s and %s tell differently what entry %.12s… of the audit log did; 'attest "
                       "verify' says which is damaged, and nothing was merged",
                       entry->copy->name, copy->name, entry->hash);
}

static gboolean
map_copy (Quoting *quoting, AttestMergeCopy *copy, const GArray *rows, GError **error)
{
  g_autoptr (GHashTable) index = index_by_meaning (quoting);

  for (guint i = 0; i < rows->len; i++)
    {
      const AttestMergeRow *row = &g_array_index (rows, AttestMergeRow, i);
      const AttestMergeEntry *entry = attest_merge_copy_entry (copy, row->seq);
      gint64 place;
      AttestAnchor how;
      g_autofree char *group = NULL;
      g_autofree char *name = NULL;
      GQueue *same;

      entry = g_hash_table_lookup (quoting->merge->merged, entry->name);
      if (entry->copy == copy)
        continue;
      if (!find_place (quoting, row, entry, &place, &how, error))
        return FALSE;
      group = dup_group (place, row->fields);
      name = g_strdup_printf ("%" G_GINT64_FORMAT " %s", entry->merged_seq, group);
      same = g_hash_table_lookup (index, name);
      /* Of who withdrew, not all copies have the same. */
      if ((same == NULL || g_queue_is_empty (same)) && quoting->merge->withdrawals != NULL)
        continue;
      if (same == NULL || g_queue_is_empty (same))
        return throw_differently (quoting, copy, entry, error);
      attest_merge_map_id (copy, quoting->table, row->id, *(gint64 *)g_queue_pop_head (same));
    }
  return TRUE;
}

gboolean
attest_merge_quoting (AttestMerge *merge, const char *table, GArray *n_by_entry, GError **error)
{
  g_auto (Quoting) quoting
      = { .merge = merge,
          .table = table,
          .lists = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref),
          .items = g_array_new (FALSE, FALSE, sizeof (Item)),
          .groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify)g_array_unref) };

  for (guint i = 0; i < merge->copies->len; i++)
    if (!gather_copy (&quoting, merge->copies->pdata[i], error))
      return FALSE;
  arrange (&quoting);
  if (!bring_all (&quoting, n_by_entry, error))
    return FALSE;
  for (guint i = 0; i < merge->copies->len; i++)
    if (!map_copy (&quoting, merge->copies->pdata[i], quoting.lists->pdata[i], error))
      return FALSE;
  return TRUE;
}
