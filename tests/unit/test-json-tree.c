/* JSON: what is JSON and what is not, by the public suite and by hand. Covers attest-json-tree. */
#include <string.h>

#include "util/attest-error.h"
#include "util/attest-json-tree.h"
#include "util/attest-limits.h"

static AttestJsonTree *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  AttestJsonTree *tree = attest_json_tree_new (text, strlen (text), &error);

  g_assert_no_error (error);
  return tree;
}

static void
test_walk (void)
{
  g_autoptr (AttestJsonTree) tree
      = parse ("{\"a\": [1, [], {\"b\": \"x\", \"b\": \"y\"}],\n \"c.d\": null, \"e\": {}}");
  guint list = attest_json_tree_get (tree, 0, "a");
  guint n = 0;

  g_assert_cmpuint (attest_json_tree_count (tree, 0), ==, 3);
  g_assert_cmpuint (attest_json_tree_count (tree, list), ==, 3);
  for (guint child = attest_json_tree_first (tree, list); child != ATTEST_JSON_NONE;
       child = attest_json_tree_next (tree, list, child))
    n++;
  g_assert_cmpuint (n, ==, 3);
  g_assert_true (attest_json_tree_equals (tree, 0, "a.2.b", "y"));
  g_assert_cmpuint (attest_json_tree_get (tree, 0, "a.3"), ==, ATTEST_JSON_NONE);
  g_assert_cmpuint (attest_json_tree_get (tree, 0, "a.1.0"), ==, ATTEST_JSON_NONE);
  g_assert_cmpuint (attest_json_tree_get (tree, 0, "e.x"), ==, ATTEST_JSON_NONE);
  g_assert_cmpuint (attest_json_tree_line (tree, list), ==, 1);
  g_assert_cmpuint (attest_json_tree_line (tree, attest_json_tree_get (tree, 0, "e")), ==, 2);
}

static void
test_strings (void)
{
  g_autoptr (AttestJsonTree) tree
      = parse ("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\", \"\\u00e9\\ud83d\\ude42\", \"\\ud83d!\", "
               "\"\\udc00\\ud83d\\u0041\", \"a\\u0000b\", \"e\xcc\x81\"]");
  static const char *const expected[]
      = { "\"\\/\b\f\n\r\t", "é🙂", "\ufffd!", "\ufffd\ufffdA", "a", "e\xcc\x81" };
  g_autoptr (GString) whole = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *path = g_strdup_printf ("%u", i);
      g_autofree char *got = attest_json_tree_dup (tree, attest_json_tree_get (tree, 0, path));

      g_assert_cmpstr (got, ==, expected[i]);
    }
  g_assert_true (attest_json_tree_append (tree, attest_json_tree_get (tree, 0, "4"), whole));
  g_assert_cmpmem (whole->str, whole->len, "a\0b", 3);
}

static void
test_numbers (void)
{
  g_autoptr (AttestJsonTree) tree = parse ("[-0.5e1, 12, 1e999, \"12\"]");
  double number = 7;

  g_assert_true (attest_json_tree_get_double (tree, attest_json_tree_get (tree, 0, "0"), &number));
  g_assert_cmpfloat (number, ==, -5);
  g_assert_true (attest_json_tree_get_double (tree, attest_json_tree_get (tree, 0, "1"), &number));
  g_assert_cmpfloat (number, ==, 12);
  g_assert_false (attest_json_tree_get_double (tree, attest_json_tree_get (tree, 0, "2"), &number));
  g_assert_false (attest_json_tree_get_double (tree, attest_json_tree_get (tree, 0, "3"), &number));
  g_assert_false (attest_json_tree_get_double (tree, ATTEST_JSON_NONE, &number));
}

static void
test_errors (void)
{
  static const struct
  {
    const char *text, *message;
  } cases[] = {
    { "", "1:1: a value is missing" },
    { "[1,\n é]", "2:2: a value is missing" },
    { "{\"é\" 1}", "1:6: a colon is missing after a key" },
    { "[1 2]", "1:4: a comma is missing" },
    { "[1,]", "1:4: a value is missing" },
    { "{\"a\":1,}", "1:8: a key in double quotes is missing" },
    { "[\"a\nb\"]", "1:4: control character in a string" },
    { "[\"\\x\"]", "1:4: unknown escape in a string" },
    { "[\"abc", "1:6: the text ends inside a string" },
    { "[[1]", "1:5: the text ends too early" },
    { "[01]", "1:4: not a number" },
    { "{} x", "1:4: text after the end" },
    { "[\"a\xff\"]", "1:4: invalid UTF-8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (attest_json_tree_new (cases[i].text, strlen (cases[i].text), &error));
      g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_INPUT);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static void
test_depth (void)
{
  for (guint extra = 0; extra < 2; extra++)
    {
      guint depth = ATTEST_MAX_JSON_DEPTH + extra;
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (AttestJsonTree) tree = NULL;

      for (guint i = 0; i < depth; i++)
        g_string_append (text, "[");
      for (guint i = 0; i < depth; i++)
        g_string_append (text, "]");
      tree = attest_json_tree_new (text->str, text->len, &error);
      g_assert_true ((tree != NULL) == (extra == 0));
    }
}

/* y_ must be taken and n_ must not; i_ may do as they like, but always the same. There is no
 * exception to list. */
static void
test_suite (void)
{
  const char *samples = g_getenv ("ATTEST_SAMPLES");
  g_autofree char *folder
      = g_build_filename (samples != NULL ? samples : "", "f_suites", "json_MIT", NULL);
  g_autoptr (GDir) dir = samples != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;
  guint taken = 0, refused = 0;

  if (dir == NULL)
    {
      g_test_skip ("no samples");
      return;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;
      gsize n = 0;
      gboolean is_json[2];

      if (!g_str_has_suffix (name, ".json") || name[1] != '_')
        continue;
      g_test_message ("%s", name);
      g_assert_true (g_file_get_contents (path, &text, &n, NULL));
      for (guint i = 0; i < 2; i++)
        {
          g_autoptr (AttestJsonTree) tree = attest_json_tree_new (text, n, NULL);

          is_json[i] = tree != NULL;
        }
      g_assert_true (is_json[0] == is_json[1]);
      g_assert_true (name[0] != 'y' || is_json[0]);
      g_assert_true (name[0] != 'n' || !is_json[0]);
      taken += name[0] == 'y';
      refused += name[0] == 'n';
    }
  g_assert_cmpuint (taken, ==, 95);
  g_assert_cmpuint (refused, ==, 187);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-tree/walk", test_walk);
  g_test_add_func ("/json-tree/strings", test_strings);
  g_test_add_func ("/json-tree/numbers", test_numbers);
  g_test_add_func ("/json-tree/errors", test_errors);
  g_test_add_func ("/json-tree/depth", test_depth);
  g_test_add_func ("/json-tree/suite", test_suite);
  return g_test_run ();
}
