#include "pattern/attest-pattern.h"

#include <string.h>

#include "util/attest-error.h"

#define LONG_TEXT_BYTES 50000
/* Far above what a stopped search takes, far below what one without a limit would. */
#define MAX_SECONDS 20.0

static AttestPattern *
compile (const char *body, AttestPatternFlags flags)
{
  g_autoptr (GError) error = NULL;
  gsize at;
  AttestPattern *pattern = attest_pattern_new (body, flags, &at, &error);

  g_assert_no_error (error);
  return pattern;
}

/* All matches as "START-END START-END", or "limit". */
static char *
find_all (const char *body, AttestPatternFlags flags, const char *text)
{
  g_autoptr (AttestPattern) pattern = compile (body, flags);
  g_autoptr (AttestMatcher) matcher = attest_matcher_new ();
  GString *found = g_string_new (NULL);
  const char *reason = NULL;
  gsize start, end = 0;
  AttestMatchResult result;

  while ((result
          = attest_matcher_find (matcher, pattern, text, strlen (text), end, &start, &end, &reason))
         == ATTEST_MATCH_FOUND)
    g_string_append_printf (found, "%s%" G_GSIZE_FORMAT "-%" G_GSIZE_FORMAT,
                            found->len > 0 ? " " : "", start, end);
  if (result == ATTEST_MATCH_LIMIT)
    g_string_append (found, "limit");
  return g_string_free (found, FALSE);
}

