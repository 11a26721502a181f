/* YAML as it is written: any text comes back, comments and empty lines change nothing. */
#include <string.h>

#include "codebook/attest-yaml-writer.h"
#include "codebook/attest-yaml.h"

/* Pieces of which texts are made: what YAML gives a meaning, and what libyaml cannot write. */
static const char *const pieces[] = { "a",
                                      "B",
                                      " ",
                                      "  ",
                                      "\n",
                                      "\n\n",
                                      "\t",
                                      "#",
                                      " # ",
                                      ":",
                                      ": ",
                                      "-",
                                      "- ",
                                      "?",
                                      "? ",
                                      "'",
                                      "\"",
                                      "\\",
                                      "|",
                                      ">",
                                      "%",
                                      "@",
                                      "`",
                                      "&a",
                                      "*a",
                                      "!b",
                                      "{",
                                      "}",
                                      "[",
                                      "]",
                                      ",",
                                      "~",
                                      "null",
                                      "yes",
                                      "0x1",
                                      "1e3",
                                      "=",
                                      "<<",
                                      "---",
                                      "...",
                                      "\x1b",
                                      "é",
                                      "e\xcc\x81",
                                      "مرحبا",
                                      "Ж",
                                      "😀",
                                      "👩‍👩‍👧",
                                      "\xee\x80\x80",
                                      "\xef\xa3\xbf",
                                      "\xe2\x80\xa8",
                                      "\xc2\x85",
                                      "\xef\xbb\xbf",
                                      "漢",
                                      "\xe2\x80\x8f" };

static char *
random_text (GRand *rand)
{
  GString *text = g_string_new (NULL);
  gint n = g_rand_int_range (rand, 1, 12);

  for (gint i = 0; i < n; i++)
    g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

static const AttestYaml *
item (const AttestYaml *node, guint i)
{
  g_assert_cmpuint (i, <, node->items->len);
  return g_ptr_array_index (node->items, i);
}

/* A block ends with a line end that nobody means, see attest_codebook_read_text(). */
static char *
dup_read (const AttestYaml *node)
{
  g_assert_cmpint (node->kind, ==, ATTEST_YAML_SCALAR);
  return g_strdup (node->text);
}

static void
test_any_text (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint round = 0; round < 3000; round++)
    {
      g_autoptr (AttestYamlWriter) writer = attest_yaml_writer_new ();
      g_autofree char *first = random_text (rand), *second = random_text (rand);
      g_autofree char *note = random_text (rand);
      g_autofree char *text = NULL, *a = NULL, *b = NULL, *c = NULL;
      g_autoptr (AttestYamlFile) file = NULL;
      g_autoptr (GError) error = NULL;
      guint line, column;

      attest_yaml_writer_begin_map (writer);
      attest_yaml_writer_member (writer, "first", first);
      attest_yaml_writer_space (writer);
      attest_yaml_writer_text (writer, "list");
      attest_yaml_writer_begin_list (writer);
      attest_yaml_writer_begin_map (writer);
      attest_yaml_writer_member (writer, "supports", "Q7F3K2A");
      attest_yaml_writer_comment (writer, note);
      attest_yaml_writer_member (writer, "note", second);
      attest_yaml_writer_end_map (writer);
      attest_yaml_writer_text (writer, note);
      attest_yaml_writer_end_list (writer);
      attest_yaml_writer_end_map (writer);
      text = attest_yaml_writer_finish (writer, "# head\n");
      file = attest_yaml_parse (text, strlen (text), &line, &column, &error);
      if (file == NULL)
        g_error ("%u:%u: %s in\n%s", line, column, error->message, text);
      const AttestYaml *root = attest_yaml_file_root (file);

      a = dup_read (item (root, 1));
      g_assert_cmpstr (a, ==, first);
      g_assert_cmpstr (item (item (item (root, 3), 0), 1)->text, ==, "Q7F3K2A");
      b = dup_read (item (item (item (root, 3), 0), 3));
      g_assert_cmpstr (b, ==, second);
      c = dup_read (item (item (root, 3), 1));
      g_assert_cmpstr (c, ==, note);
    }
}

static void
test_layout (void)
{
  g_autoptr (AttestYamlWriter) writer = attest_yaml_writer_new ();
  g_autofree char *text = NULL;

  attest_yaml_writer_begin_map (writer);
  attest_yaml_writer_member (writer, "a", "one\ntwo 😀");
  attest_yaml_writer_member (writer, "none", NULL);
  attest_yaml_writer_space (writer);
  attest_yaml_writer_member (writer, "level", "4");
  attest_yaml_writer_comment (writer, "very\ngood \x1b 🌍");
  attest_yaml_writer_text (writer, "empty");
  attest_yaml_writer_begin_list (writer);
  attest_yaml_writer_end_list (writer);
  attest_yaml_writer_end_map (writer);
  text = attest_yaml_writer_finish (writer, "# head\n");
  g_assert_cmpstr (text, ==,
                   "# head\na: |-\n  one\n  two 😀\n\nlevel: '4'  # very good \\x1b 🌍\nempty: []\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/yaml-writer/any-text", test_any_text);
  g_test_add_func ("/yaml-writer/layout", test_layout);
  return g_test_run ();
}
