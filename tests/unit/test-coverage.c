/* Who was asked and who spoke: the four states, and each doubt that stands in their way. */
#include "guide-fixture.h"

#include "store/attest-store-coverage.h"

/* Codes of the tests: a has rules and questions in every language; b rules in English and French
 * and questions in English; c rules and no questions; d neither. */
static const AttestStoreCode codes[] = { { "a", NULL, "d", "*", "*" },
                                         { "b", NULL, "d", "en fr", "en" },
                                         { "c", NULL, "d", "*", "" },
                                         { "d", NULL, "e", "", "" } };
static const char *const patterns[] = { "a/1.1", "b/1.1", "b/asked.1" };

static gint64
begin_run (Fixture *fixture)
{
  static const char text[] = "id: book\n";
  AttestRunSpec spec = { .codes = codes,
                         .n_codes = G_N_ELEMENTS (codes),
                         .patterns = patterns,
                         .n_patterns = G_N_ELEMENTS (patterns) };
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  GError *error = NULL;

  attest_store_add_codebook (fixture->store, "book", NULL, NULL, sha256, text, strlen (text),
                             &spec.codebook_id, &error);
  g_assert_no_error (error);
  attest_store_begin_run (fixture->store, &spec, NULL, &error);
  g_assert_no_error (error);
  return spec.codebook_id;
}

/* The turns' languages as one letter each: e en, f fr, r ru, - not known. */
static AttestDocument *
add_source (Fixture *fixture, const char *label, AttestSourceKind kind, const char *text,
            const char *langs)
{
  g_autofree char *path = g_strconcat (label, ".txt", NULL);
  AttestDocument *doc = fixture_document (path, text);

  for (guint i = 0; i < doc->turns->len; i++)
    attest_document_turn (doc, i)->lang = langs[i] == 'e'   ? "en"
                                          : langs[i] == 'f' ? "fr"
                                          : langs[i] == 'r' ? "ru"
                                                            : NULL;
  fixture_add (fixture, doc, label, kind);
  return doc;
}

static void
ask (AttestCoding *coding, guint turn, guint code)
{
  fixture_answers (coding, turn, code);
}

/* "ROW: RESPONDENT state[/reason]…" a line. */
static char *
describe (const AttestCoverage *coverage)
{
  GString *out = g_string_new (NULL);

  for (guint row = 0; row < coverage->rows->len; row++)
    {
      const AttestCoverageRow *about = attest_coverage_row (coverage, row);

      g_string_append_printf (out, "%s%s:", row > 0 ? "\n" : "",
                              about->question != NULL ? about->question : about->code);
      for (guint r = 0; r < coverage->respondents->len; r++)
        {
          const AttestCoverageCell *cell = attest_coverage_cell (coverage, row, r);
          const char *reason = attest_doubt_to_string (cell->doubt);

          g_string_append_printf (out, " %s=%s%s%s",
                                  attest_coverage_respondent (coverage, r)->label,
                                  attest_coverage_state_to_string (cell->state),
                                  reason != NULL ? "/" : "", reason != NULL ? reason : "");
          g_assert_true ((cell->state == ATTEST_COVERAGE_UNKNOWN) == (reason != NULL));
        }
    }
  return g_string_free (out, FALSE);
}

static AttestCoverage *
report (Fixture *fixture, const char *code, gboolean by_question)
{
  GError *error = NULL;
  AttestCoverage *coverage
      = attest_store_report_coverage (fixture->store, NULL, code, by_question, &error);

  g_assert_no_error (error);
  return coverage;
}

#define assert_covered(fixture, by_question, expected)                                             \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (AttestCoverage) found_coverage = report (fixture, NULL, by_question);               \
    g_autofree char *found = describe (found_coverage);                                            \
    g_assert_cmpstr (found, ==, expected);                                                         \
  }                                                                                                \
  G_STMT_END

#define TALK "I: How was it?\nAna: It was good.\nI: And then?\nAna: It was so.\n"

