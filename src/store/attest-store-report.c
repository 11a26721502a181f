/* Counts per code, and who bears each code out. */
#include "store/attest-store-private.h"

#include <string.h>

#include "util/attest-error.h"

enum
{
  FREQUENCY,
  TOTALS,
  NOT_SEARCHED,
  SEARCHED,
  INCOMPLETE,
  REJECTED,
  EVIDENCE,
  PRESENT,
  N_STATEMENTS
};

static const char *const statements[N_STATEMENTS] = {
  [FREQUENCY] = "WITH " ATTEST_STORE_VOICES
                " SELECT c.dimension, c.code, c.name, ifnull (sum (o.n), 0), ifnull (sum (o.h), 0),"
                " count (DISTINCT o.source_id), count (DISTINCT o.respondent_id),"
                " count (DISTINCT o.value)"
                " FROM code c LEFT JOIN voice o ON o.code_id = c.id"
                " WHERE c.codebook_id = ?1 AND (?5 IS NULL OR c.dimension = ?5)"
                " GROUP BY c.id ORDER BY c.number",
  [TOTALS]
  = "SELECT count (DISTINCT v.source_id), count (DISTINCT p.respondent_id),"
    " count (DISTINCT a.value), ifnull (sum (p.turns) FILTER (WHERE p.role <> 'interviewer'), 0),"
    " ifnull (sum (p.words) FILTER (WHERE p.role <> 'interviewer'), 0)" ATTEST_STORE_SEARCHED
    " WHERE r.codebook_id = ?1 AND (?3 IS NULL OR EXISTS (SELECT 1 FROM respondent_attribute f"
    "   WHERE f.respondent_id = p.respondent_id AND f.name = ?3 AND f.value = ?4))",
  [NOT_SEARCHED] = "SELECT count (*) FROM source s WHERE NOT EXISTS (SELECT 1 FROM version v"
                   "   JOIN coded d ON d.version_id = v.id JOIN run r ON r.id = d.run_id"
                   "   WHERE v.source_id = s.id AND r.codebook_id = ?1)",
  [SEARCHED] = "SELECT s.label FROM source s WHERE EXISTS (SELECT 1 FROM version v"
               "   JOIN coded d ON d.version_id = v.id JOIN run r ON r.id = d.run_id"
               "   WHERE v.source_id = s.id AND r.codebook_id = ?1)",
  [INCOMPLETE] = "SELECT count (*) FROM (SELECT DISTINCT i.version_id, i.turn FROM incomplete i"
                 "   JOIN run r ON r.id = i.run_id WHERE r.codebook_id = ?1)",
  [REJECTED] = "SELECT count (*) FROM segment g JOIN code c ON c.id = g.code_id"
               " JOIN speaker p ON p.version_id = g.version_id AND p.number = g.speaker"
               " WHERE g.status = 'rejected' AND c.codebook_id = ?1"
               " AND (?2 IS NULL OR c.dimension = ?2)"
               " AND (?3 IS NULL OR EXISTS (SELECT 1 FROM respondent_attribute f"
               "   WHERE f.respondent_id = p.respondent_id AND f.name = ?3 AND f.value = ?4))",
  /* For each code and respondent: segments, and whether asked. */
  [EVIDENCE]
  = "WITH " ATTEST_STORE_VOICES ","
    " answer AS (SELECT k.code_id, p.respondent_id FROM " ATTEST_STORE_ASKED " k"
    "   JOIN code c ON c.id = k.code_id"
    "   JOIN turn t ON t.version_id = k.version_id AND t.number = k.turn"
    "   JOIN speaker p ON p.version_id = t.version_id AND p.number = t.speaker"
    "   WHERE c.codebook_id = ?1 AND p.respondent_id IS NOT NULL"
    "   AND (?3 IS NULL OR EXISTS (SELECT 1 FROM respondent_attribute f"
    "     WHERE f.respondent_id = p.respondent_id AND f.name = ?3 AND f.value = ?4))),"
    " part AS (SELECT code_id, respondent_id, n, 0 AS asked FROM voice"
    "   UNION ALL SELECT DISTINCT code_id, respondent_id, 0, 1 FROM answer)"
    " SELECT c.code, x.respondent_id IS NOT NULL, a.value, sum (x.n), max (x.asked)"
    " FROM part x JOIN code c ON c.id = x.code_id"
    " LEFT JOIN respondent_attribute a ON a.respondent_id = x.respondent_id AND a.name = ?2"
    " GROUP BY c.number, x.respondent_id ORDER BY c.number, a.value IS NULL, a.value",
  [PRESENT] = "SELECT a.value, count (DISTINCT p.respondent_id)" ATTEST_STORE_SEARCHED
              " WHERE r.codebook_id = ?1 AND (?3 IS NULL OR EXISTS"
              "   (SELECT 1 FROM respondent_attribute f"
              "   WHERE f.respondent_id = p.respondent_id AND f.name = ?3 AND f.value = ?4))"
              " GROUP BY a.value ORDER BY a.value IS NULL, a.value",
};

/* ---- frequency ---- */

