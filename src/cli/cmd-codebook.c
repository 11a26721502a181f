/* codebook check, codebook test: what is wrong with a codebook, before anything is coded with it.
 */
#include "cli/attest-cli-coding.h"
#include "cli/attest-cli-commands.h"
#include "cli/attest-cli-problem.h"
#include "pattern/attest-scanner.h"
#include "util/attest-json.h"
#include "util/attest-text.h"

#include <string.h>

typedef struct
{
  char *format;
  gboolean verbose;  /* of check */
  gboolean coverage; /* of test */
} Options;

static const char *const formats[] = { "table", "json", NULL };
static const char *const test_formats[] = { "table", "json", "tap", NULL };

static const AttestOption check_options[]
    = { { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
          "How to print it",
          "table for people, json for programs: one object for each codebook, one after the other.",
          formats },
        { "verbose", 'v', ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, verbose), NULL,
          "Say which patterns are slow, and why",
          "Most patterns are tried only where a word of theirs stands in the text. The others are "
          "searched for everywhere.",
          NULL },
        { NULL } };

static const AttestOption test_options[]
    = { { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
          "How to print it",
          "table for people, json for programs, tap (the Test Anything Protocol, a line for each "
          "example) for test runners.",
          test_formats },
        { "coverage", 'c', ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, coverage), NULL,
          "Also list the patterns that no example needs",
          "Patterns that neither make a hit in an example nor take one away.", NULL },
        { NULL } };

/* One codebook, looked at. */
typedef struct
{
  const char *name;         /* as given */
  AttestCodebook *codebook; /* NULL: it has errors */
  GArray *problems;         /* of AttestProblem */
  guint n_errors, n_warnings;
  AttestCodebookTest *test; /* NULL: not run */
} Result;

static void
result_clear (Result *result)
{
  attest_codebook_unref (result->codebook);
  g_array_unref (result->problems);
  attest_codebook_test_free (result->test);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Result, result_clear)

/* FALSE when the file cannot be read; a codebook with errors is a result. */
static gboolean
look_at (Result *result, gboolean with_tests, GError **error)
{
  g_autoptr (GError) load_error = NULL;

  result->codebook = attest_codebook_load (result->name, result->problems, &load_error);
  if (result->codebook == NULL && result->problems->len == 0)
    {
      g_propagate_error (error, g_steal_pointer (&load_error));
      return FALSE;
    }
  if (result->codebook != NULL)
    attest_codebook_lint (result->codebook, result->problems);
  attest_cli_count_problems (result->problems, &result->n_errors, &result->n_warnings);
  if (with_tests && result->codebook != NULL)
    {
      AttestCoderOptions coder_options = { 0 };
      g_autoptr (AttestCoder) coder = attest_coder_new (result->codebook, &coder_options);
      g_autoptr (AttestCoderWorker) worker = attest_coder_worker_new (coder);
      result->test = attest_coder_test (worker);
    }
  return TRUE;
}

/* --- json --------------------------------------------------------------------------------- */

static void
member_count (AttestJson *json, const char *key, gboolean is_known, gint64 value)
{
  if (is_known)
    attest_json_member_int (json, key, value);
  else
    attest_json_member_null (json, key);
}

static gboolean
is_unreached (const Result *result, guint pattern)
{
  AttestPatternUse use = attest_codebook_pattern (result->codebook, pattern)->use;

  return use != ATTEST_PATTERN_ASKED && use != ATTEST_PATTERN_RULE_ASKED
         && !result->test->is_reached[pattern];
}

static void
write_coverage_json (AttestJson *json, const Result *result)
{
  attest_json_key (json, "unreached_patterns");
  attest_json_begin_array (json);
  for (guint i = 0; i < result->codebook->patterns->len; i++)
    if (is_unreached (result, i))
      attest_json_string (json, attest_codebook_pattern (result->codebook, i)->name);
  attest_json_end_array (json);
}

static void
write_test_json (AttestJson *json, const Result *result)
{
  attest_json_key (json, "tests");
  if (result->test == NULL)
    {
      attest_json_null (json);
      return;
    }
  attest_json_begin_object (json);
  attest_json_member_int (json, "passed", result->test->passed);
  attest_json_member_int (json, "failed", result->test->failed);
  attest_json_key (json, "untested_codes");
  attest_json_begin_array (json);
  for (guint i = 0; i < result->test->untested->len; i++)
    attest_json_string (
        json,
        attest_codebook_code (result->codebook, g_array_index (result->test->untested, guint, i))
            ->id);
  attest_json_end_array (json);
  write_coverage_json (json, result);
  attest_json_end_object (json);
}

