/* trace: what a judgement rests on, and what rests on a quote. */
#include "cli/attest-cli-commands.h"
#include "cli/attest-cli-ledger.h"

typedef struct
{
  char *format;
} Options;

static const char *const formats[] = { "table", "json", NULL };

static const AttestOption options[]
    = { { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
          "How to print it", "table, a tree for people; json for programs.", formats },
        { NULL } };

static gboolean
run (AttestInvocation *inv, GError **error)
{
  return attest_cli_print_trace (inv, inv->args[0], ((Options *)inv->opts)->format, error);
}

static const AttestExampleLine examples[]
    = { { "trace impact", "from the rating of impact down to the quotes" },
        { "trace F1", "a finding" },
        { "trace F1 --format json", NULL },
        { NULL } };

const AttestCommand attest_cmd_trace = {
  .name = "trace",
  .group = "judge",
  .synopsis = "ID",
  .summary = "Follow a judgement to its quotes, or a quote to its use",
  .doc
  = "ID is an entry of the ledger (F1, C2, R3, L1, G1), a criterion that was rated, or a quote "
    "(Q7F3K2A). From a judgement it leads down to the quotes that it rests on: where each "
    "stands, who said it, and whether the text still says it, byte for byte. From a quote it "
    "leads up to everything that rests on it.",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .min_args = 1,
  .max_args = 1,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
