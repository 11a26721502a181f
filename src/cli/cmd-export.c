/* All that the project knows, for other programs: segments in one file, or a set of tables. */
#include "cli/attest-cli-disclosure.h"
#include "cli/attest-cli-export-coder.h"
#include "cli/attest-cli-report.h"
#include "report/attest-dataset.h"
#include "report/attest-segment-facts.h"
#include "report/attest-tidy.h"
#include "report/attest-workbook.h"
#include "util/attest-limits.h"

#include <string.h>

typedef struct
{
  char *format;
  char *output;
  char *for_coder, *sample;
  char *book;
  AttestDisclosureFlags disclosure;
} Options;

static const char *const formats[] = { "csv", "json", "xlsx", "r", NULL };

static const AttestOption options[]
    = { { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
          "How to write it",
          "csv: a header and a line a segment, for spreadsheets and statistics (without it); json: "
          "an object with a list of segments; xlsx: a workbook with a sheet for each kind of "
          "thing; r: a folder of CSV files, one a kind, with scripts for R and Python.",
          formats },
        { "book", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, book), "PAGE",
          "With xlsx: link each quote to its place in this evidence book",
          "PAGE is the page of the book as seen from the workbook, for example book.html beside "
          "it.",
          NULL },
        { "for-coder", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, for_coder), "NAME",
          "Make a copy of the project for a coder who is not to know what others decided",
          "NAME.attest unless --output names another file: sources, respondents, codebooks and "
          "guides, and segments as the rules propose them, without decisions, ratings, findings "
          "and the log of anybody. 'attest merge' brings back what NAME decided. Of a sample of "
          "sentences there are no segments either: nothing tells what rules found.",
          NULL },
        { "sample", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, sample), "SAMPLE",
          "With --for-coder: only what is in this sample",
          "As 'attest sample --list' names it; or a CSV with a column source.", NULL },
        ATTEST_OPTION_OUTPUT (Options),
        ATTEST_OPTIONS_DISCLOSURE (Options),
        { NULL } };

/* ---- segments in one file ---- */

typedef struct
{
  gboolean is_json;
  AttestOutput *output;
  AttestSegmentFacts *facts;
  guint64 count;
} Export;

static gboolean
write_segment (const AttestStoreSegment *segment, gpointer data, GError **error)
{
  Export *export = data;
  GString *out = attest_output_get_buffer (export->output);
  AttestSegmentRecord record;

  attest_segment_facts_fill (export->facts, segment, &record);
  if (export->is_json)
    {
      g_string_append (out, export->count > 0 ? ",\n " : "\n ");
      attest_segment_record_write_line (&record, ATTEST_RECORD_EXPORT, out);
      g_string_truncate (out, out->len - 1);
    }
  else
    attest_segment_record_write_csv (&record, ATTEST_RECORD_EXPORT, out);
  export->count++;
  return attest_output_step (export->output, error);
}

static gboolean
write_segments (AttestInvocation *inv, AttestDisclosure *disclosure, AttestOutput *output,
                gboolean is_json, GError **error)
{
  const AttestSegmentFilter filter = { .with_hits = TRUE };
  g_autoptr (AttestSegmentFacts) facts = attest_segment_facts_new (inv->store, error);
  Export export = { .is_json = is_json, .output = output, .facts = facts };
  GString *out = attest_output_get_buffer (output);

  if (facts == NULL)
    return FALSE;
  attest_segment_facts_disclose (facts, disclosure);
  if (is_json)
    g_string_append (out, "{\"format\": 1, \"export\": \"segments\", \"segments\": [");
  else
    attest_segment_record_write_csv_header (ATTEST_RECORD_EXPORT,
                                            attest_segment_facts_get_attributes (facts), out);
  if (!attest_disclosure_foreach_segment (disclosure, inv->store, &filter, TRUE, write_segment,
                                          &export, error))
    return FALSE;
  if (is_json)
    g_string_append (out, export.count > 0 ? "\n]}\n" : "]}\n");
  return TRUE;
}

/* ---- tables ---- */

static gboolean
add_to_workbook (const char *name, const AttestTable *table, gboolean is_first, gpointer data,
                 GError **error)
{
  return attest_workbook_add (data, name, table, is_first, error);
}

static gboolean
add_to_folder (const char *name, const AttestTable *table, gboolean is_first, gpointer data,
               GError **error)
{
  return attest_tidy_add (data, name, table, is_first, error);
}

static void
tell_losses (AttestInvocation *inv, const AttestWorkbookLosses *losses)
{
  if (losses->cells_cut > 0)
    fprintf (inv->err,
             "attest: %" G_GUINT64_FORMAT " %s longer than a cell of a spreadsheet can be, cut and "
             "marked by '…': --format csv and r have all of it\n",
             losses->cells_cut, losses->cells_cut == 1 ? "text is" : "texts are");
  if (losses->links_left > 0)
    fprintf (inv->err,
             "attest: %" G_GUINT64_FORMAT " quotes without a link: a sheet takes no more than %u\n",
             losses->links_left, ATTEST_MAX_WORKBOOK_LINKS);
}

