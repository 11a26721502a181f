/* Merging: whatever people did in their copies, nothing is lost, the order of copies does not
 * matter, and merging again changes nothing. Random projects. */
#include "decision-fixture.h"
#include "store/attest-store-ledger.h"
#include "store/attest-store-merge.h"

#define N_COPIES 3
#define N_ROUNDS 12
#define N_ACTS 14

/* é as two code points, Cyrillic, an emoji, Arabic. */
#define TALK                                                                                       \
  "I: How was it?\nAna: It works now. Nobody cáme.\nБек: Мы согласны 🙂 во "     \
  "всём.\nنور: "                                                                            \
  "هذا "                                                                                        \
  "صحيح "                                                                                      \
  "تماما\n"

static void
add_talk (Fixture *fixture, const char *label, const char *text)
{
  g_autoptr (AttestDocument) doc = fixture_document ("s.txt", text);

  fixture_begin (fixture);
  fixture_add (fixture, doc, label, ATTEST_SOURCE_INTERVIEW);
  fixture_commit (fixture, "ingest");
}

static void
code (Fixture *fixture, const char *label, const char *text)
{
  g_autoptr (AttestDocument) doc = fixture_document ("s.txt", text);
  g_autoptr (AttestCoding) coding = attest_coding_new ();

  fixture_begin (fixture);
  fixture_begin_run (fixture, "book", "1");
  fixture_find (coding, doc, 1, 0, "It works now.");
  fixture_find (coding, doc, 1, 1, "Nobody");
  fixture_find (coding, doc, 2, 0, "согласны");
  fixture_add_coding (fixture, label, doc, coding);
  fixture_end_run (fixture);
  fixture_commit (fixture, "code");
}

static char *
path_of (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

/* Of a project that nobody has open: what was written last is in another file otherwise. */
static void
copy_file (const char *from, const char *to)
{
  g_autofree char *bytes = NULL;
  gsize length_bytes;
  GError *error = NULL;

  g_file_get_contents (from, &bytes, &length_bytes, &error);
  g_assert_no_error (error);
  g_file_set_contents (to, bytes, (gssize)length_bytes, &error);
  g_assert_no_error (error);
}

static AttestStore *
open_store (const char *path, AttestStoreMode mode)
{
  GError *error = NULL;
  AttestStore *store = attest_store_open (path, mode, &error);

  g_assert_no_error (error);
  return store;
}

/* ---- what people do ---- */

static void
decide (Fixture *copy, const char *coder)
{
  static const char *const codes[] = { "a", "b", "c" };
  static const AttestDecisionAction actions[]
      = { ATTEST_DECISION_MARK, ATTEST_DECISION_REJECT, ATTEST_DECISION_ACCEPT, ATTEST_DECISION_KEY,
          ATTEST_DECISION_MEMO };
  gint64 start = g_test_rand_int_range (20, 30);
  g_autofree char *text = g_strdup_printf ("%s %d", coder, g_test_rand_int_range (0, 4));
  AttestDecisionSpec spec = { .action = actions[g_test_rand_int_range (0, 5)],
                              .source = "S",
                              .start = start,
                              .end = start + g_test_rand_int_range (1, 5),
                              .codebook = "book",
                              .code = codes[g_test_rand_int_range (0, 3)],
                              .text = text,
                              .coder = coder,
                              .from_file = TRUE };
  GError *error = NULL;

  attest_store_decide (copy->store, &spec, NULL, &error);
  g_assert_no_error (error);
  fixture_commit (copy, "review");
}

static void
write_entry (Fixture *copy, const char *coder)
{
  g_autofree char *text = g_strdup_printf ("%s finds %d", coder, g_test_rand_int_range (0, 1000));
  const char *fields[ATTEST_N_ENTRY_FIELDS]
      = { [ATTEST_FIELD_TEXT] = text, [ATTEST_FIELD_CRITERION] = "a" };
  gint64 n = fixture_count (copy, "SELECT count (*) FROM entry");
  g_autofree char *id = NULL;
  GError *error = NULL;

  if (n == 0 || g_test_rand_int_range (0, 2) == 0)
    attest_store_add_entry (copy->store, ATTEST_ENTRY_FINDING, fields, &id, &error);
  else
    {
      g_autoptr (AttestLedger) ledger = attest_store_load_ledger (copy->store, &error);
      const char *quote = fixture_quote_id (copy, 0);
      gboolean changed;

      g_assert_no_error (error);
      if (ledger->entries->len > 0)
        {
          const AttestLedgerEntry *entry = ledger->entries->pdata[0];

          attest_store_set_entry (copy->store, entry->id, fields, &changed, &error);
          g_assert_no_error (error);
          attest_store_set_link (copy->store, entry->id, quote,
                                 (AttestStance)g_test_rand_int_range (0, 3), NULL, &error);
        }
    }
  g_assert_no_error (error);
  fixture_commit (copy, "finding edit");
}

static void
rate (Fixture *copy)
{
  g_autofree char *level = g_strdup_printf ("%d", g_test_rand_int_range (1, 6));
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "id: s\n", -1);
  AttestRating rating
      = { .criterion = (char *)"a", .level = level, .position = 0.5, .because = (char *)"so" };
  gint64 scale;
  GError *error = NULL;

  attest_store_add_scale (copy->store, "s", NULL, NULL, sha256, "id: s\n", 6, &scale, &error);
  g_assert_no_error (error);
  attest_store_add_rating (copy->store, scale, &rating, &error);
  g_assert_no_error (error);
  fixture_commit (copy, "rate");
}

