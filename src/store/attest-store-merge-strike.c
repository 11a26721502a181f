/* Texts out of which something was struck in any copy, and the tombstones of who withdrew. */
#include "store/attest-store-merge-withdrawals-private.h"

#include <string.h>

enum
{
  FIND_VERSION,
  HAS_SPAN,
  HAS_TURNS,
  LIST_TURNS,
  LIST_LABELS,
  ADD_CONTENT,
  LIST_SPEAKERS,
  ADD_SPEAKER,
  LIST_ALL_TURNS,
  ADD_TURN,
  MERGED_VERSION,
  ADD_WITHDRAWAL,
  ADD_SPAN,
  ADD_VERSION,
  GET_TEXT_SHA256,
  FIND_QUOTE,
  IS_LAST,
  N_STATEMENTS
};

static const char *const statements[N_STATEMENTS] = {
  [FIND_VERSION] = "SELECT id FROM version WHERE original_sha256 = ?1",
  [HAS_SPAN] = "SELECT EXISTS (SELECT 1 FROM withdrawal_span WHERE version_id = ?1"
               " AND start_byte <= ?2 AND end_byte >= ?3)",
  [HAS_TURNS] = "SELECT EXISTS (SELECT 1 FROM turn WHERE version_id = ?1)",
  [LIST_TURNS] = "SELECT t.start_byte, t.end_byte, p.label FROM turn t JOIN speaker p"
                 " ON p.version_id = t.version_id AND p.number = t.speaker"
                 " WHERE t.version_id = ?1 ORDER BY t.start_byte",
  [LIST_LABELS]
  = "SELECT DISTINCT p.label FROM speaker p JOIN turn t ON t.version_id = p.version_id"
    " AND t.speaker = p.number WHERE p.version_id = ?1 AND t.start_byte < ?3"
    " AND t.end_byte > ?2 AND p.label <> '' AND p.role_reason IS NOT 'withdrew'",
  [ADD_CONTENT] = "INSERT INTO version_content (version_id, text, original) VALUES (?1, ?2, x'')",
  [LIST_SPEAKERS] = "SELECT number, label, role, role_reason, attributes, turns, words FROM speaker"
                    " WHERE version_id = ?1 ORDER BY number",
  [ADD_SPEAKER] = "INSERT INTO speaker (version_id, number, label, role, role_reason, attributes,"
                  " respondent_id, turns, words) VALUES (?1, ?2, ?3, ?4, ?5, ?6, NULL, ?7, ?8)",
  [LIST_ALL_TURNS] = "SELECT number, speaker, start_byte, end_byte, ifnull (start_ms, -1),"
                     " ifnull (end_ms, -1), lang, words FROM turn WHERE version_id = ?1"
                     " ORDER BY number",
  [ADD_TURN]
  = "INSERT INTO turn (version_id, number, speaker, start_byte, end_byte, start_ms, end_ms, lang,"
    " words) VALUES (?1, ?2, ?3, ?4, ?5, nullif (?6, -1), nullif (?7, -1), ?8, ?9)",
  [MERGED_VERSION] = "SELECT id FROM version WHERE original_sha256 = ?1",
  [ADD_WITHDRAWAL] = "INSERT INTO withdrawal (seq, label, at, because) VALUES (?1, ?2, ?3, ?4)",
  [ADD_SPAN] = "INSERT INTO withdrawal_span (seq, version_id, start_byte, end_byte)"
               " VALUES (?1, ?2, ?3, ?4)",
  [ADD_VERSION] = "INSERT INTO withdrawal_version (seq, version_id, text_sha256)"
                  " VALUES (?1, ?2, ?3)",
  [GET_TEXT_SHA256] = "SELECT text FROM version_content WHERE version_id = ?1",
  [FIND_QUOTE] = "SELECT v.original_sha256, q.start_byte, q.end_byte FROM quote q"
                 " JOIN version v ON v.id = q.version_id WHERE q.key = ?1",
  [IS_LAST] = "SELECT NOT EXISTS (SELECT 1 FROM version v JOIN version w"
              " ON w.source_id = v.source_id AND w.number > v.number WHERE v.id = ?1)",
};

