/* Sources in and out, and who is behind their speakers. */
#include "store-fixture.h"

#define TALK "I: Why?\nAna: Because é.\nBob: No.\nX: He says no.\n"

static AttestSourceInfo *
get_source (Fixture *fixture, const char *label)
{
  g_autoptr (GError) error = NULL;
  AttestSourceInfo *info = attest_store_get_source (fixture->store, label, &error);

  g_assert_no_error (error);
  return info;
}

/* The respondents of a source, "A, B". */
static void
assert_respondents (Fixture *fixture, const char *label, const char *expected)
{
  g_autoptr (AttestSourceInfo) info = get_source (fixture, label);
  g_autofree char *joined = g_strjoinv (", ", info->respondents);

  g_assert_cmpstr (joined, ==, expected);
}

static void
assert_same_turns (const AttestDocument *a, const AttestDocument *b)
{
  g_assert_cmpuint (a->turns->len, ==, b->turns->len);
  for (guint i = 0; i < a->turns->len; i++)
    {
      const AttestTurn *x = attest_document_turn (a, i);
      const AttestTurn *y = attest_document_turn (b, i);

      g_assert_cmpuint (x->speaker, ==, y->speaker);
      g_assert_cmpuint (x->start_byte, ==, y->start_byte);
      g_assert_cmpuint (x->end_byte, ==, y->end_byte);
      g_assert_cmpint (x->start_ms, ==, y->start_ms);
      g_assert_cmpint (x->end_ms, ==, y->end_ms);
      g_assert_cmpstr (x->lang, ==, y->lang);
    }
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestDocument) doc = fixture_document ("dir/int01.txt", TALK);
  g_autoptr (AttestDocument) back = NULL;
  g_autoptr (GBytes) original = NULL;
  g_autoptr (GError) error = NULL;

  attest_document_turn (doc, 0)->start_ms = 0;
  attest_document_turn (doc, 1)->start_ms = 61000;
  attest_document_turn (doc, 1)->lang = g_intern_string ("en");
  attest_document_speaker (doc, 1)->role_reason = g_strdup ("the label");
  attest_document_speaker (doc, 1)->attributes = g_strdup ("");
  attest_document_add_metadata (doc, "Date", "2024-01-01");
  attest_document_warn (doc, 3, "odd line");
  attest_document_warn (doc, 0, "odd file");
  fixture_begin (fixture);
  fixture_add (fixture, doc, NULL, ATTEST_SOURCE_INTERVIEW);
  fixture_commit (fixture, "ingest");
  back = attest_store_get_document (fixture->store, "int01", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (back->text, ==, doc->text);
  g_assert_cmpuint (back->length_bytes, ==, doc->length_bytes);
  g_assert_cmpstr (back->sha256, ==, doc->sha256);
  g_assert_cmpstr (back->text_sha256, ==, doc->text_sha256);
  g_assert_cmpstr (back->reader, ==, "txt");
  g_assert_cmpstr (back->path, ==, "dir/int01.txt");
  g_assert_cmpint (back->characters, ==, doc->characters);
  original = attest_store_get_original (fixture->store, "int01", &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (original, doc->original));
  g_assert_cmpuint (back->speakers->len, ==, 4);
  g_assert_cmpstr (attest_document_speaker (back, 1)->label, ==, "Ana");
  g_assert_cmpint (attest_document_speaker (back, 0)->role, ==, ATTEST_ROLE_INTERVIEWER);
  /* Empty is not unknown. */
  g_assert_cmpstr (attest_document_speaker (back, 1)->attributes, ==, "");
  g_assert_null (attest_document_speaker (back, 0)->attributes);
  assert_same_turns (doc, back);
  g_assert_cmpstr (attest_document_get_metadata (back, "date"), ==, "2024-01-01");
  g_assert_cmpuint (back->warnings->len, ==, 2);
  g_assert_cmpuint (g_array_index (back->warnings, AttestWarning, 0).line, ==, 3);
  g_assert_cmpuint (g_array_index (back->warnings, AttestWarning, 1).line, ==, 0);
}

