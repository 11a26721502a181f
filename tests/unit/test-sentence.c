#include "util/attest-limits.h"
#include "util/attest-sentence.h"

#include <string.h>

/* The span is the first occurrence of @hit in @text. */
typedef struct
{
  const char *lang;
  const char *text;
  const char *hit;
  const char *sentence;
} Case;

static char *
widen (AttestSentenceFinder *finder, const Case *test)
{
  const char *hit = strstr (test->text, test->hit);
  gsize start_byte = (gsize)(hit - test->text);
  gsize end_byte = start_byte + strlen (test->hit);
  gsize start;
  gsize end;

  attest_sentence_finder_set_text (finder, test->text, strlen (test->text), test->lang);
  attest_sentence_finder_widen (finder, start_byte, end_byte, &start, &end);
  g_assert_cmpuint (start, <=, start_byte);
  g_assert_cmpuint (end, >=, end_byte);
  g_assert_cmpuint (end, <=, strlen (test->text));
  return g_strndup (test->text + start, end - start);
}

static void
assert_cases (const Case *cases, gsize n)
{
  g_autoptr (AttestSentenceFinder) finder = attest_sentence_finder_new ();

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *sentence = widen (finder, &cases[i]);
      g_assert_cmpstr (sentence, ==, cases[i].sentence);
    }
}

#define ASSERT_CASES(cases) assert_cases (cases, G_N_ELEMENTS (cases))

static void
test_plain (void)
{
  static const Case cases[] = {
    { "en", "We came late. It was very good. They left early.", "good", "It was very good." },
    { "en", "  It was very good.  ", "good", "It was very good." },
    { "en", "We came late. It was good. They left.", "late. It", "We came late. It was good." },
    { "en", "It was good here\n\nWe left it all", "good", "It was good here" },
    { "en", "It was good here\n\nWe left it all", "here\n\nWe",
      "It was good here\n\nWe left it all" },
    { "en", "We used 3.5 workshops then. We left it.", "workshops", "We used 3.5 workshops then." },
    { "en", "They said no. 5 came to us. We left it.", "5 came", "They said no. 5 came to us." },
    { "en", "We saw approx. 30 of them. We left it.", "30", "We saw approx. 30 of them." },
    { "ru", "Мы пришли поздно. Было очень хорошо. Мы уехали домой.", "хорошо",
      "Было очень хорошо." },
    { "fr", "Le cafe\xcc\x81 est bon. Pourquoi pas plus\xc2\xa0? On ne sait pas.", "pas plus",
      "Pourquoi pas plus\xc2\xa0?" },
    { "es", "No fue así. ¿Por qué no vinieron? Nadie lo sabe.", "vinieron",
      "¿Por qué no vinieron?" },
    { "ar", "كان المشروع جيدا. هل تعلم ذلك حقا؟ نحن لا نعلم.", "تعلم", "هل تعلم ذلك حقا؟" },
    { "en", "That was great 👍🏽. We liked it a lot. They left.", "👍",
      "That was great 👍🏽." },
  };

  ASSERT_CASES (cases);
}

static void
test_ellipses (void)
{
  static const Case cases[] = {
    { "en", "It all left... so it stopped. We went on.", "stopped",
      "It all left... so it stopped." },
    { "en", "Well, um... I think it was good. We left it.", "good",
      "Well, um... I think it was good." },
    { "en", "I mean... I think we... We did it. They left it.", "did",
      "I mean... I think we... We did it." },
    { "en", "We never had any water… I’ve seen that. They left it.", "water",
      "We never had any water… I’ve seen that." },
    { "en", "They never gave us any water... The project ended soon.", "water",
      "They never gave us any water..." },
  };

  ASSERT_CASES (cases);
}

