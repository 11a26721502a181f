/* What was found, for programs. */
#include "report/attest-report-check-private.h"

#include <string.h>

#include "util/attest-text.h"

typedef enum
{
  PART_PROBLEMS,
  PART_WARNINGS,
  PART_SILENCED,
} Part;

static Part
part_of (const AttestJudgementProblem *problem)
{
  return problem->silenced != NULL ? PART_SILENCED
         : problem->is_warning     ? PART_WARNINGS
                                   : PART_PROBLEMS;
}

static void
write_part (const AttestJudgementCheck *check, Part part, AttestJson *json)
{
  static const char *const names[] = { "problems", "warnings", "silenced" };

  attest_json_key (json, names[part]);
  attest_json_begin_array (json);
  for (guint i = 0; i < check->problems->len; i++)
    {
      const AttestJudgementProblem *problem
          = &g_array_index (check->problems, AttestJudgementProblem, i);

      if (part_of (problem) != part)
        continue;
      attest_json_begin_object (json);
      attest_json_member_string (json, "check", problem->check);
      attest_json_member_string (json, "id", problem->id);
      attest_json_member_string (json, "about", problem->about);
      attest_json_member_string (json, "message", problem->message);
      if (part == PART_SILENCED)
        {
          attest_json_member_bool (json, "warning", problem->is_warning);
          attest_json_member_string (json, "because", problem->silenced);
          attest_json_member_string (json, "by", problem->silenced_by);
          attest_json_member_string (json, "at", problem->silenced_at);
        }
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
}

void
attest_judgement_check_write_json (const AttestJudgementCheck *check, AttestJson *json)
{
  attest_json_begin_object (json);
  attest_json_member_int (json, "format", 1);
  attest_json_member_int (json, "ratings", check->ratings);
  attest_json_member_int (json, "entries", check->entries);
  attest_json_member_int (json, "links", check->links);
  write_part (check, PART_PROBLEMS, json);
  write_part (check, PART_WARNINGS, json);
  write_part (check, PART_SILENCED, json);
  attest_json_end_object (json);
}

/* XML has no control characters, not even escaped. */
static char *
escape (const char *text)
{
  g_autofree char *printable = attest_text_printable (text, strlen (text), 0);

  return g_markup_escape_text (printable, -1);
}

static guint
count_problems (const AttestJudgementCheck *check, const char *id)
{
  guint n = 0;

  for (guint i = 0; i < check->problems->len; i++)
    {
      const AttestJudgementProblem *problem
          = &g_array_index (check->problems, AttestJudgementProblem, i);

      n += part_of (problem) == PART_PROBLEMS && strcmp (problem->check, id) == 0;
    }
  return n;
}

void
attest_judgement_check_write_junit (const AttestJudgementCheck *check, GString *out)
{
  guint n_failed = 0, n_checks = attest_check_count ();

  for (guint i = 0; i < n_checks; i++)
    n_failed += count_problems (check, attest_check_get_name (i, NULL)) > 0;
  g_string_append_printf (out,
                          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                          "<testsuite name=\"attest check\" tests=\"%u\" failures=\"%u\">\n",
                          n_checks, n_failed);
  for (guint i = 0; i < n_checks; i++)
    {
      const char *what, *name = attest_check_get_name (i, &what);

      g_string_append_printf (out, "  <testcase classname=\"attest.check\" name=\"%s\"", name);
      if (count_problems (check, name) == 0)
        {
          g_string_append (out, "/>\n");
          continue;
        }
      g_string_append_printf (out, ">\n    <failure message=\"%s\">", what);
      for (guint k = 0; k < check->problems->len; k++)
        {
          const AttestJudgementProblem *problem
              = &g_array_index (check->problems, AttestJudgementProblem, k);
          g_autofree char *id = escape (problem->id != NULL ? problem->id : "project");
          g_autofree char *message = escape (problem->message);

          if (part_of (problem) == PART_PROBLEMS && strcmp (problem->check, name) == 0)
            g_string_append_printf (out, "%s: %s\n", id, message);
        }
      g_string_append (out, "</failure>\n  </testcase>\n");
    }
  g_string_append (out, "</testsuite>\n");
}
