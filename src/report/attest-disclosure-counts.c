#include "report/attest-disclosure-counts.h"

#include <string.h>

#include "stats/attest-suppression.h"

/* ---- parts of a whole ---- */

/* A count of each part. */
typedef struct
{
  const gint64 *counts;
  const guint8 *small; /* (nullable) which the reader knows to be within 1 and small_max */
  gint64 small_max;
} Measure;

/* Hides parts with those that are hidden already, until no count of them follows from the others
 * and the total. TRUE: the total must not be printed either. */
static gboolean
hide_parts (guint n, const Measure *measures, guint n_measures, guint8 *hidden)
{
  const guint width = n + 1;
  g_autofree gint64 *counts = g_new0 (gint64, (gsize)width * 2);
  g_autofree guint8 *is_small = g_new0 (guint8, (gsize)width * 2);
  g_autofree guint8 *is_hidden = g_new0 (guint8, (gsize)width * 2);
  gboolean again = TRUE;

  memcpy (is_hidden, hidden, n);
  /* The second row, of totals of columns, is printed nowhere. */
  memset (is_hidden + width, 1, width);
  while (again)
    {
      again = FALSE;
      for (guint m = 0; m < n_measures; m++)
        {
          AttestSuppressionTable table
              = { 1, n, counts, is_small, 1, MAX (measures[m].small_max, 1) };

          memset (is_small, 0, n);
          if (measures[m].small != NULL)
            memcpy (is_small, measures[m].small, n);
          memcpy (counts, measures[m].counts, n * sizeof *counts);
          attest_suppression_add_up (counts, 1, n);
          again |= attest_suppression_complete (&table, is_hidden);
        }
    }
  memcpy (hidden, is_hidden, n);
  return is_hidden[n];
}

gint64
attest_disclosure_hide_count (const AttestDisclosure *disclosure, gint64 respondents)
{
  return attest_disclosure_is_small (disclosure, respondents)
             ? -(gint64)attest_disclosure_get_min_group (disclosure)
             : respondents;
}

/* ---- frequency ---- */

static void
hide_row (const AttestDisclosure *disclosure, AttestFrequency *frequency, AttestFrequencyRow *row)
{
  gint64 respondents = attest_disclosure_hide_count (disclosure, row->respondents);

  row->respondents = respondents < 0 ? respondents : ATTEST_COUNT_HIDDEN;
  row->segments = row->hits = row->sources = row->groups = ATTEST_COUNT_HIDDEN;
  frequency->totals.segments = ATTEST_COUNT_HIDDEN;
}

void
attest_disclosure_hide_frequency (const AttestDisclosure *disclosure, AttestFrequency *frequency)
{
  AttestReportTotals *totals = &frequency->totals;

  if (!attest_disclosure_is_public (disclosure))
    return;
  g_free (frequency->audience);
  frequency->audience = attest_disclosure_dup_rule (disclosure);
  for (guint i = 0; i < frequency->rows->len; i++)
    {
      AttestFrequencyRow *row = &g_array_index (frequency->rows, AttestFrequencyRow, i);

      if (attest_disclosure_is_small (disclosure, row->respondents))
        hide_row (disclosure, frequency, row);
    }
  if (!attest_disclosure_is_small (disclosure, totals->respondents))
    return;
  totals->respondents = attest_disclosure_hide_count (disclosure, totals->respondents);
  totals->sources = totals->groups = ATTEST_COUNT_HIDDEN;
}

static AttestFrequencyRow *
find_row (AttestFrequency *frequency, const char *code)
{
  for (guint i = 0; i < frequency->rows->len; i++)
    {
      AttestFrequencyRow *row = &g_array_index (frequency->rows, AttestFrequencyRow, i);

      if (strcmp (row->code, code) == 0)
        return row;
    }
  return NULL;
}

/* ---- matrix ---- */

static void
hide_cell (const AttestDisclosure *disclosure, AttestMatrixCell *cell)
{
  gint64 respondents = attest_disclosure_hide_count (disclosure, cell->respondents);

  cell->respondents = respondents < 0 ? respondents : ATTEST_COUNT_HIDDEN;
  cell->segments = cell->sources = ATTEST_COUNT_HIDDEN;
}

