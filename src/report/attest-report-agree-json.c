#include "report/attest-report-agree-private.h"
#include "report/attest-report-agree.h"

#include <math.h>

#include "stats/attest-confusion.h"

void
attest_agree_write_strings (AttestJson *json, const char *key, const char *const *strings, guint n)
{
  attest_json_key (json, key);
  attest_json_begin_array (json);
  for (guint i = 0; i < n; i++)
    attest_json_string (json, strings[i]);
  attest_json_end_array (json);
}

void
attest_agree_write_figures (AttestJson *json, const AttestAgreeFigures *figures)
{
  for (guint i = 0; i < figures->n; i++)
    if (figures->applies[i])
      attest_json_member_double (json, figures->name (i), figures->estimates[i].value);
  attest_json_key (json, "ci");
  attest_json_begin_object (json);
  for (guint i = 0; i < figures->n; i++)
    {
      if (!figures->applies[i])
        continue;
      attest_json_key (json, figures->name (i));
      if (isnan (figures->estimates[i].low))
        {
          attest_json_null (json);
          continue;
        }
      attest_json_begin_array (json);
      attest_json_double (json, figures->estimates[i].low);
      attest_json_double (json, figures->estimates[i].high);
      attest_json_end_array (json);
    }
  attest_json_end_object (json);
  /* Resamples that an interval leaves out. */
  attest_json_key (json, "undefined_resamples");
  attest_json_begin_object (json);
  for (guint i = 0; i < figures->n; i++)
    if (figures->applies[i] && figures->undefined[i] > 0)
      attest_json_member_int (json, figures->name (i), figures->undefined[i]);
  attest_json_end_object (json);
  attest_json_key (json, "notes");
  attest_json_begin_object (json);
  for (guint i = 0; i < figures->n; i++)
    if (figures->applies[i] && figures->reasons[i] != NULL)
      attest_json_member_string (json, figures->name (i), figures->reasons[i]);
  attest_json_end_object (json);
}

void
attest_agree_write_benchmark (AttestJson *json, const char *coefficient)
{
  attest_json_key (json, "benchmark");
  attest_json_begin_object (json);
  attest_json_member_string (json, "name", ATTEST_AGREE_BENCHMARK);
  attest_json_member_string (json, "coefficient", coefficient);
  attest_json_member_double (json, "reliable", .8);
  attest_json_member_double (json, "tentative", .667);
  attest_json_end_object (json);
}

static const char *
coefficient_name (guint i)
{
  return attest_coefficient_to_string (i);
}

/* @code: NULL for overall. */
static void
write_row (AttestJson *json, const AttestAgreeReport *report, const AttestAgreementRow *row,
           const char *code)
{
  g_autoptr (GPtrArray) warnings = attest_agree_row_warnings (row, code);
  gboolean is_sets = report->input->n_codes > 0;
  AttestAgreeFigures figures = { ATTEST_N_COEFFICIENTS, coefficient_name, row->applies,
                                 row->estimates,        row->reasons,     row->undefined };

  attest_json_begin_object (json);
  if (code != NULL)
    attest_json_member_string (json, "code", code);
  else
    attest_json_member_string (json, "method", is_sets ? "mean of the codes" : "all values");
  attest_json_member_int (json, "n", row->items);
  attest_json_member_double (json, "prevalence", row->prevalence);
  if (code == NULL && !is_sets)
    attest_json_member_string (json, "most_frequent",
                               report->codes[report->agreement->most_frequent]);
  attest_agree_write_figures (json, &figures);
  attest_json_key (json, "se");
  attest_json_begin_object (json);
  attest_json_member_double (json, "cohen_kappa", row->cohen_kappa_se);
  attest_json_member_double (json, "gwet_ac1", row->gwet_ac1_se);
  attest_json_end_object (json);
  attest_json_member_int (json, "all_present", row->all_present);
  attest_json_member_int (json, "none_present", row->none_present);
  attest_json_member_int (json, "split", row->split);
  attest_json_member_string (json, "level",
                             attest_agree_level (row->estimates[ATTEST_KRIPPENDORFF_ALPHA].value));
  attest_agree_write_strings (json, "warnings", (const char *const *)warnings->pdata,
                              warnings->len);
  attest_json_end_object (json);
}

