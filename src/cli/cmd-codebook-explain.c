/* codebook explain: why a sentence gets a code, or does not.
 *
 * The sentence is coded as `code` would, by the whole codebook, while the engine notes what it
 * decides about each match; nothing here matches anything.
 */
#include "cli/attest-cli-coding.h"
#include "cli/attest-cli-commands.h"
#include "cli/attest-cli-codebook-explain.h"
#include "util/attest-text.h"

#include <string.h>

typedef struct
{
  char *format, *lang, *asked, *role;
  gboolean all;
} Options;

static const char *const formats[] = { "text", "json", NULL };
static const char *const roles[] = { "respondent", "interpreter", "other", NULL };

static const AttestOption options[] = {
  { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
    "How to print it", "text for people, json for programs.", formats },
  { "all", 'a', ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, all), NULL,
    "Show the rules that do not match, too", "Without it they are only counted.", NULL },
  { "lang", 'l', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, lang), "LANG",
    "Language of the sentence",
    "An ISO 639-1 code such as en. Without it the language is guessed; of a few words it cannot "
    "be told, and then the rules of all languages look at them.",
    NULL },
  { "asked", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, asked), "QUESTION",
    "The question that it answers", "What an interviewer said right before.", NULL },
  { "role", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, role), "ROLE", "Who says it",
    "A respondent unless told otherwise.", roles },
  { NULL }
};

static void
add_turn (AttestDocument *doc, GString *text, AttestRole role, const char *said, const char *lang)
{
  guint speaker = attest_document_intern_speaker (doc, attest_role_to_string (role));
  gsize unused;
  g_autofree char *nfc = attest_text_to_nfc (said, strlen (said), &unused);
  AttestTurn turn = { .speaker = speaker,
                      .start_byte = text->len,
                      .start_ms = ATTEST_NO_TIME,
                      .end_ms = ATTEST_NO_TIME,
                      .lang = lang };

  attest_document_speaker (doc, speaker)->role = role;
  g_string_append (text, nfc != NULL ? nfc : said);
  turn.end_byte = text->len;
  g_string_append (text, "\n\n");
  g_array_append_val (doc->turns, turn);
}

static AttestDocument *
make_document (const Options *opts, AttestRole role, const char *lang, const char *sentence)
{
  AttestDocument *doc = attest_document_new ("explain");
  GString *text = g_string_new (NULL);

  if (opts->asked != NULL)
    add_turn (doc, text, ATTEST_ROLE_INTERVIEWER, opts->asked, lang);
  add_turn (doc, text, role, sentence, lang);
  gsize length_bytes = text->len;
  attest_document_take_text (doc, g_string_free (text, FALSE), length_bytes);
  return doc;
}

/* (nullable) interned. */
static const char *
guess_lang (AttestInvocation *inv, const char *sentence)
{
  AttestCliGuessers guessers;

  attest_cli_guessers_init (&guessers, inv, 1);
  const char *lang = attest_language_guess (guessers.guessers[0], sentence, strlen (sentence));
  attest_cli_guessers_clear (&guessers);
  return lang;
}

static gboolean
check_text (const char *text, GError **error)
{
  if (g_utf8_validate (text, -1, NULL))
    return TRUE;
  return attest_throw (error, ATTEST_ERROR_USAGE, "the sentence is not valid UTF-8");
}

/* What the rules of all languages decide. */
static AttestTrace *
trace_any_lang (AttestCoderWorker *worker, const Options *opts, AttestRole role,
                const char *sentence)
{
  g_autoptr (AttestDocument) doc = make_document (opts, role, NULL, sentence);
  AttestTrace *trace = attest_trace_new ();

  attest_coding_free (attest_coder_trace (worker, doc, trace));
  return trace;
}

static void
write_code (AttestExplained *explained, guint code)
{
  const Options *opts = explained->inv->opts;

  explained->code = code;
  if (g_strcmp0 (opts->format, "json") == 0)
    attest_cli_explain_json (explained);
  else
    attest_cli_explain_text (explained);
  explained->is_further = TRUE;
}

/* Whether a pattern of the code matches. */
static gboolean
is_touched (const AttestExplained *explained, guint code)
{
  for (guint i = 0; i < explained->trace->verdicts->len; i++)
    {
      const AttestVerdict *verdict = &g_array_index (explained->trace->verdicts, AttestVerdict, i);

      if (attest_codebook_pattern (explained->codebook, verdict->match.pattern)->code == code)
        return TRUE;
    }
  return FALSE;
}

