#include "report/attest-report-triangulation.h"

#include <string.h>

#include "report/attest-report-strength-private.h"
#include "util/attest-error.h"

static void
clear_row (gpointer item)
{
  AttestTriangulationRow *row = item;

  g_free (row->id);
  g_free (row->title);
  g_free (row->dimension);
}

void
attest_triangulation_free (AttestTriangulation *t)
{
  if (t == NULL)
    return;
  g_free (t->attribute);
  g_ptr_array_unref (t->methods);
  g_ptr_array_unref (t->groups);
  g_array_unref (t->rows);
  g_free (t->present);
  g_array_unref (t->cells);
  g_ptr_array_unref (t->hidden);
  g_free (t);
}

/* ---- counting ---- */

static guint
n_places (const AttestTriangulation *t)
{
  return t->methods->len * t->groups->len;
}

/* Index of a method and a group, or ATTEST_NO_INDEX. */
static guint
find_place (const AttestTriangulation *t, const char *method, const char *group)
{
  guint m = attest_report_data_find_value (t->methods, method);
  guint g = attest_report_data_find_value (t->groups, group);

  return m == ATTEST_NO_INDEX || g == ATTEST_NO_INDEX ? ATTEST_NO_INDEX : m * t->groups->len + g;
}

static AttestTriangulationCell *
cell_at (const AttestTriangulation *t, guint row, guint place)
{
  return &g_array_index (t->cells, AttestTriangulationCell, row * n_places (t) + place);
}

/* As 'attest strength' tells methods: the attribute of the respondent, else the kind of the source.
 */
static const char *
method_of (const AttestTriangulation *t, guint source, guint respondent)
{
  const AttestSourceInfo *info = g_ptr_array_index (t->data->sources, source);
  const AttestRespondentInfo *who
      = respondent != ATTEST_NO_INDEX ? g_ptr_array_index (t->data->respondents, respondent) : NULL;

  return attest_strength_get_method (t->counter, who, attest_source_kind_to_string (info->kind));
}

