/* PDF: lines of pages into paragraphs and turns. Covers attest-pdf-page, attest-pdf-repeated,
 * attest-pdf-join, attest-reader-pdf. */
#include <stdio.h>
#include <string.h>

#include "document-dump.h"
#include "reader/attest-reader.h"
#include "util/attest-child.h"
#include "util/attest-error.h"

/* --- PDF files, put together by hand ------------------------------------------------------ */

typedef struct
{
  GString *text;
  GArray *offsets; /* of gsize: objects from 1 */
} Pdf;

static void
begin_object (Pdf *pdf)
{
  g_array_append_val (pdf->offsets, pdf->text->len);
  g_string_append_printf (pdf->text, "%u 0 obj\n", pdf->offsets->len);
}

static void
add_object (Pdf *pdf, const char *body)
{
  begin_object (pdf);
  g_string_append_printf (pdf->text, "%s\nendobj\n", body);
}

/* A page of 595 x 842 points. Contents: lines "X Y text" from the top left; "*X Y text" is bold. */
static void
add_page (Pdf *pdf, const char *lines, const char *more_content)
{
  g_auto (GStrv) each = g_strsplit (lines, "\n", -1);
  g_autoptr (GString) content = g_string_new (more_content);

  for (char **line = each; *line != NULL; line++)
    {
      gboolean bold = **line == '*';
      int x = 0, y = 0, n = 0;

      if (**line == '\0')
        continue;
      g_assert_cmpint (sscanf (*line + bold, "%d %d %n", &x, &y, &n), ==, 2);
      g_string_append_printf (content, "BT /F%d 11 Tf %d %d Td (%s) Tj ET\n", bold ? 2 : 1, x,
                              842 - y, *line + bold + n);
    }
  begin_object (pdf);
  g_string_append_printf (pdf->text, "<< /Length %zu >>\nstream\n%s\nendstream\nendobj\n",
                          content->len, content->str);
  begin_object (pdf);
  g_string_append_printf (pdf->text,
                          "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %u 0 R "
                          "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> /XObject << /I 5 0 R >> "
                          ">> >>\nendobj\n",
                          pdf->offsets->len - 1);
}

/* @pages up to NULL. @trailer: more entries of the trailer. */
static GBytes *
make_pdf (const char *const *pages, const char *more_content, const char *trailer)
{
  g_autoptr (GArray) offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  Pdf pdf = { g_string_new ("%PDF-1.4\n"), offsets };
  g_autoptr (GString) kids = g_string_new (NULL);
  g_autofree char *tree = NULL;
  guint n = g_strv_length ((char **)pages);
  gsize xref, length;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (kids, "%u 0 R ", 7 + 2 * i);
  tree = g_strdup_printf ("<< /Type /Pages /Kids [%s] /Count %u >>", kids->str, n);
  add_object (&pdf, "<< /Type /Catalog /Pages 2 0 R >>");
  add_object (&pdf, tree);
  add_object (&pdf, "<< /Type /Font /Subtype /Type1 /BaseFont /Courier "
                    "/Encoding /MacRomanEncoding >>");
  add_object (&pdf, "<< /Type /Font /Subtype /Type1 /BaseFont /Courier-Bold "
                    "/Encoding /MacRomanEncoding >>");
  add_object (&pdf, "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 "
                    "/ColorSpace /DeviceGray /Length 1 >>\nstream\nx\nendstream");
  for (guint i = 0; i < n; i++)
    add_page (&pdf, pages[i], more_content);
  xref = pdf.text->len;
  g_string_append_printf (pdf.text, "xref\n0 %u\n0000000000 65535 f \n", offsets->len + 1);
  for (guint i = 0; i < offsets->len; i++)
    g_string_append_printf (pdf.text, "%010zu 00000 n \n", g_array_index (offsets, gsize, i));
  g_string_append_printf (pdf.text,
                          "trailer\n<< /Size %u /Root 1 0 R %s >>\nstartxref\n%zu\n%%%%EOF\n",
                          offsets->len + 1, trailer, xref);
  length = pdf.text->len;
  return g_bytes_new_take (g_string_free (pdf.text, FALSE), length);
}

