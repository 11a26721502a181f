/* scan: transcripts straight to segments, without a project. */
#include "cli/attest-cli-coding.h"
#include "cli/attest-cli-commands.h"
#include "cli/attest-cli-inputs.h"
#include "cli/attest-cli-scan.h"
#include "cli/attest-progress.h"
#include "util/attest-limits.h"
#include "util/attest-pipeline.h"

#include <errno.h>
#include <string.h>

typedef struct
{
  char *format, *lang, *encoding;
  char **interviewers;
  char **map;
  gboolean hits, count, all_roles, no_prefilter;
  int jobs;
} Options;

static const char *const formats[] = { "table", "csv", "jsonl", NULL };

static const AttestOption options[]
    = { { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
          "How to print it", "table for people, csv and jsonl (one object a line) for programs.",
          formats },
        { "hits", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, hits), NULL,
          "Print hits instead of segments", "One for each place where a pattern matched.", NULL },
        { "count", 'c', ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, count), NULL,
          "Print only how many there are of each code", "Segments, hits and files per code.",
          NULL },
        { "lang", 'l', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, lang), "LANG",
          "Language of the transcripts",
          "An ISO 639-1 code such as en; without it the language is guessed turn by turn.", NULL },
        { "encoding", 'e', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, encoding), "NAME",
          "Encoding of the files", "Without it, the encoding is found or guessed.", NULL },
        { "interviewer", 'i', ATTEST_OPT_STRINGS, G_STRUCT_OFFSET (Options, interviewers), "LABEL",
          "Label of an interviewer, may be repeated",
          "Otherwise roles are found from the labels, the header and the questions asked.", NULL },
        ATTEST_CLI_OPTION_MAP (Options),
        { "all-roles", 'a', ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, all_roles), NULL,
          "Code interviewers' turns too", "Without it what the interviewer says is never evidence.",
          NULL },
        { "jobs", 'j', ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, jobs), "N", "Threads",
          "0 takes all processors. The output is the same.", NULL },
        { "no-prefilter", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, no_prefilter), NULL,
          "Search every pattern by itself",
          "Leaves out the search for all patterns at once that comes before PCRE2. The output is "
          "the same.",
          NULL },
        { NULL } };

static const AttestExampleLine examples[]
    = { { "scan oecd-dac interview.txt", "what the shipped codebook finds" },
        { "scan codebook.yaml interviews/*.txt --format jsonl", "one segment a line, for jq" },
        { "scan oecd-dac interviews/*.txt --count", "how much there is of each code" },
        { NULL } };

typedef struct
{
  AttestInvocation *inv;
  AttestCodebook *codebook;
  AttestCoder *coder;
  AttestCoderWorker **workers;
  AttestCliGuessers guessers;
  AttestReadOptions read;
  const char *lang;
  gboolean needs_languages;
  AttestScanUnit unit;
  AttestScanFormat format;
  AttestTable *table; /* NULL: lines are written as they come */
  AttestScanCount *counts;
  AttestCliUnruled unruled;
  AttestProgress progress;
  AttestInputs *inputs;
} Scan;

typedef struct
{
  AttestInput *input;
  AttestDocument *doc;
  AttestCoding *coding;
  GString *out;
  GError *error;
} Item;

static void
item_free (gpointer data)
{
  Item *item = data;

  attest_document_free (item->doc);
  attest_coding_free (item->coding);
  if (item->out != NULL)
    g_string_free (item->out, TRUE);
  g_clear_error (&item->error);
  attest_input_free (item->input);
  g_free (item);
}

static gpointer
next_file (gpointer data, guint64 *out_cost, GError **error)
{
  Scan *scan = data;
  AttestInput *input = attest_inputs_next (scan->inputs);
  Item *item;

  if (input == NULL)
    return NULL;
  item = g_new0 (Item, 1);
  item->input = input;
  *out_cost = input->size_bytes;
  return item;
}

static gpointer
code_file (gpointer data, guint worker, gpointer user_data)
{
  Scan *scan = user_data;
  Item *item = data;

  item->doc = attest_input_read (item->input, &scan->read, &item->error);
  if (item->doc == NULL)
    return item;
  if (scan->needs_languages)
    attest_languages_assign (item->doc, scan->guessers.guessers[worker], scan->lang);
  item->coding = attest_coder_code (scan->workers[worker], item->doc);
  if (scan->table == NULL && scan->counts == NULL)
    {
      item->out = g_string_new (NULL);
      attest_scan_write (scan->codebook, item->doc, item->coding, scan->unit, scan->format,
                         item->out);
    }
  return item;
}

static void
take_result (Scan *scan, Item *item)
{
  attest_cli_complain_warnings (scan->inv, item->doc);
  attest_cli_complain_incomplete (scan->inv, item->input->path, scan->codebook, item->coding);
  attest_cli_unruled_count (&scan->unruled, scan->coder, item->doc);
  if (scan->counts != NULL)
    attest_scan_count (item->coding, scan->counts, scan->codebook->codes->len);
  else if (scan->table != NULL)
    attest_scan_table_add (scan->table, scan->codebook, item->doc, item->coding, scan->unit);
  else
    fwrite (item->out->str, 1, item->out->len, scan->inv->out);
}

static gboolean
write_file (gpointer data, gpointer user_data, GError **error)
{
  Scan *scan = user_data;
  Item *item = data;

  if (item->doc != NULL)
    take_result (scan, item);
  else
    attest_cli_input_fail (scan->inv, scan->inputs, item->error);
  attest_progress_step (&scan->progress);
  item_free (item);
  if (!ferror (scan->inv->out))
    return TRUE;
  /* Nobody reads on: neither should we. */
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "cannot write the output: %s",
               g_strerror (errno));
  return FALSE;
}

