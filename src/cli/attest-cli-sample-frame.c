#include "cli/attest-cli-sample-frame.h"

#include <math.h>
#include <string.h>

#include "stats/attest-intraclass.h"
#include "store/attest-store-judgement.h"
#include "util/attest-error.h"

/* Of each code, or all that there are: without a few, nobody learns how it is understood. */
#define LEAST_OF_A_CODE 5
/* Sentences judged by two below which it is not estimated from them how alike they are. */
#define MIN_JUDGED 30

const char *const attest_alike_origins[]
    = { "given", "double coding", "segments", "assumed", NULL };

void
attest_sample_frame_free (AttestSampleFrame *frame)
{
  if (frame == NULL)
    return;
  g_free (frame->codebook);
  g_clear_pointer (&frame->project, attest_agree_project_free);
  g_clear_pointer (&frame->codes, g_ptr_array_unref);
  g_free (frame->numbers);
  g_free (frame->stratum_of);
  g_free ((gpointer)frame->strata.sizes);
  g_free ((gpointer)frame->strata.counts);
  g_free (frame->alike);
  g_free (frame->origins);
  g_free (frame);
}

static gboolean
holds (const AttestAgreeProject *project, gsize rating, guint number)
{
  guint16 set = project->ratings[rating];

  return set != ATTEST_NO_RATING && project->sets[(gsize)set * project->codes->len + number] != 0;
}

gboolean
attest_sample_frame_holds (const AttestSampleFrame *frame, guint item, guint code)
{
  return holds (frame->project, item, frame->numbers[code]);
}

/* ---- strata ---- */

static gboolean
choose_codes (AttestSampleFrame *frame, const char *code, GError **error)
{
  const GPtrArray *all = frame->project->codes;

  frame->codes = g_ptr_array_new ();
  frame->numbers = g_new (guint, MAX (all->len, 1));
  for (guint i = 0; i < all->len; i++)
    if (code == NULL || strcmp (code, all->pdata[i]) == 0)
      {
        frame->numbers[frame->codes->len] = i;
        g_ptr_array_add (frame->codes, all->pdata[i]);
      }
  return frame->codes->len > 0
         || attest_throw (error, ATTEST_ERROR_USAGE, "the codebook %s has no code '%s'",
                          frame->codebook, code);
}

/* The rarest code that @item has; n_codes: none. */
static guint
find_stratum (const AttestSampleFrame *frame, guint item, const gint64 *totals)
{
  guint best = frame->codes->len;

  for (guint i = 0; i < frame->codes->len; i++)
    if (attest_sample_frame_holds (frame, item, i)
        && (best == frame->codes->len || totals[i] < totals[best]))
      best = i;
  return best;
}

static void
make_strata (AttestSampleFrame *frame, double kappa)
{
  guint n_codes = frame->codes->len, n_items = frame->project->items->len;
  gint64 *sizes = g_new0 (gint64, (gsize)n_codes + 1);
  gint64 *counts = g_new0 (gint64, ((gsize)n_codes + 1) * MAX (n_codes, 1));
  g_autofree gint64 *totals = g_new0 (gint64, MAX (n_codes, 1));

  frame->stratum_of = g_new (guint, MAX (n_items, 1));
  for (guint item = 0; item < n_items; item++)
    for (guint i = 0; i < n_codes; i++)
      totals[i] += attest_sample_frame_holds (frame, item, i);
  for (guint item = 0; item < n_items; item++)
    {
      guint stratum = frame->stratum_of[item] = find_stratum (frame, item, totals);

      sizes[stratum]++;
      for (guint i = 0; i < n_codes; i++)
        counts[(gsize)stratum * n_codes + i] += attest_sample_frame_holds (frame, item, i);
    }
  frame->strata = (AttestStrata){
    .n_strata = n_codes + 1, .n_codes = n_codes, .sizes = sizes, .counts = counts, .kappa = kappa
  };
}

