/* Tables as transcripts: a row per utterance, per answer, per respondent. Covers attest-grid,
 * attest-grid-columns, attest-grid-utterances, attest-grid-survey, attest-headings, attest-times,
 * attest-reader-csv. */
#include <string.h>

#include "document-dump.h"
#include "reader/attest-reader.h"
#include "util/attest-csv.h"
#include "util/attest-error.h"

static AttestDocument *
read_csv (const char *csv, const char *const *map, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (csv, strlen (csv));
  AttestReadOptions options = { .map = map };

  return attest_reader_read_bytes ("a.csv", bytes, &options, error);
}

static void
assert_dump (const AttestDocument *doc, const char *expected)
{
  g_autofree char *turns = dump_turns (doc), *warnings = dump_warnings (doc);
  g_autofree char *dumped = g_strconcat (turns, warnings, NULL);

  g_assert_cmpstr (dumped, ==, expected);
}

static const struct
{
  const char *name, *csv, *expected;
} cases[] = {
  { "comma", "Speaker,Time,Text\nAna:,0:05,Did it help?\nLi,0:07,\"Yes, it \"\"did\"\".\"\n",
    "Ana@5000--1: Did it help?\nLi@7000--1: Yes, it \"did\".\n" },
  { "semicolon, French, any order, BOM, CRLF",
    "\xef\xbb\xbfTexte;Début;Fin;Locuteur\r\nPourquoi ?;00:00:05;00:00:07,5;Chercheur\r\n"
    "\"Parce que.\r\nVoilà.\";00:01:05;;Awa\r\n",
    "Chercheur@5000-7500: Pourquoi ?\nAwa@65000--1: Parce que.\nVoilà.\n" },
  { "tabs, Russian", "Время\tКто\tРеплика\n1:02 - 1:05\tИ\tПочему?\n1:05 – 1:20\tР\tТак.\n",
    "И@62000-65000: Почему?\nР@65000-80000: Так.\n" },
  { "Spanish, title above",
    "Entrevista 7\nLugar: Osh\nHablante,Texto\nEntrevistador,¿Ayudó?\nRosa,Sí.\n",
    "Entrevistador@-1--1: ¿Ayudó?\nRosa@-1--1: Sí.\n" },
  { "an empty speaker goes on", "speaker,words\nAna,Why?\n,And how?\nLi,Well.\n",
    "Ana@-1--1: Why?\nAna@-1--1: And how?\nLi@-1--1: Well.\n" },
  { "character references", "speaker,words\nAna,back &#8212; forth &amp; R&D &copy it&#39;s\n",
    "Ana@-1--1: back — forth & R&D &copy it's\n"
    "! 2: 3 character references such as &#8212; are read as the characters that they stand for, "
    "the "
    "first here\n" },
  { "other columns", "id,speaker,text,tags,note\n1,Ana,Why?,a;b,\n2,Li,Well.,,\n",
    "Ana@-1--1: Why?\nLi@-1--1: Well.\n"
    "! 1: columns that are not speech are left out: 'id', 'tags'\n" },
  { "Whisper's TSV", "start\tend\ttext\n0\t2500\tDid it\n2500\t4000\thelp?\n9000\t9500\tYes.\n",
    "?@0-4000: Did it help?\n?@9000-9500: Yes.\n"
    "! 0: no speaker labels: taken as one respondent's, split at pauses\n" },
  { "seconds", "start_time,speaker,utterance\n0.5,Ana,Why?\n12,Li,Well.\n",
    "Ana@500--1: Why?\nLi@12000--1: Well.\n" },
  { "no headings, frames",
    "00:00:01:00,00:00:02:00,Why?\n00:00:09:12,00:00:10:00,\"Well,\nyes.\"\n",
    "?@1000-2000: Why?\n?@9000-10000: Well,\nyes.\n"
    "! 0: no speaker labels: taken as one respondent's, split at pauses\n" },
  { "no headings, names",
    "Ana,Why did it help?\nLi,Prices fell.\nAna,And then?\nLi,Nothing.\nAna,I see.\n",
    "Ana@-1--1: Why did it help?\nLi@-1--1: Prices fell.\nAna@-1--1: And then?\nLi@-1--1: "
    "Nothing.\n"
    "Ana@-1--1: I see.\n" },
  { "an unquoted comma in the last column", "Speaker,Text\nAna,Why?\nLi,Well, it did, yes.\n",
    "Ana@-1--1: Why?\nLi@-1--1: Well, it did, yes.\n"
    "! 3: 1 rows have more cells than the table has headings, the first here; the cells are joined "
    "to the text (quote text that holds the delimiter)\n" },
  { "text after a quote", "Speaker,Text\nAna,\"Why\" not?\n",
    "Ana@-1--1: Why not?\n"
    "! 2: 1 rows have text after a closing quote, the first here; it is kept (a quote inside a "
    "cell "
    "is doubled)\n" },
  { "question and answer", "No,Question,Answer\n1,Did it help?,Yes.\n2,Why?,Prices fell.\n",
    "Question@-1--1: Did it help?\nAnswer@-1--1: Yes.\nQuestion@-1--1: Why?\n"
    "Answer@-1--1: Prices fell.\n"
    "! 1: columns that are not speech are left out: 'No'\n" },
  { "a row for each respondent and question",
    "respondent,question,answer\nR7,Did it help?,Yes.\nR8,Did it help?,No.\nR8,Why?,Roads.\n",
    "Question@-1--1: Did it help?\nR7@-1--1: Yes.\nR8@-1--1: No.\nQuestion@-1--1: Why?\n"
    "R8@-1--1: Roads.\n" },
  { "survey",
    "id,sex,Did the project help you?,Other comments,age\nK1,F,Yes a lot.,The road to the market "
    "is bad.,34\n"
    "K2,M,no,,51\nK3,F,,\"More seeds, please, next year.\",\n",
    "Question@-1--1: Did the project help you?\nK1@-1--1: Yes a lot.\nK2@-1--1: no\n"
    "Question@-1--1: Other comments\nK1@-1--1: The road to the market is bad.\n"
    "K3@-1--1: More seeds, please, next year.\n"
    "! 1: read as a survey of 3 respondents; questions are 'Did the project help you?', 'Other "
    "comments'; other columns are attributes of the respondents (--map answer=COLUMN names the "
    "questions)\n" },
  { "survey without names, with an empty heading",
    "What changed?,\nThe prices fell last year.,And the road was built.\nNothing has changed "
    "here.,\n",
    "Question@-1--1: What changed?\nRow 2@-1--1: The prices fell last year.\n"
    "Row 3@-1--1: Nothing has changed here.\nQuestion@-1--1: column B\n"
    "Row 2@-1--1: And the road was built.\n"
    "! 1: read as a survey of 2 respondents; questions are 'What changed?', column B; other "
    "columns "
    "are attributes of the respondents (--map answer=COLUMN names the questions)\n" },
};

