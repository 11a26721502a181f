/* What patterns can match, held against PCRE2. */
#include "pattern/attest-automaton.h"
#include "pattern/attest-pattern.h"

#include <string.h>

typedef struct
{
  AttestRegex *regexes[2];
  AttestAlphabet *alphabet;
} Pair;

static void
pair_init (Pair *pair, const char *outer, const char *inner)
{
  pair->regexes[0] = attest_regex_parse (outer);
  pair->regexes[1] = attest_regex_parse (inner);
  pair->alphabet = attest_alphabet_new ((const AttestRegex *const *)pair->regexes, 2);
}

static void
pair_clear (Pair *pair)
{
  attest_regex_free (pair->regexes[0]);
  attest_regex_free (pair->regexes[1]);
  attest_alphabet_free (pair->alphabet);
}

static gboolean
contains (const char *outer_body, const char *inner_body)
{
  Pair pair;
  gboolean is_contained;

  pair_init (&pair, outer_body, inner_body);
  g_autoptr (AttestAutomaton) outer
      = attest_automaton_new (pair.regexes[0], pair.alphabet, ATTEST_AUTOMATON_EXACT, NULL);
  g_autoptr (AttestAutomaton) inner
      = attest_automaton_new (pair.regexes[1], pair.alphabet, ATTEST_AUTOMATON_LARGER, NULL);
  is_contained = outer != NULL && inner != NULL && attest_automaton_contains (outer, inner, NULL);
  pair_clear (&pair);
  return is_contained;
}

static void
test_contains (void)
{
  static const char *const yes[][2] = {
    { "achiev\\w*", "achieved" },
    { "targets?", "Target" },
    { "(?:donor|funder)s?", "funders|donor" },
    { "\\w+ late", "(?:money|funds) late" },
    { "a{1,3}", "aa" },
    { "(?:\\w+ ){0,3}met", "(?:\\w+ ){1,2}met" },
    { "[a-zé]+", "café" },
    { "\\w+", "[а-я]+" },
    { "\\w+", "жизнь\\w*" },
    { "[^ ]+", "\\S+" },
    { "x|y|z", "[xyz]" },
    { "a.*b", "a.b" },
    { "s", "\\x{17f}" },
    /* assertions and possessive parts only narrow what is inside */
    { "effective\\w*", "effective(?!ly)" },
    { "\\w+ing", "\\btrain++ing" },
    { "(?<!\\w)fund\\w*(?!\\w)", "(?<!\\w)funder(?!\\w)" },
    { NULL, NULL },
  };
  static const char *const no[][2] = {
    { "achieved", "achiev\\w*" },
    { "targets", "targets?" },
    { "\\w+", "[^ ]+" },
    { "a{1,3}", "a+" },
    { "[a-z]+", "café" },
    { "[а-я]+", "\\w+" },
    { "\\S+", "[^ ]+" }, /* a tab */
    { "a.*b", "a\\nb" },
    /* … and are not known of what is outside */
    { "effective(?!ly)\\w*", "effective" },
    { "a++ab", "aab" },
    { "(a)\\1", "aa" },
    { "(?-i)a", "a" },
    { "(?s:.)", "\\n" },
    { NULL, NULL },
  };

  for (guint i = 0; yes[i][0] != NULL; i++)
    if (!contains (yes[i][0], yes[i][1]))
      g_error ("%s has all of %s", yes[i][0], yes[i][1]);
  for (guint i = 0; no[i][0] != NULL; i++)
    if (contains (no[i][0], no[i][1]))
      g_error ("%s has not all of %s", no[i][0], no[i][1]);
}

/* A pattern of a few pieces. */
static char *
random_body (GRand *random)
{
  static const char *const pieces[]
      = { "a", "b", "[ab]", "\\w", "(?:a|bb)", " ", "é", ".", "ab", "\\W", "(?:b|)", "[^a]" };
  static const char *const counts[] = { "", "", "", "?", "*", "+", "{1,2}", "{2}" };
  GString *body = g_string_new (NULL);
  gint n = g_rand_int_range (random, 1, 4);

  for (gint i = 0; i < n; i++)
    g_string_append_printf (body, "%s%s%s",
                            g_rand_int_range (random, 0, 8) == 0 && i > 0 ? "|" : "",
                            pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))],
                            counts[g_rand_int_range (random, 0, G_N_ELEMENTS (counts))]);
  return g_string_free (body, FALSE);
}

static gboolean
matches_whole (AttestMatcher *matcher, const char *body, const char *text)
{
  g_autofree char *whole = g_strdup_printf ("\\A(?:%s)\\z", body);
  gsize at, start, end;
  const char *reason;
  g_autoptr (AttestPattern) pattern = attest_pattern_new (whole, ATTEST_PATTERN_PLAIN, &at, NULL);

  return attest_matcher_find (matcher, pattern, text, strlen (text), 0, &start, &end, &reason)
         == ATTEST_MATCH_FOUND;
}

