#include "cli/attest-cli-export-coder.h"

#include <string.h>

#include "cli/attest-cli-coding.h"
#include "cli/attest-cli-rebuild.h"
#include "cli/attest-cli-review.h"
#include "report/attest-report.h"
#include "store/attest-store-merge.h"
#include "store/attest-store-sample.h"
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
  if (attest_csv_find_column (rows->pdata[0], "start") >= 0)
    return attest_throw_null (error, ATTEST_ERROR_INPUT,
                              "%s:1: lists sentences, of which the project keeps what is to be "
                              "known: give the name of the sample, which 'attest sample --list' "
                              "tells",
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

/* ---- a sample of the project ---- */

/* What the coder is to read: (element-type char *) the sources in which the sample has something.
 */
static GPtrArray *
list_labels (const AttestSample *sample)
{
  GPtrArray *labels = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < sample->units->len; i++)
    {
      const AttestSampleUnit *unit = &g_array_index (sample->units, AttestSampleUnit, i);

      if (unit->state == ATTEST_UNIT_STANDS
          && !g_ptr_array_find_with_equal_func (labels, unit->source, (GEqualFunc)g_str_equal,
                                                NULL))
        g_ptr_array_add (labels, g_strdup (unit->source));
    }
  return labels;
}

/* As the coder gets it: nothing tells for what a unit was drawn. */
static AttestSample *
dup_for_coder (const AttestSample *sample, const char *coder)
{
  AttestSample *copy = attest_sample_new ();

  copy->name = g_strdup (sample->name);
  copy->unit = sample->unit;
  copy->codebook = g_strdup (sample->codebook);
  copy->coder = g_strdup (coder);
  for (guint i = 0; i < sample->units->len; i++)
    {
      const AttestSampleUnit *unit = &g_array_index (sample->units, AttestSampleUnit, i);

      if (unit->state == ATTEST_UNIT_STANDS)
        attest_sample_add_unit (copy, unit->source, unit->start, unit->end, NULL, 0);
    }
  return copy;
}

/* Who has judged the sample here cannot do so again as if they had not. */
static gboolean
check_coder (AttestStore *store, const AttestSample *sample, const char *coder, GError **error)
{
  g_autoptr (GPtrArray) judged = attest_store_list_judged (store, sample->codebook, error);
  guint n = 0;

  if (judged == NULL)
    return FALSE;
  for (guint i = 0; i < judged->len; i++)
    for (guint k = 0; k < sample->units->len; k++)
      n += strcmp (((AttestJudged *)judged->pdata[i])->coder, coder) == 0
           && g_strcmp0 (((AttestJudged *)judged->pdata[i])->id,
                         g_array_index (sample->units, AttestSampleUnit, k).id)
                  == 0;
  return n == 0
         || attest_throw (error, ATTEST_ERROR_USAGE,
                          "'%s' has judged %u of the %u sentences of '%s' in %s already: another "
                          "coder takes another name",
                          coder, n, sample->units->len, sample->name,
                          attest_store_get_path (store));
}

static guint
count_standing (const AttestSample *sample)
{
  guint n = 0;

  for (guint i = 0; i < sample->units->len; i++)
    n += g_array_index (sample->units, AttestSampleUnit, i).state == ATTEST_UNIT_STANDS;
  return n;
}

/* ---- the copy ---- */

/* What is to be copied. */
typedef struct
{
  AttestSample *sample; /* NULL: whole sources, as rules propose */
  GPtrArray *labels;    /* NULL: all */
} Part;