static void
test_text_stored_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestDocument) doc = fixture_document ("a.txt", "One.\n");
  g_autoptr (AttestDocument) other = fixture_document ("b.txt", "Two.\r\n");
  g_autoptr (AttestDocument) back = NULL;
  g_autoptr (GBytes) original = NULL;

  attest_document_take_text (other, g_strdup ("Two.\n"), 5);
  attest_document_hash (other);
  attest_document_turn (other, 0)->end_byte = 4;
  fixture_begin (fixture);
  fixture_add (fixture, doc, NULL, ATTEST_SOURCE_INTERVIEW);
  fixture_add (fixture, other, NULL, ATTEST_SOURCE_INTERVIEW);
  fixture_commit (fixture, "ingest");
  g_assert_cmpint (
      fixture_count (fixture, "SELECT count (*) FROM version_content WHERE text IS NULL"), ==, 1);
  back = attest_store_get_document (fixture->store, "b", NULL);
  g_assert_cmpstr (back->text, ==, "Two.\n");
  original = attest_store_get_original (fixture->store, "b", NULL);
  g_assert_cmpuint (g_bytes_get_size (original), ==, 6);
}

static void
test_empty_document (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestDocument) doc = fixture_document ("empty.txt", "");
  g_autoptr (AttestDocument) back = NULL;
  g_autoptr (GBytes) original = NULL;
  g_autoptr (GError) error = NULL;

  fixture_begin (fixture);
  fixture_add (fixture, doc, NULL, ATTEST_SOURCE_INTERVIEW);
  fixture_commit (fixture, "ingest");
  back = attest_store_get_document (fixture->store, "empty", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (back->text, ==, "");
  original = attest_store_get_original (fixture->store, "empty", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (original), ==, 0);
  assert_respondents (fixture, "empty", "");
}

static void
test_twice (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestDocument) doc = fixture_document ("a.txt", TALK);
  g_autoptr (AttestDocument) copy = fixture_document ("copy.txt", TALK);
  g_autoptr (AttestDocument) other = fixture_document ("other/a.txt", "Else.\n");
  AttestSourceOptions options = { NULL };
  AttestSourceResult result;
  g_autofree char *label = NULL;
  g_autoptr (GError) error = NULL;

  fixture_begin (fixture);
  fixture_add (fixture, doc, NULL, ATTEST_SOURCE_INTERVIEW);
  fixture_commit (fixture, "ingest");
  fixture_begin (fixture);
  g_assert_true (
      attest_store_add_document (fixture->store, copy, &options, &result, &label, &error));
  g_assert_cmpint (result, ==, ATTEST_SOURCE_SAME);
  g_assert_cmpstr (label, ==, "a");
  g_free (g_steal_pointer (&label));
  g_assert_true (
      attest_store_add_document (fixture->store, other, &options, &result, &label, &error));
  g_assert_cmpint (result, ==, ATTEST_SOURCE_LABEL_TAKEN);
  g_assert_cmpstr (label, ==, "a");
  attest_store_rollback (fixture->store);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM version"), ==, 1);
}

static void
test_info (Fixture *fixture, gconstpointer data)
{
  static const char *const interviewers[] = { "I", "Ana", NULL };
  AttestSourceOptions options = { .label = "K 1",
                                  .kind = ATTEST_SOURCE_SURVEY,
                                  .lang = "fr",
                                  .interviewers = interviewers,
                                  .format = "txt" };
  g_autoptr (AttestDocument) doc = fixture_document ("a.txt", TALK);
  g_autoptr (AttestSourceInfo) info = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;
  AttestSourceResult result;

  fixture_begin (fixture);
  g_assert_true (attest_store_add_document (fixture->store, doc, &options, &result, NULL, &error));
  fixture_commit (fixture, "ingest");
  info = get_source (fixture, "K 1");
  g_assert_cmpint (info->kind, ==, ATTEST_SOURCE_SURVEY);
  g_assert_cmpint (info->turns, ==, 4);
  g_assert_cmpint (info->status, ==, ATTEST_SOURCE_NEW);
  g_assert_cmpint (info->coded_words, ==, 0);
  g_assert_cmpuint (info->version, ==, 1);
  g_assert_cmpstr (info->given_lang, ==, "fr");
  g_assert_null (info->given_encoding);
  g_assert_cmpstr (info->given_format, ==, "txt");
  g_assert_cmpuint (g_strv_length (info->given_interviewers), ==, 2);
  all = attest_store_list_sources (fixture->store, &error);
  g_assert_cmpuint (all->len, ==, 1);
  g_assert_null (attest_store_get_source (fixture->store, "none", &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_USAGE);
}

static void
test_bad_labels (Fixture *fixture, gconstpointer data)
{
  static const char *const labels[] = { "", "a\nb", "\xff" };
  g_autoptr (AttestDocument) doc = fixture_document ("a.txt", TALK);

  fixture_begin (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      AttestSourceOptions options = { .label = labels[i] };
      AttestSourceResult result;
      g_autoptr (GError) error = NULL;

      g_assert_false (
          attest_store_add_document (fixture->store, doc, &options, &result, NULL, &error));
      g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_USAGE);
    }
  attest_store_rollback (fixture->store);
}

