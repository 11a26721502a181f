/* Copying rows: of what a table consists is asked of SQLite, so that a table of a later schema is
 * merged like the others. What a column refers to tells how its values are put right. */
#include "store/attest-store-merge-withdrawals-private.h"

#include <string.h>

#include "util/attest-error.h"

typedef enum
{
  PLAIN,
  ID,     /* of the row: given anew */
  AUDIT,  /* number of an audit entry */
  REF,    /* id of a row of another table */
  NUMBER, /* of an entry of the ledger, within its kind */
} ColumnKind;

typedef struct
{
  ColumnKind kind;
  const char *name, *table; /* interned; table: of REF */
} Column;

struct _AttestMergePlan
{
  const char *table;
  GArray *columns; /* of Column */
  int id_column;   /* -1: there is none */
  const char *insert, *select_list;
};

void
attest_merge_plan_free (gpointer item)
{
  AttestMergePlan *plan = item;

  g_array_unref (plan->columns);
  g_free (plan);
}

/* ---- of what a table consists ---- */

/* A quote has the same key everywhere; who refers to it needs no map. */
static void
set_reference (Column *column, const char *table)
{
  if (strcmp (table, "quote") == 0)
    return;
  column->kind = strcmp (table, "audit") == 0 ? AUDIT : REF;
  column->table = g_intern_string (table);
}

static gboolean
find_references (AttestStore *store, AttestMergePlan *plan, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (
      store, "SELECT \"from\", \"table\" FROM pragma_foreign_key_list (?1) ORDER BY id, seq", error,
      "s", plan->table);
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    for (guint i = 0; i < plan->columns->len; i++)
      {
        Column *column = &g_array_index (plan->columns, Column, i);

        if (strcmp (column->name, attest_stmt_text (stmt, 0)) == 0)
          set_reference (column, attest_stmt_text (stmt, 1));
      }
  return rc == 0;
}

static gboolean
find_columns (AttestStore *store, AttestMergePlan *plan, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (store,
                                                "SELECT name, type = 'INTEGER' AND pk = 1 AND "
                                                "(SELECT max (pk) FROM pragma_table_info (?1)) = 1"
                                                " FROM pragma_table_info (?1) ORDER BY cid",
                                                error, "s", plan->table);
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      Column column = { .kind = sqlite3_column_int (stmt, 1) ? ID : PLAIN,
                        .name = g_intern_string (attest_stmt_text (stmt, 0)) };

      if (strcmp (plan->table, "entry") == 0 && strcmp (column.name, "number") == 0)
        column.kind = NUMBER;
      g_array_append_val (plan->columns, column);
    }
  return rc == 0;
}

static void
write_statements (AttestMergePlan *plan)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) marks = g_string_new (NULL);

  plan->id_column = -1;
  for (guint i = 0; i < plan->columns->len; i++)
    {
      const Column *column = &g_array_index (plan->columns, Column, i);

      if (column->kind == ID)
        plan->id_column = (int)i;
      g_string_append_printf (names, "%s\"%s\"", i > 0 ? ", " : "", column->name);
      g_string_append_printf (marks, "%s?%u", i > 0 ? ", " : "", i + 1);
    }
  g_autofree char *insert = g_strdup_printf ("INSERT INTO \"%s\" (%s) VALUES (%s)", plan->table,
                                             names->str, marks->str);
  plan->insert = g_intern_string (insert);
  plan->select_list = g_intern_string (names->str);
}

static gboolean
make_plan (AttestMerge *merge, const char *table, GError **error)
{
  AttestMergePlan *plan = g_new0 (AttestMergePlan, 1);

  plan->table = g_intern_string (table);
  plan->columns = g_array_new (FALSE, TRUE, sizeof (Column));
  g_hash_table_insert (merge->plans, (gpointer)plan->table, plan);
  if (!find_columns (merge->store, plan, error) || !find_references (merge->store, plan, error))
    return FALSE;
  write_statements (plan);
  for (guint i = 0; i < plan->columns->len; i++)
    {
      const Column *column = &g_array_index (plan->columns, Column, i);

      if (column->kind == AUDIT && strcmp (column->name, "seq") == 0
          && strcmp (table, "copied") != 0 && !g_str_has_prefix (table, "withdrawal"))
        g_ptr_array_add (merge->logs, (gpointer)plan->table);
    }
  return TRUE;
}

