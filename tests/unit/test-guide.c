/* Interview guides: what is read from the file, what is wrong with it, and which turns its
 * questions claim. */
#include "codebook/attest-guide.h"

#include "coder-fixture.h"
#include "util/attest-error.h"

static AttestGuide *
parse_guide (const char *yaml)
{
  g_autoptr (GArray) problems = attest_problems_new ();
  g_autoptr (GError) error = NULL;
  AttestGuide *guide = attest_guide_parse ("g.yaml", yaml, strlen (yaml), problems, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  return guide;
}

/* "LINE:COLUMN CHECK: MESSAGE" a line. */
static char *
list_problems (const GArray *problems)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      const AttestProblem *p = &g_array_index (problems, AttestProblem, i);

      g_string_append_printf (out, "%s%u:%u %s: %s", i > 0 ? "\n" : "", p->line, p->column,
                              p->check, p->message);
    }
  return g_string_free (out, FALSE);
}

static void
assert_errors (const char *yaml, const char *expected)
{
  g_autoptr (GArray) problems = attest_problems_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (AttestGuide) guide
      = attest_guide_parse ("g.yaml", yaml, strlen (yaml), problems, &error);
  g_autofree char *found = list_problems (problems);

  g_assert_null (guide);
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_CODEBOOK);
  g_assert_cmpstr (found, ==, expected);
}

static const char full[]
    = "attest: guide/1\n"
      "id: officials\n"
      "version: 2\n"
      "title: Guide for officials\n"
      "codebook: dac\n"
      "languages: [en, fr, ru]\n"
      "fragments: {project: 'project|programme'}\n"
      "questions:\n"
      "  - id: '1.1'\n"
      "    section: Relevance\n"
      "    asked: [relevance, coherence]\n"
      "    text: {en: Why was it needed here?, fr: À quoi cela répondait-il ?}\n"
      "    match: {ru: ['зачем \\w+ нужен']}\n"
      "  - id: Q2\n"
      "    asked: impact\n"
      "    text: And then?\n"
      "    words: {en: [what changed], fr: [qu'est-ce qui a changé]}\n"
      "    match: ['after the {{project}}', {lang: ru, match: 'изменил\\w+'}]\n"
      "  - {id: Q3, match: 'anything else'}\n";

static void
test_full (void)
{
  g_autoptr (AttestGuide) guide = parse_guide (full);
  const AttestGuideQuestion *first = attest_guide_question (guide, 0);
  g_autoptr (GString) patterns = g_string_new (NULL);

  g_assert_cmpstr (guide->codebook->id, ==, "officials");
  g_assert_cmpstr (guide->codebook->version, ==, "2");
  g_assert_cmpstr (guide->codes_of, ==, "dac");
  g_assert_cmpuint (attest_guide_n_questions (guide), ==, 3);
  g_assert_cmpstr (first->section, ==, "Relevance");
  g_assert_cmpuint (first->codes->len, ==, 2);
  g_assert_cmpstr (g_array_index (first->codes, AttestGuideCode, 1).code, ==, "coherence");
  g_assert_cmpuint (g_array_index (first->codes, AttestGuideCode, 1).line, ==, 11);
  g_assert_cmpuint (attest_guide_question (guide, 2)->codes->len, ==, 0);
  g_assert_cmpstr (attest_local_text_get (attest_codebook_code (guide->codebook, 0)->name, "fr"),
                   ==, "À quoi cela répondait-il ?");
  g_assert_cmpstr (attest_local_text_get (attest_codebook_code (guide->codebook, 2)->name, NULL),
                   ==, "Q3");
  for (guint i = 0; i < guide->codebook->patterns->len; i++)
    {
      const AttestCodebookPattern *pattern = attest_codebook_pattern (guide->codebook, i);

      g_string_append_printf (patterns, "%s %s '%s'\n", pattern->name,
                              pattern->langs != NULL ? pattern->langs[0] : "-", pattern->source);
    }
  g_assert_cmpstr (patterns->str, ==,
                   "1.1/asked.1 en 'Why was it needed here'\n"
                   "1.1/asked.2 fr 'À quoi cela répondait-il'\n"
                   "1.1/asked.3 ru 'зачем \\w+ нужен'\n"
                   "Q2/asked.1 - 'after the {{project}}'\n"
                   "Q2/asked.2 ru 'изменил\\w+'\n"
                   "Q2/asked.3 en 'what changed'\n"
                   "Q2/asked.4 fr 'qu'est-ce qui a changé'\n"
                   "Q3/asked.1 - 'anything else'\n");
}

