/* Review: what people decide of the segments that rules proposed. */
#include "cli/attest-cli-report.h"
#include "cli/attest-cli-review-sample.h"
#include "cli/attest-cli-review.h"
#include "cli/attest-review-screen.h"
#include "report/attest-report-review.h"

#include <string.h>
#include <unistd.h>

typedef struct
{
  gboolean accept, reject, recode, key, no_key, list, stats, export, no_code;
  char *reason, *memo, *import, *sample, *codes;
  char *code, *dimension, *codebook, *source, *status, *where, *polarity, *rule;
  int min_rules;
  char *coder, *format, *output;
} Options;

static const char *const statuses[] = { "proposed", "accepted", "rejected", "all", NULL };
static const char *const polarities[] = { "positive", "negative", "mixed", NULL };

static const AttestOption options[] = {
  { "accept", 'a', ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, accept), NULL,
    "Accept the segments that are named", "They speak of what their code means.", NULL },
  { "reject", 'r', ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, reject), NULL,
    "Reject the segments that are named", "They are kept, and left out of reports.", NULL },
  { "recode", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, recode), NULL,
    "Give a segment another code: ID CODE",
    "Rejects the segment, and accepts its passage for the other code.", NULL },
  { "reason", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, reason), "TEXT",
    "Why; of --accept, --reject and --recode", "Whoever improves the codebook reads it.", NULL },
  { "memo", 'm', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, memo), "TEXT",
    "A note on each segment that is named", "Alone, or beside a decision.", NULL },
  { "key", 'k', ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, key), NULL,
    "Mark as a key quote, one to be cited", "Alone, or beside a decision.", NULL },
  { "no-key", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, no_key), NULL,
    "Take the mark of a key quote away", "Alone, or beside a decision.", NULL },
  { "import", 'i', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, import), "FILE",
    "Take decisions from a CSV file",
    "What --export wrote, or what --list --format csv wrote and somebody filled in. All rows are "
    "taken, or none.",
    NULL },
  { "export", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, export), NULL,
    "Write all decisions in force as CSV", "For another copy of the project, or another coder.",
    NULL },
  { "list", 'l', ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, list), NULL,
    "List what is to be decided", "The filters below choose.", NULL },
  { "stats", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, stats), NULL,
    "How often codes and rules were right",
    "The share of accepted segments, with an interval, for each code and each rule.", NULL },
  { "code", 'c', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, code), "CODE",
    "Only segments of this code", "Of a quote with several codes, the one that is meant.", NULL },
  { "dimension", 'd', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, dimension), "DIMENSION",
    "Only codes of this dimension", "For example criterion or theme.", NULL },
  ATTEST_OPTION_CODEBOOK (Options),
  { "source", 's', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, source), "SOURCE",
    "Only this source", "A label of 'attest sources'.", NULL },
  { "status", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, status), "STATUS",
    "List segments of this status", "Without it, those that nobody has decided: proposed.",
    statuses },
  ATTEST_OPTION_WHERE (Options),
  { "polarity", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, polarity), "POLARITY",
    "Only what is said to go well, or ill",
    "Most passages have none that the lists of words could tell.", polarities },
  { "rule", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, rule), "RULE",
    "List segments that this rule found", "For example impact/3.2, as --stats names it.", NULL },
  { "min-rules", 0, ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, min_rules), "N",
    "List segments behind which stand N rules or more",
    "The number of distinct rules is the strength of a segment.", NULL },
  { "sample", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, sample), "SAMPLE",
    "Go through the sentences of this sample, and give them codes",
    "In place of segments. In a copy that was made of a sample for a coder this is what is done "
    "without the option.",
    NULL },
  { "codes", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, codes), "LIST",
    "Of sentences of a sample that are named: they have these codes and no others",
    "All that apply, with ';' between; the beginning of a code is enough.", NULL },
  { "no-code", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, no_code), NULL,
    "Of sentences of a sample that are named: they have no code", "That is said, too.", NULL },
  ATTEST_OPTION_CODER (Options),
  { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
    "How to print a list", "table for people; csv and json for programs.", attest_list_formats },
  ATTEST_OPTION_OUTPUT (Options),
  { NULL }
};

