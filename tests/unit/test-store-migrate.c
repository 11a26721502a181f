/* The schema: steps, copies before them, and files of every release. */
#include "decision-fixture.h"
#include "guide-fixture.h"
#include "store/attest-store-sample.h"
#include "store/attest-store-silence.h"

#include <gio/gio.h>

#include "store/attest-store-project.h"
#include "store/attest-store-run.h"

/* SHA-256 of the released scripts, which are frozen: a change is a new script. */
static const char *const released[ATTEST_STORE_SCHEMA]
    = { "8637d014f2a76d072fff83742a280f45c6e281fcf9d7d914f8505d38e4d6458a",
        "6cd479d469141e67d9742d067a7ddeb7beeeca56d2ffb6e98ff6c38185e5f4d3",
        "7784d25455c4d89e23e096709f863fcd1f8e8e6e39f661329ad030eb3ad7ec58",
        "ff13df1209501e4dbb305a23f69d27173ecbba280aac106c992e7b076703f1ad",
        "0c579cb52a148a5fbd987d0b502c71b72205f9d32b2bfd8420147f7e4d6ec301",
        "a433cb0b4044227b48c5ff7f7005fed4ce9b48f2811aca1b2d2e41497bfe824f",
        "9d0ace053a449f82a33d5b36453d179de804ffdb1fd88c9e6344975b91c08a60",
        "1772496d6f501c69d53964b50cd914bf18f791600ad59e55e3f96194d06ac12a",
        "3282b1f3559f8dbe0e1280c5b0c0e1bf689a5987c0b226914918f765ed1fb7f2",
        "ba5cecb34aab9925cb3842b5a08ce3a0425023c9c867247f95237530f9570183",
        "8f6cc855aad2ce7a0ef904861477d0b1468095da4a8cd6ee67fe5fc21ed6db71",
        "cebd5b3924fc9cbc51ed359b00c8f4f4cb933679993148bb8b516a634061356b",
        "3f6be1b3f4b9fa507ea54d953d9f670e4af7922fad8b20e383dca738eb02b025",
        "d24726986481e84454740fb25c9c50c99b293980c5d762da66d61d4c8a170b03" };

static void
test_released (Fixture *fixture, gconstpointer data)
{
  guint n_steps;
  const AttestStoreStep *steps = attest_store_get_steps (&n_steps);

  g_assert_cmpuint (n_steps, ==, ATTEST_STORE_SCHEMA);
  for (guint i = 0; i < n_steps; i++)
    {
      g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, steps[i].sql, -1);

      g_assert_cmpstr (hash, ==, released[i]);
    }
}

/* The released steps, and one more. */
static int
migrate (Fixture *fixture, const char *next, GError **error)
{
  guint n_steps;
  const AttestStoreStep *released_steps = attest_store_get_steps (&n_steps);
  AttestStoreStep steps[ATTEST_STORE_SCHEMA + 1];

  for (guint i = 0; i < n_steps; i++)
    steps[i] = released_steps[i];
  steps[n_steps] = (AttestStoreStep){ "next", next };
  return attest_store_migrate (fixture->store->db, fixture->path, steps, n_steps + 1, error);
}

static char *
dup_backup_path (const Fixture *fixture)
{
  return g_strdup_printf ("%s.v%d.bak", fixture->path, ATTEST_STORE_SCHEMA);
}

static void
test_step (Fixture *fixture, gconstpointer data)
{
  g_autofree char *backup = dup_backup_path (fixture);
  g_autoptr (AttestStore) old = NULL;
  g_autofree char *title = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (migrate (fixture, "CREATE TABLE more (x INTEGER) STRICT", &error));
  g_assert_no_error (error);
  g_assert_cmpint (fixture_count (fixture, "PRAGMA user_version"), ==, ATTEST_STORE_SCHEMA + 1);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM more"), ==, 0);
  old = attest_store_open (backup, ATTEST_STORE_READ, &error);
  g_assert_no_error (error);
  title = attest_store_dup_meta (old, "title", NULL);
  g_assert_cmpstr (title, ==, "Test");
}