#define HEAD "attest: guide/1\nid: g\nquestions:\n"

static void
test_errors (void)
{
  assert_errors ("id: g\nquestions: [{id: a, match: b}]\n",
                 "1:1 missing-key: a guide needs 'attest'");
  assert_errors ("attest: guide/2\nid: g\nquestions: [{id: a, match: b}]\n",
                 "1:9 format: this attest reads guide/1, not guide/2: a newer one may");
  assert_errors ("attest: codebook/1\nid: g\nquestions: [{id: a, match: b}]\n",
                 "1:9 format: no guide: write 'attest: guide/1'");
  assert_errors ("attest: guide/1\nid: g\nquestions: []\n",
                 "3:12 type: questions are a list: begin each with '- id: …'");
  assert_errors (HEAD "  - {id: a, macth: b}\n  - {id: b, mtch: x, code: y, match: z}\n",
                 "4:13 unknown-key: unknown key 'macth': did you mean 'match'?\n"
                 "5:13 unknown-key: unknown key 'mtch': did you mean 'match'?\n"
                 "5:22 unknown-key: unknown key 'code': a question has id, section, asked, text, "
                 "match, words");
  assert_errors (HEAD "  - {id: a, match: x}\n  - {id: a, match: y}\n",
                 "5:10 duplicate-id: question 'a' is there twice: the first is in line 4");
  assert_errors (HEAD "  - {id: a, asked: [x, y, x], match: x}\n",
                 "4:27 duplicate-id: the question asks about 'x' already");
  assert_errors (HEAD "  - {id: a, match: 'what (changed'}\n  - {id: b, match: '{{who}}'}\n",
                 "4:34 regex: this pattern is not valid: missing closing parenthesis\n"
                 "5:21 unknown-fragment: unknown fragment 'who': add it under fragments");
  assert_errors (HEAD "  - {id: a, text: And then?}\n",
                 "4:5 missing-key: nothing says how question 'a' is known: give it 'match', "
                 "'words', or a 'text' of at least 4 words");
  assert_errors (HEAD "  - {id: a, match: {en: x, rus: y, russian: z}}\n",
                 "4:36 language: unknown language 'russian': a language is a code of two or three "
                 "letters, such as en, fr or ky");
  assert_errors (HEAD "  - {id: a, match: [{lang: en}]}\n",
                 "4:21 missing-key: an 'asked' needs 'match' or 'words': what to find");
}

