/* Merging: whatever people did in their copies, nothing is lost, the order of copies does not
 * matter, and merging again changes nothing. Random projects. */
#include "merge-fixture.h"
#include "store/attest-store-ledger.h"
#include "store/attest-store-silence.h"

#define N_COPIES 3
#define N_ROUNDS 8
#define N_ACTS 14

/* ---- what people do ---- */

/* In a corrected text, a passage may be where nobody speaks. */
static void
decide_or_not (Fixture *copy, const AttestDecisionSpec *spec, const char *command)
{
  g_autoptr (GError) error = NULL;

  if (attest_store_decide (copy->store, spec, NULL, &error))
    fixture_commit (copy, command);
  else
    {
      g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_USAGE);
      attest_store_rollback (copy->store);
    }
}

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

  decide_or_not (copy, &spec, "review");
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

/* A corrected transcript: a line above, words mended, wrapped, gone. Two copies may correct alike.
 */
static void
correct (Fixture *copy)
{
  static const char *const edits[][2] = { { "I: How was it?", "I: Good day.\nI: How was it?" },
                                          { "It works now.", "It works now, they say." },
                                          { "Nobody", "No one" },
                                          { "Мы согласны", "Да, мы согласны" },
                                          { " во ", "\n во " },
                                          { "صحيح ", "" } };
  g_autofree char *text = g_strdup (TALK);
  g_autoptr (AttestDocument) doc = NULL;
  g_autoptr (AttestUpdate) update = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    if (g_test_rand_int_range (0, 3) == 0)
      {
        GString *edited = g_string_new (text);

        g_string_replace (edited, edits[i][0], edits[i][1], 1);
        g_free (text);
        text = g_string_free (edited, FALSE);
      }
  doc = fixture_document ("s.txt", text);
  update = attest_store_update_source (copy->store, "S", doc, "tester", &error);
  if (update == NULL)
    {
      /* The project had this text before. */
      g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_USAGE);
      attest_store_rollback (copy->store);
      return;
    }
  attest_store_commit (copy->store, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  /* No two within one moment: which of these is the last, nobody knows. */
  g_autofree char *later = g_strdup_printf (
      "UPDATE version SET ingested_at = printf ('2100-01-%%02dT%%010d', number, %d)"
      " WHERE id = (SELECT max (id) FROM version WHERE number > 1)",
      g_test_rand_int_range (0, G_MAXINT32));
  fixture_tamper (copy, later);
}

static void
silence (Fixture *copy, const char *coder)
{
  GError *error = NULL;

  attest_store_set_silence (copy->store, "stale", "F1", NULL, coder, NULL, &error);
  g_assert_no_error (error);
  fixture_commit (copy, "check silence");
}

/* What several coders agreed on. */
static void
settle (Fixture *copy, const char *coder)
{
  static const char *const coders[] = { "ana.attest", "ben.attest", NULL };
  gint64 start = g_test_rand_int_range (20, 30);
  AttestDecisionSpec spec = { .action = ATTEST_DECISION_MARK,
                              .source = "S",
                              .start = start,
                              .end = start + 3,
                              .codebook = "book",
                              .code = "a",
                              .text = "agreed",
                              .coder = coder,
                              .from_file = TRUE,
                              .agreed = coders };

  decide_or_not (copy, &spec, "reconcile");
}

/* @may_correct: a text that was corrected where somebody withdrew is refused. */
static void
act (Fixture *copy, const char *coder, gboolean may_correct)
{
  int what = g_test_rand_int_range (0, may_correct ? 25 : 23);

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
  else if (what < 20)
    describe (copy);
  else if (what < 21)
    silence (copy, coder);
  else if (what < 23)
    settle (copy, coder);
  else
    correct (copy);
}

