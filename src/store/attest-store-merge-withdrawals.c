/* Withdrawals: what a respondent took back in one copy is gone from the merged project, also what
 * other copies hold of it. Found before anything is written, so that the words are never in the
 * file.
 *
 * Copies that knew of the withdrawal say which spans of which texts are gone. Who speaks there in a
 * copy that did not know is who withdrew, with all that he says in that copy.
 */
#include "store/attest-store-merge-withdrawals-private.h"

#include <string.h>

#include "util/attest-error.h"

enum
{
  LIST_WITHDRAWALS,
  LIST_SPANS,
  FIND_VERSION,
  FIND_SPEAKER,
  LIST_LAST,
  LIST_VOICES,
  LIST_TURNS,
  LIST_EARLIER,
  GET_LABEL,
  LIST_MAPPED,
  N_STATEMENTS
};

static const char *const statements[N_STATEMENTS] = {
  [LIST_WITHDRAWALS]
  = "SELECT DISTINCT a.seq, w.label, w.at, w.because FROM audit a"
    " LEFT JOIN withdrawal w ON w.seq = a.seq"
    " WHERE a.seq IN (SELECT seq FROM withdrawal UNION"
    "   SELECT seq FROM withdrawal_span UNION SELECT seq FROM withdrawal_version)"
    " ORDER BY a.seq",
  /* Of a text that was corrected later, all went: nobody knew any more who said what in it. */
  [LIST_SPANS] = "SELECT v.original_sha256, w.start_byte, w.end_byte, EXISTS (SELECT 1"
                 "   FROM version l WHERE l.source_id = v.source_id AND l.number > v.number)"
                 " FROM withdrawal_span w JOIN version v ON v.id = w.version_id WHERE w.seq = ?1"
                 " ORDER BY w.id",
  [FIND_VERSION] = "SELECT id FROM version WHERE original_sha256 = ?1",
  [FIND_SPEAKER] = "SELECT p.respondent_id, p.number FROM turn t JOIN speaker p"
                   " ON p.version_id = t.version_id AND p.number = t.speaker"
                   " WHERE t.version_id = ?1 AND t.start_byte < ?3 AND t.end_byte > ?2"
                   " AND p.role_reason IS NOT 'withdrew'",
  /* The last version of the source of one, and whether it is the one. */
  [LIST_LAST] = "SELECT w.original_sha256, s.label FROM version v"
                " JOIN version w ON w.source_id = v.source_id JOIN source s ON s.id = v.source_id"
                " WHERE v.original_sha256 = ?1 ORDER BY w.number DESC LIMIT 1",
  [LIST_VOICES] = "SELECT DISTINCT p.version_id, p.number, v.original_sha256, v.source_id"
                  " FROM speaker p JOIN version v ON v.id = p.version_id"
                  " WHERE p.respondent_id = ?1",
  [LIST_TURNS] = "SELECT start_byte, end_byte FROM turn WHERE version_id = ?1 AND speaker = ?2"
                 " AND start_byte < end_byte",
  [LIST_EARLIER] = "SELECT v.original_sha256, length (CAST (ifnull (c.text, c.original) AS BLOB))"
                   " FROM version v JOIN version_content c ON c.version_id = v.id"
                   " WHERE v.source_id = ?1 AND v.number <"
                   "   (SELECT max (number) FROM version WHERE source_id = ?1)",
  [GET_LABEL] = "SELECT label FROM respondent WHERE id = ?1",
  [LIST_MAPPED] = "SELECT source_id, speaker FROM respondent_speaker WHERE respondent_id = ?1",
};

/* ---- memory ---- */

static void
free_withdrawn (gpointer item)
{
  AttestMergeWithdrawn *withdrawn = item;

  g_free (withdrawn->label);
  g_free (withdrawn->at);
  g_free (withdrawn->because);
  g_ptr_array_unref (withdrawn->spans);
  g_hash_table_unref (withdrawn->seen);
  g_free (withdrawn);
}

static void
free_span (gpointer item)
{
  g_free (((AttestMergeSpan *)item)->sha256);
  g_free (item);
}

void
attest_merge_withdrawals_free (AttestMergeWithdrawals *withdrawals)
{
  if (withdrawals == NULL)
    return;
  g_ptr_array_unref (withdrawals->all);
  g_hash_table_unref (withdrawals->struck);
  g_hash_table_unref (withdrawals->hidden);
  g_hash_table_unref (withdrawals->unaware);
  g_free (withdrawals);
}

