/* Sentences of a brief, and what they refer to. */
#include "report/attest-brief.h"

#include <string.h>

#include "report/attest-brief-check-private.h"
#include "util/attest-error.h"
#include "util/attest-limits.h"

static AttestBrief *
parse (const char *text)
{
  GError *error = NULL;
  AttestBrief *brief = attest_brief_parse ("b.md", text, strlen (text), &error);

  g_assert_no_error (error);
  return brief;
}

/* "S1 The text. [F1 Q7F3K2A]", a line each; # for headings, - in front of what is not traced. */
static char *
describe (const AttestBrief *brief)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < brief->sentences->len; i++)
    {
      const AttestBriefSentence *sentence = attest_brief_sentence (brief, i);

      g_string_append_printf (out, "%s%s%s", out->len > 0 ? "\n" : "",
                              sentence->is_traced ? "" : "-",
                              sentence->type == ATTEST_SENTENCE_HEADING     ? "# "
                              : sentence->type == ATTEST_SENTENCE_ROW       ? "| "
                              : sentence->type == ATTEST_SENTENCE_QUOTATION ? "> "
                                                                            : "");
      g_string_append (out, sentence->text);
      for (guint k = 0; k < brief->marks->len; k++)
        {
          g_autofree char *id = attest_mark_dup_id (attest_brief_mark (brief, k));

          if (attest_brief_mark (brief, k)->sentence == i)
            g_string_append_printf (out, " [%s]", id != NULL ? id : "-");
        }
    }
  return g_string_free (out, FALSE);
}

