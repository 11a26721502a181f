#include "report/attest-report-score.h"

#include <math.h>
#include <string.h>

/* Pairs of codes that are taken for each other, for people. */
#define N_CONFUSED 10

static void
write_estimate (AttestJson *json, const char *key, const AttestEstimate *estimate)
{
  attest_json_member_double (json, key, estimate->value);
}

static void
write_interval (AttestJson *json, const char *key, const AttestEstimate *estimate)
{
  attest_json_key (json, key);
  if (isnan (estimate->low))
    {
      attest_json_null (json);
      return;
    }
  attest_json_begin_array (json);
  attest_json_double (json, estimate->low);
  attest_json_double (json, estimate->high);
  attest_json_end_array (json);
}

/* @code: NULL for micro and macro. */
static void
write_row_json (AttestJson *json, const char *code, const AttestScoreRow *row)
{
  attest_json_begin_object (json);
  if (code != NULL)
    {
      attest_json_member_string (json, "code", code);
      attest_json_member_int (json, "tp", row->tp);
      attest_json_member_int (json, "fp", row->fp);
      attest_json_member_int (json, "fn", row->fn);
    }
  write_estimate (json, "precision", &row->precision);
  write_estimate (json, "recall", &row->recall);
  write_estimate (json, "f1", &row->f1);
  attest_json_key (json, "ci");
  attest_json_begin_object (json);
  write_interval (json, "precision", &row->precision);
  write_interval (json, "recall", &row->recall);
  write_interval (json, "f1", &row->f1);
  attest_json_end_object (json);
  attest_json_end_object (json);
}

static const char *
code_id (const AttestScoreReport *report, guint code)
{
  return code < report->result->n_codes ? report->codes[code] : NULL;
}

/* A code that was missed, and what was found in its place; NULL stands for no code. */
typedef struct
{
  const char *gold, *found;
  gint64 items;
} Confused;

static int
compare_confused (gconstpointer a, gconstpointer b)
{
  const Confused *x = a, *y = b;

  if (x->items != y->items)
    return x->items > y->items ? -1 : 1;
  return g_strcmp0 (x->gold, y->gold) != 0 ? g_strcmp0 (x->gold, y->gold)
                                           : g_strcmp0 (x->found, y->found);
}

static GArray *
list_confused (const AttestScoreReport *report)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (Confused));
  guint width = report->result->n_codes + 1;

  for (guint g = 0; g < width; g++)
    for (guint f = 0; f < width; f++)
      {
        Confused pair = { code_id (report, g), code_id (report, f),
                          report->result->confusion[(gsize)g * width + f] };

        if (g != f && pair.items > 0)
          g_array_append_val (pairs, pair);
      }
  g_array_sort (pairs, compare_confused);
  return pairs;
}