static void
test_abbreviations (void)
{
  static const Case cases[] = {
    { "en", "But Mr. Smith and Dr. Jones came. We left it.", "came",
      "But Mr. Smith and Dr. Jones came." },
    { "en", "We met in the U.S. Government building. They left it.", "met",
      "We met in the U.S. Government building." },
    { "en", "They came from the U.S. They left us soon.", "came", "They came from the U.S." },
    { "en", "It was signed by A. B. Smith today. We left it.", "signed",
      "It was signed by A. B. Smith today." },
    { "en", "My sister and I. Then the others came.", "sister", "My sister and I." },
    { "en", "All of us said no. We did not go there.", "said", "All of us said no." },
    { "en", "We are all OK. Let us start now.", "start", "Let us start now." },
    { "en", "They gave seeds, tools, etc. We left it there.", "seeds",
      "They gave seeds, tools, etc." },
    { "en", "They gave seeds, etc. to us all. We left it there.", "seeds",
      "They gave seeds, etc. to us all." },
    { "fr", "On a vu Mme. Diallo et M. Ba hier. On est parti.", "hier",
      "On a vu Mme. Diallo et M. Ba hier." },
    { "fr", "Il y a des outils, p. ex. Des pelles et autres. On part.", "outils",
      "Il y a des outils, p. ex. Des pelles et autres." },
    { "es", "Los de EE. UU. vinieron con la Sra. López ayer. No fue así.", "ayer",
      "Los de EE. UU. vinieron con la Sra. López ayer." },
    { "es", "Nos vino de EE. UU. El proyecto fue bueno.", "bueno", "El proyecto fue bueno." },
    { "ru", "Мы живём в г. Бишкек давно. Потом уехали они.", "давно",
      "Мы живём в г. Бишкек давно." },
    { "ru", "Мы начали в 2019 г. Проект закрыли потом быстро.", "начали", "Мы начали в 2019 г." },
    { "ru", "Дали семена, воду и т.д. Мы всё получили.", "семена", "Дали семена, воду и т.д." },
    { "ru", "Это школа им. Ленина в селе. Мы там учились.", "школа",
      "Это школа им. Ленина в селе." },
    { "ru", "Мы часто помогали им. Потом они уехали.", "помогали", "Мы часто помогали им." },
    { "ru", "Приехал А. Б. Иванов из центра. Мы его ждали.", "центра",
      "Приехал А. Б. Иванов из центра." },
    /* Without a language all lists hold. */
    { NULL, "Мы живём в г. Бишкек давно. Потом уехали они.", "давно",
      "Мы живём в г. Бишкек давно." },
    { NULL, "But Mr. Smith and Mme. Ba came. We left it.", "came",
      "But Mr. Smith and Mme. Ba came." },
  };

  ASSERT_CASES (cases);
}

static void
test_marks (void)
{
  static const char text[] = "They all said yes.(laughs) Then we went.[crosstalk] OK so we did.";
  static const Case cases[] = {
    { "en", text, "said", "They all said yes." },
    { "en", text, "Then", "Then we went." },
    { "en", text, "did", "OK so we did." },
    { "en", "[laughs] We all went there. They left it.", "all", "We all went there." },
    { "en", "We all went there. [laughs] [coughs] They left it.", "left", "They left it." },
    /* Inside a sentence a mark does not end it. */
    { "en", "We went to [inaudible] with (all of) them. They left it.", "went",
      "We went to [inaudible] with (all of) them." },
  };

  ASSERT_CASES (cases);
}

static void
test_glue (void)
{
  static const char text[] = "it was good.so we did more.And then they left it.";
  static const Case cases[] = {
    { "en", text, "good", "it was good.so we did more." },
    { "en", text, "then", "And then they left it." },
    { "en", "She has a Ph.D. in water law. They left it.", "has", "She has a Ph.D. in water law." },
    { "en", "They came from the U.S.A. office then. They left it.", "came",
      "They came from the U.S.A. office then." },
  };

  ASSERT_CASES (cases);
}

static void
test_quotes (void)
{
  static const Case cases[] = {
    { "en", "\"It was good.\" she said to us. They left it.", "good",
      "\"It was good.\" she said to us." },
    { "en", "\"Really?\" he asked all of us. They left it.", "asked",
      "\"Really?\" he asked all of us." },
    { "en", "We did not know it. \"It was very good.\" They left us.", "good",
      "\"It was very good.\"" },
    { "fr", "Il disait : « Tout est bien. » Alors on est parti.", "bien",
      "Il disait : « Tout est bien. »" },
    { "fr", "Il disait : « Tout est bien. » Alors on est parti.", "parti", "Alors on est parti." },
    { "ru", "- Да, так и было. - Почему же так вышло?", "Почему", "- Почему же так вышло?" },
    { "ru", "- Да, так и было. - Почему же так вышло?", "было", "- Да, так и было." },
  };

  ASSERT_CASES (cases);
}

