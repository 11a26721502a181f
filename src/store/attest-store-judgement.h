/* attest-store-judgement: what each coder says of each passage.
 *
 * Of several decisions about a segment the last counts (attest-store-decision.h). Here each coder
 * counts for themselves, as when agreement is asked for: their last decision, in force, on each
 * quote and code. A decision by which coders settled a difference (consensus) is no judgement of
 * one coder, and is told apart.
 */
#pragma once

#include "store/attest-store-decision.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 decision;   /* in the order in which they were taken */
  char *coder;       /* who wrote it down */
  char **agreed;     /* (nullable) of a consensus: who stands behind it, sorted */
  char *source;      /* label */
  char *id;          /* of the quote */
  gint64 start, end; /* code points */
  guint turn;
  char *codebook, *code;
  gboolean is_marked; /* by hand: it keeps its bounds */
  gboolean holds;     /* the code is in the passage; FALSE: it was rejected */
  char *reason;       /* (nullable) */
  char *at;
  char *quote; /* what stands there, on one line */
} AttestJudgement;

void attest_judgement_free (AttestJudgement *judgement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestJudgement, attest_judgement_free)

/**
 * (element-type AttestJudgement) by source, codebook, code, place, and decision; with a free
 * function. Of the newest text of each source. @codebook: (nullable) only of this.
 */
GPtrArray *attest_store_list_judgements (AttestStore *store, const char *codebook, GError **error);

/** (element-type char *) everybody who judged a passage, sorted. */
GPtrArray *attest_store_list_coders (AttestStore *store, GError **error);

G_END_DECLS