void
attest_score_report_write_json (const AttestScoreReport *report, GString *out)
{
  g_autoptr (AttestJson) json = attest_json_new (out, TRUE);
  g_autoptr (GArray) confused = list_confused (report);

  attest_json_begin_object (json);
  attest_json_member_int (json, "format", 1);
  attest_json_member_string (json, "unit", report->unit);
  attest_json_key (json, "codebook");
  attest_json_begin_object (json);
  attest_json_member_string (json, "id", report->codebook);
  attest_json_member_string (json, "version", report->version);
  attest_json_member_string (json, "sha256", report->sha256);
  attest_json_end_object (json);
  attest_json_member_int (json, "items", report->result->items);
  attest_json_member_int (json, "clusters", report->result->clusters);
  attest_json_member_int (json, "not_judged", report->not_judged);
  attest_json_member_bool (json, "weighted", report->weighted);
  attest_json_member_int (json, "min_rules", report->min_rules);
  attest_json_key (json, "per_code");
  attest_json_begin_array (json);
  for (guint i = 0; i < report->result->n_codes; i++)
    if (report->counted[i])
      write_row_json (json, code_id (report, i), &report->result->codes[i]);
  attest_json_end_array (json);
  attest_json_key (json, "macro");
  write_row_json (json, NULL, &report->result->macro);
  attest_json_key (json, "micro");
  write_row_json (json, NULL, &report->result->micro);
  attest_json_key (json, "confusion");
  attest_json_begin_array (json);
  for (guint i = 0; i < confused->len; i++)
    {
      const Confused *pair = &g_array_index (confused, Confused, i);

      attest_json_begin_object (json);
      attest_json_member_string (json, "gold", pair->gold);
      attest_json_member_string (json, "found", pair->found);
      attest_json_member_int (json, "items", pair->items);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
  attest_json_end_object (json);
  g_string_append_c (out, '\n');
}

static void
add_estimate (AttestTable *table, const AttestEstimate *estimate, gboolean for_people)
{
  if (!for_people)
    {
      const double values[] = { estimate->value, estimate->low, estimate->high };

      for (guint i = 0; i < G_N_ELEMENTS (values); i++)
        if (isnan (values[i]))
          attest_table_add_null (table);
        else
          attest_table_add_double (table, values[i]);
    }
  else if (isnan (estimate->value))
    attest_table_add_null (table);
  else
    {
      g_autofree char *text = isnan (estimate->low)
                                  ? g_strdup_printf ("%.2f", estimate->value)
                                  : g_strdup_printf ("%.2f (%.2f–%.2f)", estimate->value,
                                                     estimate->low, estimate->high);

      attest_table_add_text (table, text);
    }
}

static void
add_row (AttestTable *table, const char *code, const AttestScoreRow *row, gboolean for_people)
{
  attest_table_add_text (table, code);
  attest_table_add_int (table, row->tp);
  attest_table_add_int (table, row->fp);
  attest_table_add_int (table, row->fn);
  add_estimate (table, &row->precision, for_people);
  add_estimate (table, &row->recall, for_people);
  add_estimate (table, &row->f1, for_people);
}

static void
add_figure_columns (AttestTable *table, const char *name, gboolean for_people)
{
  g_autofree char *low = g_strconcat (name, "_low", NULL);
  g_autofree char *high = g_strconcat (name, "_high", NULL);

  if (for_people)
    {
      attest_table_add_column (table, name, name, ATTEST_COLUMN_TEXT, ATTEST_COLUMN_RIGHT);
      return;
    }
  attest_table_add_column (table, name, name, ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, low, low, ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, high, high, ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_PLAIN);
}

static char *
describe (const AttestScoreReport *report)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text,
                   "Unit: %s; an item may have several codes. tp: right and found, fp: only found, "
                   "fn: only right.\n%u items in %u clusters; codebook %s%s%s (sha256 %.8s)",
                   report->unit, report->result->items, report->result->clusters, report->codebook,
                   report->version != NULL ? " " : "",
                   report->version != NULL ? report->version : "", report->sha256);
  if (report->min_rules > 1)
    g_string_append_printf (text, ", segments of %u rules or more", report->min_rules);
  if (report->not_judged > 0)
    g_string_append_printf (text, "\nNot judged yet, and left out: %u", report->not_judged);
  if (report->weighted)
    g_string_append (text, "\nFigures are weighted by how the passages were drawn.");
  g_string_append (text, report->result->clusters > 1
                             ? "\n95 % intervals in brackets, by resampling clusters."
                             : "\nNo intervals: all items are of one cluster.");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

AttestTable *
attest_score_report_table_new (const AttestScoreReport *report, gboolean for_people)
{
  g_autofree char *note = describe (report);
  AttestTable *table = attest_table_new ("Score", note);

  attest_table_add_column (table, "code", "code", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "tp", "tp", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "fp", "fp", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "fn", "fn", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  add_figure_columns (table, "precision", for_people);
  add_figure_columns (table, "recall", for_people);
  add_figure_columns (table, "f1", for_people);
  for (guint i = 0; i < report->result->n_codes; i++)
    if (report->counted[i])
      add_row (table, code_id (report, i), &report->result->codes[i], for_people);
  attest_table_begin_totals (table);
  add_row (table, "micro", &report->result->micro, for_people);
  add_row (table, "macro", &report->result->macro, for_people);
  return table;
}

AttestTable *
attest_score_report_confusion_new (const AttestScoreReport *report)
{
  g_autoptr (GArray) confused = list_confused (report);
  AttestTable *table = attest_table_new ("Missed, and what was found instead", "Unit: item");

  attest_table_add_column (table, "gold", "right", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "found", "found", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "items", "items", ATTEST_COLUMN_INT, ATTEST_COLUMN_BAR);
  for (guint i = 0; i < MIN (confused->len, N_CONFUSED); i++)
    {
      const Confused *pair = &g_array_index (confused, Confused, i);

      attest_table_add_text (table, pair->gold != NULL ? pair->gold : "(no code)");
      attest_table_add_text (table, pair->found != NULL ? pair->found : "(no code)");
      attest_table_add_int (table, pair->items);
    }
  return table;
}