/* An interview in English: every state, and that c and d have no questions, d no rules. */
static void
test_states (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestDocument) doc = NULL;
  g_autoptr (AttestDocument) other = NULL;
  g_autoptr (AttestCoding) coding = attest_coding_new ();
  g_autoptr (AttestCoding) of_other = attest_coding_new ();
  g_autoptr (AttestCoverage) coverage = NULL;
  const AttestCoverageCell *cell;

  fixture_begin (fixture);
  doc = add_source (fixture, "S", ATTEST_SOURCE_INTERVIEW, TALK, "eeee");
  other = add_source (fixture, "T", ATTEST_SOURCE_INTERVIEW, "I: And?\nBea: Well, it was.\n", "ee");
  begin_run (fixture);
  fixture_find (coding, doc, 3, 0, "It was so.");
  fixture_find (coding, doc, 1, 2, "It was good.");
  ask (coding, 1, 0);
  ask (coding, 3, 1);
  fixture_find (of_other, other, 1, 0, "it was");
  fixture_add_coding (fixture, "S", doc, coding);
  fixture_add_coding (fixture, "T", other, of_other);
  fixture_end_run (fixture);
  fixture_commit (fixture, "code");
  assert_covered (fixture, FALSE,
                  "a: S/Ana=both T/Bea=unasked\n"
                  "b: S/Ana=silent T/Bea=never\n"
                  "c: S/Ana=unknown/no-question T/Bea=unknown/no-question\n"
                  "d: S/Ana=unknown/no-rules T/Bea=unknown/no-rules");
  coverage = report (fixture, "b", FALSE);
  cell = attest_coverage_cell (coverage, 0, 0);
  g_assert_cmpstr (cell->asked_source, ==, "S");
  g_assert_cmpuint (cell->asked_turn, ==, 3);
  g_assert_cmpstr (attest_coverage_cell (coverage, 0, 1)->asked_source, ==, NULL);
}

/* A guide asks where the codebook does not; its questions are rows, too. */
static void
test_guide (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestDocument) doc = NULL;
  g_autoptr (AttestDocument) other = NULL;
  g_autoptr (AttestCoding) coding = attest_coding_new ();
  g_autoptr (AttestCoding) none = attest_coding_new ();
  g_autoptr (AttestCoding) questions = attest_coding_new ();
  g_autoptr (AttestCoverage) coverage = NULL;
  g_autoptr (GError) error = NULL;

  fixture_begin (fixture);
  doc = add_source (fixture, "S", ATTEST_SOURCE_INTERVIEW, TALK, "eeee");
  other = add_source (fixture, "T", ATTEST_SOURCE_INTERVIEW, "I: And?\nBea: Well, it was.\n", "ee");
  begin_run (fixture);
  fixture_find (coding, doc, 3, 0, "It was so.");
  fixture_add_coding (fixture, "S", doc, coding);
  fixture_add_coding (fixture, "T", other, none);
  fixture_end_run (fixture);
  fixture_commit (fixture, "code");
  coverage = attest_store_report_coverage (fixture->store, NULL, NULL, TRUE, &error);
  g_assert_null (coverage);
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_USAGE);
  fixture_begin (fixture);
  fixture_asks (questions, doc, 0, 0);
  fixture_answers (questions, 1, 0);
  fixture_answers (questions, 3, 1);
  fixture_align (fixture, fixture_begin_guide (fixture, "g", "1"), "S", doc, questions);
  fixture_commit (fixture, "guide apply");
  /* q1 asks about a and b, q2 about c, in English and French. */
  assert_covered (fixture, FALSE,
                  "a: S/Ana=both T/Bea=never\n"
                  "b: S/Ana=silent T/Bea=never\n"
                  "c: S/Ana=silent T/Bea=unknown/no-question\n"
                  "d: S/Ana=unknown/no-rules T/Bea=unknown/no-rules");
  assert_covered (fixture, TRUE,
                  "q1: S/Ana=both T/Bea=unknown/other-guide\n"
                  "q2: S/Ana=silent T/Bea=unknown/other-guide\n"
                  "q3: S/Ana=unknown/no-rules T/Bea=unknown/no-rules");
  coverage = report (fixture, "c", TRUE);
  g_assert_cmpuint (coverage->rows->len, ==, 1);
  g_assert_cmpstr (coverage->without_guide[0], ==, "T");
  g_assert_cmpstr (coverage->without_guide[1], ==, NULL);
}

