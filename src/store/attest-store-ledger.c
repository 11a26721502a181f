/* The ledger as it holds: entries with their fields and links, and ratings. */
#include "store/attest-store-ledger.h"
#include "store/attest-store-private.h"

#include <string.h>

#include "util/attest-error.h"

enum
{
  LIST_ENTRIES,
  LIST_VALUES,
  LIST_LINKS,
  LIST_RATINGS,
  N_STATEMENTS
};

/* What a command added that was taken back does not count. The entry of the audit log comes last: a
 * command sees what it added itself, without time and name. */
#define HOLDS(row) row ".seq NOT IN (SELECT seq FROM taken_back)"

static const char *const statements[N_STATEMENTS] = {
  [LIST_ENTRIES]
  = "SELECT e.id, e.kind, e.number, a.at, a.actor FROM entry e"
    " LEFT JOIN audit a ON a.seq = e.seq WHERE " HOLDS ("e") " ORDER BY e.number, e.id",
  [LIST_VALUES] = "SELECT w.entry_id, w.field, w.value, a.at, a.actor FROM entry_value w"
                  " LEFT JOIN audit a ON a.seq = w.seq WHERE " HOLDS ("w") " ORDER BY w.id",
  [LIST_LINKS]
  = "SELECT l.entry_id, l.quote_key, q.chars, l.target_id, l.stance, l.note, a.at, a.actor"
    " FROM entry_link l LEFT JOIN audit a ON a.seq = l.seq LEFT JOIN quote q ON q.key = l.quote_key"
    " WHERE l.stance IS NOT NULL AND l.id = (SELECT max (m.id) FROM entry_link m"
    "   WHERE m.entry_id = l.entry_id AND m.quote_key IS l.quote_key"
    "   AND m.target_id IS l.target_id AND " HOLDS ("m") ") ORDER BY l.id",
  [LIST_RATINGS] = "SELECT r.criterion, r.level, s.name, r.label, ifnull (r.position, -1),"
                   " r.because, a.at, a.actor FROM rating r JOIN scale s ON s.id = r.scale_id"
                   " LEFT JOIN audit a ON a.seq = r.seq WHERE (?1 IS NULL OR r.criterion = ?1)"
                   " AND " HOLDS ("r") " ORDER BY r.id",
};

/* ---- names ---- */

typedef enum
{
  RESTS_ON_QUOTES = 1 << 0,
  RESTS_ON_FINDINGS = 1 << 1,
  RESTS_ON_CONCLUSIONS = 1 << 2,
} Bases;

static const struct
{
  const char *name;
  char prefix;
  Bases bases;
  const char *bases_in_words;
} kinds[ATTEST_N_ENTRY_KINDS] = {
  [ATTEST_ENTRY_FINDING]
  = { "finding", 'F', RESTS_ON_QUOTES | RESTS_ON_FINDINGS, "quotes and findings" },
  [ATTEST_ENTRY_CONCLUSION]
  = { "conclusion", 'C', RESTS_ON_FINDINGS | RESTS_ON_CONCLUSIONS, "findings and conclusions" },
  [ATTEST_ENTRY_RECOMMENDATION]
  = { "recommendation", 'R', RESTS_ON_FINDINGS | RESTS_ON_CONCLUSIONS, "conclusions and findings" },
  [ATTEST_ENTRY_LESSON]
  = { "lesson", 'L', RESTS_ON_QUOTES | RESTS_ON_FINDINGS | RESTS_ON_CONCLUSIONS,
      "quotes, findings and conclusions" },
  [ATTEST_ENTRY_PRACTICE]
  = { "practice", 'G', RESTS_ON_QUOTES | RESTS_ON_FINDINGS | RESTS_ON_CONCLUSIONS,
      "quotes, findings and conclusions" },
};

static const char *const field_names[ATTEST_N_ENTRY_FIELDS]
    = { "text", "criterion", "addressee", "priority", "time_frame", "resources", "withdrawn" };
static const char *const stance_names[ATTEST_N_STANCES] = { "supports", "contradicts", "context" };

