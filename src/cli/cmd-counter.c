/* counter: what speaks against findings and was not answered yet. */
#include "cli/attest-cli-commands.h"
#include "report/attest-report-counter.h"
#include "report/attest-report.h"

#include <string.h>

typedef struct
{
  char *format;
} Options;

static const AttestOption options[]
    = { { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
          "How to print it", "table for people, csv and json for programs.", attest_list_formats },
        { NULL } };

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const char *format = ((Options *)inv->opts)->format;
  guint n_findings = 0;
  g_autoptr (AttestTable) table = attest_report_counter (
      inv->store, inv->n_args > 0 ? (const char *const *)inv->args : NULL, &n_findings, error);
  gboolean for_people = format == NULL || strcmp (format, "table") == 0;

  if (table == NULL)
    return FALSE;
  if (!for_people || attest_table_n_rows (table) > 0)
    attest_cli_write_table (inv, table, format);
  if (for_people)
    {
      g_autofree char *quotes
          = attest_report_dup_count (attest_table_n_rows (table), "quote", NULL);
      g_autofree char *findings = attest_report_dup_count (n_findings, "finding", NULL);

      fprintf (inv->out, "%s%s to answer, of %s on a criterion\n",
               attest_table_n_rows (table) > 0 ? "\n" : "", quotes, findings);
    }
  return TRUE;
}

static const AttestExampleLine examples[] = { { "counter", "of all findings" },
                                              { "counter F1", NULL },
                                              { "counter impact --format csv", NULL },
                                              { NULL } };

const AttestCommand attest_cmd_counter = {
  .name = "counter",
  .group = "judge",
  .synopsis = "[ID…]",
  .summary = "List what speaks against findings and has no answer",
  .doc
  = "For each finding on a criterion, or those of ID, a finding or a criterion: the segments of "
    "the criterion that say the opposite of what supports the finding, and are neither linked to "
    "it nor rejected in review. Most passages have no polarity that the lists of words could "
    "tell, and are not listed: this is where to begin, not where to end.\n\n"
    "Each wants an answer: 'attest finding link F1 QUOTE --stance contradicts --note …', or as "
    "context, or 'attest review --reject QUOTE --reason …' where it is about something else.",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .max_args = G_MAXUINT,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
