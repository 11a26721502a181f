/* attest-report-reconcile: passages of which coders say different things, and what they settled.
 *
 * Passages of one code that overlap are one difference: coders rarely mark the same bounds. A coder
 * takes part in the sources in which they judged anything, or, where they judged sentences of a
 * sample, in these, and says nothing of a passage that they did not judge. It is settled by a
 * decision on which coders agreed, until one of them judges it again.
 */
#pragma once

#include "report/attest-table.h"
#include "store/attest-store-judgement.h"
#include "store/attest-store-sample.h"
#include "util/attest-json.h"

G_BEGIN_DECLS

typedef enum
{
  ATTEST_SAYS_NOTHING,
  ATTEST_SAYS_YES,
  ATTEST_SAYS_NO,
} AttestSays;

typedef struct
{
  const char *coder; /* borrowed */
  AttestSays says;
  const AttestJudgement *judgement; /* borrowed; NULL: says nothing */
} AttestDifferenceCoder;

typedef struct
{
  const AttestJudgement *first;     /* borrowed: source, turn, codebook and code are those of it */
  gint64 start, end;                /* code points: of all the passages */
  GArray *coders;                   /* of AttestDifferenceCoder, by name */
  GPtrArray *judgements;            /* of AttestJudgement, borrowed: all of them */
  const AttestJudgement *consensus; /* (nullable) borrowed: by which it is settled */
} AttestDifference;

typedef struct
{
  GPtrArray *differences; /* of AttestDifference, by source, codebook, code, place */
  GPtrArray *coders;      /* of char *, borrowed: who takes part anywhere, sorted */
  guint passages;         /* of which two coders or more say something, alike or not */
  guint settled;          /* of the differences */
} AttestDifferences;

/** @judgements: of attest_store_list_judgements(), which must stay. @judged: (nullable) of
 * attest_store_list_judged(): who judged sentences of a sample and nothing beside them in a source
 * takes part in these only. @coders: (nullable) only these. */
AttestDifferences *attest_differences_new (GPtrArray *judgements, GPtrArray *judged,
                                           const char *const *coders);
void attest_differences_free (AttestDifferences *differences);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestDifferences, attest_differences_free)

/** The difference that quote @id is of. @code: (nullable) NULL: the only one. Borrowed; NULL: there
 * is none, or several (*@out_n, optional). */
const AttestDifference *attest_differences_find (const AttestDifferences *differences,
                                                 const char *id, const char *code, guint *out_n);

/** @with_settled: those, too. @for_people: a column for each coder. */
AttestTable *attest_differences_table_new (const AttestDifferences *differences,
                                           gboolean with_settled, gboolean for_people);
void attest_differences_write_json (const AttestDifferences *differences, gboolean with_settled,
                                    GString *out);

G_END_DECLS
