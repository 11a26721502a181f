#include "cli/attest-cli-commands.h"

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const AttestCommand *command;

  if (inv->n_args == 0)
    {
      attest_cli_print_help (inv->out, inv->color, inv->columns);
      return TRUE;
    }
  command = attest_cli_find_command (inv->args, NULL, error);
  if (command == NULL && inv->n_args == 1
      && attest_cli_print_family_help (inv->args[0], inv->out, inv->color, inv->columns))
    {
      g_clear_error (error);
      return TRUE;
    }
  if (command == NULL)
    return FALSE;
  attest_cli_print_command_help (command, inv->out, inv->color, inv->columns);
  return TRUE;
}

static const AttestExampleLine examples[]
    = { { "help", "all commands" }, { "help ingest", "options and examples of one" }, { NULL } };

const AttestCommand attest_cmd_help = {
  .name = "help",
  .group = "start",
  .synopsis = "[COMMAND]",
  .summary = "Show the commands, or the help of one",
  .doc = "The same as --help before or after a command.",
  .examples = examples,
  .needs = ATTEST_NEEDS_NOTHING,
  .max_args = 2,
  .run = run,
};
