/* Rich text: tokens, code pages, and files that are made to be too much. What its words do is in
 * tests/golden/reader-rtf. */
#include <glib.h>
#include <string.h>

#include "reader/attest-codepage.h"
#include "reader/attest-reader.h"
#include "reader/attest-rtf-lexer.h"
#include "util/attest-error.h"
#include "util/attest-limits.h"

/* The tokens as text: "{ rtf=1 'e9 \\~ [text] }". */
static char *
dump_tokens (const char *bytes, gsize length_bytes, gboolean double_byte)
{
  AttestRtfLexer lexer = { .bytes = (const guint8 *)bytes,
                           .length_bytes = length_bytes,
                           .double_byte = double_byte };
  GString *out = g_string_new (NULL);
  AttestRtfToken token;

  for (attest_rtf_lexer_next (&lexer, &token); token.kind != ATTEST_RTF_END;
       attest_rtf_lexer_next (&lexer, &token))
    {
      if (token.kind == ATTEST_RTF_OPEN || token.kind == ATTEST_RTF_CLOSE)
        g_string_append_c (out, token.kind == ATTEST_RTF_OPEN ? '{' : '}');
      else if (token.kind == ATTEST_RTF_WORD)
        g_string_append_printf (out, token.has_value ? "%s=%d" : "%s", token.name, token.value);
      else if (token.kind == ATTEST_RTF_SYMBOL)
        g_string_append_printf (out, "\\%c", token.byte == '\n' ? 'n' : token.byte);
      else if (token.kind == ATTEST_RTF_HEX)
        g_string_append_printf (out, "'%02x", token.byte);
      else
        g_string_append_printf (out, "[%.*s]", (int)token.text_bytes, (const char *)token.text);
      g_string_append_c (out, ' ');
    }
  g_assert_cmpuint (lexer.at, ==, length_bytes);
  return g_string_free (out, FALSE);
}

#define assert_tokens(bytes, double_byte, expected)                                                \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *dump = dump_tokens ((bytes), sizeof (bytes) - 1, (double_byte));              \
                                                                                                   \
    g_assert_cmpstr (dump, ==, (expected));                                                        \
  }                                                                                                \
  G_STMT_END

static void
test_tokens (void)
{
  assert_tokens ("{\\rtf1\\ansi\r\nA b\\'e9\\~}", FALSE, "{ rtf=1 ansi [A b] 'e9 \\~ } ");
  assert_tokens ("\\fs-12 x\\u-3913?\\u 5", FALSE, "fs=-12 [x] u=-3913 [?] u [5] ");
  assert_tokens ("\\b0\\b-x", FALSE, "b=0 b [-x] ");
  assert_tokens ("\\u99999999999999999999 ", FALSE, "u=2147483647 ");
  assert_tokens ("\\\r\n\\\n\\\rx", FALSE, "\\n \\n \\n [x] ");
  assert_tokens ("\\'g0\\'", FALSE, "\\' [g0] \\' ");
  assert_tokens ("a\0b\\", FALSE, "[a] [b] ");
  assert_tokens ("\\abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz9 x", FALSE,
                 "abcdefghijklmnopqrstuvwxyzabcdef=9 [x] ");
}

static void
test_binary_is_passed_over (void)
{
  assert_tokens ("{\\bin4 }}\\{x}", FALSE, "{ bin=4 [x] } ");
  assert_tokens ("{\\bin400 }}", FALSE, "{ bin=400 ");
  assert_tokens ("{\\bin-4 x}", FALSE, "{ bin=-4 [x] } ");
}

/* Japanese bytes that look like braces and backslashes. */
static void
test_double_bytes (void)
{
  assert_tokens ("\x95\x5c\x83\x7b.\\par", TRUE, "[\x95\x5c\x83\x7b.] par ");
  assert_tokens ("\x95\\'5c}", TRUE, "[\x95] '5c } ");
  assert_tokens ("\x95", TRUE, "[\x95] ");
}

static char *
decode (guint codepage, const char *bytes, guint *out_bad)
{
  g_autoptr (AttestCodepages) codepages = attest_codepages_new (NULL);
  GString *out = g_string_new (NULL);

  *out_bad
      = attest_codepages_decode (codepages, codepage, (const guint8 *)bytes, strlen (bytes), out);
  return g_string_free (out, FALSE);
}

