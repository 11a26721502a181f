#include "codebook/attest-codebook.h"

#include <glib/gstdio.h>
#include <string.h>

#include "util/attest-error.h"
#include "util/attest-limits.h"
#include "util/attest-text.h"

static AttestCodebook *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) problems = attest_problems_new ();
  AttestCodebook *codebook
      = attest_codebook_parse ("t.yaml", text, strlen (text), problems, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  return codebook;
}

/* All problems, "LINE:COLUMN CHECK: MESSAGE" each on its line. */
static char *
problems_of (const char *text, gsize length_bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) problems = attest_problems_new ();
  g_autoptr (AttestCodebook) codebook
      = attest_codebook_parse ("t.yaml", text, length_bytes, problems, &error);
  GString *out = g_string_new (NULL);

  g_assert_true ((codebook == NULL) == (error != NULL));
  if (error != NULL)
    g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_CODEBOOK);
  for (guint i = 0; i < problems->len; i++)
    {
      const AttestProblem *p = &g_array_index (problems, AttestProblem, i);
      g_assert_cmpint (p->severity, ==, ATTEST_SEVERITY_ERROR);
      g_string_append_printf (out, "%s%u:%u %s: %s", i > 0 ? "\n" : "", p->line, p->column,
                              p->check, p->message);
    }
  return g_string_free (out, FALSE);
}

static const char full[]
    = "attest: codebook/1\n"
      "id: dac\n"
      "version: 1.0\n"
      "title: Criteria\n"
      "codes:\n"
      "  - id: impact\n"
      "    dimension: criterion\n"
      "    name: {en: Impact, fr: Impact fr}\n"
      "    question: What changed?\n"
      "    definition: >-\n"
      "      Higher-level\n"
      "      effects.\n"
      "    confusions: [{with: gender, rule: who}]\n"
      "    asked: ['what changed', {match: [quoi], lang: fr}]\n"
      "    rules:\n"
      "      - 'changed? {{who}}s?'\n"
      "      - ['a', 'b']\n"
      "      - {id: own, match: x, unless: [y, z], weight: 0.5, role: [respondent, other],\n"
      "         lang: en, word_edges: false, examples: ['one x'], counterexamples: [xy]}\n"
      "    examples: {en: [People changed., Changed his], fr: changé}\n"
      "    counterexamples: [No change]\n"
      "  - id: gender\n"
      "    rules: women\n"
      "fragments:\n"
      "  who: '{{man}}|{{woman}}'\n"
      "  man: he|his\n"
      "  woman: 'she|her'\n"
      "  none: x\n"
      "dimensions:\n"
      "  criterion: {title: {en: Criterion, fr: Critère}}\n"
      "languages: [en, fr]\n";

