/* attest-cli-codebook-explain: what `codebook explain` prints. */
#pragma once

#include "cli/attest-cli.h"
#include "engine/attest-coder.h"

G_BEGIN_DECLS

/* A sentence that was coded while the engine told what it did. */
typedef struct
{
  AttestInvocation *inv;
  const AttestCodebook *codebook;
  guint code;
  const AttestDocument *doc; /* its last turn is the sentence */
  AttestRole role;
  const char *lang; /* (nullable) */
  const AttestTrace *trace;
  const AttestCoding *coding;
} AttestExplained;

/** The turn that is explained. */
const AttestTurn *attest_cli_explained_turn (const AttestExplained *explained);
/** Why the rule does not look at the turn at all ("only for fr"), or NULL: it does. */
char *attest_cli_explained_dup_why_not (const AttestExplained *explained, const AttestRule *rule);

void attest_cli_explain_text (const AttestExplained *explained);
void attest_cli_explain_json (const AttestExplained *explained);

G_END_DECLS
