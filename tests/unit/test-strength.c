/* The strength of evidence: the shipped rules, and what is wrong with others. */
#include <string.h>

#include <glib.h>

#include "codebook/attest-strength-file.h"
#include "util/attest-error.h"

static AttestStrengthRules *
load (void)
{
  g_autoptr (GArray) problems = attest_problems_new ();
  g_autoptr (GError) error = NULL;
  AttestStrengthRules *rules = attest_strength_rules_load ("strength", problems, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  return rules;
}

static void
test_shipped (void)
{
  static const struct
  {
    AttestFacts facts; /* for, against, groups, organisations, methods, independent, unanswered */
    const char *level;
  } cases[] = {
    { { { 0, 0, 0, 0, 0, 0, 0 } }, "none" },      { { { 4, 0, 3, 4, 1, 2, 0 } }, "strong" },
    { { { 4, 0, 3, 3, 2, 2, 0 } }, "strong" },    { { { 4, 0, 3, 3, 1, 2, 0 } }, "moderate" },
    { { { 4, 1, 3, 4, 1, 2, 0 } }, "strong" },    { { { 4, 1, 3, 4, 1, 2, 1 } }, "moderate" },
    { { { 5, 2, 3, 4, 2, 2, 0 } }, "moderate" },  { { { 4, 2, 3, 4, 2, 2, 0 } }, "moderate" },
    { { { 3, 2, 3, 4, 2, 2, 0 } }, "contested" }, { { { 0, 2, 0, 0, 0, 0, 0 } }, "contested" },
    { { { 0, 1, 0, 0, 0, 0, 1 } }, "weak" },      { { { 1, 0, 1, 1, 1, 1, 0 } }, "weak" },
    { { { 3, 0, 1, 3, 1, 3, 0 } }, "weak" },      { { { 3, 0, 3, 3, 3, 0, 0 } }, "weak" },
    { { { 2, 0, 2, 2, 1, 1, 0 } }, "limited" },   { { { 2, 1, 2, 2, 1, 1, 0 } }, "limited" },
  };
  g_autoptr (AttestStrengthRules) rules = load ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", (guint)i);
      g_assert_cmpstr (attest_strength_judge (rules, &cases[i].facts)->level, ==, cases[i].level);
    }
}

/* Without whole numbers, a third would not be a third. */
static void
test_ratios (void)
{
  AttestFacts facts = { .counts = { [ATTEST_FACT_SUPPORTING] = 2,
                                    [ATTEST_FACT_CONTRADICTING] = 1,
                                    [ATTEST_FACT_QUOTES] = 5,
                                    [ATTEST_FACT_WORDS] = 60,
                                    [ATTEST_FACT_TOP_SOURCE] = 3 } };
  static const struct
  {
    AttestFact fact;
    gint64 numerator, denominator;
  } wanted[] = { { ATTEST_FACT_SUPPORTING, 2, 1 },       { ATTEST_FACT_SHARE, 1, 3 },
                 { ATTEST_FACT_HINDERED_SHARE, 0, 2 },   { ATTEST_FACT_TOP_SOURCE_SHARE, 3, 5 },
                 { ATTEST_FACT_WORDS_PER_QUOTE, 60, 5 }, { ATTEST_FACT_TOP_GROUP_SHARE, 0, 5 } };

  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      gint64 numerator, denominator;

      attest_facts_get (&facts, wanted[i].fact, &numerator, &denominator);
      g_assert_cmpint (numerator, ==, wanted[i].numerator);
      g_assert_cmpint (denominator, ==, wanted[i].denominator);
    }
}

/* The names of facts are read back, and each is another. */
static void
test_names (void)
{
  for (guint i = 0; i < ATTEST_N_FACTS; i++)
    {
      AttestFact fact;

      g_assert_true (attest_fact_from_string (attest_fact_to_string ((AttestFact)i), &fact));
      g_assert_cmpint (fact, ==, i);
    }
}

