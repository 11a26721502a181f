#include "stats/attest-unitizing-1995.h"

static gboolean
overlap (const AttestStretch *a, const AttestStretch *b)
{
  return a->start < b->end && b->start < a->end;
}

static double
square (double x)
{
  return x * x;
}

/* Differences between coder @i and coder @j; what @i has in gaps of @j, and not the other way. */
static double
differences (const AttestContinuum *text, guint value, guint i, guint j, gboolean with_overlaps)
{
  double sum = 0;

  for (guint k = 0; k < text->n_units[i]; k++)
    {
      const AttestStretch *a = &text->units[i][k];
      gboolean in_gap = TRUE;

      if (a->value != value)
        continue;
      for (guint n = 0; n < text->n_units[j]; n++)
        {
          const AttestStretch *b = &text->units[j][n];

          if (b->value != value || !overlap (a, b))
            continue;
          in_gap = FALSE;
          if (with_overlaps)
            sum += square ((double)(a->start - b->start)) + square ((double)(a->end - b->end));
        }
      if (in_gap)
        sum += square ((double)(a->end - a->start));
    }
  return sum;
}

/* (element-type gint64) lengths of the gaps of all coders; adds those of their units to @units. */
static GArray *
list_lengths (const AttestContinuum *text, guint value, GArray *units)
{
  GArray *gaps = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < text->n_coders; i++)
    {
      gint64 at = 0, gap;

      for (guint k = 0; k < text->n_units[i]; k++)
        {
          const AttestStretch *unit = &text->units[i][k];
          gint64 length = unit->end - unit->start;

          if (unit->value != value)
            continue;
          gap = unit->start - at;
          if (gap > 0)
            g_array_append_val (gaps, gap);
          g_array_append_val (units, length);
          at = unit->end;
        }
      gap = text->length - at;
      if (gap > 0)
        g_array_append_val (gaps, gap);
    }
  return gaps;
}

static double
expected_of (const AttestContinuum *text, guint value)
{
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) gaps = list_lengths (text, value, units);
  double whole = (double)text->n_coders * (double)text->length, sum = 0, places;

  places = whole * (whole - 1);
  for (guint i = 0; i < units->len; i++)
    {
      gint64 length = g_array_index (units, gint64, i);
      double l = (double)length, free_places = 0;

      for (guint k = 0; k < gaps->len; k++)
        {
          gint64 gap = g_array_index (gaps, gint64, k);

          if (gap >= length)
            free_places += (double)(gap - length + 1);
        }
      sum += (units->len - 1) * (2 * l * l * l - 3 * l * l + l) / 3 + l * l * free_places;
      places -= l * (l - 1);
    }
  return places > 0 ? 2 / (double)text->length * sum / places : 0;
}

AttestDisagreement
attest_unitizing_1995 (const AttestContinuum *text, guint value)
{
  double sum = 0, m = text->n_coders, length = (double)text->length;

  for (guint i = 0; i < text->n_coders; i++)
    for (guint j = 0; j < i; j++)
      sum += differences (text, value, i, j, TRUE) + differences (text, value, j, i, FALSE);
  return (AttestDisagreement){ 2 * sum / (m * (m - 1) * length * length),
                               expected_of (text, value) };
}
