/* attest-score: what was found, held against what is right.
 *
 * Items (sentences, turns, texts) have any number of codes. Of one code, an item is a true positive
 * (tp) when it is right and found, fp when only found, fn when only right.
 *
 *   precision = tp / (tp + fp)    recall = tp / (tp + fn)    F1 = 2 tp / (2 tp + fp + fn)
 *
 * Micro figures add up tp, fp and fn of all codes; macro figures are the mean over the codes for
 * which the figure is defined. An item may have a weight, when it was drawn with others' chances:
 * the figures are then of weighted counts (Horvitz and Thompson 1952).
 *
 * Intervals are the 2.5th and 97.5th percentile over resamples of whole clusters (transcripts):
 * sentences of one interview are not independent (Efron and Tibshirani 1993, chapter 8).
 */
#pragma once

#include <glib.h>

#include "stats/attest-interval.h"

G_BEGIN_DECLS

typedef struct _AttestScore AttestScore;

AttestScore *attest_score_new (guint n_codes);
void attest_score_free (AttestScore *score);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestScore, attest_score_free)

/** Adds an item. @gold, @found: (element-type guint) codes, each once, ascending. @cluster: its
 * number; clusters are numbered from 0. */
void attest_score_add (AttestScore *score, guint cluster, double weight, const GArray *gold,
                       const GArray *found);

typedef struct
{
  gint64 tp, fp, fn; /* items, not weighted */
  AttestEstimate precision, recall, f1;
} AttestScoreRow;

typedef struct
{
  guint items, clusters;
  guint n_codes;
  AttestScoreRow *codes;
  AttestScoreRow micro, macro; /* macro: tp, fp and fn are those of all codes */
  /* (n_codes + 1)²: [gold × (n_codes + 1) + found], items; the last stands for "no code". What is
   * right and found stands on the diagonal; a code that was missed is crossed with each that was
   * found wrongly in the same item, or with "no code" when none was. */
  gint64 *confusion;
} AttestScoreResult;

/** @rounds: resamples, 0: no intervals; there are none for one cluster either. The same @seed gives
 * the same result. */
AttestScoreResult *attest_score_compute (const AttestScore *score, guint rounds, guint32 seed);
void attest_score_result_free (AttestScoreResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestScoreResult, attest_score_result_free)

G_END_DECLS