/* ---- decide ---- */

/* What is decided of each segment that is named, in this order. */
typedef struct
{
  AttestDecisionSpec specs[3];
  guint n;
  const char *what; /* "accepted" */
  guint changed, unchanged;
} Decisions;

static void
add (Decisions *decisions, const AttestDecisionSpec *base, AttestDecisionAction action,
     const char *text, const char *what)
{
  AttestDecisionSpec *spec = &decisions->specs[decisions->n++];

  *spec = *base;
  spec->action = action;
  spec->text = text;
  if (decisions->what == NULL)
    decisions->what = what;
}

static void
collect (AttestInvocation *inv, Decisions *decisions)
{
  const Options *opts = inv->opts;
  AttestDecisionSpec base = { .codebook = opts->codebook,
                              .code = opts->code,
                              .coder = attest_cli_get_coder (opts->coder) };

  if (opts->recode)
    base.new_code = inv->args[inv->n_args - 1];
  if (opts->accept)
    add (decisions, &base, ATTEST_DECISION_ACCEPT, opts->reason, "accepted");
  if (opts->reject)
    add (decisions, &base, ATTEST_DECISION_REJECT, opts->reason, "rejected");
  if (opts->recode)
    add (decisions, &base, ATTEST_DECISION_RECODE, opts->reason, "recoded");
  if (opts->key || opts->no_key)
    add (decisions, &base, opts->key ? ATTEST_DECISION_KEY : ATTEST_DECISION_NO_KEY, NULL,
         opts->key ? "marked as key quote" : "no key quote any more");
  if (opts->memo != NULL)
    add (decisions, &base, ATTEST_DECISION_MEMO, opts->memo, "noted");
}

/* The words behind "ID…" that are ids. */
static guint
count_ids (AttestInvocation *inv)
{
  return ((const Options *)inv->opts)->recode ? inv->n_args - 1 : inv->n_args;
}

static gboolean
decide_all (AttestInvocation *inv, Decisions *decisions, GError **error)
{
  for (guint i = 0; i < count_ids (inv); i++)
    for (guint k = 0; k < decisions->n; k++)
      {
        AttestDecisionSpec spec = decisions->specs[k];
        g_autofree char *id = NULL;
        gboolean changed = FALSE;

        attest_cli_parse_target (inv->args[i], &spec, &id);
        if (!attest_store_decide (inv->store, &spec, &changed, error))
          return FALSE;
        decisions->changed += changed;
        decisions->unchanged += !changed;
      }
  return TRUE;
}

static gboolean
run_decide (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  Decisions decisions = { .n = 0 };

  if (opts->recode && inv->n_args != 2)
    return attest_throw (error, ATTEST_ERROR_USAGE, "--recode takes the id of a quote and a code");
  if (inv->n_args == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "which segments? name their quotes, like Q7F3K2A");
  collect (inv, &decisions);
  if (!attest_cli_open_for_writing (inv, error) || !attest_store_begin (inv->store, error))
    return FALSE;
  if (!decide_all (inv, &decisions, error)
      || !attest_cli_commit_decisions (inv, decisions.specs[0].coder, decisions.changed,
                                       decisions.unchanged, decisions.what, error))
    {
      attest_store_rollback (inv->store);
      return FALSE;
    }
  return attest_cli_print_progress (inv, error);
}

static gboolean
run_import (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  const char *coder = attest_cli_get_coder (opts->coder);
  guint changed = 0, unchanged = 0;

  if (!attest_cli_open_for_writing (inv, error) || !attest_store_begin (inv->store, error))
    return FALSE;
  if (!attest_cli_import_decisions (inv, opts->import, coder, &changed, &unchanged, error)
      || !attest_cli_commit_decisions (inv, coder, changed, unchanged, "imported", error))
    {
      attest_store_rollback (inv->store);
      return FALSE;
    }
  return attest_cli_print_progress (inv, error);
}

