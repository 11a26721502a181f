/* Transcripts without measure: a million captions, lines of megabytes, more of everything than
 * there may be. They are read, or refused in words that name a limit. */
#include <string.h>

#include "reader/attest-reader.h"
#include "util/attest-error.h"
#include "util/attest-limits.h"

/* The @unit again and again between @head and @tail. */
static GBytes *
repeat (const char *head, const char *unit, gsize n, const char *tail)
{
  gsize unit_bytes = strlen (unit);
  GString *text = g_string_sized_new (strlen (head) + n * unit_bytes + strlen (tail) + 1);

  g_string_append (text, head);
  for (gsize i = 0; i < n; i++)
    g_string_append_len (text, unit, (gssize)unit_bytes);
  g_string_append (text, tail);
  return g_string_free_to_bytes (text);
}

static void
test_million_cues (void)
{
  static const char *const names[] = { "a.vtt", "a.srt" };

  for (guint f = 0; f < G_N_ELEMENTS (names); f++)
    {
      GString *text = g_string_new (f == 0 ? "WEBVTT\n\n" : "");
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (AttestDocument) doc = NULL;

      for (guint i = 0; i < 1000000; i++)
        g_string_append_printf (text,
                                "%u\n%02u:%02u:%02u%c000 --> %02u:%02u:%02u%c900\n%s: word %u\n\n",
                                i + 1, i / 3600, i / 60 % 60, i % 60, f == 0 ? '.' : ',', i / 3600,
                                i / 60 % 60, i % 60, f == 0 ? '.' : ',', i % 2 ? "Ana" : "Li", i);
      bytes = g_string_free_to_bytes (text);
      doc = attest_reader_read_bytes (names[f], bytes, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (doc->turns->len, ==, 1000000);
      g_assert_cmpint (attest_document_turn (doc, 999999)->start_ms, ==, 999999000);
    }
}

/* One line of 16 MB in each format of text: every word of it is there. */
static void
test_long_lines (void)
{
  static const char unit[] = "it rained so that ";
  static const struct
  {
    const char *name, *head, *tail;
  } cases[] = {
    { "a.txt", "I: ", "\n" },
    { "a.md", "**I:** ", "\n" },
    { "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n", "\n" },
    { "a.srt", "1\n00:00:01,000 --> 00:00:02,000\n", "\n" },
    { "a.json", "{\"segments\":[{\"start\":0,\"end\":1,\"text\":\"", "\"}]}" },
    { "a.csv", "Speaker,Text\nAna,", "\n" },
    { "a.html", "<html><body><p>", "</p></body></html>" },
    { "a.rtf", "{\\rtf1\\ansi ", "}" },
    { "a.cha", "@Begin\n@Participants:\tINV Ana Investigator\n*INV:\t", "\n@End\n" },
  };
  gsize n = 16 * 1024 * 1024 / strlen (unit);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = repeat (cases[i].head, unit, n, cases[i].tail);
      g_autoptr (GError) error = NULL;
      g_autoptr (AttestDocument) doc
          = attest_reader_read_bytes (cases[i].name, bytes, NULL, &error);

      g_test_message ("%s", cases[i].name);
      g_assert_no_error (error);
      g_assert_cmpuint (doc->length_bytes, >=, n * strlen (unit) - 1);
    }
}

static void
test_too_many (void)
{
  static const struct
  {
    const char *name, *head, *unit;
    gsize n;
    const char *tail, *message;
  } cases[] = {
    { "a.vtt", "WEBVTT\n\n", "-->\n", ATTEST_MAX_CUES + 1u, "", "a.vtt: *: more than * cues" },
    { "a.srt", "", "0:00 --> 0:01\na\n\n", ATTEST_MAX_CUES + 1u, "", "a.srt: *: more than * cues" },
    { "a.txt", "", "I: a\n", ATTEST_MAX_TURNS + 1u, "", "a.txt: more than * turns*" },
    { "a.csv", "", ",", ATTEST_MAX_TABLE_CELLS + 1u, "\n", "a.csv: *: more than * cells" },
    { "a.json", "", "[", ATTEST_MAX_JSON_DEPTH + 1u, "", "a.json: 1:*: nested too deep" },
    { "a.cha", "@Begin\n", "*A:\tb\n", ATTEST_MAX_TIER_ITEMS + 1u, "",
      "a.cha: *: more than * annotations" },
    { "a.html", "<html>", "<b>", ATTEST_MAX_HTML_DEPTH + 1u, "", "a.html: *nested*deep" },
    { "a.rtf", "{\\rtf1", "{", ATTEST_MAX_RTF_DEPTH + 1u, "", "a.rtf: 1: *nested*deep" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = repeat (cases[i].head, cases[i].unit, cases[i].n, cases[i].tail);
      g_autoptr (GError) error = NULL;

      g_assert_null (attest_reader_read_bytes (cases[i].name, bytes, NULL, &error));
      g_assert_true (g_error_matches (error, ATTEST_ERROR, ATTEST_ERROR_LIMIT)
                     || g_error_matches (error, ATTEST_ERROR, ATTEST_ERROR_INPUT));
      if (!g_pattern_match_simple (cases[i].message, error->message))
        g_error ("\"%s\" is not like \"%s\"", error->message, cases[i].message);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/large/million-cues", test_million_cues);
  g_test_add_func ("/large/long-lines", test_long_lines);
  g_test_add_func ("/large/too-many", test_too_many);
  return g_test_run ();
}