gboolean
attest_merge_make_plans (AttestMerge *merge, GError **error)
{
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);
  int rc;

  {
    /* In the order in which they were made: what is referred to comes before what refers. */
    g_auto (AttestStmt) stmt = attest_stmt_query (
        merge->store,
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        " ORDER BY rowid",
        error, "");

    if (stmt == NULL)
      return FALSE;
    while ((rc = attest_stmt_step (merge->store, stmt, error)) > 0)
      g_ptr_array_add (tables, attest_stmt_dup (stmt, 0));
  }
  for (guint i = 0; rc == 0 && i < tables->len; i++)
    if (!make_plan (merge, tables->pdata[i], error))
      return FALSE;
  return rc == 0;
}

const char *
attest_merge_get_unsealed_sql (AttestMerge *merge, const char *table)
{
  const AttestMergePlan *plan = g_hash_table_lookup (merge->plans, g_intern_string (table));
  g_autoptr (GString) sql = g_string_new (NULL);
  gint64 is_required = 1;

  if (plan->id_column < 0
      || !attest_stmt_get_int (merge->store,
                               "SELECT \"notnull\" FROM pragma_table_info (?1) WHERE name = 'seq'",
                               &is_required, NULL, "s", plan->table)
      || is_required)
    return NULL;
  g_string_append_printf (sql, "SELECT \"%s\", ''",
                          g_array_index (plan->columns, Column, plan->id_column).name);
  for (guint i = 0; i < plan->columns->len; i++)
    if ((int)i != plan->id_column)
      g_string_append_printf (sql, " || ' ' || quote (\"%s\")",
                              g_array_index (plan->columns, Column, i).name);
  g_string_append_printf (sql, ", '' FROM \"%s\" WHERE seq IS NULL", plan->table);
  return g_intern_string (sql->str);
}

/* ---- ids ---- */

void
attest_merge_map_id (AttestMergeCopy *copy, const char *table, gint64 id, gint64 merged_id)
{
  const char *name = g_intern_string (table);
  GHashTable *map = g_hash_table_lookup (copy->maps, name);

  if (map == NULL)
    {
      map = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
      g_hash_table_insert (copy->maps, (gpointer)name, map);
    }
  g_hash_table_insert (map, g_memdup2 (&id, sizeof id), g_memdup2 (&merged_id, sizeof merged_id));
}

gint64
attest_merge_find_id (const AttestMergeCopy *copy, const char *table, gint64 id)
{
  GHashTable *map = g_hash_table_lookup (copy->maps, g_intern_string (table));
  const gint64 *found = map != NULL ? g_hash_table_lookup (map, &id) : NULL;

  return found != NULL ? *found : 0;
}

gint64
attest_merge_find_reverse (const AttestMergeCopy *copy, const char *table, gint64 merged_id)
{
  GHashTable *map = g_hash_table_lookup (copy->maps, g_intern_string (table));
  GHashTableIter iter;
  gpointer id, merged;

  if (map == NULL)
    return 0;
  g_hash_table_iter_init (&iter, map);
  while (g_hash_table_iter_next (&iter, &id, &merged))
    if (*(gint64 *)merged == merged_id)
      return *(gint64 *)id;
  return 0;
}

GArray *
attest_merge_list_ids (AttestMerge *merge, const AttestMergeCopy *copy, const char *table,
                       gint64 seq, GError **error)
{
  const AttestMergePlan *plan = g_hash_table_lookup (merge->plans, g_intern_string (table));
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *sql = NULL;
  int rc;

  if (plan->id_column < 0)
    return g_steal_pointer (&ids);
  sql = g_strdup_printf ("SELECT \"%s\" FROM \"%s\" WHERE seq = ?1 ORDER BY 1",
                         g_array_index (plan->columns, Column, plan->id_column).name, plan->table);
  g_auto (AttestStmt) stmt
      = attest_stmt_query (copy->store, g_intern_string (sql), error, "i", seq);
  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (copy->store, stmt, error)) > 0)
    {
      gint64 id = sqlite3_column_int64 (stmt, 0);

      g_array_append_val (ids, id);
    }
  return rc < 0 ? NULL : g_steal_pointer (&ids);
}

/* ---- rows about quotes ---- */

static int
find_column (const AttestMergePlan *plan, const char *name)
{
  for (guint i = 0; i < plan->columns->len; i++)
    if (strcmp (g_array_index (plan->columns, Column, i).name, name) == 0)
      return (int)i;
  return -1;
}

gboolean
attest_merge_is_about_quotes (AttestMerge *merge, const char *table)
{
  const AttestMergePlan *plan = g_hash_table_lookup (merge->plans, g_intern_string (table));

  return plan->id_column >= 0 && find_column (plan, "quote_key") >= 0;
}

