/* Captions: WebVTT by the standard's own tests, and what a transcript must keep beyond them.
 * Covers attest-cues, attest-cue-markup, attest-cue-rolling, attest-cue-turns, attest-utterances,
 * attest-reader-vtt, attest-reader-srt. */
#include "config.h"

#include "document-dump.h"
#include "reader/attest-cues.h"

#include <json-glib/json-glib.h>
#include <string.h>

static AttestDocument *
read_text (const char *name, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  AttestDocument *doc = attest_reader_read_bytes (name, bytes, NULL, &error);

  g_assert_no_error (error);
  return doc;
}

static void
assert_dump (const char *name, const char *text, const char *expected)
{
  g_autoptr (AttestDocument) doc = read_text (name, text);
  g_autofree char *dumped = dump_turns (doc);

  g_assert_cmpstr (dumped, ==, expected);
}

static void
test_voices (void)
{
  assert_dump ("a.vtt",
               "WEBVTT\n\n00:01.000 --> 00:02.000\n<v.loud Ana &amp; Co>Did it\nhelp?</v>\n\n"
               "00:02.000 --> 00:03.000 align:start\n<v Li>It <i>did</i>, <c.x>a</c> lot &lt;3.\n\n"
               "00:03.500 --> 00:04.000\n<v Li>Really.</v> <v Ana &amp; Co>Good.\n",
               "Ana & Co@1000-2000: Did it help?\nLi@2000-4000: It did, a lot <3. Really.\n"
               "Ana & Co@3500-4000: Good.\n");
}

static void
test_names_in_text (void)
{
  assert_dump ("a.vtt",
               "WEBVTT\r\n\r\n1\r\n00:00:01.000 --> 00:00:02.000\r\nAna Silva: gotcha\r\n\r\n2\r\n"
               "00:00:02.000 --> 00:00:03.000\r\nand going back.\r\n\r\n3\r\n"
               "00:00:03.000 --> 00:00:04.000\r\nLi Wei: Note: it's 10:30 really.\r\n\r\n4\r\n"
               "00:00:05.000 --> 00:00:06.000\r\nAna Silva: Yes.\r\n",
               "Ana Silva@1000-3000: gotcha and going back.\n"
               "Li Wei@3000-4000: Note: it's 10:30 really.\nAna Silva@5000-6000: Yes.\n");
}

static void
test_name_lines (void)
{
  assert_dump (
      "a.srt",
      "0:0:0.0 --> 0:0:1.510\nSome Body\nOK. Yeah.\n\n0:0:2.0 --> 0:0:3.0\nAn Other\nNo.\n\n"
      "0:0:4.0 --> 0:0:5.0\nSome Body\nWhy?\n\n0:0:6.0 --> 0:0:7.0\nAn Other\nWell.\n",
      "Some Body@0-1510: OK. Yeah.\nAn Other@2000-3000: No.\nSome Body@4000-5000: Why?\n"
      "An Other@6000-7000: Well.\n");
}

static void
test_chevrons (void)
{
  assert_dump ("a.srt",
               "1\n00:00:01,000 --> 00:00:02,000\n>> Why now?\n\n2\n00:00:02,000 --> 00:00:03,000\n"
               ">> Because.\n\n3\n00:00:03,000 --> 00:00:04,000\nOf the rain.\n",
               "?@1000-2000: Why now?\n?@2000-4000: Because. Of the rain.\n");
}

static void
test_pauses (void)
{
  assert_dump ("a.srt",
               "1\n00:00:01,000 --> 00:00:02,000\none\n\n2\n00:00:02,100 --> 00:00:03,000\ntwo\n\n"
               "3\n00:00:05,000 --> 00:00:06,000\nthree\n",
               "?@1000-3000: one two\n?@5000-6000: three\n");
}

static void
test_srt_disorder (void)
{
  assert_dump (
      "a.srt",
      "00:00:01.000 --> 00:00:02,000\nInterviewer: no {\\an8}counter\n\n7\n0:0:2,5 --> "
      "0:0:3\n<font color=\"#fff\">Respondent: <i>odd</i></font>\n\nblank line inside\n15\n"
      "00:00:03,000 --> 00:00:04,000\nstill\n16\n00:00:04,000 --> 00:00:05,000\nhere\n",
      "Interviewer@1000-2000: no counter\n"
      "Respondent@2500-5000: odd blank line inside 15 still here\n");
}

