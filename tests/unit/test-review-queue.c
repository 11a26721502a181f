/* The queue of review, without a screen. */
#include "cli/attest-review-queue.h"
#include "decision-fixture.h"

#define TEXT "I: Why?\nAna: Oui, ça a märché — 影响 很大. It came late.\nBo: Yes, it did.\n"

static AttestQueue *
set_up_queue (Fixture *fixture, const char *status)
{
  g_autoptr (AttestDocument) doc = fixture_document ("s.txt", TEXT);
  g_autoptr (AttestCoding) coding = attest_coding_new ();
  AttestReviewFilter filter = { .status = (char *)status };
  g_autoptr (GError) error = NULL;
  AttestQueue *queue;

  fixture_begin (fixture);
  fixture_add (fixture, doc, "S", ATTEST_SOURCE_INTERVIEW);
  fixture_begin_run (fixture, "book", "1");
  fixture_find (coding, doc, 1, 0, "ça a märché");
  fixture_find (coding, doc, 1, 1, "It came late.");
  fixture_find (coding, doc, 2, 2, "Yes, it did.");
  fixture_add_coding (fixture, "S", doc, coding);
  fixture_end_run (fixture);
  fixture_commit (fixture, "code");
  fixture_decide (fixture, ATTEST_DECISION_ACCEPT, fixture_quote_id (fixture, 0), NULL, NULL, NULL);
  queue = attest_queue_new (fixture->store, &filter, "kim", &error);
  g_assert_no_error (error);
  return queue;
}

static gboolean
decide (AttestQueue *queue, AttestDecisionAction action, const char *new_code)
{
  g_autoptr (GError) error = NULL;
  gboolean changed;

  attest_queue_decide (queue, action, new_code, NULL, &changed, &error);
  g_assert_no_error (error);
  return changed;
}

static void
assert_at (const AttestQueue *queue, guint position, const char *status)
{
  g_assert_cmpuint (attest_queue_position (queue), ==, position);
  g_assert_cmpstr (attest_queue_current (queue)->status, ==, status);
}

static void
test_moves (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestQueue) queue = set_up_queue (fixture, NULL);

  g_assert_cmpuint (attest_queue_length (queue), ==, 3);
  g_assert_cmpuint (attest_queue_count_decided (queue), ==, 1);
  assert_at (queue, 1, "proposed");
  attest_queue_move (queue, G_MININT);
  assert_at (queue, 0, "accepted");
  attest_queue_move (queue, G_MAXINT);
  assert_at (queue, 2, "proposed");
  g_assert_true (attest_queue_move_to_open (queue));
  assert_at (queue, 1, "proposed");
  g_assert_true (decide (queue, ATTEST_DECISION_REJECT, NULL));
  g_assert_true (attest_queue_move_to_open (queue));
  assert_at (queue, 2, "proposed");
  g_assert_true (decide (queue, ATTEST_DECISION_ACCEPT, NULL));
  g_assert_false (decide (queue, ATTEST_DECISION_ACCEPT, NULL));
  g_assert_false (attest_queue_move_to_open (queue));
  g_assert_cmpuint (attest_queue_count_decided (queue), ==, 3);
}

/* Only what this queue decided, the last one first, and back to its segment. */
static void
test_undo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestQueue) queue = set_up_queue (fixture, NULL);
  g_autoptr (GError) error = NULL;
  gint64 seq, first = fixture_count (fixture, "SELECT max (seq) + 1 FROM audit");

  decide (queue, ATTEST_DECISION_REJECT, NULL);
  attest_queue_move_to_open (queue);
  decide (queue, ATTEST_DECISION_RECODE, "a");
  assert_at (queue, 2, "rejected");
  attest_queue_move (queue, G_MININT);
  g_assert_true (attest_queue_undo (queue, &seq, &error));
  g_assert_cmpint (seq, ==, first + 1);
  assert_at (queue, 2, "proposed");
  g_assert_true (attest_queue_undo (queue, &seq, &error));
  g_assert_cmpint (seq, ==, first);
  assert_at (queue, 1, "proposed");
  g_assert_true (attest_queue_undo (queue, &seq, &error));
  g_assert_cmpint (seq, ==, 0);
  g_assert_cmpuint (attest_queue_count_decided (queue), ==, 1);
}

static char *
dup_bounds (AttestQueue *queue)
{
  gint64 start_byte, end_byte;

  attest_queue_get_bounds (queue, &start_byte, &end_byte);
  return g_strndup (&TEXT[start_byte], (gsize)(end_byte - start_byte));
}

static void
assert_bounds (AttestQueue *queue, const char *expected)
{
  g_autofree char *found = dup_bounds (queue);

  g_assert_true (g_utf8_validate (found, -1, NULL));
  g_assert_cmpstr (found, ==, expected);
}

static void
test_bounds (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestQueue) queue = set_up_queue (fixture, NULL);

  attest_queue_move (queue, G_MININT);
  assert_bounds (queue, "ça a märché");
  g_assert_true (attest_queue_move_bound (queue, TRUE, 1));
  g_assert_true (attest_queue_move_bound (queue, TRUE, 1));
  assert_bounds (queue, "ça a märché — 影响");
  g_assert_true (attest_queue_move_bound (queue, FALSE, -1));
  g_assert_false (attest_queue_move_bound (queue, FALSE, -1));
  assert_bounds (queue, "Oui, ça a märché — 影响");
  while (attest_queue_move_bound (queue, TRUE, 1))
    ;
  assert_bounds (queue, "Oui, ça a märché — 影响 很大. It came late.");
  while (attest_queue_move_bound (queue, FALSE, 1))
    ;
  assert_bounds (queue, "late.");
  g_assert_false (attest_queue_move_bound (queue, TRUE, -1));
  g_assert_true (decide (queue, ATTEST_DECISION_ACCEPT, NULL));
  g_assert_cmpstr (attest_queue_current (queue)->status, ==, "rejected");
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM segment WHERE origin = 'manual'"
                                           " AND end_byte - start_byte = 5"
                                           " AND status = 'accepted'"),
                   ==, 1);
  /* Another segment has its own. */
  attest_queue_move (queue, 1);
  assert_bounds (queue, "It came late.");
}

