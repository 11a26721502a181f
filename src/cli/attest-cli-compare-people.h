/* attest-cli-compare-people: who has which code by which codebook, by respondent and by group.
 */
#pragma once

#include "cli/attest-cli-compare-private.h"

G_BEGIN_DECLS

typedef struct _AttestComparePeople AttestComparePeople;

/** @attribute: (nullable) of the groups; borrowed. */
AttestComparePeople *attest_compare_people_new (guint n_sides, guint n_rows, const char *attribute);
void attest_compare_people_free (AttestComparePeople *people);

/** From now on, sources are of the project in @store. Respondents of different projects are
 * different people, whatever they are called. */
gboolean attest_compare_people_begin (AttestComparePeople *people, AttestStore *store,
                                      GError **error);
/** Who speaks in a turn of the project at hand: borrowed label; NULL: nobody known. @speaker:
 * (nullable) */
const char *attest_compare_people_find (const AttestComparePeople *people, const char *source,
                                        const char *speaker);
/** Adds what was said in a source. */
void attest_compare_people_add (AttestComparePeople *people, const AttestCompareItem *item);
/** Calls @func for each respondent who says something; of the first side. */
gboolean attest_compare_people_foreach (AttestComparePeople *people, AttestComparedUnitFunc func,
                                        gpointer data, GError **error);
/** Sets the counts of respondents, the groups and the tests by group. ATTEST_ERROR_USAGE: nobody
 * has the attribute. */
gboolean attest_compare_people_finish (AttestComparePeople *people, AttestComparison *comparison,
                                       guint jobs, GError **error);

G_END_DECLS
