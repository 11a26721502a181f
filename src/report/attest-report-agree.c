#include "report/attest-report-agree.h"
#include "report/attest-report-agree-private.h"

#include <math.h>
#include <string.h>

#include "stats/attest-confusion.h"
#include "util/attest-number.h"
#include "util/attest-text.h"

static const char *
heading_of (AttestCoefficient coefficient)
{
  static const char *const headings[]
      = { "agree", "Cohen κ",    "Scott π", "Fleiss κ",  "alpha", "AC1",
          "BP",    "weighted κ", "AC2",     "Jaccard α", "MASI α" };

  G_STATIC_ASSERT (G_N_ELEMENTS (headings) == ATTEST_N_COEFFICIENTS);
  return headings[coefficient];
}

static gboolean
has_interval (const AttestAgreeReport *report, const AttestEstimate *estimate)
{
  return !isnan (estimate->low)
         && report->agreement->n_paired_clusters >= ATTEST_AGREE_MIN_CLUSTERS;
}

/* ---- what the figures are of ---- */

static void
append_drawn (GString *text, const AttestAgreeReport *report)
{
  const AttestAgreement *agreement = report->agreement;

  g_string_append_printf (text, "\n95 %% intervals: %u %ss", agreement->n_clusters,
                          report->cluster_unit);
  if (agreement->n_paired_clusters < agreement->n_clusters)
    g_string_append_printf (text, " (in %u of them coders can be compared)",
                            agreement->n_paired_clusters);
  g_string_append_printf (text, " drawn %u times with replacement, seed %" G_GUINT64_FORMAT ".",
                          report->input->rounds, report->input->seed);
}

static char *
describe (const AttestAgreeReport *report)
{
  const AttestAgreementInput *input = report->input;
  const AttestRatings *ratings = &input->ratings;
  const AttestAgreementRow *overall = &report->agreement->overall;
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, "Unit: %s; %u of %u were judged by ", report->unit, overall->items,
                   ratings->n_items);
  if (ratings->n_coders == 2)
    g_string_append (text, "both coders (");
  else
    g_string_append_printf (text, "two or more of %u coders (", ratings->n_coders);
  attest_agree_append_names (text, report->coders, ratings->n_coders);
  g_string_append (text, ").");
  attest_agree_append_runs (text, report->runs);
  g_string_append_printf (
      text, "\nn: %ss compared; prevalence: share of the judgements%s.\n", report->unit,
      input->n_codes > 0
          ? " with the code.\nOverall: the mean of the codes for which a figure is defined"
          : " with the value");
  if (report->sample != NULL)
    g_string_append_printf (text,
                            "Sample %s (%s): each stands for those from which it was drawn, which "
                            "tells as much as %.0f of equal weight.\n",
                            report->sample, report->sample_design, report->effective_items);
  if (input->metric != ATTEST_METRIC_NOMINAL)
    g_string_append_printf (text, "Overall, alpha is %s; weights are %s.\n",
                            attest_metric_to_string (input->metric),
                            attest_weights_to_string (input->weights));
  g_string_append (text,
                   "Krippendorff (2004): alpha is reliable from .800, and tentative from .667.");
  if (has_interval (report, &overall->estimates[ATTEST_PERCENT]))
    append_drawn (text, report);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* ---- for programs ---- */

static void
add_number_column (AttestTable *table, const char *name, const char *suffix)
{
  g_autofree char *key = g_strconcat (name, suffix, NULL);

  attest_table_add_column (table, key, key, ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_PLAIN);
}

static void
add_number (AttestTable *table, double value)
{
  if (isnan (value))
    attest_table_add_null (table);
  else
    attest_table_add_double (table, value);
}

static void
add_full_row (AttestTable *table, const AttestAgreeReport *report, const AttestAgreementRow *row,
              const char *code)
{
  const gboolean *applies = row->applies;

  attest_table_add_text (table, code);
  attest_table_add_int (table, row->items);
  add_number (table, row->prevalence);
  for (guint i = 0; i < ATTEST_N_COEFFICIENTS; i++)
    {
      const AttestEstimate *estimate = &row->estimates[i];

      add_number (table, applies[i] ? estimate->value : NAN);
      add_number (table, applies[i] ? estimate->low : NAN);
      add_number (table, applies[i] ? estimate->high : NAN);
    }
  attest_table_add_int (table, row->all_present);
  attest_table_add_int (table, row->none_present);
  attest_table_add_int (table, row->split);
  attest_table_add_text (table, report->unit);
  attest_table_add_text (table,
                         attest_agree_level (row->estimates[ATTEST_KRIPPENDORFF_ALPHA].value));
  attest_table_add_text (table, ATTEST_AGREE_BENCHMARK);
}