static void
clear_row (gpointer item)
{
  AttestFrequencyRow *row = item;

  g_free (row->dimension);
  g_free (row->code);
  g_free (row->name);
}

void
attest_frequency_free (AttestFrequency *frequency)
{
  if (frequency == NULL)
    return;
  attest_codebook_info_free (frequency->codebook);
  g_free (frequency->attribute);
  g_free (frequency->value);
  g_free (frequency->audience);
  g_array_unref (frequency->rows);
  g_free (frequency);
}

static gboolean
load_rows (AttestStore *store, const AttestReportFilter *filter, const char *attribute,
           AttestFrequency *frequency, GError **error)
{
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[FREQUENCY], error, "issss", frequency->codebook->id,
                           ATTEST_ATTRIBUTE_GROUP, attribute, filter->value, filter->dimension);
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      AttestFrequencyRow row = { .dimension = attest_stmt_dup (stmt, 0),
                                 .code = attest_stmt_dup (stmt, 1),
                                 .name = attest_stmt_dup (stmt, 2),
                                 .segments = sqlite3_column_int64 (stmt, 3),
                                 .hits = sqlite3_column_int64 (stmt, 4),
                                 .sources = sqlite3_column_int64 (stmt, 5),
                                 .respondents = sqlite3_column_int64 (stmt, 6),
                                 .groups = sqlite3_column_int64 (stmt, 7) };

      g_array_append_val (frequency->rows, row);
      frequency->totals.segments += row.segments;
    }
  if (rc == 0 && frequency->rows->len == 0 && filter->dimension != NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "no dimension '%s' in the segments of codebook '%s'", filter->dimension,
                         frequency->codebook->name);
  return rc == 0;
}

static gboolean
load_totals (AttestStore *store, const AttestReportFilter *filter, const char *attribute,
             AttestFrequency *frequency, GError **error)
{
  AttestReportTotals *totals = &frequency->totals;
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[TOTALS], error, "isss", frequency->codebook->id,
                           ATTEST_ATTRIBUTE_GROUP, attribute, filter->value);

  if (stmt == NULL || attest_stmt_step (store, stmt, error) < 0)
    return FALSE;
  totals->sources = sqlite3_column_int64 (stmt, 0);
  totals->respondents = sqlite3_column_int64 (stmt, 1);
  totals->groups = sqlite3_column_int64 (stmt, 2);
  totals->turns = sqlite3_column_int64 (stmt, 3);
  totals->words = sqlite3_column_int64 (stmt, 4);
  return attest_stmt_get_int (store, statements[NOT_SEARCHED], &totals->not_searched, error, "i",
                              frequency->codebook->id)
         && attest_stmt_get_int (store, statements[INCOMPLETE], &totals->incomplete, error, "i",
                                 frequency->codebook->id)
         && attest_stmt_get_int (store, statements[REJECTED], &totals->rejected, error, "isss",
                                 frequency->codebook->id, filter->dimension, attribute,
                                 filter->value);
}

AttestFrequency *
attest_store_report_frequency (AttestStore *store, const AttestReportFilter *filter, GError **error)
{
  static const AttestReportFilter all = { NULL };
  g_autoptr (AttestFrequency) frequency = g_new0 (AttestFrequency, 1);
  g_autofree char *attribute = NULL;

  filter = filter != NULL ? filter : &all;
  attribute = attest_store_normalise_attribute (filter->attribute);
  frequency->attribute = g_strdup (attribute);
  frequency->value = g_strdup (filter->value);
  frequency->rows = g_array_new (FALSE, TRUE, sizeof (AttestFrequencyRow));
  g_array_set_clear_func (frequency->rows, clear_row);
  frequency->codebook = attest_store_find_codebook (store, filter->codebook, error);
  if (frequency->codebook == NULL || !load_rows (store, filter, attribute, frequency, error)
      || !load_totals (store, filter, attribute, frequency, error))
    return NULL;
  return g_steal_pointer (&frequency);
}

GHashTable *
attest_store_list_searched (AttestStore *store, gint64 codebook_id, GError **error)
{
  g_autoptr (GHashTable) labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[SEARCHED], error, "i", codebook_id);
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    g_hash_table_add (labels, attest_stmt_dup (stmt, 0));
  return rc < 0 ? NULL : g_steal_pointer (&labels);
}

/* ---- evidence ---- */

static void
clear_group (gpointer item)
{
  g_free (((AttestEvidenceGroup *)item)->group);
}

void
attest_evidence_free (AttestEvidence *evidence)
{
  if (evidence == NULL)
    return;
  g_free (evidence->dimension);
  g_free (evidence->code);
  g_free (evidence->name);
  g_array_unref (evidence->groups);
  g_free (evidence);
}

