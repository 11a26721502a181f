/* Coding by hand, and notes. */
#include "cli/attest-cli-report.h"
#include "cli/attest-cli-review.h"

#include <string.h>

typedef struct
{
  char *codebook, *memo, *coder, *format;
} Options;

static const AttestOption mark_options[]
    = { { "codebook", 'b', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, codebook), "ID",
          "Codebook that the code is of", "Without it, the one that coded last.", NULL },
        { "memo", 'm', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, memo), "TEXT",
          "A note on the passage", "Kept beside the code.", NULL },
        ATTEST_OPTION_CODER (Options),
        { NULL } };

static const AttestOption memo_options[]
    = { { "codebook", 'b', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, codebook), "ID",
          "Codebook that the code is of", "Without it, the one that coded last.", NULL },
        ATTEST_OPTION_CODER (Options),
        { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
          "How to print the list", "table for people, csv and json for programs.",
          attest_list_formats },
        { NULL } };

/* @memo: (nullable) is added as well. */
static gboolean
decide (AttestInvocation *inv, AttestDecisionSpec *spec, const char *memo, const char *what,
        GError **error)
{
  gboolean changed = FALSE, noted = FALSE, ok;

  spec->coder = attest_cli_get_coder (((const Options *)inv->opts)->coder);
  if (!attest_cli_open_for_writing (inv, error) || !attest_store_begin (inv->store, error))
    return FALSE;
  ok = attest_store_decide (inv->store, spec, &changed, error);
  if (ok && memo != NULL)
    {
      spec->action = ATTEST_DECISION_MEMO;
      spec->text = memo;
      ok = attest_store_decide (inv->store, spec, &noted, error);
    }
  ok = ok
       && attest_cli_commit_decisions (inv, spec->coder, (guint)(changed + noted), !changed, what,
                                       error);
  if (!ok)
    attest_store_rollback (inv->store);
  return ok;
}

static gboolean
parse_position (const char *text, gint64 *out, GError **error)
{
  return g_ascii_string_to_signed (text, 10, 0, G_MAXINT32, out, NULL)
         || attest_throw (error, ATTEST_ERROR_USAGE,
                          "'%s' is not a number of characters; START and END count the characters "
                          "of 'attest text' from 0",
                          text);
}

static gboolean
run_mark (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  AttestDecisionSpec spec = { .action = ATTEST_DECISION_MARK,
                              .source = inv->args[0],
                              .codebook = opts->codebook,
                              .code = inv->args[3] };

  return parse_position (inv->args[1], &spec.start, error)
         && parse_position (inv->args[2], &spec.end, error)
         && decide (inv, &spec, opts->memo, "marked", error);
}

/* ---- memo ---- */

/* Q and a digit of base 32, as ids begin; a code or a source of such a name is named in another
 * way: by ID:CODE, or not at all. */
static gboolean
looks_like_id (const char *target)
{
  gsize length = strcspn (target, ":");

  return *target == 'Q' && length >= 7
         && strspn (target + 1, "0123456789ABCDEFGHJKMNPQRSTVWXYZ") == length - 1;
}

static gboolean
has_source (AttestStore *store, const char *label)
{
  g_autoptr (AttestSourceInfo) info = attest_store_get_source (store, label, NULL);

  return info != NULL;
}

static gboolean
run_memo_add (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  const char *target = inv->args[0];
  AttestDecisionSpec spec
      = { .action = ATTEST_DECISION_MEMO, .codebook = opts->codebook, .text = inv->args[1] };
  g_autofree char *id = NULL;

  if (looks_like_id (target))
    attest_cli_parse_target (target, &spec, &id);
  else if (has_source (inv->store, target))
    spec.source = target;
  else
    spec.code = target;
  return decide (inv, &spec, NULL, "noted", error);
}

static gboolean
add_memo (const AttestDecision *decision, gpointer table, GError **error)
{
  g_autofree char *quote = NULL;

  if (decision->action != ATTEST_DECISION_MEMO)
    return TRUE;
  if (decision->quote != NULL)
    quote = g_strndup (decision->quote, decision->quote_bytes);
  attest_table_add_int (table, decision->seq);
  attest_table_add_text (table, decision->id);
  attest_table_add_text (table, decision->source);
  attest_table_add_text (table, decision->code);
  attest_table_add_text (table, decision->coder);
  attest_table_add_text (table, decision->at);
  attest_table_add_text (table, decision->text);
  attest_table_add_text (table, quote);
  return TRUE;
}

static gboolean
run_memo (AttestInvocation *inv, GError **error)
{
  g_autoptr (AttestTable) table = NULL;

  if (inv->n_args == 2)
    return run_memo_add (inv, error);
  table = attest_table_new (NULL, NULL);
  attest_table_add_column (table, "audit", "entry", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "id", "quote", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "source", "source", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "code", "code", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "coder", "coder", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_OPTIONAL);
  attest_table_add_column (table, "at", "at", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "memo", "memo", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  attest_table_add_column (table, "quote", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  if (!attest_store_foreach_decision (inv->store, inv->n_args > 0 ? inv->args[0] : NULL, add_memo,
                                      table, error))
    return FALSE;
  attest_cli_write_table (inv, table, ((const Options *)inv->opts)->format);
  return TRUE;
}

static const AttestExampleLine mark_examples[]
    = { { "mark 01-migration-service 8357 8390 impact", "as 'segments --format json' counts" },
        { NULL } };
static const AttestExampleLine memo_examples[] = { { "memo", "all notes" }, { NULL } };

const AttestCommand attest_cmd_mark = {
  .name = "mark",
  .group = "code",
  .synopsis = "SOURCE START END CODE",
  .summary = "Code a passage by hand",
  .doc = "START and END count the characters (code points) of 'attest text SOURCE' from 0; END is "
         "the first that is not meant any more. The passage lies within what one speaker says, "
         "who is no interviewer. It becomes an accepted segment, and stays one however the project "
         "is coded; 'attest undo' takes it back.",
  .examples = mark_examples,
  .needs = ATTEST_NEEDS_READ,
  .min_args = 4,
  .max_args = 4,
  .opts_size = sizeof (Options),
  .options = mark_options,
  .run = run_mark,
};

const AttestCommand attest_cmd_memo = {
  .name = "memo",
  .group = "code",
  .synopsis = "[TARGET [TEXT]]",
  .summary = "Note something on a quote, a source or a code",
  .doc = "TARGET is the id of a quote, or ID:CODE; the label of a source; or a code. Without TEXT, "
         "lists the notes, of all or of a quote. 'attest undo' takes a note back.",
  .examples = memo_examples,
  .needs = ATTEST_NEEDS_READ,
  .min_args = 0,
  .max_args = 2,
  .opts_size = sizeof (Options),
  .options = memo_options,
  .run = run_memo,
};