/* Patterns that are searched for everywhere. */
static void
write_slow_json (AttestJson *json, const AttestCodebook *codebook)
{
  attest_json_key (json, "slow");
  attest_json_begin_array (json);
  for (guint i = 0; codebook != NULL && i < codebook->patterns->len; i++)
    {
      const AttestCodebookPattern *pattern = attest_codebook_pattern (codebook, i);
      const char *reason = attest_scanner_explain_always (pattern->pattern);

      if (reason == NULL)
        continue;
      attest_json_begin_object (json);
      attest_json_member_string (json, "pattern", pattern->name);
      attest_json_member_int (json, "line", pattern->line);
      attest_json_member_int (json, "column", pattern->column);
      attest_json_member_string (json, "reason", reason);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
}

static void
write_json (const Result *result, gboolean verbose, FILE *out)
{
  const AttestCodebook *codebook = result->codebook;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (AttestJson) json = attest_json_new (text, TRUE);

  attest_json_begin_object (json);
  attest_json_member_int (json, "format", 1);
  attest_json_member_string (json, "codebook", codebook != NULL ? codebook->id : result->name);
  attest_json_member_string (json, "sha256", codebook != NULL ? codebook->sha256 : NULL);
  member_count (json, "codes", codebook != NULL, codebook != NULL ? codebook->codes->len : 0);
  member_count (json, "rules", codebook != NULL, codebook != NULL ? codebook->rules->len : 0);
  member_count (json, "patterns", codebook != NULL, codebook != NULL ? codebook->patterns->len : 0);
  attest_cli_write_problems_json (json, result->problems, "code");
  write_test_json (json, result);
  if (verbose)
    write_slow_json (json, codebook);
  attest_json_end_object (json);
  fprintf (out, "%s\n", text->str);
}

/* --- text --------------------------------------------------------------------------------- */

static const char *
plural (guint n)
{
  return n == 1 ? "" : "s";
}

/* The file's name as it is safe to print. */
static char *
dup_path (const Result *result)
{
  const char *path = result->codebook != NULL ? result->codebook->path : result->name;

  return attest_text_printable (path, strlen (path), 0);
}

static void
write_slow (AttestInvocation *inv, const char *path, const AttestCodebook *codebook)
{
  guint n = 0;

  for (guint i = 0; i < codebook->patterns->len; i++)
    {
      const AttestCodebookPattern *pattern = attest_codebook_pattern (codebook, i);
      const char *reason = attest_scanner_explain_always (pattern->pattern);

      if (reason == NULL)
        continue;
      n++;
      fprintf (inv->out, "%s:%u:%u: note: pattern %s is searched for everywhere: %s [slow]\n", path,
               pattern->line, pattern->column, pattern->name, reason);
    }
  fprintf (inv->out,
           "%s: %u pattern%s searched for everywhere, %u only where a word of theirs is\n",
           codebook->id, n, plural (n), codebook->patterns->len - n);
}

static void
write_check (AttestInvocation *inv, const Result *result)
{
  const AttestCodebook *codebook = result->codebook;
  g_autofree char *path = dup_path (result);

  for (guint i = 0; i < result->problems->len; i++)
    attest_cli_write_problem (inv, path, &g_array_index (result->problems, AttestProblem, i));
  if (codebook != NULL && ((const Options *)inv->opts)->verbose)
    write_slow (inv, path, codebook);
  if (codebook != NULL)
    fprintf (inv->out, "%s: %u code%s, %u rule%s, %u pattern%s: ", codebook->id,
             codebook->codes->len, plural (codebook->codes->len), codebook->rules->len,
             plural (codebook->rules->len), codebook->patterns->len,
             plural (codebook->patterns->len));
  else
    fprintf (inv->out, "%s: ", path);
  g_autofree char *count = attest_cli_dup_problem_count (result->problems);
  fprintf (inv->out, "%s\n", count);
}

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
write_test (AttestInvocation *inv, const Result *result)
{
  const AttestCodebook *codebook = result->codebook;
  const AttestCodebookTest *test = result->test;
  g_autofree char *path = dup_path (result);

  if (test == NULL)
    {
      write_check (inv, result);
      return;
    }
  for (guint i = 0; i < test->failures->len; i++)
    write_failure (inv, path, &g_array_index (test->failures, AttestTestFailure, i));
  fprintf (inv->out, "%s: %u example%s passed, %u failed\n", codebook->id, test->passed,
           plural (test->passed), test->failed);
  if (test->untested->len == 0)
    return;
  fprintf (inv->out, "without examples or without counterexamples:");
  for (guint i = 0; i < test->untested->len; i++)
    fprintf (inv->out, "%s %s", i > 0 ? "," : "",
             attest_codebook_code (codebook, g_array_index (test->untested, guint, i))->id);
  fputc ('\n', inv->out);
}

static void
write_coverage (AttestInvocation *inv, const Result *result)
{
  const AttestCodebook *codebook = result->codebook;
  g_autofree char *path = dup_path (result);
  guint n = 0, n_unreached = 0;

  for (guint i = 0; i < codebook->patterns->len; i++)
    {
      const AttestCodebookPattern *pattern = attest_codebook_pattern (codebook, i);
      g_autofree char *source
          = attest_text_printable (pattern->source, strlen (pattern->source), 0);

      if (pattern->use == ATTEST_PATTERN_ASKED || pattern->use == ATTEST_PATTERN_RULE_ASKED)
        continue;
      n++;
      if (!is_unreached (result, i))
        continue;
      n_unreached++;
      fprintf (inv->out, "%s:%u:%u: no example needs %s: %s\n", path, pattern->line,
               pattern->column, pattern->name, source);
    }
  fprintf (inv->out, "%s: examples need %u of %u pattern%s\n", codebook->id, n - n_unreached, n,
           plural (n));
}

/* "ok 3 - impact: not 'The Old Woman is a mountain.' (7:23)"; a # would begin a directive. */
static void
write_tap (AttestInvocation *inv, const Result *result, guint *number)
{
  const AttestCodebook *codebook = result->codebook;
  g_autofree char *path = dup_path (result);
  guint next_failure = 0;

  if (codebook == NULL)
    {
      fprintf (inv->out, "not ok %u - %s can be read\n", ++*number, path);
      return;
    }
  for (guint i = 0; i < result->test->cases->len; i++)
    {
      const AttestExample *example = g_array_index (result->test->cases, const AttestExample *, i);
      const AttestTestFailure *failure
          = next_failure < result->test->failures->len
                ? &g_array_index (result->test->failures, AttestTestFailure, next_failure)
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

/* --- the commands ------------------------------------------------------------------------- */

static AttestExit
result_exit (const Result *result)
{
  if (result->n_errors > 0)
    return ATTEST_EXIT_CODEBOOK;
  return result->test != NULL && result->test->failed > 0 ? ATTEST_EXIT_FOUND : ATTEST_EXIT_OK;
}

static gboolean
run_all (AttestInvocation *inv, gboolean with_tests,
         void (*write) (AttestInvocation *inv, const Result *result))
{
  const Options *opts = inv->opts;
  gboolean is_tap = g_strcmp0 (opts->format, "tap") == 0;
  guint n_cases = 0;

  for (guint i = 0; i < inv->n_args; i++)
    {
      g_auto (Result) result = { .name = inv->args[i], .problems = attest_problems_new () };
      g_autoptr (GError) error = NULL;

      if (!look_at (&result, with_tests, &error))
        {
          attest_cli_complain (inv, "%s", error->message);
          inv->exit = MAX (inv->exit, attest_error_exit (error));
          continue;
        }
      if (g_strcmp0 (opts->format, "json") == 0)
        write_json (&result, opts->verbose, inv->out);
      else if (is_tap)
        write_tap (inv, &result, &n_cases);
      else
        write (inv, &result);
      if (opts->coverage && opts->format == NULL && result.test != NULL)
        write_coverage (inv, &result);
      inv->exit = MAX (inv->exit, result_exit (&result));
    }
  if (is_tap)
    fprintf (inv->out, "1..%u\n", n_cases);
  return TRUE;
}

static gboolean
run_check (AttestInvocation *inv, GError **error)
{
  return run_all (inv, FALSE, write_check);
}

static gboolean
run_test (AttestInvocation *inv, GError **error)
{
  return run_all (inv, TRUE, write_test);
}

static const AttestExampleLine check_examples[]
    = { { "codebook check mine.yaml", "errors and warnings, each with its place in the file" },
        { "codebook check oecd-dac", "a shipped codebook, by its id" },
        { "codebook check --verbose mine.yaml", "also the patterns that make coding slow" },
        { NULL } };

static const AttestExampleLine test_examples[]
    = { { "codebook test mine.yaml", "does each example get its code, and no counterexample?" },
        { "codebook test mine.yaml --coverage", "which patterns does no example need?" },
        { "codebook test mine.yaml --format tap", "a line for each example" },
        { NULL } };

const AttestCommand attest_cmd_codebook_check = {
  .name = "codebook check",
  .group = "codebook",
  .synopsis = "CODEBOOK…",
  .summary = "Look for mistakes in codebooks",
  .doc = "CODEBOOK is a file, or the id of a shipped codebook. Errors keep a codebook from being "
         "used: what is not YAML, unknown keys, patterns that are not valid, and the like. "
         "Warnings tell of rules that will not do what they seem to: patterns that match nothing, "
         "that are there twice, or that no example tests.\n\n"
         "Exit 4 when there is an error; warnings alone are exit 0.",
  .examples = check_examples,
  .needs = ATTEST_NEEDS_NOTHING,
  .min_args = 1,
  .max_args = G_MAXUINT,
  .opts_size = sizeof (Options),
  .options = check_options,
  .run = run_check,
};

const AttestCommand attest_cmd_codebook_test = {
  .name = "codebook test",
  .group = "codebook",
  .synopsis = "CODEBOOK…",
  .summary = "Run the examples of codebooks",
  .doc = "Codes the examples and counterexamples of each code as if a respondent had said them. An "
         "example must get its code (or, under a rule, be hit by that rule), a counterexample must "
         "not.\n\n"
         "Exit 10 when one is not as it must be, 4 when the codebook has an error.",
  .examples = test_examples,
  .needs = ATTEST_NEEDS_NOTHING,
  .min_args = 1,
  .max_args = G_MAXUINT,
  .opts_size = sizeof (Options),
  .options = test_options,
  .run = run_test,
};
