/* attest-flow: the text of a document being put together, with what is known of its stretches.
 *
 * Paragraphs and table rows are joined by LF, cells by TAB. A flow is written from front to
 * back, so marks and cells are in text order.
 */
#pragma once

#include "reader/attest-reader.h"
#include "reader/attest-turns.h"

G_BEGIN_DECLS

/* A cell of a table that is not inside another. */
typedef struct
{
  guint table, row; /* from 0 */
  guint column;     /* in the table's grid, from 0 */
  gsize start_byte, end_byte;
} AttestFlowCell;

typedef struct
{
  GString *text;
  GArray *marks; /* of AttestMark */
  GArray *cells; /* of AttestFlowCell */
  GArray *pages; /* of AttestPageStart; empty: the file does not say, or nobody may rely on it */
  gboolean needs_break; /* a paragraph has ended: LF before the next one */
  guint table_depth;    /* tables that are open */
  guint table, row;     /* of the outermost tables, from 0 */
  gsize notes_byte;     /* where the notes after the text begin, G_MAXSIZE: none */
} AttestFlow;

/* How a run is set, where that may say something. */
typedef enum
{
  ATTEST_FLOW_PLAIN = 0,
  ATTEST_FLOW_BOLD = 1 << 0,
  ATTEST_FLOW_ITALIC = 1 << 1,
} AttestFlowType;

/* A row of a table that is being written. */
typedef struct
{
  guint n_cells;
  guint column; /* of the grid, where the next cell begins, from 0 */
  gsize start_byte, cell_byte;
  guint n_cells_before; /* cells of the flow */
  gboolean needed_break;
} AttestFlowRow;

AttestFlow *attest_flow_new (void);
void attest_flow_free (AttestFlow *flow);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestFlow, attest_flow_free)

/** Begins a paragraph, a row or a cell. */
void attest_flow_begin (AttestFlow *flow);
/**
 * Appends text of a run, without control characters; white space is a space, as Word shows it.
 * @type: of AttestFlowType: marks it, joined to a stretch of the same type right before.
 */
void attest_flow_append (AttestFlow *flow, const char *text, guint type);
/** Adds a mark from @start_byte to the end of the text, if that is not empty. */
void attest_flow_mark (AttestFlow *flow, AttestMarkKind kind, gsize start_byte);
/** What is appended from here on stands on a page. @label: (nullable), see AttestPageStart; copied.
 */
void attest_flow_begin_page (AttestFlow *flow, const char *label);
/** Appends the text and the marks of @other as paragraphs. */
void attest_flow_append_flow (AttestFlow *flow, const AttestFlow *other);

/** Tables may be inside cells; only the cells of the outermost are recorded. */
void attest_flow_begin_table (AttestFlow *flow);
void attest_flow_end_table (AttestFlow *flow);
void attest_flow_begin_row (AttestFlow *flow, AttestFlowRow *row);
/** @keep: FALSE takes the row back. */
void attest_flow_end_row (AttestFlow *flow, AttestFlowRow *row, gboolean keep);
void attest_flow_begin_cell (AttestFlow *flow, AttestFlowRow *row);
/** @span: columns of the grid that the cell covers. */
void attest_flow_end_cell (AttestFlow *flow, AttestFlowRow *row, guint span);
/** Takes the open cell back, as if it had not begun. */
void attest_flow_drop_cell (AttestFlow *flow, AttestFlowRow *row);

/** Takes back what was written after @length_bytes. */
void attest_flow_truncate (AttestFlow *flow, gsize length_bytes);
/**
 * Appends @notes (footnotes and the like), each paragraph marked as a heading: it ends a turn and
 * is nobody's speech.
 *
 * Returns: paragraphs that had text.
 */
guint attest_flow_append_notes (AttestFlow *flow, const AttestFlow *notes);
/** Brings the text to NFC and the positions with it. */
void attest_flow_normalise (AttestFlow *flow);
/** Normalises the text and makes it the one of @doc. */
void attest_flow_take_text (AttestFlow *flow, AttestDocument *doc);
/**
 * Takes the text as attest_flow_take_text() does and finds its turns: in captions that were pasted
 * into the document, in tables that are transcripts, else by labels. Call it once.
 */
void attest_flow_finish (AttestFlow *flow, AttestDocument *doc, const AttestReadOptions *options);

G_END_DECLS
