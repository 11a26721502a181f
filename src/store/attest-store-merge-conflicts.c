/* What people said of the same in copies that did not know of each other: the last counts, and both
 * are in the log; here it is found where they differ.
 */
#include "store/attest-store-merge-withdrawals-private.h"

#include <string.h>

enum
{
  LIST_RATINGS,
  LIST_FIELDS,
  LIST_STANCES,
  LIST_ATTRIBUTES,
  LIST_SPEAKERS,
  LIST_PROJECT,
  N_STATEMENTS
};

/* Columns: criterion or entry, what of it, the value, the audit entry. In force, the last last. */
static const char *const statements[N_STATEMENTS] = {
  [LIST_RATINGS] = "SELECT criterion, '', level, seq FROM rating"
                   " WHERE seq NOT IN (SELECT seq FROM taken_back) ORDER BY id",
  [LIST_FIELDS] = "SELECT entry_id, field, value, seq FROM entry_value"
                  " WHERE seq NOT IN (SELECT seq FROM taken_back) ORDER BY id",
  [LIST_STANCES]
  = "SELECT l.entry_id, ifnull (l.quote_key, 'entry ' || l.target_id), l.stance, l.seq"
    " FROM entry_link l JOIN audit a ON a.seq = l.seq AND a.command NOT LIKE 'update %'"
    " WHERE l.seq NOT IN (SELECT seq FROM taken_back) ORDER BY l.id",
  [LIST_ATTRIBUTES] = "SELECT respondent, name, value, seq FROM respondent_said ORDER BY id",
  [LIST_SPEAKERS] = "SELECT source_id, speaker, respondent, seq FROM speaker_said ORDER BY id",
  [LIST_PROJECT] = "SELECT key, lang, value, seq FROM project_value"
                   " WHERE seq NOT IN (SELECT seq FROM taken_back) ORDER BY id",
};

static const struct
{
  const char *type;
  const char *table; /* whose id the first column is; NULL: a name */
  const char *verb;
} kinds[N_STATEMENTS] = {
  [LIST_RATINGS] = { "rating", NULL, "is rated" },
  [LIST_FIELDS] = { "field", "entry", "says" },
  [LIST_STANCES] = { "link", "entry", "has a quote that it takes as" },
  [LIST_ATTRIBUTES] = { "attribute", NULL, "is" },
  [LIST_SPEAKERS] = { "speaker", "source", "is" },
  [LIST_PROJECT] = { "project", NULL, "is" },
};

/* What a copy says last of something. */
typedef struct
{
  AttestMergeCopy *copy;         /* borrowed */
  const AttestMergeEntry *entry; /* borrowed */
  char *value;                   /* NULL: it is removed */
} Said;

static void
free_said (gpointer item)
{
  g_free (((Said *)item)->value);
  g_free (item);
}

/* Where a quote stands now: one copy may speak of it in a corrected text, and one in that before.
 */
static gint64
find_place (AttestMerge *merge, const char *key)
{
  gint64 quote_key = g_ascii_strtoll (key, NULL, 10), place;
  AttestAnchor how;

  return attest_merge_find_place (merge, quote_key, &place, &how, NULL) ? place : quote_key;
}

/* The name of a row that all copies share, "ID\nWHAT" with the id of here, or "NAME\nWHAT". */
static char *
dup_name (AttestMerge *merge, const AttestMergeCopy *copy, int statement, AttestStmt stmt)
{
  const char *table = kinds[statement].table;
  const char *what = attest_stmt_text (stmt, 1);

  /* What is said of who withdrew is not told either. */
  if ((statement == LIST_ATTRIBUTES
       && attest_merge_is_hidden_respondent (merge, copy, attest_stmt_text (stmt, 0)))
      || (statement == LIST_SPEAKERS
          && (attest_merge_is_hidden_respondent (merge, copy, attest_stmt_text (stmt, 2))
              || attest_merge_is_hidden_speaker (merge, copy, sqlite3_column_int64 (stmt, 0),
                                                 what))))
    return NULL;

  /* Links to other entries: their ids differ in each copy, and stances of them do not conflict. */
  if (statement == LIST_STANCES && g_str_has_prefix (what, "entry "))
    return NULL;
  if (statement == LIST_STANCES)
    return g_strdup_printf ("%" G_GINT64_FORMAT "\n%" G_GINT64_FORMAT,
                            attest_merge_find_id (copy, table, sqlite3_column_int64 (stmt, 0)),
                            find_place (merge, what));
  if (table == NULL)
    return g_strdup_printf ("%s\n%s", attest_stmt_text (stmt, 0), what);
  return g_strdup_printf ("%" G_GINT64_FORMAT "\n%s",
                          attest_merge_find_id (copy, table, sqlite3_column_int64 (stmt, 0)), what);
}

