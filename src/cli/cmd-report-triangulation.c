#include "cli/attest-cli-driver.h"
#include "codebook/attest-strength-file.h"
#include "report/attest-report-triangulation.h"

typedef struct
{
  AttestReportOptions common;
  char *attribute;
  gboolean of_findings;
} Options;

static const AttestOption options[]
    = { { "findings", 'F', ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, of_findings), NULL,
          "Rows are findings, who supports them",
          "Counted as 'attest strength' counts: a focus group is one.", NULL },
        { "attribute", 'a', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, attribute), "NAME",
          "Attribute of respondents that makes the columns: group", "With --findings it is group.",
          NULL },
        ATTEST_OPTION_DIMENSION (AttestReportOptions),
        ATTEST_OPTION_CODEBOOK (AttestReportOptions),
        ATTEST_OPTION_WHERE (AttestReportOptions),
        ATTEST_OPTION_FORMAT (attest_report_formats),
        ATTEST_OPTION_OUTPUT (AttestReportOptions),
        ATTEST_OPTIONS_DISCLOSURE (AttestReportOptions),
        { NULL } };

static AttestTriangulation *
new_triangulation (AttestInvocation *inv, const AttestReportData *data,
                   AttestStrengthCounter *counter, const AttestLedger *ledger,
                   const char *attribute, GError **error)
{
  const Options *opts = inv->opts;
  const char *about = inv->n_args > 0 ? inv->args[0] : NULL;
  guint code = ATTEST_NO_INDEX;

  if (opts->of_findings)
    return attest_triangulation_of_findings (data, counter, ledger, about, error);
  if (about != NULL && !attest_report_data_check_code (data, about, &code, error))
    return NULL;
  return attest_triangulation_of_codes (data, counter, code, attribute);
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  g_autofree char *attribute = attest_store_normalise_attribute (
      opts->attribute != NULL ? opts->attribute : ATTEST_ATTRIBUTE_GROUP);
  g_autoptr (GArray) problems = attest_problems_new ();
  g_autoptr (AttestStrengthRules) rules = attest_strength_rules_load ("strength", problems, error);
  g_autoptr (AttestLedger) ledger
      = rules != NULL ? attest_store_load_ledger (inv->store, error) : NULL;
  g_autoptr (AttestStrengthCounter) counter
      = ledger != NULL ? attest_strength_counter_new (inv->store, rules, ledger, error) : NULL;
  g_autoptr (AttestReportData) data = NULL;
  g_autoptr (AttestTriangulation) t = NULL;

  if (counter == NULL
      || (opts->attribute != NULL && !attest_cli_check_attribute (inv, attribute, NULL, error)))
    return FALSE;
  data = attest_cli_load_report (inv, ATTEST_DATA_PLAIN, error);
  if (data == NULL)
    return FALSE;
  t = new_triangulation (inv, data, counter, ledger, attribute, error);
  return t != NULL && attest_cli_write_report (inv, &attest_triangulation_driver, t, data, error);
}

static const AttestExampleLine examples[]
    = { { "report triangulation", "who said it, by method and stakeholder group" },
        { "report triangulation impact --attribute gender", NULL },
        { "report triangulation --findings", NULL },
        { NULL } };

const AttestCommand attest_cmd_report_triangulation = {
  .name = "report triangulation",
  .group = "report",
  .synopsis = "[CODE|FINDING]",
  .summary = "Cross methods with groups, for each code or finding",
  .doc
  = "For each code, or each finding, how many respondents of each group said it, in interviews, "
    "focus groups, documents, surveys and observations. A cell without anybody is shown as "
    "such: \"0/3\" where three were interviewed and none said it, \"–\" where nobody was "
    "interviewed. The method is the attribute \"method\" of the respondent, else the kind of the "
    "source ('attest ingest --kind').",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .max_args = 1,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