static AttestDocument *
read_pages (const char *const *pages)
{
  g_autoptr (GBytes) bytes = make_pdf (pages, "", "");
  g_autoptr (GError) error = NULL;
  AttestDocument *doc = attest_reader_read_bytes ("a.pdf", bytes, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (doc->reader, ==, "pdf");
  return doc;
}

static AttestDocument *
read_page (const char *lines)
{
  const char *const pages[] = { lines, NULL };

  return read_pages (pages);
}

static void
assert_warnings (const AttestDocument *doc, const char *expected)
{
  g_autofree char *warnings = dump_warnings (doc);

  g_assert_cmpstr (warnings, ==, expected);
}

/* --- lines into paragraphs ---------------------------------------------------------------- */

/* Letters are of one width, 6.6 points: a line of 70 of them is as wide as the page's text. */
#define WIDTH 70
#define LINE 13

/* Adds @text as lines from (@x, *@y) on, wrapped where the next word has no room. */
static void
add_wrapped (GString *lines, guint x, guint *y, const char *text)
{
  while (*text != '\0')
    {
      gsize n = strlen (text);

      if (n > WIDTH)
        for (n = WIDTH; text[n] != ' ' && text[n - 1] != '-'; n--)
          ;
      g_string_append_printf (lines, "%u %u %.*s\n", x, *y, (int)n, text);
      *y += LINE;
      text += n + (text[n] == ' ');
    }
}

static const char *const paragraphs[]
    = { "Interviewer: What has the project changed for the women who sell their own things on the "
        "market in the valley?",
        "Respondent: The prices fell. The women walk less far, and they sell their own things now, "
        "each of them.",
        "Short lines are kept.", "And so is this one.",
        "In the year of the drought the women of the village met each week, and they talked about "
        "the water." };

static void
test_paragraphs (void)
{
  g_autoptr (GString) lines = g_string_new (NULL), expected = g_string_new (NULL);
  g_autoptr (AttestDocument) doc = NULL;
  guint y = 100;

  for (guint i = 0; i < G_N_ELEMENTS (paragraphs); i++)
    {
      add_wrapped (lines, 70, &y, paragraphs[i]);
      g_string_append_printf (expected, "%s%s", i > 0 ? "\n\n" : "", paragraphs[i]);
    }
  doc = read_page (lines->str);
  g_assert_cmpstr (doc->text, ==, expected->str);
  g_assert_cmpuint (doc->turns->len, ==, 2);
  g_assert_cmpstr (attest_document_turn_label (doc, 1), ==, "Respondent");
  assert_warnings (doc, "");
}

/* A first line that is set in begins a paragraph even where the line before is full. */
static void
test_indents (void)
{
  g_autoptr (AttestDocument) doc
      = read_page ("90 100 It rained and it rained and the road was a river that week. They\n"
                   "70 113 did not come to the market, and nobody sold a thing for a fortnight.\n"
                   "90 126 Then the sun came, and the road was dust. Nobody said a word of it,\n"
                   "70 139 and life went on.\n");

  g_assert_cmpstr (doc->text, ==,
                   "It rained and it rained and the road was a river that week. They did not come "
                   "to the market, and nobody sold a thing for a fortnight.\n\nThen the sun came, "
                   "and the road was dust. Nobody said a word of it, and life went on.");
}

static void
test_hyphens (void)
{
  static const char text[]
      = "They told us that the development of the valley takes years, and a de-velopment has no "
        "end, as the old men say of it, and they are all self-made men. It was the North-South "
        "road "
        "and more words.";
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (AttestDocument) doc = NULL;
  guint y = 100;

  add_wrapped (lines, 70, &y, text);
  g_assert_nonnull (strstr (lines->str, " a de-\n"));
  g_assert_nonnull (strstr (lines->str, "self-\n"));
  doc = read_page (lines->str);
  /* The word stands elsewhere without a hyphen; "selfmade" does not. */
  g_assert_nonnull (strstr (doc->text, "a development has no end"));
  g_assert_nonnull (strstr (doc->text, "self-made men"));
}

static void
test_ligatures (void)
{
  g_autoptr (AttestDocument) doc = read_page ("70 100 The \\336rst \\337oor.\n");

  g_assert_cmpstr (doc->text, ==, "The first floor.");
}

static void
test_bold_labels (void)
{
  g_autoptr (AttestDocument) doc = read_page ("*70 100 Ana:\n100 100 Why?\n*70 120 Li Wei:\n"
                                              "120 120 Well.\n70 140 Moreover: it rained.\n");
  g_autofree char *turns = dump_turns (doc);

  g_assert_cmpstr (turns, ==, "Ana@-1--1: Why?\nLi Wei@-1--1: Well.\n\nMoreover: it rained.\n");
}

static void
test_times_in_the_margin (void)
{
  g_autoptr (AttestDocument) doc
      = read_page ("60 100 0.23\n130 100 So when did you come here?\n130 120 In May.\n"
                   "60 140 1.05\n130 140 And then?\n130 160 We stayed.\n60 180 2.10\n"
                   "130 180 Good.\n60 200 2.40\n130 200 Thanks.\n");

  g_assert_cmpuint (doc->turns->len, ==, 4);
  g_assert_cmpint (attest_document_turn (doc, 1)->start_ms, ==, 65000);
  g_assert_cmpstr (
      doc->text, ==,
      "0.23\tSo when did you come here?\n\nIn May.\n\n1.05\tAnd then?\n\nWe stayed.\n\n"
      "2.10\tGood.\n\n2.40\tThanks.");
}

static void
test_columns (void)
{
  g_autoptr (GString) lines
      = g_string_new ("70 60 A title that goes across the gap of the two columns\n");
  g_autoptr (AttestDocument) doc = NULL;

  for (guint i = 0; i < 6; i++)
    g_string_append_printf (lines,
                            "60 %u The left column goes on and on %u\n"
                            "320 %u The right column has its own words %u\n",
                            100 + 13 * i, i, 100 + 13 * i, i);
  doc = read_page (lines->str);
  g_assert_true (strstr (doc->text, "title") < strstr (doc->text, "on and on 0"));
  g_assert_true (strstr (doc->text, "on and on 5") < strstr (doc->text, "own words 0"));
  assert_warnings (doc, "! 0: 1 pages are read by columns\n"
                        "! 0: no speaker labels: taken as one respondent's, split at paragraphs\n");
}

/* Four columns, two of them with a title of their own. */
static void
test_many_columns (void)
{
  g_autoptr (GString) lines = g_string_new ("40 60 A title above all of the columns of this page, "
                                            "which goes across every gap\n"
                                            "300 160 Across the third and fourth\n");
  g_autoptr (AttestDocument) doc = NULL;
  const char *at;

  for (guint i = 0; i < 12; i++)
    for (guint column = 0; column < 4; column++)
      if (i != 5 || (column != 2 && column != 3))
        g_string_append_printf (lines, "%u %u wideColumn%crow%02u\n", 20 + 140 * column,
                                100 + 12 * i, 'A' + (int)column, i);
  doc = read_page (lines->str);
  at = strstr (doc->text, "A title");
  g_assert_true (at == doc->text);
  for (guint column = 0; column < 4; column++)
    for (guint i = 0; i < 12; i++)
      {
        g_autofree char *cell = g_strdup_printf ("wideColumn%crow%02u", 'A' + (int)column, i);
        const char *found = strstr (doc->text, cell);

        if (i == 5 && (column == 2 || column == 3))
          continue;
        /* The rows of C and D below their title come after those above it. */
        g_assert_nonnull (found);
        if (column < 2 || (column == 2 && i < 5))
          {
            g_assert_true (found > at);
            at = found;
          }
      }
  g_assert_true (strstr (doc->text, "Across the third") > strstr (doc->text, "wideColumnDrow04"));
  g_assert_true (strstr (doc->text, "Across the third") < strstr (doc->text, "wideColumnCrow06"));
}

static void
test_rows_of_a_table (void)
{
  g_autoptr (AttestDocument) doc
      = read_page ("70 100 Awa\n250 100 The prices fell\n70 113 Li\n250 113 No they did not\n");

  g_assert_cmpstr (doc->text, ==, "Awa\tThe prices fell\n\nLi\tNo they did not");
}

/* --- what is no speech -------------------------------------------------------------------- */

static void
test_headers (void)
{
  const char *pages[6] = { NULL };
  g_autoptr (AttestDocument) doc = NULL;

  for (guint i = 0; i < 5; i++)
    pages[i] = g_strdup_printf ("70 30 Interview 7, confidential\n"
                                "70 100 R: On page %u we said that it rained %u times.\n"
                                "290 800 Page %u of 5\n",
                                i + 1, i + 10, i + 1);
  doc = read_pages (pages);
  g_assert_cmpuint (doc->turns->len, ==, 5);
  g_assert_null (strstr (doc->text, "confidential"));
  g_assert_null (strstr (doc->text, "of 5"));
  g_assert_nonnull (strstr (doc->text, "rained 14 times"));
  assert_warnings (doc,
                   "! 0: page headers, footers and page numbers are left out (10 lines, such as "
                   "'Interview 7, confidential')\n");
  for (guint i = 0; i < 5; i++)
    g_free ((char *)pages[i]);
}

/* The text goes on over the page's end, above the number of the next page and below it. */
static void
test_across_pages (void)
{
  g_autoptr (GString) first = g_string_new (NULL);
  const char *pages[] = { NULL, "290 40 2\n70 100 houses on it.\n", NULL };
  g_autoptr (AttestDocument) doc = NULL;
  guint y = 600;

  add_wrapped (first, 70, &y,
               "R: On the first page we said that it rained, and that the road is bad. The people "
               "say that the bridge is bad, too, and so are all of the");
  pages[0] = first->str;
  doc = read_pages (pages);
  g_assert_nonnull (strstr (doc->text, "so are all of the houses on it."));
  assert_warnings (doc,
                   "! 0: page headers, footers and page numbers are left out (1 lines, such as "
                   "'2')\n");
}

static void
test_numbered_lines (void)
{
  g_autoptr (AttestDocument) doc = read_page (
      "60 100 1\n90 100 I: What has the project changed for the women who sell there,\n"
      "60 113 2\n90 113 in the valley?\n60 126 3\n60 139 4\n90 139 R: The prices fell.\n"
      "60 152 5\n90 152 In 12 years.\n60 165 6\n90 165 There is no more to say of the women who "
      "sell on the market.\n");

  g_assert_cmpstr (
      doc->text, ==,
      "I: What has the project changed for the women who sell there, in the valley?\n\n"
      "R: The prices fell.\n\nIn 12 years.\n\nThere is no more to say of the women "
      "who sell on the market.");
  assert_warnings (doc, "! 0: numbers of lines in the margin are left out (1 to 6)\n");
}

static void
test_numbered_paragraphs (void)
{
  g_autoptr (AttestDocument) doc = read_page (
      "60 100 1\n90 100 Dan: So.\n60 113 2\n90 113 Ann: I was there and I saw it all and\n"
      "90 126 it was like this.\n60 139 3\n90 139 Dan: Fine.\n60 152 4\n90 152 Ann: Yes.\n"
      "60 165 5\n90 165 Dan: 12:30\n90 178 was the time.\n");

  g_assert_cmpstr (doc->text, ==,
                   "Dan: So.\n\nAnn: I was there and I saw it all and it was like "
                   "this.\n\nDan: Fine.\n\nAnn: Yes.\n\nDan: 12:30 was the time.");
  assert_warnings (doc, "! 0: numbers of paragraphs in the margin are left out (1 to 5)\n");
}

/* --- files that cannot be read ------------------------------------------------------------ */

static void
assert_refused (GBytes *bytes, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (attest_reader_read_bytes ("a.pdf", bytes, NULL, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_INPUT);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_refused (void)
{
  const char *const empty[] = { "", NULL };
  const char *const page[] = { "70 100 Why?\n", NULL };
  g_autoptr (GBytes) scan = make_pdf (empty, "q 500 0 0 700 0 0 cm /I Do Q\n", "");
  g_autoptr (GBytes) blank = make_pdf (empty, "", "");
  g_autoptr (GBytes) encrypted
      = make_pdf (page, "",
                  "/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] "
                  "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
                  "/O <000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f> "
                  "/U <000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f> >>");
  g_autoptr (GBytes) none = g_bytes_new_static ("%PDF-1.4\nnothing", 16);

  assert_refused (scan,
                  "a.pdf: no text layer: the PDF is a scan; run text recognition on it first");
  assert_refused (blank, "a.pdf: no text in the PDF");
  assert_refused (encrypted, "a.pdf: the PDF is encrypted; save it without a password");
  assert_refused (none, "a.pdf: the PDF is damaged or cut off");
}

static void
test_scan_among_pages (void)
{
  const char *const pages[] = { "70 100 R: Why?\n", "", NULL };
  g_autoptr (GBytes) bytes = make_pdf (pages, "q 500 0 0 700 0 0 cm /I Do Q\n", "");
  g_autoptr (AttestDocument) doc = attest_reader_read_bytes ("a.pdf", bytes, NULL, NULL);

  assert_warnings (doc, "! 0: 1 pages are pictures without a text layer and left out, the first is "
                        "page 2\n");
}

/* Cut and damaged files give a document or an error, and nothing is printed. */
static void
test_damage (void)
{
  const char *const pages[] = { "70 100 R: Why?\n", "70 100 I: Well.\n", NULL };
  g_autoptr (GBytes) bytes = make_pdf (pages, "", "");
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < 300; i++)
    {
      gsize n = i < 100 ? size * i / 100 : size;
      g_autofree guint8 *copy = g_memdup2 (data, n + 1);
      g_autoptr (GBytes) damaged = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (AttestDocument) doc = NULL;

      for (guint k = 0; i >= 100 && k < 1 + i / 30; k++)
        copy[g_rand_int_range (random, 0, (int)n)]
            ^= (guint8)(1 << g_rand_int_range (random, 0, 8));
      damaged = g_bytes_new (copy, n);
      doc = attest_reader_read_bytes ("a.pdf", damaged, NULL, &error);
      g_assert_true ((doc == NULL) == (error != NULL));
    }
}

static gpointer
read_often (gpointer data)
{
  GString *texts = g_string_new (NULL);

  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (AttestDocument) doc = attest_reader_read_bytes ("a.pdf", data, NULL, NULL);

      g_string_append (texts, doc->text);
    }
  return g_string_free (texts, FALSE);
}

/* Files are read by several threads. */
static void
test_threads (void)
{
  const char *const pages[]
      = { "*70 100 Ana:\n120 100 The \\336rst floor.\n", "70 100 R: Well.\n", NULL };
  g_autoptr (GBytes) bytes = make_pdf (pages, "", "");
  g_autofree char *alone = read_often (bytes);
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("reader", read_often, bytes);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autofree char *texts = g_thread_join (threads[i]);

      g_assert_cmpstr (texts, ==, alone);
    }
}

