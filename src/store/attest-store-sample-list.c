/* Samples and what is judged of them, as they stand now. */
#include "store/attest-store-sample.h"

#include <string.h>

#include "store/attest-store-decision.h"
#include "store/attest-store-private.h"
#include "util/attest-error.h"

enum
{
  LIST_SAMPLES,
  LIST_UNITS,
  LIST_CARRIED,
  FIND_QUOTE,
  LIST_JUDGED,
  N_STATEMENTS
};

/* Within the newest text of its source; 1: it was struck out. */
#define IS_NEWEST "v.number = (SELECT max (number) FROM version WHERE source_id = v.source_id)"
#define IS_STRUCK                                                                                  \
  "EXISTS (SELECT 1 FROM withdrawal_span w WHERE w.version_id = q.version_id"                      \
  " AND w.start_byte < q.end_byte AND w.end_byte > q.start_byte)"
#define QUOTE                                                                                      \
  "q.chars, q.version_id, q.start_byte, q.end_byte, s.label, " IS_NEWEST ", " IS_STRUCK ","        \
  " (SELECT t.number FROM turn t WHERE t.version_id = v.id AND t.start_byte <= q.start_byte"       \
  "   AND t.end_byte >= q.end_byte LIMIT 1)"

static const char *const statements[N_STATEMENTS] = {
  [LIST_SAMPLES]
  = "SELECT p.id, p.seq, p.name, p.unit, p.codebook, p.seed, p.design, p.coder, a.at, a.actor"
    " FROM sample p JOIN audit a ON a.seq = p.seq"
    " WHERE p.seq NOT IN (SELECT seq FROM taken_back) ORDER BY p.id",
  [LIST_UNITS] = "SELECT u.quote_key, s.label, u.stratum, u.of_units FROM sample_unit u"
                 " LEFT JOIN source s ON s.id = u.source_id WHERE u.sample_id = ?1 ORDER BY u.id",
  [LIST_CARRIED] = "SELECT old_key, new_key FROM carried WHERE new_key IS NOT NULL",
  [FIND_QUOTE] = "SELECT " QUOTE " FROM quote q JOIN version v ON v.id = q.version_id"
                 " JOIN source s ON s.id = v.source_id WHERE q.key = ?1",
  [LIST_JUDGED] = "SELECT q.key, " QUOTE ", j.codebook, j.coder, max (j.at)"
                  " FROM judged_in_force j JOIN quote q ON q.key = j.quote_key"
                  " JOIN version v ON v.id = q.version_id JOIN source s ON s.id = v.source_id"
                  " WHERE (?1 IS NULL OR j.codebook = ?1) AND " IS_NEWEST " AND NOT " IS_STRUCK
                  " GROUP BY j.coder, q.key, j.codebook"
                  " ORDER BY j.coder, s.label, q.start_byte, q.end_byte, j.codebook",
};

/* Where quotes of earlier versions stand now: key → key. */
static GHashTable *
load_carried (AttestStore *store, GError **error)
{
  g_autoptr (GHashTable) carried
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_CARRIED], error, "");
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      gint64 from = sqlite3_column_int64 (stmt, 0), to = sqlite3_column_int64 (stmt, 1);

      g_hash_table_insert (carried, g_memdup2 (&from, sizeof from), g_memdup2 (&to, sizeof to));
    }
  return rc < 0 ? NULL : g_steal_pointer (&carried);
}

/* A chain is as long as there are corrections; a damaged file may have a ring. */
static gint64
follow (GHashTable *carried, gint64 key)
{
  for (guint i = 0; i <= g_hash_table_size (carried); i++)
    {
      const gint64 *next = g_hash_table_lookup (carried, &key);

      if (next == NULL)
        break;
      key = *next;
    }
  return key;
}

/* Columns of QUOTE, from @column on. */
static gboolean
read_place (AttestStore *store, AttestStmt stmt, int column, gint64 key, AttestVersionText *text,
            AttestSampleUnit *unit, GError **error)
{
  gint64 start_byte = sqlite3_column_int64 (stmt, column + 2);
  gint64 end_byte = sqlite3_column_int64 (stmt, column + 3);
  char id[ATTEST_QUOTE_ID_BYTES];

  attest_quote_format_id (key, (guint)sqlite3_column_int64 (stmt, column), id);
  unit->id = g_strdup (id);
  unit->source = attest_stmt_dup (stmt, column + 4);
  unit->turn = (guint)sqlite3_column_int64 (stmt, column + 7);
  unit->state = sqlite3_column_int (stmt, column + 6)   ? ATTEST_UNIT_WITHDRAWN
                : sqlite3_column_int (stmt, column + 5) ? ATTEST_UNIT_STANDS
                                                        : ATTEST_UNIT_LOST;
  if (!attest_version_text_load (text, store, sqlite3_column_int64 (stmt, column + 1), error))
    return FALSE;
  if (text->map == NULL || start_byte >= end_byte
      || end_byte > (gint64)g_bytes_get_size (text->text))
    {
      unit->state = ATTEST_UNIT_LOST; /* of a damaged text; 'verify' tells of it */
      return TRUE;
    }
  unit->start = (gint64)attest_char_map_to_char (text->map, (gsize)start_byte);
  unit->end = (gint64)attest_char_map_to_char (text->map, (gsize)end_byte);
  return TRUE;
}

static gboolean
find_unit (AttestStore *store, gint64 key, AttestVersionText *text, AttestSampleUnit *unit,
           GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[FIND_QUOTE], error, "i", key);
  int rc = stmt != NULL ? attest_stmt_step (store, stmt, error) : -1;

  return rc > 0 && read_place (store, stmt, 0, key, text, unit, error);
}

