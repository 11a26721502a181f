/* Cross tables: codes with codes, codes with attributes. */
#include "store/attest-store-private.h"

#include <string.h>

#include "util/attest-error.h"

enum
{
  LIST_CODES,
  LIST_VALUES,
  BY_ATTRIBUTE,
  BY_PLACE,
  N_STATEMENTS
};

static const char *const statements[N_STATEMENTS] = {
  [LIST_CODES]
  = "SELECT id, code FROM code WHERE codebook_id = ?1 AND (?2 IS NULL OR dimension = ?2)"
    " ORDER BY number",
  [LIST_VALUES] = "SELECT DISTINCT a.value" ATTEST_STORE_SEARCHED
                  " WHERE r.codebook_id = ?1 AND a.value IS NOT NULL ORDER BY a.value",
  [BY_ATTRIBUTE] = "WITH " ATTEST_STORE_VOICES
                   " SELECT o.code_id, o.value, sum (o.n), count (DISTINCT o.source_id),"
                   " count (DISTINCT o.respondent_id) FROM voice o GROUP BY o.code_id, o.value",
  [BY_PLACE] = "SELECT g.version_id, v.source_id, g.start_byte, g.end_byte, g.code_id,"
               " ifnull (p.respondent_id, 0)"
               " FROM segment g CROSS JOIN code c ON c.id = g.code_id"
               " CROSS JOIN version v ON v.id = g.version_id"
               " CROSS JOIN speaker p ON p.version_id = g.version_id AND p.number = g.speaker"
               " WHERE c.codebook_id = ?1 AND c.dimension IN (?2, ?3) AND g.status <> 'rejected'"
               " AND (?4 IS NULL OR EXISTS (SELECT 1 FROM respondent_attribute f"
               "   WHERE f.respondent_id = p.respondent_id AND f.name = ?4 AND f.value = ?5))"
               " ORDER BY g.version_id, g.start_byte",
};

void
attest_matrix_free (AttestMatrix *matrix)
{
  if (matrix == NULL)
    return;
  attest_codebook_info_free (matrix->codebook);
  g_ptr_array_unref (matrix->rows);
  g_ptr_array_unref (matrix->cols);
  g_free (matrix->cells);
  g_free (matrix);
}

/* Appends the codes of a dimension, NULL: of all, to @names, and their index + 1 by id to @indexes.
 */
static gboolean
load_codes (AttestStore *store, const AttestCodebookInfo *codebook, const char *dimension,
            GPtrArray *names, GHashTable *indexes, GError **error)
{
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[LIST_CODES], error, "is", codebook->id, dimension);
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      g_ptr_array_add (names, attest_stmt_dup (stmt, 1));
      g_hash_table_insert (indexes, GSIZE_TO_POINTER ((gsize)sqlite3_column_int64 (stmt, 0)),
                           GUINT_TO_POINTER (names->len));
    }
  if (rc == 0 && names->len == 0 && dimension != NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "no dimension '%s' in the segments of codebook '%s'", dimension,
                         codebook->name);
  return rc == 0;
}

/* Index of a code, or -1. */
static int
find_code (GHashTable *indexes, gint64 code_id)
{
  gpointer found = g_hash_table_lookup (indexes, GSIZE_TO_POINTER ((gsize)code_id));

  return (int)GPOINTER_TO_UINT (found) - 1;
}

static AttestMatrix *
matrix_new (AttestStore *store, const AttestReportFilter *filter, GError **error)
{
  g_autoptr (AttestMatrix) matrix = g_new0 (AttestMatrix, 1);

  matrix->rows = g_ptr_array_new_with_free_func (g_free);
  matrix->cols = g_ptr_array_new_with_free_func (g_free);
  matrix->codebook = attest_store_find_codebook (store, filter->codebook, error);
  return matrix->codebook != NULL ? g_steal_pointer (&matrix) : NULL;
}

static void
make_cells (AttestMatrix *matrix)
{
  matrix->cells = g_new0 (AttestMatrixCell, (gsize)matrix->rows->len * matrix->cols->len);
}

/* ---- codes × values ---- */

