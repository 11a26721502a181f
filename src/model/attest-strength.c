#include "model/attest-strength.h"

#include <string.h>

static const char *const fact_names[ATTEST_N_FACTS]
    = { "supporting", "contradicting", "groups",     "organisations",
        "methods",    "independent",   "unanswered", "contradicting-share" };

const char *
attest_fact_to_string (AttestFact fact)
{
  return fact_names[fact];
}

gboolean
attest_fact_from_string (const char *name, AttestFact *out_fact)
{
  for (guint i = 0; i < ATTEST_N_FACTS; i++)
    if (strcmp (fact_names[i], name) == 0)
      {
        *out_fact = (AttestFact)i;
        return TRUE;
      }
  return FALSE;
}

static void
clear_level (gpointer item)
{
  AttestStrengthLevel *level = item;

  g_free (level->level);
  g_free (level->next);
  g_array_unref (level->conditions);
}

AttestStrengthRules *
attest_strength_rules_new (void)
{
  AttestStrengthRules *rules = g_new0 (AttestStrengthRules, 1);

  rules->levels = g_array_new (FALSE, FALSE, sizeof (AttestStrengthLevel));
  g_array_set_clear_func (rules->levels, clear_level);
  rules->dependents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return rules;
}

void
attest_strength_rules_free (AttestStrengthRules *rules)
{
  if (rules == NULL)
    return;
  g_array_unref (rules->levels);
  g_hash_table_unref (rules->dependents);
  g_free (rules);
}

/* ---- conditions ---- */

/* A whole number, or a fraction of two. */
static gboolean
parse_number (const char *text, AttestStrengthCondition *out)
{
  g_auto (GStrv) parts = g_strsplit (text, "/", 2);
  guint64 numerator, denominator = 1;

  if (parts[0] == NULL || !g_ascii_string_to_unsigned (parts[0], 10, 0, 1000000, &numerator, NULL)
      || (parts[1] != NULL
          && !g_ascii_string_to_unsigned (parts[1], 10, 1, 1000000, &denominator, NULL)))
    return FALSE;
  out->numerator = (gint64)numerator;
  out->denominator = (gint64)denominator;
  return TRUE;
}

static gboolean
parse_one (const char *text, AttestStrengthCondition *out)
{
  static const char *const ops[] = { "=", "<", "<=", ">", ">=" };
  g_autofree char *copy = g_strstrip (g_strdup (text));
  g_auto (GStrv) words = g_strsplit (copy, " ", 4);

  if (g_strv_length (words) != 3 || !attest_fact_from_string (words[0], &out->fact)
      || !parse_number (words[2], out))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (ops); i++)
    if (strcmp (ops[i], words[1]) == 0)
      {
        g_strlcpy (out->op, ops[i], sizeof out->op);
        return TRUE;
      }
  return FALSE;
}

gboolean
attest_strength_level_add_condition (AttestStrengthLevel *level, const char *text)
{
  g_auto (GStrv) alternatives = g_strsplit (text, " or ", -1);
  guint before = level->conditions->len;

  for (guint i = 0; alternatives[i] != NULL; i++)
    {
      AttestStrengthCondition condition = { .is_or = i > 0 };

      if (!parse_one (alternatives[i], &condition))
        {
          g_array_set_size (level->conditions, before);
          return FALSE;
        }
      g_array_append_val (level->conditions, condition);
    }
  return level->conditions->len > before;
}

/* Whole numbers: a third is a third. */
static gboolean
holds (const AttestStrengthCondition *condition, const AttestFacts *facts)
{
  gint64 whole
      = condition->fact == ATTEST_FACT_SHARE
            ? facts->counts[ATTEST_FACT_SUPPORTING] + facts->counts[ATTEST_FACT_CONTRADICTING]
            : 1;
  gint64 count = condition->fact == ATTEST_FACT_SHARE ? facts->counts[ATTEST_FACT_CONTRADICTING]
                                                      : facts->counts[condition->fact];
  /* Of nobody, nobody contradicts. */
  gint64 left = count * condition->denominator;
  gint64 right = condition->numerator * (whole == 0 ? 1 : whole);

  switch (condition->op[0])
    {
    case '<':
      return condition->op[1] == '=' ? left <= right : left < right;
    case '>':
      return condition->op[1] == '=' ? left >= right : left > right;
    default:
      return left == right;
    }
}

static void
append_condition (const AttestStrengthCondition *condition, GString *out)
{
  g_string_append_printf (out, "%s%s %s %" G_GINT64_FORMAT, out->len > 0 ? " or " : "",
                          attest_fact_to_string (condition->fact), condition->op,
                          condition->numerator);
  if (condition->denominator != 1)
    g_string_append_printf (out, "/%" G_GINT64_FORMAT, condition->denominator);
}

GPtrArray *
attest_strength_list_unmet (const AttestStrengthLevel *level, const AttestFacts *facts)
{
  GPtrArray *unmet = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0, next; i < level->conditions->len; i = next)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      gboolean is_met = FALSE;

      next = i;
      do
        {
          const AttestStrengthCondition *condition
              = &g_array_index (level->conditions, AttestStrengthCondition, next);

          is_met = is_met || holds (condition, facts);
          append_condition (condition, text);
          next++;
        }
      while (next < level->conditions->len
             && g_array_index (level->conditions, AttestStrengthCondition, next).is_or);
      if (!is_met)
        g_ptr_array_add (unmet, g_strdup (text->str));
    }
  return unmet;
}

const AttestStrengthLevel *
attest_strength_rules_find (const AttestStrengthRules *rules, const char *level)
{
  for (guint i = 0; i < rules->levels->len; i++)
    if (g_strcmp0 (g_array_index (rules->levels, AttestStrengthLevel, i).level, level) == 0)
      return &g_array_index (rules->levels, AttestStrengthLevel, i);
  return NULL;
}

const AttestStrengthLevel *
attest_strength_judge (const AttestStrengthRules *rules, const AttestFacts *facts)
{
  for (guint i = 0; i < rules->levels->len; i++)
    {
      const AttestStrengthLevel *level = &g_array_index (rules->levels, AttestStrengthLevel, i);
      g_autoptr (GPtrArray) unmet = attest_strength_list_unmet (level, facts);

      if (unmet->len == 0)
        return level;
    }
  return NULL;
}
