/* The ledger: what is added, what holds, what is refused, what verify sees. */
#include "decision-fixture.h"
#include "store/attest-store-ledger.h"
#include "store/attest-store-silence.h"

#define TALK "I: How was it?\nAna: It works now. Nobody came.\nBob: We agree.\n"

/* Three quotes: 0 "It works now.", 1 "Nobody came.", 2 "We agree."; codes a, b, c. */
static void
add_talk (Fixture *fixture)
{
  g_autoptr (AttestDocument) doc = fixture_document ("s.txt", TALK);
  g_autoptr (AttestCoding) coding = attest_coding_new ();

  fixture_begin (fixture);
  fixture_add (fixture, doc, "S", ATTEST_SOURCE_INTERVIEW);
  fixture_commit (fixture, "ingest");
  fixture_begin (fixture);
  fixture_begin_run (fixture, "book", "1");
  fixture_find (coding, doc, 1, 0, "It works now.");
  fixture_find (coding, doc, 1, 1, "Nobody came.");
  fixture_find (coding, doc, 2, 0, "We agree.");
  fixture_add_coding (fixture, "S", doc, coding);
  fixture_end_run (fixture);
  fixture_commit (fixture, "code");
}

static const char *
add (Fixture *fixture, AttestEntryKind kind, const char *text, const char *criterion)
{
  const char *fields[ATTEST_N_ENTRY_FIELDS]
      = { [ATTEST_FIELD_TEXT] = text, [ATTEST_FIELD_CRITERION] = criterion };
  g_autofree char *id = NULL;
  GError *error = NULL;

  fixture_begin (fixture);
  attest_store_add_entry (fixture->store, kind, fields, &id, &error);
  g_assert_no_error (error);
  fixture_commit (fixture, "finding add");
  return g_intern_string (id);
}

static void
link_to (Fixture *fixture, const char *id, const char *target, AttestStance stance,
         const char *note)
{
  GError *error = NULL;

  fixture_begin (fixture);
  attest_store_set_link (fixture->store, id, target, stance, note, &error);
  g_assert_no_error (error);
  fixture_commit (fixture, "finding link");
}

static void
assert_not_linked (Fixture *fixture, const char *id, const char *target, const char *message)
{
  g_autoptr (GError) error = NULL;

  fixture_begin (fixture);
  g_assert_false (
      attest_store_set_link (fixture->store, id, target, ATTEST_STANCE_SUPPORTS, NULL, &error));
  attest_store_rollback (fixture->store);
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_USAGE);
  g_assert_nonnull (strstr (error->message, message));
}

static void
rate (Fixture *fixture, const char *criterion, const char *level, double position)
{
  AttestRating rating = { .criterion = (char *)criterion,
                          .level = (char *)level,
                          .position = position,
                          .because = (char *)"so" };
  static const char text[] = "attest: scale/1\n";
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  gint64 scale_id;
  GError *error = NULL;

  fixture_begin (fixture);
  attest_store_add_scale (fixture->store, "s", NULL, NULL, sha256, text, strlen (text), &scale_id,
                          &error);
  g_assert_no_error (error);
  attest_store_add_rating (fixture->store, scale_id, &rating, &error);
  g_assert_no_error (error);
  fixture_commit (fixture, "rate");
}

static AttestLedger *
load (Fixture *fixture)
{
  GError *error = NULL;
  AttestLedger *ledger = attest_store_load_ledger (fixture->store, &error);

  g_assert_no_error (error);
  return ledger;
}

/* "F1 text: supports Q…, contradicts F2 (note)" a line. */
static char *
describe (Fixture *fixture)
{
  g_autoptr (AttestLedger) ledger = load (fixture);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (ledger->entries, i);

      g_string_append_printf (out, "%s %s", entry->id, entry->fields[ATTEST_FIELD_TEXT]);
      for (guint k = 0; k < entry->links->len; k++)
        {
          const AttestLedgerLink *link = &g_array_index (entry->links, AttestLedgerLink, k);

          g_string_append_printf (out, "; %s %s", attest_stance_to_string (link->stance), link->id);
          if (link->note != NULL)
            g_string_append_printf (out, " (%s)", link->note);
        }
      g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}

static void
assert_ledger (Fixture *fixture, const char *expected)
{
  g_autofree char *found = describe (fixture);

  g_assert_cmpstr (found, ==, expected);
}

