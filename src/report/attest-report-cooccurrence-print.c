/* What occurs together, as tables, JSON and charts. */
#include "report/attest-report-cooccurrence.h"

#include <math.h>
#include <string.h>

/* Whether so few people are behind it that it must not be told. */
static gboolean
is_small (const AttestCooccurrence *c, guint first, guint second)
{
  return c->counts[first * c->n_codes + second] > 0
         && attest_disclosure_is_small (c->data->disclosure,
                                        c->respondents[first * c->n_codes + second]);
}

/* Of a pair also when one of its codes is. */
static gboolean
is_hidden (const AttestCooccurrence *c, guint first, guint second)
{
  return is_small (c, first, second) || is_small (c, first, first) || is_small (c, second, second);
}

/* ---- pairs ---- */

typedef struct
{
  guint first, second;
  AttestPairing pairing;
} Pair;

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  const Pair *x = a, *y = b;

  if (x->pairing.n12 != y->pairing.n12)
    return x->pairing.n12 > y->pairing.n12 ? -1 : 1;
  if (x->first != y->first)
    return x->first < y->first ? -1 : 1;
  return x->second < y->second ? -1 : x->second > y->second;
}

/* Pairs of at least @least units, the most frequent first. */
static GArray *
list_pairs (const AttestCooccurrence *c, gint64 least)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (Pair));

  for (guint i = 0; i < c->n_codes; i++)
    for (guint k = i + 1; k < c->n_codes; k++)
      {
        Pair pair = { i, k, attest_cooccurrence_get (c, i, k) };

        if (pair.pairing.n12 >= least)
          g_array_append_val (pairs, pair);
      }
  g_array_sort (pairs, compare_pairs);
  return pairs;
}

static const char *
remark_of (const AttestPairing *a)
{
  if (a->is_few && a->is_unequal)
    return "few, unequal";
  return a->is_few ? "few" : a->is_unequal ? "unequal" : "";
}

static void
add_count (const AttestCooccurrence *c, AttestTable *table, gint64 count, gboolean hidden)
{
  g_autofree char *text
      = hidden ? g_strdup_printf ("<%u", attest_disclosure_get_min_group (c->data->disclosure))
               : g_strdup_printf ("%" G_GINT64_FORMAT, count);

  attest_table_add_text (table, text);
}

static void
add_number (AttestTable *table, double value, gboolean hidden)
{
  if (hidden)
    attest_table_add_null (table);
  else
    attest_table_add_double (table, value);
}