/* --- samples ------------------------------------------------------------------------------ */

/* Words of @text with how often each occurs. */
static GHashTable *
count_words (const char *text)
{
  GHashTable *counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *p = text;

  while (*p != '\0')
    {
      const char *start;

      for (; *p != '\0' && !g_unichar_isalnum (g_utf8_get_char (p)); p = g_utf8_next_char (p))
        ;
      for (start = p; *p != '\0' && g_unichar_isalnum (g_utf8_get_char (p));
           p = g_utf8_next_char (p))
        ;
      if (p > start)
        {
          char *word = g_utf8_strdown (start, p - start);
          guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, word));

          g_hash_table_replace (counts, word, GUINT_TO_POINTER (n + 1));
        }
    }
  return counts;
}

static void
compare_words (GHashTable *a, GHashTable *b, guint *out_shared, guint *out_all)
{
  GHashTableIter iter;
  gpointer word, n;

  *out_shared = *out_all = 0;
  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &word, &n))
    {
      *out_all += GPOINTER_TO_UINT (n);
      *out_shared += MIN (GPOINTER_TO_UINT (n), GPOINTER_TO_UINT (g_hash_table_lookup (b, word)));
    }
}

/* The same interviews as text. In two of them somebody mended the spelling, so that no reader
 * can have all words; what pdftotext reaches was measured. */
