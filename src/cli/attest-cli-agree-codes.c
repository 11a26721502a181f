/* Which codebooks are coders, and which codes are compared. */
#include "cli/attest-cli-agree-project-private.h"
#include "cli/attest-cli-coding.h"

#include <string.h>

#define PEOPLE "people"

/* Whether people gave any code of the dimension of this name: of other dimensions nobody knows what
 * they would have said. */
static gboolean
is_judged (const AttestAgreeLoading *loading, const char *dimension)
{
  for (guint i = 0; i < loading->wish->gold->items->len; i++)
    {
      const GArray *codes = attest_agree_gold_item (loading, i)->codes;

      for (guint k = 0; k < codes->len; k++)
        {
          const AttestCode *code
              = attest_codebook_code (loading->judged, g_array_index (codes, guint, k));

          if (strcmp (attest_codebook_dimension (loading->judged, code->dimension)->id, dimension)
              == 0)
            return TRUE;
        }
    }
  return FALSE;
}

static gboolean
is_wanted (const AttestAgreeLoading *loading, const AttestCodebook *codebook,
           const AttestCode *code)
{
  const char *dimension = attest_codebook_dimension (codebook, code->dimension)->id;

  if (loading->wish->dimension != NULL)
    return strcmp (dimension, loading->wish->dimension) == 0;
  return loading->wish->gold == NULL || is_judged (loading, dimension);
}

static void
keep_common (const AttestAgreeLoading *loading, const AttestCodebook *codebook, gboolean is_first,
             GPtrArray *left_out)
{
  AttestAgreeProject *project = loading->project;
  g_autoptr (GPtrArray) common = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < codebook->codes->len; i++)
    {
      const AttestCode *code = attest_codebook_code (codebook, i);
      gboolean is_known = g_ptr_array_find_with_equal_func (project->codes, code->id,
                                                            (GEqualFunc)g_str_equal, NULL);

      if (!is_wanted (loading, codebook, code))
        continue;
      if (is_first || is_known)
        g_ptr_array_add (common, g_strdup (code->id));
      else
        g_ptr_array_add (left_out, g_strdup (code->id));
    }
  /* In the order of the first codebook. */
  for (guint i = 0; i < project->codes->len;)
    if (g_ptr_array_find_with_equal_func (common, project->codes->pdata[i], (GEqualFunc)g_str_equal,
                                          NULL))
      i++;
    else
      {
        g_ptr_array_add (left_out, g_strdup (project->codes->pdata[i]));
        g_ptr_array_remove_index (project->codes, i);
      }
  if (is_first)
    for (guint i = 0; i < common->len; i++)
      g_ptr_array_add (project->codes, g_strdup (common->pdata[i]));
}

/* It must have searched every source. */
static gboolean
check_searched (AttestAgreeLoading *loading, const char *name, GError **error)
{
  AttestStore *store = loading->store;
  AttestReportFilter filter = { .codebook = name };
  g_autoptr (AttestFrequency) frequency = attest_store_report_frequency (store, &filter, error);

  if (frequency == NULL)
    return FALSE;
  if (frequency->totals.not_searched > 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "codebook '%s' has not searched %" G_GINT64_FORMAT
                         " of the sources, where it cannot agree or differ: 'attest code' first",
                         name, frequency->totals.not_searched);
  if (frequency->totals.incomplete > 0)
    g_ptr_array_add (loading->project->warnings,
                     g_strdup_printf ("A limit stopped codebook '%s' in %" G_GINT64_FORMAT
                                      " turns, where it may have missed codes.",
                                      name, frequency->totals.incomplete));
  return TRUE;
}

static gboolean
add_codebook (AttestAgreeLoading *loading, const char *name, gboolean is_first, GPtrArray *left_out,
              GError **error)
{
  const AttestAgreeWish *wish = loading->wish;
  g_autoptr (AttestCodebookInfo) info = attest_store_find_codebook (loading->store, name, error);
  g_autoptr (AttestCodebook) codebook
      = info != NULL ? attest_cli_load_kept_codebook (loading->store, info, error) : NULL;

  if (codebook == NULL || !check_searched (loading, name, error))
    return FALSE;
  if (wish->dimension != NULL && attest_codebook_find_dimension (codebook, wish->dimension) < 0)
    return attest_throw (error, ATTEST_ERROR_USAGE, "the codebook %s has no dimension '%s'", name,
                         wish->dimension);
  if (is_first && wish->gold != NULL)
    {
      if (!attest_gold_resolve (wish->gold, codebook, error))
        return FALSE;
      loading->judged = attest_codebook_ref (codebook);
    }
  keep_common (loading, codebook, is_first, left_out);
  g_ptr_array_add (loading->project->coders, g_strdup (name));
  return TRUE;
}

gboolean
attest_agree_choose_codes (AttestAgreeLoading *loading, GError **error)
{
  AttestAgreeProject *project = loading->project;
  const char *const *names = loading->wish->codebooks;
  g_autoptr (GPtrArray) left_out = g_ptr_array_new_with_free_func (g_free);

  if (loading->wish->gold != NULL)
    g_ptr_array_add (project->coders, g_strdup (PEOPLE));
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_ptr_array_find_with_equal_func (project->coders, names[i], (GEqualFunc)g_str_equal,
                                            NULL))
        return attest_throw (error, ATTEST_ERROR_USAGE, "codebook '%s' is named twice", names[i]);
      if (!add_codebook (loading, names[i], i == 0, left_out, error))
        return FALSE;
    }
  if (project->codes->len == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         loading->wish->gold != NULL
                             ? "people gave no code, so it is not known which they judged: choose "
                               "by --dimension"
                             : "the codebooks have no code in common: codes are the same when they "
                               "have the same id");
  if (left_out->len == 0)
    return TRUE;
  g_ptr_array_add (left_out, NULL);
  g_autofree char *list = g_strjoinv (", ", (char **)left_out->pdata);
  g_ptr_array_add (project->warnings,
                   g_strdup_printf ("Codes that not all of them have, left out: %s.", list));
  return TRUE;
}
