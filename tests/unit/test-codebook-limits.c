/* Codebooks of strangers: too deep, too large, cut off, damaged. */
#include <glib/gstdio.h>
#include <string.h>

#include "codebook/attest-codebook.h"
#include "util/attest-error.h"
#include "util/attest-limits.h"

#define START "id: a\ncodes:\n- id: b\n  rules: "

/* The first error without its excerpt, or "" */
static char *
first_error (const char *text, gsize length_bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) problems = attest_problems_new ();
  g_autoptr (AttestCodebook) codebook
      = attest_codebook_parse ("t", text, length_bytes, problems, &error);

  g_assert_true ((codebook == NULL) == (error != NULL));
  g_assert_cmpuint (problems->len, <=, ATTEST_MAX_PROBLEMS + 1);
  if (error == NULL)
    return g_strdup ("");
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_CODEBOOK);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  return g_strndup (error->message, strcspn (error->message, "\n"));
}

static void
assert_first_error (GString *text, const char *expected)
{
  g_autofree char *found = first_error (text->str, text->len);

  g_assert_cmpstr (found, ==, expected);
  g_string_free (text, TRUE);
}

static GString *
repeat (const char *before, const char *text, guint n, const char *after)
{
  GString *out = g_string_new (before);

  for (guint i = 0; i < n; i++)
    g_string_append (out, text);
  return g_string_append (out, after);
}

static void
test_depth (void)
{
  GString *block = g_string_new ("a:\n");

  assert_first_error (repeat ("a: ", "[", 1000000, ""),
                      "t:1:35: lists and maps inside each other more than 32 deep");
  assert_first_error (repeat ("a: ", "{a: ", 100, ""),
                      "t:1:125: lists and maps inside each other more than 32 deep");
  for (guint i = 1; i < 1000; i++)
    g_string_append_printf (block, "%*sa:\n", (int)i, "");
  assert_first_error (block, "t:32:32: lists and maps inside each other more than 32 deep");
  assert_first_error (repeat ("- ", "- ", 100000, ""),
                      "t:1:65: lists and maps inside each other more than 32 deep");
  assert_first_error (repeat ("? ", "? ", 100000, ""),
                      "t:1:65: lists and maps inside each other more than 32 deep");
}

