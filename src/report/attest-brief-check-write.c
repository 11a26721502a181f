/* The check of a brief for programs. */
#include <string.h>

#include "report/attest-brief-check-private.h"
#include "report/attest-junit.h"

static void
write_place (const AttestBrief *brief, const AttestCharMap *map, gsize start_byte, gsize end_byte,
             AttestJson *json)
{
  guint line, column;

  attest_brief_get_place (brief, start_byte, &line, &column);
  attest_json_member_int (json, "line", line);
  attest_json_member_int (json, "column", column);
  attest_json_member_int (json, "start", (gint64)attest_char_map_to_char (map, start_byte));
  attest_json_member_int (json, "end", (gint64)attest_char_map_to_char (map, end_byte));
  attest_json_member_int (json, "start_byte", (gint64)start_byte);
  attest_json_member_int (json, "end_byte", (gint64)end_byte);
}

static void
write_number (const AttestBriefSentence *sentence, const char *key, AttestJson *json)
{
  g_autofree char *id
      = sentence != NULL && sentence->number > 0 ? g_strdup_printf ("S%u", sentence->number) : NULL;

  attest_json_member_string (json, key, id);
}

/* @silenced: those that do not count, or the others. */
static void
write_problems (const AttestBriefCheck *check, gboolean silenced, const AttestCharMap *map,
                AttestJson *json)
{
  attest_json_key (json, silenced ? "silenced" : "problems");
  attest_json_begin_array (json);
  for (guint i = 0; i < check->problems->len; i++)
    {
      const AttestBriefProblem *problem = &g_array_index (check->problems, AttestBriefProblem, i);

      if ((problem->silenced != NULL) != silenced)
        continue;
      attest_json_begin_object (json);
      attest_json_member_string (json, "check", problem->check);
      write_number (problem->sentence, "sentence", json);
      write_place (check->brief, map, problem->start_byte, problem->end_byte, json);
      attest_json_member_string (json, "message", problem->message);
      if (silenced)
        attest_json_member_string (json, "because", problem->silenced);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
}

static void
write_sentence (const AttestBrief *brief, const AttestCharMap *map, guint index, guint *mark,
                AttestJson *json)
{
  const AttestBriefSentence *sentence = attest_brief_sentence (brief, index);

  attest_json_begin_object (json);
  write_number (sentence, "id", json);
  write_place (brief, map, sentence->start_byte, sentence->end_byte, json);
  attest_json_member_string (json, "text", sentence->text);
  attest_json_member_bool (json, "traced", sentence->is_traced);
  attest_json_key (json, "references");
  attest_json_begin_array (json);
  for (guint i = *mark; i < brief->marks->len; i++)
    {
      const AttestMark *candidate = attest_brief_mark (brief, i);
      g_autofree char *id = NULL;

      if (candidate->sentence != G_MAXUINT && candidate->sentence > index)
        break;
      *mark = i + 1;
      id = candidate->sentence == index ? attest_mark_dup_id (candidate) : NULL;
      if (id != NULL)
        attest_json_string (json, id);
    }
  attest_json_end_array (json);
  attest_json_end_object (json);
}

void
attest_brief_check_write_json (const AttestBriefCheck *check, AttestJson *json)
{
  const AttestBrief *brief = check->brief;
  g_autoptr (AttestCharMap) map = attest_char_map_new (brief->text, brief->length_bytes);
  guint mark = 0;

  attest_json_begin_object (json);
  attest_json_member_int (json, "format", 1);
  attest_json_member_string (json, "path", brief->path);
  attest_json_member_string (json, "lang", brief->lang);
  attest_json_member_int (json, "traced", check->traced);
  attest_json_member_int (json, "referring", check->referring);
  attest_json_member_int (json, "judgement", check->judgement);
  attest_json_member_int (json, "boilerplate", check->boilerplate);
  write_problems (check, FALSE, map, json);
  write_problems (check, TRUE, map, json);
  attest_json_member_int (json, "dropped", check->dropped);
  attest_json_key (json, "left_out");
  attest_json_begin_array (json);
  for (guint i = 0; i < check->left_out->len; i++)
    attest_json_string (json, g_ptr_array_index (check->left_out, i));
  attest_json_end_array (json);
  attest_json_key (json, "sentences");
  attest_json_begin_array (json);
  for (guint i = 0; i < brief->sentences->len; i++)
    write_sentence (brief, map, i, &mark, json);
  attest_json_end_array (json);
  attest_json_end_object (json);
}

void
attest_brief_check_write_junit (const AttestBriefCheck *check, GString *out)
{
  g_autoptr (AttestJunit) junit = attest_junit_new ("attest brief check", "attest.brief");

  for (guint i = 0; i < attest_brief_n_checks (); i++)
    {
      const char *id, *what;

      attest_brief_get_check (i, &id, &what);
      attest_junit_begin_case (junit, id, what);
      for (guint k = 0; k < check->problems->len; k++)
        {
          const AttestBriefProblem *problem
              = &g_array_index (check->problems, AttestBriefProblem, k);
          guint line, column;

          if (problem->check != id || problem->silenced != NULL)
            continue;
          attest_brief_get_place (check->brief, problem->start_byte, &line, &column);
          attest_junit_add_failure (junit, "%s:%u:%u: %s", check->brief->path, line, column,
                                    problem->message);
        }
    }
  attest_junit_finish (junit, out);
}
