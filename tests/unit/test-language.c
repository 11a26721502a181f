#include "util/attest-language.h"

#include <string.h>

typedef struct
{
  const char *lang; /* NULL: not clear */
  const char *text;
} Case;

static void
assert_guesses (const Case *cases, gsize n)
{
  g_autoptr (AttestLanguageGuesser) guesser = attest_language_guesser_new ();

  for (gsize i = 0; i < n; i++)
    {
      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (attest_language_guess (guesser, cases[i].text, strlen (cases[i].text)), ==,
                       cases[i].lang);
    }
}

static void
test_short_sentences (void)
{
  static const Case cases[] = {
    { "en", "The training came at the right time for the women here." },
    { "en", "Well, we could not finish it because of the budget." },
    { "fr", "La formation est arrivée au bon moment pour les femmes." },
    { "fr", "On n'a pas été consultés, c'est dommage pour nous." },
    { "es", "La capacitación llegó muy tarde, pero fue útil." },
    { "es", "Nosotros no tenemos agua y la gente se va del pueblo." },
    { "ru", "Обучение прошло вовремя, и женщины были довольны." },
    { "ru", "Мы не знали, что проект скоро закончится." },
  };

  assert_guesses (cases, G_N_ELEMENTS (cases));
}

static void
test_others (void)
{
  static const Case cases[] = {
    { "uk", "Ми не знали, що проєкт незабаром закінчиться, але люди були задоволені." },
    { "ky", "Биз долбоор жакында бүтөөрүн билген эмеспиз, бирок элдер ыраазы болушту." },
    { "pt", "Nós não sabíamos que o projeto terminaria em breve, mas as pessoas ficaram "
            "contentes." },
    { "ar", "لم نكن نعلم أن المشروع سينتهي قريبا ولكن الناس كانوا راضين عنه" },
    { "de", "Wir wussten nicht, dass das Projekt bald zu Ende sein würde." },
  };

  assert_guesses (cases, G_N_ELEMENTS (cases));
}

static void
test_unclear (void)
{
  static const Case cases[] = {
    { NULL, "" },
    { NULL, "OK." },
    { NULL, "12:30 - 14:45 (2019) 1 000 000 €" },
    { NULL, "👍👍👍👍👍👍👍👍👍👍👍👍" },
    { NULL, "Ministry Министерство UNICEF ЮНИСЕФ" },
    { NULL, "我们不知道这个项目很快就要结束了但是人们很满意" },
  };

  assert_guesses (cases, G_N_ELEMENTS (cases));
}

/* A name in another script or language does not change the guess. */
static void
test_foreign_words (void)
{
  static const Case cases[] = {
    { "ru", "Мы были в UNICEF, и там Өмүрбек сказал, что проект очень хороший." },
    { "en", "And then the people from Министерство told us that they would come." },
  };

  assert_guesses (cases, G_N_ELEMENTS (cases));
}

/* The same letters in another writing: é as two code points, capitals, CRLF. */
static void
test_spellings (void)
{
  static const Case cases[] = {
    { "fr", "Nous avons e\xcc\x81te\xcc\x81 consulte\xcc\x81s tre\xcc\x80s tard." },
    { "ru", "МЫ НЕ ЗНАЛИ, ЧТО ПРОЕКТ СКОРО ЗАКОНЧИТСЯ." },
    { "en", "We did\r\nnot know\r\nthat the project\r\nwould end so soon." },
  };

  assert_guesses (cases, G_N_ELEMENTS (cases));
}

/* Only the beginning is read, and the text need not end in NUL nor at a code point of interest. */
static void
test_long_text (void)
{
  g_autoptr (AttestLanguageGuesser) guesser = attest_language_guesser_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 10000; i++)
    g_string_append (text, "Мы не знали, что проект скоро закончится. ");
  for (gsize length_bytes = 4000; length_bytes < 4200; length_bytes++)
    g_assert_cmpstr (attest_language_guess (guesser, text->str, length_bytes), ==, "ru");
  g_assert_cmpstr (attest_language_guess (guesser, text->str, text->len), ==, "ru");

  g_string_assign (text, "");
  for (guint i = 0; i < 200000; i++)
    g_string_append (text, "1 2 3 ");
  g_assert_null (attest_language_guess (guesser, text->str, text->len));
}

