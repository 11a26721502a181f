#include "report/attest-report-evidence-matrix.h"

#include <string.h>

static void
clear_row (gpointer item)
{
  AttestEvidenceRow *row = item;

  g_free (row->id);
  g_free (row->title);
  g_free (row->dimension);
}

static void
clear_cell (gpointer item)
{
  AttestEvidenceCell *cell = item;

  if (cell->quotes != NULL)
    g_array_unref (cell->quotes);
}

void
attest_evidence_matrix_free (AttestEvidenceMatrix *matrix)
{
  if (matrix == NULL)
    return;
  g_free (matrix->attribute);
  g_ptr_array_unref (matrix->groups);
  g_free (matrix->present);
  g_array_unref (matrix->rows);
  g_array_unref (matrix->cells);
  g_clear_pointer (&matrix->passages, g_ptr_array_unref);
  g_free (matrix);
}

static AttestEvidenceMatrix *
matrix_new (const AttestReportData *data, AttestEvidenceOf of, const char *attribute)
{
  AttestEvidenceMatrix *matrix = g_new0 (AttestEvidenceMatrix, 1);

  matrix->data = data;
  matrix->of = of;
  matrix->attribute = g_strdup (attribute);
  matrix->groups = attest_report_data_list_values (data, attribute);
  matrix->present = g_new0 (gint64, matrix->groups->len + 1);
  matrix->rows = g_array_new (FALSE, TRUE, sizeof (AttestEvidenceRow));
  matrix->cells = g_array_new (FALSE, TRUE, sizeof (AttestEvidenceCell));
  matrix->n_quotes = 1;
  g_array_set_clear_func (matrix->rows, clear_row);
  g_array_set_clear_func (matrix->cells, clear_cell);
  for (guint r = 0; r < data->respondents->len; r++)
    if (attest_report_data_is_present (data, r))
      matrix->present[attest_report_data_find_value (
          matrix->groups, attest_report_data_attribute (data, r, attribute))]++;
  return matrix;
}

/* Takes the strings. */
static guint
add_row (AttestEvidenceMatrix *matrix, char *id, char *title, char *dimension)
{
  AttestEvidenceRow row = { id, title, dimension };
  guint first = matrix->cells->len;

  g_array_append_val (matrix->rows, row);
  g_array_set_size (matrix->cells, first + matrix->groups->len);
  for (guint i = first; i < matrix->cells->len; i++)
    g_array_index (matrix->cells, AttestEvidenceCell, i).quotes
        = g_array_new (FALSE, FALSE, sizeof (AttestEvidenceQuote));
  return matrix->rows->len - 1;
}

/* ---- directions ---- */

enum
{
  SPOKE = 1,
  POSITIVE = 2,
  NEGATIVE = 4
};

static void
count_voices (AttestEvidenceMatrix *matrix, guint row, const guint8 *ways)
{
  for (guint r = 0; r < matrix->data->respondents->len; r++)
    {
      guint group = attest_report_data_find_value (
          matrix->groups, attest_report_data_attribute (matrix->data, r, matrix->attribute));
      AttestEvidenceCell *cell;

      if (ways[r] == 0 || group == ATTEST_NO_INDEX)
        continue;
      cell = attest_evidence_matrix_cell (matrix, row, group);
      cell->spoke++;
      cell->positive += (ways[r] & POSITIVE) != 0;
      cell->negative += (ways[r] & NEGATIVE) != 0;
      cell->neutral += (ways[r] & (POSITIVE | NEGATIVE)) == 0;
    }
}

static guint8
way_of (const AttestDatum *datum)
{
  switch (datum->qualifiers.values[ATTEST_QUALIFIER_POLARITY])
    {
    case ATTEST_POLARITY_POSITIVE:
      return SPOKE | POSITIVE;
    case ATTEST_POLARITY_NEGATIVE:
      return SPOKE | NEGATIVE;
    case ATTEST_POLARITY_MIXED:
      return SPOKE | POSITIVE | NEGATIVE;
    default:
      return SPOKE;
    }
}

/* A passage may have several codes of a question; its quote is shown once. */
static gboolean
has_quote (const AttestEvidenceMatrix *matrix, const AttestEvidenceCell *cell,
           const AttestDatum *datum)
{
  const AttestEvidenceQuote *last;

  if (cell->quotes->len == 0)
    return FALSE;
  last = &g_array_index (cell->quotes, AttestEvidenceQuote, cell->quotes->len - 1);
  return strcmp (attest_report_datum (matrix->data, last->segment)->id, datum->id) == 0;
}

