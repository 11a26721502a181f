/* Decisions: bound to quotes and codes, kept when codings are made again, taken back. */
#include "decision-fixture.h"

#define TEXT "I: Why?\nAna: It wörked well. It came late. Nobody asked us.\nBo: Yes, it did.\n"

static AttestDocument *
make_document (void)
{
  return fixture_document ("s.txt", TEXT);
}

/* Codes the source with version @version of the codebook; @with_late: its rules find that, too. */
static void
code (Fixture *fixture, const char *version, gboolean with_late)
{
  g_autoptr (AttestDocument) doc = make_document ();
  g_autoptr (AttestCoding) coding = attest_coding_new ();

  fixture_begin (fixture);
  fixture_begin_run (fixture, "book", version);
  fixture_find (coding, doc, 1, 0, "It wörked well.");
  if (with_late)
    {
      fixture_find (coding, doc, 1, 0, "It came late.");
      fixture_find (coding, doc, 1, 1, "It came late.");
    }
  fixture_find (coding, doc, 1, 2, "Nobody asked us.");
  fixture_add_coding (fixture, "S", doc, coding);
  fixture_end_run (fixture);
  fixture_commit (fixture, "code");
}

static void
set_up_project (Fixture *fixture)
{
  g_autoptr (AttestDocument) doc = make_document ();

  fixture_begin (fixture);
  fixture_add (fixture, doc, "S", ATTEST_SOURCE_INTERVIEW);
  fixture_commit (fixture, "ingest");
  code (fixture, "1", TRUE);
}

static gboolean
describe_segment (const AttestStoreSegment *segment, gpointer data, GError **error)
{
  g_string_append_printf (
      data, "%.*s %s %s %s%s%s%s\n", (int)segment->quote_bytes, segment->quote, segment->code,
      segment->status, segment->origin, segment->coder != NULL ? " by " : "",
      segment->coder != NULL ? segment->coder : "", segment->is_key ? " key" : "");
  return TRUE;
}

/* The segments, a line each. */
static char *
describe (Fixture *fixture)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  attest_store_foreach_segment (fixture->store, NULL, describe_segment, out, &error);
  g_assert_no_error (error);
  return g_string_free (out, FALSE);
}

static void
assert_segments (Fixture *fixture, const char *expected)
{
  g_autofree char *found = describe (fixture);

  g_assert_cmpstr (found, ==, expected);
}

static void
assert_sound (Fixture *fixture, guint n_problems)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AttestVerification) verification
      = attest_store_verify (fixture->store, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (verification->problems->len, ==, n_problems);
  for (guint i = 0; i < n_problems; i++)
    g_assert_cmpstr (g_array_index (verification->problems, AttestVerifyProblem, i).type, ==,
                     "decision");
}

#define PROPOSED                                                                                   \
  "It wörked well. a proposed rule\n"                                                             \
  "It came late. a proposed rule\n"                                                                \
  "It came late. b proposed rule\n"                                                                \
  "Nobody asked us. c proposed rule\n"
#define DECIDED                                                                                    \
  "It wörked well. a accepted rule by kim key\n"                                                  \
  "It came late. a rejected rule by kim\n"                                                         \
  "It came late. b accepted rule by kim\n"                                                         \
  "Nobody asked us. b accepted manual by kim\n"                                                    \
  "Nobody asked us. c rejected rule by kim\n"

static void
decide_all (Fixture *fixture)
{
  const char *worked = fixture_quote_id (fixture, 0), *late = fixture_quote_id (fixture, 1),
             *nobody = fixture_quote_id (fixture, 2);

  g_assert_true (fixture_decide (fixture, ATTEST_DECISION_ACCEPT, worked, NULL, NULL, NULL));
  g_assert_true (fixture_decide (fixture, ATTEST_DECISION_KEY, worked, NULL, NULL, NULL));
  g_assert_true (fixture_decide (fixture, ATTEST_DECISION_REJECT, late, "a", NULL, "not it"));
  g_assert_true (fixture_decide (fixture, ATTEST_DECISION_ACCEPT, late, "b", NULL, NULL));
  g_assert_true (fixture_decide (fixture, ATTEST_DECISION_RECODE, nobody, "c", "b", NULL));
}

static void
test_decide (Fixture *fixture, gconstpointer data)
{
  set_up_project (fixture);
  assert_segments (fixture, PROPOSED);
  decide_all (fixture);
  assert_segments (fixture, DECIDED);
  assert_sound (fixture, 0);
  fixture_reopen (fixture, ATTEST_STORE_READ);
  assert_segments (fixture, DECIDED);
}