/* Between few languages, a word may be enough. */
static void
test_choose (void)
{
  static const struct
  {
    const char *chosen, *text;
    const char *candidates[4];
  } cases[] = {
    { "ru", "Да.", { "en", "ru" } },
    { "en", "In May?", { "en", "ru" } },
    { "en", "OK.", { "ru", "en" } },
    { NULL, "1990?", { "en", "ru" } },
    { NULL, "x", { "en", "ru" } },
    { NULL, "Hm.", { "en", "fr" } },
    { "es", "Y ahora sí.", { "en", "es" } },
    { "fr", "Et alors ?", { "es", "fr", "en" } },
    { "ky", "Өзү келет.", { "ru", "ky" } },
    { "ru", "А это есть?", { "ky", "ru" } },
    { NULL, "نعم", { "en", "ru" } },
    { NULL, "Рахмат", { "ky", "ru" } },
    /* Russian is not to be chosen from. */
    { NULL, "Это было", { "kk", "ky" } },
  };
  g_autoptr (AttestLanguageGuesser) guesser = attest_language_guesser_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (attest_language_choose (guesser, cases[i].text, strlen (cases[i].text),
                                               cases[i].candidates),
                       ==, cases[i].chosen);
    }
}

/* What is in another script than expected is told from a few words on. */
static void
test_other (void)
{
  g_autoptr (AttestLanguageGuesser) guesser = attest_language_guesser_new ();
  static const struct
  {
    const char *other, *expected, *text;
  } cases[] = {
    { "ru", "en", "Это было очень хорошо." },
    { NULL, "fr", "It was very good." },
    { "en", "fr",
      "It was very good for all of us here, and they said that they would come again." },
    { NULL, "ru", "Microsoft Excel" },
    { NULL, "en",
      "It was very good for all of us here, and they said that they would come again." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (attest_language_guess_other (guesser, cases[i].text, strlen (cases[i].text),
                                                    cases[i].expected),
                       ==, cases[i].other);
    }
}

static void
test_vote (void)
{
  static const struct
  {
    const char *voted, *text;
  } cases[] = { { "es", "Pero entonces, bien." },
                { "ru", "Это было." },
                { "en", "What did they?" },
                { NULL, "Pero bien." },
                { NULL, "" },
                { NULL, "And then, pero entonces." },
                /* In French, too. */
                { "fr", "Il y a dans les villages." } };
  g_autoptr (AttestLanguageGuesser) guesser = attest_language_guesser_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (attest_language_vote (guesser, cases[i].text, strlen (cases[i].text)), ==,
                       cases[i].voted);
    }
}

/* Languages are compared as pointers. */
static void
test_interned (void)
{
  static const char text[] = "The training came at the right time for the women who were there.";
  g_autoptr (AttestLanguageGuesser) guesser = attest_language_guesser_new ();

  g_assert_true (attest_language_guess (guesser, text, strlen (text)) == g_intern_string ("en"));
  g_assert_true (attest_language_vote (guesser, text, strlen (text)) == g_intern_string ("en"));
}

static void
test_name (void)
{
  static const char *const cases[][2]
      = { { "ru", "Russian" }, { "ky", "Kyrgyz" }, { "fr", "French" }, { "xqz", "xqz" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = attest_language_dup_name (cases[i][0]);

      g_assert_cmpstr (name, ==, cases[i][1]);
    }
}

static void
test_is_code (void)
{
  g_assert_true (attest_language_is_code ("en"));
  g_assert_true (attest_language_is_code ("kir"));
  g_assert_false (attest_language_is_code (""));
  g_assert_false (attest_language_is_code ("e"));
  g_assert_false (attest_language_is_code ("EN"));
  g_assert_false (attest_language_is_code ("en-GB"));
  g_assert_false (attest_language_is_code ("english"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/language/short-sentences", test_short_sentences);
  g_test_add_func ("/language/others", test_others);
  g_test_add_func ("/language/unclear", test_unclear);
  g_test_add_func ("/language/foreign-words", test_foreign_words);
  g_test_add_func ("/language/spellings", test_spellings);
  g_test_add_func ("/language/long-text", test_long_text);
  g_test_add_func ("/language/choose", test_choose);
  g_test_add_func ("/language/other", test_other);
  g_test_add_func ("/language/vote", test_vote);
  g_test_add_func ("/language/interned", test_interned);
  g_test_add_func ("/language/name", test_name);
  g_test_add_func ("/language/is-code", test_is_code);
  return g_test_run ();
}
