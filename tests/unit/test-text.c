#include "util/attest-text.h"

#include <string.h>

#define E_ACUTE_NFD "e\xcc\x81"
#define MAX_RANDOM_CHARS 4000

/* Characters of one to four bytes that make trouble: marks, Arabic, Hangul in parts, emoji with
 * joiner, a non-character. */
static const gunichar troublesome[]
    = { 'a',    'e',    ' ',     '\n',    '-',    0xe9,   0x301,  0x323,  0x416,
        0x438,  0x306,  0x645,   0x651,   0x1112, 0x1161, 0x11ab, 0xd55c, 0x2026,
        0x2126, 0x200d, 0x1f469, 0x1f4bb, 0xfe0f, 0x4e2d, 0xffff };

static char *
random_text (gsize chars)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < chars; i++)
    g_string_append_unichar (text,
                             troublesome[g_test_rand_int_range (0, G_N_ELEMENTS (troublesome))]);
  return g_string_free (text, FALSE);
}

static void
test_count_chars (void)
{
  g_assert_cmpuint (attest_text_count_chars ("", 0), ==, 0);
  g_assert_cmpuint (attest_text_count_chars ("abc", 2), ==, 2);
  g_assert_cmpuint (attest_text_count_chars (E_ACUTE_NFD, 3), ==, 2);
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *text = random_text ((gsize)g_test_rand_int_range (0, MAX_RANDOM_CHARS));
      g_assert_cmpuint (attest_text_count_chars (text, strlen (text)), ==,
                        (gsize)g_utf8_strlen (text, -1));
    }
}

