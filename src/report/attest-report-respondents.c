#include "report/attest-report-respondents.h"

#include <string.h>

static void
clear_group (gpointer item)
{
  AttestRespondentGroup *group = item;

  g_free (group->attribute);
  g_free (group->value);
}

void
attest_respondent_report_free (AttestRespondentReport *report)
{
  if (report == NULL)
    return;
  g_ptr_array_unref (report->attributes);
  g_array_unref (report->counts);
  g_array_unref (report->groups);
  g_free (report);
}

/* ---- counting ---- */

static const AttestRespondentInfo *
info_of (const AttestReportData *data, guint respondent)
{
  return g_ptr_array_index (data->respondents, respondent);
}

static const AttestRespondentCounts *
counts_of (const AttestRespondentReport *report, guint respondent)
{
  return &g_array_index (report->counts, AttestRespondentCounts, respondent);
}

/* The group first, the others by name. */
static int
compare_attributes (gconstpointer a, gconstpointer b)
{
  const char *x = *(const char *const *)a, *y = *(const char *const *)b;
  gboolean x_first = strcmp (x, ATTEST_ATTRIBUTE_GROUP) == 0;
  gboolean y_first = strcmp (y, ATTEST_ATTRIBUTE_GROUP) == 0;

  return x_first != y_first ? (x_first ? -1 : 1) : strcmp (x, y);
}

/* Those that somebody present has, as they may be told. */
static GPtrArray *
list_attributes (const AttestReportData *data)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint r = 0; r < data->respondents->len; r++)
    for (guint i = 0; i < info_of (data, r)->attributes->len; i++)
      {
        const char *name = g_array_index (info_of (data, r)->attributes, AttestAttribute, i).name;

        if (attest_report_data_is_present (data, r)
            && attest_report_data_attribute (data, r, name) != NULL
            && !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
          g_ptr_array_add (names, g_strdup (name));
      }
  g_ptr_array_sort (names, compare_attributes);
  return names;
}

static gint64
count_sources (const AttestReportData *data, guint respondent)
{
  const GArray *speakers = info_of (data, respondent)->speakers;
  const char *last = NULL;
  gint64 n = 0;

  for (guint i = 0; i < speakers->len; i++)
    {
      const char *source = g_array_index (speakers, AttestRespondentSpeaker, i).source;

      n += last == NULL || strcmp (last, source) != 0;
      last = source;
    }
  return n;
}

static gint64
count_codes (const guint8 *is_spoken, guint n)
{
  gint64 codes = 0;

  for (guint i = 0; i < n; i++)
    codes += is_spoken[i];
  return codes;
}

/* @spoken: respondents × codes */
static void
count_each (AttestRespondentReport *report, guint8 *spoken)
{
  const AttestReportData *data = report->data;
  guint n_codes = data->frequency->rows->len;

  g_array_set_size (report->counts, data->respondents->len);
  for (guint i = 0; i < data->segments->len; i++)
    {
      const AttestDatum *datum = attest_report_datum (data, i);

      if (datum->respondent == ATTEST_NO_INDEX)
        continue;
      g_array_index (report->counts, AttestRespondentCounts, datum->respondent).segments++;
      spoken[(gsize)datum->respondent * n_codes + datum->code] = 1;
    }
  for (guint r = 0; r < data->respondents->len; r++)
    {
      AttestRespondentCounts *counts = &g_array_index (report->counts, AttestRespondentCounts, r);

      counts->is_present = attest_report_data_is_present (data, r);
      counts->sources = count_sources (data, r);
      counts->turns = info_of (data, r)->turns;
      counts->words = info_of (data, r)->words;
      counts->codes = count_codes (spoken + (gsize)r * n_codes, n_codes);
      report->n_present += counts->is_present;
    }
}