static void
add_columns (AttestTable *table)
{
  attest_table_add_column (table, "code", "code", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_CATEGORY);
  attest_table_add_column (table, "with", "with", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "both", "both", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_RIGHT);
  attest_table_add_column (table, "code_units", "n first", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_RIGHT);
  attest_table_add_column (table, "with_units", "n second", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_RIGHT);
  attest_table_add_column (table, "expected", "expected", ATTEST_COLUMN_DOUBLE,
                           ATTEST_COLUMN_OPTIONAL);
  attest_table_add_column (table, "jaccard", "Jaccard", ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_BAR);
  attest_table_add_column (table, "pmi", "PMI", ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "npmi", "NPMI", ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_OPTIONAL);
  attest_table_add_column (table, "phi", "phi", ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "dice", "Dice", ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "respondents", "respondents", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_RIGHT);
  attest_table_add_column (table, "units", "", ATTEST_COLUMN_INT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "unit", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "remark", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
}

static void
add_pair (const AttestCooccurrence *c, AttestTable *table, const Pair *pair)
{
  const AttestPairing *a = &pair->pairing;
  gboolean hidden = is_hidden (c, pair->first, pair->second);

  attest_table_add_text (table, attest_report_data_code (c->data, pair->first)->code);
  attest_table_add_text (table, attest_report_data_code (c->data, pair->second)->code);
  add_count (c, table, a->n12, is_small (c, pair->first, pair->second));
  add_count (c, table, a->n1, is_small (c, pair->first, pair->first));
  add_count (c, table, a->n2, is_small (c, pair->second, pair->second));
  add_number (table, a->expected, hidden);
  add_number (table, a->jaccard, hidden);
  add_number (table, a->pmi, hidden);
  add_number (table, a->npmi, hidden);
  add_number (table, a->phi, hidden);
  add_number (table, a->dice, hidden);
  add_count (c, table, c->respondents[pair->first * c->n_codes + pair->second],
             is_small (c, pair->first, pair->second));
  attest_table_add_int (table, c->n_units);
  attest_table_add_text (table, attest_cooccurrence_unit_to_string (c->unit));
  attest_table_add_text (table, hidden ? "" : remark_of (a));
}

static char *
dup_unit_note (const AttestCooccurrence *c)
{
  static const char *const units[ATTEST_N_COOCCURRENCE_UNITS] = {
    "segment: a passage, what overlapping segments cover together; of %" G_GINT64_FORMAT
    " that are coded",
    "turn of anybody but interviewers; of %" G_GINT64_FORMAT " that were searched",
    "source; of %" G_GINT64_FORMAT " that were searched",
    "respondent; of %" G_GINT64_FORMAT " in the searched sources",
  };
  g_autoptr (GString) unit = g_string_new (units[c->unit]);
  g_autofree char *n = g_strdup_printf ("%" G_GINT64_FORMAT, c->n_units);

  g_string_replace (unit, "%" G_GINT64_FORMAT, n, 1);
  return g_strdup_printf ("Unit: %s.", unit->str);
}

static AttestTable *
pairs_to_table (const AttestCooccurrence *c, const char *title, const char *note)
{
  AttestTable *table = attest_table_new (title, note);
  g_autoptr (GArray) pairs = list_pairs (c, c->least);

  add_columns (table);
  for (guint i = 0; i < pairs->len; i++)
    add_pair (c, table, &g_array_index (pairs, Pair, i));
  return table;
}

static void
add_tables (gconstpointer result, GPtrArray *tables)
{
  const AttestCooccurrence *c = result;
  g_autofree char *title
      = g_strdup_printf ("Codes in the same %s", attest_cooccurrence_unit_to_string (c->unit));
  g_autofree char *unit = dup_unit_note (c);
  g_autofree char *note = g_strdup_printf (
      "%s\nJaccard: both of all that have one of them. PMI: 0 as often as by chance, 1 twice as "
      "often.\nfew: less than %d expected, PMI says little; unequal: one is more than %d times as "
      "frequent, which keeps Jaccard low.",
      unit, ATTEST_PAIRING_FEW, ATTEST_PAIRING_UNEQUAL);
  g_autofree char *origin = attest_report_dup_origin (c->data->printed);
  AttestTable *table = pairs_to_table (c, title, note);

  attest_table_set_origin (table, origin);
  g_ptr_array_add (tables, table);
}

static AttestTable *
to_records (gconstpointer result)
{
  return pairs_to_table (result, NULL, NULL);
}

static void
write_count (const AttestCooccurrence *c, AttestJson *json, const char *key, gint64 count,
             gboolean hidden)
{
  if (hidden)
    attest_json_member_null (json, key);
  else
    attest_json_member_int (json, key, count);
}

static void
write_pair (const AttestCooccurrence *c, const Pair *pair, AttestJson *json)
{
  const AttestPairing *a = &pair->pairing;
  gboolean hidden = is_hidden (c, pair->first, pair->second);

  attest_json_begin_object (json);
  attest_json_member_string (json, "code", attest_report_data_code (c->data, pair->first)->code);
  attest_json_member_string (json, "with", attest_report_data_code (c->data, pair->second)->code);
  write_count (c, json, "both", a->n12, is_small (c, pair->first, pair->second));
  write_count (c, json, "code_units", a->n1, is_small (c, pair->first, pair->first));
  write_count (c, json, "with_units", a->n2, is_small (c, pair->second, pair->second));
  attest_json_member_double (json, "expected", hidden ? NAN : a->expected);
  attest_json_member_double (json, "jaccard", hidden ? NAN : a->jaccard);
  attest_json_member_double (json, "pmi", hidden ? NAN : a->pmi);
  attest_json_member_double (json, "npmi", hidden ? NAN : a->npmi);
  attest_json_member_double (json, "phi", hidden ? NAN : a->phi);
  attest_json_member_double (json, "dice", hidden ? NAN : a->dice);
  write_count (c, json, "respondents", c->respondents[pair->first * c->n_codes + pair->second],
               is_small (c, pair->first, pair->second));
  attest_json_member_bool (json, "few", a->is_few);
  attest_json_member_bool (json, "unequal", a->is_unequal);
  attest_json_end_object (json);
}

static void
write_json (gconstpointer result, AttestJson *json)
{
  const AttestCooccurrence *c = result;
  g_autoptr (GArray) pairs = list_pairs (c, c->least);

  attest_report_begin_json (json, "cooccurrence", attest_cooccurrence_unit_to_string (c->unit),
                            c->data->frequency->codebook);
  attest_json_member_int (json, "units", c->n_units);
  attest_json_key (json, "pairs");
  attest_json_begin_array (json);
  for (guint i = 0; i < pairs->len; i++)
    write_pair (c, &g_array_index (pairs, Pair, i), json);
  attest_json_end_array (json);
  attest_json_end_object (json);
}

/* ---- charts ---- */

static AttestChart *
new_chart (const AttestCooccurrence *c, AttestChartKind kind, const char *measure)
{
  g_autofree char *title
      = g_strdup_printf ("Codes in the same %s", attest_cooccurrence_unit_to_string (c->unit));
  g_autofree char *unit = dup_unit_note (c);
  g_autofree char *note = attest_report_dup_note (unit, c->data);
  AttestChart *chart = attest_chart_new (kind, title, measure);

  attest_chart_set_note (chart, note);
  attest_chart_set_axes (chart, "code", NULL);
  for (guint i = 0; i < c->n_codes; i++)
    {
      g_autofree char *name = attest_report_data_dup_code_title (c->data, i);

      attest_chart_add_series (chart, name);
    }
  for (guint i = 0; i < c->n_codes; i++)
    {
      g_autofree char *name = attest_report_data_dup_code_title (c->data, i);

      attest_chart_add_row (chart, name);
    }
  return chart;
}

AttestChart *
attest_cooccurrence_to_matrix (const AttestCooccurrence *c)
{
  g_autofree char *plural = g_strconcat (attest_cooccurrence_unit_to_string (c->unit), "s", NULL);
  AttestChart *chart = new_chart (c, ATTEST_CHART_HEAT, plural);
  g_autofree char *hidden
      = g_strdup_printf ("<%u", attest_disclosure_get_min_group (c->data->disclosure));

  for (guint i = 0; i < c->n_codes; i++)
    for (guint k = 0; k < c->n_codes; k++)
      {
        attest_chart_set (chart, i, k, (double)c->counts[i * c->n_codes + k]);
        if (i == k)
          {
            /* All of the code: not a pair, so that it does not take the colours. */
            g_autofree char *all
                = g_strdup_printf ("%" G_GINT64_FORMAT, c->counts[i * c->n_codes + k]);

            attest_chart_set_text (chart, i, k, all);
          }
        if (is_small (c, i, k))
          attest_chart_set_text (chart, i, k, hidden);
      }
  return chart;
}

AttestChart *
attest_cooccurrence_to_network (const AttestCooccurrence *c)
{
  AttestChart *chart = new_chart (c, ATTEST_CHART_NETWORK, "Jaccard coefficient");

  attest_chart_set_decimals (chart, 2);
  for (guint i = 0; i < c->n_codes; i++)
    for (guint k = 0; k < c->n_codes; k++)
      {
        AttestPairing a = attest_cooccurrence_get (c, i, k);

        if (i != k && a.n12 >= c->least && !is_hidden (c, i, k))
          attest_chart_set (chart, i, k, a.jaccard);
      }
  return chart;
}

static void
add_charts (gconstpointer result, GPtrArray *charts)
{
  const AttestCooccurrence *c = result;
  AttestChart *matrix = attest_cooccurrence_to_matrix (c);
  AttestChart *network = attest_cooccurrence_to_network (c);

  g_ptr_array_add (charts, c->is_network ? network : matrix);
  g_ptr_array_add (charts, c->is_network ? matrix : network);
}

const AttestReportDriver attest_cooccurrence_driver = {
  .kind = "Codes that occur together",
  .add_tables = add_tables,
  .add_charts = add_charts,
  .to_records = to_records,
  .write_json = write_json,
};