/* TRUE: it is new. */
static gboolean
add_span (AttestMergeWithdrawals *withdrawals, AttestMergeWithdrawn *withdrawn, const char *sha256,
          gint64 start_byte, gint64 end_byte, gboolean is_whole)
{
  AttestMergeSpan *span;
  GPtrArray *of_text;
  char *name
      = g_strdup_printf ("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, sha256, start_byte, end_byte);

  if (!g_hash_table_add (withdrawn->seen, name))
    return FALSE;
  span = g_new0 (AttestMergeSpan, 1);
  span->sha256 = g_strdup (sha256);
  span->start_byte = start_byte;
  span->end_byte = end_byte;
  span->is_whole = is_whole;
  g_ptr_array_add (withdrawn->spans, span);
  of_text = g_hash_table_lookup (withdrawals->struck, sha256);
  if (of_text == NULL)
    {
      of_text = g_ptr_array_new ();
      g_hash_table_insert (withdrawals->struck, g_strdup (sha256), of_text);
    }
  g_ptr_array_add (of_text, span);
  return TRUE;
}

/* ---- what copies know ---- */

static AttestMergeWithdrawn *
intern (AttestMergeWithdrawals *withdrawals, const AttestMergeEntry *entry)
{
  AttestMergeWithdrawn *withdrawn;

  for (guint i = 0; i < withdrawals->all->len; i++)
    {
      withdrawn = withdrawals->all->pdata[i];
      if (withdrawn->entry == entry)
        return withdrawn;
    }
  withdrawn = g_new0 (AttestMergeWithdrawn, 1);
  withdrawn->entry = entry;
  withdrawn->spans = g_ptr_array_new_with_free_func (free_span);
  withdrawn->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_ptr_array_add (withdrawals->all, withdrawn);
  return withdrawn;
}

static gboolean
load_spans (AttestMergeWithdrawals *withdrawals, AttestMergeWithdrawn *withdrawn,
            const AttestMergeCopy *copy, gint64 seq, GError **error)
{
  g_auto (AttestStmt) stmt
      = attest_stmt_query (copy->store, statements[LIST_SPANS], error, "i", seq);
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (copy->store, stmt, error)) > 0)
    add_span (withdrawals, withdrawn, attest_stmt_text (stmt, 0), sqlite3_column_int64 (stmt, 1),
              sqlite3_column_int64 (stmt, 2), sqlite3_column_int (stmt, 3) != 0);
  return rc == 0;
}

static gboolean
load_copy (AttestMerge *merge, AttestMergeWithdrawals *withdrawals, AttestMergeCopy *copy,
           GError **error)
{
  g_auto (AttestStmt) stmt
      = attest_stmt_query (copy->store, statements[LIST_WITHDRAWALS], error, "");
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (copy->store, stmt, error)) > 0)
    {
      gint64 seq = sqlite3_column_int64 (stmt, 0);
      const AttestMergeEntry *entry = attest_merge_copy_entry (copy, seq);
      AttestMergeWithdrawn *withdrawn;

      if (entry == NULL)
        continue;
      withdrawn = intern (withdrawals, g_hash_table_lookup (merge->merged, entry->name));
      /* What the project had keeps its id, and comes first. */
      if (withdrawn->label == NULL && sqlite3_column_type (stmt, 1) != SQLITE_NULL)
        {
          withdrawn->label = attest_stmt_dup (stmt, 1);
          withdrawn->at = attest_stmt_dup (stmt, 2);
          withdrawn->because = attest_stmt_dup (stmt, 3);
          withdrawn->is_of_target = copy->is_target;
        }
      if (!load_spans (withdrawals, withdrawn, copy, seq, error))
        return FALSE;
    }
  return rc == 0;
}

/* ---- who it is in copies that do not know ---- */

static char *
dup_hidden (const AttestMergeCopy *copy, const char *what, gint64 id, const char *label)
{
  return g_strdup_printf ("%p %s %" G_GINT64_FORMAT " %s", (const void *)copy, what, id, label);
}

static gboolean
hide (AttestMergeWithdrawals *withdrawals, const AttestMergeCopy *copy, const char *what, gint64 id,
      const char *label)
{
  return g_hash_table_add (withdrawals->hidden, dup_hidden (copy, what, id, label));
}

