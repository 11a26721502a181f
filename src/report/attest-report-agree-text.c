/* What figures of agreement mean, in words. */
#include "report/attest-report-agree.h"
#include "report/attest-report-agree-private.h"

#include <math.h>
#include <string.h>

#include "util/attest-text.h"

/* Items on which somebody gave a code; with fewer, one item more or less changes the figure. */
#define FEW_ITEMS 10
#define RARE 0.05
/* Coders in a sentence. */
#define MAX_NAMED 6u

const char *
attest_agree_level (double alpha)
{
  if (isnan (alpha))
    return NULL;
  return alpha >= .8 ? "reliable" : alpha >= .667 ? "tentative" : "too low";
}

void
attest_agree_add_meaning_columns (AttestTable *table)
{
  attest_table_add_column (table, "unit", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "level", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "benchmark", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
}

GPtrArray *
attest_agree_row_warnings (const AttestAgreementRow *row, const char *code)
{
  GPtrArray *warnings = g_ptr_array_new_with_free_func (g_free);
  guint given = row->all_present + row->split;

  if (attest_agreement_is_paradox (row))
    g_ptr_array_add (
        warnings,
        g_strdup_printf (
            "%s%scoders agree on %.0f %%, and alpha is only %.2f: one answer is so common that "
            "chance alone agrees often. Gwet's AC1 is %.2f; report both, with the prevalence "
            "(Feinstein and Cicchetti 1990).",
            code != NULL ? code : "", code != NULL ? ": " : "",
            100 * row->estimates[ATTEST_PERCENT].value,
            row->estimates[ATTEST_KRIPPENDORFF_ALPHA].value,
            row->estimates[ATTEST_GWET_AC1].value));
  if (code != NULL && given < FEW_ITEMS)
    g_ptr_array_add (
        warnings, g_strdup_printf ("%s: anybody gave it to only %u of %u items; see the interval.",
                                   code, given, row->items));
  else if (code != NULL && (row->prevalence < RARE || row->prevalence > 1 - RARE))
    g_ptr_array_add (warnings,
                     g_strdup_printf ("%s: %.1f %% of the judgements are of it, so kappa and alpha "
                                      "hang on few items; see the interval.",
                                      code, 100 * row->prevalence));
  return warnings;
}

void
attest_agree_append_names (GString *text, const char *const *names, guint n)
{
  for (guint i = 0; i < MIN (n, MAX_NAMED); i++)
    {
      g_autofree char *name = attest_text_printable (names[i], strlen (names[i]), 0);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", name);
    }
  if (n > MAX_NAMED)
    g_string_append_printf (text, " and %u more", n - MAX_NAMED);
}

/* ---- for people: each remark once, with the names of what it is about ---- */

static void
append_name (GString *names, const char *name)
{
  g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name);
}

static const AttestAgreementRow *
row_at (const AttestAgreeReport *report, guint i, const char **out_name)
{
  const AttestAgreement *agreement = report->agreement;
  gboolean is_code = i < agreement->n_codes;

  *out_name = is_code ? report->codes[i] : "overall";
  return is_code ? &agreement->codes[i] : &agreement->overall;
}

static void
remark_on_paradox (const AttestAgreeReport *report, GPtrArray *remarks)
{
  g_autoptr (GString) names = g_string_new (NULL);
  const char *name;

  for (guint i = 0; i <= report->agreement->n_codes; i++)
    if (attest_agreement_is_paradox (row_at (report, i, &name)))
      append_name (names, name);
  if (names->len > 0)
    g_ptr_array_add (
        remarks,
        g_strdup_printf (
            "High agreement and a low alpha (%s): one answer is so common that chance alone agrees "
            "often (Feinstein and Cicchetti 1990). Report alpha and AC1 both, with the prevalence.",
            names->str));
}

static void
remark_on_few (const AttestAgreeReport *report, GPtrArray *remarks)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < report->agreement->n_codes; i++)
    {
      const char *name;
      const AttestAgreementRow *row = row_at (report, i, &name);
      guint given = row->all_present + row->split;

      if (given < FEW_ITEMS)
        {
          g_autofree char *text = g_strdup_printf ("%s %u", name, given);

          append_name (names, text);
        }
    }
  if (names->len > 0)
    g_ptr_array_add (remarks,
                     g_strdup_printf ("Given to few %ss, so that one more or less changes the "
                                      "figures: %s.",
                                      report->unit, names->str));
}

/* Drawing transcripts again cannot show a difference that nobody saw. Of n items without one, the
 * share of those with one is up to 3/n (the rule of three, Hanley and Lippman-Hand 1983); of a
 * sample n is the number of equal weight. */
static void
remark_on_none (const AttestAgreeReport *report, GPtrArray *remarks)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < report->agreement->n_codes; i++)
    {
      const char *name;
      const AttestAgreementRow *row = row_at (report, i, &name);

      if (row->split == 0 && row->all_present > 0)
        append_name (names, name);
    }
  if (report->sample != NULL && names->len > 0)
    g_ptr_array_add (
        remarks,
        g_strdup_printf (
            "Nobody differed about %s, which does not say that nobody would: up to %.1f %% "
            "of all %ss may be differences that the sample did not meet (rule of three). "
            "An interval of 1.00 to 1.00 cannot show that.",
            names->str, MIN (300 / report->effective_items, 100), report->unit));
}

static void
remark_on_missing (const AttestAgreeReport *report, GPtrArray *remarks)
{
  g_autoptr (GPtrArray) reasons = g_ptr_array_new ();

  for (guint i = 0; i <= report->agreement->n_codes; i++)
    {
      const char *name;
      const char *reason = row_at (report, i, &name)->reasons[ATTEST_KRIPPENDORFF_ALPHA];

      if (reason != NULL && !g_ptr_array_find (reasons, reason, NULL))
        g_ptr_array_add (reasons, (gpointer)reason);
    }
  for (guint k = 0; k < reasons->len; k++)
    {
      const char *reason = g_ptr_array_index (reasons, k);
      g_autoptr (GString) names = g_string_new (NULL);
      const char *name;

      for (guint i = 0; i <= report->agreement->n_codes; i++)
        if (row_at (report, i, &name)->reasons[ATTEST_KRIPPENDORFF_ALPHA] == reason)
          append_name (names, name);
      g_ptr_array_add (remarks,
                       g_strdup_printf ("No kappa and no alpha (%s): %s.", names->str, reason));
    }
}

GPtrArray *
attest_agree_report_remarks (const AttestAgreeReport *report)
{
  GPtrArray *remarks = attest_agree_report_warnings (report);

  remark_on_paradox (report, remarks);
  remark_on_few (report, remarks);
  remark_on_none (report, remarks);
  remark_on_missing (report, remarks);
  return remarks;
}

GPtrArray *
attest_agree_report_warnings (const AttestAgreeReport *report)
{
  GPtrArray *warnings = g_ptr_array_new_with_free_func (g_free);
  const AttestAgreementInput *input = report->input;

  for (guint i = 0; report->warnings != NULL && report->warnings[i] != NULL; i++)
    g_ptr_array_add (warnings, g_strdup (report->warnings[i]));
  if (input->rounds > 0 && report->agreement->n_paired_clusters < ATTEST_AGREE_MIN_CLUSTERS)
    g_ptr_array_add (
        warnings,
        g_strdup_printf ("Intervals from %u %ss cannot be trusted: %d or more are needed.",
                         report->agreement->n_paired_clusters, report->cluster_unit,
                         ATTEST_AGREE_MIN_CLUSTERS));
  return warnings;
}
