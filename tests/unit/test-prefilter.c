/* The prefilter must never change what is found: where a pattern matches, one of its needles is.
 *
 * Random patterns are built from every construct of PCRE2 that the relaxer knows and some that it
 * refuses; random text from what those patterns are likely to meet. ATTEST_TEST_ROUNDS multiplies
 * the rounds, and GLib's --seed repeats a run.
 */
#include "pattern/attest-scanner.h"
#include "util/attest-csv.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

static guint
n_rounds (guint rounds)
{
  const char *times = g_getenv ("ATTEST_TEST_ROUNDS");

  return rounds * (times != NULL ? (guint)MAX (g_ascii_strtoull (times, NULL, 10), 1) : 1);
}

/* --- comparing */

static void
assert_same_matches (GPtrArray *patterns, const GArray *a, const GArray *b, const char *text)
{
  for (guint i = 0; i < MAX (a->len, b->len); i++)
    {
      const AttestMatch *x = i < a->len ? &g_array_index (a, AttestMatch, i) : NULL;
      const AttestMatch *y = i < b->len ? &g_array_index (b, AttestMatch, i) : NULL;

      if (x == NULL || y == NULL || x->pattern != y->pattern || x->start_byte != y->start_byte
          || x->end_byte != y->end_byte)
        {
          const AttestMatch *first = x == NULL || (y != NULL && y->pattern < x->pattern) ? y : x;

          g_error (
              "with (%zu to %zu) and without the prefilter (%zu to %zu) differ for /%s/ on '%s'",
              x != NULL ? x->start_byte : 0, x != NULL ? x->end_byte : 0,
              y != NULL ? y->start_byte : 0, y != NULL ? y->end_byte : 0,
              attest_pattern_get_body (g_ptr_array_index (patterns, first->pattern)), text);
        }
    }
}

/* Two scanners of the same patterns, with and without a prefilter. */
typedef struct
{
  GPtrArray *patterns;
  AttestScanner *scanners[2];
  AttestScan *scans[2];
} Pair;

static Pair
pair_new (GPtrArray *patterns)
{
  Pair pair = { .patterns = patterns };

  for (guint i = 0; i < 2; i++)
    {
      pair.scanners[i] = attest_scanner_new (patterns);
      attest_scanner_set_prefilter (pair.scanners[i], i == 0);
      pair.scans[i] = attest_scan_new (pair.scanners[i]);
    }
  return pair;
}

static void
pair_clear (Pair *pair)
{
  for (guint i = 0; i < 2; i++)
    {
      attest_scan_free (pair->scans[i]);
      attest_scanner_unref (pair->scanners[i]);
    }
}

/* Returns the number of matches. */
static guint
pair_compare (Pair *pair, const char *text, gsize length_bytes)
{
  const GArray *matches[2], *stopped[2];

  for (guint i = 0; i < 2; i++)
    attest_scan_text (pair->scans[i], text, length_bytes, ATTEST_SCAN_ALL, &matches[i],
                      &stopped[i]);
  assert_same_matches (pair->patterns, matches[0], matches[1], text);
  g_assert_cmpuint (stopped[0]->len, ==, stopped[1]->len);
  for (guint i = 0; i < stopped[0]->len; i++)
    g_assert_cmpuint (g_array_index (stopped[0], AttestStopped, i).pattern, ==,
                      g_array_index (stopped[1], AttestStopped, i).pattern);
  return matches[0]->len;
}

static GPtrArray *
patterns_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)attest_pattern_unref);
}

static void
add_pattern (GPtrArray *patterns, const char *body, AttestPatternFlags flags)
{
  gsize at;
  AttestPattern *pattern = attest_pattern_new (body, flags, &at, NULL);

  if (pattern != NULL)
    g_ptr_array_add (patterns, pattern);
}

/* --- random patterns */

