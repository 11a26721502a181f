/* The index of the search, and names of pages: whatever was said, and however codes are called. */
#include "book/attest-book-private.h"

#include <glib/gstdio.h>
#include <string.h>

#include "util/attest-json-tree.h"

/* ---- strings inside of a script element ---- */

static void
test_strings (void)
{
  static const char *const texts[] = { "",
                                       "</script><script>alert(1)</script>",
                                       "<!-- <script>",
                                       "]]> &lt; & \"quoted\" \\ back\\slash",
                                       "line\nend\ttab\rreturn \x01\x1f\x7f",
                                       "e\u0301 é 🏳️‍🌈 \u2028 \u202e ن ё" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GString) out = g_string_new ("[");
      g_autoptr (AttestJsonTree) tree = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *back = NULL;

      attest_book_append_string (out, texts[i], strlen (texts[i]));
      g_string_append_c (out, ']');
      /* Nothing ends the element, begins another, or ends the line. */
      g_assert_null (strpbrk (out->str, "<>&\n\r"));
      tree = attest_json_tree_new (out->str, out->len, &error);
      g_assert_no_error (error);
      back = attest_json_tree_dup (tree, attest_json_tree_first (tree, 0));
      g_assert_cmpstr (back, ==, texts[i]);
    }
}

/* ---- the index ---- */

typedef struct
{
  AttestBook book;
  AttestDocument *doc;
  char *folder;
} Fixture;

static void
free_info (gpointer item)
{
  g_free (((AttestSourceInfo *)item)->label);
  g_free (item);
}

static void
add_turn (AttestDocument *doc, const char *speaker, gsize start_byte, gsize end_byte)
{
  AttestTurn turn = { .speaker = attest_document_intern_speaker (doc, speaker),
                      .start_byte = start_byte,
                      .end_byte = end_byte,
                      .start_ms = ATTEST_NO_TIME,
                      .end_ms = ATTEST_NO_TIME };

  g_array_append_val (doc->turns, turn);
}