static void
test_short_pieces (void)
{
  static const Case cases[] = {
    { "en", "Yes! No? OK", "No", "Yes! No? OK" },
    { "en", "Yes! We did all of it. They left it.", "Yes", "Yes! We did all of it." },
    { "en", "We did all of it. Yes.", "Yes", "We did all of it. Yes." },
    { "en", "Yes! We did all of it. They left it.", "did", "We did all of it." },
    { "en", "Did they come?\n\nYes.\n\nWe saw them all.", "Yes", "Yes." },
  };

  ASSERT_CASES (cases);
}

/* Recogniser text without punctuation: whole words around the hit, and in no more time than in a
 * short text. */
static void
test_long_sentence (void)
{
  g_autoptr (AttestSentenceFinder) finder = attest_sentence_finder_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  gsize start;
  gsize end;

  for (guint i = 0; i < 2000000; i++)
    g_string_append (text, "жизнь good ");
  attest_sentence_finder_set_text (finder, text->str, text->len, "ru");

  gint64 before_us = g_get_monotonic_time ();
  for (guint i = 0; i < 1000; i++)
    {
      gsize hit = 16 * (i + 100000) + 11; /* "good" */

      attest_sentence_finder_widen (finder, hit, hit + 4, &start, &end);
      g_assert_cmpuint (end - start, <=, ATTEST_MAX_SENTENCE_BYTES);
      g_assert_cmpuint (end - start, >, ATTEST_MAX_SENTENCE_BYTES - 40);
      g_assert_true (start <= hit && end >= hit + 4);
      g_assert_cmpint (text->str[start - 1], ==, ' ');
      g_assert_cmpint (text->str[end], ==, ' ');
      g_assert_true (g_utf8_validate (text->str + start, (gssize)(end - start), NULL));
    }
  double each_us = (double)(g_get_monotonic_time () - before_us) / 1000;
  g_test_message ("%.0f us each", each_us);
  g_assert_cmpfloat (each_us, <, 20000);

  attest_sentence_finder_widen (finder, 16, 16000, &start, &end);
  g_assert_cmpuint (start, ==, 16);
  g_assert_cmpuint (end, ==, 16000);
}

/* What is found does not depend on how much of a long turn stands before it. */
/* Every character of one whole sentence widens to it. */
static void
check_same_inside (AttestSentenceFinder *finder, const char *text, gsize start, gsize end)
{
  for (const char *p = text + start; p < text + end; p = g_utf8_next_char (p))
    {
      gsize place = (gsize)(p - text);
      gsize same_start;
      gsize same_end;

      g_assert_true (attest_sentence_finder_widen (
          finder, place, place + (gsize)(g_utf8_next_char (p) - p), &same_start, &same_end));
      g_assert_cmpuint (same_start, ==, start);
      g_assert_cmpuint (same_end, ==, end);
    }
}

static void
test_same_everywhere (void)
{
  static const char unit[]
      = "Well, um... I think that Mr. Smith of the U.S. Office came.(laughs) No! Yes, we got "
        "water, "
        "seeds, etc. for all of us. And then he said: \"Really?\" and left.So we stayed at home. ";
  const gsize unit_bytes = sizeof unit - 1;
  g_autoptr (AttestSentenceFinder) finder = attest_sentence_finder_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 60; i++)
    g_string_append (text, unit);
  attest_sentence_finder_set_text (finder, text->str, text->len, "en");
  guint whole = 0;
  for (gsize byte = 0; byte < unit_bytes; byte++)
    {
      gsize expected_start;
      gsize expected_end;

      if (attest_sentence_finder_widen (finder, 5 * unit_bytes + byte, 5 * unit_bytes + byte + 1,
                                        &expected_start, &expected_end))
        {
          check_same_inside (finder, text->str, expected_start, expected_end);
          whole++;
        }
      g_assert_cmpuint (expected_end - expected_start, <, unit_bytes);
      for (gsize i = 6; i < 55; i += 7)
        {
          gsize place = i * unit_bytes + byte;
          gsize start;
          gsize end;

          attest_sentence_finder_widen (finder, place, place + 1, &start, &end);
          g_assert_cmpuint (start, ==, expected_start + (i - 5) * unit_bytes);
          g_assert_cmpuint (end, ==, expected_end + (i - 5) * unit_bytes);
        }
    }
  g_assert_cmpuint (whole, >, unit_bytes / 2);
}

