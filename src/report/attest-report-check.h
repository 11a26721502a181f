/* attest-report-check: what a reviewer would object to in ratings and the ledger.
 *
 * Each check is one function and one line of a table. A problem names the entry or the criterion
 * that it is about and says what to do.
 */
#pragma once

#include <glib.h>

#include "model/attest-strength.h"
#include "report/attest-catalogue.h"
#include "store/attest-store-ledger.h"
#include "util/attest-json.h"

G_BEGIN_DECLS

typedef struct
{
  const char *check; /* static: "finding-without-quote" */
  char *id;          /* "F1", "rating:impact"; (nullable) the whole project */
  char *about;       /* (nullable) of several problems of the check with the id, which: "Q7F3K2A" */
  char *message;     /* for who can mend it: says what to do */
  const char *sentence; /* static: of the catalogue's group check, what it is for who reads of it */
  char **values;        /* (nullable) for its braces: name, value … */
  gboolean is_warning;  /* worth a look, and no mistake yet */
  char *silenced;       /* (nullable) why it does not count */
  char *silenced_by, *silenced_at; /* (nullable) */
} AttestJudgementProblem;

typedef struct
{
  gint64 ratings, entries, links; /* that were looked at; withdrawn ones are not */
  GArray *problems;               /* of AttestJudgementProblem, check by check */
  guint open;                     /* of them that are neither silenced nor warnings */
  guint warnings;                 /* of them that are not silenced */
} AttestJudgementCheck;

/** @rules: for the strength of evidence. */
AttestJudgementCheck *attest_check_judgements (AttestStore *store, const AttestStrengthRules *rules,
                                               GError **error);
void attest_judgement_check_free (AttestJudgementCheck *check);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestJudgementCheck, attest_judgement_check_free)

/** What is wrong, in the language of @labels: for a document, whose readers cannot mend it. It
 * names no respondent. */
char *attest_judgement_problem_dup_sentence (const AttestJudgementProblem *problem,
                                             const AttestCatalogue *labels);

/** How problems of the whole project are named. */
#define ATTEST_CHECK_PROJECT "project"

/** How many checks there are, and the name of each: static. @out_what: (optional) what it finds. */
guint attest_check_count (void);
const char *attest_check_get_name (guint i, const char **out_what);

/**
 * Writes. The problems that @check finds in @id do not count any more, for the reason @because;
 * NULL lets them count again. @about: (nullable) only the one about that; what is found about
 * something else later counts. *@out_n: how many problems that is. ATTEST_ERROR_USAGE when there is
 * no such check, or it finds nothing there.
 */
gboolean attest_check_silence (AttestStore *store, const AttestJudgementCheck *found,
                               const char *check, const char *id, const char *about,
                               const char *because, guint *out_n, GError **error);

/** {"format":1, "ratings", "entries", "links", "problems":[{"check", "id", "about", "message"}],
 * "warnings":[…], "silenced":[{… "warning", "because", "by", "at"}]} */
void attest_judgement_check_write_json (const AttestJudgementCheck *check, AttestJson *json);
/** For continuous integration: JUnit's XML, a test case a check. */
void attest_judgement_check_write_junit (const AttestJudgementCheck *check, GString *out);

G_END_DECLS
