/* The engine: from turns and a codebook to segments. */
#include "coder-fixture.h"

#define TWO_CODES                                                                                  \
  "id: test\n"                                                                                     \
  "codes:\n"                                                                                       \
  "  - id: effectiveness\n"                                                                        \
  "    asked: ['achiev\\w+']\n"                                                                    \
  "    rules:\n"                                                                                   \
  "      - match: ['targets?', 'results?']\n"                                                      \
  "      - match: ['effective(?:ly)?']\n"                                                          \
  "        unless: ['cost[- ]effective', 'effective (?:date|from)']\n"                             \
  "        weight: 0.5\n"                                                                          \
  "  - id: efficiency\n"                                                                           \
  "    asked: ['money', 'budget']\n"                                                               \
  "    rules:\n"                                                                                   \
  "      - match: ['cost[- ]effective', 'on time']\n"

static void
test_sentences (void)
{
  /* One segment a code and sentence; two codes may share one; strength counts rules, not hits. */
  assert_coded (TWO_CODES,
                (const char *[]){ "R|en|We met all targets, all of the targets. Then it rained. "
                                  "It was effective, with results, and on time.",
                                  NULL },
                "0 effectiveness 1 'We met all targets, all of the targets.' "
                "[effectiveness/1.1:targets effectiveness/1.1:targets]\n"
                "0 effectiveness 2 'It was effective, with results, and on time.' "
                "[effectiveness/2.1:effective effectiveness/1.2:results]\n"
                "0 efficiency 1 'It was effective, with results, and on time.' "
                "[efficiency/1.2:on time]\n");
}

static void
test_unless (void)
{
  assert_coded (TWO_CODES,
                (const char *[]){ "R|en|The law is effective from January on.",
                                  "R|en|A cost-effective but not very effective campaign.", NULL },
                "1 effectiveness 1 'A cost-effective but not very effective campaign.' "
                "[effectiveness/2.1:effective]\n"
                "1 efficiency 1 'A cost-effective but not very effective campaign.' "
                "[efficiency/1.1:cost-effective]\n");
}

static void
test_asked (void)
{
  /* The interviewer is never coded; a nod lets the question stand, another question does not. */
  assert_coded (TWO_CODES,
                (const char *[]){ "I|en|What targets did you achieve, and with what money?",
                                  "R|en|Hm, difficult.", "I|en|Mm-hm. Go on.",
                                  "R|en|It went well enough.", "I|en|And who are you?",
                                  "R|en|A farmer.", "I|en|First, the money.",
                                  "I|en|And what did you achieve?", "R|en|Nothing.", NULL },
                "1? effectiveness\n1? efficiency\n3? effectiveness\n3? efficiency\n"
                "8? effectiveness\n8? efficiency\n");
}

static void
test_roles (void)
{
  static const char yaml[] = "id: test\n"
                             "codes:\n"
                             "  - id: a\n"
                             "    rules: [{match: word}]\n"
                             "  - id: b\n"
                             "    rules: [{match: word, role: interpreter}]\n";
  const char *const lines[]
      = { "I|en|A word for you.", "R|en|A word for me.", "X|en|A word between us.", NULL };

  assert_coded (yaml, lines,
                "1 a 1 'A word for me.' [a/1.1:word]\n"
                "2 a 1 'A word between us.' [a/1.1:word]\n"
                "2 b 1 'A word between us.' [b/1.1:word]\n");
  assert_coded_with (yaml, &(AttestCoderOptions){ .all_roles = TRUE }, lines,
                     "0 a 1 'A word for you.' [a/1.1:word]\n"
                     "1 a 1 'A word for me.' [a/1.1:word]\n"
                     "2 a 1 'A word between us.' [a/1.1:word]\n"
                     "2 b 1 'A word between us.' [b/1.1:word]\n");
}

