#include "stats/attest-suppression.h"

/* Nodes of the network are the rows and the columns, the one of totals included. A count is an arc
 * from its row to its column, a total one in the other direction; what flows into a node flows out
 * of it, which says that totals are sums. */
typedef struct
{
  const AttestSuppressionTable *table;
  guint8 *hidden;
  guint width, height; /* with totals */
  guint8 *seen;        /* rows, then columns */
  guint *queue;
} Network;

static gsize
cell_at (const Network *net, guint row, guint col)
{
  return (gsize)row * net->width + col;
}

static gboolean
is_total (const Network *net, guint row, guint col)
{
  return (row == net->table->rows) != (col == net->table->cols);
}

/* Whether the cell may be larger, or smaller, as far as the reader knows. */
static gboolean
may_change (const Network *net, guint row, guint col, gboolean up)
{
  gsize cell = cell_at (net, row, col);
  gint64 count = net->table->counts[cell];
  gboolean is_small = net->table->small[cell] != 0;

  if (!net->hidden[cell])
    return FALSE;
  if (up)
    return !is_small || count < net->table->small_max;
  return count > (is_small ? net->table->small_min : 0);
}

/* Whether one more can flow from the row to the column, or back, through the cell alone. */
static gboolean
may_flow (const Network *net, guint row, guint col, gboolean to_col)
{
  return may_change (net, row, col, to_col != is_total (net, row, col));
}

/* Whether one more can flow from the row of the cell to its column, or back, without the cell. */
static gboolean
has_detour (Network *net, guint row, guint col, gboolean to_col)
{
  guint from = to_col ? row : net->height + col, to = to_col ? net->height + col : row;
  guint head = 0, tail = 0;

  for (guint i = 0; i < net->height + net->width; i++)
    net->seen[i] = 0;
  net->seen[from] = 1;
  net->queue[tail++] = from;
  while (head < tail)
    {
      guint node = net->queue[head++];
      gboolean is_row = node < net->height;

      for (guint i = 0; i < (is_row ? net->width : net->height); i++)
        {
          guint next = is_row ? net->height + i : i;
          guint r = is_row ? node : i, c = is_row ? i : node - net->height;

          if (net->seen[next] || (r == row && c == col) || !may_flow (net, r, c, is_row))
            continue;
          if (next == to)
            return TRUE;
          net->seen[next] = 1;
          net->queue[tail++] = next;
        }
    }
  return FALSE;
}

/* Whether the cell has one value only in all tables that agree with what is printed. */
static gboolean
follows (Network *net, guint row, guint col)
{
  return !(may_flow (net, row, col, TRUE) && has_detour (net, row, col, FALSE))
         && !(may_flow (net, row, col, FALSE) && has_detour (net, row, col, TRUE));
}

/* What it costs to send one more through a cell, which is hidden for it unless it is already;
 * G_MAXINT64: impossible. Few cells before small ones, totals last. */
#define COST_OF_CELL 1000000
#define COST_OF_TOTAL (G_GINT64_CONSTANT (1) << 40)

static gint64
cost_of (const Network *net, guint row, guint col, gboolean to_col)
{
  const AttestSuppressionTable *table = net->table;
  gsize cell = cell_at (net, row, col);
  gint64 count = table->counts[cell];

  if (net->hidden[cell])
    return may_flow (net, row, col, to_col) ? 0 : G_MAXINT64;
  if (to_col == is_total (net, row, col) && count == 0)
    return G_MAXINT64;
  /* That nobody said something is worth more to the reader than how many did. */
  return MIN (count, COST_OF_CELL - 1) + (count == 0 ? 2 * COST_OF_CELL : COST_OF_CELL)
         + (row == table->rows || col == table->cols ? COST_OF_TOTAL : 0);
}

typedef struct
{
  gint64 cost;  /* from the start; G_MAXINT64: not reached */
  guint before; /* node */
  gboolean done;
} Step;

static guint
find_nearest (const Step *steps, guint n)
{
  guint nearest = G_MAXUINT;

  for (guint i = 0; i < n; i++)
    if (!steps[i].done && steps[i].cost < G_MAXINT64
        && (nearest == G_MAXUINT || steps[i].cost < steps[nearest].cost))
      nearest = i;
  return nearest;
}

