/* Totals over evaluations by an attribute; see attest-report-synthesis.h. */
#include "report/attest-report-synthesis.h"

#include <string.h>

static void
free_scale (gpointer data)
{
  AttestSynthesisScale *scale = data;

  g_free (scale->scale);
  g_ptr_array_unref (scale->levels);
  g_array_unref (scale->positions);
  g_array_unref (scale->counts);
  g_free (scale);
}

static void
free_total (gpointer data)
{
  AttestSynthesisTotal *total = data;

  g_ptr_array_unref (total->scales);
  g_ptr_array_unref (total->strengths);
  g_array_unref (total->strength_counts);
  g_free (total);
}

static AttestSynthesisTotal *
total_new (const char *value, const char *criterion)
{
  AttestSynthesisTotal *total = g_new0 (AttestSynthesisTotal, 1);

  total->value = value;
  total->criterion = criterion;
  total->scales = g_ptr_array_new_with_free_func (free_scale);
  total->strengths = g_ptr_array_new_with_free_func (g_free);
  total->strength_counts = g_array_new (FALSE, TRUE, sizeof (gint64));
  return total;
}

static AttestSynthesisScale *
find_scale (AttestSynthesisTotal *total, const char *name)
{
  AttestSynthesisScale *scale;

  for (guint i = 0; i < total->scales->len; i++)
    {
      scale = g_ptr_array_index (total->scales, i);
      if (strcmp (scale->scale, name) == 0)
        return scale;
    }
  scale = g_new0 (AttestSynthesisScale, 1);
  scale->scale = g_strdup (name);
  scale->levels = g_ptr_array_new_with_free_func (g_free);
  scale->positions = g_array_new (FALSE, TRUE, sizeof (double));
  scale->counts = g_array_new (FALSE, TRUE, sizeof (gint64));
  g_ptr_array_add (total->scales, scale);
  return scale;
}

/* Levels stand from the best to the worst; those outside the order, which are below all, last. */
static void
count_level (AttestSynthesisScale *scale, const char *level, double position)
{
  gint64 one = 1;
  guint at = 0;

  scale->n++;
  scale->ordered += position >= 0;
  for (guint i = 0; i < scale->levels->len; i++)
    {
      if (strcmp (g_ptr_array_index (scale->levels, i), level) == 0)
        {
          g_array_index (scale->counts, gint64, i)++;
          return;
        }
      if (g_array_index (scale->positions, double, i) >= position)
        at = i + 1;
    }
  g_ptr_array_insert (scale->levels, (int)at, g_strdup (level));
  g_array_insert_val (scale->positions, at, position);
  g_array_insert_val (scale->counts, at, one);
}

static void
count_strength (AttestSynthesisTotal *total, const char *strength)
{
  gint64 one = 1;
  guint at;

  if (strength == NULL)
    return;
  if (g_ptr_array_find_with_equal_func (total->strengths, strength, g_str_equal, &at))
    {
      g_array_index (total->strength_counts, gint64, at)++;
      return;
    }
  g_ptr_array_add (total->strengths, g_strdup (strength));
  g_array_append_val (total->strength_counts, one);
}

static void
count_evaluation (AttestSynthesisTotal *total, const AttestEvaluation *evaluation)
{
  const AttestSynthesisCell *cell = attest_evaluation_find (evaluation, total->criterion);

  total->evaluations++;
  if (cell == NULL || cell->is_dropped)
    return;
  total->judged++;
  if (cell->level != NULL)
    {
      total->rated++;
      count_level (find_scale (total, cell->scale), cell->level, cell->position);
    }
  count_strength (total, cell->strength);
  if (!cell->is_coded)
    return;
  total->coded++;
  total->respondents += cell->respondents;
  total->of += evaluation->respondents;
  total->is_small = total->is_small || cell->is_small;
}

static int
compare_scales (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(AttestSynthesisScale *const *)a)->scale,
                 (*(AttestSynthesisScale *const *)b)->scale);
}

/* The level at which half of the ratings inside the order are reached, from the worst. */
static void
set_median (AttestSynthesisScale *scale)
{
  gint64 below = 0;

  for (guint i = scale->levels->len; i-- > 0 && scale->median == NULL;)
    {
      if (g_array_index (scale->positions, double, i) < 0)
        continue;
      below += g_array_index (scale->counts, gint64, i);
      if (2 * below >= scale->ordered)
        scale->median = g_ptr_array_index (scale->levels, i);
    }
}

/* ---- values ---- */

static int
compare_values (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/* The values of an evaluation: the lines of its attribute. */
static char **
dup_values (const AttestSynthesis *synthesis, const AttestEvaluation *evaluation)
{
  const char *value = attest_evaluation_get (evaluation, synthesis->by);

  return value != NULL ? g_strsplit (value, "\n", -1) : g_new0 (char *, 1);
}

/* Interned, by name; then NULL for what is not known, if there is any. */
static GPtrArray *
list_values (const AttestSynthesis *synthesis)
{
  GPtrArray *values = g_ptr_array_new ();
  gboolean has_unknown = synthesis->by == NULL;

  for (guint i = 0; synthesis->by != NULL && i < synthesis->evaluations->len; i++)
    {
      g_auto (GStrv) own = dup_values (synthesis, g_ptr_array_index (synthesis->evaluations, i));

      has_unknown = has_unknown || own[0] == NULL;
      for (guint k = 0; own[k] != NULL; k++)
        {
          const char *value = g_intern_string (own[k]);

          if (!g_ptr_array_find (values, value, NULL))
            g_ptr_array_add (values, (gpointer)value);
        }
    }
  g_ptr_array_sort (values, compare_values);
  if (has_unknown)
    g_ptr_array_add (values, NULL);
  return values;
}

static gboolean
has_value (const AttestSynthesis *synthesis, const AttestEvaluation *evaluation, const char *value)
{
  if (synthesis->by == NULL)
    return TRUE;
  g_auto (GStrv) own = dup_values (synthesis, evaluation);
  return value == NULL ? own[0] == NULL : g_strv_contains ((const char *const *)own, value);
}

GPtrArray *
attest_synthesis_total (const AttestSynthesis *synthesis)
{
  GPtrArray *totals = g_ptr_array_new_with_free_func (free_total);
  g_autoptr (GPtrArray) values = list_values (synthesis);

  for (guint v = 0; v < values->len; v++)
    for (guint c = 0; c < synthesis->criteria->len; c++)
      {
        AttestSynthesisTotal *total
            = total_new (g_ptr_array_index (values, v), g_ptr_array_index (synthesis->criteria, c));

        for (guint i = 0; i < synthesis->evaluations->len; i++)
          {
            const AttestEvaluation *evaluation = g_ptr_array_index (synthesis->evaluations, i);

            if (has_value (synthesis, evaluation, total->value))
              count_evaluation (total, evaluation);
          }
        g_ptr_array_sort (total->scales, compare_scales);
        for (guint i = 0; i < total->scales->len; i++)
          set_median (g_ptr_array_index (total->scales, i));
        g_ptr_array_add (totals, total);
      }
  return totals;
}