/* The copy from which a struck text is taken. */
typedef struct
{
  AttestMergeCopy *copy;
  gint64 version_id; /* there */
  gint64 n_missing;  /* spans that are not struck out there yet */
  gboolean has_turns;
} Base;

static gboolean
count_missing (const AttestMergeCopy *copy, gint64 version_id, const GPtrArray *spans,
               gint64 *out_n, GError **error)
{
  *out_n = 0;
  for (guint i = 0; i < spans->len; i++)
    {
      const AttestMergeSpan *span = spans->pdata[i];
      gint64 has = 0;

      if (!attest_stmt_get_int (copy->store, statements[HAS_SPAN], &has, error, "iii", version_id,
                                span->start_byte, span->end_byte))
        return FALSE;
      *out_n += !has;
    }
  return TRUE;
}

/* The one that has turns, and of these the one in which least is to be done. */
static gboolean
find_base (AttestMerge *merge, const char *sha256, const GPtrArray *spans, Base *out,
           GError **error)
{
  *out = (Base){ NULL };
  for (guint i = 0; i < merge->copies->len; i++)
    {
      Base base = { .copy = merge->copies->pdata[i] };
      gint64 has_turns = 0;

      if (!attest_stmt_get_int (base.copy->store, statements[FIND_VERSION], &base.version_id, error,
                                "s", sha256))
        return FALSE;
      if (base.version_id == 0)
        continue;
      if (!count_missing (base.copy, base.version_id, spans, &base.n_missing, error)
          || !attest_stmt_get_int (base.copy->store, statements[HAS_TURNS], &has_turns, error, "i",
                                   base.version_id))
        return FALSE;
      base.has_turns = has_turns != 0;
      if (out->copy == NULL || base.has_turns > out->has_turns
          || (base.has_turns == out->has_turns && base.n_missing < out->n_missing))
        *out = base;
    }
  return TRUE;
}

/* ---- the text ---- */

static gboolean
is_struck (const GPtrArray *spans, gint64 start_byte, gint64 end_byte)
{
  for (guint i = 0; i < spans->len; i++)
    {
      const AttestMergeSpan *span = spans->pdata[i];

      if (span->start_byte < end_byte && span->end_byte > start_byte)
        return TRUE;
    }
  return FALSE;
}

static int
compare_lengths (gconstpointer a, gconstpointer b)
{
  gsize x = strlen (*(char *const *)a), y = strlen (*(char *const *)b);

  return x != y ? (x > y ? -1 : 1) : strcmp (*(char *const *)a, *(char *const *)b);
}

/* What the copy calls those who speak in the spans. */
static GPtrArray *
list_labels (const Base *base, const GPtrArray *spans, GError **error)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < spans->len; i++)
    {
      const AttestMergeSpan *span = spans->pdata[i];
      g_auto (AttestStmt) stmt
          = attest_stmt_query (base->copy->store, statements[LIST_LABELS], error, "iii",
                               base->version_id, span->start_byte, span->end_byte);
      int rc;

      if (stmt == NULL)
        return NULL;
      while ((rc = attest_stmt_step (base->copy->store, stmt, error)) > 0)
        if (!g_ptr_array_find_with_equal_func (labels, attest_stmt_text (stmt, 0), g_str_equal,
                                               NULL))
          g_ptr_array_add (labels, attest_stmt_dup (stmt, 0));
      if (rc < 0)
        return NULL;
    }
  g_ptr_array_sort (labels, compare_lengths);
  return g_steal_pointer (&labels);
}

