/* Runs: what each was, and what it searched. */
#include "store/attest-store-run.h"

#include "model/attest-coding-digest.h"
#include "store/attest-store-private.h"
#include "util/attest-error.h"

enum
{
  LIST_RUNS,
  LIST_SOURCES,
  GUESS_SOURCES,
  LIST_UNSEALED,
  LIST_SPANS,
  SET_DIGEST,
  ADD_SOURCE,
  N_STATEMENTS
};

#define SOURCE_FLAGS                                                                               \
  " v.number = (SELECT max (number) FROM version WHERE source_id = v.source_id),"                  \
  " EXISTS (SELECT 1 FROM withdrawal_version w WHERE w.version_id = v.id)"

static const char *const statements[N_STATEMENTS] = {
  [LIST_RUNS]
  = "SELECT r.id, b.id, b.name, b.version, b.title, b.sha256, r.started_at, r.tool_version,"
    " r.libraries, r.options, r.turns_coded, r.incomplete, n.run_id IS NOT NULL,"
    " ifnull (n.sources, -1), ifnull (n.words, -1), ifnull (n.segments, -1),"
    " EXISTS (SELECT 1 FROM coded d WHERE d.run_id = r.id)"
    " FROM run r JOIN codebook b ON b.id = r.codebook_id"
    " LEFT JOIN (SELECT run_id, count (*) AS sources, sum (words) AS words,"
    "   sum (segments) AS segments FROM run_source GROUP BY run_id) n ON n.run_id = r.id"
    " WHERE ?1 = 0 OR r.id = ?1 ORDER BY r.id",
  [LIST_SOURCES] = "SELECT v.id, v.number, s.label, n.segments, n.digest,"
                   " n.digest IS NULL AND EXISTS (SELECT 1 FROM coded d WHERE d.run_id = n.run_id"
                   "   AND d.version_id = n.version_id)," SOURCE_FLAGS
                   " FROM run_source n JOIN version v ON v.id = n.version_id"
                   " JOIN source s ON s.id = v.source_id WHERE n.run_id = ?1 ORDER BY s.label",
  [GUESS_SOURCES]
  = "SELECT v.id, v.number, s.label, -1, NULL, 0," SOURCE_FLAGS
    " FROM run r JOIN version v ON v.ingested_at <= r.started_at"
    " JOIN source s ON s.id = v.source_id WHERE r.id = ?1"
    " AND v.number = (SELECT max (o.number) FROM version o WHERE o.source_id = v.source_id"
    "   AND o.ingested_at <= r.started_at) ORDER BY s.label",
  [LIST_UNSEALED] = "SELECT n.run_id, n.version_id FROM run_source n"
                    " JOIN coded d ON d.run_id = n.run_id AND d.version_id = n.version_id"
                    " JOIN run r ON r.id = n.run_id JOIN codebook b ON b.id = r.codebook_id"
                    " WHERE n.digest IS NULL"
                    " AND b.name = (SELECT name FROM codebook WHERE id = ?1)",
  [LIST_SPANS] = "SELECT g.start_byte, g.end_byte, c.code FROM segment g"
                 " JOIN code c ON c.id = g.code_id"
                 " WHERE g.version_id = ?2 AND g.run_id = ?1 AND g.origin = 'rule'",
  [SET_DIGEST] = "UPDATE run_source SET digest = ?3, segments = ?4"
                 " WHERE run_id = ?1 AND version_id = ?2",
  [ADD_SOURCE] = "INSERT INTO run_source (run_id, version_id, words, segments, digest)"
                 " VALUES (?1, ?2, ?3, ?4, ?5)",
};

/* ---- runs ---- */

void
attest_run_info_free (AttestRunInfo *info)
{
  if (info == NULL)
    return;
  g_free (info->codebook);
  g_free (info->version);
  g_free (info->title);
  g_free (info->sha256);
  g_free (info->started_at);
  g_free (info->tool_version);
  g_free (info->libraries);
  g_free (info->options);
  g_free (info);
}

static AttestRunInfo *
run_from_row (AttestStmt stmt)
{
  AttestRunInfo *info = g_new0 (AttestRunInfo, 1);

  info->id = sqlite3_column_int64 (stmt, 0);
  info->codebook_id = sqlite3_column_int64 (stmt, 1);
  info->codebook = attest_stmt_dup (stmt, 2);
  info->version = attest_stmt_dup (stmt, 3);
  info->title = attest_stmt_dup (stmt, 4);
  info->sha256 = attest_stmt_dup (stmt, 5);
  info->started_at = attest_stmt_dup (stmt, 6);
  info->tool_version = attest_stmt_dup (stmt, 7);
  info->libraries = attest_stmt_dup (stmt, 8);
  info->options = attest_stmt_dup (stmt, 9);
  info->turns = sqlite3_column_int64 (stmt, 10);
  info->incomplete = sqlite3_column_int64 (stmt, 11);
  info->is_noted = sqlite3_column_int (stmt, 12) != 0;
  info->sources = sqlite3_column_int64 (stmt, 13);
  info->words = sqlite3_column_int64 (stmt, 14);
  info->segments = sqlite3_column_int64 (stmt, 15);
  info->is_last = sqlite3_column_int (stmt, 16) != 0;
  return info;
}