/* The first problem, or NULL. */
static char *
verify (Fixture *fixture, gint64 *out_links)
{
  GError *error = NULL;
  g_autoptr (AttestVerification) found = attest_store_verify (fixture->store, NULL, NULL, &error);

  g_assert_no_error (error);
  if (out_links != NULL)
    *out_links = found->links;
  for (guint i = 0; i < found->problems->len; i++)
    {
      const AttestVerifyProblem *problem = &g_array_index (found->problems, AttestVerifyProblem, i);

      if (strcmp (problem->type, "link") == 0 || strcmp (problem->type, "ledger") == 0)
        return g_strdup (problem->message);
    }
  return NULL;
}

static void
assert_problem (Fixture *fixture, const char *expected)
{
  g_autofree char *found = verify (fixture, NULL);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_entries (Fixture *fixture, gconstpointer data)
{
  const char *edit[ATTEST_N_ENTRY_FIELDS] = { [ATTEST_FIELD_TEXT] = "better" };
  gboolean changed = FALSE;

  add_talk (fixture);
  g_assert_cmpstr (add (fixture, ATTEST_ENTRY_FINDING, "one", NULL), ==, "F1");
  g_assert_cmpstr (add (fixture, ATTEST_ENTRY_CONCLUSION, "so", NULL), ==, "C1");
  g_assert_cmpstr (add (fixture, ATTEST_ENTRY_FINDING, "two", "a"), ==, "F2");
  g_assert_cmpstr (add (fixture, ATTEST_ENTRY_RECOMMENDATION, "do", NULL), ==, "R1");
  g_assert_cmpstr (add (fixture, ATTEST_ENTRY_LESSON, "know", NULL), ==, "L1");
  g_assert_cmpstr (add (fixture, ATTEST_ENTRY_PRACTICE, "good", NULL), ==, "G1");
  assert_ledger (fixture, "F1 one\nF2 two\nC1 so\nR1 do\nL1 know\nG1 good\n");
  fixture_begin (fixture);
  g_assert_true (attest_store_set_entry (fixture->store, "f1", edit, &changed, NULL));
  g_assert_true (changed);
  g_assert_true (attest_store_set_entry (fixture->store, "F1", edit, &changed, NULL));
  g_assert_false (changed);
  fixture_commit (fixture, "finding edit");
  assert_ledger (fixture, "F1 better\nF2 two\nC1 so\nR1 do\nL1 know\nG1 good\n");
  /* What it said before is kept. */
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM entry_value WHERE value = 'one'"),
                   ==, 1);
  assert_problem (fixture, NULL);
}

static void
test_criterion (Fixture *fixture, gconstpointer data)
{
  const char *fields[ATTEST_N_ENTRY_FIELDS]
      = { [ATTEST_FIELD_TEXT] = "one", [ATTEST_FIELD_CRITERION] = "x" };
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;

  add_talk (fixture);
  fixture_begin (fixture);
  g_assert_false (
      attest_store_add_entry (fixture->store, ATTEST_ENTRY_FINDING, fields, &id, &error));
  attest_store_rollback (fixture->store);
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_USAGE);
  g_assert_cmpstr (error->message, ==,
                   "no codebook of the project has the code 'x'; there are: a, b, c. 'attest "
                   "criterion add' adds one");
  assert_ledger (fixture, "");
}

