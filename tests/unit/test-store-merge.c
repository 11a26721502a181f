/* Merging: particular cases. */
#include <gio/gio.h>

#include "merge-fixture.h"

/* ---- one correction, two corrections ---- */

static void
take_corrected (Fixture *copy, const char *text, const char *at)
{
  g_autoptr (AttestDocument) doc = fixture_document ("s.txt", text);
  g_autoptr (AttestUpdate) update = NULL;
  g_autofree char *then = g_strdup_printf ("UPDATE version SET ingested_at = '%s' WHERE id ="
                                           " (SELECT max (id) FROM version)",
                                           at);
  GError *error = NULL;

  fixture_begin (copy);
  update = attest_store_update_source (copy->store, "S", doc, "tester", &error);
  g_assert_no_error (error);
  attest_store_commit (copy->store, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  fixture_tamper (copy, then);
}

static Fixture
copy_of (Fixture *fixture, const char *name)
{
  Fixture copy = { fixture->folder, path_of (fixture, name), NULL };

  copy_file (fixture->path, copy.path);
  fixture_reopen (&copy, ATTEST_STORE_WRITE);
  return copy;
}

/* The decisions in force, in order: "WORDS of VERSION: CODER ACTION", a line each. */
static char *
dup_in_force (Fixture *merged)
{
  g_autoptr (GString) out = g_string_new (NULL);
  sqlite3_stmt *stmt;

  g_assert_cmpint (
      sqlite3_prepare_v2 (merged->store->db,
                          "SELECT substr (CAST (c.text AS BLOB), q.start_byte + 1, q.end_byte -"
                          " q.start_byte), v.number, f.coder, f.action FROM decision_in_force f"
                          " JOIN quote q ON q.key = f.quote_key JOIN version v"
                          " ON v.id = q.version_id JOIN version_content w ON w.version_id = v.id"
                          " JOIN (SELECT version_id, ifnull (text, original) AS text"
                          "   FROM version_content) c ON c.version_id = v.id ORDER BY f.id",
                          -1, &stmt, NULL),
      ==, SQLITE_OK);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    g_string_append_printf (
        out, "%.*s of %d: %s %s\n", sqlite3_column_bytes (stmt, 0),
        (const char *)sqlite3_column_blob (stmt, 0), sqlite3_column_int (stmt, 1),
        (const char *)sqlite3_column_text (stmt, 2), (const char *)sqlite3_column_text (stmt, 3));
  sqlite3_finalize (stmt);
  return g_strdup (out->str);
}

/* ana corrects what kim had accepted; ben judges the same and another passage of the text before,
 * and knows of no correction. */
static void
set_up_correction (Fixture *fixture, Fixture *ana, Fixture *ben)
{
  add_talk (fixture, "S", TALK);
  code (fixture, "S", TALK);
  fixture_decide (fixture, ATTEST_DECISION_ACCEPT, fixture_quote_id (fixture, 0), "a", NULL, NULL);
  fixture_reopen (fixture, ATTEST_STORE_WRITE);
  *ana = copy_of (fixture, "ana.attest");
  *ben = copy_of (fixture, "ben.attest");
  g_usleep (1100000); /* the log counts in seconds */
  fixture_decide (ben, ATTEST_DECISION_REJECT, fixture_quote_id (ben, 0), "a", NULL, NULL);
  fixture_decide (ben, ATTEST_DECISION_ACCEPT, fixture_quote_id (ben, 2), "a", NULL, NULL);
  g_usleep (1100000);
}

static void
assert_merged (Fixture *fixture, Fixture *ana, Fixture *ben, const char *expected,
               const char *conflict)
{
  Fixture out = { fixture->folder, path_of (fixture, "out.attest"), NULL };
  const char *const paths[] = { ana->path, ben->path };
  g_autoptr (AttestMergeResult) result = NULL;
  g_autofree char *in_force = NULL;
  g_autofree char *before = NULL, *after = NULL;

  g_clear_pointer (&ana->store, attest_store_free);
  g_clear_pointer (&ben->store, attest_store_free);
  g_assert_true (merge (out.path, paths, (const guint[]){ 0, 1 }, 2));
  before = dump (out.path);
  assert_verified (out.path);
  g_unlink (out.path);
  g_assert_true (merge (out.path, paths, (const guint[]){ 1, 0 }, 2));
  after = dump (out.path);
  g_assert_cmpstr (before, ==, after);
  g_assert_false (merge (out.path, paths, (const guint[]){ 0, 1 }, 2));
  fixture_reopen (&out, ATTEST_STORE_WRITE);
  in_force = dup_in_force (&out);
  g_assert_cmpstr (in_force, ==, expected);
  fixture_reopen (ana, ATTEST_STORE_WRITE);
  result = try_merge (ana, ben->path, NULL);
  if (conflict != NULL)
    g_assert_nonnull (find_conflict (result, conflict));
  else
    g_assert_cmpuint (result->conflicts->len, ==, 0);
  attest_store_free (out.store);
  attest_store_free (ana->store);
  g_free (out.path);
  g_free (ana->path);
  g_free (ben->path);
}

#define ONE                                                                                        \
  "I: Hi.\nI: How was it?\nAna: It works now. Nobody cáme.\nБек: Мы согласны 🙂 "  \
  "во "                                                                                          \
  "всём.\n"
#define TWO                                                                                        \
  "I: How was it?\nAna: It works now. Nobody cáme.\nБек: Да, мы согласны 🙂 "    \
  "во "                                                                                          \
  "всём.\n"

static void
test_one_corrects (Fixture *fixture, gconstpointer data)
{
  Fixture ana, ben;

  set_up_correction (fixture, &ana, &ben);
  take_corrected (&ana, ONE, "2100-01-01");
  assert_merged (fixture, &ana, &ben,
                 "It works now. of 2: kim accept\nIt works now. of 2: kim reject\n"
                 "согласны of 2: kim accept\n",
                 NULL);
}

static void
test_both_correct_alike (Fixture *fixture, gconstpointer data)
{
  Fixture ana, ben;

  set_up_correction (fixture, &ana, &ben);
  take_corrected (&ana, ONE, "2100-01-01");
  take_corrected (&ben, ONE, "2100-01-02");
  assert_merged (fixture, &ana, &ben,
                 "It works now. of 2: kim accept\nIt works now. of 2: kim reject\n"
                 "согласны of 2: kim accept\n",
                 NULL);
}

static void
test_both_correct_differently (Fixture *fixture, gconstpointer data)
{
  Fixture ana, ben;

  set_up_correction (fixture, &ana, &ben);
  take_corrected (&ana, ONE, "2100-01-01");
  take_corrected (&ben, TWO, "2100-01-02");
  fixture_decide (&ana, ATTEST_DECISION_MEMO, fixture_quote_id (&ana, 3), NULL, NULL, "of ana");
  assert_merged (fixture, &ana, &ben,
                 "It works now. of 3: kim accept\nIt works now. of 3: kim reject\n"
                 "согласны of 3: kim accept\nIt works now. of 3: kim memo\n",
                 "version");
}

/* Words that ana took away, and that ben judged. */
static void
test_lost (Fixture *fixture, gconstpointer data)
{
  Fixture ana, ben;

  set_up_correction (fixture, &ana, &ben);
  take_corrected (&ana, "I: How was it?\nAna: It works now.\nБек: Не знаю.\n", "2100-01-01");
  assert_merged (fixture, &ana, &ben,
                 "It works now. of 2: kim accept\nIt works now. of 2: kim reject\n"
                 "согласны of 1: kim accept\n",
                 "lost");
}

/* Ana's text keeps words that ben's, which is the last, has not: what ben judged counts where ana's
 * has them. */
static void
test_lost_between (Fixture *fixture, gconstpointer data)
{
  Fixture ana, ben;

  set_up_correction (fixture, &ana, &ben);
  fixture_decide (&ana, ATTEST_DECISION_REJECT, fixture_quote_id (&ana, 2), "a", NULL, NULL);
  take_corrected (&ana, ONE, "2100-01-01");
  take_corrected (&ben, "I: How was it?\nAna: It works now.\nБек: Не знаю.\n", "2100-01-02");
  assert_merged (fixture, &ana, &ben,
                 "It works now. of 3: kim accept\nIt works now. of 3: kim reject\n"
                 "согласны of 2: kim accept\nсогласны of 2: kim reject\n",
                 "version");
}

/* A table of a later schema must be said to be derived, or be merged: by its audit entry, or in one
 * of the files of merging. */
static void
test_tables (Fixture *fixture, gconstpointer data)
{
  static const char *const derived[] = { "speaker",
                                         "turn",
                                         "page",
                                         "code",
                                         "rule_name",
                                         "coded",
                                         "asked",
                                         "segment",
                                         "incomplete",
                                         "question",
                                         "question_code",
                                         "aligned",
                                         "question_turn",
                                         "question_answer",
                                         "question_incomplete",
                                         NULL };
  static const char *const by_hand[] = { "meta",
                                         "source",
                                         "source_interviewer",
                                         "source_map",
                                         "version",
                                         "version_content",
                                         "version_metadata",
                                         "version_warning",
                                         "respondent",
                                         "respondent_attribute",
                                         "respondent_speaker",
                                         "codebook",
                                         "run",
                                         "run_source",
                                         "quote",
                                         "audit",
                                         "guide",
                                         "guide_source",
                                         "scale",
                                         "copied",
                                         NULL };
  sqlite3_stmt *stmt;

  g_assert_cmpint (sqlite3_prepare_v2 (fixture->store->db,
                                       "SELECT name, EXISTS (SELECT 1 FROM pragma_foreign_key_list"
                                       " (t.name) WHERE \"table\" = 'audit' AND \"from\" = 'seq')"
                                       " FROM sqlite_schema t WHERE type = 'table'"
                                       " AND name NOT LIKE 'sqlite%'",
                                       -1, &stmt, NULL),
                   ==, SQLITE_OK);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      const char *name = (const char *)sqlite3_column_text (stmt, 0);

      if (!g_strv_contains (derived, name) && !g_strv_contains (by_hand, name)
          && !sqlite3_column_int (stmt, 1))
        g_error ("nobody says how the table '%s' is merged: give it a column seq that refers to "
                 "audit, or copy it in attest-store-merge-content.c and name it here",
                 name);
    }
  sqlite3_finalize (stmt);
}