static void
end_output (Scan *scan)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (scan->counts != NULL)
    attest_scan_write_counts (scan->codebook, scan->counts, scan->format, scan->table, out);
  if (scan->format == ATTEST_SCAN_TABLE)
    attest_table_write_text (scan->table, out, scan->inv->columns, scan->inv->color);
  fwrite (out->str, 1, out->len, scan->inv->out);
}

static gboolean
run_pipeline (Scan *scan, guint jobs, GError **error)
{
  static const AttestPipelineFuncs funcs = { next_file, code_file, write_file, item_free };
  gboolean ok;

  attest_cli_guessers_init (&scan->guessers, scan->inv, jobs);
  scan->workers = g_new (AttestCoderWorker *, jobs);
  for (guint i = 0; i < jobs; i++)
    scan->workers[i] = attest_coder_worker_new (scan->coder);
  attest_progress_start (&scan->progress, scan->inv, "scanning",
                         attest_inputs_get_count (scan->inputs));
  ok = attest_pipeline_run (&funcs, scan, jobs, ATTEST_MAX_QUEUED_BYTES, error);
  attest_progress_end (&scan->progress);
  for (guint i = 0; i < jobs; i++)
    attest_coder_worker_free (scan->workers[i]);
  g_free (scan->workers);
  attest_cli_guessers_clear (&scan->guessers);
  return ok;
}

static void
begin_output (Scan *scan)
{
  g_autoptr (GString) header = g_string_new (NULL);

  if (scan->unit == ATTEST_SCAN_COUNTS)
    scan->counts = g_new0 (AttestScanCount, MAX (scan->codebook->codes->len, 1));
  if (scan->unit == ATTEST_SCAN_COUNTS || scan->format == ATTEST_SCAN_TABLE)
    scan->table = attest_scan_table_new (scan->unit, scan->codebook);
  else if (scan->format == ATTEST_SCAN_CSV)
    attest_scan_write_csv_header (scan->unit, header);
  fwrite (header->str, 1, header->len, scan->inv->out);
}

static AttestScanFormat
format_from_string (const char *format)
{
  if (g_strcmp0 (format, "csv") == 0)
    return ATTEST_SCAN_CSV;
  return g_strcmp0 (format, "jsonl") == 0 ? ATTEST_SCAN_JSONL : ATTEST_SCAN_TABLE;
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  Options *opts = inv->opts;
  AttestCoderOptions coder_options = { .all_roles = opts->all_roles,
                                       .no_prefilter = opts->no_prefilter,
                                       .hits_only = opts->hits };
  g_autoptr (AttestInputs) inputs = NULL;
  g_autoptr (AttestCodebook) codebook = NULL;
  g_autoptr (AttestQualifierSet) qualifiers = NULL;
  g_autoptr (AttestCoder) coder = NULL;
  Scan scan = { .inv = inv,
                .lang = opts->lang,
                .unit = opts->count  ? ATTEST_SCAN_COUNTS
                        : opts->hits ? ATTEST_SCAN_HITS
                                     : ATTEST_SCAN_SEGMENTS,
                .format = format_from_string (opts->format) };
  gboolean ok;

  if (opts->count && opts->hits)
    return attest_throw (error, ATTEST_ERROR_USAGE, "--count and --hits exclude each other");
  if (!attest_cli_check_lang (opts->lang, error))
    return FALSE;
  scan.read.encoding = opts->encoding;
  scan.read.unhashed = TRUE;
  scan.read.interviewers = (const char *const *)opts->interviewers;
  scan.read.map = (const char *const *)opts->map;
  scan.codebook = codebook = attest_cli_load_codebook (inv->args[0], error);
  if (codebook == NULL)
    return FALSE;
  scan.inputs = inputs = attest_cli_inputs_new (inv, 1, ATTEST_STDIN_LIST, error);
  if (inputs == NULL)
    return FALSE;
  if (scan.unit == ATTEST_SCAN_SEGMENTS)
    {
      coder_options.qualifiers = qualifiers = attest_cli_load_qualifiers (inv, error);
      if (qualifiers == NULL)
        return FALSE;
    }
  scan.coder = coder = attest_coder_new (codebook, &coder_options);
  scan.needs_languages = attest_coder_needs_languages (coder);
  attest_cli_unruled_init (&scan.unruled);
  begin_output (&scan);
  ok = run_pipeline (&scan, attest_cli_jobs (opts->jobs), error);
  attest_cli_unruled_end (&scan.unruled, inv, codebook);
  if (ok)
    end_output (&scan);
  attest_table_free (scan.table);
  g_free (scan.counts);
  return ok;
}

const AttestCommand attest_cmd_scan = {
  .name = "scan",
  .group = "direct",
  .synopsis = "CODEBOOK FILE…",
  .summary = "Code transcripts straight to a list, without a project",
  .doc
  = "CODEBOOK is a file, or the id of a shipped codebook. A folder stands for the transcripts "
    "in it and below, a .zip for those in it, and - for a list of files on standard input, one a "
    "line. Segments come in the order of the files, then "
    "by position, then by code, whatever --jobs says. A file that cannot be read is named, "
    "the others are coded. Exit 6 when a limit stopped a rule in some turn.",
  .examples = examples,
  .needs = ATTEST_NEEDS_NOTHING,
  .min_args = 2,
  .max_args = G_MAXUINT,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