static void
test_edges (void)
{
  g_autoptr (AttestSentenceFinder) finder = attest_sentence_finder_new ();
  gsize start = 9;
  gsize end = 9;

  attest_sentence_finder_set_text (finder, "", 0, NULL);
  attest_sentence_finder_widen (finder, 0, 0, &start, &end);
  g_assert_cmpuint (start, ==, 0);
  g_assert_cmpuint (end, ==, 0);

  /* The end of the text is no part of it. */
  attest_sentence_finder_set_text (finder, "It was good. XX", 12, NULL);
  attest_sentence_finder_widen (finder, 0, 2, &start, &end);
  g_assert_cmpuint (end, ==, 12);
  attest_sentence_finder_widen (finder, 12, 12, &start, &end);
  g_assert_cmpuint (start, ==, 0);
  g_assert_cmpuint (end, ==, 12);
}

static char *
random_text (void)
{
  static const char *const parts[]
      = { "a",  "We ", "did ",     "it", ".",    ". ",    "... ",  "…",         "!",
          "? ", "\n",  "\n\n",     "\t", "[x] ", "(y)",   "]",     "[",         "\"",
          "« ", " »",  "- ",       "I ", "Mr. ", "г. ",   "Да",    "e\xcc\x81", "م",
          "؟ ", "👍",   "\xc2\xa0", "中", "。",   "U.S. ", "etc. ", "2019 ",     "\r\n" };
  GString *text = g_string_new (NULL);
  gint length = g_test_rand_int_range (0, 60);

  for (gint i = 0; i < length; i++)
    g_string_append (text, parts[g_test_rand_int_range (0, G_N_ELEMENTS (parts))]);
  return g_string_free (text, FALSE);
}

static gsize
random_place (const char *text)
{
  glong chars = g_utf8_strlen (text, -1);

  return (gsize)(g_utf8_offset_to_pointer (text, g_test_rand_int_range (0, (gint32)chars + 1))
                 - text);
}

static void
test_contains_span (void)
{
  static const char *const langs[] = { "en", "fr", "es", "ru", "ky", NULL };
  g_autoptr (AttestSentenceFinder) finder = attest_sentence_finder_new ();

  for (guint round = 0; round < 20000; round++)
    {
      g_autofree char *text = random_text ();
      gsize a = random_place (text);
      gsize b = random_place (text);
      gsize start;
      gsize end;

      attest_sentence_finder_set_text (finder, text, strlen (text), langs[round % 6]);
      attest_sentence_finder_widen (finder, MIN (a, b), MAX (a, b), &start, &end);
      g_assert_cmpuint (start, <=, MIN (a, b));
      g_assert_cmpuint (end, >=, MAX (a, b));
      g_assert_cmpuint (end, <=, strlen (text));
      g_assert_true (g_utf8_validate (text + start, (gssize)(end - start), NULL));
      /* Outside the span there is no white space at the ends. */
      if (start < MIN (a, b))
        g_assert_false (g_unichar_isspace (g_utf8_get_char (text + start)));
      if (end > MAX (a, b))
        g_assert_false (g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (text + end))));
    }
}

