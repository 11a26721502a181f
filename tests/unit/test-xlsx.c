/* Spreadsheets: cells as they are shown, sheets as transcripts and surveys. Covers attest-opc,
 * attest-xlsx-book, attest-xlsx-sheet, attest-reader-xlsx. */
#include <string.h>

#include "document-dump.h"
#include "reader/attest-reader.h"
#include "reader/attest-xlsx.h"
#include "util/attest-error.h"
#include "zip-fixture.h"

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

static const char root_rels[]
    = "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
      "<Relationship Id='r1' Type='" REL "/officeDocument' Target='xl/workbook.xml'/>"
      "</Relationships>";
static const char book_rels[]
    = "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
      "<Relationship Id='s1' Type='" REL "/worksheet' Target='worksheets/one.xml'/>"
      "<Relationship Id='s2' Type='" REL "/worksheet' Target='/xl/worksheets/two.xml'/>"
      "<Relationship Id='s3' Type='" REL "/sharedStrings' Target='texts.xml'/>"
      "<Relationship Id='s4' Type='" REL "/styles' Target='styles.xml'/></Relationships>";
/* Sheets, and what stands before them. */
#define WORKBOOK(before, sheets)                                                                   \
  "<workbook xmlns='" MAIN "' xmlns:r='" REL "'>" before "<sheets>" sheets "</sheets></workbook>"
#define ONE "<sheet name='One' sheetId='1' r:id='s1'/>"
#define TWO "<sheet name='Two' sheetId='2' r:id='s2'/>"
#define SHEET(rows) "<worksheet xmlns='" MAIN "'><sheetData>" rows "</sheetData></worksheet>"

static const char texts[]
    = "<sst xmlns='" MAIN "'><si><t>Speaker</t></si><si><t>Time</t></si><si><t>Text</t></si>"
      "<si><r><rPr><b/></rPr><t xml:space='preserve'>Did </t></r><r><t>it help?</t></r>"
      "<rPh sb='0' eb='1'><t>not said</t></rPh></si><si><t>Yes_x000D_\nit "
      "_x005F_did_x2014_</t></si></sst>";
static const char styles[]
    = "<styleSheet xmlns='" MAIN "'><numFmts><numFmt numFmtId='164' formatCode='[h]:mm:ss'/>"
      "</numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"
      "<cellXfs><xf numFmtId='0'/><xf numFmtId='164'/><xf numFmtId='14'/></cellXfs></styleSheet>";

static AttestDocument *
read_book (const char *workbook, const char *one, const char *two, GError **error)
{
  const char *const entries[][2] = { { "_rels/.rels", root_rels },
                                     { "xl/workbook.xml", workbook },
                                     { "xl/_rels/workbook.xml.rels", book_rels },
                                     { "xl/texts.xml", texts },
                                     { "xl/styles.xml", styles },
                                     { "xl/worksheets/one.xml", one },
                                     { "xl/worksheets/two.xml", two },
                                     { NULL, NULL } };
  g_autoptr (GBytes) bytes = zip_fixture (entries);

  return attest_reader_read_bytes ("a.xlsx", bytes, NULL, error);
}

static void
assert_dump (const AttestDocument *doc, const char *expected)
{
  g_autofree char *turns = dump_turns (doc), *warnings = dump_warnings (doc);
  g_autofree char *dumped = g_strconcat (turns, warnings, NULL);

  g_assert_cmpstr (dumped, ==, expected);
}

/* Shared, rich, inline and computed strings; numbers as times; cells and rows without references.
 */
#define TRANSCRIPT                                                                                 \
  SHEET (                                                                                          \
      "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c><c r='D1' t='s'>"        \
      "<v>2</v></c></row>"                                                                         \
      "<row r='3'><c r='A3' t='inlineStr'><is><t>Ana</t></is></c><c r='B3' s='1'>"                 \
      "<v>4.3402777777777779E-4</v></c><c r='C3'><v>7</v></c><c r='D3' t='s'><v>3</v></c></row>"   \
      "<row><c t='str'><f>A1&amp;\"x\"</f><v>Li</v></c><c s='1'><v>1.5</v></c><c/><c t='s'>"       \
      "<v>4</v></c></row>")

static void
test_transcript (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AttestDocument) doc = read_book (WORKBOOK ("", ONE), TRANSCRIPT, SHEET (""), &error);

  g_assert_no_error (error);
  assert_dump (doc, "Ana@37500--1: Did it help?\nLi@129600000--1: Yes\nit _did—\n"
                    "! 1: columns that are not speech are left out: column C\n");
  g_assert_cmpstr (doc->reader, ==, "xlsx");
}

static void
test_survey (void)
{
  static const char sheet[]
      = SHEET ("<row r='1'><c r='A1' t='str'><v>id</v></c><c r='B1' t='str'><v>date</v></c>"
               "<c r='C1' t='str'><v>What changed?</v></c><c r='D1' t='str'><v>paid</v></c></row>"
               "<row r='2'><c r='A2'><v>7</v></c><c r='B2' s='2'><v>44453</v></c>"
               "<c r='C2' t='str'><v>The prices.</v></c><c r='D2' t='b'><v>1</v></c></row>"
               "<row r='3'><c r='A3'><v>0.1</v></c><c r='C3' t='str'><v>No.</v></c></row>");
  g_autoptr (AttestDocument) doc = read_book (WORKBOOK ("", ONE), sheet, SHEET (""), NULL);
  g_autofree char *turns = dump_turns (doc);

  g_assert_cmpstr (turns, ==,
                   "Question@-1--1: What changed?\n7@-1--1: The prices.\n0.1@-1--1: No.\n");
  g_assert_cmpstr (attest_document_speaker (doc, 1)->attributes, ==,
                   "date: 2021-09-14; paid: TRUE");
}