static void
test_languages (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestDocument) s = NULL;
  g_autoptr (AttestDocument) t = NULL;
  g_autoptr (AttestDocument) u = NULL;
  g_autoptr (AttestCoding) none = attest_coding_new ();
  g_autoptr (AttestCoding) of_t = attest_coding_new ();

  fixture_begin (fixture);
  /* Asked and answered in Russian; asked in French and answered in Russian, but asked about b all
   * the same; in no known language, for which every rule and question is. */
  s = add_source (fixture, "S", ATTEST_SOURCE_INTERVIEW, "I: How?\nAna: So.\n", "rr");
  t = add_source (fixture, "T", ATTEST_SOURCE_INTERVIEW,
                  "I: How?\nBea: So, so.\nI: And?\nBea: Ja.\n", "fefr");
  u = add_source (fixture, "U", ATTEST_SOURCE_INTERVIEW, "I: Well?\nCy: So.\n", "--");
  begin_run (fixture);
  fixture_answers (of_t, 1, 1);
  fixture_add_coding (fixture, "S", s, none);
  fixture_add_coding (fixture, "T", t, of_t);
  fixture_add_coding (fixture, "U", u, none);
  fixture_end_run (fixture);
  fixture_commit (fixture, "code");
  assert_covered (
      fixture, FALSE,
      "a: S/Ana=never T/Bea=never U/Cy=never\n"
      "b: S/Ana=unknown/language T/Bea=unknown/language U/Cy=never\n"
      "c: S/Ana=unknown/no-question T/Bea=unknown/no-question U/Cy=unknown/no-question\n"
      "d: S/Ana=unknown/no-rules T/Bea=unknown/no-rules U/Cy=unknown/no-rules");
}

/* Answered in English, asked in French, in which b has no question; and asked in English. */
static void
test_question_language (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestDocument) s = NULL;
  g_autoptr (AttestDocument) t = NULL;
  g_autoptr (AttestCoding) none = attest_coding_new ();
  g_autoptr (AttestCoding) of_t = attest_coding_new ();
  g_autoptr (AttestCoverage) coverage = NULL;
  g_autofree char *found = NULL;

  fixture_begin (fixture);
  s = add_source (fixture, "S", ATTEST_SOURCE_INTERVIEW, "I: How?\nAna: So.\n", "fe");
  t = add_source (fixture, "T", ATTEST_SOURCE_INTERVIEW, "I: How?\nBea: So it was.\n", "fe");
  begin_run (fixture);
  fixture_find (of_t, t, 1, 1, "it was");
  fixture_add_coding (fixture, "S", s, none);
  fixture_add_coding (fixture, "T", t, of_t);
  fixture_end_run (fixture);
  fixture_commit (fixture, "code");
  coverage = report (fixture, "b", FALSE);
  found = describe (coverage);
  g_assert_cmpstr (found, ==, "b: S/Ana=unknown/question-language T/Bea=unknown/question-language");
}