/* What was found around one span must not change what is found around the next. */
static void
test_any_order (void)
{
  static const char *const pieces[] = { "we ",      "goals ",   "и ",   "так, ", "été ", "well ",
                                        "[pause] ", "e\u0301 ", "... ", "no. ",  "Dr. ", "And " };
  g_autoptr (AttestSentenceFinder) used = attest_sentence_finder_new ();

  for (guint round = 0; round < 20; round++)
    {
      /* The first pieces end no sentence. */
      gint n_pieces = round % 2 == 0 ? 6 : G_N_ELEMENTS (pieces);
      g_autoptr (GString) text = g_string_new (NULL);

      while (text->len < 9000)
        g_string_append (text, g_test_rand_int_range (0, 60) == 0
                                   ? "Yes. "
                                   : pieces[g_test_rand_int_range (0, n_pieces)]);
      attest_sentence_finder_set_text (used, text->str, text->len, "en");
      for (guint i = 0; i < 200; i++)
        {
          g_autoptr (AttestSentenceFinder) fresh = attest_sentence_finder_new ();
          gsize at = (gsize)g_test_rand_int_range (0, 9000), start, end, fresh_start, fresh_end;

          attest_sentence_finder_set_text (fresh, text->str, text->len, "en");
          attest_sentence_finder_widen (used, at, at + 5, &start, &end);
          attest_sentence_finder_widen (fresh, at, at + 5, &fresh_start, &fresh_end);
          g_assert_cmpuint (start, ==, fresh_start);
          g_assert_cmpuint (end, ==, fresh_end);
        }
    }
}

/* Sentences one after the other are those that spans widen to. */
static void
test_list (void)
{
  static const char text[]
      = "  We came to the village. Did it help them? Yes, so says Dr. Who there.  ";
  g_autoptr (AttestSentenceFinder) finder = attest_sentence_finder_new ();

  attest_sentence_finder_set_text (finder, text, strlen (text), "en");
  g_autoptr (GArray) sentences = attest_sentence_finder_list (finder);
  g_autoptr (GString) found = g_string_new (NULL);
  for (guint i = 0; i < sentences->len; i++)
    {
      const AttestSpan *span = &g_array_index (sentences, AttestSpan, i);

      g_string_append_printf (found, "[%.*s]", (int)(span->end_byte - span->start_byte),
                              text + span->start_byte);
    }
  g_assert_cmpstr (found->str, ==,
                   "[We came to the village.][Did it help them?][Yes, so says Dr. Who there.]");
  attest_sentence_finder_set_text (finder, " ", 1, NULL);
  g_autoptr (GArray) none = attest_sentence_finder_list (finder);
  g_assert_cmpuint (none->len, ==, 0);
}

/* CR separates paragraphs, also where nothing but white space stands between two. */
static void
test_empty_piece (void)
{
  static const char text[] = "\xe2\x80\xa6\r\r-";
  g_autoptr (AttestSentenceFinder) finder = attest_sentence_finder_new ();
  g_autofree char *copy = g_memdup2 (text, sizeof text);

  attest_sentence_finder_set_text (finder, copy, sizeof text - 1, "en");
  g_autoptr (GArray) sentences = attest_sentence_finder_list (finder);
  for (guint i = 0; i < sentences->len; i++)
    g_assert_cmpuint (g_array_index (sentences, AttestSpan, i).end_byte, <=, sizeof text - 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sentence/plain", test_plain);
  g_test_add_func ("/sentence/ellipses", test_ellipses);
  g_test_add_func ("/sentence/abbreviations", test_abbreviations);
  g_test_add_func ("/sentence/marks", test_marks);
  g_test_add_func ("/sentence/glue", test_glue);
  g_test_add_func ("/sentence/quotes", test_quotes);
  g_test_add_func ("/sentence/short-pieces", test_short_pieces);
  g_test_add_func ("/sentence/long-sentence", test_long_sentence);
  g_test_add_func ("/sentence/same-everywhere", test_same_everywhere);
  g_test_add_func ("/sentence/any-order", test_any_order);
  g_test_add_func ("/sentence/edges", test_edges);
  g_test_add_func ("/sentence/contains-span", test_contains_span);
  g_test_add_func ("/sentence/list", test_list);
  g_test_add_func ("/sentence/empty-piece", test_empty_piece);
  return g_test_run ();
}
