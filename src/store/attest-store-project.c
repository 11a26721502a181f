/* What is known of the project, and the criteria, as they hold. */
#include "store/attest-store-project.h"
#include "store/attest-store-private.h"

#include <string.h>

#include "util/attest-error.h"

enum
{
  LIST_VALUES,
  LIST_CODES,
  LIST_SCOPE,
  N_STATEMENTS
};

#define HOLDS " WHERE p.seq NOT IN (SELECT seq FROM taken_back) ORDER BY p.id"

static const char *const statements[N_STATEMENTS] = {
  [LIST_VALUES] = "SELECT p.key, p.lang, p.value, a.at, a.actor FROM project_value p"
                  " LEFT JOIN audit a ON a.seq = p.seq" HOLDS,
  /* The newest codebook of a name stands for those before it. */
  [LIST_CODES] = "SELECT code, max (name) FROM code WHERE dimension = 'criterion'"
                 " GROUP BY code ORDER BY min (codebook_id), min (number)",
  [LIST_SCOPE] = "SELECT p.criterion, p.scope, p.name, p.because, a.at, a.actor"
                 " FROM criterion_scope p LEFT JOIN audit a ON a.seq = p.seq" HOLDS,
};

static void
free_value (gpointer item)
{
  AttestProjectValue *value = item;

  g_free (value->key);
  g_free (value->lang);
  g_free (value->value);
  g_free (value->at);
  g_free (value->by);
  g_free (value);
}

static void
free_criterion (gpointer item)
{
  AttestCriterion *criterion = item;

  g_free (criterion->criterion);
  g_free (criterion->name);
  g_free (criterion->because);
  g_free (criterion->at);
  g_free (criterion->by);
  g_free (criterion);
}

void
attest_project_free (AttestProject *project)
{
  if (project == NULL)
    return;
  g_clear_pointer (&project->values, g_ptr_array_unref);
  g_clear_pointer (&project->criteria, g_ptr_array_unref);
  g_free (project);
}

const char *
attest_scope_to_string (AttestScope scope)
{
  static const char *const names[] = { "codebook", "added", "dropped" };

  return names[scope];
}

/* ---- values ---- */

GPtrArray *
attest_store_list_project_history (AttestStore *store, GError **error)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (free_value);
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_VALUES], error, "");
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      AttestProjectValue *value = g_new0 (AttestProjectValue, 1);

      value->key = attest_stmt_dup (stmt, 0);
      value->lang = attest_stmt_dup (stmt, 1);
      value->value = attest_stmt_dup (stmt, 2);
      value->at = attest_stmt_dup (stmt, 3);
      value->by = attest_stmt_dup (stmt, 4);
      g_ptr_array_add (values, value);
    }
  return rc < 0 ? NULL : g_steal_pointer (&values);
}

static gint64
find_place (const char *key)
{
  const AttestProjectKey *known = attest_project_find_key (key);

  return known != NULL ? known - attest_project_keys () : G_MAXINT64;
}

static int
compare_values (gconstpointer a, gconstpointer b)
{
  const AttestProjectValue *x = *(const AttestProjectValue *const *)a;
  const AttestProjectValue *y = *(const AttestProjectValue *const *)b;
  gint64 x_place = find_place (x->key);
  gint64 y_place = find_place (y->key);
  int order;

  if (x_place != y_place)
    return x_place < y_place ? -1 : 1;
  order = strcmp (x->key, y->key);
  return order != 0 ? order : strcmp (x->lang, y->lang);
}

static void
add_title (AttestStore *store, GPtrArray *values)
{
  g_autofree char *title = attest_store_dup_meta (store, "title", NULL);
  AttestProjectValue *value;

  if (title == NULL || *title == '\0')
    return;
  value = g_new0 (AttestProjectValue, 1);
  value->key = g_strdup ("title");
  value->lang = g_strdup ("");
  value->value = g_steal_pointer (&title);
  value->at = attest_store_dup_meta (store, "created_at", NULL);
  g_ptr_array_add (values, value);
}

