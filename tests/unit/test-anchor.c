/* Where a passage stands in a corrected text. */
#include <string.h>

#include <glib.h>

#include "util/attest-anchor.h"
#include "util/attest-text.h"

/* @quote, the @nth from 0 in @before; where it stands in @after: the @mth. */
static void
assert_found (const char *before, const char *after, const char *quote, guint nth,
              AttestAnchor wanted, guint mth)
{
  g_autoptr (AttestAnchors) anchors
      = attest_anchors_new (before, strlen (before), after, strlen (after));
  const char *at = strstr (before, quote), *there;
  gsize start = 0, end = 0;
  AttestAnchor found;

  for (; nth > 0; nth--)
    at = strstr (at + 1, quote);
  g_assert_nonnull (at);
  found = attest_anchors_find (anchors, (gsize)(at - before), (gsize)(at - before) + strlen (quote),
                               &start, &end);
  g_assert_cmpstr (attest_anchor_to_string (found), ==, attest_anchor_to_string (wanted));
  if (found > ATTEST_ANCHOR_WORDS)
    return;
  there = strstr (after, quote);
  for (; mth > 0; mth--)
    there = strstr (there + 1, quote);
  g_assert_cmpuint (start, ==, (gsize)(there - after));
  g_assert_cmpuint (end, ==, start + strlen (quote));
}

static void
test_cases (void)
{
  /* The same line, moved by lines above it. */
  assert_found ("A: One.\nB: Yes.\n", "Head\nA: One.\nB: Yes.\n", "Yes.", 0, ATTEST_ANCHOR_DIFF, 0);
  /* A line that is corrected around the passage. */
  assert_found ("A: Oen, and yes we came.\n", "A: One, and yes we came. é\n", "yes we came", 0,
                ATTEST_ANCHOR_WORDS, 0);
  /* The same words twice, told by the lines around. */
  assert_found ("A: First.\nB: Yes.\nA: Second.\nB: Yes.\n",
                "A: First.\nB: Yes.\nA: Second.\nB: Yes.\nA: Third.\n", "Yes.", 1,
                ATTEST_ANCHOR_DIFF, 1);
  /* One of two went; what is left may be either. */
  assert_found ("Yes. Yes.", "So: Yes. And so on: Yes. And Yes.", "Yes.", 1,
                ATTEST_ANCHOR_AMBIGUOUS, 0);
  assert_found ("A: It works.\n", "A: It worked.\n", "It works.", 0, ATTEST_ANCHOR_CHANGED, 0);
  assert_found ("A: It works.\n", "A: They went home.\n", "It works.", 0, ATTEST_ANCHOR_LOST, 0);
  /* Cyrillic, Arabic, emoji and a decomposed letter. */
  assert_found ("Р: Да, мы приехали 😀.\n", "Р: Ну да, мы приехали 😀. Всё.\n", "мы приехали 😀.", 0,
                ATTEST_ANCHOR_WORDS, 0);
  assert_found ("A: cafe\xcc\x81 نعم، جئنا.\n", "A: one cafe\xcc\x81 نعم، جئنا.\n",
                "cafe\xcc\x81 نعم، جئنا.", 0, ATTEST_ANCHOR_WORDS, 0);
}

/* Words that were corrected are proposed where the context is the same, in one place only. */
static void
assert_near (const char *before, const char *after, const char *quote, const char *wanted)
{
  g_autoptr (AttestAnchors) anchors
      = attest_anchors_new (before, strlen (before), after, strlen (after));
  const char *at = strstr (before, quote);
  gsize start = 0, end = 0;
  AttestAnchor found = attest_anchors_find (anchors, (gsize)(at - before),
                                            (gsize)(at - before) + strlen (quote), &start, &end);
  g_autofree char *there = g_strndup (after + start, end - start);

  g_assert_cmpstr (attest_anchor_to_string (found), ==, wanted != NULL ? "changed" : "lost");
  if (wanted != NULL)
    g_assert_cmpstr (there, ==, wanted);
}

static void
test_near (void)
{
  assert_near ("Aigul: The ofices changed. Nobody came.\n",
               "X.\nAigul: The offices changed. Nobody came.\n", "The ofices changed.",
               "The offices changed.");
  assert_near (
      "Бек сказал: Мы согласны 🙂 сейчас. И всё тут.\n",
      "Потом Бек сказал: Мы не согласны 🙂 сейчас. И всё "
      "тут.\n",
      "Мы согласны 🙂 сейчас.", "Мы не согласны 🙂 сейчас.");
  assert_near ("قالت: جئنا cafe\xcc\x81 أمس. شكرا جزيلا.\n",
               "قالت: جئنا cafe\xcc\x81s أمس. شكرا جزيلا.\n", "جئنا cafe\xcc\x81 أمس.",
               "جئنا cafe\xcc\x81s أمس.");
  /* Another context, quite other words, and two places alike. */
  assert_near ("One said: It works fine. And so on.\n", "One said: It worked fine! But not so.\n",
               "It works fine.", NULL);
  assert_near ("One said: It works fine. And so on.\n",
               "One said: Nobody ever came here. And so on.\n", "It works fine.", NULL);
  assert_near ("One said: It works fine. And so on.\n",
               "One said: It workx fine. And so on. One said: It worky fine. And so on.\n",
               "It works fine.", NULL);
}

