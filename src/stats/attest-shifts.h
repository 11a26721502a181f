/* attest-shifts: whether another coding of the same units finds more or less, group by group, and
 * whether what it loses or gains differs between the groups.
 *
 * The first coding is held against each of the others. Of a code, in a group, a units have it by
 * the first, b by the other, ab by both, of n:
 *
 *   shift         (b − a)/n, tested as in attest-paired.h
 *   lost share    (a − ab)/a
 *   gained share  (b − ab)/b
 *
 * Intervals draw whole clusters (attest-resample.h). The test whether a share differs between
 * groups deals out the groups to the people anew (a permutation test, Fisher 1935, Good 2005),
 * since units of one person are not independent, and compares χ² of the 2 × groups table of units:
 * p = (1 + draws with as large a χ²)/(1 + draws). Cramér's V of that table says how much.
 *
 * NAN: not defined.
 */
#pragma once

#include "stats/attest-paired.h"

G_BEGIN_DECLS

/* Units of a person in a cluster whose code exactly the sides of @set gave. */
typedef struct
{
  guint cluster, person, code, set, n;
} AttestShiftEntry;

/* All units of a person in a cluster. */
typedef struct
{
  guint cluster, person;
  gint64 n;
} AttestShiftUnits;

/* Borrowed. */
typedef struct
{
  guint n_sides, n_codes, n_clusters, n_persons, n_groups;
  const AttestShiftEntry *entries; /* by code, cluster */
  gsize n_entries;
  const AttestShiftUnits *units; /* by cluster */
  gsize n_units;
  const guint *groups; /* by person: below n_groups */
  guint n_known; /* groups that are held against each other: the first; behind them are those whose
                  * name is not known */
  const guint *sides; /* by code: set of sides that have the code at all */
  guint rounds, jobs; /* draws, 0: neither intervals nor p between groups; threads */
  guint64 seed;
} AttestShiftsInput;

/* Of a group and code. */
typedef struct
{
  gint64 n, a, b, both;
  guint clusters;                   /* in which the group has units */
  guint lost_people, gained_people; /* who lose a unit, who gain one */
  AttestPaired test;
  double p_cluster;
  double p_adjusted, p_cluster_adjusted;   /* set by who counts the tests */
  AttestEstimate difference, lost, gained; /* intervals by drawing clusters */
} AttestShift;

/* Of a code: whether a share differs between the groups. */
typedef struct
{
  guint groups, people; /* that have the code at all by the coding that the share is of */
  gint64 units;         /* with the code by that coding */
  double chi2, v, p, p_adjusted;
  AttestEstimate apart; /* of two groups: share of the first less that of the second */
  const char *reason;   /* (nullable) static: why there is no test */
} AttestShiftContrast;

typedef struct
{
  AttestShift *shifts;                /* [code × groups + group] */
  AttestShiftContrast *lost, *gained; /* by code */
} AttestShiftPair;

typedef struct
{
  guint n_pairs, n_codes, n_groups;
  AttestShiftPair *pairs; /* of side 0 with side 1, 2 …; only codes that both have are set */
} AttestShifts;

AttestShifts *attest_shifts_compute (const AttestShiftsInput *input);
void attest_shifts_free (AttestShifts *shifts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestShifts, attest_shifts_free)

G_END_DECLS
