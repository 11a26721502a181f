/* Runs, quotes, segments and the reports over them. With -m perf: a million segments. */
#include "store-fixture.h"

#include "store/attest-store-run.h"

#include <time.h>

#define TALK "I: Why?\nAna: It wörked well. It was dear.\nBob: It worked.\nNotes without a label.\n"

/* Two sources: S (an interview, with the segments below) and T (a focus group).
 *   S  turn 1 Ana: "It wörked well." a, b, c; "It was dear." a     turn 2 Bob: "It worked." a
 *   T  turn 0: "We agree." c
 * Ana was asked about a, Bob about c. */
typedef struct
{
  AttestDocument *s, *t;
  AttestCoding *s_coding, *t_coding;
} Talk;

static void
talk_clear (Talk *talk)
{
  attest_document_free (talk->s);
  attest_document_free (talk->t);
  attest_coding_free (talk->s_coding);
  attest_coding_free (talk->t_coding);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Talk, talk_clear)

static Talk
talk_new (void)
{
  Talk talk = { fixture_document ("s.txt", TALK), fixture_document ("t.txt", "P1: We agree.\n"),
                attest_coding_new (), attest_coding_new () };
  AttestAsked asked[] = { { 1, 0 }, { 2, 2 } };
  AttestIncomplete incomplete = { 2, 1, g_strdup ("match limit") };

  fixture_find (talk.s_coding, talk.s, 1, 0, "It wörked well.");
  fixture_find (talk.s_coding, talk.s, 1, 1, "It wörked well.");
  fixture_find (talk.s_coding, talk.s, 1, 2, "wörked");
  fixture_find (talk.s_coding, talk.s, 1, 0, "It was dear.");
  fixture_find (talk.s_coding, talk.s, 2, 0, "It worked.");
  g_array_append_vals (talk.s_coding->asked, asked, 2);
  g_array_append_val (talk.s_coding->incomplete, incomplete);
  talk.s_coding->coded_turns = 3;
  talk.s_coding->coded_words = 12;
  fixture_find (talk.t_coding, talk.t, 0, 2, "We agree.");
  talk.t_coding->coded_turns = 1;
  talk.t_coding->coded_words = 2;
  return talk;
}

static AttestRunResult
code (Fixture *fixture, const Talk *talk, const char *name, const char *version)
{
  AttestRunResult result;

  fixture_begin (fixture);
  fixture_begin_run (fixture, name, version);
  fixture_add_coding (fixture, "S", talk->s, talk->s_coding);
  fixture_add_coding (fixture, "T", talk->t, talk->t_coding);
  result = fixture_end_run (fixture);
  fixture_commit (fixture, "code");
  return result;
}

static Talk
set_up_talk (Fixture *fixture)
{
  AttestAttribute donor = { (char *)"group", (char *)"donor" };
  AttestAttribute state = { (char *)"group", (char *)"state" };
  AttestRespondentRow rows[] = {
    { .respondent = "Ana",
      .source = "S",
      .speaker = "Ana",
      .attributes = &donor,
      .n_attributes = 1 },
    { .respondent = "Bob",
      .source = "S",
      .speaker = "Bob",
      .attributes = &state,
      .n_attributes = 1 },
  };
  Talk talk = talk_new ();

  fixture_begin (fixture);
  fixture_add (fixture, talk.s, "S", ATTEST_SOURCE_INTERVIEW);
  fixture_add (fixture, talk.t, "T", ATTEST_SOURCE_FOCUS_GROUP);
  g_assert_true (attest_store_import_respondents (fixture->store, rows, 2, NULL));
  fixture_commit (fixture, "ingest");
  return talk;
}

