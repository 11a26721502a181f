#include "cli/attest-cli-double-code.h"

#include <math.h>

#include "cli/attest-cli-double-code-private.h"
#include "cli/attest-cli-sample-draw.h"
#include "stats/attest-random.h"

/* ---- how many ---- */

/* The least number of transcripts that half of the codes reach the width with; of one code, that it
 * does. All of them where they are too few. */
static guint
find_n (const AttestPlanning *planning)
{
  for (guint n = 1; n < planning->candidates->len; n++)
    {
      guint n_codes = 0, n_reached = 0;

      for (guint i = 0; i < planning->frequency->rows->len; i++)
        {
          const AttestFrequencyRow *row
              = &g_array_index (planning->frequency->rows, AttestFrequencyRow, i);

          if (!attest_planning_is_wanted (planning->wish, row))
            continue;
          n_codes++;
          n_reached += attest_planning_width (planning, row, n) <= planning->wish->width;
        }
      if (2 * n_reached >= n_codes)
        return n;
    }
  return planning->candidates->len;
}

/* ---- which ---- */

static int
compare_lots (gconstpointer a, gconstpointer b)
{
  const AttestCandidate *x = *(AttestCandidate *const *)a, *y = *(AttestCandidate *const *)b;

  return x->lot < y->lot ? -1 : x->lot > y->lot;
}

/* In proportion to the strata, by largest remainders, and one of each as far as they go round. */
static guint *
allocate (const AttestPlanning *planning, guint n)
{
  guint n_strata = planning->strata->len, given = 0;
  guint *sizes = g_new0 (guint, n_strata), *quota = g_new0 (guint, n_strata);

  for (guint i = 0; i < planning->candidates->len; i++)
    sizes[attest_planning_candidate (planning, i)->stratum]++;
  for (guint s = 0; s < n_strata; s++)
    {
      quota[s] = (guint)((guint64)n * sizes[s] / planning->candidates->len);
      if (quota[s] == 0 && n >= n_strata)
        quota[s] = 1;
      given += quota[s];
    }
  while (given != n)
    {
      guint best = 0;
      double best_lack = -INFINITY;

      for (guint s = 0; s < n_strata; s++)
        {
          double lack = (double)n * sizes[s] / planning->candidates->len - quota[s];

          if (given > n)
            lack = quota[s] > (n >= n_strata) ? -lack : -INFINITY;
          else if (quota[s] == sizes[s])
            lack = -INFINITY;
          if (lack > best_lack)
            {
              best = s;
              best_lack = lack;
            }
        }
      quota[best] += given < n ? 1 : -1;
      given += given < n ? 1 : -1;
    }
  g_free (sizes);
  return quota;
}

static void
draw (AttestPlanning *planning, guint n)
{
  g_autofree guint *quota = allocate (planning, n);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  AttestRandom random;

  attest_random_init (&random, planning->wish->seed, 0);
  for (guint i = 0; i < planning->candidates->len; i++)
    {
      attest_planning_candidate (planning, i)->lot = attest_random_next (&random);
      g_ptr_array_add (order, attest_planning_candidate (planning, i));
    }
  g_ptr_array_sort (order, compare_lots);
  for (guint i = 0; i < order->len; i++)
    {
      AttestCandidate *candidate = order->pdata[i];

      if (quota[candidate->stratum] == 0)
        continue;
      quota[candidate->stratum]--;
      candidate->drawn = TRUE;
      planning->n_drawn++;
    }
}

/* ---- keeping it ---- */

static gint64
count_stratum (const AttestPlanning *planning, guint stratum)
{
  gint64 n = 0;

  for (guint i = 0; i < planning->candidates->len; i++)
    n += attest_planning_candidate (planning, i)->stratum == stratum;
  return n;
}

static gboolean
keep (const AttestPlanning *planning, AttestInvocation *inv, GError **error)
{
  g_autoptr (AttestSample) sample = attest_sample_new ();

  sample->name = g_strdup (planning->wish->name);
  sample->unit = ATTEST_SAMPLE_SOURCE;
  sample->is_drawn = TRUE;
  sample->seed = (gint64)planning->wish->seed;
  sample->design = g_strdup_printf ("%u of %u transcripts, by kind and group", planning->n_drawn,
                                    planning->candidates->len);
  for (guint i = 0; i < planning->candidates->len; i++)
    {
      const AttestCandidate *candidate = attest_planning_candidate (planning, i);

      if (candidate->drawn)
        attest_sample_add_unit (sample, candidate->label, 0, 0,
                                planning->strata->pdata[candidate->stratum],
                                count_stratum (planning, candidate->stratum));
    }
  if (!attest_cli_keep_sample (inv, sample, error))
    return FALSE;
  if (inv->out_tty && planning->wish->output == NULL)
    attest_cli_complain (inv, "kept as sample '%s'", sample->name);
  return TRUE;
}

gboolean
attest_cli_double_code (AttestInvocation *inv, const AttestDoubleCodeWish *wish, GError **error)
{
  g_auto (AttestPlanning) planning = { 0 };
  guint n;

  if (!attest_planning_load (&planning, inv, wish, error))
    return FALSE;
  n = wish->n_sources > 0 ? wish->n_sources : find_n (&planning);
  if (n > planning.candidates->len)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--double-code %u: the project has %u sources only", n,
                         planning.candidates->len);
  draw (&planning, n);
  if (wish->n_sources == 0 && n == planning.candidates->len && !wish->plan)
    attest_cli_complain (inv,
                         "all %u transcripts are needed for that width, or more than there are; "
                         "--plan tells what can be expected of each code",
                         n);
  return (wish->plan || keep (&planning, inv, error)) && attest_planning_write (&planning, error);
}