/* @code -1: every code that something matches of. */
static void
write_codes (AttestExplained *explained, int code)
{
  guint n = 0;

  if (code >= 0)
    write_code (explained, (guint)code);
  for (guint i = 0; code < 0 && i < explained->codebook->codes->len; i++)
    if (is_touched (explained, i))
      {
        write_code (explained, i);
        n++;
      }
  if (code < 0 && n == 0)
    attest_cli_complain (explained->inv,
                         "no rule of %s matches; name a code to see what comes near",
                         explained->codebook->id);
}

static void
explain (AttestInvocation *inv, AttestCodebook *codebook, int code, AttestRole role,
         AttestQualifierSet *qualifiers)
{
  const Options *opts = inv->opts;
  const char *sentence = inv->args[inv->n_args - 1];
  const char *lang = opts->lang != NULL ? g_intern_string (opts->lang) : guess_lang (inv, sentence);
  g_autoptr (AttestCoder) coder = attest_coder_new (codebook, NULL);
  g_autoptr (AttestCoderWorker) worker = attest_coder_worker_new (coder);
  g_autoptr (AttestQualifierWorker) qualifier = attest_qualifier_worker_new (qualifiers);
  g_autoptr (AttestDocument) doc = make_document (opts, role, lang, sentence);
  g_autoptr (AttestTrace) trace = attest_trace_new ();
  g_autoptr (AttestTrace) any_lang
      = lang != NULL ? trace_any_lang (worker, opts, role, sentence) : NULL;
  g_autoptr (AttestCoding) coding = attest_coder_trace (worker, doc, trace);
  AttestExplained explained = { .inv = inv,
                                .codebook = codebook,
                                .doc = doc,
                                .role = role,
                                .lang = lang,
                                .is_lang_guessed = opts->lang == NULL,
                                .all = opts->all,
                                .trace = trace,
                                .coding = coding,
                                .any_lang = any_lang,
                                .qualifier = qualifier };

  write_codes (&explained, code);
  attest_cli_complain_incomplete (inv, "the sentence", codebook, coding);
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  const char *sentence = inv->args[inv->n_args - 1];
  AttestRole role = ATTEST_ROLE_RESPONDENT;
  int code = -1;

  if (!attest_cli_check_lang (opts->lang, error) || !check_text (sentence, error))
    return FALSE;
  if (opts->role != NULL)
    attest_role_from_string (opts->role, &role);
  g_autoptr (AttestCodebook) codebook = attest_cli_load_codebook (inv->args[0], error);
  if (codebook == NULL)
    return FALSE;
  if (inv->n_args == 3 && (code = attest_cli_find_code (codebook, inv->args[1], error)) < 0)
    return FALSE;
  g_autoptr (AttestQualifierSet) qualifiers = attest_cli_load_qualifiers (inv, error);
  if (qualifiers == NULL)
    return FALSE;
  explain (inv, codebook, code, role, qualifiers);
  return TRUE;
}

static const AttestExampleLine examples[]
    = { { "codebook explain mine.yaml impact 'It made a difference to women.'",
          "which rules hit, and how wide the segment is" },
        { "codebook explain oecd-dac 'The money came late.'", "each code of which a rule matches" },
        { "codebook explain mine.yaml gender 'Women came.' --format json", "for scripts" },
        { NULL } };

const AttestCommand attest_cmd_codebook_explain = {
  .name = "codebook explain",
  .group = "codebook",
  .synopsis = "CODEBOOK [CODE] SENTENCE",
  .summary = "Say why a sentence gets a code, or does not",
  .doc
  = "CODEBOOK is a file, or the id of a shipped codebook. Codes the sentence, or a few of them, "
    "as one turn, and prints which patterns of the code match and what was decided: first the "
    "hits, then the segments, widened to their sentences, how they were said and by which words "
    "one knows; then what came near: segments that fell away again for their weight or for other "
    "codes, matches that a condition stopped, rules that are for another language. Without CODE, "
    "every code of which something matches.\n\n"
    "Exit 0 whether it is coded or not.",
  .examples = examples,
  .needs = ATTEST_NEEDS_NOTHING,
  .min_args = 2,
  .max_args = 3,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
