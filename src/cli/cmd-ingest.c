#include "cli/attest-cli-coding.h"
#include "cli/attest-cli-commands.h"
#include "cli/attest-cli-inputs.h"
#include "cli/attest-cli-names.h"
#include "cli/attest-cli-review.h"
#include "cli/attest-progress.h"
#include "util/attest-limits.h"
#include "util/attest-pipeline.h"

#include <string.h>

typedef struct
{
  char *lang, *encoding, *kind, *label, *name_pattern, *coder;
  char **interviewers;
  char **map;
  int jobs;
} Options;

static const char *const kinds[]
    = { "interview", "focus-group", "document", "survey", "observation", NULL };

static const AttestOption options[] = {
  { "kind", 'k', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, kind), "KIND", "What the files are",
    "A focus group is one respondent, however many speak. What a document or an observation "
    "says is nobody's voice. Without it, a table with a row per respondent is a survey, "
    "everything else an interview.",
    kinds },
  { "lang", 'l', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, lang), "LANG",
    "Language of the transcripts", "An ISO 639-1 code such as en, kept with the source.", NULL },
  { "encoding", 'e', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, encoding), "NAME",
    "Encoding of the files", "Without it, the encoding is found or guessed.", NULL },
  { "interviewer", 'i', ATTEST_OPT_STRINGS, G_STRUCT_OFFSET (Options, interviewers), "LABEL",
    "Label of an interviewer, may be repeated",
    "Otherwise roles are found from the labels, the header and the questions asked.", NULL },
  ATTEST_CLI_OPTION_MAP (Options),
  { "name-pattern", 'n', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, name_pattern), "PATTERN",
    "What the names of the files say of them",
    "A regular expression with named groups. Each group is an attribute of the respondents, "
    "but for id, which names the respondent, and kind, lang and label, which are those of the "
    "source. A pattern with a slash is matched against the whole path.",
    NULL },
  { "label", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, label), "LABEL",
    "Name of the source, for one file", "Without it, the file's name without folder and suffix.",
    NULL },
  { "jobs", 'j', ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, jobs), "N", "Threads that read",
    "0 takes all processors. The result is the same.", NULL },
  ATTEST_OPTION_CODER (Options),
  { NULL }
};

static const AttestExampleLine examples[]
    = { { "ingest interviews/*.txt", "adds the files that are not in the project yet" },
        { "ingest interviews", "a whole folder" },
        { "ingest interviews --name-pattern '^(?<id>[0-9]+)-(?<group>[a-z]+)'",
          "takes attributes of respondents from the names" },
        { NULL } };

typedef struct
{
  AttestInvocation *inv;
  AttestInputs *inputs;
  AttestReadOptions read;
  AttestSourceOptions source;
  const char *kind; /* as given, or NULL */
  AttestNamePattern *names;
  GHashTable *paths; /* label → path of what this command added */
  AttestCliGuessers guessers;
  AttestProgress progress;
  guint added, same, failed, unmatched;
} Ingest;

/* A file on its way through the pipeline. */
typedef struct
{
  AttestInput *input;
  AttestDocument *doc;
  AttestNameFields *fields;
  GError *error;
} Item;

static void
item_free (gpointer data)
{
  Item *item = data;

  attest_input_free (item->input);
  attest_document_free (item->doc);
  attest_name_fields_free (item->fields);
  g_clear_error (&item->error);
  g_free (item);
}

static gpointer
next_file (gpointer data, guint64 *out_cost, GError **error)
{
  Ingest *ingest = data;
  AttestInput *input = attest_inputs_next (ingest->inputs);
  Item *item;

  if (input == NULL)
    return NULL;
  item = g_new0 (Item, 1);
  item->input = input;
  *out_cost = input->size_bytes;
  return item;
}

static gboolean
check_kind (const char *kind, GError **error)
{
  AttestSourceKind ignored;

  return kind == NULL || attest_source_kind_from_string (kind, &ignored)
         || attest_throw (error, ATTEST_ERROR_INPUT, "'%s' is no kind of source", kind);
}