/* Lines broken elsewhere have the same words. */
static void
test_wrapped (void)
{
  const char *before = "R: We came late,\nand nobody waited.\n";
  const char *after = "R: We came late, and\n\tnobody waited. X\n";
  g_autoptr (AttestAnchors) anchors
      = attest_anchors_new (before, strlen (before), after, strlen (after));
  const char *at = strstr (before, "late");
  gsize start = 0, end = 0;

  g_assert_cmpint (attest_anchors_find (anchors, (gsize)(at - before),
                                        (gsize)(strstr (before, ".\n") - before), &start, &end),
                   ==, ATTEST_ANCHOR_WORDS);
  g_assert_cmpint (strncmp (after + start, "late, and\n\tnobody waited", end - start), ==, 0);
  g_assert_cmpuint (end - start, ==, strlen ("late, and\n\tnobody waited"));
}

/* ---- properties ---- */

static const char *const words[]
    = { "we", "came", "late", "Yes.", "да", "нет.", "é", "нам", "😀", "of", "\n", "\n", "A:", "B:" };

static char *
dup_random_text (guint n, guint *marks, guint n_marks, gsize *out_starts, gsize *out_ends)
{
  GString *text = g_string_new (NULL);
  guint mark = 0;

  for (guint i = 0; i < n; i++)
    {
      if (mark < n_marks && marks[mark] == i)
        {
          out_starts[mark] = text->len;
          g_string_append_printf (text, "the passage %u of \xd1\x8f ours", mark);
          out_ends[mark] = text->len;
          mark++;
        }
      g_string_append_printf (text, " %s", words[g_test_rand_int_range (0, G_N_ELEMENTS (words))]);
    }
  return g_string_free (text, FALSE);
}

/* Whatever is put in or taken away elsewhere, a passage that stands once is found, where it is. */
static void
test_edits_elsewhere (void)
{
  for (guint round = 0; round < 300; round++)
    {
      guint marks[] = { 5, 40, 41, 90 };
      gsize starts[4], ends[4];
      g_autofree char *before = dup_random_text (120, marks, 4, starts, ends);
      g_autoptr (GString) after = g_string_new (before);
      g_autoptr (AttestAnchors) anchors = NULL;
      gsize kept_starts[4];

      memcpy (kept_starts, starts, sizeof starts);
      for (guint edit = 0; edit < 20; edit++)
        {
          guint gap = (guint)g_test_rand_int_range (0, 5);
          gsize from = gap == 0 ? 0 : kept_starts[gap - 1] + (ends[gap - 1] - starts[gap - 1]);
          gsize to = gap == 4 ? after->len : kept_starts[gap];
          const char *word = words[g_test_rand_int_range (0, G_N_ELEMENTS (words))];
          gsize at = from;
          gssize change;

          while (at < to && g_test_rand_int_range (0, 8) > 0)
            at = (gsize)(g_utf8_next_char (after->str + at) - after->str);
          if (g_test_rand_bit () && at < to)
            {
              gsize next = (gsize)(g_utf8_next_char (after->str + at) - after->str);

              change = -(gssize)(next - at);
              g_string_erase (after, (gssize)at, (gssize)(next - at));
            }
          else
            {
              change = (gssize)strlen (word);
              g_string_insert (after, (gssize)at, word);
            }
          for (guint i = gap; i < 4; i++)
            kept_starts[i] = (gsize)((gssize)kept_starts[i] + change);
        }
      anchors = attest_anchors_new (before, strlen (before), after->str, after->len);
      for (guint i = 0; i < 4; i++)
        {
          gsize start = 0, end = 0;

          g_assert_cmpint (attest_anchors_find (anchors, starts[i], ends[i], &start, &end), <=,
                           ATTEST_ANCHOR_WORDS);
          g_assert_cmpuint (start, ==, kept_starts[i]);
          g_assert_cmpuint (end - start, ==, ends[i] - starts[i]);
        }
    }
}

/* What is found has the words that were quoted, of any passage and between any two texts. */
static void
test_words_hold (void)
{
  for (guint round = 0; round < 300; round++)
    {
      g_autofree char *before = dup_random_text (60, NULL, 0, NULL, NULL);
      g_autofree char *after = dup_random_text (60, NULL, 0, NULL, NULL);
      gsize length = strlen (before);
      g_autoptr (AttestAnchors) anchors
          = attest_anchors_new (before, length, after, strlen (after));

      for (guint i = 0; i < 20; i++)
        {
          gsize start = (gsize)g_test_rand_int_range (0, (gint32)length - 20), end = start + 15;
          gsize found_start = 0, found_end = 0;
          g_autofree char *quote = NULL, *there = NULL;

          while ((before[start] & 0xc0) == 0x80)
            start++;
          while ((before[end] & 0xc0) == 0x80)
            end++;
          if (attest_anchors_find (anchors, start, end, &found_start, &found_end)
              > ATTEST_ANCHOR_WORDS)
            continue;
          quote = attest_text_printable (before + start, end - start, 0);
          there = attest_text_printable (after + found_start, found_end - found_start, 0);
          g_assert_cmpstr (g_strstrip (there), ==, g_strstrip (quote));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/anchor/cases", test_cases);
  g_test_add_func ("/anchor/near", test_near);
  g_test_add_func ("/anchor/wrapped", test_wrapped);
  g_test_add_func ("/anchor/edits-elsewhere", test_edits_elsewhere);
  g_test_add_func ("/anchor/words-hold", test_words_hold);
  return g_test_run ();
}
