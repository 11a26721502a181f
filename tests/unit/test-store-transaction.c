/* Large transactions: as whole as small ones, whoever looks and whatever breaks off. */
#include "store-fixture.h"

#include <unistd.h>

#define MUCH (G_GUINT64_CONSTANT (1) << 30)

static void
begin_bulk (Fixture *fixture, guint64 expected_bytes)
{
  GError *error = NULL;

  attest_store_begin_bulk (fixture->store, expected_bytes, &error);
  g_assert_no_error (error);
}

static void
assert_journal_mode (Fixture *fixture, const char *expected)
{
  sqlite3_stmt *stmt = NULL;

  sqlite3_prepare_v2 (fixture->store->db, "PRAGMA journal_mode", -1, &stmt, NULL);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  g_assert_cmpstr ((const char *)sqlite3_column_text (stmt, 0), ==, expected);
  sqlite3_finalize (stmt);
}

static void
add_some (Fixture *fixture, guint first, guint n)
{
  for (guint i = first; i < first + n; i++)
    {
      g_autofree char *filler = g_strnfill (20000, (char)('a' + i % 26));
      g_autofree char *text = g_strdup_printf ("I: Why?\nAna: Because of %u %s.\n", i, filler);
      g_autofree char *path = g_strdup_printf ("t%u.txt", i);
      g_autoptr (AttestDocument) doc = fixture_document (path, text);

      fixture_add (fixture, doc, NULL, ATTEST_SOURCE_INTERVIEW);
    }
}

static void
assert_sound (Fixture *fixture, gint64 sources)
{
  g_autoptr (AttestVerification) verification = NULL;
  GError *error = NULL;

  verification = attest_store_verify (fixture->store, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (verification->problems->len, ==, 0);
  g_assert_cmpint (verification->sources, ==, sources);
}

static void
test_bulk (Fixture *fixture, gconstpointer data)
{
  begin_bulk (fixture, MUCH);
  assert_journal_mode (fixture, "delete");
  add_some (fixture, 0, 10);
  fixture_commit (fixture, "ingest");
  assert_journal_mode (fixture, "wal");
  fixture_reopen (fixture, ATTEST_STORE_READ);
  assert_sound (fixture, 10);
}

static void
test_small_is_no_bulk (Fixture *fixture, gconstpointer data)
{
  begin_bulk (fixture, 1000);
  assert_journal_mode (fixture, "wal");
  add_some (fixture, 0, 1);
  fixture_commit (fixture, "ingest");
  assert_sound (fixture, 1);
}

static void
test_rollback (Fixture *fixture, gconstpointer data)
{
  begin_bulk (fixture, MUCH);
  fixture_tamper (fixture, "PRAGMA cache_size = 10");
  add_some (fixture, 0, 10);
  attest_store_rollback (fixture->store);
  assert_journal_mode (fixture, "wal");
  assert_sound (fixture, 0);
  /* And the file takes the next. */
  begin_bulk (fixture, MUCH);
  add_some (fixture, 0, 3);
  fixture_commit (fixture, "ingest");
  assert_sound (fixture, 3);
}

/* Others wait until it is done, and see all of it. */
static void
test_others (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestStore) other = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sources = NULL;

  /* Who has the project open already is not disturbed. */
  other = attest_store_open (fixture->path, ATTEST_STORE_READ, &error);
  g_assert_no_error (error);
  begin_bulk (fixture, MUCH);
  assert_journal_mode (fixture, "wal");
  add_some (fixture, 0, 2);
  sources = attest_store_list_sources (other, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sources->len, ==, 0);
  fixture_commit (fixture, "ingest");
  g_clear_pointer (&sources, g_ptr_array_unref);
  sources = attest_store_list_sources (other, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sources->len, ==, 2);
  g_clear_pointer (&other, attest_store_free);

  begin_bulk (fixture, MUCH);
  add_some (fixture, 2, 2);
  assert_journal_mode (fixture, "delete");
  fixture_commit (fixture, "ingest");
  other = attest_store_open (fixture->path, ATTEST_STORE_READ, &error);
  g_assert_no_error (error);
  g_clear_pointer (&sources, g_ptr_array_unref);
  sources = attest_store_list_sources (other, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sources->len, ==, 4);
}

/* Every index, so that none that a large run drops stays away. */
static char *
list_indexes (Fixture *fixture)
{
  sqlite3_stmt *stmt = NULL;
  GString *out = g_string_new (NULL);

  sqlite3_prepare_v2 (fixture->store->db,
                      "SELECT name, sql FROM sqlite_schema WHERE type = 'index' ORDER BY name", -1,
                      &stmt, NULL);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    g_string_append_printf (out, "%s: %s\n", (const char *)sqlite3_column_text (stmt, 0),
                            (const char *)sqlite3_column_text (stmt, 1));
  sqlite3_finalize (stmt);
  return g_string_free (out, FALSE);
}