static gpointer
read_file (gpointer data, guint worker, gpointer user_data)
{
  Item *item = data;
  Ingest *ingest = user_data;
  const char *lang = ingest->source.lang;

  if (ingest->names != NULL)
    item->fields = attest_name_pattern_match (ingest->names, item->input->path, &item->error);
  if (item->error == NULL && item->fields != NULL
      && (!check_kind (item->fields->kind, &item->error)
          || !attest_cli_check_lang (item->fields->lang, &item->error)))
    g_prefix_error (&item->error, "%s: --name-pattern: ", item->input->path);
  if (item->error != NULL)
    return item;
  item->doc = attest_input_read (item->input, &ingest->read, &item->error);
  if (item->doc == NULL)
    return item;
  if (item->fields != NULL && item->fields->lang != NULL)
    lang = item->fields->lang;
  attest_languages_assign (item->doc, ingest->guessers.guessers[worker], lang);
  return item;
}

/* ---- labels ---- */

/* Adds @item->doc under the first label that is free. *@out_label: that, or the last tried. */
static gboolean
add_document (Ingest *ingest, const Item *item, AttestSourceOptions source,
              AttestSourceResult *out_result, char **out_label, gboolean *out_renamed,
              GError **error)
{
  g_autofree char *longer = NULL;

  *out_renamed = FALSE;
  for (;;)
    {
      const char *other;

      g_clear_pointer (out_label, g_free);
      if (!attest_store_add_document (ingest->inv->store, item->doc, &source, out_result, out_label,
                                      error))
        return FALSE;
      other = *out_result == ATTEST_SOURCE_LABEL_TAKEN
                  ? g_hash_table_lookup (ingest->paths, *out_label)
                  : NULL;
      /* A file of an earlier day may be this one, edited since: two sources would count it twice.
       */
      if (other == NULL || strcmp (other, item->input->path) == 0)
        return TRUE;
      g_free (longer);
      longer = attest_name_longer_label (item->input->path, *out_label, other);
      if (longer == NULL)
        return TRUE;
      source.label = longer;
      *out_renamed = TRUE;
    }
}

/* ---- storing ---- */

static gboolean
is_survey (const AttestDocument *doc)
{
  for (guint i = 0; i < doc->speakers->len; i++)
    if (g_strcmp0 (attest_document_speaker (doc, i)->role_reason, ATTEST_REASON_QUESTIONS) == 0)
      return TRUE;
  return FALSE;
}

static AttestSourceOptions
source_options (const Ingest *ingest, const Item *item)
{
  AttestSourceOptions source = ingest->source;
  const char *kind = ingest->kind;

  if (item->fields != NULL)
    {
      kind = item->fields->kind != NULL ? item->fields->kind : kind;
      source.lang = item->fields->lang != NULL ? item->fields->lang : source.lang;
      source.label = item->fields->label != NULL ? item->fields->label : source.label;
    }
  source.kind = is_survey (item->doc) ? ATTEST_SOURCE_SURVEY : ATTEST_SOURCE_INTERVIEW;
  if (kind != NULL)
    attest_source_kind_from_string (kind, &source.kind);
  return source;
}

static void
fail (Ingest *ingest, const GError *error)
{
  attest_cli_input_fail (ingest->inv, ingest->inputs, error);
  ingest->failed++;
}

static void
fail_taken (Ingest *ingest, const char *path, const char *label)
{
  g_autoptr (GError) error = NULL;

  attest_throw (&error, ATTEST_ERROR_INPUT,
                "%s: the project has another text as '%s'; is it an earlier one of this file? If "
                "not, give this one a name with --label",
                path, label);
  fail (ingest, error);
}

static gboolean
added (Ingest *ingest, const Item *item, const char *label, gboolean renamed, GError **error)
{
  const char *path = item->input->path;

  g_hash_table_insert (ingest->paths, g_strdup (label), g_strdup (path));
  attest_cli_complain_warnings (ingest->inv, item->doc);
  if (renamed)
    attest_cli_say (ingest->inv, "%s: taken in as %s\n", path, label);
  if (ingest->names != NULL && item->fields == NULL)
    {
      attest_cli_complain (ingest->inv, "%s: its name does not match --name-pattern", path);
      ingest->unmatched++;
    }
  ingest->added++;
  return item->fields == NULL
         || attest_name_fields_store (item->fields, ingest->inv->store, label, error);
}

static gboolean
store_document (Ingest *ingest, const Item *item, GError **error)
{
  g_autofree char *label = NULL;
  AttestSourceResult result;
  gboolean renamed;

  if (!add_document (ingest, item, source_options (ingest, item), &result, &label, &renamed, error))
    return FALSE;
  switch (result)
    {
    case ATTEST_SOURCE_ADDED:
      return added (ingest, item, label, renamed, error);
    case ATTEST_SOURCE_SAME:
      attest_cli_say (ingest->inv, "%s: already in the project as %s\n", item->input->path, label);
      ingest->same++;
      break;
    case ATTEST_SOURCE_LABEL_TAKEN:
      fail_taken (ingest, item->input->path, label);
      break;
    }
  return TRUE;
}