static void
test_shapes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AttestDocument) doc = read_csv (cases[i].csv, NULL, &error);

      g_test_message ("case %s", cases[i].name);
      g_assert_no_error (error);
      assert_dump (doc, cases[i].expected);
    }
}

static void
test_roles (void)
{
  g_autoptr (AttestDocument) survey
      = read_csv ("id,sex,age,What changed?\nI,F,34,Prices fell.\nQ,M,,Nothing?\n", NULL, NULL);
  g_autoptr (AttestDocument) interview
      = read_csv ("Speaker,Text\nInterviewer,Why?\nA,So.\n", NULL, NULL);

  g_assert_cmpint (attest_document_turn_role (survey, 0), ==, ATTEST_ROLE_INTERVIEWER);
  /* "I" and "Q" are ids here, and a row of a survey is a respondent whatever he asks. */
  g_assert_cmpint (attest_document_turn_role (survey, 1), ==, ATTEST_ROLE_RESPONDENT);
  g_assert_cmpint (attest_document_turn_role (survey, 2), ==, ATTEST_ROLE_RESPONDENT);
  g_assert_cmpstr (attest_document_speaker (survey, 1)->attributes, ==, "sex: F; age: 34");
  g_assert_cmpstr (attest_document_speaker (survey, 2)->attributes, ==, "sex: M");
  g_assert_cmpint (attest_document_turn_role (interview, 0), ==, ATTEST_ROLE_INTERVIEWER);
}

static void
test_metadata (void)
{
  g_autoptr (AttestDocument) doc = read_csv (
      "KII 7,,\nPlace: Osh,,\nDate,2021-09-14,\nSpeaker,Time,Text\nAna,0:01,Why?\n", NULL, NULL);

  g_assert_cmpstr (attest_document_get_metadata (doc, "title"), ==, "KII 7");
  g_assert_cmpstr (attest_document_get_metadata (doc, "place"), ==, "Osh");
  g_assert_cmpstr (attest_document_get_metadata (doc, "date"), ==, "2021-09-14");
}

static void
test_map (void)
{
  static const char table[]
      = "Wer,Wann,\"Was, wörtlich\",Code\nAna,0:01,Warum?,x\nLi,0:05,Darum.,y\n";
  static const char *const by_name[] = { "speaker=Wer,text=Was, wörtlich,time=WANN", NULL };
  static const char *const by_place[] = { "speaker=A", "text=3", NULL };
  static const char *const answers[] = { "id=Wer,answer=Code,answer=Was, wörtlich", NULL };
  g_autoptr (AttestDocument) named = read_csv (table, by_name, NULL);
  g_autoptr (AttestDocument) placed = read_csv ("Ana,x,Warum?\nLi,y,Darum.\n", by_place, NULL);
  g_autoptr (AttestDocument) survey = read_csv (table, answers, NULL);

  assert_dump (named, "Ana@1000--1: Warum?\nLi@5000--1: Darum.\n"
                      "! 1: columns that are not speech are left out: 'Code'\n");
  assert_dump (placed, "Ana@-1--1: Warum?\nLi@-1--1: Darum.\n"
                       "! 0: columns that are not speech are left out: column B\n");
  assert_dump (survey, "Question@-1--1: Code\nAna@-1--1: x\nLi@-1--1: y\n"
                       "Question@-1--1: Was, wörtlich\nAna@-1--1: Warum?\nLi@-1--1: Darum.\n");
}

