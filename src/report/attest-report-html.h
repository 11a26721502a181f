/* attest-report-html: reports as self-contained HTML pages.
 *
 * Pages are written piece by piece: memory grows with one code or one transcript, not with the
 * project. The same project gives the same bytes. Neither paths nor labels of speakers and
 * respondents are written: a speaker is "Interviewer", "Respondent 2".
 */
#pragma once

#include "report/attest-page.h"
#include "report/attest-report-evidence.h"
#include "util/attest-output.h"

G_BEGIN_DECLS

/** The title of the project, else the name of its file. */
char *attest_report_dup_project_title (AttestStore *store, GError **error);

/** @title: of the project. */
void attest_frequency_write_html (const AttestFrequency *frequency, const char *title,
                                  GString *out);
/** See attest_matrix_to_table(). */
void attest_matrix_write_html (const AttestMatrix *matrix, const AttestFrequency *frequency,
                               const char *rows, const char *cols, gboolean by_attribute,
                               const char *title, GString *out);

/**
 * The evidence with an overview before it and, behind it, the transcripts that it quotes, all coded
 * passages marked. Each quote links to its passage, and back; a passage is at #Q….
 */
gboolean attest_evidence_report_write_html (AttestEvidenceReport *report, AttestOutput *output,
                                            GError **error);

/* The parts of that page. */

/** Anchor of a quote as evidence of a code. */
char *attest_html_dup_quote_anchor (const char *code, const char *quote_id);

/** The section of a code: who spoke, and the quotes by group. */
gboolean attest_html_write_evidence (AttestEvidenceReport *report, const AttestEvidence *evidence,
                                     AttestOutput *output, GError **error);

/**
 * A transcript with the coded passages marked: those of the report's filter that are not rejected.
 * @number: of the source on the page; @linked: codes that have a section.
 */
gboolean attest_html_write_transcript (AttestEvidenceReport *report, const AttestSourceInfo *info,
                                       guint number, GHashTable *linked, AttestOutput *output,
                                       GError **error);

G_END_DECLS