static void
test_count_words (void)
{
  static const struct
  {
    const char *text;
    gsize words;
  } cases[] = {
    { "", 0 },
    { "We did it.", 3 },
    { "don't l'\xc3\x89tat aujourd\xe2\x80\x99hui", 3 },
    { "well-being, e-mail", 2 },
    { "2019-2020", 2 },
    { "a - b -- c", 3 },
    { "- \xd0\x94\xd0\xb0. - \xd0\x9f\xd0\xbe\xd1\x87\xd0\xb5\xd0\xbc\xd1\x83?", 2 },
    { "'quoted'", 1 },
    { "3.5 workshops", 3 },
    { "caf" E_ACUTE_NFD " noir", 2 },
    { "o\xca\xbbzbek o\xe2\x80\x98zbek", 2 },
    { "co\xc2\xadoperation", 1 },
    { "\xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd9\x8b\xd8\xa7 \xd8\xa8\xd9\x83", 2 },
    { "\xe2\x9d\xa4\xef\xb8\x8f \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb", 0 },
    { "yes [inaudible 00:12:31] no", 2 },
    { "yes[laughs]no", 2 },
    { "[open bracket", 2 },
    { "[not\na note]", 3 },
    { "[this is far too long to be a note that a transcriber would have made]", 15 },
    { "line\r\nend", 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      g_assert_cmpuint (attest_text_count_words (cases[i].text, strlen (cases[i].text)), ==,
                        cases[i].words);
    }
  /* Eight bytes are counted at a time, wherever a word stands in them. */
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (int shift = 0; shift < 9; shift++)
      {
        g_autofree char *text
            = g_strdup_printf ("%*s%s a1 @Z {z` /9: end%*s", shift, "", cases[i].text, 9, "");

        if (strchr (cases[i].text, '[') == NULL)
          g_assert_cmpuint (attest_text_count_words (text, strlen (text)), ==, cases[i].words + 5);
      }
  g_assert_cmpuint (attest_text_count_words ("don't", 4), ==, 1);
  g_assert_cmpuint (attest_text_count_words ("[note]", 5), ==, 1);
}

static void
test_line_at (void)
{
  g_assert_cmpuint (attest_text_line_at ("a\nb\n", 0), ==, 1);
  g_assert_cmpuint (attest_text_line_at ("a\nb\n", 1), ==, 1);
  g_assert_cmpuint (attest_text_line_at ("a\nb\n", 2), ==, 2);
  g_assert_cmpuint (attest_text_line_at ("a\nb\n", 4), ==, 3);
}

static void
assert_unwrapped (const char *text, const char *expected)
{
  g_autofree char *copy = attest_text_dup_unwrapped (text, strlen (text));

  g_assert_cmpstr (copy, ==, expected);
}

static void
test_unwrapped (void)
{
  assert_unwrapped ("", "");
  assert_unwrapped ("a wrapped\nline", "a wrapped line");
  assert_unwrapped ("one\n\ntwo\nthree", "one\n\ntwo three");
  assert_unwrapped ("a\n\n\nb", "a\n\n\nb");
  assert_unwrapped ("cell\n\tcell\t\ncell", "cell\n\tcell\t\ncell");
  assert_unwrapped ("\nx\n", " x ");
  assert_unwrapped ("caf" E_ACUTE_NFD "\n\xd0\xb4\xd0\xb0", "caf" E_ACUTE_NFD " \xd0\xb4\xd0\xb0");
}

static void
assert_printable (const char *text, guint max_columns, const char *expected)
{
  g_autofree char *line = attest_text_printable (text, strlen (text), max_columns);

  g_assert_cmpstr (line, ==, expected);
  if (max_columns > 0)
    g_assert_cmpuint (attest_text_columns (line, strlen (line)), <=, max_columns);
}

static void
test_printable (void)
{
  assert_printable ("plain", 0, "plain");
  assert_printable ("a \n\t  b", 0, "a b");
  assert_printable ("\x1b[31mred\r\n", 0, "\\x1b[31mred\\x0d ");
  assert_printable ("\xc2\x9b\x7f", 0, "\\x9b\\x7f");
  assert_printable ("a\xe2\x80\xaelive\xe2\x81\xa9", 0, "a\\u202elive\\u2069");
  assert_printable ("\xe2\x80\xa8", 0, "\\u2028");
  assert_printable ("bad \xff\xc3", 0, "bad \\xff\\xc3");
  assert_printable ("12345", 5, "12345");
  assert_printable ("123456", 5, "1234…");
  assert_printable ("12345", 1, "…");
  /* A wide character is never cut in two, a mark never parted from its letter. */
  assert_printable ("中中中", 4, "中…");
  assert_printable ("👍👍", 4, "👍👍");
  assert_printable ("ab" E_ACUTE_NFD "d", 4, "ab" E_ACUTE_NFD "d");
  assert_printable ("ab" E_ACUTE_NFD "def", 4, "ab" E_ACUTE_NFD "…");
  assert_printable ("abc\x1b", 4, "abc…");
}

static void
test_columns (void)
{
  g_assert_cmpuint (attest_text_columns ("Да", strlen ("Да")), ==, 2);
  g_assert_cmpuint (attest_text_columns ("caf" E_ACUTE_NFD, 6), ==, 4);
  g_assert_cmpuint (attest_text_columns ("中👍", strlen ("中👍")), ==, 4);
}

/* The oracle is GLib, which normalises everything, slowly. */
static void
assert_nfc (const char *text)
{
  gsize length_bytes = 0;
  g_autofree char *expected = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
  g_autofree char *composed = attest_text_to_nfc (text, strlen (text), &length_bytes);

  if (strcmp (text, expected) == 0)
    g_assert_null (composed);
  else
    {
      g_assert_cmpstr (composed, ==, expected);
      g_assert_cmpuint (length_bytes, ==, strlen (expected));
    }
}

static void
test_nfc (void)
{
  assert_nfc ("");
  assert_nfc ("plain\r\n");
  assert_nfc ("café, жизнь, مرحبًا 👍🏽");
  assert_nfc ("caf" E_ACUTE_NFD " et the" E_ACUTE_NFD);
  assert_nfc ("и\xcc\x86");
  assert_nfc ("\xcc\x81 begins with a mark");
  assert_nfc ("\xe2\x84\xa6");
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *text = random_text ((gsize)g_test_rand_int_range (0, MAX_RANDOM_CHARS));
      assert_nfc (text);
    }
}

/* Every character before and after a mark: those that the fast path skips are all inert. */
static void
test_nfc_all_characters (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gunichar c = 1; c <= 0x10ffff; c++)
    {
      if (!g_unichar_validate (c))
        continue;
      g_string_append (text, "e");
      g_string_append_unichar (text, c);
      g_string_append (text, "\xcc\x81 ");
      g_string_append_unichar (text, c);
      if (c % 256 != 255)
        continue;
      assert_nfc (text->str);
      g_string_truncate (text, 0);
    }
}

