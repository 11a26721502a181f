/* attest-brief-check: whether each sentence of a brief is backed by the project.
 *
 * Each check is a line of a table. A problem has its place in the text and says what to do.
 */
#pragma once

#include <glib.h>

#include "report/attest-brief-names.h"
#include "report/attest-brief.h"
#include "report/attest-disclosure.h"
#include "store/attest-store-ledger.h"
#include "util/attest-json.h"

G_BEGIN_DECLS

typedef struct
{
  const char *check;                   /* static: "dangling" */
  const AttestBriefSentence *sentence; /* borrowed from the brief; NULL: in none */
  gsize start_byte, end_byte;          /* in the text of the brief */
  char *message;
  char *silenced; /* (nullable) why it does not count */
} AttestBriefProblem;

typedef struct
{
  const AttestBrief *brief;                /* borrowed */
  guint traced;                            /* sentences that need a reference */
  guint referring, judgement, boilerplate; /* of them */
  GArray *problems;                        /* of AttestBriefProblem, as they stand in the text */
  guint open;                              /* of them that count, and those that were dropped */
  guint dropped; /* more problems that count, beyond ATTEST_MAX_BRIEF_PROBLEMS of a check */
  GPtrArray
      *left_out; /* of char *: findings that neither the brief nor what it refers to rests on */
} AttestBriefCheck;

/** @brief and @names must outlive the result. */
AttestBriefCheck *attest_brief_check (AttestStore *store, const AttestBrief *brief,
                                      const AttestBriefNames *names, GError **error);
void attest_brief_check_free (AttestBriefCheck *check);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestBriefCheck, attest_brief_check_free)

/** {"format":1, "path", "lang", "traced", "referring", "judgement", "boilerplate",
 * "problems":[{"check", "sentence", "line", "column", "start", "end", "start_byte", "end_byte",
 * "message"}], "silenced":[{… "because"}], "dropped", "left_out":[ids], "sentences":[{"id", "line",
 * "column", "start", "end", "start_byte", "end_byte", "text", "traced", "references":[ids]}]} */
void attest_brief_check_write_json (const AttestBriefCheck *check, AttestJson *json);
/** For continuous integration: JUnit's XML, a test case a check. */
void attest_brief_check_write_junit (const AttestBriefCheck *check, GString *out);

G_END_DECLS
