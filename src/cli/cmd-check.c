/* check: what a reviewer would object to. */
#include "cli/attest-cli-commands.h"
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
write_table (AttestInvocation *inv, const AttestJudgementCheck *check)
{
  g_autofree char *ratings = attest_report_dup_count (check->ratings, "rating", NULL);
  g_autofree char *entries = attest_report_dup_count (check->entries, "entry", "entries");
  g_autofree char *links = attest_report_dup_count (check->links, "link", NULL);
  g_autofree char *problems = attest_report_dup_count (check->problems->len, "problem", NULL);
  g_autofree char *note
      = g_strdup_printf ("%s, %s of the ledger, %s checked: %s", ratings, entries, links, problems);
  g_autoptr (AttestTable) table = attest_table_new (NULL, NULL);

  attest_table_add_column (table, "id", "of", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "check", "check", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "message", "what", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  for (guint i = 0; i < check->problems->len; i++)
    {
      const AttestJudgementProblem *problem
          = &g_array_index (check->problems, AttestJudgementProblem, i);

      if (problem->id != NULL)
        attest_table_add_text (table, problem->id);
      else
        attest_table_add_null (table);
      attest_table_add_text (table, problem->check);
      attest_table_add_text (table, problem->message);
    }
  if (check->problems->len > 0)
    {
      attest_cli_write_table (inv, table, NULL);
      fputc ('\n', inv->out);
    }
  fprintf (inv->out, "%s\n", note);
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const char *format = ((Options *)inv->opts)->format;
  const char *file = ((Options *)inv->opts)->rules;
  g_autoptr (GArray) problems = attest_problems_new ();
  g_autoptr (AttestStrengthRules) rules
      = attest_strength_rules_load (file != NULL ? file : "strength", problems, error);
  g_autoptr (AttestJudgementCheck) check
      = rules != NULL ? attest_check_judgements (inv->store, rules, error) : NULL;
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
  if (check->problems->len > 0)
    inv->exit = ATTEST_EXIT_FOUND;
  return TRUE;
}

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
    "quote supports, what "
    "contradicts and was not answered, recommendations that do not say who should act, how "
    "urgently or until when, links to what no longer stands or was rejected in review, the best "
    "rating everywhere or with nothing to the contrary, and findings that nothing rests on. "
    "doc/ledger.md lists the checks. Exit 10 when one found something.",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
