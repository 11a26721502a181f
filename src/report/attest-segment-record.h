/* attest-segment-record: one coded segment as programs read it, in JSON, JSON lines, CSV and
 * tables.
 *
 * The one place that knows names and order of its fields, for segments that a scan has just found
 * and for those of a project alike.
 */
#pragma once

#include <glib.h>

#include "model/attest-document.h"
#include "model/attest-qualifiers.h"
#include "report/attest-table.h"
#include "store/attest-store.h"
#include "util/attest-json.h"

G_BEGIN_DECLS

typedef struct
{
  const char *rule;  /* "impact/3.2" */
  gint64 start, end; /* code points into the source's text */
} AttestRecordHit;

/* Everything is borrowed; (nullable) strings that are NULL are unknown. */
typedef struct
{
  const char *path;    /* (nullable) */
  guint turn;          /* from 0; ATTEST_NO_TURN and negative positions: not told */
  const char *speaker; /* (nullable) */
  AttestRole role;
  const char *code, *dimension;
  gint64 start, end;           /* code points */
  gint64 start_byte, end_byte; /* UTF-8 bytes */
  gint64 start_ms;             /* or ATTEST_NO_TIME */
  const char *quote;           /* valid UTF-8, need not be NUL-terminated */
  gsize quote_bytes;
  AttestQualifiers qualifiers;
  const char *const *asked; /* (nullable) codes, NULL-terminated */
  guint strength;
  const AttestRecordHit *hits;
  guint n_hits;

  /* Only of a segment of a project. */
  const char *id;         /* of the quote */
  const char *source;     /* label */
  const char *respondent; /* (nullable) */
  const char *origin, *codebook;
  gint64 run;
  const char *status;
  const char *coder; /* (nullable) NULL: no human */

  /* Only of evidence and of an export. */
  const char *lang; /* (nullable) of the turn */

  /* Only of evidence. */
  const char *group; /* (nullable) of the respondent */
  const char *page;  /* (nullable) of a document */

  /* Only of an export. */
  const char *code_name; /* (nullable) */
  double weight;
  const char *codebook_version; /* (nullable) */
  const char *codebook_sha256;
  const char *const *attributes; /* (nullable) names of all of the project, NULL-terminated */
  const char *const *values;     /* of the respondent, as many; NULL: not known */
} AttestSegmentRecord;

typedef enum
{
  ATTEST_RECORD_SCAN,     /* the fields that a scan knows */
  ATTEST_RECORD_PROJECT,  /* these, and then those of a project */
  ATTEST_RECORD_EVIDENCE, /* these, and then the group */
  ATTEST_RECORD_EXPORT,   /* those of a project, and then all that is known of it */
} AttestRecordFields;

/** An object. */
void attest_segment_record_write_json (const AttestSegmentRecord *record, AttestRecordFields fields,
                                       AttestJson *json);
/** The object on a line of its own. */
void attest_segment_record_write_line (const AttestSegmentRecord *record, AttestRecordFields fields,
                                       GString *out);

/** The names of the fields. @attributes: (nullable) as in the records that follow. */
void attest_segment_record_write_csv_header (AttestRecordFields fields,
                                             const char *const *attributes, GString *out);
/** Lists are joined by "; ", a hit is RULE@START-END. */
void attest_segment_record_write_csv (const AttestSegmentRecord *record, AttestRecordFields fields,
                                      GString *out);

/** The fields of an export as the columns of a table, their names as keys, in an order for people;
 * and a segment as a row of it. */
void attest_segment_record_add_columns (const char *const *attributes, AttestTable *table);
void attest_segment_record_add_row (const AttestSegmentRecord *record, AttestTable *table);

/**
 * Fills @record from a segment of the store, valid as long as that and until @hits changes.
 * @hits: (element-type AttestRecordHit) overwritten with the hits of the segment, when it has them.
 */
void attest_segment_record_from_store (AttestSegmentRecord *record,
                                       const AttestStoreSegment *segment, GArray *hits);

G_END_DECLS
