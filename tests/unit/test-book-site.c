/* Where a book goes: whole or not at all, and nothing of anybody else is lost. */
#include "book/attest-book-site.h"
#include "book/attest-book-temporary.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "util/attest-error.h"

typedef struct
{
  char *folder; /* of the test */
  char *target; /* "…/book" */
} Place;

static void
set_up (Place *place, gconstpointer unused)
{
  place->folder = g_dir_make_tmp ("attest-test-XXXXXX", NULL);
  place->target = g_build_filename (place->folder, "book", NULL);
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      if (g_file_test (inner, G_FILE_TEST_IS_DIR))
        remove_all (inner);
      else
        g_unlink (inner);
    }
  g_rmdir (path);
}

static void
tear_down (Place *place, gconstpointer unused)
{
  remove_all (place->folder);
  g_free (place->folder);
  g_free (place->target);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* What is in a folder: "a b c". */
static char *
dup_names (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **)names->pdata);
}

static void
assert_names (const char *folder, const char *expected)
{
  g_autofree char *names = dup_names (folder);

  g_assert_cmpstr (names, ==, expected);
}

static AttestBookSite *
begin_book (const char *target)
{
  g_autoptr (GError) error = NULL;
  AttestBookSite *site = attest_book_site_new (target, &error);
  AttestOutput *output;

  g_assert_no_error (error);
  output = attest_book_site_begin (site, "index", &error);
  g_assert_no_error (error);
  g_string_append (attest_output_get_buffer (output), "<p>é</p>\n");
  return site;
}

static void
finish_book (AttestBookSite *site)
{
  g_autoptr (GError) error = NULL;

  attest_book_site_end (site, &error);
  g_assert_no_error (error);
  attest_book_site_finish (site, NULL, &error);
  g_assert_no_error (error);
  attest_book_site_free (site);
}

static void
test_whole (Place *place, gconstpointer unused)
{
  finish_book (begin_book (place->target));
  assert_names (place->folder, "book");
  assert_names (place->target, "SHA256SUMS index.html");
  /* Over the one that is there. */
  finish_book (begin_book (place->target));
  assert_names (place->folder, "book");
  assert_names (place->target, "SHA256SUMS index.html");
}

static void
test_given_up (Place *place, gconstpointer unused)
{
  attest_book_site_free (begin_book (place->target));
  assert_names (place->folder, "");
}

/* Begins a book and dies, as by a signal. */
static void
die_at_work (const char *target)
{
  pid_t pid = fork ();
  int status;

  if (pid == 0)
    {
      begin_book (target);
      _exit (0);
    }
  g_assert_cmpint (pid, >, 0);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_cmpint (status, ==, 0);
}

static void
test_killed (Place *place, gconstpointer unused)
{
  g_autofree char *names = NULL;
  g_autofree char *own = g_strconcat (place->target, ".Ab12Cd", NULL);
  g_autofree char *inside = g_build_filename (own, "mine.html", NULL);
  g_autofree char *note = g_strconcat (place->target, ".notes.lock", NULL);

  die_at_work (place->target);
  names = dup_names (place->folder);
  g_assert_nonnull (strstr (names, ".lock"));
  /* What only looks like it is somebody's. */
  g_assert_cmpint (g_mkdir (own, 0700), ==, 0);
  g_assert_true (g_file_set_contents (inside, "precious", -1, NULL));
  g_assert_true (g_file_set_contents (note, "precious", -1, NULL));
  finish_book (begin_book (place->target));
  assert_names (place->folder, "book book.Ab12Cd book.notes.lock");
  assert_names (own, "mine.html");
}

/* One that is being written by a program that lives is none of ours. */
static void
test_two (Place *place, gconstpointer unused)
{
  AttestBookSite *first = begin_book (place->target);
  AttestBookSite *second = begin_book (place->target);

  finish_book (second);
  finish_book (first);
  assert_names (place->folder, "book");
  assert_names (place->target, "SHA256SUMS index.html");
}

/* The left over folder holds what no book has: it stays, with that. */
static void
test_something_else (Place *place, gconstpointer unused)
{
  g_autofree char *folder = g_strconcat (place->target, ".Ab12Cd", NULL);
  g_autofree char *lock = g_strconcat (folder, ".lock", NULL);
  g_autofree char *page = g_build_filename (folder, "index.html", NULL);
  g_autofree char *notes = g_build_filename (folder, "notes.txt", NULL);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (lock, "", -1, NULL));
  g_assert_true (g_file_set_contents (page, "x", -1, NULL));
  g_assert_true (g_file_set_contents (notes, "precious", -1, NULL));
  finish_book (begin_book (place->target));
  assert_names (place->folder, "book book.Ab12Cd");
  assert_names (folder, "notes.txt");
}

/* A link in place of the folder leads to somebody else's pages. */
static void
test_link (Place *place, gconstpointer unused)
{
  g_autofree char *other = g_build_filename (place->folder, "other", NULL);
  g_autofree char *page = g_build_filename (other, "index.html", NULL);
  g_autofree char *folder = g_strconcat (place->target, ".Ab12Cd", NULL);
  g_autofree char *lock = g_strconcat (folder, ".lock", NULL);

  g_assert_cmpint (g_mkdir (other, 0700), ==, 0);
  g_assert_true (g_file_set_contents (page, "precious", -1, NULL));
  g_assert_true (g_file_set_contents (lock, "", -1, NULL));
  g_assert_cmpint (symlink ("other", folder), ==, 0);
  finish_book (begin_book (place->target));
  assert_names (other, "index.html");
}

static void
test_refused (Place *place, gconstpointer unused)
{
  static const char *const files[] = { "notes.txt", "mine.html" };
  g_autofree char *path = NULL;

  finish_book (begin_book (place->target));
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *file = g_build_filename (place->target, files[i], NULL);
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (file, "precious", -1, NULL));
      g_assert_null (attest_book_site_new (place->target, &error));
      g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_USAGE);
      g_assert_nonnull (strstr (error->message, files[i]));
      g_unlink (file);
    }
  /* A list that names other places removes nothing there. */
  path = g_build_filename (place->target, ATTEST_BOOK_MANIFEST, NULL);
  g_assert_true (
      g_file_set_contents (path, "00  ../evil.html\n00  /tmp/evil.html\n00  ok.html\n", -1, NULL));
  {
    g_autoptr (GHashTable) files_of_book = attest_book_list_files (place->target);

    g_assert_cmpuint (g_hash_table_size (files_of_book), ==, 2);
    g_assert_true (g_hash_table_contains (files_of_book, "ok.html"));
  }
}

#define ADD(name, func) g_test_add (name, Place, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/book-site/whole", test_whole);
  ADD ("/book-site/given-up", test_given_up);
  ADD ("/book-site/killed", test_killed);
  ADD ("/book-site/two", test_two);
  ADD ("/book-site/something-else", test_something_else);
  ADD ("/book-site/link", test_link);
  ADD ("/book-site/refused", test_refused);
  return g_test_run ();
}