static void
add_group (AttestRespondentReport *report, const char *attribute, const char *value,
           const guint8 *spoken)
{
  const AttestReportData *data = report->data;
  guint n_codes = data->frequency->rows->len;
  AttestRespondentGroup group = { .attribute = g_strdup (attribute), .value = g_strdup (value) };
  g_autofree guint8 *together = g_new0 (guint8, n_codes + 1);

  for (guint r = 0; r < data->respondents->len; r++)
    {
      const AttestRespondentCounts *counts = counts_of (report, r);

      if (!counts->is_present
          || g_strcmp0 (attest_report_data_attribute (data, r, attribute), value) != 0)
        continue;
      group.respondents++;
      group.turns += counts->turns;
      group.words += counts->words;
      group.segments += counts->segments;
      for (guint i = 0; i < n_codes; i++)
        together[i] |= spoken[(gsize)r * n_codes + i];
    }
  group.codes = count_codes (together, n_codes);
  g_array_append_val (report->groups, group);
}

/* What the public is not told of the values of an attribute, those from @first on. */
static void
hide_groups (AttestRespondentReport *report, guint first)
{
  guint n = report->groups->len - first;
  g_autofree gint64 *counts = g_new0 (gint64, n + 1);
  g_autofree guint8 *hidden = g_new0 (guint8, n + 1);

  for (guint i = 0; i < n; i++)
    counts[i] = g_array_index (report->groups, AttestRespondentGroup, first + i).respondents;
  attest_report_data_hide_line (report->data, counts, counts, n, hidden);
  for (guint i = 0; i < n; i++)
    g_array_index (report->groups, AttestRespondentGroup, first + i).is_hidden = hidden[i];
}

AttestRespondentReport *
attest_respondent_report_new (const AttestReportData *data, const char *attribute,
                              gboolean one_by_one)
{
  AttestRespondentReport *report = g_new0 (AttestRespondentReport, 1);
  g_autofree guint8 *spoken = g_new0 (guint8, (gsize)MAX (data->respondents->len, 1)
                                                  * MAX (data->frequency->rows->len, 1));

  report->data = data;
  report->one_by_one = one_by_one;
  report->attributes = list_attributes (data);
  report->counts = g_array_new (FALSE, TRUE, sizeof (AttestRespondentCounts));
  report->groups = g_array_new (FALSE, TRUE, sizeof (AttestRespondentGroup));
  g_array_set_clear_func (report->groups, clear_group);
  count_each (report, spoken);
  for (guint i = 0; i < report->attributes->len; i++)
    {
      const char *name = g_ptr_array_index (report->attributes, i);
      g_autoptr (GPtrArray) values = attest_report_data_list_values (data, name);

      /* An attribute that names each one counts nobody. */
      if ((attribute != NULL && strcmp (name, attribute) != 0)
          || (attribute == NULL && strcmp (name, ATTEST_ATTRIBUTE_GROUP) != 0 && values->len > 2
              && values->len >= report->n_present))
        continue;
      for (guint k = 0; k < values->len; k++)
        add_group (report, name, g_ptr_array_index (values, k), spoken);
      hide_groups (report, report->groups->len - values->len);
    }
  return report;
}

/* ---- for people ---- */

static const AttestRespondentGroup *
group_of (const AttestRespondentReport *report, guint i)
{
  return &g_array_index (report->groups, AttestRespondentGroup, i);
}

static char *
dup_respondents (const AttestRespondentGroup *group)
{
  return group->is_hidden ? g_strdup ("*")
                          : g_strdup_printf ("%" G_GINT64_FORMAT, group->respondents);
}

static char *
dup_note (const AttestRespondentReport *report)
{
  g_autofree char *n = attest_report_dup_count (report->n_present, "respondent", NULL);

  return g_strdup_printf ("Unit: respondent; %s in the searched sources. Codes: different ones. A "
                          "focus group may stand as one.",
                          n);
}