static void
test_sheets (void)
{
  static const char more[]
      = SHEET ("<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>2</v></c></row>"
               "<row r='2'><c r='A2' t='str'><v>Bo</v></c><c r='B2' t='str'><v>No.</v></c></row>");
  static const char codes[] = SHEET ("<row r='1'><c r='A1' t='str'><v>x</v></c></row>");
  g_autoptr (AttestDocument) both = read_book (WORKBOOK ("", ONE TWO), TRANSCRIPT, more, NULL);
  g_autoptr (AttestDocument) beside = read_book (WORKBOOK ("", TWO ONE), codes, more, NULL);
  g_autoptr (AttestDocument) hidden
      = read_book (WORKBOOK ("", "<sheet name='One' sheetId='1' state='hidden' r:id='s1'/>" TWO),
                   TRANSCRIPT, more, NULL);

  g_assert_cmpuint (both->turns->len, ==, 3);
  assert_dump (beside, "Bo@-1--1: No.\n! 0: sheets without speech are left out: 'One'\n");
  assert_dump (hidden, "Bo@-1--1: No.\n! 0: the hidden sheet 'One' is left out\n");
}

static void
test_formats (void)
{
  static const struct
  {
    const char *code;
    AttestXlsxShow show;
  } codes[] = {
    { "General", ATTEST_XLSX_NUMBER },    { "0.00E+00", ATTEST_XLSX_NUMBER },
    { "\"days\" 0", ATTEST_XLSX_NUMBER }, { "[Red]0;dd", ATTEST_XLSX_NUMBER },
    { "0\\d", ATTEST_XLSX_NUMBER },       { "[$-409]d-mmm-yy", ATTEST_XLSX_DATE },
    { "mmm", ATTEST_XLSX_DATE },          { "h:mm AM/PM", ATTEST_XLSX_TIME },
    { "[mm]:ss.0", ATTEST_XLSX_TIME },    { "dd/mm/yyyy hh:mm", ATTEST_XLSX_DATE_TIME },
    { "yyyy\"г.\"", ATTEST_XLSX_DATE },   { "[", ATTEST_XLSX_NUMBER },
    { "\"", ATTEST_XLSX_NUMBER },         { "\\", ATTEST_XLSX_NUMBER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    g_assert_cmpint (attest_xlsx_classify_format (codes[i].code), ==, codes[i].show);
}

static void
test_dates (void)
{
  static const struct
  {
    double serial;
    AttestXlsxShow show;
    gboolean from_1904;
    const char *text;
  } dates[] = {
    { 1, ATTEST_XLSX_DATE, FALSE, "1900-01-01" },
    { 59, ATTEST_XLSX_DATE, FALSE, "1900-02-28" },
    { 61, ATTEST_XLSX_DATE, FALSE, "1900-03-01" },
    { 44453, ATTEST_XLSX_DATE, FALSE, "2021-09-14" },
    { 42991, ATTEST_XLSX_DATE, TRUE, "2021-09-14" },
    { 44453.75, ATTEST_XLSX_DATE_TIME, FALSE, "2021-09-14 18:00:00" },
    { 44453.999999999, ATTEST_XLSX_DATE_TIME, FALSE, "2021-09-15 0:00:00" },
    { 0.5, ATTEST_XLSX_DATE_TIME, FALSE, "12:00:00" },
    { 1.5, ATTEST_XLSX_TIME, FALSE, "36:00:00" },
    { 0.0000116, ATTEST_XLSX_TIME, FALSE, "0:00:01.002" },
    { -1, ATTEST_XLSX_DATE, FALSE, NULL },
    { 1e300, ATTEST_XLSX_DATE, FALSE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autofree char *text
          = attest_xlsx_dup_date (dates[i].serial, dates[i].show, dates[i].from_1904);

      g_assert_cmpstr (text, ==, dates[i].text);
    }
}

static void
test_errors (void)
{
  static const struct
  {
    const char *sheet, *message;
  } errors[] = {
    { SHEET ("<row r='4'><c r='A4' t='s'><v>99</v></c></row>"),
      "a.xlsx: 4: a cell of sheet 'One' has a string that is not there" },
    { SHEET ("<row r='4'><c r='B4'/><c r='A4'/></row>"),
      "a.xlsx: 4: the cells of sheet 'One' are in disorder" },
    { SHEET ("<row r='4'><c r='XFE4'/></row>"),
      "a.xlsx: 4: the cells of sheet 'One' are in disorder" },
    { SHEET (""), "a.xlsx: the table is empty" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_book (WORKBOOK ("", ONE), errors[i].sheet, SHEET (""), &error));
      g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_INPUT);
      g_assert_cmpstr (error->message, ==, errors[i].message);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xlsx/transcript", test_transcript);
  g_test_add_func ("/xlsx/survey", test_survey);
  g_test_add_func ("/xlsx/sheets", test_sheets);
  g_test_add_func ("/xlsx/formats", test_formats);
  g_test_add_func ("/xlsx/dates", test_dates);
  g_test_add_func ("/xlsx/errors", test_errors);
  return g_test_run ();
}
