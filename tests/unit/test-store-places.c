/* Where rules matched, packed and unpacked; and what damaged bytes give. */
#include "store-fixture.h"

typedef struct
{
  gint64 rule, start_byte, end_byte;
} Place;

static void
test_round_trip (void)
{
  static const Place all[] = { { 1, 100, 103 },
                               { 127, 100, 101 },
                               { 128, 227, 227 },
                               { 20000, 16700, 33100 },
                               { 3, 536870911, 536870912 } };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  AttestPlaces places;
  gint64 from_byte = 90;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      attest_places_append (bytes, all[i].rule, from_byte, all[i].start_byte, all[i].end_byte);
      from_byte = all[i].start_byte;
    }
  attest_places_begin (&places, bytes->data, bytes->len, 90);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_assert_cmpint (attest_places_next (&places), ==, 1);
      g_assert_cmpint (places.rule, ==, all[i].rule);
      g_assert_cmpint (places.start_byte, ==, all[i].start_byte);
      g_assert_cmpint (places.end_byte, ==, all[i].end_byte);
    }
  g_assert_cmpint (attest_places_next (&places), ==, 0);
  g_assert_cmpint (attest_places_next (&places), ==, 0);
}

static void
test_none (void)
{
  AttestPlaces places;

  attest_places_begin (&places, NULL, 0, 5);
  g_assert_cmpint (attest_places_next (&places), ==, 0);
}

static void
test_damaged (void)
{
  static const struct
  {
    const char *bytes;
    gsize n_bytes;
  } cases[] = {
    { "\x80", 1 },                                      /* goes on behind the end */
    { "\x01\x02", 2 },                                  /* no length */
    { "\x01\xff\xff\xff\xff\xff\xff\xff\xff\x01", 10 }, /* too many digits */
    { "\x01\xff\xff\xff\xff\xff\xff\x01\x01", 9 },      /* too far */
    { "\x01\x01\xff\xff\xff\xff\xff\xff\x01", 9 },      /* too long */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      AttestPlaces places;

      attest_places_begin (&places, (const guint8 *)cases[i].bytes, cases[i].n_bytes, 0);
      g_assert_cmpint (attest_places_next (&places), ==, -1);
    }
}

static gboolean
count (const AttestStoreSegment *segment, gpointer data, GError **error)
{
  *(guint *)data += segment->n_hits;
  return TRUE;
}

/* A file that somebody has altered gives an error, never a hit outside the text. */
static void
test_altered (Fixture *fixture, gconstpointer data)
{
  static const char *const altered[] = { "x'80'", "x'01ff7f01'", "x'0100ff7f'", "x'630001'" };
  g_autoptr (AttestDocument) doc = fixture_document ("s.txt", "Ana: It wörked well.\n");
  g_autoptr (AttestCoding) coding = attest_coding_new ();
  AttestSegmentFilter filter = { .with_hits = TRUE };
  guint n_hits = 0;

  fixture_begin (fixture);
  fixture_add (fixture, doc, "S", ATTEST_SOURCE_INTERVIEW);
  fixture_begin_run (fixture, "book", "1");
  fixture_find (coding, doc, 0, 0, "It wörked well.");
  fixture_add_coding (fixture, "S", doc, coding);
  fixture_end_run (fixture);
  fixture_commit (fixture, "code");
  g_assert_true (attest_store_foreach_segment (fixture->store, &filter, count, &n_hits, NULL));
  g_assert_cmpuint (n_hits, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (altered); i++)
    {
      g_autofree char *sql = g_strdup_printf ("UPDATE segment SET places = %s", altered[i]);
      g_autoptr (GError) error = NULL;

      fixture_tamper (fixture, sql);
      g_assert_false (
          attest_store_foreach_segment (fixture->store, &filter, count, &n_hits, &error));
      g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_STORE);
      g_assert_nonnull (strstr (error->message, "is damaged"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/places/round-trip", test_round_trip);
  g_test_add_func ("/store/places/none", test_none);
  g_test_add_func ("/store/places/damaged", test_damaged);
  FIXTURE_TEST ("/store/places/altered", test_altered);
  return g_test_run ();
}
