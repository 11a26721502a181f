/* attest-cli-scan: how `scan` writes what it finds in one document.
 *
 * Everything here only appends to a string, so that the threads that code can write too.
 */
#pragma once

#include "codebook/attest-codebook.h"
#include "model/attest-coding.h"
#include "report/attest-table.h"

G_BEGIN_DECLS

typedef enum
{
  ATTEST_SCAN_TABLE,
  ATTEST_SCAN_CSV,
  ATTEST_SCAN_JSONL,
} AttestScanFormat;

typedef enum
{
  ATTEST_SCAN_SEGMENTS,
  ATTEST_SCAN_HITS,
  ATTEST_SCAN_COUNTS,
} AttestScanUnit;

/** Appends the segments or hits of a document: CSV records or JSON lines. */
void attest_scan_write (const AttestCodebook *codebook, const AttestDocument *doc,
                        const AttestCoding *coding, AttestScanUnit unit, AttestScanFormat format,
                        GString *out);
/** Appends the header of a CSV of segments or hits. */
void attest_scan_write_csv_header (AttestScanUnit unit, GString *out);

/** A table for people; rows are added document by document. */
AttestTable *attest_scan_table_new (AttestScanUnit unit, const AttestCodebook *codebook);
void attest_scan_table_add (AttestTable *table, const AttestCodebook *codebook,
                            const AttestDocument *doc, const AttestCoding *coding,
                            AttestScanUnit unit);

/* Sums over documents, one a code. */
typedef struct
{
  gint64 segments, hits, files;
} AttestScanCount;

/** @counts: as many as the codebook has codes. */
void attest_scan_count (const AttestCoding *coding, AttestScanCount *counts, guint n_codes);
void attest_scan_write_counts (const AttestCodebook *codebook, const AttestScanCount *counts,
                               AttestScanFormat format, AttestTable *table, GString *out);

G_END_DECLS
