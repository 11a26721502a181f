/* attest-cli-agree-project: what codebooks, as if they were coders, say of each sentence of a
 * project.
 */
#pragma once

#include "cli/attest-cli-gold.h"
#include "report/attest-report-agree.h"
#include "stats/attest-agreement.h"

G_BEGIN_DECLS

typedef enum
{
  ATTEST_AGREE_SENTENCE,
  ATTEST_AGREE_PARAGRAPH, /* of a turn; between lines without text */
  ATTEST_AGREE_TURN,
  ATTEST_AGREE_SOURCE,
  ATTEST_AGREE_PASSAGE, /* of a file that people judged */
} AttestAgreeUnit;

/** "sentence", "paragraph", "turn", "source", "passage", NULL */
extern const char *const attest_agree_units[];

typedef struct
{
  AttestAgreeUnit unit;
  GPtrArray *sources;   /* of char *: labels */
  GPtrArray *coders;    /* of char *: "people" if they judged, codebooks, "run 3", people */
  GPtrArray *codes;     /* of char *: ids that all of them have */
  GPtrArray *items;     /* of char *: "SOURCE:TURN:START" as far as the unit has them */
  GArray *places;       /* of AttestAgreePlace, by item */
  GPtrArray *warnings;  /* of char * */
  GPtrArray *runs;      /* what run_notes borrow from */
  GPtrArray *run_notes; /* of AttestAgreeRunNote: the coders that are runs */
  guint16 *ratings;
  guint *cluster_of; /* by item: the source */
  guint n_values;
  guint8 *sets;
  /* Of a sample that was drawn with unequal chances; NULL without. */
  char *sample, *sample_design;
  double *weights;        /* by item, of those compared with a mean of 1 */
  double effective_items; /* as many with equal weights tell as much (Kish 1965) */
} AttestAgreeProject;

/* What to compare; borrowed. */
typedef struct
{
  const char *const *codebooks; /* (nullable) names */
  const char *const *runs;      /* (nullable) numbers */
  AttestInvocation *inv;        /* for progress; exit is set where a run is not what it was */
  int jobs;                     /* threads that code again */
  const char *dimension;        /* (nullable) only codes of it */
  const char *mapping;          /* (nullable) a file, see stats/attest-alignment.h */
  const char *const *coders;    /* (nullable) people who judged segments, in the project */
  const char *codes_of;         /* (nullable) the codebook whose codes they judged */
  gboolean with_consensus;      /* what coders settled stands for what they had said */
  const char *sample;   /* (nullable) only sentences of it, weighed by what they stand for */
  gboolean only_listed; /* items are listed only: no weights are needed */
  gboolean only_judged; /* only units in which somebody judged or found something */
  AttestAgreeUnit unit;
  AttestGold *gold;     /* (nullable) what people judged, loaded and not resolved; for passages */
  gboolean with_quotes; /* whether places have their words */
} AttestAgreeWish;

/**
 * Units of everybody but interviewers, in the order of the project, or passages in the order of the
 * file; a unit has the codes of the segments that overlap it, rejected ones left out. Codes are
 * those that all codebooks have, by a mapping, by id or by name, and with @gold those of the
 * dimensions that people judged.
 *
 * With coders, a unit has for each the codes that they accepted or marked. A coder saw the sources
 * in which they judged something, and in these every unit but those in which rules proposed a
 * segment that they left open. What rules found counts for a codebook then also where somebody
 * rejected it.
 *
 * Runs are found again as they were (attest-cli-rerun.h), and compared in the version of a source
 * that most of the coders searched; a source in which fewer than two can be compared is left out. A
 * run that did not search a source did not judge it.
 * ATTEST_ERROR_USAGE: a codebook that is not there or has not coded all sources, a run that is not
 * there, no code that all of them have, no source that two of them searched. ATTEST_ERROR_INPUT: of
 * @gold.
 */
AttestAgreeProject *attest_agree_project_load (AttestStore *store, const AttestAgreeWish *wish,
                                               GError **error);
/** Stretches can be compared of who read whole texts only. ATTEST_ERROR_USAGE: a coder judged
 * sentences of a sample. */
gboolean attest_agree_check_whole (AttestStore *store, const AttestAgreeWish *wish, GError **error);
void attest_agree_project_free (AttestAgreeProject *project);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestAgreeProject, attest_agree_project_free)

/** Borrows. */
void attest_agree_project_set_input (const AttestAgreeProject *project,
                                     AttestAgreementInput *input);

G_END_DECLS
