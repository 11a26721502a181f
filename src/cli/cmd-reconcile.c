/* reconcile: what coders differ about, and settling it. */
#include "cli/attest-cli-report.h"
#include "cli/attest-cli-review.h"
#include "report/attest-report-reconcile.h"

#include <string.h>

typedef struct
{
  gboolean accept, reject, all;
  char **between, **agreed;
  char *codebook, *reason, *coder, *format, *output;
} Options;

static const AttestOption options[] = {
  { "accept", 'a', ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, accept), NULL,
    "The coders agree that the passages speak of the code",
    "Of passages that overlap, the one that is named is accepted, with its bounds, and the others "
    "are rejected.",
    NULL },
  { "reject", 'r', ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, reject), NULL,
    "The coders agree that they do not", "All passages of the difference are rejected.", NULL },
  { "agreed", 0, ATTEST_OPT_STRINGS, G_STRUCT_OFFSET (Options, agreed), "NAME",
    "Who stands behind it, may be repeated", "Without it, all who took part in coding the source.",
    NULL },
  { "reason", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, reason), "TEXT", "Why",
    "Kept with the decision.", NULL },
  { "between", 0, ATTEST_OPT_STRINGS, G_STRUCT_OFFSET (Options, between), "NAME",
    "Only what these coders say, two or more", "Without it, all who judged segments.", NULL },
  { "all", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, all), NULL, "List also what is settled",
    "In JSON with who agreed.", NULL },
  ATTEST_OPTION_CODEBOOK (Options),
  ATTEST_OPTION_CODER (Options),
  { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
    "How to print the list", "table for people, csv and json for programs.", attest_list_formats },
  ATTEST_OPTION_OUTPUT (Options),
  { NULL }
};

/* ---- the list ---- */

static gboolean
check_between (AttestInvocation *inv, const AttestDifferences *differences, GError **error)
{
  const Options *opts = inv->opts;

  for (guint i = 0; opts->between != NULL && opts->between[i] != NULL; i++)
    if (!g_ptr_array_find_with_equal_func (differences->coders, opts->between[i],
                                           (GEqualFunc)g_str_equal, NULL))
      return attest_throw (error, ATTEST_ERROR_USAGE,
                           "'%s' has judged nothing in %s; 'attest agree --coder' names who has",
                           opts->between[i], attest_store_get_path (inv->store));
  if (differences->coders->len >= 2)
    return TRUE;
  return attest_throw (
      error, ATTEST_ERROR_USAGE,
      differences->coders->len == 0
          ? "nobody has judged a segment yet: 'attest review' and 'attest mark' do, with --coder "
            "NAME"
          : "only '%s' has judged segments: a difference takes two; 'attest merge' brings what "
            "another has coded",
      differences->coders->len == 0 ? "" : (char *)differences->coders->pdata[0]);
}

static gboolean
list (AttestInvocation *inv, const AttestDifferences *differences, GError **error)
{
  const Options *opts = inv->opts;
  gboolean for_people = opts->format == NULL || strcmp (opts->format, "table") == 0;
  guint n = differences->differences->len;
  g_autoptr (AttestTable) table = attest_differences_table_new (differences, opts->all, for_people);
  g_autoptr (AttestOutput) output = attest_cli_open_output (inv, opts->output, error);

  if (output == NULL)
    return FALSE;
  if (g_strcmp0 (opts->format, "json") == 0)
    attest_differences_write_json (differences, opts->all, attest_output_get_buffer (output));
  else if (!for_people)
    attest_table_write_csv (table, attest_output_get_buffer (output));
  else
    {
      if (attest_table_n_rows (table) > 0)
        attest_cli_append_table (inv, table, opts->output, output);
      g_string_append_printf (attest_output_get_buffer (output),
                              "%sof %u passages that several coders read, they differ about %u; %u "
                              "settled, %u open\n",
                              attest_table_n_rows (table) > 0 ? "\n" : "", differences->passages, n,
                              differences->settled, n - differences->settled);
    }
  return attest_output_close (output, error);
}

/* ---- settling ---- */

static char **
dup_agreed (const Options *opts, const AttestDifference *difference)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  if (opts->agreed != NULL)
    return g_strdupv (opts->agreed);
  for (guint i = 0; i < difference->coders->len; i++)
    g_strv_builder_add (names, g_array_index (difference->coders, AttestDifferenceCoder, i).coder);
  return g_strv_builder_end (names);
}

/* Whether @judgement is the first of its quote among those of the difference. */
static gboolean
is_first_of_quote (const AttestDifference *difference, guint at)
{
  const AttestJudgement *judgement = difference->judgements->pdata[at];

  for (guint i = 0; i < at; i++)
    if (strcmp (((const AttestJudgement *)difference->judgements->pdata[i])->id, judgement->id)
        == 0)
      return FALSE;
  return TRUE;
}

