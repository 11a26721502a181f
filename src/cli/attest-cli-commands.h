/* The commands that there are; the list itself is in attest-cli-commands.c. */
#pragma once

#include "cli/attest-cli.h"
#include "model/attest-document.h"
#include "report/attest-table.h"
#include "store/attest-store-guide.h"

extern const AttestCommand attest_cmd_agree;
extern const AttestCommand attest_cmd_book;
extern const AttestCommand attest_cmd_brief_check;
extern const AttestCommand attest_cmd_brief_init;
extern const AttestCommand attest_cmd_brief_render;
extern const AttestCommand attest_cmd_check;
extern const AttestCommand attest_cmd_check_silence;
extern const AttestCommand attest_cmd_code;
extern const AttestCommand attest_cmd_codebook_check;
extern const AttestCommand attest_cmd_codebook_diff;
extern const AttestCommand attest_cmd_codebook_explain;
extern const AttestCommand attest_cmd_codebook_export;
extern const AttestCommand attest_cmd_codebook_import;
extern const AttestCommand attest_cmd_codebook_show;
extern const AttestCommand attest_cmd_codebook_suggest;
extern const AttestCommand attest_cmd_codebook_test;
extern const AttestCommand attest_cmd_compare;
extern const AttestCommand attest_cmd_conclusion_add;
extern const AttestCommand attest_cmd_conclusion_edit;
extern const AttestCommand attest_cmd_conclusion_link;
extern const AttestCommand attest_cmd_conclusion_list;
extern const AttestCommand attest_cmd_conclusion_show;
extern const AttestCommand attest_cmd_counter;
extern const AttestCommand attest_cmd_criteria;
extern const AttestCommand attest_cmd_criterion_add;
extern const AttestCommand attest_cmd_criterion_drop;
extern const AttestCommand attest_cmd_demo;
extern const AttestCommand attest_cmd_edit;
extern const AttestCommand attest_cmd_export;
extern const AttestCommand attest_cmd_export_ledger;
extern const AttestCommand attest_cmd_finding_add;
extern const AttestCommand attest_cmd_finding_edit;
extern const AttestCommand attest_cmd_finding_link;
extern const AttestCommand attest_cmd_finding_list;
extern const AttestCommand attest_cmd_finding_show;
extern const AttestCommand attest_cmd_guide_apply;
extern const AttestCommand attest_cmd_guide_check;
extern const AttestCommand attest_cmd_guide_remove;
extern const AttestCommand attest_cmd_guide_show;
extern const AttestCommand attest_cmd_help;
extern const AttestCommand attest_cmd_import_ledger;
extern const AttestCommand attest_cmd_ingest;
extern const AttestCommand attest_cmd_init;
extern const AttestCommand attest_cmd_keyness;
extern const AttestCommand attest_cmd_kwic;
extern const AttestCommand attest_cmd_lesson_add;
extern const AttestCommand attest_cmd_lesson_edit;
extern const AttestCommand attest_cmd_lesson_link;
extern const AttestCommand attest_cmd_lesson_list;
extern const AttestCommand attest_cmd_lesson_show;
extern const AttestCommand attest_cmd_mark;
extern const AttestCommand attest_cmd_memo;
extern const AttestCommand attest_cmd_merge;
extern const AttestCommand attest_cmd_reconcile;
extern const AttestCommand attest_cmd_practice_add;
extern const AttestCommand attest_cmd_practice_edit;
extern const AttestCommand attest_cmd_practice_link;
extern const AttestCommand attest_cmd_practice_list;
extern const AttestCommand attest_cmd_practice_show;
extern const AttestCommand attest_cmd_project;
extern const AttestCommand attest_cmd_project_set;
extern const AttestCommand attest_cmd_rate;
extern const AttestCommand attest_cmd_ratings;
extern const AttestCommand attest_cmd_read;
extern const AttestCommand attest_cmd_rebuild;
extern const AttestCommand attest_cmd_recommendation_add;
extern const AttestCommand attest_cmd_recommendation_edit;
extern const AttestCommand attest_cmd_recommendation_link;
extern const AttestCommand attest_cmd_recommendation_list;
extern const AttestCommand attest_cmd_recommendation_show;
extern const AttestCommand attest_cmd_report_codebook;
extern const AttestCommand attest_cmd_report_cooccurrence;
extern const AttestCommand attest_cmd_report_coverage;
extern const AttestCommand attest_cmd_report_evidence;
extern const AttestCommand attest_cmd_report_evidence_matrix;
extern const AttestCommand attest_cmd_report_frequency;
extern const AttestCommand attest_cmd_report_matrix;
extern const AttestCommand attest_cmd_report_quotes;
extern const AttestCommand attest_cmd_report_respondents;
extern const AttestCommand attest_cmd_report_saturation;
extern const AttestCommand attest_cmd_report_silence;
extern const AttestCommand attest_cmd_report_timeline;
extern const AttestCommand attest_cmd_report_triangulation;
extern const AttestCommand attest_cmd_respondents;
extern const AttestCommand attest_cmd_respondents_import;
extern const AttestCommand attest_cmd_respondents_set;
extern const AttestCommand attest_cmd_respondents_withdraw;
extern const AttestCommand attest_cmd_review;
extern const AttestCommand attest_cmd_sample;
extern const AttestCommand attest_cmd_scales;
extern const AttestCommand attest_cmd_scan;
extern const AttestCommand attest_cmd_score;
extern const AttestCommand attest_cmd_runs;
extern const AttestCommand attest_cmd_segments;
extern const AttestCommand attest_cmd_sources;
extern const AttestCommand attest_cmd_strength;
extern const AttestCommand attest_cmd_synthesis;
extern const AttestCommand attest_cmd_text;
extern const AttestCommand attest_cmd_trace;
extern const AttestCommand attest_cmd_turns;
extern const AttestCommand attest_cmd_undo;
extern const AttestCommand attest_cmd_update;
extern const AttestCommand attest_cmd_verify;

/** "table", "csv", "json" */
extern const char *const attest_list_formats[];

/** Writes a list: a table, CSV, or a JSON array with a line end. @format NULL: a table. */
void attest_cli_write_table (AttestInvocation *inv, const AttestTable *table, const char *format);
/** The `turns` of the contract as a table. @questions: (nullable) (element-type AttestQuestionTurn)
 * the turns of @doc that ask something of a guide or none; @for_people: say so in words. */
AttestTable *attest_cli_turns_table (const AttestDocument *doc, GPtrArray *questions,
                                     gboolean for_people);