static gboolean
describe (const AttestStoreSegment *segment, gpointer data, GError **error)
{
  GString *out = data;
  g_autofree char *asked = g_strjoinv ("+", (char **)segment->asked);

  g_string_append_printf (out, "%s %s/%s %u:%.*s %s [%s]\n", segment->source, segment->codebook,
                          segment->code, segment->turn, (int)segment->quote_bytes, segment->quote,
                          segment->respondent, asked);
  g_assert_cmpstr (segment->status, ==, "proposed");
  g_assert_cmpstr (segment->origin, ==, "rule");
  g_assert_cmpuint (segment->n_hits, ==, 1);
  return TRUE;
}

static void
assert_segments (Fixture *fixture, const AttestSegmentFilter *filter, const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  attest_store_foreach_segment (fixture->store, filter, describe, out, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (out->str, ==, expected);
}

#define S_SEGMENTS                                                                                 \
  "S book/a 1:It wörked well. Ana [a]\nS book/b 1:It wörked well. Ana [a]\n"                     \
  "S book/c 1:wörked Ana [a]\nS book/a 1:It was dear. Ana [a]\nS book/a 2:It worked. Bob [c]\n"
#define T_SEGMENTS "T book/c 0:We agree. T []\n"

static void
test_segments (Fixture *fixture, gconstpointer data)
{
  g_auto (Talk) talk = set_up_talk (fixture);
  AttestRunResult result = code (fixture, &talk, "book", "1");

  g_assert_cmpint (result.sources, ==, 2);
  g_assert_cmpint (result.segments, ==, 6);
  g_assert_cmpint (result.hits, ==, 6);
  g_assert_cmpint (result.words, ==, 14);
  g_assert_cmpint (result.turns, ==, 4);
  g_assert_cmpint (result.incomplete, ==, 1);
  assert_segments (fixture, NULL, S_SEGMENTS T_SEGMENTS);
  assert_segments (fixture, &(AttestSegmentFilter){ .source = "T" }, T_SEGMENTS);
  assert_segments (fixture, &(AttestSegmentFilter){ .code = "b" },
                   "S book/b 1:It wörked well. Ana [a]\n");
  assert_segments (fixture, &(AttestSegmentFilter){ .attribute = "Group", .value = "state" },
                   "S book/a 2:It worked. Bob [c]\n");
  assert_segments (fixture, &(AttestSegmentFilter){ .dimension = "e", .source = "S" },
                   "S book/c 1:wörked Ana [a]\n");
  assert_segments (fixture, &(AttestSegmentFilter){ .status = "accepted" }, "");
  assert_segments (fixture, &(AttestSegmentFilter){ .codebook = "book", .code = "b" },
                   "S book/b 1:It wörked well. Ana [a]\n");
}

static gboolean
count_segment (const AttestStoreSegment *segment, gpointer data, GError **error)
{
  (*(guint *)data)++;
  return TRUE;
}

/* Each value can be stored and asked for, and nothing else comes then. */
static void
test_qualifiers (Fixture *fixture, gconstpointer data)
{
  g_auto (Talk) talk = set_up_talk (fixture);
  g_autoptr (AttestCoding) coding = attest_coding_new ();
  guint n_values = 0;

  for (guint q = 0; q < ATTEST_N_QUALIFIERS; q++)
    for (guint value = 1; attest_qualifier_value_to_string (q, value) != NULL; value++, n_values++)
      {
        AttestSegment *segment;

        fixture_find (coding, talk.s, 1, 0, "It wörked well.");
        segment = &g_array_index (coding->segments, AttestSegment, coding->segments->len - 1);
        segment->qualifiers = (AttestQualifiers){ { 0 } };
        segment->qualifiers.values[q] = (guint8)value;
      }
  fixture_begin (fixture);
  fixture_begin_run (fixture, "book", "1");
  fixture_add_coding (fixture, "S", talk.s, coding);
  fixture_end_run (fixture);
  fixture_commit (fixture, "code");
  for (guint q = 0; q < ATTEST_N_QUALIFIERS; q++)
    for (guint value = 1; attest_qualifier_value_to_string (q, value) != NULL; value++)
      {
        AttestSegmentFilter filter = { .source = "S" };
        guint n = 0;

        filter.qualifiers.values[q] = (guint8)value;
        g_assert_true (
            attest_store_foreach_segment (fixture->store, &filter, count_segment, &n, NULL));
        g_assert_cmpuint (n, ==, 1);
      }
  g_assert_cmpuint (n_values, ==, 16);
}

static gboolean
check_details (const AttestStoreSegment *segment, gpointer data, GError **error)
{
  (*(guint *)data)++;
  g_assert_cmpstr (segment->path, ==, "s.txt");
  g_assert_cmpstr (segment->speaker, ==, "Ana");
  g_assert_cmpint (segment->role, ==, ATTEST_ROLE_RESPONDENT);
  g_assert_cmpint (segment->start_ms, ==, ATTEST_NO_TIME);
  g_assert_cmpuint (segment->strength, ==, 1);
  g_assert_null (segment->coder);
  g_assert_null (segment->code_name);
  g_assert_cmpint (segment->start, ==, 13);
  g_assert_cmpint (segment->end, ==, 28);
  g_assert_cmpint (segment->start_byte, ==, 13);
  g_assert_cmpint (segment->end_byte, ==, 29);
  g_assert_cmpuint (segment->qualifiers.values[ATTEST_QUALIFIER_POLARITY], ==,
                    ATTEST_POLARITY_NEGATIVE);
  g_assert_cmpuint (segment->qualifiers.values[ATTEST_QUALIFIER_TIME], ==, ATTEST_UNQUALIFIED);
  g_assert_cmpuint (segment->qualifiers.values[ATTEST_QUALIFIER_ACT], ==, ATTEST_ACT_COMPLAINT);
  g_assert_cmpstr (segment->hits[0].rule, ==, "b/1.1");
  g_assert_cmpint (segment->hits[0].end, ==, 28);
  g_assert_cmpint (segment->hits[0].end_byte, ==, 29);
  return TRUE;
}

static gboolean
stop (const AttestStoreSegment *segment, gpointer data, GError **error)
{
  return attest_throw (error, ATTEST_ERROR_LIMIT, "enough");
}

static void
test_segment_details (Fixture *fixture, gconstpointer data)
{
  g_auto (Talk) talk = set_up_talk (fixture);
  static const AttestSegmentFilter unknown[]
      = { { .code = "z" }, { .source = "z" }, { .codebook = "z" }, { .dimension = "z" } };
  AttestSegmentFilter filter = { .code = "b", .with_hits = TRUE };
  g_autoptr (GError) error = NULL;
  guint n = 0;

  code (fixture, &talk, "book", "1");
  g_assert_true (attest_store_foreach_segment (fixture->store, &filter, check_details, &n, &error));
  g_assert_cmpuint (n, ==, 1);
  g_assert_false (attest_store_foreach_segment (fixture->store, NULL, stop, NULL, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_LIMIT);
  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++)
    {
      g_autoptr (GError) local = NULL;

      g_assert_false (
          attest_store_foreach_segment (fixture->store, &unknown[i], stop, NULL, &local));
      g_assert_error (local, ATTEST_ERROR, ATTEST_ERROR_USAGE);
    }
}

/* The ids of all quotes, sorted. */
static char *
list_ids (Fixture *fixture)
{
  GString *ids = g_string_new (NULL);
  sqlite3_stmt *stmt = NULL;

  sqlite3_prepare_v2 (fixture->store->db, "SELECT id FROM quote_id ORDER BY id", -1, &stmt, NULL);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    g_string_append_printf (ids, "%s ", (const char *)sqlite3_column_text (stmt, 0));
  sqlite3_finalize (stmt);
  return g_string_free (ids, FALSE);
}

static void
test_recode (Fixture *fixture, gconstpointer data)
{
  g_auto (Talk) talk = set_up_talk (fixture);
  g_autofree char *ids = NULL;
  g_autofree char *ids_after = NULL;
  g_autoptr (AttestSourceInfo) info = NULL;

  code (fixture, &talk, "book", "1");
  ids = list_ids (fixture);
  code (fixture, &talk, "other", "1");
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM segment"), ==, 12);
  /* A run writes without the checks of the schema; what comes after has them. */
  g_assert_cmpint (
      sqlite3_exec (fixture->store->db, "UPDATE segment SET polarity = 'loud'", NULL, NULL, NULL),
      ==, SQLITE_CONSTRAINT);
  g_array_set_size (talk.s_coding->segments, 3);
  /* A newer version of the same codebook takes the place of the older; the other stays. */
  code (fixture, &talk, "book", "2");
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM segment"), ==, 10);
  g_assert_cmpint (fixture_count (fixture, "SELECT sum (hits) FROM segment"), ==, 10);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM code"), ==, 6);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM asked"), ==, 4);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM coded"), ==, 4);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM incomplete"), ==, 2);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM run"), ==, 3);
  ids_after = list_ids (fixture);
  g_assert_cmpstr (ids, ==, ids_after);
  info = attest_store_get_source (fixture->store, "S", NULL);
  g_assert_cmpint (info->status, ==, ATTEST_SOURCE_INCOMPLETE);
  g_assert_cmpint (info->coded_words, ==, 12);
}

