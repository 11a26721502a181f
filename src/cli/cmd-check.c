/* check: what a reviewer would object to. */
#include "cli/attest-cli-commands.h"
#include "cli/attest-cli-ledger.h"
#include "cli/attest-cli-review.h"
#include "codebook/attest-strength-file.h"
#include "report/attest-report-check.h"
#include "report/attest-report.h"

typedef struct
{
  char *rules;
  char *format;
} Options;

static const char *const formats[] = { "table", "json", "junit", NULL };

static const AttestOption options[]
    = { { "rules", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, rules), "FILE",
          "Rules by which strength is told", "Without it, the shipped ones.", NULL },
        { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
          "How to print it",
          "table for people, json for programs, junit for continuous integration.", formats },
        { NULL } };

static void
add_problem (AttestTable *table, const AttestJudgementProblem *problem)
{
  g_autofree char *message = g_strdup_printf (
      "%s%s%s%s%s", problem->is_warning ? "warning: " : "", problem->message,
      problem->silenced != NULL ? " (silenced: " : "",
      problem->silenced != NULL ? problem->silenced : "", problem->silenced != NULL ? ")" : "");

  attest_table_add_text (table, problem->id != NULL ? problem->id : ATTEST_CHECK_PROJECT);
  attest_table_add_text (table, problem->check);
  attest_table_add_text (table, message);
}

static void
write_table (AttestInvocation *inv, const AttestJudgementCheck *check)
{
  g_autofree char *ratings = attest_report_dup_count (check->ratings, "rating", NULL);
  g_autofree char *entries = attest_report_dup_count (check->entries, "entry", "entries");
  g_autofree char *links = attest_report_dup_count (check->links, "link", NULL);
  g_autofree char *problems = attest_report_dup_count (check->open, "problem", NULL);
  g_autoptr (AttestTable) table = attest_table_new (NULL, NULL);
  guint n_silenced = check->problems->len - check->open - check->warnings;

  attest_table_add_column (table, "id", "of", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "check", "check", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "message", "what", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  for (guint i = 0; i < check->problems->len; i++)
    add_problem (table, &g_array_index (check->problems, AttestJudgementProblem, i));
  if (check->problems->len > 0)
    {
      attest_cli_write_table (inv, table, NULL);
      fputc ('\n', inv->out);
    }
  fprintf (inv->out, "%s, %s of the ledger, %s checked: %s", ratings, entries, links, problems);
  if (check->warnings > 0)
    fprintf (inv->out, ", %u warning%s", check->warnings, check->warnings == 1 ? "" : "s");
  if (n_silenced > 0)
    fprintf (inv->out, ", and %u silenced", n_silenced);
  fputc ('\n', inv->out);
}

static AttestJudgementCheck *
do_check (AttestInvocation *inv, const char *file, GError **error)
{
  g_autoptr (GArray) problems = attest_problems_new ();
  g_autoptr (AttestStrengthRules) rules
      = attest_strength_rules_load (file != NULL ? file : "strength", problems, error);

  return rules != NULL ? attest_check_judgements (inv->store, rules, error) : NULL;
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const char *format = ((Options *)inv->opts)->format;
  g_autoptr (AttestJudgementCheck) check = do_check (inv, ((Options *)inv->opts)->rules, error);
  g_autoptr (GString) out = g_string_new (NULL);

  if (check == NULL)
    return FALSE;
  if (g_strcmp0 (format, "json") == 0)
    {
      g_autoptr (AttestJson) json = attest_json_new (out, TRUE);

      attest_judgement_check_write_json (check, json);
      g_string_append_c (out, '\n');
    }
  else if (g_strcmp0 (format, "junit") == 0)
    attest_judgement_check_write_junit (check, out);
  else
    write_table (inv, check);
  fwrite (out->str, 1, out->len, inv->out);
  if (check->open > 0)
    inv->exit = ATTEST_EXIT_FOUND;
  return TRUE;
}

/* ---- check silence ---- */

typedef struct
{
  char *because, *coder, *rules;
  gboolean remove;
} SilenceOptions;

static const AttestOption silence_options[]
    = { { "because", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (SilenceOptions, because), "TEXT",
          "Why it does not count", "Shown with the problem, and kept.", NULL },
        { "remove", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (SilenceOptions, remove), NULL,
          "Let it count again", "The audit log keeps that it was silenced.", NULL },
        { "rules", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (SilenceOptions, rules), "FILE",
          "Rules by which strength is told", "Without it, the shipped ones.", NULL },
        ATTEST_OPTION_CODER (SilenceOptions),
        { NULL } };

static gboolean
silence (AttestInvocation *inv, const AttestJudgementCheck *check, const char *because,
         GError **error)
{
  const SilenceOptions *opts = inv->opts;
  const char *id = inv->n_args > 1 ? inv->args[1] : ATTEST_CHECK_PROJECT;
  const char *about = inv->n_args > 2 ? inv->args[2] : NULL;
  g_autofree char *detail
      = g_strdup_printf ("%s of %s%s%s%s%s", inv->args[0], id, about != NULL ? " about " : "",
                         about != NULL ? about : "", opts->remove ? " counts again" : ": ",
                         because != NULL ? because : "");
  gint64 seq, next;
  guint n;

  if (!attest_store_begin (inv->store, error))
    return FALSE;
  if (!attest_check_silence (inv->store, check, inv->args[0], id, about, because, &n, error)
      || !attest_store_peek_audit (inv->store, &seq, error)
      || !attest_store_commit (inv->store, attest_cli_get_coder (opts->coder), "check silence",
                               detail, error)
      || !attest_store_peek_audit (inv->store, &next, error))
    {
      attest_store_rollback (inv->store);
      return FALSE;
    }
  if (next == seq)
    fprintf (inv->out, "that is so already\n");
  else
    fprintf (inv->out,
             opts->remove ? "%u problem%s count%s again; 'attest undo %" G_GINT64_FORMAT
                            "' takes that back\n"
                          : "%u problem%s silenced%s; 'attest undo %" G_GINT64_FORMAT
                            "' takes that back\n",
             n, n == 1 ? "" : "s", opts->remove && n == 1 ? "s" : "", seq);
  return TRUE;
}

static gboolean
run_silence (AttestInvocation *inv, GError **error)
{
  const SilenceOptions *opts = inv->opts;
  g_autofree char *because = NULL;
  g_autoptr (AttestJudgementCheck) check = do_check (inv, opts->rules, error);

  if (check == NULL)
    return FALSE;
  if (opts->remove == (opts->because != NULL))
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "a check is silenced with a reason, --because 'why', or counts again, "
                         "--remove");
  if (!opts->remove)
    {
      because = attest_cli_dup_typed (opts->because, "the reason", error);
      if (because == NULL)
        return FALSE;
    }
  return silence (inv, check, because, error);
}

