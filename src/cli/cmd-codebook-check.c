/* codebook check: what is wrong with a codebook, before anything is coded with it. */
#include "cli/attest-cli-codebook-check.h"
#include "cli/attest-cli-codebook-project.h"
#include "cli/attest-cli-commands.h"
#include "pattern/attest-scanner.h"

typedef struct
{
  char *format, *project;
  gboolean verbose;
} Options;

static const char *const formats[] = { "table", "json", NULL };

static const AttestOption options[]
    = { { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
          "How to print it",
          "table for people, json for programs: one object for each codebook, one after the other.",
          formats },
        { "verbose", 'v', ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, verbose), NULL,
          "Say which patterns are slow, and how many rules are not tested",
          "Most patterns are tried only where a word of theirs stands in the text. The others are "
          "searched for everywhere.",
          NULL },
        { "project", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, project), "FILE",
          "Also say which rules never hit in this project",
          "And which codes always stand together in it. The project must be coded by the codebook; "
          "nothing in it changes.",
          NULL },
        { NULL } };

static void
write_slow (AttestInvocation *inv, const char *path, const AttestCodebook *codebook)
{
  guint n = 0;

  for (guint i = 0; i < codebook->patterns->len; i++)
    {
      const AttestCodebookPattern *pattern = attest_codebook_pattern (codebook, i);
      const char *reason = attest_scanner_explain_always (pattern->pattern);

      if (reason == NULL)
        continue;
      n++;
      fprintf (inv->out, "%s:%u:%u: note: pattern %s is searched for everywhere: %s [slow]\n", path,
               pattern->line, pattern->column, pattern->name, reason);
    }
  fprintf (inv->out,
           "%s: %u pattern%s searched for everywhere, %u only where a word of theirs is\n",
           codebook->id, n, attest_cli_plural (n), codebook->patterns->len - n);
}

/* How many rules examples need. */
static void
write_untested (AttestInvocation *inv, AttestCliChecked *checked)
{
  guint n = checked->codebook->rules->len, needed = 0;

  attest_cli_checked_test (checked);
  for (guint i = 0; i < n; i++)
    needed += attest_cli_checked_is_unreached_rule (checked, i) ? 0 : 1;
  if (needed < n)
    fprintf (inv->out,
             "%s: examples need %u of %u rule%s; 'attest codebook test --coverage' lists the "
             "others\n",
             checked->codebook->id, needed, n, attest_cli_plural (n));
  /* Whether examples pass is another command's business. */
  g_clear_pointer (&checked->test, attest_codebook_test_free);
}

static void
write_text (AttestInvocation *inv, AttestCliChecked *checked)
{
  const Options *opts = inv->opts;
  g_autofree char *path = attest_cli_checked_dup_path (checked);

  attest_cli_checked_write_problems (inv, checked);
  if (checked->codebook != NULL && opts->verbose)
    {
      write_slow (inv, path, checked->codebook);
      write_untested (inv, checked);
    }
  attest_cli_checked_write_counts (inv, checked);
}

/* Rules that never hit, and the like. @path: of the project. */
static gboolean
check_in_project (AttestInvocation *inv, const char *path, AttestCliChecked *checked,
                  GError **error)
{
  g_autofree char *found = attest_cli_find_project (path, error);
  g_autoptr (AttestStore) store
      = found != NULL ? attest_store_open (found, ATTEST_STORE_READ, error) : NULL;
  gboolean is_older = FALSE;

  if (store == NULL
      || !attest_cli_check_in_project (checked->codebook, store, checked->problems, &is_older,
                                       error))
    return FALSE;
  if (is_older)
    attest_cli_complain (inv,
                         "warning: %s was coded by another version of %s: 'attest code %s' brings "
                         "it up to date",
                         found, checked->codebook->id, checked->name);
  return TRUE;
}

static gboolean
check (AttestInvocation *inv, const char *name, gpointer data, GError **error)
{
  const Options *opts = inv->opts;
  const char *project = opts->project != NULL ? opts->project : inv->project;
  g_auto (AttestCliChecked) checked = { .problems = NULL };

  if (!attest_cli_checked_load (&checked, name, TRUE, error))
    return FALSE;
  if (project != NULL && checked.codebook != NULL
      && !check_in_project (inv, project, &checked, error))
    return FALSE;
  if (g_strcmp0 (opts->format, "json") == 0)
    attest_cli_checked_write_json (&checked, opts->verbose, inv->out);
  else
    write_text (inv, &checked);
  inv->exit = MAX (inv->exit, attest_cli_checked_exit (&checked));
  return TRUE;
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  attest_cli_for_each_file (inv, check, NULL);
  return TRUE;
}

static const AttestExampleLine examples[]
    = { { "codebook check mine.yaml", "errors and warnings, each with its place in the file" },
        { "codebook check oecd-dac", "a shipped codebook, by its id" },
        { "codebook check mine.yaml --project kyrgyz.attest", "also rules that never hit in it" },
        { "codebook check --verbose mine.yaml", "also the patterns that make coding slow" },
        { NULL } };

const AttestCommand attest_cmd_codebook_check = {
  .name = "codebook check",
  .group = "codebook",
  .synopsis = "CODEBOOK…",
  .summary = "Look for mistakes in codebooks",
  .doc
  = "CODEBOOK is a file, or the id of a shipped codebook. Errors keep a codebook from being "
    "used: what is not YAML, unknown keys, patterns that are not valid, and the like. "
    "Warnings tell of rules that will not do what they seem to: patterns that match nothing, "
    "that are there twice, whose every match is another's, on which the search gives up, or that "
    "no example tests.\n\n"
    "Exit 4 when there is an error; warnings alone are exit 0.",
  .examples = examples,
  .needs = ATTEST_NEEDS_NOTHING,
  .min_args = 1,
  .max_args = G_MAXUINT,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
