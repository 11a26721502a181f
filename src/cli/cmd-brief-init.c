/* brief init: the first text of a brief. */
#include "cli/attest-cli-brief.h"
#include "cli/attest-cli-report.h"
#include "report/attest-brief-draft.h"

typedef struct
{
  char *lang, *output;
  gboolean force;
} Options;

/* Those of attest_catalogue_list_langs(). */
static const char *const langs[] = { "en", "fr", "es", "ru", NULL };

static const AttestOption options[]
    = { { "lang", 'l', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, lang), "LANG",
          "Language of the brief",
          "en, unless given: of headings and fixed words, of names of criteria and levels, and of "
          "project data that are there in several. What people wrote stays in its language.",
          langs },
        ATTEST_OPTION_OUTPUT (Options),
        { "force", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, force), NULL,
          "Replace a file that is there", "Without it, a brief that is there is left alone.",
          NULL },
        { NULL } };

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  const char *lang = opts->lang != NULL ? opts->lang : langs[0];
  g_autoptr (AttestCatalogue) labels = NULL;
  g_autoptr (AttestBriefNames) names = NULL;
  g_autoptr (AttestOutput) output = NULL;
  g_autofree char *text = NULL;

  if (opts->output != NULL && !opts->force && g_file_test (opts->output, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
                   "%s is there already: --force replaces it", opts->output);
      return FALSE;
    }
  labels = attest_cli_load_brief_labels (inv, lang, error);
  names = labels != NULL ? attest_cli_load_brief_names (inv->store, lang, error) : NULL;
  text = names != NULL ? attest_brief_draft (inv->store, labels, names, error) : NULL;
  output = text != NULL ? attest_cli_open_output (inv, opts->output, error) : NULL;
  if (output == NULL)
    return FALSE;
  g_string_append (attest_output_get_buffer (output), text);
  return attest_output_close (output, error);
}

static const AttestExampleLine examples[]
    = { { "brief init --output new-brief.md", "with what the project knows, and gaps" },
        { "brief init --lang fr", "in French, on standard output" },
        { NULL } };

const AttestCommand attest_cmd_brief_init = {
  .name = "brief init",
  .group = "judge",
  .synopsis = "",
  .summary = "Begin the text of an evaluation brief",
  .doc
  = "Writes a Markdown text in the shape of an evaluation brief: title, tables of evaluation and "
    "project, purpose, methods and limits with the numbers of the project and who was silent, each "
    "criterion with its rating, findings and conclusions, good practices, lessons, and "
    "recommendations with addressee, priority and time frame. Each sentence refers to what it "
    "rests "
    "on; what a person has to write is a gap, {todo: …}. doc/brief.md is the format.",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
