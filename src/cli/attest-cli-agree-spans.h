/* attest-cli-agree-spans: who gave which stretch of which text a code.
 *
 * A row is a stretch: `item` (the text), `coder`, `start`, `end` (code points, half-open) and
 * `code`. A coder who saw a text and marked nothing has a row without start, end and code. Optional
 * `length`: of the text; otherwise it ends with its last stretch.
 */
#pragma once

#include "cli/attest-cli-agree-project.h"
#include "stats/attest-spans.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *texts, *coders, *codes; /* of char *, sorted */
  guint compared;                    /* texts that two coders or more saw */
  GPtrArray *warnings;               /* of char * */
  GPtrArray *runs, *run_notes;       /* (nullable) see AttestAgreeProject */
  GArray *continua;                  /* of AttestContinuum: of the texts compared */
  GPtrArray *owned;                  /* what they borrow */
} AttestAgreeSpans;

/** ATTEST_ERROR_INPUT "PATH:LINE: …": a column that is missing, a place that is none;
 * "PATH: …": no text that two coders saw. */
AttestAgreeSpans *attest_agree_spans_load (const char *path, GError **error);
/**
 * The segments of codebooks, as if these were coders, in what everybody but interviewers says:
 * positions and lengths are of that alone. Of @wish only codebooks and dimension count; the rest as
 * attest_agree_project_load().
 */
AttestAgreeSpans *attest_agree_spans_load_project (AttestStore *store, const AttestAgreeWish *wish,
                                                   GError **error);
void attest_agree_spans_free (AttestAgreeSpans *spans);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestAgreeSpans, attest_agree_spans_free)

G_END_DECLS