static void
clear_row (gpointer item)
{
  g_free (((AttestMergeRow *)item)->fields);
}

/* All that a row says but for its quote. Texts with their lengths: no two rows give the same. */
static char *
dup_fields (const AttestMergePlan *plan, const AttestMergeCopy *copy, AttestStmt stmt)
{
  g_autoptr (GString) fields = g_string_new (NULL);

  for (guint i = 0; i < plan->columns->len; i++)
    {
      const Column *column = &g_array_index (plan->columns, Column, i);
      const char *text;

      if (column->kind == ID || column->kind == AUDIT || strcmp (column->name, "quote_key") == 0)
        continue;
      text = attest_stmt_text (stmt, (int)i);
      if (text == NULL)
        g_string_append (fields, "-;");
      else if (column->kind == REF)
        g_string_append_printf (
            fields, "%" G_GINT64_FORMAT ";",
            attest_merge_find_id (copy, column->table, sqlite3_column_int64 (stmt, (int)i)));
      else
        g_string_append_printf (fields, "%" G_GSIZE_FORMAT ":%s;", strlen (text), text);
    }
  return g_strdup (fields->str);
}

GArray *
attest_merge_list_rows (AttestMerge *merge, AttestMergeCopy *copy, const char *table,
                        GError **error)
{
  const AttestMergePlan *plan = g_hash_table_lookup (merge->plans, g_intern_string (table));
  g_autofree char *sql = g_strdup_printf (
      "SELECT %s FROM \"%s\" WHERE seq IS NOT NULL ORDER BY seq, \"%s\"", plan->select_list,
      plan->table, g_array_index (plan->columns, Column, plan->id_column).name);
  g_autoptr (GArray) rows = g_array_new (FALSE, TRUE, sizeof (AttestMergeRow));
  g_auto (AttestStmt) stmt = attest_stmt_query (copy->store, g_intern_string (sql), error, "");
  int seq = find_column (plan, "seq"), quote = find_column (plan, "quote_key");
  int stance = find_column (plan, "stance"), rc;

  g_array_set_clear_func (rows, clear_row);
  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (copy->store, stmt, error)) > 0)
    {
      AttestMergeRow row
          = { .id = sqlite3_column_int64 (stmt, plan->id_column),
              .seq = sqlite3_column_int64 (stmt, seq),
              .quote_key = sqlite3_column_int64 (stmt, quote),
              .fields = dup_fields (plan, copy, stmt),
              .removes = stance >= 0 && sqlite3_column_type (stmt, stance) == SQLITE_NULL };

      g_array_append_val (rows, row);
    }
  return rc < 0 ? NULL : g_steal_pointer (&rows);
}

/* ---- copying ---- */

/* A row on its way. */
typedef struct
{
  AttestMerge *merge;
  AttestMergeCopy *copy;
  const AttestMergePlan *plan;
  const AttestMergeValue *values;
  AttestStmt from, to;
} Row;

static gboolean
throw_reference (const Row *row, const Column *column, gint64 value, GError **error)
{
  return attest_throw (error, ATTEST_ERROR_STORE,
                       "%s: is damaged: %s of a row of '%s' names %" G_GINT64_FORMAT
                       ", which is not there; 'attest verify' says more, and nothing was merged",
                       row->copy->name, column->name, row->plan->table, value);
}

static gint64
find_number (const Row *row, gint64 number)
{
  const char *kind = NULL;
  gint64 seq = 0;

  for (guint i = 0; i < row->plan->columns->len; i++)
    {
      const char *name = g_array_index (row->plan->columns, Column, i).name;

      if (strcmp (name, "kind") == 0)
        kind = attest_stmt_text (row->from, (int)i);
      if (strcmp (name, "seq") == 0)
        seq = sqlite3_column_int64 (row->from, (int)i);
    }
  return attest_merge_choose_number (row->merge, row->copy, kind, number,
                                     attest_merge_copy_entry (row->copy, seq)->name);
}

static gboolean
bind_mapped (const Row *row, const Column *column, int i, GError **error)
{
  gint64 value = sqlite3_column_int64 (row->from, i);
  const AttestMergeEntry *entry;
  gint64 mapped = 0;

  switch (column->kind)
    {
    case AUDIT:
      entry = attest_merge_copy_entry (row->copy, value);
      if (entry != NULL)
        entry = g_hash_table_lookup (row->merge->merged, entry->name);
      mapped = entry != NULL ? entry->merged_seq : 0;
      break;
    case REF:
      mapped = attest_merge_find_id (row->copy, column->table, value);
      break;
    default:
      mapped = find_number (row, value);
      break;
    }
  if (mapped == 0)
    return throw_reference (row, column, value, error);
  sqlite3_bind_int64 (row->to, i + 1, mapped);
  return TRUE;
}