static void
test_aliases (void)
{
  g_autoptr (GString) bomb = g_string_new ("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
  g_autoptr (GString) ladder = g_string_new ("a0: &a0 x\n");
  const char *shared = "id: a\n"
                       "codes:\n"
                       "- {id: b, rules: &r [x, y], examples: &e [x]}\n"
                       "- {id: c, rules: *r, examples: {en: *e}}\n";
  g_autoptr (GError) error = NULL;

  for (guint i = 1; i < 12; i++)
    {
      g_string_append_printf (bomb, "a%u: &a%u [", i, i);
      for (guint k = 0; k < 10; k++)
        g_string_append_printf (bomb, "*a%u%s", i - 1, k < 9 ? ", " : "]\n");
    }
  g_autofree char *found = first_error (bomb->str, bomb->len);
  g_assert_cmpstr (found, ==,
                   "t:6:55: more than 1000000 values, those that aliases (*name) stand for "
                   "included: split the file");

  for (guint i = 1; i < 100; i++)
    g_string_append_printf (ladder, "a%u: &a%u [*a%u]\n", i, i, i - 1);
  g_autofree char *deep = first_error (ladder->str, ladder->len);
  g_assert_cmpstr (deep, ==, "t:32:12: lists and maps inside each other more than 32 deep");

  g_autoptr (AttestCodebook) codebook
      = attest_codebook_parse ("t", shared, strlen (shared), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (codebook->patterns->len, ==, 4);
  g_assert_cmpstr (attest_codebook_pattern (codebook, 3)->name, ==, "c/2.1");
  g_assert_cmpstr (
      g_array_index (attest_codebook_code (codebook, 1)->examples, AttestExample, 0).lang, ==,
      "en");
}

static void
test_many_codes (void)
{
  g_autoptr (GString) text = g_string_new ("id: a\ncodes:\n");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (text,
                            "- id: c%u\n  rules: ['word%u (?:\\w+ ){0,3}thing\\w*']\n"
                            "  examples: [word%u thing]\n",
                            i, i, i);
  g_autoptr (AttestCodebook) codebook
      = attest_codebook_parse ("t", text->str, text->len, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (codebook->codes->len, ==, 10000);
  g_assert_cmpint (attest_codebook_find_code (codebook, "c9999"), ==, 9999);
}

static void
test_sizes (void)
{
  g_autofree char *big = g_strnfill (ATTEST_MAX_CODEBOOK_BYTES + 1, 'a');
  g_autofree char *found = first_error (big, ATTEST_MAX_CODEBOOK_BYTES + 1);
  GString *deep = g_string_new (START "x\nfragments:\n  f0: x\n");
  GString *wide = g_string_new (START "'{{f9}}'\nfragments:\n  f0: xxxxxxxxxx\n");

  g_assert_cmpstr (found, ==, "t: the codebook is larger than 16777216 bytes: split it");
  assert_first_error (repeat (START "[", "x,", 20001, "]"),
                      "t:4:40011: more than 20000 patterns: split the codebook");
  assert_first_error (repeat (START "'", "x", 65537, "'"),
                      "t:4:10: the pattern, its fragments filled in, is longer than 65536 bytes: "
                      "split it into several");
  assert_first_error (repeat ("a: [", "a,", 1000001, "]"),
                      "t:1:2000003: more than 1000000 values, those that aliases (*name) stand for "
                      "included: split the file");
  for (guint i = 1; i < 20; i++)
    g_string_append_printf (deep, "  f%u: '{{f%u}}'\n", i, i - 1);
  /* Forwards each is filled in when the one before it is: only backwards do they pile up. */
  assert_first_error (deep, "");
  deep = g_string_new (START "x\nfragments:\n");
  for (guint i = 0; i < 20; i++)
    g_string_append_printf (deep, "  f%u: '{{f%u}}'\n", i, i + 1);
  g_string_append (deep, "  f20: x\n");
  assert_first_error (deep, "t:21:9: fragment 'f16' is inside more than 16 others");
  for (guint i = 1; i < 10; i++)
    {
      g_string_append_printf (wide, "  f%u: '", i);
      for (guint k = 0; k < 10; k++)
        g_string_append_printf (wide, "{{f%u}}", i - 1);
      g_string_append (wide, "'\n");
    }
  assert_first_error (wide, "t:10:7: the pattern, its fragments filled in, is longer than 65536 "
                            "bytes: split it into several");
}

/* Arguments cannot blow up what they are put into either. */
static void
test_arguments (void)
{
  GString *wide = g_string_new (START "'{{f9(xxxxxxxxxx)}}'\nfragments:\n  f0(x): '{{x}}'\n");
  GString *deep = g_string_new (START "'");

  for (guint i = 1; i < 10; i++)
    {
      g_string_append_printf (wide, "  f%u(x): '", i);
      for (guint k = 0; k < 10; k++)
        g_string_append_printf (wide, "{{f%u({{x}})}}", i - 1);
      g_string_append (wide, "'\n");
    }
  assert_first_error (wide, "t:10:10: the pattern, its fragments filled in, is longer than 65536 "
                            "bytes: split it into several");
  for (guint i = 0; i < 5000; i++)
    g_string_append (deep, "{{f(");
  for (guint i = 0; i < 5000; i++)
    g_string_append (deep, ")}}");
  g_string_append (deep, "'\nfragments: {'f(x)': '{{x}}'}\n");
  assert_first_error (deep, "t:4:79: argument 'x' of fragment 'f' is inside too many others");
}

/* Small patterns whose compiled form is large. */
static void
test_compiled_size (void)
{
  g_autoptr (GString) text = g_string_new (START "\n");

  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (text, "  - '(?:(?:ab|c%u){1,70}){1,20}'\n", i);
  g_autofree char *found = first_error (text->str, text->len);
  g_assert_nonnull (strstr (found, "compiled, take more than 256 MiB"));
}

static void
test_many_problems (void)
{
  g_autoptr (GString) text = repeat (START "[", "')', ", 1000, "]");
  g_autoptr (GArray) problems = attest_problems_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (attest_codebook_parse ("t", text->str, text->len, problems, &error));
  g_assert_cmpuint (problems->len, ==, ATTEST_MAX_PROBLEMS + 1);
  const AttestProblem *last = &g_array_index (problems, AttestProblem, ATTEST_MAX_PROBLEMS);
  g_assert_cmpstr (last->message, ==, "800 more problems are not listed: mend these first");
}

/* What is long in the file is not long in the message. */
static void
test_long_names (void)
{
  g_autoptr (GString) text = repeat ("id: a\n", "k", 1000, ": x\ncodes: [{id: b, rules: []}]");
  g_autofree char *found = first_error (text->str, text->len);

  g_assert_true (g_str_has_prefix (found, "t:2:1: unknown key 'kkkk"));
  g_assert_cmpuint (strlen (found), <, 500);
}

static const char seed[]
    = "\xef\xbb\xbf"
      "attest: codebook/1\r\n"
      "id: \"caf\\u00e9\" # comment\r\n"
      "title: >-\r\n  two\r\n  lines\r\n"
      "languages: [en, fr]\r\n"
      "dimensions: {criterion: {title: {en: Criterion, fr: Critère}}}\r\n"
      "fragments:\r\n  who: '{{man}}|she'\r\n  man: 'he''s'\r\n"
      "codes:\r\n"
      "  - id: impact\r\n    name: {en: Impact 👍, ru: Влияние}\r\n"
      "    asked: ['what changed', {match: [quoi], lang: fr}]\r\n"
      "    confusions: [{with: impact, rule: |\r\n      text\r\n    }]\r\n"
      "    rules: &r\r\n      - 'changed? {{who}}s?[[:alpha:]]'\r\n      - [\"a\\tb\", b]\r\n"
      "      - {id: own, match: 'e\xcc\x81(?<n>x)\\k<n>', unless: [y], weight: 0.5, role: "
      "other}\r\n"
      "    examples: {en: [People changed.], fr: changé}\r\n"
      "  - {id: other, rules: *r}\r\n";

static void
check_bytes (const char *bytes, gsize length_bytes)
{
  /* Its own block, so that a read beyond the end is seen. */
  g_autofree char *copy = g_malloc (length_bytes + 1);

  memcpy (copy, bytes, length_bytes);
  copy[length_bytes] = '\0';
  g_free (first_error (copy, length_bytes));
}

static void
test_cut_off (void)
{
  for (gsize i = 0; i <= strlen (seed); i++)
    {
      check_bytes (seed, i);
      check_bytes (seed + i, strlen (seed) - i);
    }
}

static void
test_damaged (void)
{
  static const char noise[] = "\n\r\t \"'#%&*,-:?@[]`{|}!<>\\(){}+0a\x80\xff\xc3";
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autofree char *text = g_strdup (seed);

  for (guint i = 0; i < 3000; i++)
    {
      memcpy (text, seed, sizeof seed);
      for (guint k = (guint)g_rand_int_range (rand, 1, 5); k > 0; k--)
        text[g_rand_int_range (rand, 0, (int)strlen (seed))]
            = noise[g_rand_int_range (rand, 0, (int)sizeof noise - 1)];
      check_bytes (text, strlen (text));
    }
  memcpy (text, seed, sizeof seed);
  text[100] = '\0';
  check_bytes (text, strlen (seed));
}

static void
test_load (void)
{
  g_autofree char *folder = g_dir_make_tmp ("attest-codebook-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "one", NULL);
  g_autofree char *yaml = g_build_filename (folder, "gone.yaml", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "id: a\ncodes: [{id: b, rules: [x]}]", -1, NULL));
  g_autoptr (AttestCodebook) codebook = attest_codebook_load (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (codebook->path, ==, path);
  g_assert_cmpuint (strlen (codebook->sha256), ==, 64);

  g_assert_null (attest_codebook_load (yaml, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_nonnull (strstr (error->message, "gone.yaml: No such file"));
  g_clear_error (&error);
  g_assert_null (attest_codebook_load ("no-such-book", NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_nonnull (strstr (error->message, "no shipped codebook 'no-such-book'"));
  g_clear_error (&error);
  g_autofree char *slash = g_strconcat (folder, "/", NULL);
  g_assert_null (attest_codebook_load (slash, NULL, &error));
  g_assert_cmpint (error->domain, ==, G_FILE_ERROR);
  g_clear_error (&error);
  /* A device without an end. */
  g_assert_null (attest_codebook_load ("/dev/zero", NULL, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_CODEBOOK);

  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codebook-limits/depth", test_depth);
  g_test_add_func ("/codebook-limits/aliases", test_aliases);
  g_test_add_func ("/codebook-limits/many-codes", test_many_codes);
  g_test_add_func ("/codebook-limits/sizes", test_sizes);
  g_test_add_func ("/codebook-limits/arguments", test_arguments);
  g_test_add_func ("/codebook-limits/compiled-size", test_compiled_size);
  g_test_add_func ("/codebook-limits/many-problems", test_many_problems);
  g_test_add_func ("/codebook-limits/long-names", test_long_names);
  g_test_add_func ("/codebook-limits/cut-off", test_cut_off);
  g_test_add_func ("/codebook-limits/damaged", test_damaged);
  g_test_add_func ("/codebook-limits/load", test_load);
  return g_test_run ();
}
