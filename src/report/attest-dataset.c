#include "report/attest-dataset-private.h"

#include <string.h>

#include "config.h"
#include "report/attest-disclosure-counts.h"
#include "report/attest-report-coverage.h"
#include "report/attest-segment-facts.h"

/* Segments that are held before they are handed on; 500 of them take about a megabyte. */
#define BATCH 500

/* ---- handing on ---- */

void
attest_dataset_add_column (AttestTable *table, const char *key, AttestColumnType type)
{
  g_autofree char *heading = g_strdelimit (g_strdup (key), "_", ' ');

  attest_table_add_column (table, key, heading, type, ATTEST_COLUMN_PLAIN);
}

static const char *
type_name (AttestColumnType type)
{
  static const char *const names[] = {
    [ATTEST_COLUMN_TEXT] = "text",     [ATTEST_COLUMN_INT] = "integer",
    [ATTEST_COLUMN_DOUBLE] = "number", [ATTEST_COLUMN_TIME] = "milliseconds",
    [ATTEST_COLUMN_BOOL] = "logical",  [ATTEST_COLUMN_LIST] = "list",
  };

  return names[type];
}

static char *
dup_description (const char *table, const char *key)
{
  const char *known = attest_dataset_describe (key);

  if (known != NULL)
    return g_strdup (known);
  if (g_str_has_prefix (key, ATTEST_DATASET_ATTRIBUTE))
    return g_strdup_printf ("attribute '%s' of the respondent",
                            key + strlen (ATTEST_DATASET_ATTRIBUTE));
  if (g_str_has_prefix (key, ATTEST_DATASET_GROUP))
    return g_strdup_printf ("%s of the code in the group '%s'",
                            strcmp (table, "matrix") == 0 ? "segments" : "respondents",
                            key + strlen (ATTEST_DATASET_GROUP));
  return g_strdup_printf ("1: spoke of '%s'; 0: did not; empty: cannot be told", key);
}

gboolean
attest_dataset_begin (AttestDataset *dataset, const char *name, AttestTable *table, GError **error)
{
  for (guint i = 0; i < attest_table_n_columns (table); i++)
    {
      const char *key = attest_table_get_key (table, i);
      g_autofree char *description = dup_description (name, key);

      attest_table_add_text (dataset->columns, name);
      attest_table_add_text (dataset->columns, key);
      attest_table_add_text (dataset->columns, type_name (attest_table_get_type (table, i)));
      attest_table_add_text (dataset->columns, description);
    }
  if (!dataset->func (name, table, TRUE, dataset->data, error))
    return FALSE;
  attest_table_clear_rows (table);
  return TRUE;
}

gboolean
attest_dataset_continue (AttestDataset *dataset, const char *name, AttestTable *table,
                         GError **error)
{
  if (!dataset->func (name, table, FALSE, dataset->data, error))
    return FALSE;
  attest_table_clear_rows (table);
  return TRUE;
}

/* ---- segments ---- */

typedef struct
{
  AttestDataset *dataset;
  AttestTable *table;
  AttestSegmentFacts *facts;
} Segments;

static gboolean
add_segment (const AttestStoreSegment *segment, gpointer data, GError **error)
{
  Segments *segments = data;
  AttestSegmentRecord record;

  attest_segment_facts_fill (segments->facts, segment, &record);
  attest_segment_record_add_row (&record, segments->table);
  return attest_table_n_rows (segments->table) < BATCH
         || attest_dataset_continue (segments->dataset, "segments", segments->table, error);
}

static gboolean
add_segments (AttestDataset *dataset, GError **error)
{
  const AttestSegmentFilter filter = { .with_hits = TRUE };
  g_autoptr (AttestTable) table = attest_table_new (NULL, NULL);
  g_autoptr (AttestSegmentFacts) facts = attest_segment_facts_new (dataset->store, error);
  Segments segments = { dataset, table, facts };

  if (facts == NULL)
    return FALSE;
  attest_segment_facts_disclose (facts, dataset->disclosure);
  attest_segment_record_add_columns (attest_segment_facts_get_attributes (facts), table);
  return attest_dataset_begin (dataset, "segments", table, error)
         && attest_disclosure_foreach_segment (dataset->disclosure, dataset->store, &filter, TRUE,
                                               add_segment, &segments, error)
         && attest_dataset_continue (dataset, "segments", table, error);
}

/* ---- counts ---- */

