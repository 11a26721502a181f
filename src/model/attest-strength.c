#include "model/attest-strength.h"

#include <string.h>

static const char *const fact_names[ATTEST_N_FACTS] = {
  [ATTEST_FACT_SUPPORTING] = "supporting",
  [ATTEST_FACT_CONTRADICTING] = "contradicting",
  [ATTEST_FACT_GROUPS] = "groups",
  [ATTEST_FACT_ORGANISATIONS] = "organisations",
  [ATTEST_FACT_METHODS] = "methods",
  [ATTEST_FACT_INDEPENDENT] = "independent",
  [ATTEST_FACT_UNANSWERED] = "unanswered",
  [ATTEST_FACT_QUOTES] = "quotes",
  [ATTEST_FACT_WORDS] = "words",
  [ATTEST_FACT_CELLS] = "cells",
  [ATTEST_FACT_FOCUS_GROUPS] = "focus-groups",
  [ATTEST_FACT_HINDERED] = "hindered",
  [ATTEST_FACT_EXCLUDED] = "excluded",
  [ATTEST_FACT_TOP_RESPONDENT] = "top-respondent",
  [ATTEST_FACT_TOP_SOURCE] = "top-source",
  [ATTEST_FACT_TOP_GROUP] = "top-group",
  [ATTEST_FACT_TOP_ORGANISATION] = "top-organisation",
  [ATTEST_FACT_SHARE] = "contradicting-share",
  [ATTEST_FACT_HINDERED_SHARE] = "hindered-share",
  [ATTEST_FACT_TOP_RESPONDENT_SHARE] = "top-respondent-share",
  [ATTEST_FACT_TOP_SOURCE_SHARE] = "top-source-share",
  [ATTEST_FACT_TOP_GROUP_SHARE] = "top-group-share",
  [ATTEST_FACT_TOP_ORGANISATION_SHARE] = "top-organisation-share",
  [ATTEST_FACT_WORDS_PER_QUOTE] = "words-per-quote",
};

/* The first of the ratios divided by the others together. */
static const struct
{
  AttestFact numerator, whole, rest; /* rest: the same as whole where there is none */
} ratios[ATTEST_N_FACTS - ATTEST_N_COUNTS] = {
  { ATTEST_FACT_CONTRADICTING, ATTEST_FACT_SUPPORTING, ATTEST_FACT_CONTRADICTING },
  { ATTEST_FACT_HINDERED, ATTEST_FACT_SUPPORTING, ATTEST_FACT_SUPPORTING },
  { ATTEST_FACT_TOP_RESPONDENT, ATTEST_FACT_QUOTES, ATTEST_FACT_QUOTES },
  { ATTEST_FACT_TOP_SOURCE, ATTEST_FACT_QUOTES, ATTEST_FACT_QUOTES },
  { ATTEST_FACT_TOP_GROUP, ATTEST_FACT_QUOTES, ATTEST_FACT_QUOTES },
  { ATTEST_FACT_TOP_ORGANISATION, ATTEST_FACT_QUOTES, ATTEST_FACT_QUOTES },
  { ATTEST_FACT_WORDS, ATTEST_FACT_QUOTES, ATTEST_FACT_QUOTES },
};

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

void
attest_facts_get (const AttestFacts *facts, AttestFact fact, gint64 *out_numerator,
                  gint64 *out_denominator)
{
  AttestFact whole, rest;

  if (fact < ATTEST_N_COUNTS)
    {
      *out_numerator = facts->counts[fact];
      *out_denominator = 1;
      return;
    }
  whole = ratios[fact - ATTEST_N_COUNTS].whole;
  rest = ratios[fact - ATTEST_N_COUNTS].rest;
  *out_numerator = facts->counts[ratios[fact - ATTEST_N_COUNTS].numerator];
  *out_denominator = facts->counts[whole] + (rest != whole ? facts->counts[rest] : 0);
}

/* ---- rules ---- */

static void
clear_level (gpointer item)
{
  AttestStrengthLevel *level = item;

  g_free (level->level);
  g_free (level->next);
  g_free (level->lower);
  g_array_unref (level->conditions);
}

static void
clear_concern (gpointer item)
{
  AttestStrengthConcern *concern = item;

  g_free (concern->concern);
  g_free (concern->says);
  g_array_unref (concern->conditions);
}

AttestStrengthRules *
attest_strength_rules_new (void)
{
  AttestStrengthRules *rules = g_new0 (AttestStrengthRules, 1);

  rules->levels = g_array_new (FALSE, FALSE, sizeof (AttestStrengthLevel));
  g_array_set_clear_func (rules->levels, clear_level);
  rules->concerns = g_array_new (FALSE, FALSE, sizeof (AttestStrengthConcern));
  g_array_set_clear_func (rules->concerns, clear_concern);
  rules->dependents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  rules->excluded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  rules->hindered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  rules->methods = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  rules->contrast = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return rules;
}

void
attest_strength_rules_free (AttestStrengthRules *rules)
{
  if (rules == NULL)
    return;
  g_array_unref (rules->levels);
  g_array_unref (rules->concerns);
  g_hash_table_unref (rules->dependents);
  g_hash_table_unref (rules->excluded);
  g_hash_table_unref (rules->hindered);
  g_hash_table_unref (rules->methods);
  g_hash_table_unref (rules->contrast);
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

GArray *
attest_strength_conditions_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (AttestStrengthCondition));
}

gboolean
attest_strength_conditions_add (GArray *conditions, const char *text)
{
  g_auto (GStrv) alternatives = g_strsplit (text, " or ", -1);
  guint before = conditions->len;

  for (guint i = 0; alternatives[i] != NULL; i++)
    {
      AttestStrengthCondition condition = { .is_or = i > 0 };

      if (!parse_one (alternatives[i], &condition))
        {
          g_array_set_size (conditions, before);
          return FALSE;
        }
      g_array_append_val (conditions, condition);
    }
  return conditions->len > before;
}

/* Whole numbers: a third is a third. */
static gboolean
holds (const AttestStrengthCondition *condition, const AttestFacts *facts)
{
  gint64 numerator, whole, left, right;

  attest_facts_get (facts, condition->fact, &numerator, &whole);
  /* Of nobody, nobody contradicts. */
  left = numerator * condition->denominator;
  right = condition->numerator * (whole == 0 ? 1 : whole);
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

static gboolean
is_alternative (const GArray *conditions, guint at)
{
  return at < conditions->len && g_array_index (conditions, AttestStrengthCondition, at).is_or;
}

char *
attest_strength_dup_condition (const GArray *conditions, guint *at)
{
  g_autoptr (GString) text = g_string_new (NULL);

  do
    append_condition (&g_array_index (conditions, AttestStrengthCondition, (*at)++), text);
  while (is_alternative (conditions, *at));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

GPtrArray *
attest_strength_list_unmet (const GArray *conditions, const AttestFacts *facts)
{
  GPtrArray *unmet = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < conditions->len;)
    {
      gboolean is_met = FALSE;
      guint at = i;
      g_autofree char *text = attest_strength_dup_condition (conditions, &i);

      for (; at < i && !is_met; at++)
        is_met = holds (&g_array_index (conditions, AttestStrengthCondition, at), facts);
      if (!is_met)
        g_ptr_array_add (unmet, g_steal_pointer (&text));
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
      g_autoptr (GPtrArray) unmet = attest_strength_list_unmet (level->conditions, facts);

      if (unmet->len == 0)
        return level;
    }
  return NULL;
}
