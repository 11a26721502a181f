/* A network: codes on a circle, a line between two that occur together, as wide as they do so
 * often. Names stand in two columns beside the circle, moved apart until none touches another. */
#include <math.h>
#include <string.h>

#include "report/attest-chart-private.h"

#define RADIUS_LEAST 150
#define RADIUS_MOST 260
#define LABEL_WIDTH 190
#define LABEL_GAP 26
#define LABEL_HEIGHT 32
#define EDGE_MOST 9
#define NODE 5

typedef struct
{
  guint row;
  double x, y;       /* of the node */
  double label_y;    /* middle */
  gboolean is_right; /* which column */
  GPtrArray *lines;
} Node;

typedef struct
{
  guint first, second;
  double value;
} Edge;

static int
by_height (gconstpointer a, gconstpointer b)
{
  const Node *first = *(const Node *const *)a, *second = *(const Node *const *)b;

  if (first->y != second->y)
    return first->y < second->y ? -1 : 1;
  return first->row < second->row ? -1 : 1;
}

static int
weakest_first (gconstpointer a, gconstpointer b)
{
  const Edge *first = a, *second = b;

  if (first->value != second->value)
    return first->value < second->value ? -1 : 1;
  if (first->first != second->first)
    return first->first < second->first ? -1 : 1;
  return first->second < second->second ? -1 : first->second > second->second;
}

/* Gives the names of one column places from @top on, each near its node. */
static void
place_labels (Node *nodes, guint n, gboolean is_right, double top, double bottom)
{
  g_autoptr (GPtrArray) column = g_ptr_array_new ();
  double next = bottom;

  for (guint i = 0; i < n; i++)
    if (nodes[i].is_right == is_right)
      g_ptr_array_add (column, &nodes[i]);
  g_ptr_array_sort (column, by_height);
  for (guint i = 0; i < column->len; i++)
    {
      Node *node = g_ptr_array_index (column, i);

      node->label_y = MAX (node->y, top + LABEL_HEIGHT / 2.0);
      top = node->label_y + LABEL_HEIGHT / 2.0;
    }
  for (guint i = column->len; i-- > 0;)
    {
      Node *node = g_ptr_array_index (column, i);

      node->label_y = MIN (node->label_y, next - LABEL_HEIGHT / 2.0);
      next = node->label_y - LABEL_HEIGHT / 2.0;
    }
}

static void
draw_edges (AttestCanvas *canvas, const Node *nodes)
{
  const AttestChart *chart = canvas->chart;
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (Edge));
  double most = 0;

  for (guint row = 0; row < chart->rows->len; row++)
    for (guint i = row + 1; i < chart->series->len; i++)
      {
        const AttestChartCell *cell = attest_chart_cell (chart, row, i);
        Edge edge = { row, i, cell->value };

        if (!attest_chart_cell_is_known (cell) || cell->value <= 0)
          continue;
        g_array_append_val (edges, edge);
        most = MAX (most, cell->value);
      }
  g_array_sort (edges, weakest_first);
  for (guint i = 0; i < edges->len; i++)
    {
      const Edge *edge = &g_array_index (edges, Edge, i);
      const Node *from = &nodes[edge->first], *to = &nodes[edge->second];
      guint width = (guint)CLAMP (ceil (edge->value / most * EDGE_MOST - 1e-9), 1, EDGE_MOST);
      g_autofree char *number = attest_chart_number_to_text (chart, edge->value);
      g_autofree char *title
          = g_strdup_printf ("%s – %s: %s", attest_chart_row (chart, edge->first)->label,
                             attest_chart_row (chart, edge->second)->label, number);
      char class[16];

      g_snprintf (class, sizeof class, "edge e%u", width);
      attest_canvas_begin (canvas, title);
      attest_canvas_line (canvas, class, from->x, from->y, to->x, to->y);
      attest_canvas_end (canvas);
    }
}

static void
draw_node (AttestCanvas *canvas, const Node *node, double edge_x)
{
  const AttestChartRow *row = attest_chart_row (canvas->chart, node->row);
  const char *link = canvas->is_file ? NULL : row->link;
  double lead[] = { node->x, node->y, edge_x, node->label_y };

  attest_canvas_path (canvas, "lead", lead, 2, FALSE);
  attest_canvas_dot (canvas, "node", 0, node->x, node->y, NODE);
  if (link != NULL)
    attest_html_open (canvas->html, "a", "href", link, NULL);
  attest_canvas_lines (canvas, NULL, node->is_right ? ATTEST_ANCHOR_START : ATTEST_ANCHOR_END,
                       edge_x + (node->is_right ? 4 : -4), node->label_y - LABEL_HEIGHT / 2.0,
                       LABEL_HEIGHT, node->lines);
  if (link != NULL)
    attest_html_close (canvas->html, "a");
}

void
attest_chart_draw_network (AttestCanvas *canvas)
{
  const AttestChart *chart = canvas->chart;
  guint n = chart->rows->len;
  g_autofree Node *nodes = g_new0 (Node, n);
  double column = (n + 1) / 2 * (double)LABEL_HEIGHT;
  double radius = CLAMP (n * 9.0, RADIUS_LEAST, RADIUS_MOST);
  double height = MAX (2 * radius + LABEL_HEIGHT, column + LABEL_HEIGHT);
  double middle_x = LABEL_WIDTH + LABEL_GAP + radius;
  double top = canvas->y, middle_y = top + height / 2;

  canvas->width = MAX (canvas->width, 2 * middle_x);
  middle_x = canvas->width / 2;
  for (guint i = 0; i < n; i++)
    {
      double angle = 2 * G_PI * (i + 0.5) / n - G_PI / 2;

      nodes[i].row = i;
      nodes[i].x = middle_x + radius * cos (angle);
      /* What differs in the last digits only is at the same height. */
      nodes[i].y = round ((middle_y + radius * sin (angle)) * 100) / 100;
      nodes[i].is_right = i < (n + 1) / 2;
      nodes[i].lines = attest_chart_wrap (attest_chart_row (chart, i)->label, ATTEST_CHART_FONT,
                                          LABEL_WIDTH, 2);
    }
  place_labels (nodes, n, TRUE, top, top + height);
  place_labels (nodes, n, FALSE, top, top + height);
  draw_edges (canvas, nodes);
  for (guint i = 0; i < n; i++)
    {
      draw_node (canvas, &nodes[i], middle_x + (nodes[i].is_right ? 1 : -1) * (radius + LABEL_GAP));
      g_ptr_array_unref (nodes[i].lines);
    }
  canvas->y = top + height;
}