static void
test_asked_once (Fixture *fixture, gconstpointer data)
{
  gint64 entries;

  set_up_project (fixture);
  decide_all (fixture);
  entries = fixture_count (fixture, "SELECT count (*) FROM audit");
  g_assert_false (fixture_decide (fixture, ATTEST_DECISION_ACCEPT, fixture_quote_id (fixture, 0),
                                  "a", NULL, NULL));
  g_assert_false (fixture_decide (fixture, ATTEST_DECISION_RECODE, fixture_quote_id (fixture, 2),
                                  "c", "b", NULL));
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM audit"), ==, entries);
}

static void
test_code_again (Fixture *fixture, gconstpointer data)
{
  set_up_project (fixture);
  decide_all (fixture);
  code (fixture, "1", TRUE);
  assert_segments (fixture, DECIDED);
  /* Rules that no longer find what was judged: what was accepted stays, what was not is gone. */
  code (fixture, "2", FALSE);
  assert_segments (fixture, "It wörked well. a accepted rule by kim key\n"
                            "It came late. b accepted manual by kim\n"
                            "Nobody asked us. b accepted manual by kim\n"
                            "Nobody asked us. c rejected rule by kim\n");
  assert_sound (fixture, 0);
  code (fixture, "3", TRUE);
  assert_segments (fixture, DECIDED);
}

/* Codes the source by rules that find, with the first code, just these passages. */
static void
code_as (Fixture *fixture, const char *version, const char *first, const char *second)
{
  g_autoptr (AttestDocument) doc = make_document ();
  g_autoptr (AttestCoding) coding = attest_coding_new ();

  fixture_begin (fixture);
  fixture_begin_run (fixture, "book", version);
  fixture_find (coding, doc, 1, 0, first);
  if (second != NULL)
    fixture_find (coding, doc, 1, 0, second);
  fixture_add_coding (fixture, "S", doc, coding);
  fixture_end_run (fixture);
  fixture_commit (fixture, "code");
}

/* Another codebook finds the same with other bounds: nobody is asked again, nothing counts twice.
 */
static void
test_other_bounds (Fixture *fixture, gconstpointer data)
{
  const char *worked, *late;

  set_up_project (fixture);
  code_as (fixture, "2", "It wörked well.", "It came late.");
  worked = fixture_quote_id (fixture, 0);
  late = fixture_quote_id (fixture, 1);
  fixture_decide (fixture, ATTEST_DECISION_ACCEPT, worked, NULL, NULL, NULL);
  fixture_decide (fixture, ATTEST_DECISION_REJECT, late, NULL, NULL, NULL);
  code_as (fixture, "3", "wörked well.", "came late.");
  assert_segments (fixture, "wörked well. a accepted rule by kim\n"
                            "came late. a rejected rule by kim\n");
  assert_sound (fixture, 0);
  code_as (fixture, "4", "It wörked well. It came late.", NULL);
  assert_segments (fixture, "It wörked well. It came late. a accepted rule by kim\n");
  assert_sound (fixture, 0);
  /* More than what was rejected, and nothing that was accepted: new, and the accepted one stays. */
  code_as (fixture, "5", "It came late. Nobody asked us.", NULL);
  assert_segments (fixture, "It wörked well. a accepted manual by kim\n"
                            "It came late. Nobody asked us. a proposed rule\n");
  code_as (fixture, "6", "Nobody asked us.", NULL);
  assert_segments (fixture, "It wörked well. a accepted manual by kim\n"
                            "Nobody asked us. a proposed rule\n");
  assert_sound (fixture, 0);
}

/* What is said of the segment itself goes before what was said of others. */
static void
test_other_bounds_decided (Fixture *fixture, gconstpointer data)
{
  set_up_project (fixture);
  code_as (fixture, "2", "It wörked well.", NULL);
  fixture_decide (fixture, ATTEST_DECISION_ACCEPT, fixture_quote_id (fixture, 0), NULL, NULL, NULL);
  code_as (fixture, "3", "It wörked well. It came late.", NULL);
  assert_segments (fixture, "It wörked well. It came late. a accepted rule by kim\n");
  fixture_decide (fixture, ATTEST_DECISION_REJECT, fixture_quote_id (fixture, 0), NULL, NULL, NULL);
  assert_segments (fixture, "It wörked well. It came late. a rejected rule by kim\n");
  assert_sound (fixture, 0);
  fixture_undo (fixture, 0);
  assert_segments (fixture, "It wörked well. It came late. a accepted rule by kim\n");
  fixture_undo (fixture, 0);
  assert_segments (fixture, "It wörked well. It came late. a proposed rule\n");
  assert_sound (fixture, 0);
}

