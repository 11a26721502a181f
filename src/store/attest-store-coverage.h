/* attest-store-coverage: who was asked about what, and who spoke of it.
 *
 * The unit is the respondent; a group that stands for several speakers is one. Somebody was *asked*
 * about a code when a turn of theirs answers a question about it, by the codebook's own `asked` or
 * by the guide of the source; somebody *spoke* of it with at least one segment of it, anywhere,
 * that is not rejected.
 *
 * That nothing was found is only silence where it would have been found: a doubt names what stands
 * in the way.
 */
#pragma once

#include "store/attest-store-guide.h"

G_BEGIN_DECLS

typedef enum
{
  ATTEST_COVERAGE_BOTH,    /* asked, and spoke of it */
  ATTEST_COVERAGE_SILENT,  /* asked, and said nothing of it */
  ATTEST_COVERAGE_UNASKED, /* spoke of it without being asked */
  ATTEST_COVERAGE_NEVER,   /* neither asked nor spoke of it */
  ATTEST_COVERAGE_UNKNOWN, /* cannot be told, see the doubt */
} AttestCoverageState;

#define ATTEST_N_COVERAGE_STATES 5

/** "both", "silent", "unasked", "never", "unknown" */
const char *attest_coverage_state_to_string (AttestCoverageState state);

typedef enum
{
  ATTEST_DOUBT_NONE,
  ATTEST_DOUBT_NOT_CODED,         /* a source of theirs was not searched by the codebook */
  ATTEST_DOUBT_NO_RULES,          /* the code has no rules: only people give it */
  ATTEST_DOUBT_LANGUAGE,          /* turns of theirs are in a language that no rule is for */
  ATTEST_DOUBT_INCOMPLETE,        /* a limit stopped the search of a turn */
  ATTEST_DOUBT_NO_SPEAKER,        /* turns without a speaker may be theirs */
  ATTEST_DOUBT_OTHER_GUIDE,       /* the source is not held by the guide of the question */
  ATTEST_DOUBT_NO_INTERVIEWER,    /* nobody asks anything in the transcript */
  ATTEST_DOUBT_NO_QUESTION,       /* neither codebook nor guide has a question about it */
  ATTEST_DOUBT_QUESTION_LANGUAGE, /* the interviewer speaks a language that no question is for */
  ATTEST_DOUBT_GROUP,             /* it was asked among several, and others answered */
} AttestDoubt;

#define ATTEST_N_DOUBTS 11

/** "not-coded", …; NULL for ATTEST_DOUBT_NONE. */
const char *attest_doubt_to_string (AttestDoubt doubt);

typedef struct
{
  AttestCoverageState state;
  AttestDoubt doubt; /* NONE unless the state is UNKNOWN */
  gboolean asked;
  gint64 segments;
  const char *asked_source; /* (nullable) borrowed: where they were asked first */
  guint asked_turn;         /* the turn that answers */
} AttestCoverageCell;

/* A code, or a question of a guide. */
typedef struct
{
  char *dimension, *code; /* NULL: of a question */
  char *name;             /* (nullable) of the code */
  char *guide, *question; /* NULL: of a code */
  char *section;          /* (nullable) of the question */
  char *text;             /* of the question */
  char **codes;           /* what the question asks about; of a code: itself */
} AttestCoverageRow;

typedef struct
{
  char *label;
  char *group;      /* (nullable) stakeholder group */
  char **sources;   /* labels, sorted */
  guint n_speakers; /* that they stand for, with a turn; interpreters not counted */
  guint number;     /* among the respondents of their first source, from 1; 0: the only one */
  gint64 turns, words;
} AttestCoverageRespondent;

typedef struct
{
  AttestCodebookInfo *codebook;
  GPtrArray *guides;         /* of AttestGuideInfo */
  GArray *rows;              /* of AttestCoverageRow */
  GArray *respondents;       /* of AttestCoverageRespondent, by source, then as they appear */
  AttestCoverageCell *cells; /* rows × respondents, row by row */
  char **without_turns;      /* labels of respondents who say nothing in any source */
  char **not_coded;          /* labels of sources that the codebook has not searched */
  char **without_guide;      /* labels of sources without a guide, when the project has one */
  gboolean knows_languages;  /* FALSE: coded by an older attest, which kept none */
} AttestCoverage;

/**
 * @filter: (nullable); @code: (nullable) only this code, or with @by_question only questions about
 * it. With @by_question rows are the questions of the guides, which ATTEST_ERROR_USAGE says when
 * there are none.
 */
AttestCoverage *attest_store_report_coverage (AttestStore *store, const AttestReportFilter *filter,
                                              const char *code, gboolean by_question,
                                              GError **error);
void attest_coverage_free (AttestCoverage *coverage);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestCoverage, attest_coverage_free)

static inline const AttestCoverageCell *
attest_coverage_cell (const AttestCoverage *coverage, guint row, guint respondent)
{
  return &coverage->cells[(gsize)row * coverage->respondents->len + respondent];
}
static inline const AttestCoverageRow *
attest_coverage_row (const AttestCoverage *coverage, guint row)
{
  return &g_array_index (coverage->rows, AttestCoverageRow, row);
}
static inline const AttestCoverageRespondent *
attest_coverage_respondent (const AttestCoverage *coverage, guint respondent)
{
  return &g_array_index (coverage->respondents, AttestCoverageRespondent, respondent);
}

G_END_DECLS