/* The cheapest detour of the cell, by Dijkstra's algorithm. Cost, or G_MAXINT64. */
static gint64
plan_detour (const Network *net, guint row, guint col, gboolean to_col, Step *steps)
{
  guint n = net->height + net->width;
  guint from = to_col ? row : net->height + col, to = to_col ? net->height + col : row;
  guint node;

  for (guint i = 0; i < n; i++)
    steps[i] = (Step){ i == from ? 0 : G_MAXINT64, i, FALSE };
  while ((node = find_nearest (steps, n)) != G_MAXUINT && node != to)
    {
      gboolean is_row = node < net->height;

      steps[node].done = TRUE;
      for (guint i = 0; i < (is_row ? net->width : net->height); i++)
        {
          guint next = is_row ? net->height + i : i;
          guint r = is_row ? node : i, c = is_row ? i : node - net->height;
          gint64 cost = r == row && c == col ? G_MAXINT64 : cost_of (net, r, c, is_row);

          if (cost < G_MAXINT64 && steps[node].cost + cost < steps[next].cost)
            steps[next] = (Step){ steps[node].cost + cost, node, FALSE };
        }
    }
  return steps[to].cost;
}

/* Hides what the cell needs to have a second value. FALSE: nothing can help it. */
static gboolean
protect (const Network *net, guint row, guint col, guint8 *secret, Step *steps)
{
  gint64 best = G_MAXINT64;
  gboolean to_col = FALSE;

  for (guint i = 0; i < 2; i++)
    if (may_flow (net, row, col, i == 0))
      {
        gint64 cost = plan_detour (net, row, col, i != 0, steps);

        if (cost < best)
          {
            best = cost;
            to_col = i != 0;
          }
      }
  if (best == G_MAXINT64)
    return FALSE;
  plan_detour (net, row, col, to_col, steps);
  for (guint node = to_col ? net->height + col : row; steps[node].before != node;
       node = steps[node].before)
    {
      guint other = steps[node].before;
      gsize cell = node < net->height ? cell_at (net, node, other - net->height)
                                      : cell_at (net, other, node - net->height);

      secret[cell] |= !net->hidden[cell];
      net->hidden[cell] = 1;
    }
  return TRUE;
}

void
attest_suppression_add_up (gint64 *counts, guint rows, guint cols)
{
  const guint width = cols + 1;

  for (guint c = 0; c <= cols; c++)
    counts[rows * width + c] = 0;
  for (guint r = 0; r < rows; r++)
    {
      gint64 *row = counts + (gsize)r * width;

      row[cols] = 0;
      for (guint c = 0; c < cols; c++)
        {
          row[cols] += row[c];
          counts[rows * width + c] += row[c];
        }
      counts[rows * width + cols] += row[cols];
    }
}

gboolean
attest_suppression_complete (const AttestSuppressionTable *table, guint8 *hidden)
{
  const guint width = table->cols + 1, height = table->rows + 1;
  g_autofree guint8 *seen = g_new (guint8, width + height);
  g_autofree guint *queue = g_new (guint, width + height);
  g_autofree Step *steps = g_new (Step, width + height);
  g_autofree guint8 *secret = g_memdup2 (hidden, (gsize)width * height);
  Network net = { table, hidden, width, height, seen, queue };
  gboolean any = FALSE, again = TRUE;

  /* A total that nobody printed needs no protection. */
  for (guint r = 0; r < height; r++)
    for (guint c = 0; c < width; c++)
      if ((r == table->rows || c == table->cols) && !table->small[cell_at (&net, r, c)])
        secret[cell_at (&net, r, c)] = 0;
  while (again)
    {
      again = FALSE;
      for (guint r = 0; r < height; r++)
        for (guint c = 0; c < width; c++)
          if (secret[cell_at (&net, r, c)] && follows (&net, r, c)
              && protect (&net, r, c, secret, steps))
            any = again = TRUE;
    }
  return any;
}
