#include "cli/attest-cli-coding.h"
#include "cli/attest-cli-commands.h"
#include "cli/attest-progress.h"
#include "reader/attest-reader.h"
#include "util/attest-limits.h"
#include "util/attest-pipeline.h"

#include <glib/gstdio.h>

typedef struct
{
  char *lang, *encoding;
  char **interviewers;
  char **map;
  int jobs;
} Options;

static const AttestOption options[]
    = { { "lang", 'l', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, lang), "LANG",
          "Language of the transcripts", "An ISO 639-1 code such as en, kept with the source.",
          NULL },
        { "encoding", 'e', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, encoding), "NAME",
          "Encoding of the files", "Without it, the encoding is found or guessed.", NULL },
        { "interviewer", 'i', ATTEST_OPT_STRINGS, G_STRUCT_OFFSET (Options, interviewers), "LABEL",
          "Label of an interviewer, may be repeated",
          "Otherwise roles are found from the labels, the header and the questions asked.", NULL },
        ATTEST_CLI_OPTION_MAP (Options),
        { "jobs", 'j', ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, jobs), "N", "Threads that read",
          "0 takes all processors. The result is the same.", NULL },
        { NULL } };

static const AttestExampleLine examples[]
    = { { "ingest interviews/*.txt", "adds the files that are not in the project yet" }, { NULL } };

typedef struct
{
  AttestInvocation *inv;
  AttestReadOptions read;
  AttestSourceOptions source;
  AttestCliGuessers guessers;
  AttestProgress progress;
  guint next;
  guint added, same, failed;
} Ingest;

/* A file on its way through the pipeline. */
typedef struct
{
  const char *path;
  AttestDocument *doc;
  GError *error;
} Item;

static void
item_free (gpointer data)
{
  Item *item = data;

  attest_document_free (item->doc);
  g_clear_error (&item->error);
  g_free (item);
}

static gpointer
next_file (gpointer data, guint64 *out_cost, GError **error)
{
  Ingest *ingest = data;
  Item *item;
  GStatBuf info;

  if (ingest->next >= ingest->inv->n_args)
    return NULL;
  item = g_new0 (Item, 1);
  item->path = ingest->inv->args[ingest->next++];
  *out_cost = g_stat (item->path, &info) == 0 ? (guint64)info.st_size : 0;
  return item;
}

static gpointer
read_file (gpointer data, guint worker, gpointer user_data)
{
  Item *item = data;
  Ingest *ingest = user_data;

  item->doc = attest_reader_read_file (item->path, &ingest->read, &item->error);
  if (item->doc != NULL)
    attest_languages_assign (item->doc, ingest->guessers.guessers[worker], ingest->source.lang);
  return item;
}

static gboolean
store_file (gpointer data, gpointer user_data, GError **error)
{
  Item *item = data;
  Ingest *ingest = user_data;
  g_autofree char *label = NULL;
  AttestSourceResult result;
  gboolean ok = TRUE;

  if (item->doc == NULL)
    {
      attest_cli_complain (ingest->inv, "%s", item->error->message);
      ingest->inv->exit = MAX (ingest->inv->exit, attest_error_exit (item->error));
      ingest->failed++;
    }
  else if (!attest_store_add_document (ingest->inv->store, item->doc, &ingest->source, &result,
                                       &label, error))
    ok = FALSE;
  else if (result == ATTEST_SOURCE_SAME)
    {
      fprintf (ingest->inv->out, "%s: already in the project as %s\n", item->path, label);
      ingest->same++;
    }
  else
    {
      attest_cli_complain_warnings (ingest->inv, item->doc);
      ingest->added++;
    }
  attest_progress_step (&ingest->progress);
  item_free (item);
  return ok;
}

/* What the files hold; a file that cannot be asked counts for nothing. */
static guint64
size_of_files (const AttestInvocation *inv)
{
  guint64 bytes = 0;

  for (guint i = 0; i < inv->n_args; i++)
    {
      GStatBuf info;

      if (g_stat (inv->args[i], &info) == 0)
        bytes += (guint64)info.st_size;
    }
  return bytes;
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  static const AttestPipelineFuncs funcs = { next_file, read_file, store_file, item_free };
  Options *opts = inv->opts;
  Ingest ingest = { .inv = inv };
  guint jobs = attest_cli_jobs (opts->jobs);
  gboolean ok;

  if (!attest_cli_check_lang (opts->lang, error))
    return FALSE;
  ingest.read.encoding = ingest.source.encoding = opts->encoding;
  ingest.read.interviewers = ingest.source.interviewers = (const char *const *)opts->interviewers;
  ingest.read.map = ingest.source.map = (const char *const *)opts->map;
  ingest.source.lang = opts->lang;
  if (!attest_store_begin_bulk (inv->store, size_of_files (inv), error))
    return FALSE;
  attest_cli_guessers_init (&ingest.guessers, inv, jobs);
  attest_progress_start (&ingest.progress, inv, "ingesting", inv->n_args);
  ok = attest_pipeline_run (&funcs, &ingest, jobs, ATTEST_MAX_QUEUED_BYTES, error);
  attest_progress_end (&ingest.progress);
  attest_cli_guessers_clear (&ingest.guessers);
  ok = ok && attest_store_commit (inv->store, NULL, "ingest", NULL, error);
  if (!ok)
    {
      attest_store_rollback (inv->store);
      return FALSE;
    }
  fprintf (inv->out, "%u added, %u already there, %u not taken\n", ingest.added, ingest.same,
           ingest.failed);
  return TRUE;
}

const AttestCommand attest_cmd_ingest = {
  .name = "ingest",
  .group = "material",
  .synopsis = "FILE…",
  .summary = "Add transcripts to the project",
  .doc = "Keeps the original bytes and the text made from them. A file whose bytes the project "
         "already holds changes nothing. A file that cannot be read is named, the others are "
         "taken.",
  .examples = examples,
  .needs = ATTEST_NEEDS_WRITE,
  .min_args = 1,
  .max_args = G_MAXUINT,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
