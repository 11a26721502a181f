/* The file: made, opened, refused, locked, full; statements and transactions. */
#define _GNU_SOURCE
#include "store-fixture.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static char *
read_all (const char *path, gsize *out_length)
{
  char *bytes = NULL;

  g_assert_true (g_file_get_contents (path, &bytes, out_length, NULL));
  return bytes;
}

static void
test_create (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *title = NULL;
  struct stat st;

  g_assert_cmpint (stat (fixture->path, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0777, ==, 0600);
  title = attest_store_dup_meta (fixture->store, "title", NULL);
  g_assert_cmpstr (title, ==, "Test");
  g_assert_null (attest_store_dup_meta (fixture->store, "none", &error));
  g_assert_no_error (error);
  g_assert_cmpint (fixture_count (fixture, "PRAGMA application_id"), ==,
                   ATTEST_STORE_APPLICATION_ID);
  g_assert_cmpint (fixture_count (fixture, "PRAGMA foreign_keys"), ==, 1);
}

static void
test_create_refuses (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) no_folder = NULL;
  g_autofree char *deep = g_build_filename (fixture->folder, "none", "p.attest", NULL);

  g_assert_null (attest_store_create (fixture->path, "Other", &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST);
  g_assert_null (attest_store_create (deep, "Other", &no_folder));
  g_assert_error (no_folder, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

static void
test_reopen (Fixture *fixture, gconstpointer data)
{
  g_autofree char *wal = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *title = NULL;

  fixture_reopen (fixture, ATTEST_STORE_READ);
  title = attest_store_dup_meta (fixture->store, "title", NULL);
  g_assert_cmpstr (title, ==, "Test");
  g_clear_pointer (&fixture->store, attest_store_free);
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));
}

/* Opening must fail with @code, and leave the bytes as they are. */
static void
assert_refused (const char *path, int code)
{
  const AttestStoreMode modes[] = { ATTEST_STORE_READ, ATTEST_STORE_WRITE };

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autoptr (GError) error = NULL;
      gsize length_before, length_after;
      g_autofree char *before = read_all (path, &length_before);
      g_autofree char *after = NULL;

      g_assert_null (attest_store_open (path, modes[i], &error));
      g_assert_error (error, ATTEST_ERROR, code);
      g_assert_true (g_str_has_prefix (error->message, path));
      after = read_all (path, &length_after);
      g_assert_cmpmem (before, length_before, after, length_after);
    }
}

static void
test_foreign (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "other.db", NULL);
  g_autofree char *text = g_build_filename (fixture->folder, "text", NULL);
  g_autofree char *empty = g_build_filename (fixture->folder, "empty", NULL);
  g_autofree char *none = g_build_filename (fixture->folder, "none", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) folder_error = NULL;
  sqlite3 *db = NULL;

  sqlite3_open (path, &db);
  g_assert_cmpint (sqlite3_exec (db,
                                 "PRAGMA journal_mode = WAL; CREATE TABLE t (x);"
                                 "INSERT INTO t VALUES (1)",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (db);
  assert_refused (path, ATTEST_ERROR_STORE);
  g_assert_true (g_file_set_contents (text,
                                      "This is no database, though it is longer than a "
                                      "header, which takes a hundred bytes of a file.....",
                                      -1, NULL));
  assert_refused (text, ATTEST_ERROR_STORE);
  g_assert_true (g_file_set_contents (empty, "", 0, NULL));
  assert_refused (empty, ATTEST_ERROR_STORE);
  g_assert_null (attest_store_open (none, ATTEST_STORE_READ, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_null (attest_store_open (fixture->folder, ATTEST_STORE_READ, &folder_error));
  g_assert_nonnull (folder_error);
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture_tamper (fixture, "PRAGMA user_version = 99");
  /* The number still waits in the WAL: SQLite is asked as well as the header. */
  g_assert_null (attest_store_open (fixture->path, ATTEST_STORE_READ, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_SCHEMA);
  g_clear_pointer (&fixture->store, attest_store_free);
  assert_refused (fixture->path, ATTEST_ERROR_SCHEMA);
  g_assert_nonnull (strstr (error->message, "99"));
  g_assert_nonnull (strstr (error->message, G_STRINGIFY (ATTEST_STORE_SCHEMA) ")"));
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  gsize length;
  g_autofree char *bytes = NULL;

  g_clear_pointer (&fixture->store, attest_store_free);
  bytes = read_all (fixture->path, &length);
  for (gsize cut = 100; cut < length; cut += 997)
    {
      g_autoptr (AttestStore) store = NULL;
      g_autoptr (GPtrArray) sources = NULL;
      g_autoptr (GError) local = NULL;

      g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize)cut, NULL));
      store = attest_store_open (fixture->path, ATTEST_STORE_READ, &local);
      if (store != NULL)
        sources = attest_store_list_sources (store, &local);
      g_assert_true (sources != NULL || local != NULL);
    }
}

static void
test_locked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestStore) other = NULL;
  g_autoptr (GError) error = NULL;

  other = attest_store_open (fixture->path, ATTEST_STORE_WRITE, &error);
  g_assert_no_error (error);
  sqlite3_busy_timeout (other->db, 0);
  fixture_begin (fixture);
  g_assert_false (attest_store_begin (other, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_STORE);
  g_assert_nonnull (strstr (error->message, "is in use by another program"));
  attest_store_rollback (fixture->store);
}