/* Of a row whose columns are parts of a whole. TRUE: the total must not be printed. */
static gboolean
hide_parts_of_row (const AttestDisclosure *disclosure, AttestMatrixCell *cells, guint n)
{
  g_autofree gint64 *counts = g_new (gint64, (gsize)n * 3 + 1);
  g_autofree guint8 *small = g_new0 (guint8, (gsize)n + 1), *hidden = NULL;
  const Measure measures[]
      = { { counts, small, G_MAXINT64 },
          { counts + n, small, G_MAXINT64 },
          { counts + 2 * (gsize)n, small, attest_disclosure_get_min_group (disclosure) - 1 } };
  gboolean hides_total;

  for (guint i = 0; i < n; i++)
    {
      counts[i] = cells[i].segments;
      counts[n + i] = cells[i].sources;
      counts[2 * n + i] = cells[i].respondents;
      small[i] = attest_disclosure_is_small (disclosure, cells[i].respondents);
    }
  hidden = g_memdup2 (small, (gsize)n + 1);
  hides_total = hide_parts (n, measures, G_N_ELEMENTS (measures), hidden);
  for (guint i = 0; i < n; i++)
    if (hidden[i])
      hide_cell (disclosure, &cells[i]);
  return hides_total;
}

void
attest_disclosure_hide_matrix (const AttestDisclosure *disclosure, AttestMatrix *matrix,
                               gboolean by_attribute, AttestFrequency *frequency)
{
  for (guint r = 0; attest_disclosure_is_public (disclosure) && r < matrix->rows->len; r++)
    {
      AttestMatrixCell *cells = matrix->cells + (gsize)r * matrix->cols->len;
      AttestFrequencyRow *row = find_row (frequency, g_ptr_array_index (matrix->rows, r));

      if (by_attribute && row != NULL && row->respondents >= 0)
        {
          if (hide_parts_of_row (disclosure, cells, matrix->cols->len))
            hide_row (disclosure, frequency, row);
          continue;
        }
      for (guint c = 0; c < matrix->cols->len; c++)
        if (attest_disclosure_is_small (disclosure, cells[c].respondents))
          hide_cell (disclosure, &cells[c]);
    }
}

/* ---- evidence ---- */

/* Whether one of the four kinds of respondents, by having been asked and having spoken, is few. */
static gboolean
has_small_state (const AttestDisclosure *disclosure, gint64 present, gint64 asked, gint64 spoke,
                 gint64 both)
{
  const gint64 states[] = { both, asked - both, spoke - both, present - asked - spoke + both };

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (attest_disclosure_is_small (disclosure, states[i]))
      return TRUE;
  return FALSE;
}

/* By group: what is counted, where it is small, and what is hidden. */
typedef struct
{
  gint64 *present, *segments, *spoke, *asked, *both;
  guint8 *few_present, *few_spoke;
  guint8 *hidden, *hidden_asked; /* present, segments and spoke; asked and both */
} GroupCounts;

static void
group_counts_clear (GroupCounts *counts)
{
  g_free (counts->present);
  g_free (counts->segments);
  g_free (counts->spoke);
  g_free (counts->asked);
  g_free (counts->both);
  g_free (counts->few_present);
  g_free (counts->few_spoke);
  g_free (counts->hidden);
  g_free (counts->hidden_asked);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GroupCounts, group_counts_clear)

static void
read_groups (const AttestDisclosure *disclosure, GArray *groups, GroupCounts *out)
{
  gsize n = (gsize)groups->len + 1;

  *out = (GroupCounts){ g_new0 (gint64, n), g_new0 (gint64, n), g_new0 (gint64, n),
                        g_new0 (gint64, n), g_new0 (gint64, n), g_new0 (guint8, n),
                        g_new0 (guint8, n), g_new0 (guint8, n), g_new0 (guint8, n) };
  for (guint i = 0; i < groups->len; i++)
    {
      const AttestEvidenceGroup *group = &g_array_index (groups, AttestEvidenceGroup, i);

      out->present[i] = group->present;
      out->segments[i] = group->segments;
      out->spoke[i] = group->spoke;
      out->asked[i] = group->asked;
      out->both[i] = group->both;
      out->few_present[i] = attest_disclosure_is_small (disclosure, group->present);
      out->few_spoke[i] = attest_disclosure_is_small (disclosure, group->spoke);
      out->hidden[i] = out->few_present[i] || out->few_spoke[i];
      out->hidden_asked[i]
          = has_small_state (disclosure, group->present, group->asked, group->spoke, group->both);
    }
}

