/* The language of each turn of an interview. */
#include "reader/attest-languages.h"
#include "reader/attest-reader.h"

#include <string.h>

static AttestDocument *
read_text (const char *text, const char *lang)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (AttestLanguageGuesser) guesser = attest_language_guesser_new ();
  g_autoptr (GError) error = NULL;
  AttestDocument *doc = attest_reader_read_bytes ("interview.txt", bytes, NULL, &error);

  g_assert_no_error (error);
  attest_languages_assign (doc, guesser, lang);
  return doc;
}

static void
assert_languages (const AttestDocument *doc, const char *expected)
{
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < doc->turns->len; i++)
    {
      const char *lang = attest_document_turn (doc, i)->lang;

      g_string_append_printf (found, "%s%s", i > 0 ? " " : "", lang != NULL ? lang : "-");
    }
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_one_language (void)
{
  g_autoptr (AttestDocument) doc
      = read_text ("I: How did the training change the way you work?\n\n"
                   "R: Well, before that we had no forms at all, and people had to come back three "
                   "times because nobody knew what to ask them.\n\n"
                   "I: Mm-hm.\n\n"
                   "R: OK.\n",
                   NULL);

  assert_languages (doc, "en en en en");
}

static void
test_interpreter (void)
{
  g_autoptr (AttestDocument) doc = read_text (
      "I: What has changed for the women of the village since the project came?\n\n"
      "R: Раньше мы ничего не знали о своих правах, а теперь женщины сами приходят и спрашивают, "
      "что им положено.\n\n"
      "Interpreter: She says that they knew nothing about their rights, and that now women come "
      "and ask what they are entitled to.\n\n"
      "I: And the men, what do they think about that?\n\n"
      "R: Да.\n\n"
      "Interpreter: Yes, she says that they were against it in the beginning, but not any more, "
      "because there is money in it.\n",
      NULL);

  /* A short turn has the language of most of the interview. */
  assert_languages (doc, "en ru en en en en");
}

static void
test_names_are_no_language (void)
{
  g_autoptr (AttestDocument) doc = read_text (
      "I: Which districts were you in, and which of these have you been to since then?\n\n"
      "R: Jalal-Abad, Kadamjay, Batken, Nookat, Aksy, Ala-Buka, Toktogul, Suzak, Bazar-Korgon, "
      "Uzgen, Kara-Suu, Aravan, Leylek.\n\n"
      "R: And we have been to all of them with the ministry, which was very good for the people "
      "there.\n",
      NULL);

  g_assert_cmpstr (attest_document_turn (doc, 0)->lang, ==, "en");
  g_assert_cmpstr (attest_document_turn (doc, 2)->lang, ==, "en");
  g_assert_cmpstr (attest_document_turn (doc, 1)->lang, !=, "fr");
  g_assert_cmpstr (attest_document_turn (doc, 1)->lang, !=, "es");
}

static void
test_given (void)
{
  g_autoptr (AttestDocument) doc
      = read_text ("I: Что изменилось?\n\nR: The forms, above all the forms.\n", "ky");

  assert_languages (doc, "ky ky");
}

static void
test_too_short (void)
{
  g_autoptr (AttestDocument) doc = read_text ("I: Hm?\n\nR: 12.\n", NULL);

  assert_languages (doc, "- -");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/languages/one", test_one_language);
  g_test_add_func ("/languages/interpreter", test_interpreter);
  g_test_add_func ("/languages/names", test_names_are_no_language);
  g_test_add_func ("/languages/given", test_given);
  g_test_add_func ("/languages/too-short", test_too_short);
  return g_test_run ();
}
