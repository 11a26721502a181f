/* Samples that several people code, and what each has judged. */
#include "decision-fixture.h"
#include "store/attest-store-sample.h"
#include "store/attest-store-update.h"

#define TEXT                                                                                       \
  "I: Why?\nAna: It wörked well 🙂. It came late. Nobody asked us.\nBo: Yes, it did.\n"

static void
set_up_project (Fixture *fixture)
{
  g_autoptr (AttestDocument) doc = fixture_document ("s.txt", TEXT);

  fixture_begin (fixture);
  fixture_add (fixture, doc, "S", ATTEST_SOURCE_INTERVIEW);
  fixture_commit (fixture, "ingest");
}

/* Of the text, the characters of @words; interned as fixture_quote_id(). */
static void
add_unit (AttestSample *sample, const char *words, const char *stratum, gint64 of_units)
{
  const char *found = strstr (TEXT, words);
  glong start = g_utf8_pointer_to_offset (TEXT, found);

  attest_sample_add_unit (sample, "S", start, start + g_utf8_strlen (words, -1), stratum, of_units);
}

static AttestSample *
make_sample (const char *name)
{
  AttestSample *sample = attest_sample_new ();

  sample->name = g_strdup (name);
  sample->codebook = g_strdup ("book");
  sample->is_drawn = TRUE;
  sample->seed = 7;
  sample->design = g_strdup ("2 of 4");
  add_unit (sample, "It came late.", "", 3);
  add_unit (sample, "It wörked well 🙂.", "a", 1);
  return sample;
}

static void
add_sample (Fixture *fixture, const AttestSample *sample)
{
  GError *error = NULL;

  fixture_begin (fixture);
  attest_store_add_sample (fixture->store, sample, &error);
  g_assert_no_error (error);
  fixture_commit (fixture, "sample");
}

static void
judge (Fixture *fixture, const char *id, const char *coder)
{
  GError *error = NULL;

  fixture_begin (fixture);
  attest_store_add_judged (fixture->store, id, "book", coder, &error);
  g_assert_no_error (error);
  fixture_commit (fixture, "review");
}

static void
assert_sound (Fixture *fixture, guint n_problems)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AttestVerification) verification
      = attest_store_verify (fixture->store, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (verification->problems->len, ==, n_problems);
}

static AttestSample *
find (Fixture *fixture, const char *name)
{
  g_autoptr (GError) error = NULL;
  AttestSample *sample = attest_store_find_sample (fixture->store, name, &error);

  g_assert_no_error (error);
  return sample;
}

static guint
count_judged (Fixture *fixture)
{
  g_autoptr (GPtrArray) judged = attest_store_list_judged (fixture->store, "book", NULL);

  return judged->len;
}

static void
test_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestSample) sample = make_sample ("first");
  g_autoptr (AttestSample) kept = NULL;

  set_up_project (fixture);
  add_sample (fixture, sample);
  kept = find (fixture, "first");
  g_assert_cmpint (kept->seed, ==, 7);
  g_assert_cmpstr (kept->design, ==, "2 of 4");
  g_assert_cmpstr (kept->by, ==, "tester");
  g_assert_null (kept->coder);
  g_assert_cmpuint (kept->units->len, ==, 2);
  /* By place, whatever order they were added in. */
  const AttestSampleUnit *unit = &g_array_index (kept->units, AttestSampleUnit, 0);
  g_assert_cmpstr (unit->stratum, ==, "a");
  g_assert_cmpint (unit->of_units, ==, 1);
  g_assert_cmpint (unit->end - unit->start, ==, g_utf8_strlen ("It wörked well 🙂.", -1));
  g_assert_cmpint (unit->state, ==, ATTEST_UNIT_STANDS);
  g_assert_cmpstr (unit->id, ==, fixture_quote_id (fixture, 0));
  assert_sound (fixture, 0);
}

static void
test_unknown (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestSample) sample = make_sample ("first");
  g_autoptr (AttestSample) other = attest_sample_new ();
  g_autoptr (GError) none = NULL;
  g_autoptr (GError) wrong = NULL;
  g_autoptr (GError) no_source = NULL;

  set_up_project (fixture);
  g_assert_null (attest_store_find_sample (fixture->store, "first", &none));
  g_assert_error (none, ATTEST_ERROR, ATTEST_ERROR_USAGE);
  add_sample (fixture, sample);
  g_assert_null (attest_store_find_sample (fixture->store, "second", &wrong));
  g_assert_nonnull (strstr (wrong->message, "there are: first"));
  other->name = g_strdup ("x");
  other->codebook = g_strdup ("book");
  attest_sample_add_unit (other, "nowhere", 0, 1, "a", 1);
  fixture_begin (fixture);
  g_assert_false (attest_store_add_sample (fixture->store, other, &no_source));
  g_assert_error (no_source, ATTEST_ERROR, ATTEST_ERROR_USAGE);
  attest_store_rollback (fixture->store);
}

