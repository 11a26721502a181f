/* attest-passage-cut: a text with passages that overlap freely, as pieces in each of which the same
 * passages hold, so that each piece can be marked as a whole.
 *
 * A text is cut at every place where a passage begins or ends. It may be given in parts, turn by
 * turn: what began in one and has not ended goes on in the next.
 */
#pragma once

#include "util/attest-text.h"

G_BEGIN_DECLS

typedef struct
{
  gsize start_byte, end_byte; /* never empty */
  const guint *open;          /* the passages that hold here, as they began */
  guint n_open;
  guint first_begun, end_begun; /* those that began since the last piece */
} AttestPiece;

typedef struct
{
  void (*write_piece) (const AttestPiece *piece, gpointer data);
  /* Behind its last piece. */
  void (*end_passage) (guint passage, gpointer data);
} AttestPassageCutFuncs;

typedef struct _AttestPassageCut AttestPassageCut;

/** @passages: of @n_passages, by start; borrowed. Passages are named by their place in it. */
AttestPassageCut *attest_passage_cut_new (const AttestSpan *passages, guint n_passages);
void attest_passage_cut_free (AttestPassageCut *cut);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestPassageCut, attest_passage_cut_free)

/** Tells of the text from @start_byte to @end_byte, which follows what was told of before. A
 * passage that began before it holds from its beginning. */
void attest_passage_cut_run (AttestPassageCut *cut, gsize start_byte, gsize end_byte,
                             const AttestPassageCutFuncs *funcs, gpointer data);

G_END_DECLS
