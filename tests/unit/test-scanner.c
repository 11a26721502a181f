#include "pattern/attest-scanner.h"

#include <string.h>

#define ROUNDS 400
#define MAX_PATTERNS 12
#define MAX_PIECES 6
#define MAX_TEXT_PIECES 60

/* Pieces of which random patterns and random text are made, so that they meet often. */
static const char *const pattern_pieces[]
    = { "a",   "b",      "é",          "e\xcc\x81", "ж",     ".",      "\\w+",   "\\b",
        "a*",  "(?:ab)", "[aж]+?",     "\\s",       "ab|ba", "(?<=a)", "(?!b)",  "x?",
        "\\K", "и+",     "(?:a|и|b )", "\\W",       "😀",     "(a)\\1", "(?i:Б)", "\\d{1,2}",
        "$",   "^",      "σ",          "م",         "\\pL",  "(?>a+)", "\\R",    "\\X" };
static const char *const text_pieces[]
    = { "a", "b", "A",  "é", "e\xcc\x81", "ж", "Ж",  " ", "\n", "и",
        "б", "😀", "12", "ς", "Σ",         "م", "ab", ".", "aab" };

static char *
random_string (const char *const *pieces, gsize n_pieces, gint max)
{
  GString *string = g_string_new (NULL);

  for (gint i = g_test_rand_int_range (1, max + 1); i > 0; i--)
    g_string_append (string, pieces[g_test_rand_int_range (0, (gint32)n_pieces)]);
  return g_string_free (string, FALSE);
}

/* Some that do not compile are left out. */
static GPtrArray *
random_patterns (void)
{
  GPtrArray *patterns = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_pattern_unref);

  for (gint i = g_test_rand_int_range (1, MAX_PATTERNS); i > 0; i--)
    {
      g_autofree char *body
          = random_string (pattern_pieces, G_N_ELEMENTS (pattern_pieces), MAX_PIECES);
      gsize at;
      AttestPattern *pattern = attest_pattern_new (
          body, g_test_rand_bit () ? ATTEST_PATTERN_WORD_EDGES : ATTEST_PATTERN_PLAIN, &at, NULL);
      if (pattern != NULL)
        g_ptr_array_add (patterns, pattern);
    }
  return patterns;
}

static GArray *
random_subset (guint n)
{
  GArray *subset = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < n; i++)
    if (g_test_rand_bit ())
      g_array_append_val (subset, i);
  return subset;
}

/* What the scanner should find, one pattern at a time. */
static GArray *
search_naively (GPtrArray *patterns, const GArray *subset, const char *text)
{
  g_autoptr (AttestMatcher) matcher = attest_matcher_new ();
  GArray *matches = g_array_new (FALSE, FALSE, sizeof (AttestMatch));
  guint n = subset != NULL ? subset->len : patterns->len;

  for (guint i = 0; i < n; i++)
    {
      AttestMatch match = { .pattern = subset != NULL ? g_array_index (subset, guint, i) : i };
      const char *reason;

      while (attest_matcher_find (matcher, g_ptr_array_index (patterns, match.pattern), text,
                                  strlen (text), match.end_byte, &match.start_byte, &match.end_byte,
                                  &reason)
             == ATTEST_MATCH_FOUND)
        g_array_append_val (matches, match);
    }
  return matches;
}

static void
compare_round (void)
{
  g_autoptr (GPtrArray) patterns = random_patterns ();
  g_autoptr (AttestScanner) scanner = attest_scanner_new (patterns);
  g_autoptr (GArray) some = random_subset (patterns->len);
  guint numbers[]
      = { ATTEST_SCAN_ALL,
          attest_scanner_add_subset (scanner, (const guint *)(gpointer)some->data, some->len) };
  g_autoptr (AttestScan) scan = attest_scan_new (scanner);

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *text
          = random_string (text_pieces, G_N_ELEMENTS (text_pieces), MAX_TEXT_PIECES);
      const GArray *subset = i % 2 ? some : NULL;
      g_autoptr (GArray) expected = search_naively (patterns, subset, text);
      const GArray *matches, *stopped;

      attest_scan_text (scan, text, strlen (text), numbers[i % 2], &matches, &stopped);
      g_assert_cmpuint (stopped->len, ==, 0);
      g_assert_cmpuint (matches->len, ==, expected->len);
      for (guint k = 0; k < matches->len; k++)
        {
          const AttestMatch *a = &g_array_index (matches, AttestMatch, k);
          const AttestMatch *b = &g_array_index (expected, AttestMatch, k);

          g_assert_cmpuint (a->pattern, ==, b->pattern);
          g_assert_cmpuint (a->start_byte, ==, b->start_byte);
          g_assert_cmpuint (a->end_byte, ==, b->end_byte);
          g_assert_cmpuint (a->start_byte, <, a->end_byte);
          g_assert_true (
              g_utf8_validate (text + a->start_byte, (gssize)(a->end_byte - a->start_byte), NULL));
        }
    }
}