/* Computed apart from this program; a change here breaks what is cited in reports. */
static void
test_quote_ids (Fixture *fixture, gconstpointer data)
{
  g_auto (Talk) talk = set_up_talk (fixture);
  g_autofree char *ids = NULL;

  code (fixture, &talk, "book", "1");
  ids = list_ids (fixture);
  g_assert_cmpstr (ids, ==, "Q1R18C2 Q5W6PD1 Q7H7QVR QDFTYF7 QPCNWZV ");
}

/* With one character, 32 ids: more quotes than that must collide, and each keeps its own. */
static void
test_quote_collisions (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (100, 'x');
  g_autoptr (AttestDocument) doc = fixture_document ("x.txt", text);
  g_autoptr (AttestCoding) coding = attest_coding_new ();
  g_autofree char *ids = NULL;
  g_autofree char *ids_after = NULL;

  for (gsize i = 0; i < 100; i++)
    {
      AttestSegment segment = { .start_byte = i, .end_byte = i + 1, .strength = 1 };

      g_array_append_val (coding->segments, segment);
    }
  fixture->store->quote_id_chars = 1;
  for (guint round = 0; round < 2; round++)
    {
      fixture_begin (fixture);
      if (round == 0)
        fixture_add (fixture, doc, "X", ATTEST_SOURCE_INTERVIEW);
      fixture_begin_run (fixture, "book", "1");
      fixture_add_coding (fixture, "X", doc, coding);
      fixture_end_run (fixture);
      fixture_commit (fixture, "code");
      ids_after = list_ids (fixture);
      if (round == 0)
        ids = g_steal_pointer (&ids_after);
    }
  g_assert_cmpstr (ids, ==, ids_after);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM quote"), ==, 100);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM quote_id WHERE length (id) > 2"),
                   >, 60);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (DISTINCT quote_key) FROM segment"), ==,
                   100);
}