static void
test_full (void)
{
  g_autoptr (AttestCodebook) cb = parse (full);
  const AttestCode *impact = attest_codebook_code (cb, 0);
  const AttestRule *own = attest_codebook_rule (cb, 2);
  g_autoptr (GString) names = g_string_new (NULL);

  g_assert_cmpstr (cb->id, ==, "dac");
  g_assert_cmpstr (cb->version, ==, "1.0");
  g_assert_cmpstr (cb->langs[0], ==, "en");
  g_assert_cmpstr (cb->langs[1], ==, "fr");
  g_assert_null (cb->langs[2]);
  g_assert_cmpuint (cb->codes->len, ==, 2);
  g_assert_cmpint (attest_codebook_find_code (cb, "gender"), ==, 1);
  g_assert_cmpint (attest_codebook_find_code (cb, "gone"), ==, -1);
  g_assert_cmpint (attest_codebook_find_dimension (cb, "criterion"), ==, 0);
  g_assert_cmpint (attest_codebook_find_dimension (cb, "x"), ==, -1);
  g_assert_cmpuint (attest_codebook_code (cb, 1)->dimension, ==, 0);
  g_assert_cmpstr (attest_local_text_get (attest_codebook_dimension (cb, 0)->title, "fr"), ==,
                   "Critère");
  g_assert_cmpstr (attest_local_text_get (impact->name, "fr"), ==, "Impact fr");
  g_assert_cmpstr (attest_local_text_get (impact->name, "ru"), ==, "Impact");
  g_assert_cmpstr (attest_local_text_get (attest_codebook_code (cb, 1)->name, NULL), ==, "gender");
  g_assert_cmpstr (impact->definition, ==, "Higher-level effects.");
  g_assert_cmpstr (g_array_index (impact->confusions, AttestConfusion, 0).with, ==, "gender");

  for (guint i = 0; i < cb->patterns->len; i++)
    g_string_append_printf (names, "%s ", attest_codebook_pattern (cb, i)->name);
  g_assert_cmpstr (names->str, ==,
                   "impact/asked.1 impact/asked.2 impact/1.1 impact/2.1 impact/2.2 impact/own.1 "
                   "impact/own.unless.1 impact/own.unless.2 gender/1.1 ");
  g_assert_cmpuint (impact->n_asked, ==, 2);
  g_assert_cmpstr (attest_codebook_pattern (cb, 1)->langs[0], ==, "fr");
  g_assert_null (attest_codebook_pattern (cb, 0)->langs);
  g_assert_cmpuint (attest_codebook_pattern (cb, 0)->rule, ==, ATTEST_NO_RULE);
  g_assert_cmpstr (attest_codebook_pattern (cb, 2)->source, ==, "changed? {{who}}s?");
  g_assert_cmpstr (attest_pattern_get_body (attest_codebook_pattern (cb, 2)->pattern), ==,
                   "changed? (?:(?:he|his)|(?:she|her))s?");
  g_assert_cmpuint (attest_codebook_pattern (cb, 2)->line, ==, 16);
  g_assert_cmpuint (attest_codebook_pattern (cb, 2)->column, ==, 9);

  g_assert_cmpuint (impact->first_rule, ==, 0);
  g_assert_cmpuint (impact->n_rules, ==, 3);
  g_assert_cmpstr (own->id, ==, "own");
  g_assert_cmpuint (own->number, ==, 3);
  g_assert_cmpfloat (own->weight, ==, 0.5);
  g_assert_cmpuint (own->roles, ==, 1u << ATTEST_ROLE_RESPONDENT | 1u << ATTEST_ROLE_OTHER);
  g_assert_cmpuint (own->n_unless, ==, 2);
  g_assert_cmpuint (attest_codebook_rule (cb, 0)->roles, ==,
                    1u << ATTEST_ROLE_RESPONDENT | 1u << ATTEST_ROLE_OTHER
                        | 1u << ATTEST_ROLE_INTERPRETER);
  g_assert_cmpuint (impact->examples->len, ==, 6);
  g_assert_cmpuint (g_array_index (impact->examples, AttestExample, 0).rule, ==, 2);
  g_assert_cmpstr (g_array_index (impact->examples, AttestExample, 4).lang, ==, "fr");
  g_assert_true (g_array_index (impact->examples, AttestExample, 5).counter);
  g_assert_true (g_array_index (cb->fragments, AttestFragment, 1).is_used);
  g_assert_false (g_array_index (cb->fragments, AttestFragment, 3).is_used);
}