/* @id 0: all. */
static GPtrArray *
list_runs (AttestStore *store, gint64 id, GError **error)
{
  g_autoptr (GPtrArray) runs
      = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_run_info_free);
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_RUNS], error, "i", id);
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    g_ptr_array_add (runs, run_from_row (stmt));
  return rc < 0 ? NULL : g_steal_pointer (&runs);
}

GPtrArray *
attest_store_list_runs (AttestStore *store, GError **error)
{
  return list_runs (store, 0, error);
}

AttestRunInfo *
attest_store_get_run (AttestStore *store, gint64 id, GError **error)
{
  g_autoptr (GPtrArray) runs = id > 0 ? list_runs (store, id, error) : g_ptr_array_new ();

  if (runs == NULL)
    return NULL;
  if (runs->len > 0)
    return g_ptr_array_steal_index (runs, 0);
  return attest_throw_null (error, ATTEST_ERROR_USAGE,
                            "%s has no run %" G_GINT64_FORMAT "; 'attest runs' lists them",
                            store->path, id);
}

/* ---- what they found ---- */

/* Of the segments that are in the project. */
static char *
digest_stored (AttestStore *store, gint64 run_id, gint64 version_id, gint64 *out_n, GError **error)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (AttestCodedSpan));
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[LIST_SPANS], error, "ii", run_id, version_id);
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      AttestCodedSpan span = { sqlite3_column_int64 (stmt, 0), sqlite3_column_int64 (stmt, 1),
                               g_intern_string (attest_stmt_text (stmt, 2)) };

      g_array_append_val (spans, span);
    }
  *out_n = spans->len;
  return rc < 0 ? NULL : attest_coded_spans_dup_digest (spans);
}

gboolean
attest_store_add_run_source (AttestStore *store, gint64 run_id, gint64 version_id,
                             const AttestCoding *coding, const char *const *codes, GError **error)
{
  g_autofree char *digest = attest_coding_dup_digest (coding, codes);

  return attest_stmt_exec (store, statements[ADD_SOURCE], error, "iiiis", run_id, version_id,
                           coding->coded_words, (gint64)coding->segments->len, digest);
}

/* Numbers of runs and versions, in turn. */
static GArray *
list_unsealed (AttestStore *store, gint64 codebook_id, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[LIST_UNSEALED], error, "i", codebook_id);
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    for (int i = 0; i < 2; i++)
      {
        gint64 id = sqlite3_column_int64 (stmt, i);

        g_array_append_val (ids, id);
      }
  return rc < 0 ? NULL : g_steal_pointer (&ids);
}

gboolean
attest_store_note_runs (AttestStore *store, gint64 codebook_id, GError **error)
{
  g_autoptr (GArray) ids = list_unsealed (store, codebook_id, error);

  for (guint i = 0; ids != NULL && i < ids->len; i += 2)
    {
      gint64 run_id = g_array_index (ids, gint64, i);
      gint64 version_id = g_array_index (ids, gint64, i + 1), n = 0;
      g_autofree char *digest = digest_stored (store, run_id, version_id, &n, error);

      if (digest == NULL
          || !attest_stmt_exec (store, statements[SET_DIGEST], error, "iisi", run_id, version_id,
                                digest, n))
        return FALSE;
    }
  return ids != NULL;
}

static void
run_source_free (gpointer data)
{
  AttestRunSource *source = data;

  g_free (source->source);
  g_free (source->digest);
  g_free (source);
}

static GPtrArray *
list_sources (AttestStore *store, const char *sql, gint64 run_id, GError **error)
{
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func (run_source_free);
  g_auto (AttestStmt) stmt = attest_stmt_query (store, sql, error, "i", run_id);
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      AttestRunSource *source = g_new0 (AttestRunSource, 1);

      source->version_id = sqlite3_column_int64 (stmt, 0);
      source->version = (guint)sqlite3_column_int64 (stmt, 1);
      source->source = attest_stmt_dup (stmt, 2);
      source->segments = sqlite3_column_int64 (stmt, 3);
      source->digest = attest_stmt_dup (stmt, 4);
      source->is_current = sqlite3_column_int (stmt, 6) != 0;
      source->is_struck = sqlite3_column_int (stmt, 7) != 0;
      g_ptr_array_add (sources, source);
      if (!sqlite3_column_int (stmt, 5))
        continue;
      source->digest = digest_stored (store, run_id, source->version_id, &source->segments, error);
      if (source->digest == NULL)
        return NULL;
    }
  return rc < 0 ? NULL : g_steal_pointer (&sources);
}

GPtrArray *
attest_store_list_run_sources (AttestStore *store, gint64 run_id, GError **error)
{
  g_autoptr (AttestRunInfo) info = attest_store_get_run (store, run_id, error);

  if (info == NULL)
    return NULL;
  return list_sources (store, statements[info->is_noted ? LIST_SOURCES : GUESS_SOURCES], run_id,
                       error);
}