static gboolean
add_frequency (AttestDataset *dataset, const AttestFrequency *frequency, GError **error)
{
  static const char *const counts[] = { "segments", "hits", "sources", "respondents", "groups" };
  g_autoptr (AttestTable) table = attest_table_new (NULL, NULL);

  attest_dataset_add_column (table, "dimension", ATTEST_COLUMN_TEXT);
  attest_dataset_add_column (table, "code", ATTEST_COLUMN_TEXT);
  attest_dataset_add_column (table, "name", ATTEST_COLUMN_TEXT);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    attest_table_add_column (table, counts[i], counts[i], ATTEST_COLUMN_INT,
                             i == 0 ? ATTEST_COLUMN_BAR : ATTEST_COLUMN_PLAIN);
  attest_dataset_add_column (table, "per_1000_words", ATTEST_COLUMN_DOUBLE);
  for (guint i = 0; frequency != NULL && i < frequency->rows->len; i++)
    {
      const AttestFrequencyRow *row = &g_array_index (frequency->rows, AttestFrequencyRow, i);

      attest_table_add_text (table, row->dimension);
      attest_table_add_text (table, row->code);
      attest_table_add_text (table, row->name);
      attest_table_add_count (table, row->segments);
      attest_table_add_count (table, row->hits);
      attest_table_add_count (table, row->sources);
      attest_table_add_count (table, row->respondents);
      attest_table_add_count (table, row->groups);
      if (row->segments >= 0)
        attest_table_add_double (table,
                                 attest_report_per_1000_words (row->segments, &frequency->totals));
      else
        attest_table_add_null (table);
    }
  return attest_dataset_begin (dataset, "frequency", table, error);
}

static gboolean
add_cells (AttestDataset *dataset, const AttestMatrix *matrix, GError **error)
{
  static const char *const counts[] = { "segments", "sources", "respondents" };
  g_autoptr (AttestTable) table = attest_table_new (NULL, NULL);

  attest_dataset_add_column (table, "code", ATTEST_COLUMN_TEXT);
  attest_dataset_add_column (table, "group", ATTEST_COLUMN_TEXT);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    attest_dataset_add_column (table, counts[i], ATTEST_COLUMN_INT);
  for (guint row = 0; matrix != NULL && row < matrix->rows->len; row++)
    for (guint col = 0; col < matrix->cols->len; col++)
      {
        const AttestMatrixCell *cell = attest_matrix_cell (matrix, row, col);

        attest_table_add_text (table, g_ptr_array_index (matrix->rows, row));
        attest_table_add_text (table, g_ptr_array_index (matrix->cols, col));
        attest_table_add_int (table, cell->segments);
        attest_table_add_int (table, cell->sources);
        attest_table_add_int (table, cell->respondents);
      }
  return attest_dataset_begin (dataset, "cells", table, error);
}

/* The same for people: a column a group. */
static gboolean
add_wide (AttestDataset *dataset, const AttestMatrix *matrix, gboolean of_respondents,
          GError **error)
{
  g_autoptr (AttestTable) table = attest_table_new (NULL, NULL);

  attest_dataset_add_column (table, "code", ATTEST_COLUMN_TEXT);
  for (guint col = 0; matrix != NULL && col < matrix->cols->len; col++)
    {
      const char *group = g_ptr_array_index (matrix->cols, col);
      const char *name = group != NULL ? group : "not known";
      g_autofree char *key = g_strconcat (ATTEST_DATASET_GROUP, name, NULL);

      attest_table_add_column (table, key, name, ATTEST_COLUMN_INT, ATTEST_COLUMN_BAR);
    }
  for (guint row = 0; matrix != NULL && row < matrix->rows->len; row++)
    {
      attest_table_add_text (table, g_ptr_array_index (matrix->rows, row));
      for (guint col = 0; col < matrix->cols->len; col++)
        {
          const AttestMatrixCell *cell = attest_matrix_cell (matrix, row, col);

          attest_table_add_int (table, of_respondents ? cell->respondents : cell->segments);
        }
    }
  return attest_dataset_begin (dataset, of_respondents ? "matrix_respondents" : "matrix", table,
                               error);
}

static gboolean
add_matrix (AttestDataset *dataset, gboolean is_coded, GError **error)
{
  g_autoptr (AttestMatrix) matrix = NULL;

  if (is_coded)
    {
      matrix = attest_store_report_by_attribute (dataset->store, NULL, NULL, ATTEST_ATTRIBUTE_GROUP,
                                                 error);
      if (matrix == NULL)
        return FALSE;
    }
  return add_wide (dataset, matrix, FALSE, error) && add_wide (dataset, matrix, TRUE, error)
         && add_cells (dataset, matrix, error);
}

