/* Which codebooks are coders, and which codes are compared. */
#include "cli/attest-cli-agree-project-private.h"
#include "cli/attest-cli-alignment.h"
#include "cli/attest-cli-coding.h"
#include "util/attest-limits.h"

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
              = attest_codebook_code (loading->judged_by, g_array_index (codes, guint, k));

          if (strcmp (attest_codebook_dimension (loading->judged_by, code->dimension)->id,
                      dimension)
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

gboolean
attest_agree_find_code (const AttestAgreeLoading *loading, guint coder, const char *id,
                        guint *out_code)
{
  GHashTable *numbers = g_ptr_array_index (loading->numbers, coder);
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, id));

  *out_code = number - 1;
  return number > 0;
}

gboolean
attest_agree_find_code_of (const AttestAgreeLoading *loading, const char *name, const char *id,
                           guint *out_code)
{
  for (guint i = 0; i < loading->names->len; i++)
    if (g_strcmp0 (g_ptr_array_index (loading->names, i), name) == 0)
      return attest_agree_find_code (loading, i, id, out_code);
  return FALSE;
}

/* ---- which codes are the same ---- */

/* By row, how many of the codebooks have a wanted code in it. */
static guint *
count_wanted (const AttestAgreeLoading *loading, const GPtrArray *codebooks,
              const AttestAlignment *alignment)
{
  guint *counts = g_new0 (guint, alignment->rows->len + 1);

  for (guint i = 0; i < codebooks->len; i++)
    {
      const AttestCodebook *codebook = g_ptr_array_index (codebooks, i);
      g_autofree gboolean *has = g_new0 (gboolean, alignment->rows->len + 1);

      for (guint k = 0; k < codebook->codes->len; k++)
        {
          guint row = alignment->row_of[i][k];

          if (has[row] || !is_wanted (loading, codebook, attest_codebook_code (codebook, k)))
            continue;
          has[row] = TRUE;
          counts[row]++;
        }
    }
  return counts;
}

static GHashTable *
number_codes (const AttestCodebook *codebook, const guint *row_of, const guint *number_of_row)
{
  GHashTable *numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < codebook->codes->len; i++)
    if (number_of_row[row_of[i]] > 0)
      g_hash_table_insert (numbers, g_strdup (attest_codebook_code (codebook, i)->id),
                           GUINT_TO_POINTER (number_of_row[row_of[i]]));
  return numbers;
}

/* "plum (only other, run 2)" */
static char *
dup_left_out (const AttestAgreeLoading *loading, const AttestAlignedRow *row)
{
  guint first = loading->wish->gold != NULL ? 1 : 0;
  g_autoptr (GString) who = g_string_new (NULL);

  for (guint i = 0; i < loading->names->len; i++)
    if (row->sides & (1u << i))
      g_string_append_printf (who, "%s%s", who->len > 0 ? ", " : "",
                              (char *)loading->project->coders->pdata[first + i]);
  return g_strdup_printf ("%s (only %s)", row->label, who->str);
}

/* Codes that all codebooks have, in the order of the first one. */
static gboolean
keep_common (AttestAgreeLoading *loading, const GPtrArray *codebooks, GPtrArray *left_out,
             GError **error)
{
  g_autoptr (AttestAlignment) alignment
      = attest_cli_align_codebooks (codebooks, loading->wish->mapping, error);

  if (alignment == NULL)
    return FALSE;
  g_autofree guint *counts = count_wanted (loading, codebooks, alignment);
  g_autofree guint *number_of_row = g_new0 (guint, alignment->rows->len + 1);
  for (guint row = 0; row < alignment->rows->len; row++)
    {
      const AttestAlignedRow *aligned = attest_alignment_row (alignment, row);

      if (counts[row] == codebooks->len)
        {
          g_ptr_array_add (loading->project->codes, g_strdup (aligned->label));
          number_of_row[row] = loading->project->codes->len;
        }
      else if (counts[row] > 0)
        g_ptr_array_add (left_out, dup_left_out (loading, aligned));
    }
  loading->numbers = g_ptr_array_new_with_free_func ((GDestroyNotify)g_hash_table_unref);
  /* People judged by the first codebook. */
  if (loading->wish->gold != NULL)
    g_ptr_array_add (loading->numbers, number_codes (g_ptr_array_index (codebooks, 0),
                                                     alignment->row_of[0], number_of_row));
  for (guint i = 0; i < codebooks->len; i++)
    g_ptr_array_add (loading->numbers, number_codes (g_ptr_array_index (codebooks, i),
                                                     alignment->row_of[i], number_of_row));
  return TRUE;
}