static int
compare_methods (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Those by which somebody was heard. */
static void
list_methods (AttestTriangulation *t)
{
  for (guint r = 0; r < t->data->respondents->len; r++)
    {
      const AttestRespondentInfo *info = g_ptr_array_index (t->data->respondents, r);

      for (guint i = 0; i < info->speakers->len && attest_report_data_is_present (t->data, r); i++)
        {
          const char *label = g_array_index (info->speakers, AttestRespondentSpeaker, i).source;
          guint source = attest_report_data_find_source (t->data, label);
          const char *method;

          if (source == ATTEST_NO_INDEX || !g_hash_table_contains (t->data->searched, label))
            continue;
          method = method_of (t, source, r);
          if (attest_report_data_find_value (t->methods, method) == ATTEST_NO_INDEX)
            g_ptr_array_add (t->methods, (gpointer)method);
        }
    }
  g_ptr_array_sort (t->methods, compare_methods);
}

/* A respondent is in each place once, whatever the number of sources. */
static void
count_present (AttestTriangulation *t)
{
  g_autofree guint8 *is_there = g_new0 (guint8, n_places (t) + 1);

  t->present = g_new0 (gint64, n_places (t) + 1);
  for (guint r = 0; r < t->data->respondents->len; r++)
    {
      const AttestRespondentInfo *info = g_ptr_array_index (t->data->respondents, r);
      const char *group = attest_report_data_attribute (t->data, r, t->attribute);

      if (!attest_report_data_is_present (t->data, r))
        continue;
      memset (is_there, 0, n_places (t));
      for (guint i = 0; i < info->speakers->len; i++)
        {
          const char *label = g_array_index (info->speakers, AttestRespondentSpeaker, i).source;
          guint source = attest_report_data_find_source (t->data, label);
          guint place;

          if (source == ATTEST_NO_INDEX || !g_hash_table_contains (t->data->searched, label))
            continue;
          place = find_place (t, method_of (t, source, r), group);
          if (place != ATTEST_NO_INDEX && !is_there[place])
            t->present[place]++;
          if (place != ATTEST_NO_INDEX)
            is_there[place] = TRUE;
        }
    }
}

static AttestTriangulation *
triangulation_new (const AttestReportData *data, const AttestStrengthCounter *counter,
                   const char *attribute)
{
  AttestTriangulation *t = g_new0 (AttestTriangulation, 1);

  t->data = data;
  t->counter = counter;
  t->attribute = g_strdup (attribute);
  t->methods = g_ptr_array_new ();
  t->groups = attest_report_data_list_values (data, attribute);
  t->rows = g_array_new (FALSE, TRUE, sizeof (AttestTriangulationRow));
  g_array_set_clear_func (t->rows, clear_row);
  t->cells = g_array_new (FALSE, TRUE, sizeof (AttestTriangulationCell));
  t->hidden = g_ptr_array_new_with_free_func (g_free);
  list_methods (t);
  count_present (t);
  return t;
}

/* Takes the strings. */
static guint
add_row (AttestTriangulation *t, char *id, char *title, char *dimension)
{
  AttestTriangulationRow row = { id, title, dimension };

  g_array_append_val (t->rows, row);
  g_array_set_size (t->cells, t->rows->len * n_places (t));
  return t->rows->len - 1;
}

/* What the public is not told of. */
static void
hide (AttestTriangulation *t)
{
  g_autofree gint64 *counts = g_new0 (gint64, n_places (t) + 1);

  for (guint row = 0; row < t->rows->len; row++)
    {
      guint8 *hidden = g_new0 (guint8, n_places (t) + 1);

      for (guint place = 0; place < n_places (t); place++)
        counts[place] = cell_at (t, row, place)->respondents;
      attest_report_data_hide_line (t->data, t->present, counts, n_places (t), hidden);
      g_ptr_array_add (t->hidden, hidden);
    }
}

static gboolean
is_hidden (const AttestTriangulation *t, guint row, guint place)
{
  return ((const guint8 *)g_ptr_array_index (t->hidden, row))[place];
}

AttestTriangulation *
attest_triangulation_of_codes (const AttestReportData *data, const AttestStrengthCounter *counter,
                               guint code, const char *attribute)
{
  AttestTriangulation *t = triangulation_new (data, counter, attribute);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < data->frequency->rows->len; i++)
    if (code == ATTEST_NO_INDEX || i == code)
      add_row (t, g_strdup (attest_report_data_code (data, i)->code),
               attest_report_data_dup_code_title (data, i),
               g_strdup (attest_report_data_code (data, i)->dimension));
  for (guint i = 0; i < data->segments->len; i++)
    {
      const AttestDatum *datum = attest_report_datum (data, i);
      guint row = code == ATTEST_NO_INDEX ? datum->code : 0;
      guint place = find_place (t, method_of (t, datum->source, datum->respondent),
                                attest_report_data_attribute (data, datum->respondent, attribute));
      gint64 key = ((gint64)row * n_places (t) + place) << 32 | datum->respondent;

      if ((code != ATTEST_NO_INDEX && datum->code != code) || place == ATTEST_NO_INDEX)
        continue;
      cell_at (t, row, place)->segments++;
      if (datum->respondent != ATTEST_NO_INDEX && !g_hash_table_contains (seen, &key))
        {
          g_hash_table_add (seen, g_memdup2 (&key, sizeof key));
          cell_at (t, row, place)->respondents++;
        }
    }
  hide (t);
  return t;
}

static void
add_finding (AttestTriangulation *t, AttestStrengthCounter *counter, const AttestLedgerEntry *entry)
{
  g_auto (AttestStrength) strength = { 0 };
  g_autofree char *text
      = attest_disclosure_dup_text (t->data->disclosure, entry->fields[ATTEST_FIELD_TEXT]);
  guint row = add_row (t, g_strdup (entry->id), g_strdup_printf ("%s: %s", entry->id, text),
                       g_strdup (entry->fields[ATTEST_FIELD_CRITERION]));

  attest_strength_of_finding (counter, entry, &strength);
  for (guint i = 0; i < strength.cells->len; i++)
    {
      const AttestStrengthCell *cell = &g_array_index (strength.cells, AttestStrengthCell, i);
      guint place = find_place (t, cell->method, cell->group);

      if (place != ATTEST_NO_INDEX)
        cell_at (t, row, place)->respondents += cell->respondents;
    }
}

