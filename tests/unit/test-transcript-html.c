/* However passages overlap, the transcript of a page says exactly what was said, and each quote has
 * one place. */
#include "report-fixture.h"

#include "report/attest-report-html.h"

#define MAX_SEGMENTS 12

/* Sentences of letters, markup and scripts; '|' is where passages may begin and end. */
static char *
random_said (void)
{
  static const char *const pieces[]
      = { "a", "<b>", "&amp;", "é", "и\u0301", "🙂", "ن", " ", "\"", "'", "\n", "漢" };
  GString *text = g_string_new ("x");

  for (int i = g_test_rand_int_range (5, 60); i > 0; i--)
    g_string_append (text, pieces[g_test_rand_int_range (0, (int)G_N_ELEMENTS (pieces))]);
  g_string_append_c (text, 'x');
  return g_string_free (text, FALSE);
}

/* A document whose one turn is @said, of which LF are a part. */
static AttestDocument *
document_of (const char *said)
{
  AttestDocument *doc = attest_document_new ("x.txt");
  AttestTurn turn = { .speaker = attest_document_intern_speaker (doc, "R"),
                      .end_byte = strlen (said),
                      .start_ms = ATTEST_NO_TIME,
                      .end_ms = ATTEST_NO_TIME };

  attest_document_speaker (doc, 0)->role = ATTEST_ROLE_RESPONDENT;
  doc->reader = "txt";
  doc->encoding = g_strdup ("UTF-8");
  doc->original = g_bytes_new (said, strlen (said));
  attest_document_take_text (doc, g_strdup (said), strlen (said));
  attest_document_hash (doc);
  g_array_append_val (doc->turns, turn);
  return doc;
}

static int
by_place (gconstpointer a, gconstpointer b)
{
  const AttestSegment *x = a, *y = b;

  if (x->start_byte != y->start_byte)
    return x->start_byte < y->start_byte ? -1 : 1;
  return (int)x->code - (int)y->code;
}

/* Segments of random codes and ends; those of one code do not overlap. */
static AttestCoding *
random_coding (const AttestDocument *doc)
{
  AttestCoding *coding = attest_coding_new ();
  gsize length = (gsize)g_utf8_strlen (doc->text, -1);

  for (guint code = 0; code < G_N_ELEMENTS (report_codes); code++)
    {
      gsize at = 0;

      while (at < length && g_test_rand_bit ())
        {
          gsize start = at + (gsize)g_test_rand_int_range (0, (int)(length - at));
          gsize end = start + 1 + (gsize)g_test_rand_int_range (0, (int)(length - start));
          AttestSegment segment = { .code = code, .strength = 1, .weight = 1, .n_hits = 1 };

          end = MIN (end, length);
          segment.start_byte
              = (gsize)(g_utf8_offset_to_pointer (doc->text, (glong)start) - doc->text);
          segment.end_byte = (gsize)(g_utf8_offset_to_pointer (doc->text, (glong)end) - doc->text);
          g_array_append_val (coding->segments, segment);
          at = end;
        }
    }
  g_array_sort (coding->segments, by_place);
  for (guint i = 0; i < coding->segments->len; i++)
    {
      AttestSegment *segment = &g_array_index (coding->segments, AttestSegment, i);
      AttestHit hit = { segment->code * 2, segment->start_byte, segment->end_byte };

      segment->first_hit = i;
      g_array_append_val (coding->hits, hit);
    }
  return coding;
}

static char *
replace (const char *text, const char *pattern, const char *with)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_DOTALL, 0, NULL);

  return g_regex_replace_literal (regex, text, -1, 0, with, 0, NULL);
}

/* What a reader sees of the turn: without the names of codes and without markup. */
static char *
visible (const char *page)
{
  const char *start = strstr (page, "<p class=\"said\"");
  g_autofree char *said = NULL;
  g_autofree char *text = NULL;
  g_autofree char *chips = NULL;
  GString *out;

  g_assert_nonnull (start);
  start = strchr (start, '>') + 1;
  said = g_strndup (start, (gsize)(strstr (start, "</p>") - start));
  chips = replace (said, "<(a|span) class=\"chip.*?</\\1>", "");
  text = replace (chips, "<br><br>", "\n\n");
  g_free (chips);
  chips = replace (text, "<[^>]*>", "");
  out = g_string_new (chips);
  g_string_replace (out, "&lt;", "<", 0);
  g_string_replace (out, "&gt;", ">", 0);
  g_string_replace (out, "&quot;", "\"", 0);
  g_string_replace (out, "&#39;", "'", 0);
  g_string_replace (out, "&amp;", "&", 0);
  return g_string_free (out, FALSE);
}

static char *
write_page (AttestStore *store)
{
  AttestReportFilter filter = { NULL };
  GError *error = NULL;
  g_autoptr (AttestEvidenceReport) report
      = attest_evidence_report_new (store, &filter, NULL, &error);
  char *text = NULL, *page;
  gsize length_bytes;
  FILE *stream = open_memstream (&text, &length_bytes);
  g_autoptr (AttestOutput) output = attest_output_new_stream (stream);

  g_assert_no_error (error);
  g_assert_true (attest_evidence_report_write_html (report, output, &error));
  g_assert_true (attest_output_close (output, &error));
  fclose (stream);
  page = g_strndup (text, length_bytes);
  free (text);
  return page;
}

static gboolean
assert_one_place (const AttestStoreSegment *segment, gpointer page, GError **error)
{
  g_autofree char *place = g_strdup_printf (" id=\"%s\"", segment->id);
  g_autofree char *evidence = g_strdup_printf ("<li id=\"e-%s.%s\">", segment->code, segment->id);
  const char *first = strstr (page, place);

  g_assert_nonnull (first);
  g_assert_null (strstr (first + 1, place));
  first = strstr (page, evidence);
  g_assert_nonnull (first);
  g_assert_null (strstr (first + 1, evidence));
  return TRUE;
}

static void
test_random (Fixture *fixture, gconstpointer data)
{
  g_autofree char *said = random_said ();
  g_autoptr (AttestDocument) doc = document_of (said);
  g_autoptr (AttestCoding) coding = random_coding (doc);
  g_autofree char *page = NULL;
  g_autofree char *seen = NULL;
  g_autofree char *expected = replace (said, "\n\n+", "\n\n");

  fixture_begin (fixture);
  fixture_add (fixture, doc, "s", ATTEST_SOURCE_INTERVIEW);
  report_begin_run (fixture);
  fixture_add_coding (fixture, "s", doc, coding);
  fixture_end_run (fixture);
  fixture_commit (fixture, "code");
  page = write_page (fixture->store);
  if (coding->segments->len == 0)
    return;
  seen = visible (page);
  g_assert_cmpstr (seen, ==, expected);
  g_assert_true (attest_store_foreach_segment (fixture->store, NULL, assert_one_place, page, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *path = g_strdup_printf ("/transcript-html/random/%02u", i);

      FIXTURE_TEST (path, test_random);
    }
  return g_test_run ();
}