/* Where nothing could have been found, nothing is said: an empty cell, not 0. */
static void
add_presence_row (AttestTable *table, const AttestCoverage *coverage, guint k)
{
  const AttestCoverageRespondent *respondent = attest_coverage_respondent (coverage, k);

  attest_table_add_text (table, respondent->label);
  attest_table_add_text (table, respondent->group);
  for (guint row = 0; row < coverage->rows->len; row++)
    {
      const AttestCoverageCell *cell = attest_coverage_cell (coverage, row, k);

      if (cell->segments == 0 && cell->state == ATTEST_COVERAGE_UNKNOWN
          && cell->doubt <= ATTEST_DOUBT_NO_SPEAKER)
        attest_table_add_null (table);
      else
        attest_table_add_int (table, cell->segments > 0);
    }
}

static gboolean
add_presence (AttestDataset *dataset, gboolean is_coded, GError **error)
{
  g_autoptr (AttestTable) table = attest_table_new (NULL, NULL);
  g_autoptr (AttestCoverage) coverage = NULL;

  attest_dataset_add_column (table, "respondent", ATTEST_COLUMN_TEXT);
  attest_dataset_add_column (table, "group", ATTEST_COLUMN_TEXT);
  if (is_coded)
    {
      coverage = attest_store_report_coverage (dataset->store, NULL, NULL, FALSE, error);
      if (coverage == NULL)
        return FALSE;
      for (guint row = 0; row < coverage->rows->len; row++)
        attest_table_add_column (table, attest_coverage_row (coverage, row)->code,
                                 attest_coverage_row (coverage, row)->code, ATTEST_COLUMN_INT,
                                 ATTEST_COLUMN_PLAIN);
      for (guint k = 0; k < coverage->respondents->len; k++)
        add_presence_row (table, coverage, k);
    }
  return attest_dataset_begin (dataset, "presence", table, error);
}

/* ---- who and where ---- */

static void
add_respondent_row (AttestTable *table, const AttestRespondentInfo *info, const GPtrArray *names)
{
  g_autoptr (GPtrArray) sources = g_ptr_array_new ();

  for (guint i = 0; i < info->speakers->len; i++)
    {
      char *source = g_array_index (info->speakers, AttestRespondentSpeaker, i).source;

      if (!g_ptr_array_find_with_equal_func (sources, source, g_str_equal, NULL))
        g_ptr_array_add (sources, source);
    }
  g_ptr_array_add (sources, NULL);
  attest_table_add_text (table, info->label);
  attest_table_add_list (table, (const char *const *)sources->pdata);
  attest_table_add_int (table, info->turns);
  attest_table_add_int (table, info->words);
  for (guint k = 0; k < names->len; k++)
    attest_table_add_text (table, attest_respondent_info_get (info, g_ptr_array_index (names, k)));
}