static void
test_against_naive_loop (void)
{
  for (guint i = 0; i < ROUNDS; i++)
    compare_round ();
}

static AttestScanner *
make_scanner (const char *const *bodies, gsize n)
{
  g_autoptr (GPtrArray) patterns
      = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_pattern_unref);
  gsize at;

  for (gsize i = 0; i < n; i++)
    {
      g_ptr_array_add (patterns,
                       attest_pattern_new (bodies[i], ATTEST_PATTERN_WORD_EDGES, &at, NULL));
      g_assert_nonnull (patterns->pdata[i]);
    }
  return attest_scanner_new (patterns);
}

static void
test_order_and_subset (void)
{
  static const char *const bodies[] = { "cat", "dog", "\\w+" };
  g_autoptr (AttestScanner) scanner = make_scanner (bodies, 3);
  const guint second[] = { 1 };
  guint none = attest_scanner_add_subset (scanner, NULL, 0);
  guint dog = attest_scanner_add_subset (scanner, second, 1);
  g_autoptr (AttestScan) scan = attest_scan_new (scanner);
  const GArray *matches, *stopped;

  g_assert_cmpuint (attest_scanner_add_subset (scanner, second, 1), ==, dog);
  g_assert_cmpuint (attest_scanner_add_subset (scanner, (const guint[]){ 0, 1, 2 }, 3), ==,
                    ATTEST_SCAN_ALL);
  attest_scan_text (scan, "dog cat", 7, ATTEST_SCAN_ALL, &matches, &stopped);
  g_assert_cmpuint (matches->len, ==, 4);
  g_assert_cmpuint (g_array_index (matches, AttestMatch, 0).pattern, ==, 0);
  g_assert_cmpuint (g_array_index (matches, AttestMatch, 0).start_byte, ==, 4);
  g_assert_cmpuint (g_array_index (matches, AttestMatch, 3).pattern, ==, 2);
  attest_scan_text (scan, "dog cat", 7, none, &matches, &stopped);
  g_assert_cmpuint (matches->len, ==, 0);
  attest_scan_text (scan, "dog cat", 7, dog, &matches, &stopped);
  g_assert_cmpuint (matches->len, ==, 1);
  g_assert_cmpuint (g_array_index (matches, AttestMatch, 0).end_byte, ==, 3);
  attest_scan_text (scan, "", 0, ATTEST_SCAN_ALL, &matches, &stopped);
  g_assert_cmpuint (matches->len, ==, 0);
}

/* One bad pattern is reported and does not hide what the others find. */
static void
test_stopped (void)
{
  static const char *const bodies[] = { "start", "(?:a+)+$", "end" };
  g_autoptr (AttestScanner) scanner = make_scanner (bodies, 3);
  g_autoptr (AttestScan) scan = attest_scan_new (scanner);
  g_autofree char *as = g_strnfill (5000, 'a');
  g_autofree char *text = g_strconcat ("start ", as, "! end", NULL);
  const GArray *matches, *stopped;

  attest_scan_text (scan, text, strlen (text), ATTEST_SCAN_ALL, &matches, &stopped);
  g_assert_cmpuint (matches->len, ==, 2);
  g_assert_cmpuint (stopped->len, ==, 1);
  g_assert_cmpuint (g_array_index (stopped, AttestStopped, 0).pattern, ==, 1);
  g_assert_nonnull (strstr (g_array_index (stopped, AttestStopped, 0).reason, "limit"));
  attest_scan_text (scan, "start", 5, ATTEST_SCAN_ALL, &matches, &stopped);
  g_assert_cmpuint (matches->len, ==, 1);
  g_assert_cmpuint (stopped->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scanner/against-naive-loop", test_against_naive_loop);
  g_test_add_func ("/scanner/order-and-subset", test_order_and_subset);
  g_test_add_func ("/scanner/stopped", test_stopped);
  return g_test_run ();
}