static void
take_back (Fixture *copy)
{
  g_autoptr (GPtrArray) commands = attest_store_list_decision_commands (copy->store, NULL);
  GError *error = NULL;
  g_autoptr (GPtrArray) open = g_ptr_array_new ();

  for (guint i = 0; i < commands->len; i++)
    if (((AttestDecisionCommand *)commands->pdata[i])->in_force)
      g_ptr_array_add (open, commands->pdata[i]);
  if (open->len == 0)
    {
      attest_store_rollback (copy->store);
      return;
    }
  const AttestDecisionCommand *command = open->pdata[g_test_rand_int_range (0, (gint32)open->len)];
  attest_store_undo (copy->store, command->seq, NULL, &error);
  g_assert_no_error (error);
  fixture_commit (copy, "undo");
}

static void
describe (Fixture *copy)
{
  static const char *const values[] = { "women", "officials", "Жители", "" };
  AttestAttribute attribute = { (char *)"group", (char *)values[g_test_rand_int_range (0, 4)] };
  GError *error = NULL;

  attest_store_set_respondent (copy->store, "S/Ana", &attribute, 1, &error);
  g_assert_no_error (error);
  fixture_commit (copy, "respondents set");
}

static void
act (Fixture *copy, const char *coder)
{
  int what = g_test_rand_int_range (0, 20);

  if (what == 0)
    {
      g_autofree char *label = g_strdup_printf ("N%d", g_test_rand_int_range (0, 1000000));
      g_autofree char *text = g_strdup_printf ("Ana: %s is new %s.\n", label, coder);

      add_talk (copy, label, text);
      return;
    }
  fixture_begin (copy);
  if (what < 10)
    decide (copy, coder);
  else if (what < 14)
    write_entry (copy, coder);
  else if (what < 16)
    rate (copy);
  else if (what < 18)
    take_back (copy);
  else
    describe (copy);
}

/* ---- what a project holds ---- */