/* What is said to be contained is: every text that the inner one matches is matched by the outer.
 */
static void
test_random (void)
{
  static const char *const texts[]
      = { "a",   "b",  "é",  " ",   "aa",  "ab",  "ba",   "bb", "a ", " b",   "aab", "abb",
          "bba", "aé", "éé", "a b", "aaa", "bbb", "abab", "-",  "a-", "bb a", "ж",   "\t" };
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (AttestMatcher) matcher = attest_matcher_new ();
  guint n_contained = 0;

  for (guint round = 0; round < 500; round++)
    {
      g_autofree char *outer = random_body (random);
      g_autofree char *inner = random_body (random);
      gboolean is_contained = contains (outer, inner);

      n_contained += is_contained;
      for (guint i = 0; is_contained && i < G_N_ELEMENTS (texts); i++)
        if (matches_whole (matcher, inner, texts[i]) && !matches_whole (matcher, outer, texts[i]))
          g_error ("'%s' is said to have all of '%s', but not '%s'", outer, inner, texts[i]);
    }
  g_assert_cmpuint (n_contained, >, 15);
}

static gboolean
can_match (const char *body)
{
  Pair pair;
  AttestSymbols kinds[2];
  guint dead;

  pair_init (&pair, body, "\\w\\n");
  guint word = attest_regex_node (pair.regexes[1], pair.regexes[1]->root)->first;
  guint line_end = attest_regex_node (pair.regexes[1], word)->next;
  attest_alphabet_get_symbols (pair.alphabet, pair.regexes[1],
                               attest_regex_node (pair.regexes[1], word), &kinds[0]);
  attest_alphabet_get_symbols (pair.alphabet, pair.regexes[1],
                               attest_regex_node (pair.regexes[1], line_end), &kinds[1]);
  g_autoptr (AttestAutomaton) automaton
      = attest_automaton_new (pair.regexes[0], pair.alphabet, ATTEST_AUTOMATON_EDGES, NULL);
  gboolean result = attest_automaton_can_match (automaton, &kinds[0], &kinds[1], NULL, &dead);
  pair_clear (&pair);
  return result;
}

/* A pattern that is said to match nothing matches nothing. */
static void
test_edges (void)
{
  static const char *const pieces[]
      = { "a", "b", "\\b", "\\B", "^", "$", "-", " ", "\\w", "\\W", "(?:a|)", "[^a]", "\\n" };
  static const char *const texts[]
      = { "a",   "b",     "ab", "a b",  "-a-", "aa bb", "b-a", " ",  "- -",
          "a\n", "ab ab", "ba", "a-\n", "--",  "a  b",  "\n",  "b\n" };
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  g_autoptr (AttestMatcher) matcher = attest_matcher_new ();
  guint n_never = 0;

  for (guint round = 0; round < 400; round++)
    {
      g_autoptr (GString) body = g_string_new (NULL);
      gsize at, start, end;
      const char *reason;

      for (gint i = g_rand_int_range (random, 2, 6); i > 0; i--)
        g_string_append (body, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
      if (can_match (body->str))
        continue;
      n_never++;
      g_autoptr (AttestPattern) pattern
          = attest_pattern_new (body->str, ATTEST_PATTERN_PLAIN, &at, NULL);
      for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
        if (attest_matcher_find (matcher, pattern, texts[i], strlen (texts[i]), 0, &start, &end,
                                 &reason)
            == ATTEST_MATCH_FOUND)
          g_error ("'%s' is said to match nothing, but matches '%s'", body->str, texts[i]);
    }
  g_assert_cmpuint (n_never, >, 30);
}

static void
test_texts (void)
{
  static const char *const bodies[] = { "a|bc",   "(?:x|y)+ z{2}",      "\\w+ [^a-z ]é", "жизн[ьи]",
                                        "\\d{3}", "(?:\\w+ ){1,3}late", "a?b?c",         NULL };
  g_autoptr (AttestMatcher) matcher = attest_matcher_new ();

  for (guint i = 0; bodies[i] != NULL; i++)
    {
      Pair pair;

      pair_init (&pair, bodies[i], "x");
      g_autoptr (AttestAutomaton) automaton
          = attest_automaton_new (pair.regexes[0], pair.alphabet, ATTEST_AUTOMATON_EXACT, NULL);
      g_autofree char *text = attest_automaton_dup_text (automaton, pair.alphabet);
      if (!matches_whole (matcher, bodies[i], text))
        g_error ("'%s' is no text of %s", text, bodies[i]);
      pair_clear (&pair);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/automaton/contains", test_contains);
  g_test_add_func ("/automaton/random", test_random);
  g_test_add_func ("/automaton/edges", test_edges);
  g_test_add_func ("/automaton/texts", test_texts);
  return g_test_run ();
}
