/* The verdict on what was counted, in words and for programs. */
#include "report/attest-report-strength-private.h"

#include <string.h>

/* ---- the verdict ---- */

void
attest_strength_judge_all (const AttestStrengthRules *rules, AttestStrength *strength)
{
  const AttestStrengthLevel *next;

  strength->before = strength->level = attest_strength_judge (rules, &strength->facts);
  strength->concerns = g_ptr_array_new ();
  strength->raise = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < rules->concerns->len; i++)
    {
      AttestStrengthConcern *concern = &g_array_index (rules->concerns, AttestStrengthConcern, i);
      g_autoptr (GPtrArray) unmet
          = attest_strength_list_unmet (concern->conditions, &strength->facts);

      if (unmet->len > 0)
        continue;
      g_ptr_array_add (strength->concerns, concern);
      if (concern->lowers && strength->level->lower != NULL)
        {
          strength->level = attest_strength_rules_find (rules, strength->level->lower);
          g_ptr_array_add (strength->raise, g_strdup_printf ("not %s", concern->concern));
        }
    }
  next = strength->level->next != NULL ? attest_strength_rules_find (rules, strength->level->next)
                                       : NULL;
  if (next != NULL)
    {
      GPtrArray *unmet = attest_strength_list_unmet (next->conditions, &strength->facts);

      g_ptr_array_extend_and_steal (strength->raise, unmet);
    }
}

/* ---- in words ---- */

char *
attest_strength_dup_key (AttestFact fact)
{
  return g_strdelimit (g_strdup (attest_fact_to_string (fact)), "-", '_');
}

char *
attest_strength_dup_fact (const AttestStrength *strength, AttestFact fact)
{
  gint64 numerator, denominator;

  attest_facts_get (&strength->facts, fact, &numerator, &denominator);
  if (denominator == 0)
    return NULL;
  if (fact < ATTEST_N_COUNTS)
    return g_strdup_printf ("%" G_GINT64_FORMAT, numerator);
  return g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT " (%.2f)", numerator,
                          denominator, (double)numerator / (double)denominator);
}

/* Each condition begins with its fact. */
char *
attest_strength_dup_raise (const AttestStrength *strength, const char *raise)
{
  g_auto (GStrv) alternatives = g_strsplit (raise, " or ", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; alternatives[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (alternatives[i], " ", 2);
      AttestFact fact;
      g_autofree char *now = attest_fact_from_string (words[0], &fact)
                                 ? attest_strength_dup_fact (strength, fact)
                                 : NULL;

      g_string_append_printf (text, "%s%s", i > 0 ? " or " : "", alternatives[i]);
      if (now != NULL)
        g_string_append_printf (text, " (is %s)", now);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
attest_strength_dup_sentence (const AttestStrength *strength)
{
  const gint64 *n = strength->facts.counts;
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (
      text,
      "%s: respondents who support it %" G_GINT64_FORMAT ", who contradict it %" G_GINT64_FORMAT
      "; groups %" G_GINT64_FORMAT ", organisations %" G_GINT64_FORMAT ", methods %" G_GINT64_FORMAT
      ", independent %" G_GINT64_FORMAT,
      strength->level->level, n[ATTEST_FACT_SUPPORTING], n[ATTEST_FACT_CONTRADICTING],
      n[ATTEST_FACT_GROUPS], n[ATTEST_FACT_ORGANISATIONS], n[ATTEST_FACT_METHODS],
      n[ATTEST_FACT_INDEPENDENT]);
  if (strength->before != strength->level)
    g_string_append_printf (text, "; %s before concerns", strength->before->level);
  for (guint i = 0; i < strength->concerns->len; i++)
    {
      const AttestStrengthConcern *concern = g_ptr_array_index (strength->concerns, i);

      if (concern->lowers)
        g_string_append_printf (text, ": %s", concern->says);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* ---- for programs ---- */

static void
write_facts (const AttestStrength *strength, AttestJson *json)
{
  attest_json_key (json, "facts");
  attest_json_begin_object (json);
  for (guint i = 0; i < ATTEST_N_FACTS; i++)
    {
      g_autofree char *name = attest_strength_dup_key ((AttestFact)i);
      gint64 numerator, denominator;

      attest_facts_get (&strength->facts, (AttestFact)i, &numerator, &denominator);
      if (denominator == 0)
        attest_json_member_null (json, name);
      else if (i < ATTEST_N_COUNTS)
        attest_json_member_int (json, name, numerator);
      else
        attest_json_member_double (json, name, (double)numerator / (double)denominator);
    }
  attest_json_end_object (json);
}

static void
write_concerns (const AttestStrength *strength, AttestJson *json)
{
  attest_json_key (json, "concerns");
  attest_json_begin_array (json);
  for (guint i = 0; i < strength->concerns->len; i++)
    {
      const AttestStrengthConcern *concern = g_ptr_array_index (strength->concerns, i);

      attest_json_begin_object (json);
      attest_json_member_string (json, "concern", concern->concern);
      attest_json_member_string (json, "says", concern->says);
      attest_json_member_bool (json, "lowers", concern->lowers);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
}

static void
write_cells (const AttestStrength *strength, AttestJson *json)
{
  attest_json_key (json, "triangulation");
  attest_json_begin_array (json);
  for (guint i = 0; i < strength->cells->len; i++)
    {
      const AttestStrengthCell *cell = &g_array_index (strength->cells, AttestStrengthCell, i);

      attest_json_begin_object (json);
      attest_json_member_string (json, "method", cell->method);
      attest_json_member_string (json, "group", cell->group);
      attest_json_member_int (json, "respondents", cell->respondents);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
}

void
attest_strength_write_json (const AttestStrength *strength, AttestJson *json)
{
  attest_json_begin_object (json);
  attest_json_member_string (json, "level", strength->level->level);
  attest_json_key (json, "because");
  attest_json_begin_array (json);
  for (guint i = 0; i < ATTEST_N_COUNTS; i++)
    {
      g_autofree char *fact
          = g_strdup_printf ("%s = %" G_GINT64_FORMAT, attest_fact_to_string ((AttestFact)i),
                             strength->facts.counts[i]);

      attest_json_string (json, fact);
    }
  attest_json_end_array (json);
  attest_json_key (json, "raise");
  attest_json_begin_array (json);
  for (guint i = 0; i < strength->raise->len; i++)
    attest_json_string (json, g_ptr_array_index (strength->raise, i));
  attest_json_end_array (json);
  attest_json_member_string (json, "before", strength->before->level);
  write_concerns (strength, json);
  write_facts (strength, json);
  write_cells (strength, json);
  attest_json_end_object (json);
}
