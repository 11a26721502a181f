/* A comparison as the contract has it; see attest-report-compare.h. */
#include "report/attest-report-compare.h"

#include <math.h>
#include <string.h>

static void
write_side (AttestJson *json, const AttestComparison *comparison, guint number)
{
  const AttestCompareSide *side = attest_comparison_side (comparison, number);
  gboolean is_hidden = side->project != NULL && comparison->min_group > 0;

  attest_json_begin_object (json);
  attest_json_member_string (json, "kind", side->project != NULL ? "project" : "codebook");
  attest_json_member_string (json, "given", attest_comparison_get_given (comparison, number));
  attest_json_member_string (json, "id", side->id);
  attest_json_member_string (json, "version", side->version);
  attest_json_member_string (json, "title", side->title);
  attest_json_member_string (json, "sha256", side->sha256);
  attest_json_member_int (json, "codes", side->n_codes);
  attest_json_member_int (json, "rules", side->n_rules);
  attest_json_member_int (json, "patterns", side->n_patterns);
  attest_json_member_string (json, "project", is_hidden ? NULL : side->project);
  attest_json_member_string (json, "project_title", side->project_title);
  attest_json_end_object (json);
}

/* Codes of @side that are in the row. */
static void
write_row_codes (AttestJson *json, const char *key, const AttestComparison *comparison, guint side,
                 guint row)
{
  const AttestCompareSide *info = attest_comparison_side (comparison, side);

  attest_json_key (json, key);
  attest_json_begin_array (json);
  for (guint i = 0; i < info->n_codes; i++)
    if (comparison->alignment->row_of[side][i] == row)
      attest_json_string (json, info->codes[i]);
  attest_json_end_array (json);
}

static void
write_counts (AttestJson *json, const AttestComparison *comparison, const char *key,
              gboolean is_known, const AttestCompareCount *count, gint64 units)
{
  attest_json_key (json, key);
  if (!is_known)
    {
      attest_json_null (json);
      return;
    }
  attest_json_begin_object (json);
  attest_json_member_int (json, "units", units);
  attest_json_member_int (json, "segments", count->segments);
  attest_json_member_int (json, "sources", count->sources);
  attest_json_member_int_if (
      json, "respondents",
      !attest_comparison_is_small (comparison, count->respondents, comparison->respondents),
      count->respondents);
  attest_json_end_object (json);
}

static void
write_row (AttestJson *json, const AttestComparison *comparison, guint side, guint row)
{
  const AttestAlignedRow *aligned = attest_alignment_row (comparison->alignment, row);
  const AttestContrastRow *contrast = &comparison->contrast->pairs[side - 1].rows[row];
  const AttestCompareCount *counts = comparison->counts + (gsize)row * comparison->sides->len;
  gboolean in_a = aligned->sides & 1, in_b = (aligned->sides >> side) & 1;

  attest_json_begin_object (json);
  attest_json_member_string (json, "code", aligned->label);
  attest_json_member_int_if (json, "a", in_a, contrast->a);
  attest_json_member_int_if (json, "b", in_b, contrast->b);
  attest_json_member_int_if (json, "both", contrast->is_common, contrast->both);
  attest_json_member_double (json, "jaccard", contrast->is_common ? contrast->jaccard.value : NAN);
  attest_json_member_double (json, "krippendorff_alpha",
                             contrast->is_common ? contrast->alpha.value : NAN);
  attest_json_key (json, "ci");
  attest_json_begin_object (json);
  attest_json_member_interval (json, "jaccard", contrast->jaccard.low, contrast->jaccard.high);
  attest_json_member_interval (json, "krippendorff_alpha", contrast->alpha.low,
                               contrast->alpha.high);
  attest_json_end_object (json);
  attest_json_member_int (json, "undefined_resamples", contrast->undefined);
  attest_json_member_int (json, "gained", contrast->b - contrast->both);
  attest_json_member_int (json, "lost", contrast->a - contrast->both);
  attest_json_member_string (
      json, "aligned_by", contrast->is_common ? attest_aligned_by_to_string (aligned->by) : NULL);
  write_row_codes (json, "a_codes", comparison, 0, row);
  write_row_codes (json, "b_codes", comparison, side, row);
  write_counts (json, comparison, "a_counts", in_a, &counts[0], contrast->a);
  write_counts (json, comparison, "b_counts", in_b, &counts[side], contrast->b);
  attest_json_key (json, "notes");
  attest_json_begin_object (json);
  if (!contrast->is_common)
    attest_json_member_string (json, "krippendorff_alpha",
                               in_a ? "b has no such code" : "a has no such code");
  else if (contrast->reason != NULL)
    attest_json_member_string (json, "krippendorff_alpha", contrast->reason);
  attest_json_end_object (json);
  attest_json_end_object (json);
}