/* A copy for a coder has the same name; what was drawn is found first. */
static void
test_given (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestSample) sample = make_sample ("first");
  g_autoptr (AttestSample) given = attest_sample_new ();
  g_autoptr (AttestSample) found = NULL;
  g_autoptr (GPtrArray) all = NULL;

  set_up_project (fixture);
  given->name = g_strdup ("first");
  given->codebook = g_strdup ("book");
  given->coder = g_strdup ("ben");
  add_unit (given, "It came late.", NULL, 0);
  add_sample (fixture, given);
  found = find (fixture, "first");
  g_assert_false (found->is_drawn);
  g_assert_null (g_array_index (found->units, AttestSampleUnit, 0).stratum);
  g_clear_pointer (&found, attest_sample_free);
  add_sample (fixture, sample);
  add_sample (fixture, given);
  found = find (fixture, "first");
  g_assert_true (found->is_drawn);
  all = attest_store_list_samples (fixture->store, NULL);
  g_assert_cmpuint (all->len, ==, 3);
  assert_sound (fixture, 0);
}

/* Of what one judged twice, once; taken back, it is not judged. */
static void
test_judged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestSample) sample = make_sample ("first");
  const char *id;

  set_up_project (fixture);
  add_sample (fixture, sample);
  id = fixture_quote_id (fixture, 1);
  judge (fixture, id, "ben");
  judge (fixture, id, "ben");
  judge (fixture, id, "ana");
  g_assert_cmpuint (count_judged (fixture), ==, 2);
  fixture_undo (fixture, 0);
  g_assert_cmpuint (count_judged (fixture), ==, 1);
  assert_sound (fixture, 0);
}

static void
test_undone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestSample) sample = make_sample ("first");
  gint64 undone;

  set_up_project (fixture);
  add_sample (fixture, sample);
  undone = fixture_undo (fixture, 0);
  g_assert_null (attest_store_find_sample (fixture->store, "first", NULL));
  fixture_undo (fixture, fixture_count (fixture, "SELECT max (seq) FROM audit"));
  g_assert_cmpint (undone, >, 0);
  attest_sample_free (find (fixture, "first"));
  assert_sound (fixture, 0);
}

/* The log holds what was drawn, and what was judged. */
static void
test_sealed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestSample) sample = make_sample ("first");

  set_up_project (fixture);
  add_sample (fixture, sample);
  judge (fixture, fixture_quote_id (fixture, 0), "ben");
  fixture_tamper (fixture, "DROP TRIGGER judged_never_updated; UPDATE judged SET coder = 'ana'");
  assert_sound (fixture, 1);
  fixture_tamper (fixture, "UPDATE judged SET coder = 'ben'");
  assert_sound (fixture, 0);
  fixture_tamper (fixture, "DROP TRIGGER sample_unit_never_updated;"
                           " UPDATE sample_unit SET stratum = 'b' WHERE stratum = 'a'");
  assert_sound (fixture, 1);
}

/* A corrected transcript carries them along, or says that they are lost. */
static void
test_carried (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestSample) sample = make_sample ("first");
  g_autoptr (AttestSample) now = NULL;
  g_autoptr (AttestDocument) doc = fixture_document (
      "s.txt", "I: Why?\nAna: Well, you know. It wörked well 🙂. Nobody asked us.\nBo: Yes.\n");
  g_autoptr (AttestUpdate) update = NULL;
  g_autoptr (GError) error = NULL;
  const char *first;

  set_up_project (fixture);
  add_sample (fixture, sample);
  first = fixture_quote_id (fixture, 0);
  judge (fixture, first, "ben");
  judge (fixture, fixture_quote_id (fixture, 1), "ben");
  fixture_begin (fixture);
  update = attest_store_update_source (fixture->store, "S", doc, "kim", &error);
  g_assert_no_error (error);
  g_assert_true (attest_store_commit (fixture->store, NULL, NULL, NULL, NULL));
  now = find (fixture, "first");
  g_assert_cmpuint (now->units->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const AttestSampleUnit *unit = &g_array_index (now->units, AttestSampleUnit, i);

      if (strcmp (unit->stratum, "a") != 0)
        g_assert_cmpint (unit->state, ==, ATTEST_UNIT_LOST);
      else
        {
          g_assert_cmpint (unit->state, ==, ATTEST_UNIT_STANDS);
          g_assert_cmpstr (unit->id, !=, first);
        }
    }
  g_assert_cmpuint (count_judged (fixture), ==, 1);
  assert_sound (fixture, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store-sample/kept", test_kept);
  FIXTURE_TEST ("/store-sample/unknown", test_unknown);
  FIXTURE_TEST ("/store-sample/given", test_given);
  FIXTURE_TEST ("/store-sample/judged", test_judged);
  FIXTURE_TEST ("/store-sample/undone", test_undone);
  FIXTURE_TEST ("/store-sample/sealed", test_sealed);
  FIXTURE_TEST ("/store-sample/carried", test_carried);
  return g_test_run ();
}
