/* What is known before it is decided who was asked and who spoke. */
#pragma once

#include "store/attest-store-coverage.h"
#include "store/attest-store-private.h"

G_BEGIN_DECLS

/* Of a version, or of several speakers together: languages in which something was said. Turns of
 * no known language are searched by every rule, and are left out. */
typedef GHashTable AttestLangs; /* set of interned const char * */

typedef struct
{
  gint64 id;
  char *source;
  gint64 guide_id;           /* by which it is held, and aligned; 0: none */
  gboolean is_coded;         /* searched by the codebook */
  gboolean has_interviewer;  /* with at least one turn */
  AttestLangs *asking_langs; /* of its interviewers */
  GArray *respondents;       /* of guint: indexes, as they appear; others for those who are not
                                reported on */
  GArray *unlabelled;        /* of guint: whose the turns without a speaker are */
  gboolean has_unlabelled;   /* turns without a speaker that are no interviewer's */
} AttestCoverageVersion;

typedef struct
{
  guint version;
  gint64 number;
  int respondent; /* index, or -1: nobody, or not among those who are reported on */
  gboolean is_interpreter;
  AttestLangs *langs; /* (nullable) in which they speak */
} AttestCoverageSpeaker;

typedef struct
{
  gint64 id;
  char *code;
  char *langs, *asked_langs; /* (nullable) as in AttestStoreCode */
} AttestCoverageCode;

/* A question of a guide, with what it asks about. */
typedef struct
{
  gint64 id, guide_id;
  char *langs;
  char **codes;
} AttestCoverageQuestion;

/* A speaker's turn answers a question about a code; or, of guides, that question. */
typedef struct
{
  guint what;    /* index into codes, or questions */
  guint speaker; /* index */
  guint turn;
} AttestCoverageAnswer;

/* Something about a code (or, of guides, a question) and a speaker. */
typedef struct
{
  guint what;
  guint speaker;
  gint64 n;
} AttestCoverageCount;

typedef struct
{
  AttestStore *store;
  gint64 codebook_id;
  AttestCoverage *coverage;                          /* borrowed: its respondents are filled */
  GHashTable *version_ids, *code_ids, *question_ids; /* index + 1 by id in the file */
  GArray *versions;         /* of AttestCoverageVersion: the newest of each source, by label */
  GArray *speakers;         /* of AttestCoverageSpeaker, by version and number */
  GArray *codes;            /* of AttestCoverageCode, all of the codebook */
  GArray *questions;        /* of AttestCoverageQuestion, of the guides in use, in their order */
  GArray *code_answers;     /* of AttestCoverageAnswer, by source and turn */
  GArray *question_answers; /* of AttestCoverageAnswer, by source and turn */
  GArray *segments;         /* of AttestCoverageCount, by code and speaker */
  /* Searches that a limit stopped, n times: for rules of a code, for questions of it (the
   * codebook's own), for questions of guides. */
  GArray *incomplete, *incomplete_asked, *incomplete_questions;
} AttestCoverageFacts;

/** Fills the respondents of @coverage, its lists of sources, and @facts. Clear in any case. */
gboolean attest_coverage_facts_load (AttestCoverageFacts *facts, const char *attribute,
                                     const char *value, GError **error);
void attest_coverage_facts_clear (AttestCoverageFacts *facts);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AttestCoverageFacts, attest_coverage_facts_clear)

/* Between the files that fill the facts. */

/** The same of what was asked and said, once versions and speakers are there. */
gboolean attest_coverage_load_said (AttestCoverageFacts *facts, GError **error);
/** @ids: index + 1 by id. Notes that the last of @items has this id. */
void attest_coverage_remember (GHashTable *ids, gint64 id, const GArray *items);
/** -1: there is none. */
int attest_coverage_find (GHashTable *ids, gint64 id);
/** -1: of an older text, or without a turn. */
int attest_coverage_find_speaker (const AttestCoverageFacts *facts, gint64 version_id,
                                  gint64 number);
/** Takes an array of strings over as a vector. */
char **attest_coverage_take_strings (GPtrArray *strings);

/** Fills the cells of a row, one a respondent. @question: index of the question that it is, or -1.
 */
void attest_coverage_fill_row (const AttestCoverageFacts *facts, const AttestCoverageRow *about,
                               int question, AttestCoverageCell *cells);

#define attest_coverage_version(facts, i)                                                          \
  (&g_array_index ((facts)->versions, AttestCoverageVersion, (i)))
#define attest_coverage_speaker(facts, i)                                                          \
  (&g_array_index ((facts)->speakers, AttestCoverageSpeaker, (i)))
#define attest_coverage_code(facts, i) (&g_array_index ((facts)->codes, AttestCoverageCode, (i)))
#define attest_coverage_question(facts, i)                                                         \
  (&g_array_index ((facts)->questions, AttestCoverageQuestion, (i)))

G_END_DECLS