static gboolean
bind_column (const Row *row, int i, GError **error)
{
  const Column *column = &g_array_index (row->plan->columns, Column, i);

  for (const AttestMergeValue *value = row->values; value != NULL && value->column != NULL; value++)
    if (strcmp (value->column, column->name) == 0)
      {
        if (value->is_null)
          sqlite3_bind_null (row->to, i + 1);
        else if (value->text != NULL)
          sqlite3_bind_text (row->to, i + 1, value->text, -1, SQLITE_TRANSIENT);
        else
          sqlite3_bind_int64 (row->to, i + 1, value->number);
        return TRUE;
      }
  if (column->kind == ID || sqlite3_column_type (row->from, i) == SQLITE_NULL)
    sqlite3_bind_null (row->to, i + 1);
  else if (column->kind != PLAIN)
    return bind_mapped (row, column, i, error);
  else
    sqlite3_bind_value (row->to, i + 1, sqlite3_column_value (row->from, i));
  return TRUE;
}

static const char *
text_of (const Row *row, const char *column)
{
  int i = find_column (row->plan, column);

  return i >= 0 ? attest_stmt_text (row->from, i) : NULL;
}

static gint64
number_of (const Row *row, const char *column)
{
  int i = find_column (row->plan, column);

  return i >= 0 ? sqlite3_column_int64 (row->from, i) : 0;
}

/* What is about who withdrew, in a copy that did not know: it stays out. What commands changed of
 * respondents may name them, in a form that cannot be parted. */
static gboolean
is_left_out (const Row *row)
{
  const char *table = row->plan->table;

  if (row->merge->withdrawals == NULL)
    return FALSE;
  if (strcmp (table, "change") == 0)
    return TRUE;
  if (strcmp (table, "consensus") == 0)
    return attest_merge_find_id (row->copy, "decision", number_of (row, "decision_id")) == 0;
  if (strcmp (table, "respondent_said") == 0 || strcmp (table, "speaker_said") == 0)
    return attest_merge_is_hidden_respondent (row->merge, row->copy, text_of (row, "respondent"))
           || attest_merge_is_hidden_speaker (row->merge, row->copy, number_of (row, "source_id"),
                                              text_of (row, "speaker"));
  return FALSE;
}

static gboolean
copy_row (const Row *row, GArray *new_ids, GError **error)
{
  int id_column = row->plan->id_column;
  gint64 id;

  if (is_left_out (row))
    return TRUE;
  for (int i = 0; i < (int)row->plan->columns->len; i++)
    if (!bind_column (row, i, error))
      return FALSE;
  if (attest_stmt_step (row->merge->store, row->to, error) < 0)
    return FALSE;
  id = sqlite3_last_insert_rowid (row->merge->store->db);
  attest_stmt_release (row->to);
  if (id_column < 0)
    return TRUE;
  attest_merge_map_id (row->copy, row->plan->table, sqlite3_column_int64 (row->from, id_column),
                       id);
  if (new_ids != NULL)
    g_array_append_val (new_ids, id);
  return TRUE;
}

gboolean
attest_merge_copy_rows (AttestMerge *merge, AttestMergeCopy *copy, const char *table,
                        const char *column, gint64 value, const AttestMergeValue *values,
                        GArray *new_ids, GError **error)
{
  const AttestMergePlan *plan = g_hash_table_lookup (merge->plans, g_intern_string (table));
  const char *id = plan->id_column >= 0
                       ? g_array_index (plan->columns, Column, plan->id_column).name
                       : g_array_index (plan->columns, Column, 0).name;
  g_autofree char *sql
      = g_strdup_printf ("SELECT %s FROM \"%s\" WHERE \"%s\" = ?1 ORDER BY \"%s\", 2",
                         plan->select_list, plan->table, column, id);
  g_auto (AttestStmt) from
      = attest_stmt_query (copy->store, g_intern_string (sql), error, "i", value);
  g_auto (AttestStmt) to = attest_stmt_prepare (merge->store, plan->insert, error);
  Row row = { merge, copy, plan, values, from, to };
  int rc;

  if (from == NULL || to == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (copy->store, from, error)) > 0)
    if (!copy_row (&row, new_ids, error))
      return FALSE;
  return rc == 0;
}
