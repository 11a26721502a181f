/* attest-flow-table: transcripts that are tables.
 *
 * A table one of whose first rows names its columns, such as Time | Speaker | Text or No | Question
 * | Answer, says itself who speaks when. A table without a header row that follows one and is as
 * wide goes on with it.
 */
#pragma once

#include "reader/attest-flow.h"

G_BEGIN_DECLS

/**
 * Fills turns and speakers of @doc, whose text is the one of @flow, from tables, when at least half
 * of the text is in tables with a header. Lines before the first one that read "key: value" become
 * metadata.
 *
 * Returns: FALSE, and leaves @doc alone, when the document is no such transcript.
 */
gboolean attest_flow_table_find_turns (AttestDocument *doc, const AttestFlow *flow);

G_END_DECLS
