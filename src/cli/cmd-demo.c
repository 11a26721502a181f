/* demo: the whole way from transcripts to evidence, on the shipped corpus, command by command. */
#include "cli/attest-cli-commands.h"
#include "util/attest-path.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define CORPUS "kyrgyz-migration"

/* As one would type them: quoted where a shell would take them apart. */
static char *
quote_words (const GPtrArray *words)
{
  GString *line = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    {
      const char *word = g_ptr_array_index (words, i);
      g_autofree char *quoted
          = strpbrk (word, " ()'\"\\$&;*?") != NULL ? g_shell_quote (word) : g_strdup (word);

      g_string_append_printf (line, "%s%s", i > 0 ? " " : "", quoted);
    }
  return g_string_free (line, FALSE);
}

/* Runs a command and shows it first, as the user would type it. @shown: (nullable) in place of the
 * arguments. */
static gboolean
step (AttestInvocation *inv, const char *shown, GPtrArray *words, GError **error)
{
  g_autofree char *line = quote_words (words);
  int status;

  g_ptr_array_add (words, NULL);
  fprintf (inv->out, "\n%s$ attest %s%s\n", inv->out_tty ? "\033[1m" : "",
           shown != NULL ? shown : line + strlen ("attest "), inv->out_tty ? "\033[0m" : "");
  fflush (inv->out);
  status = attest_cli_main ((int)words->len - 1, (char **)words->pdata, inv->out, inv->err);
  if (status == 0)
    return TRUE;
  inv->exit = (AttestExit)status;
  return attest_throw (error, ATTEST_ERROR_USAGE, "the demo stops: 'attest %s' failed",
                       shown != NULL ? shown : line + strlen ("attest "));
}

static GPtrArray *
words_new (const char *project, ...)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  va_list args;
  const char *word;

  g_ptr_array_add (words, g_strdup ("attest"));
  if (project != NULL)
    {
      g_ptr_array_add (words, g_strdup ("--project"));
      g_ptr_array_add (words, g_strdup (project));
    }
  va_start (args, project);
  while ((word = va_arg (args, const char *)) != NULL)
    g_ptr_array_add (words, g_strdup (word));
  va_end (args);
  return words;
}

static gboolean
ingest (AttestInvocation *inv, const char *project, GError **error)
{
  g_autoptr (GPtrArray) names = attest_path_list_data ("corpora/" CORPUS, "");
  g_autoptr (GPtrArray) words = words_new (project, "ingest", NULL);
  g_autofree char *folder = NULL;
  g_autofree char *shown = NULL;

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      if (!g_ascii_isdigit (name[0]))
        continue;
      g_ptr_array_add (words, attest_path_find_data ("corpora/" CORPUS, name));
      if (folder == NULL)
        folder = g_path_get_dirname (g_ptr_array_index (words, words->len - 1));
    }
  if (folder == NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "the interviews of the demo are not installed: %s", "corpora/" CORPUS);
  shown = g_strdup_printf ("--project %s ingest %s/[0-9]*", project, folder);
  return step (inv, shown, words, error);
}

static gboolean
import_respondents (AttestInvocation *inv, const char *project, GError **error)
{
  g_autofree char *csv = attest_path_find_data ("corpora/" CORPUS, "respondents.csv");
  g_autoptr (GPtrArray) words = words_new (project, "respondents", "import", csv, NULL);

  return csv == NULL || step (inv, NULL, words, error);
}

static gboolean
apply_guide (AttestInvocation *inv, const char *project, GError **error)
{
  g_autofree char *guide = attest_path_find_data ("corpora/" CORPUS, "guide.yaml");
  g_autoptr (GPtrArray) words = words_new (project, "guide", "apply", guide, NULL);

  return guide == NULL || step (inv, NULL, words, error);
}

static gboolean
show_reports (AttestInvocation *inv, const char *project, const char *page, GError **error)
{
  g_autoptr (GPtrArray) code = words_new (project, "code", "oecd-dac", NULL);
  g_autoptr (GPtrArray) frequency = words_new (project, "report", "frequency", NULL);
  g_autoptr (GPtrArray) matrix
      = words_new (project, "report", "matrix", "--rows", "criterion", "--cols", "theme", NULL);
  g_autoptr (GPtrArray) coverage
      = words_new (project, "report", "coverage", "--dimension", "criterion", NULL);
  g_autoptr (GPtrArray) evidence
      = words_new (project, "report", "evidence", "sustainability", NULL);
  g_autoptr (GPtrArray) html
      = words_new (project, "report", "evidence", "--format", "html", "--output", page, NULL);

  return step (inv, NULL, code, error) && apply_guide (inv, project, error)
         && step (inv, NULL, frequency, error) && step (inv, NULL, matrix, error)
         && step (inv, NULL, coverage, error) && step (inv, NULL, evidence, error)
         && step (inv, NULL, html, error);
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const char *folder = inv->n_args > 0 ? inv->args[0] : "attest-demo";
  g_autofree char *project = g_build_filename (folder, CORPUS ".attest", NULL);
  g_autofree char *page = g_build_filename (folder, "evidence.html", NULL);
  g_autoptr (GPtrArray) init
      = words_new (NULL, "init", project, "--title", "Migration policy (fictional)", NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", folder,
                   g_strerror (errno));
      return FALSE;
    }
  if (!step (inv, NULL, init, error) || !ingest (inv, project, error)
      || !import_respondents (inv, project, error) || !show_reports (inv, project, page, error))
    return FALSE;
  fprintf (inv->out,
           "\nThe interviews are fictional. The project is in %s,\n"
           "the page for a browser in %s\n",
           project, page);
  return TRUE;
}

static const AttestExampleLine examples[]
    = { { "demo tour", "an example project in the folder tour" }, { NULL } };

const AttestCommand attest_cmd_demo = {
  .name = "demo",
  .group = "start",
  .synopsis = "[FOLDER]",
  .summary = "Make an example project and show the whole way",
  .doc
  = "Makes a project from the shipped, fictional interviews in FOLDER (attest-demo), codes it, "
    "finds the questions of their guide, and prints the frequencies, the criteria by themes, who "
    "was asked and who spoke, and the evidence for one criterion, each with the command that made "
    "it.",
  .examples = examples,
  .needs = ATTEST_NEEDS_NOTHING,
  .max_args = 1,
  .run = run,
};