AttestTriangulation *
attest_triangulation_of_findings (const AttestReportData *data, AttestStrengthCounter *counter,
                                  const AttestLedger *ledger, const char *finding, GError **error)
{
  g_autoptr (AttestTriangulation) t = triangulation_new (data, counter, ATTEST_ATTRIBUTE_GROUP);

  t->of_findings = TRUE;
  for (guint i = 0; i < ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (ledger->entries, i);

      if (entry->kind == ATTEST_ENTRY_FINDING && !attest_ledger_entry_is_withdrawn (entry)
          && (finding == NULL || g_ascii_strcasecmp (finding, entry->id) == 0))
        add_finding (t, counter, entry);
    }
  if (finding != NULL && t->rows->len == 0)
    return attest_throw_null (error, ATTEST_ERROR_USAGE,
                              "no finding '%s'; 'attest finding list' names them", finding);
  hide (t);
  return g_steal_pointer (&t);
}

/* ---- for people ---- */

static const char *
group_name (const AttestTriangulation *t, guint group)
{
  const char *name = g_ptr_array_index (t->groups, group);

  return name != NULL ? name : "not known";
}

/* "2/5", "0/3", "–" where nobody was, "*" of too few people. */
static char *
dup_cell (const AttestTriangulation *t, guint row, guint place)
{
  gint64 present = t->present[place], n = cell_at (t, row, place)->respondents;

  if (is_hidden (t, row, place))
    return g_strdup ("*");
  if (present == 0 && n == 0)
    return g_strdup ("–");
  return g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, n, present);
}

/* Places where somebody was and nobody said it. */
static guint
count_empty (const AttestTriangulation *t, guint row, guint *out_places)
{
  guint empty = 0;

  *out_places = 0;
  for (guint place = 0; place < n_places (t); place++)
    {
      if (is_hidden (t, row, place))
        continue;
      *out_places += t->present[place] > 0;
      empty += t->present[place] > 0 && cell_at (t, row, place)->respondents == 0;
    }
  return empty;
}

static const char note_text[]
    = "Unit: respondent. 2/5: two of the five interviewed there; 0/3: nobody of three; –: nobody "
      "was "
      "interviewed there.\nWho was not asked is not silent: 'attest report coverage'.";

