#include "codebook/attest-codebook.h"

#include <string.h>

/* All warnings, "LINE:COLUMN CODE[/RULE] CHECK: MESSAGE" each on its line. */
static char *
lint (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) problems = attest_problems_new ();
  g_autoptr (AttestCodebook) codebook
      = attest_codebook_parse ("t.yaml", text, strlen (text), problems, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  attest_codebook_lint (codebook, problems);
  for (guint i = 0; i < problems->len; i++)
    {
      const AttestProblem *p = &g_array_index (problems, AttestProblem, i);
      g_assert_cmpint (p->severity, ==, ATTEST_SEVERITY_WARNING);
      g_string_append_printf (out, "%s%u:%u %s%s%s %s: %s", i > 0 ? "\n" : "", p->line, p->column,
                              p->code ? p->code : "-", p->rule ? "/" : "", p->rule ? p->rule : "",
                              p->check, p->message);
    }
  return g_string_free (out, FALSE);
}

/* A code about which nothing can be said but for its rules. */
#define CODE(id) "- id: " id "\n  definition: d\n  examples: [e]\n  counterexamples: [c]\n  rules: "

#define START "id: a\ncodes:\n"

static void
check_cases (const char *const (*cases)[2])
{
  for (; (*cases)[0] != NULL; cases++)
    {
      g_autofree char *found = lint ((*cases)[0]);
      if (strcmp (found, (*cases)[1]) != 0)
        {
          g_test_message ("%s\nfound:    %s\nexpected: %s", (*cases)[0], found, (*cases)[1]);
          g_test_fail ();
        }
    }
}

static void
test_good (void)
{
  static const char *const cases[][2] = {
    { START CODE ("b") "['a+', 'b|c']\n" CODE ("c") "[d]", "" },
    /* for different turns */
    { START CODE ("b") "[{match: x, lang: en}, {match: x, lang: [fr, ru]}]\n", "" },
    { START CODE ("b") "[{match: x, word_edges: false, before: z}, x]\n", "" },
    { START CODE ("b") "[{match: x, role: other}, {match: x, lang: fr, unless: 'x y'}]\n",
      "7:44 b/2 equal-pattern: b/2.1: it is the same as b/1.1 (line 7)" },
    /* the second finds more */
    { START CODE ("b") "[{match: x, unless: x y}, {match: [x, z]}]\n",
      "7:45 b/2 equal-pattern: b/2.1: it is the same as b/1.1 (line 7)" },
    { NULL },
  };

  check_cases (cases);
}

static void
test_codes (void)
{
  static const char *const cases[][2] = {
    { START "- {id: b, rules: [x]}",
      "3:3 b missing-definition: code 'b' has no definition: people will read it differently\n"
      "3:3 b untested: code 'b' has no examples and no counterexamples" },
    { START "- {id: b, definition: d, rules: [x], examples: [x]}",
      "3:3 b untested: code 'b' has no counterexamples" },
    { START "- {id: b, definition: d, rules: {match: x, counterexamples: [x]}}",
      "3:3 b untested: code 'b' has no examples" },
    { START "- {id: b, definition: d, rules: []}", "" },
    { START "- {id: b, definition: d, rules: [{match: x, lang: [en, fr]}, {match: y, lang: fr}], "
            "examples: {en: [x]}, counterexamples: [x]}",
      "3:3 b untested: code 'b' has rules but no examples in: fr" },
    { "languages: [en]\n" START CODE ("b") "{match: x, lang: fr}\n  asked: {match: y, lang: ru}",
      "8:10 b/1 undeclared-language: language 'fr' is not among the languages of the codebook\n"
      "9:18 b undeclared-language: language 'ru' is not among the languages of the codebook" },
    { START CODE ("b") "'{{f}}'\nfragments: {f: '{{g}}', g: x, h: '{{i}}', i: y}",
      "8:31 - unused-fragment: fragment 'h' is used by no pattern\n"
      "8:43 - unused-fragment: fragment 'i' is used by no pattern" },
    { NULL },
  };

  check_cases (cases);
}

