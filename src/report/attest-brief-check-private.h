/* What the checks of a brief share. */
#pragma once

#include "report/attest-brief-check.h"

typedef struct
{
  AttestStore *store;
  const AttestBrief *brief;
  const AttestBriefNames *names;
  AttestLedger *ledger;
  GHashTable *passages; /* id → AttestQuotePassage *: of the brief and of the ledger */
  GHashTable *facts;
  AttestDisclosure *disclosure;        /* for the public */
  const AttestBriefSentence *sentence; /* that is checked, or NULL */
  const char *check;                   /* that is running */
  GArray *problems;
  guint found;   /* by the check that is running */
  guint dropped; /* problems that are not kept */
} AttestBriefChecker;

/** A problem of the check that is running. */
void attest_brief_complain (AttestBriefChecker *checker, gsize start_byte, gsize end_byte,
                            const char *format, ...) G_GNUC_PRINTF (4, 5);

/** Marks of a sentence; NULL from @at on: no more. */
const AttestMark *attest_brief_next_mark (const AttestBriefChecker *checker, guint *at);

/* attest-brief-verbatim.c */
/** (element-type utf8) what stands in quotation marks in a sentence, or all of a block
 * quotation. */
GPtrArray *attest_brief_list_quoted (const AttestBriefSentence *sentence);
/** Whether what is quoted stands in the text, but for "[…]", insertions in brackets and "…". */
gboolean attest_brief_is_verbatim (const char *quoted, const char *text);
void attest_brief_check_verbatim (AttestBriefChecker *checker);
void attest_brief_check_confidential (AttestBriefChecker *checker);
/** The same of what stands in braces and is printed. */
void attest_brief_check_confidential_mark (AttestBriefChecker *checker, const AttestMark *mark);

/* attest-brief-levels.c */
void attest_brief_check_ratings (AttestBriefChecker *checker);
void attest_brief_check_counts (AttestBriefChecker *checker);

/* The table of checks. */
guint attest_brief_n_checks (void);
void attest_brief_get_check (guint i, const char **out_id, const char **out_what);