static GHashTable *
list_said (AttestMerge *merge, AttestMergeCopy *copy, int statement, GError **error)
{
  g_autoptr (GHashTable) said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_said);
  g_auto (AttestStmt) stmt = attest_stmt_query (copy->store, statements[statement], error, "");
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (copy->store, stmt, error)) > 0)
    {
      char *name = dup_name (merge, copy, statement, stmt);
      Said *last;

      if (name == NULL)
        continue;
      last = g_new0 (Said, 1);
      last->copy = copy;
      last->entry = attest_merge_copy_entry (copy, sqlite3_column_int64 (stmt, 3));
      last->value = attest_stmt_dup (stmt, 2);
      g_hash_table_insert (said, name, last);
    }
  return rc < 0 ? NULL : g_steal_pointer (&said);
}

/* "F1" of the id of an entry, the label of a source, or the name itself. */
static char *
dup_subject (AttestMerge *merge, int statement, const char *name)
{
  const char *table = kinds[statement].table;
  gint64 id = table == NULL ? 0 : g_ascii_strtoll (name, NULL, 10);
  AttestEntryKind kind;

  if (table == NULL)
    return g_strdup (name);
  g_auto (AttestStmt) stmt = attest_stmt_query (merge->store,
                                                strcmp (table, "entry") == 0
                                                    ? "SELECT kind, number FROM entry WHERE id = ?1"
                                                    : "SELECT label, 0 FROM source WHERE id = ?1",
                                                NULL, "i", id);
  if (stmt == NULL || attest_stmt_step (merge->store, stmt, NULL) <= 0)
    return g_strdup (name);
  if (!attest_entry_kind_from_string (attest_stmt_text (stmt, 0), &kind))
    return attest_stmt_dup (stmt, 0);
  return attest_entry_kind_dup_id (kind, sqlite3_column_int64 (stmt, 1));
}

static const char *
value_of (const Said *said)
{
  return said->value != NULL ? said->value : "nothing";
}

static void
tell (AttestMerge *merge, int statement, const char *name, const Said *kept, const Said *other)
{
  const char *newline = strchr (name, '\n');
  g_autofree char *key = g_strndup (name, (gsize)(newline - name));
  g_autofree char *subject = dup_subject (merge, statement, key);
  const char *what = statement == LIST_STANCES ? "" : newline + 1;

  attest_merge_conflict (
      merge, kinds[statement].type, subject, other->copy, kept->value, other->value,
      "%s%s%s %s '%s' in %s and '%s' in %s; kept '%s', which was said last", subject,
      *what != '\0' ? ", " : "", what, kinds[statement].verb, value_of (other), other->copy->name,
      value_of (kept), kept->copy->name, value_of (kept));
}

static void
compare (AttestMerge *merge, int statement, const char *name, const Said *a, const Said *b)
{
  if (g_strcmp0 (a->value, b->value) == 0 || a->entry == NULL || b->entry == NULL
      || g_hash_table_contains (b->copy->by_name, a->entry->name)
      || g_hash_table_contains (a->copy->by_name, b->entry->name))
    return;
  if (attest_merge_compare_entries (a->entry, b->entry) > 0)
    tell (merge, statement, name, a, b);
  else
    tell (merge, statement, name, b, a);
}

static void
compare_copies (AttestMerge *merge, int statement, GHashTable *a, GHashTable *b)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (a), (GCompareFunc)strcmp);

  for (GList *l = names; l != NULL; l = l->next)
    {
      const Said *other = g_hash_table_lookup (b, l->data);

      if (other != NULL)
        compare (merge, statement, l->data, g_hash_table_lookup (a, l->data), other);
    }
}

gboolean
attest_merge_list_differences (AttestMerge *merge, GError **error)
{
  for (int statement = 0; statement < N_STATEMENTS; statement++)
    {
      g_autoptr (GPtrArray) all
          = g_ptr_array_new_with_free_func ((GDestroyNotify)g_hash_table_unref);

      for (guint i = 0; i < merge->copies->len; i++)
        {
          GHashTable *said = list_said (merge, merge->copies->pdata[i], statement, error);

          if (said == NULL)
            return FALSE;
          for (guint k = 0; k < all->len; k++)
            compare_copies (merge, statement, all->pdata[k], said);
          g_ptr_array_add (all, said);
        }
    }
  return TRUE;
}
