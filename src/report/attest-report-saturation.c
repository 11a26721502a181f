#include "report/attest-report-saturation.h"

#include <math.h>
#include <string.h>

const AttestSaturationOptions attest_saturation_usual
    = { .base = 4, .run = 2, .threshold = 0.05, .orders = 1000, .seed = 1 };

void
attest_saturation_report_free (AttestSaturationReport *report)
{
  if (report == NULL)
    return;
  g_array_unref (report->sources);
  attest_saturation_free (report->saturation);
  g_free (report);
}

static const char *
name_of (AttestSaturationOf of, gboolean is_plural)
{
  static const char *const one[] = { "code", "rule", "phrase" };
  static const char *const many[] = { "codes", "rules", "phrases" };

  return is_plural ? many[of] : one[of];
}

/* ---- sources and what each brings ---- */

/* Whether somebody whom the filter means speaks in it. */
static gboolean
is_interview (const AttestReportData *data, const AttestSourceInfo *source)
{
  if (!g_hash_table_contains (data->searched, source->label))
    return FALSE;
  if (data->attribute == NULL)
    return TRUE;
  for (char **label = source->respondents; *label != NULL; label++)
    {
      guint respondent = attest_report_data_find_respondent (data, *label);

      if (respondent != ATTEST_NO_INDEX && attest_report_data_is_present (data, respondent))
        return TRUE;
    }
  return FALSE;
}

static int
compare_ingest (gconstpointer a, gconstpointer b, gpointer sources)
{
  const AttestSourceInfo *x = g_ptr_array_index ((GPtrArray *)sources, *(const guint *)a);
  const AttestSourceInfo *y = g_ptr_array_index ((GPtrArray *)sources, *(const guint *)b);

  return x->id < y->id ? -1 : x->id > y->id;
}

static GArray *
list_sources (const AttestReportData *data, gboolean by_ingest)
{
  GArray *sources = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < data->sources->len; i++)
    if (is_interview (data, g_ptr_array_index (data->sources, i)))
      g_array_append_val (sources, i);
  if (by_ingest)
    g_array_sort_with_data (sources, compare_ingest, data->sources);
  return sources;
}

static void
add_theme (GArray *themes, GHashTable *seen, guint theme)
{
  if (g_hash_table_add (seen, GUINT_TO_POINTER (theme)))
    g_array_append_val (themes, theme);
}

static GArray *
list_themes (const AttestReportData *data, AttestSaturationOf of, guint code, guint source)
{
  GArray *themes = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) seen = g_hash_table_new (g_direct_hash, g_direct_equal);

  for (guint i = 0; i < data->segments->len; i++)
    {
      const AttestDatum *datum = attest_report_datum (data, i);

      if (datum->source != source || (code != ATTEST_NO_INDEX && datum->code != code))
        continue;
      if (of == ATTEST_SATURATION_OF_CODES)
        add_theme (themes, seen, datum->code);
      for (guint k = 0; of != ATTEST_SATURATION_OF_CODES && k < datum->n_items; k++)
        add_theme (themes, seen, g_array_index (data->item_numbers, guint, datum->first_item + k));
    }
  return themes;
}

AttestSaturationReport *
attest_saturation_report_new (const AttestReportData *data, AttestSaturationOf of, guint code,
                              gboolean by_ingest, const AttestSaturationOptions *options)
{
  AttestSaturationReport *report = g_new0 (AttestSaturationReport, 1);
  g_autoptr (GPtrArray) themes = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);

  report->data = data;
  report->of = of;
  report->by_ingest = by_ingest;
  report->options = *options;
  report->sources = list_sources (data, by_ingest);
  for (guint i = 0; i < report->sources->len; i++)
    g_ptr_array_add (themes,
                     list_themes (data, of, code, g_array_index (report->sources, guint, i)));
  report->saturation = attest_saturation_compute (
      themes, MAX (data->frequency->rows->len, data->items->len), options);
  return report;
}

static const AttestSaturationStep *
step_of (const AttestSaturationReport *report, guint i)
{
  return &g_array_index (report->saturation->steps, AttestSaturationStep, i);
}

/* Where sources stand in an order of their own, their places say nothing of the order of labels. */
static const char *
source_of (const AttestSaturationReport *report, guint i)
{
  return attest_report_data_source (report->data, g_array_index (report->sources, guint, i));
}

/* ---- in words ---- */

static char *
dup_percent (double share)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (digits, sizeof digits, "%.3g", share * 100);
  return g_strdup_printf ("%s %%", digits);
}