static void
add_count_columns (AttestTable *table)
{
  attest_table_add_column (table, "turns", "turns", ATTEST_COLUMN_INT, ATTEST_COLUMN_OPTIONAL);
  attest_table_add_column (table, "words", "words", ATTEST_COLUMN_INT, ATTEST_COLUMN_BAR);
  attest_table_add_column (table, "segments", "segments", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "codes", "codes", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
}

static void
add_counts (AttestTable *table, const gint64 *counts, guint n, gboolean hidden)
{
  for (guint i = 0; i < n; i++)
    if (hidden)
      attest_table_add_null (table);
    else
      attest_table_add_int (table, counts[i]);
}

static AttestTable *
groups_to_table (const AttestRespondentReport *report, const char *title, const char *note,
                 gboolean for_people)
{
  AttestTable *table = attest_table_new (title, note);

  attest_table_add_column (table, "attribute", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "value", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  attest_table_add_column (table, "respondents", "respondents", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_RIGHT);
  add_count_columns (table);
  for (guint i = 0; i < report->groups->len; i++)
    {
      const AttestRespondentGroup *group = group_of (report, i);
      gint64 counts[] = { group->turns, group->words, group->segments, group->codes };
      g_autofree char *n = dup_respondents (group);

      if (i == 0 || strcmp (group->attribute, group[-1].attribute) != 0)
        attest_table_begin_section (table, group->attribute);
      attest_table_add_text (table, group->attribute);
      attest_table_add_text (table,
                             group->value != NULL || !for_people ? group->value : "not known");
      attest_table_add_text (table, n);
      add_counts (table, counts, G_N_ELEMENTS (counts), group->is_hidden);
    }
  return table;
}

static int
compare_printed (gconstpointer a, gconstpointer b, gpointer data)
{
  return g_strcmp0 (attest_report_data_respondent (data, *(const guint *)a),
                    attest_report_data_respondent (data, *(const guint *)b));
}

/* Those who are present, in the order of what is printed: the order of labels is not for the
 * public.
 */
static GArray *
list_present (const AttestRespondentReport *report)
{
  GArray *present = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint r = 0; r < report->data->respondents->len; r++)
    if (counts_of (report, r)->is_present)
      g_array_append_val (present, r);
  g_array_sort_with_data (present, compare_printed, (gpointer)report->data);
  return present;
}

static AttestTable *
each_to_table (const AttestRespondentReport *report, const char *title, const char *note)
{
  const AttestReportData *data = report->data;
  AttestTable *table = attest_table_new (title, note);
  g_autoptr (GArray) present = list_present (report);

  attest_table_add_column (table, "respondent", "respondent", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_WRAP);
  for (guint i = 0; i < report->attributes->len; i++)
    attest_table_add_column (table, g_ptr_array_index (report->attributes, i),
                             g_ptr_array_index (report->attributes, i), ATTEST_COLUMN_TEXT,
                             i == 0 ? ATTEST_COLUMN_WRAP
                                    : ATTEST_COLUMN_WRAP | ATTEST_COLUMN_OPTIONAL);
  attest_table_add_column (table, "sources", "sources", ATTEST_COLUMN_INT, ATTEST_COLUMN_OPTIONAL);
  add_count_columns (table);
  for (guint k = 0; k < present->len; k++)
    {
      guint r = g_array_index (present, guint, k);
      const AttestRespondentCounts *c = counts_of (report, r);
      gint64 counts[] = { c->sources, c->turns, c->words, c->segments, c->codes };

      attest_table_add_text (table, attest_report_data_respondent (data, r));
      for (guint i = 0; i < report->attributes->len; i++)
        attest_table_add_text (table, attest_report_data_attribute (
                                          data, r, g_ptr_array_index (report->attributes, i)));
      /* Words and turns would tell who is who in a known set of interviews. */
      add_counts (table, counts, G_N_ELEMENTS (counts),
                  attest_disclosure_is_public (data->disclosure));
    }
  return table;
}

static void
add_tables (gconstpointer result, GPtrArray *tables)
{
  const AttestRespondentReport *report = result;
  g_autofree char *note = dup_note (report);
  g_autofree char *origin = attest_report_dup_note (note, report->data);
  AttestTable *table = report->one_by_one ? each_to_table (report, "Respondents", note)
                                          : groups_to_table (report, "Respondents", note, TRUE);

  attest_table_set_origin (table, origin + strlen (note) + 1);
  g_ptr_array_add (tables, table);
}

static void
add_charts (gconstpointer result, GPtrArray *charts)
{
  const AttestRespondentReport *report = result;
  g_autofree char *unit = dup_note (report);
  g_autofree char *note = attest_report_dup_note (unit, report->data);
  AttestChart *chart = attest_chart_new (ATTEST_CHART_BARS, "Respondents", "respondents");

  attest_chart_set_note (chart, note);
  for (guint i = 0; i < report->groups->len; i++)
    {
      const AttestRespondentGroup *group = group_of (report, i);
      g_autofree char *n = dup_respondents (group);

      if (i == 0 || strcmp (group->attribute, group[-1].attribute) != 0)
        attest_chart_begin_section (chart, group->attribute);
      attest_chart_add_row (chart, group->value != NULL ? group->value : "not known");
      attest_chart_set (chart, i, 0, (double)group->respondents);
      if (group->is_hidden)
        attest_chart_set_text (chart, i, 0, n);
    }
  g_ptr_array_add (charts, chart);
}

/* ---- for programs ---- */

static AttestTable *
to_records (gconstpointer result)
{
  const AttestRespondentReport *report = result;

  return report->one_by_one ? each_to_table (report, NULL, NULL)
                            : groups_to_table (report, NULL, NULL, FALSE);
}

static void
write_count (AttestJson *json, const char *key, gint64 count, gboolean hidden)
{
  if (hidden)
    attest_json_member_null (json, key);
  else
    attest_json_member_int (json, key, count);
}

static void
write_respondent (const AttestRespondentReport *report, guint r, AttestJson *json)
{
  const AttestReportData *data = report->data;
  const AttestRespondentCounts *c = counts_of (report, r);
  gboolean hidden = attest_disclosure_is_public (data->disclosure);

  attest_json_begin_object (json);
  attest_json_member_string (json, "respondent", attest_report_data_respondent (data, r));
  attest_json_key (json, "attributes");
  attest_json_begin_object (json);
  for (guint i = 0; i < report->attributes->len; i++)
    {
      const char *name = g_ptr_array_index (report->attributes, i);

      attest_json_member_string (json, name, attest_report_data_attribute (data, r, name));
    }
  attest_json_end_object (json);
  write_count (json, "sources", c->sources, hidden);
  write_count (json, "turns", c->turns, hidden);
  write_count (json, "words", c->words, hidden);
  write_count (json, "segments", c->segments, hidden);
  write_count (json, "codes", c->codes, hidden);
  attest_json_end_object (json);
}

static void
write_json (gconstpointer result, AttestJson *json)
{
  const AttestRespondentReport *report = result;
  g_autoptr (GArray) present = list_present (report);

  attest_report_begin_json (json, "respondents", "respondent", report->data->frequency->codebook);
  attest_json_key (json, "groups");
  attest_json_begin_array (json);
  for (guint i = 0; i < report->groups->len; i++)
    {
      const AttestRespondentGroup *group = group_of (report, i);
      gboolean hidden = group->is_hidden;

      attest_json_begin_object (json);
      attest_json_member_string (json, "attribute", group->attribute);
      attest_json_member_string (json, "value", group->value);
      write_count (json, "respondents", group->respondents, hidden);
      write_count (json, "turns", group->turns, hidden);
      write_count (json, "words", group->words, hidden);
      write_count (json, "segments", group->segments, hidden);
      write_count (json, "codes", group->codes, hidden);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
  attest_json_key (json, "respondents");
  attest_json_begin_array (json);
  for (guint k = 0; k < present->len; k++)
    write_respondent (report, g_array_index (present, guint, k), json);
  attest_json_end_array (json);
  attest_json_end_object (json);
}

const AttestReportDriver attest_respondents_driver = {
  .kind = "Respondents",
  .add_tables = add_tables,
  .add_charts = add_charts,
  .to_records = to_records,
  .write_json = write_json,
};