/* Whatever is counted, there is one verdict, and more support never makes it worse. */
static void
test_every (void)
{
  static const char *const order[] = { "none", "weak", "limited", "moderate", "strong" };
  g_autoptr (AttestStrengthRules) rules = load ();

  for (gint64 n = 0; n < 6 * 3 * 4 * 4; n++)
    {
      AttestFacts facts = { { n % 6, n / 6 % 3, n / 18 % 4, n / 18 % 4, 1, n / 72 % 4, 0 } };
      AttestFacts more = facts;
      int before = -1, after = -1;

      more.counts[ATTEST_FACT_SUPPORTING]++;
      more.counts[ATTEST_FACT_INDEPENDENT]++;
      for (int i = 0; i < (int)G_N_ELEMENTS (order); i++)
        {
          before
              = strcmp (attest_strength_judge (rules, &facts)->level, order[i]) == 0 ? i : before;
          after = strcmp (attest_strength_judge (rules, &more)->level, order[i]) == 0 ? i : after;
        }
      g_assert_cmpint (after, >=, before);
    }
}

static void
test_raise (void)
{
  g_autoptr (AttestStrengthRules) rules = load ();
  AttestFacts facts = { { 3, 1, 2, 1, 1, 1, 1 } };
  const AttestStrengthLevel *level = attest_strength_judge (rules, &facts);
  g_autoptr (GPtrArray) unmet = NULL;
  g_autofree char *text = NULL;

  g_assert_cmpstr (level->level, ==, "moderate");
  unmet = attest_strength_list_unmet (attest_strength_rules_find (rules, level->next)->conditions,
                                      &facts);
  g_ptr_array_add (unmet, NULL);
  text = g_strjoinv ("; ", (char **)unmet->pdata);
  g_assert_cmpstr (text, ==,
                   "supporting >= 4; groups >= 3; independent >= 2; methods >= 2 or organisations "
                   ">= 4; contradicting-share <= 1/5; unanswered = 0");
}

static void
assert_wrong (const char *body, const char *message)
{
  g_autofree char *text = g_strconcat ("attest: strength/1\nid: s\n", body, NULL);
  g_autoptr (GArray) problems = attest_problems_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (attest_strength_rules_parse ("s.yaml", text, strlen (text), problems, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_CODEBOOK);
  error->message[MIN (strlen (error->message), strlen (message))] = '\0';
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_wrong (void)
{
  assert_wrong ("levels:\n- {level: a, if: [groups => 3]}\n- {level: b}\n",
                "s.yaml:4:19: a condition is like 'groups >= 3'");
  assert_wrong ("levels:\n- {level: a, if: [group >= 3]}\n- {level: b}\n",
                "s.yaml:4:19: a condition");
  assert_wrong ("levels:\n- {level: a, if: [groups >= 1/0]}\n- {level: b}\n",
                "s.yaml:4:19: a cond");
  assert_wrong ("levels:\n- {level: a, if: [groups >= -1]}\n- {level: b}\n", "s.yaml:4:19: a cond");
  assert_wrong ("levels:\n- {level: a}\n- {level: b}\n", "s.yaml:5:3: the level before this one");
  assert_wrong ("levels:\n- {level: a, if: [groups >= 1]}\n", "s.yaml:1:1: the last level has no");
  assert_wrong ("levels:\n- {level: a, next: c}\n", "s.yaml:1:1: there is no level 'c'");
  assert_wrong ("levels:\n- {level: a, lower: c}\n", "s.yaml:1:1: there is no level 'c'");
  assert_wrong ("concerns:\n- {concern: x, if: [tops > 1], says: x}\nlevels:\n- {level: a}\n",
                "s.yaml:4:21: a condition is like");
  assert_wrong ("concerns: [{concern: x, if: [groups = 1]}]\nlevels:\n- {level: a}\n",
                "s.yaml:3:12: ");
  assert_wrong ("excluded: [consent]\nlevels:\n- {level: a}\n", "s.yaml:3:11: this is a map");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/strength/shipped", test_shipped);
  g_test_add_func ("/strength/ratios", test_ratios);
  g_test_add_func ("/strength/names", test_names);
  g_test_add_func ("/strength/every", test_every);
  g_test_add_func ("/strength/raise", test_raise);
  g_test_add_func ("/strength/wrong", test_wrong);
  return g_test_run ();
}