static void
test_positions (void)
{
  static const struct
  {
    const char *body, *text, *expected;
    gboolean is_plain;
  } cases[] = {
    { "cat", "cat concat cat's CAT", "0-3 11-14 17-20", FALSE },
    { "cat", "cat concat", "0-3 7-10", TRUE },
    { "a|b", "a ab b", "0-1 5-6", FALSE },
    { "café", "un café ", "3-8", FALSE },
    /* e and a combining accent: two code points, three bytes */
    { "cafe\xcc\x81", "un cafe\xcc\x81 cafe", "3-9", TRUE },
    { "caf.", "cafe\xcc\x81", "0-4", TRUE },
    { "ok", "\xf0\x9f\x91\x8d ok \xf0\x9f\x91\x8dok", "5-7 12-14", FALSE },
    { "\xf0\x9f\x91\x8d+", "a \xf0\x9f\x91\x8d\xf0\x9f\x91\x8d", "2-10", TRUE },
    { "достижени\\w*", "ДОСТИЖЕНИЯ и достижений", "0-20 24-44", FALSE },
    { "وزارة", "في وزارة العمل", "5-15", FALSE },
    /* capital sigma is found by the final form and by the other */
    { "λόγος", "ΛΌΓΟΣ λόγος λόγοσ", "0-10 11-21 22-32", FALSE },
    { "stra(?:ß|ss)e", "STRASSE Straße", "0-7 8-15", FALSE },
    { "(\\w+) \\1", "the the end end", "0-7 8-15", FALSE },
    { "", "ab", "", FALSE },
    { "x*", "axxb", "1-3", TRUE },
    { "x*", "\xc3\xa9x", "2-3", TRUE },
    { "foo\\Kbar", "foobar foobar", "3-6 10-13", TRUE },
    { "foo\\K", "foofoo", "", TRUE },
    { "foo\\K|bar", "foobar", "3-6", TRUE },
    { "(?=ab)", "abab", "", TRUE },
    { "(?<=\\w )end", "the end", "4-7", FALSE },
    { "^a", "a\na a", "0-1", TRUE },
    { "a.b", "a\nb axb", "4-7", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = find_all (
          cases[i].body, cases[i].is_plain ? ATTEST_PATTERN_PLAIN : ATTEST_PATTERN_WORD_EDGES,
          cases[i].text);
      g_test_message ("%s in %s", cases[i].body, cases[i].text);
      g_assert_cmpstr (found, ==, cases[i].expected);
    }
}

/* What a body leaves open must not swallow the edge that follows it. */
static void
test_word_edges_hold (void)
{
  static const struct
  {
    const char *body, *expected;
  } cases[] = {
    { "(?x) cat # a comment", "0-3" },
    { "(?x) cat # a comment (", "0-3" },
    { "(?x) cat # a comment )", "0-3" },
    { "(?x) dog | cat # \\Q", "0-3" },
    { "\\Qcat", "0-3" },
    { "\\Qcat\\E", "0-3" },
    { "cat\\E", "0-3" },
    { "(?i)cat", "0-3" },
    { "(*LIMIT_MATCH=1000)cat", "0-3" },
    { "(*UTF)(*UCP)cat|dog", "0-3" },
    { "dog|cat(?#comment)", "0-3" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = find_all (cases[i].body, ATTEST_PATTERN_WORD_EDGES, "cat cats");
      g_test_message ("%s", cases[i].body);
      g_assert_cmpstr (found, ==, cases[i].expected);
    }
  g_autofree char *literal = find_all ("\\Qc.t\\", ATTEST_PATTERN_PLAIN, "c.t\\ cat\\");
  g_assert_cmpstr (literal, ==, "0-4");
}

static void
test_errors (void)
{
  static const struct
  {
    const char *body;
    gsize at;
    const char *message;
  } cases[] = {
    { "a)(b", 1, "*unmatched closing parenthesis*" },
    { "(a", 2, "*missing closing parenthesis*" },
    { "ab[c", 4, "*missing terminating ]*" },
    { "*a", 0, "*quantifier does not follow*" },
    { "é(?<=a+)", 2, "*lookbehind*" },
    { "a\\Cb", 3, "*\\C is disabled*" },
    { "a\\", 2, "*\\ at end of pattern*" },
    { "(?=a\\K)b", 8, "*\\K is not allowed*" },
    { "\\1", 1, "*non-existent*" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases) * 2; i++)
    {
      g_autoptr (GError) error = NULL;
      gsize at = G_MAXSIZE;

      g_test_message ("%s", cases[i / 2].body);
      g_assert_null (attest_pattern_new (cases[i / 2].body,
                                         i % 2 ? ATTEST_PATTERN_WORD_EDGES : ATTEST_PATTERN_PLAIN,
                                         &at, &error));
      g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_CODEBOOK);
      g_assert_true (g_pattern_match_simple (cases[i / 2].message, error->message));
      g_test_message ("at %" G_GSIZE_FORMAT, at);
      g_assert_cmpuint (at, ==, cases[i / 2].at);
    }
}

static void
test_too_long (void)
{
  g_autofree char *body = g_strnfill (1 << 20, 'a');
  g_autoptr (GError) error = NULL;
  gsize at;

  g_assert_null (attest_pattern_new (body, ATTEST_PATTERN_WORD_EDGES, &at, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_CODEBOOK);
}

static void
test_can_match_empty (void)
{
  static const struct
  {
    const char *body;
    gboolean expected;
  } cases[] = { { "a", FALSE }, { "a*", TRUE }, { "", TRUE }, { "(?=a)", TRUE }, { "a|", TRUE } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AttestPattern) pattern = compile (cases[i].body, ATTEST_PATTERN_WORD_EDGES);

      g_assert_cmpint (attest_pattern_can_match_empty (pattern), ==, cases[i].expected);
      g_assert_cmpstr (attest_pattern_get_body (pattern), ==, cases[i].body);
    }
}

/* A catastrophic pattern is stopped and never reported as "no match". */
/* Two of the engines of PCRE2 differ on it: the first search must be as the thousandth. */
static void
test_recursion (void)
{
  g_autofree char *many = g_strnfill (LONG_TEXT_BYTES, 'y');
  g_autofree char *text = g_strconcat (many, "xx-s", NULL);
  g_autofree char *soon = find_all ("x(?:(?R)?-)?", ATTEST_PATTERN_PLAIN, text + LONG_TEXT_BYTES);
  g_autofree char *late = find_all ("x(?:(?R)?-)?", ATTEST_PATTERN_PLAIN, text);
  g_autofree char *by_name
      = find_all ("(?<n>x(?:(?&n)?-)?)", ATTEST_PATTERN_PLAIN, text + LONG_TEXT_BYTES);

  g_assert_cmpstr (late, ==, "50000-50003");
  g_assert_cmpstr (soon, ==, "0-3");
  g_assert_cmpstr (by_name, ==, "0-3");
}

static void
test_limit (void)
{
  static const char *const bodies[]
      = { "(a+)+$", "(a|aa)+$", "(*LIMIT_MATCH=10)(?:a+)+$", "(*NO_JIT)(a+)+$" };
  g_autofree char *as = g_strnfill (LONG_TEXT_BYTES, 'a');
  g_autofree char *text = g_strconcat (as, "!", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_test_timer_start ();
      g_autofree char *found = find_all (bodies[i], ATTEST_PATTERN_PLAIN, text);
      g_test_message ("%s: %.2f s", bodies[i], g_test_timer_elapsed ());
      g_assert_cmpstr (found, ==, "limit");
      g_assert_cmpfloat (g_test_timer_last (), <, MAX_SECONDS);
    }
}

/* Text before the start is seen: a search can go on where another stopped. */
static void
test_from (void)
{
  g_autoptr (AttestPattern) behind = compile ("(?<=un)able", ATTEST_PATTERN_PLAIN);
  g_autoptr (AttestPattern) word = compile ("able", ATTEST_PATTERN_WORD_EDGES);
  g_autoptr (AttestMatcher) matcher = attest_matcher_new ();
  const char *text = "unable";
  const char *reason;
  gsize start, end;

  g_assert_cmpint (attest_matcher_find (matcher, behind, text, 6, 2, &start, &end, &reason), ==,
                   ATTEST_MATCH_FOUND);
  g_assert_cmpint (attest_matcher_find (matcher, behind, text + 2, 4, 0, &start, &end, &reason), ==,
                   ATTEST_MATCH_NONE);
  g_assert_cmpint (attest_matcher_find (matcher, word, text, 6, 2, &start, &end, &reason), ==,
                   ATTEST_MATCH_NONE);
  g_assert_cmpint (attest_matcher_find (matcher, word, text, 6, 7, &start, &end, &reason), ==,
                   ATTEST_MATCH_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pattern/positions", test_positions);
  g_test_add_func ("/pattern/word-edges-hold", test_word_edges_hold);
  g_test_add_func ("/pattern/errors", test_errors);
  g_test_add_func ("/pattern/too-long", test_too_long);
  g_test_add_func ("/pattern/can-match-empty", test_can_match_empty);
  g_test_add_func ("/pattern/recursion", test_recursion);
  g_test_add_func ("/pattern/limit", test_limit);
  g_test_add_func ("/pattern/from", test_from);
  return g_test_run ();
}