static void
hide_code (const AttestDisclosure *disclosure, AttestEvidence *evidence, AttestFrequency *frequency)
{
  AttestFrequencyRow *row = find_row (frequency, evidence->code);
  gint64 spoke = attest_disclosure_hide_count (disclosure, evidence->spoke);

  if (row != NULL && row->segments >= 0)
    hide_row (disclosure, frequency, row);
  evidence->spoke = spoke < 0 ? spoke : ATTEST_COUNT_HIDDEN;
  evidence->segments = evidence->hits = ATTEST_COUNT_HIDDEN;
  evidence->sources = evidence->n_groups = ATTEST_COUNT_HIDDEN;
}

static void
hide_group (const AttestDisclosure *disclosure, AttestEvidenceGroup *group)
{
  gint64 present = attest_disclosure_hide_count (disclosure, group->present);
  gint64 spoke = attest_disclosure_hide_count (disclosure, group->spoke);

  group->present = present < 0 ? present : ATTEST_COUNT_HIDDEN;
  group->spoke = spoke < 0 ? spoke : ATTEST_COUNT_HIDDEN;
  group->segments = ATTEST_COUNT_HIDDEN;
}

static void
hide_groups (const AttestDisclosure *disclosure, AttestEvidence *evidence,
             AttestFrequency *frequency)
{
  GArray *groups = evidence->groups;
  gint64 max = (gint64)attest_disclosure_get_min_group (disclosure) - 1;
  g_auto (GroupCounts) counts = { NULL };

  read_groups (disclosure, groups, &counts);
  {
    const Measure said[] = { { counts.present, counts.few_present, max },
                             { counts.segments, counts.few_spoke, G_MAXINT64 },
                             { counts.spoke, counts.few_spoke, max } };
    const Measure asked[] = { { counts.asked, NULL, 0 }, { counts.both, NULL, 0 } };

    if (hide_parts (groups->len, said, G_N_ELEMENTS (said), counts.hidden))
      hide_code (disclosure, evidence, frequency);
    for (guint i = 0; i < groups->len; i++)
      counts.hidden_asked[i] |= counts.hidden[i];
    if (hide_parts (groups->len, asked, G_N_ELEMENTS (asked), counts.hidden_asked))
      evidence->asked = evidence->both = ATTEST_COUNT_HIDDEN;
  }
  for (guint i = 0; i < groups->len; i++)
    {
      AttestEvidenceGroup *group = &g_array_index (groups, AttestEvidenceGroup, i);

      if (counts.hidden[i])
        hide_group (disclosure, group);
      if (counts.hidden_asked[i])
        group->asked = group->both = ATTEST_COUNT_HIDDEN;
    }
}

void
attest_disclosure_hide_evidence (const AttestDisclosure *disclosure, GPtrArray *codes,
                                 AttestFrequency *frequency)
{
  for (guint i = 0; attest_disclosure_is_public (disclosure) && i < codes->len; i++)
    {
      AttestEvidence *evidence = g_ptr_array_index (codes, i);
      GArray *groups = evidence->groups;
      const AttestEvidenceGroup nameless = { .group = NULL };
      gint64 spoke = evidence->spoke, asked = evidence->asked, both = evidence->both, present = 0;

      for (guint k = 0; k < groups->len; k++)
        present += g_array_index (groups, AttestEvidenceGroup, k).present;
      hide_groups (disclosure, evidence, frequency);
      if (has_small_state (disclosure, present, asked, spoke, both))
        evidence->asked = evidence->both = ATTEST_COUNT_HIDDEN;
      if (attest_disclosure_is_small (disclosure, evidence->spoke))
        hide_code (disclosure, evidence, frequency);
      if (groups->len == 0
          || g_array_index (groups, AttestEvidenceGroup, groups->len - 1).group != NULL)
        g_array_append_val (groups, nameless);
    }
}
