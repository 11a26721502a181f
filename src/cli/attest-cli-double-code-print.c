/* What was drawn, and what it would tell. */
#include "cli/attest-cli-double-code-private.h"
#include "stats/attest-precision.h"
#include "util/attest-json.h"

double
attest_planning_prevalence (const AttestPlanning *planning, const AttestFrequencyRow *row)
{
  return MIN ((double)row->segments / (double)planning->sentences, 1);
}

double
attest_planning_alike (const AttestPlanning *planning, const AttestFrequencyRow *row,
                       AttestAlikeOrigin *out_origin)
{
  const AttestSampleFrame *frame = planning->frame;
  guint code;

  *out_origin = planning->wish->rho < 0 ? ATTEST_ALIKE_ASSUMED : ATTEST_ALIKE_GIVEN;
  if (frame == NULL
      || !g_ptr_array_find_with_equal_func (frame->codes, row->code, (GEqualFunc)g_str_equal,
                                            &code))
    return planning->wish->rho < 0 ? ATTEST_ALIKE_DEFAULT : planning->wish->rho;
  *out_origin = frame->origins[code];
  return frame->alike[code];
}

double
attest_planning_width (const AttestPlanning *planning, const AttestFrequencyRow *row,
                       guint n_sources)
{
  double per_source = (double)planning->sentences / planning->candidates->len;
  AttestAlikeOrigin origin;

  return attest_precision_width (planning->wish->kappa, attest_planning_prevalence (planning, row),
                                 per_source * n_sources, per_source,
                                 attest_planning_alike (planning, row, &origin));
}

static AttestTable *
make_sources (const AttestPlanning *planning)
{
  AttestTable *table = attest_table_new ("To be coded by two people", "Unit: transcript");

  attest_table_add_column (table, "source", "source", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "kind", "kind", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "group", "group", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "sentences", "sentences", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "segments", "segments", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  for (guint i = 0; i < planning->candidates->len; i++)
    {
      const AttestCandidate *candidate = attest_planning_candidate (planning, i);

      if (!candidate->drawn)
        continue;
      attest_table_add_text (table, candidate->label);
      attest_table_add_text (table, candidate->kind);
      attest_table_add_text (table, candidate->group);
      attest_table_add_int (table, candidate->sentences);
      attest_table_add_int (table, candidate->segments);
    }
  return table;
}

static AttestTable *
make_plan (const AttestPlanning *planning)
{
  const AttestDoubleCodeWish *wish = planning->wish;
  g_autofree char *note = g_strdup_printf (
      "Unit: sentence. Expected: an agreement of %.2f. ρ: how alike sentences of one transcript "
      "are.\n"
      "Width of the 95 %% interval of alpha with %u of %u transcripts (Donner and Eliasziw 1992); "
      "above 1 it tells nothing.",
      wish->kappa, planning->n_drawn, planning->candidates->len);
  AttestTable *table = attest_table_new ("What double coding would tell", note);

  attest_table_add_column (table, "code", "code", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "prevalence", "prevalence", ATTEST_COLUMN_DOUBLE,
                           ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "width", "width", ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "width_all", "with all", ATTEST_COLUMN_DOUBLE,
                           ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "alike", "ρ", ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "alike_from", "ρ from", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  for (guint i = 0; i < planning->frequency->rows->len; i++)
    {
      const AttestFrequencyRow *row
          = &g_array_index (planning->frequency->rows, AttestFrequencyRow, i);
      AttestAlikeOrigin origin;
      double alike = attest_planning_alike (planning, row, &origin);

      if (!attest_planning_is_wanted (wish, row))
        continue;
      attest_table_add_text (table, row->code);
      attest_table_add_double (table, attest_planning_prevalence (planning, row));
      attest_table_add_double (table, attest_planning_width (planning, row, planning->n_drawn));
      attest_table_add_double (table,
                               attest_planning_width (planning, row, planning->candidates->len));
      attest_table_add_double (table, alike);
      attest_table_add_text (table, attest_alike_origins[origin]);
    }
  return table;
}

gboolean
attest_planning_write (const AttestPlanning *planning, GError **error)
{
  const AttestDoubleCodeWish *wish = planning->wish;
  AttestInvocation *inv = planning->inv;
  g_autoptr (AttestTable) table = wish->plan ? make_plan (planning) : make_sources (planning);
  g_autoptr (AttestOutput) output = attest_cli_open_output (inv, wish->output, error);
  gboolean is_json = g_strcmp0 (wish->format, "json") == 0;

  if (output == NULL)
    return FALSE;
  if (is_json)
    {
      g_autoptr (AttestJson) json = attest_json_new (attest_output_get_buffer (output), TRUE);

      attest_table_write_json (table, json);
      g_string_append_c (attest_output_get_buffer (output), '\n');
    }
  else if (wish->plan && wish->format == NULL)
    attest_cli_append_table (inv, table, wish->output, output);
  else
    attest_table_write_csv (table, attest_output_get_buffer (output));
  return attest_output_close (output, error);
}
