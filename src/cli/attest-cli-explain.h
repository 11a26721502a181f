/* attest-cli-explain: how a transcript was read, for people.
 */
#pragma once

#include "cli/attest-cli.h"
#include "model/attest-document.h"

G_BEGIN_DECLS

/** What each reader bids for the file; the best one reads it. */
void attest_cli_explain_bids (AttestInvocation *inv, const char *path, GBytes *bytes);
/** How encoding, turns, speakers and roles were found, and the warnings. */
void attest_cli_explain_document (AttestInvocation *inv, const AttestDocument *doc);

G_END_DECLS
