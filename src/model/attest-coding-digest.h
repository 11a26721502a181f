/* attest-coding-digest: by what it can be told whether two codings of a text found the same.
 *
 * SHA-256, hex, over a line for each segment, "CODE<tab>START<tab>END<newline>" in bytes, ordered
 * by start, end and code: the same on every machine, whatever else the codebook holds. Hits and
 * qualifiers are no part of it.
 */
#pragma once

#include "model/attest-coding.h"

G_BEGIN_DECLS

/* A segment as its digest has it. */
typedef struct
{
  gint64 start_byte, end_byte;
  const char *code; /* id in the codebook; borrowed */
} AttestCodedSpan;

/** @spans: (element-type AttestCodedSpan) gets sorted. */
char *attest_coded_spans_dup_digest (GArray *spans);
/** @codes: ids by index in the codebook. */
char *attest_coding_dup_digest (const AttestCoding *coding, const char *const *codes);

G_END_DECLS
