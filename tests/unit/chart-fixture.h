/* chart-fixture: a chart of each kind, with labels that are long, wide, right to left, of combining
 * characters, or would be markup. Everything is fictional.
 */
#pragma once

#include <math.h>

#include "report/attest-chart.h"

static const char *const chart_labels[] = {
  "Relevance",
  "Efficacite\u0301 de la mise en œuvre dans les communes frontalières et au-delà",
  "Устойчивость результатов",
  "مشاركة المجتمع المحلي",
  "评价标准与结果",
  "<script>alert(1)</script> & \"more\"",
  "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
  "👩‍👩‍👧 Families \x1b[31m",
};

static inline AttestChart *
chart_bars (void)
{
  AttestChart *chart = attest_chart_new (ATTEST_CHART_BARS, "Segments by code", "segments");

  attest_chart_set_note (chart, "n = 214 segments of 12 sources; codebook small 1.2.0");
  attest_chart_set_axes (chart, "code", NULL);
  attest_chart_begin_section (chart, "criterion");
  for (guint i = 0; i < G_N_ELEMENTS (chart_labels); i++)
    {
      if (i == 4)
        attest_chart_begin_section (chart, "theme");
      attest_chart_add_row (chart, chart_labels[i]);
      attest_chart_set (chart, i, 0, i == 2 ? 0 : (i * 37 + 11) % 60);
    }
  attest_chart_set_text (chart, 5, 0, "<3");
  attest_chart_set (chart, 7, 0, NAN);
  attest_chart_link_row (chart, 0, "#code-relevance");
  return chart;
}

static inline AttestChart *
chart_stacked (guint n_groups)
{
  AttestChart *chart = attest_chart_new (ATTEST_CHART_STACKED, "Segments by group", "segments");

  for (guint i = 0; i < n_groups; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s %u", i % 2 ? "Civil society" : "Government", i);

      attest_chart_add_series (chart, name);
    }
  for (guint i = 0; i < G_N_ELEMENTS (chart_labels); i++)
    {
      attest_chart_add_row (chart, chart_labels[i]);
      for (guint k = 0; k < n_groups; k++)
        attest_chart_set (chart, i, k, (i * 7 + k * 13) % 19);
    }
  attest_chart_set_text (chart, 3, 1, "<3");
  return chart;
}

static inline AttestChart *
chart_heat (guint n_columns, gboolean is_diverging)
{
  AttestChart *chart = attest_chart_new (ATTEST_CHART_HEAT, "Criteria and groups", "segments");

  attest_chart_set_diverging (chart, is_diverging);
  for (guint i = 0; i < n_columns; i++)
    attest_chart_add_series (chart, chart_labels[i % G_N_ELEMENTS (chart_labels)]);
  for (guint i = 0; i < G_N_ELEMENTS (chart_labels); i++)
    {
      attest_chart_add_row (chart, chart_labels[i]);
      for (guint k = 0; k < n_columns; k++)
        attest_chart_set (chart, i, k, (int)((i * 5 + k * 3) % 10) - (is_diverging ? 4 : 0));
    }
  attest_chart_set_text (chart, 1, 1, "<3");
  attest_chart_set (chart, 2, 2, NAN);
  return chart;
}

static inline AttestChart *
chart_dots (guint n_series)
{
  AttestChart *chart = attest_chart_new (ATTEST_CHART_DOTS, "Agreement by code", "alpha");

  attest_chart_set_decimals (chart, 2);
  attest_chart_set_scale (chart, -0.2, 1);
  attest_chart_set_axes (chart, "code", "Krippendorff's alpha, 95 % interval");
  attest_chart_add_reference (chart, 0.8, "reliable: .800 (Krippendorff)");
  attest_chart_add_reference (chart, 0.667, "tentative: .667");
  for (guint k = 0; k < n_series; k++)
    attest_chart_add_series (chart, n_series == 1 ? "" : k == 0 ? "first codebook" : "second");
  for (guint i = 0; i < 6; i++)
    {
      attest_chart_add_row (chart, chart_labels[i]);
      for (guint k = 0; k < n_series; k++)
        {
          double value = (i * 3 + k) % 8 * 0.13 - 0.1;

          attest_chart_set (chart, i, k, value);
          attest_chart_set_interval (chart, i, k, value - 0.14, MIN (value + 0.09, 1));
          attest_chart_set_n (chart, i, k, 40 + i);
        }
    }
  attest_chart_set_text (chart, 4, 0, "not defined");
  return chart;
}

static inline AttestChart *
chart_lines (guint n_rows)
{
  AttestChart *chart = attest_chart_new (ATTEST_CHART_LINES, "New codes by source", "codes");

  attest_chart_set_axes (chart, "sources, in the order of their labels", "codes that are known");
  attest_chart_add_reference (chart, 33, "all codes");
  attest_chart_add_series (chart, "as ordered");
  attest_chart_add_series (chart, "mean of 1000 random orders");
  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *label = g_strdup_printf ("KII %02u", i + 1);

      attest_chart_add_row (chart, label);
      attest_chart_set (chart, i, 0, 33 - floor (33 / (i + 1.5)));
      attest_chart_set (chart, i, 1, 33 - 33 / (i + 1.2));
      attest_chart_set_interval (chart, i, 1, 33 - 40 / (i + 1.2), 33 - 20 / (i + 1.2));
    }
  return chart;
}

static inline AttestChart *
chart_network (guint n)
{
  AttestChart *chart
      = attest_chart_new (ATTEST_CHART_NETWORK, "Codes that occur together", "segments");

  for (guint i = 0; i < n; i++)
    attest_chart_add_series (chart, chart_labels[i % G_N_ELEMENTS (chart_labels)]);
  for (guint i = 0; i < n; i++)
    {
      attest_chart_add_row (chart, chart_labels[i % G_N_ELEMENTS (chart_labels)]);
      for (guint k = 0; k < n; k++)
        attest_chart_set (chart, i, k, i != k && (i + k) % 3 == 0 ? (i * k) % 11 : 0);
    }
  return chart;
}

static inline AttestChart *
chart_timeline (gboolean is_time)
{
  AttestChart *chart = attest_chart_new (ATTEST_CHART_TIMELINE, "Where codes occur in KII-07",
                                         is_time ? "time" : "words");

  attest_chart_set_time (chart, is_time);
  for (guint i = 0; i < G_N_ELEMENTS (chart_labels); i++)
    {
      if (i % 4 == 0)
        attest_chart_begin_section (chart, i == 0 ? "criterion" : "theme");
      attest_chart_add_row (chart, chart_labels[i]);
      for (guint k = 0; k < 6; k++)
        {
          double start = (i * 7919 + k * 104729) % 3600 * (is_time ? 1000.0 : 2.0);

          attest_chart_add_mark (chart, i, start, start + (is_time ? 20000 : 40), "Q7F3K2A <b>");
        }
    }
  return chart;
}