static void
add_segment (AttestEvidenceMatrix *matrix, guint row, guint segment, guint8 *ways)
{
  const AttestReportData *data = matrix->data;
  const AttestDatum *datum = attest_report_datum (data, segment);
  guint group = attest_report_data_find_value (
      matrix->groups, attest_report_data_attribute (data, datum->respondent, matrix->attribute));
  AttestEvidenceQuote quote = { segment, NULL };
  AttestEvidenceCell *cell;

  if (group == ATTEST_NO_INDEX)
    return;
  cell = attest_evidence_matrix_cell (matrix, row, group);
  cell->segments++;
  if (!has_quote (matrix, cell, datum))
    g_array_append_val (cell->quotes, quote);
  if (datum->respondent != ATTEST_NO_INDEX)
    ways[datum->respondent] |= way_of (datum);
}

/* The quotes to be read first come first. */
static void
sort_quotes (AttestEvidenceMatrix *matrix, guint row)
{
  for (guint g = 0; g < matrix->groups->len; g++)
    {
      AttestEvidenceCell *cell = attest_evidence_matrix_cell (matrix, row, g);
      g_autoptr (GArray) segments = g_array_new (FALSE, FALSE, sizeof (guint));

      for (guint i = 0; i < cell->quotes->len; i++)
        g_array_append_val (segments, g_array_index (cell->quotes, AttestEvidenceQuote, i).segment);
      attest_report_data_sort_quotes (matrix->data, segments);
      for (guint i = 0; i < cell->quotes->len; i++)
        g_array_index (cell->quotes, AttestEvidenceQuote, i).segment
            = g_array_index (segments, guint, i);
    }
}

/* What the public is not told of: also where few speak one way, or neither. */
static void
hide (AttestEvidenceMatrix *matrix)
{
  guint n = matrix->groups->len;
  g_autofree gint64 *spoke = g_new0 (gint64, n + 1);
  g_autofree guint8 *hidden = g_new0 (guint8, n + 1);

  for (guint row = 0; row < matrix->rows->len; row++)
    {
      for (guint g = 0; g < n; g++)
        {
          const AttestEvidenceCell *cell = attest_evidence_matrix_cell (matrix, row, g);
          const AttestDisclosure *disclosure = matrix->data->disclosure;

          spoke[g] = cell->spoke;
          hidden[g] = attest_disclosure_is_small (disclosure, cell->positive)
                      || attest_disclosure_is_small (disclosure, cell->negative)
                      || attest_disclosure_is_small (disclosure, cell->neutral)
                      || attest_disclosure_is_small (disclosure, cell->spoke - cell->positive)
                      || attest_disclosure_is_small (disclosure, cell->spoke - cell->negative);
        }
      attest_report_data_hide_line (matrix->data, matrix->present, spoke, n, hidden);
      for (guint g = 0; g < n; g++)
        attest_evidence_matrix_cell (matrix, row, g)->is_hidden = hidden[g];
    }
}

/* Fills the rows from segments; @rows_of[code]: (element-type guint) the rows that it is part of.
 */
static void
fill_rows (AttestEvidenceMatrix *matrix, GArray *const *rows_of)
{
  guint n = MAX (matrix->data->respondents->len, 1);
  g_autofree guint8 *ways = g_new0 (guint8, (gsize)MAX (matrix->rows->len, 1) * n);

  for (guint i = 0; i < matrix->data->segments->len; i++)
    {
      const GArray *rows = rows_of[attest_report_datum (matrix->data, i)->code];

      for (guint k = 0; k < rows->len; k++)
        {
          guint row = g_array_index (rows, guint, k);

          add_segment (matrix, row, i, ways + (gsize)row * n);
        }
    }
  for (guint row = 0; row < matrix->rows->len; row++)
    {
      count_voices (matrix, row, ways + (gsize)row * n);
      sort_quotes (matrix, row);
    }
}

static GArray **
new_rows_of (const AttestReportData *data)
{
  guint n = data->frequency->rows->len;
  GArray **rows_of = g_new0 (GArray *, n + 1);

  for (guint i = 0; i < n; i++)
    rows_of[i] = g_array_new (FALSE, FALSE, sizeof (guint));
  return rows_of;
}

static void
free_rows_of (GArray **rows_of)
{
  for (guint i = 0; rows_of[i] != NULL; i++)
    g_array_unref (rows_of[i]);
  g_free (rows_of);
}

AttestEvidenceMatrix *
attest_evidence_matrix_of_codes (const AttestReportData *data, const char *attribute,
                                 const char *dimension)
{
  AttestEvidenceMatrix *matrix = matrix_new (data, ATTEST_EVIDENCE_OF_CODES, attribute);
  GArray **rows_of = new_rows_of (data);

  for (guint i = 0; i < data->frequency->rows->len; i++)
    {
      const AttestFrequencyRow *code = attest_report_data_code (data, i);
      guint row;

      if (dimension != NULL && strcmp (code->dimension, dimension) != 0)
        continue;
      row = add_row (matrix, g_strdup (code->code), attest_report_data_dup_code_title (data, i),
                     g_strdup (code->dimension));
      g_array_append_val (rows_of[i], row);
    }
  fill_rows (matrix, rows_of);
  free_rows_of (rows_of);
  hide (matrix);
  return matrix;
}

