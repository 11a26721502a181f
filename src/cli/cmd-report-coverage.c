/* report coverage, report silence: who was asked, who spoke, who did not. */
#include "cli/attest-cli-disclosure.h"
#include "cli/attest-cli-report.h"
#include "report/attest-report-charts.h"
#include "report/attest-report-coverage.h"
#include "report/attest-report-html.h"

#include <string.h>

typedef struct
{
  char *dimension, *codebook;
  gboolean questions;
  char *by; /* of coverage */
  char *where;
  char *format;
  char *output;
  AttestDisclosureFlags disclosure;
} Options;

static const char *const formats[] = { "table", "csv", "json", "html", "svg", NULL };
static const char *const bys[] = { "code", "group", "respondent", NULL };

#define OPTION_QUESTIONS                                                                           \
  {                                                                                                \
    "questions", 'q', ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, questions), NULL,                 \
        "By the questions of the guide rather than by codes",                                      \
        "Somebody spoke of a question when they spoke of one of its codes, anywhere. The guide "   \
        "is "                                                                                      \
        "applied by 'attest guide apply'.",                                                        \
        NULL                                                                                       \
  }
#define OPTION_DIMENSION                                                                           \
  {                                                                                                \
    "dimension", 'd', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, dimension), "DIMENSION",        \
        "Only codes of this dimension", "For example criterion or theme.", NULL                    \
  }
#define OPTION_FORMAT                                                                              \
  {                                                                                                \
    "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",                 \
        "How to print it",                                                                         \
        "table, html (a page of its own) and svg (bars of respondents) for people, csv and json "  \
        "for "                                                                                     \
        "programs.",                                                                               \
        formats                                                                                    \
  }

static const AttestOption coverage_options[]
    = { { "by", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, by), "WHAT",
          "A line a code, a group, or a respondent",
          "group: a line for each code and stakeholder group; respondent: a table of respondents "
          "and codes, with a sign in each cell, in csv a line for each. html and json have all.",
          bys },
        OPTION_QUESTIONS,
        OPTION_DIMENSION,
        ATTEST_OPTION_CODEBOOK (Options),
        ATTEST_OPTION_WHERE (Options),
        OPTION_FORMAT,
        ATTEST_OPTION_OUTPUT (Options),
        ATTEST_OPTIONS_DISCLOSURE (Options),
        { NULL } };

static const AttestOption silence_options[] = { OPTION_QUESTIONS,
                                                OPTION_DIMENSION,
                                                ATTEST_OPTION_CODEBOOK (Options),
                                                ATTEST_OPTION_WHERE (Options),
                                                OPTION_FORMAT,
                                                ATTEST_OPTION_OUTPUT (Options),
                                                ATTEST_OPTIONS_DISCLOSURE (Options),
                                                { NULL } };

/* What one of the two reports does. */
typedef struct
{
  AttestTable *(*to_table) (const AttestCoverageReport *report, const char *by,
                            gboolean for_people);
  void (*write_json) (const AttestCoverageReport *report, AttestJson *json);
  void (*write_html) (const AttestCoverageReport *report, const char *title, GString *out);
  AttestChart *(*to_chart) (const AttestCoverageReport *report, AttestCoverageBy by);
} Writers;

static AttestCoverageBy
parse_by (const char *by)
{
  if (g_strcmp0 (by, "respondent") == 0)
    return ATTEST_COVERAGE_BY_RESPONDENT;
  return g_strcmp0 (by, "group") == 0 ? ATTEST_COVERAGE_BY_GROUP : ATTEST_COVERAGE_BY_CODE;
}

static AttestTable *
coverage_table (const AttestCoverageReport *report, const char *by, gboolean for_people)
{
  AttestCoverageBy what = parse_by (by);

  return what == ATTEST_COVERAGE_BY_RESPONDENT && for_people
             ? attest_coverage_to_matrix (report, TRUE)
             : attest_coverage_to_table (report, what);
}

static AttestTable *
silence_table (const AttestCoverageReport *report, G_GNUC_UNUSED const char *by,
               gboolean for_people)
{
  return attest_disclosure_is_public (report->disclosure)
             ? attest_coverage_to_table (report, ATTEST_COVERAGE_BY_CODE)
             : attest_silence_to_table (report, for_people);
}

static AttestChart *
silence_chart (const AttestCoverageReport *report, G_GNUC_UNUSED AttestCoverageBy by)
{
  return attest_silence_to_chart (report);
}