static void
test_rolling (void)
{
  static const char text[]
      = "WEBVTT\nKind: captions\nLanguage: en\n\n"
        "00:00:00.000 --> 00:00:02.000 align:start position:0%\n \nso<00:00:00.320><c> it</c> "
        "rained\n\n"
        "00:00:02.000 --> 00:00:02.010\nso it rained\n \n\n"
        "00:00:02.010 --> 00:00:04.000\nso it rained\nall<00:00:02.320><c> night</c>\n\n"
        "00:00:04.000 --> 00:00:04.010\nall night\n \n\n"
        "00:00:04.010 --> 00:00:06.000\nall night\nall night\n";
  g_autoptr (AttestDocument) doc = read_text ("a.vtt", text);

  g_assert_cmpstr (doc->text, ==, "so it rained all night all night\n");
  g_assert_cmpstr (attest_document_get_metadata (doc, "language"), ==, "en");
  /* People repeat themselves. */
  assert_dump ("b.srt",
               "1\n00:00:01,000 --> 00:00:02,000\nThank you.\n\n2\n00:00:02,000 --> 00:00:03,000\n"
               "Thank you.\n\n3\n00:00:03,000 --> 00:00:04,000\nThank you.\n",
               "?@1000-4000: Thank you. Thank you. Thank you.\n");
}

static void
test_malformed_is_kept (void)
{
  g_autoptr (AttestDocument) doc
      = read_text ("a.vtt", "WEBVTT - A title\n\nNOTE\nPlace: Osh\nrecorded online\n\n"
                            "001ec368-3c77/14-0\n0:0:1.5 --> 0:0:2.0\n<v Jos&#233;>one</v>\n\n"
                            "00:xx --> 00:00:03.000\n<v Li>two\n\nstray words\n\n"
                            "STYLE\n::cue { color: red }\n\n00:00:04.000 --> 00:00:05.000\n"
                            "<v Li><laughs> a < b and c > d, 1 <\n");
  g_autofree char *dumped = dump_turns (doc);

  g_assert_cmpstr (dumped, ==,
                   "José@1500-2000: one\n"
                   "Li@4000-5000: two stray words <laughs> a < b and c > d, 1 <\n");
  g_assert_cmpstr (attest_document_get_metadata (doc, "title"), ==, "A title");
  g_assert_cmpstr (attest_document_get_metadata (doc, "place"), ==, "Osh");
  g_assert_cmpstr (attest_document_get_metadata (doc, "note"), ==, "recorded online");
  g_assert_cmpuint (doc->warnings->len, ==, 3);
  g_assert_cmpuint (g_array_index (doc->warnings, AttestWarning, 0).line, ==, 11);
  g_assert_cmpuint (g_array_index (doc->warnings, AttestWarning, 1).line, ==, 14);
  g_assert_cmpuint (g_array_index (doc->warnings, AttestWarning, 2).line, ==, 8);
}

static void
test_blank_line_after_times (void)
{
  assert_dump ("a.vtt",
               "WEBVTT\n\n00:01.000 --> 00:02.000\n\none\n\ntwo\n\n00:02.000 --> 00:03.000\n"
               "three\n\n00:09.000 --> 00:10.000\n\nfour\n",
               "?@1000-3000: one two three\n?@9000-10000: four\n");
}

static void
test_unicode (void)
{
  assert_dump ("a.vtt",
               "\xef\xbb\xbfWEBVTT\r\r00:01.000 --> 00:02.000\r<v Айжан>cafe\xcc\x81 &#x65;&#x301; "
               "\xf0\x9f\x99\x82 \x07شكرا\r",
               "Айжан@1000-2000: café é 🙂 شكرا\n");
}

static void
test_word_cues (void)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < 200; i++)
    g_string_append_printf (text, "%u\n00:00:%02u,%03u --> 00:00:%02u,%03u\nword%s\n\n", i + 1,
                            i * 2 / 10, i * 2 % 10 * 100, i * 2 / 10, i * 2 % 10 * 100 + 99,
                            i % 10 == 9 ? "." : "");
  {
    g_autoptr (AttestDocument) doc = read_text ("a.srt", text->str);

    g_assert_cmpint (doc->words, ==, 200);
    /* A quote still has a time that is near: turns end with a sentence after half a minute. */
    g_assert_cmpuint (doc->turns->len, ==, 2);
    g_assert_cmpint (attest_document_turn (doc, 1)->start_ms, ==, 30000);
  }
  g_string_free (text, TRUE);
}

/* --- the W3C's tests ---------------------------------------------------------------------- */

static const char *
suite_folder (void)
{
  const char *samples = g_getenv ("ATTEST_SAMPLES");
  g_autofree char *folder
      = g_build_filename (samples != NULL ? samples : "", "f_suites", "webvtt_w3c_CC0", NULL);

  return samples != NULL && g_file_test (folder, G_FILE_TEST_IS_DIR) ? g_intern_string (folder)
                                                                     : NULL;
}

