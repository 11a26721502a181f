/* demo: the whole way from transcripts to a brief, on the shipped corpus, command by command. */
#include "cli/attest-cli-commands.h"
#include "util/attest-path.h"
#include "util/attest-text.h"

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

static void
show_command (AttestInvocation *inv, const char *typed)
{
  g_autofree char *line = attest_text_printable (typed, strlen (typed), 0);

  fprintf (inv->out, "\n%s$ attest %s%s\n", inv->out_tty ? "\033[1m" : "", line,
           inv->out_tty ? "\033[0m" : "");
}

/* Runs a command and shows it first, as the user would type it. @shown: (nullable) in place of the
 * arguments. */
static gboolean
step (AttestInvocation *inv, const char *shown, GPtrArray *words, GError **error)
{
  g_autofree char *quoted = quote_words (words);
  const char *typed = shown != NULL ? shown : quoted + strlen ("attest ");
  int status;

  g_ptr_array_add (words, NULL);
  show_command (inv, typed);
  fflush (inv->out);
  status = attest_cli_main ((int)words->len - 1, (char **)words->pdata, inv->out, inv->err);
  /* What checks find is shown, and no failure. */
  if (status == 0 || status == ATTEST_EXIT_FOUND)
    return TRUE;
  inv->exit = (AttestExit)status;
  return attest_throw (error, ATTEST_ERROR_USAGE, "the demo stops: 'attest %s' failed", typed);
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

/* A command with a file of the corpus behind it. */
static gboolean
step_with_file (AttestInvocation *inv, const char *project, const char *command, const char *option,
                const char *name, GError **error)
{
  g_autofree char *path = attest_path_find_data ("corpora/" CORPUS, name);
  g_autoptr (GPtrArray) words = words_new (project, command, option, path, NULL);

  if (path == NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE, "a file of the demo is not installed: %s/%s",
                         "corpora/" CORPUS, name);
  return step (inv, NULL, words, error);
}

/* ---- judgements ---- */

/* Takes the ledger of the example; of the line that each change gets, the last is shown. */
static gboolean
import_ledger (AttestInvocation *inv, const char *project, GError **error)
{
  g_autofree char *path = attest_path_find_data ("corpora/" CORPUS, "ledger.yaml");
  g_autoptr (GPtrArray) words
      = words_new (project, "import", "ledger", "--coder", "evaluator", NULL);
  AttestInvocation quiet = *inv;
  char *text = NULL;
  gsize length_bytes;
  const char *last;
  gboolean ok;

  if (path == NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE, "a file of the demo is not installed: %s",
                         "corpora/" CORPUS "/ledger.yaml");
  g_ptr_array_add (words, g_strdup (path));
  quiet.out = open_memstream (&text, &length_bytes);
  quiet.out_tty = FALSE;
  ok = step (&quiet, NULL, words, error);
  fclose (quiet.out);
  inv->exit = quiet.exit;
  for (last = text + length_bytes; last > text && (last[-1] != '\n' || *last == '\0'); last--)
    ;
  if (ok)
    {
      g_autofree char *typed
          = g_strdup_printf ("--project %s import ledger --coder evaluator %s", project, path);

      show_command (inv, typed);
      fprintf (inv->out, "…\n%s", last);
    }
  free (text);
  return ok;
}

static gboolean
show_judgements (AttestInvocation *inv, const char *project, const char *book, GError **error)
{
  g_autoptr (GPtrArray) stats
      = words_new (project, "review", "--stats", "--dimension", "criterion", NULL);
  g_autoptr (GPtrArray) strength = words_new (project, "strength", "sustainability", NULL);
  g_autoptr (GPtrArray) trace = words_new (project, "trace", "R3", NULL);
  g_autoptr (GPtrArray) check = words_new (project, "check", NULL);
  g_autoptr (GPtrArray) brief = words_new (project, "brief", "check", NULL);
  g_autoptr (GPtrArray) pages = words_new (project, "book", book, NULL);
  g_autoptr (GPtrArray) verify = words_new (project, "verify", NULL);
  char *text = attest_path_find_data ("corpora/" CORPUS, "brief.en.md");

  if (text == NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE, "a file of the demo is not installed: %s",
                         "corpora/" CORPUS "/brief.en.md");
  g_ptr_array_add (brief, text);
  return step_with_file (inv, project, "review", "--import", "decisions.csv", error)
         && step (inv, NULL, stats, error) && import_ledger (inv, project, error)
         && step (inv, NULL, strength, error) && step (inv, NULL, trace, error)
         && step (inv, NULL, check, error) && step (inv, NULL, brief, error)
         && step (inv, NULL, pages, error) && step (inv, NULL, verify, error);
}

/* ---- reports ---- */

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

  return step (inv, NULL, code, error)
         && step_with_file (inv, project, "guide", "apply", "guide.yaml", error)
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
  g_autofree char *book = g_build_filename (folder, "book", NULL);
  g_autoptr (GPtrArray) init
      = words_new (NULL, "init", project, "--title", "Migration policy (fictional)", NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", folder,
                   g_strerror (errno));
      return FALSE;
    }
  if (!step (inv, NULL, init, error) || !ingest (inv, project, error)
      || !step_with_file (inv, project, "respondents", "import", "respondents.csv", error)
      || !show_reports (inv, project, page, error) || !show_judgements (inv, project, book, error))
    return FALSE;
  attest_cli_say (inv,
                  "\nThe interviews are fictional, and so is who judged them. To look at next:\n"
                  "  %s/index.html  the evidence book, in a browser\n"
                  "  %s  one page, where each quote leads into its transcript\n"
                  "  attest --project %s review  what is left to decide, on the screen\n",
                  book, page, project);
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
  = "Makes a project from the shipped, fictional interviews in FOLDER (attest-demo), and shows "
    "each "
    "step with the command that does it: the interviews are taken in and coded, the questions of "
    "their guide are found, reports say who was asked and who spoke; then what somebody decided of "
    "the segments, the findings, conclusions and recommendations that rest on the quotes, six "
    "ratings, how strong their evidence is, what a reviewer would object to, a brief in which "
    "every "
    "sentence is traced, and the evidence book. At the end it says what to open.",
  .examples = examples,
  .needs = ATTEST_NEEDS_NOTHING,
  .max_args = 1,
  .run = run,
};
