/* languages: how well the language of each turn is told in interviews in two languages; what 'make
 * accuracy-languages' runs.
 *
 *   languages [--errors] SENTENCES
 *
 * SENTENCES has the columns set, lang, code, sentence. Interviews are put together from them, the
 * same in each run: in two languages, most turns cut to a few words, as talk is. The languages are
 * told as in an ingest and compared with what they were put together from.
 */
#include <stdio.h>
#include <string.h>

#include "reader/attest-languages.h"

#define SEED 20211
#define N_LANGS 4
#define INTERVIEWS 10 /* of each pair, kind and length */
#define EXCHANGES 15  /* of one interview */
#define SHORT_SHARE 0.7

static const char *const langs[N_LANGS] = { "en", "fr", "es", "ru" };
static const guint lengths[] = { 2, 4, 8 };

typedef enum
{
  INTERPRETED, /* asked in a, given in b, answered in b, given in a */
  DIRECT,      /* asked in a, answered in b */
  SWITCHING,   /* asked and answered in a, then in b, and so on, five exchanges each */
  N_KINDS
} Kind;

static const char *const kinds[N_KINDS] = { "interpreter", "two languages", "switching" };

typedef struct
{
  GPtrArray *sentences[N_LANGS]; /* of char * */
  AttestLanguageGuesser *guesser;
  GRand *rand;
  gboolean errors;
} Trial;

/* An interview, and what its turns were put together from. */
typedef struct
{
  AttestDocument *doc;
  GString *text;
  GPtrArray *truth; /* of const char *, by turn */
} Interview;

static void
add_turn (Trial *trial, Interview *interview, const char *label, AttestRole role, guint lang,
          guint max_words)
{
  GPtrArray *sentences = trial->sentences[lang];
  const char *sentence = g_ptr_array_index (
      sentences, (guint)g_rand_int_range (trial->rand, 0, (gint32)sentences->len));
  g_auto (GStrv) words = g_strsplit (sentence, " ", -1);
  guint n_words = g_rand_double (trial->rand) < SHORT_SHARE
                      ? (guint)g_rand_int_range (trial->rand, 1, (gint32)max_words + 1)
                      : G_MAXUINT;
  AttestTurn turn = { .speaker = attest_document_intern_speaker (interview->doc, label),
                      .start_byte = interview->text->len,
                      .start_ms = ATTEST_NO_TIME,
                      .end_ms = ATTEST_NO_TIME };

  attest_document_speaker (interview->doc, turn.speaker)->role = role;
  for (guint i = 0; words[i] != NULL && i < n_words; i++)
    g_string_append_printf (interview->text, "%s%s", i > 0 ? " " : "", words[i]);
  turn.end_byte = interview->text->len;
  g_string_append (interview->text, "\n\n");
  g_array_append_val (interview->doc->turns, turn);
  g_ptr_array_add (interview->truth, (gpointer)langs[lang]);
}

static void
add_exchange (Trial *trial, Interview *interview, Kind kind, guint number, guint a, guint b,
              guint max_words)
{
  guint asked = kind == SWITCHING && number / 5 % 2 == 1 ? b : a;
  guint answered = kind == SWITCHING ? asked : b;

  add_turn (trial, interview, "Interviewer", ATTEST_ROLE_INTERVIEWER, asked, max_words);
  if (kind == INTERPRETED)
    add_turn (trial, interview, "Interpreter", ATTEST_ROLE_INTERPRETER, b, max_words);
  add_turn (trial, interview, "Respondent", ATTEST_ROLE_RESPONDENT, answered, max_words);
  if (kind == INTERPRETED)
    add_turn (trial, interview, "Interpreter", ATTEST_ROLE_INTERPRETER, a, max_words);
}