/* What of a project does not depend on how its rows are numbered: in force, in order. */
static char *
meaning (const char *path)
{
  static const char *const queries[] = {
    "SELECT quote_key, source_id IS NULL, codebook, code, action, other_code, text, coder, at"
    " FROM decision_in_force ORDER BY id",
    "SELECT '', r.label, a.name, a.value FROM respondent_attribute a JOIN respondent r"
    " ON r.id = a.respondent_id ORDER BY 2, 3",
    "SELECT '', criterion, level FROM rating WHERE seq NOT IN (SELECT seq FROM taken_back) ORDER "
    "BY id",
    "SELECT l.quote_key, (SELECT value FROM entry_value v WHERE v.entry_id = l.entry_id"
    "   AND v.field = 'text' ORDER BY v.id LIMIT 1), l.stance FROM entry_link l"
    " WHERE l.seq NOT IN (SELECT seq FROM taken_back) ORDER BY l.id",
    "SELECT '', field, value FROM entry_value WHERE seq NOT IN (SELECT seq FROM taken_back)"
    " ORDER BY id",
    "SELECT '', label FROM source ORDER BY label",
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

/* Every decision and every word of the ledger of @part is in @whole as often as in @part. */
static void
assert_holds (const char *whole, const char *part)
{
  static const char *const queries[]
      /* About which quote is another matter: another copy may have corrected the transcript. */
      = { ("SELECT quote (codebook) || quote (code) || action || quote (text)"
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

/* What is in force in a copy is so in the whole, unless it was taken back. */
static void
assert_in_force (const char *whole, const char *part)
{
  Fixture merged = { NULL, (char *)whole, open_store (whole, ATTEST_STORE_READ) };
  g_autofree char *attach = g_strdup_printf ("ATTACH '%s' AS part", part);

  fixture_tamper (&merged, attach);
  g_assert_cmpint (
      fixture_count (&merged,
                     "SELECT count (*) FROM (SELECT codebook, code, action, text, coder, at"
                     "   FROM part.decision_in_force EXCEPT SELECT codebook, code, action, text,"
                     "   coder, at FROM decision_in_force EXCEPT SELECT codebook, code, action,"
                     "   text, coder, at FROM decision WHERE seq IN (SELECT seq FROM taken_back))"),
      ==, 0);
  attest_store_free (merged.store);
}

/* What is in force is so once, and is about the last text unless nobody can say where it is there.
 */
static void
assert_placed (const char *path)
{
  static const char *const none[]
      = { "SELECT count (*) FROM decision_in_force f JOIN decision_in_force g"
          " ON g.quote_key = f.quote_key AND g.code IS f.code AND g.action = f.action"
          " AND g.coder = f.coder AND g.at = f.at AND g.text IS f.text AND g.id <> f.id"
          " AND g.seq <> f.seq JOIN audit a ON a.seq = g.seq AND a.command LIKE 'update %'",
          "SELECT count (*) FROM decision_in_force f JOIN quote q ON q.key = f.quote_key"
          " JOIN version v ON v.id = q.version_id WHERE v.number < (SELECT max (number)"
          "   FROM version w WHERE w.source_id = v.source_id)"
          " AND f.quote_key NOT IN (SELECT old_key FROM carried WHERE new_key IS NULL)" };
  Fixture merged = { NULL, (char *)path, open_store (path, ATTEST_STORE_READ) };

  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_cmpint (fixture_count (&merged, none[i]), ==, 0);
  attest_store_free (merged.store);
}

static void
make_copies (Fixture *fixture, char **paths, gboolean may_correct)
{
  static const char *const names[N_COPIES] = { "ana.attest", "ben.attest", "chi.attest" };

  for (int i = g_test_rand_int_range (0, 5); i > 0; i--)
    act (fixture, "kim", may_correct);
  g_clear_pointer (&fixture->store, attest_store_free);
  for (guint i = 0; i < N_COPIES; i++)
    {
      Fixture copy = { fixture->folder, path_of (fixture, names[i]), NULL };

      paths[i] = copy.path;
      copy_file (fixture->path, copy.path);
      fixture_reopen (&copy, ATTEST_STORE_WRITE);
      for (int n = g_test_rand_int_range (0, N_ACTS); n > 0; n--)
        act (&copy, names[i], may_correct);
      attest_store_free (copy.store);
    }
}

static gint64
count_versions (const char *path)
{
  Fixture merged = { NULL, (char *)path, open_store (path, ATTEST_STORE_READ) };
  gint64 n = fixture_count (&merged, "SELECT max (number) FROM version");

  attest_store_free (merged.store);
  return n;
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
            {
              assert_holds (out, paths[k]);
              assert_in_force (out, paths[k]);
            }
          assert_verified (out);
          assert_placed (out);
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
  gboolean is_simple;

  merge (all, parts, (const guint[]){ 0, 1, 2 }, 3);
  /* Of a corrected text, which place a quote gets may hang on which copies were merged first. */
  is_simple = count_versions (all) == 1;
  expected = meaning (all);
  merge (two, parts, (const guint[]){ 1, 2 }, 2);
  copy_file (paths[0], into);
  merge (into, parts, (const guint[]){ 3 }, 1);
  inside = meaning (into);
  g_assert_true (!is_simple || strcmp (inside, expected) == 0);
  assert_verified (into);
  merge (two, parts, (const guint[]){ 0 }, 1);
  stepwise = meaning (two);
  g_assert_true (!is_simple || strcmp (stepwise, expected) == 0);
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
      make_copies (&fixture, paths, TRUE);
      check_orders (&fixture, (const char *const *)paths);
      check_steps (&fixture, (const char *const *)paths);
      for (guint i = 0; i < N_COPIES; i++)
        g_free (paths[i]);
      fixture_tear_down (&fixture, NULL);
    }
}

/* ---- somebody withdraws in one copy, and in another, and in none ---- */

static void
withdraw (const char *path, const char *respondent)
{
  Fixture copy = { NULL, (char *)path, open_store (path, ATTEST_STORE_WRITE) };
  g_autofree char *id = NULL;
  GError *error = NULL;

  attest_store_begin_withdrawal (copy.store, &error);
  g_assert_no_error (error);
  attest_store_withdraw (copy.store, respondent, NULL, "asked", &id, &error);
  g_assert_no_error (error);
  fixture_commit (&copy, "respondents withdraw");
  attest_store_end_withdrawal (copy.store, &error);
  g_assert_no_error (error);
  for (int n = g_test_rand_int_range (0, 4); n > 0; n--)
    {
      fixture_begin (&copy);
      decide (&copy, "later");
    }
  attest_store_free (copy.store);
}

static void
assert_forgotten (const char *path, const char *words)
{
  g_autofree char *bytes = NULL;
  gsize length_bytes;

  g_assert_true (g_file_get_contents (path, &bytes, &length_bytes, NULL));
  for (gsize i = 0; i + strlen (words) <= length_bytes; i++)
    g_assert_cmpint (memcmp (bytes + i, words, strlen (words)), !=, 0);
}

static void
check_forgotten (Fixture *fixture, const char *const *paths, gboolean of_both)
{
  static const guint orders[][N_COPIES] = { { 0, 1, 2 }, { 2, 1, 0 }, { 1, 2, 0 } };
  g_autofree char *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autofree char *out = path_of (fixture, "out.attest");
      g_autofree char *dumped = NULL;

      g_assert_true (merge (out, paths, orders[i], N_COPIES));
      dumped = dump (out);
      if (first == NULL)
        first = g_strdup (dumped);
      g_assert_cmpstr (dumped, ==, first);
      assert_verified (out);
      assert_forgotten (out, "It works now");
      if (of_both)
        assert_forgotten (out, "согласны");
      g_assert_false (merge (out, paths, orders[i], N_COPIES));
      g_unlink (out);
    }
}

static void
test_withdrawn (void)
{
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      Fixture fixture;
      char *paths[N_COPIES];
      gboolean of_both = g_test_rand_bit ();
      g_autofree char *into = NULL;

      fixture_set_up (&fixture, NULL);
      add_talk (&fixture, "S", TALK);
      code (&fixture, "S", TALK);
      make_copies (&fixture, paths, FALSE);
      withdraw (paths[0], "S/Ana");
      if (of_both)
        withdraw (paths[1], "S/Бек");
      if (g_test_rand_bit ())
        withdraw (paths[2], "S/Ana");
      check_forgotten (&fixture, (const char *const *)paths, of_both);
      into = path_of (&fixture, "into.attest");
      copy_file (paths[1], into);
      merge (into, (const char *const *)paths, (const guint[]){ 0, 2 }, 2);
      assert_forgotten (into, "It works now");
      assert_verified (into);
      for (guint i = 0; i < N_COPIES; i++)
        g_free (paths[i]);
      fixture_tear_down (&fixture, NULL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store-merge-random/corrected", test_random);
  g_test_add_func ("/store-merge-random/withdrawn", test_withdrawn);
  return g_test_run ();
}
