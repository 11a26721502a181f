/* rebuild: makes everything derived again from what the project keeps. */
#include "cli/attest-cli-commands.h"
#include "cli/attest-cli-rebuild.h"
#include "cli/attest-cli-review.h"
#include "report/attest-report.h"

typedef struct
{
  char *coder;
} Options;

static const AttestOption options[] = { ATTEST_OPTION_CODER (Options), { NULL } };

static gboolean
run (AttestInvocation *inv, GError **error)
{
  g_autoptr (GPtrArray) codebooks = attest_store_list_codebooks (inv->store, error);
  const char *coder = attest_cli_get_coder (((const Options *)inv->opts)->coder);
  g_autofree char *sources = NULL;
  g_autofree char *coded = NULL;
  guint n_sources = 0, n_coded = 0;

  if (codebooks == NULL || !attest_store_begin (inv->store, error))
    return FALSE;
  if (!attest_store_drop_derived (inv->store, error)
      || !attest_cli_derive (inv, codebooks, &n_sources, &n_coded, error)
      || !attest_store_commit (inv->store, coder, "rebuild", NULL, error))
    {
      attest_store_rollback (inv->store);
      return FALSE;
    }
  sources = attest_report_dup_count (n_sources, "source", NULL);
  coded = attest_report_dup_count (n_coded, "codebook", NULL);
  fprintf (inv->out, "%s read again, coded again by %s\n", sources, coded);
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
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
