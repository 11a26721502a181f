#include "stats/attest-saturation.h"

#include <math.h>
#include <string.h>

#include "stats/attest-random.h"

void
attest_saturation_free (AttestSaturation *saturation)
{
  if (saturation == NULL)
    return;
  g_array_unref (saturation->steps);
  g_free (saturation);
}

/* What is used for one order after another. */
typedef struct
{
  const GPtrArray *themes;
  const AttestSaturationOptions *options;
  guint *order;     /* of the sources */
  guint8 *is_known; /* by theme */
  guint n_themes;
  guint *known; /* by place in the order: themes so far */
} Walk;

static void
walk (Walk *w)
{
  guint known = 0;

  memset (w->is_known, 0, w->n_themes);
  for (guint i = 0; i < w->themes->len; i++)
    {
      const GArray *themes = g_ptr_array_index (w->themes, w->order[i]);

      for (guint k = 0; k < themes->len; k++)
        {
          guint theme = g_array_index (themes, guint, k);

          known += !w->is_known[theme];
          w->is_known[theme] = TRUE;
        }
      w->known[i] = known;
    }
}

/* New themes in the run that ends with place @i. */
static guint
run_new (const Walk *w, guint i)
{
  return w->known[i] - w->known[i - w->options->run];
}

/* Interviews before the first run that is at or below the threshold; -1: none is. */
static gint
find_reached (const Walk *w)
{
  guint base = w->options->base, run = w->options->run;
  guint base_themes = w->themes->len >= base ? w->known[base - 1] : 0;

  if (base_themes == 0)
    return -1;
  for (guint i = base + run - 1; i < w->themes->len; i++)
    if ((double)run_new (w, i) <= w->options->threshold * base_themes + 1e-9)
      return (gint)(i + 1 - run);
  return -1;
}

static void
shuffle (guint *order, guint n, AttestRandom *random)
{
  for (guint i = 0; i < n; i++)
    order[i] = i;
  for (guint i = n; i > 1; i--)
    {
      guint k = attest_random_below (random, i), other = order[i - 1];

      order[i - 1] = order[k];
      order[k] = other;
    }
}

static int
compare_uints (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *)a, y = *(const guint *)b;

  return x < y ? -1 : x > y;
}

/* The value below which @share of the sorted ones are. */
static guint
percentile (const guint *sorted, guint n, double share)
{
  return sorted[MIN ((guint)(share * n), n - 1)];
}

/* Fills what the random orders say. */
static void
walk_randomly (Walk *w, AttestSaturation *saturation)
{
  guint n = w->themes->len, orders = w->options->orders;
  g_autofree guint *known = g_new (guint, (gsize)n * orders); /* by place, then by order */
  g_autofree guint *reached = g_new (guint, orders);

  for (guint o = 0; o < orders; o++)
    {
      AttestRandom random;
      gint at;

      attest_random_init (&random, w->options->seed, o);
      shuffle (w->order, n, &random);
      walk (w);
      for (guint i = 0; i < n; i++)
        known[(gsize)i * orders + o] = w->known[i];
      at = find_reached (w);
      saturation->orders_reached += at >= 0;
      reached[o] = at >= 0 ? (guint)at : G_MAXUINT;
    }
  for (guint i = 0; i < n; i++)
    {
      AttestSaturationStep *step = &g_array_index (saturation->steps, AttestSaturationStep, i);
      guint *at = known + (gsize)i * orders;
      guint64 sum = 0;

      for (guint o = 0; o < orders; o++)
        sum += at[o];
      qsort (at, orders, sizeof *at, compare_uints);
      step->mean = (double)sum / orders;
      step->low = percentile (at, orders, 0.025);
      step->high = percentile (at, orders, 0.975);
    }
  qsort (reached, orders, sizeof *reached, compare_uints);
  if (reached[orders / 2] != G_MAXUINT)
    saturation->median = (gint)reached[orders / 2];
}

static void
fill_steps (const Walk *w, AttestSaturation *saturation)
{
  guint base = w->options->base, run = w->options->run;

  saturation->base_themes = w->themes->len >= base ? w->known[base - 1] : 0;
  for (guint i = 0; i < w->themes->len; i++)
    {
      AttestSaturationStep step = { .known = w->known[i], .share = NAN, .mean = NAN };

      step.n_new = w->known[i] - (i > 0 ? w->known[i - 1] : 0);
      if (i + 1 >= base + run)
        {
          step.run_new = run_new (w, i);
          step.share
              = saturation->base_themes > 0 ? (double)step.run_new / saturation->base_themes : NAN;
        }
      saturation->themes = step.known;
      g_array_append_val (saturation->steps, step);
    }
  saturation->reached = find_reached (w);
}

AttestSaturation *
attest_saturation_compute (const GPtrArray *themes, guint n_themes,
                           const AttestSaturationOptions *options)
{
  AttestSaturation *saturation = g_new0 (AttestSaturation, 1);
  g_autofree guint *order = g_new (guint, themes->len + 1);
  g_autofree guint *known = g_new (guint, themes->len + 1);
  g_autofree guint8 *is_known = g_new (guint8, n_themes + 1);
  Walk w = { themes, options, order, is_known, n_themes, known };

  g_assert (options->base > 0 && options->run > 0);
  saturation->steps = g_array_new (FALSE, FALSE, sizeof (AttestSaturationStep));
  saturation->median = -1;
  for (guint i = 0; i < themes->len; i++)
    order[i] = i;
  walk (&w);
  fill_steps (&w, saturation);
  if (options->orders > 0 && themes->len > 0)
    walk_randomly (&w, saturation);
  return saturation;
}