static gboolean
add_earlier (AttestMergeWithdrawals *withdrawals, AttestMergeWithdrawn *withdrawn,
             const AttestMergeCopy *copy, gint64 source_id, gboolean *out_grew, GError **error)
{
  g_auto (AttestStmt) stmt
      = attest_stmt_query (copy->store, statements[LIST_EARLIER], error, "i", source_id);
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (copy->store, stmt, error)) > 0)
    if (sqlite3_column_int64 (stmt, 1) > 0
        && add_span (withdrawals, withdrawn, attest_stmt_text (stmt, 0), 0,
                     sqlite3_column_int64 (stmt, 1), TRUE))
      *out_grew = TRUE;
  return rc == 0;
}

static gboolean
add_turns (AttestMergeWithdrawals *withdrawals, AttestMergeWithdrawn *withdrawn,
           const AttestMergeCopy *copy, gint64 version_id, gint64 speaker, const char *sha256,
           gboolean *out_grew, GError **error)
{
  g_auto (AttestStmt) stmt
      = attest_stmt_query (copy->store, statements[LIST_TURNS], error, "ii", version_id, speaker);
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (copy->store, stmt, error)) > 0)
    if (add_span (withdrawals, withdrawn, sha256, sqlite3_column_int64 (stmt, 0),
                  sqlite3_column_int64 (stmt, 1), FALSE))
      *out_grew = TRUE;
  return rc == 0;
}

/* All that the respondent says in the copy, and what it calls him. */
static gboolean
add_person (AttestMergeWithdrawals *withdrawals, AttestMergeWithdrawn *withdrawn,
            const AttestMergeCopy *copy, gint64 respondent_id, gboolean *out_grew, GError **error)
{
  int rc;

  {
    g_auto (AttestStmt) stmt
        = attest_stmt_query (copy->store, statements[GET_LABEL], error, "i", respondent_id);

    if (stmt == NULL || attest_stmt_step (copy->store, stmt, error) < 0)
      return FALSE;
    *out_grew = hide (withdrawals, copy, "respondent", 0, attest_stmt_text (stmt, 0)) || *out_grew;
  }
  {
    g_auto (AttestStmt) stmt
        = attest_stmt_query (copy->store, statements[LIST_MAPPED], error, "i", respondent_id);

    if (stmt == NULL)
      return FALSE;
    while ((rc = attest_stmt_step (copy->store, stmt, error)) > 0)
      hide (withdrawals, copy, "speaker", sqlite3_column_int64 (stmt, 0),
            attest_stmt_text (stmt, 1));
    if (rc < 0)
      return FALSE;
  }
  g_auto (AttestStmt) stmt
      = attest_stmt_query (copy->store, statements[LIST_VOICES], error, "i", respondent_id);
  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (copy->store, stmt, error)) > 0)
    if (!add_turns (withdrawals, withdrawn, copy, sqlite3_column_int64 (stmt, 0),
                    sqlite3_column_int64 (stmt, 1), attest_stmt_text (stmt, 2), out_grew, error)
        || !add_earlier (withdrawals, withdrawn, copy, sqlite3_column_int64 (stmt, 3), out_grew,
                         error))
      return FALSE;
  return rc == 0;
}

/* (element-type gint64) the respondents of @copy who speak in a span. */
static GArray *
list_people (const AttestMergeCopy *copy, const AttestMergeSpan *span, GError **error)
{
  g_autoptr (GArray) people = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 version_id = 0;
  int rc;

  if (!attest_stmt_get_int (copy->store, statements[FIND_VERSION], &version_id, error, "s",
                            span->sha256))
    return NULL;
  if (version_id == 0 || span->is_whole)
    return g_steal_pointer (&people);
  g_auto (AttestStmt) stmt = attest_stmt_query (copy->store, statements[FIND_SPEAKER], error, "iii",
                                                version_id, span->start_byte, span->end_byte);
  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (copy->store, stmt, error)) > 0)
    {
      gint64 id = sqlite3_column_int64 (stmt, 0);

      if (id != 0)
        g_array_append_val (people, id);
    }
  return rc < 0 ? NULL : g_steal_pointer (&people);
}

