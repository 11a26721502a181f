/* Pictures of agreement; see attest-report-agree.h. */
#include "report/attest-report-agree.h"
#include "report/attest-report-agree-private.h"

#include <math.h>

#include "report/attest-figures-page.h"
#include "stats/attest-confusion.h"
#include "util/attest-limits.h"

/* More codes make a picture that nobody reads. */
#define MAX_CONFUSED 30

static void
set_estimate (AttestChart *chart, const AttestAgreeReport *report, guint at, guint series,
              const AttestAgreementRow *row, AttestCoefficient coefficient)
{
  const AttestEstimate *estimate = &row->estimates[coefficient];

  attest_chart_set (chart, at, series, estimate->value);
  attest_chart_set_n (chart, at, series, row->items);
  if (!isnan (estimate->low) && report->agreement->n_paired_clusters >= ATTEST_AGREE_MIN_CLUSTERS)
    attest_chart_set_interval (chart, at, series, estimate->low, estimate->high);
}

static void
add_row (AttestChart *chart, const AttestAgreeReport *report, const char *name,
         const AttestAgreementRow *row)
{
  g_autofree char *label = g_strdup_printf ("%s (%.0f %%)", name, 100 * row->prevalence);
  guint at = attest_chart_add_row (chart, label);

  set_estimate (chart, report, at, 0, row, ATTEST_KRIPPENDORFF_ALPHA);
  set_estimate (chart, report, at, 1, row, ATTEST_GWET_AC1);
}

/* Where the figures come from. */
static char *
dup_origin (const AttestAgreeReport *report)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, "Unit: %s; coders: ", report->unit);
  attest_agree_append_names (text, report->coders, report->input->ratings.n_coders);
  g_string_append_c (text, '.');
  attest_agree_append_runs (text, report->runs);
  return g_strdelimit (g_strdup (text->str), "\n", ' ');
}

/* A forest plot: alpha and AC1 of each code, so that a paradox is seen. */
static AttestChart *
make_forest (const AttestAgreeReport *report)
{
  g_autofree char *origin = dup_origin (report);
  g_autofree char *note = g_strdup_printf (
      "%s In brackets: prevalence; n: %ss. Lines: alpha tentative from .667, reliable from .800 "
      "(Krippendorff 2004); they are not for AC1.",
      origin, report->unit);
  AttestChart *chart = attest_chart_new (ATTEST_CHART_DOTS, "Agreement by code",
                                         "Krippendorff's alpha, Gwet's AC1");

  attest_chart_set_note (chart, note);
  attest_chart_set_axes (chart, "code", "agreement beyond chance");
  attest_chart_set_decimals (chart, 2);
  attest_chart_add_reference (chart, .667, ".667");
  attest_chart_add_reference (chart, .8, ".800");
  attest_chart_add_series (chart, "alpha");
  attest_chart_add_series (chart, "AC1");
  for (guint i = 0; i < report->agreement->n_codes; i++)
    add_row (chart, report, report->codes[i], &report->agreement->codes[i]);
  add_row (chart, report, "overall", &report->agreement->overall);
  return chart;
}

/* Which code one coder gives where another gives another; as often in both directions. */
static AttestChart *
make_confusion (const AttestAgreeReport *report)
{
  g_autoptr (GArray) list = attest_confusion_list (report->input);
  guint n_codes = report->agreement->n_codes;
  AttestChart *chart
      = attest_chart_new (ATTEST_CHART_HEAT, "What coders differ about", "pairs of judgements");

  attest_chart_set_axes (chart, "one says", "another says");
  if (list->len == 0 || n_codes > MAX_CONFUSED)
    return chart;
  for (guint i = 0; i < n_codes; i++)
    attest_chart_add_series (chart, report->codes[i]);
  if (report->input->n_codes > 0)
    attest_chart_add_series (chart, "(no code)");
  for (guint i = 0; i < n_codes; i++)
    {
      attest_chart_add_row (chart, report->codes[i]);
      for (guint k = 0; k < n_codes + (report->input->n_codes > 0); k++)
        if (k != i)
          attest_chart_set (chart, i, k, 0);
    }
  for (guint i = 0; i < list->len; i++)
    {
      const AttestConfusion *confusion = &g_array_index (list, AttestConfusion, i);

      attest_chart_set (chart, confusion->a, confusion->b, (double)confusion->pairs);
      if (confusion->b < n_codes)
        attest_chart_set (chart, confusion->b, confusion->a, (double)confusion->pairs);
    }
  return chart;
}

void
attest_agree_report_write_svg (const AttestAgreeReport *report, GString *out)
{
  g_autoptr (AttestChart) chart = make_forest (report);

  attest_chart_write_file (chart, out);
}

/* The items on which coders differ, where they fit a page. */
static void
add_items (const AttestAgreeReport *report, GPtrArray *tables, GPtrArray *remarks)
{
  AttestTable *table = attest_agree_report_disagreements_new (
      report, "Where coders differ, and what each of them gave", FALSE);

  if (attest_table_n_rows (table) <= ATTEST_MAX_AGREE_PAGE_ITEMS)
    {
      g_ptr_array_add (tables, table);
      return;
    }
  g_ptr_array_add (
      remarks, g_strdup_printf ("Coders differ about %u %ss, too many for a page: 'attest agree "
                                "--disagreements' lists them.",
                                attest_table_n_rows (table), report->unit));
  attest_table_free (table);
}

void
attest_agree_report_write_html (const AttestAgreeReport *report, GString *out)
{
  g_autoptr (GPtrArray) charts = attest_figures_charts_new ();
  g_autoptr (GPtrArray) tables = attest_figures_tables_new ();
  g_autoptr (GPtrArray) remarks = attest_agree_report_remarks (report);
  g_autoptr (GString) title = g_string_new ("Agreement of ");
  g_autofree char *origin = dup_origin (report);

  g_ptr_array_add (charts, make_forest (report));
  g_ptr_array_add (charts, make_confusion (report));
  g_ptr_array_add (tables, attest_agree_report_table_new (report, TRUE));
  g_ptr_array_add (tables, attest_agree_report_overall_new (report));
  g_ptr_array_add (tables, attest_agree_report_pairs_new (report, ATTEST_MAX_AGREE_PAIRS));
  add_items (report, tables, remarks);
  if (report->input->ratings.n_coders == 2)
    g_string_append_printf (title, "%s and %s", report->coders[0], report->coders[1]);
  else
    attest_agree_append_names (title, report->coders, report->input->ratings.n_coders);
  AttestFiguresPage page = { title->str, "Agreement", origin, charts, tables, remarks };
  attest_figures_page_write (&page, out);
}
