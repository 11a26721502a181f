/* attest-report-keyness: words and phrases that are typical of a group or an evaluation.
 *
 * Each group is held against all others, in each language by itself. Words of one respondent are
 * not independent: beside G², which takes them as such, stands how many respondents use a term, and
 * Fisher's test of these.
 */
#pragma once

#include "report/attest-table.h"
#include "stats/attest-association.h"
#include "util/attest-json.h"

G_BEGIN_DECLS

/* Strings are owned. */
typedef struct
{
  guint ground; /* index into grounds */
  char *text;
  guint n_words;
  gint64 a, b;                    /* occurrences in the group, in the others */
  guint respondents, others;      /* who use it */
  double g2, log_ratio, bic, ell; /* see stats/attest-keyness.h */
  double min_expected;
  double dp;            /* dispersion over the respondents of the group */
  double p, p_adjusted; /* of G² */
  double p_respondents; /* Fisher's, of who uses it */
  char *mostly;         /* (nullable) the respondent who has more than half of them */
} AttestKeyTerm;

/* A group in one language. */
typedef struct
{
  char *group;
  const char *lang; /* (nullable) interned */
  gint64 words, other_words;
  guint respondents, others;
  guint n_terms; /* that were tested */
} AttestKeyGround;

typedef struct
{
  char *by;        /* (nullable) attribute; NULL: projects */
  GArray *grounds; /* of AttestKeyGround */
  GArray *terms;   /* of AttestKeyTerm, by ground, then by G² */
  guint n_tests;
  AttestAdjust adjust;
  guint min_count, min_respondents;
  guint limit; /* terms shown of a ground */
  gboolean is_public;
  guint n_shared; /* texts that several projects hold, see attest-cli-speech.h */
} AttestKeyness;

AttestKeyness *attest_keyness_new (void);
void attest_keyness_free (AttestKeyness *keyness);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestKeyness, attest_keyness_free)

/** Adjusts p over all terms that were tested, keeps what is more frequent in its group by an
 * adjusted p below .05 (@all: whatever p), and of each ground the first by G². */
void attest_keyness_finish (AttestKeyness *keyness, gboolean all);

AttestTable *attest_keyness_table_new (const AttestKeyness *keyness, gboolean for_people);
/** What to beware of, in whole sentences: (element-type char *). */
GPtrArray *attest_keyness_remarks (const AttestKeyness *keyness);
/** {"format":1, "report":"keyness", "by", "adjustment", "tests", "groups":[…], "rows":[…]} */
void attest_keyness_write_json (const AttestKeyness *keyness, GString *out);

/** A page with charts and tables. */
void attest_keyness_write_html (const AttestKeyness *keyness, GString *out);
/** (element-type AttestChart) the most important first; with a free function. */
GPtrArray *attest_keyness_list_charts (const AttestKeyness *keyness);

G_END_DECLS