static const char *const atoms[] = {
  "a",
  "b",
  "k",
  "s",
  "i",
  "S",
  "K",
  "é",
  "É",
  "e\xcc\x81",
  "ж",
  "Ж",
  "и",
  "ß",
  "ẞ",
  "σ",
  "ς",
  "Σ",
  "İ",
  "ı",
  "ſ",
  "K",
  "å",
  "Å",
  "م",
  "😀",
  "ǅ",
  "ꭰ",
  "0",
  "7",
  " ",
  "_",
  "-",
  "\\.",
  "\\-",
  "\\x{436}",
  "\\x6b",
  "\\xe9",
  "\\N{U+3C3}",
  "\\101",
  "\\o{153}",
  "\\n",
  "\\t",
  "\\cJ",
  "\\w",
  "\\W",
  "\\d",
  "\\D",
  "\\s",
  "\\S",
  "\\h",
  "\\H",
  "\\v",
  "\\V",
  "\\R",
  "\\X",
  "\\N",
  ".",
  "\\pL",
  "\\PL",
  "\\p{Lu}",
  "\\p{Nd}",
  "\\p{^L}",
  "\\p{Cyrillic}",
  "\\P{Lu}",
  "\\b",
  "\\B",
  "^",
  "$",
  "\\A",
  "\\z",
  "\\Z",
  "\\K",
  "[ab]",
  "[^ab]",
  "[a-i]",
  "[^a-i]",
  "[ks]",
  "[^ks]",
  "[жи]",
  "[^жи]",
  "[а-я]",
  "[^а-я]",
  "[é-ï]",
  "[ſ]",
  "[^ſ]",
  "[K]",
  "[ß]",
  "[\\w]",
  "[^\\w]",
  "[^\\W]",
  "[\\d_]",
  "[^\\d\\s]",
  "[[:alpha:]]",
  "[^[:alpha:]]",
  "[[:^alpha:]]",
  "[[:punct:]]",
  "[[:upper:]]",
  "[^[:lower:]]",
  "[[:space:]x]",
  "[[:ascii:]]",
  "[^[:ascii:]]",
  "[\\pL]",
  "[^\\pL]",
  "[\\p{Lu}7]",
  "[^\\p{Lu}]",
  "[\\x{400}-\\x{4ff}]",
  "[^\\x{400}-\\x{4ff}]",
  "[\\x{80}-\\x{ffff}]",
  "[^\\x{80}-\\x{ffff}]",
  "[]a]",
  "[^]a]",
  "[a\\]b]",
  "[-a]",
  "[a-]",
  "[\\x00-\\x7f]",
  "[[:<:]]",
  "[[:>:]]",
  "\\Qa.b\\E",
  "\\Q*\\E",
  "\\E",
  "\\Q\\E",
  "ab",
  "ba",
  "жи",
  "aab",
  "(a)\\1",
  "(?<n>b)\\k<n>",
  "(*COMMIT)",
  "(*PRUNE)",
  "(*SKIP)",
  "(*THEN)",
  "(?#c)",
  "(?R)?",
  "(?C1)",
  "(*ACCEPT)",
  "(*FAIL)",
};
static const char *const quantifiers[]
    = { "",   "",   "",    "",      "*",     "+",    "?",   "*?",   "+?",     "??",     "*+",
        "++", "?+", "{2}", "{0,2}", "{1,3}", "{2,}", "{0}", "{,2}", "{1,3}?", "{1,5}+", "{0,7}" };
static const char *const openings[]
    = { "(",    "(?:",  "(?:",   "(?>",    "(?=",     "(?!",     "(?<=",
        "(?<!", "(?|",  "(?i:",  "(?-i:",  "(?x:",    "(?s:",    "(?m:",
        "(?n:", "(?^:", "(?xx:", "(?i-s:", "(?(?=a)", "(?(?!b)", "(?(?<=a)" };
static const char *const settings[]
    = { "(?i)", "(?-i)", "(?x)", "(?-x)", "(?s)", "(?U)", "(?^)", "(?xx)", "(?J)" };
