/* Interview guides in the project: what is kept, what coding and rebuilding leave of it. */
#include "guide-fixture.h"

#define TALK                                                                                       \
  "I: How was it?\nAna: Fine.\nI: And then, how was it?\nBob: Rain.\nI: Why is that so?\n"

typedef struct
{
  AttestDocument *s, *t;
  AttestCoding *of_s, *of_t;
} Talk;

static void
talk_clear (Talk *talk)
{
  attest_document_free (talk->s);
  attest_document_free (talk->t);
  attest_coding_free (talk->of_s);
  attest_coding_free (talk->of_t);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Talk, talk_clear)

static Talk
talk_new (Fixture *fixture)
{
  Talk talk = { fixture_document ("s.txt", TALK), fixture_document ("t.txt", "P1: We agree.\n"),
                attest_coding_new (), attest_coding_new () };
  AttestIncomplete incomplete = { 4, 2, g_strdup ("match limit") };

  fixture_asks (talk.of_s, talk.s, 0, 0);
  fixture_asks (talk.of_s, talk.s, 2, 0);
  fixture_asks (talk.of_s, talk.s, 2, 1);
  fixture_asks (talk.of_s, talk.s, 4, ATTEST_NO_CODE);
  fixture_answers (talk.of_s, 1, 0);
  fixture_answers (talk.of_s, 3, 0);
  fixture_answers (talk.of_s, 3, 1);
  g_array_append_val (talk.of_s->incomplete, incomplete);
  fixture_begin (fixture);
  fixture_add (fixture, talk.s, "S", ATTEST_SOURCE_INTERVIEW);
  fixture_add (fixture, talk.t, "T", ATTEST_SOURCE_FOCUS_GROUP);
  fixture_commit (fixture, "ingest");
  return talk;
}

static void
apply (Fixture *fixture, Talk *talk, const char *name, const char *version, gboolean also_t)
{
  gint64 id;

  fixture_begin (fixture);
  id = fixture_begin_guide (fixture, name, version);
  fixture_align (fixture, id, "S", talk->s, talk->of_s);
  if (also_t)
    fixture_align (fixture, id, "T", talk->t, talk->of_t);
  fixture_commit (fixture, "guide apply");
}

/* "NAME VERSION sources: QUESTION turns/sources/respondents/incomplete codes" a line. */
static char *
describe_guides (Fixture *fixture)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) guides = attest_store_list_guides (fixture->store, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < guides->len; i++)
    {
      const AttestGuideInfo *info = g_ptr_array_index (guides, i);
      g_autofree char *sources = g_strjoinv (",", info->sources);

      g_string_append_printf (out, "%s %s %s\n", info->name, info->version, sources);
      for (guint k = 0; k < info->questions->len; k++)
        {
          const AttestGuideQuestionInfo *q
              = &g_array_index (info->questions, AttestGuideQuestionInfo, k);
          g_autofree char *codes = g_strjoinv (",", q->codes);

          g_string_append_printf (out, "  %s %d/%d/%d/%d %s\n", q->question, (int)q->turns,
                                  (int)q->sources, (int)q->respondents, (int)q->incomplete, codes);
        }
    }
  return g_string_free (out, FALSE);
}

#define assert_guides(fixture, expected)                                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *found_guides = describe_guides (fixture);                                     \
    g_assert_cmpstr (found_guides, ==, expected);                                                  \
  }                                                                                                \
  G_STMT_END

static char *
describe_turns (Fixture *fixture, const char *source)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) turns = attest_store_list_question_turns (fixture->store, source, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < turns->len; i++)
    {
      const AttestQuestionTurn *turn = g_ptr_array_index (turns, i);
      g_autofree char *questions = g_strjoinv (",", turn->questions);

      g_string_append_printf (out, "%s%s %u:%s", i > 0 ? "; " : "", turn->source, turn->turn,
                              questions);
    }
  return g_string_free (out, FALSE);
}

#define FOUND_IN_S "  q1 2/1/2/0 a,b\n  q2 1/1/1/0 c\n  q3 0/0/0/1 \n"

static void
test_apply (Fixture *fixture, gconstpointer data)
{
  g_auto (Talk) talk = talk_new (fixture);
  g_autofree char *turns = NULL;
  g_autofree char *of_t = NULL;
  g_autoptr (GPtrArray) sources = NULL;
  const AttestGuideSource *t;

  apply (fixture, &talk, "g", "1", FALSE);
  assert_guides (fixture, "g 1 S\n" FOUND_IN_S);
  turns = describe_turns (fixture, NULL);
  of_t = describe_turns (fixture, "T");
  g_assert_cmpstr (turns, ==, "S 0:q1; S 2:q1,q2; S 4:");
  g_assert_cmpstr (of_t, ==, "");
  sources = attest_store_list_guide_sources (fixture->store, NULL);
  g_assert_cmpuint (sources->len, ==, 2);
  t = g_ptr_array_index (sources, 1);
  g_assert_cmpstr (t->guide, ==, NULL);
  g_assert_false (t->is_aligned);
  g_assert_true (((AttestGuideSource *)g_ptr_array_index (sources, 0))->is_aligned);
}