static gboolean
strike_turns (const Base *base, const GPtrArray *spans, char *text, gsize length_bytes,
              GError **error)
{
  g_autoptr (GPtrArray) labels = list_labels (base, spans, error);
  g_autoptr (GArray) turns = g_array_new (FALSE, FALSE, sizeof (AttestStrikeTurn));
  g_autofree char *first_label = NULL;
  g_auto (AttestStmt) stmt = NULL;
  int rc;

  if (labels == NULL)
    return FALSE;
  stmt
      = attest_stmt_query (base->copy->store, statements[LIST_TURNS], error, "i", base->version_id);
  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (base->copy->store, stmt, error)) > 0)
    {
      gint64 start = sqlite3_column_int64 (stmt, 0), end = sqlite3_column_int64 (stmt, 1);
      AttestStrikeTurn turn
          = { (gsize)start, MIN ((gsize)end, length_bytes), is_struck (spans, start, end) };

      if (turns->len == 0)
        first_label = attest_stmt_dup (stmt, 2);
      if (turn.start_byte <= turn.end_byte)
        g_array_append_val (turns, turn);
    }
  if (rc == 0)
    attest_strike_turns (text, length_bytes, turns, labels, first_label);
  return rc == 0;
}

/* Also what is no turn of the copy: a span holds whatever its copy says of turns. */
static void
strike_spans (const GPtrArray *spans, char *text, gsize length_bytes)
{
  for (guint i = 0; i < spans->len; i++)
    {
      const AttestMergeSpan *span = spans->pdata[i];
      gsize start = (gsize)span->start_byte, end = MIN ((gsize)span->end_byte, length_bytes);

      while (start < end && (text[start] & 0xc0) == 0x80)
        start--;
      while (end < length_bytes && (text[end] & 0xc0) == 0x80)
        end++;
      if (start < end)
        attest_strike (text, start, end);
    }
}

gboolean
attest_merge_strike_version (AttestMerge *merge, const char *original_sha256, gint64 version_id,
                             GError **error)
{
  const GPtrArray *spans = attest_merge_get_struck (merge, original_sha256);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  gsize length_bytes;
  Base base;

  if (!find_base (merge, original_sha256, spans, &base, error))
    return FALSE;
  bytes = attest_store_load_text (base.copy->store, base.version_id, error);
  if (bytes == NULL)
    return FALSE;
  length_bytes = g_bytes_get_size (bytes);
  text = g_memdup2 (g_bytes_get_data (bytes, NULL), length_bytes + 1);
  if (base.n_missing > 0)
    {
      if (base.has_turns && !strike_turns (&base, spans, text, length_bytes, error))
        return FALSE;
      strike_spans (spans, text, length_bytes);
    }
  return attest_stmt_exec (merge->store, statements[ADD_CONTENT], error, "it", version_id, text,
                           length_bytes);
}

/* ---- turns and speakers ---- */

static const char *
tombstone_of (const AttestMerge *merge, const GPtrArray *spans, GHashTable *numbers, gint64 number)
{
  const AttestMergeSpan *span = g_hash_table_lookup (numbers, &number);

  for (guint i = 0; span != NULL && i < merge->withdrawals->all->len; i++)
    {
      const AttestMergeWithdrawn *withdrawn = merge->withdrawals->all->pdata[i];

      if (g_ptr_array_find (withdrawn->spans, span, NULL))
        return withdrawn->same_as != NULL ? withdrawn->same_as->label : withdrawn->label;
    }
  return NULL;
}

static const AttestMergeSpan *
find_span (const GPtrArray *spans, gint64 start_byte, gint64 end_byte)
{
  for (guint i = 0; i < spans->len; i++)
    {
      const AttestMergeSpan *span = spans->pdata[i];

      if (span->start_byte < end_byte && span->end_byte > start_byte)
        return span;
    }
  return NULL;
}