static void
test_links (Fixture *fixture, gconstpointer data)
{
  g_autofree char *expected = NULL, *removed = NULL;
  const char *first, *second;
  gint64 links = 0;
  GError *error = NULL;

  add_talk (fixture);
  first = fixture_quote_id (fixture, 0);
  second = fixture_quote_id (fixture, 1);
  add (fixture, ATTEST_ENTRY_FINDING, "one", NULL);
  add (fixture, ATTEST_ENTRY_CONCLUSION, "so", NULL);
  link_to (fixture, "F1", first, ATTEST_STANCE_SUPPORTS, NULL);
  link_to (fixture, "F1", second, ATTEST_STANCE_SUPPORTS, "first thought");
  link_to (fixture, "F1", second, ATTEST_STANCE_CONTRADICTS, NULL);
  link_to (fixture, "C1", "F1", ATTEST_STANCE_CONTEXT, NULL);
  expected = g_strdup_printf ("F1 one; supports %s; contradicts %s (first thought)\n"
                              "C1 so; context F1\n",
                              first, second);
  assert_ledger (fixture, expected);
  g_assert_null (verify (fixture, &links));
  g_assert_cmpint (links, ==, 3);
  fixture_begin (fixture);
  attest_store_remove_link (fixture->store, "F1", first, &error);
  g_assert_no_error (error);
  g_assert_false (attest_store_remove_link (fixture->store, "F1", first, NULL));
  fixture_commit (fixture, "finding link");
  removed = g_strdup_printf ("F1 one; contradicts %s (first thought)\nC1 so; context F1\n", second);
  assert_ledger (fixture, removed);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  add_talk (fixture);
  add (fixture, ATTEST_ENTRY_FINDING, "one", NULL);
  add (fixture, ATTEST_ENTRY_FINDING, "two", NULL);
  add (fixture, ATTEST_ENTRY_FINDING, "three", NULL);
  add (fixture, ATTEST_ENTRY_CONCLUSION, "so", NULL);
  link_to (fixture, "F1", "F2", ATTEST_STANCE_SUPPORTS, NULL);
  link_to (fixture, "F2", "F3", ATTEST_STANCE_SUPPORTS, NULL);
  assert_not_linked (fixture, "F1", "F1", "F1 cannot rest on itself");
  assert_not_linked (fixture, "F3", "F1", "F3 cannot rest on F1, which rests on F3 itself");
  assert_not_linked (fixture, "F1", "QZZZZZZ", "no quote 'QZZZZZZ'");
  assert_not_linked (fixture, "F1", "F9", "neither a quote, like Q7F3K2A, nor in the ledger");
  assert_not_linked (fixture, "F9", "F1", "there is no 'F9'");
  assert_not_linked (fixture, "F1", "C1", "a finding rests on quotes and findings");
  assert_not_linked (fixture, "C1", fixture_quote_id (fixture, 0), "link the quote");
  assert_ledger (fixture, "F1 one; supports F2\nF2 two; supports F3\nF3 three\nC1 so\n");
}

static void
test_withdrawn (Fixture *fixture, gconstpointer data)
{
  const char *withdraw[ATTEST_N_ENTRY_FIELDS] = { [ATTEST_FIELD_WITHDRAWN] = "wrong" };
  g_autoptr (GError) error = NULL;
  gboolean changed;

  add_talk (fixture);
  add (fixture, ATTEST_ENTRY_FINDING, "one", NULL);
  add (fixture, ATTEST_ENTRY_CONCLUSION, "so", NULL);
  link_to (fixture, "C1", "F1", ATTEST_STANCE_SUPPORTS, NULL);
  fixture_begin (fixture);
  g_assert_false (attest_store_set_entry (fixture->store, "F1", withdraw, &changed, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_USAGE);
  g_assert_true (attest_store_remove_link (fixture->store, "C1", "F1", NULL));
  g_assert_true (attest_store_set_entry (fixture->store, "F1", withdraw, &changed, NULL));
  fixture_commit (fixture, "finding edit");
  assert_not_linked (fixture, "C1", "F1", "F1 was withdrawn (wrong)");
  /* Its number is not given again. */
  g_assert_cmpstr (add (fixture, ATTEST_ENTRY_FINDING, "two", NULL), ==, "F2");
}

static void
test_ratings (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestLedger) ledger = NULL;
  g_autoptr (GPtrArray) all = NULL;
  const AttestRating *rating;

  add_talk (fixture);
  rate (fixture, "b", "3", 0.5);
  rate (fixture, "a", "5", 1);
  rate (fixture, "b", "not-rated", -1);
  ledger = load (fixture);
  g_assert_cmpuint (ledger->ratings->len, ==, 2);
  rating = attest_ledger_find_rating (ledger, "b");
  g_assert_cmpstr (rating->level, ==, "not-rated");
  g_assert_cmpstr (rating->scale, ==, "s");
  g_assert_cmpstr (rating->by, ==, "tester");
  g_assert_cmpfloat (rating->position, ==, -1);
  g_assert_cmpfloat (attest_ledger_find_rating (ledger, "a")->position, ==, 1);
  g_assert_null (attest_ledger_find_rating (ledger, "c"));
  all = attest_store_list_ratings (fixture->store, "b", NULL);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpstr (((AttestRating *)g_ptr_array_index (all, 0))->level, ==, "3");
}