/* Every row of every table, but for derived ones, and the merge itself. */
static char *
dump (const char *path)
{
  static const char *const tables[] = { "source",
                                        "version",
                                        "version_content",
                                        "quote",
                                        "decision",
                                        "undo",
                                        "respondent_attribute",
                                        "respondent_speaker",
                                        "codebook",
                                        "run",
                                        "run_source",
                                        "scale",
                                        "rating",
                                        "entry",
                                        "entry_value",
                                        "entry_link",
                                        "consensus",
                                        "copied",
                                        "respondent_said",
                                        "speaker_said",
                                        "project_value",
                                        "criterion_scope" };
  g_autoptr (AttestStore) store = open_store (path, ATTEST_STORE_READ);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint t = 0; t <= G_N_ELEMENTS (tables); t++)
    {
      g_autofree char *sql
          = t == G_N_ELEMENTS (tables)
                ? g_strdup ("SELECT seq, at, actor, command, detail, nonce FROM audit"
                            " WHERE command <> 'merge'")
                : g_strdup_printf ("SELECT * FROM %s ORDER BY 1, 2", tables[t]);
      sqlite3_stmt *stmt;

      g_assert_cmpint (sqlite3_prepare_v2 (store->db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
      while (sqlite3_step (stmt) == SQLITE_ROW)
        {
          g_string_append_printf (out, "%s:", t < G_N_ELEMENTS (tables) ? tables[t] : "audit");
          for (int i = 0; i < sqlite3_column_count (stmt); i++)
            g_string_append_printf (out, " %s", (const char *)sqlite3_column_text (stmt, i));
          g_string_append_c (out, '\n');
        }
      sqlite3_finalize (stmt);
    }
  return g_strdup (out->str);
}

/* What of a project does not depend on how its rows are numbered: in force, in order. */
static char *
meaning (const char *path)
{
  static const char *const queries[] = {
    "SELECT quote_key, source_id IS NULL, codebook, code, action, other_code, text, coder, at"
    " FROM decision_in_force ORDER BY id",
    "SELECT r.label, a.name, a.value FROM respondent_attribute a JOIN respondent r"
    " ON r.id = a.respondent_id ORDER BY 1, 2",
    "SELECT criterion, level FROM rating WHERE seq NOT IN (SELECT seq FROM taken_back) ORDER BY id",
    "SELECT (SELECT value FROM entry_value v WHERE v.entry_id = l.entry_id AND v.field = 'text'"
    "   ORDER BY v.id LIMIT 1), l.quote_key, l.stance FROM entry_link l"
    " WHERE l.seq NOT IN (SELECT seq FROM taken_back) ORDER BY l.id",
    "SELECT field, value FROM entry_value WHERE seq NOT IN (SELECT seq FROM taken_back)"
    " ORDER BY id",
    "SELECT label FROM source ORDER BY label",
  };
  g_autoptr (AttestStore) store = open_store (path, ATTEST_STORE_READ);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint q = 0; q < G_N_ELEMENTS (queries); q++)
    {
      sqlite3_stmt *stmt;

      g_assert_cmpint (sqlite3_prepare_v2 (store->db, queries[q], -1, &stmt, NULL), ==, SQLITE_OK);
      while (sqlite3_step (stmt) == SQLITE_ROW)
        {
          g_string_append_printf (out, "%u:", q);
          for (int i = 0; i < sqlite3_column_count (stmt); i++)
            g_string_append_printf (out, " %s", (const char *)sqlite3_column_text (stmt, i));
          g_string_append_c (out, '\n');
        }
      sqlite3_finalize (stmt);
    }
  return g_strdup (out->str);
}

/* ---- merging ---- */

/* Into @out, which is made when it is not there; whether it changed. */
static gboolean
merge (const char *out, const char *const *paths, const guint *order, guint n)
{
  g_autoptr (GPtrArray) copies = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_store_free);
  g_autoptr (AttestStore) store = NULL;
  g_autoptr (AttestMergeResult) result = NULL;
  GError *error = NULL;

  store = g_file_test (out, G_FILE_TEST_EXISTS) ? open_store (out, ATTEST_STORE_WRITE)
                                                : attest_store_create_empty (out, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (copies, open_store (paths[order[i]], ATTEST_STORE_READ));
  attest_store_begin (store, &error);
  g_assert_no_error (error);
  result = attest_store_merge (store, copies, &error);
  g_assert_no_error (error);
  attest_store_commit (store, "tester", "merge", result->heads, &error);
  g_assert_no_error (error);
  return result->changed;
}

static void
assert_verified (const char *path)
{
  g_autoptr (AttestStore) store = open_store (path, ATTEST_STORE_READ);
  g_autoptr (GError) error = NULL;

  attest_store_check_history (store, &error);
  g_assert_no_error (error);
  {
    g_autoptr (AttestVerification) found = attest_store_verify (store, NULL, NULL, &error);

    g_assert_no_error (error);
    for (guint i = 0; i < found->problems->len; i++)
      g_test_message ("%s", g_array_index (found->problems, AttestVerifyProblem, i).message);
    g_assert_cmpuint (found->problems->len, ==, 0);
  }
}

