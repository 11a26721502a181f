/* Taking back what commands decided. */
#include "cli/attest-cli-guide.h"
#include "cli/attest-cli-report.h"
#include "cli/attest-cli-review.h"

typedef struct
{
  gboolean list;
  char *format, *coder;
} Options;

static const AttestOption options[]
    = { { "list", 'l', ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, list), NULL,
          "List the commands that can be taken back", "And those that were, oldest first.", NULL },
        ATTEST_OPTION_CODER (Options),
        { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
          "How to print the list", "table for people, csv and json for programs.",
          attest_list_formats },
        { NULL } };

static gboolean
run_list (AttestInvocation *inv, GError **error)
{
  g_autoptr (GPtrArray) commands = attest_store_list_decision_commands (inv->store, error);
  g_autoptr (AttestTable) table = attest_table_new (NULL, NULL);

  if (commands == NULL)
    return FALSE;
  attest_table_add_column (table, "audit", "entry", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "at", "at", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "coder", "coder", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "command", "command", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "decisions", "decisions", ATTEST_COLUMN_INT,
                           ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "in_force", "in force", ATTEST_COLUMN_BOOL, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "detail", "what", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  for (guint i = 0; i < commands->len; i++)
    {
      const AttestDecisionCommand *command = g_ptr_array_index (commands, i);

      attest_table_add_int (table, command->seq);
      attest_table_add_text (table, command->at);
      attest_table_add_text (table, command->actor);
      attest_table_add_text (table, command->command);
      attest_table_add_int (table, command->decisions);
      attest_table_add_bool (table, command->in_force);
      attest_table_add_text (table, command->detail);
    }
  attest_cli_write_table (inv, table, ((const Options *)inv->opts)->format);
  return TRUE;
}

/* What guides find in the interviews is made again, where guides are other than they were. */
static gboolean
align_guides (AttestInvocation *inv, GError **error)
{
  gboolean is_stale;

  return attest_store_needs_alignment (inv->store, &is_stale, error)
         && (!is_stale || attest_cli_align_again (inv, error));
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  gint64 seq = 0, undone = 0, entry = 0;
  gboolean has_decided;
  g_autofree char *detail = NULL;

  if (opts->list)
    return run_list (inv, error);
  if (inv->n_args == 1 && !g_ascii_string_to_signed (inv->args[0], 10, 1, G_MAXINT64, &seq, NULL))
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "'%s' is not the number of an audit entry; 'attest undo --list' has them",
                         inv->args[0]);
  if (!attest_cli_open_for_writing (inv, error) || !attest_store_begin (inv->store, error))
    return FALSE;
  if (!attest_store_undo (inv->store, seq, &undone, error) || !align_guides (inv, error)
      || !attest_store_peek_audit (inv->store, &entry, error))
    {
      attest_store_rollback (inv->store);
      return FALSE;
    }
  detail = g_strdup_printf ("entry %" G_GINT64_FORMAT, undone);
  if (!attest_store_commit (inv->store, attest_cli_get_coder (opts->coder), "undo", detail, error))
    return FALSE;
  fprintf (inv->out,
           "entry %" G_GINT64_FORMAT " taken back; 'attest undo %" G_GINT64_FORMAT
           "' puts it into force again\n",
           undone, entry);
  /* What is told of segments is news where it was about them. */
  return attest_store_has_decided (inv->store, undone, &has_decided, error)
         && (!has_decided || attest_cli_print_progress (inv, error));
}

static const AttestExampleLine examples[]
    = { { "undo --list", "what can be taken back" }, { NULL } };

const AttestCommand attest_cmd_undo = {
  .name = "undo",
  .group = "code",
  .synopsis = "[N]",
  .summary = "Take back what a command decided",
  .doc
  = "N is the number of the audit entry that the command printed, also of an undo; without it, the "
    "last command in force that can be taken back: of review, of the ledger, of ratings, criteria, "
    "project data and silences, of respondents, and of guides. Nothing is deleted: that it was "
    "taken "
    "back is an entry of its own, which can be taken back itself. What was taken in by 'ingest' "
    "stays, and what 'code' made is made again by coding: these cannot be taken back.",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .min_args = 0,
  .max_args = 1,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