static void
test_step_fails (Fixture *fixture, gconstpointer data)
{
  static const char *const bad[]
      = { "CREATE TABLE more (x); CREATE TABLE more (x)", "CREATE TABLE more (x); this is no SQL" };
  g_autofree char *backup = dup_backup_path (fixture);
  g_autoptr (GError) stray = NULL;
  g_autoptr (GError) in_the_way = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (migrate (fixture, bad[i], &error));
      g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_STORE);
      g_assert_cmpint (fixture_count (fixture, "PRAGMA user_version"), ==, ATTEST_STORE_SCHEMA);
      g_assert_cmpint (
          fixture_count (fixture, "SELECT count (*) FROM sqlite_schema WHERE name = 'more'"), ==,
          0);
      g_assert_cmpint (g_unlink (backup), ==, 0);
    }
  g_assert_true (g_file_set_contents (backup, "mine", -1, NULL));
  g_assert_false (migrate (fixture, "CREATE TABLE more (x)", &in_the_way));
  g_assert_error (in_the_way, ATTEST_ERROR, ATTEST_ERROR_STORE);
  g_assert_cmpint (g_unlink (backup), ==, 0);
  g_assert_false (migrate (fixture, "CREATE TABLE more (x); COMMIT", &stray));
  g_assert_error (stray, ATTEST_ERROR, ATTEST_ERROR_STORE);
  g_assert_cmpint (fixture_count (fixture, "PRAGMA user_version"), ==, ATTEST_STORE_SCHEMA);
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  guint n_steps;
  const AttestStoreStep *steps = attest_store_get_steps (&n_steps);
  g_autoptr (GError) error = NULL;

  fixture_tamper (fixture, "PRAGMA user_version = 99");
  g_assert_false (attest_store_migrate (fixture->store->db, fixture->path, steps, n_steps, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_SCHEMA);
}

/* ---- stored files ---- */

/* Every table, column, index and trigger as PRAGMA tells it, one a line: how the SQL was written
 * does not count. */
static char *
describe_schema (sqlite3 *db)
{
  static const char sql[]
      = "SELECT 'column', m.name, x.name, x.type, x.\"notnull\", x.dflt_value, x.pk, x.hidden"
        " FROM sqlite_schema m, pragma_table_xinfo (m.name) x WHERE m.type = 'table'"
        " UNION ALL SELECT 'index', m.name, i.name, i.origin, i.\"unique\", i.partial,"
        " (SELECT group_concat (name, '+') FROM pragma_index_info (i.name)), NULL"
        " FROM sqlite_schema m, pragma_index_list (m.name) i WHERE m.type = 'table'"
        " UNION ALL SELECT 'key', m.name, k.\"from\", k.\"table\", k.\"to\", k.on_delete,"
        " k.on_update, NULL"
        " FROM sqlite_schema m, pragma_foreign_key_list (m.name) k WHERE m.type = 'table'"
        " UNION ALL SELECT 'trigger', name, tbl_name, sql, NULL, NULL, NULL, NULL"
        " FROM sqlite_schema WHERE type = 'trigger' ORDER BY 1, 2, 3, 4";
  GString *out = g_string_new (NULL);
  sqlite3_stmt *stmt = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      for (int i = 0; i < sqlite3_column_count (stmt); i++)
        g_string_append_printf (out, "%s|", (const char *)sqlite3_column_text (stmt, i));
      g_string_append_c (out, '\n');
    }
  sqlite3_finalize (stmt);
  return g_string_free (out, FALSE);
}

static void
unpack (const char *from, const char *to)
{
  g_autoptr (GFile) packed = g_file_new_for_path (from);
  g_autoptr (GFile) plain = g_file_new_for_path (to);
  g_autoptr (GZlibDecompressor) gunzip = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) raw = g_file_read (packed, NULL, &error);
  g_autoptr (GFileOutputStream) out = NULL;
  g_autoptr (GInputStream) in = NULL;

  g_assert_no_error (error);
  in = g_converter_input_stream_new (G_INPUT_STREAM (raw), G_CONVERTER (gunzip));
  out = g_file_create (plain, G_FILE_CREATE_PRIVATE, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_splice (G_OUTPUT_STREAM (out), in, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL,
                          &error);
  g_assert_no_error (error);
}

/* What the last run found is known, also where the attest of then did not note it. */
static void
check_run (AttestStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sources = attest_store_list_run_sources (store, 1, &error);
  const AttestRunSource *source;

  g_assert_no_error (error);
  g_assert_cmpuint (sources->len, ==, 1);
  source = g_ptr_array_index (sources, 0);
  g_assert_cmpstr (source->source, ==, "S");
  g_assert_cmpint (source->segments, ==, 2);
  g_assert_cmpstr (source->digest, ==,
                   "09acb4f3ded7764fba294f32e619955f74f72d6e9005c5f06fa885cd529a2ab8");
}

