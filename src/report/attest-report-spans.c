#include "report/attest-report-spans.h"

#include <math.h>

#include "report/attest-report-agree-private.h"
#include "report/attest-report-agree.h"
#include "util/attest-number.h"

static const char *
figure_name (guint i)
{
  return attest_span_figure_to_string (i);
}

static gboolean
has_intervals (const AttestSpansReport *report)
{
  return report->input->rounds > 0 && report->input->n_texts >= ATTEST_AGREE_MIN_CLUSTERS;
}

static const AttestSpansRow *
row_at (const AttestSpansReport *report, guint i, const char **out_name)
{
  gboolean is_code = i < report->spans->n_codes;

  *out_name = is_code ? report->codes[i] : "overall";
  return is_code ? &report->spans->codes[i] : &report->spans->overall;
}

/* ---- JSON ---- */

static void
write_row (AttestJson *json, const AttestSpansRow *row, const char *code)
{
  AttestAgreeFigures figures = { ATTEST_N_SPAN_FIGURES, figure_name,  row->applies,
                                 row->estimates,        row->reasons, row->undefined };

  attest_json_begin_object (json);
  if (code != NULL)
    attest_json_member_string (json, "code", code);
  attest_json_member_int (json, "n", row->units);
  attest_json_member_double (json, "prevalence", row->prevalence);
  attest_agree_write_figures (json, &figures);
  attest_json_member_double (json, "u_alpha_1995", row->u_alpha_1995);
  attest_json_member_string (json, "level",
                             attest_agree_level (row->estimates[ATTEST_U_ALPHA].value));
  attest_json_end_object (json);
}

GPtrArray *
attest_spans_report_warnings (const AttestSpansReport *report)
{
  GPtrArray *warnings = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; report->warnings != NULL && report->warnings[i] != NULL; i++)
    g_ptr_array_add (warnings, g_strdup (report->warnings[i]));
  if (report->input->rounds > 0 && !has_intervals (report))
    g_ptr_array_add (warnings,
                     g_strdup_printf ("Intervals from %u texts cannot be trusted: %d or more are "
                                      "needed.",
                                      report->input->n_texts, ATTEST_AGREE_MIN_CLUSTERS));
  return warnings;
}

void
attest_spans_report_write_json (const AttestSpansReport *report, GString *out)
{
  g_autoptr (AttestJson) json = attest_json_new (out, TRUE);
  g_autoptr (GPtrArray) warnings = attest_spans_report_warnings (report);

  attest_json_begin_object (json);
  attest_json_member_int (json, "format", 1);
  attest_json_member_string (json, "unit", "character");
  attest_json_member_int (json, "items", report->n_texts);
  attest_json_member_int (json, "compared", report->input->n_texts);
  attest_json_member_int (json, "characters", report->spans->length);
  attest_json_member_int (json, "coders", report->n_coders);
  attest_agree_write_strings (json, "coder_names", report->coders, report->n_coders);
  attest_agree_write_runs (json, report->runs);
  attest_json_member_bool (json, "overlapping", report->spans->overlapping);
  attest_json_key (json, "bootstrap");
  attest_json_begin_object (json);
  attest_json_member_int (json, "rounds", report->input->rounds);
  attest_json_member_int (json, "seed", (gint64)report->input->seed);
  attest_json_member_string (json, "unit", "item");
  attest_json_member_int (json, "clusters", report->input->n_texts);
  attest_json_end_object (json);
  attest_agree_write_benchmark (json, figure_name (ATTEST_U_ALPHA));
  attest_json_key (json, "per_code");
  attest_json_begin_array (json);
  for (guint i = 0; i < report->spans->n_codes; i++)
    write_row (json, &report->spans->codes[i], report->codes[i]);
  attest_json_end_array (json);
  attest_json_key (json, "overall");
  write_row (json, &report->spans->overall, NULL);
  attest_agree_write_strings (json, "warnings", (const char *const *)warnings->pdata,
                              warnings->len);
  attest_json_end_object (json);
  g_string_append_c (out, '\n');
}

/* ---- tables ---- */

static char *
describe (const AttestSpansReport *report)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, "Unit: character; %" G_GINT64_FORMAT " in %u of %u texts, which ",
                   report->spans->length, report->input->n_texts, report->n_texts);
  if (report->n_coders == 2)
    g_string_append (text, "both coders saw (");
  else
    g_string_append_printf (text, "two or more of %u coders saw (", report->n_coders);
  attest_agree_append_names (text, report->coders, report->n_coders);
  g_string_append (text, ").");
  attest_agree_append_runs (text, report->runs);
  g_string_append (text,
                   "\nn: stretches; prevalence: share of the characters; overlap: of what one "
                   "coder gave the code, others did, too.\nKrippendorff (2004): alpha is "
                   "reliable from .800, and tentative from .667.");
  if (has_intervals (report))
    g_string_append_printf (text,
                            "\n95 %% intervals: %u texts drawn %u times with replacement, seed "
                            "%" G_GUINT64_FORMAT ".",
                            report->input->n_texts, report->input->rounds, report->input->seed);
  return g_string_free (g_steal_pointer (&text), FALSE);
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
add_text (AttestTable *table, double value, gboolean is_share)
{
  g_autofree char *text
      = is_share ? g_strdup_printf ("%.0f %%", 100 * value) : attest_number_dup (value, 2);

  attest_table_add_text (table, isnan (value) ? NULL : text);
}