static void
test_mark (Fixture *fixture, gconstpointer data)
{
  AttestDecisionSpec spec = { .action = ATTEST_DECISION_MARK,
                              .source = "S",
                              .start = 13,
                              .end = 24,
                              .code = "b",
                              .coder = "kim" };
  static const struct
  {
    gint64 start, end;
    const char *code;
  } bad[] = {
    { 13, 13, "b" }, { 13, 1000, "b" },  { 3, 6, "b" },
    { 13, 70, "b" }, { 13, 20, "nope" }, { -1, 4, "b" },
  };
  g_autoptr (GError) error = NULL;

  set_up_project (fixture);
  fixture_begin (fixture);
  g_assert_true (attest_store_decide (fixture->store, &spec, NULL, &error));
  g_assert_no_error (error);
  fixture_commit (fixture, "mark");
  assert_segments (fixture, "It wörked well. a proposed rule\n"
                            "It wörked w b accepted manual by kim\n"
                            "It came late. a proposed rule\n"
                            "It came late. b proposed rule\n"
                            "Nobody asked us. c proposed rule\n");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) local = NULL;

      spec.start = bad[i].start;
      spec.end = bad[i].end;
      spec.code = bad[i].code;
      fixture_begin (fixture);
      g_assert_false (attest_store_decide (fixture->store, &spec, NULL, &local));
      g_assert_error (local, ATTEST_ERROR, ATTEST_ERROR_USAGE);
      attest_store_rollback (fixture->store);
    }
  assert_sound (fixture, 0);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *late = NULL;
  AttestDecisionSpec specs[] = {
    { .action = ATTEST_DECISION_ACCEPT, .id = "Q000000" },
    { .action = ATTEST_DECISION_ACCEPT, .id = "nonsense" },
    { .action = ATTEST_DECISION_ACCEPT, .id = "Q" },
    { .action = ATTEST_DECISION_ACCEPT },                    /* several codes */
    { .action = ATTEST_DECISION_ACCEPT, .code = "c" },       /* not of the quote */
    { .action = ATTEST_DECISION_ACCEPT, .code = "unknown" }, /* not in the codebook */
    { .action = ATTEST_DECISION_RECODE, .code = "a", .new_code = "a" },
    { .action = ATTEST_DECISION_RECODE, .code = "a", .new_code = "unknown" },
    { .action = ATTEST_DECISION_MEMO, .text = "" },
    { .action = ATTEST_DECISION_MARK, .text_sha256 = "00", .end = 1, .code = "a" },
  };

  set_up_project (fixture);
  late = g_strdup (fixture_quote_id (fixture, 1));
  for (guint i = 0; i < G_N_ELEMENTS (specs); i++)
    {
      g_autoptr (GError) error = NULL;

      specs[i].coder = "kim";
      if (specs[i].id == NULL && specs[i].text_sha256 == NULL)
        specs[i].id = late;
      fixture_begin (fixture);
      g_assert_false (attest_store_decide (fixture->store, &specs[i], NULL, &error));
      g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_USAGE);
      attest_store_rollback (fixture->store);
    }
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM decision"), ==, 0);
}

static void
test_undo (Fixture *fixture, gconstpointer data)
{
  gint64 first, undo_seq;
  g_autoptr (GError) error = NULL;

  set_up_project (fixture);
  first = fixture_count (fixture, "SELECT max (seq) + 1 FROM audit");
  decide_all (fixture);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpint (fixture_undo (fixture, 0), ==, first + 4 - i);
  assert_segments (fixture, PROPOSED);
  assert_sound (fixture, 0);
  fixture_begin (fixture);
  g_assert_false (attest_store_undo (fixture->store, 0, NULL, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_USAGE);
  attest_store_rollback (fixture->store);
  /* The undos taken back: all is as it was decided. */
  undo_seq = fixture_count (fixture, "SELECT max (seq) FROM audit");
  for (guint i = 0; i < 5; i++)
    fixture_undo (fixture, undo_seq - i);
  assert_segments (fixture, DECIDED);
  fixture_undo (fixture, first + 2);
  assert_segments (fixture, "It wörked well. a accepted rule by kim key\n"
                            "It came late. a proposed rule\n"
                            "It came late. b accepted rule by kim\n"
                            "Nobody asked us. b accepted manual by kim\n"
                            "Nobody asked us. c rejected rule by kim\n");
  assert_sound (fixture, 0);
}

static void
test_undo_refused (Fixture *fixture, gconstpointer data)
{
  gint64 first;

  set_up_project (fixture);
  first = fixture_count (fixture, "SELECT max (seq) + 1 FROM audit");
  decide_all (fixture);
  fixture_undo (fixture, first);
  for (gint64 seq = -1; seq <= 100; seq++)
    {
      g_autoptr (GError) error = NULL;

      /* What is in force, and the undo itself. */
      if (seq == 0 || (seq > first && seq <= first + 5))
        continue;
      fixture_begin (fixture);
      g_assert_false (attest_store_undo (fixture->store, seq, NULL, &error));
      g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_USAGE);
      attest_store_rollback (fixture->store);
    }
}