char *
attest_saturation_report_dup_verdict (const AttestSaturationReport *report)
{
  const AttestSaturation *s = report->saturation;
  const AttestSaturationOptions *o = &report->options;
  g_autofree char *threshold = dup_percent (o->threshold);
  g_autofree char *sources = attest_report_dup_count (report->sources->len, "source", NULL);
  const char *themes = name_of (report->of, TRUE);

  if (report->sources->len < o->base + o->run)
    return g_strdup_printf ("Not to be told: %s, and a base of %u with a run of %u needs %u.",
                            sources, o->base, o->run, o->base + o->run);
  if (s->base_themes == 0)
    return g_strdup_printf ("Not to be told: the first %u sources have no %s.", o->base, themes);
  if (s->reached < 0)
    return g_strdup_printf ("Not reached in %s: each run of %u brings more than %s of the %u %s of "
                            "the first %u.",
                            sources, o->run, threshold, s->base_themes, themes, o->base);
  return g_strdup_printf ("Saturation at %d+%u: after %d sources, the next %u bring at most %s of "
                          "the %u %s of the first %u.",
                          s->reached, o->run, s->reached, o->run, threshold, s->base_themes, themes,
                          o->base);
}

double
attest_saturation_report_get_last_share (const AttestSaturationReport *report)
{
  return report->sources->len >= report->options.base + report->options.run
             ? step_of (report, report->sources->len - 1)->share
             : (double)NAN;
}

static char *
dup_orders (const AttestSaturationReport *report)
{
  const AttestSaturation *s = report->saturation;
  const AttestSaturationOptions *o = &report->options;

  if (o->orders == 0 || report->sources->len < o->base + o->run)
    return g_strdup ("");
  if (s->median < 0)
    return g_strdup_printf ("\nOf %u random orders (seed %" G_GUINT64_FORMAT ") %u reach it.",
                            o->orders, o->seed, s->orders_reached);
  return g_strdup_printf ("\nOf %u random orders (seed %" G_GUINT64_FORMAT
                          ") %u reach it; the median is %d+%u.",
                          o->orders, o->seed, s->orders_reached, s->median, o->run);
}

static char *
dup_note (const AttestSaturationReport *report)
{
  g_autofree char *verdict = attest_saturation_report_dup_verdict (report);
  g_autofree char *orders = dup_orders (report);

  return g_strdup_printf (
      "%s%s\nUnit: source; counted: different %s%s. Order: %s. Share: new in the last %u of those "
      "of "
      "the first %u (Guest, Namey and Chen 2020).%s",
      verdict, orders, name_of (report->of, TRUE),
      report->of == ATTEST_SATURATION_OF_PHRASES ? ", the words that rules found" : "",
      report->by_ingest ? "as taken in" : "by label", report->options.run, report->options.base,
      report->of == ATTEST_SATURATION_OF_CODES
          ? "\nA fixed list of codes is soon complete: --of rule or --of phrase tells more."
          : "");
}

/* ---- tables ---- */

static void
add_columns (const AttestSaturationReport *report, AttestTable *table)
{
  attest_table_add_column (table, "n", "n", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "source", "source", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "new", "new", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "known", name_of (report->of, TRUE), ATTEST_COLUMN_INT,
                           ATTEST_COLUMN_BAR);
  attest_table_add_column (table, "run_new", "new in the run", ATTEST_COLUMN_INT,
                           ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "share", "share", ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "mean", "mean of orders", ATTEST_COLUMN_DOUBLE,
                           ATTEST_COLUMN_OPTIONAL);
  attest_table_add_column (table, "low", "2.5 %", ATTEST_COLUMN_INT, ATTEST_COLUMN_OPTIONAL);
  attest_table_add_column (table, "high", "97.5 %", ATTEST_COLUMN_INT, ATTEST_COLUMN_OPTIONAL);
}

static void
add_row (const AttestSaturationReport *report, AttestTable *table, guint i)
{
  const AttestSaturationStep *step = step_of (report, i);

  attest_table_add_int (table, i + 1);
  attest_table_add_text (table, source_of (report, i));
  attest_table_add_int (table, step->n_new);
  attest_table_add_int (table, step->known);
  if (i + 1 >= report->options.base + report->options.run)
    attest_table_add_int (table, step->run_new);
  else
    attest_table_add_null (table);
  attest_table_add_double (table, step->share);
  attest_table_add_double (table, step->mean);
  if (isnan (step->mean))
    {
      attest_table_add_null (table);
      attest_table_add_null (table);
      return;
    }
  attest_table_add_int (table, step->low);
  attest_table_add_int (table, step->high);
}

static AttestTable *
steps_to_table (const AttestSaturationReport *report, const char *title, const char *note)
{
  AttestTable *table = attest_table_new (title, note);

  add_columns (report, table);
  for (guint i = 0; i < report->sources->len; i++)
    add_row (report, table, i);
  return table;
}

static void
add_tables (gconstpointer result, GPtrArray *tables)
{
  const AttestSaturationReport *report = result;
  g_autofree char *title = g_strdup_printf ("New %s, source by source", name_of (report->of, TRUE));
  g_autofree char *note = dup_note (report);
  g_autofree char *origin = attest_report_dup_origin (report->data->printed);
  AttestTable *table = steps_to_table (report, title, note);

  attest_table_set_origin (table, origin);
  g_ptr_array_add (tables, table);
}

static AttestTable *
to_records (gconstpointer result)
{
  return steps_to_table (result, NULL, NULL);
}