/* The last of each key and language, those that were removed left out. */
static gboolean
load_values (AttestStore *store, AttestProject *project, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  project->values = attest_store_list_project_history (store, error);
  if (project->values == NULL)
    return FALSE;
  for (guint i = project->values->len; i-- > 0;)
    {
      const AttestProjectValue *value = g_ptr_array_index (project->values, i);
      gboolean is_last
          = g_hash_table_add (seen, g_strdup_printf ("%s:%s", value->key, value->lang));

      if (!is_last || value->value == NULL)
        g_ptr_array_remove_index (project->values, i);
    }
  if (!g_hash_table_contains (seen, "title:"))
    add_title (store, project->values);
  g_ptr_array_sort (project->values, compare_values);
  return TRUE;
}

const AttestProjectValue *
attest_project_find (const AttestProject *project, const char *key, const char *lang)
{
  for (guint i = 0; i < project->values->len; i++)
    {
      const AttestProjectValue *value = g_ptr_array_index (project->values, i);

      if (strcmp (value->key, key) == 0 && (lang == NULL || strcmp (value->lang, lang) == 0))
        return value;
    }
  return NULL;
}

const char *
attest_project_get (const AttestProject *project, const char *key, const char *lang)
{
  const AttestProjectValue *value = NULL;

  if (lang != NULL)
    value = attest_project_find (project, key, lang);
  if (value == NULL)
    value = attest_project_find (project, key, "");
  if (value == NULL)
    value = attest_project_find (project, key, "en");
  if (value == NULL)
    value = attest_project_find (project, key, NULL);
  return value != NULL ? value->value : NULL;
}

char **
attest_project_dup_items (const AttestProject *project, const char *key, const char *lang)
{
  const char *value = attest_project_get (project, key, lang);

  return value != NULL ? g_strsplit (value, "\n", -1) : g_new0 (char *, 1);
}

/* ---- criteria ---- */

static gboolean
load_codes (AttestStore *store, GPtrArray *criteria, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_CODES], error, "");
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      AttestCriterion *criterion = g_new0 (AttestCriterion, 1);

      criterion->criterion = attest_stmt_dup (stmt, 0);
      criterion->name = attest_stmt_dup (stmt, 1);
      criterion->in_codebook = TRUE;
      g_ptr_array_add (criteria, criterion);
    }
  return rc == 0;
}

const AttestCriterion *
attest_project_find_criterion (const AttestProject *project, const char *criterion)
{
  for (guint i = 0; i < project->criteria->len; i++)
    {
      const AttestCriterion *known = g_ptr_array_index (project->criteria, i);

      if (strcmp (known->criterion, criterion) == 0)
        return known;
    }
  return NULL;
}

static AttestCriterion *
find_or_add (AttestProject *project, const char *id)
{
  AttestCriterion *criterion = (AttestCriterion *)attest_project_find_criterion (project, id);

  if (criterion != NULL)
    return criterion;
  criterion = g_new0 (AttestCriterion, 1);
  criterion->criterion = g_strdup (id);
  g_ptr_array_add (project->criteria, criterion);
  return criterion;
}

static void
replace (char **where, AttestStmt stmt, int column)
{
  g_free (*where);
  *where = attest_stmt_dup (stmt, column);
}

/* Later ones replace earlier ones. */
static gboolean
load_scope (AttestStore *store, AttestProject *project, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_SCOPE], error, "");
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      AttestCriterion *criterion = find_or_add (project, attest_stmt_text (stmt, 0));

      criterion->scope = strcmp (attest_stmt_text (stmt, 1), "added") == 0 ? ATTEST_SCOPE_ADDED
                                                                           : ATTEST_SCOPE_DROPPED;
      if (attest_stmt_text (stmt, 2) != NULL)
        replace (&criterion->name, stmt, 2);
      replace (&criterion->because, stmt, 3);
      replace (&criterion->at, stmt, 4);
      replace (&criterion->by, stmt, 5);
    }
  return rc == 0;
}

AttestProject *
attest_store_load_project (AttestStore *store, GError **error)
{
  g_autoptr (AttestProject) project = g_new0 (AttestProject, 1);

  project->criteria = g_ptr_array_new_with_free_func (free_criterion);
  return load_values (store, project, error) && load_codes (store, project->criteria, error)
                 && load_scope (store, project, error)
             ? g_steal_pointer (&project)
             : NULL;
}
