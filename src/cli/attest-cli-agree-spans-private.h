/* attest-cli-agree-spans-private: stretches while they are gathered.
 */
#pragma once

#include "cli/attest-cli-agree-names.h"
#include "cli/attest-cli-agree-spans.h"

G_BEGIN_DECLS

/* A stretch: numbers of names. */
typedef struct
{
  guint text, coder;
  guint code; /* ATTEST_AGREE_NO_CODE: the coder marked nothing */
  gint64 start, end;
  guint line; /* of a table */
} AttestAgreeStretch;

typedef struct
{
  AttestAgreeSpans *spans;
  AttestAgreeNames texts, coders, codes;
  GArray *stretches; /* of AttestAgreeStretch */
  GArray *lengths;   /* of gint64: by text; 0: not said */
  guint n_joined;    /* stretches that are part of another */
} AttestAgreeSpansLoading;

void attest_agree_spans_begin (AttestAgreeSpansLoading *loading);
/** Puts texts together. ATTEST_ERROR_INPUT " …": no text that two coders saw. */
gboolean attest_agree_spans_build (AttestAgreeSpansLoading *loading, GError **error);
/** Returns: (transfer full) what was built, or NULL unless @ok. */
AttestAgreeSpans *attest_agree_spans_end (AttestAgreeSpansLoading *loading, gboolean ok);

G_END_DECLS