/* ---- respondents ---- */

static void
test_defaults (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text;
    AttestSourceKind kind;
    const char *expected;
  } cases[] = {
    { TALK, ATTEST_SOURCE_INTERVIEW, "S/Ana, S/Bob" },
    { TALK, ATTEST_SOURCE_FOCUS_GROUP, "S" },
    { TALK, ATTEST_SOURCE_DOCUMENT, "" },
    { "Just text.\n", ATTEST_SOURCE_INTERVIEW, "S" },
    { "Just text.\n", ATTEST_SOURCE_OBSERVATION, "" },
    { "A heading\nI: Why?\nAna: So.\n", ATTEST_SOURCE_INTERVIEW, "S/Ana" },
    { "I: Why?\nAn answer.\n", ATTEST_SOURCE_INTERVIEW, "S" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AttestDocument) doc = fixture_document ("s.txt", cases[i].text);

      fixture_begin (fixture);
      fixture_add (fixture, doc, "S", cases[i].kind);
      assert_respondents (fixture, "S", cases[i].expected);
      attest_store_rollback (fixture->store);
    }
}

static void
add_talk (Fixture *fixture)
{
  g_autoptr (AttestDocument) doc = fixture_document ("s.txt", TALK);

  fixture_begin (fixture);
  fixture_add (fixture, doc, "S", ATTEST_SOURCE_INTERVIEW);
  fixture_commit (fixture, "ingest");
}

static void
import (Fixture *fixture, const AttestRespondentRow *rows, guint n_rows)
{
  g_autoptr (GError) error = NULL;

  fixture_begin (fixture);
  attest_store_import_respondents (fixture->store, rows, n_rows, &error);
  g_assert_no_error (error);
  fixture_commit (fixture, "respondents");
}

static AttestRespondentInfo *
find_respondent (GPtrArray *list, const char *label)
{
  for (guint i = 0; i < list->len; i++)
    {
      AttestRespondentInfo *info = g_ptr_array_index (list, i);

      if (strcmp (info->label, label) == 0)
        return info;
    }
  return NULL;
}

static void
test_import (Fixture *fixture, gconstpointer data)
{
  AttestAttribute attributes[]
      = { { (char *)"Stakeholder Group", (char *)" donor " }, { (char *)"Place", (char *)"" } };
  AttestRespondentRow rows[]
      = { { .respondent = "R1",
            .source = "S",
            .speaker = "Ana",
            .attributes = attributes,
            .n_attributes = 2,
            .line = 2 },
          { .respondent = "R2", .attributes = attributes, .n_attributes = 2, .line = 3 } };
  g_autoptr (GPtrArray) list = NULL;
  const AttestRespondentInfo *info;

  add_talk (fixture);
  import (fixture, rows, 2);
  assert_respondents (fixture, "S", "R1, S/Bob");
  list = attest_store_list_respondents (fixture->store, NULL);
  g_assert_cmpuint (list->len, ==, 3);
  info = find_respondent (list, "R1");
  g_assert_true (info->given);
  g_assert_cmpint (info->turns, ==, 1);
  g_assert_cmpint (info->words, ==, 2);
  g_assert_cmpstr (attest_respondent_info_get (info, "group"), ==, "donor");
  g_assert_null (attest_respondent_info_get (info, "place"));
  g_assert_cmpuint (info->speakers->len, ==, 1);
  g_assert_cmpstr (g_array_index (info->speakers, AttestRespondentSpeaker, 0).speaker, ==, "Ana");
  g_assert_false (find_respondent (list, "S/Bob")->given);
  g_assert_cmpuint (find_respondent (list, "R2")->speakers->len, ==, 0);
}

