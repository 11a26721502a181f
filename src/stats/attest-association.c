#include "stats/attest-association.h"

#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#include "stats/attest-proportion.h"
#include "stats/attest-random.h"

/* Tables that are listed for an exact test of three groups or more; beyond, they are drawn. */
#define MAX_TABLES 200000
/* Chances that are equal on paper differ in their last digits (as R's fisher.test has it). */
#define TIE (1 + 1e-7)
#define Z95 1.959963984540054

const char *const attest_adjust_names[] = { "holm", "bh", "none", NULL };

/* ---- two groups ---- */

double
attest_chi2_2x2 (double a, double b, double c, double d, gboolean yates)
{
  double n = a + b + c + d;
  double margins = (a + b) * (c + d) * (a + c) * (b + d);
  double difference = fabs (a * d - b * c);

  if (margins <= 0)
    return NAN;
  if (yates)
    difference = MAX (difference - n / 2, 0);
  return n * difference * difference / margins;
}

double
attest_chi2_williams_2x2 (double a, double b, double c, double d)
{
  double n = a + b + c + d;
  double rows = n / (a + b) + n / (c + d) - 1, columns = n / (a + c) + n / (b + d) - 1;

  return attest_chi2_2x2 (a, b, c, d, FALSE) / (1 + rows * columns / (6 * n));
}

double
attest_chi2_p (double chi2, guint df)
{
  return isnan (chi2) || df == 0 ? NAN : gsl_cdf_chisq_Q (chi2, df);
}

double
attest_fisher_2x2 (gint64 a, gint64 b, gint64 c, gint64 d)
{
  gint64 n1 = a + b, n2 = c + d, k = a + c;
  gint64 least = MAX (0, k - n2), most = MIN (k, n1);
  double seen, p = 0;

  if (n1 == 0 || n2 == 0)
    return NAN;
  seen = gsl_ran_hypergeometric_pdf ((guint)a, (guint)n1, (guint)n2, (guint)k);
  for (gint64 x = least; x <= most; x++)
    {
      double chance = gsl_ran_hypergeometric_pdf ((guint)x, (guint)n1, (guint)n2, (guint)k);

      if (chance <= seen * TIE)
        p += chance;
    }
  return MIN (p, 1);
}

static AttestEstimate
risk_difference (gint64 x1, gint64 n1, gint64 x2, gint64 n2)
{
  AttestEstimate a = attest_proportion_estimate (x1, n1), b = attest_proportion_estimate (x2, n2);
  double difference = a.value - b.value;

  return (AttestEstimate){ difference, difference - hypot (a.value - a.low, b.high - b.value),
                           difference + hypot (a.high - a.value, b.value - b.low) };
}

static AttestEstimate
odds_ratio (const gint64 *with, const gint64 *of, gboolean *out_halved)
{
  double a = (double)with[0], b = (double)(of[0] - with[0]);
  double c = (double)with[1], d = (double)(of[1] - with[1]);

  *out_halved = a * b * c * d == 0;
  if (*out_halved)
    {
      a += .5;
      b += .5;
      c += .5;
      d += .5;
    }
  double ratio = a * d / (b * c), width = Z95 * sqrt (1 / a + 1 / b + 1 / c + 1 / d);
  return (AttestEstimate){ ratio, ratio * exp (-width), ratio * exp (width) };
}

/* ---- any number of groups, none of them empty ---- */

typedef struct
{
  guint n_groups;
  const gint64 *of;
  gint64 total; /* with the code, of all */
  double seen;  /* log of the chance of the table, up to a constant */
  double sum;   /* chances of those that are no more likely */
  gsize left;   /* tables that may yet be listed */
} Listing;

static double
log_choose (gint64 n, gint64 k)
{
  return lgamma ((double)n + 1) - lgamma ((double)k + 1) - lgamma ((double)(n - k) + 1);
}

/* Lists the tables of the groups from @group on. FALSE: there are too many. */
static gboolean
list_tables (Listing *listing, guint group, gint64 rest, gint64 room, double chance)
{
  gint64 n = listing->of[group];

  if (group + 1 == listing->n_groups)
    {
      double here = chance + log_choose (n, rest);

      if (listing->left == 0)
        return FALSE;
      listing->left--;
      if (here <= listing->seen + log (TIE))
        listing->sum += exp (here - listing->seen);
      return TRUE;
    }
  room -= n;
  for (gint64 x = MAX (0, rest - room); x <= MIN (n, rest); x++)
    if (!list_tables (listing, group + 1, rest - x, room, chance + log_choose (n, x)))
      return FALSE;
  return TRUE;
}

/* The share of drawn tables that are no more likely, this one counted among them. */
static double
draw_tables (const AttestAssociationInput *input, const Listing *listing, gint64 all)
{
  g_autofree guint *units = g_new (guint, (gsize)all);
  gsize at = 0;
  guint found = 1;

  for (guint group = 0; group < listing->n_groups; group++)
    for (gint64 i = 0; i < listing->of[group]; i++)
      units[at++] = group;
  for (guint draw = 0; draw < input->draws; draw++)
    {
      g_autofree gint64 *with = g_new0 (gint64, listing->n_groups);
      AttestRandom random;
      double chance = 0;

      attest_random_init (&random, input->seed, draw);
      for (gint64 i = 0; i < listing->total; i++)
        {
          gint64 other = i + attest_random_below (&random, (guint32)(all - i));
          guint swap = units[i];

          units[i] = units[other];
          units[other] = swap;
          with[units[i]]++;
        }
      for (guint group = 0; group < listing->n_groups; group++)
        chance += log_choose (listing->of[group], with[group]);
      found += chance <= listing->seen + log (TIE);
    }
  return (double)found / (input->draws + 1.0);
}

