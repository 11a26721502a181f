/* respondents withdraw: somebody takes back what he said. */
#include "cli/attest-cli-commands.h"
#include "cli/attest-cli-ledger.h"
#include "cli/attest-cli-review.h"
#include "report/attest-report.h"
#include "store/attest-store-withdrawal.h"
#include "util/attest-text.h"

#include <string.h>

typedef struct
{
  char *because, *as, *by;
  gboolean yes;
} Options;

static const AttestOption options[]
    = { { "because", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, because), "TEXT",
          "Why, needed", "It stays in the project: name nobody.", NULL },
        { "yes", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, yes), NULL,
          "Do it; without it is only said what would go", "It cannot be undone.", NULL },
        { "as", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, as), "ID",
          "What stays in the place of the respondent", "Without it: withdrawn-1 and so on.", NULL },
        { "by", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, by), "NAME", "Who says so",
          "Without it: the variable USER.", NULL },
        { NULL } };

static char *
dup_extent (const AttestWithdrawalExtent *extent)
{
  g_autofree char *turns = attest_report_dup_count (extent->turns, "turn", NULL);
  g_autofree char *words = attest_report_dup_count (extent->words, "word", NULL);
  g_autofree char *sources = attest_report_dup_count (extent->sources, "source", NULL);
  g_autofree char *segments = attest_report_dup_count (extent->segments, "segment", NULL);
  g_autofree char *decisions
      = attest_report_dup_count (extent->decisions, "decision or memo", "decisions and memos");

  return g_strdup_printf ("%s (%s) in %s, whose original files go, %s, %s", turns, words, sources,
                          segments, decisions);
}

/* What the command cannot do for the user. */
static void
print_remains (AttestInvocation *inv, const char *respondent, const AttestWithdrawalExtent *extent)
{
  g_auto (GStrv) backups = attest_store_list_backups (inv->store);
  g_autofree char *links = attest_report_dup_count (extent->links, "link", NULL);
  g_autofree char *label = attest_text_printable (respondent, strlen (respondent), 0);

  if (extent->links > 0)
    fprintf (inv->out,
             "%s of the ledger %s to what was withdrawn: see 'attest check'; what findings say may "
             "still tell of it\n",
             links, extent->links == 1 ? "leads" : "lead");
  if (extent->in_log)
    fprintf (inv->out,
             "The audit log, which never changes, still has the label '%s' as it was typed in "
             "commands\n",
             label);
  for (char **path = backups; *path != NULL; path++)
    {
      g_autofree char *name = attest_text_printable (*path, strlen (*path), 0);

      fprintf (inv->out, "%s is a copy from before an upgrade and holds everything: delete it\n",
               name);
    }
  fputs ("Delete copies of the project, exports, books and the original transcript yourself\n",
         inv->out);
}

/* Both keep what was decided: nothing is done in a hurry. */
static gboolean
check_typed (AttestInvocation *inv, char **out_because, GError **error)
{
  const Options *opts = inv->opts;

  if (opts->because == NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE, "--because is needed: why");
  *out_because = attest_cli_dup_typed (opts->because, "the reason", error);
  return *out_because != NULL;
}

static gboolean
withdraw (AttestInvocation *inv, const char *because, char **out_id, GError **error)
{
  const Options *opts = inv->opts;
  g_autofree char *as = NULL;

  if (opts->as != NULL)
    {
      as = attest_cli_dup_typed (opts->as, "the id", error);
      if (as == NULL)
        return FALSE;
    }
  if (!attest_store_begin_withdrawal (inv->store, error))
    return FALSE;
  if (!attest_store_withdraw (inv->store, inv->args[0], as, because, out_id, error)
      || !attest_store_commit (inv->store, attest_cli_get_coder (opts->by), "respondents withdraw",
                               *out_id, error))
    {
      attest_store_rollback (inv->store);
      attest_store_end_withdrawal (inv->store, NULL);
      return FALSE;
    }
  return attest_store_end_withdrawal (inv->store, error);
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  const char *respondent = inv->args[0];
  g_autofree char *because = NULL;
  g_autofree char *going = NULL;
  g_autofree char *id = NULL;
  g_autofree char *shown = NULL;
  AttestWithdrawalExtent extent;

  if (!check_typed (inv, &because, error)
      || !attest_store_measure_withdrawal (inv->store, respondent, &extent, error))
    return FALSE;
  going = dup_extent (&extent);
  if (!opts->yes)
    {
      fprintf (inv->out,
               "this would destroy %s, and cannot be undone: nothing was changed; add --yes to do "
               "it\n",
               going);
      inv->exit = ATTEST_EXIT_USAGE;
      return TRUE;
    }
  if (!withdraw (inv, because, &id, error))
    return FALSE;
  shown = attest_text_printable (id, strlen (id), 0);
  fprintf (inv->out, "%s: %s are gone\n", shown, going);
  print_remains (inv, respondent, &extent);
  return TRUE;
}

static const AttestExampleLine examples[]
    = { { "respondents withdraw R01 --because 'asked for it by phone'",
          "what would go; exit 2, nothing is changed" },
        { "respondents withdraw R01 --because 'asked for it by phone' --yes", NULL },
        { NULL } };

const AttestCommand attest_cmd_respondents_withdraw = {
  .name = "respondents withdraw",
  .group = "material",
  .synopsis = "RESPONDENT",
  .summary = "Destroy what a respondent said, as he asked",
  .doc = "What the respondent said is struck out of the texts, and the original files of these "
         "sources, their headers, the attributes, the segments, and what was decided and noted of "
         "the quotes go. A tombstone stays: an id, the day, and why. Ids of quotes stay; what "
         "rests on one says that it was withdrawn, and 'attest check' objects. What others said "
         "stays as it is.\n\n"
         "The file is written anew, so that the words are nowhere in it. It cannot be undone, and "
         "is refused while another program has the project open.",
  .examples = examples,
  .needs = ATTEST_NEEDS_WRITE,
  .min_args = 1,
  .max_args = 1,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