static void
add_tables (gconstpointer result, GPtrArray *tables)
{
  const AttestTriangulation *t = result;
  g_autofree char *title = g_strdup_printf ("Methods × %s", t->attribute);
  g_autofree char *origin = attest_report_dup_note (note_text, t->data);
  AttestTable *table = attest_table_new (title, note_text);

  attest_table_set_origin (table, origin + strlen (note_text) + 1);
  attest_table_add_column (table, "method", "method", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  for (guint g = 0; g < t->groups->len; g++)
    attest_table_add_column (table, "", group_name (t, g), ATTEST_COLUMN_TEXT, ATTEST_COLUMN_RIGHT);
  for (guint row = 0; row < t->rows->len; row++)
    {
      guint places, empty = count_empty (t, row, &places);
      g_autofree char *heading = g_strdup_printf (
          "%s (%u of %u empty)", g_array_index (t->rows, AttestTriangulationRow, row).title, empty,
          places);

      attest_table_begin_section (table, heading);
      for (guint m = 0; m < t->methods->len; m++)
        {
          attest_table_add_text (table, g_ptr_array_index (t->methods, m));
          for (guint g = 0; g < t->groups->len; g++)
            {
              guint place = m * t->groups->len + g;
              g_autofree char *text = dup_cell (t, row, place);

              attest_table_add_text (table, text);
              if (t->present[place] > 0 && !is_hidden (t, row, place))
                attest_table_heat (table, (double)cell_at (t, row, place)->respondents
                                              / (double)t->present[place]);
            }
        }
    }
  g_ptr_array_add (tables, table);
}

static void
add_charts (gconstpointer result, GPtrArray *charts)
{
  const AttestTriangulation *t = result;
  g_autofree char *title = g_strdup_printf ("Methods × %s", t->attribute);
  g_autofree char *note = attest_report_dup_note (note_text, t->data);
  AttestChart *chart = attest_chart_new (ATTEST_CHART_HEAT, title, "respondents");

  attest_chart_set_note (chart, note);
  for (guint g = 0; g < t->groups->len; g++)
    attest_chart_add_series (chart, group_name (t, g));
  for (guint row = 0; row < t->rows->len; row++)
    {
      attest_chart_begin_section (chart,
                                  g_array_index (t->rows, AttestTriangulationRow, row).title);
      for (guint m = 0; m < t->methods->len; m++)
        {
          guint line = attest_chart_add_row (chart, g_ptr_array_index (t->methods, m));

          for (guint g = 0; g < t->groups->len; g++)
            {
              guint place = m * t->groups->len + g;
              g_autofree char *text = dup_cell (t, row, place);

              if (t->present[place] == 0 || is_hidden (t, row, place))
                {
                  attest_chart_set_text (chart, line, g, text);
                  continue;
                }
              attest_chart_set (chart, line, g, (double)cell_at (t, row, place)->respondents);
              attest_chart_set_label (chart, line, g, text);
            }
        }
    }
  g_ptr_array_add (charts, chart);
}

/* ---- for programs ---- */

static AttestTable *
to_records (gconstpointer result)
{
  const AttestTriangulation *t = result;
  AttestTable *table = attest_table_new (NULL, NULL);

  attest_table_add_column (table, t->of_findings ? "finding" : "code", "", ATTEST_COLUMN_TEXT, 0);
  attest_table_add_column (table, t->of_findings ? "criterion" : "dimension", "",
                           ATTEST_COLUMN_TEXT, 0);
  attest_table_add_column (table, "method", "", ATTEST_COLUMN_TEXT, 0);
  attest_table_add_column (table, "group", "", ATTEST_COLUMN_TEXT, 0);
  attest_table_add_column (table, "respondents", "", ATTEST_COLUMN_INT, 0);
  attest_table_add_column (table, "present", "", ATTEST_COLUMN_INT, 0);
  for (guint row = 0; row < t->rows->len; row++)
    for (guint place = 0; place < n_places (t); place++)
      {
        const AttestTriangulationRow *about = &g_array_index (t->rows, AttestTriangulationRow, row);

        attest_table_add_text (table, about->id);
        attest_table_add_text (table, about->dimension);
        attest_table_add_text (table, g_ptr_array_index (t->methods, place / t->groups->len));
        attest_table_add_text (table, g_ptr_array_index (t->groups, place % t->groups->len));
        if (is_hidden (t, row, place))
          {
            attest_table_add_null (table);
            attest_table_add_null (table);
            continue;
          }
        attest_table_add_int (table, cell_at (t, row, place)->respondents);
        attest_table_add_int (table, t->present[place]);
      }
  return table;
}

static void
write_cell (const AttestTriangulation *t, guint row, guint place, AttestJson *json)
{
  attest_json_begin_object (json);
  attest_json_member_string (json, "method",
                             g_ptr_array_index (t->methods, place / t->groups->len));
  attest_json_member_string (json, "group", g_ptr_array_index (t->groups, place % t->groups->len));
  if (is_hidden (t, row, place))
    {
      attest_json_member_null (json, "respondents");
      attest_json_member_null (json, "present");
    }
  else
    {
      attest_json_member_int (json, "respondents", cell_at (t, row, place)->respondents);
      attest_json_member_int (json, "present", t->present[place]);
    }
  attest_json_end_object (json);
}

static void
write_json (gconstpointer result, AttestJson *json)
{
  const AttestTriangulation *t = result;

  attest_report_begin_json (json, "triangulation", "respondent", t->data->frequency->codebook);
  attest_json_member_string (json, "attribute", t->attribute);
  attest_report_member_strings (json, "methods", t->methods);
  attest_report_member_strings (json, "groups", t->groups);
  attest_json_key (json, "rows");
  attest_json_begin_array (json);
  for (guint row = 0; row < t->rows->len; row++)
    {
      const AttestTriangulationRow *about = &g_array_index (t->rows, AttestTriangulationRow, row);
      guint places, empty = count_empty (t, row, &places);

      attest_json_begin_object (json);
      attest_json_member_string (json, t->of_findings ? "finding" : "code", about->id);
      attest_json_member_string (json, t->of_findings ? "criterion" : "dimension",
                                 about->dimension);
      attest_json_member_int (json, "places", places);
      attest_json_member_int (json, "empty", empty);
      attest_json_key (json, "cells");
      attest_json_begin_array (json);
      for (guint place = 0; place < n_places (t); place++)
        write_cell (t, row, place, json);
      attest_json_end_array (json);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
  attest_json_end_object (json);
}

const AttestReportDriver attest_triangulation_driver = {
  .kind = "Triangulation",
  .add_tables = add_tables,
  .add_charts = add_charts,
  .to_records = to_records,
  .write_json = write_json,
};