/* ---- lists ---- */

static gboolean
make_filter (AttestInvocation *inv, AttestWhere *where, AttestSegmentFilter *filter, GError **error)
{
  const Options *opts = inv->opts;

  *filter = (AttestSegmentFilter){ .codebook = opts->codebook,
                                   .code = opts->code,
                                   .dimension = opts->dimension,
                                   .source = opts->source,
                                   .with_hits = TRUE };
  filter->qualifiers.values[ATTEST_QUALIFIER_POLARITY]
      = (guint8)attest_qualifier_value_from_string (ATTEST_QUALIFIER_POLARITY, opts->polarity);
  if (!attest_cli_parse_where (inv, opts->where, where, error))
    return FALSE;
  filter->attribute = where->attribute;
  filter->value = where->value;
  return TRUE;
}

static gboolean
run_list (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  g_auto (AttestWhere) where = { NULL };
  AttestSegmentFilter filter;
  AttestReviewListing wanted = {
    .filter = &filter, .rule = opts->rule, .min_rules = opts->min_rules, .format = opts->format
  };

  if (!make_filter (inv, &where, &filter, error))
    return FALSE;
  if (g_strcmp0 (opts->status, "all") != 0)
    filter.status = opts->status != NULL ? opts->status : "proposed";
  return attest_cli_list_review (inv, &wanted, error);
}

static gboolean
run_stats (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  g_auto (AttestWhere) where = { NULL };
  AttestSegmentFilter filter;
  g_autoptr (AttestReview) review = NULL;
  g_autoptr (AttestTable) table = NULL;

  if (!make_filter (inv, &where, &filter, error))
    return FALSE;
  review = attest_review_new (inv->store, &filter, error);
  if (review == NULL)
    return FALSE;
  table = attest_review_to_table (review);
  attest_cli_write_table (inv, table, opts->format);
  return TRUE;
}

static gboolean
run_screen (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  g_auto (AttestWhere) where = { NULL };
  g_autoptr (AttestQueue) queue = NULL;
  /* Also what is decided, to come back to. */
  AttestReviewFilter filter
      = { .codebook = opts->codebook,
          .dimension = opts->dimension,
          .code = opts->code,
          .source = opts->source,
          .status = g_strcmp0 (opts->status, "all") != 0 ? opts->status : NULL,
          .polarity = opts->polarity,
          .rule = opts->rule,
          .min_rules = opts->min_rules };

  if (!attest_cli_parse_where (inv, opts->where, &where, error)
      || !attest_cli_open_for_writing (inv, error))
    return FALSE;
  filter.attribute = where.attribute;
  filter.value = where.value;
  queue = attest_queue_new (inv->store, &filter, attest_cli_get_coder (opts->coder), error);
  if (queue == NULL)
    return FALSE;
  if (attest_queue_length (queue) == 0)
    {
      fputs ("no segment of that kind\n", inv->out);
      return TRUE;
    }
  return attest_review_screen_run (queue, error) && attest_cli_print_progress (inv, error);
}

/* A full screen needs a terminal on both ends, and nobody who asked for a list. */
static gboolean
wants_screen (const AttestInvocation *inv)
{
  const Options *opts = inv->opts;

  return !opts->list && opts->format == NULL && inv->out_tty && isatty (STDIN_FILENO);
}

/* ---- a sample ---- */