const char *
attest_entry_kind_to_string (AttestEntryKind kind)
{
  return kinds[kind].name;
}

gboolean
attest_entry_kind_from_string (const char *name, AttestEntryKind *out_kind)
{
  for (guint i = 0; i < ATTEST_N_ENTRY_KINDS; i++)
    if (g_strcmp0 (kinds[i].name, name) == 0)
      {
        *out_kind = (AttestEntryKind)i;
        return TRUE;
      }
  return FALSE;
}

gboolean
attest_entry_kind_takes_quotes (AttestEntryKind kind)
{
  return (kinds[kind].bases & RESTS_ON_QUOTES) != 0;
}

gboolean
attest_entry_kind_takes (AttestEntryKind kind, AttestEntryKind base)
{
  return (base == ATTEST_ENTRY_FINDING && (kinds[kind].bases & RESTS_ON_FINDINGS) != 0)
         || (base == ATTEST_ENTRY_CONCLUSION && (kinds[kind].bases & RESTS_ON_CONCLUSIONS) != 0);
}

const char *
attest_entry_kind_get_bases (AttestEntryKind kind)
{
  return kinds[kind].bases_in_words;
}

char *
attest_entry_kind_dup_id (AttestEntryKind kind, gint64 number)
{
  return g_strdup_printf ("%c%" G_GINT64_FORMAT, kinds[kind].prefix, number);
}

const char *
attest_entry_field_to_string (AttestEntryField field)
{
  return field_names[field];
}

const char *
attest_stance_to_string (AttestStance stance)
{
  return stance_names[stance];
}

static gboolean
find_name (const char *const *names, guint n_names, const char *name, guint *out_i)
{
  for (guint i = 0; i < n_names; i++)
    if (g_strcmp0 (names[i], name) == 0)
      {
        *out_i = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
attest_stance_from_string (const char *name, AttestStance *out_stance)
{
  guint i;

  if (!find_name (stance_names, ATTEST_N_STANCES, name, &i))
    return FALSE;
  *out_stance = (AttestStance)i;
  return TRUE;
}

/* ---- freeing ---- */

static void
clear_link (gpointer item)
{
  AttestLedgerLink *link = item;

  g_free (link->id);
  g_free (link->note);
  g_free (link->at);
  g_free (link->by);
}

static void
free_entry (gpointer item)
{
  AttestLedgerEntry *entry = item;

  for (guint i = 0; i < ATTEST_N_ENTRY_FIELDS; i++)
    g_free (entry->fields[i]);
  g_free (entry->id);
  g_free (entry->at);
  g_free (entry->by);
  g_array_unref (entry->links);
  g_ptr_array_unref (entry->used_by);
  g_free (entry);
}

static void
free_rating (gpointer item)
{
  AttestRating *rating = item;

  g_free (rating->criterion);
  g_free (rating->level);
  g_free (rating->scale);
  g_free (rating->label);
  g_free (rating->because);
  g_free (rating->at);
  g_free (rating->by);
  g_free (rating);
}

void
attest_ledger_free (AttestLedger *ledger)
{
  if (ledger == NULL)
    return;
  g_ptr_array_unref (ledger->entries);
  g_hash_table_unref (ledger->by_id);
  g_clear_pointer (&ledger->ratings, g_ptr_array_unref);
  g_free (ledger);
}

/* ---- loading ---- */

AttestLedgerEntry *
attest_ledger_add (AttestLedger *ledger, gint64 key, AttestEntryKind kind, gint64 number)
{
  AttestLedgerEntry *entry = g_new0 (AttestLedgerEntry, 1);

  entry->links = g_array_new (FALSE, FALSE, sizeof (AttestLedgerLink));
  g_array_set_clear_func (entry->links, clear_link);
  entry->used_by = g_ptr_array_new ();
  entry->key = key;
  entry->kind = kind;
  entry->id = attest_entry_kind_dup_id (kind, number);
  g_ptr_array_add (ledger->entries, entry);
  g_hash_table_insert (ledger->by_id, entry->id, entry);
  return entry;
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const AttestLedgerEntry *x = *(const AttestLedgerEntry *const *)a;
  const AttestLedgerEntry *y = *(const AttestLedgerEntry *const *)b;

  return (int)x->kind - (int)y->kind;
}

/* By key, in @by_key. They come by number, and the sort is stable. */
static gboolean
load_entries (AttestStore *store, AttestLedger *ledger, GHashTable *by_key, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_ENTRIES], error, "");
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      AttestEntryKind kind = ATTEST_ENTRY_FINDING;
      AttestLedgerEntry *entry;

      attest_entry_kind_from_string (attest_stmt_text (stmt, 1), &kind);
      entry = attest_ledger_add (ledger, sqlite3_column_int64 (stmt, 0), kind,
                                 sqlite3_column_int64 (stmt, 2));
      entry->at = attest_stmt_dup (stmt, 3);
      entry->by = attest_stmt_dup (stmt, 4);
      g_hash_table_insert (by_key, &entry->key, entry);
    }
  g_ptr_array_sort (ledger->entries, compare_entries);
  return rc == 0;
}

