/* Making what is derived again. */
#include "cli/attest-cli-rebuild.h"
#include "cli/attest-cli-coding.h"
#include "cli/attest-cli-guide.h"
#include "cli/attest-progress.h"

static gboolean
restore_source (AttestInvocation *inv, const AttestSourceInfo *info, AttestLanguageGuesser *guesser,
                GError **error)
{
  g_autoptr (GBytes) original = attest_store_get_original (inv->store, info->label, error);
  g_autoptr (AttestDocument) doc
      = original != NULL ? attest_cli_reread (info, original, guesser, error) : NULL;

  return doc != NULL && attest_store_restore_document (inv->store, info->label, doc, error);
}

static gboolean
restore_sources (AttestInvocation *inv, GPtrArray *sources, GError **error)
{
  AttestLanguageGuesser *guesser = attest_language_guesser_new ();
  AttestProgress progress;
  gboolean ok = TRUE;

  attest_progress_start (&progress, inv, "reading", sources->len);
  for (guint i = 0; ok && i < sources->len; i++)
    {
      const AttestSourceInfo *info = g_ptr_array_index (sources, i);

      ok = info->is_struck ? attest_store_keep_document (inv->store, info->label, error)
                           : restore_source (inv, info, guesser, error);
      attest_progress_step (&progress);
    }
  attest_progress_end (&progress);
  attest_language_guesser_free (guesser);
  return ok;
}

static gboolean
code_again (AttestInvocation *inv, GPtrArray *codebooks, guint *out_n, GError **error)
{
  for (guint i = 0; i < codebooks->len; i++)
    {
      const AttestCodebookInfo *info = g_ptr_array_index (codebooks, i);
      AttestCliCodeOptions options
          = { .coder = { .all_roles = g_strcmp0 (info->options, ATTEST_RUN_ALL_ROLES) == 0 },
              .codes_only = g_strcmp0 (info->options, ATTEST_RUN_CODES_ONLY) == 0 };
      g_autoptr (AttestCodebook) codebook = NULL;

      if (!info->coded)
        continue;
      codebook = attest_cli_load_kept_codebook (inv->store, info, error);
      if (codebook == NULL || !attest_cli_code_project (inv, codebook, &options, NULL, error))
        return FALSE;
      (*out_n)++;
    }
  return TRUE;
}

gboolean
attest_cli_derive (AttestInvocation *inv, GPtrArray *codebooks, guint *out_n_sources,
                   guint *out_n_coded, GError **error)
{
  g_autoptr (GPtrArray) sources = attest_store_list_sources (inv->store, error);

  *out_n_coded = 0;
  if (sources == NULL || !restore_sources (inv, sources, error)
      || !attest_cli_align_again (inv, error) || !code_again (inv, codebooks, out_n_coded, error))
    return FALSE;
  *out_n_sources = sources->len;
  return TRUE;
}