static void
test_rollback (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestDocument) doc = fixture_document ("a.txt", "I: Why?\nAna: Because.\n");
  gint64 entries = fixture_count (fixture, "SELECT count (*) FROM audit");

  fixture_begin (fixture);
  fixture_add (fixture, doc, NULL, ATTEST_SOURCE_INTERVIEW);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM turn"), ==, 2);
  attest_store_rollback (fixture->store);
  g_assert_cmpint (fixture_count (fixture, "SELECT (SELECT count (*) FROM turn) + "
                                           "(SELECT count (*) FROM source) + "
                                           "(SELECT count (*) FROM respondent)"),
                   ==, 0);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM audit"), ==, entries);
  /* Closing does the same. */
  fixture_begin (fixture);
  fixture_add (fixture, doc, NULL, ATTEST_SOURCE_INTERVIEW);
  fixture_reopen (fixture, ATTEST_STORE_WRITE);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM source"), ==, 0);
}

static void
test_full (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (1 << 20, 'x');
  g_autoptr (AttestDocument) doc = fixture_document ("big.txt", text);
  AttestSourceOptions options = { NULL };
  AttestSourceResult result;
  g_autoptr (GError) error = NULL;

  fixture_tamper (fixture, "PRAGMA max_page_count = 100");
  fixture_begin (fixture);
  g_assert_false (attest_store_add_document (fixture->store, doc, &options, &result, NULL, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_STORE);
  g_assert_nonnull (strstr (error->message, "the disk is full"));
  attest_store_rollback (fixture->store);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM source"), ==, 0);
}

static void
test_prepared_once (Fixture *fixture, gconstpointer data)
{
  guint before;

  fixture_begin (fixture);
  attest_store_set_meta (fixture->store, "k", "v", NULL);
  before = fixture->store->n_prepared;
  for (guint i = 0; i < 100; i++)
    g_assert_true (attest_store_set_meta (fixture->store, "k", "v", NULL));
  g_assert_cmpuint (fixture->store->n_prepared, ==, before);
  fixture_commit (fixture, "test");
}

static void
test_audit_only_on_change (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = NULL;
  const AttestAuditEntry *last;

  fixture_begin (fixture);
  fixture_commit (fixture, "nothing");
  fixture_begin (fixture);
  attest_store_set_meta (fixture->store, "k", "v", NULL);
  fixture_commit (fixture, "something");
  entries = attest_store_list_audit (fixture->store, NULL);
  g_assert_cmpuint (entries->len, ==, 2);
  last = g_ptr_array_index (entries, 1);
  g_assert_cmpstr (last->command, ==, "something");
  g_assert_cmpstr (last->actor, ==, "tester");
  g_assert_null (last->detail);
  g_assert_cmpint (last->seq, ==, 2);
}

static void
test_append_only (Fixture *fixture, gconstpointer data)
{
  static const char *const forbidden[]
      = { "DELETE FROM audit", "UPDATE audit SET actor = 'x'", "DELETE FROM quote",
          "UPDATE version_content SET text = 'x'" };
  g_autoptr (AttestDocument) doc = fixture_document ("a.txt", "Ana: Because.\n");
  g_autoptr (AttestCoding) coding = attest_coding_new ();

  fixture_begin (fixture);
  fixture_add (fixture, doc, NULL, ATTEST_SOURCE_INTERVIEW);
  fixture_begin_run (fixture, "book", "1");
  fixture_find (coding, doc, 0, 0, "Because.");
  fixture_add_coding (fixture, "a", doc, coding);
  fixture_end_run (fixture);
  fixture_commit (fixture, "test");
  for (guint i = 0; i < G_N_ELEMENTS (forbidden); i++)
    g_assert_cmpint (sqlite3_exec (fixture->store->db, forbidden[i], NULL, NULL, NULL), ==,
                     SQLITE_CONSTRAINT);
}

/* The tests may run as root, whom no permission stops. */
static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  gboolean is_root = geteuid () == 0;
  g_autoptr (AttestStore) reader = NULL;
  g_autoptr (GPtrArray) sources = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->store, attest_store_free);
  g_chmod (fixture->path, 0444);
  g_chmod (fixture->folder, 0555);
  if (is_root)
    g_assert_cmpint (seteuid (65534), ==, 0);
  g_assert_null (attest_store_open (fixture->path, ATTEST_STORE_WRITE, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_STORE);
  g_assert_nonnull (strstr (error->message, "is read-only"));
  g_clear_error (&error);
  reader = attest_store_open (fixture->path, ATTEST_STORE_READ, &error);
  g_assert_no_error (error);
  sources = attest_store_list_sources (reader, &error);
  g_assert_no_error (error);
  g_clear_pointer (&reader, attest_store_free);
  if (is_root)
    g_assert_cmpint (seteuid (0), ==, 0);
  g_chmod (fixture->folder, 0755);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store/create", test_create);
  FIXTURE_TEST ("/store/create-refuses", test_create_refuses);
  FIXTURE_TEST ("/store/reopen", test_reopen);
  FIXTURE_TEST ("/store/foreign", test_foreign);
  FIXTURE_TEST ("/store/newer", test_newer);
  FIXTURE_TEST ("/store/damaged", test_damaged);
  FIXTURE_TEST ("/store/locked", test_locked);
  FIXTURE_TEST ("/store/rollback", test_rollback);
  FIXTURE_TEST ("/store/full", test_full);
  FIXTURE_TEST ("/store/prepared-once", test_prepared_once);
  FIXTURE_TEST ("/store/audit-only-on-change", test_audit_only_on_change);
  FIXTURE_TEST ("/store/append-only", test_append_only);
  FIXTURE_TEST ("/store/read-only", test_read_only);
  return g_test_run ();
}