static void
part_clear (Part *part)
{
  g_clear_pointer (&part->sample, attest_sample_free);
  g_clear_pointer (&part->labels, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Part, part_clear)

/* @name is that of a sample, or of a file. */
static gboolean
find_part (AttestStore *store, const char *name, const char *coder, Part *part, GError **error)
{
  g_autoptr (GError) unknown = NULL;

  if (name == NULL)
    return TRUE;
  part->sample = attest_store_find_sample (store, name, &unknown);
  if (part->sample != NULL)
    {
      part->labels = list_labels (part->sample);
      if (part->labels->len == 0)
        return attest_throw (error, ATTEST_ERROR_USAGE,
                             "nothing of the sample '%s' stands in the project any more", name);
      return check_coder (store, part->sample, coder, error);
    }
  if (!g_error_matches (unknown, ATTEST_ERROR, ATTEST_ERROR_USAGE)
      || !g_file_test (name, G_FILE_TEST_EXISTS))
    {
      g_propagate_error (error, g_steal_pointer (&unknown));
      return FALSE;
    }
  part->labels = read_sample (store, name, error);
  return part->labels != NULL;
}

/* The codes of the sample's codebook, which nothing is searched for. */
static gboolean
register_codes (AttestInvocation *inv, GPtrArray *codebooks, const char *name, GError **error)
{
  for (guint i = 0; i < codebooks->len; i++)
    {
      const AttestCodebookInfo *info = codebooks->pdata[i];
      AttestCliCodeOptions options = { .codes_only = TRUE };
      g_autoptr (AttestCodebook) codebook = NULL;

      if (strcmp (info->name, name) != 0)
        continue;
      codebook = attest_cli_load_kept_codebook (inv->store, info, error);
      return codebook != NULL && attest_cli_code_project (inv, codebook, &options, NULL, error);
    }
  return attest_throw (error, ATTEST_ERROR_USAGE,
                       "the project is not coded with '%s' any more: 'attest code' first, so that "
                       "its codes are known",
                       name);
}

/* Inside a transaction of the copy, which is the store of @inv. */
static gboolean
fill (AttestInvocation *inv, AttestStore *from, const Part *part, const char *coder, GError **error)
{
  gboolean is_bare = part->sample != NULL && part->sample->unit == ATTEST_SAMPLE_SENTENCE;
  g_autoptr (AttestMergeResult) result
      = attest_store_copy_blind (inv->store, from, part->labels, is_bare, error);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autofree char *detail = NULL;
  guint n_sources, n_coded;

  if (result == NULL)
    return FALSE;
  for (guint i = 0; i < result->to_code->len; i++)
    ((AttestCodebookInfo *)result->to_code->pdata[i])->coded = TRUE;
  detail = g_strdup_printf ("for %s, of %s", coder, result->heads);
  if (!attest_cli_derive (inv, is_bare ? none : result->to_code, &n_sources, &n_coded, error)
      || (is_bare && !register_codes (inv, result->to_code, part->sample->codebook, error)))
    return FALSE;
  if (part->sample != NULL)
    {
      g_autoptr (AttestSample) given = dup_for_coder (part->sample, coder);

      if (!attest_store_add_sample (inv->store, given, error))
        return FALSE;
    }
  return attest_store_commit (inv->store, attest_cli_get_coder (NULL), "export", detail, error);
}

static void
print_made (AttestInvocation *inv, const Part *part, const char *name, const char *coder)
{
  g_autoptr (GPtrArray) sources = attest_store_list_sources (inv->store, NULL);
  guint n_sources = sources != NULL ? sources->len : 0;
  g_autofree char *count = attest_report_dup_count (n_sources, "source", NULL);

  if (part->sample != NULL && part->sample->unit == ATTEST_SAMPLE_SENTENCE)
    {
      g_autofree char *units
          = attest_report_dup_count (count_standing (part->sample), "sentence", NULL);

      attest_cli_say (
          inv,
          "made %s with %s to judge, in %s, without what anybody decided or rules found; next: "
          "attest --project %s review, and then 'attest merge'\n",
          name, units, count, name);
    }
  else
    attest_cli_say (
        inv,
        "made %s with %s, without what anybody decided; next: attest --project %s review "
        "--coder %s, and then 'attest merge'\n",
        name, count, name, coder);
}

gboolean
attest_cli_export_for_coder (AttestInvocation *inv, const char *coder, const char *sample,
                             const char *path, GError **error)
{
  AttestStore *from = inv->store;
  g_autofree char *name = path != NULL ? g_strdup (path) : g_strconcat (coder, ".attest", NULL);
  g_auto (Part) part = { NULL };
  gboolean ok;

  if (*coder == '\0' || (path == NULL && strchr (coder, '/') != NULL))
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "'%s' is no name of a file: say where to by --output FILE", coder);
  if (!find_part (from, sample, coder, &part, error))
    return FALSE;
  inv->store = attest_store_create_empty (name, error);
  if (inv->store == NULL)
    {
      inv->store = from;
      return FALSE;
    }
  ok = attest_store_begin (inv->store, error) && fill (inv, from, &part, coder, error);
  if (ok)
    {
      print_made (inv, &part, name, coder);
      attest_store_free (inv->store);
    }
  else
    attest_store_free_and_remove (inv->store);
  inv->store = from;
  return ok;
}