static int
compare_units (gconstpointer a, gconstpointer b)
{
  const AttestSampleUnit *x = a, *y = b;
  int order = strcmp (x->source, y->source);

  if (order == 0)
    order = x->start < y->start ? -1 : x->start > y->start;
  return order != 0 ? order : x->end < y->end ? -1 : x->end > y->end;
}

/* A unit as its row has it. */
typedef struct
{
  gint64 key; /* 0: a source */
  char *source, *stratum;
  gint64 of_units;
} UnitRow;

static GArray *
list_unit_rows (AttestStore *store, gint64 sample_id, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (UnitRow));
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[LIST_UNITS], error, "i", sample_id);
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      UnitRow row = { sqlite3_column_int64 (stmt, 0), attest_stmt_dup (stmt, 1),
                      attest_stmt_dup (stmt, 2), sqlite3_column_int64 (stmt, 3) };

      g_array_append_val (rows, row);
    }
  return rc < 0 ? NULL : g_steal_pointer (&rows);
}

static gboolean
load_units (AttestStore *store, gint64 sample_id, GHashTable *carried, AttestSample *sample,
            GError **error)
{
  g_autoptr (GArray) rows = list_unit_rows (store, sample_id, error);
  g_auto (AttestVersionText) text = { 0 };
  gboolean ok = rows != NULL;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      UnitRow *row = &g_array_index (rows, UnitRow, i);
      AttestSampleUnit unit
          = { .source = row->source, .stratum = row->stratum, .of_units = row->of_units };

      ok = ok
           && (row->key == 0 || find_unit (store, follow (carried, row->key), &text, &unit, error));
      g_array_append_val (sample->units, unit);
    }
  if (ok)
    g_array_sort (sample->units, compare_units);
  return ok;
}

GPtrArray *
attest_store_list_samples (AttestStore *store, GError **error)
{
  g_autoptr (GPtrArray) samples
      = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_sample_free);
  g_autoptr (GHashTable) carried = load_carried (store, error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  int rc;

  if (carried == NULL)
    return NULL;
  {
    g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_SAMPLES], error, "");

    if (stmt == NULL)
      return NULL;
    while ((rc = attest_stmt_step (store, stmt, error)) > 0)
      {
        AttestSample *sample = attest_sample_new ();
        gint64 id = sqlite3_column_int64 (stmt, 0);

        g_array_append_val (ids, id);
        g_ptr_array_add (samples, sample);
        sample->seq = sqlite3_column_int64 (stmt, 1);
        sample->name = attest_stmt_dup (stmt, 2);
        sample->unit = g_strcmp0 (attest_stmt_text (stmt, 3),
                                  attest_sample_unit_kind_to_string (ATTEST_SAMPLE_SOURCE))
                       == 0;
        sample->codebook = attest_stmt_dup (stmt, 4);
        sample->is_drawn = sqlite3_column_type (stmt, 5) != SQLITE_NULL;
        sample->seed = sqlite3_column_int64 (stmt, 5);
        sample->design = attest_stmt_dup (stmt, 6);
        sample->coder = attest_stmt_dup (stmt, 7);
        sample->at = attest_stmt_dup (stmt, 8);
        sample->by = attest_stmt_dup (stmt, 9);
      }
  }
  for (guint i = 0; rc == 0 && i < ids->len; i++)
    if (!load_units (store, g_array_index (ids, gint64, i), carried, samples->pdata[i], error))
      return NULL;
  return rc < 0 ? NULL : g_steal_pointer (&samples);
}

AttestSample *
attest_store_find_sample (AttestStore *store, const char *name, GError **error)
{
  g_autoptr (GPtrArray) samples = attest_store_list_samples (store, error);
  g_autoptr (GString) names = g_string_new (NULL);
  int found = -1;

  if (samples == NULL)
    return NULL;
  for (guint i = 0; i < samples->len; i++)
    {
      const AttestSample *sample = samples->pdata[i];
      const AttestSample *before = found >= 0 ? samples->pdata[found] : NULL;

      if (sample->is_drawn || before == NULL)
        if (strcmp (sample->name, name) == 0)
          found = (int)i;
      if (sample->coder == NULL)
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", sample->name);
    }
  if (found >= 0)
    return g_ptr_array_steal_index (samples, (guint)found);
  return attest_throw_null (
      error, ATTEST_ERROR_USAGE, "no sample '%s' in %s; %s%s", name, store->path,
      names->len > 0 ? "there are: " : "'attest sample --double-code N' draws one", names->str);
}

/* ---- what is judged ---- */

void
attest_judged_free (AttestJudged *judged)
{
  if (judged == NULL)
    return;
  g_free (judged->id);
  g_free (judged->source);
  g_free (judged->codebook);
  g_free (judged->coder);
  g_free (judged->at);
  g_free (judged);
}

GPtrArray *
attest_store_list_judged (AttestStore *store, const char *codebook, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_judged_free);
  g_auto (AttestVersionText) text = { 0 };
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[LIST_JUDGED], error, "s", codebook);
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      AttestJudged *judged = g_new0 (AttestJudged, 1);
      AttestSampleUnit unit = { 0 };
      gboolean ok
          = read_place (store, stmt, 1, sqlite3_column_int64 (stmt, 0), &text, &unit, error);

      judged->id = unit.id;
      judged->source = unit.source;
      judged->start = unit.start;
      judged->end = unit.end;
      judged->codebook = attest_stmt_dup (stmt, 9);
      judged->coder = attest_stmt_dup (stmt, 10);
      judged->at = attest_stmt_dup (stmt, 11);
      g_ptr_array_add (list, judged);
      if (!ok)
        return NULL;
    }
  return rc < 0 ? NULL : g_steal_pointer (&list);
}
