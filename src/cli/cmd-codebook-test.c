/* codebook test: whether the examples of a codebook get their codes, and what no example needs. */
#include "cli/attest-cli-codebook-check.h"
#include "cli/attest-cli-commands.h"
#include "util/attest-text.h"

#include <string.h>

typedef struct
{
  char *format;
  gboolean coverage;
} Options;

static const char *const formats[] = { "table", "json", "tap", NULL };

static const AttestOption options[]
    = { { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
          "How to print it",
          "table for people, json for programs, tap (the Test Anything Protocol, a line for each "
          "example) for test runners.",
          formats },
        { "coverage", 'c', ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, coverage), NULL,
          "Also list the rules, patterns and alternatives that no example needs",
          "Patterns that neither make a hit in an example nor take one away, and of the others the "
          "alternatives (\"a|b\") that no match in an example goes through.",
          NULL },
        { NULL } };

static void
write_failure (AttestInvocation *inv, const char *path, const AttestTestFailure *failure)
{
  const AttestExample *example = failure->example;
  g_autofree char *sentence = attest_text_printable (example->text, strlen (example->text), 0);
  g_autofree char *message = attest_text_printable (failure->message, strlen (failure->message), 0);

  fprintf (inv->out, "%s:%u:%u: %s\n    %s%s%s%s\n", path, example->line, example->column, message,
           sentence, example->lang != NULL ? " (" : "", example->lang != NULL ? example->lang : "",
           example->lang != NULL ? ")" : "");
}

static void
write_test (AttestInvocation *inv, const AttestCliChecked *checked)
{
  const AttestCodebook *codebook = checked->codebook;
  const AttestCodebookTest *test = checked->test;
  g_autofree char *path = attest_cli_checked_dup_path (checked);

  if (test == NULL)
    {
      attest_cli_checked_write_problems (inv, checked);
      attest_cli_checked_write_counts (inv, checked);
      return;
    }
  for (guint i = 0; i < test->failures->len; i++)
    write_failure (inv, path, &g_array_index (test->failures, AttestTestFailure, i));
  fprintf (inv->out, "%s: %u example%s passed, %u failed\n", codebook->id, test->passed,
           attest_cli_plural (test->passed), test->failed);
  if (test->untested->len == 0)
    return;
  fprintf (inv->out, "without examples or without counterexamples:");
  for (guint i = 0; i < test->untested->len; i++)
    fprintf (inv->out, "%s %s", i > 0 ? "," : "",
             attest_codebook_code (codebook, g_array_index (test->untested, guint, i))->id);
  fputc ('\n', inv->out);
}

/* "ok 3 - impact: not 'The Old Woman is a mountain.' (7:23)"; a # would begin a directive. */
static void
write_tap (AttestInvocation *inv, const AttestCliChecked *checked, guint *number)
{
  const AttestCodebook *codebook = checked->codebook;
  g_autofree char *path = attest_cli_checked_dup_path (checked);
  guint next_failure = 0;

  if (codebook == NULL)
    {
      fprintf (inv->out, "not ok %u - %s can be read\n", ++*number, path);
      return;
    }
  for (guint i = 0; i < checked->test->cases->len; i++)
    {
      const AttestExample *example = g_array_index (checked->test->cases, const AttestExample *, i);
      const AttestTestFailure *failure
          = next_failure < checked->test->failures->len
                ? &g_array_index (checked->test->failures, AttestTestFailure, next_failure)
                : NULL;
      gboolean is_failed = failure != NULL && failure->example == example;
      g_autofree char *sentence = attest_text_printable (example->text, strlen (example->text), 0);

      g_strdelimit (sentence, "#", ' ');
      fprintf (inv->out, "%s %u - %s:%u:%u %s%s\n", is_failed ? "not ok" : "ok", ++*number, path,
               example->line, example->column, example->counter ? "not: " : "", sentence);
      if (!is_failed)
        continue;
      g_autofree char *message
          = attest_text_printable (failure->message, strlen (failure->message), 0);
      fprintf (inv->out, "# %s\n", message);
      next_failure++;
    }
}

static void
write_result (AttestInvocation *inv, const AttestCliChecked *checked, guint *n_cases)
{
  const Options *opts = inv->opts;

  if (g_strcmp0 (opts->format, "json") == 0)
    attest_cli_checked_write_json (checked, FALSE, inv->out);
  else if (g_strcmp0 (opts->format, "tap") == 0)
    write_tap (inv, checked, n_cases);
  else
    {
      write_test (inv, checked);
      if (opts->coverage && checked->test != NULL)
        attest_cli_checked_write_coverage (inv, checked);
    }
}

static gboolean
test (AttestInvocation *inv, const char *name, gpointer n_cases, GError **error)
{
  g_auto (AttestCliChecked) checked = { .problems = NULL };
  /* Only JSON has warnings, which take longer than the examples. */
  gboolean with_warnings = g_strcmp0 (((const Options *)inv->opts)->format, "json") == 0;

  if (!attest_cli_checked_load (&checked, name, with_warnings, error))
    return FALSE;
  attest_cli_checked_test (&checked);
  write_result (inv, &checked, n_cases);
  inv->exit = MAX (inv->exit, attest_cli_checked_exit (&checked));
  return TRUE;
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  guint n_cases = 0;

  attest_cli_for_each_file (inv, test, &n_cases);
  if (g_strcmp0 (((const Options *)inv->opts)->format, "tap") == 0)
    fprintf (inv->out, "1..%u\n", n_cases);
  return TRUE;
}

static const AttestExampleLine examples[]
    = { { "codebook test mine.yaml", "does each example get its code, and no counterexample?" },
        { "codebook test mine.yaml --coverage", "which patterns does no example need?" },
        { "codebook test mine.yaml --format tap", "a line for each example" },
        { NULL } };

const AttestCommand attest_cmd_codebook_test = {
  .name = "codebook test",
  .group = "codebook",
  .synopsis = "CODEBOOK…",
  .summary = "Run the examples of codebooks",
  .doc = "Codes the examples and counterexamples of each code as if a respondent had said them. An "
         "example must get its code (or, under a rule, be hit by that rule), a counterexample must "
         "not.\n\n"
         "Exit 10 when one is not as it must be, 4 when the codebook has an error.",
  .examples = examples,
  .needs = ATTEST_NEEDS_NOTHING,
  .min_args = 1,
  .max_args = G_MAXUINT,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