static void
write_step (const AttestSaturationReport *report, guint i, AttestJson *json)
{
  const AttestSaturationStep *step = step_of (report, i);
  gboolean in_run = i + 1 >= report->options.base + report->options.run;

  attest_json_begin_object (json);
  attest_json_member_int (json, "n", i + 1);
  attest_json_member_string (json, "source", source_of (report, i));
  attest_json_member_int (json, "new", step->n_new);
  attest_json_member_int (json, "known", step->known);
  if (in_run)
    attest_json_member_int (json, "run_new", step->run_new);
  else
    attest_json_member_null (json, "run_new");
  attest_json_member_double (json, "share", step->share);
  attest_json_member_double (json, "mean", step->mean);
  attest_json_member_double (json, "low", isnan (step->mean) ? NAN : step->low);
  attest_json_member_double (json, "high", isnan (step->mean) ? NAN : step->high);
  attest_json_end_object (json);
}

static void
write_reached (AttestJson *json, const char *key, gint reached)
{
  if (reached >= 0)
    attest_json_member_int (json, key, reached);
  else
    attest_json_member_null (json, key);
}

static void
write_json (gconstpointer result, AttestJson *json)
{
  const AttestSaturationReport *report = result;
  const AttestSaturation *s = report->saturation;
  const AttestSaturationOptions *o = &report->options;

  attest_report_begin_json (json, "saturation", "source", report->data->frequency->codebook);
  attest_json_member_string (json, "of", name_of (report->of, FALSE));
  attest_json_member_string (json, "order", report->by_ingest ? "ingest" : "label");
  attest_json_member_int (json, "base", o->base);
  attest_json_member_int (json, "run", o->run);
  attest_json_member_double (json, "threshold", o->threshold);
  attest_json_member_int (json, "base_themes", s->base_themes);
  attest_json_member_int (json, "themes", s->themes);
  write_reached (json, "reached", s->reached);
  attest_json_key (json, "random");
  attest_json_begin_object (json);
  attest_json_member_int (json, "orders", o->orders);
  attest_json_member_int (json, "seed", (gint64)o->seed);
  attest_json_member_int (json, "reached", s->orders_reached);
  write_reached (json, "median", s->median);
  attest_json_end_object (json);
  attest_json_key (json, "steps");
  attest_json_begin_array (json);
  for (guint i = 0; i < report->sources->len; i++)
    write_step (report, i, json);
  attest_json_end_array (json);
  attest_json_end_object (json);
}

/* ---- charts ---- */

static AttestChart *
curve_to_chart (const AttestSaturationReport *report)
{
  g_autofree char *title = g_strdup_printf ("%s met, source by source", name_of (report->of, TRUE));
  g_autofree char *verdict = attest_saturation_report_dup_verdict (report);
  g_autofree char *orders = dup_orders (report);
  g_autofree char *unit = g_strconcat (verdict, orders, NULL);
  g_autofree char *note = attest_report_dup_note (unit, report->data);
  AttestChart *chart;
  gboolean is_random = report->options.orders > 0;

  *title = g_ascii_toupper (*title);
  chart = attest_chart_new (ATTEST_CHART_LINES, title, name_of (report->of, TRUE));
  attest_chart_set_note (chart, note);
  attest_chart_set_axes (chart, report->by_ingest ? "sources, as taken in" : "sources, by label",
                         NULL);
  attest_chart_add_series (chart, is_random ? "in this order" : "");
  if (is_random)
    attest_chart_add_series (chart, "mean of random orders, and 95 % of them");
  for (guint i = 0; i < report->sources->len; i++)
    {
      const AttestSaturationStep *step = step_of (report, i);

      attest_chart_add_row (chart, source_of (report, i));
      attest_chart_set (chart, i, 0, step->known);
      if (!is_random)
        continue;
      attest_chart_set (chart, i, 1, step->mean);
      attest_chart_set_interval (chart, i, 1, step->low, step->high);
    }
  return chart;
}

static AttestChart *
shares_to_chart (const AttestSaturationReport *report)
{
  g_autofree char *threshold = dup_percent (report->options.threshold);
  g_autofree char *label = g_strdup_printf ("threshold: %s", threshold);
  AttestChart *chart = attest_chart_new (
      ATTEST_CHART_LINES, "What each run brings, of what the base has", "% of the base");

  attest_chart_set_decimals (chart, 1);
  attest_chart_set_axes (chart, "last source of the run", NULL);
  attest_chart_add_reference (chart, report->options.threshold * 100, label);
  for (guint i = 0; i < report->sources->len; i++)
    {
      attest_chart_add_row (chart, source_of (report, i));
      attest_chart_set (chart, i, 0, step_of (report, i)->share * 100);
    }
  return chart;
}

static void
add_charts (gconstpointer result, GPtrArray *charts)
{
  g_ptr_array_add (charts, curve_to_chart (result));
  g_ptr_array_add (charts, shares_to_chart (result));
}

const AttestReportDriver attest_saturation_driver = {
  .kind = "Saturation",
  .add_tables = add_tables,
  .add_charts = add_charts,
  .to_records = to_records,
  .write_json = write_json,
};
