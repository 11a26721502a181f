/* The breaks of UAX #29 against ICU's iterator, which reads them from Unicode's own rules. */
#include "util/attest-sentence-private.h"

#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

/* Two or more of each class of character that the rules know, and of those that they do not. */
static const char *const pieces[]
    = { ".",      ".",  "!",        "?",      "…",       "؟",      "։",      "。",     "܀",
        "\u2024", "a",  "word",     "é",      "e\u0301", "я",      "Слово",  "A",      "Éa",
        "Я",      "ǅ",  "\u05d0",   "سلام",   "語",      "7",      "3.5",    "٣",      " ",
        " ",      " ",  "\u00a0",   "\u2003", "\t",      "\n",     "\r",     "\r\n",   "\xc2\x85",
        "\u2029", "\"", "'",        "»",      "«",       "(",      ")",      "]",      "”",
        ",",      "-",  "–",        ":",      "、",      "\u00ad", "\u200d", "\u0300", "\ufeff",
        "$",      "😀",  "👩🏽", "§",      "U.S",     "№" };

typedef struct
{
  UBreakIterator *breaks;
  UText *text;
} Icu;

static void
icu_open (Icu *icu, const GString *text)
{
  UErrorCode status = U_ZERO_ERROR;

  if (icu->breaks == NULL)
    icu->breaks = ubrk_open (UBRK_SENTENCE, "en", NULL, 0, &status);
  icu->text = utext_openUTF8 (icu->text, text->str, (int64_t)text->len, &status);
  ubrk_setUText (icu->breaks, icu->text, &status);
  g_assert_true (U_SUCCESS (status));
}

static void
icu_close (Icu *icu)
{
  ubrk_close (icu->breaks);
  utext_close (icu->text);
}

static void
check (Icu *icu, const GString *text)
{
  AttestSentenceView view = { text->str, text->len, NULL };

  icu_open (icu, text);
  for (const char *p = text->str; p < text->str + text->len; p = g_utf8_next_char (p))
    {
      gsize place = (gsize)(p - text->str);
      int32_t after = ubrk_following (icu->breaks, (int32_t)place);
      int32_t before = ubrk_preceding (icu->breaks, (int32_t)place);
      gboolean is_break = ubrk_isBoundary (icu->breaks, (int32_t)place);

      if (attest_sentence_is_break (&view, place) == is_break
          && attest_sentence_break_after (&view, place) == (gsize)after
          && attest_sentence_break_before (&view, place) == (gsize)MAX (before, 0))
        continue;
      g_test_message ("'%s' at %zu: ICU %d, %d, %d", text->str, place, is_break, before, after);
      g_test_fail ();
      return;
    }
}

static void
test_random (void)
{
  Icu icu = { NULL };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 20000; i++)
    {
      guint n = (guint)g_test_rand_int_range (1, 16);

      g_string_truncate (text, 0);
      for (guint k = 0; k < n; k++)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      check (&icu, text);
    }
  icu_close (&icu);
}

/* Every character in the places where its class matters. */
static void
test_every_character (void)
{
  static const char *const frames[] = { "a%sB", "a.%sB", "a. %sb", "%s.B" };
  Icu icu = { NULL };
  g_autoptr (GString) text = g_string_new (NULL);

  for (gunichar c = 1; c < 0x20000; c++)
    {
      char bytes[8] = "";

      if (!g_unichar_validate (c))
        continue;
      g_unichar_to_utf8 (c, bytes);
      for (guint i = 0; i < G_N_ELEMENTS (frames); i++)
        {
          const char *gap = strstr (frames[i], "%s");

          g_string_truncate (text, 0);
          g_string_append_len (text, frames[i], gap - frames[i]);
          g_string_append (text, bytes);
          g_string_append (text, gap + 2);
          check (&icu, text);
        }
    }
  icu_close (&icu);
}

/* Whoever asks for the place before or behind finds nothing beyond the text. */
static void
test_no_end (void)
{
  g_autofree char *text = g_strnfill (1000, 'a');
  AttestSentenceView view = { text, 1000, NULL };

  g_assert_cmpuint (attest_sentence_break_after (&view, 500), ==, 1000);
  g_assert_cmpuint (attest_sentence_break_before (&view, 500), ==, 0);
  g_assert_false (attest_sentence_is_break (&view, 500));
  g_assert_true (attest_sentence_is_break (&view, 1000));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sentence-breaks/random", test_random);
  g_test_add_func ("/sentence-breaks/every-character", test_every_character);
  g_test_add_func ("/sentence-breaks/no-end", test_no_end);
  return g_test_run ();
}
