#include "cli/attest-cli-export-coder.h"

#include <string.h>

#include "cli/attest-cli-rebuild.h"
#include "cli/attest-cli-review.h"
#include "report/attest-report.h"
#include "store/attest-store-merge.h"
#include "util/attest-csv.h"

/* (element-type char *) the sources of the sample, each once; all must be there. */
static GPtrArray *
read_sample (AttestStore *store, const char *path, GError **error)
{
  g_autoptr (GPtrArray) rows = attest_csv_read_file (path, error);
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  int column;

  if (rows == NULL)
    return NULL;
  column = attest_csv_find_column (rows->pdata[0], "source");
  if (column < 0)
    return attest_throw_null (error, ATTEST_ERROR_INPUT,
                              "%s:1: no column 'source': a sample is what 'attest sample "
                              "--double-code N' writes",
                              path);
  for (guint i = 1; i < rows->len; i++)
    {
      const AttestCsvRow *row = rows->pdata[i];
      const char *label = row->cells->pdata[column];
      g_autoptr (AttestSourceInfo) info = attest_store_get_source (store, label, NULL);

      if (info == NULL)
        return attest_throw_null (error, ATTEST_ERROR_INPUT,
                                  "%s:%u: no source '%s' in %s; 'attest sources' lists them", path,
                                  row->line, label, attest_store_get_path (store));
      if (!g_ptr_array_find_with_equal_func (labels, label, (GEqualFunc)g_str_equal, NULL))
        g_ptr_array_add (labels, g_strdup (label));
    }
  if (labels->len == 0)
    return attest_throw_null (error, ATTEST_ERROR_INPUT, "%s: names no source", path);
  return g_steal_pointer (&labels);
}

/* Inside a transaction of @copy, which is then the store of @inv. */
static gboolean
fill (AttestInvocation *inv, AttestStore *from, GPtrArray *labels, const char *coder,
      GError **error)
{
  g_autoptr (AttestMergeResult) result = attest_store_copy_blind (inv->store, from, labels, error);
  g_autofree char *detail = NULL;
  guint n_sources, n_coded;

  if (result == NULL)
    return FALSE;
  for (guint i = 0; i < result->to_code->len; i++)
    ((AttestCodebookInfo *)result->to_code->pdata[i])->coded = TRUE;
  detail = g_strdup_printf ("for %s, of %s", coder, result->heads);
  return attest_cli_derive (inv, result->to_code, &n_sources, &n_coded, error)
         && attest_store_commit (inv->store, attest_cli_get_coder (NULL), "export", detail, error);
}

gboolean
attest_cli_export_for_coder (AttestInvocation *inv, const char *coder, const char *sample,
                             const char *path, GError **error)
{
  AttestStore *from = inv->store;
  g_autofree char *name = path != NULL ? g_strdup (path) : g_strconcat (coder, ".attest", NULL);
  g_autoptr (GPtrArray) labels = NULL;
  gboolean ok;

  if (*coder == '\0' || (path == NULL && strchr (coder, '/') != NULL))
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "'%s' is no name of a file: say where to by --output FILE", coder);
  if (sample != NULL && (labels = read_sample (from, sample, error)) == NULL)
    return FALSE;
  inv->store = attest_store_create_empty (name, error);
  if (inv->store == NULL)
    {
      inv->store = from;
      return FALSE;
    }
  ok = attest_store_begin (inv->store, error) && fill (inv, from, labels, coder, error);
  if (ok)
    {
      g_autoptr (GPtrArray) sources = attest_store_list_sources (inv->store, NULL);
      g_autofree char *count
          = attest_report_dup_count (sources != NULL ? sources->len : 0, "source", NULL);

      attest_cli_say (
          inv,
          "made %s with %s, without what anybody decided; next: attest --project %s review "
          "--coder %s, and then 'attest merge'\n",
          name, count, name, coder);
      attest_store_free (inv->store);
    }
  else
    attest_store_free_and_remove (inv->store);
  inv->store = from;
  return ok;
}