static void
write_head (AttestJson *json, const AttestAgreeReport *report)
{
  const AttestAgreementInput *input = report->input;
  gboolean is_sets = input->n_codes > 0;

  attest_json_member_int (json, "format", 1);
  attest_json_member_string (json, "unit", report->unit);
  attest_json_member_int (json, "items", input->ratings.n_items);
  attest_json_member_int (json, "compared", report->agreement->overall.items);
  attest_json_member_int (json, "coders", input->ratings.n_coders);
  attest_agree_write_strings (json, "coder_names", report->coders, input->ratings.n_coders);
  attest_agree_write_runs (json, report->runs);
  if (report->sample != NULL)
    {
      attest_json_key (json, "sample");
      attest_json_begin_object (json);
      attest_json_member_string (json, "name", report->sample);
      attest_json_member_string (json, "design", report->sample_design);
      attest_json_member_double (json, "effective_items", report->effective_items);
      attest_json_end_object (json);
    }
  attest_json_member_string (json, "judgement", is_sets ? "codes" : "value");
  attest_json_member_string (json, "metric", attest_metric_to_string (input->metric));
  attest_json_member_string (
      json, "weights",
      input->metric == ATTEST_METRIC_NOMINAL ? NULL : attest_weights_to_string (input->weights));
  attest_json_member_int (json, "categories", is_sets ? 2 : input->ratings.n_values);
  attest_json_key (json, "bootstrap");
  attest_json_begin_object (json);
  attest_json_member_int (json, "rounds", input->rounds);
  attest_json_member_int (json, "seed", (gint64)input->seed);
  attest_json_member_string (json, "unit", report->cluster_unit);
  attest_json_member_int (json, "clusters", report->agreement->n_clusters);
  attest_json_end_object (json);
  attest_agree_write_benchmark (json, attest_coefficient_to_string (ATTEST_KRIPPENDORFF_ALPHA));
}

static void
write_pairs (AttestJson *json, const AttestAgreeReport *report)
{
  const AttestAgreement *agreement = report->agreement;

  attest_json_key (json, "pairs");
  attest_json_begin_array (json);
  for (guint i = 0; i < agreement->n_pairs; i++)
    {
      const AttestAgreementPair *pair = &agreement->pairs[i];

      attest_json_begin_object (json);
      attest_json_member_string (json, "a", report->coders[pair->a]);
      attest_json_member_string (json, "b", report->coders[pair->b]);
      attest_json_member_int (json, "n", pair->items);
      attest_json_member_double (json, "percent", pair->percent);
      attest_json_member_double (json, "cohen_kappa", pair->cohen_kappa);
      attest_json_member_double (json, "krippendorff_alpha", pair->krippendorff_alpha);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
}

static void
write_confusion (AttestJson *json, const AttestAgreeReport *report)
{
  g_autoptr (GArray) list = attest_confusion_list (report->input);
  guint n_codes = report->agreement->n_codes;

  attest_json_key (json, "confusion");
  attest_json_begin_array (json);
  for (guint i = 0; i < list->len; i++)
    {
      const AttestConfusion *confusion = &g_array_index (list, AttestConfusion, i);

      attest_json_begin_object (json);
      attest_json_member_string (json, "a", report->codes[confusion->a]);
      attest_json_member_string (json, "b",
                                 confusion->b < n_codes ? report->codes[confusion->b] : NULL);
      attest_json_member_int (json, "pairs", (gint64)confusion->pairs);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
}

void
attest_agree_report_write_json (const AttestAgreeReport *report, GString *out)
{
  g_autoptr (AttestJson) json = attest_json_new (out, TRUE);
  g_autoptr (GPtrArray) warnings = attest_agree_report_warnings (report);

  attest_json_begin_object (json);
  write_head (json, report);
  attest_json_key (json, "per_code");
  attest_json_begin_array (json);
  for (guint i = 0; i < report->agreement->n_codes; i++)
    write_row (json, report, &report->agreement->codes[i], report->codes[i]);
  attest_json_end_array (json);
  attest_json_key (json, "overall");
  write_row (json, report, &report->agreement->overall, NULL);
  write_pairs (json, report);
  write_confusion (json, report);
  attest_agree_write_strings (json, "warnings", (const char *const *)warnings->pdata,
                              warnings->len);
  attest_json_end_object (json);
  g_string_append_c (out, '\n');
}
