/* Patterns that PCRE2 gives up on, and those that only look like it. */
#include "pattern/attest-backtracking.h"

#include <string.h>

static AttestBacktracking *
find (const char *body, AttestPatternFlags flags)
{
  g_autoptr (AttestRegex) regex = attest_regex_parse (body);
  const AttestRegex *regexes[] = { regex };
  g_autoptr (AttestAlphabet) alphabet = attest_alphabet_new (regexes, 1);
  gsize at;
  g_autoptr (AttestPattern) pattern = attest_pattern_new (body, flags, &at, NULL);

  g_assert_nonnull (pattern);
  return attest_backtracking_find (pattern, regex, alphabet, NULL);
}

static void
test_found (void)
{
  static const char *const bodies[] = { "(?:\\w+ ?)+x",
                                        "(?:a|a)+b",
                                        "(?:\\w+)*money",
                                        "(?:[a-z]+\\s*)*!x",
                                        "(?:а+)+б",
                                        "(?:\\w*\\W*)*needs",
                                        "(?:(?:a|b)*c?)*d",
                                        "the (?:\\w+\\s?){2,} met",
                                        "(?:x+x+)+y",
                                        "(\\w|\\d)+ percent",
                                        "(?:\\w+,? ?)* late",
                                        "(?:\\w?){30}z",
                                        NULL };

  for (guint i = 0; bodies[i] != NULL; i++)
    for (guint flags = 0; flags < 2; flags++)
      {
        AttestPatternFlags edges = flags == 0 ? ATTEST_PATTERN_PLAIN : ATTEST_PATTERN_WORD_EDGES;
        g_autoptr (AttestBacktracking) found = find (bodies[i], edges);
        gsize at, start, end;
        const char *reason;

        if (found == NULL)
          g_error ("%s: nothing found", bodies[i]);
        /* The text shows it, and with fewer repetitions it does not. */
        g_autoptr (AttestPattern) pattern = attest_pattern_new (bodies[i], edges, &at, NULL);
        g_autoptr (AttestMatcher) matcher = attest_matcher_new ();
        g_assert_cmpint (attest_matcher_find (matcher, pattern, found->text, strlen (found->text),
                                              0, &start, &end, &reason),
                         ==, ATTEST_MATCH_LIMIT);
        g_assert_cmpuint (strlen (found->text), <, 200);
        g_assert_cmpuint (found->repeats, >, 3);
        g_assert_cmpuint (found->steps, >, 100);
        /* Each more takes a good part more. */
        g_assert_cmpuint (found->steps_with_one_more, >, found->steps + found->steps / 5);
      }
}

static void
test_not_found (void)
{
  static const char *const bodies[] = { "(?:\\w+ )+x",
                                        "(?:\\w+ ){0,3}late",
                                        "\\w+\\s*\\w+",
                                        "(?:a|b)+c",
                                        "(?:\\w+ ?){0,4}late",
                                        "(?:\\w++ ?)+x",
                                        "(?>(?:\\w+ ?)+)x",
                                        "(?:a+b)+",
                                        "(?:foo|foot)+ball",
                                        "x*y*z*w",
                                        "(?:\\w+[ -])+\\w+",
                                        "plain",
                                        NULL };

  for (guint i = 0; bodies[i] != NULL; i++)
    {
      g_autoptr (AttestBacktracking) found = find (bodies[i], ATTEST_PATTERN_WORD_EDGES);

      if (found != NULL)
        g_error ("%s: '%s'", bodies[i], found->text);
    }
}

static void
test_steps (void)
{
  g_autoptr (AttestMatcher) matcher = attest_matcher_new ();
  gsize at;
  g_autoptr (AttestPattern) pattern
      = attest_pattern_new ("(?:a|a)+b", ATTEST_PATTERN_PLAIN, &at, NULL);
  guint32 ten = attest_matcher_count_steps (matcher, pattern, "aaaaaaaaaacb", 12, 1000000);
  guint32 eleven = attest_matcher_count_steps (matcher, pattern, "aaaaaaaaaaacb", 13, 1000000);

  g_assert_cmpuint (ten, >, 1024);
  g_assert_cmpuint (eleven, >=, 2 * ten - 16);
  g_assert_cmpuint (attest_matcher_count_steps (matcher, pattern, "aaaaaaaaaacb", 12, 500), ==,
                    500);
  /* Nothing stays behind. */
  g_assert_cmpuint (attest_matcher_count_steps (matcher, pattern, "ab", 2, 1000), <, 32);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backtracking/found", test_found);
  g_test_add_func ("/backtracking/not-found", test_not_found);
  g_test_add_func ("/backtracking/steps", test_steps);
  return g_test_run ();
}
