#include "stats/attest-spans.h"

#include <math.h>

#include "stats/attest-unitizing-1995.h"

#define OVERLAPPING "a coder gave two codes to one place: see each code"
#define ONE_CODE "takes two codes or more"
#define NEVER "nobody gave it"
#define NO_GAP "nobody left a gap"
#define NO_VARIATION "no variation, so that chance alone agrees"
#define NOT_MET "units of two coders never meet"

typedef struct
{
  const AttestSpansInput *input;
  gboolean with_overall; /* as part n_codes */

} Model;

const char *
attest_span_figure_to_string (AttestSpanFigure figure)
{
  static const char *const names[]
      = { "u_alpha", "bar_u_alpha", "cu_alpha", "ku_alpha", "overlap" };

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == ATTEST_N_SPAN_FIGURES);
  return names[figure];
}

/* ---- what a text adds ---- */

/* The units of one code, which becomes value 0. */
static void
fill_code (const AttestContinuum *text, guint code, AttestAdder *adder)
{
  g_autoptr (GPtrArray) arrays = g_ptr_array_new_with_free_func (g_free);
  g_autofree guint *n_units = g_new0 (guint, text->n_coders);
  AttestContinuum own = *text;

  for (guint i = 0; i < text->n_coders; i++)
    {
      AttestStretch *units = g_new (AttestStretch, MAX (text->n_units[i], 1));

      for (guint k = 0; k < text->n_units[i]; k++)
        if (text->units[i][k].value == code)
          units[n_units[i]++]
              = (AttestStretch){ text->units[i][k].start, text->units[i][k].end, 0 };
      g_ptr_array_add (arrays, units);
    }
  own.units = (const AttestStretch *const *)arrays->pdata;
  own.n_units = n_units;
  attest_unitizing_add (&own, 1, adder);
}

static void
fill (gconstpointer data, guint part, guint cluster, AttestAdder *adder)
{
  const Model *model = data;
  const AttestContinuum *text = &model->input->texts[cluster];

  if (part == model->input->n_codes)
    attest_unitizing_add (text, part, adder);
  else
    fill_code (text, part, adder);
}

static void
compute_figures (gconstpointer data, const double *const *sums, double *figures)
{
  const Model *model = data;
  guint n = model->input->n_codes;
  double *overall = figures + (gsize)n * ATTEST_N_SPAN_FIGURES;
  g_autofree double *ku_alpha = g_new (double, MAX (n, 1));

  for (guint i = 0; i < (n + 1) * ATTEST_N_SPAN_FIGURES; i++)
    figures[i] = NAN;
  for (guint i = 0; i < n; i++)
    {
      double *own = figures + (gsize)i * ATTEST_N_SPAN_FIGURES;

      own[ATTEST_U_ALPHA] = attest_unitizing (sums[i], 1, NULL, &own[ATTEST_OVERLAP]).u_alpha;
    }
  if (!model->with_overall)
    return;
  AttestUnitizing all = attest_unitizing (sums[n], n, ku_alpha, NULL);
  for (guint i = 0; i < n; i++)
    figures[(gsize)i * ATTEST_N_SPAN_FIGURES + ATTEST_KU_ALPHA] = ku_alpha[i];
  overall[ATTEST_U_ALPHA] = all.u_alpha;
  overall[ATTEST_BAR_U_ALPHA] = all.bar_u_alpha;
  overall[ATTEST_CU_ALPHA] = all.cu_alpha;
  overall[ATTEST_OVERLAP] = all.coded > 0 ? all.coverage / all.coded : NAN;
}

/* ---- counts ---- */

static gboolean
is_overlapping (const AttestSpansInput *input)
{
  for (guint t = 0; t < input->n_texts; t++)
    for (guint i = 0; i < input->texts[t].n_coders; i++)
      for (guint k = 1; k < input->texts[t].n_units[i]; k++)
        {
          const AttestStretch *unit = &input->texts[t].units[i][k];

          if (unit->start < unit[-1].end)
            return TRUE;
        }
  return FALSE;
}

/* Lengths of what @units cover, whatever the code. */
static gint64
covered_length (const AttestStretch *units, guint n)
{
  gint64 sum = 0, end = 0;

  for (guint i = 0; i < n; i++)
    {
      sum += MAX (units[i].end - MAX (units[i].start, end), 0);
      end = MAX (end, units[i].end);
    }
  return sum;
}