/* Everybody but interviewers; a speaker named by itself goes before. */
static void
test_import_whole_source (Fixture *fixture, gconstpointer data)
{
  AttestRespondentRow rows[] = { { .respondent = "All", .source = "S" },
                                 { .respondent = "One", .source = "S", .speaker = "Bob" } };
  g_autoptr (GPtrArray) list = NULL;

  add_talk (fixture);
  import (fixture, rows, 2);
  assert_respondents (fixture, "S", "All, One");
  list = attest_store_list_respondents (fixture->store, NULL);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpint (find_respondent (list, "All")->turns, ==, 2);
}

static void
test_import_all_or_nothing (Fixture *fixture, gconstpointer data)
{
  AttestRespondentRow rows[3]
      = { { .respondent = "R1", .source = "S", .speaker = "Ana", .line = 2 } };
  const AttestRespondentRow bad[]
      = { { .respondent = "R2", .source = "none", .line = 3 },
          { .respondent = "R2", .source = "S", .speaker = "Zoe", .line = 3 },
          { .respondent = " ", .line = 3 },
          { .respondent = "R2", .speaker = "Ana", .line = 3 } };

  add_talk (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      rows[1] = bad[i];
      fixture_begin (fixture);
      g_assert_false (attest_store_import_respondents (fixture->store, rows, 2, &error));
      g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_INPUT);
      g_assert_true (g_str_has_prefix (error->message, "3: "));
      fixture_commit (fixture, "respondents");
      assert_respondents (fixture, "S", "S/Ana, S/Bob");
    }
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM respondent"), ==, 2);
}

static void
test_set (Fixture *fixture, gconstpointer data)
{
  AttestAttribute group = { (char *)"group", (char *)"donor" };
  AttestAttribute none = { (char *)"group", (char *)"" };
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GError) error = NULL;

  add_talk (fixture);
  fixture_begin (fixture);
  g_assert_true (attest_store_set_respondent (fixture->store, "S/Ana", &group, 1, &error));
  g_assert_false (attest_store_set_respondent (fixture->store, "none", &group, 1, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_USAGE);
  fixture_commit (fixture, "respondents");
  list = attest_store_list_respondents (fixture->store, NULL);
  g_assert_cmpstr (attest_respondent_info_get (find_respondent (list, "S/Ana"), "group"), ==,
                   "donor");
  fixture_begin (fixture);
  g_assert_true (attest_store_set_respondent (fixture->store, "S/Ana", &none, 1, NULL));
  fixture_commit (fixture, "respondents");
  after = attest_store_list_respondents (fixture->store, NULL);
  g_assert_null (attest_respondent_info_get (find_respondent (after, "S/Ana"), "group"));
}

/* What the user said stays; what came from the transcript comes back. */
static void
test_rebuild (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestDocument) doc = fixture_document ("s.txt", TALK);
  g_autoptr (AttestDocument) other = fixture_document ("s.txt", "Else.\n");
  g_autoptr (AttestDocument) back = NULL;
  g_autoptr (GError) error = NULL;
  AttestRespondentRow row = { .respondent = "R1", .source = "S", .speaker = "Ana" };

  add_talk (fixture);
  import (fixture, &row, 1);
  fixture_begin (fixture);
  g_assert_true (attest_store_drop_derived (fixture->store, NULL));
  assert_respondents (fixture, "S", "");
  g_assert_false (attest_store_restore_document (fixture->store, "S", other, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_STORE);
  g_assert_true (attest_store_restore_document (fixture->store, "S", doc, NULL));
  fixture_commit (fixture, "rebuild");
  assert_respondents (fixture, "S", "R1, S/Bob");
  back = attest_store_get_document (fixture->store, "S", NULL);
  assert_same_turns (doc, back);
}