static void
test_passages (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GPtrArray) passages = NULL;
  const AttestQuotePassage *passage;
  GError *error = NULL;

  add_talk (fixture);
  g_ptr_array_add (ids, (gpointer)fixture_quote_id (fixture, 2));
  g_ptr_array_add (ids, (gpointer)fixture_quote_id (fixture, 0));
  g_ptr_array_add (ids, (gpointer)fixture_quote_id (fixture, 2));
  passages = attest_store_load_quotes (fixture->store, ids, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (passages->len, ==, 2);
  passage = g_ptr_array_index (passages, 0);
  g_assert_cmpstr (passage->id, ==, fixture_quote_id (fixture, 2));
  g_assert_cmpstr (passage->source, ==, "S");
  g_assert_cmpstr (passage->speaker, ==, "Bob");
  g_assert_cmpstr (passage->text, ==, "We agree.");
  g_assert_cmpint (passage->turn, ==, 2);
  g_assert_cmpint (passage->segments, ==, 1);
  g_assert_null (passage->problem);
  passage = g_ptr_array_index (passages, 1);
  g_assert_cmpstr (passage->text, ==, "It works now.");
  g_assert_cmpint (passage->start, ==, (int)(strstr (TALK, "It works") - TALK));
}

/* What somebody did with the sqlite3 shell. */
static void
test_tampered (Fixture *fixture, gconstpointer data)
{
  add_talk (fixture);
  add (fixture, ATTEST_ENTRY_FINDING, "one", NULL);
  add (fixture, ATTEST_ENTRY_FINDING, "two", NULL);
  link_to (fixture, "F1", "F2", ATTEST_STANCE_SUPPORTS, NULL);
  rate (fixture, "a", "5", 1);
  assert_problem (fixture, NULL);
  fixture_tamper (fixture, "DROP TRIGGER rating_never_updated;"
                           "UPDATE rating SET level = '1'");
  assert_problem (fixture, "what audit entry 7 added to the ledger is not what stands there");
  fixture_tamper (fixture, "UPDATE rating SET level = '5'");
  assert_problem (fixture, NULL);
  fixture_tamper (fixture, "DROP TRIGGER entry_value_never_deleted;"
                           "CREATE TEMP TABLE kept AS SELECT * FROM entry_value;"
                           "DELETE FROM entry_value WHERE value = 'two'");
  assert_problem (fixture, "what audit entry 5 added to the ledger is not what stands there");
  fixture_tamper (fixture, "DELETE FROM entry_value; INSERT INTO entry_value SELECT * FROM kept");
  assert_problem (fixture, NULL);
  fixture_tamper (fixture, "INSERT INTO entry_link (seq, entry_id, target_id, stance)"
                           " VALUES (6, 2, 1, 'supports')");
  assert_problem (fixture, "F1 rests on F2, which rests on F1 itself");
}

static void
test_append_only (Fixture *fixture, gconstpointer data)
{
  static const char *const changes[] = { "UPDATE rating SET level = '1'",
                                         "DELETE FROM rating",
                                         "UPDATE entry SET number = 7",
                                         "DELETE FROM entry",
                                         "DELETE FROM scale",
                                         "UPDATE entry_value SET value = ''",
                                         "DELETE FROM entry_value",
                                         "DELETE FROM entry_link",
                                         "UPDATE entry_link SET stance = NULL" };

  add_talk (fixture);
  add (fixture, ATTEST_ENTRY_FINDING, "one", NULL);
  link_to (fixture, "F1", fixture_quote_id (fixture, 0), ATTEST_STANCE_SUPPORTS, NULL);
  rate (fixture, "a", "5", 1);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    g_assert_cmpint (sqlite3_exec (fixture->store->db, changes[i], NULL, NULL, NULL), ==,
                     SQLITE_CONSTRAINT);
}

/* A quote whose text is not there any more. */
static void
test_stale (Fixture *fixture, gconstpointer data)
{
  g_autofree char *expected = NULL;

  add_talk (fixture);
  add (fixture, ATTEST_ENTRY_FINDING, "one", NULL);
  link_to (fixture, "F1", fixture_quote_id (fixture, 0), ATTEST_STANCE_SUPPORTS, NULL);
  fixture_tamper (fixture,
                  "DROP TRIGGER content_never_updated; UPDATE version_content"
                  " SET original = CAST (replace (CAST (original AS TEXT), 'works', 'fails')"
                  " AS BLOB)");
  expected = g_strdup_printf ("F1 rests on quote %s, which is not what stands in the text",
                              fixture_quote_id (fixture, 0));
  assert_problem (fixture, expected);
}