/* Fills @numbers: speaker → the span in which he speaks. */
static gboolean
bring_turns (AttestMerge *merge, const Base *base, const GPtrArray *spans, gint64 version_id,
             GHashTable *numbers, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (base->copy->store, statements[LIST_ALL_TURNS],
                                                error, "i", base->version_id);
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (base->copy->store, stmt, error)) > 0)
    {
      gint64 speaker = sqlite3_column_int64 (stmt, 1);
      const AttestMergeSpan *span
          = find_span (spans, sqlite3_column_int64 (stmt, 2), sqlite3_column_int64 (stmt, 3));

      if (span != NULL)
        g_hash_table_insert (numbers, g_memdup2 (&speaker, sizeof speaker), (gpointer)span);
      if (!attest_stmt_exec (
              merge->store, statements[ADD_TURN], error, "iiiiiiisi", version_id,
              (gint64)sqlite3_column_int64 (stmt, 0), speaker,
              (gint64)sqlite3_column_int64 (stmt, 2), (gint64)sqlite3_column_int64 (stmt, 3),
              (gint64)sqlite3_column_int64 (stmt, 4), (gint64)sqlite3_column_int64 (stmt, 5),
              span != NULL ? NULL : attest_stmt_text (stmt, 6),
              span != NULL ? (gint64)0 : (gint64)sqlite3_column_int64 (stmt, 7)))
        return FALSE;
    }
  return rc == 0;
}

static gboolean
bring_speakers (AttestMerge *merge, const Base *base, const GPtrArray *spans, gint64 version_id,
                GHashTable *numbers, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (base->copy->store, statements[LIST_SPEAKERS], error,
                                                "i", base->version_id);
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (base->copy->store, stmt, error)) > 0)
    {
      gint64 number = sqlite3_column_int64 (stmt, 0);
      gboolean is_gone = g_hash_table_contains (numbers, &number);
      const char *label = attest_stmt_text (stmt, 1);

      if (is_gone && label != NULL)
        label = tombstone_of (merge, spans, numbers, number);
      if (!attest_stmt_exec (merge->store, statements[ADD_SPEAKER], error, "iissssii", version_id,
                             number, label, is_gone ? "other" : attest_stmt_text (stmt, 2),
                             is_gone ? "withdrew" : attest_stmt_text (stmt, 3),
                             is_gone ? NULL : attest_stmt_text (stmt, 4),
                             is_gone ? (gint64)0 : (gint64)sqlite3_column_int64 (stmt, 5),
                             is_gone ? (gint64)0 : (gint64)sqlite3_column_int64 (stmt, 6)))
        return FALSE;
    }
  return rc == 0;
}

static gboolean
bring_voices (AttestMerge *merge, const char *sha256, const GPtrArray *spans, GError **error)
{
  g_autoptr (GHashTable) numbers
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  gint64 version_id = 0, is_last = 0;
  Base base;

  if (!attest_stmt_get_int (merge->store, statements[MERGED_VERSION], &version_id, error, "s",
                            sha256)
      || !attest_stmt_get_int (merge->store, statements[IS_LAST], &is_last, error, "i", version_id)
      || !find_base (merge, sha256, spans, &base, error))
    return FALSE;
  return !is_last
         || (bring_turns (merge, &base, spans, version_id, numbers, error)
             && bring_speakers (merge, &base, spans, version_id, numbers, error));
}

/* ---- tombstones ---- */

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  const AttestMergeSpan *x = *(const AttestMergeSpan *const *)a;
  const AttestMergeSpan *y = *(const AttestMergeSpan *const *)b;
  int order = strcmp (x->sha256, y->sha256);

  if (order == 0 && x->start_byte != y->start_byte)
    order = x->start_byte < y->start_byte ? -1 : 1;
  if (order == 0 && x->end_byte != y->end_byte)
    order = x->end_byte < y->end_byte ? -1 : 1;
  return order;
}

static gboolean
add_text (AttestMerge *merge, gint64 seq, gint64 version_id, GError **error)
{
  g_auto (AttestStmt) stmt
      = attest_stmt_query (merge->store, statements[GET_TEXT_SHA256], error, "i", version_id);
  g_autofree char *sha256 = NULL;
  g_autoptr (GBytes) text = NULL;
  gsize length_bytes;
  const char *bytes;

  if (stmt == NULL || attest_stmt_step (merge->store, stmt, error) < 0)
    return FALSE;
  text = attest_stmt_dup_bytes (stmt, 0);
  bytes = g_bytes_get_data (text, &length_bytes);
  sha256 = attest_sha256_hex (bytes, length_bytes);
  return attest_stmt_exec (merge->store, statements[ADD_VERSION], error, "iis", seq, version_id,
                           sha256);
}

