/* Lines that are gone and lines that are new. */
#include "util/attest-line-difference.h"

#include <string.h>

#include "util/attest-limits.h"

static void
assert_difference (const char *before, const char *after, const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);

  attest_line_difference_append (out, before, after, "");
  g_assert_cmpstr (out->str, ==, expected);
}

static void
test_small (void)
{
  assert_difference ("", "", "");
  assert_difference ("a\nb\n", "a\nb\n", "");
  assert_difference ("a\nb\nc\n", "a\nx\nc\n", "- b\n+ x\n");
  assert_difference ("a\nb\nc\nd\n", "a\nc\nd\ne\n", "- b\n+ e\n");
  assert_difference ("a\n", "é\na\n", "+ é\n");
  assert_difference ("a\nb", "", "- a\n- b\n");
}

/* A text that ends with a line end has an empty last line; an empty text has none. */
static int
count_lines (const GString *text)
{
  return text->len == 0 ? 0 : (int)text->len / 2 + 1;
}

/* What is told turns the one text into the other, whatever they are. */
static void
test_any (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint round = 0; round < 500; round++)
    {
      g_autoptr (GString) before = g_string_new (NULL), after = g_string_new (NULL);
      g_autoptr (GString) out = g_string_new (NULL);
      guint n_gone = 0, n_new = 0;

      for (gint i = g_rand_int_range (rand, 0, 12); i > 0; i--)
        g_string_append_printf (before, "%c\n", 'a' + g_rand_int_range (rand, 0, 4));
      for (gint i = g_rand_int_range (rand, 0, 12); i > 0; i--)
        g_string_append_printf (after, "%c\n", 'a' + g_rand_int_range (rand, 0, 4));
      attest_line_difference_append (out, before->str, after->str, "");
      g_auto (GStrv) lines = g_strsplit (out->str, "\n", -1);

      for (char **line = lines; *line != NULL; line++)
        {
          n_gone += **line == '-';
          n_new += **line == '+';
        }
      g_assert_cmpint ((int)n_new - (int)n_gone, ==, count_lines (after) - count_lines (before));
      g_assert_true ((strcmp (before->str, after->str) == 0) == (out->len == 0));
    }
}

static void
test_large (void)
{
  g_autoptr (GString) before = g_string_new (NULL), after = g_string_new (NULL);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i <= ATTEST_MAX_DIFFERENCE_LINES; i++)
    {
      g_string_append_printf (before, "a%u\n", i);
      g_string_append_printf (after, "b%u\n", i);
    }
  attest_line_difference_append (out, before->str, after->str, "");
  g_assert_true (g_str_has_prefix (out->str, "- a0\n- a1\n"));
  g_assert_nonnull (strstr (out->str, "\n+ b0\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/line-difference/small", test_small);
  g_test_add_func ("/line-difference/any", test_any);
  g_test_add_func ("/line-difference/large", test_large);
  return g_test_run ();
}