static void
write_pair (AttestJson *json, const AttestComparison *comparison, guint side)
{
  const AttestContrastPair *pair = &comparison->contrast->pairs[side - 1];
  guint wanted = 1u | 1u << side;

  attest_json_key (json, "per_code");
  attest_json_begin_array (json);
  for (guint row = 0; row < comparison->alignment->rows->len; row++)
    if (attest_alignment_row (comparison->alignment, row)->sides & wanted)
      write_row (json, comparison, side, row);
  attest_json_end_array (json);
  attest_json_key (json, "overall");
  attest_json_begin_object (json);
  attest_json_member_string (json, "method", "mean of the codes");
  attest_json_member_int (json, "codes", pair->n_defined);
  attest_json_member_double (json, "jaccard", pair->jaccard.value);
  attest_json_member_double (json, "krippendorff_alpha", pair->alpha.value);
  attest_json_key (json, "ci");
  attest_json_begin_object (json);
  attest_json_member_interval (json, "jaccard", pair->jaccard.low, pair->jaccard.high);
  attest_json_member_interval (json, "krippendorff_alpha", pair->alpha.low, pair->alpha.high);
  attest_json_end_object (json);
  attest_json_end_object (json);
}

static void
write_shifts (AttestJson *json, const AttestComparison *comparison, guint side)
{
  g_autoptr (AttestTable) table = attest_comparison_shifts_new (comparison, side, FALSE);
  g_autoptr (AttestTable) paired = attest_comparison_paired_new (comparison, side, FALSE);
  g_autoptr (AttestTable) between = attest_comparison_between_new (comparison, side, FALSE);

  attest_json_key (json, "shifts");
  attest_table_write_json (table, json);
  attest_json_key (json, "paired");
  attest_table_write_json (paired, json);
  attest_json_key (json, "between_groups");
  attest_table_write_json (between, json);
}

/* ---- passages ---- */

static void
write_hit (AttestJson *json, const AttestComparison *comparison, const AttestCompareHit *hit)
{
  const AttestCompareSide *side = attest_comparison_side (comparison, hit->side);
  char letter[] = { (char)('a' + (int)hit->side), '\0' };

  attest_json_begin_object (json);
  attest_json_member_string (json, "side", letter);
  attest_json_member_string (json, "rule", side->patterns[hit->pattern]);
  attest_json_member_int_if (json, "start", comparison->min_group == 0, hit->start);
  attest_json_member_int_if (json, "end", comparison->min_group == 0, hit->end);
  attest_json_member_int_if (json, "start_byte", comparison->min_group == 0, hit->start_byte);
  attest_json_member_int_if (json, "end_byte", comparison->min_group == 0, hit->end_byte);
  attest_json_member_string (json, "why", side->is_own[hit->pattern] ? "pattern" : "condition");
  attest_json_end_object (json);
}