/* Somebody changed a decision with another program. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  Fixture copy = { fixture->folder, path_of (fixture, "copy.attest"), NULL };
  g_autoptr (AttestMergeResult) result = NULL;
  g_autoptr (GError) error = NULL;

  add_talk (fixture, "S", TALK);
  code (fixture, "S", TALK);
  fixture_reopen (fixture, ATTEST_STORE_WRITE);
  copy_file (fixture->path, copy.path);
  fixture_reopen (&copy, ATTEST_STORE_WRITE);
  fixture_decide (&copy, ATTEST_DECISION_ACCEPT, fixture_quote_id (&copy, 0), "a", NULL, NULL);
  fixture_tamper (&copy, "DROP TRIGGER decision_never_updated;"
                         "UPDATE decision SET coder = 'somebody'");
  attest_store_free (copy.store);
  result = try_merge (fixture, copy.path, &error);
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_STORE);
  g_assert_nonnull (strstr (error->message, "copy.attest: the decisions of audit entry"));
  g_assert_nonnull (strstr (error->message, "nothing was merged"));
  g_free (copy.path);
}

/* A coder who goes on working while their copy is read. */
static void
test_changed_meanwhile (Fixture *fixture, gconstpointer data)
{
  Fixture copy = { fixture->folder, path_of (fixture, "copy.attest"), NULL };
  g_autoptr (GPtrArray) copies = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_store_free);
  g_autoptr (AttestMergeResult) result = NULL;
  g_autoptr (GError) error = NULL;

  add_talk (fixture, "S", TALK);
  code (fixture, "S", TALK);
  fixture_reopen (fixture, ATTEST_STORE_WRITE);
  copy_file (fixture->path, copy.path);
  fixture_reopen (&copy, ATTEST_STORE_WRITE);
  fixture_decide (&copy, ATTEST_DECISION_ACCEPT, fixture_quote_id (&copy, 0), "a", NULL, NULL);
  g_clear_pointer (&copy.store, attest_store_free);
  g_ptr_array_add (copies, open_store (copy.path, ATTEST_STORE_IN_PLACE));
  fixture_reopen (&copy, ATTEST_STORE_WRITE);
  fixture_decide (&copy, ATTEST_DECISION_REJECT, fixture_quote_id (&copy, 2), "a", NULL, NULL);
  attest_store_free (copy.store);
  fixture_begin (fixture);
  result = attest_store_merge (fixture->store, copies, &error);
  g_assert_null (result);
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_STORE);
  g_assert_nonnull (strstr (error->message, "copy.attest: was changed by another program"));
  attest_store_rollback (fixture->store);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM decision"), ==, 0);
  g_free (copy.path);
}

