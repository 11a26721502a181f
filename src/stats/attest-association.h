/* attest-association: whether groups differ in how many of them have something, and by how much.
 *
 * Groups g of n_g units (respondents, or sources: units that do not depend on each other, never
 * segments), of which x_g have the code. N = Σ n_g, K = Σ x_g.
 *
 *   χ²           Σ (observed − expected)² / expected over the 2 × groups cells, groups − 1 degrees
 *                of freedom (Pearson 1900); with Yates' correction for two groups, capped at
 *                |O − E|, so that it never raises χ²
 *   Cramér's V   √(χ² / N), since one side of the table has two cells (Cramér 1946): 0 … 1
 *   exact p      of all tables with the same margins, the sum of the chances of those that are no
 *                more likely than this one (Fisher 1934; Freeman and Halton 1951): for two groups
 *                always, for more as long as there are few tables, else drawn by chance
 *
 * The χ² distribution asks for expected counts: where one is below 5 (Cochran 1954), the exact p is
 * the one to be read.
 *
 * For two groups besides, the first against the second:
 *
 *   risk difference   x_1/n_1 − x_2/n_2, interval of Newcombe (1998), method 10, from Wilson's
 *   odds ratio        x_1 (n_2 − x_2) / (x_2 (n_1 − x_1)), interval of Woolf (1955); with a cell of
 *                     0, ½ is added to each cell (Haldane 1956, Anscombe 1956)
 *
 * All intervals are 95 %. NAN: not defined.
 */
#pragma once

#include "stats/attest-interval.h"

G_BEGIN_DECLS

/* Borrowed. */
typedef struct
{
  guint n_groups;
  const gint64 *with, *of; /* by group: 0 ≤ with ≤ of */
  guint draws;             /* tables drawn where there are too many to list */
  guint64 seed;
} AttestAssociationInput;

typedef struct
{
  gint64 n;
  double chi2, chi2_yates; /* yates: two groups only */
  guint df;
  double p_chi2;
  double v;            /* Cramér's */
  double min_expected; /* the smallest expected count */
  double p_exact;
  gboolean is_drawn; /* the exact p is an estimate: at least 1 / (draws + 1) */
  double p;          /* the one to be read: exact where min_expected < 5 or there are two groups */
  gboolean is_exact; /* p is the exact one */
  AttestEstimate risk_difference, odds_ratio; /* two groups only */
  gboolean is_halved;                         /* ½ was added for the odds ratio */
  const char *reason;                         /* (nullable) static: why there is no test */
} AttestAssociation;

/** Groups of 0 units are no groups. */
AttestAssociation attest_association (const AttestAssociationInput *input);
/** (nullable) static: of the test whose p is to be read, "exact", "exact, drawn", "chi-square". */
const char *attest_association_get_name (const AttestAssociation *test);

/* Lowest expected count for χ². */
#define ATTEST_MIN_EXPECTED 5.0

/* Fewer units in a group say next to nothing, whatever p is. */
#define ATTEST_SMALL_GROUP 5

/** χ² of a table of 2 × 2 cells a b / c d, @yates: corrected. NAN without variation. */
double attest_chi2_2x2 (double a, double b, double c, double d, gboolean yates);
/** χ² divided by Williams' q (1976), for small counts. */
double attest_chi2_williams_2x2 (double a, double b, double c, double d);
/** Chance that χ² of @df degrees of freedom is @chi2 or more. */
double attest_chi2_p (double chi2, guint df);
/** Fisher's exact test, two-sided, of a b / c d. */
double attest_fisher_2x2 (gint64 a, gint64 b, gint64 c, gint64 d);

typedef enum
{
  ATTEST_ADJUST_HOLM, /* Holm (1979): chance of any false one among all */
  ATTEST_ADJUST_BH,   /* Benjamini and Hochberg (1995): share of false ones among those found */
  ATTEST_ADJUST_NONE,
} AttestAdjust;

/** "holm", "bh", "none", NULL */
extern const char *const attest_adjust_names[];

/** Adjusts @p for that it is one of several, in place; NAN is passed over. */
void attest_adjust_p (double *p, guint n, AttestAdjust adjust);

G_END_DECLS