static void
test_exactly (const AttestAssociationInput *input, const gint64 *with, const gint64 *of,
              guint n_groups, gint64 total, AttestAssociation *out)
{
  Listing listing = { .n_groups = n_groups, .of = of, .total = total, .left = MAX_TABLES };
  double all = log_choose (out->n, total);

  for (guint i = 0; i < n_groups; i++)
    listing.seen += log_choose (of[i], with[i]);
  if (n_groups == 2)
    out->p_exact = attest_fisher_2x2 (with[0], of[0] - with[0], with[1], of[1] - with[1]);
  else if (list_tables (&listing, 0, total, out->n, 0))
    out->p_exact = MIN (listing.sum * exp (listing.seen - all), 1);
  else if (input->draws > 0)
    {
      out->p_exact = draw_tables (input, &listing, out->n);
      out->is_drawn = TRUE;
    }
}

static void
test_chi2 (const gint64 *with, const gint64 *of, guint n_groups, gint64 total,
           AttestAssociation *out)
{
  double share = (double)total / (double)out->n;

  out->chi2 = 0;
  out->min_expected = INFINITY;
  for (guint i = 0; i < n_groups; i++)
    {
      double has = share * (double)of[i], has_not = (double)of[i] - has;
      double difference = (double)with[i] - has;

      out->chi2 += difference * difference * (1 / has + 1 / has_not);
      out->min_expected = MIN (out->min_expected, MIN (has, has_not));
    }
  out->df = n_groups - 1;
  out->p_chi2 = attest_chi2_p (out->chi2, out->df);
  out->v = sqrt (out->chi2 / (double)out->n);
}

AttestAssociation
attest_association (const AttestAssociationInput *input)
{
  AttestEstimate none = { NAN, NAN, NAN };
  AttestAssociation out = { .chi2 = NAN,
                            .chi2_yates = NAN,
                            .p_chi2 = NAN,
                            .v = NAN,
                            .min_expected = NAN,
                            .p_exact = NAN,
                            .p = NAN,
                            .risk_difference = none,
                            .odds_ratio = none };
  g_autofree gint64 *with = g_new (gint64, input->n_groups + 1);
  g_autofree gint64 *of = g_new (gint64, input->n_groups + 1);
  gint64 total = 0;
  guint n = 0;

  for (guint i = 0; i < input->n_groups; i++)
    if (input->of[i] > 0)
      {
        with[n] = input->with[i];
        of[n++] = input->of[i];
        total += input->with[i];
        out.n += input->of[i];
      }
  if (n == 2)
    out.risk_difference = risk_difference (with[0], of[0], with[1], of[1]);
  if (n < 2 || total == 0 || total == out.n)
    {
      out.reason = n < 2        ? "there is one group only"
                   : total == 0 ? "no variation: nobody has it"
                                : "no variation: everybody has it";
      return out;
    }
  if (n == 2)
    {
      out.odds_ratio = odds_ratio (with, of, &out.is_halved);
      out.chi2_yates = attest_chi2_2x2 ((double)with[0], (double)(of[0] - with[0]), (double)with[1],
                                        (double)(of[1] - with[1]), TRUE);
    }
  test_chi2 (with, of, n, total, &out);
  test_exactly (input, with, of, n, total, &out);
  out.is_exact = !isnan (out.p_exact) && (n == 2 || out.min_expected < ATTEST_MIN_EXPECTED);
  out.p = out.is_exact ? out.p_exact : out.p_chi2;
  return out;
}

/* ---- several tests ---- */

static int
by_p (gconstpointer a, gconstpointer b, gpointer data)
{
  const double *p = data;
  guint x = *(const guint *)a, y = *(const guint *)b;

  if (p[x] != p[y])
    return p[x] < p[y] ? -1 : 1;
  return (x > y) - (x < y);
}

void
attest_adjust_p (double *p, guint n, AttestAdjust adjust)
{
  g_autofree guint *order = g_new (guint, n + 1);
  guint m = 0;

  for (guint i = 0; i < n; i++)
    if (!isnan (p[i]))
      order[m++] = i;
  g_qsort_with_data (order, (int)m, sizeof (guint), by_p, p);
  if (adjust == ATTEST_ADJUST_HOLM)
    for (guint i = 0; i < m; i++)
      {
        double value = MIN (p[order[i]] * (m - i), 1);

        p[order[i]] = i > 0 ? MAX (value, p[order[i - 1]]) : value;
      }
  if (adjust == ATTEST_ADJUST_BH)
    for (guint i = m; i-- > 0;)
      {
        double value = MIN (p[order[i]] * m / (i + 1), 1);

        p[order[i]] = i + 1 < m ? MIN (value, p[order[i + 1]]) : value;
      }
}

const char *
attest_association_get_name (const AttestAssociation *test)
{
  if (isnan (test->p))
    return NULL;
  if (!test->is_exact)
    return "chi-square";
  return test->is_drawn ? "exact, drawn" : "exact";
}
