#include "report/attest-kwic.h"

#include <string.h>

/* A document of one turn, after some text that belongs to no turn. */
static AttestDocument *
document_of (const char *said)
{
  AttestDocument *doc = attest_document_new ("x.txt");
  char *text = g_strconcat ("Title\n\n", said, "\n\nend", NULL);
  AttestTurn turn = { .speaker = ATTEST_NO_SPEAKER,
                      .start_byte = strlen ("Title\n\n"),
                      .start_ms = 61000,
                      .end_ms = ATTEST_NO_TIME };

  turn.end_byte = turn.start_byte + strlen (said);
  attest_document_take_text (doc, text, strlen (text));
  g_array_append_val (doc->turns, turn);
  return doc;
}

static AttestKwicMatch
match_of (const AttestDocument *doc, const AttestCharMap *map, const char *found)
{
  const char *at = strstr (doc->text, found);
  AttestKwicMatch match = { .source = "s", .doc = doc, .map = map };

  g_assert_nonnull (at);
  match.start_byte = (gsize)(at - doc->text);
  match.end_byte = match.start_byte + strlen (found);
  return match;
}

static void
assert_line (const char *said, const char *found, AttestKwicLayout layout, const char *expected)
{
  g_autoptr (AttestDocument) doc = document_of (said);
  g_autoptr (AttestCharMap) map = attest_char_map_new (doc->text, doc->length_bytes);
  g_autoptr (GString) out = g_string_new (NULL);
  AttestKwicMatch match = match_of (doc, map, found);

  attest_kwic_append_line (&match, &layout, out);
  g_assert_cmpstr (out->str, ==, expected);
}

static void
test_line (void)
{
  /* In a pipe: the source in each line, context by characters, none of it from outside the turn. */
  assert_line ("one two three", "two", (AttestKwicLayout){ .context = 3, .label_columns = 4 },
               "s     ¶0      ne  two  th\n");
  assert_line ("two", "two", (AttestKwicLayout){ .context = 4, .label_columns = 1 },
               "s  ¶0           two\n");
  /* On a terminal: what does not fit goes on the outer sides. */
  assert_line ("alpha beta gamma delta epsilon zeta eta theta", "delta",
               (AttestKwicLayout){ .columns = 40 }, "¶0     …a gamma  delta  epsilon zeta et…\n");
  assert_line ("a\nb\tc", "b", (AttestKwicLayout){ .columns = 40 }, "¶0            a  b  c\n");
  assert_line ("x \033[31m y", "y", (AttestKwicLayout){ .columns = 60, .color = TRUE },
               "¶0             x \\x1b[31m  \033[1my\033[0m\n");
}

static char *
random_words (void)
{
  static const char *const words[]
      = { "a", "bread", "и\u0301", "漢字漢字", "🙂", "للنساء", "\n", "результативность" };
  GString *text = g_string_new ("w");

  for (int i = g_test_rand_int_range (0, 30); i >= 0; i--)
    g_string_append_printf (text, " %s",
                            words[g_test_rand_int_range (0, (int)G_N_ELEMENTS (words))]);
  return g_string_free (text, FALSE);
}

/* All matches begin in one column, and no line is too long. */
static void
test_lines_up (void)
{
  for (guint columns = 40; columns < 140; columns++)
    {
      gsize expected = 0;

      for (guint round = 0; round < 20; round++)
        {
          g_autofree char *before = random_words ();
          g_autofree char *after = random_words ();
          g_autofree char *said = g_strconcat (before, " @", after, NULL);
          g_autoptr (AttestDocument) doc = document_of (said);
          g_autoptr (AttestCharMap) map = attest_char_map_new (doc->text, doc->length_bytes);
          g_autoptr (GString) out = g_string_new (NULL);
          AttestKwicMatch match = match_of (doc, map, "@");
          AttestKwicLayout layout = { .columns = columns };
          gsize place;

          attest_kwic_append_line (&match, &layout, out);
          g_assert_cmpuint (attest_text_columns (out->str, out->len - 1), <=, columns);
          place = attest_text_columns (out->str, strcspn (out->str, "@"));
          expected = round == 0 ? place : expected;
          g_assert_cmpuint (place, ==, expected);
        }
    }
}

static void
test_machine (void)
{
  g_autoptr (AttestDocument) doc = document_of ("=é two, \"three\"");
  g_autoptr (AttestCharMap) map = attest_char_map_new (doc->text, doc->length_bytes);
  AttestKwicMatch match = match_of (doc, map, "two");
  g_autoptr (GString) csv = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (AttestJson) json = attest_json_new (text, FALSE);

  attest_kwic_append_csv (&match, 3, csv);
  g_assert_cmpstr (csv->str, ==, "s,0,respondent,10,13,11,14,61000,\"'=é \",two,\", \"\"\"\r\n");
  attest_kwic_write_json (&match, 0, json);
  g_assert_cmpstr (text->str, ==,
                   "{\"source\": \"s\", \"turn\": 0, \"role\": \"respondent\", \"start\": 10, "
                   "\"end\": 13, \"start_byte\": 11, \"end_byte\": 14, \"start_ms\": 61000, "
                   "\"before\": \"=é \", \"match\": \"two\", \"after\": \", \\\"three\\\"\"}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kwic/line", test_line);
  g_test_add_func ("/kwic/lines-up", test_lines_up);
  g_test_add_func ("/kwic/machine", test_machine);
  return g_test_run ();
}
