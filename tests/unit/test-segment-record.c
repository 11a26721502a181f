#include "report/attest-segment-record.h"

#include <glib.h>
#include <string.h>

static const char *const asked[] = { "impact", "equity", NULL };
static const AttestRecordHit hits[] = { { "impact/3.2", 4, 9 }, { "impact/phrases.1", 12, 15 } };

static AttestSegmentRecord
sample (void)
{
  return (AttestSegmentRecord){ .path = "a,b.txt",
                                .turn = 3,
                                .role = ATTEST_ROLE_RESPONDENT,
                                .code = "impact",
                                .dimension = "criterion",
                                .start = 2,
                                .end = 8,
                                .start_byte = 2,
                                .end_byte = 9,
                                .start_ms = ATTEST_NO_TIME,
                                .quote = "=1+2\n“é”, and more",
                                .quote_bytes = strlen ("=1+2\n“é”"),
                                .asked = asked,
                                .strength = 2,
                                .hits = hits,
                                .n_hits = 2,
                                .id = "Q7F3K2A",
                                .source = "a",
                                .origin = "rule",
                                .codebook = "book",
                                .run = 4,
                                .status = "candidate" };
}

static void
test_line (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  AttestSegmentRecord record = sample ();

  attest_segment_record_write_line (&record, ATTEST_RECORD_SCAN, out);
  g_assert_cmpstr (
      out->str, ==,
      "{\"path\": \"a,b.txt\", \"turn\": 3, \"speaker\": null, \"role\": \"respondent\", "
      "\"code\": \"impact\", \"dimension\": \"criterion\", \"start\": 2, \"end\": 8, "
      "\"start_byte\": 2, \"end_byte\": 9, \"start_ms\": null, \"quote\": \"=1+2\\n“é”\", "
      "\"polarity\": null, \"certainty\": null, \"time\": null, \"holder\": null, "
      "\"asked\": [\"impact\", \"equity\"], \"strength\": 2, "
      "\"hits\": [{\"rule\": \"impact/3.2\", \"start\": 4, \"end\": 9}, "
      "{\"rule\": \"impact/phrases.1\", \"start\": 12, \"end\": 15}]}\n");
}

static void
test_line_of_a_project (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  AttestSegmentRecord record = sample ();

  record.asked = NULL;
  record.n_hits = 0;
  record.start_ms = 0;
  attest_segment_record_write_line (&record, ATTEST_RECORD_PROJECT, out);
  g_assert_nonnull (strstr (out->str, "\"start_ms\": 0, "));
  g_assert_nonnull (strstr (out->str,
                            "\"asked\": [], \"strength\": 2, \"hits\": [], \"id\": \"Q7F3K2A\", "
                            "\"source\": \"a\", \"respondent\": null, \"origin\": \"rule\", "
                            "\"codebook\": \"book\", \"run\": 4, \"status\": \"candidate\", "
                            "\"coder\": null}\n"));
}

/* What a spreadsheet would compute is defused, what it would split is quoted. */
static void
test_csv (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  AttestSegmentRecord record = sample ();

  attest_segment_record_write_csv_header (ATTEST_RECORD_PROJECT, NULL, out);
  g_assert_cmpstr (out->str, ==,
                   "path,turn,speaker,role,code,dimension,start,end,start_byte,end_byte,start_ms,"
                   "quote,polarity,certainty,time,holder,asked,strength,hits,id,source,respondent,"
                   "origin,codebook,run,status,coder\r\n");
  g_string_truncate (out, 0);
  attest_segment_record_write_csv (&record, ATTEST_RECORD_PROJECT, out);
  g_assert_cmpstr (
      out->str, ==,
      "\"a,b.txt\",3,,respondent,impact,criterion,2,8,2,9,,"
      "\"'=1+2\n“é”\",,,,,\"impact; equity\",2,"
      "\"impact/3.2@4-9; impact/phrases.1@12-15\",Q7F3K2A,a,,rule,book,4,candidate,\r\n");
}

static void
test_from_store (void)
{
  static const AttestStoreHit found[] = { { "impact/1.1", 5, 7, 6, 9 } };
  AttestStoreSegment segment = { .id = "Q2",
                                 .code = "impact",
                                 .run_id = 9,
                                 .n_hits = 1,
                                 .hits = found,
                                 .quote = "q",
                                 .quote_bytes = 1 };
  g_autoptr (GArray) kept = g_array_new (FALSE, FALSE, sizeof (AttestRecordHit));
  AttestSegmentRecord record;

  attest_segment_record_from_store (&record, &segment, kept);
  g_assert_cmpuint (record.n_hits, ==, 1);
  g_assert_cmpstr (record.hits[0].rule, ==, "impact/1.1");
  g_assert_cmpint (record.hits[0].end, ==, 7);
  g_assert_cmpint (record.run, ==, 9);
  /* A segment read without its hits knows only how many there are. */
  segment.hits = NULL;
  attest_segment_record_from_store (&record, &segment, kept);
  g_assert_cmpuint (record.n_hits, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/segment-record/line", test_line);
  g_test_add_func ("/segment-record/line-of-a-project", test_line_of_a_project);
  g_test_add_func ("/segment-record/csv", test_csv);
  g_test_add_func ("/segment-record/from-store", test_from_store);
  return g_test_run ();
}