/* ---- how alike ---- */

/* Of what two people say of an item: whether they differ, and the share that gave the code; FALSE:
 * not two of them judged it. */
static gboolean
look_at_pair (const AttestAgreeProject *judged, guint item, guint code, double *out_differ,
              double *out_share)
{
  guint n_coders = judged->coders->len, n = 0, given = 0;

  for (guint i = 0; i < n_coders; i++)
    {
      gsize rating = (gsize)item * n_coders + i;

      if (judged->ratings[rating] == ATTEST_NO_RATING)
        continue;
      n++;
      given += holds (judged, rating, code);
    }
  if (n < 2)
    return FALSE;
  /* The share of the pairs of coders that differ. */
  *out_differ = 2.0 * given * (n - given) / (n * (n - 1.0));
  *out_share = (double)given / n;
  return TRUE;
}

/* ρ of what agreement follows from (stats/attest-stratified.h). NAN: too few, or nothing differs.
 */
static double
alike_of_judged (const AttestAgreeProject *judged, guint code)
{
  guint n_items = judged->items->len, n = 0;
  g_autofree double *differ = g_new (double, MAX (n_items, 1));
  g_autofree double *share = g_new (double, MAX (n_items, 1));
  g_autofree guint *clusters = g_new (guint, MAX (n_items, 1));
  double d = 0, p = 0;

  for (guint item = 0; item < n_items; item++)
    {
      if (!look_at_pair (judged, item, code, &differ[n], &share[n]))
        continue;
      d += differ[n];
      p += share[n];
      clusters[n++] = judged->cluster_of[item];
    }
  p /= MAX (n, 1);
  if (n < MIN_JUDGED || d == 0 || !(p > 0 && p < 1))
    return NAN;
  double odds = d / n / (2 * p * (1 - p)); /* 1 − κ */
  for (guint i = 0; i < n; i++)
    differ[i] = -differ[i] + odds * 2 * (1 - 2 * p) * share[i];
  return attest_intraclass (differ, clusters, n, judged->sources->len);
}

static double
alike_of_segments (const AttestSampleFrame *frame, guint code)
{
  const AttestAgreeProject *project = frame->project;
  guint n_items = project->items->len;
  g_autofree double *values = g_new (double, MAX (n_items, 1));

  for (guint item = 0; item < n_items; item++)
    values[item] = attest_sample_frame_holds (frame, item, code);
  return attest_intraclass (values, project->cluster_of, n_items, project->sources->len);
}

/* What people have judged already, of the same codebook; NULL: not two of them. */
static AttestAgreeProject *
load_judged (AttestStore *store, const char *codebook)
{
  g_autoptr (GPtrArray) coders = attest_store_list_coders (store, NULL);

  if (coders == NULL || coders->len < 2)
    return NULL;
  g_ptr_array_add (coders, NULL);
  AttestAgreeWish wish = { .coders = (const char *const *)coders->pdata,
                           .codes_of = codebook,
                           .only_judged = TRUE,
                           .unit = ATTEST_AGREE_SENTENCE };
  /* That they judged nothing in common is no error here. */
  return attest_agree_project_load (store, &wish, NULL);
}

static int
find_code (const AttestAgreeProject *judged, const char *code)
{
  guint number;

  return judged != NULL
                 && g_ptr_array_find_with_equal_func (judged->codes, code, (GEqualFunc)g_str_equal,
                                                      &number)
             ? (int)number
             : -1;
}