typedef struct
{
  AttestDocument *doc;
  char *text;
  GArray *cues; /* those that the standard keeps */
} Parsed;

static void
parse_file (const char *path, Parsed *parsed)
{
  static const AttestReadOptions options = { .encoding = "UTF-8" };
  g_autoptr (GArray) all = NULL;
  char *contents;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  parsed->doc = attest_document_new (path);
  parsed->doc->original = g_bytes_new_take (contents, length);
  parsed->text = attest_cues_load (parsed->doc, &options, &length, NULL);
  g_assert_nonnull (parsed->text);
  all = attest_vtt_parse (parsed->doc, parsed->text, length);
  parsed->cues = g_array_new (FALSE, FALSE, sizeof (AttestCue));
  for (guint i = 0; i < all->len; i++)
    if (g_array_index (all, AttestCue, i).strict)
      g_array_append_val (parsed->cues, g_array_index (all, AttestCue, i));
}

static void
clear_parsed (Parsed *parsed)
{
  attest_document_free (parsed->doc);
  g_free (parsed->text);
  g_array_unref (parsed->cues);
}

/* A JavaScript string as it stands in the tests: '…' or "…" with \n and \uXXXX. */
static char *
unquote (const char *quoted)
{
  GString *out = g_string_new (NULL);

  for (const char *p = quoted + 1; *p != '\0' && p[1] != '\0'; p++)
    if (*p == '\\' && p[1] == 'n')
      {
        g_string_append_c (out, '\n');
        p++;
      }
    else if (*p == '\\' && p[1] == 'u')
      {
        g_autofree char *hex = g_strndup (p + 2, 4);

        g_string_append_unichar (out, (gunichar)strtoul (hex, NULL, 16));
        p += 5;
      }
    else
      g_string_append_c (out, *p);
  return g_string_free (out, FALSE);
}

static void
check_assertion (const Parsed *parsed, const char *index, const char *field, const char *value)
{
  guint i = (guint)strtoul (index, NULL, 10);
  const AttestCue *cue;

  g_assert_cmpuint (i, <, parsed->cues->len);
  cue = &g_array_index (parsed->cues, AttestCue, i);
  if (strcmp (field, "text") == 0 || strcmp (field, "id") == 0)
    {
      gboolean is_id = strcmp (field, "id") == 0;
      g_autofree char *expected = unquote (value);
      g_autofree char *actual = g_strndup (is_id ? (cue->id_bytes ? cue->id : "") : cue->text,
                                           is_id ? cue->id_bytes : cue->length_bytes);

      g_assert_cmpstr (actual, ==, expected);
    }
  else if (strcmp (field, "startTime") == 0 || strcmp (field, "endTime") == 0)
    {
      gint64 expected_ms = (gint64)(g_ascii_strtod (value, NULL) * 1000 + 0.5);

      g_assert_cmpint (field[0] == 's' ? cue->start_ms : cue->end_ms, ==, expected_ms);
    }
}

static guint
check_script (const Parsed *parsed, const char *script)
{
  g_autoptr (GRegex) count = g_regex_new ("assert_equals\\(cues\\.length, (\\d+)", 0, 0, NULL);
  g_autoptr (GRegex) field = g_regex_new ("assert_equals\\(cues\\[(\\d+)\\]\\.(text|id|startTime|"
                                          "endTime), *(\"[^\"]*\"|'[^']*'|[0-9.]+)",
                                          0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  guint checked = 0;

  if (g_regex_match (count, script, 0, &match))
    {
      g_autofree char *n = g_match_info_fetch (match, 1);

      g_assert_cmpuint (parsed->cues->len, ==, strtoul (n, NULL, 10));
      checked++;
    }
  g_clear_pointer (&match, g_match_info_free);
  g_regex_match (field, script, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *index = g_match_info_fetch (match, 1);
      g_autofree char *name = g_match_info_fetch (match, 2);
      g_autofree char *value = g_match_info_fetch (match, 3);

      check_assertion (parsed, index, name, value);
      checked++;
    }
  return checked;
}

static void
test_w3c_scripts (void)
{
  const char *folder = suite_folder (), *name;
  g_autoptr (GDir) dir = NULL;
  guint files = 0, checks = 0;

  if (folder == NULL)
    {
      g_test_skip ("no samples");
      return;
    }
  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *js = g_build_filename (folder, name, NULL);
      g_autofree char *stem = g_strndup (js, strlen (js) - 3);
      g_autofree char *vtt = NULL;
      g_autofree char *script = NULL;
      Parsed parsed;

      if (!g_str_has_suffix (name, ".js") || strcmp (name, "parser.js") == 0)
        continue;
      vtt = g_strconcat (stem, ".vtt", NULL);
      g_assert_true (g_file_get_contents (js, &script, NULL, NULL));
      g_test_message ("%s", name);
      parse_file (vtt, &parsed);
      checks += check_script (&parsed, script);
      files++;
      clear_parsed (&parsed);
    }
  g_test_message ("%u assertions of %u files", checks, files);
  g_assert_cmpuint (files, ==, 37);
  g_assert_cmpuint (checks, >, 60);
}

