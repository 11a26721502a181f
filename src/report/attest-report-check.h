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
  char *silenced; /* (nullable) why it does not count */
} AttestJudgementProblem;

typedef struct
{
  gint64 ratings, entries, links; /* that were looked at; withdrawn ones are not */
  GArray *problems;               /* of AttestJudgementProblem, check by check */
  guint open;                     /* of them that are not silenced */
} AttestJudgementCheck;

/** @rules: for the strength of evidence. */
AttestJudgementCheck *attest_check_judgements (AttestStore *store, const AttestStrengthRules *rules,
                                               GError **error);
void attest_judgement_check_free (AttestJudgementCheck *check);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestJudgementCheck, attest_judgement_check_free)

/** How problems of the whole project are named. */
#define ATTEST_CHECK_PROJECT "project"

/**
 * Writes. The problem that @check finds in @id does not count any more, for the reason @because;
 * NULL lets it count again. ATTEST_ERROR_USAGE when there is no such check, or it finds nothing
 * there.
 */
gboolean attest_check_silence (AttestStore *store, const AttestJudgementCheck *found,
                               const char *check, const char *id, const char *because,
                               GError **error);

/** {"format":1, "ratings", "entries", "links", "problems":[{"check", "id", "message"}],
 * "silenced":[{"check", "id", "message", "because"}]} */
void attest_judgement_check_write_json (const AttestJudgementCheck *check, AttestJson *json);
/** For continuous integration: JUnit's XML, a test case a check. */
void attest_judgement_check_write_junit (const AttestJudgementCheck *check, GString *out);

G_END_DECLS