/* Every decision and every word of the ledger of @part is in @whole as often as in @part. */
static void
assert_holds (const char *whole, const char *part)
{
  static const char *const queries[]
      = { ("SELECT quote (quote_key) || quote (codebook) || quote (code) || action || quote (text)"
           " || coder || at, count (*) FROM decision GROUP BY 1"),
          "SELECT field || quote (value), count (*) FROM entry_value GROUP BY 1",
          "SELECT criterion || level || because, count (*) FROM rating GROUP BY 1",
          "SELECT original_sha256, count (*) FROM version GROUP BY 1",
          "SELECT key, count (*) FROM quote GROUP BY 1" };
  g_autoptr (AttestStore) big = open_store (whole, ATTEST_STORE_READ);
  g_autoptr (AttestStore) small = open_store (part, ATTEST_STORE_READ);

  for (guint q = 0; q < G_N_ELEMENTS (queries); q++)
    {
      g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      sqlite3_stmt *stmt;

      g_assert_cmpint (sqlite3_prepare_v2 (big->db, queries[q], -1, &stmt, NULL), ==, SQLITE_OK);
      while (sqlite3_step (stmt) == SQLITE_ROW)
        g_hash_table_insert (counts, g_strdup ((const char *)sqlite3_column_text (stmt, 0)),
                             GINT_TO_POINTER (sqlite3_column_int (stmt, 1)));
      sqlite3_finalize (stmt);
      g_assert_cmpint (sqlite3_prepare_v2 (small->db, queries[q], -1, &stmt, NULL), ==, SQLITE_OK);
      while (sqlite3_step (stmt) == SQLITE_ROW)
        g_assert_cmpint (
            GPOINTER_TO_INT (g_hash_table_lookup (counts, sqlite3_column_text (stmt, 0))), >=,
            sqlite3_column_int (stmt, 1));
      sqlite3_finalize (stmt);
    }
}

static void
make_copies (Fixture *fixture, char **paths)
{
  static const char *const names[N_COPIES] = { "ana.attest", "ben.attest", "chi.attest" };

  for (int i = g_test_rand_int_range (0, 5); i > 0; i--)
    act (fixture, "kim");
  g_clear_pointer (&fixture->store, attest_store_free);
  for (guint i = 0; i < N_COPIES; i++)
    {
      Fixture copy = { fixture->folder, path_of (fixture, names[i]), NULL };

      paths[i] = copy.path;
      copy_file (fixture->path, copy.path);
      fixture_reopen (&copy, ATTEST_STORE_WRITE);
      for (int n = g_test_rand_int_range (0, N_ACTS); n > 0; n--)
        act (&copy, names[i]);
      attest_store_free (copy.store);
    }
}

static void
check_orders (Fixture *fixture, const char *const *paths)
{
  static const guint orders[][N_COPIES]
      = { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 }, { 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 } };
  g_autofree char *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autofree char *out = path_of (fixture, "out.attest");
      g_autofree char *dumped = NULL;

      g_assert_true (merge (out, paths, orders[i], N_COPIES));
      dumped = dump (out);
      if (first == NULL)
        first = g_strdup (dumped);
      g_assert_true (strcmp (dumped, first) == 0);
      if (i == 0)
        {
          for (guint k = 0; k < N_COPIES; k++)
            assert_holds (out, paths[k]);
          assert_verified (out);
        }
      g_assert_false (merge (out, paths, orders[5 - i], N_COPIES));
      g_assert_false (merge (out, paths, orders[i], 1));
      g_clear_pointer (&dumped, g_free);
      dumped = dump (out);
      g_assert_true (strcmp (dumped, first) == 0);
      g_assert_cmpint (g_unlink (out), ==, 0);
    }
}

