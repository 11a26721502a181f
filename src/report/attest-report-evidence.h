/* attest-report-evidence: who bears each code out, and in which words.
 *
 * The quotes of a code are grouped by stakeholder group. They are rendered in one pass over the
 * segments of the code, each into the text of its group: memory grows with what is written for
 * one code. Neither names nor labels of respondents are written for people: a quote is cited by
 * id, source, turn, time and group.
 */
#pragma once

#include <glib.h>

#include "report/attest-disclosure.h"
#include "report/attest-report-strength.h"
#include "report/attest-report.h"
#include "store/attest-store-ledger.h"
#include "store/attest-store-project.h"
#include "store/attest-store-silence.h"
#include "util/attest-output.h"

G_BEGIN_DECLS

typedef struct
{
  AttestStore *store;             /* borrowed */
  AttestReportFilter filter;      /* borrowed strings; codebook is set */
  AttestFrequency *frequency;     /* all dimensions, for totals and names */
  GPtrArray *codes;               /* of AttestEvidence */
  const char *main_lang;          /* (nullable) interned: in which most is said in the project */
  AttestLedger *ledger;           /* ratings and findings */
  AttestProject *project;         /* and which criteria are judged */
  GHashTable *passages;           /* id → AttestQuotePassage, of all quotes that are linked */
  GPtrArray *passage_owner;       /* keeps them alive */
  AttestStrengthCounter *counter; /* (nullable) NULL: strength is not told */
  GPtrArray *silences; /* of AttestSilence: problems of 'check' that somebody said are none */
  GHashTable *groups;  /* label of a respondent → group; without those of no known group */
  AttestDisclosure *disclosure; /* (nullable) owned; NULL: for the team */
} AttestEvidenceReport;

/** @filter: strings must outlive the report; @code: (nullable) only this. */
AttestEvidenceReport *attest_evidence_report_new (AttestStore *store,
                                                  const AttestReportFilter *filter,
                                                  const char *code, GError **error);
/** Has the report tell how strong the evidence is of each code on which there is a finding. @rules
 * must outlive it. */
gboolean attest_evidence_report_add_strength (AttestEvidenceReport *report,
                                              const AttestStrengthRules *rules, GError **error);
/** Has the report print for the audience of @disclosure, which it takes; (nullable). After
 * strength was added. */
void attest_evidence_report_disclose (AttestEvidenceReport *report, AttestDisclosure *disclosure);
void attest_evidence_report_free (AttestEvidenceReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestEvidenceReport, attest_evidence_report_free)

/* What a writer does with a segment, which is as it may be printed; @group: (nullable) not known,
 * or not to be told. */
typedef void (*AttestEvidenceFunc) (const AttestStoreSegment *segment, const char *group,
                                    GString *out, gpointer data);

/**
 * Calls @func for each segment of a code that is not rejected, with the text of its group to
 * append to.
 *
 * Returns: (element-type GString) a text for each of evidence->groups.
 */
GPtrArray *attest_evidence_report_render (AttestEvidenceReport *report,
                                          const AttestEvidence *evidence, gboolean with_hits,
                                          AttestEvidenceFunc func, gpointer data, GError **error);

/** The name of the language that the quote is in, when it is not that of most of the project:
 * "Russian"; else NULL. */
char *attest_evidence_dup_other_language (const AttestEvidenceReport *report,
                                          const AttestStoreSegment *segment);
/** "01-ministry ¶12 [00:12:31] (Government), in Russian", to the public "S9D2MK P7K3QA (Government,
 * female)"; what is not known is left out, and the
 * main language of the project. */
void attest_evidence_append_place (const AttestEvidenceReport *report,
                                   const AttestStoreSegment *segment, const char *group,
                                   GString *out);
/** What stands in brackets there: the group, or to the public the line of attribution; (nullable).
 */
const char *attest_evidence_get_line (const AttestEvidenceReport *report,
                                      const AttestStoreSegment *segment, const char *group);
/** "Government", "group not known", "group not told" */
const char *attest_evidence_get_group_heading (const AttestEvidenceReport *report,
                                               const AttestEvidenceGroup *group);
/** "9 of 12 respondents in 6 of 8 groups spoke of it; 8 were asked about it, of whom 7 spoke of it"
 */
char *attest_evidence_dup_profile (const AttestEvidenceReport *report,
                                   const AttestEvidence *evidence);
/** Borrowed: a criterion that was added or dropped, with the reason; NULL: as the codebook has it.
 */
const AttestCriterion *attest_evidence_get_scope (const AttestEvidenceReport *report,
                                                  const AttestEvidence *evidence);
/** Of a criterion that was dropped: "Not assessed, said Kim on 2026-11-26: why.". Else "Rated 4
 * very good on the scale iom-5 by Kim on 2026-11-26: why." NULL: nobody rated it. */
char *attest_evidence_dup_rating (const AttestEvidenceReport *report,
                                  const AttestEvidence *evidence);
/** What the report says of it: "moderate: 3 support it …", to the public its level only; NULL: see
 * below. */
char *attest_evidence_dup_strength (const AttestEvidenceReport *report,
                                    const AttestEvidence *evidence);
/** FALSE: there is no finding on it, or strength is not told. */
gboolean attest_evidence_get_strength (const AttestEvidenceReport *report,
                                       const AttestEvidence *evidence,
                                       AttestStrength *out_strength);
/** (element-type AttestLedgerEntry) borrowed: the findings on the criterion that hold. */
GPtrArray *attest_evidence_list_findings (const AttestEvidenceReport *report,
                                          const AttestEvidence *evidence);
/** (element-type utf8) "Silenced: contrast of F2, by Kim on 2026-11-26: why"; with a free function.
 * @evidence: what concerns the criterion, its rating and its findings; NULL: what concerns none of
 * the criteria of the report. */
GPtrArray *attest_evidence_list_silences (const AttestEvidenceReport *report,
                                          const AttestEvidence *evidence);
/** For people, by group: present, asked, spoke, both, segments. @title: (nullable) */
AttestTable *attest_evidence_to_table (const AttestEvidence *evidence, const char *title);

gboolean attest_evidence_report_write_json (AttestEvidenceReport *report, AttestOutput *output,
                                            GError **error);
/** A line a segment: code, group and the fields of a segment. */
gboolean attest_evidence_report_write_csv (AttestEvidenceReport *report, AttestOutput *output,
                                           GError **error);
/** For people; @columns: width to fit, 0: any; @color: hits stand out. */
gboolean attest_evidence_report_write_text (AttestEvidenceReport *report, AttestOutput *output,
                                            guint columns, gboolean color, GError **error);

G_END_DECLS
