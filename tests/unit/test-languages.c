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

  assert_languages (doc, "en ru en en ru en");
}

/* Every other turn is a word or two: script, words, and who always speaks what decide. */
static void
test_short_turns (void)
{
  g_autoptr (AttestDocument) doc = read_text (
      "Interviewer: Could you tell me what you received from the project last year, and when?\n\n"
      "Interpreter: Расскажите, пожалуйста, что вы получили от проекта в прошлом году, и когда?\n\n"
      "Respondent: Нам дали семена и удобрения, но привезли их уже после посева, в мае.\n\n"
      "Interpreter: They were given seed and fertiliser, but it came after the sowing, in May.\n\n"
      "Interviewer: In May?\n\n"
      "Interpreter: В мае?\n\n"
      "Respondent: Да.\n\n"
      "Interpreter: Yes.\n\n"
      "Interviewer: OK.\n\n"
      "Respondent: Рахмат.\n",
      NULL);

  assert_languages (doc, "en ru ru en en ru ru en en ru");
}

/* Two languages of one script: the respondent always speaks Spanish, the interviewer French, and
 * what the interpreter says in between is in the other one. */
static void
test_same_script (void)
{
  g_autoptr (AttestDocument) doc = read_text (
      "Interviewer: Pouvez-vous me dire ce que le projet a changé dans votre village cette année "
      "?\n\n"
      "Interpreter: ¿Puede decirme qué ha cambiado el proyecto en su pueblo durante este año?\n\n"
      "Respondent: Pues mucho. Antes las mujeres no salían de casa y ahora tenemos una "
      "quesería.\n\n"
      "Interpreter: Beaucoup. Avant, les femmes ne sortaient pas de la maison, elles ont une "
      "fromagerie.\n\n"
      "Interviewer: Une fromagerie ?\n\n"
      "Respondent: Claro.\n\n"
      "Interpreter: Oui.\n\n"
      "Interviewer: Bon.\n\n"
      "Interpreter: Bueno.\n\n"
      "Respondent: Nosotras solas.\n\n"
      "Interpreter: Seules.\n",
      NULL);

  assert_languages (doc, "fr es es fr fr es fr fr es es fr");
}

/* No turn is long enough to tell by itself: several with words of a language and of no other tell
 * that it is spoken. */
static void
test_only_short_turns (void)
{
  g_autoptr (AttestDocument) doc = read_text ("Interviewer: And what did they give you?\n\n"
                                              "Respondent: Nada, pero entonces hay agua.\n\n"
                                              "Interviewer: And when was that?\n\n"
                                              "Respondent: Hasta ahora, muy poco.\n\n"
                                              "Interviewer: Mm-hm.\n\n"
                                              "Respondent: Cuando hay muchos años secos, nada.\n\n"
                                              "Interviewer: And what do you think about it?\n\n"
                                              "Respondent: Nada.\n\n"
                                              "Interviewer: And who decided that?\n\n"
                                              "Respondent: La junta.\n",
                                              NULL);

  assert_languages (doc, "en es en es en es en es en es");
}

/* Sayings in another language, twice, do not make an interview one in two languages. */
static void
test_sayings (void)
{
  g_autoptr (AttestDocument) doc = read_text (
      "Interviewer: And how did you find the people of the village when you came there?\n\n"
      "Respondent: Very warm, as they have always been to all of those who come to them.\n\n"
      "Respondent: Pero entonces, muy bien.\n\n"
      "Interviewer: And did that last when the project came to its end last summer?\n\n"
      "Respondent: Ahora hay muy poco.\n\n"
      "Respondent: That is what they say there when they would rather not say anything.\n",
      NULL);

  assert_languages (doc, "en en en en en en");
}

/* What its letters exclude is no turn's language, whatever its neighbours speak. */
static void
test_excluded (void)
{
  g_autoptr (AttestDocument) doc = read_text (
      "Interviewer: Pouvez-vous me dire ce que le projet a changé dans votre village cette année "
      "?\n\n"
      "Respondent: Раньше мы ничего не знали о своих правах, а теперь женщины сами приходят к "
      "нам.\n\n"
      "Respondent: Il y a aussi les hommes, mais ils ne viennent pas souvent nous voir ici, vous "
      "savez.\n\n"
      "Respondent: Hm.\n\n"
      "Respondent: А теперь они говорят, что им это не нужно, потому что денег за это не дают.\n\n"
      "Respondent: Их много, но они молчат, когда их об этом спрашивают на собрании села.\n\n"
      "Respondent: Bon.\n",
      NULL);

  assert_languages (doc, "fr ru fr fr ru ru fr");
}

/* A Russian-speaking interviewer, and a respondent who answers in Kyrgyz: of one script, and only
 * one of them is a language that words vote for. */
