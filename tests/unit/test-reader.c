/* Transcripts as people write them: who speaks, when, and what exactly. Covers attest-reader,
 * attest-decode, attest-labels, attest-turns, attest-roles, attest-reader-txt, attest-reader-md. */
#include <string.h>

#include "reader/attest-reader.h"
#include "reader/attest-turns.h"
#include "util/attest-error.h"

static AttestDocument *
read_bytes (const char *name, const char *text, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);
  g_autoptr (GError) error = NULL;
  AttestDocument *doc = attest_reader_read_bytes (name, bytes, NULL, &error);

  g_assert_no_error (error);
  return doc;
}

static AttestDocument *
read_text (const char *name, const char *text)
{
  return read_bytes (name, text, strlen (text));
}

static void
assert_turn (const AttestDocument *doc, guint i, const char *label, gint64 start_ms,
             const char *said)
{
  const AttestTurn *turn;
  g_autofree char *span = NULL;

  g_assert_cmpuint (doc->turns->len, >, i);
  turn = attest_document_turn (doc, i);
  span = g_strndup (doc->text + turn->start_byte, turn->end_byte - turn->start_byte);
  g_assert_cmpstr (attest_document_turn_label (doc, i), ==, label);
  g_assert_cmpint (turn->start_ms, ==, start_ms);
  g_assert_cmpstr (span, ==, said);
}

static void
test_shapes (void)
{
  static const struct
  {
    const char *name, *text, *label;
    gint64 start_ms;
    const char *said;
  } cases[] = {
    { "a.txt", "Interviewer: Why?\nRespondent: It helped.\n", "Respondent", -1, "It helped." },
    { "a.txt", "I: Why?\nR1: It helped.\nA lot.\n", "R1", -1, "It helped.\nA lot." },
    { "a.txt", "Q: Why?\n\nA: It helped.\n\nVery much.\n", "A", -1, "It helped.\n\nVery much." },
    { "a.txt", "[00:00:05] Interviewer: Why?\n[00:12:31.5] Respondent: Yes.\n", "Respondent",
      751500, "Yes." },
    { "a.txt",
      "[Chercheur] (0:01 - 0:11)\nPourquoi ?\n[Interviewé] (20:58 – 21\u00a0:12)\nParce que.\n",
      "Interviewé", 1258000, "Parce que." },
    { "a.txt", "Speaker 1 (00:02):\nWhy?\nSpeaker 2 (00:07):\nIt helped.\n", "Speaker 2", 7000,
      "It helped." },
    { "a.txt", "Sidney  0:15  \nWhy?\n\nAna  55:21  \nThank you.\n\nSidney  56:00  \nBye?\n", "Ana",
      3321000, "Thank you." },
    { "a.txt", "Moderator: Why?\nP3 (female, farmer): It helped.\n", "P3", -1, "It helped." },
    { "a.txt", "Интервьюер: Почему?\nРеспондент: Помогло.\n", "Респондент", -1, "Помогло." },
    { "a.txt",
      "Интервьюер  00:01:12\nПочему?\n\nСпециалист  00:01:30\nПомогло.\n\nИнтервьюер  "
      "00:02:00\nА?\n\n"
      "Специалист  00:02:09\nДа.\n",
      "Специалист", 90000, "Помогло." },
    { "a.md", "I: Why?\nR: [a [b](c) <b>d</b> [e] (f) [g](h [i <j ]( k\n", "R", -1,
      "a [b d [e] (f) [g](h [i <j ]( k" },
    { "a.md",
      "---\ntitle: x\nspeakers: [Ana, Li]\n---\n**Ana:** Why?\n\n**Li:** It *really* \\[laughs\\] "
      "helped.\n",
      "Li", -1, "It really [laughs] helped." },
    { "a.md",
      "Ana: 00:00:42\n\nWhy?\n\nLi: 00:00:50\n\nIt helped.\n\nAna: 00:01:00\n\nOK?\n\nLi: "
      "00:01:02\n\nYes.\n",
      "Li", 50000, "It helped." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AttestDocument) doc = read_text (cases[i].name, cases[i].text);

      g_test_message ("case %u", i);
      assert_turn (doc, 1, cases[i].label, cases[i].start_ms, cases[i].said);
    }
}

static void
test_not_labels (void)
{
  g_autoptr (AttestDocument) doc = read_text (
      "a.txt", "Interviewer: Why?\nRespondent: See\nhttp://example.org\nNote: nothing\n"
               "12:30 was the time\nObjective: to go\nNote: twice\n");

  g_assert_cmpuint (doc->turns->len, ==, 2);
  g_assert_cmpuint (doc->speakers->len, ==, 2);
}

