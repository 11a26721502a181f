/* brief render: a brief for readers. */
#include <string.h>

#include "cli/attest-cli-brief.h"
#include "cli/attest-cli-report.h"
#include "codebook/attest-strength-file.h"
#include "report/attest-brief-check.h"
#include "report/attest-brief-convert.h"
#include "report/attest-brief-render.h"
#include "report/attest-report.h"

typedef struct
{
  char *format, *output, *attribution;
  gboolean is_public, is_internal;
  int min_group;
} Options;

static const char *const formats[] = { "html", "md", "docx", "odt", "pdf", NULL };

static const AttestOption options[]
    = { { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
          "What to make of it",
          "html, one page that holds all it needs; md, Markdown with footnotes; docx and odt by "
          "pandoc, pdf by Chromium or LibreOffice, where they are installed. Without it, what the "
          "name of the output ends in, else html.",
          formats },
        ATTEST_OPTION_OUTPUT (Options),
        { "public", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, is_public), NULL,
          "What may be published (the default)",
          "Quotes as their respondents consented, by pseudonym and group; nobody has a name.",
          NULL },
        { "internal", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, is_internal), NULL,
          "Everything, for those who hold the project",
          "With all quotes, names and places; it is not made for publication.", NULL },
        { "min-group", 0, ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, min_group), "N",
          "For the public: of how many respondents something must hold",
          "Without it: 3. What is told of a respondent is shared by N or more.", NULL },
        { "attribution", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, attribution), "NAMES",
          "For the public: which attributes may be told, with commas between",
          "The last are left out first. Without it: group, subgroup, gender or sex, place.", NULL },
        { NULL } };

static const char *
get_format (const Options *opts)
{
  const char *suffix = opts->output != NULL ? strrchr (opts->output, '.') : NULL;

  if (opts->format != NULL)
    return opts->format;
  for (guint i = 0; suffix != NULL && formats[i] != NULL; i++)
    if (g_ascii_strcasecmp (suffix + 1, formats[i]) == 0)
      return formats[i];
  return formats[0];
}

/* What nobody consented to must not get out; other problems are the business of 'brief check'. */
static gboolean
check (AttestInvocation *inv, const AttestBriefRendering *rendering, GError **error)
{
  g_autoptr (AttestBriefCheck) found
      = attest_brief_check (rendering->store, rendering->brief, rendering->names, error);
  g_autofree char *problems = NULL;

  if (found == NULL)
    return FALSE;
  if (rendering->disclosure != NULL && !attest_cli_is_publishable (found, NULL, error))
    return FALSE;
  problems = attest_report_dup_count (found->open, "problem", NULL);
  if (found->open > 0)
    attest_cli_complain (inv, "warning: %s: %s; 'attest brief check' lists them",
                         rendering->brief->path, problems);
  return TRUE;
}

/* Into @out, which is text, or a document of another program. */
static gboolean
render (const AttestBriefRendering *rendering, const char *format, GString *out, GError **error)
{
  g_autoptr (GString) html = NULL;
  g_autoptr (GBytes) document = NULL;
  gsize length;

  if (strcmp (format, "md") == 0)
    return attest_brief_render_markdown (rendering, out, error);
  if (!attest_brief_is_converted (format))
    return attest_brief_render_html (rendering, ATTEST_BRIEF_PAGE, out, error);
  html = g_string_new (NULL);
  if (!attest_brief_render_html (
          rendering, attest_brief_needs_style (format) ? ATTEST_BRIEF_PAGE : ATTEST_BRIEF_OFFICE,
          html, error))
    return FALSE;
  document = attest_brief_convert (format, html->str, html->len, error);
  if (document == NULL)
    return FALSE;
  length = g_bytes_get_size (document);
  g_string_append_len (out, g_bytes_get_data (document, NULL), (gssize)length);
  return TRUE;
}

static gboolean
write_rendering (AttestInvocation *inv, const AttestBriefRendering *rendering, GError **error)
{
  const Options *opts = inv->opts;
  const char *format = get_format (opts);
  g_autoptr (AttestOutput) output = NULL;

  if (opts->output == NULL && inv->out_tty && attest_brief_is_converted (format))
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "a %s is nothing for a terminal: --output brief.%s", format, format);
  if (!check (inv, rendering, error))
    return FALSE;
  output = attest_cli_open_output (inv, opts->output, error);
  return output != NULL && render (rendering, format, attest_output_get_buffer (output), error)
         && attest_output_close (output, error);
}

/* *@out_disclosure is NULL for those who hold the project. */
static gboolean
open_disclosure (AttestInvocation *inv, AttestDisclosure **out_disclosure, GError **error)
{
  const Options *opts = inv->opts;
  g_auto (GStrv) names = opts->attribution != NULL ? g_strsplit (opts->attribution, ",", -1) : NULL;
  AttestDisclosureOptions audience = { .audience = ATTEST_AUDIENCE_PUBLIC,
                                       .min_group = (guint)opts->min_group,
                                       .attribution = (const char *const *)names };

  if (opts->is_internal && (opts->is_public || opts->min_group != 0 || opts->attribution != NULL))
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--internal prints everything: --public, --min-group and --attribution "
                         "exclude it");
  *out_disclosure = opts->is_internal ? NULL : attest_disclosure_new (inv->store, &audience, error);
  return opts->is_internal || *out_disclosure != NULL;
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  g_autoptr (GArray) problems = attest_problems_new ();
  g_autoptr (AttestBrief) brief = attest_cli_load_brief (inv, inv->args[0], error);
  g_autoptr (AttestCatalogue) labels
      = brief != NULL ? attest_cli_load_brief_labels (inv, brief->lang, error) : NULL;
  g_autoptr (AttestBriefNames) names
      = labels != NULL ? attest_cli_load_brief_names (inv->store, brief->lang, error) : NULL;
  g_autoptr (AttestStrengthRules) rules
      = names != NULL ? attest_strength_rules_load ("strength", problems, error) : NULL;
  g_autoptr (AttestDisclosure) disclosure = NULL;
  AttestBriefRendering rendering = { inv->store, brief, names, labels, rules, NULL };

  if (rules == NULL || !open_disclosure (inv, &disclosure, error))
    return FALSE;
  rendering.disclosure = disclosure;
  return write_rendering (inv, &rendering, error);
}

static const AttestExampleLine examples[]
    = { { "brief render brief.md --output brief.html", "a page to read, print and send" },
        { "brief render brief.md --format md", "Markdown with footnotes, on standard output" },
        { NULL } };

const AttestCommand attest_cmd_brief_render = {
  .name = "brief render",
  .group = "judge",
  .synopsis = "FILE",
  .summary = "Make a page or a document of a brief, with its evidence",
  .doc
  = "The references of the sentences become numbers that lead into an annex, which holds what they "
    "rest on: findings with the strength of their evidence, and quotes for and against them. In "
    "public, which is the default, quotes are printed as their respondents consented, by pseudonym "
    "and group; a brief whose own text has what nobody consented to is refused (exit 3). Raw "
    "HTML in the text is shown as text. On paper it has two columns, as briefs have. The file "
    "appears when it is complete; the same project and text give the same bytes. Where a program "
    "for docx, odt or pdf is missing, its package is named (exit 1).",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .min_args = 1,
  .max_args = 1,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