static void
test_kyrgyz (void)
{
  g_autoptr (AttestDocument) doc = read_text (
      "Interviewer: Расскажите, пожалуйста, что проект сделал для вас за эти два года?\n\n"
      "Respondent: Биз айылда жашайбыз, бизге суу келген жок, ошондуктан долбоорго кайрылдык.\n\n"
      "Interviewer: А вода сейчас есть?\n\n"
      "Respondent: Ооба, бар.\n\n"
      "Interviewer: Понятно.\n\n"
      "Respondent: Өзүбүз карайбыз.\n\n"
      "Interviewer: А кто теперь следит за каналом, когда проект закончился?\n\n"
      "Respondent: Рахмат.\n",
      NULL);

  assert_languages (doc, "ru ky ru ky ru ky ru ky");
}

/* Somebody who changes languages: what cannot be told is as its neighbours are, where they agree.
 */
static void
test_neighbours (void)
{
  g_autoptr (AttestDocument) doc = read_text (
      "Interviewer: What did the ministry do with the plan after it was adopted by the council?\n\n"
      "Respondent: We printed it, and then we sent it to all of the districts, with a letter.\n\n"
      "Respondent: Hm.\n\n"
      "Respondent: They read it, and some of them have answered that they have no money for it.\n\n"
      "Interviewer: On peut continuer en français, si vous préférez, ce sera plus facile pour "
      "vous.\n\n"
      "Respondent: Merci, oui. Alors nous avons tout de suite formé les agents dans les "
      "districts.\n\n"
      "Respondent: Hm.\n\n"
      "Interviewer: Hm.\n\n"
      "Respondent: Et nous avons trouvé un peu d'argent chez les bailleurs pour la suite du "
      "travail.\n",
      NULL);

  assert_languages (doc, "en en en en fr fr fr fr fr");
}

/* A phrase in another language, quoted in a turn, is a part of the turn, also where the other
 * language is spoken in the interview. */
static void
test_quoted_phrase (void)
{
  g_autoptr (AttestDocument) doc = read_text (
      "Interviewer: What did the head of the village say when the school was opened last "
      "autumn?\n\n"
      "Respondent: He stood up and said \"мы ждали этого десять лет\", and everybody in the hall "
      "was "
      "crying, and my mother was crying, too.\n\n"
      "Respondent: Сейчас скажу по-русски, потому что так точнее: мы им очень благодарны.\n\n"
      "Respondent: And what she said to them was only \"спасибо\", nothing else.\n\n"
      "Interviewer: \"Спасибо\"?\n\n"
      "Respondent: And the old man said \"poco a poco\", he was in Spain once, for the work "
      "there.\n",
      NULL);

  /* A turn that is nothing but the phrase is in its language. */
  assert_languages (doc, "en en ru en ru en");
}

/* One name or title in Latin letters does not make a Russian interview a mixed one. */
static void
test_names_in_another_script (void)
{
  g_autoptr (AttestDocument) doc
      = read_text ("I: Какими программами вы пользовались, когда составляли план работы на год?\n\n"
                   "R: Excel, PowerPoint.\n\n"
                   "I: А кто вам помогал, когда что-то не получалось или не хватало данных?\n\n"
                   "R: OK.\n\n"
                   "R: Нам помогали коллеги из министерства, они очень хорошо знают эти таблицы.\n",
                   NULL);

  assert_languages (doc, "ru ru ru ru ru");
}

/* Turns without a speaker, in two languages and none that most are in. */
static void
test_without_speakers (void)
{
  g_autoptr (AttestDocument) doc = read_text ("We never had a meeting with the people who made "
                                              "this plan, and nobody asked us for a word.\n\n"
                                              "Мы никогда не встречались с теми, кто составил этот "
                                              "план, и нас никто ни о чём не спросил.\n",
                                              NULL);

  for (guint i = 0; i < doc->turns->len; i++)
    g_assert_nonnull (attest_document_turn (doc, i)->lang);
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
  g_test_add_func ("/languages/short-turns", test_short_turns);
  g_test_add_func ("/languages/same-script", test_same_script);
  g_test_add_func ("/languages/only-short-turns", test_only_short_turns);
  g_test_add_func ("/languages/sayings", test_sayings);
  g_test_add_func ("/languages/excluded", test_excluded);
  g_test_add_func ("/languages/kyrgyz", test_kyrgyz);
  g_test_add_func ("/languages/neighbours", test_neighbours);
  g_test_add_func ("/languages/quoted-phrase", test_quoted_phrase);
  g_test_add_func ("/languages/other-script", test_names_in_another_script);
  g_test_add_func ("/languages/without-speakers", test_without_speakers);
  g_test_add_func ("/languages/names", test_names_are_no_language);
  g_test_add_func ("/languages/given", test_given);
  g_test_add_func ("/languages/too-short", test_too_short);
  return g_test_run ();
}