static void
test_no_labels (void)
{
  g_autoptr (AttestDocument) doc = read_text (
      "a.txt", "0.05\tSo when did you come?\n0.20\tIn 1950.\n1.08\tAnd then?\n3.08\tWe stayed.\n");

  assert_turn (doc, 3, NULL, 188000, "We stayed.");
  g_assert_cmpuint (doc->warnings->len, ==, 1);
  g_assert_cmpint (attest_document_turn_role (doc, 0), ==, ATTEST_ROLE_RESPONDENT);
}

static void
test_roles (void)
{
  g_autoptr (AttestDocument) doc = read_text (
      "a.txt", "Ana: Why?\nLi: Yes.\nAna: How so?\nLi: Well.\nAna: When?\nLi: In May.\n");

  g_assert_cmpint (attest_document_turn_role (doc, 0), ==, ATTEST_ROLE_INTERVIEWER);
  g_assert_cmpint (attest_document_turn_role (doc, 1), ==, ATTEST_ROLE_RESPONDENT);
  g_assert_cmpstr (attest_document_speaker (doc, 0)->role_reason, ==, "asks in 3 of 3 turns");
}

static void
test_header (void)
{
  g_autoptr (AttestDocument) doc
      = read_text ("a.txt", "A title\n\nDate: 2021-09-14\nInterviewer: Ana\nPlace: Osh\n\nAna: "
                            "Why?\nR: Yes.\nAna: So?\n");

  g_assert_cmpstr (attest_document_get_metadata (doc, "place"), ==, "Osh");
  assert_turn (doc, 0, "Ana", -1, "Why?");
  g_assert_cmpint (attest_document_turn_role (doc, 0), ==, ATTEST_ROLE_INTERVIEWER);
}

static void
test_encodings (void)
{
  static const char cp1252[] = "I: Why\x85\r\nR: It\x92s good \x96 caf\xe9. So it was, and so it "
                               "stays, I think, for as long as they keep paying for it.\r\n";
  static const char utf16[] = "\xff\xfeI\0:\0 \0?\0\n\0R\0:\0 \0\x34\x04\n\0";
  g_autoptr (AttestDocument) a = read_bytes ("a.txt", cp1252, sizeof cp1252 - 1);
  g_autoptr (AttestDocument) b = read_bytes ("b.txt", utf16, sizeof utf16 - 1);
  g_autoptr (AttestDocument) c
      = read_text ("c.txt", "\xef\xbb\xbfI: Why?\r\nR: cafe\xcc\x81 \xf0\x9f\x99\x82\r\n");

  g_assert_true (a->encoding_guessed);
  g_assert_cmpstr (a->encoding, ==, "windows-1252");
  g_assert_cmpuint (a->warnings->len, >=, 1);
  assert_turn (a, 1, "R", -1,
               "It’s good – café. So it was, and so it stays, I think, for as long as they keep "
               "paying for it.");
  assert_turn (b, 1, "R", -1, "д");
  assert_turn (c, 1, "R", -1, "café 🙂");
}

