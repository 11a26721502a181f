/* attest-segment-facts: what a project knows of a segment beside the segment itself: version and
 * hash of its codebook, attributes of who said it.
 */
#pragma once

#include "report/attest-disclosure.h"
#include "report/attest-segment-record.h"

G_BEGIN_DECLS

typedef struct _AttestSegmentFacts AttestSegmentFacts;

/** Reads codebooks and respondents once. Does not need @store afterwards. */
AttestSegmentFacts *attest_segment_facts_new (AttestStore *store, GError **error);
void attest_segment_facts_free (AttestSegmentFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestSegmentFacts, attest_segment_facts_free)

/** Has attributes be told as @disclosure says, (nullable), which must outlive it. */
void attest_segment_facts_disclose (AttestSegmentFacts *facts, const AttestDisclosure *disclosure);

/** Names of all attributes of respondents, sorted, NULL-terminated; borrowed. */
const char *const *attest_segment_facts_get_attributes (const AttestSegmentFacts *facts);

/** Fills every field of @record. It is valid as long as @segment, and until the next call. */
void attest_segment_facts_fill (AttestSegmentFacts *facts, const AttestStoreSegment *segment,
                                AttestSegmentRecord *record);

/** (element-type char *) the names of the attributes that @respondents have, sorted.
 * @respondents: (element-type AttestRespondentInfo) */
GPtrArray *attest_respondents_list_attributes (GPtrArray *respondents);

G_END_DECLS