static gboolean
load_values (AttestStore *store, const char *attribute, AttestMatrix *matrix, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_VALUES], error, "is",
                                                matrix->codebook->id, attribute);
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    g_ptr_array_add (matrix->cols, attest_stmt_dup (stmt, 0));
  g_ptr_array_add (matrix->cols, NULL);
  return rc == 0;
}

static guint
find_value (const AttestMatrix *matrix, const char *value)
{
  guint i = 0;

  /* The last column is "not known". */
  while (i + 1 < matrix->cols->len && g_strcmp0 (g_ptr_array_index (matrix->cols, i), value) != 0)
    i++;
  return i;
}

/* Takes the last column away when it is empty. */
static void
drop_unknown (AttestMatrix *matrix)
{
  guint n_cols = matrix->cols->len;

  for (guint row = 0; row < matrix->rows->len; row++)
    if (attest_matrix_cell (matrix, row, n_cols - 1)->segments > 0)
      return;
  for (guint row = 0; row < matrix->rows->len; row++)
    memmove (&matrix->cells[(gsize)row * (n_cols - 1)], &matrix->cells[(gsize)row * n_cols],
             (n_cols - 1) * sizeof (AttestMatrixCell));
  g_ptr_array_set_size (matrix->cols, (int)n_cols - 1);
}

AttestMatrix *
attest_store_report_by_attribute (AttestStore *store, const AttestReportFilter *filter,
                                  const char *rows_dimension, const char *attribute, GError **error)
{
  static const AttestReportFilter all = { NULL };
  g_autoptr (AttestMatrix) matrix = NULL;
  g_autoptr (GHashTable) rows = g_hash_table_new (g_direct_hash, g_direct_equal);
  g_autofree char *name = attest_store_normalise_attribute (attribute);
  g_autofree char *filter_name = NULL;
  g_auto (AttestStmt) stmt = NULL;
  int rc;

  filter = filter != NULL ? filter : &all;
  filter_name = attest_store_normalise_attribute (filter->attribute);
  matrix = matrix_new (store, filter, error);
  if (matrix == NULL
      || !load_codes (store, matrix->codebook, rows_dimension, matrix->rows, rows, error)
      || !load_values (store, name, matrix, error))
    return NULL;
  make_cells (matrix);
  stmt = attest_stmt_query (store, statements[BY_ATTRIBUTE], error, "isss", matrix->codebook->id,
                            name, filter_name, filter->value);
  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      int row = find_code (rows, sqlite3_column_int64 (stmt, 0));
      guint col = find_value (matrix, attest_stmt_text (stmt, 1));

      if (row >= 0)
        matrix->cells[(gsize)row * matrix->cols->len + col]
            = (AttestMatrixCell){ sqlite3_column_int64 (stmt, 2), sqlite3_column_int64 (stmt, 3),
                                  sqlite3_column_int64 (stmt, 4) };
    }
  if (rc < 0)
    return NULL;
  drop_unknown (matrix);
  return g_steal_pointer (&matrix);
}

/* ---- codes × codes: one sweep over the segments by place ---- */

/* A segment that the sweep has not passed yet. */
typedef struct
{
  gint64 end_byte;
  int row, col;         /* of its code; -1: not among them */
  gint64 respondent_id; /* 0: nobody */
  guint8 *seen;         /* by column: counted already; NULL when it is no row */
} Open;

static void
clear_open (gpointer item)
{
  g_free (((Open *)item)->seen);
}

typedef struct
{
  AttestMatrix *matrix;
  GArray *open; /* of Open */
  gint64 version_id, source_id;
  gint64 *last_source;     /* by cell: the source counted last; sources come one after the other */
  GHashTable *respondents; /* of (cell, respondent), counted */
} Sweep;

