/* What the checks of a brief share. */
#pragma once

#include "report/attest-brief-check.h"

/* Whether somebody may say that what a check finds does not count. */
typedef enum
{
  ATTEST_BRIEF_NEVER_SILENCED,
  ATTEST_BRIEF_SILENCED,         /* in a sentence */
  ATTEST_BRIEF_SILENCED_BY_NAME, /* of the quote that it is about: another would be news */
} AttestBriefSilencing;

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
  GHashTable *silences;                /* AttestMark → what it says, attest-brief-silence.c */
  GHashTable *silence_by_key;          /* sentence, check and what it is about → the same */
  GArray *problems;
  guint found;   /* by the check that is running */
  guint open;    /* that are kept and count */
  guint dropped; /* problems that are not kept */
} AttestBriefChecker;

/** A problem of the check that is running, about what is written there. */
void attest_brief_complain (AttestBriefChecker *checker, gsize start_byte, gsize end_byte,
                            const char *format, ...) G_GNUC_PRINTF (4, 5);
/** The same about @about, "Q7F3K2A", which may not be written there. */
void attest_brief_complain_about (AttestBriefChecker *checker, const char *about, gsize start_byte,
                                  gsize end_byte, const char *format, ...) G_GNUC_PRINTF (5, 6);

/** Marks of a sentence; NULL from @at on: no more. */
const AttestMark *attest_brief_next_mark (const AttestBriefChecker *checker, guint *at);

/* attest-brief-check-marks.c */
void attest_brief_check_todo (AttestBriefChecker *checker, const AttestMark *mark);
void attest_brief_check_unknown (AttestBriefChecker *checker, const AttestMark *mark);
void attest_brief_check_dangling (AttestBriefChecker *checker, const AttestMark *mark);
void attest_brief_check_withdrawn (AttestBriefChecker *checker, const AttestMark *mark);
void attest_brief_check_stale (AttestBriefChecker *checker, const AttestMark *mark);
void attest_brief_check_rejected (AttestBriefChecker *checker, const AttestMark *mark);
void attest_brief_check_contradicted (AttestBriefChecker *checker, const AttestMark *mark);
void attest_brief_check_untraced (AttestBriefChecker *checker);
/** Whether the sentence that is checked has a mark that is so. */
gboolean attest_brief_has_mark (const AttestBriefChecker *checker,
                                gboolean (*is) (const AttestMark *mark));
gboolean attest_brief_needs_reference (const AttestBriefSentence *sentence);
/** Adds the entry and all that it rests on. @reached: of const AttestLedgerEntry * */
void attest_brief_reach (const AttestLedgerEntry *entry, GHashTable *reached);

/* attest-brief-silence.c */
/** Before the checks. */
void attest_brief_read_silences (AttestBriefChecker *checker);
/** Why what the running check finds in the sentence does not count; NULL: it does. Borrowed.
 * @about: (nullable) */
const char *attest_brief_find_silence (AttestBriefChecker *checker, const char *about);
/** After the others: silences that say nothing. */
void attest_brief_check_silence (AttestBriefChecker *checker, const AttestMark *mark);

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
/** FALSE: there is no such check. */
gboolean attest_brief_find_silencing (const char *check, AttestBriefSilencing *out_silencing);
