/* attest-rtf-sink: paragraphs, cells and rows of rich text into a flow.
 *
 * Rich text says where a paragraph, a cell or a row ends, never where it begins: that is where text
 * comes or something ends. Here both sides become known.
 */
#pragma once

#include "reader/attest-flow.h"

G_BEGIN_DECLS

/* Where text stands. */
typedef struct
{
  gboolean bold, italic;
  gboolean heading;  /* its paragraph is one */
  gboolean in_table; /* in a row */
} AttestRtfPlace;

typedef struct
{
  AttestFlow *flow;
  GPtrArray *boxes; /* of AttestFlow: text boxes that follow the paragraph, the row's cell */
  gboolean is_main; /* cells are recorded in the flow */
  gboolean open;    /* a paragraph */
  gboolean heading; /* it is one */
  gsize start_byte; /* of it */
  gboolean row_open;
  gboolean cell_open;
  gsize cell_start;
  gboolean nested_end; /* a cell of a nested table has ended: TAB before the next one */
  GArray *cells;       /* of AttestFlowCell: of the row that is open */
  guint table, row;    /* of the next row */
  GArray *first_edges; /* of int: right edges of the cells of the table's first row, twips */
  guint first_cells;   /* cells of that row */
} AttestRtfSink;

AttestRtfSink *attest_rtf_sink_new (gboolean is_main);
void attest_rtf_sink_free (AttestRtfSink *sink);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestRtfSink, attest_rtf_sink_free)

void attest_rtf_sink_text (AttestRtfSink *sink, const AttestRtfPlace *place, const char *text);
/** Appends TAB or LF. */
void attest_rtf_sink_space (AttestRtfSink *sink, const AttestRtfPlace *place, char space);
/** Takes the flow of a text box over: it follows the paragraph that is open. */
void attest_rtf_sink_take_box (AttestRtfSink *sink, AttestFlow *box);

/** Ends a paragraph, which may have no text. @deleted: its mark is, so that the next one goes on.
 */
void attest_rtf_sink_end_paragraph (AttestRtfSink *sink, const AttestRtfPlace *place,
                                    gboolean deleted);
void attest_rtf_sink_end_cell (AttestRtfSink *sink);
/** @edges: (element-type int) right edges of the row's cells in twips, as far as they are known. */
void attest_rtf_sink_end_row (AttestRtfSink *sink, const GArray *edges);
void attest_rtf_sink_end_nested_cell (AttestRtfSink *sink, const AttestRtfPlace *place);
void attest_rtf_sink_end_nested_row (AttestRtfSink *sink);
/** Ends whatever is open. */
void attest_rtf_sink_finish (AttestRtfSink *sink);

G_END_DECLS
