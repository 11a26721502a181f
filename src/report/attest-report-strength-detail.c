/* Every number that a verdict rests on, for people. */
#include "report/attest-report-strength-detail.h"

#include <math.h>

GPtrArray *
attest_strength_list_cells (const AttestStrength *strength)
{
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < strength->cells->len; i++)
    {
      const AttestStrengthCell *cell = &g_array_index (strength->cells, AttestStrengthCell, i);

      g_ptr_array_add (cells, g_strdup_printf ("%s, %s: %" G_GINT64_FORMAT,
                                               cell->method != NULL ? cell->method : "–",
                                               cell->group != NULL ? cell->group : "–",
                                               cell->respondents));
    }
  return cells;
}

void
attest_strength_append_raise (const AttestStrength *strength, const char *id, GString *notes)
{
  const char *next
      = strength->before != strength->level ? strength->before->level : strength->level->next;

  if (strength->raise->len == 0 || next == NULL)
    return;
  g_string_append_printf (notes, "%s, to be %s: ", id, next);
  for (guint i = 0; i < strength->raise->len; i++)
    {
      g_autofree char *raise
          = attest_strength_dup_raise (strength, g_ptr_array_index (strength->raise, i));

      g_string_append_printf (notes, "%s%s", i > 0 ? ", " : "", raise);
    }
  g_string_append_c (notes, '\n');
}

static void
append_reach (GString *out, const AttestStrengthReach *reach)
{
  if (reach == NULL)
    return;
  g_string_append_printf (out,
                          "  %-22s  %" G_GINT64_FORMAT " asked, %" G_GINT64_FORMAT " spoke of it",
                          "respondents", reach->asked, reach->spoke);
  if (reach->eligible > 0)
    g_string_append_printf (out,
                            "; %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
                            " eligible support it: %.0f %% (%.0f to %.0f)",
                            reach->supporting, reach->eligible, 100 * reach->share.value,
                            100 * reach->share.low, 100 * reach->share.high);
  g_string_append_c (out, '\n');
}

static void
append_saturation (GString *out, const char *criterion, const AttestSaturationReport *report)
{
  const AttestSaturation *s = report->saturation;
  const AttestSaturationOptions *o = &report->options;
  g_autofree char *verdict = attest_saturation_report_dup_verdict (report);
  double last = attest_saturation_report_get_last_share (report);

  g_string_append_printf (out, "  %-22s  %s\n  %-22s  Counted: what was said of %s.", "saturation",
                          verdict, "", criterion);
  if (!isnan (last))
    g_string_append_printf (out,
                            " The last %u bring %.0f %%; %u of %u random orders (seed "
                            "%" G_GUINT64_FORMAT ") reach it.",
                            o->run, 100 * last, s->orders_reached, o->orders, o->seed);
  g_string_append_c (out, '\n');
}

void
attest_strength_append_detail (const AttestStrengthDetail *detail, GString *out)
{
  const AttestStrength *strength = detail->strength;
  g_autofree char *sentence = attest_strength_dup_sentence (strength);
  g_autoptr (GPtrArray) cells = attest_strength_list_cells (strength);

  g_string_append_printf (out, "\n%s is %s\n", detail->id, sentence);
  for (guint i = ATTEST_FACT_UNANSWERED; i < ATTEST_N_FACTS; i++)
    {
      g_autofree char *fact = attest_strength_dup_fact (strength, (AttestFact)i);

      g_string_append_printf (out, "  %-22s  %s\n", attest_fact_to_string ((AttestFact)i),
                              fact != NULL ? fact : "–");
    }
  append_reach (out, detail->reach);
  if (detail->saturation != NULL)
    append_saturation (out, detail->criterion, detail->saturation);
  g_string_append_printf (
      out,
      "  %-22s  %" G_GINT64_FORMAT
      " passages say the opposite and are not linked, see 'attest counter %s'\n",
      "counter-evidence", detail->opposite, detail->id);
  for (guint i = 0; i < cells->len; i++)
    g_string_append_printf (out, "  %-22s  %s\n", i == 0 ? "heard by method, group" : "",
                            (char *)g_ptr_array_index (cells, i));
  for (guint i = 0; i < strength->concerns->len; i++)
    {
      const AttestStrengthConcern *concern = g_ptr_array_index (strength->concerns, i);

      g_string_append_printf (out, "  %-22s  %s%s\n", i == 0 ? "concerns" : "", concern->says,
                              concern->lowers ? " (lowers it)" : "");
    }
}
