/* The columns of a codebook in CSV. */
#pragma once

#include "exchange/attest-exchange-private.h"

G_BEGIN_DECLS

typedef enum
{
  COLUMN_DIMENSION,
  COLUMN_DIMENSION_TITLE,
  COLUMN_CODE,
  COLUMN_NAME,
  COLUMN_DEFINITION,
  COLUMN_QUESTION,
  COLUMN_INCLUDE,
  COLUMN_EXCLUDE,
  COLUMN_RULE,
  COLUMN_USE,
  COLUMN_KIND,
  COLUMN_TEXT, /* a word, a pattern or an example, as kind and use say */
  COLUMN_WEIGHT,
  COLUMN_LANG,
  COLUMN_WITHIN,  /* of conditions: at most so many words between */
  COLUMN_UNIT,    /* of conditions: hit, sentence, turn, window 2 */
  COLUMN_PATTERN, /* a regular expression; not written */
  COLUMN_CASE,    /* "yes": upper and lower case differ; not written */
  N_COLUMNS,
} Column;

#define ATTEST_CSV_MAX_HEADINGS 12

/** The headings by which a column is known, up to NULL or the end; the first is what is written. */
extern const char *const attest_csv_headings[N_COLUMNS][ATTEST_CSV_MAX_HEADINGS];

#define N_WRITTEN COLUMN_PATTERN

#define N_USES (ATTEST_ENTRY_AFTER + 1)
#define EXAMPLE "example"
#define COUNTEREXAMPLE "counterexample"
#define WORDS "words"
#define REGEX "match"
#define INSIDE "match-inside" /* may match inside words */

/** attest_format_csv.write */
void attest_format_csv_write (const AttestOutline *outline, GString *out);

G_END_DECLS