static gboolean
write_workbook (AttestInvocation *inv, AttestDisclosure *disclosure, AttestOutput *output,
                GError **error)
{
  const Options *opts = inv->opts;
  g_autofree char *title = attest_store_dup_meta (inv->store, "title", NULL);
  g_autofree char *public_title = attest_disclosure_dup_text (disclosure, title);
  g_autofree char *created_at = attest_store_dup_meta (inv->store, "created_at", NULL);
  g_autoptr (AttestWorkbook) workbook
      = attest_workbook_new (public_title, created_at, opts->book, error);
  AttestWorkbookLosses losses;

  if (workbook == NULL
      || !attest_dataset_foreach (inv->store, disclosure, add_to_workbook, workbook, error)
      || !attest_workbook_finish (workbook, output, &losses, error))
    return FALSE;
  tell_losses (inv, &losses);
  return TRUE;
}

static gboolean
write_folder (AttestInvocation *inv, AttestDisclosure *disclosure, GError **error)
{
  const Options *opts = inv->opts;
  g_autoptr (AttestTidy) tidy = NULL;

  if (opts->output == NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--format r writes a folder: name it with --output FOLDER");
  tidy = attest_tidy_new (opts->output, error);
  return tidy != NULL && attest_dataset_foreach (inv->store, disclosure, add_to_folder, tidy, error)
         && attest_tidy_finish (tidy, error);
}

static gboolean
write_file (AttestInvocation *inv, AttestDisclosure *disclosure, GError **error)
{
  const Options *opts = inv->opts;
  gboolean is_workbook = g_strcmp0 (opts->format, "xlsx") == 0;
  g_autoptr (AttestOutput) output = NULL;

  if (is_workbook && opts->output == NULL && inv->columns > 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "a workbook is not for a terminal: name a file with --output FILE");
  output = attest_cli_open_output (inv, opts->output, error);
  if (output == NULL)
    return FALSE;
  if (is_workbook
          ? !write_workbook (inv, disclosure, output, error)
          : !write_segments (inv, disclosure, output, g_strcmp0 (opts->format, "json") == 0, error))
    return FALSE;
  return attest_output_close (output, error);
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  gboolean is_folder = g_strcmp0 (opts->format, "r") == 0;
  g_autoptr (AttestDisclosure) disclosure = NULL;

  if (opts->book != NULL && g_strcmp0 (opts->format, "xlsx") != 0)
    return attest_throw (error, ATTEST_ERROR_USAGE, "--book is for --format xlsx");
  if (opts->sample != NULL && opts->for_coder == NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE, "--sample is for --for-coder");
  if (opts->for_coder != NULL && opts->disclosure.is_public)
    return attest_throw (
        error, ATTEST_ERROR_USAGE,
        "a project for a coder holds the transcripts, which are not for the public");
  if (opts->for_coder != NULL && opts->format != NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--for-coder makes a project, which has no --format");
  if (opts->for_coder != NULL)
    return attest_cli_export_for_coder (inv, opts->for_coder, opts->sample, opts->output, error);
  if (!attest_cli_open_disclosure (inv, &opts->disclosure, NULL, NULL, &disclosure, error))
    return FALSE;
  return is_folder ? write_folder (inv, disclosure, error) : write_file (inv, disclosure, error);
}

static const AttestExampleLine examples[]
    = { { "export --output segments.csv", "for a spreadsheet or for statistics" },
        { "export --format json", NULL },
        { "export --format xlsx --book book.html --output tables.xlsx",
          "a workbook whose quotes lead into the book" },
        { "export --format r --output tables", "CSV files, a dictionary, read.R and read.py" },
        { "export --public --output published.csv", "for whoever may read it" },
        { "export --for-coder ben",
          "ben.attest, in which Ben codes without knowing what others said" },
        { NULL } };

const AttestCommand attest_cmd_export = {
  .name = "export",
  .group = "exchange",
  .synopsis = "",
  .summary = "Write all segments with all that is known of them",
  .doc = "The fields of 'attest segments', and the name of the code, the weight of the rules, "
         "the act (recommendation, complaint, praise …), version and hash of the codebook, and "
         "every attribute of the respondent, in CSV a column "
         "attribute:NAME each. A CSV cell that a spreadsheet would run as a formula gets an "
         "apostrophe in front.\n\n"
         "xlsx and r hold more than segments: frequencies, codes by group, a 0/1 table of "
         "respondents and codes, respondents, sources, ratings, findings and what follows from "
         "them, and a dictionary that says what each column is. They are the same tables. read.R "
         "and read.py in the folder read them with the right types.\n\n"
         "The file holds who said what: labels and attributes of respondents. It is not made for "
         "publication; with --public it is.",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