/* The same file, read into another text: positions do not fit. */
static void
test_other_text (Fixture *fixture, gconstpointer data)
{
  Fixture copy = { fixture->folder, path_of (fixture, "copy.attest"), NULL };
  g_autoptr (AttestMergeResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture_reopen (fixture, ATTEST_STORE_WRITE);
  copy_file (fixture->path, copy.path);
  add_talk (fixture, "S", TALK);
  fixture_reopen (&copy, ATTEST_STORE_WRITE);
  add_talk (&copy, "S", TALK);
  fixture_tamper (&copy, "UPDATE version SET text_sha256 = original_sha256");
  fixture_tamper (&copy, "UPDATE version SET text_sha256 = replace (text_sha256, '1', '2')");
  attest_store_free (copy.store);
  result = try_merge (fixture, copy.path, &error);
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_STORE);
  g_assert_nonnull (
      strstr (error->message, "read the same file of source 'S' into different texts"));
  g_free (copy.path);
}

/* Two transcripts under one label, one transcript under two. */
static void
test_labels (Fixture *fixture, gconstpointer data)
{
  Fixture copy = { fixture->folder, path_of (fixture, "copy.attest"), NULL };
  g_autoptr (AttestMergeResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture_reopen (fixture, ATTEST_STORE_WRITE);
  copy_file (fixture->path, copy.path);
  add_talk (fixture, "S", TALK);
  add_talk (fixture, "T", "Ana: Another.\n");
  fixture_reopen (&copy, ATTEST_STORE_WRITE);
  add_talk (&copy, "S", "Ana: Quite another.\n");
  add_talk (&copy, "U", "Ana: Another.\n");
  attest_store_free (copy.store);
  result = try_merge (fixture, copy.path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result->sources, ==, 1);
  g_assert_cmpstr (find_conflict (result, "text")->id, ==, "S");
  g_assert_true (g_str_has_prefix (find_conflict (result, "text")->other, "S~"));
  g_assert_cmpstr (find_conflict (result, "label")->id, ==, "T");
  g_assert_cmpstr (find_conflict (result, "label")->other, ==, "U");
  g_free (copy.path);
}

/* Short ids of two quotes begin alike in different copies: those of the project stay. */
static void
test_quote_ids (Fixture *fixture, gconstpointer data)
{
  Fixture copy = { fixture->folder, path_of (fixture, "copy.attest"), NULL };
  g_autoptr (AttestMergeResult) result = NULL;
  g_autoptr (GPtrArray) copies = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_store_free);
  g_autoptr (GError) error = NULL;
  gint64 n_short;

  /* One character: with 16 passages of 32 first characters, some are alike. */
  fixture->store->quote_id_chars = 1;
  add_talk (fixture, "S", TALK);
  code (fixture, "S", TALK);
  fixture_reopen (fixture, ATTEST_STORE_WRITE);
  copy_file (fixture->path, copy.path);
  fixture_reopen (&copy, ATTEST_STORE_WRITE);
  copy.store->quote_id_chars = fixture->store->quote_id_chars = 1;
  for (int i = 0; i < 40; i++)
    {
      Fixture *into = i % 2 == 0 ? fixture : &copy;
      AttestDecisionSpec spec = { .action = ATTEST_DECISION_MARK,
                                  .source = "S",
                                  .start = 20 + i / 8,
                                  .end = 26 + i % 8,
                                  .code = "c",
                                  .coder = "kim",
                                  .from_file = TRUE };

      fixture_begin (into);
      attest_store_decide (into->store, &spec, NULL, &error);
      g_assert_no_error (error);
      fixture_commit (into, "mark");
    }
  n_short = fixture_count (fixture, "SELECT sum (chars) FROM quote");
  attest_store_free (copy.store);
  copy.store = NULL;
  g_ptr_array_add (copies, open_store (copy.path, ATTEST_STORE_READ));
  ((AttestStore *)copies->pdata[0])->quote_id_chars = 1;
  {
    g_autoptr (GHashTable) before = attest_store_list_long_ids (fixture->store, &error);
    GHashTableIter iter;
    gpointer key, chars;

    fixture_begin (fixture);
    result = attest_store_merge (fixture->store, copies, &error);
    g_assert_no_error (error);
    g_assert_cmpint (n_short, >, 0);
    g_hash_table_iter_init (&iter, before);
    while (g_hash_table_iter_next (&iter, &key, &chars))
      {
        g_autofree char *sql = g_strdup_printf (
            "SELECT chars FROM quote WHERE key = %" G_GINT64_FORMAT, *(gint64 *)key);

        g_assert_cmpint (fixture_count (fixture, sql), ==, GPOINTER_TO_INT (chars));
      }
  }
  g_assert_cmpstr (find_conflict (result, "quote")->copy, ==, copy.path);
  attest_store_rollback (fixture->store);
  g_free (copy.path);
}