static void
test_wrong_text (Fixture *fixture, gconstpointer data)
{
  g_auto (Talk) talk = set_up_talk (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) twice = NULL;

  fixture_begin (fixture);
  fixture_begin_run (fixture, "book", "1");
  g_assert_false (attest_store_add_coding (fixture->store, "T", talk.s, talk.s_coding, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_STORE);
  fixture_add_coding (fixture, "S", talk.s, talk.s_coding);
  g_assert_false (attest_store_add_coding (fixture->store, "S", talk.s, talk.s_coding, &twice));
  g_assert_error (twice, ATTEST_ERROR, ATTEST_ERROR_STORE);
  attest_store_rollback (fixture->store);
  g_assert_cmpint (fixture_count (fixture, "SELECT count (*) FROM quote"), ==, 0);
}

static void
test_codebooks (Fixture *fixture, gconstpointer data)
{
  g_auto (Talk) talk = set_up_talk (fixture);
  g_autoptr (AttestCodebookInfo) latest = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (attest_store_find_codebook (fixture->store, NULL, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_USAGE);
  code (fixture, &talk, "book", "1");
  code (fixture, &talk, "book", "2");
  code (fixture, &talk, "other", "1");
  code (fixture, &talk, "book", "1");
  list = attest_store_list_codebooks (fixture->store, NULL);
  g_assert_cmpuint (list->len, ==, 3);
  latest = attest_store_find_codebook (fixture->store, NULL, NULL);
  g_assert_cmpstr (latest->name, ==, "book");
  g_assert_cmpstr (latest->version, ==, "1");
  g_assert_null (latest->title);
  g_assert_true (latest->coded);
  g_assert_false (((AttestCodebookInfo *)g_ptr_array_index (list, 1))->coded);
  text = attest_store_get_codebook_text (fixture->store, latest->id, NULL);
  g_assert_cmpmem (g_bytes_get_data (text, NULL), g_bytes_get_size (text), "id: book\nversion: 1\n",
                   20);
}

/* ---- reports ---- */

static void
test_frequency (Fixture *fixture, gconstpointer data)
{
  g_auto (Talk) talk = set_up_talk (fixture);
  g_autoptr (AttestFrequency) all = NULL;
  g_autoptr (AttestFrequency) donors = NULL;
  const AttestFrequencyRow *row;

  code (fixture, &talk, "book", "1");
  all = attest_store_report_frequency (fixture->store, NULL, NULL);
  g_assert_cmpuint (all->rows->len, ==, 3);
  row = &g_array_index (all->rows, AttestFrequencyRow, 0);
  g_assert_cmpstr (row->code, ==, "a");
  g_assert_cmpstr (row->dimension, ==, "d");
  g_assert_cmpint (row->segments, ==, 3);
  g_assert_cmpint (row->hits, ==, 3);
  g_assert_cmpint (row->sources, ==, 1);
  g_assert_cmpint (row->respondents, ==, 2);
  g_assert_cmpint (row->groups, ==, 2);
  row = &g_array_index (all->rows, AttestFrequencyRow, 2);
  g_assert_cmpint (row->segments, ==, 2);
  g_assert_cmpint (row->sources, ==, 2);
  g_assert_cmpint (row->respondents, ==, 2);
  g_assert_cmpint (row->groups, ==, 1);
  g_assert_cmpint (all->totals.sources, ==, 2);
  g_assert_cmpint (all->totals.respondents, ==, 3);
  g_assert_cmpint (all->totals.groups, ==, 2);
  g_assert_cmpint (all->totals.turns, ==, 4);
  g_assert_cmpint (all->totals.words, ==, 14);
  g_assert_cmpint (all->totals.segments, ==, 6);
  donors = attest_store_report_frequency (
      fixture->store,
      &(AttestReportFilter){ .attribute = "group", .value = "donor", .dimension = "d" }, NULL);
  g_assert_cmpuint (donors->rows->len, ==, 2);
  g_assert_cmpint (donors->totals.segments, ==, 3);
  g_assert_cmpint (donors->totals.respondents, ==, 1);
  g_assert_cmpint (donors->totals.words, ==, 6);
}

static void
test_cooccurrence (Fixture *fixture, gconstpointer data)
{
  g_auto (Talk) talk = set_up_talk (fixture);
  g_autoptr (AttestMatrix) d = NULL;
  g_autoptr (AttestMatrix) de = NULL;
  g_autoptr (GError) error = NULL;

  code (fixture, &talk, "book", "1");
  d = attest_store_report_cooccurrence (fixture->store, NULL, "d", "d", NULL);
  g_assert_cmpint (attest_matrix_cell (d, 0, 0)->segments, ==, 3);
  g_assert_cmpint (attest_matrix_cell (d, 0, 0)->respondents, ==, 2);
  g_assert_cmpint (attest_matrix_cell (d, 0, 1)->segments, ==, 1);
  g_assert_cmpint (attest_matrix_cell (d, 1, 0)->segments, ==, 1);
  g_assert_cmpint (attest_matrix_cell (d, 1, 1)->segments, ==, 1);
  de = attest_store_report_cooccurrence (fixture->store, NULL, "d", "e", NULL);
  g_assert_cmpuint (de->rows->len, ==, 2);
  g_assert_cmpuint (de->cols->len, ==, 1);
  g_assert_cmpint (attest_matrix_cell (de, 0, 0)->segments, ==, 1);
  g_assert_cmpint (attest_matrix_cell (de, 0, 0)->sources, ==, 1);
  g_assert_cmpint (attest_matrix_cell (de, 1, 0)->segments, ==, 1);
  g_assert_null (attest_store_report_cooccurrence (fixture->store, NULL, "d", "z", &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_USAGE);
}

static void
test_by_attribute (Fixture *fixture, gconstpointer data)
{
  g_auto (Talk) talk = set_up_talk (fixture);
  g_autoptr (AttestMatrix) d = NULL;
  g_autoptr (AttestMatrix) e = NULL;

  code (fixture, &talk, "book", "1");
  d = attest_store_report_by_attribute (fixture->store, NULL, "d", "stakeholder group", NULL);
  g_assert_cmpuint (d->cols->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (d->cols, 0), ==, "donor");
  g_assert_cmpint (attest_matrix_cell (d, 0, 0)->segments, ==, 2);
  g_assert_cmpint (attest_matrix_cell (d, 0, 1)->segments, ==, 1);
  g_assert_cmpint (attest_matrix_cell (d, 1, 1)->segments, ==, 0);
  e = attest_store_report_by_attribute (fixture->store, NULL, "e", "group", NULL);
  g_assert_cmpuint (e->cols->len, ==, 3);
  g_assert_null (g_ptr_array_index (e->cols, 2));
  g_assert_cmpint (attest_matrix_cell (e, 0, 2)->segments, ==, 1);
}

static void
test_evidence (Fixture *fixture, gconstpointer data)
{
  g_auto (Talk) talk = set_up_talk (fixture);
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  const AttestEvidence *evidence;
  const AttestEvidenceGroup *group;

  code (fixture, &talk, "book", "1");
  list = attest_store_report_evidence (fixture->store, NULL, NULL, NULL);
  g_assert_cmpuint (list->len, ==, 3);
  evidence = g_ptr_array_index (list, 0);
  g_assert_cmpint (evidence->segments, ==, 3);
  g_assert_cmpint (evidence->spoke, ==, 2);
  g_assert_cmpint (evidence->asked, ==, 1);
  g_assert_cmpint (evidence->both, ==, 1);
  g_assert_cmpint (evidence->n_groups, ==, 2);
  g_assert_cmpuint (evidence->groups->len, ==, 3);
  group = &g_array_index (evidence->groups, AttestEvidenceGroup, 0);
  g_assert_cmpstr (group->group, ==, "donor");
  g_assert_cmpint (group->present, ==, 1);
  g_assert_cmpint (group->segments, ==, 2);
  g_assert_cmpint (group->both, ==, 1);
  group = &g_array_index (evidence->groups, AttestEvidenceGroup, 2);
  g_assert_null (group->group);
  g_assert_cmpint (group->present, ==, 1);
  g_assert_cmpint (group->spoke, ==, 0);
  evidence = g_ptr_array_index (list, 2);
  g_assert_cmpint (evidence->spoke, ==, 2);
  g_assert_cmpint (evidence->asked, ==, 1);
  g_assert_cmpint (evidence->both, ==, 0);
  g_assert_cmpint (evidence->n_groups, ==, 1);
  g_assert_null (attest_store_report_evidence (fixture->store, NULL, "z", &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_USAGE);
}

/* ---- speed ---- */

#define N_SOURCES 100
#define SENTENCES 10000

static gboolean
count_bytes (const AttestStoreSegment *segment, gpointer data, GError **error)
{
  *(gsize *)data += segment->quote_bytes;
  return TRUE;
}

static void
report (const char *what, clock_t *since)
{
  clock_t now = clock ();

  g_test_message ("%s: %.2f s, of them %.2f s of a processor", what, g_test_timer_elapsed (),
                  (double)(now - *since) / CLOCKS_PER_SEC);
  *since = now;
  g_test_timer_start ();
}

static void
test_perf (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestCoding) coding = attest_coding_new ();
  g_autoptr (AttestFrequency) frequency = NULL;
  g_autoptr (AttestMatrix) matrix = NULL;
  g_autoptr (AttestVerification) verification = NULL;
  AttestDocument *docs[N_SOURCES];
  gsize bytes = 0;
  clock_t since;

  for (guint i = 0; i < N_SOURCES; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint n = 0; n < SENTENCES; n++)
        g_string_append_printf (text, "%s%07u words of sentence %05u é.%s",
                                n % 20 == 0 ? "Ana: " : "", i, n, n % 20 == 19 ? "\n" : " ");
      docs[i] = fixture_document ("x", text->str);
    }
  for (guint n = 0; n < SENTENCES; n++)
    {
      gsize start = (gsize)n * 36 + (n / 20 + 1) * 5;
      AttestHit hit = { n % 3, start, start + 7 };
      AttestSegment segment = { .turn = n / 20,
                                .code = n % 3,
                                .start_byte = start,
                                .end_byte = start + 35,
                                .first_hit = n,
                                .n_hits = 1,
                                .strength = 1,
                                .weight = 1 };

      g_array_append_val (coding->hits, hit);
      g_array_append_val (coding->segments, segment);
    }
  g_test_timer_start ();
  since = clock ();
  g_assert_true (attest_store_begin_bulk (fixture->store, 1 << 30, NULL));
  for (guint i = 0; i < N_SOURCES; i++)
    {
      g_autofree char *label = g_strdup_printf ("S%u", i);

      fixture_add (fixture, docs[i], label, ATTEST_SOURCE_INTERVIEW);
    }
  fixture_commit (fixture, "ingest");
  report ("ingest 100 documents, 36 MB", &since);
  for (guint round = 0; round < 2; round++)
    {
      g_assert_true (attest_store_begin_bulk (fixture->store, 1 << 30, NULL));
      fixture_begin_run (fixture, "book", "1");
      for (guint i = 0; i < N_SOURCES; i++)
        {
          g_autofree char *label = g_strdup_printf ("S%u", i);

          fixture_add_coding (fixture, label, docs[i], coding);
        }
      fixture_end_run (fixture);
      fixture_commit (fixture, "code");
      report (round == 0 ? "first run, 1,000,000 segments" : "second run", &since);
    }
  frequency = attest_store_report_frequency (fixture->store, NULL, NULL);
  g_assert_cmpint (frequency->totals.segments, ==, N_SOURCES * SENTENCES);
  report ("frequency", &since);
  matrix = attest_store_report_cooccurrence (fixture->store, NULL, "d", "e", NULL);
  report ("matrix", &since);
  g_assert_true (attest_store_foreach_segment (fixture->store, NULL, count_bytes, &bytes, NULL));
  report ("read all segments", &since);
  verification = attest_store_verify (fixture->store, NULL, NULL, NULL);
  g_assert_cmpuint (verification->problems->len, ==, 0);
  report ("verify", &since);
  for (guint i = 0; i < N_SOURCES; i++)
    attest_document_free (docs[i]);
}

/* ---- runs ---- */

static AttestRunSource *
run_source (GPtrArray *sources, guint i)
{
  return g_ptr_array_index (sources, i);
}

/* What a run found stays known when another took its place, and does not hang on the order of codes
 * or on what people decided. */
static void
test_runs (Fixture *fixture, gconstpointer data)
{
  g_auto (Talk) talk = set_up_talk (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = NULL, first = NULL, second = NULL;
  AttestRunInfo *info;

  code (fixture, &talk, "book", "1");
  code (fixture, &talk, "book", "2");
  runs = attest_store_list_runs (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (runs->len, ==, 2);
  info = g_ptr_array_index (runs, 0);
  g_assert_cmpstr (info->version, ==, "1");
  g_assert_false (info->is_last);
  g_assert_true (info->is_noted);
  g_assert_cmpint (info->sources, ==, 2);
  g_assert_cmpint (info->segments, ==, 6);
  g_assert_cmpint (info->words, ==, 14);
  g_assert_cmpint (info->turns, ==, 4);
  info = g_ptr_array_index (runs, 1);
  g_assert_true (info->is_last);
  first = attest_store_list_run_sources (fixture->store, 1, &error);
  second = attest_store_list_run_sources (fixture->store, 2, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpstr (run_source (first, i)->digest, ==, run_source (second, i)->digest);
  g_assert_cmpstr (run_source (first, 0)->source, ==, "S");
  g_assert_cmpint (run_source (first, 0)->segments, ==, 5);
  g_assert_cmpstr (run_source (first, 0)->digest, !=, run_source (first, 1)->digest);
  g_assert_null (attest_store_list_run_sources (fixture->store, 3, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_USAGE);
}

/* As an older attest left it: without digests, and of an earlier run nothing. */
static void
test_old_runs (Fixture *fixture, gconstpointer data)
{
  g_auto (Talk) talk = set_up_talk (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) noted = NULL, stored = NULL, replaced = NULL, earlier = NULL;

  code (fixture, &talk, "book", "1");
  code (fixture, &talk, "book", "2");
  noted = attest_store_list_run_sources (fixture->store, 2, &error);
  fixture_tamper (fixture, "DELETE FROM run_source WHERE run_id = 1;"
                           "UPDATE run_source SET digest = NULL");
  stored = attest_store_list_run_sources (fixture->store, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (stored->len, ==, 2);
  code (fixture, &talk, "book", "3");
  replaced = attest_store_list_run_sources (fixture->store, 2, &error);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpstr (run_source (stored, i)->digest, ==, run_source (noted, i)->digest);
      g_assert_cmpstr (run_source (replaced, i)->digest, ==, run_source (noted, i)->digest);
      g_assert_cmpint (run_source (replaced, i)->segments, ==, run_source (noted, i)->segments);
    }
  earlier = attest_store_list_run_sources (fixture->store, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (earlier->len, ==, 2);
  g_assert_null (run_source (earlier, 0)->digest);
  g_assert_cmpint (run_source (earlier, 0)->segments, ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store/coding/segments", test_segments);
  FIXTURE_TEST ("/store/coding/segment-details", test_segment_details);
  FIXTURE_TEST ("/store/coding/qualifiers", test_qualifiers);
  FIXTURE_TEST ("/store/coding/recode", test_recode);
  FIXTURE_TEST ("/store/coding/quote-ids", test_quote_ids);
  FIXTURE_TEST ("/store/coding/quote-collisions", test_quote_collisions);
  FIXTURE_TEST ("/store/coding/wrong-text", test_wrong_text);
  FIXTURE_TEST ("/store/coding/codebooks", test_codebooks);
  FIXTURE_TEST ("/store/coding/runs", test_runs);
  FIXTURE_TEST ("/store/coding/old-runs", test_old_runs);
  FIXTURE_TEST ("/store/report/frequency", test_frequency);
  FIXTURE_TEST ("/store/report/cooccurrence", test_cooccurrence);
  FIXTURE_TEST ("/store/report/by-attribute", test_by_attribute);
  FIXTURE_TEST ("/store/report/evidence", test_evidence);
  if (g_test_perf ())
    FIXTURE_TEST ("/store/perf", test_perf);
  return g_test_run ();
}
