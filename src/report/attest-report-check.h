/* attest-report-check: what a reviewer would object to in ratings and the ledger.
 *
 * Each check is one function and one line of a table. A problem names the entry or the criterion
 * that it is about and says what to do.
 */
#pragma once

#include <glib.h>

#include "model/attest-strength.h"
#include "store/attest-store-ledger.h"
#include "util/attest-json.h"

G_BEGIN_DECLS

typedef struct
{
  const char *check; /* static: "finding-without-quote" */
  char *id;          /* "F1", "rating:impact"; (nullable) the whole project */
  char *message;
} AttestJudgementProblem;

typedef struct
{
  gint64 ratings, entries, links; /* that were looked at; withdrawn ones are not */
  GArray *problems;               /* of AttestJudgementProblem, check by check */
} AttestJudgementCheck;

/** @rules: for the strength of evidence. */
AttestJudgementCheck *attest_check_judgements (AttestStore *store, const AttestStrengthRules *rules,
                                               GError **error);
void attest_judgement_check_free (AttestJudgementCheck *check);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestJudgementCheck, attest_judgement_check_free)

/** {"format":1, "ratings", "entries", "links", "problems":[{"check", "id", "message"}]} */
void attest_judgement_check_write_json (const AttestJudgementCheck *check, AttestJson *json);
/** For continuous integration: JUnit's XML, a test case a check. */
void attest_judgement_check_write_junit (const AttestJudgementCheck *check, GString *out);

G_END_DECLS
