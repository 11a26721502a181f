/* attest-qualifiers: how something was said: whether it speaks well or ill, how surely, of which
 * time, from whose experience, and to what end.
 *
 * They describe a segment; nothing is ever left out because of them.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ATTEST_QUALIFIER_POLARITY,  /* positive, negative, mixed */
  ATTEST_QUALIFIER_CERTAINTY, /* asserted, possible, conditional */
  ATTEST_QUALIFIER_TIME,      /* past, present, planned */
  ATTEST_QUALIFIER_HOLDER,    /* own, reported */
  ATTEST_QUALIFIER_ACT,       /* statement, question, recommendation, complaint, praise */
} AttestQualifier;

#define ATTEST_N_QUALIFIERS 5

/* Values count from 1 in each qualifier; 0 is not known in all. */
enum
{
  ATTEST_UNQUALIFIED = 0,

  ATTEST_POLARITY_POSITIVE = 1,
  ATTEST_POLARITY_NEGATIVE,
  ATTEST_POLARITY_MIXED, /* both */

  ATTEST_CERTAINTY_ASSERTED = 1,
  ATTEST_CERTAINTY_POSSIBLE,
  ATTEST_CERTAINTY_CONDITIONAL,

  ATTEST_TIME_PAST = 1,
  ATTEST_TIME_PRESENT,
  ATTEST_TIME_PLANNED,

  ATTEST_HOLDER_OWN = 1,
  ATTEST_HOLDER_REPORTED,

  ATTEST_ACT_STATEMENT = 1,
  ATTEST_ACT_QUESTION,
  ATTEST_ACT_RECOMMENDATION,
  ATTEST_ACT_COMPLAINT,
  ATTEST_ACT_PRAISE,
};

/* No qualifier has more values, ATTEST_UNQUALIFIED included. */
#define ATTEST_MAX_QUALIFIER_VALUES 6

typedef struct
{
  guint8 values[ATTEST_N_QUALIFIERS]; /* by AttestQualifier */
} AttestQualifiers;

/** "polarity" */
const char *attest_qualifier_get_name (AttestQualifier qualifier);
/** "negative"; NULL for ATTEST_UNQUALIFIED and for what is no value. */
const char *attest_qualifier_value_to_string (AttestQualifier qualifier, guint value);
/** ATTEST_UNQUALIFIED when there is no such value. */
guint attest_qualifier_value_from_string (AttestQualifier qualifier, const char *name);

G_END_DECLS