static void
test_languages (void)
{
  /* A rule without a language is for all; a turn of unknown language is searched by all. */
  assert_coded ("id: test\n"
                "codes:\n"
                "  - id: a\n"
                "    rules:\n"
                "      - {match: train, lang: en}\n"
                "      - {match: 'formation', lang: fr}\n"
                "      - {match: 'UNDP'}\n",
                (const char *[]){ "R|en|We went by train.", "R|fr|On était en train de faire.",
                                  "R|fr|La formation du UNDP.", "R|ky|UNDP, train, formation.",
                                  "R|-|A train without UNDP.", NULL },
                "0 a 1 'We went by train.' [a/1.1:train]\n"
                "2 a 2 'La formation du UNDP.' [a/2.1:formation a/3.1:UNDP]\n"
                "3 a 1 'UNDP, train, formation.' [a/3.1:UNDP]\n"
                "4 a 2 'A train without UNDP.' [a/1.1:train a/3.1:UNDP]\n");
}

static void
test_wrapped_lines (void)
{
  /* A line break inside a paragraph is a space to a pattern; the quote has it as it stands. */
  assert_coded ("id: test\ncodes:\n  - id: a\n    rules: [{match: 'on time'}]\n",
                (const char *[]){ "R|en|All of it came on\ntime. Yes, it really did.", NULL },
                "0 a 1 'All of it came on\ntime.' [a/1.1:on\ntime]\n");
}

static void
test_other_scripts (void)
{
  assert_coded ("id: test\ncodes:\n  - id: a\n    rules: [{match: 'достиж\\w+'}, {match: "
                "'r\u00e9sultats?'}]\n",
                (const char *[]){ "R|ru|👍 Все ДОСТИЖЕНИЯ — наши. Да, это так и есть.",
                                  "R|fr|Le r\u00e9sultat 🎉 est là, il est bon.", NULL },
                "0 a 1 '👍 Все ДОСТИЖЕНИЯ — наши.' [a/1.1:ДОСТИЖЕНИЯ]\n"
                "1 a 1 'Le r\u00e9sultat 🎉 est là, il est bon.' [a/2.1:r\u00e9sultat]\n");
}

static void
test_overlapping_sentences (void)
{
  /* A hit over two sentences and one in the second are one segment. */
  assert_coded ("id: test\ncodes:\n  - id: a\n    rules: [{match: 'first day\\W+the second'}, "
                "{match: 'rain'}]\n",
                (const char *[]){ "R|en|It was the first day. The second was full of rain.", NULL },
                "0 a 2 'It was the first day. The second was full of rain.' "
                "[a/1.1:first day. The second a/2.1:rain]\n");
}

static void
test_limit (void)
{
  g_autoptr (AttestCodebook) codebook
      = parse ("id: test\ncodes:\n  - id: a\n    rules: ['(?:a+)+\\d', good]\n");
  g_autoptr (AttestCoder) coder = attest_coder_new (codebook, NULL);
  g_autoptr (AttestCoderWorker) worker = attest_coder_worker_new (coder);
  g_autofree char *line = g_strnfill (3000, 'a');
  g_autofree char *turn = g_strconcat ("R|en|", line, " good.", NULL);
  g_autoptr (AttestDocument) doc = make_document ((const char *[]){ turn, NULL });
  g_autoptr (AttestCoding) coding = attest_coder_code (worker, doc);

  /* What could be found is there, and what could not is said. */
  g_assert_cmpuint (coding->segments->len, ==, 1);
  g_assert_cmpuint (coding->incomplete->len, ==, 1);
  const AttestIncomplete *incomplete = &g_array_index (coding->incomplete, AttestIncomplete, 0);
  g_assert_cmpuint (incomplete->turn, ==, 0);
  g_assert_cmpuint (incomplete->pattern, ==, 0);
  g_assert_nonnull (strstr (incomplete->reason, "limit"));
}

static void
test_knows_language (void)
{
  g_autoptr (AttestCodebook) codebook = parse (
      "id: test\ncodes:\n  - id: a\n    asked: ['x']\n    rules: [{match: train, lang: en}]\n");
  g_autoptr (AttestCoder) coder = attest_coder_new (codebook, NULL);

  g_assert_true (attest_coder_knows_language (coder, "en"));
  g_assert_true (attest_coder_knows_language (coder, NULL));
  g_assert_false (attest_coder_knows_language (coder, "fr"));
}

