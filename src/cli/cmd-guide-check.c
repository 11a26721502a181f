/* guide check: what is wrong with an interview guide, before anything is aligned with it. */
#include "cli/attest-cli-coding.h"
#include "cli/attest-cli-commands.h"
#include "cli/attest-cli-guide.h"
#include "cli/attest-cli-problem.h"
#include "report/attest-report.h"
#include "util/attest-text.h"

#include <string.h>

typedef struct
{
  char *format, *codebook;
} Options;

static const char *const formats[] = { "table", "json", NULL };

static const AttestOption options[]
    = { { "codebook", 'b', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, codebook), "CODEBOOK",
          "Codebook whose codes the questions ask about",
          "A file, or the id of a shipped codebook. Without it, the one that the guide names.",
          NULL },
        { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
          "How to print it",
          "table for people, json for programs: one object for each guide, one after the other.",
          formats },
        { NULL } };

/* --- questions that claim each other's text ------------------------------------------------ */

/* A conversation of nothing but the questions as they are to be asked, each in each language;
 * @code_of: (element-type guint) whose turn it is. */
static AttestDocument *
ask_all (const AttestCodebook *codebook, GArray *code_of)
{
  AttestDocument *doc = attest_document_new (codebook->path);
  GString *text = g_string_new (NULL);
  guint speaker = attest_document_add_speaker (doc, "Interviewer");
  gsize length_bytes;

  attest_document_speaker (doc, speaker)->role = ATTEST_ROLE_INTERVIEWER;
  for (guint i = 0; i < codebook->codes->len; i++)
    {
      const AttestCode *code = attest_codebook_code (codebook, i);
      g_autoptr (GPtrArray) langs = attest_local_text_list_langs (code->name);

      for (guint k = 0; k < langs->len; k++)
        {
          const char *lang = g_ptr_array_index (langs, k);
          AttestTurn turn = { .speaker = speaker,
                              .start_byte = text->len,
                              .start_ms = ATTEST_NO_TIME,
                              .end_ms = ATTEST_NO_TIME,
                              .lang = *lang != '\0' ? g_intern_string (lang) : NULL };

          g_string_append (text, g_hash_table_lookup (code->name, lang));
          turn.end_byte = text->len;
          g_string_append_c (text, '\n');
          g_array_append_val (doc->turns, turn);
          g_array_append_val (code_of, i);
        }
    }
  length_bytes = text->len;
  attest_document_take_text (doc, g_string_free (text, FALSE), length_bytes);
  attest_document_count_words (doc);
  return doc;
}

/* The texts of a guide must each be known as their own question, and as no other. */
static void
check_overlaps (const AttestGuide *guide, GArray *problems)
{
  const AttestCodebook *codebook = guide->codebook;
  g_autoptr (GArray) code_of = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (AttestDocument) doc = ask_all (codebook, code_of);
  g_autoptr (AttestCoder) coder = attest_coder_new (guide->codebook, NULL);
  g_autoptr (AttestCoderWorker) worker = attest_coder_worker_new (coder);
  g_autoptr (AttestCoding) coding = attest_coder_code (worker, doc);

  for (guint i = 0; i < coding->questions->len; i++)
    {
      const AttestQuestion *question = &g_array_index (coding->questions, AttestQuestion, i);
      guint own = g_array_index (code_of, guint, question->turn);
      const AttestCode *code = attest_codebook_code (codebook, own);
      AttestProblem problem = { .severity = ATTEST_SEVERITY_WARNING,
                                .line = code->line,
                                .column = code->column,
                                .check = "overlap" };

      if (question->code == ATTEST_NO_CODE || question->code == own)
        continue;
      problem.code = g_strdup (code->id);
      problem.message = g_strdup_printf ("question '%s' also claims the text of '%s': '%.*s'",
                                         attest_codebook_code (codebook, question->code)->id,
                                         code->id, (int)(question->end_byte - question->start_byte),
                                         doc->text + question->start_byte);
      g_array_append_val (problems, problem);
    }
}

/* --- what is printed ----------------------------------------------------------------------- */