/* A command is taken back: what it added does not count, and its id is not given again. */
static void
test_taken_back (Fixture *fixture, gconstpointer data)
{
  add_talk (fixture);
  add (fixture, ATTEST_ENTRY_FINDING, "one", NULL);
  add (fixture, ATTEST_ENTRY_FINDING, "two", NULL);
  fixture_undo (fixture, 5);
  assert_ledger (fixture, "F1 one\n");
  g_assert_cmpstr (add (fixture, ATTEST_ENTRY_FINDING, "three", NULL), ==, "F3");
  link_to (fixture, "F1", fixture_quote_id (fixture, 0), ATTEST_STANCE_SUPPORTS, NULL);
  fixture_undo (fixture, 0);
  assert_ledger (fixture, "F1 one\nF3 three\n");
  fixture_undo (fixture, 6);
  assert_ledger (fixture, "F1 one\nF2 two\nF3 three\n");
  assert_problem (fixture, NULL);
}

/* ---- silences ---- */

static void
silence (Fixture *fixture, const char *about, const char *because)
{
  GError *error = NULL;

  fixture_begin (fixture);
  attest_store_set_silence (fixture->store, "unanswered", "F1", about, because, NULL, &error);
  g_assert_no_error (error);
  fixture_commit (fixture, "check silence");
}

/* @because: NULL: it counts. */
static void
assert_silence (Fixture *fixture, const char *about, const char *because)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) silences = attest_store_list_silences (fixture->store, &error);
  const AttestSilence *found;

  g_assert_no_error (error);
  found = attest_silence_find (silences, "unanswered", "F1", about);
  g_assert_cmpstr (found != NULL ? found->because : NULL, ==, because);
}

/* The last holds, each about its own; an undo brings back the one before. */
static void
test_silences (Fixture *fixture, gconstpointer data)
{
  add_talk (fixture);
  silence (fixture, "Q1", "one");
  silence (fixture, "Q2", "two");
  silence (fixture, NULL, "all");
  assert_silence (fixture, "Q1", "one");
  assert_silence (fixture, "Q2", "two");
  assert_silence (fixture, NULL, "all");
  silence (fixture, "Q1", "éàж 😀");
  assert_silence (fixture, "Q1", "éàж 😀");
  fixture_undo (fixture, 0);
  assert_silence (fixture, "Q1", "one");
  silence (fixture, "Q1", NULL);
  assert_silence (fixture, "Q1", NULL);
  assert_silence (fixture, "Q2", "two");
  fixture_undo (fixture, 0);
  assert_silence (fixture, "Q1", "one");
}

/* The same reason again is nothing to write down. */
static void
test_silence_again (Fixture *fixture, gconstpointer data)
{
  gint64 before;

  add_talk (fixture);
  silence (fixture, NULL, "all");
  before = fixture_count (fixture, "SELECT count (*) FROM audit");
  silence (fixture, NULL, "all");
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM audit"), ==, before);
}

static void
test_silence_sealed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestVerification) verification = NULL;
  GError *error = NULL;

  add_talk (fixture);
  silence (fixture, NULL, "all");
  fixture_tamper (fixture, "DROP TRIGGER silence_never_updated; UPDATE silence SET because = 'x'");
  verification = attest_store_verify (fixture->store, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (verification->problems->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store/ledger/entries", test_entries);
  FIXTURE_TEST ("/store/ledger/criterion", test_criterion);
  FIXTURE_TEST ("/store/ledger/links", test_links);
  FIXTURE_TEST ("/store/ledger/refused", test_refused);
  FIXTURE_TEST ("/store/ledger/withdrawn", test_withdrawn);
  FIXTURE_TEST ("/store/ledger/ratings", test_ratings);
  FIXTURE_TEST ("/store/ledger/passages", test_passages);
  FIXTURE_TEST ("/store/ledger/append-only", test_append_only);
  FIXTURE_TEST ("/store/ledger/tampered", test_tampered);
  FIXTURE_TEST ("/store/ledger/stale", test_stale);
  FIXTURE_TEST ("/store/ledger/taken-back", test_taken_back);
  FIXTURE_TEST ("/store/ledger/silences", test_silences);
  FIXTURE_TEST ("/store/ledger/silence-again", test_silence_again);
  FIXTURE_TEST ("/store/ledger/silence-sealed", test_silence_sealed);
  return g_test_run ();
}
