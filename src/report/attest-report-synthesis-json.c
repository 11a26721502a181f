/* A synthesis as JSON, and what is to be said of it; see attest-report-synthesis.h. */
#include "report/attest-report-synthesis.h"

#include <string.h>

static void
write_cell (AttestJson *json, const AttestSynthesisCell *cell)
{
  gboolean is_shown = cell->is_coded && !cell->is_small;

  attest_json_begin_object (json);
  attest_json_member_string (json, "code", cell->criterion);
  attest_json_member_bool (json, "judged", !cell->is_dropped);
  attest_json_key (json, "rating");
  if (cell->level == NULL)
    attest_json_null (json);
  else
    {
      attest_json_begin_object (json);
      attest_json_member_string (json, "level", cell->level);
      attest_json_member_string (json, "label", cell->label);
      attest_json_member_string (json, "scale", cell->scale);
      if (cell->position >= 0)
        attest_json_member_double (json, "position", cell->position);
      else
        attest_json_member_null (json, "position");
      attest_json_end_object (json);
    }
  attest_json_member_string (json, "strength", cell->strength);
  attest_json_member_int (json, "findings", cell->findings);
  attest_json_member_int_if (json, "segments", is_shown, cell->segments);
  attest_json_member_int_if (json, "sources", is_shown, cell->sources);
  attest_json_member_int_if (json, "respondents", is_shown, cell->respondents);
  attest_json_member_bool (json, "suppressed", cell->is_coded && cell->is_small);
  attest_json_end_object (json);
}

static void
write_evaluation (AttestJson *json, const AttestSynthesis *synthesis,
                  const AttestEvaluation *evaluation)
{
  attest_json_begin_object (json);
  attest_json_member_string (json, "path", synthesis->min_group == 0 ? evaluation->path : NULL);
  attest_json_member_string (json, "title", evaluation->title);
  attest_json_key (json, "attributes");
  attest_json_begin_object (json);
  for (guint i = 0; i < synthesis->attributes->len; i++)
    {
      const char *key = g_ptr_array_index (synthesis->attributes, i);
      const char *value = attest_evaluation_get (evaluation, key);
      g_auto (GStrv) items = value != NULL ? g_strsplit (value, "\n", -1) : NULL;

      attest_json_key (json, key);
      attest_json_begin_array (json);
      for (guint k = 0; items != NULL && items[k] != NULL; k++)
        attest_json_string (json, items[k]);
      attest_json_end_array (json);
    }
  attest_json_end_object (json);
  attest_json_key (json, "codebook");
  if (evaluation->codebook_id == NULL)
    attest_json_null (json);
  else
    {
      attest_json_begin_object (json);
      attest_json_member_string (json, "id", evaluation->codebook_id);
      attest_json_member_string (json, "version", evaluation->codebook_version);
      attest_json_member_string (json, "sha256", evaluation->codebook_sha256);
      attest_json_end_object (json);
    }
  attest_json_member_int (json, "sources", evaluation->sources);
  attest_json_member_int (json, "not_searched", evaluation->not_searched);
  attest_json_member_int (json, "respondents", evaluation->respondents);
  attest_json_member_int (json, "words", evaluation->words);
  attest_json_member_int (json, "recommendations", evaluation->recommendations);
  attest_json_key (json, "criteria");
  attest_json_begin_array (json);
  for (guint i = 0; i < evaluation->cells->len; i++)
    write_cell (json, &g_array_index (evaluation->cells, AttestSynthesisCell, i));
  attest_json_end_array (json);
  attest_json_end_object (json);
}