/* ---- the coders ---- */

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
add_codebook (AttestAgreeLoading *loading, const char *name, GPtrArray *codebooks, GError **error)
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
  if (codebooks->len == 0 && wish->gold != NULL)
    {
      if (!attest_gold_resolve (wish->gold, codebook, error))
        return FALSE;
      loading->judged_by = attest_codebook_ref (codebook);
    }
  g_ptr_array_add (codebooks, g_steal_pointer (&codebook));
  g_ptr_array_add (loading->names, g_strdup (name));
  if (wish->codebooks != NULL)
    g_ptr_array_add (loading->project->coders, g_strdup (name));
  return TRUE;
}

/* Of a run, too. People judged by the first of all. */
static gboolean
check_run_codebooks (AttestAgreeLoading *loading, const GPtrArray *codebooks, GError **error)
{
  const AttestAgreeWish *wish = loading->wish;

  for (guint i = loading->first_run; wish->dimension != NULL && i < loading->project->coders->len;
       i++)
    if (attest_codebook_find_dimension (
            g_ptr_array_index (codebooks, i - (wish->gold != NULL ? 1 : 0)), wish->dimension)
        < 0)
      return attest_throw (error, ATTEST_ERROR_USAGE, "the codebook of %s has no dimension '%s'",
                           (char *)loading->project->coders->pdata[i], wish->dimension);
  if (wish->gold == NULL || loading->judged_by != NULL)
    return TRUE;
  loading->judged_by = attest_codebook_ref (g_ptr_array_index (codebooks, 0));
  return attest_gold_resolve (wish->gold, loading->judged_by, error);
}

static gboolean
add_codebooks (AttestAgreeLoading *loading, GPtrArray *codebooks, GError **error)
{
  const AttestAgreeWish *wish = loading->wish;
  const char *const judged_of[] = { loading->codes_of, NULL };
  const char *const *names = wish->codebooks != NULL ? wish->codebooks : judged_of;

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_ptr_array_find_with_equal_func (loading->project->coders, names[i],
                                            (GEqualFunc)g_str_equal, NULL))
        return attest_throw (error, ATTEST_ERROR_USAGE, "codebook '%s' is named twice", names[i]);
      if (!add_codebook (loading, names[i], codebooks, error))
        return FALSE;
    }
  if (!attest_agree_add_runs (loading, codebooks, error))
    return FALSE;
  if (codebooks->len > ATTEST_MAX_ALIGNED_CODEBOOKS)
    return attest_throw (error, ATTEST_ERROR_LIMIT,
                         "%u codebooks and runs: at most %d can be compared at once",
                         codebooks->len, ATTEST_MAX_ALIGNED_CODEBOOKS);
  return check_run_codebooks (loading, codebooks, error);
}

gboolean
attest_agree_choose_codes (AttestAgreeLoading *loading, GError **error)
{
  AttestAgreeProject *project = loading->project;
  g_autoptr (GPtrArray) left_out = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) codebooks
      = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_codebook_unref);

  if (loading->wish->gold != NULL)
    g_ptr_array_add (project->coders, g_strdup (PEOPLE));
  if (!add_codebooks (loading, codebooks, error)
      || !keep_common (loading, codebooks, left_out, error))
    return FALSE;
  attest_agree_add_coders (loading);
  if (project->codes->len == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         loading->wish->gold != NULL
                             ? "people gave no code, so it is not known which they judged: choose "
                               "by --dimension"
                             : "the codebooks have no code in common, neither by id nor by name: "
                               "pair them by --mapping FILE, which 'attest compare "
                               "--suggest-mapping' prints");
  if (left_out->len == 0)
    return TRUE;
  g_ptr_array_add (left_out, NULL);
  g_autofree char *list = g_strjoinv (", ", (char **)left_out->pdata);
  g_ptr_array_add (project->warnings,
                   g_strdup_printf ("Codes that not all of them have, left out: %s.", list));
  return TRUE;
}
