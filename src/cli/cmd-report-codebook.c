/* report codebook: definitions, rules and examples, and how often they were right. */
#include "cli/attest-cli-driver.h"
#include "codebook/attest-codebook.h"
#include "report/attest-report-codebook.h"

#include <string.h>

static const AttestOption options[] = {
  ATTEST_OPTION_DIMENSION (AttestReportOptions),   ATTEST_OPTION_CODEBOOK (AttestReportOptions),
  ATTEST_OPTION_FORMAT (attest_report_formats),    ATTEST_OPTION_OUTPUT (AttestReportOptions),
  ATTEST_OPTIONS_DISCLOSURE (AttestReportOptions), { NULL }
};

static const char *
pattern_text (const AttestCodebookPattern *pattern)
{
  return pattern->source;
}

static void
add_rules (const AttestCodebook *codebook, const AttestCode *code, AttestCodebookEntry *entry)
{
  for (guint i = 0; i < codebook->patterns->len; i++)
    {
      const AttestCodebookPattern *pattern = attest_codebook_pattern (codebook, i);
      g_autofree char *langs = NULL;

      if (attest_codebook_code (codebook, pattern->code) != code)
        continue;
      langs = pattern->langs != NULL ? g_strjoinv (" ", (char **)pattern->langs) : NULL;
      if (attest_codebook_is_hit (codebook, pattern))
        attest_codebook_entry_add_rule (entry, pattern->name, pattern_text (pattern), langs);
      else if (pattern->use == ATTEST_PATTERN_ASKED)
        g_ptr_array_add (entry->asked, g_strdup (pattern_text (pattern)));
    }
}

static AttestCodebookEntry *
new_entry (const AttestCodebook *codebook, const AttestCode *code)
{
  const AttestDimension *dimension = attest_codebook_dimension (codebook, code->dimension);
  AttestCodebookEntry *entry = attest_codebook_entry_new (code->id, dimension->id,
                                                          attest_local_text_get (code->name, NULL));

  entry->question = g_strdup (code->question);
  entry->definition = g_strdup (code->definition);
  entry->include = g_strdup (code->include);
  entry->exclude = g_strdup (code->exclude);
  for (guint i = 0; i < code->confusions->len; i++)
    {
      const AttestConfusion *confusion = &g_array_index (code->confusions, AttestConfusion, i);

      g_ptr_array_add (entry->confusions,
                       g_strdup_printf ("%s: %s", confusion->with, confusion->rule));
    }
  for (guint i = 0; i < code->examples->len; i++)
    {
      const AttestExample *example = &g_array_index (code->examples, AttestExample, i);

      g_ptr_array_add (example->counter ? entry->counterexamples : entry->examples,
                       g_strdup (example->text));
    }
  add_rules (codebook, code, entry);
  return entry;
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const AttestReportOptions *opts = inv->opts;
  g_autoptr (AttestReportData) data = attest_cli_load_report (inv, ATTEST_DATA_PLAIN, error);
  g_autoptr (GArray) problems = attest_problems_new ();
  g_autoptr (GBytes) text = NULL;
  g_autoptr (AttestCodebook) codebook = NULL;
  g_autoptr (AttestCodebookReport) report = NULL;
  GPtrArray *entries;

  if (data == NULL)
    return FALSE;
  text = attest_store_get_codebook_text (inv->store, data->frequency->codebook->id, error);
  if (text == NULL)
    return FALSE;
  codebook = attest_codebook_parse (data->frequency->codebook->name, g_bytes_get_data (text, NULL),
                                    g_bytes_get_size (text), problems, error);
  if (codebook == NULL)
    return FALSE;
  entries = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_codebook_entry_free);
  for (guint i = 0; i < codebook->codes->len; i++)
    {
      const AttestCode *code = attest_codebook_code (codebook, i);

      if (opts->dimension == NULL
          || strcmp (attest_codebook_dimension (codebook, code->dimension)->id, opts->dimension)
                 == 0)
        g_ptr_array_add (entries, new_entry (codebook, code));
    }
  report = attest_codebook_report_new (data, entries, error);
  return report != NULL
         && attest_cli_write_report (inv, &attest_codebook_report_driver, report, data, error);
}

static const AttestExampleLine examples[]
    = { { "report codebook --format html --output codebook.html", "to print, or as an annex" },
        { "report codebook --dimension theme", NULL },
        { "report codebook --format svg --output precision.svg", NULL },
        { NULL } };

const AttestCommand attest_cmd_report_codebook = {
  .name = "report codebook",
  .group = "report",
  .synopsis = "",
  .summary = "Print the codebook with how often its rules were right",
  .doc
  = "The codebook that coded the project: questions, definitions, what to include and exclude, "
    "examples, rules; and for each code and rule, how many of the segments that a person decided "
    "of were accepted, with a 95 % interval. 'attest review' decides.",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .opts_size = sizeof (AttestReportOptions),
  .options = options,
  .run = run,
};