/* Not coded; a limit stopped a rule of b, or a question about it, or a question of a guide. */
static void
test_incomplete (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestDocument) s = NULL;
  g_autoptr (AttestDocument) t = NULL;
  g_autoptr (AttestDocument) u = NULL;
  g_autoptr (AttestCoding) of_s = attest_coding_new ();
  g_autoptr (AttestCoding) of_t = attest_coding_new ();
  g_autoptr (AttestCoverage) coverage = NULL;
  AttestIncomplete rule = { 1, 1, g_strdup ("match limit") };
  AttestIncomplete question = { 0, 2, g_strdup ("match limit") };

  fixture_begin (fixture);
  s = add_source (fixture, "S", ATTEST_SOURCE_INTERVIEW, "I: How?\nAna: So.\n", "ee");
  t = add_source (fixture, "T", ATTEST_SOURCE_INTERVIEW, "I: How?\nBea: So, so.\n", "ee");
  u = add_source (fixture, "U", ATTEST_SOURCE_INTERVIEW, "I: Well?\nCy: So.\n", "ee");
  begin_run (fixture);
  g_array_append_val (of_s->incomplete, rule);
  g_array_append_val (of_t->incomplete, question);
  fixture_add_coding (fixture, "S", s, of_s);
  fixture_add_coding (fixture, "T", t, of_t);
  fixture_end_run (fixture);
  fixture_commit (fixture, "code");
  assert_covered (fixture, FALSE,
                  "a: S/Ana=never T/Bea=never U/Cy=unknown/not-coded\n"
                  "b: S/Ana=unknown/incomplete T/Bea=unknown/incomplete U/Cy=unknown/not-coded\n"
                  "c: S/Ana=unknown/no-question T/Bea=unknown/no-question U/Cy=unknown/not-coded\n"
                  "d: S/Ana=unknown/no-rules T/Bea=unknown/no-rules U/Cy=unknown/not-coded");
  coverage = report (fixture, NULL, FALSE);
  g_assert_cmpstr (coverage->not_coded[0], ==, "U");
  g_assert_cmpstr (coverage->not_coded[1], ==, NULL);
}

/* P1 answers a question about a, P2 speaks of it later, P3 does not; somebody without a label may
 * be any of them. No interviewer is in the other. */
static void
test_groups (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestDocument) s = NULL;
  g_autoptr (AttestDocument) t = NULL;
  g_autoptr (AttestDocument) u = NULL;
  g_autoptr (AttestCoding) of_s = attest_coding_new ();
  g_autoptr (AttestCoding) none = attest_coding_new ();
  AttestRespondentRow rows[] = { { .respondent = "G", .source = "U" }, { .respondent = "Absent" } };
  g_autoptr (AttestCoverage) coverage = NULL;
  g_autofree char *found = NULL;
  GError *error = NULL;

  fixture_begin (fixture);
  s = add_source (fixture, "S", ATTEST_SOURCE_INTERVIEW,
                  "I: How?\nP1: So.\nI: And?\nP2: It was.\nP3: Ja.\nI: And?\nSomebody spoke.\n",
                  "eeeeeee");
  t = add_source (fixture, "T", ATTEST_SOURCE_INTERVIEW, "Bea: So it is.\nBea: Here.\n", "ee");
  u = add_source (fixture, "U", ATTEST_SOURCE_FOCUS_GROUP, "I: How?\nP1: So.\nP2: No.\n", "eee");
  attest_store_import_respondents (fixture->store, rows, G_N_ELEMENTS (rows), &error);
  g_assert_no_error (error);
  begin_run (fixture);
  fixture_answers (of_s, 1, 0);
  fixture_find (of_s, s, 3, 0, "It was.");
  fixture_add_coding (fixture, "S", s, of_s);
  fixture_add_coding (fixture, "T", t, none);
  fixture_add_coding (fixture, "U", u, none);
  fixture_end_run (fixture);
  fixture_commit (fixture, "code");
  coverage = report (fixture, "a", FALSE);
  found = describe (coverage);
  g_assert_cmpstr (found, ==,
                   "a: S/P1=unknown/no-speaker S/P2=unknown/group S/P3=unknown/no-speaker "
                   "T/Bea=unknown/no-interviewer G=never");
  g_assert_cmpuint (attest_coverage_respondent (coverage, 1)->number, ==, 2);
  g_assert_cmpuint (attest_coverage_respondent (coverage, 4)->number, ==, 0);
  g_assert_cmpuint (attest_coverage_respondent (coverage, 4)->n_speakers, ==, 2);
  g_assert_cmpstr (coverage->without_turns[0], ==, "Absent");
  g_assert_cmpstr (coverage->without_turns[1], ==, NULL);
}