/* Whatever is decided and taken back, in any order: taking back all of it leaves nothing. */
static void
test_undo_property (Fixture *fixture, gconstpointer data)
{
  static const char *const codes[] = { "a", "b", "c" };
  static const AttestDecisionAction actions[]
      = { ATTEST_DECISION_ACCEPT, ATTEST_DECISION_REJECT, ATTEST_DECISION_RECODE,
          ATTEST_DECISION_MARK,   ATTEST_DECISION_KEY,    ATTEST_DECISION_NO_KEY,
          ATTEST_DECISION_MEMO };
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);

  set_up_project (fixture);
  for (guint i = 0; i < 200; i++)
    {
      const char *code_of = codes[g_rand_int_range (rand, 0, 3)];
      AttestDecisionSpec spec
          = { .action = actions[g_rand_int_range (rand, 0, 7)],
              .id = fixture_quote_id (fixture, (guint)g_rand_int_range (rand, 0, 3)),
              .code = code_of,
              .new_code = codes[g_rand_int_range (rand, 0, 3)],
              .text = "why",
              .coder = g_rand_boolean (rand) ? "kim" : "lee" };
      g_autoptr (GError) error = NULL;

      fixture_begin (fixture);
      if (attest_store_decide (fixture->store, &spec, NULL, &error))
        fixture_commit (fixture, "review");
      else
        attest_store_rollback (fixture->store);
      if (i % 7 == 6)
        fixture_undo (fixture, 0);
      if (i % 50 == 49)
        {
          g_autofree char *before = describe (fixture), *after = NULL;

          code (fixture, "1", TRUE);
          after = describe (fixture);
          g_assert_cmpstr (after, ==, before);
        }
    }
  assert_sound (fixture, 0);
  while (fixture_count (fixture, "SELECT count (*) FROM decision_in_force") > 0)
    fixture_undo (fixture, 0);
  assert_segments (fixture, PROPOSED);
  assert_sound (fixture, 0);
}

static void
test_sealed (Fixture *fixture, gconstpointer data)
{
  static const char *const lies[]
      = { "DROP TRIGGER decision_never_updated; UPDATE decision SET action = 'accept', text = NULL"
          " WHERE action = 'reject'; UPDATE segment SET status = 'accepted'"
          " WHERE decision IN (SELECT id FROM decision WHERE action = 'accept')",
          "UPDATE segment SET status = 'rejected' WHERE status = 'accepted'",
          "DROP TRIGGER undo_never_deleted; DELETE FROM undo" };

  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      if (i > 0)
        {
          fixture_tear_down (fixture, NULL);
          fixture_set_up (fixture, NULL);
        }
      set_up_project (fixture);
      decide_all (fixture);
      fixture_decide (fixture, ATTEST_DECISION_NO_KEY, fixture_quote_id (fixture, 0), NULL, NULL,
                      NULL);
      fixture_undo (fixture, 0);
      assert_sound (fixture, 0);
      fixture_tamper (fixture, lies[i]);
      assert_sound (fixture, 1);
    }
}

static void
test_append_only (Fixture *fixture, gconstpointer data)
{
  set_up_project (fixture);
  decide_all (fixture);
  g_assert_cmpint (
      sqlite3_exec (fixture->store->db, "UPDATE decision SET coder = 'x'", NULL, NULL, NULL), ==,
      SQLITE_CONSTRAINT);
  g_assert_cmpint (sqlite3_exec (fixture->store->db, "DELETE FROM decision", NULL, NULL, NULL), ==,
                   SQLITE_CONSTRAINT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store/decision/decide", test_decide);
  FIXTURE_TEST ("/store/decision/asked-once", test_asked_once);
  FIXTURE_TEST ("/store/decision/code-again", test_code_again);
  FIXTURE_TEST ("/store/decision/other-bounds", test_other_bounds);
  FIXTURE_TEST ("/store/decision/other-bounds-decided", test_other_bounds_decided);
  FIXTURE_TEST ("/store/decision/mark", test_mark);
  FIXTURE_TEST ("/store/decision/refused", test_refused);
  FIXTURE_TEST ("/store/decision/undo", test_undo);
  FIXTURE_TEST ("/store/decision/undo-refused", test_undo_refused);
  FIXTURE_TEST ("/store/decision/undo-property", test_undo_property);
  FIXTURE_TEST ("/store/decision/sealed", test_sealed);
  FIXTURE_TEST ("/store/decision/append-only", test_append_only);
  return g_test_run ();
}
