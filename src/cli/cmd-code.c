#include "cli/attest-cli-coding.h"
#include "cli/attest-cli-commands.h"
#include "cli/attest-cli-review.h"
#include "report/attest-report.h"

typedef struct
{
  gboolean all_roles, no_prefilter;
  int jobs;
  char *coder;
} Options;

#define DEFAULT_CODEBOOK "oecd-dac"

static const AttestOption options[]
    = { { "all-roles", 'a', ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, all_roles), NULL,
          "Code interviewers' turns too",
          "Without it what the interviewer says is never evidence: the question carries the words "
          "of the criterion.",
          NULL },
        { "jobs", 'j', ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, jobs), "N", "Threads that code",
          "0 takes all processors. The result is the same.", NULL },
        { "no-prefilter", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, no_prefilter), NULL,
          "Search every pattern by itself",
          "Leaves out the search for all patterns at once that comes before PCRE2. The result is "
          "the same.",
          NULL },
        ATTEST_OPTION_CODER (Options),
        { NULL } };

static const AttestExampleLine examples[]
    = { { "code", "codes by the shipped oecd-dac, or as last time" },
        { "code codebook.yaml", "codes by a codebook of your own" },
        { NULL } };

/* The codebook of the last run, as it was then, or the shipped one. */
static AttestCodebook *
load_last (AttestInvocation *inv, GError **error)
{
  g_autoptr (GPtrArray) known = attest_store_list_codebooks (inv->store, error);
  g_autoptr (AttestCodebookInfo) last = NULL;

  if (known == NULL)
    return NULL;
  if (known->len == 0)
    return attest_cli_load_codebook (DEFAULT_CODEBOOK, error);
  last = attest_store_find_codebook (inv->store, NULL, error);
  return last == NULL ? NULL : attest_cli_load_kept_codebook (inv->store, last, error);
}

static void
print_result (AttestInvocation *inv, const AttestCodebook *codebook, const AttestRunResult *result)
{
  g_autofree char *sources = attest_report_dup_count (result->sources, "source", NULL);
  g_autofree char *turns = attest_report_dup_count (result->turns, "turn", NULL);
  g_autofree char *words = attest_report_dup_count (result->words, "word", NULL);
  g_autofree char *segments = attest_report_dup_count (result->segments, "segment", NULL);
  g_autofree char *hits = attest_report_dup_count (result->hits, "hit", NULL);

  fprintf (inv->out, "coded %s (%s, %s) by %s%s%s: %s, %s\n", sources, turns, words, codebook->id,
           codebook->version != NULL ? " " : "", codebook->version != NULL ? codebook->version : "",
           segments, hits);
  if (result->incomplete > 0)
    fprintf (inv->out, "incomplete turns, in which a limit stopped a rule: %" G_GINT64_FORMAT "\n",
             result->incomplete);
}

/* Of what is written, about: a tenth of the texts where a codebook finds much. */
static gboolean
begin (AttestInvocation *inv, GError **error)
{
  g_autoptr (GPtrArray) sources = attest_store_list_sources (inv->store, error);
  guint64 characters = 0;

  if (sources == NULL)
    return FALSE;
  for (guint i = 0; i < sources->len; i++)
    characters += (guint64)((const AttestSourceInfo *)sources->pdata[i])->characters;
  return attest_store_begin_bulk (inv->store, characters / 10, error);
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  Options *opts = inv->opts;
  AttestCliCodeOptions code_options
      = { .coder = { .all_roles = opts->all_roles, .no_prefilter = opts->no_prefilter },
          .jobs = opts->jobs };
  g_autoptr (AttestCodebook) codebook
      = inv->n_args > 0 ? attest_cli_load_codebook (inv->args[0], error) : load_last (inv, error);
  AttestRunResult result;

  if (codebook == NULL || !begin (inv, error))
    return FALSE;
  if (!attest_cli_code_project (inv, codebook, &code_options, &result, error)
      || !attest_store_commit (inv->store, attest_cli_get_coder (opts->coder), "code", codebook->id,
                               error))
    {
      attest_store_rollback (inv->store);
      return FALSE;
    }
  print_result (inv, codebook, &result);
  return TRUE;
}

const AttestCommand attest_cmd_code = {
  .name = "code",
  .group = "code",
  .synopsis = "[CODEBOOK]",
  .summary = "Apply a codebook to the whole project",
  .doc
  = "CODEBOOK is a file, or the id of a shipped codebook. Without it the codebook of the last run "
    "is applied again, as it was then; in a project without one, oecd-dac.\n\n"
    "Coding again replaces what this codebook coded before, and nothing else. What a rule finds is "
    "a candidate for reading, never a verdict: its strength is the number of distinct rules behind "
    "it. Exit 6 when a limit stopped a rule in some turn; the turn is named.",
  .examples = examples,
  .needs = ATTEST_NEEDS_WRITE,
  .max_args = 1,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