/* Again, in a newer version, by another guide: what was found is replaced, texts are kept. */
static void
test_again (Fixture *fixture, gconstpointer data)
{
  g_auto (Talk) talk = talk_new (fixture);

  apply (fixture, &talk, "g", "1", TRUE);
  apply (fixture, &talk, "g", "1", TRUE);
  assert_guides (fixture, "g 1 S,T\n" FOUND_IN_S);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM guide"), ==, 1);
  apply (fixture, &talk, "g", "2", TRUE);
  assert_guides (fixture, "g 2 S,T\n" FOUND_IN_S);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM guide"), ==, 2);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM question"), ==, 3);
  apply (fixture, &talk, "h", "1", FALSE);
  assert_guides (fixture, "g 2 T\n  q1 0/0/0/0 a,b\n  q2 0/0/0/0 c\n  q3 0/0/0/0 \n"
                          "h 1 S\n" FOUND_IN_S);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM question_turn"), ==, 4);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM question_answer"), ==, 3);
}

/* Coding by any codebook leaves it alone. */
static void
test_coding (Fixture *fixture, gconstpointer data)
{
  g_auto (Talk) talk = talk_new (fixture);
  g_autoptr (AttestCoding) coding = attest_coding_new ();

  apply (fixture, &talk, "g", "1", FALSE);
  for (guint i = 0; i < 2; i++)
    {
      fixture_begin (fixture);
      fixture_begin_run (fixture, "book", i == 0 ? "1" : "2");
      fixture_add_coding (fixture, "S", talk.s, coding);
      fixture_end_run (fixture);
      fixture_commit (fixture, "code");
      assert_guides (fixture, "g 1 S\n" FOUND_IN_S);
    }
}

/* What is derived goes; by which guide a source was held stays. */
static void
test_rebuild (Fixture *fixture, gconstpointer data)
{
  g_auto (Talk) talk = talk_new (fixture);
  g_autoptr (GPtrArray) sources = NULL;
  GError *error = NULL;
  gint64 id;

  apply (fixture, &talk, "g", "1", FALSE);
  fixture_begin (fixture);
  attest_store_drop_derived (fixture->store, &error);
  g_assert_no_error (error);
  attest_store_restore_document (fixture->store, "S", talk.s, &error);
  g_assert_no_error (error);
  sources = attest_store_list_guide_sources (fixture->store, NULL);
  g_assert_cmpstr (((AttestGuideSource *)g_ptr_array_index (sources, 0))->guide, ==, "g");
  g_assert_false (((AttestGuideSource *)g_ptr_array_index (sources, 0))->is_aligned);
  id = fixture_begin_guide (fixture, "g", "1");
  fixture_align (fixture, id, "S", talk.s, talk.of_s);
  fixture_commit (fixture, "rebuild");
  assert_guides (fixture, "g 1 S\n" FOUND_IN_S);
}

static void
test_other_text (Fixture *fixture, gconstpointer data)
{
  g_auto (Talk) talk = talk_new (fixture);
  static const guint pattern_questions[] = { 0, 1, 2 };
  g_autoptr (GError) error = NULL;
  gint64 id;

  fixture_begin (fixture);
  id = fixture_begin_guide (fixture, "g", "1");
  g_assert_false (attest_store_align_source (fixture->store, id, "T", talk.s, talk.of_s,
                                             pattern_questions, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_STORE);
  attest_store_rollback (fixture->store);
  assert_guides (fixture, "");
}

static void
test_tampered (Fixture *fixture, gconstpointer data)
{
  g_auto (Talk) talk = talk_new (fixture);
  g_autoptr (AttestVerification) good = NULL;
  g_autoptr (AttestVerification) bad = NULL;
  const AttestVerifyProblem *problem;

  apply (fixture, &talk, "g", "1", FALSE);
  good = attest_store_verify (fixture->store, NULL, NULL, NULL);
  g_assert_cmpuint (good->problems->len, ==, 0);
  fixture_tamper (fixture, "UPDATE guide SET text = text || ' '");
  bad = attest_store_verify (fixture->store, NULL, NULL, NULL);
  g_assert_cmpuint (bad->problems->len, ==, 1);
  problem = &g_array_index (bad->problems, AttestVerifyProblem, 0);
  g_assert_cmpstr (problem->type, ==, "guide");
  g_assert_cmpstr (problem->id, ==, "g");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store-guide/apply", test_apply);
  FIXTURE_TEST ("/store-guide/again", test_again);
  FIXTURE_TEST ("/store-guide/coding", test_coding);
  FIXTURE_TEST ("/store-guide/rebuild", test_rebuild);
  FIXTURE_TEST ("/store-guide/other-text", test_other_text);
  FIXTURE_TEST ("/store-guide/tampered", test_tampered);
  return g_test_run ();
}