static void
sweep_clear (Sweep *sweep)
{
  g_clear_pointer (&sweep->open, g_array_unref);
  g_clear_pointer (&sweep->last_source, g_free);
  g_clear_pointer (&sweep->respondents, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sweep, sweep_clear)

static void
count_pair (Sweep *sweep, Open *row, int col)
{
  gsize n_cells = (gsize)sweep->matrix->rows->len * sweep->matrix->cols->len;
  gsize cell = (gsize)row->row * sweep->matrix->cols->len + (gsize)col;
  gint64 key = row->respondent_id * (gint64)n_cells + (gint64)cell;

  if (row->seen[col])
    return;
  row->seen[col] = 1;
  sweep->matrix->cells[cell].segments++;
  if (sweep->last_source[cell] != sweep->source_id)
    {
      sweep->last_source[cell] = sweep->source_id;
      sweep->matrix->cells[cell].sources++;
    }
  if (row->respondent_id != 0 && !g_hash_table_contains (sweep->respondents, &key))
    {
      g_hash_table_add (sweep->respondents, g_memdup2 (&key, sizeof key));
      sweep->matrix->cells[cell].respondents++;
    }
}

static void
sweep_segment (Sweep *sweep, Open *segment, gint64 start_byte)
{
  for (guint i = 0; i < sweep->open->len;)
    {
      Open *other = &g_array_index (sweep->open, Open, i);

      if (other->end_byte <= start_byte)
        {
          g_array_remove_index_fast (sweep->open, i);
          continue;
        }
      if (segment->row >= 0 && other->col >= 0)
        count_pair (sweep, segment, other->col);
      if (other->row >= 0 && segment->col >= 0)
        count_pair (sweep, other, segment->col);
      i++;
    }
  if (segment->row >= 0 && segment->col >= 0)
    count_pair (sweep, segment, segment->col);
  g_array_append_val (sweep->open, *segment);
}

static gboolean
run_sweep (AttestStore *store, AttestStmt stmt, Sweep *sweep, GHashTable *rows, GHashTable *cols,
           GError **error)
{
  int rc;

  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      gint64 code_id = sqlite3_column_int64 (stmt, 4);
      Open segment = { .end_byte = sqlite3_column_int64 (stmt, 3),
                       .row = find_code (rows, code_id),
                       .col = find_code (cols, code_id),
                       .respondent_id = sqlite3_column_int64 (stmt, 5) };

      if (segment.row >= 0)
        segment.seen = g_malloc0 (sweep->matrix->cols->len);
      if (sweep->version_id != sqlite3_column_int64 (stmt, 0))
        g_array_set_size (sweep->open, 0);
      sweep->version_id = sqlite3_column_int64 (stmt, 0);
      sweep->source_id = sqlite3_column_int64 (stmt, 1);
      sweep_segment (sweep, &segment, sqlite3_column_int64 (stmt, 2));
    }
  return rc == 0;
}

AttestMatrix *
attest_store_report_cooccurrence (AttestStore *store, const AttestReportFilter *filter,
                                  const char *rows_dimension, const char *cols_dimension,
                                  GError **error)
{
  static const AttestReportFilter all = { NULL };
  g_autoptr (AttestMatrix) matrix = NULL;
  g_autoptr (GHashTable) rows = g_hash_table_new (g_direct_hash, g_direct_equal);
  g_autoptr (GHashTable) cols = g_hash_table_new (g_direct_hash, g_direct_equal);
  g_autofree char *attribute = NULL;
  g_auto (Sweep) sweep = { NULL };
  g_auto (AttestStmt) stmt = NULL;

  filter = filter != NULL ? filter : &all;
  attribute = attest_store_normalise_attribute (filter->attribute);
  matrix = matrix_new (store, filter, error);
  if (matrix == NULL
      || !load_codes (store, matrix->codebook, rows_dimension, matrix->rows, rows, error)
      || !load_codes (store, matrix->codebook, cols_dimension, matrix->cols, cols, error))
    return NULL;
  make_cells (matrix);
  sweep.matrix = matrix;
  sweep.open = g_array_new (FALSE, FALSE, sizeof (Open));
  g_array_set_clear_func (sweep.open, clear_open);
  sweep.last_source = g_new0 (gint64, (gsize)matrix->rows->len * matrix->cols->len);
  sweep.respondents = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  stmt = attest_stmt_query (store, statements[BY_PLACE], error, "issss", matrix->codebook->id,
                            rows_dimension, cols_dimension, attribute, filter->value);
  if (stmt == NULL || !run_sweep (store, stmt, &sweep, rows, cols, error))
    return NULL;
  return g_steal_pointer (&matrix);
}
