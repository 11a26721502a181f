#include "cli/attest-cli-codebook-check.h"

#include <string.h>

#include "cli/attest-cli-problem.h"
#include "util/attest-text.h"

void
attest_cli_checked_clear (AttestCliChecked *checked)
{
  attest_codebook_unref (checked->codebook);
  g_clear_pointer (&checked->problems, g_array_unref);
  attest_codebook_test_free (checked->test);
}

gboolean
attest_cli_checked_load (AttestCliChecked *checked, const char *name, gboolean with_warnings,
                         GError **error)
{
  g_autoptr (GError) load_error = NULL;

  checked->name = name;
  checked->problems = attest_problems_new ();
  checked->codebook = attest_codebook_load (name, checked->problems, &load_error);
  if (checked->codebook == NULL && checked->problems->len == 0)
    {
      g_propagate_error (error, g_steal_pointer (&load_error));
      return FALSE;
    }
  if (checked->codebook != NULL && with_warnings)
    attest_codebook_lint (checked->codebook, checked->problems);
  return TRUE;
}

void
attest_cli_checked_test (AttestCliChecked *checked)
{
  if (checked->codebook == NULL)
    return;
  AttestCoderOptions options = { 0 };
  g_autoptr (AttestCoder) coder = attest_coder_new (checked->codebook, &options);
  g_autoptr (AttestCoderWorker) worker = attest_coder_worker_new (coder);
  checked->test = attest_coder_test (worker);
}

gboolean
attest_cli_checked_is_unreached (const AttestCliChecked *checked, guint pattern)
{
  AttestPatternUse use = attest_codebook_pattern (checked->codebook, pattern)->use;

  return use != ATTEST_PATTERN_ASKED && use != ATTEST_PATTERN_RULE_ASKED
         && !checked->test->is_reached[pattern];
}

gboolean
attest_cli_checked_is_unreached_rule (const AttestCliChecked *checked, guint rule)
{
  for (guint i = 0; i < checked->codebook->patterns->len; i++)
    if (attest_codebook_pattern (checked->codebook, i)->rule == rule
        && checked->test->is_reached[i])
      return FALSE;
  return TRUE;
}

const AttestReached *
attest_cli_checked_reached (const AttestCliChecked *checked, guint pattern)
{
  return g_ptr_array_index (checked->test->alternatives, pattern);
}

const char *
attest_cli_plural (guint n)
{
  return n == 1 ? "" : "s";
}

char *
attest_cli_checked_dup_path (const AttestCliChecked *checked)
{
  const char *path = checked->codebook != NULL ? checked->codebook->path : checked->name;

  return attest_text_printable (path, strlen (path), 0);
}

void
attest_cli_checked_write_problems (AttestInvocation *inv, const AttestCliChecked *checked)
{
  g_autofree char *path = attest_cli_checked_dup_path (checked);

  for (guint i = 0; i < checked->problems->len; i++)
    attest_cli_write_problem (inv, path, &g_array_index (checked->problems, AttestProblem, i));
}

void
attest_cli_checked_write_counts (AttestInvocation *inv, const AttestCliChecked *checked)
{
  const AttestCodebook *codebook = checked->codebook;
  g_autofree char *path = attest_cli_checked_dup_path (checked);

  if (codebook != NULL)
    fprintf (inv->out, "%s: %u code%s, %u rule%s, %u pattern%s: ", codebook->id,
             codebook->codes->len, attest_cli_plural (codebook->codes->len), codebook->rules->len,
             attest_cli_plural (codebook->rules->len), codebook->patterns->len,
             attest_cli_plural (codebook->patterns->len));
  else
    fprintf (inv->out, "%s: ", path);
  g_autofree char *count = attest_cli_dup_problem_count (checked->problems);
  fprintf (inv->out, "%s\n", count);
}

AttestExit
attest_cli_checked_exit (const AttestCliChecked *checked)
{
  guint n_errors, n_warnings;

  attest_cli_count_problems (checked->problems, &n_errors, &n_warnings);
  if (n_errors > 0)
    return ATTEST_EXIT_CODEBOOK;
  return checked->test != NULL && checked->test->failed > 0 ? ATTEST_EXIT_FOUND : ATTEST_EXIT_OK;
}