static AttestLedgerEntry *
lookup (GHashTable *by_key, AttestStmt stmt, int column)
{
  gint64 key = sqlite3_column_int64 (stmt, column);

  return sqlite3_column_type (stmt, column) == SQLITE_NULL ? NULL
                                                           : g_hash_table_lookup (by_key, &key);
}

static void
replace (char **where, AttestStmt stmt, int column)
{
  g_free (*where);
  *where = attest_stmt_dup (stmt, column);
}

/* Later ones replace earlier ones. */
static gboolean
load_values (AttestStore *store, GHashTable *by_key, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_VALUES], error, "");
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      AttestLedgerEntry *entry = lookup (by_key, stmt, 0);
      guint field;

      if (entry == NULL
          || !find_name (field_names, ATTEST_N_ENTRY_FIELDS, attest_stmt_text (stmt, 1), &field))
        continue;
      replace (&entry->fields[field], stmt, 2);
      replace (&entry->at, stmt, 3);
      replace (&entry->by, stmt, 4);
    }
  return rc == 0;
}

static gboolean
load_links (AttestStore *store, GHashTable *by_key, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_LINKS], error, "");
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      AttestLedgerEntry *entry = lookup (by_key, stmt, 0);
      AttestLedgerEntry *target = lookup (by_key, stmt, 3);
      gboolean is_quote = sqlite3_column_type (stmt, 3) == SQLITE_NULL;
      AttestLedgerLink link = { .entry = target };
      char id[ATTEST_QUOTE_ID_BYTES];

      /* One of them was taken back. */
      if (entry == NULL || (target == NULL && !is_quote))
        continue;
      link.quote_key = sqlite3_column_int64 (stmt, 1);
      if (is_quote)
        attest_quote_format_id (link.quote_key, (guint)sqlite3_column_int64 (stmt, 2), id);
      link.id = g_strdup (is_quote ? id : target->id);
      attest_stance_from_string (attest_stmt_text (stmt, 4), &link.stance);
      link.note = attest_stmt_dup (stmt, 5);
      link.at = attest_stmt_dup (stmt, 6);
      link.by = attest_stmt_dup (stmt, 7);
      g_array_append_val (entry->links, link);
      if (target != NULL)
        g_ptr_array_add (target->used_by, entry);
    }
  return rc == 0;
}

GPtrArray *
attest_store_list_ratings (AttestStore *store, const char *criterion, GError **error)
{
  g_autoptr (GPtrArray) ratings = g_ptr_array_new_with_free_func (free_rating);
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[LIST_RATINGS], error, "s", criterion);
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      AttestRating *rating = g_new0 (AttestRating, 1);

      rating->criterion = attest_stmt_dup (stmt, 0);
      rating->level = attest_stmt_dup (stmt, 1);
      rating->scale = attest_stmt_dup (stmt, 2);
      rating->label = attest_stmt_dup (stmt, 3);
      rating->position = sqlite3_column_double (stmt, 4);
      rating->because = attest_stmt_dup (stmt, 5);
      rating->at = attest_stmt_dup (stmt, 6);
      rating->by = attest_stmt_dup (stmt, 7);
      g_ptr_array_add (ratings, rating);
    }
  return rc < 0 ? NULL : g_steal_pointer (&ratings);
}