AttestEvidenceMatrix *
attest_evidence_matrix_of_questions (const AttestReportData *data, const char *attribute,
                                     const GPtrArray *guides)
{
  AttestEvidenceMatrix *matrix = matrix_new (data, ATTEST_EVIDENCE_OF_QUESTIONS, attribute);
  GArray **rows_of = new_rows_of (data);

  for (guint i = 0; i < guides->len; i++)
    {
      const AttestGuideInfo *guide = g_ptr_array_index (guides, i);

      for (guint q = 0; q < guide->questions->len; q++)
        {
          const AttestGuideQuestionInfo *question
              = &g_array_index (guide->questions, AttestGuideQuestionInfo, q);
          guint row = add_row (matrix, g_strdup (question->question),
                               g_strdup_printf ("%s %s", question->question, question->text),
                               g_strdup (question->section));

          for (char **code = question->codes; *code != NULL; code++)
            {
              guint at = attest_report_data_find_code (data, *code);

              if (at != ATTEST_NO_INDEX)
                g_array_append_val (rows_of[at], row);
            }
        }
    }
  fill_rows (matrix, rows_of);
  free_rows_of (rows_of);
  hide (matrix);
  return matrix;
}

/* ---- findings ---- */

static guint8
way_of_stance (AttestStance stance)
{
  static const guint8 ways[ATTEST_N_STANCES] = { [ATTEST_STANCE_SUPPORTS] = SPOKE | POSITIVE,
                                                 [ATTEST_STANCE_CONTRADICTS] = SPOKE | NEGATIVE,
                                                 [ATTEST_STANCE_CONTEXT] = SPOKE };

  return ways[stance];
}

static void
add_finding (AttestEvidenceMatrix *matrix, const AttestLedgerEntry *entry, GHashTable *quotes)
{
  const AttestReportData *data = matrix->data;
  g_autofree char *text
      = attest_disclosure_dup_text (data->disclosure, entry->fields[ATTEST_FIELD_TEXT]);
  guint row = add_row (matrix, g_strdup (entry->id), g_strdup_printf ("%s: %s", entry->id, text),
                       g_strdup (entry->fields[ATTEST_FIELD_CRITERION]));
  g_autofree guint8 *ways = g_new0 (guint8, data->respondents->len + 1);

  for (guint i = 0; i < entry->links->len; i++)
    {
      const AttestLedgerLink *link = &g_array_index (entry->links, AttestLedgerLink, i);
      AttestEvidenceQuote quote = { ATTEST_NO_INDEX, NULL };
      guint respondent, group;

      if (link->entry != NULL)
        continue;
      quote.passage = g_hash_table_lookup (quotes, link->id);
      if (quote.passage == NULL || quote.passage->problem != NULL)
        continue;
      respondent = attest_report_data_find_respondent (data, quote.passage->respondent);
      group = attest_report_data_find_value (
          matrix->groups, attest_report_data_attribute (data, respondent, matrix->attribute));
      if (group == ATTEST_NO_INDEX)
        continue;
      attest_evidence_matrix_cell (matrix, row, group)->segments++;
      g_array_append_val (attest_evidence_matrix_cell (matrix, row, group)->quotes, quote);
      if (respondent != ATTEST_NO_INDEX)
        ways[respondent] |= way_of_stance (link->stance);
    }
  count_voices (matrix, row, ways);
}

AttestEvidenceMatrix *
attest_evidence_matrix_of_findings (const AttestReportData *data, const char *attribute,
                                    const AttestLedger *ledger, GError **error)
{
  g_autoptr (AttestEvidenceMatrix) matrix
      = matrix_new (data, ATTEST_EVIDENCE_OF_FINDINGS, attribute);
  g_autoptr (GHashTable) quotes
      = attest_store_load_linked_quotes (data->store, ledger, &matrix->passages, error);

  if (quotes == NULL)
    return NULL;
  for (guint i = 0; i < ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (ledger->entries, i);

      if (entry->kind == ATTEST_ENTRY_FINDING && !attest_ledger_entry_is_withdrawn (entry))
        add_finding (matrix, entry, quotes);
    }
  hide (matrix);
  return g_steal_pointer (&matrix);
}

/* ---- what a cell says ---- */

const char *
attest_evidence_matrix_direction (const AttestEvidenceMatrix *matrix, guint row, guint group)
{
  const AttestEvidenceCell *cell = attest_evidence_matrix_cell (matrix, row, group);

  if (cell->positive > 0 && cell->negative > 0)
    return "mixed";
  if (cell->positive > 0 || cell->negative > 0)
    return cell->positive > 0 ? "positive" : "negative";
  if (cell->spoke > 0 || cell->segments > 0)
    return "neutral";
  return matrix->present[group] > 0 ? "silent" : "absent";
}

gboolean
attest_evidence_matrix_is_hidden (const AttestEvidenceMatrix *matrix, guint row, guint group)
{
  return attest_evidence_matrix_cell (matrix, row, group)->is_hidden;
}
