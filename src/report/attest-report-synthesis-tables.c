/* The tables of a synthesis; see attest-report-synthesis.h. */
#include "report/attest-report-synthesis.h"

#include <string.h>

#include "report/attest-report.h"
#include "store/attest-store-project.h"

#define UNKNOWN "(not known)"

/* Of an own key the key itself. */
static const char *
label_of (const char *key)
{
  const AttestProjectKey *known = attest_project_find_key (key);

  return known != NULL ? known->label : key;
}

/* A list in one line. */
static char *
dup_line (const char *value)
{
  g_auto (GStrv) items = value != NULL ? g_strsplit (value, "\n", -1) : NULL;

  return items != NULL ? g_strjoinv ("; ", items) : NULL;
}

static void
add_attributes (AttestTable *table, const AttestSynthesis *synthesis,
                const AttestEvaluation *evaluation)
{
  for (guint i = 0; i < synthesis->attributes->len; i++)
    {
      g_autofree char *value = dup_line (
          attest_evaluation_get (evaluation, g_ptr_array_index (synthesis->attributes, i)));

      attest_table_add_text (table, value);
    }
}

/* ---- for people ---- */

/* "4 strong 9/12": level, strength, respondents who spoke of it. */
static char *
dup_cell (const AttestSynthesisCell *cell, const AttestEvaluation *evaluation)
{
  GString *text = g_string_new (NULL);

  if (cell->is_dropped)
    return g_string_free (g_string_append (text, "not judged"), FALSE);
  g_string_append_printf (text, "%s %s", cell->level != NULL ? cell->level : "–",
                          cell->strength != NULL ? cell->strength : "–");
  if (cell->is_coded && cell->is_small)
    g_string_append (text, " *");
  else if (cell->is_coded)
    g_string_append_printf (text, " %" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, cell->respondents,
                            evaluation->respondents);
  return g_string_free (text, FALSE);
}

AttestTable *
attest_synthesis_table_new (const AttestSynthesis *synthesis)
{
  AttestTable *table = attest_table_new (
      "Evaluations", "A cell: rating, strength of the evidence, respondents who spoke of the "
                     "criterion of all.");

  attest_table_add_column (table, "evaluation", "evaluation", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_WRAP);
  for (guint i = 0; i < synthesis->attributes->len; i++)
    {
      const char *key = g_ptr_array_index (synthesis->attributes, i);

      attest_table_add_column (table, key, label_of (key), ATTEST_COLUMN_TEXT,
                               ATTEST_COLUMN_OPTIONAL);
    }
  for (guint i = 0; i < synthesis->criteria->len; i++)
    {
      const char *criterion = g_ptr_array_index (synthesis->criteria, i);

      attest_table_add_column (table, criterion, criterion, ATTEST_COLUMN_TEXT,
                               ATTEST_COLUMN_WRAP | ATTEST_COLUMN_RIGHT);
    }
  for (guint i = 0; i < synthesis->evaluations->len; i++)
    {
      const AttestEvaluation *evaluation = g_ptr_array_index (synthesis->evaluations, i);

      attest_table_add_text (table, evaluation->title);
      add_attributes (table, synthesis, evaluation);
      for (guint k = 0; k < synthesis->criteria->len; k++)
        {
          const AttestSynthesisCell *cell
              = attest_evaluation_find (evaluation, g_ptr_array_index (synthesis->criteria, k));
          g_autofree char *text = cell != NULL ? dup_cell (cell, evaluation) : NULL;

          attest_table_add_text (table, text);
          if (cell != NULL && cell->level != NULL && cell->position >= 0)
            attest_table_heat (table, .1 + .9 * cell->position);
        }
    }
  return table;
}

/* ---- for programs ---- */