static void
test_codes (void)
{
  g_autoptr (AttestGuide) guide = parse_guide (
      HEAD "  - {id: a, asked: [impcat, gender], match: x}\n  - {id: b, asked: xyzzy, match: y}\n");
  g_autoptr (AttestCodebook) codebook
      = parse ("id: dac\ncodes: [{id: impact, rules: x}, {id: gender, rules: y}]\n");
  g_autoptr (AttestCodebook) all
      = parse ("id: dac\ncodes: [{id: impcat, rules: x}, {id: gender, rules: y},"
               " {id: xyzzy, rules: z}]\n");
  g_autoptr (GArray) problems = attest_problems_new ();
  g_autoptr (GArray) none = attest_problems_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;

  g_assert_false (attest_guide_check_codes (guide, codebook, problems, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_CODEBOOK);
  g_assert_cmpstr (error->message, ==,
                   "g.yaml:4:21: codebook 'dac' has no code 'impcat': did you mean 'impact'?\n"
                   "    - {id: a, asked: [impcat, gender], match: x}\n"
                   "                      ^");
  found = list_problems (problems);
  g_assert_cmpstr (found, ==,
                   "4:21 unknown-code: codebook 'dac' has no code 'impcat': did you mean "
                   "'impact'?\n5:20 unknown-code: codebook 'dac' has no code 'xyzzy'");
  g_assert_true (attest_guide_check_codes (guide, all, none, NULL));
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_lint (void)
{
  g_autoptr (AttestGuide) guide
      = parse_guide ("attest: guide/1\nid: g\nlanguages: [en, fr]\nfragments: {who: x}\n"
                     "questions:\n"
                     "  - {id: a, match: {en: what changed, fr: changé}}\n"
                     "  - {id: b, match: {en: what changed, ru: a}}\n"
                     "  - {id: c, match: {fr: what changed}, words: also}\n");
  g_autoptr (GArray) problems = attest_problems_new ();
  g_autofree char *found = NULL;

  attest_guide_lint (guide, problems);
  found = list_problems (problems);
  g_assert_cmpstr (found, ==,
                   "4:13 unused-fragment: no pattern uses the fragment 'who'\n"
                   "7:5 missing-language: question 'b' cannot be known in 'fr': it has no pattern "
                   "in that language\n"
                   "7:25 equal-pattern: question 'a' has the same pattern (line 6): both claim "
                   "every turn that it finds\n"
                   "7:43 undeclared-language: 'ru' is not among the languages of the guide");
}

/* "TURN QUESTION 'FOUND'" for each turn that asks, then "TURN? QUESTION" for each answer. */
static void
assert_aligned (const char *yaml, const char *const *lines, const char *expected)
{
  g_autoptr (AttestGuide) guide = parse_guide (yaml);
  g_autoptr (AttestCoder) coder = attest_coder_new (guide->codebook, NULL);
  g_autoptr (AttestCoderWorker) worker = attest_coder_worker_new (coder);
  g_autoptr (AttestDocument) doc = make_document (lines);
  g_autoptr (AttestCoding) coding = attest_coder_code (worker, doc);
  g_autofree char *answers = describe (guide->codebook, doc, coding);
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < coding->questions->len; i++)
    {
      const AttestQuestion *question = &g_array_index (coding->questions, AttestQuestion, i);

      g_string_append_printf (found, "%u %s '%.*s'\n", question->turn,
                              question->code == ATTEST_NO_CODE
                                  ? "-"
                                  : attest_codebook_code (guide->codebook, question->code)->id,
                              (int)(question->end_byte - question->start_byte),
                              doc->text + question->start_byte);
    }
  g_string_append (found, answers);
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_align (void)
{
  static const char *const lines[] = { "I|en|Why was it needed  here, and what changed?",
                                       "R|en|It was needed. What changed, you ask.",
                                       "I|en|Mm-hm.",
                                       "R|en|And it rained.",
                                       "I|en|Did you like the weather?",
                                       "R|en|No.",
                                       "I|en|After the programme.",
                                       "R|en|More rain.",
                                       NULL };

  assert_aligned (full, lines,
                  "0 1.1 'Why was it needed  here'\n"
                  "0 Q2 'what changed'\n"
                  "4 - 'Did you like the weather?'\n"
                  "6 Q2 'After the programme'\n"
                  "1? 1.1\n1? Q2\n3? 1.1\n3? Q2\n7? Q2\n");
}

static void
test_align_languages (void)
{
  static const char *const lines[] = { "I|fr|À quoi cela répondait-il ?",
                                       "R|fr|Aux besoins.",
                                       "I|ru|Зачем он нужен? Что изменилось?",
                                       "R|ru|Многое.",
                                       "I|en|Зачем он нужен?",
                                       "R|en|In Russian, within English.",
                                       "I|-|Зачем он нужен?",
                                       "X|-|He asks why.",
                                       "R|-|So.",
                                       "I|en|Why was it needed\nhere?",
                                       "R|en|Because.",
                                       NULL };

  assert_aligned (full, lines,
                  "0 1.1 'À quoi cela répondait-il'\n"
                  "2 1.1 'Зачем он нужен'\n"
                  "2 Q2 'изменилось'\n"
                  "4 - 'Зачем он нужен?'\n"
                  "6 1.1 'Зачем он нужен'\n"
                  "9 1.1 'Why was it needed\nhere'\n"
                  "1? 1.1\n3? 1.1\n3? Q2\n7? 1.1\n8? 1.1\n10? 1.1\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/guide/full", test_full);
  g_test_add_func ("/guide/errors", test_errors);
  g_test_add_func ("/guide/codes", test_codes);
  g_test_add_func ("/guide/lint", test_lint);
  g_test_add_func ("/guide/align", test_align);
  g_test_add_func ("/guide/align/languages", test_align_languages);
  return g_test_run ();
}