static void
write_json (const AttestGuide *guide, const char *name, const char *codebook,
            const GArray *problems, FILE *out)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (AttestJson) json = attest_json_new (text, TRUE);
  gboolean is_read = guide != NULL;

  attest_json_begin_object (json);
  attest_json_member_int (json, "format", 1);
  attest_json_member_string (json, "guide", is_read ? guide->codebook->id : name);
  attest_json_member_string (json, "sha256", is_read ? guide->codebook->sha256 : NULL);
  attest_json_member_string (json, "codebook",
                             codebook != NULL && *codebook != '\0' ? codebook : NULL);
  if (is_read)
    {
      attest_json_member_int (json, "questions", attest_guide_n_questions (guide));
      attest_json_member_int (json, "patterns", guide->codebook->patterns->len);
    }
  else
    {
      attest_json_member_null (json, "questions");
      attest_json_member_null (json, "patterns");
    }
  attest_cli_write_problems_json (json, problems, "question");
  attest_json_end_object (json);
  fprintf (out, "%s\n", text->str);
}

static void
write_text (AttestInvocation *inv, const AttestGuide *guide, const char *name, const char *codebook,
            const GArray *problems)
{
  g_autofree char *path = attest_text_printable (name, strlen (name), 0);
  g_autofree char *count = attest_cli_dup_problem_count (problems);

  for (guint i = 0; i < problems->len; i++)
    attest_cli_write_problem (inv, path, &g_array_index (problems, AttestProblem, i));
  if (guide != NULL)
    {
      g_autofree char *questions
          = attest_report_dup_count (attest_guide_n_questions (guide), "question", NULL);
      g_autofree char *patterns
          = attest_report_dup_count (guide->codebook->patterns->len, "pattern", NULL);

      fprintf (inv->out, "%s: %s, %s, ", guide->codebook->id, questions, patterns);
      if (codebook != NULL && *codebook != '\0')
        fprintf (inv->out, "codes of %s: ", codebook);
      else
        fprintf (inv->out, "codes not checked (name their codebook with --codebook): ");
    }
  else
    fprintf (inv->out, "%s: ", path);
  fprintf (inv->out, "%s\n", count);
}

/* FALSE when the file cannot be read; a guide with errors is a result. */
static gboolean
check (AttestInvocation *inv, const char *name, gpointer data, GError **error)
{
  const Options *opts = inv->opts;
  g_autoptr (GArray) problems = attest_problems_new ();
  g_autoptr (GError) guide_error = NULL;
  g_autoptr (AttestGuide) guide = attest_guide_load (name, problems, &guide_error);
  g_autofree char *codebook = NULL;

  if (guide != NULL
      && attest_cli_check_guide_codes (NULL, guide, opts->codebook, problems, &codebook,
                                       &guide_error))
    {
      attest_guide_lint (guide, problems);
      check_overlaps (guide, problems);
    }
  if (guide_error != NULL && problems->len == 0)
    {
      g_propagate_error (error, g_steal_pointer (&guide_error));
      return FALSE;
    }
  if (g_strcmp0 (opts->format, "json") == 0)
    write_json (guide, name, codebook, problems, inv->out);
  else
    write_text (inv, guide, name, codebook, problems);
  if (guide_error != NULL)
    inv->exit = MAX (inv->exit, ATTEST_EXIT_CODEBOOK);
  return TRUE;
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  attest_cli_for_each_file (inv, check, NULL);
  return TRUE;
}

static const AttestExampleLine examples[]
    = { { "guide check guide.yaml", "errors and warnings, each with its place in the file" },
        { "guide check guide.yaml --codebook oecd-dac", NULL },
        { NULL } };

const AttestCommand attest_cmd_guide_check = {
  .name = "guide check",
  .group = "guide",
  .synopsis = "GUIDE…",
  .summary = "Look for mistakes in interview guides",
  .doc = "GUIDE is a file, see doc/guide.md. Errors keep it from being used: what is not YAML, "
         "unknown keys, patterns that are not valid, codes that the codebook has not. Warnings "
         "tell of questions that will not be found as they seem to: in a language of the guide "
         "for which they have no pattern, or because another question claims the same words.\n\n"
         "Exit 4 when there is an error; warnings alone are exit 0.",
  .examples = examples,
  .needs = ATTEST_NEEDS_NOTHING,
  .min_args = 1,
  .max_args = G_MAXUINT,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