static gboolean
store_file (gpointer data, gpointer user_data, GError **error)
{
  Item *item = data;
  Ingest *ingest = user_data;
  gboolean ok = TRUE;

  if (item->doc != NULL)
    ok = store_document (ingest, item, error);
  else
    fail (ingest, item->error);
  attest_progress_step (&ingest->progress);
  item_free (item);
  return ok;
}

/* ---- the command ---- */

static gboolean
prepare (Ingest *ingest, const Options *opts, GError **error)
{
  if (!attest_cli_check_lang (opts->lang, error))
    return FALSE;
  if (opts->name_pattern != NULL
      && (ingest->names = attest_name_pattern_new (opts->name_pattern, error)) == NULL)
    return FALSE;
  ingest->kind = opts->kind;
  ingest->read.encoding = ingest->source.encoding = opts->encoding;
  ingest->read.interviewers = ingest->source.interviewers = (const char *const *)opts->interviewers;
  ingest->read.map = ingest->source.map = (const char *const *)opts->map;
  ingest->source.lang = opts->lang;
  ingest->source.label = opts->label;
  ingest->inputs = attest_cli_inputs_new (ingest->inv, 0, ATTEST_STDIN_LIST_OR_CONTENT, error);
  if (ingest->inputs == NULL)
    return FALSE;
  if (opts->label != NULL && attest_inputs_get_count (ingest->inputs) != 1)
    return attest_throw (error, ATTEST_ERROR_USAGE, "--label is for one file; here are %u",
                         attest_inputs_get_count (ingest->inputs));
  return TRUE;
}

static gboolean
ingest_all (Ingest *ingest, const Options *opts, GError **error)
{
  static const AttestPipelineFuncs funcs = { next_file, read_file, store_file, item_free };
  AttestInvocation *inv = ingest->inv;
  guint jobs = attest_cli_jobs (opts->jobs);
  gboolean ok;

  if (!attest_store_begin_bulk (inv->store, attest_inputs_get_bytes (ingest->inputs), error))
    return FALSE;
  attest_cli_guessers_init (&ingest->guessers, inv, jobs);
  attest_progress_start (&ingest->progress, inv, "ingesting",
                         attest_inputs_get_count (ingest->inputs));
  ok = attest_pipeline_run (&funcs, ingest, jobs, ATTEST_MAX_QUEUED_BYTES, error);
  attest_progress_end (&ingest->progress);
  attest_cli_guessers_clear (&ingest->guessers);
  ok = ok
       && attest_store_commit (inv->store, attest_cli_get_coder (opts->coder), "ingest", NULL,
                               error);
  if (!ok)
    attest_store_rollback (inv->store);
  return ok;
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  Ingest ingest = { .inv = inv };
  gboolean ok;

  ingest.paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  ok = prepare (&ingest, opts, error) && ingest_all (&ingest, opts, error);
  if (ok)
    {
      const GPtrArray *left_out = attest_inputs_get_left_out (ingest.inputs);

      fprintf (inv->out, "%u added, %u already there, %u not taken\n", ingest.added, ingest.same,
               ingest.failed);
      if (left_out->len > 0)
        fprintf (inv->out, "%u left out\n", left_out->len);
      if (ingest.unmatched > 0)
        fprintf (inv->out, "%u with a name that --name-pattern does not match\n", ingest.unmatched);
    }
  g_hash_table_unref (ingest.paths);
  attest_name_pattern_free (ingest.names);
  attest_inputs_free (ingest.inputs);
  return ok;
}

const AttestCommand attest_cmd_ingest = {
  .name = "ingest",
  .group = "material",
  .synopsis = "FILE…",
  .summary = "Add transcripts to the project",
  .doc = "Keeps the original bytes and the text made from them. A file whose bytes the project "
         "already holds changes nothing. A file that cannot be read is named, the others are "
         "taken.\n\n"
         "A folder stands for the transcripts in it and below, and a .zip for those in it; what no "
         "reader is for is named and left out. - is standard input: a list of files, one a line, "
         "when a line names one, otherwise itself a transcript, called stdin.",
  .examples = examples,
  .needs = ATTEST_NEEDS_WRITE,
  .min_args = 1,
  .max_args = G_MAXUINT,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
