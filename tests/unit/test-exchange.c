/* Codebooks of other programs: what words mean, round trips, and what is refused. */
#include "coder-fixture.h"
#include "exchange/attest-exchange.h"
#include "exchange/attest-glob.h"
#include "util/attest-error.h"

#define SEED 20260
#define N_TRIALS 60

/* --- wildcards ---------------------------------------------------------------------------- */

static void
test_globs (void)
{
  static const struct
  {
    const char *text, *wildcards;
    const char *words;   /* NULL: it is none */
    const char *pattern; /* NULL: not looked at */
    gboolean word_edges;
  } cases[] = {
    { "need", "*?", "need", "need", TRUE },
    { "  budget \t line* ", "*?", "budget line*", NULL, TRUE },
    { "fund* the well*", "*", "fund* the well*", NULL, TRUE },
    { "*fit", "*?", NULL, "[\\w\\p{M}]*fit", TRUE },
    { "**fit", "*?", NULL, "[\\w\\p{M}]*fit", TRUE },
    { "un*ed", "*?", NULL, "un[\\w\\p{M}]*ed", TRUE },
    { "wom?n", "*?", NULL, "wom[\\w\\p{M}]n", TRUE },
    { "wom?n", "*", "wom?n", NULL, TRUE },
    { "not * good", "*?", NULL, "not\\h+[\\w\\p{M}]+\\h+good", TRUE },
    { "C++", "*?", "C++", NULL, TRUE },
    { "C++*", "*?", NULL, "(?<![\\w\\p{M}])C\\+\\+[\\w\\p{M}]*(?![\\w\\p{M}])", FALSE },
    { ":)", "*?", NULL, "\\:\\)", FALSE },
    { "a*", "", NULL, "(?<![\\w\\p{M}])a\\*", FALSE },
    { "école*", "*?", "école*", NULL, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *glob = attest_glob_new (cases[i].text, cases[i].wildcards);
      g_autofree char *words = attest_glob_to_text (glob);
      gboolean word_edges;
      g_autofree char *pattern = attest_glob_to_pattern (glob, &word_edges);

      g_test_message ("'%s'", cases[i].text);
      g_assert_cmpint (attest_glob_is_words (glob), ==, cases[i].words != NULL);
      if (cases[i].words != NULL && cases[i].pattern == NULL)
        g_assert_cmpstr (words, ==, cases[i].words);
      if (cases[i].pattern != NULL)
        {
          g_assert_cmpstr (pattern, ==, cases[i].pattern);
          g_assert_cmpint (word_edges, ==, cases[i].word_edges);
        }
    }
  g_assert_null (attest_glob_new (" \t\n", "*?"));
}

static void
test_patterns (void)
{
  static const struct
  {
    const char *pattern;
    gboolean word_edges;
    const char *globs; /* with | between; or "! reason" */
  } cases[] = {
    { "(?:donor|funder)s?", TRUE, "donor|donors|funder|funders" },
    { "effective\\w*", TRUE, "effective*" },
    { "chang\\w+", TRUE, "chang?*" },
    { "t\\w{2}s", TRUE, "t??s" },
    { "cost[- ]effective", TRUE, "cost-effective|cost effective" },
    { "money\\s+(?:\\w+ ){0,1}late", TRUE, "money late|money ?* late" },
    { "\\bneed\\b|C\\+\\+", TRUE, "need|C++" },
    { "a\\*b", TRUE, "a\\*b" },
    { "(reached) (it)?", TRUE, "reached|reached it" },
    { "x{3}", TRUE, "xxx" },
    { "need", FALSE, "*need*" },
    { "\\bneed", FALSE, "need*" },
    { "a  b", TRUE, "a b" },
    { "(?!no)x", TRUE, "! a lookaround" },
    { "(?<=no)x", TRUE, "! a lookaround" },
    { "(?i)x", TRUE, "! an option in brackets" },
    { "a.b", TRUE, "! '.', which is any character" },
    { "[a-z]x", TRUE, "! a class of characters" },
    { "[^a]x", TRUE, "! a class of characters" },
    { "[ab", TRUE, "! a class of characters" },
    { "\\d+", TRUE, "! a class of characters" },
    { "(?:ab)+", TRUE, "! something repeated without end" },
    { "a{5}", TRUE, "! something repeated often" },
    { "(?:a|b|c|d)(?:a|b|c|d)(?:a|b|c|d)(?:a|b|c|d)", TRUE, "! too many alternatives" },
    { "a\\bb", TRUE, "! \\b inside a word" },
    { "^a", TRUE, "! the begin or end of a turn" },
    { "\\w?", TRUE, "?" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *reason = NULL;
      g_autoptr (GPtrArray) globs
          = attest_globs_from_pattern (cases[i].pattern, cases[i].word_edges, &reason);
      g_autofree char *found = NULL;

      if (globs != NULL)
        {
          g_ptr_array_add (globs, NULL);
          found = g_strjoinv ("|", (char **)globs->pdata);
        }
      else
        found = g_strconcat ("! ", reason, NULL);
      g_assert_cmpstr (found, ==, cases[i].globs);
    }
}

/* --- import and export -------------------------------------------------------------------- */

/* What is not looked at further costs nothing. */
static void
test_long_pattern (void)
{
  g_autofree char *tail = g_strnfill (60000, 'x');
  g_autofree char *pattern = g_strconcat ("(?:a|b|c|d)(?:e|f|g|h)(?:i|j|k|l)", tail, NULL);
  const char *reason = NULL;

  g_assert_null (attest_globs_from_pattern (pattern, TRUE, &reason));
  g_assert_cmpstr (reason, ==, "its length");
}

static gboolean
import_text (const char *path, const char *text, const AttestImportOptions *options,
             AttestExchange *out, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return attest_exchange_import (path, bytes, options, out, error);
}

static AttestCodebook *
import_codebook (const char *format, const char *text, const AttestImportOptions *options)
{
  g_auto (AttestExchange) exchange = { 0 };
  g_autoptr (GError) error = NULL;
  AttestImportOptions all = *options;

  all.format = format;
  import_text ("test.x", text, &all, &exchange, &error);
  g_assert_no_error (error);
  return parse (exchange.text);
}

/* --- what words mean: a second opinion, by the rules of the other programs ---------------- */

static const char *const syllables[] = { "a", "b", "ba", "ab", "c", "é", "ж" };

static void
append_word (GRand *rand, GString *out, const char *wild)
{
  guint n = (guint)g_rand_int_range (rand, 1, 4);

  for (guint i = 0; i < n; i++)
    {
      if (wild != NULL && g_rand_int_range (rand, 0, 4) == 0)
        g_string_append_c (out, wild[g_rand_int_range (rand, 0, (gint32)strlen (wild))]);
      else
        g_string_append (out, syllables[g_rand_int_range (rand, 0, G_N_ELEMENTS (syllables))]);
    }
}

static char *
random_phrase (GRand *rand, const char *wild, guint most)
{
  g_autoptr (GString) out = g_string_new (NULL);
  guint n = (guint)g_rand_int_range (rand, 1, (gint32)most + 1);

  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (out, ' ');
      append_word (rand, out, wild);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Whether a glob matches a token, as fnmatch does. */
static gboolean
token_matches (const char *glob, const char *token)
{
  if (*glob == '\0')
    return *token == '\0';
  if (*glob == '*')
    return token_matches (glob + 1, token)
           || (*token != '\0' && token_matches (glob, g_utf8_next_char (token)));
  if (*token == '\0')
    return FALSE;
  return (*glob == '?' || g_utf8_get_char (glob) == g_utf8_get_char (token))
         && token_matches (g_utf8_next_char (glob), g_utf8_next_char (token));
}

/* Whether the globs of a phrase match a run of tokens somewhere. */
static gboolean
phrase_is_in (const char *phrase, char **tokens)
{
  g_auto (GStrv) globs = g_strsplit (phrase, " ", -1);
  guint n_globs = g_strv_length (globs), n_tokens = g_strv_length (tokens);

  for (guint i = 0; i + n_globs <= n_tokens; i++)
    {
      guint k = 0;
      while (k < n_globs && token_matches (globs[k], tokens[i + k]))
        k++;
      if (k == n_globs)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_coded (AttestCodebook *codebook, const char *text)
{
  g_autofree char *line = g_strconcat ("R|-|", text, NULL);
  g_autoptr (AttestDocument) doc = make_document ((const char *[]){ line, NULL });
  g_autoptr (AttestCoder) coder = attest_coder_new (codebook, &(AttestCoderOptions){ 0 });
  g_autoptr (AttestCoderWorker) worker = attest_coder_worker_new (coder);
  g_autoptr (AttestCoding) coding = attest_coder_code (worker, doc);

  return coding->segments->len > 0;
}

/* A dictionary of one category with one phrase. */
static char *
dictionary_of (const char *format, const char *phrase)
{
  if (strcmp (format, "liwc") == 0)
    return g_strdup_printf ("%%\n1\tc\n%%\n%s\t1\n", phrase);
  if (strcmp (format, "lexicoder") == 0)
    return g_strdup_printf ("+c\n%s\n", phrase);
  if (strcmp (format, "wordstat") == 0)
    {
      g_autofree char *joined = g_strdelimit (g_strdup (phrase), " ", '_');
      return g_strdup_printf ("c\n\t%s (1)\n", joined);
    }
  if (strcmp (format, "yoshikoder") == 0)
    return g_strdup_printf ("<dictionary><cnode name='d'><cnode name='c'><pnode name='%s'/>"
                            "</cnode></cnode></dictionary>",
                            phrase);
  return g_strdup_printf ("c: [\"%s\"]\n", phrase);
}

static void
test_meaning (void)
{
  static const struct
  {
    const char *format, *wild;
  } formats[] = { { "quanteda", "*?" },
                  { "liwc", "*" },
                  { "lexicoder", "*?" },
                  { "wordstat", "*?" },
                  { "yoshikoder", "*" } };
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  AttestImportOptions options = { 0 };
  guint n_found = 0, n_not = 0;

  for (gsize f = 0; f < G_N_ELEMENTS (formats); f++)
    for (guint i = 0; i < N_TRIALS; i++)
      {
        g_autofree char *phrase = random_phrase (rand, formats[f].wild, 2);
        g_autofree char *file = dictionary_of (formats[f].format, phrase);
        g_autoptr (AttestCodebook) codebook = import_codebook (formats[f].format, file, &options);

        for (guint k = 0; k < 20; k++)
          {
            g_autofree char *text = random_phrase (rand, NULL, 6);
            g_auto (GStrv) tokens = g_strsplit (text, " ", -1);
            gboolean expected = phrase_is_in (phrase, tokens);

            n_found += expected;
            n_not += !expected;
            g_test_message ("%s: '%s' in '%s'", formats[f].format, phrase, text);
            g_assert_cmpint (is_coded (codebook, text), ==, expected);
          }
      }
  g_assert_cmpuint (n_found, >, 300);
  g_assert_cmpuint (n_not, >, 300);
}

static void
test_valuetypes (void)
{
  AttestImportOptions fixed = { .valuetype = "fixed" }, regex = { .valuetype = "regex" };
  g_autoptr (AttestCodebook) as_fixed = import_codebook ("quanteda", "c: ['a*', 'b?']\n", &fixed);
  g_autoptr (AttestCodebook) as_regex
      = import_codebook ("quanteda", "c: ['a+', 'b.?x', 'q{{2}']\n", &regex);

  g_autoptr (AttestCodebook) anchored = import_codebook (
      "quanteda", "c: ['^ab$', '^no.*$ way', 'x y', '[$^]q', '^p|q$', 'r\\$']\n", &regex);

  /* As quanteda searches: in each token, wherever it is not told otherwise. */
  g_assert_true (is_coded (as_regex, "baab"));
  g_assert_true (is_coded (anchored, "see ab here"));
  g_assert_false (is_coded (anchored, "abc cab"));
  g_assert_true (is_coded (anchored, "nothing waylaid"));
  g_assert_false (is_coded (anchored, "casino way"));
  g_assert_true (is_coded (anchored, "axb cyd"));
  g_assert_false (is_coded (anchored, "x z"));
  g_assert_true (is_coded (anchored, "a$q"));
  g_assert_true (is_coded (anchored, "pz"));
  g_assert_true (is_coded (anchored, "zq"));
  g_assert_false (is_coded (anchored, "zp qz"));
  g_assert_true (is_coded (anchored, "r$"));
  g_assert_false (is_coded (as_fixed, "aa bb"));
  g_assert_true (is_coded (as_fixed, "see a* here"));
  g_assert_true (is_coded (as_fixed, "b?"));
  g_assert_true (is_coded (as_regex, "aa"));
  g_assert_true (is_coded (as_regex, "b-x"));
  g_assert_false (is_coded (as_regex, "b--x"));
}

/* --- round trips -------------------------------------------------------------------------- */

/* Words that mean something else somewhere, or need care in writing. */
static const char *const odd_words[]
    = { "+x",  "a_b",  "@x y",  "#x",   "x (1)", "C++",  "it''s", "a: b",  "a, b; c",   "<b> & c",
        "%x",  "x\"y", "\\\\x", "- x",  "{{x}}", "null", "=x",    "x #y",  "no NEAR x", "&x *y",
        "[x]", "1",    "x%",    "true", "(x",    "x’s",  "''x''", "100 %", "x 2",       "?x" };

/* Codes and words by chance, two dimensions or none. */
static char *
random_codebook (GRand *rand, gboolean with_odd, gboolean with_dimensions, gboolean with_weights)
{
  g_autoptr (GString) out = g_string_new ("id: book\n");
  guint n_codes = (guint)g_rand_int_range (rand, 1, 6);

  if (with_dimensions)
    g_string_append (out, "dimensions: {one: {title: The first}, two: {title: two}}\n");
  g_string_append (out, "codes:\n");
  for (guint i = 0; i < n_codes; i++)
    {
      guint n_words = (guint)g_rand_int_range (rand, 1, 5);

      g_string_append_printf (out, "- id: code_%u\n", i);
      if (with_dimensions)
        g_string_append_printf (out, "  dimension: %s\n",
                                i == 0 || g_rand_boolean (rand) ? "one" : "two");
      g_string_append (out, "  rules:\n");
      for (guint k = 0; k < n_words; k++)
        {
          g_autofree char *phrase = random_phrase (rand, NULL, 3);
          gboolean is_odd = with_odd && g_rand_boolean (rand);
          if (is_odd)
            g_string_append_printf (
                out, "  - {words: '%s'",
                odd_words[g_rand_int_range (rand, 0, G_N_ELEMENTS (odd_words))]);
          else
            g_string_append_printf (out, "  - {words: \"x%u %s%s\"", k, phrase,
                                    g_rand_boolean (rand) ? "*" : "");
          if (with_weights && g_rand_boolean (rand))
            g_string_append (out, ", weight: 0.25");
          g_string_append (out, "}\n");
        }
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static gboolean
is_dropped (const AttestExchange *exchange, const AttestCodebookPattern *pattern)
{
  for (guint i = 0; exchange != NULL && i < exchange->losses->len; i++)
    {
      const AttestLoss *loss = &g_array_index (exchange->losses, AttestLoss, i);

      if (loss->kind == ATTEST_LOSS_DROPPED && strcmp (loss->what, "pattern") == 0
          && loss->line == pattern->line && loss->column == pattern->column)
        return TRUE;
    }
  return FALSE;
}

/* "dimension/code", "code weight word" a line, each once, sorted: what a round trip keeps, but for
 * what the export said it dropped. @exchange: (nullable) */
static char *
describe_codebook (const AttestCodebook *codebook, gboolean with_dimensions, gboolean with_rules,
                   const AttestExchange *exchange)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < codebook->codes->len; i++)
    {
      const AttestCode *code = attest_codebook_code (codebook, i);
      const char *dimension
          = with_dimensions ? attest_codebook_dimension (codebook, code->dimension)->id : "";

      g_ptr_array_add (lines, g_strdup_printf ("%s/%s", dimension, code->id));
      for (guint r = code->first_rule; with_rules && r < code->first_rule + code->n_rules; r++)
        {
          const AttestRule *rule = attest_codebook_rule (codebook, r);
          for (guint k = rule->first_match; k < rule->first_match + rule->n_match; k++)
            {
              const AttestCodebookPattern *pattern = attest_codebook_pattern (codebook, k);
              char *line = g_strdup_printf ("%s %g %s", code->id, rule->weight, pattern->source);

              if (is_dropped (exchange, pattern)
                  || g_ptr_array_find_with_equal_func (lines, line, g_str_equal, NULL))
                g_free (line);
              else
                g_ptr_array_add (lines, line);
            }
        }
    }
  g_ptr_array_sort (lines, compare_strings);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **)lines->pdata);
}

static void
test_round_trips (void)
{
  static const struct
  {
    const char *format;
    gboolean nests, weighs, has_rules;
  } formats[] = { { "csv", TRUE, TRUE, TRUE },       { "lexicoder", FALSE, FALSE, TRUE },
                  { "liwc", TRUE, FALSE, TRUE },     { "qdc", TRUE, FALSE, FALSE },
                  { "quanteda", TRUE, FALSE, TRUE }, { "wordstat", TRUE, TRUE, TRUE },
                  { "yoshikoder", TRUE, TRUE, TRUE } };
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  AttestImportOptions options = { 0 };

  for (gsize f = 0; f < G_N_ELEMENTS (formats); f++)
    for (guint i = 0; i < N_TRIALS; i++)
      {
        g_autofree char *yaml
            = random_codebook (rand, i % 3 == 0, formats[f].nests && i % 2, formats[f].weighs);
        g_autoptr (AttestCodebook) before = parse (yaml);
        g_auto (AttestExchange) exchange = { 0 };
        g_autoptr (GError) error = NULL;

        attest_exchange_export (before, formats[f].format, NULL, &exchange, &error);
        g_assert_no_error (error);
        /* Found by its content alone. */
        g_autoptr (AttestCodebook) after = import_codebook (NULL, exchange.text, &options);
        g_autofree char *expected
            = describe_codebook (before, formats[f].nests, formats[f].has_rules, &exchange);
        g_autofree char *found
            = describe_codebook (after, formats[f].nests, formats[f].has_rules, NULL);
        g_assert_cmpstr (found, ==, expected);
      }
}

static void
test_csv_keeps (void)
{
  static const char yaml[]
      = "id: book\ntitle: T\ndimensions: {one: {title: The first}}\ncodes:\n"
        "- id: c\n  dimension: one\n  name: A name\n  question: Why?\n  definition: It is so.\n"
        "  include: a\n  exclude: b\n  asked: ['why\\w*']\n  stop: ['=1', {of: [not so]}]\n"
        "  rules:\n"
        "  - {id: r, match: ['a+', 'b'], words: ['-c'], unless: [x, {of: [y z]}], weight: 2}\n"
        "  - {match: ':\\)', word_edges: false, lang: [en, fr]}\n"
        "  examples: ['+a']\n  counterexamples: [d]\n";
  g_autoptr (AttestCodebook) before = parse (yaml);
  g_auto (AttestExchange) exchange = { 0 };
  g_autoptr (GError) error = NULL;
  AttestImportOptions options = { 0 };

  attest_exchange_export (before, "csv", NULL, &exchange, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (exchange.losses->len, ==, 1);
  g_assert_cmpstr (g_array_index (exchange.losses, AttestLoss, 0).what, ==, "title");
  g_autoptr (AttestCodebook) after = import_codebook ("csv", exchange.text, &options);
  g_autofree char *expected = describe_codebook (before, TRUE, TRUE, NULL);
  g_autofree char *found = describe_codebook (after, TRUE, TRUE, NULL);
  g_assert_cmpstr (found, ==, expected);

  const AttestCode *code = attest_codebook_code (after, 0);
  g_assert_cmpstr (attest_local_text_get (code->name, NULL), ==, "A name");
  g_assert_cmpstr (code->question, ==, "Why?");
  g_assert_cmpstr (code->definition, ==, "It is so.");
  g_assert_cmpstr (code->include, ==, "a");
  g_assert_cmpstr (code->exclude, ==, "b");
  g_assert_cmpuint (code->n_asked, ==, 1);
  g_assert_cmpuint (code->n_stop, ==, 2);
  g_assert_cmpuint (code->examples->len, ==, 2);
  g_assert_cmpstr (attest_local_text_get (attest_codebook_dimension (after, 0)->title, NULL), ==,
                   "The first");
  g_assert_cmpuint (attest_codebook_rule (after, 0)->n_unless, ==, 2);
  g_assert_cmpstr (attest_codebook_rule (after, 0)->id, ==, "r");
  g_assert_cmpstr (attest_codebook_rule (after, 1)->langs[1], ==, "fr");
  g_assert_cmpuint (after->patterns->len, ==, before->patterns->len);
}

/* --- losses ------------------------------------------------------------------------------- */

static void
test_losses (void)
{
  static const char yaml[]
      = "id: book\ncodes:\n- id: c\n  name: {en: A, fr: B}\n  definition: d\n  asked: [q]\n"
        "  min_weight: 1\n  stop: s\n  rules:\n"
        "  - {match: x, near: {match: y, words: 2}}\n"
        "  - {match: z, unless: w, weight: 0.5}\n"
        "  - {words: v, lang: fr, role: other}\n"
        "  - '(?!no)\\w+'\n"
        "  - 'chang\\w+'\n";
  g_autoptr (AttestCodebook) codebook = parse (yaml);
  g_auto (AttestExchange) exchange = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) found = g_string_new (NULL);

  attest_exchange_export (codebook, "liwc", NULL, &exchange, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < exchange.losses->len; i++)
    {
      const AttestLoss *loss = &g_array_index (exchange.losses, AttestLoss, i);
      g_assert_cmpstr (loss->code, ==, "c");
      g_string_append_printf (found, "%u %s %s\n", loss->line,
                              attest_loss_kind_to_string (loss->kind), loss->what);
    }
  g_assert_cmpstr (found->str, ==,
                   "3 dropped name\n3 dropped definition\n3 changed weight\n3 dropped asked\n"
                   "3 changed stop\n10 dropped rule\n11 changed weight\n11 changed condition\n"
                   "12 changed role\n12 changed language\n13 dropped pattern\n"
                   "14 changed pattern\n");
  g_assert_cmpstr (exchange.text, ==, "%\n1\tc (A)\n%\nz\t1\nv\t1\nchang*\t1\n");
}

static void
test_languages (void)
{
  g_autoptr (AttestCodebook) codebook
      = parse ("id: book\ncodes:\n- id: c\n  name: {en: A, fr: B}\n  rules:\n"
               "  - {words: v, lang: fr}\n  - {words: w, lang: en}\n  - {words: x}\n");
  g_auto (AttestExchange) exchange = { 0 };
  g_autoptr (GError) error = NULL;

  attest_exchange_export (codebook, "liwc", "fr", &exchange, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (exchange.losses->len, ==, 0);
  g_assert_cmpstr (exchange.text, ==, "%\n1\tc (B)\n%\nv\t1\nx\t1\n");
}

static void
test_nothing_to_export (void)
{
  g_autoptr (AttestCodebook) codebook
      = parse ("id: book\ncodes:\n- {id: c, rules: ['(?!a)b']}\n- {id: d, rules: []}\n");
  g_auto (AttestExchange) exchange = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (attest_exchange_export (codebook, "liwc", NULL, &exchange, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_CODEBOOK);
}

/* --- sizes -------------------------------------------------------------------------------- */

static void
test_many_codes (void)
{
  g_autoptr (GString) text = g_string_new ("%\n");
  AttestImportOptions options = { 0 };

  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (text, "%u\tcode%u\n", i, i);
  g_string_append (text, "%\n");
  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (text, "word%u*\t%u\n", i, i);
  g_autoptr (AttestCodebook) codebook = import_codebook (NULL, text->str, &options);
  g_assert_cmpuint (codebook->codes->len, ==, 10000);
  g_assert_cmpuint (codebook->patterns->len, ==, 10000);
}

/* More categories that hold others than there may be dimensions; and names that come again. */
static void
test_many_folders (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  AttestImportOptions options = { 0 };

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (text, "cat%u:\n  sub: [w%u]\n  'su b': [v]\n  'su!b': [u]\n", i, i);
  g_autoptr (AttestCodebook) codebook = import_codebook ("quanteda", text->str, &options);
  g_assert_cmpuint (codebook->codes->len, ==, 9000);
  g_assert_cmpuint (codebook->dimensions->len, ==, 1);
  g_assert_cmpstr (attest_codebook_code (codebook, 3)->id, ==, "cat1.sub");
  g_assert_cmpstr (attest_codebook_code (codebook, 4)->id, ==, "cat1.su-b");
  g_assert_cmpint (attest_codebook_find_code (codebook, "cat1.su-b-2"), ==, 5);
}

static void
assert_refused (const char *path, const char *text, const char *message)
{
  AttestImportOptions options = { 0 };
  g_auto (AttestExchange) exchange = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (import_text (path, text, &options, &exchange, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_INPUT);
  g_assert_null (exchange.text);
  if (strstr (error->message, message) == NULL)
    g_error ("'%s' is not in '%s'", message, error->message);
}

static void
test_too_much (void)
{
  g_autoptr (GString) words = g_string_new ("+c\n");
  g_autoptr (GString) xml = g_string_new ("<dictionary>");
  g_autoptr (GString) yaml = g_string_new ("a: ");

  for (guint i = 0; i < 20001; i++)
    g_string_append_printf (words, "w%u\n", i);
  assert_refused ("x.lc3", words->str, "x.lc3:20002:1: more than 20000 patterns");
  for (guint i = 0; i < 300; i++)
    g_string_append (xml, "<cnode name='a'>");
  assert_refused ("x.ykd", xml->str, "nested more than");
  for (guint i = 0; i < 100000; i++)
    g_string_append_c (yaml, '[');
  assert_refused ("x.yml", yaml->str, "x.yml:1:");
  assert_refused ("x.dic", "", "x.dic: the file is empty");
  assert_refused ("x.unknown", "what is this", "in no format");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/globs", test_globs);
  g_test_add_func ("/exchange/patterns", test_patterns);
  g_test_add_func ("/exchange/long-pattern", test_long_pattern);
  g_test_add_func ("/exchange/meaning", test_meaning);
  g_test_add_func ("/exchange/valuetypes", test_valuetypes);
  g_test_add_func ("/exchange/round-trips", test_round_trips);
  g_test_add_func ("/exchange/csv-keeps", test_csv_keeps);
  g_test_add_func ("/exchange/losses", test_losses);
  g_test_add_func ("/exchange/languages", test_languages);
  g_test_add_func ("/exchange/nothing-to-export", test_nothing_to_export);
  g_test_add_func ("/exchange/many-codes", test_many_codes);
  g_test_add_func ("/exchange/many-folders", test_many_folders);
  g_test_add_func ("/exchange/too-much", test_too_much);
  return g_test_run ();
}