static void
judge (const Trial *trial, const Interview *interview, guint *n_right, guint *n_turns)
{
  const AttestDocument *doc = interview->doc;

  for (guint i = 0; i < doc->turns->len; i++)
    {
      const AttestTurn *turn = attest_document_turn (doc, i);
      const char *truth = g_ptr_array_index (interview->truth, i);
      gboolean is_right = g_strcmp0 (turn->lang, truth) == 0;

      *n_right += is_right;
      ++*n_turns;
      if (!is_right && trial->errors)
        printf ("  %s, not %s: %.*s\n", truth, turn->lang != NULL ? turn->lang : "-",
                (int)(turn->end_byte - turn->start_byte), doc->text + turn->start_byte);
    }
}

static void
run_interview (Trial *trial, Kind kind, guint a, guint b, guint max_words, guint *n_right,
               guint *n_turns)
{
  g_autoptr (AttestDocument) doc = attest_document_new ("interview");
  g_autoptr (GPtrArray) truth = g_ptr_array_new ();
  Interview interview = { doc, g_string_new (NULL), truth };
  gsize length_bytes;

  for (guint i = 0; i < EXCHANGES; i++)
    add_exchange (trial, &interview, kind, i, a, b, max_words);
  length_bytes = interview.text->len;
  attest_document_take_text (doc, g_string_free (interview.text, FALSE), length_bytes);
  attest_languages_assign (doc, trial->guesser, NULL);
  judge (trial, &interview, n_right, n_turns);
}

static void
run_pair (Trial *trial, guint a, guint b)
{
  for (Kind kind = 0; kind < N_KINDS; kind++)
    {
      g_autoptr (GString) line = g_string_new (NULL);
      guint n_turns = 0;

      for (guint k = 0; k < G_N_ELEMENTS (lengths); k++)
        {
          guint n_right = 0;

          n_turns = 0;
          for (guint i = 0; i < INTERVIEWS; i++)
            run_interview (trial, kind, i % 2 == 0 ? a : b, i % 2 == 0 ? b : a, lengths[k],
                           &n_right, &n_turns);
          g_string_append_printf (line, " %8.3f", n_turns > 0 ? (double)n_right / n_turns : 0);
        }
      printf ("%s %s  %-14s %6u%s\n", langs[a], langs[b], kinds[kind], n_turns, line->str);
    }
}

static gboolean
load (Trial *trial, const char *path)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      g_auto (GStrv) cells = g_strsplit (*line, "\t", -1);

      for (guint i = 0; i < N_LANGS && g_strv_length (cells) == 4; i++)
        if (strcmp (cells[1], langs[i]) == 0)
          g_ptr_array_add (trial->sentences[i], g_strdup (cells[3]));
    }
  for (guint i = 0; i < N_LANGS; i++)
    if (trial->sentences[i]->len == 0)
      return FALSE;
  return TRUE;
}

int
main (int argc, char **argv)
{
  Trial trial = { .guesser = attest_language_guesser_new (), .rand = g_rand_new_with_seed (SEED) };
  int status = 0;

  trial.errors = argc > 2 && strcmp (argv[1], "--errors") == 0;
  for (guint i = 0; i < N_LANGS; i++)
    trial.sentences[i] = g_ptr_array_new_with_free_func (g_free);
  if (argc < 2 || !load (&trial, argv[argc - 1]))
    {
      fprintf (stderr, "languages: usage: languages [--errors] SENTENCES\n");
      status = 2;
    }
  else
    {
      printf ("pair   kind            turns");
      for (guint k = 0; k < G_N_ELEMENTS (lengths); k++)
        printf ("  <= %u words", lengths[k]);
      printf ("\n");
      for (guint a = 0; a < N_LANGS; a++)
        for (guint b = a + 1; b < N_LANGS; b++)
          run_pair (&trial, a, b);
    }
  for (guint i = 0; i < N_LANGS; i++)
    g_ptr_array_unref (trial.sentences[i]);
  g_rand_free (trial.rand);
  attest_language_guesser_free (trial.guesser);
  return status;
}
