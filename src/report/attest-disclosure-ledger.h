/* attest-disclosure-ledger: judgements and the quotes that they rest on, as the public may read
 * them.
 *
 * In place; nothing happens for the internal audience.
 */
#pragma once

#include "report/attest-disclosure.h"
#include "store/attest-store-ledger.h"

G_BEGIN_DECLS

/** Takes names out of texts, and who of the team wrote them. */
void attest_disclosure_hide_ledger (const AttestDisclosure *disclosure, AttestLedger *ledger);
void attest_disclosure_hide_rating (const AttestDisclosure *disclosure, AttestRating *rating);
/** As attest_disclosure_foreach_segment(): the group is the line of attribution. What is withheld
 * says so. */
void attest_disclosure_hide_passage (AttestDisclosure *disclosure, AttestQuotePassage *passage);

G_END_DECLS
