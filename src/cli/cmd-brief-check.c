/* brief check: whether each sentence of a brief is backed. */
#include <string.h>

#include "cli/attest-cli-brief.h"
#include "cli/attest-cli-commands.h"
#include "report/attest-brief-check.h"
#include "report/attest-report.h"
#include "util/attest-limits.h"

/* Columns of the line that is shown below a problem. */
#define EXCERPT_COLUMNS 100
/* What is shown of the line before the place. */
#define EXCERPT_BEFORE 60

typedef struct
{
  char *format;
} Options;

static const char *const formats[] = { "table", "json", "junit", NULL };

static const AttestOption options[]
    = { { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
          "How to print it",
          "table for people: a problem with its place, its line and what to do; json for programs, "
          "with all sentences and what they refer to; junit for continuous integration.",
          formats },
        { NULL } };

/* The line, or the part of it around the place, and a caret below. */
static void
write_excerpt (FILE *out, const AttestBrief *brief, gsize byte)
{
  const char *text = brief->text;
  gsize start = byte, end = byte;
  g_autofree char *before = NULL, *after = NULL;
  gboolean is_cut;
  gsize columns;

  while (start > 0 && text[start - 1] != '\n'
         && attest_text_columns (text + start, byte - start) < EXCERPT_BEFORE)
    start--;
  while (start < byte && ((guchar)text[start] & 0xc0) == 0x80)
    start++;
  while (end < brief->length_bytes && text[end] != '\n')
    end++;
  is_cut = start > 0 && text[start - 1] != '\n';
  before = attest_text_printable (text + start, byte - start, 0);
  columns = attest_text_columns (before, strlen (before));
  after = attest_text_printable (text + byte, end - byte,
                                 (guint)(EXCERPT_COLUMNS - MIN (columns, EXCERPT_BEFORE)));
  fprintf (out, "  %s%s%s\n  %*s^\n", is_cut ? "…" : "", before, after, (int)columns + is_cut, "");
}

static void
write_problem (AttestInvocation *inv, const AttestBrief *brief, const AttestBriefProblem *problem)
{
  const char *on = inv->color ? "\033[1;31m" : "", *off = inv->color ? "\033[0m" : "";
  guint line, column;

  attest_brief_get_place (brief, problem->start_byte, &line, &column);
  fprintf (inv->out, "%s:%u:%u: ", brief->path, line, column);
  if (problem->sentence != NULL && problem->sentence->number > 0)
    fprintf (inv->out, "S%u: ", problem->sentence->number);
  if (problem->silenced != NULL)
    {
      g_autofree char *because
          = attest_text_printable (problem->silenced, strlen (problem->silenced), 0);

      fprintf (inv->out, "%s (silenced: %s) [%s]\n", problem->message, because, problem->check);
    }
  else
    fprintf (inv->out, "%s%s%s [%s]\n", on, problem->message, off, problem->check);
  write_excerpt (inv->out, brief, problem->start_byte);
}

static void
write_text (AttestInvocation *inv, const AttestBriefCheck *check)
{
  g_autofree char *sentences = attest_report_dup_count (check->traced, "sentence", NULL);
  g_autofree char *problems = attest_report_dup_count (check->open, "problem", NULL);
  guint n_silenced = check->problems->len - (check->open - check->dropped);

  for (guint i = 0; i < check->problems->len; i++)
    write_problem (inv, check->brief, &g_array_index (check->problems, AttestBriefProblem, i));
  if (check->problems->len > 0)
    fputc ('\n', inv->out);
  if (check->dropped > 0)
    fprintf (inv->out, "not listed: %u more; of each check %u are\n", check->dropped,
             ATTEST_MAX_BRIEF_PROBLEMS);
  fprintf (inv->out, "%s to trace: %u with references, %u judgement, %u boilerplate; %s", sentences,
           check->referring, check->judgement, check->boilerplate, problems);
  if (n_silenced > 0)
    fprintf (inv->out, ", and %u silenced", n_silenced);
  fputc ('\n', inv->out);
  if (check->left_out->len == 0)
    return;
  fputs ("findings that nothing in it refers to:", inv->out);
  for (guint i = 0; i < check->left_out->len; i++)
    fprintf (inv->out, "%s %s", i > 0 ? "," : "",
             (const char *)g_ptr_array_index (check->left_out, i));
  fputc ('\n', inv->out);
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const char *format = ((Options *)inv->opts)->format;
  g_autoptr (AttestBrief) brief = attest_cli_load_brief (inv, inv->args[0], error);
  g_autoptr (AttestBriefNames) names
      = brief != NULL ? attest_cli_load_brief_names (inv->store, brief->lang, error) : NULL;
  g_autoptr (AttestBriefCheck) check
      = names != NULL ? attest_brief_check (inv->store, brief, names, error) : NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  if (check == NULL)
    return FALSE;
  if (g_strcmp0 (format, "json") == 0)
    {
      g_autoptr (AttestJson) json = attest_json_new (out, TRUE);

      attest_brief_check_write_json (check, json);
      g_string_append_c (out, '\n');
    }
  else if (g_strcmp0 (format, "junit") == 0)
    attest_brief_check_write_junit (check, out);
  else
    write_text (inv, check);
  fwrite (out->str, 1, out->len, inv->out);
  if (check->open > 0)
    inv->exit = ATTEST_EXIT_FOUND;
  return TRUE;
}

static const AttestExampleLine examples[]
    = { { "brief check brief.md", "exit 10 when there is anything to say" },
        { "brief check brief.md --format junit > check.xml",
          "for continuous integration; exit 10 likewise" },
        { NULL } };

const AttestCommand attest_cmd_brief_check = {
  .name = "brief check",
  .group = "judge",
  .synopsis = "FILE",
  .summary = "Find sentences of a brief that the project does not back",
  .doc
  = "Each sentence must say what it rests on, {F3}, {Q7F3K2A}, {rating:impact}, "
    "{count:respondents}, "
    "or that it rests on nothing, {judgement}, {boilerplate}; but for sections whose heading has "
    "{untraced}. What it rests on must be in the project, stand, and not be withdrawn or "
    "contradicted "
    "without an answer; words in quotation marks must be those that were said, by somebody who "
    "consented to be quoted; ratings and numbers must be those of the project. Each problem has "
    "its line and column. Exit 10 when there is one that counts: {silence CHECK: why} in its "
    "sentence "
    "says why one does not. doc/brief.md is the format.",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .min_args = 1,
  .max_args = 1,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