static const char *const text_parts[]
    = { "a",         "b",  "k",  "s",   "i",   "I",  "S",      "K",    "A",  "é",      "É",
        "e\xcc\x81", "ж",  "Ж",  "и",   "И",   "ß",  "ẞ",      "ss",   "σ",  "ς",      "Σ",
        "İ",         "ı",  "ſ",  "K",   "å",   "Å",  "Å",      "م",    "😀",  "ǅ",      "ǆ",
        "ꭰ",       "Ꭰ",  "0",  "7",   "٣",   " ",  "\u00a0", "\n",   "\t", "_",      "-",
        ".",         "ab", "ba", "aab", "a.b", "bb", "жи",     "{,2}", "]",  "\u2028", "\u0301" };

#define PICK(list) (list[g_test_rand_int_range (0, G_N_ELEMENTS (list))])

static void
append_random (GString *out, guint depth)
{
  for (gint i = g_test_rand_int_range (1, 5); i > 0; i--)
    {
      gint dice = g_test_rand_int_range (0, 20);

      if (dice < 3 && depth > 0)
        {
          g_string_append (out, PICK (openings));
          append_random (out, depth - 1);
          if (g_test_rand_bit ())
            {
              g_string_append_c (out, '|');
              append_random (out, depth - 1);
            }
          g_string_append_c (out, ')');
        }
      else if (dice == 3)
        g_string_append (out, PICK (settings));
      else if (dice == 4)
        g_string_append_c (out, '|');
      else
        g_string_append (out, PICK (atoms));
      g_string_append (out, PICK (quantifiers));
    }
}

static char *
random_text (void)
{
  GString *text = g_string_new (NULL);

  for (gint i = g_test_rand_int_range (0, 40); i > 0; i--)
    g_string_append (text, PICK (text_parts));
  return g_string_free (text, FALSE);
}

/* Long enough for the patterns that do not look beyond a window. */
static void
compare_long_text (Pair *pair)
{
  g_autoptr (GString) text = g_string_new (NULL);

  while (text->len < 50000)
    {
      g_autofree char *part = random_text ();

      g_string_append (text, part);
      g_string_append (text, " and then they said nothing more. ");
    }
  pair_compare (pair, text->str, text->len);
}

static void
test_random (void)
{
  guint n_matches = 0;

  for (guint round = 0; round < n_rounds (400); round++)
    {
      g_autoptr (GPtrArray) patterns = patterns_new ();

      while (patterns->len < 12)
        {
          g_autoptr (GString) body = g_string_new (NULL);

          append_random (body, 3);
          add_pattern (patterns, body->str,
                       g_test_rand_bit () ? ATTEST_PATTERN_WORD_EDGES : ATTEST_PATTERN_PLAIN);
        }
      Pair pair = pair_new (patterns);
      for (guint i = 0; i < 25; i++)
        {
          g_autofree char *text = random_text ();

          n_matches += pair_compare (&pair, text, strlen (text));
        }
      if (round % 20 == 0)
        compare_long_text (&pair);
      pair_clear (&pair);
    }
  /* Text that is never matched would prove nothing. */
  g_assert_cmpuint (n_matches, >, 1000);
}

/* --- real patterns on real text */

static void
compare_file (Pair *pair, const char *path, guint *out_matches)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) paragraphs = NULL;
  gsize length_bytes;

  if (!g_file_get_contents (path, &text, &length_bytes, NULL)
      || !g_utf8_validate (text, (gssize)length_bytes, NULL))
    return;
  paragraphs = g_strsplit (text, "\n\n", -1);
  for (char **p = paragraphs; *p != NULL; p++)
    *out_matches += pair_compare (pair, *p, strlen (*p));
}

static guint
compare_folder (Pair *pair, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint matches = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      compare_file (pair, path, &matches);
    }
  return matches;
}