static AttestTable *
new_full_table (const AttestSpansReport *report)
{
  AttestTable *table = attest_table_new (NULL, NULL);

  attest_table_add_column (table, "code", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "n", "", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "prevalence", "", ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_PLAIN);
  for (guint i = 0; i < ATTEST_N_SPAN_FIGURES; i++)
    {
      static const char *const suffixes[] = { "", "_low", "_high" };

      for (guint k = 0; k < G_N_ELEMENTS (suffixes); k++)
        {
          g_autofree char *key = g_strconcat (figure_name (i), suffixes[k], NULL);

          attest_table_add_column (table, key, key, ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_PLAIN);
        }
    }
  attest_agree_add_meaning_columns (table);
  for (guint i = 0; i <= report->spans->n_codes; i++)
    {
      const char *name;
      const AttestSpansRow *row = row_at (report, i, &name);

      attest_table_add_text (table, i < report->spans->n_codes ? name : "(overall)");
      attest_table_add_int (table, row->units);
      add_number (table, row->prevalence);
      for (guint k = 0; k < ATTEST_N_SPAN_FIGURES; k++)
        {
          add_number (table, row->estimates[k].value);
          add_number (table, row->estimates[k].low);
          add_number (table, row->estimates[k].high);
        }
      attest_table_add_text (table, "character");
      attest_table_add_text (table, attest_agree_level (row->estimates[ATTEST_U_ALPHA].value));
      attest_table_add_text (table, ATTEST_AGREE_BENCHMARK);
    }
  return table;
}

static void
add_row (AttestTable *table, const AttestSpansReport *report, const AttestSpansRow *row,
         const char *name)
{
  const AttestEstimate *alpha = &row->estimates[ATTEST_U_ALPHA];
  g_autofree char *interval = attest_number_dup_interval (alpha->low, alpha->high, 2);

  attest_table_add_text (table, name);
  attest_table_add_int (table, row->units);
  add_text (table, row->prevalence, TRUE);
  add_text (table, row->estimates[ATTEST_OVERLAP].value, TRUE);
  add_text (table, alpha->value, FALSE);
  attest_table_add_text (table, has_intervals (report) && !isnan (alpha->low) ? interval : NULL);
  add_text (table, row->estimates[ATTEST_KU_ALPHA].value, FALSE);
  add_text (table, row->estimates[ATTEST_BAR_U_ALPHA].value, FALSE);
  add_text (table, row->estimates[ATTEST_CU_ALPHA].value, FALSE);
  attest_table_add_text (table, attest_agree_level (alpha->value));
}

AttestTable *
attest_spans_report_table_new (const AttestSpansReport *report, gboolean for_people)
{
  static const char *const headings[]
      = { "prevalence", "overlap", "uα", "95 %", "(k)uα", "|uα", "cuα" };

  if (!for_people)
    return new_full_table (report);
  g_autofree char *note = describe (report);
  AttestTable *table = attest_table_new ("Agreement on stretches", note);
  attest_table_add_column (table, "code", "code", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "n", "n", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  for (guint i = 0; i < G_N_ELEMENTS (headings); i++)
    attest_table_add_column (table, headings[i], headings[i], ATTEST_COLUMN_TEXT,
                             ATTEST_COLUMN_RIGHT);
  attest_table_add_column (table, "level", "uα is", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  for (guint i = 0; i < report->spans->n_codes; i++)
    add_row (table, report, &report->spans->codes[i], report->codes[i]);
  attest_table_begin_totals (table);
  add_row (table, report, &report->spans->overall, "overall");
  return table;
}

GPtrArray *
attest_spans_report_remarks (const AttestSpansReport *report)
{
  GPtrArray *remarks = attest_spans_report_warnings (report);

  for (guint i = 0; i <= report->spans->n_codes; i++)
    {
      const char *name;
      const AttestSpansRow *row = row_at (report, i, &name);

      if (row->reasons[ATTEST_U_ALPHA] != NULL)
        g_ptr_array_add (
            remarks, g_strdup_printf ("No alpha of %s: %s.", name, row->reasons[ATTEST_U_ALPHA]));
    }
  return remarks;
}
