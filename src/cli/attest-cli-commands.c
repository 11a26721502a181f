/* To add a command, add its file, its line in the fragment, and a line here. */
#include "cli/attest-cli-commands.h"

/* clang-format off: a line each, so that two additions do not meet */
/* In the order of help. */
static const AttestCommand *const commands[] = {
  &attest_cmd_init,
  &attest_cmd_demo,
  &attest_cmd_help,
  &attest_cmd_ingest,
  &attest_cmd_sources,
  &attest_cmd_update,
  &attest_cmd_turns,
  &attest_cmd_text,
  &attest_cmd_respondents,
  &attest_cmd_respondents_import,
  &attest_cmd_respondents_set,
  &attest_cmd_respondents_withdraw,
  &attest_cmd_verify,
  &attest_cmd_rebuild,
  &attest_cmd_codebook_check,
  &attest_cmd_codebook_test,
  &attest_cmd_codebook_show,
  &attest_cmd_codebook_explain,
  &attest_cmd_codebook_diff,
  &attest_cmd_codebook_import,
  &attest_cmd_codebook_export,
  &attest_cmd_codebook_suggest,
  &attest_cmd_guide_check,
  &attest_cmd_guide_apply,
  &attest_cmd_guide_show,
  &attest_cmd_guide_remove,
  &attest_cmd_code,
  &attest_cmd_runs,
  &attest_cmd_segments,
  &attest_cmd_review,
  &attest_cmd_mark,
  &attest_cmd_memo,
  &attest_cmd_undo,
  &attest_cmd_kwic,
  &attest_cmd_rate,
  &attest_cmd_ratings,
  &attest_cmd_scales,
  &attest_cmd_criteria,
  &attest_cmd_criterion_add,
  &attest_cmd_criterion_drop,
  &attest_cmd_trace,
  &attest_cmd_strength,
  &attest_cmd_counter,
  &attest_cmd_brief_init,
  &attest_cmd_brief_check,
  &attest_cmd_brief_render,
  &attest_cmd_check,
  &attest_cmd_check_silence,
  &attest_cmd_project,
  &attest_cmd_project_set,
  &attest_cmd_edit,
  &attest_cmd_export_ledger,
  &attest_cmd_import_ledger,
  &attest_cmd_finding_add,
  &attest_cmd_finding_edit,
  &attest_cmd_finding_link,
  &attest_cmd_finding_list,
  &attest_cmd_finding_show,
  &attest_cmd_conclusion_add,
  &attest_cmd_conclusion_edit,
  &attest_cmd_conclusion_link,
  &attest_cmd_conclusion_list,
  &attest_cmd_conclusion_show,
  &attest_cmd_recommendation_add,
  &attest_cmd_recommendation_edit,
  &attest_cmd_recommendation_link,
  &attest_cmd_recommendation_list,
  &attest_cmd_recommendation_show,
  &attest_cmd_lesson_add,
  &attest_cmd_lesson_edit,
  &attest_cmd_lesson_link,
  &attest_cmd_lesson_list,
  &attest_cmd_lesson_show,
  &attest_cmd_practice_add,
  &attest_cmd_practice_edit,
  &attest_cmd_practice_link,
  &attest_cmd_practice_list,
  &attest_cmd_practice_show,
  &attest_cmd_report_frequency,
  &attest_cmd_report_matrix,
  &attest_cmd_report_evidence,
  &attest_cmd_report_coverage,
  &attest_cmd_report_silence,
  &attest_cmd_report_cooccurrence,
  &attest_cmd_report_saturation,
  &attest_cmd_report_triangulation,
  &attest_cmd_report_evidence_matrix,
  &attest_cmd_report_respondents,
  &attest_cmd_report_quotes,
  &attest_cmd_report_codebook,
  &attest_cmd_report_timeline,
  &attest_cmd_book,
  &attest_cmd_merge,
  &attest_cmd_reconcile,
  &attest_cmd_sample,
  &attest_cmd_score,
  &attest_cmd_agree,
  &attest_cmd_compare,
  &attest_cmd_synthesis,
  &attest_cmd_keyness,
  &attest_cmd_export,
  &attest_cmd_read,
  &attest_cmd_scan,
  NULL,
};

static const char *const groups[] = {
  "start",    "Start",
  "material", "Material",
  "codebook", "Codebook",
  "guide",    "Interview guide",
  "code",     "Code",
  "judge",    "Judge",
  "ledger",   "Findings and what follows from them",
  "report",   "Report",
  "compare",  "Compare",
  "exchange", "Exchange",
  "direct",   "Without a project",
  NULL,
};
/* clang-format on */

const char *const attest_list_formats[] = { "table", "csv", "json", NULL };

const AttestCommand *const *
attest_cli_commands (void)
{
  return commands;
}

const char *const *
attest_cli_groups (void)
{
  return groups;
}

void
attest_cli_write_table (AttestInvocation *inv, const AttestTable *table, const char *format)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (g_strcmp0 (format, "csv") == 0)
    attest_table_write_csv (table, out);
  else if (g_strcmp0 (format, "json") == 0)
    {
      g_autoptr (AttestJson) json = attest_json_new (out, TRUE);

      attest_table_write_json (table, json);
      g_string_append_c (out, '\n');
    }
  else
    attest_table_write_text (table, out, inv->columns, inv->color);
  fwrite (out->str, 1, out->len, inv->out);
}