static void
assert_wrapped (const char *text, guint max_columns, const char *expected)
{
  g_autoptr (GArray) lines = attest_text_wrap (text, strlen (text), max_columns);
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      const AttestSpan *line = &g_array_index (lines, AttestSpan, i);

      g_string_append (joined, i > 0 ? "|" : "");
      g_string_append_len (joined, text + line->start_byte,
                           (gssize)(line->end_byte - line->start_byte));
    }
  g_assert_cmpstr (joined->str, ==, expected);
}

static void
test_wrap (void)
{
  assert_wrapped ("one two three", 7, "one two|three");
  assert_wrapped ("one two three", 6, "one|two|three");
  assert_wrapped ("one two three", 0, "one two three");
  assert_wrapped ("", 5, "");
  assert_wrapped ("abc  d", 3, "abc|d");
  /* A word that is longer than the line; a character that is wider. */
  assert_wrapped ("abcdefgh ij", 3, "abc|def|gh|ij");
  assert_wrapped ("漢字 漢", 3, "漢|字|漢");
  assert_wrapped ("漢字", 1, "漢|字");
  /* A mark stays with its letter, and takes no column. */
  assert_wrapped ("мужчи\u0301н и", 6, "мужчи\u0301н|и");
  assert_wrapped ("ии\u0301и", 2, "ии\u0301|и");
}

static void
test_char_map (void)
{
  const char *text = "aé👍";
  g_autoptr (AttestCharMap) map = attest_char_map_new (text, 7);

  g_assert_cmpuint (attest_char_map_to_char (map, 0), ==, 0);
  g_assert_cmpuint (attest_char_map_to_char (map, 3), ==, 2);
  g_assert_cmpuint (attest_char_map_to_char (map, 7), ==, 3);
  g_assert_cmpuint (attest_char_map_to_byte (map, 2), ==, 3);
  g_assert_cmpuint (attest_char_map_to_byte (map, 3), ==, 7);
  g_assert_cmpuint (attest_char_map_to_byte (map, 99), ==, 7);
}

static void
test_char_map_ascii (void)
{
  g_autoptr (AttestCharMap) map = attest_char_map_new ("abc", 3);
  g_autoptr (AttestCharMap) empty = attest_char_map_new ("", 0);

  g_assert_cmpuint (attest_char_map_to_char (map, 2), ==, 2);
  g_assert_cmpuint (attest_char_map_to_byte (map, 4), ==, 3);
  g_assert_cmpuint (attest_char_map_to_char (empty, 0), ==, 0);
  g_assert_cmpuint (attest_char_map_to_byte (empty, 0), ==, 0);
}

static void
test_char_map_there_and_back (void)
{
  for (guint round = 0; round < 50; round++)
    {
      g_autofree char *text = random_text ((gsize)g_test_rand_int_range (1, MAX_RANDOM_CHARS));
      g_autoptr (AttestCharMap) map = attest_char_map_new (text, strlen (text));
      gsize character = 0;

      for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p), character++)
        {
          g_assert_cmpuint (attest_char_map_to_char (map, (gsize)(p - text)), ==, character);
          g_assert_cmpuint (attest_char_map_to_byte (map, character), ==, (gsize)(p - text));
        }
      g_assert_cmpuint (attest_char_map_to_char (map, strlen (text)), ==, character);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/count-chars", test_count_chars);
  g_test_add_func ("/text/count-words", test_count_words);
  g_test_add_func ("/text/line-at", test_line_at);
  g_test_add_func ("/text/unwrapped", test_unwrapped);
  g_test_add_func ("/text/printable", test_printable);
  g_test_add_func ("/text/columns", test_columns);
  g_test_add_func ("/text/nfc", test_nfc);
  g_test_add_func ("/text/nfc-all-characters", test_nfc_all_characters);
  g_test_add_func ("/text/wrap", test_wrap);
  g_test_add_func ("/text/char-map", test_char_map);
  g_test_add_func ("/text/char-map-ascii", test_char_map_ascii);
  g_test_add_func ("/text/char-map-there-and-back", test_char_map_there_and_back);
  return g_test_run ();
}