static AttestTable *
new_full_table (const AttestAgreeReport *report)
{
  AttestTable *table = attest_table_new (NULL, NULL);

  attest_table_add_column (table, "code", "code", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "n", "n", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  add_number_column (table, "prevalence", "");
  for (guint i = 0; i < ATTEST_N_COEFFICIENTS; i++)
    {
      add_number_column (table, attest_coefficient_to_string (i), "");
      add_number_column (table, attest_coefficient_to_string (i), "_low");
      add_number_column (table, attest_coefficient_to_string (i), "_high");
    }
  attest_table_add_column (table, "all_present", "", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "none_present", "", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "split", "", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_agree_add_meaning_columns (table);
  for (guint i = 0; i < report->agreement->n_codes; i++)
    add_full_row (table, report, &report->agreement->codes[i], report->codes[i]);
  add_full_row (table, report, &report->agreement->overall, "(overall)");
  return table;
}

/* ---- for people ---- */

static const struct
{
  AttestCoefficient coefficient;
  AttestColumnFlags flags;
  guint coders; /* 2: only for two, 3: only for more, 0: for any */
} shown[] = {
  { ATTEST_PERCENT, ATTEST_COLUMN_RIGHT, 0 },
  { ATTEST_COHEN_KAPPA, ATTEST_COLUMN_RIGHT, 2 },
  { ATTEST_SCOTT_PI, ATTEST_COLUMN_RIGHT | ATTEST_COLUMN_OPTIONAL, 2 },
  { ATTEST_FLEISS_KAPPA, ATTEST_COLUMN_RIGHT, 3 },
  { ATTEST_KRIPPENDORFF_ALPHA, ATTEST_COLUMN_RIGHT, 0 },
  { ATTEST_GWET_AC1, ATTEST_COLUMN_RIGHT, 0 },
  { ATTEST_BRENNAN_PREDIGER, ATTEST_COLUMN_RIGHT | ATTEST_COLUMN_OPTIONAL, 0 },
};

static gboolean
is_shown (const AttestAgreeReport *report, guint i)
{
  return shown[i].coders == 0 || (shown[i].coders == 2) == (report->input->ratings.n_coders == 2);
}

static void
add_row (AttestTable *table, const AttestAgreeReport *report, const AttestAgreementRow *row,
         const char *code)
{
  const AttestEstimate *alpha = &row->estimates[ATTEST_KRIPPENDORFF_ALPHA];

  attest_table_add_text (table, code);
  attest_table_add_int (table, row->items);
  attest_agree_add_figure (table, row->prevalence, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      if (!is_shown (report, i))
        continue;
      attest_agree_add_figure (table, row->estimates[shown[i].coefficient].value,
                               shown[i].coefficient == ATTEST_PERCENT);
      if (shown[i].coefficient != ATTEST_KRIPPENDORFF_ALPHA)
        continue;
      if (has_interval (report, alpha))
        {
          g_autofree char *text = attest_number_dup_interval (alpha->low, alpha->high, 2);

          attest_table_add_text (table, text);
        }
      else
        attest_table_add_null (table);
    }
  const char *level = attest_agree_level (alpha->value);
  if (level != NULL)
    attest_table_add_text (table, level);
  else
    attest_table_add_null (table);
}

AttestTable *
attest_agree_report_table_new (const AttestAgreeReport *report, gboolean for_people)
{
  if (!for_people)
    return new_full_table (report);

  g_autofree char *note = describe (report);
  AttestTable *table = attest_table_new ("Agreement", note);
  attest_table_add_column (table, "code", report->input->n_codes > 0 ? "code" : "value",
                           ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "n", "n", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "prevalence", "prevalence", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_RIGHT);
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      if (!is_shown (report, i))
        continue;
      attest_table_add_column (table, attest_coefficient_to_string (shown[i].coefficient),
                               heading_of (shown[i].coefficient), ATTEST_COLUMN_TEXT,
                               shown[i].flags);
      if (shown[i].coefficient == ATTEST_KRIPPENDORFF_ALPHA)
        attest_table_add_column (table, "interval", "95 %", ATTEST_COLUMN_TEXT,
                                 ATTEST_COLUMN_RIGHT);
    }
  attest_table_add_column (table, "level", "alpha is", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  for (guint i = 0; i < report->agreement->n_codes; i++)
    add_row (table, report, &report->agreement->codes[i], report->codes[i]);
  attest_table_begin_totals (table);
  add_row (table, report, &report->agreement->overall, "overall");
  return table;
}

AttestTable *
attest_agree_report_overall_new (const AttestAgreeReport *report)
{
  const AttestAgreementRow *row = &report->agreement->overall;
  AttestTable *table = attest_table_new (
      report->input->n_codes > 0 ? "Overall, sets of codes as they are" : "Overall, with weights",
      NULL);

  attest_table_add_column (table, "coefficient", "coefficient", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "value", "value", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_RIGHT);
  attest_table_add_column (table, "interval", "95 %", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_RIGHT);
  for (guint i = ATTEST_WEIGHTED_KAPPA; i < ATTEST_N_COEFFICIENTS; i++)
    {
      const AttestEstimate *estimate = &row->estimates[i];

      if (!row->applies[i] || isnan (estimate->value))
        continue;
      attest_table_add_text (table, heading_of (i));
      attest_agree_add_figure (table, estimate->value, FALSE);
      g_autofree char *text = attest_number_dup_interval (estimate->low, estimate->high, 2);
      attest_table_add_text (table, has_interval (report, estimate) ? text : "–");
    }
  return table;
}

/* ---- items ---- */

static void
add_judgement (AttestTable *table, const AttestAgreeReport *report, guint16 rating,
               gboolean for_json)
{
  const AttestAgreementInput *input = report->input;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  if (rating == ATTEST_NO_RATING)
    {
      attest_table_add_null (table);
      return;
    }
  if (input->n_codes == 0)
    {
      attest_table_add_text (table, report->codes[rating]);
      return;
    }
  for (guint i = 0; i < input->n_codes; i++)
    if (input->sets[(gsize)rating * input->n_codes + i])
      g_ptr_array_add (names, (gpointer)report->codes[i]);
  if (names->len == 0 && !for_json)
    g_ptr_array_add (names, (gpointer) "(no code)");
  g_ptr_array_add (names, NULL);
  attest_table_add_list (table, (const char *const *)names->pdata);
}

static void
add_item_columns (AttestTable *table, const AttestAgreeReport *report)
{
  if (report->places == NULL)
    {
      attest_table_add_column (table, "item", report->unit, ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
      if (report->clusters != NULL)
        attest_table_add_column (table, "cluster", report->cluster_unit, ATTEST_COLUMN_TEXT,
                                 ATTEST_COLUMN_OPTIONAL);
      return;
    }
  attest_table_add_column (table, "source", "source", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "turn", "turn", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "start", "start", ATTEST_COLUMN_INT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "end", "end", ATTEST_COLUMN_INT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "quote", "quote", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
}

static void
add_item (AttestTable *table, const AttestAgreeReport *report, guint item)
{
  if (report->places == NULL)
    {
      attest_table_add_text (table, report->items[item]);
      if (report->clusters != NULL)
        attest_table_add_text (table, report->clusters[report->input->ratings.clusters[item]]);
      return;
    }
  const AttestAgreePlace *place = &report->places[item];
  attest_table_add_text (table, place->source);
  if (place->turn == G_MAXUINT)
    attest_table_add_null (table);
  else
    attest_table_add_int (table, place->turn);
  attest_table_add_int (table, place->start);
  attest_table_add_int (table, place->end);
  if (place->quote != NULL)
    attest_table_add_text (table, place->quote);
  else
    attest_table_add_null (table);
}

AttestTable *
attest_agree_report_disagreements_new (const AttestAgreeReport *report, const char *title,
                                       gboolean for_json)
{
  const AttestRatings *ratings = &report->input->ratings;
  AttestTable *table = attest_table_new (title, NULL);

  add_item_columns (table, report);
  for (guint i = 0; i < ratings->n_coders; i++)
    {
      g_autofree char *heading
          = attest_text_printable (report->coders[i], strlen (report->coders[i]), 0);

      attest_table_add_column (table, report->coders[i], heading,
                               report->input->n_codes > 0 ? ATTEST_COLUMN_LIST : ATTEST_COLUMN_TEXT,
                               ATTEST_COLUMN_WRAP);
    }
  for (guint item = 0; item < ratings->n_items; item++)
    {
      if (!attest_item_is_split (ratings, item))
        continue;
      add_item (table, report, item);
      for (guint i = 0; i < ratings->n_coders; i++)
        add_judgement (table, report, ratings->values[(gsize)item * ratings->n_coders + i],
                       for_json);
    }
  return table;
}
