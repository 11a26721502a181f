#include "stats/attest-score.h"

#include <math.h>
#include <string.h>

#include "stats/attest-resample.h"

/* Weighted counts of one code. */
typedef struct
{
  double tp, fp, fn;
} Counts;

struct _AttestScore
{
  guint n_codes;
  guint items;
  GPtrArray *clusters; /* of Counts *, n_codes each */
  gint64 *plain;       /* tp, fp, fn of each code, not weighted */
  gint64 *confusion;
};

AttestScore *
attest_score_new (guint n_codes)
{
  AttestScore *score = g_new0 (AttestScore, 1);

  score->n_codes = n_codes;
  score->clusters = g_ptr_array_new_with_free_func (g_free);
  score->plain = g_new0 (gint64, 3 * (gsize)n_codes);
  score->confusion = g_new0 (gint64, (gsize)(n_codes + 1) * (n_codes + 1));
  return score;
}

void
attest_score_free (AttestScore *score)
{
  if (score == NULL)
    return;
  g_ptr_array_unref (score->clusters);
  g_free (score->plain);
  g_free (score->confusion);
  g_free (score);
}

static gboolean
holds (const GArray *codes, guint code)
{
  for (guint i = 0; i < codes->len; i++)
    if (g_array_index (codes, guint, i) == code)
      return TRUE;
  return FALSE;
}

static void
add_confusion (AttestScore *score, const GArray *gold, const GArray *found)
{
  guint none = score->n_codes;
  gsize width = (gsize)none + 1;

  for (guint i = 0; i < gold->len; i++)
    {
      guint right = g_array_index (gold, guint, i);
      gboolean mistaken = FALSE;

      if (holds (found, right))
        {
          score->confusion[right * width + right]++;
          continue;
        }
      for (guint k = 0; k < found->len; k++)
        if (!holds (gold, g_array_index (found, guint, k)))
          {
            score->confusion[right * width + g_array_index (found, guint, k)]++;
            mistaken = TRUE;
          }
      if (!mistaken)
        score->confusion[right * width + none]++;
    }
  if (gold->len > 0)
    return;
  for (guint k = 0; k < found->len; k++)
    score->confusion[none * width + g_array_index (found, guint, k)]++;
  if (found->len == 0)
    score->confusion[none * width + none]++;
}

void
attest_score_add (AttestScore *score, guint cluster, double weight, const GArray *gold,
                  const GArray *found)
{
  Counts *counts;

  while (score->clusters->len <= cluster)
    g_ptr_array_add (score->clusters, g_new0 (Counts, MAX (score->n_codes, 1)));
  counts = g_ptr_array_index (score->clusters, cluster);
  score->items++;
  for (guint i = 0; i < gold->len; i++)
    {
      guint code = g_array_index (gold, guint, i);

      if (holds (found, code))
        {
          counts[code].tp += weight;
          score->plain[3 * code]++;
        }
      else
        {
          counts[code].fn += weight;
          score->plain[3 * code + 2]++;
        }
    }
  for (guint i = 0; i < found->len; i++)
    {
      guint code = g_array_index (found, guint, i);

      if (!holds (gold, code))
        {
          counts[code].fp += weight;
          score->plain[3 * code + 1]++;
        }
    }
  add_confusion (score, gold, found);
}

/* ---- figures ---- */

enum
{
  PRECISION,
  RECALL,
  F1,
  N_FIGURES
};

static void
figures_of (const Counts *c, double figures[N_FIGURES])
{
  figures[PRECISION] = c->tp + c->fp > 0 ? c->tp / (c->tp + c->fp) : NAN;
  figures[RECALL] = c->tp + c->fn > 0 ? c->tp / (c->tp + c->fn) : NAN;
  figures[F1] = c->tp + c->fp + c->fn > 0 ? 2 * c->tp / (2 * c->tp + c->fp + c->fn) : NAN;
}