/* Codes a document of the project; what it finds is the same in any kind of transaction. */
static void
code (Fixture *fixture, const AttestDocument *doc, guint64 expected_bytes)
{
  g_autoptr (AttestCoding) coding = attest_coding_new ();

  begin_bulk (fixture, expected_bytes);
  fixture_begin_run (fixture, "book", "1");
  fixture_find (coding, doc, 1, 0, "It worked.");
  fixture_find (coding, doc, 1, 1, "It worked.");
  fixture_find (coding, doc, 1, 2, "dear");
  fixture_add_coding (fixture, "S", doc, coding);
  fixture_end_run (fixture);
  fixture_commit (fixture, "code");
}

static void
test_bulk_run (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestDocument) doc
      = fixture_document ("s.txt", "I: Why?\nAna: It worked. It was dear.\n");
  g_autofree char *before = list_indexes (fixture);
  g_autofree char *after = NULL;

  fixture_begin (fixture);
  fixture_add (fixture, doc, "S", ATTEST_SOURCE_INTERVIEW);
  fixture_commit (fixture, "ingest");
  for (guint round = 0; round < 3; round++)
    {
      code (fixture, doc, round == 1 ? 0 : MUCH);
      g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM segment"), ==, 3);
      g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM quote"), ==, 2);
      g_assert_cmpint (fixture_count (fixture, "PRAGMA foreign_keys"), ==, 1);
      assert_sound (fixture, 1);
    }
  after = list_indexes (fixture);
  g_assert_cmpstr (after, ==, before);
}

static void
copy_file (const char *from, const char *to)
{
  g_autofree char *bytes = NULL;
  gsize length;
  GError *error = NULL;

  g_file_get_contents (from, &bytes, &length, &error);
  g_assert_no_error (error);
  g_file_set_contents (to, bytes, (gssize)length, &error);
  g_assert_no_error (error);
}

/* What is on the disk when the power fails half-way: the file, partly new, and its journal. */
static void
test_broken_off (Fixture *fixture, gconstpointer data)
{
  g_autofree char *journal = g_strconcat (fixture->path, "-journal", NULL);
  g_autofree char *path = g_build_filename (fixture->folder, "copy.attest", NULL);
  g_autofree char *copied_journal = g_strconcat (path, "-journal", NULL);
  g_autoptr (GError) error = NULL;
  gboolean is_root = geteuid () == 0;
  Fixture copy = { .path = path };
  GStatBuf before, after;

  begin_bulk (fixture, MUCH);
  add_some (fixture, 0, 20);
  fixture_commit (fixture, "ingest");
  g_stat (fixture->path, &before);
  begin_bulk (fixture, MUCH);
  fixture_tamper (fixture, "PRAGMA cache_size = 10");
  add_some (fixture, 20, 20);
  copy_file (fixture->path, path);
  copy_file (journal, copied_journal);
  attest_store_rollback (fixture->store);
  g_stat (path, &after);
  g_assert_cmpint (after.st_size, >, before.st_size);

  /* Who may not write cannot put it right, and must not take it for sound. */
  g_chmod (path, 0444);
  g_chmod (copied_journal, 0444);
  g_chmod (fixture->folder, 0555);
  if (is_root)
    g_assert_cmpint (seteuid (65534), ==, 0);
  g_assert_null (attest_store_open (path, ATTEST_STORE_READ, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_STORE);
  g_clear_error (&error);
  if (is_root)
    g_assert_cmpint (seteuid (0), ==, 0);
  g_chmod (fixture->folder, 0755);
  g_chmod (path, 0644);
  g_chmod (copied_journal, 0644);

  copy.store = attest_store_open (path, ATTEST_STORE_WRITE, &error);
  g_assert_no_error (error);
  assert_journal_mode (&copy, "wal");
  assert_sound (&copy, 20);
  attest_store_free (copy.store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store/transaction/bulk", test_bulk);
  FIXTURE_TEST ("/store/transaction/small-is-no-bulk", test_small_is_no_bulk);
  FIXTURE_TEST ("/store/transaction/rollback", test_rollback);
  FIXTURE_TEST ("/store/transaction/others", test_others);
  FIXTURE_TEST ("/store/transaction/bulk-run", test_bulk_run);
  FIXTURE_TEST ("/store/transaction/broken-off", test_broken_off);
  return g_test_run ();
}