/* Step by step, each into the other, or all at once: people have decided the same. */
static void
check_steps (Fixture *fixture, const char *const *paths)
{
  g_autofree char *all = path_of (fixture, "all.attest");
  g_autofree char *two = path_of (fixture, "two.attest");
  g_autofree char *into = path_of (fixture, "into.attest");
  const char *const parts[] = { paths[0], paths[1], paths[2], two };
  g_autofree char *expected = NULL, *stepwise = NULL, *inside = NULL;

  merge (all, parts, (const guint[]){ 0, 1, 2 }, 3);
  expected = meaning (all);
  merge (two, parts, (const guint[]){ 1, 2 }, 2);
  copy_file (paths[0], into);
  merge (into, parts, (const guint[]){ 3 }, 1);
  inside = meaning (into);
  g_assert_true (strcmp (inside, expected) == 0);
  assert_verified (into);
  merge (two, parts, (const guint[]){ 0 }, 1);
  stepwise = meaning (two);
  g_assert_true (strcmp (stepwise, expected) == 0);
  g_unlink (all);
  g_unlink (two);
  g_unlink (into);
}

static void
test_random (void)
{
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      Fixture fixture;
      char *paths[N_COPIES];

      fixture_set_up (&fixture, NULL);
      add_talk (&fixture, "S", TALK);
      code (&fixture, "S", TALK);
      make_copies (&fixture, paths);
      check_orders (&fixture, (const char *const *)paths);
      check_steps (&fixture, (const char *const *)paths);
      for (guint i = 0; i < N_COPIES; i++)
        g_free (paths[i]);
      fixture_tear_down (&fixture, NULL);
    }
}

/* A table of a later schema must be said to be derived, or be merged: by its audit entry, or in one
 * of the files of merging. */
static void
test_tables (Fixture *fixture, gconstpointer data)
{
  static const char *const derived[] = { "speaker",
                                         "turn",
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

static AttestMergeResult *
try_merge (Fixture *fixture, const char *other, GError **error)
{
  g_autoptr (GPtrArray) copies = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_store_free);
  AttestMergeResult *result;

  g_ptr_array_add (copies, open_store (other, ATTEST_STORE_READ));
  fixture_begin (fixture);
  result = attest_store_merge (fixture->store, copies, error);
  attest_store_rollback (fixture->store);
  return result;
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

static const AttestMergeConflict *
find_conflict (const AttestMergeResult *result, const char *type)
{
  for (guint i = 0; i < result->conflicts->len; i++)
    if (strcmp (g_array_index (result->conflicts, AttestMergeConflict, i).type, type) == 0)
      return &g_array_index (result->conflicts, AttestMergeConflict, i);
  g_error ("no conflict '%s' was listed", type);
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

/* What a respondent withdrew in one copy does not come back out of another. */
static void
test_withdrawn (Fixture *fixture, gconstpointer data)
{
  Fixture copy = { fixture->folder, path_of (fixture, "copy.attest"), NULL };
  g_autoptr (AttestMergeResult) result = NULL;
  g_autoptr (GError) error = NULL;

  add_talk (fixture, "S", TALK);
  fixture_reopen (fixture, ATTEST_STORE_WRITE);
  copy_file (fixture->path, copy.path);
  add_talk (fixture, "T", "Ana: Another.\n");
  fixture_reopen (&copy, ATTEST_STORE_WRITE);
  fixture_tamper (&copy, "INSERT INTO withdrawal (seq, label, at, because)"
                         " SELECT max (seq), 'withdrawn-1', 'now', 'asked' FROM audit");
  attest_store_free (copy.store);
  result = try_merge (fixture, copy.path, &error);
  g_assert_null (result);
  g_assert_nonnull (strstr (error->message, "copy.attest: "));
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store-merge/random", test_random);
  FIXTURE_TEST ("/store-merge/tables", test_tables);
  FIXTURE_TEST ("/store-merge/damaged", test_damaged);
  FIXTURE_TEST ("/store-merge/other-text", test_other_text);
  FIXTURE_TEST ("/store-merge/labels", test_labels);
  FIXTURE_TEST ("/store-merge/quote-ids", test_quote_ids);
  FIXTURE_TEST ("/store-merge/withdrawn", test_withdrawn);
  FIXTURE_TEST ("/store-merge/unsealed", test_unsealed);
  return g_test_run ();
}
