/* attest-disclosure-risks: what in a quote may tell who said it, for whoever prepares what is to be
 * published.
 *
 * A hint by the form of the words alone, in any language that the rules below know: it names what
 * to look at, and what it does not name may tell as much.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ATTEST_RISK_NAME,     /* a word inside a sentence that begins with a capital letter */
  ATTEST_RISK_NUMBER,   /* a number or a date */
  ATTEST_RISK_UNIQUE,   /* "the only", "the first" */
  ATTEST_RISK_POSITION, /* "as the minister", "I am the director" */
  ATTEST_RISK_ADDRESS,  /* e-mail, web or telephone */
} AttestRisk;

#define ATTEST_N_RISKS 5

/** "name", "number", "unique", "position", "address" */
const char *attest_risk_to_string (AttestRisk risk);
/** The risks of a text of valid UTF-8: bit 1 << AttestRisk each. @names: whether capitals tell
 * names in its language (they do not in German, and some scripts have none). */
guint attest_disclosure_find_risks (const char *text, gsize length_bytes, gboolean names);

G_END_DECLS
