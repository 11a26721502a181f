#include "cli/attest-cli-disclosure.h"
#include "cli/attest-cli-report.h"
#include "report/attest-report-charts.h"
#include "report/attest-disclosure-counts.h"
#include "report/attest-report-html.h"

#include <string.h>

#define ATTRIBUTE_PREFIX "attribute:"

typedef struct
{
  char *rows, *cols;
  char *codebook;
  char *where;
  char *format;
  char *output;
  AttestDisclosureFlags disclosure;
} Options;

static const char *const formats[] = { "table", "csv", "json", "html", "svg", NULL };

static const AttestOption options[] = {
  { "rows", 'r', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, rows), "DIMENSION",
    "Dimension of the rows", "Without it: criterion.", NULL },
  { "cols", 'c', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, cols), "DIMENSION|ATTRIBUTE",
    "Dimension of the columns, or an attribute of respondents",
    "Without it: theme. An attribute is written attribute:NAME; attribute:group compares "
    "stakeholder groups.",
    NULL },
  ATTEST_OPTION_CODEBOOK (Options),
  ATTEST_OPTION_WHERE (Options),
  { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
    "How to print it",
    "table, html (a page of its own) and svg (a heat map) for people; csv (a line a cell) and json "
    "for programs.",
    formats },
  ATTEST_OPTION_OUTPUT (Options),
  ATTEST_OPTIONS_DISCLOSURE (Options),
  { NULL }
};

static AttestMatrix *
count (AttestInvocation *inv, const AttestReportFilter *filter, const char *rows, const char *cols,
       GError **error)
{
  const char *attribute = cols + strlen (ATTRIBUTE_PREFIX);

  if (!g_str_has_prefix (cols, ATTRIBUTE_PREFIX))
    return attest_store_report_cooccurrence (inv->store, filter, rows, cols, error);
  if (!attest_cli_check_attribute (inv, attribute, NULL, error))
    return NULL;
  return attest_store_report_by_attribute (inv->store, filter, rows, attribute, error);
}

static gboolean
write_report (AttestInvocation *inv, const AttestMatrix *matrix, const AttestFrequency *frequency,
              const char *rows, const char *cols, AttestOutput *output, GError **error)
{
  const Options *opts = inv->opts;
  GString *out = attest_output_get_buffer (output);
  gboolean by_attribute = g_str_has_prefix (cols, ATTRIBUTE_PREFIX);
  const char *name = by_attribute ? cols + strlen (ATTRIBUTE_PREFIX) : cols;
  g_autoptr (AttestTable) table = NULL;

  if (g_strcmp0 (opts->format, "html") == 0)
    {
      g_autofree char *title = attest_report_dup_project_title (inv->store, error);

      if (title == NULL)
        return FALSE;
      attest_matrix_write_html (matrix, frequency, rows, name, by_attribute, title, out);
    }
  else if (g_strcmp0 (opts->format, "json") == 0)
    {
      g_autoptr (AttestJson) json = attest_json_new (out, TRUE);

      attest_matrix_write_json (matrix, json);
      g_string_append_c (out, '\n');
    }
  else if (g_strcmp0 (opts->format, "svg") == 0)
    {
      g_autoptr (AttestChart) chart = attest_matrix_to_chart (matrix, frequency, rows, name);

      attest_chart_write_file (chart, out);
    }
  else if (g_strcmp0 (opts->format, "csv") == 0)
    {
      table = attest_matrix_to_cells (matrix);
      attest_table_write_csv (table, out);
    }
  else
    {
      table = attest_matrix_to_table (matrix, frequency, rows, name, by_attribute, NULL);
      attest_cli_append_table (inv, table, opts->output, output);
    }
  return TRUE;
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  const char *rows = opts->rows != NULL ? opts->rows : "criterion";
  const char *cols = opts->cols != NULL ? opts->cols : "theme";
  g_auto (AttestWhere) where = { NULL };
  AttestReportFilter filter = { .codebook = opts->codebook };
  g_autoptr (AttestDisclosure) disclosure = NULL;
  g_autoptr (AttestFrequency) frequency = NULL;
  g_autoptr (AttestMatrix) matrix = NULL;
  g_autoptr (AttestOutput) output = NULL;

  if (!attest_cli_parse_where (inv, opts->where, &where, error)
      || !attest_cli_open_disclosure (inv, &opts->disclosure, where.attribute, where.value,
                                      &disclosure, error))
    return FALSE;
  filter.attribute = where.attribute;
  filter.value = where.value;
  frequency = attest_store_report_frequency (inv->store, &filter, error);
  if (frequency == NULL)
    return FALSE;
  matrix = count (inv, &filter, rows, cols, error);
  if (matrix == NULL)
    return FALSE;
  attest_disclosure_hide_frequency (disclosure, frequency);
  attest_disclosure_hide_matrix (disclosure, matrix, g_str_has_prefix (cols, ATTRIBUTE_PREFIX),
                                 frequency);
  output = attest_cli_open_output (inv, opts->output, error);
  return output != NULL && write_report (inv, matrix, frequency, rows, cols, output, error)
         && attest_output_close (output, error);
}

static const AttestExampleLine examples[]
    = { { "report matrix", "criteria × themes" },
        { "report matrix --cols attribute:group", "criteria × stakeholder groups" },
        { "report matrix --cols attribute:group --public --min-group 5", "to be published" },
        { NULL } };

const AttestCommand attest_cmd_report_matrix = {
  .name = "report matrix",
  .group = "report",
  .synopsis = "",
  .summary = "Cross codes with codes, or with who spoke",
  .doc = "A cell of two dimensions counts the segments of the row's code that overlap a segment of "
         "the column's code: the passages about both. A cell of an attribute counts the segments "
         "of the row's code by respondents who have the value. Both say how many respondents are "
         "behind it.",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
