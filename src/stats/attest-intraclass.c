#include "stats/attest-intraclass.h"

#include <math.h>

double
attest_intraclass (const double *values, const guint *clusters, gsize n_items, guint n_clusters)
{
  g_autofree double *sums = g_new0 (double, MAX (n_clusters, 1));
  g_autofree double *counts = g_new0 (double, MAX (n_clusters, 1));
  double total = 0, between = 0, within = 0, squares = 0, n = (double)n_items;
  guint k = 0;

  for (gsize i = 0; i < n_items; i++)
    {
      sums[clusters[i]] += values[i];
      counts[clusters[i]]++;
      total += values[i];
    }
  for (guint j = 0; j < n_clusters; j++)
    {
      double distance = counts[j] > 0 ? sums[j] / counts[j] - total / n : 0;

      k += counts[j] > 0;
      squares += counts[j] * counts[j];
      between += counts[j] * distance * distance;
    }
  for (gsize i = 0; i < n_items; i++)
    {
      double distance = values[i] - sums[clusters[i]] / counts[clusters[i]];

      within += distance * distance;
    }
  if (k < 2 || n_items <= k)
    return NAN;
  double msb = between / (k - 1), msw = within / (n - k), n0 = (n - squares / n) / (k - 1);
  double whole = msb + (n0 - 1) * msw;
  return whole > 0 ? (msb - msw) / whole : NAN;
}

double
attest_cluster_chance (const guint *clusters, gsize n_items, guint n_clusters)
{
  g_autofree double *counts = g_new0 (double, MAX (n_clusters, 1));
  double chance = 0;

  for (gsize i = 0; i < n_items; i++)
    counts[clusters[i]]++;
  for (guint j = 0; j < n_clusters && n_items > 0; j++)
    chance += counts[j] / (double)n_items * (counts[j] / (double)n_items);
  return n_items > 0 ? chance : NAN;
}

double
attest_design_effect (double n, double cluster_chance, double rho)
{
  return 1 + MAX (n - 1, 0) * cluster_chance * MAX (rho, 0);
}
