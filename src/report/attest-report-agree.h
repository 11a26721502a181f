/* attest-report-agree: how far coders agree, for people and programs.
 */
#pragma once

#include "report/attest-table.h"
#include "stats/attest-agreement.h"
#include "store/attest-store-run.h"
#include "util/attest-json.h"

G_BEGIN_DECLS

/* Where an item stands in a project. */
typedef struct
{
  const char *source; /* borrowed */
  guint turn;         /* G_MAXUINT: the whole source */
  gint64 start, end;  /* code points */
  char *quote;        /* (nullable) owned */
} AttestAgreePlace;

/* A coder that is a run, found again. */
typedef struct
{
  const AttestRunInfo *info; /* borrowed: as it was */
  gint64 segments;           /* that were found now */
  guint sources;             /* in which that could be done */
  const char *proof;         /* (nullable) "same" as then, or "different"; NULL: nobody can say */
} AttestAgreeRunNote;

/* All borrowed. */
typedef struct
{
  const AttestAgreement *agreement;
  const AttestAgreementInput *input;
  const char *unit;         /* "item", "sentence" … */
  const char *cluster_unit; /* what is drawn for intervals: "cluster", "item" … */
  const char *const *items; /* names, as many as there are */
  const char *const *coders, *const *codes;
  const char *const *clusters;    /* (nullable) */
  const AttestAgreePlace *places; /* (nullable) of the items of a project */
  const GPtrArray *runs;          /* (nullable) of AttestAgreeRunNote */
  const char *const *warnings;    /* of the input; NULL-terminated */
  /* (nullable) that items were drawn with unequal chances and are weighed: the sample's name, and
   * what was asked for */
  const char *sample, *sample_design;
  double effective_items; /* as many with equal weights tell as much */
} AttestAgreeReport;

/* Fewer clusters make no interval that can be trusted. */
#define ATTEST_AGREE_MIN_CLUSTERS 6

/** A row a code, then overall. @for_people: what fits, with the benchmark's name. */
AttestTable *attest_agree_report_table_new (const AttestAgreeReport *report, gboolean for_people);
/** For people: coefficients of all judgements together that no code has; perhaps without a row. */
AttestTable *attest_agree_report_overall_new (const AttestAgreeReport *report);
/** For people: values or codes that are most often taken for each other; perhaps without a row. */
AttestTable *attest_agree_report_confusion_new (const AttestAgreeReport *report);
/** For people: each two of several coders, at most @max_pairs, those who agree least; without a row
 * for two coders. */
AttestTable *attest_agree_report_pairs_new (const AttestAgreeReport *report, guint max_pairs);
/** The items on which coders differ: what each gave. @for_json: no code is an empty list, and not
 * "(no code)", which tells it from not judged in a table. @title: (nullable) */
AttestTable *attest_agree_report_disagreements_new (const AttestAgreeReport *report,
                                                    const char *title, gboolean for_json);
/** The runs among the coders; perhaps without a row. @runs: (nullable) of AttestAgreeRunNote */
AttestTable *attest_agree_report_runs_new (const GPtrArray *runs);
/** What to beware of, in whole sentences: (element-type char *). */
GPtrArray *attest_agree_report_warnings (const AttestAgreeReport *report);
/** For people: these, and what is to be said of rows and of missing figures. */
GPtrArray *attest_agree_report_remarks (const AttestAgreeReport *report);
/** See "agree" in the contract. */
void attest_agree_report_write_json (const AttestAgreeReport *report, GString *out);

/* attest-report-agree-charts.c */
/** A forest plot of alpha and AC1 with their intervals: a whole file. */
void attest_agree_report_write_svg (const AttestAgreeReport *report, GString *out);
/** A page of pictures and tables, with the items on which coders differ. */
void attest_agree_report_write_html (const AttestAgreeReport *report, GString *out);

/* attest-report-agree-text.c */
/** What Krippendorff (2004, p. 241) makes of an alpha: "reliable" from .800, "tentative" from .667,
 * "too low"; NULL for NAN. */
const char *attest_agree_level (double alpha);
/** What to beware of in @row, whose name is @code (NULL: overall): (element-type char *). */
GPtrArray *attest_agree_row_warnings (const AttestAgreementRow *row, const char *code);

G_END_DECLS