/* The groups of the searched sources, with how many of the respondents meant each has. */
static GArray *
load_present (AttestStore *store, const AttestReportFilter *filter, gint64 codebook_id,
              GError **error)
{
  g_autoptr (GArray) groups = g_array_new (FALSE, TRUE, sizeof (AttestEvidenceGroup));
  g_autofree char *attribute = attest_store_normalise_attribute (filter->attribute);
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[PRESENT], error, "isss", codebook_id,
                           ATTEST_ATTRIBUTE_GROUP, attribute, filter->value);
  int rc;

  g_array_set_clear_func (groups, clear_group);
  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      AttestEvidenceGroup group
          = { .group = attest_stmt_dup (stmt, 0), .present = sqlite3_column_int64 (stmt, 1) };

      /* Speakers whom nobody stands for have no group either. */
      if (group.present > 0)
        g_array_append_val (groups, group);
      else
        clear_group (&group);
    }
  return rc < 0 ? NULL : g_steal_pointer (&groups);
}

static AttestEvidence *
evidence_new (const AttestFrequencyRow *row, const GArray *present)
{
  AttestEvidence *evidence = g_new0 (AttestEvidence, 1);

  evidence->dimension = g_strdup (row->dimension);
  evidence->code = g_strdup (row->code);
  evidence->name = g_strdup (row->name);
  evidence->segments = row->segments;
  evidence->hits = row->hits;
  evidence->sources = row->sources;
  evidence->groups = g_array_new (FALSE, TRUE, sizeof (AttestEvidenceGroup));
  g_array_set_clear_func (evidence->groups, clear_group);
  for (guint i = 0; i < present->len; i++)
    {
      AttestEvidenceGroup group = g_array_index (present, AttestEvidenceGroup, i);

      group.group = g_strdup (group.group);
      g_array_append_val (evidence->groups, group);
    }
  return evidence;
}

static AttestEvidenceGroup *
find_group (AttestEvidence *evidence, const char *name)
{
  AttestEvidenceGroup unknown = { NULL };

  for (guint i = 0; i < evidence->groups->len; i++)
    {
      AttestEvidenceGroup *group = &g_array_index (evidence->groups, AttestEvidenceGroup, i);

      if (g_strcmp0 (group->group, name) == 0)
        return group;
    }
  /* Segments of speakers whom nobody stands for, where all respondents have a group. */
  unknown.group = g_strdup (name);
  g_array_append_val (evidence->groups, unknown);
  return &g_array_index (evidence->groups, AttestEvidenceGroup, evidence->groups->len - 1);
}

static void
count_respondent (AttestEvidence *evidence, const char *group_name, gboolean is_respondent,
                  gint64 segments, gboolean asked)
{
  AttestEvidenceGroup *group = find_group (evidence, group_name);
  gboolean spoke = segments > 0;

  group->segments += segments;
  if (!is_respondent)
    return;
  if (group_name != NULL && spoke && group->spoke == 0)
    evidence->n_groups++;
  group->spoke += spoke;
  group->asked += asked;
  group->both += spoke && asked;
  evidence->spoke += spoke;
  evidence->asked += asked;
  evidence->both += spoke && asked;
}

static AttestEvidence *
find_evidence (GPtrArray *list, const char *code)
{
  for (guint i = 0; i < list->len; i++)
    {
      AttestEvidence *evidence = g_ptr_array_index (list, i);

      if (strcmp (evidence->code, code) == 0)
        return evidence;
    }
  return NULL;
}

static gboolean
load_evidence (AttestStore *store, const AttestReportFilter *filter, gint64 codebook_id,
               GPtrArray *list, GError **error)
{
  g_autofree char *attribute = attest_store_normalise_attribute (filter->attribute);
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[EVIDENCE], error, "isss", codebook_id,
                           ATTEST_ATTRIBUTE_GROUP, attribute, filter->value);
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      AttestEvidence *evidence = find_evidence (list, attest_stmt_text (stmt, 0));

      if (evidence != NULL)
        count_respondent (evidence, attest_stmt_text (stmt, 2), sqlite3_column_int (stmt, 1) != 0,
                          sqlite3_column_int64 (stmt, 3), sqlite3_column_int (stmt, 4) != 0);
    }
  return rc == 0;
}

GPtrArray *
attest_store_report_evidence (AttestStore *store, const AttestReportFilter *filter,
                              const char *code, GError **error)
{
  static const AttestReportFilter all = { NULL };
  g_autoptr (GPtrArray) list
      = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_evidence_free);
  g_autoptr (AttestFrequency) frequency = NULL;
  g_autoptr (GArray) present = NULL;

  filter = filter != NULL ? filter : &all;
  frequency = attest_store_report_frequency (store, filter, error);
  if (frequency == NULL)
    return NULL;
  present = load_present (store, filter, frequency->codebook->id, error);
  if (present == NULL)
    return NULL;
  for (guint i = 0; i < frequency->rows->len; i++)
    {
      const AttestFrequencyRow *row = &g_array_index (frequency->rows, AttestFrequencyRow, i);

      if (code == NULL || strcmp (row->code, code) == 0)
        g_ptr_array_add (list, evidence_new (row, present));
    }
  if (code != NULL && list->len == 0)
    return attest_throw_null (error, ATTEST_ERROR_USAGE,
                              "no code '%s' in the segments of codebook '%s'", code,
                              frequency->codebook->name);
  return load_evidence (store, filter, frequency->codebook->id, list, error)
             ? g_steal_pointer (&list)
             : NULL;
}
