/* The coded segments, one by one: memory does not grow with their number. */
#include "cli/attest-cli-disclosure.h"
#include "cli/attest-cli-report.h"
#include "report/attest-disclosure-risks.h"
#include "report/attest-segment-record.h"
#include "util/attest-text.h"

#include <string.h>

/* Rows of a table that are laid out together. */
#define ROWS_PER_PART 256

typedef struct
{
  char *code, *dimension, *codebook;
  char *source;
  char *status;
  char *where;
  char *qualifiers[ATTEST_N_QUALIFIERS]; /* by AttestQualifier */
  int min_rules;
  char *format;
  gboolean risks;
  AttestDisclosureFlags disclosure;
} Options;

static const char *const formats[] = { "table", "csv", "json", "jsonl", NULL };
static const char *const statuses[] = { "proposed", "accepted", "rejected", NULL };

static const char *const polarities[] = { "positive", "negative", "mixed", NULL };
static const char *const certainties[] = { "asserted", "possible", "conditional", NULL };
static const char *const times[] = { "past", "present", "planned", NULL };
static const char *const holders[] = { "own", "reported", NULL };
static const char *const acts[]
    = { "statement", "question", "recommendation", "complaint", "praise", NULL };

#define QUALIFIER_OFFSET(qualifier)                                                                \
  (G_STRUCT_OFFSET (Options, qualifiers) + (qualifier) * sizeof (char *))

static const AttestOption options[] = {
  { "code", 'c', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, code), "CODE",
    "Only segments of this code", "A code of the codebook, for example impact.", NULL },
  { "dimension", 'd', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, dimension), "DIMENSION",
    "Only codes of this dimension", "For example criterion or theme.", NULL },
  ATTEST_OPTION_CODEBOOK (Options),
  { "source", 's', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, source), "SOURCE",
    "Only this source", "A label of 'attest sources'.", NULL },
  { "status", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, status), "STATUS",
    "Only segments of this status", "What a human has decided; proposed: nothing yet.", statuses },
  ATTEST_OPTION_WHERE (Options),
  { "polarity", 0, ATTEST_OPT_STRING, QUALIFIER_OFFSET (ATTEST_QUALIFIER_POLARITY), "POLARITY",
    "Only what is said to go well, or ill",
    "Most passages have none that the lists of words could tell.", polarities },
  { "certainty", 0, ATTEST_OPT_STRING, QUALIFIER_OFFSET (ATTEST_QUALIFIER_CERTAINTY), "CERTAINTY",
    "Only what is said as surely", "possible: maybe, it seems; conditional: if.", certainties },
  { "time", 0, ATTEST_OPT_STRING, QUALIFIER_OFFSET (ATTEST_QUALIFIER_TIME), "TIME",
    "Only what is said of this time", "What is planned is no result.", times },
  { "holder", 0, ATTEST_OPT_STRING, QUALIFIER_OFFSET (ATTEST_QUALIFIER_HOLDER), "HOLDER",
    "Only own experience, or what others say", "reported: people told us.", holders },
  { "act", 0, ATTEST_OPT_STRING, QUALIFIER_OFFSET (ATTEST_QUALIFIER_ACT), "ACT",
    "Only what is said to this end", "For example recommendation.", acts },
  { "min-rules", 'm', ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, min_rules), "N",
    "Only segments behind which stand N rules or more",
    "The number of distinct rules is the strength of a segment.", NULL },
  { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
    "How to print it", "table for people; csv, json and jsonl (one object a line) for programs.",
    formats },
  { "risks", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, risks), NULL,
    "Only quotes that may tell by themselves who said them",
    "By names, numbers, addresses, \"the only\", \"as the minister\" and the like. What is not "
    "listed may tell as much.",
    NULL },
  ATTEST_OPTIONS_DISCLOSURE (Options),
  { NULL }
};

typedef enum
{
  FORMAT_TABLE,
  FORMAT_CSV,
  FORMAT_JSON,
  FORMAT_JSONL,
} Format;

typedef struct
{
  AttestInvocation *inv;
  const Options *opts;
  Format format;
  AttestOutput *output;
  AttestTable *table;
  char *source;  /* of the segment before */
  GArray *hits;  /* of AttestRecordHit, of one segment */
  guint64 count; /* of segments written */
  AttestDisclosure *disclosure;
} Listing;

