/* Cells that are left out cannot be computed from those that are printed. */
#include "stats/attest-suppression.h"

#include <string.h>

#include "stats/attest-random.h"

#define MAX_CELLS 20

typedef struct
{
  AttestSuppressionTable table;
  gint64 counts[MAX_CELLS];
  guint8 small[MAX_CELLS], hidden[MAX_CELLS];
} Case;

static void
set_up (Case *c, guint rows, guint cols, const gint64 *counts, gint64 k, gboolean with_totals)
{
  memset (c, 0, sizeof *c);
  c->table = (AttestSuppressionTable){ rows, cols, c->counts, c->small, 1, k - 1 };
  for (guint i = 0; i < rows * cols; i++)
    c->counts[i / cols * (cols + 1) + i % cols] = counts[i];
  attest_suppression_add_up (c->counts, rows, cols);
  for (guint i = 0; i < (rows + 1) * (cols + 1); i++)
    {
      gboolean is_total = i / (cols + 1) == rows || i % (cols + 1) == cols;

      c->small[i] = !is_total && c->counts[i] > 0 && c->counts[i] < k;
      c->hidden[i] = c->small[i] || (is_total && !with_totals);
    }
}

/* "a row a line, * hidden" */
static char *
picture (const Case *c)
{
  GString *out = g_string_new (NULL);
  guint width = c->table.cols + 1;

  for (guint i = 0; i < (c->table.rows + 1) * width; i++)
    if (c->hidden[i])
      g_string_append_printf (out, "*%s", i % width == width - 1 ? "\n" : " ");
    else
      g_string_append_printf (out, "%d%s", (int)c->counts[i], i % width == width - 1 ? "\n" : " ");
  return g_string_free (out, FALSE);
}

static void
test_total_tells (void)
{
  static const gint64 counts[] = { 2, 9, 7, 8, 6, 5, 10, 11, 12 };
  static const gint64 ones[] = { 1, 1, 9, 9, 9, 9, 9, 9, 9 };
  Case c;
  g_autofree char *one = NULL, *two = NULL, *three = NULL;

  set_up (&c, 3, 3, counts, 5, TRUE);
  g_assert_true (attest_suppression_complete (&c.table, c.hidden));
  one = picture (&c);
  g_assert_cmpstr (one, ==, "* 9 * 18\n* 6 * 19\n10 11 12 33\n20 26 24 70\n");
  /* Totals that nobody prints tell nothing. */
  set_up (&c, 3, 3, counts, 5, FALSE);
  g_assert_false (attest_suppression_complete (&c.table, c.hidden));
  /* Two that are left out with the sum 2 are 1 each. */
  set_up (&c, 3, 3, ones, 3, TRUE);
  g_assert_true (attest_suppression_complete (&c.table, c.hidden));
  two = picture (&c);
  g_assert_cmpstr (two, ==, "* * * 11\n* * * 27\n9 9 9 27\n19 19 27 65\n");
  /* One row: its total goes with it. */
  set_up (&c, 1, 2, counts, 5, TRUE);
  g_assert_true (attest_suppression_complete (&c.table, c.hidden));
  three = picture (&c);
  g_assert_nonnull (strchr (three, '*'));
}

/* Goes through all tables that agree with what is printed; whether each hidden cell took two
 * values. */
typedef struct
{
  const Case *c;
  gint64 at[MAX_CELLS], first[MAX_CELLS];
  gboolean seen, varies[MAX_CELLS];
  gint64 max;
} Search;

static void
try_all (Search *search, guint cell)
{
  const AttestSuppressionTable *t = &search->c->table;
  guint width = t->cols + 1, n = t->rows * width;
  gint64 totals[MAX_CELLS];

  while (cell < n && (cell % width == t->cols || !search->c->hidden[cell]))
    cell++;
  if (cell < n)
    {
      gint64 low = t->small[cell] ? t->small_min : 0;
      gint64 high = t->small[cell] ? t->small_max : search->max;

      for (search->at[cell] = low; search->at[cell] <= high; search->at[cell]++)
        try_all (search, cell + 1);
      return;
    }
  memcpy (totals, search->at, sizeof totals);
  attest_suppression_add_up (totals, t->rows, t->cols);
  for (guint i = 0; i < (t->rows + 1) * width; i++)
    if (!search->c->hidden[i] && totals[i] != t->counts[i])
      return;
  for (guint i = 0; i < (t->rows + 1) * width; i++)
    {
      if (!search->seen)
        search->first[i] = totals[i];
      search->varies[i] |= totals[i] != search->first[i];
    }
  search->seen = TRUE;
}

static void
test_property (void)
{
  AttestRandom random;
  guint n_hidden = 0, n_printed = 0;

  attest_random_init (&random, 3, 0);
  for (guint round = 0; round < 3000; round++)
    {
      guint rows = attest_random_below (&random, 2) + 2, cols = rows == 3 ? 2 : 3;
      gint64 counts[MAX_CELLS], k = 3;
      g_autofree Search *search = g_new0 (Search, 1);
      Case c;

      for (guint i = 0; i < rows * cols; i++)
        counts[i] = attest_random_below (&random, 5);
      set_up (&c, rows, cols, counts, k, attest_random_below (&random, 4) > 0);
      attest_suppression_complete (&c.table, c.hidden);
      g_assert_false (attest_suppression_complete (&c.table, c.hidden));
      search->c = &c;
      search->max = 9;
      memcpy (search->at, c.counts, sizeof c.counts);
      try_all (search, 0);
      for (guint i = 0; i < (rows + 1) * (cols + 1); i++)
        {
          gboolean is_total = i / (cols + 1) == rows || i % (cols + 1) == cols;

          g_assert_true (!c.small[i] || c.hidden[i]);
          if (is_total)
            continue;
          if (c.hidden[i] && !search->varies[i])
            {
              g_autofree char *shown = picture (&c);

              g_error ("cell %u follows from what is printed:\n%s", i, shown);
            }
          n_hidden += c.hidden[i];
          n_printed += !c.hidden[i];
        }
    }
  g_assert_cmpuint (n_hidden, >, 1000);
  g_assert_cmpuint (n_printed, >, 1000);
}

/* A large table takes no time to speak of, and what is left out stays within reason. */
static void
test_large (void)
{
  const guint rows = 120, cols = 12, cells = (rows + 1) * (cols + 1);
  g_autofree gint64 *counts = g_new0 (gint64, cells);
  g_autofree guint8 *small = g_new0 (guint8, cells), *hidden = g_new0 (guint8, cells);
  AttestSuppressionTable table = { rows, cols, counts, small, 1, 2 };
  AttestRandom random;
  guint n_small = 0, n_hidden = 0;

  attest_random_init (&random, 5, 0);
  for (guint i = 0; i < rows * (cols + 1); i++)
    if (i % (cols + 1) < cols)
      counts[i] = attest_random_below (&random, 40);
  attest_suppression_add_up (counts, rows, cols);
  for (guint i = 0; i < rows * (cols + 1); i++)
    small[i] = hidden[i] = i % (cols + 1) < cols && counts[i] > 0 && counts[i] < 3;
  attest_suppression_complete (&table, hidden);
  for (guint i = 0; i < cells; i++)
    {
      n_small += small[i];
      n_hidden += hidden[i];
    }
  g_assert_cmpuint (n_small, >, 30);
  g_assert_cmpuint (n_hidden, <, 5 * n_small);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/suppression/total-tells", test_total_tells);
  g_test_add_func ("/suppression/property", test_property);
  g_test_add_func ("/suppression/large", test_large);
  return g_test_run ();
}