static void
test_interviews (void)
{
  static const struct
  {
    const char *text, *pdf;
    double precision, recall;
  } pairs[] = {
    { "CAMILLERI_18OCT91_fromscan.txt", "ftf_transcript_camilleri.pdf", .9995, .9995 },
    { "COLLESS _12SEPT91_corrected.txt", "ftf_transcript_colless.pdf", .9995, .9995 },
    { "HEATH_28AUG91_fromscan.txt", "ftf_transcript_heath.pdf", .9995, .9995 },
    { "MASON_18DEC91_fromscan.txt", "ftf_transcript_mason.pdf", .9995, .9995 },
    { "POTTER_13DEC91.txt", "ftf_transcript_potter.pdf", .9970, .9970 },
    { "VINCENT_21FEB92.txt", "ftf_transcript_vincent.pdf", .9975, .9975 },
  };
  const char *samples = g_getenv ("ATTEST_SAMPLES");
  g_autofree char *folder = g_build_filename (samples != NULL ? samples : "", "a_interviews",
                                              "western_sydney_CC-BY", NULL);

  if (samples == NULL || !g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("no samples");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *text_path = g_build_filename (folder, pairs[i].text, NULL);
      g_autofree char *pdf_path = g_build_filename (folder, pairs[i].pdf, NULL);
      g_autoptr (AttestDocument) text = attest_reader_read_file (text_path, NULL, NULL);
      g_autoptr (AttestDocument) pdf = attest_reader_read_file (pdf_path, NULL, NULL);
      g_autoptr (GHashTable) expected = count_words (text->text);
      g_autoptr (GHashTable) found = count_words (pdf->text);
      guint shared, all;

      compare_words (found, expected, &shared, &all);
      g_test_message ("%s: precision %.4f", pairs[i].pdf, (double)shared / all);
      g_assert_cmpfloat ((double)shared / all, >=, pairs[i].precision);
      compare_words (expected, found, &shared, &all);
      g_test_message ("%s: recall %.4f", pairs[i].pdf, (double)shared / all);
      g_assert_cmpfloat ((double)shared / all, >=, pairs[i].recall);
    }
}

