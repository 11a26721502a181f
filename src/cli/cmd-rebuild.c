/* rebuild: makes everything derived again from what the project keeps. */
#include "cli/attest-cli-coding.h"
#include "cli/attest-cli-commands.h"
#include "cli/attest-cli-guide.h"
#include "cli/attest-cli-review.h"
#include "cli/attest-progress.h"
#include "report/attest-report.h"

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
      g_autoptr (GBytes) original = attest_store_get_original (inv->store, info->label, error);
      g_autoptr (AttestDocument) doc
          = original != NULL ? attest_cli_reread (info, original, guesser, error) : NULL;

      ok = doc != NULL && attest_store_restore_document (inv->store, info->label, doc, error);
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
          = { .coder = { .all_roles = g_strcmp0 (info->options, ATTEST_RUN_ALL_ROLES) == 0 } };
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

static gboolean
run (AttestInvocation *inv, GError **error)
{
  g_autoptr (GPtrArray) sources = attest_store_list_sources (inv->store, error);
  g_autofree char *n_sources = NULL;
  g_autofree char *n_codebooks = NULL;
  g_autoptr (GPtrArray) codebooks
      = sources != NULL ? attest_store_list_codebooks (inv->store, error) : NULL;
  guint n_coded = 0;

  if (codebooks == NULL || !attest_store_begin (inv->store, error))
    return FALSE;
  if (!attest_store_drop_derived (inv->store, error) || !restore_sources (inv, sources, error)
      || !attest_cli_align_again (inv, error) || !code_again (inv, codebooks, &n_coded, error)
      || !attest_store_commit (inv->store, attest_cli_get_coder (NULL), "rebuild", NULL, error))
    {
      attest_store_rollback (inv->store);
      return FALSE;
    }
  n_sources = attest_report_dup_count (sources->len, "source", NULL);
  n_codebooks = attest_report_dup_count (n_coded, "codebook", NULL);
  fprintf (inv->out, "%s read again, coded again by %s\n", n_sources, n_codebooks);
  return TRUE;
}

static const AttestExampleLine examples[]
    = { { "rebuild", "turns, segments and counts, from the originals" }, { NULL } };

const AttestCommand attest_cmd_rebuild = {
  .name = "rebuild",
  .group = "material",
  .synopsis = "",
  .summary = "Make turns, segments and counts again",
  .doc = "Drops all that is derived, reads the kept originals again and codes them again by each "
         "codebook, as it was. Nothing that a person gave or decided is touched. A text that does "
         "not come out as it was, byte for byte, stops the command and changes nothing.",
  .examples = examples,
  .needs = ATTEST_NEEDS_WRITE,
  .run = run,
};