/* Rows that an older attest wrote belong to no entry of the log: each comes once. */
static void
test_unsealed (Fixture *fixture, gconstpointer data)
{
  Fixture copy = { fixture->folder, path_of (fixture, "copy.attest"), NULL };
  g_autoptr (GPtrArray) copies = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_store_free);
  g_autoptr (AttestMergeResult) result = NULL;
  g_autoptr (GError) error = NULL;

  add_talk (fixture, "S", TALK);
  fixture_tamper (fixture, "INSERT INTO silence (check_name, target, because)"
                           " VALUES ('stale', 'F1', 'both')");
  fixture_reopen (fixture, ATTEST_STORE_WRITE);
  copy_file (fixture->path, copy.path);
  fixture_reopen (&copy, ATTEST_STORE_WRITE);
  add_talk (&copy, "T", "Ana: Another.\n");
  fixture_tamper (&copy, "INSERT INTO silence (check_name, target, because)"
                         " VALUES ('stale', 'F2', 'one')");
  attest_store_free (copy.store);
  g_ptr_array_add (copies, open_store (copy.path, ATTEST_STORE_READ));
  fixture_begin (fixture);
  result = attest_store_merge (fixture->store, copies, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM silence"), ==, 2);
  attest_store_rollback (fixture->store);
  g_free (copy.path);
}

