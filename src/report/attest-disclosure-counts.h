/* attest-disclosure-counts: counts that the public may not read, taken out of what the store
 * counted.
 *
 * In place; a count of fewer than min_group respondents, and what is counted of them, becomes
 * -min_group or ATTEST_COUNT_HIDDEN, and so do counts from which it follows (stats/
 * attest-suppression.h). Nothing happens for the internal audience. A report that prints several of
 * these hides the frequency first, and prints when all are done.
 */
#pragma once

#include "report/attest-disclosure.h"
#include "report/attest-report.h"

G_BEGIN_DECLS

/* A count as it may be printed. */
gint64 attest_disclosure_hide_count (const AttestDisclosure *disclosure, gint64 respondents);

/**
 * Codes are no parts of a whole, so of the totals only those of segments and hits tell what is
 * hidden: they go with the first code that does. Sets frequency->audience.
 */
void attest_disclosure_hide_frequency (const AttestDisclosure *disclosure,
                                       AttestFrequency *frequency);
/**
 * @by_attribute: the columns are parts of a whole, the row's code in @frequency, which must be
 * hidden already; where nothing else helps the code is hidden there, too.
 */
void attest_disclosure_hide_matrix (const AttestDisclosure *disclosure, AttestMatrix *matrix,
                                    gboolean by_attribute, AttestFrequency *frequency);
/**
 * @codes: (element-type AttestEvidence). Who was asked and did not speak is a count of respondents,
 * too: where one of these is small, how many were asked is not told. Afterwards the groups end with
 * one of no name, for quotes whose group is not told.
 */
void attest_disclosure_hide_evidence (const AttestDisclosure *disclosure, GPtrArray *codes,
                                      AttestFrequency *frequency);

G_END_DECLS
