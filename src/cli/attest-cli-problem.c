#include "cli/attest-cli-problem.h"

#include "report/attest-report.h"

void
attest_cli_write_problem (AttestInvocation *inv, const char *path, const AttestProblem *problem)
{
  gboolean is_error = problem->severity == ATTEST_SEVERITY_ERROR;
  const char *on = !inv->color ? "" : is_error ? "\033[1;31m" : "\033[1;35m";

  fputs (path, inv->out);
  if (problem->line > 0)
    fprintf (inv->out, ":%u:%u", problem->line, problem->column);
  fprintf (inv->out, ": %s%s%s: %s [%s]\n", on, attest_severity_to_string (problem->severity),
           inv->color ? "\033[0m" : "", problem->message, problem->check);
  if (problem->excerpt != NULL)
    fprintf (inv->out, "%s\n", problem->excerpt);
}

static void
member_place (AttestJson *json, const char *key, const AttestProblem *problem, guint value)
{
  if (problem->line > 0)
    attest_json_member_int (json, key, value);
  else
    attest_json_member_null (json, key);
}

void
attest_cli_write_problems_json (AttestJson *json, const GArray *problems, const char *code_key)
{
  attest_json_key (json, "problems");
  attest_json_begin_array (json);
  for (guint i = 0; i < problems->len; i++)
    {
      const AttestProblem *problem = &g_array_index (problems, AttestProblem, i);

      attest_json_begin_object (json);
      attest_json_member_string (json, "severity", attest_severity_to_string (problem->severity));
      member_place (json, "line", problem, problem->line);
      member_place (json, "column", problem, problem->column);
      attest_json_member_string (json, code_key, problem->code);
      attest_json_member_string (json, "rule", problem->rule);
      attest_json_member_string (json, "check", problem->check);
      attest_json_member_string (json, "message", problem->message);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
}

void
attest_cli_count_problems (const GArray *problems, guint *out_errors, guint *out_warnings)
{
  *out_errors = *out_warnings = 0;
  for (guint i = 0; i < problems->len; i++)
    if (g_array_index (problems, AttestProblem, i).severity == ATTEST_SEVERITY_ERROR)
      ++*out_errors;
    else
      ++*out_warnings;
}

char *
attest_cli_dup_problem_count (const GArray *problems)
{
  guint n_errors, n_warnings;
  g_autofree char *errors = NULL;
  g_autofree char *warnings = NULL;

  attest_cli_count_problems (problems, &n_errors, &n_warnings);
  errors = attest_report_dup_count (n_errors, "error", NULL);
  warnings = attest_report_dup_count (n_warnings, "warning", NULL);
  return g_strdup_printf ("%s, %s", errors, warnings);
}