/* The file under the samples, or NULL with the test skipped. */
static char *
find_sample (const char *name)
{
  const char *samples = g_getenv ("ATTEST_SAMPLES");
  g_autofree char *path = samples != NULL ? g_build_filename (samples, name, NULL) : NULL;

  if (path != NULL && g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&path);
  g_test_skip ("no samples");
  return NULL;
}

static void
test_cues (void)
{
  g_autofree char *path = find_sample ("../reference/cues.tsv");
  g_autofree char *english = find_sample ("a_interviews/en_podcast_md_MIT");
  g_autofree char *spanish = find_sample ("a_interviews/es_talks_MIT");
  g_autofree char *corpus
      = g_build_filename (g_getenv ("ATTEST_SRCDIR"), "corpora", "kyrgyz-migration", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) patterns = patterns_new ();

  if (path == NULL || english == NULL || spanish == NULL
      || !g_file_get_contents (path, &text, NULL, NULL))
    return;
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (char **line = lines + 1; *line != NULL; line++)
    {
      g_auto (GStrv) cells = g_strsplit (*line, "\t", 3);

      if (g_strv_length (cells) == 3)
        add_pattern (patterns, cells[2], ATTEST_PATTERN_WORD_EDGES);
    }
  g_assert_cmpuint (patterns->len, ==, 532);
  Pair pair = pair_new (patterns);
  g_assert_cmpuint (compare_folder (&pair, english), >, 500);
  g_assert_cmpuint (compare_folder (&pair, spanish), >, 50);
  g_assert_cmpuint (compare_folder (&pair, corpus), >, 50);
  pair_clear (&pair);
}

/* A codebook of thousands of keywords: goal, "keyword", "pattern", weight, "colour". */
static void
test_keywords (void)
{
  g_autofree char *path = find_sample ("b_codebooks/SDGmapR_MIT/cmu250_keywords_cleaned.csv");
  g_autofree char *english = find_sample ("a_interviews/en_podcast_md_MIT");
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) patterns = patterns_new ();
  gsize length_bytes;

  if (path == NULL || english == NULL || !g_file_get_contents (path, &text, &length_bytes, NULL))
    return;
  rows = attest_csv_parse (text, length_bytes, NULL);
  g_assert_nonnull (rows);
  for (guint i = 1; i < rows->len && patterns->len < 1000; i++)
    add_pattern (patterns, ((AttestCsvRow *)g_ptr_array_index (rows, i))->cells->pdata[2],
                 ATTEST_PATTERN_PLAIN);
  g_assert_cmpuint (patterns->len, ==, 1000);
  Pair pair = pair_new (patterns);
  g_assert_cmpuint (compare_folder (&pair, english), >, 100);
  pair_clear (&pair);
}

/* --- limits and cache */

/* Patterns that are too dear for the prefilter still find what they should. */
static void
test_dear_patterns (void)
{
  g_autoptr (GPtrArray) patterns = patterns_new ();
  g_autoptr (GString) longest = g_string_new ("(?:needle");
  g_autofree char *as = g_strnfill (30, 'a');
  g_autofree char *text = g_strconcat (as, " word2718 needle, and bbbbbbbbbb cb", NULL);

  while (longest->len < 16000)
    g_string_append_printf (longest, "|word%u", (guint)longest->len);
  g_string_append_c (longest, ')');
  add_pattern (patterns, longest->str, ATTEST_PATTERN_WORD_EDGES);
  add_pattern (patterns, "(?:\\w+\\W+){0,30}needle", ATTEST_PATTERN_PLAIN);
  add_pattern (patterns, "((((((b{2}){2}){2}){2}){2}){2}){2}|bb", ATTEST_PATTERN_PLAIN);
  add_pattern (patterns, "(?:(?:a|b|c){1,20}(?:b|c){1,20}){1,20}b", ATTEST_PATTERN_PLAIN);
  add_pattern (patterns, "(?=.*needle)", ATTEST_PATTERN_PLAIN);
  add_pattern (patterns, "\\w*", ATTEST_PATTERN_PLAIN);
  g_assert_cmpuint (patterns->len, ==, 6);
  Pair pair = pair_new (patterns);
  g_assert_cmpuint (pair_compare (&pair, text, strlen (text)), >, 4);
  pair_clear (&pair);
  g_assert_nonnull (attest_scanner_explain_always (g_ptr_array_index (patterns, 0)));
  g_assert_null (attest_scanner_explain_always (g_ptr_array_index (patterns, 1)));
  g_assert_nonnull (attest_scanner_explain_always (g_ptr_array_index (patterns, 5)));
}