/* The text of the tests' tree: lines of "| " and quoted strings. */
static char *
text_of_tree (const char *tree)
{
  GString *out = g_string_new (NULL);
  const char *p = tree;

  while (*p != '\0')
    {
      const char *quote, *end;

      p += strspn (p, "| ");
      if (*p != '"')
        {
          p = strchrnul (p, '\n');
          p += *p == '\n';
          continue;
        }
      quote = p + 1;
      end = strstr (quote, "\"\n");
      if (end == NULL)
        end = quote + strlen (quote) - (g_str_has_suffix (quote, "\""));
      g_string_append_len (out, quote, end - quote);
      p = *end == '\0' ? end : end + 1 + (end[1] == '\n');
    }
  return g_string_free (out, FALSE);
}

/* The standard drops what is in a tag that it does not know or that has no end; here it stays. */
static gboolean
keeps_more (const char *strict, const char *ours, const char *source)
{
  const char *p = ours;

  for (const char *s = strict; *s != '\0'; s++, p++)
    if (g_ascii_isspace (*s))
      p--;
    else if ((p = strchr (p, *s)) == NULL)
      return FALSE;
  return strchr (source, '<') != NULL;
}

static void
check_tree (const char *file, const AttestCue *cue, JsonObject *entry)
{
  g_autofree char *expected = text_of_tree (json_object_get_string_member (entry, "expectedTree"));
  g_autofree char *source = g_strndup (cue->text, cue->length_bytes);
  g_autofree char *actual = attest_cues_plain_text (cue, NULL);

  g_strchomp (expected);
  g_strchomp (actual);
  if (strcmp (actual, expected) == 0)
    return;
  g_test_message ("%s: {%s} gives {%s}, the standard's {%s}", file, source, actual, expected);
  g_assert_true (keeps_more (expected, actual, source));
}

static void
test_w3c_trees (void)
{
  static const char *const names[] = { "entities", "tags", "text", "timestamps", "tree-building" };
  const char *folder = suite_folder ();

  if (folder == NULL)
    {
      g_test_skip ("no samples");
      return;
    }
  for (guint n = 0; n < G_N_ELEMENTS (names); n++)
    {
      g_autofree char *base = g_build_filename (folder, names[n], NULL);
      g_autofree char *vtt = g_strconcat (base, ".vtt", NULL);
      g_autofree char *json = g_strconcat (base, ".json", NULL);
      g_autoptr (JsonParser) parser = json_parser_new ();
      JsonArray *entries;
      Parsed parsed;

      g_assert_true (json_parser_load_from_file (parser, json, NULL));
      entries = json_node_get_array (json_parser_get_root (parser));
      parse_file (vtt, &parsed);
      g_assert_cmpuint (parsed.cues->len, ==, json_array_get_length (entries));
      for (guint i = 0; i < parsed.cues->len; i++)
        check_tree (names[n], &g_array_index (parsed.cues, AttestCue, i),
                    json_array_get_object_element (entries, i));
      clear_parsed (&parsed);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cues/voices", test_voices);
  g_test_add_func ("/cues/names-in-text", test_names_in_text);
  g_test_add_func ("/cues/name-lines", test_name_lines);
  g_test_add_func ("/cues/chevrons", test_chevrons);
  g_test_add_func ("/cues/pauses", test_pauses);
  g_test_add_func ("/cues/srt-disorder", test_srt_disorder);
  g_test_add_func ("/cues/rolling", test_rolling);
  g_test_add_func ("/cues/malformed-is-kept", test_malformed_is_kept);
  g_test_add_func ("/cues/blank-line-after-times", test_blank_line_after_times);
  g_test_add_func ("/cues/unicode", test_unicode);
  g_test_add_func ("/cues/word-cues", test_word_cues);
  g_test_add_func ("/cues/w3c-scripts", test_w3c_scripts);
  g_test_add_func ("/cues/w3c-trees", test_w3c_trees);
  return g_test_run ();
}