static gboolean
add_respondents (AttestDataset *dataset, GError **error)
{
  g_autoptr (GPtrArray) list = attest_store_list_respondents (dataset->store, error);
  g_autoptr (AttestTable) table = attest_table_new (NULL, NULL);
  g_autoptr (GPtrArray) names = NULL;

  if (list == NULL)
    return FALSE;
  names = attest_respondents_list_attributes (list);
  attest_dataset_add_column (table, "respondent", ATTEST_COLUMN_TEXT);
  attest_dataset_add_column (table, "sources", ATTEST_COLUMN_LIST);
  attest_dataset_add_column (table, "turns", ATTEST_COLUMN_INT);
  attest_dataset_add_column (table, "words", ATTEST_COLUMN_INT);
  for (guint k = 0; k < names->len; k++)
    {
      const char *name = g_ptr_array_index (names, k);
      g_autofree char *key = g_strconcat (ATTEST_DATASET_ATTRIBUTE, name, NULL);

      attest_table_add_column (table, key, name, ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
    }
  for (guint i = 0; i < list->len; i++)
    add_respondent_row (table, g_ptr_array_index (list, i), names);
  return attest_dataset_begin (dataset, "respondents", table, error);
}

static gboolean
add_sources (AttestDataset *dataset, GError **error)
{
  static const char *const counts[] = { "version", "characters", "words", "turns", "coded_words" };
  g_autoptr (GPtrArray) list = attest_store_list_sources (dataset->store, error);
  g_autoptr (AttestTable) table = attest_table_new (NULL, NULL);

  if (list == NULL)
    return FALSE;
  attest_dataset_add_column (table, "source", ATTEST_COLUMN_TEXT);
  attest_dataset_add_column (table, "kind", ATTEST_COLUMN_TEXT);
  attest_dataset_add_column (table, "reader", ATTEST_COLUMN_TEXT);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    attest_dataset_add_column (table, counts[i], ATTEST_COLUMN_INT);
  attest_dataset_add_column (table, "status", ATTEST_COLUMN_TEXT);
  for (guint i = 0; i < list->len; i++)
    {
      const AttestSourceInfo *info = g_ptr_array_index (list, i);

      attest_table_add_text (table, info->label);
      attest_table_add_text (table, attest_source_kind_to_string (info->kind));
      attest_table_add_text (table, info->reader);
      attest_table_add_int (table, info->version);
      attest_table_add_int (table, info->characters);
      attest_table_add_int (table, info->words);
      attest_table_add_int (table, info->turns);
      attest_table_add_int (table, info->coded_words);
      attest_table_add_text (table, attest_source_status_to_string (info->status));
    }
  return attest_dataset_begin (dataset, "sources", table, error);
}

/* ---- the whole ---- */

static void
add_fact (AttestTable *table, const char *what, char *value)
{
  if (value != NULL)
    {
      attest_table_add_text (table, what);
      attest_table_add_text (table, value);
    }
  g_free (value);
}

/* Tables with a row or a column for each person, source or group. */
static gboolean
is_about_few (const char *name)
{
  static const char *const few[]
      = { "matrix", "matrix_respondents", "cells", "presence", "respondents", "sources", NULL };

  return g_strv_contains (few, name);
}

static gboolean
add_about (AttestDataset *dataset, const AttestFrequency *frequency, GError **error)
{
  static const char *const names[] = { "segments", "frequency", "matrix",      "matrix_respondents",
                                       "cells",    "presence",  "respondents", "sources",
                                       "ratings",  "findings",  "conclusions", "recommendations",
                                       "lessons",  "practices", "links",       "columns" };
  g_autoptr (AttestTable) table = attest_table_new (NULL, NULL);

  g_autofree char *title = attest_store_dup_meta (dataset->store, "title", NULL);

  attest_dataset_add_column (table, "what", ATTEST_COLUMN_TEXT);
  attest_table_add_column (table, "value", "value", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  add_fact (table, "project", attest_disclosure_dup_text (dataset->disclosure, title));
  add_fact (table, "made by", g_strdup (PACKAGE_NAME " " PACKAGE_VERSION));
  if (frequency != NULL)
    {
      add_fact (table, "codebook", attest_report_dup_codebook (frequency->codebook));
      add_fact (table, "searched", attest_report_dup_searched (&frequency->totals));
    }
  else
    add_fact (table, "codebook", g_strdup ("none: nothing was coded"));
  add_fact (table, "for the public", attest_disclosure_dup_rule (dataset->disclosure));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (!attest_disclosure_is_public (dataset->disclosure) || !is_about_few (names[i]))
      add_fact (table, names[i], g_strdup (attest_dataset_describe_table (names[i])));
  return attest_dataset_begin (dataset, "about", table, error);
}

/* *@out_frequency is NULL when the project has no codebook yet. */
static gboolean
load_frequency (AttestStore *store, AttestFrequency **out_frequency, GError **error)
{
  g_autoptr (GPtrArray) codebooks = attest_store_list_codebooks (store, error);

  if (codebooks == NULL)
    return FALSE;
  if (codebooks->len == 0)
    return TRUE;
  *out_frequency = attest_store_report_frequency (store, NULL, error);
  return *out_frequency != NULL;
}

static gboolean
add_few (AttestDataset *dataset, gboolean is_coded, GError **error)
{
  return add_matrix (dataset, is_coded, error) && add_presence (dataset, is_coded, error)
         && add_respondents (dataset, error) && add_sources (dataset, error);
}

static gboolean
add_tables (AttestDataset *dataset, const AttestFrequency *frequency, GError **error)
{
  gboolean is_coded = frequency != NULL && frequency->totals.sources > 0;

  if (!add_about (dataset, frequency, error) || !add_segments (dataset, error)
      || !add_frequency (dataset, frequency, error))
    return FALSE;
  if (!attest_disclosure_is_public (dataset->disclosure) && !add_few (dataset, is_coded, error))
    return FALSE;
  return attest_dataset_add_ledger (dataset, error)
         && dataset->func ("columns", dataset->columns, TRUE, dataset->data, error);
}

gboolean
attest_dataset_foreach (AttestStore *store, AttestDisclosure *disclosure, AttestDatasetFunc func,
                        gpointer data, GError **error)
{
  g_autoptr (AttestFrequency) frequency = NULL;
  g_autoptr (AttestTable) columns = attest_table_new (NULL, NULL);
  AttestDataset dataset = { store, disclosure, func, data, columns };

  attest_dataset_add_column (columns, "table", ATTEST_COLUMN_TEXT);
  attest_dataset_add_column (columns, "column", ATTEST_COLUMN_TEXT);
  attest_dataset_add_column (columns, "type", ATTEST_COLUMN_TEXT);
  attest_table_add_column (columns, "description", "description", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_WRAP);
  if (!load_frequency (store, &frequency, error))
    return FALSE;
  if (frequency != NULL)
    attest_disclosure_hide_frequency (disclosure, frequency);
  return add_tables (&dataset, frequency, error);
}