static const AttestExampleLine silence_examples[]
    = { { "check silence finding-without-quote F2 --because 'Seen on site'", NULL },
        { "check silence finding-without-quote F2 --remove", "it counts again" },
        { NULL } };

const AttestCommand attest_cmd_check_silence = {
  .name = "check silence",
  .group = "judge",
  .synopsis = "CHECK [ID [ABOUT]]",
  .summary = "Say why a problem that check finds does not count",
  .doc
  = "The problems that CHECK finds in ID, or without ID in the whole project, stay in the list, "
    "with the reason, and no longer make 'attest check' exit 10. Only a problem that there is "
    "can be silenced, and what the check finds in ID later counts. ABOUT says which of several is "
    "meant, for example the quote that is not answered. The audit log seals what was silenced, "
    "'attest undo' takes it back, and 'attest report evidence' shows it.",
  .examples = silence_examples,
  .needs = ATTEST_NEEDS_WRITE,
  .min_args = 1,
  .max_args = 3,
  .opts_size = sizeof (SilenceOptions),
  .options = silence_options,
  .run = run_silence,
};

static const AttestExampleLine examples[]
    = { { "check", "exit 10 when there is anything to say" },
        { "check --format junit > check.xml", "for continuous integration; exit 10 likewise" },
        { NULL } };

const AttestCommand attest_cmd_check = {
  .name = "check",
  .group = "judge",
  .synopsis = "",
  .summary = "Find what a reviewer would object to in the judgements",
  .doc
  = "Looks for ratings that rest on no finding or are better than their evidence, findings that no "
    "quote supports, what contradicts and was not answered, recommendations that do not say who "
    "should act, how urgently or until when, or rest on no conclusion, links to what no longer "
    "stands, was rejected in review, or is of somebody who does not want to be quoted, high "
    "ratings "
    "everywhere, with nothing to the contrary, or with a text that takes something back, or beside "
    "bad news, "
    "findings that nothing rests on, and strong evidence that nothing uses. doc/ledger.md lists "
    "the checks. "
    "Exit 10 when one found a problem; warnings, as of a consent that is not known, are listed and "
    "counted apart.",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
