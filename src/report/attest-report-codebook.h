/* attest-report-codebook: a codebook to be printed: definitions, rules, examples, and how often
 * what each code and rule found was right, by what people decided in review.
 *
 * Precision is the share of accepted among decided segments, with Wilson's 95 % interval
 * (stats/attest-proportion.h). What was decided is not a sample, unless it was drawn as one: who
 * reviews the doubtful ones first sees a lower share.
 */
#pragma once

#include "report/attest-report-driver.h"
#include "report/attest-report-review.h"
#include "stats/attest-proportion.h"

G_BEGIN_DECLS

/* A pattern as it stands in the codebook. */
typedef struct
{
  char *name; /* "impact/3.2" */
  char *text;
  char *langs; /* (nullable) "en fr" */
} AttestCodebookRule;

/* What the codebook says of a code; all but the code (nullable). */
typedef struct
{
  char *code, *dimension, *name;
  char *question, *definition, *include, *exclude;
  GArray *rules;                         /* of AttestCodebookRule: what finds it */
  GPtrArray *asked;                      /* of char *: patterns of questions about it */
  GPtrArray *examples, *counterexamples; /* of char * */
  GPtrArray *confusions;                 /* of char *: "efficiency: time and money" */
} AttestCodebookEntry;

AttestCodebookEntry *attest_codebook_entry_new (const char *code, const char *dimension,
                                                const char *name);
void attest_codebook_entry_free (AttestCodebookEntry *entry);
/** Strings are copied. */
void attest_codebook_entry_add_rule (AttestCodebookEntry *entry, const char *name, const char *text,
                                     const char *langs);

typedef struct
{
  const AttestReportData *data; /* borrowed */
  GPtrArray *entries;           /* of AttestCodebookEntry, owned */
  AttestReview *review;         /* owned */
} AttestCodebookReport;

extern const AttestReportDriver attest_codebook_report_driver;

/** Takes @entries over (element-type AttestCodebookEntry, with its free function). */
AttestCodebookReport *attest_codebook_report_new (const AttestReportData *data, GPtrArray *entries,
                                                  GError **error);
void attest_codebook_report_free (AttestCodebookReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestCodebookReport, attest_codebook_report_free)

G_END_DECLS