static gboolean
write_report (AttestInvocation *inv, const AttestCoverageReport *report, const Writers *writers,
              AttestOutput *output, GError **error)
{
  const Options *opts = inv->opts;
  GString *out = attest_output_get_buffer (output);
  gboolean is_csv = g_strcmp0 (opts->format, "csv") == 0;
  g_autoptr (AttestTable) table = NULL;

  if (g_strcmp0 (opts->format, "html") == 0)
    {
      g_autofree char *title = attest_report_dup_project_title (inv->store, error);

      if (title == NULL)
        return FALSE;
      writers->write_html (report, title, out);
      return TRUE;
    }
  if (g_strcmp0 (opts->format, "json") == 0)
    {
      g_autoptr (AttestJson) json = attest_json_new (out, TRUE);

      writers->write_json (report, json);
      g_string_append_c (out, '\n');
      return TRUE;
    }
  if (g_strcmp0 (opts->format, "svg") == 0)
    {
      g_autoptr (AttestChart) chart = writers->to_chart (report, parse_by (opts->by));

      attest_chart_write_file (chart, out);
      return TRUE;
    }
  table = writers->to_table (report, opts->by, !is_csv);
  if (is_csv)
    attest_table_write_csv (table, out);
  else
    attest_cli_append_table (inv, table, opts->output, output);
  return TRUE;
}

static gboolean
run (AttestInvocation *inv, const Writers *writers, GError **error)
{
  const Options *opts = inv->opts;
  g_auto (AttestWhere) where = { NULL };
  g_autoptr (AttestDisclosure) disclosure = NULL;
  g_autoptr (AttestCoverageReport) report = NULL;
  g_autoptr (AttestOutput) output = NULL;
  AttestReportFilter filter = { .codebook = opts->codebook, .dimension = opts->dimension };

  if (!attest_cli_parse_where (inv, opts->where, &where, error)
      || !attest_cli_open_disclosure (inv, &opts->disclosure, where.attribute, where.value,
                                      &disclosure, error))
    return FALSE;
  if (disclosure != NULL
      && (g_strcmp0 (opts->by, "group") == 0 || g_strcmp0 (opts->by, "respondent") == 0
          || g_strcmp0 (opts->format, "svg") == 0))
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "to the public it is told by code only, in a table: leave --by and "
                         "--format svg out");
  filter.attribute = where.attribute;
  filter.value = where.value;
  report = attest_coverage_report_new (inv->store, &filter, inv->n_args > 0 ? inv->args[0] : NULL,
                                       opts->questions, error);
  if (report == NULL)
    return FALSE;
  attest_coverage_report_disclose (report, g_steal_pointer (&disclosure));
  output = attest_cli_open_output (inv, opts->output, error);
  return output != NULL && write_report (inv, report, writers, output, error)
         && attest_output_close (output, error);
}

static gboolean
run_coverage (AttestInvocation *inv, GError **error)
{
  static const Writers writers = { coverage_table, attest_coverage_write_json,
                                   attest_coverage_write_html, attest_coverage_to_chart };

  return run (inv, &writers, error);
}

static gboolean
run_silence (AttestInvocation *inv, GError **error)
{
  static const Writers writers
      = { silence_table, attest_silence_write_json, attest_silence_write_html, silence_chart };

  return run (inv, &writers, error);
}

static const AttestExampleLine coverage_examples[]
    = { { "report coverage", "for each code: how many were asked, how many spoke" },
        { "report coverage --by group --dimension criterion", NULL },
        { "report coverage --by respondent", "a sign for each respondent and code" },
        { "report coverage --questions", "for each question of the guide" },
        { NULL } };

static const AttestExampleLine silence_examples[]
    = { { "report silence sustainability", "who was asked and said nothing, who was never asked" },
        { "report silence --questions --where group=Government", NULL },
        { NULL } };

const AttestCommand attest_cmd_report_coverage = {
  .name = "report coverage",
  .group = "report",
  .synopsis = "[CODE]",
  .summary = "Count who was asked, and who spoke, of each code",
  .doc
  = "For each code how many respondents were asked about it (by the questions of a guide or of the "
    "codebook), how many spoke of it, and both together: asked and spoke, asked and said nothing, "
    "spoke unasked, never asked. These four, and those of whom it cannot be told, are all "
    "respondents.\n\n"
    "It cannot be told where nothing would have been found: in a source that was not coded, in "
    "turns in a language that no rule of the code is for, or that a limit stopped, where the "
    "transcript does not say who speaks or who asks, where no question is about the code, or where "
    "it was asked in a group and others answered. A respondent who stands for a group counts as "
    "one.",
  .examples = coverage_examples,
  .needs = ATTEST_NEEDS_READ,
  .max_args = 1,
  .opts_size = sizeof (Options),
  .options = coverage_options,
  .run = run_coverage,
};

const AttestCommand attest_cmd_report_silence = {
  .name = "report silence",
  .group = "report",
  .synopsis = "[CODE]",
  .summary = "List who was asked and said nothing, or never asked",
  .doc = "For each code the respondents who were asked about it and said nothing that is coded "
         "with it, with the turn in which they answer; those who were never asked and did not "
         "speak of it; and those of whom it cannot be told, with the reason. It is a list of what "
         "to read and whom to ask, not a finding: silence says nothing about why. With --public, "
         "only how many.",
  .examples = silence_examples,
  .needs = ATTEST_NEEDS_READ,
  .max_args = 1,
  .opts_size = sizeof (Options),
  .options = silence_options,
  .run = run_silence,
};