/* The last text of a source that the copy has must be one in which is known what is his. */
static gboolean
check_last (const AttestMergeCopy *copy, const AttestMergeWithdrawn *withdrawn,
            const AttestMergeSpan *span, GError **error)
{
  g_auto (AttestStmt) stmt
      = attest_stmt_query (copy->store, statements[LIST_LAST], error, "s", span->sha256);
  int rc = stmt != NULL ? attest_stmt_step (copy->store, stmt, error) : -1;
  gboolean has_whole = FALSE, has_turns = FALSE;
  const char *id = withdrawn->label != NULL ? withdrawn->label : "withdrawn";

  if (rc <= 0)
    return rc == 0;
  for (guint i = 0; i < withdrawn->spans->len; i++)
    {
      const AttestMergeSpan *other = withdrawn->spans->pdata[i];

      if (strcmp (other->sha256, attest_stmt_text (stmt, 0)) != 0)
        continue;
      has_whole = has_whole || other->is_whole;
      has_turns = has_turns || !other->is_whole;
    }
  if (has_turns)
    return TRUE;
  if (has_whole)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "%s: somebody who speaks in '%s' withdrew in another copy (%s), which has "
                         "a corrected text of it: take that here, too, 'attest --project %s update "
                         "%s FILE', and merge again; nothing was merged",
                         copy->name, attest_stmt_text (stmt, 1), id, copy->name,
                         attest_stmt_text (stmt, 1));
  return attest_throw (
      error, ATTEST_ERROR_USAGE,
      "%s: somebody who speaks in '%s' withdrew in another copy (%s), and this one "
      "has a text of it that was corrected since, in which nobody can say who it "
      "is: leave this copy out ('attest --project %s review --export' keeps what "
      "was decided there); nothing was merged",
      copy->name, attest_stmt_text (stmt, 1), id, copy->name);
}