/* Figures of each code, then micro, then macro: N_FIGURES × (n_codes + 2). */
static void
all_figures (const Counts *counts, guint n_codes, double *figures)
{
  double *macro = figures + (gsize)N_FIGURES * (n_codes + 1);
  guint defined[N_FIGURES] = { 0 };
  Counts sum = { 0, 0, 0 };

  memset (macro, 0, sizeof (double) * N_FIGURES);
  for (guint i = 0; i < n_codes; i++)
    {
      double *own = figures + (gsize)N_FIGURES * i;

      figures_of (&counts[i], own);
      sum.tp += counts[i].tp;
      sum.fp += counts[i].fp;
      sum.fn += counts[i].fn;
      for (guint k = 0; k < N_FIGURES; k++)
        if (!isnan (own[k]))
          {
            macro[k] += own[k];
            defined[k]++;
          }
    }
  figures_of (&sum, figures + (gsize)N_FIGURES * n_codes);
  for (guint k = 0; k < N_FIGURES; k++)
    macro[k] = defined[k] > 0 ? macro[k] / defined[k] : NAN;
}

/* A cluster has a vector of tp, fp and fn of each code. */
static void
fill (gconstpointer data, guint code, guint cluster, AttestAdder *adder)
{
  const AttestScore *score = data;
  const Counts *counts = (const Counts *)g_ptr_array_index (score->clusters, cluster) + code;

  attest_adder_add (adder, 0, counts->tp);
  attest_adder_add (adder, 1, counts->fp);
  attest_adder_add (adder, 2, counts->fn);
}

static void
compute_figures (gconstpointer data, const double *const *sums, double *figures)
{
  const AttestScore *score = data;
  g_autofree Counts *counts = g_new (Counts, MAX (score->n_codes, 1));

  for (guint i = 0; i < score->n_codes; i++)
    counts[i] = (Counts){ sums[i][0], sums[i][1], sums[i][2] };
  all_figures (counts, score->n_codes, figures);
}

static AttestScoreRow *
row_at (AttestScoreResult *result, guint i)
{
  if (i < result->n_codes)
    return &result->codes[i];
  return i == result->n_codes ? &result->micro : &result->macro;
}

static AttestEstimate *
estimate_at (AttestScoreRow *row, guint figure)
{
  return figure == PRECISION ? &row->precision : figure == RECALL ? &row->recall : &row->f1;
}

static void
estimate (const AttestScore *score, guint rounds, guint32 seed, AttestScoreResult *result)
{
  guint n_figures = N_FIGURES * (score->n_codes + 2);
  g_autofree gsize *lengths = g_new (gsize, MAX (score->n_codes, 1));
  g_autofree double *figures = g_new (double, n_figures);
  g_autofree AttestEstimate *estimates = g_new (AttestEstimate, n_figures);
  AttestResampleModel model = { .n_clusters = score->clusters->len,
                                .n_parts = score->n_codes,
                                .lengths = lengths,
                                .n_figures = n_figures,
                                .fill = fill,
                                .figures = compute_figures,
                                .data = score };

  for (guint i = 0; i < score->n_codes; i++)
    lengths[i] = 3;
  attest_resample_point (&model, figures);
  for (guint i = 0; i < n_figures; i++)
    estimates[i] = (AttestEstimate){ figures[i], NAN, NAN };
  if (rounds > 0 && score->clusters->len > 1)
    {
      g_autoptr (AttestResample) resample = attest_resample_new (&model);

      attest_resample_intervals (resample, rounds, seed, 1, estimates, NULL);
    }
  for (guint i = 0; i < n_figures; i++)
    *estimate_at (row_at (result, i / N_FIGURES), i % N_FIGURES) = estimates[i];
}

AttestScoreResult *
attest_score_compute (const AttestScore *score, guint rounds, guint32 seed)
{
  AttestScoreResult *result = g_new0 (AttestScoreResult, 1);
  gsize cells = (gsize)(score->n_codes + 1) * (score->n_codes + 1);

  result->items = score->items;
  result->clusters = score->clusters->len;
  result->n_codes = score->n_codes;
  result->codes = g_new0 (AttestScoreRow, MAX (score->n_codes, 1));
  result->confusion = g_memdup2 (score->confusion, cells * sizeof (gint64));
  estimate (score, rounds, seed, result);
  for (guint i = 0; i < score->n_codes + 2; i++)
    {
      AttestScoreRow *row = row_at (result, i);

      for (guint c = i < score->n_codes ? i : 0; c < (i < score->n_codes ? i + 1 : score->n_codes);
           c++)
        {
          row->tp += score->plain[3 * c];
          row->fp += score->plain[3 * c + 1];
          row->fn += score->plain[3 * c + 2];
        }
    }
  return result;
}

void
attest_score_result_free (AttestScoreResult *result)
{
  if (result == NULL)
    return;
  g_free (result->codes);
  g_free (result->confusion);
  g_free (result);
}
