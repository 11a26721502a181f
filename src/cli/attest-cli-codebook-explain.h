/* attest-cli-codebook-explain: what `codebook explain` prints. */
#pragma once

#include "cli/attest-cli.h"
#include "engine/attest-coder.h"
#include "engine/attest-qualify.h"

G_BEGIN_DECLS

/* A sentence that was coded while the engine told what it did. */
typedef struct
{
  AttestInvocation *inv;
  const AttestCodebook *codebook;
  guint code;
  const AttestDocument *doc; /* its last turn is the sentence */
  AttestRole role;
  const char *lang;         /* (nullable) the language is not known */
  gboolean is_lang_guessed; /* nobody gave it */
  gboolean is_further;      /* another code was explained before */
  gboolean all;             /* rules without a match one by one, too */
  const AttestTrace *trace;
  const AttestCoding *coding;
  /* (nullable) what the rules of every language would have done; NULL: it is no different. */
  const AttestTrace *any_lang;
  AttestQualifierWorker *qualifier;
} AttestExplained;

/** The turn that is explained. */
const AttestTurn *attest_cli_explained_turn (const AttestExplained *explained);
/** Qualifies a segment of the coding again. Returns: (element-type AttestQualifierMark) the phrases
 * that decided, by place in the segment; borrowed, until the next call. */
const GArray *attest_cli_explained_qualify (const AttestExplained *explained,
                                            const AttestSegment *segment,
                                            AttestQualifiers *out_qualifiers);
/** Whether a phrase has to do with a qualifier: praise also speaks well. */
gboolean attest_cli_explained_bears_on (const AttestQualifierMark *mark, AttestQualifier qualifier);
/** (element-type utf8, nullable) the alternatives of its pattern that a match went through, as they
 * are written; NULL-terminated. */
GPtrArray *attest_cli_explained_alternatives (const AttestExplained *explained,
                                              const AttestMatch *match);
/** Why the rule does not look at the turn at all ("only for fr"), or NULL: it does. */
char *attest_cli_explained_dup_why_not (const AttestExplained *explained, const AttestRule *rule);

void attest_cli_explain_text (const AttestExplained *explained);
void attest_cli_explain_json (const AttestExplained *explained);

G_END_DECLS
