/* Main lines of CHAT: what was said stays, what is about it goes; and times that are spread. */
#include <string.h>

#include "model/attest-document.h"
#include "reader/attest-chat.h"
#include "reader/attest-timeline.h"

static void
assert_words (const char *line, const char *expected)
{
  g_autoptr (GString) words = g_string_new (NULL);
  AttestChatCounts counts = { 0 };
  gint64 start_ms = ATTEST_NO_TIME, end_ms = ATTEST_NO_TIME;

  attest_chat_append_words (words, line, strlen (line), &start_ms, &end_ms, &counts);
  g_assert_cmpstr (g_strstrip (words->str), ==, expected);
}

static void
test_said (void)
{
  assert_words ("<we we> [/] we walked .", "we we we walked.");
  assert_words ("&-uh &+fr friend (be)cause .", "uh fr friend because.");
  assert_words ("gonna [: going to] go ?", "gonna go?");
  assert_words ("casa@s:spa is lo::ng , really !", "casa is long, really!");
  assert_words ("New_York at 10:30 for 0.5 som .", "New York at 10:30 for 0.5 som.");
  assert_words ("Жайлоо e\xcc\x81t\xc3\xa9 \xf0\x9f\x99\x82 .",
                "Жайлоо e\xcc\x81t\xc3\xa9 \xf0\x9f\x99\x82.");
  assert_words ("it is (the new one) .", "it is (the new one).");
}

static void
test_marks (void)
{
  assert_words ("&=laughs:loud no [=! cries] .", "[laughs:loud] no [cries].");
  assert_words ("xxx .", "[xxx].");
  assert_words ("yes [noise] .", "yes [noise].");
  assert_words ("then +...", "then…");
  assert_words ("who +//?", "who?");
}

static void
test_left_out (void)
{
  assert_words ("0is it (.) there (1:02.5) [* m:0s] [+ gram] .", "it there.");
  assert_words ("0 .", ".");
  assert_words ("⌈↑up⌉ [>] .", "up.");
  assert_words ("[unclosed (and &", "[unclosed (and &");
}

static void
test_bullets (void)
{
  const char line[] = "a \x15"
                      "100_250\x15 b \x15%snd:\"x_1\"_300_480\x15";
  g_autoptr (GString) words = g_string_new (NULL);
  AttestChatCounts counts = { 0 };
  gint64 start_ms = ATTEST_NO_TIME, end_ms = ATTEST_NO_TIME;

  attest_chat_append_words (words, line, strlen (line), &start_ms, &end_ms, &counts);
  g_assert_cmpstr (g_strstrip (words->str), ==, "a b");
  g_assert_cmpint (start_ms, ==, 100);
  g_assert_cmpint (end_ms, ==, 480);
}

static void
test_timeline (void)
{
  g_autoptr (AttestTimeline) timeline = attest_timeline_new ();
  const gint64 times[]
      = { 0, ATTEST_NO_TIME, ATTEST_NO_TIME, 900, ATTEST_NO_TIME, 500, ATTEST_NO_TIME };
  const gint64 expected[] = { 0, 300, 600, 900, ATTEST_NO_TIME, 500, ATTEST_NO_TIME };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      const char id[] = { (char)('a' + i), '\0' };

      attest_timeline_define (timeline, attest_timeline_point (timeline, id), times[i]);
    }
  attest_timeline_interpolate (timeline);
  /* Between times that run backwards nothing can be put. */
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpint (attest_timeline_get_time (timeline, i), ==, expected[i]);
  g_assert_true (attest_timeline_is_guess (timeline, 1));
  g_assert_false (attest_timeline_is_guess (timeline, 3));
  g_assert_cmpuint (attest_timeline_point (timeline, ""), ==, ATTEST_NO_POINT);
  g_assert_cmpint (attest_timeline_get_time (timeline, ATTEST_NO_POINT), ==, ATTEST_NO_TIME);
  g_assert_cmpint (attest_timeline_get_rank (timeline, attest_timeline_point (timeline, "z")), ==,
                   -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chat/said", test_said);
  g_test_add_func ("/chat/marks", test_marks);
  g_test_add_func ("/chat/left-out", test_left_out);
  g_test_add_func ("/chat/bullets", test_bullets);
  g_test_add_func ("/chat/timeline", test_timeline);
  return g_test_run ();
}