static void
set_up (Fixture *fixture, gconstpointer name)
{
  static const char said[] = "What?\nWe <did> é.\nNo.";
  AttestBook *book = &fixture->book;
  AttestSourceInfo *info = g_new0 (AttestSourceInfo, 1);
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("attest-test-XXXXXX", NULL);
  path = g_build_filename (fixture->folder, name, NULL);
  fixture->doc = attest_document_new ("talk.txt");
  attest_document_take_text (fixture->doc, g_strdup (said), strlen (said));
  add_turn (fixture->doc, "I", 0, 5);
  add_turn (fixture->doc, "Aida", 6, 18);
  add_turn (fixture->doc, "Bek", 19, 22);
  attest_document_speaker (fixture->doc, 0)->role = ATTEST_ROLE_INTERVIEWER;
  attest_document_speaker (fixture->doc, 1)->role = ATTEST_ROLE_RESPONDENT;
  attest_document_speaker (fixture->doc, 2)->role = ATTEST_ROLE_RESPONDENT;
  info->label = g_strdup ("talk");
  book->site = attest_book_site_new (path, NULL);
  book->index = g_string_new (NULL);
  book->sources = g_ptr_array_new_with_free_func (free_info);
  book->source_names = g_ptr_array_new ();
  book->groups = g_ptr_array_new ();
  book->segments = g_array_new (FALSE, TRUE, sizeof (AttestBookSegment));
  book->speaker_groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_ptr_array_add (book->sources, info);
  g_ptr_array_add (book->source_names, (gpointer) "a \"talk\"");
  g_ptr_array_add (book->groups, (gpointer) "Village");
  g_ptr_array_add (book->groups, NULL);
  g_hash_table_insert (book->speaker_groups, g_strdup ("talk\nAida"), GUINT_TO_POINTER (1));
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  AttestBook *book = &fixture->book;

  attest_book_site_free (book->site);
  g_string_free (book->index, TRUE);
  g_ptr_array_unref (book->sources);
  g_ptr_array_unref (book->source_names);
  g_ptr_array_unref (book->groups);
  g_array_unref (book->segments);
  g_hash_table_unref (book->speaker_groups);
  attest_document_free (fixture->doc);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

static void
index_all (Fixture *fixture)
{
  AttestBookSegment segments[] = { { .code = 2, .is_accepted = TRUE, .stances = 5, .strength = 3 },
                                   { .code = 0, .strength = 1 } };

  g_array_append_vals (fixture->book.segments, segments, G_N_ELEMENTS (segments));
  attest_book_begin_index (&fixture->book);
  attest_book_index_turn (&fixture->book, fixture->doc, 0, 0, 0);
  attest_book_index_turn (&fixture->book, fixture->doc, 1, 0, 2);
  attest_book_index_turn (&fixture->book, fixture->doc, 2, 2, 2);
  attest_book_end_index (&fixture->book);
}

/* In a folder the words are in the index: [turn, group or -1, words, passages]. */
static void
test_folder (Fixture *fixture, gconstpointer unused)
{
  index_all (fixture);
  g_assert_cmpstr (fixture->book.index->str, ==,
                   "[\"t001\",\"a \\u0022talk\\u0022\",["
                   "[0,-1,\"What?\",[]],"
                   "[1,0,\"We \\u003cdid\\u003e é.\",[[2,1,5,2],[0,0,0,1]]],"
                   "[2,1,\"No.\",[]]]]");
}

/* In one page they are in the transcript. */
static void
test_file (Fixture *fixture, gconstpointer unused)
{
  index_all (fixture);
  g_assert_cmpstr (fixture->book.index->str, ==,
                   "[\"t001\",\"a \\u0022talk\\u0022\",["
                   "[0,-1,0,[]],[1,0,0,[[2,1,5,2],[0,0,0,1]]],[2,1,0,[]]]]");
}

/* The script reads a source a line. */
static void
test_lines (Fixture *fixture, gconstpointer unused)
{
  g_auto (GStrv) lines = NULL;

  index_all (fixture);
  fixture->book.source = 1;
  g_ptr_array_add (fixture->book.sources, g_new0 (AttestSourceInfo, 1));
  g_ptr_array_add (fixture->book.source_names, (gpointer) "b\nc");
  attest_book_begin_index (&fixture->book);
  attest_book_end_index (&fixture->book);
  lines = g_strsplit (fixture->book.index->str, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 2);
  g_assert_true (g_str_has_suffix (lines[0], "]]],"));
  g_assert_cmpstr (lines[1], ==, "[\"t002\",\"b\\u000ac\",[]]");
}

/* ---- names of pages ---- */

static void
test_names (void)
{
  g_autofree char *long_code = g_strnfill (200, 'a');
  const char *const codes[] = { "impact",     "Impact", "IMPACT",  "a/b", "../../etc/passwd",
                                "CON",        "შედეგი", long_code, "é",   "e\u0301",
                                "code 1 <b>", "index",  "",        "_3" };
  g_autoptr (GPtrArray) in = g_ptr_array_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    g_ptr_array_add (in, (gpointer)codes[i]);
  attest_book_name_code_pages (in, names);
  g_assert_cmpuint (names->len, ==, in->len);
  g_assert_cmpstr (g_ptr_array_index (names, 0), ==, "code-impact");
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      g_assert_true (g_hash_table_add (seen, (gpointer)name));
      g_assert_true (g_str_has_prefix (name, "code-"));
      g_assert_cmpuint (strlen (name), <=, 80);
      g_assert_cmpuint (strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789-_"), ==, strlen (name));
    }
}

#define ADD(name, file, func) g_test_add (name, Fixture, file, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/book-search/strings", test_strings);
  g_test_add_func ("/book-search/names", test_names);
  ADD ("/book-search/folder", "book", test_folder);
  ADD ("/book-search/file", "book.html", test_file);
  ADD ("/book-search/lines", "book", test_lines);
  return g_test_run ();
}