static gboolean
find_in_copy (AttestMergeWithdrawals *withdrawals, AttestMergeWithdrawn *withdrawn,
              AttestMergeCopy *copy, gboolean *out_grew, GError **error)
{
  /* What is found in the meantime is looked at in the next round. */
  guint n = withdrawn->spans->len;

  for (guint i = 0; i < n; i++)
    {
      const AttestMergeSpan *span = withdrawn->spans->pdata[i];
      g_autoptr (GArray) people = NULL;

      if (!check_last (copy, withdrawn, span, error))
        return FALSE;
      people = list_people (copy, span, error);
      if (people == NULL)
        return FALSE;
      for (guint k = 0; k < people->len; k++)
        if (!add_person (withdrawals, withdrawn, copy, g_array_index (people, gint64, k), out_grew,
                         error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
knows (const AttestMergeCopy *copy, const AttestMergeWithdrawn *withdrawn)
{
  return g_hash_table_contains (copy->by_name, withdrawn->entry->name);
}

/* Until no copy adds anything: of one may be learnt that he speaks in another source, too. Also in
 * copies that know: of a source that came later. */
static gboolean
find_everywhere (AttestMerge *merge, AttestMergeWithdrawals *withdrawals, GError **error)
{
  gboolean grew = TRUE;

  while (grew)
    {
      grew = FALSE;
      for (guint i = 0; i < withdrawals->all->len; i++)
        for (guint k = 0; k < merge->copies->len; k++)
          {
            AttestMergeWithdrawn *withdrawn = withdrawals->all->pdata[i];
            AttestMergeCopy *copy = merge->copies->pdata[k];

            if (!knows (copy, withdrawn))
              g_hash_table_add (withdrawals->unaware, copy);
            if (!find_in_copy (withdrawals, withdrawn, copy, &grew, error))
              return FALSE;
          }
    }
  return TRUE;
}

/* ---- tombstones ---- */

static int
compare_withdrawn (gconstpointer a, gconstpointer b)
{
  const AttestMergeWithdrawn *x = *(const AttestMergeWithdrawn *const *)a;
  const AttestMergeWithdrawn *y = *(const AttestMergeWithdrawn *const *)b;

  if (x->is_of_target != y->is_of_target)
    return y->is_of_target - x->is_of_target;
  return attest_merge_compare_entries (x->entry, y->entry);
}

static gboolean
shares_turn (const AttestMergeWithdrawn *a, const AttestMergeWithdrawn *b)
{
  for (guint i = 0; i < a->spans->len; i++)
    {
      const AttestMergeSpan *span = a->spans->pdata[i];
      g_autofree char *name = g_strdup_printf ("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                                               span->sha256, span->start_byte, span->end_byte);

      if (!span->is_whole && g_hash_table_contains (b->seen, name))
        return TRUE;
    }
  return FALSE;
}

/* One person has one tombstone, two have two. */
static void
choose_labels (AttestMergeWithdrawals *withdrawals)
{
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);

  g_ptr_array_sort (withdrawals->all, compare_withdrawn);
  for (guint i = 0; i < withdrawals->all->len; i++)
    {
      AttestMergeWithdrawn *withdrawn = withdrawals->all->pdata[i];

      for (guint k = 0; k < i && withdrawn->same_as == NULL; k++)
        if (shares_turn (withdrawn, withdrawals->all->pdata[k]))
          withdrawn->same_as = withdrawals->all->pdata[k];
      if (withdrawn->same_as != NULL || withdrawn->label == NULL)
        continue;
      for (guint n = 1; g_hash_table_contains (taken, withdrawn->label); n++)
        {
          g_free (withdrawn->label);
          withdrawn->label = g_strdup_printf ("withdrawn-%u", n);
        }
      g_hash_table_add (taken, withdrawn->label);
    }
}

/* Those of which a copy did not know. */
static gint64
count_unknown (AttestMerge *merge, AttestMergeWithdrawals *withdrawals)
{
  gint64 n = 0;

  for (guint i = 0; i < withdrawals->all->len; i++)
    {
      const AttestMergeWithdrawn *withdrawn = withdrawals->all->pdata[i];
      gboolean is_known = TRUE;

      for (guint k = 0; k < merge->copies->len; k++)
        is_known = is_known && knows (merge->copies->pdata[k], withdrawn);
      n += !is_known && withdrawn->same_as == NULL;
    }
  for (guint k = 0; k < merge->copies->len; k++)
    {
      AttestMergeCopy *copy = merge->copies->pdata[k];

      if (g_hash_table_contains (withdrawals->unaware, copy) && !copy->is_target)
        g_ptr_array_add (merge->result->unaware, g_strdup (copy->name));
    }
  return n;
}

gboolean
attest_merge_find_withdrawals (AttestMerge *merge, GError **error)
{
  g_autoptr (AttestMergeWithdrawals) withdrawals = g_new0 (AttestMergeWithdrawals, 1);

  withdrawals->all = g_ptr_array_new_with_free_func (free_withdrawn);
  withdrawals->struck
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  withdrawals->hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  withdrawals->unaware = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < merge->copies->len; i++)
    if (!load_copy (merge, withdrawals, merge->copies->pdata[i], error))
      return FALSE;
  if (withdrawals->all->len == 0)
    return TRUE;
  if (!find_everywhere (merge, withdrawals, error))
    return FALSE;
  choose_labels (withdrawals);
  merge->result->withdrawn = count_unknown (merge, withdrawals);
  merge->withdrawals = g_steal_pointer (&withdrawals);
  return TRUE;
}

/* ---- asking ---- */

gboolean
attest_merge_is_hidden_respondent (const AttestMerge *merge, const AttestMergeCopy *copy,
                                   const char *label)
{
  g_autofree char *name = NULL;

  if (merge->withdrawals == NULL || label == NULL)
    return FALSE;
  name = dup_hidden (copy, "respondent", 0, label);
  return g_hash_table_contains (merge->withdrawals->hidden, name);
}

gboolean
attest_merge_is_hidden_speaker (const AttestMerge *merge, const AttestMergeCopy *copy,
                                gint64 source_id, const char *speaker)
{
  g_autofree char *name = NULL;

  if (merge->withdrawals == NULL || speaker == NULL)
    return FALSE;
  name = dup_hidden (copy, "speaker", source_id, speaker);
  return g_hash_table_contains (merge->withdrawals->hidden, name);
}

const char *
attest_merge_get_tombstone (const AttestMerge *merge, const AttestMergeEntry *entry)
{
  for (guint i = 0; merge->withdrawals != NULL && i < merge->withdrawals->all->len; i++)
    {
      const AttestMergeWithdrawn *withdrawn = merge->withdrawals->all->pdata[i];

      if (strcmp (withdrawn->entry->name, entry->name) == 0)
        return withdrawn->same_as != NULL ? withdrawn->same_as->label : withdrawn->label;
    }
  return NULL;
}

const GPtrArray *
attest_merge_get_struck (const AttestMerge *merge, const char *original_sha256)
{
  return merge->withdrawals != NULL
             ? g_hash_table_lookup (merge->withdrawals->struck, original_sha256)
             : NULL;
}
