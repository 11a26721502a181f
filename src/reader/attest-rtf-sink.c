#include "reader/attest-rtf-sink.h"

/* Edges of one column differ by less than this between rows, twips. */
#define EDGE_TOLERANCE 60

AttestRtfSink *
attest_rtf_sink_new (gboolean is_main)
{
  AttestRtfSink *sink = g_new0 (AttestRtfSink, 1);

  sink->flow = attest_flow_new ();
  sink->boxes = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_flow_free);
  sink->is_main = is_main;
  sink->cells = g_array_new (FALSE, FALSE, sizeof (AttestFlowCell));
  sink->first_edges = g_array_new (FALSE, FALSE, sizeof (int));
  return sink;
}

void
attest_rtf_sink_free (AttestRtfSink *sink)
{
  if (sink == NULL)
    return;
  attest_flow_free (sink->flow);
  g_ptr_array_unref (sink->boxes);
  g_array_unref (sink->cells);
  g_array_unref (sink->first_edges);
  g_free (sink);
}

static void
close_paragraph (AttestRtfSink *sink)
{
  if (!sink->open)
    return;
  sink->open = FALSE;
  if (sink->heading)
    attest_flow_mark (sink->flow, ATTEST_MARK_HEADING, sink->start_byte);
  sink->heading = FALSE;
  sink->flow->needs_break = TRUE;
  for (guint i = 0; i < sink->boxes->len; i++)
    attest_flow_append_flow (sink->flow, g_ptr_array_index (sink->boxes, i));
  g_ptr_array_set_size (sink->boxes, 0);
}

static void
open_row (AttestRtfSink *sink)
{
  close_paragraph (sink);
  attest_flow_begin (sink->flow);
  sink->row_open = TRUE;
  g_array_set_size (sink->cells, 0);
}

static void
open_cell (AttestRtfSink *sink)
{
  if (!sink->row_open)
    open_row (sink);
  if (sink->cell_open)
    return;
  if (sink->cells->len > 0)
    g_string_append_c (sink->flow->text, '\t');
  sink->flow->needs_break = FALSE;
  sink->cell_open = TRUE;
  sink->cell_start = sink->flow->text->len;
}

static void
leave_table (AttestRtfSink *sink)
{
  if (sink->row_open)
    attest_rtf_sink_end_row (sink, NULL);
  if (sink->row > 0)
    sink->table++;
  sink->row = 0;
}

static void
open_paragraph (AttestRtfSink *sink, const AttestRtfPlace *place)
{
  if (place->in_table)
    open_cell (sink);
  else if (sink->row_open || sink->row > 0)
    leave_table (sink);
  if (sink->open)
    return;
  attest_flow_begin (sink->flow);
  if (sink->nested_end)
    g_string_append_c (sink->flow->text, '\t');
  sink->nested_end = FALSE;
  sink->open = TRUE;
  sink->start_byte = sink->flow->text->len;
}

void
attest_rtf_sink_text (AttestRtfSink *sink, const AttestRtfPlace *place, const char *text)
{
  guint type = ATTEST_FLOW_PLAIN;

  if (*text == '\0')
    return;
  open_paragraph (sink, place);
  sink->heading |= place->heading;
  /* A heading is bold by nature: that says nothing about a label. */
  if (!place->heading)
    type = (place->bold ? ATTEST_FLOW_BOLD : 0) | (place->italic ? ATTEST_FLOW_ITALIC : 0);
  attest_flow_append (sink->flow, text, type);
}

void
attest_rtf_sink_space (AttestRtfSink *sink, const AttestRtfPlace *place, char space)
{
  open_paragraph (sink, place);
  g_string_append_c (sink->flow->text, space);
}

void
attest_rtf_sink_take_box (AttestRtfSink *sink, AttestFlow *box)
{
  if (box->text->len == 0)
    {
      attest_flow_free (box);
      return;
    }
  g_ptr_array_add (sink->boxes, box);
  if (sink->open)
    return;
  sink->open = TRUE;
  sink->start_byte = sink->flow->text->len;
  close_paragraph (sink);
}

void
attest_rtf_sink_end_paragraph (AttestRtfSink *sink, const AttestRtfPlace *place, gboolean deleted)
{
  if (deleted)
    return;
  open_paragraph (sink, place);
  close_paragraph (sink);
}

void
attest_rtf_sink_end_cell (AttestRtfSink *sink)
{
  AttestFlow *flow = sink->flow;
  AttestFlowCell cell = { .table = sink->table, .row = sink->row, .column = sink->cells->len };

  open_cell (sink);
  close_paragraph (sink);
  while (flow->text->len > sink->cell_start && flow->text->str[flow->text->len - 1] == '\n')
    g_string_truncate (flow->text, flow->text->len - 1);
  cell.start_byte = sink->cell_start;
  cell.end_byte = flow->text->len;
  g_array_append_val (sink->cells, cell);
  sink->cell_open = FALSE;
  sink->nested_end = FALSE;
  flow->needs_break = FALSE;
}

/* Rows with as many cells as the first one have its columns; in others, cells may span several
 * columns, and their left edges tell which. */
static void
set_columns (AttestRtfSink *sink, const GArray *edges)
{
  guint column = 0;

  if (sink->row == 0)
    {
      sink->first_cells = sink->cells->len;
      g_array_set_size (sink->first_edges, 0);
      if (edges != NULL && edges->len > 0)
        g_array_append_vals (sink->first_edges, edges->data, edges->len);
    }
  if (sink->cells->len == sink->first_cells || edges == NULL)
    return;
  for (guint i = 1; i < sink->cells->len && i - 1 < edges->len; i++)
    {
      int left = g_array_index (edges, int, i - 1);
      guint least = column + 1;

      while (column < sink->first_edges->len
             && g_array_index (sink->first_edges, int, column) <= left + EDGE_TOLERANCE)
        column++;
      column = MAX (column, least);
      g_array_index (sink->cells, AttestFlowCell, i).column = column;
    }
}

void
attest_rtf_sink_end_row (AttestRtfSink *sink, const GArray *edges)
{
  if (!sink->row_open)
    return;
  if (sink->cell_open && sink->flow->text->len > sink->cell_start)
    attest_rtf_sink_end_cell (sink);
  sink->row_open = FALSE;
  sink->cell_open = FALSE;
  sink->open = FALSE;
  sink->flow->needs_break = TRUE;
  if (sink->is_main && sink->cells->len > 0)
    {
      set_columns (sink, edges);
      g_array_append_vals (sink->flow->cells, sink->cells->data, sink->cells->len);
    }
  sink->row++;
}

void
attest_rtf_sink_end_nested_cell (AttestRtfSink *sink, const AttestRtfPlace *place)
{
  /* An empty cell begins and ends here. */
  if (!sink->open)
    open_paragraph (sink, place);
  close_paragraph (sink);
  sink->flow->needs_break = FALSE;
  sink->nested_end = TRUE;
}

void
attest_rtf_sink_end_nested_row (AttestRtfSink *sink)
{
  sink->nested_end = FALSE;
  sink->flow->needs_break = TRUE;
}

void
attest_rtf_sink_finish (AttestRtfSink *sink)
{
  if (sink->row_open)
    attest_rtf_sink_end_row (sink, NULL);
  close_paragraph (sink);
}