static void
add_cell_columns (AttestTable *table, const AttestSynthesis *synthesis)
{
  static const char *const texts[]
      = { "criterion", "judged", "scale", "level", "label", "strength" };
  static const char *const counts[]
      = { "findings", "segments", "sources", "respondents", "respondents_of" };

  attest_table_add_column (table, "path", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "evaluation", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  for (guint i = 0; i < synthesis->attributes->len; i++)
    attest_table_add_column (table, g_ptr_array_index (synthesis->attributes, i), "",
                             ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "codebook", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "codebook_version", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    attest_table_add_column (table, texts[i], "",
                             strcmp (texts[i], "judged") == 0 ? ATTEST_COLUMN_BOOL
                                                              : ATTEST_COLUMN_TEXT,
                             ATTEST_COLUMN_PLAIN);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    attest_table_add_column (table, counts[i], "", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
}

AttestTable *
attest_synthesis_cells_new (const AttestSynthesis *synthesis)
{
  AttestTable *table = attest_table_new (NULL, NULL);

  add_cell_columns (table, synthesis);
  for (guint i = 0; i < synthesis->evaluations->len; i++)
    {
      const AttestEvaluation *evaluation = g_ptr_array_index (synthesis->evaluations, i);

      for (guint k = 0; k < evaluation->cells->len; k++)
        {
          const AttestSynthesisCell *cell
              = &g_array_index (evaluation->cells, AttestSynthesisCell, k);
          gboolean is_shown = cell->is_coded && !cell->is_small;

          attest_table_add_text (table, synthesis->min_group == 0 ? evaluation->path : NULL);
          attest_table_add_text (table, evaluation->title);
          add_attributes (table, synthesis, evaluation);
          attest_table_add_text (table, evaluation->codebook_id);
          attest_table_add_text (table, evaluation->codebook_version);
          attest_table_add_text (table, cell->criterion);
          attest_table_add_bool (table, !cell->is_dropped);
          attest_table_add_text (table, cell->scale);
          attest_table_add_text (table, cell->level);
          attest_table_add_text (table, cell->label);
          attest_table_add_text (table, cell->strength);
          attest_table_add_int (table, cell->findings);
          attest_table_add_int_if (table, is_shown, cell->segments);
          attest_table_add_int_if (table, is_shown, cell->sources);
          attest_table_add_int_if (table, is_shown, cell->respondents);
          attest_table_add_int_if (table, cell->is_coded, evaluation->respondents);
        }
    }
  return table;
}

/* ---- totals ---- */

/* "iom-5: 5 ×3, 4 ×1, median 5" */
static char *
dup_levels (const AttestSynthesisScale *scale)
{
  GString *text = g_string_new (scale->scale);

  for (guint i = 0; i < scale->levels->len; i++)
    g_string_append_printf (text, "%s %s ×%" G_GINT64_FORMAT, i == 0 ? ":" : ",",
                            (char *)g_ptr_array_index (scale->levels, i),
                            g_array_index (scale->counts, gint64, i));
  if (scale->median != NULL)
    g_string_append_printf (text, "; median %s", scale->median);
  return g_string_free (text, FALSE);
}

static void
add_lists (AttestTable *table, const AttestSynthesisTotal *total)
{
  g_autoptr (GPtrArray) levels = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) strengths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < total->scales->len; i++)
    g_ptr_array_add (levels, dup_levels (g_ptr_array_index (total->scales, i)));
  for (guint i = 0; i < total->strengths->len; i++)
    g_ptr_array_add (strengths,
                     g_strdup_printf ("%s ×%" G_GINT64_FORMAT,
                                      (char *)g_ptr_array_index (total->strengths, i),
                                      g_array_index (total->strength_counts, gint64, i)));
  g_ptr_array_add (levels, NULL);
  g_ptr_array_add (strengths, NULL);
  attest_table_add_list (table, (const char *const *)levels->pdata);
  attest_table_add_list (table, (const char *const *)strengths->pdata);
}

static void
add_total (AttestTable *table, const AttestSynthesis *synthesis, const AttestSynthesisTotal *total,
           gboolean for_people)
{
  g_autofree char *spoke = total->coded == 0 ? NULL
                           : total->is_small
                               ? g_strdup ("*")
                               : g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
                                                  total->respondents, total->of);

  if (!for_people)
    attest_table_add_text (table, total->value);
  attest_table_add_text (table, total->criterion);
  attest_table_add_int (table, total->judged);
  attest_table_add_int (table, total->rated);
  add_lists (table, total);
  if (for_people)
    {
      attest_table_add_text (table, spoke);
      return;
    }
  attest_table_add_int (table, total->evaluations);
  attest_table_add_int_if (table, total->coded > 0 && !total->is_small, total->respondents);
  attest_table_add_int_if (table, total->coded > 0, total->of);
}

AttestTable *
attest_synthesis_totals_new (const AttestSynthesis *synthesis, gboolean for_people)
{
  g_autoptr (GPtrArray) totals = attest_synthesis_total (synthesis);
  g_autofree char *title = synthesis->by != NULL
                               ? g_strdup_printf ("Totals by %s", label_of (synthesis->by))
                               : g_strdup ("Totals");
  AttestTable *table = attest_table_new (for_people ? title : NULL, NULL);
  const char *before = "";

  if (!for_people)
    attest_table_add_column (table, "value", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "criterion", "criterion", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "judged", "judged", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "rated", "rated", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "ratings", "ratings", ATTEST_COLUMN_LIST, ATTEST_COLUMN_WRAP);
  attest_table_add_column (table, "strengths", "strength", ATTEST_COLUMN_LIST, ATTEST_COLUMN_WRAP);
  if (for_people)
    attest_table_add_column (table, "spoke", "spoke of it", ATTEST_COLUMN_TEXT,
                             ATTEST_COLUMN_RIGHT);
  else
    {
      attest_table_add_column (table, "evaluations", "", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
      attest_table_add_column (table, "respondents", "", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
      attest_table_add_column (table, "respondents_of", "", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
    }
  for (guint i = 0; i < totals->len; i++)
    {
      const AttestSynthesisTotal *total = g_ptr_array_index (totals, i);

      if (synthesis->by != NULL && for_people && total->value != before)
        {
          g_autofree char *count = attest_report_dup_count (total->evaluations, "evaluation", NULL);
          g_autofree char *heading
              = g_strdup_printf ("%s: %s", total->value != NULL ? total->value : UNKNOWN, count);

          attest_table_begin_section (table, heading);
        }
      before = total->value;
      add_total (table, synthesis, total, for_people);
    }
  return table;
}