/* Without a label for anybody: nobody else could have said it. */
static void
test_group_with_labels (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestDocument) s = NULL;
  g_autoptr (AttestCoding) of_s = attest_coding_new ();
  g_autoptr (AttestCoverage) coverage = NULL;
  g_autofree char *found = NULL;

  fixture_begin (fixture);
  s = add_source (fixture, "S", ATTEST_SOURCE_INTERVIEW, "I: How?\nP1: So.\nI: And?\nP2: Ja.\n",
                  "eeee");
  begin_run (fixture);
  fixture_answers (of_s, 1, 0);
  fixture_add_coding (fixture, "S", s, of_s);
  fixture_end_run (fixture);
  fixture_commit (fixture, "code");
  coverage = report (fixture, "a", FALSE);
  found = describe (coverage);
  g_assert_cmpstr (found, ==, "a: S/P1=silent S/P2=unknown/group");
}

/* What Ana says in Russian, for which b has no rules, the interpreter gives in English: it would
 * have been found there, and the two are no group. For whom the interpreter of two speaks is not
 * known. */
static void
test_interpreter (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestDocument) s = NULL;
  g_autoptr (AttestDocument) t = NULL;
  g_autoptr (AttestCoding) of_s = attest_coding_new ();
  g_autoptr (AttestCoding) of_t = attest_coding_new ();
  AttestRespondentRow row = { .respondent = "R", .source = "S" };
  g_autoptr (AttestCoverage) coverage = NULL;
  g_autofree char *found = NULL;
  GError *error = NULL;

  fixture_begin (fixture);
  s = add_source (fixture, "S", ATTEST_SOURCE_INTERVIEW, "I: How?\nAna: Ja.\nX: So.\n", "ere");
  t = add_source (fixture, "T", ATTEST_SOURCE_INTERVIEW, "I: Well?\nBea: Ja.\nCy: Ja.\nX: So.\n",
                  "erre");
  attest_store_import_respondents (fixture->store, &row, 1, &error);
  g_assert_no_error (error);
  begin_run (fixture);
  fixture_answers (of_s, 1, 1);
  fixture_answers (of_t, 1, 1);
  fixture_add_coding (fixture, "S", s, of_s);
  fixture_add_coding (fixture, "T", t, of_t);
  fixture_end_run (fixture);
  fixture_commit (fixture, "code");
  coverage = report (fixture, "b", FALSE);
  found = describe (coverage);
  g_assert_cmpstr (found, ==, "b: R=silent T/Bea=unknown/language T/Cy=unknown/language");
  g_assert_cmpuint (attest_coverage_respondent (coverage, 0)->n_speakers, ==, 1);
}

/* Coded by an older attest: languages are not known, and it says so. */
static void
test_old (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestDocument) s = NULL;
  g_autoptr (AttestCoding) none = attest_coding_new ();
  g_autoptr (AttestCoverage) coverage = NULL;
  g_autofree char *found = NULL;

  fixture_begin (fixture);
  s = add_source (fixture, "S", ATTEST_SOURCE_INTERVIEW, "I: How?\nAna: So.\n", "rr");
  fixture_begin_run (fixture, "old", "1");
  fixture_add_coding (fixture, "S", s, none);
  fixture_end_run (fixture);
  fixture_commit (fixture, "code");
  coverage = report (fixture, "a", FALSE);
  found = describe (coverage);
  g_assert_cmpstr (found, ==, "a: S/Ana=never");
  g_assert_false (coverage->knows_languages);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/coverage/states", test_states);
  FIXTURE_TEST ("/coverage/guide", test_guide);
  FIXTURE_TEST ("/coverage/languages", test_languages);
  FIXTURE_TEST ("/coverage/question-language", test_question_language);
  FIXTURE_TEST ("/coverage/incomplete", test_incomplete);
  FIXTURE_TEST ("/coverage/groups", test_groups);
  FIXTURE_TEST ("/coverage/group-with-labels", test_group_with_labels);
  FIXTURE_TEST ("/coverage/interpreter", test_interpreter);
  FIXTURE_TEST ("/coverage/old", test_old);
  return g_test_run ();
}