static int
compare_ratings (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const AttestRating *const *)a)->criterion,
                 (*(const AttestRating *const *)b)->criterion);
}

/* The last of each criterion. */
static gboolean
load_ratings (AttestStore *store, AttestLedger *ledger, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  ledger->ratings = attest_store_list_ratings (store, NULL, error);
  if (ledger->ratings == NULL)
    return FALSE;
  for (guint i = ledger->ratings->len; i-- > 0;)
    {
      AttestRating *rating = g_ptr_array_index (ledger->ratings, i);

      if (g_hash_table_contains (seen, rating->criterion))
        g_ptr_array_remove_index (ledger->ratings, i);
      else
        g_hash_table_add (seen, rating->criterion);
    }
  g_ptr_array_sort (ledger->ratings, compare_ratings);
  return TRUE;
}

AttestLedger *
attest_store_load_ledger (AttestStore *store, GError **error)
{
  AttestLedger *ledger = g_new0 (AttestLedger, 1);
  g_autoptr (GHashTable) by_key = g_hash_table_new (g_int64_hash, g_int64_equal);

  ledger->entries = g_ptr_array_new_with_free_func (free_entry);
  ledger->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  if (load_ratings (store, ledger, error) && load_entries (store, ledger, by_key, error)
      && load_values (store, by_key, error) && load_links (store, by_key, error))
    return ledger;
  attest_ledger_free (ledger);
  return NULL;
}

/* ---- looking up ---- */

AttestLedgerEntry *
attest_ledger_find (const AttestLedger *ledger, const char *id)
{
  g_autofree char *upper = g_ascii_strup (id, -1);

  return g_hash_table_lookup (ledger->by_id, upper);
}

const AttestRating *
attest_ledger_find_rating (const AttestLedger *ledger, const char *criterion)
{
  for (guint i = 0; i < ledger->ratings->len; i++)
    {
      const AttestRating *rating = g_ptr_array_index (ledger->ratings, i);

      if (strcmp (rating->criterion, criterion) == 0)
        return rating;
    }
  return NULL;
}

/* Nothing is visited twice: a file that somebody changed may have circles. */
gboolean
attest_ledger_rests_on (const AttestLedgerEntry *entry, const AttestLedgerEntry *base)
{
  g_autoptr (GPtrArray) queue = g_ptr_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  g_ptr_array_add (queue, (gpointer)entry);
  for (guint i = 0; i < queue->len; i++)
    {
      const AttestLedgerEntry *at = g_ptr_array_index (queue, i);

      if (at == base)
        return TRUE;
      for (guint k = 0; k < at->links->len; k++)
        {
          AttestLedgerEntry *next = g_array_index (at->links, AttestLedgerLink, k).entry;

          if (next != NULL && g_hash_table_add (seen, next))
            g_ptr_array_add (queue, next);
        }
    }
  return FALSE;
}

GPtrArray *
attest_ledger_entry_list_links (const AttestLedgerEntry *entry, AttestStance stance)
{
  GPtrArray *ids = g_ptr_array_new ();

  for (guint i = 0; i < entry->links->len; i++)
    {
      const AttestLedgerLink *link = &g_array_index (entry->links, AttestLedgerLink, i);

      if (link->stance == stance)
        g_ptr_array_add (ids, link->id);
    }
  g_ptr_array_add (ids, NULL);
  return ids;
}

gboolean
attest_ledger_entry_bears (const AttestLedgerEntry *entry, const char *criterion)
{
  return entry->kind == ATTEST_ENTRY_FINDING && !attest_ledger_entry_is_withdrawn (entry)
         && g_strcmp0 (entry->fields[ATTEST_FIELD_CRITERION], criterion) == 0;
}