static void
test_patterns (void)
{
  static const char *const cases[][2] = {
    { START CODE ("b") "'(?:x )?y*'",
      "7:10 b/1 empty-match: b/1.1: it also matches where there is nothing, which is never a hit; "
      "make a part of it required" },
    { START CODE ("b") "[]\n  asked: 'why\\?'",
      "8:10 b word-edge: b/asked.1: it ends with '?': whole words are matched, so there must be a "
      "letter right after it; set word_edges: false" },
    { START CODE ("b") "[]\n  asked: {match: 'why\\?', word_edges: false}", "" },
    { START CODE ("b") "['\\\\.', '\\w\\\\', 'x?']",
      "7:11 b/1 word-edge: b/1.1: it begins with '\\': whole words are matched, so there must be a "
      "letter right before it; set word_edges: false\n"
      "7:18 b/2 word-edge: b/2.1: it ends with '\\': whole words are matched, so there must be a "
      "letter right after it; set word_edges: false\n"
      "7:26 b/3 empty-match: b/3.1: it also matches where there is nothing, which is never a hit; "
      "make a part of it required" },
    { START CODE ("b") "'« oui'",
      "7:10 b/1 word-edge: b/1.1: it begins with '«': whole words are matched, so there must be a "
      "letter right before it; set word_edges: false" },
    { START CODE ("b") "[x, y]\n" CODE ("c") "[z, y]",
      "12:14 c/2 equal-pattern: c/2.1: the same passages get another code by the same pattern, "
      "b/2.1 (line 7)" },
    { START CODE ("b") "{match: ['{{f}}', '(?:x)']}\nfragments: {f: x}",
      "7:28 b/1 equal-pattern: b/1.2: it is the same as b/1.1 (line 7)" },
    { START CODE ("b") "[[x, y], {id: own, match: y, unless: y z}]",
      "7:19 b/own shadowed: rule b/own finds nothing that rule b/1 (line 7) does not: remove it" },
    { START CODE ("b") "{match: [x, y], unless: [y, x z]}",
      "7:22 b/1 never-hit: b/1.2: all that it matches is taken away by b/1.unless.1" },
    { START CODE ("b") "{match: [effective, impact], unless: [cost-Effective, IMPACTED, "
                       "'affect\\w*', impact has, ive way]}",
      "7:64 b/1 unless-apart: b/1.unless.2: it takes nothing away: it takes away hits that it "
      "overlaps, and can overlap none of this rule; to look further, set unit: sentence\n"
      "7:99 b/1 unless-apart: b/1.unless.5: it takes nothing away: it takes away hits that it "
      "overlaps, and can overlap none of this rule; to look further, set unit: sentence" },
    { START CODE ("b") "{match: [effective], unless: [ive way, xe, ex], word_edges: false}", "" },
    /* What looks further than the hit need not overlap it. */
    { START CODE ("b") "{match: x, unless: {match: y z, unit: turn}}", "" },
    /* The same words with another condition are another rule. */
    { START CODE ("b") "[{match: x, near: {match: y, words: 2}}, x]", "" },
    { START CODE ("b") "[x, {match: x, near: {match: y, words: 2}}]",
      "7:14 b/2 shadowed: rule b/2 finds nothing that rule b/1 (line 7) does not: remove it" },
    { START CODE ("b") "[{match: x, unless: {match: z, unit: turn}}, x]",
      "7:55 b/2 equal-pattern: b/2.1: it is the same as b/1.1 (line 7)" },
    { START CODE ("b") "{all: [x, y]}", "" },
    { NULL },
  };

  check_cases (cases);
}