static void
test_stored (Fixture *fixture, gconstpointer data)
{
  g_autofree char *fresh = describe_schema (fixture->store->db);

  for (guint version = 1; version <= ATTEST_STORE_SCHEMA; version++)
    {
      g_autofree char *name = g_strdup_printf ("v%03u.attest.gz", version);
      g_autofree char *packed = g_test_build_filename (G_TEST_DIST, "schema", name, NULL);
      g_autofree char *path = g_strdup_printf ("%s.v%u", fixture->path, version);
      g_autoptr (GError) error = NULL;
      g_autoptr (AttestStore) store = NULL;
      g_autoptr (GPtrArray) sources = NULL;
      g_autoptr (AttestVerification) verification = NULL;
      g_autoptr (GPtrArray) guides = NULL;
      g_autoptr (GPtrArray) commands = NULL;
      g_autoptr (AttestLedger) ledger = NULL;
      g_autoptr (AttestProject) project = NULL;
      g_autoptr (GPtrArray) silences = NULL;
      g_autoptr (GPtrArray) samples = NULL;
      g_autofree char *upgraded = NULL;

      unpack (packed, path);
      store = attest_store_open (path, ATTEST_STORE_WRITE, &error);
      g_assert_no_error (error);
      upgraded = describe_schema (store->db);
      g_assert_cmpstr (upgraded, ==, fresh);
      sources = attest_store_list_sources (store, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (sources->len, ==, 2);
      verification = attest_store_verify (store, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (verification->problems->len, ==, 0);
      g_assert_cmpint (verification->quotes, ==, 2);
      guides = attest_store_list_guides (store, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (guides->len, ==, version < 3 ? 0 : 1);
      commands = attest_store_list_decision_commands (store, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (commands->len, ==,
                        version < 4    ? 0
                        : version < 5  ? 2
                        : version < 6  ? 5
                        : version < 7  ? 7
                        : version < 10 ? 8
                        : version < 14 ? 9
                                       : 10);
      samples = attest_store_list_samples (store, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (samples->len, ==, version < 14 ? 0 : 1);
      ledger = attest_store_load_ledger (store, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (ledger->entries->len, ==, version < 5 ? 0 : 1);
      g_assert_cmpuint (ledger->ratings->len, ==, version < 5 ? 0 : 1);
      project = attest_store_load_project (store, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (attest_project_get (project, "donor", NULL), ==,
                       version < 6 ? NULL : "A\nB");
      g_assert_cmpstr (attest_project_get (project, "title", NULL), ==, "Schema");
      g_assert_true ((attest_project_find_criterion (project, "innovation") == NULL)
                     == (version < 6));
      silences = attest_store_list_silences (store, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (silences->len, ==, version < 7 ? 0 : 1);
      g_assert_cmpint (verification->withdrawals, ==, version == 9 ? 1 : 0);
      check_run (store);
    }
}

/* A finding on a quote, and a rating that rests on it. */
static void
write_ledger (Fixture *fixture)
{
  const char *fields[ATTEST_N_ENTRY_FIELDS]
      = { [ATTEST_FIELD_TEXT] = "It works.", [ATTEST_FIELD_CRITERION] = "a" };
  AttestRating rating = { .criterion = (char *)"a",
                          .level = (char *)"5",
                          .label = (char *)"excellent",
                          .position = 1,
                          .because = (char *)"F1" };
  static const char scale[] = "attest: scale/1\nid: s\nlevels: [{level: 5}]\n";
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, scale, -1);
  g_autofree char *id = NULL;
  gint64 scale_id;

  fixture_begin (fixture);
  g_assert_true (attest_store_add_entry (fixture->store, ATTEST_ENTRY_FINDING, fields, &id, NULL));
  fixture_commit (fixture, "finding add");
  fixture_begin (fixture);
  g_assert_true (attest_store_set_link (fixture->store, id, fixture_quote_id (fixture, 0),
                                        ATTEST_STANCE_CONTRADICTS, "a note", NULL));
  fixture_commit (fixture, "finding link");
  fixture_begin (fixture);
  g_assert_true (attest_store_add_scale (fixture->store, "s", NULL, NULL, sha256, scale,
                                         strlen (scale), &scale_id, NULL));
  g_assert_true (attest_store_add_rating (fixture->store, scale_id, &rating, NULL));
  fixture_commit (fixture, "rate");
  fixture_begin (fixture);
  g_assert_true (
      attest_store_set_silence (fixture->store, "ceiling", "project", NULL, "few", NULL, NULL));
  fixture_commit (fixture, "check silence");
}

/* Schemas 5 and 6 kept silences as notes of the project, which nothing sealed. */
static void
test_old_silences (Fixture *fixture, gconstpointer data)
{
  g_autofree char *packed = g_test_build_filename (G_TEST_DIST, "schema", "v005.attest.gz", NULL);
  g_autofree char *path = g_strdup_printf ("%s.v5", fixture->path);
  g_autoptr (AttestStore) store = NULL;
  g_autoptr (GPtrArray) silences = NULL;
  g_autoptr (AttestVerification) verification = NULL;
  GError *error = NULL;
  sqlite3 *db = NULL;

  unpack (packed, path);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db,
                                 "INSERT INTO meta (key, value) VALUES"
                                 " ('silence:above-strength:rating:a', 'seen')",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (db);
  store = attest_store_open (path, ATTEST_STORE_WRITE, &error);
  g_assert_no_error (error);
  silences = attest_store_list_silences (store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (silences->len, ==, 1);
  g_assert_cmpstr (((AttestSilence *)g_ptr_array_index (silences, 0))->target, ==, "rating:a");
  g_assert_cmpstr (((AttestSilence *)g_ptr_array_index (silences, 0))->because, ==, "seen");
  g_assert_null (((AttestSilence *)g_ptr_array_index (silences, 0))->by);
  verification = attest_store_verify (store, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (verification->problems->len, ==, 0);
}

/* What is known of the project, and a criterion that no codebook has. */
static void
write_project (Fixture *fixture)
{
  fixture_begin (fixture);
  g_assert_true (
      attest_store_set_project_value (fixture->store, "donor", NULL, "A\nB", NULL, NULL));
  fixture_commit (fixture, "project set");
  fixture_begin (fixture);
  g_assert_true (
      attest_store_add_criterion (fixture->store, "innovation", NULL, "asked for", NULL, NULL));
  fixture_commit (fixture, "criterion add");
}

/* Writes what tests/schema holds; run by hand when a schema is released. */
static void
write_stored (const char *path)
{
  Fixture fixture = { .store = attest_store_create (path, "Schema", NULL) };
  g_autoptr (AttestDocument) doc = fixture_document ("s.txt", "I: Why?\nAna: It wörked.\n");
  g_autoptr (AttestDocument) other = fixture_document ("t.txt", "P1: We agree.\n");
  g_autoptr (AttestCoding) coding = attest_coding_new ();
  g_autoptr (AttestCoding) questions = attest_coding_new ();
  AttestAttribute group = { (char *)"group", (char *)"donor" };
  AttestAttribute place = { (char *)"place", (char *)"Osh" };
  AttestRespondentRow row = {
    .respondent = "R1", .source = "S", .speaker = "Ana", .attributes = &group, .n_attributes = 1
  };

  g_assert_nonnull (fixture.store);
  fixture_begin (&fixture);
  fixture_add (&fixture, doc, "S", ATTEST_SOURCE_INTERVIEW);
  fixture_add (&fixture, other, "T", ATTEST_SOURCE_FOCUS_GROUP);
  g_assert_true (attest_store_import_respondents (fixture.store, &row, 1, NULL));
  fixture_commit (&fixture, "ingest");
  fixture_begin (&fixture);
  fixture_begin_run (&fixture, "book", "1");
  fixture_find (coding, doc, 1, 0, "It wörked.");
  fixture_find (coding, doc, 1, 1, "wörked");
  fixture_add_coding (&fixture, "S", doc, coding);
  fixture_end_run (&fixture);
  fixture_commit (&fixture, "code");
  fixture_begin (&fixture);
  fixture_asks (questions, doc, 0, 0);
  fixture_answers (questions, 1, 0);
  fixture_align (&fixture, fixture_begin_guide (&fixture, "guide", "1"), "S", doc, questions);
  fixture_commit (&fixture, "guide apply");
  fixture_decide (&fixture, ATTEST_DECISION_REJECT, fixture_quote_id (&fixture, 1), "b", NULL,
                  "no");
  fixture_decide (&fixture, ATTEST_DECISION_RECODE, fixture_quote_id (&fixture, 0), "a", "c", NULL);
  fixture_undo (&fixture, 0);
  write_ledger (&fixture);
  write_project (&fixture);
  fixture_begin (&fixture);
  g_assert_true (attest_store_track_changes (fixture.store, NULL));
  g_assert_true (attest_store_set_respondent (fixture.store, "R1", &place, 1, NULL));
  fixture_commit (&fixture, "respondents set");
  attest_store_free (fixture.store);
}

int
main (int argc, char **argv)
{
  const char *write = g_getenv ("ATTEST_WRITE_SCHEMA");

  g_test_init (&argc, &argv, NULL);
  if (write != NULL)
    {
      write_stored (write);
      return 0;
    }
  FIXTURE_TEST ("/store/migrate/released", test_released);
  FIXTURE_TEST ("/store/migrate/step", test_step);
  FIXTURE_TEST ("/store/migrate/step-fails", test_step_fails);
  FIXTURE_TEST ("/store/migrate/newer", test_newer);
  FIXTURE_TEST ("/store/migrate/stored", test_stored);
  FIXTURE_TEST ("/store/migrate/old-silences", test_old_silences);
  return g_test_run ();
}