static void
test_sentences (void)
{
  static const struct
  {
    const char *text, *expected;
  } cases[] = {
    { "It works {F1}. They said so. {q7f3k2a}\nIt will last {C1, r2}.",
      "It works. [F1]\nThey said so. [Q7F3K2A]\nIt will last. [C1] [R2]" },
    { "{F1} It comes first here. It comes second.", "It comes first here. [F1]\nIt comes second." },
    { "First.{F1}{Q7F3K2A}\n\nSecond. {J} {B}",
      "First. [F1] [Q7F3K2A]\nSecond. [judgement] [boilerplate]" },
    { "# Impact {rating:impact}\n\nA change. {F1}\n\nTitle\n=====\n\nText.",
      "# Impact [rating:impact]\nA change. [F1]\n# Title\nText." },
    { "## Purpose {untraced}\n\nTo see it all.\n\n### Part\n\nOf the same.\n\n## Next\n\nAgain.",
      "-# Purpose [-]\n-To see it all.\n-# Part\n-Of the same.\n# Next\nAgain." },
    /* A quotation of several sentences is part of one. */
    { "She said: “It came. It went. It will come.” {Q7F3K2A} Then she left the room.",
      "She said: “It came. It went. It will come.” [Q7F3K2A]\nThen she left the room." },
    { "An “open quotation. It never ends.", "An “open quotation.\nIt never ends." },
    { "> Much has changed. It is good. {QW1KAAV}", "> Much has changed. It is good. [QW1KAAV]" },
    { "- One thing. {F1}\n- Another\n  thing. {F2}\n\n1. A third. {F3}",
      "One thing. [F1]\nAnother thing. [F2]\nA third. [F3]" },
    { "| a | b |\n|---|---|\n| x {F1} | y |\n", "# a   b\n| x   y [F1]" },
    { "A *word* of __weight__, a [link](http://x.org/a_b), snake_case, \\{F1\\} and \\*.",
      "A word of weight, a link, snake_case, {F1} and *." },
    { "Left out […] of it {Q7F3K2A}.", "Left out […] of it. [Q7F3K2A]" },
    { "Люди говорят об этом {F1}. Ещё é́ 😀 и сказано. {F2} هذا جيد. {F3}",
      "Люди говорят об этом. [F1]\nЕщё é́ 😀 и сказано. [F2]\nهذا جيد. [F3]" },
    /* As it is rendered. */
    { "It works[^F1][^Q7F3K2A]. It is so.[^judgement]\n\n[^F1]: Finding. A sentence.\n",
      "It works. [F1] [Q7F3K2A]\nIt is so. [judgement]" },
    { "{todo: a text}\n\nText {todo: more}.", "Text. [-]" },
    { "```\ncode. code.\n```\n\n<b>\nno\n</b>\n\n---\n", "" },
    { "---\nattest: brief/1\nlang: fr\nuntraced: 1\n---\n# A\n\nOne.\n", "-# A\n-One." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AttestBrief) brief = parse (cases[i].text);
      g_autofree char *text = describe (brief);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

/* Where sentences and marks stand in the file. */
static void
test_places (void)
{
  const char *text = "---\nlang: ru\n---\n\n> Это\n> *так* {F1}. И 😀 ещё раз так. {Q7F3K2A}\n";
  g_autoptr (AttestBrief) brief = parse (text);
  const AttestBriefSentence *sentence = attest_brief_sentence (brief, 0);
  const AttestMark *mark = attest_brief_mark (brief, 1);
  guint line, column;

  g_assert_cmpstr (brief->lang, ==, "ru");
  g_assert_true (g_str_has_prefix (text + sentence->start_byte, "Это"));
  attest_brief_get_place (brief, sentence->start_byte, &line, &column);
  g_assert_cmpuint (line, ==, 5);
  g_assert_cmpuint (column, ==, 3);
  g_assert_true (g_str_has_prefix (text + mark->start_byte, "Q7F3K2A}"));
  attest_brief_get_place (brief, mark->start_byte, &line, &column);
  g_assert_cmpuint (line, ==, 6);
  g_assert_cmpuint (column, ==, 33);
  g_assert_true (attest_brief_find_sentence (brief, "S1") == sentence);
  g_assert_true (attest_brief_find_sentence (brief, "6") == sentence);
  g_assert_true (attest_brief_find_sentence (brief, "6:1") == sentence);
  g_assert_null (attest_brief_find_sentence (brief, "6:99"));
  g_assert_null (attest_brief_find_sentence (brief, "S1:1"));
  g_assert_null (attest_brief_find_sentence (brief, ""));
  g_assert_null (attest_brief_find_sentence (brief, "4"));
  g_assert_null (attest_brief_find_sentence (brief, "S2"));
  g_assert_null (attest_brief_find_sentence (brief, "x"));
}

static void
test_bad_head (void)
{
  static const struct
  {
    const char *text, *message;
  } cases[] = {
    { "---\nlang: french\n---\n", "b.md:2:1: 'lang' is a code of two letters" },
    { "---\nattest: brief/9\n---\n", "b.md:2:1: the format of this brief is not known" },
    { "---\nattest: brief/1\nwords\n---\n", "b.md:3:1: a line of the head is 'key: value'" },
    { "---\nlang: fr\n", "b.md:1:1: the head does not end" },
    { "---\ncolour: red\n---\n", "b.md:2:1: the head of a brief knows only" },
    { "---\nuntraced: x\n---\n", "b.md:2:1: 'untraced' lists numbers" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (attest_brief_parse ("b.md", cases[i].text, strlen (cases[i].text), &error));
      g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_INPUT);
      g_assert_true (g_str_has_prefix (error->message, cases[i].message));
    }
}

/* Nothing takes time in the square of its length, and nothing goes wrong. */
static void
test_hostile (void)
{
  static const char *const parts[] = { "[",  "{",  "[^", "{F1} ", "“a. ",    "*a_ ", "> ", "| a ",
                                       "- ", "![", "\\", "`",     "{todo: ", "a. ",  "# ", "<a " };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (AttestBrief) brief = NULL;

      while (text->len + strlen (parts[i]) < ATTEST_MAX_BRIEF_BYTES / 8)
        g_string_append (text, parts[i]);
      brief = parse (text->str);
      for (guint k = 0; k < brief->sentences->len; k++)
        {
          const AttestBriefSentence *sentence = attest_brief_sentence (brief, k);

          g_assert_cmpuint (sentence->start_byte, <=, sentence->end_byte);
          g_assert_cmpuint (sentence->end_byte, <=, brief->length_bytes);
        }
    }
}

static void
test_too_long (void)
{
  g_autofree char *text = g_strnfill (ATTEST_MAX_BRIEF_BYTES + 1, 'a');
  g_autoptr (GError) error = NULL;

  g_assert_null (attest_brief_parse ("b.md", text, ATTEST_MAX_BRIEF_BYTES + 1, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_LIMIT);
}

static void
test_verbatim (void)
{
  const char *said = "The offices changed how they work, it’s so.  Nobody came\nfrom the north!";

  g_assert_true (attest_brief_is_verbatim (said, said));
  g_assert_true (attest_brief_is_verbatim ("changed how they work, it's so.", said));
  g_assert_true (attest_brief_is_verbatim ("The offices […] came from the north.", said));
  g_assert_true (attest_brief_is_verbatim ("The offices ... from the north", said));
  g_assert_true (attest_brief_is_verbatim ("[t]he … offices", "the offices"));
  g_assert_true (attest_brief_is_verbatim ("[Those of the ministry] changed", said));
  g_assert_true (attest_brief_is_verbatim ("e\xcc\x81t\xc3\xa9", "\xc3\xa9te\xcc\x81"));
  g_assert_false (attest_brief_is_verbatim ("The office changed", said));
  g_assert_false (attest_brief_is_verbatim ("Nobody came […] The offices", said));
  g_assert_false (attest_brief_is_verbatim ("the offices changed", said));
}

/* What is escaped says itself, and is no mark. */
static void
test_escaped (void)
{
  static const char *const texts[] = { "a *b* _c_ {F1} [x](y) <b> `d` | e \\ & ~~f~~",
                                       "# x",
                                       "1. x",
                                       "- x",
                                       "> x",
                                       "2022) x",
                                       "+ x",
                                       "=== x" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *escaped = attest_brief_dup_escaped (texts[i]);
      g_autoptr (AttestBrief) brief = parse (escaped);

      g_assert_cmpuint (brief->marks->len, ==, 0);
      g_assert_cmpuint (brief->sentences->len, ==, 1);
      g_assert_cmpstr (attest_brief_sentence (brief, 0)->text, ==, texts[i]);
      g_assert_cmpint (attest_brief_sentence (brief, 0)->type, ==, ATTEST_SENTENCE_PLAIN);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/brief/sentences", test_sentences);
  g_test_add_func ("/brief/places", test_places);
  g_test_add_func ("/brief/bad-head", test_bad_head);
  g_test_add_func ("/brief/hostile", test_hostile);
  g_test_add_func ("/brief/too-long", test_too_long);
  g_test_add_func ("/brief/verbatim", test_verbatim);
  g_test_add_func ("/brief/escaped", test_escaped);
  return g_test_run ();
}