static void
test_codes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestQueue) queue = set_up_queue (fixture, NULL);
  g_auto (GStrv) all = attest_queue_list_codes (queue, "", NULL);
  g_auto (GStrv) some = attest_queue_list_codes (queue, "c", NULL);
  g_auto (GStrv) none = attest_queue_list_codes (queue, "x", NULL);

  g_assert_cmpuint (g_strv_length (all), ==, 3);
  g_assert_cmpuint (g_strv_length (some), ==, 1);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestQueue) queue = set_up_queue (fixture, "rejected");

  g_assert_cmpuint (attest_queue_length (queue), ==, 0);
  g_assert_null (attest_queue_current (queue));
  attest_queue_move (queue, 1);
  g_assert_false (attest_queue_move_to_open (queue));
}

/* ---- other segments ---- */

static void
assert_filter (AttestQueue *queue, const char *text, guint length, const char *as_text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *now = NULL;

  g_test_message ("'%s'", text);
  attest_queue_set_filter (queue, text, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (attest_queue_length (queue), ==, length);
  now = attest_review_filter_to_text (attest_queue_get_filter (queue));
  g_assert_cmpstr (now, ==, as_text);
}

static void
assert_no_filter (AttestQueue *queue, const char *text, const char *message)
{
  g_autoptr (GError) error = NULL;
  guint length = attest_queue_length (queue);

  g_assert_false (attest_queue_set_filter (queue, text, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_USAGE);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_cmpuint (attest_queue_length (queue), ==, length);
}

static void
test_filter (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestQueue) queue = set_up_queue (fixture, NULL);

  assert_filter (queue, "a", 1, "code=a");
  assert_filter (queue, "code=b", 1, "code=b");
  assert_filter (queue, "prop", 2, "status=proposed");
  assert_filter (queue, " status=acc,S  co=a ", 1, "code=a source=S status=accepted");
  assert_filter (queue, "none", 3, "stance=none");
  assert_filter (queue, "rules=1", 3, "rules=1");
  assert_filter (queue, "", 3, "");
  assert_no_filter (queue, "x", "'x' is no code, source, status, polarity or stance");
  assert_no_filter (queue, "con", "'con' is the beginning of several: context…");
  assert_no_filter (queue, "colour=red",
                    "'colour' is none of code, source, status, rule, polarity, stance, rules");
  assert_no_filter (queue, "status=done", "no status is 'done'");
  assert_no_filter (queue, "supports", "no segment of that kind: the filter stays");
  assert_no_filter (queue, "rule=a/9", "no segment of that kind: the filter stays");
}

/* The segment at hand stays, and what was decided can be taken back from anywhere. */
static void
test_filter_stays (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestQueue) queue = set_up_queue (fixture, NULL);
  g_autoptr (GError) error = NULL;
  gint64 seq;

  attest_queue_move (queue, G_MAXINT);
  assert_filter (queue, "proposed", 2, "status=proposed");
  assert_at (queue, 1, "proposed");
  g_assert_true (decide (queue, ATTEST_DECISION_REJECT, NULL));
  assert_filter (queue, "a", 1, "code=a");
  g_assert_true (attest_queue_undo (queue, &seq, &error));
  g_assert_no_error (error);
  g_assert_cmpint (seq, >, 0);
  assert_filter (queue, "", 3, "");
  attest_queue_move (queue, G_MAXINT);
  assert_at (queue, 2, "proposed");
}

static void
test_filter_stance (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestQueue) queue = set_up_queue (fixture, NULL);
  const char *fields[ATTEST_N_ENTRY_FIELDS] = { [ATTEST_FIELD_TEXT] = "It works." };
  g_autofree char *id = NULL;

  fixture_begin (fixture);
  g_assert_true (attest_store_add_entry (fixture->store, ATTEST_ENTRY_FINDING, fields, &id, NULL));
  fixture_commit (fixture, "finding add");
  fixture_begin (fixture);
  g_assert_true (attest_store_set_link (fixture->store, id, fixture_quote_id (fixture, 1),
                                        ATTEST_STANCE_CONTRADICTS, "n", NULL));
  fixture_commit (fixture, "finding link");
  assert_filter (queue, "contra", 1, "stance=contradicts");
  assert_filter (queue, "stance=none", 2, "stance=none");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/review-queue/moves", test_moves);
  FIXTURE_TEST ("/review-queue/undo", test_undo);
  FIXTURE_TEST ("/review-queue/bounds", test_bounds);
  FIXTURE_TEST ("/review-queue/codes", test_codes);
  FIXTURE_TEST ("/review-queue/empty", test_empty);
  FIXTURE_TEST ("/review/queue/filter", test_filter);
  FIXTURE_TEST ("/review/queue/filter-stays", test_filter_stays);
  FIXTURE_TEST ("/review/queue/filter-stance", test_filter_stance);
  return g_test_run ();
}