/* The same words in every encoding that offices use: what is guessed, or what a mark says. */
static void
test_guesses (void)
{
  static const char french[] = "Enquêteur : Qu'avez-vous reçu ?\nRépondant : Une aide à la fin de "
                               "l'été, c'était très utile. Où ça ? Près du marché, les élèves "
                               "étaient là, les mères aussi.\n";
  static const char spanish[]
      = "Entrevistador: ¿Qué recibió?\nEntrevistada: Recibí una capacitación el año pasado, fue "
        "muy útil, según mi opinión. Mañana iré a la reunión.\n";
  static const char russian[]
      = "Интервьюер: Что вы получили?\nРеспондент: Мы получили помощь в конце лета, и это было "
        "очень полезно для нас и для детей. Потом приехали люди из области.\n";
  static const char polish[]
      = "Interviewer: Co dostaliście?\nRespondent: Dostaliśmy pomoc pod koniec lata, to było "
        "bardzo ważne. Później przyjechali ludzie z województwa, żeby sprawdzić.\n";
  static const struct
  {
    const char *text, *encoding;
  } cases[] = {
    { french, "windows-1252" }, { french, "ISO-8859-15" },   { french, "MACINTOSH" },
    { french, "IBM850" },       { french, "UTF-16LE" },      { french, "UTF-16BE" },
    { french, "UTF-16" },       { french, "UTF-32" },        { spanish, "windows-1252" },
    { spanish, "MACINTOSH" },   { russian, "windows-1251" }, { russian, "KOI8-R" },
    { russian, "ISO-8859-5" },  { russian, "MAC-CYRILLIC" }, { russian, "UTF-16LE" },
    { russian, "UTF-16BE" },    { polish, "windows-1250" },  { polish, "ISO-8859-2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize length = 0;
      g_autofree char *bytes
          = g_convert (cases[i].text, -1, cases[i].encoding, "UTF-8", NULL, &length, NULL);
      g_autoptr (AttestDocument) doc = read_bytes ("a.txt", bytes, length);

      g_test_message ("%s read as %s", cases[i].encoding, doc->encoding);
      g_assert_cmpstr (doc->text, ==, cases[i].text);
    }
}

/* One byte pasted from elsewhere does not change the encoding of the rest. */
static void
test_pasted_bytes (void)
{
  g_autoptr (AttestDocument) doc = read_text (
      "a.txt", "I: Où ?\nR: À l'été, près du marché.\nIt\x92s good, déjà.\nR: C'est cut \xc3");

  g_assert_cmpstr (
      doc->text, ==,
      "I: Où ?\nR: À l'été, près du marché.\nIt’s good, déjà.\nR: C'est cut \xef\xbf\xbd");
  g_assert_cmpstr (doc->encoding, ==, "UTF-8");
  g_assert_true (doc->encoding_guessed);
  g_assert_cmpuint (doc->warnings->len, ==, 2);
  g_assert_cmpuint (g_array_index (doc->warnings, AttestWarning, 0).line, ==, 3);
  g_assert_cmpuint (g_array_index (doc->warnings, AttestWarning, 1).line, ==, 4);
}

/* Beyond Unicode, and beyond what was guessed: still text, and a warning. */
static void
test_beyond_unicode (void)
{
  static const char utf32[] = "\xff\xfe\0\0I\0\0\0:\0\0\0\xff\xff\xff\x7f";
  g_autoptr (GBytes) bytes = g_bytes_new_static (utf32, sizeof utf32 - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (AttestDocument) none = attest_reader_read_bytes ("a.txt", bytes, NULL, &error);
  g_autoptr (AttestDocument) doc = read_text ("b.txt", "I: Why?\nR: \xf4\xbf\xbf\xbf so\n");

  g_assert_null (none);
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_INPUT);
  g_assert_true (g_utf8_validate (doc->text, -1, NULL));
  g_assert_cmpuint (doc->warnings->len, >, 0);
}

static void
test_refused (void)
{
  static const char zeros[600] = { 1, 2, 3 };
  g_autoptr (GBytes) binary = g_bytes_new_static (zeros, sizeof zeros);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (GError) error = NULL;

  g_assert_null (attest_reader_read_bytes ("x.txt", binary, NULL, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_null (attest_reader_read_bytes ("x.txt", empty, NULL, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_null (attest_reader_read_file ("no-such-file.txt", NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

static void
test_times (void)
{
  gint64 ms;

  g_assert_true (attest_turns_parse_time ("1:02", 4, &ms));
  g_assert_cmpint (ms, ==, 62000);
  g_assert_true (attest_turns_parse_time ("00:12:31.5", 10, &ms));
  g_assert_cmpint (ms, ==, 751500);
  g_assert_true (attest_turns_parse_time ("3.08", 4, &ms));
  g_assert_cmpint (ms, ==, 188000);
  g_assert_false (attest_turns_parse_time ("12", 2, &ms));
  g_assert_false (attest_turns_parse_time ("1:75", 4, &ms));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader/shapes", test_shapes);
  g_test_add_func ("/reader/not-labels", test_not_labels);
  g_test_add_func ("/reader/no-labels", test_no_labels);
  g_test_add_func ("/reader/roles", test_roles);
  g_test_add_func ("/reader/header", test_header);
  g_test_add_func ("/reader/encodings", test_encodings);
  g_test_add_func ("/reader/guesses", test_guesses);
  g_test_add_func ("/reader/pasted-bytes", test_pasted_bytes);
  g_test_add_func ("/reader/beyond-unicode", test_beyond_unicode);
  g_test_add_func ("/reader/refused", test_refused);
  g_test_add_func ("/reader/times", test_times);
  return g_test_run ();
}
