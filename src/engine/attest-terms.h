/* attest-terms: the words and phrases of one to three words in some passages, and how often they
 * stand in the passages of one code and in the rest.
 *
 * A term begins and ends with a word that says something (data/stopwords) and crosses no mark. It
 * is counted in its language only, against passages in that language. Which terms tell a code from
 * the rest is for who counts on (stats/attest-keyness.h).
 */
#pragma once

#include "model/attest-passage.h"

G_BEGIN_DECLS

#define ATTEST_MAX_TERM_WORDS 3

/* Passages as numbered words; immutable. */
typedef struct _AttestTermIndex AttestTermIndex;

/** @passages: (element-type AttestPassage) must outlive it. */
AttestTermIndex *attest_term_index_new (const GPtrArray *passages, GError **error);
void attest_term_index_free (AttestTermIndex *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestTermIndex, attest_term_index_free)

/** (element-type utf8, nullable elements) the languages of the passages, in byte order, NULL (not
 * known) first. Borrowed. */
const GPtrArray *attest_term_index_get_langs (const AttestTermIndex *index);

/* What a term is held against: the passages of a code in one language, and the others in it. */
typedef struct
{
  guint64 code_words, rest_words;
  guint code_passages, rest_passages;
  guint n_clusters;
  guint64 *words; /* of the code's passages, by cluster */
} AttestTermGround;

typedef struct
{
  char *text; /* as it is first met in a passage of the code, in lower case */
  guint n_words;
  guint64 in_code, in_rest;           /* occurrences */
  guint code_passages, rest_passages; /* that have it */
  guint covered;   /* of code_passages: a hit of the code overlaps it in each place */
  guint missed;    /* of code_passages: there is no hit of the code at all */
  guint64 *counts; /* occurrences in the code's passages, by cluster; n_clusters */
} AttestTerm;

/**
 * Counts for one code in one language.
 *
 * @min_passages: terms that are in fewer passages of the code are left out.
 * Returns: (element-type AttestTerm) by text, in byte order; with a free function.
 */
GPtrArray *attest_term_index_count (const AttestTermIndex *index, const char *lang, guint code,
                                    guint min_passages, AttestTermGround *out_ground);
void attest_term_ground_clear (AttestTermGround *ground);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AttestTermGround, attest_term_ground_clear)

G_END_DECLS
