/* Everything that is known of the segments, in one file for other programs. */
#include "cli/attest-cli-report.h"
#include "report/attest-segment-record.h"

#include <string.h>

typedef struct
{
  char *format;
  char *output;
} Options;

static const char *const formats[] = { "csv", "json", NULL };

static const AttestOption options[]
    = { { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
          "How to write it",
          "csv: a header and a line a segment, for spreadsheets and statistics (without it); json: "
          "an object with a list of segments.",
          formats },
        ATTEST_OPTION_OUTPUT (Options),
        { NULL } };

typedef struct
{
  gboolean is_json;
  AttestOutput *output;
  GHashTable *respondents; /* label → AttestRespondentInfo */
  GPtrArray *codebooks;    /* of AttestCodebookInfo */
  GPtrArray *attributes;   /* of char *, and NULL */
  GPtrArray *values;       /* borrowed, of one segment, as many */
  GArray *hits;            /* of AttestRecordHit, of one segment */
  guint64 count;
} Export;

static void
export_clear (Export *export)
{
  g_clear_pointer (&export->output, attest_output_free);
  g_clear_pointer (&export->respondents, g_hash_table_unref);
  g_clear_pointer (&export->codebooks, g_ptr_array_unref);
  g_clear_pointer (&export->attributes, g_ptr_array_unref);
  g_clear_pointer (&export->values, g_ptr_array_unref);
  g_clear_pointer (&export->hits, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Export, export_clear)

/* The codebook whose segments of this name are in the project. */
static const AttestCodebookInfo *
find_codebook (const Export *export, const char *name)
{
  for (guint i = 0; i < export->codebooks->len; i++)
    {
      const AttestCodebookInfo *info = g_ptr_array_index (export->codebooks, i);

      if (info->coded && strcmp (info->name, name) == 0)
        return info;
    }
  return NULL;
}

static void
add_what_is_known (Export *export, const AttestStoreSegment *segment, AttestSegmentRecord *record)
{
  const AttestCodebookInfo *codebook = find_codebook (export, segment->codebook);
  const AttestRespondentInfo *respondent
      = segment->respondent != NULL ? g_hash_table_lookup (export->respondents, segment->respondent)
                                    : NULL;

  if (codebook != NULL)
    {
      record->codebook_version = codebook->version;
      record->codebook_sha256 = codebook->sha256;
    }
  g_ptr_array_set_size (export->values, 0);
  for (guint i = 0; i + 1 < export->attributes->len; i++)
    {
      const char *name = g_ptr_array_index (export->attributes, i);
      const char *value = respondent != NULL ? attest_respondent_info_get (respondent, name) : NULL;

      g_ptr_array_add (export->values, (gpointer)value);
    }
  record->attributes = (const char *const *)export->attributes->pdata;
  record->values = (const char *const *)export->values->pdata;
}

static gboolean
write_segment (const AttestStoreSegment *segment, gpointer data, GError **error)
{
  Export *export = data;
  GString *out = attest_output_get_buffer (export->output);
  AttestSegmentRecord record;

  attest_segment_record_from_store (&record, segment, export->hits);
  add_what_is_known (export, segment, &record);
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
load (Export *export, AttestInvocation *inv, GError **error)
{
  g_autoptr (GPtrArray) list = attest_store_list_respondents (inv->store, error);

  if (list == NULL)
    return FALSE;
  export->attributes = attest_cli_list_attributes (list);
  g_ptr_array_add (export->attributes, NULL);
  export->respondents = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                               (GDestroyNotify)attest_respondent_info_free);
  g_ptr_array_set_free_func (list, NULL);
  for (guint i = 0; i < list->len; i++)
    {
      AttestRespondentInfo *info = g_ptr_array_index (list, i);

      g_hash_table_insert (export->respondents, info->label, info);
    }
  export->values = g_ptr_array_new ();
  export->hits = g_array_new (FALSE, FALSE, sizeof (AttestRecordHit));
  export->codebooks = attest_store_list_codebooks (inv->store, error);
  return export->codebooks != NULL;
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  AttestSegmentFilter filter = { .with_hits = TRUE };
  g_auto (Export) export = { .is_json = g_strcmp0 (opts->format, "json") == 0 };
  GString *out;

  if (!load (&export, inv, error))
    return FALSE;
  export.output = attest_cli_open_output (inv, opts->output, error);
  if (export.output == NULL)
    return FALSE;
  out = attest_output_get_buffer (export.output);
  if (export.is_json)
    g_string_append (out, "{\"format\": 1, \"export\": \"segments\", \"segments\": [");
  else
    attest_segment_record_write_csv_header (ATTEST_RECORD_EXPORT,
                                            (const char *const *)export.attributes->pdata, out);
  if (!attest_store_foreach_segment (inv->store, &filter, write_segment, &export, error))
    return FALSE;
  if (export.is_json)
    g_string_append (out, export.count > 0 ? "\n]}\n" : "]}\n");
  return attest_output_close (export.output, error);
}

static const AttestExampleLine examples[]
    = { { "export --output segments.csv", "for a spreadsheet or for statistics" },
        { "export --format json", NULL },
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
         "The file holds who said what: labels and attributes of respondents. It is not made for "
         "publication.",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