static void
test_maxqda (void)
{
  const char *samples = g_getenv ("ATTEST_SAMPLES");
  g_autofree char *path
      = g_build_filename (samples != NULL ? samples : "", "b_coded/maxqda_pdf_BSD/P1.pdf", NULL);
  g_autoptr (AttestDocument) doc = NULL;

  if (samples == NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("no samples");
      return;
    }
  doc = attest_reader_read_file (path, NULL, NULL);
  g_assert_cmpuint (doc->speakers->len, ==, 2);
  /* 95 numbered paragraphs, the first of which is a heading. */
  g_assert_cmpuint (doc->turns->len, ==, 94);
  g_assert_cmpstr (attest_document_turn_label (doc, 0), ==, "Dan");
  g_assert_cmpstr (attest_document_turn_label (doc, 1), ==, "Participant");
}

/* A form that draws another ten times, which draws another ten times, ten deep. */
static void
test_endless_page (void)
{
  GString *pdf = g_string_new (
      "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
      "2 0 obj\n<< /Type /Pages /Count 1 /Kids [3 0 R] >>\nendobj\n"
      "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
      "/Resources << /XObject << /X 5 0 R >> >> >>\nendobj\n"
      "4 0 obj\n<< /Length 5 >>\nstream\n/X Do\nendstream\nendobj\n");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 5; i <= 15; i++)
    g_string_append_printf (
        pdf,
        "%u 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 60 /Resources << "
        "/XObject << /X %u 0 R >> >> >>\nstream\n"
        "/X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do \nendstream\nendobj\n",
        i, i + 1);
  g_string_append (pdf, "16 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 5 >>\n"
                        "stream\n0 0 m\nendstream\nendobj\ntrailer\n<< /Size 17 /Root 1 0 R >>\n"
                        "%%EOF\n");
  bytes = g_string_free_to_bytes (pdf);
  if (!attest_child_is_separate ())
    {
      g_test_skip ("no limits in a build with a sanitizer");
      return;
    }
  g_assert_null (attest_reader_read_bytes ("a.pdf", bytes, NULL, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_LIMIT);
  g_assert_true (g_str_has_prefix (error->message, "a.pdf: page 1: "));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pdf/paragraphs", test_paragraphs);
  g_test_add_func ("/pdf/indents", test_indents);
  g_test_add_func ("/pdf/hyphens", test_hyphens);
  g_test_add_func ("/pdf/ligatures", test_ligatures);
  g_test_add_func ("/pdf/bold-labels", test_bold_labels);
  g_test_add_func ("/pdf/times-in-the-margin", test_times_in_the_margin);
  g_test_add_func ("/pdf/columns", test_columns);
  g_test_add_func ("/pdf/many-columns", test_many_columns);
  g_test_add_func ("/pdf/rows-of-a-table", test_rows_of_a_table);
  g_test_add_func ("/pdf/headers", test_headers);
  g_test_add_func ("/pdf/across-pages", test_across_pages);
  g_test_add_func ("/pdf/numbered-lines", test_numbered_lines);
  g_test_add_func ("/pdf/numbered-paragraphs", test_numbered_paragraphs);
  g_test_add_func ("/pdf/refused", test_refused);
  g_test_add_func ("/pdf/scan-among-pages", test_scan_among_pages);
  g_test_add_func ("/pdf/damage", test_damage);
  g_test_add_func ("/pdf/endless-page", test_endless_page);
  g_test_add_func ("/pdf/threads", test_threads);
  g_test_add_func ("/pdf/samples/interviews", test_interviews);
  g_test_add_func ("/pdf/samples/maxqda", test_maxqda);
  return g_test_run ();
}