static gboolean
bring_withdrawn (AttestMerge *merge, const AttestMergeWithdrawn *withdrawn, GError **error)
{
  gint64 seq = withdrawn->entry->merged_seq, last_id = 0;
  g_autoptr (GPtrArray) spans = g_ptr_array_copy (withdrawn->spans, NULL, NULL);

  g_ptr_array_set_free_func (spans, NULL);
  g_ptr_array_sort (spans, compare_spans);
  if (withdrawn->same_as == NULL && withdrawn->label != NULL
      && !attest_stmt_exec (merge->store, statements[ADD_WITHDRAWAL], error, "isss", seq,
                            withdrawn->label, withdrawn->at, withdrawn->because))
    return FALSE;
  for (guint i = 0; i < spans->len; i++)
    {
      const AttestMergeSpan *span = spans->pdata[i];
      gint64 id = 0;

      if (!attest_stmt_get_int (merge->store, statements[MERGED_VERSION], &id, error, "s",
                                span->sha256)
          || !attest_stmt_exec (merge->store, statements[ADD_SPAN], error, "iiii", seq, id,
                                span->start_byte, span->end_byte)
          || (id != last_id && !add_text (merge, seq, id, error)))
        return FALSE;
      last_id = id;
    }
  return TRUE;
}

static void
tell_same (AttestMerge *merge, const AttestMergeWithdrawn *withdrawn)
{
  const AttestMergeWithdrawn *kept = withdrawn->same_as;

  if (kept != NULL && withdrawn->because != NULL && kept->because != NULL
      && strcmp (kept->because, withdrawn->because) != 0)
    attest_merge_conflict (merge, "withdrawal", kept->label, withdrawn->entry->copy, kept->because,
                           withdrawn->because,
                           "%s withdrew in two copies: kept '%s', not '%s' of %s", kept->label,
                           kept->because, withdrawn->because, withdrawn->entry->copy->name);
}

gboolean
attest_merge_bring_withdrawals (AttestMerge *merge, GError **error)
{
  AttestMergeWithdrawals *withdrawals = merge->withdrawals;
  g_autoptr (GList) texts = NULL;

  if (withdrawals == NULL)
    return TRUE;
  texts = g_list_sort (g_hash_table_get_keys (withdrawals->struck), (GCompareFunc)strcmp);
  for (GList *l = texts; l != NULL; l = l->next)
    if (!bring_voices (merge, l->data, g_hash_table_lookup (withdrawals->struck, l->data), error))
      return FALSE;
  for (guint i = 0; i < withdrawals->all->len; i++)
    {
      if (!bring_withdrawn (merge, withdrawals->all->pdata[i], error))
        return FALSE;
      tell_same (merge, withdrawals->all->pdata[i]);
    }
  return TRUE;
}

gboolean
attest_merge_is_withdrawn_quote (AttestMerge *merge, gint64 key, gboolean *out, GError **error)
{
  g_auto (AttestStmt) stmt = NULL;
  const GPtrArray *spans;
  int rc;

  *out = FALSE;
  if (merge->withdrawals == NULL || key == 0)
    return TRUE;
  stmt = attest_stmt_query (merge->store, statements[FIND_QUOTE], error, "i", key);
  rc = stmt != NULL ? attest_stmt_step (merge->store, stmt, error) : -1;
  if (rc <= 0)
    return rc == 0;
  spans = attest_merge_get_struck (merge, attest_stmt_text (stmt, 0));
  *out = spans != NULL
         && is_struck (spans, sqlite3_column_int64 (stmt, 1), sqlite3_column_int64 (stmt, 2));
  return TRUE;
}