static void
test_examples (void)
{
  g_autoptr (AttestCodebook) codebook
      = parse ("id: test\n"
               "codes:\n"
               "  - id: a\n"
               "    rules:\n"
               "      - match: good\n"
               "        examples: ['A good thing.']\n"
               "      - match: fine\n"
               "        role: interpreter\n"
               "        examples: ['A fine thing.', 'A good thing.']\n"
               "    examples: ['Very good.', 'Very bad.']\n"
               "    counterexamples: ['It rains.', 'Not good.']\n"
               "  - id: b\n"
               "    rules: [nothing]\n");
  g_autoptr (AttestCoder) coder = attest_coder_new (codebook, NULL);
  g_autoptr (AttestCoderWorker) worker = attest_coder_worker_new (coder);
  g_autoptr (AttestCodebookTest) test = attest_coder_test (worker);
  g_autoptr (GString) failures = g_string_new (NULL);

  for (guint i = 0; i < test->failures->len; i++)
    {
      const AttestTestFailure *failure = &g_array_index (test->failures, AttestTestFailure, i);

      g_string_append_printf (failures, "%s: %s\n", failure->example->text, failure->message);
    }
  g_assert_cmpuint (test->passed, ==, 4);
  g_assert_cmpuint (test->failed, ==, 3);
  g_assert_nonnull (strstr (failures->str, "Very bad.: no rule of a hits this example\n"));
  g_assert_nonnull (
      strstr (failures->str, "Not good.: a/1.1 hits 'good', but this is a counterexample\n"));
  g_assert_nonnull (
      strstr (failures->str, "A good thing.: rule 2 of a does not hit its example\n"));
  g_assert_cmpuint (test->untested->len, ==, 1);
  g_assert_cmpuint (g_array_index (test->untested, guint, 0), ==, 1);
}

#define INTERPRETED                                                                                \
  "id: interpreted\n"                                                                              \
  "codes:\n"                                                                                       \
  "  - id: change\n"                                                                               \
  "    asked: ['what changed', {lang: ru, match: 'что изменилось'}]\n"                \
  "    rules: ['changed', {match: 'изменил\\w+', lang: ru}]\n"

/* What an interpreter says right after a question, in another language, is the question again. */
static void
test_rendered_question (void)
{
  static const char *const lines[] = { "I|en|So what changed?",
                                       "X|ru|Что изменилось?",
                                       "R|ru|Все изменилось.",
                                       "X|en|Everything changed.",
                                       "I|en|And for the others?",
                                       "X|ru|А у других что изменилось?",
                                       "R|ru|Ничего.",
                                       NULL };

  assert_coded (INTERPRETED, lines,
                "2 change 1 'Все изменилось.' [change/2.1:изменилось]\n"
                "3 change 1 'Everything changed.' [change/1.1:changed]\n"
                "2? change\n3? change\n6? change\n");
}

/* Where answers are written down as the interpreter gave them, these are the answers. */
static void
test_interpreted_answer (void)
{
  static const char *const lines[] = { "I|en|So what changed?", "X|en|He says that it changed.",
                                       "I|-|So what changed?", "X|ru|Все изменилось.", NULL };

  assert_coded (INTERPRETED, lines,
                "1 change 1 'He says that it changed.' [change/1.1:changed]\n"
                "3 change 1 'Все изменилось.' [change/2.1:изменилось]\n"
                "1? change\n3? change\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/coder/sentences", test_sentences);
  g_test_add_func ("/coder/unless", test_unless);
  g_test_add_func ("/coder/asked", test_asked);
  g_test_add_func ("/coder/roles", test_roles);
  g_test_add_func ("/coder/languages", test_languages);
  g_test_add_func ("/coder/wrapped-lines", test_wrapped_lines);
  g_test_add_func ("/coder/other-scripts", test_other_scripts);
  g_test_add_func ("/coder/overlapping-sentences", test_overlapping_sentences);
  g_test_add_func ("/coder/limit", test_limit);
  g_test_add_func ("/coder/knows-language", test_knows_language);
  g_test_add_func ("/coder/examples", test_examples);
  g_test_add_func ("/coder/interpreter/question", test_rendered_question);
  g_test_add_func ("/coder/interpreter/answer", test_interpreted_answer);
  return g_test_run ();
}
