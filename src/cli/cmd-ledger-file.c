/* export ledger, import ledger: the ledger as one YAML text, for version control. */
#include "cli/attest-cli-commands.h"
#include "cli/attest-cli-ledger-text.h"
#include "cli/attest-cli-ledger.h"
#include "cli/attest-cli-problem.h"
#include "cli/attest-cli-report.h"
#include "cli/attest-cli-review.h"
#include "report/attest-report.h"
#include "util/attest-text.h"

#include <string.h>

typedef struct
{
  char *output;
  gboolean no_quotes;
} ExportOptions;

typedef struct
{
  gboolean dry_run;
  char *withdraw_missing, *coder;
} ImportOptions;

static const AttestOption export_options[]
    = { ATTEST_OPTION_OUTPUT (ExportOptions),
        { "no-quotes", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (ExportOptions, no_quotes), NULL,
          "Leave out what the quotes say",
          "Only their ids are written, for a place where others read along.", NULL },
        { NULL } };

static const AttestOption import_options[]
    = { { "dry-run", 'n', ATTEST_OPT_BOOL, G_STRUCT_OFFSET (ImportOptions, dry_run), NULL,
          "Check, say what would be done, and do nothing", "Errors are told as without it.", NULL },
        { "withdraw-missing", 0, ATTEST_OPT_STRING,
          G_STRUCT_OFFSET (ImportOptions, withdraw_missing), "REASON",
          "What the file has no more does not count",
          "Its entries are withdrawn for this reason. Without it, an entry that is missing is an "
          "error: what was judged is never lost by a slip.",
          NULL },
        ATTEST_OPTION_CODER (ImportOptions),
        { NULL } };

static gboolean
run_export (AttestInvocation *inv, GError **error)
{
  const ExportOptions *opts = inv->opts;
  g_autofree char *text = attest_cli_ledger_to_text (inv->store, !opts->no_quotes, error);
  g_autoptr (AttestOutput) output = NULL;

  if (text == NULL)
    return FALSE;
  output = attest_cli_open_output (inv, opts->output, error);
  if (output == NULL)
    return FALSE;
  g_string_append (attest_output_get_buffer (output), text);
  return attest_output_close (output, error);
}

/* ---- import ---- */

void
attest_cli_print_problems (AttestInvocation *inv, const char *path, const GArray *problems)
{
  g_autofree char *shown = attest_text_printable (path, strlen (path), 0);

  for (guint i = 0; i < problems->len; i++)
    {
      const AttestProblem *problem = &g_array_index (problems, AttestProblem, i);

      if (problem->line > 0)
        fprintf (inv->err, "%s:%u:%u: %s\n", shown, problem->line, problem->column,
                 problem->message);
      else
        fprintf (inv->err, "%s: %s\n", shown, problem->message);
      if (problem->excerpt != NULL)
        fprintf (inv->err, "%s\n", problem->excerpt);
    }
}

void
attest_cli_print_changes (AttestInvocation *inv, const GPtrArray *changes, gboolean dry_run)
{
  g_autofree char *count = attest_report_dup_count (changes->len, "change", NULL);

  for (guint i = 0; i < changes->len; i++)
    {
      const char *change = g_ptr_array_index (changes, i);
      g_autofree char *printable = attest_text_printable (change, strlen (change), 0);

      fprintf (inv->out, "%s\n", printable);
    }
  if (changes->len == 0)
    fprintf (inv->out, "nothing was changed: the project says so already\n");
  else if (dry_run)
    fprintf (inv->out, "%s, not made\n", count);
  else
    fprintf (inv->out, "%s; 'attest undo' takes them back\n", count);
}

/* All that is wrong was printed: the last word is how much, and that nothing was done. */
static gboolean
throw_problems (AttestInvocation *inv, const char *path, const GArray *problems, GError **error)
{
  g_autofree char *count = attest_report_dup_count (problems->len, "error", NULL);

  attest_cli_print_problems (inv, path, problems);
  return attest_throw (error, ATTEST_ERROR_INPUT, "%s: %s: nothing was changed", path, count);
}

static gboolean
run_import (AttestInvocation *inv, GError **error)
{
  const ImportOptions *opts = inv->opts;
  g_autofree char *path = g_filename_display_name (inv->args[0]);
  g_autoptr (AttestLedgerFile) file = attest_ledger_file_load (inv->args[0], error);
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) problems = attest_problems_new ();
  g_autofree char *because = NULL;
  g_autoptr (GError) local = NULL;
  AttestLedgerImport import = { .coder = attest_cli_get_coder (opts->coder),
                                .takes_ids = TRUE,
                                .command = inv->command->name,
                                .detail = path,
                                .dry_run = opts->dry_run };

  if (file == NULL)
    return FALSE;
  if (opts->withdraw_missing != NULL)
    {
      because = attest_cli_dup_typed (opts->withdraw_missing, "the reason", error);
      if (because == NULL)
        return FALSE;
      import.withdraw_missing = because;
    }
  if (attest_cli_ledger_from_file (inv->store, file, &import, changes, problems, &local))
    {
      attest_cli_print_changes (inv, changes, opts->dry_run);
      return TRUE;
    }
  if (problems->len > 0)
    return throw_problems (inv, path, problems, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static const AttestExampleLine export_examples[]
    = { { "export ledger --output ledger.yaml", "to keep under version control" },
        { "export ledger --no-quotes", NULL },
        { NULL } };
static const AttestExampleLine import_examples[]
    = { { "import ledger ledger.yaml --dry-run", "what it would change" },
        { "import ledger ledger.yaml", NULL },
        { NULL } };

const AttestCommand attest_cmd_export_ledger = {
  .name = "export ledger",
  .group = "ledger",
  .synopsis = "",
  .summary = "Write the ledger as a text, for version control",
  .doc
  = "Everything that people judged, as one YAML text: what is known of the project, the scope of "
    "criteria, findings and what follows from them with all links, ratings, and silenced "
    "checks. The same ledger gives the same text, and a small change a small difference. What "
    "quotes say stands behind their ids as comments.",
  .examples = export_examples,
  .needs = ATTEST_NEEDS_READ,
  .opts_size = sizeof (ExportOptions),
  .options = export_options,
  .run = run_export,
};

const AttestCommand attest_cmd_import_ledger = {
  .name = "import ledger",
  .group = "ledger",
  .synopsis = "FILE",
  .summary = "Take a ledger that was written and changed as a text",
  .doc
  = "Compares FILE with the project and makes the difference, all of it in one step that 'attest "
    "undo' takes back, or nothing: each thing that is wrong is told with its line and column. New "
    "entries need no id. A part that FILE does not have at all (ratings, findings …) stays as it "
    "is. doc/ledger-file.md is the format.",
  .examples = import_examples,
  .needs = ATTEST_NEEDS_WRITE,
  .min_args = 1,
  .max_args = 1,
  .opts_size = sizeof (ImportOptions),
  .options = import_options,
  .run = run_import,
};