static void
test_code_pages (void)
{
  static const struct
  {
    guint codepage;
    const char *bytes, *text;
    guint bad;
  } cases[] = {
    { 1252, "caf\xe9 \x85", "café …", 0 },
    { 1251, "\xc4\xe0", "Да", 0 },
    { 932, "\x83\x65\x83X", "テス", 0 },
    { 932, "a\x83", "a\uFFFD", 1 },
    { 936, "\xd3\xa1", "印", 0 },
    { 874, "\xe0\x85", "เ…", 0 },
    { 10000, "\x8e", "é", 0 },
    { 1258, "ti\xea\xecng", "tiếng", 0 },
    { 1252, "\x81x\x8d", "\uFFFDx\uFFFD", 2 },
    { 4711, "a\xe9z", "a\uFFFDz", 1 },
    { ATTEST_CODEPAGE_UTF8, "\xc3\xa9\xff!", "é\uFFFD!", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint bad;
      g_autofree char *text = decode (cases[i].codepage, cases[i].bytes, &bad);
      g_autofree char *nfc = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);

      g_assert_cmpstr (nfc, ==, cases[i].text);
      g_assert_cmpuint (bad, ==, cases[i].bad);
    }
  g_assert_cmpuint (attest_codepage_of_charset (204, 1), ==, 1251);
  g_assert_cmpuint (attest_codepage_of_charset (1, 950), ==, 950);
  g_assert_cmpuint (attest_codepage_of_charset (-7, 950), ==, 950);
  g_assert_true (attest_codepage_is_double (949));
  g_assert_false (attest_codepage_is_double (1252));
}

static AttestDocument *
read_text (GString *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text->str, text->len);

  return attest_reader_read_bytes ("a.rtf", bytes, NULL, error);
}

static void
append_times (GString *out, const char *text, guint times)
{
  for (guint i = 0; i < times; i++)
    g_string_append (out, text);
}

static void
test_depth_is_bounded (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AttestDocument) good = NULL, bad = NULL;
  GString *text = g_string_new ("{\\rtf1 ");

  append_times (text, "{", ATTEST_MAX_RTF_DEPTH - 1);
  g_string_append (text, "Deep.");
  append_times (text, "}", ATTEST_MAX_RTF_DEPTH);
  good = read_text (text, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (good->text, ==, "Deep.");

  g_string_assign (text, "{\\rtf1\n");
  append_times (text, "{", 1000000);
  bad = read_text (text, &error);
  g_assert_null (bad);
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_LIMIT);
  g_assert_nonnull (strstr (error->message, "a.rtf: 2: "));
  g_string_free (text, TRUE);
}

/* Each of these would take hours if a piece of text cost as much as all before it. */
static void
test_many_of_everything (void)
{
  static const char *const pieces[] = {
    "\\u233?",
    "{\\b x}{\\i y}",
    "\\f1\\'e9\\f2\\'e9",
    "\\trowd\\cellx9 x\\cell\\row ",
    "{\\footnote x}",
    "{\\shptxt x}",
    "{\\v x}",
    "x\\par{\\fonttbl{\\f1\\fcharset0 x;}}",
    "\\itap2\\nestcell ",
  };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      GString *text = g_string_new ("{\\rtf1 begin ");
      g_autoptr (GError) error = NULL;
      g_autoptr (AttestDocument) doc = NULL;

      append_times (text, pieces[i], 100000);
      g_string_append (text, "\\pard\\par end}");
      doc = read_text (text, &error);
      g_assert_no_error (error);
      g_assert_true (g_str_has_prefix (doc->text, "begin"));
      g_assert_nonnull (strstr (doc->text, "end"));
      g_string_free (text, TRUE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rtf/tokens", test_tokens);
  g_test_add_func ("/rtf/binary-is-passed-over", test_binary_is_passed_over);
  g_test_add_func ("/rtf/double-bytes", test_double_bytes);
  g_test_add_func ("/rtf/code-pages", test_code_pages);
  g_test_add_func ("/rtf/depth-is-bounded", test_depth_is_bounded);
  g_test_add_func ("/rtf/many-of-everything", test_many_of_everything);
  return g_test_run ();
}