/* An interpreter speaks for the only respondent there is, and for nobody when there are several. */
static void
test_interpreter (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestDocument) one
      = fixture_document ("one.txt", "I: Why?\nAna: So.\nX: She says so.\n");
  g_autoptr (AttestDocument) two
      = fixture_document ("two.txt", "I: Why?\nBea: So.\nCy: No.\nX: They disagree.\n");
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  AttestRespondentRow row = { .respondent = "R1", .source = "one", .speaker = "Ana" };
  GError *error = NULL;

  fixture_begin (fixture);
  fixture_add (fixture, one, "one", ATTEST_SOURCE_INTERVIEW);
  fixture_add (fixture, two, "two", ATTEST_SOURCE_INTERVIEW);
  fixture_commit (fixture, "ingest");
  before = attest_store_list_respondents (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (before->len, ==, 3);
  g_assert_cmpstr (((AttestRespondentInfo *)g_ptr_array_index (before, 0))->label, ==, "one/Ana");
  g_assert_cmpint (((AttestRespondentInfo *)g_ptr_array_index (before, 0))->turns, ==, 2);
  g_assert_cmpint (((AttestRespondentInfo *)g_ptr_array_index (before, 1))->turns, ==, 1);
  g_assert_cmpint (((AttestRespondentInfo *)g_ptr_array_index (before, 2))->turns, ==, 1);
  fixture_begin (fixture);
  attest_store_import_respondents (fixture->store, &row, 1, &error);
  g_assert_no_error (error);
  fixture_commit (fixture, "respondents");
  after = attest_store_list_respondents (fixture->store, &error);
  g_assert_cmpuint (after->len, ==, 3);
  g_assert_cmpstr (((AttestRespondentInfo *)g_ptr_array_index (after, 0))->label, ==, "R1");
  g_assert_cmpint (((AttestRespondentInfo *)g_ptr_array_index (after, 0))->turns, ==, 2);
}

/* Of what is said to interviewers, by words and not by turns. */
static void
test_main_language (Fixture *fixture, gconstpointer data)
{
  static const char text[] = "I: One two three four five six seven eight nine.\nA: So.\nB: No.\n"
                             "C: Il y a beaucoup à dire de tout cela.\nC: Bon.\n";
  static const char *const langs[] = { "en", "en", "ru", "fr", NULL };
  g_autoptr (AttestDocument) doc = fixture_document ("s.txt", text);
  const char *lang = "none";
  GError *error = NULL;

  g_assert_true (attest_store_find_main_language (fixture->store, &lang, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (lang, ==, NULL);
  for (guint i = 0; i < doc->turns->len; i++)
    attest_document_turn (doc, i)->lang = langs[i];
  fixture_begin (fixture);
  fixture_add (fixture, doc, "s", ATTEST_SOURCE_INTERVIEW);
  fixture_commit (fixture, "ingest");
  g_assert_true (attest_store_find_main_language (fixture->store, &lang, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (lang, ==, "fr");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store/source/round-trip", test_round_trip);
  FIXTURE_TEST ("/store/source/text-stored-once", test_text_stored_once);
  FIXTURE_TEST ("/store/source/empty-document", test_empty_document);
  FIXTURE_TEST ("/store/source/twice", test_twice);
  FIXTURE_TEST ("/store/source/info", test_info);
  FIXTURE_TEST ("/store/source/bad-labels", test_bad_labels);
  FIXTURE_TEST ("/store/respondent/defaults", test_defaults);
  FIXTURE_TEST ("/store/respondent/import", test_import);
  FIXTURE_TEST ("/store/respondent/import-whole-source", test_import_whole_source);
  FIXTURE_TEST ("/store/respondent/import-all-or-nothing", test_import_all_or_nothing);
  FIXTURE_TEST ("/store/respondent/set", test_set);
  FIXTURE_TEST ("/store/rebuild", test_rebuild);
  FIXTURE_TEST ("/store/respondent/interpreter", test_interpreter);
  FIXTURE_TEST ("/store/source/main-language", test_main_language);
  return g_test_run ();
}