/* Windows by the thousand, far from the end of the text. */
static void
test_enormous_turn (void)
{
  g_autoptr (GPtrArray) patterns = patterns_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 20000; i++)
    g_string_append (text, i % 3 == 0 ? "a need of " : i % 3 == 1 ? "needs: " : "no need, жизнь ");
  g_string_append (text, "quiz");
  add_pattern (patterns, "(?:a|no) needs?", ATTEST_PATTERN_WORD_EDGES);
  add_pattern (patterns, "needs(?=\\W)", ATTEST_PATTERN_WORD_EDGES);
  add_pattern (patterns, "(?:\\w+ ){0,4}quiz", ATTEST_PATTERN_WORD_EDGES);
  add_pattern (patterns, "z\\w* need", ATTEST_PATTERN_WORD_EDGES);
  add_pattern (patterns, "(?:x|e+)+ \\d need|жизнь", ATTEST_PATTERN_PLAIN);
  Pair pair = pair_new (patterns);
  g_assert_cmpuint (pair_compare (&pair, text->str, text->len), >, 20000);
  pair_clear (&pair);
}

/* A limit stops nothing where no match can begin, and stops the same with and without. */
static void
test_limits (void)
{
  static const struct
  {
    const char *body, *behind; /* what comes behind a long row of the letter a */
    guint n_matches, n_stopped;
  } cases[] = {
    { "(?:a+)+$", "b", 0, 1 },
    { "(?:a+)+ quiz", "b z", 0, 0 },
    { "(?:a+)+ quiz", "b. A quiz", 1, 0 },
    { "(?:a+)+ quiz", " qui z", 0, 0 },
    { "(?:a+)+b? quiz", "c, but aa quiz", 1, 0 },
    { "(?:a+)+\\d quiz", "aa quiz", 0, 1 },
    { "quiz|(?:a+)+ box", "aa quiz", 1, 0 },
    { "(?:a+)+\\Kc? quiz", "b quiz", 0, 1 },
    { "(?:a+)+\\Kc? quiz", "b z", 0, 0 },
    { "(?:a+)+c? quiz", "ſ z", 0, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *as = g_strnfill (40, 'a');
      g_autofree char *text = g_strconcat (as, cases[i].behind, NULL);
      g_autoptr (GPtrArray) patterns = patterns_new ();
      const GArray *matches, *stopped;

      add_pattern (patterns, cases[i].body, ATTEST_PATTERN_PLAIN);
      for (guint k = 0; k < 4; k++)
        add_pattern (patterns, "prize", ATTEST_PATTERN_PLAIN);
      Pair pair = pair_new (patterns);
      g_assert_cmpuint (pair_compare (&pair, text, strlen (text)), ==, cases[i].n_matches);
      attest_scan_text (pair.scans[0], text, strlen (text), ATTEST_SCAN_ALL, &matches, &stopped);
      g_assert_cmpuint (stopped->len, ==, cases[i].n_stopped);
      pair_clear (&pair);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, ""); /* so that a failure shows its characters */
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/prefilter/random", test_random);
  g_test_add_func ("/prefilter/cues", test_cues);
  g_test_add_func ("/prefilter/keywords", test_keywords);
  g_test_add_func ("/prefilter/dear-patterns", test_dear_patterns);
  g_test_add_func ("/prefilter/enormous-turn", test_enormous_turn);
  g_test_add_func ("/prefilter/limits", test_limits);
  return g_test_run ();
}