static void
listing_clear (Listing *listing)
{
  g_clear_pointer (&listing->disclosure, attest_disclosure_free);
  g_clear_pointer (&listing->output, attest_output_free);
  g_clear_pointer (&listing->table, attest_table_free);
  g_clear_pointer (&listing->hits, g_array_unref);
  g_clear_pointer (&listing->source, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Listing, listing_clear)

/* ---- for people ---- */

/* On a terminal the source stands above its segments, in a pipe in each line, for grep. */
static AttestTable *
make_table (const AttestInvocation *inv, gboolean with_risks)
{
  AttestTable *table = attest_table_new (NULL, NULL);

  attest_table_add_column (table, "id", "quote", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "source", "source", ATTEST_COLUMN_TEXT,
                           inv->columns > 0 ? ATTEST_COLUMN_MACHINE : ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "turn", "turn", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "code", "code", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "strength", "rules", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  if (with_risks)
    attest_table_add_column (table, "risks", "risk", ATTEST_COLUMN_LIST, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "quote", "text", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  return table;
}

static void
flush_table (Listing *listing)
{
  attest_table_flush_text (listing->table, attest_output_get_buffer (listing->output),
                           listing->inv->columns, listing->inv->color);
}

/* Nouns of German have capitals, too. */
static guint
find_risks (const AttestStoreSegment *segment)
{
  return attest_disclosure_find_risks (segment->quote, segment->quote_bytes,
                                       g_strcmp0 (segment->lang, "de") != 0);
}

static void
add_risks (AttestTable *table, const AttestStoreSegment *segment)
{
  guint risks = find_risks (segment);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < ATTEST_N_RISKS; i++)
    if ((risks & (1u << i)) != 0)
      g_ptr_array_add (names, (gpointer)attest_risk_to_string ((AttestRisk)i));
  g_ptr_array_add (names, NULL);
  attest_table_add_list (table, (const char *const *)names->pdata);
}

static void
add_to_table (Listing *listing, const AttestStoreSegment *segment)
{
  g_autofree char *turn
      = segment->turn != ATTEST_NO_TURN ? g_strdup_printf ("¶%u", segment->turn) : NULL;
  gboolean is_decided = strcmp (segment->status, "proposed") != 0;
  g_autofree char *quote
      = g_strdup_printf ("%s%s%s%.*s", is_decided ? "[" : "", is_decided ? segment->status : "",
                         is_decided ? "] " : "", (int)segment->quote_bytes, segment->quote);

  if (g_strcmp0 (listing->source, segment->source) != 0)
    {
      if (listing->inv->columns > 0)
        attest_table_begin_section (listing->table, segment->source);
      g_free (listing->source);
      listing->source = g_strdup (segment->source);
    }
  attest_table_add_text (listing->table, segment->id);
  attest_table_add_text (listing->table, segment->source);
  attest_table_add_text (listing->table, turn);
  attest_table_add_text (listing->table, segment->code);
  attest_table_add_int (listing->table, segment->strength);
  if (listing->opts->risks)
    add_risks (listing->table, segment);
  attest_table_add_text (listing->table, quote);
  if (attest_table_n_rows (listing->table) >= ROWS_PER_PART)
    flush_table (listing);
}

/* ---- for programs ---- */

static void
begin (Listing *listing)
{
  GString *out = attest_output_get_buffer (listing->output);

  if (listing->format == FORMAT_CSV)
    attest_segment_record_write_csv_header (ATTEST_RECORD_PROJECT, NULL, out);
  else if (listing->format == FORMAT_JSON)
    g_string_append_c (out, '[');
  else if (listing->format == FORMAT_TABLE)
    listing->table = make_table (listing->inv, listing->opts->risks);
}

static gboolean
write_segment (const AttestStoreSegment *segment, gpointer data, GError **error)
{
  Listing *listing = data;
  GString *out = attest_output_get_buffer (listing->output);
  AttestSegmentRecord record;

  if ((gint64)segment->strength < listing->opts->min_rules
      || (listing->opts->risks && find_risks (segment) == 0))
    return TRUE;
  attest_segment_record_from_store (&record, segment, listing->hits);
  if (listing->format == FORMAT_TABLE)
    add_to_table (listing, segment);
  else if (listing->format == FORMAT_CSV)
    attest_segment_record_write_csv (&record, ATTEST_RECORD_PROJECT, out);
  else
    {
      if (listing->format == FORMAT_JSON)
        g_string_append (out, listing->count > 0 ? ",\n " : "\n ");
      attest_segment_record_write_line (&record, ATTEST_RECORD_PROJECT, out);
      if (listing->format == FORMAT_JSON)
        g_string_truncate (out, out->len - 1);
    }
  listing->count++;
  return attest_output_step (listing->output, error);
}

static void
end (Listing *listing)
{
  GString *out = attest_output_get_buffer (listing->output);
  g_autofree char *summary = g_strdup_printf (
      "%" G_GUINT64_FORMAT " segment%s (a passage with one code); rules: how many found it",
      listing->count, listing->count == 1 ? "" : "s");

  if (listing->format == FORMAT_JSON)
    g_string_append (out, listing->count > 0 ? "\n]\n" : "]\n");
  if (listing->format != FORMAT_TABLE)
    return;
  flush_table (listing);
  g_string_append_c (out, '\n');
  attest_text_append_wrapped (out, summary, listing->inv->columns);
  attest_cli_append_withheld (listing->disclosure, listing->inv->columns, out);
}

static Format
parse_format (const char *name)
{
  for (guint i = 0; name != NULL && formats[i] != NULL; i++)
    if (strcmp (formats[i], name) == 0)
      return (Format)i;
  return FORMAT_TABLE;
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  g_auto (Listing) listing = { .inv = inv, .opts = opts, .format = parse_format (opts->format) };
  g_auto (AttestWhere) where = { NULL };
  AttestSegmentFilter filter = { .codebook = opts->codebook,
                                 .code = opts->code,
                                 .dimension = opts->dimension,
                                 .source = opts->source,
                                 .status = opts->status,
                                 .with_hits = listing.format != FORMAT_TABLE };

  for (guint q = 0; q < ATTEST_N_QUALIFIERS; q++)
    filter.qualifiers.values[q]
        = (guint8)attest_qualifier_value_from_string (q, opts->qualifiers[q]);
  if (!attest_cli_parse_where (inv, opts->where, &where, error)
      || !attest_cli_open_disclosure (inv, &opts->disclosure, where.attribute, where.value,
                                      &listing.disclosure, error))
    return FALSE;
  filter.attribute = where.attribute;
  filter.value = where.value;
  listing.output = attest_output_new_stream (inv->out);
  listing.hits = g_array_new (FALSE, FALSE, sizeof (AttestRecordHit));
  begin (&listing);
  if (!attest_disclosure_foreach_segment (listing.disclosure, inv->store, &filter, !opts->risks,
                                          write_segment, &listing, error))
    return FALSE;
  end (&listing);
  return attest_output_close (listing.output, error);
}

static const AttestExampleLine examples[]
    = { { "segments --code impact --min-rules 2", "what is best backed" },
        { "segments --polarity negative --holder own", "what went ill, from own experience" },
        { "segments --where group=Government --format csv", "for a spreadsheet" },
        { "segments --public --risks", "what to read before it is published" },
        { "segments --code impact --public", "quotes as respondents consented, without names" },
        { NULL } };

const AttestCommand attest_cmd_segments = {
  .name = "segments",
  .group = "code",
  .synopsis = "",
  .summary = "List the coded passages",
  .doc
  = "A segment is a passage of one turn that is coded with one code: the sentence, or the "
    "sentences, around what the rules of the code found. Each is cited by the id of its "
    "quote, Q and some letters, which never changes; segments of several codes may share a "
    "quote.\n\n"
    "How a passage was said (polarity, certainty, time, holder, act) is told by lists of words, "
    "and wrong in a good part of the cases: it helps to find passages, and counts nothing.\n\n"
    "The order is by source, by position and by code. ¶ is the number of the turn, as "
    "'attest turns' counts.",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
