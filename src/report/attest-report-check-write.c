/* What was found, for programs. */
#include "report/attest-report-check-private.h"

#include <string.h>

#include "report/attest-junit.h"

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

void
attest_judgement_check_write_junit (const AttestJudgementCheck *check, GString *out)
{
  g_autoptr (AttestJunit) junit = attest_junit_new ("attest check", "attest.check");

  for (guint i = 0; i < attest_check_count (); i++)
    {
      const char *what, *name = attest_check_get_name (i, &what);

      attest_junit_begin_case (junit, name, what);
      for (guint k = 0; k < check->problems->len; k++)
        {
          const AttestJudgementProblem *problem
              = &g_array_index (check->problems, AttestJudgementProblem, k);

          if (part_of (problem) == PART_PROBLEMS && strcmp (problem->check, name) == 0)
            attest_junit_add_failure (junit, "%s: %s",
                                      problem->id != NULL ? problem->id : ATTEST_CHECK_PROJECT,
                                      problem->message);
        }
    }
  attest_junit_finish (junit, out);
}