static void
count (const AttestSpansInput *input, AttestSpans *spans)
{
  g_autofree double *lengths = g_new0 (double, MAX (input->n_codes, 1));
  double read = 0, covered = 0;

  for (guint t = 0; t < input->n_texts; t++)
    {
      const AttestContinuum *text = &input->texts[t];

      spans->length += text->length;
      read += (double)text->length * text->n_coders;
      for (guint i = 0; i < text->n_coders; i++)
        {
          covered += (double)covered_length (text->units[i], text->n_units[i]);
          spans->overall.units += text->n_units[i];
          for (guint k = 0; k < text->n_units[i]; k++)
            {
              const AttestStretch *unit = &text->units[i][k];

              spans->codes[unit->value].units++;
              lengths[unit->value] += (double)(unit->end - unit->start);
            }
        }
    }
  for (guint i = 0; i < input->n_codes; i++)
    spans->codes[i].prevalence = read > 0 ? lengths[i] / read : NAN;
  spans->overall.prevalence = read > 0 ? covered / read : NAN;
}

static void
compare_1995 (const AttestSpansInput *input, AttestSpans *spans)
{
  AttestDisagreement sum = { 0, 0 };

  spans->overall.u_alpha_1995 = NAN;
  for (guint i = 0; i < input->n_codes; i++)
    {
      spans->codes[i].u_alpha_1995 = NAN;
      if (input->n_texts != 1)
        continue;
      AttestDisagreement own = attest_unitizing_1995 (&input->texts[0], i);
      if (own.expected > 0)
        spans->codes[i].u_alpha_1995 = 1 - own.observed / own.expected;
      sum.observed += own.observed;
      sum.expected += own.expected;
    }
  if (sum.expected > 0)
    spans->overall.u_alpha_1995 = 1 - sum.observed / sum.expected;
}

/* ---- what applies, and why not ---- */

static const char *
reason_for (const AttestSpans *spans, const AttestSpansRow *row, guint figure)
{
  if (row->units == 0)
    return NEVER;
  if (spans->overlapping && (row == &spans->overall || figure == ATTEST_KU_ALPHA))
    return OVERLAPPING;
  if (figure == ATTEST_BAR_U_ALPHA)
    return NO_GAP;
  if (figure == ATTEST_CU_ALPHA || figure == ATTEST_KU_ALPHA)
    return spans->n_codes < 2 ? ONE_CODE : NOT_MET;
  return NO_VARIATION;
}

static void
set_row (const AttestSpans *spans, AttestSpansRow *row, const AttestEstimate *estimates,
         const guint *undefined)
{
  gboolean is_overall = row == &spans->overall;

  for (guint k = 0; k < ATTEST_N_SPAN_FIGURES; k++)
    {
      row->applies[k]
          = k == ATTEST_U_ALPHA || k == ATTEST_OVERLAP || (k == ATTEST_KU_ALPHA) != is_overall;
      row->estimates[k] = estimates[k];
      row->undefined[k] = undefined[k];
      if (isnan (estimates[k].value))
        row->reasons[k] = reason_for (spans, row, k);
    }
}

AttestSpans *
attest_spans_compute (const AttestSpansInput *input)
{
  AttestSpans *spans = g_new0 (AttestSpans, 1);
  guint n = input->n_codes, n_figures = (n + 1) * ATTEST_N_SPAN_FIGURES;
  g_autofree gsize *lengths = g_new (gsize, (gsize)n + 1);
  g_autofree double *figures = g_new (double, n_figures);
  g_autofree AttestEstimate *estimates = g_new (AttestEstimate, n_figures);
  g_autofree guint *undefined = g_new0 (guint, n_figures);

  spans->n_codes = n;
  spans->codes = g_new0 (AttestSpansRow, MAX (n, 1));
  spans->overlapping = is_overlapping (input);
  count (input, spans);
  compare_1995 (input, spans);
  Model model = { input, !spans->overlapping };
  for (guint i = 0; i < n; i++)
    lengths[i] = attest_unitizing_length (1);
  lengths[n] = attest_unitizing_length (n);
  AttestResampleModel resampled = { .n_clusters = input->n_texts,
                                    .n_parts = n + (model.with_overall ? 1u : 0u),
                                    .lengths = lengths,
                                    .n_figures = n_figures,
                                    .fill = fill,
                                    .figures = compute_figures,
                                    .data = &model };
  attest_resample_point (&resampled, figures);
  for (guint i = 0; i < n_figures; i++)
    estimates[i] = (AttestEstimate){ figures[i], NAN, NAN };
  if (input->rounds > 0 && input->n_texts > 1)
    {
      g_autoptr (AttestResample) resample = attest_resample_new (&resampled);

      attest_resample_intervals (resample, input->rounds, input->seed, MAX (input->jobs, 1),
                                 estimates, undefined);
    }
  for (guint i = 0; i <= n; i++)
    set_row (spans, i < n ? &spans->codes[i] : &spans->overall,
             estimates + (gsize)i * ATTEST_N_SPAN_FIGURES,
             undefined + (gsize)i * ATTEST_N_SPAN_FIGURES);
  return spans;
}

void
attest_spans_free (AttestSpans *spans)
{
  if (spans == NULL)
    return;
  g_free (spans->codes);
  g_free (spans);
}
