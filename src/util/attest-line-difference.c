/* The longest common subsequence of lines, by its table: texts of people are small. */
#include "util/attest-line-difference.h"

#include <string.h>

#include "util/attest-limits.h"

typedef struct
{
  char **before, **after; /* borrowed: what is left between the same beginning and the same end */
  guint n_before, n_after;
  guint16
      *table; /* (nullable) (n_before + 1) × (n_after + 1): common lines from there to the end */
} Difference;

static guint16 *
cell (const Difference *difference, guint i, guint k)
{
  return &difference->table[(gsize)i * (difference->n_after + 1) + k];
}

static void
fill_table (Difference *difference)
{
  difference->table
      = g_new0 (guint16, ((gsize)difference->n_before + 1) * (difference->n_after + 1));
  for (guint i = difference->n_before; i-- > 0;)
    for (guint k = difference->n_after; k-- > 0;)
      *cell (difference, i, k)
          = strcmp (difference->before[i], difference->after[k]) == 0
                ? *cell (difference, i + 1, k + 1) + 1
                : MAX (*cell (difference, i + 1, k), *cell (difference, i, k + 1));
}

/* Whether line @i of the one is told before line @k of the other. */
static gboolean
goes_first (const Difference *difference, guint i, guint k)
{
  return i < difference->n_before
         && (k >= difference->n_after || difference->table == NULL
             || *cell (difference, i + 1, k) >= *cell (difference, i, k + 1));
}

void
attest_line_difference_append (GString *out, const char *before, const char *after,
                               const char *indent)
{
  g_auto (GStrv) before_lines = g_strsplit (before, "\n", -1);
  g_auto (GStrv) after_lines = g_strsplit (after, "\n", -1);
  Difference difference = { before_lines, after_lines, g_strv_length (before_lines),
                            g_strv_length (after_lines), NULL };
  guint i = 0, k = 0;

  for (; difference.n_before > 0 && difference.n_after > 0
         && strcmp (*difference.before, *difference.after) == 0;
       difference.n_before--, difference.n_after--)
    {
      difference.before++;
      difference.after++;
    }
  while (difference.n_before > 0 && difference.n_after > 0
         && strcmp (difference.before[difference.n_before - 1],
                    difference.after[difference.n_after - 1])
                == 0)
    {
      difference.n_before--;
      difference.n_after--;
    }
  if (difference.n_before <= ATTEST_MAX_DIFFERENCE_LINES
      && difference.n_after <= ATTEST_MAX_DIFFERENCE_LINES)
    fill_table (&difference);
  while (i < difference.n_before || k < difference.n_after)
    if (difference.table != NULL && i < difference.n_before && k < difference.n_after
        && strcmp (difference.before[i], difference.after[k]) == 0)
      {
        i++;
        k++;
      }
    else if (goes_first (&difference, i, k))
      g_string_append_printf (out, "%s- %s\n", indent, difference.before[i++]);
    else
      g_string_append_printf (out, "%s+ %s\n", indent, difference.after[k++]);
  g_free (difference.table);
}