static void
write_difference (AttestJson *json, const AttestComparison *comparison,
                  const AttestDifference *difference)
{
  g_autoptr (GPtrArray) rules = attest_difference_list_rules (comparison, difference);
  g_autoptr (GPtrArray) decisions = attest_difference_list_decisions (comparison, difference);

  attest_json_begin_object (json);
  attest_json_member_string (json, "source", difference->source);
  attest_json_member_int_if (json, "turn", comparison->min_group == 0, difference->turn);
  attest_json_member_int_if (json, "start", comparison->min_group == 0, difference->start);
  attest_json_member_int_if (json, "end", comparison->min_group == 0, difference->end);
  attest_json_member_string (json, "quote", difference->quote);
  for (guint side = 0; side < comparison->sides->len; side++)
    {
      char letter[] = { (char)('a' + (int)side), '\0' };
      g_autoptr (GPtrArray) codes
          = attest_difference_list_codes (comparison, difference, side, side);

      attest_json_member_strings (json, letter, codes);
    }
  attest_json_member_strings (json, "rules", rules);
  attest_json_member_string (
      json, "project",
      comparison->min_group > 0
          ? NULL
          : g_array_index (comparison->projects, AttestCompareProject, difference->project).path);
  attest_json_member_int_if (json, "start_byte", comparison->min_group == 0,
                             difference->start_byte);
  attest_json_member_int_if (json, "end_byte", comparison->min_group == 0, difference->end_byte);
  attest_json_key (json, "hits");
  attest_json_begin_array (json);
  for (guint i = 0; i < difference->hits->len; i++)
    write_hit (json, comparison, &g_array_index (difference->hits, AttestCompareHit, i));
  attest_json_end_array (json);
  attest_json_member_strings (json, "decisions", decisions);
  attest_json_end_object (json);
}

/* ---- the whole ---- */

static void
write_head (AttestJson *json, const AttestComparison *comparison)
{
  attest_json_member_int (json, "format", 1);
  for (guint side = 0; side < comparison->sides->len; side++)
    {
      char letter[] = { (char)('a' + (int)side), '\0' };

      attest_json_key (json, letter);
      write_side (json, comparison, side);
    }
  attest_json_member_string (
      json, "compared",
      attest_comparison_is_of_projects (comparison) ? "projects on the same texts" : "codebooks");
  attest_json_member_string (json, "unit", comparison->unit);
  attest_json_member_int (json, "units", comparison->contrast->units);
  attest_json_member_int (json, "sources", comparison->sources);
  attest_json_member_int (json, "respondents", comparison->respondents);
  attest_json_member_int (json, "rejected", comparison->rejected);
  attest_json_key (json, "bootstrap");
  attest_json_begin_object (json);
  attest_json_member_int (json, "rounds", comparison->rounds);
  attest_json_member_int (json, "seed", (gint64)comparison->seed);
  attest_json_member_string (json, "unit", "source");
  attest_json_member_int (json, "clusters", comparison->sources);
  attest_json_end_object (json);
  attest_json_key (json, "projects");
  attest_json_begin_array (json);
  for (guint i = 0; i < comparison->projects->len; i++)
    {
      const AttestCompareProject *project
          = &g_array_index (comparison->projects, AttestCompareProject, i);

      attest_json_begin_object (json);
      attest_json_member_string (json, "path", comparison->min_group == 0 ? project->path : NULL);
      attest_json_member_string (json, "title", project->title);
      attest_json_member_int (json, "sources", project->sources);
      attest_json_member_int (json, "words", project->words);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
}

static void
write_others (AttestJson *json, const AttestComparison *comparison)
{
  attest_json_key (json, "others");
  attest_json_begin_array (json);
  for (guint side = 2; side < comparison->sides->len; side++)
    {
      char letter[] = { (char)('a' + (int)side), '\0' };

      attest_json_begin_object (json);
      attest_json_member_string (json, "b", letter);
      write_pair (json, comparison, side);
      write_shifts (json, comparison, side);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
}

void
attest_comparison_write_json (const AttestComparison *comparison, GString *out)
{
  g_autoptr (AttestJson) json = attest_json_new (out, TRUE);

  attest_comparison_write_object (comparison, json);
  g_string_append_c (out, '\n');
}

void
attest_comparison_write_object (const AttestComparison *comparison, AttestJson *json)
{
  attest_json_begin_object (json);
  write_head (json, comparison);
  write_pair (json, comparison, 1);
  attest_json_key (json, "differences");
  attest_json_begin_array (json);
  for (guint i = 0; i < comparison->differences->len; i++)
    write_difference (json, comparison,
                      &g_array_index (comparison->differences, AttestDifference, i));
  attest_json_end_array (json);
  attest_json_member_int (json, "differences_total", comparison->n_differences);
  attest_json_member_string (json, "by", comparison->attribute);
  write_shifts (json, comparison, 1);
  write_others (json, comparison);
  attest_comparison_write_all (comparison, json);
  attest_json_member_strings (json, "warnings", comparison->warnings);
  attest_json_end_object (json);
}