static void
test_map_errors (void)
{
  static const struct
  {
    const char *map;
    int code;
    const char *message;
  } errors[] = {
    { "text=Nope", ATTEST_ERROR_INPUT, "a.csv: there is no column 'Nope' for --map" },
    { "text=9", ATTEST_ERROR_INPUT, "a.csv: there is no column '9' for --map" },
    { "words=Text", ATTEST_ERROR_USAGE,
      "a.csv: --map: unknown key 'words'; known are speaker, id, time, end, text, question, "
      "answer" },
    { "text", ATTEST_ERROR_USAGE, "a.csv: --map text: give KEY=COLUMN, such as text=Answer" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      const char *const map[] = { errors[i].map, NULL };
      g_autoptr (GError) error = NULL;

      g_assert_null (read_csv ("Speaker,Text\nAna,Why?\n", map, &error));
      g_assert_error (error, ATTEST_ERROR, errors[i].code);
      g_assert_cmpstr (error->message, ==, errors[i].message);
    }
}

static void
test_errors (void)
{
  static const struct
  {
    const char *csv, *message;
  } errors[] = {
    { "a,b\n1,2\n",
      "a.csv: no column holds what was said; name it with --map text=COLUMN (columns: "
      "'a', 'b')" },
    { "Speaker,Text\nAna,\"Why?\nLi,Well.\n",
      "a.csv: 2:5: the quote that opens here is not closed" },
    { "Speaker,Text\n", "a.csv: nobody says anything in it" },
    { "\n\n", "a.csv: 1: the table is empty" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_csv (errors[i].csv, NULL, &error));
      g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_INPUT);
      g_assert_cmpstr (error->message, ==, errors[i].message);
    }
}

static void
test_probe (void)
{
  static const char table[] = "Speaker\tTime\tText\nAna\t0:01\tWhy?\nLi\t0:02\tWell.\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (table, sizeof table - 1);
  g_autoptr (AttestDocument) doc = attest_reader_read_bytes ("a.txt", bytes, NULL, NULL);

  g_assert_cmpstr (doc->reader, ==, "csv");
}

/* --- samples ------------------------------------------------------------------------------ */

/* Each cell of the column, but for white space at its ends, is a turn; entities stay as they are in
 * @expected when @plain. */
static void
assert_column_is_turns (const char *path, const char *column, gboolean plain)
{
  g_autofree char *samples = g_build_filename (g_getenv ("ATTEST_SAMPLES"), path, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AttestDocument) doc = attest_reader_read_file (samples, NULL, &error);
  g_autoptr (GPtrArray) rows = NULL;
  gsize n = 0;
  guint turn = 0;
  int at;

  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (samples, &text, &n, NULL));
  rows = attest_csv_parse (text, n, NULL);
  at = attest_csv_find_column (g_ptr_array_index (rows, 0), column);
  for (guint i = 1; i < rows->len; i++)
    {
      const AttestCsvRow *row = g_ptr_array_index (rows, i);
      g_autofree char *cell = g_strstrip (g_strdup (g_ptr_array_index (row->cells, (guint)at)));
      const AttestTurn *found;

      if (*cell == '\0')
        continue;
      g_assert_cmpuint (turn, <, doc->turns->len);
      found = attest_document_turn (doc, turn++);
      if (plain && strchr (cell, '&') == NULL && g_utf8_validate (cell, -1, NULL)
          && strstr (cell, "\xc2\x9a") == NULL && strstr (cell, "\xc2\x86") == NULL)
        g_assert_cmpmem (cell, strlen (cell), doc->text + found->start_byte,
                         found->end_byte - found->start_byte);
    }
  g_assert_cmpuint (turn, ==, doc->turns->len);
}

static void
test_samples (void)
{
  const char *samples = g_getenv ("ATTEST_SAMPLES");

  if (samples == NULL || !g_file_test (samples, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("no samples");
      return;
    }
  assert_column_is_turns ("b_coded/oral_history_csv_MIT/armantrout.csv", "words", TRUE);
  assert_column_is_turns ("b_coded/oral_history_csv_MIT/mohammad.csv", "words", TRUE);
  assert_column_is_turns ("b_coded/llmcode_MIT/bopp_test_coded_texts.csv", "text", TRUE);
  assert_column_is_turns ("b_coded/disaster_messages_CC-BY/disaster_response_validation.csv",
                          "message", FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/grid/shapes", test_shapes);
  g_test_add_func ("/grid/roles", test_roles);
  g_test_add_func ("/grid/metadata", test_metadata);
  g_test_add_func ("/grid/map", test_map);
  g_test_add_func ("/grid/map-errors", test_map_errors);
  g_test_add_func ("/grid/errors", test_errors);
  g_test_add_func ("/grid/probe", test_probe);
  g_test_add_func ("/grid/samples", test_samples);
  return g_test_run ();
}