static void
find_alike (AttestSampleFrame *frame, AttestStore *store, double given)
{
  g_autoptr (AttestAgreeProject) judged = given < 0 ? load_judged (store, frame->codebook) : NULL;

  frame->alike = g_new (double, MAX (frame->codes->len, 1));
  frame->origins = g_new (AttestAlikeOrigin, MAX (frame->codes->len, 1));
  for (guint i = 0; i < frame->codes->len; i++)
    {
      int number = find_code (judged, frame->codes->pdata[i]);
      double rho = given;

      frame->origins[i] = ATTEST_ALIKE_GIVEN;
      if (given < 0)
        {
          frame->origins[i] = ATTEST_ALIKE_AGREEMENT;
          rho = number >= 0 ? alike_of_judged (judged, (guint)number) : NAN;
        }
      if (isnan (rho))
        {
          frame->origins[i] = ATTEST_ALIKE_SEGMENTS;
          rho = alike_of_segments (frame, i);
        }
      if (isnan (rho))
        {
          frame->origins[i] = ATTEST_ALIKE_ASSUMED;
          rho = ATTEST_ALIKE_DEFAULT;
        }
      frame->alike[i] = CLAMP (rho, 0, 1);
    }
}

/* ---- making it ---- */

AttestSampleFrame *
attest_sample_frame_load (AttestStore *store, const char *codebook, const char *dimension,
                          const char *code, double kappa, double alike, GError **error)
{
  g_autoptr (AttestSampleFrame) frame = g_new0 (AttestSampleFrame, 1);
  g_autoptr (AttestCodebookInfo) info = attest_store_find_codebook (store, codebook, error);
  const char *names[2] = { NULL, NULL };
  AttestAgreeWish wish
      = { .codebooks = names, .dimension = dimension, .unit = ATTEST_AGREE_SENTENCE };

  if (info == NULL)
    return NULL;
  if (!info->coded)
    return attest_throw_null (error, ATTEST_ERROR_USAGE,
                              "no source is coded with %s: 'attest code' first, so that it is "
                              "known what there is to draw from",
                              info->name);
  frame->codebook = g_strdup (info->name);
  names[0] = frame->codebook;
  frame->project = attest_agree_project_load (store, &wish, error);
  if (frame->project == NULL || !choose_codes (frame, code, error))
    return NULL;
  make_strata (frame, kappa);
  frame->cluster_chance = attest_cluster_chance (
      frame->project->cluster_of, frame->project->items->len, frame->project->sources->len);
  find_alike (frame, store, alike);
  return g_steal_pointer (&frame);
}

/* ---- how many ---- */

guint *
attest_sample_frame_allocate (const AttestSampleFrame *frame, guint n)
{
  guint *n_drawn = g_new0 (guint, (gsize)frame->strata.n_strata);

  attest_strata_allocate (&frame->strata, n, LEAST_OF_A_CODE, frame->codes->len, n_drawn);
  return n_drawn;
}

double
attest_sample_frame_width (const AttestSampleFrame *frame, guint code, const guint *n_drawn)
{
  guint n = 0;

  for (guint h = 0; h < frame->strata.n_strata; h++)
    n += n_drawn[h];
  return attest_strata_width (&frame->strata, code, n_drawn,
                              attest_design_effect (n, frame->cluster_chance, frame->alike[code]));
}

static gboolean
half_reach (const AttestSampleFrame *frame, guint n, double width)
{
  g_autofree guint *n_drawn = attest_sample_frame_allocate (frame, n);
  guint n_codes = 0, n_reached = 0;

  for (guint i = 0; i < frame->codes->len; i++)
    {
      double p = attest_strata_prevalence (&frame->strata, i);

      if (!(p > 0 && p < 1))
        continue;
      n_codes++;
      n_reached += attest_sample_frame_width (frame, i, n_drawn) <= width;
    }
  return n_codes > 0 && 2 * n_reached >= n_codes;
}

guint
attest_sample_frame_find_size (const AttestSampleFrame *frame, double width)
{
  guint low = 0, high = 1, all = (guint)attest_strata_total (&frame->strata);

  while (high < all && !half_reach (frame, high, width))
    {
      low = high;
      high = MIN (2 * high, all);
    }
  /* More than low, and high or fewer. */
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (half_reach (frame, middle, width))
        high = middle;
      else
        low = middle;
    }
  return high;
}