/* ---- copies of older programs ---- */

static void
unpack (const char *name, const char *to)
{
  g_autofree char *packed = g_test_build_filename (G_TEST_DIST, "schema", name, NULL);
  g_autoptr (GFile) from = g_file_new_for_path (packed);
  g_autoptr (GFile) plain = g_file_new_for_path (to);
  g_autoptr (GZlibDecompressor) gunzip = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) raw = g_file_read (from, NULL, &error);
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

/* Each schema that was ever released, with one of now: what both hold is there, and verifies. */
static void
test_older (Fixture *fixture, gconstpointer data)
{
  add_talk (fixture, "Now", TALK);
  fixture_reopen (fixture, ATTEST_STORE_WRITE);
  g_clear_pointer (&fixture->store, attest_store_free);
  for (guint version = 1; version < ATTEST_STORE_SCHEMA; version++)
    {
      g_autofree char *name = g_strdup_printf ("v%03u.attest.gz", version);
      g_autofree char *old = path_of (fixture, "old.attest");
      g_autofree char *out = path_of (fixture, "out.attest");
      g_autofree char *before = NULL, *after = NULL, *first = NULL, *second = NULL;
      const char *const paths[] = { old, fixture->path };
      gsize n_before, n_after;
      Fixture merged = { NULL, out, NULL };

      unpack (name, old);
      g_assert_true (g_file_get_contents (old, &before, &n_before, NULL));
      g_assert_true (merge (out, paths, (const guint[]){ 0, 1 }, 2));
      first = dump (out);
      assert_verified (out);
      g_assert_false (merge (out, paths, (const guint[]){ 1, 0 }, 2));
      merged.store = open_store (out, ATTEST_STORE_READ);
      g_assert_cmpint (fixture_count (&merged, "SELECT count (*) FROM source"), >=, 2);
      g_clear_pointer (&merged.store, attest_store_free);
      g_unlink (out);
      g_assert_true (merge (out, paths, (const guint[]){ 1, 0 }, 2));
      second = dump (out);
      g_assert_cmpstr (second, ==, first);
      g_assert_true (g_file_get_contents (old, &after, &n_after, NULL));
      g_assert_cmpmem (before, n_before, after, n_after);
      g_unlink (out);
      g_unlink (old);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store-merge/one-corrects", test_one_corrects);
  FIXTURE_TEST ("/store-merge/both-correct-alike", test_both_correct_alike);
  FIXTURE_TEST ("/store-merge/both-correct-differently", test_both_correct_differently);
  FIXTURE_TEST ("/store-merge/lost", test_lost);
  FIXTURE_TEST ("/store-merge/lost-between", test_lost_between);
  FIXTURE_TEST ("/store-merge/tables", test_tables);
  FIXTURE_TEST ("/store-merge/damaged", test_damaged);
  FIXTURE_TEST ("/store-merge/changed-meanwhile", test_changed_meanwhile);
  FIXTURE_TEST ("/store-merge/other-text", test_other_text);
  FIXTURE_TEST ("/store-merge/labels", test_labels);
  FIXTURE_TEST ("/store-merge/quote-ids", test_quote_ids);
  FIXTURE_TEST ("/store-merge/unsealed", test_unsealed);
  FIXTURE_TEST ("/store-merge/older", test_older);
  return g_test_run ();
}