static void
test_subsumed (void)
{
  static const char *const cases[][2] = {
    { START CODE ("b") "{match: ['achiev\\w*', achieved, 'achieved it', reach]}",
      "7:32 b/1 subsumed: b/1.2: whatever it matches is matched by b/1.1 (line 7), too: remove "
      "it" },
    /* the second of two that match the same */
    { START CODE ("b") "[['x[ab]', 'x(?:a|b)']]", "7:21 b/1 subsumed: b/1.2: whatever it matches "
                                                  "is matched by b/1.1 (line 7), too: remove it" },
    { START CODE ("b") "[['donor', 'donors?']]", "7:12 b/1 subsumed: b/1.1: whatever it matches is "
                                                 "matched by b/1.2 (line 7), too: remove it" },
    { START CODE ("b") "{words: [fund*, funder]}", "7:26 b/1 subsumed: b/1.2: whatever it matches "
                                                   "is matched by b/1.1 (line 7), too: remove it" },
    { START CODE ("b") "['\\w+ late', 'money late']",
      "7:23 b/2 subsumed: b/2.1: whatever it matches is matched by b/1.1 (line 7), too; one sign "
      "counts as two: put both into one rule" },
    { START CODE ("b") "[{match: x, word_edges: false}, x]",
      "7:42 b/2 subsumed: b/2.1: whatever it matches is matched by b/1.1 (line 7), too; one sign "
      "counts as two: put both into one rule" },
    { START CODE ("b") "[x, {match: x, word_edges: false}]",
      "7:11 b/1 subsumed: b/1.1: whatever it matches is matched by b/2.1 (line 7), too; one sign "
      "counts as two: put both into one rule" },
    /* Conditions, each by itself, and questions. */
    { START CODE ("b") "{match: x, unless: [{match: ['y z', 'y \\w'], unit: turn}], near: {match: "
                       "['y z', z], "
                       "words: 2}}",
      "7:39 b/1 subsumed: b/1.unless.1: whatever it matches is matched by b/1.unless.2 (line 7), "
      "too: remove it" },
    { START CODE (
          "b") "[]\n  asked: ['how (?:was|is) it', 'how is it', {match: how is it, lang: fr}]\n  "
               "stop: [n, n]",
      "8:32 b subsumed: b/asked.2: whatever it matches is matched by b/asked.1 (line 8), too: "
      "remove it\n"
      "8:53 b subsumed: b/asked.3: whatever it matches is matched by b/asked.1 (line 8), too: "
      "remove it\n"
      "9:13 b subsumed: b/stop.2: whatever it matches is matched by b/stop.1 (line 9), too: remove "
      "it" },
    /* In a rule with conditions the shorter hit may fare differently. */
    { START CODE ("b") "{match: [funds?, funds], unless: {of: no, words: 2}}",
      "7:27 b/1 subsumed: b/1.2: whatever it matches is matched by b/1.1 (line 7), too" },
    /* Hits of the first are taken away, or depend on what stands around; or it is for less. */
    { START CODE ("b") "[{match: 'late\\w*', unless: 'later on'}, late]", "" },
    { START CODE ("b") "[{match: 'late\\w*', lang: en}, late]", "" },
    { START CODE ("b") "[['late(?!r)\\w*', late]]", "" },
    { START CODE ("b") "[['\\w++e', late]]", "" },
    { START CODE ("b") "['late\\w*']\n" CODE ("c") "[late]", "" },
    { NULL },
  };

  check_cases (cases);
}

static void
test_never_match (void)
{
  static const char *const cases[][2] = {
    { START CODE ("b") "['ab\\bc', 'late$ x', 'x^y', '\\b', 'a \\B-', 'x[^\\w\\W]']",
      "7:11 b/1 never-match: b/1.1: no text has a match of it: see what stands around its edges "
      "(\\b, ^, $)\n"
      "7:20 b/2 never-match: b/2.1: no text has a match of it: see what stands around its edges "
      "(\\b, ^, $)\n"
      "7:31 b/3 never-match: b/3.1: no text has a match of it: see what stands around its edges "
      "(\\b, ^, $)\n"
      "7:38 b/4 empty-match: b/4.1: it also matches where there is nothing, which is never a hit; "
      "make a part of it required\n"
      "7:38 b/4 never-match: b/4.1: no text has a match of it: see what stands around its edges "
      "(\\b, ^, $)\n"
      "7:53 b/6 never-match: b/6.1: no text has a match of it: see what stands around its edges "
      "(\\b, ^, $)" },
    { START CODE ("b") "['money|(?:ab\\b)+c']",
      "7:11 b/1 never-match: b/1.1: no match ever comes to the 'c' at character 16 of it: see what "
      "stands around its edges (\\b, ^, $)" },
    { START CODE ("b") "['\\bab\\b', 'a\\b-\\bc', '^a$', 'a\\Bb', 'a$\\n', '(?m)a$\\nb', "
                       "'(?:a|\\W)\\bb', 'c\\b ?\\bd']",
      "" },
    { NULL },
  };

  check_cases (cases);
}

