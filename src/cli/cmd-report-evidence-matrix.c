#include "cli/attest-cli-driver.h"
#include "report/attest-report-evidence-matrix.h"

#define RATED_DIMENSION "criterion"

typedef struct
{
  AttestReportOptions common;
  char *rows, *attribute, *quotes;
} Options;

static const char *const rows[] = { "criteria", "questions", "findings", NULL };

static const AttestOption options[]
    = { { "rows", 'r', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, rows), "WHAT",
          "What the rows are: criteria",
          "criteria (with --dimension, the codes of another dimension), questions of the guide, or "
          "findings.",
          rows },
        { "attribute", 'a', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, attribute), "NAME",
          "Attribute of respondents that makes the columns: group", "For example gender.", NULL },
        { "quotes", 'q', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, quotes), "N",
          "Quotes shown of each cell: 1", "0: none. csv and json name all.", NULL },
        ATTEST_OPTION_DIMENSION (AttestReportOptions),
        ATTEST_OPTION_CODEBOOK (AttestReportOptions),
        ATTEST_OPTION_WHERE (AttestReportOptions),
        ATTEST_OPTION_FORMAT (attest_report_formats),
        ATTEST_OPTION_OUTPUT (AttestReportOptions),
        ATTEST_OPTIONS_DISCLOSURE (AttestReportOptions),
        { NULL } };

static AttestEvidenceMatrix *
of_questions (AttestInvocation *inv, const AttestReportData *data, const char *attribute,
              GError **error)
{
  g_autoptr (GPtrArray) guides = attest_store_list_guides (inv->store, error);

  if (guides == NULL)
    return NULL;
  if (guides->len == 0)
    return attest_throw_null (error, ATTEST_ERROR_USAGE,
                              "no source is held by a guide; 'attest guide apply' finds its "
                              "questions");
  return attest_evidence_matrix_of_questions (data, attribute, guides);
}

static AttestEvidenceMatrix *
new_matrix (AttestInvocation *inv, const AttestReportData *data, const char *attribute,
            GError **error)
{
  const Options *opts = inv->opts;
  const char *dimension = attest_frequency_has_dimension (data->frequency, RATED_DIMENSION)
                                  && opts->common.dimension == NULL
                              ? RATED_DIMENSION
                              : opts->common.dimension;

  if (g_strcmp0 (opts->rows, "questions") == 0)
    return of_questions (inv, data, attribute, error);
  if (g_strcmp0 (opts->rows, "findings") == 0)
    {
      g_autoptr (AttestLedger) ledger = attest_store_load_ledger (inv->store, error);

      return ledger != NULL ? attest_evidence_matrix_of_findings (data, attribute, ledger, error)
                            : NULL;
    }
  return attest_evidence_matrix_of_codes (data, attribute, dimension);
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  g_autofree char *attribute = attest_store_normalise_attribute (
      opts->attribute != NULL ? opts->attribute : ATTEST_ATTRIBUTE_GROUP);
  guint64 n_quotes = 1;
  g_autoptr (AttestReportData) data = NULL;
  g_autoptr (AttestEvidenceMatrix) matrix = NULL;

  if (opts->quotes != NULL
      && !g_ascii_string_to_unsigned (opts->quotes, 10, 0, G_MAXUINT32, &n_quotes, NULL))
    return attest_throw (error, ATTEST_ERROR_USAGE, "--quotes %s: write a number", opts->quotes);
  if (opts->attribute != NULL && !attest_cli_check_attribute (inv, attribute, NULL, error))
    return FALSE;
  data = attest_cli_load_report (inv, ATTEST_DATA_QUOTES, error);
  if (data == NULL)
    return FALSE;
  matrix = new_matrix (inv, data, attribute, error);
  if (matrix == NULL)
    return FALSE;
  matrix->n_quotes = (guint)n_quotes;
  return attest_cli_write_report (inv, &attest_evidence_matrix_driver, matrix, data, error);
}

static const AttestExampleLine examples[]
    = { { "report evidence-matrix", "criteria × stakeholder groups, with a quote each" },
        { "report evidence-matrix --rows findings --quotes 2", NULL },
        { "report evidence-matrix --format svg --output evidence.svg", NULL },
        { NULL } };

const AttestCommand attest_cmd_report_evidence_matrix = {
  .name = "report evidence-matrix",
  .group = "report",
  .synopsis = "",
  .summary = "Cross criteria, questions or findings with groups",
  .doc
  = "The evidence table of an evaluation: for each criterion, question of the guide, or finding, "
    "and each stakeholder group, how many respondents speak well of it, how many ill, how many "
    "were there and said nothing, and the quotes to read first. Of findings, how many support "
    "and contradict them, as the analyst linked the quotes.\n\n"
    "Who speaks of a question is who spoke of one of its codes, anywhere. Rules tell the "
    "direction of a passage and may be wrong: the number of a cell is where to read, not what "
    "to conclude.",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
