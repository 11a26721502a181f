/* The engine: from turns and a codebook to segments. */
#include "engine/attest-coder.h"

#include <string.h>

/* A document written down as "LABEL|LANG|TEXT" lines; LABEL I is the interviewer, X the
 * interpreter, everybody else a respondent; LANG "-" is not known. */
static AttestDocument *
make_document (const char *const *lines)
{
  AttestDocument *doc = attest_document_new ("test");
  GString *text = g_string_new (NULL);

  for (; *lines != NULL; lines++)
    {
      g_auto (GStrv) parts = g_strsplit (*lines, "|", 3);
      guint speaker = attest_document_intern_speaker (doc, parts[0]);
      AttestTurn turn = { .speaker = speaker,
                          .start_byte = text->len,
                          .start_ms = ATTEST_NO_TIME,
                          .end_ms = ATTEST_NO_TIME };

      attest_document_speaker (doc, speaker)->role
          = strcmp (parts[0], "I") == 0   ? ATTEST_ROLE_INTERVIEWER
            : strcmp (parts[0], "X") == 0 ? ATTEST_ROLE_INTERPRETER
                                          : ATTEST_ROLE_RESPONDENT;
      turn.lang = strcmp (parts[1], "-") == 0 ? NULL : g_intern_string (parts[1]);
      g_string_append (text, parts[2]);
      turn.end_byte = text->len;
      g_string_append (text, "\n\n");
      g_array_append_val (doc->turns, turn);
    }
  gsize length_bytes = text->len;
  attest_document_take_text (doc, g_string_free (text, FALSE), length_bytes);
  return doc;
}

static AttestCodebook *
parse (const char *yaml)
{
  g_autoptr (GArray) problems = attest_problems_new ();
  g_autoptr (GError) error = NULL;
  AttestCodebook *codebook
      = attest_codebook_parse ("test.yaml", yaml, strlen (yaml), problems, &error);

  g_assert_no_error (error);
  return codebook;
}

/* "TURN CODE strength 'QUOTE' [RULE:MATCH …]" a line, then what was asked: "TURN? CODE". */
static char *
describe (const AttestCodebook *codebook, const AttestDocument *doc, const AttestCoding *coding)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < coding->segments->len; i++)
    {
      const AttestSegment *segment = attest_coding_segment (coding, i);

      g_string_append_printf (out, "%u %s %u '%.*s' [", segment->turn,
                              attest_codebook_code (codebook, segment->code)->id, segment->strength,
                              (int)(segment->end_byte - segment->start_byte),
                              doc->text + segment->start_byte);
      for (guint k = 0; k < segment->n_hits; k++)
        {
          const AttestHit *hit = attest_coding_hit (coding, segment->first_hit + k);

          g_string_append_printf (out, "%s%s:%.*s", k > 0 ? " " : "",
                                  attest_codebook_pattern (codebook, hit->pattern)->name,
                                  (int)(hit->end_byte - hit->start_byte),
                                  doc->text + hit->start_byte);
        }
      g_string_append (out, "]\n");
    }
  for (guint i = 0; i < coding->asked->len; i++)
    {
      const AttestAsked *asked = &g_array_index (coding->asked, AttestAsked, i);

      g_string_append_printf (out, "%u? %s\n", asked->turn,
                              attest_codebook_code (codebook, asked->code)->id);
    }
  return g_string_free (out, FALSE);
}

static void
assert_coded_with (const char *yaml, const AttestCoderOptions *options, const char *const *lines,
                   const char *expected)
{
  g_autoptr (AttestCodebook) codebook = parse (yaml);
  g_autoptr (AttestCoder) coder = attest_coder_new (codebook, options);
  g_autoptr (AttestCoderWorker) worker = attest_coder_worker_new (coder);
  g_autoptr (AttestDocument) doc = make_document (lines);
  g_autoptr (AttestCoding) coding = attest_coder_code (worker, doc);
  g_autofree char *found = describe (codebook, doc, coding);

  g_assert_cmpstr (found, ==, expected);
  g_assert_cmpuint (coding->incomplete->len, ==, 0);
}

static void
assert_coded (const char *yaml, const char *const *lines, const char *expected)
{
  assert_coded_with (yaml, NULL, lines, expected);
}

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
  return g_test_run ();
}