static void
write_scale (AttestJson *json, const AttestSynthesisScale *scale)
{
  attest_json_begin_object (json);
  attest_json_member_string (json, "scale", scale->scale);
  attest_json_member_int (json, "n", scale->n);
  attest_json_key (json, "levels");
  attest_json_begin_array (json);
  for (guint i = 0; i < scale->levels->len; i++)
    {
      attest_json_begin_object (json);
      attest_json_member_string (json, "level", g_ptr_array_index (scale->levels, i));
      attest_json_member_int (json, "n", g_array_index (scale->counts, gint64, i));
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
  attest_json_member_string (json, "median", scale->median);
  attest_json_end_object (json);
}

static void
write_total (AttestJson *json, const AttestSynthesisTotal *total)
{
  attest_json_begin_object (json);
  attest_json_member_string (json, "value", total->value);
  attest_json_member_string (json, "code", total->criterion);
  attest_json_member_int (json, "evaluations", total->evaluations);
  attest_json_member_int (json, "judged", total->judged);
  attest_json_member_int (json, "rated", total->rated);
  attest_json_key (json, "scales");
  attest_json_begin_array (json);
  for (guint i = 0; i < total->scales->len; i++)
    write_scale (json, g_ptr_array_index (total->scales, i));
  attest_json_end_array (json);
  attest_json_key (json, "strength");
  attest_json_begin_object (json);
  for (guint i = 0; i < total->strengths->len; i++)
    attest_json_member_int (json, g_ptr_array_index (total->strengths, i),
                            g_array_index (total->strength_counts, gint64, i));
  attest_json_end_object (json);
  attest_json_member_int_if (json, "respondents", total->coded > 0 && !total->is_small,
                             total->respondents);
  attest_json_member_int_if (json, "respondents_of", total->coded > 0, total->of);
  attest_json_end_object (json);
}

static void
write_totals (AttestJson *json, const AttestSynthesis *synthesis)
{
  g_autoptr (GPtrArray) totals = attest_synthesis_total (synthesis);

  attest_json_member_string (json, "by", synthesis->by);
  attest_json_key (json, "totals");
  attest_json_begin_array (json);
  for (guint i = 0; i < totals->len; i++)
    write_total (json, g_ptr_array_index (totals, i));
  attest_json_end_array (json);
}

void
attest_synthesis_write_json (const AttestSynthesis *synthesis, GString *out)
{
  g_autoptr (AttestJson) json = attest_json_new (out, TRUE);
  g_autoptr (GPtrArray) remarks = attest_synthesis_remarks (synthesis);

  attest_json_begin_object (json);
  attest_json_member_int (json, "format", 1);
  attest_json_member_string (json, "report", "synthesis");
  attest_json_member_strings (json, "criteria", synthesis->criteria);
  attest_json_member_strings (json, "attributes", synthesis->attributes);
  attest_json_key (json, "evaluations");
  attest_json_begin_array (json);
  for (guint i = 0; i < synthesis->evaluations->len; i++)
    write_evaluation (json, synthesis, g_ptr_array_index (synthesis->evaluations, i));
  attest_json_end_array (json);
  write_totals (json, synthesis);
  attest_json_key (json, "failed");
  attest_json_begin_array (json);
  for (guint i = 0; i < synthesis->failures->len; i++)
    {
      const AttestSynthesisFailure *failure
          = &g_array_index (synthesis->failures, AttestSynthesisFailure, i);

      attest_json_begin_object (json);
      attest_json_member_string (json, "path", failure->path);
      attest_json_member_string (json, "message", failure->message);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
  attest_json_member_strings (json, "warnings", remarks);
  attest_json_end_object (json);
  g_string_append_c (out, '\n');
}

/* ---- what to beware of ---- */

static guint
count_codebooks (const AttestSynthesis *synthesis)
{
  g_autoptr (GHashTable) met = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < synthesis->evaluations->len; i++)
    {
      const AttestEvaluation *evaluation = g_ptr_array_index (synthesis->evaluations, i);

      if (evaluation->codebook_sha256 != NULL)
        g_hash_table_add (met, evaluation->codebook_sha256);
    }
  return g_hash_table_size (met);
}

static guint
count_scales (const AttestSynthesis *synthesis)
{
  g_autoptr (GHashTable) met = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < synthesis->evaluations->len; i++)
    {
      const AttestEvaluation *evaluation = g_ptr_array_index (synthesis->evaluations, i);

      for (guint k = 0; k < evaluation->cells->len; k++)
        {
          char *scale = g_array_index (evaluation->cells, AttestSynthesisCell, k).scale;

          if (scale != NULL)
            g_hash_table_add (met, scale);
        }
    }
  return g_hash_table_size (met);
}

static void
count_gaps (const AttestSynthesis *synthesis, guint *out_uncoded, guint *out_partly)
{
  for (guint i = 0; i < synthesis->evaluations->len; i++)
    {
      const AttestEvaluation *evaluation = g_ptr_array_index (synthesis->evaluations, i);

      *out_uncoded += evaluation->codebook_id == NULL;
      *out_partly += evaluation->codebook_id != NULL && evaluation->not_searched > 0;
    }
}

/* Sources whose text is in an evaluation before, too. */
static guint
count_shared (const AttestSynthesis *synthesis)
{
  g_autoptr (GHashTable) met = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = 0;

  for (guint i = 0; i < synthesis->evaluations->len; i++)
    {
      const AttestEvaluation *evaluation = g_ptr_array_index (synthesis->evaluations, i);

      for (guint k = 0; k < evaluation->texts->len; k++)
        n += !g_hash_table_add (met, g_ptr_array_index (evaluation->texts, k));
    }
  return n;
}

GPtrArray *
attest_synthesis_remarks (const AttestSynthesis *synthesis)
{
  GPtrArray *remarks = g_ptr_array_new_with_free_func (g_free);
  guint codebooks = count_codebooks (synthesis), scales = count_scales (synthesis);
  guint uncoded = 0, partly = 0, shared = count_shared (synthesis);

  if (shared > 0)
    g_ptr_array_add (
        remarks, g_strdup_printf ("Sources whose text another of the evaluations holds, too: %u. "
                                  "Their respondents count in both.",
                                  shared));
  count_gaps (synthesis, &uncoded, &partly);
  if (synthesis->failures->len > 0)
    g_ptr_array_add (remarks, g_strdup_printf ("Left out because they could not be read: %u.",
                                               synthesis->failures->len));
  if (scales > 1)
    g_ptr_array_add (remarks, g_strdup_printf ("The ratings are on %u scales: each is counted by "
                                               "itself.",
                                               scales));
  if (codebooks > 1)
    g_ptr_array_add (remarks,
                     g_strdup_printf ("The evaluations were coded by %u codebooks or versions: how "
                                      "many spoke of a criterion is not comparable.",
                                      codebooks));
  if (uncoded > 0)
    g_ptr_array_add (remarks, g_strdup_printf ("Evaluations that were not coded: %u.", uncoded));
  if (partly > 0)
    g_ptr_array_add (remarks,
                     g_strdup_printf ("Evaluations with sources that their codebook has not "
                                      "searched: %u.",
                                      partly));
  if (synthesis->min_group > 0)
    g_ptr_array_add (remarks,
                     g_strdup_printf ("* Counts of fewer than %u respondents, or of all but fewer, "
                                      "are not printed.",
                                      synthesis->min_group));
  return remarks;
}