/* *@out_is_done: FALSE: there is no sample to go through. */
static gboolean
run_sample (AttestInvocation *inv, gboolean decides, gboolean *out_is_done, GError **error)
{
  const Options *opts = inv->opts;
  AttestReviewSampleWish wish = { .codes = opts->codes,
                                  .no_code = opts->no_code,
                                  .import = opts->import,
                                  .status = opts->status,
                                  .source = opts->source,
                                  .format = opts->format };
  gboolean judges = opts->codes != NULL || opts->no_code;
  AttestSample *sample = NULL;
  AttestJudging *judging;

  *out_is_done = FALSE;
  if ((decides || opts->stats || opts->export) && opts->sample == NULL && !judges)
    return TRUE;
  if (!attest_judging_find_sample (inv->store, opts->sample, &sample, error))
    return FALSE;
  if (sample == NULL)
    return !judges
           || attest_throw (error, ATTEST_ERROR_USAGE,
                            "--codes and --no-code are for sentences of a sample: which? --sample "
                            "names it, 'attest sample --list' lists them");
  *out_is_done = TRUE;
  judging = attest_judging_new (inv->store, sample, opts->coder, error);
  if (judging == NULL)
    return FALSE;
  wish.wants_screen = wants_screen (inv);
  if (decides || opts->stats || opts->export || (judges && inv->n_args == 0)
      || (opts->codes != NULL && opts->no_code) || (judges && opts->import != NULL))
    {
      attest_judging_free (judging);
      return attest_throw (error, ATTEST_ERROR_USAGE,
                           "of a sample: --list, --import FILE, or --codes LIST or --no-code with "
                           "the quotes that are meant");
    }
  return attest_cli_review_sample (inv, judging, &wish, error);
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  guint n_judgements = (guint)(opts->accept + opts->reject + opts->recode);
  gboolean decides = n_judgements > 0 || opts->key || opts->no_key || opts->memo != NULL;
  gboolean is_done = FALSE;
  guint n_modes
      = (guint)(decides + opts->list + opts->stats + opts->export + (opts->import != NULL));

  if (n_judgements > 1 || n_modes > 1 || (opts->key && opts->no_key))
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "one of --accept, --reject, --recode, --list, --stats, --import and "
                         "--export at a time");
  if (opts->reason != NULL && n_judgements == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--reason goes with --accept, --reject or --recode");
  if (!run_sample (inv, decides, &is_done, error))
    return FALSE;
  if (is_done)
    return TRUE;
  if (!decides && inv->n_args > 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "what of %s? --accept, --reject, --recode, --key or --memo", inv->args[0]);
  if (decides)
    return run_decide (inv, error);
  if (opts->import != NULL)
    return run_import (inv, error);
  if (opts->export)
    return attest_cli_export_decisions (inv, opts->output, error);
  if (opts->stats)
    return run_stats (inv, error);
  return wants_screen (inv) ? run_screen (inv, error) : run_list (inv, error);
}

static const AttestExampleLine examples[]
    = { { "review --code impact", "what is to be decided of one code" },
        { "review --list --format csv", "to fill in the column decision, for --import" },
        { "review --stats", "how often codes and rules were right" },
        { "review --export --output decisions.csv", "for another copy of the project" },
        { NULL } };

const AttestCommand attest_cmd_review = {
  .name = "review",
  .group = "code",
  .synopsis = "[ID…]",
  .summary = "Decide of proposed segments: accept, reject, recode",
  .doc
  = "Rules propose; people decide. A decision is of a quote and a code: ID is the id of a quote "
    "(Q7F3K2A), or ID:CODE where the quote has several codes. Rejected segments are kept, and left "
    "out of every report, which says how many.\n\n"
    "Decisions stay when the project is coded again, with the same codebook or with another "
    "version: what was decided is not asked again, and what was accepted stays even when no rule "
    "finds it any more. Of several decisions about the same segment, the last counts; 'attest "
    "undo' takes back commands.\n\n"
    "Without an option, on a terminal, the segments are shown one after the other in their "
    "transcripts, with a key for each decision; '?' shows the keys. Each decision is in the "
    "project at once.\n\n"
    "--list, which is also what happens in a pipe, shows what nobody has decided yet. As "
    "CSV it has empty columns: decision (accept, reject, recode with new_code, key), reason and "
    "memo; filled in, --import takes it. A file with a row that does not fit the project is not "
    "taken at all.\n\n"
    "--stats: precision is the share of accepted segments among those that were decided, with "
    "Wilson's 95 % interval.",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .has_screen = TRUE,
  .min_args = 0,
  .max_args = G_MAXUINT,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