static void
test_backtracking (void)
{
  static const char *const cases[][2] = {
    { START CODE ("b") "['(?:\\w+ ?)+late', '(?:\\w+ ){0,3}late', '\\w+']",
      "7:11 b/1 backtracking: b/1.1: the search gives up on 'bbbbbbbbbbbbbbbbbbbb!! etalb!': 13 "
      "times 'b' take 24576 steps, 14 times 49152; '(?:\\w+ ?)' is repeated and can share out the "
      "same characters in many ways: let it begin or end with something that the rest of it cannot "
      "match, or write ++ for +" },
    { START CODE ("b") "[]\n  asked: '(?:a|a)+ ok'",
      "8:10 b backtracking: b/asked.1: the search gives up on 'aaaaaaaaaaaaaaaaaaaaa!! ko a!': 4 "
      "times 'aa' take 2047 steps, 5 times 8191; '(?:a|a)' is repeated and can share out the "
      "same characters in many ways: let it begin or end with something that the rest of it cannot "
      "match, or write ++ for +" },
    { NULL },
  };

  check_cases (cases);
}

/* A codebook made to be slow is not. */
static void
test_bounds (void)
{
  g_autoptr (GString) text = g_string_new (START CODE ("b") "\n");

  for (guint i = 0; i < 8000; i++)
    g_string_append_printf (text, "  - {match: x, unless: 'x y%u'}\n", i);
  g_string_append (text, "  - match: [");
  for (guint i = 0; i < 1500; i++)
    g_string_append_printf (text, "w%u,", i);
  g_string_append (text, "]\n    unless: [");
  for (guint i = 0; i < 1500; i++)
    g_string_append_printf (text, "v%u,", i);
  g_string_append (text, "]\n");
  g_autofree char *found = lint (text->str);
  g_assert_cmpuint (strlen (found), >, 0);
}

/* Patterns made so that questions about them take exponential time: some are left unasked, and that
 * is said. */
static void
test_effort (void)
{
  g_autoptr (GString) text = g_string_new (START CODE ("b") "\n");

  for (guint i = 0; i < 8000; i++)
    {
      g_string_append (text, "  - '(?:");
      for (guint k = 0; k < 200; k++)
        g_string_append_printf (text, "%s%c%c?", k > 0 ? "|" : "", 'a' + k % 26, 'a' + k / 26);
      g_string_append_printf (text, ")*x%u'\n", i);
    }
  for (guint i = 0; i < 100; i++)
    g_string_append_printf (text, "  - '(?:(?:){30}){30}(?:a?){500}x%u'\n", i);
  g_autofree char *found = lint (text->str);
  g_assert_nonnull (strstr (found, "1:1 - too-much: "));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codebook-lint/good", test_good);
  g_test_add_func ("/codebook-lint/codes", test_codes);
  g_test_add_func ("/codebook-lint/patterns", test_patterns);
  g_test_add_func ("/codebook-lint/subsumed", test_subsumed);
  g_test_add_func ("/codebook-lint/never-match", test_never_match);
  g_test_add_func ("/codebook-lint/backtracking", test_backtracking);
  g_test_add_func ("/codebook-lint/bounds", test_bounds);
  g_test_add_func ("/codebook-lint/effort", test_effort);
  return g_test_run ();
}