/* What is accepted keeps the bounds that somebody marked. */
static gboolean
was_marked (const AttestDifference *difference, const char *id)
{
  for (guint i = 0; i < difference->judgements->len; i++)
    {
      const AttestJudgement *judgement = difference->judgements->pdata[i];

      if (judgement->is_marked && strcmp (judgement->id, id) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
settle (AttestInvocation *inv, const AttestDifference *difference, const char *id, guint *n_changed,
        GError **error)
{
  const Options *opts = inv->opts;
  g_auto (GStrv) agreed = dup_agreed (opts, difference);

  for (guint i = 0; i < difference->judgements->len; i++)
    {
      const AttestJudgement *judgement = difference->judgements->pdata[i];
      gboolean holds = opts->accept && g_ascii_strcasecmp (judgement->id, id) == 0;
      AttestDecisionSpec spec
          = { .action = !holds                                   ? ATTEST_DECISION_REJECT
                        : was_marked (difference, judgement->id) ? ATTEST_DECISION_MARK
                                                                 : ATTEST_DECISION_ACCEPT,
              .id = judgement->id,
              .codebook = judgement->codebook,
              .code = judgement->code,
              .text = opts->reason,
              .coder = attest_cli_get_coder (opts->coder),
              .agreed = (const char *const *)agreed,
              .from_file = TRUE };
      gboolean changed = FALSE;

      if (!is_first_of_quote (difference, i))
        continue;
      if (!attest_store_decide (inv->store, &spec, &changed, error))
        return FALSE;
      *n_changed += changed;
    }
  return TRUE;
}

static gboolean
settle_one (AttestInvocation *inv, const AttestDifferences *differences, const char *target,
            guint *n_changed, GError **error)
{
  AttestDecisionSpec named = { .action = ATTEST_DECISION_ACCEPT };
  g_autofree char *id = NULL;
  const AttestDifference *difference;
  guint n = 0;

  attest_cli_parse_target (target, &named, &id);
  difference = attest_differences_find (differences, named.id, named.code, &n);
  if (difference == NULL && n > 1)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "coders differ about several codes of %s: say which, by ID:CODE",
                         named.id);
  if (difference == NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "coders do not differ about %s; 'attest reconcile' lists what they differ "
                         "about",
                         target);
  return settle (inv, difference, named.id, n_changed, error);
}

static gboolean
settle_all (AttestInvocation *inv, const AttestDifferences *differences, GError **error)
{
  const Options *opts = inv->opts;
  guint n_changed = 0;
  gboolean ok;

  if (!attest_cli_open_for_writing (inv, error) || !attest_store_begin (inv->store, error))
    return FALSE;
  ok = TRUE;
  for (guint i = 0; ok && i < inv->n_args; i++)
    ok = settle_one (inv, differences, inv->args[i], &n_changed, error);
  ok = ok
       && attest_cli_commit_decisions (inv, attest_cli_get_coder (opts->coder), n_changed, 0,
                                       opts->accept ? "settled, accepted" : "settled, rejected",
                                       error);
  if (!ok)
    attest_store_rollback (inv->store);
  return ok;
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  g_autoptr (GPtrArray) judgements = NULL;
  g_autoptr (GPtrArray) judged = NULL;
  g_autoptr (AttestDifferences) differences = NULL;

  if (opts->accept && opts->reject)
    return attest_throw (error, ATTEST_ERROR_USAGE, "either --accept or --reject");
  if ((opts->accept || opts->reject) != (inv->n_args > 0))
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         inv->n_args > 0
                             ? "--accept or --reject is needed with quotes"
                             : "name the quotes that are settled, as the list has them");
  judgements = attest_store_list_judgements (inv->store, opts->codebook, error);
  if (judgements == NULL)
    return FALSE;
  judged = attest_store_list_judged (inv->store, opts->codebook, error);
  if (judged == NULL)
    return FALSE;
  differences = attest_differences_new (judgements, judged, (const char *const *)opts->between);
  if (!check_between (inv, differences, error))
    return FALSE;
  return inv->n_args > 0 ? settle_all (inv, differences, error) : list (inv, differences, error);
}

static const AttestExampleLine examples[]
    = { { "reconcile", "what coders differ about" },
        { "reconcile --all --format json", "also what is settled, and by whom" },
        { NULL } };

const AttestCommand attest_cmd_reconcile = {
  .name = "reconcile",
  .group = "compare",
  .synopsis = "[ID[:CODE]…]",
  .summary = "Settle what coders differ about",
  .doc
  = "Lists the passages that one coder accepted or marked with a code and another rejected, or did "
    "not mark in a source that they read, with the passages of both. Passages of one code that "
    "overlap are one difference. Of who judged sentences of a sample only these are asked."
    "\n\n"
    "With --accept or --reject, the coders who agreed settle them: a decision is added, with who "
    "stands behind it, and counts from then on; what each had said stays, and 'attest agree "
    "--coder' counts it as before, with --consensus as settled. 'attest undo' takes it back. Where "
    "one of them judges the passage again later, it is open again.",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .min_args = 0,
  .max_args = G_MAXUINT,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