/* What a pattern is with its fragments filled in. */
static void
test_arguments (void)
{
  static const struct
  {
    const char *pattern, *body;
  } cases[] = {
    { "{{gap(3)}}", "(?: (?:\\w+ ){0,3})" },
    { "{{ near(not|no, needed , 12) }}", "(?:(?:not|no)(?: (?:\\w+ ){0,12})(?:needed))" },
    { "{{near({{who}}s?, a{1,2}, 0)}}", "(?:(?:(?:he|she)s?)(?: (?:\\w+ ){0,0})(?:a{1,2}))" },
    { "{{pair((a,b), [,)])}}", "(?:(?:(a,b))-(?:[,)])|(?:[,)])-(?:(a,b)))" },
    { "{{pair(\\,, \\))}}", "(?:(?:\\,)-(?:\\))|(?:\\))-(?:\\,))" },
    { "{{pair({{pair(a, b)}}, c)}}",
      "(?:(?:(?:(?:a)-(?:b)|(?:b)-(?:a)))-(?:c)|(?:c)-(?:(?:(?:a)-(?:b)|(?:b)-(?:a))))" },
    { "{{times(x, 2, 3)}}", "(?:(?:x){2,3})" },
    { "{{times(3, 2, 3)}}", "(?:(?:3){2,3})" },
    { "\\{{gap(3)}}", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *yaml
          = g_strdup_printf ("id: a\nfragments:\n"
                             "  gap(n): ' (?:\\w+ ){0,{{n}}}'\n"
                             "  near(x, y, most): '{{x}}{{gap({{most}})}}{{y}}'\n"
                             "  who: he|she\n"
                             "  pair( a , b ): '{{a}}-{{b}}|{{b}}-{{a}}'\n"
                             "  times(what, least, most): '{{what}}{{{least}},{{most}}}'\n"
                             "codes: [{id: b, rules: ['%s']}]\n",
                             cases[i].pattern);
      g_autoptr (AttestCodebook) cb = parse (yaml);

      g_assert_cmpstr (attest_pattern_get_body (attest_codebook_pattern (cb, 0)->pattern), ==,
                       cases[i].body != NULL ? cases[i].body : cases[i].pattern);
      g_assert_cmpstr (attest_codebook_pattern (cb, 0)->source, ==, cases[i].pattern);
      g_assert_cmpint (g_array_index (cb->fragments, AttestFragment, 0).is_used, ==,
                       strstr (cases[i].pattern, "near") != NULL || i == 0);
    }
}

static void
test_word_edges (void)
{
  static const struct
  {
    const char *text;
    gboolean is_found;
  } cases[] = {
    { "id: a\ncodes: [{id: b, rules: [cat]}]", FALSE },
    { "id: a\nword_edges: false\ncodes: [{id: b, rules: [cat]}]", TRUE },
    { "id: a\ncodes: [{id: b, rules: [{match: cat, word_edges: false}]}]", TRUE },
    { "id: a\nword_edges: false\ncodes: [{id: b, rules: [{match: cat, word_edges: true}]}]",
      FALSE },
    { "id: a\ncodes: [{id: b, rules: [], asked: [cat]}]", FALSE },
    { "id: a\ncodes: [{id: b, rules: [], asked: {match: cat, word_edges: false}}]", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AttestCodebook) cb = parse (cases[i].text);
      g_autoptr (AttestMatcher) matcher = attest_matcher_new ();
      const char *reason;
      gsize start, end;

      g_assert_cmpint (attest_matcher_find (matcher, attest_codebook_pattern (cb, 0)->pattern,
                                            "concat", 6, 0, &start, &end, &reason),
                       ==, cases[i].is_found ? ATTEST_MATCH_FOUND : ATTEST_MATCH_NONE);
    }
}

#define CODE "id: a\ncodes:\n- id: b\n  rules: "
#define FRAGMENTS "id: a\ncodes: [{id: b, rules: [x]}]\nfragments:\n"

static void
test_errors (void)
{
  static const struct
  {
    const char *text, *expected;
  } cases[] = {
    { "", "0:0 yaml: the file is empty" },
    { "a: [b", "1:4 yaml: what begins here is not closed: did not find expected ',' or ']' while "
               "parsing a flow sequence: put quotes around patterns, or mend a bracket" },
    /* the place is that of the value, behind its anchor */
    { CODE "&x !!str  'a)'",
      "4:22 regex: this pattern is not valid: unmatched closing parenthesis" },
    { CODE "[&x a, &y\n   b)]",
      "5:5 regex: this pattern is not valid: unmatched closing parenthesis" },
    { CODE "\"a\\\\w\\x41\\U0001F44D\\/)\"",
      "4:31 regex: this pattern is not valid: unmatched closing parenthesis" },
    { "- x", "1:1 type: a codebook is a map: 'key: value' on each line" },
    { "id: a", "1:1 missing-key: a codebook needs 'codes'" },
    { "codes: [{id: b, rules: []}]", "1:1 missing-key: a codebook needs 'id'" },
    { "id: a\ncodes: [{id: b}]", "2:9 missing-key: a code needs 'rules'" },
    { "id: a\ncodes: [{rules: []}]", "2:9 missing-key: a code needs 'id'" },
    { "id: a\ncodes: {b: c}", "2:8 type: codes are a list: begin each code with '- id: …'" },
    { "id: a\ncodes: []", "2:8 type: codes are a list: begin each code with '- id: …'" },
    { "attest: codebook/2\nid: a\ncodes: [{id: b, rules: []}]",
      "1:9 format: this attest reads codebook/1, not codebook/2: a newer one may" },
    { "attest: x\nid: a\ncodes: [{id: b, rules: []}]",
      "1:9 format: no codebook: write 'attest: codebook/1'" },
    { CODE "x\n  exmaples: [y]",
      "5:3 unknown-key: unknown key 'exmaples': did you mean 'examples'?" },
    { CODE "x\n  Rules: [y]", "5:3 unknown-key: unknown key 'Rules': did you mean 'rules'?" },
    { CODE "{match: x, q: y}",
      "4:21 unknown-key: unknown key 'q': a rule has id, lang, role, weight, word_edges, unit, "
      "asked, match, words, all, near, before, after, unless, examples, counterexamples" },
    { CODE "x\n  rules: y",
      "5:3 duplicate-key: key 'rules' is there twice: put both into one list, "
      "or remove one" },
    { CODE "x\n- id: b\n  rules: y",
      "5:7 duplicate-id: code 'b' is there twice: the first is in line 3" },
    { CODE "[{id: r, match: x}, {id: r, match: y}]",
      "4:35 duplicate-id: rule 'r' is there twice in 'b'" },
    { CODE "{id: 12, match: x}", "4:15 id: '12' cannot be the id of a rule: a number, 'asked' and "
                                 "'stop' have a meaning of their own" },
    { "id: a b\ncodes: [{id: b, rules: []}]",
      "1:5 id: the id of a codebook has only letters, digits, '_', '.' and '-', unlike 'a b'" },
    { CODE "x\n  definition: [y]",
      "5:15 type: a definition is a text, not a list; put quotes around "
      "a text that has ': ', '[' or '{' in it" },
    { CODE "{unless: x}",
      "4:10 missing-key: a rule needs 'match', 'words' or 'all': what to find" },
    { CODE "{match: [], unless: x}", "4:18 missing-key: this rule has no pattern" },
    { CODE "''", "4:10 type: a pattern is empty" },
    { CODE "'a (b'", "4:15 regex: this pattern is not valid: missing closing parenthesis" },
    { CODE "a(b|é))", "4:16 regex: this pattern is not valid: unmatched closing parenthesis" },
    { CODE "'it''s ) '", "4:17 regex: this pattern is not valid: unmatched closing parenthesis" },
    { CODE "\"\\u00e9\\tb)\"",
      "4:20 regex: this pattern is not valid: unmatched closing parenthesis" },
    { CODE "\"a\n    b)\"",
      "4:10 regex: this pattern is not valid: unmatched closing parenthesis" },
    { CODE "|\n    a)", "4:10 regex: this pattern is not valid: unmatched closing parenthesis" },
    { CODE "'e\xcc\x81)'", "4:10 regex: this pattern is not valid: unmatched closing parenthesis" },
    { CODE "a\\C",
      "4:13 regex: this pattern is not valid: using \\C is disabled by the application" },
    { CODE "'{{f}} )'\nfragments: {f: x}",
      "4:17 regex: this pattern is not valid: unmatched closing parenthesis" },
    { CODE "'a {{wo}}'\nfragments: {who: x}",
      "4:13 unknown-fragment: unknown fragment 'wo': did you mean 'who'?" },
    { CODE "'{{longer}}'",
      "4:11 unknown-fragment: unknown fragment 'longer': add it under fragments" },
    { CODE "'[{{f}}]'\nfragments: {f: x}", "4:11 unknown-fragment: fragment 'f' cannot stand "
                                           "inside [ ]: write (?:…|…) or the characters "
                                           "themselves" },
    /* Told once, where it is, and not again where it is used. */
    { CODE "['{{f}}', '{{f}}']\nfragments: {f: '(x'}",
      "5:19 regex: this pattern is not valid: missing closing parenthesis" },
    { FRAGMENTS "  f: 'a{{g}}'\n  g: '{{h}}'\n  h: 'b{{f}}'",
      "6:8 circular-fragment: fragment 'f' refers to itself" },
    { FRAGMENTS "  f: '{{f}}'", "4:7 circular-fragment: fragment 'f' refers to itself" },
    { FRAGMENTS "  f: x\n  f: y", "5:3 duplicate-id: fragment 'f' is there twice" },
    /* Arguments. */
    { CODE "'a {{f}}'\nfragments: {'f(x)': '{{x}}'}",
      "4:13 arguments: fragment 'f' takes 1 argument, not 0: write {{f(x)}}" },
    { CODE "'{{f(a, b, c)}}'\nfragments: {'f(x, y)': '{{x}}{{y}}'}",
      "4:11 arguments: fragment 'f' takes 2 arguments, not 3: write {{f(x, y)}}" },
    { CODE "'{{f(a)}}'\nfragments: {f: x}",
      "4:11 arguments: fragment 'f' takes 0 arguments, not 1: write {{f}}" },
    { CODE "'x {{f(a, b)}'\nfragments: {'f(x, y)': '{{x}}{{y}}'}",
      "4:13 arguments: fragment 'f' has arguments that do not end: write {{name(argument, "
      "argument)}}" },
    { CODE "'{{f(a, )}}'\nfragments: {'f(x, y)': '{{x}}{{y}}'}",
      "4:18 arguments: argument 'y' of fragment 'f' is empty" },
    { CODE "'{{f(a, few)}}'\nfragments: {'f(x, n)': '{{x}}{0,{{n}}}'}",
      "4:18 arguments: argument 'n' of fragment 'f' stands for a count: write a whole number" },
    { CODE "'{{g(few)}}'\nfragments: {'f(n)': 'a{0,{{n}}}', 'g(m)': '{{f({{m}})}}'}",
      "4:15 arguments: argument 'm' of fragment 'g' stands for a count: write a whole number" },
    { CODE "'{{f(a, {{wo}})}}'\nfragments: {'f(x, y)': '{{x}}{{y}}', who: x}",
      "4:18 unknown-fragment: unknown fragment 'wo': did you mean 'who'?" },
    { CODE "'{{f((?<n>a))}} {{f((?<n>b))}}'\nfragments: {'f(x)': '{{x}}'}",
      "4:26 regex: this pattern is not valid: two named subpatterns have the same name "
      "(PCRE2_DUPNAMES not set)" },
    { CODE "'{{f(a{,2}[,)], b)}}'\nfragments: {'f(x)': '{{x}}'}",
      "4:11 arguments: fragment 'f' takes 1 argument, not 2: write {{f(x)}}" },
    { FRAGMENTS "  f(x): '{{x}}{{g(a)}}'\n  g(y): '{{y}}{{h({{f(b)}})}}'\n  h(z): '{{z}}'",
      "5:19 circular-fragment: fragment 'f' refers to itself" },
    { FRAGMENTS "  f(x): 'a{{f({{x}})}}'",
      "4:11 circular-fragment: fragment 'f' refers to itself" },
    { FRAGMENTS "  f(x): '({{x}}'",
      "4:11 regex: this pattern is not valid: missing closing parenthesis" },
    { FRAGMENTS "  f(x): '{{x(a)}}'",
      "4:10 arguments: fragment 'x' is a parameter, and takes no arguments" },
    { FRAGMENTS "  f(x, y): '{{x}}'",
      "4:12 unused-parameter: fragment 'f' does not use its parameter 'y'" },
    { FRAGMENTS "  f(x, x): '{{x}}'", "4:3 duplicate-id: parameter 'x' is there twice" },
    { FRAGMENTS "  f(x): '{{x}}'\n  x: y",
      "4:3 duplicate-id: parameter 'x' of fragment 'f' has the name of a fragment: call it "
      "otherwise" },
    { FRAGMENTS "  f(x: '{{x}}'",
      "4:3 id: a fragment with parameters is called 'name(parameter, parameter)'" },
    { FRAGMENTS "  f(): 'x'",
      "4:3 id: a fragment with parameters is called 'name(parameter, parameter)'" },
    { FRAGMENTS "  f(1x): '{{x}}'", "4:3 id: the name of a parameter begins with a letter: '1x'" },
    { FRAGMENTS "  f(a,b,c,d,e,f,g,h,i): 'x'", "4:3 limit: more than 8 parameters" },
    { FRAGMENTS "  1f: x", "4:3 id: the name of a fragment begins with a letter: '1f'" },
    { "id: a\nfragments: [x]\ncodes: [{id: b, rules: []}]",
      "2:12 type: fragments are a map of names and patterns: 'name: pattern'" },
    { CODE "x\n  dimension: thme\ndimensions: {theme: {title: T}}",
      "5:14 unknown-dimension: unknown dimension 'thme': did you mean 'theme'?" },
    { CODE "x\n  dimension: d", "5:14 unknown-dimension: unknown dimension 'd': add it under "
                                "dimensions" },
    { CODE "x\ndimensions: [d]",
      "5:13 type: dimensions are a map of ids and titles: 'theme: {title: Theme}'" },
    { CODE "x\ndimensions: {d: T, d: U}", "5:20 duplicate-id: dimension 'd' is there twice" },
    { CODE "{match: x, lang: english}",
      "4:27 language: unknown language 'english': a language is a "
      "code of two or three letters, such as en, fr or ky" },
    { CODE "x\n  name: {English: b}", "5:10 language: unknown language 'English': a language is a "
                                      "code of two or three letters, such as en, fr or ky" },
    { CODE "x\n  examples: {en: [a, '']}", "5:22 type: an example is empty" },
    { CODE "{match: x, role: boss}",
      "4:27 role: unknown role 'boss': it is interviewer, respondent, "
      "interpreter or other" },
    { CODE "{match: x, weight: 0}", "4:29 weight: a weight is more than 0 and at most 1000000; to "
                                    "switch a rule off, remove it" },
    { CODE "{match: x, weight: nan}", "4:29 weight: a weight is a number, such as 0.5" },
    { CODE "{match: x, weight: 1kg}", "4:29 weight: a weight is a number, such as 0.5" },
    { CODE "{match: x, word_edges: no}", "4:33 type: this is true or false" },
    { CODE "x\n  confusions: {with: c, rule: r}", "5:22 unknown-code: there is no code 'c'" },
    { CODE "x\n  confusions: {with: b}", "5:15 missing-key: a confusion needs 'rule'" },
    /* conditions */
    { CODE "{match: x, nearr: {match: y, words: 2}}",
      "4:21 unknown-key: unknown key 'nearr': did you mean 'near'?" },
    { CODE "{match: x, near: {match: y, words: 1, word: 2}}",
      "4:48 unknown-key: unknown key 'word': did you mean 'words'?" },
    { CODE "{match: x, near: y}", "4:27 missing-key: 'near' needs 'words': how many may stand "
                                  "between, such as {match: 'late', words: 5}" },
    { CODE "{match: x, near: {words: 5}}",
      "4:27 missing-key: a condition needs 'match' or 'of': what it is about" },
    { CODE "{match: x, near: {match: y, words: [z]}}",
      "4:45 type: 'words' is here how many may stand between: for a list of words write 'of'" },
    { CODE "{match: x, near: {match: y, words: 101}}",
      "4:45 type: 'words' is a whole number from 0 to 100" },
    { CODE "{match: x, near: {match: y, words: -1}}",
      "4:45 type: 'words' is a whole number from 0 to 100" },
    { CODE "{match: x, unless: {match: ')', unit: turn}}",
      "4:38 regex: this pattern is not valid: unmatched closing parenthesis" },
    { CODE "{match: x, unit: page}", "4:27 unit: a unit is hit, sentence, turn, or a number of "
                                     "sentences on each side, {window: 2}" },
    { CODE "{match: x, unit: {window: 21}}", "4:36 type: 'window' is a whole number from 0 to 20" },
    { CODE "{words: [a, '--']}", "4:22 word: '--' is no word: it has neither letter nor digit" },
    { CODE "{match: x, asked: true}",
      "4:28 missing-key: 'asked: true' needs the 'asked' of its code" },
    { CODE "{id: stop, match: x}", "4:15 id: 'stop' cannot be the id of a rule: a number, 'asked' "
                                   "and 'stop' have a meaning of their own" },
    { CODE "x\n  min_weight: 0", "5:15 weight: a weight is more than 0 and at most 1000000; to "
                                 "switch a rule off, remove it" },
    { CODE "x\n  examples: [{asked: y}]", "5:14 missing-key: an example needs 'text'" },
    /* codes that depend on codes */
    { CODE "x\n  requires: [bb]", "5:14 unknown-code: there is no code 'bb'" },
    { CODE "x\n  requires: [impcat]\n- {id: impact, rules: y}",
      "5:14 unknown-code: there is no code 'impcat': did you mean 'impact'?" },
    { CODE "x\n  requires: {codes: c, unit: hit}\n- {id: c, rules: y}",
      "5:30 unit: codes are looked for in a sentence, a window or a turn, not in a hit" },
    { CODE "x\n  requires: b", "5:13 circular-code: codes depend on each other in a circle: "
                               "b requires b; remove one of these" },
    { CODE "x\n  requires: c\n- {id: c, rules: y, excludes: [e, d]}\n"
           "- {id: d, rules: z, requires: c}\n- {id: e, rules: z}",
      "6:35 circular-code: codes depend on each other in a circle: c excludes d requires c; remove "
      "one of these" },
    /* YAML */
    { "id: a\ncodes:\n\t- id: b", "3:1 yaml: found character that cannot start any token while "
                                  "scanning for the next token: indent with spaces, not tabs, and "
                                  "put quotes around a text that begins with a special character" },
    { "id: a\ntitle: 'x\ncodes: y", "2:8 yaml: what begins here is not closed: found unexpected "
                                    "end of stream while scanning a quoted scalar" },
    { "id: a\ntitle: one: two",
      "2:11 yaml: mapping values are not allowed in this context: put quotes around a text that "
      "has ': ' in it, or mend the indentation" },
    { "id: a\n title: x", "2:7 yaml: mapping values are not allowed in this context: put quotes "
                          "around a text that has ': ' in it, or mend the indentation" },
    { "id: a\ncodes:\n  - id: b\n   rules: x",
      "4:4 yaml: did not find expected '-' indicator while parsing a block collection: mend the "
      "indentation" },
    { "id: a\ncodes: [{id: b, rules: *.x}]",
      "2:25 yaml: did not find expected alphabetic or numeric character while scanning an alias: "
      "put quotes around a text that begins with * or &" },
    { CODE "\"\\w\"", "4:11 yaml: found unknown escape character while parsing a quoted scalar: "
                      "put patterns into single quotes" },
    { "id: a\nx", "2:1 yaml: could not find expected ':' while scanning a simple key: mend the "
                  "indentation, or a quote or bracket before it" },
    { "x\ny: z", "2:2 yaml: mapping values are not allowed in this context: put quotes around a "
                 "text that has ': ' in it, or mend the indentation" },
    { CODE "[wom[ae]n]", "4:14 yaml: did not find expected ',' or ']' while parsing a flow "
                         "sequence: put quotes around patterns, or mend a bracket" },
    { "id: a\ncodes:\n- id: b\n  rules: [x]\n rules: y\n",
      "5:2 yaml: did not find expected key while parsing a block mapping: mend the indentation, or "
      "a quote or bracket before it" },
    { "a: b\n---\nc: d", "2:1 yaml: a second document ('---'): a file is one document" },
    { "id: !include x", "1:5 yaml: tags such as '!include' are not supported: remove it" },
    { "id: *x",
      "1:5 yaml: *x: nothing before it is called &x; put quotes around a text that begins "
      "with *" },
    { "id: &x [*x]", "1:9 yaml: *x stands inside the value that it names" },
    { "id: a\x01", "1:6 yaml: a control character (U+0001): remove it" },
    { "id: \"a\\0\"", "1:5 yaml: a text with a NUL (\\0): remove it" },
    { "id: caf\xe9\n", "1:8 yaml: not valid UTF-8: save the file as UTF-8" },
    { "\xef\xbb\xbfid: caf\xe9\n", "1:8 yaml: not valid UTF-8: save the file as UTF-8" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = problems_of (cases[i].text, strlen (cases[i].text));
      if (strcmp (found, cases[i].expected) != 0)
        {
          g_test_message ("%s\nfound:    %s\nexpected: %s", cases[i].text, found,
                          cases[i].expected);
          g_test_fail ();
        }
    }
}

/* An author mends them together. */
static void
test_all_problems (void)
{
  const char *text = "id: a\r\n"
                     "codes:\r\n"
                     "  - id: b\r\n"
                     "    colour: red\r\n"
                     "    rules: ['(', ')', '{{x}}']\r\n"
                     "  - id: b\r\n"
                     "    rules: {match: y, weight: -1}\r\n";
  g_autofree char *found = problems_of (text, strlen (text));

  g_assert_cmpstr (found, ==,
                   "4:5 unknown-key: unknown key 'colour': a code has id, dimension, name, "
                   "question, definition, include, exclude, confusions, asked, min_weight, stop, "
                   "requires, excludes, rules, examples, counterexamples\n"
                   "5:15 regex: this pattern is not valid: missing closing parenthesis\n"
                   "5:19 regex: this pattern is not valid: unmatched closing parenthesis\n"
                   "5:24 unknown-fragment: unknown fragment 'x': add it under fragments\n"
                   "6:9 duplicate-id: code 'b' is there twice: the first is in line 3\n"
                   "7:31 weight: a weight is more than 0 and at most 1000000; to switch a rule "
                   "off, remove it");
}

static void
test_caret (void)
{
  static const struct
  {
    const char *text, *expected;
  } cases[] = {
    { CODE "'ab (c'\n", "t.yaml:4:16: this pattern is not valid: missing closing parenthesis\n"
                        "    rules: 'ab (c'\n"
                        "                 ^" },
    /* two columns each */
    { CODE "'漢字)'\n", "t.yaml:4:13: this pattern is not valid: unmatched closing parenthesis\n"
                        "    rules: '漢字)'\n"
                        "                ^" },
    /* no column of its own, and of emoji two */
    { CODE "\"e\xcc\x81👍 x\" # \n  x: ",
      "t.yaml:5:3: unknown key 'x': a code has id, dimension, "
      "name, question, definition, include, exclude, confusions, "
      "asked, min_weight, stop, requires, excludes, rules, examples, counterexamples\n"
      "    x: \n"
      "    ^" },
    { "id: a\ncodes:\n- id: b\n  name: e\xcc\x81\n  rules: { match:\t\t'ä)' }\n",
      "t.yaml:5:22: this pattern is not valid: unmatched closing parenthesis\n"
      "    rules: { match:               'ä)' }\n"
      "                                    ^" },
    { "id: a\ncodes: [{id: b, name: 'a\xcc\x81\xcc\x81', rules: ')'}]",
      "t.yaml:2:38: this pattern is not valid: unmatched closing parenthesis\n"
      "  codes: [{id: b, name: 'a\xcc\x81\xcc\x81', rules: ')'}]\n"
      "                                     ^" },
    /* a direction mark cannot turn the line around */
    { CODE "'\xe2\x80\xae)'\n", "t.yaml:4:12: this pattern is not valid: unmatched closing "
                                "parenthesis\n"
                                "    rules: '\xef\xbf\xbd)'\n"
                                "             ^" },
    { "id: a\xff\n", "t.yaml:1:6: not valid UTF-8: save the file as UTF-8" },
    { "", "t.yaml: the file is empty" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (
          attest_codebook_parse ("t.yaml", cases[i].text, strlen (cases[i].text), NULL, &error));
      if (strcmp (error->message, cases[i].expected) != 0)
        {
          g_test_message ("found:\n%s\nexpected:\n%s", error->message, cases[i].expected);
          g_test_fail ();
        }
    }
}

/* Of a line that is longer than a terminal, the part around the caret is shown. */
static void
test_caret_in_long_line (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new ("id: a\ncodes: [{id: b, rules: [");

  for (guint i = 0; i < 9000; i++)
    g_string_append (text, "漢é, ");
  g_string_append (text, "'漢漢漢)', ");
  for (guint i = 0; i < 9000; i++)
    g_string_append (text, "漢é, ");
  g_string_append (text, "]}]");
  g_assert_null (attest_codebook_parse ("t.yaml", text->str, text->len, NULL, &error));
  g_auto (GStrv) lines = g_strsplit (error->message, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_true (g_str_has_prefix (lines[1], "  …"));
  g_assert_true (g_str_has_suffix (lines[1], "…"));
  const char *at = strstr (lines[1], ")'");
  g_assert_cmpuint (strlen (lines[2]) - 1, ==, attest_text_columns (lines[1], at - lines[1]));
  g_assert_cmpuint (attest_text_columns (lines[1], strlen (lines[1])), <, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codebook/full", test_full);
  g_test_add_func ("/codebook/arguments", test_arguments);
  g_test_add_func ("/codebook/word-edges", test_word_edges);
  g_test_add_func ("/codebook/errors", test_errors);
  g_test_add_func ("/codebook/all-problems", test_all_problems);
  g_test_add_func ("/codebook/caret", test_caret);
  g_test_add_func ("/codebook/caret-in-long-line", test_caret_in_long_line);
  return g_test_run ();
}
